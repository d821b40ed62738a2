#!/usr/bin/env bash
# Do two help desk assistants list all users, change only what was named, and report what happened?
#
# Versions: okta-agent 1.0.1 (tools for an AI agent, the newest for this Python) with agent-utilities 1.26.4, fastmcp 4.2.3
# and httpx 0.28.1; slack-okta-bot 0.1.0 with slack-bolt 1.30.0, slack-sdk 3.48.0 and boto3 1.44.8; CPython 3.11.
# Expected: A caller can continue a long list from the cursor that its first part returns. An update changes only what it names.
# A refusal by the org is reported.
# Seen with okta-agent:
# - No action accepts the cursor. The argument `after`, called "Resume cursor" in okta-agent's own model of the arguments, is
#   ignored, and the first part is returned again. A query of the System Log ends after its first 1000 events.
# - The cursor would not help: with max_items 150, the second page is cut in the middle, and the cursor points to the end of
#   that page.
# - An `update` of a group's name alone removes its description.
# Seen with slack-okta-bot: if the org refuses to reset a factor with 400, or does not know the factor, the user reads "has been
# reset".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check okta-agent==1.0.1 agent-utilities==1.26.4 \
    fastmcp==4.2.3 httpx==0.28.1 slack-okta-bot==0.1.0 slack-bolt==1.30.0 slack-sdk==3.48.0 boto3==1.44.8
cd "$folder"
env HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, json, logging, os, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from unittest import mock
from urllib.parse import parse_qs, unquote, urlsplit

logging.disable(logging.CRITICAL)
users = {"00u1": {"login": "ada@example.com", "title": "CTO"}}
group = {"name": "Engineering", "description": "People who build"}
everybody = [{"id": f"00u{number}"} for number in range(400)]
requests = []


def found(name):
    """A user by id or login."""
    for id, profile in users.items():
        if name in (id, profile["login"]):
            return {"id": id, "profile": profile}


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        requests.append(f"{self.command} {self.path}")
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        if url.path in ("/api/v1/users", "/api/v1/logs"):
            first, size = int(query.get("after", 0)), int(query["limit"])
            link = f'<{org}{url.path}?limit={size}&after={first + size}>; rel="next"' if first + size < 400 else None
            return self.send(200, everybody[first:first + size], link)
        if url.path == "/api/v1/groups/00g1":
            group.clear()
            group.update(body["profile"])
            return self.send(200, {"id": "00g1", "profile": group})
        if url.path.endswith("/authenticatorEnrollments/refused"):
            return self.send(400, {"errorCode": "E0000001", "errorSummary": "Api validation failed: factorEnrollment"})
        user = found(unquote(url.path.removeprefix("/api/v1/users/")))
        if user is None:
            return self.send(404, {"errorCode": "E0000007", "errorSummary": "Not found"})
        self.send(200, user)

    do_GET = do_POST = do_PUT = do_DELETE = answer

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
os.environ.update(OKTA_ORG_URL=org, OKTA_API_TOKEN="token", OKTA_TOKEN="token", OKTA_API_URL=f"{org}/api/v1",
                  SLACK_BOT_TOKEN="token", SLACK_SIGNING_SECRET="secret")

from okta_agent.mcp.mcp_groups import run_groups
from okta_agent.mcp.mcp_system import run_system
from okta_agent.mcp.mcp_users import run_users
from slack_sdk import WebClient

slack = mock.patch.multiple(
    WebClient, auth_test=lambda self, **arguments: {"ok": True},
    users_info=lambda self, **arguments: {"user": {"profile": {"email": "ada@example.com"}}})
slack.start()
from slack_okta_bot.slack import exec_reset_mfa


def call(tool, action, **arguments):
    return asyncio.run(tool(action, json.dumps(arguments)))


def part(result):
    ids = [user["id"] for user in result["data"]]
    return f"{ids[0]} to {ids[-1]}, truncated: {result['truncated']}, cursor: {result['next_cursor']}"


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("okta-agent", version("okta-agent"))
first = "00u0 to 00u149, truncated: True, cursor: 200"
check("150 of 400 users", part(call(run_users, "list", limit=100, max_items=150)), first)
check("with the cursor", part(call(run_users, "list", limit=100, max_items=150, after="200")), first)
first = "00u0 to 00u99, truncated: True, cursor: 100"
check("100 of 400 events", part(call(run_system, "logs", limit=100, max_items=100)), first)
check("with the cursor", part(call(run_system, "logs", limit=100, max_items=100, after="100")), first)
call(run_groups, "update", group_id="00g1", name="Platform")
check("group after an update of its name", group, {"name": "Platform"})

print("slack-okta-bot", version("slack-okta-bot"))
said = []
requests.clear()
exec_reset_mfa(lambda: None, {"user": {"id": "U1"}, "actions": [{"selected_options": [
    {"value": "refused"}, {"value": "unknown"}]}]}, said.append)
check("said about a factor that the org refuses to reset, and an unknown one", said,
      ["Factor with id refused has been reset", "Factor with id unknown has been reset"])
check("requests", requests, ["GET /api/v1/users/ada%40example.com"] + [
    f"DELETE /api/v1/users/00u1/authenticatorEnrollments/{factor}" for factor in ("refused", "unknown")])
sys.exit(failed)
PYTHON
