-- journal.sql: reading the journal.
-- SPDX-License-Identifier: Apache-2.0

-- name: journal_entry :one
-- in: seq int
-- out: row_journal
SELECT {journal} FROM journal WHERE seq = $1;

-- name: journal_payload_of :one
-- in: seq int
-- out: row_journal_payload
SELECT {journal_payload} FROM journal_payload WHERE seq = $1;
