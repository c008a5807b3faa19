//! Two versions of one report: every change is told once, where it is, with what it mends and what it breaks.

use crate::common;
use ogi_report::policy::Policy;
use ogi_report::revision::{self, Difference};
use ogi_report::{
    Agency, CheckReport, Date, Language, Layout, Paragraph, Part, PublishedCell, PublishedReport, Section, Year,
};
use proptest::prelude::*;

fn report() -> PublishedReport {
    PublishedReport::zeros(Layout::EDITION_2021)
}

fn print(report: &mut PublishedReport, path: &str, printed: &str) {
    report.set(common::cell(path), PublishedCell::read(printed)).unwrap();
}

fn said(differences: &[Difference]) -> Vec<String> {
    differences.iter().map(|difference| difference.message(Language::Chinese)).collect()
}

#[test]
fn what_is_printed_otherwise_and_says_the_same_is_no_difference() {
    let mut later = report();
    print(&mut later, "requests.received.other", "0件");
    let revision = revision::compare(&report(), &later).unwrap();
    assert!(revision.is_empty());
    assert_eq!(revision.message(Language::Chinese), "两版所写相同\n");
    for (printed, shown) in [("", "（空白）"), ("/", "/"), ("1", "1"), ("待统计", "待统计"), ("0元", "0元")]
    {
        print(&mut later, "requests.received.other", printed);
        let cells = said(&revision::compare(&report(), &later).unwrap().cells);
        assert_eq!(cells, [format!("一、本年新收政府信息公开申请数量 · 其他：0 → {shown}")]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: common::cases(50), failure_persistence: None, ..ProptestConfig::default() })]

    /// However many cells are changed, each is told, in the form's order, and nothing else.
    #[test]
    fn every_changed_cell_is_told(layout in common::layouts(), at in prop::collection::vec(any::<prop::sample::Index>(), 0..9)) {
        let before = PublishedReport::zeros(layout);
        let mut after = before.clone();
        let cells: Vec<_> = layout.cells().iter().map(|entry| entry.cell()).collect();
        let mut changed: Vec<usize> = at.iter().map(|at| at.index(cells.len())).collect();
        changed.sort_unstable();
        changed.dedup();
        for at in &changed {
            after.set(cells[*at], PublishedCell::read("7")).unwrap();
        }
        let revision = revision::compare(&before, &after).unwrap();
        let told: Vec<&str> = revision.cells.iter().map(|difference| &*difference.key).collect();
        let expected: Vec<&str> = changed.iter().map(|at| cells[*at].path()).collect();
        prop_assert_eq!(told, expected);
        prop_assert_eq!(revision.mended.len(), 0);
        prop_assert_eq!(revision.kept.len() + revision.broken.len(), after.check().findings.len());
    }
}

#[test]
fn a_layout_with_other_cells_names_those_that_came_and_went() {
    let hybrid = PublishedReport::zeros(Layout::HYBRID);
    let revision = revision::compare(&hybrid, &report()).unwrap();
    assert_eq!(said(&revision.facts), ["表样：2021 版表样，但“（六）其他处理”只有一行（2019 版的写法） → 2021 版表样"]);
    let gone = revision.cells.iter().filter(|difference| difference.after.is_none()).count();
    let new = revision.cells.iter().filter(|difference| difference.before.is_none()).count();
    assert_eq!((gone, new, revision.cells.len()), (7, 21, 28));
    assert_eq!(revision.cells.last().unwrap().message(Language::English), "（六）其他处理 · 总计: removed 0");
}

#[test]
fn sentences_are_changed_added_and_gone_wherever_they_stand() {
    let text = |text: &str| Part { text: text.to_owned(), ..Part::default() };
    let (mut before, mut after) = (report(), report());
    before.facts.overview.as_mut().unwrap().parts = vec![
        text("收到申请12件。渠道畅通。\n渠道畅通。专人维护。"),
        Part { heading: Some("（二）管理".to_owned()), ..text("逐件审查。") },
    ];
    after.facts.overview.as_mut().unwrap().parts = vec![
        text("专人 维护。渠道畅通。收到申请13件。每季自查。"),
        Part { heading: Some("（二）管理".to_owned()), ..text("逐件审查。") },
    ];
    before.facts.preamble = Some(text("现予公布。"));
    after.page.remarks =
        vec![Paragraph { section: Section::Requests, text: "注：含结转。".to_owned(), place: None }];
    let revision = revision::compare(&before, &after).unwrap();
    assert_eq!(
        said(&revision.sentences),
        [
            "一、总体情况：收到申请12件 → 收到申请13件",
            "一、总体情况：新增 每季自查",
            "表间文字：新增 注：含结转。",
            "引言：删去 现予公布",
            "一、总体情况：删去 渠道畅通",
        ]
    );
    // What is gone is gone the other way round as well.
    let back = revision::compare(&after, &before).unwrap();
    assert_eq!(back.sentences.len(), revision.sentences.len());
    assert_eq!(said(&back.sentences)[0], "一、总体情况：收到申请13件 → 收到申请12件");
    assert!(revision.facts.is_empty() && revision.cells.is_empty());
}

#[test]
fn the_agency_is_the_first_difference_and_another_year_is_none() {
    let mut later = report();
    later.facts.agency = Some(Agency::named("示例市大数据局"));
    later.facts.published_on = Date::new(2025, 3, 1).ok();
    print(&mut later, "requests.received.other", "1");
    let revision = revision::compare(&report(), &later).unwrap();
    let message = revision.message(Language::Chinese);
    assert!(
        message.starts_with(
            "机关：示例市数据局 → 示例市大数据局\n机关类别：删去 市级政府部门\n公布日期：2025-01-20 → 2025-03-01\n"
        ),
        "{message}"
    );
    assert!(message.contains("\n新出现：requests-balance"), "{message}");
    later.facts.year = Year::new(2025).ok();
    let error = revision::compare(&report(), &later).unwrap_err();
    assert_eq!(error.to_string(), "year: expected a report for 2024, found 2025");
    later.facts.year = None;
    assert!(revision::compare(&report(), &later).is_ok());
}

/// A sum that is wrong in both versions is kept, whatever its figures; one that is right now is mended.
#[test]
fn what_is_mended_kept_and_broken_is_told_apart() {
    let mut before = report();
    print(&mut before, "proceedings.reconsideration.total", "4");
    print(&mut before, "proceedings.litigation.direct.total", "1");
    let mut after = before.clone();
    print(&mut after, "proceedings.reconsideration.total", "0");
    print(&mut after, "proceedings.litigation.direct.total", "2");
    print(&mut after, "proceedings.litigation.after_reconsideration.total", "3");
    let revision = revision::compare(&before, &after).unwrap();
    let totals = |findings: &[ogi_report::Finding]| -> Vec<String> {
        findings.iter().map(|finding| format!("{} {}", finding.cells[0].cell, finding.found.clone().unwrap())).collect()
    };
    assert_eq!(totals(&revision.mended), ["proceedings.reconsideration.total 4"]);
    assert_eq!(totals(&revision.kept), ["proceedings.litigation.direct.total 2"]);
    assert_eq!(totals(&revision.broken), ["proceedings.litigation.after_reconsideration.total 3"]);
    let json = serde_json::to_value(&revision).unwrap();
    assert_eq!(
        json["cells"][0],
        serde_json::json!({ "key": "proceedings.reconsideration.total", "before": "4", "after": "0" })
    );
    assert_eq!(json["mended"][0]["rule"], "proceedings-total");
}

#[test]
fn a_correction_is_judged_by_what_is_new_in_it() {
    let judge = |published: &PublishedReport, corrected: &PublishedReport| {
        let (published, corrected): (CheckReport, CheckReport) = (published.check(), corrected.check());
        let decision =
            Policy::BEFORE_PUBLICATION.judge_revision(&published, &corrected, Date::new(2025, 3, 1).unwrap());
        (decision.blocking().count(), decision.known().count(), decision.message(Language::English))
    };
    let mut published = report();
    print(&mut published, "proceedings.reconsideration.total", "4");
    print(&mut published, "proceedings.litigation.direct.total", "4");
    let (blocking, known, message) = judge(&published, &published);
    assert_eq!((blocking, known), (0, 2));
    assert!(
        message.starts_with("already in the published version, does not block error: proceedings-total"),
        "{message}"
    );
    // One is mended, the other stays.
    let mut corrected = published.clone();
    print(&mut corrected, "proceedings.reconsideration.total", "0");
    assert_eq!(judge(&published, &corrected).0, 0);
    // The same sum is wrong by another figure: that is new.
    print(&mut corrected, "proceedings.reconsideration.total", "5");
    assert_eq!((judge(&published, &corrected).0, judge(&published, &corrected).1), (1, 1));
    print(&mut corrected, "proceedings.litigation.after_reconsideration.total", "4");
    assert_eq!(judge(&published, &corrected).0, 2);
    assert_eq!(judge(&report(), &published).0, 2);
}

/// A sum that can no longer be worked out is not mended, and a section title is a difference.
#[test]
fn what_cannot_be_evaluated_any_more_is_not_mended() {
    let mut before = report();
    print(&mut before, "proceedings.reconsideration.total", "4");
    for printed in ["/", ""] {
        let mut after = before.clone();
        print(&mut after, "proceedings.reconsideration.total", printed);
        let revision = revision::compare(&before, &after).unwrap();
        assert_eq!((revision.mended.len(), revision.lost.len()), (0, 1), "{printed}");
        assert!(revision.message(Language::Chinese).contains("\n更正后无法核对：proceedings-total"));
    }
    // A wrong sentence that is gone is mended, whether or not another is left.
    let says = |text: &str| {
        let mut report = report();
        report.facts.overview.as_mut().unwrap().parts[0].text += text;
        report
    };
    for left in ["", "收到政府信息公开申请0件。"] {
        let revision = revision::compare(&says(&format!("收到政府信息公开申请7件。{left}")), &says(left)).unwrap();
        assert_eq!((revision.mended.len(), revision.lost.len()), (1, 0), "{left}");
    }
    let mut titled = before.clone();
    titled.facts.problems.as_mut().unwrap().title = "五、问题".to_owned();
    let revision = revision::compare(&before, &titled).unwrap();
    assert_eq!(revision.sentences.len(), 2);
    // One amount, with the unit of the form or without.
    let amount = common::amount_path(Layout::EDITION_2021);
    let [mut plain, mut said, mut other] = [report(), report(), report()];
    print(&mut plain, amount, "2.5");
    print(&mut said, amount, "2.5万元");
    print(&mut other, amount, "2.5元");
    assert!(revision::compare(&plain, &said).unwrap().cells.is_empty());
    assert_eq!(revision::compare(&plain, &other).unwrap().cells.len(), 1);
}
