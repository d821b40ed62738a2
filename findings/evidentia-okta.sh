#!/usr/bin/env bash
# Does Evidentia collect correct evidence about an org for an audit?
#
# Versions: evidentia-collectors 0.13.2 with evidentia-core 0.13.2 and httpx 0.28.1; CPython 3.11 (the packages require 3.12;
# the parts used here run on 3.11).
# Expected: A control passes if the org meets it. Data that could not be read is unknown, and the manifest of the run is not
# complete.
# Seen, with the manifest `is_complete: true` and without an error:
# - "0 users with any admin-role assignment" for an org with 40 administrators, and for every other org. This passes AC-6 and
#   AC-2(7). Okta wraps this list in an object, `{"value": [...]}`, and Evidentia counts anything but a list as 0.
# - "0/0 rules enforce MFA" for an org whose only rule requires a password alone, and for every other org. This passes AC-3.
#   Evidentia looks for the rules in the list of policies, which contains only a link to them.
# - "0 DEPROVISIONED" for an org with one such user. Okta's list of users omits these users unless the request asks for them.
# - "MFA enrollment: 0/2" if the org refuses to list the factors. This fails IA-2. In the same case, the lookup of
#   administrators reports "unknown" since 0.13.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --ignore-requires-python --no-compile \
    evidentia-collectors==0.13.2 evidentia-core==0.13.2 httpx==0.28.1 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" EVIDENTIA_TEST_MODE=1 "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

import httpx
from evidentia_collectors.okta import OktaCollector

logging.disable(logging.CRITICAL)
factors_are_refused = False
USERS = [{"id": "00u1", "status": "ACTIVE"}, {"id": "00u2", "status": "ACTIVE"}, {"id": "00u3", "status": "DEPROVISIONED"}]
for user in USERS:
    user.update(lastLogin="2099-01-02T03:04:05.000Z", profile={"login": f"{user['id']}@example.com"})
RULE = {"id": "0pr1", "name": "Everybody", "status": "ACTIVE", "system": True, "priority": 1, "actions": {"signon": {
    "access": "ALLOW", "requireFactor": False, "primaryFactor": "PASSWORD_IDP"}}}


class Handler(BaseHTTPRequestHandler):
    """An org of three users, one of them deprovisioned, and of 40 administrators. Its one rule needs a password only."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/api/v1/org":
            return self.send(200, {"subdomain": "acme", "companyName": "Acme", "status": "ACTIVE"})
        if url.path == "/api/v1/users":
            return self.send(200, [user for user in USERS if user["status"] != "DEPROVISIONED"])
        if url.path == "/api/v1/iam/assignees/users":
            return self.send(200, {"value": [{"id": f"00a{number}", "orn": f"orn:okta:directory:00o1:users:00a{number}"}
                                             for number in range(40)], "_links": {}})
        if url.path.endswith("/factors"):
            if factors_are_refused:
                return self.send(403, {"errorCode": "E0000006", "errorSummary": "You do not have permission"})
            return self.send(200, [{"id": "opf1", "factorType": "push", "status": "ACTIVE"}])
        if url.path == "/api/v1/policies":
            return self.send(200, [{"id": "00p1", "type": query["type"], "status": "ACTIVE", "name": "Default", "system": True,
                                    "priority": 1, "_links": {"rules": {"href": f"{org}/api/v1/policies/00p1/rules"}}}])
        if url.path == "/api/v1/policies/00p1/rules":
            return self.send(200, [RULE])
        self.send(404, {"errorCode": "E0000007", "errorSummary": "Not found"})

    def send(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"


def collect():
    """The title and the verdict of each finding, and whether the run is complete."""
    with httpx.Client(base_url=org) as client:
        findings, manifest = OktaCollector(client=client).collect_v2()
    kinds = {finding.source_finding_id.split(":")[0]: (finding.title, str(finding.compliance_status)) for finding in findings}
    return kinds, manifest.is_complete


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("evidentia-collectors", version("evidentia-collectors"))
kinds, complete = collect()
check("administrators", kinds["admin-accounts"],
      ("Okta admin accounts: 0 users with any admin-role assignment", "pass"))
check("rules", kinds["sign-on-policy"], ("Okta sign-on policies: 1 active, 0/0 rules enforce MFA", "pass"))
check("users", kinds["user-inventory"][0], "Okta user inventory: 2 total, 2 ACTIVE, 0 SUSPENDED, 0 DEPROVISIONED")
check("factors", kinds["mfa-enrollment"], ("Okta MFA enrollment (sampled): 2/2 active users (100.0%)", "pass"))
check("the run is complete", complete, True)
factors_are_refused = True
kinds, complete = collect()
check("factors, where they are refused", kinds["mfa-enrollment"],
      ("Okta MFA enrollment (sampled): 0/2 active users (0.0%)", "fail"))
check("the run is complete", complete, True)
sys.exit(failed)
PYTHON
