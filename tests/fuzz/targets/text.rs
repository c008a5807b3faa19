//! Text of any kind, and bytes that are none, within the default limits and within tight ones.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ogi_report::read::{self, Limits};

fuzz_target!(|input: &[u8]| {
    let whole = read::text_within(input, &Limits::default());
    if let Ok(text) = std::str::from_utf8(input) {
        assert_eq!(read::text(text), whole);
    }
    let mut tight = Limits::default();
    tight.lines = 40;
    tight.unmatched = 4;
    let _ = read::text_within(input, &tight);
});
