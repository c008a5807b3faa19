//! The summary of a report: labels, widths, statuses.

use super::*;
use crate::catalogue::Form;
use crate::form::Cell;
use crate::number::AmountUnit;
use crate::place::Place;
use crate::published::Unmatched;
use crate::published::cell::Origin;
use crate::read;

/// A report of `layout` with 0 in every cell.
fn zeros(layout: Layout) -> PublishedReport {
    let cells = layout.cells().iter().map(|entry| (entry.cell(), PublishedCell::read("0")));
    PublishedReport::from_cells(layout, cells).unwrap()
}

fn line<'a>(text: &'a str, start: &str) -> &'a str {
    text.lines().find(|line| line.trim_start().starts_with(start)).unwrap()
}

#[test]
fn csv_reads_back_as_printed() {
    let awkward = ["1,234", "+2", "", "/", "约三件", "251000元", "a \"b\", c", "5\n6\r\n7", " 12 ", "\"", "-3"];
    for layout in Layout::newest_first() {
        let mut report = zeros(layout);
        let cells: Vec<Cell> = layout.cells().iter().map(Entry::cell).collect();
        for (cell, printed) in cells.iter().zip(awkward) {
            report.set(*cell, PublishedCell::read(printed).at(Place::Text { line: 7, column: 3 })).unwrap();
        }
        report.set(*cells.last().unwrap(), PublishedCell::not_found()).unwrap();
        let csv = report.to_cells_csv();
        let again = read::text(&csv).unwrap();
        assert_eq!(again.layout(), layout);
        for ((entry, one), (_, other)) in report.cells().zip(again.cells()) {
            let path = entry.path();
            assert_eq!((path, one.printed(), one.status()), (path, other.printed(), other.status()));
            assert_eq!(one.number(), other.number(), "{path}");
        }
    }
}

#[test]
fn csv_states_value_status_and_source() {
    let form = Form::cells(Layout::EDITION_2021);
    let items = &form.article20.edition2021().unwrap();
    let mut report = zeros(Layout::EDITION_2021);
    let amount = PublishedCell::read("59,237.2440万元").at(Place::Table { table: 1, row: 12, column: 2 });
    report.set(items.administrative_fees.amount, amount).unwrap();
    report.set(items.rules.issued, PublishedCell::not_found()).unwrap();
    let csv = report.to_cells_csv();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 201);
    assert_eq!(lines[0], "path,printed,value,status,source");
    assert_eq!(lines[1], "article20.item1.rules.issued,,,not_found,");
    assert_eq!(lines[10], "article20.item8.administrative_fees.amount,\"59,237.2440万元\",59237.2440,number,1/12/2");
    assert_eq!(lines[11], "requests.received.natural_person,0,0,number,");
}

#[test]
fn tables_print_every_label_of_the_catalogue() {
    for layout in Layout::newest_first() {
        let text = zeros(layout).tables();
        for entry in layout.cells() {
            for (_, label) in entry.trail() {
                let start: String = label.chars().take(8).collect();
                assert!(text.contains(&start), "{layout}: {label}");
            }
        }
        assert_eq!(text.matches("（六）其他处理").count(), 1, "{layout}");
        let zeros = text.split_whitespace().filter(|word| *word == "0").count();
        assert_eq!(zeros, layout.cells().len(), "{layout}");
    }
}

#[test]
fn columns_are_aligned() {
    let form = Form::cells(Layout::EDITION_2021);
    let mut report = zeros(Layout::EDITION_2021);
    let row = &form.requests.outcomes.withheld.state_secret;
    report.set(row.natural_person, PublishedCell::read("1234567")).unwrap();
    report.set(row.other, PublishedCell::read("")).unwrap();
    report.set(row.total, PublishedCell::read("一二三")).unwrap();
    report.set(form.requests.received.total, PublishedCell::not_found()).unwrap();
    let text = report.tables();
    let ends = |line: &str| width(line);
    let heading = line(&text, "自然人");
    assert_eq!(ends(heading), ends(line(&text, "1.属于国家秘密")));
    assert_eq!(ends(heading), ends(line(&text, "2.申请人逾期")));
    assert_eq!(ends(heading), ends(line(&text, "一、本年新收")));
    assert!(line(&text, "一、本年新收").ends_with('?'));
    assert!(line(&text, "2.申请人逾期").contains('…'));
    assert_eq!(line(&text, "1.属于国家秘密").split_whitespace().count(), 7);
}

#[test]
fn a_unit_beside_an_amount_is_shown_once() {
    let amount = Form::cells(Layout::EDITION_2019).article20.edition2019().unwrap().procurement.amount;
    let mut report = zeros(Layout::EDITION_2019);
    for printed in ["8040", "8040元"] {
        report.set(amount, PublishedCell::read(printed).in_unit(AmountUnit::Yuan)).unwrap();
        assert!(line(&report.tables(), "政府集中采购").ends_with("  8040元"));
    }
}

#[test]
fn a_status_without_a_text_is_named() {
    let form = Form::cells(Layout::EDITION_2021);
    let mut report = zeros(Layout::EDITION_2021);
    report.set(form.requests.received.total, PublishedCell::of(Status::NotApplicable)).unwrap();
    assert!(line(&report.tables(), "一、本年新收").ends_with(" 不适用"));
}

#[test]
fn summary_without_findings_says_so() {
    let report = zeros(Layout::HYBRID);
    let mut checked = report.check();
    checked.findings.clear();
    let text = report.summary(&checked);
    assert!(text.contains("未发现问题"));
    assert!(text.contains("只有一行"));
    assert!(text.contains("共 186 格：数字 186\n"));
}

#[test]
fn summary_tells_each_finding() {
    let form = Form::cells(Layout::EDITION_2021);
    let mut report = zeros(Layout::EDITION_2021);
    let total = form.proceedings.reconsideration.total;
    report.set(total, PublishedCell::read("3").at(Place::Text { line: 9, column: 2 })).unwrap();
    report.page.unmatched.push(Unmatched { printed: "77".to_owned(), place: None });
    let text = report.summary(&report.check());
    for part in [
        "错误 1",
        "【错误】proceedings-total",
        "   位置：9:2\n",
        "   · proceedings.reconsideration.total “3”（9:2）\n",
        "《条例》第五十条第（三）项",
        "“77”",
        "项未核对：",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn an_assumed_number_is_marked() {
    let form = Form::cells(Layout::EDITION_2021);
    let mut report = zeros(Layout::EDITION_2021);
    report.set(form.requests.received.total, PublishedCell::read("")).unwrap();
    let text = report.with_totals_from_parts().tables();
    assert!(line(&text, "一、本年新收").ends_with(" 0*"));
    assert!(text.ends_with("* 不是印出的数：空白按 0 计，或总计由各项相加得出\n"));
}

#[test]
fn an_inferred_figure_is_marked_as_printed_all_the_same() {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    let cell = "requests.received.other".parse().unwrap();
    report.set(cell, PublishedCell::read("7件").inferred(Origin::Cut)).unwrap();
    let tables = report.tables();
    assert!(tables.contains("7件†") && tables.contains("\n† ") && !tables.contains("7*"), "{tables}");
}
