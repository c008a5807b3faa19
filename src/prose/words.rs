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

/// The lists of words that do one thing, each by its section of `words.txt`.
macro_rules! lists {
    ($($List:ident $section:literal,)+) => {
        /// A list of words that do one thing, which is no class: a section of `words.txt`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum List {
            $($List,)+
        }

        impl List {
            const ALL: &[(&str, List)] = &[$(($section, List::$List)),+];
        }
    };
}

lists! {
    About "about",
    AboutBehind "about_behind",
    Acts "acts",
    Askers "askers",
    Carry "carry",
    Channels "channels",
    Comparisons "comparisons",
    DeniedOtherwise "denied_otherwise",
    InAll "in_all",
    LastYear "last_year",
    Lists "lists",
    Names "names",
    Never "never",
    NextYear "next_year",
    NotCollected "not_collected",
    NotNever "not_never",
    NothingCame "nothing_came",
    OtherDecisions "other_decisions",
    OtherTimes "other_times",
    Overlaps "overlaps",
    Plans "plans",
    Regions "regions",
    ThisYear "this_year",
    Times "times",
}

/// Each is a bit of a set.
const _: () = assert!(List::ALL.len() <= u32::BITS as usize);

impl List {
    /// These lists as a set.
    pub(super) fn set(lists: &[List]) -> u32 {
        lists.iter().fold(0, |set, list| set | 1 << *list as u32)
    }
}

/// A sum of cells under its name.
#[derive(Debug)]
struct Sense {
    name: &'static str,
    plus: Vec<Term>,
    minus: Vec<Term>,
}

/// A term of a sense.
#[derive(Debug)]
enum Term {
    Cell(Cell),
    /// `$.column`: this column of the rows of the subject, each by its path.
    Column(&'static str, Vec<(&'static str, Cell)>),
    /// `group.*.column`: this column of all rows of a group, by layout.
    Group(Vec<(Layout, Vec<Cell>)>),
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
    lists: HashMap<u32, Vec<&'static str>>,
    /// All words, by the place of their first character.
    all: Vec<Listed>,
    places: Vec<Here>,
}

/// A place of words: where it begins among all, and the lists that a word there is of.
#[derive(Clone, Copy, Debug)]
struct Here {
    begins: u16,
    lists: u32,
}

/// A word of a section.
#[derive(Clone, Copy, Debug)]
struct Listed {
    word: &'static str,
    /// The list that it is of, as a set.
    list: u32,
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
        let begins = |at: usize| words.all.partition_point(|listed| place(listed) < Some(at));
        let here = |at: usize| {
            let lists = words.all[begins(at)..begins(at + 1)].iter().fold(0, |lists, listed| lists | listed.list);
            // There are a few thousand words at most.
            Here { begins: begins(at) as u16, lists }
        };
        words.places = (0..=PLACES as usize).map(here).collect();
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
                    path => into.push(Term::parsed(path)),
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
        let list = List::ALL.iter().find(|(name, _)| *name == section).map_or(0, |(_, list)| List::set(&[*list]));
        assert!(list != 0 || class.is_some(), "words.txt has a section that is not known, {section}");
        for word in left.split_whitespace() {
            self.lists.entry(list).or_default().push(word);
            let mask = if word.len() < 8 { (1 << (8 * word.len())) - 1 } else { u64::MAX };
            self.all.push(Listed { word, list, class, begins: first_bytes(word) & mask, mask });
        }
    }

    /// The words that a text begins with, whose first character is of this place.
    fn beginning_at<'w>(&'w self, place: usize, text: &'w str) -> impl Iterator<Item = &'w Listed> + Clone {
        let here = self.here(place);
        let bytes = if here.is_empty() { 0 } else { first_bytes(text) };
        let is_long = |word: &str| word.len() > size_of::<u64>();
        here.iter().filter(move |listed| {
            bytes & listed.mask == listed.begins && (!is_long(listed.word) || text.starts_with(listed.word))
        })
    }

    /// The words whose first character is of this place.
    fn here(&self, place: usize) -> &[Listed] {
        &self.all[usize::from(self.places[place].begins)..usize::from(self.places[place + 1].begins)]
    }

    /// The words of some lists that are in a text, with where they begin; several can begin in one place.
    fn found_in<'w>(&'w self, lists: u32, text: &'w str) -> impl Iterator<Item = (usize, &'w Listed)> {
        let places = text.char_indices().map(|(at, first)| (at, place_of(first)));
        let may_begin = places.filter(move |(_, place)| self.places[*place].lists & lists != 0);
        let words = move |(at, place)| self.beginning_at(place, &text[at..]).map(move |listed| (at, listed));
        may_begin.flat_map(words).filter(move |(_, listed)| listed.list & lists != 0)
    }

    /// Where the first word that denies is in a text; the longest that begins there.
    pub(super) fn denial(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let mut behind = 0;
        for (at, _) in self.found_in(List::set(&[List::Never, List::NotNever]), text) {
            if at < behind {
                continue;
            }
            let rest = &text[at..];
            if let Some(other) = self.beginning(List::NotNever, rest) {
                behind = at + other.len();
            } else if let Some(word) = self.beginning(List::Never, rest) {
                return Some(at..at + word.len());
            }
        }
        None
    }

    /// The longest word of a list that a text begins with.
    pub(super) fn beginning(&self, list: List, text: &str) -> Option<&'static str> {
        let (place, list) = (place_of(text.chars().next()?), List::set(&[list]));
        if self.places[place].lists & list == 0 {
            return None;
        }
        let here = self.beginning_at(place, text).filter(|listed| listed.list == list);
        here.map(|listed| listed.word).max_by_key(|word| word.len())
    }

    /// Whether a word of one of these lists is in a text.
    pub(super) fn any_in(&self, lists: &[List], text: &str) -> bool {
        self.found_in(List::set(lists), text).next().is_some()
    }

    /// The words of a list.
    pub(super) fn list(&self, list: List) -> &[&'static str] {
        self.lists.get(&List::set(&[list])).map_or(&[], Vec::as_slice)
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
        let column = |term: &Term| if let Term::Column(column, _) = term { Some(*column) } else { None };
        senses.flat_map(|sense| &sense.plus).filter_map(column).collect()
    }

    /// The words of a sentence by where they begin, but for those within a longer one, and for a subject or a part that
    /// begins within a measure: 不予公开 and 申请 in 不予公开申请, not 公开申请; 结转 in 结转办理, not 转办.
    ///
    /// Beside them the set of the lists of which a word is anywhere in it.
    pub(super) fn hits(&self, text: &str) -> (Vec<Hit>, u32) {
        let (mut hits, mut lists): (Vec<Hit>, u32) = (Vec::new(), 0);
        let mut widest = 0;
        for (start, first) in text.char_indices() {
            let here = self.beginning_at(place_of(first), &text[start..]);
            let mut longest = 0;
            for listed in here.clone() {
                lists |= listed.list;
                if listed.class.is_some() {
                    longest = longest.max(start + listed.word.len());
                }
            }
            if longest <= widest {
                continue;
            }
            let here = here.filter_map(|listed| Some((listed.word, listed.class?)));
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
        (hits, lists)
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
        self.plus.iter().any(|term| matches!(term, Term::Column(..)))
    }

    /// Its cells in these rows; `None` if the layout lacks one.
    fn over(&self, rows: &Rows, layout: Layout) -> Option<Sum> {
        let cells = |terms: &[Term]| {
            let mut cells = Vec::new();
            for term in terms {
                match term {
                    Term::Cell(cell) => cells.push(*cell),
                    Term::Column(_, of_rows) => {
                        for path in rows.paths {
                            cells.push(of_rows.iter().find(|(row, _)| row == path)?.1);
                        }
                    }
                    Term::Group(groups) => {
                        cells.extend(groups.iter().find(|(of, _)| *of == layout).map(|(_, cells)| cells)?);
                    }
                }
            }
            cells.iter().all(|cell| layout.entry(*cell).is_some()).then_some(cells)
        };
        let (plus, minus) = (cells(&self.plus)?, cells(&self.minus)?);
        let name = match (rows.name, self.name) {
            ("", name) => name.to_owned(),
            (of, "总计") => of.to_owned(),
            (of, name) => format!("{of}，{name}"),
        };
        Some(Sum { name, plus, minus }).filter(|of| !of.plus.is_empty())
    }
}

impl Term {
    /// `requests.received.total`, `$.total`, `requests.outcomes.withheld.*.total`.
    fn parsed(path: &'static str) -> Term {
        if let Some(column) = path.strip_prefix("$.") {
            let rows = Subject::all_rows().flat_map(|rows| rows.paths);
            let of_row = |row: &&'static str| Some((*row, format!("{row}.{column}").parse().ok()?));
            return Term::Column(column, rows.filter_map(of_row).collect());
        }
        let Some((group, column)) = path.split_once(".*.") else {
            return Term::Cell(path.parse().unwrap_or_else(|_| panic!("words.txt has no cell {path}")));
        };
        let of_layout = |layout: Layout| {
            let rows =
                layout.rows().iter().filter(|row| row.path().rsplit_once('.').is_some_and(|(of, _)| of == group));
            let cells: Vec<Cell> = rows.filter_map(|row| row.in_column(column)).collect();
            (!cells.is_empty()).then_some((layout, cells))
        };
        Term::Group(Layout::newest_first().filter_map(of_layout).collect())
    }
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
