#!/usr/bin/env bash
# Do two OpenID Connect clients for Python obtain Okta's access tokens, each with its own scope, and recover after a rate limit?
#
# Versions: axa-fr-oidc 2.2.0 with jwskate 0.12.2, swarmauri-auth-idp-okta 0.11.0.dev2 (its only release) with swarmauri_base
# 0.10.0, PyJWT 2.15.1, httpx 0.28.1, cryptography 50.0.2; CPython 3.11.
# Expected: A token that the org issued is returned to the program. A token has the scope that the program asked for. An error
# response is not stored as a set of keys. Each assertion has its own `jti`, because Okta accepts a `jti` once.
# Seen:
# - axa-fr-oidc asks an authorization server for a scope, receives a token with this scope, and returns None without an error. It
#   looks for the claim `scope`; Okta's tokens have a list in `scp`. Each further call asks for another token.
# - axa-fr-oidc returns None for a token of the org's own server, which Okta's management API requires. It verifies each token
#   that it receives. Such a token is for Okta alone: the keys of the org's server do not include the key that signed it.
# - After one 429 for the keys, axa-fr-oidc refuses all tokens for one hour. It stores the body of the 429 as the set of keys.
# - axa-fr-oidc refuses each DPoP proof with an RSA key, as in Okta's guide. It computes thumbprints only of keys with a `crv`.
# - swarmauri's client keeps one token for all scopes. A call for okta.groups.manage returns the token for okta.users.read.
# - swarmauri's client writes the second of the clock into `jti`. Of two clients that ask in the same second one is refused, and
#   a retry after a 429 repeats the same assertion, so it ends with a 401.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check axa-fr-oidc==2.2.0 jwskate==0.12.2 \
    swarmauri-auth-idp-okta==0.11.0.dev2 swarmauri_base==0.10.0 pyjwt==2.15.1 httpx==0.28.1 cryptography==50.0.2 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, base64, hashlib, json, logging, sys, threading, time, uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

logging.disable(logging.CRITICAL)
from loguru import logger
logger.remove()
from axa_fr_oidc import MemoryCache, OidcClient, OidcValidator
from swarmauri_auth_idp_okta import OktaOAuth21AppClient

published, internal, client_key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3))


def jwk(key, **members):
    kind = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return json.loads(kind.to_jwk(key.public_key())) | members


KEYS = {"keys": [jwk(published, kid="published", use="sig", alg="RS256")]}
requests, assertions, seen_jti = [], [], set()
limited = {"keys": 0, "token": 0}


class Handler(BaseHTTPRequestHandler):
    """An org's own server at /oauth2 and a custom server at /oauth2/orders. A `jti` is accepted once."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        requests.append(self.path)
        if self.path.endswith("/.well-known/openid-configuration"):
            base = org + self.path.removesuffix("/.well-known/openid-configuration")
            oauth2 = base if "/oauth2" in base else base + "/oauth2"
            return self.send(200, {"issuer": base, "token_endpoint": oauth2 + "/v1/token", "jwks_uri": oauth2 + "/v1/keys"})
        if limited["keys"]:
            limited["keys"] -= 1
            return self.limit()
        self.send(200, KEYS)

    def do_POST(self):
        requests.append(self.path)
        form = {name: values[0] for name, values in parse_qs(
            self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        identifier = jwt.decode(form["client_assertion"], options={"verify_signature": False})["jti"]
        assertions.append(identifier)
        if identifier in seen_jti:
            return self.send(401, {"error": "invalid_client", "error_description": "The client_assertion was already used."})
        seen_jti.add(identifier)
        if limited["token"]:
            limited["token"] -= 1
            return self.limit()
        custom = self.path.startswith("/oauth2/orders")
        token = issue(form["scope"].split(), custom)
        self.send(200, {"token_type": "Bearer", "expires_in": 3600, "access_token": token, "scope": form["scope"]})

    def limit(self):
        self.send(429, {"errorCode": "E0000047", "errorSummary": "API call exceeded rate limit due to too many requests."},
                  {"X-Rate-Limit-Reset": str(int(time.time()) + 1)})

    def send(self, status, body, fields={}):
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(text)), **fields}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)


def issue(scopes, custom, **claims):
    """An access token in Okta's form: scopes in the list `scp`, signed with a published key by a custom server only."""
    now = int(time.time())
    claims = {"ver": 1, "jti": f"AT.{uuid.uuid4()}", "iss": org + "/oauth2/orders" if custom else org, "iat": now, "exp": now + 3600,
              "aud": "api://orders" if custom else org, "cid": "0oa1", "sub": "0oa1", "scp": scopes} | claims
    return jwt.encode(claims, published if custom else internal, "RS256", {"kid": "published" if custom else "internal"})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def scopes(token):
    return token and jwt.decode(token, options={"verify_signature": False})["scp"]


pem = client_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
for name, issuer, scope in (("a custom server's token", "/oauth2/orders", "orders.read"), ("the org's token", "", "okta.users.read")):
    MemoryCache().clear()
    client = OidcClient(issuer=org + issuer, client_id="0oa1", private_key=pem, scopes=[scope])
    assertions.clear()
    tokens = [client.get_access_token() for _ in range(3)]
    check(f"axa-fr-oidc, {name}, three calls", [tokens, f"{len(assertions)} token requests"], [[None] * 3, "3 token requests"])

MemoryCache().clear()
validator = OidcValidator(issuer=org + "/oauth2/orders", audience="api://orders")
token = issue(["orders.read"], True)
check("axa-fr-oidc, a valid token", validator.validate_token(token).success, True)
MemoryCache().clear()
limited["keys"] = 1
now, results = time.time(), []
for minutes in (0, 1, 30, 59, 61):
    with mock.patch("time.time", lambda: now + 60 * minutes):
        token = issue(["orders.read"], True, iat=int(now), exp=int(now) + 7200)
        results.append((minutes, validator.validate_token(token).success))
check("axa-fr-oidc, valid tokens after one 429, by minutes", results, [(0, False), (1, False), (30, False), (59, False), (61, True)])


def proof(key, algorithm):
    """The result for a token that is bound to the key, with a proof of it."""
    public = jwk(key)
    names = ("crv", "kty", "x", "y") if algorithm == "ES256" else ("e", "kty", "n")
    public = {name: public[name] for name in names}
    encode = lambda data: base64.urlsafe_b64encode(hashlib.sha256(data.encode()).digest()).decode().rstrip("=")
    token = issue(["orders.read"], True, cnf={"jkt": encode(json.dumps(public, separators=(",", ":"), sort_keys=True))})
    claims = {"htm": "GET", "htu": "https://api.example.com/orders", "iat": int(time.time()), "jti": str(uuid.uuid4()), "ath": encode(token)}
    dpop = jwt.encode(claims, key, algorithm, {"typ": "dpop+jwt", "jwk": public})
    result = validator.validate_token(token, dpop, "/orders", "GET")
    return "accepted" if result.success else f"refused: {result.error}"


check("axa-fr-oidc, a proof with an EC key", proof(ec.generate_private_key(ec.SECP256R1()), "ES256"), "accepted")
check("axa-fr-oidc, a proof with an RSA key", proof(client_key, "RS256"), "refused: 'crv'")

private = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(client_key)) | {"kid": "mine", "alg": "RS256"}


def make():
    return OktaOAuth21AppClient(issuer=org + "/oauth2", client_id="0oa1", private_key_jwk=private)


async def ask():
    client = make()
    wanted = ["okta.users.read", "okta.groups.manage"]
    check("swarmauri, scopes by wanted scope", {scope: scopes(await client.access_token(scope)) for scope in wanted},
          {"okta.users.read": ["okta.users.read"], "okta.groups.manage": ["okta.users.read"]})

    async def status(client):
        try:
            await client.access_token("okta.users.read")
            return "token"
        except Exception as error:
            return getattr(getattr(error, "response", None), "status_code", repr(error))

    with mock.patch("time.time", lambda: now + 10):
        check("swarmauri, two clients in one second", [await status(make()), await status(make())], ["token", 401])
    assertions.clear()
    limited["token"] = 1
    with mock.patch("time.time", lambda: now + 20):
        seen = [await status(make()), f"{len(assertions)} requests", f"{len(set(assertions))} assertion"]
    check("swarmauri, after one 429", seen, [401, "2 requests", "1 assertion"])


asyncio.run(ask())
sys.exit(failed)
PYTHON
