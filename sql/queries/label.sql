-- label.sql: labels, their models and their history.
-- SPDX-License-Identifier: Apache-2.0

-- name: label_by_number :one
-- in: number text
-- out: row_label
SELECT {label} FROM label WHERE number = $1;
