#!/usr/bin/env bash
# Does an org behind a reverse proxy, under the prefix /okta/, get requests unchanged, and does a list stay on the proxy?
#
# Versions, of Debian 12: nginx 1.22.1, Apache httpd 2.4.71, HAProxy 2.6.12, Caddy 2.6.2, lighttpd 1.4.69. Needs root for
# apt-get update; the packages are unpacked in a temporary folder and not installed.
# Expected: A path contains a login with its reserved characters escaped, and the org gets the path unchanged. A `next` link
# leads through the proxy, as `Location` does with ProxyPassReverse and similar settings.
# Seen:
# - nginx, with all usual ways to remove a prefix, and lighttpd turn %2F into a slash. The request for the user "ada/ops" has a
#   path that does not exist, and the user is not found. nginx without a prefix changes nothing.
# - Apache itself answers 404 to %2F. With `AllowEncodedSlashes NoDecode`, the usual remedy, it passes %2F on and answers 400 to
#   each %25, so a login with a percent sign fails. Adding `nocanon` helps for both.
# - No proxy changes `Link`. The first page of a list comes through the proxy. The client fetches all later pages directly from
#   the org, without the credentials, limits and records of the proxy.
# - lighttpd puts its prefix into a `Location` of another host: https://acme.okta.com/okta/api/v1/users/00u1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download nginx apache2-bin libapr1 libaprutil1 haproxy liblua5.3-0 \
    libopentracing-c-wrapper0 libopentracing1 libxml2 caddy lighttpd
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" "$folder/root"
done | grep -E '^(nginx|apache2|haproxy|caddy|lighttpd)'
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu HOME=$folder
python3 - "$folder" <<'PYTHON'
import http.client, os, signal, socket, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder, paths = sys.argv[1], []
ORG = "https://acme.okta.com"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # A probe of a proxy whether the port is open.

    def do_GET(self):
        paths.append(self.path)
        self.send_response(200)
        self.send_header("Link", f'<{ORG}/api/v1/users?after=00u1>; rel="next"')
        self.send_header("Location", f"{ORG}/api/v1/users/00u1")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"127.0.0.1:{server.server_port}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx(location):
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return (["sbin/nginx", "-p", folder, "-c"], "daemon off; pid %(port)s.pid; error_log stderr; events {} http { access_log off; "
            + temporary + " server { listen 127.0.0.1:%(port)s; " + location + " } }")


def apache(settings, options=""):
    modules = "".join(f"LoadModule {name}_module {folder}/root/usr/lib/apache2/modules/mod_{name}.so\n"
                      for name in ("mpm_event", "authz_core", "proxy", "proxy_http"))
    return (["sbin/apache2", "-X", "-f"], modules + f"""ServerName localhost
        Listen 127.0.0.1:%(port)s
        PidFile {folder}/%(port)s.pid
        DefaultRuntimeDir {folder}
        ErrorLog {folder}/apache.log
        User www-data
        Group www-data
        {settings}
        ProxyPass /okta/ http://{org}/ {options}
        ProxyPassReverse /okta/ {ORG}/""")


rewrite = "rewrite ^/okta(/.*)$ $1 break;"
HAPROXY = f"""defaults
    mode http
    timeout connect 5s
    timeout client 5s
    timeout server 5s
frontend okta
    bind 127.0.0.1:%(port)s
    http-request replace-path /okta(/.*) \\1
    default_backend org
backend org
    server org {org}
"""
CADDY = "{\nadmin off\nauto_https off\n}\nhttp://127.0.0.1:%(port)s {\nhandle_path /okta/* {\nreverse_proxy " + org + "\n}\n}\n"
LIGHTTPD = f"""server.document-root = "{folder}"
server.port = %(port)s
server.bind = "127.0.0.1"
server.modules = ("mod_proxy")
proxy.server = ("/okta/" => (("host" => "127.0.0.1", "port" => {server.server_port})))
proxy.header = ("map-urlpath" => ("/okta/" => "/"))
"""
INTACT, SLASH, OWN = ["ada%2Fops", "50%25"], ["ada/ops", "50%25"], "/okta/api/v1/users/00u1"
# For each proxy: its program and settings, the prefix, what it makes of the two logins, and of Location.
cases = [
    ("nginx, proxy_pass with a slash", nginx(f"location /okta/ {{ proxy_pass http://{org}/; }}"), SLASH, "unchanged"),
    ("nginx, rewrite", nginx(f"location /okta/ {{ {rewrite} proxy_pass http://{org}; }}"), SLASH, "unchanged"),
    ("nginx, rewrite and a variable",
     nginx(f"location /okta/ {{ set $org http://{org}; {rewrite} proxy_pass $org; }}"), SLASH, "unchanged"),
    ("nginx, no prefix", nginx(f"location / {{ proxy_pass http://{org}; }}"), INTACT, "unchanged"),
    ("Apache", apache(""), ["404", "50%25"], "through the proxy"),
    ("Apache, NoDecode", apache("AllowEncodedSlashes NoDecode"), ["ada%2Fops", "400"], "through the proxy"),
    ("Apache, NoDecode and nocanon", apache("AllowEncodedSlashes NoDecode", "nocanon"), INTACT, "through the proxy"),
    ("HAProxy", (["sbin/haproxy", "-f"], HAPROXY), INTACT, "unchanged"),
    ("Caddy", (["bin/caddy", "run", "--adapter", "caddyfile", "--config"], CADDY), INTACT, "unchanged"),
    ("lighttpd", (["sbin/lighttpd", "-D", "-m", f"{folder}/root/usr/lib/lighttpd", "-f"], LIGHTTPD), SLASH,
     "https://acme.okta.com" + OWN),
]


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
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
    prefix, logins = "" if "no prefix" in name else "/okta", []
    for login in ("ada%2Fops", "50%25"):
        del paths[:]
        response = get(port, f"{prefix}/api/v1/users/{login}")
        logins.append(paths[0].removeprefix("/api/v1/users/") if paths else str(response.status))
    response = get(port, f"{prefix}/api/v1/users?limit=1")
    location, link = response.headers["Location"], response.headers["Link"]
    if location == f"{ORG}/api/v1/users/00u1":
        location = "unchanged"
    elif location == f"http://127.0.0.1:{port}{OWN}":
        location = "through the proxy"
    is_unchanged = link == f'<{ORG}/api/v1/users?after=00u1>; rel="next"'
    proxy.terminate()
    proxy.wait(30)
    print(f"{name}: ada%2Fops is {logins[0]}, 50%25 is {logins[1]}; Link {'unchanged' if is_unchanged else link};",
          f"Location {location}")
    if [logins, location] != expected or not is_unchanged:
        failed = True
        print(f"  changed: expected {expected}, Link unchanged", file=sys.stderr)
sys.exit(failed)
PYTHON
