//! The editions of the form: one entry each. A new edition is one more, with the tree of its tables: that of the clauses it is
//! built of, edited.

use super::edition_data::{Clauses, EditionData, Handling, Items, LayoutData};

/// The editions, oldest first.
pub(super) static EDITIONS: &[EditionData] = &[
    EditionData {
        name: "2019",
        since: 2019,
        notice: "国办公开办函〔2019〕60号",
        layouts: &[LayoutData {
            name: "2019",
            label: ["2019 版表样", "the form of 2019"],
            clauses: Clauses { items: Items::Edition2019, handling: Handling::Undivided },
            tables: |declared| declared,
        }],
    },
    EditionData {
        name: "2021",
        since: 2021,
        notice: "国办公开办函〔2021〕30号",
        layouts: &[
            LayoutData {
                name: "2021",
                label: ["2021 版表样", "the form of 2021"],
                clauses: Clauses::EDITION_2021,
                tables: |declared| declared,
            },
            LayoutData {
                name: "2021-hybrid",
                label: [
                    "2021 版表样，但“（六）其他处理”只有一行（2019 版的写法）",
                    "the form of 2021 with one row for （六）其他处理, as in that of 2019",
                ],
                clauses: Clauses { items: Items::Edition2021, handling: Handling::Undivided },
                tables: |declared| declared,
            },
        ],
    },
    #[cfg(test)]
    crate::edition2027::EDITION,
];
