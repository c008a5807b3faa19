//! What is due of a report as a whole: the form of its year, in time.

use super::outcome::{Outcome, Reason, Told};
use super::{Rule, Test};
use crate::agency::AgencyKind;
use crate::date::{Date, Year};
use crate::facts::Source;
use crate::form::{Basis, Edition, Layout};
use crate::language::Language;
use crate::place::Place;
use crate::published::PublishedReport;
use crate::severity::Severity;

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "edition-for-year",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "所用的表样是报告年度的表样",
        en: "the layout is the one of the report year",
        not_checked_zh: "2019 年度以前的报告，当时的表样不在本库范围内。",
        not_checked_en: "Reports from before 2019, whose form is not modelled here.",
        holds: &[
            ("title", r#""示例市数据局2021年政府信息公开工作年度报告""#),
            ("year", "2021"),
            ("published_on", r#""2022-01-20""#),
        ],
        breaks: &[
            ("title", r#""示例市数据局2020年政府信息公开工作年度报告""#),
            ("year", "2020"),
            ("published_on", r#""2021-01-20""#),
        ],
        test: Test::EditionForYear,
    },
    Rule {
        code: "publication-deadline",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("49"),
        zh: "县级以上政府部门于次年 1 月 31 日前、政府于次年 3 月 31 日前公布年度报告",
        en: "departments publish by 31 January of the following year, governments by 31 March",
        not_checked_zh: "《条例》第四十九条没有点名的机关，如乡镇、管理委员会。",
        not_checked_en: "Agencies that Article 49 does not name, such as townships and zone committees.",
        holds: &[("published_on", r#""2025-01-31""#)],
        breaks: &[("published_on", r#""2025-02-14""#)],
        test: Test::Deadline((1, 31), (3, 31)),
    },
];

// ---- The form of the year ------------------------------------------------------------------------

/// The layout is not the one of the year.
fn wrong_layout(layout: Layout, year: Year, place: Option<Place>) -> Told {
    let due = Edition::for_year(year.get());
    let [mut zh, mut en] = [
        format!("{year} 年度报告用的是 {}", layout.label(Language::Chinese)),
        format!("the report for {year} is printed in the layout {layout}"),
    ];
    if let Some(due) = due {
        zh += &format!("，应为 {}（{}）", due.layout().label(Language::Chinese), due.notice());
        en += &format!(", due is {} ({})", due.layout().label(Language::English), due.notice());
    }
    Told {
        words: [zh, en],
        found: Some(layout.name().to_owned()),
        expected: due.map(|edition| edition.layout().name().to_owned()),
        ..Told::of_report(place)
    }
}

/// [`Test::EditionForYear`].
pub(crate) fn edition_for_year(report: &PublishedReport) -> Outcome {
    let Some(year) = report.facts.year else { return Outcome::skipped(Reason::NoYear) };
    let mut outcome = Outcome::default();
    let layout = report.layout();
    if layout.is_exact() && Edition::for_year(year.get()) == Some(layout.edition()) {
        outcome.pass += 1;
    } else {
        let place = report.facts.evidence.year.as_ref().and_then(|source| source.place.clone());
        outcome.fail(vec![], wrong_layout(layout, year, place));
    }
    outcome
}

// ---- The deadline --------------------------------------------------------------------------------

/// Published after the deadline, by which date of the page; the day of the signature may be in time.
fn late(due: Date, published: Date, source: Option<&Source>, signed_in_time: Option<Date>) -> Told {
    let days = published.days_after(due);
    let mut words = [format!("应于 {due} 前公布，实际 {published}"), format!("due by {due}, published {published}")];
    let [zh, en] = &mut words;
    if let Some(source) = source {
        *zh += &format!("（{}）", source.kind.label(Language::Chinese));
        *en += &format!(" ({})", source.kind.label(Language::English));
    }
    *zh += &format!("，晚 {days} 天");
    *en += &format!(", {days} days late");
    if let Some(signed) = signed_in_time {
        *zh += &format!("；落款日期 {signed} 未超过期限");
        *en += &format!("; the signature of {signed} is in time");
    }
    Told {
        words,
        found: Some(published.to_string()),
        expected: Some(due.to_string()),
        difference: Some(days.into()),
        ..Told::of_report(source.and_then(|source| source.place.clone()))
    }
}

/// [`Test::Deadline`].
pub(crate) fn deadline(rule: &Rule, report: &PublishedReport, departments: (u8, u8), governments: (u8, u8)) -> Outcome {
    let Some(year) = report.facts.year else { return Outcome::skipped(Reason::NoYear) };
    let Some(published) = report.facts.published_on else { return Outcome::skipped(Reason::NoDate) };
    let (month, day) = match report.facts.agency.as_ref().and_then(|agency| agency.kind) {
        None | Some(AgencyKind::Unknown) => return Outcome::skipped(Reason::KindUnknown),
        Some(kind) if kind.is_department() => departments,
        Some(kind) if kind.is_government() => governments,
        Some(_) => return Outcome::skipped(Reason::KindNotNamed),
    };
    let Ok(due) = Date::new(year.get() + 1, month, day) else { return Outcome::skipped(Reason::NoYear) };
    let mut outcome = Outcome::default();
    if published <= due {
        outcome.pass += 1;
    } else {
        let source = report.facts.evidence.published_on.as_ref();
        let signed_in_time = report.facts.signed_on.filter(|signed| *signed <= due);
        let severity = if signed_in_time.is_some() { Severity::Notice } else { rule.severity };
        outcome.fail_as(severity, vec![], late(due, published, source, signed_in_time));
    }
    outcome
}
