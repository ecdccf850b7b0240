-- renewal.sql: the renewals ahead, and cases that wait for the same step.
-- SPDX-License-Identifier: Apache-2.0

-- name: renewal_months :many
-- How many labels end in each month, and how many of them wait for a decision on their extension.
-- in: first text, last text, person text, day text
-- out: month text, n int, pending int
SELECT SUBSTR(l.expires, 1, 7), COUNT(*), CAST(SUM(CASE WHEN l.pending <> '' THEN 1 ELSE 0 END) AS BIGINT) FROM label l
WHERE l.expires >= $1 AND l.expires <= $2 AND (l.ended = '' OR l.ended_as = 'lapsed')
    AND ($3 = '' OR l.party IN (SELECT m.party FROM party_member m
        WHERE m.person = $3 AND m.from_day <= $4 AND (m.to_day = '' OR m.to_day >= $4)))
GROUP BY SUBSTR(l.expires, 1, 7) ORDER BY 1;

-- name: renewals_between :many
-- in: first text, last text, person text, day text, most int
-- out: number text, product_ja text, product_en text, party_ja text, party_en text, level int, expires text, pending text, ended_as text
SELECT l.number, l.product_ja, l.product_en, p.name_ja, p.name_en, l.level, l.expires, l.pending, l.ended_as
FROM label l LEFT JOIN party p ON p.id = l.party
WHERE l.expires >= $1 AND l.expires <= $2 AND (l.ended = '' OR l.ended_as = 'lapsed')
    AND ($3 = '' OR l.party IN (SELECT m.party FROM party_member m
        WHERE m.person = $3 AND m.from_day <= $4 AND (m.to_day = '' OR m.to_day >= $4)))
ORDER BY l.expires, l.number LIMIT $5;

-- name: waiting_by_state :many
-- in: most int
-- out: procedure text, state text, n int
SELECT procedure, state, COUNT(*) FROM casework WHERE state <> 'start' GROUP BY procedure, state ORDER BY procedure, state LIMIT $1;

-- name: waiting_cases :many
-- Of one procedure in one state, the nearest target first.
-- in: procedure text, state text, most int
-- out: id text, version int, level int, due text, since int, title_ja text, title_en text, label text, party_ja text, party_en text, number text
SELECT c.id, c.version, c.level, c.due, c.since, c.title_ja, c.title_en, c.label, p.name_ja, p.name_en,
    (SELECT MAX(n.number) FROM case_number n WHERE n.case_id = c.id AND n.kind = 'application-number')
FROM casework c LEFT JOIN party p ON p.id = c.party WHERE c.procedure = $1 AND c.state = $2
ORDER BY CASE WHEN c.due = '' THEN 1 ELSE 0 END, c.due, c.since, c.id LIMIT $3;
