#!/usr/bin/env bash
# What does an agent learn about an org through Okta's own MCP server?
#
# Versions: okta-mcp-server 1.1.7 with okta 3.4.6 and mcp 1.30.0; CPython 3.11 (the package asks for 3.13, and runs on 3.11).
# Expected: A result says what the org answered. A refusal is an error. The server sends every query that the org would answer.
# Seen:
# - get_login_failures states "No login failures or policy denials found in this time window.", with totals of 0 and no warning,
#   although the org refused both of its queries. The refusal appears only in the details of the pages. If the org refuses one
#   of the two queries, the summary covers only the other.
# - get_logs sends no request for `eventType eq "user.authentication.sso"` or for "user.mfa.factor.reset_all". It rejects a name
#   with "authentication", "mfa" or "factor" as an "Incorrect filter". It also rejects the results RATE_LIMIT, SKIPPED and four
#   others of Okta's document as "invalid".
# - list_user_groups returns only the first page (Okta's page is 200). Its description states that there are no further pages.
# - get_user_profile_attributes is meant to list the attributes that an agent can search by. It names cost_center, but the org's
#   name is costCenter. It lists a custom attribute as additional_properties.
# - A login with an apostrophe, such as o'brien@example.com, is rejected as an invalid user_id, although the path would have it
#   escaped.
# - A sign-in ends when the org answers `slow_down`. RFC 8628 section 3.5 requires a wait of five more seconds before the next
#   poll. That poll would have returned the token.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --ignore-requires-python okta-mcp-server==1.1.7 \
    okta==3.4.6 mcp==1.30.0 aiohttp==3.14.5 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, json, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from types import SimpleNamespace
from unittest import mock
from urllib.parse import parse_qs, urlsplit

from loguru import logger

logger.remove()
requests, refused = [], []  # What the org was asked for, and words in filters that it refuses.
EVENT = {"uuid": "e1", "published": "2026-11-29T12:00:00.123Z", "eventType": "user.session.start", "version": "0",
         "severity": "INFO", "displayMessage": "User login to Okta", "outcome": {"result": "DENY"}}
polls = [{"error": "slow_down"}, {"access_token": "token", "token_type": "Bearer", "expires_in": 3600}]  # For a sign-in.
LOGIN = "o'brien@example.com"


class Handler(BaseHTTPRequestHandler):
    """An org with one user, who is in 250 groups, and one event."""

    def log_message(self, *arguments):
        pass

    def answer(self):
        requests.append(self.path)
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if url.path == "/oauth2/v1/token":
            body = polls.pop(0)
            return self.send(400 if "error" in body else 200, body)
        if url.path == "/api/v1/logs":
            if any(word in query.get("filter", "") for word in refused):
                return self.send(403, {"errorCode": "E0000006", "errorSummary": "You do not have permission"})
            return self.send(200, [EVENT])
        if url.path.endswith("/groups"):
            first = int(query.get("after", 0))
            link = f'<{org}{url.path}?after={first + 200}>; rel="next"' if first == 0 else None
            return self.send(200, [{"id": f"00g{number}", "type": "OKTA_GROUP", "objectClass": ["okta:user_group"], "profile": {
                "name": f"Group {number}"}} for number in range(first, min(first + 200, 250))], link)
        if url.path.startswith("/api/v1/users"):
            user = {"id": "00u1", "status": "ACTIVE", "profile": {
                "login": LOGIN, "email": LOGIN, "firstName": "Conan", "lastName": "O'Brien", "badge": "b7"}}
            return self.send(200, [user] if url.path == "/api/v1/users" else user)
        self.send(404, {"errorCode": "E0000007", "errorSummary": "Not found"})

    do_GET = do_POST = answer

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
mock.patch("keyring.get_password", lambda service, name: "token").start()
mock.patch("keyring.set_password", lambda service, name, value: None).start()

from okta_mcp_server.tools.system_logs.login_failures import get_login_failures
from okta_mcp_server.tools.system_logs.system_logs import get_logs
from okta_mcp_server.tools.user_resources.user_resources import list_user_groups
from okta_mcp_server.tools.users.users import get_user, get_user_profile_attributes
from okta_mcp_server.utils.auth.auth_manager import OktaAuthManager


async def valid():
    return True


async def said(text):
    pass


manager = SimpleNamespace(org_url=org, is_valid_token=valid, scopes="okta.users.read okta.logs.read okta.groups.read")
context = SimpleNamespace(info=said, request_context=SimpleNamespace(lifespan_context=SimpleNamespace(
    okta_auth_manager=manager)))


def call(tool, **arguments):
    """The result of a tool, and how many requests the org got for it."""
    requests.clear()
    return asyncio.run(tool(ctx=context, **arguments)), len(requests)


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def login_failures(*words):
    refused[:] = words
    result, _ = call(get_login_failures)
    refused.clear()
    return (result["summary"], result["failures"]["total"], result["denials"]["total"], "error" in result,
            "warnings" in result)


failed = False
print("okta-mcp-server", version("okta-mcp-server"), "with okta", version("okta"))
check("login failures, where the org refuses both questions", login_failures("FAILURE", "DENY"),
      ("No login failures or policy denials found in this time window.", 0, 0, False, False))
check("where it refuses one", login_failures("FAILURE"),
      ("Found: 1 policy denial(s) (blocked by sign-on policy rule).", 0, 1, False, False))
for filter, words in (('eventType eq "user.authentication.sso"', "Incorrect filter for MFA challenge queries."),
                      ('eventType eq "user.mfa.factor.reset_all"', "Incorrect filter for MFA challenge queries."),
                      ('outcome.result eq "RATE_LIMIT"', "Invalid outcome.result value: 'RATE_LIMIT'."),
                      ('outcome.result eq "SKIPPED"', "Invalid outcome.result value: 'SKIPPED'.")):
    result, count = call(get_logs, filter=filter)
    check(f"requests for {filter}, and the answer", (count, result["error"].startswith(words)), (0, True))
result, count = call(get_logs, filter='eventType eq "user.session.start"')
check("requests for another type, and events", (count, len(result["items"])), (1, 1))
result, count = call(list_user_groups, user_id="00u1")
check("groups of a user who is in 250, and requests", (len(result), count), (200, 1))
result, _ = call(get_user_profile_attributes)
check("attributes that are named", [name for name in ("costCenter", "cost_center", "badge", "additional_properties")
                                    if name in result], ["cost_center", "additional_properties"])
result, count = call(get_user, user_id=LOGIN)
check(f"user {LOGIN}, and requests", (result[0]["error"].split(":")[0], count), ("Invalid user_id", 0))
check("  the same user by id", call(get_user, user_id="00u1")[0][0]["profile"]["login"], LOGIN)
poller = OktaAuthManager.__new__(OktaAuthManager)
poller.org_url, poller.client_id = org, "0oa1"
token = poller._poll_for_token({"device_code": "code", "interval": 0.1, "expires_in": 600, "start_time": time.time()})
check("token after slow_down, and answers that were not asked for", (token, len(polls)), (None, 1))
sys.exit(failed)
PYTHON
