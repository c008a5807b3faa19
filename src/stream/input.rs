//! A document of a stream, where it is, and why it cannot be used.

use std::fmt;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::json::JsonError;
use crate::language::{Language, said};
use crate::published::PublishedReport;
use crate::read::{ReadError, Reader};
use crate::report::{AnnualReport, Refused};
use crate::text::showable;

/// How large a document can be; [`Lines::most_bytes`](super::Lines::most_bytes) sets another limit for lines, and a
/// [`Reader`] has its own for pages.
pub const MOST_BYTES: usize = 64 << 20;

/// Where a document of a stream is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum At {
    /// A line of a file.
    Line {
        /// The name of the file, if it was [given](super::Lines::named).
        file: Option<Arc<str>>,
        /// Its number, from 1.
        number: u64,
        /// How many bytes are before it.
        offset: u64,
    },
    /// A file, an address, a member of an archive, by its name.
    Named(String),
}

impl At {
    /// Where it is, in this language.
    pub fn label(&self, language: Language) -> String {
        match self {
            At::Line { file, number, offset } => {
                let file = file.as_ref().map_or(String::new(), |file| format!("{} ", showable(file)));
                language.of([
                    format!("{file}第 {number} 行（偏移 {offset} 字节）"),
                    format!("{file}line {number}, byte {offset}"),
                ])
            }
            At::Named(name) => showable(name).into_owned(),
        }
    }
}

impl fmt::Display for At {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label(Language::English))
    }
}

/// A document of a stream, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub at: At,
    /// What it is.
    pub bytes: Vec<u8>,
}

impl Input {
    /// The checked report of a document `annual-report`.
    ///
    /// # Errors
    /// [`Failed`] with [`Reason::Json`], see [`AnnualReport::from_json`].
    pub fn annual_report(&self) -> Result<AnnualReport, Failed> {
        AnnualReport::from_json(&self.bytes).map_err(|error| self.failed(Reason::Json(error)))
    }

    /// The report of one of the two JSON documents, right or wrong.
    ///
    /// # Errors
    /// [`Failed`] with [`Reason::Json`], see [`PublishedReport::from_json`].
    pub fn report(&self) -> Result<PublishedReport, Failed> {
        PublishedReport::from_json(&self.bytes).map_err(|error| self.failed(Reason::Json(error)))
    }

    /// The report of a document of any kind, as this reader reads it: of several the first. A file is known by its name, unless
    /// the reader states where the document is from.
    ///
    /// # Errors
    /// [`Failed`] with [`Reason::Read`], see [`ReadError`].
    pub fn page(&self, reader: &Reader) -> Result<PublishedReport, Failed> {
        let read = match &self.at {
            At::Named(name) => reader.clone().named(name).read(&self.bytes),
            At::Line { .. } => reader.read(&self.bytes),
        };
        read.map_err(|error| self.failed(Reason::Read(error)))
    }

    /// This document, which cannot be used for this reason.
    pub fn failed(&self, reason: Reason) -> Failed {
        Failed { at: self.at.clone(), reason }
    }
}

/// A document of a stream that cannot be used: where it is, and why.
#[derive(Debug)]
pub struct Failed {
    /// Where it is.
    pub at: At,
    /// What is wrong with it.
    pub reason: Reason,
}

/// Why a document of a stream cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum Reason {
    /// Its bytes cannot be read; after that a file of lines ends, and other documents follow.
    Io(io::Error),
    /// It is larger than documents of this stream can be.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A JSON document that cannot be read.
    Json(JsonError),
    /// A document that cannot be read.
    Read(ReadError),
    /// A report that is no [`AnnualReport`].
    Refused(Box<Refused>),
    /// What the work of the caller says of it.
    Other(Box<dyn std::error::Error + Send + Sync>),
}

impl std::error::Error for Failed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.reason {
            Reason::Io(error) => Some(error),
            Reason::TooLarge { .. } => None,
            Reason::Json(error) => Some(error),
            Reason::Read(error) => Some(error),
            Reason::Refused(refused) => Some(refused),
            Reason::Other(error) => Some(error.as_ref()),
        }
    }
}

impl Failed {
    fn words(&self) -> [String; 2] {
        let reason = match &self.reason {
            Reason::Io(error) => [format!("不能读取：{error}"), format!("cannot be read: {error}")],
            Reason::TooLarge { limit } => [format!("超过 {limit} 字节"), format!("more than {limit} bytes")],
            Reason::Json(error) => Language::ALL.map(|language| error.message(language)),
            Reason::Read(error) => Language::ALL.map(|language| error.message(language)),
            Reason::Refused(refused) => refused.words(),
            Reason::Other(error) => [error.to_string(), error.to_string()],
        };
        let [zh, en] = reason;
        [format!("{}：{zh}", self.at.label(Language::Chinese)), format!("{}: {en}", self.at)]
    }
}

said!(Failed);

/// The files of these paths, each read when its turn comes.
pub fn files<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> impl Iterator<Item = Result<Input, Failed>> {
    paths.into_iter().map(|path| {
        let at = At::Named(path.as_ref().to_string_lossy().into_owned());
        input(at, std::fs::File::open(path).map_err(Reason::Io).and_then(whole))
    })
}

/// What a caller gets by these names: pages by their addresses, rows of a data base. This crate reads no network.
///
/// ```
/// use ogi_report::stream;
/// let fetch = |address: &str| Ok(format!("page of {address}").into_bytes());
/// let mut inputs = stream::fetched(["https://example.org/2024.html"], fetch);
/// assert_eq!(inputs.next().unwrap()?.bytes, b"page of https://example.org/2024.html");
/// # Ok::<(), stream::Failed>(())
/// ```
pub fn fetched<N: Into<String>>(
    names: impl IntoIterator<Item = N>,
    mut fetch: impl FnMut(&str) -> io::Result<Vec<u8>>,
) -> impl Iterator<Item = Result<Input, Failed>> {
    names.into_iter().map(move |name| {
        let name = name.into();
        let bytes = fetch(&name).map_err(Reason::Io).and_then(bounded);
        input(At::Named(name), bytes)
    })
}

/// All bytes of a document, if they are not too many.
pub(super) fn whole(from: impl Read) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(Reason::Io)?;
    bounded(bytes)
}

fn bounded(bytes: Vec<u8>) -> Result<Vec<u8>, Reason> {
    if bytes.len() > MOST_BYTES { Err(Reason::TooLarge { limit: MOST_BYTES }) } else { Ok(bytes) }
}

/// What was had of a document, with where it is.
pub(super) fn input(at: At, had: Result<Vec<u8>, Reason>) -> Result<Input, Failed> {
    match had {
        Ok(bytes) => Ok(Input { at, bytes }),
        Err(reason) => Err(Failed { at, reason }),
    }
}
