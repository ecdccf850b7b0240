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

-- name: outsiders_since :many
-- Those who came since an instant and gave an address, which may be sealed: whoever asks compares.
-- in: since int
-- out: row_outsider
SELECT {outsider o} FROM outsider o JOIN casework c ON c.id = o.case_id
WHERE o.mail <> '' AND c.opened >= $1 ORDER BY o.case_id;

-- name: mail_came_by_digest :one
-- in: digest text
-- out: row_mail_came
SELECT {mail_came} FROM mail_came WHERE digest = $1;

-- name: mail_came_since :many
-- in: since int
-- out: row_mail_came
SELECT {mail_came} FROM mail_came WHERE at >= $1 ORDER BY at DESC, digest;

-- name: mail_came_keep :exec-aside
-- in: digest text, at int, sender text, outcome text
INSERT INTO mail_came (digest, at, sender, outcome) VALUES ($1, $2, $3, $4)
ON CONFLICT (digest) DO NOTHING;

-- name: mail_came_forget :exec-aside
-- in: before int
DELETE FROM mail_came WHERE at < $1;

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

-- name: cases_of_procedure :many
-- Those that are filed, by their target day, without one last.
-- in: procedure text, most int
-- out: row_casework
SELECT {casework} FROM casework WHERE procedure = $1 AND state <> 'start'
ORDER BY CASE WHEN due = '' THEN '9999' ELSE due END, opened, id LIMIT $2;

-- name: misuse_fact_of_case :one
-- in: case_id text
-- out: row_misuse_fact
SELECT {misuse_fact} FROM misuse_fact WHERE case_id = $1;

-- name: count_number_asked :exec-aside
-- in: number text, times int, day text
INSERT INTO number_asked (number, n, first, last) VALUES ($1, $2, $3, $3)
ON CONFLICT (number) DO UPDATE SET n = number_asked.n + excluded.n, last = excluded.last;

-- name: numbers_asked :many
-- The most asked for first.
-- in: most int
-- out: row_number_asked
SELECT {number_asked} FROM number_asked ORDER BY n DESC, number LIMIT $1;

-- name: numbers_asked_forget :exec-aside
-- Those not asked for since a day, so that the list stays short.
-- in: day text
DELETE FROM number_asked WHERE last < $1;

-- name: misuse_reports :many
-- What reports say of a number: the case, its state, and the number as it was filled in (JSON).
-- in: most int
-- out: case_id text, state text, opened int, value text
SELECT c.id, c.state, c.opened, f.value FROM casework c JOIN case_field f ON f.case_id = c.id
WHERE c.procedure = 'misuse' AND f.field = 'claimed-number' ORDER BY c.opened DESC, c.id LIMIT $1;

-- name: number_formats :many
-- Every form that registration numbers have had by a parameter.
-- in: name text
-- out: value text
SELECT DISTINCT value FROM parameter WHERE name = $1 ORDER BY value;

-- name: numbers_asked_trim :exec-aside
-- The most asked for stay: who goes through all numbers fills nothing.
DELETE FROM number_asked WHERE number NOT IN
(SELECT t.number FROM number_asked t ORDER BY t.n DESC, t.last DESC, t.number LIMIT 2000);
