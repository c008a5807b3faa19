//! What this crate promises, a file for each promise: one program, so that it is linked once.

mod columns;
mod revision;
mod common;
#[cfg(feature = "export")]
#[path = "../../examples/export_schema/generated.rs"]
mod generated;

mod base_rates;
mod clauses;
mod drawn;
mod frame;
mod json;
mod kinds;
mod messages;
mod outputs;
mod own;
mod policy;
#[cfg(feature = "export")]
mod portable;
mod read;
mod repair;
mod rules;
#[cfg(feature = "export")]
mod schema;
mod series;
mod stream;
#[cfg(all(feature = "html", feature = "office"))]
mod variants;
mod wording;
