//! The rules: what each finds and passes, and that each finding says all there is to say. That each rule has a report that
//! only it finds wrong is tested in `portable`, with the rule book.

use crate::common;
use crate::common::{
    Leaves, any_leaves, cell, date, layouts, print, printed, prose, published_reports, shift, small, year,
};
use ogi_report::Balance;
use ogi_report::finding::Reason;
use ogi_report::narrative::FeeStatus;
use ogi_report::number::LARGEST_COUNT;
use ogi_report::published::Misprint;
use ogi_report::requests::OtherHandling;
use ogi_report::{
    Agency, AgencyKind, AmountUnit, AnnualReport, Cell, CheckReport, Edition, Finding, Language, Layout, Origin,
    Paragraph, Part, PublishedCell, PublishedReport, RULES, Rule, Section, Severity, Source, SourceKind, Status, Unit,
};
use proptest::prelude::*;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases: crate::common::cases(cases), failure_persistence: None, ..ProptestConfig::default() }
}

// ---- The rules themselves --------------------------------------------------------------------

/// The report of the rule book that only the rule of this code finds wrong.
fn breaks(code: &str) -> PublishedReport {
    Rule::find(code).unwrap().wrong_example()
}

/// Lets section one say this.
fn say(report: &mut PublishedReport, text: &str) {
    let part = |text: &str| Part { text: text.to_owned(), ..Part::default() };
    let aspects = "主动公开、依申请公开、政府信息管理、平台建设和监督保障均按要求开展，考核评议结果良好。";
    report.facts.overview.as_mut().unwrap().parts = vec![part(text), part(aspects)];
}

#[test]
fn the_small_reports_are_clean() {
    for layout in Layout::newest_first() {
        let checked = small(layout).check();
        let codes: Vec<&str> = checked.findings.iter().map(|finding| &*finding.rule).collect();
        let expected: &[&str] = if layout.is_exact() { &[] } else { &["edition-for-year"] };
        assert_eq!(codes, expected, "{layout}");
    }
}

#[test]
fn codes_are_unique_and_found() {
    for rule in RULES {
        let same = RULES.iter().filter(|other| other.code == rule.code);
        assert_eq!(same.count(), 1, "{}", rule.code);
        assert!(ogi_report::Rule::find(rule.code).is_some_and(|found| std::ptr::eq(found, rule)));
        assert!(
            rule.version >= 1
                && !rule.statement(Language::Chinese).is_empty()
                && !rule.statement(Language::English).is_empty()
                && !rule.basis.label(Language::Chinese).is_empty()
        );
    }
    assert!(ogi_report::Rule::find("no-such-rule").is_none());
}

// ---- Arithmetic ----------------------------------------------------------------------------------

/// The count in a cell, as anyone would read it from the outside.
fn whole(report: &PublishedReport, cell: Cell) -> Option<i64> {
    report.get(cell)?.number()?.whole().filter(|whole| *whole >= 0)
}

/// What the arithmetic rules must say of a report: rule and cells, first of what fails, then of what cannot be evaluated.
#[derive(Debug, Default, PartialEq)]
struct Arithmetic {
    fails: Vec<(String, Vec<Cell>)>,
    skipped: Vec<(String, Vec<Cell>)>,
}

fn cells_of(balance: &Balance) -> Vec<Cell> {
    balance.left().iter().chain(balance.right()).copied().collect()
}

fn expected_arithmetic(report: &PublishedReport) -> Arithmetic {
    let mut expected = Arithmetic::default();
    for balance in Balance::all(report.layout()) {
        let cells = cells_of(balance);
        let empty: Vec<Cell> = cells.iter().copied().filter(|cell| whole(report, *cell).is_none()).collect();
        let sum = |side: &[Cell]| side.iter().map(|cell| whole(report, *cell).unwrap_or(0)).sum::<i64>();
        let (left, right) = (sum(balance.left()), sum(balance.right()));
        if !empty.is_empty() {
            expected.skipped.push((balance.rule.code.to_owned(), empty));
        } else if left < right || balance.is_exact() && left != right {
            expected.fails.push((balance.rule.code.to_owned(), cells));
        }
    }
    expected.sorted()
}

fn found_arithmetic(report: &PublishedReport) -> Arithmetic {
    let checked = report.check();
    let balances = Balance::all(report.layout());
    let arithmetic = |code: &str| balances.iter().any(|balance| balance.rule.code == code);
    let fails = checked.findings.iter().filter(|finding| arithmetic(&finding.rule));
    let skipped = checked.not_evaluated.iter().filter(|skipped| arithmetic(&skipped.rule));
    for rule in RULES.iter().filter(|rule| arithmetic(rule.code)) {
        let tally = common::tally(&checked, rule.code);
        let equations = balances.iter().filter(|balance| balance.rule.code == rule.code).count();
        assert_eq!(tally.pass + tally.fail + tally.not_evaluated, equations, "{}", rule.code);
    }
    Arithmetic {
        fails: fails
            .map(|finding| (finding.rule.to_string(), finding.cells.iter().map(|quoted| quoted.cell).collect()))
            .collect(),
        skipped: skipped.map(|skipped| (skipped.rule.to_string(), skipped.cells.clone())).collect(),
    }
    .sorted()
}

impl Arithmetic {
    fn sorted(mut self) -> Arithmetic {
        self.fails.sort();
        self.skipped.sort();
        self
    }
}

#[test]
fn the_equations_are_those_of_the_form() {
    for (layout, rows, outcomes, stocks) in
        [(Layout::EDITION_2021, 25, 21, 2), (Layout::HYBRID, 23, 19, 2), (Layout::EDITION_2019, 23, 19, 0)]
    {
        let of = |code: &str| -> Vec<&Balance> {
            Balance::all(layout).iter().filter(|balance| balance.rule.code == code).collect()
        };
        let shape = |code: &str| -> Vec<(usize, usize)> {
            let balances = of(code).into_iter();
            balances.map(|balance| (balance.left().len(), balance.right().len())).collect()
        };
        assert_eq!(shape("requests-balance"), [(2, 2); 7], "{layout}");
        assert_eq!(shape("requests-outcome-total"), [(1, outcomes); 7], "{layout}");
        assert_eq!(shape("requests-row-total"), vec![(1, 6); rows], "{layout}");
        assert_eq!(shape("proceedings-total"), [(1, 4); 3], "{layout}");
        assert_eq!(shape("in-force-bound"), vec![(2, 1); stocks], "{layout}");
        assert_eq!(Balance::all(layout).len(), 17 + rows + stocks);
        // Every equation stays in one column, or in one row.
        for balance in Balance::all(layout) {
            let paths: Vec<(&str, &str)> =
                cells_of(balance).into_iter().filter_map(|cell| cell.path().rsplit_once('.')).collect();
            let one_row = paths.iter().all(|(row, _)| *row == paths[0].0);
            let one_column = paths.iter().all(|(_, column)| *column == paths[0].1);
            let by_column = ["requests-balance", "requests-outcome-total"].contains(&balance.rule.code);
            assert_eq!((one_row, one_column), (!by_column, by_column), "{}", balance.rule.code);
        }
    }
    let balance = &Balance::all(Layout::EDITION_2021)[0];
    let column = |rows: [&str; 2]| rows.map(|row| cell(&format!("requests.{row}.natural_person")));
    assert_eq!(balance.left(), column(["received", "carried_in"]));
    assert_eq!(balance.right(), column(["outcomes.total", "carried_out"]));
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn legal_reports_break_no_arithmetic_rule(leaves in any_leaves()) {
        prop_assert_eq!(found_arithmetic(&leaves.published()), Arithmetic::default());
        if leaves.layout.is_exact() {
            let report = AnnualReport::new(leaves.parts());
            prop_assert!(report.is_ok(), "{}", report.unwrap_err());
        }
    }

    #[test]
    fn one_wrong_cell_fails_the_equations_that_contain_it(leaves in any_leaves(), at in any::<prop::sample::Index>()) {
        let report = leaves.published();
        let cells: Vec<Cell> = report.layout().cells().iter().map(|entry| entry.cell()).collect();
        let wrong = *at.get(&cells);
        let Some(before) = whole(&report, wrong) else { return Ok(()) };
        let contains = |balance: &&Balance| cells_of(balance).contains(&wrong);

        let mut shifted = report.clone();
        shifted.set(wrong, PublishedCell::read(&(before + 1).to_string())).unwrap();
        prop_assert_eq!(found_arithmetic(&shifted), expected_arithmetic(&shifted));
        if before < LARGEST_COUNT as i64 {
            let exact = Balance::all(report.layout()).iter().filter(contains).filter(|balance| balance.is_exact());
            let mut fails: Vec<_> = exact.map(|balance| (balance.rule.code.to_owned(), cells_of(balance))).collect();
            fails.sort();
            let mut found = found_arithmetic(&shifted);
            found.fails.retain(|(code, _)| *code != "in-force-bound");
            prop_assert_eq!(found, Arithmetic { fails, skipped: vec![] });
        }

        let mut blanked = report.clone();
        blanked.set(wrong, PublishedCell::read("")).unwrap();
        let skipped = Balance::all(report.layout()).iter().filter(contains);
        let mut skipped: Vec<_> = skipped.map(|balance| (balance.rule.code.to_owned(), vec![wrong])).collect();
        skipped.sort();
        prop_assert_eq!(found_arithmetic(&blanked), Arithmetic { fails: vec![], skipped });
    }

    #[test]
    fn arithmetic_of_any_report(report in published_reports()) {
        prop_assert_eq!(found_arithmetic(&report), expected_arithmetic(&report));
    }
}

#[test]
fn every_cell_of_tables_two_and_three_is_in_an_equation() {
    for layout in Layout::newest_first() {
        for entry in layout.cells().iter().filter(|entry| !entry.path().starts_with("article20.")) {
            let equations = Balance::all(layout).iter().filter(|balance| cells_of(balance).contains(&entry.cell()));
            let expected = match entry.path() {
                path if path.starts_with("proceedings.") => 1,
                path if path.starts_with("requests.outcomes.total.") => 3,
                _ => 2,
            };
            assert_eq!(equations.count(), expected, "{layout} {}", entry.path());
        }
    }
}

#[test]
fn sums_beyond_a_count_are_refused() {
    let total = cell("proceedings.reconsideration.total");
    let mut leaves = Leaves::small(Layout::EDITION_2021);
    leaves.rulings[0] = [LARGEST_COUNT, 1, 0, 0];
    let refused = AnnualReport::new(leaves.parts()).unwrap_err();
    let names_it = |finding: &Finding| finding.cells.iter().any(|quoted| quoted.cell == total);
    let barred = common::obstacles(&refused).contains(&(total.path(), Status::NotFound.name()))
        || refused.findings.iter().any(|finding| finding.severity == Severity::Error && names_it(finding));
    assert!(barred, "{refused}");
    leaves.rulings[0] = [LARGEST_COUNT - 1, 1, 0, 0];
    assert!(AnnualReport::new(leaves.parts()).is_ok());

    // Every cell as large as can be, every total open: sums of sums do not overflow.
    let mut page = small(Layout::EDITION_2021);
    for entry in Layout::EDITION_2021.cells() {
        print(&mut page, entry.path(), if entry.is_total() { "" } else { "9007199254740991" });
    }
    let page = page.with_totals_from_parts();
    assert!(page.check().has_errors());
    assert!(page.accept().is_err());
}

// ---- Order and completeness ----------------------------------------------------------------------

/// Where a finding belongs: the whole report, the cells in the form's order, the prose.
fn rank(layout: Layout, finding: &Finding) -> (usize, usize) {
    match (finding.cells.first(), &*finding.rule) {
        (Some(quoted), _) => {
            let position = layout.cells().iter().position(|entry| entry.cell() == quoted.cell);
            (1, position.expect("a finding quotes cells of its layout"))
        }
        (None, "sections-complete" | "processing-fee-stated") => (2, 0),
        (None, _) => (0, 0),
    }
}

fn assert_in_order(report: &PublishedReport, checked: &CheckReport) {
    let ranks: Vec<_> = checked.findings.iter().map(|finding| rank(report.layout(), finding)).collect();
    assert!(ranks.is_sorted(), "{ranks:?}");
    for rule in RULES {
        let tally = common::tally(checked, rule.code);
        assert_eq!(tally.fail, checked.findings_of(rule.code).count(), "{}", rule.code);
        let skipped = checked.not_evaluated.iter().filter(|skipped| skipped.rule == rule.code).count();
        assert_eq!(tally.not_evaluated, skipped, "{}", rule.code);
        assert!(tally.pass + tally.fail + tally.not_evaluated > 0, "{} says nothing", rule.code);
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn findings_are_complete_and_in_the_order_of_the_document(report in published_reports()) {
        let checked = report.check();
        assert_in_order(&report, &checked);
        // Every cell without number or mark is quoted as missing, once; every number that its cell cannot hold too.
        let quoted = |code| {
            let mut cells: Vec<Cell> =
                checked.findings_of(code).flat_map(|finding| &finding.cells).map(|quoted| quoted.cell).collect();
            let all = cells.len();
            cells.sort();
            cells.dedup();
            assert_eq!(cells.len(), all, "{code} quotes a cell twice");
            cells
        };
        let mut missing = Vec::new();
        let mut illegal = Vec::new();
        for (entry, found) in report.cells() {
            match found.status() {
                Status::Blank | Status::Unreadable | Status::NotFound => missing.push(entry.cell()),
                Status::NotApplicable => {}
                Status::Number => {
                    let number = found.number().unwrap();
                    let legal = match entry.kind() {
                        ogi_report::Kind::Count => number.whole().is_some_and(|whole| whole >= 0),
                        ogi_report::Kind::Change => number.whole().is_some(),
                        ogi_report::Kind::Amount => {
                            let text = number.to_string();
                            let legal = text.trim_start_matches('-').parse::<ogi_report::Amount>().is_ok();
                            let unit = entry.unit() != Unit::WanYuan || found.amount_unit() != AmountUnit::Yuan;
                            legal && unit && (!text.starts_with('-') || number.decimal().is_zero())
                        }
                    };
                    let money = matches!(entry.unit(), Unit::Pieces | Unit::Items) && found.amount_unit() != AmountUnit::Unstated;
                    if !legal || money {
                        illegal.push(entry.cell());
                    }
                }
            }
        }
        missing.sort();
        illegal.sort();
        prop_assert_eq!(quoted("cell-missing"), missing);
        prop_assert_eq!(quoted("cell-domain"), illegal);
        for finding in &checked.findings {
            for quoted in &finding.cells {
                let found = report.get(quoted.cell).unwrap();
                prop_assert_eq!(&quoted.printed, found.printed());
                prop_assert_eq!((quoted.status, quoted.number, &quoted.place), (found.status(), found.number(), &found.place().cloned()));
            }
            prop_assert!(!finding.message(Language::Chinese).contains('\n') && !finding.message(Language::English).contains('\n') || finding.cells.iter().any(|quoted| quoted.printed.contains('\n')));
        }
    }
}

#[test]
fn findings_of_all_parts_stand_in_order() {
    let mut report = breaks("requests-balance");
    report.facts.published_on = Some(date("2025-02-14"));
    report.facts.year = Some(year(2024));
    report.facts.overview = None;
    report.facts.other_matters.as_mut().unwrap().processing_fee = None;
    shift(&mut report, "proceedings.reconsideration.total", 1);
    print(&mut report, "article20.item8.administrative_fees.amount", "-1");
    print(&mut report, "article20.item5.licensing.decisions", "");
    let findings = report.check().findings;
    let codes: Vec<&str> = findings.iter().map(|finding| &*finding.rule).collect();
    let expected = [
        "publication-deadline",
        "cell-missing",
        "cell-domain",
        "requests-balance",
        "requests-balance",
        "proceedings-total",
        "sections-complete",
        "processing-fee-stated",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn missing_cells_of_a_row_are_one_finding() {
    let mut report = small(Layout::EDITION_2021);
    let row = "requests.outcomes.not_processed.repeated";
    for column in ["natural_person", "commercial_enterprise", "research_institution", "total"] {
        print(&mut report, &format!("{row}.{column}"), "");
    }
    print(&mut report, &format!("{row}.other"), "待统计");
    let checked = report.check();
    let missing: Vec<(usize, Severity)> =
        checked.findings_of("cell-missing").map(|finding| (finding.cells.len(), finding.severity)).collect();
    // Three blanks, the text, the blank total, whose parts are missing too.
    assert_eq!(missing, [(3, Severity::Warning), (1, Severity::Warning), (1, Severity::Warning)]);

    let mut report = small(Layout::EDITION_2021);
    print(&mut report, "requests.outcomes.total.natural_person", "");
    print(&mut report, "requests.received.total", "");
    let grades: Vec<Severity> = report.check().findings_of("cell-missing").map(|finding| finding.severity).collect();
    assert_eq!(grades, [Severity::Notice, Severity::Notice], "blank totals with all their parts");
}

#[test]
fn a_total_that_cannot_be_read_is_not_blank() {
    let mut report = small(Layout::EDITION_2021);
    print(&mut report, "proceedings.reconsideration.total", "待统计");
    assert_eq!(only(&report).severity, Severity::Warning);
}

// ---- Messages ------------------------------------------------------------------------------------

#[track_caller]
fn only(report: &PublishedReport) -> Finding {
    let mut findings = report.check().findings;
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

#[track_caller]
/// The only finding says this; given as the rule, and after a colon the fault.
fn says(report: &PublishedReport, zh: &str, en: &str) {
    let finding = only(report);
    let (rule, fault) = zh.split_once('：').unwrap();
    assert_eq!(finding.message(Language::Chinese), format!("{fault}（规则：{rule}）"));
    let (rule, fault) = en.split_once(": ").unwrap();
    assert_eq!(finding.message(Language::English), format!("{fault} (rule: {rule})"));
}

#[test]
fn messages_on_sums() {
    let mut report = small(Layout::EDITION_2021);
    for (column, printed) in [("upheld", "0"), ("corrected", "10"), ("other", "1"), ("pending", "0"), ("total", "0")] {
        print(&mut report, &format!("proceedings.litigation.direct.{column}"), printed);
    }
    says(
        &report,
        "总计等于结果维持、结果纠正、其他结果、尚未审结之和：未经复议直接起诉 · 总计 0，应等于\
         未经复议直接起诉 · 结果纠正 10、未经复议直接起诉 · 其他结果 1（合计 11），相差 11",
        "the total of proceedings is the sum of upheld, corrected, other and pending: 未经复议直接起诉 · 总计 0 should \
         equal 未经复议直接起诉 · 结果纠正 10, 未经复议直接起诉 · 其他结果 1 (sum 11), off by 11",
    );
    let finding = only(&report);
    assert_eq!((finding.found.clone().as_deref(), finding.expected.clone().as_deref()), (Some("0"), Some("11")));
    assert_eq!(finding.difference, Some(-11));

    for column in ["corrected", "other"] {
        print(&mut report, &format!("proceedings.litigation.direct.{column}"), "0");
    }
    print(&mut report, "proceedings.litigation.direct.total", "2");
    says(
        &report,
        "总计等于结果维持、结果纠正、其他结果、尚未审结之和：未经复议直接起诉 · 总计 2，应等于0，相差 2",
        "the total of proceedings is the sum of upheld, corrected, other and pending: 未经复议直接起诉 · 总计 2 should \
         equal 0, off by 2",
    );
    says(
        &breaks("in-force-bound"),
        "现行有效件数不小于本年制发件数减去本年废止件数：行政规范性文件 · 现行有效件数 3、行政规范性文件 · 本年废止件数 1\
         （合计 4），应不小于行政规范性文件 · 本年制发件数 5，相差 1",
        "documents in force are at least those issued less those repealed: 行政规范性文件 · 现行有效件数 3, \
         行政规范性文件 · 本年废止件数 1 (sum 4) should be at least 行政规范性文件 · 本年制发件数 5, off by 1",
    );
}

#[test]
fn messages_on_cells() {
    let rule = "件数为不小于 0 的整数，金额不小于 0，只有“本年增/减”可以带负号：";
    let english = "counts are whole and not negative, amounts are not negative, only changes are signed: ";
    says(
        &breaks("cell-domain"),
        &format!("{rule}行政许可 · 本年处理决定数量为“-3”，应为从 0 到 9007199254740991 的整数"),
        &format!("{english}行政许可 · 本年处理决定数量 is \"-3\", expected a whole number from 0 to 9007199254740991"),
    );
    let mut report = small(Layout::EDITION_2019);
    print(&mut report, "article20.item8.administrative_fees.items_change", "+1.5");
    says(
        &report,
        &format!("{rule}行政事业性收费 · 本年增/减为“+1.5”，应为整数"),
        &format!("{english}行政事业性收费 · 本年增/减 is \"+1.5\", expected a whole number"),
    );
    let mut report = small(Layout::EDITION_2019);
    print(&mut report, "article20.item9.procurement.amount", "-5元");
    says(
        &report,
        &format!("{rule}政府集中采购 · 采购总金额为“-5元”，应为不小于 0、小数不超过六位的金额"),
        &format!(
            "{english}政府集中采购 · 采购总金额 is \"-5元\", expected an amount of 0 or more with at most six decimals"
        ),
    );

    let mut report = small(Layout::EDITION_2021);
    print(&mut report, "article20.item1.normative_documents.issued", "");
    print(&mut report, "article20.item1.normative_documents.in_force", "&nbsp;");
    says(
        &{
            let mut report = report.clone();
            print(&mut report, "article20.item1.normative_documents.repealed", " ");
            report
        },
        "表中每一格都应填写：行政规范性文件 · 本年制发件数、本年废止件数、现行有效件数空白",
        "every cell of the form is filled in: 行政规范性文件 · 本年制发件数, 行政规范性文件 · 本年废止件数, \
         行政规范性文件 · 现行有效件数 blank",
    );
    let mut report = small(Layout::EDITION_2019);
    for column in ["items_last_year", "items_change", "decisions"] {
        print(&mut report, &format!("article20.item5.licensing.{column}"), "");
    }
    says(
        &report,
        "表中每一格都应填写：行政许可 · 上一年项目数量、本年增/减、处理决定数量空白",
        "every cell of the form is filled in: 行政许可 · 上一年项目数量, 行政许可 · 本年增/减, 行政许可 · 处理决定数量 blank",
    );
    let mut report = small(Layout::EDITION_2021);
    report.set(cell("article20.item5.licensing.decisions"), PublishedCell::not_found()).unwrap();
    says(
        &report,
        "表中每一格都应填写：行政许可 · 本年处理决定数量未找到",
        "every cell of the form is filled in: 行政许可 · 本年处理决定数量 not found",
    );
    says(
        &breaks("rule-making-power"),
        "没有规章制定权的机关，规章各格为 0：规章 · 现行有效件数为 1，应为 0",
        "a body without rule-making power files 0 rules: 规章 · 现行有效件数 is 1, expected 0",
    );
}

#[test]
fn an_amount_in_another_unit_is_another_amount() {
    let path = common::amount_path(Layout::EDITION_2021);
    let mut report = small(Layout::EDITION_2021);
    for (printed, right) in [("5", true), ("5万元", true), ("5.5（含退付）", true), ("50000元", false)] {
        print(&mut report, path, printed);
        let findings = report.check().findings;
        let codes: Vec<&str> = findings.iter().map(|finding| &*finding.rule).collect();
        assert_eq!(codes, if right { vec![] } else { vec!["cell-domain"] }, "{printed}");
        assert_eq!(report.accept().is_ok(), right, "{printed}");
    }
    // Where the page chooses the unit, any is right.
    let path = common::amount_path(Layout::EDITION_2019);
    let mut report = small(Layout::EDITION_2019);
    for printed in ["5", "5万元", "50000元"] {
        print(&mut report, path, printed);
        assert_eq!(report.check().findings, [], "{printed}");
        let annual = report.accept().unwrap();
        assert_eq!(PublishedReport::from(annual.clone()).accept().unwrap(), annual);
        let Some(ogi_report::Figure::Amount(_, unit)) = annual.get(cell(path)) else { panic!("no amount") };
        assert_eq!(unit, report.get(cell(path)).unwrap().amount_unit());
    }
}

#[test]
fn messages_on_the_layout() {
    let rule = "所用的表样是报告年度的表样：";
    let english = "the layout is the one of the report year: ";
    let due = ["应为 2021 版表样（国办公开办函〔2021〕30号）", "due is the form of 2021 (国办公开办函〔2021〕30号)"];
    says(
        &small(Layout::HYBRID),
        &format!("{rule}2024 年度报告用的是 2021 版表样，但“（六）其他处理”只有一行（2019 版的写法），{}", due[0]),
        &format!("{english}the report for 2024 is printed in the layout 2021-hybrid, {}", due[1]),
    );
    says(
        &breaks("edition-for-year"),
        &format!("{rule}2020 年度报告用的是 2021 版表样，应为 2019 版表样（国办公开办函〔2019〕60号）"),
        &format!(
            "{english}the report for 2020 is printed in the layout 2021, due is the form of 2019 (国办公开办函〔2019〕60号)"
        ),
    );
    let mut report = small(Layout::EDITION_2019);
    report.facts.title = None;
    (report.facts.year, report.facts.published_on) = (Some(year(2021)), None);
    says(
        &report,
        &format!("{rule}2021 年度报告用的是 2019 版表样，{}", due[0]),
        &format!("{english}the report for 2021 is printed in the layout 2019, {}", due[1]),
    );
    let finding = only(&report);
    assert_eq!((finding.found.clone().as_deref(), finding.expected.clone().as_deref()), (Some("2019"), Some("2021")));
}

#[test]
fn messages_on_the_deadline() {
    let rule = "县级以上政府部门于次年 1 月 31 日前、政府于次年 3 月 31 日前公布年度报告：";
    let english = "departments publish by 31 January of the following year, governments by 31 March: ";
    let mut report = breaks("publication-deadline");
    says(
        &report,
        &format!("{rule}应于 2025-01-31 前公布，实际 2025-02-14，晚 14 天"),
        &format!("{english}due by 2025-01-31, published 2025-02-14, 14 days late"),
    );
    let place = Some(common::place("5:2"));
    let source = Source { kind: SourceKind::PageDate, words: "2025-02-14".to_owned(), place };
    report.facts.evidence.published_on = Some(source);
    report.facts.signed_on = Some(date("2025-01-31"));
    says(
        &report,
        &format!(
            "{rule}应于 2025-01-31 前公布，实际 2025-02-14（页面发布日期），晚 14 天；落款日期 2025-01-31 未超过期限"
        ),
        &format!(
            "{english}due by 2025-01-31, published 2025-02-14 (the date of the page), 14 days late; the signature of \
             2025-01-31 is in time"
        ),
    );
    let finding = only(&report);
    assert_eq!(finding.place.as_ref().map(ToString::to_string).as_deref(), Some("5:2"));
    assert_eq!(finding.difference, Some(14));
    assert_eq!(finding.to_string(), format!("publication-deadline at 5:2: {}", finding.message(Language::English)));
}

#[test]
fn messages_on_sections() {
    let rule = "六个部分齐全、依次排列、各有内容：";
    let english = "the six sections are there, in order, none of them empty: ";
    let whole = small(Layout::EDITION_2021);
    let mut report = whole.clone();
    report.facts.overview = None;
    says(&report, &format!("{rule}“一、总体情况”缺少"), &format!("{english}一、总体情况 is missing"));

    let mut report = whole.clone();
    report.facts.overview = Some(prose("一、总体情况", " \n。"));
    says(&report, &format!("{rule}“一、总体情况”没有内容"), &format!("{english}一、总体情况 has no text"));

    says(
        &breaks("sections-complete"),
        &format!("{rule}“五、存在的主要问题及改进情况”只写了“无”"),
        &format!("{english}五、存在的主要问题及改进情况 says no more than 无"),
    );

    let mut report = whole.clone();
    report.facts.problems = Some(prose("五", "公开不够及时。"));
    says(
        &report,
        &format!("{rule}“五、存在的主要问题及改进情况”未见改进情况"),
        &format!("{english}五、存在的主要问题及改进情况 names no improvement"),
    );
    assert_eq!(only(&report).severity, Severity::Notice);

    let mut report = whole.clone();
    let heading = |section: Section, at: &str| Paragraph {
        section,
        text: section.title().to_owned(),
        place: Some(common::place(at)),
    };
    report.page.headings = Section::ALL.iter().map(|section| heading(*section, "1:1")).collect();
    assert_eq!(report.check().findings, []);
    report.page.headings.swap(1, 2);
    report.page.headings[2].place = Some(common::place("7:1"));
    let finding = only(&report);
    assert!(finding.message(Language::Chinese).starts_with("“二、主动公开政府信息情况”次序不对（规则："));
    assert!(finding.message(Language::English).starts_with("二、主动公开政府信息情况 is out of order (rule: "));
    assert_eq!(finding.place.as_ref().map(ToString::to_string).as_deref(), Some("7:1"));
    assert_eq!(finding.subjects, ["article20: out_of_order"]);
    report.page.headings.remove(2);
    says(
        &report,
        &format!("{rule}“二、主动公开政府信息情况”缺少"),
        &format!("{english}二、主动公开政府信息情况 is missing"),
    );
}

#[test]
fn messages_on_fees() {
    let rule = "2021 年度起，第六部分说明收取信息处理费情况：";
    let english = "from 2021, section six says something about processing fees: ";
    let mut report = breaks("processing-fee-stated");
    says(&report, &format!("{rule}未说明"), &format!("{english}nothing is said"));
    print(&mut report, "article20.item8.administrative_fees.amount", "1");
    let mut fee = |notified: &str, collected: &str| {
        report.facts.other_matters.as_mut().unwrap().processing_fee = Some(ogi_report::ProcessingFee {
            status: FeeStatus::Stated,
            notices: None,
            notified: Some(common::amount(notified)),
            collected: Some(common::amount(collected)),
        });
        report.clone()
    };
    says(
        &fee("300", "310"),
        &format!("{rule}实收 310 元，多于通知收取的 300 元"),
        &format!("{english}310 yuan collected, more than the 300 notified"),
    );
    says(
        &fee("305.5", "300"),
        &format!("{rule}305.5 元不是 10 元的整数倍，请核对"),
        &format!("{english}305.5 yuan is no multiple of 10, worth a look"),
    );
    let found = fee("5", "6").check().findings;
    let amounts = |finding: &Finding| (finding.found.clone().unwrap(), finding.expected.clone());
    let [more, five, six] = &found[..] else { panic!("{found:?}") };
    assert_eq!(amounts(more), ("6".to_owned(), Some("5".to_owned())));
    assert_eq!((amounts(five), amounts(six)), (("5".to_owned(), None), ("6".to_owned(), None)));
    assert_eq!(fee("300.00", "300").check().findings, []);
    let mut none = |notified: Option<&str>, collected: Option<&str>| {
        let mut none: PublishedReport = fee("0", "0");
        let stated = none.facts.other_matters.as_mut().unwrap().processing_fee.as_mut().unwrap();
        stated.status = FeeStatus::None;
        (stated.notified, stated.collected) = (notified.map(common::amount), collected.map(common::amount));
        none
    };
    says(
        &none(Some("300"), None),
        &format!("{rule}说未收取费用，却列有 300 元"),
        &format!("{english}it says that no fee was charged, and 300 yuan all the same"),
    );
    // What was collected all the same contradicts it.
    says(
        &none(None, Some("300")),
        "说明未收取信息处理费的，没有实收金额：实收信息处理费为“300 元”，应为没有金额",
        "where no processing fee was collected, no amount collected is stated: the processing fee collected is \"300 元\", expected no amount",
    );
}

#[test]
fn a_finding_as_json() {
    let mut report = small(Layout::EDITION_2021);
    for (column, printed, at) in
        [("upheld", "0", "9:1"), ("corrected", "10", "9:2"), ("other", "1件", "9:3"), ("pending", "0", "9:4")]
    {
        let found = PublishedCell::read(printed).at(common::place(at));
        report.set(cell(&format!("proceedings.litigation.direct.{column}")), found).unwrap();
    }
    print(&mut report, "proceedings.litigation.direct.total", "0");
    let quoted = |column: &str, label: &str, side: &str, printed: &str, value: &str, at: Option<&str>| {
        let mut cell = serde_json::json!({
            "path": format!("proceedings.litigation.direct.{column}"),
            "label": format!("未经复议直接起诉 · {label}"),
            "side": side, "status": "number", "printed": printed, "value": value,
        });
        if let Some(at) = at {
            cell["place"] = at.into();
        }
        cell
    };
    let expected = serde_json::json!({
        "rule": "proceedings-total",
        "version": 1,
        "severity": "error",
        "cells": [
            quoted("total", "总计", "left", "0", "0", None),
            quoted("upheld", "结果维持", "right", "0", "0", Some("9:1")),
            quoted("corrected", "结果纠正", "right", "10", "10", Some("9:2")),
            quoted("other", "其他结果", "right", "1件", "1", Some("9:3")),
            quoted("pending", "尚未审结", "right", "0", "0", Some("9:4")),
        ],
        "found": "0",
        "expected": "11",
        "difference": -11,
        "place": "9:1",
        "basis": ["50(3)"],
        "subjects": ["proceedings.litigation.direct.total"],
        "fingerprint": "9234b2621865595b",
        "zh": "未经复议直接起诉 · 总计 0，应等于未经复议直接起诉 · 结果纠正 10、未经复议直接起诉 · 其他结果 1\
               （合计 11），相差 11（规则：总计等于结果维持、结果纠正、其他结果、尚未审结之和）",
        "en": "未经复议直接起诉 · 总计 0 should equal 未经复议直接起诉 · 结果纠正 10, 未经复议直接起诉 · 其他结果 1 \
               (sum 11), off by 11 (rule: the total of proceedings is the sum of upheld, corrected, other and pending)",
    });
    assert_eq!(serde_json::to_value(only(&report)).unwrap(), expected);

    let whole: serde_json::Value = serde_json::from_str(&report.check().to_json()).unwrap();
    assert_eq!(whole["findings"], serde_json::json!([expected]));
    assert_eq!(
        whole["about"],
        serde_json::json!({
            "schema_version": "1.0.0",
            "layout": "2021",
            "year": report.facts.year,
            "agency": report.facts.agency.as_ref().map(|agency| agency.name.clone()),
            "title": report.facts.title,
        })
    );
    let skipped = |rule: &str, reason: &str| serde_json::json!({ "rule": rule, "reason": reason, "cells": [] });
    let mut expected = vec![skipped("rule-making-power", "kind_not_named"), skipped("division-code", "not_stated")];
    let of_facts = [
        "preamble-agency",
        "signature-agency",
        "notice-cited",
        "sections-announced",
        "overdue-fee-notice",
        "processing-fee-in-fees",
    ];
    expected.extend(of_facts.map(|rule| skipped(rule, "not_stated")));
    let of_text = ["period", "text-count", "text-amount", "text-denial", "text-sum", "text-percentage"];
    expected.extend(of_text.map(|rule| skipped(rule, "nothing_said")));
    assert_eq!(whole["not_evaluated"], serde_json::Value::from(expected));
}

// ---- Words ---------------------------------------------------------------------------------------

/// What the text rules make of a sentence in a report with these figures: how many statements hold and how many do not.
/// The sentences of `tests/data/sentences.txt`: the rule, how many statements hold, how many fail, the sentence.
fn sentences() -> impl Iterator<Item = (&'static str, usize, usize, &'static str)> {
    let mut code = "";
    let lines = include_str!("../data/sentences.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(move |line| {
        if let Some(section) = line.strip_prefix('[') {
            code = section.strip_suffix(']').unwrap();
            return None;
        }
        let (holds, rest) = line.split_once(' ').unwrap();
        let (fails, text) = rest.split_once(' ').unwrap();
        Some((code, holds.parse().unwrap(), fails.parse().unwrap(), text))
    })
}

#[test]
fn statements_are_read_with_what_their_words_can_mean() {
    let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    for (row, natural, other) in [
        ("requests.received", 20, 5),
        ("requests.carried_in", 3, 0),
        ("requests.outcomes.disclosed", 10, 2),
        ("requests.outcomes.partially_disclosed", 4, 0),
        ("requests.outcomes.withheld.state_secret", 1, 0),
        ("requests.outcomes.unavailable.not_held", 6, 2),
        ("requests.outcomes.total", 21, 4),
        ("requests.carried_out", 2, 1),
    ] {
        for (column, value) in [("natural_person", natural), ("other", other), ("total", natural + other)] {
            print(&mut report, &format!("{row}.{column}"), &value.to_string());
        }
    }
    print(&mut report, "proceedings.reconsideration.upheld", "2");
    print(&mut report, "proceedings.reconsideration.total", "2");
    assert!(report.check().findings.is_empty());
    report.facts.title = None;
    let mut misread = Vec::new();
    for (code, holds, fails, text) in sentences() {
        say(&mut report, text);
        let checked = report.check();
        let tally = common::tally(&checked, code);
        let others = checked.findings.iter().filter(|finding| finding.rule != code).count();
        if (tally.pass, tally.fail, others) != (holds, fails, 0) {
            misread.push(format!("{text} {tally:?}, {others} others, expected {holds} and {fails}"));
        }
    }
    assert!(misread.is_empty(), "{}", misread.join("\n"));
    // An office that speaks of itself in the report of a region.
    report.facts.scope = ogi_report::Scope::Regional;
    for text in [
        "县政府办公室收到政府信息公开申请9件。",
        "县政府共收到政府信息公开申请9件。",
        // Its departments make them, too.
        "制定规范性文件7件。",
    ] {
        say(&mut report, text);
        assert!(report.check().findings.is_empty(), "{text}");
    }
    for text in [
        "全县共收到政府信息公开申请9件。",
        "全县各级行政机关共收到政府信息公开申请9件。",
        "全县共收到政府信息公开申请9件，其中县政府办公室受理5件。",
    ] {
        say(&mut report, text);
        assert_eq!(report.check().findings_of("text-count").count(), 1, "{text}");
    }
    // A county that speaks of its city, and a city of itself.
    report.facts.scope = ogi_report::Scope::Unknown;
    for (name, kind, fails) in [
        ("甲县人民政府", AgencyKind::CountyGovernment, 0),
        ("乙市人民政府", AgencyKind::CountyGovernment, 1),
        ("丙市人民政府", AgencyKind::CityGovernment, 1),
    ] {
        report.facts.agency = Some(Agency { kind: Some(kind), ..Agency::named(name) });
        say(&mut report, "全市共收到政府信息公开申请9件。");
        assert_eq!(report.check().findings_of("text-count").count(), fails, "{name}");
    }
    // The title names another year than the one that is stated.
    report.facts.title = Some("丙市2023年政府信息公开工作年度报告".to_owned());
    assert_eq!(report.check().findings_of("title-year").count(), 1);
    report.facts.overview.as_mut().unwrap().parts[0].text = "1件；".repeat(10_001);
    assert_eq!(reasons(&report, "text-count"), [Reason::TooLong]);
    // Blanks could make up for the difference, or not.
    report.set(cell("requests.outcomes.disclosed.total"), PublishedCell::read("")).unwrap();
    report.set(cell("requests.outcomes.disclosed.research_institution"), PublishedCell::read("")).unwrap();
    for (text, fails) in [("予以公开13件。", 0), ("予以公开11件。", 1)] {
        say(&mut report, text);
        assert_eq!(report.check().findings_of("text-count").count(), fails, "{text}");
    }
}

/// What a report can say of its own tables, as words before and after each figure.
fn said_of(report: &PublishedReport) -> Vec<(String, i64, &'static str)> {
    let count = |path: &str| whole(report, cell(path)).unwrap();
    let group = |prefix: &str| -> i64 {
        let of_group =
            |entry: &&ogi_report::Entry| entry.path().starts_with(prefix) && entry.path().ends_with(".total");
        report.layout().cells().iter().filter(of_group).map(|entry| count(entry.path())).sum()
    };
    let row = |row: &str| count(&format!("requests.{row}.total"));
    let natural = count("requests.received.natural_person");
    let year = report.facts.year.unwrap();
    [
        (format!("{year}年收到政府信息公开申请"), row("received"), "件，"),
        ("上年结转申请".to_owned(), row("carried_in"), "件，"),
        ("共办结".to_owned(), row("outcomes.total"), "件，"),
        ("结转下年度继续办理".to_owned(), row("carried_out"), "件。"),
        ("自然人申请".to_owned(), natural, "件，"),
        ("法人或其他组织申请".to_owned(), row("received") - natural, "件。"),
        ("办结政府信息公开申请".to_owned(), row("outcomes.total"), "件。"),
        ("其中，予以公开".to_owned(), row("outcomes.disclosed"), "件、"),
        ("部分公开".to_owned(), row("outcomes.partially_disclosed"), "件、"),
        ("不予公开".to_owned(), group("requests.outcomes.withheld."), "件、"),
        ("无法提供".to_owned(), group("requests.outcomes.unavailable."), "件、"),
        ("不予处理".to_owned(), group("requests.outcomes.not_processed."), "件、"),
        ("其他处理".to_owned(), group("requests.outcomes.other_handling."), "件。"),
        ("因政府信息公开引发的行政复议".to_owned(), count("proceedings.reconsideration.total"), "件，"),
        ("结果维持".to_owned(), count("proceedings.reconsideration.upheld"), "件；"),
        ("因政府信息公开引发的行政诉讼".to_owned(), group("proceedings.litigation."), "件。"),
    ]
    .into()
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn a_report_that_speaks_of_its_tables_is_believed_and_one_wrong_figure_is_found(
        leaves in any_leaves(),
        wrong in any::<prop::sample::Index>(),
    ) {
        let mut report = leaves.published();
        report.facts.scope = ogi_report::Scope::Own;
        let mut said = said_of(&report);
        // Larger than any sum that the words can mean.
        let sum: i64 = said.iter().map(|(_, count, _)| *count).sum();
        prop_assume!(sum < LARGEST_COUNT as i64 / 4);
        let text = |said: &[(String, i64, &str)]| -> String {
            said.iter().map(|(before, count, after)| format!("{before}{count}{after}")).collect()
        };
        let overview = |text: String| prose("一、总体情况", &text);
        report.facts.overview = Some(overview(text(&said)));
        let checked = report.check();
        prop_assert_eq!(checked.passes_of("text-count"), said.len(), "{}", text(&said));
        prop_assert_eq!(checked.findings_of("text-count").count() + checked.findings_of("text-sum").count(), 0);

        let wrong = wrong.index(said.len());
        said[wrong].1 += 2 * sum + 1;
        report.facts.overview = Some(overview(text(&said)));
        let checked = report.check();
        let found: Vec<_> = checked.findings_of("text-count").filter_map(|finding| finding.found.clone()).collect();
        prop_assert_eq!(found, [format!("{}件", said[wrong].1)], "{}", text(&said));
    }
}

// ---- Duties --------------------------------------------------------------------------------------

fn with_kind(kind: Option<AgencyKind>) -> PublishedReport {
    let mut report = small(Layout::EDITION_2021);
    report.facts.agency.as_mut().unwrap().kind = kind;
    report
}

fn reasons(report: &PublishedReport, code: &str) -> Vec<Reason> {
    let checked = report.check();
    checked.not_evaluated.iter().filter(|skipped| skipped.rule == code).map(|skipped| skipped.reason).collect()
}

#[test]
fn deadlines_by_kind() {
    use AgencyKind::*;
    const CODE: &str = "publication-deadline";
    let departments = [StateCouncilDepartment, ProvinceDepartment, CityDepartment, CountyDepartment];
    let governments = [ProvinceGovernment, CityGovernment, CountyGovernment];
    let due = |kinds: &[AgencyKind], last: &str, next: &str| {
        for kind in kinds {
            let mut report = with_kind(Some(*kind));
            report.facts.published_on = Some(date(last));
            assert_eq!(report.check().passes_of(CODE), 1, "{kind:?}");
            report.facts.published_on = Some(date(next));
            let findings: Vec<Finding> = report.check().findings_of(CODE).cloned().collect();
            let [finding] = findings.as_slice() else { panic!("{kind:?}: {findings:?}") };
            assert_eq!(finding.severity, Severity::Warning, "{kind:?}");
            let said = (finding.found.as_deref(), finding.expected.as_deref(), finding.difference, &finding.place);
            assert_eq!(said, (Some(next), Some(last), Some(1), &None), "{kind:?}");
            // A signature in time makes it a notice, a late one does not.
            report.facts.signed_on = Some(date(last));
            assert_eq!(report.check().findings_of(CODE).next().unwrap().severity, Severity::Notice, "{kind:?}");
            report.facts.signed_on = Some(date(next));
            assert_eq!(report.check().findings_of(CODE).next().unwrap().severity, Severity::Warning, "{kind:?}");
        }
    };
    due(&departments, "2025-01-31", "2025-02-01");
    due(&governments, "2025-03-31", "2025-04-01");
    for kind in [Township, ZoneCommittee, AuthorizedOrganization, PublicInstitution] {
        let mut report = with_kind(Some(kind));
        report.facts.published_on = Some(date("2030-01-01"));
        assert_eq!(reasons(&report, CODE), [Reason::KindNotNamed], "{kind:?}");
        assert_eq!(report.check().findings_of(CODE).count(), 0);
    }
    for kind in [None, Some(Unknown)] {
        assert_eq!(reasons(&with_kind(kind), CODE), [Reason::KindUnknown]);
    }
    let mut report = with_kind(Some(CityDepartment));
    report.facts.published_on = None;
    assert_eq!(reasons(&report, CODE), [Reason::NoDate]);
    report.facts.year = None;
    assert_eq!(reasons(&report, CODE), [Reason::NoYear]);
    let mut report = with_kind(Some(CityDepartment));
    report.facts.agency = None;
    assert_eq!(reasons(&report, CODE), [Reason::KindUnknown]);
}

#[test]
fn rule_making_power_only_where_the_kind_is_stated() {
    use AgencyKind::*;
    const CODE: &str = "rule-making-power";
    let rules = ["issued", "repealed", "in_force"].map(|column| format!("article20.item1.rules.{column}"));
    let filed = |kind| {
        let mut report = with_kind(kind);
        rules.iter().for_each(|path| print(&mut report, path, "1"));
        report
    };
    for kind in [Township, CountyGovernment, CountyDepartment] {
        let checked = filed(Some(kind)).check();
        assert_eq!(checked.findings_of(CODE).count(), 3, "{kind:?}");
        assert!(checked.findings_of(CODE).all(|finding| finding.expected.as_deref() == Some("0")));
        assert_eq!(with_kind(Some(kind)).check().passes_of(CODE), 3, "{kind:?}");
        let mut inferred = filed(Some(kind));
        inferred.facts.evidence.agency_kind =
            Some(Source { kind: SourceKind::NameEnding, words: "镇人民政府".to_owned(), place: None });
        assert_eq!(reasons(&inferred, CODE), [Reason::KindInferred], "{kind:?}");
        assert_eq!(inferred.check().findings_of(CODE).count(), 0);
        let mut blank = filed(Some(kind));
        print(&mut blank, &rules[1], "");
        let tally = common::tally(&blank.check(), CODE);
        assert_eq!((tally.pass, tally.fail, tally.not_evaluated), (0, 2, 1), "a blank is not 0");
    }
    for kind in [ProvinceGovernment, CityGovernment, CityDepartment, StateCouncilDepartment, ZoneCommittee] {
        assert_eq!(reasons(&filed(Some(kind)), CODE), [Reason::KindNotNamed], "{kind:?}");
    }
    for kind in [None, Some(Unknown)] {
        assert_eq!(reasons(&filed(kind), CODE), [Reason::KindUnknown]);
    }
    assert_eq!(reasons(&small(Layout::EDITION_2019), CODE), [Reason::OtherEdition]);
}

#[test]
fn fees_from_2021() {
    const CODE: &str = "processing-fee-stated";
    let mut report = small(Layout::EDITION_2019);
    report.facts.other_matters.as_mut().unwrap().processing_fee = None;
    assert_eq!(reasons(&report, CODE), [Reason::OtherEdition]);
    let mut report = breaks(CODE);
    report.facts.year = Some(year(2020));
    assert_eq!(reasons(&report, CODE), [Reason::OtherEdition]);
    report.facts.year = Some(year(2021));
    assert_eq!(report.check().findings_of(CODE).count(), 1);
    report.facts.other_matters = None;
    assert_eq!(reasons(&report, CODE), [Reason::NoSection]);
    report.facts.year = None;
    assert_eq!(reasons(&report, CODE), [Reason::NoYear]);
}

#[test]
fn figures_alone_have_no_sections_to_judge() {
    let mut report = small(Layout::EDITION_2021);
    (report.facts.overview, report.facts.problems, report.facts.other_matters) = (None, None, None);
    assert_eq!(reasons(&report, "sections-complete"), [Reason::NoHeadings]);
    assert_eq!(report.check().findings, []);
}

// ---- Layouts -------------------------------------------------------------------------------------

#[test]
fn the_layout_and_the_year() {
    for layout in Layout::newest_first() {
        let mut report = small(layout);
        for (at, edition) in [
            (2019, Edition::EDITION_2019),
            (2020, Edition::EDITION_2019),
            (2021, Edition::EDITION_2021),
            (2099, Edition::EDITION_2021),
        ] {
            report.facts.year = Some(year(at));
            let right = layout == edition.layout();
            assert_eq!(report.check().findings_of("edition-for-year").count(), usize::from(!right), "{layout} {at}");
        }
        report.facts.year = None;
        assert_eq!(reasons(&report, "edition-for-year"), [Reason::NoYear]);
    }
}

#[test]
fn the_hybrid_is_never_a_checked_report() {
    let hybrid = small(Layout::HYBRID);
    let refused = hybrid.accept().unwrap_err();
    assert_eq!(common::obstacles(&refused), [("edition", "2021-hybrid")]);
    assert_eq!(refused.findings, [], "only the layout is in the way");
    // Nothing is missing that the layout does not print.
    assert_eq!(hybrid.check().findings_of("cell-missing").count(), 0);
    assert_eq!(hybrid.get(cell("requests.outcomes.other_handling.other.total")), None);
}

#[test]
fn the_hybrid_is_refused_as_parts_too() {
    let refused = AnnualReport::new(Leaves::small(Layout::HYBRID).parts()).map(|_| ()).unwrap_err();
    assert_eq!(common::obstacles(&refused), [("edition", "2021-hybrid")]);
}

#[test]
fn tables_of_another_edition_are_refused() {
    for layout in [Layout::EDITION_2019, Layout::EDITION_2021] {
        let mut parts = Leaves::small(layout).parts();
        parts.edition = match parts.edition {
            Edition::EDITION_2019 => Edition::EDITION_2021,
            _ => Edition::EDITION_2019,
        };
        let stated = parts.edition;
        let refused = AnnualReport::new(parts).unwrap_err();
        assert_eq!(common::obstacles(&refused), [("edition", stated.name())]);
    }
    // Table one of 2019 with the three rows of 2021 is nobody's form.
    let mut parts = Leaves::small(Layout::EDITION_2019).parts();
    parts.requests.outcomes.other_handling =
        Leaves::small(Layout::EDITION_2021).parts().requests.outcomes.other_handling;
    let refused = AnnualReport::new(parts).unwrap_err();
    assert_eq!(common::obstacles(&refused), [("edition", "2019")]);
    // The three rows of the small report for 2021, added up into one, are the hybrid.
    let mut parts = Leaves::small(Layout::EDITION_2021).parts();
    let OtherHandling::Divided(rows) = parts.requests.outcomes.other_handling else { panic!("not edition 2021") };
    parts.requests.outcomes.other_handling = OtherHandling::Undivided(rows.other);
    assert_eq!(parts.into_published().unwrap().layout(), Layout::HYBRID);
}

// ---- Blanks --------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn blanks_never_become_zero(layout in layouts(), at in any::<prop::sample::Index>(), mark in prop::sample::select(vec!["", "&nbsp;", "/", "—", "无", "待统计"])) {
        let mut report = small(layout);
        let cells: Vec<Cell> = layout.cells().iter().map(|entry| entry.cell()).collect();
        let blank = *at.get(&cells);
        let cell = PublishedCell::read(mark);
        let status = cell.status();
        report.set(blank, cell).unwrap();
        let before = report.clone();
        report.check();
        prop_assert_eq!(common::difference(&report, &before), None);
        prop_assert_eq!(report.get(blank).unwrap().number(), None);
        let refused = report.accept().unwrap_err();
        prop_assert!(common::obstacles(&refused).contains(&(blank.path(), status.name())), "{}", refused);
        // Through JSON, under whatever policy for the other kind of gap.
        let again = PublishedReport::from_json(report.to_json().as_bytes()).unwrap();
        prop_assert_eq!((again.get(blank).unwrap().status(), again.get(blank).unwrap().number()), (status, None));
        let zeros = report.with_blanks_as_zero();
        let found = zeros.get(blank).unwrap();
        if status == Status::Blank {
            prop_assert_eq!(found.number().and_then(|number| number.whole()), Some(0));
            prop_assert_eq!((found.status(), found.origin()), (Status::Number, Some(Origin::BlankAsZero)));
            prop_assert_eq!(found.printed(), mark);
        } else {
            prop_assert_eq!((found.status(), found.number(), found.origin()), (status, None, None));
        }
        let marked = zeros.cells().filter(|(_, cell)| cell.origin().is_some_and(Origin::is_assumed)).count();
        prop_assert_eq!(marked, usize::from(status == Status::Blank));
    }

    #[test]
    fn policies_touch_only_what_they_name(report in published_reports(), text in printed()) {
        let mut report = report;
        report.set(cell("requests.received.total"), PublishedCell::read(&text)).unwrap();
        let zeros = report.clone().with_blanks_as_zero();
        let totals = report.clone().with_totals_from_parts();
        for (((entry, before), (_, zero)), (_, total)) in report.cells().zip(zeros.cells()).zip(totals.cells()) {
            if before.status() == Status::Blank {
                prop_assert_eq!(zero.origin(), Some(Origin::BlankAsZero));
            } else {
                prop_assert_eq!(zero, before);
            }
            if total != before {
                prop_assert!(matches!(before.status(), Status::Blank | Status::NotFound), "{}", entry.path());
                prop_assert_eq!(total.origin(), Some(Origin::TotalFromParts));
                let is_total = entry.is_total() || entry.row().is_total();
                prop_assert!(is_total, "{}", entry.path());
                prop_assert_eq!(total.printed(), before.printed());
                prop_assert_eq!(total.place(), before.place());
            }
        }
        prop_assert_eq!(common::difference(&totals.clone().with_totals_from_parts(), &totals), None);
    }
}

#[test]
fn totals_from_parts() {
    let whole = small(Layout::EDITION_2021);
    let mut report = whole.clone();
    let path = "requests.outcomes.total.total";
    print(&mut report, path, "&nbsp;");
    print(&mut report, "proceedings.reconsideration.total", "/");
    print(&mut report, "requests.received.total", "");
    print(&mut report, "requests.received.other", "");
    report.set(cell("requests.carried_in.total"), PublishedCell::not_found()).unwrap();
    let filled = report.clone().with_totals_from_parts();
    let total = filled.get(cell(path)).unwrap();
    assert_eq!(total.number(), whole.get(cell(path)).unwrap().number());
    assert_eq!((total.status(), total.printed()), (Status::Number, "&nbsp;"));
    assert_eq!(total.origin(), Some(Origin::TotalFromParts));
    let marked: Vec<&str> = filled
        .cells()
        .filter(|(_, cell)| cell.origin().is_some_and(Origin::is_assumed))
        .map(|(entry, _)| entry.path())
        .collect();
    assert_eq!(marked, ["requests.carried_in.total", path], "not the mark /, not the row with a blank");

    // A wrong total stays.
    let mut report = whole.clone();
    shift(&mut report, path, 1);
    common::assert_same(&report.clone().with_totals_from_parts(), &report);

    // A blank total is accepted only when the caller names the policy.
    let mut report = whole;
    print(&mut report, path, "");
    assert!(report.accept().is_err());
    assert!(report.with_totals_from_parts().accept().is_ok());
}

#[test]
fn a_misprinted_label_is_told_with_the_official_one() {
    let mut report = small(Layout::EDITION_2021);
    report.page.misprints.push(Misprint {
        row: "requests.outcomes.withheld.forbidden_by_law".to_owned(),
        printed: "2.其他法律行政法规禁上公开".to_owned(),
        place: "40:1".parse().ok(),
    });
    let checked = report.check();
    assert_eq!(
        checked.findings[0].message(Language::Chinese),
        "印作“2.其他法律行政法规禁上公开”，应为“2.其他法律行政法规禁止公开”（规则：各行名称与规定的表样一致）"
    );
    assert_eq!(
        checked.findings[0].to_string(),
        "label-as-prescribed at 40:1: \"2.其他法律行政法规禁上公开\" is printed for 2.其他法律行政法规禁止公开 (rule: the rows are labelled as the form has them)"
    );
}

#[test]
fn editions_and_layouts_are_found_by_their_names() {
    for edition in Edition::all() {
        assert_eq!(edition.name().parse(), Ok(edition));
    }
    for layout in Layout::newest_first() {
        assert_eq!(layout.name().parse(), Ok(layout));
    }
    let unknown = "2020".parse::<Layout>().unwrap_err();
    assert_eq!(unknown.to_string(), "expected the name of an edition or a layout such as 2021, found \"2020\"");
    assert!("2021-hybrid".parse::<Edition>().is_err());
}

/// The same fault has the same fingerprint in another year, another fault has another.
#[test]
fn a_fingerprint_is_that_of_the_fault() {
    let prints = |year: u16, figures: &[(&str, &str)], text: &str| {
        let mut report = PublishedReport::zeros(Layout::EDITION_2021);
        report.facts.year = ogi_report::Year::new(year).ok();
        report.facts.title = Some(format!("示例市数据局{year}年政府信息公开工作年度报告"));
        report.facts.published_on = None;
        figures.iter().for_each(|(path, printed)| print(&mut report, path, printed));
        say(&mut report, text);
        let checked = report.check();
        checked.findings.iter().map(|of| (of.rule.to_string(), of.fingerprint.clone())).collect::<Vec<_>>()
    };
    let one = prints(
        2024,
        &[("requests.outcomes.disclosed.other", "7")],
        "行政复议3件，发布信息10条，其中动态6条，其他3条。",
    );
    let two = prints(
        2025,
        &[("requests.outcomes.disclosed.other", "9")],
        "行政复议4件，发布信息20条，其中动态6条，其他3条。",
    );
    let other = prints(
        2024,
        &[("requests.outcomes.partially_disclosed.natural_person", "7")],
        "行政诉讼3件，发布稿件10条，其中动态6条，其他3条。",
    );
    assert_eq!(one, two);
    assert!(one.len() >= 4, "{one:?}");
    let all: std::collections::BTreeSet<_> = one.iter().chain(&other).collect();
    assert_eq!(all.len(), one.len() + other.len(), "{one:?} {other:?}");
}
