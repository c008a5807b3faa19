//! JSON: both documents read and written along the tree of the form, with all faults at once.
//!
//! ```
//! use ogi_report::{JsonError, Language, PublishedReport, read};
//! let report = read::text(&std::fs::read_to_string("examples/data/department-2024.txt").unwrap())?;
//! let document = report.to_json();
//! assert_eq!(PublishedReport::from_json(document.as_bytes())?, report);
//! let wrong = document.replace("\"status\": \"number\"", "\"status\": \"figure\"");
//! let Err(JsonError::Shape(faults)) = PublishedReport::from_json(wrong.as_bytes()) else { panic!("no such status") };
//! assert_eq!(faults.len(), 200);
//! assert_eq!(faults[0].at(), "article20.item1.normative_documents.in_force.status");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cell;
mod document;
mod error;
mod explain;
mod plain;
pub mod schema;
mod tables;
mod twice;

pub use error::{JsonError, MOST_FAULTS};
