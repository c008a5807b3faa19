//! Text of any kind, and bytes that are none, within the default limits and within tight ones.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ogi_report::read::{self, Format, Limits, Reader};

fuzz_target!(|input: &[u8]| {
    let whole = Reader::new().format(Format::Text).read(input);
    if let Ok(text) = std::str::from_utf8(input) {
        assert_eq!(read::text(text), whole);
    }
    let mut tight = Limits::default();
    tight.lines = 40;
    tight.unmatched = 4;
    let _ = Reader::new().limits(tight).format(Format::Text).read(input);
});
