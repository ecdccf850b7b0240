-- case.sql: cases, their fields, files, numbers and timeline.
-- SPDX-License-Identifier: Apache-2.0

-- name: case_by_number :one
-- in: number text
-- out: row_casework
SELECT {casework c} FROM casework c JOIN case_number k ON k.case_id = c.id WHERE k.number = $1;

-- name: case_by_label :one
-- in: label text
-- out: row_casework
-- The case that issued the label.
SELECT {casework c} FROM casework c JOIN label l ON l.case_id = c.id WHERE l.number = $1;

-- name: case_field_one :one
-- in: case_id text, field text
-- out: row_case_field
SELECT {case_field} FROM case_field WHERE case_id = $1 AND field = $2;

-- name: case_decisions :many
-- in: case_id text
-- out: case_id text, step text, person text, role text, at int
-- Who took which step, the last first: for `apart` and for the deciders.
SELECT case_id, step, person, role, at FROM case_step
WHERE case_id = $1 AND act = 'step' ORDER BY seq DESC;

-- name: person_decisions :many
-- in: person text, most int
-- out: row_case_step
-- What this person did, the last first.
SELECT {case_step} FROM case_step WHERE person = $1 ORDER BY at DESC, seq DESC LIMIT $2;

-- name: case_file_by_id :one
-- in: id text
-- out: row_case_file
SELECT {case_file} FROM case_file WHERE id = $1;

-- name: case_file_by_name :one
-- in: case_id text, name text
-- out: row_case_file
-- The file that stands under this name now.
SELECT {case_file} FROM case_file WHERE case_id = $1 AND name = $2 AND replaced = 0
ORDER BY at DESC, id DESC LIMIT 1;

-- name: cases_by_state :many
-- in: state text, most int
-- out: row_casework
-- Due ones first; those without a target day last.
SELECT {casework} FROM casework WHERE state = $1
ORDER BY CASE WHEN due = '' THEN 1 ELSE 0 END, due, since, id LIMIT $2;

-- name: cases_by_procedure_state :many
-- in: procedure text, state text, most int
-- out: row_casework
SELECT {casework} FROM casework WHERE procedure = $1 AND state = $2
ORDER BY CASE WHEN due = '' THEN 1 ELSE 0 END, due, since, id LIMIT $3;

-- name: cases_opened_by :many
-- in: person text, most int
-- out: row_casework
SELECT {casework} FROM casework WHERE opened_by = $1 ORDER BY opened DESC, id LIMIT $2;

-- name: cases_latest :many
-- in: most int
-- out: row_casework
-- For the body's lists: what a maker still drafts is not among them (2.1.3-2).
SELECT {casework} FROM casework WHERE state <> 'start' ORDER BY since DESC, id LIMIT $1;

-- name: cases_done_by :many
-- in: person text, most int
-- out: row_casework
-- Cases on which this person took a step.
SELECT {casework c} FROM casework c
WHERE c.id IN (SELECT s.case_id FROM case_step s WHERE s.person = $1 AND s.act = 'step')
ORDER BY c.since DESC, c.id LIMIT $2;

-- name: case_counts :many
-- in: today text
-- out: procedure text, state text, n int, late int
-- For the inbox: how many stand in each state, and how many of them are past their target day.
SELECT procedure, state, COUNT(*),
       CAST(SUM(CASE WHEN due <> '' AND due < $1 THEN 1 ELSE 0 END) AS BIGINT)
FROM casework GROUP BY procedure, state ORDER BY procedure, state;

-- name: idempotency_find :one
-- in: account text, key text
-- out: row_idempotency
SELECT {idempotency} FROM idempotency WHERE account = $1 AND key = $2;

-- name: case_number_find :one
-- in: number text
-- out: row_case_number
SELECT {case_number} FROM case_number WHERE number = $1;
