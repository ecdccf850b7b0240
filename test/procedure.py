# procedure.py: the steps of the procedure self-declared, who takes each, and what is filled in.
# SPDX-License-Identifier: Apache-2.0
import datetime
import json
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
TOKYO = datetime.timezone(datetime.timedelta(hours=9))


def today():
    return datetime.datetime.now(TOKYO).date()


def fee():
    """What the tariff in force asks for level 1."""
    rows = json.loads((TOP / "seed/tariff.json").read_text(encoding="utf-8"))["rows"]
    return [row["yen"] for row in rows if row["from"] <= today().isoformat()][-1]


def criteria():
    editions = json.loads((TOP / "seed/criteria.json").read_text(encoding="utf-8"))["editions"]
    return [row["id"] for row in [one for one in editions if one["level"] == 1][-1]["criteria"]]


def application(chance):
    """A whole application; `chance` (random.Random) makes each another one."""
    name = f"{chance.randrange(16 ** 6):06X}"
    return {
        "product": {"ja": f"ネットワークカメラ {name}", "en": f"Network camera {name}"},
        "category": "network-camera",
        "models": [f"MH-{name}-{n}" for n in range(chance.randrange(1, 20))],
        "firmware": "1.0.0",
        "contact-name": {"ja": "見本 花子", "en": "Hanako Mihon"},
        "contact-mail": "desk@mihon.example",
        "contact-phone": "03-0000-0000",
        "user-contact": {"ja": "みほんお客様窓口", "en": "Mihon customer desk"},
        "user-mail": "users@mihon.example",
        "user-phone": "0120-000-000",
        "security-mail": "security@mihon.example",
        "policy-url": "https://mihon.example/security",
        "product-url": "https://mihon.example/products/camera",
        "support-end": (today() + datetime.timedelta(days=1200)).isoformat(),
        "consent-nda": "given",
        "consent-court": "given",
        "checklist": [{"id": one, "result": "conforms", "evidence": "試験報告書 3.2 / Test report 3.2"}
                      for one in criteria()],
    }


def nothing(_):
    return {}


STEPS = [
    ("file", "applicant", application),
    ("declare-no-conflict", "operational-personnel", nothing),
    ("declare-no-conflict", "technical-manager", nothing),
    ("declare-no-conflict", "managing-director", nothing),
    ("accept", "operational-personnel", nothing),
    ("record-fee", "operational-personnel",
     lambda _: {"fee-kind": "paid", "fee-amount": fee(), "fee-day": today().isoformat()}),
    ("verify", "operational-personnel", lambda _: {"outcome": "conforms"}),
    ("draft-label", "operational-personnel", nothing),
    ("approve-technical", "technical-manager", nothing),
    ("issue", "managing-director", nothing),
]
STATES = ["start", "received", "received", "received", "received", "accepted", "fee-settled", "verified",
          "drafted", "approved", "issued"]


def states_after(n):
    """The case's state after the first n steps."""
    return STATES[n]
