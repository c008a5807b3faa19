//! The formats that a report comes in.

use crate::language::Language;

/// A format that a report comes in.
///
/// ```
/// use ogi_report::Language;
/// use ogi_report::read::Format;
/// assert_eq!(Format::WebPage.label(Language::English), "a web page");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Text copied from a browser, made by `pdftotext` (plain or `-layout`), Markdown.
    Text,
    /// A CSV `path,printed` of cells.
    Csv,
    /// One of the two JSON documents.
    Json,
    /// A web page. Feature `html`.
    WebPage,
    /// A Word document, `.docx`. Feature `office`.
    Word,
    /// An Excel workbook, `.xlsx`: its visible worksheets, one after the other. Feature `office`.
    Workbook,
}

impl Format {
    /// The name in this language.
    pub fn label(self, language: Language) -> &'static str {
        language.of(match self {
            Format::Text => ["文本", "text"],
            Format::Csv => ["逐格 CSV", "a CSV of cells"],
            Format::Json => ["JSON 文档", "a JSON document"],
            Format::WebPage => ["网页", "a web page"],
            Format::Word => ["Word 文档", "a Word document"],
            Format::Workbook => ["工作簿", "a workbook"],
        })
    }
}

pub(super) fn is_archive(input: &[u8]) -> bool {
    input.starts_with(b"PK\x03\x04") || input.starts_with(b"PK\x05\x06")
}

pub(super) fn is_old_office(input: &[u8]) -> bool {
    input.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// What a document is that is not read, and what to do with it; in Chinese and in English.
pub(super) type OtherKind = ([&'static str; 2], [&'static str; 2]);

/// A document in the national layout format.
pub(super) const OFD: OtherKind = (
    ["OFD 版式文件", "an OFD document"],
    ["请导出为 Word 文档或文本后再读取", "export it as a Word document or as text and read that"],
);

/// A report in English, as some agencies publish besides.
pub(super) const ENGLISH: OtherKind = (
    ["英文版年度报告", "an English version of the report"],
    ["请读取中文版，表中各行各列以其中文名称辨认", "read the Chinese one, whose labels tell its rows and columns"],
);

/// Whether an archive is an OFD document: its first or last names say so.
pub(super) fn is_ofd(input: &[u8]) -> bool {
    let (head, tail) = (&input[..input.len().min(4096)], &input[input.len() - input.len().min(8192)..]);
    is_archive(input) && [head, tail].iter().any(|part| part.windows(7).any(|name| name == b"OFD.xml"))
}

/// A document of another kind, by its first bytes.
pub(super) fn other(input: &[u8]) -> Option<OtherKind> {
    const PICTURES: [&[u8]; 5] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"];
    let text = input.trim_ascii_start();
    let begins = |marks: &[&[u8]]| {
        marks.iter().any(|mark| text.get(..mark.len()).is_some_and(|of| of.eq_ignore_ascii_case(mark)))
    };
    Some(if begins(&[b"{\\rtf"]) {
        (["RTF 文件", "an RTF document"], ["请另存为 .docx", "save it as .docx"])
    } else if begins(&[b"MIME-Version:", b"From: <Saved by", b"From: \"Saved by"]) {
        (["MHTML 网页存档", "a web page saved as MHTML"], ["请另存为“仅 HTML”", "save it as HTML only"])
    } else if PICTURES.iter().any(|mark| input.starts_with(mark)) {
        (
            ["图片", "a picture"],
            [
                "表格须是文字：请先作文字识别并核对，再读取其文本",
                "its tables must be text: have it recognised, check that, and read the text",
            ],
        )
    } else {
        return None;
    })
}

pub(super) fn is_pdf(input: &[u8]) -> bool {
    // Some tools write a line before the mark.
    input[..input.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// What parts the fields of a CSV of cells: its first line names the columns `path` and `printed`.
pub(super) fn csv_mark(text: &[u8]) -> Option<char> {
    let header = text.trim_ascii_start().split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let is = |column: &[u8], name: &[u8]| {
        let column = column.trim_ascii();
        column == name || column.strip_prefix(b"\"").and_then(|column| column.strip_suffix(b"\"")) == Some(name)
    };
    let names = |mark: &&u8| {
        let has = |name: &[u8]| header.split(|byte| byte == *mark).any(|column| is(column, name));
        has(b"path") && has(b"printed")
    };
    b",;\t".iter().find(names).map(|mark| char::from(*mark))
}

/// Whether these bytes are markup, in whatever charset.
pub(super) fn is_html(input: &[u8]) -> bool {
    let start = input.strip_prefix("\u{feff}".as_bytes()).unwrap_or(input).trim_ascii_start();
    let head = &start[..start.len().min(4096)];
    let utf16 = input.starts_with(b"\xff\xfe<\0") || input.starts_with(b"\xfe\xff\0<");
    // Most texts have no tag to look at.
    if utf16 || memchr::memchr(b'<', head).is_none() {
        return utf16;
    }
    let head = head.to_ascii_lowercase();
    let has = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    let is_marked = start.starts_with(b"<") && TAGS.iter().any(|tag| has(tag)) || has(b"<td") || has(b"<html");
    is_marked && (has(b"<html") || !is_markdown(input))
}

/// Whether the tables between whatever tags are those of Markdown alone.
fn is_markdown(input: &[u8]) -> bool {
    let is_rule = |at: usize| [b"|--".as_slice(), b"|:-", b"| -"].iter().any(|rule| input[at + 1..].starts_with(rule));
    memchr::memchr_iter(b'\n', input).any(is_rule) && memchr::memmem::find(input, b"<td").is_none()
}

/// What a page or a piece of one begins with.
const TAGS: [&[u8]; 10] =
    [b"<!doctype", b"<html", b"<head", b"<body", b"<table", b"<div", b"<p", b"<span", b"<meta", b"<center"];
