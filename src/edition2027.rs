//! An edition that only tests know: some cells of 2021, one row more, one row fewer.

use crate::form::edition_data::{Clauses, EditionData, LayoutData};
use crate::form::tree::group;

pub(crate) const EDITION: EditionData = EditionData {
    name: "2027",
    since: 2027,
    notice: "国办公开办函〔2027〕1号",
    layouts: &[LayoutData {
        name: "2027",
        zh: "2027 版表样",
        clauses: Clauses::EDITION_2021,
        tables: |form| {
            form.after(
                "requests.outcomes.unavailable.still_unclear",
                group("in_dispute", "4.权属存在争议", "36(4)", vec![]),
            )
            .without("requests.outcomes.not_processed.public_publication")
        },
    }],
};
