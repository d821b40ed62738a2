#!/usr/bin/env bash
# Do Python's converters between curl commands and requests keep the request?
#
# Versions: uncurl 0.0.11, curlparser 0.1.0 and curl2requests 1.2, which read a command; curlify 3.0.0, curlify2 2.0.0 and
# curlify3 0.15, which write one; requests 2.34.2, httpx 0.28.1; CPython 3.11; curl of the machine.
# Expected: A command that is read, or written and run, sends the same method, address, fields and body as the original. A reader
# reports an option that it does not know, as uncurl and curlparser do with --json.
# Seen, without an error:
# - uncurl reads -b, which is a cookie, as a body. A GET with a cookie becomes a POST that has the cookie as its body.
# - uncurl and curlparser read a POST with an empty body (-d '') as a GET, so a user is read and not activated.
# - Both keep only the last of several -d, so `grant_type` is lost before `scope`. uncurl sends a form without its media type.
# - Both split a client's secret at a colon, and requests then refuses the three values.
# - curlparser ignores a field without a value, as in -H 'X-Empty;'. Of two fields with one name, both keep the last one.
# - curl2requests cuts each value of a field at its second colon: the time 10:00:00 becomes 10. It cuts a form's value
#   `YQ==` to nothing, and makes name-value pairs of JSON.
# - curlify2 writes `-d 'None'` for each request without a body: a GET sends the body None as a form. Of a request of httpx
#   without a body, it writes the body `b`.
# - For a text without a media type, curlify and curlify2 write none, so curl adds that of a form. curlify3 writes text/plain.
# - curlify3 writes a file of a multipart body as the name of a file, so the command fails if there is no file of that name.
set -euo pipefail
command -v curl >/dev/null || { echo "this needs curl" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check uncurl==0.0.11 curlparser==0.1.0 curl2requests==1.2 \
    curlify==3.0.0 curlify2==2.0.0 curlify3==0.15 requests==2.34.2 httpx==0.28.1 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import contextlib, io, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import curlify, curlify2, curlify3, curlparser, httpx, requests, uncurl
from curl2requests.curl2requests import curl2requests

arrived = []


class Org(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        media = (self.headers.get("Content-Type") or "").replace("application/x-www-form-urlencoded", "form").split(";")[0]
        fields = [f"{name}: {value}" for name, value in self.headers.items() if name.startswith("X-")]
        arrived.append(" ".join(filter(None, [self.command, self.path, *fields, media, body])))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_DELETE = answer


org = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=org.serve_forever, daemon=True).start()
URL = f"http://127.0.0.1:{org.server_port}"
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def sent(send, *arguments):
    del arrived[:]
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            send(*arguments)
    except (Exception, SystemExit):
        return "an error"
    return "; ".join(arrived) or "nothing"


def by_curl(command):
    subprocess.run(["sh", "-c", f"{command} -s -m 10"], check=True, timeout=60, capture_output=True)


def by_uncurl(command):
    exec(uncurl.parse(command), {"requests": requests})


def by_curlparser(command):
    read = curlparser.parse(command)
    requests.request(read.method, read.url, data=read.data, auth=read.auth, cookies=read.cookies,
                     headers={name: value.strip() for name, value in read.header.items()})


# For each command: what curl sends, and what is sent after uncurl and curlparser, or None for the same.
JSON = "-H 'Content-Type: application/json' -d '{\"a\": null}'"
for name, command, right, *expected in (
        ("a list", f"curl '{URL}/users?limit=2'", "GET /users?limit=2", None, None),
        ("JSON", f"curl {URL}/users {JSON}", 'POST /users application/json {"a": null}', None, None),
        ("--json", f"curl {URL}/users --json '[]'", "POST /users application/json []", "an error", "an error"),
        ("a cookie", f"curl -b 'sid=1' {URL}/sessions/me", "GET /sessions/me", "POST /sessions/me sid=1", None),
        ("an empty body", f"curl -d '' {URL}/users/00u1/lifecycle/activate", "POST /users/00u1/lifecycle/activate form",
         "GET /users/00u1/lifecycle/activate", "GET /users/00u1/lifecycle/activate"),
        ("a form", f"curl -d grant_type=a -d scope=b {URL}/token", "POST /token form grant_type=a&scope=b",
         "POST /token scope=b", "POST /token form scope=b"),
        ("a secret with a colon", f"curl -u id:a:b -d grant_type=a {URL}/token", "POST /token form grant_type=a",
         "an error", "an error"),
        ("two fields", f"curl -H 'X-A: 1' -H 'X-A: 2' {URL}/users", "GET /users X-A: 1 X-A: 2", "GET /users X-A: 2",
         "GET /users X-A: 2"),
        ("a field without a value", f"curl -H 'X-Empty;' {URL}/users", "GET /users X-Empty: ", "an error", "GET /users")):
    check(f"curl, {name}", sent(by_curl, command), right)
    for library, send, other in (("uncurl", by_uncurl, expected[0]), ("curlparser", by_curlparser, expected[1])):
        check(f"  {library}", sent(send, command), other or right)
read = curl2requests(f"curl '{URL}/t' -H 'X-Time: 10:00:00' --data 'scope=a&state=YQ=='")
check("curl2requests, a field and a form", [read["headers"], read["data"]], [{"X-Time": "10"}, {"scope": "a", "state": ""}])
check("curl2requests, JSON", curl2requests(f"curl '{URL}/t' --data '{{\"a\": \"b\"}}'")["data"], {'{"a": "b"}': '{"a": "b"}'})

session = requests.Session()
FILE = {"files": {"file": ("logo.png", b"logo")}}
for name, request, *expected in (
        ("a GET", {"method": "GET", "url": f"{URL}/users"}, None, "GET /users form None", "GET /users form b", None),
        ("JSON", {"method": "PUT", "url": f"{URL}/users", "json": {"a": None}}, None, None, None, None),
        ("a text", {"method": "POST", "url": f"{URL}/users", "data": "{}"}, "POST /users form {}", "POST /users form {}",
         "POST /users form {}", "POST /users text/plain {}"),
        ("a file", {"method": "POST", "url": f"{URL}/logo", **FILE}, None, None, None, "an error")):
    prepared = session.prepare_request(requests.Request(**request))
    content = {"content" if key == "data" else key: value for key, value in request.items()}
    built = httpx.Request(**content)
    built.read()
    right = sent(session.send, prepared)
    print(f"requests, {name}: {' '.join(right.split()[:4])}")
    for library, write, other in (("curlify", lambda: curlify.to_curl(prepared), expected[0]),
                                  ("curlify2", lambda: curlify2.Curlify(prepared).to_curl(), expected[1]),
                                  ("curlify2 of httpx", lambda: curlify2.Curlify(built).to_curl(), expected[2]),
                                  ("curlify3", lambda: curlify3.to_curl(prepared), expected[3])):
        if name == "a file" and library == "curlify2 of httpx":
            continue  # It has another boundary than the request of requests.
        seen = sent(lambda: by_curl(write()))
        same = seen.replace('": ', '":') == right.replace('": ', '":')  # httpx writes JSON without spaces.
        check(f"  {library}", "the same" if same else seen, other or "the same")
sys.exit(failed)
PYTHON
