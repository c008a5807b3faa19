//! Workbooks, within the default limits and within tight ones.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ogi_report::read::{self, Format, Reader};

fuzz_target!(|input: &[u8]| {
    let _ = read::xlsx(input);
    let _ = Reader::new().most_lines(20).most_nesting(12).most_cells(20).most_unpacked(4 << 10).format(Format::Workbook).read(input);
});
