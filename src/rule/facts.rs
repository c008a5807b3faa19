//! The facts around the tables, where a document contradicts itself.

use super::outcome::{Outcome, Reason, Told};
use super::{Rule, Test};
use crate::agency::DivisionCode;
use crate::date::Date;
use crate::facts::{Facts, Source};
use crate::form::{Basis, Edition};
use crate::narrative::FeeStatus;
use crate::number::Amount;
use crate::severity::Severity;
use crate::text::{is_ideograph, is_short_of, shortened, trimmed, years};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "title-stated",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "报告有标题",
        en: "the report has a title",
        not_checked_zh: "标题的写法。",
        not_checked_en: "How the title is worded.",
        holds: &[],
        breaks: &[("title", r#"" ""#)],
        test: Test::Facts(&["title"], |facts| Some(blank(TITLE, facts.title.as_deref()?, &facts.evidence.title))),
    },
    Rule {
        code: "title-year",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "标题所写年度为报告年度",
        en: "the year in the title is the report year",
        not_checked_zh: "没有写明年度的标题。",
        not_checked_en: "Titles that name no year.",
        holds: &[],
        breaks: &[("title", r#""示例市数据局2023年政府信息公开工作年度报告""#)],
        test: Test::Facts(&["title", "year"], title_year),
    },
    Rule {
        code: "title-agency",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "标题所写机关为报告机关",
        en: "the agency in the title is the one that reports",
        not_checked_zh: "标题用简称的，以及没有写明机关的标题。",
        not_checked_en: "Titles with a short form of the name, or without a name.",
        holds: &[],
        breaks: &[("title", r#""示例市教育委员会2024年政府信息公开工作年度报告""#)],
        test: Test::Facts(&["title", "agency.name"], title_agency),
    },
    Rule {
        code: "agency-stated",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("49"),
        zh: "报告机关有名称",
        en: "the agency that reports has a name",
        not_checked_zh: "名称是否为全称。",
        not_checked_en: "Whether the name is given in full.",
        holds: &[],
        breaks: &[("agency.name", r#""""#)],
        test: Test::Facts(&["agency.name"], |facts| {
            Some(blank(AGENCY, &facts.agency.as_ref()?.name, &facts.evidence.agency))
        }),
    },
    Rule {
        code: "division-code",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("49"),
        zh: "行政区划代码符合 GB/T 2260 的编码规则",
        en: "the division code is built as GB/T 2260 prescribes",
        not_checked_zh: "该代码是否确有其地，是否属于报告机关。",
        not_checked_en: "Whether there is such a division, and whether it is that of the agency.",
        holds: &[("agency.division_code", r#""330100""#)],
        breaks: &[("agency.division_code", r#""990100""#)],
        test: Test::Facts(&["agency.division_code"], |facts| {
            Some(division(facts.agency.as_ref()?.division_code.as_ref()?))
        }),
    },
    Rule {
        code: "date-after-year",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("49"),
        zh: "报告年度结束后才公布、落款",
        en: "a report is published and signed after its year has ended",
        not_checked_zh: "日期是否真实。",
        not_checked_en: "Whether the days are true.",
        holds: &[("published_on", r#""2025-01-01""#)],
        breaks: &[("published_on", r#""2024-12-31""#)],
        test: Test::Facts(DAYS, |facts| {
            days(
                facts,
                |day, year| day.year() <= year,
                |year| [format!("晚于 {year}-12-31 的日期"), format!("a day after {year}-12-31")],
            )
        }),
    },
    Rule {
        code: "date-near-year",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("49"),
        zh: "报告年度结束后十年内公布、落款",
        en: "a report is published and signed within ten years after its year",
        not_checked_zh: "是否逾期（另有规则）。",
        not_checked_en: "Whether it is late, which another rule tells.",
        // Of a body that Article 49 does not name, so that no deadline is missed.
        holds: &[("agency.kind", r#""township""#)],
        breaks: &[("published_on", r#""2052-01-20""#)],
        test: Test::Facts(DAYS, |facts| {
            days(
                facts,
                |day, year| day.year() > year + 10,
                |year| [format!("{} 年以前的日期", year + 11), format!("a day before {}", year + 11)],
            )
        }),
    },
    Rule {
        code: "section-heading",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "各部分文字有标题",
        en: "each section in words has a heading",
        not_checked_zh: "标题的写法和次序（另有规则）。",
        not_checked_en: "How the heading is worded, and the order, which another rule tells.",
        holds: &[],
        breaks: &[(
            "overview",
            r#"{"title":"","parts":[{"text":"主动公开、依申请公开、政府信息管理、平台建设和监督保障均按要求开展。"}]}"#,
        )],
        test: Test::Facts(&["overview", "problems", "other_matters"], headings),
    },
    Rule {
        code: "processing-fee-consistent",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("42, 50(5)"),
        zh: "说明未收取信息处理费的，没有实收金额",
        en: "where no processing fee was collected, no amount collected is stated",
        not_checked_zh: "金额是否属实；已通知而未缴纳的金额。",
        not_checked_en: "Whether an amount is true, and amounts that were notified and not paid.",
        holds: &[],
        breaks: &[("other_matters.processing_fee", r#"{"status":"none","collected":"100"}"#)],
        test: Test::Facts(&["other_matters.processing_fee"], |facts| {
            let fee = facts.other_matters.as_ref()?.processing_fee.as_ref()?;
            let collected = fee.collected.filter(|amount| *amount != Amount::ZERO && fee.status == FeeStatus::None);
            let found = |amount: Amount| mismatch(COLLECTED, format!("{amount} 元"), ["没有金额", "no amount"], &None);
            Some(collected.map(found).into_iter().collect())
        }),
    },
];

/// What the rules on days read.
const DAYS: &[&str] = &["year", "published_on", "signed_on"];

// ---- What does not fit ---------------------------------------------------------------------------

/// A fact: its key, and what it is called in Chinese and in English.
type Fact = [&'static str; 3];

const TITLE: Fact = ["title", "标题", "the title"];
const AGENCY: Fact = ["agency.name", "机关名称", "the name of the agency"];
const DIVISION: Fact = ["agency.division_code", "行政区划代码", "the division code"];
const COLLECTED: Fact = ["other_matters.processing_fee", "实收信息处理费", "the processing fee collected"];

/// A fact that contradicts another: which, what is stated, what would fit, in Chinese and in English.
fn mismatch(fact: Fact, found: impl Into<String>, expected: [impl Into<String>; 2], source: &Option<Source>) -> Told {
    let (found, [expected_zh, expected]) = (found.into(), expected.map(Into::into));
    let [key, zh, en] = fact;
    Told {
        words: [
            format!("{zh}为“{}”，应为{expected_zh}", shortened(&found)),
            format!("{en} is {:?}, expected {expected}", shortened(&found)),
        ],
        found: Some(found),
        subjects: vec![key.to_owned()],
        place: source.as_ref().and_then(|source| source.place.clone()),
        ..Told::default()
    }
}

// ---- The tests -----------------------------------------------------------------------------------

/// [`Test::Facts`].
pub(crate) fn check(facts: &Facts, test: fn(&Facts) -> Option<Vec<Told>>) -> Outcome {
    test(facts).map_or_else(|| Outcome::skipped(Reason::NotStated), Outcome::of)
}

/// What contradicts itself in the facts of a report of this edition, or of any if they stand alone: the findings of severity
/// *error*.
pub(crate) fn contradictions(
    facts: &Facts,
    edition: Option<Edition>,
) -> impl Iterator<Item = (&'static Rule, Vec<Told>)> {
    let of_rule = move |rule: &'static Rule| match rule.test {
        Test::Facts(_, test)
            if rule.severity == Severity::Error && edition.is_none_or(|edition| rule.applies_to(edition)) =>
        {
            test(facts).map(|found| (rule, found))
        }
        _ => None,
    };
    RULES.iter().filter_map(of_rule).filter(|(_, found)| !found.is_empty())
}

fn blank(fact: Fact, text: &str, source: &Option<Source>) -> Vec<Told> {
    let found = || mismatch(fact, text, ["文字", "words"], source);
    trimmed(text).is_empty().then(found).into_iter().collect()
}

fn title_year(facts: &Facts) -> Option<Vec<Told>> {
    let (title, year) = (facts.title.as_deref()?, facts.year?);
    let named: Vec<u16> = years(title).map(|(_, named)| named).collect();
    let fits = named.is_empty() || named.contains(&year.get());
    let expected = || [format!("写明 {year} 年度的标题"), format!("a title that names {year}")];
    Some(if fits { vec![] } else { vec![mismatch(TITLE, title, expected(), &facts.evidence.title)] })
}

/// What is before the year is the name, or a short form of it: its characters in their order.
fn title_agency(facts: &Facts) -> Option<Vec<Told>> {
    let (title, name) = (facts.title.as_deref()?, facts.agency.as_ref()?.name.as_str());
    let (year, _) = years(title).next()?;
    let said = title[..year].rsplit(['：', ':', '《']).next()?.trim_start_matches("关于");
    let characters = |text: &str| text.chars().filter(|c| is_ideograph(*c)).collect::<String>();
    let (short, long) = (characters(said), characters(name));
    let fits = said.contains(name) || is_short_of(&short, &long) || is_short_of(&long, &short);
    let expected = || [format!("写明{name}的标题"), format!("a title that names {name}")];
    Some(if fits { vec![] } else { vec![mismatch(TITLE, title, expected(), &facts.evidence.title)] })
}

/// Provinces, prefectures and counties as GB/T 2260 numbers them.
fn division(code: &DivisionCode) -> Vec<Told> {
    const PROVINCES: &[u8] = &[
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62,
        63, 64, 65, 71, 81, 82,
    ];
    let pair = |at: usize| code.as_str()[at..at + 2].parse().unwrap_or(0);
    let [province, city, county] = [0, 2, 4].map(pair);
    let is_built = PROVINCES.contains(&province) && (city != 0 || county == 0);
    let expected = [
        "省级代码在前、有市才有县的六位代码",
        "six digits that begin with those of a province, with a county only within a city",
    ];
    if is_built { vec![] } else { vec![mismatch(DIVISION, code.as_str(), expected, &None)] }
}

/// The days that do not fit the year.
fn days(facts: &Facts, is_odd: fn(Date, u16) -> bool, expected: fn(u16) -> [String; 2]) -> Option<Vec<Told>> {
    let year = facts.year?.get();
    let days = [
        (["published_on", "公布日期", "the day of publication"], facts.published_on, &facts.evidence.published_on),
        (["signed_on", "落款日期", "the day of the signature"], facts.signed_on, &facts.evidence.signed_on),
    ];
    days.iter().any(|(_, day, _)| day.is_some()).then(|| {
        let odd = |(fact, day, source): (_, Option<Date>, _)| {
            let day = day.filter(|day| is_odd(*day, year))?;
            Some(mismatch(fact, day.to_string(), expected(year), source))
        };
        days.into_iter().filter_map(odd).collect()
    })
}

fn headings(facts: &Facts) -> Option<Vec<Told>> {
    let titles = [
        (
            ["overview", "第一部分的标题", "the heading of section one"],
            facts.overview.as_ref().map(|section| &section.title),
        ),
        (
            ["problems", "第五部分的标题", "the heading of section five"],
            facts.problems.as_ref().map(|section| &section.title),
        ),
        (
            ["other_matters", "第六部分的标题", "the heading of section six"],
            facts.other_matters.as_ref().map(|section| &section.title),
        ),
    ];
    titles
        .iter()
        .any(|(_, title)| title.is_some())
        .then(|| titles.into_iter().filter_map(|(fact, title)| Some(blank(fact, title?, &None))).flatten().collect())
}
