//! Rules of a caller's own, of a few closed kinds, beside those of the table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Stated;
use crate::form::Cell;
use crate::narrative::Section;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::rule::Rule;
use crate::rule::arithmetic::mismatch;
use crate::rule::outcome::{FindingCell, Outcome, Reason, Side, Told, first_label, first_printed};
use crate::rule::sections::place_of;
use crate::severity::Severity;
use crate::value_error::ValueError;
use crate::wire::{exact, or_default};

/// A rule of one's own. [`PublishedReport::check_with`] takes it beside those of the table; a [`Policy`](crate::Policy) can
/// carry it in a file.
///
/// ```
/// use ogi_report::{Layout, OwnRule, PublishedReport, Requirement, Severity};
/// let few_cases = OwnRule::new(
///     "our-litigation-bound",
///     Severity::Warning,
///     ["复议件数不超过二百件", "there are at most two hundred reconsiderations"],
///     Requirement::Within { cells: vec!["proceedings.reconsideration.total".parse()?], least: 0, most: Some(200) },
/// )?;
/// let report = PublishedReport::zeros(Layout::EDITION_2021);
/// let checked = report.check_with(&[few_cases]);
/// assert_eq!(checked.passed("our-litigation-bound"), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Written")]
#[schemars(with = "Written")]
pub struct OwnRule {
    code: String,
    version: u16,
    severity: Severity,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    basis: Vec<String>,
    zh: String,
    en: String,
    requires: Requirement,
}

/// A rule of one's own as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "own_rule", title = "own_rule")]
struct Written {
    /// Its code: lower case, digits and hyphens; none that this crate has.
    code: String,
    /// Its version; 1 if it is left out.
    #[serde(default = "first_version")]
    version: u16,
    /// How grave a failure is.
    #[serde(deserialize_with = "exact")]
    severity: Severity,
    /// The articles of the Regulations behind it, in the short form 36(3).
    #[serde(default, deserialize_with = "or_default")]
    basis: Vec<String>,
    /// What must hold, in Chinese.
    zh: String,
    /// What must hold, in English.
    en: String,
    /// What it asks for.
    requires: Requirement,
}

fn first_version() -> u16 {
    1
}

/// What a rule of one's own asks for. Not evaluated where a cell holds no count, or the layout has no such cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "requirement", title = "requirement")]
#[non_exhaustive]
pub enum Requirement {
    /// The sums of both sides are equal.
    Equal {
        /// The cells on the left, the one that the others make up first.
        #[schemars(with = "Vec<String>")]
        left: Vec<Cell>,
        /// The cells on the right.
        #[schemars(with = "Vec<String>")]
        right: Vec<Cell>,
    },
    /// The sum of the left side is no less than that of the right.
    AtLeast {
        /// The cells on the left.
        #[schemars(with = "Vec<String>")]
        left: Vec<Cell>,
        /// The cells on the right.
        #[schemars(with = "Vec<String>")]
        right: Vec<Cell>,
    },
    /// Each of the cells holds a count within these bounds.
    Within {
        /// The cells.
        #[schemars(with = "Vec<String>")]
        cells: Vec<Cell>,
        /// The least.
        least: u64,
        /// The most; absent for no bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u64>,
    },
    /// A section in words says one of these.
    Says {
        /// The section.
        section: Section,
        /// The words, as printed.
        any_of: Vec<String>,
    },
}

impl OwnRule {
    /// The rule of this code, with what must hold in Chinese and in English; version 1, resting on no article.
    ///
    /// # Errors
    /// - [`ValueError`] if the code is not of lower case, digits and hyphens, or is that of a rule of this crate,
    /// - [`ValueError`] if the requirement names no cells, or no words.
    pub fn new(
        code: &str,
        severity: Severity,
        [zh, en]: [&str; 2],
        requires: Requirement,
    ) -> Result<OwnRule, ValueError> {
        let (zh, en) = (zh.to_owned(), en.to_owned());
        Written { code: code.to_owned(), version: 1, severity, basis: vec![], zh, en, requires }.try_into()
    }

    /// The same rule, resting on these articles of the Regulations: `36(3)`.
    #[must_use]
    pub fn resting_on(self, articles: impl IntoIterator<Item = impl Into<String>>) -> OwnRule {
        OwnRule { basis: articles.into_iter().map(Into::into).collect(), ..self }
    }

    /// Its code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What it asks for.
    pub fn requires(&self) -> &Requirement {
        &self.requires
    }
}

impl TryFrom<Written> for OwnRule {
    type Error = ValueError;
    fn try_from(written: Written) -> Result<OwnRule, ValueError> {
        let Written { code, version, severity, basis, zh, en, requires } = written;
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if code.is_empty() || code.len() > 64 || !code.bytes().all(is_plain) || Rule::find(&code).is_some() {
            let words = [
                "自定义规则的代码：小写字母、数字和连字符，与本库规则不重名",
                "a code of lower case, digits and hyphens that no rule of this crate has",
            ];
            return Err(ValueError::new(words, &code));
        }
        let is_empty = match &requires {
            Requirement::Equal { left, right } | Requirement::AtLeast { left, right } => {
                left.is_empty() || right.is_empty()
            }
            Requirement::Within { cells, .. } => cells.is_empty(),
            Requirement::Says { section, any_of } => section.is_table() || any_of.iter().all(String::is_empty),
        };
        if is_empty {
            let words = [
                "写明格、文字部分和词语的要求",
                "a requirement that names cells, or a section in words and what it says",
            ];
            return Err(ValueError::new(words, &code));
        }
        Ok(OwnRule { code, version, severity, basis, zh, en, requires })
    }
}

impl From<&OwnRule> for Stated {
    fn from(rule: &OwnRule) -> Stated {
        Stated {
            code: rule.code.clone().into(),
            version: rule.version,
            severity: rule.severity,
            basis: rule.basis.iter().cloned().map(Into::into).collect(),
            words: [rule.zh.clone().into(), rule.en.clone().into()],
        }
    }
}

/// What a rule of one's own comes to.
pub(crate) fn check(report: &PublishedReport, requires: &Requirement) -> Outcome {
    match requires {
        Requirement::Equal { left, right } => sums(report, left, right, true),
        Requirement::AtLeast { left, right } => sums(report, left, right, false),
        Requirement::Within { cells, least, most } => within(report, cells, *least, *most),
        Requirement::Says { section, any_of } => says(report, *section, any_of),
    }
}

fn count(report: &PublishedReport, cell: Cell) -> Option<i64> {
    report.get(cell).and_then(PublishedCell::whole_count)
}

fn sums(report: &PublishedReport, left: &[Cell], right: &[Cell], exact: bool) -> Outcome {
    let cells = || left.iter().chain(right).copied();
    if cells().any(|cell| report.get(cell).is_none()) {
        return Outcome::skipped(Reason::OtherEdition);
    }
    let sum = |cells: &[Cell]| cells.iter().try_fold(0_i64, |sum, cell| sum.checked_add(count(report, *cell)?));
    let mut outcome = Outcome::default();
    match (sum(left), sum(right)) {
        (Some(one), Some(other)) if one == other || !exact && one > other => outcome.pass += 1,
        (Some(one), Some(other)) => {
            let sides =
                left.iter().map(|cell| (*cell, Side::Left)).chain(right.iter().map(|cell| (*cell, Side::Right)));
            let quoted = sides.filter_map(|(cell, side)| FindingCell::of(report, cell, Some(side)));
            let quoted: Vec<FindingCell> = quoted.collect();
            let told = mismatch(&quoted, one, other, exact);
            outcome.fail(quoted, told);
        }
        _ => outcome.skip(Reason::NoCount, cells().filter(|cell| count(report, *cell).is_none()).collect()),
    }
    outcome
}

fn within(report: &PublishedReport, cells: &[Cell], least: u64, most: Option<u64>) -> Outcome {
    let mut outcome = Outcome::default();
    for cell in cells {
        let found = report.get(*cell).map(|_| count(report, *cell));
        match found {
            None => outcome.skip(Reason::OtherEdition, vec![*cell]),
            Some(None) => outcome.skip(Reason::NoCount, vec![*cell]),
            // A count is no less than 0.
            Some(Some(count)) if (least..=most.unwrap_or(u64::MAX)).contains(&count.unsigned_abs()) => {
                outcome.pass += 1
            }
            Some(Some(_)) => {
                let quoted: Vec<FindingCell> = FindingCell::of(report, *cell, None).into_iter().collect();
                let (label, printed) = (first_label(&quoted), first_printed(&quoted));
                let [zh, en] = match most {
                    Some(most) => [format!("从 {least} 到 {most}"), format!("{least} to {most}")],
                    None => [format!("不小于 {least}"), format!("{least} or more")],
                };
                let told = Told {
                    words: [format!("{label}为 {printed}，应{zh}"), format!("{label} is {printed}, expected {en}")],
                    found: Some(printed),
                    ..Told::of_each(&quoted)
                };
                outcome.fail(quoted, told);
            }
        }
    }
    outcome
}

fn says(report: &PublishedReport, section: Section, any_of: &[String]) -> Outcome {
    let Some(parts) = report.facts.words_of(section) else { return Outcome::skipped(Reason::NoSection) };
    let is_said = |word: &&String| parts.iter().any(|part| part.text.contains(*word));
    if any_of.iter().any(|word| is_said(&word)) {
        return Outcome::of([]);
    }
    let title = section.title();
    let (all_zh, all) = (any_of.join("、"), any_of.join(", "));
    Outcome::of([Told {
        words: [format!("“{title}”未提及{all_zh}"), format!("{title} mentions none of {all}")],
        expected: Some(all),
        place: place_of(report, section),
        subjects: vec![section.key().to_owned()],
        ..Told::default()
    }])
}
