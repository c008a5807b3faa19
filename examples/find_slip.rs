//! Which figure is most likely wrong: `cargo run --example find_slip -- PAGE`. Without a page it seeds a slip of its own.

use std::error::Error;
use std::process::ExitCode;

use ogi_report::{Language, PublishedCell, PublishedReport, read};

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
        println!("第 {} 处：{}", number + 1, cause.message(Language::Chinese));
    }
    Ok(ExitCode::SUCCESS)
}

/// The example page with one digit of a figure left out.
fn example() -> Result<PublishedReport, Box<dyn Error>> {
    let mut report = read::text(include_str!("data/department-2024.txt"))?;
    report.set("requests.outcomes.disclosed.natural_person".parse()?, PublishedCell::read("1"))?;
    Ok(report)
}
