//! The conformance kit: reports, and what every implementation of the rules must answer to them. For who implements the
//! rules elsewhere; who checks reports needs none of it.

use serde::Serialize;

use super::verdicts::Verdict;
use crate::agency::AgencyKind;
use crate::catalogue::{Form, Row};
use crate::date::{Date, Year};
use crate::facts::{Source, SourceKind};
use crate::form::clause::leaves;
use crate::form::{Cell, Kind, Layout};
use crate::narrative::Part;
use crate::number::{AmountUnit, LARGEST_COUNT};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::rule::Rule;
use crate::rule::table::RULES;
use crate::rule_book::fill;

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
    for rule in RULES {
        put(format!("{}.holds", rule.code), rule.right_example());
        put(format!("{}.breaks", rule.code), rule.wrong_example());
    }
    for layout in Layout::newest_first() {
        of_layout(layout, &mut |name, report| put(format!("{layout}.{name}"), report));
    }
    for layout in Layout::newest_first().filter(|layout| Form::cells(*layout).article20.edition2021().is_some()) {
        for kind in AgencyKind::ALL {
            let (inferred, stated) = of_agency(layout, *kind);
            put(format!("{layout}.{}.inferred", kind.name()), inferred);
            put(format!("{layout}.{}", kind.name()), stated);
        }
    }
    for (name, change) in FACTS {
        put(format!("facts.{name}"), changed(PublishedReport::zeros(Layout::EDITION_2021), change));
    }
    cases
}

fn changed(mut report: PublishedReport, change: impl FnOnce(&mut PublishedReport)) -> PublishedReport {
    change(&mut report);
    report
}

/// Nothing that is said around the tables fits the rest.
fn contradict(report: &mut PublishedReport) {
    let facts = &mut report.facts;
    facts.title = Some("别处2010年政府信息公开工作年度报告".to_owned());
    facts.agency.iter_mut().for_each(|agency| agency.division_code = "990100".parse().ok());
    facts.published_on = Date::new(2000, 1, 1).ok();
    facts.signed_on = Date::new(2099, 1, 1).ok();
    facts.overview.iter_mut().for_each(|section| section.title.clear());
    let fee = facts.other_matters.as_mut().and_then(|section| section.processing_fee.as_mut());
    fee.into_iter().for_each(|fee| fee.collected = "100".parse().ok());
}

/// Right and wrong figures in every cell of a layout.
fn of_layout(layout: Layout, put: &mut impl FnMut(String, PublishedReport)) {
    let mut put = |name: &str, report: PublishedReport| put(name.to_owned(), report);
    put("zeros", PublishedReport::zeros(layout));
    put("right", right(layout));
    let of_county = |report: &mut PublishedReport| {
        if let Some(agency) = &mut report.facts.agency {
            (agency.kind, agency.division_code) = (Some(AgencyKind::CountyDepartment), "330106".parse().ok());
        }
    };
    put("county", changed(PublishedReport::zeros(layout), of_county));
    for year in [2020, 2023, 2024] {
        let text = format!("本报告所列数据的统计期限为{year}年1月1日至12月31日。");
        let preamble = Some(Part { text, ..Part::default() });
        put(
            &format!("period-{year}"),
            changed(PublishedReport::zeros(layout), |report| report.facts.preamble = preamble),
        );
    }
    put("contradictions", changed(PublishedReport::zeros(layout), contradict));
    put(
        "no-names",
        changed(PublishedReport::zeros(layout), |report| {
            report.facts.title = Some(String::new());
            report.facts.agency.iter_mut().for_each(|agency| agency.name.clear());
        }),
    );
    let filled = |text: &dyn Fn(usize, Kind) -> String| {
        changed(PublishedReport::zeros(layout), |report| {
            for (number, entry) in layout.cells().iter().enumerate() {
                fill(report, entry.cell(), &text(number, entry.kind()));
            }
        })
    };
    // No two sums are equal: every equation fails, whatever term an implementation leaves out.
    put("wrong", filled(&|number, _| (number * number + 1).to_string()));
    // More was issued than is in force and was repealed.
    put("every-third", filled(&|number, _| if number % 3 == 0 { "9" } else { "0" }.to_owned()));
    put("blank", filled(&|_, _| String::new()));
    put("not-applicable", filled(&|_, _| "/".to_owned()));
    put("negative", filled(&|number, _| format!("-{}", number + 1)));
    put("broken", filled(&|number, _| format!("{number}.5")));
    put("in-yuan", filled(&|number, _| format!("{number}元")));
    put("not-found", PublishedReport::new(layout));
    let largest = |_, kind| match kind {
        Kind::Amount => "999999999999999.999999".to_owned(),
        _ => LARGEST_COUNT.to_string(),
    };
    put("largest", filled(&largest));
    // Every eleventh cell is blank: what still can be evaluated must be.
    let half = |report: &mut PublishedReport| {
        for entry in layout.cells().iter().step_by(11) {
            fill(report, entry.cell(), "");
        }
    };
    put("half", changed(right(layout), half));
}

/// A report with rules and a late date of an agency whose kind is inferred, and the same of one whose kind is stated.
fn of_agency(layout: Layout, kind: AgencyKind) -> (PublishedReport, PublishedReport) {
    let stated = changed(PublishedReport::zeros(layout), |report| {
        if let Some(items) = Form::cells(layout).article20.edition2021() {
            for cell in leaves(&items.rules) {
                fill(report, cell, "1");
            }
        }
        report.facts.published_on = Date::new(2025, 2, 1).ok();
        report.facts.agency.iter_mut().for_each(|agency| agency.kind = Some(kind));
    });
    let source = Source { kind: SourceKind::NameEnding, words: "数据局".to_owned(), place: None };
    let inferred = changed(stated.clone(), |report| report.facts.evidence.agency_kind = Some(source));
    (inferred, stated)
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
        let amount = items.administrative_fees.amount;
        let printed = PublishedCell::read(printed).in_unit(AmountUnit::Yuan);
        report.set(amount, printed).expect("the form of 2021 has this cell");
    }
}

/// A report with another number in every part, and every total right.
pub(crate) fn right(layout: Layout) -> PublishedReport {
    let mut report = PublishedReport::zeros(layout);
    let received = layout.row_of(Form::cells(layout).requests.received.total).map(Row::path);
    for (number, entry) in layout.cells().iter().enumerate() {
        let row = entry.row();
        let text = match entry.kind() {
            _ if entry.is_total() || row.is_total() || Some(row.path()) == received => String::new(),
            Kind::Amount => format!("{number}.25"),
            // In force is more than was issued.
            _ => (number * 7 % 1009 + 1).to_string(),
        };
        fill(&mut report, entry.cell(), &text);
    }
    let report = report.with_totals_from_parts();
    let mut report = balanced(report, layout).with_totals_from_parts();
    // Printed, not derived.
    for entry in layout.cells() {
        if let Some(number) = report.get(entry.cell()).and_then(PublishedCell::number) {
            fill(&mut report, entry.cell(), &number.to_string());
        }
    }
    report
}

/// What was received is what left, less what was carried in.
fn balanced(mut report: PublishedReport, layout: Layout) -> PublishedReport {
    let balance = Rule::find("requests-balance").expect("the balance is a rule");
    for equation in balance.test.equations(layout) {
        let count = |cell: &Cell| report.get(*cell).and_then(|cell| cell.number()?.whole()).unwrap_or(0);
        let ([received, carried_in], [ended, carried_out]) = (&equation.left[..], &equation.right[..]) else {
            continue;
        };
        let received_for = count(ended) + count(carried_out) - count(carried_in);
        fill(&mut report, *received, &received_for.to_string());
    }
    report
}
