//! This year against last year: consecutive reports of one agency.
//!
//! What was carried over, the stock of documents in force, the lists of the form of 2019, and amounts that look as if 元
//! stood for 万元. The comparison of two years is data like the rules over one report ([`LINKS`]), and travels as SQL
//! ([`portable::continuity_sql`](crate::portable::continuity_sql)).
//!
//! ```
//! use ogi_report::{Layout, PublishedCell, Year, rule_book, series::Series};
//! let before = rule_book::zeros(Layout::Edition2021);
//! let mut after = before.clone();
//! after.year = Year::new(2025).ok();
//! after.set("requests.carried_in.natural_person".parse()?, PublishedCell::read("2"))?;
//! let series = Series::new([&before, &after]).unwrap();
//! let found = series.check();
//! assert_eq!(found.findings.len(), 1);
//! assert_eq!(found.findings[0].link.code, "continuity-carry-over");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Not checked: whether the agency is the same. Who puts reports into a series knows that.

use rust_decimal::Decimal;

use crate::date::Year;
use crate::form::{Basis, Cell, Cells, Form, Kind, Layout};
use crate::published::{Place, PublishedCell, PublishedReport, Scope, Status};
use crate::rule::Severity;

/// A rule over two consecutive reports.
#[derive(Debug)]
#[non_exhaustive]
pub struct Link {
    /// The stable name.
    pub code: &'static str,
    /// Raised whenever the meaning changes.
    pub version: u16,
    /// How grave a failure is.
    pub severity: Severity,
    /// The articles behind it.
    pub basis: Basis,
    /// What must hold, in Chinese.
    pub zh: &'static str,
    /// What must hold, in English.
    pub en: &'static str,
    /// The test.
    pub test: LinkTest,
}

impl PartialEq for Link {
    fn eq(&self, other: &Link) -> bool {
        (self.code, self.version) == (other.code, other.version)
    }
}

/// The closed kinds of test over two years.
#[derive(Debug)]
#[non_exhaustive]
pub enum LinkTest {
    /// The sums of both years are equal, for each step.
    Equal(fn(&Form<Cells>) -> Vec<Step>),
    /// The amounts are not as far apart as 元 and 万元 are.
    SameUnit,
}

/// What must be equal: cells of this year with their signs, and cells of the year before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Cells of the later report.
    pub now: Vec<(Cell, i8)>,
    /// Cells of the earlier report.
    pub before: Vec<(Cell, i8)>,
}

/// The rules over two consecutive reports.
pub static LINKS: &[Link] = &[
    Link {
        code: "continuity-carry-over",
        version: 1,
        severity: Severity::Error,
        basis: Basis("50(2)"),
        zh: "上年结转等于上一年度报告的结转下年度",
        en: "carried in is what the report before carried out",
        test: LinkTest::Equal(|form| {
            let pairs = crate::requests::cells(&form.requests.carried_in)
                .into_iter()
                .zip(crate::requests::cells(&form.requests.carried_out));
            pairs.map(|(now, before)| Step { now: vec![(now, 1)], before: vec![(before, 1)] }).collect()
        }),
    },
    Link {
        code: "continuity-in-force",
        version: 1,
        severity: Severity::Warning,
        basis: Basis("20(1)"),
        zh: "现行有效件数等于上一年度现行有效件数加本年制发件数减本年废止件数",
        en: "documents in force are those of the year before, plus issued, less repealed",
        test: LinkTest::Equal(|form| {
            let item1 = form.article20.edition2021().map(|items| &items.item1);
            let rows = item1.into_iter().flat_map(|item1| [&item1.rules, &item1.normative_documents]);
            rows.map(|row| Step {
                now: vec![(row.in_force, 1), (row.issued, -1), (row.repealed, 1)],
                before: vec![(row.in_force, 1)],
            })
            .collect()
        }),
    },
    Link {
        code: "continuity-items",
        version: 1,
        severity: Severity::Warning,
        basis: Basis("20(5)(6)"),
        zh: "上一年项目数量等于上一年度报告的项目数量加本年增/减",
        en: "the items of last year are those of the report before, as they changed",
        test: LinkTest::Equal(|form| {
            let Some(items) = form.article20.edition2019() else { return vec![] };
            let rows = [
                (items.item5.licensing.items_last_year, items.item5.licensing.items_change),
                (items.item5.other_services.items_last_year, items.item5.other_services.items_change),
                (items.item6.penalty.items_last_year, items.item6.penalty.items_change),
                (items.item6.coercion.items_last_year, items.item6.coercion.items_change),
            ];
            rows.map(|(last, change)| Step { now: vec![(last, 1)], before: vec![(last, 1), (change, 1)] }).into()
        }),
    },
    Link {
        code: "continuity-unit-slip",
        version: 1,
        severity: Severity::Warning,
        basis: Basis("20(8)"),
        zh: "收费金额与上一年度相差约一万倍的，可能误将元作万元",
        en: "an amount about ten thousand times that of the year before may be 元 for 万元",
        test: LinkTest::SameUnit,
    },
];

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

/// What a series shows.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesChecked {
    /// What does not follow, by year.
    pub findings: Vec<LinkFinding>,
    /// What could not be compared: the rule, the later year, and why.
    pub not_evaluated: Vec<(&'static Link, Year, LinkReason)>,
}

/// A step from year to year that does not follow.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkFinding {
    /// The rule.
    pub link: &'static Link,
    /// How grave it is: less where the two reports cover different bodies.
    pub severity: Severity,
    /// The later of the two years.
    pub year: Year,
    /// The cells of the later report.
    pub now: Vec<LinkedCell>,
    /// The cells of the earlier report.
    pub before: Vec<LinkedCell>,
    /// What the later report comes to.
    pub found: Decimal,
    /// What the earlier one asks for.
    pub expected: Decimal,
    /// What the agency says about it. It stays beside the finding and takes nothing away.
    pub explanation: Option<String>,
}

/// A cell as it stands in one of the two reports.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedCell {
    /// The cell.
    pub cell: Cell,
    /// The text as printed.
    pub printed: String,
    /// Where it stands.
    pub place: Option<Place>,
}

/// Why two years could not be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LinkReason {
    /// The report of the year before is not in the series.
    NoReportBefore,
    /// A cell holds no count, or the form of one of the years has no such cell.
    NoCount,
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
            known.push((report.year.ok_or(SeriesError::NoYear { number: index + 1 })?, report));
        }
        known.sort_by_key(|(year, _)| *year);
        match known.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(SeriesError::Twice { year: pair[0].0 }),
            None => Ok(Series { reports: known }),
        }
    }

    /// Compares each report with the one of the year before.
    pub fn check(&self) -> SeriesChecked {
        let mut checked = SeriesChecked { findings: Vec::new(), not_evaluated: Vec::new() };
        for pair in self.reports.windows(2) {
            let [(year_before, before), (year, now)] = pair else { continue };
            for link in LINKS {
                if year.get() == year_before.get() + 1 {
                    link.compare(*year, before, now, &mut checked);
                } else {
                    checked.not_evaluated.push((link, *year, LinkReason::NoReportBefore));
                }
            }
        }
        checked
    }
}

impl SeriesChecked {
    /// Puts what the agency says beside the findings of a rule and year; how many there are.
    pub fn explain(&mut self, code: &str, year: Year, explanation: &str) -> usize {
        let of = |finding: &&mut LinkFinding| finding.link.code == code && finding.year == year;
        let findings = self.findings.iter_mut().filter(of);
        findings.map(|finding| finding.explanation = Some(explanation.to_owned())).count()
    }
}

impl Link {
    /// The steps between a report of the later layout and one of the earlier; a form without the cells has none.
    pub fn steps(&self, now: Layout, before: Layout) -> Vec<Step> {
        let LinkTest::Equal(steps) = self.test else { return vec![] };
        let has = |step: &Step| {
            step.now.iter().all(|(cell, _)| now.entry(*cell).is_some())
                && step.before.iter().all(|(cell, _)| before.entry(*cell).is_some())
        };
        steps(Form::cells(now)).into_iter().filter(has).collect()
    }

    fn compare(
        &'static self,
        year: Year,
        before: &PublishedReport,
        now: &PublishedReport,
        checked: &mut SeriesChecked,
    ) {
        let scopes = (before.scope, now.scope);
        let same = scopes.0 == scopes.1 || scopes.0 == Scope::Unknown || scopes.1 == Scope::Unknown;
        let severity = if same { self.severity } else { self.severity.min(Severity::Warning) };
        let quoted = |report: &PublishedReport, cells: &[(Cell, i8)]| {
            let quote = |(cell, _): &(Cell, i8)| {
                let found = report.get(*cell)?;
                Some(LinkedCell { cell: *cell, printed: found.printed().to_owned(), place: found.place().cloned() })
            };
            cells.iter().filter_map(quote).collect()
        };
        let mut find = |step: &Step, found: Decimal, expected: Decimal| {
            checked.findings.push(LinkFinding {
                link: self,
                severity,
                year,
                now: quoted(now, &step.now),
                before: quoted(before, &step.before),
                found,
                expected,
                explanation: None,
            });
        };
        let mut open = false;
        match self.test {
            LinkTest::Equal(_) => {
                let steps = self.steps(now.layout(), before.layout());
                open = steps.is_empty();
                for step in &steps {
                    match (sum(now, &step.now), sum(before, &step.before)) {
                        (Some(found), Some(expected)) if found == expected => {}
                        (Some(found), Some(expected)) => find(step, found.into(), expected.into()),
                        _ => open = true,
                    }
                }
            }
            LinkTest::SameUnit => {
                for entry in now.layout().cells().iter().filter(|entry| entry.kind() == Kind::Amount) {
                    let amount = |report: &PublishedReport| {
                        let found = report.get(entry.cell()).filter(|found| found.status() == Status::Number)?;
                        Some(found.number()?.decimal()).filter(|amount| *amount > Decimal::ZERO)
                    };
                    match (amount(now), amount(before)) {
                        (Some(found), Some(expected)) if is_unit_slip(found, expected) => {
                            let cells = vec![(entry.cell(), 1)];
                            find(&Step { now: cells.clone(), before: cells }, found, expected);
                        }
                        (Some(_), Some(_)) => {}
                        _ => open = true,
                    }
                }
            }
        }
        if open {
            checked.not_evaluated.push((self, year, LinkReason::NoCount));
        }
    }
}

/// The sum of these cells; `None` where one holds no whole number.
fn sum(report: &PublishedReport, cells: &[(Cell, i8)]) -> Option<i64> {
    let value = |cell: &Cell| report.get(*cell).and_then(PublishedCell::number)?.whole();
    cells.iter().try_fold(0_i64, |sum, (cell, sign)| sum.checked_add(i64::from(*sign) * value(cell)?))
}

/// Whether one amount is about ten thousand times the other: between 5,000 and 20,000.
fn is_unit_slip(found: Decimal, expected: Decimal) -> bool {
    let (large, small) = if found > expected { (found, expected) } else { (expected, found) };
    large.checked_div(small).is_some_and(|ratio| ratio >= Decimal::from(5_000) && ratio <= Decimal::from(20_000))
}
