# many.py: a registry of the demonstration grown to so many labels, for measurements alone.
# SPDX-License-Identifier: Apache-2.0
#
# Each further label is an entry of the journal in its right form, on the chain, with its rows: what the
# demonstration wrote when it issued its first label and began to watch its expiry, under another number
# and another case. Nobody has judged these entries: their act is "many".
import hashlib
import json
import os
import sqlite3

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def number(n):
    """HS{80 to 99}-{seq:5}-{check}: the check character of ISO/IEC 7064 MOD 37,36."""
    text, p = f"HS{80 + n // 100000}{n % 100000:05}", 36
    for letter in text:
        p = ((p + DIGITS.index(letter)) % 36 or 36) * 2 % 37
    return f"{text[:4]}-{text[4:]}-{DIGITS[(1 - p) % 36]}"


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def pattern(base):
    """The entry that issued the first label, and the rows of a label whose expiry is watched."""
    at, entry, payload = base.execute(
        "SELECT j.seq, j.entry, p.payload FROM journal j JOIN journal_payload p USING (seq) "
        "WHERE j.entry LIKE '%\"step\":\"issue\"%' ORDER BY j.seq LIMIT 1").fetchone()
    rows = [e for e in json.loads(payload[16:])["effects"] if e[0] in ("label", "label_model", "label_event")]
    base.row_factory = sqlite3.Row
    watch = base.execute("SELECT * FROM casework WHERE label = ? AND procedure = 'expiry'",
                         (rows[0][1]["number"],)).fetchone()
    base.row_factory = None
    return json.loads(entry), at, rows + [["casework", dict(watch)]]


def grow(data, labels, first=0, expires=None, alarm=None, party=None):
    """Labels number(first) and on. expires: their last day; alarm: (instant, step) of the clock."""
    base = sqlite3.connect(f"{data}/casework.db", isolation_level=None)
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA cache_size = -400000")
    entry, at, effects = pattern(base)
    for table, row in effects:
        if table == "label":
            old = row["number"]
            row.update(case_id="@CASE", party=party or row["party"], expires=expires or row["expires"])
        elif table == "label_event":
            row.update(case_id="@CASE", seq=-1)
        elif table == "casework":
            row.update(id="@CASE", party=party or row["party"], registrant=party or row["registrant"])
            row.update(zip(("alarm", "alarm_step"), alarm or ()))
    said = canonical({"effects": effects, "facts": {}, "fields": {}}).replace(old, "@NUMBER")
    entry = canonical(dict(entry, act="many", step="", case="@CASE", payload="@DIGEST", seq=-1))
    inserts = [(f"INSERT INTO {table} ({','.join(row)}) VALUES ({','.join('?' * len(row))})",
                [old if v == old else v for v in row.values()]) for table, row in effects]
    seq, digest = base.execute("SELECT seq, hash FROM journal_head").fetchone()
    base.execute("BEGIN")
    for n in range(first, first + labels):
        seq += 1
        mine = {"@CASE": f"many{n:012}", old: number(n), -1: seq}
        salted = os.urandom(16) + said.replace("@CASE", mine["@CASE"]).replace("@NUMBER", mine[old]).replace(
            '"seq":-1', f'"seq":{seq}').encode()
        text = entry.replace("@CASE", mine["@CASE"]).replace("@DIGEST", hashlib.sha256(salted).hexdigest()).replace(
            '"seq":-1', f'"seq":{seq}')
        digest = hashlib.sha256(digest + text.encode()).digest()
        base.execute("INSERT INTO journal VALUES (?,?,?)", (seq, text, digest))
        base.execute("INSERT INTO journal_payload VALUES (?,?)", (seq, salted))
        for statement, values in inserts:
            base.execute(statement, [mine.get(v, v) for v in values])
    base.execute("UPDATE journal_head SET seq = ?, hash = ?", (seq, digest))
    base.execute("COMMIT")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
