//! The headings of the columns: pages that print them in another order, or other columns beside them.
//!
//! What the pages print is written out here, so that a reader that takes the form's order for granted is found out.

use ogi_report::read;
use ogi_report::{Cell, Origin, PublishedReport, Status};
use proptest::prelude::*;

/// A table: the headings of its columns with the names of the cells, and the rows with their labels and names.
struct Table {
    corner: &'static str,
    columns: &'static [(&'static str, &'static str)],
    rows: &'static [(&'static str, &'static str)],
}

const DOCUMENTS: Table = Table {
    corner: "信息内容",
    columns: &[("本年制发件数", "issued"), ("本年废止件数", "repealed"), ("现行有效件数", "in_force")],
    rows: &[("规章", "article20.item1.rules"), ("行政规范性文件", "article20.item1.normative_documents")],
};

const REQUESTS: Table = Table {
    corner: "申请人情况",
    columns: &[
        ("自然人", "natural_person"),
        ("商业企业", "commercial_enterprise"),
        ("科研机构", "research_institution"),
        ("社会公益组织", "public_interest_organization"),
        ("法律服务机构", "legal_service_organization"),
        ("其他", "other"),
        ("总计", "total"),
    ],
    rows: &[
        ("一、本年新收政府信息公开申请数量", "requests.received"),
        ("二、上年结转政府信息公开申请数量", "requests.carried_in"),
        ("（一）予以公开", "requests.outcomes.disclosed"),
        ("（七）总计", "requests.outcomes.total"),
        ("四、结转下年度继续办理", "requests.carried_out"),
    ],
};

const RULINGS: [(&str, &str); 5] = [
    ("结果维持", "upheld"),
    ("结果纠正", "corrected"),
    ("其他结果", "other"),
    ("尚未审结", "pending"),
    ("总计", "total"),
];

/// Columns that no form has.
const OTHERS: [&str; 8] = ["上年制发件数", "去年同期", "同比", "同比增减", "序号", "备注", "占比", "上年总计"];

/// How the cells of a row are kept apart.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Written {
    #[cfg(feature = "html")]
    Web,
    Markdown,
    Tabs,
    Spaces,
    Lines,
}

impl Written {
    fn row(self, cells: &[String]) -> String {
        match self {
            #[cfg(feature = "html")]
            Written::Web => format!("<tr><td>{}</td></tr>", cells.join("</td><td>")),
            Written::Markdown => format!("| {} |\n", cells.join(" | ")),
            Written::Tabs => cells.join("\t") + "\n",
            Written::Spaces => cells.join("   ") + "\n",
            Written::Lines => cells.join("\n") + "\n",
        }
    }

    fn page(self, rows: &[Vec<String>]) -> String {
        let title = "甲市乙局2024年政府信息公开工作年度报告";
        let rows: String = rows.iter().map(|row| self.row(row)).collect();
        match self {
            #[cfg(feature = "html")]
            Written::Web => format!("<p>{title}</p><table>{rows}</table>"),
            _ => format!("{title}\n{rows}"),
        }
    }

    fn read(self, rows: &[Vec<String>]) -> PublishedReport {
        read::any(self.page(rows).as_bytes()).unwrap()
    }
}

fn written() -> impl Strategy<Value = Written> {
    prop::sample::select(vec![
        #[cfg(feature = "html")]
        Written::Web,
        Written::Markdown,
        Written::Tabs,
        Written::Spaces,
        Written::Lines,
    ])
}

/// What a page prints over a column, and the name of its cells if the form has it.
type Column = (&'static str, Option<&'static str>);

/// Rows as they are printed, the paths of the cells with their figures, and the figures that are of no cell.
type Page = (Vec<Vec<String>>, Vec<(String, String)>, Vec<String>);

/// The table with these columns; its figures are all different.
fn page(table: &Table, columns: &[Column]) -> Page {
    let heading = std::iter::once(table.corner).chain(columns.iter().map(|(heading, _)| *heading));
    let mut rows = vec![heading.map(str::to_owned).collect()];
    let (mut cells, mut others) = (Vec::new(), Vec::new());
    for (at, (label, path)) in table.rows.iter().enumerate() {
        let mut row = vec![(*label).to_owned()];
        for (column, (_, name)) in columns.iter().enumerate() {
            let printed = (100 + 20 * at + column).to_string();
            match name {
                Some(name) => cells.push((format!("{path}.{name}"), printed.clone())),
                None => others.push(printed.clone()),
            }
            row.push(printed);
        }
        rows.push(row);
    }
    (rows, cells, others)
}

fn printed<'r>(report: &'r PublishedReport, path: &str) -> &'r str {
    report.get(path.parse::<Cell>().unwrap()).unwrap().printed()
}

/// The columns of a table in this order; `at` are the places of columns of no form among them.
fn columns(table: &Table, order: &[usize], others: &[(usize, &'static str)]) -> Vec<Column> {
    let mut columns: Vec<Column> =
        order.iter().map(|at| table.columns[*at]).map(|(heading, name)| (heading, Some(name))).collect();
    for (at, heading) in others {
        columns.insert(at % (columns.len() + 1), (heading, None));
    }
    columns
}

fn order(size: usize) -> impl Strategy<Value = Vec<usize>> {
    Just((0..size).collect::<Vec<usize>>()).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::common::cases(60)))]

    #[test]
    fn columns_are_known_by_their_headings(documents in order(3), requests in order(7), written in written()) {
        for (table, order) in [(&DOCUMENTS, documents), (&REQUESTS, requests)] {
            let (rows, cells, _) = page(table, &columns(table, &order, &[]));
            let report = written.read(&rows);
            for (path, figure) in cells {
                prop_assert_eq!(printed(&report, &path), figure, "{} in\n{}", path, written.page(&rows));
            }
        }
    }

    #[test]
    fn columns_that_no_form_has_are_listed(
        documents in order(3),
        requests in order(7),
        others in prop::collection::vec((0..8_usize, prop::sample::select(OTHERS.to_vec())), 1..3),
        gone: Option<prop::sample::Index>,
        written in written(),
    ) {
        for (table, order) in [(&DOCUMENTS, documents), (&REQUESTS, requests)] {
            let mut columns = columns(table, &order, &others);
            // Another column in the place of one of the form.
            if let Some(gone) = gone {
                let known: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].1.is_some()).collect();
                columns.remove(known[gone.index(known.len())]);
            }
            let (rows, cells, strays) = page(table, &columns);
            let report = written.read(&rows);
            let of_row = |path: &str| cells.iter().find(|(of, _)| of == path).map(|(_, figure)| figure.as_str());
            for (entry, cell) in report.cells().filter(|(_, cell)| cell.number().is_some()) {
                prop_assert_eq!(Some(cell.printed()), of_row(entry.path()), "{}", written.page(&rows));
            }
            let listed = |figure: &String| report.page.unmatched.iter().any(|other| other.printed == *figure);
            prop_assert!(strays.iter().all(listed), "{}", written.page(&rows));
            // Where the page shows the columns, nothing else is lost.
            let shows = written != Written::Lines;
            for (path, figure) in cells.iter().filter(|_| shows) {
                prop_assert_eq!(printed(&report, path), figure, "{} in\n{}", path, written.page(&rows));
            }
        }
    }

    #[test]
    fn the_rulings_of_each_group_are_known_by_their_headings(orders in prop::array::uniform3(order(5)), written in written()) {
        let groups = [("行政复议", "reconsideration"), ("未经复议直接起诉", "litigation.direct"), ("复议后起诉", "litigation.after_reconsideration")];
        let mut heading = Vec::new();
        let mut figures = Vec::new();
        let mut cells = Vec::new();
        for ((_, group), order) in groups.iter().zip(&orders) {
            for at in order {
                let (label, name) = RULINGS[*at];
                heading.push(label.to_owned());
                figures.push((100 + figures.len()).to_string());
                cells.push((format!("proceedings.{group}.{name}"), figures.last().unwrap().clone()));
            }
        }
        // In a grid a group is as wide as its rulings.
        let over: Vec<String> = groups.iter().map(|(label, _)| (*label).to_owned()).collect();
        let (mut rows, ..) = page(&DOCUMENTS, &columns(&DOCUMENTS, &[0, 1, 2], &[]));
        rows.extend([over, heading.clone(), figures]);
        let report = written.read(&rows);
        for (path, figure) in cells {
            prop_assert_eq!(printed(&report, &path), figure, "{} of {:?}", path, heading);
        }
    }
}

#[cfg(feature = "html")]
#[test]
fn a_heading_over_a_blank_cell_makes_it_a_cell() {
    let row = |cells: &[&str]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
    let labels = REQUESTS.columns.iter().map(|(heading, _)| *heading);
    let heading: Vec<&str> = ["申请人情况", "序号"].into_iter().chain(labels).collect();
    let figures = row(&["（一）予以公开", "8", "258", "12", "", "", "", "1", ""]);
    let page = format!("<p>甲局2024年政府信息公开工作年度报告</p><table>{}{figures}</table>", row(&heading));
    let report = read::html(page.as_bytes()).unwrap();
    let cells = |name: &str| printed(&report, &format!("requests.outcomes.disclosed.{name}")).to_owned();
    let found: Vec<String> = REQUESTS.columns.iter().map(|(_, name)| cells(name)).collect();
    assert_eq!(found, ["258", "12", "", "", "", "1", ""]);
    assert_eq!(report.page.unmatched.iter().map(|figure| figure.printed.as_str()).collect::<Vec<_>>(), ["8"]);
}

#[test]
fn a_row_of_another_year_is_no_misprint() {
    let rows = |label: &str| {
        let (mut rows, ..) = page(&REQUESTS, &columns(&REQUESTS, &[0, 1, 2, 3, 4, 5, 6], &[]));
        rows[1][0] = label.to_owned();
        rows
    };
    let received = "requests.received.total".parse::<Cell>().unwrap();
    for written in [Written::Markdown, Written::Tabs, Written::Lines] {
        let misprint = written.read(&rows("一、本年新収政府信息公开申请数量"));
        assert_eq!(misprint.get(received).unwrap().printed(), "106");
        for label in ["一、上年新收政府信息公开申请数量", "一、去年新收政府信息公开申请数量"]
        {
            let report = written.read(&rows(label));
            assert_eq!(report.get(received).unwrap().status(), Status::NotFound, "{label}");
            assert!(report.page.unmatched.iter().any(|figure| figure.printed == "106"), "{label} {written:?}");
        }
    }
}

#[test]
fn without_headings_the_order_holds_only_where_the_sums_say_so() {
    let title = vec!["甲局2024年政府信息公开工作年度报告".to_owned()];
    let row = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<String>>();
    let received = |total: &str| row(&format!("一、本年新收政府信息公开申请数量 3 2 0 0 1 0 {total}"));
    let cell = |report: &PublishedReport, path: &str| report.get(path.parse::<Cell>().unwrap()).unwrap().clone();
    let path = "requests.received.commercial_enterprise";
    for written in [Written::Markdown, Written::Tabs, Written::Spaces, Written::Lines] {
        let zeros = row("二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0");
        let found = cell(&written.read(&[title.clone(), received("6"), zeros.clone()]), path);
        assert_eq!((found.printed(), found.origin()), ("2", Some(Origin::Placed)), "{written:?}");
        let report = written.read(&[title.clone(), received("7"), zeros]);
        let found = cell(&report, path);
        assert_eq!((found.number(), found.candidates().collect::<Vec<_>>()), (None, vec!["2"]), "{written:?}");
        // Zeros are zeros in any order.
        assert_eq!(cell(&report, "requests.carried_in.other").printed(), "0");
        // Table one has no sums.
        let report = written.read(&[title.clone(), received("6"), row("规章 4 0 12"), row("行政许可 5")]);
        let found = cell(&report, "article20.item1.rules.in_force");
        assert_eq!((found.number(), found.candidates().collect::<Vec<_>>()), (None, vec!["12"]), "{written:?}");
        assert_eq!(cell(&report, "article20.item5.licensing.decisions").printed(), "5", "{written:?}");
    }
}

#[test]
fn headings_that_ran_together_are_headings() {
    let text = |heading: &str| format!("甲局2024年政府信息公开工作年度报告\n{heading}\n规章 4 0 12\n");
    let rules = |heading: &str| {
        let report = read::text(&text(heading)).unwrap();
        ["issued", "repealed", "in_force"]
            .map(|name| printed(&report, &format!("article20.item1.rules.{name}")).to_owned())
    };
    assert_eq!(rules("信息内容本年制发件数本年废止件数现行有效件数"), ["4", "0", "12"]);
    assert_eq!(rules("信息内容现行有效件数本年制发件数本年废止件数"), ["0", "12", "4"]);
    // In pieces they are there, though nobody could say in which order.
    assert_eq!(rules("信息内容 本年制 本年废 现行有\n发件数 止件数 效件数"), ["4", "0", "12"]);
    assert_eq!(rules("信息内容 制发数 废止数 有效数"), ["4", "0", "12"]);
}

#[test]
fn the_headings_of_a_table_can_be_padded() {
    let (rows, cells, _) = page(&DOCUMENTS, &columns(&DOCUMENTS, &[0, 1, 2], &[]));
    let padded = |row: &Vec<String>| row.iter().map(|cell| format!("{cell}{}", " ".repeat(60))).collect();
    let report = Written::Markdown.read(&rows.iter().map(padded).collect::<Vec<_>>());
    for (path, figure) in cells {
        assert_eq!(printed(&report, &path), figure, "{path}");
    }
}

#[test]
fn the_pieces_of_a_heading_over_several_columns_are_no_columns() {
    for over in ["法人 或 其他组织", "法人 和 其他组织", "法人 或其 他组织"] {
        let text = format!(
            "甲局2024年政府信息公开工作年度报告\n申请人情况\n自然人 {over} 总计\n\
             商业企业 科研机构 社会公益组织 法律服务机构 其他\n一、本年新收政府信息公开申请数量 1 2 3 4 5 6 21\n"
        );
        let report = read::text(&text).unwrap();
        let received = REQUESTS.columns.iter().map(|(_, name)| printed(&report, &format!("requests.received.{name}")));
        assert_eq!(received.collect::<Vec<_>>(), ["1", "2", "3", "4", "5", "6", "21"], "{over}");
    }
}

#[test]
fn a_heading_with_a_character_more_or_less_is_that_of_its_column() {
    for heading in ["现行有效数 本年制发数 本年废止数", "现行有效的件数 本年制发的件数 本年废止的件数"]
    {
        let text = format!("甲局2024年政府信息公开工作年度报告\n信息内容 {heading}\n规章 12 4 0\n");
        let report = read::text(&text).unwrap();
        let rules = |name: &str| printed(&report, &format!("article20.item1.rules.{name}")).to_owned();
        assert_eq!(["issued", "repealed", "in_force"].map(rules), ["4", "0", "12"], "{heading}");
    }
}

#[test]
fn the_rows_of_another_year_are_not_those_of_this_one() {
    let (own, cells, _) = page(&REQUESTS, &columns(&REQUESTS, &[0, 1, 2, 3, 4, 5, 6], &[]));
    let last_year = |mark: &str| {
        let mut rows = own.clone();
        // A row that this year has not.
        rows.retain(|row| !row[0].contains("结转下年度"));
        rows.push(vec![mark.to_owned()]);
        rows.extend(own.iter().map(|row| row.iter().map(|cell| cell.replace('1', "3")).collect()));
        rows
    };
    for written in [Written::Markdown, Written::Tabs, Written::Spaces, Written::Lines] {
        let own_path = |path: &str| !path.starts_with("requests.carried_out.");
        let report = written.read(&last_year("2023年"));
        for (path, figure) in cells.iter().filter(|(path, _)| own_path(path)) {
            assert_eq!(printed(&report, path), figure, "{path} {written:?}");
        }
        assert_eq!(printed(&report, "requests.carried_out.total"), "", "{written:?}");
        // Without a word on the year there are two readings, and what is only in the second is none of the first.
        let report = written.read(&last_year("其他"));
        assert_eq!(printed(&report, "requests.received.total"), "", "{written:?}");
        assert_eq!(printed(&report, "requests.carried_out.total"), "", "{written:?}");
        // The year of the report changes nothing.
        let (mut rows, ..) = page(&REQUESTS, &columns(&REQUESTS, &[0, 1, 2, 3, 4, 5, 6], &[]));
        rows.insert(0, vec!["2023年度数据".to_owned()]);
        rows.insert(1, vec!["2024年".to_owned()]);
        assert_eq!(printed(&written.read(&rows), "requests.received.total"), "106", "{written:?}");
    }
}

#[test]
fn headings_in_the_line_of_a_row_are_headings() {
    let heading = "商业企业 自然人 科研机构 社会公益组织 法律服务机构 其他 总计";
    let label = "一、本年新收政府信息公开申请数量";
    for page in [
        format!("申请人情况\n| {} | {label} | 1 | 2 | 3 | 4 | 5 | 6 | 21 |", heading.replace(' ', " | ")),
        format!("申请人情况\n{}{label}\n1\n2\n3\n4\n5\n6\n21", heading.replace(' ', "\n")),
    ] {
        let report = read::text(&format!("甲局2024年政府信息公开工作年度报告\n{page}\n")).unwrap();
        assert_eq!(printed(&report, "requests.received.natural_person"), "2", "{page}");
        assert_eq!(printed(&report, "requests.received.commercial_enterprise"), "1", "{page}");
    }
}

#[test]
fn a_group_heading_that_broke_does_not_turn_the_columns() {
    let page = "甲局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n申请人情况\n自然人   法\n人或其他组织   总计\n\
                商业企业   科研机构   社会公益组织   法律服务机构   其他\n一、本年新收政府信息公开申请数量   0   7   0   0   0   0   7\n";
    let report = read::text(page).unwrap();
    let printed = |path: &str| report.get(path.parse().unwrap()).unwrap().printed().to_owned();
    assert_eq!(printed("requests.received.commercial_enterprise"), "7");
    assert_eq!(printed("requests.received.total"), "7");
}

#[test]
fn blanks_at_the_edge_of_a_row_and_beside_it_leave_it_open() {
    const HEADING: &str =
        "| 申请人情况 | | | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |";
    // The total is on another line: the first of the figures is no blank.
    let page = format!(
        "甲局2024年政府信息公开工作年度报告\n{HEADING}\n| 一、本年新收政府信息公开申请数量 | | | 21 | 0 | 0 | 0 | 0 | 0 |\n21\n|\n"
    );
    let report = read::text(&page).unwrap();
    let row = report.cells().filter(|(entry, _)| entry.path().starts_with("requests.received."));
    let read: Vec<&str> = row.filter(|(_, cell)| cell.number().is_some()).map(|(entry, _)| entry.path()).collect();
    assert_eq!(read, Vec::<&str>::new());
}

const TITLE: &str = "甲市乙局2024年政府信息公开工作年度报告";

/// Table three, each group under what stands over it: its figures are 1 2 3 4 10, 2 3 4 5 14 and 3 4 5 6 18 in the form's order.
const GROUPS: [(&str, &str, [&str; 5]); 3] = [
    ("行政复议", "reconsideration", ["1", "2", "3", "4", "10"]),
    ("未经复议直接起诉", "litigation.direct", ["2", "3", "4", "5", "14"]),
    ("复议后起诉", "litigation.after_reconsideration", ["3", "4", "5", "6", "18"]),
];

/// The figures of table three that were read, and whether each is the right one.
fn rulings(report: &PublishedReport) -> (usize, bool) {
    let cells = GROUPS.iter().flat_map(|(_, group, figures)| {
        RULINGS.iter().zip(figures).map(move |((_, name), figure)| (format!("proceedings.{group}.{name}"), *figure))
    });
    let read: Vec<bool> = cells
        .filter(|(path, _)| !printed(report, path).is_empty())
        .map(|(path, figure)| printed(report, &path) == figure)
        .collect();
    (read.len(), read.into_iter().all(|right| right))
}

#[cfg(feature = "html")]
#[test]
fn groups_of_rulings_in_another_order_are_known_by_what_stands_over_them() {
    let names: String = RULINGS.iter().map(|(label, _)| format!("<td>{label}</td>")).collect();
    let tall = names.replace("<td>", "<td rowspan=2>");
    for [first, second] in [[1, 2], [2, 1]] {
        let figures = [first, second, 0].map(|at| GROUPS[at].2.map(|figure| format!("<td>{figure}</td>")).concat());
        let page = format!(
            "<h1>{TITLE}</h1><table><tr><td>四、结转下年度继续办理{}</tr></table>\
             <p>四、政府信息公开行政复议、行政诉讼情况</p><table>\
             <tr><td colspan=10>行政诉讼</td><td colspan=5>行政复议</td></tr>\
             <tr><td colspan=5>{}</td><td colspan=5>{}</td>{tall}</tr><tr>{names}{names}</tr><tr>{}</tr></table>",
            "<td>0".repeat(7),
            GROUPS[first].0,
            GROUPS[second].0,
            figures.concat(),
        );
        assert_eq!(rulings(&read::html(page.as_bytes()).unwrap()), (15, true), "{page}");
    }
}

#[test]
fn groups_of_rulings_in_another_order_are_open_where_no_grid_shows_them() {
    for groups in [[1, 2, 0], [0, 2, 1]] {
        let over = match groups[0] {
            0 => "行政复议\t行政诉讼",
            _ => "行政诉讼\t行政复议",
        };
        let names = RULINGS.map(|(label, _)| label).join("\t");
        let litigation = groups.iter().filter(|group| **group > 0).map(|group| GROUPS[*group].0);
        let page = format!(
            "{TITLE}\n四、结转下年度继续办理{}\n四、政府信息公开行政复议、行政诉讼情况\n{over}\n{}\n{names}\t{names}\t{names}\n{}\n",
            "\t0".repeat(7),
            litigation.collect::<Vec<_>>().join("\t"),
            groups.map(|group| GROUPS[group].2.join("\t")).join("\t"),
        );
        for page in [page.clone(), page.replace('\t', "\n")] {
            let (_, right) = rulings(&read::text(&page).unwrap());
            assert!(right, "{page}");
        }
    }
}

#[test]
fn groups_of_rulings_that_have_a_row_each_are_known_by_their_labels() {
    for groups in [[0, 1, 2], [1, 2, 0], [0, 2, 1], [2, 1, 0]] {
        for order in [[0, 1, 2, 3, 4], [1, 0, 2, 3, 4], [4, 0, 1, 2, 3]] {
            let heading = order.map(|at| RULINGS[at].0).join("\n");
            let row =
                |group: usize| format!("{}\n{}\n", GROUPS[group].0, order.map(|at| GROUPS[group].2[at]).join("\n"));
            let page = format!(
                "{TITLE}\n四、结转下年度继续办理\n{}四、政府信息公开行政复议、行政诉讼情况\n类别\n{heading}\n{}",
                "0\n".repeat(7),
                groups.map(row).concat()
            );
            assert_eq!(rulings(&read::text(&page).unwrap()), (15, true), "{page}");
        }
    }
}

#[test]
fn rulings_in_another_order_are_no_figures_where_the_labels_of_the_groups_are_lost() {
    let order = [1, 0, 2, 3, 4];
    let heading = order.map(|at| RULINGS[at].0).join("\n");
    let row = |(_, _, figures): (&str, &str, [&str; 5])| format!("甲\n{}\n", order.map(|at| figures[at]).join("\n"));
    for over in ["", "行政复议\n行政诉讼\n"] {
        let section = format!("四、政府信息公开行政复议、行政诉讼情况\n{over}{heading}\n{}", GROUPS.map(row).concat());
        let page = format!("{TITLE}\n四、结转下年度继续办理\n{}{section}", "0\n".repeat(7));
        assert!(rulings(&read::text(&page).unwrap()).1, "{page}");
    }
}

#[test]
fn organizations_printed_before_natural_persons_leave_the_row_open() {
    let over = "申请人情况\n法人或其他组织\t自然人\t总计";
    let under = "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他";
    let row = "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21";
    let page = format!("{TITLE}\n三、收到和处理政府信息公开申请情况\n{over}\n{under}\n{row}\n");
    for page in [page.replace('\t', "\n"), page.replace('\t', "    "), page] {
        let report = read::text(&page).unwrap();
        assert_eq!(printed(&report, "requests.received.natural_person"), "", "{page}");
    }
}

#[test]
fn a_column_headed_like_one_of_the_form_is_another() {
    let label = "一、本年新收政府信息公开申请数量";
    for other in ["国有企业", "企业", "总数", "小计", "合计"] {
        for begins in ["项目\t", ""] {
            let heading =
                format!("{begins}自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t{other}\t总计");
            let rows =
                format!("{label}\t0\t5\t0\t2\t0\t0\t9\t7\n二、上年结转政府信息公开申请数量\t0\t3\t0\t0\t0\t0\t8\t3");
            let fees = "信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t3";
            let page = format!("{TITLE}\n{fees}\n三、收到和处理政府信息公开申请情况\n{heading}\n{rows}\n");
            let report = read::text(&page).unwrap();
            let row = REQUESTS.columns.iter().map(|(_, name)| printed(&report, &format!("requests.received.{name}")));
            assert_eq!(row.collect::<Vec<_>>(), ["0", "5", "0", "2", "0", "0", "7"], "{page}");
        }
    }
    // Over the numbers of the rows it has no figure behind the label.
    let heading = "序号\t项目\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计";
    let rows = format!("1\t{label}\t1\t2\t3\t4\t5\t6\t21\n2\t二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0");
    let report = read::text(&format!("{TITLE}\n三、收到和处理政府信息公开申请情况\n{heading}\n{rows}\n")).unwrap();
    assert!(["", "1"].contains(&printed(&report, "requests.received.natural_person")));
}

#[test]
fn headings_that_ran_together_behind_other_words_decide_the_columns_of_rows_that_did() {
    let page = |heading: &str| {
        let row = "一、本年新收政府信息公开申请数量1410811631161\n二、上年结转政府信息公开申请数量00811313\n";
        format!("{TITLE}\n三、收到和处理政府信息公开申请情况\n办理情况{heading}\n{row}")
    };
    let report = read::text(&page("科研机构社会公益组织自然人法律服务机构其他商业企业总计")).unwrap();
    assert!(["", "108"].contains(&printed(&report, "requests.received.natural_person")));
}

#[test]
fn another_report_below_a_markdown_heading_is_another() {
    let table = |licences: &str| format!("|信息内容|本年处理决定数量|\n|---|---|\n|行政许可|{licences}|\n");
    let page = format!(
        "# 甲局2024年政府信息公开工作年度报告\n\n{}\n# 乙局2024年政府信息公开工作年度报告\n\n{}|行政处罚|9|\n",
        table("5"),
        table("7")
    );
    let report = read::text(&page).unwrap();
    assert_eq!(printed(&report, "article20.item5.licensing.decisions"), "5");
    assert_eq!(printed(&report, "article20.item6.penalty.decisions"), "");
    assert_eq!(report.page.others.len(), 1);
    assert_eq!(report.facts.agency.unwrap().name, "甲局");
}

#[test]
fn two_tables_that_ran_together_are_read_from_neither() {
    let rows = |received: &str, carried: &str, total: &str, out: &str| {
        format!(
            "一、本年新收政府信息公开申请数量{received}\n二、上年结转政府信息公开申请数量{carried}\n（七）总计{total}\n四、结转下年度继续办理{out}\n"
        )
    };
    let one = rows("21662282212322", "166002226", "21060282012312", "228004236");
    let other = rows("1083114116161", "8300019213", "1053014106156", "1140001218");
    let page = |rows: &str| format!("{TITLE}\n三、收到和处理政府信息公开申请情况\n{rows}");
    for page in [page(&format!("2023年情况如下：\n{one}2024年情况如下：\n{other}")), page(&(one + &other))]
    {
        let report = read::text(&page).unwrap();
        assert_eq!(printed(&report, "requests.received.natural_person"), "", "{page}");
    }
}
