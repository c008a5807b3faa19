//! Bounds on what a reader takes, and why nothing can be read.

use crate::json::JsonError;

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
    pub(super) fn admit(&self, input: &[u8]) -> Result<(), ReadError> {
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
    /// What is there.
    pub found: String,
}
