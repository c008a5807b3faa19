//! This year against last year: consecutive reports of one agency.
//!
//! What was carried over, the stock of documents in force, the lists of the form of 2019, and amounts that look as if 元
//! stood for 万元. The rules over two years are data like those over one report ([`LINKS`]), what they find is a
//! [`Finding`](crate::Finding) like any other, and they travel as SQL (`continuity_sql`, feature `export`).
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
//! Not checked: whether the agency is the same. Who puts reports into a series knows that.

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
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    let mut checked = CheckReport::default();
    for pair in known.windows(2) {
        let [(year_before, before), (year, now)] = *pair else { continue };
        let pair = Pair { year, before, now };
        for rule in LINKS {
            let outcome = match year.get() == year_before.get() + 1 {
                false => pair.skipped(Reason::NoReportBefore),
                true if !rule.applies_to(now.layout().edition()) => pair.skipped(Reason::OtherEdition),
                true => pair.check(rule),
            };
            checked.add(rule, outcome);
        }
    }
    Ok(checked)
}
