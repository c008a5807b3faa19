//! What a check finds, as data: rule, severity, cells, what was found and expected, the place, the article of law, and what
//! it says in both languages, so that nobody ever needs to parse it.
//!
//! Findings are read and written as JSON of the schema `urn:ogi-report:findings`:
//!
//! ```
//! use ogi_report::{CheckReport, Language, Rule};
//! let checked = Rule::find("requests-row-total").unwrap().wrong_example().check();
//! assert_eq!(checked.findings_of("requests-row-total").count(), 2);
//! let finding = &checked.findings[0];
//! assert_eq!((finding.found.as_deref(), finding.expected.as_deref(), finding.difference), (Some("4"), Some("3"), Some(1)));
//! assert_eq!(finding.cells[0].label, "一、本年新收政府信息公开申请数量 · 总计");
//! assert!(finding.message(Language::English).ends_with(" (rule: the total of a row is the sum of the applicants)"));
//! assert_eq!(CheckReport::from_json(checked.to_json().as_bytes())?, checked);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Year;
use crate::form::{Cell, Layout};
use crate::language::Language;
use crate::number::LARGEST_COUNT;
use crate::place::Place;
use crate::rule::Rule;
use crate::rule::outcome::{Fail, Outcome, Told};
use crate::severity::Severity;
use crate::text::showable;
use crate::wire::{exact, list_of_objects, optional_list, optional_texts};

pub use crate::rule::outcome::{Clue, FindingCell, Reason};

/// All that a check found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "findings", title = "findings")]
pub struct CheckReport {
    /// The report that was checked; none of a check of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// The rules that fail, in the order of the document.
    #[serde(deserialize_with = "list_of_objects")]
    pub findings: Vec<Finding>,
    /// What could not be evaluated, and why.
    #[serde(deserialize_with = "list_of_objects")]
    pub not_evaluated: Vec<NotEvaluated>,
    /// How often each rule passed.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    passed: Vec<Passed>,
}

/// Which report was checked, and by which version of the schemas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "about", title = "about")]
#[non_exhaustive]
pub struct About {
    /// The version of the JSON Schemas.
    pub schema_version: String,
    /// The name of its layout of the form.
    pub layout: String,
    /// The year of the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
    /// The name of the agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// What a rule, or one of its assertions, comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// The report does not say enough to tell.
    NotEvaluated,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 3] = [Verdict::Pass, Verdict::Fail, Verdict::NotEvaluated];

    /// The name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::NotEvaluated => "not_evaluated",
        }
    }
}

/// How often a rule passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "passed", title = "passed")]
struct Passed {
    /// The code of the rule.
    rule: Cow<'static, str>,
    /// How many cells, equations or duties passed.
    #[schemars(extend("maximum" = LARGEST_COUNT))]
    count: usize,
}

impl CheckReport {
    /// Adds what the test of a rule comes to.
    pub(crate) fn add(&mut self, rule: impl Into<Stated>, outcome: Outcome) {
        let rule = rule.into();
        let Outcome { pass, fails, skipped } = outcome;
        match self.passed.iter_mut().find(|passed| passed.rule == rule.code) {
            Some(passed) => passed.count += pass,
            None if pass > 0 => self.passed.push(Passed { rule: rule.code.clone(), count: pass }),
            None => {}
        }
        self.findings.extend(fails.into_iter().map(|fail| Finding::new(&rule, fail)));
        self.not_evaluated.extend(skipped.into_iter().map(|skipped| NotEvaluated {
            rule: rule.code.clone(),
            reason: skipped.reason,
            year: skipped.year,
            cells: skipped.cells,
            before: skipped.before,
        }));
    }

    /// How many cells, equations or duties of the rule of this code passed.
    pub fn passes_of(&self, code: &str) -> usize {
        self.passed.iter().find(|passed| passed.rule == code).map_or(0, |passed| passed.count)
    }

    /// The findings of the rule of this code.
    pub fn findings_of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.rule == code)
    }

    /// What of the rule of this code could not be evaluated.
    pub fn not_evaluated_of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a NotEvaluated> {
        self.not_evaluated.iter().filter(move |open| open.rule == code)
    }

    /// What the rule of this code comes to: it fails if there is a finding, and passes if nothing failed and something passed. A
    /// rule that was not run is not evaluated.
    pub fn verdict_of(&self, code: &str) -> Verdict {
        if self.findings_of(code).next().is_some() {
            Verdict::Fail
        } else if self.passes_of(code) > 0 {
            Verdict::Pass
        } else {
            Verdict::NotEvaluated
        }
    }

    /// Whether a finding is an error.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The findings and what was not evaluated, as JSON of the schema `urn:ogi-report:findings`.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and integers are always JSON")
    }

    /// Puts what the agency says beside the findings of a rule and year, those on one cell or all; how many there are. It
    /// takes nothing away.
    pub fn annotate(&mut self, code: &str, year: Year, cell: Option<Cell>, words: &str) -> usize {
        let is_meant = |finding: &&mut Finding| {
            let first = finding.cells.first().map(|quoted| quoted.cell);
            finding.rule == code && finding.year == Some(year) && (cell.is_none() || cell == first)
        };
        self.findings.iter_mut().filter(is_meant).map(|finding| finding.explanation = Some(words.to_owned())).count()
    }

    /// First what concerns the whole report, then the cells in the form's order, then the prose.
    pub(crate) fn in_document_order(&mut self, layout: Layout) {
        self.findings.sort_by_cached_key(|finding| match finding.cells.first() {
            _ if Rule::find(&finding.rule).is_some_and(|rule| rule.test.is_over_sections()) => usize::MAX,
            // Of a rule of the caller: on a section in words.
            None if Rule::find(&finding.rule).is_none() => usize::MAX,
            Some(quoted) => 1 + layout.position(quoted.cell).unwrap_or(usize::MAX - 2),
            None => 0,
        });
    }
}

/// What a finding repeats of its rule.
pub(crate) struct Stated {
    pub code: Cow<'static, str>,
    pub version: u16,
    pub severity: Severity,
    pub basis: Vec<Cow<'static, str>>,
    /// What must hold, in Chinese and in English.
    pub words: [Cow<'static, str>; 2],
}

impl From<&'static Rule> for Stated {
    fn from(rule: &'static Rule) -> Stated {
        Stated {
            code: rule.code.into(),
            version: rule.version,
            severity: rule.severity,
            basis: rule.basis.articles().map(Cow::from).collect(),
            words: [rule.zh.into(), rule.en.into()],
        }
    }
}

/// A rule that fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "finding", title = "finding")]
#[non_exhaustive]
pub struct Finding {
    /// The code of the rule.
    pub rule: Cow<'static, str>,
    /// The version of the rule.
    pub version: u16,
    /// How grave it is; usually that of the rule.
    #[serde(deserialize_with = "exact")]
    pub severity: Severity,
    /// The cells it concerns, the one that ought to equal the others first.
    #[serde(deserialize_with = "list_of_objects")]
    pub cells: Vec<FindingCell>,
    /// What was found: a sum, a date, a layout, a printed text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What was expected in its place, where that is one thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// Found less expected, where both are numbers; days late for a date. Left out where a reader that knows only doubles
    /// would misread it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("minimum" = -9_007_199_254_740_991_i64, "maximum" = 9_007_199_254_740_991_i64))]
    pub difference: Option<i64>,
    /// Of two years: the later one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
    /// Of two years: what the agency says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// Of a region: what could explain the difference.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    pub clues: Vec<Clue>,
    /// Where on the page it is: the first cell with a place, or the place of what is concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The articles of the Regulations behind it, in the short form 36(3).
    pub basis: Vec<Cow<'static, str>>,
    /// What it takes to let this finding pass: a waiver for each of these.
    #[serde(default, deserialize_with = "optional_texts", skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// The same for the same fault in another year or version of the report: of the rule, and of the cells or the words
    /// that it is about, without their figures. Two findings of one check can share it: it says what kind of fault is where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fingerprint: String,
    zh: String,
    en: String,
}

/// 16 digits that tell a fault from others: the FNV-1a hash of the rule and of what it is about. The figures in words are
/// left out, for they are those of one year; the path of a cell is what it is.
fn fingerprint(rule: &str, cells: &[FindingCell], subjects: &[String]) -> String {
    let about: Vec<String> = match cells {
        [] => subjects.iter().map(|words| words.chars().filter(|c| !c.is_ascii_digit()).collect()).collect(),
        cells => cells.iter().map(|quoted| quoted.cell.path().to_owned()).collect(),
    };
    let bytes = std::iter::once(rule).chain(about.iter().map(String::as_str)).flat_map(|part| part.bytes().chain([0]));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

impl Finding {
    fn new(rule: &Stated, fail: Fail) -> Finding {
        let Fail { severity, cells, told } = fail;
        let Told { words, found, expected, difference, place, year, clues, subjects } = told;
        let [zh, en] = [Language::Chinese, Language::English].map(|language| {
            let (statement, found) =
                (language.of([&rule.words[0], &rule.words[1]]), language.of([&words[0], &words[1]]));
            let [begin, end] = language.of([["（规则：", "）"], [" (rule: ", ")"]]);
            showable(&format!("{found}{begin}{statement}{end}")).into_owned()
        });
        Finding {
            rule: rule.code.clone(),
            version: rule.version,
            severity: severity.unwrap_or(rule.severity),
            found,
            expected,
            difference: difference.filter(|difference| difference.unsigned_abs() <= LARGEST_COUNT),
            year,
            explanation: None,
            clues,
            place,
            basis: rule.basis.clone(),
            fingerprint: fingerprint(&rule.code, &cells, &subjects),
            cells,
            subjects,
            zh,
            en,
        }
    }

    /// The finding in this language, one line: what was found, what was expected, and the rule.
    pub fn message(&self, language: Language) -> String {
        let message = language.of([&self.zh, &self.en]);
        let says = language.of(["；机关说明：", "; the agency says: "]);
        match &self.explanation {
            None => showable(message).into_owned(),
            Some(explanation) => showable(&format!("{message}{says}{explanation}")).into_owned(),
        }
    }
}

impl Finding {
    /// Rule, place and message in this language.
    pub(crate) fn line(&self, language: Language) -> String {
        let place = self
            .place
            .as_ref()
            .map_or(String::new(), |place| language.of([format!("，位置 {place}"), format!(" at {place}")]));
        let line = format!("{}{place}{}{}", self.rule, language.of(["：", ": "]), self.message(language));
        showable(&line).into_owned()
    }
}

impl fmt::Display for Finding {
    /// Rule, place and English text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line(Language::English))
    }
}

/// A rule that could not be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "not_evaluated", title = "not_evaluated")]
#[non_exhaustive]
pub struct NotEvaluated {
    /// The code of the rule.
    pub rule: Cow<'static, str>,
    /// Why not.
    #[serde(deserialize_with = "exact")]
    pub reason: Reason,
    /// Of two years: the later one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
    /// The paths of the cells that were in the way; of two years, those of the later report.
    #[schemars(with = "Vec<String>")]
    pub cells: Vec<Cell>,
    /// Of two years: the paths of the cells of the earlier report that were in the way.
    #[serde(default, deserialize_with = "optional_texts", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub before: Vec<Cell>,
}

impl NotEvaluated {
    /// The rule, the reason and the cells in this language, one line.
    pub fn message(&self, language: Language) -> String {
        let rule = Rule::find(&self.rule);
        let reason = self.reason.message(language);
        let [comma, semicolon, colon] = language.of([["、", "；", "："], [", ", "; ", ": "]]);
        let labels = |cells: &[Cell]| cells.iter().map(|cell| cell.label()).collect::<Vec<_>>().join(comma);
        let of_year = |year: u16| language.of([format!("{year} 年度"), format!("{year}: ")]);
        let year = self.year.map(Year::get);
        let name = match language {
            Language::Chinese => rule.map_or(&*self.rule, |rule| rule.zh),
            Language::English => &self.rule,
        };
        let mut message = match (language, year) {
            (Language::Chinese, None) => format!("未核对“{name}”"),
            (Language::Chinese, Some(year)) => format!("{year} 年度未核对“{name}”"),
            (Language::English, None) => format!("not evaluated, {name}"),
            (Language::English, Some(year)) => format!("not compared in {year}, {name}"),
        };
        message += &format!("{colon}{reason}");
        for (year, cells) in [(year, &self.cells), (year.map(|year| year - 1), &self.before)] {
            if !cells.is_empty() {
                message += &format!("{semicolon}{}{}", year.map_or(String::new(), of_year), labels(cells));
            }
        }
        showable(&message).into_owned()
    }
}
