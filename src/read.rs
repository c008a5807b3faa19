//! Readers for what agencies really publish. Each finds text with its place, one matcher driven by the catalogue turns
//! it into a [`PublishedReport`]. What cannot be read is reported cell by cell and never guessed.

mod csv;
mod table;
mod text;

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
}

impl Default for Limits {
    /// 8 MiB, 200,000 lines, 10,000 figures: far more than the page of any report.
    fn default() -> Limits {
        Limits { bytes: 8 << 20, lines: 200_000, unmatched: 10_000 }
    }
}

/// Why nothing can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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

/// Reads the text of a page: copied from a browser, extracted from a file, or a CSV `path,printed` of cells.
///
/// # Errors
/// See [`ReadError`].
pub fn text(input: &str) -> Result<PublishedReport, ReadError> {
    let limits = Limits::default();
    if input.len() > limits.bytes {
        return Err(ReadError::TooLarge { found: input.len(), limit: limits.bytes });
    }
    read(input, &limits)
}

/// Reads the bytes of a text, within `limits`.
///
/// # Errors
/// See [`ReadError`].
pub fn text_within(input: &[u8], limits: &Limits) -> Result<PublishedReport, ReadError> {
    if input.len() > limits.bytes {
        return Err(ReadError::TooLarge { found: input.len(), limit: limits.bytes });
    }
    let input = std::str::from_utf8(input).map_err(|error| ReadError::NotUtf8 { at: error.valid_up_to() })?;
    read(input, limits)
}

fn read(input: &str, limits: &Limits) -> Result<PublishedReport, ReadError> {
    let input = input.strip_prefix('\u{feff}').unwrap_or(input);
    if input.trim_start().is_empty() {
        return Err(ReadError::Empty);
    }
    if csv::is_csv(input) { csv::read(input, limits) } else { text::read(input, limits) }
}
