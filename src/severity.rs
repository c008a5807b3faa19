//! How grave a failure is.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::value_error::ValueError;

/// How grave a failure is. It grades the document; to be an annual report that is accepted takes more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "severity", transform = crate::wire::plain_enum)]
pub enum Severity {
    /// Worth a look.
    Notice,
    /// Very likely wrong, or a duty not met.
    Warning,
    /// The document contradicts itself or the form.
    Error,
}

impl Severity {
    /// All of them, the gravest last.
    pub const ALL: [Severity; 3] = [Severity::Notice, Severity::Warning, Severity::Error];

    /// The name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Notice => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The name in this language.
    pub fn label(self, language: Language) -> &'static str {
        let zh = match self {
            Severity::Notice => "提示",
            Severity::Warning => "警告",
            Severity::Error => "错误",
        };
        language.of([zh, self.name()])
    }
}

impl fmt::Display for Severity {
    /// The name, as in JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Severity {
    type Err = ValueError;
    fn from_str(name: &str) -> Result<Severity, ValueError> {
        let found = Severity::ALL.into_iter().find(|severity| severity.name() == name);
        found.ok_or_else(|| ValueError::new(["notice、warning 或 error", "notice, warning or error"], name))
    }
}
