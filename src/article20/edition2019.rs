//! Table one of edition 2019 (国办公开办函〔2019〕60号): 22 cells.
//!
//! Here, and only here, figures are signed: 本年增/减.

use crate::form::declare::clause;

clause! {
/// The counted items of Article 20, each under its number on the form.
#[doc(alias = "主动公开政府信息情况")]
#[doc(alias = "行政许可")]
#[doc(alias = "其他对外管理服务事项")]
#[doc(alias = "行政处罚")]
#[doc(alias = "行政强制")]
#[doc(alias = "行政事业性收费")]
#[doc(alias = "政府集中采购")]
Items {
    item1: Item1 = "第二十条第（一）项", "20(1)" {
        rules:               Part<Documents> = "规章", "20(1)";
        normative_documents: Part<Documents> = "规范性文件", "20(1)";
    }
    item5: Item5 = "第二十条第（五）项", "20(5)" {
        licensing:      Part<Handled> = "行政许可", "20(5)";
        other_services: Part<Handled> = "其他对外管理服务事项", "20(5)";
    }
    item6: Item6 = "第二十条第（六）项", "20(6)" {
        penalty:  Part<Handled> = "行政处罚", "20(6)";
        coercion: Part<Handled> = "行政强制", "20(6)";
    }
    item8: Item8 = "第二十条第（八）项", "20(8)" {
        administrative_fees: Part<FeeItems> = "行政事业性收费", "20(8)";
    }
    item9: Item9 = "第二十条第（九）项", "20(9)" {
        procurement: Part<Procurement> = "政府集中采购", "20(9)";
    }
} }

clause! {
/// Documents made and disclosed in the year, and disclosed in all. Unit: 件.
#[doc(alias = "规范性文件")]
#[doc(alias = "规章")]
Documents {
    made:            Count = "本年新制作数量", "";
    disclosed:       Count = "本年新公开数量", "";
    disclosed_total: Count = "对外公开总数量", "";
} }

clause! {
/// Items on the list last year and how their number changed (unit: 项), and decisions of the year (unit: 件).
Handled {
    items_last_year: Count  = "上一年项目数量", "", Items;
    items_change:    Change = "本年增/减", "", Items;
    decisions:       Count  = "处理决定数量", "";
} }

clause! {
/// Fees on the list last year and how their number changed. Unit: 项.
FeeItems {
    items_last_year: Count  = "上一年项目数量", "", Items;
    items_change:    Change = "本年增/减", "", Items;
} }

clause! {
/// Centralised procurement: projects (unit: 项) and their amount, in the unit that is beside it.
Procurement {
    projects: Count = "采购项目数量", "", Items;
    amount:   Money = "采购总金额", "", AsPrinted;
} }
