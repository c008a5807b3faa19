//! The JSON Schemas: the committed files, their shape, and that reader and schema give the same verdict.

mod common;

use std::collections::BTreeSet;

use common::{Facts, Leaves, annual_reports, any_leaves, full, layouts, published_reports};
use jsonschema::Validator;
use ogi_report::number::LARGEST_COUNT;
use ogi_report::{AnnualReport, Date, Edition, JsonError, Layout, PublishedReport, export, schema};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn validator(schema: &schemars::Schema) -> Validator {
    jsonschema::validator_for(schema.as_value()).unwrap()
}

/// The first faults the schema finds, for a message.
fn faults(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error:.200}", error.instance_path())).take(3).collect()
}

// ---- The files -----------------------------------------------------------------------------------

#[test]
fn the_text_of_a_schema_loses_nothing() {
    for dialect in export::schemas::Profile::ALL {
        let schemas = export::schemas::all_in(*dialect);
        assert_eq!(schemas.len(), Edition::all().count() + Layout::newest_first().count() + 2);
        for (name, schema) in schemas {
            let parsed: Value = serde_json::from_str(&export::schemas::to_text(&schema)).unwrap();
            assert!(parsed == *schema.as_value(), "{name} loses something as text");
        }
    }
}

#[test]
fn identifiers_carry_document_layout_and_version() {
    let mut identifiers = BTreeSet::new();
    for (name, schema) in export::schemas::all() {
        let stem = name.strip_suffix(".json").unwrap().replace('.', ":");
        let identifier = schema.get("$id").and_then(Value::as_str).unwrap();
        assert_eq!(identifier, format!("urn:ogi-report:{stem}:{}", schema::VERSION));
        assert_eq!(schema.get("$schema").unwrap(), "https://json-schema.org/draft/2020-12/schema");
        identifiers.insert(identifier.to_owned());
    }
    // Every document names the schema it satisfies.
    for edition in Edition::all() {
        let document: Value = serde_json::from_str(&Leaves::small(edition.layout()).report().to_json()).unwrap();
        assert!(identifiers.contains(document["$schema"].as_str().unwrap()));
    }
    for layout in Layout::newest_first() {
        let document: Value = serde_json::from_str(&full(layout).to_json()).unwrap();
        assert!(identifiers.contains(document["$schema"].as_str().unwrap()));
    }
}

// ---- Their shape ---------------------------------------------------------------------------------

const KEYWORDS: [&str; 16] = [
    "$schema",
    "$id",
    "title",
    "description",
    "$ref",
    "type",
    "enum",
    "pattern",
    "minimum",
    "maximum",
    "readOnly",
    "items",
    "properties",
    "required",
    "additionalProperties",
    "$defs",
];

/// Looks at a schema and all schemas in it; says what does not belong there.
fn judge(schema: &Value, path: &str, root: &Value, used: &mut BTreeSet<String>, wrong: &mut Vec<String>) {
    let mut check = |right: bool, what: &str| {
        if !right {
            wrong.push(format!("{path}: {what}"));
        }
    };
    let Some(map) = schema.as_object() else { return check(false, "no object") };
    for keyword in map.keys() {
        check(KEYWORDS.contains(&keyword.as_str()), &format!("the keyword {keyword}"));
        let of_the_root = ["$schema", "$id", "$defs"].contains(&keyword.as_str());
        check(!of_the_root || path.is_empty(), &format!("{keyword} below the root"));
    }
    if let Some(target) = map.get("$ref").and_then(Value::as_str) {
        check(map.len() == 1, "a $ref that is not bare");
        let name = target.strip_prefix("#/$defs/").unwrap_or_default();
        check(root["$defs"].get(name).is_some(), &format!("{target} leads nowhere"));
        used.insert(name.to_owned());
        return;
    }
    if let Some(title) = map.get("title") {
        check(title.as_str().is_some_and(|title| !title.is_empty() && title.is_ascii()), "a title that is not ASCII");
    }
    let kind = map.get("type").and_then(Value::as_str).unwrap_or("no single type").to_owned();
    let only_for = |keywords: &[&str], kinds: &[&str]| {
        kinds.contains(&kind.as_str()) || keywords.iter().all(|keyword| !map.contains_key(*keyword))
    };
    check(only_for(&["properties", "required", "additionalProperties"], &["object"]), "a keyword of objects");
    check(only_for(&["minimum", "maximum"], &["integer"]), "a keyword of integers");
    check(only_for(&["enum", "pattern"], &["string"]), "a keyword of strings");
    check(only_for(&["items"], &["array"]), "a keyword of arrays");
    let empty = Map::new();
    let mut below: Vec<(String, &Value)> = Vec::new();
    match kind.as_str() {
        "object" => {
            check(map.get("additionalProperties") == Some(&Value::Bool(false)), "unknown keys are let in");
            check(map.contains_key("title") || path.is_empty(), "an object without title");
            let properties = map.get("properties").and_then(Value::as_object).unwrap_or(&empty);
            check(!properties.is_empty(), "an object without properties");
            for required in map.get("required").and_then(Value::as_array).into_iter().flatten() {
                check(
                    properties.contains_key(required.as_str().unwrap()),
                    &format!("{required} is required, not there"),
                );
            }
            for (key, property) in properties {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                check(key == "$schema" || key.chars().all(plain), &format!("the key {key}"));
                below.push((format!("{path}/{key}"), property));
            }
        }
        "array" => below.push((format!("{path}/items"), &map["items"])),
        "integer" => {
            let bound = |keyword: &str| map.get(keyword).and_then(Value::as_i64);
            let (least, most) = (bound("minimum"), bound("maximum"));
            let bounded = least.zip(most).is_some_and(|(least, most)| {
                least < most && least >= -(LARGEST_COUNT as i64) && most <= LARGEST_COUNT as i64
            });
            check(bounded, &format!("an integer from {least:?} to {most:?}"));
        }
        "string" => {
            if let Some(values) = map.get("enum") {
                let values = values.as_array().unwrap();
                let plain = values.iter().all(|value| value.as_str().is_some_and(str::is_ascii));
                let different: BTreeSet<&str> = values.iter().filter_map(Value::as_str).collect();
                check(plain && !values.is_empty() && different.len() == values.len(), "an enum that is not plain");
            }
            if let Some(pattern) = map.get("pattern").and_then(Value::as_str) {
                check(
                    pattern.starts_with('^') && pattern.ends_with('$') && pattern.is_ascii(),
                    "a pattern without anchors",
                );
            }
        }
        other => check(false, &format!("the type {other}")),
    }
    for (path, schema) in below {
        judge(schema, &path, root, used, wrong);
    }
}

#[test]
fn every_schema_is_of_the_shape_generators_take() {
    let mut wrong = Vec::new();
    for (name, schema) in export::schemas::all() {
        let root = schema.as_value();
        let mut used = BTreeSet::new();
        let mut here = Vec::new();
        judge(root, "", root, &mut used, &mut here);
        for (key, definition) in root["$defs"].as_object().unwrap() {
            if definition["title"] != *key {
                here.push(format!("{key}: the title {}", definition["title"]));
            }
            if !key.is_ascii() {
                here.push(format!("{key}: a name that is not ASCII"));
            }
            judge(definition, key, root, &mut used, &mut here);
        }
        let defined: BTreeSet<String> = root["$defs"].as_object().unwrap().keys().cloned().collect();
        here.extend(defined.difference(&used).map(|unused| format!("{unused} is never used")));
        wrong.extend(here.into_iter().map(|fault| format!("{name} {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_schema_is_a_schema() {
    for (name, schema) in export::schemas::all() {
        if let Err(error) = jsonschema::meta::validate(schema.as_value()) {
            panic!("{name}: {error}");
        }
        assert!(jsonschema::validator_for(schema.as_value()).is_ok(), "{name}");
        // The check has teeth.
        let mut broken = schema.as_value().clone();
        broken["required"] = json!("title");
        assert!(!jsonschema::meta::is_valid(&broken));
    }
}

/// The schema at the end of a path of keys, its `$ref` followed.
fn at_path<'a>(root: &'a Value, path: &str) -> (&'a Value, bool) {
    let resolve = |schema: &'a Value| match schema.get("$ref").and_then(Value::as_str) {
        Some(target) => root.pointer(target.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    path.split('.').fold((root, true), |(schema, required), key| {
        let listed = schema["required"].as_array().into_iter().flatten().any(|name| name == key);
        (resolve(&schema["properties"][key]), required && listed)
    })
}

#[test]
fn totals_are_read_only_where_they_are_derived() {
    for edition in Edition::all() {
        let schema = schema::annual_report(edition);
        for entry in edition.layout().cells() {
            let (leaf, required) = at_path(schema.as_value(), entry.path());
            let total = entry.path().split('.').any(|key| key == "total");
            assert_eq!(leaf.get("readOnly") == Some(&Value::Bool(true)), total, "{}", entry.path());
            assert_eq!(required, !total, "{}", entry.path());
            // The row of totals is optional as a whole, its applicants are not.
            if let Some(column) = entry.path().strip_prefix("requests.outcomes.total.") {
                let (row, _) = at_path(schema.as_value(), "requests.outcomes.total");
                let listed = row["required"].as_array().unwrap().iter().any(|name| name == column);
                assert_eq!(listed, column != "total", "{column}");
            }
        }
    }
    for layout in Layout::newest_first() {
        let schema = schema::published_report(layout);
        for entry in layout.cells() {
            let (leaf, required) = at_path(schema.as_value(), entry.path());
            assert!(required && leaf.get("readOnly").is_none(), "{}", entry.path());
            assert_eq!(leaf["required"], json!(["status"]));
        }
    }
}

#[test]
fn the_leaves_are_the_cells_of_the_layout() {
    fn leaves(schema: &Value, root: &Value, path: &str, found: &mut Vec<String>) {
        let target = schema.get("$ref").and_then(Value::as_str);
        let schema = target.map_or(schema, |target| root.pointer(target.trim_start_matches('#')).unwrap());
        let cell = target.is_some_and(|target| target.ends_with("_cell"));
        match schema.get("properties").and_then(Value::as_object) {
            Some(properties) if !cell => {
                for (key, property) in properties {
                    leaves(property, root, &format!("{path}.{key}"), found);
                }
            }
            _ => found.push(path.to_owned()),
        }
    }
    let check = |schema: schemars::Schema, layout: Layout| {
        let root = schema.as_value();
        let mut found = Vec::new();
        for table in ["article20", "requests", "proceedings"] {
            leaves(&root["properties"][table], root, table, &mut found);
        }
        found.retain(|path| !path.ends_with(".amount_unit"));
        found.sort();
        let mut expected: Vec<String> = layout.cells().iter().map(|entry| entry.path().to_owned()).collect();
        expected.sort();
        assert_eq!(found, expected, "{layout}");
    };
    Edition::all().for_each(|edition| check(schema::annual_report(edition), edition.layout()));
    Layout::newest_first().for_each(|layout| check(schema::published_report(layout), layout));
}

// ---- The schema accepts what the crate writes ----------------------------------------------------

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn annual_reports_satisfy_their_schema(report in annual_reports()) {
        let validator = validator(&schema::annual_report(report.edition()));
        prop_assert_eq!(faults(&validator, &parsed(&report.to_json())), Vec::<String>::new());
    }

    #[test]
    fn parts_without_totals_satisfy_the_schema(leaves in any_leaves()) {
        let document = leaves.document();
        let edition = leaves.layout.edition();
        let found = faults(&validator(&schema::annual_report(edition)), &document);
        prop_assert_eq!(found.is_empty(), leaves.layout.is_exact(), "{:?}", found);
    }

    #[test]
    fn published_reports_satisfy_their_schema(report in published_reports()) {
        let validator = validator(&schema::published_report(report.layout()));
        prop_assert_eq!(faults(&validator, &parsed(&report.to_json())), Vec::<String>::new());
    }

    #[test]
    fn findings_satisfy_their_schema(report in published_reports()) {
        let found = parsed(&report.check().to_json());
        prop_assert_eq!(faults(&validator(&schema::findings()), &found), Vec::<String>::new());
    }

    #[test]
    fn schemas_of_other_layouts_refuse(leaves in any_leaves(), other in layouts()) {
        let report = leaves.published();
        let valid = validator(&schema::published_report(other)).is_valid(&parsed(&report.to_json()));
        prop_assert_eq!(valid, other == report.layout());
    }
}

#[test]
fn findings_on_sums_beyond_doubles_satisfy_their_schema() {
    let mut page = common::small(Layout::EDITION_2021);
    for entry in Layout::EDITION_2021.cells() {
        common::print(&mut page, entry.path(), if entry.is_total() { "0" } else { "9007199254740991" });
    }
    let found = parsed(&page.check().to_json());
    assert_eq!(faults(&validator(&schema::findings()), &found), Vec::<String>::new());
    for finding in found["findings"].as_array().unwrap() {
        // JSON readers that know only doubles would read another number.
        let difference = finding["difference"].as_i64().unwrap_or(0);
        assert!(difference.unsigned_abs() <= LARGEST_COUNT, "{difference}");
    }
}

// ---- Reader and schema agree ---------------------------------------------------------------------

/// Values that are right in one place and wrong in most.
fn awkward() -> Vec<Value> {
    let long = "长".repeat(200);
    vec![
        Value::Null,
        json!(""),
        json!("0"),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1.0),
        json!(9_007_199_254_740_991_u64),
        json!(9_007_199_254_740_992_u64),
        json!(18_446_744_073_709_551_615_u64),
        json!(1e300),
        json!(true),
        json!([]),
        json!({}),
        json!("2024-02-30"),
        json!("0123"),
        json!("1e3"),
        json!("+1"),
        json!("１２"),
        json!("1,234"),
        json!(long),
        // As good in one place as those above, and near misses.
        json!(-9_007_199_254_740_991_i64),
        json!(-9_007_199_254_740_992_i64),
        json!(2024.0),
        json!("2024-02-29"),
        json!("2024-13-01"),
        json!("0.1234567"),
        json!("-0.5"),
        json!("0:1"),
        json!("Sheet1!b7"),
        json!("11110000MB0000000U\n"),
        json!([{}]),
        json!([null]),
    ]
}

/// One place of a good document.
struct Node {
    /// The JSON pointer.
    pointer: String,
    /// The place in the schema: equal for equal cells of different rows.
    location: String,
    /// What the schema says there, its `$ref` followed.
    schema: Value,
}

fn nodes(document: &Value, root: &Value) -> Vec<Node> {
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

/// Every place the schema knows.
fn locations(root: &Value) -> BTreeSet<String> {
    fn walk(schema: &Value, root: &Value, location: &str, found: &mut BTreeSet<String>) {
        if !found.insert(location.to_owned()) {
            return;
        }
        let target = schema.get("$ref").and_then(Value::as_str);
        let schema = target.map_or(schema, |target| root.pointer(target.trim_start_matches('#')).unwrap());
        let below = target.unwrap_or(location);
        for (key, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            walk(property, root, &format!("{below}/{key}"), found);
        }
        if let Some(items) = schema.get("items") {
            walk(items, root, &format!("{below}/items"), found);
        }
    }
    let mut found = BTreeSet::new();
    walk(root, root, "", &mut found);
    found
}

/// What to do at a place of a good document.
#[derive(Debug)]
enum Change {
    Put(Value),
    Remove,
    Add(&'static str, Value),
}

impl Change {
    /// Makes the change; `None` where it cannot be made.
    fn make(&self, document: &Value, pointer: &str) -> Option<Value> {
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

type Reader = fn(&[u8]) -> Result<(), JsonError>;

/// Whether the reader finds the shape right; what a rule says does not matter here.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Verdict {
    Right,
    Wrong,
    /// It says that this is no JSON, which it always is.
    NoJson,
}

fn verdict(right: bool) -> Verdict {
    if right { Verdict::Right } else { Verdict::Wrong }
}

fn reads(reader: Reader, document: &Value) -> Verdict {
    match reader(document.to_string().as_bytes()) {
        Err(JsonError::Syntax { .. }) => Verdict::NoJson,
        result => verdict(!matches!(result, Err(JsonError::Shape(_)))),
    }
}

/// Reader and schema on every change of a good document: all changes at the first place of a location, one change, another
/// each time, at every eighth of the others. `seen` holds the locations that need no more.
fn assert_parity(document: &Value, schema: &schemars::Schema, reader: Reader, seen: &mut BTreeSet<String>) {
    let root = schema.as_value();
    let validator = validator(schema);
    assert_eq!(faults(&validator, document), Vec::<String>::new());
    assert_eq!(reads(reader, document), Verdict::Right);
    let nodes = nodes(document, root);
    let visited: BTreeSet<String> = nodes.iter().map(|node| node.location.clone()).collect();
    assert_eq!(visited, locations(root), "the good document has every key");

    let mut changes: Vec<Change> = awkward().into_iter().map(Change::Put).collect();
    changes.extend([Change::Remove, Change::Add("unknown", json!(1)), Change::Add("unknown", Value::Null)]);
    let mut different = Vec::new();
    for (number, node) in nodes.iter().enumerate() {
        let first = seen.insert(node.location.clone());
        for (turn, change) in changes.iter().enumerate() {
            if !first && (number % 8 != 0 || turn != number / 8 % changes.len()) {
                continue;
            }
            // One text or number is as wrong as another in place of an object.
            let scalar = matches!(change, Change::Put(Value::String(_) | Value::Number(_)));
            if scalar && turn % 8 != 1 && node.schema["type"] == "object" {
                continue;
            }
            let Some(changed) = change.make(document, &node.pointer) else { continue };
            let mut expected = validator.is_valid(&changed);
            // The named exceptions.
            match change {
                Change::Put(Value::Null) => {
                    let absent = Change::Remove.make(document, &node.pointer);
                    expected |= absent.is_some_and(|absent| validator.is_valid(&absent));
                }
                Change::Put(value) if *value == json!("2024-02-30") && node.schema["pattern"] == Date::PATTERN => {
                    assert!(expected, "the schema knows no calendar");
                    expected = false;
                }
                _ => {}
            }
            let found = reads(reader, &changed);
            if found != verdict(expected) {
                let shown: String = format!("{change:?}").chars().take(80).collect();
                different.push(format!("{}: {shown}: {found:?}, expected {:?}", node.pointer, verdict(expected)));
            }
        }
        // 1.0 is 1 everywhere; a variant is a text, not a map as serde takes it too.
        let more = match document.pointer(&node.pointer) {
            Some(Value::Number(whole)) if first => Some((json!(whole.as_f64()), true)),
            Some(Value::String(text)) if first => Some((json!({ text: null }), false)),
            _ => None,
        };
        if let Some((value, expected)) = more {
            let changed = Change::Put(value.clone()).make(document, &node.pointer).unwrap();
            assert_eq!(validator.is_valid(&changed), expected, "{}", node.pointer);
            let found = reads(reader, &changed);
            if found != verdict(expected) {
                different.push(format!("{}: {value}: {found:?}, expected {:?}", node.pointer, verdict(expected)));
            }
        }
    }
    let shown = different[..different.len().min(20)].join("\n");
    assert!(different.is_empty(), "{} verdicts differ:\n{shown}", different.len());
}

fn annual_document(edition: Edition) -> Value {
    let leaves = Leaves { facts: Facts::full(edition), ..Leaves::small(edition.layout()) };
    parsed(&leaves.report().to_json())
}

fn published_document(layout: Layout) -> Value {
    parsed(&full(layout).to_json())
}

const ANNUAL: Reader = |bytes| AnnualReport::from_json(bytes).map(|_| ());
const PUBLISHED: Reader = |bytes| PublishedReport::from_json(bytes).map(|_| ());

#[test]
fn reader_and_schema_agree_on_annual_reports() {
    let mut seen = BTreeSet::new();
    for edition in [Edition::EDITION_2021, Edition::EDITION_2019] {
        assert_parity(&annual_document(edition), &schema::annual_report(edition), ANNUAL, &mut seen);
    }
}

#[test]
fn reader_and_schema_agree_on_published_reports() {
    let mut seen = BTreeSet::new();
    for layout in Layout::newest_first() {
        assert_parity(&published_document(layout), &schema::published_report(layout), PUBLISHED, &mut seen);
    }
}

#[test]
fn the_reader_also_knows_the_calendar_and_check_characters() {
    for (pointer, value) in
        [("/published_on", "2024-02-30"), ("/signed_on", "2023-02-29"), ("/agency/credit_code", "11110000MB00000007")]
    {
        let change = Change::Put(json!(value));
        for (document, schema, reader) in [
            (annual_document(Edition::EDITION_2021), schema::annual_report(Edition::EDITION_2021), ANNUAL),
            (published_document(Layout::HYBRID), schema::published_report(Layout::HYBRID), PUBLISHED),
        ] {
            let changed = change.make(&document, pointer).unwrap();
            assert!(validator(&schema).is_valid(&changed), "{pointer}");
            assert_eq!(reads(reader, &changed), Verdict::Wrong, "{pointer}");
        }
    }
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn every_fault_of_shape_is_listed(
        layout in layouts(),
        figures in any::<bool>(),
        at in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
        with in prop::sample::select(vec![json!([]), json!({}), json!(true), json!(1.5)]),
    ) {
        let figures = figures && layout.is_exact();
        let (mut document, schema, reader) = if figures {
            (annual_document(layout.edition()), schema::annual_report(layout.edition()), ANNUAL)
        } else {
            (published_document(layout), schema::published_report(layout), PUBLISHED)
        };
        let leaf = |node: &Node| {
            ["string", "integer"].iter().any(|kind| node.schema["type"] == *kind) && node.pointer != "/edition"
        };
        let leaves: Vec<Node> = nodes(&document, schema.as_value()).into_iter().filter(leaf).collect();
        let chosen: BTreeSet<String> = at.iter().map(|at| at.get(&leaves).pointer.clone()).collect();
        for pointer in &chosen {
            document = Change::Put(with.clone()).make(&document, pointer).unwrap();
        }
        document["unknown"] = json!(1);
        let removed = document["proceedings"].as_object_mut().unwrap().remove("litigation").is_some();
        prop_assert!(removed);
        let mut expected: Vec<String> = chosen
            .iter()
            .filter(|pointer| !pointer.starts_with("/proceedings/litigation"))
            .map(|pointer| pointer[1..].replace('/', "."))
            .chain(["proceedings.litigation".to_owned(), "unknown".to_owned()])
            .collect();
        expected.sort();
        let found = match reader(document.to_string().as_bytes()) {
            Err(JsonError::Shape(faults)) => faults,
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        };
        let mut found: Vec<String> = found.into_iter().map(|fault| fault.path).collect();
        found.sort();
        prop_assert_eq!(found, expected);
    }
}
