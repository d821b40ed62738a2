#!/usr/bin/env bash
# Do Ruby's libraries send a request as written and only once, and do they keep the values of a table?
#
# Versions, of Debian 12: Ruby 3.1.2 with csv 3.2.2 and json 2.6.1, Faraday 1.1.0, Excon 0.88.0, HTTParty 0.21.0, rest-client
# 2.1.0. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: A `next` link is sent as received. Parameters that a program adds do not replace its query. A retry repeats only
# what may succeed later. A redirected PUT stays a PUT. A time is written in the form that other JSON writers use. 010 in a
# table is 010 or 10.
# Seen, without an error:
# - Faraday sends only the last of two parameters with one name: `?expand=a&expand=b` arrives as expand=b. It sends a list as
#   `type[]=a`.
# - Excon's `query` replaces the query of the address, so the `next` link with limit=2 returns the first page again. If its
#   connection has a query, the path "/users?after=00u1" is sent with two question marks, and the second one becomes part of the
#   cursor.
# - Excon with `idempotent: true` and `expects: 200`, as in its manual, sends a POST four times after a 429, without a pause. It
#   sends a DELETE four times after a 404.
# - HTTParty follows a 302 after a PUT or PATCH with a GET that has the body, and reports 200. It writes a time into a query as
#   "2026-11-30 10:00:00 UTC", and nil and [] as an empty string. Ruby's JSON writes a time in the same form.
# - rest-client sends a Hash as a form even with `content_type: :json`. It changes the type, with a warning.
# - CSV with the converter :integer or :numeric reads 010 as 8, 007 as 7, 0x10 as 16 and 1_000 as 1000. It reads 08 as a string
#   or as 8.0.
# - Net::HTTP, by default, sends a DELETE again when its response is lost. HTTParty and rest-client use Net::HTTP and do so too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download ruby3.1 libruby3.1 ruby-faraday ruby-multipart-post ruby-ruby2-keywords ruby-excon \
    ruby-httparty ruby-multi-xml ruby-mini-mime ruby-rest-client ruby-http-accept ruby-http-cookie ruby-domain-name ruby-unf \
    ruby-unf-ext ruby-mime-types ruby-mime-types-data ruby-netrc libyaml-0-2 libffi8 libgmp10 libreadline8
for version in libruby3.1_3.1.7+really3.1.2 ruby-faraday_1.1.0 ruby-excon_0.88.0 ruby-httparty_0.21.0 ruby-rest-client_2.1.0; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
    echo "$version"
done
for package in *.deb; do dpkg -x "$package" root; done
python3 - "$folder/root/usr" <<'PYTHON'
import glob, json, os, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

usr = sys.argv[1]
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
        self.send_response(int(name) if name.isdigit() else 200)
        if name == "302":
            self.send_header("Location", "/target")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *arguments):
        pass


org = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=org.serve_forever, daemon=True).start()
vendor = [f"{usr}/lib/{folder}" for folder in (
    "ruby/3.1.0", "x86_64-linux-gnu/ruby/3.1.0", "ruby/vendor_ruby/3.1.0", "ruby/vendor_ruby", "x86_64-linux-gnu/ruby/vendor_ruby/3.1.0")]
environment = os.environ | {
    "RUBYLIB": ":".join(vendor + glob.glob(f"{usr}/share/rubygems-integration/*/gems/*/lib")), "TZ": "UTC", "LC_ALL": "C.UTF-8",
    "LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu"}


def run(program):
    """What the org gets, and what the program prints."""
    requests.clear()
    done = subprocess.run(
        [f"{usr}/bin/ruby3.1", "--disable-gems", "-"], text=True, capture_output=True, env=environment,
        input=f'require "json"; ORG = "http://127.0.0.1:{org.server_port}"\n{program}\n')
    if done.returncode:
        raise SystemExit(done.stderr)
    return list(requests), done.stdout.strip()


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def sent(library, call, *expected):
    check(f"{library}, {call}", run(f'require "{library}"; begin; {call}; rescue StandardError; end')[0], list(expected))


NEXT = 'ORG + "/users?after=00u1&expand=a&expand=b"'
sent("faraday", f"Faraday.get({NEXT})", "GET /users?after=00u1&expand=b")
sent("faraday", 'Faraday.get(ORG + "/logs", type: ["a", "b"])', "GET /logs?type%5B%5D=a&type%5B%5D=b")
sent("httparty", f"HTTParty.get({NEXT}, query: {{limit: 2}})", "GET /users?after=00u1&expand=a&expand=b&limit=2")
sent("rest-client", f"RestClient.get({NEXT}, params: {{limit: 2}})", "GET /users?after=00u1&expand=a&expand=b&limit=2")
sent("excon", f"Excon.get({NEXT}, query: {{limit: 2}})", "GET /users?limit=2")
sent("excon", 'Excon.new(ORG + "?limit=2").get(path: "/users?after=00u1")', "GET /users?after=00u1?limit=2")
sent("excon", 'Excon.post(ORG + "/429", body: "{}", idempotent: true, expects: 200)', *["POST /429 {}"] * 4)
sent("excon", 'Excon.delete(ORG + "/404", idempotent: true, expects: 204)', *["DELETE /404"] * 4)
for method in "put", "patch":
    sent("httparty", f'HTTParty.{method}(ORG + "/302", body: "{{}}")', f"{method.upper()} /302 {{}}", "GET /target {}")
sent("httparty", 'HTTParty.get(ORG + "/logs", query: {since: Time.utc(2026, 11, 30, 10), until: nil, type: []})',
     "GET /logs?since=2026-11-30%2010%3A00%3A00%20UTC&until=&type%5B%5D=")
sent("rest-client", 'RestClient.post(ORG + "/users", {login: "ada"}, content_type: :json)', "POST /users login=ada")
for library, call in {"net/http": 'Net::HTTP.start("127.0.0.1", URI(ORG).port) { |org| org.delete("/lost") }',
                      "httparty": 'HTTParty.delete(ORG + "/lost")', "rest-client": 'RestClient.delete(ORG + "/lost")'}.items():
    sent(library, call, "DELETE /lost", "DELETE /lost")
sent("excon", 'Excon.delete(ORG + "/lost")', "DELETE /lost")
check("a time in JSON", run("print [Time.utc(2026, 11, 30, 10)].to_json")[1], '["2026-11-30 10:00:00 UTC"]')
for converter in "integer", "numeric":
    check(f"badges by the converter :{converter}", json.loads(run(
        f'require "csv"; print CSV.parse("010\\n007\\n0x10\\n1_000\\n08\\n", converters: :{converter}).flatten.to_json')[1]),
        [8, 7, 16, 1000, 8.0 if converter == "numeric" else "08"])
sys.exit(failed)
PYTHON
