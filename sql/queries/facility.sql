-- facility.sql: Evaluation Facilities: what is in force for them, and their cases.
-- SPDX-License-Identifier: Apache-2.0

-- name: things_of_party :many
-- What was begun about a facility, or agreed with a party; the clearances and bars are of persons.
-- in: party text
-- out: row_thing
SELECT {thing} FROM thing
WHERE party = $1 AND kind IN ('approval', 'scope', 'accreditation', 'evaluator', 'nda')
ORDER BY seq, id;

-- name: cases_of_facility :many
-- Every case that names the facility, the latest first.
-- in: facility text
-- out: row_casework
SELECT {casework} FROM casework WHERE facility = $1 ORDER BY opened DESC, id;
