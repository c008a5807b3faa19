//! One wrong figure, or two: the cells that are named.

use crate::common;
use ogi_report::repair::{Cause, Proposal, Slip};
use ogi_report::strategies::slips;
use ogi_report::{Cell, Finding, Form, Language, Layout, PublishedCell, PublishedReport};
use proptest::prelude::*;

fn count(report: &PublishedReport, cell: Cell) -> i64 {
    report.get(cell).unwrap().number().unwrap().whole().unwrap()
}

fn print(report: &mut PublishedReport, cell: Cell, value: i64) {
    report.set(cell, PublishedCell::read(&value.to_string())).unwrap();
}

fn blank(report: &mut PublishedReport, cell: Cell) {
    report.set(cell, PublishedCell::read("")).unwrap();
}

/// The cells of the proposals, in their order.
fn sets(cause: &Cause) -> Vec<Vec<Cell>> {
    cause.proposals.iter().map(|proposal| proposal.changes.iter().map(|change| change.cell).collect()).collect()
}

/// Whether one proposal of each cause mends the report.
fn is_mended(report: &PublishedReport, causes: &[Cause], choose: impl Fn(&Cause) -> usize) -> bool {
    let mut mended = report.clone();
    for cause in causes {
        let Some(proposal) = cause.proposals.get(choose(cause)) else { return false };
        for change in &proposal.changes {
            match change.value() {
                Some(value) => print(&mut mended, change.cell, value),
                // Open counts depend on each other: any that fit do.
                None => blank(&mut mended, change.cell),
            }
        }
        proposal.filled.iter().for_each(|(cell, value)| print(&mut mended, *cell, *value));
    }
    mended.repair().is_empty()
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

/// The cells of an equation.
fn cells(balance: &ogi_report::Balance) -> impl Iterator<Item = Cell> {
    balance.left().iter().chain(balance.right()).copied()
}

#[test]
fn a_consistent_report_has_no_cause() {
    for layout in Layout::newest_first() {
        assert!(PublishedReport::zeros(layout).repair().is_empty(), "{layout}");
        assert!(common::small(layout).repair().is_empty(), "{layout}");
    }
}

/// Any one cell of table two, with any other figure: it alone is named.
#[test]
fn a_slip_in_table_two_is_named() {
    for layout in Layout::newest_first() {
        let right = common::small(layout);
        for cell in requests(layout) {
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
                assert_eq!((change.cell, change.printed, change.value()), (cell, value, Some(before)));
                assert_eq!(proposal.rank, 1);
                // What fails is what the cell stands in.
                assert!(cause.equations.iter().all(|balance| cells(balance).any(|of| of == cell)));
            }
        }
    }
}

#[test]
fn all_cells_of_a_group_of_table_three_are_named_and_ranked() {
    let mut report = common::small(Layout::EDITION_2021);
    let rulings = &Form::cells(Layout::EDITION_2021).proceedings.reconsideration;
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
        let mut report = common::small(Layout::EDITION_2021);
        let requests = &Form::cells(Layout::EDITION_2021).requests;
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
    let cell = Form::cells(Layout::EDITION_2021).requests.outcomes.disclosed.natural_person;
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
    let total = Form::cells(Layout::EDITION_2021).requests.outcomes.total.natural_person;
    let right_total = count(&right, total);
    for (printed, slip) in [(right_total + value, Slip::CountedTwice), (right_total - value, Slip::LeftOut)] {
        let mut wrong = right.clone();
        print(&mut wrong, total, printed);
        assert_eq!(one(&wrong).proposals[0].changes[0].slip, Some(slip));
    }
    // A figure that stands one column to the right.
    let mut wrong = right.clone();
    let beside = Form::cells(Layout::EDITION_2021).requests.outcomes.disclosed.commercial_enterprise;
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
    let right = common::small(Layout::EDITION_2021);
    let cells = &Form::cells(Layout::EDITION_2021).requests;
    let mut report = right.clone();
    report.set(cells.received.total, PublishedCell::read("")).unwrap();
    assert!(report.repair().is_empty());
    let slip = cells.outcomes.disclosed.natural_person;
    let before = count(&right, slip);
    print(&mut report, slip, before + 5);
    let cause = one(&report);
    let proposal = cause.proposals.iter().find(|proposal| proposal.changes[0].cell == slip).unwrap();
    assert_eq!(proposal.changes[0].value(), Some(before));
    let [filled] = proposal.filled[..] else { panic!("{proposal:?}") };
    assert_eq!(filled, (cells.received.total, count(&right, cells.received.total)));
}

#[test]
fn prices_decide_between_sets() {
    let mut report = common::small(Layout::EDITION_2021);
    let rulings = &Form::cells(Layout::EDITION_2021).proceedings.reconsideration;
    let total = count(&report, rulings.total);
    print(&mut report, rulings.total, total + 1);
    let causes = report.repair_with(|cell| if cell == rulings.upheld { 1 } else { 5 });
    assert_eq!(causes[0].proposals.len(), 1);
    assert_eq!(causes[0].proposals[0].changes[0].cell, rulings.upheld);
}

/// Beside blanks an equation can hold with no count that there is.
#[test]
fn blanks_are_no_less_than_nothing() {
    let rulings = &Form::cells(Layout::EDITION_2021).proceedings.reconsideration;
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    for (cell, value) in [(rulings.upheld, 5), (rulings.corrected, 0), (rulings.total, 3)] {
        print(&mut report, cell, value);
    }
    for blanks in [vec![rulings.pending], vec![rulings.other, rulings.pending]] {
        blanks.iter().for_each(|cell| blank(&mut report, *cell));
        let cause = one(&report);
        assert!(cause.complete);
        assert_eq!(cause.equations.len(), 1);
        assert_eq!(cause.equations[0].left(), [rulings.total]);
        assert_eq!(sets(&cause), [[rulings.upheld], [rulings.total]]);
        let bounds: Vec<_> = cause.proposals.iter().map(|proposal| &proposal.changes[0]).collect();
        assert_eq!((bounds[0].lowest, bounds[0].highest, bounds[0].value()), (0, Some(3), None));
        assert_eq!((bounds[1].lowest, bounds[1].highest, bounds[1].value()), (5, None, None));
    }
    assert_eq!(
        one(&report).message(Language::English),
        "this equation does not hold:\n  \
         the total of proceedings is the sum of upheld, corrected, other and pending: 行政复议 · 总计\n\
         possibility 1 (a tie):\n  行政复议 · 结果维持 is 5, expected 0 to 3\n\
         possibility 2 (a tie):\n  行政复议 · 总计 is 3, expected 5 or more"
    );
    assert_eq!(
        one(&report).message(Language::Chinese),
        "这一条勾稽关系不成立：\n  总计等于结果维持、结果纠正、其他结果、尚未审结之和：行政复议 · 总计\n\
         可能 1（并列）：\n  行政复议 · 结果维持 印作 5，应在 0 到 3 之间\n\
         可能 2（并列）：\n  行政复议 · 总计 印作 3，应不小于 5"
    );
    let json = serde_json::to_value(one(&report)).unwrap();
    assert_eq!(json["equations"][0]["left"][0], "proceedings.reconsideration.total");
    assert_eq!(json["proposals"][0]["changes"][0]["cell"], "proceedings.reconsideration.upheld");
}

/// A row of table two of which two equations can hold each, but not both.
#[test]
fn equations_that_fail_only_together_are_named() {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    let outcomes = &Form::cells(Layout::EDITION_2021).requests.outcomes;
    let (row, open) = (&outcomes.disclosed, outcomes.disclosed.natural_person);
    blank(&mut report, open);
    print(&mut report, row.total, 4);
    print(&mut report, outcomes.total.total, 4);
    print(&mut report, outcomes.total.natural_person, 3);
    let causes = report.repair();
    assert!(causes.iter().all(|cause| !cause.equations.is_empty() && !cause.proposals.is_empty()));
    let mentions = |balance: &&ogi_report::Balance| cells(balance).any(|cell| cell == open);
    assert_eq!(causes.iter().flat_map(|cause| &cause.equations).copied().filter(mentions).count(), 2);
}

/// The totals of five rows are left at 0: five slips that have nothing to do with each other.
#[test]
fn slips_that_have_nothing_to_do_with_each_other_are_causes_of_their_own() {
    let right = common::small(Layout::EDITION_2021);
    let outcomes = &Form::cells(Layout::EDITION_2021).requests.outcomes;
    let totals = [
        outcomes.disclosed.total,
        outcomes.partially_disclosed.total,
        outcomes.withheld.state_secret.total,
        outcomes.withheld.third_party_rights.total,
        outcomes.not_processed.repeated.total,
    ];
    let mut wrong = right.clone();
    totals.iter().for_each(|cell| print(&mut wrong, *cell, 0));
    let causes = wrong.repair();
    assert_eq!(causes.len(), totals.iter().filter(|cell| count(&right, **cell) != 0).count());
    assert!(causes.len() > 3);
    for cause in &causes {
        let [proposal] = &cause.proposals[..] else { panic!("{cause:?}") };
        let [change] = &proposal.changes[..] else { panic!("{proposal:?}") };
        assert!(cause.complete && totals.contains(&change.cell));
        assert_eq!((change.value(), change.slip), (Some(count(&right, change.cell)), Some(Slip::PrintedZero)));
        // Its row, and the column that all of them are in.
        assert!(cause.equations.iter().all(|balance| cells(balance).any(|cell| cell == change.cell)));
    }
}

/// Far too many wrong figures: it says so, in time.
#[test]
fn what_cannot_be_mended_is_said() {
    let mut report = common::small(Layout::EDITION_2021);
    for (number, cell) in requests(Layout::EDITION_2021).into_iter().enumerate() {
        print(&mut report, cell, (number * number % 101) as i64);
    }
    let cause = one(&report);
    assert!(cause.complete && cause.proposals.is_empty() && !cause.equations.is_empty());
    assert!(cause.message(Language::English).ends_with("more than 8 cells are wrong"));
}

/// Three figures of a row stand one cell to the right.
#[test]
fn a_row_that_is_one_cell_off_is_told() {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    let cells = &Form::cells(Layout::EDITION_2021).requests;
    let person = |row: &ogi_report::Checked<ogi_report::requests::Applicants<ogi_report::Cells>>| {
        [row.natural_person, row.commercial_enterprise, row.research_institution, row.total]
    };
    let rows = [&cells.received, &cells.outcomes.disclosed, &cells.outcomes.total].map(person);
    for row in rows {
        row.into_iter().zip([4, 2, 0, 6]).for_each(|(cell, value)| print(&mut report, cell, value));
    }
    assert!(report.repair().is_empty());
    rows[1].into_iter().zip([0, 4, 2]).for_each(|(cell, value)| print(&mut report, cell, value));
    let cause = one(&report);
    let first = &cause.proposals[0];
    assert_eq!(first.changes.iter().map(|change| change.cell).collect::<Vec<_>>(), rows[1][..3]);
    assert!(first.changes.iter().all(|change| change.slip == Some(Slip::Shifted)));
}

#[test]
fn a_price_for_all_changes_nothing() {
    let mut report = common::small(Layout::EDITION_2021);
    let all = requests(Layout::EDITION_2021);
    print(&mut report, all[8], 900);
    print(&mut report, all[30], 900);
    blank(&mut report, all[9]);
    let said = |causes: Vec<Cause>| causes.iter().map(|cause| cause.message(Language::English)).collect::<Vec<_>>();
    for price in [0, 2, u32::MAX] {
        assert_eq!(said(report.repair_with(|_| price)), said(report.repair()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::common::cases(60), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is proposed mends the report, beside blanks too: any choice of one proposal from each cause.
    #[test]
    fn proposals_mend_the_report(
        layout in common::layouts(),
        slips in prop::collection::vec((any::<prop::sample::Index>(), 0..5000_i64), 1..4),
        blanks in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        choice: prop::sample::Index,
    ) {
        let right = common::small(layout);
        let cells = requests(layout);
        let mut wrong = right.clone();
        blanks.iter().for_each(|at| blank(&mut wrong, *at.get(&cells)));
        // A blank is what is not known, never what is wrong.
        prop_assert!(wrong.repair().is_empty());
        for (at, value) in &slips {
            print(&mut wrong, *at.get(&cells), *value);
        }
        let causes = wrong.repair();
        let mut fewest = 0;
        for cause in &causes {
            prop_assert!(cause.complete && !cause.proposals.is_empty() && !cause.equations.is_empty(), "{cause:?}");
            fewest += cause.proposals[0].changes.len();
            for change in cause.proposals.iter().flat_map(|proposal| &proposal.changes) {
                prop_assert!(change.printed < change.lowest || change.highest.is_some_and(|highest| highest < change.printed));
            }
        }
        prop_assert!(fewest <= slips.len());
        if !causes.is_empty() {
            prop_assert!(is_mended(&wrong, &causes, |cause| choice.index(cause.proposals.len())), "{causes:?}");
        }
        // Each bound is a count that can be, the others being what they may.
        if let [cause] = &causes[..] {
            let proposal = &cause.proposals[choice.index(cause.proposals.len())];
            for change in &proposal.changes {
                for value in [change.lowest, change.highest.unwrap_or(change.lowest + 100_000)] {
                    let mut mended = wrong.clone();
                    proposal.changes.iter().for_each(|change| blank(&mut mended, change.cell));
                    print(&mut mended, change.cell, value);
                    prop_assert!(mended.repair().is_empty(), "{change:?}");
                    print(&mut mended, change.cell, change.printed);
                    prop_assert!(!mended.repair().is_empty(), "{change:?}");
                }
            }
        }
        // To know less is never to find more wrong.
        if let Some(at) = blanks.first() {
            let mut vaguer = wrong.clone();
            blank(&mut vaguer, cells[at.index(cells.len())]);
            blank(&mut vaguer, *slips[0].0.get(&cells));
            let least: usize = vaguer.repair().iter().map(|cause| cause.proposals[0].changes.len()).sum();
            prop_assert!(least <= fewest);
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

// ---- Slips of a known kind -----------------------------------------------------------------------

fn kinds() -> impl Strategy<Value = Slip> {
    proptest::sample::select(vec![
        Slip::PrintedZero,
        Slip::DigitsSwapped,
        Slip::DigitLost,
        Slip::DigitMistyped,
        Slip::Shifted,
        Slip::CountedTwice,
        Slip::LeftOut,
        Slip::TotalNotUpdated,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::common::cases(80), failure_persistence: None, ..ProptestConfig::default() })]

    /// A strategy that did not do as it says would make every test with it worthless.
    #[test]
    fn slips_are_in_the_cells_that_are_named_and_break_an_identity(slipped in kinds().prop_flat_map(|kind| slips(kind, 3))) {
        let right = PublishedReport::from(slipped.right.clone());
        prop_assert_eq!(right.check().findings, []);
        prop_assert!(slipped.cells.len() >= 3);
        for (entry, cell) in slipped.report.cells() {
            let is_changed = cell.number() != right.get(entry.cell()).unwrap().number();
            prop_assert_eq!(is_changed, slipped.cells.contains(&entry.cell()), "{}", entry.path());
        }
        let findings = slipped.report.check().findings;
        for cell in &slipped.cells {
            let quotes = |finding: &Finding| finding.cells.iter().any(|quoted| quoted.cell == *cell);
            prop_assert!(findings.iter().any(quotes), "{cell} breaks nothing");
        }
    }

    /// A clerk mends one figure: it is told once, with all that it breaks.
    #[test]
    fn one_slip_is_one_problem(slipped in kinds().prop_flat_map(|kind| slips(kind, 1))) {
        let checked = slipped.report.check();
        let problems = slipped.report.problems(&checked);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        prop_assert_eq!(problem.findings.len(), checked.findings.len());
        let changes = problem.likely.iter().flat_map(|proposal| &proposal.changes);
        let changed: Vec<Cell> = changes.map(|change| change.cell).collect();
        prop_assert!(slipped.cells.iter().all(|cell| changed.contains(cell)), "{changed:?} for {:?}", slipped.cells);
    }

    #[test]
    fn one_slip_is_found_with_its_kind_and_the_right_count(
        (kind, slipped) in kinds().prop_flat_map(|kind| (Just(kind), slips(kind, 1)))
    ) {
        let causes = slipped.report.repair();
        let [cause] = causes.as_slice() else { panic!("{causes:?}") };
        let mends = |proposal: &&Proposal| {
            proposal.changes.iter().all(|change| {
                let right = slipped.right.get(change.cell).map(|figure| figure.to_string());
                change.value().map(|value| value.to_string()) == right
            })
        };
        let proposal = cause.proposals.iter().find(mends).unwrap();
        let cells: Vec<Cell> = proposal.changes.iter().map(|change| change.cell).collect();
        prop_assert_eq!(&cells, &slipped.cells);
        // 总计 is the sum, whatever it was; of a part it can look like more than one kind.
        if matches!(kind, Slip::PrintedZero | Slip::DigitsSwapped | Slip::Shifted) {
            prop_assert_eq!(proposal.changes[0].slip, Some(kind));
        }
    }
}

// ---- Problems ------------------------------------------------------------------------------------

/// The sums leave two ways, and a sentence of section one tells which.
#[test]
fn the_prose_settles_what_the_sums_leave_open() {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    for (path, printed) in [
        ("proceedings.reconsideration.upheld", "3"),
        ("proceedings.reconsideration.corrected", "2"),
        ("proceedings.reconsideration.total", "6"),
    ] {
        report.set(crate::common::cell(path), PublishedCell::read(printed)).unwrap();
    }
    let problem = |report: &PublishedReport| {
        let checked = report.check();
        let problems = report.problems(&checked);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!(problem.findings.len(), checked.findings.len());
        (problem.cell().map(|cell| cell.path()), problem.likely.len(), problem.message(Language::Chinese))
    };
    let (cell, ways, message) = problem(&report);
    assert_eq!((cell, ways > 1), (None, true), "{message}");
    assert!(message.starts_with(&format!("有 {ways} 种改法，可能性相同，须核对原始记录：1）")), "{message}");
    let said = "主动公开、政府信息管理、平台建设和监督保障均按要求开展。依申请公开引起的行政复议5件。";
    report.facts.overview.as_mut().unwrap().parts[0].text = said.to_owned();
    let (cell, ways, message) = problem(&report);
    assert_eq!((cell, ways), (Some("proceedings.reconsideration.total"), 1), "{message}");
}

/// Slips that have nothing to do with each other, and what is no sum.
#[test]
fn three_slips_are_three_problems_and_the_rest_stays_apart() {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    for path in [
        "requests.outcomes.disclosed.other",
        "proceedings.reconsideration.upheld",
        "proceedings.litigation.direct.upheld",
    ] {
        report.set(crate::common::cell(path), PublishedCell::read("7")).unwrap();
    }
    report.set(crate::common::cell("article20.item6.penalty.decisions"), PublishedCell::read("")).unwrap();
    let checked = report.check();
    let problems = report.problems(&checked);
    assert_eq!(problems.len(), 4);
    let told: usize = problems.iter().map(|problem| problem.findings.len()).sum();
    assert_eq!(told, checked.findings.len());
    let missing = problems.iter().find(|problem| problem.likely.is_empty()).unwrap();
    assert_eq!(missing.cell().map(|cell| cell.path()), Some("article20.item6.penalty.decisions"));
    let text = report.summary(&checked);
    assert!(text.contains("发现 4 个问题："), "{text}");
}

/// What nobody looked at comes before the good news.
#[test]
fn what_was_not_evaluated_is_said_before_no_problem() {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    report.facts.published_on = None;
    let text = report.summary(&report.check());
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(at("项未核对：") < at("其余未发现问题"));
}
