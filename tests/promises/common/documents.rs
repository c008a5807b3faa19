//! Good documents in which every key is there, what can be changed at each of their places, and the readers to ask.

use ogi_report::{AnnualReport, Edition, JsonError, Layout, PublishedReport};
use serde_json::Value;

use super::{Facts, Leaves, full};

pub(crate) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub(crate) fn annual_document(edition: Edition) -> Value {
    let leaves = Leaves { facts: Facts::full(edition), ..Leaves::small(edition.layout()) };
    parsed(&leaves.report().to_json())
}

pub(crate) fn published_document(layout: Layout) -> Value {
    parsed(&full(layout).to_json())
}

pub(crate) type Reader = fn(&[u8]) -> Result<(), JsonError>;

pub(crate) const ANNUAL: Reader = |bytes| AnnualReport::from_json(bytes).map(|_| ());
pub(crate) const PUBLISHED: Reader = |bytes| PublishedReport::from_json(bytes).map(|_| ());

/// One place of a good document.
pub(crate) struct Node {
    /// The JSON pointer.
    pub(crate) pointer: String,
    /// The place in the schema: equal for equal cells of different rows.
    pub(crate) location: String,
    /// What the schema says there, its `$ref` followed.
    pub(crate) schema: Value,
}

pub(crate) fn nodes(document: &Value, root: &Value) -> Vec<Node> {
    fn walk(value: &Value, schema: &Value, root: &Value, pointer: &str, location: &str, nodes: &mut Vec<Node>) {
        let target = schema.get("$ref").and_then(Value::as_str);
        let schema = target.map_or(schema, |target| root.pointer(target.trim_start_matches('#')).unwrap());
        nodes.push(Node { pointer: pointer.to_owned(), location: location.to_owned(), schema: schema.clone() });
        let below = target.unwrap_or(location);
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    let (pointer, location) = (format!("{pointer}/{key}"), format!("{below}/{key}"));
                    walk(member, &schema["properties"][key], root, &pointer, &location, nodes);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let (pointer, location) = (format!("{pointer}/{index}"), format!("{below}/items"));
                    walk(item, &schema["items"], root, &pointer, &location, nodes);
                }
            }
            _ => {}
        }
    }
    let mut nodes = Vec::new();
    walk(document, root, root, "", "", &mut nodes);
    nodes
}

/// What to do at a place of a good document.
#[derive(Debug)]
pub(crate) enum Change {
    Put(Value),
    Remove,
    Add(&'static str, Value),
}

impl Change {
    /// Makes the change; `None` where it cannot be made.
    pub(crate) fn make(&self, document: &Value, pointer: &str) -> Option<Value> {
        let mut document = document.clone();
        match self {
            Change::Put(value) => *document.pointer_mut(pointer)? = value.clone(),
            Change::Remove => {
                let (parent, key) = pointer.rsplit_once('/')?;
                document.pointer_mut(parent)?.as_object_mut()?.remove(key)?;
            }
            Change::Add(key, value) => {
                let object = document.pointer_mut(pointer)?.as_object_mut()?;
                object.insert((*key).to_owned(), value.clone());
            }
        }
        Some(document)
    }
}
