# life.py: a label's life at a million labels: the clock's sweep, reading of status, many extensions in
# one act, the preview of a change of the criteria.
# SPDX-License-Identifier: Apache-2.0
#
# The same is asked of a small registry beside it, so that a ratio tells what the number of labels costs.
import datetime
import hashlib
import json
import os
import random
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

import many
from client import HOSHI, Server
from measure import TOP, median, say
from steps import percentile

DUE, EXTENDED, READ = 2000, 10_000, 3000
DUE_FROM, EXTENDED_FROM = 1_500_000, 1_600_000
TOKYO = datetime.timezone(datetime.timedelta(hours=9))
ACTS = Path(HOSHI).parent / "bench/acts"


def day_after(days):
    return datetime.datetime.now(TOKYO).date() + datetime.timedelta(days)


def midnight(day):
    return int(datetime.datetime.combine(day, datetime.time(), TOKYO).timestamp() * 1000)


def run(*command, said=None, **env):
    """What it printed, and the seconds it took."""
    begun = time.monotonic()
    done = subprocess.run(command, input=said, text=True, check=True, stdout=subprocess.PIPE, env=dict(os.environ, **env))
    return done.stdout, time.monotonic() - begun


def founded(data, labels):
    """A demonstration grown to so many labels, whose expiry is watched and not due."""
    begun = time.monotonic()
    run(HOSHI, "init", "--data", data, "--demo")
    last = day_after(500)
    many.grow(data, labels, expires=last.isoformat(), alarm=(midnight(last - datetime.timedelta(180)), "remind"))
    print(f"# {labels} labels were made in {time.monotonic() - begun:.0f} s", flush=True)


def sweep(data):
    """(ms of a look that finds nothing, steps a second of one that finds DUE labels at their end)"""
    run(HOSHI, "clock", "--once", "--data", data)
    idle = median([run(HOSHI, "clock", "--once", "--data", data)[1] for _ in range(5)])
    last = day_after(-1)
    many.grow(data, DUE, DUE_FROM, last.isoformat(), (midnight(day_after(0)), "lapse"))
    said, took = run(HOSHI, "clock", "--once", "--data", data, LANG="C")
    if not said.startswith(f"{DUE} steps taken"):
        raise RuntimeError(f"the clock: {said}")
    return idle * 1000, DUE / (took - idle)


def ask_status(stream, number):
    stream.sendall(f"GET /api/v1/labels/{number} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
    said = stream.recv(65536)
    while b"\r\n\r\n" not in said:
        said += stream.recv(65536)
    head, _, body = said.partition(b"\r\n\r\n")
    wanted = int(head.lower().partition(b"content-length: ")[2].split()[0])
    while len(body) < wanted:
        body += stream.recv(65536)
    return json.loads(body)


def read_status(server, labels):
    """ms of each first reading of a label, over one connection; those that lapsed today among them."""
    chance, took = random.Random(1), []
    numbers = [many.number(n) for n in chance.sample(range(labels), min(READ, labels))]
    lapsed = [many.number(DUE_FROM + n) for n in range(100)]
    with socket.create_connection(("127.0.0.1", server.public)) as stream:
        for number in numbers + lapsed:
            begun = time.monotonic()
            told = ask_status(stream, number)
            took.append((time.monotonic() - begun) * 1000)
            if told.get("status") != ("lapsed" if number in lapsed else "valid"):
                raise RuntimeError(f"{number}: {told}")
    return took


def readable(data, labels):
    """A server on it: (seconds until its register was there, readings)."""
    begun = time.monotonic()
    server = Server(data, public=True)
    server.start(1800)
    while True:
        try:
            with socket.create_connection(("127.0.0.1", server.public)) as stream:
                if ask_status(stream, many.number(DUE_FROM + DUE - 1)).get("status"):
                    break
        except OSError:
            pass
        time.sleep(1)
    made = time.monotonic() - begun
    took = read_status(server, labels)
    server.stop()
    return made, took


def extend(data):
    """(labels, ms, ms of the processor, entries) of the applicant's many labels, asked for in one act."""
    key = json.loads((Path(data) / "demo-keys.json").read_text())["applicant"]
    base = sqlite3.connect(f"{data}/casework.db")
    account, party = base.execute(
        "SELECT a.id, m.party FROM api_key k JOIN account a ON a.id = k.account "
        "JOIN party_member m ON m.person = a.person WHERE k.digest = ?",
        (hashlib.sha256(key.encode()).hexdigest(),)).fetchone()
    base.close()
    last = day_after(60)
    many.grow(data, EXTENDED, EXTENDED_FROM, last.isoformat(), (midnight(last + datetime.timedelta(1)), "lapse"), party)
    numbers = "".join(many.number(EXTENDED_FROM + n) + "\n" for n in range(EXTENDED))
    return acts(data, "extend", account, said=numbers)


def acts(data, *what, said=None):
    return tuple(map(int, run(ACTS, data, *what, said=said)[0].split()[::2]))


def preview(data):
    labels, ms, busy, _ = min((acts(data, "preview") for _ in range(3)), key=lambda one: one[1])
    print(f"preview of a change of the criteria        {ms / 1000:8.2f} s ({busy / 1000:.2f} s of CPU) for {labels} labels"
          f"{'   aim under 1 s' if labels < 200_000 else ''}", flush=True)


def compare(folder, labels=1_000_000):
    few, lots = str(Path(folder) / "few"), str(Path(folder) / "lots")
    subprocess.run(["ninja", "-C", "build", "--quiet", "bench/acts"], cwd=TOP, check=True)
    founded(few, labels // 100)
    founded(lots, labels // 10)
    preview(lots)
    many.grow(lots, labels - labels // 10, labels // 10, day_after(500).isoformat(),
              (midnight(day_after(320)), "remind"))
    preview(lots)
    small, large = sweep(few), sweep(lots)
    print(f"# {labels} labels against {labels // 100}")
    say("clock: a look that finds nothing", large[0], small[0], "ms")
    say(f"clock: steps a second, {DUE} labels at their end", large[1], small[1], "/s")
    small, large = readable(few, labels // 100), readable(lots, labels)
    print(f"# the register was made in {large[0]:.0f} s")
    say("status of a label: median", median(large[1]), median(small[1]), "ms")
    say("status of a label: p99", percentile(large[1], 0.99), percentile(small[1], 0.99), "ms")
    done, ms, busy, entries = extend(few)
    print(f"extension of {done} labels in one act       {ms / 1000:8.2f} s ({busy / 1000:.2f} s of CPU), "
          f"{entries} entries of the journal   aim under 10 s")
    return done
