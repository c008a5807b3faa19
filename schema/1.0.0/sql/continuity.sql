WITH
steps(step, rule, cells) AS (VALUES
  (1, 'continuity-carry-over', 'requests.carried_in.natural_person requests.carried_out.natural_person'),
  (2, 'continuity-carry-over', 'requests.carried_in.commercial_enterprise requests.carried_out.commercial_enterprise'),
  (3, 'continuity-carry-over', 'requests.carried_in.research_institution requests.carried_out.research_institution'),
  (4, 'continuity-carry-over', 'requests.carried_in.public_interest_organization requests.carried_out.public_interest_organization'),
  (5, 'continuity-carry-over', 'requests.carried_in.legal_service_organization requests.carried_out.legal_service_organization'),
  (6, 'continuity-carry-over', 'requests.carried_in.other requests.carried_out.other'),
  (7, 'continuity-carry-over', 'requests.carried_in.total requests.carried_out.total'),
  (8, 'continuity-in-force', 'article20.item1.rules.in_force article20.item1.rules.issued article20.item1.rules.repealed article20.item1.rules.in_force'),
  (9, 'continuity-in-force', 'article20.item1.normative_documents.in_force article20.item1.normative_documents.issued article20.item1.normative_documents.repealed article20.item1.normative_documents.in_force'),
  (10, 'continuity-items', 'article20.item5.licensing.items_last_year article20.item5.licensing.items_last_year article20.item5.licensing.items_change'),
  (11, 'continuity-items', 'article20.item5.other_services.items_last_year article20.item5.other_services.items_last_year article20.item5.other_services.items_change'),
  (12, 'continuity-items', 'article20.item6.penalty.items_last_year article20.item6.penalty.items_last_year article20.item6.penalty.items_change'),
  (13, 'continuity-items', 'article20.item6.coercion.items_last_year article20.item6.coercion.items_last_year article20.item6.coercion.items_change')
),
terms(step, years_back, sign, cell) AS (VALUES
  (1, 0, 1, 'requests.carried_in.natural_person'),
  (1, 1, -1, 'requests.carried_out.natural_person'),
  (2, 0, 1, 'requests.carried_in.commercial_enterprise'),
  (2, 1, -1, 'requests.carried_out.commercial_enterprise'),
  (3, 0, 1, 'requests.carried_in.research_institution'),
  (3, 1, -1, 'requests.carried_out.research_institution'),
  (4, 0, 1, 'requests.carried_in.public_interest_organization'),
  (4, 1, -1, 'requests.carried_out.public_interest_organization'),
  (5, 0, 1, 'requests.carried_in.legal_service_organization'),
  (5, 1, -1, 'requests.carried_out.legal_service_organization'),
  (6, 0, 1, 'requests.carried_in.other'),
  (6, 1, -1, 'requests.carried_out.other'),
  (7, 0, 1, 'requests.carried_in.total'),
  (7, 1, -1, 'requests.carried_out.total'),
  (8, 0, 1, 'article20.item1.rules.in_force'),
  (8, 0, -1, 'article20.item1.rules.issued'),
  (8, 0, 1, 'article20.item1.rules.repealed'),
  (8, 1, -1, 'article20.item1.rules.in_force'),
  (9, 0, 1, 'article20.item1.normative_documents.in_force'),
  (9, 0, -1, 'article20.item1.normative_documents.issued'),
  (9, 0, 1, 'article20.item1.normative_documents.repealed'),
  (9, 1, -1, 'article20.item1.normative_documents.in_force'),
  (10, 0, 1, 'article20.item5.licensing.items_last_year'),
  (10, 1, -1, 'article20.item5.licensing.items_last_year'),
  (10, 1, -1, 'article20.item5.licensing.items_change'),
  (11, 0, 1, 'article20.item5.other_services.items_last_year'),
  (11, 1, -1, 'article20.item5.other_services.items_last_year'),
  (11, 1, -1, 'article20.item5.other_services.items_change'),
  (12, 0, 1, 'article20.item6.penalty.items_last_year'),
  (12, 1, -1, 'article20.item6.penalty.items_last_year'),
  (12, 1, -1, 'article20.item6.penalty.items_change'),
  (13, 0, 1, 'article20.item6.coercion.items_last_year'),
  (13, 1, -1, 'article20.item6.coercion.items_last_year'),
  (13, 1, -1, 'article20.item6.coercion.items_change')
),
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
