//! What a reader finds in a document, in reading order: lines of text, and the cells of tables.

use super::limits::{Limits, ReadError};
use crate::place::Place;
use crate::text::trimmed;

/// Where a piece of a document is. All numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineSource {
    /// A line of a text, a paragraph of a page or of a Word document.
    Line(u32),
    /// A cell of a table: the table of the document, the row, and the column of the grid that spans leave it in.
    #[cfg_attr(not(any(feature = "html", feature = "office")), expect(dead_code, reason = "plain text has no grid"))]
    Cell { table: u32, row: u32, column: u32 },
    /// A cell of a table that a text draws, with the line and the character that it begins at.
    Drawn { table: u32, row: u32, column: u32, line: u32, at: u32 },
    /// A cell of a worksheet: the number of the sheet, its row and column.
    #[cfg_attr(not(feature = "office"), expect(dead_code, reason = "plain text has no worksheets"))]
    Sheet { sheet: u32, row: u32, column: u32 },
}

impl LineSource {
    /// What all cells of a row of a table share; nothing for a line.
    pub(super) fn row(self) -> Option<(u32, u32)> {
        match self {
            LineSource::Line(_) => None,
            LineSource::Cell { table, row, .. } | LineSource::Drawn { table, row, .. } => Some((table, row)),
            LineSource::Sheet { sheet, row, .. } => Some((sheet, row)),
        }
    }
}

/// A line that is not blank, or a cell of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub origin: LineSource,
    /// How many columns a cell spans.
    pub span: u32,
    /// The line as it is; where a line was cut, the part.
    pub whole: &'a str,
    /// How many characters of the line are before `whole`.
    before: u32,
    /// The line without white space around it.
    pub text: &'a str,
    /// Whether it was cut from a line that ran cells together.
    pub run_together: bool,
    /// The name of the worksheet.
    sheet: &'a str,
}

impl<'a> Line<'a> {
    /// The line of this number.
    pub(super) fn new(number: u32, whole: &'a str, text: &'a str) -> Line<'a> {
        Line { origin: LineSource::Line(number), span: 1, whole, before: 0, text, run_together: false, sheet: "" }
    }

    /// The parts of the line, which ran cells together: what is between these places of its text, blanks left out.
    pub(super) fn parts(self, cuts: impl IntoIterator<Item = usize>) -> impl Iterator<Item = Line<'a>> {
        let (mut start, mut before) = (0, self.column_of(self.text));
        cuts.into_iter().filter_map(move |cut| {
            let whole = &self.text[start..cut];
            let part = Line { whole, before, text: trimmed(whole), run_together: true, ..self };
            start = cut;
            // As in `column_of`.
            before += whole.chars().count() as u32;
            (!part.text.is_empty()).then_some(part)
        })
    }

    /// The cells of a line between such marks of one byte, blank ones left out.
    pub(super) fn cells(self, mark: char) -> impl Iterator<Item = Line<'a>> {
        let marks = self.text.match_indices(mark).flat_map(|(at, _)| [at, at + 1]).chain([self.text.len()]);
        let marks: Vec<usize> = marks.collect();
        let is_cell = move |part: &Line<'a>| !matches!(part.text, "|" | ",");
        self.parts(marks).filter(is_cell).map(|part| Line { run_together: false, ..part })
    }

    /// A piece of the line as one of its own.
    pub(super) fn only(self, piece: &'a str) -> Line<'a> {
        Line { whole: piece, before: self.column_of(piece), text: trimmed(piece), ..self }
    }

    /// The place of a piece of the line.
    pub(super) fn place_of(&self, piece: &str) -> Place {
        match self.origin {
            LineSource::Line(line) => Place::Text { line, column: self.column_of(piece) + 1 },
            LineSource::Cell { table, row, column } => Place::Table { table, row, column },
            LineSource::Drawn { line, at, .. } => Place::Text { line, column: at },
            LineSource::Sheet { row, column, .. } => Place::in_sheet(self.sheet, row, column),
        }
    }

    /// How many characters of the line before a piece of it are two columns wide.
    pub(super) fn wide_before(&self, piece: &str) -> u32 {
        let offset = (piece.as_ptr() as usize).saturating_sub(self.whole.as_ptr() as usize);
        self.whole.get(..offset).map_or(0, |before| before.chars().filter(|c| is_wide(*c)).count()) as u32
    }

    /// How many characters of the line are before a piece of it.
    pub(super) fn column_of(&self, piece: &str) -> u32 {
        let offset = (piece.as_ptr() as usize).saturating_sub(self.whole.as_ptr() as usize);
        // A line has fewer characters than the largest input has bytes.
        self.before + self.whole.get(..offset).map_or(0, |before| before.chars().count()) as u32
    }
}

/// The text of a line without the marks of a Markdown heading, `## `, and without white space around it.
pub(super) fn text_of(line: &str) -> &str {
    let text = trimmed(line);
    let behind = text.trim_start_matches('#');
    let marks = text.len() - behind.len();
    if (1..=6).contains(&marks) && behind.starts_with(char::is_whitespace) {
        return trimmed(behind.trim_end_matches('#'));
    }
    text
}

/// Whether a character is two columns wide: ideographs, and what stands among them.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}')
}

/// Whether a cell is longer than any label of the form: it holds prose.
pub(super) fn is_longer_than_a_label(cell: &str) -> bool {
    let most = if cell.contains('\n') { 300 } else { 600 };
    cell.chars().nth(most).is_some()
}

/// A document as its lines and cells, in reading order.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
    pieces: Vec<Piece>,
    /// The names of the worksheets.
    sheets: Vec<Box<str>>,
}

#[derive(Debug)]
struct Piece {
    end: usize,
    origin: LineSource,
    span: u32,
}

impl Page {
    /// Adds a line, or a paragraph that no line break parts.
    pub(super) fn line(&mut self, number: u32, text: &str) {
        self.push(LineSource::Line(number), 1, text);
    }

    /// Adds a cell that spans so many columns; its paragraphs are parted by line breaks. Blank cells count: they are added
    /// too. Cells of one row follow each other.
    pub(super) fn cell(&mut self, origin: LineSource, span: u32, text: &str) {
        self.push(origin, span, text);
    }

    /// Adds a worksheet and returns its number.
    #[cfg_attr(not(feature = "office"), expect(dead_code, reason = "only workbooks have sheets"))]
    pub(super) fn sheet(&mut self, name: &str) -> u32 {
        self.sheets.push(name.into());
        // A workbook within the limits has fewer sheets.
        self.sheets.len() as u32
    }

    fn push(&mut self, origin: LineSource, span: u32, text: &str) {
        self.text.push_str(text);
        self.pieces.push(Piece { end: self.text.len(), origin, span });
    }

    /// The same page in simplified characters, which are as long.
    #[cfg(any(feature = "html", feature = "office"))]
    pub(super) fn simplified(mut self) -> Page {
        if let std::borrow::Cow::Owned(text) = super::traditional::simplified(&self.text) {
            self.text = text;
        }
        self
    }

    /// The lines and cells, in reading order; blank lines are left out, blank cells are not.
    pub(super) fn lines(&self, limits: &Limits) -> Result<Vec<Line<'_>>, ReadError> {
        let mut lines = Vec::with_capacity(self.pieces.len());
        let mut start = 0;
        for piece in &self.pieces {
            let whole = &self.text[start..piece.end];
            start = piece.end;
            let text = if piece.origin.row().is_none() { text_of(whole) } else { trimmed(whole) };
            if text.is_empty() && piece.origin.row().is_none() {
                continue;
            }
            if lines.len() == limits.lines {
                return Err(ReadError::TooManyLines { limit: limits.lines });
            }
            let sheet = match piece.origin {
                LineSource::Sheet { sheet, .. } => self.sheets.get(sheet as usize - 1).map_or("", |name| name),
                _ => "",
            };
            lines.push(Line {
                origin: piece.origin,
                span: piece.span,
                whole,
                before: 0,
                text,
                run_together: false,
                sheet,
            });
        }
        Ok(lines)
    }
}
