//! The rules as SQL: one query over the long tables of reports and cells, and one over the wide table.

use std::fmt::Write;

use super::rule_file::{Holds, RuleFile, RuleLine, TestKind, TestLine};
use super::rules::rules;
use super::tables;
use crate::catalogue::Entry;
use crate::form::{Cell, Kind, Unit};
use crate::rule::{Bound, Over};
use crate::severity::Severity;

/// A query over the tables `reports` and `cells` ([`tables`](super::tables)) that returns a line for each assertion: `report`, `rule`,
/// `cells` (paths parted by spaces), `status` (`pass`, `fail`, `not_evaluated`). It runs unchanged in DuckDB,
/// SQLite, PostgreSQL, DataFusion, Polars, ClickHouse and Spark.
pub fn findings_sql() -> String {
    format!("WITH\n{}", body())
}

/// The same over the one table `wide`.
pub fn wide_sql() -> String {
    let cells: Vec<&Entry> = tables::entries().collect();
    let mut sql = String::from("WITH\nreports AS (\n  SELECT ");
    sql += &[tables::REPORT]
        .iter()
        .map(|(name, ..)| *name)
        .chain(tables::FACTS.iter().map(|(name, ..)| *name))
        .collect::<Vec<_>>()
        .join(", ");
    sql += " FROM wide\n),\npaths(cell) AS (VALUES\n";
    sql += &rows(cells.iter().map(|entry| quoted(entry.path())));
    sql += "),\ncells AS (\n  SELECT report, cell,\n    CASE cell\n";
    for entry in &cells {
        let _ = writeln!(sql, "      WHEN '{}' THEN {}__status", entry.path(), tables::column_of(entry.cell()));
    }
    sql += "    END AS status,\n    CASE cell\n";
    for entry in &cells {
        let column = tables::column_of(entry.cell());
        let _ = writeln!(sql, "      WHEN '{}' THEN CAST({column} AS DECIMAL(22, 6))", entry.path());
    }
    sql += "    END AS value\n  FROM wide CROSS JOIN paths\n),\n";
    sql + &body()
}

/// The tables of tests, and the query over `reports` and `cells`.
fn body() -> String {
    let file = rules();
    let tests = tests(&file);
    let of = |kinds: &[TestKind]| {
        let kinds = kinds.to_vec();
        tests.iter().filter(move |(_, _, test)| kinds.contains(&test.kind))
    };
    let mut sql = String::from("tests(test, rule, layout, cells) AS (VALUES\n");
    sql += &rows(tests.iter().flat_map(|(number, rule, test)| {
        let cells = quoted(&cells_of(test).join(" "));
        test.layouts.iter().map(move |layout| format!("{number}, {}, {}, {cells}", quoted(rule), quoted(layout)))
    }));
    sql += "),\nterms(test, exact, sign, cell) AS (VALUES\n";
    sql += &rows(of(&[TestKind::Equal, TestKind::AtLeast]).flat_map(|(number, _, test)| {
        let exact = u8::from(test.kind == TestKind::Equal);
        let sides = test.left.iter().map(|cell| (1, cell)).chain(test.right.iter().map(|cell| (-1, cell)));
        sides.map(move |(sign, cell)| format!("{number}, {exact}, {sign}, {}", quoted(cell)))
    }));
    sql += "),\ndomains(test, cell, least) AS (VALUES\n";
    sql += &rows(of(&[TestKind::Domain]).map(|(number, _, test)| {
        let least = if test.holds == Some(Holds::Change) { "NULL" } else { "0" };
        format!("{number}, {}, {least}", quoted(cell_of(test)))
    }));
    sql += "),\npresences(test, cell) AS (VALUES\n";
    sql += &rows(of(&[TestKind::Present]).map(|(number, _, test)| format!("{number}, {}", quoted(cell_of(test)))));
    sql += "),\nzeros(test, cell, agency_kind) AS (VALUES\n";
    sql += &rows(of(&[TestKind::ZeroFor]).flat_map(|(number, _, test)| {
        let cell = quoted(cell_of(test));
        test.agency_kinds.iter().map(move |kind| format!("{number}, {cell}, {}", quoted(kind)))
    }));
    sql += "),\nyears(test, first, last) AS (VALUES\n";
    sql += &rows(of(&[TestKind::YearWithin]).flat_map(|(number, _, test)| {
        // No year is in an empty range.
        let none = test.years.as_ref().is_none_or(Vec::is_empty).then(|| format!("{number}, 1, 0"));
        let ranges = test.years.iter().flatten();
        ranges.map(move |years| format!("{number}, {}, {}", years.from, years.to.unwrap_or(9999))).chain(none)
    }));
    sql += "),\ndue(test, agency_kind, day) AS (VALUES\n";
    sql += &rows(of(&[TestKind::PublishedBy]).flat_map(|(number, _, test)| {
        test.due.iter().flat_map(move |due| {
            let day = format!("'-{:02}-{:02}'", due.month, due.day);
            due.agency_kinds.iter().map(move |kind| format!("{number}, {}, {day}", quoted(kind.name())))
        })
    }));
    let inferred: Vec<String> = crate::assertion::inferences().map(|kind| quoted(kind.name())).collect();
    sql += "),\n";
    sql += &QUERY.replace("{inferred}", &inferred.join(", "));
    sql
}

/// The tests over cells and facts, numbered, with the codes of their rules.
fn tests(file: &RuleFile) -> Vec<(usize, &str, &TestLine)> {
    let of_one_report = file.rules.iter().filter(|rule| rule.over == Over::Report);
    let lines = of_one_report.flat_map(|rule| rule.tests.iter().map(|test| (rule.code.as_str(), test)));
    let lines = lines.filter(|(_, test)| test.kind != TestKind::Words);
    lines.enumerate().map(|(number, (rule, test))| (number + 1, rule, test)).collect()
}

fn cells_of(test: &TestLine) -> Vec<&str> {
    test.left.iter().chain(&test.right).chain(&test.before).chain(&test.cell).map(String::as_str).collect()
}

fn quoted(text: &str) -> String {
    format!("'{text}'")
}

fn rows(rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<String> = rows.map(|row| format!("  ({row})")).collect();
    rows.join(",\n") + "\n"
}

/// What a cell holds counts only if it is 0 or more; `other_unit` is a number in a unit that is not the form's.
const QUERY: &str = "\
asked AS (
  SELECT r.report AS report, t.test AS test, t.rule AS rule, t.cells AS cells, r.year AS year,
    r.published_on AS published_on, r.agency_kind AS agency_kind, r.agency_kind_evidence AS agency_kind_evidence
  FROM reports r JOIN tests t ON t.layout = r.layout
),
sums AS (
  SELECT a.report AS report, a.test AS test, MAX(t.exact) AS exact, COUNT(*) AS terms,
    SUM(CASE WHEN c.value >= 0 THEN 1 ELSE 0 END) AS known, SUM(t.sign * c.value) AS difference
  FROM asked a JOIN terms t ON t.test = a.test
    LEFT JOIN cells c ON c.report = a.report AND c.cell = t.cell
  GROUP BY a.report, a.test
),
answers AS (
  SELECT report, test, CASE
    WHEN known < terms THEN 'not_evaluated'
    WHEN exact = 1 AND difference = 0 THEN 'pass'
    WHEN exact = 0 AND difference >= 0 THEN 'pass'
    ELSE 'fail' END AS status
  FROM sums
  UNION ALL
  SELECT a.report AS report, a.test AS test, CASE
    WHEN c.status = 'other_unit' THEN 'fail'
    WHEN c.status = 'number' AND (c.value IS NULL OR c.value < d.least) THEN 'fail'
    WHEN c.status = 'number' THEN 'pass'
    ELSE 'not_evaluated' END
  FROM asked a JOIN domains d ON d.test = a.test
    LEFT JOIN cells c ON c.report = a.report AND c.cell = d.cell
  UNION ALL
  SELECT a.report AS report, a.test AS test, CASE
    WHEN c.status IN ('number', 'other_unit', 'not_applicable') THEN 'pass' ELSE 'fail' END
  FROM asked a JOIN presences p ON p.test = a.test
    LEFT JOIN cells c ON c.report = a.report AND c.cell = p.cell
  UNION ALL
  SELECT a.report AS report, a.test AS test, CASE
    WHEN COALESCE(z.test, 0) = 0 OR a.agency_kind_evidence IN ({inferred}) OR c.value IS NULL OR c.value < 0 THEN 'not_evaluated'
    WHEN c.value = 0 THEN 'pass'
    ELSE 'fail' END
  FROM asked a JOIN (SELECT DISTINCT test, cell FROM zeros) q ON q.test = a.test
    LEFT JOIN zeros z ON z.test = a.test AND z.agency_kind = a.agency_kind
    LEFT JOIN cells c ON c.report = a.report AND c.cell = q.cell
  UNION ALL
  SELECT a.report AS report, a.test AS test, CASE
    WHEN a.year IS NULL THEN 'not_evaluated'
    WHEN MAX(CASE WHEN a.year >= y.first AND a.year <= y.last THEN 1 ELSE 0 END) = 1 THEN 'pass'
    ELSE 'fail' END
  FROM asked a JOIN years y ON y.test = a.test
  GROUP BY a.report, a.test, a.year
  UNION ALL
  SELECT a.report AS report, a.test AS test, CASE
    WHEN a.year IS NULL OR a.published_on IS NULL OR COALESCE(d.test, 0) = 0 THEN 'not_evaluated'
    WHEN CAST(a.published_on AS VARCHAR(10)) <= CAST(a.year + 1 AS VARCHAR(4)) || d.day THEN 'pass'
    ELSE 'fail' END
  FROM asked a JOIN (SELECT DISTINCT test FROM due) q ON q.test = a.test
    LEFT JOIN due d ON d.test = a.test AND d.agency_kind = a.agency_kind
)
SELECT a.report AS report, a.rule AS rule, a.cells AS cells, n.status AS status
FROM asked a JOIN answers n ON n.report = a.report AND n.test = a.test
ORDER BY a.report, a.test
";

/// A query over the tables `reports` and `cells` that compares the reports of an agency, known by its `agency_key`, year by
/// year: a line `agency_key, agency_name, year, rule, cells, severity, status` for each step, `not_evaluated` where there is no
/// report before, or more than one, or no key to find it by.
pub fn continuity_sql() -> String {
    let file = rules();
    // Every step once, whatever layouts it is for.
    let mut steps: Vec<(&RuleLine, &TestLine)> = Vec::new();
    for rule in file.rules.iter().filter(|rule| rule.over == Over::Years) {
        steps.extend(rule.tests.iter().filter(|test| test.kind != TestKind::Words).map(|test| (rule, test)));
    }
    let numbered = || steps.iter().enumerate().map(|(index, (rule, test))| (index + 1, *rule, *test));
    let mut sql = String::from("WITH\nsteps(step, rule, cells, severity, other_scope) AS (VALUES\n");
    sql += &rows(numbered().map(|(number, rule, test)| {
        let names = [&rule.code, &cells_of(test).join(" ")].map(|text| quoted(text)).join(", ");
        // Where the two reports cover different bodies there may be nothing wrong.
        let grades = [rule.severity, rule.severity.min(Severity::Warning)].map(|grade| quoted(grade.name()));
        format!("{number}, {names}, {}", grades.join(", "))
    }));
    sql += "),\nterms(step, years_back, sign, cell, least) AS (VALUES\n";
    sql += &rows(numbered().filter(|(_, _, test)| test.kind == TestKind::Follows).flat_map(|(number, _, test)| {
        let sides = [(0, 1, &test.left), (0, -1, &test.right), (1, -1, &test.before)];
        sides.into_iter().flat_map(move |(back, sign, cells)| {
            cells.iter().map(move |path| {
                let least = if holds_change(path) { "NULL" } else { "0" };
                format!("{number}, {back}, {sign}, {}, {least}", quoted(path))
            })
        })
    }));
    sql += "),\namounts(step, cell, form_unit) AS (VALUES\n";
    sql += &rows(numbered().filter_map(|(number, _, test)| {
        let cell: Cell = test.cell.as_deref().filter(|_| test.kind == TestKind::SameUnit)?.parse().ok()?;
        let unit = if cell.unit() == Unit::WanYuan { "'wan_yuan'" } else { "NULL" };
        Some(format!("{number}, {}, {unit}", quoted(cell.path())))
    }));
    sql + "),\n" + CONTINUITY
}

fn holds_change(path: &str) -> bool {
    path.parse::<Cell>().is_ok_and(|cell| cell.kind() == Kind::Change)
}

const CONTINUITY: &str = "\
alone AS (
  SELECT agency_key, year, MIN(report) AS report
  FROM reports
  GROUP BY agency_key, year
  HAVING COUNT(*) = 1
),
pairs AS (
  SELECT n.report AS report, n.agency_key AS agency_key, n.agency_name AS agency_name, n.year AS year,
    b.report AS before,
    CASE WHEN n.scope <> b.scope AND n.scope <> 'unknown' AND b.scope <> 'unknown' THEN 1 ELSE 0 END AS other_scope
  FROM reports n
    LEFT JOIN alone a ON a.agency_key = n.agency_key AND a.year = n.year - 1
    LEFT JOIN reports b ON b.report = a.report
),
sides AS (
  SELECT report, 0 AS years_back, report AS source FROM pairs
  UNION ALL
  SELECT report, 1 AS years_back, before AS source FROM pairs
),
sums AS (
  SELECT s.report AS report, t.step AS step, COUNT(*) AS terms, SUM(t.sign * c.value) AS difference,
    SUM(CASE WHEN c.value >= t.least OR (t.least IS NULL AND c.value IS NOT NULL) THEN 1 ELSE 0 END) AS known,
    SUM(CASE WHEN c.status = 'no_such_cell' THEN 1 ELSE 0 END) AS absent
  FROM sides s JOIN terms t ON t.years_back = s.years_back
    LEFT JOIN cells c ON c.report = s.source AND c.cell = t.cell
  GROUP BY s.report, t.step
),
units(unit, factor) AS (VALUES
  ('yuan', 1),
  ('wan_yuan', 10000)
),
money AS (
  SELECT p.report AS report, a.step AS step, COALESCE(n.unit, a.form_unit) AS unit, COALESCE(b.unit, a.form_unit) AS unit_before,
    CASE WHEN n.value >= 0 AND b.value >= 0 THEN 1 ELSE 0 END AS known, n.value AS value,
    b.value AS value_before
  FROM pairs p CROSS JOIN amounts a
    JOIN cells n ON n.report = p.report AND n.cell = a.cell AND n.status <> 'no_such_cell'
    LEFT JOIN cells b ON b.report = p.before AND b.cell = a.cell
  WHERE b.status IS NULL OR b.status <> 'no_such_cell'
),
tried AS (
  SELECT m.report AS report, m.step AS step, m.known AS known, m.value * x.factor AS yuan, m.value_before * y.factor AS yuan_before,
    CASE WHEN x.unit = COALESCE(m.unit, m.unit_before, 'yuan') AND y.unit = COALESCE(m.unit_before, m.unit, 'yuan')
      THEN 1 ELSE 0 END AS as_stated
  FROM money m CROSS JOIN units x CROSS JOIN units y
  WHERE (m.unit IS NULL OR m.unit = x.unit) AND (m.unit_before IS NULL OR m.unit_before = y.unit)
    AND (COALESCE(m.unit, m.unit_before) IS NOT NULL OR x.unit = y.unit)
),
compared AS (
  SELECT report, step, known, as_stated, CASE WHEN yuan < yuan_before THEN yuan ELSE yuan_before END AS small,
    CASE WHEN yuan < yuan_before THEN yuan_before ELSE yuan END AS large
  FROM tried
),
answers AS (
  SELECT report, step, CASE
    WHEN known < terms THEN 'not_evaluated'
    WHEN difference = 0 THEN 'pass'
    ELSE 'fail' END AS status
  FROM sums
  WHERE absent = 0
  UNION ALL
  SELECT report, step, CASE
    WHEN MIN(known) = 0 THEN 'not_evaluated'
    WHEN MAX(CASE WHEN small > 0 AND large < 5000 * small THEN 1 ELSE 0 END) = 1 THEN 'pass'
    WHEN MAX(CASE WHEN as_stated = 1 AND small > 0 AND large >= 5000 * small AND large <= 20000 * small
      THEN 1 ELSE 0 END) = 1 THEN 'fail'
    ELSE 'pass' END
  FROM compared
  GROUP BY report, step
)
SELECT p.agency_key AS agency_key, p.agency_name AS agency_name, p.year AS year, s.rule AS rule, s.cells AS cells,
  CASE WHEN p.other_scope = 1 THEN s.other_scope ELSE s.severity END AS severity, a.status AS status
FROM answers a JOIN pairs p ON p.report = a.report JOIN steps s ON s.step = a.step
ORDER BY p.agency_key, p.agency_name, p.year, a.step
";

/// A query over `cells` and a table `members(region, report, complete)` (the report of the region, that of a part, and 1
/// where every agency of the region is accounted for) that compares a region with its parts: `region, rule, cells, status`.
/// Amounts are added up in 元, by the unit that the page prints or the form fixes.
pub fn rollup_sql() -> String {
    let mut sql = String::from("WITH\nfigures(cell, kind, form_unit, least) AS (VALUES\n");
    sql += &rows(tables::entries().map(|entry| {
        let (kind, least) = match entry.kind() {
            Kind::Count => ("count", "0"),
            Kind::Change => ("change", "NULL"),
            Kind::Amount => ("amount", "0"),
        };
        let unit = if entry.unit() == Unit::WanYuan { "'wan_yuan'" } else { "NULL" };
        format!("{}, {}, {unit}, {least}", quoted(entry.path()), quoted(kind))
    }));
    let [exact, at_least] = [Bound::Exact, Bound::AtLeast].map(|bound| quoted(bound.rule().code));
    sql + "),\n" + &ROLLUP.replace("{exact}", &exact).replace("{at_least}", &at_least)
}

/// A figure is known if it is one that its cell can hold, and an amount if its unit is; what is added up of an unknown one is
/// nothing.
const ROLLUP: &str = "\
reckoned AS (
  SELECT c.report AS report, c.cell AS cell, f.least AS least, CASE
    WHEN c.value IS NULL OR c.value < f.least THEN NULL
    WHEN f.kind <> 'amount' OR c.value = 0 OR COALESCE(c.unit, f.form_unit) = 'yuan' THEN c.value
    WHEN COALESCE(c.unit, f.form_unit) = 'wan_yuan' THEN c.value * 10000
    END AS figure
  FROM cells c JOIN figures f ON f.cell = c.cell
  WHERE c.status <> 'no_such_cell'
),
sums AS (
  SELECT m.region AS region, f.cell AS cell, MIN(m.complete) AS complete, SUM(COALESCE(p.figure, 0)) AS parts,
    SUM(CASE WHEN p.figure IS NULL THEN 1 ELSE 0 END) AS unknown
  FROM members m CROSS JOIN figures f LEFT JOIN reckoned p ON p.report = m.report AND p.cell = f.cell
  GROUP BY m.region, f.cell
)
SELECT s.region AS region, CASE WHEN s.complete = 1 AND s.unknown = 0 THEN {exact} ELSE {at_least} END AS rule,
  s.cell AS cells, CASE
    WHEN r.figure IS NULL THEN 'not_evaluated'
    WHEN s.complete = 1 AND s.unknown = 0 AND r.figure = s.parts THEN 'pass'
    WHEN s.complete = 1 AND s.unknown = 0 THEN 'fail'
    WHEN r.least IS NULL THEN 'not_evaluated'
    WHEN r.figure >= s.parts THEN 'pass'
    ELSE 'fail' END AS status
FROM sums s JOIN reckoned r ON r.report = s.region AND r.cell = s.cell
ORDER BY s.region, s.cell
";

/// The cell of a test of a kind that has one.
fn cell_of(test: &TestLine) -> &str {
    test.cell.as_deref().expect("the test is about a cell")
}
