//! How often each rule fails in many reports: what a finding is to be measured by.
//!
//! ```
//! use ogi_report::base_rates::BaseRates;
//! use ogi_report::{AgencyKind, Language, Layout, PublishedReport, Rule};
//! let late = Rule::find("publication-deadline").unwrap().wrong_example();
//! let mut rates = BaseRates::new();
//! for report in [&late, &PublishedReport::zeros(Layout::EDITION_2021)] {
//!     rates.add(report, &report.check());
//! }
//! let share = rates.share("publication-deadline", |group| group.kind == Some(AgencyKind::CityDepartment)).unwrap();
//! assert_eq!((share.failed(), share.of()), (1, 2));
//!
//! // Beside a finding, among the reports of the same kind of agency.
//! let checked = late.check();
//! assert_eq!(rates.beside(&checked.findings[0], &late, Language::English).unwrap(), "50 % of 2 reports of this kind: city department");
//! let again: BaseRates = serde_json::from_str(&serde_json::to_string(&rates)?)?;
//! assert_eq!(again, rates);
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::agency::AgencyKind;
use crate::date::Year;
use crate::finding::{CheckReport, Finding, Verdict};
use crate::language::Language;
use crate::published::PublishedReport;
use crate::rule::table::RULES;

/// Reports that are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Group {
    /// The report year, where it is known.
    pub year: Option<Year>,
    /// The kind of the agency, where it is known.
    pub kind: Option<AgencyKind>,
    /// The name of the layout of the form.
    pub layout: String,
}

/// What a rule came to in the reports of a group: how many passed, failed, were not evaluated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Verdicts {
    /// Reports in which it passed.
    pub passed: u64,
    /// Reports in which it failed.
    pub failed: u64,
    /// Reports in which it could not be evaluated.
    pub not_evaluated: u64,
}

/// How many of the reports in which a rule was evaluated failed it: of at least one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    failed: u64,
    of: u64,
}

impl Share {
    /// The share of so many among so many; `None` if these are none, or fewer.
    pub fn new(failed: u64, of: u64) -> Option<Share> {
        (of > 0 && failed <= of).then_some(Share { failed, of })
    }

    /// Reports in which it failed.
    pub fn failed(self) -> u64 {
        self.failed
    }

    /// Reports in which it was evaluated.
    pub fn of(self) -> u64 {
        self.of
    }
}

impl Verdicts {
    fn plus(self, more: Verdicts) -> Verdicts {
        // So that two of them can be added up.
        let sum = |one: u64, more: u64| one.saturating_add(more).min(u64::MAX / 2);
        Verdicts {
            passed: sum(self.passed, more.passed),
            failed: sum(self.failed, more.failed),
            not_evaluated: sum(self.not_evaluated, more.not_evaluated),
        }
    }
}

impl Share {
    /// In percent, rounded: `3 %`; what is neither none nor all is told from both, `< 1 %`, `> 99 %`.
    pub fn percent(self) -> String {
        // The counts of reports are far from the bounds of a u128.
        match (u128::from(self.failed) * 200 + u128::from(self.of)) / (u128::from(self.of) * 2) {
            0 if self.failed > 0 => "< 1 %".to_owned(),
            100 if self.failed < self.of => "> 99 %".to_owned(),
            percent => format!("{percent} %"),
        }
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Share) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Share {
    /// The smaller share first; of equal shares that of fewer reports.
    fn cmp(&self, other: &Share) -> Ordering {
        let cross = |one: &Share, other: &Share| u128::from(one.failed) * u128::from(other.of);
        cross(self, other).cmp(&cross(other, self)).then(self.of.cmp(&other.of))
    }
}

/// How often each rule over one report passed, failed and was not evaluated, in groups of reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BaseRates(BTreeMap<(String, Group), Verdicts>);

/// A line of the rates, as JSON has them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    rule: String,
    group: Group,
    verdicts: Verdicts,
}

impl BaseRates {
    /// Of no report.
    pub fn new() -> BaseRates {
        BaseRates::default()
    }

    /// Counts a report, and what its check came to, in.
    pub fn add(&mut self, report: &PublishedReport, checked: &CheckReport) {
        let group = Group {
            year: report.facts.year,
            kind: report.facts.agency.as_ref().and_then(|agency| agency.kind),
            layout: report.layout().name().to_owned(),
        };
        for rule in RULES {
            let one = match checked.verdict_of(rule.code) {
                Verdict::Pass => Verdicts { passed: 1, ..Verdicts::default() },
                Verdict::Fail => Verdicts { failed: 1, ..Verdicts::default() },
                Verdict::NotEvaluated => Verdicts { not_evaluated: 1, ..Verdicts::default() },
            };
            self.counts(rule.code.to_owned(), group.clone(), one);
        }
    }

    /// Counts the reports of others in: of another thread, of another folder.
    pub fn merge(&mut self, others: BaseRates) {
        others.0.into_iter().for_each(|((rule, group), verdicts)| self.counts(rule, group, verdicts));
    }

    fn counts(&mut self, rule: String, group: Group, more: Verdicts) {
        let verdicts = self.0.entry((rule, group)).or_default();
        *verdicts = verdicts.plus(more);
    }

    /// Each rule, by its code, with what it came to in each group.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Group, Verdicts)> {
        self.0.iter().map(|((rule, group), verdicts)| (rule.as_str(), group, *verdicts))
    }

    /// What a rule came to in the groups that are meant.
    pub fn verdicts(&self, code: &str, is_meant: impl Fn(&Group) -> bool) -> Verdicts {
        let meant = self.iter().filter(|(rule, group, _)| *rule == code && is_meant(group));
        meant.fold(Verdicts::default(), |sum, (.., verdicts)| sum.plus(verdicts))
    }

    /// How many reports of the groups that are meant failed a rule; `None` where it was evaluated in none.
    pub fn share(&self, code: &str, is_meant: impl Fn(&Group) -> bool) -> Option<Share> {
        let Verdicts { passed, failed, .. } = self.verdicts(code, is_meant);
        Share::new(failed, passed + failed)
    }

    /// How common a finding of a report is among those of the same kind of agency, or among all where its kind is not known.
    pub fn beside(&self, finding: &Finding, report: &PublishedReport, language: Language) -> Option<String> {
        let kind = report.facts.agency.as_ref().and_then(|agency| agency.kind);
        let share = self.share(&finding.rule, |group| kind.is_none() || group.kind == kind)?;
        let (percent, of) = (share.percent(), share.of);
        let [zh, en] = match kind {
            Some(kind) => [
                format!("同类机关（{}）的", kind.label(Language::Chinese)),
                format!(" of this kind: {}", kind.label(Language::English)),
            ],
            None => ["各类机关的".to_owned(), String::new()],
        };
        let reports = if of == 1 { "report" } else { "reports" };
        Some(language.of([format!("{zh} {of} 份报告中有 {percent}"), format!("{percent} of {of} {reports}{en}")]))
    }
}

impl Serialize for BaseRates {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let line = |(rule, group, verdicts): (&str, &Group, Verdicts)| Line {
            rule: rule.to_owned(),
            group: group.clone(),
            verdicts,
        };
        to.collect_seq(self.iter().map(line))
    }
}

impl<'de> Deserialize<'de> for BaseRates {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<BaseRates, D::Error> {
        let mut rates = BaseRates::new();
        for Line { rule, group, verdicts } in Vec::<Line>::deserialize(from)? {
            rates.counts(rule, group, verdicts);
        }
        Ok(rates)
    }
}
