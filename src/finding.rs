//! What a check finds, as data: rule, severity, cells, what was found and expected, the place, the article of law.
//!
//! What a finding of each kind holds, and says in Chinese and English, is in the file of its family of rules; the text is
//! rendered last, and nobody ever needs to parse it.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::Serializer;

use crate::date::Year;
use crate::form::{Cell, Layout};
use crate::number::LARGEST_COUNT;
use crate::place::Place;
use crate::rule::outcome::{Fail, Outcome, Told};
use crate::rule::{Rule, Severity};

pub use crate::facts::FactMismatch;
pub use crate::rule::arithmetic::SumMismatch;
pub use crate::rule::cells::{MissingCells, OutOfDomain, WrongLabel};
pub use crate::rule::documents::NotZero;
pub use crate::rule::duties::{LatePublication, WrongLayout};
pub use crate::rule::outcome::{FindingCell, Reason, Side};
pub use crate::rule::region::{Clue, ClueKind, PartsMismatch};
pub use crate::rule::sections::{FeeDefect, FeeIssue, SectionDefect, SectionIssue};
pub use crate::rule::statements::ProseMismatch;
pub use crate::rule::years::YearMismatch;

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
        CheckReport { findings: Vec::new(), not_evaluated: Vec::new(), tallies: Vec::new() }
    }

    /// Adds what the test of a rule comes to.
    pub(crate) fn add(&mut self, rule: &'static Rule, outcome: Outcome<impl Into<FindingKind>>) {
        let Outcome { pass, fails, skipped } = outcome;
        let known = self.tallies.iter().position(|(code, _)| *code == rule.code);
        let at = known.unwrap_or_else(|| {
            self.tallies.push((rule.code, Tally::default()));
            self.tallies.len() - 1
        });
        let tally = &mut self.tallies[at].1;
        tally.pass += pass;
        tally.fail += fails.len();
        tally.not_evaluated += skipped.len();
        self.findings.extend(fails.into_iter().map(|fail| Finding::new(rule, fail)));
        self.not_evaluated.extend(skipped.into_iter().map(|(reason, cells)| NotEvaluated { rule, reason, cells }));
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
        use FindingKind::{FeeIssue, ProseMismatch, SectionIssue};
        self.findings.sort_by_key(|finding| match finding.cells.first() {
            _ if matches!(finding.kind, SectionIssue(_) | FeeIssue(_) | ProseMismatch(_)) => usize::MAX,
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
    pub kind: FindingKind,
}

/// Declares [`FindingKind`]: a variant for each type of facts, of the same name. Each says in `told` what there is to say.
macro_rules! kinds {
    ($($kind:ident)+) => {
        /// What is wrong: a variant for each kind of test that can fail.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum FindingKind {
            $(#[doc = concat!("See [`", stringify!($kind), "`].")] $kind($kind),)+
        }

        impl FindingKind {
            fn told<'a>(&'a self, cells: &'a [FindingCell]) -> Told<'a> {
                match self {
                    $(FindingKind::$kind(facts) => facts.told(cells),)+
                }
            }
        }

        $(impl From<$kind> for FindingKind {
            fn from(facts: $kind) -> FindingKind {
                FindingKind::$kind(facts)
            }
        })+
    };
}

kinds! {
    SumMismatch OutOfDomain MissingCells NotZero WrongLabel WrongLayout LatePublication FactMismatch SectionIssue FeeIssue ProseMismatch
    YearMismatch PartsMismatch
}

impl Finding {
    pub(crate) fn new(rule: &'static Rule, fail: Fail<impl Into<FindingKind>>) -> Finding {
        let Fail { severity, cells, facts } = fail;
        Finding { rule, severity: severity.unwrap_or(rule.severity), cells, kind: facts.into() }
    }

    fn told(&self) -> Told<'_> {
        self.kind.told(&self.cells)
    }

    /// Where on the page it is: the first cell with a place, or the place of what is concerned.
    pub fn place(&self) -> Option<&Place> {
        self.told().place
    }

    /// What was found: a sum, a date, a layout, a printed text.
    pub fn found(&self) -> Option<String> {
        self.told().found
    }

    /// What was expected in its place, where that is one thing.
    pub fn expected(&self) -> Option<String> {
        self.told().expected
    }

    /// Found less expected, where both are numbers; days late for a date.
    pub fn difference(&self) -> Option<i64> {
        self.told().difference
    }

    /// The finding in Chinese, one line.
    pub fn zh(&self) -> String {
        format!("{}：{}", self.rule.zh, self.told().zh)
    }

    /// The finding in English, one line.
    pub fn en(&self) -> String {
        format!("{}: {}", self.rule.en, self.told().en)
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
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "not_evaluated", title = "not_evaluated")]
#[non_exhaustive]
pub struct NotEvaluated {
    /// The code of the rule.
    #[serde(serialize_with = "crate::rule::as_code")]
    #[schemars(with = "String")]
    pub rule: &'static Rule,
    /// Why not.
    pub reason: Reason,
    /// The paths of the cells that were in the way.
    #[schemars(with = "Vec<String>")]
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
    cells: &'a [FindingCell],
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

/// All that a check found.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "findings", title = "findings")]
#[expect(dead_code, reason = "stands for the document in the schema; the check itself is what is written")]
pub(crate) struct WrittenChecked<'a> {
    /// The rules that fail, in the order of the document.
    findings: Vec<WrittenFinding<'a>>,
    /// What could not be evaluated, and why.
    not_evaluated: Vec<NotEvaluated>,
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (mut year, mut explanation, mut clues) = (None, None, &[][..]);
        match &self.kind {
            FindingKind::YearMismatch(facts) => (year, explanation) = (Some(facts.year), facts.explanation.as_deref()),
            FindingKind::PartsMismatch(facts) => clues = &facts.clues,
            _ => {}
        }
        WrittenFinding {
            rule: self.rule.code.into(),
            version: self.rule.version,
            severity: self.severity,
            cells: &self.cells,
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
