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
