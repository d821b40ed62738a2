#!/usr/bin/env bash
# Do Python's HTTP clients that use libcurl, Rust or their own HTTP send a program's values and return the response's fields?
#
# Versions: curl_cffi 0.17.0, wreq 0.13.0, primp 2.0.1, pyreqwest 0.15.1, geventhttpclient 2.6.1 with gevent 26.9.0, aiosonic 1.3.3;
# CPython 3.11.
# Expected: As with requests. A 303 is followed by a GET. A redirected PUT is sent with its body, or becomes a GET. The program's
# parameters are added to those of a link. None sends no parameter. A value that JSON does not have is an error. Both `Link` fields
# are returned.
# Seen, without an error:
# - curl_cffi follows a 301, 302 or 303 after a PUT or PATCH with the same method and no body. It follows a 303 after a DELETE
#   with a second DELETE.
# - wreq with `query` removes the query of the address: of `?after=1,2` and limit=2 remains `?limit=2`, the first page.
# - wreq sends the number 12345678901234567890123 as 1.2345678901234568e+22, Decimal("1.10") as 1.1, and bytes as a list of
#   numbers. wreq, primp and pyreqwest send NaN as null, which clears the attribute. curl_cffi sends NaN, which is not JSON.
# - pyreqwest's `headers.get` returns the first of two `Link` fields, which has no `next`. aiosonic returns the last.
# - geventhttpclient sends a DELETE three times if no response arrives, and follows a 302 after a PUT or DELETE with a GET.
# - aiosonic returns 103 Early Hints as the response.
# - curl_cffi and aiosonic send None as the text "None", and aiosonic a list as Python's representation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check curl_cffi==0.17.0 wreq==0.13.0 primp==2.0.1 pyreqwest==0.15.1 \
    geventhttpclient==2.6.1 gevent==26.9.0 aiosonic==1.3.3 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, json, sys, threading
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import aiosonic, curl_cffi.requests, primp, wreq, wreq.blocking
from geventhttpclient import requests as gevent_requests
from pyreqwest.client import SyncClientBuilder

requests = []
SELF, NEXT = '<https://acme.okta.com/api/v1/users?limit=2>; rel="self"', '<https://acme.okta.com/api/v1/users?after=1,2>; rel="next"'


class Handler(BaseHTTPRequestHandler):
    """/303 redirects to /moved, /lost sends no response, /hints sends a 103 before the 200, and each 200 has two Link fields."""
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        requests.append(" ".join(part for part in (self.command, self.path, body) if part))
        if self.path == "/lost":
            self.close_connection = True
            return
        if self.path == "/hints":
            self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n")
        status = int(self.path[1:]) if self.path[1:].isdigit() else 200
        self.send_response(status)
        for name, value in ([("Location", "/moved")] if status > 300 else [("Link", SELF), ("Link", NEXT)]):
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"
reqwest = SyncClientBuilder().build()
rust = wreq.blocking.Client()
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def sent(function, *arguments, **options):
    """What the server received; a client may raise if no response arrives."""
    requests.clear()
    try:
        function(*arguments, **options)
    except Exception as error:
        if not requests:
            return type(error).__name__
    return list(requests)


def sonic(method, path, **options):
    async def call():
        response = await aiosonic.HTTPClient().request(address + path, method=method, **options)
        return response.status_code, response.headers.get("link")
    return asyncio.run(asyncio.wait_for(call(), 20))


title = {"title": "Head"}
for status in (301, 302, 303):
    check(f"curl_cffi, PUT and {status}", sent(curl_cffi.requests.put, f"{address}/{status}", json=title),
          [f'PUT /{status} {{"title":"Head"}}', "PUT /moved"])
check("curl_cffi, PATCH and 303", sent(curl_cffi.requests.patch, address + "/303", json=title),
      ['PATCH /303 {"title":"Head"}', "PATCH /moved"])
check("curl_cffi, DELETE and 303", sent(curl_cffi.requests.delete, address + "/303"), ["DELETE /303", "DELETE /moved"])
session = gevent_requests.Session()
check("geventhttpclient, PUT and 302", sent(session.put, address + "/302", json=title), ['PUT /302 {"title": "Head"}', "GET /moved"])
check("geventhttpclient, DELETE and 302", sent(session.delete, address + "/302"), ["DELETE /302", "GET /moved"])
check("geventhttpclient, DELETE without a response", sent(session.delete, address + "/lost"), ["DELETE /lost"] * 3)

link, limit = address + "/users?after=1,2", {"limit": "2"}
check("wreq, a link and a parameter", sent(rust.get, link, query=limit), ["GET /users?limit=2"])
check("primp, a link and a parameter", sent(primp.get, link, params=limit), ["GET /users?after=1,2&limit=2"])
check("curl_cffi, None", sent(curl_cffi.requests.get, address + "/users", params={"after": None}), ["GET /users?after=None"])
check("aiosonic, None and a list", sent(sonic, "GET", "/users", params={"after": None, "expand": ["a", "b"]}),
      ["GET /users?after=None&expand=%5B%27a%27%2C+%27b%27%5D"])

number = 12345678901234567890123
for name, value, expected in (("a number", number, "1.2345678901234568e+22"), ("a decimal", Decimal("1.10"), "1.1"),
                              ("bytes", b"ab", "[97,98]"), ("NaN", float("nan"), "null")):
    check(f"wreq, {name}", sent(rust.post, address + "/users", json={"level": value}), [f'POST /users {{"level":{expected}}}'])
check("primp, NaN", sent(primp.post, address + "/users", json={"level": float("nan")}), ['POST /users {"level":null}'])
check("pyreqwest, NaN", sent(lambda: reqwest.post(address + "/users").body_json({"level": float("nan")}).build().send()),
      ['POST /users {"level":null}'])
check("curl_cffi, NaN", sent(curl_cffi.requests.post, address + "/users", json={"level": float("nan")}), ['POST /users {"level":NaN}'])

check("curl_cffi, Link", curl_cffi.requests.get(address + "/users").headers.get("link"), f"{SELF}, {NEXT}")
check("pyreqwest, Link", reqwest.get(address + "/users").build().send().headers.get("link"), SELF)
check("aiosonic, Link", sonic("GET", "/users"), (200, NEXT))
check("aiosonic, after Early Hints", sonic("GET", "/hints"), (103, "</style.css>; rel=preload"))
sys.exit(failed)
PYTHON
