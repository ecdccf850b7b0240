#!/usr/bin/python3
# relay.py: a real SMTP server for the test of the post. Debian's python3-aiosmtpd is for /usr/bin/python3.
# SPDX-License-Identifier: Apache-2.0
#
# relay.py FOLDER PORT: what it acknowledges lies in FOLDER as 0001.eml, 0002.eml …, each in its place before
# the relay says 250. FOLDER/mood says what it answers to mail that comes: take, later (451 to the recipient),
# drop (the connection ends in the middle of the mail), never (550 to the recipient).
# FOLDER/tries gets a line for each recipient it was asked about.
import asyncio
import os
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

folder, port = Path(sys.argv[1]), int(sys.argv[2])


class Relay:
    def __init__(self):
        self.taken = len(list(folder.glob("*.eml")))

    async def handle_RCPT(self, server, session, envelope, address, options):
        with (folder / "tries").open("a") as tries:
            tries.write(f"{address}\n")
        mood = (folder / "mood").read_text()
        if mood == "later":
            return "451 4.3.0 Try again later"
        if mood == "never":
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if (folder / "mood").read_text() == "drop":
            server.transport.abort()
            return "421 gone"
        self.taken += 1
        path = folder / f"{self.taken:04}.eml"
        made = path.with_suffix(".part")
        made.write_bytes(b"X-Envelope: %s %s\r\n" % (envelope.mail_from.encode(), ",".join(envelope.rcpt_tos).encode())
                         + envelope.original_content)
        os.rename(made, path)
        return "250 2.0.0 Taken"


async def serve():
    relay = Relay()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(relay, hostname="relay.example"), "127.0.0.1", port)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(serve())
