-- signin.sql: one-time links: made by invitation and by the demonstration, taken by whoever opens them.
-- SPDX-License-Identifier: Apache-2.0

-- name: signin_link_make :exec-aside
-- in: digest text, account text, ends int, once int
INSERT INTO signin_link (digest, account, ends, once) VALUES ($1, $2, $3, $4)
ON CONFLICT (digest) DO UPDATE SET account = excluded.account, ends = excluded.ends,
    once = excluded.once;

-- name: signin_link_use :one-aside
-- in: digest text, now int
-- out: account text
-- Takes a one-time link away and says whose it was; of two who try, one succeeds.
DELETE FROM signin_link WHERE digest = $1 AND ends >= $2 AND once = 1 RETURNING account;

-- name: signin_links_forget :exec-aside
-- in: now int
DELETE FROM signin_link WHERE ends < $1;

