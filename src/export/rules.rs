//! The rules as they travel, each with its tests.

use super::rule_file::{Holds, RuleFile, RuleLine, TestKind, TestLine, no_units};
use crate::agency::AgencyKind;
use crate::assertion::{Assertion, Claim, inferences};
use crate::catalogue::Entry;
use crate::facts::SourceKind;
use crate::form::{Cell, Edition, Kind, Layout};
use crate::prose::Saying;
use crate::rule::{Bound, Over, Rule, Step, Test};

/// The rules as they travel, in the order of the table.
pub fn rules() -> RuleFile {
    RuleFile { schema: crate::json::schema::identifier(&["rules"]), rules: Rule::all().map(rule_line).collect() }
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
        editions: Edition::all()
            .filter(|edition| rule.applies_to(*edition))
            .map(|edition| edition.name().to_owned())
            .collect(),
        basis: rule.basis.articles().map(str::to_owned).collect(),
        zh: rule.zh.to_owned(),
        en: rule.en.to_owned(),
        over: rule.test.over(),
        engines: words(match rule.test.over() {
            _ if rule.test.is_over_words() => &["rust"],
            Over::Report => &["rust", "json", "cel", "sql"],
            Over::Years | Over::Region | Over::Peers => &["rust", "sql"],
        }),
        inputs: words(rule.test.inputs()),
        tests,
    }
}

/// The tests of a rule for a layout, each without its layouts.
fn test_lines(rule: &'static Rule, layout: Layout) -> Vec<TestLine> {
    match rule.test {
        Test::Follows(_) => {
            let line = |step: Step| TestLine {
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
        Test::OneAgency | Test::Both(..) | Test::Peers(_) => vec![TestLine::default()],
        Test::Parts(bound) => {
            let kind = match bound {
                Bound::Exact => TestKind::SumOfParts,
                Bound::AtLeast => TestKind::AtLeastParts,
            };
            let line = |(of, holds)| {
                let has_some = layout.cells().iter().any(|entry| entry.kind() == of);
                has_some.then(|| TestLine { kind, holds: Some(holds), ..TestLine::default() })
            };
            let kinds = [(Kind::Count, Holds::Count), (Kind::Change, Holds::Change), (Kind::Amount, Holds::Amount)];
            let of_bound = |(of, _): &(Kind, Holds)| bound == Bound::Exact || *of != Kind::Change;
            kinds.into_iter().filter(of_bound).filter_map(line).collect()
        }
        _ => {
            let of_rule = |assertion: &Assertion| assertion.rule == rule;
            Assertion::all(layout).iter().filter(|assertion| of_rule(assertion)).map(test_line).collect()
        }
    }
}

fn paths(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(|cell| cell.path().to_owned()).collect()
}

/// The test without its layouts.
fn test_line(assertion: &Assertion) -> TestLine {
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
            agency_kinds: kinds.iter().map(|kind: &AgencyKind| kind.name().to_owned()).collect(),
            inferred_by: inferences().map(|kind| SourceKind::name(kind).to_owned()).collect(),
            ..line
        },
        Claim::YearWithin(years) => TestLine { kind: TestKind::YearWithin, years: Some(years.clone()), ..line },
        Claim::PublishedBy(due) => TestLine { kind: TestKind::PublishedBy, due: due.clone(), ..line },
        Claim::Words => line,
    }
}

// ---- What a test reads ----------------------------------------------------------------------------

impl Test {
    /// The keys of the document that it reads besides cells.
    pub(crate) fn inputs(&self) -> &'static [&'static str] {
        match self {
            Test::Equal(_) | Test::AtLeast(_) | Test::Domain | Test::Presence => &[],
            Test::ZeroFor(..) => &["agency.kind", "evidence.agency_kind.kind"],
            Test::Labels => &["misprints"],
            Test::Alone => &["others"],
            Test::EditionForYear => &["year"],
            Test::Sections => &["headings", "overview", "problems", "other_matters"],
            Test::Deadline(..) => &["year", "published_on", "agency.kind"],
            Test::FeeStated(_) => &["year", "other_matters"],
            Test::Facts(keys, _) | Test::Page(keys, _) | Test::Both(keys, _) => keys,
            Test::Prose(Saying::Period) => &["preamble", "overview", "year"],
            Test::Prose(Saying::Sums) => &["overview", "problems", "other_matters", "remarks"],
            // Of which body a sentence speaks depends on the agency and its scope; what its words mean are sums of cells.
            Test::Prose(_) => &[
                "overview",
                "problems",
                "other_matters",
                "remarks",
                "year",
                "scope",
                "agency.kind",
                "agency.name",
                "article20",
                "requests",
                "proceedings",
            ],
            Test::Follows(_) | Test::SameUnit => &["year", "scope"],
            Test::Parts(_) => &["year"],
            Test::Peers(_) => &["problems", "agency"],
            Test::OneAgency => &["agency"],
        }
    }
}
