//! The worksheets of an Excel workbook.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use quick_xml::events::BytesStart;

use super::bounded::BoundedPage;
use super::number_format::{self, NumberFormat};
use super::package::{Package, Run, WORKBOOK, Xml, XmlNode, attribute, broken};
use crate::date::Date;
use crate::read::limits::{Limits, ReadError};
use crate::read::lines::{LineSource, Page};
use crate::text::{shortened, trimmed};

/// Reads the visible worksheets of a workbook: cells as a person sees them.
// Without calamine, which unpacks shared strings and styles to their end before its caller can set a bound.
pub(in crate::read) fn xlsx(input: &[u8], limits: &Limits) -> Result<Page, ReadError> {
    let mut package = Package::open(input, limits)?;
    let path = package.main_part(WORKBOOK)?;
    let parts = package.relationships(&path)?;
    let part_of = |kind: &str| parts.values().find(|part| part.kind == kind).map(|part| part.path.as_str());
    let mut values = Values { strings: Vec::new(), styles: Vec::new(), since_1904: false };
    if let Some(path) = part_of("sharedStrings") {
        values.strings = strings(&package.unpack(path)?, limits)?;
    }
    if let Some(path) = part_of("styles") {
        values.styles = styles(&package.unpack(path)?, limits)?;
    }
    let workbook = package.unpack(&path)?;
    let mut xml = Xml::new(&workbook, limits);
    let mut page = BoundedPage::new(limits);
    while let Some(node) = xml.next()? {
        let XmlNode::Open(element) = node else { continue };
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
                        Sheet::read(&part, &values, limits)?.write(page.inner.sheet(&name), &mut page)?;
                    }
                    // A sheet that is nothing but a chart.
                    Some(_) => {}
                    None => return Err(broken(format_args!("worksheet {} is missing", shortened(&name)))),
                }
            }
            _ => {}
        }
    }
    Ok(page.inner)
}

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
    /// By column: whether it is hidden.
    hidden: Vec<bool>,
}

impl<'a> Sheet<'a> {
    fn read(part: &[u8], values: &'a Values, limits: &Limits) -> Result<Sheet<'a>, ReadError> {
        let mut xml = Xml::new(part, limits);
        let mut sheet = Sheet { cells: BTreeMap::new(), merged: Vec::new(), hidden: Vec::new() };
        let (mut row, mut column) = (0_u32, 0);
        let (mut row_is_hidden, mut run) = (false, Run::default());
        // By column: how many ranges of hidden ones begin there, less those that have ended.
        let mut ends: Vec<i32> = Vec::new();
        let (mut kind, mut style) = (String::new(), None);
        let (mut in_text, mut text) = (false, String::new());
        while let Some(node) = xml.next()? {
            match node {
                XmlNode::Open(element) => match element.local_name().as_ref() {
                    // Rows and cells without a place follow the one before.
                    "row" => {
                        row = match attribute(&element, "r")? {
                            Some(number) => number.parse().map_err(broken)?,
                            None => row.saturating_add(1),
                        };
                        column = 0;
                        row_is_hidden = is_hidden(&element)?;
                    }
                    "col" if is_hidden(&element)? => {
                        let last = index(&element, "max")?.unwrap_or(0).min(LAST_CELL.1);
                        let first = index(&element, "min")?.unwrap_or(1).min(last);
                        ends.resize(LAST_CELL.1 as usize + 2, 0_i32);
                        ends[first as usize] += 1;
                        ends[last as usize + 1] -= 1;
                    }
                    "c" => {
                        (row, column) = match attribute(&element, "r")? {
                            Some(name) => position(&name)?,
                            None => within_sheet(row, column + 1)?,
                        };
                        kind = attribute(&element, "t")?.unwrap_or_default().into_owned();
                        style = attribute(&element, "s")?.and_then(|style| style.parse().ok());
                        text.clear();
                        run = Run::default();
                    }
                    "r" => run = Run::default(),
                    "strike" | "vertAlign" => run.note(&element)?,
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
                XmlNode::Text(more) if in_text => run.write(&more, &mut text),
                XmlNode::Text(_) => {}
                XmlNode::Close(element) => {
                    in_text = false;
                    if element.local_name().as_ref() == "c" {
                        let value = values.read(&kind, style, &text)?;
                        if !row_is_hidden && !trimmed(&value).is_empty() {
                            sheet.cells.insert((row, column), value);
                        }
                        if sheet.cells.len() > limits.cells {
                            return Err(ReadError::TooManyCells { limit: limits.cells });
                        }
                    }
                }
            }
        }
        let mut open = 0;
        let is_open = |ends: i32| {
            open += ends;
            open > 0
        };
        sheet.hidden = ends.into_iter().map(is_open).collect();
        let Sheet { cells, hidden, .. } = &mut sheet;
        cells.retain(|(_, column), _| !hidden.get(*column as usize).is_some_and(|is_hidden| *is_hidden));
        Ok(sheet)
    }

    fn hides(&self, column: u32) -> bool {
        self.hidden.get(column as usize).is_some_and(|is_hidden| *is_hidden)
    }

    /// Adds the rows that are not blank, from the first column in use to the last.
    fn write(&self, number: u32, page: &mut BoundedPage<'_>) -> Result<(), ReadError> {
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
                    if covered > page.limits.cells {
                        return Err(ReadError::TooManyCells { limit: page.limits.cells });
                    }
                    let span = if (*row, column) == (*top, *left) { right - left + 1 } else { 0 };
                    let known = spans.entry((*row, column)).or_default();
                    *known = span.max(*known);
                }
            }
        }
        for row in rows {
            for column in (first..=last).filter(|column| !self.hides(*column)) {
                let span = spans.get(&(row, column)).copied().unwrap_or(1);
                if span > 0 {
                    let text = self.cells.get(&(row, column)).map_or("", |text| text);
                    page.cell(LineSource::Sheet { sheet: number, row, column }, span, text)?;
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
    // What cannot be a number is in no row or column.
    within_sheet(digits.parse().unwrap_or(0), column.unwrap_or(0))
}

fn is_hidden(element: &BytesStart<'_>) -> Result<bool, ReadError> {
    Ok(attribute(element, "hidden")?.is_some_and(|value| value == "1" || value == "true"))
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
    styles: Vec<Style>,
    /// Whether days are counted from 1904, as Excel for Mac did.
    since_1904: bool,
}

impl Values {
    /// The value of a cell of such a type and style, as text.
    fn read(&self, kind: &str, style: Option<usize>, text: &str) -> Result<Cow<'_, str>, ReadError> {
        let style = style.and_then(|style| self.styles.get(style));
        Ok(match kind {
            _ if text.is_empty() || style.is_some_and(|style| style.is_struck) => Cow::Borrowed(""),
            "s" => {
                let string = text.trim().parse().ok().and_then(|index: usize| self.strings.get(index));
                let missing = || broken(format_args!("shared string {} is missing", shortened(text)));
                Cow::Borrowed(string.ok_or_else(missing)?)
            }
            "str" | "inlineStr" => Cow::Owned(unescaped(text)),
            "b" => Cow::Borrowed(if matches!(text, "0" | "false") { "FALSE" } else { "TRUE" }),
            "d" => Cow::Owned(text.split('T').next().unwrap_or_default().to_owned()),
            "e" => Cow::Owned(text.to_owned()),
            _ => Cow::Owned(self.number(text, style.map_or(&NumberFormat::General, |style| &style.format))),
        })
    }

    fn number(&self, text: &str, format: &NumberFormat) -> String {
        let Some(value) = text.trim().parse().ok().filter(|value: &f64| value.is_finite()) else {
            return text.to_owned();
        };
        if let Some(day) = if *format == NumberFormat::Date { self.day(value) } else { None } {
            return day;
        }
        // 0.1 + 0.2 is stored as 0.30000000000000004; no report prints more than six decimals.
        let rounded = (value * 1e6).round() / 1e6;
        let value = if (value - rounded).abs() < 1e-9 { rounded } else { value };
        // Zero may have a sign.
        let plain = (value + 0.0).to_string();
        let NumberFormat::Code(code) = format else { return plain };
        let shown = plain.parse().ok().and_then(|number| number_format::shown(code, number));
        // What is seen is not known: no figure.
        shown.unwrap_or_else(|| format!("{plain} [{}]", shortened(code)))
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
        Date::new(1899, 12, 30).ok()?.plus(number as i32).map(|day| day.to_string())
    }
}

/// The strings that the worksheets share.
fn strings(part: &[u8], limits: &Limits) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::new(part, limits);
    let mut strings = Vec::new();
    let (mut in_text, mut text, mut run) = (false, String::new(), Run::default());
    while let Some(node) = xml.next()? {
        match node {
            XmlNode::Open(element) => match element.local_name().as_ref() {
                "si" | "r" => run = Run::default(),
                "strike" | "vertAlign" => run.note(&element)?,
                "t" => in_text = true,
                "rPh" => xml.skip()?,
                _ => {}
            },
            XmlNode::Text(more) if in_text => run.write(&more, &mut text),
            XmlNode::Text(_) => {}
            XmlNode::Close(element) => {
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

/// How a cell looks.
struct Style {
    format: NumberFormat,
    /// Whether its font strikes it out.
    is_struck: bool,
}

/// The styles of cells.
fn styles(part: &[u8], limits: &Limits) -> Result<Vec<Style>, ReadError> {
    let mut xml = Xml::new(part, limits);
    let mut styles = Vec::new();
    let (mut formats, mut fonts) = (HashMap::new(), Vec::new());
    let (mut in_fonts, mut in_cell_styles) = (false, false);
    while let Some(node) = xml.next()? {
        match node {
            XmlNode::Open(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let code = attribute(&element, "formatCode")?.unwrap_or_default();
                    formats.extend(index(&element, "numFmtId")?.map(|number| (number, NumberFormat::of_code(&code))));
                }
                "fonts" => in_fonts = true,
                "font" if in_fonts => fonts.push(Run::default()),
                "strike" if in_fonts => fonts.last_mut().map_or(Ok(()), |font: &mut Run| font.note(&element))?,
                "cellXfs" => in_cell_styles = true,
                "xf" if in_cell_styles => {
                    let font = index(&element, "fontId")?.and_then(|font| fonts.get(font as usize));
                    let format = index(&element, "numFmtId")?.map_or(NumberFormat::General, |number| {
                        formats.get(&number).cloned().unwrap_or_else(|| NumberFormat::built_in(number))
                    });
                    styles.push(Style { format, is_struck: font.is_some_and(|font| font.is_veiled()) });
                }
                _ => {}
            },
            XmlNode::Close(element) => match element.local_name().as_ref() {
                "fonts" => in_fonts = false,
                "cellXfs" => in_cell_styles = false,
                _ => {}
            },
            XmlNode::Text(_) => {}
        }
    }
    Ok(styles)
}

fn index(element: &BytesStart<'_>, name: &str) -> Result<Option<u32>, ReadError> {
    Ok(attribute(element, name)?.and_then(|number| number.parse().ok()))
}
