WITH
steps(step, rule, cells, severity, other_scope) AS (VALUES
  (1, 'continuity-carry-over', 'requests.carried_in.natural_person requests.carried_out.natural_person', 'error', 'warning'),
  (2, 'continuity-carry-over', 'requests.carried_in.commercial_enterprise requests.carried_out.commercial_enterprise', 'error', 'warning'),
  (3, 'continuity-carry-over', 'requests.carried_in.research_institution requests.carried_out.research_institution', 'error', 'warning'),
  (4, 'continuity-carry-over', 'requests.carried_in.public_interest_organization requests.carried_out.public_interest_organization', 'error', 'warning'),
  (5, 'continuity-carry-over', 'requests.carried_in.legal_service_organization requests.carried_out.legal_service_organization', 'error', 'warning'),
  (6, 'continuity-carry-over', 'requests.carried_in.other requests.carried_out.other', 'error', 'warning'),
  (7, 'continuity-carry-over', 'requests.carried_in.total requests.carried_out.total', 'error', 'warning'),
  (8, 'continuity-in-force', 'article20.item1.rules.in_force article20.item1.rules.repealed article20.item1.rules.issued article20.item1.rules.in_force', 'warning', 'warning'),
  (9, 'continuity-in-force', 'article20.item1.normative_documents.in_force article20.item1.normative_documents.repealed article20.item1.normative_documents.issued article20.item1.normative_documents.in_force', 'warning', 'warning'),
  (10, 'continuity-items', 'article20.item5.licensing.items_last_year article20.item5.licensing.items_last_year article20.item5.licensing.items_change', 'warning', 'warning'),
  (11, 'continuity-items', 'article20.item5.other_services.items_last_year article20.item5.other_services.items_last_year article20.item5.other_services.items_change', 'warning', 'warning'),
  (12, 'continuity-items', 'article20.item6.penalty.items_last_year article20.item6.penalty.items_last_year article20.item6.penalty.items_change', 'warning', 'warning'),
  (13, 'continuity-items', 'article20.item6.coercion.items_last_year article20.item6.coercion.items_last_year article20.item6.coercion.items_change', 'warning', 'warning'),
  (14, 'continuity-items', 'article20.item8.administrative_fees.items_last_year article20.item8.administrative_fees.items_last_year article20.item8.administrative_fees.items_change', 'warning', 'warning'),
  (15, 'continuity-unit-slip', 'article20.item8.administrative_fees.amount', 'warning', 'warning'),
  (16, 'continuity-unit-slip', 'article20.item9.procurement.amount', 'warning', 'warning')
),
terms(step, years_back, sign, cell, least) AS (VALUES
  (1, 0, 1, 'requests.carried_in.natural_person', 0),
  (1, 1, -1, 'requests.carried_out.natural_person', 0),
  (2, 0, 1, 'requests.carried_in.commercial_enterprise', 0),
  (2, 1, -1, 'requests.carried_out.commercial_enterprise', 0),
  (3, 0, 1, 'requests.carried_in.research_institution', 0),
  (3, 1, -1, 'requests.carried_out.research_institution', 0),
  (4, 0, 1, 'requests.carried_in.public_interest_organization', 0),
  (4, 1, -1, 'requests.carried_out.public_interest_organization', 0),
  (5, 0, 1, 'requests.carried_in.legal_service_organization', 0),
  (5, 1, -1, 'requests.carried_out.legal_service_organization', 0),
  (6, 0, 1, 'requests.carried_in.other', 0),
  (6, 1, -1, 'requests.carried_out.other', 0),
  (7, 0, 1, 'requests.carried_in.total', 0),
  (7, 1, -1, 'requests.carried_out.total', 0),
  (8, 0, 1, 'article20.item1.rules.in_force', 0),
  (8, 0, 1, 'article20.item1.rules.repealed', 0),
  (8, 0, -1, 'article20.item1.rules.issued', 0),
  (8, 1, -1, 'article20.item1.rules.in_force', 0),
  (9, 0, 1, 'article20.item1.normative_documents.in_force', 0),
  (9, 0, 1, 'article20.item1.normative_documents.repealed', 0),
  (9, 0, -1, 'article20.item1.normative_documents.issued', 0),
  (9, 1, -1, 'article20.item1.normative_documents.in_force', 0),
  (10, 0, 1, 'article20.item5.licensing.items_last_year', 0),
  (10, 1, -1, 'article20.item5.licensing.items_last_year', 0),
  (10, 1, -1, 'article20.item5.licensing.items_change', NULL),
  (11, 0, 1, 'article20.item5.other_services.items_last_year', 0),
  (11, 1, -1, 'article20.item5.other_services.items_last_year', 0),
  (11, 1, -1, 'article20.item5.other_services.items_change', NULL),
  (12, 0, 1, 'article20.item6.penalty.items_last_year', 0),
  (12, 1, -1, 'article20.item6.penalty.items_last_year', 0),
  (12, 1, -1, 'article20.item6.penalty.items_change', NULL),
  (13, 0, 1, 'article20.item6.coercion.items_last_year', 0),
  (13, 1, -1, 'article20.item6.coercion.items_last_year', 0),
  (13, 1, -1, 'article20.item6.coercion.items_change', NULL),
  (14, 0, 1, 'article20.item8.administrative_fees.items_last_year', 0),
  (14, 1, -1, 'article20.item8.administrative_fees.items_last_year', 0),
  (14, 1, -1, 'article20.item8.administrative_fees.items_change', NULL)
),
amounts(step, cell, form_unit) AS (VALUES
  (15, 'article20.item8.administrative_fees.amount', 'wan_yuan'),
  (16, 'article20.item9.procurement.amount', NULL)
),
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
