#!/usr/bin/env bash
# Does Airbyte's Okta connector load all users, groups, members and roles of an org into a warehouse?
#
# Versions: airbyte-source-okta 0.3.26, airbyte-cdk 7.39.1; CPython 3.11.
# Expected: The streams group_members and user_role_assignments contain all members and all assignments, as their names and
# their lack of a cursor suggest. Leaving out an optional setting limits nothing.
# Seen, with the status COMPLETE for each stream and without a warning:
# - `start_date` is optional. Without it, the first sync loads only the users and groups that changed in the last seven days.
#   Every sync requests group members, group roles and user roles only for the groups and users that changed in those days. An
#   administrator whose user last changed a year ago has no role.
# - With `start_date`, the connector compares it with the group's `lastUpdated`. Okta sets `lastUpdated` when the group's
#   profile changes, and `lastMembershipUpdated` when its members change. A member added today is missing if the group's profile
#   last changed before `start_date`.
# - The stream custom_roles ends after the first page. The connector looks for a `Link` field, but this list gives its next page
#   in the body. The stream permissions contains only the permissions of the roles on that page. Its records do not name their
#   role, and their key is the label alone. Of all roles with `okta.users.read`, one record remains.
# - Times of the System Log lose their milliseconds. Events of the same second have no order.
# - A 400 with the code E0000001, as for a bad parameter, is read as an empty log.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check airbyte-source-okta==0.3.26 airbyte-cdk==7.39.1
cd "$folder"
env HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime, json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

import requests

ORG = "https://acme.okta.com"
OLD, MONTH_AGO, NEW = [f"{datetime.datetime.utcnow() - datetime.timedelta(days=days):%Y-%m-%dT00:00:00.000Z}"
                       for days in (400, 30, 1)]
users = [{"id": id, "status": "ACTIVE", "lastUpdated": time, "profile": {"login": f"{id}@example.com"}}
         for id, time in (("ada", OLD), ("ben", NEW))]
groups = [{"id": id, "type": "OKTA_GROUP", "lastUpdated": time, "lastMembershipUpdated": NEW, "profile": {"name": id}}
          for id, time in (("admins", OLD), ("guests", NEW))]
events = [{"uuid": f"event {number}", "published": NEW.replace("000Z", f"{number}00Z")} for number in range(3)]
log_is_refused = False


class Handler(BaseHTTPRequestHandler):
    """An org of two users, who are members of both groups and administrators, and with three custom roles."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        page = int(query.get("after", ["0"])[0])
        links = {"next": {"href": f"{ORG}/api/v1/iam/roles?after={page + 1}"}} if page < 2 else {}
        if path in ("/api/v1/users", "/api/v1/groups"):
            after = query["filter"][0].split('"')[1]
            body = [one for one in (users if path.endswith("users") else groups) if one["lastUpdated"] > after]
        elif path.endswith("/users"):
            body = users
        elif path == "/api/v1/iam/roles":
            body = {"roles": [{"id": f"role {page}", "label": f"Role {page}"}], "_links": links}
        elif path.endswith("/permissions"):
            body = {"permissions": [{"label": "okta.users.read"}]}
        elif path.endswith("/roles"):
            body = [{"id": "assignment", "type": "SUPER_ADMIN", "label": "Super Administrator"}]
        else:
            body = events
        if log_is_refused:
            body = {"errorCode": "E0000001", "errorSummary": "Api validation failed: since"}
        text = json.dumps(body).encode()
        self.send_response(400 if log_is_refused else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
send = requests.adapters.HTTPAdapter.send


def send_to_loopback(self, request, **options):
    """The connector takes the name of an org of okta.com only; its requests go to the server above."""
    request.url = request.url.replace(ORG, f"http://127.0.0.1:{server.server_port}", 1)
    return send(self, request, **options)


requests.adapters.HTTPAdapter.send = send_to_loopback

from airbyte_cdk.entrypoint import AirbyteEntrypoint
from source_okta.source import SourceOkta

logging.disable(logging.CRITICAL)

def run(command, settings, stream="users"):
    """The messages of a command of the connector."""
    config = {"domain": "acme", "credentials": {"auth_type": "api_token", "api_token": "the token of this script"}} | settings
    catalog = {"streams": [{"sync_mode": "full_refresh", "destination_sync_mode": "append", "stream": {
        "name": stream, "json_schema": {}, "supported_sync_modes": ["full_refresh"]}}]}
    with open("config.json", "w") as file:
        json.dump(config, file)
    with open("catalog.json", "w") as file:
        json.dump(catalog, file)
    arguments = [command, "--config", "config.json"] + (["--catalog", "catalog.json"] if command == "read" else [])
    source = SourceOkta(SourceOkta.read_catalog("catalog.json"), config, None)
    output = "\n".join(AirbyteEntrypoint(source).run(AirbyteEntrypoint.parse_args(arguments)))
    return [json.loads(line) for line in output.splitlines()]


def read(stream, *members, **settings):
    """Some members of the records of a stream; the sync has to end as complete."""
    messages = run("read", settings, stream)
    last = [message["trace"]["stream_status"]["status"] for message in messages if message["type"] == "TRACE"][-1]
    records = [message["record"]["data"] for message in messages if message["type"] == "RECORD"]
    return sorted(" of ".join(record.get(member, "nothing") for member in members) for record in records), last


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("airbyte-source-okta", version("airbyte-source-okta"), "with airbyte-cdk", version("airbyte-cdk"))
check("users", read("users", "id"), (["ben"], "COMPLETE"))
check("groups", read("groups", "id"), (["guests"], "COMPLETE"))
check("roles of users", read("user_role_assignments", "type", "userId"), (["SUPER_ADMIN of ben"], "COMPLETE"))
check("roles of groups", read("group_role_assignments", "type", "groupId"), (["SUPER_ADMIN of guests"], "COMPLETE"))
check("members, with a start_date a month ago",
      read("group_members", "id", "groupId", start_date=MONTH_AGO.replace(".000Z", "Z")),
      (["ada of guests", "ben of guests"], "COMPLETE"))
check("members, with a start_date of 2020", read("group_members", "id", "groupId", start_date="2020-01-01T00:00:00Z"),
      (["ada of admins", "ada of guests", "ben of admins", "ben of guests"], "COMPLETE"))
check("custom roles, of three", read("custom_roles", "id"), (["role 0"], "COMPLETE"))
check("permissions, of three roles", read("permissions", "label", "roleId"), (["okta.users.read of nothing"], "COMPLETE"))
streams = [message for message in run("discover", {}) if message["type"] == "CATALOG"][0]["catalog"]["streams"]
check("key of a permission", [one["source_defined_primary_key"] for one in streams if one["name"] == "permissions"],
      [[["label"]]])
second = NEW.replace(".000Z", "Z")
check("times of three events", read("logs", "published"), ([second] * 3, "COMPLETE"))
log_is_refused = True
check("log, refused with 400", read("logs", "published"), ([], "COMPLETE"))
sys.exit(failed)
PYTHON
