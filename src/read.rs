//! Readers for what agencies really publish. Each finds text with its place, one matcher driven by the catalogue turns
//! it into a [`PublishedReport`]. What cannot be read is reported cell by cell and never guessed.
//!
//! [`text`], `html`, `docx`, `xlsx` read one format, [`any`] whichever it is. A [`Reader`] does the same within other
//! limits, with facts that the caller states, and with the provenance of the document:
//!
//! ```
//! use ogi_report::read::Reader;
//! use ogi_report::{Agency, AgencyKind, Facts, Scope};
//! let page = &std::fs::read("examples/data/department-2024.txt").unwrap();
//! let report = Reader::new()
//!     .stating(Facts { agency: Some(Agency::of_kind(AgencyKind::CityDepartment)), scope: Scope::Own, ..Facts::default() })
//!     .retrieved_from("https://example.org/2024.html", "2025-02-20T08:30:00+08:00")
//!     .read(page)?;
//! // The kind is stated, not inferred from the name; the name is that of the page.
//! assert_eq!(report.facts.evidence.agency_kind, None);
//! assert_eq!(report.facts.agency.as_ref().map(|agency| agency.name.as_str()), Some("示例市数据和行政审批局"));
//! let document = report.facts.evidence.document.as_ref().unwrap();
//! assert_eq!(document.address.as_deref(), Some("https://example.org/2024.html"));
//! # Ok::<(), ogi_report::read::ReadError>(())
//! ```

mod labels_first;
mod columns;
mod csv;
mod dates;
mod drawn;
mod figures;
mod format;
mod frame;
mod headings;
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
#[cfg(any(feature = "html", feature = "office"))]
mod seen;
mod segment;
mod text;
mod title;
mod traditional;
mod words;

use crate::facts::{Facts, Provenance};
use crate::published::PublishedReport;

pub use format::Format;
use limits::Limits;
pub use limits::ReadError;
use lines::Page;

/// Reads the text of a page: copied from a browser, made by `pdftotext` (plain or `-layout`), Markdown, or a CSV
/// `path,printed` of cells.
///
/// ```
/// let report = ogi_report::read::text(&std::fs::read_to_string("examples/data/department-2024.txt").unwrap())?;
/// assert_eq!(report.facts.year.map(|year| year.get()), Some(2024));
/// # Ok::<(), ogi_report::read::ReadError>(())
/// ```
///
/// # Errors
/// See [`ReadError`].
pub fn text(input: &str) -> Result<PublishedReport, ReadError> {
    Reader::new().format(Format::Text).read(input.as_bytes())
}

/// Reads a web page, in UTF-8, GBK, GB18030 or Big5, as a browser parses it.
///
/// # Errors
/// See [`ReadError`].
#[cfg(feature = "html")]
pub fn html(input: &[u8]) -> Result<PublishedReport, ReadError> {
    Reader::new().format(Format::WebPage).read(input)
}

/// Reads a Word document, `.docx`.
///
/// # Errors
/// See [`ReadError`].
#[cfg(feature = "office")]
pub fn docx(input: &[u8]) -> Result<PublishedReport, ReadError> {
    Reader::new().format(Format::Word).read(input)
}

/// Reads an Excel workbook, `.xlsx`: its visible worksheets, one after the other.
///
/// # Errors
/// See [`ReadError`].
#[cfg(feature = "office")]
pub fn xlsx(input: &[u8]) -> Result<PublishedReport, ReadError> {
    Reader::new().format(Format::Workbook).read(input)
}

/// Reads a report of any [`Format`]. The bytes decide, not a name.
///
/// ```
/// let page = &std::fs::read("examples/data/department-2024.txt").unwrap();
/// let report = ogi_report::read::any(page)?;
/// assert_eq!(ogi_report::read::any(report.to_json().as_bytes())?, report);
/// # Ok::<(), ogi_report::read::ReadError>(())
/// ```
///
/// # Errors
/// See [`ReadError`]; for a PDF it names the command that makes text of it, for a format whose feature is off the feature.
pub fn any(input: &[u8]) -> Result<PublishedReport, ReadError> {
    Reader::new().read(input)
}

// ---- The reader ----------------------------------------------------------------------------------

/// How a report is read: within which limits, in which format, with which facts stated by the caller. The usual limits are
/// far more than any report needs.
///
/// ```
/// use ogi_report::read::{ReadError, Reader};
/// let small = Reader::new().most_bytes(100);
/// assert_eq!(small.read(&[b'0'; 101]), Err(ReadError::TooLarge { found: 101, limit: 100 }));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reader {
    limits: Limits,
    format: Option<Format>,
    stated: Facts,
    document: Option<Provenance>,
}

impl Reader {
    /// A reader of any format, within the usual limits, that is told nothing.
    pub fn new() -> Reader {
        Reader::default()
    }

    /// The same reader for inputs of at most so many bytes; 8 MiB if it is not said.
    #[must_use]
    pub fn most_bytes(mut self, most: usize) -> Reader {
        self.limits.bytes = most;
        self
    }

    /// The same reader for at most so many lines that are not blank; 200,000 if it is not said.
    #[must_use]
    pub fn most_lines(mut self, most: usize) -> Reader {
        self.limits.lines = most;
        self
    }

    /// The same reader for at most so many figures of the tables that belong to no cell; 10,000 if it is not said.
    #[must_use]
    pub fn most_unmatched(mut self, most: usize) -> Reader {
        self.limits.unmatched = most;
        self
    }

    /// The same reader for elements nested at most so deep; 512 if it is not said.
    #[must_use]
    pub fn most_nesting(mut self, most: usize) -> Reader {
        self.limits.nesting = most;
        self
    }

    /// The same reader for tables of at most so many cells; 100,000 if it is not said.
    #[must_use]
    pub fn most_cells(mut self, most: usize) -> Reader {
        self.limits.cells = most;
        self
    }

    /// The same reader for archives that unpack to at most so many bytes; 32 MiB if it is not said.
    #[must_use]
    pub fn most_unpacked(mut self, most: usize) -> Reader {
        self.limits.unpacked = most;
        self
    }

    /// The same reader for this format alone. A text that is a CSV of cells is read as one.
    #[must_use]
    pub fn format(self, format: Format) -> Reader {
        Reader { format: Some(format), ..self }
    }

    /// The same reader for a report of which these facts are known, besides those that were stated before. What is stated
    /// replaces what the page says, see [`Facts::state`]; where both differ, rules such as `title-year` find it. The year
    /// decides for which edition the tables are read, where their labels leave that open.
    #[must_use]
    pub fn stating(mut self, facts: Facts) -> Reader {
        self.stated.state(facts);
        self
    }

    /// The same reader for a document from this address, retrieved at this time (in the form of RFC 3339). The report keeps
    /// both in its evidence, with the version of this reader and, with the feature `provenance`, the SHA-256 of the document.
    #[must_use]
    pub fn retrieved_from(self, address: impl Into<String>, retrieved: impl Into<String>) -> Reader {
        self.document(address.into(), Some(retrieved.into()))
    }

    /// The same reader for a document in the file of this name, which is kept as its address. As that of any address, its
    /// last part says which agency and year a report is of where the document itself does not.
    ///
    /// ```
    /// use ogi_report::SourceKind;
    /// use ogi_report::read::Reader;
    /// let page = "信息内容\t本年处理决定数量\n行政许可\t5";
    /// let reader = Reader::new().from_file("甲市乙局2024年政府信息公开工作年度报告.txt");
    /// let facts = reader.read(page.as_bytes())?.facts;
    /// assert_eq!(facts.agency.map(|agency| agency.name).as_deref(), Some("甲市乙局"));
    /// assert_eq!(facts.evidence.year.map(|source| source.kind), Some(SourceKind::FileName));
    /// # Ok::<(), ogi_report::read::ReadError>(())
    /// ```
    #[must_use]
    pub fn from_file(self, name: impl Into<String>) -> Reader {
        self.document(name.into(), None)
    }

    /// The same reader for a document of this name, unless it knows where the document is from.
    pub(crate) fn named(self, name: &str) -> Reader {
        if self.document.is_some() { self } else { self.from_file(name) }
    }

    fn document(self, address: String, retrieved: Option<String>) -> Reader {
        let reader = concat!("ogi-report ", env!("CARGO_PKG_VERSION")).to_owned();
        Reader {
            document: Some(Provenance { address: Some(address), retrieved, sha256: None, reader: Some(reader) }),
            ..self
        }
    }

    /// Reads a report: of several in one document that of the stated year, otherwise the first. The others are named in
    /// `page.others`; [`read_all`](Reader::read_all) reads them.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read(&self, input: &[u8]) -> Result<PublishedReport, ReadError> {
        let mut reports = self.reports(input, Wanted::One)?;
        Ok(reports.swap_remove(0))
    }

    /// Reads each report of a document: a page or a workbook can hold those of several agencies or years. Facts that the
    /// caller states hold for each of them.
    ///
    /// ```
    /// use ogi_report::read::Reader;
    /// let page = "甲局2024年政府信息公开工作年度报告\n信息内容\t本年处理决定数量\n行政许可\t5\n\
    ///             乙局2024年政府信息公开工作年度报告\n信息内容\t本年处理决定数量\n行政许可\t7";
    /// let reports = Reader::new().read_all(page.as_bytes())?;
    /// let agencies: Vec<_> = reports.iter().flat_map(|report| &report.facts.agency).map(|agency| &*agency.name).collect();
    /// assert_eq!(agencies, ["甲局", "乙局"]);
    /// # Ok::<(), ogi_report::read::ReadError>(())
    /// ```
    ///
    /// # Errors
    /// See [`ReadError`]: that of the first report that cannot be read.
    pub fn read_all(&self, input: &[u8]) -> Result<Vec<PublishedReport>, ReadError> {
        self.reports(input, Wanted::All)
    }

    /// The reports of a document that are wanted, at least one.
    fn reports(&self, input: &[u8], wanted: Wanted) -> Result<Vec<PublishedReport>, ReadError> {
        if input.len() > self.limits.bytes {
            return Err(ReadError::TooLarge { found: input.len(), limit: self.limits.bytes });
        }
        let mut reports = match self.format.map_or_else(|| self.detect(input), Ok)? {
            Format::Text => self.text(input, wanted)?,
            Format::Csv => vec![csv::read(&self.decoded(unmarked(input))?, &self.limits)?],
            Format::Json => vec![PublishedReport::from_json(unmarked(input))?],
            Format::WebPage => self.web_page(input, wanted)?,
            format @ (Format::Word | Format::Workbook) => self.office(input, format, wanted)?,
        };
        let document = self.document.clone().map(|document| Provenance { sha256: digest(input), ..document });
        for report in &mut reports {
            report.facts.state(self.stated.clone());
            report.facts.evidence.document = document.clone().or(report.facts.evidence.document.take());
        }
        Ok(reports)
    }

    fn detect(&self, input: &[u8]) -> Result<Format, ReadError> {
        if format::is_ofd(input) {
            Err(other_kind(format::OFD))
        } else if format::is_archive(input) {
            self.archive(input)
        } else if format::is_old_office(input) {
            Err(ReadError::OldOffice)
        } else if format::is_pdf(input) {
            Err(ReadError::Pdf)
        } else if let Some(other) = format::other(input) {
            Err(other_kind(other))
        } else if unmarked(input).trim_ascii_start().starts_with(b"{") {
            Ok(Format::Json)
        } else if format::is_html(input) && format::csv_mark(unmarked(input)).is_none() {
            Ok(Format::WebPage)
        } else {
            Ok(Format::Text)
        }
    }

    fn text(&self, input: &[u8], wanted: Wanted) -> Result<Vec<PublishedReport>, ReadError> {
        let input = unmarked(input);
        let decoded = self.decoded(input)?;
        let text = &*decoded;
        if text.trim_start().is_empty() {
            return Err(ReadError::Empty);
        }
        if format::csv_mark(text.as_bytes()).is_some() {
            return Ok(vec![csv::read(text, &self.limits)?]);
        }
        if format::is_html(text.as_bytes()) {
            return Err(match cfg!(feature = "html") {
                true => ReadError::NotText { format: Format::WebPage },
                false => WEB_PAGE_OFF,
            });
        }
        let text = &*traditional::simplified(text);
        let drawn = drawn::page(text, &self.limits)?;
        match drawn {
            Some(page) => self.page(&page, wanted),
            None => page::read(&text::lines(text, self.limits.lines)?, self, wanted),
        }
    }

    /// The reports of a page of lines and cells.
    fn page(&self, page: &Page, wanted: Wanted) -> Result<Vec<PublishedReport>, ReadError> {
        page::read(&segment::parted(page.lines(&self.limits)?, self.limits.lines)?, self, wanted)
    }
}

fn other_kind((what, advice): format::OtherKind) -> ReadError {
    ReadError::OtherKind { what, advice }
}

/// Which reports of a document are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// That of the stated year, or the first.
    One,
    All,
}

/// The input without a mark of its charset.
fn unmarked(input: &[u8]) -> &[u8] {
    input.strip_prefix("\u{feff}".as_bytes()).unwrap_or(input)
}

// ---- What features give --------------------------------------------------------------------------

const WEB_PAGE_OFF: ReadError = ReadError::FeatureOff { what: ["网页", "a web page"], feature: "html" };
#[cfg(not(feature = "office"))]
const OFFICE_OFF: ReadError =
    ReadError::FeatureOff { what: ["Word 文档或工作簿", "a Word document or a workbook"], feature: "office" };
#[cfg(not(feature = "html"))]
const CHARSET_OFF: ReadError = ReadError::FeatureOff {
    what: ["UTF-8 以外字符集的文本", "text in another charset than UTF-8"],
    feature: "html",
};

impl Reader {
    #[cfg(feature = "html")]
    fn web_page(&self, input: &[u8], wanted: Wanted) -> Result<Vec<PublishedReport>, ReadError> {
        self.page(&html::read(input, &self.limits)?.simplified(), wanted)
    }

    #[cfg(not(feature = "html"))]
    fn web_page(&self, _: &[u8], _: Wanted) -> Result<Vec<PublishedReport>, ReadError> {
        Err(WEB_PAGE_OFF)
    }

    /// The text of these bytes. Whoever says that they are text means UTF-8.
    fn decoded<'i>(&self, input: &'i [u8]) -> Result<std::borrow::Cow<'i, str>, ReadError> {
        match std::str::from_utf8(input) {
            Ok(text) => Ok(text.into()),
            Err(error) if self.format.is_some() => Err(ReadError::NotUtf8 { at: error.valid_up_to() }),
            #[cfg(feature = "html")]
            Err(_) => Ok(html::decode(input)),
            #[cfg(not(feature = "html"))]
            Err(_) => Err(CHARSET_OFF),
        }
    }

    #[cfg(feature = "office")]
    fn archive(&self, input: &[u8]) -> Result<Format, ReadError> {
        office::kind(input, &self.limits)
    }

    #[cfg(not(feature = "office"))]
    fn archive(&self, _: &[u8]) -> Result<Format, ReadError> {
        Err(OFFICE_OFF)
    }

    #[cfg(feature = "office")]
    fn office(&self, input: &[u8], format: Format, wanted: Wanted) -> Result<Vec<PublishedReport>, ReadError> {
        let read = if format == Format::Word { office::docx } else { office::xlsx };
        self.page(&read(input, &self.limits)?.simplified(), wanted)
    }

    #[cfg(not(feature = "office"))]
    fn office(&self, _: &[u8], _: Format, _: Wanted) -> Result<Vec<PublishedReport>, ReadError> {
        Err(OFFICE_OFF)
    }
}

/// The SHA-256 of a document, in lower case.
#[cfg(feature = "provenance")]
fn digest(input: &[u8]) -> Option<String> {
    use sha2::{Digest, Sha256};
    Some(Sha256::digest(input).iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(not(feature = "provenance"))]
fn digest(_: &[u8]) -> Option<String> {
    None
}
