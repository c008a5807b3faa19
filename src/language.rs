//! The language of a message: every message of this crate is written in both.
//!
//! ```
//! use ogi_report::{Language, PublishedReport, Rule};
//! let report: PublishedReport = Rule::find("publication-deadline").unwrap().wrong_example();
//! let finding = &report.check().findings[0];
//! let [chinese, english] = Language::ALL.map(|language| finding.message(language));
//! assert!(chinese.starts_with("应于 2025-01-31 前公布，实际 2025-02-14，晚 14 天"), "{chinese}");
//! assert!(english.starts_with("due by 2025-01-31, published 2025-02-14, 14 days late"), "{english}");
//! assert_eq!("zh-CN".parse(), Ok(Language::Chinese));
//! ```

use std::fmt;

/// The language of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// 中文.
    Chinese,
    /// English; official names of cells, sections and notices stay Chinese.
    English,
}

impl Language {
    /// Both languages.
    pub const ALL: [Language; 2] = [Language::Chinese, Language::English];

    /// Of words in Chinese and in English, those of this language.
    pub(crate) fn of<T>(self, [chinese, english]: [T; 2]) -> T {
        match self {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

impl fmt::Display for Language {
    /// The language tag, `zh` or `en`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.of(["zh", "en"]))
    }
}

/// What an error says: `words` has it in Chinese and in English.
macro_rules! said {
    ($($Type:ty),+) => { $(
        impl $Type {
            /// The error in this language, one line.
            pub fn message(&self, language: $crate::language::Language) -> String {
                $crate::text::showable(&language.of(self.words())).into_owned()
            }
        }

        impl std::fmt::Display for $Type {
            /// In English.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.message($crate::language::Language::English))
            }
        }
    )+ };
}
pub(crate) use said;
