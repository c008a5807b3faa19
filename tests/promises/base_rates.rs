//! How often each rule fails in many reports.

use ogi_report::base_rates::{BaseRates, Share};
use ogi_report::{AgencyKind, Language, Layout, PublishedCell, PublishedReport, RULES, Verdict};

use crate::common::{cell, small};

/// Reports of two kinds and of none, some of them wrong.
fn reports() -> Vec<PublishedReport> {
    let mut reports = Vec::new();
    for (number, kind) in
        [Some(AgencyKind::Township), Some(AgencyKind::CityDepartment), None].into_iter().cycle().take(30).enumerate()
    {
        let mut report = small(if number % 5 == 0 { Layout::EDITION_2019 } else { Layout::EDITION_2021 });
        report.facts.agency.as_mut().unwrap().kind = kind;
        let printed = ["9", "", "0"][number % 7 % 3];
        report.set(cell("proceedings.reconsideration.total"), PublishedCell::read(printed)).unwrap();
        reports.push(report);
    }
    reports
}

fn rates(reports: &[PublishedReport]) -> BaseRates {
    let mut rates = BaseRates::new();
    reports.iter().for_each(|report| rates.add(report, &report.check()));
    rates
}

#[test]
fn each_report_is_counted_once_for_each_rule() {
    let reports = reports();
    let rates = rates(&reports);
    for rule in RULES {
        let count =
            |of: Verdict| reports.iter().filter(|report| report.check().verdict_of(rule.code) == of).count() as u64;
        let all = rates.tally(rule.code, |_| true);
        assert_eq!(
            [all.passed, all.failed, all.not_evaluated],
            [Verdict::Pass, Verdict::Fail, Verdict::NotEvaluated].map(count),
            "{}",
            rule.code
        );
    }
    let of_kind = |kind| rates.tally("proceedings-total", |group| group.kind == kind);
    let kinds = [Some(AgencyKind::Township), Some(AgencyKind::CityDepartment), None].map(of_kind);
    assert!(kinds.iter().all(|of| of.passed + of.failed + of.not_evaluated == 10), "{kinds:?}");
    assert_eq!(rates.tally("no-such-rule", |_| true), Default::default());
    assert_eq!(rates.share("continuity-requests", |_| true), None);
}

#[test]
fn rates_of_parts_add_up_and_come_back_from_json() {
    let reports = reports();
    let mut parts = BaseRates::new();
    reports.chunks(7).for_each(|part| parts.merge(&rates(part)));
    assert_eq!(parts, rates(&reports));
    let json = serde_json::to_string(&parts).unwrap();
    assert_eq!(serde_json::from_str::<BaseRates>(&json).unwrap(), parts);
    // Counts that no corpus has do not overflow.
    let most = json.replace("\"failed\":1", &format!("\"failed\":{}", u64::MAX));
    let mut most: BaseRates = serde_json::from_str(&most).unwrap();
    let twice = most.clone();
    most.merge(&twice);
    let share = most.share("proceedings-total", |_| true).unwrap();
    assert!(share.failed() < share.of() && share.percent() == "> 99 %", "{share:?}");
    for (from, to) in [
        ("\"passed\"", "\"pass\""),
        ("\"version\":1", "\"version\":-1"),
        ("\"kind\":\"township\"", "\"kind\":{\"township\":null}"),
    ] {
        assert!(json.contains(from) && serde_json::from_str::<BaseRates>(&json.replace(from, to)).is_err(), "{from}");
    }
    let arrays = r#"[["requests-balance",1,[2024,null,"2021"],[1,2,3]]]"#;
    assert!(serde_json::from_str::<BaseRates>(arrays).is_err());
    // A rule of another version asks for something else.
    let other = json.replace("\"version\":1", "\"version\":999");
    let other: BaseRates = serde_json::from_str(&other).unwrap();
    assert_eq!(other.share("proceedings-total", |_| true), None);
    parts.merge(&other);
    assert_eq!(parts.tally("proceedings-total", |_| true), rates(&reports).tally("proceedings-total", |_| true));
}

#[test]
fn a_share_is_told_from_none_and_from_all() {
    for (failed, of, percent) in [
        (0, 7, "0 %"),
        (1, 1000, "< 1 %"),
        (15, 1000, "2 %"),
        (1, 3, "33 %"),
        (999, 1000, "> 99 %"),
        (3, 3, "100 %"),
        (u64::MAX, u64::MAX, "100 %"),
    ] {
        assert_eq!(Share::new(failed, of).unwrap().percent(), percent, "{failed}/{of}");
    }
    assert_eq!([Share::new(0, 0), Share::new(2, 1)], [None, None]);
    let mut shares = [(1, 2), (1, 3), (2, 4), (0, 9), (9, 9)].map(|(failed, of)| Share::new(failed, of).unwrap());
    shares.sort();
    assert_eq!(shares.map(|share| (share.failed(), share.of())), [(0, 9), (1, 3), (1, 2), (2, 4), (9, 9)]);
}

#[test]
fn a_finding_is_measured_by_reports_of_its_kind() {
    let reports = reports();
    let rates = rates(&reports);
    let late = reports.iter().find(|report| report.check().verdict_of("proceedings-total") == Verdict::Fail).unwrap();
    let checked = late.check();
    let finding = checked.findings_of("proceedings-total").next().unwrap();
    let share = rates.share("proceedings-total", |group| group.kind == Some(AgencyKind::Township)).unwrap();
    let [zh, en] = Language::ALL.map(|language| rates.beside(finding, late, language).unwrap());
    assert_eq!(en, format!("{} of {} reports of this kind: township or subdistrict", share.percent(), share.of()));
    assert_eq!(zh, format!("同类机关（乡镇、街道）的 {} 份报告中有 {}", share.of(), share.percent()));
    assert_eq!(BaseRates::new().beside(finding, late, Language::English), None);
}
