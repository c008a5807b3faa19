//! JSON: reading with all faults at once, and what the derived readers need to agree with the schema.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use crate::form::Cell;
use crate::number::shortened;
use crate::report::Refused;

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

// ---- As the schema has it -------------------------------------------------------------------------

/// A deserializer that takes a struct from an object and an enum from a string only: serde's derived readers take an array
/// for the one and an object for the other as well, the schema does not.
pub(crate) struct Objects<D>(pub D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(Name(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// Reads a variant from its name.
struct Name<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Name<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<V::Value, E> {
        self.0.visit_enum(name.into_deserializer())
    }
}

/// A `T` that is read as the schema has it.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(Objects(from)).map(Object)
    }
}

/// For a field that is an object or a name.
pub(crate) fn exact<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    T::deserialize(Objects(from))
}

/// For a field that is an object or a name, null or absent.
pub(crate) fn optional<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Ok(Option::<Object<T>>::deserialize(from)?.map(|Object(value)| value))
}

/// For a field that is a list of objects.
pub(crate) fn list_of_objects<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Vec::<Object<T>>::deserialize(from)?.into_iter().map(|Object(value)| value).collect())
}

/// For a field that is a list of objects, null or absent.
pub(crate) fn optional_list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let list = Option::<Vec<Object<T>>>::deserialize(from)?;
    Ok(list.into_iter().flatten().map(|Object(value)| value).collect())
}

/// For a field that is a list of texts, null or absent.
pub(crate) fn optional_texts<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// For a field whose absence, or null, has a meaning of its own.
pub(crate) fn or_default<'de, T: Deserialize<'de> + Default, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::<Object<T>>::deserialize(from)?.map(|Object(value)| value).unwrap_or_default())
}
