//! The runner of the conformance kit for this crate: a `published-report` a line on standard input, what fails and what is
//! not evaluated a line on standard output.
//!
//! `python3 schema/conformance/run.py cargo run --quiet --features export --example answer_reports`

use std::error::Error;
use std::io::{self, BufRead, Write};

use ogi_report::{PublishedReport, RULES, export};

fn main() -> Result<(), Box<dyn Error>> {
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let report = PublishedReport::from_json(line?.as_bytes())?;
        let findings = export::expected(&report).findings;
        writeln!(out, "{}", serde_json::json!({ "rules": rules, "findings": findings }))?;
    }
    Ok(())
}
