//! JSON Lines: a document on each line.

use std::io::{self, BufRead};

use super::input::{At, Failed, Input, MOST_BYTES, Reason, input};

/// The documents of a file that has one on each line. Lines of nothing but white space are left out.
pub fn lines<R: BufRead>(from: R) -> Lines<R> {
    Lines { from, number: 0, offset: 0, limit: MOST_BYTES, ended: false }
}

/// See [`lines`].
#[derive(Debug)]
pub struct Lines<R> {
    from: R,
    /// How many lines were read, and their bytes.
    number: u64,
    offset: u64,
    limit: usize,
    ended: bool,
}

impl<R> Lines<R> {
    /// With lines of at most so many bytes; what is longer is passed over, and told.
    pub fn most_bytes(mut self, limit: usize) -> Lines<R> {
        self.limit = limit;
        self
    }
}

impl<R: BufRead> Lines<R> {
    /// The next line without its end, if there is one.
    fn next_line(&mut self) -> io::Result<Option<Result<Input, Failed>>> {
        let at = At::Line { number: self.number + 1, offset: self.offset };
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
            let room = (self.limit + 1).saturating_sub(line.len());
            line.extend_from_slice(&piece[..piece.len().min(room)]);
            is_at_end = end.is_some() || read.is_empty();
            let taken = piece.len() + usize::from(end.is_some());
            length += taken as u64;
            self.from.consume(taken);
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
                    let at = At::Line { number: self.number + 1, offset: self.offset };
                    return Some(Err(Failed { at, reason: Reason::Io(error) }));
                }
            }
        }
        None
    }
}
