//! Rules of the caller: what each kind asks for, what is refused, and the file of a policy that carries them.

use ogi_report::finding::Reason;
use ogi_report::{
    Cell, Date, Language, Layout, OwnRule, Part, Policy, PublishedCell, PublishedReport, Requirement, Section, Severity,
};

fn cell(path: &str) -> Cell {
    path.parse().unwrap()
}

fn rule(requires: Requirement) -> OwnRule {
    OwnRule::new("own", Severity::Error, ["须成立", "it must hold"], requires).unwrap()
}

fn refused(requires: Requirement) -> String {
    OwnRule::new("own", Severity::Error, ["须成立", "it must hold"], requires).unwrap_err().to_string()
}

/// A report of zeros with these cells.
fn report(cells: &[(&str, &str)]) -> PublishedReport {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    for (path, printed) in cells {
        report.set(cell(path), PublishedCell::read(printed)).unwrap();
    }
    report
}

/// How often the rule passes, what it finds, and why it could not be evaluated.
fn outcome(report: &PublishedReport, requires: Requirement) -> (usize, Vec<String>, Vec<Reason>) {
    let checked = report.check_with(&[rule(requires)]);
    (
        checked.passes_of("own"),
        checked.findings_of("own").map(|finding| finding.message(Language::English)).collect(),
        checked.not_evaluated_of("own").map(|open| open.reason).collect(),
    )
}

const A: &str = "article20.item5.licensing.decisions";
const B: &str = "article20.item6.penalty.decisions";
const OLD: &str = "article20.item9.procurement.projects";

#[test]
fn sums_are_compared() {
    let equal = || Requirement::Equal { left: vec![cell(A)], right: vec![cell(B)] };
    let at_least = || Requirement::AtLeast { left: vec![cell(A)], right: vec![cell(B)] };
    assert_eq!(outcome(&report(&[]), equal()), (1, vec![], vec![]));
    let more = report(&[(A, "3"), (B, "2")]);
    let found =
        "行政许可 · 本年处理决定数量 3 should equal 行政处罚 · 本年处理决定数量 2, off by 1 (rule: it must hold)";
    assert_eq!(outcome(&more, equal()), (0, vec![found.to_owned()], vec![]));
    assert_eq!(outcome(&more, at_least()), (1, vec![], vec![]));
    assert_eq!(outcome(&report(&[(B, "2")]), at_least()).1.len(), 1);
    assert_eq!(outcome(&report(&[(A, "")]), equal()), (0, vec![], vec![Reason::NoCount]));
    let old = Requirement::Equal { left: vec![cell(OLD)], right: vec![cell(B)] };
    assert_eq!(outcome(&report(&[]), old), (0, vec![], vec![Reason::OtherEdition]));
}

#[test]
fn counts_are_within_their_bounds() {
    let within = |most| Requirement::Within { cells: vec![cell(A), cell(B), cell(OLD)], least: 1, most };
    let of = |a: &str, b: &str| report(&[(A, a), (B, b)]);
    assert_eq!(outcome(&of("1", "9"), within(None)), (2, vec![], vec![Reason::OtherEdition]));
    let (passes, found, open) = outcome(&of("0", "3"), within(Some(2)));
    assert_eq!((passes, open.len()), (0, 1));
    assert_eq!(found[0], "行政许可 · 本年处理决定数量 is 0, expected 1 to 2 (rule: it must hold)");
    assert_eq!(found[1], "行政处罚 · 本年处理决定数量 is 3, expected 1 to 2 (rule: it must hold)");
    assert_eq!(outcome(&of("/", "2"), within(Some(2))).2, [Reason::NoCount, Reason::OtherEdition]);
    // A number that is not printed is told as a number.
    let zero = outcome(&of("", "2").with_blanks_as_zero(), within(Some(2))).1;
    assert_eq!(zero, ["行政许可 · 本年处理决定数量 is 0, expected 1 to 2 (rule: it must hold)"]);
}

#[test]
fn a_section_says_one_of_some_words() {
    let says =
        || Requirement::Says { section: Section::Problems, any_of: vec!["培训".to_owned(), "队伍".to_owned()] };
    let mut report = report(&[]);
    let found = "五、存在的主要问题及改进情况 mentions none of 培训, 队伍 (rule: it must hold)";
    assert_eq!(outcome(&report, says()), (0, vec![found.to_owned()], vec![]));
    // Like other findings on words it comes after those on cells.
    report.set(cell(A), PublishedCell::read("-1")).unwrap();
    let rules: Vec<_> =
        report.check_with(&[rule(says())]).findings.iter().map(|finding| finding.rule.clone()).collect();
    assert_eq!(rules, ["cell-domain", "own"]);
    let problems = report.facts.problems.as_mut().unwrap();
    problems.parts =
        vec![Part { heading: Some("（一）队伍".to_owned()), text: "改进。".to_owned(), ..Part::default() }];
    assert_eq!(outcome(&report, says()), (1, vec![], vec![]));
    report.facts.problems = None;
    assert_eq!(outcome(&report, says()), (0, vec![], vec![Reason::NoSection]));
}

#[test]
fn a_section_states_the_counts_of_some_cells() {
    let columns = ["issued", "repealed", "in_force"];
    let cells = columns.map(|column| cell(&format!("article20.item1.normative_documents.{column}")));
    let states = || Requirement::States { section: Section::Overview, cells: cells.to_vec() };
    let mut report = report(&[]);
    let outcome = |report: &PublishedReport| {
        let checked = report.check_with(&[rule(states())]);
        let found = checked.findings_of("own").map(|of| of.cells.iter().map(|of| of.cell).collect()).collect();
        let open = checked.not_evaluated_of("own").map(|open| open.reason).collect();
        (checked.passes_of("own"), found, open)
    };
    type Outcome = (usize, Vec<Vec<Cell>>, Vec<Reason>);
    let none: Outcome = (0, vec![cells.to_vec()], vec![]);
    assert_eq!(outcome(&report), none);
    let mut says = |text: &str| -> Outcome {
        report.facts.overview.as_mut().unwrap().parts = vec![Part { text: text.to_owned(), ..Part::default() }];
        outcome(&report)
    };
    assert_eq!(says("制发规范性文件0件，废止0件，现行有效0件。"), (3, vec![], vec![]));
    assert_eq!(says("制发规范性文件0件，废止0件。"), (2, vec![vec![cells[2]]], vec![]));
    // Whether it is right is another question.
    assert_eq!(says("制发规范性文件7件，废止0件，现行有效0件。"), (3, vec![], vec![]));
    report.facts.overview = None;
    assert_eq!(outcome(&report), (0, vec![], vec![Reason::NoSection]));
    // A whole states none of its parts, nor what else it could mean.
    let passes = |path: &str, text: &str| {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        report.facts.overview.as_mut().unwrap().parts = vec![Part { text: text.to_owned(), ..Part::default() }];
        let states = Requirement::States { section: Section::Overview, cells: vec![cell(path)] };
        report.check_with(&[rule(states)]).passes_of("own")
    };
    assert_eq!(passes("requests.received.total", "收到政府信息公开申请0件。"), 1);
    assert_eq!(passes("requests.carried_in.total", "收到政府信息公开申请0件。"), 0);
    assert_eq!(passes("requests.outcomes.withheld.state_secret.total", "不予公开0件。"), 0);
    // The documents of a region are not read.
    let mut region = PublishedReport::zeros(Layout::EDITION_2021);
    region.facts.agency.as_mut().unwrap().kind = Some(ogi_report::AgencyKind::CountyGovernment);
    let asked = Requirement::States { section: Section::Overview, cells: cells.to_vec() };
    let checked = region.check_with(&[rule(asked)]);
    assert_eq!((checked.findings_of("own").count(), checked.not_evaluated_of("own").count()), (0, 1));
    let message = "“一、总体情况”未写明行政规范性文件 · 本年制发件数、行政规范性文件 · 本年废止件数、\
                   行政规范性文件 · 现行有效件数（规则：须成立）";
    let zeros = PublishedReport::zeros(Layout::EDITION_2021).check_with(&[rule(states())]);
    assert_eq!(zeros.findings_of("own").next().unwrap().message(Language::Chinese), message);
    let old = PublishedReport::zeros(Layout::EDITION_2019).check_with(&[rule(states())]);
    assert_eq!(old.not_evaluated_of("own").map(|open| open.reason).collect::<Vec<_>>(), [Reason::OtherEdition]);
    assert!(
        refused(Requirement::States { section: Section::Overview, cells: vec![] })
            .starts_with("expected at least one cell")
    );
    let table = Requirement::States { section: Section::Requests, cells: vec![cells[0]] };
    assert!(refused(table).starts_with("expected a section in words"));
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let within = |cells: &[&str], least, most| Requirement::Within {
        cells: cells.iter().map(|path| cell(path)).collect(),
        least,
        most,
    };
    assert_eq!(refused(within(&[], 0, None)), r#"expected at least one cell, found """#);
    assert_eq!(refused(within(&[A], 5, Some(2))), "expected a most of 5 or more, found 2");
    assert_eq!(refused(within(&[A, B, A], 0, None)), format!("expected each cell once, found {A:?}"));
    let amount = "article20.item8.administrative_fees.amount";
    assert_eq!(refused(within(&[amount], 0, None)), format!("expected a cell that holds a count, found {amount:?}"));
    let sums = |left: &[&str], right: &[&str]| {
        let cells = |paths: &[&str]| paths.iter().map(|path| cell(path)).collect();
        Requirement::Equal { left: cells(left), right: cells(right) }
    };
    assert_eq!(refused(sums(&[A], &[])), r#"expected a cell on each side, found """#);
    assert_eq!(refused(sums(&[A], &[A])), format!("expected each cell once, found {A:?}"));
    let says = |section, words: &[&str]| Requirement::Says {
        section,
        any_of: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    assert_eq!(refused(says(Section::Requests, &["是"])), r#"expected a section in words, found "requests""#);
    for blank in [&[][..], &[""], &["是", " "]] {
        assert!(refused(says(Section::Overview, blank)).starts_with("expected words that are not blank"));
    }
    for code in ["", "-", "A", "9-own", "own rule", "period", "requests-balance", &"x".repeat(65)] {
        assert!(
            OwnRule::new(code, Severity::Error, ["一", "one"], says(Section::Overview, &["是"])).is_err(),
            "{code}"
        );
    }
    for words in [["", "one"], ["一", " "]] {
        assert!(OwnRule::new("own", Severity::Error, words, says(Section::Overview, &["是"])).is_err(), "{words:?}");
    }
}

#[test]
fn a_policy_in_a_file_carries_rules_and_is_read_as_it_is_written() {
    let file = r#"{
        "blocks_from": "warning",
        "graded": { "own-words": "error", "label-as-prescribed": "warning" },
        "rules": [
            { "code": "own-words", "severity": "notice", "zh": "写明培训", "en": "training is spoken of",
              "basis": ["50"], "requires": { "says": { "section": "problems", "any_of": ["培训"] } } },
            { "code": "own-bound", "severity": "warning", "zh": "不超过九件", "en": "at most nine",
              "requires": { "within": { "cells": ["article20.item5.licensing.decisions"], "least": 0, "most": 9 } } }
        ],
        "waivers": [{ "rule": "own-bound", "subject": "article20.item5.licensing.decisions", "reason": "复核中", "until": "2025-06-30" }]
    }"#;
    let policy: Policy = serde_json::from_str(file).unwrap();
    let research = serde_json::to_string(&Policy::RESEARCH).unwrap();
    assert_eq!(research, r#"{"blocks_from":"nothing"}"#);
    assert_eq!(serde_json::from_str::<Policy>(&research).unwrap(), Policy::RESEARCH);
    let again: Policy = serde_json::from_str(&serde_json::to_string(&policy).unwrap()).unwrap();
    assert_eq!(again, policy);
    assert_eq!(
        policy.grades().collect::<Vec<_>>(),
        [("label-as-prescribed", Severity::Warning), ("own-words", Severity::Error)]
    );
    let checked = policy.check(&report(&[(A, "10")]));
    let decision = policy.judge(&checked, Date::new(2025, 3, 1).unwrap());
    let blocking: Vec<_> = decision.blocking().map(|(finding, severity)| (&*finding.rule, severity)).collect();
    assert_eq!(blocking, [("own-words", Severity::Error)]);
    assert_eq!(decision.waived().map(|(finding, _)| &*finding.rule).collect::<Vec<_>>(), ["own-bound"]);
    assert_eq!(decision.not_evaluated(), checked.not_evaluated);
    assert!(decision.message(Language::Chinese).ends_with(&format!("另有 {} 项未核对\n", checked.not_evaluated.len())));

    for (wrong, says) in [
        (r#"[null, {}, [], []]"#, "invalid type: sequence"),
        (r#"{"blocks_from": "error", "graded": {"period": "error", "period": "notice"}}"#, "period is named twice"),
        (r#"{"blocks_from": "error", "graded": {"period": {"error": null}}}"#, "invalid type: map"),
        (
            r#"{"blocks_from": "error", "graded": {"perod": "error"}}"#,
            "expected the code of a rule such as requests-balance, found \"perod\"",
        ),
        (r#"{"blocks": "error"}"#, "unknown field `blocks`"),
        (r#"{}"#, "missing field `blocks_from`"),
        (r#"{"blocks_from": "fatal"}"#, "expected notice, warning or error, found \"fatal\""),
        (
            r#"{"blocks_from": "nothing", "waivers": [{"rule": "period", "subject": " ", "reason": "是", "until": "2025-01-01"}]}"#,
            "what the waiver is for",
        ),
        (
            r#"{"blocks_from": "nothing", "waivers": [{"rule": "period", "subject": "report", "reason": "", "until": "2025-01-01"}]}"#,
            "the reason of the waiver",
        ),
        (
            r#"{"blocks_from": "nothing", "waivers": [{"rule": "own", "subject": "report", "reason": "是", "until": "2025-01-01"}]}"#,
            "the code of a rule",
        ),
    ] {
        let error = serde_json::from_str::<Policy>(wrong).unwrap_err().to_string();
        assert!(error.contains(says), "{wrong}: {error}");
    }
    // Of two rules with one code the first is asked, once.
    let bound = policy.rules()[1].clone();
    assert_eq!(report(&[]).check_with(&[bound.clone(), bound]).passes_of("own-bound"), 1);
}
