//! The runner of the conformance kit for this crate: a case a line on standard input, a report, two years or a region with its
//! parts; what fails and what is not evaluated a line on standard output.
//!
//! `python3 schema/conformance/run.py cargo run --quiet --features export --example answer_reports`

use std::error::Error;
use std::io::{self, BufRead, Write};

use ogi_report::export::{self, Asked};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let asked = Asked::from_json(line?.as_bytes())?;
        let findings = export::expected(&asked)?.findings;
        let rules: Vec<&str> = asked.rules().collect();
        writeln!(out, "{}", serde_json::json!({ "rules": rules, "findings": findings }))?;
    }
    Ok(())
}
