-- certified.sql: assessments: what was filled in, version by version, and who takes part.
-- SPDX-License-Identifier: Apache-2.0

-- name: case_versions :many
-- Oldest first; the fields of one entry together.
-- in: case_id text
-- out: row_case_version
SELECT {case_version} FROM case_version WHERE case_id = $1 ORDER BY seq, field;

-- name: approval_by_number :one
-- in: number text
-- out: row_thing
SELECT {thing} FROM thing WHERE kind = 'approval' AND word = $1 ORDER BY seq DESC LIMIT 1;

-- name: party_by_name :one
-- in: name text
-- out: row_party
SELECT {party} FROM party WHERE name_ja = $1 OR name_en = $1 ORDER BY id LIMIT 1;

-- name: facilities_to_name :many
-- in: day text, own text, any text
-- out: party text, number text, name_ja text, name_en text
-- Approved on the day, with a scope for the level and category, or for the level and any.
SELECT p.id AS party, a.word AS number, p.name_ja AS name_ja, p.name_en AS name_en
FROM thing a JOIN party p ON p.id = a.party
WHERE a.kind = 'approval' AND a.from_day <= $1 AND (a.to_day = '' OR a.to_day >= $1)
  AND EXISTS (SELECT s.id FROM thing s
    WHERE s.party = a.party AND s.kind = 'scope' AND s.word IN ($2, $3)
      AND s.from_day <= $1 AND (s.to_day = '' OR s.to_day >= $1))
ORDER BY a.word;

-- name: cases_of_facility :many
-- in: person text, day text, most int
-- out: row_casework
-- Those in which the person's facility is named, its own turn first; never what is still a draft.
SELECT {casework c} FROM casework c JOIN party_member m ON m.party = c.facility
WHERE m.person = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2)
  AND c.state <> 'start' AND c.party <> c.facility
ORDER BY CASE WHEN c.state IN ('awaiting-plan', 'assessing', 'findings') THEN 0 ELSE 1 END,
  c.due, c.since DESC, c.id LIMIT $3;
