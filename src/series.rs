//! This year against last year: consecutive reports of one agency.
//!
//! What was carried over, the stock of documents in force, the lists of the form of 2019, and amounts that look as if 元
//! stood for 万元. The rules over two years are data like those over one report ([`LINKS`]), what they find is a
//! [`Finding`] like any other, and they travel as SQL ([`export::continuity_sql`](crate::export::continuity_sql)).
//!
//! ```
//! use ogi_report::{Layout, PublishedCell, Year, rule_book, series::Series};
//! let before = rule_book::zeros(Layout::Edition2021);
//! let mut after = before.clone();
//! after.year = Year::new(2025).ok();
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

use rust_decimal::Decimal;
use serde::Serialize;

use crate::date::Year;
use crate::facts::Scope;
use crate::finding::{Fault, Finding, FindingCell, Reason, Side};
use crate::form::{Cell, Entry, Form, Kind, Layout, Unit};
use crate::number::{Amount, AmountUnit, Number};
use crate::published::PublishedReport;
use crate::rule::table::LINKS;
use crate::rule::{Rule, Severity, Step, Test};

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
            known.push((report.year.ok_or(SeriesError::NoYear { number: index + 1 })?, report));
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
                if year.get() == year_before.get() + 1 {
                    Link { rule, year: *year, before, now, checked: &mut checked }.check();
                } else {
                    let reason = Reason::NoReportBefore;
                    checked.not_evaluated.push(NotCompared { rule, year: *year, reason, now: vec![], before: vec![] });
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
            if let Fault::Years { year: of, explanation, .. } = &mut finding.fault
                && *of == year
                && (cell.is_none() || cell == first)
            {
                *explanation = Some(words.to_owned());
                count += 1;
            }
        }
        count
    }
}

impl Rule {
    /// The steps of this rule between a report of the later layout and one of the earlier; a form without the cells has
    /// none, nor has a rule over one report.
    pub fn steps(&self, now: Layout, before: Layout) -> Vec<Step> {
        let Test::Follows(steps) = self.test else { return vec![] };
        let has = |step: &Step| {
            step.now.cells().all(|cell| now.entry(cell).is_some())
                && step.before.iter().all(|cell| before.entry(*cell).is_some())
        };
        steps(Form::cells(now)).into_iter().filter(has).collect()
    }
}

/// A rule over two years under way.
struct Link<'a> {
    rule: &'static Rule,
    year: Year,
    before: &'a PublishedReport,
    now: &'a PublishedReport,
    checked: &'a mut SeriesCheckReport,
}

impl Link<'_> {
    fn check(&mut self) {
        match self.rule.test {
            Test::Follows(_) => self.follows(),
            Test::SameUnit => self.same_unit(),
            _ => {}
        }
    }

    fn follows(&mut self) {
        let steps = self.rule.steps(self.now.layout(), self.before.layout());
        if steps.is_empty() {
            return self.skip(Reason::OtherEdition, vec![], vec![]);
        }
        for step in &steps {
            let (now, before) = (self.now, self.before);
            let sums = [(now, &step.now.left), (now, &step.now.right), (before, &step.before)];
            let [Some(left), Some(right), Some(last)] = sums.map(|(report, cells)| sum(report, cells)) else {
                let without = |report: &PublishedReport, cell: &Cell| whole(report, *cell).is_none();
                let open_now = step.now.cells().filter(|cell| without(now, cell)).collect();
                let open_before = step.before.iter().copied().filter(|cell| without(before, cell)).collect();
                self.skip(Reason::NoCount, open_now, open_before);
                continue;
            };
            let difference = left - right - last;
            // The first cell is what the others ask for.
            let first = step.now.left.first().and_then(|cell| whole(now, *cell)).unwrap_or(0);
            if difference != 0 {
                let cells: Vec<Cell> = step.now.cells().collect();
                self.find(&cells, &step.before, first.into(), Some((first - difference).into()));
            }
        }
    }

    fn same_unit(&mut self) {
        let (now, before) = (self.now, self.before);
        let of_both = |entry: &&Entry| entry.kind() == Kind::Amount && before.layout().entry(entry.cell()).is_some();
        let mut entries = now.layout().cells().iter().filter(of_both).peekable();
        if entries.peek().is_none() {
            return self.skip(Reason::OtherEdition, vec![], vec![]);
        }
        for entry in entries {
            let cell = entry.cell();
            match (Money::of(now, entry), Money::of(before, entry)) {
                (Some(found), Some(last)) if found.is_unit_slip(last) => {
                    self.find(&[cell], &[cell], found.number, None);
                }
                (Some(_), Some(_)) => {}
                (found, last) => {
                    let open = |known: Option<Money>| if known.is_none() { vec![cell] } else { vec![] };
                    self.skip(Reason::NoCount, open(found), open(last));
                }
            }
        }
    }

    fn skip(&mut self, reason: Reason, now: Vec<Cell>, before: Vec<Cell>) {
        self.checked.not_evaluated.push(NotCompared { rule: self.rule, year: self.year, reason, now, before });
    }

    fn find(&mut self, now: &[Cell], before: &[Cell], found: Decimal, expected: Option<Decimal>) {
        let quote = |report, cells: &[Cell], side| {
            let quoted = cells.iter().filter_map(move |cell| FindingCell::of(report, *cell, Some(side)));
            quoted.collect::<Vec<_>>()
        };
        let mut cells = quote(self.now, now, Side::Left);
        cells.extend(quote(self.before, before, Side::Right));
        // Where the two reports cover different bodies there may be nothing wrong.
        let scopes = [self.before.scope, self.now.scope];
        let same = scopes[0] == scopes[1] || scopes.contains(&Scope::Unknown);
        let severity = if same { self.rule.severity } else { self.rule.severity.min(Severity::Warning) };
        let fault = Fault::Years { year: self.year, found, expected, explanation: None };
        self.checked.findings.push(Finding { rule: self.rule, severity, cells, fault });
    }
}

/// The whole number of a cell: a count, or a change of either sign.
fn whole(report: &PublishedReport, cell: Cell) -> Option<i64> {
    let found = report.get(cell)?;
    match cell.kind() {
        Kind::Change => found.number().and_then(Number::whole),
        Kind::Count | Kind::Amount => found.whole_count(),
    }
}

/// The sum of these cells; `None` where one holds no whole number.
fn sum(report: &PublishedReport, cells: &[Cell]) -> Option<i64> {
    cells.iter().try_fold(0_i64, |sum, cell| sum.checked_add(whole(report, *cell)?))
}

/// An amount, in the unit that is printed or that the form fixes.
#[derive(Clone, Copy)]
struct Money {
    number: Decimal,
    unit: AmountUnit,
}

impl Money {
    fn of(report: &PublishedReport, entry: &Entry) -> Option<Money> {
        let found = report.get(entry.cell())?;
        let number = Amount::new(found.number()?.decimal()).ok()?.get();
        let unit = match (found.amount_unit(), entry.unit()) {
            (AmountUnit::Unstated, Unit::WanYuan) => AmountUnit::WanYuan,
            (unit, _) => unit,
        };
        Some(Money { number, unit })
    }

    /// The amount in 元, where it is in this unit.
    fn yuan(self, unit: AmountUnit) -> Decimal {
        match unit {
            AmountUnit::WanYuan => self.number.saturating_mul(Decimal::from(10_000)),
            AmountUnit::Yuan | AmountUnit::Unstated => self.number,
        }
    }

    /// Whether one amount is about ten thousand times the other, and the units do not explain it. A unit that one year
    /// leaves out may be either, if the other year states its own.
    fn is_unit_slip(self, last: Money) -> bool {
        use AmountUnit::{Unstated, WanYuan, Yuan};
        let apart = |now: AmountUnit, before: AmountUnit| ratio(self.yuan(now), last.yuan(before));
        let is_slip = |ratio: Option<Decimal>| ratio.is_some_and(|ratio| ratio >= LEAST && ratio <= MOST);
        let explains = |ratio: Option<Decimal>| ratio.is_some_and(|ratio| ratio < LEAST);
        match (self.unit, last.unit) {
            (Unstated, Unstated) => is_slip(apart(Yuan, Yuan)),
            (Unstated, unit) => {
                is_slip(apart(unit, unit)) && ![Yuan, WanYuan].iter().any(|own| explains(apart(*own, unit)))
            }
            (unit, Unstated) => {
                is_slip(apart(unit, unit)) && ![Yuan, WanYuan].iter().any(|own| explains(apart(unit, *own)))
            }
            (now, before) => is_slip(apart(now, before)),
        }
    }
}

/// About ten thousand times: between these two.
const LEAST: Decimal = Decimal::from_parts(5_000, 0, 0, false, 0);
const MOST: Decimal = Decimal::from_parts(20_000, 0, 0, false, 0);

/// How many times the larger amount is the smaller; `None` where one is 0.
fn ratio(one: Decimal, other: Decimal) -> Option<Decimal> {
    one.max(other).checked_div(one.min(other))
}
