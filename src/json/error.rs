//! Why a JSON document cannot be read: all faults at once.

use serde_json::Value;

use crate::fault::{Fault, listed};
use crate::language::said;
use crate::report::Refused;
use crate::text::shortened;

/// How many faults of a document are listed.
pub const MOST_FAULTS: usize = 1000;

/// Why a JSON document cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// It is no JSON.
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
    Shape(Vec<Fault>),
    /// Cells whose status, value and printed text contradict each other; all of them, in the form's order.
    Cells(Vec<Fault>),
    /// It is no annual report: what is missing, and every rule of severity *error* that it breaks.
    Refused(#[from] Box<Refused>),
}

impl JsonError {
    fn words(&self) -> [String; 2] {
        let faults = match self {
            JsonError::Syntax { reason, .. } => return [format!("不是 JSON：{reason}"), format!("not JSON: {reason}")],
            JsonError::Refused(refused) => return refused.words(),
            JsonError::Shape(faults) | JsonError::Cells(faults) => faults,
        };
        let [mut zh, mut en] = listed(faults);
        if faults.len() == MOST_FAULTS {
            zh += &format!("；最多列出 {MOST_FAULTS} 处");
            en += &format!("; no more than {MOST_FAULTS} are listed");
        }
        [zh, en]
    }
}

said!(JsonError);

/// A value, cut short, for a message.
pub(crate) fn quoted(value: &Value) -> String {
    match value {
        Value::Array(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        scalar => shortened(&scalar.to_string()),
    }
}
