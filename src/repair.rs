//! Which figure is most likely the slip: the fewest cells whose change makes the identities of the form hold.
//!
//! A wrong figure breaks every equation it is in, and a clerk who sees three failed sums looks in three places. Here the
//! failed equations are the consequences, and the cells that could have caused them come first: all sets of the smallest
//! size that would mend the table (the approach of Fellegi and Holt), with the value that the equations then give.
//!
//! Cells that hold no count (blank, missing, not applicable, unreadable) are free: unknown counts of 0 or more that cost
//! nothing. The search is exact, and [`Cause::complete`] says whether it came to its end. Slips that have nothing to do with
//! each other are separate causes: any choice of one proposal from each mends the report. Nothing is changed: these are
//! proposals, and where several explain the same, all of them are listed.
//!
//! ```
//! use ogi_report::{Layout, PublishedCell, PublishedReport};
//! let mut report = PublishedReport::zeros(Layout::EDITION_2021);
//! report.set("requests.outcomes.disclosed.other".parse()?, PublishedCell::read("7"))?;
//! let [cause] = report.repair().try_into().unwrap();
//! assert_eq!(cause.equations.len(), 2);
//! let change = &cause.proposals[0].changes[0];
//! assert_eq!((change.cell.path(), change.printed, change.value()), ("requests.outcomes.disclosed.other", 7, Some(0)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod network;
mod search;

use network::{CellSet, Flow, TABLES, Table, bits};
use search::{MOST_STEPS, Search};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::catalogue::Entry;
use crate::form::Cell;
use crate::language::Language;
use crate::place::Place;
use crate::published::PublishedReport;
use crate::rule::{Balance, NO_COUNT};
use crate::text::showable;

pub use search::MOST_CHANGES;

/// How many proposals a text lists.
const MOST_LISTED: usize = 10;

/// Equations that fail together, and what could have caused it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Cause {
    /// The equations that cannot hold, in the order of the rules: the consequences. Beside blank cells some of them can hold
    /// each by itself, but not all of them together.
    pub equations: Vec<&'static Balance>,
    /// The changes that would make all of them hold, the likeliest first.
    pub proposals: Vec<Proposal>,
    /// Whether the search came to its end. If so, the proposals are all there are of the lowest price, and where there is
    /// none more than [`MOST_CHANGES`] cells are wrong. If not, there may be others; but where every change has the same
    /// price, none of fewer cells.
    pub complete: bool,
}

/// Cells whose change would make every equation of the cause hold.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Proposal {
    /// The place in the order of likelihood, from 1; what is equally likely has the same.
    pub rank: usize,
    /// The cells, in the form's order.
    pub changes: Vec<Correction>,
    /// Cells without a count whose count the equations then determine, in the form's order.
    pub filled: Vec<(Cell, i64)>,
}

/// A changed cell.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Correction {
    /// The cell.
    pub cell: Cell,
    /// The count that is printed.
    pub printed: i64,
    /// The lowest count that the equations allow.
    pub lowest: i64,
    /// The highest count that the equations allow; none if they allow any.
    pub highest: Option<i64>,
    /// What kind of slip it looks like.
    pub slip: Option<Slip>,
    /// Where the cell is in the source.
    pub place: Option<Place>,
}

impl Correction {
    /// The count that the equations ask for; `None` if cells without a count leave it open.
    pub fn value(&self) -> Option<i64> {
        self.highest.filter(|highest| *highest == self.lowest)
    }
}

/// Kinds of slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Slip {
    /// 0 is printed where there is a figure.
    PrintedZero,
    /// Two neighbouring digits are swapped.
    DigitsSwapped,
    /// One digit is too many or missing.
    DigitLost,
    /// One digit is another.
    DigitMistyped,
    /// The figures of a row or column are one cell off, or two of them in each other's place.
    Shifted,
    /// The total has one of its parts twice.
    CountedTwice,
    /// The total lacks one of its parts.
    LeftOut,
    /// The total is not the sum of its parts, and none of the above explains why.
    TotalNotUpdated,
}

impl Slip {
    /// The name in this language.
    pub fn label(self, language: Language) -> &'static str {
        language.of(match self {
            Slip::PrintedZero => ["误填为 0", "0 printed for a figure"],
            Slip::DigitsSwapped => ["相邻数字颠倒", "neighbouring digits swapped"],
            Slip::DigitLost => ["多写或漏写一位数字", "a digit too many or missing"],
            Slip::DigitMistyped => ["一位数字有误", "one digit mistyped"],
            Slip::Shifted => ["与相邻一格错位", "one cell off"],
            Slip::CountedTwice => ["总计重复计入一项", "the total has a part twice"],
            Slip::LeftOut => ["总计漏计一项", "the total lacks a part"],
            Slip::TotalNotUpdated => ["总计未更新", "the total was not updated"],
        })
    }
}

impl PublishedReport {
    /// The identities that cannot hold, put together where one slip can explain them, each with the changes that would mend
    /// them.
    pub fn repair(&self) -> Vec<Cause> {
        self.repair_with(|_| 1)
    }

    /// The same with a price for changing each printed count: the sets of the lowest price are listed, of these the ones of
    /// fewest cells.
    ///
    /// Cells without a count are free whatever is filled in. For a price on filling blanks, take them for 0 first
    /// ([`PublishedReport::with_blanks_as_zero`]): the price of such a cell is then that of any figure but 0.
    pub fn repair_with(&self, price: impl Fn(Cell) -> u32) -> Vec<Cause> {
        let counts = self.counts();
        TABLES.of(self.layout()).iter().flat_map(|table| System::new(self, &counts, table).causes(&price)).collect()
    }
}

// ---- Text ----------------------------------------------------------------------------------------

impl Cause {
    /// The cause in this language, several lines.
    pub fn message(&self, language: Language) -> String {
        let say = |words: [String; 2]| language.of(words);
        let [comma, colon] = language.of([["、", "："], [", ", ": "]]);
        let mut lines = vec![match self.equations.len() {
            1 => say(["这一条勾稽关系不成立：".into(), "this equation does not hold:".into()]),
            more => {
                say([format!("这 {more} 条勾稽关系不能都成立："), format!("these {more} equations cannot all hold:")])
            }
        }];
        let equation = |balance: &&Balance| {
            format!("  {}{colon}{}", language.of([balance.rule.zh, balance.rule.en]), labels(balance, comma))
        };
        lines.extend(self.equations.iter().map(equation));
        for (number, proposal) in (1..).zip(self.proposals.iter().take(MOST_LISTED)) {
            let is_tie = self.proposals.iter().filter(|other| other.rank == proposal.rank).count() > 1;
            let tie = language.of(if is_tie { ["（并列）", " (a tie)"] } else { ["", ""] });
            lines.push(say([format!("可能 {number}{tie}："), format!("possibility {number}{tie}:")]));
            lines.extend(proposal.changes.iter().map(|change| format!("  {}", change.message(language))));
            let filled = |(cell, value): &(Cell, i64)| {
                let label = cell.label();
                say([format!("  未填的 {label} 则为 {value}"), format!("  {label}, not filled in, is then {value}")])
            };
            lines.extend(proposal.filled.iter().map(filled));
        }
        match self.proposals.len() {
            0 if self.complete => lines.push(say([
                format!("需要更正的超过 {MOST_CHANGES} 格，无法推断。"),
                format!("more than {MOST_CHANGES} cells are wrong"),
            ])),
            0 => lines.push(say([
                "情形过多，未能找到更正的办法。".into(),
                "too much to go through: no correction was found".into(),
            ])),
            count if count > MOST_LISTED => {
                let more = count - MOST_LISTED;
                lines.push(say([format!("此外还有 {more} 种可能。"), format!("and {more} more possibilities")]));
            }
            _ => {}
        }
        if !self.complete && !self.proposals.is_empty() {
            lines.push(say([
                "情形过多，未能逐一核对，可能还有别的更正办法。".into(),
                "too much to go through: there may be other corrections".into(),
            ]));
        }
        lines.join("\n")
    }
}

impl Correction {
    /// The correction in this language, one line.
    pub fn message(&self, language: Language) -> String {
        let (lowest, label, printed) = (self.lowest, self.cell.label(), self.printed);
        let value = language.of(match self.highest {
            Some(highest) if lowest == highest => [format!("应为 {lowest}"), format!("expected {lowest}")],
            Some(highest) => [format!("应在 {lowest} 到 {highest} 之间"), format!("expected {lowest} to {highest}")],
            None => [format!("应不小于 {lowest}"), format!("expected {lowest} or more")],
        });
        let [open, close] = language.of([["（", "）"], [" (", ")"]]);
        let slip = self.slip.map_or(String::new(), |slip| format!("{open}{}{close}", slip.label(language)));
        let at = language.of(["，位置 ", " at "]);
        let place = self.place.as_ref().map_or(String::new(), |place| format!("{at}{place}"));
        let message = language.of([
            format!("{label} 印作 {printed}，{value}{slip}{place}"),
            format!("{label}{place} is {printed}, {value}{slip}"),
        ]);
        showable(&message).into_owned()
    }
}

/// The cells that ought to equal the others.
fn labels(balance: &Balance, comma: &str) -> String {
    balance.equation.left.iter().map(|cell| cell.label()).collect::<Vec<_>>().join(comma)
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Written<'c> {
            rule: &'static str,
            left: &'c [Cell],
            right: &'c [Cell],
        }
        let written = |balance: &&'static Balance| Written {
            rule: balance.rule.code,
            left: &balance.equation.left,
            right: &balance.equation.right,
        };
        let mut cause = to.serialize_struct("Cause", 3)?;
        cause.serialize_field("equations", &self.equations.iter().map(written).collect::<Vec<_>>())?;
        cause.serialize_field("proposals", &self.proposals)?;
        cause.serialize_field("complete", &self.complete)?;
        cause.end()
    }
}

// ---- From flows to causes --------------------------------------------------------------------------

/// A set of cells that mends a table, or the part of it that belongs to one cause.
#[derive(Clone)]
struct Mend {
    cells: CellSet,
    /// By cell of the set, in order: the lowest and the highest count.
    bounds: Vec<(i64, Option<i64>)>,
    /// Cells without a count that are determined, with it.
    filled: Vec<(usize, i64)>,
}

impl Mend {
    fn is_open(&self, at: usize) -> bool {
        let (lowest, highest) = self.bounds[at];
        highest != Some(lowest)
    }

    /// What is left of it in these cells.
    fn within(&self, cells: CellSet) -> Mend {
        let bounds =
            self.cells.iter().zip(&self.bounds).filter(|(cell, _)| cells.contains(*cell)).map(|(_, bounds)| *bounds);
        Mend { cells: self.cells & cells, bounds: bounds.collect(), filled: self.filled.clone() }
    }
}

/// One table of a report.
struct System<'r> {
    report: &'r PublishedReport,
    table: &'static Table,
    /// The counts of the cells; `None` where there is none.
    counts: Vec<Option<i64>>,
    blanks: CellSet,
}

/// Equations that cannot hold together, and the printed cells that can help.
struct Failure {
    equations: u64,
    cells: CellSet,
}

impl<'r> System<'r> {
    fn new(report: &'r PublishedReport, sheet: &[i64], table: &'static Table) -> System<'r> {
        let count = |position: &usize| Some(sheet[*position]).filter(|count| *count != NO_COUNT);
        let counts: Vec<Option<i64>> = table.positions.iter().map(count).collect();
        let blanks = (0..counts.len()).filter(|cell| counts[*cell].is_none()).collect();
        System { report, table, counts, blanks }
    }

    /// What cannot hold as printed, and what would mend it; nothing if the blanks can be filled in so that all holds.
    fn causes(&self, price: &impl Fn(Cell) -> u32) -> Vec<Cause> {
        let mut flow = Flow::new(self.table, self.counts.iter().map(|count| count.unwrap_or(0)).collect());
        self.blanks.iter().for_each(|cell| flow.release(cell));
        flow.settle();
        if flow.is_settled() {
            return Vec::new();
        }
        let failures = self.failures(&flow);
        let prices = self.table.cells.iter().map(|cell| price(*cell).into()).collect();
        let mut search = Search { prices, size: 0, best: None, found: Vec::new(), steps: MOST_STEPS };
        search.run(&flow);
        let complete = search.steps > 0;
        let mends: Vec<Mend> = search.found.iter().map(|(cells, flow)| self.mend(*cells, flow)).collect();
        let factors = self.factors(&mends, &failures).unwrap_or_else(|| vec![mends]);
        factors.into_iter().map(|mends| self.cause(mends, &failures, complete)).collect()
    }

    /// The sum of an equation, left less right; `None` if a cell holds no count.
    fn sum(&self, equation: &[(usize, i64)]) -> Option<i64> {
        equation.iter().map(|(cell, sign)| Some(sign * self.counts[*cell]?)).sum()
    }

    /// Where the blanks do not help: the equations that fail as printed, and the cuts.
    fn failures(&self, flow: &Flow) -> Vec<Failure> {
        let fails = |(_, equation): &(usize, &Vec<_>)| self.sum(equation).is_some_and(|sum| sum != 0);
        let printed = self.table.equations.iter().enumerate().filter(fails).map(|(number, equation)| Failure {
            equations: 1 << number,
            cells: equation.iter().map(|(cell, _)| *cell).collect(),
        });
        let cuts = flow.cuts().into_iter();
        printed
            .chain(cuts.map(|cut| Failure { equations: self.table.equations_of(cut.nodes), cells: cut.cells }))
            .collect()
    }

    fn mend(&self, cells: CellSet, flow: &Flow) -> Mend {
        let bounds = cells.iter().map(|cell| flow.bounds(cell)).collect();
        let filled = flow.fixed(self.blanks).into_iter().map(|cell| (cell, flow.counts[cell])).collect();
        Mend { cells, bounds, filled }
    }

    /// The mends as a product of smaller ones, if they are one: slips that have nothing to do with each other. Then any choice
    /// of one from each factor is one of the mends, with the same counts whatever else is chosen.
    ///
    /// Two cells are never parted if one can stand for the other, if an equation holds (or is open) that both are in, so
    /// that to change one alone would break it, or if the counts of both are open, and may depend on each other.
    fn factors(&self, mends: &[Mend], failures: &[Failure]) -> Option<Vec<Vec<Mend>>> {
        let used = mends.iter().fold(CellSet::default(), |used, mend| used | mend.cells);
        let mut tied = vec![CellSet::default(); self.table.cells.len()];
        let sound = |equation: &&Vec<(usize, i64)>| self.sum(equation).is_none_or(|sum| sum == 0);
        for equation in self.table.equations.iter().filter(sound) {
            let cells: CellSet = equation.iter().map(|(cell, _)| *cell).collect();
            (cells & used).iter().for_each(|cell| tied[cell] = tied[cell] | (cells & used));
        }
        let mut open = CellSet::default();
        let mut together = vec![CellSet::default(); self.table.cells.len()];
        for mend in mends {
            mend.cells.iter().for_each(|cell| together[cell] = together[cell] | mend.cells);
            open = mend
                .cells
                .iter()
                .enumerate()
                .filter(|(at, _)| mend.is_open(*at))
                .fold(open, |open, (_, cell)| open.with(cell));
        }
        open.iter().for_each(|cell| tied[cell] = tied[cell] | open);
        used.iter().for_each(|cell| tied[cell] = tied[cell] | (used - together[cell]));

        let (mut factors, mut left) = (Vec::new(), used);
        while let Some(cell) = left.iter().next() {
            let mut cells = CellSet::default().with(cell);
            while let Some(more) = cells.iter().map(|cell| tied[cell] - cells).find(|more| !more.is_empty()) {
                cells = cells | more;
            }
            factors.push(self.factor(mends, cells)?);
            left = left - cells;
            // Each has something to mend.
            failures.iter().find(|failure| !(failure.cells & cells).is_empty())?;
        }
        let product = factors.iter().try_fold(1_usize, |product, factor: &Vec<Mend>| product.checked_mul(factor.len()));
        (product == Some(mends.len())).then_some(factors)
    }

    /// What the mends are within these cells; `None` if their counts depend on the rest.
    fn factor(&self, mends: &[Mend], cells: CellSet) -> Option<Vec<Mend>> {
        let mut factor: Vec<Mend> = Vec::new();
        for mend in mends.iter().map(|mend| mend.within(cells)) {
            match factor.iter_mut().find(|known| known.cells == mend.cells) {
                Some(known) if known.bounds != mend.bounds => return None,
                Some(known) => known.filled.retain(|filled| mend.filled.contains(filled)),
                None => factor.push(mend),
            }
        }
        Some(factor)
    }

    fn cause(&self, mut mends: Vec<Mend>, failures: &[Failure], complete: bool) -> Cause {
        mends.sort_by_cached_key(|mend| mend.cells.iter().collect::<Vec<_>>());
        let used = mends.iter().fold(CellSet::default(), |used, mend| used | mend.cells);
        let concerned = |failure: &&Failure| used.is_empty() || !(failure.cells & used).is_empty();
        let equations = failures.iter().filter(concerned).fold(0, |all, failure| all | failure.equations);
        let mut proposals: Vec<(u32, Proposal)> = mends
            .iter()
            .map(|mend| {
                let changes = self.changes(mend);
                let unlikeliness = changes.iter().map(|change| unlikeliness(change.slip)).sum();
                let filled = |(cell, value): &(usize, i64)| (self.table.cells[*cell], *value);
                (unlikeliness, Proposal { rank: 0, changes, filled: mend.filled.iter().map(filled).collect() })
            })
            .collect();
        proposals.sort_by_key(|(unlikeliness, _)| *unlikeliness);
        let ranks: Vec<usize> = proposals
            .iter()
            .map(|(unlikeliness, _)| 1 + proposals.partition_point(|(other, _)| other < unlikeliness))
            .collect();
        let ranked = ranks.into_iter().zip(proposals).map(|(rank, (_, proposal))| Proposal { rank, ..proposal });
        Cause {
            equations: bits(equations).map(|number| self.table.balances[number]).collect(),
            proposals: ranked.collect(),
            complete,
        }
    }

    fn changes(&self, mend: &Mend) -> Vec<Correction> {
        let shifted = self.is_shifted(mend);
        let change = |(cell, (lowest, highest)): (usize, &(i64, Option<i64>))| {
            let (printed, place) = (self.counts[cell].unwrap_or(0), self.report.get(self.table.cells[cell]));
            let mut change = Correction {
                cell: self.table.cells[cell],
                printed,
                lowest: *lowest,
                highest: *highest,
                slip: None,
                place: place.and_then(|cell| cell.place()).cloned(),
            };
            change.slip = if shifted { Some(Slip::Shifted) } else { self.slip(&change) };
            change
        };
        mend.cells.iter().zip(&mend.bounds).map(change).collect()
    }

    fn slip(&self, change: &Correction) -> Option<Slip> {
        let printed = change.printed;
        if printed == 0 {
            return Some(Slip::PrintedZero);
        }
        let value = change.value()?;
        let by_digits = digit_slip(printed, value);
        let totals = |balance: &&&Balance| *balance.equation.left == [change.cell];
        let Some(total) = self.table.balances.iter().find(totals) else { return by_digits };
        let parts = || {
            let cells = total.equation.right.iter().filter_map(|part| self.report.get(*part));
            cells.filter_map(|part| part.whole_count()).filter(|count| *count > 0)
        };
        by_digits
            .or_else(|| parts().any(|part| printed - value == part).then_some(Slip::CountedTwice))
            .or_else(|| parts().any(|part| value - printed == part).then_some(Slip::LeftOut))
            .or(Some(Slip::TotalNotUpdated))
    }

    /// Whether the counts asked for are those printed one cell further on in the same row or column, from the first changed
    /// cell to the last; that of the last is printed in the first, or lost if there are more than two.
    fn is_shifted(&self, mend: &Mend) -> bool {
        let mut changed: Vec<(usize, i64)> = Vec::new();
        for (at, (cell, (lowest, _))) in mend.cells.iter().zip(&mend.bounds).enumerate() {
            if mend.is_open(at) {
                return false;
            }
            changed.push((self.table.positions[cell], *lowest));
        }
        let [(first, _), .., (last, _)] = changed[..] else { return false };
        // To the next cell of the row, or to the next row.
        let row = self.entry(first).map_or(1, |entry| entry.row().cells().len());
        [1, row].into_iter().any(|step| {
            let line: Vec<usize> = (first..=last).step_by(step).collect();
            let all = changed.iter().all(|(position, _)| line.contains(position));
            let printed = |position: &usize| {
                let cell = self.table.positions.iter().position(|of| of == position)?;
                self.are_in_line(first, *position, step).then_some(self.counts[cell]?)
            };
            let Some(printed) = line.iter().map(printed).collect::<Option<Vec<i64>>>() else { return false };
            let asked: Vec<i64> = line
                .iter()
                .zip(&printed)
                .map(|(at, printed)| {
                    changed.iter().find(|(position, _)| position == at).map_or(*printed, |(_, value)| *value)
                })
                .collect();
            let one_off = |longer: &[i64], other: &[i64]| {
                longer[1..] == other[..other.len() - 1] && (longer.len() > 2 || longer.first() == other.last())
            };
            all && (one_off(&printed, &asked) || one_off(&asked, &printed))
        })
    }

    /// Whether two places of the form's order are in the same row, or in the same column.
    fn are_in_line(&self, one: usize, other: usize, step: usize) -> bool {
        let (Some(one), Some(other)) = (self.entry(one), self.entry(other)) else { return false };
        if step == 1 { one.row().path() == other.row().path() } else { one.column_key() == other.column_key() }
    }

    fn entry(&self, position: usize) -> Option<&'static Entry> {
        self.report.layout().cells().get(position)
    }
}

/// How a figure that is not 0 came to be another, digit by digit.
fn digit_slip(printed: i64, value: i64) -> Option<Slip> {
    let (printed, value) = (printed.to_string().into_bytes(), value.to_string().into_bytes());
    let without_one = |long: &[u8], short: &[u8]| {
        long.len() == short.len() + 1
            && (0..long.len()).any(|gone| [&long[..gone], &long[gone + 1..]].concat() == short)
    };
    if without_one(&printed, &value) || without_one(&value, &printed) {
        return Some(Slip::DigitLost);
    }
    if printed.len() != value.len() || printed.len() < 2 {
        return None;
    }
    let different: Vec<usize> = (0..printed.len()).filter(|at| printed[*at] != value[*at]).collect();
    match different.as_slice() {
        [_] => Some(Slip::DigitMistyped),
        [one, other] if one + 1 == *other && printed[*one] == value[*other] && printed[*other] == value[*one] => {
            Some(Slip::DigitsSwapped)
        }
        _ => None,
    }
}

/// A slip that people are known to make is likelier than a figure out of nowhere.
fn unlikeliness(slip: Option<Slip>) -> u32 {
    match slip {
        Some(Slip::TotalNotUpdated) => 1,
        Some(_) => 0,
        None => 2,
    }
}
