//! The rules and the form for other languages: everything in the folder `schema/` that is no JSON Schema of a document.
//!
//! All of it is written from the catalogue and the one rule table: the rules as JSON ([`rules`]), as CEL text at the nodes of
//! the annotated schemas ([`cel`]), as SQL over the tables of cells ([`findings_sql`]), and the code lists ([`code_lists`]).
//! Each gives the same verdicts as [`PublishedReport::verdicts`](crate::PublishedReport::verdicts).

mod cel;
mod codes;
mod rules;
mod sql;

pub use cel::{Expression, Node, cel};
pub use codes::{CodeLine, CodeList, code_lists};
pub use rules::{RuleFile, RuleLine, TestLine, rules};
pub use sql::{findings_sql, wide_sql};
