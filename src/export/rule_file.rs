//! What the file `rules.json` holds: the rules as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assertion::{Due, Years};
use crate::form::Unit;
use crate::rule::Over;
use crate::severity::Severity;

/// The file `rules.json`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "rule_file", title = "rule_file", deny_unknown_fields)]
pub struct RuleFile {
    /// The identifier of the schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The rules.
    pub rules: Vec<RuleLine>,
}

/// A rule.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "rule", title = "rule", deny_unknown_fields)]
pub struct RuleLine {
    /// The stable name.
    pub code: String,
    /// Raised whenever the meaning changes.
    pub version: u16,
    /// How grave a failure is, unless the finding says otherwise.
    pub severity: Severity,
    /// The editions it holds for.
    pub editions: Vec<String>,
    /// The articles of the Regulations behind it.
    pub basis: Vec<String>,
    /// What must hold, in Chinese.
    pub zh: String,
    /// What must hold, in English.
    pub en: String,
    /// What it is over: one report, the reports of two years, or those of a region and its parts.
    pub over: Over,
    /// What evaluates it: rust alone for rules over words.
    pub engines: Vec<String>,
    /// The keys of the document that it reads besides the cells of its tests.
    pub inputs: Vec<String>,
    /// What it asserts, one test a line.
    pub tests: Vec<TestLine>,
}

/// One test: its kind, and the keys that this kind has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "test", title = "test", deny_unknown_fields)]
pub struct TestLine {
    /// The layouts that it is for: of two years that of the later report, of a region that of its own report.
    pub layouts: Vec<String>,
    /// equal: the sums of both sides are equal. at_least: the left sum is not the smaller. domain: the number is one that
    /// the cell can hold. present: the cell holds a number or a mark for not applicable. zero_for: the cell is 0 for these
    /// kinds of agency. year_within: the year is in one of the ranges. published_by: published by the day that is due.
    /// follows: the left sum is the right one and that of the report of the year before. same_unit: the amount is not 5,000
    /// to 20,000 times that of the year before, nor that part of it, unless the units explain it. sum_of_parts: each figure is the
    /// sum of the parts, if all are known; amounts in 元, by the unit that the page prints or the form fixes. at_least_parts:
    /// otherwise it is not less than those that are known; of changes nothing is said.
    pub kind: TestKind,
    /// Cells whose sum stands left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<String>,
    /// Cells whose sum stands right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub right: Vec<String>,
    /// Cells of the report of the year before, whose sum is added to the right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<String>,
    /// The one cell that the test is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// What the cell can hold; of parts, the cells that the test is about are those that can hold this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<Holds>,
    /// The units of money that the cell cannot be printed in; an amount of 0 is the same in all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub no_units: Vec<String>,
    /// The kinds of agency that the test is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agency_kinds: Vec<String>,
    /// The kinds of evidence for the kind of agency that leave the test open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inferred_by: Vec<String>,
    /// Ranges of years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years: Option<Vec<Years>>,
    /// The days that are due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub due: Vec<Due>,
}

/// The kinds of test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "test_kind", transform = crate::wire::plain_enum)]
pub enum TestKind {
    /// Σ left = Σ right.
    Equal,
    /// Σ left ≥ Σ right.
    AtLeast,
    /// The number is one that the cell can hold.
    Domain,
    /// The cell holds a number or a mark.
    Present,
    /// The cell is 0.
    ZeroFor,
    /// The year is in a range.
    YearWithin,
    /// Published in time.
    PublishedBy,
    /// Σ left = Σ right + Σ of the year before.
    Follows,
    /// The amounts of two years are in one unit.
    SameUnit,
    /// The figure of the region is the sum of its parts.
    SumOfParts,
    /// The figure of the region is not less than its known parts.
    AtLeastParts,
    /// Over words: no engine but this crate.
    #[default]
    Words,
}

/// What a cell can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "holds", transform = crate::wire::plain_enum)]
pub enum Holds {
    /// A whole number of 0 or more.
    Count,
    /// A signed whole number.
    Change,
    /// A decimal of 0 or more.
    Amount,
}

/// The units of money that a cell of this unit cannot be printed in.
pub(super) fn no_units(unit: Unit) -> &'static [&'static str] {
    match unit {
        Unit::Pieces | Unit::Items => &["yuan", "wan_yuan"],
        Unit::WanYuan => &["yuan"],
        Unit::AsPrinted => &[],
    }
}
