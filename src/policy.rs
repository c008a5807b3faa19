//! What blocks: apart from what is true. A check finds the same whoever asks; a policy says which findings stop a report on
//! its way, and a waiver lets what it names pass until a day, with a reason. No policy removes a finding.
//!
//! A waiver names one [`Subject`]: one cell, one statement of the prose, one section. A finding about several cells passes
//! only when each of them is waived. What a finding has to be waived for, [`Finding::subjects`] says.
//!
//! ```
//! use ogi_report::policy::{Policy, Subject, Waiver};
//! use ogi_report::{Date, rule_book};
//! let report = rule_book::explain("publication-deadline").unwrap().breaks();
//! let findings = report.check().findings;
//! let today = Date::new(2025, 3, 1)?;
//! assert!(Policy::BeforePublication.judge(&findings, &[], today).blocks());
//! assert!(!Policy::Import.judge(&findings, &[], today).blocks());
//! let until = Date::new(2025, 3, 31)?;
//! let waiver = Waiver::new("publication-deadline", Subject::Report, "网站停机", until)?;
//! let decision = Policy::BeforePublication.judge(&findings, &[waiver], today);
//! assert!(!decision.blocks());
//! assert_eq!(decision.lines().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;

use crate::date::{Date, Year};
use crate::finding::{Finding, FindingKind, SectionDefect};
use crate::form::Cell;
use crate::narrative::Section;
use crate::rule::{Rule, Severity};
use crate::text::shortened;

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

/// Lets what it names pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiver {
    rule: &'static Rule,
    subject: Subject,
    reason: String,
    until: Date,
}

/// The one thing in a report that a waiver is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// A cell: one that is itself at fault; of an equation its first, the total.
    Cell(Cell),
    /// The same in the report of a year, where that does not follow from the year before.
    CellOf(Cell, Year),
    /// A statement of the prose.
    Statement {
        /// The sentence, as the finding has it: without white space.
        sentence: String,
        /// What it says: 258件, 33.9%.
        stated: String,
        /// The cells that the finding quotes: one sentence can say 3件 of two things.
        cells: Vec<Cell>,
    },
    /// A section and what is wrong with it.
    Section(Section, SectionDefect),
    /// A row and the label that is printed for it.
    Label {
        /// The official label.
        official: String,
        /// The label as printed.
        printed: String,
    },
    /// The report as a whole: its layout, its day of publication, its statement on fees.
    Report,
}

/// No rule has this code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the code of a rule such as requests-balance, found {code:?}")]
pub struct UnknownRule {
    /// What was given.
    pub code: String,
}

/// The findings of a check as a policy sees them: all of them. Waivers that let nothing pass are listed as well.
#[derive(Clone, Debug)]
pub struct Decision<'c> {
    lines: Vec<DecidedFinding<'c>>,
    unused: Vec<Waiver>,
    expired: Vec<Waiver>,
}

/// A finding as a policy sees it.
#[derive(Clone, Debug)]
pub struct DecidedFinding<'c> {
    /// The finding.
    pub finding: &'c Finding,
    /// Whether the policy stops the report for it.
    pub blocks: bool,
    /// The waivers in force that name it, or part of it.
    pub waivers: Vec<Waiver>,
}

impl Policy {
    /// All policies.
    pub const ALL: &'static [Policy] = &[Policy::BeforePublication, Policy::Import, Policy::Research];

    /// The name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Policy::BeforePublication => "公布前",
            Policy::Import => "入库",
            Policy::Research => "研究",
        }
    }

    /// The name in English.
    pub const fn en(self) -> &'static str {
        match self {
            Policy::BeforePublication => "before publication",
            Policy::Import => "import",
            Policy::Research => "research",
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

    /// Which findings block on this day, and what is let pass.
    pub fn judge<'c>(self, findings: &'c [Finding], waivers: &[Waiver], today: Date) -> Decision<'c> {
        let (valid, expired): (Vec<&Waiver>, Vec<&Waiver>) = waivers.iter().partition(|waiver| today <= waiver.until);
        let mut used = vec![false; valid.len()];
        let mut judge = |finding: &'c Finding| {
            let subjects = finding.subjects();
            let of_rule = |waiver: &Waiver| waiver.rule == finding.rule;
            let mut named = Vec::new();
            for (waiver, used) in valid.iter().zip(&mut used) {
                if of_rule(waiver) && subjects.contains(&waiver.subject) {
                    *used = true;
                    named.push((*waiver).clone());
                }
            }
            let waived = subjects.iter().all(|subject| named.iter().any(|waiver| waiver.subject == *subject));
            let grave = self.blocks_from().is_some_and(|least| finding.severity >= least);
            DecidedFinding { finding, blocks: grave && !waived, waivers: named }
        };
        let lines = findings.iter().map(&mut judge).collect();
        let unused = valid.iter().zip(&used).filter(|(_, used)| !**used).map(|(waiver, _)| (*waiver).clone());
        Decision { lines, unused: unused.collect(), expired: expired.into_iter().cloned().collect() }
    }
}

impl Waiver {
    /// Lets `subject` pass under the rule of this code, up to and including the day `until`.
    ///
    /// # Errors
    /// - [`UnknownRule`] if no rule has this code.
    pub fn new(code: &str, subject: Subject, reason: impl Into<String>, until: Date) -> Result<Waiver, UnknownRule> {
        let rule = Rule::find(code).ok_or_else(|| UnknownRule { code: shortened(code) })?;
        Ok(Waiver { rule, subject, reason: reason.into(), until })
    }

    /// The waivers that this finding takes to pass: one for each of its subjects.
    pub fn all_for(finding: &Finding, reason: impl Into<String>, until: Date) -> Vec<Waiver> {
        let reason = reason.into();
        let waiver = |subject| Waiver { rule: finding.rule, subject, reason: reason.clone(), until };
        finding.subjects().into_iter().map(waiver).collect()
    }

    /// The rule.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// What it is for.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Why.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The last day on which it holds.
    pub fn until(&self) -> Date {
        self.until
    }

    /// The waiver in Chinese, one line.
    pub fn zh(&self) -> String {
        format!("{}（{}），至 {}：{}", self.rule.code, self.subject.zh(), self.until, self.reason)
    }

    /// The waiver in English, one line; the reason as it was given.
    pub fn en(&self) -> String {
        format!("{} ({}), until {}: {}", self.rule.code, self.subject.en(), self.until, self.reason)
    }
}

impl Finding {
    /// What it takes to let this finding pass: a waiver for each of these.
    pub fn subjects(&self) -> Vec<Subject> {
        let first = || self.cells.first().map(|quoted| Subject::Cell(quoted.cell));
        match &self.kind {
            // The first cell is what the others add up to; it stands first in no other equation of the rule.
            FindingKind::SumMismatch(_) | FindingKind::PartsMismatch(_) => first().into_iter().collect(),
            FindingKind::YearMismatch(facts) => {
                self.cells.first().map(|quoted| Subject::CellOf(quoted.cell, facts.year)).into_iter().collect()
            }
            // Each of the cells is at fault.
            FindingKind::OutOfDomain(_) | FindingKind::MissingCells(_) | FindingKind::NotZero(_) => {
                self.cells.iter().map(|quoted| Subject::Cell(quoted.cell)).collect()
            }
            FindingKind::ProseMismatch(facts) => vec![Subject::Statement {
                sentence: facts.sentence.clone(),
                stated: facts.stated.clone(),
                cells: self.cells.iter().map(|quoted| quoted.cell).collect(),
            }],
            FindingKind::SectionIssue(facts) => vec![Subject::Section(facts.section, facts.defect)],
            FindingKind::WrongLabel(facts) => {
                vec![Subject::Label { official: facts.official.to_owned(), printed: facts.printed.clone() }]
            }
            FindingKind::WrongLayout(_)
            | FindingKind::LatePublication(_)
            | FindingKind::FactMismatch(_)
            | FindingKind::FeeIssue(_) => vec![Subject::Report],
        }
    }
}

impl Subject {
    /// The subject in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Subject::Cell(cell) => cell.label(),
            Subject::CellOf(cell, year) => format!("{year} 年度{}", cell.label()),
            Subject::Statement { sentence, stated, .. } => format!("“{}”中的 {stated}", shortened(sentence)),
            Subject::Section(section, defect) => format!("“{}”{}", section.title(), defect.zh()),
            Subject::Label { official, printed } => format!("“{official}”印作“{}”", shortened(printed)),
            Subject::Report => "整份报告".to_owned(),
        }
    }

    /// The subject in English; cells and sections by their names in the form.
    pub fn en(&self) -> String {
        match self {
            Subject::Cell(cell) => cell.label(),
            Subject::CellOf(cell, year) => format!("{} of {year}", cell.label()),
            Subject::Statement { sentence, stated, .. } => format!("{stated} in {:?}", shortened(sentence)),
            Subject::Section(section, defect) => format!("{} {}", section.title(), defect.en()),
            Subject::Label { official, printed } => format!("{:?} printed for {official}", shortened(printed)),
            Subject::Report => "the report as a whole".to_owned(),
        }
    }
}

impl<'c> Decision<'c> {
    /// Whether anything blocks.
    pub fn blocks(&self) -> bool {
        self.lines.iter().any(|line| line.blocks)
    }

    /// Every finding of the check, in its order.
    pub fn lines(&self) -> &[DecidedFinding<'c>] {
        &self.lines
    }

    /// The waivers in force that name nothing that was found.
    pub fn unused(&self) -> &[Waiver] {
        &self.unused
    }

    /// The waivers that no longer hold, whatever they name.
    pub fn expired(&self) -> &[Waiver] {
        &self.expired
    }

    /// A line a finding, in Chinese, with its waivers; then the waivers that let nothing pass.
    pub fn zh(&self) -> String {
        self.text(
            ["不予通过", "不阻止", "豁免", "未用到的豁免", "已过期的豁免"],
            "：",
            |finding| format!("{}：{}", finding.severity.zh(), finding.zh()),
            Waiver::zh,
        )
    }

    /// The same in English.
    pub fn en(&self) -> String {
        self.text(
            ["blocks", "does not block", "waived", "unused waiver", "expired waiver"],
            ": ",
            |finding| format!("{}: {finding}", finding.severity.name()),
            Waiver::en,
        )
    }

    fn text(
        &self,
        [blocks, passes, waived, unused, expired]: [&str; 5],
        colon: &str,
        finding: impl Fn(&Finding) -> String,
        waiver: impl Fn(&Waiver) -> String,
    ) -> String {
        let mut text = String::new();
        for line in &self.lines {
            text += &format!("{} {}\n", if line.blocks { blocks } else { passes }, finding(line.finding));
            line.waivers.iter().for_each(|of| text += &format!("  {waived}{colon}{}\n", waiver(of)));
        }
        self.unused.iter().for_each(|of| text += &format!("{unused}{colon}{}\n", waiver(of)));
        self.expired.iter().for_each(|of| text += &format!("{expired}{colon}{}\n", waiver(of)));
        text
    }
}

impl fmt::Display for Decision<'_> {
    /// In English, like a finding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}
