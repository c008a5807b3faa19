//! JSON Lines: a document on each line.

use std::io::{self, BufRead};
use std::sync::Arc;

use super::input::{At, Failed, Input, MOST_BYTES, Reason, input};

/// What some programs write in front of a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The documents of a file that has one on each line. Lines of nothing but white space are left out.
pub fn lines<R: BufRead>(from: R) -> Lines<R> {
    Lines { from, file: None, number: 0, offset: 0, limit: MOST_BYTES, ended: false }
}

/// See [`lines`].
#[derive(Debug)]
pub struct Lines<R> {
    from: R,
    file: Option<Arc<str>>,
    /// How many lines were read, and their bytes.
    number: u64,
    offset: u64,
    limit: usize,
    ended: bool,
}

impl<R> Lines<R> {
    /// With lines of at most so many bytes; what is longer is passed over, and told.
    #[must_use]
    pub fn most_bytes(mut self, limit: usize) -> Lines<R> {
        self.limit = limit;
        self
    }
}

impl<R> Lines<R> {
    /// With the name of the file, which says where each line is.
    #[must_use]
    pub fn named(mut self, file: impl Into<Arc<str>>) -> Lines<R> {
        self.file = Some(file.into());
        self
    }
}

impl<R: BufRead> Lines<R> {
    /// Where the next line is.
    fn at(&self) -> At {
        At::Line { file: self.file.clone(), number: self.number + 1, offset: self.offset }
    }

    /// The next line without its end, if there is one.
    fn next_line(&mut self) -> io::Result<Option<Result<Input, Failed>>> {
        let at = self.at();
        let (mut line, mut length, mut is_at_end) = (Vec::new(), 0_u64, false);
        while !is_at_end {
            let read = match self.from.fill_buf() {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = memchr::memchr(b'\n', read);
            let piece = &read[..end.unwrap_or(read.len())];
            // One more than the limit shows that it is too long.
            let room = self.limit.saturating_add(1).saturating_sub(line.len());
            line.extend_from_slice(&piece[..piece.len().min(room)]);
            is_at_end = end.is_some() || read.is_empty();
            let taken = piece.len() + usize::from(end.is_some());
            length += taken as u64;
            self.from.consume(taken);
        }
        if self.offset == 0 && line.starts_with(BYTE_ORDER_MARK) {
            line.drain(..BYTE_ORDER_MARK.len());
        }
        (self.number, self.offset) = (self.number + 1, self.offset + length);
        let too_long = line.len() > self.limit;
        let line = if too_long { Err(Reason::TooLarge { limit: self.limit }) } else { Ok(line) };
        Ok((length > 0).then(|| input(at, line)))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Input, Failed>;

    fn next(&mut self) -> Option<Result<Input, Failed>> {
        while !self.ended {
            match self.next_line() {
                Ok(Some(Ok(line))) if line.bytes.trim_ascii().is_empty() => {}
                Ok(Some(line)) => return Some(line),
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Failed { at: self.at(), reason: Reason::Io(error) }));
                }
            }
        }
        None
    }
}
