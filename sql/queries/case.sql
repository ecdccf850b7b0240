-- case.sql: cases, their fields, files, numbers and timeline.
-- SPDX-License-Identifier: Apache-2.0

-- name: disclosures_of_label :many
-- Days that reports of vulnerabilities of a label name for their disclosure (JSON), sealed.
-- in: label text
-- out: state text, value text
SELECT c.state, f.value FROM casework c JOIN case_field f ON f.case_id = c.id
WHERE c.procedure = 'vulnerability' AND c.label = $1 AND f.field = 'disclosure-day' ORDER BY c.id;

-- name: case_by_number :one
-- in: number text
-- out: row_casework
SELECT {casework c} FROM casework c JOIN case_number k ON k.case_id = c.id WHERE k.number = $1;

-- name: case_file_by_id :one
-- in: id text
-- out: row_case_file
SELECT {case_file} FROM case_file WHERE id = $1;

-- name: cases_latest :many
-- in: most int
-- out: row_casework
-- For the body's lists: what a maker still drafts is not among them (2.1.3-2).
SELECT {casework} FROM casework WHERE state <> 'start' AND procedure <> 'expiry' ORDER BY since DESC, opened DESC, id LIMIT $1;

-- name: idempotency_find :one
-- in: account text, key text
-- out: row_idempotency
SELECT {idempotency} FROM idempotency WHERE account = $1 AND key = $2;

-- name: case_key_by_id :one
-- in: case_id text
-- out: row_case_key
SELECT {case_key} FROM case_key WHERE case_id = $1;

-- name: case_key_first :one
-- out: row_case_key
SELECT {case_key} FROM case_key ORDER BY case_id LIMIT 1;

-- name: cases_below :many
-- Those that steps of the case have opened.
-- in: parent text
-- out: row_casework
SELECT {casework} FROM casework WHERE parent = $1 ORDER BY opened, id;
