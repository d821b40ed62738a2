#!/usr/bin/env bash
# Does Cartography's graph contain all users, administrators and memberships of an org after a successful sync?
#
# Versions: cartography 0.143.0 with okta 3.4.6, aiohttp 3.14.5 and neo4j 6.4.1; CPython 3.11. The script examines the data that
# Cartography passes to the database; no database runs.
# Expected: The sync loads all of them, or it ends with an error and deletes nothing.
# Seen, each without an error:
# - The sync reads only the first page of the users with admin roles (Okta's page is 100). It looks at the `Link` field, but
#   this list gives its next page in the body. The other administrators are users without a role. The sync reports that it could
#   read the roles.
# - A 502 without a body, as a gateway sends it, ends a list of users or members as if it were complete. Okta's library reports
#   no error for it.
# - After each of these, the cleanup deletes what was not loaded: users, roles and memberships of the last sync. A 502 with a
#   body is an error, and nothing is deleted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# cartography requires many packages for other clouds. They are not imported here.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps cartography==0.143.0
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check okta==3.4.6 aiohttp==3.14.5 neo4j==6.4.1 boto3==1.44.8 \
    backoff==2.2.1 statsd==4.0.1 policyuniverse==1.5.1.20231109 requests==2.34.2 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from unittest import mock
from urllib.parse import parse_qs, urlsplit

from cartography.graph.cleanupbuilder import build_cleanup_queries
from cartography.intel.okta import groups, users
from okta.client import Client

logging.disable(logging.CRITICAL)
NAMES = ["ada", "ben", "cleo", "dora", "emil", "fay"]
gateway_body = None  # What a gateway answers instead of a second page; None where it passes the request on.


def user(name):
    return {"id": name, "status": "ACTIVE", "type": {"id": "oty1"}, "created": "2026-01-02T03:04:05.000Z", "profile": {
        "login": f"{name}@example.com", "email": f"{name}@example.com", "firstName": name, "lastName": "Byron"}}


class Handler(BaseHTTPRequestHandler):
    """An org of six users in pages of two. All are administrators, and members of one group."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        first = int(query.get("after", 0))
        page, more = NAMES[first:first + 2], first + 2 < len(NAMES)
        following = f"{org}{url.path}?limit=2&after={first + 2}"
        if url.path in ("/api/v1/users", "/api/v1/groups/00g1/users"):
            if first and gateway_body is not None:
                return self.send(502, gateway_body)
            if "filter" in query:  # Of deprovisioned users there is none.
                return self.send(200, b"[]")
            return self.send_json([user(name) for name in page], f'<{following}>; rel="next"' if more else None)
        if url.path == "/api/v1/iam/assignees/users":
            links = {"next": {"href": following}} if more else {}
            return self.send_json({"value": [{"id": name} for name in page], "_links": links})
        if url.path == "/api/v1/groups":
            return self.send_json([{"id": "00g1", "type": "OKTA_GROUP", "objectClass": ["okta:user_group"], "profile": {
                "name": "Engineering", "description": "Engineers"}}])
        if url.path.startswith("/api/v1/users/"):
            return self.send_json([{"id": f"role of {url.path.split('/')[4]}", "type": "USER_ADMIN", "status": "ACTIVE",
                                    "label": "Group Administrator", "assignmentType": "USER"}])
        self.send_json([])

    def send_json(self, body, link=None):
        self.send(200, json.dumps(body).encode(), link)

    def send(self, status, text, link=None):
        self.send_response(status)
        if link:
            self.send_header("Link", link)
        if text:
            self.send_header("Content-Type", "application/json" if status == 200 else "text/html")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"


def sync(module, function):
    """What a sync returns, or its error, what it loads, and the kinds whose older nodes and relations it then deletes."""
    loaded, cleaned = {}, []

    def load(session, schema, rows, **arguments):
        loaded[schema.label] = rows

    def job(schema, parameters):
        queries = " ".join(build_cleanup_queries(schema))
        if "n.lastupdated <> $UPDATE_TAG" in queries and "DETACH DELETE n" in queries:
            cleaned.append(schema.label)
        return mock.Mock()

    with mock.patch.object(module, "load", load), mock.patch.object(module.GraphJob, "from_node_schema", job):
        try:
            result = function(Client({"orgUrl": org, "token": "token"}), mock.Mock(), {
                "OKTA_ORG_ID": "acme", "UPDATE_TAG": 2})
        except Exception as error:
            result = type(error).__name__
    return result, loaded, cleaned


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("cartography", version("cartography"), "with okta", version("okta"))
two = NAMES[:2]
(ids, roles_are_read), loaded, cleaned = sync(users, users.sync_okta_users)
check("users", ids, NAMES)
check("users with a role, of six", [row["id"] for row in loaded["OktaUser"] if "role_id" in row], two)
check("roles, of six", [row["id"] for row in loaded["OktaUserRole"]], [f"role of {name}" for name in two])
check("roles could be read", roles_are_read, True)
check("older ones are deleted of", cleaned, ["OktaUserRole", "OktaUser"])

gateway_body = b""
(ids, _), loaded, cleaned = sync(users, users.sync_okta_users)
check("users, with an empty 502", ids, two)
check("  older ones are deleted of", cleaned, ["OktaUserRole", "OktaUser"])
_, loaded, cleaned = sync(groups, groups.sync_okta_groups)
check("members, with an empty 502", [row["user_id"] for row in loaded["OktaGroup"] if "user_id" in row], two)
check("  older ones are deleted of", cleaned, ["OktaGroupRole", "OktaGroup", "OktaGroupRule"])

gateway_body = b"<html>Bad Gateway</html>"
check("users, with a 502 that has a body", sync(users, users.sync_okta_users), ("OktaApiError", {}, []))
sys.exit(failed)
PYTHON
