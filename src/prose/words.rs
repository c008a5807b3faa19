//! The words that the prose rules know, from `words.txt`, and where they are in a sentence.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::subject::{Rows, Subject};
use super::sum::Sum;
use crate::form::{Cell, Layout};

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// It is what the sentence speaks of.
    Subject(Subject),
    /// It says what of that is counted; by its number.
    Measure(usize),
    /// It changes nothing between a word and its figure.
    Filler,
    /// The clause is about a part: a channel, what came late, another measure.
    Part,
    /// The clause is about one matter.
    Matter,
    /// The clause compares with other figures.
    Comparison,
    /// What an authority does with the cases of others.
    Authority,
    /// The clause is about other bodies.
    Body,
    /// The sentence is about other bodies from there on.
    OtherBody,
    Carry,
    NextYear,
    LastYear,
    /// The figures that follow are those of the names before, one each.
    Each,
}

/// Where a word is in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub start: usize,
    pub end: usize,
    pub class: Class,
}

/// What sort of thing a measure says of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What was received.
    Received,
    /// What was answered.
    Finished,
    /// How requests ended.
    Outcome,
    /// The same in words that have other uses.
    OutcomeInShort,
    /// Why requests ended so.
    Ground,
    /// Who made them.
    Applicant,
    /// How proceedings ended.
    Ruling,
    /// What was done with documents.
    Document,
    /// Decisions made.
    Decision,
}

/// A sum of cells under its name; a `$` in a path stands for the subject.
#[derive(Debug)]
struct Sense {
    name: &'static str,
    plus: Vec<&'static str>,
    minus: Vec<&'static str>,
}

/// A line of measures.
#[derive(Debug)]
pub(super) struct Measure {
    pub kind: Kind,
    senses: Vec<usize>,
}

/// All that `words.txt` says.
pub(super) struct Words {
    senses: Vec<Sense>,
    measures: Vec<Measure>,
    /// What a figure beside a subject alone means.
    own: HashMap<Subject, Vec<usize>>,
    lists: HashMap<&'static str, Vec<&'static str>>,
    /// All words, by the place of their first character, and where each place begins.
    all: Vec<Listed>,
    places: Vec<u16>,
}

/// A word of a section.
#[derive(Clone, Copy, Debug)]
struct Listed {
    word: &'static str,
    section: &'static str,
    class: Option<Class>,
    /// Its first bytes, and which bits of eight bytes they are: most texts differ there.
    begins: u64,
    mask: u64,
}

/// The first eight bytes of a text, zeros behind its end.
fn first_bytes(text: &str) -> u64 {
    let bytes = text.as_bytes();
    u64::from_le_bytes(bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut short = [0; 8];
        short[..bytes.len()].copy_from_slice(bytes);
        short
    }))
}

/// So many places by first character: enough that few share one.
const PLACES: u32 = 4096;

/// The place of a word, or of a text, that begins with this.
fn place_of(first: char) -> usize {
    (u32::from(first) % PLACES) as usize
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::parsed(include_str!("words.txt")));

/// The words of `words.txt`.
pub(super) fn words() -> &'static Words {
    &WORDS
}

impl Words {
    /// `text` is a file of this crate: what is wrong with it is a fault of the program, and any check shows it.
    fn parsed(text: &'static str) -> Words {
        let mut words = Words {
            senses: vec![],
            measures: vec![],
            own: HashMap::new(),
            lists: HashMap::new(),
            all: vec![],
            places: vec![],
        };
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(name) => section = name,
                None => words.add(section, line),
            }
        }
        let place = |listed: &Listed| listed.word.chars().next().map(place_of);
        words.all.sort_by_key(place);
        let begins = |at: u32| words.all.partition_point(|listed| place(listed) < Some(at as usize));
        // There are a few thousand words at most.
        words.places = (0..=PLACES).map(|at| begins(at) as u16).collect();
        words
    }

    fn add(&mut self, section: &'static str, line: &'static str) {
        let (left, right) = line.split_once('=').unwrap_or((line, ""));
        if section == "meanings" {
            let (mut plus, mut minus) = (vec![], vec![]);
            let mut into = &mut plus;
            for term in right.split_whitespace() {
                match term {
                    "+" => into = &mut plus,
                    "-" => into = &mut minus,
                    path => into.push(path),
                }
            }
            return self.senses.push(Sense { name: left.trim(), plus, minus });
        }
        let named = |name: &str| {
            let found = self.senses.iter().position(|sense| sense.name == name.trim());
            found.unwrap_or_else(|| panic!("words.txt has no meaning {name}"))
        };
        let senses: Vec<usize> = right.split('/').filter(|name| !name.trim().is_empty()).map(named).collect();
        let class = match section.split_once(' ') {
            Some(("subjects", name)) => {
                let subject = Subject::named(name).unwrap_or_else(|| panic!("words.txt has no subject {name}"));
                self.own.entry(subject).or_default().extend(senses);
                Some(Class::Subject(subject))
            }
            Some(("measures", name)) => {
                let kind = Kind::named(name).unwrap_or_else(|| panic!("words.txt has no kind of measure {name}"));
                self.measures.push(Measure { kind, senses });
                Some(Class::Measure(self.measures.len() - 1))
            }
            _ => Class::listed(section),
        };
        for word in left.split_whitespace() {
            self.lists.entry(section).or_default().push(word);
            let mask = if word.len() < 8 { (1 << (8 * word.len())) - 1 } else { u64::MAX };
            self.all.push(Listed { word, section, class, begins: first_bytes(word) & mask, mask });
        }
    }

    /// The words that a text begins with, whose first character this is.
    fn beginning_with<'w>(&'w self, first: char, text: &'w str) -> impl Iterator<Item = &'w Listed> + Clone {
        let place = place_of(first);
        let here = usize::from(self.places[place])..usize::from(self.places[place + 1]);
        let bytes = first_bytes(text);
        self.all[here]
            .iter()
            .filter(move |listed| bytes & listed.mask == listed.begins && text.starts_with(listed.word))
    }

    /// Where the first word that denies is in a text; the longest that begins there.
    pub(super) fn denial(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let mut behind = 0;
        for (at, _) in text.char_indices() {
            let rest = &text[at..];
            if at < behind {
                continue;
            }
            if let Some(other) = self.beginning("not_never", rest) {
                behind = at + other.len();
            } else if let Some(word) = self.beginning("never", rest) {
                return Some(at..at + word.len());
            }
        }
        None
    }

    /// The longest word of a section that a text begins with.
    pub(super) fn beginning(&self, section: &'static str, text: &str) -> Option<&'static str> {
        let here = self.beginning_with(text.chars().next()?, text).filter(|listed| listed.section == section);
        here.map(|listed| listed.word).max_by_key(|word| word.len())
    }

    /// Whether a word of one of these sections is in a text.
    pub(super) fn any_in(&self, sections: &[&str], text: &str) -> bool {
        debug_assert!(sections.iter().all(|section| self.lists.contains_key(section)), "{sections:?}");
        let begins = |(at, first): (usize, char)| {
            self.beginning_with(first, &text[at..]).any(|listed| sections.contains(&listed.section))
        };
        text.char_indices().any(begins)
    }

    /// The words of a section.
    pub(super) fn list(&self, section: &str) -> &[&'static str] {
        self.lists.get(section).map_or(&[], Vec::as_slice)
    }

    pub(super) fn measure(&self, number: usize) -> &Measure {
        &self.measures[number]
    }

    /// Whether a measure has one meaning only.
    pub(super) fn means_one(&self, measure: usize) -> bool {
        self.measures[measure].senses.len() == 1
    }

    /// The columns that a measure is of.
    pub(super) fn columns_of(&self, measure: usize) -> Vec<&'static str> {
        let senses = self.measures[measure].senses.iter().map(|sense| &self.senses[*sense]);
        senses.flat_map(|sense| &sense.plus).filter_map(|path| path.strip_prefix("$.")).collect()
    }

    /// The words of a sentence by where they begin, but for those within a longer one, and for a subject or a part that
    /// begins within a measure: 不予公开 and 申请 in 不予公开申请, not 公开申请; 结转 in 结转办理, not 转办.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut widest = 0;
        for (start, first) in text.char_indices() {
            let here = self.beginning_with(first, &text[start..]);
            let here = here.filter_map(|listed| Some((listed.word, listed.class?)));
            let longest = here.clone().map(|(word, _)| start + word.len()).max().unwrap_or(0);
            if longest <= widest {
                continue;
            }
            let is_measure = |hit: &Hit| start < hit.end && matches!(hit.class, Class::Measure(_));
            let within = hits.iter().rev().take_while(|hit| start < hit.end).any(is_measure);
            let ends_there = here.filter(|(word, _)| start + word.len() == longest);
            let mut kept = ends_there
                .filter(|(_, class)| !(within && matches!(class, Class::Subject(_) | Class::Part)))
                .peekable();
            if kept.peek().is_some() {
                widest = longest;
            }
            hits.extend(kept.map(|(_, class)| Hit { start, end: longest, class }));
        }
        hits
    }

    /// What a measure means of these rows of a layout.
    pub(super) fn meanings_of(&self, measure: usize, of: &[Rows], layout: Layout) -> Vec<Sum> {
        self.meanings(&self.measures[measure].senses, of, layout)
    }

    /// What a figure beside a subject alone means.
    pub(super) fn own(&self, subject: Subject, of: &[Rows], layout: Layout) -> Vec<Sum> {
        self.own.get(&subject).map_or(vec![], |senses| self.meanings(senses, of, layout))
    }

    /// The meaning of this name, one of a sum of cells.
    pub(super) fn meaning(&self, name: &str, layout: Layout) -> Option<Sum> {
        let sense = self.senses.iter().find(|sense| sense.name == name);
        let sense = sense.unwrap_or_else(|| panic!("words.txt has no meaning {name}"));
        sense.over(&Rows { name: "", paths: &[] }, layout)
    }

    fn meanings(&self, senses: &[usize], of: &[Rows], layout: Layout) -> Vec<Sum> {
        let mut found: Vec<Sum> = Vec::new();
        for sense in senses.iter().map(|sense| &self.senses[*sense]) {
            let of = if sense.names_a_subject() { of } else { &[Rows { name: "", paths: &[] }] };
            found.extend(of.iter().filter_map(|rows| sense.over(rows, layout)));
        }
        found
    }
}

impl Sense {
    fn names_a_subject(&self) -> bool {
        self.plus.iter().any(|path| path.starts_with("$."))
    }

    /// Its cells in these rows; `None` if the layout lacks one.
    fn over(&self, rows: &Rows, layout: Layout) -> Option<Sum> {
        let cells = |paths: &[&str]| {
            let mut cells = Vec::new();
            for path in paths {
                match path.strip_prefix("$.") {
                    Some(column) => {
                        for row in rows.paths {
                            cells.push(cell_of(&format!("{row}.{column}"), layout)?);
                        }
                    }
                    None => match path.split_once(".*.") {
                        Some((group, column)) => cells.extend(group_of(group, column, layout)?),
                        None => cells.push(cell_of(path, layout)?),
                    },
                }
            }
            Some(cells)
        };
        let name = match (rows.name, self.name) {
            ("", name) => name.to_owned(),
            (of, "总计") => of.to_owned(),
            (of, name) => format!("{of}，{name}"),
        };
        Some(Sum { name, plus: cells(&self.plus)?, minus: cells(&self.minus)? }).filter(|of| !of.plus.is_empty())
    }
}

fn cell_of(path: &str, layout: Layout) -> Option<Cell> {
    path.parse().ok().filter(|cell| layout.entry(*cell).is_some())
}

/// The cells of this column in the rows of a group; `None` if the layout has none.
fn group_of(group: &str, column: &str, layout: Layout) -> Option<Vec<Cell>> {
    let rows = layout.rows().iter().filter(|row| row.path().rsplit_once('.').is_some_and(|(of, _)| of == group));
    let cells: Vec<Cell> = rows.filter_map(|row| row.in_column(column)).collect();
    Some(cells).filter(|cells| !cells.is_empty())
}

impl Class {
    fn listed(section: &str) -> Option<Class> {
        Some(match section {
            "fillers" => Class::Filler,
            "parts" => Class::Part,
            "matters" => Class::Matter,
            "comparisons" => Class::Comparison,
            "authorities" => Class::Authority,
            "bodies" => Class::Body,
            "other_bodies" => Class::OtherBody,
            "carry" => Class::Carry,
            "next_year" => Class::NextYear,
            "last_year" => Class::LastYear,
            "each" => Class::Each,
            _ => return None,
        })
    }
}

impl Kind {
    /// Whether it is said of requests only.
    pub(super) fn is_of_requests(self) -> bool {
        !matches!(self, Kind::Ruling | Kind::Document | Kind::Decision)
    }

    fn named(name: &str) -> Option<Kind> {
        Some(match name {
            "received" => Kind::Received,
            "finished" => Kind::Finished,
            "outcome" => Kind::Outcome,
            "outcome_in_short" => Kind::OutcomeInShort,
            "ground" => Kind::Ground,
            "applicant" => Kind::Applicant,
            "ruling" => Kind::Ruling,
            "document" => Kind::Document,
            "decision" => Kind::Decision,
            _ => return None,
        })
    }
}
