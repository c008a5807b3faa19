//! What blocks: apart from what is true. A check finds the same whoever asks; a policy says which findings stop a report on
//! its way, and a waiver lets one pass until a day, with a reason. No policy removes a finding.
//!
//! ```
//! use ogi_report::policy::{Policy, Waiver};
//! use ogi_report::{Date, rule_book};
//! let report = rule_book::explain("publication-deadline").unwrap().breaks();
//! let checked = report.check();
//! let today = Date::new(2025, 3, 1)?;
//! assert!(Policy::BeforePublication.judge(&checked, &[], today).blocks());
//! assert!(!Policy::Import.judge(&checked, &[], today).blocks());
//! let waiver = Waiver {
//!     rule: "publication-deadline".into(), cell: None, reason: "网站停机".into(), until: Date::new(2025, 3, 31)?,
//! };
//! let judged = Policy::BeforePublication.judge(&checked, &[waiver], today);
//! assert!(!judged.blocks());
//! assert_eq!(judged.lines().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;

use crate::date::Date;
use crate::finding::{Checked, Finding};
use crate::form::Cell;
use crate::rule::Severity;

/// What a report is checked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Policy {
    /// Before it is published: errors and warnings block.
    BeforePublication,
    /// Into a system of record: errors block.
    Import,
    /// For research: nothing blocks.
    Research,
}

/// Lets a finding pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The code of the rule.
    pub rule: String,
    /// The cell that the finding is about; without one, any finding of the rule that is about no cell.
    pub cell: Option<Cell>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Date,
}

/// The findings of a check as a policy sees them: all of them.
#[derive(Clone, Debug)]
pub struct Judged<'c> {
    lines: Vec<JudgedFinding<'c>>,
}

/// A finding as a policy sees it.
#[derive(Clone, Debug)]
pub struct JudgedFinding<'c> {
    /// The finding.
    pub finding: &'c Finding,
    /// Whether the policy stops the report for it.
    pub blocks: bool,
    /// What lets it pass, or did until it expired.
    pub waiver: Option<AppliedWaiver>,
}

/// A waiver that names a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedWaiver {
    /// The waiver.
    pub waiver: Waiver,
    /// Whether it no longer holds.
    pub expired: bool,
}

impl Policy {
    /// All policies.
    pub const ALL: [Policy; 3] = [Policy::BeforePublication, Policy::Import, Policy::Research];

    /// The name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Policy::BeforePublication => "公布前",
            Policy::Import => "入库",
            Policy::Research => "研究",
        }
    }

    /// The least severity that blocks.
    pub const fn blocks_from(self) -> Option<Severity> {
        match self {
            Policy::BeforePublication => Some(Severity::Warning),
            Policy::Import => Some(Severity::Error),
            Policy::Research => None,
        }
    }

    /// What of a check blocks on this day, and what is let pass.
    pub fn judge<'c>(self, checked: &'c Checked, waivers: &[Waiver], today: Date) -> Judged<'c> {
        let judge = |finding: &'c Finding| {
            let named = || waivers.iter().filter(|waiver| waiver.names(finding));
            let waiver = named().find(|waiver| today <= waiver.until).or_else(|| named().next());
            let waiver = waiver.map(|waiver| AppliedWaiver { waiver: waiver.clone(), expired: today > waiver.until });
            let grave = self.blocks_from().is_some_and(|least| finding.severity >= least);
            let blocks = grave && waiver.as_ref().is_none_or(|waiver| waiver.expired);
            JudgedFinding { finding, blocks, waiver }
        };
        Judged { lines: checked.findings.iter().map(judge).collect() }
    }
}

impl Waiver {
    fn names(&self, finding: &Finding) -> bool {
        let cell = match self.cell {
            Some(cell) => finding.cells.iter().any(|quoted| quoted.cell == cell),
            None => finding.cells.is_empty(),
        };
        self.rule == finding.rule.code && cell
    }
}

impl<'c> Judged<'c> {
    /// Whether anything blocks.
    pub fn blocks(&self) -> bool {
        self.lines.iter().any(|line| line.blocks)
    }

    /// Every finding of the check, in its order.
    pub fn lines(&self) -> &[JudgedFinding<'c>] {
        &self.lines
    }
}

impl fmt::Display for Judged<'_> {
    /// A line a finding, in Chinese, with its waiver.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            writeln!(f, "{} {}", if line.blocks { "不予通过" } else { "不阻止" }, line.finding.zh())?;
            if let Some(AppliedWaiver { waiver, expired }) = &line.waiver {
                let state = if *expired { "豁免已过期" } else { "豁免" };
                writeln!(f, "  {state}，至 {}：{}", waiver.until, waiver.reason)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule_book::explain;

    #[test]
    fn a_waiver_is_for_its_rule_and_cell_and_expires() {
        let checked = explain("requests-row-total").unwrap().breaks().check();
        let cell: Cell = "requests.received.total".parse().unwrap();
        let until = Date::new(2025, 6, 30).unwrap();
        let waiver = |rule: &str, cell| Waiver { rule: rule.to_owned(), cell, reason: "复核中".to_owned(), until };
        let judge = |waivers: &[Waiver], today: Date| {
            let judged = Policy::Import.judge(&checked, waivers, today);
            assert_eq!(judged.lines().len(), checked.findings.len());
            (judged.lines().iter().filter(|line| line.blocks).count(), judged.to_string().matches("豁免").count())
        };
        let before = Date::new(2025, 6, 30).unwrap();
        let after = Date::new(2025, 7, 1).unwrap();
        assert_eq!(judge(&[], before), (2, 0));
        assert_eq!(judge(&[waiver("requests-row-total", Some(cell))], before), (1, 1));
        assert_eq!(judge(&[waiver("requests-row-total", Some(cell))], after), (2, 1));
        assert_eq!(judge(&[waiver("requests-balance", Some(cell))], before), (2, 0));
        assert_eq!(judge(&[waiver("requests-row-total", None)], before), (2, 0));
    }
}
