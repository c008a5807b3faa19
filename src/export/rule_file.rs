//! The rules as JSON: `rules.json`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::agency::AgencyKind;
use crate::assertion::{Assertion, Claim, Due, Years, inferences};
use crate::catalogue::Entry;
use crate::facts::SourceKind;
use crate::form::{Cell, Kind, Layout, Unit};
use crate::rule::{Bound, Over, Rule, Severity, Test};

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
    /// to 20,000 times that of the year before, nor that part of it, unless the units explain it. sum_of_parts: each count
    /// is the sum of the parts, if all are known. at_least_parts: otherwise it is not less than those that are known.
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
    /// The count of the region is the sum of its parts.
    SumOfParts,
    /// The count of the region is not less than its known parts.
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

/// The rules as they travel, in the order of the table.
pub fn rules() -> RuleFile {
    RuleFile {
        schema: crate::json::schema::identifier_of_document("rules"),
        rules: Rule::all().map(rule_line).collect(),
    }
}

fn rule_line(rule: &'static Rule) -> RuleLine {
    let mut tests: Vec<TestLine> = Vec::new();
    for layout in Layout::newest_first() {
        for line in test_lines(rule, layout) {
            match tests.iter_mut().find(|known| TestLine { layouts: vec![], ..(**known).clone() } == line) {
                Some(known) => known.layouts.push(layout.name().to_owned()),
                None => tests.push(TestLine { layouts: vec![layout.name().to_owned()], ..line }),
            }
        }
    }
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    RuleLine {
        code: rule.code.to_owned(),
        version: rule.version,
        severity: rule.severity,
        editions: rule.editions.iter().map(|edition| edition.name().to_owned()).collect(),
        basis: rule.basis.articles().map(str::to_owned).collect(),
        zh: rule.zh.to_owned(),
        en: rule.en.to_owned(),
        over: rule.test.over(),
        engines: words(match rule.test.over() {
            Over::Report if rule.test.is_over_words() => &["rust"],
            Over::Report => &["rust", "json", "cel", "sql"],
            Over::Years | Over::Region => &["rust", "sql"],
        }),
        inputs: words(rule.test.inputs()),
        tests,
    }
}

/// The tests of a rule for a layout, each without its layouts.
fn test_lines(rule: &'static Rule, layout: Layout) -> Vec<TestLine> {
    let paths = |cells: &[Cell]| cells.iter().map(|cell| cell.path().to_owned()).collect();
    match rule.test {
        Test::Follows(_) => {
            let line = |step: crate::rule::Step| TestLine {
                kind: TestKind::Follows,
                left: paths(&step.now.left),
                right: paths(&step.now.right),
                before: paths(&step.before),
                ..TestLine::default()
            };
            rule.steps(layout, layout).into_iter().map(line).collect()
        }
        Test::SameUnit => {
            let amounts = layout.cells().iter().filter(|entry| entry.kind() == Kind::Amount);
            let line = |entry: &Entry| TestLine {
                kind: TestKind::SameUnit,
                cell: Some(entry.path().to_owned()),
                ..TestLine::default()
            };
            amounts.map(line).collect()
        }
        Test::Parts(bound) => {
            let kind = match bound {
                Bound::Exact => TestKind::SumOfParts,
                Bound::AtLeast => TestKind::AtLeastParts,
            };
            vec![TestLine { kind, holds: Some(Holds::Count), ..TestLine::default() }]
        }
        _ => {
            let of_rule = |assertion: &Assertion| assertion.rule == rule;
            Assertion::all(layout).iter().filter(|assertion| of_rule(assertion)).map(test_line).collect()
        }
    }
}

/// The test without its layouts.
fn test_line(assertion: &Assertion) -> TestLine {
    let paths = |cells: &[Cell]| cells.iter().map(|cell| cell.path().to_owned()).collect();
    let names = |kinds: &[AgencyKind]| kinds.iter().map(|kind| kind.name().to_owned()).collect();
    let line = TestLine::default();
    match &assertion.claim {
        Claim::Equal(equation) => {
            TestLine { kind: TestKind::Equal, left: paths(&equation.left), right: paths(&equation.right), ..line }
        }
        Claim::AtLeast(equation) => {
            TestLine { kind: TestKind::AtLeast, left: paths(&equation.left), right: paths(&equation.right), ..line }
        }
        Claim::Domain { cell, kind, unit } => TestLine {
            kind: TestKind::Domain,
            cell: Some(cell.path().to_owned()),
            holds: Some(match kind {
                Kind::Count => Holds::Count,
                Kind::Change => Holds::Change,
                Kind::Amount => Holds::Amount,
            }),
            no_units: no_units(*unit).iter().map(|unit| (*unit).to_owned()).collect(),
            ..line
        },
        Claim::Present(cell) => TestLine { kind: TestKind::Present, cell: Some(cell.path().to_owned()), ..line },
        Claim::ZeroFor(cell, kinds) => TestLine {
            kind: TestKind::ZeroFor,
            cell: Some(cell.path().to_owned()),
            agency_kinds: names(kinds),
            inferred_by: inferences().map(|kind| SourceKind::name(kind).to_owned()).collect(),
            ..line
        },
        Claim::YearWithin(years) => TestLine { kind: TestKind::YearWithin, years: Some(years.clone()), ..line },
        Claim::PublishedBy(due) => TestLine { kind: TestKind::PublishedBy, due: due.clone(), ..line },
        Claim::Words => line,
    }
}

/// The units of money that a cell of this unit cannot be printed in.
pub(super) fn no_units(unit: Unit) -> &'static [&'static str] {
    match unit {
        Unit::Pieces | Unit::Items => &["yuan", "wan_yuan"],
        Unit::WanYuan => &["yuan"],
        Unit::AsPrinted => &[],
    }
}
