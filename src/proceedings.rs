//! Section four, 政府信息公开行政复议、行政诉讼情况: administrative reconsideration and litigation.
//!
//! Rests on Article 50(3) of the Regulations; the same 15 cells in both editions.
//!
//! # Rules
//! - [`proceedings-total`](crate::rule::table::RULES): 总计 is the sum of the four results, three times
//!
//! Not checked here: whether a case counted this year was pending last year.

use crate::clause::clause;
use crate::form::{Cell, Cells, Given};
use crate::number::Count;
use crate::requests::cells;

clause! {
/// Table three of the form, 政府信息公开行政复议、行政诉讼情况. Unit of every cell: 件.
#[doc(alias = "政府信息公开行政复议、行政诉讼情况")]
Proceedings {
    reconsideration: Rulings<V>    = "行政复议", "50(3)";
    litigation:      Litigation<V> = "行政诉讼", "50(3)";
} }

clause! {
/// Administrative litigation, 行政诉讼.
#[doc(alias = "行政诉讼")]
Litigation {
    direct:                Rulings<V> = "未经复议直接起诉", "50(3)";
    after_reconsideration: Rulings<V> = "复议后起诉", "50(3)";
} }

clause! {
/// The columns of table three: how proceedings ended.
#[doc(alias = "行政复议")]
Rulings {
    upheld:    V::Count = "结果维持", "";
    corrected: V::Count = "结果纠正", "";
    other:     V::Count = "其他结果", "";
    pending:   V::Count = "尚未审结", "";
    total:     V::Total = "总计", "";
} }

impl Rulings<Given> {
    /// No case: all 0, the total to be worked out.
    pub const NONE: Rulings<Given> =
        Rulings { upheld: Count::ZERO, corrected: Count::ZERO, other: Count::ZERO, pending: Count::ZERO, total: None };
}

impl Rulings<Cells> {
    /// The four results that 总计 sums up.
    pub(crate) fn parts(&self) -> Vec<Cell> {
        cells(self).into_iter().filter(|cell| *cell != self.total).collect()
    }
}
