#!/usr/bin/env bash
# How does Okta's new client library for Python handle proxies, rate limits and assertions?
#
# Version: okta-client-python 0.3.0; CPython 3.11.
# Expected, by its own documentation: `DefaultNetworkInterface(proxy=None)` connects directly. A listener's `should_retry`
# determines what happens after a 429. An assertion for `private_key_jwt` or the JWT bearer grant is unique.
# Seen:
# - With `proxy=None` the request goes to the proxy named in `http_proxy`, because urllib reads the environment.
# - A 429 is returned to the caller at once. No listener's `should_retry` is called. `rate_limit` of the response is always
#   None, whatever the X-Rate-Limit fields say.
# - The claims have no `jti` unless the caller adds one. RFC 7523 allows that, but a server that detects replays by this
#   identifier has nothing to compare.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet okta-client-python==0.3.0
"$folder/venv/bin/python" - <<'PYTHON'
import os, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

requests = []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_GET(self):
        requests.append(self.path)
        self.send_response(429)
        for name, value in [("X-Rate-Limit-Limit", "600"), ("X-Rate-Limit-Remaining", "0"),
                            ("X-Rate-Limit-Reset", "1"), ("Content-Type", "application/json"), ("Content-Length", "2")]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"{}")


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
origin = f"http://127.0.0.1:{server.server_port}"
for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"):
    os.environ.pop(name, None)

from okta_client.authfoundation.networking import client as networking, types
from okta_client.authfoundation.oauth2.jwt_bearer_claims import JWTBearerClaims

print("okta-client-python", version("okta-client-python"))

os.environ["http_proxy"] = origin
direct = networking.DefaultNetworkInterface(proxy=None)
direct.send(types.HTTPRequest(types.APIRequestMethod.GET, "http://acme.example/oauth2/v1/keys", {}, None, 10))
proxied = requests == ["http://acme.example/oauth2/v1/keys"]
print("proxy=None uses the environment's proxy:", proxied)
os.environ.pop("http_proxy")
requests.clear()

asked = []


class Listener(types.APIClientListener):
    def will_send(self, client, request): pass
    def did_send(self, client, request, response): pass
    def did_send_error(self, client, request, error): pass
    def should_retry(self, client, request, rate_limit):
        asked.append(rate_limit)
        return types.APIRetry.default()


class Request(types.APIRequest):
    http_method = types.APIRequestMethod.GET
    url = origin + "/api/v1/users"
    headers = query = content_type = accepts_type = timeout = authorization = None
    def body(self): return None
    def parse_response(self, response, parsing_context=None): return response.status_code


client = networking.APIClient(base_url=origin, user_agent="finding")
client.listeners.add(Listener())
response = client.send(Request())
print("requests after a 429:", len(requests), "- should_retry called:", len(asked), "- rate_limit:", response.rate_limit)
limits = (len(requests), len(asked), response.rate_limit) == (1, 0, None)

claims = JWTBearerClaims(issuer="0oa1", subject="0oa1", audience=origin, expires_in=60).to_claims()
print("claims:", sorted(claims))
sys.exit(not (proxied and limits and sorted(claims) == ["aud", "exp", "iat", "iss", "sub"]))
PYTHON
