//! Text of any kind, and bytes that are none, within the default limits and within tight ones.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ogi_report::read::{self, Format, Reader};

fuzz_target!(|input: &[u8]| {
    let whole = Reader::new().format(Format::Text).read(input);
    if let Ok(text) = std::str::from_utf8(input) {
        assert_eq!(read::text(text), whole);
    }
    let _ = Reader::new().most_lines(40).most_unmatched(4).format(Format::Text).read(input);
});
