//! A CSV of cells: `path,printed`, or what `--cells` of the example prints; also as a spreadsheet program saves it, with
//! other columns beside these two, between `;` or tabs.

use super::format::csv_mark;
use super::limits::{Limits, ReadError};
use crate::fault::{Fault, Faults};
use crate::form::{Cell, Layout};
use crate::place::Place;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::published::printed::Status;
use crate::text::{shortened, unguarded};

pub(super) fn read(input: &str, limits: &Limits) -> Result<PublishedReport, ReadError> {
    // Some programs end lines with a CR alone.
    if input.contains('\r') && !input.contains('\n') {
        return read(&input.replace('\r', "\n"), limits);
    }
    limits.admit_lines(input)?;
    let fault = |line: u32, expected: Expected, found: &str| {
        Fault::new(Place::Text { line, column: 1 }, expected, Some(format!("{:?}", shortened(found))))
    };
    let mut records = records(input, csv_mark(input.as_bytes()).unwrap_or(','));
    let Some(columns) = records.next().and_then(Columns::of) else {
        return Err(ReadError::Csv(vec![fault(1, ["path 和 printed 两列", "the columns path and printed"], "")]));
    };
    let mut faults = Vec::new();
    let mut cells: Vec<(Cell, PublishedCell)> = Vec::new();
    for record in records {
        // A file of something else: the first faults say so.
        if faults.len() == MOST_FAULTS {
            break;
        }
        match columns.cell(&record, &cells) {
            Ok(cell) => cells.push(cell),
            Err((expected, found)) => faults.push(fault(record.line, expected, found)),
        }
    }
    match layout_of(&cells) {
        None => {
            let first = cells
                .iter()
                .find(|(cell, _)| Layout::newest_first().next().is_some_and(|of| of.entry(*cell).is_none()));
            let path = first.map_or("", |(cell, _)| cell.path());
            faults.push(fault(1, ["同一种表样的格", "the cells of one layout of the form"], path));
        }
        Some(layout) if faults.is_empty() => {
            return PublishedReport::from_cells(layout, cells).map_err(|Faults(faults)| ReadError::Csv(faults));
        }
        Some(_) => {}
    }
    Err(ReadError::Csv(faults))
}

/// The layout that prints all of the cells: an exact one if there is one, and of these the one that is complete, or the
/// newest.
fn layout_of(cells: &[(Cell, PublishedCell)]) -> Option<Layout> {
    let fits = |layout: &Layout| cells.iter().all(|(cell, _)| layout.entry(*cell).is_some());
    let fitting = Layout::newest_first().filter(fits);
    fitting.min_by_key(|layout| (!layout.is_exact(), layout.cells().len() != cells.len()))
}

/// How many faults are listed.
const MOST_FAULTS: usize = 100;

/// What was expected, in Chinese and in English.
type Expected = [&'static str; 2];

const PAIR: Expected = ["路径和所印文字", "a path and a printed text"];

/// Where the columns stand.
struct Columns {
    path: usize,
    printed: usize,
    status: Option<usize>,
    /// How many there are.
    count: usize,
}

impl Columns {
    fn of(header: Record) -> Option<Columns> {
        let column = |name: &str| header.fields.iter().position(|(_, field)| field.trim() == name);
        let (path, printed) = (column("path")?, column("printed")?);
        Some(Columns { path, printed, status: column("status"), count: header.fields.len() })
    }

    /// The cell of a record; else what was expected, and what was found.
    fn cell<'r>(
        &self,
        Record { line, fields, broken }: &'r Record,
        known: &[(Cell, PublishedCell)],
    ) -> Result<(Cell, PublishedCell), (Expected, &'r str)> {
        let last = fields.last().map_or("", |(_, field)| field);
        if let Some(expected) = *broken {
            return Err((expected, last));
        }
        if fields.len() > self.count {
            return Err((["不多于表头的字段", "no more fields than the header has"], last));
        }
        let (_, name) = fields.get(self.path).ok_or((PAIR, ""))?;
        let cell: Cell = name.trim().parse().map_err(|_| (["格的路径", "the path of a cell"], name.as_str()))?;
        let (column, text) = fields.get(self.printed).ok_or((PAIR, name.as_str()))?;
        if known.iter().any(|(known, _)| *known == cell) {
            return Err((["每格只出现一次", "each cell once"], name));
        }
        // What has no printed text is told apart by its status alone.
        let status = self.status.and_then(|status| fields.get(status)).filter(|_| text.trim().is_empty());
        let is = |of: &Status| status.is_some_and(|(_, name)| name == of.name());
        let found = match [Status::NotFound, Status::Unreadable].into_iter().find(is) {
            Some(status) => PublishedCell::of(status),
            None => PublishedCell::read(&unguarded(text)).at(Place::Text { line: *line, column: *column }),
        };
        Ok((cell, found))
    }
}

/// A record of a CSV.
pub(super) struct Record {
    /// The line it begins in.
    pub line: u32,
    /// Its fields, each with the column it begins in.
    pub fields: Vec<(u32, String)>,
    /// What a quoted field lacks.
    broken: Option<Expected>,
}

/// The records of a CSV (RFC 4180) whose fields this mark parts.
pub(super) fn records(input: &str, mark: char) -> impl Iterator<Item = Record> + '_ {
    let mut characters = input.chars().peekable();
    let (mut line, mut column) = (1_u32, 0_u32);
    std::iter::from_fn(move || {
        loop {
            characters.peek()?;
            let begun = line;
            let mut fields = Vec::new();
            let mut field = String::new();
            let mut start = 1;
            let (mut quoted, mut closed, mut broken) = (false, false, None);
            loop {
                let next = characters.next();
                column += 1;
                match next {
                    Some('"') if quoted && characters.peek() == Some(&'"') => {
                        characters.next();
                        column += 1;
                        field.push('"');
                    }
                    Some('"') if quoted || field.is_empty() && !closed => (quoted, closed) = (!quoted, quoted),
                    // No header has as many fields: what follows stays in the last one.
                    Some(c) if c == mark && !quoted && fields.len() > 64 => field.push(c),
                    Some(c) if c == mark && !quoted => {
                        closed = false;
                        fields.push((start, std::mem::take(&mut field)));
                        start = column + 1;
                    }
                    Some('\r') if !quoted && characters.peek() == Some(&'\n') => {}
                    Some('\n') => {
                        line += 1;
                        column = 0;
                        if quoted {
                            field.push('\n');
                        } else {
                            break;
                        }
                    }
                    Some(c) => {
                        if closed && !c.is_whitespace() {
                            broken = Some([
                                "引号字段后的逗号或行尾",
                                "a comma or the end of the line behind a quoted field",
                            ]);
                        }
                        field.push(c);
                    }
                    None => break,
                }
            }
            fields.push((start, field));
            if quoted {
                broken = Some(["结束字段的引号", "a quotation mark that closes the field"]);
            }
            if fields.len() > 1 || !fields[0].1.trim().is_empty() {
                return Some(Record { line: begun, fields, broken });
            }
        }
    })
}
