#!/usr/bin/env bash
# Under which name does a call reach the org, when a program has two service apps?
#
# Versions: requests_auth 8.0.0 with requests 2.34.2; httpx_auth 0.23.1 with httpx 0.28.1; CPython 3.11.
# Expected: each object for the client credentials grant has its client, and sends the token of that client.
# Seen, for two clients of one authorization server that ask for the same scope:
# - requests_auth keeps tokens by the address, the grant and the scope, for all objects of a process. The second client never
#   asks for a token: its calls go out with the token of the first one. They are logged under the name of that app, use its
#   rate limit, and are refused if that app may not do what the second may.
# - httpx_auth, of the same authors, keeps the tokens of the clients apart.
# - Another order of the same scopes is another entry in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check requests_auth==8.0.0 requests==2.34.2 httpx_auth==0.23.1 \
    httpx==0.28.1
"$folder/venv/bin/python" - <<'PYTHON'
import base64, json, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs

import httpx, httpx_auth, requests, requests_auth

asked = []


class Handler(BaseHTTPRequestHandler):
    """An authorization server, whose tokens name their client, and an API that returns the client of a call."""

    def log_message(self, *arguments):
        pass

    def answer(self, value):
        text = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        self.answer(self.headers["Authorization"].removeprefix("Bearer token of "))

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        client, _ = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode().split(":")
        asked.append(client)
        self.answer({"access_token": f"token of {client}", "token_type": "Bearer", "expires_in": 3600, "scope": form["scope"][0]})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"


def calls(package, sender, *clients):
    """The client under whose name each call arrives, for a client and its scopes each, and the clients that ask for a token."""
    package.OAuth2.token_cache.clear()
    asked.clear()
    names = []
    for client, *scopes in clients:
        auth = package.OAuth2ClientCredentials(org + "/oauth2/aus1/v1/token", client, "secret", scope=scopes)
        names.append(sender.get(org + "/api", auth=auth).json())
    return names, asked[:]


# For each case: the clients, and what comes of it with requests_auth and with httpx_auth.
cases = [
    ("two clients", [("reporting", "read"), ("provisioning", "read")],
     (["reporting", "reporting"], ["reporting"]), (["reporting", "provisioning"], ["reporting", "provisioning"])),
    ("a client, then with its scopes in another order", [("reporting", "read", "write"), ("reporting", "write", "read")],
     *[(["reporting", "reporting"], ["reporting", "reporting"])] * 2),
]
failed = False
for place, (package, sender) in enumerate(((requests_auth, requests), (httpx_auth, httpx))):
    print(package.__name__, version(package.__name__))
    for what, clients, *expected in cases:
        seen = calls(package, sender, *clients)
        print(f"  {what}: calls by {' and '.join(seen[0])}; tokens asked for by {' and '.join(seen[1])}")
        if seen != expected[place]:
            failed = True
            print(f"  changed: expected {expected[place]}", file=sys.stderr)
sys.exit(failed)
PYTHON
