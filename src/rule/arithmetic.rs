//! The identities of tables two and three.

use super::outcome::{FindingCell, Outcome, Reason, Side, Told};
use super::{Balance, Equation, Rule, Test};
use crate::catalogue::{Entry, Form, Row};
use crate::form::{Basis, Cell, Edition, Layout};
use crate::narrative::Section;
use crate::number::Number;
use crate::published::PublishedReport;
use crate::requests::Requests;
use crate::severity::Severity;

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "requests-balance",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50(2)"),
        zh: "第一项加第二项之和，等于第三项加第四项之和",
        en: "received plus carried in equals the total of outcomes plus carried out",
        not_checked_zh: "历年之间的结转（需要上一年度报告），以及每件申请的实际去向。",
        not_checked_en: "Carry-over from the year before, which needs its report, and what really became of each request.",
        holds: &[
            ("requests.received.natural_person", "3"),
            ("requests.outcomes.disclosed.natural_person", "2"),
            ("requests.carried_out.natural_person", "1"),
        ],
        breaks: &[("requests.received.natural_person", "4")],
        test: Test::Equal(balance),
    },
    Rule {
        code: "requests-outcome-total",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("36, 50(2)"),
        zh: "（七）总计等于各项办理结果之和",
        en: "the total of outcomes is the sum of the outcomes",
        not_checked_zh: "某件申请是否归入了正确的办理结果。",
        not_checked_en: "Whether a request was put under the right outcome.",
        holds: &[
            ("requests.received.natural_person", "2"),
            ("requests.outcomes.disclosed.natural_person", "1"),
            ("requests.outcomes.not_processed.repeated.natural_person", "1"),
        ],
        breaks: &[
            ("requests.outcomes.disclosed.natural_person", "0"),
            ("requests.outcomes.total.natural_person", "2"),
            ("requests.outcomes.total.total", "2"),
        ],
        test: Test::Equal(|layout| layout.rows().iter().filter(|row| row.is_total()).flat_map(sums_of_rows).collect()),
    },
    Rule {
        code: "requests-row-total",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50(2)"),
        zh: "总计等于各类申请人之和",
        en: "the total of a row is the sum of the applicants",
        not_checked_zh: "申请人是否归入了正确的类别。",
        not_checked_en: "Whether an applicant was put in the right column.",
        holds: &[
            ("requests.received.natural_person", "1"),
            ("requests.received.other", "2"),
            ("requests.carried_out.natural_person", "1"),
            ("requests.carried_out.other", "2"),
        ],
        breaks: &[("requests.received.total", "4"), ("requests.carried_out.total", "4")],
        test: Test::Equal(|layout| sums_of_cells(layout, Section::Requests)),
    },
    Rule {
        code: "proceedings-total",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50(3)"),
        zh: "总计等于结果维持、结果纠正、其他结果、尚未审结之和",
        en: "the total of proceedings is the sum of upheld, corrected, other and pending",
        not_checked_zh: "案件数是否与复议机关、法院的记录一致。",
        not_checked_en: "Whether the cases agree with the records of the authorities and courts.",
        holds: &[("proceedings.reconsideration.upheld", "2"), ("proceedings.reconsideration.pending", "1")],
        breaks: &[("proceedings.reconsideration.total", "2")],
        test: Test::Equal(|layout| sums_of_cells(layout, Section::Proceedings)),
    },
];

/// Column by column: received and carried in, outcomes and carried out.
fn balance(layout: Layout) -> Vec<Equation> {
    let Requests { received, carried_in, outcomes, carried_out } = &*Form::cells(layout).requests;
    let rows = [received.total, carried_in.total, outcomes.total.total, carried_out.total];
    let [Some(received), Some(carried_in), Some(outcomes), Some(carried_out)] = rows.map(|cell| layout.row_of(cell))
    else {
        return vec![];
    };
    let column = |entry: &Entry| {
        let of = |row: &Row| row.in_column(entry.column_key());
        Some(Equation { left: vec![entry.cell(), of(carried_in)?], right: vec![of(outcomes)?, of(carried_out)?] })
    };
    received.cells().iter().filter_map(column).collect()
}

/// Column by column: a row of totals is the sum of the rows of its group.
fn sums_of_rows(total: &Row) -> Vec<Equation> {
    let column = |entry: &Entry| Equation {
        left: vec![entry.cell()],
        right: total.summed().filter_map(|row| row.in_column(entry.column_key())).collect(),
    };
    total.cells().iter().map(column).collect()
}

/// Row by row: the total is the sum of the other cells.
fn sums_of_cells(layout: Layout, table: Section) -> Vec<Equation> {
    let rows = layout.rows().iter().filter(|row| row.table() == table);
    let sum = |row: &Row| {
        let total = row.total()?.cell();
        Some(Equation { left: vec![total], right: row.parts().map(Entry::cell).collect() })
    };
    rows.filter_map(sum).collect()
}

// ---- Equations -----------------------------------------------------------------------------------

/// The sums of both sides differ, or the left one is the smaller where it must not be.
pub(crate) fn mismatch(cells: &[FindingCell], left: i64, right: i64, exact: bool) -> Told {
    let difference = left - right;
    let sides = |comma, brackets| [Side::Left, Side::Right].map(|side| sum_text(cells, side, comma, brackets));
    let [total_zh, parts_zh] = sides("、", ["（合计 ", "）"]);
    let [total, parts] = sides(", ", [" (sum ", ")"]);
    let [zh, en] = if exact { ["应等于", "should equal"] } else { ["应不小于", "should be at least"] };
    Told {
        words: [
            format!("{total_zh}，{zh}{parts_zh}，相差 {}", difference.abs()),
            format!("{total} {en} {parts}, off by {}", difference.abs()),
        ],
        found: Some(left.to_string()),
        expected: Some(right.to_string()),
        difference: Some(difference),
        // The first cell is what the others add up to; it stands first in no other equation of the rule.
        ..Told::of_first(cells)
    }
}

/// `总计 11`, or `行 A 10、行 B 1（合计 11）`: the cells of a side that are not 0, and their sum.
fn sum_text(cells: &[FindingCell], side: Side, comma: &str, [open, close]: [&str; 2]) -> String {
    let cells: Vec<&FindingCell> = cells.iter().filter(|quoted| quoted.side == Some(side)).collect();
    let count = |quoted: &FindingCell| quoted.number.and_then(Number::whole).unwrap_or(0);
    let sum: i64 = cells.iter().map(|quoted| count(quoted)).sum();
    let term = |quoted: &&FindingCell| format!("{} {}", quoted.label, count(quoted));
    if let [only] = cells.as_slice() {
        return term(only);
    }
    let terms: Vec<String> = cells.iter().filter(|quoted| count(quoted) != 0).map(term).collect();
    match terms.is_empty() {
        true => "0".to_owned(),
        false => format!("{}{open}{sum}{close}", terms.join(comma)),
    }
}

/// [`Test::Equal`] and [`Test::AtLeast`]: the equations of one rule.
pub(crate) fn check<'b>(
    report: &PublishedReport,
    counts: &[i64],
    balances: impl Iterator<Item = &'b Balance>,
) -> Outcome {
    let mut outcome = Outcome::default();
    for balance in balances {
        let sides = || {
            let left = balance.equation.left.iter().map(|cell| (*cell, Side::Left));
            left.chain(balance.equation.right.iter().map(|cell| (*cell, Side::Right)))
        };
        match balance.sums(counts) {
            None => {
                let empty = |cell: &Cell| report.get(*cell).is_none_or(|found| found.count().is_none());
                outcome.skip(Reason::NoCount, sides().map(|(cell, _)| cell).filter(empty).collect());
            }
            Some((left, right)) if balance.holds(left, right) => outcome.pass += 1,
            Some((left, right)) => {
                let quoted = sides().filter_map(|(cell, side)| FindingCell::of(report, cell, Some(side)));
                let cells: Vec<FindingCell> = quoted.collect();
                let told = mismatch(&cells, left, right, balance.exact);
                outcome.fail(cells, told);
            }
        }
    }
    outcome
}
