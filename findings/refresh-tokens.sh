#!/usr/bin/env bash
# How often does a user sign in if the program has a refresh token that stays valid?
#
# Versions: mcp 2.3.0 with httpx2 2.16.2, and mcp 1.30.0; requests_auth 8.0.0, httpx_auth 0.23.1, requests_oauth2client 1.8.0,
# Authlib 1.9.10, requests-oauthlib 2.0.0 with oauthlib 4.0.1; requests 2.34.2 and httpx 0.28.1; CPython 3.11. The time is
# simulated: one call an hour, and each access token lives for an hour.
# Expected: Once. After a response without a refresh token, the old one remains valid (RFC 6749 section 6). A 503 of the token
# endpoint does not invalidate it. A restarted program has the tokens that it stored.
# Seen:
# - mcp, the Python SDK of the Model Context Protocol, stores a refresh token but does not use it after a restart. It does not
#   know that the stored access token has expired. It sends that token and, after the 401, asks the user to sign in. A client
#   that is started for each task asks every hour.
# - mcp drops the refresh token in memory after any status but 200, so the user must also sign in after one 503.
# - mcp 1.30.0, requests_auth and httpx_auth lose the refresh token if the response contains no new one. A browser opens every
#   second hour. requests_auth and httpx_auth also lose it after a 503.
# - requests_oauth2client loses it if the response contains no new one. From then on each call raises ExpiredAccessToken.
# - Authlib and requests-oauthlib keep it in both cases.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for name in new old; do python3 -m venv "$folder/$name"; done
"$folder/new/bin/pip" install --quiet --disable-pip-version-check mcp==2.3.0 httpx2==2.16.2 requests_auth==8.0.0 \
    httpx_auth==0.23.1 httpx==0.28.1 requests_oauth2client==1.8.0 Authlib==1.9.10 requests-oauthlib==2.0.0 oauthlib==4.0.1 \
    requests==2.34.2 time-machine==3.6.0 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
"$folder/old/bin/pip" install --quiet --disable-pip-version-check mcp==1.30.0 httpx==0.28.1 time-machine==3.6.0 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cat >"$folder/hours.py" <<'PYTHON'
import asyncio, datetime, json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from importlib.metadata import version
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx, time_machine

logging.disable(logging.CRITICAL)
refreshes, sign_ins, failures = [], [], []
valid = "a0"  # The access token that the API accepts.


class Handler(BaseHTTPRequestHandler):
    """An API, and an authorization server whose refresh token r1 does not change. A response leaves out what stays the same."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        if self.path.startswith("/.well-known/oauth-protected-resource"):
            return self.send(200, {"resource": f"{org}/api", "authorization_servers": [org]})
        if self.path.startswith("/.well-known/"):
            return self.send(200, {"issuer": org, "authorization_endpoint": f"{org}/authorize", "token_endpoint": f"{org}/token",
                                   "response_types_supported": ["code"]})
        known = self.headers.get("Authorization") == f"Bearer {valid}"
        self.send(200 if known else 401, {"token": self.headers.get("Authorization")})

    def do_POST(self):
        global valid
        body = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        if body["grant_type"] == "refresh_token":
            refreshes.append(body["refresh_token"])
            if failures:
                return self.send(failures.pop(), {"errorCode": "E0000009", "errorSummary": "Internal Server Error"})
            valid = f"a{int(valid[1:]) + 1}"
            return self.send(200, {"access_token": valid, "token_type": "Bearer", "expires_in": 3600})
        valid = f"a{int(valid[1:]) + 1}"
        self.send(200, {"access_token": valid, "token_type": "Bearer", "expires_in": 3600, "refresh_token": "r1"})

    def send(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
first = {"access_token": "a0", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "r1"}


def sign_in():
    """What a user does in a browser."""
    global valid
    sign_ins.append(1)
    valid = f"a{int(valid[1:]) + 1}"
    return valid


def by_Authlib():
    from authlib.integrations.requests_client import OAuth2Session
    session = OAuth2Session("client", "secret", token_endpoint=f"{org}/token", token=first | {"expires_at": time.time() + 3600})
    return lambda: session.get(f"{org}/api").status_code


def by_requests_oauthlib():
    from requests_oauthlib import OAuth2Session
    session = OAuth2Session("client", token=first, auto_refresh_url=f"{org}/token", token_updater=lambda token: None)
    return lambda: session.get(f"{org}/api").status_code


def by_requests_oauth2client():
    from requests import get
    from requests_oauth2client import BearerToken, OAuth2AccessTokenAuth, OAuth2Client
    client = OAuth2Client(f"{org}/token", ("client", "secret"), testing=True)
    auth = OAuth2AccessTokenAuth(client, BearerToken(**first))
    return lambda: get(f"{org}/api", auth=auth).status_code


def by_requests_auth():
    from requests import get
    from requests_auth import OAuth2, OAuth2AuthorizationCode
    auth = OAuth2AuthorizationCode(f"{org}/authorize", f"{org}/token", client_id="client")
    auth.request_new_token = lambda: (auth.state, sign_in(), 3600, "r1")
    OAuth2.token_cache._add_access_token(auth.state, "a0", 3600, "r1")
    return lambda: get(f"{org}/api", auth=auth).status_code


def by_httpx_auth():
    from httpx_auth import OAuth2, OAuth2AuthorizationCode
    auth = OAuth2AuthorizationCode(f"{org}/authorize", f"{org}/token", client_id="client")
    auth.request_new_token = lambda: (auth.state, sign_in(), 3600, "r1")
    OAuth2.token_cache._add_access_token(auth.state, "a0", 3600, "r1")
    return lambda: httpx.get(f"{org}/api", auth=auth).status_code


def by_mcp(restart=False):
    from mcp.client import auth
    from mcp.shared.auth import OAuthClientInformationFull, OAuthClientMetadata, OAuthToken
    AsyncClient = (import_module("httpx2") if version("mcp") >= "2" else httpx).AsyncClient

    class Storage:
        tokens, client = OAuthToken(**first), OAuthClientInformationFull(
            client_id="client", redirect_uris=["http://127.0.0.1/callback"], token_endpoint_auth_method="none")

        async def get_tokens(self):
            return self.tokens

        async def set_tokens(self, tokens):
            self.tokens = tokens

        async def get_client_info(self):
            return self.client

        async def set_client_info(self, client):
            self.client = client

    asked = []

    async def redirect(address):
        sign_ins.append(1)
        asked.append(parse_qs(urlsplit(address).query)["state"][0])

    async def callback():
        answer = {"code": "c", "state": asked[-1]}
        return auth.AuthorizationCodeResult(**answer) if version("mcp") >= "2" else tuple(answer.values())

    storage = Storage()

    def provider():
        return auth.OAuthClientProvider(f"{org}/api", OAuthClientMetadata(redirect_uris=["http://127.0.0.1/callback"]), storage,
                                   redirect, callback)

    kept = provider()

    async def call():
        async with AsyncClient(auth=provider() if restart else kept) as client:
            return (await client.get(f"{org}/api")).status_code
    return lambda: asyncio.run(call())


def hours(by, failing=None):
    """The result of one call in each of four hours, and the numbers of refreshes and of sign-ins."""
    global valid
    valid, seen = "a0", []
    refreshes.clear()
    sign_ins.clear()
    with time_machine.travel(datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.timezone.utc), tick=True) as clock:
        call = by()
        for hour in range(4):
            failures[:] = [503] if hour == failing else []
            try:
                seen.append(call())
            except Exception as error:
                seen.append(type(error).__name__)
            clock.shift(3700)
            valid = f"a{int(valid[1:]) + 1}"  # The token has expired, and another one is not known to anybody.
    return seen, len(refreshes), len(sign_ins)


good = [200, 200, 200, 200]
# For each library, what is seen where the responses have no new refresh token, and with a 503 for the first
# token that is asked for (mcp: for the second).
cases = {
    "Authlib": (by_Authlib, (good, 3, 0), ([200, "HTTPError", 200, 200], 3, 0)),
    "requests-oauthlib": (by_requests_oauthlib, (good, 3, 0), ([200, "MissingTokenError", 200, 200], 3, 0)),
    "requests_oauth2client": (by_requests_oauth2client, ([200, 200, "ExpiredAccessToken", "ExpiredAccessToken"], 1, 0),
                              ([200, "InvalidTokenResponse", 200, "ExpiredAccessToken"], 2, 0)),
    "requests_auth": (by_requests_auth, (good, 2, 1), (good, 2, 2)),
    "httpx_auth": (by_httpx_auth, (good, 2, 1), (good, 2, 2)),
    "mcp": (by_mcp, (good, 2, 1), (good, 2, 2)),
}
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen[0]}, refreshes: {seen[1]}, sign-ins: {seen[2]}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


for library in sys.argv[1:]:
    by, expected, other = cases[library]
    if library == "mcp" and version("mcp") < "2":
        expected = good, 1, 2
    check(f"{library} {version(library)}", hours(by), expected)
    check("  with a 503", hours(by, failing=2 if library == "mcp" else 1), other)
    if library == "mcp":
        check("  started again for each call", hours(lambda: by(restart=True)), (good, 0, 3))
sys.exit(failed)
PYTHON
export OAUTHLIB_INSECURE_TRANSPORT=1 AUTHLIB_INSECURE_TRANSPORT=1
"$folder/new/bin/python" -W ignore "$folder/hours.py" Authlib requests-oauthlib requests_oauth2client requests_auth httpx_auth mcp
"$folder/old/bin/python" -W ignore "$folder/hours.py" mcp
