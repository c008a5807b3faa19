//! What the check of this crate answers, assertion by assertion: what every other engine must answer.

use crate::assertion::{Assertion, Claim};
use crate::date::Year;
use crate::fault::{Fault, Faults};
use crate::finding::{CheckReport, Verdict};
use crate::form::{Cell, Kind, Layout};
use crate::published::PublishedReport;
use crate::rollup::Region;
use crate::rule::table::LINKS;
use crate::rule::{Rule, Step, Test};
use crate::series;
use crate::severity::Severity;

impl PublishedReport {
    /// What every assertion over this layout comes to, in the order of [`Assertion::all`]: the answer of
    /// [`check`](PublishedReport::check), assertion by assertion.
    pub fn verdicts(&self) -> Vec<(Assertion, Verdict)> {
        let checked = self.check();
        let verdict = |assertion: &Assertion| {
            let cells = assertion.cells();
            let of_rule = |code: &str| code == assertion.rule.code;
            let fails = checked.findings.iter().filter(|finding| of_rule(&finding.rule)).any(|finding| {
                let quoted = || finding.cells.iter().map(|quoted| quoted.cell);
                match &assertion.claim {
                    Claim::Equal(_) | Claim::AtLeast(_) => quoted().eq(cells.iter().copied()),
                    // A finding on missing cells is about several.
                    _ => cells.iter().all(|cell| quoted().any(|quoted| quoted == *cell)),
                }
            });
            let without_count = |cell: &Cell| self.get(*cell).is_none_or(|found| found.number().is_none());
            let skipped =
                match &assertion.claim {
                    Claim::Domain { cell, .. } => without_count(cell),
                    _ => checked.not_evaluated.iter().filter(|skipped| of_rule(&skipped.rule)).any(|skipped| {
                        skipped.cells.is_empty() || skipped.cells.iter().any(|cell| cells.contains(cell))
                    }),
                };
            match (fails, skipped) {
                (true, _) => Verdict::Fail,
                (false, true) => Verdict::NotEvaluated,
                (false, false) => Verdict::Pass,
            }
        };
        Assertion::all(self.layout())
            .into_iter()
            .map(|assertion| {
                let verdict = verdict(&assertion);
                (assertion, verdict)
            })
            .collect()
    }
}

/// What a rule over two years comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct YearsVerdict {
    /// The rule.
    pub rule: &'static Rule,
    /// The cells of the test, as in `rules.json`: of the later report left, then right, then those of the earlier; of an amount
    /// the one cell.
    pub cells: Vec<Cell>,
    /// How grave a failure is: a warning at most where the two reports differ in scope.
    pub severity: Severity,
    /// The answer.
    pub verdict: Verdict,
}

/// What the rules over two years, but for those over words, come to between a report and that of the year before of the same
/// agency: test by test, what every other engine must answer.
///
/// # Errors
/// [`Faults`] if a year is not known, or the later one is not that after the earlier.
pub fn verdicts_of_years(before: &PublishedReport, now: &PublishedReport) -> Result<Vec<YearsVerdict>, Faults> {
    let years = [before, now].map(|report| report.facts.year.map(Year::get));
    if years[0].is_none_or(|year| years[1] != Some(year + 1)) {
        let words = ["上一年度之后的年度", "the year after that of the report before"];
        return Err(Faults(vec![Fault::new("year", words, years[1].map(|year| year.to_string()))]));
    }
    let mut checked = series::check_by_key([("", before), ("", now)]);
    let checked = checked.remove("").unwrap_or_else(|| Ok(CheckReport::default()))?;
    let mut verdicts = Vec::new();
    for rule in LINKS {
        for (of_now, of_before, cells) in compared(rule, now.layout(), before.layout()) {
            let first = of_now.first().copied();
            let fails =
                checked.findings_of(rule.code).find(|finding| finding.cells.first().map(|quoted| quoted.cell) == first);
            // Each step that is left out names a cell of its own.
            let of_step = |open: &[Cell], step: &[Cell]| open.iter().all(|cell| step.contains(cell));
            let mut open = checked.not_evaluated_of(rule.code);
            let is_open = open.any(|open| of_step(&open.cells, &of_now) && of_step(&open.before, &of_before));
            let verdict = match (fails, is_open) {
                (Some(_), _) => Verdict::Fail,
                (None, true) => Verdict::NotEvaluated,
                (None, false) => Verdict::Pass,
            };
            let severity = rule.severity_between(before, now);
            verdicts.push(YearsVerdict { rule, cells, severity, verdict });
        }
    }
    Ok(verdicts)
}

/// What a rule compares: cells of the later report, of the earlier, and those that name the test.
fn compared(rule: &Rule, now: Layout, before: Layout) -> Vec<(Vec<Cell>, Vec<Cell>, Vec<Cell>)> {
    if matches!(rule.test, Test::SameUnit) {
        let amounts = now.cells().iter().filter(|entry| entry.kind() == Kind::Amount).map(|entry| entry.cell());
        let of_both = amounts.filter(|cell| before.entry(*cell).is_some());
        return of_both.map(|cell| (vec![cell], vec![cell], vec![cell])).collect();
    }
    let step = |step: Step| {
        let of_now: Vec<Cell> = step.now.cells().collect();
        let named = of_now.iter().chain(&step.before).copied().collect();
        (of_now, step.before, named)
    };
    rule.steps(now, before).into_iter().map(step).collect()
}

impl Region<'_> {
    /// What the rules over a region come to, cell by cell.
    pub fn verdicts(&self) -> Vec<(&'static Rule, Cell, Verdict)> {
        let verdict = |holds| match holds {
            Some(true) => Verdict::Pass,
            Some(false) => Verdict::Fail,
            None => Verdict::NotEvaluated,
        };
        self.sums().into_iter().map(|sum| (sum.bound.rule(), sum.cell, verdict(sum.holds()))).collect()
    }
}
