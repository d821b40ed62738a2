#!/usr/bin/env bash
# Does an application behind Apache's mod_auth_openidc get the claims of Okta's token in its headers?
#
# Versions, of Debian 12: mod_auth_openidc 2.4.12.3, Apache httpd 2.4.71. Needs root for apt-get update; the packages are
# unpacked and not installed.
# Expected: Each claim has a header, and the application can recover the value from it. It can split the header of a list into
# its items.
# Seen, with the defaults:
# - The groups ["Sales, EMEA", "Finance"] become the header "Sales, EMEA,Finance". An application that splits it at commas finds
#   the group Sales, and does not find the user's group. `OIDCClaimDelimiter` has the same effect on groups whose name contains
#   the delimiter.
# - Numbers in a list are dropped: [1, 2, "x"] becomes "x", and [1, 2] becomes an empty text. true becomes 1, alone or in a
#   list, and the text "1" is 1 too.
# - A fraction has six digits: 0.0000004 becomes 0.000000, and 37.7749295 becomes 37.774929.
# - null has no header, and [] has an empty one. An object becomes JSON, also with an object in it.
# - Two claims that differ in case, such as `costCenter` and `costcenter`, become one header with the later value.
# A line break in a claim becomes a space, and spaces before a text are removed, as in each header.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download apache2-bin libapr1 libaprutil1 libapache2-mod-auth-openidc libcjose0 libhiredis0.14 \
    libjansson4 libpcre2-8-0
ls libapache2-mod-auth-openidc_2.4.12.3-* >/dev/null 2>&1 \
    || { echo "skipped: this needs mod_auth_openidc 2.4.12.3, and another version is served"; exit 0; }
for package in *.deb; do
    case $package in apache2-bin*|libapache2*) echo "${package%_*}" ;; esac
    dpkg -x "$package" root
done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu:$folder/root/lib/x86_64-linux-gnu
python3 - "$folder" <<'PYTHON'
import base64, hashlib, hmac, http.client, json, socket, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]
KEY = "a-key-of-thirty-two-characters-.."
requests = []
failed = False


class Application(BaseHTTPRequestHandler):
    def do_GET(self):
        requests.append([(name, value) for name, value in self.headers.items() if name.startswith("OIDC_CLAIM_")])
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
threading.Thread(target=application.serve_forever, daemon=True).start()


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def token(claims):
    signed = encoded(b'{"alg":"HS256","typ":"JWT"}') + b"." + encoded(json.dumps(claims).encode())
    return (signed + b"." + encoded(hmac.digest(KEY.encode(), signed, hashlib.sha256))).decode()


class Apache:
    def __init__(self, settings=""):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        modules = "".join(
            f"LoadModule {name}_module {folder}/root/usr/lib/apache2/modules/mod_{name}.so\n"
            for name in ("mpm_event", "authn_core", "authz_core", "authz_user", "proxy", "proxy_http", "auth_openidc"))
        with open(f"{folder}/settings", "w") as output:
            output.write(modules + f"""ServerName localhost
                Listen 127.0.0.1:{self.port}
                PidFile {folder}/pid
                DefaultRuntimeDir {folder}
                ErrorLog {folder}/log
                User www-data
                Group www-data
                OIDCCryptoPassphrase any
                OIDCOAuthVerifySharedKeys {KEY}
                OIDCOAuthRemoteUserClaim sub
                {settings}
                <Location />
                AuthType oauth20
                Require valid-user
                ProxyPass http://127.0.0.1:{application.server_port}/
                </Location>
                """)
        self.process = subprocess.Popen([f"{folder}/root/usr/sbin/apache2", "-X", "-f", f"{folder}/settings"])

    def __enter__(self):
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise SystemExit("Apache did not start")

    def headers(self, claims):
        requests.clear()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/", headers={
            "Authorization": "Bearer " + token({"sub": "00u1", "exp": int(time.time()) + 600} | claims)})
        connection.getresponse().read()
        [found] = requests
        return [(name.removeprefix("OIDC_CLAIM_"), value) for name, value in found if name not in ("OIDC_CLAIM_sub", "OIDC_CLAIM_exp")]

    def __exit__(self, *arguments):
        self.process.terminate()
        self.process.wait(60)


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


# For each claim: its header, or None.
CLAIMS = [
    ("x", "x"), (7, "7"), (12345678901234567, "12345678901234567"), (["a", "b"], "a,b"),
    ({"country": "DE", "n": 7}, '{"country": "DE", "n": 7}'),
    (["Sales, EMEA", "Finance"], "Sales, EMEA,Finance"), ([1, 2, "x"], "x"), ([1, 2], ""), ([True], "1"), (True, "1"), (False, "0"),
    (0.0000004, "0.000000"), (37.7749295, "37.774929"), (None, None), ([], ""), ({}, "{}"), ("a\nb", "a b"), (" x", "x"),
]
with Apache() as apache:
    for value, expected in CLAIMS:
        check(f"header of {json.dumps(value)}", dict(apache.headers({"claim": value})).get("claim"), expected)
    check("headers of costCenter and costcenter", apache.headers({"costCenter": "7", "costcenter": "8"}), [("costCenter", "8")])
with Apache("OIDCClaimDelimiter ;") as apache:
    check("header of groups with another delimiter", apache.headers({"groups": ["Sales; EMEA", "Finance"]}),
          [("groups", "Sales; EMEA;Finance")])
sys.exit(failed)
PYTHON
