#!/usr/bin/env bash
# Does a check of Prowler for Okta pass only where the org meets it?
#
# Versions: prowler 5.46.0 with okta 3.4.2 and pydantic 2.12.5; CPython 3.11.
# Expected: a check passes where the org meets it, fails where it does not, and is MANUAL where an answer is missing, as it
# is where a scope is missing. The scopes that Prowler asks for by default are enough for its checks.
# Seen:
# - The check that no API token belongs to a Super Admin passes for a Super Admin by a group, with Prowler's default scopes,
#   and says "no admin roles returned". Okta lists the groups of a user to clients with `okta.users.read`, which is not among
#   the default scopes; the 403 counts as no group. The caveat that exists for a missing scope looks at `okta.groups.read`.
# - With that scope the token is found, unless the group is on the second page of the user's groups (Okta's page is 200).
# - It passes for a Super Admin by assignment too, where the list of roles is answered with 500.
# - `maxAttempts: 0`, which is no lockout at all, passes "password lockout after 3 or fewer failed attempts". The checks of a
#   password's age and of a session's lifetime do know what 0 means.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# Most of what prowler requires is for other clouds, and is not imported here.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile prowler==5.46.0
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check okta==3.4.2 pydantic==2.12.5 aiohttp==3.14.5 \
    colorama==0.4.6 PyYAML==6.0.3 requests==2.34.2 packaging jsonschema==4.23.0 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from importlib.metadata import version
from types import SimpleNamespace
from unittest import mock
from urllib.parse import urlsplit

logging.disable(logging.CRITICAL)
owner_is_admin, groups_before, roles_fail = False, 0, False  # What differs from case to case.
scopes = []


class Handler(BaseHTTPRequestHandler):
    """An org with one API token, whose owner is in the group of Super Admins, and one password policy without a lockout."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/api/v1/api-tokens":
            return self.send(200, [{"id": "00T1", "name": "Sync", "userId": "00u1", "clientName": "Okta API",
                                    "tokenWindow": "P30D", "network": {"connection": "ANYWHERE"}}])
        if url.path == "/api/v1/users/00u1/groups":
            if "okta.users.read" not in scopes:
                return self.send(403, {"errorCode": "E0000006", "errorSummary": "You do not have permission"})
            groups = [f"00g{number}" for number in range(groups_before)] + ["admins"]
            first, rest = groups[:200], groups[200:]
            link = f'<{org}{url.path}?after={first[-1]}>; rel="next"' if rest and "after=" not in url.query else None
            return self.send(200, [self.group(id) for id in (rest if "after=" in url.query else first)], link)
        if url.path.endswith("/roles"):
            if roles_fail:
                return self.send(500, {"errorCode": "E0000009", "errorSummary": "Internal Server Error"})
            admin = "/groups/admins/" in url.path or owner_is_admin and "/users/" in url.path
            kind = "GROUP" if "/groups/" in url.path else "USER"
            return self.send(200, [{"id": "ra1", "type": "SUPER_ADMIN", "label": "Super Administrator", "status": "ACTIVE",
                                    "assignmentType": kind}] if admin else [])
        if url.path == "/api/v1/policies":
            return self.send(200, [{"id": "00p1", "type": "PASSWORD", "status": "ACTIVE", "name": "Default Policy", "priority": 1,
                                    "system": True, "settings": {"password": {
                                        "lockout": {"maxAttempts": 0}, "age": {"maxAgeDays": 0}}}}])
        self.send(200, [])

    def group(self, id):
        return {"id": id, "type": "OKTA_GROUP", "objectClass": ["okta:user_group"], "profile": {"name": id}}

    def send(self, status, body, link=None):
        text = json.dumps(body).encode()
        self.send_response(status)
        if link:
            self.send_header("Link", link)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"

from prowler.providers.common.provider import Provider
from prowler.providers.okta.okta_provider import DEFAULT_SCOPES


def provider():
    return SimpleNamespace(
        session=SimpleNamespace(to_sdk_config=lambda: {"orgUrl": org, "token": "token"}), audit_config={}, fixer_config={},
        identity=SimpleNamespace(org_domain="acme.okta.com", granted_scopes=list(scopes)), rate_limiter=None, type="okta")


def verdict(service, check, client):
    """The status of the first finding, and what it says."""
    Provider.set_global_provider(provider())
    module = import_module(f"prowler.providers.okta.services.{service}.{check}.{check}")
    kind = type(getattr(module, client))
    with mock.patch.object(module, client, kind(provider())):
        finding = getattr(module, check)().execute()[0]
    return finding.status, finding.status_extended


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("prowler", version("prowler"), "with okta", version("okta"))
not_super_admin = ("apitoken", "apitoken_not_super_admin", "api_token_client")
passed = ("PASS", "API token Sync owner 00u1 is not assigned Super Admin (no admin roles returned).")
found = ("FAIL", "API token Sync is owned by user 00u1 with the Super Admin role. Use a dedicated service account with "
         "least-privilege admin roles instead.")
scopes[:] = DEFAULT_SCOPES
check("Super Admin by a group, with the default scopes", verdict(*not_super_admin), passed)
scopes.append("okta.users.read")
check("with okta.users.read beside them", verdict(*not_super_admin), found)
groups_before = 200
check("where the group is the 201st of the user", verdict(*not_super_admin), passed)
groups_before, owner_is_admin, roles_fail = 0, True, True
check("Super Admin by assignment, with 500 for the roles", verdict(*not_super_admin), passed)
roles_fail = False
check("without the 500", verdict(*not_super_admin), found)
check("maxAttempts 0", verdict("authenticator", "authenticator_password_lockout_threshold_3", "authenticator_client"),
      ("PASS", "Password Policy Default Policy (priority 1, default) enforces password lockout after 3 or fewer failed "
       "attempts (maximum failed attempts: 0)."))
check("maxAgeDays 0", verdict("authenticator", "authenticator_password_maximum_age_60d", "authenticator_client")[0], "FAIL")
sys.exit(failed)
PYTHON
