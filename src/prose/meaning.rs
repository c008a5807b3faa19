//! What words mean over the tables: sums of cells, and what the tables have for them.

use crate::form::{Cell, Layout};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;

/// A sum of cells, some of them taken away, over the cells of one layout.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    pub name: String,
    pub plus: Vec<Cell>,
    pub minus: Vec<Cell>,
}

/// A meaning over any layout: its name, the cells that are added up, and those that are taken away.
pub(super) type Sense = (&'static str, fn(Layout) -> Vec<Cell>, fn(Layout) -> Vec<Cell>);

/// What the tables have for a meaning: a count, or the least that it can be where cells are blank.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub count: i64,
    pub complete: bool,
}

impl Meaning {
    pub(super) fn of((name, plus, minus): Sense, layout: Layout) -> Meaning {
        Meaning { name: name.to_owned(), plus: plus(layout), minus: minus(layout) }
    }

    /// Its cells: those that are added up, then those that are taken away.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cell> {
        self.plus.iter().chain(&self.minus).copied()
    }

    pub(super) fn value(&self, report: &PublishedReport) -> Option<Known> {
        let sum = |cells: &[Cell]| {
            cells.iter().try_fold(Known { count: 0, complete: true }, |sum, cell| {
                let of_cell = known(report, *cell)?;
                let count = sum.count.checked_add(of_cell.count)?;
                Some(Known { count, complete: sum.complete && of_cell.complete })
            })
        };
        let (plus, minus) = (sum(&self.plus)?, sum(&self.minus)?);
        // What is taken away must be known in full.
        minus.complete.then_some(Known { count: plus.count - minus.count, complete: plus.complete })
    }

    /// Whether the tables have this count for it.
    pub(super) fn is(&self, count: i64, report: &PublishedReport) -> bool {
        self.value(report).is_some_and(|known| known.complete && known.count == count)
    }
}

/// The count of a cell; where a total is not printed, what its row comes to as far as it is filled in.
fn known(report: &PublishedReport, cell: Cell) -> Option<Known> {
    let count = |cell: Cell| report.get(cell).and_then(PublishedCell::whole_count);
    if let Some(count) = count(cell) {
        return Some(Known { count, complete: true });
    }
    let Some(entry) = report.layout().entry(cell).filter(|entry| entry.is_total()) else {
        return Some(Known { count: 0, complete: false });
    };
    let parts: Vec<Option<i64>> = entry.row().parts().map(|part| count(part.cell())).collect();
    let count = parts.iter().flatten().try_fold(0_i64, |sum, count| sum.checked_add(*count))?;
    Some(Known { count, complete: parts.iter().all(Option::is_some) })
}
