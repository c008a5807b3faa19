//! Input of any kind; whatever is read can be checked, printed and written, and reads back equal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ogi_report::{CheckReport, Language, PublishedReport, read};

fuzz_target!(|input: &[u8]| {
    let report = match read::any(input) {
        Ok(report) => report,
        Err(error) => {
            let _ = (error.to_string(), error.message(Language::Chinese));
            return;
        }
    };
    let checked = report.check();
    for finding in &checked.findings {
        let _ = (finding.message(Language::Chinese), finding.message(Language::English));
    }
    assert_eq!(CheckReport::from_json(checked.to_json().as_bytes()).as_ref(), Ok(&checked));
    let causes = report.repair();
    let _ = (report.summary(&checked), report.tables(), checked.to_json(), causes.len());

    let json = report.to_json();
    let again = PublishedReport::from_json(json.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{json}"));
    assert_eq!(again, report);
    assert_eq!(again.check(), checked);

    let cells = report.to_cells_csv();
    let again = read::text(&cells).unwrap_or_else(|error| panic!("{error}\n{cells}"));
    for ((entry, cell), (_, before)) in again.cells().zip(report.cells()) {
        assert_eq!(cell.printed(), before.printed(), "{}", entry.path());
    }

    if let Ok(accepted) = report.accept() {
        let json = accepted.to_json();
        let again = ogi_report::AnnualReport::from_json(json.as_bytes());
        assert_eq!(again.as_ref(), Ok(&accepted), "{json}");
    }
});
