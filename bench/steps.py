# steps.py: durable steps through the API against bare SQLite transactions that write the same rows.
# SPDX-License-Identifier: Apache-2.0
#
# "The same rows": after a round through the API, every journal entry it made is taken from the database
# with its payload and the rows of its effects; the bare side writes just these, one transaction an entry,
# to tables of the same form in the same file system, WAL and synchronous=FULL as well.
import json
import random
import sqlite3
import threading
import time
from pathlib import Path

from measure import median, say
from client import Api
from procedure import STEPS

ROUNDS, SECONDS, CLIENTS = 5, 4, 8


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def take_steps(server, seconds):
    """Clients take cases through the procedure; the seconds each acknowledged step took."""
    took, lock, until = [], threading.Lock(), time.monotonic() + seconds

    def client(n):
        chance, mine = random.Random(n), []
        apis = {role: Api(server.url, key) for role, key in server.keys.items()}
        while time.monotonic() < until:
            opened = apis["applicant"].open_case()
            case, etag = opened.body["id"], opened.headers["etag"]
            for step, role, fields in STEPS:
                asked = fields(chance)
                begun = time.monotonic()
                answer = apis[role].step(case, step, asked, etag=etag)
                if answer.status not in (200, 201):
                    raise RuntimeError(f"{step}: {answer.status} {answer.raw[:300]!r}")
                mine.append(time.monotonic() - begun)
                etag = answer.headers["etag"]
                if begun > until:
                    break
        with lock:
            took.extend(mine)

    threads = [threading.Thread(target=client, args=(time.monotonic_ns() + n,)) for n in range(CLIENTS)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, time.monotonic() - begun


def entries_since(data, seq):
    """What each journal entry wrote: [(statement, values), …] for one transaction."""
    base = sqlite3.connect(f"file:{data}/casework.db?mode=ro", uri=True)
    columns = {}
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns[table] = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
    found = []
    for at, entry, digest, payload in base.execute(
            "SELECT j.seq, j.entry, j.hash, p.payload FROM journal j JOIN journal_payload p USING (seq) "
            "WHERE j.seq > ? ORDER BY j.seq", (seq,)):
        writes = [("INSERT OR REPLACE INTO journal VALUES (?,?,?)", (at, entry, digest)),
                  ("INSERT OR REPLACE INTO journal_payload VALUES (?,?)", (at, payload)),
                  ("UPDATE journal_head SET seq = ?, hash = ?", (at, digest))]
        for effect in json.loads(payload[16:])["effects"]:
            table, row = effect[0], effect[1]
            if len(effect) > 2:
                continue
            names = [name for name in columns[table] if name in row]
            writes.append((f"INSERT OR REPLACE INTO {table} ({','.join(names)}) VALUES "
                           f"({','.join('?' * len(names))})", [row[name] for name in names]))
        found.append(writes)
    schema = [row[0] for row in base.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC")]
    base.close()
    return schema, found


def bare(folder, schema, entries, seconds):
    """One transaction an entry, nothing else; the seconds each took."""
    path = Path(folder) / "bare.db"
    for old in Path(folder).glob("bare.db*"):
        old.unlink()
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = FULL")
    for statement in schema:
        base.execute(statement)
    base.execute("INSERT OR IGNORE INTO journal_head VALUES (1, 0, x'00')")
    took, begun = [], time.monotonic()
    while time.monotonic() - begun < seconds:
        for writes in entries:
            at = time.monotonic()
            base.execute("BEGIN IMMEDIATE")
            for statement, values in writes:
                base.execute(statement, values)
            base.execute("COMMIT")
            took.append(time.monotonic() - at)
            if time.monotonic() - begun > seconds:
                break
    whole = time.monotonic() - begun
    base.close()
    return took, whole


def head(data):
    base = sqlite3.connect(f"file:{data}/casework.db?mode=ro", uri=True)
    (seq,) = base.execute("SELECT seq FROM journal_head").fetchone()
    base.close()
    return seq


def compare(server, folder):
    rates, late = {"ours": [], "theirs": []}, {"ours": [], "theirs": []}
    for _ in range(ROUNDS):
        before = head(server.data)
        took, whole = take_steps(server, SECONDS)
        rates["ours"].append(len(took) / whole)
        late["ours"].append(percentile(took, 0.99) * 1000)
        schema, entries = entries_since(server.data, before)
        took, whole = bare(folder, schema, entries, SECONDS)
        rates["theirs"].append(len(took) / whole)
        late["theirs"].append(percentile(took, 0.99) * 1000)
    print(f"# {ROUNDS} rounds of {SECONDS} s, {CLIENTS} clients of the API; the bare side is one writer with no client; "
          "medians")
    say("durable steps a second", median(rates["ours"]), median(rates["theirs"]), "/s", "over 0.50")
    say("durable steps: p99", median(late["ours"]), median(late["theirs"]), "ms")
