//! What words mean over the tables: sums of cells, and what the tables have for them.

use super::statement::Meaning;
use crate::form::{Cell, Layout};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;

/// A sum of cells, some of them taken away, over the cells of one layout.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub name: String,
    pub plus: Vec<Cell>,
    pub minus: Vec<Cell>,
}

/// What the tables have for a meaning: a count, or the least that it can be where cells are blank.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub count: i64,
    pub complete: bool,
}

impl Sum {
    /// The meanings of a figure that is given by several names, added up: each first meaning with the first ones of the
    /// others, and so on.
    pub(super) fn joined(each: Vec<Vec<Sum>>) -> Vec<Sum> {
        let least = each.iter().map(Vec::len).min().unwrap_or(0);
        let mut each = each.into_iter();
        let Some(mut sums) = each.next() else { return vec![] };
        for more in each {
            sums.truncate(least);
            for (sum, more) in sums.iter_mut().zip(more) {
                sum.name = format!("{}、{}", sum.name, more.name);
                sum.plus.extend(more.plus);
                sum.minus.extend(more.minus);
            }
        }
        sums
    }

    /// The same of some columns instead of totals; `None` if it is not of totals.
    pub(super) fn in_columns(&self, columns: &[&str], layout: Layout) -> Option<Sum> {
        let of = |cells: &[Cell]| {
            let mut found = Vec::new();
            for cell in cells {
                let row = layout.entry(*cell).filter(|entry| entry.is_total())?.row();
                for column in columns {
                    found.push(row.in_column(column)?);
                }
            }
            Some(found)
        };
        Some(Sum { name: self.name.clone(), plus: of(&self.plus)?, minus: of(&self.minus)? })
    }

    /// What the tables have for it, as a meaning of a statement.
    pub(super) fn meaning(&self, known: Known) -> Meaning {
        let least = if known.complete { "" } else { "≥ " };
        let value = format!("{least}{}", known.count);
        Meaning { name: self.name.clone(), value, cells: self.plus.clone(), less: self.minus.clone() }
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
