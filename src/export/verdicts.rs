//! What the check of this crate answers, assertion by assertion: what every other engine must answer.

use serde::{Deserialize, Serialize};

use crate::assertion::{Assertion, Claim};
use crate::form::Cell;
use crate::published::PublishedReport;
use crate::rollup::Region;
use crate::rule::Rule;

/// What an engine answers to an assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// The report does not say enough to tell.
    NotEvaluated,
}

impl Verdict {
    /// The name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::NotEvaluated => "not_evaluated",
        }
    }
}

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
