-- session.sql: sessions, one-time links, and the counter of failed sign-ins: all of it aside.
-- SPDX-License-Identifier: Apache-2.0

-- name: session_find :one
-- in: digest text, seen_since int
-- out: row_session
SELECT {session} FROM session WHERE digest = $1 AND seen >= $2;

-- name: session_begin :exec-aside
-- in: digest text, account text, form text, at int
INSERT INTO session (digest, account, form, begun, seen) VALUES ($1, $2, $3, $4, $4);

-- name: session_seen :exec-aside
-- in: digest text, at int
UPDATE session SET seen = $2 WHERE digest = $1;

-- name: session_end :exec-aside
-- in: digest text
DELETE FROM session WHERE digest = $1;

-- name: sessions_end_of_account :exec-aside
-- in: account text
DELETE FROM session WHERE account = $1;

-- name: sessions_forget :exec-aside
-- in: seen_before int
DELETE FROM session WHERE seen < $1;

-- name: signin_link_find :one
-- in: digest text, now int
-- out: row_signin_link
SELECT {signin_link} FROM signin_link WHERE digest = $1 AND ends >= $2;

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

-- name: signin_failures :one
-- in: login text
-- out: row_signin_failure
SELECT {signin_failure} FROM signin_failure WHERE login = $1;

-- name: signin_failed :exec-aside
-- in: login text, at int, window_begins int
-- Counts a failure; begins anew when the last window has passed.
INSERT INTO signin_failure (login, since, n) VALUES ($1, $2, 1)
ON CONFLICT (login) DO UPDATE SET
    n = CASE WHEN signin_failure.since < $3 THEN 1 ELSE signin_failure.n + 1 END,
    since = CASE WHEN signin_failure.since < $3 THEN $2 ELSE signin_failure.since END;

-- name: signin_forgive :exec-aside
-- in: login text
DELETE FROM signin_failure WHERE login = $1;
