//! Section four, 政府信息公开行政复议、行政诉讼情况: administrative reconsideration and litigation.
//!
//! Rests on Article 50(3) of the Regulations; the same 15 cells in both editions.
//!
//! ```
//! use ogi_report::proceedings::{Proceedings, Rulings};
//! let reconsideration = Rulings { upheld: 2.into(), pending: 1.into(), ..Rulings::NONE };
//! let checked = Proceedings { reconsideration, ..Proceedings::NONE }.check().unwrap();
//! assert_eq!(checked.reconsideration.total.get(), 3);
//! let reconsideration = Rulings { total: Some(4.into()), ..reconsideration };
//! let findings = Proceedings { reconsideration, ..Proceedings::NONE }.check().unwrap_err().findings;
//! assert_eq!((&*findings[0].rule, findings[0].difference), ("proceedings-total", Some(1)));
//! ```
//!
//! # Rules
//! - [`proceedings-total`](crate::RULES): 总计 is the sum of the four results, three times
//!
//! Not checked here: whether a case counted this year was pending last year.

use crate::form::declare::clause;

clause! {
/// Table three of the form, 政府信息公开行政复议、行政诉讼情况. Unit of every cell: 件.
#[doc(alias = "政府信息公开行政复议、行政诉讼情况")]
Proceedings {
    reconsideration: Part<Rulings>    = "行政复议", "50(3)";
    litigation:      Part<Litigation> = "行政诉讼", "50(3)";
} }

clause! {
/// Administrative litigation, 行政诉讼.
#[doc(alias = "行政诉讼")]
Litigation {
    direct:                Part<Rulings> = "未经复议直接起诉", "50(3)";
    after_reconsideration: Part<Rulings> = "复议后起诉", "50(3)";
} }

clause! {
/// The columns of table three: how proceedings ended.
#[doc(alias = "行政复议")]
Rulings {
    upheld:    Count = "结果维持", "";
    corrected: Count = "结果纠正", "";
    other:     Count = "其他结果", "";
    pending:   Count = "尚未审结", "";
    total:     Total = "总计", "";
} }
