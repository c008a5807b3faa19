//! Web pages, within the default limits and within tight ones.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ogi_report::read::{self, Limits};

fuzz_target!(|input: &[u8]| {
    let _ = read::html(input);
    let mut tight = Limits::default();
    tight.lines = 20;
    tight.nesting = 12;
    tight.cells = 20;
    let _ = read::html_within(input, &tight);
});
