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

-- name: labels_in_force :many
-- On a day, grace included; of one level, or of all with 0.
-- in: day text, level int
-- out: number text
SELECT number FROM label WHERE issued <= $1 AND (ended = '' OR ended > $1) AND (expires >= $1 OR pending <> '')
  AND ($2 = 0 OR level = $2) ORDER BY number;

-- name: label_models :many
-- in: label text
-- out: row_label_model
SELECT {label_model} FROM label_model WHERE label = $1 ORDER BY position;

-- name: own_labels :many
-- Of a person's makers, found by number or name: what ends first goes first, what has ended last.
-- in: person text, day text, wanted text, most int, skipped int
-- out: row_label
SELECT {label l} FROM label l
WHERE l.party IN (SELECT m.party FROM party_member m
        WHERE m.person = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2))
    AND (l.number LIKE $3 OR l.product_ja LIKE $3 OR l.product_en LIKE $3)
ORDER BY CASE WHEN l.ended <> '' AND l.ended <= $2 THEN 1 ELSE 0 END, l.expires, l.number LIMIT $4 OFFSET $5;

-- name: count_own_labels :one
-- in: person text, day text, wanted text
-- out: n int
SELECT COUNT(*) FROM label l
WHERE l.party IN (SELECT m.party FROM party_member m
        WHERE m.person = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2))
    AND (l.number LIKE $3 OR l.product_ja LIKE $3 OR l.product_en LIKE $3);

-- name: label_events :many
-- in: label text
-- out: row_label_event
SELECT {label_event} FROM label_event WHERE label = $1 ORDER BY seq, kind;

-- name: security_notice_of_case :many
-- Its revisions, the oldest first.
-- in: case_id text
-- out: row_security_notice
SELECT {security_notice} FROM security_notice WHERE case_id = $1 ORDER BY revision;

-- name: readings_of_case :many
-- Who may read the case beside its parties: former registrants (4.9-1).
-- in: case_id text
-- out: row_thing
SELECT {thing} FROM thing WHERE case_id = $1 AND kind = 'reading' ORDER BY seq, id;

-- name: labels_of_party :many
-- in: party text
-- out: row_label
SELECT {label} FROM label WHERE party = $1 ORDER BY number;
