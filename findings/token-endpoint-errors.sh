#!/usr/bin/env bash
# What does a program learn if the token endpoint is over its rate limit once and answers in the form of Okta's errors?
#
# Versions: Authlib 1.9.10, requests-oauthlib 2.0.0 with oauthlib 4.0.1, requests_oauth2client 1.8.0, requests_auth 8.0.0,
# httpx_auth 0.23.1, okta 3.4.6, with requests 2.34.2 and httpx 0.28.1; CPython 3.11.
# Expected: An error with the status 429, or a second attempt at the stated time. After the limit has ended, the same session
# works again.
# Seen:
# - Authlib takes each body with a status below 500 and without a member `error` for a token. Okta's errors have `errorCode`.
#   `fetch_token` returns the error object without an error, and `update_token` stores it over the good token. The object has no
#   time of expiry, so Authlib never asks for another token. Every call of the session fails with "unsupported_token_type", also
#   long after the limit.
# - requests-oauthlib reports that the access token is missing. requests_oauth2client reports that it failed to process the
#   error. requests_auth and httpx_auth report that the grant is invalid, and quote the body. The next call works.
# - okta waits for the reset and gets its token. A 502 with an HTML page makes the call raise JSONDecodeError. According to the
#   documentation, the error is part of the result.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet Authlib==1.9.10 requests-oauthlib==2.0.0 oauthlib==4.0.1 requests_oauth2client==1.8.0 \
    requests_auth==8.0.0 httpx_auth==0.23.1 okta==3.4.6 requests==2.34.2 httpx==0.28.1
cd "$folder"
env -i PATH="$PATH" HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true OAUTHLIB_INSECURE_TRANSPORT=true \
    "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import httpx, httpx_auth, requests, requests_auth, requests_oauth2client, requests_oauthlib
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.integrations.requests_client import OAuth2Session
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from oauthlib.oauth2 import BackendApplicationClient
from okta.client import Client

logging.disable(logging.CRITICAL)
LIMIT = (429, json.dumps({"errorCode": "E0000047", "errorSummary": "API call exceeded rate limit due to too many requests.",
                          "errorId": "oae1", "errorCauses": []}))
GATEWAY = (502, "<html>Bad Gateway</html>")
TOKEN = (200, json.dumps({"access_token": "token", "token_type": "Bearer", "expires_in": 3600}))
answers, asked, stored = [], [], []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, text = (answers.pop(0) if answers else TOKEN) if self.path.endswith("/token") else (200, "[]")
        if self.path.endswith("/token"):
            asked.append(status)
        self.send_response(status)
        for name, value in {"X-Rate-Limit-Limit": 60, "X-Rate-Limit-Remaining": 0, "X-Rate-Limit-Reset": int(time.time()) + 1,
                            "Content-Type": "application/json", "Content-Length": len(text)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
endpoint, users = f"{org}/oauth2/v1/token", f"{org}/api/v1/users"


def results(call, *first):
    """What three calls bring, the first of which meets these answers of the token endpoint."""
    answers[:], asked[:], stored[:] = first, [], []
    words = []
    for _ in range(3):
        try:
            call()
            words.append("good")
        except Exception as error:
            words.append(type(error).__name__)
    return words


def authlib_session():
    return OAuth2Session("0oa1", "secret", token_endpoint=endpoint, update_token=lambda token, **_: stored.append(dict(token)),
                         token={"access_token": "old", "token_type": "Bearer", "refresh_token": "refresh", "expires_at": 1})


async def three_of_authlib_async():
    words = []
    async with AsyncOAuth2Client("0oa1", "secret", token_endpoint=endpoint, grant_type="client_credentials", token={
            "access_token": "old", "token_type": "Bearer", "expires_at": 1}) as client:
        for _ in range(3):
            try:
                await client.get(users)
                words.append("good")
            except Exception as error:
                words.append(type(error).__name__)
    return words


def by_requests_oauthlib():
    requests_oauthlib.OAuth2Session(client=BackendApplicationClient("0oa1")).fetch_token(endpoint, client_secret="secret")


def by_requests_oauth2client():
    requests_oauth2client.OAuth2Client(endpoint, client_id="0oa1", client_secret="secret", testing=True).client_credentials()


key = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def by_okta():
    async def send():
        async with Client({"orgUrl": org, "authorizationMode": "PrivateKey", "clientId": "0oa1", "privateKey": key,
                           "scopes": ["okta.users.read"]}) as client:
            return await client.list_users()
    *_, error = asyncio.run(send())
    if error:
        raise error


failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen if isinstance(seen, str) else ', '.join(map(str, seen))}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


good, unsupported = ["good"] * 3, ["UnsupportedTokenTypeError"] * 3
print(*(f"{name} {version(name)}" for name in (
    "Authlib", "requests-oauthlib", "requests_oauth2client", "requests_auth", "httpx_auth", "okta")))
answers[:] = [LIMIT]
token = OAuth2Session("0oa1", "secret").fetch_token(endpoint, grant_type="client_credentials")
check("Authlib, fetch_token returns", token.get("errorCode"), "E0000047")
session = authlib_session()
check("Authlib, three calls", results(lambda: session.get(users), LIMIT), unsupported)
check("Authlib, requests for a token", asked, [429])
check("Authlib, stored by update_token", [token.get("errorCode") for token in stored], ["E0000047"])
answers[:], asked[:] = [LIMIT], []
check("Authlib, asynchronous, three calls", asyncio.run(three_of_authlib_async()), unsupported)
check("requests-oauthlib", results(by_requests_oauthlib, LIMIT), ["MissingTokenError", "good", "good"])
check("requests_oauth2client", results(by_requests_oauth2client, LIMIT), ["InvalidTokenResponse", "good", "good"])
auth = requests_auth.OAuth2ClientCredentials(endpoint, "0oa1", "secret")
check("requests_auth", results(lambda: requests.get(users, auth=auth), LIMIT), ["InvalidGrantRequest", "good", "good"])
auth_x = httpx_auth.OAuth2ClientCredentials(endpoint, "0oa1", "secret")
check("httpx_auth", results(lambda: httpx.get(users, auth=auth_x), LIMIT), ["InvalidGrantRequest", "good", "good"])
check("okta, after a 429", results(by_okta, LIMIT), good)
check("okta, after a 502", results(by_okta, GATEWAY), ["JSONDecodeError", "good", "good"])
sys.exit(failed)
PYTHON
