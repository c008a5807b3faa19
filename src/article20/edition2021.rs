//! Table one of edition 2021 (国办公开办函〔2021〕30号): 10 cells.
//!
//! `issued` and `repealed` are flows of the year, `in_force` is the stock at 31 December. Decisions include those that
//! are lawfully not disclosed.

use crate::form::declare::clause;

clause! {
/// The counted items of Article 20, each under its number on the form.
#[doc(alias = "主动公开政府信息情况")]
#[doc(alias = "行政许可")]
#[doc(alias = "行政处罚")]
#[doc(alias = "行政强制")]
#[doc(alias = "行政事业性收费")]
Items {
    item1: Item1 = "第二十条第（一）项", "20(1)" {
        rules:               Part<Documents> = "规章", "20(1)";
        normative_documents: Part<Documents> = "行政规范性文件", "20(1)";
    }
    item5: Item5 = "第二十条第（五）项", "20(5)" {
        licensing: Part<Decisions> = "行政许可", "20(5)";
    }
    item6: Item6 = "第二十条第（六）项", "20(6)" {
        penalty:  Part<Decisions> = "行政处罚", "20(6)";
        coercion: Part<Decisions> = "行政强制", "20(6)";
    }
    item8: Item8 = "第二十条第（八）项", "20(8)" {
        administrative_fees: Part<Fees> = "行政事业性收费", "20(8)";
    }
} }

clause! {
/// Documents issued and repealed in the year, and in force at its end. Unit: 件.
#[doc(alias = "行政规范性文件")]
#[doc(alias = "规章")]
Documents {
    issued:   Count = "本年制发件数", "";
    repealed: Count = "本年废止件数", "";
    in_force: Count = "现行有效件数", "";
} }

clause! {
/// Decisions made in the year. Unit: 件.
Decisions {
    decisions: Count = "本年处理决定数量", "";
} }

clause! {
/// Fees collected in the year. Unit: 万元, with decimals.
Fees {
    amount: Amount = "本年收费金额（单位：万元）", "", WanYuan;
} }
