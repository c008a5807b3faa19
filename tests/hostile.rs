//! Input that means harm: every reader answers with a report or a clear error, in little memory and, in a release build,
//! within a second for 1 MiB and four for the largest input, which is eight times that; and so does whatever is made of such a
//! report. Times are printed:
//! `cargo test --release --all-features --test hostile -- --nocapture`.
#![cfg(all(feature = "html", feature = "office"))]

use std::io::{BufReader, Cursor, Write as _};
use std::ops::ControlFlow;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use ogi_report::export::tables::Table;
use ogi_report::policy::Waiver;
use ogi_report::read::{self, Format, ReadError, Reader};
use ogi_report::rollup::{Coverage, MOST_MEMBERS, Region};
use ogi_report::stream;
use ogi_report::{
    CheckReport, CsvText, Date, JsonError, Language, Layout, Policy, PublishedCell, PublishedReport, Year,
};
use peak_alloc::PeakAlloc;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MEBIBYTE: usize = 1 << 20;

/// Without optimisation everything is smaller, or the test would take a minute.
const SCALE: usize = if cfg!(debug_assertions) { 16 } else { 1 };

/// The size of most inputs: the largest that is read.
const SIZE: usize = 8 * MEBIBYTE / SCALE;

/// The usual limits, to scale.
fn reader() -> Reader {
    let reader = Reader::new().most_bytes(8 * MEBIBYTE / SCALE).most_unpacked(32 * MEBIBYTE / SCALE);
    reader.most_lines(200_000 / SCALE).most_cells(100_000 / SCALE).most_unmatched(10_000 / SCALE)
}

// ---- Inputs --------------------------------------------------------------------------------------

const TITLE: &str = "甲局2024年政府信息公开工作年度报告\n信息内容\n";
const PAGE: &str = "<!doctype html><p>甲局2024年政府信息公开工作年度报告</p>";

/// `unit`, as often as it fits.
fn filled(head: &str, unit: &str) -> Vec<u8> {
    format!("{head}{}", unit.repeat((SIZE - head.len()) / unit.len())).into_bytes()
}

/// Lines as long as one may be that is parted at its labels, full of `unit`.
fn glued(unit: &str) -> Vec<u8> {
    filled(TITLE, &format!("信息内容{}\n", unit.repeat((64 << 10) / unit.len() - 12)))
}

/// The example page, the figures of each row of table two run together and replaced by as long ones: no way to cut them adds up.
fn long_rows(digits: usize) -> Vec<u8> {
    let page = include_str!("../examples/data/department-2024.txt");
    let run = format!("{}{}00000", "9".repeat(digits), "9".repeat(digits / 2));
    let mut lines: Vec<String> = Vec::new();
    let mut figures = 0;
    for line in page.lines().filter(|line| !line.is_empty()) {
        let is_figure = line.parse::<u32>().is_ok();
        figures = if is_figure { figures + 1 } else { 0 };
        lines.push(line.to_owned());
        if figures == 7 {
            lines.truncate(lines.len() - 7);
            if let Some(label) = lines.last_mut() {
                label.push_str(&run);
            }
            figures = 0;
        }
    }
    lines.join("\n").into_bytes()
}

/// An archive of these parts.
fn archive<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    archive([("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes())])
}

fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    workbook(sheet, strings, "<styleSheet/>")
}

fn styled(sheet: &str, styles: &str) -> Vec<u8> {
    workbook(sheet, "", styles)
}

fn workbook(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relationships = format!(
        "<Relationships><Relationship Id='r1' Type='{of}/worksheet' Target='sheet.xml'/>\
         <Relationship Id='r2' Type='{of}/sharedStrings' Target='strings.xml'/>\
         <Relationship Id='r3' Type='{of}/styles' Target='styles.xml'/></Relationships>"
    );
    archive([
        ("xl/workbook.xml", b"<workbook><sheets><sheet name='x' r:id='r1'/></sheets></workbook>".as_slice()),
        ("xl/_rels/workbook.xml.rels", relationships.as_bytes()),
        ("xl/sheet.xml", format!("<worksheet>{sheet}</worksheet>").as_bytes()),
        ("xl/strings.xml", format!("<sst>{strings}</sst>").as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ])
}

/// A bomb of zeros, without holding them.
fn bomb(name: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; MEBIBYTE];
    for _ in 0..256 / SCALE {
        writer.write_all(&zeros).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The same archive, with the flag of encrypted parts in each header.
fn encrypted(mut archive: Vec<u8>) -> Vec<u8> {
    for at in 0..archive.len() - 4 {
        match &archive[at..at + 4] {
            b"PK\x03\x04" => archive[at + 6] |= 1,
            b"PK\x01\x02" => archive[at + 8] |= 1,
            _ => {}
        }
    }
    archive
}

fn half(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() / 2);
    bytes
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

// ---- What is due ---------------------------------------------------------------------------------

type Read = Result<PublishedReport, ReadError>;
type Due = fn(&Read) -> bool;

const ANYTHING: Due = |_| true;
const EMPTY: Due = |read| *read == Err(ReadError::Empty);
const NO_REPORT: Due = |read| matches!(read, Err(ReadError::NotAReport { .. }));
const LINES: Due = |read| matches!(read, Err(ReadError::TooManyLines { .. }));
const CELLS: Due = |read| matches!(read, Err(ReadError::TooManyCells { .. }));
const FIGURES: Due = |read| matches!(read, Err(ReadError::TooManyFigures { .. }));
const DEEP: Due = |read| matches!(read, Err(ReadError::TooDeep { limit: 512 }));
const BROKEN: Due = |read| matches!(read, Err(ReadError::BrokenArchive { .. }));
const UNPACKS: Due = |read| matches!(read, Err(ReadError::UnpacksTooLarge { .. }));
const ENCRYPTED: Due = |read| *read == Err(ReadError::Encrypted);
const REPORTS: Due = |read| matches!(read, Err(ReadError::TooManyReports { limit: 100 }));
const CSV: Due = |read| matches!(read, Err(ReadError::Csv(_)));
const JSON: Due = |read| matches!(read, Err(ReadError::Json(_)));

// ---- The test ------------------------------------------------------------------------------------

/// The peak of memory that `read` takes.
fn peak<T>(read: impl FnOnce() -> T) -> (T, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let result = read();
    (result, MEMORY.peak_usage() - before)
}

/// How long this thread has worked: what else the machine does is not counted. Where that is not told, the time of the clock.
fn worked() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

/// Does something with an input, prints what that takes and asserts that it is little: of 1 MiB less than 100 MiB and a second.
#[track_caller]
fn bounded<T>(name: &str, input: usize, work: impl FnOnce() -> T) -> T {
    let begun = worked();
    let (result, peak) = peak(work);
    let time = worked().saturating_sub(begun);
    println!("{:>5} ms {:>4} MiB  {name}", time.as_millis(), peak / MEBIBYTE);
    let (most, seconds) = if input <= MEBIBYTE { (100, 1) } else { (256, 4) };
    assert!(peak < most * MEBIBYTE, "{name} takes {} MiB", peak / MEBIBYTE);
    assert!(cfg!(debug_assertions) || time < Duration::from_secs(seconds), "{name} takes {time:?}");
    result
}

/// Reads an input and asserts that the answer is `due`; what is a report goes through all that is made of one.
#[track_caller]
fn case(name: &str, input: Vec<u8>, due: Due) {
    let read = bounded(name, input.len(), || reader().read(&input));
    let shown = read.as_ref().map_or_else(ToString::to_string, |_| "a report".to_owned());
    assert!(due(&read), "{name}: {}", shown.chars().take(200).collect::<String>());
    match read {
        Ok(report) => outputs(name, &input, &report),
        Err(error) => Language::ALL.iter().for_each(|language| shows(name, &error.message(*language), &[])),
    }
}

/// All that is made of a report, each within the same bounds.
#[track_caller]
fn outputs(name: &str, input: &[u8], report: &PublishedReport) {
    let source = String::from_utf8_lossy(input);
    let step = |what: &str| format!("{name}, {what}");
    let checked = bounded(&step("check"), input.len(), || report.check());
    let again = |json: String| CheckReport::from_json(json.as_bytes());
    assert_eq!(
        bounded(&step("findings to JSON and back"), input.len(), || again(checked.to_json())),
        Ok(checked.clone())
    );
    let text = bounded(&step("messages"), input.len(), || messages(report, &checked));
    shows(name, &text, &['\n']);
    let text = bounded(&step("summary"), input.len(), || report.summary_with_source(&checked, &source));
    shows(name, &text, &['\n']);
    let text = bounded(&step("repair"), input.len(), || report.repair().iter().map(in_both).collect::<String>());
    shows(name, &text, &['\n']);
    if let Err(refused) = bounded(&step("accept"), input.len(), || report.accept()) {
        Language::ALL.iter().for_each(|language| shows(name, &refused.message(*language), &[]));
    }
    let again =
        bounded(&step("JSON and back"), input.len(), || PublishedReport::from_json(report.to_json().as_bytes()));
    assert_eq!(again.as_ref(), Ok(report), "{name}");
    bounded(&step("CSV and back"), input.len(), || csv(name, report));
    bounded(&step("policy"), input.len(), || judged(&checked));
    bounded(&step("region"), input.len(), || region(report));
}

fn in_both(cause: &ogi_report::repair::Cause) -> String {
    Language::ALL.map(|language| cause.message(language)).concat()
}

/// What there is to say on a report, in both languages.
fn messages(report: &PublishedReport, checked: &CheckReport) -> String {
    let mut text = report.tables();
    for language in Language::ALL {
        checked.findings.iter().for_each(|finding| text += &finding.message(language));
        checked.not_evaluated.iter().for_each(|open| text += &open.message(language));
    }
    checked.findings.iter().for_each(|finding| text += &finding.to_string());
    text
}

/// A text for people does nothing to the terminal that shows it, but for what is let through.
#[track_caller]
fn shows(name: &str, text: &str, lets: &[char]) {
    let acts = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found = text.chars().find(|c| acts(*c) && !lets.contains(c));
    assert_eq!(found, None, "{name}");
}

/// The cells as CSV do nothing in a spreadsheet program or a terminal, and read back as they are.
fn csv(name: &str, report: &PublishedReport) {
    for texts in [CsvText::Guarded, CsvText::Exact] {
        let csv = report.to_cells_csv_as(texts);
        if texts == CsvText::Guarded {
            shows(name, &csv, &['\n', '\t']);
        }
        let again = Reader::new().most_bytes(usize::MAX).most_lines(usize::MAX).read(csv.as_bytes()).unwrap();
        for ((entry, one), (_, other)) in report.cells().zip(again.cells()) {
            assert_eq!(one.printed(), other.printed(), "{name}: {}", entry.path());
        }
    }
    for table in Table::ALL.map(|table| table.heading(CsvText::Guarded) + &table.lines(name, report, CsvText::Guarded))
    {
        shows(name, &table, &['\n', '\t']);
        let acts = |field: &str| field.starts_with(['=', '@', '\t', '\r']);
        let begins = table.split([',', '\n']).map(|field| field.trim_start_matches('"'));
        assert_eq!(begins.filter(|field| acts(field)).count(), 0, "{name}");
    }
}

/// The findings before a policy that waives as many things as there are.
fn judged(checked: &CheckReport) {
    let until = Date::new(2025, 6, 30).unwrap();
    let waivers = checked.findings.iter().flat_map(|finding| Waiver::all_for(finding, "=1+1\u{1b}[31m", until));
    let policy = waivers.take(1000).try_fold(Policy::BEFORE_PUBLICATION, Policy::with_waiver).unwrap();
    let decision = policy.judge(checked, until);
    Language::ALL.iter().for_each(|language| shows("policy", &decision.message(*language), &['\n']));
}

/// A region that is its only part.
fn region(report: &PublishedReport) {
    let mut whole = report.clone();
    whole.facts.year = Year::new(2024).ok();
    match Region::new(&whole, [("甲局", Coverage::Reported(&whole)), ("乙局", Coverage::Missing)]) {
        Ok(region) => {
            shows("region", &messages(&region.total(), &region.check()), &['\n']);
        }
        Err(faults) => shows("region", &faults.to_string(), &[]),
    }
}

// One test: the peak is that of the whole process.
#[test]
fn every_input_is_answered_in_time_and_in_little_memory() {
    texts();
    pages();
    documents();
    workbooks();
    other_kinds();
    made_for_outputs();
    regions();
    a_page_takes_four_times_its_size();
    streams();
}

/// Gives the same bytes again and again, up to a size.
struct Again<'t>(&'t [u8], usize, usize);

impl std::io::Read for Again<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let from = &self.0[self.1 % self.0.len()..];
        let count = from.len().min(into.len()).min(self.2 - self.1);
        into[..count].copy_from_slice(&from[..count]);
        self.1 += count;
        Ok(count)
    }
}

/// However long a stream is, it takes the memory of one document.
fn streams() {
    let line = serde_json::to_string(&PublishedReport::zeros(Layout::EDITION_2021)).unwrap() + "\n";
    let size = 400 * MEBIBYTE / SCALE;
    for (name, bytes) in [
        ("right", line.as_bytes()),
        ("cut", &line.as_bytes()[1..]),
        ("without end", &[b'{'; 4096]),
        ("empty", &[b'\n'; 4096]),
    ] {
        let (progress, peak) = peak(|| {
            let lines = stream::lines(BufReader::new(Again(bytes, 0, size))).most_bytes(MEBIBYTE);
            stream::run(lines, |input| Ok(input.report()?.check()), |_, _| ControlFlow::Continue(()))
        });
        println!("{:>7} KiB of memory: a stream of {} MiB, {name}, {progress:?}", peak >> 10, size / MEBIBYTE);
        assert!(peak < 4 * MEBIBYTE, "{name}: {peak} bytes");
    }
}

fn texts() {
    case("nothing", vec![], EMPTY);
    case("white space", filled("", " \n\u{3000}"), EMPTY);
    case("NUL", vec![0; SIZE], NO_REPORT);
    case("digits", filled("", "7"), NO_REPORT);
    case("figures", filled(TITLE, &format!("{}\n", "7 ".repeat(100))), FIGURES);
    case("lines", filled(TITLE, "7\n"), LINES);
    case("as many lines as may be", "信息内容\n7\n".repeat(100_000 / SCALE).into_bytes(), FIGURES);
    case("bars", filled(TITLE, "7|"), ANYTHING);
    case("bars alone", filled("", "|"), NO_REPORT);
    case("rows of bars", filled(TITLE, "|规章|0"), ANYTHING);
    case("headings", filled(TITLE, "一、"), ANYTHING);
    case("headings to a line", "一、\n".repeat(200_000 / SCALE).into_bytes(), NO_REPORT);
    case("titles", TITLE.lines().next().unwrap().repeat(10).repeat(SIZE / 1000).into_bytes(), ANYTHING);
    case("titles to a line", filled("", TITLE), ANYTHING);
    case("similar labels", filled(TITLE, "一、本年薪收政府信息公开申请数童 1 2 3 4 5 6 7\n"), ANYTHING);
    case("columns apart", filled(TITLE, "规章      7      "), ANYTHING);
    case("rows run together", filled(TITLE, "规章000"), ANYTHING);
    case("rows run together to a line", filled(TITLE, "规章000\n"), LINES);
    let again = |rows: &str, times: usize| format!("{TITLE}{}", rows.repeat(times / SCALE)).into_bytes();
    case("a row again and again", again("规章 1 2 3\n", 190_000), ANYTHING);
    case("rows taken back again and again", again("行政强制 5\n本年处理决定数量\n规章 1 2 3\n", 60_000), ANYTHING);
    case("a label and digits run together", filled(&format!("{TITLE}规章"), "7"), ANYTHING);
    case(
        "tables run together",
        filled(TITLE, "信息内容规章123456789012行政许可99999999一、本年新收政府信息公开申请数量640020470"),
        ANYTHING,
    );
    for unit in [
        "信息内容规章123456789012一、本年新收政府信息公开申请数量640020470",
        "三、收到和处理政府信息公开申请情况一、本年新收政府信息公开申请数量220000022",
        "规章6666666666666666666666666666666666666666666666666666",
        "信息内容",
        "行政",
        "规                ",
        "规””””””””””””””””””””",
        "行政（（（（（（（（（（（（（（（（",
        "本年收费金额（                                单位",
        "一、总体情况",
    ] {
        case(&format!("run together: {unit}"), glued(unit), ANYTHING);
    }
    for digits in [9, 18, 28] {
        let page = long_rows(digits);
        assert!(
            page.len() < MEBIBYTE && String::from_utf8_lossy(&page).matches("9".repeat(digits).as_str()).count() > 20
        );
        case(&format!("rows of {digits} digits run together"), page, ANYTHING);
    }
    case("many parts", glued("规章000"), LINES);
    case("one row again and again", filled(TITLE, "规章 0 0 0\n"), ANYTHING);
    case("rows again and again", filled(TITLE, "规章 0 0 0\n行政规范性文件 0 0 0\n行政许可 0\n"), ANYTHING);
    case("headings of columns", filled(TITLE, "现行有效件数 "), ANYTHING);
    case("headings that ran together", filled(TITLE, "现行有效件数"), ANYTHING);
    case("amounts", filled(&format!("{TITLE}六、其他需要报告的事项\n收取信息处理费"), "1元"), ANYTHING);
    case("boxes", filled(TITLE, "│规章│0│0│0│\n├─┼─┼─┼─┤\n"), ANYTHING);
    case("boxes without end", filled(TITLE, "│规章│0│0│0│\n"), ANYTHING);
    case("a wide box", filled(&format!("{TITLE}├──┤\n"), &format!("{}\n", "│规".repeat(199))), ANYTHING);
    case("boxes of one line", filled(TITLE, "│─"), ANYTHING);
    let bar = |at: usize, from: usize| if at % 7 == from % 7 || at % 11 == from % 11 { '|' } else { ' ' };
    let bars = |from: usize| (0..200).map(|at| bar(at, from)).collect::<String>();
    let shifting: String = (0..77).map(|from| format!("|{}|\n", bars(from))).collect();
    case("bars that shift", filled(&format!("{TITLE}{}\n", "+-".repeat(101)), &shifting), ANYTHING);
    case("rows between bars below a border", filled(&format!("{TITLE}a ── b\n"), "│规章│0│0│0│\n"), ANYTHING);
    case("Markdown below a border", filled(&format!("{TITLE}a ── b\n"), "|规|0|\n"), ANYTHING);
    case("grids", filled(TITLE, "+--+--+\n|规章|0|\n"), ANYTHING);
    case("rules", filled(TITLE, "-- --\n"), ANYTHING);
    case("rules without end", filled(&format!("{TITLE}-- --\n"), "7  7\n"), ANYTHING);
    case("many columns", filled(TITLE, &format!("{}\n{}\n", "-- ".repeat(199), "7  ".repeat(199))), ANYTHING);
    case("records", filled(TITLE, "规章,,0,0,0\n"), ANYTHING);
    case("records of blanks", filled(&format!("{TITLE}规章,0\n规章,0\n"), ",,,,,,,,,,,,,,,,,,,,,,,,,\n"), ANYTHING);
    case("records in quotes", filled(&format!("{TITLE}规章,0\n规章,0\n"), "\"0\"\"\n\n,"), ANYTHING);
    case(
        "labels below",
        filled(&format!("{TITLE}0 0 0 0 0 0 0\n一、本年新收政府信息公开申请数量\n"), "0 0 0 0 0 0 0\n重复申请\n"),
        ANYTHING,
    );
    case("numbers alone", filled(TITLE, "1.\n规"), ANYTHING);
    case("commas", filled(&format!("{TITLE}规章,"), "0,"), ANYTHING);
    case("thousands", filled(&format!("{TITLE}六、其他需要报告的事项\n收取信息处理费"), "1,"), ANYTHING);
    case("numbers of headings run together", glued("五、存在的"), ANYTHING);
    for (name, unit) in [
        (
            "reports",
            "甲局2024年政府信息公开工作年度报告\n一、总体情况\n乙局2024年政府信息公开工作年度报告\n一、总体情况\n",
        ),
        ("tables one and three", "信息内容\n四、行政复议\n"),
    ] {
        let reports = unit.repeat(40_000 / SCALE).into_bytes();
        assert!(REPORTS(&reader().read_all(&reports).map(|mut all| all.swap_remove(0))), "{name}");
        case(name, reports, REPORTS);
    }
    // Around the tables: lines of forty bytes and more, of which there can be as many, and one line of each.
    for unit in [
        "甲市乙局2024年政府信息公天年度报告",
        "现公布甲市乙局2024年政府信息公开工作年度报",
        "由甲市乙局由甲市乙局由甲市乙局根据",
        "统计期限自2024年1月1日起至2024年1月1日起至",
        "统计期限二〇二四年二〇二四年二〇二四年",
        "来源：甲市乙局来源：甲市乙局 2025年1月",
        "甲市乙局 2025年1月甲市乙局 2025年1月",
    ] {
        let lines = format!("{unit}\n").repeat((SIZE / (unit.len() + 1)).min(190_000 / SCALE));
        for head in ["", TITLE, "一、总体情况\n", "一、总体情况\n六、其他需要报告的事项\n"] {
            case(&format!("line after line: {head:?} {unit}"), filled(head, unit), ANYTHING);
            let input = format!("{head}{lines}").into_bytes();
            case(&format!("a line: {head:?} {unit}"), input[..input.len().min(SIZE)].to_vec(), ANYTHING);
        }
        let before =
            format!("{}\n一、总体情况\n按时。\n", &lines[..lines.len() / 2 / (unit.len() + 1) * (unit.len() + 1)]);
        case(&format!("before section one: {unit}"), before.into_bytes(), ANYTHING);
    }
    case("path,printed", filled("path,printed\n", "a,1\n"), LINES);
    case("path,printed and one quote", filled("path,printed\n\"", "a,"), CSV);
    case("path,printed and commas", filled("path,printed\n", ","), CSV);
    case("no UTF-8", vec![0xff; SIZE], ANYTHING);
    case("GBK", b"\xb9\xe6\xd5\xc2\x30".repeat(SIZE / 5), ANYTHING);
    case("UTF-16", utf16(&TITLE.repeat(SIZE / 50)), ANYTHING);
    case("deep JSON", filled("{\"a\":", "["), JSON);
    case("deep objects", filled("", "{\"a\":"), JSON);
    case("one key again and again", filled("{", "\"year\":1,"), JSON);
    case("a long title", filled("{\"title\":\"", "\\u0000"), JSON);
    case("headings in JSON", filled("{\"edition\":\"2021\",\"headings\":[", "{},"), JSON);
    case("a long number", filled("{\"year\":", "7"), JSON);
}

fn pages() {
    case("nested blocks", format!("{PAGE}{}", "<div>".repeat(200_000 / SCALE)).into_bytes(), DEEP);
    case("nested tables", format!("{PAGE}{}", "<table><tr><td>".repeat(100_000 / SCALE)).into_bytes(), DEEP);
    case("nested tables with figures", format!("{PAGE}{}", "<table><tr><td>7".repeat(125)).into_bytes(), ANYTHING);
    case("cells", filled(&format!("{PAGE}<table>"), "<tr><td>7"), CELLS);
    case("cells in one row", filled(&format!("{PAGE}<table><tr>"), "<td>7"), CELLS);
    case("lines", filled(PAGE, "7<br>"), LINES);
    case(
        "rows that end in blanks",
        filled(PAGE, &"<table><tr><td>规章<td><td>7<td><td><tr><td>规章<td>1<td>2<td>3<td></table>".repeat(10)),
        ANYTHING,
    );
    case(
        "spans in few rows",
        {
            let row = format!("<tr>{}", "<td colspan=1000 rowspan=65534>规章".repeat(99));
            format!("{PAGE}<table>{}", row.repeat(1000 / SCALE)).into_bytes()
        },
        ANYTHING,
    );
    case(
        "attributes that differ",
        (0..SIZE / 9).fold("<p ".to_owned(), |tag, n| tag + &format!("a{n:06x} ")).into_bytes(),
        DEEP,
    );
    case("invalid in its charset", [b"<meta charset=gb2312>".as_slice(), &vec![0xff; SIZE - 21]].concat(), ANYTHING);
    case("UTF-16", utf16(&"<html><p>规章</p>".repeat(SIZE / 31)), ANYTHING);
    for unit in [
        "<b><font>",
        "<b><p>",
        "<a><b></a>7",
        "<table><tr><td colspan=100000 rowspan=100000>7",
        "<",
        "<p",
        "<p a=\"",
        "<p a='>",
        "</p>",
        "</",
        "&nbsp;&#0;&notit;",
        "<!--",
        "<svg>",
        "<template>",
        "<select><option>7",
        "<table>7<tr>",
        "<script>",
        "<textarea></",
        "规章0",
        "\0",
    ] {
        case(&format!("{unit:?} in a page"), filled(PAGE, unit), ANYTHING);
        case(&format!("{unit:?} struck"), filled(&format!("{PAGE}<s>"), unit), ANYTHING);
    }
    case("an attribute without an end", filled(&format!("{PAGE}<p a=\""), "7"), ANYTHING);
    case("an element without an end", filled(&format!("{PAGE}<title>"), "</"), ANYTHING);
    case("attributes", filled(&format!("{PAGE}<p "), "a=1 b "), ANYTHING);
}

fn documents() {
    // What is unpacked is larger than what is read.
    let many = |unit: &str| unit.repeat(2 * SIZE / unit.len());
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    case("a bomb", bomb("word/document.xml"), UNPACKS);
    case("half an archive", half(docx("")), BROKEN);
    case("the end of an archive alone", [b"PK\x05\x06".as_slice(), &[0; 18]].concat(), BROKEN);
    case("an encrypted document", encrypted(docx("<w:p/>")), ENCRYPTED);
    case("deep XML", docx(&many("<w:p>")), DEEP);
    case("deep tables", docx(&many("<w:tbl><w:tr><w:tc>")), DEEP);
    case("deep in what is skipped", docx(&format!("<w:del>{}", many("<w:r>"))), DEEP);
    case("no XML", docx("</w:p><w:p>"), ANYTHING);
    case("paragraphs", docx(&paragraph("7").repeat(210_000 / SCALE)), LINES);
    case(
        "cells",
        docx(&format!("<w:tbl><w:tr>{}", "<w:tc><w:p><w:t>7</w:t></w:p></w:tc>".repeat(110_000 / SCALE))),
        CELLS,
    );
    case("one paragraph", docx(&paragraph(&many("规章0"))), ANYTHING);
    case("breaks", docx(&format!("<w:p>{}</w:p>", many("<w:br/>"))), ANYTHING);
    case("references", docx(&paragraph(&many("&amp;&#7;"))), ANYTHING);
    case(
        "attributes",
        docx(&format!("<w:p {}/>", (0..SIZE / 10).map(|n| format!("a{n}='' ")).collect::<String>())),
        ANYTHING,
    );
    case(
        "entities that expand",
        {
            let mut part = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>".to_owned();
            for (next, last) in ('b'..='j').zip('a'..) {
                part += &format!("<!ENTITY {next} '{}'>", format!("&{last};").repeat(10));
            }
            part += "]><w:document><w:body><w:p><w:t>&j;</w:t></w:p></w:body></w:document>";
            archive([("word/document.xml", part.as_bytes())])
        },
        NO_REPORT,
    );
}

fn workbooks() {
    let many = |unit: &str| unit.repeat(2 * SIZE / unit.len());
    case("a bomb in a workbook", bomb("xl/workbook.xml"), |read| UNPACKS(read) || BROKEN(read));
    case("half a workbook", half(xlsx("", "")), BROKEN);
    case("an encrypted workbook", encrypted(xlsx("", "")), ENCRYPTED);
    case("deep rows", xlsx(&many("<row>"), ""), DEEP);
    case("cells of a row", xlsx(&format!("<row>{}</row>", "<c><v>7</v></c>".repeat(16_000)), ""), ANYTHING);
    case("rows", xlsx(&"<row><c><v>7</v></c></row>".repeat(110_000 / SCALE), ""), CELLS);
    case("the last cell", xlsx("<c r='A1'><v>7</v></c><c r='XFD1048576'><v>7</v></c>", ""), ANYTHING);
    case(
        "a wide row and a long column",
        {
            let row = |row| format!("<row r='{row}'><c r='XFD{row}'><v>7</v></c></row>");
            let rows: String = (2..90_000 / SCALE).map(row).collect();
            xlsx(&format!("<row r='1'><c r='A1'><v>7</v></c></row>{rows}"), "")
        },
        CELLS,
    );
    case(
        "merged regions",
        {
            let merged = many("<mergeCell ref='A1:XFD1048576'/>");
            xlsx(&format!("<c r='A1'><v>7</v></c><c r='XFD9'><v>7</v></c>{merged}"), "")
        },
        ANYTHING,
    );
    case(
        "one long string in each cell",
        {
            let cells = "<row><c t='s'><v>0</v></c></row>".repeat(90_000 / SCALE);
            xlsx(&cells, &format!("<si><t>{}</t></si>", "规章".repeat(100_000)))
        },
        UNPACKS,
    );
    case("shared strings", xlsx("<c t='s'><v>0</v></c>", &many("<si/>")), ANYTHING);
    case("one number", xlsx(&format!("<row><c><v>{}</v></c></row>", many("7")), ""), ANYTHING);
    let code = "#,##0.00;".repeat(28);
    let styles = |formats: &str| {
        let format = format!("<numFmts><numFmt numFmtId='164' formatCode='{code}'/></numFmts>");
        format!("<styleSheet>{format}<cellXfs>{formats}</cellXfs></styleSheet>")
    };
    let numbers = "<row><c s='0'><v>7</v></c></row>".repeat(90_000 / SCALE);
    case("a long number format", styled(&numbers, &styles("<xf numFmtId='164'/>")), ANYTHING);
    case("styles", styled(&numbers, &styles(&many("<xf numFmtId='164'/>"))), ANYTHING);
    case(
        "hidden columns",
        xlsx(&format!("<cols>{}</cols>", many("<col min='1' max='16384' hidden='1'/>")), ""),
        ANYTHING,
    );
    case("dates", xlsx(&"<row><c t='d'><v>2024-99-99T99</v></c></row>".repeat(90_000 / SCALE), ""), ANYTHING);
}

fn other_kinds() {
    let names: Vec<String> = (0..60_000 / SCALE).map(|part| part.to_string()).collect();
    for (name, unit) in [("JSON, a fault each two bytes", "1,"), ("JSON, lists for figures", "[],")] {
        let json = format!("{{\"unmatched\":[{}1]}}", unit.repeat((SIZE - 64) / unit.len()));
        case(name, json.into_bytes(), |read| matches!(read, Err(ReadError::Json(JsonError::Shape(_)))));
    }
    let keys: String = (0..SIZE / 16).map(|key| format!("\"{key:08}\":1,")).collect();
    case("JSON, keys that nobody knows", format!("{{{keys}\"x\":1}}").into_bytes(), |read| {
        matches!(read, Err(ReadError::Json(JsonError::Shape(_))))
    });
    case("an archive of many parts", archive(names.iter().map(|name| (name.as_str(), &[] as &[u8]))), BROKEN);
    case("another archive", archive([("readme.txt", b"7".as_slice())]), BROKEN);
    case("headers of archives", b"PK\x03\x04PK\x01\x02PK\x05\x06".repeat(SIZE / 12), BROKEN);
    case("PDF", filled("%PDF-1.7\n", "7"), |read| *read == Err(ReadError::Pdf));
    case("an old Office file", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &vec![0; SIZE - 8]].concat(), |read| {
        *read == Err(ReadError::OldOffice)
    });
    case("too much", vec![b' '; 6 * SIZE], |read| matches!(read, Err(ReadError::TooLarge { .. })));
    for input in [vec![0; SIZE], vec![0xff; SIZE], bomb("word/document.xml"), filled("", "7"), filled("", "[")] {
        assert!(reader().format(Format::WebPage).read(&input).is_err());
        for format in [Format::Word, Format::Workbook] {
            let read = reader().format(format).read(&input);
            assert!(BROKEN(&read) || UNPACKS(&read));
        }
    }
    for input in [b"".as_slice(), b"PK\x03\x04", b"PK\x03\x04PK\x05\x06", &[0; 64]] {
        assert!(BROKEN(&read::docx(input)) && BROKEN(&read::xlsx(input)));
    }
}

/// The tables of a report in which something happened.
const FILLED: &str = "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 7 0 0 0 0 0 7\n\
                      四、政府信息公开行政复议、行政诉讼情况\n";

/// What is cheap to read and dear to show.
fn made_for_outputs() {
    let most = MEBIBYTE / SCALE;
    let said = |unit: &str| {
        format!("{TITLE}行政许可 0\n{FILLED}一、总体情况\n{}", unit.repeat(most / unit.len())).into_bytes()
    };
    for unit in [
        "未收到政府信息公开申请。",
        "未收到政府信息公开申请。\n",
        "未收到政府信息公开申请，",
        "未收到政府信息公开申请，\n",
    ] {
        case(&format!("denials: {unit:?}"), said(unit), ANYTHING);
    }
    case("denials in long sentences", said(&format!("{}。\n", "未收到政府信息公开申请，".repeat(70))), ANYTHING);
    case("counts in long sentences", said(&format!("{}。\n", "收到政府信息公开申请8件，".repeat(70))), ANYTHING);
    for unit in [
        "收到政府信息公开申请8件。",
        "收到政府信息公开申请8件，",
        "予以公开8件，占33.9%。",
        "主动公开9条，其中：4条，6条。",
    ] {
        case(&format!("counts: {unit:?}"), said(unit), ANYTHING);
    }
    let harm = [
        "=HYPERLINK(\"http://x\",1)",
        "@SUM(A1)",
        "-1+1|cmd",
        "\u{1b}[2J",
        "\u{9b}2J",
        "\u{202e}\u{2066}x",
        "\r=1",
        "\t=1",
        "'=1",
    ];
    let (cells, titled) = with_texts(&harm);
    case("harm in each cell", cells.to_json().into_bytes(), ANYTHING);
    case("harm around the tables", titled.to_json().into_bytes(), ANYTHING);
    for texts in [CsvText::Guarded, CsvText::Exact] {
        case(&format!("harm in a CSV, {texts:?}"), cells.to_cells_csv_as(texts).into_bytes(), ANYTHING);
    }
    for odd in [7, 997, 7919] {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        for (at, entry) in Layout::EDITION_2021.cells().iter().enumerate() {
            let printed = if at % 5 == 4 { String::new() } else { ((at + 1) * odd % 1009).to_string() };
            report.set(entry.cell(), PublishedCell::read(&printed)).unwrap();
        }
        case(&format!("figures that do not add up, {odd}"), report.to_json().into_bytes(), ANYTHING);
    }
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    let remark = format!("7（{}）", "=1\u{1b}[31m".repeat(most / 8));
    report.set("requests.received.total".parse().unwrap(), PublishedCell::read(&remark)).unwrap();
    case("a long remark", report.to_json().into_bytes(), ANYTHING);
    let listed = |list: &str, item: &str| {
        let report = PublishedReport::zeros(Layout::EDITION_2021).to_json();
        let items = vec![item; most / item.len()].join(",");
        format!("{}, \"{list}\": [{items}]}}", report.trim_end().strip_suffix('}').unwrap().trim_end()).into_bytes()
    };
    case("misprints", listed("misprints", r#"{"row":"requests.received","printed":"=1\u001b[31m"}"#), ANYTHING);
    case("other reports", listed("others", r#"{"title":"=1\u001b[31m"}"#), ANYTHING);
    case("figures of no cell", listed("unmatched", r#"{"printed":"=1\u001b[31m"}"#), ANYTHING);
    case("headings", listed("headings", r#"{"section":"requests","printed":"\u001b[31m"}"#), ANYTHING);
}

/// Reports with such texts in each cell, and around the tables.
fn with_texts(texts: &[&str]) -> (PublishedReport, PublishedReport) {
    let mut cells = PublishedReport::zeros(Layout::EDITION_2019);
    for (entry, text) in Layout::EDITION_2019.cells().iter().zip(texts.iter().cycle()) {
        cells.set(entry.cell(), PublishedCell::read(text)).unwrap();
    }
    let long = texts.concat().repeat(MEBIBYTE / SCALE / 4 / texts.concat().len());
    let mut titled = cells.clone();
    titled.facts.title = Some(long.clone());
    titled.facts.agency = Some(ogi_report::Agency::named(&long));
    titled.facts.preamble = Some(ogi_report::Part { text: long, ..ogi_report::Part::default() });
    (cells, titled)
}

fn regions() {
    let whole = {
        let mut whole = PublishedReport::zeros(Layout::EDITION_2021);
        whole.facts.year = Year::new(2024).ok();
        whole
    };
    let mut odd = whole.clone();
    for entry in Layout::EDITION_2021.cells() {
        odd.set(entry.cell(), PublishedCell::read("7")).unwrap();
    }
    let most = MOST_MEMBERS / SCALE;
    let asked = |name: &str, members: Vec<(String, Coverage)>| {
        for whole in [&whole, &odd] {
            let members = members.clone();
            bounded(name, MEBIBYTE, || match Region::new(whole, members) {
                Ok(region) => shows(name, &messages(whole, &region.check()), &['\n']),
                Err(faults) => Language::ALL.iter().for_each(|language| shows(name, &faults.message(*language), &[])),
            });
        }
    };
    let name = |number: usize| format!("{number:05}局\u{1b}[31m");
    let inside = |number: usize| (name(number), Coverage::Inside(name(number + 1)));
    let all = |of: &dyn Fn(usize) -> Coverage<'static>| (0..most).map(|number| (name(number), of(number))).collect();
    asked("a chain of members", (1..most).map(inside).chain([(name(most), Coverage::Reported(&whole))]).collect());
    asked("a chain from its end", (1..most).rev().map(inside).chain([(name(most), Coverage::Missing)]).collect());
    asked("a circle of members", all(&|number| Coverage::Inside(name((number + 1) % most))));
    asked("members inside nobody", all(&|number| Coverage::Inside(name(number + most))));
    asked("members of one name", (0..most).map(|_| (name(0), Coverage::Missing)).collect());
    asked("members that did not report", all(&|_| Coverage::Missing));
    asked("members that reported", (0..most).map(|number| (name(number), Coverage::Reported(&whole))).collect());
    asked(
        "members that reported twice",
        (0..most).map(|number| (name(number), Coverage::Twice(&whole, &odd))).collect(),
    );
    asked("members that differ", (0..most).map(|number| (name(number), Coverage::Reported(&odd))).collect());
    asked("members without number", (0..500_000 / SCALE).map(|number| (name(number), Coverage::Missing)).collect());
    asked("a long name", vec![("局".repeat(MEBIBYTE), Coverage::Missing), (name(0), Coverage::Reported(&whole))]);
}

/// A report of 60 KB, pasted from Word, in UTF-8 and in GBK.
fn a_page_takes_four_times_its_size() {
    let mut page = format!("<meta charset=\"gbk\">{PAGE}<table border=\"1\">");
    let mut cell = |text: &str| {
        page += &format!(
            "<td colspan=\"1\" style=\"border:1px solid #000000; padding:0cm 5.4pt 0cm 5.4pt\"><p class=\"MsoNormal\" \
             align=\"center\"><span style=\"font-size:12pt; font-family:宋体\"><span lang=\"EN-US\">{text}</span>\
             <o:p></o:p></span></p></td>\n"
        );
    };
    let mut row = "";
    for entry in Layout::EDITION_2021.cells() {
        if row != entry.row().label() {
            row = entry.row().label();
            cell("<tr>");
            cell(row);
        }
        cell("0");
    }
    let (gbk, ..) = encoding_rs::GBK.encode(&page);
    for (charset, page) in [("UTF-8", page.as_bytes()), ("GBK", &gbk)] {
        let (read, peak) = peak(|| read::html(page));
        assert!(read.unwrap().cells().filter(|(_, cell)| cell.number().is_some()).count() > 150);
        let times = peak as f64 / page.len() as f64;
        println!("a page of {} bytes in {charset} takes {times:.2} times its size", page.len());
        assert!((40_000..80_000).contains(&page.len()) && times < 4.0);
    }
}
