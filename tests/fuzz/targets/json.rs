//! Documents in JSON, of both kinds: what is read is written so that it reads back equal, and is what serde's reader reads.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ogi_report::{AnnualReport, JsonError, PublishedReport};

fuzz_target!(|input: &[u8]| {
    let by_serde = serde_json::from_slice::<PublishedReport>(input);
    match PublishedReport::from_json(input) {
        Ok(report) => {
            let json = report.to_json();
            let again = PublishedReport::from_json(json.as_bytes());
            assert_eq!(again.as_ref(), Ok(&report), "{json}");
            let _ = report.summary(&report.check());
            match by_serde {
                Ok(by_serde) => assert_eq!(report, by_serde),
                // The figures of an `annual-report`, right or wrong.
                Err(_) => assert!(matches!(AnnualReport::from_json(input), Ok(_) | Err(JsonError::Refused(_)))),
            }
        }
        Err(error) => {
            assert!(by_serde.is_err(), "{error}");
            drop(error.to_string());
        }
    }
    let by_serde = serde_json::from_slice::<AnnualReport>(input);
    match AnnualReport::from_json(input) {
        Ok(report) => {
            let json = report.to_json();
            let again = AnnualReport::from_json(json.as_bytes());
            assert_eq!(again.as_ref(), Ok(&report), "{json}");
            assert_eq!(Ok(report), by_serde.map_err(|error| error.to_string()));
        }
        Err(error) => {
            let by_serde = by_serde.expect_err("what from_json refuses").to_string();
            match error {
                JsonError::Refused(refused) => assert_eq!(refused.to_string(), by_serde),
                error => drop(error.to_string()),
            }
        }
    }
});
