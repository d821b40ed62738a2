#!/usr/bin/env bash
# Does dlt's REST source load the objects that an org returns, and send the requests that were meant?
#
# Version: dlt 1.31.0 with its rest_api source and its RESTClient, requests 2.34.2; CPython 3.11. Waits are simulated.
# Expected: A resource that is one object, such as a user, is one row. A name in a path is escaped. After a 429 the client waits
# for the time that the org states. A POST is sent once, unless the org says that it did nothing.
# Seen:
# - If an object contains a list at any depth, the source takes the list for the rows, without a warning. For a user with
#   `credentials.emails`, as in Okta's responses, it loads the mail addresses, and neither the id nor the profile. A group
#   becomes the text "okta:user_group". An application with an empty list of features is no row at all. `data_selector: "$"`
#   helps. A path that ends with a parameter of a parent, such as users/{resources.users.id}, has this selector by default.
# - In the path of a child resource nothing is escaped. For the user "ada/ops", dlt requests /users/ada/ops/groups. For "ada#1"
#   it requests /users/ada, which is another user, and stores this user as a group of ada#1.
# - After a 429 without Retry-After, as Okta sends it, the client sends four more requests within 15 seconds. It does not read
#   X-Rate-Limit-Reset.
# - The client sends a POST five times after a 500 or 503.
# Lists with `Link` fields are read to their end, also after an empty page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dlt==1.31.0 requests==2.34.2 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
cat > program.py <<'PYTHON'
import json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from dlt.sources.helpers.rest_client import RESTClient
from dlt.sources.rest_api import rest_api_source

logging.disable(logging.CRITICAL)
waits = []
time.sleep = lambda seconds: waits.append(seconds)  # The client's retries use it.


class Org(BaseHTTPRequestHandler):
    answers, requests = {}, []

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.requests.append(self.path)
        status, body, *fields = self.answers[self.path]
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
origin = f"http://127.0.0.1:{server.server_port}"
failed = False


def rows(resources, answers, last=None):
    """The rows of the last resource, without the members that dlt adds for the parent."""
    Org.answers, Org.requests = answers, []
    source = rest_api_source({"client": {"base_url": f"{origin}/"}, "resources": resources})
    return list(source.selected_resources[last or resources[-1]])


def attempts(method, *answer):
    Org.answers, Org.requests = {"/users": answer}, []
    waits.clear()
    response = getattr(RESTClient(origin), method)("users")
    return response.status_code, len(Org.requests), sum(waits)


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def next_page(path):
    return "Link", f'<{origin}{path}>; rel="next"'


EMAILS = [{"value": "ada@acme.example", "status": "VERIFIED", "type": "PRIMARY"}]
USER = {"id": "00u1", "profile": {"login": "ada@acme.example"}, "credentials": {"emails": EMAILS, "provider": {"type": "OKTA"}}}
GROUP = {"id": "00g1", "objectClass": ["okta:user_group"], "profile": {"name": "Sales"}}
APP = {"id": "0oa1", "label": "Mail", "features": []}
PLAIN = {"id": "00u2", "profile": {"login": "bob@acme.example"}}
print("dlt", version("dlt"))
check("a list", rows(["users"], {"/users": (200, [USER], next_page("/users?after=1")), "/users?after=1": (
    200, [], next_page("/users?after=2")), "/users?after=2": (200, [PLAIN])}), [USER, PLAIN])
check("an object without a list", rows(["me"], {"/me": (200, PLAIN)}), [PLAIN])
me = {"name": "me", "endpoint": "users/me"}
check("a user", rows([me], {"/users/me": (200, USER)}, "me"), EMAILS)
check("a group", rows(["group"], {"/group": (200, GROUP)}), ["okta:user_group"])
check("an application", rows(["app"], {"/app": (200, APP)}), [])
selected = {"name": "me", "endpoint": {"path": "users/me", "data_selector": "$"}}
check("a user, with a selector", rows([selected], {"/users/me": (200, USER)}, "me"), [USER])
one = {"name": "user", "endpoint": {"path": "users/{resources.users.id}"}}
check("a user by its id", rows(["users", one], {"/users": (200, [PLAIN]), "/users/00u2": (200, USER)}, "user"), [USER])

groups = {"name": "groups", "endpoint": {"path": "users/{resources.users.id}/groups"}}
for user, path, body, expected in (("ada/ops", "/users/ada/ops/groups", [], []), ("ada#1", "/users/ada", {"id": "ada"}, ["ada"])):
    seen = rows(["users", groups], {"/users": (200, [{"id": user}]), path: (200, body)}, "groups")
    check(f"groups of {user}, and the requested path", ([row["id"] for row in seen], Org.requests[-1]), (expected, path))

reset = "X-Rate-Limit-Reset", str(int(time.time()) + 60)
check("GET after 429: status, requests, seconds", attempts("get", 429, {}, reset), (429, 5, 15))
check("GET after 429 with Retry-After", attempts("get", 429, {}, ("Retry-After", "7")), (429, 5, 28))
check("POST after 500", attempts("post", 500, {}), (500, 5, 15))
check("POST after 503", attempts("post", 503, {}), (503, 5, 15))
check("POST after 400", attempts("post", 400, {}), (400, 1, 0))
sys.exit(failed)
PYTHON
env HOME="$folder" venv/bin/python -W ignore program.py
