# client.py: starts `hoshi serve`, talks to its API, and ends it kindly or with kill -9.
# SPDX-License-Identifier: Apache-2.0
import concurrent.futures
import http.client
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

TOP = Path(__file__).resolve().parents[1]
HOSHI = os.environ.get("HOSHI", str(TOP / "build/hoshi"))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def children(pid):
    """All processes below pid, itself first: read from /proc, whatever session they are in."""
    parent = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
                parent[int(entry)] = int(fields[1])
            except (OSError, IndexError):
                continue
    found = [pid]
    for p in found:
        found += [child for child, above in parent.items() if above == p]
    return found


class Server:
    """A `hoshi serve --demo` of its own on a port of its own."""

    def __init__(self, data, port=None, public=False, env=None, before=(), demo=True, words=()):
        self.data, self.port = str(data), port or free_port()
        self.public = free_port() if public else None
        self.env = dict(os.environ, **(env or {}))
        self.before, self.demo, self.words = list(before), demo, list(words)
        self.url = f"http://127.0.0.1:{self.port}"
        self.signin, self.process, self.keys = {}, None, {}

    def start(self, seconds=180):
        command = [*self.before, HOSHI, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}"]
        command += ["--public", f"127.0.0.1:{self.public}"] if self.public else []
        command += ["--demo"] if self.demo else []
        command += self.words
        self.log = open(self.data + ".log", "ab")
        self.process = subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self.log, start_new_session=True)
        until, seen = time.monotonic() + seconds, b""
        while b"\nready " not in b"\n" + seen or not seen.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise RuntimeError(f"no ready line within {seconds} s: {seen!r}; {self.log_tail()}")
            part = os.read(self.process.stdout.fileno(), 65536)
            if not part:
                raise RuntimeError(f"ended before it was ready: {seen!r}; {self.log_tail()}")
            seen += part
        for line in seen.decode().splitlines():
            words = line.split()
            if words and words[0] == "signin":
                self.signin[words[1]] = words[2]
        if self.demo:
            self.keys = Api(self.url).get("/demo/keys").body
        return self

    def log_tail(self):
        return Path(self.data + ".log").read_bytes()[-2000:].decode(errors="replace")

    def kill(self):
        """kill -9 of the whole tree, at once."""
        tree = children(self.process.pid)
        for pid in tree:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        self.process.stdout.close()
        self.log.close()
        for pid in tree:  # gone or not ours any more, before the next start
            until = time.monotonic() + 5
            while os.path.exists(f"/proc/{pid}") and time.monotonic() < until:
                if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                    break
                time.sleep(0.002)

    def spooled(self):
        """What lies on the disk of the uploads under way: nameless files that the portal holds open."""
        portal = next(pid for pid in children(self.process.pid)
                      if Path(f"/proc/{pid}/comm").read_text() == "hoshi-portal\n")
        found = []
        for fd in Path(f"/proc/{portal}/fd").iterdir():
            try:
                if "/spool/" in os.readlink(fd):
                    found.append(fd.read_bytes())
            except OSError:
                continue
        return found

    def in_one_turn(self, calls):
        """The answers to [(function, argument, …), …], each on a connection that is open already: asked for
        while the portal stands still, so that it meets them in one turn of its loop."""
        portal = next(pid for pid in children(self.process.pid)
                      if Path(f"/proc/{pid}/comm").read_text() == "hoshi-portal\n")
        with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
            os.kill(portal, signal.SIGSTOP)
            asked = [pool.submit(*call) for call in calls]
            time.sleep(0.5)
            os.kill(portal, signal.SIGCONT)
            return [one.result() for one in asked]

    def stop(self):
        self.process.terminate()
        try:
            code = self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
            raise RuntimeError("did not end on SIGTERM within 15 s")
        self.process.stdout.close()
        self.log.close()
        return code

    def __enter__(self):
        return self.start()

    def __exit__(self, *problem):
        if self.process.poll() is None:
            self.kill()

    def api(self, role):
        return Api(self.url, self.keys[role])


class Answer:
    def __init__(self, status, headers, raw):
        self.status, self.headers, self.raw = status, headers, raw
        is_json = "json" in headers.get("content-type", "")
        self.body = json.loads(raw) if is_json and raw else None


class Api:
    """One connection with one key; opens it again when it has to."""

    def __init__(self, url, key=None):
        self.at, self.key, self.connection = urlsplit(url), key, None

    def call(self, method, path, body=None, headers=None, raw=None, media_type=None, seconds=20):
        sent = dict(headers or {})
        if self.key:
            sent["Authorization"] = "Bearer " + self.key
        if body is not None:
            raw, media_type = json.dumps(body, ensure_ascii=False).encode(), "application/json"
        if media_type:
            sent["Content-Type"] = media_type
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.at.hostname, self.at.port, timeout=seconds)
        try:
            self.connection.request(method, path, body=raw, headers=sent)
            reply = self.connection.getresponse()
            answer = Answer(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        if answer.headers.get("connection") == "close":
            self.close()
        return answer

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def get(self, path, headers=None):
        return self.call("GET", path, headers=headers)

    def open_case(self, procedure="self-declared", level=1, key=None):
        return self.call("POST", "/api/v1/cases", {"procedure": procedure, "level": level},
                         {"Idempotency-Key": key or secrets.token_hex(8)})

    def step(self, case, step, fields=None, key=None, etag=None):
        """Takes a step on the version of the case that `etag` names, or on the present one."""
        etag = etag or self.get(f"/api/v1/cases/{case}").headers.get("etag", "*")
        headers = {"Idempotency-Key": key or secrets.token_hex(8), "If-Match": etag}
        return self.call("POST", f"/api/v1/cases/{case}/steps/{step}", fields or {}, headers)
