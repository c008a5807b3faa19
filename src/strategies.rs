//! Strategies of [`mod@proptest`] for the tests of those who depend on this crate: reports that satisfy the form, reports as they
//! are really published, and reports with slips of a known kind in known cells. All of them by construction: parts are drawn,
//! the rest follows, nothing is filtered.
//!
//! ```
//! use ogi_report::repair::Slip;
//! use ogi_report::strategies::{annual_reports, slips};
//! use proptest::prelude::*;
//!
//! proptest!(|(report in annual_reports())| {
//!     prop_assert_eq!(ogi_report::AnnualReport::from_json(report.to_json().as_bytes()).unwrap(), report);
//! });
//! proptest!(|(slipped in slips(Slip::PrintedZero, 1))| {
//!     let findings = slipped.report.check().findings;
//!     prop_assert!(findings.iter().any(|finding| finding.cells.iter().any(|quoted| quoted.cell == slipped.cells[0])));
//! });
//! ```

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use crate::catalogue::{Entry, Row};
use crate::date::{Date, Year};
use crate::form::{Cell, Edition, Kind, Layout};
use crate::narrative::Section;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::repair::Slip;
use crate::report::AnnualReport;
use crate::rule::Balance;

/// A report with slips of a known kind.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Slipped {
    /// The report as it should be: nothing is wrong with it.
    pub right: AnnualReport,
    /// The report with the slips.
    pub report: PublishedReport,
    /// The cells that were changed, in the form's order: one a slip, and of [`Slip::Shifted`] two.
    pub cells: Vec<Cell>,
}

/// Reports of all editions in which no rule finds anything.
pub fn annual_reports() -> impl Strategy<Value = AnnualReport> {
    let editions = select(Edition::all().collect::<Vec<_>>());
    editions.prop_flat_map(|edition| right_reports(edition.layout(), false)).prop_map(accepted)
}

/// Reports as they are published, of all layouts: a few cells are blank, not found or not applicable, say something beside
/// their figure, or hold another figure than they should.
pub fn published_reports() -> impl Strategy<Value = PublishedReport> {
    let printed = prop_oneof![
        4 => (0..1_000_u32).prop_map(|number| Some(number.to_string())),
        1 => Just(None),
        4 => select(vec!["", "/", "—", "无", "0件", "1,234", "１２", "+2", "-8", "103.5万元", "22（其中修订 16 件）", "待统计"])
            .prop_map(|text| Some(text.to_owned())),
    ];
    let changes = vec((any::<Index>(), printed), 0..20);
    let layouts = select(Layout::newest_first().collect::<Vec<_>>());
    let right = layouts.prop_flat_map(|layout| right_reports(layout, false));
    (right, changes).prop_map(|(mut report, changes)| {
        for (index, printed) in changes {
            let cell = index.get(report.layout().cells()).cell();
            put(&mut report, cell, printed.map_or_else(PublishedCell::not_found, |text| PublishedCell::read(&text)));
        }
        report
    })
}

/// Reports with so many slips of this kind, each in another row; as many as there are rows to choose from, if that is fewer, and
/// of [`Slip::Shifted`] at most three. Every slip breaks an identity.
pub fn slips(kind: Slip, count: usize) -> impl Strategy<Value = Slipped> {
    let editions = select(Edition::all().collect::<Vec<_>>());
    editions.prop_flat_map(move |edition| {
        let layout = edition.layout();
        let rows: Vec<&'static Row> = layout.rows().iter().filter(|row| is_free(layout, row, kind)).collect();
        // Figures that trade places in the same columns could make up for each other.
        let pairs = rows.first().map_or(0, |row| row.parts().count() / 2);
        let count = count.min(if kind == Slip::Shifted { pairs } else { rows.len() });
        (right_reports(layout, true), subsequence(rows, count), vec(any::<Index>(), count)).prop_map(
            move |(right, rows, columns)| {
                let mut report = right.clone();
                for (nth, (row, column)) in rows.iter().zip(columns).enumerate() {
                    slip(&mut report, kind, row, column, nth);
                }
                let changed = |cell: &Cell| report.get(*cell) != right.get(*cell);
                let cells = layout.cells().iter().map(Entry::cell).filter(changed).collect();
                Slipped { right: accepted(right), report, cells }
            },
        )
    })
}

// ---- Right reports -------------------------------------------------------------------------------

/// Reports of this layout in which no rule finds anything, but for that on the layout. With `distinct` counts each has two
/// different digits, so that there is something to swap, to lose, to mistype, and no two of a row are equal.
fn right_reports(layout: Layout, distinct: bool) -> impl Strategy<Value = PublishedReport> {
    let (since, until) = layout.edition().years();
    let years = since..=until.unwrap_or(since + 20).min(Year::LAST - 1);
    (years, vec(0..if distinct { 12 } else { 60_u32 }, layout.cells().len())).prop_map(move |(year, drawn)| {
        let mut report = PublishedReport::zeros(layout);
        for (place, (entry, number)) in layout.cells().iter().zip(drawn).enumerate() {
            // The columns of a row are no more than six.
            let number = if distinct { of_two_digits(number * 6 + place as u32 % 6) } else { number.into() };
            let text = match entry.kind() {
                _ if is_total(entry) => continue,
                Kind::Count => number.to_string(),
                Kind::Change => (number - 30).to_string(),
                Kind::Amount => format!("{number}.{number}"),
            };
            put(&mut report, entry.cell(), PublishedCell::read(&text));
        }
        settle(&mut report);
        report.facts.year = Some(Year::new(year).expect("a year of the edition"));
        report.facts.title = Some(format!("示例市数据局{year}年政府信息公开工作年度报告"));
        report.facts.published_on = Some(Date::new(year + 1, 1, 20).expect("a day of the year after"));
        report
    })
}

/// A number from 0 to 71 as one of two different digits that are not 0.
fn of_two_digits(number: u32) -> i64 {
    let (tens, rest) = (1 + number / 8, 1 + number % 8);
    (10 * tens + if rest >= tens { rest + 1 } else { rest }).into()
}

/// Lets everything follow from what was drawn: the stock of documents, what was received, the totals.
fn settle(report: &mut PublishedReport) {
    let layout = report.layout();
    for balance in Balance::all(layout).iter().filter(|balance| !balance.is_exact()) {
        let count = |cell: &Cell| whole(report, *cell);
        let bound: i64 =
            balance.right().iter().map(count).sum::<i64>() - balance.left()[1..].iter().map(count).sum::<i64>();
        let in_force = balance.left()[0];
        let stock = whole(report, in_force) + bound.max(0);
        put(report, in_force, PublishedCell::read(&stock.to_string()));
    }
    let totals: Vec<Cell> = layout.cells().iter().filter(|entry| is_total(entry)).map(Entry::cell).collect();
    for cell in &totals {
        put(report, *cell, PublishedCell::not_found());
    }
    // What was carried in is part of what was dealt with: the rest was received.
    let all = report.clone().with_totals_from_parts();
    let rule = "requests-balance";
    for balance in Balance::all(layout).iter().filter(|balance| balance.rule.code == rule) {
        let [received, carried_in] = balance.left() else { continue };
        let dealt_with: i64 = balance.right().iter().map(|cell| whole(&all, *cell)).sum();
        let carried = whole(&all, *carried_in).min(dealt_with);
        if !totals.contains(received) {
            put(report, *carried_in, PublishedCell::read(&carried.to_string()));
            put(report, *received, PublishedCell::read(&(dealt_with - carried).to_string()));
        }
    }
    let all = report.clone().with_totals_from_parts();
    for cell in totals {
        put(report, cell, PublishedCell::read(&whole(&all, cell).to_string()));
    }
}

fn accepted(report: PublishedReport) -> AnnualReport {
    report.accept().unwrap_or_else(|refused| panic!("a report that is right by construction: {refused}"))
}

fn is_total(entry: &Entry) -> bool {
    entry.is_total() || entry.row().is_total()
}

fn whole(report: &PublishedReport, cell: Cell) -> i64 {
    report.get(cell).and_then(PublishedCell::whole_count).unwrap_or(0)
}

fn put(report: &mut PublishedReport, cell: Cell, found: PublishedCell) {
    report.set(cell, found).expect("a cell of the layout");
}

// ---- Slips ---------------------------------------------------------------------------------------

/// Whether the cells of a row are drawn, and a slip of this kind in them breaks an identity. Figures that trade places leave
/// the total of their row as it is: it takes columns that add up.
fn is_free(layout: Layout, row: &Row, kind: Slip) -> bool {
    let adds_up = layout.rows().iter().flat_map(Row::summed).any(|summed| summed == row);
    let is_settled = row.table() == Section::Requests && !adds_up;
    row.total().is_some() && !row.is_total() && !is_settled && (adds_up || kind != Slip::Shifted)
}

/// Puts a slip of this kind into a row.
fn slip(report: &mut PublishedReport, kind: Slip, row: &Row, column: Index, nth: usize) {
    let parts: Vec<Cell> = row.parts().map(Entry::cell).collect();
    let total = row.total().expect("a row that is free has a total").cell();
    let at = column.index(parts.len());
    let (right, sum) = (whole(report, parts[at]), whole(report, total));
    let (tens, ones) = (right / 10, right % 10);
    let mut print = |cell: Cell, number: i64| put(report, cell, PublishedCell::read(&number.to_string()));
    match kind {
        Slip::PrintedZero => print(parts[at], 0),
        Slip::DigitsSwapped => print(parts[at], 10 * ones + tens),
        Slip::DigitLost => print(parts[at], tens),
        Slip::DigitMistyped => print(parts[at], 10 * tens + (ones + 1) % 10),
        Slip::Shifted => {
            let pairs = parts.len() / 2;
            let at = 2 * ((column.index(pairs) + nth) % pairs);
            let (one, other) = (whole(report, parts[at]), whole(report, parts[at + 1]));
            put(report, parts[at], PublishedCell::read(&other.to_string()));
            put(report, parts[at + 1], PublishedCell::read(&one.to_string()));
        }
        Slip::CountedTwice => print(total, sum + right),
        Slip::LeftOut => print(total, sum - right),
        Slip::TotalNotUpdated => print(total, sum + 10_000),
    }
}
