# steps.py: durable steps through the API against bare SQLite transactions that write the same rows.
# SPDX-License-Identifier: Apache-2.0
#
# "The same rows": after a round through the API, every journal entry it made is taken from the database
# with its payload and the rows of its effects; the bare side writes just these, byte for byte, one
# transaction an entry, to a copy of the database as it was before the round, with all its indexes, in
# the same file system, WAL and synchronous=FULL as well. Opening a case is a transaction too, and is
# counted on both sides. CPU is that of all our processes; on the bare side that of its one, Python's.
import json
import random
import re
import socket
import sqlite3
import threading
import time
from pathlib import Path

from measure import cpu_seconds, median, say, spread
from procedure import STEPS

ROUNDS, SECONDS, CLIENTS = 7, 2, 8


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


class Line:
    """One connection that posts: Python's own client would take as much of the machine as the server does."""

    def __init__(self, server):
        self.socket = socket.create_connection(("127.0.0.1", server.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.heads = {role: f"Host: {server.url[7:]}\r\nAuthorization: Bearer {key}\r\n"
                            "Content-Type: application/json\r\n" for role, key in server.keys.items()}
        self.n = 0

    def post(self, role, path, fields, etag=None):
        """(seconds until the whole answer was there, its ETag, its body)"""
        body = json.dumps(fields).encode()
        self.n += 1
        head = (f"POST {path} HTTP/1.1\r\n{self.heads[role]}Idempotency-Key: {id(self)}-{self.n}-{time.time_ns()}\r\n"
                f"{f'If-Match: {etag}' if etag else 'Accept: */*'}\r\nContent-Length: {len(body)}\r\n\r\n")
        begun = time.monotonic()
        self.socket.sendall(head.encode() + body)
        said, end = self.socket.recv(65536), -1
        while (end := said.find(b"\r\n\r\n")) < 0:
            said += self.socket.recv(65536)
        bytes_in_all = end + 4 + int(re.search(rb"\r\nContent-Length: (\d+)", said[:end + 2])[1])
        while len(said) < bytes_in_all:
            said += self.socket.recv(65536)
        took = time.monotonic() - begun
        if said[9:12] not in (b"200", b"201"):
            raise RuntimeError(f"{path}: {said[:600]!r}")
        return took, re.search(rb"\r\nETag: ([^\r]+)", said[:end + 2])[1].decode(), said[end + 4:]


def take_steps(server, seconds, clients):
    """Clients take cases through the procedure; the seconds each acknowledged entry took."""
    took, lock, until = [], threading.Lock(), time.monotonic() + seconds

    def client(n):
        chance, mine, line = random.Random(n), [], Line(server)
        while time.monotonic() < until:
            one, etag, opened = line.post("applicant", "/api/v1/cases", {"procedure": "self-declared", "level": 1})
            mine.append(one)
            case = json.loads(opened)["id"]
            for step, role, fields in STEPS:
                asked = fields(chance)
                begun = time.monotonic()
                one, etag, _ = line.post(role, f"/api/v1/cases/{case}/steps/{step}", asked, etag)
                mine.append(one)
                if begun > until:
                    break
        with lock:
            took.extend(mine)

    threads = [threading.Thread(target=client, args=(time.monotonic_ns() + n,)) for n in range(clients)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, time.monotonic() - begun


def copy(data, path):
    """The database as it is now."""
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    base, to = sqlite3.connect(f"file:{data}/casework.db?mode=ro", uri=True), sqlite3.connect(path)
    base.backup(to)
    (seq,) = base.execute("SELECT seq FROM journal_head").fetchone()
    base.close()
    to.close()
    return seq


def effect_statement(effect):
    table, row = effect[0], effect[1]
    if len(effect) > 2:
        return f"DELETE FROM {table} WHERE {' AND '.join(f'{name} = ?' for name in row)}", list(row.values())
    return (f"INSERT OR REPLACE INTO {table} ({','.join(row)}) VALUES ({','.join('?' * len(row))})",
            list(row.values()))


def entries_since(data, seq):
    """What each journal entry wrote: [(statement, values), …] for one transaction."""
    base = sqlite3.connect(f"file:{data}/casework.db?mode=ro", uri=True)
    found = []
    for at, entry, digest, payload in base.execute(
            "SELECT j.seq, j.entry, j.hash, p.payload FROM journal j JOIN journal_payload p USING (seq) "
            "WHERE j.seq > ? ORDER BY j.seq", (seq,)):
        writes = [("INSERT OR REPLACE INTO journal VALUES (?,?,?)", (at, entry, digest)),
                  ("INSERT OR REPLACE INTO journal_payload VALUES (?,?)", (at, payload)),
                  ("UPDATE journal_head SET seq = ?, hash = ?", (at, digest))]
        found.append(writes + [effect_statement(effect) for effect in json.loads(payload[16:])["effects"]])
    base.close()
    return found


def bare(path, entries, seconds):
    """One transaction an entry, nothing else; the seconds each took."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = FULL")
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


def note(seen, took, whole, cpu):
    seen.append((len(took) / whole, percentile(took, 0.5) * 1000, percentile(took, 0.99) * 1000,
                 cpu / len(took) * 1e6))


def one_round(server, path, seen):
    for clients in (1, CLIENTS):
        before, cpu = copy(server.data, path), cpu_seconds(server.process.pid)
        took, whole = take_steps(server, SECONDS, clients)
        note(seen[clients], took, whole, cpu_seconds(server.process.pid) - cpu)
    entries, cpu = entries_since(server.data, before), time.process_time()
    took, whole = bare(path, entries, SECONDS)
    note(seen["bare"], took, whole, time.process_time() - cpu)


def compare(server, folder):
    seen = {1: [], CLIENTS: [], "bare": []}
    for _ in range(ROUNDS):
        one_round(server, Path(folder) / "bare.db", seen)
    rate, middle, p99, cpu = ({who: median([row[i] for row in rows]) for who, rows in seen.items()}
                              for i in range(4))
    print(f"# {ROUNDS} rounds of {SECONDS} s each of 1 client, {CLIENTS} clients and bare SQLite (one writer, no "
          "client); medians of the rounds")
    say(f"durable steps a second, {CLIENTS} clients", rate[CLIENTS], rate["bare"], "/s", "over 0.50")
    say("durable steps a second, 1 client", rate[1], rate["bare"], "/s")
    say("durable steps: median, 1 client", middle[1], middle["bare"], "ms")
    say("durable steps: p99, 1 client", p99[1], p99["bare"], "ms")
    say(f"durable steps: p99, {CLIENTS} clients in a line", p99[CLIENTS], p99["bare"], "ms")
    say("durable steps: CPU a step, all processes", cpu[CLIENTS], cpu["bare"], "us")
    print(f"# steps a second over the rounds: ours {spread([r[0] for r in seen[CLIENTS]])}, bare "
          f"{spread([r[0] for r in seen['bare']])}")
