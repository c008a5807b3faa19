//! What a rule is. The rules themselves are in the files of this folder, one for each family of them.
//!
//! A rule is a code, a version, a severity, the editions it holds for, its legal basis, a sentence in Chinese and one in
//! English, and a test of one of a few closed kinds over named cells ([`Test`]). Its result is pass, fail or not
//! evaluated with the reason: a rule over a missing cell is not passed.
//!
//! A family's file has, from top to bottom, the rules as data with an example that passes and one that fails; what a finding
//! of theirs holds, and says in both languages; the test. [`RULES`](crate::RULES) lists the families in a line each. After a
//! change `cargo run --features export --example export_schema` writes anew all that is made from the rules.
//!
//! ```
//! use ogi_report::{Language, Rule};
//! let rule = Rule::find("requests-balance").unwrap();
//! assert_eq!(rule.statement(Language::Chinese), "第一项加第二项之和，等于第三项加第四项之和");
//! ```

pub(crate) mod outcome;

pub(crate) mod arithmetic;
pub(crate) mod cells;
pub(crate) mod documents;
pub(crate) mod duties;
pub(crate) mod facts;
pub(crate) mod peers;
pub(crate) mod region;
pub(crate) mod sections;
pub(crate) mod statements;
pub(crate) mod wording;
pub(crate) mod years;

pub(crate) mod table;

pub(crate) mod balance;

use schemars::JsonSchema;
use serde::Serialize;

use crate::agency::AgencyKind;
use crate::facts::Facts;
use crate::form::{Basis, Cell, Edition, Layout};
use crate::language::Language;
use crate::narrative::Section;
use crate::prose::Saying;
use crate::published::PublishedReport;
use crate::rule::outcome::{Outcome, Told};
use crate::severity::Severity;

/// A rule of the table.
///
/// ```
/// use ogi_report::{Language, Rule, Severity};
/// let rule = Rule::find("proceedings-total").unwrap();
/// assert_eq!((rule.severity, rule.basis.label(Language::Chinese)), (Severity::Error, "《条例》第五十条第（三）项".to_owned()));
/// assert_eq!(rule.right_example().check().findings, []);
/// assert_eq!(rule.wrong_example().check().findings[0].rule, rule.code);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rule {
    /// The stable name.
    pub code: &'static str,
    /// Raised whenever the meaning changes.
    pub version: u16,
    /// How grave a failure is, unless the finding says otherwise.
    pub severity: Severity,
    /// The first edition it holds for.
    pub since: Edition,
    /// The last edition it holds for; `None` if it still holds.
    pub until: Option<Edition>,
    /// The articles behind it.
    pub basis: Basis,
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    pub(crate) not_checked_zh: &'static str,
    pub(crate) not_checked_en: &'static str,
    /// A report that passes: what differs from the report of zeros of [`PublishedReport::zeros`](crate::PublishedReport::zeros), by path. Of a cell
    /// the text as printed, of any other key its JSON; totals that are not named come to the sum of their parts. Where the
    /// rule reads a second report, that of the year before, of a part of the region or of another agency, its paths begin with `before.`,
    /// `part.` or `peer.`.
    pub holds: &'static [(&'static str, &'static str)],
    /// A report that this rule alone finds wrong: what differs from the one that passes.
    pub breaks: &'static [(&'static str, &'static str)],
    pub(crate) test: Test,
}

impl Rule {
    /// What must hold.
    pub fn statement(&self, language: Language) -> &'static str {
        language.of([self.zh, self.en])
    }

    /// What it leaves unchecked.
    pub fn not_checked(&self, language: Language) -> &'static str {
        language.of([self.not_checked_zh, self.not_checked_en])
    }

    /// Whether it holds for an edition.
    pub fn applies_to(&self, edition: Edition) -> bool {
        self.since <= edition && self.until.is_none_or(|until| edition <= until)
    }

    /// When a finding is milder than the rule.
    pub fn milder(&self, language: Language) -> Option<&'static str> {
        Some(language.of(match self.test {
            Test::Presence => ["仅缺总计而各分项齐全的，为提示", "a missing total whose parts are there: notice"],
            Test::Sections => ["只写问题、未写改进情况的，为提示", "problems without improvements: notice"],
            Test::Deadline(..) => {
                ["落款未逾期、仅公布日期逾期的，为提示", "signed in time, but published later: notice"]
            }
            Test::Follows(_) | Test::SameUnit if self.severity > Severity::Warning => {
                ["两份报告统计范围不同的，为警告", "reports that differ in scope: warning"]
            }
            Test::OneAgency => ["更名而代码或标识相同的，为提示", "another name, but one code or key: notice"],
            _ => return None,
        }))
    }
}

impl PartialEq for Rule {
    /// A rule is its code and version.
    fn eq(&self, other: &Rule) -> bool {
        (self.code, self.version) == (other.code, other.version)
    }
}

/// The closed kinds of test.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Test {
    /// Σ left = Σ right, for each equation.
    Equal(fn(Layout) -> Vec<Equation>),
    /// Σ left ≥ Σ right, for each equation.
    AtLeast(fn(Layout) -> Vec<Equation>),
    /// Each number is one its cell can hold: counts whole and ≥ 0, amounts ≥ 0, only 增/减 signed.
    Domain,
    /// Each cell the layout prints holds a number or a mark for "not applicable".
    Presence,
    /// The cells are 0 where the agency is stated to be of one of these kinds.
    ZeroFor(fn(Layout) -> Vec<Cell>, &'static [AgencyKind]),
    /// The rows are labelled as the form has them.
    Labels,
    /// The page holds one report.
    Alone,
    /// The layout is the one the report year calls for.
    EditionForYear,
    /// The six sections are there, in order, none of them empty.
    Sections,
    /// Published by this (month, day) of the following year: departments, governments.
    Deadline((u8, u8), (u8, u8)),
    /// From this report year, section six says something about processing fees, and what it says makes sense.
    FeeStated(u16),
    /// The facts around the tables do not contradict each other: these keys, and what does not fit; nothing where a fact is
    /// missing.
    Facts(&'static [&'static str], fn(&Facts) -> Option<Vec<Told>>),
    /// What the report says, around the tables and in them, is what reviewers expect: these keys, and what is not.
    Page(&'static [&'static str], fn(&PublishedReport) -> Outcome),
    /// What the prose says agrees with the tables, or with itself.
    Prose(Saying),
    /// The sums of this year and of the year before are equal, for each step.
    Follows(fn(Layout) -> Vec<Step>),
    /// The amounts of two years are not as far apart as 元 and 万元 are.
    SameUnit,
    /// Two consecutive reports are of one agency.
    OneAgency,
    /// A test over two consecutive reports, which reads these keys.
    Both(
        #[cfg_attr(not(feature = "export"), expect(dead_code, reason = "for the rule file"))] &'static [&'static str],
        fn(&years::Pair) -> Outcome,
    ),
    /// Each figure of a region is the sum of its parts, or no less than the parts that are known.
    Parts(Bound),
    /// A test over reports of different agencies, each with the name that it is told by.
    Peers(fn(&[(String, &PublishedReport)]) -> Outcome),
}

impl Test {
    /// Its equations, as far as the layout prints their cells.
    pub(crate) fn equations(&self, layout: Layout) -> Vec<Equation> {
        let (Test::Equal(equations) | Test::AtLeast(equations)) = self else { return vec![] };
        let is_printed = |equation: &Equation| equation.cells().all(|cell| layout.entry(cell).is_some());
        equations(layout).into_iter().filter(is_printed).collect()
    }

    /// The cells that must be 0, as far as the layout prints them.
    pub(crate) fn zeros(&self, layout: Layout) -> Vec<Cell> {
        let Test::ZeroFor(cells, _) = self else { return vec![] };
        cells(layout).into_iter().filter(|cell| layout.entry(*cell).is_some()).collect()
    }
}

/// Two sets of cells whose sums are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// The cells on the left: a total, or the first two lines of table two.
    pub left: Vec<Cell>,
    /// The cells on the right.
    pub right: Vec<Cell>,
}

impl Equation {
    /// The cells of both sides, the left ones first.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.left.iter().chain(&self.right).copied()
    }
}

/// One equation of an arithmetic rule over the cells of one layout.
#[derive(Debug)]
pub struct Balance {
    /// The rule it belongs to.
    pub rule: &'static Rule,
    pub(crate) equation: Equation,
    /// Σ left = Σ right; otherwise Σ left ≥ Σ right.
    pub(crate) exact: bool,
    /// The places of the cells in the form's order.
    pub(crate) left: Box<[usize]>,
    pub(crate) right: Box<[usize]>,
}

impl Balance {
    /// The cells on the left: a total, or the first two lines of table two.
    pub fn left(&self) -> &[Cell] {
        &self.equation.left
    }

    /// The cells on the right.
    pub fn right(&self) -> &[Cell] {
        &self.equation.right
    }

    /// Whether the two sums must be equal; otherwise the left one must not be the smaller.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// The sums of both sides; `None` if a cell holds no count. Sums of counts cannot overflow.
    pub(crate) fn sums(&self, counts: &[i64]) -> Option<(i64, i64)> {
        Some((sum(counts, &self.left)?, sum(counts, &self.right)?))
    }

    pub(crate) fn holds(&self, left: i64, right: i64) -> bool {
        if self.exact { left == right } else { left >= right }
    }
}

/// Stands among the counts of a report where a cell holds none.
pub(crate) const NO_COUNT: i64 = -1;

/// The sum of the counts at these places; `None` if there is [`NO_COUNT`] among them.
pub(crate) fn sum(counts: &[i64], positions: &[usize]) -> Option<i64> {
    // Without branches: the sign of the union is that of NO_COUNT if it occurs.
    let (sum, union) = positions.iter().fold((0, 0), |(sum, union), position| {
        let count = counts[*position];
        (sum + count, union | count)
    });
    if union < 0 { None } else { Some(sum) }
}

/// What must be equal: Σ left of this year = Σ right of this year + Σ of the year before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Cells of the later report.
    pub now: Equation,
    /// Cells of the earlier report.
    pub before: Vec<Cell>,
}

impl Step {
    fn new(left: Vec<Cell>, right: Vec<Cell>, before: Vec<Cell>) -> Step {
        Step { now: Equation { left, right }, before }
    }
}

/// What a sum of parts says of the region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Bound {
    /// Every agency is accounted for: the region is this sum.
    Exact,
    /// Some are not: the region is no less.
    AtLeast,
}

/// What a rule is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "over", transform = crate::wire::plain_enum)]
#[non_exhaustive]
pub enum Over {
    /// One report.
    Report,
    /// A report and that of the year before.
    Years,
    /// The report of a region and those of its parts.
    Region,
    /// Reports of different agencies.
    Peers,
}

impl Test {
    /// Whether it is over the sections in words, which come after the tables.
    pub(crate) fn is_over_sections(&self) -> bool {
        matches!(self, Test::Sections | Test::FeeStated(_) | Test::Prose(_))
    }

    /// Whether it is over the words of the report: only this crate evaluates it.
    pub(crate) fn is_over_words(&self) -> bool {
        use Test::*;
        matches!(
            self,
            Labels
                | Alone
                | Sections
                | FeeStated(_)
                | Facts(..)
                | Page(..)
                | Prose(_)
                | OneAgency
                | Both(..)
                | Peers(_)
        )
    }

    /// Whether it is about the form of a report and not about its figures.
    pub(crate) fn is_formal(&self) -> bool {
        use Test::*;
        match self {
            Presence | Labels | Alone | EditionForYear | Sections | Deadline(..) | FeeStated(_) => true,
            // Those that read a table are about its figures.
            Facts(keys, _) | Page(keys, _) => !keys.iter().any(|key| Section::TABLES.map(Section::key).contains(key)),
            Prose(Saying::Period) => true,
            Equal(_) | AtLeast(_) | Domain | ZeroFor(..) | Prose(_) => false,
            OneAgency | Both(..) | Follows(_) | SameUnit | Parts(_) | Peers(_) => false,
        }
    }

    /// What it is over.
    pub(crate) fn over(&self) -> Over {
        match self {
            Test::Follows(_) | Test::SameUnit | Test::OneAgency | Test::Both(..) => Over::Years,
            Test::Parts(_) => Over::Region,
            Test::Peers(_) => Over::Peers,
            _ => Over::Report,
        }
    }
}
