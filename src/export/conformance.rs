//! The conformance kit: reports, and what every implementation of the rules must answer to them. For who implements the
//! rules elsewhere; who checks reports needs none of it.

use serde::Serialize;

use crate::agency::AgencyKind;
use crate::assertion::Verdict;
use crate::catalogue::Form;
use crate::date::{Date, Year};
use crate::facts::{Source, SourceKind};
use crate::form::{Cell, Kind, Layout};
use crate::narrative::Part;
use crate::number::{AmountUnit, LARGEST_COUNT};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::rule::table::RULES;
use crate::rule_book::{explain, zeros};

/// A report of the conformance kit: for who implements the rules elsewhere.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name of its files.
    pub name: String,
    /// The report.
    pub report: PublishedReport,
}

/// What an implementation of the rules answers to a report of the conformance kit: all that fails and all that is not
/// evaluated; everything else passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expected {
    /// The answers, in the order of `rules.json`.
    pub findings: Vec<ExpectedLine>,
}

/// The answer of an implementation to one assertion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExpectedLine {
    /// The code of the rule.
    pub rule: &'static str,
    /// The cells of the test, as in `rules.json`: left, then right.
    pub cells: Vec<&'static str>,
    /// `fail` or `not_evaluated`.
    pub status: Verdict,
}

/// What this crate answers to a report, in the form of the conformance kit: for who implements the rules elsewhere. Who
/// checks reports takes [`PublishedReport::check`] or [`PublishedReport::verdicts`].
pub fn expected(report: &PublishedReport) -> Expected {
    let lines = report.verdicts().into_iter().filter(|(_, verdict)| *verdict != Verdict::Pass);
    let line = |(assertion, status): (crate::assertion::Assertion, Verdict)| ExpectedLine {
        rule: assertion.rule.code,
        cells: assertion.cells().into_iter().map(Cell::path).collect(),
        status,
    };
    Expected { findings: lines.map(line).collect() }
}

/// The reports of the conformance kit, for who implements the rules elsewhere: the examples of the rule book, right and wrong
/// figures in every cell of every layout, and what is unusual.
pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut put = |name: String, report: PublishedReport| cases.push(Case { name, report });
    for page in RULES.iter().filter_map(|rule| explain(rule.code)) {
        put(format!("{}.holds", page.rule.code), page.holds());
        put(format!("{}.breaks", page.rule.code), page.breaks());
    }
    for layout in Layout::newest_first() {
        let filled = |text: &dyn Fn(usize, Kind) -> String| {
            let mut report = zeros(layout);
            for (number, entry) in layout.cells().iter().enumerate() {
                let _ = report.set(entry.cell(), PublishedCell::read(&text(number, entry.kind())));
            }
            report
        };
        put(format!("{layout}.zeros"), zeros(layout));
        put(format!("{layout}.right"), right(layout));
        put(format!("{layout}.county"), {
            let mut report = zeros(layout);
            if let Some(agency) = &mut report.facts.agency {
                agency.kind = Some(AgencyKind::CountyDepartment);
            }
            report
        });
        for year in [2020, 2023, 2024] {
            put(format!("{layout}.period-{year}"), {
                let mut report = zeros(layout);
                let text = format!("本报告所列数据的统计期限为{year}年1月1日至12月31日。");
                report.facts.preamble = Some(Part { text, ..Part::default() });
                report
            });
        }
        // No two sums are equal: every equation fails, whatever term an implementation leaves out.
        put(format!("{layout}.wrong"), filled(&|number, _| (number * number + 1).to_string()));
        // More was issued than is in force and was repealed.
        put(format!("{layout}.every-third"), filled(&|number, _| if number % 3 == 0 { "9" } else { "0" }.to_owned()));
        put(format!("{layout}.blank"), filled(&|_, _| String::new()));
        put(format!("{layout}.not-applicable"), filled(&|_, _| "/".to_owned()));
        put(format!("{layout}.negative"), filled(&|number, _| format!("-{}", number + 1)));
        put(format!("{layout}.broken"), filled(&|number, _| format!("{number}.5")));
        put(format!("{layout}.in-yuan"), filled(&|number, _| format!("{number}元")));
        put(format!("{layout}.not-found"), PublishedReport::new(layout));
        put(
            format!("{layout}.largest"),
            filled(&|_, kind| match kind {
                Kind::Amount => "999999999999999.999999".to_owned(),
                _ => LARGEST_COUNT.to_string(),
            }),
        );
        // Every other cell is blank: what still can be evaluated must be.
        put(format!("{layout}.half"), {
            let mut report = right(layout);
            for entry in layout.cells().iter().step_by(11) {
                let _ = report.set(entry.cell(), PublishedCell::read(""));
            }
            report
        });
    }
    for layout in [Layout::EDITION_2021, Layout::HYBRID] {
        for kind in AgencyKind::ALL {
            let mut report = zeros(layout);
            let cells = layout.cells().iter();
            for entry in cells.filter(|entry| entry.path().starts_with("article20.item1.rules.")) {
                let _ = report.set(entry.cell(), PublishedCell::read("1"));
            }
            report.facts.published_on = Date::new(2025, 2, 1).ok();
            if let Some(agency) = &mut report.facts.agency {
                agency.kind = Some(*kind);
            }
            put(format!("{layout}.{}.inferred", kind.name()), {
                let mut report = report.clone();
                let source = Source { kind: SourceKind::NameEnding, words: "数据局".to_owned(), place: None };
                report.facts.evidence.agency_kind = Some(source);
                report
            });
            put(format!("{layout}.{}", kind.name()), report);
        }
    }
    for (name, change) in FACTS {
        let mut report = zeros(Layout::EDITION_2021);
        change(&mut report);
        put(format!("facts.{name}"), report);
    }
    cases
}

/// A change to the facts around the tables.
type Change = fn(&mut PublishedReport);

const FACTS: &[(&str, Change)] = &[
    ("no-year", |report| report.facts.year = None),
    ("no-agency", |report| report.facts.agency = None),
    ("no-date", |report| report.facts.published_on = None),
    ("year-2019", |report| report.facts.year = Year::new(2019).ok()),
    ("last-day", |report| report.facts.published_on = Date::new(2025, 1, 31).ok()),
    ("day-after", |report| report.facts.published_on = Date::new(2025, 2, 1).ok()),
    ("years-late", |report| report.facts.published_on = Date::new(2031, 1, 1).ok()),
    ("before-the-year-ends", |report| report.facts.published_on = Date::new(2024, 12, 31).ok()),
    ("no-words", |report| {
        report.facts.overview = None;
        report.facts.problems = None;
        report.facts.other_matters = None;
    }),
    ("heading-in-yuan", |report| fees_in_yuan(report, "2510")),
    ("nothing-in-yuan", |report| fees_in_yuan(report, "0")),
];

fn fees_in_yuan(report: &mut PublishedReport, printed: &str) {
    let fees = Form::cells(Layout::EDITION_2021).article20.edition2021();
    if let Some(items) = fees {
        let amount = items.item8.administrative_fees.amount;
        let _ = report.set(amount, PublishedCell::read(printed).in_unit(AmountUnit::Yuan));
    }
}

/// A report with another number in every part, and every total right.
fn right(layout: Layout) -> PublishedReport {
    let mut report = zeros(layout);
    let is_total = |path: &str| path.ends_with(".total") || path.starts_with("requests.outcomes.total.");
    for (number, entry) in layout.cells().iter().enumerate() {
        let received = entry.path().starts_with("requests.received.");
        let text = match entry.kind() {
            _ if is_total(entry.path()) || received => String::new(),
            Kind::Amount => format!("{number}.25"),
            // In force is more than was issued.
            _ => (number * 7 % 1009 + 1).to_string(),
        };
        let _ = report.set(entry.cell(), PublishedCell::read(&text));
    }
    let report = report.with_totals_from_parts();
    let mut report = balanced(report, layout).with_totals_from_parts();
    // Printed, not worked out.
    for entry in layout.cells() {
        if let Some(number) = report.get(entry.cell()).and_then(PublishedCell::number) {
            let _ = report.set(entry.cell(), PublishedCell::read(&number.to_string()));
        }
    }
    report
}

/// What was received is what left, less what was carried in.
fn balanced(mut report: PublishedReport, layout: Layout) -> PublishedReport {
    let count = |report: &PublishedReport, path: &str| {
        path.parse::<Cell>().ok().and_then(|cell| report.get(cell)?.number()?.whole()).unwrap_or(0)
    };
    let columns = layout.cells().iter().filter_map(|entry| {
        Some((entry.cell(), entry.path().strip_prefix("requests.received.").filter(|column| *column != "total")?))
    });
    for (cell, column) in columns {
        let of = |row: &str| count(&report, &format!("requests.{row}.{column}"));
        let received = of("outcomes.total") + of("carried_out") - of("carried_in");
        let _ = report.set(cell, PublishedCell::read(&received.to_string()));
    }
    report
}
