//! Writes reports, right and wrong, with what this crate answers and what CEL answers: `parity COUNT FOLDER`.
//!
//! Into the folder go `reports.jsonl`, `rust.jsonl`, `cel.jsonl` (a line `{report: {"rule cells": verdict}}` each), and the
//! tables `reports.csv`, `cells.csv`, `wide.csv`; into `years/` those of series and regions. The reports are the same each time.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use cel::{Context, Program, Value};
use ogi_report::Verdict;
use ogi_report::export::tables::Table;
use ogi_report::export::{self, Claim, Leaves};
use ogi_report::rollup::{Coverage, Region};
use ogi_report::{
    Agency, AgencyKind, AmountUnit, CsvText, Kind, Layout, PublishedCell, PublishedReport, Scope, Source, SourceKind,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().ok_or("how many reports?")?.parse()?;
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    fs::create_dir_all(&folder)?;
    let reports = reports(count);
    let named: Vec<(String, PublishedReport)> =
        reports.into_iter().enumerate().map(|(number, report)| (format!("r{number:05}"), report)).collect();
    let expressions: BTreeMap<&str, Vec<(Vec<&str>, Vec<String>, Program)>> = Layout::newest_first()
        .map(|layout| Ok((layout.name(), compiled(layout)?)))
        .collect::<Result<_, Box<dyn Error>>>()?;
    let (mut lines, mut rust, mut cel) = (String::new(), String::new(), String::new());
    for (name, report) in &named {
        let document = serde_json::to_value(report)?;
        lines += &format!("{document}\n");
        let travels = report.verdicts().into_iter().filter(|(assertion, _)| assertion.claim != Claim::Words);
        let verdicts: BTreeMap<String, Verdict> = travels
            .map(|(assertion, verdict)| {
                let cells: Vec<&str> = assertion.cells().into_iter().map(ogi_report::Cell::path).collect();
                (format!("{} {}", assertion.rule.code, cells.join(" ")), verdict)
            })
            .collect();
        rust += &format!("{}\n", serde_json::json!({ name: verdicts }));
        let mut answers = BTreeMap::new();
        for (path, keys, program) in &expressions[report.layout().name()] {
            let node = path.iter().fold(&document, |node, key| &node[*key]);
            let mut context = Context::default();
            context.add_variable("self", node.clone())?;
            let answer = match program.execute(&context) {
                Ok(Value::String(answer)) => answer.to_string(),
                other => format!("{other:?}"),
            };
            answers.extend(keys.iter().map(|key| (key.clone(), answer.clone())));
        }
        cel += &format!("{}\n", serde_json::json!({ name: answers }));
    }
    let tables = || named.iter().map(|(name, report)| (name.as_str(), report));
    for table in [Table::Reports, Table::Cells, Table::Wide] {
        table.write(&mut fs::File::create(folder.join(format!("{}.csv", table.name())))?, tables(), CsvText::Exact)?;
    }
    fs::write(folder.join("reports.jsonl"), lines)?;
    fs::write(folder.join("rust.jsonl"), rust)?;
    fs::write(folder.join("cel.jsonl"), cel)?;
    years_and_regions(&named, &folder.join("years"))
}

/// The same reports as those of agencies over three years, and of regions with their parts: `reports.csv`, `cells.csv`,
/// `members.csv`, and what this crate answers: `continuity.json`, `rollup.json`.
fn years_and_regions(named: &[(String, PublishedReport)], folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let mut reports: Vec<(String, PublishedReport)> = Vec::new();
    let (mut continuity, mut rollup) = (BTreeMap::new(), BTreeMap::new());
    let mut members = String::from("region,report,complete\n");
    for (number, three) in named.chunks_exact(3).take(100).enumerate() {
        // All of one name: only the code tells them apart.
        let agency = Agency { division_code: Some(format!("33{number:04}").parse()?), ..Agency::named("教育局") };
        let agency_key = agency.key().unwrap_or_default();
        let of_year = |(back, (name, report)): (u16, &(String, PublishedReport))| {
            let mut report = report.clone();
            report.facts.year = ogi_report::Year::new(2022 + back).ok();
            report.facts.agency = Some(agency.clone());
            (name.clone(), report)
        };
        let mut three: Vec<(String, PublishedReport)> = (0..3).zip(three).map(of_year).collect();
        for (turn, (_, report)) in three.iter_mut().enumerate() {
            let amounts = report.layout().cells().iter().filter(|entry| entry.kind() == Kind::Amount);
            for entry in amounts {
                let _ = report.set(entry.cell(), PublishedCell::read(MONEY[(number * 5 + turn * 3) % MONEY.len()]));
            }
            report.facts.scope = [Scope::Own, Scope::Own, Scope::Regional, Scope::Unknown][(number + turn) % 4];
        }
        for pair in three.windows(2) {
            let [(_, before), (_, now)] = pair else { continue };
            let year = now.facts.year.map_or(0, ogi_report::Year::get);
            for export::YearsVerdict { rule, cells, severity, verdict, .. } in export::verdicts_of_years(before, now)? {
                let cells: Vec<&str> = cells.iter().map(|cell| cell.path()).collect();
                let names = format!("{agency_key} {} {year}", agency.name);
                let key = format!("{names} {} {} {}", rule.code, cells.join(" "), severity.name());
                continuity.insert(key, verdict.name());
            }
        }
        let complete = number % 2 == 0;
        // A region and its parts are of one year, and of one edition.
        let edition = three[0].1.layout().edition();
        let in_year = |(name, report): &(String, PublishedReport)| {
            let mut report = report.clone();
            (report.facts.year, report.facts.agency) = (three[0].1.facts.year, None);
            (name.clone(), report)
        };
        let parts: Vec<(String, PublishedReport)> =
            three[1..].iter().filter(|(_, report)| report.layout().edition() == edition).map(in_year).collect();
        let mut agencies: Vec<(String, Coverage)> = Vec::new();
        for (name, report) in &parts {
            agencies.push((name.clone(), Coverage::Reported(report)));
            members += &format!("{},{name},{}\n", three[0].0, u8::from(complete));
        }
        if !complete {
            agencies.push(("缺".to_owned(), Coverage::Missing));
        }
        if !parts.is_empty() {
            let region = Region::new(&three[0].1, agencies)?;
            for (rule, cell, verdict) in region.verdicts() {
                rollup.insert(format!("{} {} {}", three[0].0, rule.code, cell.path()), verdict.name());
            }
        }
        reports.extend(three);
    }
    let tables = || reports.iter().map(|(name, report)| (name.as_str(), report));
    for table in [Table::Reports, Table::Cells] {
        table.write(&mut fs::File::create(folder.join(format!("{}.csv", table.name())))?, tables(), CsvText::Exact)?;
    }
    fs::write(folder.join("members.csv"), members)?;
    fs::write(folder.join("continuity.json"), serde_json::to_string(&continuity)?)?;
    fs::write(folder.join("rollup.json"), serde_json::to_string(&rollup)?)?;
    Ok(())
}

/// The expressions of a layout: the node, the assertion, the program.
type Compiled = Vec<(Vec<&'static str>, Vec<String>, Program)>;

fn compiled(layout: Layout) -> Result<Compiled, Box<dyn Error>> {
    let mut programs = Vec::new();
    for node in export::cel(layout, Leaves::Cells) {
        let prefix: String = node.path.iter().map(|key| format!("{key}.")).collect();
        for expression in node.expressions {
            let cells: Vec<String> = expression.cells.iter().map(|cell| format!("{prefix}{cell}")).collect();
            let key = format!("{} {}", expression.rule, cells.join(" "));
            programs.push((node.path.clone(), vec![key], Program::compile(&expression.cel)?));
        }
    }
    Ok(programs)
}

/// The reports of the kit, and what becomes of them by a few changes drawn by a fixed sequence.
fn reports(count: usize) -> Vec<PublishedReport> {
    let kit: Vec<PublishedReport> = export::cases().iter().filter_map(export::Case::report).cloned().collect();
    let mut reports = kit.clone();
    let mut draw = Draw(0x2545_f491_4f6c_dd1d);
    while reports.len() < count {
        let mut report = kit[draw.below(kit.len())].clone();
        for _ in 0..draw.below(6) {
            change(&mut report, &mut draw);
        }
        reports.push(report);
    }
    reports.truncate(count.max(kit.len()));
    reports
}

const PRINTED: [&str; 16] = [
    "",
    "/",
    "—",
    "0",
    "1",
    "7",
    "12",
    "1,234",
    "-5",
    "+2",
    "3.5",
    "12件",
    "22（其中修订 16 件）",
    "5元",
    "9007199254740991",
    "乱",
];

/// Amounts that are the same, many times more, or many times more because of the unit.
const MONEY: [&str; 13] = [
    "0",
    "",
    "26",
    "260000",
    "251000元",
    "26万元",
    "26元",
    "251000",
    "0.0026",
    "130000万元",
    "13.5",
    "/",
    "12.1234567",
];

fn change(report: &mut PublishedReport, draw: &mut Draw) {
    let cells = report.layout().cells();
    let cell = cells[draw.below(cells.len())].cell();
    match draw.below(12) {
        0 => report.facts.year = ogi_report::Year::new([2019, 2020, 2021, 2024][draw.below(4)]).ok(),
        1 => {
            report.facts.published_on =
                ogi_report::Date::new(2020 + draw.below(7) as u16, 1 + draw.below(4) as u8, 31).ok()
        }
        2 => report.facts.agency = None,
        3 => {
            if let Some(agency) = &mut report.facts.agency {
                agency.kind = Some(AgencyKind::ALL[draw.below(AgencyKind::ALL.len())]);
            }
        }
        4 => {
            let kind = SourceKind::ALL[draw.below(SourceKind::ALL.len())];
            report.facts.evidence.agency_kind = Some(Source { kind, words: "局".to_owned(), place: None });
        }
        5 => report.facts.published_on = None,
        _ => {
            let found = PublishedCell::read(PRINTED[draw.below(PRINTED.len())]);
            let found = if draw.below(9) == 0 { found.in_unit(AmountUnit::Yuan) } else { found };
            let _ = report.set(cell, found);
        }
    }
}

/// A sequence that is the same each time (xorshift).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
