#!/usr/bin/env bash
# What does Okta's management library for Python send when a program clears a value, or replaces a resource just read?
#
# Version: okta 3.4.6, with aiohttp 3.14.5; CPython 3.11.
# Expected: An empty string, an empty list and null are sent as they are, because they clear a value. A resource that is read
# and replaced without a change stays the same.
# Seen:
# - The library removes every empty string, list, object and null from the body, at every depth and also in custom attributes. A
#   nickname cannot be cleared. If nothing else is set, the request has no body at all, and the call reports success.
# - A client application that is read and replaced loses its empty `redirect_uris` and `jwks`, and the members that the library
#   has no field for. It gains four members that the server did not send (`dpop_bound_access_tokens`, `pkce_required`,
#   `consent_method`, `autoKeyRotation`). The library also sends `id`, `created` and `status`, which Okta's document marks as
#   read-only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet okta==3.4.6 aiohttp==3.14.5
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" - <<'PYTHON'
import asyncio, json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from okta import models
from okta.client import Client

logging.disable(logging.CRITICAL)
application = {
    "id": "0oa1abcdef", "name": "oidc_client", "label": "Job", "status": "ACTIVE", "signOnMode": "OPENID_CONNECT",
    "created": "2026-01-02T03:04:05.000Z", "features": [],
    "credentials": {"oauthClient": {"client_id": "0oa1abcdef", "token_endpoint_auth_method": "private_key_jwt"}},
    "settings": {"oauthClient": {
        "application_type": "service", "grant_types": ["client_credentials"], "response_types": ["token"],
        "redirect_uris": [], "jwks": {"keys": []}, "added_this_year": True}},
}
bodies = []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.command != "GET":
            bodies.append(json.loads(text) if text else None)
        user = {"id": "00u1", "status": "ACTIVE", "profile": {"login": "ada@acme.example"}}
        content = json.dumps(application if "/apps/" in self.path else user).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


async def run():
    client = Client({"orgUrl": f"http://127.0.0.1:{server.server_port}", "token": "token"})
    errors = []
    custom = {"tags": [], "team": None, "desk": "", "floor": 0, "remote": False}
    for profile in [models.UserProfile(nick_name=""),
                    models.UserProfile(login="ada@acme.example", nick_name="", additional_properties=custom)]:
        _, _, error = await client.update_user("00u1", models.UpdateUserRequest(profile=profile))
        errors.append(error)
    read, _, error = await client.get_application("0oa1abcdef")
    errors.append(error)
    _, _, error = await client.replace_application("0oa1abcdef", read)
    return errors + [error]


def paths(value, prefix=""):
    if not isinstance(value, dict) or not value:
        return {prefix: value}
    return {path: leaf for name, each in value.items() for path, leaf in paths(each, f"{prefix}/{name}").items()}


print("okta", version("okta"))
errors = asyncio.run(run())
cleared, mixed, replaced = bodies
before, after = paths(application), paths(replaced)
lost, added = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
kept = sorted({"/id", "/created", "/status"} & after.keys())
print("errors:", errors)
print("only an empty nickname:", cleared)
print("a login, an empty nickname and custom attributes:", mixed)
print("lost by reading and replacing:", lost)
print("added:", added)
print("read-only, but sent:", kept)
client = "/settings/oauthClient"
invented = ["/credentials/oauthClient/autoKeyRotation", "/credentials/oauthClient/pkce_required",
            f"{client}/consent_method", f"{client}/dpop_bound_access_tokens"]
sys.exit(not (
    errors == [None] * 4 and cleared is None
    and mixed == {"profile": {"login": "ada@acme.example", "floor": 0, "remote": False}}
    and lost == ["/features", f"{client}/added_this_year", f"{client}/jwks/keys", f"{client}/redirect_uris"]
    and added == invented and kept == ["/created", "/id", "/status"]))
PYTHON
