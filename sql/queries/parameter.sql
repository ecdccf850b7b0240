-- parameter.sql: what the manual leaves to procedures: parameters, holidays, tariff, criteria, numbers.
-- SPDX-License-Identifier: Apache-2.0

-- name: parameters_begun :many
-- in: day text
-- out: name text, value text
-- All that have begun; of one name the last is the one in force.
SELECT name, value FROM parameter WHERE valid_from <= $1 ORDER BY name, valid_from;

-- name: parameter_row :one
-- in: name text, day text
-- out: row_parameter
SELECT {parameter} FROM parameter WHERE name = $1 AND valid_from = $2;

-- name: parameter_as_of :one
-- in: name text, day text
-- out: row_parameter
SELECT {parameter} FROM parameter WHERE name = $1 AND valid_from <= $2
ORDER BY valid_from DESC LIMIT 1;

-- name: parameter_rows :many
-- out: row_parameter
-- Of each name the latest first, those that are to come before the one in force.
SELECT {parameter} FROM parameter ORDER BY name, valid_from DESC;

-- name: parameter_proposals :many
-- Values as the case keeps them: JSON.
-- in: most int
-- out: id text, state text, since int, name text, value text, from_day text
SELECT c.id, c.state, c.since, n.value, v.value, f.value FROM casework c
JOIN case_field n ON n.case_id = c.id AND n.field = 'parameter'
JOIN case_field v ON v.case_id = c.id AND v.field = 'parameter-value'
JOIN case_field f ON f.case_id = c.id AND f.field = 'parameter-from'
WHERE c.state IN ('parameter-proposed', 'parameter-refused', 'parameter-replaced')
ORDER BY c.since DESC, c.id LIMIT $1;

-- name: tariff_as_of :one
-- in: procedure text, level int, day text
-- out: row_tariff
SELECT {tariff} FROM tariff WHERE procedure = $1 AND level = $2 AND valid_from <= $3
ORDER BY valid_from DESC LIMIT 1;

-- name: criteria_edition_by_id :one
-- in: id text
-- out: row_criteria_edition
SELECT {criteria_edition} FROM criteria_edition WHERE id = $1;

-- name: criteria_edition_in_force :one
-- in: level int, day text
-- out: row_criteria_edition
-- The newest under which an application may be filed on the day.
SELECT {criteria_edition} FROM criteria_edition
WHERE level = $1 AND starts <= $2 AND (acceptance_ends = '' OR acceptance_ends >= $2)
  AND cancelled = ''
ORDER BY starts DESC, id DESC LIMIT 1;

-- name: criteria_edition_for :one
-- in: level int, category text, day text
-- out: row_criteria_edition
-- The newest for products of the category: one made for the category goes before one for any.
SELECT {criteria_edition} FROM criteria_edition
WHERE level = $1 AND category IN ('', $2) AND starts <= $3
  AND (acceptance_ends = '' OR acceptance_ends >= $3) AND cancelled = ''
ORDER BY category DESC, starts DESC, id DESC LIMIT 1;
