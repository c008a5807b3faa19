//! This year against last year: consecutive reports of one agency.
//!
//! What was carried over, the stock of documents in force, the lists of the form of 2019, and amounts that look as if 元
//! stood for 万元. The rules over two years are data like those over one report ([`LINKS`]), what they find is a
//! [`Finding`](crate::Finding) like any other, and but for those over words they travel as SQL (`continuity_sql`, feature `export`).
//!
//! ```
//! use ogi_report::{Language, Layout, PublishedCell, Year, series, PublishedReport};
//! let before = PublishedReport::zeros(Layout::EDITION_2021);
//! let mut after = before.clone();
//! after.facts.year = Year::new(2025).ok();
//! after.set("requests.carried_in.natural_person".parse()?, PublishedCell::read("2"))?;
//! let checked = series::check([&before, &after])?;
//! assert_eq!(checked.findings.len(), 1);
//! assert_eq!(
//!     checked.findings[0].message(Language::Chinese),
//!     "2025 年度二、上年结转政府信息公开申请数量 · 自然人 2，应为 0，相差 2（2024 年度四、结转下年度继续办理 · 自然人 0）\
//!      （规则：上年结转等于上一年度报告的结转下年度）"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Whether both reports are of one agency is told before all else ([`continuity-agency`](LINKS)): where codes or names say
//! that they are not, nothing is compared. [`check_by_key`] joins the reports of many agencies by a key of the caller, or by
//! [`Agency::key`](crate::Agency::key); then a new name is a new name of the same agency, if the key does not hold the name.

use std::collections::BTreeMap;

use crate::date::Year;
use crate::fault::{Fault, Faults};
use crate::finding::CheckReport;
use crate::published::PublishedReport;
use crate::rule::outcome::Reason;
use crate::rule::table::LINKS;
use crate::rule::years::Pair;

/// Compares each report of one agency with that of the year before, in whatever order they are given: what does not follow,
/// and what could not be compared, by year.
///
/// # Errors
/// [`Faults`]: each report whose year is not known, by its number from 1 as they were given, and each year for which there
/// are two.
pub fn check<'r>(reports: impl IntoIterator<Item = &'r PublishedReport>) -> Result<CheckReport, Faults> {
    Ok(Series::of(reports)?.check(false))
}

/// The same for the reports of many agencies, each with the key that its agency has: those of one key are of one agency,
/// whatever its name in each year.
///
/// ```
/// use ogi_report::{Agency, Layout, PublishedReport, Year, series};
/// let mut before = PublishedReport::zeros(Layout::EDITION_2021);
/// before.facts.agency = Some(Agency { division_code: Some("330106".parse()?), ..Agency::named("教育局") });
/// let mut after = before.clone();
/// after.facts.year = Year::new(2025).ok();
/// let key = |report: &PublishedReport| report.facts.agency.as_ref()?.key();
/// let reports = [&before, &after].into_iter().filter_map(|report| Some((key(report)?, report)));
/// let checked = series::check_by_key(reports);
/// assert!(checked["330106 教育局"].as_ref().unwrap().findings.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Each agency has an answer of its own: what was found, or its [`Faults`] as of [`check`], numbered within its reports.
pub fn check_by_key<'r, K: Ord>(
    reports: impl IntoIterator<Item = (K, &'r PublishedReport)>,
) -> BTreeMap<K, Result<CheckReport, Faults>> {
    let mut by_key: BTreeMap<K, Vec<&PublishedReport>> = BTreeMap::new();
    for (key, report) in reports {
        by_key.entry(key).or_default().push(report);
    }
    by_key.into_iter().map(|(key, reports)| (key, Series::of(reports).map(|series| series.check(true)))).collect()
}

/// The reports of one agency by their years.
struct Series<'r>(Vec<(Year, &'r PublishedReport)>);

impl<'r> Series<'r> {
    fn of(reports: impl IntoIterator<Item = &'r PublishedReport>) -> Result<Series<'r>, Faults> {
        let (mut known, mut faults) = (Vec::new(), Vec::new());
        for (index, report) in reports.into_iter().enumerate() {
            match report.facts.year {
                Some(year) => known.push((year, report)),
                None => faults.push(Fault::new(index + 1, ["报告年度", "a report year"], None)),
            }
        }
        known.sort_by_key(|(year, _)| *year);
        for pair in known.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let title = pair[1].1.facts.title.clone();
            faults.push(Fault::new(pair[0].0, ["每年一份报告", "one report a year"], Some(title.unwrap_or_default())));
        }
        if faults.is_empty() { Ok(Series(known)) } else { Err(Faults(faults)) }
    }

    fn check(&self, confirmed: bool) -> CheckReport {
        let mut checked = CheckReport::default();
        if let [(year, report)] = self.0[..] {
            // Nothing was compared, and that is not "nothing found".
            let alone = Pair { year, before: report, now: report, confirmed };
            LINKS.iter().for_each(|rule| checked.add(rule, alone.skipped(Reason::NoReportBefore)));
        }
        for pair in self.0.windows(2) {
            let [(year_before, before), (year, now)] = *pair else { continue };
            let pair = Pair { year, before, now, confirmed };
            for rule in LINKS {
                let outcome = match year.get() == year_before.get() + 1 {
                    false => pair.skipped(Reason::NoReportBefore),
                    true if !rule.applies_to(now.layout().edition()) => pair.skipped(Reason::OtherEdition),
                    true => pair.check(rule),
                };
                checked.add(rule, outcome);
            }
        }
        checked
    }
}
