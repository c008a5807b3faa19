//! Section three, 收到和处理政府信息公开申请情况: requests received and how they ended, by applicant.
//!
//! Rests on Articles 27 to 42 of the Regulations; the row of each clause names its own. 26 different rows in all, of
//! which edition 2021 prints 25 and edition 2019 (and the hybrid of 2023-24) 23, each × [`Applicants`].
//!
//! # Rules
//! - [`requests-balance`](crate::rule::table::RULES): received + carried in = outcomes + carried out, each column
//! - [`requests-outcome-total`](crate::rule::table::RULES): （七）总计 is the sum of the outcomes, each column
//! - [`requests-row-total`](crate::rule::table::RULES): 总计 is the sum of the applicants, each row
//!
//! Not checked here: what was carried over from last year, which needs last year's report.

use serde::ser::Serializer;
use serde::{Deserialize, Deserializer, Serialize};

use crate::clause::{Content, Kinds, Label, Node, Outlined, clause};
use crate::form::{Cell, Cells, Given, Kind, Layout};
use crate::number::Count;
use crate::wire::Objects;

clause! {
/// Table two of the form, 收到和处理政府信息公开申请情况. Unit of every cell: 件.
#[doc(alias = "收到和处理政府信息公开申请情况")]
#[doc(alias = "依申请公开")]
Requests {
    received:    Applicants<V> = "一、本年新收政府信息公开申请数量", "27, 29, 31";
    carried_in:  Applicants<V> = "二、上年结转政府信息公开申请数量", "30, 32, 33, 35";
    outcomes:    Outcomes<V>   = "三、本年度办理结果", "36";
    carried_out: Applicants<V> = "四、结转下年度继续办理", "33";
} }

clause! {
/// The columns of table two, 申请人情况: who applied.
#[doc(alias = "申请人情况")]
Applicants {
    natural_person:               V::Count = "自然人", "";
    commercial_enterprise:        V::Count = "商业企业", "";
    research_institution:         V::Count = "科研机构", "";
    public_interest_organization: V::Count = "社会公益组织", "";
    legal_service_organization:   V::Count = "法律服务机构", "";
    other:                        V::Count = "其他", "";
    total:                        V::Total = "总计", "";
} }

clause! {
/// How requests ended, 三、本年度办理结果.
#[doc(alias = "本年度办理结果")]
Outcomes {
    disclosed:           Applicants<V>    = "（一）予以公开", "36(1)(2), 13, 15";
    partially_disclosed: Applicants<V>    = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "37";
    withheld:            Withheld<V>      = "（三）不予公开", "36(3)";
    unavailable:         Unavailable<V>   = "（四）无法提供", "36(4)(5)";
    not_processed:       NotProcessed<V>  = "（五）不予处理", "39";
    other_handling:      OtherHandling<V> = "（六）其他处理", "";
    total:               V::TotalRow      = "（七）总计", "";
} }

clause! {
/// Information that was not disclosed, （三）不予公开.
#[doc(alias = "不予公开")]
Withheld {
    state_secret:           Applicants<V> = "1.属于国家秘密", "14, 36(3)";
    forbidden_by_law:       Applicants<V> = "2.其他法律行政法规禁止公开", "14, 36(3)";
    security_or_stability:  Applicants<V> = "3.危及“三安全一稳定”", "14, 36(3)";
    third_party_rights:     Applicants<V> = "4.保护第三方合法权益", "15, 32, 36(3)";
    internal_affairs:       Applicants<V> = "5.属于三类内部事务信息", "16 ¶1, 36(3)";
    process_information:    Applicants<V> = "6.属于四类过程性信息", "16 ¶2, 36(3)";
    enforcement_file:       Applicants<V> = "7.属于行政执法案卷", "16 ¶2, 36(3)";
    administrative_inquiry: Applicants<V> = "8.属于行政查询事项", "36(7)";
} }

clause! {
/// Information that could not be provided, （四）无法提供.
#[doc(alias = "无法提供")]
Unavailable {
    not_held:          Applicants<V> = "1.本机关不掌握相关政府信息", "36(4)(5)";
    requires_creation: Applicants<V> = "2.没有现成信息需要另行制作", "38";
    still_unclear:     Applicants<V> = "3.补正后申请内容仍不明确", "30, 29";
} }

clause! {
/// Requests that were not processed, （五）不予处理.
#[doc(alias = "不予处理")]
NotProcessed {
    petition_or_complaint: Applicants<V> = "1.信访举报投诉类申请", "39 ¶1";
    repeated:              Applicants<V> = "2.重复申请", "36(6)";
    public_publication:    Applicants<V> = "3.要求提供公开出版物", "39 ¶2";
    excessive:             Applicants<V> = "4.无正当理由大量反复申请", "35";
    confirm_or_reissue:    Applicants<V> = "5.要求行政机关确认或重新出具已获取信息", "";
} }

clause! {
/// （六）其他处理 as edition 2021 prints it: three rows.
DividedHandling {
    correction_overdue: Applicants<V> = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "30";
    fee_overdue:        Applicants<V> = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "42";
    other:              Applicants<V> = "3.其他", "";
} }

clause! {
/// （六）其他处理 as edition 2019 and the hybrid print it: one row.
UndividedHandling {
    undivided: Applicants<V> = "（六）其他处理", "";
} }

/// （六）其他处理: three rows in edition 2021, one row in edition 2019 and in the hybrid. The one row is never split.
#[doc(alias = "其他处理")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OtherHandling<V: Content> {
    /// Edition 2021.
    Divided(DividedHandling<V>),
    /// Edition 2019, and reports for 2023-24 that print the old row in the new form.
    Undivided(UndividedHandling<V>),
}

impl<V: Content> Node<V> for OtherHandling<V> {
    fn pour(&self, into: &mut impl FnMut(V::Leaf)) {
        match self {
            OtherHandling::Divided(rows) => rows.pour(into),
            OtherHandling::Undivided(row) => row.pour(into),
        }
    }
    fn draw(layout: Layout, from: &mut impl FnMut() -> Option<V::Leaf>) -> Option<Self> {
        match layout {
            Layout::Edition2021 => DividedHandling::draw(layout, from).map(OtherHandling::Divided),
            Layout::Edition2019 | Layout::Hybrid => UndividedHandling::draw(layout, from).map(OtherHandling::Undivided),
        }
    }
}

impl<V: Kinds> Outlined for OtherHandling<V> {
    fn outline(layout: Layout, trail: &mut Vec<Label>, each: &mut impl FnMut(&[Label], Kind)) {
        match layout {
            Layout::Edition2021 => DividedHandling::<V>::outline(layout, trail, each),
            Layout::Edition2019 | Layout::Hybrid => UndividedHandling::<V>::outline(layout, trail, each),
        }
    }
}

impl<V: Content> Serialize for OtherHandling<V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            OtherHandling::Divided(rows) => rows.serialize(to),
            OtherHandling::Undivided(row) => row.serialize(to),
        }
    }
}

impl<'de, V: Content> Deserialize<'de> for OtherHandling<V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // A key that is there counts even if it holds null: the schema of a layout has only its own rows.
        fn row<'de, V: Content, D: Deserializer<'de>>(from: D) -> Result<Option<Applicants<V>>, D::Error> {
            Applicants::deserialize(from).map(Some)
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, bound(deserialize = "V: Content"))]
        struct Rows<V: Content> {
            #[serde(default, deserialize_with = "row")]
            correction_overdue: Option<Applicants<V>>,
            #[serde(default, deserialize_with = "row")]
            fee_overdue: Option<Applicants<V>>,
            #[serde(default, deserialize_with = "row")]
            other: Option<Applicants<V>>,
            #[serde(default, deserialize_with = "row")]
            undivided: Option<Applicants<V>>,
        }
        let Rows { correction_overdue, fee_overdue, other, undivided } = Rows::<V>::deserialize(Objects(from))?;
        match (correction_overdue, fee_overdue, other, undivided) {
            (Some(correction_overdue), Some(fee_overdue), Some(other), None) => {
                Ok(OtherHandling::Divided(DividedHandling { correction_overdue, fee_overdue, other }))
            }
            (None, None, None, Some(undivided)) => Ok(OtherHandling::Undivided(UndividedHandling { undivided })),
            _ => Err(serde::de::Error::custom(
                "expected either the rows correction_overdue, fee_overdue and other, or the one row undivided",
            )),
        }
    }
}

impl Applicants<Given> {
    /// No request: all 0, the total to be worked out.
    pub const NONE: Applicants<Given> = Applicants {
        natural_person: Count::ZERO,
        commercial_enterprise: Count::ZERO,
        research_institution: Count::ZERO,
        public_interest_organization: Count::ZERO,
        legal_service_organization: Count::ZERO,
        other: Count::ZERO,
        total: None,
    };
}

// ---- Rows and columns for rules and readers ------------------------------------------------------

impl Applicants<Cells> {
    /// The six applicants that 总计 sums up.
    pub(crate) fn parts(&self) -> Vec<Cell> {
        cells(self).into_iter().filter(|cell| *cell != self.total).collect()
    }
}

impl Outcomes<Cells> {
    /// The outcomes that （七）总计 sums up: 21 rows, 19 where （六）其他处理 is undivided.
    pub(crate) fn parts(&self) -> Vec<Applicants<Cells>> {
        rows(self).into_iter().filter(|row| *row != self.total).collect()
    }
}

/// How many columns table two has: the kinds of applicants and their total.
pub(crate) const APPLICANTS: usize = 7;

/// The cells of a part of the form, in its order.
pub(crate) fn cells(part: &impl Node<Cells>) -> Vec<Cell> {
    let mut cells = Vec::new();
    part.pour(&mut |cell| cells.push(cell));
    cells
}

/// The rows of a part of table two, in the form's order.
pub(crate) fn rows(part: &impl Node<Cells>) -> Vec<Applicants<Cells>> {
    let mut cells = cells(part).into_iter();
    // One row of seven columns is the same in every layout.
    std::iter::from_fn(|| Applicants::draw(Layout::Edition2021, &mut || cells.next())).collect()
}
