#!/usr/bin/env bash
# What happens to a `next` link when a client adds its own parameters to each request?
#
# Versions: requests 2.34.2, httpx 0.28.1, aiohttp 3.14.5, urllib3 2.8.0; CPython 3.11.
# Expected: A session with the parameter limit=2, or a loop that passes it with each request, follows the link. The client adds
# the parameter to the query of the address and keeps the cursor in it.
# Seen, with a list of five users on three pages, in a loop that stops after six requests:
# - httpx replaces the whole query with the parameters of the request or of the client, even if the parameters are an empty
#   dict. The cursor is lost, so the first page is read again and again. The `search` is lost too, so a user that does not match
#   is read.
# - urllib3 appends "?limit=2" to the existing query. The text becomes part of the last value, so the search is a different one
#   and finds nothing.
# - requests and aiohttp add the parameter a second time. Servers differ in how they read a repeated parameter.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet requests==2.34.2 httpx==0.28.1 aiohttp==3.14.5 urllib3==2.8.0
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio, json, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

import aiohttp, httpx, requests, urllib3

USERS = [{"id": f"00u{number}", "status": "ACTIVE" if number else "STAGED"} for number in range(6)]


class Handler(BaseHTTPRequestHandler):
    """Two users a page. The link repeats the search, as its last parameter; their order is the server's."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        users = [user for user in USERS if "search" not in query or query["search"] == f'status eq "{user["status"]}"']
        rest = [user for user in users if user["id"] > query.get("after", "")]
        text = json.dumps(rest[:2]).encode()
        self.send_response(200)
        if len(rest) > 2:
            next_query = f"after={rest[1]['id']}&limit=2&search=status%20eq%20%22ACTIVE%22"
            self.send_header("Link", f'<{url}?{next_query}>; rel="next"')
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/api/v1/users"


def collect(get):
    """The users that a loop over `next` reads; `get` returns a page and the link."""
    found, address = [], url + "?search=status%20eq%20%22ACTIVE%22"
    for _ in range(6):
        page, address = get(address)
        found += [user["id"] for user in page]
        if not address:
            return found
    return found + ["and so on"]


def with_requests(**settings):
    def get(address):
        response = requests.get(address, **settings)
        return response.json(), response.links.get("next", {}).get("url")
    return get


def with_httpx(client, **settings):
    def get(address):
        response = client.get(address, **settings)
        return response.json(), response.links.get("next", {}).get("url")
    return get


def with_aiohttp(**settings):
    async def send(address):
        async with aiohttp.ClientSession() as session, session.get(address, **settings) as response:
            link = response.links.get("next")
            return await response.json(), link and link["url"]
    return lambda address: asyncio.run(send(address))


def with_urllib3(**settings):
    def get(address):
        response = urllib3.request("GET", address, **settings)
        link = response.headers.get("Link")
        return response.json(), link and link[1:link.index(">")]
    return get


limit = {"limit": 2}
right = ["00u1", "00u2", "00u3", "00u4", "00u5"]
again = ["00u0", "00u1"] * 6 + ["and so on"]
# For each client: the users that it reads.
cases = [
    ("requests, params", with_requests(params=limit), right),
    ("httpx, no parameters", with_httpx(httpx.Client()), right),
    ("httpx, params", with_httpx(httpx.Client(), params=limit), again),
    ("httpx, empty params", with_httpx(httpx.Client(), params={}), again),
    ("httpx, params of the client", with_httpx(httpx.Client(params=limit)), again),
    ("aiohttp, params", with_aiohttp(params=limit), right),
    ("urllib3, no parameters", with_urllib3(), right),
    ("urllib3, fields", with_urllib3(fields=limit), []),
]
failed = False
print(*(f"{name} {version(name)}" for name in ("requests", "httpx", "aiohttp", "urllib3")))
for name, get, expected in cases:
    seen = collect(get)
    print(f"{name}: {'all five' if seen == right else ' '.join(seen) or 'nothing'}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
