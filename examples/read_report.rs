//! Reads a report and says what is wrong with it: `cargo run --example read_report -- FILE`.
//!
//! `FILE` is page text, a CSV of cells or JSON, with the feature `html` a web page, with `office` a Word document or a
//! workbook; `-` is standard input. Prints a summary for people, or with `--cells` the
//! cells as CSV, guarded for a spreadsheet program, with `--json` the document `published-report`, with `--findings json` the findings.
//!
//! Exits with 0 if there is no finding of severity *error*, 1 if there is, 2 if nothing could be read.

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use ogi_report::{read, showable};

const USAGE: &str = "usage: read_report [--cells | --json | --findings json] FILE|-";

enum Output {
    Summary,
    Cells,
    Json,
    Findings,
}

fn main() -> ExitCode {
    match run() {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(1),
        Err(error) => {
            let _ = writeln!(io::stderr(), "read_report: {}", showable(&error.to_string()));
            ExitCode::from(2)
        }
    }
}

/// Whether the report has errors.
fn run() -> Result<bool, Box<dyn Error>> {
    let (output, file) = arguments(std::env::args_os().skip(1)).ok_or(USAGE)?;
    let name = file.to_string_lossy();
    let bytes = bytes(&file).map_err(|error| format!("{name}: {error}"))?;
    let report = read::any(&bytes).map_err(|error| format!("{name}: {error}"))?;
    let checked = report.check();
    let text = match output {
        Output::Summary => match std::str::from_utf8(&bytes) {
            // Places in a web page or in JSON are not those of its own lines.
            Ok(source) if read::text(source).as_ref() == Ok(&report) => report.summary_with_source(&checked, source),
            _ => report.summary(&checked),
        },
        Output::Cells => report.to_cells_csv(),
        Output::Json => report.to_json(),
        Output::Findings => checked.to_json(),
    };
    let mut stdout = io::stdout().lock();
    match writeln!(stdout, "{}", text.trim_end_matches('\n')).and_then(|()| stdout.flush()) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    Ok(checked.has_errors())
}

fn arguments(mut arguments: impl Iterator<Item = OsString>) -> Option<(Output, OsString)> {
    let (mut output, mut file) = (None, None);
    while let Some(argument) = arguments.next() {
        let flag = match argument.to_str() {
            Some("--cells") => Output::Cells,
            Some("--json") => Output::Json,
            Some("--findings") if arguments.next()? == "json" => Output::Findings,
            Some(unknown) if unknown.len() > 1 && unknown.starts_with('-') => return None,
            _ if file.is_some() => return None,
            _ => {
                file = Some(argument);
                continue;
            }
        };
        if output.replace(flag).is_some() {
            return None;
        }
    }
    Some((output.unwrap_or(Output::Summary), file?))
}

fn bytes(file: &OsString) -> io::Result<Vec<u8>> {
    let input: Box<dyn Read> = if file == "-" { Box::new(io::stdin()) } else { Box::new(std::fs::File::open(file)?) };
    let mut bytes = Vec::new();
    // One byte more than is admitted is enough to be refused.
    input.take((8 << 20) + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
