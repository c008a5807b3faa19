//! The JSON documents: nothing is lost on the way, and whatever is wrong is an error that says so, never a panic.

use crate::common;
use crate::common::{
    Facts, Leaves, annual_reports, any_leaves, assert_same, cell, full, leaves, place, print, printed,
    published_reports, small,
};
use ogi_report::json::MOST_FAULTS;
use ogi_report::narrative::FeeStatus;
use ogi_report::number::LARGEST_COUNT;
use ogi_report::{
    AnnualReport, Cell, CheckReport, Edition, Form, JsonError, Language, Layout, Number, OtherMatters, ProcessingFee,
    PublishedCell, PublishedReport, Severity, Status,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases: crate::common::cases(cases), failure_persistence: None, ..ProptestConfig::default() }
}

/// The document `annual-report` of the small report of an edition.
fn annual(edition: Edition) -> Value {
    serde_json::from_str(&Leaves::small(edition.layout()).report().to_json()).unwrap()
}

/// The document `published-report` of the small report of a layout.
fn published(layout: Layout) -> Value {
    serde_json::from_str(&small(layout).to_json()).unwrap()
}

fn read_annual(document: &Value) -> Result<AnnualReport, JsonError> {
    AnnualReport::from_json(document.to_string().as_bytes())
}

fn read_published(document: &Value) -> Result<PublishedReport, JsonError> {
    PublishedReport::from_json(document.to_string().as_bytes())
}

fn at<'a>(document: &'a mut Value, path: &str) -> &'a mut Value {
    let pointer = format!("/{}", path.replace('.', "/"));
    document.pointer_mut(&pointer).unwrap_or_else(|| panic!("no {path}"))
}

fn remove(document: &mut Value, path: &str) {
    let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
    let object = if parent.is_empty() { document } else { at(document, parent) };
    object.as_object_mut().unwrap().remove(key).unwrap_or_else(|| panic!("no {path}"));
}

// ---- Round trips ---------------------------------------------------------------------------------

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn an_annual_report_comes_back(report in annual_reports()) {
        let text = report.to_json();
        prop_assert!(AnnualReport::from_json(text.as_bytes()).unwrap() == report);
        prop_assert!(serde_json::from_str::<AnnualReport>(&text).unwrap() == report);
        prop_assert!(serde_json::from_value::<AnnualReport>(serde_json::to_value(&report).unwrap()).unwrap() == report);
        prop_assert!(AnnualReport::new(report.to_parts().unwrap()).unwrap() == report);
        // Every figure stands under its path.
        let document: Value = serde_json::from_str(&text).unwrap();
        for (cell, figure) in report.cells() {
            let leaf = document.pointer(&format!("/{}", cell.path().replace('.', "/"))).unwrap();
            let written = leaf.as_str().map_or_else(|| leaf.to_string(), str::to_owned);
            prop_assert_eq!(written, figure.to_string());
            prop_assert_eq!(report.get(cell), Some(figure));
        }
    }

    #[test]
    fn an_annual_report_is_accepted_as_published(report in annual_reports()) {
        let published = PublishedReport::from(report.clone());
        prop_assert!(published.accept().unwrap() == report);
        // The figures document reads as a published report with the same cells.
        let read = PublishedReport::from_json(report.to_json().as_bytes()).unwrap();
        prop_assert_eq!(common::difference(&read, &published), None);
    }

    #[test]
    fn a_published_annual_report_comes_back(report in annual_reports()) {
        let published = PublishedReport::from(report.clone());
        let read = PublishedReport::from_json(published.to_json().as_bytes()).unwrap();
        prop_assert!(read.accept().unwrap() == report);
        prop_assert_eq!(common::difference(&read, &published), None);
    }

    #[test]
    fn a_published_report_comes_back(report in published_reports()) {
        let text = report.to_json();
        let read = PublishedReport::from_json(text.as_bytes());
        prop_assert!(read.is_ok(), "{}", read.unwrap_err());
        prop_assert_eq!(common::difference(&read.unwrap(), &report), None);
        prop_assert_eq!(common::difference(&serde_json::from_str::<PublishedReport>(&text).unwrap(), &report), None);
        prop_assert!(PublishedReport::from_json(text.as_bytes()).unwrap().check() == report.check());
    }

    #[test]
    fn one_cell_of_any_kind_comes_back(text in printed(), at in any::<prop::sample::Index>(), layout in common::layouts()) {
        let mut report = small(layout);
        let cells: Vec<Cell> = layout.cells().iter().map(|entry| entry.cell()).collect();
        let target = *at.get(&cells);
        let unit = report.get(target).unwrap().amount_unit();
        let found = PublishedCell::read(&text).at(place("2/5/3"));
        let found = if target.unit() == ogi_report::Unit::AsPrinted { found.in_unit(unit) } else { found };
        report.set(target, found).unwrap();
        prop_assert_eq!(common::difference(&read_published(&serde_json::to_value(&report).unwrap()).unwrap(), &report), None);
    }

    #[test]
    fn a_hybrid_comes_back(leaves in leaves(Layout::HYBRID)) {
        let report = leaves.published();
        prop_assert_eq!(common::difference(&PublishedReport::from_json(report.to_json().as_bytes()).unwrap(), &report), None);
    }

    #[test]
    fn totals_left_out_are_worked_out(leaves in any_leaves()) {
        let document = leaves.document();
        prop_assert!(document.pointer("/requests/received/total").is_none());
        prop_assert!(document.pointer("/requests/outcomes/total").is_none());
        let report = read_published(&document).unwrap();
        prop_assert_eq!(report.get(cell("requests.received.total")).unwrap().status(), Status::NotFound);
        if leaves.layout.is_exact() {
            prop_assert!(read_annual(&document).unwrap() == leaves.report());
        }
    }
}

#[test]
fn every_state_of_a_cell_comes_back() {
    let texts = [
        "0",
        "12",
        "22（其中修订 16 件）",
        "0件",
        "1,234",
        "１２",
        "+2",
        "-8",
        "−3",
        "减4",
        "增加 2",
        "1.5",
        "12.0",
        "251000元",
        "103.3879万元",
        "18446744073709551615",
        "9007199254740992",
        "",
        " ",
        "&nbsp;",
        "\u{3000}",
        "/",
        "—",
        "无",
        "待统计",
        "1,23",
        "0.12345678",
        "-0",
        "a\u{0}b",
        "\"",
        "😀",
    ];
    for layout in Layout::newest_first() {
        for text in texts {
            let mut report = PublishedReport::new(layout);
            for entry in layout.cells() {
                report.set(entry.cell(), PublishedCell::read(text).at(place("Sheet 1!AB12"))).unwrap();
            }
            let again = read_published(&serde_json::to_value(&report).unwrap());
            let again = again.unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_same(&again, &report);
        }
        let missing = PublishedReport::new(layout);
        assert_same(&read_published(&serde_json::to_value(&missing).unwrap()).unwrap(), &missing);
        let whole = full(layout);
        assert_same(&read_published(&serde_json::to_value(&whole).unwrap()).unwrap(), &whole);
        for text in ["", "&nbsp;"] {
            let mut blank = small(layout);
            for entry in layout.cells().iter().filter(|entry| entry.column_label() == "总计") {
                print(&mut blank, entry.path(), text);
            }
            let totals = blank.clone().with_totals_from_parts();
            assert_same(&read_published(&serde_json::to_value(&totals).unwrap()).unwrap(), &totals);
            let zeros = blank.with_blanks_as_zero();
            assert_same(&read_published(&serde_json::to_value(&zeros).unwrap()).unwrap(), &zeros);
        }
    }
}

#[test]
fn a_total_beyond_a_count_comes_back() {
    let mut report = small(Layout::EDITION_2021);
    print(&mut report, "proceedings.reconsideration.upheld", &LARGEST_COUNT.to_string());
    print(&mut report, "proceedings.reconsideration.total", "");
    let report = report.with_totals_from_parts();
    let again = read_published(&serde_json::to_value(&report).unwrap());
    assert_same(&again.unwrap_or_else(|error| panic!("{error}")), &report);
}

#[test]
fn a_whole_document_comes_back_key_by_key() {
    for edition in Edition::all() {
        let leaves = Leaves { facts: Facts::full(edition), ..Leaves::small(edition.layout()) };
        let document: Value = serde_json::from_str(&leaves.report().to_json()).unwrap();
        let again: Value = serde_json::from_str(&read_annual(&document).unwrap().to_json()).unwrap();
        assert_eq!(again, document);
        assert_eq!(
            document["$schema"],
            format!("urn:ogi-report:annual-report:{edition}:{}", ogi_report::schema::VERSION)
        );
        assert_eq!(document["evidence"].as_object().unwrap().len(), EVIDENCE.len());
    }
    for layout in Layout::newest_first() {
        let document = serde_json::to_value(full(layout)).unwrap();
        let again = serde_json::to_value(read_published(&document).unwrap()).unwrap();
        assert_eq!(again, document);
        assert_eq!(
            document["$schema"],
            format!("urn:ogi-report:published-report:{layout}:{}", ogi_report::schema::VERSION)
        );
        assert_eq!(document["headings"].as_array().unwrap().len(), 6);
    }
}

// ---- Wrong figures -------------------------------------------------------------------------------

#[test]
fn a_wrong_total_is_refused_by_name_and_read_as_published() {
    for (path, code) in [
        ("requests.received.total", "requests-row-total"),
        ("requests.outcomes.withheld.state_secret.total", "requests-row-total"),
        ("requests.outcomes.total.natural_person", "requests-outcome-total"),
        ("proceedings.litigation.direct.total", "proceedings-total"),
    ] {
        for edition in Edition::all() {
            let mut document = annual(edition);
            let total = at(&mut document, path);
            *total = json!(total.as_u64().unwrap() + 1);
            let Err(JsonError::Refused(refused)) = read_annual(&document) else { panic!("{path} is not refused") };
            assert_eq!(refused.faults, []);
            let names_it = |findings: &[ogi_report::Finding]| {
                let of_rule = findings.iter().filter(|finding| finding.rule == code);
                let mut named = of_rule.filter(|finding| finding.cells[0].cell == cell(path));
                named.next().is_some_and(|finding| finding.severity == Severity::Error && finding.difference == Some(1))
            };
            assert!(names_it(&refused.findings), "{path}");
            let report = read_published(&document).unwrap();
            assert_eq!(report.check().findings, refused.findings);
            // One string through serde, which names it too.
            let error = serde_json::from_value::<AnnualReport>(document).unwrap_err().to_string();
            assert!(error.contains(code) && error.starts_with("not an annual report: "), "{error}");
        }
    }
}

#[test]
fn a_wrong_total_is_refused_while_others_are_left_out() {
    let mut document = annual(Edition::EDITION_2021);
    remove(&mut document, "requests.outcomes.total");
    remove(&mut document, "requests.carried_in.total");
    let right = read_annual(&document).unwrap();
    assert!(right == Leaves::small(Layout::EDITION_2021).report());
    *at(&mut document, "proceedings.reconsideration.total") = json!(99);
    let Err(JsonError::Refused(refused)) = read_annual(&document) else { panic!("not refused") };
    let codes: Vec<&str> = refused.findings.iter().map(|finding| &*finding.rule).collect();
    assert_eq!((codes, refused.faults), (vec!["proceedings-total"], vec![]));
}

#[test]
fn several_wrong_things_are_all_told() {
    // Rules: every one of them.
    let mut document = annual(Edition::EDITION_2021);
    for path in
        ["proceedings.reconsideration.total", "proceedings.litigation.direct.total", "requests.carried_out.total"]
    {
        let total = at(&mut document, path);
        *total = json!(total.as_u64().unwrap() + 1);
    }
    document["published_on"] = json!("2025-12-31");
    let Err(JsonError::Refused(refused)) = read_annual(&document) else { panic!("not refused") };
    let codes: Vec<&str> = refused.findings.iter().map(|finding| &*finding.rule).collect();
    assert_eq!(codes, ["requests-balance", "requests-row-total", "proceedings-total", "proceedings-total"]);
    // The check tells what bars it in the same words, and what does not: that it was late.
    let mut findings = read_published(&document).unwrap().check().findings;
    assert_eq!(findings.remove(0).rule, "publication-deadline");
    assert_eq!(findings, refused.findings);

    // Shape: every place.
    let faults = |result: Result<(), JsonError>| match result {
        Err(JsonError::Shape(faults)) => {
            let mut paths: Vec<String> = faults.into_iter().map(|fault| fault.at().to_owned()).collect();
            paths.sort();
            paths
        }
        other => panic!("{other:?}"),
    };
    let spoil = |document: &mut Value| {
        document["year"] = json!("2024");
        document["agency"]["kind"] = json!("ministry");
        document["unknown"] = json!(1);
        *at(document, "requests.received.natural_person") = json!([]);
        *at(document, "article20.item1.rules") = json!(7);
        remove(document, "proceedings.reconsideration");
        document["overview"]["parts"][0]["text"] = json!(null);
    };
    let expected = [
        "agency.kind",
        "article20.item1.rules",
        "overview.parts.0.text",
        "proceedings.reconsideration",
        "requests.received.natural_person",
        "unknown",
        "year",
    ];
    let mut document = annual(Edition::EDITION_2021);
    spoil(&mut document);
    assert_eq!(faults(read_annual(&document).map(|_| ())), expected);
    let mut document = published(Layout::HYBRID);
    spoil(&mut document);
    assert_eq!(faults(read_published(&document).map(|_| ())), expected);

    // Obstacles: every missing cell.
    let report = PublishedReport::new(Layout::HYBRID);
    let refused = report.accept().unwrap_err();
    assert_eq!(refused.faults.len(), 1 + 3 + 186);
    assert_eq!(common::obstacles(&refused)[1], ("title", "nothing"));
}

#[test]
fn a_shape_fault_says_where_what_and_what_instead() {
    let mut document = annual(Edition::EDITION_2021);
    *at(&mut document, "requests.received.natural_person") = json!(-1);
    let error = read_annual(&document).unwrap_err().to_string();
    assert_eq!(error, "requests.received.natural_person: expected a whole number from 0 to 9007199254740991, found -1");
    let mut document = annual(Edition::EDITION_2021);
    remove(&mut document, "requests.carried_out");
    let error = read_annual(&document).unwrap_err().to_string();
    assert_eq!(error, "requests.carried_out: expected a value, found nothing");
    assert_eq!(read_annual(&json!([])).unwrap_err().to_string(), "the document: expected an object, found […]");
}

#[test]
fn what_the_schema_cannot_say_is_told_with_its_path() {
    for (path, value) in [("published_on", "2024-02-30"), ("agency.credit_code", "11110000MB00000007")] {
        let mut document = annual(Edition::EDITION_2021);
        document["agency"]["credit_code"] = json!("11110000MB0000000U");
        *at(&mut document, path) = json!(value);
        let Err(JsonError::Shape(faults)) = read_annual(&document) else { panic!("{path} is read") };
        let paths: Vec<&str> = faults.iter().map(|fault| fault.at()).collect();
        assert_eq!(paths, [path]);
        let mut document = published(Layout::EDITION_2021);
        document["agency"]["credit_code"] = json!("11110000MB0000000U");
        *at(&mut document, path) = json!(value);
        assert!(matches!(read_published(&document), Err(JsonError::Shape(_))));
    }
}

#[test]
fn tables_of_another_edition() {
    let mut document = annual(Edition::EDITION_2019);
    document["edition"] = json!("2021");
    let Err(JsonError::Refused(refused)) = read_annual(&document) else { panic!("not refused") };
    assert_eq!(common::obstacles(&refused), [("edition", "2021")]);
    let mut document = published(Layout::HYBRID);
    document["edition"] = json!("2019");
    assert!(matches!(read_published(&document), Err(JsonError::Shape(_))));
    // The hybrid as figures is no edition's form.
    let document = Leaves::small(Layout::HYBRID).document();
    assert_eq!(read_published(&document).unwrap().layout(), Layout::HYBRID);
    match read_annual(&document) {
        Err(JsonError::Refused(refused)) => {
            assert_eq!(common::obstacles(&refused), [("edition", "2021-hybrid")]);
        }
        other => panic!("{:?}", other.map(|_| "read").map_err(|error| error.to_string())),
    }
}

/// A cell that the layout does not print is a fault of the document, not a thing to drop.
#[test]
fn a_cell_of_another_layout_beside_all_others() {
    fn insert(document: &mut Value, other: &Value, path: &str) {
        let (mut here, mut there) = (document, other);
        for key in path.split('.') {
            there = &there[key];
            let object = here.as_object_mut().unwrap();
            let deeper = if there.is_object() && there.get("printed").is_none() { json!({}) } else { there.clone() };
            here = object.entry(key).or_insert(deeper);
        }
    }
    let other = published(Layout::EDITION_2019);
    let figures = annual(Edition::EDITION_2019);
    let foreign = |cell: &Cell| Layout::EDITION_2021.entry(*cell).is_none();
    let mut tried = 0;
    for cell in Layout::EDITION_2019.cells().iter().map(|entry| entry.cell()).filter(foreign) {
        let mut document = published(Layout::EDITION_2021);
        insert(&mut document, &other, cell.path());
        assert!(matches!(read_published(&document), Err(JsonError::Shape(_))), "{cell}");
        let mut document = annual(Edition::EDITION_2021);
        insert(&mut document, &figures, cell.path());
        assert!(matches!(read_annual(&document), Err(JsonError::Shape(_))), "{cell}");
        tried += 1;
        // Nor is one that has no cell at all.
        let (parent, _) = cell.path().rsplit_once('.').unwrap();
        let stands_there = |entry: &ogi_report::Entry| entry.cell().path().starts_with(&format!("{parent}."));
        if Layout::EDITION_2021.cells().iter().any(stands_there) {
            continue;
        }
        for empty in [json!({}), json!({"total": null}), json!({"amount_unit": "yuan"})] {
            let parents = parent.split('.').rev().fold(empty, |below, key| json!({ key: below }));
            let mut document = published(Layout::EDITION_2021);
            insert(&mut document, &parents, parent);
            assert!(matches!(read_published(&document), Err(JsonError::Shape(_))), "{parent}: {parents}");
            let mut document = annual(Edition::EDITION_2021);
            insert(&mut document, &parents, parent);
            assert!(matches!(read_annual(&document), Err(JsonError::Shape(_))), "{parent}: {parents}");
        }
    }
    assert!(tried > 10);
}

/// Whatever is accepted is built again of its parts and its document, and is the same.
#[test]
fn what_is_accepted_comes_back() {
    let fees = Form::cells(Layout::EDITION_2021).article20.edition2021().unwrap().administrative_fees.amount;
    let mut with_unit = small(Layout::EDITION_2021);
    with_unit.set(fees, PublishedCell::read("251万元")).unwrap();
    // What bars a report from 2021 on does not bar one of before.
    let mut old = small(Layout::EDITION_2019);
    let collected = Some("100".parse().unwrap());
    let fee = ProcessingFee { status: FeeStatus::None, notices: None, notified: None, collected };
    let title = "其他需要报告的事项".to_owned();
    old.facts.other_matters = Some(OtherMatters { title, parts: vec![], processing_fee: Some(fee) });
    for report in [with_unit, old] {
        let accepted = report.accept().unwrap();
        assert!(AnnualReport::new(accepted.to_parts().unwrap()).unwrap() == accepted);
        assert!(AnnualReport::from_json(accepted.to_json().as_bytes()).unwrap() == accepted);
    }
}

// ---- Cell objects --------------------------------------------------------------------------------

#[test]
fn contradictions_are_all_told() {
    let contradictions = [
        ("requests.received.natural_person", json!({"status": "number", "value": 5, "printed": "6"})),
        ("requests.received.commercial_enterprise", json!({"status": "blank", "value": 0})),
        ("requests.received.research_institution", json!({"status": "number"})),
        ("requests.received.other", json!({"status": "not_applicable", "printed": "3"})),
        ("requests.carried_in.natural_person", json!({"status": "number", "value": 0, "printed": ""})),
        ("requests.carried_in.other", json!({"status": "number", "value": 1, "note": {"origin": "blank_as_zero"}})),
        (
            "requests.carried_in.total",
            json!({"status": "number", "value": 1, "printed": "1", "note": {"origin": "total_from_parts"}}),
        ),
        ("requests.carried_out.other", json!({"status": "blank", "note": {"origin": "blank_as_zero"}})),
        (
            "requests.carried_out.total",
            json!({"status": "number", "value": 0, "note": {"origin": "not_applicable_as_zero"}}),
        ),
        (
            "requests.carried_out.natural_person",
            json!({"status": "number", "value": 1, "printed": "/", "note": {"origin": "not_applicable_as_zero"}}),
        ),
        (
            "requests.carried_out.research_institution",
            json!({"status": "number", "value": 0, "printed": "/", "note": {"origin": "blank_as_zero"}}),
        ),
        ("proceedings.reconsideration.total", json!({"status": "not_found", "printed": "待统计"})),
        ("proceedings.reconsideration.other", json!({"status": "blank", "printed": "0"})),
    ];
    for layout in Layout::newest_first() {
        let mut document = published(layout);
        for (path, cell) in &contradictions {
            *at(&mut document, path) = cell.clone();
        }
        let Err(JsonError::Cells(faults)) = read_published(&document) else { panic!("read") };
        let found: Vec<&str> = faults.iter().map(|fault| fault.at()).collect();
        let order = |path: &str| layout.cells().iter().position(|entry| entry.path() == path);
        // A number with an empty printed text is a number whose text is not known.
        let mut expected: Vec<&str> = contradictions.iter().map(|(path, _)| *path).collect();
        expected.retain(|path| *path != "requests.carried_in.natural_person");
        expected.sort_by_key(|path| order(path));
        assert_eq!(found, expected, "{layout}");
    }
    let mut document = published(Layout::EDITION_2021);
    *at(&mut document, contradictions[0].0) = contradictions[0].1.clone();
    let error = read_published(&document).unwrap_err().to_string();
    assert_eq!(error, "requests.received.natural_person: expected number 6 as printed: 6, found number 5");
}

#[test]
fn a_unit_that_contradicts_the_printed_one_is_told() {
    let mut document = published(Layout::EDITION_2019);
    *at(&mut document, "article20.item9.procurement.amount") =
        json!({"status": "number", "value": "251000", "printed": "251000元"});
    *at(&mut document, "article20.item9.procurement.amount_unit") = json!("yuan");
    assert!(read_published(&document).is_ok());
    *at(&mut document, "article20.item9.procurement.amount_unit") = json!("wan_yuan");
    let read = read_published(&document).map(|report| report.check().findings.len());
    assert!(matches!(read, Err(JsonError::Cells(_))), "{read:?}");
}

#[test]
fn equal_numbers_written_differently_agree() {
    for (path, cell) in [
        ("requests.received.natural_person", json!({"status": "number", "value": 5.0, "printed": "5"})),
        ("requests.received.natural_person", json!({"status": "number", "value": 1234, "printed": "1,234件"})),
        ("article20.item8.administrative_fees.amount", json!({"status": "number", "value": "5", "printed": "5.00"})),
        ("article20.item8.administrative_fees.amount", json!({"status": "number", "value": "1.50", "printed": "1.5"})),
        ("article20.item5.licensing.decisions", json!({"status": "number", "value": 12.0, "printed": "12"})),
    ] {
        let mut document = published(Layout::EDITION_2021);
        *at(&mut document, path) = cell.clone();
        let read = read_published(&document);
        assert!(read.is_ok(), "{cell}: {}", read.unwrap_err());
    }
}

#[test]
fn five_point_zero_is_five() {
    assert_eq!(PublishedCell::read("5.0").number().and_then(Number::whole), Some(5));
    let mut document = published(Layout::EDITION_2021);
    let cell = json!({"status": "number", "value": 5, "printed": "5.0"});
    *at(&mut document, "requests.outcomes.disclosed.natural_person") = cell;
    assert!(read_published(&document).is_ok());
}

#[test]
fn a_value_without_printed_text_is_printed_plainly() {
    let mut document = published(Layout::EDITION_2021);
    *at(&mut document, "requests.received.natural_person") = json!({"status": "number", "value": 5});
    let report = read_published(&document).unwrap();
    let found = report.get(cell("requests.received.natural_person")).unwrap();
    assert_eq!((found.printed(), found.number()), ("5", Some(Number::from(5))));
}

// ---- JSON as it comes ----------------------------------------------------------------------------

#[test]
fn null_stands_for_an_absent_key() {
    for (edition, layout) in
        [(Edition::EDITION_2021, Layout::EDITION_2021), (Edition::EDITION_2019, Layout::EDITION_2019)]
    {
        let facts = Facts::full(edition);
        let mut document = serde_json::to_value(Leaves { facts, ..Leaves::small(layout) }.report()).unwrap();
        let optional = [
            "$schema",
            "scope",
            "published_on",
            "signed_on",
            "signed_by",
            "evidence.title",
            "evidence.document.address",
            "evidence.document",
            "evidence",
            "agency.kind",
            "agency.division_code",
            "agency.credit_code",
            "preamble.places",
            "preamble",
            "overview.parts.0.heading",
            "overview.parts.0.places",
            "overview",
            "problems",
            "other_matters.processing_fee.notices",
            "other_matters.processing_fee",
            "other_matters",
            "requests.received.total",
            "requests.outcomes.total.natural_person",
            "requests.outcomes.total",
            "proceedings.reconsideration.total",
        ];
        for path in optional {
            let mut without = document.clone();
            let mut null = document.clone();
            *at(&mut null, path) = Value::Null;
            remove(&mut without, path);
            match (read_annual(&null), read_annual(&without)) {
                (Ok(null), Ok(without)) => assert!(null == without, "{path}"),
                (null, without) => {
                    // A part of the row of totals is not optional.
                    assert!(null.is_err() == without.is_err(), "{path}");
                }
            }
        }
        for path in optional.iter().filter(|path| !path.contains("parts.0") && !path.contains('.')) {
            document[*path] = Value::Null;
        }
        assert!(read_annual(&document).is_ok());
    }
    for layout in Layout::newest_first() {
        let mut document = serde_json::to_value(full(layout)).unwrap();
        let mut bare = document.clone();
        for key in [
            "$schema",
            "year",
            "title",
            "agency",
            "scope",
            "published_on",
            "signed_on",
            "signed_by",
            "evidence",
            "headings",
            "preamble",
            "overview",
            "problems",
            "other_matters",
            "remarks",
            "unmatched",
            "misprints",
            "others",
        ] {
            document[key] = Value::Null;
            remove(&mut bare, key);
        }
        assert_same(&read_published(&document).unwrap(), &read_published(&bare).unwrap());
        for key in ["printed", "note", "place", "value"] {
            let cell = at(&mut document, "requests.carried_in.other");
            cell[key] = if key == "value" { cell[key].clone() } else { Value::Null };
        }
        *at(&mut document, "requests.carried_out.other") =
            json!({"status": "blank", "value": null, "printed": null, "note": null, "place": null});
        assert!(read_published(&document).is_ok());
    }
}

#[test]
fn null_for_an_absent_key_is_no_fault_beside_others() {
    let mut document = annual(Edition::EDITION_2021);
    document["signed_on"] = Value::Null;
    *at(&mut document, "requests.received.total") = Value::Null;
    *at(&mut document, "requests.received.other") = Value::Null;
    let error = read_annual(&document).unwrap_err().to_string();
    assert_eq!(error, "requests.received.other: expected an integer, found null");
    let mut document = published(Layout::HYBRID);
    document["signed_on"] = Value::Null;
    at(&mut document, "requests.received.other")["place"] = Value::Null;
    *at(&mut document, "requests.received.other.status") = Value::Null;
    let error = read_published(&document).unwrap_err().to_string();
    assert_eq!(error, "requests.received.other.status: expected a string, found null");
}

#[test]
fn null_is_not_a_row() {
    // The other layout's rows are unknown keys, whatever they hold.
    let mut document = annual(Edition::EDITION_2021);
    document["requests"]["outcomes"]["other_handling"]["undivided"] = Value::Null;
    assert!(matches!(read_annual(&document), Err(JsonError::Shape(_))), "undivided beside the three rows");
    let mut document = annual(Edition::EDITION_2019);
    document["requests"]["outcomes"]["other_handling"]["other"] = Value::Null;
    assert!(matches!(read_annual(&document), Err(JsonError::Shape(_))), "other beside the one row");
}

#[test]
fn one_point_zero_is_one() {
    for edition in Edition::all() {
        let document = annual(edition);
        let right = read_annual(&document).unwrap();
        for entry in edition.layout().cells() {
            let mut document = document.clone();
            let leaf = at(&mut document, entry.path());
            let Some(whole) = leaf.as_i64() else { continue };
            *leaf = json!(whole as f64);
            assert!(leaf.to_string().ends_with(".0"));
            let read = read_annual(&document);
            assert!(read.is_ok(), "{}: {}", entry.path(), read.unwrap_err());
            assert!(read.unwrap() == right, "{}", entry.path());
        }
        let mut document = document;
        document["year"] = json!(right.year().get() as f64);
        assert!(read_annual(&document).unwrap() == right);
    }
}

/// The values of the object at `path`, in the order of `keys`, in place of it.
fn as_array(document: &Value, path: &str, keys: &[&str]) -> Value {
    let mut document = document.clone();
    let object = if path.is_empty() { &mut document } else { at(&mut document, path) };
    let members = object.as_object().unwrap();
    assert!(members.keys().all(|key| keys.contains(&key.as_str())), "{path}: {keys:?} lack a key of {members:?}");
    *object = Value::Array(keys.iter().map(|key| members.get(*key).cloned().unwrap_or(Value::Null)).collect());
    document
}

const ROW: [&str; 7] = [
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_interest_organization",
    "legal_service_organization",
    "other",
    "total",
];
const RULINGS: [&str; 5] = ["upheld", "corrected", "other", "pending", "total"];
const DIVIDED: [&str; 3] = ["correction_overdue", "fee_overdue", "other"];
const OUTCOMES: [&str; 7] =
    ["disclosed", "partially_disclosed", "withheld", "unavailable", "not_processed", "other_handling", "total"];
const EVIDENCE: [&str; 13] = [
    "title",
    "year",
    "agency",
    "agency_kind",
    "scope",
    "published_on",
    "blanks_as_zero",
    "not_applicable_as_zero",
    "totals_from_parts",
    "inferred",
    "document",
    "signed_on",
    "signed_by",
];

/// Objects of both documents, with the keys in the order in which their types declare them.
const OBJECTS: [(&str, &[&str]); 22] = [
    ("agency", &["name", "kind", "division_code", "credit_code"]),
    ("evidence", &EVIDENCE),
    ("evidence.year", &["kind", "words", "place"]),
    ("evidence.document", &["address", "retrieved", "sha256", "reader"]),
    ("overview", &["title", "parts"]),
    ("preamble", &["heading", "text", "places"]),
    ("overview.parts.0", &["heading", "text", "places"]),
    ("other_matters", &["title", "parts", "processing_fee"]),
    ("other_matters.parts.0", &["heading", "text", "places"]),
    ("other_matters.processing_fee", &["status", "notices", "notified", "collected"]),
    ("article20", &["item1", "item5", "item6", "item8"]),
    ("article20.item1", &["rules", "normative_documents"]),
    ("article20.item1.rules", &["issued", "repealed", "in_force"]),
    ("article20.item8.administrative_fees", &["amount"]),
    ("requests", &["received", "carried_in", "outcomes", "carried_out"]),
    ("requests.received", &ROW),
    ("requests.outcomes", &OUTCOMES),
    ("requests.outcomes.other_handling", &DIVIDED),
    ("requests.outcomes.total", &ROW),
    ("proceedings", &["reconsideration", "litigation"]),
    ("proceedings.litigation", &["direct", "after_reconsideration"]),
    ("proceedings.reconsideration", &RULINGS),
];

const FACTS: [&str; 7] = ["$schema", "edition", "year", "title", "agency", "scope", "published_on"];

#[test]
fn an_array_is_no_object() {
    let leaves = Leaves { facts: Facts::full(Edition::EDITION_2021), ..Leaves::small(Layout::EDITION_2021) };
    let document = serde_json::to_value(leaves.report()).unwrap();
    assert!(read_annual(&document).is_ok());
    let prose = ["preamble", "overview", "article20", "requests", "proceedings", "problems", "other_matters"];
    let root: Vec<&str> = FACTS.into_iter().chain(["signed_on", "signed_by", "evidence"]).chain(prose).collect();
    for (path, keys) in OBJECTS.into_iter().chain([("", root.as_slice())]) {
        let array = as_array(&document, path, keys);
        assert!(matches!(read_annual(&array), Err(JsonError::Shape(_))), "{path:?} is read from an array");
        assert!(serde_json::from_value::<AnnualReport>(array).is_err(), "{path:?} is read from an array");
    }
    let leaves = Leaves { facts: Facts::full(Edition::EDITION_2019), ..Leaves::small(Layout::EDITION_2019) };
    let document = serde_json::to_value(leaves.report()).unwrap();
    for (path, keys) in [
        ("article20.item9.procurement", ["projects", "amount", "amount_unit"].as_slice()),
        ("article20", &["item1", "item5", "item6", "item8", "item9"]),
        ("article20.item5.licensing", &["items_last_year", "items_change", "decisions"]),
        ("requests.outcomes.other_handling", &["undivided"]),
    ] {
        let array = as_array(&document, path, keys);
        assert!(matches!(read_annual(&array), Err(JsonError::Shape(_))), "{path:?} is read from an array");
    }

    let document = serde_json::to_value(full(Layout::EDITION_2021)).unwrap();
    assert!(read_published(&document).is_ok());
    let prose = [
        "headings",
        "preamble",
        "overview",
        "article20",
        "requests",
        "proceedings",
        "problems",
        "other_matters",
        "remarks",
        "unmatched",
        "misprints",
        "others",
    ];
    let root: Vec<&str> = FACTS.into_iter().chain(["signed_on", "signed_by", "evidence"]).chain(prose).collect();
    let more: [(&str, &[&str]); 9] = [
        ("", &root),
        ("headings.0", &["section", "text", "place"]),
        ("remarks.0", &["section", "text", "place"]),
        ("unmatched.0", &["printed", "place"]),
        ("misprints.0", &["row", "printed", "place"]),
        ("others.0", &["title", "place"]),
        ("requests.received.natural_person", &["status", "value", "printed", "note", "place"]),
        ("requests.received.natural_person.note", &["remark", "unit", "origin", "candidates"]),
        ("proceedings.reconsideration.total.note", &["remark", "unit", "origin", "candidates"]),
    ];
    for (path, keys) in OBJECTS.into_iter().chain(more) {
        let array = as_array(&document, path, keys);
        assert!(matches!(read_published(&array), Err(JsonError::Shape(_))), "{path:?} is read from an array");
        assert!(serde_json::from_value::<PublishedReport>(array).is_err(), "{path:?} is read from an array");
    }
}

#[test]
fn keys_given_twice_are_refused() {
    let annual = annual(Edition::EDITION_2021).to_string();
    let published = serde_json::to_string(&serde_json::to_value(full(Layout::EDITION_2021)).unwrap()).unwrap();
    let twice = |text: &str, before: &str, again: &str| {
        let at = text.find(before).unwrap_or_else(|| panic!("no {before}")) + before.len();
        format!("{}{again},{}", &text[..at], &text[at..])
    };
    let key = |again: &str| again.split(':').next().unwrap().to_owned();
    let told = |error: JsonError| match error {
        JsonError::Shape(_) => error.to_string(),
        other => panic!("{other}"),
    };
    for (before, again) in [
        ("{", r#""year":2024"#),
        (r#""agency":{"#, r#""name":"x""#),
        (r#""received":{"#, r#""other":1"#),
        (r#""received":{"#, r#""total":null"#),
        (r#""reconsideration":{"#, r#""upheld":1"#),
        (r#""rules":{"#, r#""issued":1"#),
        (r#""other_handling":{"#, r#""other":null"#),
        (r#""overview":{"#, r#""title":"x""#),
    ] {
        let text = twice(&annual, before, again);
        let told = told(AnnualReport::from_json(text.as_bytes()).unwrap_err());
        assert!(told.ends_with(&format!("expected each key once, found {}", key(again))), "{before}{again}: {told}");
        assert!(serde_json::from_str::<AnnualReport>(&text).is_err(), "{before}{again}");
    }
    for (before, again) in [
        ("{", r#""title":"x""#),
        (r#""received":{"#, r#""other":{"status":"blank"}"#),
        (r#""natural_person":{"#, r#""status":"blank""#),
        (r#""note":{"#, r#""remark":"x""#),
        (r#""headings":[{"#, r#""section":"requests""#),
        (r#""evidence":{"#, r#""year":null"#),
    ] {
        let text = twice(&published, before, again);
        let told = told(PublishedReport::from_json(text.as_bytes()).unwrap_err());
        assert!(told.ends_with(&format!("expected each key once, found {}", key(again))), "{before}{again}: {told}");
    }
    let text = twice(&annual, r#""rules":{"#, r#""issued":1"#);
    let told = told(PublishedReport::from_json(text.as_bytes()).unwrap_err());
    assert_eq!(told, r#"article20.item1.rules.issued: expected each key once, found "issued""#);
}

/// Reads `bytes` as either document; whatever comes, it is no panic.
fn reads(bytes: &[u8]) -> [bool; 2] {
    [AnnualReport::from_json(bytes).is_ok(), PublishedReport::from_json(bytes).is_ok()]
}

#[test]
fn what_is_no_json_is_a_syntax_error() {
    let good = annual(Edition::EDITION_2021).to_string();
    let cut = &good.as_bytes()[..good.len() / 2];
    let deep = "[".repeat(10_000);
    let deep_inside = good.replacen("\"article20\":{", &format!("\"article20\":{deep}"), 1);
    let objects = r#"{"a":"#.repeat(10_000);
    let mut latin = good.clone().into_bytes();
    let at = good.find("甲").unwrap();
    latin[at] = 0xff;
    let nul = good.replacen('甲', "\u{0}", 1);
    let surrogate = good.replacen('甲', "\\ud800", 1);
    let pair = good.replacen('甲', "\\ud800\\u0041", 1);
    let trailing = format!("{good} {{}}");
    let byte_order_mark = format!("\u{feff}{good}");
    let texts: [&[u8]; 16] = [
        b"",
        b" ",
        b"\0",
        b"\xff\xfe",
        b"{",
        b"nul",
        b"NaN",
        cut,
        deep.as_bytes(),
        deep_inside.as_bytes(),
        objects.as_bytes(),
        &latin,
        nul.as_bytes(),
        surrogate.as_bytes(),
        pair.as_bytes(),
        trailing.as_bytes(),
    ];
    for bytes in texts.into_iter().chain([byte_order_mark.as_bytes()]) {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        assert!(matches!(AnnualReport::from_json(bytes), Err(JsonError::Syntax { .. })), "{shown}");
        assert!(matches!(PublishedReport::from_json(bytes), Err(JsonError::Syntax { .. })), "{shown}");
        assert!(serde_json::from_slice::<AnnualReport>(bytes).is_err());
    }
    // Written as escapes these are text like any other.
    let escaped = good.replacen('甲', "\\u0000\\ud83d\\ude00", 1);
    assert_eq!(reads(escaped.as_bytes()), [true, true]);
    // JSON, but no report.
    for text in ["null", "0", "\"\"", "[]", "{}", "[[[]]]", "{\"edition\":\"2021\"}", "{\"edition\":\"2014\"}"] {
        assert!(matches!(AnnualReport::from_json(text.as_bytes()), Err(JsonError::Shape(_))), "{text}");
        assert!(matches!(PublishedReport::from_json(text.as_bytes()), Err(JsonError::Shape(_))), "{text}");
    }
}

#[test]
fn megabytes_of_digits() {
    // Without optimisation a tenth of them, or the test would take ten seconds.
    let digits = "1".repeat(if cfg!(debug_assertions) { 1_000_000 } else { 10_000_000 });
    let good = annual(Edition::EDITION_2021).to_string();
    let received = r#""received":{"commercial_enterprise":"#;
    assert!(good.contains(received));
    for number in [digits.clone(), format!("-{digits}"), format!("0.{digits}"), format!("\"{digits}\"")] {
        let text = good.replacen(received, &format!("{received}{number}"), 1);
        assert_eq!(reads(text.as_bytes()), [false, false]);
    }
    let mut document = published(Layout::EDITION_2021);
    *at(&mut document, "requests.received.natural_person") = json!({"status": "unreadable", "printed": digits});
    let report = read_published(&document).unwrap();
    assert_eq!(report.get(cell("requests.received.natural_person")).unwrap().number(), None);
    *at(&mut document, "requests.received.natural_person") = json!({"status": "number", "printed": digits});
    let Err(JsonError::Cells(faults)) = read_published(&document) else { panic!("read") };
    assert!(faults[0].to_string().len() < 1_000, "a message of {} bytes", faults[0].to_string().len());
    *at(&mut document, "requests.received.natural_person") = json!(digits);
    let error = read_published(&document).unwrap_err().to_string();
    assert!(error.len() < 1_000, "a message of {} bytes", error.len());
    let mut document = annual(Edition::EDITION_2021);
    *at(&mut document, "article20.item8.administrative_fees.amount") = json!(digits);
    let error = read_annual(&document).unwrap_err().to_string();
    assert!(error.len() < 1_000, "a message of {} bytes", error.len());
}

#[test]
fn a_long_finding_stays_short() {
    let mut report = small(Layout::EDITION_2021);
    print(&mut report, "article20.item5.licensing.decisions", &format!("-3（{}）", "注".repeat(100_000)));
    let finding = &report.check().findings[0];
    assert!(
        finding.message(Language::Chinese).len() < 1_000,
        "a line of {} bytes",
        finding.message(Language::Chinese).len()
    );
}

proptest! {
    #![proptest_config(config(32))]

    #[test]
    fn damaged_text_is_no_panic(at in any::<prop::sample::Index>(), with in "\\PC{0,3}|[\\[\\]{}\",:0-9e.-]{1,3}", length in 0..40_usize) {
        for good in [annual(Edition::EDITION_2021).to_string(), published(Layout::HYBRID).to_string()] {
            let mut start = at.index(good.len());
            while !good.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + length).min(good.len());
            while !good.is_char_boundary(end) {
                end += 1;
            }
            let mut text = good;
            text.replace_range(start..end, &with);
            reads(text.as_bytes());
        }
    }
}

// ---- The fast reader against serde's -------------------------------------------------------------

/// `from_json` and serde's reader of the same type agree: in the value, in the verdict, in what the rules refuse.
fn are_read_alike(text: &[u8]) {
    let shown = || String::from_utf8_lossy(text).into_owned();
    match (AnnualReport::from_json(text), serde_json::from_slice::<AnnualReport>(text)) {
        (Ok(fast), Ok(by_serde)) => assert!(fast == by_serde, "{}", shown()),
        (Err(JsonError::Refused(refused)), Err(error)) => assert_eq!(refused.to_string(), error.to_string()),
        (Err(_), Err(_)) => {}
        (fast, by_serde) => panic!("{} {}: {}", fast.is_ok(), by_serde.is_ok(), shown()),
    }
    match (PublishedReport::from_json(text), serde_json::from_slice::<PublishedReport>(text)) {
        (Ok(fast), Ok(by_serde)) => assert!(fast == by_serde, "{}", shown()),
        (Err(JsonError::Cells(faults)), Err(error)) => {
            assert_eq!(JsonError::Cells(faults).to_string(), error.to_string());
        }
        // `from_json` reads the figures of an `annual-report`, right or wrong, too.
        (Ok(_), Err(_)) => {
            assert!(matches!(AnnualReport::from_json(text), Ok(_) | Err(JsonError::Refused(_))), "{}", shown());
        }
        (fast, by_serde) => assert!(fast.is_err() && by_serde.is_err(), "{}", shown()),
    }
}

/// A document with the keys of each object from the last to the first.
fn backwards(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let members: Vec<String> =
                map.iter().rev().map(|(key, value)| format!("{}:{}", json!(key), backwards(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        other => other.to_string(),
    }
}

/// The same document otherwise: its white space, the order of its keys, its escapes.
fn written_otherwise(text: &str, how: usize) -> String {
    let document: Value = serde_json::from_str(text).unwrap();
    match how {
        0 => document.to_string(),
        1 => text.replace('\n', "\r\n\t "),
        2 => backwards(&document),
        3 => text.chars().map(|c| if c == '关' { "\\u5173".to_owned() } else { c.to_string() }).collect(),
        4 => text.replace("\"edition\"", "\"\\u0065dition\""),
        _ => format!(" \n{text}\t\n"),
    }
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn a_document_is_read_alike_fast_and_by_serde(
        annual in annual_reports(),
        published in published_reports(),
        how in 0..6_usize,
        at in any::<prop::sample::Index>(),
        with in prop::sample::select(vec![
            "", "0", "-", "1.0", "e2", "9007199254740993", "\"", "\\", "\\n", ",", ":", "{", "}", "[", "]", "null", "true", "{}", " ", "\n",
            "\u{7f}", "\"total\":1,", "\"edition\":\"2021\",", "\"status\":\"number\",", "件",
        ]),
        length in 0..4_usize,
    ) {
        for good in [annual.to_json(), published.to_json()] {
            let good = written_otherwise(&good, how);
            are_read_alike(good.as_bytes());
            let boundary = |mut at: usize| {
                while !good.is_char_boundary(at) {
                    at += 1;
                }
                at
            };
            let start = boundary(at.index(good.len()));
            let end = boundary((start + length).min(good.len()));
            are_read_alike([&good[..start], with, &good[end..]].concat().as_bytes());
            are_read_alike(&good.as_bytes()[..start]);
        }
    }
}

#[test]
fn what_is_not_plain_is_read_alike() {
    let good = annual(Edition::EDITION_2021).to_string();
    for (from, to) in [
        ("\"issued\":0", "\"issued\":0.0"),
        ("\"issued\":0", "\"issued\":-0"),
        ("\"issued\":0", "\"issued\":00"),
        ("\"issued\":0", "\"issued\":\"0\""),
        ("\"issued\":0", "\"issued\":1e0"),
        ("\"issued\":0", "\"issued\":0,\"issued\":0"),
        ("\"issued\":0", "\"issued\":null"),
        ("\"issued\":0", "\"issued\":9007199254740991"),
        ("\"issued\":0", "\"issued\":9007199254740992"),
        ("\"issued\":0", "\"issued\":99999999999999999999"),
        ("\"issued\":0", "\"issued\":0 ,"),
        ("\"issued\":0", "\"issued\" : 0"),
        ("\"requests\":{", "\"requests\":{,"),
        ("\"requests\":{", "\"requests\":[{"),
        ("\"requests\"", "\"requests\\u0020\""),
        ("\"title\":\"", "\"title\":\"\u{1}"),
        ("\"title\":\"", "\"title\":\"\\ud800"),
        ("\"title\":\"", "\"title\":\"\\"),
        ("\"scope\":\"", "\"scope\":\"\\u"),
        ("{\"", "\u{feff}{\""),
        ("{\"", "{}{\""),
        ("\"$schema\":\"", "\"$schema\":7,\"x\":\""),
    ] {
        assert!(good.contains(from), "{from}");
        are_read_alike(good.replacen(from, to, 1).as_bytes());
    }
    are_read_alike(format!("{good}{good}").as_bytes());
    are_read_alike(&[good.as_bytes(), b"\xff"].concat());
    are_read_alike(&good.bytes().map(|byte| if byte == 0xe5 { 0xff } else { byte }).collect::<Vec<u8>>());
}

#[test]
fn a_small_stack_is_enough() {
    // Half of what Windows gives the main thread, a quarter of what Rust gives any other.
    let documents: Vec<(String, String)> = [Edition::EDITION_2021, Edition::EDITION_2019]
        .map(|edition| (annual(edition).to_string(), published(edition.layout()).to_string()))
        .into();
    let thread = std::thread::Builder::new().stack_size(512 * 1024).spawn(move || {
        for (annual, published) in documents {
            let report = AnnualReport::from_json(annual.as_bytes()).unwrap();
            assert!(report.to_json().contains("requests"));
            let report = PublishedReport::from_json(published.as_bytes()).unwrap();
            assert!(report.to_json().contains("requests"));
        }
    });
    thread.unwrap().join().unwrap();
}

#[test]
fn a_day_that_there_is_not_is_told_from_a_text_that_is_no_day() {
    let fault = |path: &str, value: &str| {
        let mut document = annual(Edition::EDITION_2021);
        match path.split_once('.') {
            Some((object, key)) => document[object][key] = json!(value),
            None => document[path] = json!(value),
        }
        read_annual(&document).unwrap_err().to_string()
    };
    let day = fault("published_on", "2025-02-30");
    assert!(day.starts_with("published_on: expected a day of the calendar of the form ^"), "{day}");
    let code = fault("agency.credit_code", "11110000MB0000000A");
    assert!(
        code.starts_with("agency.credit_code: expected a credit code with the right check character of the"),
        "{code}"
    );
}

#[test]
fn the_faults_of_a_document_are_bounded() {
    let mut document = published(Layout::EDITION_2021);
    document["unmatched"] = Value::Array(vec![json!(1); 100_000]);
    let error = read_published(&document).unwrap_err();
    let JsonError::Shape(faults) = &error else { panic!("{error}") };
    assert_eq!(faults.len(), MOST_FAULTS);
    assert!(error.to_string().ends_with("; no more than 1000 are listed"));
    document["unmatched"] = json!([]);
    (0..100_000).for_each(|key| document[key.to_string()] = json!(1));
    assert!(matches!(read_published(&document), Err(JsonError::Shape(faults)) if faults.len() == MOST_FAULTS));
}

// ---- The strategies for others -------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::common::cases(64), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_rule_finds_anything_in_a_report_that_is_right(report in ogi_report::strategies::annual_reports()) {
        prop_assert_eq!(PublishedReport::from(report).check().findings, []);
    }

    #[test]
    fn a_report_as_published_comes_back_with_its_findings(report in ogi_report::strategies::published_reports()) {
        let checked = report.check();
        prop_assert_eq!(PublishedReport::from_json(report.to_json().as_bytes()).unwrap(), report);
        prop_assert_eq!(CheckReport::from_json(checked.to_json().as_bytes()).unwrap(), checked);
    }
}

#[test]
fn findings_that_are_none_are_told_with_their_place() {
    let mut report = PublishedReport::new(Layout::HYBRID);
    report.set(report.layout().cells()[0].cell(), PublishedCell::read("0")).unwrap();
    let mut document: Value = serde_json::from_str(&report.check().to_json()).unwrap();
    document["findings"][0]["severity"] = json!("fatal");
    document["findings"][1]["rules"] = json!(1);
    document["not_evaluated"][0]["reason"] = Value::Null;
    let Err(JsonError::Shape(faults)) = CheckReport::from_json(document.to_string().as_bytes()) else { panic!("read") };
    let at: Vec<&str> = faults.iter().map(|fault| fault.at()).collect();
    assert_eq!(at, ["findings.0.severity", "findings.1.rules", "not_evaluated.0.reason"]);
    assert!(matches!(CheckReport::from_json(b"["), Err(JsonError::Syntax { .. })));
}
