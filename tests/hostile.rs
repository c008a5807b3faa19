//! Input that means harm: every reader answers with a report or a clear error, in little memory. Times are printed.
#![cfg(all(feature = "html", feature = "office"))]

use std::io::Write;
use std::time::Instant;

use ogi_report::read::{self, ReadError};
use peak_alloc::PeakAlloc;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MEBIBYTE: usize = 1 << 20;

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

fn document(body: &str) -> Vec<u8> {
    archive(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", body.as_bytes())])
}

/// A bomb of zeros, without holding them.
fn bomb() -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("[Content_Types].xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(TYPES.as_bytes()).unwrap();
    writer.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; MEBIBYTE];
    for _ in 0..256 {
        writer.write_all(&zeros).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn filled(head: &str, unit: &str) -> Vec<u8> {
    let mut bytes = head.as_bytes().to_vec();
    while bytes.len() + unit.len() <= 8 * MEBIBYTE {
        bytes.extend_from_slice(unit.as_bytes());
    }
    bytes
}

/// What is due for an input.
type Due = fn(&Result<ogi_report::PublishedReport, ReadError>) -> bool;

#[test]
fn every_input_is_answered_in_little_memory() {
    const TITLE: &str = "甲局2024年政府信息公开工作年度报告\n信息内容\n";
    const PAGE: &str = "<!doctype html><p>甲局2024年政府信息公开工作年度报告</p>";
    let anything: Due = |_| true;
    let deep: Due = |read| matches!(read, Err(ReadError::TooDeep { .. }));
    let broken: Due = |read| matches!(read, Err(ReadError::BrokenArchive { .. }));
    let whole = document("<w:document><w:body/></w:document>");
    let inputs: Vec<(&str, Vec<u8>, Due)> = vec![
        ("nothing", vec![], |read| *read == Err(ReadError::Empty)),
        ("NUL", vec![0; 8 * MEBIBYTE], |read| matches!(read, Err(ReadError::NotAReport { .. }))),
        ("digits", filled("", "7"), anything),
        ("figures", filled(TITLE, &format!("{}\n", "7 ".repeat(100))), |read| {
            matches!(read, Err(ReadError::TooManyFigures { .. }))
        }),
        ("lines", filled(TITLE, "7\n"), |read| matches!(read, Err(ReadError::TooManyLines { .. }))),
        ("bars", filled(TITLE, "7|"), anything),
        ("headings", filled(TITLE, "一、"), anything),
        ("rows run together", filled(TITLE, "规章000"), anything),
        ("a label and digits run together", filled(&format!("{TITLE}规章"), "7"), anything),
        (
            "pages run together",
            filled(
                TITLE,
                &format!("{}\n", "信息内容规章123456789012一、本年新收政府信息公开申请数量640020470".repeat(500)),
            ),
            anything,
        ),
        (
            "tables run together",
            filled(TITLE, "信息内容规章123456789012行政许可99999999一、本年新收政府信息公开申请数量640020470"),
            anything,
        ),
        ("similar labels", filled(TITLE, "一、本年薪收政府信息公开申请数童 1 2 3 4 5 6 7\n"), anything),
        ("nested blocks", format!("{PAGE}{}", "<div>".repeat(200_000)).into_bytes(), deep),
        ("nested tables", format!("{PAGE}{}", "<table><tr><td>".repeat(100_000)).into_bytes(), deep),
        ("formatting", filled(PAGE, "<b><font>"), anything),
        ("spans", filled(PAGE, "<table><tr><td colspan=100000 rowspan=100000>7"), anything),
        ("cells", filled(&format!("{PAGE}<table>"), "<tr><td>7"), |read| {
            matches!(read, Err(ReadError::TooManyCells { .. }))
        }),
        ("a bomb", bomb(), |read| matches!(read, Err(ReadError::UnpacksTooLarge { .. }))),
        ("half an archive", whole[..whole.len() / 2].to_vec(), broken),
        ("deep XML", document(&"<w:p>".repeat(300_000)), deep),
        ("no XML", document("<w:document><w:body><w:p></w:body>"), anything),
        ("PDF", filled("%PDF-1.7\n", "7"), |read| *read == Err(ReadError::Pdf)),
        ("an old Office file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1junk".to_vec(), |read| {
            *read == Err(ReadError::OldOffice)
        }),
        ("deep JSON", filled("{\"a\":", "["), |read| matches!(read, Err(ReadError::Json(_)))),
        ("no UTF-8", vec![0xff; 8 * MEBIBYTE], anything),
        ("too much", vec![b' '; 50 * MEBIBYTE], |read| matches!(read, Err(ReadError::TooLarge { .. }))),
    ];
    for (name, input, due) in inputs {
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let begun = Instant::now();
        let read = read::any(&input);
        let (time, peak) = (begun.elapsed(), (MEMORY.peak_usage() - before) / MEBIBYTE);
        println!("{name}: {} ms, {peak} MiB", time.as_millis());
        let shown = read.as_ref().err().map_or("a report".to_owned(), ToString::to_string);
        assert!(due(&read), "{name}: {}", shown.chars().take(200).collect::<String>());
        assert!(peak < 256, "{name} takes {peak} MiB");
    }
}
