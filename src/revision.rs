//! Two versions of one report: what a correction changed, cell by cell and sentence by sentence, what it mended, what it broke.
//!
//! ```
//! use ogi_report::{Language, Rule, revision};
//! let rule = Rule::find("proceedings-total").unwrap();
//! let (published, corrected) = (rule.wrong_example(), rule.right_example());
//! let revision = revision::compare(&published, &corrected)?;
//! assert_eq!(revision.cells[0].message(Language::Chinese), "行政复议 · 总计：2 → 3");
//! assert_eq!(revision.mended[0].rule, "proceedings-total");
//! assert!(revision.broken.is_empty() && revision.kept.is_empty());
//! # Ok::<(), ogi_report::Faults>(())
//! ```
//!
//! A fault of both versions is kept even if its figures changed; a [`Policy`](crate::Policy) is stricter and takes it for new
//! ([`judge_revision`](crate::Policy::judge_revision)).
//!
//! Not compared: places, evidence, the labels of rows and columns, and how a figure is printed. Not checked: which version is in force.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::hash::Hash;

use serde::Serialize;

use crate::agency::AgencyKind;
use crate::facts::{Facts, Scope};
use crate::fault::{Fault, Faults};
use crate::finding::{Finding, Reason};
use crate::form::{Cell, Layout, Unit};
use crate::language::Language;
use crate::narrative::{Part, ProcessingFee, Section};
use crate::place::Place;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::published::printed::Status;
use crate::text::{push_line, shortened, showable, without_figures};

/// What differs between two versions of a report, and what the rules say of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Revision {
    /// The facts around the tables, the agency first.
    pub facts: Vec<Difference>,
    /// The cells, in the form's order.
    pub cells: Vec<Difference>,
    /// The sentences of the prose: first those whose figures changed, then those that are new, then those that are gone.
    pub sentences: Vec<Difference>,
    /// What is found in the earlier version only, and is right in the later one.
    pub mended: Vec<Finding>,
    /// What is found in the earlier version and cannot be evaluated in the later one: a cell that it needs holds no figure now.
    pub lost: Vec<Finding>,
    /// What is found in the later version only.
    pub broken: Vec<Finding>,
    /// What is found in both, perhaps with other figures, as it is in the later one.
    pub kept: Vec<Finding>,
}

/// Something that differs between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The path of a cell, the key of a fact as in JSON, or the key of a section in words.
    pub key: String,
    /// What stands in the earlier version, as printed; `None` for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What stands in the later version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Where it is in the later version; of what is gone, in the earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Compares two versions of the report of one agency for one year. Another name of the agency is the first difference.
///
/// # Errors
/// [`Faults`] if both years are known and differ: [`series`](crate::series) compares years.
pub fn compare(earlier: &PublishedReport, later: &PublishedReport) -> Result<Revision, Faults> {
    if let (Some(expected), Some(found)) = (earlier.facts.year, later.facts.year)
        && expected != found
    {
        let words = [format!("{expected} 年度的报告"), format!("a report for {expected}")];
        return Err(Faults(vec![Fault::new("year", words, Some(found.to_string()))]));
    }
    // The same fault, whatever its figures.
    let [old, new] = [earlier, later].map(PublishedReport::check);
    let found = Paired::of(old.findings, new.findings, |finding: &Finding| finding.fingerprint.clone());
    let mut open: HashMap<&str, HashSet<Cell>> = HashMap::new();
    // A wrong sentence that is gone is mended, whether or not others are left to be compared.
    for not_evaluated in new.not_evaluated.iter().filter(|open| open.reason != Reason::NothingSaid) {
        open.entry(&not_evaluated.rule).or_default().extend(&not_evaluated.cells);
    }
    let is_lost = |finding: &Finding| {
        let cells = open.get(&*finding.rule);
        cells.is_some_and(|cells| cells.is_empty() || finding.cells.iter().any(|quoted| cells.contains(&quoted.cell)))
    };
    let (lost, mended) = found.gone.into_iter().partition(is_lost);
    Ok(Revision {
        facts: facts_of(earlier, later),
        cells: cells_of(earlier, later),
        sentences: sentences_of(earlier, later),
        mended,
        lost,
        broken: found.new,
        kept: found.both.into_iter().map(|(_, later)| later).collect(),
    })
}

// ---- Facts ---------------------------------------------------------------------------------------

/// A fact: its key in JSON, its name in both languages, what is there.
type Fact = (&'static str, [&'static str; 2], fn(&Facts) -> Option<String>);

const FACTS: &[Fact] = &[
    ("agency.name", ["机关", "the agency"], |facts| Some(facts.agency.as_ref()?.name.clone())),
    ("agency.credit_code", ["统一社会信用代码", "the credit code"], |facts| {
        Some(facts.agency.as_ref()?.credit_code.as_ref()?.to_string())
    }),
    ("agency.division_code", ["行政区划代码", "the division code"], |facts| {
        Some(facts.agency.as_ref()?.division_code.as_ref()?.to_string())
    }),
    (KIND, ["机关类别", "the kind of the agency"], |facts| Some(facts.agency.as_ref()?.kind?.to_string())),
    ("year", ["报告年度", "the report year"], |facts| Some(facts.year?.to_string())),
    ("title", ["标题", "the title"], |facts| facts.title.clone()),
    (SCOPE, ["统计范围", "the scope"], |facts| {
        Some(facts.scope).filter(|of| *of != Scope::Unknown).map(|of| of.to_string())
    }),
    ("published_on", ["公布日期", "the day of publication"], |facts| Some(facts.published_on?.to_string())),
    ("signed_on", ["落款日期", "the day of signature"], |facts| Some(facts.signed_on?.to_string())),
    ("signed_by", ["落款机关", "the name in the signature"], |facts| facts.signed_by.clone()),
    ("other_matters.processing_fee.notices", ["收费通知（件）", "fee notices"], |facts| {
        Some(fee(facts)?.notices?.to_string())
    }),
    ("other_matters.processing_fee.notified", ["通知收取（元）", "fees notified, in 元"], |facts| {
        Some(fee(facts)?.notified?.to_string())
    }),
    ("other_matters.processing_fee.collected", ["实收（元）", "fees collected, in 元"], |facts| {
        Some(fee(facts)?.collected?.to_string())
    }),
];

/// The keys of what is told by its label.
const KIND: &str = "agency.kind";
const SCOPE: &str = "scope";
const LAYOUT: &str = "layout";

fn fee(facts: &Facts) -> Option<&ProcessingFee> {
    facts.other_matters.as_ref()?.processing_fee.as_ref()
}

fn facts_of(earlier: &PublishedReport, later: &PublishedReport) -> Vec<Difference> {
    let layouts = [earlier, later].map(|report| Some(report.layout().to_string()));
    let differences = FACTS.iter().map(|(key, _, fact)| (*key, [earlier, later].map(|report| fact(&report.facts))));
    let differences = differences.chain([(LAYOUT, layouts)]).filter(|(_, [before, after])| before != after);
    differences.map(|(key, [before, after])| Difference { key: key.to_owned(), before, after, place: None }).collect()
}

// ---- Cells ---------------------------------------------------------------------------------------

fn cells_of(earlier: &PublishedReport, later: &PublishedReport) -> Vec<Difference> {
    let gone = earlier.layout().cells().iter().filter(|entry| later.layout().entry(entry.cell()).is_none());
    let cells = later.layout().cells().iter().chain(gone).map(|entry| entry.cell());
    let difference = |cell: Cell| {
        let [before, after] = [earlier, later].map(|report| report.get(cell));
        let differs = match (before, after) {
            (Some(before), Some(after)) => !says_the_same(before, after, cell.unit()),
            _ => true,
        };
        let place = after.or(before).and_then(PublishedCell::place).cloned();
        let [before, after] = [before, after].map(|found| found.and_then(shown));
        differs.then(|| Difference { key: cell.path().to_owned(), before, after, place })
    };
    cells.filter_map(difference).collect()
}

/// Whether two cells say the same, however they print it.
fn says_the_same(one: &PublishedCell, other: &PublishedCell, unit: Unit) -> bool {
    let of = |cell: &PublishedCell| (cell.status(), cell.number(), cell.unit_in(unit));
    let unread = one.status() == Status::Unreadable && one.printed() != other.printed();
    of(one) == of(other) && one.candidates().eq(other.candidates()) && !unread
}

/// What a cell prints, or the number that was put there; `None` where no cell was found.
fn shown(cell: &PublishedCell) -> Option<String> {
    match (cell.status(), cell.number()) {
        (Status::NotFound, _) => None,
        (_, Some(number)) if cell.printed().is_empty() => Some(number.to_string()),
        _ => Some(cell.printed().to_owned()),
    }
}

// ---- Sentences -----------------------------------------------------------------------------------

/// The key of what is before the first section, and of the paragraphs among the tables.
const PREAMBLE: &str = "preamble";
const REMARKS: &str = "remarks";

/// A sentence: in which section, where, and its words without white space.
struct Sentence {
    key: &'static str,
    text: String,
    place: Option<Place>,
}

/// The headings and the sentences of the prose, in order.
fn prose(report: &PublishedReport) -> impl Iterator<Item = Sentence> + '_ {
    let sections = [Section::Overview, Section::Problems, Section::OtherMatters];
    let title = |section: Section, title: Option<&String>| {
        title.map(|title| Sentence { key: section.key(), text: title.split_whitespace().collect(), place: None })
    };
    let facts = &report.facts;
    let titles = [
        title(Section::Overview, facts.overview.as_ref().map(|section| &section.title)),
        title(Section::Problems, facts.problems.as_ref().map(|section| &section.title)),
        title(Section::OtherMatters, facts.other_matters.as_ref().map(|section| &section.title)),
    ];
    let of_section = |section: Section| {
        report.facts.words_of(section).unwrap_or_default().iter().map(move |part| (section.key(), part))
    };
    let of_table = report.page.headings.iter().filter(|heading| heading.section.is_table());
    let headings = of_table.map(|heading| Sentence {
        key: heading.section.key(),
        text: heading.text.split_whitespace().collect(),
        place: heading.place.clone(),
    });
    let parts =
        report.facts.preamble.iter().map(|part| (PREAMBLE, part)).chain(sections.into_iter().flat_map(of_section));
    let of_part = |(key, part): (&'static str, &'_ Part)| {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let heading = part.heading.iter().map(|heading| (bare(heading), part.places.first().cloned()));
        let sentences = part.sentences().map(|(text, place)| (bare(text), place));
        heading.chain(sentences).map(|(text, place)| Sentence { key, text, place }).collect::<Vec<_>>()
    };
    let remarks = report.page.remarks.iter().map(|remark| Sentence {
        key: REMARKS,
        text: remark.text.split_whitespace().collect(),
        place: remark.place.clone(),
    });
    headings
        .chain(titles.into_iter().flatten())
        .chain(parts.flat_map(of_part))
        .chain(remarks)
        .filter(|sentence| !sentence.text.is_empty())
}

/// The sentences of one version that the other does not have; one of the same words with other figures is a changed one.
/// Where a sentence stands within its section is no difference.
fn sentences_of(earlier: &PublishedReport, later: &PublishedReport) -> Vec<Difference> {
    let (old, new) = (prose(earlier).collect(), prose(later).collect());
    let same = Paired::of(old, new, |sentence: &Sentence| (sentence.key, sentence.text.clone()));
    let reckoned = Paired::of(same.gone, same.new, |sentence| (sentence.key, without_figures(&sentence.text)));
    let changed = reckoned.both.into_iter().map(|(old, new)| (Some(old), Some(new)));
    let added = reckoned.new.into_iter().map(|new| (None, Some(new)));
    let gone = reckoned.gone.into_iter().map(|old| (Some(old), None));
    let difference = |(old, new): (Option<Sentence>, Option<Sentence>)| {
        let shown = new.as_ref().or(old.as_ref())?;
        let (key, place) = (shown.key.to_owned(), shown.place.clone());
        Some(Difference { key, before: old.map(|old| old.text), after: new.map(|new| new.text), place })
    };
    changed.chain(added).chain(gone).filter_map(difference).collect()
}

/// Two lists, what is the same in both by some key put together.
struct Paired<T> {
    /// As it is in the one and in the other.
    both: Vec<(T, T)>,
    gone: Vec<T>,
    new: Vec<T>,
}

impl<T> Paired<T> {
    /// Each thing once, the first with the first.
    fn of<K: Hash + Eq>(old: Vec<T>, new: Vec<T>, key: impl Fn(&T) -> K) -> Paired<T> {
        let mut waiting: HashMap<K, VecDeque<(usize, T)>> = HashMap::new();
        for (number, thing) in old.into_iter().enumerate() {
            waiting.entry(key(&thing)).or_default().push_back((number, thing));
        }
        let mut paired = Paired { both: Vec::new(), gone: Vec::new(), new: Vec::new() };
        for thing in new {
            match waiting.get_mut(&key(&thing)).and_then(VecDeque::pop_front) {
                Some((_, old)) => paired.both.push((old, thing)),
                None => paired.new.push(thing),
            }
        }
        let mut gone: Vec<(usize, T)> = waiting.into_values().flatten().collect();
        gone.sort_by_key(|(number, _)| *number);
        paired.gone = gone.into_iter().map(|(_, thing)| thing).collect();
        paired
    }
}

// ---- Messages ------------------------------------------------------------------------------------

impl Difference {
    /// The difference in this language, one line.
    pub fn message(&self, language: Language) -> String {
        let fact = FACTS.iter().find(|(key, ..)| *key == self.key).map(|(_, name, _)| language.of(*name));
        let section = Section::ALL.iter().find(|section| section.key() == self.key);
        let name = match self.key.as_str() {
            PREAMBLE => language.of(["引言", "preamble"]).to_owned(),
            REMARKS => language.of(["表间文字", "among the tables"]).to_owned(),
            LAYOUT => language.of(["表样", "the layout"]).to_owned(),
            key => match (fact, section, key.parse::<Cell>()) {
                (Some(fact), ..) => fact.to_owned(),
                (_, Some(section), _) => section.title().to_owned(),
                (_, _, Ok(cell)) => cell.label(),
                _ => key.to_owned(),
            },
        };
        let quoted = |text: &str| {
            let label = match self.key.as_str() {
                KIND => text.parse().ok().map(|kind: AgencyKind| kind.label(language)),
                SCOPE => text.parse().ok().map(|scope: Scope| scope.label(language)),
                LAYOUT => text.parse().ok().map(|layout: Layout| layout.label(language)),
                _ if text.is_empty() => Some(language.of(["（空白）", "(blank)"])),
                _ => None,
            };
            label.map_or_else(|| shortened(text), str::to_owned)
        };
        let colon = language.of(["：", ": "]);
        let message = match (&self.before, &self.after) {
            (Some(before), Some(after)) => format!("{name}{colon}{} → {}", quoted(before), quoted(after)),
            (None, Some(after)) => format!("{name}{colon}{}{}", language.of(["新增 ", "added "]), quoted(after)),
            (Some(before), None) => format!("{name}{colon}{}{}", language.of(["删去 ", "removed "]), quoted(before)),
            (None, None) => format!("{name}{colon}{}", language.of(["无此格", "no such cell"])),
        };
        showable(&message).into_owned()
    }
}

impl Revision {
    /// Whether both versions say the same.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.cells.is_empty() && self.sentences.is_empty()
    }

    /// A line a difference, in this language, then a line a finding: mended, broken, kept.
    pub fn message(&self, language: Language) -> String {
        let mut text = String::new();
        if self.is_empty() {
            push_line(&mut text, language.of(["两版所写相同", "both versions say the same"]));
        }
        for difference in self.facts.iter().chain(&self.cells).chain(&self.sentences) {
            push_line(&mut text, &difference.message(language));
        }
        for (verdict, findings) in [
            (["已更正", "mended"], &self.mended),
            (["更正后无法核对", "no longer evaluated"], &self.lost),
            (["新出现", "broken"], &self.broken),
            (["仍存在", "still there"], &self.kept),
        ] {
            let [verdict, colon] = [language.of(verdict), language.of(["：", ": "])];
            for finding in findings {
                push_line(&mut text, &format!("{verdict}{colon}{}", finding.line(language)));
            }
        }
        text
    }
}

impl fmt::Display for Revision {
    /// In English, like a finding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}
