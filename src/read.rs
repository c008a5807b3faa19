//! Readers for what agencies really publish. Each finds text with its place, one matcher driven by the catalogue turns
//! it into a [`PublishedReport`]. What cannot be read is reported cell by cell and never guessed.

mod csv;
mod figures;
#[cfg(feature = "html")]
mod html;
mod labels;
mod limits;
mod lines;
mod matcher;
#[cfg(feature = "office")]
mod office;
mod page;
mod reconstruct;
mod segment;
mod text;

use crate::published::PublishedReport;

pub use limits::{CsvFault, Limits, ReadError};

// ---- Text ----------------------------------------------------------------------------------------

/// Reads the text of a page: copied from a browser, made by `pdftotext` (plain or `-layout`), Markdown, or a CSV
/// `path,printed` of cells.
///
/// # Errors
/// See [`ReadError`].
pub fn text(input: &str) -> Result<PublishedReport, ReadError> {
    let limits = Limits::default();
    limits.admit(input.as_bytes())?;
    read_text(input, &limits)
}

/// Reads the bytes of a UTF-8 text, within `limits`.
///
/// # Errors
/// See [`ReadError`].
pub fn text_within(input: &[u8], limits: &Limits) -> Result<PublishedReport, ReadError> {
    limits.admit(input)?;
    let input = std::str::from_utf8(input).map_err(|error| ReadError::NotUtf8 { at: error.valid_up_to() })?;
    read_text(input, limits)
}

fn read_text(input: &str, limits: &Limits) -> Result<PublishedReport, ReadError> {
    let input = input.strip_prefix('\u{feff}').unwrap_or(input);
    if input.trim_start().is_empty() {
        return Err(ReadError::Empty);
    }
    if is_html(input.as_bytes()) {
        return Err(match cfg!(feature = "html") {
            true => ReadError::NotText { format: "a web page", reader: "read::html" },
            false => ReadError::FeatureOff { format: "a web page", feature: "html" },
        });
    }
    if csv::is_csv(input) { csv::read(input, limits) } else { page::read(&text::lines(input, limits.lines)?, limits) }
}

// ---- Web pages -----------------------------------------------------------------------------------

/// Reads a web page, in UTF-8, GBK, GB18030 or Big5, as a browser parses it.
///
/// # Errors
/// See [`ReadError`].
#[cfg(feature = "html")]
pub fn html(input: &[u8]) -> Result<PublishedReport, ReadError> {
    html_within(input, &Limits::default())
}

/// Reads a web page, within `limits`.
///
/// # Errors
/// See [`ReadError`].
#[cfg(feature = "html")]
pub fn html_within(input: &[u8], limits: &Limits) -> Result<PublishedReport, ReadError> {
    limits.admit(input)?;
    page::read(&html::read(input, limits)?.lines(limits)?, limits)
}

// ---- Office documents ----------------------------------------------------------------------------

/// Reads a Word document, `.docx`.
///
/// # Errors
/// See [`ReadError`].
#[cfg(feature = "office")]
pub fn docx(input: &[u8]) -> Result<PublishedReport, ReadError> {
    docx_within(input, &Limits::default())
}

/// Reads a Word document, within `limits`.
///
/// # Errors
/// See [`ReadError`].
#[cfg(feature = "office")]
pub fn docx_within(input: &[u8], limits: &Limits) -> Result<PublishedReport, ReadError> {
    limits.admit(input)?;
    page::read(&office::docx(input, limits)?.lines(limits)?, limits)
}

/// Reads an Excel workbook, `.xlsx`: its visible worksheets, one after the other.
///
/// # Errors
/// See [`ReadError`].
#[cfg(feature = "office")]
pub fn xlsx(input: &[u8]) -> Result<PublishedReport, ReadError> {
    xlsx_within(input, &Limits::default())
}

/// Reads an Excel workbook, within `limits`.
///
/// # Errors
/// See [`ReadError`].
#[cfg(feature = "office")]
pub fn xlsx_within(input: &[u8], limits: &Limits) -> Result<PublishedReport, ReadError> {
    limits.admit(input)?;
    page::read(&office::xlsx(input, limits)?.lines(limits)?, limits)
}

// ---- Whatever it is ------------------------------------------------------------------------------

/// Reads a report of any kind this crate knows: a web page, a Word document, a workbook, text, a CSV of cells, or JSON.
/// The bytes decide, not a name.
///
/// # Errors
/// See [`ReadError`]; for a PDF it names the command that makes text of it, for a kind whose feature is off the feature.
pub fn any(input: &[u8]) -> Result<PublishedReport, ReadError> {
    any_within(input, &Limits::default())
}

/// Reads a report of any kind, within `limits`.
///
/// # Errors
/// See [`ReadError`].
pub fn any_within(input: &[u8], limits: &Limits) -> Result<PublishedReport, ReadError> {
    limits.admit(input)?;
    if input.starts_with(b"PK\x03\x04") || input.starts_with(b"PK\x05\x06") {
        return archive(input, limits);
    }
    if input.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(ReadError::OldOffice);
    }
    // Some tools write a line before the mark.
    if input[..input.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Err(ReadError::Pdf);
    }
    if is_html(input) {
        return page_of_the_web(input, limits);
    }
    let unmarked = input.strip_prefix("\u{feff}".as_bytes()).unwrap_or(input);
    if unmarked.trim_ascii_start().starts_with(b"{") {
        return Ok(PublishedReport::from_json(unmarked)?);
    }
    match std::str::from_utf8(input) {
        Ok(text) => read_text(text, limits),
        Err(_) => in_another_charset(input, limits),
    }
}

/// Whether these bytes are markup, in whatever charset.
fn is_html(input: &[u8]) -> bool {
    let start = input.strip_prefix("\u{feff}".as_bytes()).unwrap_or(input).trim_ascii_start();
    let head = &start[..start.len().min(4096)];
    let utf16 = input.starts_with(b"\xff\xfe<\0") || input.starts_with(b"\xfe\xff\0<");
    // Most texts have no tag to look at.
    if utf16 || memchr::memchr(b'<', head).is_none() {
        return utf16;
    }
    let head = head.to_ascii_lowercase();
    let has = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    start.starts_with(b"<") && TAGS.iter().any(|tag| has(tag)) || has(b"<td") || has(b"<html")
}

/// What a page or a piece of one begins with.
const TAGS: [&[u8]; 10] =
    [b"<!doctype", b"<html", b"<head", b"<body", b"<table", b"<div", b"<p", b"<span", b"<meta", b"<center"];

#[cfg(feature = "html")]
use html_within as page_of_the_web;

#[cfg(not(feature = "html"))]
fn page_of_the_web(_: &[u8], _: &Limits) -> Result<PublishedReport, ReadError> {
    Err(ReadError::FeatureOff { format: "a web page", feature: "html" })
}

#[cfg(feature = "html")]
fn in_another_charset(input: &[u8], limits: &Limits) -> Result<PublishedReport, ReadError> {
    read_text(&html::decode(input), limits)
}

#[cfg(not(feature = "html"))]
fn in_another_charset(_: &[u8], _: &Limits) -> Result<PublishedReport, ReadError> {
    Err(ReadError::FeatureOff { format: "text in another charset than UTF-8", feature: "html" })
}

#[cfg(feature = "office")]
fn archive(input: &[u8], limits: &Limits) -> Result<PublishedReport, ReadError> {
    match office::kind(input, limits)? {
        office::ArchiveKind::Docx => docx_within(input, limits),
        office::ArchiveKind::Xlsx => xlsx_within(input, limits),
    }
}

#[cfg(not(feature = "office"))]
fn archive(_: &[u8], _: &Limits) -> Result<PublishedReport, ReadError> {
    Err(ReadError::FeatureOff { format: "a Word document or a workbook", feature: "office" })
}
