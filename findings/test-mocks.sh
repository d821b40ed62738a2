#!/usr/bin/env bash
# Does a test with a mock of an org fail if the program sends a different request from the one that the test states?
#
# Versions: requests-mock 1.12.1, responses 0.26.3, pook 2.1.6, with requests 2.34.2; respx 0.23.1 with httpx 0.28.1; CPython
# 3.11.
# Expected: Yes. Ids and cursors are case-sensitive, a login with a slash is escaped, and a number is not a boolean. All mocks
# refuse another path or another cursor.
# Seen: These tests pass.
# - requests-mock: the program sends the cursor `ab3` instead of `aB3`, or the user 00U1 instead of 00u1. A recorded request has
#   both in lower case, so the test cannot see the difference.
# - respx: the program sends /users/ada/ops instead of /users/ada%2Fops. The org does not find the user at that address.
# - responses: the program sends {"priority": true} instead of {"priority": 1}, or 1.0 instead of 1. requests-mock has no such
#   matcher, and respx refuses true.
# - requests-mock and pook: the program sends another parameter besides those that the test states. In all four, an address
#   stated without a query answers each query, so a loop that sends a wrong cursor reads the first page again.
# After a test that fails within `with pook.use()`, pook stays active, and each later request of the process is refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check requests-mock==1.12.1 responses==0.26.3 pook==2.1.6 \
    respx==0.23.1 requests==2.34.2 httpx==0.28.1 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import httpx, pook, requests, requests_mock, responses, respx

ORG = "https://acme.okta.com/api/v1"
failed = False


def by_requests_mock(stated, sent):
    with requests_mock.Mocker() as mock:
        mock.get(ORG + stated, json=[])
        return requests.get(ORG + sent).ok


def by_responses(stated, sent):
    with responses.RequestsMock() as mock:
        mock.get(ORG + stated, json=[])
        return requests.get(ORG + sent).ok


def by_pook(stated, sent):
    with pook.use():
        pook.get(ORG + stated).reply(200).json([])
        return requests.get(ORG + sent).ok


def by_respx(stated, sent):
    with respx.mock() as mock:
        mock.get(ORG + stated).respond(json=[])
        return httpx.get(ORG + sent).is_success


# pook is the last one, since it stays on.
MOCKS = {"requests-mock": by_requests_mock, "responses": by_responses, "respx": by_respx, "pook": by_pook}
# For each fault: what is stated, what is sent, and the mocks whose tests pass.
CASES = {
    "nothing": ("/users?after=aB3", "/users?after=aB3", list(MOCKS)),
    "another path": ("/users", "/groups", []),
    "another cursor": ("/users?after=aB3", "/users?after=x", []),
    "the case of a cursor": ("/users?after=aB3", "/users?after=ab3", ["requests-mock"]),
    "the case of an id": ("/users/00u1", "/users/00U1", ["requests-mock"]),
    "a slash that is not escaped": ("/users/ada%2Fops", "/users/ada/ops", ["respx"]),
    "a parameter more": ("/users?after=aB3", "/users?after=aB3&limit=1", ["requests-mock", "pook"]),
    "a query, where none is stated": ("/users", "/users?after=x", list(MOCKS)),
}


def passes(test, *arguments):
    try:
        return test(*arguments)
    except Exception:  # Each mock has another one for a request that was not stated.
        return False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(", ".join(f"{name} {version(name)}" for name in MOCKS))
with requests_mock.Mocker() as mock:
    mock.get(requests_mock.ANY, json=[])
    requests.get(ORG + "/users/00uA?after=aB3")
    request = mock.last_request
    check("what requests-mock has recorded", [request.path, request.qs], ["/api/v1/users/00ua", {"after": ["ab3"]}])
for body in {"priority": True}, {"priority": 1.0}, {"priority": 2}:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.post(ORG + "/policies", match=[responses.matchers.json_params_matcher({"priority": 1})])
        seen = passes(lambda: requests.post(ORG + "/policies", json=body).ok)
    check(f"passes with {body}, by responses", seen, body["priority"] != 2)
    with respx.mock(assert_all_called=False) as mock:
        mock.post(ORG + "/policies", json={"priority": 1}).respond(200)
        seen = passes(lambda: httpx.post(ORG + "/policies", json=body).is_success)
    check(f"passes with {body}, by respx", seen, False)
passed = {name: [fault for fault, (stated, sent, _) in CASES.items() if passes(mock, stated, sent)] for name, mock in MOCKS.items()}
for fault, (_, _, expected) in CASES.items():
    check(f"passes with {fault}", [name for name in MOCKS if fault in passed[name]], expected)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
check("whether a request to a real server works after the tests with pook",
      passes(lambda: requests.get(f"http://127.0.0.1:{server.server_port}/").ok), False)
sys.exit(failed)
PYTHON
