#!/usr/bin/env bash
# What do curl's options for retries and response fields give a shell script that reads a list from Okta?
#
# Version: curl 7.88.1 and jq 1.6 of Debian 12. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: `curl --retry 3 URL | jq` reads the response of the last attempt. The attempts wait as long as the org says. `-w
# '%header{link}'` prints the `Link` fields; Okta sends two.
# Seen:
# - If the output is a pipe, curl writes the bodies of all attempts one after the other. After one 429, a file written with `>`
#   contains an error object followed by the list. jq reads two documents, Python's parser refuses the file, and curl exits with
#   0. `--fail-with-body` does not change that. `--fail` and `-o FILE` do.
# - Okta does not send Retry-After. Without it, the attempts come after 1, 2 and 4 seconds. curl does not read
#   X-Rate-Limit-Reset. The three retries are over after 7 seconds of a minute, and curl exits with 0.
# - `--retry` repeats a POST after a 503 or 504, although the server may have carried it out.
# - `%header{link}` prints only the first of the two fields, `self`. A script that looks for `next` in it ends after one page.
#   `%{header_json}` has both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download curl libcurl4 libnghttp2-14 libssh2-1 libpsl5 librtmp1 libldap-2.5-0 libsasl2-2 \
    libbrotli1 jq libjq1 libonig5
for package in *.deb; do dpkg -x "$package" "$folder/root"; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu PATH=$folder/root/usr/bin:$PATH HOME=$folder
python3 - <<'PYTHON'
import json, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

statuses, requests = [], []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        requests.append((self.command, time.monotonic()))
        status = statuses.pop(0) if statuses else 200
        text = json.dumps([{"id": "00u1"}] if status == 200 else {"errorCode": "E0000047", "errorId": "oae1"}).encode()
        self.send_response(status)
        self.send_header("Link", f'<{url}?limit=1>; rel="self"')
        self.send_header("Link", f'<{url}?after=00u1&limit=1>; rel="next"')
        self.send_header("X-Rate-Limit-Reset", str(int(time.time()) + 60))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/api/v1/users"
failed = False


def run(command, *refusals):
    statuses[:] = refusals
    requests.clear()
    return subprocess.run(["bash", "-c", command.replace("URL", url)], capture_output=True, text=True, timeout=60)


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(run("curl --version").stdout.split(" (")[0] + ", " + run("jq --version").stdout.strip())
for options, expected in (("", ["2", "1"]), ("--fail-with-body", ["2", "1"]), ("--fail", ["1"])):
    lengths = run(f"curl -s {options} --retry 3 URL | jq length", 429).stdout.split()
    check(f"jq length, after one 429, {options or 'without --fail'}", lengths, expected)
result = run("curl -s --retry 3 URL >list && python3 -m json.tool list", 429)
check("Python, after one 429", result.stderr.split(":")[0].strip(), "Extra data")
check("jq length with -o FILE", run("curl -s --retry 3 -o list URL; jq length list", 429).stdout.split(), ["1"])

result = run("curl -s --retry 3 URL", 429, 429, 429, 429)
waits = [round(later[1] - earlier[1]) for earlier, later in zip(requests, requests[1:])]
check("seconds before the three retries, with the reset 60 s ahead", waits, [1, 2, 4])
check("exit status after four 429", result.returncode, 0)
for status in (503, 504):
    run("curl -s --retry 3 --json '{}' URL", status)
    check(f"requests of one POST after a {status}", [command for command, _ in requests], ["POST", "POST"])

field = run("curl -s -o /dev/null -w '%header{link}' URL").stdout
check("relations in %header{link}", [name for name in ("self", "next") if f'rel="{name}"' in field], ["self"])
links = json.loads(run("curl -s -o /dev/null -w '%{header_json}' URL").stdout)["link"]
check("fields in %{header_json}", len(links), 2)
sys.exit(failed)
PYTHON
