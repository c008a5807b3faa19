//! What each stage costs, as a ratio to `serde_json` into derived structs of the same document without any check, in one
//! run. Each round times every stage once, so that a busy machine slows all of them; the median of the rounds is told.

mod bare;
mod page;

use std::hint::black_box;
use std::ops::ControlFlow;
use std::time::Instant;

use ogi_report::{AnnualReport, Facts, PublishedReport, stream};
use serde_json::Value;

/// A stage: what it is called, the stage that is 1 for it, how often it runs in a round, what it does.
struct Stage<'d> {
    name: &'static str,
    base: &'static str,
    runs: u32,
    work: Box<dyn Fn() + 'd>,
}

/// A stage whose result is dropped.
fn stage<'d, T>(name: &'static str, base: &'static str, runs: u32, work: impl Fn() -> T + 'd) -> Stage<'d> {
    Stage { name, base, runs, work: Box::new(move || drop(black_box(work()))) }
}

fn main() {
    // `cargo test` has one round of each stage.
    let rounds = if std::env::args().any(|argument| argument == "--bench") { 41 } else { 1 };
    let published = page::report();
    let annual = published.accept().unwrap();
    let parts = annual.to_parts().unwrap();
    let mut bare_facts = published.clone();
    bare_facts.facts = Facts::new(annual.title(), annual.year(), annual.agency().into_inner().clone());
    let (json, document) = (compact(&annual.to_json()), compact(&published.to_json()));
    let (values, cells) = (serde_json::to_value(&annual).unwrap(), serde_json::to_value(&published).unwrap());
    let wrong = json.replacen("\"natural_person\":2", "\"natural_person\":3", 1);
    let misspelt = json.replacen("\"natural_person\"", "\"natural_persons\"", 1);
    let cut = &json[..json.len() - 1];
    let read = |json: &str| AnnualReport::from_json(black_box(json.as_bytes())).unwrap();
    let refuse = |json: &str| AnnualReport::from_json(black_box(json.as_bytes())).unwrap_err();
    let from_cells = |json: &str| PublishedReport::from_json(black_box(json.as_bytes())).unwrap();
    let (bare, tree) = ("bare: annual-report into structs", "bare: published-report into a Value");
    let (out, out_cells) = ("bare: a Value to annual-report", "bare: a Value to published-report");
    let good = "AnnualReport::from_json";
    // One record of twenty is wrong.
    let records = [[json.as_str(); 19].join("\n"), wrong.clone()].join("\n");
    let records = [records.as_str(); 20].join("\n");
    let of_records = "bare: 400 records, 5 % of them wrong";
    let lines = || stream::lines(black_box(records.as_bytes()));
    let go_on = |_: &stream::Progress, result| {
        let _ = black_box(result);
        ControlFlow::Continue(())
    };
    let all_read = |progress: stream::Progress| assert_eq!((progress.documents, progress.failed), (400, 20));
    run(
        &[
            stage(bare, bare, 40, || serde_json::from_slice::<bare::Report>(black_box(json.as_bytes())).unwrap()),
            stage(tree, tree, 10, || serde_json::from_slice::<Value>(black_box(document.as_bytes())).unwrap()),
            stage(good, bare, 40, || read(&json)),
            stage("AnnualReport::from_json, refused", good, 10, || refuse(&wrong)),
            stage("AnnualReport::from_json, a key misspelt", good, 10, || refuse(&misspelt)),
            stage("AnnualReport::from_json, the last brace missing", good, 10, || refuse(cut)),
            stage("PublishedReport::from_json, annual-report", bare, 20, || from_cells(&json)),
            stage("PublishedReport::from_json", tree, 10, || from_cells(&document)),
            stage("AnnualReport::new", bare, 40, || AnnualReport::new(parts.clone()).unwrap()),
            stage("PublishedReport::accept", bare, 10, || published.accept().unwrap()),
            stage("PublishedReport::check", bare, 10, || black_box(&published).check()),
            stage("PublishedReport::check, no prose", bare, 10, || black_box(&bare_facts).check()),
            stage("PublishedReport::arithmetic_holds", bare, 400, || black_box(&published).arithmetic_holds()),
            stage(of_records, of_records, 1, || {
                records.lines().filter(|line| serde_json::from_slice::<bare::Report>(line.as_bytes()).is_ok()).count()
            }),
            stage("stream: the same", of_records, 1, || {
                all_read(stream::run(lines(), |input| input.annual_report(), go_on))
            }),
            stage("stream: the same, on all cores", of_records, 1, || {
                all_read(stream::run_parallel(lines(), |input| input.annual_report(), go_on));
            }),
            stage(out, out, 20, || serde_json::to_string_pretty(black_box(&values)).unwrap()),
            stage("AnnualReport::to_json", out, 20, || annual.to_json()),
            stage(out_cells, out_cells, 20, || serde_json::to_string_pretty(black_box(&cells)).unwrap()),
            stage("PublishedReport::to_json", out_cells, 20, || published.to_json()),
        ],
        rounds,
    );
}

fn compact(json: &str) -> String {
    serde_json::from_str::<Value>(json).unwrap().to_string()
}

fn run(stages: &[Stage<'_>], rounds: usize) {
    let mut times: Vec<Vec<f64>> = stages.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (stage, times) in stages.iter().zip(&mut times) {
            let start = Instant::now();
            (0..stage.runs).for_each(|_| (stage.work)());
            times.push(start.elapsed().as_secs_f64() / f64::from(stage.runs));
        }
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!("{:>8} {:>10}  stage", "ratio", "µs");
    for (stage, own) in stages.iter().zip(&times) {
        let base = stages.iter().position(|base| base.name == stage.base).unwrap();
        let ratios = own.iter().zip(&times[base]).map(|(own, base)| own / base).collect();
        println!("{:>8.2} {:>10.1}  {}", median(ratios), median(own.clone()) * 1e6, stage.name);
    }
}
