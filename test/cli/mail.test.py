# mail.test.py: reports of vulnerabilities by mail: a real SMTP server pipes them into `hoshi take-mail`.
# SPDX-License-Identifier: Apache-2.0
#
# 4.8.2-1, 4.8.3-1, 6.5-6: several charsets, files, cipher, bounces, hostile ones; the receipt by SMTP; what the officer
# sees; nothing plain on the disk; kill -9 in the middle.
# test: engines seconds=900
import email.policy
import json
import os
import re
import signal
import smtplib
import subprocess
import sys
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "test")]
from client import HOSHI, Api, Server, children, free_port  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
folder = Path(tempfile.mkdtemp())
data = str(folder / "data")
MARKER = "planted-7c41"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636001000000ffff03000006000557bfabd4"
                    "0000000049454e44ae426082")


def wait_until(holds, seconds=40):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = holds()
        if found:
            return found
        time.sleep(0.1)
    return None


class Mailbox:
    """A process of its own: mailbox.py takes what comes and pipes it, relay.py keeps what we send."""

    def __init__(self, script, *words):
        self.port = free_port()
        self.process = subprocess.Popen(["/usr/bin/python3", str(TOP / script), *words, str(self.port)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError(f"{script} did not start: is python3-aiosmtpd there?")

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def message(subject, text, sender="架空 太郎 <taro@reporter.example>", charset="utf-8", number=[0], **headers):
    number[0] += 1
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"], made["To"], made["Subject"] = sender, "report@body.example", subject
    made["Date"], made["Message-ID"] = "Tue, 01 Dec 2026 09:00:00 +0900", f"<{number[0]}@reporter.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text, charset=charset)
    return made


def deliver(made, sender="taro@reporter.example"):
    """What the server said at the end of the mail: (code, words)."""
    raw = made if isinstance(made, bytes) else bytes(made)
    with smtplib.SMTP("127.0.0.1", inbox.port, timeout=120) as smtp:
        smtp.ehlo("reporter.example")
        smtp.mail(sender)
        smtp.rcpt("report@body.example")
        code, words = smtp.data(raw)
        return code, words.decode("utf-8", "replace")


def cases(api):
    """What was reported: the matches that the watch finds meanwhile have no receipt number."""
    found = api.get("/api/v1/cases?limit=500").body["cases"]
    return {one["id"] for one in found if one["procedure"] == "vulnerability" and "receipt-number" in one["numbers"]}


def case_of(before):
    new = cases(officer) - before
    return officer.get(f"/api/v1/cases/{new.pop()}").body if len(new) == 1 else None


def taken(made, what, **words):
    before = cases(officer)
    code, said = deliver(made, **words)
    case = case_of(before)
    tap.check(code == 250 and case, f"{what}: one case", code, said, len(cases(officer) - before))
    return case or {"fields": {}, "files": [], "id": ""}


def refused(made, what, code, *words, **more):
    before = cases(officer)
    got, said = deliver(made, **more)
    tap.check(got == code and all(word in said for word in words) and cases(officer) == before, what, got, said)


def mails():
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in sorted(outbox.glob("*.eml"))]


outbox = folder / "outbox"
outbox.mkdir()
(outbox / "mood").write_text("take")
relay = Mailbox("test/proc/relay.py", str(outbox))
inbox = Mailbox("test/cli/mailbox.py", HOSHI, data)
server = Server(data, words=("--mail", f"smtp://127.0.0.1:{relay.port}")).start(180)
officer = server.api("operational-personnel")

# ---- charsets, and who reads them
TEXT = f"架空の製品で、管理画面に入れます。{MARKER} ｱｲｳ①"
for charset, text in (("utf-8", TEXT), ("shift_jis", TEXT[:-1]), ("euc-jp", TEXT[:-1]), ("iso-2022-jp", TEXT[:-4])):
    case = taken(message("脆弱性の報告です", text + "\n", charset=charset), charset)
    fields = case["fields"]
    tap.check(fields.get("report-title") == "脆弱性の報告です" and text[:20] in fields.get("report-text", ""), f"{charset}: read as it was written",
              str(fields)[:400])
tap.check(fields.get("reporter-mail") == "taro@reporter.example" and fields.get("reporter-name") == "架空 太郎", "with whoever wrote it", fields)
raw = (b"From: taro@reporter.example\r\nSubject: =?shift_jis?B?kMaOsJCrgsmCwoKigsQ=?=\r\nMessage-ID: <raw@x>\r\n"
       b"Content-Type: text/plain\r\n\r\n" + "文字コードのない本文".encode("cp932") + b"\r\n")
case = taken(raw, "a mail that names no charset")
tap.check("文字コードのない本文" in case["fields"].get("report-text", "") and "性について" in case["fields"].get("report-title", ""), "is guessed right",
          case["fields"])

# ---- the receipt
receipt = wait_until(lambda: [mail for mail in mails() if "HR" in mail.get_content() or "受付" in mail["Subject"]])
tap.check(receipt, "4.8.2-1 a receipt goes out", server.log_tail())
words = receipt[0].get_body(("plain",)).get_content() if receipt else ""
link = re.search(r"(http://\S+)/follow/([0-9a-f]{64})", words)
tap.check(receipt and receipt[0]["To"].addresses[0].addr_spec == "taro@reporter.example" and link, "to whoever wrote it, with the link", words)
tap.check(MARKER not in words and "管理画面" not in words and "脆弱性の報告です" not in str(receipt and receipt[0]["Subject"]),
          "6.5-6 and says nothing of what was reported", words)
own = Api(server.url, link.group(2)) if link else officer
tap.check(link and Api(server.url).get(f"/follow/{link.group(2)}").status == 200, "4.8.3-1 the link leads to their report")
english = message("Authentication bypass", "The fictional router lets anyone in.\n", sender="Anna <anna@abroad.example>")
case = taken(english, "a report in English", sender="anna@abroad.example")
told = wait_until(lambda: [mail for mail in mails() if mail["To"].addresses[0].addr_spec == "anna@abroad.example"])
tap.check(told and not re.search("[ぁ-ヿ一-鿿]", told[0].get_body(("plain",)).get_content()) and "/follow/" in told[0].get_body(("plain",)).get_content(),
          "is answered in English", told and told[0].get_content())
answer = officer.step(case["id"], "declare-no-conflict", {})
answer = officer.step(case["id"], "answer-reporter", {"answer-to-reporter": MARKER + " answered"})
tap.check(answer.status == 200, "4.8.2-1 the officer answers", answer.raw[:300])
told = wait_until(lambda: [mail for mail in mails() if mail["To"].addresses[0].addr_spec == "anna@abroad.example"][1:])
tap.check(told and MARKER not in told[0].get_content(), "4.8.2-1 which they are told, without its words", server.log_tail())
before = cases(officer)
code, said = deliver(english, sender="anna@abroad.example")
tap.check(code == 250 and cases(officer) == before, "the same mail again makes no second case", code, said)
deliver(b"Received: from elsewhere.example\r\n" + bytes(english), sender="anna@abroad.example")
tap.check(cases(officer) == before, "by whatever way it came")

# ---- html, files
html = message("HTML only", "x")
html.clear_content()
html.set_content("<html><head><style>b{}</style><title>no</title></head><body><p>First &amp; line</p><script>alert(1)</script><div>次の行</div>", subtype="html")
case = taken(html, "HTML alone")
text = case["fields"].get("report-text", "")
tap.check("First & line\n" in text and "次の行" in text and "alert" not in text and "<p>" not in text and "b{}" not in text, "is read as its words", text)
mixed = message("With files", "See the files.\n")
mixed.add_alternative("<p>not this</p>", subtype="html")
for name in ("写真.png", "../../etc/passwd", "a.png", "b.png", "c.png", "too many.png"):
    mixed.add_attachment(PNG + name.encode(), maintype="application", subtype="x-sh", filename=name)
case = taken(mixed, "files")
names = sorted(one["name"] for one in case["files"])
tap.check(names == ["a.png", "b.png", "c.png", "passwd", "写真.png"], "as many as the form takes, without paths", names)
tap.check("too many.png" in case["fields"]["report-text"] and "not this" not in case["fields"]["report-text"], "the others are named in the report",
          case["fields"]["report-text"])
tap.check({one["media_type"] for one in case["files"]} == {"image/png"}, "6.5-6 their types are found in the bytes", case["files"])
long = message("Long " + "件名" * 100, ("長い本文。" * 20 + "\n") * 200)
case = taken(long, "a long text and subject")
tap.check([one["name"] for one in case["files"]] == ["mail.txt"] and len(case["fields"]["report-title"]) <= 120, "stands whole in a file", str(case)[:300])
odd = message("‮evil\u200b subject", "ok\x07 then \u202e back\n", sender="nobody <no@such_host>")
case = taken(odd, "marks that turn the writing, and no address to answer")
tap.check("‮" not in json.dumps(case["fields"], ensure_ascii=False) and "reporter-mail" not in case["fields"], "are left out", case["fields"])

# ---- cipher
cipher = (b"From: taro@reporter.example\r\nSubject: ...\r\nMessage-ID: <pgp@x>\r\nContent-Type: multipart/encrypted; boundary=x;"
          b' protocol="application/pgp-encrypted"\r\n\r\n--x\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--x\r\n'
          b"Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nAAAA\r\n-----END PGP MESSAGE-----\r\n--x--\r\n")
case = taken(cipher, "RFC 3156")
tap.check([one["name"] for one in case["files"]] == ["message.eml"] and "message.eml" in case["fields"]["report-text"], "is kept whole, and the officer told",
          str(case)[:400])
case = taken(message("inline", "Hello\n-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n"), "cipher in the text")
tap.check([one["name"] for one in case["files"]] == ["message.eml"], "likewise", str(case)[:300])

# ---- what no person wrote
sent = len(mails())
for what, made, words in (("an automatic answer", message("Out of office", "away", Auto_Submitted="auto-replied"), {}),
                          ("a bounce", message("Undelivered", "x"), {"sender": ""}),
                          ("a list's", message("Digest", "x", Precedence="bulk"), {}),
                          ("our own receipt, come back", next(outbox.glob("*.eml")).read_bytes(), {})):
    before = cases(officer)
    code, said = deliver(made, **words)
    tap.check(code == 250 and cases(officer) == before, f"{what} makes no case", code, said)

# ---- hostile ones
nested = b"From: a@reporter.example\r\n" + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(900))
refused(nested + b"\r\nx\r\n", "parts in parts in parts", 554, "5.6.0", "could not be read", "読み取れません")
refused(b"From: a@reporter.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 300_000, "300,000 parts", 554, "5.6.0")
refused(b"From: a@reporter.example\r\n" + b"X-A: b\r\n" * 300_000 + b"\r\nx", "300,000 headers", 554, "5.6.0")
refused(bytes(message("Huge", "x\n")) + (b"x" * 70 + b"\r\n") * 500_000, "too large: both languages say so", 554, "5.3.4", "too large", "大きすぎます")
refused(b"no header here at all", "no mail at all", 554, "5.6.0")
taken(bytes(message("NUL", "a")) + b"\x00\x01\xff\xfe", "bytes that are no text do no harm")

# ---- kill -9 in the middle: again and again, and then once for good
victim = message("Killed", f"{MARKER} in the middle\n")
victim.add_attachment(os.urandom(3_000_000), maintype="application", subtype="octet-stream", filename="big.bin")
before = cases(officer)
raw = b"Return-Path: <taro@reporter.example>\r\n" + bytes(victim)
killed = 0
for wait in (0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7, 1.0):
    process = subprocess.Popen([HOSHI, "take-mail", "--data", data], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.stdin.write(raw)
        process.stdin.close()
    except BrokenPipeError:
        pass
    time.sleep(wait)
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
        killed += 1
    process.wait()
code, said = deliver(victim)
new = cases(officer) - before
case = officer.get(f"/api/v1/cases/{min(new)}").body if new else {"files": []}
tap.check(killed and code == 250 and len(new) == 1, f"kill -9, {killed} times: one case in the end", code, said, new)
tap.check([one["bytes"] for one in case["files"]] == [3_000_000], "with its file, whole", str(case)[:300])

# ---- how many
flood = [deliver(message(f"Flood {i}", "x", sender="flood@reporter.example"), sender="flood@reporter.example") for i in range(22)]
tap.check([code for code, _ in flood].count(250) == 20 and flood[-1][0] == 451 and "4.7.1" in flood[-1][1],
          "as many from one address in an hour as the form takes; the rest is to come later", [code for code, _ in flood], flood[-1])
tap.check(len([mail for mail in mails() if mail["To"].addresses[0].addr_spec == "flood@reporter.example"]) <= 5, "nobody is written to again and again")

# ---- nobody else sees them; nothing plain in DATA
tap.check(not cases(server.api("applicant")), "6.5-6 makers see none")
tap.equal(server.api("managing-director").get(f"/api/v1/cases/{case['id']}").status, 404, "6.5-6 nor does who does not need it")
done = subprocess.run([HOSHI, "take-mail", "--data", str(folder / "none")], input=b"From: a@b\n\nx", capture_output=True, timeout=60)
tap.check(done.returncode == 75, "a registry that is not there: the mail server keeps it", done.returncode, done.stderr)
server.stop()
planted = [str(path) for path in Path(data).rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()]
planted += [str(path) for path in Path(data).rglob("*") if path.is_file() and "reporter.example".encode() in path.read_bytes()]
tap.check(not planted, "6.5-6 nothing of what was reported, nor by whom, stands in DATA", planted)
done = subprocess.run([HOSHI, "replay", "--check", "--data", data], env=dict(os.environ, LANG="en"), capture_output=True, text=True, timeout=120)
tap.check(done.returncode == 0, "every row follows from the journal", done.stdout + done.stderr)
inbox.stop()
relay.stop()
tap.end()
