//! Documents in JSON, of both kinds: what is read is written so that it reads back equal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ogi_report::{AnnualReport, PublishedReport};

fuzz_target!(|input: &[u8]| {
    match PublishedReport::from_json(input) {
        Ok(report) => {
            let json = report.to_json();
            let again = PublishedReport::from_json(json.as_bytes());
            assert_eq!(again.as_ref(), Ok(&report), "{json}");
            let _ = report.summary(&report.check());
        }
        Err(error) => drop(error.to_string()),
    }
    match AnnualReport::from_json(input) {
        Ok(report) => {
            let json = report.to_json();
            let again = AnnualReport::from_json(json.as_bytes());
            assert_eq!(again.as_ref(), Ok(&report), "{json}");
        }
        Err(error) => drop(error.to_string()),
    }
});
