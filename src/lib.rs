//! China's national open-government-information annual report (政府信息公开工作年度报告) as strongly typed values.
//!
//! A report that exists as an [`AnnualReport`] satisfies the form's rules; a report as it was really published, right or
//! wrong, is a [`PublishedReport`], and [`PublishedReport::check`] says exactly what is wrong with it, where it is on the page,
//! and which article of the Regulations (《中华人民共和国政府信息公开条例》) is behind it.
//!
//! # From a page to findings
//!
//! ```
//! use ogi_report::{Language, read};
//!
//! let page = &std::fs::read_to_string("examples/data/department-2024.txt").unwrap();
//! let published = read::text(page)?;
//! let checked = published.check();
//! for finding in &checked.findings {
//!     println!("{}\n{}", finding.message(Language::Chinese), finding.message(Language::English));
//! }
//! let report = published.accept()?; // or all that is in the way
//! assert_eq!(report.year().get(), 2024);
//! assert_eq!(report.form()?.requests.outcomes.disclosed.natural_person.get(), 10);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # From bytes to JSON, as a web service does
//!
//! The bytes decide what they are: a page, a Word document, a workbook, CSV or JSON. What is known besides is stated.
//!
//! ```
//! use ogi_report::read::{ReadError, Reader};
//! use ogi_report::{Agency, AgencyKind, Facts};
//!
//! fn findings(body: &[u8]) -> Result<String, ReadError> {
//!     let agency = Some(Agency::of_kind(AgencyKind::CityDepartment));
//!     let report = Reader::new().most_bytes(1 << 20).stating(Facts { agency, ..Facts::default() }).read(body)?;
//!     Ok(report.check().to_json())
//! }
//! assert!(findings(&std::fs::read("examples/data/department-2024.txt").unwrap())?.contains("publication-deadline"));
//! assert!(findings(b"%PDF-1.7").unwrap_err().to_string().contains("pdftotext"));
//! # Ok::<(), ReadError>(())
//! ```
//!
//! # A report in code
//!
//! What is left out is 0, totals are derived; one that is given must be right.
//!
//! ```
//! use ogi_report::requests::{Applicants, Outcomes, Requests};
//! use ogi_report::{Agency, AnnualReport, Facts, Parts, Year};
//!
//! let facts = Facts::new("示例市数据局2024年政府信息公开工作年度报告", Year::new(2024)?, Agency::named("示例市数据局"));
//! let received = Applicants { natural_person: 2.into(), ..Applicants::NONE };
//! let outcomes = Outcomes { disclosed: received, ..Outcomes::NONE };
//! let requests = Requests { received, outcomes, ..Requests::NONE };
//! let report = AnnualReport::new(Parts { requests, ..Parts::new(facts) })?;
//! assert_eq!(report.form()?.requests.outcomes.total.total.get(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Policy`] from a file says what blocks, with waivers and rules of your own. The feature `proptest` has strategies for
//! the property tests of those who depend on this crate.
//!
//! # Where each clause is
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
//! | title, agency, year, dates, and how they are known | [`facts`] |
//! | a cell as printed, a report as published | [`published`] |
//! | what the prose claims, against the tables | [`prose`] |
//! | the rules, and what they find | [`RULES`], [`Rule`], [`finding`] |
//! | the checked report | [`report`] |
//! | which figure is the slip | [`repair`] |
//! | findings put together by their causes | [`problem`] |
//! | year by year, a region and its parts | [`series`], [`rollup`] |
//! | two versions of one report | [`revision`] |
//! | reports of different agencies side by side | [`peers`] |
//! | what blocks, and what is waived | [`policy`] |
//! | how often each rule fails in many reports | [`base_rates`] |
//! | JSON, its schemas, faults of a document | [`json`], [`schema`] |
//! | readers: text, web pages, Word, workbooks | [`read`] |
//! | many documents, one after another | [`stream`] |
//!
//! # Features
//!
//! None is on by default.
//!
//! | feature | gives |
//! |---|---|
//! | `html` | web pages, in the charsets they come in |
//! | `office` | Word documents and Excel workbooks |
//! | `parallel` | [`stream`] on all cores |
//! | `archive` | [`stream`] of the files of zip and tar archives |
//! | `provenance` | the SHA-256 of a document that is read |
//! | `export` | the rules, tables and code lists for other languages: all that is in the folder `schema/` |
//! | `proptest` | strategies for property tests |
//!
//! # Errors
//!
//! A single value fails with a [`ValueError`]; a document, a list of cells, a region with all its [`Fault`]s at once; a report
//! that is no [`AnnualReport`] with [`Refused`]: what is missing, and every error. All of them say in Chinese and in English
//! what was expected and what was found. No input makes a panic, and every input is bounded: see [`read::Reader`].
//!
//! # What it does not do
//!
//! It does not read the bytes of a PDF (the text that `pdftotext` makes of one it reads); of the prose it checks only
//! figures, denials, the period, and what the rules over words name; it does not know the form of before 2019.
//!
//! # Rust versions
//!
//! Rust 1.89 or later. A later version is asked for only in a minor release. Types of `serde`, `schemars` and `rust_decimal`
//! are part of the public interface: a new major version of theirs is one of this crate.

#![cfg_attr(docsrs, feature(doc_cfg))]

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

pub mod prose;
#[cfg_attr(not(feature = "export"), expect(unreachable_pub, reason = "public with the feature `export`"))]
mod rule;
pub mod finding;
mod own;
mod check;

pub mod report;
mod checked;

pub mod repair;
pub mod problem;
pub mod series;
pub mod rollup;
pub mod peers;
pub mod revision;
pub mod policy;
pub mod base_rates;
#[cfg_attr(not(feature = "export"), expect(unreachable_pub, dead_code, reason = "public with the feature `export`"))]
mod assertion;

pub mod json;
pub mod read;
pub mod stream;
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
pub use finding::{CheckReport, Finding, NotEvaluated, Verdict};
pub use form::{Basis, Cell, Cells, Checked, Content, Edition, Figures, Given, Kind, Layout, Unit};
pub use json::{JsonError, schema};
pub use language::Language;
pub use narrative::{Narrative, OtherMatters, Paragraph, Part, ProcessingFee, Section};
pub use number::{Amount, AmountUnit, Change, Count, Figure, Money, Number};
pub use own::{OwnRule, Requirement};
pub use place::Place;
pub use policy::Policy;
pub use problem::Problem;
pub use published::PublishedReport;
pub use published::cell::{Origin, PublishedCell};
pub use published::printed::Status;
pub use report::{AnnualReport, Parts, Refused};

pub use rule::table::{LINKS, PEERS, RULES, SUMS};
pub use rule::{Balance, Rule};
pub use severity::Severity;
pub use text::{CsvText, showable};
pub use value_error::ValueError;
