-- watch.sql: feeds of advisories, what was taken in, what the index of matches is made of; what the page of the
-- watch counts.
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

-- name: sboms_of_label :many
-- The bills of materials that were bound to it last.
-- in: label text
-- out: row_label_sbom
SELECT {label_sbom} FROM label_sbom WHERE label = $1 AND seq = (SELECT max(s.seq) FROM label_sbom s WHERE s.label = $1) ORDER BY file;

-- name: sboms_of_case :many
-- in: case_id text
-- out: row_case_sbom
SELECT {case_sbom} FROM case_sbom WHERE case_id = $1 ORDER BY file;

-- name: feed_look_of :one
-- in: feed text
-- out: row_feed_look
SELECT {feed_look} FROM feed_look WHERE feed = $1;

-- name: feed_look_keep :exec-aside
-- in: feed text, begun int, ended int, next int, stamp text, etag text, modified text, records int, new_records int, matched int, cases int, refused int, broad int, fault text, detail text, good int
INSERT INTO feed_look (feed, begun, ended, next, stamp, etag, modified, records, new_records, matched, cases, refused, broad, fault, detail, good)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
ON CONFLICT (feed) DO UPDATE SET begun = $2, ended = $3, next = $4, stamp = $5, etag = $6, modified = $7, records = $8,
new_records = $9, matched = $10, cases = $11, refused = $12, broad = $13, fault = $14, detail = $15, good = $16;

-- name: advisory_seen_of :one
-- in: kind text, id text
-- out: row_advisory_seen
SELECT {advisory_seen} FROM advisory_seen WHERE kind = $1 AND id = $2;

-- name: advisory_seen_keep :exec-aside
-- in: kind text, id text, said text
INSERT INTO advisory_seen (kind, id, said) VALUES ($1, $2, $3) ON CONFLICT (kind, id) DO UPDATE SET said = $3;

-- name: watch_counted :many
-- The cases of a procedure in a state, those longest under way first, each with what one of its fields holds.
-- in: procedure text, state text, field text, most int
-- out: id text, opened int, value text
SELECT c.id, c.opened, f.value FROM casework c LEFT JOIN case_field f ON f.case_id = c.id AND f.field = $3
WHERE c.state = $2 AND c.procedure = $1 ORDER BY c.opened, c.id LIMIT $4;

-- name: watch_confirmed :many
-- Vulnerabilities that somebody of the body confirmed on a label since an instant, in the order of their cases, with the
-- advisory that told of them, where one did.
-- in: since int, most int
-- out: id text, state text, label text, party text, advisory text, at int
SELECT c.id, c.state, c.label, l.party, f.value, CAST(MIN(s.at) AS BIGINT)
FROM casework c JOIN label l ON l.number = c.label
JOIN case_step s ON s.case_id = c.id AND s.act = 'step' AND s.step IN ('assess-report', 'confirm-match', 'order-surveillance')
LEFT JOIN case_field f ON f.case_id = c.id AND f.field = 'advisory-id'
WHERE c.state IN ('action-proposed', 'vulnerability-watched', 'vulnerability-put-aside') AND c.procedure = 'vulnerability'
GROUP BY c.id, c.state, c.label, l.party, f.value HAVING MIN(s.at) >= $1 ORDER BY c.id LIMIT $2;

-- name: watch_notices :many
-- What registrants told of their labels and was published since an instant, by label, with the instant of its filing.
-- in: since int
-- out: label text, case_id text, kind text, remedy text, cves text, source_id text, links text, filed int
SELECT n.label, n.case_id, n.kind, n.remedy, n.cves, n.source_id, n.links, CAST(COALESCE((SELECT MAX(s.at) FROM case_step s
    WHERE s.case_id = n.case_id AND s.act = 'step' AND s.step IN ('apply', 'update-notice') AND s.at <= n.at), n.at) AS BIGINT)
FROM security_notice n WHERE n.issuer = 'registrant' AND n.at >= $1 ORDER BY n.label, n.id, n.revision;

-- name: watch_corrections :many
-- Corrections that were required since an instant: when, when the last one was filed, found sufficient (0: it was not),
-- the label revoked (0: it was not); and the case of a vulnerability that came before, by which they are in order.
-- in: since int
-- out: id text, state text, label text, party text, vulnerability text, required int, filed int, accepted int, revoked int
SELECT c.id, c.state, c.label, c.registrant, COALESCE(v.id, '') AS vulnerability,
    CAST(MIN(CASE WHEN s.step = 'require' THEN s.at END) AS BIGINT),
    CAST(COALESCE(MAX(CASE WHEN s.step = 'file-correction' THEN s.at END), 0) AS BIGINT),
    CAST(COALESCE(MAX(CASE WHEN s.step = 'accept-correction' THEN s.at END), 0) AS BIGINT),
    CAST(COALESCE(MAX(CASE WHEN s.step = 'revoke' THEN s.at END), 0) AS BIGINT)
FROM casework c JOIN case_step s ON s.case_id = c.id AND s.act = 'step'
LEFT JOIN casework u ON u.id = c.parent LEFT JOIN casework v ON v.id = u.parent AND v.procedure = 'vulnerability'
WHERE c.procedure = 'revocation' AND c.state IN ('required', 'correction-filed', 'correction-examined', 'ripe', 'hearing-open',
    'revocation-approved', 'duties-open', 'duties-unconfirmed', 'corrected', 'revoked')
GROUP BY c.id, c.state, c.label, c.registrant, v.id HAVING MIN(CASE WHEN s.step = 'require' THEN s.at END) >= $1
ORDER BY vulnerability, c.id;
