#!/usr/bin/env bash
# Whose token does MSAL for Python return, when a program uses two authorization servers of one org?
#
# Versions: msal 1.39.0 with requests 2.34.2; CPython 3.11.
# Expected: MSAL works with any issuer that `oidc_authority` names. A token of the server /oauth2/default is kept for that
# server, and another server of the same org is asked for its own token, as its issuer and its audience differ.
# Seen:
# - The store knows an issuer by its host and the first part of its path, which is "oauth2" for each server of an org. So
#   two servers that know the scope by the same name share one entry: the token of /oauth2/default is returned for
#   /oauth2/aus1, from the store, without a request. It is the same for a user's account: the second server shows the
#   account of the first, and is sent the first server's refresh token, which it does not know.
# - The org's own authorization server has no path, and is refused as an authority: a service app for the management API
#   cannot use it. A custom domain whose server states the org's domain as the issuer is refused too.
# - After a response with fewer scopes than were asked for, each call asks for another token: the store looks for the scopes
#   of the request, and keeps those of the response.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check msal==1.39.0 requests==2.34.2
"$folder/venv/bin/python" - <<'PYTHON'
import base64, json, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs

import msal, requests

ORG, DOMAIN = "https://acme.okta.com", "https://login.acme.com"
DEFAULT, OTHER = ORG + "/oauth2/default", ORG + "/oauth2/aus1"
asked, granted, refresh_tokens = [], [], {}


def id_token(issuer):
    now = int(time.time())
    claims = {"iss": issuer, "aud": "0oa1", "sub": "00u1", "preferred_username": "ada@example.com", "iat": now, "exp": now + 3600}
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (
        b'{"alg":"RS256","kid":"1"}', json.dumps(claims).encode(), b"signature"))


class Handler(BaseHTTPRequestHandler):
    """Authorization servers, each of which gives tokens that name it."""

    def log_message(self, *arguments):
        pass

    def answer(self, value, status=200):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        issuer = ORG + self.path.removesuffix("/.well-known/openid-configuration")
        self.answer({"issuer": issuer, "authorization_endpoint": issuer + "/v1/authorize", "token_endpoint": issuer + "/v1/token",
                     "device_authorization_endpoint": issuer + "/v1/device/authorize", "jwks_uri": issuer + "/v1/keys"})

    def do_POST(self):
        form = {name: values[0] for name, values in
                parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        name, issuer = self.path.split("/")[2], ORG + "/".join(self.path.split("/")[:3])
        if self.path.endswith("/device/authorize"):
            return self.answer({"device_code": "code", "user_code": "USER", "verification_uri": ORG + "/activate",
                                "expires_in": 600, "interval": 0})
        asked.append(name)
        if form["grant_type"] == "refresh_token" and refresh_tokens.get(form["refresh_token"]) != name:
            return self.answer({"error": "invalid_grant", "error_description": "The refresh token is invalid or expired."}, 400)
        scope = granted[0] if granted else form.get("scope", "groups offline_access openid profile")
        token = {"access_token": f"token of {name}", "token_type": "Bearer", "expires_in": 3600, "scope": scope}
        if form["grant_type"] != "client_credentials":
            refresh_tokens[f"refresh {name}"] = name
            token |= {"id_token": id_token(issuer), "refresh_token": f"refresh {name}"}
        self.answer(token)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


class Loopback(requests.Session):
    """MSAL's own way to set how requests are sent; it accepts https issuers only."""

    def request(self, method, address, **settings):
        for host in (ORG, DOMAIN):
            address = address.replace(host, f"http://127.0.0.1:{server.server_port}")
        return super().request(method, address, **settings)


def service(authority, store=None):
    return msal.ConfidentialClientApplication("0oa1", client_credential="secret", oidc_authority=authority,
                                              http_client=Loopback(), token_cache=store)


def program_of_user(authority, store):
    return msal.PublicClientApplication("0oa1", oidc_authority=authority, http_client=Loopback(), token_cache=store)


def word(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__


failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print("msal", version("msal"))
for what, stores in (("a store each", [None, None]), ("one store", [msal.TokenCache()] * 2)):
    asked.clear()
    tokens = [service(authority, store).acquire_token_for_client(["api.read"])["access_token"]
              for authority, store in zip((DEFAULT, OTHER), stores)]
    check(f"default, then aus1, {what}", tokens,
          ["token of default", "token of aus1" if stores[0] is None else "token of default"])
    check("  requests for a token", asked, ["default", "aus1"] if stores[0] is None else ["default"])

store = msal.TokenCache()
first, second = program_of_user(DEFAULT, store), program_of_user(OTHER, store)
first.acquire_token_by_device_flow(first.initiate_device_flow(["groups"]))
account = second.get_accounts()[0]
check("account of a user at aus1, who has signed in at default only", account["username"], "ada@example.com")
check("  token for groups", second.acquire_token_silent(["groups"], account)["access_token"], "token of default")
asked.clear()
check("  token for another scope", second.acquire_token_silent(["email"], account), None)
check("  requests for a token", asked, ["aus1"])

check("authority of the org", word(lambda: service(ORG)), "ValueError")
check("authority at a custom domain, issuer at the org's", word(lambda: service(DOMAIN + "/oauth2/default")), "ValueError")
granted.append("api.read")
asked.clear()
client = service(DEFAULT)
for _ in range(3):
    client.acquire_token_for_client(["api.read", "api.write"])
check("three calls for two scopes, of which one is granted, requests for a token", len(asked), 3)
sys.exit(failed)
PYTHON
