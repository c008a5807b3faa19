//! This year against last year: consecutive reports of one agency.
//!
//! What was carried over, the stock of documents in force, the lists of the form of 2019, and amounts that look as if 元
//! stood for 万元. The rules over two years are data like those over one report ([`LINKS`]), what they find is a
//! [`Finding`](crate::Finding) like any other, and they travel as SQL ([`export::continuity_sql`](crate::export::continuity_sql)).
//!
//! ```
//! use ogi_report::{Language, Layout, PublishedCell, Year, rule_book, series::Series};
//! let before = rule_book::zeros(Layout::EDITION_2021);
//! let mut after = before.clone();
//! after.facts.year = Year::new(2025).ok();
//! after.set("requests.carried_in.natural_person".parse()?, PublishedCell::read("2"))?;
//! let checked = Series::new([&before, &after])?.check();
//! assert_eq!(checked.findings.len(), 1);
//! assert_eq!(
//!     checked.findings[0].message(Language::Chinese),
//!     "上年结转等于上一年度报告的结转下年度：2025 年度二、上年结转政府信息公开申请数量 · 自然人 2，应为 0，相差 2\
//!      （2024 年度四、结转下年度继续办理 · 自然人 0）"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Not checked: whether the agency is the same. Who puts reports into a series knows that.

use crate::date::Year;
use crate::finding::CheckReport;
use crate::published::PublishedReport;
use crate::rule::outcome::Reason;
use crate::rule::table::LINKS;
use crate::rule::years::Pair;

/// Reports of one agency in the order of their years.
#[derive(Clone, Debug)]
pub struct Series<'r> {
    reports: Vec<(Year, &'r PublishedReport)>,
}

/// Why reports make no series.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SeriesError {
    /// The year of a report is not known.
    #[error("the year of report {number} of the series is not known")]
    NoYear {
        /// Which one, from 1, as they were given.
        number: usize,
    },
    /// Two reports are for one year.
    #[error("two reports of the series are for {year}")]
    Twice {
        /// The year.
        year: Year,
    },
}

impl<'r> Series<'r> {
    /// A series of these reports, in whatever order.
    ///
    /// # Errors
    /// - [`SeriesError::NoYear`] if the year of a report is not known,
    /// - [`SeriesError::Twice`] if two are for the same year.
    pub fn new(reports: impl IntoIterator<Item = &'r PublishedReport>) -> Result<Series<'r>, SeriesError> {
        let mut known = Vec::new();
        for (index, report) in reports.into_iter().enumerate() {
            known.push((report.facts.year.ok_or(SeriesError::NoYear { number: index + 1 })?, report));
        }
        known.sort_by_key(|(year, _)| *year);
        match known.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(SeriesError::Twice { year: pair[0].0 }),
            None => Ok(Series { reports: known }),
        }
    }

    /// Compares each report with the one of the year before: what does not follow, and what could not be compared, by year.
    pub fn check(&self) -> CheckReport {
        let mut checked = CheckReport::default();
        for pair in self.reports.windows(2) {
            let [(year_before, before), (year, now)] = pair else { continue };
            let pair = Pair { year: *year, before, now };
            for rule in LINKS {
                let follows = year.get() == year_before.get() + 1;
                checked.add(rule, if follows { pair.check(rule) } else { pair.skipped(Reason::NoReportBefore) });
            }
        }
        checked
    }
}
