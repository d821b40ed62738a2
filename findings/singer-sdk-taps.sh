#!/usr/bin/env bash
# Does a tap made with Meltano's SDK load all users of an org and their groups, with the values that the org sent?
#
# Version: singer-sdk 0.54.9 with requests 2.34.2; CPython 3.11. The tap follows `Link` fields with BaseHATEOASPaginator, and
# has a child stream for the groups of each user, as in the SDK's guide. Waits are simulated.
# Expected: The tap reads until there is no `next` link. After a 429 it waits for the time that the org states. A value in a
# path is escaped. A value that is not of its type is kept or is an error.
# Seen:
# - A page without users ends the list, although its `Link` field names a next page. The state is written as after a complete
#   run. A paginator has to override continue_if_empty to go on.
# - After a 429, the SDK sends four more requests within about 32 seconds and then ends the run with an error. It reads neither
#   X-Rate-Limit-Reset nor Retry-After, so it does not survive a window of a minute.
# - In the path of a child stream only the slash is escaped. For the groups of "ada#1" and "ada?1", the SDK requests /users/ada,
#   which is another user. The run then ends with a TypeError that does not name the cause.
# - For a boolean, the texts "false" and "no" become true, without a message. For an integer, "7" and true are kept.
# - The greatest replication value is found by comparing texts. 11:00+02:00 counts as later than 10:00Z, so the next run reads
#   an hour again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check singer-sdk==0.54.9 requests==2.34.2 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
cat > tap.py <<'PYTHON'
import contextlib, io, json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qsl

from singer_sdk import RESTStream, Tap
from singer_sdk import typing as types
from singer_sdk.pagination import BaseHATEOASPaginator

logging.disable(logging.CRITICAL)
now = waited = 1796032800.0


def sleep(seconds):
    global waited
    waited += seconds


time.sleep = sleep  # The SDK's retries use it.


class Org(BaseHTTPRequestHandler):
    pages, requests, limited_until = {}, [], 0

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.requests.append(self.path)
        status, (body, link) = 200, self.pages.get(self.path, ([], None))
        if waited < self.limited_until:
            status, body, link = 429, {"errorCode": "E0000047"}, None
        content = json.dumps(body).encode()
        self.send_response(status)
        if status == 429:
            self.send_header("X-Rate-Limit-Reset", str(int(self.limited_until)))
        if link:
            self.send_header("Link", f'<{origin}{link}>; rel="next"')
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
origin = f"http://127.0.0.1:{server.server_port}"


class Pages(BaseHATEOASPaginator):
    def get_next_url(self, response):
        return response.links.get("next", {}).get("url")


class Okta(RESTStream):
    url_base, records_jsonpath = origin, "$[*]"

    def get_new_paginator(self):
        return Pages()

    def get_url_params(self, context, next_page_token):
        return dict(parse_qsl(next_page_token.query)) if next_page_token else {}


class Users(Okta):
    name, path, replication_key = "users", "/users", "lastUpdated"
    schema = types.PropertiesList(
        types.Property("id", types.StringType), types.Property("lastUpdated", types.DateTimeType),
        types.Property("isManager", types.BooleanType), types.Property("badge", types.IntegerType)).to_dict()

    def get_child_context(self, record, context):
        return {"user": record["id"]}


class Groups(Okta):
    name, path, parent_stream_type = "groups", "/users/{user}/groups", Users
    schema = types.PropertiesList(types.Property("id", types.StringType)).to_dict()


class Example(Tap):
    name, config_jsonschema = "tap-example", types.PropertiesList().to_dict()

    def discover_streams(self):
        return [Users(self), Groups(self)]


def run(pages, limited_until=0):
    """The users and groups of one run, with the state of the users, or the error."""
    Org.pages, Org.requests, Org.limited_until = pages, [], limited_until
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            Example(config={}).sync_all()
    except Exception as error:
        return type(error).__name__
    messages = [json.loads(line) for line in output.getvalue().splitlines()]
    records = [(message["stream"], message["record"]) for message in messages if message["type"] == "RECORD"]
    return records, messages[-1]["value"]["bookmarks"]["users"].get("replication_key_value")


def user(identifier, last_updated="2026-11-30T10:00:00.000Z", **others):
    return {"id": identifier, "lastUpdated": last_updated, **others}


failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print("singer-sdk", version("singer-sdk"))
ada, bob, LAST = user("00u1"), user("00u2"), "2026-11-30T10:00:00.000Z"
check("two pages", run({"/users": ([ada], "/users?after=1"), "/users?after=1": ([bob], None)}), (
    [("users", ada), ("users", bob)], LAST))
check("an empty page before the second", run({"/users": ([ada], "/users?after=1"), "/users?after=1": ([], "/users?after=2"),
                                              "/users?after=2": ([bob], None)}), ([("users", ada)], LAST))
check("a rate limit that ends in 60 seconds", run({"/users": ([ada], None)}, waited + 60), "RetriableAPIError")
check("requests, and whether they ended within 40 seconds", (len(Org.requests), waited - now < 40), (5, True))
check("a rate limit that ends in 5 seconds", run({"/users": ([ada], None)}, waited + 5), ([("users", ada)], LAST))
for name in ("ada#1", "ada?1"):
    seen = run({"/users": ([user(name)], None), "/users/ada": (user("ada"), None)})
    check(f"groups of the user {name}, and the requested path", (seen, Org.requests[-1]), ("TypeError", "/users/ada"))
check("a slash in the name", (run({"/users": ([user("ada/1")], None)}), Org.requests[-1])[1], "/users/ada%2F1/groups")
values = [user("00u1", isManager="false", badge="7"), user("00u2", isManager="no", badge=True), user("00u3", isManager=None)]
check("values", [(record["isManager"], record.get("badge")) for _, record in run({"/users": (values, None)})[0]],
      [(True, "7"), (True, True), (None, None)])
late, early = user("00u1", "2026-11-30T10:00:00.000Z"), user("00u2", "2026-11-30T11:00:00.000+02:00")
check("the last update", run({"/users": ([late, early], None)})[1], early["lastUpdated"])
check("the last update, in the other order", run({"/users": ([early, late], None)})[1], early["lastUpdated"])
sys.exit(failed)
PYTHON
venv/bin/python -W ignore tap.py
