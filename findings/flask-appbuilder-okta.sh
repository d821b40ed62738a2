#!/usr/bin/env bash
# Can users of an org sign in to a program with Flask-AppBuilder (the sign-in of Apache Superset) when they change?
#
# Versions: Flask-AppBuilder 5.3.0 with its provider `okta`, Authlib 1.9.10, Flask 3.1.3, Werkzeug 3.1.9, SQLAlchemy 2.1.9; CPython 3.11.
# The settings are those of Flask-AppBuilder's documentation for Okta, with AUTH_ROLES_SYNC_AT_LOGIN.
# Expected: A user whose account is created again in the org, as for a person who returns, can sign in. So can two users with
# one mail address, which Okta permits. After a change of the name or the address, the program has the new one. A rate limit of
# the org is not reported as a wrong login.
# Seen:
# - A user whose account has been created again gets "Invalid login. Please try again.", each time. The program looks for the id
#   of the account in Okta, and does not find it. It then creates a second user, which fails because the address is taken.
# - The second of two users with one address gets the same answer.
# - A new last name or address is never stored, although roles are brought up to date at each sign-in.
# - A 429 for the user's attributes is "Invalid login. Please try again." too. So is a user without an address.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check Flask-AppBuilder==5.3.0 Authlib==1.9.10 Flask==3.1.3 \
    Werkzeug==3.1.9 SQLAlchemy==2.1.9 requests==2.34.2 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, re, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask_appbuilder import AppBuilder
from flask_appbuilder.security.manager import AUTH_OAUTH
from flask_appbuilder.utils.legacy import get_sqla_class
from joserfc import jwt
from joserfc.jwk import RSAKey

logging.disable()
key = RSAKey.generate_key(2048, {"kid": "1"})
person, nonces, refused = {}, {}, []
failed = False


class Org(BaseHTTPRequestHandler):
    """The default authorization server of an org, at which `person` signs in."""

    def do_GET(self):
        path = urlsplit(self.path).path
        if path.endswith("openid-configuration"):
            return self.send(200, {"issuer": issuer, "jwks_uri": f"{issuer}/v1/keys", "authorization_endpoint": f"{issuer}/v1/authorize",
                                   "token_endpoint": f"{issuer}/v1/token", "userinfo_endpoint": f"{issuer}/v1/userinfo"})
        if path.endswith("/v1/keys"):
            return self.send(200, {"keys": [key.as_dict(private=False) | {"use": "sig", "alg": "RS256"}]})
        status = refused.pop(0) if refused else 200
        self.send(status, person if status == 200 else {"errorCode": "E0000047", "errorSummary": "API call exceeded rate limit"})

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        now = int(time.time())
        claims = {"iss": issuer, "sub": person["sub"], "iat": now, "exp": now + 3600}
        header = {"alg": "RS256", "kid": "1"}
        self.send(200, {
            "token_type": "Bearer", "expires_in": 3600, "scope": "openid profile email groups",
            "access_token": jwt.encode(header, claims | {"aud": "api://default", "ver": 1, "cid": "0oa1", "uid": person["sub"],
                                                         "scp": ["openid", "profile", "email", "groups"],
                                                         "groups": person["groups"]}, key),
            "id_token": jwt.encode(header, claims | {"aud": "0oa1", "nonce": nonces[form["code"][0]]}, key)})

    def send(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
issuer = f"http://127.0.0.1:{server.server_port}/oauth2/default"
app = Flask("program")
app.config.update(
    SECRET_KEY="any", SQLALCHEMY_DATABASE_URI="sqlite://", AUTH_TYPE=AUTH_OAUTH, AUTH_USER_REGISTRATION=True,
    AUTH_USER_REGISTRATION_ROLE="Public", AUTH_ROLES_MAPPING={"Sales": ["Public"], "Admins": ["Admin"]}, AUTH_ROLES_SYNC_AT_LOGIN=True,
    OAUTH_PROVIDERS=[{"name": "okta", "icon": "fa-circle-o", "token_key": "access_token", "remote_app": {
        "client_id": "0oa1", "client_secret": "s", "api_base_url": f"{issuer}/v1/", "client_kwargs": {"scope": "openid profile email groups"},
        "access_token_url": f"{issuer}/v1/token", "authorize_url": f"{issuer}/v1/authorize",
        "server_metadata_url": f"{issuer}/.well-known/openid-configuration"}}])
database = get_sqla_class()(app)
with app.app_context():
    builder = AppBuilder(app, database.session)


def sign_in(sub, email="ada@acme.example", last="Byron", groups=("Sales",), status=200):
    """What a browser shows after a person has signed in at the org."""
    person.clear()
    person.update({"sub": sub, "name": "Ada", "given_name": "Ada", "family_name": last, "preferred_username": sub, "groups": list(groups)})
    person.update({"email": email} if email else {})
    refused[:] = [] if status == 200 else [status]
    browser = app.test_client()
    query = parse_qs(urlsplit(browser.get("/login/okta").location).query)
    nonces["code"] = query["nonce"][0]
    response = browser.get(f"/oauth-authorized/okta?code=code&state={query['state'][0]}")
    page = browser.get(response.location).get_data(as_text=True)
    return "signed in" if "/logout/" in page else " ".join(re.findall(r"Invalid login\. Please try again\.|denied", page))


def stored(sub):
    with app.app_context():
        user = builder.sm.find_user(username=f"okta_{sub}")
        return user and (user.last_name, user.email, sorted(role.name for role in user.roles))


def check(what, seen, expected):
    global failed
    print(f"  {what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


INVALID = "Invalid login. Please try again."
print("Flask-AppBuilder", version("flask-appbuilder"))
check("first sign-in", (sign_in("00u1"), stored("00u1")), ("signed in", ("Byron", "ada@acme.example", ["Public"])))
check("after a change of name, address and groups", (sign_in("00u1", "ada@new.example", "Lovelace", ["Admins"]), stored("00u1")),
      ("signed in", ("Byron", "ada@acme.example", ["Admin", "Public"])))
check("the same person with an account that was created again", (sign_in("00u2"), stored("00u2")), (INVALID, None))
check("  again", sign_in("00u2"), INVALID)
check("another person with a second address", sign_in("00u3", "bob@acme.example"), "signed in")
check("429 for the attributes", sign_in("00u1", status=429), INVALID)
check("  again, without 429", sign_in("00u1"), "signed in")
check("a person without an address", sign_in("00u4", None), INVALID)
sys.exit(failed)
PYTHON
