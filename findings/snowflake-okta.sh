#!/usr/bin/env bash
# How often does Snowflake's connector for Python send the password to an org that refuses, and what does it report?
#
# Versions: snowflake-connector-python 5.2.0 (native sign-in, with the org's address as `authenticator`), trustme 1.2.1 (for the
# certificate of the local org); CPython 3.11.
# Expected: Once if the assertion cannot be read, because the next one will not differ. After a 429, a request follows after
# X-Rate-Limit-Reset, or there is an error. A status of the Authentication API without a token is an error that names the status.
# Seen:
# - If the org shows a page without a form instead of the assertion, as for a user to whom the app is not assigned, the connector
#   sends the password six times within a few seconds, and makes six sessions. An org permits four sign-ins a second for a user.
#   If the page has a form, such as the sign-in page, it sends it once.
# - After a 429 with a reset a minute ahead, it sends the password five more times within 45 seconds, and gives up before the
#   reset. A Retry-After in seconds is kept, which Okta does not send.
# - The error for PASSWORD_EXPIRED, LOCKED_OUT and MFA_ENROLL is "Okta token response missing one-time token". Only MFA_REQUIRED is
#   named.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check snowflake-connector-python==5.2.0 trustme==1.2.1 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, ssl, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

import snowflake.connector, trustme

sent, answers, pages = [], [], []
failed = False


class Base(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def send(self, status, body, fields={}):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(data), **fields}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        pass


class Snowflake(Base):
    """The database's sign-in, which names the org's addresses."""

    def do_POST(self):
        if "authenticator-request" in self.path:
            data = {"tokenUrl": f"{org}/api/v1/authn", "ssoUrl": f"{org}/app/snowflake/exk1/sso/saml"}
        else:
            data = {"token": "t", "masterToken": "m", "validityInSeconds": 3600, "masterValidityInSeconds": 14400, "sessionId": 1,
                    "parameters": [], "sessionInfo": {"databaseName": None, "schemaName": None, "warehouseName": None, "roleName": "PUBLIC"}}
        self.send(200, {"success": True, "code": None, "message": None, "data": data})


class Org(Base):
    """An org's Authentication API and its page with the assertion."""

    def do_POST(self):
        sent.append(("POST", urlsplit(self.path).path))
        status = {"status": "SUCCESS", "sessionToken": f"s{len(sent)}", "expiresAt": "2030-01-01T00:00:00.000Z"}
        self.send(*(answers.pop(0) if answers else (200, status)))

    def do_GET(self):
        sent.append(("GET", parse_qs(urlsplit(self.path).query)["onetimetoken"][0]))
        form = f'<form id="appForm" action="{database}/fed/login" method="POST"><input name="SAMLResponse" value="PHNhbWw+"/></form>'
        self.send(200, f"<html><body>{pages.pop(0) if pages else form}</body></html>", {"Content-Type": "text/html;charset=utf-8"})


def serve(handler, context=None):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


authority = trustme.CA()
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
authority.issue_cert("localhost").configure_cert(context)
authority.cert_pem.write_to_path("authority.pem")
org, port = f"https://localhost:{serve(Org, context)}", serve(Snowflake)
database = f"http://127.0.0.1:{port}"


def connect(*prepared, page=None):
    """What the connector reports and sends, and for how long it sends."""
    sent.clear()
    answers[:], pages[:] = prepared, [page] * 20 if page else []
    start = time.monotonic()
    try:
        snowflake.connector.connect(account="acme", user="ada@acme.example", password="any", authenticator=org, host="127.0.0.1", port=port,
                                    protocol="http", custom_root_store_path="authority.pem")
        result = "connected"
    except Exception as error:
        result = str(error).rpartition("failed: ")[2]
    return result, [method for method, _ in sent], time.monotonic() - start


def status(name):
    return 200, {"status": name, "stateToken": "00s1", "_embedded": {"user": {"id": "00u1"}}}


def check(what, seen, expected):
    global failed
    print(f"  {what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


MISSING = "Okta token response missing one-time token"
LIMIT = {"errorCode": "E0000047", "errorSummary": "API call exceeded rate limit due to too many requests."}
print("snowflake-connector-python", version("snowflake-connector-python"))
check("SUCCESS", connect()[:2], ("connected", ["POST", "GET"]))
check("wrong password", connect((401, {"errorCode": "E0000004"}))[1], ["POST"])
for name in "PASSWORD_EXPIRED", "LOCKED_OUT", "MFA_ENROLL":
    check(name, connect(status(name))[:2], (MISSING, ["POST"]))
check("MFA_REQUIRED", connect(status("MFA_REQUIRED"))[:2], ("Okta MFA required for this flow", ["POST"]))
result, methods, seconds = connect(page="<p>You are not allowed to access this app.</p>")
check("a page without a form", (result, methods, seconds < 30),
      ("Failed to extract SAML postback (form action) from HTML", ["POST", "GET"] * 6, True))
check("the sign-in page", connect(page='<form id="form1" action="/signin"><input name="username"/></form>')[:2],
      ("Failed to parse URL (<unknown>). relative URL without a base", ["POST", "GET"]))
result, methods, seconds = connect(*[(429, LIMIT, {"X-Rate-Limit-Limit": 4, "X-Rate-Limit-Remaining": 0,
                                                   "X-Rate-Limit-Reset": int(time.time()) + 60})] * 20)
check("429 with a reset a minute ahead", (methods, seconds < 45), (["POST"] * 6, True))
result, methods, seconds = connect((429, LIMIT, {"Retry-After": 3}))
check("429 with Retry-After: 3", (result, methods, seconds >= 3), ("connected", ["POST", "POST", "GET"], True))
sys.exit(failed)
PYTHON
