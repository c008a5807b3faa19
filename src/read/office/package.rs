//! The archive that a Word document or a workbook is, and the XML of its parts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;
use std::io::{Cursor, Read};

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::format::Format;
use crate::read::limits::{Limits, ReadError};
use crate::read::seen::raised;
use crate::text::shortened;

/// Where the main part of a Word document is, unless a relationship of the archive says otherwise.
pub(super) const WORD: &str = "word/document.xml";
/// Where that of a workbook is.
pub(super) const WORKBOOK: &str = "xl/workbook.xml";

/// Tells a Word document from a workbook; any other archive is an error.
pub(in crate::read) fn kind(input: &[u8], limits: &Limits) -> Result<Format, ReadError> {
    let mut package = Package::open(input, limits)?;
    for (format, part) in [(Format::Word, WORD), (Format::Workbook, WORKBOOK)] {
        if package.parts.contains_key(part) {
            return Ok(format);
        }
    }
    let types = package.unpack("[Content_Types].xml")?;
    let mut xml = Xml::new(&types, limits);
    while let Some(node) = xml.next()? {
        let XmlNode::Open(element) = node else { continue };
        match attribute(&element, "ContentType")? {
            Some(of) if !of.ends_with(".main+xml") => {}
            Some(of) if of.contains("wordprocessingml") || of.contains("ms-word") => return Ok(Format::Word),
            Some(of) if of.contains("spreadsheetml") || of.contains("ms-excel") => return Ok(Format::Workbook),
            _ => {}
        }
    }
    Err(broken("the archive holds neither"))
}

/// What a part costs at least of [`Limits::unpacked`]: to begin one takes as long as to unpack so many bytes.
pub(super) const LEAST_COST: usize = 4096;

/// The archive that a Word document or a workbook is.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each of its parts is in the archive; their names are told apart without regard to case.
    pub(super) parts: HashMap<String, usize>,
    limits: &'a Limits,
    /// How many more bytes may be unpacked.
    left: usize,
}

/// A part that another part refers to.
pub(super) struct Part {
    /// The last word of its type.
    pub(super) kind: String,
    pub(super) path: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(input: &'a [u8], limits: &'a Limits) -> Result<Package<'a>, ReadError> {
        let archive = ZipArchive::new(Cursor::new(input)).map_err(broken)?;
        // Some Windows programs write back slashes.
        let name = |raw: &[u8]| String::from_utf8_lossy(raw).to_ascii_lowercase().replace('\\', "/");
        let parts = archive.file_names_raw().enumerate().map(|(index, raw)| (name(raw), index)).collect();
        Ok(Package { archive, parts, limits, left: limits.unpacked })
    }

    /// The bytes of a part. All of them together stay within the limit, whatever sizes the archive states.
    pub(super) fn unpack(&mut self, path: &str) -> Result<Vec<u8>, ReadError> {
        let missing = || broken(format_args!("{} is missing", shortened(path)));
        let index = *self.parts.get(&path.to_ascii_lowercase()).ok_or_else(missing)?;
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
            error => broken(error),
        })?;
        let mut part = Vec::new();
        file.take((self.left as u64).saturating_add(1)).read_to_end(&mut part).map_err(broken)?;
        if part.len() > self.left {
            return Err(ReadError::UnpacksTooLarge { limit: self.limits.unpacked });
        }
        self.left = self.left.saturating_sub(part.len().max(LEAST_COST));
        Ok(part)
    }

    /// Whether there is a part at this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.parts.contains_key(&path.to_ascii_lowercase())
    }

    /// Where the main part is.
    pub(super) fn main_part(&mut self, usual: &str) -> Result<String, ReadError> {
        if self.parts.contains_key(usual) {
            return Ok(usual.to_owned());
        }
        let main = self.relationships("")?.into_values().find(|part| part.kind == "officeDocument");
        main.map(|part| part.path).ok_or_else(|| broken("the main part is missing"))
    }

    /// The parts of the archive that the part at `path` refers to (or the archive itself, if it is empty), by their
    /// names in it.
    pub(super) fn relationships(&mut self, path: &str) -> Result<HashMap<String, Part>, ReadError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let table = self.unpack(&resolved(folder, &format!("_rels/{name}.rels")))?;
        let mut xml = Xml::new(&table, self.limits);
        let mut parts = HashMap::new();
        while let Some(node) = xml.next()? {
            let XmlNode::Open(element) = node else { continue };
            let (Some(id), Some(kind), Some(target)) =
                (attribute(&element, "Id")?, attribute(&element, "Type")?, attribute(&element, "Target")?)
            else {
                continue;
            };
            let path = resolved(folder, &target);
            if !self.parts.contains_key(&path.to_ascii_lowercase()) {
                continue;
            }
            if parts.len() >= self.parts.len() {
                return Err(broken(format_args!("more relationships of {name} than parts")));
            }
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            parts.insert(id.into_owned(), Part { kind, path });
        }
        Ok(parts)
    }
}

/// The path that `target` means in a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.retain(|step| !matches!(*step, "" | "."));
    path.join("/")
}

// ---- XML -----------------------------------------------------------------------------------------

/// The elements and texts of a part.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    /// The elements that are open, the innermost last.
    open: Vec<BytesStart<'a>>,
    /// Whether the innermost was written `<a/>`, and closes next.
    is_empty: bool,
    limit: usize,
}

pub(super) enum XmlNode<'a> {
    Open(BytesStart<'a>),
    Text(Cow<'a, str>),
    /// With the tag that opened it.
    Close(BytesStart<'a>),
}

impl<'a> Xml<'a> {
    pub(super) fn new(part: &'a [u8], limits: &Limits) -> Xml<'a> {
        Xml { reader: Reader::from_reader(part), open: Vec::new(), is_empty: false, limit: limits.nesting }
    }

    pub(super) fn next(&mut self) -> Result<Option<XmlNode<'a>>, ReadError> {
        if std::mem::take(&mut self.is_empty) {
            return Ok(self.open.pop().map(XmlNode::Close));
        }
        loop {
            let event = self.reader.read_event().map_err(broken)?;
            self.is_empty = matches!(event, Event::Empty(_));
            return Ok(Some(match event {
                Event::Start(element) | Event::Empty(element) => {
                    if self.open.len() >= self.limit {
                        return Err(ReadError::TooDeep { limit: self.limit });
                    }
                    self.open.push(element.clone());
                    XmlNode::Open(element)
                }
                // The reader checks that the tags match.
                Event::End(_) => return Ok(self.open.pop().map(XmlNode::Close)),
                Event::Text(text) => XmlNode::Text(text.xml10_content()),
                Event::CData(text) => XmlNode::Text(text.xml10_content()),
                Event::GeneralRef(name) => XmlNode::Text(match name.resolve_char_ref().map_err(broken)? {
                    Some(c) => Cow::Owned(c.to_string()),
                    // An entity that the document declares stays as it is: replacing it would let it grow without end.
                    None => {
                        resolve_xml_entity(&name).map_or_else(|| Cow::Owned(format!("&{};", &*name)), Cow::Borrowed)
                    }
                }),
                Event::Eof if !self.open.is_empty() => return Err(broken("a part ends within an element")),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }

    /// Goes to the end of the innermost element that is open.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        let inside = self.open.len();
        while self.open.len() >= inside {
            self.next()?;
        }
        Ok(())
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Result<Option<Cow<'e, str>>, ReadError> {
    // Without the check for doubles, which compares each with all before it.
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(broken)?;
        if attribute.key.local_name().as_ref() == name && attribute.key.as_namespace_binding().is_none() {
            return attribute.normalized_value(XmlVersion::Implicit1_0).map(Some).map_err(broken);
        }
    }
    Ok(None)
}

/// How a person sees the text of a run: the properties that veil or raise it, in Word or in Excel.
#[derive(Clone, Copy, Default)]
pub(super) struct Run(u8);

impl Run {
    /// Struck out, once or twice, or hidden, everywhere or on the web.
    const VEILED: u8 = 0b1111;
    /// Raised or lowered.
    pub(super) const RAISED: Run = Run(1 << 4);

    /// Takes a property of the run or of its font; it replaces the same property of a style.
    pub(super) fn note(&mut self, property: &BytesStart<'_>) -> Result<(), ReadError> {
        let flag = match property.local_name().as_ref() {
            "strike" => 1,
            "dstrike" => 1 << 1,
            "vanish" => 1 << 2,
            "webHidden" => 1 << 3,
            "vertAlign" => Run::RAISED.0,
            "position" => 1 << 5,
            _ => return Ok(()),
        };
        let value = attribute(property, "val")?;
        let is_off = |value: Cow<'_, str>| matches!(&*value, "0" | "false" | "off" | "baseline");
        if value.is_some_and(is_off) {
            self.0 &= !flag
        } else {
            self.0 |= flag
        }
        Ok(())
    }

    /// Whether nobody takes the text for one that is there.
    pub(super) fn is_veiled(self) -> bool {
        self.0 & Run::VEILED != 0
    }

    /// The run where another look comes to its own.
    pub(super) fn with(self, other: Run) -> Run {
        Run(self.0 | other.0)
    }

    /// Adds a text of the run as it is seen.
    pub(super) fn write(self, text: &str, to: &mut String) {
        if self.is_veiled() {
            return;
        }
        // What is left of the flags raises it.
        if self.0 == 0 { to.push_str(text) } else { to.extend(text.chars().map(raised)) }
    }
}

pub(super) fn broken(reason: impl Display) -> ReadError {
    ReadError::BrokenArchive { reason: shortened(&reason.to_string()) }
}
