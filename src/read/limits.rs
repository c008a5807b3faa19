//! Bounds on what a reader takes, and why nothing can be read.

use super::format::Format;
use crate::fault::{Fault, listed};
use crate::json::JsonError;
use crate::language::{Language, said};
use crate::text::spaced;

/// Bounds on what a reader takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The largest input, in bytes.
    pub(crate) bytes: usize,
    /// The most lines that are not blank.
    pub(crate) lines: usize,
    /// The most figures in the tables that belong to no cell.
    pub(crate) unmatched: usize,
    /// The deepest nesting of elements.
    pub(crate) nesting: usize,
    /// The most cells of tables.
    pub(crate) cells: usize,
    /// The most bytes that an archive unpacks to.
    pub(crate) unpacked: usize,
}

impl Default for Limits {
    /// 8 MiB, 200,000 lines, 10,000 figures, 512 levels, 100,000 cells, 32 MiB unpacked: far more than any report.
    fn default() -> Limits {
        Limits { bytes: 8 << 20, lines: 200_000, unmatched: 10_000, nesting: 512, cells: 100_000, unpacked: 32 << 20 }
    }
}

impl Limits {
    /// Refuses a text of more lines that are not blank.
    pub(super) fn admit_lines(&self, text: &str) -> Result<(), ReadError> {
        match text.lines().filter(|line| !line.trim().is_empty()).nth(self.lines) {
            Some(_) => Err(ReadError::TooManyLines { limit: self.lines }),
            None => Ok(()),
        }
    }
}

/// Why nothing can be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The input is larger than [`most_bytes`](crate::read::Reader::most_bytes).
    TooLarge {
        /// Its size.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The input has more lines than [`most_lines`](crate::read::Reader::most_lines).
    TooManyLines {
        /// The limit.
        limit: usize,
    },
    /// The tables have more figures that belong to no cell than [`most_unmatched`](crate::read::Reader::most_unmatched).
    TooManyFigures {
        /// How many there are.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The elements of the page are nested deeper than [`most_nesting`](crate::read::Reader::most_nesting).
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The tables have more cells than [`most_cells`](crate::read::Reader::most_cells).
    TooManyCells {
        /// The limit.
        limit: usize,
    },
    /// The archive unpacks to more than [`most_unpacked`](crate::read::Reader::most_unpacked).
    UnpacksTooLarge {
        /// The limit.
        limit: usize,
    },
    /// The archive of a Word document or workbook cannot be unpacked, or a part of it cannot be read.
    BrokenArchive {
        /// What is wrong, in the words of the unpacker.
        reason: String,
    },
    /// The document asks for a password.
    Encrypted,
    /// The input is empty, or nothing but white space.
    Empty,
    /// The bytes are no UTF-8 text.
    NotUtf8 {
        /// The first byte that is not.
        at: usize,
    },
    /// Neither a title nor a table of the report is there.
    NotAReport {
        /// A row that was looked for.
        row: &'static str,
    },
    /// A report from before the national form.
    BeforeForm {
        /// Its year.
        year: u16,
    },
    /// The input is a PDF.
    Pdf,
    /// The input is a Word document or workbook of before 2007, or an encrypted one.
    OldOffice,
    /// The input is of another kind than text.
    NotText {
        /// What it is.
        format: Format,
    },
    /// The feature that reads this kind is off.
    FeatureOff {
        /// What it is, in Chinese and in English.
        what: [&'static str; 2],
        /// The feature.
        feature: &'static str,
    },
    /// The document holds more reports than are read of one.
    TooManyReports {
        /// The limit.
        limit: usize,
    },
    /// Another kind of document, and what to do with it.
    OtherKind {
        /// What it is, in Chinese and in English.
        what: [&'static str; 2],
        /// What to do.
        advice: [&'static str; 2],
    },
    /// A JSON document that cannot be read.
    Json(#[from] JsonError),
    /// A CSV of cells that cannot be read; all faults, of more than a hundred the first.
    Csv(Vec<Fault>),
}

impl ReadError {
    fn words(&self) -> [String; 2] {
        match self {
            ReadError::TooLarge { found, limit } => [
                format!("输入有 {found} 字节，超过上限 {limit}"),
                format!("the input has {found} bytes, more than the limit of {limit}"),
            ],
            ReadError::TooManyLines { limit } => {
                [format!("输入超过 {limit} 行"), format!("the input has more than {limit} lines")]
            }
            ReadError::TooManyFigures { found, limit } => [
                format!("表中有 {found} 个不属于表样任何一格的数字，超过上限 {limit}"),
                format!(
                    "the tables have {found} figures that belong to no cell of the form, more than the limit of {limit}"
                ),
            ],
            ReadError::TooDeep { limit } => [
                format!("输入的元素嵌套超过上限 {limit} 层"),
                format!("the input nests elements deeper than the limit of {limit}"),
            ],
            ReadError::TooManyCells { limit } => {
                [format!("表格超过 {limit} 格"), format!("the tables have more than {limit} cells")]
            }
            ReadError::UnpacksTooLarge { limit } => [
                format!("解压后超过上限 {limit} 字节"),
                format!("the archive unpacks to more than the limit of {limit} bytes"),
            ],
            ReadError::BrokenArchive { reason } => [
                format!("不是完整的 Word 文档或工作簿：{reason}"),
                format!("not a whole Word document or workbook: {reason}"),
            ],
            ReadError::Encrypted => {
                both("文件已加密：请另存为不带密码的文件", "the document is encrypted: save it without a password")
            }
            ReadError::Empty => both("输入为空", "the input is empty"),
            ReadError::NotUtf8 { at } => [
                format!("输入不是 UTF-8 文本：第 {at} 字节无效"),
                format!("the input is not UTF-8 text: invalid at byte {at}"),
            ],
            ReadError::NotAReport { row } => [
                format!("未找到年度报告：没有“……年政府信息公开工作年度报告”这样的标题，也没有“{row}”这样的行"),
                format!(
                    "no annual report found: looked for a title such as …年政府信息公开工作年度报告, and for rows of the form \
                     such as {row}"
                ),
            ],
            ReadError::BeforeForm { year } => [
                format!("这是 {year} 年度的报告：2019 年以前的报告依国办发〔2014〕32号，表样不同，无法读取"),
                format!(
                    "the report is for {year}: before 2019 reports followed 国办发〔2014〕32号, another form that is not read"
                ),
            ],
            ReadError::Pdf => both(
                "输入是 PDF：请读取 `pdftotext -layout FILE.pdf -` 得到的文本",
                "the input is a PDF: read the text that `pdftotext -layout FILE.pdf -` makes of it",
            ),
            ReadError::OldOffice => both(
                "输入是旧版或加密的 Office 文件：请另存为不带密码的 .docx 或 .xlsx",
                "the input is an old or an encrypted Office file: save it as .docx or .xlsx, without a password",
            ),
            ReadError::NotText { format } => [
                format!("输入是{}：请按该格式读取", spaced(format.label(Language::Chinese))),
                format!("the input is {}: read it as one", format.label(Language::English)),
            ],
            ReadError::FeatureOff { what: [zh, en], feature } => [
                format!("输入是{}：读取它需要 ogi-report 的 {feature:?} 特性", spaced(zh)),
                format!("the input is {en}: reading it needs the feature {feature:?} of ogi-report"),
            ],
            ReadError::TooManyReports { limit } => [
                format!("输入含有超过 {limit} 份报告：请分开读取"),
                format!("the input holds more than {limit} reports: read them apart"),
            ],
            ReadError::OtherKind { what: [zh, en], advice: [do_zh, do_en] } => {
                [format!("输入是{}：{do_zh}", spaced(zh)), format!("the input is {en}: {do_en}")]
            }
            ReadError::Json(error) => Language::ALL.map(|language| error.message(language)),
            ReadError::Csv(faults) => listed(faults),
        }
    }
}

fn both(zh: &str, en: &str) -> [String; 2] {
    [zh, en].map(str::to_owned)
}

said!(ReadError);
