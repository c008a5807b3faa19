//! Two years of one agency, or two versions of one year: `cargo run --example compare_years -- EARLIER LATER`. Without pages it
//! makes two years of its own.

use std::error::Error;

use ogi_report::finding::Reason;
use ogi_report::{Language, PublishedCell, PublishedReport, Year, read, showable};
use ogi_report::{revision, series};

fn main() -> Result<(), Box<dyn Error>> {
    let pages: Vec<String> = std::env::args().skip(1).collect();
    let reports = if pages.is_empty() {
        example()?
    } else {
        pages.iter().map(|page| Ok(read::any(&std::fs::read(page)?)?)).collect::<Result<_, Box<dyn Error>>>()?
    };
    if let [earlier, later] = &reports[..]
        && earlier.facts.year.is_some()
        && earlier.facts.year == later.facts.year
    {
        print!("{}", revision::compare(earlier, later)?.message(Language::Chinese));
        return Ok(());
    }
    let mut checked = series::check(&reports)?;
    // What the agency says stands beside its finding and takes nothing away.
    if pages.is_empty() {
        let cell = "requests.carried_in.total".parse()?;
        checked.annotate("continuity-carry-over", Year::new(2025)?, Some(cell), "总计漏填，将更正");
    }
    for finding in &checked.findings {
        let place = finding.place.as_ref().map_or(String::new(), |place| format!("（{place}）"));
        println!(
            "{}{}：{}",
            finding.severity.label(Language::Chinese),
            showable(&place),
            finding.message(Language::Chinese)
        );
    }
    for open in checked.not_evaluated.iter().filter(|open| open.reason != Reason::OtherEdition) {
        println!("{}", open.message(Language::Chinese));
    }
    println!("{} 处不衔接", checked.findings.len());
    Ok(())
}

/// The example page, and a year after it in which what was carried over is left out of the total.
fn example() -> Result<Vec<PublishedReport>, Box<dyn Error>> {
    let before = read::text(include_str!("data/department-2024.txt"))?;
    let mut after = before.clone();
    after.facts.year = Some(Year::new(2025)?);
    after.set("requests.carried_in.natural_person".parse()?, PublishedCell::read("1"))?;
    Ok(vec![before, after])
}
