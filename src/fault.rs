//! What is wrong with something that was handed over: a document, a list of cells, the members of a region.

use crate::language::{Language, said};
use crate::text::spaced;

/// A place where something that was handed over is not what was expected.
///
/// ```
/// use ogi_report::{JsonError, Language, PublishedReport};
/// let Err(JsonError::Shape(faults)) = PublishedReport::from_json(br#"{ "edition": "2021", "year": "2024" }"#) else {
///     panic!("a year is no text");
/// };
/// let year = faults.iter().find(|fault| fault.at() == "year").unwrap();
/// assert_eq!(year.found(), Some("\"2024\""));
/// assert_eq!(year.message(Language::English), r#"year: expected an integer, found "2024""#);
/// assert_eq!(year.message(Language::Chinese), r#"year：应为整数，实为 "2024""#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    at: String,
    expected: [String; 2],
    found: Option<String>,
}

impl Fault {
    /// At this place, what was expected in Chinese and in English, and what is there, if anything.
    pub(crate) fn new(at: impl ToString, expected: [impl Into<String>; 2], found: Option<String>) -> Fault {
        Fault { at: at.to_string(), expected: expected.map(Into::into), found }
    }

    /// Where: the path of a key or a cell, a place in a text, the name of a member. Empty for the whole.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// What was expected there, in this language.
    pub fn expected(&self, language: Language) -> &str {
        language.of([&self.expected[0], &self.expected[1]])
    }

    /// What is there; `None` for nothing.
    pub fn found(&self) -> Option<&str> {
        self.found.as_deref()
    }

    fn words(&self) -> [String; 2] {
        let Fault { at, expected: [zh, en], found } = self;
        let [at_zh, at] = if at.is_empty() { ["文档", "the document"] } else { [&**at, at] };
        match found {
            Some(found) => {
                [format!("{at_zh}：应为{}，实为 {found}", spaced(zh)), format!("{at}: expected {en}, found {found}")]
            }
            None => [format!("{at_zh}：缺少{}", spaced(zh)), format!("{at}: expected {en}, found nothing")],
        }
    }
}

/// All that is wrong with something that was handed over, in its order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    fn words(&self) -> [String; 2] {
        listed(&self.0)
    }
}

/// All faults in one line, in Chinese and in English.
pub(crate) fn listed(faults: &[Fault]) -> [String; 2] {
    [Language::Chinese, Language::English].map(|language| {
        let all: Vec<String> = faults.iter().map(|fault| fault.message(language)).collect();
        all.join(language.of(["；", "; "]))
    })
}

said!(Fault, Faults);

impl std::error::Error for Fault {}
