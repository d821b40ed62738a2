#!/usr/bin/env bash
# Does Grove, HashiCorp's log collector, read Okta's System Log once and at the pace that the org states?
#
# Version: grove 2.2.0; CPython 3.11.
# Expected: Each event is written once. After a 429, one request follows after X-Rate-Limit-Reset. The address of a `next` link
# is used unchanged.
# Seen:
# - If nothing has happened since the last event, every run writes that event again. The run requests events from the time of
#   the last event on. Grove keeps hashes to recognize that event, but the empty page at the end of each run clears them. A run
#   every ten minutes writes 144 copies a day of one sign-in. (A lower bound includes its own time, here as in Okta's document.)
# - During a rate limit, Grove sends a request every second, because it compares the time of the reset with itself. A reset 30
#   seconds ahead costs 30 refused requests.
# - Grove percent-decodes the whole address before it uses it. `after=a%2Bb%26c` is sent as `after=a+b&c`, which is another
#   cursor.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check grove==2.2.0
GROVE_CACHE_HANDLER=local_memory GROVE_OUTPUT_HANDLER=local_stdout "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from unittest import mock
from urllib.parse import parse_qs, quote, urlsplit

from grove.connectors import BaseConnector
from grove.connectors.okta import api
from grove.connectors.okta.system_log import Connector
from grove.models import ConnectorConfig

logging.disable(logging.CRITICAL)
EVENTS = [{"uuid": f"event {number}", "published": f"2026-11-29T05:00:0{number}.000Z"} for number in range(5)]
start, slept, requests, written = time.time(), [], [], []
cursor, limited_until = "cursor-", 0


class Handler(BaseHTTPRequestHandler):
    """Two events a page, oldest first; a poll ends with an empty page whose next page is itself, as Okta's does."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        requests.append(self.path)
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if start + sum(slept) < limited_until:
            return self.send(429, {"errorCode": "E0000047"}, {
                "X-Rate-Limit-Limit": 60, "X-Rate-Limit-Remaining": 0, "X-Rate-Limit-Reset": int(limited_until)})
        if "after" in query and not query["after"].startswith(cursor):
            return self.send(400, {"errorCode": "E0000031", "errorSummary": "Invalid cursor."}, {})
        if "after" in query:
            first = int(query["after"].removeprefix(cursor))
        else:
            first = sum(event["published"] < query["since"] for event in EVENTS)
        page = EVENTS[first:first + 2]
        address = f"{org}/api/v1/logs?limit=1000&sortOrder=ASCENDING&after={quote(cursor, safe='')}{first + len(page)}"
        own = address if not page else org + self.path
        self.send(200, page, {"Link": f'<{own}>; rel="self", <{address}>; rel="next"'})

    def send(self, status, body, fields):
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {**fields, "Content-Type": "application/json", "Content-Length": len(text)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = api.API_BASE_URI = f"http://127.0.0.1:{server.server_port}"


def collect(runs):
    """What each of several runs writes; all use one cache, as a deployment does."""
    configuration = ConnectorConfig(identity="acme", key="token", name="okta", connector="okta_system_log")
    cache, result = None, []
    for _ in range(runs):
        connector = Connector(config=configuration, context={"runtime": "script", "runtime_id": "1"})
        if cache is None:
            cache = connector._cache
            connector.pointer = "2026-11-29T00:00:00.000Z"
        connector._cache = cache
        written.clear()
        with mock.patch.object(BaseConnector, "process_and_write", lambda self, entries: written.extend(entries)), \
                mock.patch("time.sleep", slept.append):
            connector.run()
        result.append([event["uuid"] for event in written])
    return result


everything, last = [event["uuid"] for event in EVENTS], [EVENTS[-1]["uuid"]]
print("grove", version("grove"))
runs = collect(4)
print("written by four runs, without new events:", [f"{len(run)} events" if len(run) > 1 else run for run in runs])
failed = runs != [everything, last, last, last]

requests.clear()
limited_until = start + 30
collect(1)
print(f"requests of one run with a reset 30 s ahead: {len(requests)}, of which 4 are answered; waits: {set(slept)} s")
failed |= len(requests) not in (33, 34) or set(slept) != {1}

limited_until, cursor = 0, "a+b&c-"
requests.clear()
runs = collect(1)
print(f"a cursor with + and &: sent as {requests[1].split('after=')[1]}; events written: {len(runs[0])} of {len(EVENTS)}")
failed |= requests[1].split("after=")[1] != "a+b&c-2" or len(runs[0]) != 2
sys.exit(failed)
PYTHON
