-- edition.sql: editions of the criteria, and the labels that a change of them meets.
-- SPDX-License-Identifier: Apache-2.0

-- name: editions_of_level :many
-- in: level int
-- out: row_criteria_edition
SELECT {criteria_edition} FROM criteria_edition WHERE level = $1 ORDER BY starts, id;

-- name: editions_all :many
-- out: row_criteria_edition
SELECT {criteria_edition} FROM criteria_edition ORDER BY level, category, starts DESC, id;

-- name: labels_met :many
-- In the order of their numbers, from one on: those not ended, neither by a decision nor before the day,
-- but those whose extension is still examined.
-- in: after text, day text, most int
-- out: number text, party text, party_ja text, party_en text, level int, route text, edition text, expires text, term_start text, extensions int, pending text
SELECT l.number, l.party, p.name_ja, p.name_en, l.level, l.route, l.edition, l.expires, l.term_start,
       l.extensions, l.pending
FROM label l JOIN party p ON p.id = l.party
WHERE l.number > $1 AND l.ended_as NOT IN ('withdrawn', 'revoked') AND (l.expires >= $2 OR l.pending <> '')
ORDER BY l.number LIMIT $3;
