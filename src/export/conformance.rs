//! The conformance kit: reports, pairs of years, regions with their parts, and what every implementation of the rules must
//! answer to them. For who implements the rules elsewhere; who checks reports needs none of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::verdicts::verdicts_of_years;
use crate::agency::{Agency, AgencyKind};
use crate::catalogue::{Form, Row};
use crate::date::{Date, Year};
use crate::facts::{Scope, Source, SourceKind};
use crate::fault::Faults;
use crate::finding::Verdict;
use crate::form::clause::leaves;
use crate::form::{Cell, Kind, Layout};
use crate::narrative::Part;
use crate::number::{AmountUnit, LARGEST_COUNT};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::rollup::{Coverage, Region};
use crate::rule::table::{LINKS, RULES, SUMS};
use crate::rule::{Bound, Rule, Test};
use crate::rule_book::fill;

/// A case of the conformance kit: for those who implement the rules elsewhere.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name of its files.
    pub name: String,
    /// What is asked about.
    pub asked: Asked,
}

impl Case {
    /// The report, where it is about one.
    pub fn report(&self) -> Option<&PublishedReport> {
        match &self.asked {
            Asked::Report(report) => Some(report),
            _ => None,
        }
    }
}

/// What an implementation of the rules is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "a few hundred are made, and each holds reports")]
pub enum Asked {
    /// A report.
    Report(PublishedReport),
    /// Two consecutive reports of one agency.
    Years {
        /// That of the year before.
        before: PublishedReport,
        /// The later one.
        report: PublishedReport,
    },
    /// A region and its parts.
    Region {
        /// The report of the region.
        region: PublishedReport,
        /// Those of its parts.
        parts: Vec<PublishedReport>,
        /// Whether these are all.
        complete: bool,
    },
}

impl Asked {
    /// Reads a line of the conformance kit: a report, or an object with the keys `before` and `report`, or with `region`,
    /// `parts` and `complete`, and no others.
    ///
    /// # Errors
    /// [`serde_json::Error`]: what is no such line, or no report.
    pub fn from_json(line: &[u8]) -> Result<Asked, serde_json::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Years {
            before: PublishedReport,
            report: PublishedReport,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Parts {
            region: PublishedReport,
            parts: Vec<PublishedReport>,
            complete: bool,
        }
        // Only to see which it is: each reader reads the line itself, so that a key that is there twice is seen.
        let shape: Value = serde_json::from_slice(line)?;
        if shape.get("before").is_some() {
            let Years { before, report } = serde_json::from_slice(line)?;
            return Ok(Asked::Years { before, report });
        }
        if shape.get("region").is_some() {
            let Parts { region, parts, complete } = serde_json::from_slice(line)?;
            return Ok(Asked::Region { region, parts, complete });
        }
        serde_json::from_slice(line).map(Asked::Report)
    }

    /// The rules that this crate evaluates for it, by code.
    pub fn rules(&self) -> impl Iterator<Item = &'static str> {
        let rules = match self {
            Asked::Report(_) => RULES,
            Asked::Years { .. } => LINKS,
            Asked::Region { .. } => SUMS,
        };
        rules.iter().map(|rule| rule.code)
    }
}

/// What an implementation of the rules answers to a case of the conformance kit: all that fails and all that is not
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

/// What this crate answers to a case of the conformance kit: for those who implement the rules elsewhere. A program that checks reports takes
/// [`PublishedReport::check`] or [`PublishedReport::verdicts`].
///
/// # Errors
/// [`Faults`] where two reports are of years that cannot be compared, or a part is not one of the region.
pub fn expected(asked: &Asked) -> Result<Expected, Faults> {
    let verdicts: Vec<(&Rule, Vec<Cell>, Verdict)> = match asked {
        Asked::Report(report) => report.verdicts().into_iter().map(|(of, is)| (of.rule, of.cells(), is)).collect(),
        Asked::Years { before, report } => {
            verdicts_of_years(before, report)?.into_iter().map(|of| (of.rule, of.cells, of.verdict)).collect()
        }
        Asked::Region { region, parts, complete } => {
            let known = parts.iter().enumerate().map(|(at, part)| (at.to_string(), Coverage::Reported(part)));
            let others = (!complete).then(|| ("others".to_owned(), Coverage::Missing));
            let region = Region::new(region, known.chain(others))?;
            region.verdicts().into_iter().map(|(rule, cell, verdict)| (rule, vec![cell], verdict)).collect()
        }
    };
    let line = |(rule, cells, status): (&Rule, Vec<Cell>, Verdict)| ExpectedLine {
        rule: rule.code,
        cells: cells.into_iter().map(Cell::path).collect(),
        status,
    };
    let lines = verdicts.into_iter().filter(|(.., verdict)| *verdict != Verdict::Pass);
    Ok(Expected { findings: lines.map(line).collect() })
}

/// The cases of the conformance kit, for those who implement the rules elsewhere: the examples of the rule book, right and wrong
/// figures in every cell of every layout, what is unusual; two years, regions.
pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    reports(&mut |name, report| cases.push(Case { name, asked: Asked::Report(report) }));
    years(&mut |name, before, report| {
        cases.push(Case { name: format!("years.{name}"), asked: Asked::Years { before, report } });
    });
    regions(&mut |name, region, parts, complete| {
        cases.push(Case { name: format!("region.{name}"), asked: Asked::Region { region, parts, complete } });
    });
    cases
}

/// The cases of one report.
fn reports(put: &mut impl FnMut(String, PublishedReport)) {
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
}

/// The cases of two years: the examples of the rule book, every pair of layouts with other figures in all cells, what holds no
/// count, other scopes, and amounts in every unit.
fn years(put: &mut impl FnMut(String, PublishedReport, PublishedReport)) {
    for rule in LINKS {
        let second = || rule.second_example().expect("a rule over two years has two reports");
        put(format!("{}.holds", rule.code), second(), rule.right_example());
        put(format!("{}.breaks", rule.code), second(), rule.wrong_example());
    }
    let of_year = |mut report: PublishedReport, year: u16| {
        report.facts.year = Year::new(year).ok();
        report
    };
    for first in Layout::newest_first() {
        for second in Layout::newest_first() {
            put(format!("{first}-{second}.apart"), of_year(right(first), 2023), of_year(right(second), 2024));
        }
        let blank = || changed(right(first), |report| every_eleventh(report, ""));
        put(format!("{first}.blank-before"), of_year(blank(), 2023), of_year(right(first), 2024));
        put(format!("{first}.blank-now"), of_year(right(first), 2023), of_year(blank(), 2024));
        let nothing = PublishedReport::new(first);
        put(format!("{first}.nothing-now"), of_year(right(first), 2023), of_year(nothing, 2024));
        let scoped = |scope| changed(right(first), |report| report.facts.scope = scope);
        put(format!("{first}.scopes"), of_year(scoped(Scope::Own), 2023), of_year(scoped(Scope::Regional), 2024));
        let amounts = first.cells().iter().filter(|entry| entry.kind() == Kind::Amount);
        for amount in amounts.map(|entry| entry.cell()) {
            const PRINTED: [&str; 8] = ["0", "", "26", "26万元", "26元", "251000", "251000元", "251000万元"];
            for (number, before) in PRINTED.iter().enumerate() {
                let printing = |text: &str| changed(PublishedReport::zeros(first), |report| fill(report, amount, text));
                let now = PRINTED[(number * 3 + 5) % PRINTED.len()];
                let pair = (of_year(printing(before), 2023), of_year(printing(now), 2024));
                put(format!("{first}.amounts-{number}"), pair.0, pair.1);
            }
        }
    }
}

/// The cases of a region: the examples of the rule book, parts that make it up and that do not, a part that is missing, or
/// holds no figure, changes, and amounts in every unit.
fn regions(put: &mut impl FnMut(String, PublishedReport, Vec<PublishedReport>, bool)) {
    for rule in SUMS {
        let parts = || vec![rule.second_example().expect("a rule over a region has a part")];
        let complete = matches!(rule.test, Test::Parts(Bound::Exact));
        put(format!("{}.holds", rule.code), rule.right_example(), parts(), complete);
        put(format!("{}.breaks", rule.code), rule.wrong_example(), parts(), complete);
    }
    let named = |mut report: PublishedReport, name: &str| {
        report.facts.agency = Some(Agency::named(name));
        report
    };
    for layout in Layout::newest_first() {
        let right = || named(right(layout), "甲局");
        let zeros = || named(PublishedReport::zeros(layout), "乙局");
        put(format!("{layout}.sum"), right(), vec![right(), zeros()], true);
        put(format!("{layout}.double"), right(), vec![right(), named(right(), "乙局")], true);
        put(format!("{layout}.known-parts"), right(), vec![zeros()], false);
        put(format!("{layout}.too-little"), zeros(), vec![right()], false);
        put(format!("{layout}.nobody"), right(), vec![], true);
        let half = || changed(right(), |report| every_eleventh(report, ""));
        put(format!("{layout}.open-part"), right(), vec![half(), zeros()], true);
        put(format!("{layout}.open-region"), half(), vec![right(), zeros()], true);
        let negative = |report: &mut PublishedReport| {
            for entry in layout.cells() {
                fill(report, entry.cell(), "-3");
            }
        };
        put(format!("{layout}.negative"), changed(right(), negative), vec![changed(right(), negative), zeros()], true);
        let amounts = layout.cells().iter().filter(|entry| entry.kind() == Kind::Amount);
        for amount in amounts.map(|entry| entry.cell()) {
            let printing = |name: &str, text: &str| {
                changed(named(PublishedReport::zeros(layout), name), |report| fill(report, amount, text))
            };
            for (number, [region, one, other]) in [
                ["3.75", "1.25", "2.5"],
                ["3.75万元", "12500元", "2.5万元"],
                ["37500元", "12500元", "2.5万元"],
                ["37500", "12500元", "2.5"],
                ["0", "0元", "0"],
                ["4", "1.25", "/"],
            ]
            .into_iter()
            .enumerate()
            {
                let parts = vec![printing("甲局", one), printing("乙局", other)];
                put(format!("{layout}.amounts-{number}"), printing("丙市", region), parts, true);
            }
        }
    }
}

fn every_eleventh(report: &mut PublishedReport, printed: &str) {
    for entry in report.layout().cells().iter().step_by(11) {
        fill(report, entry.cell(), printed);
    }
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
    facts.signed_by = Some("别处".to_owned());
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
    // What still can be evaluated must be.
    put("half", changed(right(layout), |report| every_eleventh(report, "")));
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
