#!/usr/bin/env bash
# How does Okta's management library for Python handle 503, 504 and 429?
#
# Version: okta 3.4.6, with aiohttp 3.14.5; CPython 3.11.
# Expected: The library does not repeat a POST that may have been carried out. Before it repeats a request, it waits as long as
# `Retry-After` says. If it does not repeat a request, the caller gets the status and error code of the response.
# Seen:
# - After a 503 or 504 with the X-Rate-Limit fields, which Okta's responses have, the library sends the POST three times without
#   a pause. It waits neither for `Retry-After` nor for the reset time, because the code that waits is in a branch for 429 only.
# - After a 503, 504 or 429 without X-Rate-Limit-Reset, such as one from a proxy or a gateway, the call ends with
#   "AttributeError: 'NoneType' object has no attribute 'status'". Status and body are lost. After a 500, which the library does
#   not repeat, the caller gets both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet okta==3.4.6 aiohttp==3.14.5
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" - <<'PYTHON'
import asyncio, json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from okta import models
from okta.client import Client

logging.disable(logging.CRITICAL)
times = []


class Handler(BaseHTTPRequestHandler):
    status, fields = 200, {}

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        times.append(time.monotonic())
        content = json.dumps({"errorCode": "E0000010", "errorSummary": "Service is in read only mode"}).encode()
        self.send_response(self.status)
        for name, value in self.fields.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


async def create():
    client = Client({"orgUrl": f"http://127.0.0.1:{server.server_port}", "token": "token"})
    profile = models.UserProfile(login="ada@acme.example", email="ada@acme.example")
    try:
        _, _, error = await client.create_user(models.CreateUserRequest(profile=profile))
        return f"{error.status} {error.error_code}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


reset = str(int(time.time()) + 60)
limits = {"X-Rate-Limit-Limit": "600", "X-Rate-Limit-Remaining": "599", "X-Rate-Limit-Reset": reset}
lost = "AttributeError: 'NoneType' object has no attribute 'status'"
cases = [
    (500, {}, 1, "500 E0000010"),
    (503, {}, 1, lost),
    (503, {"Retry-After": "2"}, 1, lost),
    (503, {"Retry-After": "2", **limits}, 3, "503 E0000010"),
    (504, limits, 3, "504 E0000010"),
    (429, {"Retry-After": "2"}, 1, lost),
]
failed = False
print("okta", version("okta"))
for Handler.status, Handler.fields, count, expected in cases:
    times.clear()
    outcome = asyncio.run(create())
    waited = times[-1] - times[0]
    names = ", ".join(name for name in Handler.fields if not name.endswith(("Limit", "Remaining"))) or "no fields"
    print(f"{Handler.status} with {names}: POST sent {len(times)} times in {waited:.1f} s, {outcome}")
    if (len(times), outcome) != (count, expected) or waited >= 2:
        failed = True
        print(f"  changed: expected {count} within two seconds, {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
