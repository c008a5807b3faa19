//! 规章 and 行政规范性文件, item (1) of Article 20.

use super::outcome::{FindingCell, Outcome, Reason, Told, first_label, first_printed};
use super::{Equation, Rule, Test};
use crate::agency::AgencyKind;
use crate::catalogue::Form;
use crate::form::{Basis, Cell, Edition};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::severity::Severity;

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "in-force-bound",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("20(1)"),
        zh: "现行有效件数不小于本年制发件数减去本年废止件数",
        en: "documents in force are at least those issued less those repealed",
        not_checked_zh: "现行有效件数与上一年度的衔接（需要上一年度报告）。",
        not_checked_en: "How the stock follows from that of the year before, which needs its report.",
        holds: &[
            ("article20.item1.normative_documents.issued", "5"),
            ("article20.item1.normative_documents.repealed", "2"),
            ("article20.item1.normative_documents.in_force", "3"),
        ],
        breaks: &[("article20.item1.normative_documents.repealed", "1")],
        test: Test::AtLeast(|layout| {
            let items = Form::cells(layout).article20.edition2021();
            let rows = items.into_iter().flat_map(|items| [&items.rules, &items.normative_documents]);
            rows.map(|row| Equation { left: vec![row.in_force, row.repealed], right: vec![row.issued] }).collect()
        }),
    },
    Rule {
        code: "rule-making-power",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("20(1)"),
        zh: "没有规章制定权的机关，规章各格为 0",
        en: "a body without rule-making power files 0 rules",
        not_checked_zh: "机关类别由名称推断的，以及设区的市的规章制定权。",
        not_checked_en: "Agencies whose kind is inferred from the name, and the power of cities with districts.",
        holds: &[("agency.kind", r#""county_department""#)],
        breaks: &[("article20.item1.rules.in_force", "1")],
        test: Test::ZeroFor(
            |layout| {
                let items = Form::cells(layout).article20.edition2021();
                items.map(|items| &items.rules).map_or(vec![], |row| vec![row.issued, row.repealed, row.in_force])
            },
            &[AgencyKind::Township, AgencyKind::CountyGovernment, AgencyKind::CountyDepartment],
        ),
    },
];

/// The cell is not 0.
fn not_zero(cells: &[FindingCell]) -> Told {
    let (label, printed) = (first_label(cells), first_printed(cells));
    Told {
        words: [format!("{label}为 {printed}，应为 0"), format!("{label} is {printed}, expected 0")],
        found: Some(printed),
        expected: Some("0".to_owned()),
        ..Told::of_each(cells)
    }
}

/// [`Test::ZeroFor`].
pub(crate) fn zero_for(report: &PublishedReport, cells: &[Cell], kinds: &[AgencyKind]) -> Outcome {
    match report.facts.agency.as_ref().and_then(|agency| agency.kind) {
        None | Some(AgencyKind::Unknown) => return Outcome::skipped(Reason::KindUnknown),
        Some(_) if report.facts.evidence.infers_agency_kind() => return Outcome::skipped(Reason::KindInferred),
        Some(kind) if !kinds.contains(&kind) => return Outcome::skipped(Reason::KindNotNamed),
        Some(_) => {}
    }
    let mut outcome = Outcome::default();
    for cell in cells {
        match report.get(*cell).and_then(PublishedCell::whole_count) {
            Some(0) => outcome.pass += 1,
            Some(_) => {
                let cells: Vec<FindingCell> = FindingCell::of(report, *cell, None).into_iter().collect();
                let told = not_zero(&cells);
                outcome.fail(cells, told);
            }
            None => outcome.skip(Reason::NoCount, vec![*cell]),
        }
    }
    outcome
}
