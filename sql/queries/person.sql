-- person.sql: persons, accounts, parties, and the dated things that are said of them.
-- SPDX-License-Identifier: Apache-2.0

-- name: account_by_key_digest :one
-- in: digest text
-- out: row_account
-- The open account of an open API key.
SELECT {account a} FROM account a JOIN api_key k ON k.account = a.id
WHERE k.digest = $1 AND k.closed = 0 AND a.closed = 0;

-- name: api_keys_of_account :many
-- in: account text
-- out: row_api_key
SELECT {api_key} FROM api_key WHERE account = $1 ORDER BY name, digest;
