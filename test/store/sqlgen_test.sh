#!/bin/bash
# sqlgen_test.sh SQLGEN: sqlgen refuses what it cannot make safe C of, and says where.
# SPDX-License-Identifier: Apache-2.0
set -u
sqlgen=$1
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
n=0

tables='CREATE TABLE journal ( -- replay: chain
    seq  BIGINT PRIMARY KEY
);
CREATE TABLE person (
    id    TEXT PRIMARY KEY,
    name  TEXT NOT NULL
);
CREATE TABLE session ( -- replay: no, a session is not an act
    digest  TEXT PRIMARY KEY
);'

# refused WHAT MESSAGE TABLES QUERIES
refused() {
    n=$((n + 1))
    printf '%s\n' "$3" >"$room/tables.sql"
    printf '%s\n' "$4" >"$room/query.sql"
    said=$("$sqlgen" "$room" "$room/tables.sql" "$room/query.sql" 2>&1)
    code=$?
    if [ "$2" = "" ] && [ $code = 0 ]; then
        echo "ok $n - $1"
    elif [ "$2" != "" ] && [ $code = 1 ] && [[ $said == *"$2"* ]]; then
        echo "ok $n - refused: $1"
    else
        echo "not ok $n - $1"
        echo "# wanted: $2"
        echo "# got $code: $said"
    fi
}

refused "a good one" "" "$tables" '-- name: find :one
-- in: id text
-- out: row_person
SELECT {person} FROM person WHERE id = $1;'
refused "a table without a key" "tables.sql:3: table 'x' has no key" 'CREATE TABLE x (
    a  TEXT NOT NULL
);' ''
refused "a key that is not in front" "the key comes first" 'CREATE TABLE x (
    a  TEXT NOT NULL,
    b  TEXT NOT NULL,
    PRIMARY KEY (b)
);' ''
refused "a column that may be NULL" "tables.sql:3: column 'b' is not NOT NULL" 'CREATE TABLE x (
    a  TEXT PRIMARY KEY,
    b  TEXT
);' ''
refused "a type that the engines do not share" "'REAL' is no type here" 'CREATE TABLE x (
    a  REAL PRIMARY KEY
);' ''
refused "a table left out without a reason" "'no, REASON'" 'CREATE TABLE x ( -- replay: no
    a  TEXT PRIMARY KEY
);' ''
refused "a table that does not end" "does not end" 'CREATE TABLE x (
    a  TEXT PRIMARY KEY,' ''
refused "a trigger" "neither a table nor an index" "$tables
CREATE TRIGGER t;" ''
refused "a reader that writes" "'w' does not begin with a verb of its kind" "$tables" '-- name: w :one
-- in: id text
-- out: id text
UPDATE person SET name = $1 RETURNING id;'
refused "a reader that writes inside" "'w' reads, but writes 'person'" "$tables" '-- name: w :one
-- in: id text
-- out: id text
WITH gone AS (delete from person where id = $1 returning id) SELECT id FROM gone;'
refused "a table altered" "does not begin with a verb" "$tables" '-- name: w :exec-aside
ALTER TABLE session ADD x TEXT;'
refused "a row written past the journal" "'w' may not write 'person'" "$tables" \
'-- name: w :exec-aside
-- in: id text
DELETE FROM person WHERE id = $1;'
refused "the journal written aside" "'w' may not write 'journal'" "$tables" '-- name: w :exec-aside
-- in: seq int
INSERT INTO journal (seq) VALUES ($1);'
refused "a session written aside" "" "$tables" '-- name: w :exec-aside
-- in: digest text
INSERT INTO session (digest) VALUES ($1);'
refused "an argument that is not used" "does not use \$2" "$tables" '-- name: q :one
-- in: id text, other text
-- out: name text
SELECT name FROM person WHERE id = $1;'
refused "an argument that is not there" "has no \$2" "$tables" '-- name: q :one
-- in: id text
-- out: name text
SELECT name FROM person WHERE id = $1 OR id = $2;'
refused "an argument of a taken name" "'n' is taken" "$tables" '-- name: q :many
-- in: n int
-- out: name text
SELECT name FROM person LIMIT $1;'
refused "columns of no table" "no table 'people'" "$tables" '-- name: q :many
-- out: row_person
SELECT {people} FROM people;'
refused "two of one name" "query.sql:4: a second query 'q'" "$tables" '-- name: q :many
-- out: name text
SELECT name FROM person;
-- name: q :many'
refused "an answer without columns" "do not agree" "$tables" '-- name: q :many
SELECT name FROM person;'
refused "a statement without its end" "does not end with ';'" "$tables" '-- name: q :many
-- out: name text
SELECT name FROM person'
echo "1..$n"
