//! The crate `jsonschema` over the schemas of `ogi-report`: they are schemas, what the crate writes satisfies them, and its
//! readers and they give the same verdict on every change of a good document.

use std::collections::BTreeSet;

use jsonschema::Validator;
use ogi_report::finding::Clue;
use ogi_report::rollup::{Coverage, Region};
use ogi_report::series;
use ogi_report::{Date, Edition, Finding, JsonError, Layout, Rule, export, schema};
use proptest::prelude::*;
use serde_json::{Value, json};

// The reports of the crate's own tests.
#[path = "../../../../promises/common/mod.rs"]
mod common;

use common::documents::{ANNUAL, Change, PUBLISHED, Reader, annual_document, nodes, parsed, published_document};
use common::{annual_reports, any_leaves, layouts, published_reports};

fn validator(schema: &schemars::Schema) -> Validator {
    jsonschema::validator_for(schema.as_value()).unwrap()
}

/// The first faults the schema finds, for a message.
fn faults(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error:.200}", error.instance_path())).take(3).collect()
}

// ---- The schemas ---------------------------------------------------------------------------------

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

// ---- The schema accepts what the crate writes ----------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

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
    let found = parsed(&common::largest().check().to_json());
    assert_eq!(faults(&validator(&schema::findings()), &found), Vec::<String>::new());
}

/// The faults of a document of these findings.
fn faults_of(findings: &[Finding]) -> Vec<String> {
    faults(&validator(&schema::findings()), &json!({ "findings": findings, "not_evaluated": [] }))
}

#[test]
fn findings_over_years_satisfy_their_schema_with_what_the_agency_says() {
    let page = Rule::find("continuity-carry-over").unwrap();
    let (before, after) = (page.second_example().unwrap(), page.wrong_example());
    let mut checked = series::check([&before, &after]).unwrap();
    assert_eq!(faults_of(&checked.findings), Vec::<String>::new());
    let explained = checked.annotate("continuity-carry-over", after.facts.year.unwrap(), None, "上年漏计");
    assert!(explained > 0 && explained == checked.findings.len());
    assert_eq!(faults_of(&checked.findings), Vec::<String>::new());
}

#[test]
fn findings_over_a_region_satisfy_their_schema_with_their_clues() {
    for (code, second, expected) in [
        ("rollup-sum", Coverage::Abolished, Clue::NoReport(["乙局".to_owned()])),
        ("rollup-bound", Coverage::Missing, Clue::Unknown(["乙局".to_owned()])),
    ] {
        let page = Rule::find(code).unwrap();
        let (part, whole) = (page.second_example().unwrap(), page.wrong_example());
        let members = vec![("甲局", Coverage::Reported(&part)), ("乙局", second)];
        let found = Region::new(&whole, members).unwrap().check().findings;
        let clues = |finding: &Finding| finding.clues.contains(&expected);
        assert!(found.iter().any(clues), "{found:?}");
        assert_eq!(faults_of(&found), Vec::<String>::new());
    }
}

#[test]
fn the_rule_file_satisfies_its_schema() {
    let (_, schema) = export::schemas::all().into_iter().find(|(name, _)| name == "rules.json").unwrap();
    let file = serde_json::to_value(export::rules()).unwrap();
    assert_eq!(faults(&validator(&schema), &file), Vec::<String>::new());
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

#[test]
fn a_report_of_each_layout_within_another_struct_satisfies_the_derived_schema() {
    #[derive(serde::Serialize, schemars::JsonSchema)]
    struct Filing {
        report: ogi_report::AnnualReport,
        published: ogi_report::PublishedReport,
    }
    let schema = schemars::generate::SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Filing>();
    let validator = validator(&schema);
    for layout in Layout::newest_first() {
        let report = ogi_report::PublishedReport::zeros(layout.edition().layout()).accept().unwrap();
        let filing = Filing { report, published: ogi_report::PublishedReport::zeros(layout) };
        let mut document = serde_json::to_value(&filing).unwrap();
        assert_eq!(faults(&validator, &document), Vec::<String>::new(), "{layout}");
        document["report"]["edition"] = json!("2014");
        assert!(!faults(&validator, &document).is_empty(), "{layout}");
    }
}
