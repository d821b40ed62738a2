#!/usr/bin/env bash
# Does FreeRADIUS take a user's state and attributes from a JSON response as they are, if its REST module asks for the user at sign-in?
#
# Version: freeradius and freeradius-rest 3.2.1 of Debian 12, with the module's defaults. Needs root for apt-get update; the packages
# are unpacked and not installed.
# Expected: The module sends one GET for a sign-in and returns each attribute of the response as it is. A rate limit or a 503 says
# nothing about the user, so the server does not answer, and the access point asks another server. A value that does not fit is an
# error.
# Seen:
# - A 429, a 503 and a redirect become an Access-Reject, as a wrong password does. The module's result is `invalid` for the rate
#   limit and the redirect, as for a wrong request, and `fail` only for the 503. So a rule for `fail` does not see the rate limit.
# - A number that does not fit is cut: 12345678901 seconds become 3755744309, and -1 becomes 4294967295, without a warning. 1.9 is
#   dropped with a warning in the log, and the user is accepted without a limit.
# - A text of more than 253 bytes is cut, also within a character. true is the text true, and null is no attribute.
# - A text with a percent sign is read as a template, so "100%" gives no attribute, with an error in the log. The user is accepted.
# - A response as application/scim+json or application/hal+json is refused, and the user is rejected. So is a list of users.
# - %{rest:...} returns nothing for a body of more than 2,047 bytes. A user with many attributes is larger.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download freeradius freeradius-rest freeradius-common libfreeradius3 libct4 libgdbm6 \
    libjson-c5 libtalloc2 libwbclient0 libpcap0.8 libcurl4 libpcre3 libreadline8
ls freeradius_3.2.1+* >/dev/null 2>&1 || { echo "skipped: this needs freeradius 3.2.1, and another version is served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
cat >settings <<'RADIUS'
prefix = HERE/root/usr
libdir = HERE/root/usr/lib/freeradius
raddbdir = HERE
run_dir = HERE
logdir = HERE
log {
    destination = stdout
}
security {
    allow_vulnerable_openssl = yes
}
thread pool {
    start_servers = 1
    max_servers = 1
}
modules {
    rest {
        connect_uri = "http://127.0.0.1:HTTP"
        authorize {
            uri = "${..connect_uri}/users/%{User-Name}"
            method = 'get'
        }
        pool {
            start = 0
            min = 0
            max = 2
        }
    }
}
client local {
    ipaddr = 127.0.0.1
    secret = example
}
server default {
    listen {
        type = auth
        ipaddr = 127.0.0.1
        port = RADIUS
    }
    authorize {
        if (&User-Name == "text") {
            update reply {
                Reply-Message := "%{rest:http://127.0.0.1:HTTP/text}"
            }
        }
        else {
            rest
        }
        update control {
            Auth-Type := Accept
        }
    }
}
RADIUS
nice python3 - <<'PYTHON'
import json, os, re, socket, struct, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

here = os.getcwd()
answer = {"status": 200, "body": "{}", "type": "application/json"}
arrived = []
failed = False


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        arrived.append(self.path)
        body = answer["body"].encode()
        self.send_response(answer["status"])
        if answer["status"] == 302:
            self.send_header("Location", "/users/other")
        self.send_header("Content-Type", answer["type"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def sign_in(user="ada", **values):
    """Returns the kind of the response, its attributes, and the module's result."""
    answer.update({"status": 200, "body": "{}", "type": "application/json"} | values)
    arrived.clear()
    start = os.path.getsize("log")
    name = user.encode()
    packet = struct.pack("!BBH", 1, 1, 22 + len(name)) + os.urandom(16) + bytes([1, len(name) + 2]) + name
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(20)
        client.sendto(packet, ("127.0.0.1", port))
        response = client.recv(4096)
    attributes, at = [], 20
    while at < len(response):
        kind, size = response[at:at + 2]
        value = response[at + 2:at + size]
        attributes.append(struct.unpack("!I", value)[0] if kind == 27 else value.decode(errors="replace"))
        at += size
    with open("log") as log:
        log.seek(start)
        result = re.search(r"\[rest\] = (\w+)", log.read())
    return {2: "accept", 3: "reject"}[response[0]], attributes, result and result[1]


def run():
    check("the address of a login", [sign_in("ada/x&y@acme é")[0], *arrived], ["accept", "/users/ada%2Fx%26y%40acme%20%C3%A9"])
    for status, result in ((429, "invalid"), (503, "fail"), (302, "invalid")):
        check(f"status {status}", sign_in(status=status), ("reject", [], result))
        check("  requests", len(arrived), 1)
    for value, expected in ((3600, [3600]), (12345678901, [12345678901 % 2**32]), (-1, [2**32 - 1]), (1.9, []), (None, [])):
        check(f"Session-Timeout {json.dumps(value)}", sign_in(body=json.dumps({"reply:Session-Timeout": value}))[:2], ("accept", expected))
    for value, expected in ((True, ["true"]), (None, []), ("100%", []), ("50 percent", ["50 percent"]), ("é" * 200, ["é" * 126 + "\ufffd"])):
        text = json.dumps(value) if len(json.dumps(value)) < 60 else "of 400 bytes"
        check(f"Reply-Message {text}", sign_in(body=json.dumps({"reply:Reply-Message": value}))[:2], ("accept", expected))
    body = '{"reply:Reply-Message":"hello"}'
    for kind, expected in (("application/json; charset=utf-8", ("accept", ["hello"])), ("application/scim+json", ("reject", [])),
                           ("application/hal+json", ("reject", []))):
        check(kind, sign_in(body=body, type=kind)[:2], expected)
    check("a list of users", sign_in(body=f"[{body}]")[:2], ("reject", []))
    for size in 2047, 2048:
        check(f"%{{rest:}}, a body of {size} bytes", len("".join(sign_in("text", body="x" * size)[1])), 253 if size == 2047 else 0)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
text = open("settings").read()
for name, value in (("HERE", here), ("HTTP", server.server_port), ("RADIUS", port)):
    text = re.sub(rf"\b{name}\b", str(value), text)
with open("radiusd.conf", "w") as output:
    output.write(text)
libraries = f"{here}/root/usr/lib/x86_64-linux-gnu:{here}/root/lib/x86_64-linux-gnu:{here}/root/usr/lib/freeradius"
with open("log", "w") as log:
    radius = subprocess.Popen(["root/usr/sbin/freeradius", "-X", "-d", here, "-D", "root/usr/share/freeradius"], stdout=log, stderr=log,
                              env=os.environ | {"LD_LIBRARY_PATH": libraries})
try:
    for _ in range(300):
        if "Ready to process" in open("log").read() or radius.poll() is not None:
            break
        time.sleep(0.1)
    run()
finally:
    radius.terminate()
    radius.wait(30)
sys.exit(failed)
PYTHON
