//! The JSON Schemas (draft 2020-12): one exact schema per document and edition, and one for findings.
//!
//! In the shape that generators of other languages take: ASCII keys and titles, official labels, articles and units in
//! the descriptions, plain enums, `$ref` always bare, no unions, no unknown keys, optional means absent. A released file
//! never changes; its `$id` carries the version.
//!
//! ```
//! use ogi_report::{Edition, schema};
//! let schema = schema::annual_report(Edition::Edition2021);
//! assert_eq!(schema.get("$id").unwrap(), "urn:ogi-report:annual-report:2021:1.0.0");
//! ```

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use crate::agency::{CreditCode, DivisionCode};
use crate::clause::Label;
use crate::date::Date;
use crate::document::{AmountCell, CountCell, Decimals, Document};
use crate::finding::WrittenChecked;
use crate::form::{Edition, Kind, Layout, Unit};
use crate::json::{MOST_FAULTS, ShapeFault, quoted};
use crate::number::{Amount, AmountUnit, Change, Count};
use crate::place::Place;
use crate::report::Parts;

/// The version of the schemas: raised with every change of a released file.
pub const VERSION: &str = "1.0.0";

/// The schema of the document `annual-report` of an edition.
pub fn annual_report(edition: Edition) -> Schema {
    let mut root = derived::<Parts>(&identifier("annual-report", edition.name()));
    describe(&mut root, &format!("政府信息公开工作年度报告, edition {edition}: a report that satisfies the form."));
    add_tables(&mut root, edition.layout(), false);
    root.into_schema()
}

/// The schema of the document `published-report` of a layout.
pub fn published_report(layout: Layout) -> Schema {
    let mut root = derived::<Document>(&identifier("published-report", layout.name()));
    describe(
        &mut root,
        &format!("政府信息公开工作年度报告 as published, layout {layout}: each cell as printed, right or wrong."),
    );
    add_tables(&mut root, layout, true);
    root.into_schema()
}

/// The schema of the findings of a check.
pub fn findings() -> Schema {
    derived::<WrittenChecked<'static>>(&identifier_of(&["findings"])).into_schema()
}

/// Every schema with the name of its file.
pub fn all() -> Vec<(String, Schema)> {
    let annual = Edition::ALL.iter().map(|edition| (format!("annual-report.{edition}.json"), annual_report(*edition)));
    let published =
        Layout::ALL.iter().map(|layout| (format!("published-report.{layout}.json"), published_report(*layout)));
    let others = [("findings.json".to_owned(), findings()), ("rules.json".to_owned(), rules())];
    annual.chain(published).chain(others).collect()
}

/// The schema of the file `rules.json`.
pub fn rules() -> Schema {
    derived::<crate::export::RuleFile>(&rules_identifier()).into_schema()
}

/// What each schema is exported for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// Draft 2020-12 without any keyword that a strict validator does not know.
    Portable,
    /// The same with `format`, with `x-labels` (official labels, units, articles) and `x-rules` (the rules as CEL).
    Annotated,
    /// The portable one for tools that know draft-07 only.
    Draft07,
}

impl Dialect {
    /// All dialects.
    pub const ALL: &'static [Dialect] = &[Dialect::Portable, Dialect::Annotated, Dialect::Draft07];

    /// The name of its folder, and the part of the `$id` that tells it from the portable one.
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::Portable => "portable",
            Dialect::Annotated => "annotated",
            Dialect::Draft07 => "draft-07",
        }
    }
}

/// Every schema in this dialect, with the name of its file.
pub fn all_in(dialect: Dialect) -> Vec<(String, Schema)> {
    let mut schemas = all();
    for (file, schema) in &mut schemas {
        let mut root = std::mem::take(schema).to_value();
        match dialect {
            Dialect::Portable => {}
            Dialect::Annotated => annotate(&mut root, file),
            Dialect::Draft07 => to_draft07(&mut root),
        }
        if dialect != Dialect::Portable
            && let Some(Value::String(id)) = root.get_mut("$id")
        {
            *id = id.replacen("urn:ogi-report:", &format!("urn:ogi-report:{}:", dialect.name()), 1);
        }
        *schema = Schema::try_from(root).unwrap_or_default();
    }
    schemas
}

/// Adds formats, labels and rules to the schema of this file.
fn annotate(root: &mut Value, file: &str) {
    add_formats(root);
    let figures = Edition::ALL.iter().find(|edition| file == format!("annual-report.{edition}.json"));
    let published = Layout::ALL.iter().find(|layout| file == format!("published-report.{layout}.json"));
    let Some(layout) = published.copied().or(figures.map(|edition| edition.layout())) else { return };
    for entry in layout.cells() {
        let labels = entry.labels();
        for depth in 0..labels.len() {
            let path: Vec<&str> = labels[..depth].iter().map(|label| label.key).collect();
            let label = &labels[depth];
            let articles: Vec<&str> = crate::form::Basis(label.articles).articles().collect();
            let mut line = json!({ "zh": label.printed });
            if depth + 1 == labels.len() && !label.unit.word().is_empty() {
                line["unit"] = json!(label.unit.word());
            }
            if !articles.is_empty() {
                line["articles"] = json!(articles);
            }
            if let Some(node) = node_mut(root, &path) {
                object_at(node, "x-labels").insert(label.key.to_owned(), line);
            }
        }
    }
    let leaves = if published.is_some() { crate::export::Leaves::Cells } else { crate::export::Leaves::Figures };
    for node in crate::export::cel(layout, leaves) {
        let Some(at) = node_mut(root, &node.path) else { continue };
        let known = at.entry("x-rules").or_insert_with(|| json!([]));
        for expression in node.expressions.iter().filter_map(|expression| serde_json::to_value(expression).ok()) {
            // A definition that several rows share says the same of each.
            if let Value::Array(known) = known
                && !known.contains(&expression)
            {
                known.push(expression);
            }
        }
    }
}

/// The object in the schema that describes what stands at these keys of a document.
fn node_mut<'s>(root: &'s mut Value, path: &[&str]) -> Option<&'s mut Map<String, Value>> {
    let mut pointer = String::new();
    for key in path {
        pointer += &format!("/properties/{key}");
        if let Some(target) = root.pointer(&pointer)?.get("$ref").and_then(Value::as_str) {
            pointer = target.trim_start_matches('#').to_owned();
        }
    }
    root.pointer_mut(&pointer)?.as_object_mut()
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

/// The `$id` of the schema of the rule file.
pub(crate) fn rules_identifier() -> String {
    identifier_of(&["rules"])
}

/// The `$id` of a document of a layout.
pub(crate) fn identifier(document: &str, layout: &str) -> String {
    identifier_of(&[document, layout])
}

fn identifier_of(parts: &[&str]) -> String {
    format!("urn:ogi-report:{}:{VERSION}", parts.join(":"))
}

/// The schema as the text of its file: keywords in reading order, properties in the order of the document.
pub fn to_text(schema: &Schema) -> String {
    let mut text = String::new();
    write_ordered(schema.as_value(), 0, false, &mut text);
    text.push('\n');
    text
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
        Schema::try_from(value).unwrap_or_default()
    }
}

fn object_at<'a>(map: &'a mut Map<String, Value>, key: &str) -> &'a mut Map<String, Value> {
    let entry = map.entry(key).or_insert_with(|| json!({}));
    if !entry.is_object() {
        *entry = json!({});
    }
    entry.as_object_mut().expect("just made an object")
}

fn derived<T: JsonSchema>(id: &str) -> Root {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    let mut root = match schema.to_value() {
        Value::Object(root) => root,
        _ => Map::new(),
    };
    root.insert("$id".to_owned(), json!(id));
    Root(root)
}

fn describe(root: &mut Root, description: &str) {
    root.0.insert("description".to_owned(), json!(description));
}

fn define<T: JsonSchema>(root: &mut Root) {
    let Value::Object(mut schema) =
        SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
    else {
        return;
    };
    schema.remove("$schema");
    if let Some(Value::Object(definitions)) = schema.remove("$defs") {
        root.definitions().extend(definitions);
    }
    root.definitions().insert(T::schema_name().into_owned(), Value::Object(schema));
}

/// Brings a schema into the shape every generator takes: no null beside an optional value, no sibling beside a `$ref`, no
/// `format`, a title on each object.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(map) => {
            if map.get("format").is_some_and(Value::is_string) {
                map.remove("format");
            }
            if map.get("default").is_some() && !map.get("default").is_some_and(Value::is_object)
                || map.contains_key("type")
                || map.contains_key("$ref")
            {
                map.remove("default");
            }
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(mut options)) = map.remove("anyOf") {
                options.retain(|option| option.get("type").is_none_or(|name| name != "null"));
                if let [Value::Object(only)] = options.as_slice() {
                    map.extend(only.clone());
                } else {
                    map.insert("anyOf".to_owned(), Value::Array(options));
                }
            }
            let mut moved = Vec::new();
            if let Some(Value::Object(properties)) = map.get_mut("properties") {
                for (key, property) in properties.iter_mut() {
                    tidy(property);
                    if let Value::Object(property) = property
                        && property.contains_key("$ref")
                    {
                        moved.extend(
                            property.remove("description").and_then(|text| Some(format!("{key}: {}", text.as_str()?))),
                        );
                        property.retain(|keyword, _| keyword == "$ref");
                    }
                }
            }
            if !moved.is_empty() {
                let before = map.get("description").and_then(Value::as_str).unwrap_or_default();
                let lines: Vec<String> = moved.iter().map(|line| line.trim_end_matches('.').to_owned()).collect();
                let description = format!("{before} {}.", lines.join("; "));
                map.insert("description".to_owned(), json!(description.trim()));
            }
            for (keyword, value) in map.iter_mut() {
                match keyword.as_str() {
                    "items" => tidy(value),
                    "$defs" => {
                        for (name, definition) in value.as_object_mut().into_iter().flatten() {
                            tidy(definition);
                            if let Value::Object(definition) = definition {
                                definition.insert("title".to_owned(), json!(name));
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

// ---- The tables: a fold over the catalogue -------------------------------------------------------

/// A part of the form's tree, put together from the labels of its cells.
struct Branch {
    label: Label,
    kind: Option<Kind>,
    branches: Vec<Branch>,
}

fn branches(layout: Layout) -> Vec<Branch> {
    let mut roots: Vec<Branch> = Vec::new();
    for entry in layout.cells() {
        let mut level = &mut roots;
        for (depth, label) in entry.labels().iter().enumerate() {
            if level.last().is_none_or(|branch| branch.label.key != label.key) {
                let kind = if depth + 1 == entry.labels().len() { Some(entry.kind()) } else { None };
                level.push(Branch { label: *label, kind, branches: Vec::new() });
            }
            let last = level.len() - 1;
            level = &mut level[last].branches;
        }
    }
    roots
}

fn add_tables(root: &mut Root, layout: Layout, published: bool) {
    let mut tables = Tables { definitions: Map::new(), published };
    let body = tables.object(None, &branches(layout));
    let Value::Object(mut body) = body else { return };
    if published {
        define::<CountCell>(root);
        define::<AmountCell>(root);
    }
    if layout.edition() == Edition::Edition2019 {
        define::<AmountUnit>(root);
    }
    root.definitions().extend(tables.definitions);
    let mut properties = body.remove("properties").unwrap_or_default();
    if let Value::Object(properties) = &mut properties {
        properties.insert("edition".to_owned(), json!({
            "type": "string", "enum": [layout.edition().name()], "description": "The edition of the form that is printed."
        }));
        object_at(&mut root.0, "properties").append(properties);
    }
    let mut required = vec![json!("edition")];
    required.extend(root.0.get("required").and_then(Value::as_array).cloned().unwrap_or_default());
    required.extend(body.get("required").and_then(Value::as_array).cloned().unwrap_or_default());
    root.0.insert("required".to_owned(), Value::Array(required));
    let before = root.0.get("description").and_then(Value::as_str).unwrap_or_default();
    let rows = body.get("description").and_then(Value::as_str).unwrap_or_default();
    let description = format!("{before} {rows}");
    root.0.insert("description".to_owned(), json!(description.trim()));
}

struct Tables {
    definitions: Map<String, Value>,
    published: bool,
}

impl Tables {
    /// The schema of what stands at `branch`, and whether its key must be there.
    fn property(&mut self, branch: &Branch) -> (Value, bool) {
        let total = branch.label.clause.contains("Total");
        let required = self.published || !total;
        let Some(kind) = branch.kind else {
            let name = definition_name(branch.label.clause);
            let mut schema = self.object(Some(branch), &branch.branches);
            if total && !self.published {
                mark_read_only(&mut schema);
            }
            self.definitions.insert(name.clone(), schema);
            return (json!({ "$ref": format!("#/$defs/{name}") }), required);
        };
        let schema = match (self.published, kind) {
            (true, Kind::Amount) => json!({ "$ref": "#/$defs/amount_cell" }),
            (true, _) => json!({ "$ref": "#/$defs/count_cell" }),
            (false, kind) => {
                let schema = match kind {
                    Kind::Count => inline::<Count>(),
                    Kind::Change => inline::<Change>(),
                    Kind::Amount => inline::<Amount>(),
                };
                let Value::Object(mut schema) = schema else { return (schema, required) };
                schema.insert("description".to_owned(), json!(line(&branch.label, true)));
                if total {
                    schema.insert("readOnly".to_owned(), json!(true));
                }
                Value::Object(schema)
            }
        };
        (schema, required)
    }

    fn object(&mut self, of: Option<&Branch>, branches: &[Branch]) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        let mut lines = Vec::new();
        for branch in branches {
            let (schema, needed) = self.property(branch);
            if schema.get("$ref").is_some() {
                lines.push(format!("{}: {}", branch.label.key, line(&branch.label, branch.kind.is_some())));
            }
            properties.insert(branch.label.key.to_owned(), schema);
            if needed {
                required.push(branch.label.key);
            }
            if branch.label.unit == Unit::AsPrinted {
                lines.push("amount_unit: the unit of amount".to_owned());
                properties.insert("amount_unit".to_owned(), json!({ "$ref": "#/$defs/amount_unit" }));
                required.push("amount_unit");
            }
        }
        let purpose = match of.map(|branch| branch.label.clause) {
            Some("Applicants<V>") => "申请人情况: one row of table two".to_owned(),
            Some("V::TotalRow") => "申请人情况: the row of totals of table two".to_owned(),
            Some("Rulings<V>") => "One group of table three".to_owned(),
            Some(_) => of.map_or(String::new(), |branch| line(&branch.label, false)),
            None => String::new(),
        };
        let description: Vec<String> = std::iter::once(purpose).chain(lines).filter(|text| !text.is_empty()).collect();
        json!({
            "type": "object",
            "description": description.join("; ") + ".",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    }
}

/// `1.属于国家秘密 (Articles 14, 36(3))`; for a cell with its unit.
fn line(label: &Label, with_unit: bool) -> String {
    let mut notes = Vec::new();
    if with_unit && !label.unit.word().is_empty() {
        notes.push(label.unit.word().to_owned());
    }
    if !label.articles.is_empty() {
        notes.push(crate::form::Basis(label.articles).to_string());
    }
    if notes.is_empty() { label.printed.to_owned() } else { format!("{} ({})", label.printed, notes.join(", ")) }
}

/// `Applicants<V>` → `applicants`; the row of totals has a name of its own, its cells are read-only.
fn definition_name(clause: &str) -> String {
    if clause == "V::TotalRow" {
        return "total_row".to_owned();
    }
    let name = clause.split('<').next().unwrap_or(clause);
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

// ---- Holding a document against its schema -------------------------------------------------------

/// The edition a document says it is of; the newest where it says nothing that makes sense.
pub(crate) fn edition_of(document: &Value) -> Edition {
    let stated = document.get("edition").and_then(Value::as_str);
    stated.and_then(|stated| stated.parse().ok()).unwrap_or(Edition::Edition2021)
}

/// The layout a `published-report` document is of.
pub(crate) fn layout_of(document: &Value) -> Layout {
    let undivided = document.pointer("/requests/outcomes/other_handling/undivided").is_some();
    match edition_of(document) {
        Edition::Edition2021 if undivided => Layout::Hybrid,
        edition => edition.layout(),
    }
}

/// Whether the leaves of the tables are figures, not cell objects.
pub(crate) fn holds_figures(document: &Value) -> bool {
    fn has_cell_object(value: &Value) -> bool {
        value.as_object().is_some_and(|map| map.contains_key("status") || map.values().any(has_cell_object))
    }
    !["article20", "requests", "proceedings"].iter().any(|table| document.get(table).is_some_and(has_cell_object))
}

/// A pattern of the schema, what is written that way, and the reader that knows it.
type Pattern = (&'static str, &'static str, fn(&str) -> bool);

/// The patterns that occur in the schemas.
const PATTERNS: [Pattern; 6] = [
    (Amount::PATTERN, "an amount", |text| text.parse::<Amount>().is_ok()),
    (Decimals::PATTERN, "a number", |text| text.parse::<Decimals>().is_ok()),
    (Date::PATTERN, "a day of the calendar", |text| text.parse::<Date>().is_ok()),
    (Place::PATTERN, "a place", |text| text.parse::<Place>().is_ok()),
    (DivisionCode::PATTERN, "a division code", |text| text.parse::<DivisionCode>().is_ok()),
    (CreditCode::PATTERN, "a credit code with the right check character", |text| text.parse::<CreditCode>().is_ok()),
];

/// Finds every place where `document` departs from `schema`, one of this crate's; not more than [`MOST_FAULTS`].
pub(crate) fn compare(document: &Value, schema: &Value, faults: &mut Vec<ShapeFault>) {
    compare_at(&mut Vec::new(), document, schema, schema, faults);
    faults.truncate(MOST_FAULTS);
}

fn compare_at(path: &mut Vec<String>, value: &Value, schema: &Value, root: &Value, faults: &mut Vec<ShapeFault>) {
    let fault = |path: &[String], expected: String, found: String| ShapeFault { path: path.join("."), expected, found };
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null);
        return compare_at(path, value, target, root, faults);
    }
    let limit = |keyword: &str| schema.get(keyword).and_then(Value::as_i64);
    match (schema.get("type").and_then(Value::as_str), value) {
        (Some("object"), Value::Object(map)) => {
            let empty = Map::new();
            let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
            let required: Vec<&str> = schema
                .get("required")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            for key in required.iter().filter(|key| !map.contains_key(**key)) {
                path.push((*key).to_owned());
                faults.push(fault(path, "a value".to_owned(), "nothing".to_owned()));
                path.pop();
            }
            for (key, member) in map {
                if faults.len() >= MOST_FAULTS {
                    return;
                }
                path.push(key.clone());
                match properties.get(key) {
                    None => faults.push(fault(path, "no such key".to_owned(), quoted(member))),
                    // Null stands for absent.
                    Some(_) if member.is_null() && !required.contains(&key.as_str()) => {}
                    Some(property) => compare_at(path, member, property, root, faults),
                }
                path.pop();
            }
        }
        (Some("array"), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                if faults.len() >= MOST_FAULTS {
                    return;
                }
                path.push(index.to_string());
                compare_at(path, item, schema.get("items").unwrap_or(&Value::Null), root, faults);
                path.pop();
            }
        }
        (Some("integer"), Value::Number(number)) => {
            let (least, most) = (limit("minimum").unwrap_or(i64::MIN), limit("maximum").unwrap_or(i64::MAX));
            let legal = match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => (least..=most).contains(&whole),
                (None, Some(double)) => double.fract() == 0.0 && double >= least as f64 && double <= most as f64,
                (None, None) => false,
            };
            if !legal {
                faults.push(fault(path, format!("a whole number from {least} to {most}"), quoted(value)));
            }
        }
        (Some("string"), Value::String(text)) => {
            if let Some(values) = schema.get("enum").and_then(Value::as_array)
                && !values.contains(value)
            {
                let names: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
                faults.push(fault(path, format!("one of {}", names.join(", ")), quoted(value)));
            }
            if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
                let known = PATTERNS.iter().find(|(known, ..)| *known == pattern);
                if !known.is_some_and(|(.., matches)| matches(text)) {
                    let what = known.map_or("a text", |(_, what, _)| what);
                    faults.push(fault(path, format!("{what} of the form {pattern}"), quoted(value)));
                }
            }
        }
        (Some(expected), found) => {
            let article = if expected.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
            let name = if expected == "array" { "list" } else { expected };
            let article = if name == "list" { "a" } else { article };
            faults.push(fault(path, format!("{article} {name}"), quoted(found)));
        }
        (None, _) => {}
    }
}
