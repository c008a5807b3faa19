//! Laying out a report as text: the cells as CSV, the three tables as in the form, a summary for people.
//!
//! The labels are those of the catalogue. Columns are aligned for type in which a Chinese character is two columns wide.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Entry;
use crate::facts::{Scope, Source};
use crate::finding::{CheckReport, Finding, FindingCell, Reason};
use crate::form::basis::articles_zh;
use crate::form::{Layout, Unit};
use crate::language::Language;
use crate::narrative::{FeeStatus, OtherMatters, ProcessingFee};
use crate::place::Place;
use crate::problem::Problem;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::published::printed::Status;
use crate::severity::Severity;
use crate::text::{CsvText, csv_line, cut, padded, push_line, showable, width};

impl PublishedReport {
    /// Every cell of the layout as CSV (RFC 4180): `path,printed,value,status,source`, in the form's order.
    ///
    /// - `printed` is the text of the cell as printed.
    /// - `value` is its number without separators, unit, remark and plus sign; empty if there is none.
    /// - `status` is [`Status::name`].
    /// - `source` is the [`Place`] of the cell; empty if it is not known.
    ///
    /// A text that would act in a spreadsheet program or in a terminal is [guarded](CsvText::Guarded).
    ///
    /// [`read::text`](crate::read::text) reads it again, from what is printed: a cell whose number is an
    /// [assumed](crate::Origin), or whose status a JSON document states without a text, reads as blank.
    pub fn to_cells_csv(&self) -> String {
        self.to_cells_csv_as(CsvText::Guarded)
    }

    /// The same with its texts written so.
    ///
    /// ```
    /// use ogi_report::{CsvText, Layout, PublishedCell, PublishedReport, read};
    /// let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    /// report.set("requests.received.other".parse()?, PublishedCell::read("=1+1"))?;
    /// assert!(report.to_cells_csv().contains("\nrequests.received.other,'=1+1,"));
    /// let csv = report.to_cells_csv_as(CsvText::Exact);
    /// assert!(csv.contains("\nrequests.received.other,=1+1,"));
    /// assert_eq!(read::text(&report.to_cells_csv())?, read::text(&csv)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_cells_csv_as(&self, texts: CsvText) -> String {
        let mut csv = csv_line(["path", "printed", "value", "status", "source"], texts);
        for (entry, cell) in self.cells() {
            let value = cell.number().map_or(String::new(), |number| number.to_string());
            let source = cell.place().map_or(String::new(), |place| place.to_string());
            let fields = [entry.path(), cell.printed(), &value, cell.status().name(), &source];
            csv += &csv_line(fields, texts);
        }
        csv
    }

    /// The three tables laid out in plain text as in the printed form.
    ///
    /// A blank cell shows as nothing, one that was not found as `?`, a number that is not printed but
    /// [assumed](crate::Origin) with a `*`, one that was [inferred](crate::Origin) with a `†`, every other cell as
    /// printed. Long labels and texts are cut with `…`.
    pub fn tables(&self) -> String {
        let cells: Vec<(&Entry, &PublishedCell)> = self.cells().collect();
        let tables: Vec<String> = cells
            .chunk_by(|(one, _), (next, _)| one.trail().next() == next.trail().next())
            .map(|table| {
                let rows = table.chunk_by(|(one, _), (next, _)| one.row().path() == next.row().path()).map(Row::of);
                table_text(table[0].0, &rows.collect::<Vec<Row>>())
            })
            .collect();
        let mut text = tables.join("\n");
        if self.sheet().iter().any(|cell| cell.status() == Status::NotFound) {
            text += "\n? 表样中有此格，但未找到\n";
        }
        if self.sheet().iter().any(|cell| cell.is_assumed()) {
            text += "\n* 不是印出的数：空白按 0 计，或总计由各项相加得出\n";
        }
        if self.sheet().iter().any(|cell| cell.is_inferred()) {
            text += "\n† 页面上连写、断行或失去行名的数，按勾稽关系读出\n";
        }
        text
    }

    /// For people to read, in Chinese: who and when, the three [tables](PublishedReport::tables), the findings of
    /// `checked`, and what was left over.
    pub fn summary(&self, checked: &CheckReport) -> String {
        self.laid_out(checked, None)
    }

    /// The same [summary](PublishedReport::summary), each finding with the line of the text it was read from, and a caret
    /// under the figure. `source` is the text that was read; for a web page or a Word document there is none.
    pub fn summary_with_source(&self, checked: &CheckReport, source: &str) -> String {
        self.laid_out(checked, Some(source))
    }

    fn laid_out(&self, checked: &CheckReport, source: Option<&str>) -> String {
        let mut text = String::new();
        for (name, fact) in self.facts() {
            push_line(&mut text, &format!("{}{fact}", padded(name, FACT_WIDTH)));
        }
        text += &format!("\n{}\n", self.tables());
        let (problems, left) = (self.problems(checked), self.left_over(checked));
        if problems.is_empty() {
            // What nobody looked at comes before the good news.
            text += &left;
            text += if left.is_empty() { "未发现问题\n" } else { "\n其余未发现问题\n" };
        } else {
            text += &problems_text(&problems, source);
            text += &left;
        }
        text
    }

    /// What was not read and what was not evaluated.
    fn left_over(&self, checked: &CheckReport) -> String {
        let mut text = String::new();
        let open: Vec<(&Entry, &PublishedCell)> =
            self.cells().filter(|(_, cell)| cell.candidates().len() > 0).collect();
        if !open.is_empty() {
            text += &format!("\n有 {} 格的数字连写，切分未定：\n", open.len());
            for (entry, cell) in open {
                let candidates: Vec<&str> = cell.candidates().collect();
                push_line(&mut text, &format!("   · {} {}", entry.path(), cut(&candidates.join(" / "), LABEL_WIDTH)));
            }
        }
        if !self.page.unmatched.is_empty() {
            text += &format!("\n表中另有 {} 个数字未对应到任何一格：\n", self.page.unmatched.len());
            for unmatched in self.page.unmatched.iter().take(MANY) {
                let place = unmatched.place.as_ref().map_or(String::new(), |place| format!("（{place}）"));
                push_line(&mut text, &format!("   “{}”{place}", cut(&unmatched.printed, LABEL_WIDTH)));
            }
            if self.page.unmatched.len() > MANY {
                text += "   ……\n";
            }
        }
        if !checked.not_evaluated.is_empty() {
            text += &format!("\n{}\n", not_evaluated_text(checked));
        }
        text
    }

    /// What is known of the whole report, each with its name.
    fn facts(&self) -> Vec<(&'static str, String)> {
        let agency = match &self.facts.agency {
            None => "不明".to_owned(),
            Some(agency) => {
                let inferred = self.facts.evidence.infers_agency_kind();
                let kind = agency.kind.map_or(String::new(), |kind| {
                    format!("（{}{}）", kind.label(Language::Chinese), if inferred { "，推断" } else { "" })
                });
                format!("{}{kind}", agency.name)
            }
        };
        let mut facts = vec![
            ("机关", agency),
            ("标题", self.facts.title.clone().unwrap_or("不明".to_owned())),
            ("年度", self.facts.year.map_or("不明".to_owned(), |year| year.to_string())),
            ("表样", layout_zh(self.layout()).to_owned()),
        ];
        if self.facts.scope != Scope::Unknown {
            facts.push(("范围", self.facts.scope.label(Language::Chinese).to_owned()));
        }
        let day = |day: Option<crate::Date>, source: &Option<Source>| {
            let source =
                source.as_ref().map_or(String::new(), |source| format!("（{}）", source.kind.label(Language::Chinese)));
            day.map_or("不明".to_owned(), |day| format!("{day}{source}"))
        };
        facts.push(("公布日期", day(self.facts.published_on, &self.facts.evidence.published_on)));
        facts.push(("落款日期", day(self.facts.signed_on, &self.facts.evidence.signed_on)));
        if let Some(name) = &self.facts.signed_by {
            facts.push(("落款机关", name.clone()));
        }
        facts.push(("表中各格", self.statuses_zh()));
        facts.push(("信息处理费", fee_zh(self.facts.other_matters.as_ref())));
        facts
    }

    /// `共 200 格：数字 199、空白 1`.
    fn statuses_zh(&self) -> String {
        let all = [Status::Number, Status::Blank, Status::NotApplicable, Status::Unreadable, Status::NotFound];
        let counts: Vec<String> = all
            .iter()
            .map(|status| (status, self.sheet().iter().filter(|cell| cell.status() == *status).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(status, count)| format!("{} {count}", status.label(Language::Chinese)))
            .collect();
        format!("共 {} 格：{}", self.sheet().len(), counts.join("、"))
    }
}

/// How wide the names of the facts are.
const FACT_WIDTH: usize = 12;
/// How wide the label of a row may be, its indentation included.
const LABEL_WIDTH: usize = 40;
/// How wide a cell may be.
const CELL_WIDTH: usize = 24;
/// How many things are still listed one by one.
const MANY: usize = 8;

// ---- Tables --------------------------------------------------------------------------------------

/// A row of a table, ready to be laid out.
struct Row {
    /// What is above it, from the outermost: 三、本年度办理结果, （三）不予公开.
    groups: Vec<&'static str>,
    label: &'static str,
    columns: Vec<&'static str>,
    cells: Vec<String>,
}

impl Row {
    /// The row of these cells, which differ in their columns only.
    fn of(cells: &[(&Entry, &PublishedCell)]) -> Row {
        let first = cells[0].0;
        let steps: Vec<&'static str> = first.trail().map(|(_, printed)| printed).collect();
        // Between the table and the row. A group that is one row of the same name is that row.
        let groups = steps.get(1..steps.len().saturating_sub(2)).unwrap_or(&[]);
        let groups = groups.strip_suffix(&[first.row().label()]).unwrap_or(groups);
        Row {
            groups: groups.to_vec(),
            label: first.row().label(),
            columns: cells.iter().map(|(entry, _)| entry.column_label()).collect(),
            cells: cells.iter().map(|(entry, cell)| shown(entry, cell)).collect(),
        }
    }

    /// The label, indented under its groups.
    fn indented(&self, groups: usize) -> String {
        indented(self.label, groups)
    }
}

/// What a table shows of a cell.
fn shown(entry: &Entry, cell: &PublishedCell) -> String {
    match (cell.status(), cell.number()) {
        (_, Some(number)) if cell.is_assumed() => format!("{number}*"),
        (Status::NotFound, _) => "?".to_owned(),
        // A JSON document may state the status without the text.
        (Status::NotApplicable | Status::Unreadable, _) if cell.printed().is_empty() => {
            cell.status().label(Language::Chinese).to_owned()
        }
        _ => {
            let unit = cell.amount_unit().word();
            let beside = entry.unit() == Unit::AsPrinted && !cell.printed().contains(unit);
            let shown = cut(&format!("{}{}", cell.printed(), if beside { unit } else { "" }), CELL_WIDTH);
            if cell.is_inferred() { shown + "†" } else { shown }
        }
    }
}

/// A table under its title. Where all rows have the same columns these head the table; else each item has its own.
fn table_text(first: &Entry, rows: &[Row]) -> String {
    let title = first.trail().next().map_or("", |(_, printed)| printed);
    let mut text = format!("{title}\n");
    let same_columns = rows.iter().all(|row| row.columns == rows[0].columns);
    let outer = usize::from(!same_columns);
    let label_width =
        rows.iter().map(|row| width(&row.indented(row.groups.len().saturating_sub(outer)))).max().unwrap_or(0);
    if same_columns {
        return text + &block_text(rows, outer, "", label_width);
    }
    let mut above = None;
    let alike = |one: &Row, next: &Row| one.groups.first() == next.groups.first() && one.columns == next.columns;
    for item in rows.chunk_by(alike) {
        let group = item[0].groups.first();
        if above != group
            && let Some(group) = group
        {
            text += &format!("{group}\n");
        }
        above = group;
        text += &block_text(item, outer, "信息内容", label_width);
    }
    text
}

/// Rows under their column headings, each group of rows under its own; the outermost `outer` groups are told already.
fn block_text(rows: &[Row], outer: usize, corner: &str, label_width: usize) -> String {
    let headings = &rows[0].columns;
    let widths: Vec<usize> = headings
        .iter()
        .enumerate()
        .map(|(column, heading)| {
            rows.iter().map(|row| width(&row.cells[column])).fold(width(heading).max(4), usize::max)
        })
        .collect();
    let line = |label: &str, cells: &mut dyn Iterator<Item = &str>| {
        let mut line = padded(label, label_width.max(width(corner)));
        for (cell, column_width) in cells.zip(&widths) {
            line += &format!("  {}{cell}", " ".repeat(column_width.saturating_sub(width(cell))));
        }
        format!("{}\n", line.trim_end())
    };
    let mut text = line(corner, &mut headings.iter().copied());
    let mut above: &[&str] = &[];
    for row in rows {
        let groups = row.groups.get(outer..).unwrap_or(&[]);
        let known = groups.iter().zip(above).take_while(|(group, known)| group == known).count();
        for (depth, group) in groups.iter().enumerate().skip(known) {
            text += &format!("{}\n", indented(group, depth));
        }
        above = groups;
        text += &line(&row.indented(groups.len()), &mut row.cells.iter().map(String::as_str));
    }
    text
}

/// A label, two columns further in for each group it is in, cut to its bounded width.
fn indented(label: &str, depth: usize) -> String {
    let indentation = "  ".repeat(depth);
    format!("{indentation}{}", cut(label, LABEL_WIDTH.saturating_sub(indentation.len())))
}

// ---- Facts and findings --------------------------------------------------------------------------

fn layout_zh(layout: Layout) -> String {
    format!("{}（{}）", layout.label(Language::Chinese), layout.edition().notice())
}

/// What section six says on processing fees.
fn fee_zh(other_matters: Option<&OtherMatters>) -> String {
    let Some(other_matters) = other_matters else { return "没有第六部分".to_owned() };
    let Some(fee) = &other_matters.processing_fee else { return "第六部分未说明".to_owned() };
    let ProcessingFee { status, notices, notified, collected } = fee;
    let mut said = Vec::new();
    if *status == FeeStatus::None {
        said.push("未收取".to_owned());
    }
    said.extend(notices.map(|notices| format!("收费通知 {notices} 件")));
    said.extend(notified.map(|notified| format!("通知收取 {notified} 元")));
    said.extend(collected.map(|collected| format!("实收 {collected} 元")));
    if said.is_empty() { "有说明，未读出件数和金额".to_owned() } else { said.join("，") }
}

/// How many problems of each severity, then one block a problem.
fn problems_text(problems: &[Problem<'_>], source: Option<&str>) -> String {
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Notice]
        .iter()
        .map(|severity| (severity, problems.iter().filter(|problem| problem.severity() == *severity).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{} {count}", severity.label(Language::Chinese)))
        .collect();
    let mut text = format!("发现 {} 个问题：{}\n", problems.len(), counts.join("、"));
    let findings = || problems.iter().flat_map(|problem| problem.findings.iter().copied());
    let lines = source.map_or(BTreeMap::new(), |source| lines_named(source, findings()));
    for (index, problem) in problems.iter().enumerate() {
        text.push('\n');
        let severity = problem.severity().label(Language::Chinese);
        let rules: BTreeSet<&str> = problem.findings.iter().map(|finding| &*finding.rule).collect();
        let rules = rules.into_iter().collect::<Vec<_>>().join("、");
        push_line(&mut text, &format!("{}. 【{severity}】{rules}", index + 1));
        push_line(&mut text, &format!("   {}", problem.message(Language::Chinese)));
        if problem.findings.len() > 1 {
            push_line(&mut text, &format!("   涉及以下 {} 处：", problem.findings.len()));
        }
        for finding in problem.findings.iter().take(MANY) {
            if problem.findings.len() > 1 || !problem.likely.is_empty() {
                push_line(&mut text, &format!("   - {}", finding.message(Language::Chinese)));
            }
            if let Some(place) = &finding.place {
                push_line(&mut text, &format!("   位置：{place}"));
                let excerpt = excerpt_of(finding, place, &lines);
                let lines = excerpt.iter().flat_map(|excerpt| excerpt.lines());
                lines.for_each(|line| push_line(&mut text, &format!("   {line}")));
            }
            quoted_cells(&finding.cells, &mut text);
            let basis = articles_zh(finding.basis.iter().map(|article| &**article));
            if !basis.is_empty() {
                push_line(&mut text, &format!("   依据：{basis}"));
            }
        }
        if problem.findings.len() > MANY {
            text += "   ……\n";
        }
    }
    text
}

/// The lines of a text that findings name, by number.
fn lines_named<'s, 'f>(source: &'s str, findings: impl Iterator<Item = &'f Finding>) -> BTreeMap<u32, Line<'s>> {
    let number = |finding: &Finding| match finding.place {
        Some(Place::Text { line, .. }) => Some(line),
        _ => None,
    };
    let named: BTreeSet<u32> = findings.filter_map(number).collect();
    let lines = (1..).zip(source.lines()).filter(|(number, _)| named.contains(number));
    lines.map(|(number, text)| (number, Line::new(text))).collect()
}

/// The excerpt of the line that a finding names, around the cell it quotes or what it found.
fn excerpt_of(finding: &Finding, place: &Place, lines: &BTreeMap<u32, Line>) -> Option<String> {
    let Place::Text { line: number, column } = place else { return None };
    let line = lines.get(number)?;
    match finding.cells.iter().find(|quoted| quoted.place.as_ref() == Some(place)) {
        Some(quoted) => line.excerpt(*number, *column, &quoted.printed),
        None => {
            let found = line.excerpt(*number, *column, finding.found.as_deref().unwrap_or_default());
            found.or_else(|| line.excerpt(*number, *column, ""))
        }
    }
}

impl Place {
    /// The line of `source` that this place names, with a caret under each column of `printed`; long lines are cut around
    /// it. `None` for a place in a table or a worksheet, and where `source` does not print that there: it is another text
    /// than the one that was read.
    ///
    /// ```
    /// use ogi_report::Place;
    /// let place = Place::Text { line: 2, column: 4 };
    /// assert_eq!(place.excerpt("首行\n规章 12\n", "12").unwrap(), "2 | 规章 12\n  |      ^^");
    /// assert_eq!(place.excerpt("首行\n规章 34\n", "12"), None);
    /// assert_eq!(place.excerpt("首行\n规章  \n", "12"), None);
    /// ```
    pub fn excerpt(&self, source: &str, printed: &str) -> Option<String> {
        let Place::Text { line, column } = self else { return None };
        let text = source.lines().nth((*line as usize).checked_sub(1)?)?;
        Line::new(text).excerpt(*line, *column, printed)
    }
}

/// A line of a text in which columns are found without walking through it each time.
struct Line<'s> {
    text: &'s str,
    /// Where each [`STEP`]th character begins, after the first.
    steps: Vec<usize>,
}

/// How many characters of a line are passed at once.
const STEP: usize = 256;

/// How much of a line is shown on each side.
const AROUND: usize = 24;

impl<'s> Line<'s> {
    fn new(text: &'s str) -> Line<'s> {
        Line { text, steps: text.char_indices().step_by(STEP).skip(1).map(|(at, _)| at).collect() }
    }

    /// What begins so many characters behind the first.
    fn behind(&self, characters: usize) -> Option<&'s str> {
        let steps = (characters / STEP).min(self.steps.len());
        let rest = &self.text[steps.checked_sub(1).map_or(0, |last| self.steps[last])..];
        let (at, _) = rest.char_indices().nth(characters - steps * STEP)?;
        Some(&rest[at..])
    }

    fn excerpt(&self, number: u32, column: u32, printed: &str) -> Option<String> {
        let column = (column as usize).checked_sub(1)?;
        let rest = self.behind(column)?;
        let length = printed.chars().count();
        // Of a figure that was broken over lines the first piece is there.
        let near: String = rest.chars().take(length + AROUND).collect();
        let mut pieces = near.split_whitespace();
        if !rest.starts_with(printed) && !pieces.next().is_some_and(|first| printed.starts_with(first)) {
            return None;
        }
        let start = column.saturating_sub(AROUND);
        let mut characters = self.behind(start)?.chars();
        let mut next = |count: usize| showable(&characters.by_ref().take(count).collect::<String>()).into_owned();
        let (before, mark, after) = (next(column - start), next(length.clamp(1, 2 * AROUND)), next(AROUND));
        let [left, right] = [start > 0, characters.next().is_some()].map(|cut| if cut { "…" } else { "" });
        let margin = " ".repeat(number.to_string().len());
        let blank = " ".repeat(width(left) + width(&before));
        Some(format!(
            "{number} | {left}{before}{mark}{after}{right}\n{margin} | {blank}{}",
            "^".repeat(width(&mark).max(1))
        ))
    }
}

/// The cells of a finding, one a line if they are few, else the first and how many.
fn quoted_cells(cells: &[FindingCell], text: &mut String) {
    let lines = if cells.len() > MANY { &cells[..1] } else { cells };
    for quoted in lines {
        let printed = match (quoted.printed.is_empty(), quoted.number) {
            (false, _) => format!("“{}”", cut(&quoted.printed, LABEL_WIDTH)),
            (true, Some(number)) => format!("{number}*"),
            (true, None) => format!("（{}）", quoted.status.label(Language::Chinese)),
        };
        let place = quoted.place.as_ref().map_or(String::new(), |place| format!("（{place}）"));
        push_line(text, &format!("   · {} {printed}{place}", quoted.cell));
    }
    if lines.len() < cells.len() {
        push_line(text, &format!("   · 等 {} 格", cells.len()));
    }
}

/// How many tests could not be made, by reason.
fn not_evaluated_text(checked: &CheckReport) -> String {
    let mut reasons: Vec<(Reason, usize)> = Vec::new();
    for not_evaluated in &checked.not_evaluated {
        match reasons.iter_mut().find(|(reason, _)| *reason == not_evaluated.reason) {
            Some((_, count)) => *count += 1,
            None => reasons.push((not_evaluated.reason, 1)),
        }
    }
    let reasons: Vec<String> =
        reasons.iter().map(|(reason, count)| format!("{} {count}", reason.message(Language::Chinese))).collect();
    format!("另有 {} 项未核对：{}", checked.not_evaluated.len(), reasons.join("、"))
}

#[cfg(test)]
#[path = "../tests/unit/summary.rs"]
mod tests;
