#!/usr/bin/env bash
# Does `paginate_all` of Okta's management library for Python return all results?
#
# Version: okta 3.4.6, with aiohttp 3.14.5; CPython 3.11.
# Expected, by its documentation ("all results from an Okta API list method"): Every element, or an error.
# Seen:
# - An error on the second page ends the list. The caller gets the elements of the first page and no error.
# - An empty page ends the list, although its `Link` field names a next page.
# - A cursor with a comma ends the list. The library splits the field at every comma, even inside the angle brackets.
# - Two `Link` fields, `next` before `self`, end the list. The library keeps the fields in a dict, so only the last one remains.
#   Okta's documentation shows one field for each link. With `self` first, the list continues.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet okta==3.4.6 aiohttp==3.14.5
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" - <<'PYTHON'
import asyncio, json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from okta.client import Client
from okta.pagination import paginate_all

logging.disable(logging.CRITICAL)


class Handler(BaseHTTPRequestHandler):
    pages = {}

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        status, identifiers, links = self.pages[self.path]
        failure = {"errorCode": "E0000009", "errorSummary": "Internal Server Error"}
        content = json.dumps([{"id": each} for each in identifiers] if status == 200 else failure).encode()
        self.send_response(status)
        for link in links:
            self.send_header("Link", link)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
origin = f"http://127.0.0.1:{server.server_port}"
first, second, third = ("/api/v1/users?limit=2", "/api/v1/users?after=00u2&limit=2", "/api/v1/users?after=00u4&limit=2")


def link(path, relation="next"):
    return f'<{origin}{path}>; rel="{relation}"'


start = (200, ["00u1", "00u2"], [link(second)])
comma = "/api/v1/users?after=00u2,b&limit=2"
cases = [
    ("two pages", {first: start, second: (200, ["00u3"], [])}, "00u1 00u2 00u3"),
    ("the second page answers 500", {first: start, second: (500, [], [])}, "00u1 00u2"),
    ("the second of three pages is empty",
     {first: start, second: (200, [], [link(third)]), third: (200, ["00u5"], [])}, "00u1 00u2"),
    ("a comma in the cursor",
     {first: (200, ["00u1", "00u2"], [link(comma)]), comma: (200, ["00u3"], []),
      comma.replace(",", "%2C"): (200, ["00u3"], [])}, "00u1 00u2"),
    ("two fields, self first",
     {first: (200, ["00u1", "00u2"], [link(first, "self"), link(second)]), second: (200, ["00u3"], [])},
     "00u1 00u2 00u3"),
    ("two fields, next first",
     {first: (200, ["00u1", "00u2"], [link(second), link(first, "self")]), second: (200, ["00u3"], [])}, "00u1 00u2"),
]


async def elements():
    client = Client({"orgUrl": origin, "token": "token"})
    try:
        return " ".join([user.id async for user in paginate_all(client.list_users, limit=2)])
    except Exception as error:
        return f"{type(error).__name__}: {error}"


failed = False
print("okta", version("okta"))
for name, Handler.pages, expected in cases:
    seen = asyncio.run(elements())
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
