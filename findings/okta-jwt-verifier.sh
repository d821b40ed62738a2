#!/usr/bin/env bash
# What does Okta's token verifier for Python do right after installation, and after one failed request for the keys?
#
# Version: okta-jwt-verifier 0.5.0, with acachecontrol 0.3.7 and PyJWT 2.15.1; CPython 3.11.
# Expected: The installed package can be imported and verifies a token. After a 503 or 429 for the keys, the verifier repeats
# the request or fails this one call. `max_retries` is the number of attempts.
# Seen:
# - Installed alone, the package cannot be imported: it needs requests and does not declare it. With requests it refuses every
#   token: RS256 needs cryptography, which is an optional dependency of PyJWT.
# - After one 503 or 429 for the keys, `await verifier.verify(token)` refuses all good tokens for two minutes, with the error
#   "'keys'". The verifier takes the body of the error response for the keys, and caches it for 120 seconds if it has no
#   Cache-Control. All verifiers of a process share this cache. `max_retries=3` has no effect: it repeats the creation of the
#   coroutine and not the request. `verify_sync` does repeat the request.
# - JWT_VERIFIER_MAX_RETRIES, JWT_VERIFIER_REQUEST_TIMEOUT and LEEWAY in the environment are read and then refused: "leeway
#   should be type of int". The verifier also reads a LEEWAY that is meant for another program.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python=$folder/venv/bin/python
pip() { "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }
pip okta-jwt-verifier==0.5.0 acachecontrol==0.3.7 PyJWT==2.15.1

check() { # what it is about, what is seen, what is expected
    echo "$1: $2"
    [ "$2" = "$3" ] || { echo "  changed: expected $3" >&2; exit 1; }
}
import='
try:
    import okta_jwt_verifier
    print("imported")
except ImportError as error:
    print(error)'
check "installed alone" "$("$python" -c "$import")" "No module named 'requests'"
pip requests==2.34.2
check "with requests" "$("$python" -c "$import")" "imported"

cat >"$folder/verify.py" <<'PYTHON'
import asyncio, json, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

import jwt
from okta_jwt_verifier import AccessTokenVerifier
from okta_jwt_verifier.request_executor import RequestExecutor

TOKEN, KEY, ISSUER = *open(sys.argv[1]).read().splitlines(), "https://acme.okta.com/oauth2/default"
statuses, requests = [], []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_GET(self):
        status = statuses.pop(0) if statuses else 200
        requests.append(status)
        body = {"keys": [json.loads(KEY)]} if status == 200 else {"errorCode": "E0000009", "errorSummary": "Try again."}
        text = json.dumps(body).encode()
        self.send_response(status)
        if status == 200:
            self.send_header("Cache-Control", "max-age=60")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


class Loopback(RequestExecutor):
    """The package's own way to set how requests are sent; it accepts https issuers only."""
    def here(self, uri):
        return uri.replace("https://acme.okta.com", f"http://127.0.0.1:{server.server_port}")

    def get(self, uri, **settings):
        return super().get(self.here(uri), **settings)

    def get_sync(self, uri, **settings):
        return super().get_sync(self.here(uri), **settings)


def verifier():
    return AccessTokenVerifier(issuer=ISSUER, request_executor=Loopback, max_retries=3)


def word(call):
    try:
        call()
        return "good"
    except Exception as error:
        return str(error)


def later(seconds, call):
    now = time.time()
    with mock.patch("acachecontrol.cache.time.time", lambda: now + seconds):
        return word(call)


kind, first, second = sys.argv[2], verifier(), verifier()
statuses += [int(status) for status in sys.argv[3:]]
if kind == "async":
    calls = [word(lambda: asyncio.run(first.verify(TOKEN))), word(lambda: asyncio.run(second.verify(TOKEN))),
             later(115, lambda: asyncio.run(first.verify(TOKEN))), later(125, lambda: asyncio.run(first.verify(TOKEN)))]
else:
    calls = [word(lambda: first.verify_sync(TOKEN))]
print(", ".join(calls), requests)
PYTHON

# A second environment makes the token, so this one contains only what the package requires.
python3 -m venv "$folder/issuer"
"$folder/issuer/bin/pip" install --quiet --disable-pip-version-check 'PyJWT[crypto]==2.15.1'
"$folder/issuer/bin/python" - >"$folder/token" <<'PYTHON'
import json, time

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

key, now = rsa.generate_private_key(65537, 2048), int(time.time())
claims = {"iss": "https://acme.okta.com/oauth2/default", "aud": "api://default", "iat": now, "exp": now + 86400 * 60}
print(jwt.encode(claims, key, "RS256", headers={"kid": "key-1"}))
print(json.dumps({**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())), "kid": "key-1", "alg": "RS256"}))
PYTHON
verify() { "$python" "$folder/verify.py" "$folder/token" "$@"; }
missing="RS256 requires 'cryptography' to be installed."
check "with requests, a good token" "$(verify sync)" "$missing [200]"
pip 'PyJWT[crypto]==2.15.1'
check "with cryptography, awaited: now, by another verifier, after 115 s, after 125 s" "$(verify async)" \
    "good, good, good, good [200, 200]"
for status in 429 503; do
    check "the same, the first answer for the keys is $status" "$(verify async $status)" \
        "'keys', 'keys', 'keys', good [$status, 200]"
done
check "verify_sync, the first answer for the keys is 503" "$(verify sync 503)" "good [503, 200]"
settings='
from okta_jwt_verifier import AccessTokenVerifier
try:
    AccessTokenVerifier(issuer="https://acme.okta.com/oauth2/default")
    print("made")
except Exception as error:
    print(error)'
for name in JWT_VERIFIER_MAX_RETRIES JWT_VERIFIER_REQUEST_TIMEOUT LEEWAY; do
    variable=${name#JWT_VERIFIER_}
    check "$name=3" "$(env "$name=3" "$python" -c "$settings")" "${variable,,} should be type of int."
done
