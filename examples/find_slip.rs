//! Which figure is most likely wrong: `cargo run --example find_slip -- PAGE`. Without a page it seeds a slip of its own.

use std::error::Error;
use std::process::ExitCode;

use ogi_report::{PublishedCell, PublishedReport, read};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let report = match std::env::args().nth(1) {
        Some(page) => read::any(&std::fs::read(page)?)?,
        None => example()?,
    };
    let causes = report.repair();
    if causes.is_empty() {
        println!("各项勾稽关系均成立。");
        return Ok(ExitCode::SUCCESS);
    }
    for (number, cause) in causes.iter().enumerate() {
        println!("第 {} 处：有 {} 条勾稽关系不成立", number + 1, cause.equations.len());
        if cause.proposals.is_empty() {
            println!("  需要更正的数字超过三格，无法推断。");
        }
        for proposal in &cause.proposals {
            println!("  可能 {}：", proposal.rank);
            for change in &proposal.changes {
                let slip = change.slip.map_or(String::new(), |slip| format!("（{}）", slip.zh()));
                let place = report.get(change.cell).and_then(|cell| cell.place());
                let place = place.map_or(String::new(), |place| format!("，位置 {place}"));
                println!("    {} 印作 {}，应为 {}{slip}{place}", change.cell.label(), change.printed, change.value);
            }
        }
        println!("  更正后，以下各式都成立：");
        for balance in &cause.equations {
            let labels: Vec<String> = balance.equation.left.iter().map(|cell| cell.label()).collect();
            println!("    {} …… {}", balance.rule.code, labels.join(" + "));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The example page with one digit of a figure left out.
fn example() -> Result<PublishedReport, Box<dyn Error>> {
    let mut report = read::text(include_str!("data/department-2024.txt"))?;
    report.set("requests.outcomes.disclosed.natural_person".parse()?, PublishedCell::read("1"))?;
    Ok(report)
}
