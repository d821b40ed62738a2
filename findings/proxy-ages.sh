#!/usr/bin/env bash
# How old is a cacheable response when a client gets it through a cache in front of the org?
#
# Versions, of Debian 12: nginx 1.22.1, Apache httpd 2.4.71, HAProxy 2.6.12; as clients CacheControl 0.14.4 with requests
# 2.34.2, httplib2 0.32.1, and hishel 1.4.0 with httpx 0.28.1 on CPython 3.11. Needs root for apt-get update; the packages are
# unpacked in a temporary folder and not installed.
# Expected: The keys of an authorization server have `max-age`. Each cache on the way states in `Age` how long it has kept them
# (RFC 9111 section 5.1), and leaves `Date` as the org wrote it. A client computes the age from both and uses the larger value
# (section 4.2.3). So no client uses keys older than `max-age`, and a removed key is not trusted for longer.
# Seen with `max-age=8`, when a client asks after 6 seconds and once more 5 seconds later:
# - nginx sends no `Age`, and the present time as `Date`. No client can know the age of the keys. All three use keys that are 11
#   seconds old.
# - Apache sends `Age`, and the present time as `Date`. All three clients read only `Date`, and use keys that are 11 seconds
#   old.
# - HAProxy sends `Age` and keeps `Date`. No client uses old keys.
# Programs compare the same `Date` with X-Rate-Limit-Reset to know how long to wait.
set -euo pipefail
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download nginx apache2-bin libapr1 libaprutil1 haproxy liblua5.3-0 \
    libopentracing-c-wrapper0 libopentracing1 libxml2
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" "$folder/root"
done | grep -E '^(nginx|haproxy)_|^apache2-bin' | tee "$folder/versions"
for version in nginx_1.22.1 apache2-bin_2.4.71 haproxy_2.6.12; do
    grep -q "^$version" "$folder/versions" || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check httplib2==0.32.1 CacheControl==0.14.4 requests==2.34.2 \
    'hishel[httpx]==1.4.0' httpx==0.28.1 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu HOME=$folder
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import email.utils, json, os, socket, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import hishel, hishel.httpx, httplib2, requests
from cachecontrol import CacheControl

folder = sys.argv[1]
LIFETIME = 8


class Handler(BaseHTTPRequestHandler):
    """The keys of an authorization server, which may be stored for eight seconds. The body is the time."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass  # A probe of a proxy whether the port is open.

    def do_GET(self):
        body = json.dumps({"made": time.time()}).encode()
        self.send_response(200)
        self.send_header("Cache-Control", f"max-age={LIFETIME}")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"127.0.0.1:{server.server_port}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
NGINX = ("user root; daemon off; pid %(port)s.pid; error_log stderr; events {} http { access_log off; " + temporary
         + f" proxy_cache_path {folder}/nginx keys_zone=keys:1m; server {{ listen 127.0.0.1:%(port)s; "
         + f"location / {{ proxy_pass http://{org}; proxy_cache keys; }} }} }}")
APACHE = "".join(f"LoadModule {name}_module {folder}/root/usr/lib/apache2/modules/mod_{name}.so\n"
                 for name in ("mpm_event", "authz_core", "proxy", "proxy_http", "cache", "cache_disk")) + f"""
ServerName localhost
Listen 127.0.0.1:%(port)s
PidFile {folder}/%(port)s.pid
DefaultRuntimeDir {folder}
ErrorLog {folder}/apache.log
User www-data
Group www-data
CacheRoot {folder}/apache
CacheEnable disk /
ProxyPass / http://{org}/
"""
HAPROXY = f"""defaults
    mode http
    timeout connect 5s
    timeout client 5s
    timeout server 5s
cache keys
    total-max-size 4
    max-age 60
frontend okta
    bind 127.0.0.1:%(port)s
    http-request cache-use keys
    http-response cache-store keys
    default_backend org
backend org
    server org {org}
"""
os.mkdir(f"{folder}/apache")
os.chmod(f"{folder}/apache", 0o777)
# For each proxy: its program and settings, whether it sends Age, whether Date is the present time, and the clients that use
# keys which are older than their lifetime.
proxies = {
    "nginx": (["sbin/nginx", "-p", folder, "-c"], NGINX, (False, True, ["CacheControl", "httplib2", "hishel"])),
    "Apache": (["sbin/apache2", "-X", "-f"], APACHE, (True, True, ["CacheControl", "httplib2", "hishel"])),
    "HAProxy": (["sbin/haproxy", "-f"], HAPROXY, (True, False, [])),
}


def age_of(text):
    return time.time() - json.loads(text)["made"]


failed = False
for name, (command, settings, expected) in proxies.items():
    port = free_port()
    file = os.path.join(folder, f"settings-{port}")
    with open(file, "w") as output:
        output.write(settings % {"port": port})
    log = open(os.path.join(folder, f"proxy-{name}.log"), "w")
    proxy = subprocess.Popen([f"{folder}/root/usr/{command[0]}", *command[1:], file], stdout=log, stderr=log)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    address = f"http://127.0.0.1:{port}/oauth2/v1/keys"
    session, http = CacheControl(requests.Session()), httplib2.Http(cache=f"{folder}/httplib2-{name}")
    storage = hishel.SyncSqliteStorage(database_path=f"{folder}/hishel-{name}.db")
    client = hishel.httpx.SyncCacheClient(storage=storage)
    clients = {"CacheControl": lambda: session.get(address).text, "httplib2": lambda: http.request(address)[1],
               "hishel": lambda: client.get(address).text}
    requests.get(address)
    time.sleep(6)
    response = requests.get(address)
    date = time.time() - email.utils.mktime_tz(email.utils.parsedate_tz(response.headers["Date"]))
    first = {client: round(age_of(read())) for client, read in clients.items()}
    time.sleep(5)
    then = {client: round(age_of(read())) for client, read in clients.items()}
    seen = "Age" in response.headers, date < 3, [client for client, age in then.items() if age > LIFETIME]
    print(f"{name}: keys of {round(age_of(response.text) - 5)} seconds, Age: {response.headers.get('Age')}, Date {date:.0f}",
          f"seconds ago; keys that the clients use: {first}, and 5 seconds later: {then}")
    if seen != expected or set(first.values()) != {6}:
        failed = True
        print(f"  changed: expected {expected}, seen {seen}", file=sys.stderr)
    proxy.terminate()
    proxy.wait(30)
sys.exit(failed)
PYTHON
