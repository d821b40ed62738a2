#!/usr/bin/env bash
# Does a test that replays recorded exchanges with an org get the right object, without sending requests to the org?
#
# Versions: vcrpy 9.4.2, betamax 0.9.0, responses 0.26.3, with requests 2.34.2; mitmproxy 11.0.2 (12.3.1 does the same); CPython
# 3.11.
# Expected: A request that creates the user bob gets the response that was recorded for bob. A request that was not recorded is
# refused, as `server_replay_extra` set to `kill` or `404` requires in mitmproxy.
# Seen:
# - vcrpy, betamax and responses compare method and address by default, and not the body. They return each response once, in
#   recorded order. Two users that are created in the other order, as by parallel code, get each other's identifiers. vcrpy and
#   betamax have a setting to compare the body, and mitmproxy compares it by default.
# - mitmproxy obeys `server_replay_extra` only until the last recorded response has been used. After that it sends every request
#   to the org, even with `kill` and `404`: in this test a PUT that was not recorded. With `server_replay_reuse=true`, responses
#   are never used up, and nothing is sent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet vcrpy==9.4.2 betamax==0.9.0 responses==0.26.3 requests==2.34.2
python3 -m venv "$folder/proxy"
"$folder/proxy/bin/pip" install --quiet mitmproxy==11.0.2
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import http.client, json, os, signal, socket, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import betamax, requests, responses, responses._recorder, vcr

folder, arrived = sys.argv[1], []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # A connection that the proxy gave up.

    def answer(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        arrived.append(f"{self.command} {self.path}")
        text = json.dumps({"id": f"id of {body.get('login')}"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"


def create(session, *logins):
    return [session.post(f"{org}/api/v1/users", json={"login": login}, timeout=30).json()["id"] for login in logins]


def by_vcrpy(logins, **settings):
    with vcr.use_cassette(f"{folder}/vcrpy.yaml", **settings):
        return create(requests.Session(), *logins)


def by_betamax(logins, **settings):
    session = requests.Session()
    with betamax.Betamax(session, cassette_library_dir=folder).use_cassette("betamax", **settings):
        return create(session, *logins)


def by_responses(logins):
    path = f"{folder}/responses.yaml"
    if not os.path.exists(path):
        return responses._recorder.record(file_path=path)(lambda: create(requests.Session(), *logins))()
    with responses.RequestsMock() as mock:
        mock._add_from_file(file_path=path)
        return create(requests.Session(), *logins)


def proxied(arguments, calls):
    """Sends calls through mitmproxy, which is in front of the org."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    proxy = subprocess.Popen([f"{folder}/proxy/bin/mitmdump", "-q", "--listen-host", "127.0.0.1", "-p", str(port), "--mode",
                              f"reverse:{org}", "--set", f"confdir={folder}", *arguments], stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    for method, path in calls:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(method, path, body=b"{}" if method == "PUT" else None)
            connection.getresponse().read()
        except (http.client.HTTPException, OSError):
            pass
        finally:
            connection.close()
    proxy.send_signal(signal.SIGINT)
    proxy.wait(60)


failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {', '.join(seen) or 'nothing'}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(*(f"{name} {version(name)}" for name in ("vcrpy", "betamax", "responses", "requests")))
right, swapped = ["id of bob", "id of ada"], ["id of ada", "id of bob"]
for replay in (by_vcrpy, by_betamax, by_responses):
    replay(["ada", "bob"])
body = ["method", "uri", "body"]
check("vcrpy, for bob and ada", by_vcrpy(["bob", "ada"]), swapped)
check("betamax, for bob and ada", by_betamax(["bob", "ada"]), swapped)
check("responses, for bob and ada", by_responses(["bob", "ada"]), swapped)
check("vcrpy with the body", by_vcrpy(["bob", "ada"], match_on=body), right)
check("betamax with the body", by_betamax(["bob", "ada"], match_requests_on=body), right)

recorded = [("GET", "/api/v1/users/00u1"), ("GET", "/api/v1/users/00u2")]
proxied(["-w", f"{folder}/flows"], recorded)
calls = [recorded[0], ("PUT", "/before"), recorded[1], ("PUT", "/after")]
for settings, expected in ((["server_replay_extra=kill"], ["PUT /after"]), (["server_replay_extra=404"], ["PUT /after"]),
                           (["server_replay_extra=404", "server_replay_reuse=true"], [])):
    del arrived[:]
    proxied(["-S", f"{folder}/flows", *(word for setting in settings for word in ("--set", setting))], calls)
    check(f"mitmproxy with {' '.join(settings)}, what the org gets", arrived, expected)
sys.exit(failed)
PYTHON
