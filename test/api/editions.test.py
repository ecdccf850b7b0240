#!/usr/bin/env python3
# editions.test.py: a change of the criteria by the API alone: 5-1, 5-2; its preview, and what anyone reads of it.
# SPDX-License-Identifier: Apache-2.0
# test: engines seconds=300
import datetime

from registry import Api, Registry, Tap, step

tap = Tap()


def later(day, days):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()


with Registry() as registry:
    today = registry.server_day()
    crit, tm, md = "criteria-personnel", "technical-manager", "managing-director"
    anyone = Api(registry.url)
    opened = registry.api(crit).call("POST", "/api/v1/cases", {"procedure": "criteria-edition", "level": 1})
    tap.equal(opened.status, 201, "A-CRIT criteria personnel open a case of an edition")
    case = opened.body["id"]

    def take(role, name, fields=None):
        return step(registry.api(role), case, name, fields, version=registry.look(case, role)["version"])

    refused = registry.api("applicant").get(f"/api/v1/cases/{case}/preview")
    tap.equal(refused.status, 404, "2.1.3-2 an applicant sees nothing of it")
    tap.equal(take(crit, "declare-no-conflict").status, 200, "2.1.3-1 no conflict declared")
    draft = {"edition-id": "MIHON-API-1", "edition-title": {"ja": "見本", "en": "Sample"}, "editorial": False,
             "replaces": "MIHON-CR-01-2027", "criteria": [{"id": "A1", "ja": "一", "en": "One"}]}
    answer = take(crit, "draft-edition", {**draft, "criteria": [{"id": "A1", "ja": "一"}]})
    tap.equal((answer.status, answer.body["errors"][0]["pointer"]), (422, "/criteria/0/en"),
              "A-CRIT a criterion without English is refused by its place")
    tap.equal(take(crit, "draft-edition", draft).status, 200, "A-CRIT drafted")
    tap.equal(take(crit, "formulate-edition").status, 200, "A-CRIT formulated")
    at = f"/api/v1/cases/{case}/preview"
    answer = registry.api(crit).get(at)
    tap.equal((answer.status, answer.body["code"]), (422, "field-missing"), "5-1 no preview without a day")
    answer = registry.api(crit).get(at + "?begins=2027-02-30")
    tap.equal((answer.status, answer.body["code"]), (422, "field-malformed"), "nor of a day that there is not")
    days = {"edition-begins": later(today, 400), "former-acceptance-end": later(today, 399),
            "former-extension-end": later(today, 399)}
    query = f"?begins={later(today, 400)}&acceptance_end={later(today, 399)}&extension_end={later(today, 399)}"
    shown = registry.api(crit).get(at + query).body
    tap.check(shown["labels"] > 50 and sum(shown["fates"].values()) == shown["labels"],
              "5-1 every label has its fate", shown["fates"])
    tap.equal(shown["recorded"], "", "nothing is recorded by looking")
    tap.equal(take(tm, "declare-no-conflict").status, 200, "2.1.3-1 the Technical Manager")
    tap.equal(take(tm, "preview-edition", days).status, 200, "5-1 previewed")
    recorded = registry.api(crit).get(at).body
    tap.equal((recorded["digest"], recorded["still_true"]), (shown["digest"], True),
              "5-1 what is recorded is what was shown")
    figures = registry.look(case, tm)["fields"]["preview-figures"]
    tap.equal((figures["labels"], figures["digest"]), (shown["labels"], shown["digest"]), "with its figures")
    listed = registry.api(crit).call("GET", at + ".csv").raw.decode("utf-8-sig").split("\r\n")
    tap.equal(len(listed) - 2, shown["labels"], "5-1 the list has a line for each label")
    tap.equal(take(tm, "approve-technical").status, 200, "A-TM approved")
    tap.equal(take(md, "declare-no-conflict").status, 200, "2.1.3-1 the Managing Director")
    tap.equal(anyone.get("/api/v1/criteria/MIHON-API-1").status, 404, "5-1 nobody reads of it before the decision")
    tap.equal(take(md, "announce-edition").status, 200, "A-MD announced")
    read = anyone.get("/api/v1/criteria/MIHON-API-1").body
    tap.equal((read["state"], read["starts"], [line["id"] for line in read["criteria"]]),
              ("announced", later(today, 400), ["A1"]), "5-1 then everyone does")
    former = anyone.get("/api/v1/criteria/MIHON-CR-01-2027").body
    tap.equal((former["acceptance_ends"], former["extension_ends"]), (later(today, 399), later(today, 399)),
              "5-1 and of the last days of the former one")
    tap.equal(registry.look(case, md)["fields"]["signed-figures"]["digest"], shown["digest"],
              "5-1 the decision holds what it was signed on")
    tap.equal(take(md, "cancel-edition", {"reasons": "見直し。"}).status, 200, "5-1 cancelled before it begins")
    tap.equal(anyone.get("/api/v1/criteria/MIHON-API-1").body["state"], "cancelled", "5-1 which everyone reads too")
    tap.equal(anyone.get("/api/v1/criteria/MIHON-CR-01-2027").body["acceptance_ends"], None,
              "5-1 and the former edition goes on")
tap.end()
