//! Nothing that a page says acts where it is shown: in CSV, in summaries, in messages; and each of them ends.

use ogi_report::read::ReadError;
use ogi_report::rollup::{Coverage, MOST_MEMBERS, MOST_NAME, Region};
use ogi_report::{
    CheckReport, CsvText, Language, Layout, Part, Place, PublishedCell, PublishedReport, Year, read, showable,
};
use proptest::prelude::*;

/// A text that does something to a terminal, begins a line of its own and turns the writing around.
const HARM: &str = "=1\u{1b}[2J\n1. 【错误】\u{202e}\u{2066}\u{9b}2J\u{200f}\u{61c}\u{2028}x\r";

/// Whether something in a text acts, but for the ends of its lines.
fn acts(text: &str) -> bool {
    text.lines().any(|line| showable(line) != line)
}

fn cell() -> ogi_report::Cell {
    "requests.received.other".parse().unwrap()
}

fn printing(text: &str) -> PublishedReport {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    report.set(cell(), PublishedCell::read(text)).unwrap();
    report
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_text_of_any_kind_comes_back_from_csv(
        text in "[=+@\\-'\"\\\\u{}0-9a一，,.;\t\r\n \u{1b}\u{9b}\u{202e}＝－4]{0,6}(\\\\u\\{1b\\})?[=a'\\n]?"
    ) {
        for texts in [CsvText::Guarded, CsvText::Exact] {
            let csv = printing(&text).to_cells_csv_as(texts);
            let again = read::text(&csv).unwrap();
            prop_assert_eq!(again.get(cell()).unwrap().printed(), &text);
        }
        let csv = printing(&text).to_cells_csv();
        let (_, field) = csv.split_once("\nrequests.received.other,").unwrap();
        let field = field.strip_prefix('"').unwrap_or(field);
        prop_assert!(!field.starts_with(['=', '@', '\t', '\r', '\n', '＝']));
        let rest = field.strip_prefix(['+', '-', '－']).and_then(|rest| rest.split([',', '"']).next());
        prop_assert!(rest.is_none_or(|rest| rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '，'))));
        prop_assert!(csv.chars().all(|c| matches!(c, '\n' | '\t') || showable(&c.to_string()) == c.to_string()));
    }
}

#[test]
fn nothing_acts_in_what_people_are_shown() {
    let mut report = printing(HARM);
    report.set("requests.carried_in.total".parse().unwrap(), PublishedCell::read("9（\u{1b}[2J）")).unwrap();
    let place = Place::Sheet { sheet: HARM.into(), cell: "B7".into() };
    report.set("requests.received.total".parse().unwrap(), PublishedCell::read("9").at(place)).unwrap();
    report.facts.title = Some(HARM.to_owned());
    report.facts.agency = Some(ogi_report::Agency::named(HARM));
    report.facts.preamble = Some(Part { text: HARM.to_owned(), ..Part::default() });
    let mut checked = report.check();
    let rule = checked.findings[0].rule.to_string();
    report.facts.year = Year::new(2024).ok();
    checked.findings.iter_mut().for_each(|finding| {
        finding.explanation = Some(HARM.to_owned());
        finding.basis.push(HARM.into());
    });
    let summary = report.summary_with_source(&checked, HARM);
    assert!(!acts(&summary) && !summary.contains("\n1. 【错误】\u{20}"), "{summary:?}");
    assert!(summary.contains("错误") && !acts(&report.tables()));
    for language in Language::ALL {
        let mut texts: Vec<String> = checked.findings.iter().map(|finding| finding.message(language)).collect();
        texts.extend(checked.findings.iter().map(ToString::to_string));
        texts.push(report.accept().unwrap_err().message(language));
        texts.push(HARM.parse::<Place>().unwrap_err().message(language));
        texts.push(HARM.parse::<ogi_report::Date>().unwrap_err().message(language));
        let json = checked.to_json().replace(&rule, "x\\u001b[2J");
        texts.extend(CheckReport::from_json(json.as_bytes()).unwrap().findings.iter().map(ToString::to_string));
        let json = PublishedReport::from_json("{\"\u{202e}\u{9b}2J\": \"\u{202e}\"}".as_bytes());
        texts.push(json.unwrap_err().message(language));
        let region = Region::new(&report, [(HARM, Coverage::Inside(HARM.to_owned()))]);
        texts.push(region.unwrap_err().message(language));
        texts.extend(
            report
                .repair()
                .iter()
                .flat_map(|cause| &cause.proposals)
                .flat_map(|proposal| proposal.changes.iter().map(move |change| change.message(language))),
        );
        for text in texts {
            assert_eq!(showable(&text), text);
        }
    }
    let csv = format!("path,printed\n\"{HARM}\",1\n");
    let Err(error @ ReadError::Csv(_)) = read::text(&csv) else { panic!("no path") };
    assert_eq!(showable(&error.to_string()), error.to_string());
}

#[test]
fn json_keeps_a_text_as_it_is() {
    let report = printing(HARM);
    let again = PublishedReport::from_json(report.to_json().as_bytes()).unwrap();
    assert_eq!(again.get(cell()).unwrap().printed(), HARM);
}

#[test]
fn an_excerpt_of_a_long_line_is_that_of_its_place() {
    let line = "一二三四五六七八九十".repeat(100);
    let report = {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        let total = "requests.received.total".parse().unwrap();
        report.set(total, PublishedCell::read("9").at(Place::Text { line: 2, column: 712 })).unwrap();
        report
    };
    let source: String = line.chars().enumerate().map(|(at, c)| if at == 711 { '9' } else { c }).collect();
    let source = format!("首行\n{source}\n");
    let excerpt = Place::Text { line: 2, column: 712 }.excerpt(&source, "9").unwrap();
    assert_eq!(excerpt.lines().next().unwrap().chars().nth(4 + 1 + 24), Some('9'));
    let summary = report.summary_with_source(&report.check(), &source);
    assert!(excerpt.lines().all(|line| summary.contains(line)), "{summary}");
    assert_eq!(Place::Text { line: 2, column: 1001 }.excerpt(&source, ""), None);
    assert!(Place::Text { line: 2, column: 1000 }.excerpt(&source, "十").is_some());
}

#[test]
fn a_rule_that_fails_again_and_again_says_so_once() {
    let page = format!(
        "甲局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\
         一、本年新收政府信息公开申请数量 7 0 0 0 0 0 7\n一、总体情况\n{}",
        "未收到政府信息公开申请。\n".repeat(1005)
    );
    let checked = read::text(&page).unwrap().check();
    assert_eq!(checked.findings_of("text-denial").count(), 1000);
    let open: Vec<String> =
        checked.not_evaluated_of("text-denial").map(|open| open.message(Language::English)).collect();
    assert_eq!(open, ["not evaluated, text-denial: it fails more than 1000 times, the first are told"]);
}

#[test]
fn a_region_is_no_larger_than_a_country() {
    let mut whole = PublishedReport::zeros(Layout::EDITION_2021);
    whole.facts.year = Year::new(2024).ok();
    let members = |count: usize| (0..count).map(|number| (number.to_string(), Coverage::Missing));
    assert!(Region::new(&whole, members(MOST_MEMBERS)).is_ok());
    let faults = Region::new(&whole, members(MOST_MEMBERS + 1)).unwrap_err();
    assert_eq!(faults.to_string(), "members: expected at most 50000 agencies, found 50001");
    let name = "局".repeat(MOST_NAME / 3 + 1);
    for (name, coverage) in [(name.clone(), Coverage::Missing), ("甲局".to_owned(), Coverage::Inside(name.clone()))] {
        let faults = Region::new(&whole, [(name, coverage)]).unwrap_err();
        assert!(faults.to_string().ends_with("…: expected a name of at most 500 bytes, found 501"), "{faults}");
    }
    // Of what could explain a difference the likeliest is told.
    whole.set(cell(), PublishedCell::read("3")).unwrap();
    let mut part = whole.clone();
    let names = (0..1000).map(|number| (number.to_string(), Coverage::Abolished));
    part.set(cell(), PublishedCell::read("4")).unwrap();
    let region = Region::new(&whole, names.chain([("甲局".to_owned(), Coverage::Reported(&part))])).unwrap();
    assert_eq!(region.check().findings[0].clues.len(), 100);
}
