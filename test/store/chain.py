# chain: an outside judge of the journal: recomputes it from its description, with nothing of Hoshi's.
# SPDX-License-Identifier: Apache-2.0
#
# Reads lines "SEQ ENTRY-HEX HASH-HEX PAYLOAD-HEX"; the last must be the head "head SEQ HASH-HEX".
import hashlib
import json
import sys


def in_order(value):
    """Members by the order of their names in UTF-16, as RFC 8785 has it."""
    if isinstance(value, dict):
        return {k: in_order(value[k]) for k in sorted(value, key=lambda name: name.encode("utf-16-be"))}
    return [in_order(part) for part in value] if isinstance(value, list) else value


def canonical(text):
    value = json.loads(text)
    again = json.dumps(in_order(value), separators=(",", ":"), ensure_ascii=False)
    assert again == text, f"not canonical: {text}"
    return value


def main():
    before, seq = bytes(32), 0
    lines = sys.stdin.read().split("\n")
    for line in filter(None, lines):
        words = line.split(" ")
        if words[0] == "head":
            assert int(words[1]) == seq and bytes.fromhex(words[2]) == before, "head"
            print(f"# {seq} entries, head {before.hex()}")
            return
        entry, hash_, payload = (bytes.fromhex(word) for word in words[1:])
        seq += 1
        members = canonical(entry.decode())
        assert int(words[0]) == seq == members["seq"], f"{seq}: number"
        before = hashlib.sha256(before + entry).digest()
        assert before == hash_, f"{seq}: hash"
        assert hashlib.sha256(payload).hexdigest() == members["payload"], f"{seq}: payload"
        inside = canonical(payload[16:].decode())
        assert set(inside) == {"effects", "facts", "fields"}, f"{seq}: members of the payload"
        wanted = {"act", "actor", "appointment", "at", "case", "clause", "day", "delegation", "facts_digest",
                  "form", "idempotency_key", "payload", "procedure", "role", "rulebook", "seq", "step"}
        assert set(members) == wanted, f"{seq}: members of the entry"
    sys.exit("no head")


main()
