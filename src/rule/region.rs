//! A region and its parts.

use schemars::JsonSchema;
use serde::Serialize;

use super::outcome::{FindingCell, Told, first_label};
use super::{Bound, Rule, Severity, Test};
use crate::form::{Basis, Edition};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "rollup-sum",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "每一格等于各机关之和",
        en: "each cell is the sum of its parts",
        not_checked_zh: "名单是否齐全，金额（单位不一），本年增/减。",
        not_checked_en: "Whether the manifest names everybody, amounts of money, whose units differ, and 本年增/减.",
        holds: &[("part.article20.item5.licensing.decisions", "2"), ("article20.item5.licensing.decisions", "2")],
        breaks: &[("article20.item5.licensing.decisions", "3")],
        test: Test::Parts(Bound::Exact),
    },
    Rule {
        code: "rollup-bound",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "有机关未报的，每一格不小于已知各机关之和",
        en: "where some did not report, each cell is no less than the parts that are known",
        not_checked_zh: "超出的部分是否出自未报的机关。",
        not_checked_en: "Whether what is more comes from those that did not report.",
        holds: &[("part.article20.item5.licensing.decisions", "2"), ("article20.item5.licensing.decisions", "3")],
        breaks: &[("article20.item5.licensing.decisions", "1")],
        test: Test::Parts(Bound::AtLeast),
    },
];

/// The report of a region is not what those of its parts say.
#[derive(Clone, Debug, PartialEq)]
pub struct PartsMismatch {
    /// The count of the region.
    pub region: i64,
    /// What the known parts come to.
    pub parts: i64,
    /// Whether every part is known, and both must be equal.
    pub exact: bool,
    /// What could explain the difference.
    pub clues: Vec<Clue>,
}

impl PartsMismatch {
    pub(crate) fn told<'a>(&'a self, cells: &'a [FindingCell]) -> Told<'a> {
        let PartsMismatch { region, parts, exact, clues } = self;
        let (label, difference) = (first_label(cells), region - parts);
        let (sum_zh, sum) = match exact {
            true => ("应等于各机关之和", "should equal the sum of the parts"),
            false => ("不应小于已知各机关之和", "should be at least the known parts"),
        };
        let mut zh = format!("{label} {region}，{sum_zh} {parts}，相差 {}", difference.abs());
        let mut en = format!("{label} is {region}, {sum}, {parts}, off by {}", difference.abs());
        if !clues.is_empty() {
            zh += &format!("；可能的原因：{}", clues.iter().map(Clue::zh).collect::<Vec<_>>().join("；"));
            en += &format!("; possible causes: {}", clues.iter().map(Clue::en).collect::<Vec<_>>().join("; "));
        }
        let (found, expected) = (Some(region.to_string()), Some(parts.to_string()));
        Told { zh, en, found, expected, difference: Some(difference), ..Told::of(cells) }
    }
}

impl Bound {
    /// Whether a region with this count is what the known parts say. [`Test::Parts`].
    pub(crate) fn holds(self, region: i64, parts: i64) -> bool {
        match self {
            Bound::Exact => region == parts,
            Bound::AtLeast => region >= parts,
        }
    }
}

/// What could explain a difference between a region and its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "clue", title = "clue", deny_unknown_fields)]
pub struct Clue {
    /// Why these agencies.
    pub kind: ClueKind,
    /// The agencies: two where their counts make up the difference together, otherwise one.
    pub agencies: Vec<String>,
}

impl Clue {
    pub(crate) fn one(kind: ClueKind, name: &str) -> Clue {
        Clue { kind, agencies: vec![name.to_owned()] }
    }

    fn words(&self) -> [String; 2] {
        let (zh, en) = (self.agencies.join("、"), self.agencies.join(" and "));
        match self.kind {
            ClueKind::SameCount if self.agencies.len() > 1 => {
                [format!("{zh}的件数合计正是差额"), format!("{en} together count just the difference")]
            }
            ClueKind::SameCount => [format!("{zh}的件数正是差额"), format!("{en} counts just the difference")],
            ClueKind::Unknown => [format!("{zh}的件数不明"), format!("the count of {en} is not known")],
            ClueKind::NoReport => [format!("{zh}没有单独的报告"), format!("{en} has no report of its own")],
        }
    }

    /// The clue in Chinese.
    pub fn zh(&self) -> String {
        let [zh, _] = self.words();
        zh
    }

    /// The clue in English.
    pub fn en(&self) -> String {
        let [_, en] = self.words();
        en
    }
}

/// Why an agency could explain a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "clue_kind", transform = crate::wire::plain_enum)]
#[non_exhaustive]
pub enum ClueKind {
    /// Its count, or that of the two together, is the difference: left out, or counted twice.
    SameCount,
    /// It reported, or should have, and its count in this cell is not known.
    Unknown,
    /// It has no report of its own: merged, abolished, or covered by another.
    NoReport,
}
