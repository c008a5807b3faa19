//! Variants of layout: legal reports written the ways pages print them, and read back cell by cell.
//!
//! Where every border of a cell survives, every cell must come back. Where borders, lines or labels are lost, a cell may
//! stay unread, but no cell may be read as another number; and a figure that is missing from the page is always reported.

use crate::common;
use std::io::{Cursor, Write as _};
use std::path::Path;

use crate::common::{Facts, Leaves, amount, layouts, outcome_rows};
use ogi_report::read::{self, ReadError};
use ogi_report::{AmountUnit, Cell, Layout, Origin, PublishedCell, PublishedReport, Section, Status};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

// ---- Reports -------------------------------------------------------------------------------------

/// Figures as they occur: half of them 0, most of the others small.
fn figures() -> BoxedStrategy<u64> {
    prop_oneof![10 => Just(0_u64), 8 => 1..10_u64, 4 => 10..100_u64, 1 => 100..3_000_u64].boxed()
}

/// Legal reports with figures of up to five digits.
fn reports_of(layout: Layout) -> BoxedStrategy<Leaves> {
    use proptest::array::{uniform3, uniform4, uniform5, uniform6, uniform16};
    let rows = outcome_rows(layout);
    let article20 = prop_oneof![4 => Just(0_u64), 4 => 0..100_u64, 1 => 100..50_000_u64];
    let amounts = proptest::sample::select(vec!["0", "12.5", "103.3879", "8040", "59237.2449", "24252.311082"]);
    (
        proptest::collection::vec(uniform6(figures()), rows),
        uniform6(prop_oneof![3 => Just(0_u64), 1 => 1..30_u64]),
        uniform6(prop_oneof![3 => Just(0_u64), 1 => 1..30_u64]),
        uniform3(uniform4(prop_oneof![3 => Just(0_u64), 2 => 1..10_u64, 1 => 10..200_u64])),
        uniform16(article20.boxed()),
        uniform5(prop_oneof![2 => Just(0_i64), 2 => -300..300_i64]),
        amounts,
        proptest::option::of((0..rows, 10_000..40_000_u64)),
        // How many rows of outcomes are all zeros, as most are.
        0..4_u64,
        any::<u64>(),
    )
        .prop_map(
            move |(mut outcomes, carried_in, carried_out, rulings, article20, changes, money, edge, zeros, seed)| {
                let mut seed = Seed(seed);
                for row in &mut outcomes {
                    if seed.below(4) < zeros {
                        *row = [0; 6];
                    }
                }
                if let Some((row, figure)) = edge {
                    outcomes[row][0] = figure;
                }
                Leaves {
                    layout,
                    outcomes,
                    carried_in,
                    carried_out,
                    rulings,
                    article20,
                    changes,
                    amount: amount(money),
                    amount_unit: AmountUnit::Yuan,
                    facts: Facts::small(layout.edition()),
                }
            },
        )
        .boxed()
}

fn reports() -> BoxedStrategy<PublishedReport> {
    layouts().prop_flat_map(reports_of).prop_map(|leaves| leaves.published()).boxed()
}

/// The same reports at every run: `count` of each layout.
fn fixed_reports(count: usize) -> Vec<PublishedReport> {
    let mut runner = TestRunner::deterministic();
    let mut reports = Vec::new();
    for layout in Layout::newest_first() {
        let strategy = reports_of(layout);
        reports.extend((0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current().published()));
    }
    reports
}

/// Choices that a writer makes, the same for the same seed.
struct Seed(u64);

impl Seed {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        ((mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 33) % bound
    }
}

/// The report with a few cells blank, as pages show them.
fn with_blanks(mut report: PublishedReport, seed: u64) -> PublishedReport {
    let mut seed = Seed(seed);
    let cells: Vec<Cell> = report.layout().cells().iter().map(|entry| entry.cell()).collect();
    for _ in 0..seed.below(6) {
        let cell = cells[seed.below(cells.len() as u64) as usize];
        // One row of table one of each size stays whole: where none does, whether blanks lie beside a row is open.
        if !["article20.item1.rules.", "article20.item9."].iter().any(|row| cell.path().starts_with(row)) {
            report.set(cell, PublishedCell::read("")).unwrap();
        }
    }
    report
}

// ---- What a page prints --------------------------------------------------------------------------

/// A row of a table; a figure that vanished is `None`.
#[derive(Clone)]
struct Row {
    /// The labels of the groups it stands in, the outermost first.
    groups: Vec<&'static str>,
    label: &'static str,
    figures: Vec<Option<String>>,
}

impl Row {
    fn present(&self) -> Vec<&str> {
        self.figures.iter().flatten().map(String::as_str).collect()
    }
}

/// An item of table one.
struct Item {
    title: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Row>,
}

/// A report taken apart into what its page prints.
struct Page {
    title: String,
    year: u16,
    agency: String,
    sections: Vec<&'static str>,
    items: Vec<Item>,
    applicants: Vec<&'static str>,
    requests: Vec<Row>,
    rulings: Vec<&'static str>,
    proceedings: Vec<Row>,
}

const CORNER: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
const OVERVIEW: &str = "本机关按照条例的要求开展工作。";
const PROBLEMS: &str = "公开不够及时，已改进。";
const OTHER: &str = "本年度未收取信息处理费。";

impl Page {
    fn of(report: &PublishedReport, gone: Option<Cell>) -> Page {
        let mut page = Page {
            title: report.facts.title.clone().unwrap(),
            year: report.facts.year.unwrap().get(),
            agency: report.facts.agency.clone().unwrap().name,
            sections: Vec::new(),
            items: Vec::new(),
            applicants: Vec::new(),
            requests: Vec::new(),
            rulings: Vec::new(),
            proceedings: Vec::new(),
        };
        let cells: Vec<_> = report.cells().collect();
        let mut at = 0;
        while at < cells.len() {
            let entry = cells[at].0;
            let row_of = |at: usize| cells[at].0.path().rsplit_once('.').unwrap().0;
            let end = (at..cells.len()).find(|next| row_of(*next) != row_of(at)).unwrap_or(cells.len());
            let trail: Vec<(&str, &str)> = entry.trail().collect();
            let groups: Vec<&str> = trail[1..trail.len() - 2].iter().map(|(_, printed)| *printed).collect();
            let columns: Vec<&str> = cells[at..end].iter().map(|(entry, _)| entry.column_label()).collect();
            let print = |(entry, cell): &(&ogi_report::Entry, &PublishedCell)| {
                (Some(entry.cell()) != gone).then(|| cell.printed().to_owned())
            };
            let row = Row { groups, label: entry.row().label(), figures: cells[at..end].iter().map(print).collect() };
            if !page.sections.contains(&trail[0].1) {
                page.sections.push(trail[0].1);
            }
            match trail[0].0 {
                "article20" => {
                    let title = row.groups[0];
                    match page.items.last_mut() {
                        Some(item) if item.title == title => item.rows.push(row),
                        _ => page.items.push(Item { title, columns, rows: vec![row] }),
                    }
                }
                "requests" => {
                    page.applicants = columns;
                    page.requests.push(row);
                }
                _ => {
                    page.rulings = columns;
                    page.proceedings.push(row);
                }
            }
            at = end;
        }
        page
    }

    /// Title, date, section one and the heading of section two.
    fn before(&self) -> Vec<String> {
        let date = format!("发布时间：{}-01-20 08:50", self.year + 1);
        [&self.title, &date, Section::Overview.title(), OVERVIEW, self.sections[0]].map(str::to_owned).to_vec()
    }

    /// Sections five and six and the signature.
    fn after(&self) -> Vec<String> {
        let date = format!("{}年1月20日", self.year + 1);
        let lines: [&str; 6] =
            [Section::Problems.title(), PROBLEMS, Section::OtherMatters.title(), OTHER, &self.agency, &date];
        lines.map(str::to_owned).to_vec()
    }

    /// The outer and the inner heading words of table three: its groups, and those above them.
    fn proceedings_groups(&self) -> [Vec<&'static str>; 2] {
        let mut outer: Vec<&str> =
            self.proceedings.iter().map(|row| row.groups.last().copied().unwrap_or(row.label)).collect();
        outer.dedup();
        let inner = self.proceedings.iter().filter(|row| !row.groups.is_empty()).map(|row| row.label).collect();
        [outer, inner]
    }

    /// The headings of table two, in the order a text prints them.
    fn applicant_heading(&self) -> Vec<&'static str> {
        let (person, others) = self.applicants.split_first().unwrap();
        let (total, others) = others.split_last().unwrap();
        [&[CORNER, "申请人情况", *person, "法人或其他组织", *total], others].concat()
    }

    /// The headings of table three, in the order a text prints them.
    fn proceedings_heading(&self) -> Vec<&'static str> {
        let [outer, inner] = self.proceedings_groups();
        [outer, self.rulings.clone(), inner, self.rulings.clone(), self.rulings.clone()].concat()
    }
}

/// The groups that begin with a row.
fn begun(rows: &[Row], at: usize) -> &[&'static str] {
    let groups = &rows[at].groups;
    let above = at.checked_sub(1).map_or(&[] as &[&str], |above| &rows[above].groups);
    &groups[groups.iter().zip(above).take_while(|(group, above)| group == above).count()..]
}

// ---- Tables as grids -----------------------------------------------------------------------------

#[derive(Clone)]
struct Td {
    text: String,
    across: usize,
    down: usize,
    figure: bool,
}

type Grid = Vec<Vec<Td>>;

fn label(text: &str, across: usize, down: usize) -> Td {
    Td { text: text.to_owned(), across, down, figure: false }
}

/// The figures of a row that are there.
fn figure_cells(figures: &[Option<String>], widths: &[usize]) -> Vec<Td> {
    let cells = figures.iter().zip(widths);
    cells
        .filter_map(|(figure, across)| Some(Td { text: figure.clone()?, across: *across, down: 1, figure: true }))
        .collect()
}

/// The part of a table that a cell takes: its first column, its width, and the cell unless one above covers it.
struct Slot<'g> {
    column: usize,
    across: usize,
    td: Option<&'g Td>,
}

/// Where the cells of a grid stand.
fn slots(grid: &Grid) -> Vec<Vec<Slot<'_>>> {
    let mut open: Vec<(usize, usize)> = vec![(0, 0); 64];
    let mut rows = Vec::new();
    for row in grid {
        let (mut slots, mut column, mut cells) = (Vec::new(), 0, row.iter());
        loop {
            if let (rest @ 1.., across) = open[column] {
                open[column].0 = rest - 1;
                slots.push(Slot { column, across, td: None });
                column += across;
            } else if let Some(td) = cells.next() {
                open[column] = (td.down - 1, td.across);
                slots.push(Slot { column, across: td.across, td: Some(td) });
                column += td.across;
            } else {
                break;
            }
        }
        rows.push(slots);
    }
    rows
}

/// How the tables are drawn.
#[derive(Clone, Copy, Default)]
struct Web {
    /// Header rows have no spans, but empty cells.
    padded: bool,
    /// Data rows span other columns than their headings.
    odd: bool,
    /// The elements each digit stands in.
    digits: Option<(&'static str, &'static str)>,
    nested: bool,
    split: bool,
    three: bool,
    gbk: bool,
    /// Rows with a label and figures end in empty cells.
    trailing: bool,
}

impl Web {
    fn item(self, item: &Item) -> Grid {
        let heading: &[usize] = match (item.columns.len(), self.odd) {
            (3, false) => &[1, 1, 1],
            (3, true) => &[1, 1, 2],
            (2, false) => &[1, 2],
            (2, true) => &[1, 3],
            (_, odd) => &[3 + odd as usize],
        };
        let data: &[usize] = match (item.columns.len(), self.odd) {
            (3, true) => &[2, 1, 1],
            (2, true) => &[2, 2],
            _ => heading,
        };
        let columns = item.columns.iter().zip(heading).map(|(column, across)| label(column, *across, 1));
        let mut grid = vec![
            vec![label(item.title, 1 + heading.iter().sum::<usize>(), 1)],
            std::iter::once(label("信息内容", 1, 1)).chain(columns).collect(),
        ];
        for row in &item.rows {
            let mut cells = vec![label(row.label, 1, 1)];
            cells.extend(figure_cells(&row.figures, data));
            grid.push(cells);
        }
        grid
    }

    fn requests(self, page: &Page, rows: &[Row], headed: bool) -> Grid {
        let (heading, data) = if self.odd { ([1, 1, 2, 1, 1, 2, 1], [1, 2, 1, 1, 2, 1, 1]) } else { ([1; 7], [1; 7]) };
        let mut grid = Vec::new();
        if headed {
            let applicants = &page.applicants;
            grid.push(vec![label(CORNER, 3, 3), label("申请人情况", heading.iter().sum(), 1)]);
            grid.push(vec![
                label(applicants[0], heading[0], 2),
                label("法人或其他组织", heading[1..6].iter().sum(), 1),
                label(applicants[6], heading[6], 2),
            ]);
            grid.push((1..6).map(|column| label(applicants[column], heading[column], 1)).collect());
        }
        for (at, row) in rows.iter().enumerate() {
            let fresh = begun(rows, at);
            let outer = row.groups.len() - fresh.len();
            let mut cells: Vec<Td> = (outer..row.groups.len())
                .map(|depth| {
                    let same = |row: &&Row| row.groups.get(..=depth) == Some(&rows[at].groups[..=depth]);
                    label(row.groups[depth], 1, rows[at..].iter().take_while(same).count())
                })
                .collect();
            cells.push(label(row.label, 3 - row.groups.len(), 1));
            cells.extend(figure_cells(&row.figures, &data));
            grid.push(cells);
        }
        grid
    }

    fn proceedings(self, page: &Page) -> Grid {
        let (heading, data) = if self.odd { ([1, 2, 1, 1, 1], [1, 1, 1, 2, 1]) } else { ([1; 5], [1; 5]) };
        let width: usize = heading.iter().sum();
        let [outer, inner] = page.proceedings_groups();
        let rulings = |down| page.rulings.iter().zip(heading).map(move |(ruling, across)| label(ruling, across, down));
        let figures = page.proceedings.iter().flat_map(|row| figure_cells(&row.figures, &data));
        vec![
            vec![label(outer[0], width, 1), label(outer[1], 2 * width, 1)],
            rulings(2).chain(inner.iter().map(|group| label(group, width, 1))).collect(),
            rulings(1).chain(rulings(1)).collect(),
            figures.collect(),
        ]
    }

    /// All blocks of a page in order: lines and tables.
    fn blocks(self, page: &Page) -> Vec<Block> {
        let mut blocks: Vec<Block> = page.before().into_iter().map(Block::Line).collect();
        blocks.push(Block::Table(page.items.iter().flat_map(|item| self.item(item)).collect()));
        blocks.push(Block::Line(page.sections[1].to_owned()));
        if self.split {
            // Within a group, as a page break would.
            let at = page.requests.len() / 3;
            blocks.push(Block::Table(self.requests(page, &page.requests[..at], true)));
            blocks.push(Block::Table(self.requests(page, &page.requests[at..], false)));
        } else {
            blocks.push(Block::Table(self.requests(page, &page.requests, true)));
        }
        blocks.push(Block::Line(page.sections[2].to_owned()));
        if self.three {
            for row in &page.proceedings {
                blocks.push(Block::Line(row.label.to_owned()));
                let columns = page.rulings.iter().map(|ruling| label(ruling, 1, 1)).collect();
                blocks.push(Block::Table(vec![columns, figure_cells(&row.figures, &[1; 5])]));
            }
        } else {
            blocks.push(Block::Table(self.proceedings(page)));
        }
        blocks.extend(page.after().into_iter().map(Block::Line));
        for block in &mut blocks {
            let Block::Table(grid) = block else { continue };
            if self.padded {
                *grid = padded(grid);
            }
            let has = |row: &[Td], figure| row.iter().any(|td| td.figure == figure);
            let rows = grid.iter_mut().filter(|row| self.trailing && has(row, false) && has(row, true));
            rows.for_each(|row| row.extend([label("", 1, 1), label("", 1, 1)]));
        }
        blocks
    }

    fn write(self, page: &Page) -> Vec<u8> {
        let charset = if self.gbk { "gbk" } else { "utf-8" };
        let mut body = String::new();
        for block in self.blocks(page) {
            match block {
                Block::Line(line) => body += &format!("<p style=\"text-indent: 2em\">{line}</p>\n"),
                Block::Table(grid) => body += &self.table(&grid),
            }
        }
        if self.nested {
            let meta = format!(
                "<table class=\"meta\"><tr><td>索引号</td><td>0000/2025-00001</td><td>分类</td><td>其他</td></tr>\
                 <tr><td>发布机构</td><td>{}</td><td>文号</td><td></td></tr></table>",
                page.agency
            );
            body = format!(
                "<div class=\"nav\"><a href=\"/\">首页</a> | <a>政务公开</a></div><table width=\"980\"><tbody><tr>\
                 <td colspan=\"2\">当前位置：首页 &gt; 政府信息公开年报</td></tr><tr><td>{meta}</td></tr><tr>\
                 <td><div>字体：大 中 小 打印</div>{body}</td><td>相关链接</td></tr></tbody></table><div>版权所有</div>"
            );
        }
        let page = format!(
            "<!DOCTYPE html><html><head><meta charset=\"{charset}\"><title>{}</title></head><body>{body}</body></html>",
            page.title
        );
        if self.gbk { encoding_rs::GBK.encode(&page).0.into_owned() } else { page.into_bytes() }
    }

    fn table(self, grid: &Grid) -> String {
        let mut html = "<table border=\"1\"><tbody>\n".to_owned();
        for row in grid {
            html += "<tr>";
            for td in row {
                let mut attributes = String::new();
                if td.across > 1 {
                    attributes += &format!(" colspan=\"{}\"", td.across);
                }
                if td.down > 1 {
                    attributes += &format!(" rowspan=\"{}\"", td.down);
                }
                html += &format!("<td{attributes}>{}</td>", self.inner(td));
            }
            html += "</tr>\n";
        }
        html + "</tbody></table>\n"
    }

    fn inner(self, td: &Td) -> String {
        let text = if td.text.is_empty() { "&nbsp;" } else { &td.text };
        match self.digits {
            Some((open, close)) if td.text.is_empty() => format!("{open}&nbsp;{close}"),
            Some((open, close)) if td.figure => text.chars().map(|c| format!("{open}{c}{close}")).collect(),
            _ => format!("<p><span>{text}</span></p>"),
        }
    }
}

enum Block {
    Line(String),
    Table(Grid),
}

/// The grid with the spans of its header rows turned into empty cells.
fn padded(grid: &Grid) -> Grid {
    let is_header = |at: usize| grid.get(at).is_some_and(|row| row.iter().all(|td| !td.figure));
    let empty = |count: usize| std::iter::repeat_n(label("", 1, 1), count);
    let rows = slots(grid).into_iter().enumerate().map(|(at, row)| {
        if !is_header(at) {
            return grid[at].clone();
        }
        let cell = |slot: Slot<'_>| match slot.td {
            Some(td) => std::iter::once(label(&td.text, 1, 1)).chain(empty(slot.across - 1)).collect::<Vec<_>>(),
            None => empty(slot.across).collect(),
        };
        row.into_iter().flat_map(cell).collect()
    });
    rows.collect()
}

// ---- Office --------------------------------------------------------------------------------------

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(page: &Page, web: Web) -> Vec<u8> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let mut body = String::new();
    for block in web.blocks(page) {
        let grid = match block {
            Block::Line(line) => {
                body += &paragraph(&line);
                continue;
            }
            Block::Table(grid) => grid,
        };
        body += "<w:tbl>";
        for row in slots(&grid) {
            body += "<w:tr>";
            for slot in row {
                let merged = match slot.td {
                    None => "<w:vMerge/>",
                    Some(td) if td.down > 1 => "<w:vMerge w:val=\"restart\"/>",
                    Some(_) => "",
                };
                let text = slot.td.map_or("", |td| &td.text);
                body += &format!(
                    "<w:tc><w:tcPr><w:gridSpan w:val=\"{}\"/>{merged}</w:tcPr>{}</w:tc>",
                    slot.across,
                    paragraph(text)
                );
            }
            body += "</w:tr>";
        }
        body += "</w:tbl>";
    }
    archive(&[("word/document.xml", &format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"))])
}

fn xlsx(page: &Page) -> Vec<u8> {
    let column = |column: usize| char::from(b'A' + column as u8);
    let (mut rows, mut merged, mut number) = (String::new(), String::new(), 0);
    let cell = |at: usize, number: usize, text: &str| {
        format!("<c r=\"{}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>", column(at))
    };
    for block in Web::default().blocks(page) {
        let grid = match block {
            Block::Line(line) => vec![vec![label(&line, 1, 1)]],
            Block::Table(grid) => grid,
        };
        for row in slots(&grid) {
            number += 1;
            rows += &format!("<row r=\"{number}\">");
            for slot in row {
                let Some(td) = slot.td else { continue };
                rows += &cell(slot.column, number, &td.text);
                if td.across > 1 || td.down > 1 {
                    let (right, below) = (column(slot.column + td.across - 1), number + td.down - 1);
                    merged += &format!("<mergeCell ref=\"{}{number}:{right}{below}\"/>", column(slot.column));
                }
            }
            rows += "</row>";
        }
    }
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>");
    archive(&[
        ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"年报\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"t/worksheet\" Target=\"sheet1.xml\"/></Relationships>",
        ),
        ("xl/sheet1.xml", &sheet),
    ])
}

// ---- Text ----------------------------------------------------------------------------------------

fn piped(cells: &[&str]) -> String {
    format!("| {} |\n|{}\n", cells.join(" | "), "---|".repeat(cells.len()))
}

fn piped_row(cells: &[&str]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// A Markdown page; with `lost`, some rows of table two stand without their label, which is a line before or after.
fn markdown(page: &Page, lost: bool, seed: u64) -> String {
    let mut seed = Seed(seed);
    let mut text = page.before().join("\n\n") + "\n\n";
    for item in &page.items {
        text += &format!("{}\n\n", item.title);
        text += &piped(&[&["信息内容"], item.columns.as_slice()].concat());
        for row in &item.rows {
            text += &piped_row(&[&[row.label], row.present().as_slice()].concat());
        }
        text += "\n";
    }
    text += &format!("{}\n\n", page.sections[1]);
    text += &piped(&[&[CORNER], page.applicants.as_slice()].concat());
    let mut whole = true;
    for (at, row) in page.requests.iter().enumerate() {
        let groups = begun(&page.requests, at);
        let inner = (3..page.requests.len() - 3).contains(&at);
        if lost && inner && whole && seed.below(3) == 0 {
            whole = false;
            let name = groups.concat() + row.label;
            let figures = piped_row(&row.present());
            text += &match seed.below(3) {
                0 => format!("\n{name}\n{figures}"),
                1 => format!("\n{figures}\n{name}\n"),
                _ => {
                    let middle = row.label.char_indices().nth(row.label.chars().count() / 2).unwrap().0;
                    let (first, second) = row.label.split_at(middle);
                    format!("\n{}{first}\n{second}\n{figures}", groups.concat())
                }
            };
        } else {
            whole = true;
            text += &piped_row(&[groups, &[row.label], row.present().as_slice()].concat());
        }
    }
    text += &format!("\n{}\n\n", page.sections[2]);
    let [outer, inner] = page.proceedings_groups();
    text += &piped(&outer);
    text += &piped_row(&[page.rulings.as_slice(), inner.as_slice()].concat());
    let figures: Vec<&str> = page.proceedings.iter().flat_map(Row::present).collect();
    text += &piped_row(&figures);
    text + "\n" + &page.after().join("\n\n")
}

/// The lines of the tables, a cell a line.
fn cells_a_line(page: &Page) -> [Vec<String>; 3] {
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let mut article20 = Vec::new();
    for item in &page.items {
        article20.extend(owned(&[&[item.title, "信息内容"], item.columns.as_slice()].concat()));
        for row in &item.rows {
            article20.extend(owned(&[&[row.label], row.present().as_slice()].concat()));
        }
    }
    let mut requests = owned(&page.applicant_heading());
    for (at, row) in page.requests.iter().enumerate() {
        requests.extend(owned(&[begun(&page.requests, at), &[row.label], row.present().as_slice()].concat()));
    }
    let mut proceedings = owned(&page.proceedings_heading());
    proceedings.extend(page.proceedings.iter().flat_map(|row| owned(&row.present())));
    [article20, requests, proceedings]
}

/// Everything in one line with nothing between the cells.
fn run_together(page: &Page) -> String {
    let [article20, requests, proceedings] = cells_a_line(page);
    let sections = [page.before(), article20, vec![page.sections[1].to_owned()], requests];
    let rest = [vec![page.sections[2].to_owned()], proceedings, page.after()];
    sections.into_iter().chain(rest).flatten().collect()
}

/// A cell a line, with the marks of page breaks inside the tables.
fn with_page_marks(page: &Page, seed: u64) -> String {
    let mut seed = Seed(seed);
    let mut lines = page.before();
    for (number, mut table) in cells_a_line(page).into_iter().enumerate() {
        for mark in ["- 4 -", "— 5 —", "P. 9"] {
            table.insert(1 + seed.below(table.len() as u64 - 1) as usize, mark.to_owned());
        }
        if number > 0 {
            lines.push(page.sections[number].to_owned());
        }
        lines.append(&mut table);
    }
    lines.append(&mut page.after());
    lines.join("\n")
}

/// Puts a text at a column of a line, or after what already stands there.
fn put(line: &mut String, column: usize, text: &str) {
    let length = line.chars().count();
    let gap = if length == 0 { column } else { column.saturating_sub(length).max(1) };
    *line += &" ".repeat(gap);
    *line += text;
}

/// Pieces of a text of at most `length` characters.
fn pieces(text: &str, length: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(length).map(|piece| piece.iter().collect()).collect()
}

/// Text as `pdftotext -layout` writes it: columns of spaces; labels broken over lines with `broken_labels`, figures of
/// more than four digits with `broken_figures`: four digits above, the others below.
fn aligned(page: &Page, broken_labels: bool, broken_figures: bool, seed: u64) -> String {
    let mut seed = Seed(seed);
    let centred = |text: &str| format!("{}{text}\n", " ".repeat(20));
    let mut text = page.before().join("\n") + "\n\n";
    let line = |cells: &[&str], first: usize| {
        let mut line = String::new();
        for (at, cell) in cells.iter().enumerate() {
            put(&mut line, if at == 0 { 2 } else { first + (at - 1) * 14 }, cell);
        }
        line + "\n"
    };
    for item in &page.items {
        text += &centred(item.title);
        text += &line(&[&["信息内容"], item.columns.as_slice()].concat(), 24);
        for row in &item.rows {
            text += &line(&[&[row.label], row.present().as_slice()].concat(), 24);
        }
    }
    text += &format!("\n{}\n\n", page.sections[1]);
    let heading = page.applicant_heading();
    text += &centred(heading[1]);
    text += &centred(heading[3]);
    text += &line(&[&[heading[0]], page.applicants.as_slice()].concat(), 40);
    let mut groups: Vec<String> = Vec::new();
    for (at, row) in page.requests.iter().enumerate() {
        let labels = pieces(row.label, if broken_labels { 15 } else { 60 });
        let figure_line = if labels.len() > 1 { seed.below(labels.len() as u64) as usize } else { 0 };
        let first = if broken_labels { 30 } else { 62 };
        let mut fresh: Vec<String> = begun(&page.requests, at).iter().flat_map(|group| pieces(group, 4)).collect();
        if !broken_labels {
            fresh = begun(&page.requests, at).iter().map(|group| (*group).to_owned()).collect();
        }
        // What is left of the group above has no place beside this one.
        if !fresh.is_empty() {
            groups.drain(..).for_each(|piece| text += &format!("{piece}\n"));
            groups = fresh;
        }
        let column = |at: usize| first + at * 8;
        let breaks = |figure: &str| broken_figures && figure.len() > 4;
        let figures = || row.figures.iter().enumerate().filter_map(|(at, figure)| Some((at, figure.as_deref()?)));
        let (mut above, mut below) = (String::new(), String::new());
        for (at, figure) in figures().filter(|(_, figure)| breaks(figure)) {
            put(&mut above, column(at), &figure[..4]);
            put(&mut below, column(at), &figure[4..]);
        }
        if !above.is_empty() {
            text += &(above + "\n");
        }
        for (number, piece) in labels.iter().enumerate() {
            let mut line = String::new();
            if !groups.is_empty() {
                put(&mut line, 0, &groups.remove(0));
            }
            put(&mut line, 10, piece);
            if number == figure_line {
                figures().filter(|(_, figure)| !breaks(figure)).for_each(|(at, figure)| {
                    put(&mut line, column(at), figure);
                });
            }
            text += &(line + "\n");
        }
        if !below.is_empty() {
            text += &(below + "\n");
        }
    }
    text += &format!("\n{}\n\n", page.sections[2]);
    let [outer, inner] = page.proceedings_groups();
    text += &line(&outer, 40);
    text += &line(&[&[""], inner.as_slice()].concat(), 30);
    text += &line(&[page.rulings.as_slice(); 3].concat(), 10);
    let mut figures = String::new();
    let present: Vec<&str> = page.proceedings.iter().flat_map(Row::present).collect();
    present.iter().enumerate().for_each(|(at, figure)| put(&mut figures, 2 + at * 8, figure));
    text + &figures + "\n\n" + &page.after().join("\n")
}

// ---- Formats -------------------------------------------------------------------------------------

#[derive(Clone, Copy)]
enum Kind {
    Html(Web),
    Docx(Web),
    Xlsx,
    Markdown { lost: bool },
    RunTogether,
    Aligned { labels: bool, figures: bool },
    PageMarks,
}

struct Format {
    name: &'static str,
    kind: Kind,
    /// Whether every cell reads back.
    exact: bool,
    /// Whether a blank cell can be seen.
    blanks: bool,
}

const PLAIN: Web = Web {
    padded: false,
    odd: false,
    digits: None,
    nested: false,
    split: false,
    three: false,
    gbk: false,
    trailing: false,
};

const fn web(name: &'static str, web: Web) -> Format {
    Format { name, kind: Kind::Html(web), exact: true, blanks: true }
}

const FORMATS: [Format; 25] = [
    web("HTML, official spans", PLAIN),
    web("HTML, padded header rows", Web { padded: true, ..PLAIN }),
    web("HTML, other colspans in data rows", Web { odd: true, ..PLAIN }),
    web("HTML, a digit per font", Web { digits: Some(("<font face=\"宋体\">", "</font>")), ..PLAIN }),
    web("HTML, a digit per o:p", Web { digits: Some(("<o:p>", "</o:p>")), ..PLAIN }),
    // Two paragraphs in a cell can be two figures: what is not read is reported.
    Format {
        name: "HTML, a digit per p",
        kind: Kind::Html(Web { digits: Some(("<p>", "</p>")), ..PLAIN }),
        exact: false,
        blanks: true,
    },
    web("HTML, a digit per span", Web { digits: Some(("<span>", "</span>")), ..PLAIN }),
    web("HTML, in a layout table", Web { nested: true, ..PLAIN }),
    web("HTML, table two in two", Web { split: true, ..PLAIN }),
    web("HTML, table three in three", Web { three: true, ..PLAIN }),
    web("HTML, rows end in empty cells", Web { trailing: true, ..PLAIN }),
    web("HTML, GBK", Web { gbk: true, ..PLAIN }),
    web("HTML, layout table, padded, odd, split", Web { padded: true, odd: true, nested: true, split: true, ..PLAIN }),
    web(
        "HTML, GBK, layout table, split, three, spans",
        Web {
            gbk: true,
            nested: true,
            split: true,
            three: true,
            digits: Some(("<span lang=\"EN-US\">", "</span>")),
            ..PLAIN
        },
    ),
    Format { name: "docx", kind: Kind::Docx(PLAIN), exact: true, blanks: true },
    Format {
        name: "docx, odd, split, three",
        kind: Kind::Docx(Web { odd: true, split: true, three: true, ..PLAIN }),
        exact: true,
        blanks: true,
    },
    // Its tables are of different widths: most rows end in empty cells.
    Format { name: "xlsx", kind: Kind::Xlsx, exact: true, blanks: true },
    Format { name: "Markdown", kind: Kind::Markdown { lost: false }, exact: true, blanks: true },
    Format { name: "Markdown, labels apart", kind: Kind::Markdown { lost: true }, exact: false, blanks: false },
    Format { name: "a cell a line, page marks", kind: Kind::PageMarks, exact: true, blanks: false },
    Format {
        name: "-layout, whole",
        kind: Kind::Aligned { labels: false, figures: false },
        exact: true,
        blanks: false,
    },
    Format {
        name: "-layout, labels broken",
        kind: Kind::Aligned { labels: true, figures: false },
        exact: false,
        blanks: false,
    },
    Format {
        name: "-layout, figures broken",
        kind: Kind::Aligned { labels: false, figures: true },
        exact: false,
        blanks: false,
    },
    Format {
        name: "-layout, both broken",
        kind: Kind::Aligned { labels: true, figures: true },
        exact: false,
        blanks: false,
    },
    Format { name: "run together", kind: Kind::RunTogether, exact: false, blanks: false },
];

impl Format {
    fn write(&self, report: &PublishedReport, gone: Option<Cell>, seed: u64) -> Vec<u8> {
        let page = Page::of(report, gone);
        match self.kind {
            Kind::Html(web) => web.write(&page),
            Kind::Docx(web) => docx(&page, web),
            Kind::Xlsx => xlsx(&page),
            Kind::Markdown { lost } => markdown(&page, lost, seed).into_bytes(),
            Kind::RunTogether => run_together(&page).into_bytes(),
            Kind::Aligned { labels, figures } => aligned(&page, labels, figures, seed).into_bytes(),
            Kind::PageMarks => with_page_marks(&page, seed).into_bytes(),
        }
    }

    fn read(&self, input: &[u8]) -> PublishedReport {
        let found: Result<PublishedReport, ReadError> = match self.kind {
            Kind::Html(_) => read::html(input),
            Kind::Docx(_) => read::docx(input),
            Kind::Xlsx => read::xlsx(input),
            _ => read::text(std::str::from_utf8(input).unwrap()),
        };
        found.unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// The page, or what of it can be shown.
    fn shown(&self, input: &[u8]) -> String {
        match self.kind {
            Kind::Docx(_) | Kind::Xlsx => "(an archive)".to_owned(),
            _ => String::from_utf8_lossy(input).into_owned(),
        }
    }
}

// ---- Comparison ----------------------------------------------------------------------------------

/// What became of the cells of a report.
#[derive(Clone, Default)]
struct Score {
    cells: usize,
    read: usize,
    inferred: usize,
    candidates: usize,
    reported: usize,
    wrong: Vec<String>,
    /// Of tables two and three.
    lower: (usize, usize),
}

impl Score {
    fn of(found: &PublishedReport, expected: &PublishedReport) -> Score {
        let mut score = Score::default();
        score.add(found, expected);
        score
    }

    fn add(&mut self, found: &PublishedReport, expected: &PublishedReport) {
        let compact = |text: &str| text.split_whitespace().collect::<String>();
        for (entry, expected) in expected.cells() {
            self.cells += 1;
            let lower = !entry.path().starts_with("article20");
            self.lower.0 += usize::from(lower);
            let not_found = PublishedCell::not_found();
            let found = found.get(entry.cell()).unwrap_or(&not_found);
            let same = compact(found.printed()) == compact(expected.printed());
            if found.status() == expected.status() && same && found.candidates().len() == 0 {
                self.read += 1;
                self.lower.1 += usize::from(lower);
                self.inferred += usize::from(found.origin().is_some_and(Origin::is_inferred));
                continue;
            }
            let reported = matches!(found.status(), Status::NotFound | Status::Unreadable);
            if reported && found.candidates().len() > 0 {
                self.candidates += 1;
                if !found.candidates().any(|text| text == expected.printed()) {
                    self.wrong.push(format!("{}: {:?} without {:?}", entry.path(), found, expected.printed()));
                }
            } else if reported {
                self.reported += 1;
            } else {
                let words = (found.printed(), found.status(), expected.printed(), found.origin());
                self.wrong.push(format!("{}: {words:?}", entry.path()));
            }
        }
        // A cell that the report does not have.
        for (entry, found) in found.cells() {
            if expected.get(entry.cell()).is_none() && found.number().is_some() {
                self.wrong.push(format!("{}: {:?} in another layout", entry.path(), found.printed()));
            }
        }
    }

    fn line(&self, name: &str) -> String {
        let Score { cells, read, inferred, candidates, reported, wrong, .. } = self;
        format!("| {name} | {cells} | {read} | {inferred} | {candidates} | {reported} | {} |", wrong.len())
    }
}

/// Cells read as another number.
fn wrong_numbers(found: &PublishedReport, original: &PublishedReport) -> Vec<String> {
    let original = |cell: Cell| original.get(cell).map_or("", PublishedCell::printed);
    found
        .cells()
        .filter(|(_, found)| found.number().is_some())
        .filter(|(entry, found)| found.printed() != original(entry.cell()))
        .map(|(entry, found)| format!("{}: {:?} is {:?}", entry.path(), found.printed(), original(entry.cell())))
        .collect()
}

// ---- Tests ---------------------------------------------------------------------------------------

/// Formats that are quick to read, that are slow, and the slowest by far: in a debug build 2, 10 and 500 ms a page.
fn quick(format: &Format) -> bool {
    matches!(format.kind, Kind::Markdown { .. } | Kind::Aligned { .. } | Kind::PageMarks)
}

fn slow(format: &Format) -> bool {
    matches!(format.kind, Kind::Html(_) | Kind::Docx(_) | Kind::Xlsx)
}

fn slowest(format: &Format) -> bool {
    matches!(format.kind, Kind::RunTogether)
}

/// What is wrong where a report is written in these formats and read back.
fn differences(report: &PublishedReport, seed: u64, of: fn(&Format) -> bool) -> Result<(), String> {
    for format in FORMATS.iter().filter(|format| of(format)) {
        let report = if format.blanks { with_blanks(report.clone(), seed) } else { report.clone() };
        let page = format.write(&report, None, seed);
        let score = Score::of(&format.read(&page), &report);
        if !score.wrong.is_empty() || format.exact && score.read != score.cells {
            let Score { read, cells, wrong, .. } = score;
            return Err(format!("{}: {read} of {cells} read, {wrong:#?}\n{}", format.name, format.shown(&page)));
        }
    }
    Ok(())
}

/// What is wrong where one figure of the report is missing on the page.
fn silent_losses(report: &PublishedReport, gone: Cell, seed: u64, of: fn(&Format) -> bool) -> Result<(), String> {
    // In a worksheet the cell is there, and blank.
    for format in FORMATS.iter().filter(|format| of(format) && !matches!(format.kind, Kind::Xlsx)) {
        let report = if format.blanks { with_blanks(report.clone(), seed) } else { report.clone() };
        let page = format.write(&report, Some(gone), seed);
        let found = format.read(&page);
        let mut wrong = wrong_numbers(&found, &report);
        if matches!(format.kind, Kind::RunTogether) {
            // A row whose last figure is no sum may have lost a figure, or print a wrong total: that is an error either way.
            let checked = found.check();
            let errors = checked.findings_of("requests-row-total").flat_map(|finding| &finding.cells);
            let told: Vec<String> = errors.map(|quoted| format!("{}:", quoted.cell.path())).collect();
            wrong.retain(|wrong| !told.iter().any(|told| wrong.starts_with(told)));
        }
        if !wrong.is_empty() || found.cells().all(|(_, cell)| cell.number().is_some()) {
            let shown = format.shown(&page);
            return Err(format!("{} without {}: {wrong:#?}\n{shown}", format.name, gone.path()));
        }
    }
    Ok(())
}

fn checked(result: Result<(), String>) -> Result<(), TestCaseError> {
    result.map_err(TestCaseError::fail)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases: crate::common::cases(cases),
        max_shrink_iters: 100,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

#[test]
fn a_blank_beside_table_three_is_none_of_its_figures() {
    let read = |figures: &str| {
        let page = format!(
            "<p>甲局2024年政府信息公开工作年度报告</p><table><tr><td>信息内容</td></tr></table>\
             <table><tr><td colspan=5>行政复议</td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr><tr>{}</tr></table>",
            figures.replace(' ', "<td>")
        );
        let found = read::html(page.as_bytes()).unwrap();
        found.cells().filter(|(_, cell)| cell.status() != Status::NotFound).count()
    };
    assert_eq!(read(" 1 2 3 4 10 1 2 3 4 10 1 2 3 4 10"), 15);
    assert_eq!(read(" 1 2 3 4 10 1 2 3 4 10 1 2 3 4 10  "), 15);
    assert_eq!(read(" 1 2 3 4 10 1 2 3 4 10 1 2 3 4 "), 15);
    // Either the last is blank, or another was lost.
    assert_eq!(read(" 1 2 3 4 10 1 2 3 4 10 1 2 3 4  "), 0);
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn text_reads_back(report in reports(), seed: u64) {
        checked(differences(&report, seed, quick))?;
    }

    #[test]
    fn a_figure_that_vanished_from_text_is_reported(report in reports(), seed: u64, gone: prop::sample::Index) {
        checked(silent_losses(&report, gone.get(report.layout().cells()).cell(), seed, quick))?;
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn tables_of_pages_and_documents_read_back(report in reports(), seed: u64) {
        checked(differences(&report, seed, slow))?;
    }

    #[test]
    fn a_cell_that_vanished_from_a_table_is_reported(report in reports(), seed: u64, gone: prop::sample::Index) {
        checked(silent_losses(&report, gone.get(report.layout().cells()).cell(), seed, slow))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4, ..config(4) })]

    #[test]
    fn figures_run_together_are_right_or_open(report in reports(), seed: u64) {
        checked(differences(&report, seed, slowest))?;
    }

    #[test]
    fn a_figure_that_vanished_from_a_run_is_reported(report in reports(), seed: u64, gone: prop::sample::Index) {
        checked(silent_losses(&report, gone.get(report.layout().cells()).cell(), seed, slowest))?;
    }
}

const HEADING: &str = "cells | read | inferred | candidates | reported | wrong |\n|---|---|---|---|---|---|---|";

#[test]
fn accuracy() {
    let reports = fixed_reports(3);
    println!("| format | {HEADING}");
    let mut failures = Vec::new();
    for format in &FORMATS {
        let mut score = Score::default();
        for (number, report) in reports.iter().enumerate() {
            let seed = number as u64;
            let report = if format.blanks { with_blanks(report.clone(), seed) } else { report.clone() };
            score.add(&format.read(&format.write(&report, None, seed)), &report);
        }
        println!("{}", score.line(format.name));
        failures.extend(score.wrong.iter().map(|wrong| format!("{}: {wrong}", format.name)));
        let (lower, read) = score.lower;
        if read * 10 < lower * 9 && format.name != "HTML, a digit per p" {
            failures.push(format!("{}: {read} of {lower} cells of tables two and three", format.name));
        }
    }
    if let Some(folder) = std::env::var_os("OGI_REPORTS") {
        collected(Path::new(&folder));
    }
    assert_eq!(failures, [""; 0], "{} failures", failures.len());
}

/// The reports of a folder against what was read off them by hand.
fn collected(folder: &Path) {
    println!("\n| file | {HEADING}");
    for part in ["raw", "converted"] {
        let mut files: Vec<_> =
            std::fs::read_dir(folder.join(part)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if file.extension().is_some_and(|of| of == "pdf" || of == "json") {
                continue;
            }
            let (id, _) = name.split_once('.').unwrap();
            let Ok(expected) = std::fs::read_to_string(folder.join(format!("expected/{id}.csv"))) else { continue };
            let expected: String =
                expected.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
            let expected = read::text(&expected).unwrap();
            match read::any(&std::fs::read(&file).unwrap()) {
                Ok(found) => {
                    let score = Score::of(&found, &expected);
                    println!("{}", score.line(&format!("{part}/{name}")));
                    score.wrong.iter().for_each(|wrong| println!("<!-- {wrong} -->"));
                }
                Err(error) => println!("| {part}/{name} | {error} | | | | | |"),
            }
        }
    }
}

// ---- Smallest pages of what was read wrongly -------------------------------------------------------

/// A report of zeros but for these figures of one row.
fn zeros_but(row: &str, figures: &[&str]) -> PublishedReport {
    let mut report = common::small(Layout::EDITION_2021);
    let mut figures = figures.iter();
    for entry in Layout::EDITION_2021.cells() {
        let in_row = entry.path().rsplit_once('.').unwrap().0 == row;
        let printed = if in_row { figures.next().unwrap() } else { "0" };
        report.set(entry.cell(), PublishedCell::read(printed)).unwrap();
    }
    report
}

/// `2.重复申请0000010`, the first of `10 0 0 0 0 0 10` lost: no cut satisfies the row, and the one cut into seven cells
/// must not be taken instead.
#[test]
fn a_run_that_lost_a_figure_is_not_cut_against_its_total() {
    let row = "requests.outcomes.not_processed.repeated";
    let report = zeros_but(row, &["10", "0", "0", "0", "0", "0", "10"]);
    let gone = common::cell(&format!("{row}.natural_person"));
    let page = run_together(&Page::of(&report, Some(gone)));
    assert!(page.contains("2.重复申请0000010"));
    assert_eq!(wrong_numbers(&read::text(&page).unwrap(), &report), [""; 0]);
}

/// `（一）予以公开0001034`, a first 33 lost: 0, 0, 0, 1, 0 and 3 come to 4, and no column tells where another row has no
/// figures.
#[test]
fn a_run_does_not_vouch_for_itself() {
    let row = "requests.outcomes.disclosed";
    let mut report = zeros_but(row, &["33", "0", "0", "0", "1", "0", "34"]);
    for (column, value) in [("natural_person", "33"), ("legal_service_organization", "1"), ("total", "34")] {
        for sum in ["requests.received", "requests.outcomes.total"] {
            report.set(common::cell(&format!("{sum}.{column}")), PublishedCell::read(value)).unwrap();
        }
    }
    let gone = common::cell(&format!("{row}.natural_person"));
    let page = run_together(&Page::of(&report, Some(gone)));
    assert!(page.contains("（一）予以公开0001034"));
    let page = page.replace("属于国家秘密0000000", "属于国家秘密");
    assert_eq!(wrong_numbers(&read::text(&page).unwrap(), &report), [""; 0]);
}

/// `规范性文件093`, a last 0 lost: 0, 9 and 3 are three figures too, and table one has no sum to tell.
#[test]
fn a_run_of_table_one_is_cut_where_its_figures_can_be_no_fewer() {
    let row = "article20.item1.normative_documents";
    let report = zeros_but(row, &["0", "93", "0"]);
    let gone = common::cell(&format!("{row}.in_force"));
    let page = run_together(&Page::of(&report, Some(gone)));
    assert!(page.contains("规范性文件093第"));
    let found = read::text(&page).unwrap();
    assert_eq!(wrong_numbers(&found, &report), [""; 0]);
    assert_eq!(found.get(gone).unwrap().candidates().collect::<Vec<_>>(), ["3"]);
    let report = zeros_but(row, &["0", "0", "12"]);
    let found = read::text(&run_together(&Page::of(&report, None))).unwrap();
    assert_eq!(found.get(gone).unwrap().printed(), "12");
}

/// A blank cell that spans two columns, as in every row, and another cell missing: the blank must not be counted twice to
/// make up for it.
#[test]
fn a_wide_blank_does_not_stand_for_a_missing_cell() {
    let row = "requests.outcomes.not_processed.repeated";
    let report = zeros_but(row, &["1", "", "2", "3", "4", "5", "15"]);
    // The second is the other wide one: without it the blank alone spans two columns.
    for column in ["public_interest_organization", "legal_service_organization"] {
        let gone = common::cell(&format!("{row}.{column}"));
        let page = Web { odd: true, ..PLAIN }.write(&Page::of(&report, Some(gone)));
        assert_eq!(wrong_numbers(&read::html(&page).unwrap(), &report), [""; 0], "{column}");
    }
}

/// Rows that end in blanks, and more cells than the form has: no row tells whether the blanks lie beside it.
#[test]
fn rows_that_all_end_in_blanks_beside_more_are_left_open() {
    let mut report = zeros_but("article20.item1.normative_documents", &["", "7944", "0"]);
    for column in ["repealed", "in_force"] {
        report.set(common::cell(&format!("article20.item1.rules.{column}")), PublishedCell::read("")).unwrap();
    }
    let found = read::html(&Web { trailing: true, ..PLAIN }.write(&Page::of(&report, None))).unwrap();
    assert_eq!(wrong_numbers(&found, &report), [""; 0]);
    let repealed = common::cell("article20.item1.normative_documents.repealed");
    assert_eq!(found.get(repealed).unwrap().status(), Status::NotFound);
    assert!(found.page.unmatched.iter().any(|figure| figure.printed == "7944"));
}
