//! How often each rule fails in many reports: `corpus FILE_OR_FOLDER…` reads pages of any kind, and JSON Lines from files named
//! `.jsonl`, and prints a line for each rule, those that fail most often first. What cannot be read is told at the end, and
//! stops nothing; if nothing can, it ends with 1. `--json` prints the rates as JSON, `--by-year` a table for each year.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use ogi_report::base_rates::{BaseRates, Group, Tally};
use ogi_report::read::Reader;
#[cfg(not(feature = "parallel"))]
use ogi_report::stream::run;
// All cores, where the feature is on.
#[cfg(feature = "parallel")]
use ogi_report::stream::run_parallel as run;
use ogi_report::stream::{self, Failed, Progress};
use ogi_report::{CheckReport, Language, PublishedReport, RULES, Year, showable};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (options, paths): (Vec<String>, Vec<String>) =
        arguments.into_iter().partition(|argument| argument.starts_with("--"));
    if paths.is_empty() || options.len() > 1 || options.iter().any(|option| option != "--json" && option != "--by-year")
    {
        return Err("usage: corpus [--json | --by-year] FILE_OR_FOLDER…".into());
    }
    let mut files = Vec::new();
    paths.iter().for_each(|path| add_files(Path::new(path), &mut files));
    files.sort();
    let (lines, pages): (Vec<PathBuf>, Vec<PathBuf>) =
        files.into_iter().partition(|file| file.extension().is_some_and(|ending| ending == "jsonl"));

    let mut rates = BaseRates::new();
    let mut failed: Vec<Failed> = Vec::new();
    let mut each = |_: &Progress, result: Result<(PublishedReport, CheckReport), Failed>| {
        match result {
            Ok((report, checked)) => rates.add(&report, &checked),
            Err(why) => failed.push(why),
        }
        ControlFlow::Continue(())
    };
    let reader = Reader::new();
    let checked = |report: PublishedReport| {
        let checked = report.check();
        (report, checked)
    };
    run(stream::files(pages), |input| input.page(&reader).map(checked), &mut each);
    let mut closed = Vec::new();
    for file in lines {
        let name = file.to_string_lossy().into_owned();
        match File::open(&file) {
            Ok(open) => {
                let lines = stream::lines(BufReader::new(open)).named(name);
                run(lines, |input| input.report().map(checked), &mut each);
            }
            Err(error) => closed.push(format!("{name}: {error}")),
        }
    }

    if options.iter().any(|option| option == "--json") {
        println!("{}", serde_json::to_string_pretty(&rates)?);
    } else if options.iter().any(|option| option == "--by-year") {
        let years: BTreeSet<Option<Year>> = rates.iter().map(|rate| rate.group.year).collect();
        for year in years {
            println!("{}", year.map_or("year not known".to_owned(), |year| year.to_string()));
            table(&rates, |group| group.year == year);
        }
    } else {
        table(&rates, |_| true);
    }
    failed.iter().for_each(|why| eprintln!("{}", why.message(Language::English)));
    closed.iter().for_each(|why| eprintln!("{}", showable(why)));
    if rates == BaseRates::new() { Err("no report was read".into()) } else { Ok(()) }
}

/// The files of a folder and of those in it; a link to a folder is not followed. What is no folder that can be opened is taken
/// for a file, and told when it cannot be read.
fn add_files(path: &Path, files: &mut Vec<PathBuf>) {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.filter_map(Result::ok).for_each(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => add_files(&entry.path(), files),
            _ => files.push(entry.path()),
        }),
        Err(_) => files.push(path.to_owned()),
    }
}

/// A line for each rule that was evaluated, those that fail most often first.
fn table(rates: &BaseRates, is_meant: impl Fn(&Group) -> bool) {
    let of_rule = |rule: &ogi_report::Rule| {
        let share = rates.share(rule.code, &is_meant)?;
        Some((rule.code, rates.tally(rule.code, &is_meant), share))
    };
    let mut lines: Vec<_> = RULES.iter().filter_map(of_rule).collect();
    lines.sort_by_key(|(code, _, share)| (*share, *code));
    println!("{:28} {:>8} {:>8} {:>8} {:>8}", "rule", "passed", "failed", "open", "share");
    for (code, Tally { passed, failed, not_evaluated, .. }, share) in lines.into_iter().rev() {
        println!("{code:28} {passed:>8} {failed:>8} {not_evaluated:>8} {:>8}", share.percent());
    }
}
