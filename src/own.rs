//! Rules of the caller, of a few closed kinds, beside those of the table.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::finding::Stated;
use crate::form::{Cell, Kind};
use crate::language::Language;
use crate::narrative::Section;
use crate::prose::{Saying, covers_region};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::rule::Rule;
use crate::rule::arithmetic::mismatch;
use crate::rule::outcome::{FindingCell, Outcome, Reason, Side, Told, first_label, first_printed};
use crate::rule::sections::place_of;
use crate::severity::Severity;
use crate::text::trimmed;
use crate::value_error::ValueError;
use crate::wire::{exact, or_default};

/// A rule of the caller, beside those of this crate: for a check, or in the file of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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

/// A rule of the caller as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "own_rule", title = "own_rule")]
struct Written {
    /// Its code: at most 64 of lower case, digits and hyphens, a letter first; none that this crate has.
    #[schemars(extend("pattern" = CODE))]
    code: String,
    /// Its version, from 1; 1 if it is left out.
    #[serde(default = "first_version")]
    #[schemars(extend("minimum" = 1))]
    version: u16,
    /// How grave a failure is.
    #[serde(deserialize_with = "exact")]
    severity: Severity,
    /// The articles of the Regulations behind it, in the short form 36(3).
    #[serde(default, deserialize_with = "or_default")]
    basis: Vec<String>,
    /// What must hold, in Chinese.
    #[schemars(extend("minLength" = 1))]
    zh: String,
    /// What must hold, in English.
    #[schemars(extend("minLength" = 1))]
    en: String,
    /// What it asks for.
    requires: Requirement,
}

/// How a code is written.
const CODE: &str = "^[a-z][a-z0-9-]{0,63}$";

fn first_version() -> u16 {
    1
}

impl<'de> Deserialize<'de> for OwnRule {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<OwnRule, D::Error> {
        exact::<Written, D>(from)?.try_into().map_err(de::Error::custom)
    }
}

/// What a rule of the caller asks for. Not evaluated where a cell holds no count, or the layout has no such cell.
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
    /// A section in words says one of these, in its text or in a sub-heading.
    Says {
        /// The section.
        section: Section,
        /// The words, as printed.
        any_of: Vec<String>,
    },
    /// A section in words gives the count of each of these cells, or says that there were none, as far as its sentences are
    /// understood ([`statements`](PublishedReport::statements)); whether it is right is for `text-count`. Of the documents of a
    /// whole region it is not evaluated: the prose is of the government, or of its offices. Some supervising authorities ask for the documents issued, repealed and in force in section one.
    States {
        /// The section.
        section: Section,
        /// The cells.
        #[schemars(with = "Vec<String>")]
        cells: Vec<Cell>,
    },
}

impl OwnRule {
    /// The rule of this code, with what must hold in Chinese and in English; version 1, resting on no article. It goes into
    /// [`check_with`](crate::PublishedReport::check_with) or into a [`Policy`](crate::Policy).
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
    /// assert_eq!(checked.passes_of("our-litigation-bound"), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ValueError`] if
    /// - the code is not one of lower case, digits and hyphens, or is that of a rule of this crate,
    /// - a sentence is blank,
    /// - the requirement names no cell, or one twice, no section in words, a blank word, or bounds that nothing is within.
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

    /// How grave a failure is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What must hold.
    pub fn statement(&self, language: Language) -> &str {
        language.of([&self.zh, &self.en])
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
        let starts = code.starts_with(|c: char| c.is_ascii_lowercase());
        if !starts || code.len() > 64 || !code.bytes().all(is_plain) || Rule::find(&code).is_some() {
            let words = [
                "以小写字母开头、由小写字母、数字和连字符组成、不超过六十四个字符、与本库规则不重名的代码",
                "a code of at most 64 of lower case, digits and hyphens, a letter first, that no rule of this crate has",
            ];
            return Err(ValueError::new(words, &code));
        }
        if version == 0 {
            return Err(ValueError::of_number(["从 1 开始的版本", "a version from 1"], version));
        }
        for text in [&zh, &en] {
            if trimmed(text).is_empty() {
                return Err(ValueError::new(["不为空的要求", "a sentence that says what must hold"], text));
            }
        }
        requires.check()?;
        Ok(OwnRule { code, version, severity, basis, zh, en, requires })
    }
}

impl Requirement {
    /// Whether something can be asked so.
    fn check(&self) -> Result<(), ValueError> {
        let cells: Vec<Cell> = match self {
            Requirement::Equal { left, right } | Requirement::AtLeast { left, right } => {
                if left.is_empty() || right.is_empty() {
                    return Err(ValueError::new(["两边各有一格以上", "a cell on each side"], ""));
                }
                left.iter().chain(right).copied().collect()
            }
            Requirement::Within { cells, least, most } => {
                if let Some(most) = most.filter(|most| most < least) {
                    let words = [format!("不小于 {least} 的上限"), format!("a most of {least} or more")];
                    return Err(ValueError::of_number(words, most));
                }
                if cells.is_empty() {
                    return Err(ValueError::new(["至少一格", "at least one cell"], ""));
                }
                cells.clone()
            }
            Requirement::Says { section, .. } | Requirement::States { section, .. } if section.is_table() => {
                return Err(ValueError::new(["文字部分", "a section in words"], section.key()));
            }
            Requirement::States { cells, .. } if cells.is_empty() => {
                return Err(ValueError::new(["至少一格", "at least one cell"], ""));
            }
            Requirement::States { cells, .. } => cells.clone(),
            Requirement::Says { any_of, .. } => {
                if any_of.is_empty() || any_of.iter().any(|word| trimmed(word).is_empty()) {
                    return Err(ValueError::new(["不为空的词语", "words that are not blank"], &any_of.join(", ")));
                }
                vec![]
            }
        };
        if let Some(cell) = cells.iter().find(|cell| cell.kind() != Kind::Count) {
            return Err(ValueError::new(["计件数的格", "a cell that holds a count"], cell.path()));
        }
        let twice = cells.iter().enumerate().find(|(at, cell)| cells[..*at].contains(cell));
        twice.map_or(Ok(()), |(_, cell)| Err(ValueError::new(["每格一次", "each cell once"], cell.path())))
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

/// What a rule of the caller comes to.
pub(crate) fn check(report: &PublishedReport, requires: &Requirement) -> Outcome {
    match requires {
        Requirement::Equal { left, right } => sums(report, left, right, true),
        Requirement::AtLeast { left, right } => sums(report, left, right, false),
        Requirement::Within { cells, least, most } => within(report, cells, *least, *most),
        Requirement::Says { section, any_of } => says(report, *section, any_of),
        Requirement::States { section, cells } => states(report, *section, cells),
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
    // Each cell is there once, and a report has a few hundred: no sum overflows.
    let sum = |cells: &[Cell]| cells.iter().try_fold(0_i64, |sum, cell| Some(sum + count(report, *cell)?));
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
                    Some(most) => [format!("应在 {least} 到 {most} 之间"), format!("{least} to {most}")],
                    None => [format!("应不小于 {least}"), format!("{least} or more")],
                };
                let told = Told {
                    words: [format!("{label}为 {printed}，{zh}"), format!("{label} is {printed}, expected {en}")],
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
    let texts = || parts.iter().flat_map(|part| part.heading.iter().chain([&part.text]));
    if any_of.iter().any(|word| texts().any(|text| text.contains(word))) {
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

fn states(report: &PublishedReport, section: Section, cells: &[Cell]) -> Outcome {
    if report.facts.words_of(section).is_none() {
        return Outcome::skipped(Reason::NoSection);
    }
    let Some(statements) = report.statements() else { return Outcome::skipped(Reason::TooLong) };
    let said: HashSet<Cell> = statements
        .iter()
        .filter(|of| of.section == Some(section))
        // A sum of several cells states none of them, but that there were none is said of each.
        .filter(|of| of.saying == Saying::Denials || of.cells().len() == 1)
        .flat_map(|of| of.cells().iter().copied())
        .collect();
    let mut outcome = Outcome::default();
    let (asked, elsewhere): (Vec<Cell>, Vec<Cell>) = cells.iter().partition(|cell| report.get(**cell).is_some());
    if !elsewhere.is_empty() {
        outcome.skip(Reason::OtherEdition, elsewhere);
    }
    let (stated, missing): (Vec<Cell>, Vec<Cell>) = asked.into_iter().partition(|cell| said.contains(cell));
    outcome.pass += stated.len();
    let of_region = covers_region(report) == Some(true);
    let unclear = |cell: &Cell| of_region && cell.path().starts_with("article20.item1.");
    let (open, missing): (Vec<Cell>, Vec<Cell>) = missing.into_iter().partition(unclear);
    if !open.is_empty() {
        outcome.skip(Reason::NothingSaid, open);
    }
    let quoted: Vec<FindingCell> = missing.iter().filter_map(|cell| FindingCell::of(report, *cell, None)).collect();
    if !quoted.is_empty() {
        let (title, labels) =
            (section.title(), |comma| quoted.iter().map(|cell| cell.label.as_str()).collect::<Vec<_>>().join(comma));
        let told = Told {
            words: [format!("“{title}”未写明{}", labels("、")), format!("{title} does not state {}", labels(", "))],
            place: place_of(report, section),
            ..Told::of_each(&quoted)
        };
        outcome.fail(quoted, told);
    }
    outcome
}
