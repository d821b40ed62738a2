#!/usr/bin/env bash
# Is a member or a group of Slack unchanged after Slack's SDK reads it and writes it back, and is an error an error?
#
# Version: slack-sdk 3.48.0 (its SCIM client, which programs use beside Okta's provisioning); CPython 3.11.
# Expected: A PUT replaces a resource by its body (RFC 7644 section 3.5.1), so `update_user(read_user(id).user)` sends what was
# read. A value that the server did not send is None or an error, and an error status is reported.
# Seen:
# - `schemas`, a list of two names, is sent as a list of two lists, each with both names. The same happens to each list of texts
#   in an extension: ["Sales", "EMEA"] becomes [["Sales", "EMEA"], ["Sales", "EMEA"]], and [7] becomes [[7]].
# - In a multi-valued attribute for which the class has no field, such as `entitlements` or `ims`, `displayName` is sent as
#   `display_name`. In an extension, `cost_center` is sent as `costCenter`.
# - update_group(read_group(id).group) sends `schemas` in the same way.
# - A 429, a 404 and a 500 raise no error. `read_user("1").user.active` is true for all three, because the object that stands for
#   "not given" is true. It is also true for a user whose `active` the server omits. `user.title or "none"` is that object too.
# - A search that finds nobody raises TypeError if the server omits the empty list, which RFC 7644 section 3.4.2 allows.
# - The handler that the SDK offers for rate limits raises ValueError for a `Retry-After` with a date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check slack-sdk==3.48.0 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.scim.v1.client import SCIMClient

CORE, GROUP = "urn:scim:schemas:core:1.0", "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE, CUSTOM = "urn:scim:schemas:extension:enterprise:1.0", "urn:acme:custom:1.0"
USER = {
    "schemas": [CORE, ENTERPRISE], "id": "1", "userName": "ada", "title": None, "active": True,
    "name": {"givenName": "Ada", "familyName": "L"}, "emails": [{"value": "ada@acme.example", "primary": True}],
    "entitlements": [{"value": "7", "displayName": "Editor"}], "ims": [{"value": "ada", "displayName": "Ada L"}],
    ENTERPRISE: {"costCenter": "7", "manager": {"managerId": "2", "displayName": "Bob"}},
    CUSTOM: {"cost_center": "7", "teams": ["Sales", "EMEA"], "floors": [7], "none": []},
}
TEAM = {"schemas": [CORE, GROUP], "id": "9", "displayName": "Sales", "members": [{"value": "1", "display": "ada"}]}
requests, answers = [], []
failed = False


class Server(BaseHTTPRequestHandler):
    """A SCIM server with one user and one group; `answers` come first."""

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        requests.append((self.command, self.path, json.loads(body or "null")))
        status, value, fields = answers.pop(0) if answers else (200, TEAM if "Groups" in self.path else USER, {})
        text = json.dumps(value).encode()
        self.send_response(status)
        for name, field in {**fields, "Content-Type": "application/json", "Content-Length": len(text)}.items():
            self.send_header(name, str(field))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_PUT = answer

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = SCIMClient(token="any", base_url=f"http://127.0.0.1:{server.server_port}/")
logging.disable()


def check(what, seen, expected):
    global failed
    print(f"  {what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def attempt(call):
    """The result of a call, or the name of its exception."""
    try:
        return call()
    except Exception as error:
        return type(error).__name__


print("slack-sdk", version("slack-sdk"))
print("an update of the user that was read")
client.update_user(client.read_user("1").user)
method, path, sent = requests[-1]
check("request", (method, path), ("PUT", "/Users/1"))
check("attributes that differ", sorted(name for name in USER.keys() | sent.keys() if USER.get(name) != sent.get(name)),
      ["entitlements", "ims", "schemas", CUSTOM])
check("schemas", sent["schemas"], [[CORE, ENTERPRISE]] * 2)
check("entitlements", sent["entitlements"], [{"value": "7", "display_name": "Editor"}])
check("extension", sent[CUSTOM], {"costCenter": "7", "teams": [["Sales", "EMEA"]] * 2, "floors": [[7]], "none": []})
client.update_group(client.read_group("9").group)
check("schemas of the group", requests[-1][2]["schemas"], [[CORE, GROUP]] * 2)

print("user.active, and whether it is true")
ERROR = {"Errors": {"code": 404, "description": "user_not_found"}}
for what, status, body in (("404", 404, ERROR), ("429", 429, {}), ("500", 500, {}),
                           ("200 without active", 200, {"id": "1", "userName": "ada"}), ("200 with false", 200, USER | {"active": False})):
    answers[:] = [(status, body, {})]
    user = client.read_user("1").user
    check(what, (type(user.active).__name__, bool(user.active)), ("bool", False) if "false" in what else ("DefaultArg", True))
answers[:] = [(200, {"id": "1"}, {})]
check('title or "none" without a title', type(client.read_user("1").user.title or "none").__name__, "DefaultArg")

print("a search that finds nobody")
for what, body, expected in (("empty list", {"totalResults": 0, "Resources": []}, []), ("no list", {"totalResults": 0}, "TypeError")):
    answers[:] = [(200, {"schemas": [CORE]} | body, {})]
    check(what, attempt(lambda: client.search_users(count=10, start_index=1).users), expected)

print("a rate limit with the handler RateLimitErrorRetryHandler")
client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
for what, after, expected in (("Retry-After in seconds", "0", "ada"), ("Retry-After with a date", formatdate(usegmt=True), "ValueError")):
    answers[:] = [(429, {}, {"Retry-After": after})]
    check(what, attempt(lambda: client.read_user("1").user.user_name), expected)
sys.exit(failed)
PYTHON
