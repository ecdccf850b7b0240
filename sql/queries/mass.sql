-- mass.sql: mass actions: what a search finds, the list of items, how far it has come.
-- SPDX-License-Identifier: Apache-2.0

-- name: labels_found :many
-- In the order of their numbers, from one on; what is '' or 0 does not matter. words: a LIKE pattern.
-- in: after text, party text, level int, category text, edition text, facility text, from_day text, to_day text, words text, most int
-- out: number text, party text, product_ja text, product_en text, level int, issued text, expires text, pending text, ended text, ended_as text, models int
SELECT l.number, l.party, l.product_ja, l.product_en, l.level, l.issued, l.expires, l.pending, l.ended, l.ended_as,
       (SELECT COUNT(*) FROM label_model m WHERE m.label = l.number)
FROM label l
WHERE l.number > $1 AND ($2 = '' OR l.party = $2) AND ($3 = 0 OR l.level = $3)
    AND ($4 = '' OR l.category = $4) AND ($5 = '' OR l.edition = $5) AND ($6 = '' OR l.facility = $6)
    AND ($7 = '' OR l.expires >= $7) AND ($8 = '' OR l.expires <= $8)
    AND ($9 = '' OR l.number LIKE $9 OR l.product_ja LIKE $9 OR l.product_en LIKE $9
         OR EXISTS (SELECT 1 FROM label_model o WHERE o.label = l.number AND o.model LIKE $9))
ORDER BY l.number LIMIT $10;

-- name: mass_by_case :one
-- in: case_id text
-- out: row_mass
SELECT {mass} FROM mass WHERE case_id = $1;

-- name: mass_lines :one
-- A part of the list of items.
-- in: case_id text, part int
-- out: row_mass_list
SELECT {mass_list} FROM mass_list WHERE case_id = $1 AND part = $2;

-- name: mass_parts :many
-- in: case_id text
-- out: row_mass_list
SELECT {mass_list} FROM mass_list WHERE case_id = $1 ORDER BY part;

-- name: mass_refusals :many
-- in: case_id text, phase text, most int
-- out: row_mass_refusal
SELECT {mass_refusal} FROM mass_refusal WHERE case_id = $1 AND phase = $2 ORDER BY item LIMIT $3;

-- name: mass_refusals_by :many
-- Why items were refused, the most frequent reason first.
-- in: case_id text, phase text
-- out: guard text, clause text, code text, n int
SELECT guard, clause, code, COUNT(*) FROM mass_refusal WHERE case_id = $1 AND phase = $2
GROUP BY guard, clause, code ORDER BY COUNT(*) DESC, clause, guard, code;

-- name: mass_actions :many
-- The latest first.
-- in: most int
-- out: row_casework
SELECT {casework} FROM casework WHERE procedure = 'mass-action' AND state <> 'start' ORDER BY opened DESC, id LIMIT $1;
