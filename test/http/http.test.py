# http.test.py: what clients may do to the HTTP glue, and what it does then.
# SPDX-License-Identifier: Apache-2.0
# test: alone
import hashlib, os, resource, select, signal, socket, subprocess, sys, tempfile, time
from pathlib import Path

resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
spool = tempfile.mkdtemp()
build = os.environ.get("HOSHI_BUILD", str(Path(__file__).resolve().parents[2] / "build"))
server = subprocess.Popen([build + "/test/http/http-server", spool], stdout=subprocess.PIPE)
port = int(server.stdout.readline())
count = failed = 0


def check(holds, what, got=None):
    global count, failed
    count += 1
    if holds:
        print(f"ok {count} - {what}")
    else:
        failed += 1
        print(f"not ok {count} - {what}\n# got {got!r}"[:600])
    sys.stdout.flush()


def connect():
    s = socket.create_connection(("127.0.0.1", port))
    s.settimeout(10)
    return s


def read_answer(s, head_only=False):
    got = b""
    while b"\r\n\r\n" not in got:
        part = s.recv(65536)
        if not part:
            return got
        got += part
    head, body = got.split(b"\r\n\r\n", 1)
    length = [int(l.split(b":")[1]) for l in head.lower().split(b"\r\n") if l.startswith(b"content-length")]
    while length and not head_only and len(body) < length[0]:
        part = s.recv(65536)
        if not part:
            break
        body += part
    return head + b"\r\n\r\n" + body


def ask(raw):
    """One raw request on a connection of its own; b"" when cut."""
    s = connect()
    try:
        s.sendall(raw)
        return read_answer(s)
    except (ConnectionError, socket.timeout) as e:
        return b"" if isinstance(e, ConnectionError) else b"timed out"
    finally:
        s.close()


def status(raw):
    got = ask(raw)
    return int(got.split()[1]) if got.startswith(b"HTTP/") else got


def get(path, more=""):
    return f"GET {path} HTTP/1.1\r\nHost: a\r\n{more}\r\n".encode()


def memory_kb():
    for line in open(f"/proc/{server.pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])


# ---- what is taken
check(b"path /a b\nq x y\n" in ask(get("/a%20b?q=x+y&z=1")), "path and query are decoded once")
check("path /あ\n".encode() in ask(get("/%E3%81%82")), "a path in UTF-8")
check(b"path /p\n" in ask(get("http://a/p")), "the absolute form of a target")
check(b"cookie 2\n" in ask(get("/", "Cookie: a=1; b=2\r\n")), "a cookie")
check(status(b"GET / HTTP/1.0\r\n\r\n") == 200, "HTTP 1.0 needs no Host")
got = ask(get("/page"))
check(len(got.split(b"\r\n\r\n", 1)[1]) == 6144, "a prebuilt page")
check(b"Content-Security-Policy: default-src 'self'" in got and b"X-Content-Type-Options: nosniff" in got
      and b"frame-ancestors 'none'" in got and b"Referrer-Policy" in got, "security headers", got[:500])
s = connect()
s.sendall(b"HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n")
head = read_answer(s, True)
check(head.endswith(b"\r\n\r\n") and b"Content-Length: 6144" in head, "HEAD has the length and no body", head)
s.sendall(get("/page") * 3)
check([len(read_answer(s)) > 6144 for _ in range(1)] == [True], "the connection is kept; requests may be piped")
s.close()
for path in ("/work", "/later", "/soon"):
    check(ask(get(path)).endswith(b"awake"), f"an answer that comes later: {path}")
began = time.time()
waiting = [connect() for _ in range(3)]
for s in waiting:
    s.sendall(get("/work"))
quick = time.time()
check(status(get("/page")) == 200 and time.time() - quick < 0.09, "work on the thread does not hold the loop")
check(all(read_answer(s).endswith(b"awake") for s in waiting) and time.time() - began > 0.29, "one worker thread")
check(status(get("/greedy")) == 413, "a request that uses up its memory is answered")

# ---- bodies
form = b"a=1&b=%E3%81%82&c=x%0D%0Ay&a=2"
post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n"
got = ask((post % len(form)).encode() + form)
check("field a=1\nfield b=あ\nfield c=x\ny\nfield a=2\n".encode() in got, "a form, its line ends made LF", got)
check(status((post % 3).encode() + b"a=%") == 400, "a form with a bad percent encoding")
check(status((post % 6).encode() + b"a=%ff%") == 400, "a form that is not UTF-8")
check(status((post % 5).encode() + b"a=%00") == 400, "a form with NUL")
check(b"body 5\n" in ask(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), "a chunked body")
check(status((post % 70000).encode() + b"x" * 70000) == 413, "a body over the limit, and the client can read that")
check(status(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n") in (400, 413), "an absurd length")
chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
check(status(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 20 + b"0\r\n\r\n") == 413, "a chunked body over the limit, and the client can read that")
check(status(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 200) == b"", "a chunked body that does not end is cut")
check(status(b"POST /closed HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n" + b"x" * 50000) == 401, "refused before the body, and the client can read that")
check(status(b"PUT /closed HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5000000\r\n\r\n") == 401, "refused instead of 100 Continue")

data = os.urandom(5 << 20)
got = ask(b"PUT /f HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(data) + data)
check(f"file   {len(data)} {hashlib.sha256(data).hexdigest()}".encode() in got, "a PUT is spooled with its digest", got)
got = ask(b"PUT /f HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
check(f"file   0 {hashlib.sha256(b'').hexdigest()}".encode() in got, "an empty PUT", got)
multipart = ("--zz\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nあ\r\nい\r\n"
             "--zz\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
             "--zz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"試.bin\"\r\nContent-Type: image/png\r\n\r\n").encode() + data + b"\r\n--zz--\r\n"
upload = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=zz\r\nContent-Length: %d\r\n\r\n"
got = ask(upload % len(multipart) + multipart)
check("field t=あ\nい\nfile f 試.bin".encode() in got and hashlib.sha256(data).hexdigest().encode() in got, "a multipart form with a file", got)
check(status(upload % 20 + b"x" * 20) == 400, "a malformed multipart form")
check(status(b"PUT /f HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n") == 413, "a file over the limit")
before = memory_kb()
many = [connect() for _ in range(8)]
big = os.urandom(7 << 20)
for i in range(0, len(big), 1 << 16):
    for s in many:
        if i == 0:
            s.sendall(b"PUT /f HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(big))
        s.sendall(big[i:i + (1 << 16)])
answers = [read_answer(s) for s in many]
check(all(hashlib.sha256(big).hexdigest().encode() in a for a in answers), "eight uploads at once")
check(memory_kb() - before < 4096, "memory does not grow with uploads", (before, memory_kb()))
s = connect()
s.sendall(b"PUT /f HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nhalf")
s.close()
for _ in range(60):
    if os.listdir(spool):
        time.sleep(0.05)
check(os.listdir(spool) == [], "no spooled file is left behind", os.listdir(spool))

# ---- what is refused
host = "Host: a\r\n"
bad = {
    "two Hosts": f"GET / HTTP/1.1\r\n{host}Host: b\r\n\r\n",
    "no Host": "GET / HTTP/1.1\r\n\r\n",
    "Content-Length twice": f"POST / HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
    "Content-Length of two values": f"POST / HTTP/1.1\r\n{host}Content-Length: 1, 1\r\n\r\na",
    "Content-Length below zero": f"POST / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\na",
    "Content-Length with a sign": f"POST / HTTP/1.1\r\n{host}Content-Length: +1\r\n\r\na",
    "Transfer-Encoding with Content-Length": f"POST / HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "another Transfer-Encoding": f"POST / HTTP/1.1\r\n{host}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "Transfer-Encoding in HTTP 1.0": f"POST / HTTP/1.0\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "bare LF": "GET / HTTP/1.1\nHost: a\n\n",
    "bare LF in one line": "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
    "bare LF at the end": f"GET / HTTP/1.1\r\n{host}\n",
    "CR in a value": f"GET / HTTP/1.1\r\n{host}X: a\rb\r\n\r\n",
    "NUL in a value": f"GET / HTTP/1.1\r\n{host}X: a\0b\r\n\r\n",
    "NUL in the target": f"GET /a\0b HTTP/1.1\r\n{host}\r\n",
    "a folded line": f"GET / HTTP/1.1\r\n{host}X: a\r\n b\r\n\r\n",
    "a space before the colon": f"GET / HTTP/1.1\r\n{host}X : a\r\n\r\n",
    "a nameless line": f"GET / HTTP/1.1\r\n{host}: a\r\n\r\n",
    "a line without a colon": f"GET / HTTP/1.1\r\n{host}nothing\r\n\r\n",
    "no version": "GET /\r\n\r\n",
    "three spaces": f"GET   /   HTTP/1.1\r\n{host}\r\n",
    "a relative path": f"GET a HTTP/1.1\r\n{host}\r\n",
    "a bad percent encoding": f"GET /%zz HTTP/1.1\r\n{host}\r\n",
    "a cut percent encoding": f"GET /%4 HTTP/1.1\r\n{host}\r\n",
    "an encoded NUL": f"GET /%00 HTTP/1.1\r\n{host}\r\n",
    "an encoded line end": f"GET /a%0d%0ab HTTP/1.1\r\n{host}\r\n",
    "a path that is not UTF-8": f"GET /%ff HTTP/1.1\r\n{host}\r\n",
    "an overlong form": f"GET /%c0%af HTTP/1.1\r\n{host}\r\n",
    "dot segments": f"GET /a/../b HTTP/1.1\r\n{host}\r\n",
    "encoded dot segments": f"GET /a/%2e%2e/b HTTP/1.1\r\n{host}\r\n",
    "a query that is not UTF-8": f"GET /?q=%ff HTTP/1.1\r\n{host}\r\n",
    "a target of 9 KB": f"GET /{'u' * 9000} HTTP/1.1\r\n{host}\r\n",
    "a header of 9 KB": f"GET / HTTP/1.1\r\n{host}X: {'u' * 9000}\r\n\r\n",
    "a thousand headers": f"GET / HTTP/1.1\r\n{host}" + "X: y\r\n" * 1400 + "\r\n",
}
for what, raw in bad.items():
    got = status(raw.encode())
    check(got == b"" or (isinstance(got, int) and 400 <= got < 500), f"refused: {what}", got)
got = ask(bad["two Hosts"].encode())
check(b"Connection: close" in got and b"more than one Host" in got, "a refusal says why, and closes", got)
check(status(bytes(range(256)) * 40) in (b"", 400, 414, 431), "noise")
check(status(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(200)) in (b"", 400, 414, 431, b"timed out"), "TLS on the plain port")

# ---- as many at once as fill the library's list of ready descriptors
for n in (64, 127, 128, 129, 256, 1000):
    all_ = [connect() for _ in range(n)]
    worst = 0
    for _ in range(5):
        began = time.time()
        for s in all_:
            s.sendall(get("/page"))
        good = all(len(read_answer(s)) > 6144 for s in all_)
        worst = max(worst, time.time() - began)
    check(good and worst < 2, f"{n} connections at once do not stall", worst)
    for s in all_:
        s.close()

# ---- slow clients
def drip(s, text, seconds):
    """One byte each 0.2 s; the time after which the server cut, or None."""
    began = time.time()
    for byte in text:
        try:
            s.send(bytes([byte]))
            if select.select([s], [], [], 0.2)[0] and s.recv(4096) == b"":
                return time.time() - began
        except ConnectionError:
            return time.time() - began
        if time.time() - began > seconds:
            return None
    return None


took = drip(connect(), get("/" + "a" * 100), 6)
check(took and took < 3.5, "a dripped head is cut", took)
took = drip(connect(), b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20, 6)
check(took and took < 3.5, "dripped header lines are cut", took)
s = connect()
s.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
took = drip(s, b"x" * 99, 6)
check(took and took < 3.5, "a dripped body is cut", took)
s = connect()
s.sendall(get("/page"))
read_answer(s)
began = time.time()
check(s.recv(1) == b"" and 4 < time.time() - began < 9, "an idle connection is closed", time.time() - began)
s = connect()
s.sendall(get("/page"))
read_answer(s)
time.sleep(0.4)
took = drip(s, get("/" + "a" * 100), 9)
check(took and took < 4, "a head dripped after a pause is cut as soon as any head", took)
s = connect()
for pause in (0, 1.5, 2.5):
    time.sleep(pause)
    s.sendall(get("/page"))
    good = len(read_answer(s)) > 6144
check(good, "whoever pauses between requests, and then sends whole heads, is not cut")
s.close()
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
s.connect(("127.0.0.1", port))
s.settimeout(10)
s.sendall(get("/big"))
time.sleep(0.3)
held = len(os.listdir(f"/proc/{server.pid}/fd"))
began = time.time()
while len(os.listdir(f"/proc/{server.pid}/fd")) >= held and time.time() - began < 8:
    s.recv(1)  # what lies in our own buffer can be read even after the cut
    time.sleep(0.01)
check(time.time() - began < 7, "an answer read a byte at a time is cut", time.time() - began)
s.close()

# ---- very many idle
# From processes of their own: this one may have too few descriptors for both ends.
IDLE = 10000
holder = """import resource, socket, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
held = [socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20) for _ in range(int(sys.argv[2]))]
print("held", flush=True)
sys.stdin.read()
"""


def descriptors():
    return len(os.listdir(f"/proc/{server.pid}/fd"))


patient = subprocess.Popen([build + "/test/http/http-server", spool, "patient"], stdout=subprocess.PIPE)
crowded = int(patient.stdout.readline())
holders = [subprocess.Popen([sys.executable, "-c", holder, str(crowded), str(IDLE // 4)], text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(4)]
check(all(h.stdout.readline() == "held\n" for h in holders), f"{IDLE} connections are taken")
port, server, first = crowded, patient, server
until = time.time() + 30
while descriptors() <= IDLE and time.time() < until:
    time.sleep(0.05)  # the kernel has taken them; the server's loop takes up what waits, in its turns
check(descriptors() > IDLE, "all of them are open at once", descriptors())
worst = 0
for _ in range(200):
    began = time.time()
    good = status(get("/page")) == 200
    worst = max(worst, time.time() - began)
check(good and worst < 0.5 and descriptors() > IDLE, f"{IDLE} idle connections leave the rest served", worst)
check(memory_kb() < 200000, "and the memory within bounds", memory_kb())
for h in holders:
    h.stdin.close()
    h.wait()
until = time.time() + 5
while descriptors() > 20 and time.time() < until:
    time.sleep(0.05)
check(descriptors() <= 20, "all are given back", descriptors())
patient.send_signal(signal.SIGTERM)
check(patient.wait(5) == 0, "ends when told")
server = first

server.send_signal(signal.SIGTERM)
check(server.wait(5) == 0, "ends when told")
os.rmdir(spool)
print(f"1..{count}")
sys.exit(failed > 0)
