//! Figures that a page broke over lines or ran together: the rules say which way of reading them is right.
//!
//! Three things happen to a row on its way through a tool. Its cells lose what parts them (`640020470`), a narrow cell is
//! broken over lines (`1361` above, `2` below), or the label is lost and the figures are alone between two rows that
//! kept theirs. Each is read only where the identities of the rule table leave one reading; what they leave open is
//! reported with its candidates.

mod cut;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::figures::{Figures, Tables, Value, window};
use super::labels::{Row, Shape};
use super::lines::{Line, LineSource};
use super::words::ideographs;
use crate::form::{Cell, Layout};
use crate::narrative::Section;
use crate::published::cell::{Origin, PublishedCell};
use crate::published::printed::{Printed, Status};
use crate::rule::Balance;

/// How many steps a search may take: no table that a page can hold needs as many.
const PATIENCE: u32 = 400_000;
/// How far a figure that is centred in its column can begin before others.
const CENTRED: u32 = 3;

pub(super) fn read<'a>(
    shape: &'static Shape,
    seen: &[bool],
    events: &mut [Figures<'a>],
    lines: &[Line<'_>],
    tables: &mut Tables,
) {
    let first = first_figures(shape, events);
    let mut rows = Reconstruction {
        shape,
        layout: layout(shape, lines, seen),
        rulers: Ruler::of(&first).into_iter().map(|ruler| (ruler, ruler.left_of(&first))).collect(),
        seen: seen.to_vec(),
        placed: Vec::new(),
        tables,
    };
    rows.doubt(events);
    rows.cut(events);
    rows.join(events);
    rows.run_on(events);
    rows.place(events, lines);
    rows.list_unconfirmed();
    rows.place_proceedings(events);
}

/// Rows whose columns lost their headings are in the form's order only if the sums say so: each row with parts and a total has
/// them right, and one is more than zeros. Table one has no sums: its figures are listed as candidates.
pub(super) fn confirm(shape: &Shape, unheaded: &[&[Cell]], tables: &mut Tables) {
    let sums = |cells: &[Cell]| sums(shape.edition.layout(), cells);
    for section in [Section::Article20, Section::Requests, Section::Proceedings] {
        let counts = |row: &[Cell]| -> Option<Vec<i64>> {
            row.iter().map(|cell| tables.cell(*cell).and_then(PublishedCell::whole_count)).collect()
        };
        // A page can print a row many times; the form has a few.
        let mut rows: Vec<(&[Cell], Option<Vec<i64>>)> = Vec::new();
        for row in unheaded.iter().filter(|row| row.first().is_some_and(|cell| cell.entry().table() == section)) {
            if rows.iter().all(|(of, _)| of != row) {
                rows.push((*row, counts(row)));
            }
        }
        let whole = || rows.iter().filter_map(|(row, counts)| Some((*row, counts.as_ref()?)));
        let is_confirmed = whole().all(|(row, counts)| !sums(row).is_empty() && holds(&sums(row), counts))
            && whole().any(|(row, counts)| sums(row).iter().any(|(total, _)| counts[*total] > 0));
        // Figures that are all alike are right in any order.
        let are_alike = |counts: &[i64]| counts.windows(2).all(|pair| pair[0] == pair[1]);
        let confirmed =
            rows.iter().map(|(row, counts)| (*row, is_confirmed || counts.as_deref().is_some_and(are_alike)));
        let confirmed: Vec<(&[Cell], bool)> = confirmed.collect();
        for (row, is_confirmed) in confirmed {
            row.iter().for_each(|cell| tables.by_order(*cell, is_confirmed));
        }
    }
}

/// Which layout the labels show.
fn layout(shape: &Shape, lines: &[Line<'_>], seen: &[bool]) -> Layout {
    let read = |of: fn(&Row) -> bool| shape.rows.iter().zip(seen).any(|(row, seen)| *seen && of(row));
    let divided =
        || lines.iter().any(|line| ["逾期不补", "收费通知", "逾期不缴"].iter().any(|word| line.text.contains(word)));
    let departs = || !read(|row| row.divided) && (read(|row| row.undivided) || !divided());
    shape.departed().filter(|_| departs()).unwrap_or(shape.edition.layout())
}

struct Reconstruction<'t> {
    shape: &'static Shape,
    layout: Layout,
    /// How the page may count its columns, and where the leftmost figure of a row on one line begins then.
    rulers: Vec<(Ruler, u32)>,
    seen: Vec<bool>,
    /// The rows without a label whose figures were placed by their order.
    placed: Vec<usize>,
    tables: &'t mut Tables,
}

impl Reconstruction<'_> {
    /// A row that was read from lines and whose total is wrong is in doubt if a line beside it holds a few figures of no
    /// row: they may be pieces of its own.
    fn doubt(&mut self, events: &mut [Figures<'_>]) {
        // As many as the row of their label has are no pieces of another.
        let rest = |figures: &&Figures<'_>| {
            !figures.read && (figures.row.is_none() || figures.values.len() != self.shape.applicants)
        };
        let mut on_line: BTreeMap<u32, usize> = BTreeMap::new();
        for line in events.iter().filter(rest).flat_map(|figures| &figures.values).filter_map(line_of) {
            *on_line.entry(line).or_default() += 1;
        }
        let is_piece = |line: u32| on_line.get(&line).is_some_and(|figures| *figures < self.shape.applicants);
        for figures in events.iter_mut().filter(|figures| figures.read && !figures.proceedings) {
            let Some(row) = figures.row.filter(|row| self.shape.rows[*row].is_request()) else { continue };
            let Some(line) = figures.values.first().and_then(line_of) else { continue };
            let cells = &self.shape.rows[row].cells;
            let beside = is_piece(line - 1) || is_piece(line + 1);
            let is_wrong = |counts: Vec<i64>| counts.len() == self.shape.applicants && !self.holds(cells, &counts);
            if beside && counts(texts(&figures.values)).is_some_and(is_wrong) {
                figures.read = false;
                self.seen[row] = false;
                self.tables.forget(cells);
            }
        }
    }

    /// The identities among these cells alone.
    fn sums(&self, cells: &[Cell]) -> Vec<(usize, Vec<usize>)> {
        sums(self.layout, cells)
    }

    /// Whether these cells satisfy the identities among them.
    fn holds(&self, cells: &[Cell], counts: &[i64]) -> bool {
        holds(&self.sums(cells), counts)
    }

    /// Whether these texts print counts that satisfy the identities among the cells.
    fn print<'t>(&self, cells: &[Cell], texts: impl IntoIterator<Item = &'t str>) -> bool {
        counts(texts).is_some_and(|counts| self.holds(cells, &counts))
    }

    // ---- Rows without label, cells broken over lines ----------------------------------------------

    /// Joins the figures of a row that were broken, their second pieces somewhere after: `1361 252 2 0 45 128 32
    /// 1406 9`. A figure is broken where it fills its column, so no figure is longer than a first piece.
    fn join(&mut self, events: &mut [Figures<'_>]) {
        let mut patience = PATIENCE;
        for figures in events.iter_mut().filter(|figures| !figures.read && !figures.proceedings) {
            let values = &figures.values;
            let Some(row) = figures.row.filter(|row| !self.seen[*row] && self.shape.rows[*row].is_request()) else {
                continue;
            };
            let pieces = self.shape.applicants..=self.shape.applicants + 3;
            if !pieces.contains(&values.len()) || !stand_apart(values) {
                continue;
            }
            let cells = &self.shape.rows[row].cells;
            let right = |texts: &[(String, Value<'_>)]| {
                counts(columns_texts(texts))
                    .is_some_and(|counts| counts[self.shape.applicants - 1] > 0 && self.holds(cells, &counts))
            };
            let Some(joins) = Joins::all(values, self.shape.applicants, right, &mut patience) else { return };
            let Some(first) = joins.first() else { continue };
            let cell = |column: usize| {
                let (text, value) = &first[column];
                let mut others = joins.iter().map(|join| join[column].0.as_str()).filter(|other| other != text);
                match others.next() {
                    None => joined(text, *value),
                    Some(other) => {
                        let texts = BTreeSet::from_iter([text.as_str(), other].into_iter().chain(others));
                        PublishedCell::open(texts).at(value.line.place_of(value.text))
                    }
                }
            };
            let found = (0..self.shape.applicants).map(cell).collect();
            figures.read = true;
            self.take_row(row, found);
        }
    }

    /// Rows one after the other behind the label of the first, the labels of the others being elsewhere: as many as the form
    /// has up to the next label with figures, each with its total right. What is left of the last can be broken over lines.
    fn run_on(&mut self, events: &mut [Figures<'_>]) {
        for at in 0..events.len() {
            let (figures, after) = (&events[at], &events[at + 1..]);
            let Some(first) = figures.row.filter(|row| !self.seen[*row] && self.shape.rows[*row].is_request()) else {
                continue;
            };
            let values = &figures.values;
            if figures.read || values.len() < 2 * self.shape.applicants || !stand_apart(values) {
                continue;
            }
            let next = after.iter().filter_map(|figures| figures.row).find(|row| *row > first);
            let printed = |row: &usize| self.layout.entry(self.shape.rows[*row].cells[0]).is_some();
            let rows: Vec<usize> = (first..next.unwrap_or(self.shape.rows.len())).filter(printed).collect();
            let holds = |(row, values): (&usize, &[Value<'_>])| self.print(&self.shape.rows[*row].cells, texts(values));
            let mut right =
                rows.iter().zip(values.chunks_exact(self.shape.applicants)).take_while(|row| holds(*row)).count();
            let rest = values.len() > right * self.shape.applicants;
            // Zeros have the right total wherever a row begins: only a row of figures shows that none is lost before it.
            while rest
                && right > 0
                && values[(right - 1) * self.shape.applicants..right * self.shape.applicants].iter().all(is_zero)
            {
                right -= 1;
            }
            let complete = right == rows.len() || rest && right + 1 == rows.len();
            if right < 2 || !complete || rows.iter().any(|row| self.seen[*row]) {
                continue;
            }
            let values: Vec<Value<'_>> = events[at].values.drain(..right * self.shape.applicants).collect();
            events[at].read = events[at].values.is_empty();
            for (row, values) in rows.into_iter().zip(values.chunks(self.shape.applicants)) {
                self.take_row(row, values.iter().map(|value| joined(value.text, *value)).collect());
            }
        }
    }

    /// Takes the cells of a row.
    fn take_row(&mut self, row: usize, cells: Vec<PublishedCell>) {
        self.seen[row] = true;
        let row = &self.shape.rows[row];
        self.tables.undivided |= row.undivided;
        self.tables.put(&row.cells, cells);
    }

    /// Lists the figures of the placed rows whose columns do not confirm them: a row of the page that lost its label has
    /// its own total right wherever it is put.
    fn list_unconfirmed(&mut self) {
        while let Some(at) = self.placed.iter().position(|row| !self.columns_hold(&self.shape.rows[*row].cells)) {
            let row = self.placed.swap_remove(at);
            self.seen[row] = false;
            self.tables.list(&self.shape.rows[row].cells);
        }
    }

    /// Whether each of these cells is in an identity with other rows, and all those hold whose cells are known.
    fn columns_hold(&self, cells: &[Cell]) -> bool {
        let count = |cell: &Cell| self.tables.cell(*cell).and_then(PublishedCell::whole_count);
        let sum = |side: &[Cell]| side.iter().map(count).sum::<Option<i64>>();
        let holds = |cell: &Cell| {
            let with = |balance: &&Balance| {
                let mut all = balance.equation.cells();
                balance.is_exact()
                    && all.any(|of| of == *cell)
                    && !balance.equation.cells().all(|of| cells.contains(&of))
            };
            let known = Balance::all(self.layout).iter().filter(with);
            let mut known = known.filter_map(|of| Some((sum(&of.equation.left)?, sum(&of.equation.right)?))).peekable();
            known.peek().is_some() && known.all(|(left, right)| left == right)
        };
        cells.iter().all(holds)
    }

    /// Gives the figures between two rows that were read to the rows that are missing there.
    fn place(&mut self, events: &mut [Figures<'_>], lines: &[Line<'_>]) {
        let end = events.iter().position(|figures| figures.proceedings).unwrap_or(events.len());
        let start = events[..end]
            .iter()
            .rposition(|figures| figures.read && figures.row.is_some_and(|row| !self.shape.rows[row].is_request()))
            .map_or(0, |at| at + 1);
        let mut words = None;
        let mut anchors: Vec<(usize, usize)> = Vec::new();
        for (at, figures) in events[..end].iter().enumerate().skip(start) {
            if let Some(row) = figures.row.filter(|row| figures.read && self.shape.rows[*row].is_request()) {
                anchors.push((at, self.shape.rows[row].rank));
            }
        }
        // Rows out of order are no anchors.
        if anchors.windows(2).any(|pair| pair[0].1 >= pair[1].1) {
            return;
        }
        let bounds = [(start, None)].into_iter().chain(anchors.iter().map(|(at, rank)| (at + 1, Some(*rank))));
        let next = anchors.iter().map(|(at, rank)| (*at, Some(*rank))).chain([(end, None)]);
        let gaps: Vec<_> = bounds.zip(next).collect();
        for ((from, above), (to, below)) in gaps {
            let missing: Vec<usize> = (0..self.shape.rows.len())
                .filter(|at| {
                    let row = &self.shape.rows[*at];
                    row.is_request()
                        && !self.seen[*at]
                        && self.layout.entry(row.cells[0]).is_some()
                        && above.is_none_or(|above| row.rank > above)
                        && below.is_none_or(|below| row.rank < below)
                })
                .collect();
            if missing.is_empty() || events[from..to].iter().all(|figures| figures.values.is_empty()) {
                continue;
            }
            // Layout is recognised by labels: those of the missing rows must be somewhere, in whatever pieces.
            let words = words.get_or_insert_with(|| lines.iter().map(|line| ideographs(line.text)).collect::<String>());
            if !missing.iter().all(|row| is_hinted(&self.shape.rows[*row].key, words)) {
                continue;
            }
            let found =
                self.whole_rows(&events[from..to], &missing).or_else(|| self.broken_rows(&events[from..to], &missing));
            let Some(found) = found else { continue };
            // Of the others the label is among the figures.
            let unlabelled = |row: &usize| !events[from..to].iter().any(|figures| figures.row == Some(*row));
            self.placed.extend(found.iter().map(|(row, _)| *row).filter(unlabelled));
            found.into_iter().for_each(|(row, cells)| self.take_row(row, cells));
            events[from..to].iter_mut().for_each(|figures| figures.read = true);
        }
    }

    /// Rows that kept their cells and lost their label: as many as are missing, each with its total right.
    fn whole_rows(&self, events: &[Figures<'_>], missing: &[usize]) -> Option<Vec<(usize, Vec<PublishedCell>)>> {
        let size = self.shape.applicants;
        let bounded = events.iter().filter(|of| of.bounded).map(|of| &of.values);
        let rows: Vec<&[Value<'_>]> =
            bounded.filter_map(|values| window(values, size).map(|begin| &values[begin..begin + size])).collect();
        if rows.len() != missing.len() {
            return None;
        }
        let place = |(row, values): (&usize, &[Value<'_>])| {
            let holds = self.print(&self.shape.rows[*row].cells, texts(values));
            holds.then(|| (*row, values.iter().map(|value| value.cell().inferred(Origin::Placed)).collect()))
        };
        missing.iter().zip(rows).map(place).collect()
    }

    /// Rows whose narrow cells were broken over lines: the one way to part the lines into as many rows as are missing, each
    /// of seven columns, each with its total right.
    fn broken_rows(&self, events: &[Figures<'_>], missing: &[usize]) -> Option<Vec<(usize, Vec<PublishedCell>)>> {
        let values: Vec<Value<'_>> =
            events.iter().flat_map(|figures| &figures.values).filter(|value| !value.is_blank()).copied().collect();
        if values.len() > 1000 || !values.iter().all(is_line) {
            return None;
        }
        let lines = by_line(values);
        // A row of one figure a line has no columns to see.
        if !lines.iter().any(|line| line.len() > 1) {
            return None;
        }
        let cells = &self.shape.rows[missing[0]].cells;
        let row_of = |from: usize, to: usize| {
            let columns = self.columns(&lines[from..to], self.shape.applicants)?;
            // Where nothing is below the columns of the page, figures stand as they happened to be broken.
            let is_below = |(_, value): &(String, Value<'_>)| {
                self.rulers.iter().all(|(ruler, left)| ruler.of_value(value) + CENTRED >= *left)
            };
            if !columns.iter().all(is_below) {
                return None;
            }
            self.print(cells, columns_texts(&columns)).then_some(columns)
        };
        // By number of rows and of lines: how many ways there are (more than one is too many), and the last row of one.
        let mut ways = vec![vec![(0_u8, 0_usize); lines.len() + 1]; missing.len() + 1];
        ways[0][0].0 = 1;
        for rows in 1..=missing.len() {
            for to in 1..=lines.len() {
                for from in to.saturating_sub(12)..to {
                    let (before, _) = ways[rows - 1][from];
                    if before > 0 && row_of(from, to).is_some() {
                        let (known, _) = ways[rows][to];
                        ways[rows][to] = (known.saturating_add(before).min(2), from);
                    }
                }
            }
        }
        let mut to = lines.len();
        if ways[missing.len()][to].0 != 1 {
            return None;
        }
        let mut found = Vec::new();
        for (rows, row) in missing.iter().enumerate().rev() {
            let (_, from) = ways[rows + 1][to];
            let columns = row_of(from, to)?;
            found.push((*row, columns.iter().map(|(text, value)| joined(text, *value)).collect()));
            to = from;
        }
        found.reverse();
        Some(found)
    }

    /// The columns of these lines from left to right; where the page does not show how it counts them, those that are the same
    /// either way.
    fn columns<'a>(&self, lines: &[Vec<Value<'a>>], size: usize) -> Option<Vec<(String, Value<'a>)>> {
        let mut found = self.rulers.iter().map(|(ruler, _)| columns(lines, size, *ruler));
        let first = found.next()??;
        let is_same = |other: Option<Vec<_>>| other.is_some_and(|of| columns_texts(&of).eq(columns_texts(&first)));
        found.all(is_same).then_some(first)
    }

    // ---- Table three ------------------------------------------------------------------------------

    /// Table three where its figures are among its labels, or are broken over lines: as many as it has cells, and all
    /// totals right.
    fn place_proceedings(&mut self, events: &mut [Figures<'_>]) {
        let cells = &self.shape.proceedings;
        if cells.iter().any(|cell| self.tables.cell(*cell).is_some()) {
            return;
        }
        let figures = events.iter().filter(|figures| figures.proceedings && !figures.read);
        let values: Vec<Value<'_>> =
            figures.flat_map(|figures| &figures.values).filter(|value| !value.is_blank()).copied().collect();
        if values.len() > 200 {
            return;
        }
        let in_order: Vec<(String, Value<'_>)> = values.iter().map(|value| (value.text.to_owned(), *value)).collect();
        let broken = || {
            let lines = by_line(values.iter().filter(|value| is_line(value)).copied());
            self.columns(&lines, cells.len())
        };
        let right = |columns: &Vec<(String, Value<'_>)>| {
            columns.len() == cells.len() && self.print(cells, columns_texts(columns))
        };
        let Some(found) = Some(in_order).filter(right).or_else(|| broken().filter(right)) else {
            return self.place_first_groups(events);
        };
        let cells: Vec<PublishedCell> = found.iter().map(|(text, value)| joined(text, *value)).collect();
        self.tables.put(&self.shape.proceedings, cells);
        events.iter_mut().filter(|figures| figures.proceedings).for_each(|figures| figures.read = true);
    }

    /// The groups before the last of table three where each total is under its own heading, and the last one on another
    /// page: four figures, one, four, one, four in the form of 2021.
    fn place_first_groups(&mut self, events: &mut [Figures<'_>]) {
        let (cells, groups) = (&self.shape.proceedings, &self.shape.groups);
        let Some(((_, last), before)) = groups.split_last() else { return };
        let known = cells.len() - last;
        let events: Vec<&mut Figures<'_>> =
            events.iter_mut().filter(|figures| figures.proceedings && !figures.read).collect();
        let sizes = groups.iter().flat_map(|(_, size)| [size - 1, 1]).take(2 * groups.len() - 1);
        if !events.iter().map(|figures| figures.values.len()).eq(sizes) {
            return;
        }
        let values: Vec<Value<'_>> = events.iter().flat_map(|figures| &figures.values).copied().collect();
        let mut end = 0;
        let is_right = |(_, size): &(String, usize)| {
            let begin = end;
            end += size;
            self.print(&cells[begin..end], texts(&values[begin..end]))
        };
        if !before.iter().all(is_right) {
            return;
        }
        self.tables.put(&cells[..known], values[..known].iter().map(|value| joined(value.text, *value)));
        events.into_iter().rev().skip(1).for_each(|figures| figures.read = true);
    }
}

/// Whether these are as many figures as a row has cells, and add up: then none of them is half of one.
pub(super) fn adds_up(shape: &Shape, cells: &[Cell], values: &[Value<'_>]) -> bool {
    let adds_up = |counts: Vec<i64>| {
        let sums = sums(shape.edition.layout(), cells);
        !sums.is_empty() && holds(&sums, &counts)
    };
    values.len() == cells.len() && counts(texts(values)).is_some_and(adds_up)
}

/// The identities among these cells alone: where the total is, and where its parts are.
fn sums(layout: Layout, cells: &[Cell]) -> Vec<(usize, Vec<usize>)> {
    let place = |cell: &Cell| cells.iter().position(|of| of == cell);
    let exact = Balance::all(layout).iter().filter(|balance| balance.is_exact());
    exact
        .filter_map(|balance| match balance.equation.left.as_slice() {
            [total] => Some((place(total)?, balance.equation.right.iter().map(place).collect::<Option<_>>()?)),
            _ => None,
        })
        .collect()
}

fn holds(sums: &[(usize, Vec<usize>)], counts: &[i64]) -> bool {
    sums.iter().all(|(total, parts)| counts[*total] == parts.iter().map(|part| counts[*part]).sum::<i64>())
}

/// Whether some part of a label, long enough to be no other, is among the words of the page.
fn is_hinted(key: &str, words: &str) -> bool {
    let characters: Vec<char> = key.chars().collect();
    characters.windows(4.min(characters.len())).any(|part| words.contains(&part.iter().collect::<String>()))
}

/// The cell of a figure that was given its place, or was joined from the piece `first` and others.
fn joined(text: &str, first: Value<'_>) -> PublishedCell {
    let inference = if text == first.text { Origin::Placed } else { Origin::Joined };
    PublishedCell::read(text).at(first.line.place_of(first.text)).inferred(inference)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether these are figures of which nearly each is alone on its line. Where lines have several, their columns decide.
fn stand_apart(values: &[Value<'_>]) -> bool {
    let shared = values.windows(2).filter(|pair| pair[0].line.origin == pair[1].line.origin).count();
    shared <= 2 && values.iter().all(|value| is_line(value) && is_digits(value.text) && !value.is_blank())
}

fn is_zero(value: &Value<'_>) -> bool {
    value.text == "0"
}

fn is_line(value: &Value<'_>) -> bool {
    line_of(value).is_some()
}

fn line_of(value: &Value<'_>) -> Option<u32> {
    match value.line.origin {
        LineSource::Line(line) => Some(line),
        _ => None,
    }
}

pub(super) fn texts<'a>(values: &[Value<'a>]) -> impl Iterator<Item = &'a str> {
    values.iter().map(|value| value.text)
}

fn columns_texts<'c>(columns: &'c [(String, Value<'_>)]) -> impl Iterator<Item = &'c str> {
    columns.iter().map(|(text, _)| text.as_str())
}

/// The counts that these texts print; `None` if one prints none.
fn counts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Vec<i64>> {
    texts.into_iter().map(count).collect()
}

/// The count that a text prints.
fn count(text: &str) -> Option<i64> {
    match Printed::of(text) {
        Printed { status: Status::Number, number, .. } => number?.whole().filter(|whole| *whole >= 0),
        _ => None,
    }
}

/// The figures of each line.
fn by_line<'a>(values: impl IntoIterator<Item = Value<'a>>) -> Vec<Vec<Value<'a>>> {
    let mut lines: Vec<Vec<Value<'a>>> = Vec::new();
    for value in values {
        match lines.last_mut() {
            Some(line) if line[0].line.origin == value.line.origin => line.push(value),
            _ => lines.push(vec![value]),
        }
    }
    lines
}

/// How a text that keeps the layout of a page counts columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ruler {
    /// An ideograph is one column, as for `pdftotext -layout`.
    Characters,
    /// An ideograph is two columns, as on a terminal.
    Widths,
}

impl Ruler {
    fn of_value(self, value: &Value<'_>) -> u32 {
        let column = value.line.column_of(value.text);
        match self {
            Ruler::Characters => column,
            Ruler::Widths => column + value.line.wide_before(value.text),
        }
    }

    /// Where the leftmost of these begins; 0 if there is none.
    fn left_of(self, values: &[Value<'_>]) -> u32 {
        values.iter().map(|value| self.of_value(value)).min().unwrap_or(0)
    }

    /// The one by which more of the rows that stand on a line each begin in the same column; both if none does.
    fn of(rows: &[Value<'_>]) -> Vec<Ruler> {
        let alike = |ruler: Ruler| {
            let begins: Vec<u32> = rows.iter().map(|value| ruler.of_value(value)).collect();
            let beside = |begin: &u32| begins.iter().filter(|other| other.abs_diff(*begin) <= 1).count();
            begins.iter().map(beside).max().unwrap_or(0)
        };
        match alike(Ruler::Characters).cmp(&alike(Ruler::Widths)) {
            Ordering::Greater => vec![Ruler::Characters],
            Ordering::Less => vec![Ruler::Widths],
            Ordering::Equal => vec![Ruler::Characters, Ruler::Widths],
        }
    }
}

/// The first figures of the rows that stand on a line each.
fn first_figures<'a>(shape: &Shape, events: &[Figures<'a>]) -> Vec<Value<'a>> {
    let whole = |figures: &&Figures<'_>| {
        let values = &figures.values;
        let one_line = values.windows(2).all(|pair| pair[0].line.origin == pair[1].line.origin);
        values.len() == shape.applicants && one_line && is_line(&values[0])
    };
    events.iter().filter(whole).filter_map(|figures| figures.values.first()).take(100).copied().collect()
}

/// The columns of these lines from left to right, if there are as many: what is below a figure and overlaps it
/// continues it.
fn columns<'a>(lines: &[Vec<Value<'a>>], size: usize, ruler: Ruler) -> Option<Vec<(String, Value<'a>)>> {
    struct Column<'a> {
        text: String,
        first: Value<'a>,
        begin: u32,
        end: u32,
        line: usize,
    }
    let mut columns: Vec<Column<'a>> = Vec::with_capacity(size);
    for (number, line) in lines.iter().enumerate() {
        for value in line {
            let begin = ruler.of_value(value);
            // A figure has a few characters.
            let end = begin + value.text.chars().count() as u32;
            // Centred pieces begin a little apart.
            let below = |column: &&mut Column<'_>| {
                column.begin.abs_diff(begin) <= 1 || column.begin < end && begin < column.end
            };
            let mut above = columns.iter_mut().filter(below);
            match (above.next(), above.next()) {
                (None, _) => {
                    columns.push(Column { text: value.text.to_owned(), first: *value, begin, end, line: number })
                }
                (Some(column), None) => {
                    if column.line == number || !is_digits(&column.text) || !is_digits(value.text) || column.text == "0"
                    {
                        return None;
                    }
                    column.text += value.text;
                    column.begin = column.begin.min(begin);
                    column.end = column.end.max(end);
                    column.line = number;
                }
                _ => return None,
            }
            if columns.len() > size {
                return None;
            }
        }
    }
    columns.sort_by_key(|column| column.begin);
    if columns.len() != size {
        return None;
    }
    Some(columns.into_iter().map(|column| (column.text, column.first)).collect())
}

// ---- Searches ------------------------------------------------------------------------------------

/// All ways to join figures whose second pieces are somewhere after the first.
struct Joins<'a, 'v, F> {
    values: &'v [Value<'a>],
    /// How many cells the row has.
    size: usize,
    /// The digits that a column holds.
    width: usize,
    right: F,
    cells: Vec<(String, Value<'a>)>,
    found: Vec<Vec<(String, Value<'a>)>>,
    patience: &'v mut u32,
}

impl<'a, 'v, F: Fn(&[(String, Value<'a>)]) -> bool> Joins<'a, 'v, F> {
    /// Every way to make a row of these values that is right; `None` where there are too many to tell.
    fn all(
        values: &'v [Value<'a>],
        size: usize,
        right: F,
        patience: &'v mut u32,
    ) -> Option<Vec<Vec<(String, Value<'a>)>>> {
        // A column holds three digits at least.
        let width = values.iter().map(|value| value.text.len()).fold(3, usize::max);
        let mut joins = Joins { values, size, width, right, cells: Vec::new(), found: Vec::new(), patience };
        joins.descend(0);
        if *joins.patience == 0 { None } else { Some(joins.found) }
    }

    fn descend(&mut self, at: usize) {
        let Some(patience) = self.patience.checked_sub(1) else { return };
        *self.patience = patience;
        let Some(value) = self.values.get(at) else {
            if (self.right)(&self.cells) {
                self.found.push(self.cells.clone());
            }
            return;
        };
        if self.cells.len() < self.size {
            self.cells.push((value.text.to_owned(), *value));
            self.descend(at + 1);
            self.cells.pop();
        }
        if self.cells.len() + self.values.len() - at == self.size {
            return;
        }
        for cell in 0..self.cells.len() {
            // Full, and not yet continued.
            if self.cells[cell].0.len() == self.width {
                self.cells[cell].0.push_str(value.text);
                self.descend(at + 1);
                self.cells[cell].0.truncate(self.width);
            }
        }
    }
}
