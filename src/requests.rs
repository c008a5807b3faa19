//! Section three, 收到和处理政府信息公开申请情况: requests received and how they ended, by applicant.
//!
//! Rests on Articles 27 to 42 of the Regulations; the row of each clause names its own. 26 different rows in all, of
//! which edition 2021 prints 25 and edition 2019 (and the hybrid of 2023-24) 23, each × [`Applicants`].
//!
//! ```
//! use ogi_report::requests::{Applicants, Outcomes, Requests};
//! let received = Applicants { natural_person: 2.into(), other: 1.into(), ..Applicants::NONE };
//! let outcomes = Outcomes { disclosed: received, ..Outcomes::NONE };
//! let table = Requests { received, outcomes, ..Requests::NONE }.check().unwrap();
//! assert_eq!(table.outcomes.total.total.get(), 3);
//! let findings = Requests { received, ..Requests::NONE }.check().unwrap_err().findings;
//! assert!(findings.iter().all(|finding| finding.rule == "requests-balance"));
//! ```
//!
//! # Rules
//! - [`requests-balance`](crate::RULES): received + carried in = outcomes + carried out, each column
//! - [`requests-outcome-total`](crate::RULES): （七）总计 is the sum of the outcomes, each column
//! - [`requests-row-total`](crate::RULES): 总计 is the sum of the applicants, each row
//!
//! Not checked here: what was carried over from last year, which needs last year's report.

use crate::form::clause::{Content, Declared, Node};
use crate::form::declare::clause;
use crate::form::edition_data::{Clauses, Handling};
use crate::form::tree::Branch;
use crate::form::{Cells, Figures, Given};

clause! {
/// Table two of the form, 收到和处理政府信息公开申请情况. Unit of every cell: 件.
#[doc(alias = "收到和处理政府信息公开申请情况")]
#[doc(alias = "依申请公开")]
Requests {
    received:    Part<Applicants> = "一、本年新收政府信息公开申请数量", "27, 29, 31";
    carried_in:  Part<Applicants> = "二、上年结转政府信息公开申请数量", "30, 32, 33, 35";
    outcomes:    Part<Outcomes>   = "三、本年度办理结果", "36";
    carried_out: Part<Applicants> = "四、结转下年度继续办理", "33";
} }

clause! {
/// The columns of table two, 申请人情况: who applied.
#[doc(alias = "申请人情况")]
Applicants {
    natural_person:               Count = "自然人", "";
    commercial_enterprise:        Count = "商业企业", "";
    research_institution:         Count = "科研机构", "";
    public_interest_organization: Count = "社会公益组织", "";
    legal_service_organization:   Count = "法律服务机构", "";
    other:                        Count = "其他", "";
    total:                        Total = "总计", "";
} }

clause! {
/// How requests ended, 三、本年度办理结果.
#[doc(alias = "本年度办理结果")]
Outcomes {
    disclosed:           Part<Applicants>     = "（一）予以公开", "36(1)(2), 13, 15";
    partially_disclosed: Part<Applicants>     = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "37";
    withheld:            Part<Withheld>       = "（三）不予公开", "36(3)";
    unavailable:         Part<Unavailable>    = "（四）无法提供", "36(4)(5)";
    not_processed:       Part<NotProcessed>   = "（五）不予处理", "39";
    other_handling:      Part<OtherHandling>  = "（六）其他处理", "";
    total:               TotalRow<Applicants> = "（七）总计", "";
} }

clause! {
/// Information that was not disclosed, （三）不予公开.
#[doc(alias = "不予公开")]
Withheld {
    state_secret:           Part<Applicants> = "1.属于国家秘密", "14, 36(3)";
    forbidden_by_law:       Part<Applicants> = "2.其他法律行政法规禁止公开", "14, 36(3)";
    security_or_stability:  Part<Applicants> = "3.危及“三安全一稳定”", "14, 36(3)";
    third_party_rights:     Part<Applicants> = "4.保护第三方合法权益", "15, 32, 36(3)";
    internal_affairs:       Part<Applicants> = "5.属于三类内部事务信息", "16 ¶1, 36(3)";
    process_information:    Part<Applicants> = "6.属于四类过程性信息", "16 ¶2, 36(3)";
    enforcement_file:       Part<Applicants> = "7.属于行政执法案卷", "16 ¶2, 36(3)";
    administrative_inquiry: Part<Applicants> = "8.属于行政查询事项", "36(7)";
} }

clause! {
/// Information that could not be provided, （四）无法提供.
#[doc(alias = "无法提供")]
Unavailable {
    not_held:          Part<Applicants> = "1.本机关不掌握相关政府信息", "36(4)(5)";
    requires_creation: Part<Applicants> = "2.没有现成信息需要另行制作", "38";
    still_unclear:     Part<Applicants> = "3.补正后申请内容仍不明确", "30, 29";
} }

clause! {
/// Requests that were not processed, （五）不予处理.
#[doc(alias = "不予处理")]
NotProcessed {
    petition_or_complaint: Part<Applicants> = "1.信访举报投诉类申请", "39 ¶1";
    repeated:              Part<Applicants> = "2.重复申请", "36(6)";
    public_publication:    Part<Applicants> = "3.要求提供公开出版物", "39 ¶2";
    excessive:             Part<Applicants> = "4.无正当理由大量反复申请", "35";
    confirm_or_reissue:    Part<Applicants> = "5.要求行政机关确认或重新出具已获取信息", "";
} }

clause! {
/// （六）其他处理 as edition 2021 prints it: three rows.
DividedHandling {
    correction_overdue: Part<Applicants> = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "30";
    fee_overdue:        Part<Applicants> = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "42";
    other:              Part<Applicants> = "3.其他", "";
} }

/// （六）其他处理: three rows in edition 2021, one row in edition 2019 and in the hybrid. The one row is never split.
#[doc(alias = "其他处理")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherHandling<V: Content = Figures> {
    /// Edition 2021.
    Divided(DividedHandling<V>),
    /// Edition 2019, and reports for 2023-24 that print the old row in the new form.
    Undivided(V::Part<Applicants<V>>),
}

impl<V: Content> Node<V> for OtherHandling<V> {
    fn put(&self, into: &mut Vec<V::Leaf>) {
        match self {
            OtherHandling::Divided(rows) => rows.put(into),
            OtherHandling::Undivided(row) => row.put(into),
        }
    }
    fn from_leaves(clauses: Clauses, from: &mut dyn FnMut() -> Option<V::Leaf>) -> Option<Self> {
        match clauses.handling {
            Handling::Divided => DividedHandling::from_leaves(clauses, from).map(OtherHandling::Divided),
            Handling::Undivided => Node::<V>::from_leaves(clauses, from).map(OtherHandling::Undivided),
        }
    }
    fn fits(&self, clauses: Clauses) -> bool {
        match self {
            OtherHandling::Divided(_) => clauses.handling == Handling::Divided,
            OtherHandling::Undivided(_) => clauses.handling == Handling::Undivided,
        }
    }
}

impl Declared for OtherHandling<Cells> {
    const NAME: &'static str = "OtherHandling";
    fn branches(clauses: Clauses) -> Vec<Branch> {
        match clauses.handling {
            Handling::Divided => DividedHandling::branches(clauses),
            Handling::Undivided => clause!(@branches clauses undivided: Part<Applicants> = "（六）其他处理", "";),
        }
    }
}

impl OtherHandling<Given> {
    /// Nothing happened, in the rows of these clauses.
    pub(crate) fn none(clauses: Clauses) -> Self {
        match clauses.handling {
            Handling::Divided => OtherHandling::NONE,
            Handling::Undivided => OtherHandling::Undivided(Applicants::NONE),
        }
    }

    /// Nothing happened, in the rows of the newest edition.
    pub const NONE: Self = OtherHandling::Divided(DividedHandling::NONE);
}
