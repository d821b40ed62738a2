#!/usr/bin/env bash
# Which valid access tokens of Okta do three verifiers for APIs refuse?
#
# Versions: fastapi-okta 1.4.0 with fastapi 0.165.0 and python-jose 3.5.0, OktaJWT 0.4.0, drf-oidc-auth 4.0.0 with Django
# 5.2.19, djangorestframework 3.18.3 and joserfc 1.8.0; for comparison PyJWT 2.15.1. cryptography 50.0.2; CPython 3.11.
# Expected: None, until they expire after an hour. The keys of a server change about four times a year, without notice. A
# verifier requests the keys again for an unknown key, as PyJWT does (30 seconds after its last request; in this test at once).
# Seen:
# - fastapi-okta refuses each request to a route that requires a scope. It reads `scope`, a string, but Okta writes `scp`, a
#   list. It requests the keys only when the program starts. After a change of the key every token is a "Malformed token" until
#   a restart.
# - drf-oidc-auth, with its defaults, refuses a token that is older than ten minutes ("JWT too old"), although the token is
#   valid for 50 more. It keeps the keys for 24 hours, and refuses tokens of a new key until then.
# - OktaJWT keeps the keys in a file for 24 hours, so after a change neither a new process nor a restart helps. The file is
#   named after the end of the issuer. If two orgs both have a server named `default`, the tokens of the second one are refused.
#   A token from an issuer whose clock is two seconds ahead is refused too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fastapi-okta==1.4.0 fastapi==0.165.0 python-jose==3.5.0 \
    OktaJWT==0.4.0 drf-oidc-auth==4.0.0 django==5.2.19 djangorestframework==3.18.3 joserfc==1.8.0 pyjwt==2.15.1 \
    cryptography==50.0.2 requests==2.34.2
cd "$folder"
env HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import requests

HOSTS = ["https://acme.okta.com", "https://acme.oktapreview.com"]
ISSUERS = [f"{host}/oauth2/default" for host in HOSTS]


class Handler(BaseHTTPRequestHandler):
    """Two orgs, each with an authorization server named default; the path begins with the number of the org."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        number = int(self.path[1])
        body = {"keys": published[number]}
        if self.path.endswith("/.well-known/openid-configuration"):
            body = {"issuer": ISSUERS[number], "jwks_uri": f"{ISSUERS[number]}/v1/keys"}
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
loopback = f"http://127.0.0.1:{server.server_port}"
send = requests.adapters.HTTPAdapter.send


def send_to_loopback(self, request, **options):
    for number, host in enumerate(HOSTS):
        request.url = request.url.replace(host, f"{loopback}/{number}", 1)
    return send(self, request, **options)


requests.adapters.HTTPAdapter.send = send_to_loopback

from django.conf import settings

settings.configure(SECRET_KEY="of this script", LOGGING_CONFIG=None, OIDC_AUTH={
    "OIDC_ENDPOINT": ISSUERS[0], "OIDC_RESOLVE_USER_FUNCTION": lambda request, claims: claims["sub"]},
    REST_FRAMEWORK={"UNAUTHENTICATED_USER": None}, INSTALLED_APPS=[])
import django

django.setup()

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import RequestFactory
from fastapi.security import HTTPAuthorizationCredentials, SecurityScopes
from fastapi_okta import Okta
from oidc_auth.authentication import JSONWebTokenAuthentication
from oktajwt import JwtVerifier

logging.disable(logging.CRITICAL)
keys = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("first", "second", "other org")}


def public(name):
    text = jwt.algorithms.RSAAlgorithm.to_jwk(keys[name].public_key())
    return {name: value for name, value in json.loads(text).items() if name != "key_ops"} | {
        "kid": name, "use": "sig", "alg": "RS256"}


def token(key="first", issuer=ISSUERS[0], age=60):
    """An access token, as an authorization server of Okta writes it; valid for an hour."""
    now = int(time.time())
    return jwt.encode({
        "ver": 1, "jti": "AT.1", "iss": issuer, "aud": "api://default", "iat": now - age, "exp": now - age + 3600,
        "cid": "0oa1", "uid": "00u1", "sub": "ada@example.com", "scp": ["openid", "orders.read"]},
        keys[key], algorithm="RS256", headers={"kid": key})


def answer_of(call):
    try:
        call()
        return "accepted"
    except Exception as error:
        return str(getattr(error, "detail", None) or error or type(error).__name__)


def by_fastapi_okta(text, *scopes):
    return answer_of(lambda: asyncio.run(of_fastapi.get_user(
        SecurityScopes(list(scopes)), HTTPAuthorizationCredentials(scheme="Bearer", credentials=text))))


def by_drf(text):
    request = RequestFactory().get("/", headers={"Authorization": f"JWT {text}"})
    return answer_of(lambda: JSONWebTokenAuthentication().authenticate(request))


def by_oktajwt(text, issuer=ISSUERS[0]):
    return answer_of(lambda: JwtVerifier(issuer, "api://default").verify(text))


def by_pyjwt(text):
    return answer_of(lambda: jwt.decode(
        text, of_pyjwt.get_signing_key_from_jwt(text), algorithms=["RS256"], audience="api://default", issuer=ISSUERS[0]))


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
published = [[public("first")], [public("other org")]]
of_fastapi = Okta("acme.okta.com/oauth2/default", "api://default")
of_pyjwt = jwt.PyJWKClient(f"{loopback}/0/oauth2/default/v1/keys", cooldown_duration=0)
for name in ("fastapi-okta", "drf-oidc-auth", "OktaJWT", "PyJWT"):
    print(name, version(name))
fresh, old = token(), token(age=660)
tools = {"fastapi-okta": by_fastapi_okta, "drf-oidc-auth": by_drf, "OktaJWT": by_oktajwt, "PyJWT": by_pyjwt}
for name, verify in tools.items():
    check(f"{name}, token of a minute ago", verify(fresh), "accepted")
check("fastapi-okta, with a scope that the token has", by_fastapi_okta(fresh, "orders.read"), 'Missing "orders.read" scope')
for name, verify in tools.items():
    check(f"{name}, token of eleven minutes ago", verify(old),
          "Invalid Authorization header. JWT too old." if verify is by_drf else "accepted")
check("OktaJWT, token of the other org's server, for that org", by_oktajwt(token("other org", ISSUERS[1]), ISSUERS[1]),
      "No jwk found for key ID: other org")
check("OktaJWT, token of a clock two seconds ahead", by_oktajwt(token(age=-2)), "This JWT is not yet valid (iat).")
published[0].append(public("second"))
answers = {"fastapi-okta": "Malformed token", "OktaJWT": "No jwk found for key ID: second", "PyJWT": "accepted",
           "drf-oidc-auth": "Invalid Authorization header. JWT signature key not found."}
for name, verify in tools.items():
    check(f"{name}, token of a new key", verify(token("second")), answers[name])
sys.exit(failed)
PYTHON
