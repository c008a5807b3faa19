//! A region and its parts.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::outcome::{Clue, FindingCell, Told, first_label};
use super::{Bound, Rule, Test};
use crate::form::{Basis, Edition, Unit};
use crate::language::Language;
use crate::severity::Severity;

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
        not_checked_zh: "名单是否齐全；没有写明单位、表样也未规定单位的金额；几个机关重复统计的事项。",
        not_checked_en: "Whether the manifest names everybody; amounts whose unit neither page nor form says; what several agencies count.",
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
        not_checked_zh: "超出的部分是否出自未报的机关；可正可负的本年增/减。",
        not_checked_en: "Whether what is more comes from those that did not report; 本年增/减, which can be negative.",
        holds: &[("part.article20.item5.licensing.decisions", "2"), ("article20.item5.licensing.decisions", "3")],
        breaks: &[("article20.item5.licensing.decisions", "1")],
        test: Test::Parts(Bound::AtLeast),
    },
];

/// The report of a region is not what those of its parts say: its figure, what the known parts come to, whether every part
/// is known, and what could explain the difference.
pub(crate) fn mismatch(cells: &[FindingCell], [region, parts]: [Decimal; 2], bound: Bound, clues: Vec<Clue>) -> Told {
    let (label, difference) = (first_label(cells), (region - parts).normalize());
    let region = region.normalize();
    // Where the form fixes no unit, both are in 元.
    let in_yuan = cells.first().is_some_and(|quoted| quoted.cell.unit() == Unit::AsPrinted);
    let unit = if in_yuan { " 元" } else { "" };
    let [sum_zh, sum] = match bound {
        Bound::Exact => ["应等于各机关之和", "should equal the sum of the parts"],
        Bound::AtLeast => ["不应小于已知各机关之和", "should be at least the known parts"],
    };
    let mut words = [
        format!("{label} {region}{unit}，{sum_zh} {parts}{unit}，相差 {}{unit}", difference.abs()),
        format!("{label} is {region}{unit}, {sum}, {parts}{unit}, off by {}{unit}", difference.abs()),
    ];
    if !clues.is_empty() {
        let said = |language| clues.iter().map(|clue| clue.message(language)).collect::<Vec<_>>();
        words[0] += &format!("；可能的原因：{}", said(Language::Chinese).join("；"));
        words[1] += &format!("; possible causes: {}", said(Language::English).join("; "));
    }
    Told {
        words,
        found: Some(region.to_string()),
        expected: Some(parts.to_string()),
        difference: difference.is_integer().then(|| difference.to_i64()).flatten(),
        clues,
        ..Told::of_first(cells)
    }
}

impl Bound {
    /// Whether a region with this figure is what the known parts say. [`Test::Parts`].
    pub(crate) fn holds(self, region: Decimal, parts: Decimal) -> bool {
        match self {
            Bound::Exact => region == parts,
            Bound::AtLeast => region >= parts,
        }
    }
}
