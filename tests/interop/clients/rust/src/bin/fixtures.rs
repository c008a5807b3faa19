//! Writes right instances of every document into `FOLDER/<document>/`: `fixtures FOLDER`.
//!
//! Reports of every edition and layout: right and wrong, with blanks, marks for "not applicable", remarks, places, notes,
//! amounts and prose; some by hand, some drawn at random, the same in every run. A report that breaks the rules is a right
//! instance of `published-report` all the same.

use std::fs;
use std::path::Path;

use ogi_report::number::LARGEST_COUNT;
use ogi_report::{Edition, Layout, PublishedReport, Rule};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

// The reports of the crate's own tests.
#[path = "../../../../../promises/common/mod.rs"]
mod common;

use common::{Facts, Leaves, amount, full, small};

/// How many reports of each document are drawn at random.
const DRAWN: usize = 12;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Fallible<()> {
    let folder = std::env::args().nth(1).ok_or("fixtures FOLDER")?;
    let folder = Path::new(&folder);
    for edition in Edition::all() {
        for (name, leaves) in annual(edition) {
            write(folder, &format!("annual-report.{edition}"), &name, &leaves.report().to_json())?;
        }
    }
    for layout in Layout::newest_first() {
        for (name, report) in published(layout)? {
            write(folder, &format!("published-report.{layout}"), &name, &report.to_json())?;
            write(folder, "findings", &format!("{layout}-{name}"), &report.check().to_json())?;
        }
    }
    // Over two years, and over a region and its parts.
    for page in Rule::all().filter(|rule| rule.second_example().is_some()) {
        let mut findings = page.findings_in(&page.wrong_example())?;
        for finding in &mut findings {
            finding.explanation = finding.year.map(|_| "上年漏计".to_owned());
        }
        let document = serde_json::json!({ "findings": findings, "not_evaluated": [] });
        write(folder, "findings", page.code, &document.to_string())?;
    }
    Ok(())
}

fn write(folder: &Path, document: &str, name: &str, text: &str) -> Fallible<()> {
    let folder = folder.join(document);
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join(format!("{name}.json")), text)?)
}

/// The same draws in every run.
fn draw<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>) -> impl Iterator<Item = (String, T)> {
    let mut runner = TestRunner::deterministic();
    (0..DRAWN).map(move |number| {
        let tree = strategy.new_tree(&mut runner).expect("a strategy that rejects nothing");
        (format!("drawn-{number:02}"), tree.current())
    })
}

fn annual(edition: Edition) -> Vec<(String, Leaves)> {
    let small = Leaves::small(edition.layout());
    let mut largest = small.clone();
    largest.article20[0] = LARGEST_COUNT;
    largest.amount = amount("999999999999999.999999");
    let full = Leaves { facts: Facts::full(edition), ..small.clone() };
    let mut all = vec![("full".to_owned(), full), ("largest".to_owned(), largest), ("small".to_owned(), small)];
    all.extend(draw(common::leaves(edition.layout())));
    all
}

fn published(layout: Layout) -> Fallible<Vec<(String, PublishedReport)>> {
    let mut wrong = small(layout);
    common::shift(&mut wrong, "requests.outcomes.total.total", 1);
    common::print(&mut wrong, "requests.received.natural_person", "9007199254740991");
    let mut marks = small(layout);
    for (number, entry) in layout.cells().iter().enumerate() {
        let printed = ["", "/", "—", "无", "待统计", "0件", "1,234"][number % 7];
        common::print(&mut marks, entry.path(), printed);
    }
    let named = [
        ("empty", PublishedReport::new(layout)),
        ("full", full(layout)),
        ("marks", marks.clone()),
        ("marks-as-zero", marks.with_blanks_as_zero()),
        ("small", small(layout)),
        ("wrong", wrong),
    ];
    let mut all: Vec<_> = named.into_iter().map(|(name, report)| (name.to_owned(), report)).collect();
    all.extend(draw(
        common::published_reports().prop_filter("of this layout", move |report| report.layout() == layout),
    ));
    Ok(all)
}
