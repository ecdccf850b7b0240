-- schema.sql: the public register. Columns come from the allow-list (allowed.c); those marked "made"
-- are derived from the others, and serve searching and the status.
-- SPDX-License-Identifier: Apache-2.0
PRAGMA user_version = 4;                     -- REGISTER_FORM of register.h
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE party (
    id                TEXT PRIMARY KEY,
    name_ja           TEXT NOT NULL,
    name_en           TEXT NOT NULL,
    corporate_number  TEXT NOT NULL,
    country           TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE party_past (                    -- made: its name before the entry of that seq changed it
    party    TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    name_ja  TEXT NOT NULL,
    name_en  TEXT NOT NULL,
    PRIMARY KEY (party, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE edition (
    id               TEXT PRIMARY KEY,
    level            INTEGER NOT NULL,
    category         TEXT NOT NULL,          -- '' for any
    title_ja         TEXT NOT NULL,
    title_en         TEXT NOT NULL,
    starts           TEXT NOT NULL,
    acceptance_ends  TEXT NOT NULL,          -- last day, '' for open
    extension_ends   TEXT NOT NULL,
    editorial        INTEGER NOT NULL,
    replaces         TEXT NOT NULL,
    announced        TEXT NOT NULL,
    cancelled        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE criterion (
    edition      TEXT NOT NULL,
    id           TEXT NOT NULL,
    position     INTEGER NOT NULL,
    text_ja      TEXT NOT NULL,
    text_en      TEXT NOT NULL,
    provisional  INTEGER NOT NULL,
    PRIMARY KEY (edition, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE parameter (
    name        TEXT NOT NULL,
    valid_from  TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (name, valid_from)
) STRICT, WITHOUT ROWID;
CREATE TABLE label (
    number         TEXT PRIMARY KEY,
    party          TEXT NOT NULL,
    level          INTEGER NOT NULL,
    route          TEXT NOT NULL,
    certification  TEXT NOT NULL,
    facility       TEXT NOT NULL,            -- party
    edition        TEXT NOT NULL,
    product_ja     TEXT NOT NULL,
    product_en     TEXT NOT NULL,
    category       TEXT NOT NULL,
    firmware       TEXT NOT NULL,
    issued         TEXT NOT NULL,
    expires        TEXT NOT NULL,            -- last valid day, inclusive, Tokyo
    support_end    TEXT NOT NULL,
    contact_ja     TEXT NOT NULL,
    contact_en     TEXT NOT NULL,
    contact_mail   TEXT NOT NULL,
    contact_phone  TEXT NOT NULL,
    security_mail  TEXT NOT NULL,
    policy_url     TEXT NOT NULL,
    product_url    TEXT NOT NULL,
    withdrawn      TEXT NOT NULL DEFAULT '', -- made from label_event, as the next four
    revoked        TEXT NOT NULL DEFAULT '',
    pending        INTEGER NOT NULL DEFAULT 0,
    grace_ends     TEXT NOT NULL DEFAULT '', -- last day of grace while an extension is pending
    provisional    INTEGER NOT NULL DEFAULT 0,
    models         INTEGER NOT NULL DEFAULT 0 -- made: how many
) STRICT, WITHOUT ROWID;
CREATE INDEX label_party ON label (party);
CREATE INDEX label_facility ON label (facility);
CREATE TABLE label_model (
    label     TEXT NOT NULL,
    position  INTEGER NOT NULL,
    model     TEXT NOT NULL,
    folded    TEXT NOT NULL DEFAULT '',      -- made: as people type it, made equal
    PRIMARY KEY (label, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_model_folded ON label_model (folded);
CREATE TABLE label_page (
    label  TEXT PRIMARY KEY,
    seq    INTEGER NOT NULL                  -- of the entry that had its page made anew
) STRICT, WITHOUT ROWID;
CREATE TABLE label_event (
    label  TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    day    TEXT NOT NULL,
    detail TEXT NOT NULL,                    -- canonical JSON
    PRIMARY KEY (label, seq, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE label_past (                    -- made: what the label was after the event of that seq
    number         TEXT NOT NULL,
    seq            INTEGER NOT NULL,
    party          TEXT NOT NULL,
    level          INTEGER NOT NULL,
    route          TEXT NOT NULL,
    certification  TEXT NOT NULL,
    facility       TEXT NOT NULL,
    edition        TEXT NOT NULL,
    product_ja     TEXT NOT NULL,
    product_en     TEXT NOT NULL,
    category       TEXT NOT NULL,
    firmware       TEXT NOT NULL,
    issued         TEXT NOT NULL,
    expires        TEXT NOT NULL,
    support_end    TEXT NOT NULL,
    contact_ja     TEXT NOT NULL,
    contact_en     TEXT NOT NULL,
    contact_mail   TEXT NOT NULL,
    contact_phone  TEXT NOT NULL,
    security_mail  TEXT NOT NULL,
    policy_url     TEXT NOT NULL,
    product_url    TEXT NOT NULL,
    PRIMARY KEY (number, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_past_party ON label_past (party);
CREATE INDEX label_past_facility ON label_past (facility);
CREATE TABLE label_past_models (             -- made: likewise, its model numbers
    label   TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    models  TEXT NOT NULL,                   -- one a line, in their order
    PRIMARY KEY (label, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE facility_thing (                -- 6.1.1-1: approvals, scopes and accreditations, each with its days
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,                 -- approval, scope, accreditation
    party     TEXT NOT NULL,                 -- the facility
    word      TEXT NOT NULL,                 -- its number · "3:router" · number of the accreditation
    detail    TEXT NOT NULL,                 -- approval: {"site":…} · accreditation: accredited, interim
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL                  -- last day, '' while it has none
) STRICT, WITHOUT ROWID;
CREATE TABLE answer (                        -- 4.10-1: answers to inquiries on the criteria
    number       TEXT PRIMARY KEY,
    day          TEXT NOT NULL,
    edition      TEXT NOT NULL,
    criteria     TEXT NOT NULL,              -- ids, spaces between
    question_ja  TEXT NOT NULL,              -- '' where it is in the other language alone
    question_en  TEXT NOT NULL,
    answer_ja    TEXT NOT NULL,
    answer_en    TEXT NOT NULL,
    replaced_by  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE misuse (                        -- facts of a misuse, published as the last measure
    number    TEXT PRIMARY KEY,
    day       TEXT NOT NULL,
    kind      TEXT NOT NULL,
    claimant  TEXT NOT NULL,
    claimed   TEXT NOT NULL,
    label     TEXT NOT NULL,
    facts_ja  TEXT NOT NULL,
    facts_en  TEXT NOT NULL,
    mended    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE label_search (                  -- made: number, names and model numbers, folded, one a line
    number  TEXT PRIMARY KEY,
    folded  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE security_notice (               -- 4.8.1, 4.8.3: each revision, as it was published
    id            TEXT NOT NULL,           -- notice number
    revision      INTEGER NOT NULL,        -- 1, 2, …
    label         TEXT NOT NULL,
    issuer        TEXT NOT NULL,           -- registrant, body
    kind          TEXT NOT NULL,           -- advisory, not-affected
    state         TEXT NOT NULL,           -- published, ended
    at            INTEGER NOT NULL,        -- instant of its publication
    title_ja      TEXT NOT NULL,
    title_en      TEXT NOT NULL,
    summary_ja    TEXT NOT NULL,
    summary_en    TEXT NOT NULL,
    models        TEXT NOT NULL,           -- concerned, one a line, as the label had them on the day
    every_model   INTEGER NOT NULL,        -- 1: those are all that the label had
    affected      TEXT NOT NULL,           -- last version affected, '' for all
    fixed         TEXT NOT NULL,           -- version with the fix, '' for none
    cves          TEXT NOT NULL,           -- one a line, as the next two
    vectors       TEXT NOT NULL,
    links         TEXT NOT NULL,
    remedy        TEXT NOT NULL,
    remedy_ja     TEXT NOT NULL,
    remedy_en     TEXT NOT NULL,
    justification TEXT NOT NULL,
    ground        TEXT NOT NULL,           -- of the body's warning
    text_ja       TEXT NOT NULL,           -- what the revision changes, or why it has ended
    text_en       TEXT NOT NULL,
    product_ja    TEXT NOT NULL,           -- names as they were on the day
    product_en    TEXT NOT NULL,
    maker_ja      TEXT NOT NULL,
    maker_en      TEXT NOT NULL,
    maker_url     TEXT NOT NULL,
    maker_mail    TEXT NOT NULL,
    body_ja       TEXT NOT NULL,
    body_en       TEXT NOT NULL,
    source_id     TEXT NOT NULL,           -- the maker's own CSAF document: its id, publisher, address
    source_by     TEXT NOT NULL,
    source_url    TEXT NOT NULL,
    PRIMARY KEY (id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX security_notice_label ON security_notice (label);
CREATE TABLE csaf_document (                 -- made: the last revision of each notice as CSAF 2.0
    id         TEXT PRIMARY KEY,
    revision   INTEGER NOT NULL,
    title      TEXT NOT NULL,
    published  INTEGER NOT NULL,             -- instants: of the first and of the last revision
    updated    INTEGER NOT NULL,
    body       TEXT NOT NULL,
    signature  TEXT NOT NULL                 -- OpenPGP, in armour; '' while nobody has signed it
) STRICT, WITHOUT ROWID;
