//! The rules as SQL: one query over the long tables of reports and cells, and one over the wide table.

use std::fmt::Write;

use super::rules::{Holds, RuleFile, TestKind, TestLine, all_cells, rules};
use crate::columns;

/// A query over the tables `reports` and `cells` ([`columns`]) that returns a line for each assertion: `report`, `rule`,
/// `cells` (paths parted by spaces), `status` (`pass`, `fail`, `not_evaluated`). In the dialect that DuckDB, DataFusion and
/// Spark share.
pub fn findings_sql() -> String {
    format!("WITH\n{}", body())
}

/// The same over the one table `wide`.
pub fn wide_sql() -> String {
    let cells = all_cells();
    let mut sql = String::from("WITH\nreports AS (\n  SELECT ");
    sql += &columns::FACTS.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(", ");
    sql += " FROM wide\n),\npaths(cell) AS (VALUES\n";
    sql += &rows(cells.iter().map(|(cell, _)| quoted(cell.path())));
    sql += "),\ncells AS (\n  SELECT report, cell,\n    CASE cell\n";
    for (cell, _) in &cells {
        let _ = writeln!(sql, "      WHEN '{}' THEN {}__status", cell.path(), columns::name(*cell));
    }
    sql += "    END AS status,\n    CASE cell\n";
    for (cell, _) in &cells {
        let _ = writeln!(sql, "      WHEN '{}' THEN CAST({} AS DECIMAL(22, 6))", cell.path(), columns::name(*cell));
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
        format!("{number}, {}, {least}", quoted(test.cell.as_deref().unwrap_or("")))
    }));
    sql += "),\npresences(test, cell) AS (VALUES\n";
    sql += &rows(
        of(&[TestKind::Present])
            .map(|(number, _, test)| format!("{number}, {}", quoted(test.cell.as_deref().unwrap_or("")))),
    );
    sql += "),\nzeros(test, cell, agency_kind) AS (VALUES\n";
    sql += &rows(of(&[TestKind::ZeroFor]).flat_map(|(number, _, test)| {
        let cell = quoted(test.cell.as_deref().unwrap_or(""));
        test.agency_kinds.iter().map(move |kind| format!("{number}, {cell}, {}", quoted(kind)))
    }));
    sql += "),\nyears(test, first, last) AS (VALUES\n";
    sql += &rows(of(&[TestKind::YearWithin]).flat_map(|(number, _, test)| {
        // No year is in an empty range.
        let none = test.years.as_ref().is_none_or(Vec::is_empty).then(|| format!("{number}, 1, 0"));
        let ranges = test.years.iter().flatten();
        ranges.map(move |years| format!("{number}, {}, {}", years.from, years.to.unwrap_or(9999))).chain(none)
    }));
    sql += "),\ndue(test, agency_kind, month_and_day) AS (VALUES\n";
    sql += &rows(of(&[TestKind::PublishedBy]).flat_map(|(number, _, test)| {
        test.due.iter().flat_map(move |due| {
            let day = u16::from(due.month) * 100 + u16::from(due.day);
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
    let lines = file.rules.iter().flat_map(|rule| rule.tests.iter().map(|test| (rule.code.as_str(), test)));
    let lines = lines.filter(|(_, test)| test.kind != TestKind::Words);
    lines.enumerate().map(|(number, (rule, test))| (number + 1, rule, test)).collect()
}

fn cells_of(test: &TestLine) -> Vec<&str> {
    test.left.iter().chain(&test.right).chain(&test.cell).map(String::as_str).collect()
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
  SELECT r.report, t.test, t.rule, t.cells, r.year, r.published_on, r.agency_kind, r.agency_kind_evidence
  FROM reports r JOIN tests t ON t.layout = r.layout
),
sums AS (
  SELECT a.report, a.test, MAX(t.exact) AS exact, COUNT(*) AS terms,
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
  SELECT a.report, a.test, CASE
    WHEN c.status = 'other_unit' THEN 'fail'
    WHEN c.status = 'number' AND (c.value IS NULL OR c.value < d.least) THEN 'fail'
    WHEN c.status = 'number' THEN 'pass'
    ELSE 'not_evaluated' END
  FROM asked a JOIN domains d ON d.test = a.test
    LEFT JOIN cells c ON c.report = a.report AND c.cell = d.cell
  UNION ALL
  SELECT a.report, a.test, CASE
    WHEN c.status IN ('number', 'other_unit', 'not_applicable') THEN 'pass' ELSE 'fail' END
  FROM asked a JOIN presences p ON p.test = a.test
    LEFT JOIN cells c ON c.report = a.report AND c.cell = p.cell
  UNION ALL
  SELECT a.report, a.test, CASE
    WHEN z.test IS NULL OR a.agency_kind_evidence IN ({inferred}) OR c.value IS NULL OR c.value < 0 THEN 'not_evaluated'
    WHEN c.value = 0 THEN 'pass'
    ELSE 'fail' END
  FROM asked a JOIN (SELECT DISTINCT test, cell FROM zeros) q ON q.test = a.test
    LEFT JOIN zeros z ON z.test = a.test AND z.agency_kind = a.agency_kind
    LEFT JOIN cells c ON c.report = a.report AND c.cell = q.cell
  UNION ALL
  SELECT a.report, a.test, CASE
    WHEN a.year IS NULL THEN 'not_evaluated'
    WHEN MAX(CASE WHEN a.year >= y.first AND a.year <= y.last THEN 1 ELSE 0 END) = 1 THEN 'pass'
    ELSE 'fail' END
  FROM asked a JOIN years y ON y.test = a.test
  GROUP BY a.report, a.test, a.year
  UNION ALL
  SELECT a.report, a.test, CASE
    WHEN a.year IS NULL OR a.published_on IS NULL OR d.test IS NULL THEN 'not_evaluated'
    WHEN EXTRACT(YEAR FROM a.published_on) * 10000 + EXTRACT(MONTH FROM a.published_on) * 100
      + EXTRACT(DAY FROM a.published_on) <= (a.year + 1) * 10000 + d.month_and_day THEN 'pass'
    ELSE 'fail' END
  FROM asked a JOIN (SELECT DISTINCT test FROM due) q ON q.test = a.test
    LEFT JOIN due d ON d.test = a.test AND d.agency_kind = a.agency_kind
)
SELECT a.report, a.rule, a.cells, n.status
FROM asked a JOIN answers n ON n.report = a.report AND n.test = a.test
ORDER BY a.report, a.test
";
