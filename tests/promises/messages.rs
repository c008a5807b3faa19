//! Every message in both languages, in one file that an editor can read through: `tests/data/messages.md`. With `OGI_WRITE=1`
//! this test writes it.

use std::fmt::Write;
use std::path::Path;

use ogi_report::base_rates::BaseRates;
use ogi_report::finding::Reason;
use ogi_report::policy::Waiver;
use ogi_report::read::{Format, ReadError};
use ogi_report::repair::Slip;
use ogi_report::rollup::{Coverage, MOST_MEMBERS, MOST_NAME, Region};
use ogi_report::stream::{self, At, Failed};
use ogi_report::{
    AgencyKind, AnnualReport, CheckReport, Count, CreditCode, Date, DivisionCode, Edition, JsonError, Language, Layout,
    Number, Origin, OwnRule, Parts, Place, Policy, PublishedCell, PublishedReport, Requirement, Rule, Scope, Section,
    Severity, SourceKind, Status, Year, read, revision, series,
};

/// The message in each language.
fn both(message: impl Fn(Language) -> String) -> [String; 2] {
    Language::ALL.map(message)
}

/// The lines of the file.
struct Messages(String);

impl Messages {
    fn heading(&mut self, zh: &str, en: &str) {
        let _ = writeln!(self.0, "\n## {zh} · {en}\n");
    }

    fn line(&mut self, name: &str, [zh, en]: [String; 2]) {
        let shown = |text: &str| text.trim_end().replace('\n', "<br>");
        let _ = writeln!(self.0, "- `{name}`\n  - {}\n  - {}", shown(&zh), shown(&en));
    }
}

#[test]
fn every_message_is_in_one_file_and_as_it_is_there() {
    let mut messages = Messages("# 提示语 · Messages\n".to_owned());
    rules(&mut messages);
    names(&mut messages);
    errors(&mut messages);
    decisions(&mut messages);
    many(&mut messages);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/messages.md");
    if std::env::var_os("OGI_WRITE").is_some() {
        std::fs::write(&path, &messages.0).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    for (number, (written, made)) in written.lines().zip(messages.0.lines()).enumerate() {
        assert_eq!(written, made, "line {} of {}: OGI_WRITE=1 writes it anew", number + 1, path.display());
    }
    assert_eq!(written.lines().count(), messages.0.lines().count(), "OGI_WRITE=1 writes it anew");
}

fn rules(messages: &mut Messages) {
    messages.heading("规则", "Rules");
    for rule in Rule::all() {
        messages.line(rule.code, both(|language| rule.statement(language).to_owned()));
        messages.line("—", both(|language| rule.not_checked(language).to_owned()));
        for finding in rule.findings_in(&rule.wrong_example()).unwrap().iter().take(1) {
            messages.line("→", both(|language| finding.message(language)));
        }
    }
    messages.heading("其他情形下的问题", "Findings in other cases");
    for report in odd_reports() {
        let CheckReport { findings, not_evaluated, .. } = report.check();
        for finding in &findings {
            messages.line(&finding.rule, both(|language| finding.message(language)));
        }
        for open in not_evaluated.iter().take(3) {
            messages.line(&open.rule, both(|language| open.message(language)));
        }
    }
}

/// Reports in which rules find what they do not find in their own examples.
fn odd_reports() -> Vec<PublishedReport> {
    let changed = |layout: Layout, changes: &[(&str, &str)]| {
        let mut report = PublishedReport::zeros(layout);
        for (path, printed) in changes {
            report.set(path.parse().unwrap(), PublishedCell::read(printed)).unwrap();
        }
        report
    };
    let mut late = PublishedReport::zeros(Layout::EDITION_2021);
    late.facts.published_on = Some(Date::new(2025, 3, 1).unwrap());
    late.facts.signed_on = Some(Date::new(2025, 1, 20).unwrap());
    let mut disordered = PublishedReport::zeros(Layout::EDITION_2021);
    let sections = [Section::Overview, Section::Requests, Section::Article20, Section::OtherMatters];
    disordered.page.headings = sections
        .map(|section| ogi_report::Paragraph { section, text: section.title().to_owned(), place: None })
        .to_vec();
    disordered.facts.problems = None;
    let mut one_table = PublishedReport::new(Layout::EDITION_2021);
    for entry in Layout::EDITION_2021.cells().iter().filter(|entry| entry.table() != Section::Requests) {
        one_table.set(entry.cell(), PublishedCell::read("0")).unwrap();
    }
    vec![
        changed(Layout::HYBRID, &[("requests.received.other", ""), ("requests.received.total", "")]),
        changed(
            Layout::EDITION_2021,
            &[("requests.received.other", "1.5"), ("article20.item8.administrative_fees.amount", "3元")],
        ),
        changed(
            Layout::EDITION_2019,
            &[("article20.item9.procurement.amount", "-3"), ("article20.item5.licensing.items_change", "1.5")],
        ),
        changed(
            Layout::EDITION_2021,
            &[("requests.carried_in.natural_person", "1件"), ("requests.carried_in.other", "待统计")],
        ),
        late,
        disordered,
        // Without one table, and without all.
        one_table,
        PublishedReport::new(Layout::EDITION_2021),
    ]
}

fn names(messages: &mut Messages) {
    messages.heading("名称", "Names");
    for severity in Severity::ALL {
        messages.line("severity", both(|language| severity.label(language).to_owned()));
    }
    for status in [Status::Number, Status::Blank, Status::NotApplicable, Status::Unreadable, Status::NotFound] {
        messages.line("status", both(|language| status.label(language).to_owned()));
    }
    for origin in [
        Origin::BlankAsZero,
        Origin::NotApplicableAsZero,
        Origin::TotalFromParts,
        Origin::Cut,
        Origin::Joined,
        Origin::Placed,
    ] {
        messages.line("origin", both(|language| origin.label(language).to_owned()));
    }
    for kind in SourceKind::ALL {
        messages.line("evidence", both(|language| kind.label(language).to_owned()));
    }
    for slip in [
        Slip::PrintedZero,
        Slip::DigitsSwapped,
        Slip::DigitLost,
        Slip::DigitMistyped,
        Slip::Shifted,
        Slip::CountedTwice,
        Slip::LeftOut,
        Slip::TotalNotUpdated,
    ] {
        messages.line("slip", both(|language| slip.label(language).to_owned()));
    }
    for reason in [
        Reason::NoCount,
        Reason::OtherEdition,
        Reason::NoYear,
        Reason::NoDate,
        Reason::KindUnknown,
        Reason::KindInferred,
        Reason::KindNotNamed,
        Reason::NoHeadings,
        Reason::NoSection,
        Reason::NothingSaid,
        Reason::TooLong,
        Reason::TooMany,
        Reason::NoReportBefore,
        Reason::OtherAgency,
        Reason::NoUnit,
        Reason::PartUnknown,
        Reason::NotStated,
    ] {
        messages.line("not evaluated", both(|language| reason.message(language).to_owned()));
    }
    for layout in Layout::newest_first() {
        messages.line("layout", both(|language| layout.label(language).to_owned()));
    }
    for scope in Scope::ALL {
        messages.line("scope", both(|language| scope.label(language).to_owned()));
    }
    for kind in AgencyKind::ALL {
        messages.line("agency", both(|language| kind.label(language).to_owned()));
    }
}

fn errors(messages: &mut Messages) {
    messages.heading("读取时的错误", "Errors of readers");
    for error in [
        ReadError::TooLarge { found: 9, limit: 8 },
        ReadError::TooManyLines { limit: 8 },
        ReadError::TooManyFigures { found: 9, limit: 8 },
        ReadError::TooDeep { limit: 8 },
        ReadError::TooManyCells { limit: 8 },
        ReadError::UnpacksTooLarge { limit: 8 },
        ReadError::BrokenArchive { reason: "…".to_owned() },
        ReadError::Encrypted,
        ReadError::Empty,
        ReadError::NotUtf8 { at: 8 },
        ReadError::NotAReport { row: "规章" },
        ReadError::BeforeForm { year: 2018 },
        ReadError::Pdf,
        ReadError::OldOffice,
        ReadError::NotText { format: Format::WebPage },
        ReadError::FeatureOff { what: ["网页", "a web page"], feature: "html" },
        read::any(b"{").unwrap_err(),
        read::text("path,printed\nrequests.received.totl,3\nrequests.received.total,3,4\nrequests.received.other,\"3")
            .unwrap_err(),
        read::text("path,printed\nrequests.received.total,3\nrequests.received.total,3").unwrap_err(),
    ] {
        messages.line("read", both(|language| error.message(language)));
    }
    for format in [Format::Text, Format::Csv, Format::Json, Format::WebPage, Format::Word, Format::Workbook] {
        messages.line("format", both(|language| format.label(language).to_owned()));
    }
    messages.heading("值的错误", "Errors of values");
    for error in [
        "x".parse::<Count>().unwrap_err(),
        ogi_report::Change::new(i64::MAX).unwrap_err(),
        "1e3".parse::<ogi_report::Amount>().unwrap_err(),
        "x".parse::<Number>().unwrap_err(),
        "2025-02-30".parse::<Date>().unwrap_err(),
        "2018".parse::<Year>().unwrap_err(),
        "33".parse::<DivisionCode>().unwrap_err(),
        "11".parse::<CreditCode>().unwrap_err(),
        "11110000MB00000007".parse::<CreditCode>().unwrap_err(),
        "x".parse::<Place>().unwrap_err(),
        "x".parse::<Layout>().unwrap_err(),
        "x".parse::<ogi_report::Cell>().unwrap_err(),
        "x".parse::<AgencyKind>().unwrap_err(),
        "x".parse::<Scope>().unwrap_err(),
        "x".parse::<Severity>().unwrap_err(),
        "x".parse::<Language>().unwrap_err(),
        "x".parse::<Policy>().unwrap_err(),
        Policy::IMPORT.with_grade("x", Severity::Error).unwrap_err(),
        own_rule("period", 2).unwrap_err(),
        OwnRule::new("own-x", Severity::Error, ["", ""], Requirement::Equal { left: vec![], right: vec![] })
            .unwrap_err(),
        Policy::IMPORT
            .with_rule(own_rule("own-x", 2).unwrap())
            .unwrap()
            .with_rule(own_rule("own-x", 2).unwrap())
            .unwrap_err(),
    ] {
        messages.line("value", both(|language| error.message(language)));
    }
    messages.heading("文档的错误", "Faults of documents");
    let report = PublishedReport::zeros(Layout::EDITION_2021);
    let document = report.to_json();
    let mut damaged = |from: &str, to: &str| match PublishedReport::from_json(document.replacen(from, to, 1).as_bytes())
    {
        Err(JsonError::Shape(faults) | JsonError::Cells(faults)) => {
            faults.iter().for_each(|fault| messages.line("document", both(|language| fault.message(language))));
        }
        other => panic!("{from}: {other:?}"),
    };
    damaged("\"year\": 2024", "\"year\": \"2024\"");
    damaged("\"year\": 2024", "\"year\": 1");
    damaged("\"year\": 2024", "\"years\": 2024");
    damaged("\"status\": \"number\"", "\"status\": \"figure\"");
    damaged("\"2025-01-20\"", "\"2025-02-30\"");
    damaged("\"printed\": \"0\"", "\"printed\": \"1\"");
    damaged("\"edition\": \"2021\"", "\"edition\": \"2019\"");
    let faults = [
        series::check([&report, &report]).unwrap_err(),
        series::check([&PublishedReport::new(Layout::EDITION_2021)]).unwrap_err(),
        Region::new(&report, (0..=MOST_MEMBERS).map(|number| (number.to_string(), Coverage::Missing))).unwrap_err(),
        Region::new(&report, [("局".repeat(MOST_NAME), Coverage::Missing)]).unwrap_err(),
        Region::new(
            &report,
            [
                ("甲局", Coverage::Reported(&PublishedReport::zeros(Layout::EDITION_2019))),
                ("甲局", Coverage::Missing),
                ("乙局", Coverage::Inside("丙局".to_owned())),
                ("丁局", Coverage::Inside("丁局".to_owned())),
                ("戊局", Coverage::Abolished),
                ("己局", Coverage::MergedInto("戊局".to_owned())),
                ("庚局", Coverage::Reported(&report)),
                ("辛局", Coverage::Reported(&report)),
            ],
        )
        .map(|_| ())
        .unwrap_err(),
    ];
    for fault in faults.iter().flat_map(|faults| &faults.0) {
        messages.line("list", both(|language| fault.message(language)));
    }
    let mut parts = Parts::new(ogi_report::Facts::default());
    parts.edition = Edition::EDITION_2019;
    let refused = AnnualReport::new(parts).unwrap_err();
    messages.line("refused", both(|language| refused.message(language)));
    let mut hybrid = PublishedReport::zeros(Layout::HYBRID);
    hybrid.facts.title = None;
    hybrid.set("requests.received.other".parse().unwrap(), PublishedCell::read("")).unwrap();
    hybrid.set("requests.received.total".parse().unwrap(), PublishedCell::read("/")).unwrap();
    let refused = hybrid.accept().unwrap_err();
    messages.line("refused", both(|language| refused.message(language)));
}

fn own_rule(code: &str, most: u64) -> Result<OwnRule, ogi_report::ValueError> {
    let cells = vec!["proceedings.reconsideration.total".parse().unwrap()];
    let words = ["复议不超过二件", "there are at most two reconsiderations"];
    OwnRule::new(code, Severity::Warning, words, Requirement::Within { cells, least: 0, most: Some(most) })
}

fn decisions(messages: &mut Messages) {
    messages.heading("自定义规则、处理意见、更正建议", "Own rules, decisions, repair");
    let mut report = Rule::find("proceedings-total").unwrap().wrong_example();
    report.set("proceedings.reconsideration.total".parse().unwrap(), PublishedCell::read("9")).unwrap();
    let says = Requirement::Says { section: Section::Problems, any_of: vec!["队伍".to_owned(), "培训".to_owned()] };
    let rules = [
        own_rule("own-most", 2).unwrap(),
        OwnRule::new("own-words", Severity::Notice, ["写明队伍建设", "the section speaks of the staff"], says).unwrap(),
    ];
    let checked = report.check_with(&rules);
    let day = |month| Date::new(2025, month, 1).unwrap();
    let waiver = |rule: &str, subject: &str, month| Waiver {
        rule: rule.to_owned(),
        subject: subject.to_owned(),
        reason: "复核中".to_owned(),
        until: day(month),
    };
    let policy = [
        waiver("proceedings-total", "proceedings.reconsideration.total", 9),
        waiver("publication-deadline", "report", 9),
        waiver("period", "report", 1),
    ];
    let policy = policy.into_iter().try_fold(Policy::BEFORE_PUBLICATION, Policy::with_waiver).unwrap();
    let decision = policy.judge(&checked, day(3));
    messages.line("decision", both(|language| decision.message(language)));
    // A correction, judged by rules that block only from a day on, or not at all.
    let aside = Policy::BEFORE_PUBLICATION.with_only(["requests-balance", "requests-row-total"]).unwrap();
    let aside = aside.with_since("requests-row-total", day(9)).unwrap();
    let [published, corrected] = revised();
    let (before, after) = (published.check(), corrected.check());
    messages.line("decision", both(|language| aside.judge_revision(&before, &after, day(3)).message(language)));
    messages.line("revision", both(|language| revision::compare(&published, &corrected).unwrap().message(language)));
    let same = revision::compare(&published, &published).unwrap();
    messages.line("revision", both(|language| same.message(language)));
    for cause in report.repair() {
        messages.line("repair", both(|language| cause.message(language)));
    }
}

/// Two versions of a report that differ in everything that is compared, with what is mended, lost, broken and kept.
fn revised() -> [PublishedReport; 2] {
    let print = |report: &mut PublishedReport, path: &str, printed: &str| {
        report.set(path.parse().unwrap(), PublishedCell::read(printed)).unwrap();
    };
    let mut published = Rule::find("requests-row-total").unwrap().wrong_example();
    print(&mut published, "proceedings.reconsideration.total", "4");
    print(&mut published, "proceedings.litigation.direct.total", "1");
    let mut corrected = published.clone();
    print(&mut corrected, "proceedings.reconsideration.total", "0");
    print(&mut corrected, "proceedings.litigation.direct.total", "");
    print(&mut corrected, "proceedings.litigation.after_reconsideration.total", "2");
    print(&mut corrected, "requests.received.other", "/");
    let facts = &mut corrected.facts;
    facts.agency = Some(ogi_report::Agency::named("示例市大数据局"));
    (facts.scope, facts.published_on) = (Scope::Own, Date::new(2025, 1, 25).ok());
    facts.overview.as_mut().unwrap().parts[0].text += "每季自查3次。";
    facts.problems.as_mut().unwrap().parts[0].text = "公开不够及时，将改进。".to_owned();
    corrected.page.remarks =
        vec![ogi_report::Paragraph { section: Section::Requests, text: "注：含结转。".to_owned(), place: None }];
    [published, corrected]
}

/// What is said of a document of a stream, and of a finding among many reports.
fn many(messages: &mut Messages) {
    messages.heading("逐份处理、同类报告中的频率", "Streams, rates");
    let lines = stream::lines(b"12345\n".as_slice()).most_bytes(4).named("2024.jsonl");
    for failed in lines.map(Result::unwrap_err) {
        messages.line("failed", both(|language| failed.message(language)));
    }
    let at = At::Line { file: None, number: 2, offset: 6 };
    for reason in [
        stream::Reason::Io(std::io::Error::other("disk")),
        stream::Reason::Json(PublishedReport::from_json(b"{").unwrap_err()),
    ] {
        let failed = Failed { at: at.clone(), reason };
        messages.line("failed", both(|language| failed.message(language)));
    }
    let late = Rule::find("publication-deadline").unwrap().wrong_example();
    let checked = late.check();
    let mut of_no_kind = late.clone();
    of_no_kind.facts.agency.as_mut().unwrap().kind = None;
    let mut rates = BaseRates::new();
    for report in [&late, &PublishedReport::zeros(Layout::EDITION_2021)] {
        rates.add(report, &report.check());
    }
    for report in [&late, &of_no_kind] {
        messages.line("rate", both(|language| rates.beside(&checked.findings[0], report, language).unwrap()));
    }
}
