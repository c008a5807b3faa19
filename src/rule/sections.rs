//! The six sections of a report, and what the sixth says about processing fees.

use super::outcome::{FindingCell, Outcome, Reason, Told};
use super::{Rule, Severity, Test};
use crate::form::{Basis, Edition};
use crate::narrative::{FeeStatus, ProcessingFee, Section};
use crate::number::Amount;
use crate::place::Place;
use crate::published::PublishedReport;

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
pub(super) fn place_of(report: &PublishedReport, section: Section) -> Option<Place> {
    let heading = report.page.headings.iter().find(|heading| heading.section == section);
    heading.and_then(|heading| heading.place.clone())
}

// ---- The sections --------------------------------------------------------------------------------

/// A section is not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionIssue {
    /// The section.
    pub section: Section,
    /// What is wrong with it.
    pub defect: SectionDefect,
    /// Where its heading stands.
    pub place: Option<Place>,
}

/// What is wrong with a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SectionDefect {
    /// There is no such section.
    Missing,
    /// It stands after a section that ought to follow it.
    OutOfOrder,
    /// It has no text.
    Empty,
    /// It says no more than 无.
    OnlyNone,
    /// It names problems but no improvement.
    NoImprovement,
}

impl SectionDefect {
    const fn words(self) -> [&'static str; 2] {
        match self {
            SectionDefect::Missing => ["缺少", "is missing"],
            SectionDefect::OutOfOrder => ["次序不对", "is out of order"],
            SectionDefect::Empty => ["没有内容", "has no text"],
            SectionDefect::OnlyNone => ["只写了“无”", "says no more than 无"],
            SectionDefect::NoImprovement => ["未见改进情况", "names no improvement"],
        }
    }

    /// The defect in Chinese, after the title of the section.
    pub const fn zh(self) -> &'static str {
        self.words()[0]
    }

    /// The defect in English, after the title of the section.
    pub const fn en(self) -> &'static str {
        self.words()[1]
    }
}

impl SectionIssue {
    pub(crate) fn told<'a>(&'a self, cells: &'a [FindingCell]) -> Told<'a> {
        let (title, defect) = (self.section.title(), self.defect);
        Told {
            zh: format!("“{title}”{}", defect.zh()),
            en: format!("{title} {}", defect.en()),
            found: Some(self.section.key().to_owned()),
            place: self.place.as_ref(),
            ..Told::of(cells)
        }
    }
}

/// [`Test::Sections`].
pub(crate) fn sections(rule: &Rule, report: &PublishedReport) -> Outcome<SectionIssue> {
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
    let mut outcome = Outcome::new();
    if defects.is_empty() {
        outcome.pass += 1;
    }
    for (section, defect) in defects {
        let severity = if defect == SectionDefect::NoImprovement { Severity::Notice } else { rule.severity };
        outcome.fail_as(severity, vec![], SectionIssue { section, defect, place: place_of(report, section) });
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

/// What section six says about processing fees is odd.
#[derive(Clone, Debug, PartialEq)]
pub struct FeeIssue {
    /// What is odd about it.
    pub defect: FeeDefect,
    /// Where the section begins.
    pub place: Option<Place>,
}

/// What is odd about the statement on processing fees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FeeDefect {
    /// Nothing is said.
    NotStated,
    /// More was collected than notified.
    MoreThanNotified {
        /// Collected, 元.
        collected: Amount,
        /// Notified, 元.
        notified: Amount,
    },
    /// It says that no fee was charged, and an amount notified all the same.
    AmountThoughNone {
        /// The amount, 元.
        amount: Amount,
    },
    /// The tariff knows only multiples of 10 元.
    NotInTens {
        /// The amount, 元.
        amount: Amount,
    },
}

impl FeeIssue {
    pub(crate) fn told<'a>(&'a self, cells: &'a [FindingCell]) -> Told<'a> {
        let (zh, en, found, expected) = match self.defect {
            FeeDefect::NotStated => ("未说明".to_owned(), "nothing is said".to_owned(), None, None),
            FeeDefect::MoreThanNotified { collected, notified } => (
                format!("实收 {collected} 元，多于通知收取的 {notified} 元"),
                format!("{collected} yuan collected, more than the {notified} notified"),
                Some(collected),
                Some(notified),
            ),
            FeeDefect::AmountThoughNone { amount } => (
                format!("说未收取费用，却列有 {amount} 元"),
                format!("it says that no fee was charged, and {amount} yuan all the same"),
                Some(amount),
                None,
            ),
            FeeDefect::NotInTens { amount } => (
                format!("{amount} 元不是 10 元的整数倍，请核对"),
                format!("{amount} yuan is no multiple of 10, worth a look"),
                Some(amount),
                None,
            ),
        };
        let [found, expected] = [found, expected].map(|amount| amount.map(|amount| amount.to_string()));
        Told { zh, en, found, expected, place: self.place.as_ref(), ..Told::of(cells) }
    }
}

/// [`Test::FeeStated`].
pub(crate) fn fee_stated(report: &PublishedReport, from: u16) -> Outcome<FeeIssue> {
    let Some(year) = report.facts.year else { return Outcome::skipped(Reason::NoYear) };
    if year.get() < from {
        return Outcome::skipped(Reason::OtherEdition);
    }
    let Some(section) = &report.facts.other_matters else { return Outcome::skipped(Reason::NoSection) };
    let defects = section.processing_fee.as_ref().map_or(vec![FeeDefect::NotStated], fee_defects);
    let mut outcome = Outcome::new();
    if defects.is_empty() {
        outcome.pass += 1;
    }
    for defect in defects {
        outcome.fail(vec![], FeeIssue { defect, place: place_of(report, Section::OtherMatters) });
    }
    outcome
}

fn fee_defects(fee: &ProcessingFee) -> Vec<FeeDefect> {
    let mut defects = Vec::new();
    if let (Some(collected), Some(notified)) = (fee.collected, fee.notified)
        && collected > notified
    {
        defects.push(FeeDefect::MoreThanNotified { collected, notified });
    }
    let amounts = || [fee.notified, fee.collected].into_iter().flatten();
    if let Some(amount) = fee.notified.filter(|amount| *amount != Amount::ZERO)
        && fee.status == FeeStatus::None
    {
        defects.push(FeeDefect::AmountThoughNone { amount });
    }
    let odd = |amount: &Amount| !(amount.get() % rust_decimal::Decimal::TEN).is_zero();
    defects.extend(amounts().filter(odd).map(|amount| FeeDefect::NotInTens { amount }));
    defects
}
