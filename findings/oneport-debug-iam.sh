#!/usr/bin/env bash
# Does a permission debugger name the right cause of a 403, based on what it reads in an Okta org?
#
# Version: oneport-debug-iam 0.1.0 with httpx 0.28.1; CPython 3.11. The org runs on this machine. The assistant that writes the
# report is replaced by a stub that keeps the evidence.
# Expected: The evidence contains the user's groups from all pages, or says that they could not be read. After a 429, the
# debugger waits until the time in the field that Okta sends. A rule that requires a scope is judged by the scopes of the token,
# or not at all.
# Seen:
# - The debugger reads only the first page of a user's groups. For a user with 2 pages of groups, it reports the group Admins as
#   "missing" and decides "deny", although the user is in that group.
# - If the org refuses the groups with 403, or answers four tries with 429, the debugger treats the user as having no groups.
#   The decision is "deny" for that reason, and the evidence does not mention the refusal.
# - After a 429, the debugger waits as `Retry-After` says, a field that Okta does not send. Without the field it waits 2, 4, 8
#   and 16 seconds, also after the last try. It does not read X-Rate-Limit-Reset. A `Retry-After` with a date is an error.
# - `oneport-iam trace` knows no scopes. For each rule with a scope, it reports the scope as "missing" for every user.
# - The debugger does not escape a login. It requests /users/ada/ops for the user "ada/ops". For "ada#1" it requests /users/ada,
#   and shows the groups of that user.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check oneport-debug-iam==0.1.0 oneport-debug-core==0.1.0 httpx==0.28.1 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, email.utils, json, logging, os, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import structlog

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
from oneport_debug_iam import cli
from oneport_debug_iam.connectors import okta_connector

requests, waits, kept = [], [], {}
groups_answers = []
failed = False


class Org(BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.removeprefix("/api/v1")
        requests.append(path)
        status, body, fields = 200, [], {}
        if path.endswith("/groups"):
            status, fields = groups_answers.pop(0) if groups_answers else (200, {})
            if status == 200:
                body = [{"id": "00g1", "profile": {"name": "Sales"}}]
                fields = {"Link": f'<http://127.0.0.1:{org.server_port}/api/v1/users/00u1/groups?after=00g1>; rel="next"'}
        elif path.endswith("after=00g1"):
            body = [{"id": "00g2", "profile": {"name": "Admins"}}]
        elif path.count("/") == 2 and path != "/users/ada/ops":
            body = {"id": "00u1", "status": "ACTIVE", "profile": {"login": path.split("/")[-1], "email": "ada@acme.example"}}
        elif path == "/users/ada/ops":
            status = 404
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *arguments):
        pass


class Keeper:
    def __init__(self, config):
        pass

    async def analyze(self, module, evidence, extra_context):
        kept.update(evidence[0].raw)


async def without_waiting(seconds):
    waits.append(seconds)


org = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=org.serve_forever, daemon=True).start()
os.environ |= {"OKTA_ORG_URL": f"http://127.0.0.1:{org.server_port}", "OKTA_API_TOKEN": "any"}
cli.Orchestrator = Keeper
okta_connector.asyncio = type("Asyncio", (), {"sleep": staticmethod(without_waiting)})
with open("admins.yaml", "w") as output:
    output.write("rules:\n- {id: r1, groups: [Admins], resources: ['/orders*'], verbs: [DELETE], effect: allow}\n")
with open("scope.yaml", "w") as output:
    output.write("rules:\n- {id: r2, groups: [Sales], scopes: [orders.write], resources: ['/orders*'], verbs: [DELETE], effect: allow}\n")


def trace(user="ada", policy="admins.yaml", *answers):
    """The evidence of a trace."""
    groups_answers[:] = answers
    for found in (requests, waits, kept):
        found.clear()
    asyncio.run(cli._run_trace(None, user, "orders", "DELETE", "/orders/1", ["okta"], policy))
    return kept


def judged(evidence):
    result = evidence["rbac_evaluation"]
    return evidence.get("okta", {}).get("groups"), result["decision"], result["missing_groups"], result["missing_scopes"]


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print("oneport-debug-iam", version("oneport-debug-iam"))
DENIED = ("deny", ["Admins"], [])
check("groups and judgement of a user in Sales and Admins", judged(trace()), (["Sales"], *DENIED))
check("requests for groups", [path for path in requests if "groups" in path], ["/users/00u1/groups"])
check("the same, where groups are refused with 403", judged(trace("ada", "admins.yaml", (403, {}))), ([], *DENIED))
LIMITED = (429, {"X-Rate-Limit-Reset": str(int(time.time()) + 40)})
check("the same, in a rate limit of 40 seconds", judged(trace("ada", "admins.yaml", *[LIMITED] * 4)), ([], *DENIED))
check("waits in it", waits, [2.0, 4.0, 8.0, 16.0])
DATE = (429, {"Retry-After": email.utils.formatdate(time.time() + 5, usegmt=True)})
check("the same, with a date in Retry-After", judged(trace("ada", "admins.yaml", DATE)), (None, *DENIED))
check("groups and judgement by a rule with a scope", judged(trace("ada", "scope.yaml")), (["Sales"], "deny", [], ["orders.write"]))
for login, path in {"ada/ops": "/users/ada/ops", "ada#1": "/users/ada"}.items():
    trace(login)
    check(f"address of the user {login}", requests[0], path)
sys.exit(failed)
PYTHON
