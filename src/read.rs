//! Readers for what agencies really publish. Each finds text with its place, one matcher driven by the catalogue turns
//! it into a [`PublishedReport`]. What cannot be read is reported cell by cell and never guessed.

mod csv;
mod figures;
#[cfg(feature = "html")]
mod html;
mod labels;
mod lines;
mod matcher;
#[cfg(feature = "office")]
mod office;
mod page;
mod reconstruct;
mod segment;
mod text;

use crate::json::JsonError;
use crate::published::PublishedReport;

/// Bounds on what a reader takes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The largest input, in bytes.
    pub bytes: usize,
    /// The most lines that are not blank.
    pub lines: usize,
    /// The most figures in the tables that belong to no cell.
    pub unmatched: usize,
    /// The deepest nesting of elements.
    pub nesting: usize,
    /// The most cells of tables.
    pub cells: usize,
    /// The most bytes that an archive unpacks to.
    pub unpacked: usize,
}

impl Default for Limits {
    /// 8 MiB, 200,000 lines, 10,000 figures, 512 levels, 100,000 cells, 32 MiB unpacked: far more than any report.
    fn default() -> Limits {
        Limits { bytes: 8 << 20, lines: 200_000, unmatched: 10_000, nesting: 512, cells: 100_000, unpacked: 32 << 20 }
    }
}

impl Limits {
    /// Refuses an input that is too large.
    fn admit(&self, input: &[u8]) -> Result<(), ReadError> {
        if input.len() > self.bytes {
            return Err(ReadError::TooLarge { found: input.len(), limit: self.bytes });
        }
        Ok(())
    }
}

/// Why nothing can be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The input is larger than [`Limits::bytes`].
    #[error("the input has {found} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Its size.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The input has more lines than [`Limits::lines`].
    #[error("the input has more than {limit} lines")]
    TooManyLines {
        /// The limit.
        limit: usize,
    },
    /// The tables have more figures that belong to no cell than [`Limits::unmatched`].
    #[error("the tables have {found} figures that belong to no cell of the form, more than the limit of {limit}")]
    TooManyFigures {
        /// How many there are.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The elements of the page are nested deeper than [`Limits::nesting`].
    #[error("the input nests elements deeper than the limit of {limit}")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The tables have more cells than [`Limits::cells`].
    #[error("the tables have more than {limit} cells")]
    TooManyCells {
        /// The limit.
        limit: usize,
    },
    /// The archive unpacks to more than [`Limits::unpacked`].
    #[error("the archive unpacks to more than the limit of {limit} bytes")]
    UnpacksTooLarge {
        /// The limit.
        limit: usize,
    },
    /// The archive of a Word document or workbook cannot be unpacked, or a part of it cannot be read.
    #[error("not a whole Word document or workbook: {reason}")]
    BrokenArchive {
        /// What is wrong, in the words of the unpacker.
        reason: String,
    },
    /// The document asks for a password.
    #[error("the document is encrypted: save it without a password")]
    Encrypted,
    /// The input is empty, or nothing but white space.
    #[error("the input is empty")]
    Empty,
    /// The bytes are no UTF-8 text.
    #[error("the input is not UTF-8 text: invalid at byte {at}")]
    NotUtf8 {
        /// The first byte that is not.
        at: usize,
    },
    /// Neither a title nor a table of the report is there.
    #[error(
        "no annual report found: looked for a title such as …年政府信息公开工作年度报告, and for rows of the form such as {row}"
    )]
    NotAReport {
        /// A row that was looked for.
        row: &'static str,
    },
    /// A report from before the national form.
    #[error("the report is for {year}: before 2019 reports followed 国办发〔2014〕32号, another form that is not read")]
    BeforeForm {
        /// Its year.
        year: u16,
    },
    /// The input is a PDF.
    #[error("the input is a PDF: read the text that `pdftotext -layout FILE.pdf -` makes of it")]
    Pdf,
    /// The input is a Word document or workbook of before 2007, or an encrypted one.
    #[error("the input is an old or an encrypted Office file: save it as .docx or .xlsx, without a password")]
    OldOffice,
    /// The input is of another kind than the reader takes.
    #[error("the input is {format}: read it with {reader}")]
    NotText {
        /// What it is.
        format: &'static str,
        /// The reader that takes it.
        reader: &'static str,
    },
    /// The feature that reads this kind is off.
    #[error("the input is {format}: reading it needs the feature {feature:?} of ogi-report")]
    FeatureOff {
        /// What it is.
        format: &'static str,
        /// The feature.
        feature: &'static str,
    },
    /// A JSON document that cannot be read.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A CSV of cells that cannot be read; all faults.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Csv(Vec<CsvFault>),
}

/// A line of a CSV of cells that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected {expected}, found {found:?}")]
pub struct CsvFault {
    /// The line, from 1.
    pub line: u32,
    /// What was expected.
    pub expected: &'static str,
    /// What stands there.
    pub found: String,
}

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
    let transcript = html::transcribe(input, limits)?;
    page::read(&transcript.lines(limits)?, limits)
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
    let transcript = office::docx(input, limits)?;
    page::read(&transcript.lines(limits)?, limits)
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
    let transcript = office::xlsx(input, limits)?;
    page::read(&transcript.lines(limits)?, limits)
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
        office::Kind::Docx => docx_within(input, limits),
        office::Kind::Xlsx => xlsx_within(input, limits),
    }
}

#[cfg(not(feature = "office"))]
fn archive(_: &[u8], _: &Limits) -> Result<PublishedReport, ReadError> {
    Err(ReadError::FeatureOff { format: "a Word document or a workbook", feature: "office" })
}
