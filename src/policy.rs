//! What blocks: apart from what is true. A check finds the same whoever asks; a policy says which findings stop a report on
//! its way, which rules it grades otherwise, which of its own it adds, and what it waives until a day, with a reason. No policy
//! removes a finding.
//!
//! A waiver names one subject of a finding: one cell, one statement of the prose, one section. A finding about several cells
//! passes only when each of them is waived: [`Finding::subjects`] says what it takes.
//!
//! A policy is data: it can be kept in a file.
//!
//! ```
//! use ogi_report::{Date, Language, Policy, Rule};
//! let policy: Policy = serde_json::from_str(r#"{
//!     "blocks_from": "warning",
//!     "graded": { "label-as-prescribed": "warning" },
//!     "waivers": [
//!         { "rule": "publication-deadline", "subject": "report", "reason": "网站停机", "until": "2025-03-31" }
//!     ]
//! }"#)?;
//! let checked = Rule::find("publication-deadline").unwrap().wrong_example().check();
//! assert!(Policy::BEFORE_PUBLICATION.judge(&checked.findings, Date::new(2025, 3, 1)?).blocks());
//! let decision = policy.judge(&checked.findings, Date::new(2025, 3, 1)?);
//! assert!(!decision.blocks());
//! assert!(decision.message(Language::Chinese).ends_with("\n  豁免：publication-deadline（整份报告），至 2025-03-31：网站停机\n"));
//! assert!(policy.judge(&checked.findings, Date::new(2025, 4, 1)?).blocks());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::finding::Finding;
use crate::form::Cell;
use crate::language::Language;
use crate::own::OwnRule;
use crate::rule::Rule;
use crate::severity::Severity;
use crate::text::shortened;
use crate::value_error::ValueError;
use crate::wire::{optional, optional_list};

/// What a report is checked for: which findings block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Written")]
#[schemars(with = "Written")]
pub struct Policy {
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks_from: Option<Severity>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    graded: BTreeMap<String, Severity>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<OwnRule>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    waivers: Vec<Waiver>,
}

/// A policy as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "policy", title = "policy")]
struct Written {
    /// The least severity that blocks; absent if nothing blocks.
    #[serde(default, deserialize_with = "optional")]
    blocks_from: Option<Severity>,
    /// The rules that are graded otherwise, by code.
    #[serde(default)]
    graded: BTreeMap<String, Severity>,
    /// Rules of one's own.
    #[serde(default, deserialize_with = "optional_list")]
    rules: Vec<OwnRule>,
    /// What is let pass, until when and why.
    #[serde(default, deserialize_with = "optional_list")]
    waivers: Vec<Waiver>,
}

impl TryFrom<Written> for Policy {
    type Error = ValueError;
    fn try_from(written: Written) -> Result<Policy, ValueError> {
        let Written { blocks_from, graded, rules, waivers } = written;
        let policy = rules.into_iter().try_fold(Policy::new(blocks_from), Policy::with_rule)?;
        let grade = |policy: Policy, (code, severity): (String, Severity)| policy.with_grade(&code, severity);
        let policy = graded.into_iter().try_fold(policy, grade)?;
        waivers.into_iter().try_fold(policy, Policy::with_waiver)
    }
}

/// Lets what it names pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "waiver", title = "waiver")]
pub struct Waiver {
    /// The code of the rule.
    pub rule: String,
    /// What it is for, as [`Finding::subjects`] names it: `requests.received.total`, `report`.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Date,
}

/// The findings of a check as a policy sees them: all of them. Waivers that let nothing pass are listed as well.
#[derive(Clone, Debug)]
pub struct Decision<'c> {
    lines: Vec<Line<'c>>,
    unused: Vec<Waiver>,
    expired: Vec<Waiver>,
}

/// A finding as a policy sees it.
#[derive(Clone, Debug)]
struct Line<'c> {
    finding: &'c Finding,
    /// How the policy grades it.
    severity: Severity,
    blocks: bool,
    /// The waivers in force that name it, or part of it.
    waivers: Vec<Waiver>,
}

impl Policy {
    /// Before it is published: errors and warnings block.
    pub const BEFORE_PUBLICATION: Policy = Policy::new(Some(Severity::Warning));
    /// Into a system of record: errors block.
    pub const IMPORT: Policy = Policy::new(Some(Severity::Error));
    /// For research: nothing blocks.
    pub const RESEARCH: Policy = Policy::new(None);

    /// A policy by which what is this grave blocks, or nothing; each rule graded as it is, nothing waived.
    pub const fn new(blocks_from: Option<Severity>) -> Policy {
        Policy { blocks_from, graded: BTreeMap::new(), rules: Vec::new(), waivers: Vec::new() }
    }

    /// The same policy, which grades all findings of a rule so.
    ///
    /// # Errors
    /// - [`ValueError`] if no rule has this code.
    pub fn with_grade(mut self, code: &str, severity: Severity) -> Result<Policy, ValueError> {
        self.known(code)?;
        self.graded.insert(code.to_owned(), severity);
        Ok(self)
    }

    /// The same policy with a rule of one's own: for [`check_with`](crate::PublishedReport::check_with).
    ///
    /// # Errors
    /// - [`ValueError`] if it has a rule of this code.
    pub fn with_rule(mut self, rule: OwnRule) -> Result<Policy, ValueError> {
        if self.known(rule.code()).is_ok() {
            let words = ["尚未使用的规则代码", "the code of a rule that is not there yet"];
            return Err(ValueError::new(words, rule.code()));
        }
        self.rules.push(rule);
        Ok(self)
    }

    /// The same policy with a waiver.
    ///
    /// # Errors
    /// - [`ValueError`] if no rule has its code.
    pub fn with_waiver(mut self, waiver: Waiver) -> Result<Policy, ValueError> {
        self.known(&waiver.rule)?;
        self.waivers.push(waiver);
        Ok(self)
    }

    fn known(&self, code: &str) -> Result<(), ValueError> {
        if Rule::find(code).is_some() || self.rules.iter().any(|rule| rule.code() == code) {
            return Ok(());
        }
        let words = ["规则代码，如 requests-balance", "the code of a rule such as requests-balance"];
        Err(ValueError::new(words, code))
    }

    /// The least severity that blocks; `None` if nothing does.
    pub fn blocks_from(&self) -> Option<Severity> {
        self.blocks_from
    }

    /// The rules of one's own.
    pub fn rules(&self) -> &[OwnRule] {
        &self.rules
    }

    /// The waivers.
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// Which findings block on this day, and what is let pass.
    pub fn judge<'c>(&self, findings: &'c [Finding], today: Date) -> Decision<'c> {
        let (valid, expired): (Vec<&Waiver>, Vec<&Waiver>) =
            self.waivers.iter().partition(|waiver| today <= waiver.until);
        let mut used = vec![false; valid.len()];
        let mut judge = |finding: &'c Finding| {
            let mut named = Vec::new();
            for (waiver, used) in valid.iter().zip(&mut used) {
                if waiver.rule == finding.rule && finding.subjects.contains(&waiver.subject) {
                    *used = true;
                    named.push((*waiver).clone());
                }
            }
            let is_named = |subject: &String| named.iter().any(|waiver| waiver.subject == *subject);
            let waived = !finding.subjects.is_empty() && finding.subjects.iter().all(is_named);
            let severity = self.graded.get(&*finding.rule).copied().unwrap_or(finding.severity);
            let grave = self.blocks_from.is_some_and(|least| severity >= least);
            Line { finding, severity, blocks: grave && !waived, waivers: named }
        };
        let lines = findings.iter().map(&mut judge).collect();
        let unused = valid.iter().zip(&used).filter(|(_, used)| !**used).map(|(waiver, _)| (*waiver).clone());
        Decision { lines, unused: unused.collect(), expired: expired.into_iter().cloned().collect() }
    }
}

impl FromStr for Policy {
    type Err = ValueError;
    /// One of the three by its name: `before_publication`, `import`, `research`.
    fn from_str(name: &str) -> Result<Policy, ValueError> {
        match name {
            "before_publication" => Ok(Policy::BEFORE_PUBLICATION),
            "import" => Ok(Policy::IMPORT),
            "research" => Ok(Policy::RESEARCH),
            _ => {
                let words = ["before_publication、import 或 research", "before_publication, import or research"];
                Err(ValueError::new(words, name))
            }
        }
    }
}

impl Waiver {
    /// The waivers that this finding takes to pass: one for each of its subjects.
    pub fn all_for(finding: &Finding, reason: impl Into<String>, until: Date) -> Vec<Waiver> {
        let (rule, reason) = (finding.rule.to_string(), reason.into());
        let waiver =
            |subject: &String| Waiver { rule: rule.clone(), subject: subject.clone(), reason: reason.clone(), until };
        finding.subjects.iter().map(waiver).collect()
    }

    /// The waiver in this language, one line; the reason as it was given.
    pub fn message(&self, language: Language) -> String {
        let Waiver { rule, subject, reason, until } = self;
        let label = |path: &str| path.parse::<Cell>().ok().map(|cell| cell.label());
        let of_year = subject.split_once(": ").and_then(|(year, path)| {
            Some(language.of([format!("{year} 年度{}", label(path)?), format!("{} of {year}", label(path)?)]))
        });
        let subject = match subject.as_str() {
            "report" => language.of(["整份报告", "the report as a whole"]).to_owned(),
            text => label(text).or(of_year).unwrap_or_else(|| shortened(text)),
        };
        language.of([
            format!("{rule}（{subject}），至 {until}：{reason}"),
            format!("{rule} ({subject}), until {until}: {reason}"),
        ])
    }
}

impl<'c> Decision<'c> {
    /// Whether anything blocks.
    pub fn blocks(&self) -> bool {
        self.lines.iter().any(|line| line.blocks)
    }

    /// The findings that block, in the order of the check, each as the policy grades it.
    pub fn blocking(&self) -> impl Iterator<Item = (&'c Finding, Severity)> {
        self.lines.iter().filter(|line| line.blocks).map(|line| (line.finding, line.severity))
    }

    /// The waivers in force that name a finding, or part of it, each with the finding.
    pub fn waived(&self) -> impl Iterator<Item = (&'c Finding, &Waiver)> {
        self.lines.iter().flat_map(|line| line.waivers.iter().map(|waiver| (line.finding, waiver)))
    }

    /// The waivers in force that name nothing that was found.
    pub fn unused(&self) -> &[Waiver] {
        &self.unused
    }

    /// The waivers that no longer hold, whatever they name.
    pub fn expired(&self) -> &[Waiver] {
        &self.expired
    }

    /// A line a finding, in this language, with its waivers; then the waivers that let nothing pass.
    pub fn message(&self, language: Language) -> String {
        let colon = language.of(["：", ": "]);
        let waivers = |name: [&str; 2], waivers: &[Waiver]| -> String {
            let name = language.of(name);
            waivers.iter().map(|waiver| format!("{name}{colon}{}\n", waiver.message(language))).collect()
        };
        let mut text = String::new();
        for Line { finding, severity, blocks, waivers: waived } in &self.lines {
            let verdict =
                language.of(if *blocks { ["不予通过", "blocks"] } else { ["不阻止", "does not block"] });
            let message = language.of([finding.message(language), finding.to_string()]);
            text += &format!("{verdict} {}{colon}{message}\n", severity.label(language));
            text += &waivers(["  豁免", "  waived"], waived);
        }
        text += &waivers(["未用到的豁免", "unused waiver"], &self.unused);
        text + &waivers(["已过期的豁免", "expired waiver"], &self.expired)
    }
}

impl fmt::Display for Decision<'_> {
    /// In English, like a finding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}
