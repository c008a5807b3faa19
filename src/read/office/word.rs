//! The body of a Word document.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::bounded::{BoundedPage, lines};
use super::package::{Package, Run, WORD, Xml, XmlNode, attribute};
use crate::read::limits::{Limits, ReadError};
use crate::read::lines::{LineSource, Page, is_longer_than_a_label};
use crate::read::seen::{PICTURE, with_pictures_at_digits};

/// Reads the body of a Word document: paragraphs and text boxes as lines, tables as cells.
pub(in crate::read) fn docx(input: &[u8], limits: &Limits) -> Result<Page, ReadError> {
    let mut package = Package::open(input, limits)?;
    let path = package.main_part(WORD)?;
    let part = package.unpack(&path)?;
    let styles = path.rsplit_once('/').map_or("styles.xml".to_owned(), |(folder, _)| format!("{folder}/styles.xml"));
    let styles = if package.has(&styles) { runs_of_styles(&package.unpack(&styles)?, limits)? } else { HashMap::new() };
    let mut xml = Xml::new(&part, limits);
    let mut document = Document {
        page: BoundedPage::new(limits),
        frames: Vec::new(),
        in_text: false,
        run: Run::default(),
        scripts: 0,
        styles,
        tables: 0,
    };
    while let Some(node) = xml.next()? {
        match node {
            XmlNode::Open(element) if document.ignores(element.local_name().as_ref()) => {
                document.note_change(element.local_name().as_ref());
                xml.skip()?;
            }
            XmlNode::Open(element) => document.open(&element)?,
            XmlNode::Text(text) => document.text(&text),
            XmlNode::Close(element) => document.close(element.local_name().as_ref())?,
        }
    }
    Ok(document.page.inner)
}

/// How the text of each style of characters is seen: as that of the styles it is based on, and as it says itself.
fn runs_of_styles(part: &[u8], limits: &Limits) -> Result<HashMap<String, Run>, ReadError> {
    let mut styles: HashMap<String, (Run, Option<String>)> = HashMap::new();
    let mut xml = Xml::new(part, limits);
    let (mut name, mut run, mut base) = (None, Run::default(), None);
    while let Some(node) = xml.next()? {
        match node {
            XmlNode::Open(element) => match element.local_name().as_ref() {
                "style" => {
                    name = attribute(&element, "styleId")?.map(Cow::into_owned);
                    (run, base) = (Run::default(), None);
                }
                "basedOn" => base = attribute(&element, "val")?.map(Cow::into_owned),
                _ => run.note(&element)?,
            },
            XmlNode::Close(element) if element.local_name().as_ref() == "style" => {
                styles.extend(name.take().map(|name| (name, (run, base.take()))));
            }
            XmlNode::Close(_) | XmlNode::Text(_) => {}
        }
    }
    let of_chain = |(run, base): &(Run, Option<String>)| {
        let next = |base: &&String| styles.get(*base).and_then(|(_, base)| base.as_ref());
        let bases = std::iter::successors(base.as_ref(), next).take(MOST_BASES);
        bases.filter_map(|base| styles.get(base)).fold(*run, |run, (of, _)| run.with(*of))
    };
    Ok(styles.iter().map(|(name, style)| (name.clone(), of_chain(style))).collect())
}

/// How many styles can be based on one another.
const MOST_BASES: usize = 10;

/// The most columns that a span is taken for, as in HTML; Word itself has no more than 63.
const MOST_COLUMNS: u32 = 1000;

/// The body of a Word document while it is read.
struct Document<'a> {
    page: BoundedPage<'a>,
    /// What is open, the innermost last.
    frames: Vec<Frame>,
    /// Whether it is in a `w:t`: elsewhere white space, field codes and deleted text stand.
    in_text: bool,
    /// How what stands there is seen.
    run: Run,
    /// How many raised or lowered parts of a formula are open.
    scripts: u32,
    /// How the text of each style is seen.
    styles: HashMap<String, Run>,
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
    /// Whether the row was deleted, or is hidden.
    is_gone: bool,
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
    /// stop), what a tracked change took away, what is for readers that do not know text boxes, how characters are
    /// pronounced, what a merged cell hides.
    fn ignores(&self, name: &str) -> bool {
        match name {
            "pPr" | "del" | "cellDel" | "moveFrom" | "Fallback" | "rt" => true,
            "p" | "tbl" => matches!(self.frames.last(), Some(Frame::Cell(cell)) if cell.covered),
            _ => name.ends_with("PrChange"),
        }
    }

    /// A tracked change that took away the row, or the cell, whose properties it is among.
    fn note_change(&mut self, name: &str) {
        match (name, self.frames.last_mut()) {
            ("del", Some(Frame::Table(table))) => table.is_gone = true,
            ("cellDel", Some(Frame::Cell(cell))) => cell.covered = true,
            _ => {}
        }
    }

    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = element.local_name();
        self.in_text = name.as_ref() == "t";
        match (name.as_ref(), self.frames.last_mut()) {
            ("r", _) => self.run = Run::default(),
            ("rStyle", _) => {
                let style = attribute(element, "val")?;
                self.run = style.and_then(|style| self.styles.get(&*style).copied()).unwrap_or_default();
            }
            ("strike" | "dstrike" | "vanish" | "webHidden" | "vertAlign" | "position", _) => self.run.note(element)?,
            ("sup" | "sub", _) => self.scripts += 1,
            ("drawing" | "pict" | "object" | "sym", Some(Frame::Paragraph(text))) if !self.run.is_veiled() => {
                text.push(PICTURE);
            }
            ("p", _) => self.frames.push(Frame::Paragraph(String::new())),
            ("br" | "cr", Some(Frame::Paragraph(text))) => text.push('\n'),
            ("tab" | "ptab", Some(Frame::Paragraph(text))) => text.push(' '),
            ("noBreakHyphen", Some(Frame::Paragraph(text))) => text.push('-'),
            ("txbxContent", _) => self.frames.push(Frame::TextBox),
            ("tbl", around) => {
                // A table that lays out the page, or a part of it.
                if let Some(Frame::Cell(cell)) = around {
                    cell.flowed = true;
                    self.page.lines(&std::mem::take(&mut cell.text))?;
                }
                self.frames.push(Frame::Table(Table::default()));
            }
            ("tr", Some(Frame::Table(table))) => {
                table.row += 1;
                table.column = 1;
                table.is_gone = false;
            }
            ("hidden", Some(Frame::Table(table))) => table.is_gone = true,
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
            let script = if self.scripts > 0 { Run::RAISED } else { Run::default() };
            self.run.with(script).write(&text.replace(['\n', '\r', '\t'], " "), paragraph);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        self.in_text = false;
        if matches!(name, "sup" | "sub") {
            self.scripts = self.scripts.saturating_sub(1);
        }
        if !matches!(name, "p" | "txbxContent" | "tbl" | "tc") {
            return Ok(());
        }
        match self.frames.pop() {
            Some(Frame::Paragraph(text)) => self.close_paragraph(&with_pictures_at_digits(text)),
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
            _ => self.page.lines(text),
        }
    }

    fn close_cell(&mut self, cell: &Cell) -> Result<(), ReadError> {
        let Some(Frame::Table(table)) = self.frames.last_mut() else { return self.page.lines(&cell.text) };
        let column = table.column;
        table.column = column.saturating_add(cell.span);
        if cell.covered || cell.flowed || table.is_gone {
            return Ok(());
        }
        if is_longer_than_a_label(&cell.text) {
            return self.page.lines(&cell.text);
        }
        let number = *table.number.get_or_insert_with(|| {
            self.tables += 1;
            self.tables
        });
        self.page.cell(LineSource::Cell { table: number, row: table.row, column }, cell.span, &cell.text)
    }
}

/// A number of columns.
fn columns(element: &BytesStart<'_>) -> Result<u32, ReadError> {
    Ok(attribute(element, "val")?.and_then(|value| value.parse().ok()).unwrap_or(0).min(MOST_COLUMNS))
}
