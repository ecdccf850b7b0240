-- session.sql: who is there: sessions, sign-in links, failures of signing in, and the account behind them.
-- SPDX-License-Identifier: Apache-2.0

-- name: session_by_digest :one
-- in: digest text
-- out: row_session
SELECT {session} FROM session WHERE digest = $1;

-- name: begin_session :exec-aside
-- in: digest text, account text, form text, at int
INSERT INTO session (digest, account, form, begun, seen) VALUES ($1, $2, $3, $4, $4);

-- name: touch_session :exec-aside
-- in: digest text, at int
UPDATE session SET seen = $2 WHERE digest = $1;

-- name: sessions_move :exec-aside
-- The clock of a demonstration was turned: nobody is signed out by it.
-- in: ms int
UPDATE session SET seen = seen + $1, begun = begun + $1;

-- name: signin_links_move :exec-aside
-- in: ms int
UPDATE signin_link SET ends = ends + $1;

-- name: end_session :exec-aside
-- in: digest text
DELETE FROM session WHERE digest = $1;

-- name: end_other_sessions :exec-aside
-- After a change of password: all sessions of the account but this one.
-- in: account text, digest text
DELETE FROM session WHERE account = $1 AND digest <> $2;

-- name: end_old_sessions :exec-aside
-- in: seen_before int, begun_before int
DELETE FROM session WHERE seen < $1 OR begun < $2;

-- name: signin_link_by_digest :one
-- in: digest text
-- out: row_signin_link
SELECT {signin_link} FROM signin_link WHERE digest = $1;

-- name: signin_failure_by_login :one
-- in: login text
-- out: row_signin_failure
SELECT {signin_failure} FROM signin_failure WHERE login = $1;

-- name: count_signin_failure :exec-aside
-- A failure long after the first begins a new count.
-- in: login text, at int, counted_since int
INSERT INTO signin_failure (login, since, n) VALUES ($1, $2, 1)
ON CONFLICT (login) DO UPDATE SET
    n = CASE WHEN signin_failure.since < $3 THEN 1 ELSE signin_failure.n + 1 END,
    since = CASE WHEN signin_failure.since < $3 THEN $2 ELSE signin_failure.since END;

-- name: end_old_signin_failures :exec-aside
-- in: before int
DELETE FROM signin_failure WHERE since < $1;

-- name: forget_signin_failures :exec-aside
-- in: login text
DELETE FROM signin_failure WHERE login = $1;
