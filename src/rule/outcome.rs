//! What a test comes to, before it is a finding of a rule: the cells that are quoted, the facts of the failure with what
//! they say in both languages, and the reason where nothing can be said.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::Severity;
use crate::form::Cell;
use crate::number::Number;
use crate::place::Place;
use crate::published::PublishedReport;
use crate::published::printed::Status;
use crate::text::shortened;

/// What the test of a rule comes to: how often it holds, where it fails with facts of the type `F`, and where it says
/// nothing for the cells `C`.
pub(crate) struct Outcome<F, C = Vec<Cell>> {
    pub pass: usize,
    pub fails: Vec<Fail<F>>,
    pub skipped: Vec<(Reason, C)>,
}

/// A failure; of the severity of its rule, unless it has one of its own.
pub(crate) struct Fail<F> {
    pub severity: Option<Severity>,
    pub cells: Vec<FindingCell>,
    pub facts: F,
}

impl<F, C: Default> Outcome<F, C> {
    pub(crate) fn new() -> Outcome<F, C> {
        Outcome { pass: 0, fails: Vec::new(), skipped: Vec::new() }
    }

    /// The test cannot be evaluated at all.
    pub(crate) fn skipped(reason: Reason) -> Outcome<F, C> {
        Outcome { skipped: vec![(reason, C::default())], ..Outcome::new() }
    }

    pub(crate) fn fail(&mut self, cells: Vec<FindingCell>, facts: F) {
        self.fails.push(Fail { severity: None, cells, facts });
    }

    pub(crate) fn fail_as(&mut self, severity: Severity, cells: Vec<FindingCell>, facts: F) {
        self.fails.push(Fail { severity: Some(severity), cells, facts });
    }
}

/// All that a finding says.
pub(crate) struct Told<'a> {
    /// What comes after the sentence of the rule, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    pub found: Option<String>,
    pub expected: Option<String>,
    pub difference: Option<i64>,
    pub place: Option<&'a Place>,
}

impl<'a> Told<'a> {
    /// Nothing yet, at the place of the first of these cells that has one.
    pub(crate) fn of(cells: &'a [FindingCell]) -> Told<'a> {
        let place = cells.iter().find_map(|quoted| quoted.place.as_ref());
        Told { zh: String::new(), en: String::new(), found: None, expected: None, difference: None, place }
    }
}

/// A cell quoted in a finding, as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
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
    /// The column alone.
    #[serde(skip)]
    pub column: &'static str,
    /// On which side of the equation of the rule it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// What stands in it.
    pub status: Status,
    /// The text as printed.
    pub printed: String,
    /// The number, written as a decimal.
    #[serde(rename = "value", skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    #[schemars(with = "Option<String>")]
    pub number: Option<Number>,
    /// Where it stands in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

fn as_text<S: Serializer>(number: &Option<Number>, to: S) -> Result<S::Ok, S::Error> {
    number.map(|number| number.to_string()).serialize(to)
}

impl FindingCell {
    /// The cell as it stands in a report; `None` if its layout has no such cell.
    pub(crate) fn of(report: &PublishedReport, cell: Cell, side: Option<Side>) -> Option<FindingCell> {
        let (entry, found) = (report.layout().entry(cell)?, report.get(cell)?);
        Some(FindingCell {
            cell,
            label: entry.label(),
            column: entry.column().label(),
            side,
            status: found.status(),
            printed: found.printed().to_owned(),
            number: found.number(),
            place: found.place().cloned(),
        })
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "side", transform = crate::wire::plain_enum)]
pub enum Side {
    /// The total, or the first two lines of table two; of two years, the later report.
    Left,
    /// What it is compared with; of two years, the earlier report.
    Right,
}

/// The label of the first cell.
pub(crate) fn first_label(cells: &[FindingCell]) -> &str {
    cells.first().map_or("", |quoted| &quoted.label)
}

/// What is printed in the first cell.
pub(crate) fn first_printed(cells: &[FindingCell]) -> String {
    cells.first().map_or(String::new(), |quoted| shortened(&quoted.printed))
}

/// Why a rule could not be evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
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
    /// The document has no section six.
    NoSection,
    /// The prose says nothing that can be compared.
    NothingSaid,
    /// The prose has more figures than that of a report.
    TooLong,
    /// The report of the year before is not there.
    NoReportBefore,
    /// A fact that it compares is not stated.
    NotStated,
}

impl Reason {
    const fn words(self) -> [&'static str; 2] {
        match self {
            Reason::NoCount => ["有的格不是数字", "a cell holds no count"],
            Reason::OtherEdition => ["不适用于本版表样或年度", "not a rule of this edition or year"],
            Reason::NoYear => ["报告年度不明", "the report year is not known"],
            Reason::NoDate => ["公布日期不明", "the day of publication is not known"],
            Reason::KindUnknown => ["机关类别不明", "the kind of the agency is not known"],
            Reason::KindInferred => ["机关类别是推断的", "the kind of the agency is inferred"],
            Reason::KindNotNamed => ["不适用于这类机关", "the rule does not name this kind of agency"],
            Reason::NoHeadings => ["没有标题和文字", "the document has neither headings nor prose"],
            Reason::NoSection => ["没有第六部分", "the document has no section six"],
            Reason::NothingSaid => ["正文没有可以核对的说法", "the prose says nothing that can be compared"],
            Reason::TooLong => ["正文的数字多得不像一份报告", "the prose has more figures than that of a report"],
            Reason::NoReportBefore => ["没有上一年度报告", "the report of the year before is not there"],
            Reason::NotStated => ["没有写明所核对的内容", "a fact that it compares is not stated"],
        }
    }

    /// The reason in Chinese.
    pub const fn zh(self) -> &'static str {
        self.words()[0]
    }

    /// The reason in English.
    pub const fn en(self) -> &'static str {
        self.words()[1]
    }
}
