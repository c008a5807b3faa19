//! What the prose says: of its own year, of the tables, of a whole and its parts.

use super::outcome::{FindingCell, MOST_FAILS, Outcome, Reason, Told};
use super::sections::place_of;
use super::{Rule, Test};
use crate::form::{Basis, Edition};
use crate::place::Place;
use crate::prose::{self, Saying, Sentence, Statement};
use crate::published::PublishedReport;
use crate::severity::Severity;
use crate::text::shortened;

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "period",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "引言和正文所说的年度为报告年度，统计期限为当年1月1日至12月31日",
        en: "preamble and prose name the report year, and the period is its 1 January to 31 December",
        not_checked_zh: "没有写明统计期限的报告，以及提及其他年度工作的句子。",
        not_checked_en: "Reports that state no period, and sentences about the work of other years.",
        holds: &[("preamble", r#"{"text":"本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。"}"#)],
        breaks: &[("preamble", r#"{"text":"本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"}"#)],
        test: Test::Prose(Saying::Period),
    },
    Rule {
        code: "text-count",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "正文所说的申请、办理结果、复议、诉讼、文件和处理决定件数与表中数据一致",
        en: "the requests, outcomes, proceedings, documents and decisions that the prose counts agree with the tables",
        not_checked_zh: "约数，分渠道、分事项的件数，其他年度和其他机关的件数；一个说法有几种通行含义的，符合其一即可。",
        not_checked_en: "Round figures, counts by channel or subject, other years and agencies; a word with several known meanings need fit only one.",
        holds: &[
            ("other_matters.parts", r#"[{"text":"全年收到政府信息公开申请3件。"}]"#),
            ("requests.received.natural_person", "3"),
            ("requests.carried_out.natural_person", "3"),
        ],
        breaks: &[("other_matters.parts", r#"[{"text":"全年收到政府信息公开申请4件。"}]"#)],
        test: Test::Prose(Saying::Counts),
    },
    Rule {
        code: "text-amount",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("50"),
        zh: "正文所说的行政事业性收费金额与表中数据一致",
        en: "the administrative fees that the prose names agree with table one",
        not_checked_zh: "约数，其他年度和其他机关的金额，其他款项。",
        not_checked_en: "Round amounts, other years and agencies, other money.",
        holds: &[
            ("other_matters.parts", r#"[{"text":"全年收取行政事业性收费12.5万元。"}]"#),
            ("article20.item8.administrative_fees.amount", "12.5"),
        ],
        breaks: &[("article20.item8.administrative_fees.amount", "125000")],
        test: Test::Prose(Saying::Amounts),
    },
    Rule {
        code: "text-denial",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "正文说没有的，表中为 0",
        en: "what the prose denies is 0 in the tables",
        not_checked_zh: "其他年度、其他机关的情况，以及复议、诉讼的结果。",
        not_checked_en: "Other years, other agencies, and how proceedings ended.",
        holds: &[("other_matters.parts", r#"[{"text":"本年度未收到政府信息公开申请。"}]"#)],
        breaks: &[("requests.received.natural_person", "1"), ("requests.carried_out.natural_person", "1")],
        test: Test::Prose(Saying::Denials),
    },
    Rule {
        code: "text-sum",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "同一句中所列各项不多于总数，列到“其他”为止的等于总数",
        en: "the parts that a sentence lists are no more than its whole, and make it up where they end with the rest",
        not_checked_zh: "没有列全的各项，以及含有约数的句子。",
        not_checked_en: "Lists that are not complete, and sentences with round figures.",
        holds: &[("other_matters.parts", r#"[{"text":"主动公开信息9条，其中：动态4条，公告5条。"}]"#)],
        breaks: &[("other_matters.parts", r#"[{"text":"主动公开信息9条，其中：动态4条，公告6条。"}]"#)],
        test: Test::Prose(Saying::Sums),
    },
    Rule {
        code: "text-percentage",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "正文中的百分比与件数相符",
        en: "a percentage in the prose is that of its count",
        not_checked_zh: "没有同时写明件数的百分比，以及与申请无关的百分比。",
        not_checked_en: "Percentages without their count, and those that are not about requests.",
        holds: &[
            ("other_matters.parts", r#"[{"text":"予以公开1件，占33.3%。"}]"#),
            ("requests.received.natural_person", "3"),
            ("requests.outcomes.disclosed.natural_person", "1"),
            ("requests.carried_out.natural_person", "2"),
        ],
        breaks: &[("other_matters.parts", r#"[{"text":"予以公开1件，占34.3%。"}]"#)],
        test: Test::Prose(Saying::Percentages),
    },
];

/// The prose says otherwise than the tables, or than itself: what it can mean, with the value of each meaning.
fn mismatch(statement: Statement, place: Option<Place>) -> Told {
    // One sentence can say 3件 of two things.
    let cells: Vec<&str> = statement.cells().iter().map(|cell| cell.path()).collect();
    let subject = format!("{}: {}: {}", statement.sentence, statement.stated, cells.join(" "));
    let (sentence, stated) = (shortened(&statement.sentence), statement.stated);
    let [of_zh, of_en] = match statement.saying {
        Saying::Counts | Saying::Amounts | Saying::Denials => ["表中", "in the tables "],
        _ => ["而", ""],
    };
    let named = |is: &'static str, or: &'static str| {
        let named = statement.meanings.iter().map(|meaning| format!("{}{is}{}", meaning.name, meaning.value));
        named.collect::<Vec<String>>().join(or)
    };
    let [zh, en] = match statement.meanings.as_slice() {
        [] => ["与句中的件数不符".to_owned(), "not that of its count".to_owned()],
        _ => [format!("{of_zh}{}", named("为 ", "，或")), format!("{of_en}{}", named(" is ", ", or "))],
    };
    Told {
        words: [format!("“{sentence}”称 {stated}，{zh}"), format!("{sentence:?} says {stated}, but {en}")],
        expected: match statement.meanings.as_slice() {
            [meaning] => Some(meaning.value.clone()),
            _ => None,
        },
        place,
        subjects: vec![subject],
        found: Some(stated),
        ..Told::default()
    }
}

/// [`Test::Prose`]; without sentences where they are too many.
pub(crate) fn check(report: &PublishedReport, saying: Saying, sentences: Option<&[Sentence<'_>]>) -> Outcome {
    let Some(sentences) = sentences else { return Outcome::skipped(Reason::TooLong) };
    if saying == Saying::Period && report.facts.year.is_none() {
        return Outcome::skipped(Reason::NoYear);
    }
    let statements = prose::said(report, saying, sentences);
    if statements.is_empty() {
        return Outcome::skipped(Reason::NothingSaid);
    }
    let (fit, fail): (Vec<_>, Vec<_>) = statements.into_iter().partition(|statement| statement.fits);
    let mut outcome = Outcome { pass: fit.len(), ..Outcome::default() };
    // One more than are told says that there are more.
    for statement in fail.into_iter().take(MOST_FAILS + 1) {
        let place = statement.place.clone().or_else(|| place_of(report, statement.section?));
        let cells = statement.cells().iter().filter_map(|cell| FindingCell::of(report, *cell, None)).collect();
        outcome.fail(cells, mismatch(statement, place));
    }
    outcome
}
