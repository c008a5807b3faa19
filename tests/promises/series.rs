//! Years and regions: what follows by construction has no finding, what is changed has exactly the findings that contain it.

use crate::common;
use std::collections::BTreeSet;

use ogi_report::LINKS;
use ogi_report::finding::{Clue, Reason};
use ogi_report::policy::{Policy, Waiver};
use ogi_report::rollup::{Coverage, Region};
use ogi_report::series;
use ogi_report::{
    Agency, Cell, Date, Edition, Finding, Kind, Language, Layout, PublishedCell, PublishedReport, Scope, Severity,
    Status, Year,
};
use proptest::prelude::*;

fn print(report: &mut PublishedReport, path: &str, value: impl ToString) {
    report.set(common::cell(path), PublishedCell::read(&value.to_string())).unwrap();
}

fn count(report: &PublishedReport, path: &str) -> i64 {
    report.get(common::cell(path)).unwrap().number().unwrap().whole().unwrap()
}

fn total(report: &PublishedReport, cells: &[Cell]) -> i64 {
    cells.iter().map(|cell| count(report, cell.path())).sum()
}

// ---- Years ---------------------------------------------------------------------------------------

/// The report of the year after, of another layout perhaps, that follows from this one.
fn next(before: &PublishedReport, layout: Layout) -> PublishedReport {
    let mut after = common::small(layout);
    after.facts.year = Year::new(before.facts.year.unwrap().get() + 1).ok();
    after.facts.scope = before.facts.scope;
    for rule in LINKS {
        for step in ogi_report::export::steps(rule, layout, before.layout()) {
            let asked =
                total(before, &step.before) + total(&after, &step.now.right) - total(&after, &step.now.left[1..]);
            print(&mut after, step.now.left[0].path(), asked);
        }
    }
    after
}

fn years(first: Layout, second: Layout) -> (PublishedReport, PublishedReport) {
    let mut before = common::small(first);
    for path in
        ["item5.licensing", "item5.other_services", "item6.penalty", "item6.coercion", "item8.administrative_fees"]
    {
        if first == Layout::EDITION_2019 {
            print(&mut before, &format!("article20.{path}.items_last_year"), 100);
        }
    }
    for path in ["rules", "normative_documents"] {
        if first != Layout::EDITION_2019 {
            print(&mut before, &format!("article20.item1.{path}.in_force"), 900);
        }
    }
    let after = next(&before, second);
    (before, after)
}

fn found(before: &PublishedReport, after: &PublishedReport) -> Vec<Finding> {
    series::check([before, after]).unwrap().findings
}

#[test]
fn a_series_that_follows_has_no_finding() {
    for first in Layout::newest_first() {
        for second in Layout::newest_first() {
            let (before, after) = years(first, second);
            let checked = series::check([&after, &before]).unwrap();
            assert_eq!(checked.findings, [], "{first} {second}");
            let of_figures = || checked.not_evaluated.iter().filter(|open| open.rule != "continuity-prose");
            assert!(of_figures().all(|open| open.reason == Reason::OtherEdition));
            let open: Vec<&str> = of_figures().map(|open| &*open.rule).collect();
            let same = first.edition() == second.edition();
            let expected: &[&str] = match (first.edition() == Edition::EDITION_2019, same) {
                (true, true) => &["continuity-in-force"],
                (false, true) => &["continuity-items"],
                _ => &["continuity-in-force", "continuity-items", "continuity-unit-slip"],
            };
            assert_eq!(open, expected, "{first} {second}");
        }
    }
}

/// Which steps there are is written out here, apart from the table of the rules.
#[test]
fn the_steps_are_those_of_the_form() {
    let steps = |code: &str, layout| {
        let rule = LINKS.iter().find(|rule| rule.code == code).unwrap();
        let paths = |cells: &[Cell]| cells.iter().map(|cell| cell.path()).collect::<Vec<_>>().join(" ");
        let steps = ogi_report::export::steps(rule, layout, layout);
        steps
            .iter()
            .map(|step| [&step.now.left, &step.now.right, &step.before].map(|cells| paths(cells)))
            .collect::<Vec<_>>()
    };
    let items =
        ["item5.licensing", "item5.other_services", "item6.penalty", "item6.coercion", "item8.administrative_fees"];
    let items = items.map(|row| {
        let [last, change] = ["items_last_year", "items_change"].map(|column| format!("article20.{row}.{column}"));
        [last.clone(), String::new(), format!("{last} {change}")]
    });
    assert_eq!(steps("continuity-items", Layout::EDITION_2019), items);
    let in_force = ["rules", "normative_documents"].map(|row| {
        let of = |column| format!("article20.item1.{row}.{column}");
        [format!("{} {}", of("in_force"), of("repealed")), of("issued"), of("in_force")]
    });
    assert_eq!(steps("continuity-in-force", Layout::HYBRID), in_force);
    let carried = steps("continuity-carry-over", Layout::EDITION_2021);
    assert_eq!(carried.len(), 7);
    for [now, _, before] in carried {
        assert_eq!(now.replace("carried_in", "carried_out"), before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::common::cases(100), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_gives_the_findings_that_contain_it(
        first in common::layouts(), second in common::layouts(), at: prop::sample::Index, later: bool,
    ) {
        let (mut before, mut after) = years(first, second);
        let report = if later { &mut after } else { &mut before };
        let counts: Vec<Cell> = report.layout().cells().iter().filter(|entry| entry.kind() != Kind::Amount)
            .map(|entry| entry.cell()).collect();
        let cell = *at.get(&counts);
        let more = count(report, cell.path()) + 1;
        print(report, cell.path(), more);
        let mut expected = Vec::new();
        for rule in LINKS {
            for step in ogi_report::export::steps(rule, second, first) {
                let of_year = if later { step.now.cells().collect() } else { step.before };
                if of_year.contains(&cell) {
                    expected.push((rule.code, step.now.left[0]));
                }
            }
        }
        let found = found(&before, &after);
        let found: Vec<(&str, Cell)> = found.iter().map(|finding| (&*finding.rule, finding.cells[0].cell)).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_finding_over_two_years_says_which_cell_what_stands_there_and_what_should() {
    let (before, mut after) = years(Layout::EDITION_2021, Layout::EDITION_2021);
    let path = "article20.item1.normative_documents.in_force";
    let right = count(&after, path);
    print(&mut after, path, right - 173);
    let findings = found(&before, &after);
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(
        (finding.found.clone(), finding.expected.clone()),
        (Some((right - 173).to_string()), Some(right.to_string()))
    );
    assert_eq!((finding.difference, finding.cells.len()), (Some(-173), 4));
    let year = after.facts.year.unwrap();
    let part = |report: &PublishedReport, column: &str| {
        let cell = common::cell(&format!("article20.item1.normative_documents.{column}"));
        format!("{} {}", cell.label(), report.get(cell).unwrap().printed())
    };
    let expected = format!(
        "{year} 年度行政规范性文件 · 现行有效件数 {}，应为 {right}，\
         相差 173（{year} 年度{}、{}；{} 年度{}）（规则：现行有效件数等于上一年度现行有效件数加本年制发件数减本年废止件数）",
        right - 173,
        part(&after, "repealed"),
        part(&after, "issued"),
        year.get() - 1,
        part(&before, "in_force"),
    );
    assert_eq!(finding.message(Language::Chinese), expected);
    let json = serde_json::to_value(finding).unwrap();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(json["year"], year.get());
    assert!(keys.iter().all(|key| *key != "explanation" && *key != "clues"), "{keys:?}");
    assert_eq!((&json["cells"][0]["side"], &json["cells"][3]["side"]), (&"left".into(), &"right".into()));
}

/// Codes decide, then names; a key of the caller makes one agency of two names.
#[test]
fn another_agency_is_told_before_all_else_and_not_compared() {
    let (mut before, mut after) = years(Layout::EDITION_2021, Layout::EDITION_2021);
    print(&mut after, "requests.carried_in.natural_person", 99);
    let mut agencies = |first: Agency, second: Agency, keyed: bool| {
        (before.facts.agency, after.facts.agency) = (Some(first), Some(second));
        let checked = match keyed {
            true => series::check_by_key([("k", &after), ("k", &before)]).remove("k").unwrap().unwrap(),
            false => series::check([&before, &after]).unwrap(),
        };
        let open = checked.not_evaluated.iter().filter(|open| open.reason == Reason::OtherAgency).count();
        let found = checked.findings.iter().map(|finding| (finding.rule.to_string(), finding.severity));
        let found: Vec<(String, Severity)> = found.collect();
        let is_other = found.contains(&("continuity-agency".to_owned(), Severity::Warning));
        assert_eq!(open, if is_other { 4 } else { 0 }, "{checked:?}");
        found
    };
    let carried = || ("continuity-carry-over".to_owned(), Severity::Error);
    let agency = |severity| ("continuity-agency".to_owned(), severity);
    let named = |name: &str| Agency::named(name);
    let coded = |name: &str, code: &str| Agency { credit_code: code.parse().ok(), ..named(name) };
    let of = |name: &str, code: &str| Agency { division_code: code.parse().ok(), ..named(name) };
    let [one, two] = ["11110000MB0000000U", "11110000MB0000001Y"];
    assert!(coded("甲", one).credit_code.is_some() && coded("甲", two).credit_code.is_some());
    // One agency.
    for (first, second) in [
        (named("示例市数据局"), named("示例市 数据局")),
        (named("市数据局"), named("示例市数据局")),
        (named(""), named("示例市数据局")),
        (named("示例市税务局（本级）"), named("示例市税务局")),
        (named("示例市发展和改革委员会"), named("示例市发展改革委")),
        (named("示例市"), named("示例市人民政府")),
        (of("教育局", "330106"), of("教育局", "330106")),
        (coded("示例市数据局", one), named("示例市数据局")),
    ] {
        let names = format!("{} {}", first.name, second.name);
        assert_eq!(agencies(first, second, false), [carried()], "{names}");
    }
    // Not one, as far as anything tells.
    for (first, second) in [
        (named("示例市大数据局"), named("示例市数据局")),
        (named("示例县人民政府办公室"), named("示例县人民政府")),
        (named("政和县人民政府"), named("和县人民政府")),
        (of("教育局", "330106"), of("教育局", "330108")),
        (coded("示例市数据局", one), coded("示例市数据局", two)),
    ] {
        assert_eq!(agencies(first, second, false), [agency(Severity::Warning)]);
    }
    // Renamed.
    assert_eq!(
        agencies(coded("示例市大数据局", one), coded("示例市数据局", one), false),
        [agency(Severity::Notice), carried()]
    );
    assert_eq!(agencies(named("示例市大数据局"), named("示例市数据局"), true), [agency(Severity::Notice), carried()]);
    assert_eq!(agencies(of("教育局", "330106"), of("教育局", "330108"), true), [carried()]);
}

#[test]
fn the_reports_of_many_agencies_are_joined_by_key_and_each_has_its_own_answer() {
    let (before, after) = years(Layout::EDITION_2021, Layout::EDITION_2021);
    let mut no_year = before.clone();
    no_year.facts.year = None;
    let checked = series::check_by_key([
        ("乙", &after),
        ("甲", &before),
        ("乙", &before),
        ("丙", &no_year),
        ("丁", &before),
        ("丁", &before),
    ]);
    assert_eq!(checked.keys().copied().collect::<Vec<_>>(), ["丁", "丙", "乙", "甲"]);
    assert!(checked["乙"].as_ref().unwrap().passes_of("continuity-carry-over") > 0);
    // One report alone is compared with nothing, and says so.
    let alone = checked["甲"].as_ref().unwrap();
    assert!(alone.findings.is_empty() && alone.not_evaluated.iter().all(|open| open.reason == Reason::NoReportBefore));
    assert_eq!(alone.not_evaluated.len(), LINKS.len());
    // What is wrong with the reports of one agency is nothing to the others.
    let at =
        |key: &str| checked[key].as_ref().unwrap_err().0.iter().map(|fault| fault.at().to_owned()).collect::<Vec<_>>();
    assert_eq!((at("丙"), at("丁")), (vec!["1".to_owned()], vec![before.facts.year.unwrap().to_string()]));
}

#[test]
fn prose_that_is_copied_is_noticed_with_its_share() {
    let (mut before, mut after) = years(Layout::EDITION_2021, Layout::EDITION_2021);
    let [first, second, third, own] = [
        "主动公开的内容不够全面及时，群众查找信息不够方便，栏目设置有待优化",
        "2024年培训3次，答复文书的说理仍然不够充分，格式不够统一，需要继续规范",
        "政策解读的形式比较单一，图表和问答类的解读所占比例偏低",
        "平台运行维护的力量不足，检索功能时有中断，已经列入明年计划",
    ];
    let mut share = |old: &[&str], new: &[&str]| {
        for (report, sentences) in [(&mut before, old), (&mut after, new)] {
            let text = sentences.join("。\n") + "。";
            report.facts.problems.as_mut().unwrap().parts[0].text = text;
        }
        let checked = series::check([&before, &after]).unwrap();
        let found: Vec<&Finding> = checked.findings_of("continuity-prose").collect();
        assert!(found.iter().all(|finding| finding.severity == Severity::Notice && finding.year == after.facts.year));
        let open = checked.not_evaluated_of("continuity-prose").count();
        (found.iter().filter_map(|finding| finding.found.clone()).collect::<Vec<_>>(), open)
    };
    assert_eq!(share(&[first, second], &[first, second]), (vec!["100%".to_owned()], 0));
    // Figures of another year are the same words; the order does not matter.
    let later = second.replace("2024", "2025").replace('3', "5");
    assert_eq!(share(&[first, second], &[&later, first]), (vec!["100%".to_owned()], 0));
    assert_eq!(share(&[first, second], &[first, second, third, own]).1, 0);
    assert_eq!(share(&[first, second], &[first, third, own]), (vec![], 0));
    // Too little is no evidence.
    assert_eq!(share(&[first], &[first]), (vec![], 1));
    // Short sentences are the same by chance, and are of the whole all the same.
    assert_eq!(share(&["公开不够及时"; 20], &["公开不够及时"; 20]), (vec![], 0));
    let short = ["公开不够及时"; 20];
    assert_eq!(share(&[first, second], &[&[first, second], &short[..]].concat()), (vec![], 0));
}

#[test]
fn an_explanation_stays_beside_the_finding() {
    let (before, mut after) = years(Layout::EDITION_2021, Layout::EDITION_2021);
    let paths = ["requests.carried_in.natural_person", "requests.carried_in.other"];
    for path in paths {
        let more = count(&after, path) + 3;
        print(&mut after, path, more);
    }
    let mut checked = series::check([&before, &after]).unwrap();
    let year = after.facts.year.unwrap();
    let other = Some(common::cell(paths[1]));
    assert_eq!(checked.annotate("continuity-carry-over", year, None, "上年漏计"), 2);
    assert_eq!(checked.annotate("continuity-carry-over", year, other, "上年漏计 3 件"), 1);
    assert_eq!(checked.annotate("continuity-carry-over", before.facts.year.unwrap(), None, "无"), 0);
    assert_eq!(checked.annotate("continuity-items", year, None, "无"), 0);
    let said = |finding: &Finding| serde_json::to_value(finding).unwrap()["explanation"].clone();
    assert_eq!(checked.findings.iter().map(said).collect::<Vec<_>>(), ["上年漏计", "上年漏计 3 件"]);
    assert!(checked.findings[1].message(Language::Chinese).ends_with("；机关说明：上年漏计 3 件"));
    assert!(checked.findings[1].message(Language::English).ends_with("; the agency says: 上年漏计 3 件"));
    assert_eq!(checked.findings[0].severity, Severity::Error);
    // Another body.
    after.facts.scope = Scope::Regional;
    let mut own = before.clone();
    own.facts.scope = Scope::Own;
    assert_eq!(found(&own, &after)[0].severity, Severity::Warning);
}

#[test]
fn a_policy_judges_years_and_a_waiver_is_for_the_cell_of_one_year() {
    let (before, mut after) = years(Layout::EDITION_2021, Layout::EDITION_2021);
    print(&mut after, "requests.carried_in.natural_person", 99);
    let checked = series::check([&before, &after]).unwrap();
    let day = Date::new(2026, 1, 1).unwrap();
    let cell = common::cell("requests.carried_in.natural_person");
    let blocks = |subject: String| {
        let (rule, reason) = ("continuity-carry-over".to_owned(), "已说明".to_owned());
        let policy = Policy::IMPORT.with_waiver(Waiver { rule, subject, reason, until: day }).unwrap();
        policy.judge(&checked, day).blocks()
    };
    assert!(Policy::IMPORT.judge(&checked, day).blocks());
    assert!(blocks(cell.to_string()));
    assert!(blocks(format!("{}: {cell}", before.facts.year.unwrap())));
    assert!(!blocks(format!("{}: {cell}", after.facts.year.unwrap())));
    let waiver = &Waiver::all_for(&checked.findings[0], "已说明", day)[0];
    let message = "continuity-carry-over（2025 年度二、上年结转政府信息公开申请数量 · 自然人），至 2026-01-01：已说明";
    assert_eq!(waiver.message(Language::Chinese), message);
}

#[test]
fn amounts_ten_thousand_times_apart_are_noticed_unless_the_units_say_why() {
    let slips = |layout: Layout, last: &str, this: &str| {
        let (mut before, mut after) = years(layout, layout);
        let amount = common::amount_path(layout);
        print(&mut before, amount, last);
        print(&mut after, amount, this);
        let checked = series::check([&before, &after]).unwrap();
        let of_rule = |code: &str| code == "continuity-unit-slip";
        assert!(!checked.not_evaluated.iter().any(|open| of_rule(&open.rule)), "{last} {this}");
        checked.findings.iter().filter(|finding| of_rule(&finding.rule)).count()
    };
    for (last, this, slip) in [
        ("12.5", "131000", 1),
        ("131000", "12.5", 1),
        ("12.5", "1250", 0),
        // Nothing is many times nothing.
        ("0", "99999", 0),
        ("0", "0", 0),
        // In a column of 万元 the unit is stated where the cell prints 元.
        ("26", "251000元", 0),
        ("26万元", "251000", 1),
    ] {
        assert_eq!(slips(Layout::EDITION_2021, last, this), slip, "{last} {this}");
    }
    // The form of 2019 leaves the unit to the page.
    for (last, this, slip) in [
        ("251000元", "26万元", 0),
        ("3元", "0.0003万元", 0),
        ("26", "251000元", 0),
        ("251000", "26万元", 0),
        ("26", "251000", 1),
        ("26", "251000万元", 1),
        ("251000元", "26元", 1),
        ("26万元", "251000万元", 1),
        ("26万元", "26元", 1),
    ] {
        assert_eq!(slips(Layout::EDITION_2019, last, this), slip, "{last} {this}");
        assert_eq!(slips(Layout::EDITION_2019, this, last), slip, "{this} {last}");
    }
}

#[test]
fn what_cannot_be_compared_is_named_with_its_cells() {
    let (mut before, mut after) = years(Layout::EDITION_2021, Layout::EDITION_2021);
    print(&mut before, "requests.carried_out.other", "");
    print(&mut after, "article20.item1.rules.issued", "/");
    print(&mut after, common::amount_path(Layout::EDITION_2021), "待统计");
    let checked = series::check([&before, &after]).unwrap();
    assert_eq!(checked.findings, []);
    let paths = |cells: &[Cell]| cells.iter().map(|cell| cell.path()).collect::<Vec<_>>().join(" ");
    let open: Vec<(&str, Reason, String, String)> = checked
        .not_evaluated
        .iter()
        .map(|open| (&*open.rule, open.reason, paths(&open.cells), paths(&open.before)))
        .collect();
    let none = String::new;
    assert_eq!(
        open,
        [
            ("continuity-carry-over", Reason::NoCount, none(), "requests.carried_out.other".to_owned()),
            ("continuity-in-force", Reason::NoCount, "article20.item1.rules.issued".to_owned(), none()),
            ("continuity-items", Reason::OtherEdition, none(), none()),
            ("continuity-unit-slip", Reason::NoCount, common::amount_path(Layout::EDITION_2021).to_owned(), none()),
            ("continuity-prose", Reason::NothingSaid, none(), none()),
        ]
    );
    let year = after.facts.year.unwrap().get();
    assert_eq!(
        checked.not_evaluated[0].message(Language::Chinese),
        format!(
            "{year} 年度未核对“上年结转等于上一年度报告的结转下年度”：有的格没有件数；{} 年度四、结转下年度继续办理 · 其他",
            year - 1
        )
    );
    let json = serde_json::to_value(&checked).unwrap();
    assert_eq!(
        json["not_evaluated"][0],
        serde_json::json!({
            "rule": "continuity-carry-over", "year": year, "reason": "no_count", "cells": [],
            "before": ["requests.carried_out.other"],
        })
    );
}

#[test]
fn a_series_has_one_report_a_year_and_says_where_one_is_missing() {
    let (before, mut after) = years(Layout::EDITION_2021, Layout::EDITION_2021);
    after.facts.year = Year::new(before.facts.year.unwrap().get() + 2).ok();
    let checked = series::check([&before, &after]).unwrap();
    assert!(checked.findings.is_empty());
    assert!(checked.not_evaluated.iter().all(|open| open.reason == Reason::NoReportBefore));
    assert_eq!(checked.not_evaluated.len(), LINKS.len());
    let year = before.facts.year.unwrap();
    let twice = series::check([&before, &before]).unwrap_err();
    let title = before.facts.title.as_deref().unwrap();
    assert_eq!(twice.to_string(), format!("{year}: expected one report a year, found {title}"));
    after.facts.year = None;
    let none = series::check([&before, &after]).unwrap_err();
    assert_eq!(none.message(Language::Chinese), "2：缺少报告年度");
}

// ---- Regions -------------------------------------------------------------------------------------

const PATH: &str = "requests.outcomes.disclosed.other";

/// The small report as that of an agency, with this count in the cell [`PATH`].
fn part(name: &str, disclosed: i64) -> PublishedReport {
    let mut report = common::small(Layout::EDITION_2021);
    report.facts.agency = Some(Agency::named(name));
    print(&mut report, PATH, disclosed);
    report
}

/// A region that is the sum of these.
fn whole(parts: &[&PublishedReport]) -> PublishedReport {
    let mut whole = PublishedReport::zeros(Layout::EDITION_2021);
    whole.facts.year = parts[0].facts.year;
    whole.facts.agency = Some(Agency::named("示例市人民政府"));
    for entry in whole.layout().cells() {
        let number = |part: &&PublishedReport| part.get(entry.cell()).unwrap().number().unwrap().decimal();
        let sum: rust_decimal::Decimal = parts.iter().map(number).sum();
        print(&mut whole, entry.path(), sum);
    }
    whole
}

/// An agency of the manifest.
type Member<'r> = (String, Coverage<'r>);

fn reported<'r>(name: &str, report: &'r PublishedReport) -> Member<'r> {
    (name.to_owned(), Coverage::Reported(report))
}

fn missing(name: &str) -> Member<'static> {
    (name.to_owned(), Coverage::Missing)
}

fn inside(name: &str, parent: &str) -> Member<'static> {
    (name.to_owned(), Coverage::Inside(parent.to_owned()))
}

fn clues(finding: &Finding) -> Vec<(&'static str, String)> {
    let told = |clue: &Clue| match clue {
        Clue::SameCount([agency]) => ("same_count", agency.clone()),
        Clue::SameSum(agencies) => ("same_sum", agencies.join(" ")),
        Clue::Unknown([agency]) => ("unknown", agency.clone()),
        Clue::NoReport([agency]) => ("no_report", agency.clone()),
        other => panic!("{other:?}"),
    };
    finding.clues.iter().map(told).collect()
}

/// How many figures of a region are compared: all.
fn figures(report: &PublishedReport) -> usize {
    report.cells().len()
}

#[test]
fn a_region_is_the_sum_of_its_parts_where_all_are_accounted_for() {
    let (one, two) = (part("甲局", 7), part("乙局", 8));
    let whole = whole(&[&one, &two]);
    let members = || {
        vec![
            reported("甲局", &one),
            reported("乙局", &two),
            ("丙局".to_owned(), Coverage::MergedInto("乙局".to_owned())),
            ("丁局".to_owned(), Coverage::Abolished),
            inside("戊所", "己所"),
            inside("己所", "甲局"),
        ]
    };
    let region = Region::new(&whole, members()).unwrap();
    let checked = region.check();
    assert_eq!((checked.findings.len(), checked.not_evaluated.len()), (0, 0));
    assert_eq!(checked.passes_of("rollup-sum"), figures(&whole));

    // One cell more: just that cell, and nobody's count explains it.
    let mut wrong = whole.clone();
    print(&mut wrong, PATH, 16);
    let found = Region::new(&wrong, members()).unwrap().check().findings;
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((&*finding.rule, finding.difference, finding.severity), ("rollup-sum", Some(1), Severity::Error));
    assert_eq!(finding.cells.iter().map(|quoted| quoted.cell.path()).collect::<Vec<_>>(), [PATH]);
    let without = ["丙局", "丁局", "戊所", "己所"].map(|name| ("no_report", name.to_owned()));
    assert_eq!(clues(finding), without);
    let json = serde_json::to_value(finding).unwrap();
    assert_eq!(json["clues"][0], serde_json::json!({ "kind": "no_report", "agencies": ["丙局"] }));
    assert_eq!((&json["found"], &json["expected"]), (&"16".into(), &"15".into()));

    // A blank cell of the region is not evaluated, and a policy sees what is found.
    print(&mut wrong, "requests.received.total", "");
    let checked = Region::new(&wrong, members()).unwrap().check();
    let open: Vec<(&str, Reason, &[Cell])> =
        checked.not_evaluated.iter().map(|open| (&*open.rule, open.reason, open.cells.as_slice())).collect();
    assert_eq!(open, [("rollup-sum", Reason::NoCount, &[common::cell("requests.received.total")][..])]);
    assert_eq!(checked.not_evaluated_of("rollup-sum").count(), 1);
    let day = Date::new(2026, 1, 1).unwrap();
    let waivers = Waiver::all_for(&checked.findings[0], "复核中", day);
    assert_eq!(waivers[0].subject, PATH);
    assert!(Policy::IMPORT.judge(&checked, day).blocks());
    let policy = waivers.into_iter().try_fold(Policy::IMPORT, Policy::with_waiver).unwrap();
    assert!(!policy.judge(&checked, day).blocks());
}

#[test]
fn where_some_did_not_report_the_region_is_no_less_than_the_rest() {
    let (one, two) = (part("甲局", 7), part("乙局", 8));
    let mut whole = whole(&[&one, &two]);
    let short = || vec![reported("甲局", &one), missing("乙局")];
    assert_eq!(Region::new(&whole, short()).unwrap().check().findings, []);
    print(&mut whole, PATH, 6);
    let checked = Region::new(&whole, short()).unwrap().check();
    let [finding] = checked.findings.as_slice() else { panic!("{checked:?}") };
    assert_eq!((&*finding.rule, finding.severity, finding.difference), ("rollup-bound", Severity::Warning, Some(-1)));
    assert_eq!(clues(finding), [("unknown", "乙局".to_owned())]);
    assert_eq!(
        finding.message(Language::Chinese),
        "（一）予以公开 · 其他 6，不应小于已知各机关之和 7，相差 1；可能的原因：乙局所报的数不明\
         （规则：有机关未报的，每一格不小于已知各机关之和）"
    );

    // Nobody is accounted for: nothing is exact, and nothing is wrong.
    let nobody = Region::new(&whole, Vec::<Member>::new()).unwrap();
    assert_eq!(nobody.check().passes_of("rollup-bound"), figures(&whole));
    assert_eq!(nobody.check().findings, []);
    let abolished = Region::new(&whole, [("甲局".to_owned(), Coverage::Abolished)]).unwrap();
    assert_eq!(abolished.check().passes_of("rollup-bound"), figures(&whole));

    // Two reports of one agency that differ leave just the cell in which they do open.
    let other = part("甲局", 9);
    let twice = Region::new(&whole, [("甲局".to_owned(), Coverage::Twice(&one, &other))]).unwrap();
    let checked = twice.check();
    let compared = |code| checked.passes_of(code) + checked.findings_of(code).count();
    assert_eq!((compared("rollup-sum"), compared("rollup-bound")), (figures(&whole) - 1, 1));
    assert_eq!(twice.total().get(common::cell(PATH)).unwrap().status(), Status::NotFound);
}

#[test]
fn a_difference_names_one_agency_or_two_that_make_it_up() {
    let parts = [("甲局", 5), ("乙局", 8), ("丙局", 20)].map(|(name, count)| part(name, count));
    let mut whole = whole(&[&parts[0], &parts[1], &parts[2]]);
    let members = ["甲局", "乙局", "丙局"].iter().zip(&parts).map(|(name, part)| reported(name, part));
    let members: Vec<Member> = members.collect();
    let mut clues_at = |region: i64| {
        print(&mut whole, PATH, region);
        clues(&Region::new(&whole, members.clone()).unwrap().check().findings[0])
    };
    let same_sum = |names: &str| vec![("same_sum", names.to_owned())];
    assert_eq!(clues_at(33 - 8), [("same_count", "乙局".to_owned())]);
    assert_eq!(clues_at(33 - 13), same_sum("甲局 乙局"));
    // Counted twice.
    assert_eq!(clues_at(33 + 28), same_sum("乙局 丙局"));
    assert_eq!(clues_at(33 - 7), []);

    // Where many pairs would do, none is named.
    let many: Vec<PublishedReport> = (0..12).map(|number| part(&format!("第{number}局"), 1)).collect();
    let names: Vec<String> = (0..12).map(|number| format!("第{number}局")).collect();
    let mut whole = PublishedReport::zeros(Layout::EDITION_2021);
    whole.facts.year = many[0].facts.year;
    let members = names.iter().zip(&many).map(|(name, part)| reported(name, part));
    print(&mut whole, PATH, 10);
    let checked = Region::new(&whole, members).unwrap().check();
    let finding = checked.findings.iter().find(|finding| finding.cells[0].cell.path() == PATH).unwrap();
    assert_eq!((finding.difference, clues(finding)), (Some(-2), vec![]));
}

#[test]
fn a_manifest_that_cannot_be_added_up_is_refused_with_all_that_is_wrong() {
    let (one, two) = (part("甲局", 7), part("乙局", 8));
    let mut later = part("辛局", 1);
    later.facts.year = Year::new(one.facts.year.unwrap().get() + 1).ok();
    let mut unknown = part("壬局", 1);
    unknown.facts.year = None;
    let mut old = common::small(Layout::EDITION_2019);
    old.facts.year = one.facts.year;
    let whole = whole(&[&one, &two]);
    let members = vec![
        reported("甲局", &one),
        reported("甲局", &two),
        reported("甲局（本级）", &one),
        inside("乙所", "无此局"),
        ("丙局".to_owned(), Coverage::Abolished),
        ("丁局".to_owned(), Coverage::MergedInto("丙局".to_owned())),
        inside("戊所", "戊所"),
        inside("己所", "庚所"),
        ("庚所".to_owned(), Coverage::MergedInto("己所".to_owned())),
        inside("子所", "己所"),
        reported("辛局", &later),
        reported("壬局", &unknown),
        reported("癸局", &old),
    ];
    let error = Region::new(&whole, members).unwrap_err();
    let found: Vec<(&str, Option<&str>)> = error.0.iter().map(|fault| (fault.at(), fault.found())).collect();
    let year = later.facts.year.unwrap().to_string();
    let mut expected = vec![
        ("甲局", Some("甲局")),
        ("甲局（本级）", Some("甲局")),
        ("辛局", Some(&*year)),
        ("壬局", None),
        ("癸局", Some("2019")),
        ("乙所", Some("无此局")),
        ("丁局", Some("丙局")),
        ("戊所", Some("戊所")),
        ("己所", Some("己所, 庚所")),
    ];
    expected.sort();
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
    let said = |at: &str, language| error.0.iter().rfind(|fault| fault.at() == at).unwrap().message(language);
    assert_eq!(
        said("己所", Language::English),
        "己所: expected an agency that reports for it in the end, found 己所, 庚所"
    );
    assert_eq!(said("丁局", Language::Chinese), "丁局：应为尚未撤销的代为报告的机关，实为 丙局");
    let first = one.facts.year.unwrap();
    assert_eq!(said("壬局", Language::Chinese), format!("壬局：缺少 {first} 年度的报告"));
    assert_eq!(said("癸局", Language::English), "癸局: expected a report of the edition 2021, found 2019");
    assert_eq!(
        said("甲局（本级）", Language::English),
        "甲局（本级）: expected a report of another agency than that of 甲局, found 甲局"
    );

    let mut no_year = whole.clone();
    no_year.facts.year = None;
    assert_eq!(
        Region::new(&no_year, Vec::<Member>::new()).unwrap_err().to_string(),
        "year: expected a report year of the region, found nothing"
    );
}

#[test]
fn the_parts_added_up_are_a_report_of_their_own() {
    let (one, mut two) = (part("甲局", 7), part("乙局", 8));
    let whole = whole(&[&one, &two]);
    print(&mut two, "requests.received.other", "");
    let region = Region::new(&whole, [reported("甲局", &one), reported("乙局", &two)]).unwrap();
    let total = region.total();
    assert_eq!(
        (total.facts.year, total.facts.scope, total.layout()),
        (whole.facts.year, Scope::Regional, Layout::EDITION_2021)
    );
    let differ: BTreeSet<&str> = total
        .cells()
        .filter(|(entry, found)| found.number() != whole.get(entry.cell()).unwrap().number())
        .map(|(entry, _)| entry.path())
        .collect();
    // A bound is no sum.
    assert_eq!(differ, BTreeSet::from(["requests.received.other"]));
    assert_eq!(total.get(common::cell("requests.received.other")).unwrap().status(), ogi_report::Status::NotFound);
}

/// Money of a region is compared and added up in the unit of the form, whatever the parts print.
#[test]
fn money_of_a_region_is_reckoned_in_one_unit() {
    let checked = |layout: Layout, region: &str, parts: [&str; 2]| {
        let cell = common::cell(common::amount_path(layout));
        let report = |printed: &str| {
            let mut report = PublishedReport::zeros(layout);
            print(&mut report, cell.path(), printed);
            report.facts.agency = None;
            report
        };
        let (whole, parts) = (report(region), parts.map(report));
        let members = [("甲局", Coverage::Reported(&parts[0])), ("乙局", Coverage::Reported(&parts[1]))];
        let region = Region::new(&whole, members).unwrap();
        let (checked, total) = (region.check(), region.total());
        let found = checked.findings.iter().map(|of| (of.found.clone().unwrap(), of.expected.clone().unwrap()));
        let found: Vec<(String, String)> = found.collect();
        assert!(checked.not_evaluated.iter().all(|open| open.cells == [cell]), "{checked:?}");
        let open: Vec<Reason> = checked.not_evaluated.iter().map(|open| open.reason).collect();
        (found, open, total.get(cell).unwrap().printed().to_owned())
    };
    let right = |total: &str| (vec![], vec![], total.to_owned());
    let wrong =
        |found: &str, expected: &str| (vec![(found.to_owned(), expected.to_owned())], vec![], expected.to_owned());
    let of_2021 = |region: &str, parts: [&str; 2]| checked(Layout::EDITION_2021, region, parts);
    assert_eq!(of_2021("3.75", ["1.25", "2.5"]), right("3.75"));
    assert_eq!(of_2021("3.75万元", ["1.25", "2.50"]), right("3.75"));
    assert_eq!(of_2021("3.75", ["12500元", "2.5万元"]), right("3.75"));
    assert_eq!(of_2021("37500元", ["1.25", "2.5"]), right("3.75"));
    assert_eq!(of_2021("4", ["1.25", "2.5"]), wrong("4", "3.75"));
    assert_eq!(of_2021("37500", ["1.25", "2.5"]), wrong("37500", "3.75"));
    assert_eq!(of_2021("/", ["1.25", "2.5"]), (vec![], vec![Reason::NoCount], "3.75".to_owned()));
    // What one part reports is not known: there is a bound, and no sum.
    assert_eq!(of_2021("3.75", ["1.25", "待统计"]), right(""));
    assert_eq!(of_2021("1.2", ["1.25", "待统计"]).0, [("1.2".to_owned(), "1.25".to_owned())]);
    // The form of 2019 leaves the unit to the page.
    let of_2019 = |region: &str, parts: [&str; 2]| checked(Layout::EDITION_2019, region, parts);
    assert_eq!(of_2019("3.75万元", ["12500元", "2.5万元"]), right("37500元"));
    assert_eq!(of_2019("0", ["0", "0"]), right("0元"));
    assert_eq!(of_2019("4万元", ["12500元", "2.5万元"]).0, [("40000".to_owned(), "37500".to_owned())]);
    assert_eq!(of_2019("3.75", ["12500元", "2.5万元"]), (vec![], vec![Reason::NoUnit], "37500元".to_owned()));
    assert_eq!(of_2019("3.75万元", ["12500", "2.5万元"]), right(""));
}

/// 本年增/减 is signed: it has a sum, and no bound.
#[test]
fn changes_of_a_region_have_a_sum_and_no_bound() {
    let path = "article20.item5.licensing.items_change";
    let report = |printed: &str| {
        let mut report = PublishedReport::zeros(Layout::EDITION_2019);
        report.facts.agency = None;
        print(&mut report, path, printed);
        report
    };
    let [whole, one, two] = ["+1", "-2", "3"].map(report);
    let both = || vec![reported("甲局", &one), reported("乙局", &two)];
    let sum = Region::new(&whole, both()).unwrap();
    assert_eq!((sum.check().findings.len(), sum.check().not_evaluated.len()), (0, 0));
    assert_eq!(sum.total().get(common::cell(path)).unwrap().printed(), "1");
    let wrong = report("-1");
    let found = Region::new(&wrong, both()).unwrap().check().findings;
    assert_eq!((found.len(), found[0].difference), (1, Some(-2)));
    let short = Region::new(&wrong, vec![reported("甲局", &one), missing("乙局")]).unwrap().check();
    assert_eq!(short.findings, []);
    let open: Vec<(Reason, &str)> =
        short.not_evaluated.iter().map(|open| (open.reason, open.cells[0].path())).collect();
    assert!(open.contains(&(Reason::PartUnknown, path)) && open.len() == 5, "{open:?}");
}

/// The largest figures that cells can hold are added up without a panic.
#[test]
fn the_largest_figures_are_added_up() {
    for layout in Layout::newest_first() {
        let mut part = PublishedReport::zeros(layout);
        part.facts.agency = None;
        for entry in layout.cells() {
            let printed = match entry.kind() {
                Kind::Amount => "999999999999999.999999万元".to_owned(),
                _ => "9007199254740991".to_owned(),
            };
            print(&mut part, entry.path(), printed);
        }
        let members = (0..1000).map(|number| (number.to_string(), Coverage::Reported(&part)));
        let region = Region::new(&part, members).unwrap();
        assert_eq!(region.check().findings.len(), layout.cells().len());
        assert!(region.total().accept().is_err());
    }
}

/// A chain, and a circle, of many agencies: each is walked past once.
#[test]
fn a_manifest_of_any_length_is_read_in_time() {
    let whole = PublishedReport::zeros(Layout::EDITION_2021);
    let name = |number: usize| format!("{number}局");
    let chain = |last: Coverage<'static>| {
        let inside = |number: usize| (name(number), Coverage::Inside(name(number + 1)));
        (0..20_000).map(inside).chain([(name(20_000), last)]).collect::<Vec<_>>()
    };
    assert!(Region::new(&whole, chain(Coverage::Missing)).is_ok());
    let circle = Region::new(&whole, chain(Coverage::Inside(name(0)))).unwrap_err();
    assert_eq!(circle.0.len(), 1);
    assert!(circle.to_string().len() < 300, "{circle}");
}

// ---- Different agencies --------------------------------------------------------------------------

/// What several agencies say word for word is told once, with all of them; of one agency over years nothing is said.
#[test]
fn a_section_copied_from_another_agency_is_told_once() {
    let words = "主动公开的内容不够全面，政策解读的形式比较单一，公众查找信息不够方便。下一步将改进公开目录，\
                 丰富解读形式，安排专人定期检查网站栏目，2024年培训3次。";
    let report = |name: &str, text: &str| {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        report.facts.agency = Some(Agency::named(name));
        report.facts.problems.as_mut().unwrap().parts[0].text = text.to_owned();
        report
    };
    let own = format!("示例市水利局{words}");
    let later = words.replace("2024年培训3次", "2025 年\n培训 5 次");
    let found = |reports: &[(&str, &str)]| {
        let reports: Vec<PublishedReport> = reports.iter().map(|(name, text)| report(name, text)).collect();
        let named = reports.iter().map(|report| (report.facts.agency.as_ref().unwrap().name.clone(), report));
        let checked = ogi_report::peers::check(named);
        let found: Vec<String> = checked.findings.iter().map(|of| of.subjects.join(" ")).collect();
        (found, checked.passes_of("problems-copied"), checked.not_evaluated.len())
    };
    let other = words.replace("政策解读", "规划解读");
    assert_eq!(found(&[("甲局", words), ("乙局", &other)]), (vec![], 2, 0));
    assert_eq!(found(&[("甲局", words), ("甲局", words), ("乙局", &other)]), (vec![], 2, 0));
    assert_eq!(found(&[("甲局", words), ("乙局", &later), ("丙局", &other)]), (vec!["甲局 乙局".to_owned()], 1, 0));
    assert_eq!(found(&[("甲局", words), ("示例市水利局", &own)]).0.len(), 1);
    assert_eq!(found(&[("甲局", "公开不够及时，将改进。"), ("乙局", "公开不够及时，将改进。")]), (vec![], 0, 1));
    assert_eq!(found(&[("甲局", words), ("乙局", "公开不够及时，将改进。")]), (vec![], 1, 1));
    let many: Vec<String> = (0..30).map(|number| format!("{number}局")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), words)).collect();
    let reports: Vec<PublishedReport> = many.iter().map(|(name, text)| report(name, text)).collect();
    let checked = ogi_report::peers::check(many.iter().map(|(name, _)| *name).zip(&reports));
    assert!(checked.findings[0].message(Language::Chinese).contains("等 30 个机关的第五部分逐字相同"));
    assert_eq!(checked.findings[0].subjects.len(), 30);
}
