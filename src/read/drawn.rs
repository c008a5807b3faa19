//! Tables that a text draws, with the rows and cells that they had, blank ones too: boxes (`│`, `├──┼`) and grids (`+---+`),
//! columns under rules of dashes (`---- ----`), and what a spreadsheet program saves (`规章,,0,0`).

use std::collections::BTreeSet;

use super::csv::records;
use super::figures::is_value;
use super::limits::{Limits, ReadError};
use super::lines::{LineSource, Page, is_longer_than_a_label, is_wide};
use crate::text::trimmed;

/// The page of a text that draws its tables; `None` for any other text.
pub(super) fn page(text: &str, limits: &Limits) -> Result<Option<Page>, ReadError> {
    if text.contains('\r') && !text.contains('\n') {
        return page(&text.replace('\r', "\n"), limits);
    }
    let mark = spreadsheet_mark(text);
    if mark.is_none() && !["──", "━━", "══", "+--", "+==", "-- --"].iter().any(|rule| text.contains(rule)) {
        return Ok(None);
    }
    let mut drawing = Drawing { page: Page::default(), table: 0, cells: 0, limits };
    if let Some(mark) = mark {
        drawing.spreadsheet(text, mark)?;
        return Ok(Some(drawing.page));
    }
    limits.admit_lines(text)?;
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    while at < lines.len() {
        let rest = &lines[at..];
        let between_bars = rest.iter().take_while(|line| !borders(line, 2).is_empty()).count();
        let is_boxed = rest[..between_bars].iter().any(|line| is_border(line));
        let read = if is_boxed { drawing.boxed(&rest[..between_bars], at)? } else { drawing.ruled(rest, at)? };
        // What is no table stays lines: a row between bars alone, or a line of prose.
        let lines = if read == 0 { between_bars.max(1) } else { 0 };
        for (line, number) in rest[..lines].iter().zip(number_of(at)..).filter(|(line, _)| !line.trim().is_empty()) {
            drawing.page.line(number, line);
        }
        at += read + lines;
    }
    Ok(if drawing.cells > 0 { Some(drawing.page) } else { None })
}

/// The number of a line. There are fewer than the largest input has bytes.
fn number_of(line: usize) -> u32 {
    line as u32 + 1
}

struct Drawing<'l> {
    page: Page,
    /// How many tables and cells there are so far.
    table: u32,
    cells: usize,
    limits: &'l Limits,
}

/// A cell of a drawn table.
struct DrawnCell {
    /// The columns of the text that it takes up.
    from: usize,
    to: usize,
    text: String,
    /// Where its first character is.
    line: u32,
    at: u32,
    closed: bool,
}

impl DrawnCell {
    /// Goes on with a piece of the line of this number.
    fn go_on(&mut self, piece: &DrawnCell, number: u32) {
        if self.text.is_empty() {
            (self.line, self.at) = (number, piece.at);
        } else if !piece.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&piece.text);
    }
}

impl Drawing<'_> {
    /// Adds a row; each cell with its column among those of the table, and how many it spans.
    fn row(&mut self, row: u32, cells: impl IntoIterator<Item = (u32, u32, DrawnCell)>) -> Result<(), ReadError> {
        for (column, span, cell) in cells {
            self.cells += 1;
            if self.cells > self.limits.cells {
                return Err(ReadError::TooManyCells { limit: self.limits.cells });
            }
            let origin = LineSource::Drawn { table: self.table, row, column, line: cell.line, at: cell.at };
            self.page.cell(origin, span, &cell.text);
        }
        Ok(())
    }

    // ---- Boxes and grids --------------------------------------------------------------------------

    /// A table between borders: a border below a cell ends it, and with it the row. Returns how many lines it has: all.
    fn boxed(&mut self, lines: &[&str], first: usize) -> Result<usize, ReadError> {
        self.table += 1;
        // Some programs count an ideograph as two columns, some as one: then the right borders are in one line.
        let ends = |wide: &usize| {
            let ends = lines.iter().filter_map(|line| borders(line, *wide).last().map(|(_, column)| *column));
            ends.collect::<BTreeSet<usize>>().len()
        };
        let wide = [2, 1].into_iter().min_by_key(ends).unwrap_or(2);
        let borders_of = |line: &&str| borders(line, wide).into_iter().map(|(_, column)| column);
        let begins: BTreeSet<usize> = lines.iter().filter(|line| is_border(line)).flat_map(borders_of).collect();
        let begins: Vec<usize> = begins.into_iter().collect();
        let (mut open, mut row): (Vec<DrawnCell>, u32) = (Vec::new(), 0);
        for (line, number) in lines.iter().zip(number_of(first)..) {
            let pieces = pieces(line, wide, &begins);
            let is_under_figure = |piece: &&DrawnCell| {
                let above = open.iter().find(|cell| cell.from == piece.from && !cell.closed);
                is_value(&piece.text) && above.is_some_and(|cell| is_value(cell.text.trim()))
            };
            // Rows without a border between them, or no row at all.
            if pieces.iter().filter(is_under_figure).count() > 2 || open.len() > MOST_PIECES {
                open.iter_mut().for_each(|cell| cell.closed = true);
                row = self.end_row(row, &mut open, &begins)?;
            }
            for piece in pieces {
                if is_rule(&piece.text) {
                    let below = |cell: &&mut DrawnCell| cell.from < piece.to && piece.from < cell.to;
                    open.iter_mut().filter(below).for_each(|cell| cell.closed = true);
                } else if let Some(cell) = open.iter_mut().find(|cell| (cell.from, cell.to) == (piece.from, piece.to)) {
                    cell.go_on(&piece, number);
                } else {
                    open.push(DrawnCell { line: number, ..piece });
                }
            }
            row = self.end_row(row, &mut open, &begins)?;
        }
        open.iter_mut().for_each(|cell| cell.closed = true);
        self.end_row(row, &mut open, &begins)?;
        Ok(lines.len())
    }

    /// Adds the row of the cells that are closed, if there are any, and returns the number of the last row.
    fn end_row(&mut self, row: u32, open: &mut Vec<DrawnCell>, begins: &[usize]) -> Result<u32, ReadError> {
        let (mut closed, still_open): (Vec<_>, Vec<_>) = std::mem::take(open).into_iter().partition(|cell| cell.closed);
        *open = still_open;
        if closed.is_empty() {
            return Ok(row);
        }
        closed.sort_by_key(|cell| cell.from);
        let column = |at: usize| begins.partition_point(|begin| *begin < at) as u32;
        let cells = closed.into_iter().map(|cell| (column(cell.from) + 1, column(cell.to) - column(cell.from), cell));
        self.row(row + 1, cells)?;
        Ok(row + 1)
    }

    // ---- Columns under rules ----------------------------------------------------------------------

    /// A table whose columns are those of a rule of dashes, down to the next rule; how many lines it has, 0 if there is none.
    /// Where blank lines are within it, they part its rows; else each line is one.
    fn ruled(&mut self, lines: &[&str], first: usize) -> Result<usize, ReadError> {
        let Some(columns) = columns_of(lines[0]) else { return Ok(0) };
        let body = &lines[1..lines.len().min(400)];
        let Some(end) = body.iter().position(|line| is_dashes(line)) else { return Ok(0) };
        let cut: Option<Vec<Vec<DrawnCell>>> = body[..end].iter().map(|line| under(&columns, line)).collect();
        let Some(cut) = cut else { return Ok(0) };
        self.table += 1;
        let is_blank = |cells: &[DrawnCell]| cells.iter().all(|cell| cell.text.is_empty());
        let parted = cut.iter().any(|cells| is_blank(cells));
        let (mut row, mut open): (u32, Vec<DrawnCell>) = (0, Vec::new());
        for (cells, number) in cut.into_iter().zip(number_of(first + 1)..) {
            if (is_blank(&cells) || !parted) && !open.is_empty() {
                row += 1;
                self.row(row, (1..).zip(std::mem::take(&mut open)).map(|(column, cell)| (column, 1, cell)))?;
            }
            if is_blank(&cells) {
                continue;
            }
            if open.is_empty() {
                open = cells.into_iter().map(|cell| DrawnCell { line: number, ..cell }).collect();
                continue;
            }
            open.iter_mut().zip(&cells).for_each(|(cell, piece)| cell.go_on(piece, number));
        }
        self.row(row + 1, (1..).zip(open).map(|(column, cell)| (column, 1, cell)))?;
        Ok(end + 1)
    }

    // ---- Spreadsheets -----------------------------------------------------------------------------

    /// What a spreadsheet program saves, its fields parted by this mark; a record of prose is a line.
    fn spreadsheet(&mut self, text: &str, mark: char) -> Result<(), ReadError> {
        self.table = 1;
        let are_numbered = are_numbered(text, mark);
        for (mut record, row) in records(text, mark).zip(1..) {
            if are_numbered {
                record.fields.remove(0);
            }
            let is_prose = record.fields.len() == 1
                || record.fields.iter().any(|(_, field)| is_longer_than_a_label(field) || field.contains('。'));
            if is_prose {
                let fields: Vec<&str> = record.fields.iter().map(|(_, field)| field.as_str()).collect();
                self.page.line(record.line, &fields.join(mark.encode_utf8(&mut [0; 4])));
                continue;
            }
            let line = record.line;
            let cell = |(at, text): (u32, String)| DrawnCell { from: 0, to: 0, text, line, at, closed: true };
            self.row(row, (1..).zip(record.fields).map(|(column, field)| (column, 1, cell(field))))?;
        }
        Ok(())
    }
}

/// Whether the first column counts the records.
fn are_numbered(text: &str, mark: char) -> bool {
    let mut numbers = records(text, mark).map(|record| match record.fields.as_slice() {
        [(_, number), _, ..] => number.parse::<u32>().ok(),
        _ => None,
    });
    let Some(Some(first)) = numbers.next() else { return false };
    first <= 1 && (first + 1..).zip(numbers).all(|(due, number)| number == Some(due))
}

/// What parts the cells of a table that a spreadsheet program saved: two lines at least are a label and then figures or blanks.
fn spreadsheet_mark(text: &str) -> Option<char> {
    let is_row = |line: &str, mark: char| {
        let mut pieces = line.split(mark).map(|piece| trimmed(piece).trim_matches('"'));
        let is_figure = |piece: &str| piece.is_empty() || is_value(piece);
        let is_label =
            |label: &str| label.len() <= 240 && !label.contains('。') && !label.ends_with(|c: char| c.is_ascii_digit());
        let mut labels = pieces.by_ref().skip_while(|piece| is_figure(piece));
        let begins = labels.next().is_some_and(is_label);
        let figures: Vec<&str> = labels.skip_while(|piece| !is_figure(piece) && is_label(piece)).collect();
        begins && figures.iter().all(|piece| is_figure(piece)) && figures.iter().any(|piece| !piece.is_empty())
    };
    let has = |mark: char| {
        let lines =
            text.lines().filter(|line| line.len() <= 1024 && line.contains(mark) && line.matches(mark).count() <= 64);
        lines.take(2000).filter(|line| is_row(line, mark)).take(2).count() == 2
    };
    [',', ';'].into_iter().filter(|mark| text.contains(*mark)).find(|mark| has(*mark))
}

// ---- What a line draws ---------------------------------------------------------------------------

/// No row of a table is as long, or has as many cells.
const LONGEST_ROW: usize = 8192;
const MOST_PIECES: usize = 200;

/// Where the borders of a line are, each with its column, ideographs so wide; none if anything stands outside of them.
fn borders(line: &str, wide: usize) -> Vec<(usize, usize)> {
    let text = trimmed(line);
    let is_upright = |c: char| "|│┃║├┤┼┌┐└┘┬┴╞╡╪╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋".contains(c);
    let is_bordered = |c: Option<char>| c.is_some_and(|c| is_upright(c) || c == '+');
    let ends = || is_bordered(text.chars().next()) && is_bordered(text.chars().next_back());
    if line.len() > LONGEST_ROW || !ends() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut column, mut before) = (0, ' ');
    let mut characters = line.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let after = characters.peek().map_or(' ', |(_, c)| *c);
        let is_dash = |c: char| matches!(c, '-' | '=');
        if is_upright(c) || c == '+' && (is_dash(before) || is_dash(after)) {
            found.push((at, column));
        }
        column += if is_wide(c) { wide } else { 1 };
        before = c;
    }
    if found.len() > MOST_PIECES { Vec::new() } else { found }
}

/// The pieces of a line between its borders that are in these columns; where a cell is too narrow for its text, between as
/// many borders as there are columns.
fn pieces(line: &str, wide: usize, columns: &[usize]) -> Vec<DrawnCell> {
    let mut borders = borders(line, wide);
    if borders.len() == columns.len() {
        borders.iter_mut().zip(columns).for_each(|((_, column), due)| *column = *due);
    }
    borders.retain(|(_, column)| columns.binary_search(column).is_ok());
    let piece = |pair: &[(usize, usize)]| {
        let [(left, from), (right, to)] = [pair[0], pair[1]];
        let border = line[left..].chars().next().map_or(0, char::len_utf8);
        let whole = &line[left + border..right];
        let text = trimmed(whole);
        let blanks = whole.chars().take_while(|c| c.is_whitespace()).count();
        let at = line[..left].chars().count() + 1 + blanks + 1;
        DrawnCell { from, to, text: text.to_owned(), line: 0, at: at as u32, closed: false }
    };
    borders.windows(2).map(piece).collect()
}

/// Whether a text between borders is a border itself.
fn is_rule(text: &str) -> bool {
    text.chars().count() > 1 && text.chars().all(|c| matches!(c, '-' | '=' | '─' | '━' | '═' | ':'))
}

/// Whether a line has borders of a box or a grid between rows, not the rule below the headings of a Markdown table.
fn is_border(line: &str) -> bool {
    line.contains(['─', '━', '═']) || ["+-", "-+", "+=", "=+"].iter().any(|corner| line.contains(corner))
}

/// Whether a line is a rule of dashes.
fn is_dashes(line: &str) -> bool {
    line.len() <= LONGEST_ROW && line.contains("--") && line.chars().all(|c| matches!(c, '-' | ' '))
}

/// The columns of a rule of dashes that has several.
fn columns_of(line: &str) -> Option<Vec<(usize, usize)>> {
    if !is_dashes(line) {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (at, _) in line.match_indices('-') {
        match columns.last_mut() {
            Some((_, to)) if *to == at => *to += 1,
            _ => columns.push((at, at + 1)),
        }
    }
    (2..=MOST_PIECES).contains(&columns.len()).then_some(columns)
}

/// The cells of a line under these columns; `None` if anything stands between them.
fn under(columns: &[(usize, usize)], line: &str) -> Option<Vec<DrawnCell>> {
    if line.len() > LONGEST_ROW {
        return None;
    }
    let cell = |(from, to): &(usize, usize)| DrawnCell {
        from: *from,
        to: *to,
        text: String::new(),
        line: 0,
        at: 0,
        closed: true,
    };
    let mut cells: Vec<DrawnCell> = columns.iter().map(cell).collect();
    let mut column = 0;
    for (c, at) in line.chars().zip(1..) {
        let width = if is_wide(c) { 2 } else { 1 };
        let of = cells.partition_point(|cell| cell.to <= column);
        column += width;
        match cells.get_mut(of) {
            Some(cell) if cell.from < column && column <= cell.to => {
                if cell.text.is_empty() {
                    cell.at = at;
                }
                if !(cell.text.is_empty() && c.is_whitespace()) {
                    cell.text.push(c);
                }
            }
            _ if c.is_whitespace() => {}
            _ => return None,
        }
    }
    for cell in &mut cells {
        cell.text.truncate(cell.text.trim_end().len());
    }
    Some(cells)
}
