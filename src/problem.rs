//! What a clerk has to mend, each thing once: a wrong figure together with all that it breaks.
//!
//! One wrong figure breaks every sum it is in, and the sentence that says it right. The findings are then consequences of one
//! cause ([`repair`](crate::repair)), and the figure that would mend all of them comes first. Where several figures would,
//! all are listed, numbered, and said to be equally likely: nobody can tell from the tables alone. If a sentence of the prose or
//! another rule agrees with only one of them, that one is taken.
//!
//! ```
//! use ogi_report::{Language, Layout, PublishedCell, PublishedReport};
//! let mut report = PublishedReport::zeros(Layout::EDITION_2021);
//! report.set("requests.outcomes.disclosed.other".parse()?, PublishedCell::read("7"))?;
//! let checked = report.check();
//! assert_eq!(checked.findings.len(), 2);
//! let [problem] = report.problems(&checked).try_into().unwrap();
//! assert_eq!(problem.findings.len(), 2);
//! assert_eq!(problem.likely.len(), 1);
//! assert!(problem.message(Language::Chinese).starts_with("（一）予以公开 · 其他 印作 7，应为 0"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::collections::BTreeSet;

use serde::Serialize;

use crate::finding::{CheckReport, Finding};
use crate::form::Cell;
use crate::language::Language;
use crate::prose;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::repair::{Cause, Proposal};
use crate::rule::Balance;
use crate::severity::Severity;

/// How many ways to mend a report are tried: those of a report are a few.
const MOST_TRIED: usize = 32;

/// How much prose a report has at most in which a way is tried, in bytes; one has some ten thousand.
const MOST_PROSE: usize = 100_000;

/// Findings of one cause.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Problem<'c> {
    /// The findings, in the order of the check: never none.
    pub findings: Vec<&'c Finding>,
    /// What would mend all of them, where sums tell: one way, or several that are equally likely. Empty where no sum is
    /// broken, or where no change of a few figures is enough.
    pub likely: Vec<Proposal>,
}

impl Problem<'_> {
    /// The gravest of its findings.
    pub fn severity(&self) -> Severity {
        self.findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Notice)
    }

    /// The cell that it is about: that which would mend it, or the first that is quoted; none for what is about no cell, where
    /// more than one cell has to change, and where several ways to mend it are equally likely.
    pub fn cell(&self) -> Option<Cell> {
        match self.likely.as_slice() {
            [proposal] => match proposal.changes.as_slice() {
                [change] => Some(change.cell),
                _ => None,
            },
            [] => self.findings.first()?.cells.first().map(|quoted| quoted.cell),
            _ => None,
        }
    }

    /// The problem in this language, one line: what to mend, or what is wrong.
    pub fn message(&self, language: Language) -> String {
        let [and, number] = language.of([["；", "）"], ["; ", ") "]]);
        let together = language.of(["，同时 ", ", and "]);
        let way = |proposal: &Proposal| {
            proposal.changes.iter().map(|change| change.message(language)).collect::<Vec<_>>().join(together)
        };
        match self.likely.as_slice() {
            [] => self.findings.first().map_or(String::new(), |finding| finding.message(language)),
            [proposal] => way(proposal),
            several => {
                let ways = (1..).zip(several).map(|(at, proposal)| format!("{at}{number}{}", way(proposal)));
                let ways = ways.collect::<Vec<_>>().join(and);
                let count = several.len();
                language.of([
                    format!("有 {count} 种改法，可能性相同，须核对原始记录：{ways}"),
                    format!("{count} ways to mend it are equally likely, the records must tell: {ways}"),
                ])
            }
        }
    }
}

impl PublishedReport {
    /// The findings of a check of this report, put together by their causes, in the order of the check.
    pub fn problems<'c>(&self, checked: &'c CheckReport) -> Vec<Problem<'c>> {
        let mut of: Vec<Option<usize>> = vec![None; checked.findings.len()];
        let causes = self.repair();
        let is_short = || {
            let sentences = prose::sentences(self);
            sentences.is_some_and(|of| of.iter().map(|sentence| sentence.text.len()).sum::<usize>() <= MOST_PROSE)
        };
        let mut tries = if !causes.is_empty() && is_short() { MOST_TRIED } else { 0 };
        // Only of what a check of this report finds is it known here what would mend it.
        let own = if tries > 0 { self.check() } else { CheckReport::default() };
        let told: BTreeSet<String> = own.findings.iter().map(key).collect();
        let mut likely: Vec<Vec<Proposal>> = Vec::new();
        for (number, cause) in causes.iter().enumerate() {
            let is_broken = |finding: &Finding| cause.equations.iter().any(|equation| is_of(finding, equation));
            let rest = of.iter_mut().zip(&checked.findings);
            rest.filter(|(of, finding)| of.is_none() && is_broken(finding)).for_each(|(of, _)| *of = Some(number));
            let (proposals, mended) = self.likeliest(cause, &told, &mut tries);
            for (of, finding) in of.iter_mut().zip(&checked.findings) {
                if of.is_none() && mended.contains(&key(finding)) {
                    *of = Some(number);
                }
            }
            likely.push(proposals);
        }
        let mut problems: Vec<(Option<usize>, Problem<'c>)> = Vec::new();
        for (finding, cause) in checked.findings.iter().zip(of) {
            let known = problems.iter_mut().find(|(of, _)| cause.is_some() && *of == cause);
            match known {
                Some((_, problem)) => problem.findings.push(finding),
                None => {
                    let likely = cause.map_or(vec![], |cause| std::mem::take(&mut likely[cause]));
                    problems.push((cause, Problem { findings: vec![finding], likely }));
                }
            }
        }
        problems.into_iter().map(|(_, problem)| problem).collect()
    }

    /// The likeliest ways to mend a cause, and the findings that are not there once it is mended so: those that leave the
    /// fewest findings, and of these the likeliest slips.
    fn likeliest(
        &self,
        cause: &Cause,
        told: &BTreeSet<String>,
        tries: &mut usize,
    ) -> (Vec<Proposal>, BTreeSet<String>) {
        let count = cause.proposals.len();
        let mut tried: Vec<(&Proposal, BTreeSet<String>)> = match tries.checked_sub(count) {
            None => cause.proposals.iter().map(|proposal| (proposal, BTreeSet::new())).collect(),
            Some(left) => {
                *tries = left;
                let mends = |proposal: &Proposal| {
                    let left: BTreeSet<String> = self.mended(proposal).check().findings.iter().map(key).collect();
                    told.difference(&left).cloned().collect()
                };
                cause.proposals.iter().map(|proposal| (proposal, mends(proposal))).collect()
            }
        };
        // What mends more is the better witness; then the kind of slip.
        let most = tried.iter().map(|(_, mended)| mended.len()).max().unwrap_or(0);
        tried.retain(|(_, mended)| mended.len() == most);
        let first = tried.iter().map(|(proposal, _)| proposal.rank).min();
        tried.retain(|(proposal, _)| Some(proposal.rank) == first);
        // What only some of them mend may stay.
        let of_all = tried.iter().map(|(_, mended)| mended.clone()).reduce(|all, mended| &all & &mended);
        (tried.into_iter().map(|(proposal, _)| proposal.clone()).collect(), of_all.unwrap_or_default())
    }

    /// The report with the cells changed as proposed, as far as their counts are determined.
    fn mended(&self, proposal: &Proposal) -> PublishedReport {
        let mut mended = self.clone();
        for change in &proposal.changes {
            if let Some(value) = change.value() {
                let cell = PublishedCell::read(&value.to_string());
                mended.set(change.cell, cell).expect("a repair changes cells of the layout");
            }
        }
        mended
    }
}

/// Whether a finding says that this equation fails.
fn is_of(finding: &Finding, equation: &Balance) -> bool {
    finding.rule == equation.rule.code
        && finding.cells.iter().map(|quoted| quoted.cell).eq(equation.left().iter().chain(equation.right()).copied())
}

/// What tells a finding from the others of a check.
fn key(finding: &Finding) -> String {
    format!("{} {}", finding.rule, finding.subjects.join("\n"))
}
