//! A region and its parts: `cargo run --example roll_up_region -- REGION PART...`. Without pages it makes some of its own.

use std::error::Error;

use ogi_report::rollup::{Coverage, Region};
use ogi_report::{Agency, Language, Layout, PublishedCell, PublishedReport, read, showable};

fn main() -> Result<(), Box<dyn Error>> {
    let pages: Vec<String> = std::env::args().skip(1).collect();
    let reports = if pages.is_empty() {
        example()?
    } else {
        pages.iter().map(|page| Ok(read::any(&std::fs::read(page)?)?)).collect::<Result<_, Box<dyn Error>>>()?
    };
    let Some((whole, parts)) = reports.split_first() else { return Ok(()) };
    let name = |report: &PublishedReport| report.facts.agency.as_ref().map(|of| of.name.clone());
    let mut members: Vec<(String, Coverage)> = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let name = name(part).unwrap_or_else(|| format!("第 {} 份报告", number + 1));
        members.push((name, Coverage::Reported(part)));
    }
    // In the example one agency has no report of its own: that of another covers it.
    if pages.is_empty() {
        members.push(("示例市河湖中心".to_owned(), Coverage::Inside("示例市水利局".to_owned())));
    }
    let agencies = members.len();
    let region = Region::new(whole, members)?;
    println!("{}：{} 个机关", showable(&name(whole).unwrap_or_default()), agencies);
    let checked = region.check();
    let compared = |code| checked.passes_of(code) + checked.findings_of(code).count();
    println!("{} 格与合计比对，{} 格与下限比对", compared("rollup-sum"), compared("rollup-bound"));
    for finding in &checked.findings {
        println!("{}：{}", finding.severity.label(Language::Chinese), finding.message(Language::Chinese));
    }
    for open in &checked.not_evaluated {
        let cells: Vec<String> = open.cells.iter().map(|cell| cell.label()).collect();
        println!("未核对：{}（{}）", cells.join("、"), open.reason.message(Language::Chinese));
    }
    Ok(())
}

/// A city with three departments, two of which it forgot.
fn example() -> Result<Vec<PublishedReport>, Box<dyn Error>> {
    let part = |name: &str, received: &str| -> Result<PublishedReport, Box<dyn Error>> {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        report.facts.agency = Some(Agency::named(name));
        report.set("requests.received.natural_person".parse()?, PublishedCell::read(received))?;
        Ok(report)
    };
    Ok(vec![
        part("示例市人民政府", "12")?,
        part("示例市水利局", "12")?,
        part("示例市数据局", "5")?,
        part("示例市交通局", "2")?,
    ])
}
