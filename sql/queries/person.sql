-- person.sql: persons, accounts, parties, and the dated things that are said of them.
-- SPDX-License-Identifier: Apache-2.0

-- name: persons :many
-- in: most int
-- out: row_person
SELECT {person} FROM person ORDER BY id LIMIT $1;

-- name: accounts_of_person :many
-- in: person text
-- out: row_account
SELECT {account} FROM account WHERE person = $1 ORDER BY id;

-- name: accounts :many
-- in: most int
-- out: row_account
SELECT {account} FROM account ORDER BY login LIMIT $1;

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

-- name: thing_by_id :one
-- in: id text
-- out: row_thing
SELECT {thing} FROM thing WHERE id = $1;

-- name: things_of_person_ever :many
-- in: person text
-- out: row_thing
SELECT {thing} FROM thing WHERE person = $1 ORDER BY kind, word, from_day, id;

-- name: things_of_case :many
-- in: case_id text
-- out: row_thing
SELECT {thing} FROM thing WHERE case_id = $1 ORDER BY kind, person, from_day, id;

-- name: things_of_kind :many
-- in: kind text, day text
-- out: row_thing
-- In force on the day, whoever they are about: holders of an appointment, for instance.
SELECT {thing} FROM thing
WHERE kind = $1 AND from_day <= $2 AND (to_day = '' OR to_day >= $2)
ORDER BY word, person, from_day, id;

-- name: parties :many
-- in: most int
-- out: row_party
SELECT {party} FROM party ORDER BY id LIMIT $1;

-- name: members_of_party :many
-- in: party text, day text
-- out: row_person
SELECT {person p} FROM person p JOIN party_member m ON m.person = p.id
WHERE m.party = $1 AND m.from_day <= $2 AND (m.to_day = '' OR m.to_day >= $2) ORDER BY p.id;

-- name: party_member_one :one
-- in: party text, person text
-- out: row_party_member
SELECT {party_member} FROM party_member WHERE party = $1 AND person = $2;
