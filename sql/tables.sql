-- tables.sql: every table of the casework database, in the subset that SQLite and PostgreSQL share.
-- SPDX-License-Identifier: Apache-2.0
--
-- Types: BIGINT (numbers, and instants as UTC milliseconds), TEXT (ids, words, JSON, civil days
-- YYYY-MM-DD in Tokyo, '' for no day), BYTEA. sqlgen makes SQLite's STRICT form of it, a C struct
-- row_TABLE and put_TABLE()/drop_TABLE() for each.
--
-- A line "-- replay: chain" marks the journal itself (checked by its chain), "-- replay: no, REASON" the
-- few tables that replay leaves out; every other table is rebuilt from the journal and compared.
-- The primary key is always the first column or columns.

CREATE TABLE journal (            -- replay: chain
    seq    BIGINT PRIMARY KEY,
    entry  TEXT NOT NULL,
    hash   BYTEA NOT NULL
);
CREATE TABLE journal_payload (    -- replay: chain
    seq      BIGINT PRIMARY KEY,
    payload  BYTEA NOT NULL
);
CREATE TABLE journal_head (       -- replay: chain
    one   BIGINT PRIMARY KEY CHECK (one = 1),
    seq   BIGINT NOT NULL,
    hash  BYTEA NOT NULL
);

CREATE TABLE tables_made (        -- replay: no, the version of the tables themselves
    one      BIGINT PRIMARY KEY CHECK (one = 1),
    version  BIGINT NOT NULL,
    digest   TEXT NOT NULL
);

-- ---- persons, accounts, parties

CREATE TABLE person (
    id       TEXT PRIMARY KEY,
    name_ja  TEXT NOT NULL,
    name_en  TEXT NOT NULL,
    mail     TEXT NOT NULL,
    language TEXT NOT NULL                 -- of mail to them: ja, en
);
CREATE TABLE account (
    id             TEXT PRIMARY KEY,
    person         TEXT NOT NULL,
    login          TEXT NOT NULL UNIQUE,   -- mail address, lower case
    password       TEXT NOT NULL,          -- Argon2id in its own text form; '' when none can be used
    administrator  BIGINT NOT NULL,
    closed         BIGINT NOT NULL
);
CREATE TABLE api_key (
    digest   TEXT PRIMARY KEY,             -- SHA-256 of the key, hex
    account  TEXT NOT NULL,
    name     TEXT NOT NULL,
    closed   BIGINT NOT NULL
);
CREATE TABLE party (                       -- a legal entity: a maker, an Evaluation Facility
    id                TEXT PRIMARY KEY,
    name_ja           TEXT NOT NULL,
    name_en           TEXT NOT NULL,
    corporate_number  TEXT NOT NULL,
    country           TEXT NOT NULL,       -- ISO 3166-1 alpha-2
    body_itself       BIGINT NOT NULL,     -- 1: the labelling body (2.1.3-5)
    kind              TEXT NOT NULL        -- as it registered itself: facility; '' for a maker
);
CREATE TABLE party_member (                -- who may act for a party
    party     TEXT NOT NULL,
    person    TEXT NOT NULL,
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL,
    PRIMARY KEY (party, person)
);
CREATE INDEX party_member_person ON party_member (person);

-- ---- dated things that a case begins and ends: appointment, ethics, bar, clearance, qualification …
CREATE TABLE thing (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,               -- a `thing` of words.rules
    person    TEXT NOT NULL,               -- '' when about no person
    word      TEXT NOT NULL,               -- appointment: role · qualification: function · bar: ground
    detail    TEXT NOT NULL,               -- appointment: holder or deputy · qualification: "1-2 *" levels, categories
    case_id   TEXT NOT NULL,               -- bar, clearance: about this case, '' for any
    party     TEXT NOT NULL,               -- bar: about this maker, '' for any
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL,               -- last day, '' for open
    seq       BIGINT NOT NULL              -- journal entry that began it
);
CREATE INDEX thing_person ON thing (person, case_id);
CREATE INDEX thing_case ON thing (case_id);
CREATE INDEX thing_party ON thing (party);

-- ---- what the manual leaves to procedures: dated, with clause and approver

CREATE TABLE parameter (
    name        TEXT NOT NULL,
    valid_from  TEXT NOT NULL,
    value       TEXT NOT NULL,
    clause      TEXT NOT NULL,
    approver    TEXT NOT NULL,             -- person, '' for a default of ours
    note        TEXT NOT NULL,
    case_id     TEXT NOT NULL,             -- whose decision it is, '' for the founding
    PRIMARY KEY (name, valid_from)
);
CREATE TABLE holiday (
    day      TEXT PRIMARY KEY,
    name_ja  TEXT NOT NULL,
    name_en  TEXT NOT NULL
);
CREATE TABLE tariff (                      -- 2.2.2-1
    procedure   TEXT NOT NULL,
    level       BIGINT NOT NULL,
    valid_from  TEXT NOT NULL,
    yen         BIGINT NOT NULL,
    note        TEXT NOT NULL,
    PRIMARY KEY (procedure, level, valid_from)
);
CREATE TABLE criteria_edition (
    id               TEXT PRIMARY KEY,     -- "JST-CR-01-01-2024R1"
    level            BIGINT NOT NULL,
    category         TEXT NOT NULL,        -- of the products it is for, '' for any
    title_ja         TEXT NOT NULL,
    title_en         TEXT NOT NULL,
    starts           TEXT NOT NULL,
    acceptance_ends  TEXT NOT NULL,        -- last day, '' for open
    extension_ends   TEXT NOT NULL,        -- last day on which an extension under it may be filed (5-2)
    editorial        BIGINT NOT NULL,      -- 1: wording only, it bars nothing
    replaces         TEXT NOT NULL,        -- the edition that it takes the place of, '' for none
    announced        TEXT NOT NULL,        -- day, '' for those there at the founding
    cancelled        TEXT NOT NULL         -- day: it never starts, '' for in force
);
CREATE TABLE criterion (
    edition      TEXT NOT NULL,
    id           TEXT NOT NULL,            -- "S1.1-01"
    position     BIGINT NOT NULL,
    text_ja      TEXT NOT NULL,
    text_en      TEXT NOT NULL,
    provisional  BIGINT NOT NULL,          -- 1: our short wording, to be replaced by the official text
    PRIMARY KEY (edition, id)
);
CREATE TABLE number_series (               -- the last number given, by kind and year
    kind  TEXT NOT NULL,
    year  BIGINT NOT NULL,
    last  BIGINT NOT NULL,
    PRIMARY KEY (kind, year)
);

-- ---- cases: a narrow row for the state, others for the text

CREATE TABLE casework (
    id         TEXT PRIMARY KEY,
    procedure  TEXT NOT NULL,
    state      TEXT NOT NULL,
    level      BIGINT NOT NULL,
    party      TEXT NOT NULL,              -- applicant, '' when none yet
    opened_by  TEXT NOT NULL,              -- person
    opened     BIGINT NOT NULL,
    since      BIGINT NOT NULL,            -- instant at which the present state began
    due        TEXT NOT NULL,              -- target day of the present turn, '' for none
    version    BIGINT NOT NULL,
    label      TEXT NOT NULL,              -- registration number, '' when none
    edition    TEXT NOT NULL,
    title_ja   TEXT NOT NULL,              -- product, for lists
    title_en   TEXT NOT NULL,
    category   TEXT NOT NULL,              -- of the product, '' for any
    registrant TEXT NOT NULL,              -- party: of the label that the case is about, '' for none
    facility   TEXT NOT NULL,              -- party: the Evaluation Facility named, '' for none
    entry      TEXT NOT NULL,              -- the step that took it out of the draft
    parent     TEXT NOT NULL,              -- the case whose step opened it, '' for none
    alarm      BIGINT NOT NULL,            -- instant of the clock's next step, 0 for none
    alarm_step TEXT NOT NULL
);
CREATE INDEX casework_state ON casework (state, due);
CREATE INDEX casework_party ON casework (party);
CREATE INDEX casework_opened_by ON casework (opened_by);
CREATE INDEX casework_label ON casework (label);
CREATE INDEX casework_registrant ON casework (registrant);
CREATE INDEX casework_facility ON casework (facility);
CREATE INDEX casework_alarm ON casework (alarm, id);
CREATE INDEX casework_parent ON casework (parent);
CREATE TABLE case_key (                    -- of a sealed case: its key, which the master key opens
    case_id  TEXT PRIMARY KEY,
    master   TEXT NOT NULL,                -- name of the master key, hex
    sealed   BYTEA NOT NULL
);
CREATE TABLE case_number (
    case_id  TEXT NOT NULL,
    kind     TEXT NOT NULL,                -- application-number, acceptance-number, registration-number
    number   TEXT NOT NULL UNIQUE,
    PRIMARY KEY (case_id, kind)
);
CREATE TABLE case_field (                  -- what was last filled in
    case_id  TEXT NOT NULL,
    field    TEXT NOT NULL,
    value    TEXT NOT NULL,                -- canonical JSON
    step     TEXT NOT NULL,
    PRIMARY KEY (case_id, field)
);
CREATE TABLE case_version (                -- what may be filled in again: each version stays (6.4-1)
    case_id  TEXT NOT NULL,
    seq      BIGINT NOT NULL,              -- of the journal
    field    TEXT NOT NULL,
    value    TEXT NOT NULL,                -- canonical JSON
    step     TEXT NOT NULL,
    PRIMARY KEY (case_id, seq, field)
);
CREATE TABLE case_step (                   -- the timeline: one row for each act on the case
    seq         BIGINT PRIMARY KEY,        -- of the journal
    case_id     TEXT NOT NULL,
    act         TEXT NOT NULL,             -- step, open, attach, read; missed: the clock's, refused
    step        TEXT NOT NULL,
    from_state  TEXT NOT NULL,
    to_state    TEXT NOT NULL,
    person      TEXT NOT NULL,
    role        TEXT NOT NULL,
    at          BIGINT NOT NULL,
    clause      TEXT NOT NULL,
    due         BIGINT NOT NULL            -- of the clock: the instant that it was to be taken, else 0
);
CREATE INDEX case_step_case ON case_step (case_id, seq);
CREATE INDEX case_step_person ON case_step (person, at);
CREATE TABLE case_file (
    id          TEXT PRIMARY KEY,
    case_id     TEXT NOT NULL,
    name        TEXT NOT NULL,
    media_type  TEXT NOT NULL,             -- as found by looking at the bytes
    bytes       BIGINT NOT NULL,
    digest      TEXT NOT NULL,             -- SHA-256, hex: DATA/files/ab/cdef…
    person      TEXT NOT NULL,
    at          BIGINT NOT NULL,
    replaced    BIGINT NOT NULL            -- 1: a later file of this name stands in its place
);
CREATE INDEX case_file_case ON case_file (case_id);
CREATE TABLE notice (
    id       TEXT PRIMARY KEY,
    case_id  TEXT NOT NULL,
    kind     TEXT NOT NULL,                -- a `notice` of the rule book
    person   TEXT NOT NULL,                -- to this person, or '' …
    party    TEXT NOT NULL,                -- … to whoever acts for this party, or '' …
    role     TEXT NOT NULL,                -- … to holders of this role; "public" for the register
    at       BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    blanks   TEXT NOT NULL                 -- what its text leaves open, filled in: canonical JSON
);
CREATE INDEX notice_person ON notice (person);
CREATE INDEX notice_party ON notice (party);
CREATE INDEX notice_case ON notice (case_id);
CREATE TABLE letter (                      -- a notice of sort letter, as it stands on paper for good
    notice   TEXT PRIMARY KEY,
    content  TEXT NOT NULL                 -- canonical JSON: addressee, sender, title, text, table
);
CREATE TABLE outbox (                      -- which notice goes to whom by mail
    id        TEXT PRIMARY KEY,
    notice    TEXT NOT NULL,
    person    TEXT NOT NULL,
    language  TEXT NOT NULL,               -- ja, en
    seq       BIGINT NOT NULL
);
CREATE INDEX outbox_seq ON outbox (seq, id);
CREATE INDEX outbox_notice ON outbox (notice);
CREATE TABLE idempotency (
    account   TEXT NOT NULL,
    key       TEXT NOT NULL,
    request   TEXT NOT NULL,               -- digest of what was asked
    case_id   TEXT NOT NULL,
    seq       BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (account, key)
);
CREATE TABLE outsider (                    -- who came without an account: how they follow their one case
    case_id   TEXT PRIMARY KEY,
    digest    TEXT NOT NULL UNIQUE,        -- SHA-256 of the link's secret, hex
    mail      TEXT NOT NULL,               -- where they are told, '' for nowhere but by the link
    language  TEXT NOT NULL,               -- ja, en
    link      TEXT NOT NULL                -- the secret itself, only of a sealed case that came by mail, and sealed; else ''
);
CREATE INDEX outsider_mail ON outsider (mail);
CREATE TABLE advisory_mark (               -- which advisory was taken in for which label
    mark      TEXT PRIMARY KEY,            -- of label and advisory, made with the seal's key
    case_id   TEXT NOT NULL,
    modified  TEXT NOT NULL                -- sealed: its day and a digest of what it says
);
CREATE TABLE feed (                        -- from where the watch reads advisories: dated settings
    case_id   TEXT NOT NULL,
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL,               -- first day on which it is not read so any more, '' for open
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,               -- cve5, myjvn, csaf
    place     TEXT NOT NULL,               -- file, folder or address
    hours     BIGINT NOT NULL,             -- between two readings
    PRIMARY KEY (case_id, from_day)
);
CREATE TABLE case_sbom (                   -- a bill of materials as it was read when it was filed
    case_id    TEXT NOT NULL,
    file       TEXT NOT NULL,              -- case_file
    digest     TEXT NOT NULL,              -- SHA-256 of it, hex
    form       TEXT NOT NULL,              -- CycloneDX 1.6, SPDX-2.3
    components BIGINT NOT NULL,
    PRIMARY KEY (case_id, file)
);
CREATE TABLE label_sbom (                  -- those bound to a label, by the entry that did it
    label      TEXT NOT NULL,
    seq        BIGINT NOT NULL,            -- of the journal: the last is what counts
    file       TEXT NOT NULL,              -- case_file
    case_id    TEXT NOT NULL,
    digest     TEXT NOT NULL,              -- SHA-256 of it, hex
    form       TEXT NOT NULL,
    components BIGINT NOT NULL,
    PRIMARY KEY (label, seq, file)
);
CREATE TABLE given_fact (                  -- facts that a case file gives; written by test builds only
    case_id  TEXT NOT NULL,
    fact     TEXT NOT NULL,
    value    TEXT NOT NULL,
    PRIMARY KEY (case_id, fact)
);

-- ---- labels

CREATE TABLE label (
    number           TEXT PRIMARY KEY,
    case_id          TEXT NOT NULL,
    party            TEXT NOT NULL,
    level            BIGINT NOT NULL,
    route            TEXT NOT NULL,        -- self-declared, certified
    certification    TEXT NOT NULL,        -- certification number, '' for none
    facility         TEXT NOT NULL,        -- party: whose report it was issued on, '' for none
    edition          TEXT NOT NULL,
    product_ja       TEXT NOT NULL,
    product_en       TEXT NOT NULL,
    category         TEXT NOT NULL,
    firmware         TEXT NOT NULL,
    issued           TEXT NOT NULL,
    expires          TEXT NOT NULL,        -- last valid day, inclusive
    term_start       TEXT NOT NULL,        -- issue or re-certification: the five years count from it (4.3.6)
    extensions       BIGINT NOT NULL,      -- applications for extension that count (4.3.4)
    pending          TEXT NOT NULL,        -- case: an admissible extension under examination, '' for none
    ended            TEXT NOT NULL,        -- first day on which it is no label any more, '' while it is one
    ended_as         TEXT NOT NULL,        -- withdrawn, revoked, lapsed
    support_end      TEXT NOT NULL,
    contact_ja       TEXT NOT NULL,        -- for users
    contact_en       TEXT NOT NULL,
    contact_mail     TEXT NOT NULL,        -- public: for users
    contact_phone    TEXT NOT NULL,
    security_mail    TEXT NOT NULL,        -- public: for reports of vulnerabilities
    policy_url       TEXT NOT NULL,
    product_url      TEXT NOT NULL
);
CREATE INDEX label_expires ON label (expires);
CREATE INDEX label_party ON label (party);
CREATE TABLE label_model (
    label     TEXT NOT NULL,
    position  BIGINT NOT NULL,
    model     TEXT NOT NULL,
    PRIMARY KEY (label, position)
);
CREATE TABLE label_event (                 -- history: dated events, shown in public
    label  TEXT NOT NULL,
    seq    BIGINT NOT NULL,
    kind   TEXT NOT NULL,                  -- issued, extended, withdrawn, revoked …
    day    TEXT NOT NULL,
    case_id TEXT NOT NULL,
    detail  TEXT NOT NULL,                 -- canonical JSON, public: what it was and what it is now
    PRIMARY KEY (label, seq, kind)
);

CREATE TABLE label_page (                  -- a public page that was to be made anew
    label  TEXT PRIMARY KEY,
    seq    BIGINT NOT NULL                 -- of the entry that said so last
);

CREATE TABLE published_answer (            -- 4.10-1: without whoever asked
    number       TEXT PRIMARY KEY,
    case_id      TEXT NOT NULL,
    day          TEXT NOT NULL,
    edition      TEXT NOT NULL,            -- of the criteria, '' for none named
    criteria     TEXT NOT NULL,            -- ids, spaces between
    question_ja  TEXT NOT NULL,            -- '' where it is in the other language alone
    question_en  TEXT NOT NULL,
    answer_ja    TEXT NOT NULL,
    answer_en    TEXT NOT NULL,
    replaced_by  TEXT NOT NULL             -- a later answer, '' while this one stands
);
CREATE TABLE security_notice (             -- 4.8.1, 4.8.3: each revision that was published, all of it public
    id            TEXT NOT NULL,           -- notice number
    revision      BIGINT NOT NULL,         -- 1, 2, …
    label         TEXT NOT NULL,
    case_id       TEXT NOT NULL,
    issuer        TEXT NOT NULL,           -- registrant, body
    kind          TEXT NOT NULL,           -- advisory, not-affected
    state         TEXT NOT NULL,           -- published, ended
    at            BIGINT NOT NULL,         -- instant of its publication
    title_ja      TEXT NOT NULL,
    title_en      TEXT NOT NULL,
    summary_ja    TEXT NOT NULL,
    summary_en    TEXT NOT NULL,
    models        TEXT NOT NULL,           -- concerned, one a line, as the label had them on the day
    every_model   BIGINT NOT NULL,         -- 1: those are all that the label had
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
);
CREATE INDEX security_notice_case ON security_notice (case_id);

-- ---- mass actions: what was fixed, and how far they have come

CREATE TABLE mass (
    case_id    TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,              -- an item of the list mass-kind
    items      BIGINT NOT NULL,
    models     BIGINT NOT NULL,
    makers     BIGINT NOT NULL,
    mails      BIGINT NOT NULL,            -- that it would send
    as_of      TEXT NOT NULL,              -- day on which the labels were looked at
    digest     TEXT NOT NULL,              -- of the items as they were then
    begun      BIGINT NOT NULL,            -- instant at which the rehearsal began, 0 for none
    rehearsed  BIGINT NOT NULL,            -- items rehearsed so far …
    refusable  BIGINT NOT NULL,            -- … and those of them that would be refused
    run        BIGINT NOT NULL,            -- items run so far …
    failed     BIGINT NOT NULL             -- … and those of them that were refused
);
CREATE TABLE mass_list (                   -- the items, in parts
    case_id  TEXT NOT NULL,
    part     BIGINT NOT NULL,
    lines    TEXT NOT NULL,                -- "label case items-of-its-maker first" in each, '-' for no case
    PRIMARY KEY (case_id, part)
);
CREATE TABLE mass_refusal (
    case_id  TEXT NOT NULL,
    phase    TEXT NOT NULL,                -- rehearsal, run
    item     BIGINT NOT NULL,              -- its place in the list, from 0
    label    TEXT NOT NULL,
    code     TEXT NOT NULL,                -- of the fault
    guard    TEXT NOT NULL,
    clause   TEXT NOT NULL,
    PRIMARY KEY (case_id, phase, item)
);
CREATE TABLE misuse_fact (                 -- published as the last measure, without whoever reported
    number    TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL,
    day       TEXT NOT NULL,
    kind      TEXT NOT NULL,               -- an item of misuse-kind
    claimant  TEXT NOT NULL,
    claimed   TEXT NOT NULL,               -- the number that is shown, '' for none
    label     TEXT NOT NULL,               -- of the register: concerned, or what the number resembles
    facts_ja  TEXT NOT NULL,
    facts_en  TEXT NOT NULL,
    mended    TEXT NOT NULL                -- day, '' while it is not
);

-- ---- what replay leaves out: all of it, with the reasons

CREATE TABLE session (                     -- replay: no, a session is not an act; it ends with its cookie
    digest   TEXT PRIMARY KEY,
    account  TEXT NOT NULL,
    form     TEXT NOT NULL,                -- secret against forged requests
    begun    BIGINT NOT NULL,
    seen     BIGINT NOT NULL
);
CREATE TABLE signin_link (                 -- replay: no, a one-time way into a session; demonstration and invitation only
    digest   TEXT PRIMARY KEY,
    account  TEXT NOT NULL,
    ends     BIGINT NOT NULL,
    once     BIGINT NOT NULL
);
CREATE TABLE signin_failure (              -- replay: no, a rate counter
    login  TEXT PRIMARY KEY,
    since  BIGINT NOT NULL,
    n      BIGINT NOT NULL
);
CREATE TABLE number_asked (                -- replay: no, numbers asked for that do not exist: a counter, of nobody
    number  TEXT PRIMARY KEY,
    n       BIGINT NOT NULL,
    first   TEXT NOT NULL,                 -- days
    last    TEXT NOT NULL
);
CREATE TABLE notice_read (                 -- replay: no, delivery of notices
    notice  TEXT NOT NULL,
    person  TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (notice, person)
);
CREATE TABLE mail_came (                   -- replay: no, what became of a mail that came in: a counter, and no word of it
    digest   TEXT PRIMARY KEY,             -- of what tells it from others, made with the seal's key
    at       BIGINT NOT NULL,
    sender   TEXT NOT NULL,                -- digest of the address, made likewise
    outcome  TEXT NOT NULL                 -- taken, automatic
);
CREATE INDEX mail_came_at ON mail_came (at);
CREATE TABLE feed_look (                   -- replay: no, what a feed gave when it was read last is no act of ours
    feed         TEXT PRIMARY KEY,         -- its case
    begun        BIGINT NOT NULL,
    ended        BIGINT NOT NULL,          -- 0: under way
    next         BIGINT NOT NULL,          -- when it is to be read again
    stamp        TEXT NOT NULL,            -- what the file or folder looked like
    etag         TEXT NOT NULL,
    modified     TEXT NOT NULL,            -- Last-Modified, as the server wrote it
    records      BIGINT NOT NULL,
    new_records  BIGINT NOT NULL,          -- of them, not taken before as they are
    matched      BIGINT NOT NULL,          -- advisories that reach a labelled model
    cases        BIGINT NOT NULL,          -- opened or brought up to date
    refused      BIGINT NOT NULL,          -- records that cannot be read
    broad        BIGINT NOT NULL,          -- advisories that name too much to be matched to the end
    fault        TEXT NOT NULL,            -- code, '' for none
    detail       TEXT NOT NULL,
    good         BIGINT NOT NULL           -- instant of the last reading without a fault of the feed itself
);
CREATE TABLE advisory_seen (               -- replay: no, what was read before need not be matched again; cases are by advisory_mark
    kind  TEXT NOT NULL,
    id    TEXT NOT NULL,
    said  TEXT NOT NULL,                   -- digest of what it said
    PRIMARY KEY (kind, id)
);
CREATE TABLE post_mark (                   -- replay: no, up to which entry the outbox has been taken up
    one  BIGINT PRIMARY KEY CHECK (one = 1),
    seq  BIGINT NOT NULL
);
CREATE TABLE delivery (                    -- replay: no, what a relay answers is no act of ours
    outbox   TEXT PRIMARY KEY,
    state    TEXT NOT NULL,                -- waiting, sending, sent, refused, settled
    address  TEXT NOT NULL,                -- to which it went last
    tries    BIGINT NOT NULL,
    begun    BIGINT NOT NULL,              -- instant of its taking up
    next     BIGINT NOT NULL,              -- instant of the next try
    at       BIGINT NOT NULL,              -- instant of the last change
    answer   TEXT NOT NULL                 -- what the relay said last
);
CREATE INDEX delivery_state ON delivery (state, next);
CREATE TABLE delivery_try (                -- replay: no, the tries one by one
    outbox  TEXT NOT NULL,
    n       BIGINT NOT NULL,
    begun   BIGINT NOT NULL,
    ended   BIGINT NOT NULL,               -- 0: its outcome is not known
    answer  TEXT NOT NULL,
    PRIMARY KEY (outbox, n)
);
CREATE TABLE api_key_seen (                -- replay: no, when a key was last used
    digest  TEXT PRIMARY KEY,
    day     TEXT NOT NULL
);
