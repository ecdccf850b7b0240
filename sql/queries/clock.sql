-- clock.sql: what the clock is to do next, and the cases whose days a change moves.
-- SPDX-License-Identifier: Apache-2.0

-- name: clock_first :one
-- The case whose clock step is due first, of those due by then.
-- in: now int
-- out: row_casework
SELECT {casework} FROM casework WHERE alarm > 0 AND alarm <= $1 ORDER BY alarm, id LIMIT 1;

-- name: clock_next :many
-- in: most int
-- out: row_casework
SELECT {casework} FROM casework WHERE alarm > 0 ORDER BY alarm, id LIMIT $1;

-- name: clock_cases_after :many
-- All, a part at a time, in the order of their ids.
-- in: after text, most int
-- out: row_casework
SELECT {casework} FROM casework WHERE id > $1 ORDER BY id LIMIT $2;

-- name: clock_cases_of_label :many
-- in: label text, procedure text
-- out: row_casework
SELECT {casework} FROM casework WHERE label = $1 AND procedure = $2 ORDER BY id;

-- name: clock_cases_of_facility :many
-- in: facility text, procedure text
-- out: row_casework
SELECT {casework} FROM casework WHERE facility = $1 AND procedure = $2 ORDER BY id;

-- name: clock_cases_of_edition :many
-- in: edition text, procedure text
-- out: row_casework
SELECT {casework} FROM casework WHERE edition = $1 AND procedure = $2 ORDER BY id;
