//! Table one of edition 2019 (国办公开办函〔2019〕60号): 22 cells.
//!
//! Here, and only here, figures are signed: 本年增/减.

use serde::{Deserialize, Serialize};

use crate::clause::{Content, Kinds, Label, Node, Outlined, clause};
use crate::form::{Kind, Layout, Unit};
use crate::wire::{Objects, exact};

clause! {
/// The counted items of Article 20.
#[doc(alias = "主动公开政府信息情况")]
Items {
    item1: Item1<V> = "第二十条第（一）项", "20(1)";
    item5: Item5<V> = "第二十条第（五）项", "20(5)";
    item6: Item6<V> = "第二十条第（六）项", "20(6)";
    item8: Item8<V> = "第二十条第（八）项", "20(8)";
    item9: Item9<V> = "第二十条第（九）项", "20(9)";
} }

clause! {
/// Article 20(1): rules and normative documents.
Item1 {
    rules:               Documents<V> = "规章", "20(1)";
    normative_documents: Documents<V> = "规范性文件", "20(1)";
} }

clause! {
/// Documents made and disclosed in the year, and disclosed in all. Unit: 件.
#[doc(alias = "规范性文件")]
#[doc(alias = "规章")]
Documents {
    made:            V::Count = "本年新制作数量", "";
    disclosed:       V::Count = "本年新公开数量", "";
    disclosed_total: V::Count = "对外公开总数量", "";
} }

clause! {
/// Article 20(5): administrative licensing and other services.
#[doc(alias = "行政许可")]
#[doc(alias = "其他对外管理服务事项")]
Item5 {
    licensing:      Handled<V> = "行政许可", "20(5)";
    other_services: Handled<V> = "其他对外管理服务事项", "20(5)";
} }

clause! {
/// Article 20(6): administrative penalties and coercion.
#[doc(alias = "行政处罚")]
#[doc(alias = "行政强制")]
Item6 {
    penalty:  Handled<V> = "行政处罚", "20(6)";
    coercion: Handled<V> = "行政强制", "20(6)";
} }

clause! {
/// Items on the list last year and how their number changed (unit: 项), and decisions of the year (unit: 件).
Handled {
    items_last_year: V::Count  = "上一年项目数量", "", Unit::Items;
    items_change:    V::Change = "本年增/减", "", Unit::Items;
    decisions:       V::Count  = "处理决定数量", "";
} }

clause! {
/// Article 20(8): administrative fees.
#[doc(alias = "行政事业性收费")]
Item8 {
    administrative_fees: FeeItems<V> = "行政事业性收费", "20(8)";
} }

clause! {
/// Fees on the list last year and how their number changed. Unit: 项.
FeeItems {
    items_last_year: V::Count  = "上一年项目数量", "", Unit::Items;
    items_change:    V::Change = "本年增/减", "", Unit::Items;
} }

clause! {
/// Article 20(9): centralised government procurement.
#[doc(alias = "政府集中采购")]
Item9 {
    procurement: Procurement<V> = "政府集中采购", "20(9)";
} }

/// Centralised procurement: projects (unit: 项) and their amount, in the unit that stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(bound(serialize = "V: Content"))]
pub struct Procurement<V: Content> {
    /// `采购项目数量`
    pub projects: V::Count,
    /// `采购总金额`
    pub amount: V::Amount,
    /// The unit of `amount`; the form prescribes none and it is never converted.
    pub amount_unit: V::AmountUnit,
}

impl<V: Content> Node<V> for Procurement<V> {
    fn pour(&self, into: &mut impl FnMut(V::Leaf)) {
        self.projects.pour(into);
        into(V::priced(&self.amount, &self.amount_unit));
    }
    fn draw(layout: Layout, from: &mut impl FnMut() -> Option<V::Leaf>) -> Option<Self> {
        let projects = V::Count::draw(layout, from)?;
        let (amount, amount_unit) = V::price(from()?)?;
        Some(Procurement { projects, amount, amount_unit })
    }
}

impl<V: Kinds> Outlined for Procurement<V> {
    fn outline(_: Layout, trail: &mut Vec<Label>, each: &mut impl FnMut(&[Label], Kind)) {
        trail.push(Label {
            key: "projects",
            printed: "采购项目数量",
            articles: "",
            unit: Unit::Items,
            clause: "V::Count",
        });
        each(trail, Kind::Count);
        trail.pop();
        trail.push(Label {
            key: "amount",
            printed: "采购总金额",
            articles: "",
            unit: Unit::AsPrinted,
            clause: "V::Amount",
        });
        each(trail, Kind::Amount);
        trail.pop();
    }
}

impl<'de, V: Content> Deserialize<'de> for Procurement<V> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, bound(deserialize = "V: Content"))]
        struct Row<V: Content> {
            projects: V::Count,
            amount: V::Amount,
            #[serde(deserialize_with = "exact")]
            amount_unit: V::AmountUnit,
        }
        let Row { projects, amount, amount_unit } = Row::<V>::deserialize(Objects(from))?;
        Ok(Procurement { projects, amount, amount_unit })
    }
}
