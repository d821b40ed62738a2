#!/usr/bin/env bash
# Which claims of Okta's access token does HAProxy pass to an application, or find in a condition?
#
# Version: HAProxy 2.6.12 of Debian 12. Needs root for apt-get update; the packages are unpacked and not installed. The tokens
# are not signed; HAProxy reads the claims in a step of its own, after it has verified the signature.
# Expected: `jwt_payload_query('$.scp[0]')` and its like return the claim, or nothing. Its manual lists texts, booleans and
# numbers, and the type 'int'. It refers to the standard's paths. Okta's `scp` is a list, and claims such as a badge are numbers
# if the attribute is one.
# Seen, without a line in its log:
# - A number is written with six digits. The badges 12345678 and 12345679 are both 1.23457e+07 in the header, so an application
#   finds one user for both. `exp` is 1.79603e+09. The type 'int' keeps them.
# - With the type 'int', 1.7960328e9 is 1, and 1e3 is 1. JSON has no difference between these forms and 1796032800.
# - A list is nothing. A condition that looks for a scope in `$.scp` is never true, and the same condition for `$.scope`, a text
#   with spaces in other servers' tokens, is. `$.scp[0]` works for the first scope only. `$.groups` is nothing as well.
# - A path in brackets, `$['acme.role']`, finds nothing, although it is valid. `$.acme\.role` does.
# - true is 1, and so is the number 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download haproxy libopentracing-c-wrapper0 libopentracing1 liblua5.3-0
ls haproxy_2.6.12-* >/dev/null 2>&1 || { echo "skipped: this needs haproxy 2.6.12, and another version is served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 - "$folder" <<'PYTHON'
import base64, http.client, json, os, socket, subprocess, sys, time

folder = sys.argv[1]
QUERIES = {
    "sub": "$.sub", "badge": "$.badge", "exp": "$.exp", "scp": "$.scp", "first-scp": "$.scp[0]", "groups": "$.groups",
    "active": "$.active", "one": "$.one", "brackets": '$[\\"acme.role\\"]', "dot": "$.acme\\\\.role",
}
INTEGERS = {"badge-int": "$.badge", "exp-int": "$.exp"}
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]


def quoted(query):
    return '"' + query.replace("$", "\\$") + '"'


lines = [
    "global", "    maxconn 100", "defaults", "    mode http", "    timeout client 10s", "    timeout server 10s",
    "    timeout connect 10s", "frontend claims", f"    bind 127.0.0.1:{port}",
    "    http-request set-var(txn.token) http_auth_bearer",
    *(f"    http-request set-var(txn.{name.replace('-', '_')}) var(txn.token),jwt_payload_query({quoted(query)})"
      for name, query in QUERIES.items()),
    *(f"    http-request set-var(txn.{name.replace('-', '_')}) var(txn.token),jwt_payload_query({quoted(query)},int)"
      for name, query in INTEGERS.items()),
    '    http-request set-var(txn.scope) var(txn.token),jwt_payload_query("\\$.scope")',
    "    acl may-read-by-scp var(txn.scp) -m sub okta.users.read",
    "    acl may-read-by-scope var(txn.scope) -m sub okta.users.read",
    *(f'    http-after-response set-header {name} "%[var(txn.{name.replace("-", "_")})]"' for name in (*QUERIES, *INTEGERS)),
    "    http-after-response set-header by-scp yes if may-read-by-scp",
    "    http-after-response set-header by-scope yes if may-read-by-scope",
    "    http-request return status 200",
]
with open("haproxy.cfg", "w") as output:
    output.write("\n".join(lines) + "\n")
haproxy = subprocess.Popen([f"{folder}/root/usr/sbin/haproxy", "-f", "haproxy.cfg", "-db"], stderr=open("log", "w"),
                           env=os.environ | {"LD_LIBRARY_PATH": f"{folder}/root/usr/lib/x86_64-linux-gnu"})


def encoded(text):
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def headers(payload):
    """The header fields that an application would get for a token with these claims."""
    for attempt in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/", headers={"Authorization": f"Bearer {encoded('{}')}.{encoded(payload)}.c2ln"})
            response = connection.getresponse()
            response.read()
            return dict(response.getheaders())
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise SystemExit(open("log").read())


failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


try:
    claims = {"sub": "ada@acme.example", "badge": 12345678, "exp": 1796032800, "scp": ["okta.users.read", "openid"],
              "groups": ["Sales"], "active": True, "one": 1, "acme.role": "admin"}
    seen = headers(json.dumps(claims))
    check("the claims", seen, {
        "sub": "ada@acme.example", "badge": "1.23457e+07", "badge-int": "12345678", "exp": "1.79603e+09", "exp-int": "1796032800",
        "scp": "", "first-scp": "okta.users.read", "groups": "", "active": "1", "one": "1", "brackets": "", "dot": "admin",
        "content-length": "0"})
    check("another badge", headers('{"badge": 12345679}')["badge"], "1.23457e+07")
    check("a condition on scp", headers('{"scp": ["okta.users.read"]}').get("by-scp"), None)
    check("a condition on scope", headers('{"scope": "okta.users.read openid"}').get("by-scope"), "yes")
    check("1.7960328e9 as an integer", headers('{"exp": 1.7960328e9}')["exp-int"], "1")
    check("1e3 as an integer", headers('{"badge": 1e3}')["badge-int"], "1")
    check("1796032800.0 as an integer", headers('{"exp": 1796032800.0}')["exp-int"], "1796032800")
finally:
    haproxy.terminate()
    haproxy.wait()
print(open("log").read(), end="")
sys.exit(failed)
PYTHON
