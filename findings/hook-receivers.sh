#!/usr/bin/env bash
# Does a small server that starts a command for each event hook answer Okta's verification, and pass each event to the command?
#
# Versions: webhook 2.8.0, busybox 1.35.0 (httpd) and lighttpd 1.4.69 (mod_cgi) of Debian 12, CPython 3.11 (http.server --cgi). Needs
# root for apt-get update; the packages are unpacked and not installed.
# Expected: Okta verifies a hook by a GET with X-Okta-Verification-Challenge and expects this value in the response. An event comes
# by POST, several in one request. RFC 3875 gives a CGI program the header fields. A status of 200 means that the event was taken.
# Seen:
# - webhook returns 200 for a command that fails, so the event is lost: Okta does not send it again. With
#   `include-command-output-in-response` the status is 500.
# - webhook runs the command for the verification too, with an empty text for each argument. It does so for a member that is missing.
#   The log of webhook has a line. With `http-methods` the verification has the status 405.
# - webhook passes null as the text <nil>.
# - A member with a dot in its name, as in SCIM's urn:...:2.0:User, cannot be named and is empty.
# - A rule for `events.0` reads the first event of a request. webhook ignores the second and returns 200.
# - A rule over `actor.id` with a null actor is an error 500 in webhook, and a rule over a missing actor is false.
# - CPython's CGI server passes neither the challenge nor Authorization, so a hook is never verified. Its GET has the type text/plain.
# - CPython's and busybox's servers pass a body in chunks with the lengths between the data, and without CONTENT_LENGTH. The program
#   reads 17 bytes, which are not JSON, in place of 7. busybox passes no CONTENT_LENGTH for a PUT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
chmod 755 "$folder" # CPython's server runs a CGI program as another user.
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download webhook busybox lighttpd libpcre2-8-0 libcrypt1
for version in webhook_2.8.0- busybox_1%3a1.35.0- lighttpd_1.4.69-; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
mkdir -p site/cgi-bin
cat >site/cgi-bin/hook <<'CGI'
#!/bin/sh
size=$(if [ -n "$CONTENT_LENGTH" ]; then head -c "$CONTENT_LENGTH"; else timeout 2 cat; fi | wc -c)
printf 'Content-Type: text/plain\r\n\r\n'
echo "challenge=$HTTP_X_OKTA_VERIFICATION_CHALLENGE type=$CONTENT_TYPE authorization=$HTTP_AUTHORIZATION length=$CONTENT_LENGTH read=$size"
CGI
cat >arguments <<'SHELL'
#!/bin/sh
for argument in "$@"; do printf '[%s]' "$argument"; done
SHELL
chmod +x site/cgi-bin/hook arguments
nice python3 - <<'PYTHON'
import http.client, json, os, socket, subprocess, sys, time

here = os.getcwd()
environment = os.environ | {"LD_LIBRARY_PATH": f"{here}/root/usr/lib/x86_64-linux-gnu:{here}/root/lib/x86_64-linux-gnu"}
SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
EVENT = {"id": "1", "title": None, "big": 12345678901234567890, SCHEMA: {"employeeNumber": "007"}}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Server:
    def __init__(self, *command, folder=here):
        self.port = free_port()
        with open("settings", "w") as output:
            output.write(f'server.document-root = "{here}/site"\nserver.port = {self.port}\nserver.bind = "127.0.0.1"\n'
                         'server.modules = ("mod_cgi")\ncgi.assign = ("hook" => "")\n')
        self.log = open(f"log-{self.port}", "w")
        self.process = subprocess.Popen([part.replace("PORT", str(self.port)) for part in command], cwd=folder, env=environment,
                                        stdout=self.log, stderr=self.log)

    def __enter__(self):
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *arguments):
        self.process.terminate()
        self.process.wait(30)

    def request(self, method, path, body=None, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, {"Content-Type": "application/json"} | fields)
        response = connection.getresponse()
        return response.status, response.read().decode().strip()

    def post(self, name, value):
        return self.request("POST", f"/hooks/{name}", json.dumps(value))


def payload(name):
    return {"source": "payload", "name": name}


def rule(name, value, parameter, **more):
    match = {"match": {"type": "value", "value": value, "parameter": payload(parameter)}}
    return {"id": name, "execute-command": f"{here}/arguments", "trigger-rule": match, "include-command-output-in-response": True,
            "pass-arguments-to-command": [{"source": "string", "name": "ran"}]} | more


NAMES = ["events.0.id", "events.0.title", "events.0.big", "events.0.missing", f"events.0.{SCHEMA}.employeeNumber"]
HOOKS = [
    {"id": "event", "execute-command": f"{here}/arguments", "include-command-output-in-response": True,
     "pass-arguments-to-command": [payload(name) for name in NAMES]},
    {"id": "fails", "execute-command": "/bin/false"},
    {"id": "fails-with-output", "execute-command": "/bin/false", "include-command-output-in-response": True},
    {"id": "post-only", "execute-command": "/bin/true", "http-methods": ["POST"]},
    rule("first", "user.lifecycle.deactivate", "events.0.eventType"),
    rule("actor", "ada", "actor.id"),
]
with open("hooks", "w") as output:
    json.dump(HOOKS, output)
CHALLENGE = {"X-Okta-Verification-Challenge": "abc"}
with Server("root/usr/bin/webhook", "-hooks", "hooks", "-ip", "127.0.0.1", "-port", "PORT") as server:
    check("webhook, arguments of an event", server.post("event", {"events": [EVENT]}), (200, "[1][<nil>][12345678901234567890][][]"))
    check("  of the verification", server.request("GET", "/hooks/event", **CHALLENGE), (200, "[][][][][]"))
    check("  of the verification, with http-methods", server.request("GET", "/hooks/post-only", **CHALLENGE)[0], 405)
    check("webhook, a command that fails", server.post("fails", {})[0], 200)
    check("  with its output in the response", server.post("fails-with-output", {})[0], 500)
    one, other = {"eventType": "user.lifecycle.deactivate"}, {"eventType": "user.session.start"}
    check("webhook, a rule: the event first, and second", [server.post("first", {"events": events}) for events in ([one, other], [other, one])],
          [(200, "[ran]"), (200, "Hook rules were not satisfied.")])
    check("webhook, a rule: ada, another, no actor, a null actor",
          [server.post("actor", value)[0:2] for value in ({"actor": {"id": "ada"}}, {"actor": {"id": "bob"}}, {}, {"actor": None})],
          [(200, "[ran]"), (200, "Hook rules were not satisfied."), (200, "Hook rules were not satisfied."),
           (500, "Error occurred while evaluating hook rules.")])

PYTHON_SERVER = (sys.executable, "-m", "http.server", "--cgi", "--bind", "127.0.0.1", "PORT")
BUSYBOX = (f"{here}/root/bin/busybox", "httpd", "-f", "-p", "127.0.0.1:PORT")
LIGHTTPD = (f"{here}/root/usr/sbin/lighttpd", "-D", "-m", f"{here}/root/usr/lib/lighttpd", "-f", f"{here}/settings")
SENT = "challenge=abc type=application/json authorization=secret length= read=0"
BODY = "challenge= type=application/json authorization= length={} read={}"
for name, command, expected in (
        ("CPython", PYTHON_SERVER, [SENT.replace("abc", "").replace("secret", ""), BODY.format(7, 7), BODY.format("", 17), None]),
        ("busybox", BUSYBOX, [SENT, BODY.format(7, 7), BODY.format("", 17), BODY.format("", 7)]),
        ("lighttpd", LIGHTTPD, [SENT.replace("length=", "length=0"), BODY.format(7, 7), BODY.format(7, 7), BODY.format(7, 7)])):
    with Server(*command, folder=f"{here}/site") as server:
        path, body = "/cgi-bin/hook", '{"a":1}'
        check(f"{name}, the verification", server.request("GET", path, Authorization="secret", **CHALLENGE), (200, expected[0]))
        check("  an event", server.request("POST", path, body), (200, expected[1]))
        check("  an event in chunks", server.request("POST", path, iter([body.encode()])), (200, expected[2]))
        if expected[3]:
            check("  a PUT", server.request("PUT", path, body), (200, expected[3]))
sys.exit(failed)
PYTHON
