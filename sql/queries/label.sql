-- label.sql: labels, their models and their history.
-- SPDX-License-Identifier: Apache-2.0

-- name: label_by_number :one
-- in: number text
-- out: row_label
SELECT {label} FROM label WHERE number = $1;

-- name: label_by_case :one
-- in: case_id text
-- out: row_label
SELECT {label} FROM label WHERE case_id = $1 ORDER BY number LIMIT 1;

-- name: labels_of_party :many
-- in: party text, most int
-- out: row_label
SELECT {label} FROM label WHERE party = $1 ORDER BY issued DESC, number LIMIT $2;

-- name: labels_after :many
-- in: number text, most int
-- out: row_label
-- In the order of their numbers, from after this one: for going through all of them.
SELECT {label} FROM label WHERE number > $1 ORDER BY number LIMIT $2;

-- name: labels_expiring :many
-- in: first text, last text
-- out: row_label
SELECT {label} FROM label WHERE expires >= $1 AND expires <= $2 ORDER BY expires, number;

-- name: label_count :one
-- out: n int
SELECT COUNT(*) FROM label;

-- name: label_models :many
-- in: label text
-- out: row_label_model
SELECT {label_model} FROM label_model WHERE label = $1 ORDER BY position;

-- name: label_events :many
-- in: label text
-- out: row_label_event
SELECT {label_event} FROM label_event WHERE label = $1 ORDER BY seq;
