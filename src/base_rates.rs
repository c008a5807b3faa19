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
use crate::rule::Rule;
use crate::rule::table::RULES;
use crate::wire::{exact, list_of_objects, optional};

/// Reports that are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Group {
    /// The report year, where it is known.
    pub year: Option<Year>,
    /// The kind of the agency, where it is known.
    #[serde(deserialize_with = "optional")]
    pub kind: Option<AgencyKind>,
    /// The name of the layout of the form.
    pub layout: String,
}

/// What a rule came to in the reports of a group: how many passed, failed, were not evaluated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Tally {
    /// Reports in which it passed.
    pub passed: u64,
    /// Reports in which it failed.
    pub failed: u64,
    /// Reports in which it could not be evaluated.
    pub not_evaluated: u64,
}

impl Tally {
    fn plus(self, more: Tally) -> Tally {
        // So that two of them can be added up.
        let sum = |one: u64, more: u64| one.saturating_add(more).min(u64::MAX / 2);
        Tally {
            passed: sum(self.passed, more.passed),
            failed: sum(self.failed, more.failed),
            not_evaluated: sum(self.not_evaluated, more.not_evaluated),
        }
    }
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
pub struct BaseRates(BTreeMap<(String, u16, Group), Tally>);

/// What a rule came to in a group of reports: a line of the rates, as JSON has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rate {
    /// The code of the rule.
    pub rule: String,
    /// The version of the rule: another one asks for something else.
    pub version: u16,
    /// The reports.
    #[serde(deserialize_with = "exact")]
    pub group: Group,
    /// What it came to.
    #[serde(deserialize_with = "exact")]
    pub tally: Tally,
}

impl BaseRates {
    /// Of no report.
    pub fn new() -> BaseRates {
        BaseRates::default()
    }

    /// Counts a report in, with what its check came to.
    pub fn add(&mut self, report: &PublishedReport, checked: &CheckReport) {
        let group = Group {
            year: report.facts.year,
            kind: report.facts.agency.as_ref().and_then(|agency| agency.kind),
            layout: report.layout().name().to_owned(),
        };
        for rule in RULES {
            let tally = match checked.verdict_of(rule.code) {
                Verdict::Pass => Tally { passed: 1, ..Tally::default() },
                Verdict::Fail => Tally { failed: 1, ..Tally::default() },
                Verdict::NotEvaluated => Tally { not_evaluated: 1, ..Tally::default() },
            };
            self.count(Rate { rule: rule.code.to_owned(), version: rule.version, group: group.clone(), tally });
        }
    }

    /// Counts the reports of others in: of another thread, of another folder.
    pub fn merge(&mut self, others: &BaseRates) {
        others.iter().for_each(|rate| self.count(rate));
    }

    fn count(&mut self, Rate { rule, version, group, tally }: Rate) {
        let known = self.0.entry((rule, version, group)).or_default();
        *known = known.plus(tally);
    }

    /// What each rule came to in each group.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Rate> {
        self.0.iter().map(|((rule, version, group), tally)| Rate {
            rule: rule.clone(),
            version: *version,
            group: group.clone(),
            tally: *tally,
        })
    }

    /// What a rule, as this version of the crate has it, came to in the groups that are meant.
    pub fn tally(&self, code: &str, is_meant: impl Fn(&Group) -> bool) -> Tally {
        let version = Rule::find(code).map(|rule| rule.version);
        let meant =
            self.0.iter().filter(|((rule, of, group), _)| rule == code && Some(*of) == version && is_meant(group));
        meant.fold(Tally::default(), |sum, (_, tally)| sum.plus(*tally))
    }

    /// How many reports of the groups that are meant failed a rule; `None` where it was evaluated in none.
    pub fn share(&self, code: &str, is_meant: impl Fn(&Group) -> bool) -> Option<Share> {
        let Tally { passed, failed, .. } = self.tally(code, is_meant);
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
        to.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for BaseRates {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<BaseRates, D::Error> {
        let mut rates = BaseRates::new();
        list_of_objects(from)?.into_iter().for_each(|rate| rates.count(rate));
        Ok(rates)
    }
}
