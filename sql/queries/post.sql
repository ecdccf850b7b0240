-- post.sql: whom a notice reaches, what it says, and how its mail fares.
-- SPDX-License-Identifier: Apache-2.0

-- name: persons_of_party :many
-- Who acts for a party on a day.
-- in: party text, day text
-- out: row_person
SELECT {person p} FROM person p JOIN party_member m ON m.person = p.id
WHERE m.party = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2) ORDER BY p.id;

-- name: registrants_on :many
-- The parties that have a label in force on a day: of one edition, or of any ('').
-- in: edition text, day text
-- out: party text
SELECT DISTINCT party FROM label
WHERE (edition = $1 OR $1 = '') AND ended = '' AND (expires >= $2 OR pending <> '') ORDER BY party;

-- name: parties_of_cases :many
-- The parties with a case, by the state it is in: of those that name one facility, or of any ('').
-- in: facility text
-- out: party text, state text
SELECT DISTINCT party, state FROM casework WHERE party <> '' AND (facility = $1 OR $1 = '')
ORDER BY party, state;

-- name: notice_by_id :one
-- in: id text
-- out: row_notice
SELECT {notice} FROM notice WHERE id = $1;

-- name: letter_of_notice :one
-- in: notice text
-- out: row_letter
SELECT {letter} FROM letter WHERE notice = $1;

-- name: letters_of_case :many
-- Those to the person and to whoever they act for; all of them to who sees all.
-- in: case_id text, person text, day text, all int
-- out: row_notice
SELECT {notice n} FROM notice n JOIN letter l ON l.notice = n.id
WHERE n.case_id = $1 AND ($4 = 1 OR n.person = $2 OR n.party IN (SELECT m.party FROM party_member m
    WHERE m.person = $2 AND m.from_day <= $3 AND (m.to_day = '' OR m.to_day >= $3)))
ORDER BY n.seq, n.id;

-- name: deliveries_of_case :many
-- How the mails of a case fare; state is '' where none has been tried.
-- in: case_id text
-- out: kind text, name_ja text, name_en text, state text, tries int, at int, answer text
SELECT n.kind, COALESCE(p.name_ja, ''), COALESCE(p.name_en, ''), COALESCE(d.state, ''), COALESCE(d.tries, 0), COALESCE(d.at, 0), COALESCE(d.answer, '')
FROM notice n JOIN outbox o ON o.notice = n.id LEFT JOIN person p ON p.id = o.person
LEFT JOIN delivery d ON d.outbox = o.id WHERE n.case_id = $1 ORDER BY o.seq, o.id;

-- name: deliveries_refused :many
-- Mails given up, the latest first.
-- in: most int
-- out: case_id text, kind text, name_ja text, name_en text, address text, at int, answer text
SELECT n.case_id, n.kind, COALESCE(p.name_ja, ''), COALESCE(p.name_en, ''), d.address, d.at, d.answer
FROM delivery d JOIN outbox o ON o.id = d.outbox JOIN notice n ON n.id = o.notice LEFT JOIN person p ON p.id = o.person
WHERE d.state = 'refused' ORDER BY d.at DESC, d.outbox LIMIT $1;

-- name: delivery_by_outbox :one
-- in: outbox text
-- out: row_delivery
SELECT {delivery} FROM delivery WHERE outbox = $1;

-- ---- the post

-- name: post_marked :one
-- in: which int
-- out: row_post_mark
SELECT {post_mark} FROM post_mark WHERE one = $1;

-- name: post_mark_at :exec-aside
-- in: seq int
INSERT INTO post_mark (one, seq) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET seq = excluded.seq;

-- name: outbox_after :many
-- in: seq int, most int
-- out: row_outbox
SELECT {outbox} FROM outbox WHERE seq > $1 ORDER BY seq, id LIMIT $2;

-- name: outbox_of_entry :many
-- in: seq int
-- out: row_outbox
SELECT {outbox} FROM outbox WHERE seq = $1 ORDER BY id;

-- name: delivery_take_up :exec-aside
-- in: outbox text, at int
INSERT INTO delivery (outbox, state, address, tries, begun, next, at, answer)
VALUES ($1, 'waiting', '', 0, $2, $2, $2, '') ON CONFLICT (outbox) DO NOTHING;

-- name: deliveries_due :many
-- Those whose time has come, and those whose try was cut off in the middle, in the order of the journal.
-- in: now int, most int
-- out: row_outbox
SELECT {outbox o} FROM delivery d JOIN outbox o ON o.id = d.outbox
WHERE d.state IN ('sending', 'waiting') AND d.next <= $1 ORDER BY o.seq, o.id LIMIT $2;

-- name: delivery_begin :exec-aside
-- in: outbox text, address text, at int
UPDATE delivery SET state = 'sending', address = $2, tries = tries + 1, at = $3 WHERE outbox = $1;

-- name: delivery_try_begin :exec-aside
-- in: outbox text, at int
INSERT INTO delivery_try (outbox, n, begun, ended, answer)
SELECT d.outbox, d.tries, $2, 0, '' FROM delivery d WHERE d.outbox = $1
ON CONFLICT (outbox, n) DO NOTHING;

-- name: delivery_end :exec-aside
-- in: outbox text, state text, next int, at int, answer text
UPDATE delivery SET state = $2, next = $3, at = $4, answer = $5 WHERE outbox = $1;

-- name: delivery_try_end :exec-aside
-- in: outbox text, at int, answer text
UPDATE delivery_try SET ended = $2, answer = $3
WHERE outbox = $1 AND n = (SELECT d.tries FROM delivery d WHERE d.outbox = $1);
