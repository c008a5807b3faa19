//! Every cell by itself: that its number is one it can hold, that it is filled in, that its row is labelled as prescribed.

use super::outcome::{FindingCell, Outcome, Reason, Told, first_label, first_printed};
use super::sections::place_of;
use super::{Balance, Rule, Test, sum};
use crate::catalogue::Entry;
use crate::form::{Basis, Edition, Kind, Unit};
use crate::language::Language;
use crate::narrative::Section;
use crate::number::LARGEST_COUNT;
use crate::place::Place;
use crate::published::cell::{fits_unit, in_domain};
use crate::published::printed::Status;
use crate::published::{Misprint, PublishedReport};
use crate::severity::Severity;
use crate::text::shortened;

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "cell-domain",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "件数为不小于 0 的整数，金额不小于 0，只有“本年增/减”可以带负号",
        en: "counts are whole and not negative, amounts are not negative, only changes are signed",
        not_checked_zh: "数值本身是否合理：过大或者过小的数不在核对之列。",
        not_checked_en: "Whether a figure is plausible: none is too large or too small for this rule.",
        holds: &[
            ("article20.item5.licensing.decisions", "1,234"),
            ("article20.item8.administrative_fees.amount", "12.5"),
        ],
        breaks: &[("article20.item5.licensing.decisions", "-3")],
        test: Test::Domain,
    },
    Rule {
        code: "cell-missing",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "表中每一格都应填写",
        en: "every cell of the form is filled in",
        not_checked_zh: "填写的数字是否正确；“不适用”的标记是否恰当。",
        not_checked_en: "Whether what is filled in is right, and whether a mark for not applicable is apt.",
        holds: &[("article20.item5.licensing.decisions", "/")],
        breaks: &[("article20.item5.licensing.decisions", "")],
        test: Test::Presence,
    },
    Rule {
        code: "label-as-prescribed",
        version: 1,
        severity: Severity::Notice,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "各行名称与规定的表样一致",
        en: "the rows are labelled as the form has them",
        not_checked_zh: "各列的名称，以及读取时未能辨认的行。",
        not_checked_en: "The headings of the columns, and rows that were not recognised at all.",
        holds: &[],
        breaks: &[("misprints", r#"[{"row":"requests.carried_in","printed":"二、上年结存政府信息公开申请数量"}]"#)],
        test: Test::Labels,
    },
    Rule {
        code: "one-report",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "一个页面只有一份报告",
        en: "the page holds one report",
        not_checked_zh: "另一份报告的内容：需单独读取。",
        not_checked_en: "What the other report says: it is to be read by itself.",
        holds: &[],
        breaks: &[("others", r#"[{"title":"示例市教育局2024年政府信息公开工作年度报告"}]"#)],
        test: Test::Alone,
    },
];

// ---- What a cell can hold ------------------------------------------------------------------------

/// The number is none that the cell can hold.
fn out_of_domain(cells: &[FindingCell], kind: Kind) -> Told {
    let has_fixed_unit = cells.first().is_some_and(|quoted| quoted.cell.unit() != Unit::AsPrinted);
    let [zh, en] = match kind {
        Kind::Count => [format!("从 0 到 {LARGEST_COUNT} 的整数"), format!("a whole number from 0 to {LARGEST_COUNT}")],
        Kind::Change => ["整数".into(), "a whole number".into()],
        Kind::Amount if has_fixed_unit => [
            "不小于 0、小数不超过六位、单位与表头一致的金额".into(),
            "an amount of 0 or more with at most six decimals, in the unit of the form".into(),
        ],
        Kind::Amount => {
            ["不小于 0、小数不超过六位的金额".into(), "an amount of 0 or more with at most six decimals".into()]
        }
    };
    let (label, printed) = (first_label(cells), first_printed(cells));
    Told {
        words: [format!("{label}为“{printed}”，应为{zh}"), format!("{label} is {printed:?}, expected {en}")],
        found: Some(printed),
        ..Told::of_each(cells)
    }
}

/// [`Test::Domain`].
pub(crate) fn domain(report: &PublishedReport) -> Outcome {
    let mut outcome = Outcome::default();
    for (entry, found) in report.cells() {
        // A cell without a number is the business of the rule on missing cells.
        let Some(number) = found.number() else { continue };
        if in_domain(number, entry.kind()) && fits_unit(found, entry.unit()) {
            outcome.pass += 1;
        } else {
            let cells: Vec<FindingCell> = FindingCell::of(report, entry.cell(), None).into_iter().collect();
            let told = out_of_domain(&cells, entry.kind());
            outcome.fail(cells, told);
        }
    }
    outcome
}

// ---- What is missing -----------------------------------------------------------------------------

/// The cells of a row hold no number: what is there instead.
fn missing_cells(cells: &[FindingCell], columns: &[&'static str], status: Status) -> Told {
    let labels: Vec<&str> = cells.iter().map(|quoted| quoted.label.as_str()).collect();
    // In Chinese the row is named once, its columns after it.
    let columns = columns.iter().copied().skip(1);
    let names: Vec<&str> = labels.iter().take(1).copied().chain(columns).collect();
    Told {
        words: [
            format!("{}{}", names.join("、"), status.label(Language::Chinese)),
            format!("{} {}", labels.join(", "), status.label(Language::English)),
        ],
        found: Some(status.name().to_owned()),
        ..Told::of_each(cells)
    }
}

/// No cell of a table is there.
fn missing_table(table: Section, cells: &[FindingCell], place: Option<Place>) -> Told {
    let (title, count) = (table.title(), cells.len());
    Told {
        words: [
            format!("未读到“{title}”的表格（共 {count} 格）：可能为图片或附件，或表格格式与规定表样不同"),
            format!(
                "the table of {title} was not found ({count} cells): it may be a picture, an attachment, or laid out otherwise"
            ),
        ],
        found: Some(Status::NotFound.name().to_owned()),
        place,
        ..Told::of_each(cells)
    }
}

/// No cell of any table is there.
fn missing_tables(cells: &[FindingCell]) -> Told {
    let count = cells.len();
    Told {
        words: [
            format!(
                "页面中没有读到任何表格（第二、三、四部分共 {count} 格）：表格可能为图片或附件，请附上可读取的表格"
            ),
            format!(
                "no table was found on the page (sections two, three and four, {count} cells): they may be pictures or an attachment, and are to be given as tables"
            ),
        ],
        found: Some(Status::NotFound.name().to_owned()),
        ..Told::of_each(cells)
    }
}

/// Whether no cell of a table is there.
fn is_lost(report: &PublishedReport, table: Section) -> bool {
    report.cells().filter(|(entry, _)| entry.table() == table).all(|(_, found)| found.status() == Status::NotFound)
}

/// [`Test::Presence`]: one finding for a page without tables, one for a table of which nothing is there, and one for the cells of a row that are missing in the same way.
pub(crate) fn presence(rule: &Rule, report: &PublishedReport, counts: &[i64], balances: &[Balance]) -> Outcome {
    let mut outcome = Outcome::default();
    let lost: Vec<Section> =
        Section::ALL.iter().copied().filter(|table| table.is_table() && is_lost(report, *table)).collect();
    let cells_of = |tables: &[Section]| -> Vec<FindingCell> {
        let cells = report.cells().filter(|(entry, _)| tables.contains(&entry.table()));
        cells.filter_map(|(entry, _)| FindingCell::of(report, entry.cell(), None)).collect()
    };
    if lost.len() == Section::ALL.iter().filter(|section| section.is_table()).count() {
        let cells = cells_of(&lost);
        let told = missing_tables(&cells);
        outcome.fail(cells, told);
        return outcome;
    }
    for table in &lost {
        let cells = cells_of(&[*table]);
        let told = missing_table(*table, &cells, place_of(report, *table));
        outcome.fail(cells, told);
    }
    let mut missing: Vec<(&Entry, Status, Severity)> = Vec::new();
    let others = report.cells().enumerate().filter(|(_, (entry, _))| !lost.contains(&entry.table()));
    for (position, (entry, found)) in others {
        let severity = match found.status() {
            Status::Number | Status::NotApplicable => {
                outcome.pass += 1;
                continue;
            }
            Status::Blank | Status::NotFound if is_total_of_counts(position, counts, balances) => Severity::Notice,
            _ => rule.severity,
        };
        missing.push((entry, found.status(), severity));
    }
    let alike = |(entry, status, severity): &(&Entry, Status, Severity)| (entry.row().path(), *status, *severity);
    for group in missing.chunk_by(|one, other| alike(one) == alike(other)) {
        let (_, status, severity) = group[0];
        let quoted = group.iter().filter_map(|(entry, ..)| FindingCell::of(report, entry.cell(), None));
        let cells: Vec<FindingCell> = quoted.collect();
        let columns: Vec<&'static str> = group.iter().map(|(entry, ..)| entry.column_label()).collect();
        let told = missing_cells(&cells, &columns, status);
        outcome.fail_as(severity, cells, told);
    }
    outcome
}

/// Whether the cell at this place is a total whose parts are all printed.
fn is_total_of_counts(position: usize, counts: &[i64], balances: &[Balance]) -> bool {
    let of_parts = |balance: &&Balance| balance.exact && *balance.left == [position];
    balances.iter().filter(of_parts).any(|balance| sum(counts, &balance.right).is_some())
}

// ---- Labels --------------------------------------------------------------------------------------

/// A row is labelled otherwise than the form has it.
fn wrong_label(official: &str, misprint: &Misprint) -> Told {
    let printed = shortened(&misprint.printed);
    Told {
        words: [format!("印作“{printed}”，应为“{official}”"), format!("{printed:?} is printed for {official}")],
        found: Some(misprint.printed.clone()),
        expected: Some(official.to_owned()),
        place: misprint.place.clone(),
        subjects: vec![format!("{}: {}", misprint.row, misprint.printed)],
        ..Told::default()
    }
}

/// [`Test::Labels`].
pub(crate) fn labels(report: &PublishedReport) -> Outcome {
    let mut outcome = Outcome::default();
    if report.page.misprints.is_empty() {
        outcome.pass += 1;
    }
    for misprint in &report.page.misprints {
        let Some(row) = report.layout().rows().iter().find(|row| row.path() == misprint.row) else {
            outcome.skip(Reason::OtherEdition, vec![]);
            continue;
        };
        outcome.fail(vec![], wrong_label(row.label(), misprint));
    }
    outcome
}

// ---- Other reports -------------------------------------------------------------------------------

/// [`Test::Alone`].
pub(crate) fn alone(report: &PublishedReport) -> Outcome {
    let mut outcome = Outcome::default();
    if report.page.others.is_empty() {
        outcome.pass += 1;
    }
    for other in &report.page.others {
        let title = shortened(&other.title);
        let told = Told {
            words: [
                format!("另有“{title}”，未计入本报告"),
                format!("there is also {title:?}, which is not counted in"),
            ],
            found: Some(other.title.clone()),
            place: other.place.clone(),
            subjects: vec![other.title.clone()],
            ..Told::default()
        };
        outcome.fail(vec![], told);
    }
    outcome
}
