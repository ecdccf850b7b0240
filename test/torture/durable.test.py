# durable.test.py: the disk is told before the answer is given: a trace of the system calls of the whole
# tree, in order, shows it for each acknowledged step. Killing alone would prove no durability.
# SPDX-License-Identifier: Apache-2.0
# test: engines alone seconds=300
#
# SQLite: after the last write to casework.db-wal comes an fdatasync of it, then the answer.
# PostgreSQL: its COMMIT has come back before the answer, and the server keeps what it commits.
# A file: its bytes are synced under their final or temporary name before the answer.
# The same checks on the same trace with every sync taken out must find fault with every answer.
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from client import Server  # noqa: E402
from procedure import STEPS  # noqa: E402
from tap import Tap  # noqa: E402

CALLS = ("pwrite64,pwritev,write,fdatasync,fsync,sync_file_range,sendto,sendmsg,writev,"
         "recvfrom,recvmsg,read,rename,renameat,renameat2,link,linkat")
AT_ONCE = 8
POSTGRES = os.environ.get("HOSHI_DATABASE", "")


def whole_lines(path):
    """(pid, call) for each finished call, in the order in which they finished."""
    begun = {}
    for line in path.read_text(errors="replace").splitlines():
        pid, _, rest = line.partition(" ")
        rest = rest.strip()
        if rest.endswith("<unfinished ...>"):
            begun[pid] = rest[:-len("<unfinished ...>")]
            if rest.startswith(("sendto", "sendmsg", "writev", "write")):
                # An answer leaves when it is begun, not when the call comes back.
                yield pid, begun[pid] + " = begun"
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", rest)
        if resumed:
            rest = begun.pop(pid, "") + resumed[1]
            if rest.startswith(("sendto", "sendmsg", "writev", "write")) and "HTTP/1.1 " in rest:
                continue
        yield pid, rest


def answers(calls):
    """For each acknowledged POST or PUT: the calls between its request and its answer."""
    asked = {}
    for _, call in calls:
        request = re.search(r'"(POST|PUT) /api/v1/cases\S* HTTP', call)
        socket = re.match(r"\w+\((\d+)<TCP", call)
        if request and socket and re.match(r"(recvfrom|recvmsg|read)\(", call):
            asked[socket[1]] = (request[0], [])
        for _, since in asked.values():
            since.append(call)
        if socket and socket[1] in asked and re.match(r"(sendto|sendmsg|writev|write)\(", call) and \
                re.search(r'"HTTP/1\.1 (200|201) ', call):
            yield asked.pop(socket[1])


def is_durable(asked, calls):
    if POSTGRES:
        return any(re.match(r"(recvfrom|read)\(", c) and "COMMIT" in c for c in calls)
    clean = written = False
    for call in calls:
        if re.match(r"(pwrite64|pwritev|write)\(\d+<[^>]*casework\.db-wal", call):
            written, clean = True, False
        if re.match(r"(fdatasync|fsync)\(\d+<[^>]*casework\.db-wal[^)]*\)\s+= 0", call):
            clean = True
    return written and clean


def is_file_kept(calls):
    return any(re.match(r"(fdatasync|fsync)\(\d+<[^>]*/(files|spool|tmp)[^>]*>\)\s+= 0", c) for c in calls)


def commits(calls):
    """How often the engine was made to keep what it had."""
    if POSTGRES:
        return sum(bool(re.match(r"(recvfrom|read)\(", c) and "COMMIT" in c) for c in calls)
    return sum(bool(re.match(r"fdatasync\(\d+<[^>]*casework\.db-wal", c)) for c in calls)


def take_at_once(server, chance):
    apis = [server.api("applicant") for _ in range(AT_ONCE)]
    cases = [api.open_case().body["id"] for api in apis]
    saves = [(api.step, case, "save", {"firmware": str(chance.random())}, None, '"1"')
             for api, case in zip(apis, cases)]
    return [answer.status for answer in server.in_one_turn(saves)]


def main():
    tap = Tap()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="hoshi-durable-") as folder:
        trace = Path(folder) / "trace"
        with Server(Path(folder) / "data", before=["strace", "-f", "-yy", "-s", "120", "-e",
                                                   "trace=" + CALLS, "-o", str(trace)]) as server:
            for _ in range(3):
                case = server.api("applicant").open_case().body["id"]
                put = server.api("applicant").call("PUT", f"/api/v1/cases/{case}/files/manual.txt",
                                                   raw=chance.randbytes(5000), media_type="text/plain")
                tap.check(put.status in (200, 201), "a file is put on the case", put.status, put.raw[:300])
                for step, role, fields in STEPS:
                    done = server.api(role).step(case, step, fields(chance))
                    tap.check(done.status in (200, 201), f"{step} is taken", done.status, done.raw[:300])
            tap.equal(take_at_once(server, chance), [200] * AT_ONCE, f"{AT_ONCE} steps are taken at once")
            server.kill()
        calls = list(whole_lines(trace))
        # what each engine keeps to when it commits, as its own program says
        if POSTGRES:
            ask = ["psql", "-XAtc", "SELECT current_setting('fsync') || current_setting('synchronous_commit')",
                   POSTGRES]
        else:
            ask = ["sqlite3", str(Path(folder) / "data/casework.db"), "PRAGMA journal_mode"]
        kept = subprocess.run(ask, text=True, stdout=subprocess.PIPE, check=False).stdout.strip()
    found = list(answers(calls))
    engine = "PostgreSQL" if POSTGRES else "SQLite"
    tap.check(len(found) == 3 * (len(STEPS) + 2) + 2 * AT_ONCE, f"{engine}: the trace shows each acknowledged request",
              len(found), *[a for a, _ in found][:40])
    for asked, between in found:
        tap.check(is_durable(asked, between), f"{engine}: told the disk before answering {asked.split()[0]} "
                  f"{asked.split()[1].rsplit('/', 2)[-1]}", *[c[:160] for c in between[-30:]])
    shared = [commits(between) for _, between in found[-AT_ONCE:]]
    tap.equal(shared, [1] * AT_ONCE, f"{engine}: the {AT_ONCE} steps at once share one commit, before any answer")
    tap.none([a for a, b in found if a.startswith('"PUT') and not is_file_kept(b)],
             "the bytes of each file are synced before the answer")
    without = [(pid, c) for pid, c in calls if not c.startswith(("fdatasync", "fsync")) and "COMMIT" not in c]
    tap.check(not any(is_durable(a, b) for a, b in answers(without)) and list(answers(without)),
              "with every sync taken out of the trace, no answer would pass")
    tap.equal(kept, "onon" if POSTGRES else "wal", f"{engine} keeps what it commits")
    tap.end()


if __name__ == "__main__":
    main()
