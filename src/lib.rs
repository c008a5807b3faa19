//! China's national open-government-information annual report (政府信息公开工作年度报告) as strongly typed values.
//!
//! A report that exists as an [`AnnualReport`] satisfies the form's rules; a report as it was really published, right or
//! wrong, is a [`PublishedReport`], and [`PublishedReport::check`] says exactly what is wrong with it, where it stands,
//! and which article of the Regulations is behind it.
//!
//! ```
//! use ogi_report::{Form, Language, PublishedReport, read};
//!
//! let page = include_str!("../examples/data/department-2024.txt");
//! let published: PublishedReport = read::text(page)?;
//! for finding in &published.check().findings {
//!     println!("{}", finding.message(Language::Chinese));
//! }
//! let report = published.accept()?;
//! assert_eq!(report.year().get(), 2024);
//! assert_eq!(report.form()?.requests.outcomes.disclosed.natural_person.get(), 10);
//! let total = Form::cells(published.layout()).requests.received.total;
//! assert_eq!(published.get(total).and_then(|cell| cell.place()).map(|place| place.to_string()), Some("128:1".into()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where each clause stands
//!
//! | clause of the form | module |
//! |---|---|
//! | numbers, days and years | [`number`], [`date`] |
//! | the agency that reports | [`agency`] |
//! | 一、五、六: the sections in words, processing fees | [`narrative`] |
//! | 二、主动公开政府信息情况 (Article 20) | [`article20`] |
//! | 三、收到和处理政府信息公开申请情况 | [`requests`] |
//! | 四、政府信息公开行政复议、行政诉讼情况 | [`proceedings`] |
//! | every cell with path, label, unit, article | [`catalogue`] |
//! | what stands around the tables | [`facts`] |
//! | a cell as printed, a report as published | [`published`] |
//! | the rules, and what they find | [`rule`], [`finding`], [`rule_book`] |
//! | the checked report | [`report`] |
//! | which figure is the slip | [`repair`] |
//! | year by year, a region and its parts | [`series`], [`rollup`] |
//! | what blocks, and what is waived | [`policy`] |
//! | the rules and tables for other languages | [`assertion`], [`export`] |
//! | the JSON Schemas, faults of a document | [`schema`], [`json`] |
//! | readers: text, web pages, Word, workbooks | [`read`] |
//!
//! # What it does not do
//!
//! It does not read the bytes of a PDF (the text that `pdftotext` makes of one it reads); of the prose it checks only
//! figures, denials, the period, that no section lacks and that fees are spoken of; it does not know the form of before 2019.

mod text;
mod language;
mod value_error;
mod severity;
mod fault;
mod wire;
pub mod number;
pub mod date;
mod place;

mod form;

pub mod agency;
pub mod narrative;
pub mod article20;
pub mod requests;
pub mod proceedings;

pub mod catalogue;

pub mod facts;
pub mod published;

mod prose;
#[cfg_attr(not(feature = "export"), expect(unreachable_pub, reason = "public with the feature `export`"))]
mod rule;
pub mod finding;
mod own;
mod check;

pub mod report;
mod checked;

pub mod repair;
pub mod series;
pub mod rollup;
pub mod policy;
#[cfg_attr(not(feature = "export"), expect(unreachable_pub, dead_code, reason = "public with the feature `export`"))]
mod assertion;

pub mod json;
pub mod read;
mod summary;

mod rule_book;
#[cfg(feature = "export")]
pub mod export;

#[cfg(feature = "proptest")]
pub mod strategies;

#[cfg(test)]
mod edition2027;

pub use agency::{Agency, AgencyKind, CreditCode, DivisionCode};
pub use catalogue::{Entry, Form, Row};
pub use date::{Date, Year};
pub use facts::{Evidence, Facts, Provenance, Scope, Source, SourceKind};
pub use fault::{Fault, Faults};
pub use finding::{CheckReport, Finding, NotEvaluated};
pub use form::{Basis, Cell, Cells, Checked, Content, Edition, Figures, Given, Kind, Layout, Unit};
pub use json::{JsonError, schema};
pub use language::Language;
pub use narrative::{Narrative, OtherMatters, Paragraph, Part, ProcessingFee, Section};
pub use number::{Amount, AmountUnit, Change, Count, Figure, Money, Number};
pub use own::{OwnRule, Requirement};
pub use place::Place;
pub use policy::Policy;
pub use published::PublishedReport;
pub use published::cell::{Origin, PublishedCell};
pub use published::printed::Status;
pub use report::{AnnualReport, Parts, Refused};

pub use rule::table::{LINKS, RULES, SUMS};
pub use rule::{Balance, Rule};
pub use severity::Severity;
pub use value_error::ValueError;
