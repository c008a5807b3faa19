//! What blocks, and what a waiver lets pass.

use ogi_report::policy::{Policy, Waiver};
use ogi_report::{CheckReport, Date, Language, Layout, Part, PublishedCell, PublishedReport, Rule};

fn date(month: u8, day: u8) -> Date {
    Date::new(2025, month, day).unwrap()
}

fn waiver(rule: &str, subject: &str) -> Waiver {
    Waiver { rule: rule.to_owned(), subject: subject.to_owned(), reason: "复核中".to_owned(), until: date(6, 30) }
}

fn with(policy: Policy, waivers: &[Waiver]) -> Policy {
    waivers.iter().cloned().try_fold(policy, Policy::with_waiver).unwrap()
}

/// How many findings block an import, or a publication.
fn blocking(policy: Policy, checked: &CheckReport, waivers: &[Waiver]) -> usize {
    let decision = with(policy, waivers).judge(checked, date(6, 30));
    let lines = decision
        .message(Language::English)
        .lines()
        .filter(|line| !line.starts_with([' ', 'u', 'e']) && !line.ends_with(" not evaluated"))
        .count();
    assert_eq!(lines, checked.findings.len(), "nothing that was found disappears");
    decision.blocking().count()
}

#[test]
fn an_equation_is_waived_by_its_total_alone_until_the_day() {
    let checked = Rule::find("requests-row-total").unwrap().wrong_example().check();
    let total = || waiver("requests-row-total", "requests.received.total");
    let judge = |waivers: &[Waiver]| blocking(Policy::IMPORT, &checked, waivers);
    assert_eq!(judge(&[]), 2);
    assert_eq!(judge(&[total()]), 1);
    assert_eq!(judge(&[waiver("requests-balance", "requests.received.total")]), 2);
    assert_eq!(judge(&[waiver("requests-row-total", "report")]), 2);
    // A part of the sum names nothing.
    assert_eq!(judge(&[waiver("requests-row-total", "requests.received.other")]), 2);

    let decision = with(Policy::IMPORT, &[total()]).judge(&checked, date(7, 1));
    assert_eq!(decision.blocking().count(), 2);
    assert_eq!((decision.expired(), decision.unused().len()), (&[total()][..], 0));
    let last = "已过期的豁免：requests-row-total（一、本年新收政府信息公开申请数量 · 总计），至 2025-06-30：复核中\n";
    assert!(decision.message(Language::Chinese).contains(last), "{}", decision.message(Language::Chinese));
}

#[test]
fn each_missing_cell_needs_a_waiver_of_its_own() {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    let paths = ["natural_person", "other", "total"].map(|column| format!("requests.carried_in.{column}"));
    for path in &paths[..2] {
        report.set(path.parse().unwrap(), PublishedCell::read("")).unwrap();
    }
    // Parts are missing: the blank total is no notice.
    report.set(paths[2].parse().unwrap(), PublishedCell::read("")).unwrap();
    let checked = report.check();
    let waivers: Vec<Waiver> = paths.iter().map(|path| waiver("cell-missing", path)).collect();
    let judge = |waivers: &[Waiver]| blocking(Policy::BEFORE_PUBLICATION, &checked, waivers);
    assert_eq!(judge(&[]), checked.findings.len());
    assert!(judge(&waivers[..1]) > 0 && judge(&waivers[..2]) > 0);
    assert_eq!(judge(&waivers), 0);
    let all: Vec<Waiver> =
        checked.findings.iter().flat_map(|finding| Waiver::all_for(finding, "复核中", date(6, 30))).collect();
    assert_eq!(all, waivers);
}

#[test]
fn one_statement_of_the_prose_is_waived_at_a_time() {
    let mut report: PublishedReport = PublishedReport::zeros(Layout::EDITION_2021);
    let text = "主动公开、政府信息管理、平台建设和监督保障均按要求开展。全年收到政府信息公开申请3件，结转下年度继续办理3件。本年新收政府信息公开申请5件。".to_owned();
    if let Some(overview) = &mut report.facts.overview {
        overview.parts = vec![Part { text, ..Part::default() }];
    }
    let checked = report.check();
    assert_eq!(checked.findings_of("text-count").count(), checked.findings.len());
    assert_eq!(checked.findings.len(), 3, "{:?}", checked.findings);
    let judge = |waivers: &[Waiver]| blocking(Policy::BEFORE_PUBLICATION, &checked, waivers);
    for finding in &checked.findings {
        let waivers = Waiver::all_for(finding, "复核中", date(6, 30));
        assert_eq!((waivers.len(), judge(&waivers)), (1, 2));
    }
    // The cell that two are about names neither.
    assert_eq!(judge(&[waiver("text-count", "requests.received.total")]), 3);
}

#[test]
fn a_waiver_of_no_rule_is_an_error_and_one_of_nothing_is_listed() {
    let error = Policy::IMPORT.with_waiver(waiver("requests-row-totals", "report")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected the code of a rule such as requests-balance, found \"requests-row-totals\""
    );
    let idle = waiver("requests-balance", "requests.received.total");
    let checked = Rule::find("requests-row-total").unwrap().wrong_example().check();
    let decision = with(Policy::IMPORT, std::slice::from_ref(&idle)).judge(&checked, date(1, 1));
    assert_eq!((decision.unused(), decision.expired().len()), (&[idle][..], 0));
    assert!(
        decision.message(Language::Chinese).contains("\n未用到的豁免：requests-balance（"),
        "{}",
        decision.message(Language::Chinese)
    );
    assert!(decision.to_string().contains("\nunused waiver: requests-balance ("), "{decision}");
}

#[test]
fn what_is_wrong_with_a_section_is_waived_by_section_and_fault() {
    let checked = Rule::find("sections-complete").unwrap().wrong_example().check();
    let judge = |waivers: &[Waiver]| blocking(Policy::BEFORE_PUBLICATION, &checked, waivers);
    let of = |defect| waiver("sections-complete", &format!("problems: {defect}"));
    assert_eq!(judge(&[]), 1);
    assert_eq!(judge(&[of("empty")]), 1);
    assert_eq!(judge(&[of("only_none")]), 0);
}

#[test]
fn only_the_rules_that_are_named_block_and_only_from_their_day_on() {
    let read = |json: &str| serde_json::from_str::<Policy>(json);
    let policy = read(
        r#"{"blocks_from":"error","only":["proceedings-total","requests-balance"],"since":{"requests-balance":"2026-01-01"}}"#,
    )
    .unwrap();
    assert_eq!(read(&serde_json::to_string(&policy).unwrap()).unwrap(), policy);
    assert_eq!(policy.only().collect::<Vec<_>>(), ["proceedings-total", "requests-balance"]);
    assert_eq!(policy.since().collect::<Vec<_>>(), [("requests-balance", Date::new(2026, 1, 1).unwrap())]);
    let blocks = |rule: &str, day: Date| {
        let checked = Rule::find(rule).unwrap().wrong_example().check();
        policy.judge(&checked, day).blocking().map(|(finding, _)| finding.rule.to_string()).collect::<Vec<_>>()
    };
    let [before, after] = [Date::new(2025, 12, 31).unwrap(), Date::new(2026, 1, 1).unwrap()];
    assert_eq!(blocks("proceedings-total", before), ["proceedings-total"]);
    assert_eq!(blocks("requests-balance", before), [""; 0]);
    assert!(blocks("requests-balance", after).iter().all(|rule| rule == "requests-balance"));
    assert!(!blocks("requests-balance", after).is_empty());
    assert_eq!(blocks("requests-row-total", after), [""; 0]);
    // Rules of the caller block beside those that are named; why another does not is told.
    let own = serde_json::from_str(
        r#"{"code":"own","severity":"error","zh":"不超过零件","en":"none","requires":{"within":{"cells":["proceedings.reconsideration.total"],"least":0,"most":0}}}"#,
    );
    let policy = policy.clone().with_rule(own.unwrap()).unwrap();
    let mut report = Rule::find("requests-row-total").unwrap().wrong_example();
    report.set("proceedings.reconsideration.total".parse().unwrap(), PublishedCell::read("3")).unwrap();
    report.set("proceedings.reconsideration.upheld".parse().unwrap(), PublishedCell::read("3")).unwrap();
    let checked = policy.check(&report);
    let decision = policy.judge(&checked, before);
    assert_eq!(decision.blocking().map(|(finding, _)| &*finding.rule).collect::<Vec<_>>(), ["own"]);
    let message = decision.message(Language::Chinese);
    assert!(message.contains("本政策不以此为限，不阻止 错误：requests-row-total"), "{message}");
    let later = Rule::find("requests-balance").unwrap().wrong_example().check();
    let message = policy.judge(&later, before).message(Language::Chinese);
    assert!(message.contains("自 2026-01-01 起才阻止 错误：requests-balance"), "{message}");
    let refused = [
        r#"{"blocks_from":"error","only":["no-rule"]}"#,
        r#"{"blocks_from":"error","since":{"no-rule":"2026-01-01"}}"#,
        r#"{"blocks_from":"error","since":{"period":"2026-02-30"}}"#,
        r#"{"blocks_from":"error","since":{"period":"2026-01-01","period":"2027-01-01"}}"#,
    ];
    assert!(refused.iter().all(|json| read(json).is_err()));
}
