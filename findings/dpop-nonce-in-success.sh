#!/usr/bin/env bash
# Does a DPoP client use the nonce of a successful response?
#
# Version: requests_oauth2client 1.8.0, with requests 2.34.2; CPython 3.11.
# Expected: RFC 9449 section 8.2 lets a server send the next nonce with a 200, and the client uses it from then on. If the
# server renews its nonce with each response, it refuses one request in total.
# Seen: The client keeps only the nonce of a 401. Each of three calls is refused once and sent twice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet requests_oauth2client==1.8.0 requests==2.34.2
"$folder/venv/bin/python" - <<'PYTHON'
import base64, json, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import jwskate, requests
from requests_oauth2client import DPoPKey, DPoPToken

answers = []


class Handler(BaseHTTPRequestHandler):
    served = 0

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        part = self.headers["DPoP"].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        status = 200 if claims.get("nonce") == f"nonce-{Handler.served}" else 401
        answers.append(status)
        if status == 200:
            Handler.served += 1
        self.send_response(status)
        self.send_header("DPoP-Nonce", f"nonce-{Handler.served}")
        if status == 401:
            self.send_header("WWW-Authenticate", 'DPoP error="use_dpop_nonce"')
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
key = DPoPKey.generate(alg="ES256")
token = DPoPToken(access_token="token", _dpop_key=key)
print("requests_oauth2client", version("requests_oauth2client"))
for _ in range(3):
    requests.get(f"http://127.0.0.1:{server.server_port}/api/v1/users", auth=token, timeout=10)
print("statuses:", answers)
sys.exit(answers != [401, 200, 401, 200, 401, 200])
PYTHON
