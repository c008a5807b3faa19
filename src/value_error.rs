//! Why a text or a number is not the value that was asked for.

use std::fmt;
use std::str::FromStr;

use crate::language::Language;
use crate::text::{shortened, showable, spaced};

/// A text or a number that is not the value it was taken for: what was expected, what was found.
///
/// ```
/// use ogi_report::{Count, Date, Language};
/// let error = "2025-02-30".parse::<Date>().unwrap_err();
/// assert_eq!(error.to_string(), r#"expected a day of the calendar such as 2025-01-31, found "2025-02-30""#);
/// assert_eq!(error.message(Language::Chinese), "应为日历上的日期，如 2025-01-31，实为“2025-02-30”");
/// assert_eq!(Count::new(1 << 53).unwrap_err().found(), "9007199254740992");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    expected: [String; 2],
    found: String,
    /// A number is told without quotation marks.
    is_number: bool,
}

impl ValueError {
    /// A text that is not what is `expected`, in Chinese and in English.
    pub(crate) fn new(expected: [impl Into<String>; 2], found: &str) -> ValueError {
        ValueError { expected: expected.map(Into::into), found: shortened(found), is_number: false }
    }

    /// A number that is not what is `expected`.
    pub(crate) fn of_number(expected: [impl Into<String>; 2], found: impl fmt::Display) -> ValueError {
        ValueError { is_number: true, ..ValueError::new(expected, &found.to_string()) }
    }

    /// What was given, cut short.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What was expected, in this language.
    pub fn expected(&self, language: Language) -> &str {
        language.of([&self.expected[0], &self.expected[1]])
    }

    /// What was expected and what was found, one line.
    pub fn message(&self, language: Language) -> String {
        let ValueError { expected: [zh, en], found, is_number } = self;
        match (language, is_number) {
            (Language::Chinese, true) => format!("应为{}，实为 {}", spaced(zh), showable(found)),
            (Language::Chinese, false) => format!("应为{}，实为“{}”", spaced(zh), showable(found)),
            (Language::English, true) => format!("expected {en}, found {}", showable(found)),
            (Language::English, false) => format!("expected {en}, found {found:?}"),
        }
    }
}

impl fmt::Display for ValueError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for ValueError {}

impl FromStr for Language {
    type Err = ValueError;
    /// From a language tag or a locale: `zh`, `zh-CN`, `en`, `en_US.UTF-8`.
    fn from_str(text: &str) -> Result<Language, ValueError> {
        match text.split(['-', '_', '.']).next().map(str::to_ascii_lowercase).as_deref() {
            Some("zh") => Ok(Language::Chinese),
            Some("en") => Ok(Language::English),
            _ => Err(ValueError::new(["语言标签 zh 或 en", "the language tag zh or en"], text)),
        }
    }
}
