//! The JSON Schemas (draft 2020-12): one exact schema per document and edition, and one for findings.
//!
//! In the shape that generators of other languages take: ASCII keys and titles, official labels, articles and units in
//! the descriptions, plain enums, `$ref` always bare, no unions in the files, no unknown keys, optional means absent. A released file
//! never changes; its `$id` carries the version.
//!
//! ```
//! use ogi_report::{Edition, schema};
//! let schema = schema::annual_report(Edition::EDITION_2021);
//! assert_eq!(schema.get("$id").unwrap(), "urn:ogi-report:annual-report:2021:1.0.0");
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::cell::{AmountCell, CountCell};
use super::tables::AMOUNT_UNIT;
use crate::facts::Facts;
use crate::finding::CheckReport;
use crate::form::tree::{Branch, Role};
use crate::form::{Basis, Edition, Kind, Layout, Unit};
use crate::number::{Amount, AmountUnit, Change, Count};
use crate::published::{Page, PublishedReport};
use crate::report::AnnualReport;

pub use crate::wire::VERSION;

/// The schema of the document `annual-report` of an edition.
pub fn annual_report(edition: Edition) -> Schema {
    let mut root = derived::<Facts>(&identifier(&["annual-report", edition.name()]));
    root.describe(
        "annual_report",
        &format!("政府信息公开工作年度报告, edition {edition}: a report that satisfies the form."),
    );
    root.require(Facts::default().needed().into_iter().map(|(key, _)| key));
    root.add_tables(edition.layout(), false);
    root.into_schema()
}

/// The schema of the document `published-report` of a layout.
pub fn published_report(layout: Layout) -> Schema {
    let mut root = derived::<Facts>(&identifier(&["published-report", layout.name()]));
    root.describe(
        "published_report",
        &format!("政府信息公开工作年度报告 as published, layout {layout}: each cell as printed, right or wrong."),
    );
    root.add_members(derived::<Page>(""));
    root.add_tables(layout, true);
    root.into_schema()
}

/// The schema of the findings of a check.
pub fn findings() -> Schema {
    described::<CheckReport>("findings")
}

/// The schema of another document of this crate.
pub(crate) fn described<T: JsonSchema>(document: &str) -> Schema {
    derived::<T>(&identifier(&[document])).into_schema()
}

/// The `$id` of the schema of a document; of one with tables, with the name of its layout.
pub(crate) fn identifier(parts: &[&str]) -> String {
    format!("urn:ogi-report:{}:{VERSION}", parts.join(":"))
}

// ---- What schemars derives, in the shape to adopt ------------------------------------------------

/// A schema under construction.
struct Root(Map<String, Value>);

impl Root {
    fn definitions(&mut self) -> &mut Map<String, Value> {
        object_at(&mut self.0, "$defs")
    }

    fn into_schema(self) -> Schema {
        let mut value = Value::Object(self.0);
        tidy(&mut value);
        Schema::try_from(value).expect("an object is a schema")
    }

    fn describe(&mut self, title: &str, description: &str) {
        self.0.insert("title".to_owned(), json!(title));
        self.0.insert("description".to_owned(), json!(description));
    }

    fn require<'k>(&mut self, keys: impl IntoIterator<Item = &'k str>) {
        let required = self.0.entry("required").or_insert_with(|| json!([]));
        required.as_array_mut().expect("`required` is a list").extend(keys.into_iter().map(Value::from));
    }

    /// Adds the properties of another object, and what it defines.
    fn add_members(&mut self, mut other: Root) {
        for key in ["$defs", "properties"] {
            object_at(&mut self.0, key).append(object_at(&mut other.0, key));
        }
    }

    fn define<T: JsonSchema>(&mut self) {
        let mut defined = derived::<T>("");
        self.definitions().append(defined.definitions());
        for key in ["$schema", "$id", "$defs"] {
            defined.0.remove(key);
        }
        self.definitions().insert(T::schema_name().into_owned(), Value::Object(defined.0));
    }

    /// Adds the tables of a layout, of cell objects or of figures.
    fn add_tables(&mut self, layout: Layout, published: bool) {
        let mut tables = Tables { definitions: Map::new(), published };
        let mut body = tables.object("", layout.tree());
        if published {
            self.define::<CountCell>();
            self.define::<AmountCell>();
        }
        if layout.cells().iter().any(|entry| entry.unit() == Unit::AsPrinted) {
            self.define::<AmountUnit>();
        }
        for (name, schema) in tables.definitions {
            let other = self.definitions().insert(name, schema);
            assert!(other.is_none(), "a clause and a type around the tables share a name");
        }
        let properties = object_at(&mut self.0, "properties");
        properties.append(body["properties"].as_object_mut().expect("an object has properties"));
        properties.insert("$schema".to_owned(), json!({
            "type": "string",
            "description": "The identifier of the schema the document names; written with every document, not needed to read one."
        }));
        properties.insert("edition".to_owned(), json!({
            "type": "string", "enum": [layout.edition().name()], "description": "The edition of the form that is printed."
        }));
        // In the order of the document.
        let of_facts = self.0.remove("required");
        self.require(["edition"]);
        self.require(of_facts.iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str));
        self.require(layout.tree().iter().map(|table| table.key));
        let description =
            [&self.0["description"], &body["description"]].map(|text| text.as_str().expect("a text")).join(" ");
        self.0.insert("description".to_owned(), json!(description));
    }
}

pub(crate) fn object_at<'a>(map: &'a mut Map<String, Value>, key: &str) -> &'a mut Map<String, Value> {
    map.entry(key).or_insert_with(|| json!({})).as_object_mut().expect("an object")
}

fn derived<T: JsonSchema>(id: &str) -> Root {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    let Value::Object(mut root) = schema.to_value() else { panic!("the schema of a document is an object") };
    root.insert("$id".to_owned(), json!(id));
    Root(root)
}

/// Brings a schema into the shape every generator takes: no null beside an optional value, no sibling beside a `$ref`, no
/// `format`, a title on each object.
fn tidy(schema: &mut Value) {
    let map = match schema {
        Value::Array(items) => return items.iter_mut().for_each(tidy),
        Value::Object(map) => map,
        _ => return,
    };
    if map.get("format").is_some_and(Value::is_string) {
        map.remove("format");
    }
    let is_needless = |default: &Value| !default.is_object() || map.contains_key("type") || map.contains_key("$ref");
    if map.get("default").is_some_and(is_needless) {
        map.remove("default");
    }
    without_null(map);
    without_siblings(map);
    if let Some(items) = map.get_mut("items") {
        tidy(items);
    }
    for (name, definition) in map.get_mut("$defs").and_then(Value::as_object_mut).into_iter().flatten() {
        tidy(definition);
        if let Value::Object(definition) = definition {
            definition.insert("title".to_owned(), json!(name));
        }
    }
}

/// An optional value is left out, never null.
fn without_null(map: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            map.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(mut options)) = map.remove("anyOf") {
        options.retain(|option| option.get("type").is_none_or(|name| name != "null"));
        match options.as_slice() {
            [Value::Object(only)] => map.extend(only.clone()),
            _ => drop(map.insert("anyOf".to_owned(), Value::Array(options))),
        }
    }
}

/// What describes a property beside its `$ref` moves into the description of the object.
fn without_siblings(map: &mut Map<String, Value>) {
    let mut moved = Vec::new();
    for (key, property) in map.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        tidy(property);
        if let Value::Object(property) = property
            && property.contains_key("$ref")
        {
            let description = property.remove("description");
            let text = description.as_ref().and_then(Value::as_str).map(|text| text.trim_end_matches('.'));
            moved.extend(text.map(|text| format!("{key}: {text}")));
            property.retain(|keyword, _| keyword == "$ref");
        }
    }
    if !moved.is_empty() {
        let before = map.get("description").and_then(Value::as_str).unwrap_or("");
        let description = format!("{before} {}.", moved.join("; "));
        map.insert("description".to_owned(), json!(description.trim()));
    }
}

// ---- The tables: a fold over the tree of the layout ----------------------------------------------

struct Tables {
    definitions: Map<String, Value>,
    published: bool,
}

impl Tables {
    /// The schema of what is at `branch`.
    fn property(&mut self, branch: &Branch) -> Value {
        let Some(kind) = branch.kind() else {
            let is_row = branch.branches.iter().all(|part| part.kind().is_some());
            let purpose = match branch.role {
                Role::TotalRow => "The row of totals, each cell the sum of the rows beside it".to_owned(),
                // Its label stands where the row stands: many rows share one definition.
                _ if is_row && branch.branches.iter().any(Branch::is_total) => {
                    "One row, its last cell the sum of the others".to_owned()
                }
                _ if is_row => "One row".to_owned(),
                _ => line(branch),
            };
            let mut schema = self.object(&purpose, &branch.branches);
            if branch.role == Role::TotalRow && !self.published {
                mark_read_only(&mut schema);
            }
            return json!({ "$ref": format!("#/$defs/{}", self.define(branch, schema)) });
        };
        match (self.published, kind) {
            (true, Kind::Amount) => json!({ "$ref": "#/$defs/amount_cell" }),
            (true, _) => json!({ "$ref": "#/$defs/count_cell" }),
            (false, kind) => {
                let mut schema = match kind {
                    Kind::Count => inline::<Count>(),
                    Kind::Change => inline::<Change>(),
                    Kind::Amount => inline::<Amount>(),
                };
                schema["description"] = json!(line(branch));
                if branch.is_total() {
                    schema["readOnly"] = json!(true);
                }
                schema
            }
        }
    }

    /// Puts a definition under the name of its clause, which many rows share; what differs has its key before it.
    fn define(&mut self, branch: &Branch, schema: Value) -> String {
        let mut name = if branch.role == Role::TotalRow { "total_row".to_owned() } else { snake(branch.clause) };
        while self.definitions.get(&name).is_some_and(|known| *known != schema) {
            name = format!("{}_{name}", branch.key);
        }
        self.definitions.insert(name.clone(), schema);
        name
    }

    fn object(&mut self, purpose: &str, branches: &[Branch]) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        let mut lines: Vec<String> = if purpose.is_empty() { vec![] } else { vec![purpose.to_owned()] };
        for branch in branches {
            let schema = self.property(branch);
            if schema.get("$ref").is_some() {
                lines.push(format!("{}: {}", branch.key, line(branch)));
            }
            properties.insert(branch.key.to_owned(), schema);
            if self.published || !branch.is_total() {
                required.push(branch.key);
            }
            if branch.unit == Unit::AsPrinted {
                lines.push(format!("{AMOUNT_UNIT}: the unit of {}", branch.key));
                properties.insert(AMOUNT_UNIT.to_owned(), json!({ "$ref": "#/$defs/amount_unit" }));
                required.push(AMOUNT_UNIT);
            }
        }
        json!({
            "type": "object",
            "description": lines.join("; ") + ".",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }
}

/// `1.属于国家秘密 (Articles 14, 36(3))`; for a cell with its unit.
fn line(branch: &Branch) -> String {
    let mut notes = Vec::new();
    if branch.kind().is_some() && !branch.unit.word().is_empty() {
        notes.push(branch.unit.word().to_owned());
    }
    if !branch.articles.is_empty() {
        notes.push(Basis(branch.articles).to_string());
    }
    if notes.is_empty() { branch.printed.to_owned() } else { format!("{} ({})", branch.printed, notes.join(", ")) }
}

/// `NotProcessed` → `not_processed`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

fn mark_read_only(schema: &mut Value) {
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        property.insert("readOnly".to_owned(), json!(true));
    }
}

fn inline<T: JsonSchema>() -> Value {
    T::json_schema(&mut SchemaSettings::draft2020_12().into_generator()).to_value()
}

// ---- The types -----------------------------------------------------------------------------------

impl JsonSchema for AnnualReport {
    fn schema_name() -> Cow<'static, str> {
        "annual_report".into()
    }
    /// One of the documents `annual-report`: a schema for each edition. [`schema`](crate::schema) has each alone.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let of_edition = |edition: Edition| (edition.name(), annual_report(edition));
        any_of("annual_report", Edition::all().rev().map(of_edition), generator)
    }
}

impl JsonSchema for PublishedReport {
    fn schema_name() -> Cow<'static, str> {
        "published_report".into()
    }
    /// One of the documents `published-report`: a schema for each layout. [`schema`](crate::schema) has each alone.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let of_layout = |layout: Layout| (layout.name(), published_report(layout));
        any_of("published_report", Layout::newest_first().map(of_layout), generator)
    }
}

/// One of these documents, each by its name. What they define goes to the definitions of the schema that is being made: under
/// the name of the document, and of its layout where layouts differ.
fn any_of(
    document: &str,
    schemas: impl Iterator<Item = (&'static str, Schema)>,
    generator: &mut SchemaGenerator,
) -> Schema {
    let path = generator.settings().definitions_path.clone();
    let reference = |name: &str| json!(format!("#{path}/{name}"));
    let mut options = Vec::new();
    for (layout, schema) in schemas {
        let Value::Object(mut root) = schema.to_value() else { panic!("the schema of a document is an object") };
        let own = format!("{document}_{}", layout.replace('-', "_"));
        let defined = std::mem::take(object_at(&mut root, "$defs"));
        // What another layout defines otherwise, and all that refers to it, is of this layout alone.
        let mut names: BTreeMap<String, String> =
            defined.keys().map(|name| (name.clone(), format!("{document}_{name}"))).collect();
        loop {
            let known = generator.definitions();
            let differs = |(name, schema): &(&String, &Value)| {
                let known = known.get(&names[*name]);
                known.is_some_and(|known| {
                    *known != titled(renamed((*schema).clone(), &names, &reference), &names[*name])
                })
            };
            let Some((name, _)) = defined.iter().find(differs) else { break };
            let mut free = format!("{own}_{name}");
            while known.contains_key(&free) {
                free.push('_');
            }
            names.insert(name.clone(), free);
        }
        for (name, schema) in defined {
            let schema = titled(renamed(schema, &names, &reference), &names[&name]);
            generator.definitions_mut().insert(names[&name].clone(), schema);
        }
        for key in ["$schema", "$id", "$defs"] {
            root.remove(key);
        }
        let root = titled(renamed(Value::Object(root), &names, &reference), &own);
        generator.definitions_mut().insert(own.clone(), root);
        options.push(json!({ "$ref": reference(&own) }));
    }
    json_schema!({ "anyOf": options })
}

fn titled(mut schema: Value, title: &str) -> Value {
    schema["title"] = json!(title);
    schema
}

/// The schema with its references led to other names.
fn renamed(mut schema: Value, names: &BTreeMap<String, String>, reference: &impl Fn(&str) -> Value) -> Value {
    fn walk(value: &mut Value, names: &BTreeMap<String, String>, reference: &impl Fn(&str) -> Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| walk(item, names, reference)),
            Value::Object(map) => {
                let name = map.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix("#/$defs/"));
                if let Some(name) = name.and_then(|name| names.get(name)) {
                    map.insert("$ref".to_owned(), reference(name));
                }
                map.values_mut().for_each(|member| walk(member, names, reference));
            }
            _ => {}
        }
    }
    walk(&mut schema, names, reference);
    schema
}
