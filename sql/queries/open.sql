-- open.sql: who comes without an account; inquiries and their published answers.
-- SPDX-License-Identifier: Apache-2.0

-- name: outsider_of_case :one
-- in: case_id text
-- out: row_outsider
SELECT {outsider} FROM outsider WHERE case_id = $1;

-- name: outsider_by_digest :one
-- in: digest text
-- out: row_outsider
SELECT {outsider} FROM outsider WHERE digest = $1;

-- name: outsiders_by_mail :one
-- How many gave this address since an instant.
-- in: mail text, since int
-- out: n int
SELECT COUNT(*) FROM outsider o JOIN casework c ON c.id = o.case_id WHERE o.mail = $1 AND c.opened >= $2;

-- name: notices_to_outsider :many
-- in: case_id text, role text
-- out: row_notice
SELECT {notice} FROM notice WHERE case_id = $1 AND role = $2 ORDER BY seq, id;

-- name: published_answer_by_number :one
-- in: number text
-- out: row_published_answer
SELECT {published_answer} FROM published_answer WHERE number = $1;

-- name: published_answers :many
-- Those that stand, the latest first.
-- in: most int
-- out: row_published_answer
SELECT {published_answer} FROM published_answer WHERE replaced_by = '' ORDER BY day DESC, number DESC LIMIT $1;
