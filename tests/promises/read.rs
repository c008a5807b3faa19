//! Reading page text: the example page, generated layouts of every kind, and input that is no report.

use crate::common;
use std::fmt::Write;

use ogi_report::finding::Reason;
use ogi_report::read::{self, Format, ReadError, Reader};
use ogi_report::{
    Agency, AgencyKind, AmountUnit, AnnualReport, Cell, Date, Entry, Facts, Form, Language, Layout, PublishedCell,
    PublishedReport, Scope, Section, SourceKind, Status, narrative::FeeStatus,
};
use proptest::prelude::*;

const PAGE: &str = include_str!("../../examples/data/department-2024.txt");
const CELLS: &str = include_str!("../data/department-2024.csv");

#[test]
fn every_cell_of_the_example_page_is_read() {
    let report = read::text(PAGE).unwrap();
    let expected = read::text(CELLS).unwrap();
    assert_eq!((report.layout(), expected.layout()), (Layout::EDITION_2021, Layout::EDITION_2021));
    for ((entry, found), (_, expected)) in report.cells().zip(expected.cells()) {
        assert_eq!((found.status(), found.printed()), (expected.status(), expected.printed()), "{}", entry.path());
        let place = found.place().unwrap().to_string();
        let line: usize = place.strip_suffix(":1").unwrap().parse().unwrap();
        assert_eq!(PAGE.lines().nth(line - 1), Some(found.printed()), "{}", entry.path());
    }
    assert_eq!(report.page.unmatched, []);
}

#[test]
fn the_facts_around_the_tables_are_read_with_their_evidence() {
    let report = read::text(PAGE).unwrap();
    assert_eq!(report.facts.title.as_deref(), Some("示例市数据和行政审批局2024年度政府信息公开工作年度报告"));
    assert_eq!(report.facts.year.unwrap().get(), 2024);
    let agency = report.facts.agency.unwrap();
    assert_eq!((agency.name.as_str(), agency.kind), ("示例市数据和行政审批局", Some(AgencyKind::CityDepartment)));
    let kind = report.facts.evidence.agency_kind.unwrap();
    assert_eq!((kind.kind, kind.words.as_str()), (SourceKind::NameEnding, "市数据和行政审批局"));
    assert_eq!(report.facts.evidence.year.unwrap().words, "2024年度");
    assert_eq!(report.facts.published_on, Some(Date::new(2025, 2, 14).unwrap()));
    let date = report.facts.evidence.published_on.unwrap();
    assert_eq!((date.kind, date.place.unwrap().to_string().as_str()), (SourceKind::PageDate, "8:1"));
    assert_eq!(report.facts.signed_on, Some(Date::new(2025, 2, 14).unwrap()));
    assert_eq!(report.page.headings.iter().map(|heading| heading.section).collect::<Vec<_>>(), Section::ALL);
    let preamble = report.facts.preamble.unwrap();
    assert!(preamble.text.contains("统计期限"), "{preamble:?}");
    assert_eq!(preamble.places.len(), preamble.text.lines().count());
    let overview = report.facts.overview.unwrap();
    assert_eq!(overview.parts.len(), 5);
    assert_eq!(overview.parts[1].places.iter().map(ToString::to_string).collect::<Vec<_>>(), ["17:12"]);
    assert_eq!(overview.parts[1].heading.as_deref(), Some("(二)依申请公开情况"));
    assert_eq!(overview.parts[1].text, "全年新收申请22件，答复21件，结转下年1件。");
    let other = report.facts.other_matters.unwrap();
    assert_eq!(other.parts[0].text, "本局2024年未收取政府信息公开信息处理费。");
    assert_eq!(other.processing_fee.unwrap().status, FeeStatus::None);
}

#[test]
fn the_example_page_is_late_and_otherwise_right() {
    let report = read::text(PAGE).unwrap();
    let checked = report.check();
    let codes: Vec<&str> = checked.findings.iter().map(|finding| &*finding.rule).collect();
    assert_eq!(codes, ["publication-deadline"]);
    assert_eq!(
        checked.findings[0].message(Language::Chinese),
        "应于 2025-01-31 前公布，实际 2025-02-14（页面发布日期），晚 14 天（规则：县级以上政府部门于次年 1 月 31 日前、政府于次年 3 月 31 日前公布年度报告）"
    );
    assert_eq!(report.accept().unwrap().form().unwrap().requests.carried_out.total.get(), 1);
}

// ---- Generated pages -----------------------------------------------------------------------------

/// How a page separates its cells.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    CellALine,
    BlankLinesBetween,
    Spaces,
    Tabs,
    Pipes,
    PipeALine,
}

const STYLES: [Style; 6] =
    [Style::CellALine, Style::BlankLinesBetween, Style::Spaces, Style::Tabs, Style::Pipes, Style::PipeALine];

impl Style {
    fn row(self, cells: &[&str]) -> String {
        match self {
            Style::CellALine => cells.join("\n") + "\n",
            Style::BlankLinesBetween => cells.join("\n\n") + "\n\n",
            Style::Spaces => cells.join("   ") + "\n",
            Style::Tabs => cells.join("\t") + "\n",
            Style::Pipes => cells.join(" | ") + " |\n",
            Style::PipeALine => cells.iter().map(|cell| format!("{cell} |\n")).collect(),
        }
    }

    /// Whether an empty cell can be seen.
    fn shows_blanks(self) -> bool {
        matches!(self, Style::Tabs | Style::Pipes | Style::PipeALine)
    }
}

/// The page of a report, its tables in `style`, wide or narrow marks, labels as the catalogue has them.
pub(crate) fn page(report: &PublishedReport, style: Style, narrow: bool) -> String {
    let (since, until) = report.layout().edition().years();
    let year = until.unwrap_or(u16::MAX).min(since.max(2023));
    let mut page = format!(
        "首页\n分享\n甲市乙局{year}年政府信息公开工作年度报告\n发布时间：{}-01-20 08:50\n\n一、总体情况\n本局按时公开信息。\n",
        year + 1
    );
    let mut last_table = "";
    let mut last_groups: Vec<&str> = Vec::new();
    let cells: Vec<_> = report.cells().collect();
    let mut at = 0;
    while at < cells.len() {
        let trail: Vec<(&str, &str)> = cells[at].0.trail().collect();
        let row_path = cells[at].0.path().rsplit_once('.').unwrap().0;
        let mut row = vec![cells[at].0.row().label()];
        let count =
            cells[at..].iter().take_while(|(entry, _)| entry.path().rsplit_once('.').unwrap().0 == row_path).count();
        let values: Vec<&str> = cells[at..at + count].iter().map(|(_, cell)| cell.printed()).collect();
        if trail[0].1 != last_table {
            last_table = trail[0].1;
            writeln!(page, "{last_table}").unwrap();
            if trail[0].0 == "requests" {
                page +=
                    &style.row(&["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"]);
                page += &style.row(&["自然人", "法人或其他组织", "总计"]);
                page += &style.row(&["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]);
            }
        }
        if trail[0].0 == "proceedings" {
            page += &style.row(&["行政复议", "行政诉讼"]);
            page +=
                &style.row(&["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "复议后起诉"]);
            let values: Vec<&str> = cells[at..].iter().map(|(_, cell)| cell.printed()).collect();
            page += &style.row(&values);
            break;
        }
        let groups: Vec<&str> = trail[1..trail.len() - 2].iter().map(|(_, printed)| *printed).collect();
        if groups != last_groups {
            if trail[0].0 == "article20" {
                page += &style.row(&groups);
                let columns: Vec<&str> = cells[at..at + count].iter().map(|(entry, _)| entry.column_label()).collect();
                page += &style.row(&[&["信息内容"], columns.as_slice()].concat());
            } else {
                row = groups.last().map_or(row.clone(), |group| vec![*group, row[0]]);
            }
            last_groups = groups;
        }
        row.extend(values);
        page += &style.row(&row);
        at += count;
    }
    page += "五、存在的主要问题及改进情况\n问题是解读少，今后改进。\n六、其他需要报告的事项\n本年度未收取信息处理费。\n甲市乙局\n2024年1月20日\n附件\n";
    if narrow {
        page = page.replace('（', "(").replace('）', ")").replace('：', ":").replace('，', ",");
    }
    page
}

/// A report whose cells print these numbers, over and over.
fn report(layout: Layout, numbers: &[u32], blank: Option<usize>) -> PublishedReport {
    let cells = layout.cells().iter().enumerate().map(|(index, entry)| {
        let printed = if blank == Some(index) { String::new() } else { numbers[index % numbers.len()].to_string() };
        (entry.cell(), PublishedCell::read(&printed))
    });
    PublishedReport::from_cells(layout, cells).unwrap()
}

fn same_cells(found: &PublishedReport, expected: &PublishedReport, page: &str) {
    assert_eq!(found.layout(), expected.layout(), "{page}");
    for ((entry, found), (_, expected)) in found.cells().zip(expected.cells()) {
        assert_eq!(
            (found.status(), found.printed()),
            (expected.status(), expected.printed()),
            "{} in\n{page}",
            entry.path()
        );
    }
    assert_eq!(found.page.unmatched, [], "{page}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::common::cases(40)))]

    #[test]
    fn a_generated_page_reads_back(numbers in prop::collection::vec(0_u32..100_000, 1..40), narrow: bool) {
        for layout in Layout::newest_first() {
            for style in STYLES {
                let expected = report(layout, &numbers, None);
                let page = page(&expected, style, narrow);
                same_cells(&read::text(&page).unwrap(), &expected, &page);
            }
        }
    }

    #[test]
    fn a_lost_cell_is_never_guessed(numbers in prop::collection::vec(1_u32..1000, 1..40), lost in 0_usize..170) {
        for layout in Layout::newest_first() {
            for style in STYLES {
                let expected = report(layout, &numbers, Some(lost));
                let page = page(&expected, style, false);
                let found = read::text(&page).unwrap();
                if style.shows_blanks() {
                    same_cells(&found, &expected, &page);
                    continue;
                }
                prop_assert_eq!(found.layout(), expected.layout());
                prop_assert!(found.cells().any(|(_, cell)| cell.status() == Status::NotFound));
                for ((entry, found), (_, expected)) in found.cells().zip(expected.cells()) {
                    prop_assert!(found.status() == Status::NotFound || found.printed() == expected.printed(), "{}", entry.path());
                }
            }
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "(\\PC|[0-9|\\t\\n年月日、（）一二三第二十条项信息内容总计规章]){0,200}") {
        let _ = read::text(&text);
        let _ = read::text(&format!("甲局2023年政府信息公开工作年度报告\n信息内容\n规章\n{text}\n一、本年新收政府信息公开申请数量\n{text}"));
        let _ = read::text(&format!("path,printed\n{text}"));
    }
}

#[test]
fn page_marks_and_torn_or_misprinted_labels_do_not_matter() {
    let expected = report(Layout::HYBRID, &[3, 1, 4, 15, 92, 65], None);
    let page = page(&expected, Style::CellALine, false)
        .replace("2.其他法律行政法规禁止公开", "2.其他法律行政止公开")
        .replace("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新出具\n- 4 -\n已获取信息")
        .replace("三、本年度办理结果", "三\n、\n本\n年\n度")
        .replace("8.属于行政查询事项", "⼋、属于⾏政查询事项");
    same_cells(&read::text(&page).unwrap(), &expected, &page);
}

#[test]
fn figures_after_two_labels_belong_to_neither() {
    let expected = report(Layout::EDITION_2021, &[7], None);
    let whole = page(&expected, Style::Spaces, false);
    let torn = whole.replace(
        "5.属于三类内部事务信息   7   7   7   7   7   7   7\n6.属于四类过程性信息",
        "5.属于三类内部事务信息\n6.属于四类过程性信息",
    );
    assert_ne!(whole, torn);
    let found = read::text(&torn).unwrap();
    let withheld = &Form::cells(Layout::EDITION_2021).requests.outcomes.withheld;
    for cell in [withheld.internal_affairs.total, withheld.process_information.total] {
        assert_eq!(found.get(cell).unwrap().status(), Status::NotFound);
    }
    assert_eq!(found.page.unmatched.len(), 7);
}

#[test]
fn a_row_or_a_table_that_stands_twice_has_two_readings() {
    let expected = report(Layout::EDITION_2021, &[7], None);
    let once = page(&expected, Style::Spaces, false);
    let row = "2.重复申请   7   7   7   7   7   7   7\n";
    let twice = once.replace(row, &format!("{row}2.重复申请   8   7   7   7   7   7   8\n"));
    let found = read::text(&twice).unwrap();
    let cells = Form::cells(Layout::EDITION_2021);
    assert_eq!(found.get(cells.requests.outcomes.not_processed.repeated.total).unwrap().status(), Status::NotFound);
    assert_eq!(found.page.unmatched.len(), 14);

    let proceedings = "行政复议   行政诉讼\n复议后起诉   总计\n";
    let figures = ["8"; 15].join("   ");
    let twice = once.replace("五、存在", &format!("{proceedings}{figures}\n五、存在"));
    let found = read::text(&twice).unwrap();
    assert_eq!(found.get(cells.proceedings.reconsideration.total).unwrap().status(), Status::NotFound);
    assert_eq!(found.page.unmatched.len(), 30);

    let figures = ["7"; 15].join("   ");
    let groups = "行政复议   7   7   7   7   7\n未经复议直接起诉   7   7   7   7   7\n";
    let found = read::text(&once.replace(&figures, groups)).unwrap();
    assert_eq!(found.get(cells.proceedings.reconsideration.total).unwrap().status(), Status::NotFound);
    assert_eq!(found.page.unmatched.len(), 10, "a third group is missing, nothing is lost");
    let found = read::text(&once.replace(&figures, &format!("{groups}复议后起诉   7   7   7   7   8\n"))).unwrap();
    assert_eq!(found.get(cells.proceedings.litigation.after_reconsideration.total).unwrap().printed(), "8");
}

#[test]
fn a_row_broken_over_lines_is_not_put_together() {
    let expected = report(Layout::EDITION_2021, &[7], None);
    let page = page(&expected, Style::Spaces, false)
        .replace("2.重复申请   7   7   7   7   7   7   7", "2.重复申请   7   7   7   7   7   7\n7");
    let found = read::text(&page).unwrap();
    let cell = Form::cells(Layout::EDITION_2021).requests.outcomes.not_processed.repeated.total;
    assert_eq!(found.get(cell).unwrap().status(), Status::NotFound);
    assert_eq!(found.page.unmatched.len(), 7);
}

#[test]
fn signs_are_read_in_words_too() {
    for (text, value) in
        [("减4", Some(-4)), ("减少 1", Some(-1)), ("增3", Some(3)), ("增加2", Some(2)), ("减", None), ("减-4", None)]
    {
        assert_eq!(PublishedCell::read(text).number().and_then(|number| number.whole()), value, "{text}");
    }
}

#[test]
fn marks_units_and_remarks_stay_as_printed() {
    let mut expected = report(Layout::EDITION_2019, &[1], None);
    let form = Form::cells(Layout::EDITION_2019);
    let items = form.article20.edition2019().unwrap();
    let printed = [
        (items.rules.made, "/"),
        (items.rules.disclosed, "22（其中修订16件）"),
        (items.licensing.items_change, "+2"),
        (items.penalty.items_change, "--253"),
        (items.coercion.items_change, "减4"),
        (items.administrative_fees.items_change, "增加2"),
        (items.procurement.amount, "103.3879万元"),
        (form.requests.received.other, "１２"),
        (form.requests.received.total, "1,234"),
    ];
    for (cell, text) in printed {
        expected.set(cell, PublishedCell::read(text)).unwrap();
    }
    for style in STYLES {
        let page = page(&expected, style, false);
        let found = read::text(&page).unwrap();
        same_cells(&found, &expected, &page);
        let number = |cell: Cell| found.get(cell).unwrap().number().map(|number| number.to_string());
        assert_eq!(number(items.rules.made), None);
        assert_eq!(number(items.penalty.items_change).as_deref(), Some("-253"));
        assert_eq!(number(items.procurement.amount).as_deref(), Some("103.3879"));
        assert_eq!(number(form.requests.received.total).as_deref(), Some("1234"));
    }
    // Where something else parts the cells, a remark can have spaces.
    expected.set(items.rules.disclosed, PublishedCell::read("22（其中修订 16 件）")).unwrap();
    for style in STYLES.into_iter().filter(|style| !matches!(style, Style::Spaces)) {
        let page = page(&expected, style, false);
        same_cells(&read::text(&page).unwrap(), &expected, &page);
    }
}

/// What the cells of a row print, and what is listed.
fn cells_of(page: &str, row: &str) -> (Vec<String>, Vec<String>) {
    let report = read::text(&format!("甲局2024年政府信息公开工作年度报告\n{page}\n")).unwrap();
    let in_row = |path: &str| path.rsplit_once('.').unwrap().0 == row;
    let cells = report.cells().filter(|(entry, _)| in_row(entry.path()));
    let shown = cells
        .map(|(_, cell)| if cell.status() == Status::NotFound { "?" } else { cell.printed() }.to_owned())
        .collect();
    (shown, report.page.unmatched.iter().map(|figure| figure.printed.clone()).collect())
}

#[test]
fn a_word_in_the_place_of_a_figure_leaves_the_others() {
    const HEADING: &str = "信息内容 本年制发件数 本年废止件数 现行有效件数";
    for row in [
        "规章 | 不涉及 | 0 | 3 |",
        "规章\t不涉及\t0\t3",
        "规章  不涉及  0  3",
        "规章\n不涉及\n0\n3",
        "规 章 | 不涉及 | 0 | 3",
    ] {
        let (cells, listed) = cells_of(&format!("{HEADING}\n{row}"), "article20.item1.rules");
        assert_eq!((cells, listed), (["不涉及", "0", "3"].map(str::to_owned).to_vec(), vec![]), "{row}");
    }
    for odd in ["214l", "↑5", "5%", "2O4", "24252."] {
        let (cells, _) = cells_of(&format!("{HEADING}\n规章  {odd}  0  3"), "article20.item1.rules");
        assert_eq!(cells, [odd, "0", "3"]);
        let report = read::text(&format!("甲局2024年政府信息公开工作年度报告\n{HEADING}\n规章  {odd}  0  3")).unwrap();
        assert_eq!(report.cells().next().unwrap().1.status(), Status::Unreadable, "{odd}");
    }
}

#[test]
fn what_is_half_a_figure_is_none() {
    const ITEM: &str = "信息内容 本年处理决定数量";
    for (page, row, cells, listed) in [
        (
            "信息内容 本年收费金额（单位：万元）\n行政事业性收费 24252.\n311082",
            "article20.item8.administrative_fees",
            "?",
            &["311082"][..],
        ),
        (&format!("{ITEM}\n行政许可  214|"), "article20.item5.licensing", "214|", &[]),
        (&format!("{ITEM}\n行政许可\n214|"), "article20.item5.licensing", "214|", &[]),
        (&format!("{ITEM}\n行政许可 | 214|\n行政处罚 | 3 |"), "article20.item5.licensing", "214", &[]),
        (&format!("{ITEM}\n行政许可 5.000"), "article20.item5.licensing", "5.000", &[]),
    ] {
        assert_eq!(
            cells_of(page, row),
            (vec![cells.to_owned()], listed.iter().map(|of| (*of).to_owned()).collect()),
            "{page}"
        );
    }
    let dots = read::text(&format!("甲局2024年政府信息公开工作年度报告\n{ITEM}\n行政许可 5.000")).unwrap();
    assert!(dots.cells().all(|(_, cell)| cell.number().is_none()));
}

#[test]
fn figures_between_the_pieces_of_a_label_leave_it_open_whose_they_are() {
    let heading = "申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计";
    let first = "三、本年度办理结果 （一）予以公开  0 0 0 0 0 0 0";
    for torn in [
        "4.无正当理由大量反  0 1 0 1 0 1 3\n复申请\n0 0 0 0 0 0 0",
        "2.没有现成信息需要  0 0 0 0 0 0 0\n另行制作\n不明确  7 0 0 0 0 1 8",
    ] {
        let page = format!("{heading}\n{first}\n{torn}");
        for row in ["not_processed.excessive", "unavailable.requires_creation", "unavailable.still_unclear"] {
            assert_eq!(cells_of(&page, &format!("requests.outcomes.{row}")).0, ["?"; 7], "{row} in {torn}");
        }
        assert_eq!(cells_of(&page, "requests.outcomes.disclosed").1.len(), 14);
    }
}

#[test]
fn the_form_as_a_spreadsheet_saves_it_is_read() {
    let expected = common::small(Layout::EDITION_2021);
    let tabs = page(&expected, Style::Tabs, false);
    for (mark, quote, end) in [(",", "", "\n"), (";", "", "\n"), (",", "\"", "\n"), (",", "", "\r\n"), (",", "", "\r")]
    {
        let record = |line: &str| match line.contains('\t') {
            true => line.split('\t').map(|cell| format!("{quote}{cell}{quote}")).collect::<Vec<_>>().join(mark),
            false => line.to_owned(),
        };
        let csv = tabs.lines().map(record).collect::<Vec<_>>().join(end);
        assert_ne!(csv, tabs);
        let found = read::text(&csv).unwrap();
        assert_eq!(nothing_wrong(&found, &expected, &csv), 200, "{mark:?} {quote:?} {end:?}");
    }
    // A comma within a figure is none between two.
    assert_eq!(cells_of("信息内容,本年处理决定数量\n行政许可,1,234", "article20.item5.licensing").0, ["?"]);
    assert_eq!(cells_of("信息内容 本年处理决定数量\n行政许可 1,234", "article20.item5.licensing").0, ["1,234"]);
}

#[test]
fn traditional_characters_are_read_like_simplified_ones() {
    let simplified = read::text(PAGE).unwrap();
    const PAIRS: [(char, char); 14] = [
        ('开', '開'),
        ('报', '報'),
        ('规', '規'),
        ('数', '數'),
        ('处', '處'),
        ('许', '許'),
        ('总', '總'),
        ('计', '計'),
        ('结', '結'),
        ('维', '維'),
        ('复', '複'),
        ('议', '議'),
        ('诉', '訴'),
        ('讼', '訟'),
    ];
    let traditional: String =
        PAGE.chars().map(|c| PAIRS.iter().find(|(simple, _)| *simple == c).map_or(c, |(_, of)| *of)).collect();
    assert_ne!(traditional, PAGE);
    let found = read::text(&traditional).unwrap();
    assert_eq!(nothing_wrong(&found, &simplified, &traditional), 200);
    assert_eq!((found.facts.title, found.page.headings), (simplified.facts.title, simplified.page.headings));
}

#[test]
fn radicals_are_read_like_the_characters_they_look_like() {
    let printed = read::text(PAGE).unwrap();
    const PAIRS: [(char, char); 12] = [
        ('一', '⼀'),
        ('二', '⼆'),
        ('人', '⼈'),
        ('工', '⼯'),
        ('文', '⽂'),
        ('日', '⽇'),
        ('月', '⽉'),
        ('自', '⾃'),
        ('行', '⾏'),
        ('见', '⻅'),
        ('长', '⻓'),
        ('页', '⻚'),
    ];
    let radicals: String =
        PAGE.chars().map(|c| PAIRS.iter().find(|(of, _)| *of == c).map_or(c, |(_, radical)| *radical)).collect();
    assert_ne!(radicals, PAGE);
    let found = read::text(&radicals).unwrap();
    assert_eq!(nothing_wrong(&found, &printed, &radicals), 200);
    assert_eq!((found.facts, found.page.headings), (printed.facts, printed.page.headings));
}

#[test]
fn tables_and_pages_between_bars_are_read() {
    let expected = read::text(PAGE).unwrap();
    let table = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("|");
    let (start, end) = (PAGE.find("第二十条").unwrap(), PAGE.find("五、存在").unwrap());
    let page = format!("{}\n{}\n{}", &PAGE[..start], table(&PAGE[start..end]), &PAGE[end..]);
    assert!(page.lines().any(|line| line.len() > 1000));
    assert_eq!(nothing_wrong(&read::text(&page).unwrap(), &expected, &page), 200);
    // The whole page on one line.
    let page = table(PAGE);
    let found = read::text(&page).unwrap();
    assert_eq!(nothing_wrong(&found, &expected, &page), 200);
    assert_eq!(found.facts.title, expected.facts.title);
    // A blank between bars that vanished leaves its row open.
    let page = table(PAGE).replace("|23962|", "||");
    assert_ne!(page, table(PAGE));
    assert_eq!(nothing_wrong(&read::text(&page).unwrap(), &expected, &page), 199);
}

#[test]
fn what_could_be_two_numbers_is_none() {
    let number = |printed: &str| PublishedCell::read(printed).number().map(|number| number.to_string());
    for printed in ["5()6()", "5（6）7（8）", "5（6", "20零5", "1〇", "+-5", "1,23", "00"] {
        assert_eq!((number(printed), PublishedCell::read(printed).status()), (None, Status::Unreadable), "{printed}");
    }
    assert_eq!((number("零"), number("22（其中（甲）16件）")), (Some("0".to_owned()), Some("22".to_owned())));
}

// ---- Titles, dates, fees -------------------------------------------------------------------------

fn with_title(title: &str) -> PublishedReport {
    read::text(&format!("{title}\n\n一、总体情况\n内容。")).unwrap()
}

#[test]
fn titles_come_in_many_forms() {
    let cases = [
        ("甲市乙局2024年度政府信息公开工作年度报告", Some("甲市乙局"), Some(2024)),
        ("2024 年甲市科委政府信息公开工作\n年度报告", Some("甲市科委"), Some(2024)),
        ("甲区审计局\n2020年政府信息公开工作年度报告", Some("甲区审计局"), Some(2020)),
        ("甲镇2023年度政府信息公开工作报告", Some("甲镇"), Some(2023)),
        ("甲县教育局政府信息公开工作2025年度报告", Some("甲县教育局"), Some(2025)),
        ("甲县乙镇人民政府\n关于2021年度政府信息公开工作的年度报告", Some("甲县乙镇人民政府"), Some(2021)),
        ("甲街道2021年政府信息公开年度报告", Some("甲街道"), Some(2021)),
        ("年末甲局2024年政府信息公开工作年度报告", Some("年末甲局"), Some(2024)),
        ("甲局1234年2024年政府信息公开工作年度报告", None, Some(2024)),
        ("甲局2020-2024年政府信息公开工作年度报告", None, Some(2024)),
        ("甲局二〇二四年政府信息公开工作年度报告", Some("甲局"), Some(2024)),
        ("二○二四年度甲局政府信息公开工作年度报告", Some("甲局"), Some(2024)),
        ("甲局一百年政府信息公开工作年度报告", None, None),
        ("甲局政府信息公开工作年度报告（2024年）", Some("甲局"), Some(2024)),
        ("甲局2024年政府信息公开工作年度报告(修订版)", Some("甲局"), Some(2024)),
        ("甲局2024年度政府信息公开工作情况报告", Some("甲局"), Some(2024)),
        ("政府信息公开工作年度报告", None, None),
    ];
    for (title, agency, year) in cases {
        let report = with_title(title);
        assert_eq!(report.facts.agency.as_ref().map(|agency| agency.name.as_str()), agency, "{title}");
        assert_eq!(report.facts.year.map(|year| year.get()), year, "{title}");
    }
}

#[test]
fn dates_come_in_many_forms_and_an_ambiguous_one_is_not_read() {
    let cases = [
        ("发布日期：2020-01-31", Some("2020-01-31")),
        ("来源：甲局 时间:2023-01-11 15:51", Some("2023-01-11")),
        ("撰写时间 2024年01月12日 17:12:21", Some("2024-01-12")),
        ("日期:2023年 02月 17日    信息来源: 甲区", Some("2023-02-17")),
        ("(2026年1月23日)", Some("2026-01-23")),
        ("2022年01月18日来源:1", Some("2022-01-18")),
        ("今天:2024年2月22日 星期四", None),
        ("2026年5月1日 星期五 多云", None),
        ("2026-05-01 周五", None),
        ("发布日期：2020-02-30", None),
    ];
    for (line, date) in cases {
        let report = read::text(&format!("甲局2020年政府信息公开工作年度报告\n{line}\n一、总体情况\n内容。")).unwrap();
        assert_eq!(report.facts.published_on.map(|date| date.to_string()).as_deref(), date, "{line}");
    }
    for (line, date) in [
        ("2025214", Some("2025-02-14")),
        ("2025214日", Some("2025-02-14")),
        ("2024112", None),
        ("20251231", Some("2025-12-31")),
        ("2025年1月8日", Some("2025-01-08")),
        ("２０２５年１月８日", Some("2025-01-08")),
        ("二〇二五年一月八日", Some("2025-01-08")),
        ("二○二五年十二月三十一日", Some("2025-12-31")),
        ("二〇二五年十三月一日", None),
        ("2025年一百月八日", None),
    ] {
        let report =
            read::text(&format!("甲局2024年政府信息公开工作年度报告\n六、其他需要报告的事项\n无。\n甲局\n{line}\n"))
                .unwrap();
        assert_eq!(report.facts.signed_on.map(|date| date.to_string()).as_deref(), date, "{line}");
    }
}

#[test]
fn fee_statements_are_read_and_none_is_made_up() {
    let fee = |text: &str| {
        let page = format!("甲局2024年政府信息公开工作年度报告\n六、其他需要报告的事项\n{text}\n");
        read::text(&page).unwrap().facts.other_matters.unwrap().processing_fee
    };
    for text in ["本年度无收取信息处理费情况。", "未发生政府信息公开收费事项。", "2024年，本机关未收取信息公开处理费。"]
    {
        assert_eq!(fee(text).unwrap().status, FeeStatus::None, "{text}");
    }
    let collected = |text: &str| fee(text).unwrap().collected.map(|amount| amount.to_string());
    assert_eq!(collected("全年收取政府信息公开信息处理费0元。").as_deref(), Some("0"));
    assert_eq!(collected("对3件申请收取信息处理费共计380元，其中民政局1件，收取380元。").as_deref(), Some("380"));
    assert_eq!(collected("甲局收取信息处理费100元，乙局收取200元。"), None);
    assert_eq!(fee("无其他需要报告的事项。"), None);
    assert_eq!(collected("共收取信息处理费1,200元。").as_deref(), Some("1200"));
    assert_eq!(collected("收费通知2件，通知收取信息处理费500元。"), None);
    for text in ["按每件10元收取信息处理费。", "收取信息处理费约500元。", "2023年收取信息处理费300元。"]
    {
        assert_eq!(collected(text), None, "{text}");
    }
    assert_eq!(collected("2024年收取信息处理费300元。").as_deref(), Some("300"));
    for text in [
        "本年度退还信息处理费200元。",
        "收取信息处理费不足100元。",
        "收取信息处理费不超过100元。",
        "收取信息处理费100元以下。",
        "收取信息处理费10—20元。",
        "收取信息处理费10至20元。",
        "信息处理费100元/件。",
        "计划收取信息处理费共计100元。",
        "拟收取信息处理费100元。",
        "依据《办法》，信息处理费满1000元起收。",
        "上年度收取信息处理费500元。",
        "2023年度收取信息处理费200元，2024年度同上年。",
        "截至2024年底累计收取信息处理费5000元。",
        "应收信息处理费300元，减免300元。",
        "收取信息处理费-200元。",
        "收取信息处理费1,20元。",
    ] {
        assert_eq!(collected(text), None, "{text}");
    }
    let both = |text: &str| {
        let fee = fee(text).unwrap();
        (fee.notified.map(|amount| amount.to_string()), fee.collected.map(|amount| amount.to_string()))
    };
    let amounts = |notified: &str, collected: &str| (Some(notified.to_owned()), Some(collected.to_owned()));
    assert_eq!(both("本年度发出收费通知2件，总金额600元，实际收取700元。"), amounts("600", "700"));
    assert_eq!(both("发出收费通知3件，通知金额共计1,500元，收到1,200元，退还200元。"), amounts("1500", "1200"));
    assert_eq!(both("收费通知2件，通知收取信息处理费500元。"), (Some("500".to_owned()), None));
    let notices = |text: &str| fee(text).unwrap().notices.map(|notices| notices.get());
    assert_eq!(notices("发出收费通知单3份，涉及2件申请，收取信息处理费20元。"), Some(3));
    assert_eq!(notices("本年度共发出收费通知 2 件，未收取。"), Some(2));
    let stated = |text: &str| fee(text).unwrap().status == FeeStatus::Stated;
    assert!(stated("无锡市甲局收取信息处理费1.2万元。") && stated("发出收费通知3件，未收取信息处理费。"));
}

#[test]
fn a_link_to_another_report_above_the_title_is_not_the_title() {
    let page = "甲县财政局2018年政府信息公开工作年度报告\n更新时间：2026-06-01\n甲县教育局2024年政府信息公开工作年度报告\n一、总体情况\n内容。";
    let report = read::text(page).unwrap();
    assert_eq!((report.facts.year.unwrap().get(), report.facts.agency.unwrap().name.as_str()), (2024, "甲县教育局"));
    assert_eq!(report.facts.published_on, None);
}

#[test]
fn money_in_another_unit_is_never_accepted() {
    let page = PAGE.replace("行政事业性收费\n\n0", "行政事业性收费\n\n2510");
    assert_eq!(read::text(&page).unwrap().accept().map(|_| ()), Ok(()));
    for page in [
        page.replace("(单位:万元)", "(单位:元)"),
        page.replace("\n2510\n", "\n2510元\n"),
        page.replace("\n2510\n", "\n2510（元）\n"),
    ] {
        let report = read::text(&page).unwrap();
        assert_eq!(report.check().findings_of("cell-domain").count(), 1);
        assert!(report.accept().is_err());
        // Not on the way through JSON either.
        assert_eq!(PublishedReport::from_json(report.to_json().as_bytes()), Ok(report));
    }
    let page = PAGE.replace("\n23962\n", "\n23962元\n");
    assert!(read::text(&page).unwrap().accept().is_err());
}

#[test]
fn no_money_is_no_money_in_any_unit() {
    let amount = "article20.item8.administrative_fees.amount".parse().unwrap();
    let mut report = read::text(PAGE).unwrap();
    for printed in ["0", "0.00"] {
        report.set(amount, PublishedCell::read(printed).in_unit(AmountUnit::Yuan)).unwrap();
        assert_eq!(report.check().findings_of("cell-domain").count(), 0);
        assert!(report.accept().unwrap().get(amount).is_some());
    }
    report.set(amount, PublishedCell::read("0.01").in_unit(AmountUnit::Yuan)).unwrap();
    assert_eq!(report.check().findings_of("cell-domain").count(), 1);
    // A count is no money, not even none.
    let received = "requests.received.other".parse().unwrap();
    report.set(received, PublishedCell::read("0元")).unwrap();
    assert_eq!(report.check().findings_of("cell-domain").count(), 2);
}

#[test]
fn accepted_blanks_say_that_they_were_taken_for_zero() {
    let mut report = read::text(PAGE).unwrap();
    report.set("requests.received.other".parse().unwrap(), PublishedCell::read("")).unwrap();
    assert!(report.accept().is_err());
    let accepted = report.with_blanks_as_zero().accept().unwrap();
    assert_eq!(accepted.facts().evidence.blanks_as_zero.map(|count| count.get()), Some(1));
}

#[test]
fn accepted_marks_say_that_they_were_taken_for_zero() {
    let mut report = read::text(PAGE).unwrap();
    let cells = ["article20.item1.rules.issued", "article20.item1.rules.repealed"].map(|path| path.parse().unwrap());
    cells.iter().for_each(|cell| drop(report.set(*cell, PublishedCell::read("/")).unwrap()));
    let refused = report.accept().unwrap_err();
    assert!(
        refused
            .message(Language::Chinese)
            .contains("应为数字（“不适用”可用 with_not_applicable_as_zero 按 0 计），实为 not_applicable")
    );
    assert!(report.clone().with_blanks_as_zero().accept().is_err());
    let zeros = report.with_not_applicable_as_zero();
    assert_eq!(zeros.get(cells[0]).unwrap().printed(), "/");
    let again = PublishedReport::from_json(zeros.to_json().as_bytes()).unwrap();
    assert_eq!(again, zeros);
    let accepted = zeros.accept().unwrap();
    assert_eq!(accepted.facts().evidence.not_applicable_as_zero.map(|count| count.get()), Some(2));
    assert_eq!(accepted.facts().evidence.blanks_as_zero, None);
}

#[test]
fn accepted_totals_say_that_they_were_worked_out() {
    let mut report = read::text(PAGE).unwrap();
    report.set("requests.received.total".parse().unwrap(), PublishedCell::read("")).unwrap();
    assert!(report.accept().is_err());
    let accepted = report.with_totals_from_parts().accept().unwrap();
    assert_eq!(accepted.facts().evidence.totals_from_parts.map(|count| count.get()), Some(1));
    assert_eq!(AnnualReport::from_json(accepted.to_json().as_bytes()), Ok(accepted));
}

// ---- What is no report ---------------------------------------------------------------------------

#[test]
fn what_is_no_report_is_refused_with_what_was_looked_for() {
    assert_eq!(read::text(""), Err(ReadError::Empty));
    assert_eq!(read::text(" \n\u{3000}\t\r\n"), Err(ReadError::Empty));
    let refused = read::text("今天天气很好。").unwrap_err();
    assert_eq!(
        refused.to_string(),
        "no annual report found: looked for a title such as …年政府信息公开工作年度报告, and for rows of the form such as 一、本年新收政府信息公开申请数量"
    );
    let old = read::text("甲局2017年政府信息公开工作年度报告\n一、概述\n内容。");
    assert_eq!(old, Err(ReadError::BeforeForm { year: 2017 }));
    assert_eq!(Reader::new().format(Format::Text).read(b"\xff\xfe"), Err(ReadError::NotUtf8 { at: 0 }));
    assert!(matches!(read::text("\0\0\0"), Err(ReadError::NotAReport { .. })));
}

#[test]
fn noise_of_any_size_is_refused() {
    let noise = "噪".repeat(50_000_000 / 3);
    assert!(matches!(read::text(&noise), Err(ReadError::TooLarge { limit: 8_388_608, .. })));
    let long = format!("甲局2024年政府信息公开工作年度报告\n信息内容\n{}", "0|".repeat(1_000_000));
    assert!(read::text(&long).is_ok());
    for noise in ["噪", "7", "7 ", "7\n", "|", "7|", "信息内容\n7\n", "\t", "、", "（", "一、", "2024年"] {
        let noise = noise.repeat(150_000 / noise.len());
        let _ = read::text(&noise);
        let _ = read::text(&format!("甲局2024年政府信息公开工作年度报告\n信息内容\n规章\n{noise}"));
    }
}

#[test]
fn an_unquoted_comma_in_a_csv_is_a_fault() {
    let fault = read::text("path,printed\nrequests.received.total,1,234\n").unwrap_err();
    assert_eq!(fault.to_string(), "2:1: expected no more fields than the header has, found \"234\"");
}

#[test]
fn a_quoted_field_that_does_not_end_is_a_fault() {
    let fault = |csv: &str| read::text(csv).unwrap_err().to_string();
    let behind = fault("path,printed\nrequests.received.total,\"1\"2\nrequests.received.other,1\n");
    assert_eq!(behind, "2:1: expected a comma or the end of the line behind a quoted field, found \"12\"");
    let open = fault("path,printed\nrequests.received.other,\"5\nrequests.received.total,5\n");
    assert!(open.starts_with("2:1: expected a quotation mark that closes the field, found \"5\\n"), "{open}");
    let quoted =
        read::text("path,printed\n\"requests.received.total\", \"5\" \nrequests.received.other,\"5\"\n").unwrap();
    assert_eq!(quoted.get("requests.received.other".parse().unwrap()).unwrap().printed(), "5");
}

#[test]
fn markdown_between_tags_is_markdown() {
    let table = "| 信息内容 | 本年处理决定数量 |\n|----------|------------------|\n| 行政许可 | 5 |\n";
    for page in [
        format!("<div class=\"article\">\n\n{table}\n</div>\n"),
        format!("<p>甲局2024年政府信息公开工作年度报告</p>\n\n{table}"),
    ] {
        let report = read::any(page.as_bytes()).unwrap();
        assert_eq!(
            report.get("article20.item5.licensing.decisions".parse().unwrap()).unwrap().printed(),
            "5",
            "{page}"
        );
    }
    // Where some of the tables are a web page's, their cells must not be lost for lines.
    #[cfg(feature = "html")]
    {
        let page = format!("<div>\n\n{table}\n</div>\n<table><tr><td>行政处罚</td><td>7</td></tr></table>\n");
        let report = read::any(page.as_bytes()).unwrap();
        assert_eq!(report.get("article20.item6.penalty.decisions".parse().unwrap()).unwrap().printed(), "7");
    }
}

#[test]
fn a_csv_of_cells_is_read_as_spreadsheet_programs_save_it() {
    for csv in [
        "\"path\",\"printed\"\n\"requests.received.total\",\"5\"\n",
        "path;printed\nrequests.received.total;5\n",
        "path\tprinted\nrequests.received.total\t5\n",
        ",path,printed\n0,requests.received.total,5\n",
        "printed,path\n5,requests.received.total\n",
        "path,printed\rrequests.received.total,5\rrequests.received.other,5\r",
        "\u{feff}path,printed\r\nrequests.received.total,5\r\n",
    ] {
        let report = read::text(csv).unwrap();
        assert_eq!(report.get("requests.received.total".parse().unwrap()).unwrap().printed(), "5", "{csv:?}");
        assert_eq!(report.page.unmatched.len(), 0, "{csv:?}");
    }
}

#[test]
fn a_part_of_a_csv_is_of_the_newest_layout_that_has_its_cells() {
    let layout = |csv: &str| read::text(csv).unwrap().layout();
    assert_eq!(layout("path,printed\nrequests.received.total,5\n"), Layout::EDITION_2021);
    assert_eq!(layout("path,printed\narticle20.item9.procurement.projects,5\n"), Layout::EDITION_2019);
    assert_eq!(layout("path,printed\nrequests.outcomes.other_handling.undivided.total,5\n"), Layout::EDITION_2019);
}

#[test]
fn a_csv_of_cells_is_read_and_its_faults_are_all_named() {
    let report = read::text(
        "path,printed,status\nrequests.received.total,\"1,234\",number\nrequests.received.other,,not_found\n",
    )
    .unwrap();
    let cell = report.get("requests.received.total".parse().unwrap()).unwrap();
    assert_eq!((cell.printed(), cell.place().unwrap().to_string().as_str()), ("1,234", "2:25"));
    assert_eq!(report.get("requests.received.other".parse().unwrap()).unwrap().status(), Status::NotFound);
    let faults =
        read::text("path,printed\nrequests.received.totl,1\nrequests.received.total,1\nrequests.received.total,2\nx\n")
            .unwrap_err();
    assert_eq!(
        faults.to_string(),
        "2:1: expected the path of a cell, found \"requests.received.totl\"; 4:1: expected each cell once, found \"requests.received.total\"; 5:1: expected the path of a cell, found \"x\""
    );
}

// ---- What was torn on the way --------------------------------------------------------------------

/// What may become of a page: each cell right, or not a number; with candidates, the right one among them. Returns how
/// many are right.
pub(crate) fn nothing_wrong(found: &PublishedReport, expected: &PublishedReport, page: &str) -> usize {
    assert_eq!(found.layout(), expected.layout(), "{page}");
    let mut right = 0;
    for ((entry, found), (_, expected)) in found.cells().zip(expected.cells()) {
        if found.number().is_some() {
            assert_eq!(found.printed(), expected.printed(), "{} in\n{page}", entry.path());
            right += 1;
        } else if found.candidates().len() > 0 {
            assert!(found.candidates().any(|candidate| candidate == expected.printed()), "{} in\n{page}", entry.path());
        }
    }
    right
}

/// A page that lost its line breaks and cell borders.
fn glued(report: &PublishedReport) -> String {
    let page = page(report, Style::CellALine, false);
    let (head, tables) = page.split_once("二、主动公开").unwrap();
    let (tables, tail) = tables.split_once("五、存在的主要问题及改进情况").unwrap();
    let tables: String = tables.split('\n').collect();
    format!("{head}\n二、主动公开{tables}五、存在的主要问题及改进情况{tail}")
}

#[test]
fn cells_that_ran_together_are_cut_by_the_identities() {
    for layout in Layout::newest_first() {
        let expected = common::small(layout);
        let page = glued(&expected);
        assert!(page.contains("一、本年新收政府信息公开申请数量"), "{page}");
        let found = read::text(&page).unwrap();
        let right = nothing_wrong(&found, &expected, &page);
        // Table two has columns that hold; of the others the rows whose figures can be no fewer.
        let requests: Vec<_> = found.cells().filter(|(entry, _)| entry.path().starts_with("requests.")).collect();
        assert!(requests.iter().all(|(_, cell)| cell.number().is_some()), "{layout}");
        // Those that could have lost a blank stay open, each with the right figure among its candidates.
        let listed = found.cells().filter(|(_, cell)| cell.candidates().len() > 0).count();
        assert!(
            right > requests.len() && (right + listed) * 100 > found.cells().len() * 95,
            "{right}, {listed} of {layout}"
        );
        let cell = Form::cells(layout).requests.received.total;
        let cell = found.get(cell).unwrap();
        assert_eq!(cell.origin(), Some(ogi_report::Origin::Cut));
        let Some(ogi_report::Place::Text { line, column }) = cell.place() else { panic!("{:?}", cell.place()) };
        let line = page.lines().nth(*line as usize - 1).unwrap();
        let at: String = line.chars().skip(*column as usize - 1).take(cell.printed().len()).collect();
        assert_eq!(at, cell.printed());
    }
}

fn entries_of_requests() -> impl Iterator<Item = &'static Entry> {
    Layout::EDITION_2021.cells().iter().filter(|entry| entry.path().starts_with("requests."))
}

/// How many cells of table two are numbers.
fn read_of_requests(found: &PublishedReport) -> usize {
    entries_of_requests().filter(|entry| found.get(entry.cell()).unwrap().number().is_some()).count()
}

/// Reports whose table two has these wrong figures, each read back from a page that lost its cell borders: how many of their
/// cells are read, in a hundred.
fn read_in_a_hundred(reports: impl Iterator<Item = PublishedReport>) -> usize {
    let (mut read, mut all) = (0, 0);
    for report in reports {
        let page = glued(&report);
        let found = read::text(&page).unwrap();
        nothing_wrong(&found, &report, &page);
        let right = read_of_requests(&found);
        let requests = entries_of_requests().count();
        if right == requests {
            // The broken sums are told as they would be of any page.
            let balances = |report: &PublishedReport| -> Vec<String> {
                let findings = report.check().findings;
                let of_table = findings.iter().filter(|finding| finding.rule.starts_with("requests-"));
                of_table.map(|finding| finding.message(Language::English)).collect()
            };
            assert_eq!(balances(&found), balances(&report), "{page}");
        }
        read += right;
        all += requests;
    }
    read * 100 / all
}

/// The small report with more printed in these cells.
fn with_more(cells: &[(Cell, i64)]) -> PublishedReport {
    let mut report = common::small(Layout::EDITION_2021);
    for (cell, more) in cells {
        let printed = report.get(*cell).unwrap().printed().parse::<i64>().unwrap() + more;
        report.set(*cell, PublishedCell::read(&printed.to_string())).unwrap();
    }
    report
}

#[test]
fn one_wrong_figure_does_not_keep_cells_that_ran_together_from_being_cut() {
    let requests: Vec<Cell> = entries_of_requests().map(|entry| entry.cell()).collect();
    // A figure; a figure and the total of its row; the totals of two rows.
    let rows: Vec<&[Cell]> = requests.chunks(7).collect();
    assert!(read_in_a_hundred(requests.iter().step_by(3).map(|cell| with_more(&[(*cell, 7)]))) >= 97);
    let forgotten =
        rows.iter().step_by(5).flat_map(|row| row[..6].iter().map(|cell| with_more(&[(*cell, 1), (row[6], 1)])));
    assert!(read_in_a_hundred(forgotten) >= 90);
    let totals = rows.windows(2).step_by(3).map(|pair| with_more(&[(pair[0][6], 3), (pair[1][6], 12)]));
    assert!(read_in_a_hundred(totals) >= 80);
    let parts = rows.windows(2).step_by(3).map(|pair| with_more(&[(pair[0][1], 3), (pair[1][4], 12)]));
    assert!(read_in_a_hundred(parts) >= 80);
}

/// A paragraph of a page can be a row, or a table, whose cells ran together; what is struck in it is no digit.
#[cfg(feature = "html")]
#[test]
fn paragraphs_that_ran_together_are_cut_like_lines() {
    let expected = common::small(Layout::EDITION_2021);
    let page = glued(&expected);
    let numbers = |report: &PublishedReport| report.cells().filter(|(_, cell)| cell.number().is_some()).count();
    let lines = numbers(&read::text(&page).unwrap());
    let struck = replaced(&page, "政府信息公开申请数量", "政府信息公开申请数量<s>9</s>");
    let paragraphs: String = struck.lines().map(|line| format!("<p>{line}</p>")).collect();
    let found = read::html(format!("<html><body>{paragraphs}</body></html>").as_bytes()).unwrap();
    assert_eq!(nothing_wrong(&found, &expected, &paragraphs), lines);
}

/// Table three under rules of dashes, its line breaks lost in a web page: a rule is no row of marks for "not applicable".
#[cfg(feature = "html")]
#[test]
fn a_rule_that_ran_together_with_its_table_is_no_row() {
    let rule = format!("{}\n", "---------- ".repeat(15));
    let label = "一、本年新收政府信息公开申请数量";
    let page = format!(
        "**甲局2024年政府信息公开工作年度报告**\n\n**三、收到和处理政府信息公开申请情况**\n\n<table>\n<tr><td>{label}</td>{}</tr>\n\
         </table>\n\n**四、政府信息公开行政复议、行政诉讼情况**\n\n{rule}行政复议 行政诉讼\n\n\
         结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n\n\
         结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计\n\n\
         1 0 2 0 3 12 0 0 0 12 0 0 0 0 0\n{rule}\n**五、存在的主要问题及改进情况**\n\n本机关做好各项工作。\n\n\
         **六、其他需要报告的事项**\n\n本年度未收取信息处理费。\n",
        "<td>0</td>".repeat(7)
    );
    let found = read::html(page.as_bytes()).unwrap();
    for entry in Layout::EDITION_2021.cells().iter().filter(|entry| entry.path().starts_with("proceedings.")) {
        assert_ne!(found.get(entry.cell()).unwrap().status(), Status::NotApplicable, "{}", entry.path());
    }
    let direct = "proceedings.litigation.direct.total".parse().unwrap();
    assert_eq!(found.get(direct).unwrap().printed(), "12");
}

/// No count is beyond 2^53: a longer one is in no sum, and nothing confirms it.
#[test]
fn figures_that_ran_together_are_cut_up_to_the_largest_count() {
    let row = &Form::cells(Layout::EDITION_2021).requests.outcomes.disclosed;
    for (digits, is_count) in [(9, true), (15, true), (17, false), (18, false), (28, false)] {
        let mut report = common::small(Layout::EDITION_2021);
        for entry in entries_of_requests() {
            report.set(entry.cell(), PublishedCell::read("0")).unwrap();
        }
        let figure = format!("1{}", "0".repeat(digits - 1));
        for cell in [row.natural_person, row.total] {
            report.set(cell, PublishedCell::read(&figure)).unwrap();
        }
        if is_count {
            let form = Form::cells(Layout::EDITION_2021).requests;
            for sum in [&form.received, &form.outcomes.total] {
                report.set(sum.natural_person, PublishedCell::read(&figure)).unwrap();
                report.set(sum.total, PublishedCell::read(&figure)).unwrap();
            }
        }
        let page = glued(&report);
        let found = read::text(&page).unwrap();
        nothing_wrong(&found, &report, &page);
        assert_eq!(found.get(row.natural_person).unwrap().number().is_some(), is_count, "{digits}");
    }
}

/// A blank leaves nothing between figures that ran together: what is cut beside it is right, and nothing stands in its place.
#[test]
fn a_blank_among_figures_that_ran_together_is_not_filled() {
    let right = common::small(Layout::EDITION_2021);
    let mut read = 0;
    for entry in entries_of_requests().step_by(4) {
        let mut report = right.clone();
        report.set(entry.cell(), PublishedCell::read("")).unwrap();
        let page = glued(&report);
        let found = read::text(&page).unwrap();
        for (other, cell) in found.cells().filter(|(_, cell)| cell.number().is_some()) {
            assert_eq!(cell.printed(), report.get(other.cell()).unwrap().printed(), "{} in\n{page}", other.path());
        }
        assert_eq!(found.get(entry.cell()).unwrap().number(), None);
        read += read_of_requests(&found);
    }
    assert!(read > 44 * 174 / 4, "{read}");
}

#[test]
fn headings_within_running_text_are_known_by_number_and_subject() {
    let expected = common::small(Layout::EDITION_2021);
    let usual = glued(&expected);
    let known = read::text(&usual).unwrap();
    let sections =
        |report: &PublishedReport| report.page.headings.iter().map(|heading| heading.section).collect::<Vec<_>>();
    for (from, to) in [
        ("五、存在的主要问题及改进情况", "五、存在的主要问题及明年工作计划"),
        ("五、存在的主要问题及改进情况", "五、存在的问题"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议与行政诉讼情况"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、被申请行政复议、提起行政诉讼的情况"),
        ("三、收到和处理政府信息公开申请情况", "三、政府信息公开申请收到和办理情况"),
    ] {
        let page = replaced(&usual, from, to);
        let found = read::text(&page.replace('\n', "")).unwrap();
        assert_eq!(sections(&found), sections(&known), "{to}");
        let right = |report: &PublishedReport| report.cells().filter(|(_, cell)| cell.number().is_some()).count();
        nothing_wrong(&found, &expected, &page);
        assert_eq!(right(&found), right(&known), "{to}");
    }
}

#[test]
fn an_open_cut_lists_what_it_can_be() {
    let mut expected = common::small(Layout::EDITION_2021);
    for (path, printed) in [("issued", "69"), ("repealed", "3"), ("in_force", "665")] {
        common::print(&mut expected, &format!("article20.item1.normative_documents.{path}"), printed);
    }
    let found = read::text(&glued(&expected)).unwrap();
    let cell = found.get(common::cell("article20.item1.normative_documents.repealed")).unwrap();
    assert_eq!((cell.status(), cell.printed()), (Status::Unreadable, ""));
    assert!(cell.candidates().any(|candidate| candidate == "3") && cell.candidates().len() > 2);
}

#[test]
fn a_wrong_total_is_found_where_cells_ran_together() {
    let mut wrong = common::small(Layout::EDITION_2021);
    common::shift(&mut wrong, "requests.outcomes.disclosed.total", 1);
    let page = glued(&wrong);
    let found = read::text(&page).unwrap();
    nothing_wrong(&found, &wrong, &page);
    let rows: Vec<_> =
        found.check().findings_of("requests-row-total").map(|finding| finding.cells[0].cell.path()).collect();
    assert_eq!(rows, ["requests.outcomes.disclosed.total"]);
}

/// A report whose figures are five digits wide in one row.
fn wide() -> PublishedReport {
    let mut report = common::small(Layout::EDITION_2021);
    for (row, natural, total) in
        [("received", "13612", 13_612), ("outcomes.disclosed", "13612", 13_612), ("outcomes.total", "", 13_612)]
    {
        let path = |column: &str| format!("requests.{row}.{column}");
        let number = |report: &PublishedReport, path: &str| {
            report.get(common::cell(path)).unwrap().number().unwrap().whole().unwrap()
        };
        let before = number(&report, &path("natural_person"));
        let value = if natural.is_empty() { before + total - 13_612 } else { total };
        common::print(&mut report, &path("natural_person"), &value.to_string());
    }
    report
}

#[test]
fn a_figure_broken_over_lines_is_joined_where_the_total_says_so() {
    let mut expected = wide();
    // Right totals, whatever the columns add up to.
    let names = ["natural_person", "commercial_enterprise", "research_institution", "public_interest_organization"];
    let names = names.into_iter().chain(["legal_service_organization", "other"]);
    let sum: i64 = names
        .map(|name| common::cell(&format!("requests.received.{name}")))
        .map(|cell| expected.get(cell).unwrap().number().unwrap().whole().unwrap())
        .sum();
    common::print(&mut expected, "requests.received.total", &sum.to_string());
    let whole = page(&expected, Style::Spaces, false);
    let row: Vec<&str> = whole.lines().find(|line| line.starts_with("一、本年新收")).unwrap().split("   ").collect();
    let (first, last) = (row[1], row[7]);
    let middle: Vec<String> = row[2..7].iter().map(|figure| format!("{figure:<8}")).collect();
    let torn = format!(
        "{:30}{:<48}{}\n{:<38}{}\n{:30}{:<48}{}",
        "",
        &first[..4],
        &last[..4],
        row[0],
        middle.concat(),
        "",
        &first[4..],
        &last[4..]
    );
    let found = read::text(&whole.replace(&row.join("   "), &torn)).unwrap();
    let cells = &Form::cells(Layout::EDITION_2021).requests.received;
    for (cell, inference) in
        [(cells.natural_person, ogi_report::Origin::Joined), (cells.other, ogi_report::Origin::Placed)]
    {
        assert_eq!(found.get(cell).unwrap().printed(), expected.get(cell).unwrap().printed());
        assert_eq!(found.get(cell).unwrap().origin(), Some(inference));
    }
    // With a wrong total nothing is joined.
    let wrong = torn.replace(&format!("{}\n", &last[..4]), "9999\n");
    let found = read::text(&whole.replace(&row.join("   "), &wrong)).unwrap();
    assert_eq!(found.get(cells.natural_person).unwrap().status(), Status::NotFound);
}

#[test]
fn rows_that_lost_their_labels_are_placed_between_their_neighbours() {
    let expected = common::small(Layout::EDITION_2021);
    let whole = page(&expected, Style::Pipes, false);
    let lines: Vec<String> =
        whole.lines().map(|line| if line.ends_with(" |") { format!("| {line}") } else { line.to_owned() }).collect();
    let lost = "5.属于三类内部事务信息";
    let torn = lines.join("\n").replace(&format!("| {lost} | "), &format!("{lost}\n| "));
    assert!(torn.contains(&format!("{lost}\n")));
    let found = read::text(&torn).unwrap();
    same_cells(&found, &expected, &torn);
    let row = &Form::cells(Layout::EDITION_2021).requests.outcomes.withheld.internal_affairs;
    assert_eq!(found.get(row.total).unwrap().origin(), Some(ogi_report::Origin::Placed));
    // A row whose total is wrong is not placed.
    let mut wrong = expected.clone();
    common::shift(&mut wrong, "requests.outcomes.withheld.internal_affairs.total", 1);
    let number = |report: &PublishedReport| report.get(row.total).unwrap().printed().to_owned();
    let figures = |report: &PublishedReport| {
        let cells = report.cells().filter(|(entry, _)| entry.path().starts_with("requests.outcomes.withheld.internal"));
        cells.map(|(_, cell)| cell.printed().to_owned()).collect::<Vec<_>>().join(" | ")
    };
    assert_ne!(number(&wrong), number(&expected));
    let torn = torn.replace(&format!("{lost}\n| {}", figures(&expected)), &format!("{lost}\n| {}", figures(&wrong)));
    let found = read::text(&torn).unwrap();
    assert_eq!(found.get(row.total).unwrap().status(), Status::NotFound);
    // Nor one whose total is right and whose columns are not: it is another row, and its figures are listed.
    let mut other = expected.clone();
    for column in ["natural_person", "total"] {
        common::shift(&mut other, &format!("requests.outcomes.withheld.internal_affairs.{column}"), 1);
    }
    let torn = torn.replace(&format!("{lost}\n| {}", figures(&wrong)), &format!("{lost}\n| {}", figures(&other)));
    let found = read::text(&torn).unwrap();
    assert_eq!(found.get(row.total).unwrap().status(), Status::NotFound);
    let listed: Vec<&str> = found.page.unmatched.iter().map(|figure| &*figure.printed).collect();
    assert_eq!(listed, figures(&other).split(" | ").collect::<Vec<_>>());
}

#[cfg(feature = "html")]
#[test]
fn the_one_cell_that_a_row_kept_is_one_figure() {
    let expected = common::small(Layout::EDITION_2021);
    let whole = page(&expected, Style::CellALine, false);
    let row = lines_of(&expected, "requests.received");
    // Cut in seven, these figures would add up.
    for figure in ["1000001", "2010003"] {
        let table = |cells: &[&str]| format!("<table><tr><td>{}</td></tr></table>", cells.join("</td><td>"));
        let label = "一、本年新收政府信息公开申请数量";
        let torn = replaced(&whole, &format!("{label}\n{row}"), &table(&[label, figure]));
        let torn = torn.lines().map(|line| format!("<p>{line}</p>")).collect::<String>();
        let found = read::html(format!("<html><body>{torn}</body></html>").as_bytes()).unwrap();
        let received = &Form::cells(Layout::EDITION_2021).requests.received;
        assert_eq!(found.get(received.total).unwrap().status(), Status::NotFound);
        assert_eq!(found.get(received.natural_person).unwrap().status(), Status::NotFound);
        assert_eq!(nothing_wrong(&found, &expected, &torn), 200 - 7);
    }
}

#[test]
fn a_table_three_with_a_cell_too_few_is_listed_not_read() {
    let expected = common::small(Layout::EDITION_2021);
    let whole = page(&expected, Style::Pipes, false);
    let row: Vec<&str> = expected
        .cells()
        .filter(|(entry, _)| entry.path().starts_with("proceedings."))
        .map(|(_, cell)| cell.printed())
        .collect();
    let torn = replaced(&whole, &format!("{} |", row.join(" | ")), &format!("| {} |", row[1..].join(" | ")));
    let found = read::text(&torn).unwrap();
    assert_eq!(nothing_wrong(&found, &expected, &torn), 200 - row.len());
    let listed: Vec<&str> = found.page.unmatched.iter().map(|figure| &*figure.printed).collect();
    assert_eq!(listed, row[1..]);
}

/// The figures of a row as a page with one cell a line has them.
fn lines_of(report: &PublishedReport, row: &str) -> String {
    let in_row = |path: &str| path.rsplit_once('.').unwrap().0 == row;
    let cells = report.cells().filter(|(entry, _)| in_row(entry.path()));
    cells.map(|(_, cell)| format!("{}\n", cell.printed())).collect()
}

/// Replaces what must be there.
fn replaced(page: &str, from: &str, to: &str) -> String {
    assert!(page.contains(from), "{from:?} is not in\n{page}");
    page.replacen(from, to, 1)
}

/// A row that was broken after its first figure, where the page does not keep columns: where the pieces stand says nothing of
/// their order, and the sum is right in any.
#[test]
fn a_row_broken_anywhere_is_not_put_in_order_by_where_its_pieces_stand() {
    let page = "| 三、本年度办理结果 | （一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n\
                | 3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n\
                | 4.保护第三方合法权益 | 5 \n\
                | 1 | 0 | 9 | 0 | 9 | 24 |\n\
                | 5.属于三类内部事务信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
    let found = read::text(page).unwrap();
    let row = &Form::cells(Layout::EDITION_2021).requests.outcomes.withheld.third_party_rights;
    for (cell, printed) in
        [(row.natural_person, "5"), (row.commercial_enterprise, "1"), (row.legal_service_organization, "0")]
    {
        let cell = found.get(cell).unwrap();
        assert!(cell.number().is_none() || cell.printed() == printed, "{}", cell.printed());
    }
}

#[test]
fn rows_behind_one_label_are_as_many_as_the_labels_say() {
    let expected = common::small(Layout::EDITION_2021);
    let whole = page(&expected, Style::CellALine, false);
    let row = |row: &str| lines_of(&expected, &format!("requests.outcomes.not_processed.{row}"));
    let labels = "3.要求提供公开出版物\n4.无正当理由大量反复申请\n";
    let moved = |whole: &str, third: &str| {
        let page = replaced(whole, "3.要求提供公开出版物\n", "");
        let page = replaced(&page, &format!("4.无正当理由大量反复申请\n{}", row("excessive")), third);
        replaced(&page, "四、政府信息公开行政复议", &format!("{labels}四、政府信息公开行政复议"))
    };
    let torn = moved(&whole, &row("excessive"));
    let found = read::text(&torn).unwrap();
    same_cells(&found, &expected, &torn);
    let cells = &Form::cells(Layout::EDITION_2021).requests.outcomes.not_processed;
    assert_eq!(found.get(cells.excessive.total).unwrap().origin(), Some(ogi_report::Origin::Placed));
    // One figure short: the first two rows are right, the third stays open.
    let (short, _) =
        row("excessive").trim_end().rsplit_once('\n').map(|(short, last)| (format!("{short}\n"), last)).unwrap();
    let torn = moved(&whole, &short);
    let found = read::text(&torn).unwrap();
    assert_eq!(nothing_wrong(&found, &expected, &torn), 200 - 7);
    assert_eq!(found.get(cells.excessive.total).unwrap().status(), Status::NotFound);
    assert_eq!(found.page.unmatched.len(), 6);
    // A figure missing in the middle leaves nothing to go by.
    let torn =
        replaced(&torn, &format!("2.重复申请\n{}", row("repeated")), &format!("2.重复申请\n{}", &row("repeated")[2..]));
    let found = read::text(&torn).unwrap();
    assert_eq!(nothing_wrong(&found, &expected, &torn), 200 - 21);
}

#[test]
fn second_pieces_that_stand_behind_are_joined_or_listed() {
    let mut expected = common::small(Layout::EDITION_2021);
    let row = "requests.received";
    let print = |report: &mut PublishedReport, figures: [&str; 7]| {
        let cells: Vec<_> =
            report.cells().map(|(entry, _)| entry.path()).filter(|path| path.starts_with(row)).collect();
        cells.iter().zip(figures).for_each(|(path, figure)| common::print(report, path, figure));
    };
    print(&mut expected, ["45312", "310", "17", "44", "10", "29", "45722"]);
    let whole = page(&expected, Style::CellALine, false);
    let torn = replaced(&whole, &lines_of(&expected, row), "4531\n310\n2\n17\n44\n10\n29\n4572\n2\n");
    let found = read::text(&torn).unwrap();
    same_cells(&found, &expected, &torn);
    let received = &Form::cells(Layout::EDITION_2021).requests.received;
    assert_eq!(found.get(received.natural_person).unwrap().origin(), Some(ogi_report::Origin::Joined));
    // A figure that could be either: both are listed, the others are read.
    print(&mut expected, ["45312", "310", "0", "44", "0", "9", "45675"]);
    let whole = page(&expected, Style::CellALine, false);
    let torn = replaced(&whole, &lines_of(&expected, row), "4531\n310\n2\n0\n44\n0\n9\n4567\n5\n");
    let found = read::text(&torn).unwrap();
    assert_eq!(nothing_wrong(&found, &expected, &torn), 200 - 5);
    let cell = found.get(received.natural_person).unwrap();
    assert_eq!(cell.candidates().collect::<Vec<_>>(), ["45310", "45312", "45319"]);
    // With a wrong total nothing is joined.
    let found = read::text(&replaced(&torn, "4567\n5\n", "4567\n8\n")).unwrap();
    assert_eq!(found.get(received.total).unwrap().status(), Status::NotFound);
}

#[test]
fn a_last_total_that_stands_elsewhere_leaves_the_groups_before_it() {
    let expected = common::small(Layout::EDITION_2021);
    let whole = page(&expected, Style::CellALine, false);
    let groups = ["reconsideration", "litigation.direct", "litigation.after_reconsideration"];
    let groups = groups.map(|group| lines_of(&expected, &format!("proceedings.{group}")));
    let headed = |group: &String| {
        let (parts, total) = group.trim_end().rsplit_once('\n').unwrap();
        format!("结果维持\n{parts}\n总计\n{total}\n")
    };
    let torn = replaced(&whole, &groups.concat(), &groups.each_ref().map(headed).concat());
    same_cells(&read::text(&torn).unwrap(), &expected, &torn);
    let (_, total) = groups[2].trim_end().rsplit_once('\n').unwrap();
    let torn = replaced(&torn, &format!("总计\n{total}\n五、存在"), "五、存在") + &format!("总计\n{total}\n");
    let found = read::text(&torn).unwrap();
    assert_eq!(nothing_wrong(&found, &expected, &torn), 200 - 5);
    assert_eq!(found.page.unmatched.len(), 4);
    // Where a figure of the first group is gone, nothing is read.
    let torn = replaced(&torn, &format!("结果维持\n{}", &groups[0][..2]), "结果维持\n");
    assert_eq!(nothing_wrong(&read::text(&torn).unwrap(), &expected, &torn), 200 - 15);
}

#[test]
fn other_formats_are_told_by_their_bytes() {
    assert_eq!(read::any(b"%PDF-1.4\n"), Err(ReadError::Pdf));
    assert!(read::any(b"%PDF-1.4\n").unwrap_err().to_string().contains("pdftotext -layout"));
    assert_eq!(read::any(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(ReadError::OldOffice));
    for (document, name) in [
        (&b"{\\rtf1\\ansi"[..], "an RTF document"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a web page saved as MHTML"),
        (b"From: <Saved by Blink>\r\n", "a web page saved as MHTML"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"PK\x03\x04\x14\0\0\0\0\0OFD.xml", "an OFD document"),
    ] {
        let error = read::any(document).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
    #[cfg(feature = "html")]
    assert!(matches!(read::text("<html><td>1</td></html>"), Err(ReadError::NotText { format: Format::WebPage })));
    assert!(matches!(read::any(b"{"), Err(ReadError::Json(_))));
    assert_eq!(read::any(PAGE.as_bytes()), read::text(PAGE));
    let json = read::text(PAGE).unwrap().to_json();
    assert_eq!(read::any(json.as_bytes()), read::text(PAGE));
    #[cfg(not(feature = "office"))]
    assert!(matches!(read::any(b"PK\x03\x04"), Err(ReadError::FeatureOff { feature: "office", .. })));
    #[cfg(not(feature = "html"))]
    for page in [&b"<html></html>"[..], b"\xd5\xfe\xb8\xae"] {
        assert!(matches!(read::any(page), Err(ReadError::FeatureOff { feature: "html", .. })));
    }
    #[cfg(not(feature = "html"))]
    assert!(matches!(read::text("<html><td>1</td></html>"), Err(ReadError::FeatureOff { feature: "html", .. })));
}

#[test]
fn paragraphs_among_the_tables_are_kept_and_compared() {
    let page = PAGE.replace("申请人情况", "全年收到政府信息公开申请23件。\n申请人情况");
    assert_ne!(page, PAGE);
    let report = read::text(&page).unwrap();
    let [remark] = &report.page.remarks[..] else { panic!("{:?}", report.page.remarks) };
    assert_eq!((remark.section, remark.text.as_str()), (Section::Requests, "全年收到政府信息公开申请23件。"));
    assert_eq!(
        report.check().findings_of("text-count").next().and_then(|finding| finding.place.as_ref()),
        remark.place.as_ref()
    );
    // The figures are what they were.
    let before = read::text(PAGE).unwrap();
    assert!(report.cells().zip(before.cells()).all(|((_, cell), (_, was))| cell.printed() == was.printed()));
    assert!(before.page.remarks.is_empty());
}

// ---- What stands in another place ----------------------------------------------------------------

#[test]
fn a_figure_above_the_heading_of_its_column_is_none_of_the_row() {
    let expected = read::text(PAGE).unwrap();
    let torn = replaced(PAGE, "本年处理决定数量\n\n行政许可\n\n23962", "行政许可\n\n7\n\n本年处理决定数量\n\n23962");
    let found = read::text(&torn).unwrap();
    assert_eq!(nothing_wrong(&found, &expected, &torn), 199);
    assert!(found.page.unmatched.iter().any(|unmatched| unmatched.printed == "7"));
}

#[test]
fn the_mark_of_a_page_is_no_figure() {
    let expected = read::text(PAGE).unwrap();
    for mark in ["第 3 页 共 9 页", "第3页，共9页", "第 3 页", "第3页/共9页", "3 / 9", "3/9", "- 3 -", "P. 3"]
    {
        let lines = PAGE.lines().enumerate();
        let torn: String = lines
            .map(|(at, line)| format!("{}{line}\n", if at % 39 == 0 { format!("{mark}\n") } else { String::new() }))
            .collect();
        assert_eq!(nothing_wrong(&read::text(&torn).unwrap(), &expected, &torn), 200, "{mark}");
    }
    let torn = replaced(PAGE, "3.其他", "３．其他");
    assert_eq!(nothing_wrong(&read::text(&torn).unwrap(), &expected, &torn), 200);
}

#[test]
fn the_heading_of_a_column_names_no_row() {
    let expected = read::text(PAGE).unwrap();
    // 其他 is the last of them; the label of the first row is lost.
    let torn = replaced(PAGE, "\n一、本年新收政府信息公开申请数量\n", "\n");
    let found = read::text(&torn).unwrap();
    assert_eq!(nothing_wrong(&found, &expected, &torn), 193);
}

#[test]
fn the_year_decides_where_few_labels_speak_for_another_edition() {
    let expected = read::text(PAGE).unwrap();
    let mut page = PAGE.to_owned();
    for (official, shortened) in [
        ("本年制发件数", "制发数"),
        ("本年废止件数", "废止数"),
        ("现行有效件数", "有效数"),
        ("行政规范性文件", "规范性文件"),
        ("本年处理决定数量", "处理决定数量"),
        ("本年收费金额(单位:万元)", "收费金额"),
    ] {
        page = page.replace(official, shortened);
    }
    assert_eq!(nothing_wrong(&read::text(&page).unwrap(), &expected, &page), 200);
}

#[test]
fn figures_behind_two_labels_are_not_those_of_the_second() {
    let expected = read::text(PAGE).unwrap();
    let cells = |row: &str| {
        let of_row = expected.cells().filter(|(entry, _)| entry.row().path() == row);
        of_row.map(|(_, cell)| cell.printed().to_owned()).collect::<Vec<String>>().join("\n\n")
    };
    let (total, carried) = (cells("requests.outcomes.total"), cells("requests.carried_out"));
    let whole = format!("(七)总计\n\n{total}\n\n四、结转下年度继续办理\n\n{carried}\n");
    for between in ["\n1/9\n", "\n9\n", ""] {
        let torn =
            replaced(PAGE, &whole, &format!("(七)总计\n四、结转下年度继续办理\n\n{total}\n{between}\n{carried}\n"));
        let found = read::text(&torn).unwrap();
        assert!(nothing_wrong(&found, &expected, &torn) >= 186);
    }
}

#[test]
fn a_csv_of_cells_is_one_whatever_stands_in_its_cells() {
    let csv = "path,printed\nrequests.received.total,01<td>\n";
    let report = read::any(csv.as_bytes()).unwrap();
    assert_eq!(read::text(csv), Ok(report.clone()));
    assert_eq!(report.get(common::cell("requests.received.total")).unwrap().printed(), "01<td>");
}

// ---- What the caller states ----------------------------------------------------------------------

#[test]
fn what_the_caller_states_counts_as_stated_in_every_rule_and_document() {
    let agency = Agency { division_code: "330100".parse().ok(), ..Agency::of_kind(AgencyKind::CountyDepartment) };
    let stated = Facts {
        agency: Some(agency),
        year: Some(common::year(2024)),
        scope: Scope::Own,
        published_on: Some(common::date("2025-01-20")),
        ..Facts::default()
    };
    let inferred = read::text(PAGE).unwrap();
    let report = Reader::new().stating(stated.clone()).read(PAGE.as_bytes()).unwrap();
    let evidence = &report.facts.evidence;
    assert_eq!((&evidence.agency_kind, &evidence.year, &evidence.published_on), (&None, &None, &None));
    assert!(evidence.agency.is_some() && evidence.title.is_some(), "what is not stated keeps its evidence");
    let agency = report.facts.agency.as_ref().unwrap();
    assert_eq!((agency.name.as_str(), agency.kind), ("示例市数据和行政审批局", Some(AgencyKind::CountyDepartment)));
    assert_eq!(report.facts.scope, Scope::Own);

    let reasons = |report: &PublishedReport| {
        let open = report.check().not_evaluated.into_iter().filter(|open| open.rule == "rule-making-power");
        open.map(|open| open.reason).collect::<Vec<_>>()
    };
    assert_eq!(reasons(&inferred), [Reason::KindInferred]);
    assert_eq!(reasons(&report), []);
    assert_eq!(report.check().findings_of("publication-deadline").count(), 0);
    assert_eq!(inferred.check().findings_of("publication-deadline").count(), 1);
    // As JSON it is stated as well.
    let again = PublishedReport::from_json(report.to_json().as_bytes()).unwrap();
    assert_eq!((again == report, reasons(&again)), (true, vec![]));
    // What contradicts the page is told.
    let other = Reader::new().stating(Facts { year: Some(common::year(2023)), ..Facts::default() });
    assert_eq!(other.read(PAGE.as_bytes()).unwrap().check().findings_of("title-year").count(), 1);
    // What was inferred from one name is not known of another; of the same name it is, and a kind alone leaves the name.
    let named = |name: &str| {
        let mut named = inferred.clone();
        named.facts.state(Facts { agency: Some(Agency::named(name)), ..Facts::default() });
        named
    };
    assert_eq!(named("示例县人民政府").facts.evidence.agency, None);
    assert_eq!(reasons(&named("示例县人民政府")), [Reason::KindUnknown]);
    assert_eq!(reasons(&named("示例市数据和行政审批局")), [Reason::KindInferred]);
    // Evidence that the caller has stays evidence.
    let mut again = Reader::new().read(PAGE.as_bytes()).unwrap();
    again.facts.state(inferred.facts.clone());
    assert_eq!(again.facts, inferred.facts);
    assert_eq!(reasons(&again), [Reason::KindInferred]);
    // What is stated later adds to what was stated before.
    let both = Reader::new()
        .stating(Facts { year: Some(common::year(2024)), ..Facts::default() })
        .stating(Facts { scope: Scope::Regional, ..Facts::default() });
    let both = both.read(PAGE.as_bytes()).unwrap();
    assert_eq!((both.facts.evidence.year, both.facts.scope), (None, Scope::Regional));
}

#[test]
fn a_stated_year_decides_which_edition_is_read_where_the_labels_do_not() {
    let page = "示例市数据局政府信息公开工作年度报告\n行政许可\n3\n";
    let layout = |reader: Reader| reader.read(page.as_bytes()).unwrap().layout();
    assert_eq!(layout(Reader::new()).edition(), ogi_report::Edition::newest());
    let of = |number| Reader::new().stating(Facts { year: Some(common::year(number)), ..Facts::default() });
    assert_eq!(layout(of(2020)), Layout::EDITION_2019);
    assert_eq!(layout(of(2022)), Layout::EDITION_2021);
}

// ---- Several reports in one document -------------------------------------------------------------

#[test]
fn another_report_on_the_page_is_named_not_read() {
    let own = read::text(PAGE).unwrap();
    let other = PAGE.replace("示例市数据和行政审批局", "示例市教育局").replace("23962", "1");
    let last_year = PAGE.replace("示例市数据和行政审批局2024年度", "示例市数据和行政审批局2023年度");
    for (other, title) in [
        (&other, "示例市教育局2024年度政府信息公开工作年度报告"),
        (&last_year, "示例市数据和行政审批局2023年度政府信息公开工作年度报告"),
    ] {
        let page = format!("{PAGE}\n{other}");
        let found = read::text(&page).unwrap();
        assert_eq!(nothing_wrong(&found, &own, &page), 200);
        assert_eq!(found.facts, own.facts);
        assert_eq!(found.page.others.iter().map(|other| other.title.as_str()).collect::<Vec<_>>(), [title]);
        let checked = found.check();
        let told: Vec<_> = checked.findings_of("one-report").map(|finding| finding.found.as_deref()).collect();
        assert_eq!(told, [Some(title)]);
        let all = Reader::new().read_all(page.as_bytes()).unwrap();
        assert_eq!(
            all.iter().map(|report| report.facts.title.as_deref()).collect::<Vec<_>>(),
            [own.facts.title.as_deref(), Some(title)]
        );
        assert!(all.iter().all(|report| report.page.others.is_empty()));
    }
    // That of the stated year.
    let facts = Facts { year: Some(2023_u16.try_into().unwrap()), ..Facts::default() };
    let found = Reader::new().stating(facts).read(format!("{PAGE}\n{last_year}").as_bytes()).unwrap();
    assert_eq!(found.facts.title.as_deref(), Some("示例市数据和行政审批局2023年度政府信息公开工作年度报告"));
    assert_eq!(found.page.others[0].title, own.facts.title.clone().unwrap());
}

#[test]
fn a_title_that_stands_again_or_in_a_list_begins_no_report() {
    let own = read::text(PAGE).unwrap();
    let title = own.facts.title.clone().unwrap();
    let running = |line: &str| {
        PAGE.lines()
            .enumerate()
            .map(|(at, of)| if at % 40 == 20 { format!("{of}\n{line}\n") } else { format!("{of}\n") })
            .collect::<String>()
    };
    for page in [
        running(&title),
        // The short name of the agency, another agency in the head of each page, other reports below.
        running("数据和行政审批局2024年度政府信息公开工作年度报告"),
        format!("{PAGE}\n示例市教育局2024年政府信息公开工作年度报告\n示例市教育局2023年政府信息公开工作年度报告\n"),
    ] {
        let found = read::text(&page).unwrap();
        assert_eq!(nothing_wrong(&found, &own, &page), 200);
        assert_eq!(found.page.others, []);
        assert_eq!(found.facts.problems.is_some(), own.facts.problems.is_some());
    }
}

#[test]
fn a_second_table_one_behind_table_three_ends_the_report() {
    let own = read::text(PAGE).unwrap();
    let tables = &PAGE[PAGE.find("信息内容").unwrap()..PAGE.find("五、存在").unwrap()];
    let page = replaced(PAGE, "五、存在", &format!("{}\n五、存在", tables.replace("23962", "7")));
    let found = read::text(&page).unwrap();
    assert_eq!(nothing_wrong(&found, &own, &page), 200);
    assert_eq!(found.page.others.len(), 1);
    assert_eq!(found.page.others[0].title, "信息内容");
}

#[test]
fn a_csv_is_asked_for_by_its_name() {
    let csv = Reader::new().format(Format::Csv);
    assert!(matches!(csv.read(PAGE.as_bytes()), Err(ReadError::Csv(_))));
    assert_eq!(csv.read(CELLS.as_bytes()), read::text(CELLS));
}

#[test]
fn the_provenance_of_a_document_is_kept() {
    let reader = Reader::new().retrieved_from("https://example.org/a", "2025-02-20T08:30:00Z");
    let report = reader.read(PAGE.as_bytes()).unwrap();
    let document = report.facts.evidence.document.clone().unwrap();
    assert_eq!(document.address.as_deref(), Some("https://example.org/a"));
    assert_eq!(document.retrieved.as_deref(), Some("2025-02-20T08:30:00Z"));
    assert!(document.reader.unwrap().starts_with("ogi-report 0."));
    // Of an empty input it would be e3b0c442…: the digest is that of the bytes that were read.
    let expected = cfg!(feature = "provenance").then_some(64);
    assert_eq!(document.sha256.as_ref().map(String::len), expected);
    #[cfg(feature = "provenance")]
    {
        use sha2::Digest;
        let digest: String = sha2::Sha256::digest(PAGE).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(document.sha256, Some(digest));
    }
    assert_eq!(PublishedReport::from_json(report.to_json().as_bytes()).unwrap(), report);
    assert_eq!(read::text(PAGE).unwrap().facts.evidence.document, None);
}

#[test]
fn an_amount_in_another_unit_is_no_amount() {
    let fees = |heading: &str, figure: &str| {
        let page = format!(
            "甲局2024年政府信息公开工作年度报告\n信息内容\n本年收费金额（{heading}）\n行政事业性收费\n{figure}\n"
        );
        let report = read::text(&page).unwrap();
        let cell = report.get("article20.item8.administrative_fees.amount".parse().unwrap()).unwrap();
        (cell.number().map(|number| number.to_string()), cell.amount_unit())
    };
    assert_eq!(fees("单位：万元", "125"), (Some("125".to_owned()), AmountUnit::Unstated));
    assert_eq!(fees("单位：元", "125"), (Some("125".to_owned()), AmountUnit::Yuan));
    for heading in ["单位：千元", "单位：亿元", "单位：百万元", "单位：万美元"] {
        assert_eq!(fees(heading, "125").0, None, "{heading}");
    }
    for figure in ["125（千元）", "0.125（亿元）", "125（美元）"] {
        assert_eq!(fees("单位：万元", figure).0, None, "{figure}");
    }
}

#[test]
fn a_row_of_blanks_and_too_few_figures_is_listed() {
    for row in ["| （一）予以公开 | 3 |  | 8 |", "（一）予以公开\t3\t\t8"] {
        let page =
            format!("甲局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n申请人情况\n{row}\n");
        let report = read::text(&page).unwrap();
        let listed: Vec<&str> = report.page.unmatched.iter().map(|figure| figure.printed.as_str()).collect();
        assert_eq!(listed, ["3", "8"], "{row}");
    }
}

#[test]
fn yuan_said_before_other_rows_is_not_that_of_the_fees() {
    let page = "甲局2024年政府信息公开工作年度报告\n信息内容\n单位：元\n规章\n1\n2\n3\n信息内容\n本年收费金额\n行政事业性收费\n125\n";
    let report = read::text(page).unwrap();
    let cell = report.get("article20.item8.administrative_fees.amount".parse().unwrap()).unwrap();
    assert_eq!((cell.printed(), cell.amount_unit()), ("125", AmountUnit::Unstated));
}
