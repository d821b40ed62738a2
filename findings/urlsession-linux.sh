#!/usr/bin/env bash
# Does Foundation's URLSession on Linux send the requests that a client of Okta's API asks for?
#
# Version: Foundation and FoundationNetworking of Swift 6.3.1 for Linux; needs `swiftc`.
# Expected: A redirect with 307 or 308 repeats the request with its body (RFC 9110 section 15.4.8). `URL(string:)` keeps
# existing percent-encoding. A POST has the content type that it was given. Fields whose names differ only in case are one
# field.
# Seen:
# - After a redirect, a POST, PUT or PATCH arrives with its method, its content type and its token, but without its body:
#   `Content-Length: 0`. This happens after 307 and 308, and for PUT and PATCH also after 301 and 302. The program gets the
#   status of the empty request. `upload(for:from:)` does the same. A proxy that redirects http to https is enough to cause it.
# - `URL(string:)` encodes a percent sign again if any other character needs encoding. With a space or a quotation mark beside
#   it, as in each filter, `ada%2Bb%40example.com` is sent as `ada%252Bb%2540example.com`. The same happens to a cursor. A text
#   without such a character does not change.
# - `URLComponents.queryItems` does not encode the plus of `+02:00` and of `ada+b@example.com`, and a server reads it as a
#   space.
# - A body without a content type is sent as `application/x-www-form-urlencoded`.
# - If a response has both `Link` and `link`, one of them is lost at random: of equal runs of one program, some read `next` and
#   the others `self`. Two fields with the same spelling are both kept.
set -euo pipefail
swiftc --version 2>/dev/null | grep -q 'Swift version 6\.3\.1 ' || { echo "needs swiftc 6.3.1" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/client.swift" <<'SWIFT'
import Foundation
import FoundationNetworking

/// Sends a request and prints the status and the `Link` field.
func send(_ method: String, _ address: String, type: String? = nil, upload: Bool = false) async throws {
    guard let url = URL(string: address) else { return print("no URL") }
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.setValue("SSWS token", forHTTPHeaderField: "Authorization")
    request.setValue(type, forHTTPHeaderField: "Content-Type")
    let body = Data(#"{"profile":{}}"#.utf8)
    if method != "GET" && !upload { request.httpBody = body }
    let (_, response) =
        upload ? try await URLSession.shared.upload(for: request, from: body) : try await URLSession.shared.data(for: request)
    guard let response = response as? HTTPURLResponse else { return print("no response") }
    print(response.statusCode, response.value(forHTTPHeaderField: "Link") ?? "-")
}

let base = CommandLine.arguments[1]
if CommandLine.arguments.count > 2 {
    try await send("GET", "\(base)/mixed")
    exit(0)
}
for method in ["POST", "PUT", "PATCH"] {
    for status in [301, 302, 307, 308] { try await send(method, "\(base)/redirect/\(status)", type: "application/json") }
}
try await send("POST", "\(base)/redirect/307", type: "application/json", upload: true)
try await send("POST", "\(base)/plain")
try await send("GET", "\(base)/q?after=ada%2Bb%40example.com")
try await send("GET", "\(base)/q?search=status eq \"ACTIVE\"&after=ada%2Bb%40example.com")
var parts = URLComponents(string: "\(base)/q")
parts?.queryItems = [URLQueryItem(name: "since", value: "2026-01-02T03:04:05+02:00"), URLQueryItem(name: "q", value: "a+b")]
try await send("GET", parts?.string ?? "")
try await send("GET", "\(base)/links")
SWIFT
swiftc -o "$folder/client" "$folder/client.swift"
python3 - "$folder/client" <<'PYTHON'
import os, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

requests = []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        requests.append((self.command, self.path, self.headers, body))
        self.send_response(int(self.path.rsplit("/")[-1]) if "redirect" in self.path else 200)
        if "redirect" in self.path:
            self.send_header("Location", "/arrived")
        second = {"/links": "Link", "/mixed": "link"}.get(self.path)
        if second:
            self.send_header("Link", '<u>; rel="next"')
            self.send_header(second, '<u>; rel="self"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_PATCH = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"
environment = {name: value for name, value in os.environ.items() if name != "SWIFT_DETERMINISTIC_HASHING"}
failed = False


def run(*arguments):
    command = [sys.argv[1], address, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=environment).stdout.splitlines()


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(subprocess.run(["swiftc", "--version"], capture_output=True, text=True).stdout.splitlines()[0])
printed = run()
check("statuses", {line.split()[0] for line in printed}, {"200"})
sent = [request for request in requests if "redirect" not in request[1]]
places = [(method, status) for method in ("POST", "PUT", "PATCH") for status in (301, 302, 307, 308)] + [("POST", "307, upload")]
for (method, status), (arrived, _, fields, body) in zip(places, sent):
    kept = (fields["Content-Type"], fields["Authorization"], fields["Content-Length"], body)
    if method == "POST" and status in (301, 302):
        # RFC 9110 lets a client turn these two into a GET, as browsers do.
        check(f"{method} after {status}", arrived, "GET")
    else:
        check(f"{method} after {status}", (arrived, *kept), (method, "application/json", "SSWS token", "0", b""))
rest = sent[len(places):]
check("POST without a content type", (rest[0][2]["Content-Type"], len(rest[0][3])), ("application/x-www-form-urlencoded", 14))
check("encoded cursor alone", rest[1][1], "/q?after=ada%2Bb%40example.com")
check("encoded cursor beside a filter", rest[2][1], "/q?search=status%20eq%20%22ACTIVE%22&after=ada%252Bb%2540example.com")
check("queryItems, as a server reads them", parse_qs(rest[3][1].split("?")[1]),
      {"since": ["2026-01-02T03:04:05 02:00"], "q": ["a b"]})
check("Link and Link", printed[-1].split(maxsplit=1)[1], '<u>; rel="next", <u>; rel="self"')
check("Link and link, in 24 runs", {run("mixed")[0].split(maxsplit=1)[1] for _ in range(24)},
      {'<u>; rel="self"', '<u>; rel="next"'})
sys.exit(failed)
PYTHON
