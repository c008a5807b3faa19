//! The schemas as files: each in several profiles, with the name of its file.

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::cel::{Leaves, cel};
use super::rule_file::RuleFile;
use crate::date::Date;
use crate::form::{Basis, Edition, Layout};
use crate::json::schema::{annual_report, described, findings, object_at, published_report};

/// Every schema with the name of its file.
pub fn all() -> Vec<(String, Schema)> {
    documents().map(|(file, ..)| file).zip(documents().map(|(.., schema)| schema)).chain(others()).collect()
}

/// The schemas of the documents: file, layout, what its cells are.
fn documents() -> impl Iterator<Item = (String, Layout, Leaves, Schema)> {
    let annual = Edition::all().map(|edition| {
        (format!("annual-report.{edition}.json"), edition.layout(), Leaves::Figures, annual_report(edition))
    });
    let published = Layout::newest_first()
        .map(|layout| (format!("published-report.{layout}.json"), layout, Leaves::Cells, published_report(layout)));
    annual.chain(published)
}

fn others() -> [(String, Schema); 2] {
    [("findings.json".to_owned(), findings()), ("rules.json".to_owned(), rules())]
}

/// The schema of the file `rules.json`.
pub fn rules() -> Schema {
    described::<RuleFile>("rules")
}

/// What each schema is exported for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Profile {
    /// Draft 2020-12 without any keyword that a strict validator does not know.
    Portable,
    /// The same with `format`, with `x-labels` (official labels, units, articles) and `x-rules` (the rules as CEL).
    Annotated,
    /// The portable one for tools that know draft-07 only.
    Draft07,
}

impl Profile {
    /// All profiles.
    pub const ALL: &'static [Profile] = &[Profile::Portable, Profile::Annotated, Profile::Draft07];

    /// The name of its folder, and the part of the `$id` that tells it from the portable one.
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Portable => "portable",
            Profile::Annotated => "annotated",
            Profile::Draft07 => "draft-07",
        }
    }
}

/// Every schema in this profile, with the name of its file.
pub fn all_in(profile: Profile) -> Vec<(String, Schema)> {
    let documents = documents().map(|(file, layout, leaves, schema)| (file, Some((layout, leaves)), schema));
    let others = others().map(|(file, schema)| (file, None, schema));
    let in_profile = |(file, tables, schema): (String, Option<(Layout, Leaves)>, Schema)| {
        let mut root = schema.to_value();
        match profile {
            Profile::Portable => {}
            Profile::Annotated => annotate(&mut root, tables),
            Profile::Draft07 => to_draft07(&mut root),
        }
        if profile != Profile::Portable {
            let id = root["$id"].as_str().expect("each schema has an identifier");
            root["$id"] = json!(id.replacen("urn:ogi-report:", &format!("urn:ogi-report:{}:", profile.name()), 1));
        }
        (file, Schema::try_from(root).expect("an object is a schema"))
    };
    documents.chain(others).map(in_profile).collect()
}

/// Adds formats, labels and rules to a schema.
fn annotate(root: &mut Value, tables: Option<(Layout, Leaves)>) {
    add_formats(root);
    let Some((layout, leaves)) = tables else { return };
    for entry in layout.cells() {
        let labels = entry.labels();
        for (depth, label) in labels.iter().enumerate() {
            let path: Vec<&str> = labels[..depth].iter().map(|label| label.key).collect();
            let articles: Vec<&str> = Basis(label.articles).articles().collect();
            let mut line = json!({ "zh": label.printed });
            if depth + 1 == labels.len() && !entry.unit().word().is_empty() {
                line["unit"] = json!(entry.unit().word());
            }
            if !articles.is_empty() {
                line["articles"] = json!(articles);
            }
            object_at(node_mut(root, &path), "x-labels").insert(label.key.to_owned(), line);
        }
    }
    for node in cel(layout, leaves) {
        let known = node_mut(root, &node.path).entry("x-rules").or_insert_with(|| json!([]));
        let known = known.as_array_mut().expect("a list of rules");
        for expression in node.expressions.iter().map(|expression| json!(expression)) {
            // A definition that several rows share says the same of each.
            if !known.contains(&expression) {
                known.push(expression);
            }
        }
    }
}

/// The object in the schema that describes what is at these keys of a document.
fn node_mut<'s>(root: &'s mut Value, path: &[&str]) -> &'s mut Map<String, Value> {
    let mut pointer = String::new();
    for key in path {
        pointer += &format!("/properties/{key}");
        if let Some(target) = root.pointer(&pointer).and_then(|node| node.get("$ref")).and_then(Value::as_str) {
            pointer = target.trim_start_matches('#').to_owned();
        }
    }
    let node = root.pointer_mut(&pointer).and_then(Value::as_object_mut);
    node.expect("the schema describes every key of the tree")
}

fn add_formats(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(add_formats),
        Value::Object(map) => {
            if map.get("pattern").and_then(Value::as_str) == Some(Date::PATTERN) {
                map.insert("format".to_owned(), json!("date"));
            }
            map.values_mut().for_each(add_formats);
        }
        _ => {}
    }
}

/// What draft 2020-12 calls `$defs` is `definitions` in draft-07; all other keywords used here are the same.
fn to_draft07(root: &mut Value) {
    fn point_to_definitions(schema: &mut Value) {
        match schema {
            Value::Array(items) => items.iter_mut().for_each(point_to_definitions),
            Value::Object(map) => {
                if let Some(Value::String(target)) = map.get_mut("$ref") {
                    *target = target.replace("#/$defs/", "#/definitions/");
                }
                map.values_mut().for_each(point_to_definitions);
            }
            _ => {}
        }
    }
    point_to_definitions(root);
    let Value::Object(map) = root else { return };
    map.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    if let Some(definitions) = map.remove("$defs") {
        map.insert("definitions".to_owned(), definitions);
    }
}

/// The schema as the text of its file: keywords in reading order, properties in the order of the document.
pub fn to_text(schema: &Schema) -> String {
    let mut text = String::new();
    write_ordered(schema.as_value(), 0, false, &mut text);
    text.push('\n');
    text
}

// ---- Text ----------------------------------------------------------------------------------------

/// Keywords in the order a reader wants them.
const KEYWORDS: [&str; 22] = [
    "$schema",
    "$id",
    "title",
    "description",
    "$ref",
    "type",
    "enum",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "readOnly",
    "minItems",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "default",
    "x-labels",
    "x-rules",
    "$defs",
    "definitions",
];

fn write_ordered(value: &Value, depth: usize, properties: bool, text: &mut String) {
    let indent = |depth: usize| "  ".repeat(depth);
    match value {
        Value::Object(map) if !map.is_empty() => {
            let mut keys: Vec<&String> = map.keys().collect();
            if !properties {
                keys.sort_by_key(|key| KEYWORDS.iter().position(|keyword| keyword == key).unwrap_or(KEYWORDS.len()));
            }
            text.push_str("{\n");
            for (index, key) in keys.iter().enumerate() {
                *text += &format!("{}{}: ", indent(depth + 1), Value::from(key.as_str()));
                match (key.as_str(), &map[key.as_str()]) {
                    ("properties", Value::Object(members)) if !properties => {
                        write_members(members, map.get("required"), depth + 1, text);
                    }
                    ("$defs" | "definitions", members) if !properties => write_ordered(members, depth + 1, true, text),
                    (_, member) => write_ordered(member, depth + 1, false, text),
                }
                text.push_str(if index + 1 < keys.len() { ",\n" } else { "\n" });
            }
            *text += &format!("{}}}", indent(depth));
        }
        _ => *text += &value.to_string(),
    }
}

/// The properties of an object: the required ones in their order, which is that of the document, then the others.
fn write_members(members: &Map<String, Value>, required: Option<&Value>, depth: usize, text: &mut String) {
    let required: Vec<&str> =
        required.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let mut keys: Vec<&String> = members.keys().collect();
    keys.sort_by_key(|key| required.iter().position(|known| known == key).unwrap_or(required.len()));
    text.push_str("{\n");
    for (index, key) in keys.iter().enumerate() {
        *text += &format!("{}{}: ", "  ".repeat(depth + 1), Value::from(key.as_str()));
        write_ordered(&members[key.as_str()], depth + 1, false, text);
        text.push_str(if index + 1 < keys.len() { ",\n" } else { "\n" });
    }
    *text += &format!("{}}}", "  ".repeat(depth));
}
