//! Writes reports with one to three wrong figures, and the sets of cells that this crate proposes: `slips COUNT`.
//!
//! A line each: `{"counts": {path: count}, "equations": [{"left": [path], "right": [path]}], "sets": [[path]]}`, for table two.

use std::collections::BTreeMap;
use std::error::Error;

use ogi_report::rule::Balance;
use ogi_report::{Cell, PublishedCell, PublishedReport, portable};

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = std::env::args().nth(1).ok_or("how many reports?")?.parse()?;
    let right: Vec<PublishedReport> = portable::cases()
        .into_iter()
        .filter(|case| case.name.ends_with(".right") || case.name.ends_with(".zeros"))
        .map(|case| case.report)
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
        let counts: BTreeMap<&str, i64> = cells
            .iter()
            .map(|cell| (cell.path(), report.get(*cell).and_then(|found| found.number()?.whole()).unwrap_or(0)))
            .collect();
        let paths = |cells: &[Cell]| cells.iter().map(|cell| cell.path()).collect::<Vec<_>>();
        let equations: Vec<_> = Balance::all(report.layout())
            .iter()
            .filter(|balance| balance.rule.code.starts_with("requests-"))
            .map(|balance| {
                serde_json::json!({ "left": paths(&balance.equation.left), "right": paths(&balance.equation.right) })
            })
            .collect();
        let sets: Vec<Vec<&str>> = report
            .repair()
            .iter()
            .flat_map(|cause| &cause.proposals)
            .map(|proposal| proposal.changes.iter().map(|change| change.cell.path()).collect())
            .collect();
        println!("{}", serde_json::json!({ "counts": counts, "equations": equations, "sets": sets }));
    }
    Ok(())
}
