//! Two years of one agency: `cargo run --example compare_years -- EARLIER LATER`. Without pages it makes two of its own.

use std::error::Error;

use ogi_report::series::{LinkedCell, Series};
use ogi_report::{PublishedCell, PublishedReport, Year, read};

fn main() -> Result<(), Box<dyn Error>> {
    let pages: Vec<String> = std::env::args().skip(1).collect();
    let reports = if pages.is_empty() {
        example()?
    } else {
        pages.iter().map(|page| Ok(read::any(&std::fs::read(page)?)?)).collect::<Result<_, Box<dyn Error>>>()?
    };
    let checked = Series::new(&reports)?.check();
    let cells = |cells: &[LinkedCell]| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("{} {}", cell.cell.label(), cell.printed)).collect();
        cells.join("，")
    };
    for finding in &checked.findings {
        println!("{}：{}", finding.severity.zh(), finding.link.zh);
        println!("  {} 年度：{}", finding.year, cells(&finding.now));
        println!("  上一年度：{}", cells(&finding.before));
        println!("  相差 {}", finding.found - finding.expected);
    }
    for (link, year, _) in &checked.not_evaluated {
        println!("{year} 年度未核对：{}", link.zh);
    }
    println!("{} 处不衔接", checked.findings.len());
    Ok(())
}

/// The example page, and a year after it in which one request was forgotten.
fn example() -> Result<Vec<PublishedReport>, Box<dyn Error>> {
    let before = read::text(include_str!("data/department-2024.txt"))?;
    let mut after = before.clone();
    after.year = Some(Year::new(2025)?);
    after.set("requests.carried_in.natural_person".parse()?, PublishedCell::read("1"))?;
    Ok(vec![before, after])
}
