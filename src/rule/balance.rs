//! The arithmetic rules, expanded over the cells of a layout.

use super::table::RULES;
use super::{Equation, Rule, Test};
use crate::catalogue::Form;
use crate::form::edition::PerLayout;
use crate::form::{Cell, Layout};
use crate::number::{Count, Figure, Number};
use crate::published::PublishedReport;
use crate::published::cell::{Assumption, PublishedCell};
use crate::published::printed::Status;

impl PublishedReport {
    /// The same report with every blank or missing total worked out from its parts, where all of them are numbers. Each
    /// such cell says so: [`Assumption::TotalFromParts`].
    #[must_use]
    pub fn with_totals_from_parts(mut self) -> PublishedReport {
        let mut counts = self.counts();
        let open = |cell: &PublishedCell| matches!(cell.status(), Status::Blank | Status::NotFound);
        let free: Vec<bool> = self.cells.iter().map(open).collect();
        derive_totals(self.layout, &mut counts, &free);
        for ((cell, free), count) in self.cells.iter_mut().zip(free).zip(counts) {
            let total = Number::from(count);
            // A sum that is no legal count is not made up.
            if free && count != NO_COUNT && total.whole().is_some() {
                *cell = cell.clone().assumed(total, Assumption::TotalFromParts);
            }
        }
        self
    }

    /// Whether every identity of the form can be evaluated and holds: the arithmetic alone, without findings.
    pub fn arithmetic_holds(&self) -> bool {
        identities_hold(self.layout, &self.counts())
    }

    /// The counts in the form's order, [`NO_COUNT`] where a cell holds none.
    pub(crate) fn counts(&self) -> Vec<i64> {
        self.cells.iter().map(|cell| cell.whole_count().unwrap_or(NO_COUNT)).collect()
    }
}

// ---- Arithmetic ----------------------------------------------------------------------------------

/// One equation of an arithmetic rule over the cells of one layout.
#[derive(Debug)]
pub struct Balance {
    /// The rule it belongs to.
    pub rule: &'static Rule,
    /// Its cells.
    pub equation: Equation,
    /// Σ left = Σ right; otherwise Σ left ≥ Σ right.
    pub(crate) exact: bool,
    /// The places of the cells in the form's order.
    pub(crate) left: Box<[usize]>,
    pub(crate) right: Box<[usize]>,
}

impl Balance {
    /// All equations over the cells of `layout`, rule by rule.
    pub fn all(layout: Layout) -> &'static [Balance] {
        BALANCES.of(layout)
    }

    /// Whether the two sums must be equal; otherwise the left one must not be the smaller.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// The sums of both sides; `None` if a cell holds no count. Sums of counts cannot overflow.
    pub(crate) fn sums(&self, counts: &[i64]) -> Option<(i64, i64)> {
        Some((sum(counts, &self.left)?, sum(counts, &self.right)?))
    }

    pub(crate) fn holds(&self, left: i64, right: i64) -> bool {
        if self.exact { left == right } else { left >= right }
    }
}

/// Stands among the counts of a report where a cell holds none.
pub(crate) const NO_COUNT: i64 = -1;

/// The sum of the counts at these places; `None` if there is [`NO_COUNT`] among them.
pub(crate) fn sum(counts: &[i64], positions: &[usize]) -> Option<i64> {
    // Without branches: the sign of the union is that of NO_COUNT if it occurs.
    let (sum, union) = positions.iter().fold((0, 0), |(sum, union), position| {
        let count = counts[*position];
        (sum + count, union | count)
    });
    if union < 0 { None } else { Some(sum) }
}

/// The arithmetic rules, expanded over the cells of each layout.
static BALANCES: PerLayout<Vec<Balance>> = PerLayout::new(|layout| {
    let names = Form::cells(layout);
    let mut balances = Vec::new();
    for rule in RULES {
        let (equations, exact) = match rule.test {
            Test::Equal(equations) => (equations(names), true),
            Test::AtLeast(equations) => (equations(names), false),
            _ => continue,
        };
        for equation in equations {
            let positions = |side: &[Cell]| side.iter().map(|cell| layout.position(*cell)).collect::<Option<_>>();
            // A rule over cells that the layout does not print says nothing of it.
            if let (Some(left), Some(right)) = (positions(&equation.left), positions(&equation.right)) {
                balances.push(Balance { rule, equation, exact, left, right });
            }
        }
    }
    balances
});

/// Whether the identities all hold over `counts`, one place a cell in the form's order.
pub(crate) fn identities_hold(layout: Layout, counts: &[i64]) -> bool {
    Balance::all(layout)
        .iter()
        .filter(|balance| balance.exact)
        .all(|balance| balance.sums(counts).is_some_and(|(left, right)| left == right))
}

/// Derives the totals: fills the empty places marked `free` that are the only left cell of an identity whose right cells are all known: that
/// is what a total is.
pub(crate) fn derive_totals(layout: Layout, counts: &mut [i64], free: &[bool]) {
    loop {
        let mut found = false;
        for balance in Balance::all(layout).iter().filter(|balance| balance.exact) {
            let [total] = *balance.left else { continue };
            if counts[total] != NO_COUNT || !free[total] {
                continue;
            }
            if let Some(sum) = sum(counts, &balance.right) {
                counts[total] = sum;
                found = true;
            }
        }
        if !found {
            return;
        }
    }
}

/// The figures given for these cells, with their totals derived, if every identity that has all of its cells among them then
/// holds.
pub(crate) fn completed(layout: Layout, cells: &[Cell], given: &[Option<Figure>]) -> Option<Vec<Figure>> {
    let (mut counts, mut free) = (vec![NO_COUNT; layout.cells().len()], vec![false; layout.cells().len()]);
    let positions = cells.iter().map(|cell| layout.position(*cell)).collect::<Option<Vec<usize>>>()?;
    let mut within = free.clone();
    for (position, figure) in positions.iter().zip(given) {
        within[*position] = true;
        free[*position] = figure.is_none();
        if let Some(Figure::Count(count)) = figure {
            // A count is at most 2^53 − 1.
            counts[*position] = count.get() as i64;
        }
    }
    if given.contains(&None) {
        derive_totals(layout, &mut counts, &free);
    }
    let mut identities = Balance::all(layout).iter().filter(|balance| balance.exact);
    let holds = |balance: &Balance| match balance.sums(&counts) {
        Some((left, right)) => left == right,
        None => !balance.left.iter().chain(&balance.right).all(|position| within[*position]),
    };
    if !identities.all(holds) {
        return None;
    }
    let total = |count: i64| Some(Figure::Count(Count::new(u64::try_from(count).ok()?).ok()?));
    given.iter().zip(positions).map(|(figure, position)| figure.or_else(|| total(counts[position]))).collect()
}
