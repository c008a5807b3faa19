//! One wrong figure, or two: the cells that are named.

mod common;

use ogi_report::repair::{Cause, Slip};
use ogi_report::{Cell, Form, Layout, PublishedCell, PublishedReport, portable};
use proptest::prelude::*;

fn count(report: &PublishedReport, cell: Cell) -> i64 {
    report.get(cell).unwrap().number().unwrap().whole().unwrap()
}

fn print(report: &mut PublishedReport, cell: Cell, value: i64) {
    report.set(cell, PublishedCell::read(&value.to_string())).unwrap();
}

/// The cells of table two.
fn requests(layout: Layout) -> Vec<Cell> {
    layout.cells().iter().filter(|entry| entry.path().starts_with("requests.")).map(|entry| entry.cell()).collect()
}

fn one(report: &PublishedReport) -> Cause {
    let causes = report.repair();
    assert_eq!(causes.len(), 1);
    causes.into_iter().next().unwrap()
}

#[test]
fn a_consistent_report_has_no_cause() {
    for case in portable::cases().iter().filter(|case| case.name.ends_with(".right") || case.name.ends_with(".zeros")) {
        assert!(case.report.repair().is_empty(), "{}", case.name);
    }
}

/// Any one cell of table two, with any other figure: it alone is named.
#[test]
fn a_slip_in_table_two_is_named() {
    for layout in Layout::ALL {
        let right = common::small(*layout);
        for cell in requests(*layout) {
            let before = count(&right, cell);
            for value in [0, 1, before + 1, before * 10, before + 1000] {
                if value == before {
                    continue;
                }
                let mut wrong = right.clone();
                print(&mut wrong, cell, value);
                let cause = one(&wrong);
                let [proposal] = cause.proposals.as_slice() else { panic!("{cell}: {:?}", cause.proposals) };
                let [change] = proposal.changes.as_slice() else { panic!("{cell}: {proposal:?}") };
                assert_eq!((change.cell, change.printed, change.value), (cell, value, before));
                assert_eq!(proposal.rank, 1);
                // What fails is what the cell stands in.
                assert!(cause.equations.iter().all(|balance| balance.equation.cells().any(|of| of == cell)));
            }
        }
    }
}

#[test]
fn all_cells_of_a_group_of_table_three_are_named_and_ranked() {
    let mut report = common::small(Layout::Edition2021);
    let rulings = &Form::cells(Layout::Edition2021).proceedings.reconsideration;
    let total = count(&report, rulings.total);
    print(&mut report, rulings.total, total + 1);
    let cause = one(&report);
    let cells: Vec<Cell> = cause.proposals.iter().map(|proposal| proposal.changes[0].cell).collect();
    assert_eq!(cells.len(), 5);
    let ranks: Vec<usize> = cause.proposals.iter().map(|proposal| proposal.rank).collect();
    assert!(ranks.is_sorted() && ranks[0] == 1);
    assert!(cause.proposals.iter().any(|proposal| proposal.changes[0].cell == rulings.total));
    // A part cannot be less than nothing.
    print(&mut report, rulings.total, 0);
    let cells: Vec<Cell> = one(&report).proposals.iter().map(|proposal| proposal.changes[0].cell).collect();
    assert_eq!(cells, [rulings.total]);
}

#[test]
fn slips_are_told_by_their_digits() {
    let right = {
        let mut report = common::small(Layout::Edition2021);
        let requests = &Form::cells(Layout::Edition2021).requests;
        for cell in [requests.received.natural_person, requests.received.total] {
            let more = count(&report, cell) + 4700;
            print(&mut report, cell, more);
        }
        for row in [&requests.outcomes.disclosed, &requests.outcomes.total] {
            for cell in [row.natural_person, row.total] {
                let more = count(&report, cell) + 4700;
                print(&mut report, cell, more);
            }
        }
        report
    };
    assert!(right.repair().is_empty());
    let cell = Form::cells(Layout::Edition2021).requests.outcomes.disclosed.natural_person;
    let value = count(&right, cell);
    let text = value.to_string();
    let swapped: String = [&text[..1], &text[2..3], &text[1..2], &text[3..]].concat();
    for (printed, slip) in [
        (0, Slip::PrintedZero),
        (value * 10 + 3, Slip::DigitLost),
        (value / 10, Slip::DigitLost),
        (value + 2000, Slip::DigitMistyped),
        (swapped.parse().unwrap(), Slip::DigitsSwapped),
    ] {
        let mut wrong = right.clone();
        print(&mut wrong, cell, printed);
        assert_eq!(one(&wrong).proposals[0].changes[0].slip, Some(slip), "{printed} for {value}");
    }
    // A total that has a part twice, and lacks one.
    let total = Form::cells(Layout::Edition2021).requests.outcomes.total.natural_person;
    let right_total = count(&right, total);
    for (printed, slip) in [(right_total + value, Slip::CountedTwice), (right_total - value, Slip::LeftOut)] {
        let mut wrong = right.clone();
        print(&mut wrong, total, printed);
        assert_eq!(one(&wrong).proposals[0].changes[0].slip, Some(slip));
    }
    // A figure that stands one column to the right.
    let mut wrong = right.clone();
    let beside = Form::cells(Layout::Edition2021).requests.outcomes.disclosed.commercial_enterprise;
    let other = count(&right, beside);
    print(&mut wrong, cell, other);
    print(&mut wrong, beside, value);
    let cause = one(&wrong);
    assert_eq!(
        cause.proposals[0].changes.iter().map(|change| change.slip).collect::<Vec<_>>(),
        [Some(Slip::Shifted); 2]
    );
}

#[test]
fn blanks_are_unknowns() {
    let right = common::small(Layout::Edition2021);
    let cells = &Form::cells(Layout::Edition2021).requests;
    let mut report = right.clone();
    report.set(cells.received.total, PublishedCell::read("")).unwrap();
    assert!(report.repair().is_empty());
    let slip = cells.outcomes.disclosed.natural_person;
    let before = count(&right, slip);
    print(&mut report, slip, before + 5);
    let cause = one(&report);
    let proposal = cause.proposals.iter().find(|proposal| proposal.changes[0].cell == slip).unwrap();
    assert_eq!(proposal.changes[0].value, before);
    assert_eq!(proposal.filled, [(cells.received.total, count(&right, cells.received.total))]);
}

#[test]
fn prices_decide_between_sets() {
    let mut report = common::small(Layout::Edition2021);
    let rulings = &Form::cells(Layout::Edition2021).proceedings.reconsideration;
    let total = count(&report, rulings.total);
    print(&mut report, rulings.total, total + 1);
    let causes = report.repair_with(|cell| if cell == rulings.upheld { 1 } else { 5 });
    assert_eq!(causes[0].proposals.len(), 1);
    assert_eq!(causes[0].proposals[0].changes[0].cell, rulings.upheld);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is proposed mends the table.
    #[test]
    fn proposals_mend_the_table(
        layout in common::layouts(),
        slips in prop::collection::vec((any::<prop::sample::Index>(), 0..5000_i64), 1..4),
    ) {
        let mut wrong = common::small(layout);
        let cells = requests(layout);
        for (at, value) in slips {
            print(&mut wrong, *at.get(&cells), value);
        }
        for cause in wrong.repair() {
            prop_assert!(!cause.proposals.is_empty());
            for proposal in &cause.proposals {
                let mut mended = wrong.clone();
                proposal.changes.iter().for_each(|change| print(&mut mended, change.cell, change.value));
                prop_assert!(mended.repair().is_empty(), "{proposal:?}");
            }
        }
    }

    /// Never more cells are changed than slipped.
    #[test]
    fn proposals_are_no_larger_than_the_slip(
        layout in common::layouts(),
        first: prop::sample::Index,
        second: prop::sample::Index,
        values in (0..5000_i64, 0..5000_i64),
    ) {
        let right = common::small(layout);
        let cells = requests(layout);
        let (one, other) = (*first.get(&cells), *second.get(&cells));
        let mut wrong = right.clone();
        print(&mut wrong, one, values.0);
        print(&mut wrong, other, values.1);
        let slipped: Vec<Cell> = cells.iter().copied().filter(|cell| count(&wrong, *cell) != count(&right, *cell)).collect();
        if let [cause] = wrong.repair().as_slice() {
            prop_assert!(cause.proposals.iter().all(|proposal| proposal.changes.len() <= slipped.len()));
        }
    }
}
