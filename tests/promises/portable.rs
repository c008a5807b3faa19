//! What travels: the files of the folder `schema/`, and that every form of the rules says the same.

use crate::generated;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use generated::{Generated, generated};
use ogi_report::Verdict;
use ogi_report::export::schemas::Profile;
use ogi_report::export::tables::Table;
use ogi_report::export::{self, Leaves};
use ogi_report::export::{Assertion, Claim, TestKind};
use ogi_report::schema;
use ogi_report::{
    AgencyKind, CsvText, Kind, Language, Layout, PublishedReport, RULES, Rule, Severity, SourceKind, export::tables,
};
use serde_json::Value;

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

/// The files of `schema/` that no rule and no type writes.
const BY_HAND: [&str; 4] = ["README.md", "conformance/check.py", "conformance/run.py", "released.sha256"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether this is the package from the registry, which carries what users need of `schema/`: nothing to compare with.
fn is_package() -> bool {
    root().join("Cargo.toml.orig").exists()
}

static MADE: LazyLock<Generated> = LazyLock::new(|| generated(root()).unwrap());

#[test]
fn what_is_made_from_the_code_is_committed_as_it_is_made() {
    if is_package() {
        return;
    }
    let differences = MADE.differences(root()).unwrap();
    assert!(differences.is_empty(), "run the example export_schema: {differences:#?}");
    let of_older_version = |name: &str| {
        let version = name.split('/').next().unwrap();
        version != schema::VERSION && version.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    for name in below(&root().join("schema")).keys().filter(|name| !of_older_version(name)) {
        let known = MADE.files.contains_key(&format!("schema/{name}")) || BY_HAND.contains(&name.as_str());
        assert!(known, "schema/{name} is nobody's");
    }
}

/// What is refused where this version is released, and one of the files was another.
fn refused(name: &str, change: fn(&str) -> String) -> Vec<String> {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name.replace('/', "-"));
    for (path, text) in &MADE.released(root()).unwrap().files {
        let file = place.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, if path == name { change(text) } else { text.clone() }).unwrap();
    }
    MADE.changes_of_released(&place).unwrap()
}

#[test]
fn what_is_released_does_not_change() {
    if is_package() {
        return;
    }
    assert_eq!(refused("nothing", str::to_owned), [""; 0]);
    let other = |list: &str| list.replacen(&list[..4], "0000", 1);
    let file = "schema/1.0.0/annotated/annual-report.2019.json is released and would change: raise schema::VERSION";
    assert_eq!(refused("schema/released.sha256", other), [file]);
    let other = |lines: &str| lines.replace("period 1 ", "period 1 0");
    let rule = "version 1 of period is released and means something else now: raise its version (where only the conformance \
                kit has grown, take its line out of schema/rule-digests.txt first)";
    assert_eq!(refused("schema/rule-digests.txt", other), [rule]);
    // Another version of a rule may mean what it likes.
    let older = |lines: &str| lines.replace("period 1 ", "period 0 0");
    assert_eq!(refused("schema/rule-digests.txt", older), [""; 0]);
}

// ---- The rules -----------------------------------------------------------------------------------

#[test]
fn every_rule_has_an_example_that_passes_and_one_that_only_it_finds_wrong() {
    for rule in Rule::all() {
        let (code, page) = (rule.code, Rule::find(rule.code).unwrap());
        let (holds, breaks, beside) = (page.right_example(), page.wrong_example(), page.second_example());
        assert_eq!(page.findings_in(&holds).unwrap(), [], "{code}");
        let found = page.findings_in(&breaks).unwrap();
        assert!(!found.is_empty(), "{code} finds nothing wrong with its example");
        for finding in &found {
            assert_eq!((&*finding.rule, finding.severity), (code, rule.severity), "{finding}");
        }
        let [zh, en] = Language::ALL.map(|language| page.formulas(language));
        assert!(!zh.is_empty() && zh.len() == en.len(), "{code}");
        let texts = [
            rule.statement(Language::Chinese),
            rule.statement(Language::English),
            rule.not_checked(Language::Chinese),
            rule.not_checked(Language::English),
            &rule.basis.label(Language::Chinese),
        ];
        assert!(rule.version >= 1 && texts.iter().all(|text| !text.is_empty()), "{code}");
        match beside {
            None => {
                assert!(holds.check().passes_of(code) > 0, "{code} says nothing about its example");
                // Only an error bars a report; a missing cell bars it too.
                let accepted = breaks.accept().is_ok();
                assert_eq!(accepted, rule.severity != Severity::Error && code != "cell-missing", "{code}");
            }
            // Alone, no report of the example is wrong.
            Some(beside) => {
                for report in [holds, breaks, beside] {
                    assert_eq!(report.check().findings, [], "{code}");
                }
            }
        }
    }
    let codes: BTreeSet<&str> = Rule::all().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), Rule::all().count());
}

#[test]
fn examples_say_what_they_change() {
    let second = |path: &'static str| ["before.", "part.", "peer."].iter().find_map(|beside| path.strip_prefix(beside));
    for rule in Rule::all() {
        let page = Rule::find(rule.code).unwrap();
        let document = |report: &PublishedReport| serde_json::from_str::<Value>(&report.to_json()).unwrap();
        let beside = page.second_example().as_ref().map(document);
        for (report, changes) in [(page.right_example(), rule.holds), (page.wrong_example(), rule.breaks)] {
            let report = document(&report);
            for (path, text) in changes {
                let (path, document) = match second(path) {
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
        assert!(rule.breaks.iter().all(|(path, _)| second(path).is_none()), "{}", rule.code);
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
    for report in export::cases().iter().filter_map(export::Case::report) {
        for (assertion, verdict) in report.verdicts() {
            seen.insert((name(report.layout(), &assertion), verdict));
        }
    }
    for layout in Layout::newest_first() {
        all.extend(Assertion::all(layout).iter().map(|assertion| name(layout, assertion)));
    }
    for name in all {
        let never_right = name.starts_with("2021-hybrid edition-for-year");
        // The words of the kit stand in reports of edition 2021.
        let of_words = [
            " text-",
            " preamble-agency",
            " signature-agency",
            " sections-announced",
            " processing-fee-in-fees",
            " notice-cited",
            " overdue-fee",
        ];
        let no_words = !name.starts_with("2021 ") && of_words.iter().any(|code| name.contains(code));
        assert!(never_right || no_words || seen.contains(&(name.clone(), Verdict::Pass)), "{name} never holds");
        // What only the words of a report can break stands in the cases of edition 2021.
        let elsewhere = [
            "label-as",
            "one-report",
            "sections",
            "processing",
            "edition-for-year",
            "publication",
            "rule-making",
            "overview-aspects",
            "signature-agency",
            "template-left",
            "overdue-fee",
        ];
        let elsewhere = no_words || !name.starts_with("2021 ") && elsewhere.iter().any(|code| name.contains(code));
        assert!(elsewhere || seen.contains(&(name.clone(), Verdict::Fail)), "{name} never fails");
    }
}

#[test]
fn verdicts_are_those_of_the_check() {
    let lines = export::rules().rules;
    for case in export::cases() {
        let Some(report) = case.report() else { continue };
        let (checked, verdicts) = (report.check(), report.verdicts());
        for rule in RULES {
            let of_rule: Vec<Verdict> =
                verdicts.iter().filter(|(assertion, _)| assertion.rule == rule).map(|(_, verdict)| *verdict).collect();
            let tally = crate::common::tally(&checked, rule.code);
            let count = |verdict: Verdict| of_rule.iter().filter(|of| **of == verdict).count();
            let is_equation = |line: &export::TestLine| matches!(line.kind, TestKind::Equal | TestKind::AtLeast);
            if lines.iter().find(|line| line.code == rule.code).is_some_and(|line| line.tests.iter().all(is_equation)) {
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
        let over_words = rule.tests.iter().all(|test| test.kind == TestKind::Words);
        assert_eq!(over_words, rule.engines == ["rust"], "{}", rule.code);
        assert_eq!(rule.over == export::Over::Report, RULES.iter().any(|of| of.code == rule.code), "{}", rule.code);
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
    assert!(inputs("period").contains(&"preamble".to_owned()));
}

// ---- Code lists and tables -----------------------------------------------------------------------

#[test]
fn code_lists_are_complete() {
    let lists = export::code_lists();
    let names: Vec<&str> = lists.iter().map(|list| list.name).collect();
    assert_eq!(names, ["outcomes", "applicants", "agency_kinds", "editions"]);
    assert_eq!(lists.iter().map(|list| list.codes.len()).collect::<Vec<_>>(), [22, 7, 12, 2]);
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

fn csv(table: Table, report: &PublishedReport) -> String {
    let mut csv = Vec::new();
    table.write(&mut csv, [("a", report)], CsvText::default()).unwrap();
    String::from_utf8(csv).unwrap()
}

/// A line of the table of findings for each rule, with what the check has.
#[test]
fn the_table_of_findings_is_that_of_the_check() {
    for case in export::cases() {
        let Some(report) = case.report() else { continue };
        let (checked, table) = (report.check(), csv(Table::Findings, report));
        let lines: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
        assert_eq!(lines.len(), RULES.len());
        for (rule, line) in RULES.iter().zip(lines) {
            let [name, code, version, severity, verdict, passed, failed, open] = line[..] else { panic!("{line:?}") };
            assert_eq!(
                (name, code, version, severity),
                ("a", rule.code, &*rule.version.to_string(), rule.severity.name())
            );
            let tally = crate::common::tally(&checked, code);
            let counts = [tally.pass, tally.fail, tally.not_evaluated].map(|count| count.to_string());
            assert_eq!(counts, [passed, failed, open], "{} {code}", case.name);
            let due = match (tally.pass, tally.fail) {
                (_, 1..) => "fail",
                (1.., _) => "pass",
                _ => "not_evaluated",
            };
            assert_eq!(verdict, due, "{} {code}", case.name);
        }
    }
}

#[test]
fn tables_keep_every_cell_and_its_status() {
    let report = PublishedReport::zeros(Layout::EDITION_2019);
    let amounts = tables::entries().filter(|entry| entry.kind() == Kind::Amount).count();
    let width = 1 + tables::FACTS.len() + 2 * tables::entries().count() + amounts;
    let wide = csv(Table::Wide, &report);
    let lines: Vec<&str> = wide.lines().collect();
    assert_eq!(lines.iter().map(|line| line.split(',').count()).collect::<Vec<_>>(), [width, width]);
    assert!(lines[0].contains(",requests__received__total,requests__received__total__status,"));
    let cells = csv(Table::Cells, &report);
    let of = |status: &str| cells.lines().filter(|line| line.contains(&format!(",{status},"))).count();
    assert_eq!((of("number"), of("no_such_cell")), (198, tables::entries().count() - 198));
    let package = tables::data_package();
    for (number, table) in Table::ALL.into_iter().enumerate() {
        let described = &package["resources"][number];
        let fields = described["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(described["name"], table.name());
        assert_eq!(names.join(",") + "\n", table.heading(CsvText::default()), "{}", table.name());
    }
    // An amount in 元 is no number of a column of 万元.
    let case = export::cases().into_iter().find(|case| case.name == "facts.heading-in-yuan").unwrap();
    let report = case.report().unwrap();
    let cells = csv(Table::Cells, report);
    assert!(cells.contains("article20.item8.administrative_fees.amount,other_unit,2510,yuan,2510,"), "{cells}");
    let wide = csv(Table::Wide, report);
    let mut lines = wide.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let (names, fields) = (lines.next().unwrap(), lines.next().unwrap());
    let at = names.iter().position(|name| *name == "article20__item8__administrative_fees__amount__unit").unwrap();
    assert_eq!((names.len(), &fields[at - 2..=at]), (fields.len(), &["2510", "other_unit", "yuan"][..]));
    assert_eq!(PublishedReport::new(Layout::HYBRID).verdicts().len(), Assertion::all(Layout::HYBRID).len());
}

/// In the kit every rule over two years or a region, but for those over words, holds, fails and stays open, so that no
/// implementation passes without it.
#[test]
fn the_kit_asks_about_years_and_regions_in_every_way() {
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for case in export::cases().iter().filter(|case| case.report().is_none()) {
        let again = export::Asked::from_json(serde_json::to_string(&case.asked).unwrap().as_bytes()).unwrap();
        assert_eq!(again, case.asked, "{}", case.name);
        let failing = export::expected(&case.asked).unwrap().findings;
        seen.extend(failing.iter().map(|line| (line.rule, line.status.name())));
        let named: BTreeSet<&str> = failing.iter().map(|line| line.rule).collect();
        seen.extend(case.asked.rules().filter(|rule| !named.contains(rule)).map(|rule| (rule, "pass")));
    }
    let over_words = |rule: &&Rule| !["continuity-agency", "continuity-prose"].contains(&rule.code);
    for rule in ogi_report::LINKS.iter().filter(over_words).chain(ogi_report::SUMS) {
        for status in ["pass", "fail", "not_evaluated"] {
            assert!(seen.contains(&(rule.code, status)), "{} {status}", rule.code);
        }
    }
}
