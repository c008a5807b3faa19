//! What a check finds, as data: rule, severity, cells, what was found and expected, the place, the article of law.
//!
//! The text in Chinese or English is rendered last, and nobody ever needs to parse it.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::Serializer;

use crate::date::{Date, Year};
use crate::facts::SourceKind;
use crate::form::{Cell, Edition, Kind, Layout, Unit};
use crate::narrative::Section;
use crate::number::{Amount, LARGEST_COUNT, Number};
use crate::place::Place;
use crate::published::PublishedReport;
use crate::published::printed::Status;
use crate::rule::table::RULES;
use crate::rule::{Rule, Severity};
use crate::text::shortened;

/// All that a check found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckReport {
    /// The rules that fail, in the order of the document.
    pub findings: Vec<Finding>,
    /// What could not be evaluated, and why.
    pub not_evaluated: Vec<NotEvaluated>,
    /// By the code of the rule.
    #[serde(skip)]
    pub(crate) tallies: Vec<(&'static str, Tally)>,
}

/// How often a rule passed, failed and was not evaluated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many cells, equations or duties passed.
    pub pass: usize,
    /// How many findings it has.
    pub fail: usize,
    /// How many could not be evaluated.
    pub not_evaluated: usize,
}

impl CheckReport {
    pub(crate) fn new() -> CheckReport {
        CheckReport { findings: Vec::new(), not_evaluated: Vec::new(), tallies: Vec::with_capacity(RULES.len()) }
    }

    /// How often the rule of this code passed, failed and was not evaluated; nothing for an unknown code.
    pub fn tally(&self, code: &str) -> Tally {
        let of_code = self.tallies.iter().find(|(known, _)| *known == code);
        of_code.map_or(Tally::default(), |(_, tally)| *tally)
    }

    /// The findings of the rule of this code.
    pub fn of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.rule.code == code)
    }

    /// Whether a finding is an error.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The findings and what was not evaluated, as JSON of the schema `urn:ogi-report:findings`.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and integers are always JSON")
    }

    /// First what concerns the whole report, then the cells in the form's order, then the prose.
    pub(crate) fn in_document_order(&mut self, layout: Layout) {
        self.findings.sort_by_key(|finding| match finding.cells.first() {
            _ if matches!(finding.fault, Fault::Section { .. } | Fault::Fee { .. } | Fault::Prose { .. }) => usize::MAX,
            Some(quoted) => 1 + layout.position(quoted.cell).unwrap_or(usize::MAX - 2),
            None => 0,
        });
    }
}

/// A rule that fails.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How grave it is; usually that of the rule.
    pub severity: Severity,
    /// The cells it concerns, the one that ought to equal the others first.
    pub cells: Vec<FindingCell>,
    /// What is wrong.
    pub fault: Fault,
}

/// A cell as it stands, quoted in a finding.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FindingCell {
    /// The cell.
    pub cell: Cell,
    /// The official name: row · column.
    pub label: String,
    /// On which side of the rule's equation it stands.
    pub side: Option<Side>,
    /// What stands in it.
    pub status: Status,
    /// The text as printed.
    pub printed: String,
    /// The number, if there is one.
    pub number: Option<Number>,
    /// Where it stands in the source.
    pub place: Option<Place>,
}

impl FindingCell {
    /// The cell as it stands in a report; `None` if its layout has no such cell.
    pub(crate) fn of(report: &PublishedReport, cell: Cell, side: Option<Side>) -> Option<FindingCell> {
        let (entry, found) = (report.layout().entry(cell)?, report.get(cell)?);
        Some(FindingCell {
            cell,
            label: entry.label(),
            side,
            status: found.status(),
            printed: found.printed().to_owned(),
            number: found.number(),
            place: found.place().cloned(),
        })
    }

    /// Label and text: as printed, with the unit, or the number that was put there.
    fn term(&self) -> String {
        match self.number {
            Some(number) if self.printed.is_empty() => format!("{} {number}", self.label),
            _ => format!("{} {}", self.label, shortened(&self.printed)),
        }
    }
}

/// A side of an equation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "side", transform = crate::wire::plain_enum)]
pub enum Side {
    /// The total, or the first two lines of table two; of two years, the later report.
    Left,
    /// What it is compared with; of two years, the earlier report.
    Right,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// The sums of both sides differ, or the left one is the smaller where it must not be.
    Sums {
        /// Σ of the left cells.
        left: i64,
        /// Σ of the right cells.
        right: i64,
        /// Whether they must be equal.
        exact: bool,
    },
    /// The number is none that the cell can hold.
    Domain {
        /// What the cell can hold.
        kind: Kind,
    },
    /// The cells hold no number.
    Missing {
        /// What stands there instead.
        status: Status,
    },
    /// The cell is not 0.
    NotZero,
    /// A row is labelled otherwise than the form has it.
    Label {
        /// The official label.
        official: &'static str,
        /// The label as printed.
        printed: String,
        /// Where it stands.
        place: Option<Place>,
    },
    /// The layout is not the one of the year.
    Edition {
        /// What is printed.
        layout: Layout,
        /// The report year.
        year: Year,
        /// Where the year stands.
        place: Option<Place>,
    },
    /// Published after the deadline.
    Late {
        /// The last day.
        due: Date,
        /// The day of publication.
        published: Date,
        /// Which date of the page this is.
        used: Option<SourceKind>,
        /// The day of the signature, if that one is in time.
        signed_in_time: Option<Date>,
        /// Where the date stands.
        place: Option<Place>,
    },
    /// A section is not as it should be.
    Section {
        /// The section.
        section: Section,
        /// What is wrong with it.
        defect: SectionDefect,
        /// Where its heading stands.
        place: Option<Place>,
    },
    /// What section six says about processing fees.
    Fee {
        /// What is odd about it.
        defect: FeeDefect,
        /// Where the section begins.
        place: Option<Place>,
    },
    /// The prose says otherwise than the tables, or than itself.
    Prose {
        /// The section; none before the first.
        section: Option<Section>,
        /// The sentence, without white space.
        sentence: String,
        /// What it says: 258件, 33.9%.
        stated: String,
        /// What it can mean by that, with the value of each meaning.
        meanings: Vec<(String, String)>,
        /// Where the sentence begins; where that is not known, the section.
        place: Option<Place>,
    },
    /// The report does not follow from the one of the year before.
    Years {
        /// The later of the two years.
        year: Year,
        /// What stands in the first cell.
        found: Decimal,
        /// What should stand there; nothing where the amounts of both years are only too far apart.
        expected: Option<Decimal>,
        /// What the agency says about it. It stays beside the finding and takes nothing away.
        explanation: Option<String>,
    },
    /// The report of a region is not what those of its parts say.
    Parts {
        /// The count of the region.
        region: i64,
        /// What the known parts come to.
        parts: i64,
        /// Whether every part is known, and both must be equal.
        exact: bool,
        /// What could explain the difference.
        clues: Vec<Clue>,
    },
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
    /// The defect in Chinese, after the title of the section.
    pub const fn zh(self) -> &'static str {
        match self {
            SectionDefect::Missing => "缺少",
            SectionDefect::OutOfOrder => "次序不对",
            SectionDefect::Empty => "没有内容",
            SectionDefect::OnlyNone => "只写了“无”",
            SectionDefect::NoImprovement => "未见改进情况",
        }
    }

    /// The defect in English, after the title of the section.
    pub const fn en(self) -> &'static str {
        match self {
            SectionDefect::Missing => "is missing",
            SectionDefect::OutOfOrder => "is out of order",
            SectionDefect::Empty => "has no text",
            SectionDefect::OnlyNone => "says no more than 无",
            SectionDefect::NoImprovement => "names no improvement",
        }
    }
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
    /// It says that no fee was charged, and an amount all the same.
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

impl Finding {
    /// Where on the page it is: the first cell with a place, or the place of what is concerned.
    pub fn place(&self) -> Option<&Place> {
        match &self.fault {
            Fault::Label { place, .. }
            | Fault::Edition { place, .. }
            | Fault::Late { place, .. }
            | Fault::Section { place, .. }
            | Fault::Fee { place, .. }
            | Fault::Prose { place, .. } => place.as_ref(),
            _ => self.cells.iter().find_map(|quoted| quoted.place.as_ref()),
        }
    }

    /// What was found: a sum, a date, a layout, a printed text.
    pub fn found(&self) -> Option<String> {
        match &self.fault {
            Fault::Sums { left, .. } => Some(left.to_string()),
            Fault::Domain { .. } | Fault::NotZero => self.cells.first().map(|quoted| quoted.printed.clone()),
            Fault::Missing { status } => Some(status.name().to_owned()),
            Fault::Label { printed, .. } => Some(printed.clone()),
            Fault::Prose { stated, .. } => Some(stated.clone()),
            Fault::Years { found, .. } => Some(found.to_string()),
            Fault::Parts { region, .. } => Some(region.to_string()),
            Fault::Edition { layout, .. } => Some(layout.name().to_owned()),
            Fault::Late { published, .. } => Some(published.to_string()),
            Fault::Section { section, .. } => Some(section.key().to_owned()),
            Fault::Fee { defect, .. } => match defect {
                FeeDefect::NotStated => None,
                FeeDefect::MoreThanNotified { collected, .. } => Some(collected.to_string()),
                FeeDefect::AmountThoughNone { amount } | FeeDefect::NotInTens { amount } => Some(amount.to_string()),
            },
        }
    }

    /// What was expected in its place, where that is one thing.
    pub fn expected(&self) -> Option<String> {
        match &self.fault {
            Fault::Sums { right, .. } => Some(right.to_string()),
            Fault::NotZero => Some("0".to_owned()),
            Fault::Label { official, .. } => Some((*official).to_owned()),
            Fault::Edition { year, .. } => {
                Edition::for_year(year.get()).map(|edition| edition.layout().name().to_owned())
            }
            Fault::Late { due, .. } => Some(due.to_string()),
            Fault::Prose { meanings, .. } => match meanings.as_slice() {
                [(_, value)] => Some(value.clone()),
                _ => None,
            },
            Fault::Years { expected, .. } => expected.map(|expected| expected.to_string()),
            Fault::Parts { parts, .. } => Some(parts.to_string()),
            Fault::Fee { defect: FeeDefect::MoreThanNotified { notified, .. }, .. } => Some(notified.to_string()),
            Fault::Domain { .. } | Fault::Missing { .. } | Fault::Section { .. } | Fault::Fee { .. } => None,
        }
    }

    /// Found less expected, where both are numbers; days late for a date.
    pub fn difference(&self) -> Option<i64> {
        match &self.fault {
            Fault::Sums { left, right, .. } => Some(left - right),
            Fault::Late { due, published, .. } => Some(published.days_after(*due).into()),
            Fault::Years { found, expected, .. } => (found - (*expected)?).to_i64(),
            Fault::Parts { region, parts, .. } => Some(region - parts),
            _ => None,
        }
    }

    /// The finding in Chinese, one line.
    pub fn zh(&self) -> String {
        let mut text = format!("{}：", self.rule.zh);
        match &self.fault {
            Fault::Sums { left, right, exact } => {
                let [left_side, right_side] =
                    [Side::Left, Side::Right].map(|side| self.sum_text(side, "、", ["（", "）"]));
                let relation = if *exact { "，应等于" } else { "，应不小于" };
                text += &format!("{left_side}{relation}{right_side}，相差 {}", (left - right).abs());
            }
            Fault::Domain { kind } => {
                let expected = match kind {
                    Kind::Count => format!("从 0 到 {LARGEST_COUNT} 的整数"),
                    Kind::Change => "整数".to_owned(),
                    Kind::Amount if self.has_fixed_unit() => {
                        "不小于 0、小数不超过六位、单位与表头一致的金额".to_owned()
                    }
                    Kind::Amount => "不小于 0、小数不超过六位的金额".to_owned(),
                };
                text += &format!("{}为“{}”，应为{expected}", self.first_label(), self.first_printed());
            }
            Fault::Missing { status } => text += &format!("{}{}", self.labels_zh(), status.zh()),
            Fault::NotZero => text += &format!("{}为 {}，应为 0", self.first_label(), self.first_printed()),
            Fault::Label { official, printed, .. } => {
                text += &format!("印作“{}”，应为“{official}”", shortened(printed));
            }
            Fault::Edition { layout, year, .. } => {
                text += &format!("{year} 年度报告用的是{}", layout.zh());
            }
            Fault::Late { due, published, used, signed_in_time, .. } => {
                let days = published.days_after(*due);
                let source = used.map_or(String::new(), |used| format!("（{}）", used.zh()));
                text += &format!("应于 {due} 前公布，实际 {published}{source}，晚 {days} 天");
                if let Some(signed) = signed_in_time {
                    text += &format!("；落款日期 {signed} 未超过期限");
                }
            }
            Fault::Section { section, defect, .. } => {
                text += &format!("“{}”{}", section.title(), defect.zh());
            }
            Fault::Fee { defect, .. } => match defect {
                FeeDefect::NotStated => text += "未说明",
                FeeDefect::MoreThanNotified { collected, notified } => {
                    text += &format!("实收 {collected} 元，多于通知收取的 {notified} 元");
                }
                FeeDefect::AmountThoughNone { amount } => text += &format!("说未收取费用，却列有 {amount} 元"),
                FeeDefect::NotInTens { amount } => text += &format!("{amount} 元不是 10 元的整数倍，请核对"),
            },
            Fault::Prose { sentence, stated, meanings, .. } => {
                let meanings: Vec<String> = meanings.iter().map(|(name, value)| format!("{name} {value}")).collect();
                text += &format!("“{}”写作 {stated}，而{}", shortened(sentence), meanings.join("，"));
            }
            Fault::Years { year, found, expected, explanation } => {
                let [now, before] = [Side::Left, Side::Right].map(|side| self.terms(side, "、"));
                let (label, last) = (self.first_label(), year.get() - 1);
                let now = if now.is_empty() { now } else { format!("{year} 年度{now}；") };
                text += &match expected {
                    Some(expected) => format!(
                        "{year} 年度{label} {found}，应为 {expected}，相差 {}（{now}{last} 年度{before}）",
                        (found - expected).abs()
                    ),
                    None => format!("{year} 年度{label} {}，{last} 年度{before}", self.first_printed()),
                };
                if let Some(explanation) = explanation {
                    text += &format!("；机关说明：{explanation}");
                }
            }
            Fault::Parts { region, parts, exact, clues } => {
                let sum = if *exact { "应等于各机关之和" } else { "不应小于已知各机关之和" };
                let difference = (region - parts).abs();
                text += &format!("{} {region}，{sum} {parts}，相差 {difference}", self.first_label());
                if !clues.is_empty() {
                    let clues: Vec<String> = clues.iter().map(Clue::zh).collect();
                    text += &format!("；可能的原因：{}", clues.join("；"));
                }
            }
        }
        text
    }

    /// The finding in English, one line.
    pub fn en(&self) -> String {
        let mut text = format!("{}: ", self.rule.en);
        match &self.fault {
            Fault::Sums { left, right, exact } => {
                let [left_side, right_side] =
                    [Side::Left, Side::Right].map(|side| self.sum_text(side, ", ", [" (", ")"]));
                let relation = if *exact { "should equal" } else { "should be at least" };
                text += &format!("{left_side} {relation} {right_side}, off by {}", (left - right).abs());
            }
            Fault::Domain { kind } => {
                let expected = match kind {
                    Kind::Count => format!("a whole number from 0 to {LARGEST_COUNT}"),
                    Kind::Change => "a whole number".to_owned(),
                    Kind::Amount if self.has_fixed_unit() => {
                        "an amount of 0 or more with at most six decimals, in the unit of the form".to_owned()
                    }
                    Kind::Amount => "an amount of 0 or more with at most six decimals".to_owned(),
                };
                text += &format!("{} is {:?}, expected {expected}", self.first_label(), self.first_printed());
            }
            Fault::Missing { status } => {
                let labels: Vec<&str> = self.cells.iter().map(|quoted| quoted.label.as_str()).collect();
                text += &format!("{} {}", labels.join(", "), status.name().replace('_', " "));
            }
            Fault::NotZero => text += &format!("{} is {}, expected 0", self.first_label(), self.first_printed()),
            Fault::Label { official, printed, .. } => {
                text += &format!("{:?} is printed for {official}", shortened(printed));
            }
            Fault::Edition { layout, year, .. } => {
                text += &format!("the report for {year} is printed in the layout {layout}")
            }
            Fault::Late { due, published, used, signed_in_time, .. } => {
                let days = published.days_after(*due);
                let source = used.map_or(String::new(), |used| format!(" ({})", used.en()));
                text += &format!("due by {due}, published {published}{source}, {days} days late");
                if let Some(signed) = signed_in_time {
                    text += &format!("; the signature of {signed} is in time");
                }
            }
            Fault::Section { section, defect, .. } => {
                text += &format!("{} {}", section.title(), defect.en());
            }
            Fault::Fee { defect, .. } => match defect {
                FeeDefect::NotStated => text += "nothing is said",
                FeeDefect::MoreThanNotified { collected, notified } => {
                    text += &format!("{collected} yuan collected, more than the {notified} notified");
                }
                FeeDefect::AmountThoughNone { amount } => {
                    text += &format!("it says that no fee was charged, and {amount} yuan all the same");
                }
                FeeDefect::NotInTens { amount } => text += &format!("{amount} yuan is no multiple of 10, worth a look"),
            },
            Fault::Prose { sentence, stated, meanings, .. } => {
                let meanings: Vec<String> = meanings.iter().map(|(name, value)| format!("{name} {value}")).collect();
                text += &format!("{:?} says {stated}, but {}", shortened(sentence), meanings.join(", "));
            }
            Fault::Years { year, found, expected, explanation } => {
                let [now, before] = [Side::Left, Side::Right].map(|side| self.terms(side, ", "));
                let (label, last) = (self.first_label(), year.get() - 1);
                let now = if now.is_empty() { now } else { format!("{year}: {now}; ") };
                text += &match expected {
                    Some(expected) => format!(
                        "{label} is {found} in {year}, expected {expected}, off by {} ({now}{last}: {before})",
                        (found - expected).abs()
                    ),
                    None => format!("{label} is {} in {year}, in {last} {before}", self.first_printed()),
                };
                if let Some(explanation) = explanation {
                    text += &format!("; the agency says: {explanation}");
                }
            }
            Fault::Parts { region, parts, exact, clues } => {
                let sum =
                    if *exact { "should equal the sum of the parts" } else { "should be at least the known parts" };
                let difference = (region - parts).abs();
                text += &format!("{} is {region}, {sum}, {parts}, off by {difference}", self.first_label());
                if !clues.is_empty() {
                    let clues: Vec<String> = clues.iter().map(Clue::en).collect();
                    text += &format!("; possible causes: {}", clues.join("; "));
                }
            }
        }
        text
    }

    /// `总计 11`, or `行 A 10、行 B 1（Σ 11）`: the cells of a side that are not 0, and their sum.
    fn sum_text(&self, side: Side, comma: &str, [open, close]: [&str; 2]) -> String {
        let cells: Vec<&FindingCell> = self.cells.iter().filter(|quoted| quoted.side == Some(side)).collect();
        let count = |quoted: &FindingCell| quoted.number.and_then(Number::whole).unwrap_or(0);
        let sum: i64 = cells.iter().map(|quoted| count(quoted)).sum();
        let term = |quoted: &&FindingCell| format!("{} {}", quoted.label, count(quoted));
        if let [only] = cells.as_slice() {
            return term(only);
        }
        let terms: Vec<String> = cells.iter().filter(|quoted| count(quoted) != 0).map(term).collect();
        match terms.is_empty() {
            true => "Σ 0".to_owned(),
            false => format!("{}{open}Σ {sum}{close}", terms.join(comma)),
        }
    }

    /// The cells of a side, but for the first of all: `行 A 10、行 B 1`.
    fn terms(&self, side: Side, comma: &str) -> String {
        let others = self.cells.iter().skip(1).filter(|quoted| quoted.side == Some(side));
        others.map(FindingCell::term).collect::<Vec<_>>().join(comma)
    }

    /// Whether the form fixes the unit of the cell.
    fn has_fixed_unit(&self) -> bool {
        self.cells.first().is_some_and(|quoted| quoted.cell.unit() != Unit::AsPrinted)
    }

    fn first_label(&self) -> &str {
        self.cells.first().map_or("", |quoted| &quoted.label)
    }

    fn first_printed(&self) -> String {
        self.cells.first().map_or(String::new(), |quoted| shortened(&quoted.printed))
    }

    /// The labels of cells of one row: the row once, its columns after it.
    fn labels_zh(&self) -> String {
        let [first, rest @ ..] = self.cells.as_slice() else { return String::new() };
        let columns = rest.iter().map(|quoted| quoted.label.rsplit(" · ").next().unwrap_or(&quoted.label));
        std::iter::once(first.label.as_str()).chain(columns).collect::<Vec<_>>().join("、")
    }
}

impl fmt::Display for Finding {
    /// Rule, place and English text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.rule.code)?;
        if let Some(place) = self.place() {
            write!(f, " at {place}")?;
        }
        write!(f, ": {}", self.en())
    }
}

/// A rule that could not be evaluated.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NotEvaluated {
    /// The rule.
    pub rule: &'static Rule,
    /// Why not.
    pub reason: Reason,
    /// The cells that were in the way.
    pub cells: Vec<Cell>,
}

impl NotEvaluated {
    /// The rule, the reason and the cells in Chinese, one line.
    pub fn zh(&self) -> String {
        let cells = self.labels("、").map_or(String::new(), |labels| format!("；{labels}"));
        format!("未核对“{}”：{}{cells}", self.rule.zh, self.reason.zh())
    }

    /// The same in English.
    pub fn en(&self) -> String {
        let cells = self.labels(", ").map_or(String::new(), |labels| format!("; {labels}"));
        format!("not evaluated, {}: {}{cells}", self.rule.code, self.reason.en())
    }

    /// The labels of the cells, if there are any.
    fn labels(&self, comma: &str) -> Option<String> {
        let labels: Vec<String> = self.cells.iter().map(|cell| cell.label()).collect();
        (!labels.is_empty()).then(|| labels.join(comma))
    }
}

/// Why a rule could not be evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "reason", transform = crate::wire::plain_enum)]
#[non_exhaustive]
pub enum Reason {
    /// A cell holds no count.
    NoCount,
    /// The rule is not one of this edition or year.
    OtherEdition,
    /// The report year is not known.
    NoYear,
    /// The day of publication is not known.
    NoDate,
    /// The kind of the agency is not known.
    KindUnknown,
    /// The kind of the agency is inferred, not stated.
    KindInferred,
    /// The rule does not name this kind of agency.
    KindNotNamed,
    /// The document has neither headings nor prose.
    NoHeadings,
    /// The document has no section six.
    NoSection,
    /// The prose says nothing that can be compared.
    NothingSaid,
    /// The prose has more figures than that of a report.
    TooLong,
    /// The report of the year before is not there.
    NoReportBefore,
}

impl Reason {
    /// The reason in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Reason::NoCount => "有的格不是数字",
            Reason::OtherEdition => "不适用于本版表样或年度",
            Reason::NoYear => "报告年度不明",
            Reason::NoDate => "公布日期不明",
            Reason::KindUnknown => "机关类别不明",
            Reason::KindInferred => "机关类别是推断的",
            Reason::KindNotNamed => "不适用于这类机关",
            Reason::NoHeadings => "没有标题和文字",
            Reason::NoSection => "没有第六部分",
            Reason::NothingSaid => "正文没有可以核对的说法",
            Reason::TooLong => "正文的数字多得不像一份报告",
            Reason::NoReportBefore => "没有上一年度报告",
        }
    }

    /// The reason in English.
    pub const fn en(self) -> &'static str {
        match self {
            Reason::NoCount => "a cell holds no count",
            Reason::OtherEdition => "not a rule of this edition or year",
            Reason::NoYear => "the report year is not known",
            Reason::NoDate => "the day of publication is not known",
            Reason::KindUnknown => "the kind of the agency is not known",
            Reason::KindInferred => "the kind of the agency is inferred",
            Reason::KindNotNamed => "the rule does not name this kind of agency",
            Reason::NoHeadings => "the document has neither headings nor prose",
            Reason::NoSection => "the document has no section six",
            Reason::NothingSaid => "the prose says nothing that can be compared",
            Reason::TooLong => "the prose has more figures than that of a report",
            Reason::NoReportBefore => "the report of the year before is not there",
        }
    }
}

// ---- JSON ----------------------------------------------------------------------------------------

/// A finding as JSON writes it: flat, every number a string or an integer, the text rendered in both languages.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "finding", title = "finding")]
pub(crate) struct WrittenFinding<'a> {
    /// The code of the rule.
    rule: Cow<'a, str>,
    /// The version of the rule.
    version: u16,
    /// How grave it is.
    severity: Severity,
    /// The cells it concerns, the one that ought to equal the others first.
    cells: Vec<WrittenCell<'a>>,
    /// What was found: a sum, a date, a layout, a printed text.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    /// What was expected in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// Found less expected; days late for a date. Left out where a reader that knows only doubles would misread it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("minimum" = -9_007_199_254_740_991_i64, "maximum" = 9_007_199_254_740_991_i64))]
    difference: Option<i64>,
    /// Of two years: the later one.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<Year>,
    /// Of two years: what the agency says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a str>,
    /// Of a region: what could explain the difference.
    #[serde(default, skip_serializing_if = "<[Clue]>::is_empty")]
    clues: &'a [Clue],
    /// Where it stands in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// The articles of the Regulations behind it, in the short form 36(3).
    basis: Vec<Cow<'a, str>>,
    /// The finding in Chinese.
    zh: String,
    /// The finding in English.
    en: String,
}

/// A cell quoted in a finding.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "finding_cell", title = "finding_cell")]
pub(crate) struct WrittenCell<'a> {
    /// The path of the cell.
    path: Cow<'a, str>,
    /// The official name, row · column.
    label: Cow<'a, str>,
    /// On which side of the equation of the rule it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<Side>,
    /// What stands in it.
    status: Status,
    /// The text as printed.
    printed: Cow<'a, str>,
    /// The number, written as a decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// Where it stands in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
}

/// A rule that could not be evaluated.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "not_evaluated", title = "not_evaluated")]
pub(crate) struct WrittenNotEvaluated<'a> {
    /// The code of the rule.
    rule: Cow<'a, str>,
    /// Why not.
    reason: Reason,
    /// The paths of the cells that were in the way.
    cells: Vec<Cow<'a, str>>,
}

/// All that a check found.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "findings", title = "findings")]
#[expect(dead_code, reason = "stands for the document in the schema; the check itself is what is written")]
pub(crate) struct WrittenChecked<'a> {
    /// The rules that fail, in the order of the document.
    findings: Vec<WrittenFinding<'a>>,
    /// What could not be evaluated, and why.
    not_evaluated: Vec<WrittenNotEvaluated<'a>>,
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (mut year, mut explanation, mut clues) = (None, None, &[][..]);
        match &self.fault {
            Fault::Years { year: later, explanation: words, .. } => {
                (year, explanation) = (Some(*later), words.as_deref());
            }
            Fault::Parts { clues: found, .. } => clues = found,
            _ => {}
        }
        let cells = self.cells.iter().map(|quoted| WrittenCell {
            path: quoted.cell.path().into(),
            label: (&quoted.label).into(),
            side: quoted.side,
            status: quoted.status,
            printed: (&quoted.printed).into(),
            value: quoted.number.map(|number| number.to_string()),
            place: quoted.place.clone(),
        });
        WrittenFinding {
            rule: self.rule.code.into(),
            version: self.rule.version,
            severity: self.severity,
            cells: cells.collect(),
            found: self.found(),
            expected: self.expected(),
            difference: self.difference().filter(|difference| difference.unsigned_abs() <= LARGEST_COUNT),
            year,
            explanation,
            clues,
            place: self.place().cloned(),
            basis: self.rule.basis.articles().map(Cow::from).collect(),
            zh: self.zh(),
            en: self.en(),
        }
        .serialize(to)
    }
}

impl Serialize for NotEvaluated {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let cells = self.cells.iter().map(|cell| cell.path().into()).collect();
        WrittenNotEvaluated { rule: self.rule.code.into(), reason: self.reason, cells }.serialize(to)
    }
}

/// What could explain a difference between a region and its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "clue", title = "clue", deny_unknown_fields)]
pub struct Clue {
    /// Why these agencies.
    pub kind: ClueKind,
    /// The agencies: two where their counts make up the difference together, otherwise one.
    pub agencies: Vec<String>,
}

impl Clue {
    pub(crate) fn one(kind: ClueKind, name: &str) -> Clue {
        Clue { kind, agencies: vec![name.to_owned()] }
    }

    /// The clue in Chinese.
    pub fn zh(&self) -> String {
        let names = self.agencies.join("、");
        match self.kind {
            ClueKind::SameCount if self.agencies.len() > 1 => format!("{names}的件数合计正是差额"),
            ClueKind::SameCount => format!("{names}的件数正是差额"),
            ClueKind::Unknown => format!("{names}的件数不明"),
            ClueKind::NoReport => format!("{names}没有单独的报告"),
        }
    }

    /// The clue in English.
    pub fn en(&self) -> String {
        let names = self.agencies.join(" and ");
        match self.kind {
            ClueKind::SameCount if self.agencies.len() > 1 => format!("{names} together count just the difference"),
            ClueKind::SameCount => format!("{names} counts just the difference"),
            ClueKind::Unknown => format!("the count of {names} is not known"),
            ClueKind::NoReport => format!("{names} has no report of its own"),
        }
    }
}

/// Why an agency could explain a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "clue_kind", transform = crate::wire::plain_enum)]
#[non_exhaustive]
pub enum ClueKind {
    /// Its count, or that of the two together, is the difference: left out, or counted twice.
    SameCount,
    /// It reported, or should have, and its count in this cell is not known.
    Unknown,
    /// It has no report of its own: merged, abolished, or covered by another.
    NoReport,
}
