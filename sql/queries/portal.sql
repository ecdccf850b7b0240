-- portal.sql: what the pages of the portal read.
-- SPDX-License-Identifier: Apache-2.0

-- name: portal_things :many
-- Appointments, ethics, qualifications, clearances and bars of a person that are in force on a day.
-- in: person text, day text
-- out: row_thing
SELECT {thing} FROM thing WHERE person = $1 AND from_day <= $2 AND (to_day = '' OR to_day >= $2)
ORDER BY kind, from_day, id;

-- name: portal_parties :many
-- in: person text, day text
-- out: row_party
SELECT {party p} FROM party p JOIN party_member m ON m.party = p.id
WHERE m.person = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2) ORDER BY p.id;

-- name: portal_api_keys :many
-- The open keys of an account, each with the last day on which it was used.
-- in: account text
-- out: digest text, name text, last_day text
SELECT k.digest, k.name, COALESCE(s.day, '') FROM api_key k LEFT JOIN api_key_seen s ON s.digest = k.digest
WHERE k.account = $1 AND k.closed = 0 ORDER BY k.name, k.digest;

-- name: api_key_seen_on :one
-- in: digest text, day text
-- out: n int
SELECT COUNT(*) FROM api_key_seen WHERE digest = $1 AND day = $2;

-- name: see_api_key :exec-aside
-- in: digest text, day text
INSERT INTO api_key_seen (digest, day) VALUES ($1, $2) ON CONFLICT (digest) DO UPDATE SET day = excluded.day;

-- name: portal_case_file :one
-- in: case_id text, id text
-- out: row_case_file
SELECT {case_file} FROM case_file WHERE case_id = $1 AND id = $2;

-- name: portal_case_steps :many
-- The timeline with the names of who acted.
-- in: case_id text
-- out: seq int, act text, step text, from_state text, to_state text, person text, name_ja text, name_en text, role text, at int, clause text, due int
SELECT s.seq, s.act, s.step, s.from_state, s.to_state, s.person, p.name_ja, p.name_en, s.role, s.at, s.clause, s.due
FROM case_step s LEFT JOIN person p ON p.id = s.person WHERE s.case_id = $1 ORDER BY s.seq;

-- name: portal_case_readers :many
-- How many persons have read something of the case; each reading is an act of the journal (2.1.3-2).
-- in: case_id text
-- out: person text, name_ja text, name_en text, times int, last int
SELECT s.person, p.name_ja, p.name_en, COUNT(*), MAX(s.at) FROM case_step s JOIN person p ON p.id = s.person
WHERE s.case_id = $1 AND s.act = 'read' GROUP BY s.person, p.name_ja, p.name_en ORDER BY MAX(s.at) DESC;

-- name: portal_queue :many
-- Cases in one state, the nearest target first; number is what the case is called in public.
-- in: state text, most int
-- out: id text, procedure text, state text, level int, party text, party_ja text, party_en text, opened int, since int, due text, title_ja text, title_en text, number text
SELECT c.id, c.procedure, c.state, c.level, c.party, p.name_ja, p.name_en, c.opened, c.since, c.due, c.title_ja, c.title_en,
    (SELECT MAX(n.number) FROM case_number n WHERE n.case_id = c.id AND n.kind = 'application-number')
FROM casework c LEFT JOIN party p ON p.id = c.party WHERE c.state = $1
ORDER BY CASE WHEN c.due = '' THEN 1 ELSE 0 END, c.due, c.since, c.id LIMIT $2;

-- name: portal_count_in :one
-- in: state text
-- out: n int
SELECT COUNT(*) FROM casework WHERE state = $1;

-- name: portal_own_cases :many
-- The cases of a person's makers, those they opened before a maker was known, and those that went to a
-- successor and that the former registrant reads on (4.9-1); not the watch over an expiry, which a step opened
-- beside its own: it stands at the label.
-- in: person text, day text, most int
-- out: row_casework
SELECT {casework c} FROM casework c
WHERE c.procedure <> 'expiry' AND (c.opened_by = $1 OR c.party IN
    (SELECT m.party FROM party_member m WHERE m.person = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2))
    OR c.id IN (SELECT t.case_id FROM thing t JOIN party_member m ON m.party = t.party
        WHERE t.kind = 'reading' AND m.person = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2)))
ORDER BY c.since DESC, c.id LIMIT $3;

-- name: portal_found_cases :many
-- in: wanted text, most int
-- out: id text, procedure text, state text, level int, party text, party_ja text, party_en text, opened int, since int, due text, title_ja text, title_en text, number text
SELECT c.id, c.procedure, c.state, c.level, c.party, p.name_ja, p.name_en, c.opened, c.since, c.due, c.title_ja, c.title_en,
    (SELECT MAX(n.number) FROM case_number n WHERE n.case_id = c.id AND n.kind = 'application-number')
FROM casework c LEFT JOIN party p ON p.id = c.party
WHERE c.state <> 'start' AND (c.procedure <> 'expiry' OR c.id = $1) AND (c.id = $1 OR c.title_ja LIKE $1 OR c.title_en LIKE $1 OR p.name_ja LIKE $1 OR p.name_en LIKE $1
    OR EXISTS (SELECT 1 FROM case_number n WHERE n.case_id = c.id AND n.number LIKE $1))
ORDER BY c.since DESC, c.id LIMIT $2;

-- name: portal_recent_steps :many
-- What a person did last.
-- in: person text, most int
-- out: seq int, case_id text, step text, to_state text, at int, clause text, procedure text, state text, number text
SELECT s.seq, s.case_id, s.step, s.to_state, s.at, s.clause, c.procedure, c.state,
    (SELECT MAX(n.number) FROM case_number n WHERE n.case_id = c.id AND n.kind = 'application-number')
FROM case_step s JOIN casework c ON c.id = s.case_id
WHERE s.person = $1 AND s.act = 'step' ORDER BY s.at DESC, s.seq DESC LIMIT $2;

-- name: portal_weeks :many
-- Steps taken by week since an instant, for the chart of receipts and completions.
-- in: since int, week_ms int
-- out: week int, step text, to_state text, n int
SELECT (at - $1) / $2, step, to_state, COUNT(*) FROM case_step
WHERE at >= $1 AND act = 'step' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- name: portal_editions :many
-- in: level int
-- out: row_criteria_edition
SELECT {criteria_edition} FROM criteria_edition WHERE level = $1 ORDER BY starts DESC, id;

-- name: portal_holders :many
-- Who is appointed to a role on a day.
-- in: role text, day text
-- out: row_person
SELECT {person p} FROM person p JOIN thing t ON t.person = p.id
WHERE t.kind = 'appointment' AND t.word = $1 AND t.from_day <= $2 AND (t.to_day = '' OR t.to_day >= $2)
ORDER BY t.from_day, p.id;

-- name: portal_notices :many
-- To the person, to whoever acts for their makers, to holders of their roles.
-- in: person text, day text, most int
-- out: id text, case_id text, kind text, at int, read_at int, procedure text, state text, since int, due text, title_ja text, title_en text, number text
SELECT n.id, n.case_id, n.kind, n.at, r.at, c.procedure, c.state, c.since, c.due, c.title_ja, c.title_en,
    COALESCE((SELECT MAX(k.number) FROM case_number k WHERE k.case_id = c.id AND k.kind = 'application-number'),
        c.label, '')
FROM notice n LEFT JOIN notice_read r ON r.notice = n.id AND r.person = $1 LEFT JOIN casework c ON c.id = n.case_id
WHERE n.person = $1
    OR (n.party <> '' AND n.party IN (SELECT m.party FROM party_member m
        WHERE m.person = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2)))
    OR (n.role <> '' AND n.role IN (SELECT t.word FROM thing t
        WHERE t.person = $1 AND t.kind = 'appointment' AND t.from_day <= $2 AND (t.to_day = '' OR t.to_day >= $2)))
ORDER BY n.at DESC, n.id LIMIT $3;

-- name: portal_notices_seen :exec-aside
-- All that portal_notices shows to the person is read now.
-- in: person text, day text, at int
INSERT INTO notice_read (notice, person, at)
SELECT n.id, $1, $3 FROM notice n
WHERE n.person = $1
    OR (n.party <> '' AND n.party IN (SELECT m.party FROM party_member m
        WHERE m.person = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2)))
    OR (n.role <> '' AND n.role IN (SELECT t.word FROM thing t
        WHERE t.person = $1 AND t.kind = 'appointment' AND t.from_day <= $2 AND (t.to_day = '' OR t.to_day >= $2)))
ON CONFLICT (notice, person) DO NOTHING;

-- name: portal_unread_of_case :one
-- in: case_id text, person text
-- out: n int
SELECT COUNT(*) FROM notice n WHERE n.case_id = $1
    AND NOT EXISTS (SELECT 1 FROM notice_read r WHERE r.notice = n.id AND r.person = $2);

-- name: portal_case_notices_seen :exec-aside
-- in: case_id text, person text, at int
INSERT INTO notice_read (notice, person, at) SELECT n.id, $2, $3 FROM notice n WHERE n.case_id = $1
ON CONFLICT (notice, person) DO NOTHING;

-- name: portal_labels :many
-- in: wanted text, most int, skipped int
-- out: number text, case_id text, level int, product_ja text, product_en text, party_ja text, party_en text, issued text, expires text, models int
SELECT l.number, l.case_id, l.level, l.product_ja, l.product_en, p.name_ja, p.name_en, l.issued, l.expires,
    (SELECT COUNT(*) FROM label_model m WHERE m.label = l.number)
FROM label l LEFT JOIN party p ON p.id = l.party
WHERE l.number LIKE $1 OR l.product_ja LIKE $1 OR l.product_en LIKE $1 OR p.name_ja LIKE $1 OR p.name_en LIKE $1
ORDER BY l.issued DESC, l.number DESC LIMIT $2 OFFSET $3;

-- name: labels_to_succeed :many
-- What the public register says of labels that have not ended (4.9-1), by registrant, with how many
-- such labels its registrant has.
-- in: wanted text, day text, most int
-- out: number text, level int, product_ja text, product_en text, party text, party_ja text, party_en text, of_party int
SELECT l.number, l.level, l.product_ja, l.product_en, l.party, p.name_ja, p.name_en,
    (SELECT COUNT(*) FROM label x WHERE x.party = l.party AND (x.ended = '' OR x.ended > $2))
FROM label l JOIN party p ON p.id = l.party
WHERE (l.ended = '' OR l.ended > $2)
    AND (l.number LIKE $1 OR l.product_ja LIKE $1 OR l.product_en LIKE $1 OR p.name_ja LIKE $1 OR p.name_en LIKE $1)
ORDER BY p.name_ja, p.id, l.number LIMIT $3;

-- name: labels_beside :many
-- All that the registrant of a label has and that have not ended.
-- in: number text, day text, most int
-- out: number text
SELECT l.number FROM label l
WHERE l.party = (SELECT x.party FROM label x WHERE x.number = $1) AND (l.ended = '' OR l.ended > $2)
ORDER BY l.number LIMIT $3;
