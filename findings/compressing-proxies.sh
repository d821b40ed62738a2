#!/usr/bin/env bash
# Does a conditional update succeed behind a reverse proxy that compresses responses?
#
# Versions, of Debian 12: nginx 1.22.1, Apache httpd 2.4.71, HAProxy 2.6.12, Caddy 2.6.2, lighttpd 1.4.69. Needs root for
# apt-get update; the packages are unpacked in a temporary folder and not installed.
# Expected: A client reads a user, changes it, and sends the `ETag` of the read in `If-Match`. Nobody else has changed the user,
# so the org accepts the update. The proxy is only configured to compress JSON. HTTP clients accept compressed responses by
# default.
# Seen with a weak tag, W/"8f3a", as Okta's Get User sends it and its updates accept it:
# - Apache and lighttpd change it to W/"8f3a-gzip", and forward the changed tag to the org. The org refuses each update with
#   412, also after the client reads the user again. For `If-None-Match`, Apache never returns 304; lighttpd answers 304 itself.
# - nginx, HAProxy and Caddy keep it.
# Seen with a strong tag, "8f3a":
# - nginx and HAProxy make it weak. Apache and lighttpd change it to "8f3a-gzip". An org that compares tags as RFC 9110 says
#   refuses each of these.
# With `DeflateAlterETag NoChange`, Apache keeps both tags. With `Remove`, it sends none. If the client reads without
# Accept-Encoding, every proxy keeps the tag, and the update succeeds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download nginx apache2-bin libapr1 libaprutil1 haproxy liblua5.3-0 \
    libopentracing-c-wrapper0 libopentracing1 libxml2 caddy lighttpd lighttpd-mod-deflate
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" "$folder/root"
done | grep -E '^(nginx|apache2|haproxy|caddy|lighttpd)_|^apache2-bin' | tee "$folder/versions"
for version in nginx_1.22.1 apache2-bin_2.4.71 haproxy_2.6.12 caddy_2.6.2 lighttpd_1.4.69; do
    grep -q "^$version" "$folder/versions" || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu HOME=$folder
python3 - "$folder" <<'PYTHON'
import http.client, json, os, socket, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]
TAGS = {"weak": 'W/"8f3a"', "strong": '"8f3a"'}
USER = json.dumps({"id": "00u1", "profile": {"login": "ada@example.com", "note": "x" * 5000}}).encode()


class Handler(BaseHTTPRequestHandler):
    """An org with two users, which never change. It compares the texts of the tags, and for 304 without W/."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # A probe of a proxy whether the port is open.

    def answer(self, status):
        self.send_response(status)
        self.send_header("ETag", TAGS[self.path[1:]])
        body = b"" if status == 304 else USER
        if body:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        known = self.headers.get("If-None-Match", "").removeprefix("W/")
        self.answer(304 if known == TAGS["strong"] else 200)

    def do_PUT(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        tag = TAGS[self.path[1:]]
        self.answer(200 if self.headers.get("If-Match", tag) == tag else 412)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"127.0.0.1:{server.server_port}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(settings):
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    location = f"location / {{ proxy_pass http://{org}; {settings} }}"
    return (["sbin/nginx", "-p", folder, "-c"], "daemon off; pid %(port)s.pid; error_log stderr; events {} http { access_log off; "
            + temporary + " server { listen 127.0.0.1:%(port)s; " + location + " } }")


def apache(option=""):
    modules = "".join(f"LoadModule {name}_module {folder}/root/usr/lib/apache2/modules/mod_{name}.so\n"
                      for name in ("mpm_event", "authz_core", "proxy", "proxy_http", "filter", "deflate"))
    return (["sbin/apache2", "-X", "-f"], modules + f"""ServerName localhost
        Listen 127.0.0.1:%(port)s
        PidFile {folder}/%(port)s.pid
        DefaultRuntimeDir {folder}
        ErrorLog {folder}/apache.log
        User www-data
        Group www-data
        AddOutputFilterByType DEFLATE application/json
        {option}
        ProxyPass / http://{org}/""")


HAPROXY = f"""defaults
    mode http
    timeout connect 5s
    timeout client 5s
    timeout server 5s
frontend okta
    bind 127.0.0.1:%(port)s
    compression algo gzip
    compression type application/json
    default_backend org
backend org
    server org {org}
"""
CADDY = "{\nadmin off\nauto_https off\n}\nhttp://127.0.0.1:%(port)s {\nencode gzip\nreverse_proxy " + org + "\n}\n"
LIGHTTPD = f"""server.document-root = "{folder}"
server.port = %(port)s
server.bind = "127.0.0.1"
server.modules = ("mod_deflate", "mod_proxy")
deflate.mimetypes = ("application/json")
deflate.allowed-encodings = ("gzip")
deflate.cache-dir = "{folder}"
proxy.server = ("" => (("host" => "127.0.0.1", "port" => {server.server_port})))
"""
WEAK, STRONG = TAGS.values()
# For each proxy: its program and settings. For each of the two users: the tag that the client gets, the status of a read with
# If-None-Match, and the status of the update with If-Match.
cases = [
    ("nginx", nginx("gzip on; gzip_types application/json;"), [WEAK, 304, 200], [WEAK, 304, 412]),
    ("HAProxy", (["sbin/haproxy", "-f"], HAPROXY), [WEAK, 304, 200], [WEAK, 304, 412]),
    ("Apache", apache(), ['W/"8f3a-gzip"', 200, 412], ['"8f3a-gzip"', 200, 412]),
    ("Apache, DeflateAlterETag NoChange", apache("DeflateAlterETag NoChange"), [WEAK, 304, 200], [STRONG, 304, 200]),
    ("Apache, DeflateAlterETag Remove", apache("DeflateAlterETag Remove"), [None, 200, 200], [None, 200, 200]),
    ("lighttpd", (["sbin/lighttpd", "-D", "-m", f"{folder}/root/usr/lib/lighttpd", "-f"], LIGHTTPD),
     ['W/"8f3a-gzip"', 304, 412], ['"8f3a-gzip"', 304, 412]),
    ("Caddy", (["bin/caddy", "run", "--adapter", "caddyfile", "--config"], CADDY), [WEAK, 304, 200], [STRONG, 304, 200]),
]


def ask(port, method, user, encoding="gzip", **conditions):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {name.replace("_", "-"): tag for name, tag in conditions.items() if tag}
    connection.putrequest(method, f"/{user}", skip_accept_encoding=True)
    if encoding:
        headers["Accept-Encoding"] = encoding
    if method == "PUT":
        headers.update({"Content-Type": "application/json", "Content-Length": "2"})
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(b"{}" if method == "PUT" else None)
    response = connection.getresponse()
    response.read()
    return response


failed = False
for name, (command, settings), *expected in cases:
    port = free_port()
    file = os.path.join(folder, f"settings-{port}")
    with open(file, "w") as output:
        output.write(settings % {"port": port})
    log = open(os.path.join(folder, "proxy.log"), "w")
    proxy = subprocess.Popen([f"{folder}/root/usr/{command[0]}", *command[1:], file], stdout=log, stderr=log)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    for (user, own), right in zip(TAGS.items(), expected):
        read = ask(port, "GET", user)
        tag, encoding = read.headers["ETag"], read.headers["Content-Encoding"]
        seen = [tag, ask(port, "GET", user, If_None_Match=tag).status, ask(port, "PUT", user, If_Match=tag).status]
        plain = ask(port, "GET", user, encoding=None).headers["ETag"]
        plain_update = ask(port, "PUT", user, If_Match=plain).status
        print(f"{name}: {own} with {encoding} is {seen[0]}; read again: {seen[1]}; update: {seen[2]};",
              f"without Accept-Encoding {plain}, update {plain_update}")
        if seen != right or encoding != "gzip" or (plain, plain_update) != (own, 200):
            failed = True
            print(f"  changed: expected {right} with gzip, and {own}, 200 without Accept-Encoding", file=sys.stderr)
    proxy.terminate()
    proxy.wait(30)
sys.exit(failed)
PYTHON
