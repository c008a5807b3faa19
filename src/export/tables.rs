//! Reports as tables of cells, for databases and statistics: long (`reports` and `cells`) and wide (one line a report).
//!
//! The column of a cell is its path with `.` written `__`. Beside it is the status, so that no kind of missing is lost:
//! `blank`, `not_applicable`, `unreadable`, `not_found`, and `no_such_cell` where the layout of the report has no such cell.
//! `number` is a number in the unit of the form, `other_unit` one in another unit, such as 元 in a column of 万元.
//! `unit`, in the wide table the column `__unit` of an amount, is the unit of money that the page prints with it, `yuan` or
//! `wan_yuan`.
//! Values are what JSON has: a number that its cell cannot hold, such as 12.5 requests, has a status and no value.
//!
//! ```
//! use ogi_report::{Layout, PublishedReport, export::tables};
//! let report = PublishedReport::new(Layout::EDITION_2021);
//! let csv = tables::cells_csv([("a", &report)]);
//! assert!(csv.starts_with("report,cell,status,value,unit,printed,inferred,assumed,place\n"));
//! assert!(csv.contains("a,requests.received.total,not_found,,,,,,\n"));
//! assert!(csv.contains("a,article20.item9.procurement.projects,no_such_cell,,,,,,\n"));
//! ```

use serde_json::{Value, json};

use crate::catalogue::Entry;
use crate::form::{Cell, Kind, Layout};
use crate::number::AmountUnit;
use crate::published::PublishedReport;
use crate::published::cell::{PublishedCell, fits_unit};
use crate::published::printed::Status;
use crate::text::csv_line;

/// The facts of a report: column, type (as in Data Package), Chinese title.
pub const FACTS: &[(&str, &str, &str)] = &[
    ("report", "string", "报告标识"),
    ("edition", "string", "表样版本"),
    ("layout", "string", "表样"),
    ("year", "integer", "报告年度"),
    ("title", "string", "标题"),
    ("agency_name", "string", "机关名称"),
    ("agency_kind", "string", "机关类别"),
    ("agency_kind_evidence", "string", "机关类别的依据"),
    ("division_code", "string", "行政区划代码"),
    ("credit_code", "string", "统一社会信用代码"),
    ("scope", "string", "统计范围"),
    ("published_on", "date", "公布日期"),
    ("signed_on", "date", "落款日期"),
];

/// What the columns of the long table of cells are: column, type, Chinese title.
const CELLS: &[(&str, &str, &str)] = &[
    ("report", "string", "报告标识"),
    ("cell", "string", "数据格"),
    ("status", "string", "状态"),
    ("value", "number", "数值"),
    ("unit", "string", "金额单位"),
    ("printed", "string", "原文"),
    ("inferred", "string", "读取方式"),
    ("assumed", "string", "推定方式"),
    ("place", "string", "位置"),
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

/// The long table of facts: one line a report, each with the name it is known by.
pub fn reports_csv<'r>(reports: impl IntoIterator<Item = (&'r str, &'r PublishedReport)>) -> String {
    let mut csv = csv_line(FACTS.iter().map(|(name, ..)| *name));
    for (name, report) in reports {
        csv += &csv_line(facts(name, report));
    }
    csv
}

/// The long table of cells: for each report one line for each cell of any layout.
pub fn cells_csv<'r>(reports: impl IntoIterator<Item = (&'r str, &'r PublishedReport)>) -> String {
    let mut csv = csv_line(CELLS.iter().map(|(name, ..)| *name));
    for (name, report) in reports {
        for entry in entries() {
            let (status, value) = status_and_value(report, entry);
            let found = report.get(entry.cell());
            let word = |word: Option<Value>| word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default();
            let fields = [
                name.to_owned(),
                entry.path().to_owned(),
                status.to_owned(),
                value,
                unit(found).to_owned(),
                found.map_or("", PublishedCell::printed).to_owned(),
                word(found.and_then(PublishedCell::inference).and_then(|way| serde_json::to_value(way).ok())),
                word(found.and_then(PublishedCell::assumption).and_then(|way| serde_json::to_value(way).ok())),
                found.and_then(PublishedCell::place).map(ToString::to_string).unwrap_or_default(),
            ];
            csv += &csv_line(fields);
        }
    }
    csv
}

/// The wide table: one line a report, for each cell its value and its status, and for an amount its unit.
pub fn wide_csv<'r>(reports: impl IntoIterator<Item = (&'r str, &'r PublishedReport)>) -> String {
    let heading: Vec<String> = FACTS
        .iter()
        .map(|(name, ..)| (*name).to_owned())
        .chain(entries().flat_map(|entry| {
            let column = column_of(entry.cell());
            let unit = is_amount(entry).then(|| format!("{column}__unit"));
            [column.clone(), column + "__status"].into_iter().chain(unit)
        }))
        .collect();
    let mut csv = csv_line(heading);
    for (name, report) in reports {
        let mut fields = facts(name, report);
        for entry in entries() {
            let (status, value) = status_and_value(report, entry);
            fields.extend([value, status.to_owned()]);
            fields.extend(is_amount(entry).then(|| unit(report.get(entry.cell())).to_owned()));
        }
        csv += &csv_line(fields);
    }
    csv
}

/// The metadata of the three tables as a Data Package: types, Chinese titles, units, and the kinds of missing.
pub fn data_package() -> Value {
    let field = |(name, kind, title): &(&str, &str, &str)| json!({ "name": name, "type": kind, "title": title });
    let mut names: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
    names.extend([OTHER_UNIT, NO_SUCH_CELL]);
    let statuses = json!({ "enum": names });
    let mut cells: Vec<Value> = CELLS.iter().map(field).collect();
    for cell in &mut cells {
        if cell["name"] == "status" {
            cell["constraints"] = statuses.clone();
        }
    }
    let mut wide: Vec<Value> = FACTS.iter().map(field).collect();
    for entry in entries() {
        let kind = if is_amount(entry) { "number" } else { "integer" };
        let column = column_of(entry.cell());
        let title = entry.trail().map(|(_, printed)| printed).collect::<Vec<_>>().join(" · ");
        wide.push(json!({ "name": column, "type": kind, "title": title, "unit": entry.unit().word() }));
        wide.push(json!({
            "name": format!("{column}__status"), "type": "string", "title": format!("{title}（状态）"), "constraints": statuses
        }));
        if is_amount(entry) {
            wide.push(json!({ "name": column + "__unit", "type": "string", "title": format!("{title}（金额单位）") }));
        }
    }
    let table = |name: &str, title: &str, fields: Vec<Value>| {
        json!({
            "name": name, "path": format!("{name}.csv"), "title": title, "format": "csv", "encoding": "utf-8",
            "schema": { "fields": fields, "missingValues": [""] },
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
        "resources": [
            table("reports", "报告", FACTS.iter().map(field).collect()),
            table("cells", "数据格", cells),
            table("wide", "宽表：每份报告一行", wide),
        ],
    })
}

fn facts(name: &str, report: &PublishedReport) -> Vec<String> {
    let text = |text: Option<String>| text.unwrap_or_default();
    let agency = report.facts.agency.as_ref();
    let scope = serde_json::to_value(report.facts.scope).ok().and_then(|scope| scope.as_str().map(str::to_owned));
    vec![
        name.to_owned(),
        report.layout().edition().name().to_owned(),
        report.layout().name().to_owned(),
        text(report.facts.year.map(|year| year.to_string())),
        text(report.facts.title.clone()),
        text(agency.map(|agency| agency.name.clone())),
        text(agency.and_then(|agency| agency.kind).map(|kind| kind.name().to_owned())),
        text(report.facts.evidence.agency_kind.as_ref().map(|source| source.kind.name().to_owned())),
        text(agency.and_then(|agency| agency.division_code.as_ref()).map(|code| code.as_str().to_owned())),
        text(agency.and_then(|agency| agency.credit_code.as_ref()).map(|code| code.as_str().to_owned())),
        text(scope),
        text(report.facts.published_on.map(|day| day.to_string())),
        text(report.facts.signed_on.map(|day| day.to_string())),
    ]
}

fn is_amount(entry: &Entry) -> bool {
    entry.kind() == Kind::Amount
}

/// What the tables have of a cell.
fn status_and_value(report: &PublishedReport, entry: &Entry) -> (&'static str, String) {
    let Some(found) = report.get(entry.cell()) else { return (NO_SUCH_CELL, String::new()) };
    let other_unit = found.status() == Status::Number && !fits_unit(found, entry.unit());
    let status = if other_unit { OTHER_UNIT } else { found.status().name() };
    (status, found.written_value(entry.kind()).unwrap_or_default())
}

/// The unit of money that is printed with a number: `yuan`, `wan_yuan`, or nothing.
fn unit(found: Option<&PublishedCell>) -> &'static str {
    match found.map_or(AmountUnit::Unstated, PublishedCell::amount_unit) {
        AmountUnit::Yuan => "yuan",
        AmountUnit::WanYuan => "wan_yuan",
        AmountUnit::Unstated => "",
    }
}
