//! Which figure is most likely the slip: the fewest cells whose change makes the identities of the form hold.
//!
//! A wrong figure breaks every equation it stands in, and a clerk who sees three failed sums looks in three places. Here the
//! failed equations are the consequences, and the cells that could have caused them come first: all sets of the smallest
//! size that would mend the table (the approach of Fellegi and Holt), with the value that the equations then give.
//!
//! Up to three changed cells the answer is exact and complete. Blank and missing cells are unknowns that cost nothing.
//! Nothing is changed: these are proposals, and where several explain the same, all of them are listed.
//!
//! ```
//! use ogi_report::{Layout, PublishedCell, rule_book};
//! let mut report = rule_book::zeros(Layout::Edition2021);
//! report.set("requests.outcomes.disclosed.other".parse()?, PublishedCell::read("7"))?;
//! let [cause] = report.repair().try_into().unwrap();
//! assert_eq!(cause.equations.len(), 2);
//! let change = &cause.proposals[0].changes[0];
//! assert_eq!((change.cell.path(), change.printed, change.value), ("requests.outcomes.disclosed.other", 7, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::form::{Cell, Entry, Layout};
use crate::number::LARGEST_COUNT;
use crate::published::{PublishedCell, PublishedReport};
use crate::requests::APPLICANTS;
use crate::rule::{Balance, NO_COUNT};

/// How many cells at most are changed together.
pub const MOST_CHANGES: usize = 3;

/// Equations that fail together, and what could have caused it.
#[derive(Clone, Debug)]
pub struct Cause {
    /// The equations that fail: the consequences.
    pub equations: Vec<&'static Balance>,
    /// The changes that would make every equation of the table hold, the likeliest first; none if more than
    /// [`MOST_CHANGES`] cells are wrong.
    pub proposals: Vec<Proposal>,
}

/// Cells whose change would make every equation of the table hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The place in the order of likelihood, from 1; what is equally likely has the same.
    pub rank: usize,
    /// The cells, in the form's order.
    pub changes: Vec<Change>,
    /// Blank and missing cells whose value the equations then determine.
    pub filled: Vec<(Cell, i64)>,
}

/// A changed cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The cell.
    pub cell: Cell,
    /// The count that is printed.
    pub printed: i64,
    /// The count that the equations ask for.
    pub value: i64,
    /// What kind of slip it looks like.
    pub slip: Option<Slip>,
}

/// Kinds of slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// The figures of two neighbouring cells stand in each other's place.
    Shifted,
    /// The total has one of its parts twice.
    CountedTwice,
    /// The total lacks one of its parts.
    LeftOut,
    /// The total is none of its parts' sum in any of these ways.
    TotalNotUpdated,
}

impl Slip {
    /// The name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Slip::PrintedZero => "误填为 0",
            Slip::DigitsSwapped => "相邻数字颠倒",
            Slip::DigitLost => "多写或漏写一位数字",
            Slip::DigitMistyped => "一位数字有误",
            Slip::Shifted => "与相邻一格错位",
            Slip::CountedTwice => "总计重复计入一项",
            Slip::LeftOut => "总计漏计一项",
            Slip::TotalNotUpdated => "总计未更新",
        }
    }
}

impl PublishedReport {
    /// The failed identities, put together where one slip can explain them, each with the changes that would mend them.
    pub fn repair(&self) -> Vec<Cause> {
        self.repair_with(|_| 1)
    }

    /// The same with a price for changing each cell: the sets of the lowest price are listed, of at most [`MOST_CHANGES`]
    /// cells.
    pub fn repair_with(&self, price: impl Fn(Cell) -> u32) -> Vec<Cause> {
        let counts: Vec<i64> = self.sheet().iter().map(PublishedCell::count_or_none).collect();
        let number = Layout::ALL.iter().position(|layout| *layout == self.layout()).unwrap_or(0);
        TABLES[number].iter().filter_map(|table| System::new(self, &counts, table).cause(&price)).collect()
    }
}

/// The equations of one table of a layout.
struct Table {
    balances: Vec<&'static Balance>,
    /// By equation: its cells, each with its sign.
    equations: Vec<Vec<(usize, i128)>>,
    cells: Vec<Cell>,
    /// By cell: its place in the form's order, and the equations it stands in.
    positions: Vec<usize>,
    of_cell: Vec<u64>,
}

/// By layout: table two, and the groups of table three. No equation joins them.
static TABLES: LazyLock<[Vec<Table>; 3]> = LazyLock::new(|| {
    [0, 1, 2].map(|layout| {
        let layout = Layout::ALL[layout];
        let balances = Balance::all(layout).iter().filter(|balance| balance.is_exact());
        let (requests, groups): (Vec<&Balance>, Vec<&Balance>) =
            balances.partition(|balance| balance.rule.code.starts_with("requests-"));
        let groups = groups.into_iter().map(|balance| vec![balance]);
        std::iter::once(requests).chain(groups).map(|balances| Table::new(layout, balances)).collect()
    })
});

impl Table {
    fn new(layout: Layout, balances: Vec<&'static Balance>) -> Table {
        let mut cells: Vec<Cell> = balances.iter().flat_map(|balance| balance.equation.cells()).collect();
        cells.sort_unstable_by_key(|cell| layout.position(*cell));
        cells.dedup();
        let index = |cell: &Cell| cells.iter().position(|of| of == cell).unwrap_or(0);
        let equation = |balance: &&Balance| -> Vec<(usize, i128)> {
            let left = balance.equation.left.iter().map(|cell| (index(cell), 1));
            left.chain(balance.equation.right.iter().map(|cell| (index(cell), -1))).collect()
        };
        let equations: Vec<Vec<(usize, i128)>> = balances.iter().map(equation).collect();
        let mut of_cell = vec![0; cells.len()];
        for (number, equation) in equations.iter().enumerate() {
            equation.iter().for_each(|(cell, _)| of_cell[*cell] |= 1 << number);
        }
        let positions = cells.iter().filter_map(|cell| layout.position(*cell)).collect();
        Table { balances, equations, cells, positions, of_cell }
    }
}

/// One table of a report.
struct System<'r> {
    report: &'r PublishedReport,
    table: &'static Table,
    /// The counts of the cells; `None` where there is none.
    counts: Vec<Option<i64>>,
    /// By equation: what the known cells come to.
    residuals: Vec<i128>,
    /// The equations that do not come to 0.
    uneven: u64,
    blanks: Vec<usize>,
}

/// A set of cells, in the order of the table, with the values that mend it.
struct Mend {
    cells: Vec<usize>,
    values: Vec<i64>,
    filled: Vec<(Cell, i64)>,
}

/// What the equations say of a set of cells that may change.
enum Outcome {
    /// These equations contradict each other, or ask for a count that there is not: one of their other cells is wrong too.
    Conflict(u64),
    /// Fewer cells would do, or the equations leave their values open.
    Superfluous,
    /// The values of the cells, in the order of the set, and of blanks that are determined.
    Solved(Vec<i64>, Vec<(Cell, i64)>),
}

impl<'r> System<'r> {
    fn new(report: &'r PublishedReport, sheet: &[i64], table: &'static Table) -> System<'r> {
        let count = |position: &usize| Some(sheet[*position]).filter(|count| *count != NO_COUNT);
        let counts: Vec<Option<i64>> = table.positions.iter().map(count).collect();
        let sum = |equation: &Vec<(usize, i128)>| {
            equation.iter().map(|(cell, sign)| sign * i128::from(counts[*cell].unwrap_or(0))).sum()
        };
        let residuals: Vec<i128> = table.equations.iter().map(sum).collect();
        let uneven = residuals.iter().enumerate().fold(0, |uneven, (at, sum)| uneven | u64::from(*sum != 0) << at);
        let blanks = (0..counts.len()).filter(|cell| counts[*cell].is_none()).collect();
        System { report, table, counts, residuals, uneven, blanks }
    }

    /// The equations that fail as printed, and what would mend them; `None` if nothing fails.
    fn cause(&self, price: &impl Fn(Cell) -> u32) -> Option<Cause> {
        let Outcome::Conflict(_) = self.solve(&[]) else { return None };
        let known = |equation: &Vec<(usize, i128)>| equation.iter().all(|(cell, _)| self.counts[*cell].is_some());
        let fails = |number: &usize| self.residuals[*number] != 0 && known(&self.table.equations[*number]);
        let equations =
            (0..self.table.equations.len()).filter(fails).map(|number| self.table.balances[number]).collect();
        let uniform = self.table.cells.iter().all(|cell| price(*cell) == 1);
        let mut found: Vec<Mend> = Vec::new();
        for size in 1..=MOST_CHANGES {
            let mut search = Search { system: self, size, seen: BTreeSet::new(), found: &mut found };
            search.descend(&mut Vec::new());
            if uniform && !found.is_empty() {
                break;
            }
        }
        let cost = |cells: &[usize]| cells.iter().map(|cell| u64::from(price(self.table.cells[*cell]))).sum::<u64>();
        let least = found.iter().map(|mend| cost(&mend.cells)).min();
        found.retain(|mend| Some(cost(&mend.cells)) == least);
        let mut proposals: Vec<(u32, Proposal)> = found
            .into_iter()
            .map(|Mend { cells, values, filled }| {
                let changes = self.changes(&cells, &values);
                let unlikeliness = changes.iter().map(|change| unlikeliness(change.slip)).sum();
                (unlikeliness, Proposal { rank: 0, changes, filled })
            })
            .collect();
        proposals.sort_by_key(|(unlikeliness, _)| *unlikeliness);
        let ranks: Vec<usize> = proposals
            .iter()
            .map(|(unlikeliness, _)| 1 + proposals.iter().filter(|(other, _)| other < unlikeliness).count())
            .collect();
        let ranked = ranks.into_iter().zip(proposals).map(|(rank, (_, proposal))| Proposal { rank, ..proposal });
        Some(Cause { equations, proposals: ranked.collect() })
    }

    /// What the equations say if only these cells, and the blanks, may differ from what is printed.
    fn solve(&self, changed: &[usize]) -> Outcome {
        let free: Vec<usize> = changed.iter().chain(&self.blanks).copied().collect();
        let touched = free.iter().fold(0, |touched, cell| touched | self.table.of_cell[*cell]);
        // Rows in echelon form: the coefficients of the free cells, the constant, and the equations that went in.
        let mut rows: Vec<(usize, Vec<i128>, i128, u64)> = Vec::new();
        let untouched = self.uneven & !touched;
        if untouched != 0 {
            return Outcome::Conflict(untouched & untouched.wrapping_neg());
        }
        for number in (0..self.table.equations.len()).filter(|number| touched & (1 << number) != 0) {
            let equation = &self.table.equations[number];
            let mut row = vec![0; free.len()];
            for (cell, sign) in equation {
                if let Some(at) = free.iter().position(|of| of == cell) {
                    row[at] = *sign;
                }
            }
            let (mut constant, mut sources) = (self.residuals[number], 1_u64 << number);
            for (pivot, other, other_constant, other_sources) in &rows {
                if row[*pivot] != 0 {
                    subtract(&mut row, &mut constant, other, *other_constant, *pivot);
                    sources |= other_sources;
                }
            }
            match row.iter().position(|coefficient| *coefficient != 0) {
                Some(pivot) => rows.push((pivot, row, constant, sources)),
                None if constant != 0 => return Outcome::Conflict(sources),
                None => {}
            }
        }
        // Upwards: what a row says of its pivot alone.
        for lower in (1..rows.len()).rev() {
            let (above, from) = rows.split_at_mut(lower);
            let (pivot, row, constant, sources) = &from[0];
            for (_, other, other_constant, other_sources) in above {
                if other[*pivot] != 0 {
                    subtract(other, other_constant, row, *constant, *pivot);
                    *other_sources |= sources;
                }
            }
        }
        let mut values: Vec<Option<i64>> = vec![None; free.len()];
        for (pivot, row, constant, sources) in &rows {
            if row.iter().enumerate().any(|(at, coefficient)| at != *pivot && *coefficient != 0) {
                continue;
            }
            let printed = i128::from(self.counts[free[*pivot]].unwrap_or(0));
            let value = printed - constant / row[*pivot];
            if constant % row[*pivot] != 0 || value < 0 || value > i128::from(LARGEST_COUNT) {
                return Outcome::Conflict(*sources);
            }
            // Within the bounds just tested.
            values[*pivot] = Some(value as i64);
        }
        let filled = |(at, cell): (usize, &usize)| Some((self.table.cells[*cell], values[changed.len() + at]?));
        let filled = self.blanks.iter().enumerate().filter_map(filled).collect();
        let new: Option<Vec<i64>> = values[..changed.len()].iter().copied().collect();
        match new {
            Some(new) if changed.iter().zip(&new).all(|(cell, value)| self.counts[*cell] != Some(*value)) => {
                Outcome::Solved(new, filled)
            }
            _ => Outcome::Superfluous,
        }
    }

    fn changes(&self, cells: &[usize], values: &[i64]) -> Vec<Change> {
        let mut changes: Vec<Change> = cells
            .iter()
            .zip(values)
            .map(|(cell, value)| {
                let printed = self.counts[*cell].unwrap_or(0);
                Change {
                    cell: self.table.cells[*cell],
                    printed,
                    value: *value,
                    slip: self.slip(*cell, printed, *value),
                }
            })
            .collect();
        changes.sort_by_key(|change| self.report.layout().position(change.cell));
        if let [one, other] = changes.as_mut_slice()
            && (one.printed, one.value) == (other.value, other.printed)
            && self.are_neighbours(one.cell, other.cell)
        {
            (one.slip, other.slip) = (Some(Slip::Shifted), Some(Slip::Shifted));
        }
        changes
    }

    fn slip(&self, cell: usize, printed: i64, value: i64) -> Option<Slip> {
        let by_digits = digit_slip(printed, value);
        let totals = |balance: &&&Balance| *balance.equation.left == [self.table.cells[cell]];
        let Some(total) = self.table.balances.iter().find(totals) else { return by_digits };
        let parts = || {
            let cells = total.equation.right.iter().filter_map(|part| self.report.get(*part));
            cells.filter_map(|part| part.count()).filter(|count| *count > 0)
        };
        by_digits
            .or_else(|| parts().any(|part| printed - value == part).then_some(Slip::CountedTwice))
            .or_else(|| parts().any(|part| value - printed == part).then_some(Slip::LeftOut))
            .or(Some(Slip::TotalNotUpdated))
    }

    /// Whether two cells stand beside or below each other.
    fn are_neighbours(&self, one: Cell, other: Cell) -> bool {
        let layout = self.report.layout();
        let (Some(at), Some(to)) = (layout.position(one), layout.position(other)) else { return false };
        let column = |cell: Cell| layout.entry(cell).map(Entry::column);
        let row = |cell: Cell| cell.path().rsplit_once('.').map(|(row, _)| row);
        let beside = at.abs_diff(to) == 1 && row(one) == row(other);
        beside || column(one) == column(other) && at.abs_diff(to) == APPLICANTS
    }
}

/// Takes a multiple of a row away, so that the coefficient of `pivot` goes.
fn subtract(row: &mut [i128], constant: &mut i128, other: &[i128], other_constant: i128, pivot: usize) {
    let (take, keep) = (row[pivot], other[pivot]);
    row.iter_mut().zip(other).for_each(|(coefficient, of_other)| *coefficient = *coefficient * keep - of_other * take);
    *constant = *constant * keep - other_constant * take;
}

/// How a figure came to be another, digit by digit.
fn digit_slip(printed: i64, value: i64) -> Option<Slip> {
    if printed == 0 {
        return Some(Slip::PrintedZero);
    }
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

/// The search for all sets of one size.
struct Search<'s> {
    system: &'s System<'s>,
    size: usize,
    seen: BTreeSet<Vec<usize>>,
    found: &'s mut Vec<Mend>,
}

impl Search<'_> {
    fn descend(&mut self, changed: &mut Vec<usize>) {
        let mut key = changed.clone();
        key.sort_unstable();
        if !self.seen.insert(key.clone()) {
            return;
        }
        match self.system.solve(&key) {
            Outcome::Solved(values, filled) if changed.len() == self.size => {
                self.found.push(Mend { cells: key, values, filled })
            }
            Outcome::Conflict(equations) if changed.len() < self.size => {
                // One of the other cells of these equations is wrong too.
                let mut cells: Vec<usize> = (0..self.system.table.equations.len())
                    .filter(|number| equations & (1 << number) != 0)
                    .flat_map(|number| self.system.table.equations[number].iter().map(|(cell, _)| *cell))
                    .filter(|cell| self.system.counts[*cell].is_some() && !changed.contains(cell))
                    .collect();
                cells.sort_unstable();
                cells.dedup();
                for cell in cells {
                    changed.push(cell);
                    self.descend(changed);
                    changed.pop();
                }
            }
            _ => {}
        }
    }
}
