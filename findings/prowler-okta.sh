#!/usr/bin/env bash
# Do Prowler's checks of an Okta org pass only what the org enforces?
#
# Versions: prowler 5.46.0 with okta 3.4.2, pydantic 2.12.5, py-ocsf-models 0.10.0, colorama 0.4.6; CPython 3.11. The checks for
# other clouds and their packages are not installed.
# Expected: A check passes if the org's policy enforces what the check says. A list that could not be read, or only in part, does
# not pass. Okta's document: `maxAttempts` 0 means no limit. The elements of `constraints` are alternatives.
# Seen:
# - A password policy with `maxAttempts` 0 passes: it "enforces password lockout after 3 or fewer failed attempts".
# - A sign-on rule passes as phishing-resistant if one of two alternatives is, so a user can choose the other one.
# - A blocklist of one VPN provider, or of Apple's relay alone, passes as a blocklist of anonymizers. A blocklist of
#   ALL_IP_SERVICES, which contains all of them, fails.
# - The owner of an API token passes as "not assigned Super Admin" if the owner's groups have a second page, if a 403 refuses the
#   owner's roles, or if a 503 is returned for the roles of the group that gives the role.
# - If one token's owner has a role of a kind that the SDK does not know, the check reports nothing about any token, neither a pass
#   nor a failure.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps prowler==5.46.0
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check okta==3.4.2 pydantic==2.12.5 py-ocsf-models==0.10.0 colorama==0.4.6 \
    tzlocal==5.3.1 packaging==26.4 requests==2.34.2 jsonschema==4.23.0 pyyaml==6.0.4 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import contextlib, importlib, io, json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from types import SimpleNamespace
from urllib.parse import urlsplit

import prowler.lib.check.models
from prowler.providers.common.provider import Provider

logging.disable(logging.CRITICAL)
lists = {}  # a list, or a status, or a list with a next page, by path


class Handler(BaseHTTPRequestHandler):
    """An org that returns the lists above, and an empty list for each other path."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        value = lists.get(url.path, [])
        if isinstance(value, int):
            return self.send(value, {"errorCode": "E0000006", "errorSummary": "Not available", "errorCauses": []})
        if isinstance(value, tuple):
            value = value["after=" in url.query]
            if "after=" not in url.query:
                return self.send(200, value, {"Link": f'<{org}{url.path}?after=2>; rel="next"'})
        self.send(200, value)

    def send(self, status, body, fields={}):
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(text)), **fields}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
Provider.set_global_provider(SimpleNamespace(
    identity=SimpleNamespace(org_domain="acme.okta.com", granted_scopes=[]), audit_config={"okta_max_retries": 0}, fixer_config={},
    rate_limiter=None, session=SimpleNamespace(to_sdk_config=lambda: {"orgUrl": org, "token": "token"})))
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def run(service, check, full=False, **paths):
    """The results of one check, for an org with these lists."""
    lists.clear()
    lists.update(paths.pop("lists"))
    base = "prowler.providers.okta.services." + service
    stem = {"apitoken": "api_token", "network": "network_zone"}.get(service, service)
    with contextlib.redirect_stdout(io.StringIO()):
        module = importlib.import_module(f"{base}.{check}.{check}")
        kind = {"apitoken": "ApiToken", "network": "NetworkZone"}.get(service, service.title())
        client = getattr(importlib.import_module(f"{base}.{stem}_service"), kind)(Provider.get_global_provider())
        setattr(module, f"{stem}_client", client)
        results = getattr(module, check)().execute()
    return [f"{result.status}: {result.status_extended}" if full else result.status for result in results]


print("prowler", version("prowler"), "with okta", version("okta"))


def password(attempts):
    settings = {"password": {"lockout": {"maxAttempts": attempts, "autoUnlockMinutes": 0}}}
    policy = {"id": "00p1", "type": "PASSWORD", "name": "Default", "status": "ACTIVE", "priority": 1, "system": True, "settings": settings}
    return run("authenticator", "authenticator_password_lockout_threshold_3", True, lists={"/api/v1/policies": [policy]})


check("lockout after 10", [text[:4] for text in password(10)], ["FAIL"])
check("no lockout", password(0), ["PASS: Password Policy Default (priority 1, default) enforces password lockout after 3 or fewer "
                                  "failed attempts (maximum failed attempts: 0)."])


def phishing(*constraints):
    method = {"type": "ASSURANCE", "factorMode": "2FA", "reauthenticateIn": "PT2H", "constraints": list(constraints)}
    rule = {"id": "0pr1", "name": "Staff", "type": "ACCESS_POLICY", "status": "ACTIVE", "priority": 0, "system": False,
            "actions": {"appSignOn": {"access": "ALLOW", "verificationMethod": method}}}
    app = {"id": "0oa1", "name": "okta_enduser", "label": "Okta Dashboard", "status": "ACTIVE", "signOnMode": "OPENID_CONNECT",
           "credentials": {"oauthClient": {"token_endpoint_auth_method": "none"}}, "settings": {"oauthClient": {"application_type": "web", "grant_types": ["authorization_code"]}},
           "_links": {"accessPolicy": {"href": org + "/api/v1/policies/00p2"}}}
    return run("application", "application_dashboard_phishing_resistant_authentication",
               lists={"/api/v1/apps": [app], "/api/v1/policies/00p2/rules": [rule]})


resistant, other = ({"possession": {"phishingResistant": "REQUIRED"}}, {"possession": {"deviceBound": "REQUIRED"}})
check("phishing-resistant only", phishing(resistant), ["PASS"])
check("device-bound only", phishing(other), ["FAIL"])
check("either of the two", phishing(resistant, other), ["PASS"])


def blocklist(category):
    zone = {"id": "nzo1", "name": "Blocked", "type": "DYNAMIC_V2", "status": "ACTIVE", "usage": "BLOCKLIST", "system": False,
            "asns": {"include": [], "exclude": []}, "locations": {"include": [], "exclude": []},
            "ipServiceCategories": {"include": [category], "exclude": []}}
    return run("network", "network_zone_block_anonymized_proxies", lists={"/api/v1/zones": [zone]})


check("blocklists", {name: blocklist(name)[0] for name in ("ALL_ANONYMIZERS", "AVAST_VPN", "APPLE_ICLOUD_RELAY_PROXY", "ALL_IP_SERVICES")},
      {"ALL_ANONYMIZERS": "PASS", "AVAST_VPN": "PASS", "APPLE_ICLOUD_RELAY_PROXY": "PASS", "ALL_IP_SERVICES": "FAIL"})


def group(id):
    return {"id": id, "type": "OKTA_GROUP", "objectClass": ["okta:user_group"], "profile": {"name": id}}


def role(kind):
    return {"id": "ra1", "label": "Super Administrator", "type": kind, "status": "ACTIVE", "assignmentType": "USER"}


def token(id, user):
    return {"id": id, "name": id, "userId": user, "clientName": "Okta API", "network": {"connection": "ANYWHERE"}}


def owners(tokens=("00u1",), **paths):
    values = {"/api/v1/" + name.replace("__", "/"): value for name, value in paths.items()}
    values["/api/v1/api-tokens"] = [token(f"00T{number}", user) for number, user in enumerate(tokens)]
    return run("apitoken", "apitoken_not_super_admin", lists=values)


admins = {"groups__00gA__roles": [role("SUPER_ADMIN")]}
check("owner with the role", owners(users__00u1__roles=[role("SUPER_ADMIN")]), ["FAIL"])
check("owner in a group with the role", owners(users__00u1__groups=[group("00gB"), group("00gA")], **admins), ["FAIL"])
check("owner in that group on a second page", owners(users__00u1__groups=([group("00gB")], [group("00gA")]), **admins), ["PASS"])
check("owner's roles are refused", owners(users__00u1__roles=403), ["PASS"])
check("the group's roles are unavailable", owners(users__00u1__groups=[group("00gA")], groups__00gA__roles=503), ["PASS"])
check("one of two owners has a new kind of role",
      owners(("00u1", "00u2"), users__00u1__roles=[role("SUPER_ADMIN")], users__00u2__roles=[role("NEW_ADMIN")]), [])
sys.exit(failed)
PYTHON
