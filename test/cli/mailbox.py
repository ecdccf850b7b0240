#!/usr/bin/python3
# mailbox.py: a real SMTP server whose mailbox is a pipe. Debian's python3-aiosmtpd is for /usr/bin/python3.
# SPDX-License-Identifier: Apache-2.0
#
# mailbox.py HOSHI DATA PORT: gives each mail, with its Return-Path as a mail server's pipe does, to `HOSHI take-mail`,
# and answers by the exit code: 0 is 250, 75 is 451, all else is 554, with the words it said.
import asyncio
import sys

from aiosmtpd.smtp import SMTP

hoshi, data, port = sys.argv[1], sys.argv[2], int(sys.argv[3])


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        process = await asyncio.create_subprocess_exec(
            hoshi, "take-mail", "--data", data, stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
        head = f"Return-Path: <{(envelope.mail_from or '').strip('<>')}>\r\n".encode()
        said, _ = await process.communicate(head + envelope.original_content)
        said = " ".join(said.decode("utf-8", "replace").split())[:400]
        code = {0: 250, 75: 451}.get(process.returncode, 554)
        return f"{code} {said}"


async def serve():
    def session():
        return SMTP(Mailbox(), hostname="body.example", data_size_limit=1 << 27, enable_SMTPUTF8=True)
    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", port)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(serve())
