//! JSON: both documents read and written along the tree of the form, with all faults at once.

mod cell;
mod document;
mod error;
mod explain;
pub mod schema;
mod tables;

pub use error::{JsonError, MOST_FAULTS};
