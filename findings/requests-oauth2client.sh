#!/usr/bin/env bash
# Does an OAuth client sign a user in with DPoP, and find the endpoints that an authorization server's metadata lists?
#
# Version: requests_oauth2client 1.8.0 with jwskate 0.12.2 and requests 2.34.2; CPython 3.11.
# Expected: The exchange of a code returns the bound access token, as it returns an access token without DPoP. A client made
# from the metadata can start each flow whose endpoint is in the metadata.
# Seen:
# - With DPoP and an ID token, the exchange raises a TypeError after the server has issued the tokens. The client validates the
#   ID token by default, and then copies the token without its key. The code is used up, and the tokens are lost. With
#   `validate=False` the same exchange returns the token.
# - The metadata has `device_authorization_endpoint` and `backchannel_authentication_endpoint`. The client reads neither, and
#   raises MissingEndpointUri without a request. It reads `pushed_authorization_request_endpoint`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check requests_oauth2client==1.8.0 jwskate==0.12.2 \
    requests==2.34.2 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
"$folder/venv/bin/python" - <<'PYTHON'
import json, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs

from jwskate import Jwk, Jwt
from requests_oauth2client import OAuth2Client

key = Jwk.generate(alg="RS256", key_size=2048).with_kid_thumbprint()
received, results = [], {}
nonce = None


class Handler(BaseHTTPRequestHandler):
    """An authorization server that issues tokens for each code, and describes itself."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        if self.path.endswith("/keys"):
            return self.send({"keys": [dict(key.public_jwk()) | {"use": "sig"}]})
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys",
                 "pushed_authorization_request_endpoint": "par", "device_authorization_endpoint": "device/authorize",
                 "backchannel_authentication_endpoint": "bc/authorize"}
        self.send({"issuer": issuer} | {name: f"{issuer}/v1/{path}" for name, path in names.items()})

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        received.append(self.path)
        if self.path.endswith("/par"):
            return self.send({"request_uri": "urn:okta:1", "expires_in": 300}, 201)
        now = int(time.time())
        claims = {"iss": issuer, "sub": "00u1", "aud": "client", "iat": now, "exp": now + 3600, "nonce": nonce}
        kind = "DPoP" if self.headers["DPoP"] else "Bearer"
        self.send({"token_type": kind, "expires_in": 3600, "access_token": "token", "scope": "openid",
                   "id_token": str(Jwt.sign(claims, key=key, alg="RS256"))})

    def send(self, value, status=200):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
issuer = f"http://127.0.0.1:{server.server_port}/oauth2/default"
threading.Thread(target=server.serve_forever, daemon=True).start()


def client(**settings):
    return OAuth2Client.from_discovery_endpoint(
        f"{issuer}/.well-known/openid-configuration", issuer=issuer, client_id="client", client_secret="secret",
        redirect_uri="https://app.example.com/cb", testing=True, **settings)


def exchange(dpop, **options):
    global nonce
    own = client(dpop_bound_access_tokens=dpop)
    request = own.authorization_request(scope="openid")
    nonce = request.nonce
    response = request.validate_callback(f"https://app.example.com/cb?code=1&state={request.state}")
    return own.authorization_code(response, **options).token_type


def outcome(name, call):
    received.clear()
    try:
        result = call()
    except Exception as error:
        result = type(error).__name__
    results[name] = (result, len(received))
    print(f"{name}: {result}, {len(received)} requests")


print("requests_oauth2client", version("requests_oauth2client"))
outcome("code without DPoP", lambda: exchange(False))
outcome("code with DPoP", lambda: exchange(True))
outcome("code with DPoP, not validated", lambda: exchange(True, validate=False))
outcome("pushed request", lambda: client().pushed_authorization_request(
    client().authorization_request(scope="openid")).request_uri)
outcome("device flow", lambda: client().authorize_device(scope="openid"))
outcome("backchannel flow", lambda: client().backchannel_authentication_request(
    scope="openid", login_hint="ada@example.com"))
sys.exit(results != {
    "code without DPoP": ("Bearer", 1), "code with DPoP": ("TypeError", 1), "code with DPoP, not validated": ("DPoP", 1),
    "pushed request": ("urn:okta:1", 1), "device flow": ("MissingEndpointUri", 0),
    "backchannel flow": ("MissingEndpointUri", 0)})
PYTHON
