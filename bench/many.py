# many.py: a registry of the demonstration grown to so many labels, for the start-up measurement alone.
# SPDX-License-Identifier: Apache-2.0
#
# Each further label is an entry of the journal in its right form, on the chain, with its rows: the last
# step of a label that the demonstration issued, under another number and another case.
import hashlib
import json
import os
import sqlite3

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def number(seq):
    """HS99-{seq:5}-{check}: the check character of ISO/IEC 7064 MOD 37,36."""
    p = 36
    for letter in f"HS99{seq:05}":
        p = ((p + DIGITS.index(letter)) % 36 or 36) * 2 % 37
    return f"HS99-{seq:05}-{DIGITS[(1 - p) % 36]}"


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def grow(data, labels):
    base = sqlite3.connect(f"{data}/casework.db", isolation_level=None)
    base.execute("PRAGMA synchronous = OFF")
    at, entry, payload = base.execute(
        "SELECT j.seq, j.entry, p.payload FROM journal j JOIN journal_payload p USING (seq) "
        "WHERE j.entry LIKE '%\"step\":\"issue\"%' ORDER BY j.seq LIMIT 1").fetchone()
    effects = json.loads(payload[16:])["effects"]
    kept = [e for e in effects if e[0] in ("label", "label_model", "label_event", "casework", "case_step")]
    old_case = json.loads(entry)["case"]
    old_number = next(e[1]["number"] for e in kept if e[0] == "label")
    seq, digest = base.execute("SELECT seq, hash FROM journal_head").fetchone()
    base.execute("BEGIN")
    for n in range(1, labels + 1):
        seq += 1
        said = canonical({"effects": kept, "facts": {}, "fields": {}}).replace(
            old_case, f"many{n:012}").replace(old_number, number(n)).replace(f'"seq":{at}', f'"seq":{seq}')
        salted = os.urandom(16) + said.encode()
        one = dict(json.loads(entry), seq=seq, case=f"many{n:012}", payload=hashlib.sha256(salted).hexdigest())
        text = canonical(one)
        digest = hashlib.sha256(digest + text.encode()).digest()
        base.execute("INSERT INTO journal VALUES (?,?,?)", (seq, text, digest))
        base.execute("INSERT INTO journal_payload VALUES (?,?)", (seq, salted))
        for table, row in json.loads(said)["effects"]:
            base.execute(f"INSERT OR REPLACE INTO {table} ({','.join(row)}) VALUES ({','.join('?' * len(row))})",
                         list(row.values()))
    base.execute("UPDATE journal_head SET seq = ?, hash = ?", (seq, digest))
    base.execute("COMMIT")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
