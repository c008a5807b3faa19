//! What reviewers look for in the words around the tables.

use crate::common;
use ogi_report::narrative::FeeStatus;
use ogi_report::{Language, Layout, Part, ProcessingFee, PublishedCell, PublishedReport, read};

const ASPECTS: &str = "主动公开、依申请公开、政府信息管理、平台建设和监督保障均按要求开展，考核评议结果良好。";

/// What each text, in the preamble of a report of 示例市数据局 for 2024, gives: the rule, what it finds and expects.
#[test]
fn words_of_the_preamble() {
    let found = |rule: &'static str, found: &'static str, expected: &'static str| Some((rule, found, expected));
    for (text, expected) in [
        ("现公布示例市数据局2024年政府信息公开工作年度报告。", None),
        ("现公布市数据局2024年政府信息公开工作年度报告。", None),
        ("现公布我局2024年政府信息公开工作年度报告。", None),
        (
            "现公布示例县卫生健康局2024年度政府信息公开工作年度报告。",
            found("preamble-agency", "示例县卫生健康局", "示例市数据局"),
        ),
        ("按照省政府办公厅2024年政府信息公开工作要点，现将有关情况报告如下。", None),
        ("根据《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制。", None),
        ("根据《政府信息公开工作年度报告格式》（国办公开办函[2021] 30号）编制。", None),
        (
            "根据《政府信息公开工作年度报告格式》（国办公开办函〔2019〕60号）编制。",
            found("notice-cited", "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"),
        ),
        (
            "根据《政府信息公开工作年度报告格式》（国办函〔2021〕30号）编制。",
            found("notice-cited", "国办函〔2021〕30号", "国办公开办函〔2021〕30号"),
        ),
        ("按照国办函〔2020〕109号和国办发〔2019〕14号的要求收费、公开。", None),
        ("本报告由总体情况等六个部分组成。", None),
        ("全文包括总体情况、主动公开政府信息情况等6部分。", None),
        ("全文包括总体情况、主动公开政府信息情况等五部分。", found("sections-announced", "五部分", "6")),
        ("本报告第三部分为申请情况，培训分为两部分进行。", None),
    ] {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        let place = common::place("3:1");
        report.facts.preamble = Some(Part { text: text.to_owned(), places: vec![place], ..Part::default() });
        let checked = report.check();
        let findings = checked.findings.iter();
        let told = findings.map(|of| (&*of.rule, of.found.as_deref().unwrap(), of.expected.as_deref().unwrap()));
        assert_eq!(told.collect::<Vec<_>>(), expected.into_iter().collect::<Vec<_>>(), "{text}");
        for finding in &checked.findings {
            let column = text[..text.find(finding.found.as_deref().unwrap()).unwrap()].chars().count() + 1;
            assert_eq!(finding.place.as_ref().unwrap().to_string(), format!("3:{column}"), "{text}");
        }
    }
}

#[test]
fn what_a_template_leaves() {
    for (text, left) in [
        ("公开不够及时，下一步改进XX件工作。", Some("XX件")),
        ("公开不够及时，×××类信息下一步改进。", Some("×××类")),
        ("该部分以表格形式报告。下一步改进。", Some("该部分以表格形式报告")),
        ("公开不够及时，下一步改进____。", Some("____。")),
        ("公开不够及时，下一步改进专栏（http://www.example.gov.cn/XXGK/）。", None),
        ("公开不够及时，下一步改进XXL系统。", None),
        ("公开不够及时，下一步改进专栏（http://www.example.gov.cn/XX。）", None),
        ("张××申请公开，下一步改进。", None),
    ] {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        report.facts.problems.as_mut().unwrap().parts[0].text = text.to_owned();
        let checked = report.check();
        let found: Vec<_> = checked.findings.iter().map(|of| (&*of.rule, of.found.as_deref().unwrap())).collect();
        assert_eq!(found, left.map(|left| ("template-left", left)).into_iter().collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn the_aspects_of_section_one() {
    let missing = |kind, text: &str| {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        report.facts.agency.as_mut().unwrap().kind = kind;
        report.facts.published_on = None;
        report.facts.overview.as_mut().unwrap().parts[0].text = text.to_owned();
        let checked = report.check();
        checked.findings_of("overview-aspects").map(|of| of.found.clone().unwrap()).collect::<Vec<_>>()
    };
    use ogi_report::AgencyKind::{CityDepartment, CityGovernment};
    assert_eq!(missing(Some(CityDepartment), ASPECTS), [""; 0]);
    assert_eq!(missing(Some(CityGovernment), ASPECTS), [""; 0]);
    let without = "主动公开、依申请公开、政府信息管理、平台建设均按要求开展。";
    assert_eq!(missing(Some(CityDepartment), without), ["监督保障"]);
    assert_eq!(missing(Some(CityGovernment), without), ["监督保障、工作考核、社会评议和责任追究"]);
    assert_eq!(missing(None, "推进工作。").len(), 1);
    assert_eq!(missing(None, " \n。"), [""; 0]);
}

#[test]
fn fees_of_section_six_and_of_the_tables() {
    let found = |notices: Option<u32>, collected: Option<&str>, overdue: &str, fees: &str| {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        let status = if collected.is_some() { FeeStatus::Stated } else { FeeStatus::None };
        report.facts.other_matters.as_mut().unwrap().processing_fee = Some(ProcessingFee {
            status,
            notices: notices.map(Into::into),
            notified: None,
            collected: collected.map(common::amount),
        });
        for (path, printed) in [
            ("requests.received.natural_person", overdue),
            ("requests.received.total", overdue),
            ("requests.outcomes.other_handling.fee_overdue.natural_person", overdue),
            ("requests.outcomes.other_handling.fee_overdue.total", overdue),
            ("requests.outcomes.total.natural_person", overdue),
            ("requests.outcomes.total.total", overdue),
            ("article20.item8.administrative_fees.amount", fees),
        ] {
            report.set(common::cell(path), PublishedCell::read(printed)).unwrap();
        }
        let checked = report.check();
        checked.findings.iter().map(|of| of.rule.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found(Some(0), None, "2", "0"), ["overdue-fee-notice"]);
    assert_eq!(found(None, None, "2", "0"), [""; 0]);
    assert_eq!(found(Some(2), None, "2", "0"), [""; 0]);
    assert_eq!(found(Some(2), Some("400"), "0", "0"), ["processing-fee-in-fees"]);
    assert_eq!(found(Some(2), Some("400"), "0", "0.04"), [""; 0]);
    assert_eq!(found(Some(2), Some("400"), "0", "0.0"), ["processing-fee-in-fees"]);
    assert_eq!(found(Some(2), Some("120000"), "0", "1.2"), ["processing-fee-in-fees"]);
    assert_eq!(found(Some(2), Some("400"), "0", "1"), [""; 0]);
}

/// A table of which nothing was read is one finding, with all of its cells.
#[test]
fn a_lost_table_is_one_finding() {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    let cells: Vec<_> = report.layout().cells().iter().map(|entry| entry.cell()).collect();
    for cell in cells.iter().filter(|cell| cell.path().starts_with("requests.")) {
        report.set(*cell, PublishedCell::not_found()).unwrap();
    }
    let checked = report.check();
    let [finding] = checked.findings.as_slice() else { panic!("{:?}", checked.findings.len()) };
    assert_eq!((&*finding.rule, finding.cells.len(), finding.subjects.len()), ("cell-missing", 175, 175));
    assert!(
        finding.message(Language::Chinese).contains("未读到“三、收到和处理政府信息公开申请情况”的表格（共 175 格）")
    );
    report.set(cells[30], PublishedCell::read("0")).unwrap();
    assert_eq!(report.check().findings_of("cell-missing").count(), 25);
}

/// A page without any table is one finding as well, with all cells.
#[test]
fn a_page_without_tables_is_one_finding() {
    let page = "甲市背河镇2022年政府信息公开工作年度报告\n一、总体情况\n按时公开。\n二、主动公开政府信息情况\n\
                三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n\
                五、存在的主要问题及改进情况\n人手少，已加强培训。\n六、其他需要报告的事项\n无。";
    let checked = read::text(page).unwrap().check();
    let missing: Vec<_> = checked.findings_of("cell-missing").collect();
    let [finding] = missing.as_slice() else { panic!("{}", missing.len()) };
    assert_eq!(finding.cells.len(), 200);
    assert!(finding.message(Language::Chinese).contains("没有读到任何表格"));
}

/// The overview of a report of a department for 2024 with 2 requests not corrected in time, 5 ended otherwise, 2 for what it
/// does not hold, and 4 documents issued of 32 in force; the rules that find something in these words.
fn found_in(words: &str) -> Vec<String> {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    for (path, printed) in [
        ("article20.item1.normative_documents.issued", "4"),
        ("article20.item1.normative_documents.in_force", "32"),
        ("requests.received.natural_person", "9"),
        ("requests.received.total", "9"),
        ("requests.outcomes.unavailable.not_held.natural_person", "2"),
        ("requests.outcomes.unavailable.not_held.total", "2"),
        ("requests.outcomes.other_handling.correction_overdue.natural_person", "2"),
        ("requests.outcomes.other_handling.correction_overdue.total", "2"),
        ("requests.outcomes.other_handling.other.natural_person", "5"),
        ("requests.outcomes.other_handling.other.total", "5"),
        ("requests.outcomes.total.natural_person", "9"),
        ("requests.outcomes.total.total", "9"),
    ] {
        report.set(path.parse().unwrap(), PublishedCell::read(printed)).unwrap();
    }
    let part = |heading: &str, text: &str| Part {
        heading: Some(heading.to_owned()),
        text: text.to_owned(),
        ..Part::default()
    };
    report.facts.overview.as_mut().unwrap().parts =
        vec![part("（一）主动公开", ASPECTS), part("（二）工作情况", words)];
    let findings = report.check().findings;
    findings.iter().map(|of| format!("{} {}", of.rule, of.found.as_deref().unwrap_or(""))).collect()
}

/// What is listed beside its own parts is the rest of the group; two reasons can be one row of the form.
#[test]
fn the_parts_of_a_list_make_up_its_whole() {
    let none: [&str; 0] = [];
    assert_eq!(found_in("收到申请9件，逾期未补正2件，其他处理5件。"), none);
    assert_eq!(found_in("收到申请9件，逾期未补正2件，其他处理4件。"), ["text-count 4件"]);
    assert_eq!(found_in("收到申请9件，其他处理5件。"), ["text-count 5件"]);
    assert_eq!(found_in("收到申请9件，因本机关不掌握相关政府信息无法提供1件，信息不存在的1件。"), none);
    assert_eq!(found_in("收到申请9件，因本机关不掌握相关政府信息无法提供1件。"), ["text-count 1件"]);
    // Some of a row that was given before.
    assert_eq!(found_in("收到申请9件，本机关不掌握相关政府信息2件（其中信息不存在1件）。"), none);
    assert_eq!(found_in("收到申请9件，本机关不掌握相关政府信息2件，其中1件信息不存在。"), none);
}

/// A sentence that last year's report left behind: its year is told, and its counts are compared all the same.
#[test]
fn a_year_of_before_that_was_left_to_stand_is_told_with_its_counts() {
    let none: [&str; 0] = [];
    assert_eq!(
        found_in("2023年，我局共制定规范性文件0件，废止规范性文件0件，现行有效的规范性文件32件。"),
        ["period 2023年", "text-count 0件"]
    );
    for meant in [
        "2023年收到政府信息公开申请7件。",
        "2023年，我局共收到政府信息公开申请7件。",
        "2023年制定规范性文件3件、废止1件，2024年制定4件。",
        "2023年制定规范性文件3件，废止1件。今年有所增加。",
        "2023年制定规范性文件3件，废止1件，同比增加2件。",
        "2022年制定规范性文件3件，废止1件，现行有效40件。",
        "2023年结转申请0件，新收申请9件，办结9件。",
        "2023年度报告公布后，我局共收到政府信息公开申请9件，答复9件。",
        "2023年机构改革后，我局共收到申请9件，办结9件。",
        "2023年起，规范性文件实行统一编号，共制发4件，废止0件。",
        "2023年以来，我局共制定规范性文件9件，废止3件。",
        "2023年，我局开展的规范性文件清理中，废止12件，继续有效29件。",
        "2023年，共收到申请18件，办结17件。与之相比，申请量明显上升，收到9件。",
        "截至2023年底，现行有效规范性文件29件。",
        "2023-2024年，我局制定规范性文件9件，废止3件。",
        "2023年、2024年两年共制定规范性文件9件，废止3件。",
        "与2023年制定规范性文件3件、废止1件的情况相比有所增加。",
    ] {
        assert_eq!(found_in(meant), none, "{meant}");
    }
}

/// Right sentences about a part, another body, another year: what they count is not what the tables count.
#[test]
fn what_is_said_of_a_part_or_of_others_is_left_alone() {
    let none: [&str; 0] = [];
    for right in [
        "2023年受理、2024年答复的4件申请中，予以公开3件，部分公开1件。",
        "上年结转申请0件均已答复，予以公开2件。",
        "答复本年新收申请7件。",
        "公开行政许可结果120条，行政处罚结果28条。",
        "我局报市政府印发规范性文件2件。",
        "清理规范性文件50件，继续有效47件，修改2件，废止1件。",
        "上年行政复议9件、行政诉讼4件，本年分别下降22%和上升25%。",
        "截至上年末，现行有效规范性文件44件。",
        "受理行政许可1250件，其余16件正在办理。",
        "收到申请9件，其中公民9件，其他0件，办结9件。",
    ] {
        assert_eq!(found_in(right), none, "{right}");
    }
    assert_eq!(found_in("现行有效规范性文件44件。"), ["text-count 44件"]);
    assert_eq!(found_in("收到申请9件，予以公开2件。"), ["text-count 2件"]);
}
