//! What a test comes to, before it is a finding of a rule: the cells that are quoted, what there is to say in both
//! languages, and the reason where nothing can be said.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::date::Year;
use crate::form::Cell;
use crate::language::Language;
use crate::number::Number;
use crate::place::Place;
use crate::published::PublishedReport;
use crate::published::printed::Status;
use crate::severity::Severity;
use crate::text::{shortened, showable};
use crate::wire::{exact, optional};

/// How many failures of a rule are told: those of a report are a few.
pub(crate) const MOST_FAILS: usize = 1000;

/// What the test of a rule comes to: how often it holds, where it fails, and where it says nothing.
#[derive(Default)]
pub(crate) struct Outcome {
    pub pass: usize,
    pub fails: Vec<Fail>,
    pub skipped: Vec<Skipped>,
}

/// A failure; of the severity of its rule, unless it has one of its own.
pub(crate) struct Fail {
    pub severity: Option<Severity>,
    pub cells: Vec<FindingCell>,
    pub told: Told,
}

/// What cannot be evaluated, and the cells that are in the way; of two years, in the later report and in the earlier one.
pub(crate) struct Skipped {
    pub reason: Reason,
    pub year: Option<Year>,
    pub cells: Vec<Cell>,
    pub before: Vec<Cell>,
}

impl Outcome {
    /// The test holds, or fails so.
    pub(crate) fn of(found: impl IntoIterator<Item = Told>) -> Outcome {
        let mut outcome = Outcome::default();
        found.into_iter().for_each(|told| outcome.fail(vec![], told));
        outcome.pass += usize::from(outcome.fails.is_empty());
        outcome
    }

    /// The test cannot be evaluated at all.
    pub(crate) fn skipped(reason: Reason) -> Outcome {
        let mut outcome = Outcome::default();
        outcome.skip(reason, vec![]);
        outcome
    }

    /// The test cannot be evaluated for these cells.
    pub(crate) fn skip(&mut self, reason: Reason, cells: Vec<Cell>) {
        self.skipped.push(Skipped { reason, year: None, cells, before: vec![] });
    }

    pub(crate) fn fail(&mut self, cells: Vec<FindingCell>, told: Told) {
        self.push(Fail { severity: None, cells, told });
    }

    pub(crate) fn fail_as(&mut self, severity: Severity, cells: Vec<FindingCell>, told: Told) {
        self.push(Fail { severity: Some(severity), cells, told });
    }

    fn push(&mut self, fail: Fail) {
        if self.fails.len() < MOST_FAILS {
            self.fails.push(fail);
        } else if self.skipped.last().is_none_or(|skipped| skipped.reason != Reason::TooMany) {
            self.skip(Reason::TooMany, vec![]);
        }
    }
}

/// All that a finding says.
#[derive(Default)]
pub(crate) struct Told {
    /// What comes before the sentence of the rule, in Chinese and in English.
    pub words: [String; 2],
    pub found: Option<String>,
    pub expected: Option<String>,
    pub difference: Option<i64>,
    pub place: Option<Place>,
    /// Of two years: the later one.
    pub year: Option<Year>,
    /// Of a region: what could explain the difference.
    pub clues: Vec<Clue>,
    /// What it takes to let it pass.
    pub subjects: Vec<String>,
}

impl Told {
    /// Nothing yet, about the report as a whole.
    pub(crate) fn of_report(place: Option<Place>) -> Told {
        Told { place, subjects: vec!["report".to_owned()], ..Told::default() }
    }

    /// Nothing yet, about the first of these cells, what the others ought to make up.
    pub(crate) fn of_first(cells: &[FindingCell]) -> Told {
        Told { subjects: Told::of_each(cells).subjects.into_iter().take(1).collect(), ..Told::of_each(cells) }
    }

    /// Nothing yet, about each of these cells.
    pub(crate) fn of_each(cells: &[FindingCell]) -> Told {
        let place = cells.iter().find_map(|quoted| quoted.place.clone());
        let subjects = cells.iter().map(|quoted| quoted.cell.path().to_owned()).collect();
        Told { place, subjects, ..Told::default() }
    }
}

/// A cell quoted in a finding, as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "finding_cell", title = "finding_cell")]
#[non_exhaustive]
pub struct FindingCell {
    /// The path of the cell.
    #[serde(rename = "path")]
    #[schemars(with = "String")]
    pub cell: Cell,
    /// The official name, row · column.
    pub label: String,
    /// On which side of the equation of the rule it stands.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub(crate) side: Option<Side>,
    /// What is in it.
    #[serde(deserialize_with = "exact")]
    pub status: Status,
    /// The text as printed.
    pub printed: String,
    /// The number, written as a decimal.
    #[serde(
        default,
        rename = "value",
        skip_serializing_if = "Option::is_none",
        serialize_with = "as_text",
        deserialize_with = "from_text"
    )]
    #[schemars(with = "Option<String>")]
    pub number: Option<Number>,
    /// Where it is in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

fn as_text<S: Serializer>(number: &Option<Number>, to: S) -> Result<S::Ok, S::Error> {
    number.map(|number| number.to_string()).serialize(to)
}

fn from_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Number>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}

impl FindingCell {
    /// The cell as it is in a report; `None` if its layout has no such cell.
    pub(crate) fn of(report: &PublishedReport, cell: Cell, side: Option<Side>) -> Option<FindingCell> {
        let (entry, found) = (report.layout().entry(cell)?, report.get(cell)?);
        Some(FindingCell {
            cell,
            label: entry.label(),
            side,
            status: found.status(),
            printed: found.printed().to_owned(),
            number: found.number(),
            place: found.place().cloned(),
        })
    }

    /// Whether it is on the left of the equation of the rule: the total, or the first two lines of table two; of two
    /// years, in the later report.
    pub fn is_left(&self) -> bool {
        self.side == Some(Side::Left)
    }

    /// Whether it is on the right, with what the left is compared; of two years, in the earlier report.
    pub fn is_right(&self) -> bool {
        self.side == Some(Side::Right)
    }

    /// Label and text: as printed, with the unit, or the number that was put there.
    pub(crate) fn term(&self) -> String {
        match self.number {
            Some(number) if self.printed.is_empty() => format!("{} {number}", self.label),
            _ => format!("{} {}", self.label, shortened(&self.printed)),
        }
    }
}

/// A side of an equation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "side", transform = crate::wire::plain_enum)]
pub(crate) enum Side {
    /// The total, or the first two lines of table two; of two years, the later report.
    Left,
    /// What it is compared with; of two years, the earlier report.
    Right,
}

/// The label of the first cell.
pub(crate) fn first_label(cells: &[FindingCell]) -> &str {
    cells.first().map_or("", |quoted| &quoted.label)
}

/// What is printed in the first cell, or the number that was put there.
pub(crate) fn first_printed(cells: &[FindingCell]) -> String {
    cells.first().map_or(String::new(), |quoted| match quoted.number {
        Some(number) if quoted.printed.is_empty() => number.to_string(),
        _ => shortened(&quoted.printed),
    })
}

/// Why a rule could not be evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "reason", transform = crate::wire::plain_enum)]
#[non_exhaustive]
pub enum Reason {
    /// A cell holds no count.
    NoCount,
    /// The rule is not one of this edition or year.
    OtherEdition,
    /// The report year is not known.
    NoYear,
    /// The day of publication is not known.
    NoDate,
    /// The kind of the agency is not known.
    KindUnknown,
    /// The kind of the agency is inferred, not stated.
    KindInferred,
    /// The rule does not name this kind of agency.
    KindNotNamed,
    /// The document has neither headings nor prose.
    NoHeadings,
    /// The section is not there.
    NoSection,
    /// The prose says nothing that can be compared.
    NothingSaid,
    /// The prose has more figures than that of a report.
    TooLong,
    /// The rule fails more than a thousand times: the first thousand are told.
    TooMany,
    /// The report of the year before is not there.
    NoReportBefore,
    /// The report of the year before is of another agency.
    OtherAgency,
    /// Neither the page nor the form says the unit of an amount.
    NoUnit,
    /// The figure of a part is not known, and the parts can be negative.
    PartUnknown,
    /// A fact that it compares is not stated.
    NotStated,
}

impl Reason {
    const fn words(self) -> [&'static str; 2] {
        match self {
            Reason::NoCount => ["有的格没有件数", "a cell holds no count"],
            Reason::OtherEdition => ["不适用于本版表样或年度", "not a rule of this edition or year"],
            Reason::NoYear => ["报告年度不明", "the report year is not known"],
            Reason::NoDate => ["公布日期不明", "the day of publication is not known"],
            Reason::KindUnknown => ["机关类别不明", "the kind of the agency is not known"],
            Reason::KindInferred => ["机关类别是推断的", "the kind of the agency is inferred"],
            Reason::KindNotNamed => ["不适用于这类机关", "the rule does not name this kind of agency"],
            Reason::NoHeadings => ["没有标题和文字", "the document has neither headings nor prose"],
            Reason::NoSection => ["没有该部分", "the section is not there"],
            Reason::NothingSaid => ["正文没有可以核对的说法", "the prose says nothing that can be compared"],
            Reason::TooLong => ["正文的数字多得不像一份报告", "the prose has more figures than that of a report"],
            Reason::TooMany => {
                ["不成立之处超过一千，只列出前一千处", "it fails more than 1000 times, the first are told"]
            }
            Reason::NoReportBefore => ["没有上一年度报告", "the report of the year before is not there"],
            Reason::OtherAgency => ["上一年度报告属于另一机关", "the report of the year before is of another agency"],
            Reason::NoUnit => ["没有写明金额单位", "nothing says the unit of the amount"],
            Reason::PartUnknown => {
                ["有的机关该项数字不明，而该项可正可负", "a part is not known, and parts can be negative"]
            }
            Reason::NotStated => ["没有写明所核对的内容", "a fact that it compares is not stated"],
        }
    }

    /// The reason in this language.
    pub fn message(self, language: Language) -> &'static str {
        language.of(self.words())
    }
}

/// What could explain a difference between a region and its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", content = "agencies", rename_all = "snake_case")]
#[schemars(with = "WrittenClue")]
#[non_exhaustive]
pub enum Clue {
    /// The figure of this agency is the difference: left out, or counted twice.
    SameCount([String; 1]),
    /// The figures of these two together are the difference.
    SameSum([String; 2]),
    /// This agency reported, or should have, and its figure in the cell is not known.
    Unknown([String; 1]),
    /// This agency has no report of its own: merged, abolished, or covered by another.
    NoReport([String; 1]),
}

/// A clue as JSON writes it.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "clue", title = "clue")]
#[expect(dead_code, reason = "stands for the object in the schema")]
struct WrittenClue {
    /// Why these agencies.
    kind: ClueKind,
    /// The agencies: two where their figures make up the difference together, otherwise one.
    agencies: Vec<String>,
}

/// Why an agency could explain a difference.
#[derive(JsonSchema)]
#[schemars(rename = "clue_kind", rename_all = "snake_case", transform = crate::wire::plain_enum)]
#[expect(dead_code, reason = "stands for the name in the schema")]
enum ClueKind {
    /// Its figure is the difference: left out, or counted twice.
    SameCount,
    /// The figures of the two together are the difference.
    SameSum,
    /// It reported, or should have, and its figure in this cell is not known.
    Unknown,
    /// It has no report of its own: merged, abolished, or covered by another.
    NoReport,
}

impl Clue {
    /// The clue in this language.
    pub fn message(&self, language: Language) -> String {
        let message = language.of(match self {
            Clue::SameCount([agency]) => {
                [format!("{agency}所报的数正是差额"), format!("{agency} reports just the difference")]
            }
            Clue::SameSum([first, second]) => [
                format!("{first}、{second}所报的数合计正是差额"),
                format!("{first} and {second} together report just the difference"),
            ],
            Clue::Unknown([agency]) => [format!("{agency}所报的数不明"), format!("what {agency} reports is not known")],
            Clue::NoReport([agency]) => {
                [format!("{agency}没有单独的报告"), format!("{agency} has no report of its own")]
            }
        });
        showable(&message).into_owned()
    }
}
