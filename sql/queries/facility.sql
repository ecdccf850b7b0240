-- facility.sql: Evaluation Facilities: what is in force for them, and their cases.
-- SPDX-License-Identifier: Apache-2.0

-- name: things_of_party :many
-- What was begun about a facility, or agreed with a party; the clearances and bars are of persons.
-- in: party text
-- out: row_thing
SELECT {thing} FROM thing
WHERE party = $1 AND kind IN ('approval', 'scope', 'accreditation', 'evaluator', 'nda')
ORDER BY seq, kind, word, id;

-- name: cases_at_facility :many
-- Every case that names the facility, the latest first.
-- in: facility text
-- out: row_casework
SELECT {casework} FROM casework WHERE facility = $1 ORDER BY opened DESC, id;

-- name: parties_that_evaluate :many
-- Those that registered as a facility, or are or were approved as one.
-- out: row_party
SELECT {party} FROM party WHERE kind = 'facility'
    OR id IN (SELECT party FROM thing WHERE kind = 'approval') ORDER BY name_ja, id;

-- name: facility_steps :many
-- What happened on the applications that the facility evaluates, case by case.
-- in: facility text
-- out: case_id text, procedure text, opened int, step text, from_state text, to_state text, role text, at int
SELECT s.case_id, c.procedure, c.opened, s.step, s.from_state, s.to_state, s.role, s.at
FROM case_step s JOIN casework c ON c.id = s.case_id
WHERE c.facility = $1 AND c.party <> c.facility AND s.act = 'step' ORDER BY c.opened, s.case_id, s.seq;

-- name: facility_findings :many
-- Each sending of findings on those applications, as it was filled in.
-- in: facility text
-- out: case_id text, value text
SELECT v.case_id, v.value FROM case_version v JOIN casework c ON c.id = v.case_id
WHERE c.facility = $1 AND c.party <> c.facility AND v.field = 'findings' AND v.step <> 'revise-report'
ORDER BY v.case_id, v.seq;

-- name: cases_open_at_facility :many
-- Applications that somebody else has filed and that name the facility; the desk leaves out those at an end.
-- in: facility text
-- out: id text, procedure text, state text, level int, category text, party_ja text, party_en text, title_ja text, title_en text, since int, due text, number text
SELECT c.id, c.procedure, c.state, c.level, c.category, p.name_ja, p.name_en, c.title_ja, c.title_en, c.since, c.due,
    (SELECT MAX(n.number) FROM case_number n WHERE n.case_id = c.id AND n.kind = 'application-number')
FROM casework c LEFT JOIN party p ON p.id = c.party
WHERE c.facility = $1 AND c.party <> c.facility AND c.state <> 'start' ORDER BY c.since, c.id;

-- name: cases_about_party :many
-- Its approval, its end, its evaluators, the agreements with it; the latest first.
-- in: party text
-- out: row_casework
SELECT {casework} FROM casework WHERE party = $1 AND (facility = $1 OR procedure = 'nda') ORDER BY opened DESC, id;

-- name: party_of_body :one
-- out: row_party
SELECT {party} FROM party WHERE body_itself = 1 ORDER BY id LIMIT 1;
