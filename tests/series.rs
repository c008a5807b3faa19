//! Years and regions: what follows by construction has no finding, what is changed has exactly the findings that contain it.

mod common;

use ogi_report::rollup::{Bound, Coverage, Member, Region};
use ogi_report::series::{LINKS, LinkReason, Series, SeriesError};
use ogi_report::{Cell, Layout, PublishedCell, PublishedReport, Scope, Severity, Year, rule_book};
use proptest::prelude::*;

fn print(report: &mut PublishedReport, path: &str, value: impl ToString) {
    report.set(common::cell(path), PublishedCell::read(&value.to_string())).unwrap();
}

fn count(report: &PublishedReport, path: &str) -> i64 {
    report.get(common::cell(path)).unwrap().number().unwrap().whole().unwrap()
}

/// The report of the year after, of another layout perhaps, that follows from this one.
fn next(before: &PublishedReport, layout: Layout) -> PublishedReport {
    let mut after = common::small(layout);
    after.year = Year::new(before.year.unwrap().get() + 1).ok();
    after.scope = before.scope;
    for link in LINKS {
        for step in link.steps(layout, before.layout()) {
            let asked: i64 = step.before.iter().map(|(cell, sign)| i64::from(*sign) * count(before, cell.path())).sum();
            let others: i64 =
                step.now[1..].iter().map(|(cell, sign)| i64::from(*sign) * count(&after, cell.path())).sum();
            print(&mut after, step.now[0].0.path(), asked - others);
        }
    }
    after
}

fn years(first: Layout, second: Layout) -> (PublishedReport, PublishedReport) {
    let mut before = common::small(first);
    for path in ["item5.licensing", "item5.other_services", "item6.penalty", "item6.coercion"] {
        if first == Layout::Edition2019 {
            print(&mut before, &format!("article20.{path}.items_last_year"), 100);
        }
    }
    for path in ["rules", "normative_documents"] {
        if first != Layout::Edition2019 {
            print(&mut before, &format!("article20.item1.{path}.in_force"), 900);
        }
    }
    let after = next(&before, second);
    (before, after)
}

#[test]
fn a_series_that_follows_has_no_finding() {
    for first in Layout::ALL {
        for second in Layout::ALL {
            let (before, after) = years(*first, *second);
            let checked = Series::new([&after, &before]).unwrap().check();
            assert_eq!(checked.findings, [], "{first} {second}");
            let open: Vec<&str> = checked.not_evaluated.iter().map(|(link, ..)| link.code).collect();
            let same = first.edition() == second.edition();
            let expected: &[&str] = match (first.edition() == ogi_report::Edition::Edition2019, same) {
                (true, true) => &["continuity-in-force"],
                (false, true) => &["continuity-items"],
                _ => &["continuity-in-force", "continuity-items", "continuity-unit-slip"],
            };
            assert_eq!(open, expected, "{first} {second}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_gives_the_findings_that_contain_it(
        first in common::layouts(), second in common::layouts(), at: prop::sample::Index, later: bool,
    ) {
        let (mut before, mut after) = years(first, second);
        let report = if later { &mut after } else { &mut before };
        let counts: Vec<Cell> = report.layout().cells().iter().filter(|entry| entry.kind() != ogi_report::Kind::Amount)
            .map(|entry| entry.cell()).collect();
        let cell = *at.get(&counts);
        let more = count(report, cell.path()) + 1;
        print(report, cell.path(), more);
        let found = Series::new([&before, &after]).unwrap().check().findings;
        let mut expected = Vec::new();
        for link in LINKS {
            for step in link.steps(second, first) {
                let cells = if later { &step.now } else { &step.before };
                if cells.iter().any(|(of, _)| *of == cell) {
                    expected.push((link.code, step.now[0].0));
                }
            }
        }
        prop_assert_eq!(found.iter().map(|finding| (finding.link.code, finding.now[0].cell)).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn an_explanation_stays_beside_the_finding() {
    let (before, mut after) = years(Layout::Edition2021, Layout::Edition2021);
    let path = "requests.carried_in.natural_person";
    let more = count(&after, path) + 3;
    print(&mut after, path, more);
    let mut checked = Series::new([&before, &after]).unwrap().check();
    let year = after.year.unwrap();
    assert_eq!(checked.explain("continuity-carry-over", year, "上年漏计 3 件"), 1);
    let finding = &checked.findings[0];
    assert_eq!((finding.found - finding.expected).to_string(), "3");
    assert_eq!(finding.explanation.as_deref(), Some("上年漏计 3 件"));
    assert_eq!(finding.severity, Severity::Error);
    // Another body.
    after.scope = Scope::Regional;
    let mut own = before.clone();
    own.scope = Scope::Own;
    assert_eq!(Series::new([&own, &after]).unwrap().check().findings[0].severity, Severity::Warning);
}

#[test]
fn amounts_ten_thousand_times_apart_are_noticed() {
    let (mut before, mut after) = years(Layout::Edition2021, Layout::Edition2021);
    let amount = common::amount_path(Layout::Edition2021);
    let of_rule = |before: &PublishedReport, after: &PublishedReport| {
        Series::new([before, after])
            .unwrap()
            .check()
            .findings
            .iter()
            .map(|finding| finding.link.code)
            .collect::<Vec<_>>()
    };
    for (last, this, slip) in
        [("12.5", "131000", true), ("131000", "12.5", true), ("12.5", "1250", false), ("0", "99999", false)]
    {
        print(&mut before, amount, last);
        print(&mut after, amount, this);
        assert_eq!(of_rule(&before, &after), if slip { vec!["continuity-unit-slip"] } else { vec![] }, "{last} {this}");
    }
}

#[test]
fn a_series_has_one_report_a_year_and_says_where_one_is_missing() {
    let (before, mut after) = years(Layout::Edition2021, Layout::Edition2021);
    after.year = Year::new(before.year.unwrap().get() + 2).ok();
    let checked = Series::new([&before, &after]).unwrap().check();
    assert!(checked.findings.is_empty());
    assert!(checked.not_evaluated.iter().all(|(.., reason)| *reason == LinkReason::NoReportBefore));
    assert_eq!(checked.not_evaluated.len(), LINKS.len());
    let year = before.year.unwrap();
    assert_eq!(Series::new([&before, &before]).unwrap_err(), SeriesError::Twice { year });
    after.year = None;
    assert_eq!(Series::new([&before, &after]).unwrap_err(), SeriesError::NoYear { number: 2 });
}

#[test]
fn a_region_is_the_sum_of_its_parts_where_all_are_accounted_for() {
    let part = common::small(Layout::Edition2021);
    let mut whole = rule_book::zeros(Layout::Edition2021);
    for entry in Layout::Edition2021.cells().iter().filter(|entry| entry.kind() == ogi_report::Kind::Count) {
        print(&mut whole, entry.path(), 2 * count(&part, entry.path()));
    }
    let region = |whole: &'static PublishedReport, more: Vec<Member<'static>>| {
        more.into_iter().fold(Region::new(whole), Region::with)
    };
    let (part, whole): (&'static PublishedReport, &'static PublishedReport) =
        (Box::leak(Box::new(part)), Box::leak(Box::new(whole)));
    let two = || {
        vec![
            Member::new("甲局", Coverage::Reported(part)),
            Member::new("乙局", Coverage::Reported(part)),
            Member::new("丙局", Coverage::MergedInto("乙局".to_owned())),
            Member::new("丁局", Coverage::Abolished),
            Member::new("戊所", Coverage::Inside("甲局".to_owned())),
        ]
    };
    assert!(region(whole, two()).check().is_empty());
    assert!(region(whole, two()).sums().iter().all(|sum| sum.bound == Bound::Exact && sum.region == Some(sum.least)));

    // One cell more: just that cell, and nobody explains it.
    let path = "requests.outcomes.disclosed.other";
    let mut wrong = whole.clone();
    print(&mut wrong, path, 2 * count(part, path) + 1);
    let wrong: &'static PublishedReport = Box::leak(Box::new(wrong));
    let found = region(wrong, two()).check();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code(), found[0].difference(), found[0].sum.cell.path()), ("rollup-sum", 1, path));
    assert_eq!(found[0].severity, Severity::Error);

    // One report short: a bound, which holds; whoever is missing could explain what is not there.
    let missing = vec![Member::new("甲局", Coverage::Reported(part)), Member::new("乙局", Coverage::Missing)];
    assert!(region(whole, missing.clone()).check().is_empty());
    let mut less = whole.clone();
    print(&mut less, "requests.received.total", count(part, "requests.received.total") - 1);
    let less: &'static PublishedReport = Box::leak(Box::new(less));
    let found = region(less, missing).check();
    assert_eq!((found.len(), found[0].code(), found[0].severity), (1, "rollup-bound", Severity::Warning));
    assert_eq!(found[0].explained_by, ["乙局"]);

    // A part left out of the region is named by its count.
    let found = region(part, two()).check();
    assert!(!found.is_empty() && found.iter().all(|finding| finding.explained_by == ["甲局", "乙局"]));

    // Two reports of one agency that differ leave the sum open.
    let twice = vec![Member::new("甲局", Coverage::Twice(part, whole)), Member::new("乙局", Coverage::Reported(part))];
    assert!(region(whole, twice).check().is_empty());
}
