#!/usr/bin/env bash
# Does Databricks' SDK send the change of a user that a program asks for, and list the users from the place that it names?
#
# Versions: databricks-sdk 0.162.0 with requests 2.34.2; CPython 3.11. Programs use it beside Okta's provisioning.
# Expected: `Patch(op=REPLACE, path="active", value=False)` is sent with its value, as in the example of RFC 7644 section
# 3.5.2.3. `start_index` is the first result, as the SDK's documentation says. A user that is read contains what the server sent.
# Seen:
# - The operation that deactivates a user is sent as {"op": "replace", "path": "active"}. Each value that Python takes for false
#   is omitted: false, 0, "" and []. So a patch with a path cannot deactivate a user, clear a title or empty a list, and the SDK
#   raises no error. The same change in an object without a path, {"active": false}, is sent.
# - list(start_index=51) begins with the first result, for users, groups and service principals, of a workspace and of an account.
#   A program that reads the users in parts gets the first ones in each part.
# - An update with the user that was read is a PUT without title, phone numbers, the enterprise extension, its name in `schemas`,
#   and the middle name. It adds empty lists of entitlements, groups and roles, which the server did not send.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check databricks-sdk==0.162.0 requests==2.34.2 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

from databricks.sdk import AccountClient, WorkspaceClient
from databricks.sdk.service.iam import Patch, PatchOp, PatchSchema

logging.disable()
CORE, ENTERPRISE = "urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
USER = {"schemas": [CORE, ENTERPRISE], "id": "7", "userName": "ada@acme.example", "active": True, "title": "CTO", "displayName": "Ada L",
        "name": {"givenName": "Ada", "familyName": "L", "middleName": "K"}, "phoneNumbers": [{"value": "+1 555 0100"}],
        "emails": [{"value": "ada@acme.example", "primary": True}], ENTERPRISE: {"department": "Sales"}}
requests = []
failed = False


class Server(BaseHTTPRequestHandler):
    """A SCIM server with 100 users and 100 groups."""

    def answer(self):
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        scim = "/scim/" in url.path
        if scim:
            requests.append((self.command, url.path.split("/v2")[1], url.query, json.loads(body or "null")))
        query = {name: int(values[0]) for name, values in parse_qs(url.query).items() if values[0].isdigit()}
        if "startIndex" in query:
            first = query["startIndex"]
            page = [USER | {"id": str(number)} for number in range(first, min(first + query["count"], 101))]
            value = {"totalResults": 100, "startIndex": first, "itemsPerPage": len(page), "Resources": page}
        else:
            value = USER if scim else {}
        text = json.dumps(value).encode()
        self.send_response(200 if scim else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_PUT = do_PATCH = answer

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
host = f"http://127.0.0.1:{server.server_port}"
workspace = WorkspaceClient(host=host, token="any", auth_type="pat")
account = AccountClient(host=host, account_id="00000000-0000-0000-0000-000000000000", token="any", auth_type="pat")


def check(what, seen, expected):
    global failed
    print(f"  {what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print("databricks-sdk", version("databricks-sdk"))
print("operation of a patch, as sent")
for path, value, sent in (("active", True, True), ("active", False, None), ("title", "", None), ("roles", [], None), (None, {"active": False}, True)):
    for users in workspace.users_v2, account.users_v2:
        requests.clear()
        users.patch("7", operations=[Patch(op=PatchOp.REPLACE, path=path, value=value)],
                    schemas=[PatchSchema.URN_IETF_PARAMS_SCIM_API_MESSAGES_2_0_PATCH_OP])
        operation = {"op": "replace"} | ({"path": path} if path else {}) | ({"value": value} if sent else {})
        check(f"{path} = {json.dumps(value)}", (requests[0][0], requests[0][3]["Operations"]), ("PATCH", [operation]))

print("list(start_index=51, count=25)")
for name in "users_v2", "groups_v2", "service_principals_v2":
    for client in workspace, account:
        requests.clear()
        first = next(iter(getattr(client, name).list(start_index=51, count=25))).id
        check(f"{type(client).__name__}.{name}, first result and requests", (first, [query for _, _, query, _ in requests]),
              ("1", ["count=25&startIndex=1"]))

print("an update of the user that was read")
user = workspace.users_v2.get("7")
requests.clear()
workspace.users_v2.update(**vars(user))
method, _, _, body = requests[0]
check("request", method, "PUT")
check("lost", sorted(USER.keys() - body.keys() - {"id"}), ["phoneNumbers", "title", ENTERPRISE])
check("added", {name: body[name] for name in sorted(body.keys() - USER.keys())}, {"entitlements": [], "groups": [], "roles": []})
check("changed", {name: body[name] for name in body.keys() & USER.keys() if body[name] != USER[name]},
      {"name": {"familyName": "L", "givenName": "Ada"}, "schemas": [CORE]})
sys.exit(failed)
PYTHON
