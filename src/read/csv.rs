//! A CSV of cells: `path,printed`, or what `--cells` of the example prints.

use super::limits::{CsvFault, Limits, ReadError};
use crate::form::{Cell, Layout};
use crate::place::Place;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::published::printed::Status;
use crate::text::shortened;

/// Whether the first line names the columns of a CSV of cells.
pub(super) fn is_csv(input: &str) -> bool {
    let header = input.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut columns = header.split(',').map(str::trim);
    columns.next() == Some("path") && columns.any(|column| column == "printed")
}

pub(super) fn read(input: &str, limits: &Limits) -> Result<PublishedReport, ReadError> {
    if input.lines().nth(limits.lines).is_some() {
        return Err(ReadError::TooManyLines { limit: limits.lines });
    }
    let mut records = records(input);
    let header = records.next().map(|record| record.fields).unwrap_or_default();
    let column = |name: &str| header.iter().position(|(_, field)| field.trim() == name);
    let (Some(path), Some(printed)) = (column("path"), column("printed")) else {
        return Err(ReadError::Csv(vec![CsvFault {
            line: 1,
            expected: "the columns path and printed",
            found: String::new(),
        }]));
    };
    let status = column("status");
    let mut faults = Vec::new();
    let mut cells: Vec<(Cell, PublishedCell)> = Vec::new();
    for Record { line, fields, broken } in records {
        // A file of something else: the first faults say so.
        if faults.len() == 100 {
            break;
        }
        let mut fault = |expected, found: &str| faults.push(CsvFault { line, expected, found: shortened(found) });
        if let Some(expected) = broken {
            fault(expected, fields.last().map_or("", |(_, field)| field));
            continue;
        }
        if fields.len() > header.len() {
            fault("no more fields than the header has", fields.last().map_or("", |(_, field)| field));
            continue;
        }
        let Some((_, name)) = fields.get(path) else {
            fault("a path and a printed text", "");
            continue;
        };
        let Ok(cell) = name.trim().parse::<Cell>() else {
            fault("the path of a cell", name);
            continue;
        };
        let Some((column, text)) = fields.get(printed) else {
            fault("a path and a printed text", name);
            continue;
        };
        // What has no printed text is told apart by its status alone.
        let status = status.and_then(|status| fields.get(status)).filter(|_| text.trim().is_empty());
        let is = |of: Status| status.is_some_and(|(_, name)| name == of.name());
        if cells.iter().any(|(known, _)| *known == cell) {
            fault("each cell once", name);
        } else if let Some(of) = [Status::NotFound, Status::Unreadable].into_iter().find(|of| is(*of)) {
            cells.push((cell, PublishedCell::of(of)));
        } else {
            cells.push((cell, PublishedCell::read(text).at(Place::Text { line, column: *column })));
        }
    }
    // The layout that prints all of them: an exact one if there is one, and of these the one that is complete, or the newest.
    let fits = |layout: &&Layout| cells.iter().all(|(cell, _)| layout.entry(*cell).is_some());
    let layout = Layout::ALL
        .iter()
        .filter(fits)
        .min_by_key(|layout| (!layout.is_exact(), layout.cells().len() != cells.len(), layout.index()));
    let Some(layout) = layout else {
        faults.push(CsvFault {
            line: 1,
            expected: "the cells of one layout of the form",
            found: "cells of several".to_owned(),
        });
        return Err(ReadError::Csv(faults));
    };
    if !faults.is_empty() {
        return Err(ReadError::Csv(faults));
    }
    PublishedReport::from_cells(*layout, cells).map_err(|_| {
        ReadError::Csv(vec![CsvFault {
            line: 1,
            expected: "the cells of one layout of the form",
            found: String::new(),
        }])
    })
}

/// A record of a CSV.
struct Record {
    /// The line it begins in.
    line: u32,
    /// Its fields, each with the column it begins in.
    fields: Vec<(u32, String)>,
    /// What a quoted field lacks.
    broken: Option<&'static str>,
}

/// The records of a CSV (RFC 4180).
fn records(input: &str) -> impl Iterator<Item = Record> + '_ {
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
                    // More fields than any header has are a fault, however many they are.
                    Some(',') if !quoted && fields.len() > 64 => field.clear(),
                    Some(',') if !quoted => {
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
                            broken = Some("a comma or the end of the line behind a quoted field");
                        }
                        field.push(c);
                    }
                    None => break,
                }
            }
            fields.push((start, field));
            if quoted {
                broken = Some("a quotation mark that closes the field");
            }
            if fields.len() > 1 || !fields[0].1.trim().is_empty() {
                return Some(Record { line: begun, fields, broken });
            }
        }
    })
}
