#!/usr/bin/env bash
# Does an Authlib client that signs its assertions (`private_key_jwt`) get more than one token?
#
# Versions: Authlib 1.9.10, with requests 2.34.2 and joserfc 1.8.0; CPython 3.11.
# Expected: Each token request has an assertion with a new `jti`, also if the program sets a claim such as `aud`. Okta refuses
# an assertion with a `jti` that it has already seen. If a key has a `kid`, the header contains it, since a client may have
# several keys.
# Seen, at a server that refuses a used `jti` as Okta does:
# - If the program passes claims, or an empty dict, the first token is issued and all later requests are refused with 401.
#   Authlib writes its `jti` into the program's dict and keeps it from then on. The program works for the lifetime of its first
#   token, which is an hour.
# - Authlib does not send the `kid` of the key. The program has to set it a second time, in `headers`.
# - An assertion lasts 3600 seconds. Okta accepts an hour at most, which leaves no margin for a clock that is ahead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet Authlib==1.9.10 requests==2.34.2 joserfc==1.8.0
"$folder/venv/bin/python" - <<'PYTHON'
import base64, json, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs

from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import RSAKey

used, requests_seen = set(), []


def part(assertion, index):
    text = assertion.split(".")[index]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        header, claims = (part(form["client_assertion"][0], index) for index in (0, 1))
        requests_seen.append((header, claims))
        fresh = claims["jti"] not in used
        used.add(claims["jti"])
        body = {"access_token": "token", "token_type": "Bearer", "expires_in": 3600} if fresh else {
            "error": "invalid_client", "error_description": "The assertion has been used."}
        text = json.dumps(body).encode()
        self.send_response(200 if fresh else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
endpoint = f"http://127.0.0.1:{server.server_port}/oauth2/v1/token"
key = RSAKey.generate_key(2048, {"kid": "key-1"})


def answers(**settings):
    del requests_seen[:]
    session = OAuth2Session("0oa1", key, token_endpoint_auth_method=PrivateKeyJWT(endpoint, **settings))
    words = []
    for _ in range(3):
        try:
            session.fetch_token(endpoint, grant_type="client_credentials", scope="okta.users.read")
            words.append("token")
        except Exception as error:
            words.append(str(error).split(":")[0])
    return words


# For each way to create the client: the results of its three token requests.
cases = [
    ("no claims", {}, ["token", "token", "token"]),
    ("the claim aud", {"claims": {"aud": endpoint}}, ["token", "invalid_client", "invalid_client"]),
    ("an empty dict", {"claims": {}}, ["token", "invalid_client", "invalid_client"]),
]
failed = False
print("Authlib", version("Authlib"))
for name, settings, expected in cases:
    seen = answers(**settings)
    print(f"{name}: {', '.join(seen)}")
    failed |= seen != expected
header, claims = requests_seen[0]
lifetime = claims["exp"] - claims["iat"]
print(f"kid of the key: {key.kid}, of the header: {header.get('kid')}; lifetime: {lifetime} s")
sys.exit(failed or "kid" in header or lifetime != 3600)
PYTHON
