//! Word documents and Excel workbooks: what their archives hold, as lines and cells in reading order.

mod excel;
mod package;
#[cfg(test)]
mod tests;
mod word;

use super::lines::{Origin, Transcript};
use super::office::package::{Node, Package, Xml, attribute, broken};
use super::{Limits, ReadError};
use crate::text::trimmed;

pub(super) use super::office::excel::xlsx;
pub(super) use super::office::word::docx;

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
