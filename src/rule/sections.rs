//! The six sections of a report, and what the sixth says about processing fees.

use super::outcome::{Outcome, Reason, Told};
use super::{Rule, Test};
use crate::form::{Basis, Edition};
use crate::narrative::{FeeStatus, ProcessingFee, Section};
use crate::number::Amount;
use crate::place::Place;
use crate::published::PublishedReport;
use crate::severity::Severity;

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "sections-complete",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "六个部分齐全、依次排列、各有内容",
        en: "the six sections are there, in order, none of them empty",
        not_checked_zh: "文字的内容是否属实。",
        not_checked_en: "Whether what the sections say is true.",
        holds: &[],
        breaks: &[("problems", r#"{"title":"五、存在的主要问题及改进情况","parts":[{"text":"无"}]}"#)],
        test: Test::Sections,
    },
    Rule {
        code: "processing-fee-stated",
        version: 1,
        severity: Severity::Notice,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("42, 50(5)"),
        zh: "2021 年度起，第六部分说明收取信息处理费情况",
        en: "from 2021, section six says something about processing fees",
        not_checked_zh: "收费是否符合收费标准。",
        not_checked_en: "Whether a fee was charged by the tariff.",
        holds: &[],
        breaks: &[(
            "other_matters",
            r#"{"title":"六、其他需要报告的事项","parts":[{"text":"没有其他需要报告的事项。"}]}"#,
        )],
        test: Test::FeeStated(2021),
    },
];

/// Where the heading of a section stands.
pub(crate) fn place_of(report: &PublishedReport, section: Section) -> Option<Place> {
    let heading = report.page.headings.iter().find(|heading| heading.section == section);
    heading.and_then(|heading| heading.place.clone())
}

// ---- The sections --------------------------------------------------------------------------------

/// What is wrong with a section.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SectionDefect {
    /// There is no such section.
    Missing,
    /// It is after a section that ought to follow it.
    OutOfOrder,
    /// It has no text.
    Empty,
    /// It says no more than 无.
    OnlyNone,
    /// It names problems but no improvement.
    NoImprovement,
}

impl SectionDefect {
    /// What a waiver calls it, and what is said of it after the title of the section, in Chinese and in English.
    const fn words(self) -> (&'static str, [&'static str; 2]) {
        match self {
            SectionDefect::Missing => ("missing", ["缺少", "is missing"]),
            SectionDefect::OutOfOrder => ("out_of_order", ["次序不对", "is out of order"]),
            SectionDefect::Empty => ("empty", ["没有内容", "has no text"]),
            SectionDefect::OnlyNone => ("only_none", ["只写了“无”", "says no more than 无"]),
            SectionDefect::NoImprovement => ("no_improvement", ["未见改进情况", "names no improvement"]),
        }
    }

    /// The section, where its heading is.
    fn told(self, section: Section, place: Option<Place>) -> Told {
        let (name, [zh, en]) = self.words();
        let title = section.title();
        Told {
            words: [format!("“{title}”{zh}"), format!("{title} {en}")],
            found: Some(section.key().to_owned()),
            place,
            subjects: vec![format!("{}: {name}", section.key())],
            ..Told::default()
        }
    }
}

/// [`Test::Sections`].
pub(crate) fn sections(rule: &Rule, report: &PublishedReport) -> Outcome {
    let prose = [
        (Section::Overview, report.facts.overview.as_ref().map(|section| &section.parts)),
        (Section::Problems, report.facts.problems.as_ref().map(|section| &section.parts)),
        (Section::OtherMatters, report.facts.other_matters.as_ref().map(|section| &section.parts)),
    ];
    let headings: Vec<Section> = report.page.headings.iter().map(|heading| heading.section).collect();
    if headings.is_empty() && prose.iter().all(|(_, parts)| parts.is_none()) {
        return Outcome::skipped(Reason::NoHeadings);
    }
    let mut defects = Vec::new();
    for section in Section::ALL.iter().copied() {
        let parts = prose.iter().find(|(of, _)| *of == section).map(|(_, parts)| *parts);
        let headed = headings.contains(&section);
        match parts {
            // Tables two to four: only a page has headings for them.
            None if !headings.is_empty() && !headed => defects.push((section, SectionDefect::Missing)),
            None => {}
            Some(None) if headed => defects.push((section, SectionDefect::Empty)),
            Some(None) => defects.push((section, SectionDefect::Missing)),
            Some(Some(parts)) => {
                let texts =
                    || parts.iter().flat_map(|part| [part.heading.as_deref().unwrap_or(""), part.text.as_str()]);
                defects.extend(prose_defect(section, texts).map(|defect| (section, defect)));
            }
        }
    }
    if let Some(pair) = headings.windows(2).find(|pair| pair[0] > pair[1]) {
        defects.push((pair[1], SectionDefect::OutOfOrder));
    }
    let mut outcome = Outcome::default();
    if defects.is_empty() {
        outcome.pass += 1;
    }
    for (section, defect) in defects {
        let severity = if defect == SectionDefect::NoImprovement { Severity::Notice } else { rule.severity };
        outcome.fail_as(severity, vec![], defect.told(section, place_of(report, section)));
    }
    outcome
}

/// What is wrong with the prose of a section.
fn prose_defect<'a, T: Iterator<Item = &'a str>>(section: Section, texts: impl Fn() -> T) -> Option<SectionDefect> {
    const IMPROVEMENT: [&str; 10] = ["改进", "整改", "措施", "下一步", "今后", "下步", "加强", "完善", "提升", "提高"];
    let mut words = texts().flat_map(str::chars).filter(|c| c.is_alphanumeric());
    let first = words.next();
    match section {
        _ if first.is_none() => Some(SectionDefect::Empty),
        Section::Problems if first == Some('无') && words.next().is_none() => Some(SectionDefect::OnlyNone),
        Section::Problems if !IMPROVEMENT.iter().any(|word| texts().any(|text| text.contains(word))) => {
            Some(SectionDefect::NoImprovement)
        }
        _ => None,
    }
}

// ---- Processing fees -----------------------------------------------------------------------------

/// What is odd about the statement on processing fees, at the place of the section.
fn odd_fee(what: &str, words: [String; 2], found: Option<Amount>, expected: Option<Amount>) -> Told {
    let [found, expected] = [found, expected].map(|amount| amount.map(|amount| amount.to_string()));
    Told { words, found, expected, subjects: vec![format!("other_matters: {what}")], ..Told::default() }
}

/// [`Test::FeeStated`].
pub(crate) fn fee_stated(report: &PublishedReport, from: u16) -> Outcome {
    let Some(year) = report.facts.year else { return Outcome::skipped(Reason::NoYear) };
    if year.get() < from {
        return Outcome::skipped(Reason::OtherEdition);
    }
    let Some(section) = &report.facts.other_matters else { return Outcome::skipped(Reason::NoSection) };
    let not_stated = || vec![odd_fee("not_stated", ["未说明".to_owned(), "nothing is said".to_owned()], None, None)];
    let odd = section.processing_fee.as_ref().map_or_else(not_stated, odd_fees);
    let place = place_of(report, Section::OtherMatters);
    Outcome::of(odd.into_iter().map(|told| Told { place: place.clone(), ..told }))
}

fn odd_fees(fee: &ProcessingFee) -> Vec<Told> {
    let mut odd = Vec::new();
    if let (Some(collected), Some(notified)) = (fee.collected, fee.notified)
        && collected > notified
    {
        let words = [
            format!("实收 {collected} 元，多于通知收取的 {notified} 元"),
            format!("{collected} yuan collected, more than the {notified} notified"),
        ];
        odd.push(odd_fee("more_than_notified", words, Some(collected), Some(notified)));
    }
    if let Some(amount) = fee.notified.filter(|amount| *amount != Amount::ZERO)
        && fee.status == FeeStatus::None
    {
        let words = [
            format!("说未收取费用，却列有 {amount} 元"),
            format!("it says that no fee was charged, and {amount} yuan all the same"),
        ];
        odd.push(odd_fee("amount_though_none", words, Some(amount), None));
    }
    // The tariff knows only multiples of 10 元.
    let is_odd = |amount: &Amount| !(amount.get() % rust_decimal::Decimal::TEN).is_zero();
    for amount in [fee.notified, fee.collected].into_iter().flatten().filter(is_odd) {
        let words = [
            format!("{amount} 元不是 10 元的整数倍，请核对"),
            format!("{amount} yuan is no multiple of 10, worth a look"),
        ];
        odd.push(odd_fee("not_in_tens", words, Some(amount), None));
    }
    odd
}
