//! Many documents, one after another: each is told where it is, and none stops the others.

use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;

use ogi_report::stream::{self, At, Failed, Input, Progress, Reason, lines};
use ogi_report::{AnnualReport, Language, Layout, PublishedReport};

use crate::common::small;

/// A line of each document, and three that are none.
fn records() -> Vec<String> {
    let published = small(Layout::EDITION_2021);
    let annual = published.accept().unwrap();
    vec![
        serde_json::to_string(&annual).unwrap(),
        "{".to_owned(),
        serde_json::to_string(&published).unwrap(),
        "不是报告".to_owned(),
        serde_json::to_string(&annual).unwrap().replace("\"edition\"", "\"editions\""),
        serde_json::to_string(&small(Layout::EDITION_2019)).unwrap(),
    ]
}

fn at(number: u64, offset: u64) -> At {
    At::Line { file: None, number, offset }
}

/// What came of each document of a run.
fn results<T>(
    inputs: impl Iterator<Item = Result<Input, Failed>>,
    work: impl Fn(Input) -> Result<T, Failed>,
) -> (Vec<Result<T, Failed>>, Progress) {
    let mut results = Vec::new();
    let progress = stream::run(inputs, work, |progress, result| {
        results.push(result);
        assert_eq!(progress.documents, results.len() as u64);
        ControlFlow::Continue(())
    });
    (results, progress)
}

#[test]
fn each_line_is_known_by_its_number_and_its_offset() {
    for (text, expected) in [
        ("", vec![]),
        ("\n\n", vec![]),
        ("a", vec![(at(1, 0), "a")]),
        ("a\nb\n", vec![(at(1, 0), "a"), (at(2, 2), "b")]),
        ("a\r\n \t\r\n件\n\nb", vec![(at(1, 0), "a\r"), (at(3, 7), "件"), (at(5, 12), "b")]),
        // What some programs write in front of a file is no part of its first line.
        ("\u{feff}a\n\u{feff}b", vec![(at(1, 0), "a"), (at(2, 5), "\u{feff}b")]),
    ] {
        // However little is had at a time.
        for size in [1, 2, 3, 100] {
            let found: Vec<Input> =
                lines(BufReader::with_capacity(size, text.as_bytes())).map(Result::unwrap).collect();
            let found: Vec<(At, &str)> =
                found.iter().map(|input| (input.at.clone(), std::str::from_utf8(&input.bytes).unwrap())).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}

#[test]
fn a_line_that_is_too_long_is_passed_over() {
    let text = "1234\n12345\n123456789\n1\n";
    for size in [1, 4, 100] {
        let found: Vec<Result<Input, Failed>> =
            lines(BufReader::with_capacity(size, text.as_bytes())).most_bytes(4).collect();
        let [Ok(first), Err(second), Err(third), Ok(last)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((&first.at, &last.at), (&at(1, 0), &at(4, 21)));
        assert_eq!(second.to_string(), "line 2, byte 5: more than 4 bytes");
        let named = lines(BufReader::with_capacity(size, text.as_bytes())).most_bytes(4).named("甲.jsonl").nth(1);
        assert_eq!(named.unwrap().unwrap_err().to_string(), "甲.jsonl line 2, byte 5: more than 4 bytes");
        assert_eq!(lines(text.as_bytes()).most_bytes(usize::MAX).count(), 4);
        assert_eq!(third.message(Language::Chinese), "第 3 行（偏移 11 字节）：超过 4 字节");
    }
}

/// Gives some bytes, then fails.
struct Breaks<'t>(&'t [u8]);

impl Read for Breaks<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.read(into)? {
            0 => Err(io::Error::other("the disk is gone")),
            read => Ok(read),
        }
    }
}

#[test]
fn a_file_that_breaks_ends_with_an_error() {
    let found: Vec<Result<Input, Failed>> = lines(BufReader::new(Breaks(b"a\nb\nc"))).collect();
    let [Ok(_), Ok(_), Err(failed)] = found.as_slice() else { panic!("{found:?}") };
    assert!(matches!(failed.reason, Reason::Io(_)));
    assert_eq!(failed.to_string(), "line 3, byte 4: cannot be read: the disk is gone");
}

#[test]
fn a_wrong_record_never_stops_the_others() {
    let text = records().join("\n");
    let (found, progress) = results(lines(text.as_bytes()), |input| input.report());
    let readable: Vec<bool> = found.iter().map(Result::is_ok).collect();
    assert_eq!(readable, [true, false, true, false, false, true]);
    assert_eq!((progress.documents, progress.failed), (6, 3));
    assert_eq!(progress.bytes, (text.len() - 5) as u64);
    let failed = found[3].as_ref().unwrap_err();
    let offset = records()[..3].iter().map(|line| line.len() as u64 + 1).sum();
    assert!(failed.at == at(4, offset) && matches!(failed.reason, Reason::Json(_)), "{failed}");
    let by_type = |input: Input| input.annual_report();
    let (annual, _) = results(lines(text.as_bytes()), by_type);
    assert_eq!(annual.iter().filter(|result| result.is_ok()).count(), 1);
}

/// Why a document cannot be used is the source of its error, whatever it is.
#[test]
fn a_failure_has_a_source() {
    let wrong = small(Layout::HYBRID);
    let input = Input { at: At::Named("甲\u{1b}[31m.json".to_owned()), bytes: serde_json::to_vec(&wrong).unwrap() };
    let refused = input.failed(Reason::Refused(input.report().unwrap().accept().unwrap_err()));
    assert!(refused.to_string().starts_with("甲 [31m.json: not an annual report: edition: "), "{refused}");
    assert!(input.at.to_string() == "甲 [31m.json" && refused.message(Language::Chinese).contains("不能作为年度报告"));
    let reasons = [
        refused.reason,
        Reason::Io(io::Error::other("gone")),
        Reason::Json(PublishedReport::from_json(b"{").unwrap_err()),
        Reason::Read(ogi_report::read::any(b"").unwrap_err()),
        Reason::Other("not today".into()),
    ];
    for reason in reasons {
        let failed = input.failed(reason);
        let source = std::error::Error::source(&failed).unwrap();
        assert!(failed.to_string().ends_with(&source.to_string()), "{failed}");
    }
}

/// Who states where a document is from is not overruled by its name.
#[test]
fn a_stated_source_is_kept() {
    let bytes = std::fs::read("examples/data/department-2024.txt").unwrap();
    let input = Input { at: At::Named("a.txt".to_owned()), bytes };
    let address = |reader: ogi_report::read::Reader| {
        input.page(&reader).unwrap().facts.evidence.document.and_then(|document| document.address)
    };
    let reader = ogi_report::read::Reader::new();
    assert_eq!(address(reader.clone()).as_deref(), Some("a.txt"));
    let stated = reader.retrieved_from("https://example.org/a", "2025-02-20T08:30:00+08:00");
    assert_eq!(address(stated).as_deref(), Some("https://example.org/a"));
}

#[test]
fn each_can_end_a_run() {
    let text = records().join("\n");
    let mut seen = 0;
    let progress = stream::run(
        lines(text.as_bytes()),
        |input| input.report(),
        |_, result| {
            seen += 1;
            if result.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        },
    );
    assert_eq!((seen, progress.documents), (2, 2));
}

#[test]
fn what_is_written_is_read() {
    let reports = [small(Layout::EDITION_2021), small(Layout::HYBRID)];
    let mut written = Vec::new();
    reports.iter().for_each(|report| stream::write_line(&mut written, report).unwrap());
    let read: Vec<PublishedReport> = lines(written.as_slice()).map(|input| input.unwrap().report().unwrap()).collect();
    assert!(read == reports);
    let annual: AnnualReport = reports[0].accept().unwrap();
    let mut written = Vec::new();
    stream::write_line(&mut written, &annual).unwrap();
    let read = lines(written.as_slice()).next().unwrap().unwrap();
    assert!(read.annual_report().unwrap() == annual);
}

#[test]
fn files_and_pages_are_known_by_their_names() {
    let page = "examples/data/department-2024.txt";
    let inputs = stream::files([page, "examples/data/no-such-page.html"]);
    let reader = ogi_report::read::Reader::new();
    let (found, progress) = results(inputs, |input| input.page(&reader));
    let [Ok(report), Err(failed)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(report.facts.year.unwrap().get(), 2024);
    assert!(failed.to_string().starts_with("examples/data/no-such-page.html: cannot be read: "), "{failed}");
    assert_eq!((progress.documents, progress.failed), (2, 1));

    let fetch =
        |address: &str| if address.ends_with('1') { Ok(b"nothing".to_vec()) } else { Err(io::Error::other("404")) };
    let fetched: Vec<_> = stream::fetched(["https://example.org/1", "https://example.org/2"], fetch).collect();
    let not_a_report = fetched[0].as_ref().unwrap().page(&reader).unwrap_err();
    assert!(not_a_report.to_string().starts_with("https://example.org/1: no annual report found: "), "{not_a_report}");
    assert_eq!(fetched[1].as_ref().unwrap_err().to_string(), "https://example.org/2: cannot be read: 404");
}

/// With several threads the results are the same, in the same order.
#[cfg(feature = "parallel")]
#[test]
fn threads_keep_the_order() {
    let text: String =
        (0..3_000).map(|number| if number % 7 == 0 { "{\n".to_owned() } else { format!("{number}\n") }).collect();
    let work = |input: Input| {
        let number = std::str::from_utf8(&input.bytes).unwrap().parse::<u64>();
        number.map_err(|error| input.failed(Reason::Other(error.into())))
    };
    let said =
        |result: Result<u64, Failed>| result.map_or_else(|failed| failed.to_string(), |number| number.to_string());
    let (one, of_one) = results(lines(text.as_bytes()), work);
    let mut many = Vec::new();
    let of_many = stream::run_parallel(lines(text.as_bytes()), work, |_, result| {
        many.push(result);
        ControlFlow::Continue(())
    });
    assert_eq!(of_one, of_many);
    assert!(one.into_iter().map(said).eq(many.into_iter().map(said)));
    let mut seen = 0;
    let progress = stream::run_parallel(lines(text.as_bytes()), work, |_, _| {
        seen += 1;
        if seen == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((seen, progress.documents), (10, 10));
}

#[cfg(feature = "archive")]
mod archives {
    use std::io::{Cursor, Write as _};

    use ogi_report::stream::{Failed, Input, MOST_BYTES, Reason, Tar, Zip};

    const FILES: [(&str, &str); 3] = [("2024/甲局.txt", "甲"), ("2024/乙局.html", "<p>乙"), ("空.txt", "")];

    fn zipped() -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.add_directory("2024", zip::write::SimpleFileOptions::default()).unwrap();
        for (name, text) in FILES {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn tarred() -> Vec<u8> {
        let mut archive = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Directory);
        header.set_size(0);
        archive.append_data(&mut header, "2024", &b""[..]).unwrap();
        for (name, text) in FILES {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            archive.append_data(&mut header, name, text.as_bytes()).unwrap();
        }
        archive.into_inner().unwrap()
    }

    fn named(found: Vec<Result<Input, Failed>>) -> Vec<(String, String)> {
        let named = |input: Input| (input.at.to_string(), String::from_utf8(input.bytes).unwrap());
        found.into_iter().map(|input| named(input.unwrap())).collect()
    }

    #[test]
    fn the_files_of_an_archive_come_in_its_order() {
        let expected = FILES.map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(named(Zip::new(Cursor::new(zipped())).unwrap().collect()), expected);
        assert_eq!(named(Tar::new(tarred().as_slice()).files().unwrap().collect()), expected);
    }

    /// The names and kinds of members that a tar has besides.
    #[test]
    fn members_of_a_tar_are_known_by_the_names_that_it_states() {
        let mut archive = tar::Builder::new(Vec::new());
        let long = format!("{}.txt", "很长的文件夹/".repeat(20));
        let mut header = tar::Header::new_gnu();
        header.set_size(1);
        archive.append_data(&mut header, &long, &b"1"[..]).unwrap();
        archive.append_pax_extensions([("path", "扩展.txt".as_bytes()), ("comment", b"none")]).unwrap();
        let mut header = tar::Header::new_ustar();
        header.set_size(1);
        archive.append_data(&mut header, "short.txt", &b"2"[..]).unwrap();
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        archive.append_link(&mut header, "link.txt", "short.txt").unwrap();
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Continuous);
        header.set_size(1);
        archive.append_data(&mut header, "contiguous.txt", &b"3"[..]).unwrap();
        let bytes = archive.into_inner().unwrap();
        let found = named(Tar::new(bytes.as_slice()).files().unwrap().collect());
        let found: Vec<(&str, &str)> = found.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(found, [(long.as_str(), "1"), ("扩展.txt", "2"), ("contiguous.txt", "3")]);
    }

    /// A file that is not all there is no document, and a name that is none ends nothing but its archive.
    #[test]
    fn what_is_cut_off_is_no_document() {
        let mut archive = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(2000);
        archive.append_data(&mut header, "甲.txt", [b'a'; 2000].as_slice()).unwrap();
        let mut bytes = archive.into_inner().unwrap();
        bytes.truncate(512 + 1000);
        let mut archive = Tar::new(bytes.as_slice());
        let found: Vec<_> = archive.files().unwrap().collect();
        let [Err(failed)] = found.as_slice() else { panic!("{found:?}") };
        assert!(failed.to_string().starts_with("甲.txt: cannot be read: "), "{failed}");

        // A name of 8 GiB, of which there is nothing.
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::GNULongName);
        header.set_size(8 << 30);
        header.set_cksum();
        let bytes = [header.as_bytes().as_slice(), &[b'a'; 200_000]].concat();
        let mut archive = Tar::new(bytes.as_slice());
        let found: Vec<_> = archive.files().unwrap().collect();
        assert!(found.len() == 1 && found[0].is_err(), "{found:?}");
    }

    #[test]
    fn a_broken_archive_is_told() {
        assert!(Zip::new(Cursor::new(b"no archive".to_vec())).is_err());
        let mut cut = tarred();
        cut.truncate(1200);
        let mut archive = Tar::new(cut.as_slice());
        let found: Vec<_> = archive.files().unwrap().collect();
        assert!(found.len() < 4 && found.last().is_some_and(Result::is_err), "{found:?}");
    }

    /// A member is unpacked as far as a document can be large, and no further.
    #[test]
    fn a_bomb_is_told() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("bomb.txt", zip::write::SimpleFileOptions::default()).unwrap();
        let zeros = vec![0; 1 << 20];
        (0..=MOST_BYTES >> 20).for_each(|_| archive.write_all(&zeros).unwrap());
        archive.start_file("甲.txt", zip::write::SimpleFileOptions::default()).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        let found: Vec<_> = Zip::new(Cursor::new(bytes)).unwrap().collect();
        let [Err(failed), Ok(_)] = found.as_slice() else { panic!("{} files", found.len()) };
        assert!(matches!(failed.reason, Reason::TooLarge { limit: MOST_BYTES }));
    }
}
