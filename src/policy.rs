//! What blocks: apart from what is true. A check finds the same whoever asks; a policy says which findings stop a report on
//! its way, which rules it grades otherwise, which it adds, and what it waives until a day, with a reason. No policy
//! removes a finding.
//!
//! A waiver names one subject of a finding: one cell, one statement of the prose, one section. A finding about several cells
//! passes only when each of them is waived: [`Finding::subjects`] says what it takes.
//!
//! A policy is data: it can be kept in a file. `blocks_from` is `notice`, `warning`, `error` or `nothing`, all else can be left
//! out: `only` names the rules that block, beside those of the caller, where not all do, `since` the day from which a rule blocks, `graded` the rules that
//! are graded otherwise. A rule of the caller `requires` one of these, cells by their paths:
//!
//! - `{"equal": {"left": […], "right": […]}}`, `{"at_least": {"left": […], "right": […]}}`
//! - `{"within": {"cells": […], "least": 0, "most": 9}}`
//! - `{"says": {"section": "problems", "any_of": ["培训"]}}`
//! - `{"states": {"section": "overview", "cells": ["article20.item1.normative_documents.issued"]}}`
//!
//! ```
//! use ogi_report::{Date, Language, Policy, Rule};
//! let policy: Policy = serde_json::from_str(r#"{
//!     "blocks_from": "warning",
//!     "graded": { "label-as-prescribed": "warning" },
//!     "since": { "overview-aspects": "2026-01-01" },
//!     "rules": [{
//!         "code": "our-training", "severity": "notice", "zh": "写明培训", "en": "training is spoken of",
//!         "requires": { "says": { "section": "problems", "any_of": ["培训"] } }
//!     }],
//!     "waivers": [
//!         { "rule": "publication-deadline", "subject": "report", "reason": "网站停机", "until": "2025-03-31" }
//!     ]
//! }"#)?;
//! let checked = policy.check(&Rule::find("publication-deadline").unwrap().wrong_example());
//! assert_eq!(checked.findings_of("our-training").count(), 1);
//! assert!(Policy::BEFORE_PUBLICATION.judge(&checked, Date::new(2025, 3, 1)?).blocks());
//! let decision = policy.judge(&checked, Date::new(2025, 3, 1)?);
//! assert!(!decision.blocks());
//! assert!(decision.message(Language::Chinese).contains("\n  豁免：publication-deadline（整份报告），至 2025-03-31：网站停机\n"));
//! assert!(policy.judge(&checked, Date::new(2025, 4, 1)?).blocks());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::de::{self, DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::date::Date;
use crate::finding::{CheckReport, Finding, NotEvaluated};
use crate::form::Cell;
use crate::language::Language;
use crate::own::OwnRule;
use crate::published::PublishedReport;
use crate::rule::Rule;
use crate::severity::Severity;
use crate::text::{shortened, showable, trimmed};
use crate::value_error::ValueError;
use crate::wire::{Object, exact, optional_list, optional_texts};

/// What a report is checked for: which findings block.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(with = "Written")]
pub struct Policy {
    #[serde(serialize_with = "or_nothing")]
    blocks_from: Option<Severity>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    only: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    since: BTreeMap<String, Date>,
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
    /// The least severity that blocks, or nothing: a policy that forgets to say it is none.
    #[serde(deserialize_with = "severity_or_nothing")]
    #[schemars(with = "String", extend("enum" = ["notice", "warning", "error", "nothing"]))]
    blocks_from: Option<Severity>,
    /// The rules that block, by code, beside those of the caller; all, where none is named.
    #[serde(default, deserialize_with = "optional_texts")]
    only: Vec<String>,
    /// The rules that block only from a day on, by code.
    #[serde(default, deserialize_with = "each_once")]
    since: BTreeMap<String, Date>,
    /// The rules that are graded otherwise, by code.
    #[serde(default, deserialize_with = "each_once")]
    graded: BTreeMap<String, Severity>,
    /// Rules of the caller.
    #[serde(default, deserialize_with = "optional_list")]
    rules: Vec<OwnRule>,
    /// What is accepted all the same, until when and why.
    #[serde(default, deserialize_with = "optional_list")]
    waivers: Vec<Waiver>,
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Policy, D::Error> {
        exact::<Written, D>(from)?.try_into().map_err(de::Error::custom)
    }
}

const NOTHING: &str = "nothing";

fn severity_or_nothing<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Severity>, D::Error> {
    let name = String::deserialize(from)?;
    if name == NOTHING { Ok(None) } else { name.parse().map(Some).map_err(de::Error::custom) }
}

fn or_nothing<S: Serializer>(severity: &Option<Severity>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.map_or(NOTHING, Severity::name))
}

/// Reads what is said of some rules, each code once.
fn each_once<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<BTreeMap<String, T>, D::Error> {
    struct Codes<T>(PhantomData<T>);
    impl<'de, T: DeserializeOwned> Visitor<'de> for Codes<T> {
        type Value = BTreeMap<String, T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object by the codes of rules")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut known = BTreeMap::new();
            while let Some(code) = map.next_key::<String>()? {
                if known.insert(code.clone(), map.next_value::<Object<T>>()?.0).is_some() {
                    return Err(de::Error::custom(format_args!("{code} is named twice")));
                }
            }
            Ok(known)
        }
    }
    from.deserialize_map(Codes(PhantomData))
}

impl TryFrom<Written> for Policy {
    type Error = ValueError;
    fn try_from(written: Written) -> Result<Policy, ValueError> {
        let Written { blocks_from, only, since, graded, rules, waivers } = written;
        let policy = rules.into_iter().try_fold(Policy::new(blocks_from), Policy::with_rule)?;
        let policy = policy.with_only(only.iter().map(String::as_str))?;
        let from_day = |policy: Policy, (code, day): (String, Date)| policy.with_since(&code, day);
        let policy = since.into_iter().try_fold(policy, from_day)?;
        let grade = |policy: Policy, (code, severity): (String, Severity)| policy.with_grade(&code, severity);
        let policy = graded.into_iter().try_fold(policy, grade)?;
        waivers.into_iter().try_fold(policy, Policy::with_waiver)
    }
}

/// Accepts what it names all the same.
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
    open: &'c [NotEvaluated],
}

/// A finding as a policy sees it.
#[derive(Clone, Debug)]
struct Line<'c> {
    finding: &'c Finding,
    /// How the policy grades it.
    severity: Severity,
    blocks: bool,
    /// Why the rule does not block, whatever its grade.
    aside: Option<Aside>,
    /// Whether the version that was published before has it as well.
    known: bool,
    /// The waivers in force that name it, or part of it.
    waivers: Vec<Waiver>,
}

/// Why a rule does not block.
#[derive(Clone, Copy, Debug)]
enum Aside {
    /// It is none of those that block.
    NotNamed,
    /// It blocks from this day on.
    Until(Date),
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
        Policy {
            blocks_from,
            only: BTreeSet::new(),
            since: BTreeMap::new(),
            graded: BTreeMap::new(),
            rules: Vec::new(),
            waivers: Vec::new(),
        }
    }

    /// For those who review reports by their form: whatever departs from it blocks, sections, headings, labels, blanks, dates, the
    /// notice that is cited, what the template left; sums and figures are for others. It is made from the table of the rules, so
    /// that a new rule on the form is one of it.
    ///
    /// ```
    /// use ogi_report::{Date, Policy, Rule};
    /// let blocks = |code: &str| {
    ///     let checked = Rule::find(code).unwrap().wrong_example().check();
    ///     Policy::formal_review().judge(&checked, Date::new(2025, 3, 1).unwrap()).blocks()
    /// };
    /// assert!(blocks("overview-aspects") && blocks("template-left") && blocks("publication-deadline"));
    /// assert!(!blocks("proceedings-total") && !blocks("text-count"));
    /// ```
    pub fn formal_review() -> Policy {
        let formal = Rule::all().filter(|rule| rule.test.is_formal()).map(|rule| rule.code.to_owned());
        Policy { only: formal.collect(), ..Policy::new(Some(Severity::Notice)) }
    }

    /// The same policy, by which only these rules block, and those of the caller that it carries.
    ///
    /// # Errors
    /// - [`ValueError`] if no rule has one of these codes.
    pub fn with_only<'c>(self, codes: impl IntoIterator<Item = &'c str>) -> Result<Policy, ValueError> {
        let mut only = BTreeSet::new();
        for code in codes {
            self.known(code)?;
            only.insert(code.to_owned());
        }
        Ok(Policy { only, ..self })
    }

    /// The same policy, by which a rule blocks only from this day on.
    ///
    /// ```
    /// use ogi_report::{Date, Policy, Rule};
    /// let policy = Policy::BEFORE_PUBLICATION.with_since("publication-deadline", Date::new(2026, 1, 1)?)?;
    /// let late = Rule::find("publication-deadline").unwrap().wrong_example().check();
    /// assert!(!policy.judge(&late, Date::new(2025, 12, 31)?).blocks());
    /// assert!(policy.judge(&late, Date::new(2026, 1, 1)?).blocks());
    /// # Ok::<(), ogi_report::ValueError>(())
    /// ```
    ///
    /// # Errors
    /// - [`ValueError`] if no rule has this code.
    pub fn with_since(mut self, code: &str, day: Date) -> Result<Policy, ValueError> {
        self.known(code)?;
        self.since.insert(code.to_owned(), day);
        Ok(self)
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

    /// The same policy with a rule of the caller, for [`check`](Policy::check).
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
    /// - [`ValueError`] if no rule has its code, or its subject or its reason is blank.
    pub fn with_waiver(mut self, waiver: Waiver) -> Result<Policy, ValueError> {
        self.known(&waiver.rule)?;
        for (text, words) in [
            (&waiver.subject, ["豁免的对象", "what the waiver is for"]),
            (&waiver.reason, ["豁免的理由", "the reason of the waiver"]),
        ] {
            if trimmed(text).is_empty() {
                return Err(ValueError::new(words, text));
            }
        }
        self.waivers.push(waiver);
        Ok(self)
    }

    /// Why a rule does not block on this day, whatever its grade.
    fn aside(&self, code: &str, today: Date) -> Option<Aside> {
        let is_own = || self.rules.iter().any(|rule| rule.code() == code);
        if !self.only.is_empty() && !self.only.contains(code) && !is_own() {
            return Some(Aside::NotNamed);
        }
        self.since.get(code).filter(|day| today < **day).map(|day| Aside::Until(*day))
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

    /// The rules of the caller.
    pub fn rules(&self) -> &[OwnRule] {
        &self.rules
    }

    /// The codes of the rules that block; none where all do.
    pub fn only(&self) -> impl Iterator<Item = &str> {
        self.only.iter().map(String::as_str)
    }

    /// The rules that block only from a day on, by code.
    pub fn since(&self) -> impl Iterator<Item = (&str, Date)> {
        self.since.iter().map(|(code, day)| (code.as_str(), *day))
    }

    /// The rules that it grades otherwise, by code.
    pub fn grades(&self) -> impl Iterator<Item = (&str, Severity)> {
        self.graded.iter().map(|(code, severity)| (code.as_str(), *severity))
    }

    /// The waivers.
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// Checks a report by the rules of this crate and by those of the policy: what [`judge`](Policy::judge) judges.
    pub fn check(&self, report: &PublishedReport) -> CheckReport {
        report.check_with(&self.rules)
    }

    /// Which findings block on this day, and what is waived: of waivers of one subject by the one that holds longest. What
    /// could not be evaluated does not block, and is listed.
    pub fn judge<'c>(&self, checked: &'c CheckReport, today: Date) -> Decision<'c> {
        self.judge_revision(&CheckReport::default(), checked, today)
    }

    /// The same for a correction of a report that is published: what the published version already has, with the same figures,
    /// does not block, so that no correction waits for what it did not touch. It is listed, and says so.
    ///
    /// ```
    /// use ogi_report::{Date, Policy, PublishedCell, Rule};
    /// let published = Rule::find("proceedings-total").unwrap().wrong_example();
    /// let mut corrected = published.clone();
    /// let (policy, day) = (Policy::BEFORE_PUBLICATION, Date::new(2025, 3, 1)?);
    /// assert!(!policy.judge_revision(&published.check(), &corrected.check(), day).blocks());
    /// corrected.set("proceedings.reconsideration.total".parse()?, PublishedCell::read("9"))?;
    /// assert!(policy.judge_revision(&published.check(), &corrected.check(), day).blocks());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn judge_revision<'c>(&self, published: &CheckReport, checked: &'c CheckReport, today: Date) -> Decision<'c> {
        type Key<'f> = (&'f str, &'f [String], Option<&'f str>, Option<&'f str>);
        fn key(finding: &Finding) -> Key<'_> {
            (&finding.rule, &finding.subjects, finding.found.as_deref(), finding.expected.as_deref())
        }
        let mut known: HashMap<Key<'_>, usize> = HashMap::new();
        for finding in &published.findings {
            *known.entry(key(finding)).or_default() += 1;
        }
        let (valid, expired): (Vec<&Waiver>, Vec<&Waiver>) =
            self.waivers.iter().partition(|waiver| today <= waiver.until);
        let mut by_subject: HashMap<(&str, &str), usize> = HashMap::new();
        for (at, waiver) in valid.iter().enumerate() {
            let known = by_subject.entry((&waiver.rule, &waiver.subject)).or_insert(at);
            if valid[*known].until < waiver.until {
                *known = at;
            }
        }
        let mut used = vec![false; valid.len()];
        let mut judge = |finding: &'c Finding| {
            let of_subject = |subject: &'c String| by_subject.get(&(&*finding.rule, subject.as_str()));
            let named: BTreeSet<usize> = finding.subjects.iter().filter_map(of_subject).copied().collect();
            named.iter().for_each(|at| used[*at] = true);
            let named = named.iter().map(|at| valid[*at].clone()).collect();
            let waived = !finding.subjects.is_empty() && finding.subjects.iter().all(|of| of_subject(of).is_some());
            let severity = self.graded.get(&*finding.rule).copied().unwrap_or(finding.severity);
            let left = known.get_mut(&key(finding)).filter(|left| **left > 0);
            let known = left.map(|left| *left -= 1).is_some();
            let grave = self.blocks_from.is_some_and(|least| severity >= least);
            let aside = self.aside(&finding.rule, today).filter(|_| grave);
            Line {
                finding,
                severity,
                blocks: grave && aside.is_none() && !waived && !known,
                aside,
                known,
                waivers: named,
            }
        };
        let lines = checked.findings.iter().map(&mut judge).collect();
        let unused = valid.iter().zip(&used).filter(|(_, used)| !**used).map(|(waiver, _)| (*waiver).clone());
        let (unused, expired) = (unused.collect(), expired.into_iter().cloned().collect());
        Decision { lines, unused, expired, open: &checked.not_evaluated }
    }
}

impl FromStr for Policy {
    type Err = ValueError;
    /// One of the four by its name: `before_publication`, `import`, `research`, `formal_review`.
    fn from_str(name: &str) -> Result<Policy, ValueError> {
        match name {
            "before_publication" => Ok(Policy::BEFORE_PUBLICATION),
            "import" => Ok(Policy::IMPORT),
            "research" => Ok(Policy::RESEARCH),
            "formal_review" => Ok(Policy::formal_review()),
            _ => {
                let words = [
                    "before_publication、import、research 或 formal_review",
                    "before_publication, import, research or formal_review",
                ];
                Err(ValueError::new(words, name))
            }
        }
    }
}

impl Waiver {
    /// The waivers that this finding takes to pass: one for each of its subjects.
    ///
    /// ```
    /// use ogi_report::policy::{Policy, Waiver};
    /// use ogi_report::{Date, Rule};
    /// let checked = Rule::find("proceedings-total").unwrap().wrong_example().check();
    /// let until = Date::new(2025, 6, 30)?;
    /// let waivers = Waiver::all_for(&checked.findings[0], "复核中", until);
    /// assert_eq!(waivers[0].subject, "proceedings.reconsideration.total");
    /// let policy = waivers.into_iter().try_fold(Policy::IMPORT, Policy::with_waiver)?;
    /// assert!(!policy.judge(&checked, until).blocks());
    /// # Ok::<(), ogi_report::ValueError>(())
    /// ```
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
        let message = language.of([
            format!("{rule}（{subject}），至 {until}：{reason}"),
            format!("{rule} ({subject}), until {until}: {reason}"),
        ]);
        showable(&message).into_owned()
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

    /// The findings that the published version already has ([`Policy::judge_revision`]).
    pub fn known(&self) -> impl Iterator<Item = &'c Finding> {
        self.lines.iter().filter(|line| line.known).map(|line| line.finding)
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

    /// What could not be evaluated, so that nothing is known of it.
    pub fn not_evaluated(&self) -> &'c [NotEvaluated] {
        self.open
    }

    /// A line a finding, in this language, with its waivers; then the waivers that let nothing pass, and how much could not be
    /// evaluated.
    pub fn message(&self, language: Language) -> String {
        let colon = language.of(["：", ": "]);
        let waivers = |name: [&str; 2], waivers: &[Waiver]| -> String {
            let name = language.of(name);
            waivers.iter().map(|waiver| format!("{name}{colon}{}\n", waiver.message(language))).collect()
        };
        let mut text = String::new();
        for Line { finding, severity, blocks, aside, known, waivers: waived } in &self.lines {
            let verdict = language.of(match (blocks, known, aside) {
                (true, ..) => ["不予通过".to_owned(), "blocks".to_owned()],
                (_, true, _) => {
                    ["原版已有，不阻止".to_owned(), "already in the published version, does not block".to_owned()]
                }
                (_, _, Some(Aside::NotNamed)) => {
                    ["本政策不以此为限，不阻止".to_owned(), "not a rule that blocks here".to_owned()]
                }
                (_, _, Some(Aside::Until(day))) => [format!("自 {day} 起才阻止"), format!("blocks only from {day} on")],
                _ => ["不阻止".to_owned(), "does not block".to_owned()],
            });
            text += &format!("{verdict} {}{colon}{}\n", severity.label(language), finding.line(language));
            text += &waivers(["  豁免", "  waived"], waived);
        }
        text += &waivers(["未用到的豁免", "unused waiver"], &self.unused);
        text += &waivers(["已过期的豁免", "expired waiver"], &self.expired);
        match self.open.len() {
            0 => text,
            count => text + &language.of([format!("另有 {count} 项未核对\n"), format!("{count} not evaluated\n")]),
        }
    }
}

impl fmt::Display for Decision<'_> {
    /// In English, like a finding.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}
