//! The arithmetic rules, expanded over the cells of a layout.

use super::table::RULES;
use super::{Equation, Rule, Test};
use crate::form::edition::PerLayout;
use crate::form::{Cell, Layout};
use crate::number::{Count, Figure, Number};
use crate::published::PublishedReport;
use crate::published::cell::{Origin, PublishedCell};
use crate::published::printed::Status;

pub(crate) use super::{Balance, NO_COUNT, sum};

impl PublishedReport {
    /// The same report with every blank or missing total derived from its parts, where all of them are numbers. Each
    /// such cell says so: [`Origin::TotalFromParts`].
    #[must_use]
    pub fn with_totals_from_parts(self) -> PublishedReport {
        // A sum that is no legal count is not made up.
        self.with_sums(|sum| sum.whole().is_some())
    }

    /// The same, with the sums that are no legal counts too: so that they are told.
    pub(crate) fn with_all_sums(self) -> PublishedReport {
        self.with_sums(|_| true)
    }

    fn with_sums(mut self, is_wanted: fn(&Number) -> bool) -> PublishedReport {
        let mut counts = self.counts();
        let open = |cell: &PublishedCell| matches!(cell.status(), Status::Blank | Status::NotFound);
        let free: Vec<bool> = self.cells.iter().map(open).collect();
        derive_totals(self.layout, &mut counts, &free);
        for ((cell, free), count) in self.cells.iter_mut().zip(free).zip(counts) {
            let total = Number::from(count);
            if free && count != NO_COUNT && is_wanted(&total) {
                *cell = cell.clone().assumed(total, Origin::TotalFromParts);
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

impl Balance {
    /// All equations over the cells of `layout`, rule by rule.
    pub fn all(layout: Layout) -> &'static [Balance] {
        BALANCES.of(layout)
    }
}

/// The arithmetic rules, expanded over the cells of each layout.
static BALANCES: PerLayout<Vec<Balance>> = PerLayout::new(|layout| {
    let places = |cells: &[Cell]| cells.iter().filter_map(|cell| layout.position(*cell)).collect();
    let balance = |rule: &'static Rule, equation: Equation| {
        let (left, right) = (places(&equation.left), places(&equation.right));
        Balance { rule, equation, exact: matches!(rule.test, Test::Equal(_)), left, right }
    };
    let of_rule = |rule: &'static Rule| rule.test.equations(layout).into_iter().map(move |equation| (rule, equation));
    RULES.iter().flat_map(of_rule).map(|(rule, equation)| balance(rule, equation)).collect()
});

/// Whether the identities all hold over `counts`, one place a cell in the form's order.
pub(crate) fn identities_hold(layout: Layout, counts: &[i64]) -> bool {
    Balance::all(layout)
        .iter()
        .filter(|balance| balance.exact)
        .all(|balance| balance.sums(counts).is_some_and(|(left, right)| left == right))
}

/// Derives the totals: fills the empty places marked `free` that are the only left cell of an identity whose right cells are
/// all known: that is what a total is.
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

/// The figures given for these cells of a layout, with their totals derived, if every identity that has all of its cells
/// among them then holds; otherwise as they were given.
pub(crate) fn completed(
    layout: Layout,
    cells: &[Cell],
    mut figures: Vec<Option<Figure>>,
) -> Result<Vec<Figure>, Vec<Option<Figure>>> {
    // Mostly they are all cells of the layout, in its order.
    let size = layout.order().len();
    let is_whole = cells.len() == size;
    let place = |at: usize| if is_whole { Some(at) } else { layout.position(cells[at]) };
    let place = |at: usize| place(at).expect("the layout prints the cells");
    let (mut counts, mut free, mut within) = (vec![NO_COUNT; size], vec![false; size], vec![is_whole; size]);
    for (at, figure) in figures.iter().enumerate() {
        within[place(at)] = true;
        match figure {
            // A count is at most 2^53 − 1.
            Some(Figure::Count(count)) => counts[place(at)] = count.get() as i64,
            Some(_) => {}
            None => free[place(at)] = true,
        }
    }
    if free.contains(&true) {
        derive_totals(layout, &mut counts, &free);
    }
    let mut identities = Balance::all(layout).iter().filter(|balance| balance.exact);
    let holds = |balance: &Balance| match balance.sums(&counts) {
        Some((left, right)) => left == right,
        None => !balance.left.iter().chain(&balance.right).all(|position| within[*position]),
    };
    let count = |at: usize| Some(Figure::Count(Count::new(u64::try_from(counts[place(at)]).ok()?).ok()?));
    let known = |(at, figure): (usize, &Option<Figure>)| figure.is_some() || count(at).is_some();
    if !identities.all(holds) || !figures.iter().enumerate().all(known) {
        return Err(figures);
    }
    for (at, figure) in figures.iter_mut().enumerate().filter(|(_, figure)| figure.is_none()) {
        *figure = count(at);
    }
    Ok(figures.into_iter().map(|figure| figure.expect("every figure is known")).collect())
}
