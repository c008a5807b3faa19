//! The edition is declared above and nowhere else; here it goes through everything that is done with a report. What is asked
//! holds for any edition that differs from that of 2021 in rows, columns and items.

use crate::catalogue::{Entry, Form, Row};
use crate::export::conformance::right;
use crate::export::schemas;
use crate::export::tables::Table;
use crate::form::{Cell, Edition, Kind, Layout};
use crate::json::{JsonError, schema};
use crate::narrative::{Narrative, Part, Section};
use crate::proceedings::Rulings;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::read;
use crate::report::AnnualReport;
use crate::requests::{Applicants, Outcomes};
use crate::rule::{Balance, Rule};
use crate::text::CsvText;

fn edition() -> Edition {
    super::EDITION.name.parse().unwrap()
}

fn layout() -> Layout {
    edition().layout()
}

/// The cells that no other edition prints.
fn new_cells() -> Vec<Cell> {
    let is_new =
        |entry: &&Entry| Layout::newest_first().filter(|of| *of != layout()).all(|of| of.entry(entry.cell()).is_none());
    layout().cells().iter().filter(is_new).map(Entry::cell).collect()
}

/// The cells of 2021 that it no longer prints.
fn old_cells() -> Vec<Cell> {
    let is_old = |entry: &&Entry| layout().entry(entry.cell()).is_none();
    Layout::EDITION_2021.cells().iter().filter(is_old).map(Entry::cell).collect()
}

/// A report with another number in each cell that is no total, every total right.
fn report() -> PublishedReport {
    right(layout())
}

#[test]
fn it_is_one_entry_of_the_catalogue() {
    assert_eq!((Edition::newest(), Edition::for_year(super::EDITION.since)), (edition(), Some(edition())));
    assert_eq!(Edition::EDITION_2021.years(), (2021, Some(super::EDITION.since - 1)));
    assert!(!new_cells().is_empty() && !old_cells().is_empty());
    // What is new stands behind what it was declared after.
    let at = |path: &str| layout().rows().iter().position(|row| row.path() == path).unwrap();
    let unavailable = |row: &str| at(&format!("requests.outcomes.unavailable.{row}"));
    assert_eq!(unavailable("in_dispute"), unavailable("still_unclear") + 1);
    // Every column has its balance, one that is labelled otherwise in one row too.
    let received = layout().row_of(Form::cells(layout()).requests.received.total).unwrap();
    let balance = Rule::find("requests-balance").unwrap().test.equations(layout());
    assert_eq!(balance.len(), received.cells().len());
    for entry in layout().cells() {
        assert_eq!(entry.path().parse(), Ok(entry.cell()));
        assert!(!entry.label().is_empty() && entry.row().cells().iter().any(|of| of.cell() == entry.cell()));
    }
}

#[test]
fn every_count_in_an_identity_is_checked_and_located() {
    let report = report();
    assert!(report.arithmetic_holds() && !report.check().has_errors(), "{:?}", report.check().findings);
    let in_identities = |cell: Cell| {
        Balance::all(layout()).iter().any(|of| of.is_exact() && of.equation.cells().any(|other| other == cell))
    };
    for entry in layout().cells().iter().filter(|entry| entry.kind() == Kind::Count && in_identities(entry.cell())) {
        let mut wrong = report.clone();
        let count = report.get(entry.cell()).unwrap().whole_count().unwrap();
        wrong.set(entry.cell(), PublishedCell::read(&(count + 1).to_string())).unwrap();
        assert!(wrong.check().has_errors(), "{}", entry.path());
        let changes: Vec<Cell> = wrong
            .repair()
            .iter()
            .flat_map(|cause| &cause.proposals)
            .flat_map(|of| &of.changes)
            .map(|of| of.cell)
            .collect();
        assert!(changes.contains(&entry.cell()), "{}", entry.path());
    }
    // The rules reach the cells that it has of its own, but for those of table one.
    assert!(new_cells().into_iter().all(|cell| in_identities(cell) || cell.entry().table() == Section::Article20));
}

#[test]
fn both_documents_come_back_and_foreign_keys_are_told() {
    let published = report();
    assert_eq!(PublishedReport::from_json(published.to_json().as_bytes()).unwrap(), published);
    let annual = published.accept().unwrap();
    assert_eq!(AnnualReport::from_json(annual.to_json().as_bytes()).unwrap(), annual);
    for cell in new_cells() {
        assert!(annual.get(cell).is_some());
    }
    // The clauses of 2021 do not have all its cells.
    assert_eq!(annual.form().unwrap_err().found(), Some(edition().name()));
    let text = published.to_json();
    let key = layout().tree()[1].branches[0].key;
    let Err(JsonError::Shape(faults)) = PublishedReport::from_json(text.replacen(key, "foreign", 1).as_bytes()) else {
        panic!()
    };
    assert!(
        faults.iter().any(|fault| fault.at().ends_with("foreign"))
            && faults.iter().any(|fault| fault.at().ends_with(key))
    );
    for schema in [schema::annual_report(edition()), schema::published_report(layout())] {
        let text = schemas::to_text(&schema);
        assert!(
            new_cells()
                .iter()
                .all(|cell| text.contains(&format!("{:?}", cell.entry().row().path().rsplit('.').next().unwrap())))
        );
    }
    assert!(schemas::all().iter().any(|(file, _)| *file == format!("annual-report.{}.json", edition())));
}

/// A row that a newer edition prints with a column more keeps the equations of its own.
#[test]
fn clauses_of_other_editions_keep_their_equations() {
    let row = Applicants { natural_person: 1.into(), ..Applicants::NONE };
    let wrong = Applicants { total: Some(99.into()), ..row };
    let names = &Form::cells(Layout::EDITION_2021).requests.received;
    assert_eq!(row.check_as(names).unwrap().total.get(), 1);
    assert_eq!(wrong.check_as(names).unwrap_err().findings.len(), 1);
    let outcomes = Outcomes { disclosed: row, ..Outcomes::NONE };
    assert_eq!(outcomes.check().unwrap().total.natural_person.get(), 1);
    // The row, and the row of totals that follows from it.
    assert_eq!(Outcomes { disclosed: wrong, ..outcomes }.check().unwrap_err().findings.len(), 2);
    let rulings = Rulings { pending: 1.into(), total: Some(0.into()), ..Rulings::NONE };
    assert_eq!(
        rulings.check_as(&Form::cells(Layout::EDITION_2021).proceedings.reconsideration).unwrap_err().findings.len(),
        1
    );
}

#[test]
fn its_cells_are_columns() {
    let report = report();
    let csv = Table::Cells.lines("a", &report, CsvText::default());
    for cell in new_cells() {
        assert!(csv.contains(&format!("a,{cell},number,")), "{cell}");
    }
    for cell in old_cells() {
        assert!(csv.contains(&format!("a,{cell},no_such_cell,")), "{cell}");
    }
}

#[test]
fn the_prose_is_compared_with_its_rows() {
    let mut report = report();
    let unavailable = &Form::cells(layout()).requests.outcomes.unavailable;
    let rows = layout().row_of(unavailable.not_held.total).unwrap().siblings();
    let count: i64 = rows.map(|row| report.get(row.total().unwrap().cell()).unwrap().whole_count().unwrap()).sum();
    for (count, fails) in [(count, 0), (count + 1, 1)] {
        let text = format!("本年度政府信息公开申请无法提供{count}件。");
        let parts = vec![Part { text, ..Part::default() }];
        report.facts.overview = Some(Narrative { title: "一、总体情况".to_owned(), parts });
        assert_eq!(report.check().findings_of("text-count").count(), fails);
    }
}

/// The page of a report, one cell a line, headings as in the form; table three in one row, or each of its groups by itself.
fn page(report: &PublishedReport, by_group: bool) -> String {
    let printed = |entry: &Entry| format!("{}\n", report.get(entry.cell()).unwrap().printed());
    let mut page = format!("甲市水利局{}年政府信息公开工作年度报告\n", super::EDITION.since);
    for (number, table) in Section::TABLES.into_iter().enumerate() {
        let rows: Vec<&Row> = layout().rows().iter().filter(|row| row.table() == table).collect();
        page += &format!("{}\n", layout().tree()[number].printed);
        if table == Section::Proceedings {
            let cells = || rows.iter().flat_map(|row| row.cells());
            if by_group {
                for group in rows {
                    page += &format!("{}\n", group.label());
                    group.cells().iter().for_each(|entry| page += &format!("{}\n", entry.column_label()));
                    group.cells().iter().for_each(|entry| page += &printed(entry));
                }
                continue;
            }
            page += "行政复议\n行政诉讼\n";
            cells().for_each(|entry| page += &format!("{}\n", entry.column_label()));
            cells().for_each(|entry| page += &printed(entry));
            continue;
        }
        let mut above: Vec<&str> = Vec::new();
        for row in rows {
            let labels: Vec<&str> = row.cells()[0].trail().skip(1).map(|(_, printed)| printed).collect();
            let groups = labels[..labels.len() - 2].to_vec();
            if groups != above || groups.is_empty() {
                page += &groups.iter().map(|group| format!("{group}\n")).collect::<String>();
                let columns = row.cells().iter().map(|entry| format!("{}\n", entry.column_label()));
                let heads = table == Section::Article20 || page.ends_with("申请情况\n");
                page += &if heads { format!("信息内容\n{}", columns.collect::<String>()) } else { String::new() };
                above = groups;
            }
            page += &format!("{}\n{}", row.label(), row.cells().iter().map(printed).collect::<String>());
        }
    }
    page
}

#[test]
fn a_generated_page_is_read_back() {
    let report = report();
    for by_group in [false, true] {
        let read = read::text(&page(&report, by_group)).unwrap();
        assert_eq!(read.layout(), layout());
        for entry in layout().cells() {
            let [found, printed] = [&read, &report].map(|of| of.get(entry.cell()).unwrap().printed());
            assert_eq!(found, printed, "{} {:?}", entry.path(), read.page.unmatched);
        }
    }
}
