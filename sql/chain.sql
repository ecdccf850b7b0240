-- chain.sql: the statements on the journal's own tables, for src/store alone.
-- SPDX-License-Identifier: Apache-2.0

-- name: made :exec-chain
-- in: version int, digest text
INSERT INTO tables_made (one, version, digest) VALUES (1, $1, $2);

-- name: tables :one-chain
-- out: row_tables_made
SELECT {tables_made} FROM tables_made WHERE one = 1;

-- name: head_begin :exec-chain
-- in: hash bytes
INSERT INTO journal_head (one, seq, hash) VALUES (1, 0, $1);

-- name: head :one-chain
-- out: row_journal_head
SELECT {journal_head} FROM journal_head WHERE one = 1;

-- name: head_advance :one-chain
-- in: seq int, hash bytes
-- out: seq int
-- The row that orders the writers: nobody else may have moved it since journal_begin().
UPDATE journal_head SET seq = seq + 1, hash = $2 WHERE one = 1 AND seq = $1 - 1 RETURNING seq;

-- name: add_entry :exec-chain
-- in: seq int, entry text, hash bytes
INSERT INTO journal (seq, entry, hash) VALUES ($1, $2, $3);

-- name: add_payload :exec-chain
-- in: seq int, payload bytes
INSERT INTO journal_payload (seq, payload) VALUES ($1, $2);

-- name: entries :many-chain
-- in: after int, most int
-- out: seq int, entry text, hash bytes, payload_seq int, payload bytes
-- payload_seq is 0 when the payload is gone.
SELECT j.seq, j.entry, j.hash, COALESCE(p.seq, 0), p.payload
FROM journal j LEFT JOIN journal_payload p ON p.seq = j.seq
WHERE j.seq > $1 ORDER BY j.seq LIMIT $2;

-- name: stray_payloads :many-chain
-- out: seq int
SELECT p.seq FROM journal_payload p LEFT JOIN journal j ON j.seq = p.seq
WHERE j.seq IS NULL ORDER BY p.seq;
