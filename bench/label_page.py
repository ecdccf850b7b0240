# label_page.py: the label page on --public against nginx serving the same bytes as a static file.
# SPDX-License-Identifier: Apache-2.0
import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

from measure import cpu_seconds, median, say, spread, wrk
from client import free_port

ROUNDS, SECONDS, CONNECTIONS = 7, 3, 32

NGINX = """
daemon off; master_process on; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; multi_accept on; }}
http {{
  access_log off; sendfile off; tcp_nodelay on; keepalive_requests 1000000; keepalive_timeout 60;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; open_file_cache max=100;
  server {{ listen 127.0.0.1:{port}; root {folder}/root; default_type "text/html; charset=utf-8"; etag on; }}
}}
"""


def fetch(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()


def compare(server, number, folder):
    """Interleaved rounds of wrk on both; CPU of all processes of each tree, a request."""
    path = f"/L/{number}"
    ours = f"http://127.0.0.1:{server.public}{path}"
    body = fetch(ours)
    root = Path(folder) / "nginx/root/L"
    root.mkdir(parents=True)
    (root / number).write_bytes(body)
    port = free_port()
    conf = root.parents[1] / "nginx.conf"
    conf.write_text(NGINX.format(folder=root.parents[1], port=port))
    if os.getuid() == 0:
        conf.write_text("user root;" + conf.read_text())
    nginx = subprocess.Popen(["nginx", "-c", conf, "-p", root.parents[1]], start_new_session=True)
    theirs = f"http://127.0.0.1:{port}{path}"
    try:
        for _ in range(100):
            try:
                if fetch(theirs) == body:
                    break
            except OSError:
                time.sleep(0.05)
        same = fetch(theirs) == fetch(ours)
        print(f"# the same {len(body)} bytes from both: {'yes' if same else 'NO'}; {ROUNDS} rounds of {SECONDS} s, "
              f"{CONNECTIONS} connections, medians")
        seen = {"ours": [], "theirs": []}
        for _ in range(ROUNDS):
            for who, url, pid in (("ours", ours, server.process.pid), ("theirs", theirs, nginx.pid)):
                before = cpu_seconds(pid)
                rate, requests, p99, errors = wrk(url, SECONDS, CONNECTIONS)
                seen[who].append(((cpu_seconds(pid) - before) / requests * 1e6, rate, p99, errors))
    finally:
        os.killpg(nginx.pid, signal.SIGTERM)
        nginx.wait()
    cpu, rate, p99 = ({who: median([row[i] for row in rows]) for who, rows in seen.items()} for i in range(3))
    say("label page: CPU a request, all processes", cpu["ours"], cpu["theirs"], "us", "at most 0.80")
    say("label page: requests a second", rate["ours"], rate["theirs"], "/s")
    say("label page: p99", p99["ours"], p99["theirs"], "ms")
    print(f"# CPU a request over the rounds: ours {spread([r[0] for r in seen['ours']])} us, nginx "
          f"{spread([r[0] for r in seen['theirs']])} us; errors {sum(r[3] for r in seen['ours'])} and "
          f"{sum(r[3] for r in seen['theirs'])}")
