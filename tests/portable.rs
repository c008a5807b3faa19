//! What travels: the files of the folder `schema/`, and that every form of the rules says the same.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ogi_report::assertion::{Assertion, Claim, Verdict};
use ogi_report::export::schemas::Profile;
use ogi_report::export::{self, Leaves};
use ogi_report::schema;
use ogi_report::{AgencyKind, Kind, Layout, PublishedReport, RULES, Rule, SourceKind, export::tables, rule, rule_book};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema")
}

fn digest(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file below a folder, by its path there.
fn below(folder: &Path) -> BTreeMap<String, String> {
    fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut files);
    files
}

// ---- The files -----------------------------------------------------------------------------------

/// The files of `schema/` that are written by hand.
const BY_HAND: [&str; 4] = ["README.md", "conformance/check.py", "conformance/run.py", "released.sha256"];

#[test]
fn the_committed_files_are_as_exported() {
    let committed = below(&folder());
    let exported: BTreeMap<String, String> = export::files().into_iter().collect();
    for (name, text) in &exported {
        let found = committed.get(name).unwrap_or_else(|| panic!("schema/{name} is not committed"));
        assert!(found == text, "schema/{name} is not as exported; run the example export_schema");
    }
    let of_older_version = |name: &str| {
        let version = name.split('/').next().unwrap();
        version != schema::VERSION && version.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    for name in committed.keys().filter(|name| !of_older_version(name)) {
        assert!(exported.contains_key(name) || BY_HAND.contains(&name.as_str()), "schema/{name} is nobody's");
    }
}

/// From the first tagged release on, a file of a version never changes: a new version is a new folder, whose files are added
/// to the list. Until then the list is written anew with the files.
#[test]
fn what_is_listed_as_released_is_as_it_was() {
    let committed = below(&folder());
    let listed: BTreeMap<&str, &str> = committed["released.sha256"]
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(digest, name)| (name, digest))
        .collect();
    let versioned = |name: &&String| name.starts_with(|c: char| c.is_ascii_digit());
    for (name, text) in committed.iter().filter(|(name, _)| versioned(name)) {
        assert_eq!(listed.get(name.as_str()), Some(&digest(text).as_str()), "schema/{name} is not as released");
    }
    for name in listed.keys() {
        assert!(committed.contains_key(*name), "schema/{name} is gone");
    }
    assert!(listed.keys().any(|name| name.starts_with(schema::VERSION)));
}

/// What each rule asserts, and what it answers to the conformance kit. A rule whose line changes gets a new version; a kit
/// that grows changes the lines of the rules that it tells more about.
const MEANINGS: &[(&str, u16, &str)] = &[
    ("requests-balance", 1, "755b121dd09cc724"),
    ("requests-outcome-total", 1, "729a793895739e2a"),
    ("requests-row-total", 1, "94274041db514de0"),
    ("proceedings-total", 1, "8373e6a4cbd4ec47"),
    ("cell-domain", 1, "a9ce7e4bbdd21250"),
    ("cell-missing", 1, "d4f3101550492d6b"),
    ("label-as-prescribed", 1, "48b1ad62264f2626"),
    ("in-force-bound", 1, "8c6891ba93dca659"),
    ("rule-making-power", 1, "e3dfda4f102bc424"),
    ("edition-for-year", 1, "350678cf1152115b"),
    ("publication-deadline", 1, "19ba2e8b792431cc"),
    ("sections-complete", 1, "f0960c4f224cf7f8"),
    ("processing-fee-stated", 1, "8f4259bdd95341f7"),
    ("period", 1, "bb6a01f3612a2a6f"),
    ("text-count", 1, "e64b1586e0504768"),
    ("text-denial", 1, "a39620fe7e867955"),
    ("text-sum", 1, "ae6588ba17e58ecf"),
    ("text-percentage", 1, "76824b467394d6ab"),
    ("continuity-carry-over", 1, "841597dd118b70bf"),
    ("continuity-in-force", 1, "d96984abad839443"),
    ("continuity-items", 1, "d09075a878212496"),
    ("continuity-unit-slip", 1, "d53239f38d6bcf97"),
    ("rollup-sum", 1, "f58e49477b122a4b"),
    ("rollup-bound", 1, "cd651cde286eeb7a"),
];

#[test]
fn a_rule_that_means_something_else_has_another_version() {
    let cases = export::cases();
    let file = export::rules();
    let mut lines = Vec::new();
    for rule in &file.rules {
        let mut meaning = serde_json::to_string(&rule.tests).unwrap();
        for case in &cases {
            let found = export::expected(&case.report).findings;
            let of_rule: Vec<_> = found.into_iter().filter(|line| line.rule == rule.code).collect();
            meaning += &format!("{}{}", case.name, serde_json::to_string(&of_rule).unwrap());
        }
        // The kit holds single reports; what is over two answers to its own examples.
        if rule.over != rule::Over::Report {
            let page = rule_book::explain(&rule.code).unwrap();
            for report in [page.holds(), page.breaks()] {
                for finding in page.findings(&report) {
                    let cells = finding.cells.iter().map(|quoted| (quoted.cell, quoted.side)).collect::<Vec<_>>();
                    let severity = finding.severity.name();
                    meaning += &format!("{severity} {cells:?} {:?} {:?}", finding.found(), finding.expected());
                }
            }
        }
        lines.push((rule.code.clone(), rule.version, digest(meaning)[..16].to_owned()));
    }
    let known = MEANINGS.iter().map(|(code, version, digest)| (code.to_string(), *version, digest.to_string()));
    assert_eq!(lines, known.collect::<Vec<_>>());
}

// ---- The rules -----------------------------------------------------------------------------------

#[test]
fn every_rule_has_a_page_with_an_example_that_passes_and_one_that_only_it_finds_wrong() {
    for rule in Rule::all() {
        let page = rule_book::explain(rule.code).unwrap();
        let found = page.findings(&page.holds());
        assert!(found.is_empty(), "{}: {found:?}", rule.code);
        let found = page.findings(&page.breaks());
        assert!(!found.is_empty(), "{}", rule.code);
        assert!(found.iter().all(|finding| finding.rule == rule), "{}: {found:?}", rule.code);
        assert!(!page.formula_zh.is_empty() && page.formula_zh.len() == page.formula_en.len());
        let tested = include_str!("../src/rule_book.rs").contains(&format!("        \"{}\"\n", rule.code));
        assert!(tested, "the page of {} is no test", rule.code);
        assert!(!rule.not_checked_zh.is_empty() && !rule.not_checked_en.is_empty());
        match page.beside() {
            None => assert!(page.holds().check().tally(rule.code).pass > 0, "{}", rule.code),
            // Alone, no report of the example is wrong.
            Some(beside) => {
                for report in [page.holds(), page.breaks(), beside] {
                    assert_eq!(report.check().findings, [], "{}", rule.code);
                }
            }
        }
    }
    let codes: BTreeSet<&str> = Rule::all().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), Rule::all().count());
}

#[test]
fn examples_say_what_they_change() {
    for rule in Rule::all() {
        for changes in [rule.holds, rule.breaks] {
            let page = rule_book::explain(rule.code).unwrap();
            let report = if std::ptr::eq(changes, rule.holds) { page.holds() } else { page.breaks() };
            let document = |report: &PublishedReport| serde_json::from_str::<Value>(&report.to_json()).unwrap();
            let (report, beside) = (document(&report), page.beside().as_ref().map(document));
            for (path, text) in changes {
                let second = path.strip_prefix("before.").or_else(|| path.strip_prefix("part."));
                let (path, document) = match second {
                    Some(path) => (path, beside.as_ref().unwrap()),
                    None => (*path, &report),
                };
                let found = path.split('.').fold(document, |node, key| &node[key]);
                match path.parse::<ogi_report::Cell>() {
                    Ok(_) => assert_eq!(found["printed"].as_str().unwrap_or(""), *text, "{path}"),
                    Err(_) => assert_eq!(found, &serde_json::from_str::<Value>(text).unwrap(), "{path}"),
                }
            }
        }
        // Both examples have the same second report.
        let of_second = |changes: &'static [(&str, &str)]| {
            let second = |(path, _): &&(&str, &str)| path.starts_with("before.") || path.starts_with("part.");
            changes.iter().filter(second).collect::<Vec<_>>()
        };
        assert_eq!(of_second(rule.holds), of_second(rule.breaks), "{}", rule.code);
    }
}

/// The report of zeros, with one number more in a cell.
#[test]
fn every_assertion_fails_in_a_report_of_the_kit_and_holds_in_another() {
    let mut seen: BTreeSet<(String, Verdict)> = BTreeSet::new();
    let mut all: BTreeSet<String> = BTreeSet::new();
    let name = |layout: Layout, assertion: &Assertion| {
        let cells: Vec<&str> = assertion.cells().into_iter().map(ogi_report::Cell::path).collect();
        format!("{layout} {} {}", assertion.rule.code, cells.join(" "))
    };
    for case in export::cases() {
        for (assertion, verdict) in case.report.verdicts() {
            seen.insert((name(case.report.layout(), &assertion), verdict));
        }
    }
    for layout in Layout::newest_first() {
        all.extend(Assertion::all(layout).iter().map(|assertion| name(layout, assertion)));
    }
    for name in all {
        let never_right = name.starts_with("2021-hybrid edition-for-year");
        // The words of the kit stand in reports of edition 2021.
        let no_words = !name.starts_with("2021 ") && name.contains(" text-");
        assert!(never_right || no_words || seen.contains(&(name.clone(), Verdict::Pass)), "{name} never holds");
        // What only the words of a report can break stands in the cases of edition 2021.
        let elsewhere = ["label-as", "sections", "processing", "edition-for-year", "publication", "rule-making"];
        let elsewhere = no_words || !name.starts_with("2021 ") && elsewhere.iter().any(|code| name.contains(code));
        assert!(elsewhere || seen.contains(&(name.clone(), Verdict::Fail)), "{name} never fails");
    }
}

#[test]
fn verdicts_are_those_of_the_check() {
    for case in export::cases() {
        let checked = case.report.check();
        for rule in RULES {
            let of_rule: Vec<Verdict> = case
                .report
                .verdicts()
                .into_iter()
                .filter(|(assertion, _)| assertion.rule == rule)
                .map(|(_, verdict)| verdict)
                .collect();
            let tally = checked.tally(rule.code);
            let count = |verdict: Verdict| of_rule.iter().filter(|of| **of == verdict).count();
            if matches!(rule.test, ogi_report::rule::Test::Equal(_) | ogi_report::rule::Test::AtLeast(_)) {
                let skipped = if of_rule.is_empty() { 1 } else { count(Verdict::NotEvaluated) };
                let counts = (count(Verdict::Pass), count(Verdict::Fail), skipped);
                assert_eq!(counts, (tally.pass, tally.fail, tally.not_evaluated), "{} {}", case.name, rule.code);
            } else {
                assert_eq!(count(Verdict::Fail) > 0, tally.fail > 0, "{} {}", case.name, rule.code);
                assert!(count(Verdict::Pass) == 0 || tally.pass > 0, "{} {}", case.name, rule.code);
            }
        }
    }
}

// ---- CEL and SQL ---------------------------------------------------------------------------------

/// Every expression of an annotated schema, with the cells it is about, as a document of the layout meets it.
fn expressions(schema: &Value, node: &Value, path: &str, found: &mut BTreeSet<(String, String)>) {
    let node = match node.get("$ref").and_then(Value::as_str) {
        Some(target) => schema.pointer(target.trim_start_matches('#')).unwrap(),
        None => node,
    };
    for rule in node.get("x-rules").and_then(Value::as_array).into_iter().flatten() {
        let cells = rule["cells"].as_array().unwrap().iter().map(|cell| format!("{path}{}", cell.as_str().unwrap()));
        assert!(!rule["cel"].as_str().unwrap().is_empty());
        let cells: Vec<String> = cells.collect();
        assert!(found.insert((rule["rule"].as_str().unwrap().to_owned(), cells.join(" "))), "{rule} twice");
    }
    for (key, property) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
        expressions(schema, property, &format!("{path}{key}."), found);
    }
}

#[test]
fn the_annotated_schemas_carry_every_assertion_where_it_belongs() {
    for (file, schema) in export::schemas::all_in(Profile::Annotated) {
        let schema = schema.to_value();
        let mut found = BTreeSet::new();
        expressions(&schema, &schema, "", &mut found);
        let layouts = Layout::newest_first().find(|layout| file == format!("published-report.{layout}.json"));
        let Some(layout) = layouts else { continue };
        let travels = Assertion::all(layout).into_iter().filter(|assertion| assertion.claim != Claim::Words);
        let expected: BTreeSet<(String, String)> = travels
            .map(|assertion| {
                let cells: Vec<&str> = assertion.cells().into_iter().map(ogi_report::Cell::path).collect();
                (assertion.rule.code.to_owned(), cells.join(" "))
            })
            .collect();
        assert_eq!(found, expected, "{file}");
    }
    assert!(export::cel(Layout::EDITION_2021, Leaves::Figures).iter().all(|node| !node.expressions.is_empty()));
}

#[test]
fn portable_schemas_hold_no_other_keyword() {
    fn check(value: &Value, file: &str) {
        if let Value::Object(map) = value {
            for (key, value) in map {
                assert!(!key.starts_with("x-") && (key != "format" || value.is_object()), "{file}: {key}");
                check(value, file);
            }
        } else if let Value::Array(items) = value {
            items.iter().for_each(|item| check(item, file));
        }
    }
    for dialect in [Profile::Portable, Profile::Draft07] {
        export::schemas::all_in(dialect).iter().for_each(|(file, schema)| check(schema.as_value(), file));
    }
}

#[test]
fn the_rule_file_has_every_rule_and_its_tests() {
    let file = serde_json::to_value(export::rules()).unwrap();
    let codes: Vec<&str> =
        file["rules"].as_array().unwrap().iter().map(|rule| rule["code"].as_str().unwrap()).collect();
    assert_eq!(codes, Rule::all().map(|rule| rule.code).collect::<Vec<_>>());
    for rule in export::rules().rules {
        assert!(!rule.tests.is_empty(), "{}", rule.code);
        // A rule over words alone has no more to say than that.
        let over_words = rule.tests.iter().all(|test| test.kind == export::TestKind::Words);
        assert_eq!(over_words, rule.engines == ["rust"], "{}", rule.code);
        assert_eq!(rule.over == rule::Over::Report, RULES.iter().any(|of| of.code == rule.code), "{}", rule.code);
    }
}

/// What a rule reads is there in the document, or can be: changed, it can change what the rule says.
#[test]
fn inputs_are_keys_of_the_document() {
    let schema = schema::published_report(Layout::EDITION_2021).to_value();
    for rule in export::rules().rules {
        for input in &rule.inputs {
            let mut node = &schema;
            for key in input.split('.') {
                while let Some(target) = node.get("$ref").and_then(Value::as_str) {
                    node = schema.pointer(target.trim_start_matches('#')).unwrap();
                }
                node = node["properties"].get(key).unwrap_or_else(|| panic!("{}: {input}", rule.code));
            }
        }
    }
    let inputs = |code: &str| export::rules().rules.into_iter().find(|rule| rule.code == code).unwrap().inputs;
    // A street says nothing of its own in a report of a township (see `words`), and licences are counted in table one.
    for code in ["text-count", "text-denial", "text-percentage"] {
        assert!(["agency.kind", "article20"].iter().all(|key| inputs(code).contains(&(*key).to_owned())), "{code}");
    }
    assert!(inputs("period").contains(&"title".to_owned()));
}

// ---- Code lists and tables -----------------------------------------------------------------------

#[test]
fn code_lists_are_complete() {
    let lists = export::code_lists();
    let names: Vec<&str> = lists.iter().map(|list| list.name).collect();
    assert_eq!(names, ["outcomes", "applicants", "agency_kinds", "editions"]);
    assert_eq!(lists.iter().map(|list| list.codes.len()).collect::<Vec<_>>(), [22, 7, 11, 2]);
    for line in lists.iter().flat_map(|list| &list.codes) {
        let texts = [&line.label_zh, &line.label_en, &line.definition_zh, &line.definition_en];
        assert!(texts.iter().all(|text| !text.is_empty()), "{line:?}");
    }
}

#[test]
fn names_are_those_of_the_documents() {
    for kind in AgencyKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
    for kind in SourceKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
    let schema = schema::published_report(Layout::EDITION_2021);
    let names =
        |definition: &str| schema.pointer(&format!("/$defs/{definition}/enum")).unwrap().as_array().unwrap().len();
    assert_eq!((names("agency_kind"), names("source_kind")), (AgencyKind::ALL.len(), SourceKind::ALL.len()));
}

#[test]
fn tables_keep_every_cell_and_its_status() {
    let report = rule_book::zeros(Layout::EDITION_2019);
    let amounts = tables::entries().filter(|entry| entry.kind() == Kind::Amount).count();
    let width = tables::FACTS.len() + 2 * tables::entries().count() + amounts;
    let wide = tables::wide_csv([("a", &report)]);
    let lines: Vec<&str> = wide.lines().collect();
    assert_eq!(lines.iter().map(|line| line.split(',').count()).collect::<Vec<_>>(), [width, width]);
    assert!(lines[0].contains(",requests__received__total,requests__received__total__status,"));
    let cells = tables::cells_csv([("a", &report)]);
    let of = |status: &str| cells.lines().filter(|line| line.contains(&format!(",{status},"))).count();
    assert_eq!((of("number"), of("no_such_cell")), (198, tables::entries().count() - 198));
    let package = tables::data_package();
    let fields = package["resources"][2]["schema"]["fields"].as_array().unwrap();
    let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(names.join(","), lines[0]);
    // An amount in 元 is no number of a column of 万元.
    let case = export::cases().into_iter().find(|case| case.name == "facts.heading-in-yuan").unwrap();
    let cells = tables::cells_csv([("a", &case.report)]);
    assert!(cells.contains("article20.item8.administrative_fees.amount,other_unit,2510,yuan,2510,"), "{cells}");
    let wide = tables::wide_csv([("a", &case.report)]);
    let mut lines = wide.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let (names, fields) = (lines.next().unwrap(), lines.next().unwrap());
    let at = names.iter().position(|name| *name == "article20__item8__administrative_fees__amount__unit").unwrap();
    assert_eq!((names.len(), &fields[at - 2..=at]), (fields.len(), &["2510", "other_unit", "yuan"][..]));
    assert_eq!(PublishedReport::new(Layout::HYBRID).verdicts().len(), Assertion::all(Layout::HYBRID).len());
}
