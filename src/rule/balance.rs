//! The arithmetic rules, expanded over the cells of a layout.

use super::Test;
use super::table::RULES;
use crate::form::{Cell, Cells, Form, Layout};
use crate::number::Number;
use crate::published::PublishedReport;
use crate::published::cell::{Assumption, PublishedCell};
use crate::published::printed::Status;

pub(crate) use super::{Balance, NO_COUNT, sum};

impl PublishedReport {
    /// The same report with every blank or missing total worked out from its parts, where all of them are numbers. Each
    /// such cell says so: [`Assumption::TotalFromParts`].
    #[must_use]
    pub fn with_totals_from_parts(mut self) -> PublishedReport {
        let mut counts: Vec<i64> = self.cells.iter().map(PublishedCell::count_or_none).collect();
        let open = |cell: &PublishedCell| matches!(cell.status(), Status::Blank | Status::NotFound);
        let free: Vec<bool> = self.cells.iter().map(open).collect();
        work_out_totals(self.layout, &mut counts, &free);
        for ((cell, free), count) in self.cells.iter_mut().zip(free).zip(counts) {
            let total = Number::from(count);
            // A sum that is no legal count is not made up.
            if free && count != NO_COUNT && total.whole().is_some() {
                *cell = cell.clone().assumed(total, Assumption::TotalFromParts);
            }
        }
        self
    }
}

impl Balance {
    /// All equations over the cells of `layout`, rule by rule.
    pub fn all(layout: Layout) -> &'static [Balance] {
        &layout.catalogue().balances
    }
}

/// Expands the arithmetic rules over the cells of a layout.
pub(crate) fn balances(names: &Form<Cells>, position: &impl Fn(Cell) -> usize) -> Vec<Balance> {
    let mut balances = Vec::new();
    for rule in RULES {
        let (equations, exact) = match rule.test {
            Test::Equal(equations) => (equations(names), true),
            Test::AtLeast(equations) => (equations(names), false),
            _ => continue,
        };
        for equation in equations {
            let positions = |side: &[Cell]| side.iter().map(|cell| position(*cell)).collect();
            let (left, right) = (positions(&equation.left), positions(&equation.right));
            balances.push(Balance { rule, equation, exact, left, right });
        }
    }
    balances
}

/// Whether the identities all hold over `counts`, one place a cell in the form's order.
pub(crate) fn identities_hold(layout: Layout, counts: &[i64]) -> bool {
    Balance::all(layout)
        .iter()
        .filter(|balance| balance.exact)
        .all(|balance| balance.sums(counts).is_some_and(|(left, right)| left == right))
}

/// Fills the empty places marked `free` that are the only left cell of an identity whose right cells are all known: that
/// is what a total is.
pub(crate) fn work_out_totals(layout: Layout, counts: &mut [i64], free: &[bool]) {
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
