//! All faults of a document at once: it is held against its schema.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use serde_json::{Map, Value};

use super::cell::Decimals;
use super::error::{JsonError, MOST_FAULTS, quoted};
use super::{schema, twice};
use crate::agency::{CreditCode, DivisionCode};
use crate::date::Date;
use crate::fault::Fault;
use crate::form::edition::PerLayout;
use crate::form::{Edition, Layout};
use crate::narrative::Section;
use crate::number::Amount;
use crate::place::Place;
use crate::text::shortened;

/// Turns the error of a reader of the document `annual-report` into all faults of the document.
pub(super) fn explain_annual(bytes: &[u8], error: serde_json::Error) -> JsonError {
    explain_by(bytes, error, |document| {
        if holds_figures(document) {
            return Ok(schema_of_figures(edition_of(document)));
        }
        let words = ["annual-report 文档，每一格是一个数字", "the document annual-report, each cell a figure"];
        Err(Fault::new("", words, Some("published-report".to_owned())))
    })
}

/// Turns the error of a reader of either document into all faults of the document.
pub(super) fn explain(bytes: &[u8], error: serde_json::Error) -> JsonError {
    explain_by(bytes, error, |document| {
        let edition = edition_of(document);
        let is_of_figures = holds_figures(document);
        Ok(if is_of_figures { schema_of_figures(edition) } else { schema_of_cells(layout_of(edition, document)) })
    })
}

/// Turns the error of a reader of the document `findings` into all faults of the document.
pub(super) fn explain_findings(bytes: &[u8], error: serde_json::Error) -> JsonError {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema::findings().to_value());
    explain_by(bytes, error, |_| Ok(&SCHEMA))
}

/// The schema of `annual-report`. Each is made once: schemars takes longer than the comparison.
fn schema_of_figures(edition: Edition) -> &'static Value {
    static SCHEMAS: PerLayout<OnceLock<Value>> = PerLayout::new(|_| OnceLock::new());
    SCHEMAS.of(edition.layout()).get_or_init(|| schema::annual_report(edition).to_value())
}

/// The schema of `published-report`.
fn schema_of_cells(layout: Layout) -> &'static Value {
    static SCHEMAS: PerLayout<OnceLock<Value>> = PerLayout::new(|_| OnceLock::new());
    SCHEMAS.of(layout).get_or_init(|| schema::published_report(layout).to_value())
}

/// Turns the error of a reader into all faults of the document, held against the schema it should satisfy.
fn explain_by(
    bytes: &[u8],
    error: serde_json::Error,
    schema: impl Fn(&Value) -> Result<&'static Value, Fault>,
) -> JsonError {
    let syntax = |error: serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        JsonError::Syntax { line, column, reason: error.to_string() }
    };
    // Up to there all was well.
    if error.is_syntax() || error.is_eof() {
        return syntax(error);
    }
    let (document, twice) = match twice::read(bytes) {
        Ok(read) => read,
        Err(error) => return syntax(error),
    };
    let root = match schema(&document) {
        Ok(root) => root,
        Err(fault) => return JsonError::Shape(vec![fault]),
    };
    let mut faults = Vec::new();
    Comparison { root, path: Vec::new(), faults: &mut faults }.compare(&document, root);
    faults.extend(twice);
    faults.truncate(MOST_FAULTS);
    if faults.is_empty() {
        // What the schema cannot say.
        faults.push(Fault::new("", ["可以读取的文档", "a readable document"], Some(shortened(&error.to_string()))));
    }
    JsonError::Shape(faults)
}

/// The edition a document says it is of; the newest where it says nothing that makes sense.
fn edition_of(document: &Value) -> Edition {
    let stated = document.get("edition").and_then(Value::as_str).and_then(|stated| stated.parse().ok());
    stated.unwrap_or(Edition::newest())
}

/// The layout of the edition with which the document has the most cells in common.
fn layout_of(edition: Edition, document: &Value) -> Layout {
    let has = |path: &str| path.split('.').try_fold(document, |node, key| node.get(key)).is_some();
    let missing = |layout: &Layout| layout.cells().iter().filter(|entry| !has(entry.path())).count();
    let found = |layout: &Layout| layout.cells().len() - missing(layout);
    let nearest = edition.layouts().min_by_key(|layout| missing(layout) as i64 - found(layout) as i64);
    nearest.unwrap_or(edition.layout())
}

/// Whether the leaves of the tables are figures, not cell objects.
fn holds_figures(document: &Value) -> bool {
    fn has_cell_object(value: &Value) -> bool {
        value.as_object().is_some_and(|map| map.contains_key("status") || map.values().any(has_cell_object))
    }
    !Section::TABLES.iter().any(|table| document.get(table.key()).is_some_and(has_cell_object))
}

/// A pattern of the schema, what is written that way, and the reader that knows it.
type Pattern = (&'static str, [&'static str; 2], fn(&str) -> bool);

/// The patterns that occur in the schemas.
const PATTERNS: [Pattern; 6] = [
    (Amount::PATTERN, ["金额", "an amount"], |text| text.parse::<Amount>().is_ok()),
    (Decimals::PATTERN, ["数字", "a number"], |text| text.parse::<Decimals>().is_ok()),
    (Date::PATTERN, ["日历上的日期", "a day of the calendar"], |text| text.parse::<Date>().is_ok()),
    (Place::PATTERN, ["位置", "a place"], |text| text.parse::<Place>().is_ok()),
    (DivisionCode::PATTERN, ["行政区划代码", "a division code"], |text| text.parse::<DivisionCode>().is_ok()),
    (
        CreditCode::PATTERN,
        ["校验码正确的统一社会信用代码", "a credit code with the right check character"],
        |text| text.parse::<CreditCode>().is_ok(),
    ),
];

/// A document, or a part of one, held against its schema, one of this crate's.
struct Comparison<'d, 'f> {
    root: &'static Value,
    path: Vec<Cow<'d, str>>,
    faults: &'f mut Vec<Fault>,
}

impl<'d> Comparison<'d, '_> {
    fn fault(&mut self, expected: [impl Into<String>; 2], found: Option<String>) {
        self.faults.push(Fault::new(self.path.join("."), expected, found));
    }

    fn below(&mut self, key: impl Into<Cow<'d, str>>, look: impl FnOnce(&mut Self)) {
        self.path.push(key.into());
        look(self);
        self.path.pop();
    }

    fn compare(&mut self, value: &'d Value, schema: &'static Value) {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let target =
                self.root.pointer(name.trim_start_matches('#')).expect("a schema refers to its own definitions");
            return self.compare(value, target);
        }
        match (schema.get("type").and_then(Value::as_str), value) {
            (Some("object"), Value::Object(map)) => self.object(map, schema),
            (Some("array"), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if self.faults.len() >= MOST_FAULTS {
                        return;
                    }
                    self.below(index.to_string(), |of| of.compare(item, &schema["items"]));
                }
            }
            (Some("integer"), Value::Number(number)) => self.integer(number, schema),
            (Some("string"), Value::String(text)) => self.text(text, schema),
            (Some(expected), found) => {
                let words = match expected {
                    "object" => ["对象", "an object"],
                    "array" => ["列表", "a list"],
                    "integer" => ["整数", "an integer"],
                    "string" => ["字符串", "a string"],
                    other => [other, other],
                };
                self.fault(words, Some(quoted(found)));
            }
            (None, _) => {}
        }
    }

    fn object(&mut self, map: &'d Map<String, Value>, schema: &'static Value) {
        let required = schema.get("required").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for key in required.iter().filter_map(Value::as_str).filter(|key| !map.contains_key(*key)) {
            self.below(key, |of| of.fault(["值", "a value"], None));
        }
        for (key, member) in map {
            if self.faults.len() >= MOST_FAULTS {
                return;
            }
            match schema.get("properties").and_then(|properties| properties.get(key)) {
                None => self.below(key, |of| of.fault(["无此键", "no such key"], Some(quoted(member)))),
                // Null stands for absent.
                Some(_) if member.is_null() && !required.iter().any(|of| of == key) => {}
                Some(property) => self.below(key, |of| of.compare(member, property)),
            }
        }
    }

    fn integer(&mut self, number: &serde_json::Number, schema: &Value) {
        let limit = |keyword: &str| schema.get(keyword).and_then(Value::as_i64);
        let (least, most) = (limit("minimum").unwrap_or(i64::MIN), limit("maximum").unwrap_or(i64::MAX));
        let legal = match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => (least..=most).contains(&whole),
            (None, Some(double)) => double.fract() == 0.0 && double >= least as f64 && double <= most as f64,
            (None, None) => false,
        };
        if !legal {
            let words = [format!("从 {least} 到 {most} 的整数"), format!("a whole number from {least} to {most}")];
            self.fault(words, Some(shortened(&number.to_string())));
        }
    }

    fn text(&mut self, text: &str, schema: &Value) {
        let found = || Some(quoted(&Value::from(text)));
        if let Some(values) = schema.get("enum").and_then(Value::as_array)
            && !values.iter().any(|value| value == text)
        {
            let names: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            let words = [format!("{} 之一", names.join("、")), format!("one of {}", names.join(", "))];
            self.fault(words, found());
        }
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            let (_, [zh, en], matches) =
                PATTERNS.iter().find(|(known, ..)| *known == pattern).expect("every pattern of the schemas is known");
            if !matches(text) {
                let words = [format!("格式为 {pattern} 的{zh}"), format!("{en} of the form {pattern}")];
                self.fault(words, found());
            }
        }
    }
}
