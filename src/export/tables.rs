//! Reports as tables, for databases and statistics: their facts and cells, long (`reports` and `cells`) and wide (one line a
//! report), and what the rules come to (`findings`).
//!
//! The column of a cell is its path with `.` written `__`. Beside it is the status, so that no kind of missing is lost:
//! `blank`, `not_applicable`, `unreadable`, `not_found`, and `no_such_cell` where the layout of the report has no such cell.
//! `number` is a number in the unit of the form, `other_unit` one in another unit, such as 元 in a column of 万元.
//! Texts are written as [`CsvText`] says: guarded for a spreadsheet program, exact for a database.
//! `unit`, in the wide table the column `__unit` of an amount, is the unit of money that the page prints with it, `yuan` or
//! `wan_yuan`.
//! `agency_key` tells an agency from all others: its credit code, or division code and name. Where neither code is known it is
//! empty, and a key of your own can stand there.
//! Values are what JSON has: a number that its cell cannot hold, such as 12.5 requests, has a status and no value.
//!
//! ```
//! use ogi_report::{CsvText, Layout, PublishedReport, export::tables::Table};
//! let report = PublishedReport::new(Layout::EDITION_2021);
//! let mut csv = Vec::new();
//! Table::Cells.write(&mut csv, [("a", &report)], CsvText::Guarded)?;
//! let csv = String::from_utf8(csv).unwrap();
//! assert!(csv.starts_with("report,cell,status,value,unit,printed,origin,place\n"));
//! assert!(csv.contains("a,requests.received.total,not_found,,,,,\n"));
//! assert!(csv.contains("a,article20.item9.procurement.projects,no_such_cell,,,,,\n"));
//! # Ok::<(), std::io::Error>(())
//! ```

use std::borrow::Borrow;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::catalogue::Entry;
use crate::finding::{CheckReport, Verdict};
use crate::form::{Cell, Kind, Layout};
use crate::number::AmountUnit;
use crate::published::PublishedReport;
use crate::published::cell::{PublishedCell, fits_unit};
use crate::published::printed::Status;
use crate::rule::Rule;
use crate::rule::table::RULES;
use crate::severity::Severity;
use crate::text::{CsvText, csv_line};
use crate::wire::name_of;

/// A column of the facts: its name, its type (as in Data Package), its Chinese title, and what is there; nothing where
/// that is not known.
pub type FactColumn = (&'static str, &'static str, &'static str, fn(&PublishedReport) -> Option<String>);

/// The facts of a report, but for the name that it is known by, `report`.
pub const FACTS: &[FactColumn] = &[
    ("edition", "string", "表样版本", |report| Some(report.layout().edition().name().to_owned())),
    ("layout", "string", "表样", |report| Some(report.layout().name().to_owned())),
    ("year", "integer", "报告年度", |report| Some(report.facts.year?.to_string())),
    ("title", "string", "标题", |report| report.facts.title.clone()),
    ("agency_name", "string", "机关名称", |report| Some(report.facts.agency.as_ref()?.name.clone())),
    ("agency_kind", "string", "机关类别", |report| Some(report.facts.agency.as_ref()?.kind?.name().to_owned())),
    ("agency_kind_evidence", "string", "机关类别的依据", |report| {
        Some(report.facts.evidence.agency_kind.as_ref()?.kind.name().to_owned())
    }),
    ("division_code", "string", "行政区划代码", |report| {
        Some(report.facts.agency.as_ref()?.division_code.as_ref()?.to_string())
    }),
    ("credit_code", "string", "统一社会信用代码", |report| {
        Some(report.facts.agency.as_ref()?.credit_code.as_ref()?.to_string())
    }),
    ("agency_key", "string", "机关标识", |report| report.facts.agency.as_ref()?.key()),
    ("scope", "string", "统计范围", |report| Some(report.facts.scope.name().to_owned())),
    ("published_on", "date", "公布日期", |report| Some(report.facts.published_on?.to_string())),
    ("signed_on", "date", "落款日期", |report| Some(report.facts.signed_on?.to_string())),
    ("signed_by", "string", "落款机关", |report| report.facts.signed_by.clone()),
];

/// A column of a table of the exports: its name, its type, its Chinese title.
pub(super) type Column = (&'static str, &'static str, &'static str);

/// The first column of each table: what a report is known by.
pub(super) const REPORT: Column = ("report", "string", "报告标识");

/// The columns of the table of facts.
fn columns_of_facts() -> impl Iterator<Item = Column> {
    [REPORT].into_iter().chain(FACTS.iter().map(|(name, kind, title, _)| (*name, *kind, *title)))
}

/// What the columns of the long table of cells are: column, type, Chinese title.
const CELLS: &[Column] = &[
    REPORT,
    ("cell", "string", "数据格"),
    ("status", "string", "状态"),
    ("value", "number", "数值"),
    ("unit", "string", "金额单位"),
    ("printed", "string", "原文"),
    ("origin", "string", "数字来历"),
    ("place", "string", "位置"),
];

/// The same of the table of findings.
const FINDINGS: &[Column] = &[
    REPORT,
    ("rule", "string", "规则"),
    ("version", "integer", "规则版本"),
    ("rule_severity", "string", "规则的严重程度"),
    ("verdict", "string", "结论"),
    ("passed", "integer", "通过项数"),
    ("failed", "integer", "不符项数"),
    ("not_evaluated", "integer", "未核对项数"),
];

/// The status of a number in another unit than the form's.
const OTHER_UNIT: &str = "other_unit";
/// The status of a cell that the layout of the report does not have.
const NO_SUCH_CELL: &str = "no_such_cell";

/// The column of a cell: `requests__received__total`.
pub fn column_of(cell: Cell) -> String {
    cell.path().replace('.', "__")
}

/// Every cell of every layout, each once: those of the newest form first, each layout in its own order.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    let is_newest = |entry: &&Entry| std::ptr::eq(*entry, entry.cell().entry());
    Layout::newest_first().flat_map(move |layout| layout.cells().iter().filter(is_newest))
}

/// A table of reports. Its lines are made report by report, so that a table of any number of them takes the memory of one.
///
/// ```
/// use ogi_report::export::tables::Table;
/// use ogi_report::{CsvText, Layout, PublishedReport};
/// let report = PublishedReport::zeros(Layout::EDITION_2021);
/// assert_eq!(Table::Findings.heading(CsvText::Exact), "report,rule,version,rule_severity,verdict,passed,failed,not_evaluated\n");
/// let lines = Table::Findings.lines("a", &report, CsvText::Exact);
/// assert!(lines.contains("a,requests-balance,1,error,pass,7,0,0\n"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// `reports`: one line a report, its facts.
    Reports,
    /// `cells`: for each report one line for each cell of any layout.
    Cells,
    /// `wide`: one line a report, its facts, for each cell its value and its status, and for an amount its unit.
    Wide,
    /// `findings`: for each report one line for each rule over one report, what it comes to. How often a rule fails is one
    /// `GROUP BY`.
    Findings,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 4] = [Table::Reports, Table::Cells, Table::Wide, Table::Findings];

    /// Its name, that of its file.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Reports => "reports",
            Table::Cells => "cells",
            Table::Wide => "wide",
            Table::Findings => "findings",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Table::Reports => "报告",
            Table::Cells => "数据格",
            Table::Wide => "宽表：每份报告一行",
            Table::Findings => "核对结果：每份报告每条规则一行",
        }
    }

    /// The first line of its CSV, the names of the columns.
    pub fn heading(self, texts: CsvText) -> String {
        match self {
            Table::Reports => csv_line(columns_of_facts().map(|(name, ..)| name), texts),
            Table::Cells => csv_line(CELLS.iter().map(|(name, ..)| *name), texts),
            Table::Wide => {
                let of_cells = entries().flat_map(|entry| {
                    let column = column_of(entry.cell());
                    let unit = is_amount(entry).then(|| format!("{column}__unit"));
                    [column.clone(), column + "__status"].into_iter().chain(unit)
                });
                csv_line(columns_of_facts().map(|(name, ..)| name.to_owned()).chain(of_cells), texts)
            }
            Table::Findings => csv_line(FINDINGS.iter().map(|(name, ..)| *name), texts),
        }
    }

    /// The lines of a report, which is known by this name.
    pub fn lines(self, name: &str, report: &PublishedReport, texts: CsvText) -> String {
        match self {
            Table::Reports => csv_line(facts(name, report), texts),
            Table::Cells => entries().map(|entry| csv_line(cell(name, report, entry), texts)).collect(),
            Table::Wide => {
                let mut fields = facts(name, report);
                for entry in entries() {
                    let (status, value) = status_and_value(report, entry);
                    fields.extend([value, status.to_owned()]);
                    fields.extend(is_amount(entry).then(|| unit(report.get(entry.cell())).to_owned()));
                }
                csv_line(fields, texts)
            }
            Table::Findings => lines_of_check(name, &report.check(), texts),
        }
    }

    /// Writes the table of these reports as CSV, one after another.
    ///
    /// # Errors
    /// Any error of the writer.
    pub fn write<N: AsRef<str>, R: Borrow<PublishedReport>>(
        self,
        to: &mut impl Write,
        reports: impl IntoIterator<Item = (N, R)>,
        texts: CsvText,
    ) -> io::Result<()> {
        to.write_all(self.heading(texts).as_bytes())?;
        reports
            .into_iter()
            .try_for_each(|(name, report)| to.write_all(self.lines(name.as_ref(), report.borrow(), texts).as_bytes()))
    }

    /// Its columns, as a Data Package has them.
    fn fields(self) -> Vec<Value> {
        let field = |(name, kind, title): Column| {
            let mut field = json!({ "name": name, "type": kind, "title": title });
            match name {
                "status" => field["constraints"] = statuses(),
                "verdict" => field["constraints"] = json!({ "enum": Verdict::ALL.map(Verdict::name) }),
                "rule_severity" => field["constraints"] = json!({ "enum": Severity::ALL.map(Severity::name) }),
                _ => {}
            }
            field
        };
        match self {
            Table::Reports => columns_of_facts().map(field).collect(),
            Table::Cells => CELLS.iter().copied().map(field).collect(),
            Table::Wide => {
                let mut wide: Vec<Value> = columns_of_facts().map(field).collect();
                for entry in entries() {
                    let kind = if is_amount(entry) { "number" } else { "integer" };
                    let column = column_of(entry.cell());
                    let title = entry.trail().map(|(_, printed)| printed).collect::<Vec<_>>().join(" · ");
                    wide.push(json!({ "name": column, "type": kind, "title": title, "unit": entry.unit().word() }));
                    wide.push(json!({
                        "name": format!("{column}__status"), "type": "string", "title": format!("{title}（状态）"),
                        "constraints": statuses()
                    }));
                    if is_amount(entry) {
                        wide.push(json!({
                            "name": column + "__unit", "type": "string", "title": format!("{title}（金额单位）")
                        }));
                    }
                }
                wide
            }
            Table::Findings => FINDINGS.iter().copied().map(field).collect(),
        }
    }
}

/// The lines of a report in the table of findings, where its check is at hand.
pub fn lines_of_check(name: &str, checked: &CheckReport, texts: CsvText) -> String {
    RULES.iter().map(|rule| csv_line(finding(name, checked, rule), texts)).collect()
}

/// What a status can be.
fn statuses() -> Value {
    let names = Status::ALL.iter().map(|status| status.name()).chain([OTHER_UNIT, NO_SUCH_CELL]);
    json!({ "enum": names.collect::<Vec<&str>>() })
}

/// What the table of cells has of a cell.
fn cell(name: &str, report: &PublishedReport, entry: &Entry) -> [String; 8] {
    let (status, value) = status_and_value(report, entry);
    let found = report.get(entry.cell());
    [
        name.to_owned(),
        entry.path().to_owned(),
        status.to_owned(),
        value,
        unit(found).to_owned(),
        found.map_or("", PublishedCell::printed).to_owned(),
        found.and_then(PublishedCell::origin).map_or(String::new(), |origin| name_of(&origin)),
        found.and_then(PublishedCell::place).map_or(String::new(), ToString::to_string),
    ]
}

/// What the table of findings has of a rule.
fn finding(name: &str, checked: &CheckReport, rule: &Rule) -> [String; 8] {
    let counts = [
        checked.passes_of(rule.code),
        checked.findings_of(rule.code).count(),
        checked.not_evaluated_of(rule.code).count(),
    ];
    let [passed, failed, open] = counts.map(|count| count.to_string());
    [
        name.to_owned(),
        rule.code.to_owned(),
        rule.version.to_string(),
        rule.severity.name().to_owned(),
        checked.verdict_of(rule.code).name().to_owned(),
        passed,
        failed,
        open,
    ]
}

/// The metadata of the tables as a Data Package: types, Chinese titles, units, and the kinds of missing.
pub fn data_package() -> Value {
    let table = |table: Table| {
        let name = table.name();
        json!({
            "name": name, "path": format!("{name}.csv"), "title": table.title(), "format": "csv", "encoding": "utf-8",
            "schema": { "fields": table.fields(), "missingValues": [""] },
        })
    };
    json!({
        "name": "ogi-report",
        "title": "政府信息公开工作年度报告数据表",
        "version": crate::json::schema::VERSION,
        "description": "A value is absent in three ways, told apart by the status beside it: nothing is printed (blank), a \
            mark says not applicable (not_applicable), or nobody knows (unreadable, not_found). A cell that the layout of \
            the report does not have is no_such_cell. 数值缺失分三种，由状态列区分：空白（blank）、不适用（not_applicable）、\
            未知（unreadable 无法辨认，not_found 未找到）；该报告的表样没有此格的，为 no_such_cell。",
        "resources": Table::ALL.map(table),
    })
}

fn facts(name: &str, report: &PublishedReport) -> Vec<String> {
    let known = FACTS.iter().map(|(.., value)| value(report).unwrap_or(String::new()));
    [name.to_owned()].into_iter().chain(known).collect()
}

fn is_amount(entry: &Entry) -> bool {
    entry.kind() == Kind::Amount
}

/// What the tables have of a cell.
fn status_and_value(report: &PublishedReport, entry: &Entry) -> (&'static str, String) {
    let Some(found) = report.get(entry.cell()) else { return (NO_SUCH_CELL, String::new()) };
    let other_unit = found.status() == Status::Number && !fits_unit(found, entry.unit());
    let status = if other_unit { OTHER_UNIT } else { found.status().name() };
    (status, found.written_value(entry.kind()).unwrap_or(String::new()))
}

/// The unit of money that is printed with a number: `yuan`, `wan_yuan`, or nothing.
fn unit(found: Option<&PublishedCell>) -> &'static str {
    match found.map_or(AmountUnit::Unstated, PublishedCell::amount_unit) {
        AmountUnit::Yuan => "yuan",
        AmountUnit::WanYuan => "wan_yuan",
        AmountUnit::Unstated => "",
    }
}
