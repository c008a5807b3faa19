//! The rule book: one page for each rule, as data and as Markdown in Chinese and English.
//!
//! ```
//! use ogi_report::{Language, Rule};
//! let rule = Rule::find("requests-balance").unwrap();
//! assert_eq!(rule.formulas(Language::Chinese), [
//!     "一、本年新收政府信息公开申请数量 + 二、上年结转政府信息公开申请数量 = （七）总计 + 四、结转下年度继续办理（7 列）"
//! ]);
//! assert_eq!(rule.findings_in(&rule.wrong_example()).unwrap().len(), 2);
//! assert!(rule.page().starts_with("# requests-balance\n"));
//! let rule = Rule::find("continuity-items").unwrap();
//! assert_eq!(rule.formulas(Language::Chinese), ["上一年项目数量 = 上一年度的上一年项目数量 + 上一年度的本年增/减（5 行）"]);
//! ```

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::agency::{Agency, AgencyKind};
use crate::assertion::{Assertion, Claim, Due, Years};
use crate::catalogue::Entry;
use crate::date::{Date, Year};
use crate::fault::Faults;
use crate::finding::Finding;
use crate::form::{Cell, Edition, Kind, Layout};
use crate::language::Language;
use crate::narrative::{FeeStatus, Narrative, OtherMatters, Part, ProcessingFee, Section};
use crate::peers;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::rollup::{Coverage, Region};
use crate::rule::{Bound, Equation, Over, Rule, Test};
use crate::series;

impl Rule {
    /// What must hold, in official row and column names; in English the words around them are translated.
    pub fn formulas(&self, language: Language) -> Vec<String> {
        let mut formulas: Vec<String> = Vec::new();
        for layout in Layout::newest_first().filter(|layout| layout.is_exact()) {
            for formula in formulas_of(self, layout) {
                let formula = language.of(formula.into());
                if !formulas.contains(&formula) {
                    formulas.push(formula);
                }
            }
        }
        formulas
    }

    /// A report that passes: the later one of two years, the one of a region, the second of two agencies.
    pub fn right_example(&self) -> PublishedReport {
        example(self, &[self.holds])
    }

    /// A report that this rule alone finds wrong.
    pub fn wrong_example(&self) -> PublishedReport {
        example(self, &[self.holds, self.breaks])
    }

    /// The report beside both, where the rule reads a second one: that of the year before, of the one known part, of another agency.
    pub fn second_example(&self) -> Option<PublishedReport> {
        let over = self.test.over();
        let mut zeros = PublishedReport::zeros(layout_of(self));
        match over {
            Over::Report => return None,
            Over::Years => zeros = zeros_of(zeros.layout(), zeros.facts.year?.get() - 1),
            Over::Region | Over::Peers => {
                zeros.facts.agency = Some(Agency::named("甲局"));
                zeros.facts.title = None;
            }
        }
        let changes = self.holds.iter().filter_map(|(path, text)| Some((second(over, path)?, *text)));
        Some(changed(self, zeros, changes))
    }

    /// What the check finds in a report, together with the second one. Of a bound a second part has not reported.
    ///
    /// # Errors
    /// [`Faults`] where the report cannot be compared with the second one: it is for another year, or for none that is known.
    pub fn findings_in(&self, report: &PublishedReport) -> Result<Vec<Finding>, Faults> {
        let Some(second) = self.second_example() else { return Ok(report.check().findings) };
        match self.test.over() {
            Over::Years => return Ok(series::check([&second, report])?.findings),
            Over::Peers => return Ok(peers::check([("甲局", &second), ("乙局", report)]).findings),
            Over::Report | Over::Region => {}
        }
        let mut members = vec![("甲局", Coverage::Reported(&second))];
        if matches!(self.test, Test::Parts(Bound::AtLeast)) {
            members.push(("乙局", Coverage::Missing));
        }
        Ok(Region::new(report, members)?.check().findings)
    }

    /// The page as Markdown: Chinese, then English.
    pub fn page(&self) -> String {
        let rule = self;
        let found = self.findings_in(&self.wrong_example()).unwrap_or_else(|error| panic!("{}: {error}", rule.code));
        let finding = found.first().unwrap_or_else(|| panic!("{}: nothing is found in what breaks it", rule.code));
        let milder_zh = rule.milder(Language::Chinese).map_or(String::new(), |zh| format!("（{zh}）"));
        let milder_en = rule.milder(Language::English).map_or(String::new(), |en| format!(" ({en})"));
        let formulas = |language, name: &str| -> String {
            self.formulas(language).iter().map(|formula| format!("- {name}{formula}\n")).collect()
        };
        format!(
            "# {code}\n\n{zh}\n\n- 版本 {version}，{severity_zh}{milder_zh}，{basis_zh}\n{formulas_zh}- 不核对：{not_checked_zh}\n\n\
             符合的例子（其余各格为 0，总计相应）：\n\n{holds}\n不符合的例子（与上例不同之处）：\n\n{breaks}\n核对结果：{found_zh}\n\n\
             ## In English\n\n{sentence}\n\n- version {version}, {severity}{milder_en}, {basis}\n{formulas_en}\
             - not checked: {not_checked_en}\n- found in the failing example: {found_en}\n",
            code = rule.code,
            zh = rule.zh,
            version = rule.version,
            severity_zh = rule.severity.label(Language::Chinese),
            basis_zh = rule.basis.label(Language::Chinese),
            formulas_zh = formulas(Language::Chinese, "公式："),
            not_checked_zh = rule.not_checked_zh,
            holds = table(rule.test.over(), rule.holds),
            breaks = table(rule.test.over(), rule.breaks),
            found_zh = finding.message(Language::Chinese),
            sentence = capital(rule.en),
            severity = rule.severity.name(),
            basis = rule.basis,
            formulas_en = formulas(Language::English, "formula: "),
            not_checked_en = rule.not_checked_en,
            found_en = finding.message(Language::English),
        )
    }
}

/// The path in the second report, if it is one there.
fn second(over: Over, path: &'static str) -> Option<&'static str> {
    match over {
        Over::Report => None,
        Over::Years => path.strip_prefix("before."),
        Over::Region => path.strip_prefix("part."),
        Over::Peers => path.strip_prefix("peer."),
    }
}

/// What differs from the report of zeros, as a table.
fn table(over: Over, changes: &[(&'static str, &str)]) -> String {
    if changes.is_empty() {
        return "（无改动）\n".to_owned();
    }
    let mut table = String::from("| | |\n|---|---|\n");
    for (path, text) in changes {
        let of_second = second(over, path);
        let whose = match over {
            _ if of_second.is_none() => "",
            Over::Years => "上一年度：",
            Over::Region | Over::Peers | Over::Report => "甲局：",
        };
        let path = of_second.unwrap_or(path);
        let label = path.parse::<Cell>().map_or_else(|_| format!("`{path}`"), |cell| cell.label());
        let label = format!("{whose}{label}");
        let text = if text.is_empty() { "（空白）".to_owned() } else { text.replace('|', "\\|") };
        let _ = writeln!(table, "| {label} | {text} |");
    }
    table
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + characters.as_str())
        + "."
}

// ---- Formulas ------------------------------------------------------------------------------------

/// The formulas of a rule for a layout, each once, with how many places they hold for.
fn formulas_of(rule: &Rule, layout: Layout) -> Vec<(String, String)> {
    let plain = |zh: &str, en: &str| vec![((zh.to_owned(), en.to_owned()), None)];
    let all = match rule.test {
        Test::Follows(_) => {
            rule.steps(layout, layout).iter().map(|step| named(layout, &step.now, "=", &step.before)).collect()
        }
        Test::SameUnit => plain(
            "按所印单位换算后，较大的金额不是较小的 5000 至 20000 倍",
            "in the printed units the larger amount is not 5,000 to 20,000 times the smaller",
        ),
        Test::Parts(Bound::Exact) => {
            plain("全地区数字 = 各机关数字之和（每一格）", "region = sum of parts (each cell)")
        }
        Test::Parts(Bound::AtLeast) => {
            plain("全地区数字 ≥ 已知各机关数字之和（每一格）", "region ≥ sum of known parts (each cell)")
        }
        Test::OneAgency | Test::Both(..) | Test::Peers(_) => vec![formula(layout, &Claim::Words)],
        _ => {
            let assertions = Assertion::all(layout).into_iter().filter(|assertion| assertion.rule == rule);
            assertions.map(|assertion| formula(layout, &assertion.claim)).collect()
        }
    };
    counted(all)
}

fn counted(formulas: Vec<((String, String), Option<bool>)>) -> Vec<(String, String)> {
    let mut found: Vec<((String, String), usize, Option<bool>)> = Vec::new();
    for (formula, by_column) in formulas {
        match found.iter_mut().find(|(known, ..)| *known == formula) {
            Some((_, count, _)) => *count += 1,
            None => found.push((formula, 1, by_column)),
        }
    }
    let counted = |((zh, en), count, by_column): ((String, String), usize, Option<bool>)| match by_column {
        Some(true) => (format!("{zh}（{count} 列）"), format!("{en} ({count} columns)")),
        Some(false) => (format!("{zh}（{count} 行）"), format!("{en} ({count} rows)")),
        None => (zh, en),
    };
    found.into_iter().map(counted).collect()
}

/// The formula in Chinese and English; whether it is one of a column, where it is an equation.
fn formula(layout: Layout, claim: &Claim) -> ((String, String), Option<bool>) {
    let plain = |zh: String, en: String| ((zh, en), None);
    match claim {
        Claim::Equal(equation) => named(layout, equation, "=", &[]),
        Claim::AtLeast(equation) => named(layout, equation, "≥", &[]),
        Claim::Domain { kind, unit, .. } => {
            let (zh, en) = match kind {
                Kind::Count => ("整数，不小于 0", "whole, 0 or more"),
                Kind::Change => ("整数，可以带负号", "whole, may be negative"),
                Kind::Amount => ("不小于 0，小数不超过六位", "0 or more, at most six decimals"),
            };
            let unit = if unit.word().is_empty() { "按所印单位" } else { unit.word() };
            plain(format!("{zh}（{unit}）"), format!("{en} ({unit})"))
        }
        Claim::Present(_) => plain(
            "每一格为数字，或“不适用”的标记".to_owned(),
            "each cell holds a number, or a mark for not applicable".to_owned(),
        ),
        Claim::ZeroFor(cell, kinds) => {
            let zh: Vec<&str> = kinds.iter().map(|kind| kind.label(Language::Chinese)).collect();
            let en: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            let label = cell.label();
            plain(format!("{label} = 0（{}）", zh.join("、")), format!("{label} = 0 ({})", en.join(", ")))
        }
        Claim::YearWithin(years) => {
            let range = |Years { from, to }: &Years| match to {
                Some(to) => (format!("{from}—{to} 年度"), format!("{from} to {to}")),
                None => (format!("{from} 年度起"), format!("from {from}")),
            };
            let (zh, en): (Vec<String>, Vec<String>) = years.iter().map(range).unzip();
            plain(
                format!("{}：{}", layout.label(Language::Chinese), zh.join("、")),
                format!("layout {layout}: {}", en.join(", ")),
            )
        }
        Claim::PublishedBy(due) => {
            let of = |Due { agency_kinds, month, day }: &Due| {
                let zh: Vec<&str> = agency_kinds.iter().map(|kind| kind.label(Language::Chinese)).collect();
                let en: Vec<&str> = agency_kinds.iter().map(|kind| kind.name()).collect();
                (
                    format!("公布日期不晚于次年 {month} 月 {day} 日：{}", zh.join("、")),
                    format!("published by {month:02}-{day:02} of the following year: {}", en.join(", ")),
                )
            };
            let (zh, en): (Vec<String>, Vec<String>) = due.iter().map(of).unzip();
            plain(zh.join("；"), en.join("; "))
        }
        Claim::Words => plain("按文字内容核对".to_owned(), "over the words of the report".to_owned()),
    }
}

/// An equation in the names that tell its cells apart, columns of a row or rows of a column; with the cells of the year
/// before at its end.
fn named(layout: Layout, equation: &Equation, sign: &str, before: &[Cell]) -> ((String, String), Option<bool>) {
    let by_column = is_by_column(layout, equation.cells().chain(before.iter().copied()));
    let formula = |last: &str| {
        let names = |cells: &[Cell], of: &str| -> Vec<String> {
            cells.iter().map(|cell| format!("{of}{}", name(layout, *cell, by_column))).collect()
        };
        let right = [names(&equation.right, ""), names(before, last)].concat();
        format!("{} {sign} {}", names(&equation.left, "").join(" + "), right.join(" + "))
    };
    ((formula("上一年度的"), formula("last year's ")), Some(by_column))
}

/// Whether these cells are of several rows, and so of one column.
fn is_by_column(layout: Layout, cells: impl Iterator<Item = Cell>) -> bool {
    let rows: BTreeSet<&str> = cells.filter_map(|cell| layout.entry(cell)).map(|entry| entry.row().path()).collect();
    rows.len() > 1
}

fn name(layout: Layout, cell: Cell, by_column: bool) -> &'static str {
    layout.entry(cell).map_or("", |entry| if by_column { entry.row().label() } else { entry.column_label() })
}

// ---- Examples ------------------------------------------------------------------------------------

/// The layout of the year of the examples, 2024, or the newest that the rule is for: a new edition leaves them as they are.
fn layout_of(rule: &Rule) -> Layout {
    let of_year = Edition::for_year(2024).map(Edition::layout);
    let layouts = of_year.into_iter().chain(Layout::newest_first());
    let mut layouts = layouts.filter(|layout| rule.applies_to(layout.edition()));
    layouts.next().unwrap_or_else(|| panic!("{} is for no edition", rule.code))
}

/// A report of zeros that no rule finds wrong, with these changes one after the other, but for those of the second report.
fn example(rule: &Rule, changes: &[&'static [(&'static str, &'static str)]]) -> PublishedReport {
    let over = rule.test.over();
    let changes = changes.iter().copied().flatten().filter(|(path, _)| second(over, path).is_none());
    changed(rule, PublishedReport::zeros(layout_of(rule)), changes.copied())
}

/// The report with these changes, and every total that is not among them derived. A change that makes no report is a
/// mistake in the entry of the rule.
fn changed<'p>(
    rule: &Rule,
    mut report: PublishedReport,
    changes: impl IntoIterator<Item = (&'p str, &'p str)>,
) -> PublishedReport {
    let wrong = |path: &str, error: &dyn std::fmt::Display| -> ! { panic!("{}: {path}: {error}", rule.code) };
    let is_total = |entry: &&Entry| entry.is_total() || entry.row().is_total();
    let totals: Vec<Cell> = report.layout().cells().iter().filter(is_total).map(Entry::cell).collect();
    totals.iter().for_each(|total| fill(&mut report, *total, ""));
    let mut facts: Vec<(&str, &str)> = Vec::new();
    for (path, text) in changes {
        match path.parse::<Cell>() {
            Ok(cell) => fill(&mut report, cell, text),
            Err(_) => facts.push((path, text)),
        }
    }
    let worked_out = report.clone().with_totals_from_parts();
    for total in totals {
        let derived = worked_out.get(total).filter(|cell| cell.is_assumed());
        if let Some(number) = derived.and_then(PublishedCell::number) {
            fill(&mut report, total, &number.to_string());
        }
    }
    let mut document = serde_json::to_value(&report).unwrap_or_else(|error| wrong("", &error));
    for (path, json) in facts {
        let node = path.split('.').fold(&mut document, |node, key| &mut node[key]);
        *node = serde_json::from_str(json).unwrap_or_else(|error| wrong(path, &error));
    }
    PublishedReport::from_json(document.to_string().as_bytes()).unwrap_or_else(|error| wrong("", &error))
}

/// Puts what is printed into a cell that the layout of the report has.
pub(crate) fn fill(report: &mut PublishedReport, cell: Cell, printed: &str) {
    report.set(cell, PublishedCell::read(printed)).unwrap_or_else(|error| panic!("{error}"));
}

impl PublishedReport {
    /// A report whose cells are all 0, with all that the rules ask for, of a city department and in time: to try things with.
    pub fn zeros(layout: Layout) -> PublishedReport {
        let (since, until) = layout.edition().years();
        zeros_of(layout, since.max(2024).min(until.unwrap_or(u16::MAX)))
    }
}

fn zeros_of(layout: Layout, year: u16) -> PublishedReport {
    let mut report = PublishedReport::new(layout);
    layout.cells().iter().for_each(|entry| fill(&mut report, entry.cell(), "0"));
    report.facts.year = Some(Year::new(year).expect("a year of a report"));
    report.facts.title = Some(format!("示例市数据局{year}年政府信息公开工作年度报告"));
    report.facts.agency =
        Some(Agency { kind: Some(AgencyKind::CityDepartment), ..Agency::named("示例市数据局") });
    report.facts.published_on = Some(Date::new(year + 1, 1, 20).expect("a day of the year after"));
    let words = |section: Section, text: &str| Narrative {
        title: section.title().to_owned(),
        parts: vec![Part { text: text.to_owned(), ..Part::default() }],
    };
    report.facts.overview =
        Some(words(Section::Overview, "主动公开、依申请公开、政府信息管理、平台建设和监督保障均按要求开展。"));
    report.facts.problems = Some(words(Section::Problems, "公开不够及时，下一步改进。"));
    let Narrative { title, parts } = words(Section::OtherMatters, "本年度未收取信息处理费。");
    let fee = ProcessingFee { status: FeeStatus::None, notices: None, notified: None, collected: None };
    report.facts.other_matters = Some(OtherMatters { title, parts, processing_fee: Some(fee) });
    report
}

#[cfg(test)]
#[path = "../tests/unit/rule_book.rs"]
mod tests;
