#!/usr/bin/env bash
# Does a list stay behind a reverse proxy if the proxy rewrites the org's address in `Link`?
#
# Versions, of Debian 12: nginx 1.22.1, Apache httpd 2.4.71, HAProxy 2.6.12, Caddy 2.6.2. Needs root for apt-get update; the packages
# are unpacked and not installed.
# Expected: With the proxy's usual way to change a field of a response, each link leads to the proxy, and no link is lost. Okta
# sends `self` and `next` as two fields. A gateway may join them into one field, which means the same (RFC 9110, section 5.3).
# Seen, without an error:
# - nginx has no directive to change a field. A `map` of $upstream_http_link contains the first field only, so the client gets
#   `self` without `next`, and the list ends after a page. Copying the field has the same effect.
# - HAProxy's `res.hdr(link)`, the usual sample of a field, is the last part after a comma. With the cursor `1,2` it is
#   `2&limit=2>; rel="next"`, and the client finds no link. `res.fhdr(link)` is the last field, so `self` is lost.
# - Apache's `Header edit` changes the first link of a joined field only, so `next` leads to the org itself, past the limits and
#   records of the proxy. HAProxy's replace-header and nginx's `map`, with a pattern (.*)address(.*), change the last one only.
#   Apache's `edit*`, HAProxy's replace-value and Caddy's header_down change all links.
# - Caddy's directive `header` with a replacement changes nothing, also with `>`, because it runs before the response.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download nginx apache2-bin libapr1 libaprutil1 haproxy liblua5.3-0 \
    libopentracing-c-wrapper0 libopentracing1 libxml2 caddy
for version in nginx_1.22.1-9 apache2-bin_2.4.71-1 haproxy_2.6.12-1 caddy_2.6.2-5; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu HOME=$folder python3 - "$folder" <<'PYTHON'
import http.client, socket, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]
ORG, PROXY = "https://acme.okta.com", "https://proxy.example.com"
SELF, NEXT = '<{}/api/v1/users?limit=2>; rel="self"', '<{}/api/v1/users?after=1,2&limit=2>; rel="next"'


class Org(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # A probe of a proxy whether the port is open.

    def do_GET(self):
        links = [SELF.format(ORG), NEXT.format(ORG)]
        self.send_response(200)
        for field in links if self.path == "/two" else [", ".join(links)]:
            self.send_header("Link", field)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"127.0.0.1:{server.server_port}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(value):
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    mapped = 'map $upstream_http_link $mapped { "~^(.*)https://acme\\.okta\\.com/(.*)$" "$1' + PROXY + '/$2"; }'
    return ["sbin/nginx", "-p", folder, "-c"], ("daemon off; pid %(port)s.pid; error_log stderr; events {} http { access_log off; "
        + temporary + mapped + " server { listen 127.0.0.1:%(port)s; location / { proxy_pass http://" + org
        + "; proxy_hide_header Link; add_header Link " + value + "; } } }")


def apache(action):
    modules = "".join(f"LoadModule {name}_module {folder}/root/usr/lib/apache2/modules/mod_{name}.so\n"
                      for name in ("mpm_event", "authz_core", "proxy", "proxy_http", "headers"))
    return ["sbin/apache2", "-X", "-f"], modules + f"""ServerName localhost
        Listen 127.0.0.1:%(port)s
        PidFile {folder}/%(port)s.pid
        DefaultRuntimeDir {folder}
        ErrorLog {folder}/apache.log
        User www-data
        Group www-data
        ProxyPass / http://{org}/
        Header {action} Link {ORG}/ {PROXY}/
        """


def haproxy(rule):
    return ["sbin/haproxy", "-f"], f"""defaults
    mode http
    timeout connect 5s
    timeout client 5s
    timeout server 5s
frontend okta
    bind 127.0.0.1:%(port)s
    http-response {rule}
    default_backend org
backend org
    server org {org}
"""


def caddy(outside="", inside=""):
    return ["bin/caddy", "run", "--adapter", "caddyfile", "--config"], (
        "{\nadmin off\nauto_https off\n}\nhttp://127.0.0.1:%(port)s {\n" + outside + "\nreverse_proxy " + org + " {\n" + inside + "\n}\n}\n")


def fields(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    return response.headers.get_all("Link") or []


both = [SELF.format(PROXY), NEXT.format(PROXY)]
LAST, FIRST = [SELF.format(ORG) + ", " + both[1]], [both[0] + ", " + NEXT.format(ORG)]
own = [SELF.format(ORG), NEXT.format(ORG)]
pattern = f"(.*){ORG}/(.*) \\1{PROXY}/\\2"
cut = ['2&limit=2>; rel="next"']
# For each proxy: its program and settings, the fields if the org sends two, and the field if it sends one.
CASES = {
    "nginx, map": (nginx("$mapped"), both[:1], LAST),
    "nginx, copy": (nginx("$upstream_http_link"), own[:1], [", ".join(own)]),
    "Apache, edit": (apache("edit"), both, FIRST),
    "Apache, edit*": (apache("edit*"), both, [", ".join(both)]),
    "HAProxy, replace-header": (haproxy("replace-header Link " + pattern), both, LAST),
    "HAProxy, replace-value": (haproxy("replace-value Link " + pattern), both, [",".join(both)]),
    "HAProxy, res.hdr": (haproxy(f"set-header Link %%[res.hdr(link),regsub({ORG}/,{PROXY}/,g)]"), cut, cut),
    "HAProxy, res.fhdr": (haproxy(f"set-header Link %%[res.fhdr(link),regsub({ORG}/,{PROXY}/,g)]"), both[1:], [", ".join(both)]),
    "Caddy, header": (caddy(outside=f'header Link "{ORG}/" "{PROXY}/"'), own, [", ".join(own)]),
    "Caddy, >header": (caddy(outside=f'header >Link "{ORG}/" "{PROXY}/"'), own, [", ".join(own)]),
    "Caddy, header_down": (caddy(inside=f'header_down Link "{ORG}/" "{PROXY}/"'), both, [", ".join(both)]),
}
failed = False
for name, ((command, settings), *expected) in CASES.items():
    port = free_port()
    with open(f"{folder}/{port}.conf", "w") as file:
        file.write(settings % {"port": port})
    with open(f"{folder}/errors", "a") as errors:
        proxy = subprocess.Popen([f"{folder}/root/usr/{command[0]}", *command[1:], file.name], cwd=folder, stderr=errors, stdout=errors)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        for path, wanted in zip(("/two", "/one"), expected):
            seen = fields(port, path)
            print(f"{name}, {path[1:]}: {seen}")
            if seen != wanted:
                failed = True
                print(f"  changed: expected {wanted}", file=sys.stderr)
    finally:
        proxy.terminate()
        proxy.wait()
sys.exit(failed)
PYTHON
