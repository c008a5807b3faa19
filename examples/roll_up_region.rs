//! A region and its parts: `cargo run --example roll_up_region -- REGION PART...`. Without pages it makes some of its own.

use std::error::Error;

use ogi_report::rollup::{Bound, Coverage, Member, Region};
use ogi_report::{PublishedCell, PublishedReport, read, rule_book};

fn main() -> Result<(), Box<dyn Error>> {
    let pages: Vec<String> = std::env::args().skip(1).collect();
    let reports = if pages.is_empty() {
        example()?
    } else {
        pages.iter().map(|page| Ok(read::any(&std::fs::read(page)?)?)).collect::<Result<_, Box<dyn Error>>>()?
    };
    let Some((whole, parts)) = reports.split_first() else { return Ok(()) };
    let name =
        |report: &PublishedReport| report.agency.as_ref().map_or("（未知）".to_owned(), |of| of.name.clone());
    let mut region = Region::new(whole);
    for part in parts {
        region = region.with(Member::new(name(part), Coverage::Reported(part)));
    }
    // In the example one agency did not report.
    if pages.is_empty() {
        region = region.with(Member::new("示例市交通局", Coverage::Missing));
    }
    let exact = region.sums().iter().filter(|sum| sum.bound == Bound::Exact).count();
    println!("{}：{} 个机关，{exact} 格可与合计比对，其余只能比对下限", name(whole), region.members().len());
    for finding in region.check() {
        let sign = if finding.sum.bound == Bound::Exact { "应为" } else { "不应小于" };
        println!(
            "{}：{} 为 {}，{sign} {}",
            finding.severity.zh(),
            finding.sum.cell.label(),
            finding.region,
            finding.sum.least
        );
        if !finding.explained_by.is_empty() {
            println!("  可能与此有关：{}", finding.explained_by.join("、"));
        }
    }
    Ok(())
}

/// A city with two departments, one of whose requests it forgot.
fn example() -> Result<Vec<PublishedReport>, Box<dyn Error>> {
    let part = |name: &str, received: &str| -> Result<PublishedReport, Box<dyn Error>> {
        let mut report = rule_book::zeros(ogi_report::Layout::Edition2021);
        report.agency = Some(ogi_report::Agency::named(name));
        report.set("requests.received.natural_person".parse()?, PublishedCell::read(received))?;
        Ok(report)
    };
    Ok(vec![part("示例市人民政府", "12")?, part("示例市水利局", "12")?, part("示例市数据局", "5")?])
}
