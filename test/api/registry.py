# registry.py: what the tests of the API share: a server of their own, a filled-in application, cases made ready.
# SPDX-License-Identifier: Apache-2.0
import secrets
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from client import Api, Server  # noqa: E402, F401
from tap import Tap  # noqa: E402, F401

STAFF = ["operational-personnel", "deputy", "technical-manager", "managing-director"]


def step(api, case, name, fields=None, key=None, version=None):
    """With the headers that a step wants; version None: none."""
    headers = {"Idempotency-Key": key or secrets.token_hex(8)}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    return api.call("POST", f"/api/v1/cases/{case}/steps/{name}", fields or {}, headers)


class Registry:
    """A demonstration; api(role) talks to it."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.server = Server(self.folder.name + "/data")
        self.server.start()
        self.url, self.keys = self.server.url, self.server.keys
        self.talks = {}
        return self

    def __exit__(self, *problem):
        self.server.__exit__(*problem)
        self.folder.cleanup()

    def api(self, role):
        if role not in self.talks:
            self.talks[role] = self.server.api(role)
        return self.talks[role]

    def application(self, **other):
        edition = Api(self.url).get("/api/v1/editions/1").body
        year = int(self.server_day()[:4])
        fields = {
            "product": {"ja": "みほんカメラ", "en": "Mihon Camera"}, "category": "network-camera",
            "models": ["MC-1", "MC-2"], "contact-name": {"ja": "見本 花子", "en": "Hanako Mihon"},
            "contact-mail": "hanako@mihon.example", "user-contact": {"ja": "みほん窓口", "en": "Mihon desk"},
            "security-mail": "psirt@mihon.example", "support-end": f"{year + 5}-03-31",
            "consent-nda": "given", "consent-court": "given",
            "checklist": [{"id": line["id"], "result": "conforms", "evidence": "3章"} for line in edition["criteria"]],
        }
        fields.update({name.replace("_", "-"): value for name, value in other.items()})
        return {name: value for name, value in fields.items() if value is not None}

    def server_day(self):
        return self.look(self.open())["timeline"][-1]["at"][:10]

    def open(self):
        return self.api("applicant").call("POST", "/api/v1/cases", {"procedure": "self-declared", "level": 1}).body["id"]

    def look(self, case, role="applicant"):
        return self.api(role).get(f"/api/v1/cases/{case}").body

    def take(self, role, case, name, fields=None, key=None, version=None):
        """As the client that has just looked would."""
        version = version if version is not None else self.look(case)["version"]
        return step(self.api(role), case, name, fields, key, version)

    def must(self, role, case, name, fields=None):
        answer = self.take(role, case, name, fields)
        if answer.status != 200:
            raise RuntimeError(f"{name} by {role}: {answer.status} {answer.raw[:600]!r}")
        return answer

    def filed(self, **other):
        case = self.open()
        self.must("applicant", case, "file", self.application(**other))
        return case

    def cleared(self, **other):
        case = self.filed(**other)
        for role in STAFF:
            self.must(role, case, "declare-no-conflict")
        return case

    def drafted(self, verifier="operational-personnel", **other):
        case = self.cleared(**other)
        self.must("operational-personnel", case, "accept")
        seen = self.look(case)
        self.must("operational-personnel", case, "record-fee",
                  {"fee-kind": "paid", "fee-amount": seen["fee_due"], "fee-day": seen["timeline"][-1]["at"][:10]})
        self.must(verifier, case, "verify", {"outcome": "conforms"})
        self.must("operational-personnel", case, "draft-label")
        return case
