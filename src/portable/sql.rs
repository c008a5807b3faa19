//! The rules as SQL: one query over the long tables of reports and cells, and one over the wide table.

use std::fmt::Write;

use super::rules::{Holds, RuleFile, TestKind, TestLine, all_cells, rules};
use crate::columns;
use crate::form::Layout;

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

/// A query over the tables `reports` and `cells` that compares the reports of an agency, known by its name, year by year: a
/// line `agency_name, year, rule, cells, status` for each step, `not_evaluated` where there is no report before.
pub fn continuity_sql() -> String {
    let mut steps: Vec<(&str, crate::series::Step)> = Vec::new();
    for link in crate::series::LINKS {
        for layout in Layout::ALL {
            for step in link.steps(*layout, *layout) {
                if !steps.iter().any(|(_, known)| *known == step) {
                    steps.push((link.code, step));
                }
            }
        }
    }
    let paths = |step: &crate::series::Step| {
        step.now.iter().chain(&step.before).map(|(cell, _)| cell.path()).collect::<Vec<_>>().join(" ")
    };
    let mut sql = String::from("WITH\nsteps(step, rule, cells) AS (VALUES\n");
    sql += &rows(
        steps
            .iter()
            .enumerate()
            .map(|(number, (rule, step))| format!("{}, {}, {}", number + 1, quoted(rule), quoted(&paths(step)))),
    );
    sql += "),\nterms(step, years_back, sign, cell) AS (VALUES\n";
    sql += &rows(steps.iter().enumerate().flat_map(|(number, (_, step))| {
        let now = step.now.iter().map(|term| (0, 1, term));
        let terms = now.chain(step.before.iter().map(|term| (1, -1, term)));
        terms.map(move |(back, side, (cell, sign))| {
            format!("{}, {back}, {}, {}", number + 1, side * sign, quoted(cell.path()))
        })
    }));
    sql + "),\n" + CONTINUITY
}

/// A query over `cells` and a table `members(region, report, complete)` (the report of the region, that of a part, and 1
/// where every agency of the region is accounted for) that compares a region with its parts: `region, rule, cells, status`.
pub const ROLLUP_SQL: &str = "\
WITH
sums AS (
  SELECT m.region, c.cell, MIN(m.complete) AS complete, SUM(CASE WHEN c.value >= 0 THEN c.value ELSE 0 END) AS parts,
    SUM(CASE WHEN c.value >= 0 THEN 0 ELSE 1 END) AS unknown
  FROM members m JOIN cells c ON c.report = m.report
  WHERE c.cell NOT LIKE '%amount' AND c.cell NOT LIKE '%items_change'
  GROUP BY m.region, c.cell
)
SELECT s.region, CASE WHEN s.complete = 1 AND s.unknown = 0 THEN 'rollup-sum' ELSE 'rollup-bound' END AS rule,
  s.cell AS cells, CASE
    WHEN r.value IS NULL OR r.value < 0 THEN 'not_evaluated'
    WHEN s.complete = 1 AND s.unknown = 0 AND r.value = s.parts THEN 'pass'
    WHEN s.complete = 1 AND s.unknown = 0 THEN 'fail'
    WHEN r.value >= s.parts THEN 'pass'
    ELSE 'fail' END AS status
FROM sums s JOIN cells r ON r.report = s.region AND r.cell = s.cell
WHERE r.status <> 'no_such_cell'
ORDER BY s.region, s.cell
";

const CONTINUITY: &str = "\
sums AS (
  SELECT n.report, n.agency_name, n.year, t.step, COUNT(*) AS terms, SUM(CASE WHEN c.value IS NULL THEN 0 ELSE 1 END) AS known, SUM(t.sign * c.value) AS difference,
    SUM(CASE WHEN c.status = 'no_such_cell' THEN 1 ELSE 0 END) AS absent
  FROM reports n CROSS JOIN terms t
    LEFT JOIN reports b ON b.agency_name = n.agency_name AND b.year = n.year - 1
    LEFT JOIN cells c ON c.cell = t.cell AND c.report = CASE WHEN t.years_back = 0 THEN n.report ELSE b.report END
  GROUP BY n.report, n.agency_name, n.year, t.step
)
SELECT s.agency_name, s.year, p.rule, p.cells, CASE
    WHEN s.known < s.terms THEN 'not_evaluated'
    WHEN s.difference = 0 THEN 'pass'
    ELSE 'fail' END AS status
FROM sums s JOIN steps p ON p.step = s.step
WHERE s.absent = 0
ORDER BY s.agency_name, s.year, s.step
";
