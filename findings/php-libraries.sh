#!/usr/bin/env bash
# Do PHP's HTTP clients follow Okta's lists, and send a write once and unchanged?
#
# Versions, of Debian 12: PHP 8.2, Guzzle 7.4.5 with its psr7 2.4.5, Symfony's HttpClient 5.4.53. Needs root for apt-get update;
# the packages are unpacked and not installed.
# Expected: Header::parse() of psr7 finds the address of `next`; its documentation uses a `Link` field as the example. A
# redirected write keeps its method and body, or is an error. Parameters that a program adds to a query do not replace existing
# ones. A POST is retried only if the first one was certainly not carried out.
# Seen:
# - Header::parse() splits an address at a comma and a semicolon. For `<https://o/users?after=1,2>; rel="next"` it returns two
#   entries, and the one with `rel` has the address "2>". The list ends early, or the client requests that address.
# - Guzzle follows a 302 after a PUT, PATCH or DELETE with a GET, and reports status 200. The user is not deleted, and the
#   program sees success. Symfony's client keeps the method and drops the body, so it replaces a user with an empty body.
# - Guzzle's option `query` replaces the query of the address. Symfony's keeps the existing query. Both send true as 1, omit
#   null, and write a list as type[0]=a&type[1]=b.
# - Symfony's RetryableHttpClient, with its defaults, sends a POST four times after 423, 425, 429, 502 and 503.
# - An object {} that was read is written as [], 1.0 as 1 (by Guzzle), and 12345678901234567890 as a floating-point number.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download php8.2-cli php8.2-common php8.2-curl php-guzzlehttp-guzzle php-guzzlehttp-promises \
    php-guzzlehttp-psr7 php-getallheaders php-psr-http-client php-psr-http-message php-psr-http-factory php-symfony-http-client \
    php-symfony-http-client-contracts php-symfony-deprecation-contracts php-symfony-service-contracts php-symfony-polyfill-php80 \
    php-psr-log php-psr-container libargon2-1 libsodium23 libedit2 libbsd0 libmd0 libpcre2-8-0 libxml2 libicu72 \
    libcurl4 libnghttp2-14 libssh2-1 libpsl5 librtmp1 libldap-2.5-0 libsasl2-2 libbrotli1
for version in php-guzzlehttp-guzzle_7.4.5 php-guzzlehttp-psr7_2.4.5 php-symfony-http-client_5.4.53; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
    echo "$version"
done
for package in *.deb; do dpkg -x "$package" root; done
python3 - "$folder" <<'PYTHON'
import glob, json, os, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

root = sys.argv[1] + "/root"
requests = []
failed = False


class Org(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        requests.append(" ".join(filter(None, (self.command, self.path, body))))
        name = self.path.split("/")[1]
        if name == "lost":
            self.close_connection = True
            return
        status = int(name) if name.isdigit() else 200
        self.send_response(status)
        if 300 < status < 400:
            self.send_header("Location", "/target")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *arguments):
        pass


org = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=org.serve_forever, daemon=True).start()
START = """<?php error_reporting(E_ALL & ~E_DEPRECATED);
require "GuzzleHttp/autoload.php"; require "Symfony/Component/HttpClient/autoload.php";
use Symfony\\Component\\HttpClient\\{HttpClient, RetryableHttpClient, Retry\\GenericRetryStrategy};
$org = "%s"; $guzzle = new GuzzleHttp\\Client(["http_errors" => false]); $symfony = HttpClient::create();
$retrying = new RetryableHttpClient($symfony, new GenericRetryStrategy(GenericRetryStrategy::DEFAULT_RETRY_STATUS_CODES, 1));
echo json_encode(%s);
"""


def run(expression):
    """What the org gets, and the value of an expression of PHP."""
    requests.clear()
    done = subprocess.run(
        [root + "/usr/bin/php8.2", "-n", "-d", "extension_dir=" + glob.glob(root + "/usr/lib/php/2022*")[0],
         *(argument for name in ("ctype", "tokenizer", "iconv", "curl") for argument in ("-d", "extension=" + name)),
         "-d", "include_path=" + root + "/usr/share/php"],
        input=START % (f"http://127.0.0.1:{org.server_port}", expression), capture_output=True, text=True,
        env=os.environ | {"LD_LIBRARY_PATH": f"{root}/usr/lib/x86_64-linux-gnu:{root}/lib/x86_64-linux-gnu"})
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return list(requests), json.loads(done.stdout)


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


for link, expected in {
        "<https://o/users>; rel=next": [{"0": "<https://o/users>", "rel": "next"}],
        "<https://o/users?after=00u1&limit=2>; rel=next": [{"0": "<https://o/users?after=00u1&limit=2>", "rel": "next"}],
        "<https://o/users?after=1;2>; rel=next": [{"<https://o/users?after": "1", "0": "2>", "rel": "next"}],
        "<https://o/users?after=1,2>; rel=next": [{"<https://o/users?after": "1"}, {"0": "2>", "rel": "next"}]}.items():
    check(f"Header::parse() of {link}", run(f"GuzzleHttp\\Psr7\\Header::parse('{link}')")[1], expected)
for method in "PUT", "PATCH", "DELETE":
    body = "" if method == "DELETE" else ' {"id":"a"}'
    options = "" if method == "DELETE" else ', ["json" => ["id" => "a"]]'
    for client, target in ("guzzle", "GET /target"), ("symfony", f"{method} /target"):
        check(f"{method} that is redirected, by {client}", run(f'${client}->request("{method}", "$org/302"{options})->getStatusCode()'),
              ([f"{method} /302{body}", target], 200))
for client, expected in ("guzzle", "GET /users?limit=2"), ("symfony", "GET /users?after=00u1&limit=2"):
    check(f"a next link with a limit, by {client}", run(
        f'${client}->request("GET", "$org/users?after=00u1", ["query" => ["limit" => 2]])->getStatusCode()')[0], [expected])
for client, expected in ("guzzle", "GET /?on=1&off=0&type%5B0%5D=a&type%5B1%5D=b"), ("symfony", "GET /?on=1&off=0&type[0]=a&type[1]=b"):
    check(f"booleans, null and a list, by {client}", run(
        f'${client}->request("GET", "$org/", ["query" => ["on" => true, "off" => false, "q" => null, "type" => ["a", "b"]]])'
        "->getStatusCode()")[0], [expected])
for status, count in (423, 4), (425, 4), (429, 4), (502, 4), (503, 4), (500, 1), (504, 1):
    check(f"POSTs after {status}", len(run(f'$retrying->request("POST", "$org/{status}")->getStatusCode()')[0]), count)
seen = run('(function () use ($retrying, $org) { try { $retrying->request("POST", "$org/lost")->getStatusCode(); return "sent"; }'
           ' catch (Throwable $error) { return basename(str_replace("\\\\", "/", get_class($error))); } })()')
check("POSTs with lost responses", seen, (["POST /lost"], "TransportException"))
READ = """json_decode('{"profile":{},"level":1.0,"badge":12345678901234567890}', true)"""
for client, expected in ("guzzle", '{"profile":[],"level":1,"badge":1.2345678901234567e+19}'), \
        ("symfony", '{"profile":[],"level":1.0,"badge":1.2345678901234567e+19}'):
    check(f"an object that was read, by {client}", run(f'${client}->request("POST", "$org/", ["json" => {READ}])->getStatusCode()')[0],
          ["POST / " + expected])
sys.exit(failed)
PYTHON
