//! The search for the sets of cells that mend a table.

use super::network::{CellSet, Cut, Flow};

/// How many cells of a table at most are changed together.
pub const MOST_CHANGES: usize = 8;

/// How many steps the search may take in one table, a fifth of a second. Of 129,000 tables with up to three wrong figures and
/// up to 60 blanks one in a thousand takes more than 4,000, one in ten thousand 15,000, and the longest 51,000. To spell out a
/// set that was found takes as long as a few of them.
pub(super) const MOST_STEPS: usize = 100_000;
const STEPS_FOR_SET: usize = 8;

/// The search for the sets of cells that mend a table, size by size.
pub(super) struct Search<'t> {
    /// By cell.
    pub(super) prices: Vec<u64>,
    pub(super) size: usize,
    /// The price and size of those found.
    pub(super) best: Option<(u64, usize)>,
    pub(super) found: Vec<(CellSet, Flow<'t>)>,
    /// How many steps are left.
    pub(super) steps: usize,
}

impl<'t> Search<'t> {
    pub(super) fn run(&mut self, stuck: &Flow<'t>) {
        let cheapest = self.prices.iter().min().copied().unwrap_or(0);
        for size in 1..=MOST_CHANGES {
            if self.best.is_some_and(|best| best < (cheapest * size as u64, size)) {
                return;
            }
            self.size = size;
            self.descend(stuck.clone(), CellSet::default(), CellSet::default());
        }
    }

    /// All sets of the size that have these cells and none of the tried ones.
    fn descend(&mut self, mut flow: Flow<'t>, changed: CellSet, mut tried: CellSet) {
        let price = (changed.iter().map(|cell| self.prices[cell]).sum(), self.size);
        if self.steps == 0 || self.best.is_some_and(|best| best < price) {
            return;
        }
        self.steps -= 1;
        let left = self.size - changed.len();
        if flow.fewest_changes() > left {
            return;
        }
        flow.settle();
        if flow.is_settled() {
            // If fewer do, they were found before.
            if left == 0 {
                if self.best.is_none_or(|best| price < best) {
                    self.best = Some(price);
                    self.found.clear();
                }
                self.found.push((changed, flow));
                self.steps = self.steps.saturating_sub(STEPS_FOR_SET);
            }
            return;
        }
        let mut cuts = flow.cuts();
        self.steps = self.steps.saturating_sub(cuts.len());
        cuts.sort_by_key(|cut| cut.cells.len());
        // Cuts that share no cell need one each.
        let mut apart = (0, CellSet::default());
        for cut in &cuts {
            if (cut.cells & apart.1).is_empty() {
                apart = (apart.0 + 1, apart.1 | cut.cells);
            }
        }
        if apart.0 > left {
            return;
        }
        let of_all = |all: Option<CellSet>, cut: &Cut| Some(all.map_or(cut.cells, |all| all & cut.cells));
        // The last cell must help with all of them.
        let cells = if left == 1 { cuts.iter().fold(None, of_all) } else { cuts.first().map(|cut| cut.cells) };
        for cell in (cells.unwrap_or_default() - tried).iter() {
            let mut released = flow.clone();
            released.release(cell);
            self.descend(released, changed.with(cell), tried);
            tried = tried.with(cell);
        }
    }
}
