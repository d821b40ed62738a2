#!/usr/bin/env bash
# Can Okta's management library for Python read the responses of an org?
#
# Version: okta 3.4.6, with aiohttp 3.14.5 and pydantic 2.14.4; CPython 3.11.
# Expected: A call returns `(result, response, error)`, as the documentation says. The forms below are taken from the examples
# in Okta's API document, from which the library is generated. An element that the library does not understand does not affect
# other elements.
# Seen: One element of the following forms makes the call raise ValidationError or ValueError. No element is read, and no
# `error` is returned in a result:
# - A log stream to AWS, unless its `eventSourceName` has one character. The pattern for the name lacks a plus.
# - An enhanced dynamic zone, even with empty lists of ASNs, and a dynamic zone with one ASN. The library expects an object
#   instead of the list.
# - A user of an identity provider with any attribute, a hardware key with its serial number, and a permission with a condition.
#   The library expects an object instead of a string.
# - A policy of a type that is newer than the library, and a user with a status that is newer.
# - `verify_factor` for an SMS. The org has sent the SMS, but the call raises, because the library expects the phone number to
#   be an object.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check okta==3.4.6 aiohttp==3.14.5 pydantic==2.14.4
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from okta.client import Client

logging.disable(logging.CRITICAL)
answer, requests = None, []


class Handler(BaseHTTPRequestHandler):
    """An org that gives one answer."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        requests.append(f"{self.command} {self.path}")
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_POST = do_PUT = do_GET


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


def read(body, method, *arguments, **options):
    """The number of elements that are read, or the name of a result's type, or of the error that is raised."""
    global answer
    answer = body
    requests.clear()

    async def call():
        client = Client({"orgUrl": f"http://127.0.0.1:{server.server_port}", "token": "token"})
        return await getattr(client, method)(*arguments, **options)

    try:
        result, *_, error = asyncio.run(call())
    except ValueError as raised:  # Which a ValidationError is, too.
        return type(raised).__name__
    return f"error: {error}" if error else len(result) if isinstance(result, list) else type(result).__name__


TIMES = {"created": "2026-01-02T03:04:05.000Z", "lastUpdated": "2026-01-02T03:04:05.000Z"}


def stream(name):
    return TIMES | {"id": "0oa1", "type": "aws_eventbridge", "name": "Events", "status": "ACTIVE", "settings": {
        "accountId": "123456789012", "region": "us-east-2", "eventSourceName": name}, "_links": {
        "self": {"href": "https://acme.okta.com/api/v1/logStreams/0oa1", "method": "GET"}}}


def zone(type, **members):
    return {"id": "nzo1", "type": type, "name": "Zone", "status": "ACTIVE", "usage": "POLICY", "system": False} | members


def member(**profile):
    return TIMES | {"id": "00u1", "externalId": "1", "profile": profile}


def key(**profile):
    return TIMES | {"id": "ykk1", "status": "UNASSIGNED", "profile": profile}


def policy(type):
    return {"id": "00p1", "type": type, "name": "Policy", "status": "ACTIVE", "priority": 1, "system": True}


def permissions(**members):
    return {"permissions": [TIMES | {"label": "okta.users.read"} | members]}


def user(status):
    return {"id": "00u1", "status": status, "profile": {"login": "ada@example.com"}}


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("okta", version("okta"))
wrong, unknown = "ValidationError", "ValueError"
network = zone("IP", gateways=[{"type": "CIDR", "value": "192.0.2.0/24"}])
cases = [  # What is read, what the org answers, the call, and its result.
    ("stream to AWS, name of one letter", [stream("a")], 1, "list_log_streams"),
    ("streams to AWS, one with a longer name", [stream("a"), stream("acme-events")], wrong, "list_log_streams"),
    ("zone of addresses", [network], 1, "list_network_zones"),
    ("  and an enhanced zone with one ASN", [network, zone("DYNAMIC_V2", asns={"include": ["64496"], "exclude": []})], wrong,
     "list_network_zones"),
    ("  and one with none", [network, zone("DYNAMIC_V2", asns={"include": [], "exclude": []})], wrong, "list_network_zones"),
    ("  and a dynamic zone with one", [network, zone("DYNAMIC", asns=["64496"])], wrong, "list_network_zones"),
    ("users of an identity provider, without attributes", [member(), member()], 2, "list_identity_provider_application_users",
     "0oa1"),
    ("  one with a name", [member(), member(firstName="Ada")], wrong, "list_identity_provider_application_users", "0oa1"),
    ("hardware keys, without a serial number", [key(), key()], 2, "list_yubikey_otp_tokens"),
    ("  one with it", [key(), key(serial="000003632071")], wrong, "list_yubikey_otp_tokens"),
    ("permission", permissions(), "Permissions", "list_role_permissions", "cr01"),
    ("  with a condition", permissions(conditions={"include": {"okta:ResourceAttribute/User/Profile": ["city"]}}), wrong,
     "list_role_permissions", "cr01"),
    ("policies", [policy("PASSWORD")] * 2, 2, "list_policies", "PASSWORD"),
    ("  one of a newer type", [policy("PASSWORD"), policy("SESSION_VIOLATION_DETECTION")], unknown, "list_policies", "PASSWORD"),
    ("users", [user("ACTIVE")] * 2, 2, "list_users"),
    ("  one in a newer status", [user("ACTIVE"), user("NEW")], wrong, "list_users"),
    ("SMS", {"factorResult": "CHALLENGE", "profile": {"phoneNumber": "+15550100"}}, wrong, "verify_factor", "00u1", "sms1"),
]
for name, body, expected, method, *arguments in cases:
    check(name, read(body, method, *arguments), expected)
check("  requests for it", requests, ["POST /api/v1/users/00u1/factors/sms1/verify"])
sys.exit(failed)
PYTHON
