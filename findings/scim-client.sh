#!/usr/bin/env bash
# Is a user unchanged after scim-client reads and updates it on a SCIM server to which Okta sends its users?
#
# Version: scim-client 0.2.3; CPython 3.11.
# Expected: A PUT replaces a user by its body (RFC 7644 section 3.5.1), so a client sends back all that it has read, with the
# change. Names of attributes and schemas do not change. Only what RFC 7643 requires is required. A POST is sent once.
# Seen:
# - update_user(read_user(id)) omits what the class has no field for: title, phoneNumbers, locale, groups, roles. The call
#   changes no attribute, and the PUT removes all of these. It adds "timezone": null.
# - The schema urn:okta:acme_app_1:1.0:user:custom, a name in Okta's form for an application, is sent as
#   urn:okta:acmeApp1:1.0:User:Custom. Its cost_center is sent as costCenter.
# - Reading a user without displayName, externalId or mail addresses, or with an honorificPrefix, raises TypeError. So does each
#   search whose page contains such a user. A search that finds nobody raises it if the server omits the empty list.
# - A search asks for startIndex=0. Names are not escaped: the user "ada/ops" is requested as /Users/ada/ops.
# - create_user() is sent three times after a 503, so a user may be created twice. A Retry-After is ignored, after a 429 too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scim-client==0.2.3 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from scim_client import SCIMClient

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
CUSTOM = "urn:okta:acme_app_1:1.0:user:custom"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
USER = {
    "schemas": [CORE, CUSTOM], "id": "1", "externalId": "00u1", "userName": "ada", "displayName": "Ada L", "active": True,
    "name": {"givenName": "Ada", "familyName": "L"}, "emails": [{"value": "ada@acme.example", "primary": True}], "title": "CTO",
    "phoneNumbers": [{"value": "+1 555 0100"}], "locale": "en-US", "groups": [{"value": "g1"}], "roles": [{"value": "admin"}],
    CUSTOM: {"cost_center": "7"},
}
requests, answers = [], []
failed = False


class Server(BaseHTTPRequestHandler):
    def answer(self):
        requests.append((self.command, self.path, self.rfile.read(int(self.headers.get("Content-Length") or 0))))
        status, body = answers.pop(0) if answers else (200, USER)
        self.send_response(status)
        self.send_header("Retry-After", "60")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = SCIMClient(f"http://127.0.0.1:{server.server_port}", "any")
logging.disable()


def attempt(call, *prepared):
    """The exception of a call, or None."""
    requests.clear()
    answers[:] = prepared
    try:
        call()
    except Exception as error:
        return type(error).__name__


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print("scim-client", version("scim-client"))
client.update_user(client.read_user("1"))
method, path, body = requests[-1]
sent = json.loads(body)
check("request of an update", (method, path), ("PUT", "/Users/1"))
check("attributes that it loses", sorted(USER.keys() - sent.keys() - {CUSTOM}), ["groups", "locale", "phoneNumbers", "roles", "title"])
check("attributes that it adds", {name: sent[name] for name in sorted(sent.keys() - USER.keys())},
      {"meta": None, "timezone": None, "urn:okta:acmeApp1:1.0:User:Custom": {"costCenter": "7"}})

MISSING = {name: {key: value for key, value in USER.items() if key != name} for name in ("title", "displayName", "externalId", "emails")}
for what, user in MISSING.items():
    check(f"reading of a user without {what}", attempt(lambda: client.read_user("1"), (200, user)), None if what == "title" else "TypeError")
TITLED = USER | {"name": USER["name"] | {"honorificPrefix": "Dr."}}
check("reading of a user with an honorificPrefix", attempt(lambda: client.read_user("1"), (200, TITLED)), "TypeError")


def page(*users):
    return {"schemas": [LIST], "totalResults": len(users), "startIndex": 1, "itemsPerPage": len(users), "Resources": list(users)}


for what, body, expected in (("a user", page(USER), None), ("two users, one without displayName", page(USER, MISSING["displayName"]), "TypeError"),
                             ("nobody", {"schemas": [LIST], "totalResults": 0}, "TypeError")):
    check(f"a search that finds {what}", attempt(lambda: client.search_users('userName eq "ada"'), (200, body)), expected)
check("address of a search", requests[0][1], "/Users?filter=userName+eq+%22ada%22&count=20&startIndex=0")
attempt(lambda: client.read_user("ada/ops"))
check("address of a user with a slash", requests[0][1], "/Users/ada/ops")
user = client.read_user("1")
for status in 503, 429:
    start = time.monotonic()
    check(f"create_user() with three {status}", (attempt(lambda: client.create_user(user), *[(status, {})] * 3),
          [method for method, _, _ in requests], time.monotonic() - start < 30), ("HTTPError", ["POST"] * 3, True))
sys.exit(failed)
PYTHON
