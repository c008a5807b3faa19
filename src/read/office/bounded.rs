//! The page that a Word document or a workbook is written to, within the limits.

use crate::read::limits::{Limits, ReadError};
use crate::read::lines::{LineSource, Page};
use crate::text::trimmed;

/// A page that stays within the limits.
pub(super) struct BoundedPage<'a> {
    pub inner: Page,
    pub limits: &'a Limits,
    lines: u32,
    cells: usize,
    bytes: usize,
}

impl<'a> BoundedPage<'a> {
    pub(super) fn new(limits: &'a Limits) -> BoundedPage<'a> {
        BoundedPage { inner: Page::default(), limits, lines: 0, cells: 0, bytes: 0 }
    }

    /// Adds the lines of a paragraph or of several.
    pub(super) fn lines(&mut self, text: &str) -> Result<(), ReadError> {
        for line in lines(text) {
            if self.lines as usize >= self.limits.lines {
                return Err(ReadError::TooManyLines { limit: self.limits.lines });
            }
            self.lines += 1;
            self.count(line)?;
            self.inner.line(self.lines, line);
        }
        Ok(())
    }

    pub(super) fn cell(&mut self, origin: LineSource, span: u32, text: &str) -> Result<(), ReadError> {
        if self.cells >= self.limits.cells {
            return Err(ReadError::TooManyCells { limit: self.limits.cells });
        }
        self.cells += 1;
        self.count(text)?;
        self.inner.cell(origin, span, text);
        Ok(())
    }

    /// The cells of a worksheet can repeat one long string of the workbook, so that they hold more than its parts do.
    fn count(&mut self, text: &str) -> Result<(), ReadError> {
        self.bytes += text.len();
        if self.bytes > self.limits.unpacked {
            return Err(ReadError::UnpacksTooLarge { limit: self.limits.unpacked });
        }
        Ok(())
    }
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(trimmed).filter(|line| !line.is_empty())
}
