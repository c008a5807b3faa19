//! This year against last year: consecutive reports of one agency.
//!
//! What was carried over, the stock of documents in force, the lists of the form of 2019, and amounts that look as if 元
//! stood for 万元. The rules over two years are data like those over one report ([`LINKS`]), what they find is a
//! [`Finding`] like any other, and they travel as SQL ([`export::continuity_sql`](crate::export::continuity_sql)).
//!
//! ```
//! use ogi_report::{Layout, PublishedCell, Year, rule_book, series::Series};
//! let before = rule_book::zeros(Layout::EDITION_2021);
//! let mut after = before.clone();
//! after.facts.year = Year::new(2025).ok();
//! after.set("requests.carried_in.natural_person".parse()?, PublishedCell::read("2"))?;
//! let checked = Series::new([&before, &after])?.check();
//! assert_eq!(checked.findings.len(), 1);
//! assert_eq!(
//!     checked.findings[0].zh(),
//!     "上年结转等于上一年度报告的结转下年度：2025 年度二、上年结转政府信息公开申请数量 · 自然人 2，应为 0，相差 2\
//!      （2024 年度四、结转下年度继续办理 · 自然人 0）"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Not checked: whether the agency is the same. Who puts reports into a series knows that.

use serde::Serialize;

use crate::date::Year;
use crate::finding::{Finding, FindingKind};
use crate::form::Cell;
use crate::published::PublishedReport;
use crate::rule::Rule;
use crate::rule::outcome::{Outcome, Reason};
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

/// What a series shows. As JSON its findings are those of the schema `urn:ogi-report:findings`, with the keys `year` and
/// `explanation`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeriesCheckReport {
    /// What does not follow, by year.
    pub findings: Vec<Finding>,
    /// What could not be compared, by year.
    pub not_evaluated: Vec<NotCompared>,
}

/// A step from year to year that could not be compared. As JSON: `rule` (its code), `year`, `reason`, and the paths `now`
/// and `before`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NotCompared {
    /// The rule.
    #[serde(serialize_with = "crate::rule::as_code")]
    pub rule: &'static Rule,
    /// The later of the two years.
    pub year: Year,
    /// Why not.
    pub reason: Reason,
    /// The cells of the later report that hold no number.
    pub now: Vec<Cell>,
    /// The cells of the earlier report that hold no number.
    pub before: Vec<Cell>,
}

impl NotCompared {
    /// The rule, the reason and the cells in Chinese, one line.
    pub fn zh(&self) -> String {
        let cells: Vec<String> = self.cells("、").map(|(year, labels)| format!("；{year} 年度{labels}")).collect();
        format!("{} 年度未核对“{}”：{}{}", self.year, self.rule.zh, self.reason.zh(), cells.concat())
    }

    /// The same in English.
    pub fn en(&self) -> String {
        let cells: Vec<String> = self.cells(", ").map(|(year, labels)| format!("; {year}: {labels}")).collect();
        format!("not compared in {}, {}: {}{}", self.year, self.rule.code, self.reason.en(), cells.concat())
    }

    /// The labels of the cells of each of the two years that has some.
    fn cells(&self, comma: &str) -> impl Iterator<Item = (u16, String)> {
        let labels = |cells: &[Cell]| cells.iter().map(|cell| cell.label()).collect::<Vec<_>>().join(comma);
        let years = [(self.year.get(), labels(&self.now)), (self.year.get() - 1, labels(&self.before))];
        years.into_iter().filter(|(_, labels)| !labels.is_empty())
    }
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

    /// Compares each report with the one of the year before.
    pub fn check(&self) -> SeriesCheckReport {
        let mut checked = SeriesCheckReport { findings: Vec::new(), not_evaluated: Vec::new() };
        for pair in self.reports.windows(2) {
            let [(year_before, before), (year, now)] = pair else { continue };
            for rule in LINKS {
                let outcome = match year.get() == year_before.get() + 1 {
                    true => Pair { year: *year, before, now }.check(rule),
                    false => Outcome::skipped(Reason::NoReportBefore),
                };
                checked.findings.extend(outcome.fails.into_iter().map(|fail| Finding::new(rule, fail)));
                for (reason, [now, before]) in outcome.skipped {
                    checked.not_evaluated.push(NotCompared { rule, year: *year, reason, now, before });
                }
            }
        }
        checked
    }
}

impl SeriesCheckReport {
    /// Puts what the agency says beside the findings of a rule and year, those on one cell or all; how many there are.
    pub fn annotate(&mut self, code: &str, year: Year, cell: Option<Cell>, words: &str) -> usize {
        let mut count = 0;
        for finding in self.findings.iter_mut().filter(|finding| finding.rule.code == code) {
            let first = finding.cells.first().map(|quoted| quoted.cell);
            if let FindingKind::YearMismatch(facts) = &mut finding.kind
                && facts.year == year
                && (cell.is_none() || cell == first)
            {
                facts.explanation = Some(words.to_owned());
                count += 1;
            }
        }
        count
    }
}
