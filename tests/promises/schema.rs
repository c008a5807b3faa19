//! The JSON Schemas: the files, their shape, and that a reader names every fault of shape. What takes a validator, above all
//! that reader and schema give the same verdict, is tested in `tests/interop/clients/rust/tests/`.

use crate::common;
use std::collections::BTreeSet;

use crate::common::documents::{ANNUAL, Change, Node, PUBLISHED, annual_document, nodes, parsed, published_document};
use crate::common::{Leaves, full, layouts};
use ogi_report::number::LARGEST_COUNT;
use ogi_report::{CreditCode, Date, DivisionCode, Edition, JsonError, Layout, export, schema};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

// ---- The files -----------------------------------------------------------------------------------

#[test]
fn descriptions_are_for_everybody_not_for_rust() {
    for (name, schema) in export::schemas::all() {
        let text = schema.as_value().to_string();
        assert!(["```", "ogi_report::", "[`"].iter().all(|code| !text.contains(code)), "{name}");
    }
}

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

const KEYWORDS: [&str; 17] = [
    "$schema",
    "$id",
    "title",
    "description",
    "$ref",
    "type",
    "enum",
    "pattern",
    "maxLength",
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
    check(only_for(&["enum", "pattern", "maxLength"], &["string"]), "a keyword of strings");
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
                // In Python a line break may follow what `$` ends.
                let is_fixed = [Date::PATTERN, DivisionCode::PATTERN, CreditCode::PATTERN].contains(&pattern);
                check(is_fixed == map.contains_key("maxLength"), "a pattern of one length without it");
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

// ---- The documents -------------------------------------------------------------------------------

#[test]
fn differences_of_sums_beyond_doubles_stay_within_them() {
    for finding in parsed(&common::largest().check().to_json())["findings"].as_array().unwrap() {
        // JSON readers that know only doubles would read another number.
        let difference = finding["difference"].as_i64().unwrap_or(0);
        assert!(difference.unsigned_abs() <= LARGEST_COUNT, "{difference}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::common::cases(12), failure_persistence: None, ..ProptestConfig::default() })]

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
        let mut found: Vec<String> = found.into_iter().map(|fault| fault.at().to_owned()).collect();
        found.sort();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_derived_schema_has_every_edition_and_nests() {
    #[derive(schemars::JsonSchema)]
    #[expect(dead_code, reason = "stands for the struct of somebody who depends on this crate")]
    struct Filing {
        agency: ogi_report::Agency,
        report: ogi_report::AnnualReport,
        published: Option<ogi_report::PublishedReport>,
    }
    for settings in [schemars::generate::SchemaSettings::draft2020_12(), schemars::generate::SchemaSettings::draft07()]
    {
        let definitions = format!("#{}/", settings.definitions_path);
        let schema = settings.into_generator().into_root_schema_for::<Filing>();
        let defined = schema.pointer(&definitions[1..definitions.len() - 1]).unwrap().as_object().unwrap();
        let text = schema.as_value().to_string();
        assert!(!text.contains("$id"), "a part of a schema has no identifier");
        for reference in text.split("\"$ref\":\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]) {
            assert!(defined.contains_key(reference.strip_prefix(&definitions).unwrap()), "{reference}");
        }
        let options = |name: &str| defined[name]["anyOf"].as_array().unwrap().len();
        assert_eq!(
            (options("annual_report"), options("published_report")),
            (Edition::all().len(), Layout::newest_first().count())
        );
        // Each option is the schema of its layout alone, under other names.
        for layout in Layout::newest_first() {
            let own = &defined[&format!("published_report_{}", layout.name().replace('-', "_"))];
            let alone = schema::published_report(layout);
            let keys = |schema: &Value| schema["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            assert_eq!((keys(own), &own["required"]), (keys(alone.as_value()), &alone.as_value()["required"]));
            assert_eq!(own["properties"]["edition"]["enum"], alone.as_value()["properties"]["edition"]["enum"]);
        }
        assert_eq!(defined["annual_report_2019_documents"]["required"][0], "made");
        assert_eq!(defined["annual_report_documents"]["required"][0], "issued");
        assert!(!defined.contains_key("annual_report_2019_applicants"), "what is alike is there once");
    }
}
