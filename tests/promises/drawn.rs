//! The same report as other programs write it out: tables drawn with borders or rules, spreadsheets with blank columns, a
//! row or a page on one line, labels below their figures.

use ogi_report::{Layout, Place, PublishedReport, read};

use crate::common;
use crate::read::{Style, nothing_wrong, page};

/// The lines of the page: text, or a row of cells.
enum Printed {
    Line(String),
    Row(Vec<String>),
}

fn printed(report: &PublishedReport) -> Vec<Printed> {
    let of = |line: &str| match line.contains('\t') {
        true => Printed::Row(line.split('\t').map(str::to_owned).collect()),
        false => Printed::Line(line.to_owned()),
    };
    page(report, Style::Tabs, false).lines().map(of).collect()
}

/// The page with each run of rows written out by `table`.
fn with_tables(report: &PublishedReport, table: impl Fn(&[Vec<String>]) -> String) -> String {
    let (mut text, mut rows) = (String::new(), Vec::new());
    for line in printed(report).into_iter().chain([Printed::Line(String::new())]) {
        match line {
            Printed::Row(row) => rows.push(row),
            Printed::Line(line) => {
                if !rows.is_empty() {
                    text += &table(&std::mem::take(&mut rows));
                }
                text += &format!("{line}\n");
            }
        }
    }
    text
}

/// How many columns a text takes up.
fn width(text: &str, of_ideograph: usize) -> usize {
    text.chars().map(|c| if ('\u{2e80}'..='\u{ffef}').contains(&c) { of_ideograph } else { 1 }).sum()
}

/// The text in pieces of so many characters: a label is wrapped in its cell.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let lines = characters.chunks(most).map(|piece| piece.iter().collect());
    if text.is_empty() { vec![String::new()] } else { lines.collect() }
}

fn is_figure(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The rows with as many cells as the longest has: labels first, then blanks, then figures.
fn even(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    let fill = |row: &Vec<String>| {
        let labels = row.iter().take_while(|cell| !is_figure(cell)).count();
        let mut row = row.clone();
        let blanks = vec![String::new(); most - row.len()];
        row.splice(labels..labels, blanks);
        row
    };
    rows.iter().map(fill).collect()
}

/// A table with borders of these characters around each cell.
fn boxed(rows: &[Vec<String>], [corner, dash, bar]: [&str; 3], of_ideograph: usize) -> String {
    let rows: Vec<Vec<Vec<String>>> =
        even(rows).iter().map(|row| row.iter().map(|cell| wrapped(cell, 14)).collect()).collect();
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|at| rows.iter().flat_map(|row| &row[at]).map(|line| width(line, of_ideograph)).max().unwrap_or(0))
        .collect();
    let border =
        || widths.iter().map(|width| format!("{corner}{}", dash.repeat(width + 2))).collect::<String>() + corner + "\n";
    let mut text = border();
    for row in &rows {
        for line in 0..row.iter().map(Vec::len).max().unwrap_or(0) {
            for (cell, most) in row.iter().zip(&widths) {
                let piece = cell.get(line).map_or("", String::as_str);
                text += &format!("{bar} {piece}{} ", " ".repeat(most - width(piece, of_ideograph)));
            }
            text += &format!("{bar}\n");
        }
        text += &border();
    }
    text
}

/// A table under rules of dashes; where labels are wrapped, blank lines part the rows.
fn ruled(rows: &[Vec<String>], most: usize) -> String {
    let rows: Vec<Vec<Vec<String>>> =
        even(rows).iter().map(|row| row.iter().map(|cell| wrapped(cell, most)).collect()).collect();
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|at| rows.iter().flat_map(|row| &row[at]).map(|line| width(line, 2)).max().unwrap_or(0).max(3))
        .collect();
    let rule = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join(" ");
    let mut text = format!("  {rule}\n");
    for row in &rows {
        for line in 0..row.iter().map(Vec::len).max().unwrap_or(0) {
            let piece = |(cell, most): (&Vec<String>, &usize)| {
                let piece = cell.get(line).map_or("", String::as_str);
                format!("{piece}{}", " ".repeat(most - width(piece, 2)))
            };
            text += &format!("  {}\n", row.iter().zip(&widths).map(piece).collect::<Vec<_>>().join(" "));
        }
        if rows.iter().flatten().any(|cell| cell.len() > 1) {
            text.push('\n');
        }
    }
    text + &format!("  {rule}\n")
}

fn all_is_read(report: &PublishedReport, text: &str) {
    let found = read::text(text).unwrap();
    nothing_wrong(&found, report, text);
    let lost = found.cells().filter(|(_, cell)| cell.number().is_none()).map(|(entry, _)| entry.path());
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<&str>::new(), "{text}");
    assert_eq!(found.facts.year.map(|year| year.get()), Some(2023));
}

#[test]
fn boxes_and_grids_are_read_as_rows_of_cells() {
    let report = common::small(Layout::EDITION_2021);
    for characters in [["┼", "─", "│"], ["+", "-", "|"], ["+", "=", "|"]] {
        for of_ideograph in [1, 2] {
            all_is_read(&report, &with_tables(&report, |rows| boxed(rows, characters, of_ideograph)));
        }
    }
}

#[test]
fn a_cell_of_a_drawn_table_has_its_place() {
    let report = common::small(Layout::EDITION_2021);
    let text = with_tables(&report, |rows| boxed(rows, ["+", "-", "|"], 2));
    let found = read::text(&text).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for (entry, cell) in found.cells() {
        let Some(Place::Text { line, column }) = cell.place() else { panic!("{}", entry.path()) };
        let from: String = lines[*line as usize - 1].chars().skip(*column as usize - 1).collect();
        assert!(from.starts_with(&format!("{} ", cell.printed())), "{} {from}", entry.path());
    }
}

#[test]
fn columns_under_rules_are_read_as_cells() {
    let report = common::small(Layout::EDITION_2021);
    for most in [60, 12] {
        all_is_read(&report, &with_tables(&report, |rows| ruled(rows, most)));
    }
}

#[test]
fn a_spreadsheet_can_have_blank_columns_numbers_of_rows_and_broken_headings() {
    let report = common::small(Layout::EDITION_2021);
    for (mark, numbers) in [(',', false), (';', false), (',', true)] {
        let mut number = 0;
        let mut record = |cells: &[String]| {
            number += 1;
            // The program puts a line break into the heading of a narrow column.
            let quoted = |cell: &String| match cell.split_once("结果").filter(|_| cell.len() == 4 * 3) {
                Some((_, rest)) => format!("\"结果\n{rest}\""),
                None => cell.clone(),
            };
            let cells: Vec<String> = cells.iter().map(quoted).collect();
            let number = if numbers { format!("{number}{mark}") } else { String::new() };
            format!("{number}{}\n", cells.join(&mark.to_string()))
        };
        let mut text = String::new();
        for line in printed(&report) {
            text += &match line {
                Printed::Line(line) => record(&[line]),
                Printed::Row(row) => {
                    let labels = row.iter().take_while(|cell| !is_figure(cell)).count();
                    let blanks = if labels > 0 && row.len() > 7 && labels < row.len() { 2 } else { 0 };
                    let blanks = vec![String::new(); blanks];
                    record(&[&row[..labels], &blanks, &row[labels..]].concat())
                }
            };
        }
        all_is_read(&report, &text);
    }
}

#[test]
fn a_number_alone_belongs_to_the_label_below_it() {
    let report = common::small(Layout::EDITION_2021);
    for (style, parts) in [(Style::CellALine, "\n"), (Style::Spaces, " "), (Style::CellALine, " ")] {
        let mut text = page(&report, style, false);
        for number in 1..=8 {
            text = text.replace(&format!("\n{number}."), &format!("\n{number}.{parts}"));
        }
        all_is_read(&report, &text);
    }
}

#[test]
fn a_page_on_one_line_is_read() {
    let report = common::small(Layout::EDITION_2021);
    let lines = page(&report, Style::CellALine, false);
    let lines: Vec<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
    for mark in ["\t", "|", ","] {
        let text = lines.join(mark);
        let found = read::text(&text).unwrap();
        assert_eq!(nothing_wrong(&found, &report, &text), 200, "{text}");
    }
}

#[test]
fn rows_that_ran_together_are_cut_line_by_line() {
    let report = common::small(Layout::EDITION_2021);
    let text = with_tables(&report, |rows| rows.iter().map(|row| row.concat() + "\n").collect());
    let found = read::text(&text).unwrap();
    nothing_wrong(&found, &report, &text);
    // These figures can be cut in several ways.
    for (entry, cell) in found.cells() {
        assert!(cell.number().is_some() || cell.candidates().len() > 0, "{} in\n{text}", entry.path());
    }
    // A digit behind the label of a row of several cells can be the mark of a note.
    let report = read::text("甲局2024年政府信息公开工作年度报告\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章1\n0\n0\n7\n行政许可5\n").unwrap();
    let printed = |path: &str| report.get(path.parse().unwrap()).unwrap().printed().to_owned();
    assert_eq!(printed("article20.item1.rules.in_force"), "7");
    assert_eq!(printed("article20.item5.licensing.decisions"), "5");
}

#[test]
fn labels_below_their_figures_are_theirs() {
    let report = common::small(Layout::EDITION_2021);
    let below = |row: &[String]| {
        let labels = row.iter().take_while(|cell| !is_figure(cell)).count();
        [&row[labels..], &row[..labels]].concat().join("\n") + "\n"
    };
    let as_usual = |row: &[String]| row.join("\n") + "\n";
    let mut text = String::new();
    for line in printed(&report) {
        text += &match line {
            Printed::Line(line) => line + "\n",
            Printed::Row(row) if row.len() == 15 => as_usual(&row),
            Printed::Row(row) => below(&row),
        };
    }
    all_is_read(&report, &text);
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| line.contains("本年新收")).unwrap();
    // Some figures of the first row, above which they stand, are enough.
    for left in 2..7 {
        let cut = [&lines[..first - 7], &lines[first - left..]].concat().join("\n");
        assert_eq!(nothing_wrong(&read::text(&cut).unwrap(), &report, &cut), 193, "{left}");
    }
    // Without them nobody knows whose they are.
    let cut = [&lines[..first - 7], &lines[first..]].concat().join("\n");
    let found = read::text(&cut).unwrap();
    assert!(!found.check().findings.is_empty());
}

#[test]
fn a_label_can_stand_above_the_heading_of_its_only_column() {
    let page = "甲局2024年政府信息公开工作年度报告\n信息内容\n行政许可\n本年处理决定数量\n2293\n信息内容\n本年处理决定数量\n行政处罚\n12\n\
                信息内容\n行政事业性收费\n本年收费金额（单位：万元）\n24.31\n";
    let report = read::text(page).unwrap();
    let printed = |path: &str| report.get(path.parse().unwrap()).unwrap().printed().to_owned();
    assert_eq!(printed("article20.item5.licensing.decisions"), "2293");
    assert_eq!(printed("article20.item6.penalty.decisions"), "12");
    assert_eq!(printed("article20.item8.administrative_fees.amount"), "24.31");
    // A figure between the two, such as the number of a page, is none of the row.
    let report = read::text(&page.replace("行政许可\n", "行政许可\n7\n")).unwrap();
    assert!(report.get("article20.item5.licensing.decisions".parse().unwrap()).unwrap().number().is_none());
}

#[test]
fn a_text_that_is_too_long_for_its_cell_moves_no_border_of_the_others() {
    let page = "甲局2024年政府信息公开工作年度报告\n┌──────┬────┬────┬────┐\n│信息内容│现行有效件数│本年废止件数│本年制发件数│\n\
                ├──────┼────┼────┼────┤\n│规章  │5   │123456789│1   │\n├──────┼────┼────┼────┤\n\
                │行政规范性文件│    │2   │4   │\n└──────┴────┴────┴────┘\n";
    let report = read::text(page).unwrap();
    let printed = |row: &str| {
        let cells = report.cells().filter(|(entry, _)| entry.path().starts_with(row));
        cells.map(|(_, cell)| cell.printed().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(printed("article20.item1.rules"), ["1", "123456789", "5"]);
    assert_eq!(printed("article20.item1.normative_documents"), ["4", "2", ""]);
}

#[test]
fn blank_lines_use_up_no_limit_of_a_drawn_page() {
    let grid = "+------+------------------+\n| 信息内容 | 本年处理决定数量 |\n+======+==================+\n| 行政许可 | 5 |\n+------+------------------+\n";
    let sections = "一、总体情况\n内容。\n五、存在的主要问题及改进情况\n内容。\n六、其他需要报告的事项\n内容。\n";
    let page = format!("甲局2024年政府信息公开工作年度报告\n{grid}{}{sections}", "\n".repeat(60));
    let reader = ogi_report::read::Reader::new().most_lines(25);
    let report = reader.read(page.as_bytes()).unwrap();
    assert!(report.facts.other_matters.is_some(), "{page}");
    assert!(reader.read(format!("{page}{}", "行\n".repeat(30)).as_bytes()).is_err());
}

#[test]
fn no_clause_of_a_long_line_of_a_spreadsheet_is_lost() {
    let clauses: Vec<String> = (1..=80).map(|number| format!("第{number}项")).collect();
    let page = format!(
        "甲局2024年政府信息公开工作年度报告,,\n一、总体情况,,\n{},\n信息内容,本年处理决定数量,\n行政许可,5,\n行政处罚,6,\n行政强制,7,\n",
        clauses.join(",")
    );
    let report = read::text(&page).unwrap();
    let json = report.to_json();
    assert!(clauses.iter().all(|clause| json.contains(clause)), "{json}");
}

#[test]
fn labels_behind_their_figures_leave_table_one_as_it_is() {
    let labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "四、结转下年度继续办理",
    ];
    let figures = ["1 2 3 4 5 6 21", "0 0 0 0 0 0 0", "1 2 3 4 5 6 21", "0 0 0 0 0 0 0"];
    let heading = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计";
    for (part, behind) in [("\n", "\n"), ("\t", "\t")] {
        let rows: Vec<String> = labels
            .iter()
            .zip(figures)
            .map(|(label, row)| format!("{}{behind}{label}", row.replace(' ', part)))
            .collect();
        let tables = format!(
            "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n7\n8\n9\n申请人情况\n{}\n{}\n",
            heading.replace(' ', part),
            rows.join("\n")
        );
        let report = read::text(&format!("甲局2024年政府信息公开工作年度报告\n{tables}")).unwrap();
        let printed = |path: &str| report.get(path.parse().unwrap()).unwrap().printed().to_owned();
        assert_eq!(printed("article20.item1.rules.issued"), "7", "{tables}");
        assert_eq!(printed("article20.item1.rules.in_force"), "9", "{tables}");
        assert_eq!(printed("requests.received.natural_person"), "1", "{tables}");
        assert_eq!(printed("requests.carried_in.total"), "0", "{tables}");
        assert_eq!(printed("requests.outcomes.disclosed.total"), "21", "{tables}");
    }
}

#[test]
fn a_blank_before_a_label_on_the_right_shifts_no_row() {
    let labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "四、结转下年度继续办理",
    ];
    let paths = ["received", "carried_in", "outcomes.disclosed", "carried_out"];
    let heading = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计";
    for blank in ["1\t\t3\t4\t5\t6\t21", "\t2\t3\t4\t5\t6\t21", "1\t2\t3\t4\t5\t6\t"] {
        let figures = [blank, "0\t0\t0\t0\t0\t0\t0", "1\t2\t3\t4\t5\t6\t21", "7\t0\t0\t0\t0\t0\t7"];
        // The row with the blank can be any of them.
        for turn in 0..4 {
            let row = |at: usize| figures[(at + turn) % 4];
            let lines: String = (0..4).map(|at| format!("{}\t{}\n", row(at), labels[at])).collect();
            let page = format!(
                "甲局2024年政府信息公开工作年度报告\n信息内容\t本年处理决定数量\n行政许可\t5\n申请人情况\n{heading}\n{lines}"
            );
            let report = read::text(&page).unwrap();
            for (at, path) in paths.iter().enumerate() {
                for (column, figure) in
                    [("natural_person", row(at).split('\t').next()), ("total", row(at).rsplit('\t').next())]
                {
                    let cell = report.get(format!("requests.{path}.{column}").parse().unwrap()).unwrap();
                    let is_right = cell.printed().is_empty() || Some(cell.printed()) == figure;
                    assert!(is_right, "{path}.{column} {cell:?} in\n{page}");
                }
            }
        }
    }
}
