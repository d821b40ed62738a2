#!/usr/bin/env bash
# What body does a shell script send for a user's attributes if jo, HTTPie or jshon builds it from arguments?
#
# Versions: jo 1.9 and jshon 20131010 of Debian 12, HTTPie 3.2.4 with requests 2.34.2; CPython 3.11. Needs root for apt-get
# update; the packages are unpacked and not installed.
# Expected: `name=value` becomes a member with that text, or an error, because the attributes of a profile are texts. (jo's
# manual says that it guesses numbers, true, false and null.)
# Seen with jo, with exit status 0:
# - The employee number 00123 becomes 123, the phone number +491701234567 becomes 491701234567, the badge 0x1F becomes 31, and
#   1e5 becomes 100000. The identifier 12345678901234567 becomes a number that ends in 570. An empty value becomes null, and so
#   does the last name null.
# - `-s`, which is meant to keep texts, applies to the next word only, and has to follow `--`. With it, null becomes an empty
#   text.
# - `admin@yes` is false, and `-b admin=no` is true.
# - jo takes a value that begins with a colon, an at sign or a percent sign for a file name. The title `:x` becomes the JSON in
#   the file x.
# Seen with HTTPie:
# - In a loop, `while read id; do http URL/$id; done <list`, the first command sends a POST with the rest of the list as its
#   body, and the loop ends. `--ignore-stdin` prevents this.
# - A member of SCIM's enterprise user, `urn:ietf:...:User[department]=Sales`, becomes a header field of the request with the
#   name urn.
# - `limit:=1e400` sends Infinity, which is not JSON.
# Seen with jshon: A document with an integer of 2^63 or more is an error, even if the command asks for another member.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check httpie==3.2.4 requests==2.34.2 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download jo jshon libjansson4
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" root
done | grep -E '^(jo|jshon)_' | tee versions
for version in jo_1.9 jshon_20131010; do
    grep -q "^$version" versions || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu PATH=$folder/root/usr/bin:$folder/venv/bin:$PATH HOME=$folder
export HTTPIE_CONFIG_DIR=$folder/httpie no_proxy=127.0.0.1
venv/bin/python - <<'PYTHON'
import json, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

requests, failed = [], False


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        requests.append((self.command, self.path, self.headers, body))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
URL = f"http://127.0.0.1:{server.server_port}"


def run(*command, text=""):
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=60)


def check(what, seen, expected):
    global failed
    print(f"  {what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def jo(*words):
    process = run("jo", *words)
    return process.stdout.strip() if process.returncode == 0 else "an error"


print("jo")
with open("x", "w") as file:
    file.write('{"stored": "text"}')
for words, expected in {
    "employeeNumber=00123": '{"employeeNumber":123}', "mobilePhone=+491701234567": '{"mobilePhone":491701234567}',
    "badge=0x1F": '{"badge":31}', "costCenter=1e5": '{"costCenter":100000}',
    "externalId=12345678901234567": '{"externalId":1.234567890123457e+16}', "title=": '{"title":null}',
    "lastName=null": '{"lastName":null}',
    "-- -s employeeNumber=00123 costCenter=1e5": '{"employeeNumber":"00123","costCenter":100000}', "-s lastName=null": "an error",
    "-- -s lastName=null": '{"lastName":""}', "admin@yes": '{"admin":false}', "-- -b admin=no": '{"admin":true}',
    "title=:x": '{"title":{"stored":"text"}}', "title=%x": '{"title":"eyJzdG9yZWQiOiAidGV4dCJ9"}', "title=:y": "an error",
    "firstName=Ada": '{"firstName":"Ada"}',
}.items():
    check(words, jo(*words.split()), expected)

print("HTTPie")
run("bash", "-c", f"while read id; do http {URL}/api/v1/users/$id; done", text="00u1\n00u2\n00u3\n")
check("requests of the loop", [(method, path, body) for method, path, _, body in requests],
      [("POST", "/api/v1/users/00u1", "00u2\n00u3\n")])
requests.clear()
run("bash", "-c", f"while read id; do http --ignore-stdin {URL}/$id; done", text="00u1\n00u2\n00u3\n")
check("with --ignore-stdin", [(method, path, body) for method, path, _, body in requests],
      [("GET", f"/00u{number}", "") for number in (1, 2, 3)])
requests.clear()
MEMBER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User[department]=Sales"
run("http", "--ignore-stdin", "POST", URL, "userName=ada", MEMBER)
check("the body for SCIM", requests[0][3], '{"userName": "ada"}')
check("the field urn", requests[0][2]["urn"], MEMBER.removeprefix("urn:"))
run("http", "--ignore-stdin", "POST", URL, "limit:=1e400")
check("limit:=1e400", requests[1][3], '{"limit": Infinity}')

print("jshon")
for number, expected in (9223372036854775807, "00u1\n"), (9223372036854775808, ""):
    text = json.dumps({"id": "00u1", "number": number})
    check(f"-e id -u beside {number}", run("jshon", "-e", "id", "-u", text=text).stdout, expected)
sys.exit(failed)
PYTHON
