//! JSON: reading with all faults at once, and what the derived readers need to agree with the schema.

use std::fmt;

use serde_json::Value;

use crate::form::Cell;
use crate::report::Refused;
use crate::text::shortened;

/// How many faults of a document are listed.
pub const MOST_FAULTS: usize = 1000;

/// Why a JSON document cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// It is no JSON.
    #[error("not JSON: {reason}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column in it, in bytes.
        column: usize,
        /// What is wrong and where, in the words of the parser.
        reason: String,
    },
    /// It does not have the shape of the schema; all faults, of each object first the keys that are missing. Of more than
    /// [`MOST_FAULTS`] only these.
    #[error("{}", listed(.0))]
    Shape(Vec<ShapeFault>),
    /// Cells whose status, value and printed text contradict each other; all of them, in the form's order.
    #[error("{}", listed(.0))]
    Cells(Vec<CellFault>),
    /// It breaks rules; all of them.
    #[error(transparent)]
    Refused(#[from] Box<Refused>),
}

/// A place where a document departs from the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeFault {
    /// The path: keys, and indices of lists, joined by dots. Empty for the whole document.
    pub path: String,
    /// What the schema expects there.
    pub expected: String,
    /// What stands there; `nothing` for a missing key.
    pub found: String,
}

impl fmt::Display for ShapeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the document" } else { &self.path };
        write!(f, "{path}: expected {}, found {}", self.expected, self.found)
    }
}

/// A cell of a `published-report` document that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// The cell.
    pub cell: Cell,
    /// What the printed text, or the status, says.
    pub expected: String,
    /// What the document says.
    pub found: String,
}

impl fmt::Display for CellFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, found {}", self.cell, self.expected, self.found)
    }
}

fn listed(faults: &[impl fmt::Display]) -> String {
    let mut text = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    if faults.len() == MOST_FAULTS {
        text += &format!("; only the first {MOST_FAULTS} are listed");
    }
    text
}

/// Turns the error of the typed reader into all faults of the document, found by holding it against `schema`.
pub(crate) fn explain(bytes: &[u8], error: serde_json::Error, schema: impl FnOnce(&Value) -> Value) -> JsonError {
    let document: Value = match serde_json::from_slice(bytes) {
        Ok(document) => document,
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            return JsonError::Syntax { line, column, reason: error.to_string() };
        }
    };
    let mut faults = Vec::new();
    crate::schema::compare(&document, &schema(&document), &mut faults);
    if faults.is_empty() {
        // What the schema cannot say: calendar days, check characters, keys given twice.
        faults.push(ShapeFault {
            path: String::new(),
            expected: "a readable document".to_owned(),
            found: shortened(&error.to_string()),
        });
    }
    JsonError::Shape(faults)
}

/// A value, cut short, for a message.
pub(crate) fn quoted(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        scalar => shortened(&scalar.to_string()),
    }
}
