# visitor.py: a browser without a screen, for the tests of the portal.
# SPDX-License-Identifier: Apache-2.0
import http.client
import re
from urllib.parse import urlencode, urlsplit


class Page:
    def __init__(self, answer):
        self.status, self.raw = answer.status, answer.read()
        self.text = self.raw.decode(errors="replace")
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        self.cookies = answer.headers.get_all("Set-Cookie") or []
        self.location = self.headers.get("location", "")

    def field(self, name):
        found = re.search(f'name="{name}" value="([^"]*)"', self.text)
        return found.group(1) if found else ""


class Visitor:
    """A browser without a screen: cookies, and the language of its first visit."""

    def __init__(self, server, role=None, language="en"):
        self.host, self.jar = urlsplit(server.url).netloc, {"lang": language}
        if role:
            self.get(urlsplit(server.signin[role]).path)

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, timeout=20)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items()), **(headers or {})}
        if body is not None:
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection.request(method, path, body=body, headers=sent)
        page = Page(connection.getresponse())
        connection.close()
        for cookie in page.cookies:
            name, _, value = cookie.split(";")[0].partition("=")
            self.jar[name] = value
        return page

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields, headers=None):
        return self.ask("POST", path, urlencode(fields), headers)

    def send(self, at, path, fields, headers=None):
        """As the form on the page `at` would."""
        page = self.get(at)
        hidden = {name: page.field(name) for name in ("form", "once", "version") if page.field(name)}
        return self.post(path, {**hidden, **fields}, headers)
