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
