#!/usr/bin/env bash
# What else does Okta's SDK for AI applications do when it exchanges and verifies tokens?
#
# Version: okta-ai-sdk-proto 1.0.3 with requests 2.34.2, PyJWT 2.15.1, cryptography 50.0.2 and pydantic 2.14.4; CPython 3.11.
# Expected: Standard output belongs to the program, because an MCP server uses it for its protocol. The SDK caches the keys of
# an issuer. `timeout` ends a slow request, and `retry_attempts` repeats a failed one. A token is valid for each of its
# audiences.
# Seen:
# - For each token, the SDK prints some lines to standard output, with the subject and the mail address of the user. A client of
#   an MCP server over stdio reads each line as a message that is not JSON.
# - The SDK requests the keys for each verification: 20 tokens cause 20 requests. If the request for the keys gets a 429, a good
#   token is reported as invalid.
# - `timeout=500`, in milliseconds according to its description, does not end a request that takes two seconds. The SDK sets it
#   as an attribute of a requests.Session, and a session has no such attribute. The default of 30 seconds has no effect either.
# - `retry_attempts=3`, the default, repeats nothing: one 503 ends the exchange.
# - A token with two audiences is reported as invalid: "Input should be a valid string". RFC 7519 section 4.1.3 allows such a
#   token.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check okta-ai-sdk-proto==1.0.3 requests==2.34.2 \
    PyJWT==2.15.1 cryptography==50.0.2 pydantic==2.14.4 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import contextlib, io, json, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from okta_ai_sdk import OktaAIConfig, OktaAISDK
from okta_ai_sdk.types import SDKError, TokenExchangeRequest, TokenVerificationOptions

private = rsa.generate_private_key(65537, 2048)
public = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True) | {"kid": "1", "use": "sig", "alg": "RS256"}
requests, keys_status, answers = [], 200, []


class Handler(BaseHTTPRequestHandler):
    """The keys and the token endpoint of an authorization server."""

    def log_message(self, *arguments):
        pass

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        requests.append(f"{self.command} {self.path}")
        if self.command == "GET":
            return self.send(keys_status, {"keys": [public]} if keys_status == 200 else {"errorCode": "E0000047"})
        status, pause = answers.pop(0)
        time.sleep(pause)
        self.send(status, {"access_token": "a", "token_type": "Bearer", "issued_token_type":
                           "urn:ietf:params:oauth:token-type:access_token"} if status == 200 else {"errorCode": "E0000009"})

    do_GET = do_POST = answer

    def send(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Cache-Control", "max-age=3600")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
ISSUER, AUDIENCE = f"{org}/oauth2/default", "api://default"


def sdk(**settings):
    return OktaAISDK(OktaAIConfig(okta_domain=org, client_id="0oa1", client_secret="secret", **settings)).token_exchange


def verify(client, audience=AUDIENCE):
    token = jwt.encode({"iss": ISSUER, "aud": audience, "sub": "00u1", "email": "ada@example.com", "scp": ["read"],
                        "iat": int(time.time()), "exp": int(time.time()) + 600}, private, "RS256", headers={"kid": "1"})
    return client.verify_token(token, TokenVerificationOptions(issuer=ISSUER, audience=AUDIENCE))


def exchange(client, *all):
    """What an exchange ends with, for the statuses and pauses of the answers, and how many requests it makes."""
    answers[:] = all
    requests.clear()
    request = TokenExchangeRequest(
        subject_token="t", subject_token_type="urn:ietf:params:oauth:token-type:access_token", audience=AUDIENCE)
    try:
        result = client.exchange_token(request).access_token
    except SDKError as error:
        result = error.code
    return result, len(requests)


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("okta-ai-sdk-proto", version("okta-ai-sdk-proto"))
output = io.StringIO()
with contextlib.redirect_stdout(output):
    client = sdk()
    good = [verify(client).valid]
    lines = output.getvalue().splitlines()
    good += [verify(client).valid for _ in range(19)]
    fetched = len(requests)
    two = verify(client, [AUDIENCE, "api://other"])
    keys_status = 429
    limited = verify(client)
    slow = exchange(sdk(timeout=500), (200, 2))
    failing = exchange(client, (503, 0), (200, 0))
check("20 valid tokens, and requests for the keys", (all(good), fetched), (True, 20))
check("lines on the standard output for one of them, and those with the user's address",
      (len(lines), sum("ada@example.com" in line for line in lines)), (11, 1))
check("token with two audiences", (two.valid, "Input should be a valid string" in two.error), (False, True))
check("good token, with a 429 for the keys", limited.valid, False)
check("exchange that takes 2 seconds, with timeout=500, and requests", slow, ("a", 1))
check("exchange after a 503, and requests", failing, ("TOKEN_EXCHANGE_FAILED", 1))
sys.exit(failed)
PYTHON
