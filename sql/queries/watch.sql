-- watch.sql: feeds of advisories, what was taken in, what the index of matches is made of.
-- SPDX-License-Identifier: Apache-2.0

-- name: advisory_mark_by_mark :one
-- in: mark text
-- out: row_advisory_mark
SELECT {advisory_mark} FROM advisory_mark WHERE mark = $1;

-- name: feed_current :one
-- The setting of a feed that has no end yet.
-- in: case_id text
-- out: row_feed
SELECT {feed} FROM feed WHERE case_id = $1 AND to_day = '' ORDER BY from_day DESC LIMIT 1;

-- name: feeds_current :many
-- out: row_feed
SELECT {feed} FROM feed WHERE to_day = '' ORDER BY name, case_id;

-- name: watch_labels :many
-- Labels that have not ended, with what advisories name them by, in the order of their numbers.
-- in: after text, most int
-- out: number text, maker_ja text, maker_en text, product_ja text, product_en text, firmware text
SELECT l.number, p.name_ja, p.name_en, l.product_ja, l.product_en, l.firmware
FROM label l JOIN party p ON p.id = l.party WHERE l.number > $1 AND l.ended = '' ORDER BY l.number LIMIT $2;

-- name: sbom_of_label :one
-- The bill of materials that was bound to it last.
-- in: label text
-- out: row_label_sbom
SELECT {label_sbom} FROM label_sbom WHERE label = $1 ORDER BY seq DESC LIMIT 1;

-- name: feed_look_of :one
-- in: feed text
-- out: row_feed_look
SELECT {feed_look} FROM feed_look WHERE feed = $1;

-- name: feed_look_keep :exec-aside
-- in: feed text, begun int, ended int, next int, stamp text, etag text, modified text, records int, new_records int, matched int, cases int, refused int, fault text, detail text, good int
INSERT INTO feed_look (feed, begun, ended, next, stamp, etag, modified, records, new_records, matched, cases, refused, fault, detail, good)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (feed) DO UPDATE SET begun = $2, ended = $3, next = $4, stamp = $5, etag = $6, modified = $7, records = $8,
new_records = $9, matched = $10, cases = $11, refused = $12, fault = $13, detail = $14, good = $15;

-- name: advisory_seen_of :one
-- in: kind text, id text
-- out: row_advisory_seen
SELECT {advisory_seen} FROM advisory_seen WHERE kind = $1 AND id = $2;

-- name: advisory_seen_keep :exec-aside
-- in: kind text, id text, said text
INSERT INTO advisory_seen (kind, id, said) VALUES ($1, $2, $3) ON CONFLICT (kind, id) DO UPDATE SET said = $3;
