//! Writes reports with one to three wrong figures, two of three also with up to 40 blanks, and the sets of cells that this
//! crate proposes: `slips COUNT`.
//!
//! A line each: `{"counts": {path: count or null}, "equations": [{"left": [path], "right": [path]}], "complete": bool,
//! "sets": [[path]]}`, for table two. What the crate splits into several causes is multiplied out.

use std::collections::BTreeMap;
use std::error::Error;

use ogi_report::Balance;
use ogi_report::{Cell, PublishedCell, PublishedReport, export};

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = std::env::args().nth(1).ok_or("how many reports?")?.parse()?;
    let right: Vec<PublishedReport> = export::cases()
        .into_iter()
        .filter(|case| case.name.ends_with(".right") || case.name.ends_with(".zeros"))
        .filter_map(|case| case.report().cloned())
        .collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    for number in 0..count {
        let mut report = right[number % right.len()].clone();
        let cells: Vec<Cell> = report
            .layout()
            .cells()
            .iter()
            .map(|entry| entry.cell())
            .filter(|cell| cell.path().starts_with("requests."))
            .collect();
        let slips = 1 + below(3);
        for _ in 0..slips {
            let cell = cells[below(cells.len())];
            // Small figures make sets that are equally good.
            let most = [3, 20, 2000][below(3)];
            let printed = below(most).to_string();
            report.set(cell, PublishedCell::read(&printed))?;
        }
        // Of each third report few are blank, of another third up to 40.
        for _ in 0..[0, below(4) + 1, below(40) + 1][number % 3] {
            report.set(cells[below(cells.len())], PublishedCell::read(""))?;
        }
        let counts: BTreeMap<&str, Option<i64>> = cells
            .iter()
            .map(|cell| (cell.path(), report.get(*cell).and_then(|found| found.number()?.whole())))
            .collect();
        let paths = |cells: &[Cell]| cells.iter().map(|cell| cell.path()).collect::<Vec<_>>();
        let equations: Vec<_> = Balance::all(report.layout())
            .iter()
            .filter(|balance| balance.rule.code.starts_with("requests-"))
            .map(|balance| serde_json::json!({ "left": paths(balance.left()), "right": paths(balance.right()) }))
            .collect();
        let causes = report.repair();
        let mut sets: Vec<Vec<&str>> = Vec::new();
        if !causes.is_empty() {
            sets.push(Vec::new());
        }
        for cause in &causes {
            let with = |set: &Vec<&'static str>| {
                let set = set.clone();
                cause.proposals.iter().map(move |proposal| {
                    set.iter().copied().chain(proposal.changes.iter().map(|change| change.cell.path())).collect()
                })
            };
            sets = sets.iter().flat_map(with).collect();
        }
        let complete = causes.iter().all(|cause| cause.complete);
        println!(
            "{}",
            serde_json::json!({ "counts": counts, "equations": equations, "complete": complete, "sets": sets })
        );
    }
    Ok(())
}
