-- label.sql: labels, their models and their history.
-- SPDX-License-Identifier: Apache-2.0

-- name: label_by_number :one
-- in: number text
-- out: row_label
SELECT {label} FROM label WHERE number = $1;

-- name: cases_of_label :many
-- Every case on a label, the latest first.
-- in: label text
-- out: row_casework
SELECT {casework} FROM casework WHERE label = $1 ORDER BY opened DESC, id;

-- name: label_models :many
-- in: label text
-- out: row_label_model
SELECT {label_model} FROM label_model WHERE label = $1 ORDER BY position;
