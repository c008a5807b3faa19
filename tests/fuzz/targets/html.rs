//! Web pages, within the default limits and within tight ones.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ogi_report::read::{self, Format, Limits, Reader};

fuzz_target!(|input: &[u8]| {
    let _ = read::html(input);
    let mut tight = Limits::default();
    tight.lines = 20;
    tight.nesting = 12;
    tight.cells = 20;
    let _ = Reader::new().limits(tight).format(Format::WebPage).read(input);
});
