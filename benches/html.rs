//! What reading a web page costs, against `scraper` doing the least that a reader must: parse the page and lay out the
//! cells of its tables. `lxml_grid.py` does the same in Python, on the page that this writes.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_main};
use ogi_report::{PublishedReport, Row, Section, read};
use scraper::{ElementRef, Html, Selector};

const TEXT: &str = include_str!("../examples/data/department-2024.txt");

// ---- The page ------------------------------------------------------------------------------------

/// The example report as a site shows it: 60 KB, of which the tables were pasted from Word.
struct Page {
    report: PublishedReport,
    html: String,
}

impl Page {
    fn new() -> Page {
        let report = read::text(TEXT).unwrap();
        let title = report.facts.title.clone().unwrap();
        let mut page = Page { report, html: String::with_capacity(60 << 10) };
        page.push("<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\">");
        page.push(&format!("<title>{title}</title><script>var site = {{ id: 1 }};</script></head>\n<body>"));
        page.links();
        page.push(&format!("<div class=\"article\"><h1>{title}</h1><div>发布时间：2025-02-14 08:50</div>\n"));
        page.section("一、总体情况");
        (0..12).for_each(|_| page.prose());
        page.section("二、主动公开政府信息情况");
        page.article20();
        page.section("三、收到和处理政府信息公开申请情况");
        page.requests();
        page.section("四、政府信息公开行政复议、行政诉讼情况");
        page.proceedings();
        page.section("五、存在的主要问题及改进情况");
        page.prose();
        page.section("六、其他需要报告的事项");
        page.prose();
        page.push("</div>\n");
        page.links();
        page.push("</body></html>\n");
        page
    }

    fn push(&mut self, html: &str) {
        self.html += html;
    }

    fn links(&mut self) {
        self.push("<ul class=\"nav\">\n");
        for link in 0..40 {
            self.push(&format!("<li><a href=\"/zwgk/{link}/index.html\" target=\"_blank\">栏目{link}</a></li>\n"));
        }
        self.push("</ul>\n");
    }

    fn section(&mut self, title: &str) {
        self.push(&format!("<p><strong>{title}</strong></p>\n"));
    }

    fn prose(&mut self) {
        self.push("<p class=\"MsoNormal\"><span style=\"font-family:仿宋\">本机关按照条例的要求开展工作，及时公开。</span></p>\n");
    }

    fn cell(&mut self, text: &str, across: usize, down: usize) {
        write!(
            self.html,
            "<td colspan=\"{across}\" rowspan=\"{down}\" style=\"border:1px solid\"><p class=\"MsoNormal\" \
             align=\"center\"><span style=\"font-size:9pt\"><span lang=\"EN-US\">{text}<o:p></o:p></span></span></p></td>"
        )
        .unwrap();
    }

    fn row(&mut self, cells: impl FnOnce(&mut Page)) {
        self.push("<tr>");
        cells(self);
        self.push("</tr>\n");
    }

    fn table(&mut self, rows: impl FnOnce(&mut Page)) {
        self.push("<table class=\"MsoNormalTable\" border=\"1\" cellspacing=\"0\">\n");
        rows(self);
        self.push("</table>\n");
    }

    /// The rows of a table of the form.
    fn rows(&self, table: Section) -> Vec<&'static Row> {
        self.report.layout().rows().iter().filter(|row| row.table() == table).collect()
    }

    fn figures(&mut self, row: &Row, across: usize) {
        for entry in row.cells() {
            let printed = self.report.get(entry.cell()).unwrap().printed().to_owned();
            self.cell(&printed, across, 1);
        }
    }

    fn article20(&mut self) {
        let mut title = "";
        self.table(|page| {
            for row in page.rows(Section::Article20) {
                let across = 3 / row.cells().len();
                if groups(row) != [title] {
                    title = groups(row)[0];
                    page.row(|page| page.cell(title, 4, 1));
                    page.row(|page| {
                        page.cell("信息内容", 1, 1);
                        row.cells().iter().for_each(|entry| page.cell(entry.column_label(), across, 1));
                    });
                }
                page.row(|page| {
                    page.cell(row.label(), 1, 1);
                    page.figures(row, across);
                });
            }
        });
    }

    fn requests(&mut self) {
        self.table(|page| {
            let rows = page.rows(Section::Requests);
            page.row(|page| {
                page.cell("申请人情况", 3, 1);
                rows[0].cells().iter().for_each(|entry| page.cell(entry.column_label(), 1, 1));
            });
            for (at, row) in rows.iter().enumerate() {
                let groups = groups(row);
                page.row(|page| {
                    for depth in 0..groups.len() {
                        let within = |row: &&Row| self::groups(row).get(..=depth) == Some(&groups[..=depth]);
                        if !within(&rows[at - 1]) {
                            page.cell(groups[depth], 1, rows[at..].iter().copied().take_while(within).count());
                        }
                    }
                    page.cell(row.label(), 3 - groups.len(), 1);
                    page.figures(row, 1);
                });
            }
        });
    }

    fn proceedings(&mut self) {
        self.table(|page| {
            let rows = page.rows(Section::Proceedings);
            page.row(|page| {
                page.cell("行政复议", 5, 2);
                page.cell("行政诉讼", 10, 1);
            });
            page.row(|page| rows[1..].iter().for_each(|row| page.cell(row.label(), 5, 1)));
            let columns = rows.iter().flat_map(|row| row.cells()).map(|entry| entry.column_label());
            page.row(|page| columns.for_each(|column| page.cell(column, 1, 1)));
            page.row(|page| rows.iter().for_each(|row| page.figures(row, 1)));
        });
    }
}

/// The labels of the groups that a row stands in, the outermost first.
fn groups(row: &Row) -> Vec<&'static str> {
    let trail: Vec<&str> = row.cells()[0].trail().map(|(_, label)| label).collect();
    trail[1..trail.len() - 2].to_vec()
}

// ---- The least that a reader must do ---------------------------------------------------------------

/// The cells of each table: where each stands in the grid, and its text.
fn grids(page: &str) -> Vec<Vec<(usize, usize, String)>> {
    let selector = |text| Selector::parse(text).unwrap();
    let (table, row, cell) = (selector("table"), selector("tr"), selector("td, th"));
    let span = |cell: &ElementRef<'_>, name| cell.attr(name).and_then(|span| span.parse().ok()).unwrap_or(1);
    let grid = |table: ElementRef<'_>| {
        // By column: how many rows a cell from above still reaches down.
        let mut covered: Vec<usize> = Vec::new();
        let mut cells = Vec::new();
        for (number, row) in table.select(&row).enumerate() {
            let mut column = 0;
            for cell in row.select(&cell) {
                while covered.get(column).is_some_and(|rows| *rows > number) {
                    column += 1;
                }
                let (across, down): (usize, usize) = (span(&cell, "colspan"), span(&cell, "rowspan"));
                covered.resize(covered.len().max(column + across), 0);
                covered[column..column + across].fill(number + down);
                cells.push((number, column, cell.text().collect::<String>().trim().to_owned()));
                column += across;
            }
        }
        cells
    };
    Html::parse_document(page).select(&table).map(grid).collect()
}

fn html(c: &mut Criterion) {
    let page = Page::new();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report.html");
    std::fs::write(&file, &page.html).unwrap();
    println!("{}: {} bytes", file.display(), page.html.len());
    let read = read::html(page.html.as_bytes()).unwrap();
    let printed = |report: &PublishedReport| -> Vec<String> {
        report.cells().map(|(_, cell)| cell.printed().to_owned()).collect()
    };
    assert_eq!(printed(&read), printed(&page.report));
    let figures =
        |grid: &Vec<(usize, usize, String)>| grid.iter().filter(|(.., text)| text.parse::<u32>().is_ok()).count();
    assert_eq!(grids(&page.html).iter().map(figures).sum::<usize>(), 200);

    let mut group = c.benchmark_group("html");
    group.bench_function("read a page", |b| b.iter(|| read::html(black_box(page.html.as_bytes())).unwrap()));
    group.bench_function("scraper: parse it and lay out its tables", |b| b.iter(|| grids(black_box(&page.html))));
    group.finish();
}

mod group {
    use std::time::Duration;

    use criterion::{Criterion, criterion_group};

    criterion_group! {
        name = benches;
        config = Criterion::default().sample_size(40).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(2));
        targets = super::html
    }
}

criterion_main!(group::benches);
