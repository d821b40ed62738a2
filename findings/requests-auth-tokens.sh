#!/usr/bin/env bash
# Which tokens do the Okta classes of requests_auth and httpx_auth ask for, and when?
#
# Versions: requests_auth 8.0.0, with requests 2.34.2; httpx_auth 0.23.1, with httpx 0.28.1; CPython 3.11.
# Expected: `OktaClientCredentials` asks the authorization server that serves the request. It uses a token until it expires, and
# asks for a new one when the org refuses it.
# Seen:
# - Both always ask `/oauth2/default`. Okta's management API accepts only tokens of `/oauth2/v1/token`. No value of
#   `authorization_server` leads there.
# - `early_expiry=0`, documented as "use the same token until actual expiry", means 30 seconds. Tokens that last 30 seconds or
#   less are fetched for every request.
# - A token that the org no longer accepts is sent until it expires. A 401 does not lead to a new token.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet requests_auth==8.0.0 requests==2.34.2 httpx_auth==0.23.1 httpx==0.28.1
"$folder/venv/bin/python" - <<'PYTHON'
import base64, json, sys
from importlib.metadata import version

import httpx, httpx_auth, requests, requests_auth

ORG, lifetime, log = "acme.okta.com", 3600, []


def answer(method, url, authorization):
    """What an org says; it refuses every token that contains the word old."""
    log.append((url.split(ORG)[1], authorization.split("-")[-1]))
    if not url.endswith("/token"):
        return (401, {}) if "old" in authorization else (200, [])
    client = base64.b64decode(authorization.split()[1]).decode().split(":")[0]
    log[-1] = (log[-1][0], client)
    return 200, {"access_token": f"token-{client}", "token_type": "Bearer", "expires_in": lifetime}


class Adapter(requests.adapters.BaseAdapter):
    def close(self):
        pass

    def send(self, request, **settings):
        response = requests.Response()
        response.request, response.url = request, request.url
        response.status_code, body = answer(request.method, request.url, request.headers["Authorization"])
        response._content = json.dumps(body).encode()
        return response


def transport(request):
    status, body = answer(request.method, str(request.url), request.headers["Authorization"])
    return httpx.Response(status, json=body)


class OfRequests:
    def __init__(self):
        requests_auth.OAuth2.token_cache.clear()

    def session(self):
        session = requests.Session()
        session.mount("https://", Adapter())
        return session

    def client(self, name, **settings):
        return requests_auth.OktaClientCredentials(ORG, name, "secret", scope="users", session=self.session(), **settings)

    def get(self, auth):
        self.session().get(f"https://{ORG}/api/v1/users", auth=auth)


class OfHttpx:
    def __init__(self):
        httpx_auth.OAuth2.token_cache.clear()

    def session(self):
        return httpx.Client(transport=httpx.MockTransport(transport))

    def client(self, name, **settings):
        return httpx_auth.OktaClientCredentials(ORG, name, "secret", scope="users", client=self.session(), **settings)

    def get(self, auth):
        self.session().get(f"https://{ORG}/api/v1/users", auth=auth)


def authorization_servers(library):
    for value in (None, "", "default"):
        library.get(library.client("reader", authorization_server=value))
    return sorted({path for path, _ in log if path.endswith("/token")})


def short_tokens(library):
    global lifetime
    lifetime = 20
    client = library.client("reader", early_expiry=0)
    for _ in range(3):
        library.get(client)
    lifetime = 3600
    return sum(path.endswith("/token") for path, _ in log)


def refused_token(library):
    client = library.client("old")
    for _ in range(3):
        library.get(client)
    return sum(path.endswith("/token") for path, _ in log)


default = ["/oauth2/default/v1/token"]
# For each question: what requests_auth does, and what httpx_auth does.
cases = [
    ("token endpoints that can be reached", authorization_servers, default, default),
    ("tokens for three requests, each good for 20 s, early_expiry=0", short_tokens, 3, 3),
    ("tokens for three requests, the first one refused", refused_token, 1, 1),
]
failed = False
print(*(f"{name} {version(name)}" for name in ("requests_auth", "httpx_auth")))
for name, question, *expected in cases:
    seen = []
    for library in (OfRequests, OfHttpx):
        del log[:]
        seen.append(question(library()))
    print(f"{name}: requests_auth {seen[0]}, httpx_auth {seen[1]}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
