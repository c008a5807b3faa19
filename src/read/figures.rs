//! Figures on a page, and what was read for each cell.

use std::collections::HashSet;

use super::lines::Line;
use crate::catalogue::Entry;
use crate::form::{Cell, Edition, Layout};
use crate::narrative::Section;
use crate::published::cell::{Origin, PublishedCell};
use crate::published::printed::{Printed, Status};
use crate::published::{Misprint, PublishedReport, Unmatched};

/// A figure on the page, a mark for "not applicable", or a blank where a cell has a boundary.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    pub text: &'a str,
    pub line: &'a Line<'a>,
}

impl Value<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it is neither a figure nor a blank.
    pub(super) fn is_text(&self) -> bool {
        !self.is_blank() && !is_value(self.text)
    }

    pub(super) fn cell(&self) -> PublishedCell {
        let cell = PublishedCell::read(self.text);
        // A blank between two marks of a line is nowhere.
        if self.is_blank() && self.line.origin.row().is_none() { cell } else { cell.at(self.line.place_of(self.text)) }
    }
}

/// Figures that follow each other on the page.
pub(crate) struct Figures<'a> {
    /// The row whose label is before them.
    pub row: Option<usize>,
    pub values: Vec<Value<'a>>,
    /// Whether they are in table three.
    pub proceedings: bool,
    /// Whether the page shows where each cell ends.
    pub bounded: bool,
    /// Whether they have been given to cells.
    pub read: bool,
}

// ---- The matcher ---------------------------------------------------------------------------------

/// The tables of a page as far as they were read.
pub(crate) struct Tables {
    pub(super) edition: Edition,
    /// What was read, by [`Cell::index`].
    pub(super) cells: Vec<Option<PublishedCell>>,
    pub(super) unmatched: Vec<Unmatched>,
    /// How many figures belong to no cell; not all of them are listed if they are too many.
    pub(super) strays: usize,
    pub(super) limit: usize,
    /// Whether a row was read that edition 2021 prints in the hybrid only.
    pub undivided: bool,
    /// The cells of rows that are on the page twice: two readings, so none.
    pub(super) twice: Vec<Cell>,
    /// By table, and by the first cell of a row: rows that are on the page again, alike or not.
    again: Vec<(Section, Cell)>,
    /// The first cells of the rows that stand behind such a row of their table.
    behind: Vec<Cell>,
    pub(super) misprints: Vec<Misprint>,
}

impl Tables {
    /// Tables of which nothing was read yet, and how many figures of no cell are listed.
    pub(super) fn new(edition: Edition, limit: usize) -> Tables {
        Tables {
            edition,
            cells: vec![const { None }; Cell::count()],
            unmatched: Vec::new(),
            strays: 0,
            limit,
            undivided: false,
            twice: Vec::new(),
            again: Vec::new(),
            behind: Vec::new(),
            misprints: Vec::new(),
        }
    }

    /// How many figures belong to no cell.
    pub(super) fn strays(&self) -> usize {
        self.strays
    }

    /// What was read for a cell.
    pub(super) fn cell(&self, cell: Cell) -> Option<&PublishedCell> {
        self.cells[cell.index()].as_ref()
    }

    /// Takes the figures of a row.
    pub(super) fn put(&mut self, row: &[Cell], figures: impl IntoIterator<Item = PublishedCell>) {
        let Some(first) = row.first() else { return };
        let table = first.entry().table();
        if self.cell(*first).is_none() {
            if self.again.iter().any(|(of, _)| *of == table) && !self.behind.contains(first) {
                self.behind.push(*first);
            }
            return row.iter().zip(figures).for_each(|(cell, figure)| self.cells[cell.index()] = Some(figure));
        }
        self.behind.retain(|cell| cell != first);
        if !self.again.contains(&(table, *first)) {
            self.again.push((table, *first));
        }
        // What is printed again as it was is no second reading.
        let figures: Vec<PublishedCell> = figures.into_iter().collect();
        let same = |(cell, figure): (&Cell, &PublishedCell)| {
            self.cell(*cell).is_some_and(|known| known.printed() == figure.printed())
        };
        if !row.iter().zip(&figures).all(same) {
            if !self.twice.contains(first) {
                self.twice.extend(row);
            }
            figures.into_iter().for_each(|figure| self.stray(|| figure));
        }
    }

    /// The first cells of rows that are of a second table, of another year or body: they stand on the page once, behind rows of
    /// their table that stand there again, and otherwise.
    pub(super) fn of_second_tables(&self) -> impl Iterator<Item = Cell> {
        let is_second = |table: Section| {
            self.again.iter().filter(|(of, _)| *of == table).count() > 1
                && self.twice.iter().any(|cell| cell.entry().table() == table)
        };
        self.behind.iter().copied().filter(move |cell| is_second(cell.entry().table()))
    }

    /// Says that what was read for a cell was placed by the form's order, or, if the sums do not confirm that, that it is a
    /// candidate.
    pub(super) fn by_order(&mut self, cell: Cell, is_confirmed: bool) {
        let Some(found) = self.cells[cell.index()].take() else { return };
        let open = |found: PublishedCell| match found.place().cloned() {
            _ if found.number().is_none() => found,
            Some(place) => PublishedCell::open([found.printed()]).at(place),
            None => PublishedCell::open([found.printed()]),
        };
        self.cells[cell.index()] = Some(if is_confirmed { found.inferred(Origin::Placed) } else { open(found) });
    }

    /// Lists what was read for these cells as figures of no cell.
    pub(super) fn list(&mut self, cells: &[Cell]) {
        for cell in cells {
            if let Some(figure) = self.cells[cell.index()].take() {
                self.stray(|| figure);
            }
        }
    }

    /// Forgets what was read for a row.
    pub(super) fn forget(&mut self, row: &[Cell]) {
        row.iter().for_each(|cell| self.cells[cell.index()] = None);
    }

    pub(super) fn stray_all(&mut self, values: &[Value<'_>]) {
        for value in values.iter().filter(|value| Printed::of(value.text).number.is_some()) {
            self.stray(|| value.cell());
        }
    }

    fn stray(&mut self, cell: impl FnOnce() -> PublishedCell) {
        self.strays += 1;
        if self.strays <= self.limit {
            let cell = cell();
            self.unmatched.push(Unmatched { printed: cell.printed().to_owned(), place: cell.place().cloned() });
        }
    }

    /// A report of which no table was found.
    pub(super) fn none(year: Option<u16>) -> PublishedReport {
        PublishedReport::new(year.and_then(Edition::for_year).unwrap_or(Edition::newest()).layout())
    }

    pub(super) fn into_report(mut self) -> PublishedReport {
        let prescribed = self.edition.layout();
        let departed = self.edition.layouts().find(|layout| !layout.is_exact());
        let divided = |entry: &Entry, departed: Layout| {
            departed.entry(entry.cell()).is_none() && self.cell(entry.cell()).is_some()
        };
        let departs =
            |departed: &Layout| self.undivided && !prescribed.cells().iter().any(|entry| divided(entry, *departed));
        let layout = departed.filter(departs).unwrap_or(prescribed);
        let found = |entry: &Entry| self.cells[entry.cell().index()].take().unwrap_or_else(PublishedCell::not_found);
        let cells = layout.cells().iter().map(found).collect();
        // The cells of rows that this layout does not print.
        let others: Vec<PublishedCell> = self.cells.iter_mut().filter_map(Option::take).collect();
        others.into_iter().for_each(|found| self.stray(|| found));
        let mut report = PublishedReport::from_sheet(layout, cells);
        report.page.unmatched = self.unmatched;
        report.page.misprints = self.misprints;
        report
    }
}

/// Where a row of `size` cells begins among its figures: they are all of it, or all but blanks that only spanned columns leave
/// behind. `None` if there are too few, too many, or if the blanks could be on either side.
pub(crate) fn window(values: &[Value<'_>], size: usize) -> Option<usize> {
    let mut begins = begins(values, size);
    let begin = begins.next()?;
    let row = &values[begin..begin + size];
    // A blank at the edge of the row and one beside it: where the row ends is not to be seen, or a figure is on another line.
    let blank = |value: Option<&Value<'_>>| value.is_some_and(Value::is_blank);
    let at_edge = begin > 0 && blank(row.first()) || begin + size < values.len() && blank(row.last());
    let open = (at_edge || begins.next().is_some()) && !values.iter().all(Value::is_blank);
    (!open).then_some(begin)
}

/// Where a row of `size` cells can begin among these, so that only blanks are beside it.
pub(crate) fn begins(values: &[Value<'_>], size: usize) -> impl Iterator<Item = usize> {
    // No page spans more.
    let fits = (size..=size + 64).contains(&values.len());
    let most = if fits { values.len() - size + 1 } else { 0 };
    (0..most).filter(move |begin| values[..*begin].iter().chain(&values[begin + size..]).all(Value::is_blank))
}

pub(crate) fn is_value(text: &str) -> bool {
    // Digits that are no number, such as 00, are no label either.
    is_plain(text) || matches!(Printed::of(text).status, Status::Number | Status::NotApplicable)
}

/// Digits alone: what most lines of a page with one cell a line are, or a row that ran together.
pub(crate) fn is_plain(text: &str) -> bool {
    text.len() <= 200 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty()
}

/// The cells after the label of a row of `size` cells; blanks that were merged into one cell are as many as they were. Where
/// the table has figures as wide as a blank, nothing was merged.
pub(crate) fn divided<'a>(cells: &[Value<'a>], size: usize, wide: &Wide) -> Vec<Value<'a>> {
    let is_merged = |line: &Line<'_>| line.origin.row().is_some_and(|(table, _)| !wide.contains(&(table, line.span)));
    let copies =
        |value: &Value<'a>| if value.is_blank() && is_merged(value.line) { value.line.span as usize } else { 1 };
    let single = cells.iter().all(|value| value.is_blank() || value.line.span == 1);
    if single && cells.len() < size && cells.iter().map(copies).sum::<usize>() == size {
        cells.iter().flat_map(|value| std::iter::repeat_n(*value, copies(value))).collect()
    } else {
        cells.to_vec()
    }
}

/// The tables of the document whose figures span several columns, each with how many.
pub(crate) type Wide = HashSet<(u32, u32)>;
