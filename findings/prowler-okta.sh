#!/usr/bin/env bash
# Does Prowler's audit of an Okta org report what it could not read?
#
# Versions: prowler 5.46.0 (its provider for Okta) with okta 3.4.2 and pydantic 2.12.5; CPython 3.11. Prowler requires many
# packages for other clouds. They are not installed, because the checks below do not use them.
# Expected: A check passes if the org meets it. Prowler has the status MANUAL for what it cannot determine, and uses it for a
# missing scope. All pages of a list are read.
# Seen:
# - If the org refuses to list the roles of a token's owner with 403, or a gateway answers 502, the check "API tokens are not
#   owned by super administrators" passes: "is not assigned Super Admin (no admin roles returned)". Okta refuses this list to an
#   app without the right admin role, even if the app has the scope.
# - The check reads only the first page of the owner's groups. If the group with the role is on the second page, the check
#   passes too. It passes as well if the org refuses to list the roles of that group.
# - If one owner has a role of a type that is newer than the library, the check reports nothing, neither for this token nor for
#   the others.
# - If the org refuses to list the log streams, the check fails with "No Okta Log Streams are configured", although the org has
#   one.
# Each of these is a line in Prowler's log.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check okta==3.4.2 pydantic==2.12.5 colorama==0.4.6 jsonschema==4.23.0 \
    python-dateutil==2.9.0.post0 packaging==26.4 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps prowler==5.46.0 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import importlib, json, logging, sys, threading, types
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from prowler.providers.okta.services.apitoken.api_token_service import ApiToken
from prowler.providers.okta.services.systemlog.systemlog_service import SystemLog

logging.disable(logging.CRITICAL)


class Org(BaseHTTPRequestHandler):
    answers = {}

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        path = self.path.removesuffix("?limit=200")
        status, body, *links = self.answers[path]
        content = json.dumps(body).encode()
        self.send_response(status)
        for link in links:
            self.send_header("Link", link)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
origin = f"http://127.0.0.1:{server.server_port}"
provider = types.SimpleNamespace(
    session=types.SimpleNamespace(to_sdk_config=lambda: {"orgUrl": origin, "token": "token"}), audit_config={}, fixer_config={},
    rate_limiter=None, identity=types.SimpleNamespace(granted_scopes=[], org_domain="acme.okta.com", client_id="0oa1"))


def check(service, name, client):
    """Runs one check of Prowler with the data that its service has read."""
    module = types.ModuleType(client)
    instance = service(provider)
    module.__dict__[client] = instance
    package = f"prowler.providers.okta.services.{name.split('_')[0]}"
    sys.modules[f"{package}.{client}"] = module
    sys.modules.pop(f"{package}.{name}.{name}", None)
    made = getattr(importlib.import_module(f"{package}.{name}.{name}"), name)()
    return [(report.status, report.status_extended) for report in made.execute()]


TIMES = {"created": "2026-11-01T00:00:00.000Z", "lastUpdated": "2026-11-01T00:00:00.000Z"}
ROLE = {"id": "ra1", "label": "Super Administrator", "type": "SUPER_ADMIN", "status": "ACTIVE", "assignmentType": "USER", **TIMES}
REFUSED = (403, {"errorCode": "E0000006", "errorSummary": "You do not have permission to perform the requested action"})


def token(number):
    return {"id": f"00T{number}", "name": f"script{number}", "userId": f"00u{number}", "clientName": "Okta API", **TIMES,
            "network": {"connection": "ANYWHERE"}}


def group(name):
    return {"id": name, "type": "OKTA_GROUP", "profile": {"name": name, "description": ""}, "objectClass": ["okta:user_group"],
            "lastMembershipUpdated": TIMES["created"], **TIMES}


def super_admins(answers, tokens=(token(1),)):
    answers = {"zones": (200, []), "api-tokens": (200, list(tokens)), "users/00u1/roles": (200, []), "users/00u1/groups": (200, []),
               **answers}
    Org.answers = {f"/api/v1/{path}": answer for path, answer in answers.items()}
    return check(ApiToken, "apitoken_not_super_admin", "api_token_client")


def log_streams(answer):
    Org.answers = {"/api/v1/logStreams": answer}
    return check(SystemLog, "systemlog_streaming_enabled", "systemlog_client")


failed = False


def expect(what, seen, status, text):
    global failed
    print(f"{what}: {seen}")
    if [each[0] for each in seen] != status or not all(text in each[1] for each in seen):
        failed = True
        print(f"  changed: expected {status} with {text!r}", file=sys.stderr)


NONE = "is not assigned Super Admin (no admin roles returned)"
OWN, OF_GROUP = {"users/00u1/roles": (200, [ROLE])}, {"groups/00g2/roles": (200, [ROLE])}
IN_GROUP = {"users/00u1/groups": (200, [group("00g2")])}
next_page = "users/00u1/groups?after=00g1&limit=200"
two_pages = {"users/00u1/groups": (200, [group("00g1")], f'<{origin}/api/v1/{next_page}>; rel="next"'),
             next_page: (200, [group("00g2")]), "groups/00g1/roles": (200, []), **OF_GROUP}
newer = {**OWN, "users/00u2/roles": (200, [{**ROLE, "type": "NEWER_ADMIN"}])}
print("prowler", version("prowler"), "okta", version("okta"))
expect("a super administrator", super_admins(OWN), ["FAIL"], "with the Super Admin role")
expect("by a group", super_admins({**IN_GROUP, **OF_GROUP}), ["FAIL"], "with the Super Admin role")
expect("roles refused with 403", super_admins({"users/00u1/roles": REFUSED}), ["PASS"], NONE)
expect("roles answered with 502", super_admins({"users/00u1/roles": (502, {})}), ["PASS"], NONE)
expect("by a group on the second page", super_admins(two_pages), ["PASS"], NONE)
expect("roles of the group refused", super_admins({**IN_GROUP, "groups/00g2/roles": REFUSED}), ["PASS"], NONE)
expect("another token with a newer role", super_admins(newer, tokens=(token(1), token(2))), [], "")
stream = {"id": "0oa1", "name": "SIEM", "status": "ACTIVE", "type": "splunk_cloud_logstreaming", **TIMES, "_links": {},
          "settings": {"host": "acme.splunkcloud.com"}}
expect("a log stream", log_streams((200, [stream])), ["PASS"], "is ACTIVE")
expect("log streams refused with 403", log_streams(REFUSED), ["FAIL"], "No Okta Log Streams are configured")
sys.exit(failed)
PYTHON
