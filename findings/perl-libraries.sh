#!/usr/bin/env bash
# Do Perl's libraries keep the values of a user, find the next page, and send a deletion once?
#
# Versions, of Debian 12: Perl 5.36 with HTTP::Tiny 0.080 and JSON::PP 4.07, JSON 4.10 with JSON::XS 4.040, Cpanel::JSON::XS
# 4.35, HTTP::Link::Parser 0.200, LWP 6.68, Furl 3.14. Needs root for apt-get update; the packages are unpacked and not
# installed.
# Expected: A user who is decoded, printed and encoded does not change, as with JSON::PP and Cpanel::JSON::XS. Each of several
# links is found, in one field or in two. A DELETE whose response is lost is an error, because the DELETE may have deactivated
# the user.
# Seen:
# - JSON uses JSON::XS if it is installed. After "user $badge" in a log line, the number 7 is encoded as the string "7".
# - The results of ! and == are not encoded as booleans. !$on is an empty string with all three, and 7 == 7 is 1, or the string
#   "1" with JSON::XS.
# - A number of 21 digits becomes a string with all three, and one of 20 digits does not change. 1.0 becomes 1, except with
#   Cpanel::JSON::XS.
# - HTTP::Link::Parser finds only the first link of a field. It finds both of Okta's two fields. If a proxy joins them, or a
#   program joins HTTP::Tiny's list, it finds "self" and no "next".
# - HTTP::Tiny returns a list for `link` if there are two fields, and a string if there is one.
# - HTTP::Tiny sends a DELETE or a PUT again when its response is lost. LWP and Furl send it once.
# - Furl follows a 302 after a PUT or DELETE with a GET, and reports status 200. LWP and HTTP::Tiny return the 302.
set -euo pipefail
[ "$(perl -e 'printf "%vd", $^V' 2>/dev/null | cut -d. -f1,2)" = 5.36 ] || { echo "this needs perl 5.36" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libjson-perl libjson-xs-perl libcpanel-json-xs-perl libcommon-sense-perl \
    libtypes-serialiser-perl libhttp-link-parser-perl libwww-perl libhttp-message-perl liburi-perl libhttp-date-perl libtimedate-perl \
    libencode-locale-perl libio-html-perl liblwp-mediatypes-perl libclone-perl libtry-tiny-perl libnet-http-perl libfurl-perl \
    libhttp-parser-xs-perl libmouse-perl libclass-accessor-lite-perl libhtml-parser-perl
for version in libjson-perl_4.1 libjson-xs-perl_4.040 libcpanel-json-xs-perl_4.35 libhttp-link-parser-perl_0.200 libfurl-perl_3.14; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
    echo "$version"
done
for package in *.deb; do dpkg -x "$package" root; done
python3 - "$folder/root/usr" <<'PYTHON'
import json, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

usr = sys.argv[1]
requests = []
failed = False


class Org(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        requests.append(f"{self.command} {self.path}")
        name = self.path.split("/")[1]
        if name == "lost":
            self.close_connection = True
            return
        self.send_response(302 if name == "302" else 200)
        if name == "302":
            self.send_header("Location", "/target")
        for rel in ["self", "next"][:2 if name == "two" else 1]:
            self.send_header("Link", f'<https://acme.okta.com/{rel}>; rel="{rel}"')
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    do_GET = do_PUT = do_DELETE = answer

    def log_message(self, *arguments):
        pass


org = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=org.serve_forever, daemon=True).start()


def run(program):
    """What the org gets, and what the program prints."""
    requests.clear()
    output = subprocess.run(
        ["perl", f"-I{usr}/share/perl5", f"-I{usr}/lib/x86_64-linux-gnu/perl5/5.36", "-", f"http://127.0.0.1:{org.server_port}"],
        input="my $org = shift; " + program, capture_output=True, text=True, check=True).stdout
    return list(requests), output


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


DIGITS = '{"a":12345678901234567890,"b":123456789012345678901,"c":1.0}'
for library, printed, opposite, digits in (
        ("JSON", '{"badge":"7"}', '{"equal":"1","off":"","on":true}', '{"a":12345678901234567890,"b":"123456789012345678901","c":1}'),
        ("Cpanel::JSON::XS", '{"badge":7}', '{"equal":1,"off":"","on":true}',
         '{"a":12345678901234567890,"b":"123456789012345678901","c":1.0}'),
        ("JSON::PP", '{"badge":7}', '{"equal":1,"off":"","on":true}',
         '{"a":12345678901234567890,"b":"123456789012345678901","c":1}')):
    start = f"use {library} (); my $json = {library}->new->canonical; "
    check(f"a number that was printed, by {library}", run(
        start + """my $user = $json->decode('{"badge":7}'); my $line = "user $user->{badge}"; print $json->encode($user);""")[1], printed)
    check(f"results of operators, by {library}", run(
        start + """my $user = $json->decode('{"on":true}'); $user->{off} = !$user->{on}; $user->{equal} = 7 == 7;
        print $json->encode($user);""")[1], opposite)
    check(f"numbers, by {library}", run(start + f"print $json->encode($json->decode('{DIGITS}'));")[1], digits)

PARSE = """use HTTP::Link::Parser (); use HTTP::Response; use HTTP::Request; use JSON::PP ();
    my $response = HTTP::Response->new(200, "OK", [map { (Link => $_) } @fields]);
    $response->request(HTTP::Request->new(GET => "https://acme.okta.com/"));
    print JSON::PP->new->encode([map { $_->{rel}[0] } @{HTTP::Link::Parser::parse_links_to_list($response)}]);"""
LINKS = ["'<https://acme.okta.com/1>; rel=\"self\"'", "'<https://acme.okta.com/2>; rel=\"next\"'"]
check("links of two fields", json.loads(run(f"my @fields = ({', '.join(LINKS)}); {PARSE}")[1]), ["self", "next"])
check("links of one field", json.loads(run(f"my @fields = (join ', ', {', '.join(LINKS)}); {PARSE}")[1]), ["self"])
for fields, expected in ("one", "a text"), ("two", "ARRAY"):
    check(f"what HTTP::Tiny has for {fields} of them", run(
        f'use HTTP::Tiny; print ref(HTTP::Tiny->new->get("$org/{fields}")->{{headers}}{{link}}) || "a text";')[1], expected)
CALLS = {
    "HTTP::Tiny": 'use HTTP::Tiny; print HTTP::Tiny->new->request("{method}", $org . "{path}")->{{status}};',
    "LWP": 'use LWP::UserAgent; use HTTP::Request; '
           'print LWP::UserAgent->new->request(HTTP::Request->new("{method}", $org . "{path}"))->code;',
    "Furl": 'use Furl; print Furl->new->request(method => "{method}", url => $org . "{path}")->code;',
}
for method in "DELETE", "PUT":
    for library, count in {"HTTP::Tiny": 2, "LWP": 1, "Furl": 1}.items():
        check(f"a {method} whose response is lost, by {library}", run(CALLS[library].format(method=method, path="/lost")),
              ([f"{method} /lost"] * count, "599" if library == "HTTP::Tiny" else "500"))
    for library, call in CALLS.items():
        check(f"a {method} that is redirected, by {library}", run(call.format(method=method, path="/302")),
              ([f"{method} /302", "GET /target"], "200") if library == "Furl" else ([f"{method} /302"], "302"))
sys.exit(failed)
PYTHON
