-- notice.sql: notices, and who has read them.
-- SPDX-License-Identifier: Apache-2.0

-- name: notice_by_id :one
-- in: id text
-- out: row_notice
SELECT {notice} FROM notice WHERE id = $1;

-- name: notices_of_case :many
-- in: case_id text
-- out: row_notice
SELECT {notice} FROM notice WHERE case_id = $1 ORDER BY seq, id;

-- name: notices_for_person :many
-- in: person text, day text, most int
-- out: row_notice
-- To the person, to a party for which they act, or to a role that they hold on the day; newest first.
SELECT {notice n} FROM notice n
WHERE n.person = $1
   OR (n.party <> '' AND n.party IN (
          SELECT m.party FROM party_member m
          WHERE m.person = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2)))
   OR (n.role <> '' AND n.role IN (
          SELECT t.word FROM thing t
          WHERE t.person = $1 AND t.kind = 'appointment'
            AND t.from_day <= $2 AND (t.to_day = '' OR t.to_day >= $2)))
ORDER BY n.at DESC, n.id LIMIT $3;

-- name: notices_of_party :many
-- in: party text, most int
-- out: row_notice
SELECT {notice} FROM notice WHERE party = $1 ORDER BY at DESC, id LIMIT $2;

-- name: notices_of_role :many
-- in: role text, most int
-- out: row_notice
SELECT {notice} FROM notice WHERE role = $1 ORDER BY at DESC, id LIMIT $2;

-- name: notices_read_by :many
-- in: person text
-- out: row_notice_read
SELECT {notice_read} FROM notice_read WHERE person = $1 ORDER BY notice;

-- name: notice_mark_read :exec-aside
-- in: notice text, person text, at int
INSERT INTO notice_read (notice, person, at) VALUES ($1, $2, $3)
ON CONFLICT (notice, person) DO NOTHING;
