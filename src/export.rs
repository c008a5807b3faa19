//! The rules and the form for other languages: everything in the folder `schema/` that is no JSON Schema of a document.
//!
//! All of it is written from the catalogue and the one rule table: the rules as JSON ([`rules`]), as CEL text at the nodes of
//! the annotated schemas ([`cel`]), as SQL over the tables of cells ([`findings_sql`]), and the code lists ([`code_lists`]).
//! Each gives the same verdicts as [`PublishedReport::verdicts`](crate::PublishedReport::verdicts). Rules over two years and
//! over a region travel, but for those over words, as SQL ([`continuity_sql`], [`rollup_sql`]).
//!
//! [`cases`], [`expected`] and [`files`] are for implementers: they make the conformance kit and the folder itself.

pub(crate) mod cel;
mod codes;
pub(crate) mod conformance;
pub(crate) mod rule_file;
mod rules;
mod sql;
mod verdicts;
pub mod schemas;
pub mod tables;

use serde::Serialize;
use serde_json::Value;

use crate::form::Layout;
use crate::json::schema::VERSION;
use crate::rule::Rule;
use schemas::{Profile, all_in, to_text};

pub use crate::assertion::{Assertion, Claim, Due, Years};
pub use crate::rule::{Equation, Over, Step};
pub use cel::{Expression, Leaves, Node, cel};
pub use codes::{CodeLine, CodeList, code_lists};
pub use conformance::{Asked, Case, Expected, ExpectedLine, cases, expected};
pub use rule_file::{Holds, RuleFile, RuleLine, TestKind, TestLine};
pub use rules::rules;
pub use sql::{continuity_sql, findings_sql, rollup_sql, wide_sql};
pub use verdicts::{YearsVerdict, verdicts_of_years};

/// Every file of the folder `schema/` that is written from the code, with its path there: for the example that writes the
/// folder, and for who keeps a copy of it.
pub fn files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut put = |path: String, text: String| files.push((path, text));
    for profile in Profile::ALL {
        for (name, schema) in all_in(*profile) {
            put(format!("{VERSION}/{}/{name}", profile.name()), to_text(&schema));
        }
    }
    put(format!("{VERSION}/rules.json"), lines_of(&json(&rules())));
    for list in code_lists() {
        put(format!("{VERSION}/codes/{}.csv", list.name), list.to_csv());
        put(format!("{VERSION}/codes/{}.json", list.name), pretty(&json(&list)));
    }
    put(format!("{VERSION}/tables/datapackage.json"), pretty(&tables::data_package()));
    put(format!("{VERSION}/sql/findings.sql"), findings_sql());
    put(format!("{VERSION}/sql/findings_wide.sql"), wide_sql());
    put(format!("{VERSION}/sql/continuity.sql"), continuity_sql());
    put(format!("{VERSION}/sql/rollup.sql"), rollup_sql());
    for rule in Rule::all() {
        put(format!("rule-book/{}.md", rule.code), rule.page());
    }
    for case in cases() {
        let folder = if case.report().is_some() { "reports" } else { "compared" };
        put(format!("conformance/{folder}/{}.json", case.name), json(&case.asked).to_string() + "\n");
        let expected = json(&expected(&case.asked).unwrap_or_else(|faults| panic!("{}: {faults}", case.name)));
        put(format!("conformance/expected/{}.json", case.name), lines_of(&expected));
    }
    files
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("strings and integers are always JSON")
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// JSON with one line for each object that holds no list of objects: for files that people compare.
fn lines_of(value: &Value) -> String {
    fn write(value: &Value, depth: usize, text: &mut String) {
        let has_objects = |list: &Value| list.as_array().is_some_and(|items| items.iter().any(Value::is_object));
        let (open, close, items): (char, char, Vec<(String, &Value)>) = match value {
            Value::Object(map) if map.values().any(has_objects) => {
                ('{', '}', map.iter().map(|(key, value)| (format!("{}: ", Value::from(key.as_str())), value)).collect())
            }
            Value::Array(items) if has_objects(value) => {
                ('[', ']', items.iter().map(|item| (String::new(), item)).collect())
            }
            _ => return *text += &value.to_string(),
        };
        text.push(open);
        for (index, (key, item)) in items.iter().enumerate() {
            *text += &format!("{}\n{}{key}", if index > 0 { "," } else { "" }, "  ".repeat(depth + 1));
            write(item, depth + 1, text);
        }
        *text += &format!("\n{}{close}", "  ".repeat(depth));
    }
    let mut text = String::new();
    write(value, 0, &mut text);
    text + "\n"
}

/// The steps of a rule between a report of the later layout and one of the earlier; none where a layout lacks the cells, or the
/// rule is over one report.
pub fn steps(rule: &Rule, now: Layout, before: Layout) -> Vec<Step> {
    rule.steps(now, before)
}
