//! Word documents and Excel workbooks: what their archives hold, as lines and cells in reading order.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Display;
use std::io::{Cursor, Read};

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::transcript::{Origin, Transcript};
use super::{Limits, ReadError};
use crate::number::shortened;
use crate::published::trimmed;

/// What an archive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Word document.
    Docx,
    /// An Excel workbook.
    Xlsx,
}

impl Kind {
    /// Where its main part is, unless a relationship of the archive says otherwise.
    const fn main_part(self) -> &'static str {
        match self {
            Kind::Docx => "word/document.xml",
            Kind::Xlsx => "xl/workbook.xml",
        }
    }
}

/// Tells a Word document from a workbook; any other archive is an error.
pub(super) fn kind(input: &[u8], limits: &Limits) -> Result<Kind, ReadError> {
    let mut package = Package::open(input, limits)?;
    for kind in [Kind::Docx, Kind::Xlsx] {
        if package.parts.contains_key(kind.main_part()) {
            return Ok(kind);
        }
    }
    let types = package.unpack("[Content_Types].xml")?;
    let mut xml = Xml::new(&types, limits);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        match attribute(&element, "ContentType")? {
            Some(of) if !of.ends_with(".main+xml") => {}
            Some(of) if of.contains("wordprocessingml") || of.contains("ms-word") => return Ok(Kind::Docx),
            Some(of) if of.contains("spreadsheetml") || of.contains("ms-excel") => return Ok(Kind::Xlsx),
            _ => {}
        }
    }
    Err(broken("the archive holds neither"))
}

/// Reads the body of a Word document: paragraphs and text boxes as lines, tables as cells.
pub(super) fn docx(input: &[u8], limits: &Limits) -> Result<Transcript, ReadError> {
    let mut package = Package::open(input, limits)?;
    let path = package.main_part(Kind::Docx)?;
    let part = package.unpack(&path)?;
    let mut xml = Xml::new(&part, limits);
    let mut document = Document { sink: Sink::new(limits), frames: Vec::new(), in_text: false, tables: 0 };
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) if document.ignores(element.local_name().as_ref()) => xml.skip()?,
            Node::Open(element) => document.open(&element)?,
            Node::Text(text) => document.text(&text),
            Node::Close(element) => document.close(element.local_name().as_ref())?,
        }
    }
    Ok(document.sink.transcript)
}

/// Reads the visible worksheets of a workbook: cells as stored, not as number formats dress them up, except dates.
// Without calamine, which unpacks shared strings and styles to their end before its caller can set a bound.
pub(super) fn xlsx(input: &[u8], limits: &Limits) -> Result<Transcript, ReadError> {
    let mut package = Package::open(input, limits)?;
    let path = package.main_part(Kind::Xlsx)?;
    let parts = package.relationships(&path)?;
    let part_of = |kind: &str| parts.values().find(|part| part.kind == kind).map(|part| part.path.as_str());
    let mut values = Values { strings: Vec::new(), dates: Vec::new(), since_1904: false };
    if let Some(path) = part_of("sharedStrings") {
        values.strings = strings(&package.unpack(path)?, limits)?;
    }
    if let Some(path) = part_of("styles") {
        values.dates = dates(&package.unpack(path)?, limits)?;
    }
    let workbook = package.unpack(&path)?;
    let mut xml = Xml::new(&workbook, limits);
    let mut sink = Sink::new(limits);
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        match element.local_name().as_ref() {
            "workbookPr" => {
                values.since_1904 = attribute(&element, "date1904")?.is_some_and(|is| is == "1" || is == "true");
            }
            "sheet" => {
                if attribute(&element, "state")?.is_some_and(|state| state != "visible") {
                    continue;
                }
                let name = attribute(&element, "name")?.unwrap_or_default();
                let id = attribute(&element, "id")?.unwrap_or_default();
                match parts.get(&*id) {
                    Some(part) if part.kind == "worksheet" => {
                        let part = package.unpack(&part.path)?;
                        Sheet::read(&part, &values, limits)?.transcribe(sink.transcript.sheet(&name), &mut sink)?;
                    }
                    // A sheet that is nothing but a chart.
                    Some(_) => {}
                    None => return Err(broken(format_args!("worksheet {} is missing", shortened(&name)))),
                }
            }
            _ => {}
        }
    }
    Ok(sink.transcript)
}

/// A transcript that stays within the limits.
struct Sink<'a> {
    transcript: Transcript,
    limits: &'a Limits,
    lines: u32,
    cells: usize,
    bytes: usize,
}

impl<'a> Sink<'a> {
    fn new(limits: &'a Limits) -> Sink<'a> {
        Sink { transcript: Transcript::default(), limits, lines: 0, cells: 0, bytes: 0 }
    }

    /// Adds the lines of a paragraph or of several.
    fn lines(&mut self, text: &str) -> Result<(), ReadError> {
        for line in lines(text) {
            if self.lines as usize >= self.limits.lines {
                return Err(ReadError::TooManyLines { limit: self.limits.lines });
            }
            self.lines += 1;
            self.count(line)?;
            self.transcript.line(self.lines, line);
        }
        Ok(())
    }

    fn cell(&mut self, origin: Origin, span: u32, text: &str) -> Result<(), ReadError> {
        if self.cells >= self.limits.cells {
            return Err(ReadError::TooManyCells { limit: self.limits.cells });
        }
        self.cells += 1;
        self.count(text)?;
        self.transcript.cell(origin, span, text);
        Ok(())
    }

    /// The cells of a worksheet can repeat one long string of the workbook, so that they hold more than its parts do.
    fn count(&mut self, text: &str) -> Result<(), ReadError> {
        self.bytes += text.len();
        if self.bytes > self.limits.unpacked {
            return Err(ReadError::UnpacksTooLarge { limit: self.limits.unpacked });
        }
        Ok(())
    }
}

/// The lines of a text that are not blank.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(trimmed).filter(|line| !line.is_empty())
}

// ---- Word ----------------------------------------------------------------------------------------

/// The most columns that a span is taken for, as in HTML; Word itself has no more than 63.
const MOST_COLUMNS: u32 = 1000;

/// The body of a Word document while it is read.
struct Document<'a> {
    sink: Sink<'a>,
    /// What is open, the innermost last.
    frames: Vec<Frame>,
    /// Whether it is in a `w:t`: elsewhere white space, field codes and deleted text stand.
    in_text: bool,
    /// How many tables have a cell.
    tables: u32,
}

enum Frame {
    Paragraph(String),
    Table(Table),
    Cell(Cell),
    /// Its paragraphs are lines, even when it is anchored in a cell.
    TextBox,
}

#[derive(Default)]
struct Table {
    /// Its number, once it has a cell.
    number: Option<u32>,
    row: u32,
    /// The column of the grid that the next cell begins in.
    column: u32,
}

struct Cell {
    text: String,
    span: u32,
    /// Whether a cell above spans it.
    covered: bool,
    /// Whether its text so far has become lines, and the rest will.
    flowed: bool,
}

impl Document<'_> {
    /// Whether an element holds nothing that is printed here: the properties of a paragraph (where `w:tab` is a tab
    /// stop), what a tracked change took away, what is for readers that do not know text boxes, what a merged cell
    /// hides.
    fn ignores(&self, name: &str) -> bool {
        match name {
            "pPr" | "del" | "moveFrom" | "Fallback" => true,
            "p" | "tbl" => matches!(self.frames.last(), Some(Frame::Cell(cell)) if cell.covered),
            _ => name.ends_with("PrChange"),
        }
    }

    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = element.local_name();
        self.in_text = name.as_ref() == "t";
        match (name.as_ref(), self.frames.last_mut()) {
            ("p", _) => self.frames.push(Frame::Paragraph(String::new())),
            ("br" | "cr", Some(Frame::Paragraph(text))) => text.push('\n'),
            ("tab" | "ptab", Some(Frame::Paragraph(text))) => text.push(' '),
            ("noBreakHyphen", Some(Frame::Paragraph(text))) => text.push('-'),
            ("txbxContent", _) => self.frames.push(Frame::TextBox),
            ("tbl", around) => {
                // A table that lays out the page, or a part of it.
                if let Some(Frame::Cell(cell)) = around {
                    cell.flowed = true;
                    self.sink.lines(&std::mem::take(&mut cell.text))?;
                }
                self.frames.push(Frame::Table(Table::default()));
            }
            ("tr", Some(Frame::Table(table))) => {
                table.row += 1;
                table.column = 1;
            }
            ("gridBefore", Some(Frame::Table(table))) => {
                table.column = table.column.saturating_add(columns(element)?);
            }
            ("tc", _) => {
                self.frames.push(Frame::Cell(Cell { text: String::new(), span: 1, covered: false, flowed: false }));
            }
            ("gridSpan", Some(Frame::Cell(cell))) => cell.span = columns(element)?.max(1),
            // Without a value it goes on.
            ("vMerge", Some(Frame::Cell(cell))) => {
                cell.covered = attribute(element, "val")?.is_none_or(|value| value != "restart");
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let (true, Some(Frame::Paragraph(paragraph))) = (self.in_text, self.frames.last_mut()) {
            // A line break in the XML is none in the document.
            paragraph.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        self.in_text = false;
        if !matches!(name, "p" | "txbxContent" | "tbl" | "tc") {
            return Ok(());
        }
        match self.frames.pop() {
            Some(Frame::Paragraph(text)) => self.close_paragraph(&text),
            Some(Frame::Cell(cell)) => self.close_cell(&cell),
            _ => Ok(()),
        }
    }

    fn close_paragraph(&mut self, text: &str) -> Result<(), ReadError> {
        match self.frames.last_mut() {
            Some(Frame::Cell(cell)) if !cell.flowed => {
                for line in lines(text) {
                    if !cell.text.is_empty() {
                        cell.text.push('\n');
                    }
                    cell.text.push_str(line);
                }
                Ok(())
            }
            _ => self.sink.lines(text),
        }
    }

    fn close_cell(&mut self, cell: &Cell) -> Result<(), ReadError> {
        let Some(Frame::Table(table)) = self.frames.last_mut() else { return self.sink.lines(&cell.text) };
        let column = table.column;
        table.column = column.saturating_add(cell.span);
        if cell.covered || cell.flowed {
            return Ok(());
        }
        if is_prose(&cell.text) {
            return self.sink.lines(&cell.text);
        }
        let number = *table.number.get_or_insert_with(|| {
            self.tables += 1;
            self.tables
        });
        self.sink.cell(Origin::Cell { table: number, row: table.row, column }, cell.span, &cell.text)
    }
}

/// A number of columns.
fn columns(element: &BytesStart<'_>) -> Result<u32, ReadError> {
    Ok(attribute(element, "val")?.and_then(|value| value.parse().ok()).unwrap_or(0).min(MOST_COLUMNS))
}

/// Whether a cell holds a part of the report's prose: no label of the form is nearly as long.
fn is_prose(text: &str) -> bool {
    let most = if text.contains('\n') { 300 } else { 600 };
    text.chars().nth(most).is_some()
}

// ---- Excel ---------------------------------------------------------------------------------------

/// The last row and column that a worksheet can have.
const LAST_CELL: (u32, u32) = (1_048_576, 16_384);

/// A cell of a worksheet: row and column.
type Position = (u32, u32);

/// A worksheet.
struct Sheet<'a> {
    /// The cells that are not blank.
    cells: BTreeMap<Position, Cow<'a, str>>,
    /// The first and last cells of its merged regions.
    merged: Vec<(Position, Position)>,
}

impl<'a> Sheet<'a> {
    fn read(part: &[u8], values: &'a Values, limits: &Limits) -> Result<Sheet<'a>, ReadError> {
        let mut xml = Xml::new(part, limits);
        let mut sheet = Sheet { cells: BTreeMap::new(), merged: Vec::new() };
        let (mut row, mut column) = (0_u32, 0);
        let (mut kind, mut style) = (String::new(), None);
        let (mut in_text, mut text) = (false, String::new());
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => match element.local_name().as_ref() {
                    // Rows and cells without a place follow the one before.
                    "row" => {
                        row = match attribute(&element, "r")? {
                            Some(number) => number.parse().map_err(broken)?,
                            None => row.saturating_add(1),
                        };
                        column = 0;
                    }
                    "c" => {
                        (row, column) = match attribute(&element, "r")? {
                            Some(name) => position(&name)?,
                            None => within_sheet(row, column + 1)?,
                        };
                        kind = attribute(&element, "t")?.unwrap_or_default().into_owned();
                        style = attribute(&element, "s")?.and_then(|style| style.parse().ok());
                        text.clear();
                    }
                    "v" | "t" => in_text = true,
                    "mergeCell" => {
                        let region = attribute(&element, "ref")?.unwrap_or_default();
                        let (first, last) = region.split_once(':').unwrap_or((&region, &region));
                        sheet.merged.push((position(first)?, position(last)?));
                    }
                    // How a string is pronounced.
                    "rPh" => xml.skip()?,
                    _ => {}
                },
                Node::Text(more) if in_text => text.push_str(&more),
                Node::Text(_) => {}
                Node::Close(element) => {
                    in_text = false;
                    if element.local_name().as_ref() == "c" {
                        let value = values.read(&kind, style, &text)?;
                        if !trimmed(&value).is_empty() {
                            sheet.cells.insert((row, column), value);
                        }
                        if sheet.cells.len() > limits.cells {
                            return Err(ReadError::TooManyCells { limit: limits.cells });
                        }
                    }
                }
            }
        }
        Ok(sheet)
    }

    /// Adds the rows that are not blank, from the first column in use to the last.
    fn transcribe(&self, number: u32, sink: &mut Sink<'_>) -> Result<(), ReadError> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        let columns = || self.cells.keys().map(|(_, column)| *column);
        let (Some(first), Some(last)) = (columns().min(), columns().max()) else { return Ok(()) };
        // How many columns a cell of a merged region spans: none unless it is the region's first.
        let mut spans: HashMap<Position, u32> = HashMap::new();
        let mut covered = 0;
        for ((top, left), (bottom, right)) in &self.merged {
            let columns = first.max(*left)..=last.min(*right);
            if columns.is_empty() {
                // Not to go through its rows.
                continue;
            }
            let begin = rows.partition_point(|row| row < top);
            for row in rows[begin..].iter().take_while(|row| *row <= bottom) {
                for column in columns.clone() {
                    // Regions that do not overlap cover no more cells than there are.
                    covered += 1;
                    if covered > sink.limits.cells {
                        return Err(ReadError::TooManyCells { limit: sink.limits.cells });
                    }
                    let span = if (*row, column) == (*top, *left) { right - left + 1 } else { 0 };
                    let known = spans.entry((*row, column)).or_default();
                    *known = span.max(*known);
                }
            }
        }
        for row in rows {
            for column in first..=last {
                let span = spans.get(&(row, column)).copied().unwrap_or(1);
                if span > 0 {
                    let text = self.cells.get(&(row, column)).map_or("", |text| text);
                    sink.cell(Origin::Sheet { sheet: number, row, column }, span, text)?;
                }
            }
        }
        Ok(())
    }
}

/// The place that a name such as `B10` gives.
fn position(name: &str) -> Result<Position, ReadError> {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = &name[..name.len() - digits.len()];
    let column = letters
        .bytes()
        .try_fold(0_u32, |column, letter| column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1));
    // What cannot be a number stands in no row or column.
    within_sheet(digits.parse().unwrap_or(0), column.unwrap_or(0))
}

fn within_sheet(row: u32, column: u32) -> Result<Position, ReadError> {
    if (1..=LAST_CELL.0).contains(&row) && (1..=LAST_CELL.1).contains(&column) {
        return Ok((row, column));
    }
    Err(broken("a cell stands outside of its worksheet"))
}

/// What the values of cells refer to.
struct Values {
    /// The strings that the worksheets share.
    strings: Vec<String>,
    /// Whether each of the styles shows a date.
    dates: Vec<bool>,
    /// Whether days are counted from 1904, as Excel for Mac did.
    since_1904: bool,
}

impl Values {
    /// The value of a cell of such a type and style, as text.
    fn read(&self, kind: &str, style: Option<usize>, text: &str) -> Result<Cow<'_, str>, ReadError> {
        Ok(match kind {
            _ if text.is_empty() => Cow::Borrowed(""),
            "s" => {
                let string = text.trim().parse().ok().and_then(|index: usize| self.strings.get(index));
                let missing = || broken(format_args!("shared string {} is missing", shortened(text)));
                Cow::Borrowed(string.ok_or_else(missing)?)
            }
            "str" | "inlineStr" => Cow::Owned(unescaped(text)),
            "b" => Cow::Borrowed(if matches!(text, "0" | "false") { "FALSE" } else { "TRUE" }),
            "d" => Cow::Owned(text.split('T').next().unwrap_or_default().to_owned()),
            "e" => Cow::Owned(text.to_owned()),
            _ => {
                let is_date = style.and_then(|style| self.dates.get(style)).is_some_and(|is_date| *is_date);
                Cow::Owned(self.number(text, is_date))
            }
        })
    }

    fn number(&self, text: &str, is_date: bool) -> String {
        let Some(value) = text.trim().parse().ok().filter(|value: &f64| value.is_finite()) else {
            return text.to_owned();
        };
        if let Some(day) = if is_date { self.day(value) } else { None } {
            return day;
        }
        // 0.1 + 0.2 is stored as 0.30000000000000004; no report prints more than six decimals.
        let rounded = (value * 1e6).round() / 1e6;
        let value = if (value - rounded).abs() < 1e-9 { rounded } else { value };
        // Zero may have a sign.
        (value + 0.0).to_string()
    }

    /// The day with such a number, as `2025-01-31`.
    fn day(&self, value: f64) -> Option<String> {
        let number = value.floor() + if self.since_1904 { 1462.0 } else { 0.0 };
        // To the end of 9999.
        if !(1.0..2_958_466.0).contains(&number) {
            return None;
        }
        let number = number as u32;
        // Day 60 is 29 February 1900, which there was not.
        let number = if number < 60 { number + 1 } else { number };
        // Days after 1 March of year 0: years that begin in March end with the leap day, and their months are 153 days
        // in five.
        let days = number + 693_899;
        let (era, day) = (days / 146_097, days % 146_097);
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
        Some(format!("{:04}-{month:02}-{day:02}", era * 400 + year))
    }
}

/// The strings that the worksheets share.
fn strings(part: &[u8], limits: &Limits) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::new(part, limits);
    let mut strings = Vec::new();
    let (mut in_text, mut text) = (false, String::new());
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => match element.local_name().as_ref() {
                "t" => in_text = true,
                "rPh" => xml.skip()?,
                _ => {}
            },
            Node::Text(more) if in_text => text.push_str(&more),
            Node::Text(_) => {}
            Node::Close(element) => {
                in_text = false;
                if element.local_name().as_ref() == "si" {
                    // Each of them is in a cell.
                    if strings.len() >= limits.cells {
                        return Err(ReadError::TooManyCells { limit: limits.cells });
                    }
                    strings.push(unescaped(&text));
                    text.clear();
                }
            }
        }
    }
    Ok(strings)
}

/// `text` with what XML cannot hold, written as `_x000B_`. Carriage returns are left out: a line feed follows.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let digits = rest.get(at + 2..at + 6).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let digits = digits.filter(|_| rest[at + 6..].starts_with('_'));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.extend(Some(c).filter(|c| *c != '\r'));
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Whether each of the styles of cells shows a date.
fn dates(part: &[u8], limits: &Limits) -> Result<Vec<bool>, ReadError> {
    let mut xml = Xml::new(part, limits);
    let mut dates = Vec::new();
    let mut formats = HashSet::new();
    let mut in_cell_styles = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => match element.local_name().as_ref() {
                "numFmt" if attribute(&element, "formatCode")?.is_some_and(|code| is_date(&code)) => {
                    formats.extend(format_of(&element)?);
                }
                "cellXfs" => in_cell_styles = true,
                "xf" if in_cell_styles => {
                    // Those of Excel that have a day or a year, in Chinese too; the others are of times and numbers.
                    dates.push(format_of(&element)?.is_some_and(|format| {
                        matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58) || formats.contains(&format)
                    }));
                }
                _ => {}
            },
            Node::Close(element) if element.local_name().as_ref() == "cellXfs" => in_cell_styles = false,
            _ => {}
        }
    }
    Ok(dates)
}

fn format_of(element: &BytesStart<'_>) -> Result<Option<u32>, ReadError> {
    Ok(attribute(element, "numFmtId")?.and_then(|number| number.parse().ok()))
}

/// Whether a number format has a day or a year outside of `"text"`, `[Red]` and `\d`.
fn is_date(code: &str) -> bool {
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => drop(characters.find(|c| *c == '"')),
            '[' => drop(characters.find(|c| *c == ']')),
            '\\' | '_' | '*' => drop(characters.next()),
            'y' | 'Y' | 'd' | 'D' => return true,
            _ => {}
        }
    }
    false
}

// ---- Archives ------------------------------------------------------------------------------------

/// What a part costs at least of [`Limits::unpacked`]: to begin one takes as long as to unpack so many bytes.
const LEAST_COST: usize = 4096;

/// The archive that a Word document or a workbook is.
struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each of its parts is in the archive; their names are told apart without regard to case.
    parts: HashMap<String, usize>,
    limits: &'a Limits,
    /// How many more bytes may be unpacked.
    left: usize,
}

/// A part that another part refers to.
struct Part {
    /// The last word of its type.
    kind: String,
    path: String,
}

impl<'a> Package<'a> {
    fn open(input: &'a [u8], limits: &'a Limits) -> Result<Package<'a>, ReadError> {
        let archive = ZipArchive::new(Cursor::new(input)).map_err(broken)?;
        // Some Windows programs write back slashes.
        let name = |raw: &[u8]| String::from_utf8_lossy(raw).to_ascii_lowercase().replace('\\', "/");
        let parts = archive.file_names_raw().enumerate().map(|(index, raw)| (name(raw), index)).collect();
        Ok(Package { archive, parts, limits, left: limits.unpacked })
    }

    /// The bytes of a part. All of them together stay within the limit, whatever sizes the archive states.
    fn unpack(&mut self, path: &str) -> Result<Vec<u8>, ReadError> {
        let missing = || broken(format_args!("{} is missing", shortened(path)));
        let index = *self.parts.get(&path.to_ascii_lowercase()).ok_or_else(missing)?;
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
            error => broken(error),
        })?;
        let mut part = Vec::new();
        file.take((self.left as u64).saturating_add(1)).read_to_end(&mut part).map_err(broken)?;
        if part.len() > self.left {
            return Err(ReadError::UnpacksTooLarge { limit: self.limits.unpacked });
        }
        self.left = self.left.saturating_sub(part.len().max(LEAST_COST));
        Ok(part)
    }

    /// Where the main part is.
    fn main_part(&mut self, kind: Kind) -> Result<String, ReadError> {
        if self.parts.contains_key(kind.main_part()) {
            return Ok(kind.main_part().to_owned());
        }
        let main = self.relationships("")?.into_values().find(|part| part.kind == "officeDocument");
        main.map(|part| part.path).ok_or_else(|| broken("the main part is missing"))
    }

    /// The parts of the archive that the part at `path` refers to (or the archive itself, if it is empty), by their
    /// names in it.
    fn relationships(&mut self, path: &str) -> Result<HashMap<String, Part>, ReadError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let table = self.unpack(&resolved(folder, &format!("_rels/{name}.rels")))?;
        let mut xml = Xml::new(&table, self.limits);
        let mut parts = HashMap::new();
        while let Some(node) = xml.next()? {
            let Node::Open(element) = node else { continue };
            let (Some(id), Some(kind), Some(target)) =
                (attribute(&element, "Id")?, attribute(&element, "Type")?, attribute(&element, "Target")?)
            else {
                continue;
            };
            let path = resolved(folder, &target);
            if !self.parts.contains_key(&path.to_ascii_lowercase()) {
                continue;
            }
            if parts.len() >= self.parts.len() {
                return Err(broken(format_args!("more relationships of {name} than parts")));
            }
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            parts.insert(id.into_owned(), Part { kind, path });
        }
        Ok(parts)
    }
}

/// The path that `target` means in a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.retain(|step| !matches!(*step, "" | "."));
    path.join("/")
}

// ---- XML -----------------------------------------------------------------------------------------

/// The elements and texts of a part.
struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    /// The elements that are open, the innermost last.
    open: Vec<BytesStart<'a>>,
    /// Whether the innermost was written `<a/>`, and closes next.
    is_empty: bool,
    limit: usize,
}

enum Node<'a> {
    Open(BytesStart<'a>),
    Text(Cow<'a, str>),
    /// With the tag that opened it.
    Close(BytesStart<'a>),
}

impl<'a> Xml<'a> {
    fn new(part: &'a [u8], limits: &Limits) -> Xml<'a> {
        Xml { reader: Reader::from_reader(part), open: Vec::new(), is_empty: false, limit: limits.nesting }
    }

    fn next(&mut self) -> Result<Option<Node<'a>>, ReadError> {
        if std::mem::take(&mut self.is_empty) {
            return Ok(self.open.pop().map(Node::Close));
        }
        loop {
            let event = self.reader.read_event().map_err(broken)?;
            self.is_empty = matches!(event, Event::Empty(_));
            return Ok(Some(match event {
                Event::Start(element) | Event::Empty(element) => {
                    if self.open.len() >= self.limit {
                        return Err(ReadError::TooDeep { limit: self.limit });
                    }
                    self.open.push(element.clone());
                    Node::Open(element)
                }
                // The reader checks that the tags match.
                Event::End(_) => return Ok(self.open.pop().map(Node::Close)),
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(name) => Node::Text(match name.resolve_char_ref().map_err(broken)? {
                    Some(c) => Cow::Owned(c.to_string()),
                    // An entity that the document declares stays as it is: replacing it would let it grow without end.
                    None => {
                        resolve_xml_entity(&name).map_or_else(|| Cow::Owned(format!("&{};", &*name)), Cow::Borrowed)
                    }
                }),
                Event::Eof if !self.open.is_empty() => return Err(broken("a part ends within an element")),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }

    /// Goes to the end of the innermost element that is open.
    fn skip(&mut self) -> Result<(), ReadError> {
        let inside = self.open.len();
        while self.open.len() >= inside {
            self.next()?;
        }
        Ok(())
    }
}

/// The value of an attribute, whatever its prefix.
fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Result<Option<Cow<'e, str>>, ReadError> {
    // Without the check for doubles, which compares each with all before it.
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(broken)?;
        if attribute.key.local_name().as_ref() == name && attribute.key.as_namespace_binding().is_none() {
            return attribute.normalized_value(XmlVersion::Implicit1_0).map(Some).map_err(broken);
        }
    }
    Ok(None)
}

fn broken(reason: impl Display) -> ReadError {
    ReadError::BrokenArchive { reason: shortened(&reason.to_string()) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// A Word document with such a body.
    fn word(body: &str) -> Vec<u8> {
        archive(&[("word/document.xml", &format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#))])
    }

    fn paragraph(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    /// A table of one cell.
    fn table(content: &str) -> String {
        format!("<w:tbl><w:tr><w:tc>{content}</w:tc></w:tr></w:tbl>")
    }

    const WORKBOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="依申请公开" r:id="r1"/></sheets></workbook>"#;
    const STRINGS: &str =
        r#"<sst><si><t>本年新收</t></si><si><r><t>自然</t></r><r><t>人</t></r><rPh><t>ren</t></rPh></si></sst>"#;
    const STYLES: &str = r#"<styleSheet>
        <numFmts>
            <numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;"/>
            <numFmt numFmtId="165" formatCode="[Red]0&quot;day&quot;"/>
        </numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="31"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>
    </styleSheet>"#;

    /// An Excel workbook of one worksheet, with such rows and merged regions.
    fn excel(rows: &str, merged: &str) -> Vec<u8> {
        excel_of(WORKBOOK, STRINGS, rows, merged)
    }

    fn excel_of(workbook: &str, strings: &str, rows: &str, merged: &str) -> Vec<u8> {
        let merged: String =
            merged.split_whitespace().map(|region| format!(r#"<mergeCell ref="{region}"/>"#)).collect();
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>");
        archive(&[
            ("xl/workbook.xml", workbook),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships>
                <Relationship Id="r1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>
                <Relationship Id="r2" Type="t/chartsheet" Target="/xl/styles.xml"/>
                <Relationship Id="r3" Type="t/sharedStrings" Target="../xl/sharedStrings.xml"/>
                <Relationship Id="r4" Type="t/styles" Target="/xl/styles.xml"/>
                </Relationships>"#,
            ),
            ("xl/worksheets/sheet1.xml", &sheet),
            ("xl/sharedStrings.xml", strings),
            ("xl/styles.xml", STYLES),
        ])
    }

    /// The pieces of a transcript: their numbers, `x` and the span if they span columns, and their text.
    fn shown(transcript: Result<Transcript, ReadError>) -> Vec<String> {
        let debug = format!("{:?}", transcript.unwrap());
        let (text, pieces) = debug.strip_prefix("Transcript { text: \"").unwrap().split_once("\", pieces: [").unwrap();
        let (text, mut begin) = (text.replace("\\n", "\n"), 0);
        let shown = |piece: &str| {
            let numbers: Vec<&str> =
                piece.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
            let [end, place @ .., span] = &*numbers else { unreachable!() };
            let end = end.parse().unwrap();
            let span = if *span == "1" { String::new() } else { format!("x{span}") };
            let shown = format!("{}{span} {}", place.join("."), &text[begin..end]);
            begin = end;
            shown
        };
        let pieces = pieces.split_once("], sheets").unwrap().0;
        pieces.split("Piece").filter(|piece| !piece.is_empty()).map(shown).collect()
    }

    fn read_word(body: &str) -> Vec<String> {
        shown(docx(&word(body), &Limits::default()))
    }

    fn read_excel(rows: &str, merged: &str) -> Vec<String> {
        shown(xlsx(&excel(rows, merged), &Limits::default()))
    }

    fn is_broken(result: &Result<Transcript, ReadError>) -> bool {
        matches!(result, Err(ReadError::BrokenArchive { .. }))
    }

    #[test]
    fn paragraphs_are_lines() {
        let read = read_word(
            "<w:p><w:r><w:t>1</w:t> <w:t>2</w:t></w:r> <w:r><w:t>3</w:t><w:tab/><w:t>件</w:t></w:r>
            <w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:noBreakHyphen/></w:r></w:p><w:p/>
            <w:p><w:r><w:t> 一、总体\n情况 </w:t><w:br/><w:t>二</w:t><w:cr/><w:cr/><w:t>三</w:t></w:r></w:p>",
        );
        assert_eq!(read, ["1 123 件-", "2 一、总体 情况", "3 二", "4 三"]);
    }

    #[test]
    fn entities_are_text_and_are_not_expanded() {
        assert_eq!(read_word(&paragraph("&lt;1&amp;2&gt;&#19968;<![CDATA[<3>]]>")), ["1 <1&2>一<3>"]);
        let body = format!("<w:document xmlns:w='w'>{}</w:document>", paragraph("&b;"));
        let laughs =
            format!(r#"<!DOCTYPE a [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///c">]>{body}"#);
        assert_eq!(shown(docx(&archive(&[("word/document.xml", &laughs)]), &Limits::default())), ["1 &b;"]);
    }

    #[test]
    fn what_is_not_printed_is_left_out() {
        let read = read_word(
            "<w:p><w:del><w:r><w:delText>3</w:delText><w:t>4</w:t></w:r></w:del>
            <w:moveFrom><w:r><w:t>5</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>12</w:t></w:r></w:ins>
            <w:r><w:instrText>PAGE</w:instrText><w:footnoteReference/></w:r></w:p>",
        );
        assert_eq!(read, ["1 12"]);
    }

    #[test]
    fn content_controls_are_read_and_text_boxes_once() {
        let read = read_word(&format!(
            "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>
            <w:p><mc:AlternateContent><mc:Choice><w:txbxContent>{box_}</w:txbxContent></mc:Choice>
            <mc:Fallback><w:txbxContent>{box_}</w:txbxContent></mc:Fallback></mc:AlternateContent>
            <w:r><w:t>后</w:t></w:r></w:p>{}",
            paragraph("前"),
            table(&format!("<w:p><w:r><w:txbxContent>{}</w:txbxContent><w:t>12</w:t></w:r></w:p>", paragraph("章"))),
            box_ = paragraph("框")
        ));
        assert_eq!(read, ["1 前", "2 框", "3 后", "4 章", "1.1.1 12"]);
    }

    #[test]
    fn spans_leave_cells_in_their_columns() {
        let cell = |properties: &str, text| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
        let rows = [
            cell("<w:vMerge w:val='restart'/>", "规章")
                + &cell("<w:gridSpan w:val='2'/>", "一")
                + "<w:tc><w:p/></w:tc>",
            cell("<w:vMerge/>", "隐") + &cell("", "1") + &cell("", "2") + &cell("", "3"),
            cell("<w:vMerge w:val='continue'/><w:gridSpan w:val='2'/>", "隐") + &cell("", "4"),
            "<w:trPr><w:gridBefore w:val='3'/></w:trPr>".to_owned() + &cell("", "5"),
            cell("<w:tcPrChange><w:tcPr><w:gridSpan w:val='9'/><w:vMerge/></w:tcPr></w:tcPrChange>", "6")
                + &cell("", "7"),
            cell("<w:gridSpan w:val='1000000000'/>", "8") + &cell("", "9"),
        ];
        let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
        let expected = [
            ["1.1.1 规章", "1.1.2x2 一", "1.1.4 "].as_slice(),
            &[
                "1.2.2 1",
                "1.2.3 2",
                "1.2.4 3",
                "1.3.3 4",
                "1.4.4 5",
                "1.5.1 6",
                "1.5.2 7",
                "1.6.1x1000 8",
                "1.6.1001 9",
            ],
        ];
        assert_eq!(read_word(&format!("<w:tbl>{rows}</w:tbl>")), expected.concat());
    }

    #[test]
    fn paragraphs_of_a_cell_are_its_lines() {
        let read = read_word(&table(
            "<w:p><w:r><w:t> 商业</w:t><w:br/><w:t>企业 </w:t></w:r></w:p><w:p/><w:p><w:r><w:t>1</w:t></w:r></w:p>",
        ));
        assert_eq!(read, ["1.1.1 商业\n企业\n1"]);
    }

    #[test]
    fn a_cell_around_a_table_is_no_cell() {
        let inner = |text| table(&paragraph(text));
        let cell = paragraph("前") + &inner("1") + &paragraph("中") + &inner("2") + &paragraph("后");
        let read = read_word(&format!("{}{}", table(&cell), inner("3")));
        assert_eq!(read, ["1 前", "1.1.1 1", "2 中", "2.1.1 2", "3 后", "3.1.1 3"]);
    }

    #[test]
    fn what_a_merged_cell_hides_is_left_out() {
        let hidden = format!("<w:tcPr><w:vMerge/></w:tcPr>{}{}", table(&paragraph("1")), paragraph("2"));
        assert_eq!(read_word(&table(&hidden)), [""; 0]);
    }

    #[test]
    fn prose_in_a_cell_is_lines() {
        let read = |cell: &str| read_word(&table(cell)).len();
        assert_eq!(read(&(paragraph(&"一".repeat(150)) + &paragraph(&"二".repeat(149)))), 1);
        assert_eq!(read(&(paragraph(&"一".repeat(150)) + &paragraph(&"二".repeat(150)))), 2);
        assert_eq!(read_word(&table(&paragraph(&"一".repeat(600))))[0].split(' ').next(), Some("1.1.1"));
        assert_eq!(read_word(&table(&paragraph(&"一".repeat(601))))[0].split(' ').next(), Some("1"));
    }

    #[test]
    fn the_main_part_can_be_elsewhere_and_have_other_prefixes() {
        let parts = [
            ("_rels\\.rels", r#"<R><Relationship Id="r" Type="t/officeDocument" Target="/Doc/a.xml"/></R>"#),
            ("doc/A.xml", "<document><body><p><r><t>12</t></r></p></body></document>"),
            (
                "[Content_Types].xml",
                r#"<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"#,
            ),
        ];
        assert_eq!(kind(&archive(&parts), &Limits::default()), Ok(Kind::Docx));
        assert_eq!(shown(docx(&archive(&parts), &Limits::default())), ["1 12"]);
    }

    #[test]
    fn archives_are_told_apart() {
        let limits = Limits::default();
        assert_eq!(kind(&word(""), &limits), Ok(Kind::Docx));
        assert_eq!(kind(&excel("", ""), &limits), Ok(Kind::Xlsx));
        let slides = r#"<Types><Override ContentType="a.presentationml.presentation.main+xml"/>
            <Override ContentType="a.wordprocessingml.styles+xml"/></Types>"#;
        for other in [archive(&[("content.xml", "<a/>")]), archive(&[("[Content_Types].xml", slides)]), b"PK".to_vec()]
        {
            assert!(matches!(kind(&other, &limits), Err(ReadError::BrokenArchive { .. })));
        }
    }

    #[test]
    fn merged_cells_are_read_once_and_blank_rows_never() {
        let read = read_excel(
            r#"<row r="1"><c r="B1" t="s"><v>1</v></c><c r="C1"><v>9</v></c></row>
            <row r="2"><c r="B2" t="b"/></row>
            <row r="4"><c r="A4" t="s"><v>0</v></c><c r="E4"><v>3</v></c></row>
            <row r="5"><c r="E5"><v>4</v></c></row>"#,
            "B1:D1 A4:A5 XFD1:XFD9",
        );
        let first = ["1.1.1 ", "1.1.2x3 自然人", "1.1.5 "];
        let fourth = ["1.4.1 本年新收", "1.4.2 ", "1.4.3 ", "1.4.4 ", "1.4.5 3"];
        assert_eq!(read, [first.as_slice(), &fourth, &["1.5.2 ", "1.5.3 ", "1.5.4 ", "1.5.5 4"]].concat());
    }

    #[test]
    fn values_are_read_as_they_are() {
        let value = |cell: &str| read_excel(&format!("<row>{cell}</row>"), "").concat();
        for (cell, expected) in [
            ("<c><v>12</v></c>", "12"),
            ("<c t='n'><v>12.0</v></c>", "12"),
            ("<c><v>24252.311082</v></c>", "24252.311082"),
            ("<c><v>0.30000000000000004</v></c>", "0.3"),
            ("<c><v>0.1234567</v></c>", "0.1234567"),
            ("<c><v>1.1398889E7</v></c>", "11398889"),
            ("<c><v>1E-3</v></c>", "0.001"),
            ("<c><v>-0</v></c>", "0"),
            ("<c><v>nan</v></c>", "nan"),
            ("<c s='3'><v>12</v></c>", "12"),
            ("<c s='1'><v>45688.75</v></c>", "2025-01-31"),
            ("<c s='2'><v>1</v></c>", "1900-01-01"),
            ("<c s='1'><v>61</v></c>", "1900-03-01"),
            ("<c s='1'><v>45351</v></c>", "2024-02-29"),
            ("<c s='1'><v>2958465</v></c>", "9999-12-31"),
            ("<c s='1'><v>2958466</v></c>", "2958466"),
            ("<c t='d'><v>2025-01-31T00:00:00</v></c>", "2025-01-31"),
            ("<c t='b'><v>1</v></c>", "TRUE"),
            ("<c t='e'><v>#REF!</v></c>", "#REF!"),
            ("<c><f>1+2</f><v>3</v></c>", "3"),
            ("<c t='str'><f>A2</f><v>12件</v></c>", "12件"),
            ("<c t='inlineStr'><is><r><t>1&amp;</t></r><r><t>2_x005F_x_</t></r></is></c>", "1&2_x_"),
            ("<c t='inlineStr'><is><t>商业_x000D_\n企业_x_x+123_x0041z</t></is></c>", "商业\n企业_x_x+123_x0041z"),
            ("<c xmlns:t='b'><v>12</v></c>", "12"),
        ] {
            assert_eq!(value(cell), format!("1.1.1 {expected}"), "{cell}");
        }
    }

    #[test]
    fn days_can_be_counted_from_1904() {
        let workbook = WORKBOOK.replace("<sheets>", "<workbookPr date1904='1'/><sheets>");
        let input = excel_of(&workbook, STRINGS, "<row><c s='1'><v>44226</v></c></row>", "");
        assert_eq!(shown(xlsx(&input, &Limits::default())), ["1.1.1 2025-01-31"]);
    }

    #[test]
    fn only_visible_worksheets_are_read() {
        let hidden = "<sheets><sheet name='a' state='hidden' r:id='r1'/><sheet name='b' r:id='r2'/>";
        let rows = "<row><c><v>1</v></c></row>";
        let read = |workbook: &str| xlsx(&excel_of(workbook, STRINGS, rows, ""), &Limits::default());
        assert_eq!(shown(read(&WORKBOOK.replace("<sheets>", hidden))), ["1.1.1 1"]);
        assert!(is_broken(&read(&WORKBOOK.replace("r1", "r9"))));
    }

    #[test]
    fn rows_and_cells_without_a_place_follow_on() {
        let read = read_excel(
            "<row r='3'><c r='B3'><v>1</v></c><c><v>2</v></c></row>
            <row><c/><c><v>3</v></c></row><row><c r='B9'><v>4</v></c></row>",
            "B4:C4",
        );
        assert_eq!(read, ["1.3.2 1", "1.3.3 2", "1.4.2x2 3", "1.9.2 4", "1.9.3 "]);
    }

    #[test]
    fn cells_outside_of_a_worksheet_are_refused() {
        for row in [
            "<c><v>1</v></c>",
            "<row r='1048577'><c><v>1</v></c></row>",
            "<row><c r='XFE1'/></row>",
            "<row><c r='A0'/></row>",
        ] {
            assert!(is_broken(&xlsx(&excel(row, ""), &Limits::default())), "{row}");
        }
        assert!(is_broken(&xlsx(&excel("", "A1:AAAAAAAAAAAA1"), &Limits::default())));
        assert!(is_broken(&xlsx(&excel("<row><c t='s'><v>2</v></c></row>", ""), &Limits::default())));
    }

    #[test]
    fn a_worksheet_that_claims_to_be_large_is_read_by_its_cells() {
        let corners = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>";
        assert_eq!(read_excel(corners, "A1:XFD1048576"), ["1.1.1x16384 1"]);
        assert_eq!(read_excel(corners, "").len(), 2 * 16_384);
        let row =
            |number| format!("<row r='{number}'><c r='A{number}'><v>1</v></c><c r='XFD{number}'><v>1</v></c></row>");
        let wide = excel(&(1..9).map(row).collect::<String>(), "");
        assert_eq!(xlsx(&wide, &Limits::default()).unwrap_err(), ReadError::TooManyCells { limit: 100_000 });
    }

    #[test]
    fn overlapping_regions_are_bounded_and_hide_no_first_cell() {
        let rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>";
        assert_eq!(read_excel(rows, "B1:B2 A1:B1 A1:B2"), ["1.1.1x2 1", "1.1.2 2"]);
        let limits = Limits { cells: 30, ..Limits::default() };
        let result = xlsx(&excel(rows, &"A1:XFD1048576 ".repeat(8)), &limits);
        assert_eq!(result.unwrap_err(), ReadError::TooManyCells { limit: 30 });
    }

    #[test]
    fn what_is_unpacked_is_bounded_in_all() {
        let too_large = |limit| ReadError::UnpacksTooLarge { limit };
        let limits = |unpacked| Limits { unpacked, ..Limits::default() };
        let bomb = archive(&[("word/document.xml", &" ".repeat(1 << 20))]);
        assert_eq!(docx(&bomb, &limits(1 << 19)).unwrap_err(), too_large(1 << 19));
        // Five parts, and no part for less than the least cost.
        let small = excel("<row><c><v>1</v></c></row>", "");
        assert!(xlsx(&small, &limits(5 * LEAST_COST)).is_ok());
        assert_eq!(xlsx(&small, &limits(4 * LEAST_COST)).unwrap_err(), too_large(4 * LEAST_COST));
        // A string that many cells repeat.
        let strings = format!("<sst><si><t>{}</t></si></sst>", "一".repeat(10_000));
        let repeated = |count| excel_of(WORKBOOK, &strings, &"<row><c t='s'><v>0</v></c></row>".repeat(count), "");
        assert!(xlsx(&repeated(3), &limits(100_000)).is_ok());
        assert_eq!(xlsx(&repeated(4), &limits(100_000)).unwrap_err(), too_large(100_000));
    }

    #[test]
    fn cells_and_lines_are_bounded() {
        let limits = Limits { cells: 2, lines: 2, ..Limits::default() };
        let cells = |count| docx(&word(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc/>".repeat(count))), &limits);
        assert!(cells(2).is_ok());
        assert_eq!(cells(3).unwrap_err(), ReadError::TooManyCells { limit: 2 });
        let lines = |count| docx(&word(&paragraph("一").repeat(count)), &limits);
        assert!(lines(2).is_ok());
        assert_eq!(lines(3).unwrap_err(), ReadError::TooManyLines { limit: 2 });
        let excel = |count| xlsx(&excel(&"<row><c><v>1</v></c></row>".repeat(count), ""), &limits);
        assert!(excel(2).is_ok());
        assert_eq!(excel(3).unwrap_err(), ReadError::TooManyCells { limit: 2 });
        // Two strings that the worksheets share are in two cells at least.
        let limits = Limits { cells: 1, ..limits };
        assert_eq!(
            xlsx(&excel_of(WORKBOOK, STRINGS, "", ""), &limits).unwrap_err(),
            ReadError::TooManyCells { limit: 1 }
        );
    }

    #[test]
    fn nesting_is_bounded_on_a_small_stack() {
        let read = |open: &str, close: &str, count| {
            let input = word(&(open.repeat(count) + &close.repeat(count)));
            let reader = move || docx(&input, &Limits::default()).map(|_| ());
            std::thread::Builder::new().stack_size(512 << 10).spawn(reader).unwrap().join().unwrap()
        };
        assert_eq!(read("<a>", "</a>", 510), Ok(()));
        for (open, close) in
            [("<a>", "</a>"), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"), ("<w:del>", "</w:del>")]
        {
            assert_eq!(read(open, close, 100_000), Err(ReadError::TooDeep { limit: 512 }), "{open}");
        }
    }

    #[test]
    fn broken_archives_are_refused() {
        let whole = word(&paragraph("12"));
        for end in 0..whole.len() {
            assert!(is_broken(&docx(&whole[..end], &Limits::default())), "{end}");
        }
        // The first byte of what is packed: after the local header of 30 bytes and the name.
        let mut damaged = whole;
        damaged[30 + "word/document.xml".len()] ^= 0xff;
        assert!(is_broken(&docx(&damaged, &Limits::default())));
        for body in ["<w:p>", "</w:p>", "<w:p></w:r>", "<w:p &", "&#xffffffff;", "<w:gridSpan w:val>"] {
            let body = format!("<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>");
            assert!(is_broken(&docx(&word(&body), &Limits::default())), "{body}");
        }
        assert!(is_broken(&docx(&archive(&[("word/document.xml", "<w:document><w:body>")]), &Limits::default())));
        let relationships = r#"<Relationship Id="1" Type="" Target="a"/><Relationship Id="2" Type="" Target="a"/>
            <Relationship Id="3" Type="t/officeDocument" Target="a"/>"#;
        let related = [("_rels/.rels", &*format!("<R>{relationships}</R>")), ("a", "<a/>")];
        assert!(is_broken(&docx(&archive(&related), &Limits::default())));
        assert!(is_broken(&docx(&excel("", ""), &Limits::default())));
        assert!(is_broken(&xlsx(&word(""), &Limits::default())));
    }

    #[test]
    fn encrypted_parts_are_told() {
        let mut input = word(&paragraph("12"));
        // The flags of its entry in the directory.
        let entry = input.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
        input[entry + 8] |= 1;
        assert_eq!(docx(&input, &Limits::default()).unwrap_err(), ReadError::Encrypted);
    }
}
