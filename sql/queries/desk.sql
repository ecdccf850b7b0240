-- desk.sql: what the one writer looks up before a step, and what the inbox shows.
-- SPDX-License-Identifier: Apache-2.0

-- name: case_by_id :one
-- in: id text
-- out: row_casework
SELECT {casework} FROM casework WHERE id = $1;

-- name: case_fields :many
-- in: case_id text
-- out: row_case_field
SELECT {case_field} FROM case_field WHERE case_id = $1 ORDER BY field;

-- name: case_steps :many
-- The timeline of a case, oldest first.
-- in: case_id text
-- out: row_case_step
SELECT {case_step} FROM case_step WHERE case_id = $1 ORDER BY seq;

-- name: case_step_by_seq :one
-- in: seq int
-- out: row_case_step
SELECT {case_step} FROM case_step WHERE seq = $1;

-- name: steps_above :many
-- What a person did on a case, and on those that it grew out of.
-- in: case_id text, person text
-- out: procedure text, step text
WITH RECURSIVE above (id, parent, procedure) AS (
SELECT c.id, c.parent, c.procedure FROM casework c WHERE c.id = $1 UNION ALL
SELECT c.id, c.parent, c.procedure FROM casework c JOIN above a ON c.id = a.parent)
SELECT a.procedure, s.step FROM above a JOIN case_step s ON s.case_id = a.id
WHERE s.person = $2 AND s.act = 'step' ORDER BY s.seq;

-- name: case_files :many
-- in: case_id text
-- out: row_case_file
SELECT {case_file} FROM case_file WHERE case_id = $1 ORDER BY at, id;

-- name: case_numbers :many
-- in: case_id text
-- out: row_case_number
SELECT {case_number} FROM case_number WHERE case_id = $1 ORDER BY kind;

-- name: things_of_person :many
-- Those about no case, about this one, and about the case whose step opened it: a person is cleared for
-- every matter that they touch.
-- in: person text, case_id text
-- out: row_thing
SELECT {thing} FROM thing WHERE person = $1 AND case_id IN ('', $2, (SELECT parent FROM casework WHERE id = $2)) ORDER BY seq, id;

-- name: parties_of_person :many
-- in: person text
-- out: row_party_member
SELECT {party_member} FROM party_member WHERE person = $1 ORDER BY from_day, party;

-- name: party_by_id :one
-- in: id text
-- out: row_party
SELECT {party} FROM party WHERE id = $1;

-- name: party_by_corporate_number :one
-- in: corporate_number text
-- out: row_party
SELECT {party} FROM party WHERE corporate_number = $1 ORDER BY id LIMIT 1;

-- name: person_by_id :one
-- in: id text
-- out: row_person
SELECT {person} FROM person WHERE id = $1;

-- name: account_by_id :one
-- in: id text
-- out: row_account
SELECT {account} FROM account WHERE id = $1;

-- name: account_by_login :one
-- in: login text
-- out: row_account
SELECT {account} FROM account WHERE login = $1;

-- name: account_of_person :one
-- in: person text
-- out: row_account
SELECT {account} FROM account WHERE person = $1 ORDER BY id LIMIT 1;

-- name: registry_size :one
-- in: most int
-- out: n int
SELECT COUNT(*) AS n FROM (SELECT seq FROM journal LIMIT $1) AS begun;

-- name: holidays_between :many
-- in: first text, last text
-- out: day text
SELECT day FROM holiday WHERE day >= $1 AND day <= $2 ORDER BY day;

-- name: criteria_of_edition :many
-- in: edition text
-- out: row_criterion
SELECT {criterion} FROM criterion WHERE edition = $1 ORDER BY position;

-- name: criteria_ids :many
-- in: edition text
-- out: id text
SELECT id FROM criterion WHERE edition = $1 ORDER BY position;

-- name: number_series_last :one
-- in: kind text, year int
-- out: row_number_series
SELECT {number_series} FROM number_series WHERE kind = $1 AND year = $2;

-- name: given_facts :many
-- in: case_id text
-- out: row_given_fact
SELECT {given_fact} FROM given_fact WHERE case_id = $1 ORDER BY fact;

-- name: journal_hash :one
-- Of an entry, for whoever checks what was made of it.
-- in: seq int
-- out: hash bytes
SELECT hash FROM journal WHERE seq = $1;
