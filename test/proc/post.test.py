# post.test.py: mails by a real SMTP server: once, in both languages, after refusals, broken lines and kill -9.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=240
import email
import email.policy
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "test"), str(TOP / "test/web")]
from client import HOSHI, Api, Server, children, free_port  # noqa: E402
from procedure import STEPS  # noqa: E402
from tap import Tap  # noqa: E402
from visitor import Visitor  # noqa: E402

tap = Tap()
folder = Path(tempfile.mkdtemp())
chance = random.Random(11)
PASSWORD = "correct horse battery staple 7"


class Relay:
    """relay.py as a process of its own."""

    def __init__(self, name):
        self.folder, self.port, self.process = folder / name, free_port(), None
        self.folder.mkdir()
        self.mood("take")

    def mood(self, word):
        (self.folder / "mood.new").write_text(word)
        (self.folder / "mood.new").rename(self.folder / "mood")

    def start(self):
        self.process = subprocess.Popen(["/usr/bin/python3", str(TOP / "test/proc/relay.py"), str(self.folder), str(self.port)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError("the relay did not start: is python3-aiosmtpd there?")
        return self

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def tries(self):
        path = self.folder / "tries"
        return path.read_text().split() if path.exists() else []

    def mails(self):
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted(self.folder.glob("*.eml"))]


def wait_until(holds, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


def steps(server, case, *names):
    for name, role, fields in STEPS:
        if name in names:
            answer = server.api(role).step(case, name, fields(chance))
            if answer.status != 200:
                raise RuntimeError(f"{name}: {answer.status} {answer.body}")


def opened(server):
    return server.api("applicant").open_case().body["id"]


ACCEPTED = ("declare-no-conflict", "accept")


def ids(mails):
    return [mail["Message-ID"] for mail in mails]


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def pdf_words(part):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=part.get_content(), capture_output=True, timeout=30)
    return "".join(done.stdout.decode().split())


def joined_from_abroad(server):
    """A maker from another country, with a key of its own: mail to it is in English."""
    visitor = Visitor(server)
    answer = visitor.post("/join", {"person_ja": "アンナ・ビーロウ", "person_en": "Anna Bylow", "mail": "anna@abroad.example",
                                    "password": PASSWORD, "again": PASSWORD, "maker_ja": "アブロード社", "maker_en": "Abroad AB",
                                    "country": "SE", "corporate_number": ""})
    if answer.status != 303:
        raise RuntimeError(answer.text)
    page = visitor.send("/account", "/account/keys", {"name": "post"})
    return Api(server.url, re.search(r'id="new-key">([^<]+)<', page.text).group(1))


# ---- without --mail nothing is sent, no process is there for it, and personnel are told so
relay = Relay("relay").start()
server = Server(folder / "data").start(90)
names = [Path(f"/proc/{pid}/comm").read_text().strip() for pid in children(server.process.pid)]
tap.check("hoshi-post" not in names, "without --mail no process sends", names)
page = Visitor(server, "operational-personnel").get("/notices").text
tap.check('id="no-mail"' in page, "and the portal says so to the personnel", page[:3000])
case = opened(server)
steps(server, case, "file")
server.stop()

# ---- what was told meanwhile goes out, once
server = Server(folder / "data", words=("--mail", f"smtp://127.0.0.1:{relay.port}")).start(90)
page = Visitor(server, "operational-personnel").get("/notices").text
tap.check('id="no-mail"' not in page, "with --mail the portal says nothing of the kind")
tap.check(wait_until(lambda: len(relay.mails()) >= 1), "what was told before is sent now", relay.tries(), server.log_tail())
steps(server, case, *ACCEPTED)
tap.check(wait_until(lambda: any("受理" in mail["Subject"] for mail in relay.mails())), "the acceptance is sent",
          [mail["Subject"] for mail in relay.mails()], server.log_tail())
mail = next((mail for mail in relay.mails() if "受理" in mail["Subject"]), None)
product = server.api("applicant").get(f"/api/v1/cases/{case}").body
number = product["numbers"]["acceptance-number"]
person = mail["To"].addresses[0]
tap.check(person.addr_spec.endswith(".example") and person.display_name, "to a person by name", mail["To"])
tap.check(mail["From"].addresses[0].addr_spec == "notices@body.example" and "見本ラベル発行機関" in mail["From"].addresses[0].display_name,
          "from the body", mail["From"])
tap.check(mail["X-Envelope"] == f"notices@body.example {person.addr_spec}", "so on the envelope", mail["X-Envelope"])
words = text_of(mail)
tap.check(product["title"]["ja"] in words and number in words and f"{server.url}/cases/{case}" in words and "―" not in words,
          "4.1.1-1 the text names product, number and page", words)
parts = list(mail.iter_attachments())
tap.check([part.get_content_type() for part in parts] == ["application/pdf"] and parts[0].get_filename().endswith(".pdf"),
          "with the letter as PDF", [part.get_filename() for part in parts])
paper = pdf_words(parts[0])
tap.check(number in paper and "".join(product["title"]["ja"].split()) in paper and "受理" in paper, "whose text says the same", paper)
tap.check(mail["Date"].datetime is not None and not mail.defects and mail["Auto-Submitted"] == "auto-generated",
          "and nothing about it is malformed", mail.defects)

# ---- in English to who reads English
anna = joined_from_abroad(server)
english = anna.open_case().body["id"]
answer = anna.step(english, "file", STEPS[0][2](chance))
steps(server, english, *ACCEPTED)
tap.check(wait_until(lambda: any("accept" in mail["Subject"].lower() for mail in relay.mails())), "an acceptance in English",
          [mail["Subject"] for mail in relay.mails()], server.log_tail())
mail = next(mail for mail in relay.mails() if "accept" in mail["Subject"].lower())
brief = anna.get(f"/api/v1/cases/{english}").body
tap.equal(mail["To"], "Anna Bylow <anna@abroad.example>", "to a maker from abroad")
words, paper = text_of(mail), pdf_words(next(mail.iter_attachments()))
tap.check(brief["title"]["en"] in words and brief["numbers"]["acceptance-number"] in words and not re.search("[ぁ-ヿ一-鿿]", words),
          "its text is English", words)
tap.check("".join(brief["title"]["en"].split()) in paper and brief["numbers"]["acceptance-number"] in paper, "its PDF too", paper)

# ---- 451: later, under the same Message-ID
relay.mood("later")
before, tries = len(relay.mails()), len(relay.tries())
later = opened(server)
steps(server, later, "file")
tap.check(wait_until(lambda: len(relay.tries()) >= tries + 2), "451: tried again", relay.tries())
tap.check(len(relay.mails()) == before, "nothing acknowledged meanwhile")
relay.mood("take")
tap.check(wait_until(lambda: len(relay.mails()) > before), "and then it arrives", server.log_tail())

# ---- a connection that breaks in the middle of the mail
relay.mood("drop")
before, tries = len(relay.mails()), len(relay.tries())
dropped = opened(server)
steps(server, dropped, "file")
tap.check(wait_until(lambda: len(relay.tries()) >= tries + 2), "a dropped connection: tried again", relay.tries(), server.log_tail())
relay.mood("take")
tap.check(wait_until(lambda: len(relay.mails()) > before), "and then it arrives", server.log_tail())

# ---- kill -9 of everything between attempts
relay.mood("later")
before, tries = len(relay.mails()), len(relay.tries())
killed = [opened(server) for _ in range(3)]
for one in killed:
    steps(server, one, "file")
wait_until(lambda: len(relay.tries()) > tries)
for _ in range(3):
    server.kill()
    server = Server(folder / "data", port=server.port, words=("--mail", f"smtp://127.0.0.1:{relay.port}")).start(90)
relay.stop()  # for a while nobody listens at all
time.sleep(2)
relay.mood("take")
relay.start()
tap.check(wait_until(lambda: len(relay.mails()) >= before + 3), "kill -9 between attempts loses nothing", len(relay.mails()) - before,
          server.log_tail())
time.sleep(3)
told = [text_of(mail) for mail in relay.mails()[before:]]
tap.check(all(sum(one in words for words in told) >= 1 for one in killed), "each case is told of", told)
tap.check(len(set(ids(relay.mails()))) == len(relay.mails()), "and nothing that was acknowledged came twice", ids(relay.mails()))
before = len(relay.mails())
server.kill()
server = Server(folder / "data", port=server.port, words=("--mail", f"smtp://127.0.0.1:{relay.port}")).start(90)
time.sleep(4)
tap.check(len(relay.mails()) == before, "nor after another kill", ids(relay.mails())[before:])

# ---- the post alone is killed: it is started again
post = next(pid for pid in children(server.process.pid) if Path(f"/proc/{pid}/comm").read_text() == "hoshi-post\n")
status = Path(f"/proc/{post}/status").read_text()
held = [os.readlink(f"/proc/{post}/fd/{name}") for name in os.listdir(f"/proc/{post}/fd")]
tap.check("NoNewPrivs:\t1" in status and not any("head.key" in path or Path(path).name == "lock" for path in held),
          "the post holds neither the key nor the lock, and gains no privilege", held)
os.kill(post, signal.SIGKILL)
steps(server, opened(server), "file")
tap.check(wait_until(lambda: len(relay.mails()) > before), "a post that is killed is started again", server.log_tail())

# ---- 550: given up at once, and shown
relay.mood("never")
before, tries = len(relay.mails()), len(relay.tries())
refused = opened(server)
steps(server, refused, "file")
tap.check(wait_until(lambda: len(relay.tries()) > tries), "550: it was tried")


def shown():
    page = Visitor(server, "operational-personnel").get("/notices").text
    return 'id="refused"' in page and "No such mailbox here" in page and refused in page


tap.check(wait_until(shown, 10), "and the refusal is shown to the personnel, in the relay's words",
          Visitor(server, "operational-personnel").get("/notices").text[:3000])
tried = len(relay.tries())
relay.mood("take")
time.sleep(5)
tap.check(len(relay.tries()) == tried and len(relay.mails()) == before, "no more tries", relay.tries()[tried:])
page = Visitor(server, "applicant").get("/notices").text
tap.check("No such mailbox here" not in page, "makers see nothing of it")
server.stop()
relay.stop()

# ---- what replay says, and settings that are none
done = subprocess.run([HOSHI, "replay", "--check", "--data", server.data], env=dict(os.environ, LANG="en"), capture_output=True,
                      text=True, timeout=120)
tap.check(done.returncode == 0, "every row follows from the journal", done.stdout + done.stderr)
for wrong in ("127.0.0.1:25", "http://relay", "smtp://", "smtp://relay:0", "smtp://relay:99999", "smtp://user@relay:25", "smtp://relay/x"):
    done = subprocess.run([HOSHI, "serve", "--data", str(folder / "none"), "--listen", "127.0.0.1:0", "--mail", wrong],
                          env=dict(os.environ, LANG="en"), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
    tap.check(done.returncode != 0 and wrong in done.stderr, f"no relay: {wrong}", done.stderr)
shutil.rmtree(folder)
tap.end()
