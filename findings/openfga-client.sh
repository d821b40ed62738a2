#!/usr/bin/env bash
# How does the client for Okta FGA wait for a rate limit, read pages, and report a write that is sent again?
#
# Version: openfga-sdk 0.10.5, the client of OpenFGA and Okta FGA for Python (its synchronous form), with urllib3 2.8.0 and
# python-dateutil 4.0.0; freezegun 1.5.5 sets the clock; CPython 3.11. Waits are recorded and not slept.
# Expected: `Retry-After` has two forms, seconds and a date (RFC 9110 section 10.2.3). Two seconds are two seconds on each day.
# Options that a caller passes stay the caller's. A write that the server may have carried out is not reported as failed.
# Seen:
# - The client parses seconds as a date first. "2" is the second day of the present month, at midnight. Fifteen minutes before
#   that, the client waits for 900 seconds. On all other days the date is past or too far away, so the client ignores the field
#   and sends the request again after a tenth of a second. "60" is the year 2060, and is never obeyed. A date in the field is.
# - read() removes `page_size` and `continuation_token` from the caller's options. In a loop that passes one dict, all pages
#   after the first have the server's default size.
# - After a 500 for a write, the client sends the write again. If the first one was carried out, the second is refused with 400,
#   "cannot write a tuple which already exists", and the caller gets this error for a write that is done.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openfga-sdk==0.10.5 urllib3==2.8.0 python-dateutil==4.0.0 \
    freezegun==1.5.5 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
cat > program.py <<'PYTHON'
import json, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from freezegun import freeze_time
from openfga_sdk.client import ClientConfiguration
from openfga_sdk.client.models import ClientCheckRequest, ClientTuple, ClientWriteRequest
from openfga_sdk.models import ReadRequestTupleKey
from openfga_sdk.sync import OpenFgaClient
from openfga_sdk.sync import api_client

waits = []
api_client.time = type("Clock", (), {"sleep": staticmethod(waits.append), "time": staticmethod(time.time)})


class Server(BaseHTTPRequestHandler):
    answers, requests = [], []

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        self.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        status, body, *fields = self.answers[len(self.requests) - 1]
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = OpenFgaClient(ClientConfiguration(api_url=f"http://127.0.0.1:{server.server_port}", store_id="01H0H015178Y2V4CX10C2KGHF4"))
MEMBER = {"user": "user:ada", "relation": "member", "object": "group:sales"}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def run(call, *answers):
    Server.answers, Server.requests = answers, []
    waits.clear()
    try:
        return call()
    except Exception as error:
        return str(error)


def wait_after(retry_after, now):
    """The seconds that the client waits, or None for a wait of less than a second that it chooses itself."""
    limited = (429, {"code": "rate_limit_exceeded", "message": "too many"}, ("Retry-After", retry_after))
    with freeze_time(now):
        assert run(lambda: client.check(ClientCheckRequest(**MEMBER)), limited, (200, {"allowed": True})).allowed is True
    [wait] = waits
    return None if wait < 1 else wait


def all_pages(options):
    tuples, token = [], None
    while True:
        page = client.read(ReadRequestTupleKey(), options)
        tuples, token = tuples + page.tuples, page.continuation_token
        if not token:
            return len(tuples)
        options["continuation_token"] = token


print("openfga-sdk", version("openfga-sdk"))
check('"2" on the 14th', wait_after("2", "2026-11-14 12:00:00"), None)
check('"2" on the 1st at 23:45', wait_after("2", "2026-11-01 23:45:00"), 900)
check('"60"', wait_after("60", "2026-11-14 12:00:00"), None)
check("a date in 20 seconds", wait_after("Sat, 14 Nov 2026 12:00:20 GMT", "2026-11-14 12:00:00"), 20)

entry = {"key": MEMBER, "timestamp": "2026-11-30T10:00:00.000Z"}
pages = [(200, {"tuples": [entry], "continuation_token": token}) for token in ("a", "b", "")]
check("tuples of three pages", run(lambda: all_pages({"page_size": 2}), *pages), 3)
check("  the requests", Server.requests, [{"page_size": 2}, {"continuation_token": "a"}, {"continuation_token": "b"}])

answers = ((500, {"code": "internal_error", "message": "failed"}),
           (400, {"code": "write_failed_due_to_invalid_input", "message": "cannot write a tuple which already exists"}))
seen = run(lambda: client.write(ClientWriteRequest(writes=[ClientTuple(**MEMBER)])), *answers)
check("a write that is answered with 500", (seen, len(Server.requests)),
      ("[write] HTTP 400 cannot write a tuple which already exists (write_failed_due_to_invalid_input)", 2))
sys.exit(failed)
PYTHON
venv/bin/python -W ignore program.py
