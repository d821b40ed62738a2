#!/usr/bin/env bash
# Does R's httr send a write once, and the request as written?
#
# Versions, of Debian 12: httr 1.4.5, R 4.2.2. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: RETRY() repeats only what may succeed later: a 429, and a GET after a 5xx. The headers of a response contain each
# `Link` field. A whole number in a query or a body is written with its digits. An attribute that is NULL is sent as null, or is
# an error.
# Seen:
# - RETRY("POST") sends the request three times for each status from 400 on: for 400, 404 and 409, and also for 500 and 503. A
#   user may be created three times.
# - headers(response)$link is the first of several `Link` fields, which in Okta's responses is "self". A list ends after one
#   page.
# - limit = 100000 is sent as limit=1e+05, and TRUE as "TRUE". 100001 and as.integer(100000) are sent with their digits.
# - A body of list(title = NULL) is sent as {}, so nothing is cleared. NA is sent as null.
# - A PUT that is redirected with 302 arrives as a PUT without its body. After a 307 it arrives with the body.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download r-base-core r-cran-httr r-cran-jsonlite r-cran-curl r-cran-openssl r-cran-mime \
    r-cran-r6 r-cran-askpass r-cran-sys libblas3 liblapack3 libgfortran5 libpaper1
ls r-base-core_4.2.2.* r-cran-httr_1.4.5+* >/dev/null 2>&1 \
    || { echo "skipped: this needs R 4.2.2 and httr 1.4.5, and others are served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
usr=$folder/root/usr libraries=$folder/root/usr/lib/x86_64-linux-gnu
cp --remove-destination "$usr/lib/R/etc/Renviron.ucf" "$usr/lib/R/etc/Renviron"
python3 - "$usr" "$libraries" <<'PYTHON'
import os, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

usr, libraries = sys.argv[1:]
requests = []
failed = False
ORG = "https://acme.okta.com/api/v1/users"


class Org(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        requests.append(" ".join(filter(None, (self.command, self.path, body))))
        name = self.path.split("/")[1]
        status = int(name) if name.isdigit() else 200
        self.send_response(status)
        self.send_header("Link", f'<{ORG}>; rel="self"')
        self.send_header("Link", f'<{ORG}?after=00u1>; rel="next"')
        if 300 < status < 400:
            self.send_header("Location", "/target")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *arguments):
        pass


org = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=org.serve_forever, daemon=True).start()


def run(program):
    """What the org gets, and what the program prints."""
    requests.clear()
    output = subprocess.run(
        [f"{usr}/lib/R/bin/exec/R", "--no-echo", "--vanilla"], text=True, capture_output=True, check=True,
        input=f'suppressMessages(library(httr)); org <- "http://127.0.0.1:{org.server_port}/"; {program}\n',
        env=os.environ | {"R_HOME": f"{usr}/lib/R", "R_LIBS": f"{usr}/lib/R/site-library", "LC_ALL": "C.UTF-8",
                          "LD_LIBRARY_PATH": f"{usr}/lib/R/lib:{libraries}:{libraries}/blas:{libraries}/lapack"}).stdout
    return list(requests), output.strip()


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print("httr", run('cat(as.character(packageVersion("httr")))')[1])
for status in 200, 400, 404, 409, 500, 503:
    sent, _ = run(f'x <- RETRY("POST", paste0(org, "{status}"), body = list(id = "a"), encode = "json", quiet = TRUE, pause_cap = 0)')
    check(f"POSTs of RETRY for {status}", len(sent), 1 if status == 200 else 3)
check("headers(response)$link", run('cat(headers(GET(org))$link)')[1], f'<{ORG}>; rel="self"')
for limit, expected in {"200": "200", "100000": "1e%2B05", "as.integer(100000)": "100000", "100001": "100001", "TRUE": "TRUE"}.items():
    check(f"a query with limit = {limit}", run(f"x <- GET(org, query = list(limit = {limit}))")[0], [f"GET /?limit={expected}"])
for body, expected in {
        'id = "a", title = NULL': ' {"id":"a"}', "title = NULL": " {}", 'id = "a", title = NA': ' {"id":"a","title":null}',
        "badge = 100000": ' {"badge":100000}'}.items():
    check(f"a body of {body}", run(f'x <- POST(org, body = list({body}), encode = "json")')[0], ["POST /" + expected])
for method, status, expected in ("PUT", 302, "PUT /target"), ("PUT", 307, 'PUT /target {"id":"a"}'), ("POST", 302, "GET /target"), \
        ("POST", 307, 'POST /target {"id":"a"}'):
    check(f"a {method} that is redirected with {status}",
          run(f'x <- {method}(paste0(org, "{status}"), body = list(id = "a"), encode = "json")')[0][-1], expected)
sys.exit(failed)
PYTHON
