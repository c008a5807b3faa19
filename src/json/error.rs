//! Why a JSON document cannot be read: all faults at once.

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

/// A value, cut short, for a message.
pub(crate) fn quoted(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        scalar => shortened(&scalar.to_string()),
    }
}
