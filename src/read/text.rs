//! Page text.
use super::ReadError;
use crate::published::PublishedReport;

pub(super) fn read(_input: &str) -> Result<PublishedReport, ReadError> {
    Err(ReadError::Empty)
}
