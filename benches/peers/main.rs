//! The records that all peers read, and what this crate and `serde_json` take for them: `peers FILE COUNT` writes COUNT
//! records of about 12.7 KB to FILE, one of twenty wrong, and prints a line of JSON for each of its own stages: the name, the
//! seconds of the fastest of five rounds, how many records were taken for right.

#[path = "../bare.rs"]
mod bare;
#[path = "../page.rs"]
mod page;

use std::ops::ControlFlow;
use std::time::Instant;

use ogi_report::stream::{self, Input};
use ogi_report::{AnnualReport, Severity};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, count] = arguments.as_slice() else { return Err("usage: peers FILE COUNT".into()) };
    let right = serde_json::to_string(&page::report().accept()?)?;
    // A total that is one more than its parts.
    let wrong = right.replacen("\"natural_person\":10", "\"natural_person\":11", 1);
    assert!(AnnualReport::from_json(right.as_bytes()).is_ok() && AnnualReport::from_json(wrong.as_bytes()).is_err());
    let line = |number: usize| if number % 20 == 19 { &wrong } else { &right };
    let records: String = (0..count.parse()?).map(|number| line(number).clone() + "\n").collect();
    std::fs::write(file, &records)?;

    timed("serde_json, no checks", || {
        records.lines().filter(|line| serde_json::from_slice::<bare::Report>(line.as_bytes()).is_ok()).count()
    });
    timed("ogi-report, AnnualReport", || run(&records, |input| Ok(input.annual_report().is_ok())));
    timed("ogi-report, PublishedReport and every rule", || {
        run(&records, |input| {
            let checked = input.report()?.check();
            Ok(checked.findings.iter().all(|finding| finding.severity != Severity::Error))
        })
    });
    Ok(())
}

/// How many records of a stream hold.
fn run(records: &str, work: impl Fn(Input) -> Result<bool, stream::Failed>) -> usize {
    let mut right = 0;
    stream::run(stream::lines(records.as_bytes()), work, |_, result| {
        right += usize::from(matches!(result, Ok(true)));
        ControlFlow::Continue(())
    });
    right
}

fn timed(name: &str, work: impl Fn() -> usize) {
    let mut best = f64::INFINITY;
    let mut right = 0;
    for _ in 0..5 {
        let start = Instant::now();
        right = work();
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{}", serde_json::json!({ "name": name, "seconds": best, "right": right }));
}
