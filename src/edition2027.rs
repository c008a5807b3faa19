//! An edition that only tests know: the form of 2021 with a row more, a row fewer and a column more in table two, a
//! column fewer in one group of table three, and a row more in table one.

use crate::form::edit::{cell, group};
use crate::form::edition_data::{Clauses, EditionData, LayoutData};
use crate::form::{Kind, Unit};

pub(crate) const EDITION: EditionData = EditionData {
    name: "2027",
    since: 2027,
    notice: "国办公开办函〔2027〕1号",
    layouts: &[LayoutData {
        name: "2027",
        label: ["2027 版表样", "the form of 2027"],
        clauses: Clauses::EDITION_2021,
        tables: |form| {
            form.after(
                "requests.outcomes.unavailable.still_unclear",
                group("in_dispute", "4.权属存在争议", "36(4)", vec![]),
            )
            .after("requests.**.natural_person", cell("media", "新闻媒体", Kind::Count, Unit::Pieces))
            .relabelled("requests.received.other", "其他申请人")
            .without("requests.outcomes.not_processed.public_publication")
            .relabelled("requests.outcomes.not_processed.excessive", "3.无正当理由大量反复申请")
            .relabelled("requests.outcomes.not_processed.confirm_or_reissue", "4.要求行政机关确认或重新出具已获取信息")
            .without("proceedings.reconsideration.pending")
            .after(
                "article20.item6.coercion",
                group(
                    "inspection",
                    "行政检查",
                    "20(6)",
                    vec![cell("decisions", "本年检查次数", Kind::Count, Unit::Pieces)],
                ),
            )
        },
    }],
};

#[cfg(feature = "export")]
#[path = "../tests/unit/edition2027.rs"]
mod tests;
