#!/usr/bin/env bash
# Does a client that Perl's OpenAPI::Client makes from a document send the requests that the document describes?
#
# Versions, of Debian 12: OpenAPI::Client 1.07, JSON::Validator 5.14, Mojolicious 9.31, Perl 5.36; CPython 3.11. Needs root for
# apt-get update; the packages are unpacked and not installed.
# Expected: A boolean is sent as true or false. A list without `explode` is one value with commas. A form is sent as a form, a body
# has the media type of the document, and a value that is valid keeps its type. A server's variables have their defaults, and an
# operation with a server is sent to it.
# Seen:
# - A request to create a user without an activation has activate=0, and with one activate=1.
# - A token request cannot be sent as a form. It is refused if its members are given by name ("Missing property"), and sent as JSON
#   if they are given as the body.
# - A valid text changes if a schema allows other types too: "7" becomes 7, "1.50" becomes 1.5, "1e3" becomes 1000, and "false"
#   becomes false. If exactly one type may match (`oneOf`), the badge "7" is refused: "All of the oneOf rules match".
# - The caller's own object changes in the same way.
# - A body for application/merge-patch+json or application/scim+json has the type application/json.
# - A parameter in JSON is sent as HASH(0x55d0c8a3f2a8), and a list in a path as ARRAY(0x55d0c8a3f2a8).
# - The parameters a,b and c without `explode` are sent as fields=a,b&fields=c. Parameters in cookies, and of the style deepObject,
#   are not sent. If a parameter of the path and one of the query have one name, both have the same value.
# - An operation with a server is sent to the document's server. The address of a server with a variable is https://%7Borg%7D.
# - A list with a misspelled filter is sent without it, and returns everybody.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libperl5.36 perl-base perl-modules-5.36 libopenapi-client-perl libjson-validator-perl \
    libmojolicious-perl libmojolicious-plugin-openapi-perl openapi-specification libyaml-libyaml-perl libcrypt1 libyaml-0-2
for version in libopenapi-client-perl_1.07- libjson-validator-perl_5.14+ libmojolicious-perl_9.31+; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
find root -xtype l -delete # Mojolicious refuses links to files of packages that are not here.
cat >calls.pl <<'PERL'
use strict;
use Mojo::JSON qw(decode_json encode_json);
use OpenAPI::Client;
my ($document, $templated, $calls) = @{decode_json(do { local $/; <STDIN> })};
my $client = OpenAPI::Client->new($document);
my @results = map {
    my ($operation, $values) = @$_;
    my $tx = $client->call($operation => $values);
    my $error = $tx->res->json;
    [0 + $tx->res->code, ref $error eq "HASH" ? $error->{errors}[0]{message} : undef, $values];
} @$calls;
print encode_json([\@results, OpenAPI::Client->new($templated)->base_url->to_string]);
PERL
python3 - "$folder/root/usr" <<'PYTHON'
import http.server, json, os, re, subprocess, sys, threading

usr, failed, sent = sys.argv[1], False, []


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


class Org(http.server.BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        line = re.sub("0x[0-9a-f]+", "0x…", f"{self.command} {self.path}")
        sent.append((self.server.name, line, self.headers["Content-Type"], self.headers["Cookie"], body))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    do_GET = do_POST = do_PATCH = answer

    def log_message(self, *arguments):
        pass


def start(name):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Org)
    server.name = name
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


org, other = start("org"), start("other")
TEXT, LIST = {"type": "string"}, {"type": "array", "items": {"type": "string"}}


def operation(name, *parameters, body=None, media="application/json", **rest):
    content = {"requestBody": {"required": True, "content": {media: {"schema": body}}}} if body else {}
    return {"operationId": name, "parameters": list(parameters), "responses": {"200": {"description": "Done"}}, **content, **rest}


def query(name, schema=TEXT, **rest):
    return {"name": name, "in": "query", "schema": schema, **rest}


def path(name, schema=TEXT):
    return {"name": name, "in": "path", "required": True, "schema": schema}


PROFILE = {"type": "object", "properties": {
    "any": {"anyOf": [{"type": "boolean"}, {"type": "number"}, TEXT]}, "one": {"oneOf": [TEXT, {"type": "integer"}]}}}
DOCUMENT = {
    "openapi": "3.0.3", "info": {"title": "Org", "version": "1"}, "servers": [{"url": org}], "paths": {
        "/users": {
            "get": operation("list", query("search"), query("fields", LIST, explode=False), query("expand", LIST),
                             query("deep", {"type": "object"}, style="deepObject", explode=True),
                             {"name": "filter", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
                             {"name": "sid", "in": "cookie", "schema": TEXT}),
            "post": operation("create", query("activate", {"type": "boolean"}), body=PROFILE),
            "patch": operation("merge", body={"type": "object"}, media="application/merge-patch+json")},
        "/users/{id}": {"get": operation("read", path("id"), query("id"))},
        "/lists/{ids}": {"get": operation("several", path("ids", LIST))},
        "/scim": {"post": operation("scim", body={"type": "object"}, media="application/scim+json")},
        "/token": {"post": operation("token", body={"type": "object", "properties": {"grant_type": TEXT}},
                                     media="application/x-www-form-urlencoded")},
        "/failover": {"post": operation("failover", body={"type": "object"}, servers=[{"url": other}])}}}
TEMPLATED = {**DOCUMENT, "servers": [{"url": "https://{org}", "variables": {"org": {"default": "acme.okta.com"}}}]}
JSON = "application/json"
# For each call: the server, the request, its media type and its body.
CASES = [
    ("list", {"expand": ["a", "b"]}, ("org", "GET /users?expand=a&expand=b", None, "")),
    ("create", {"activate": False, "body": {}}, ("org", "POST /users?activate=0", JSON, "{}")),
    ("create", {"activate": True, "body": {}}, ("org", "POST /users?activate=1", JSON, "{}")),
    ("token", {"grant_type": "password"}, 400),
    ("token", {"body": {"grant_type": "password"}}, ("org", "POST /token", JSON, '{"grant_type":"password"}')),
    ("create", {"body": {"any": "7"}}, ("org", "POST /users", JSON, '{"any":7}')),
    ("create", {"body": {"any": "1.50"}}, ("org", "POST /users", JSON, '{"any":1.5}')),
    ("create", {"body": {"any": "1e3"}}, ("org", "POST /users", JSON, '{"any":1000}')),
    ("create", {"body": {"any": "false"}}, ("org", "POST /users", JSON, '{"any":false}')),
    ("create", {"body": {"one": "A7"}}, ("org", "POST /users", JSON, '{"one":"A7"}')),
    ("create", {"body": {"one": "7"}}, 400),
    ("merge", {"body": {"title": None}}, ("org", "PATCH /users", JSON, '{"title":null}')),
    ("scim", {"body": {"active": False}}, ("org", "POST /scim", JSON, '{"active":false}')),
    ("list", {"filter": {"a": 1}}, ("org", "GET /users?filter=HASH%280x…%29", None, "")),
    ("several", {"ids": ["a", "b"]}, ("org", "GET /lists/ARRAY(0x…)", None, "")),
    ("list", {"fields": ["a,b", "c"]}, ("org", "GET /users?fields=a%2Cb&fields=c", None, "")),
    ("list", {"sid": "s1", "deep": {"a": "1"}}, ("org", "GET /users", None, "")),
    ("read", {"id": "00u1"}, ("org", "GET /users/00u1?id=00u1", None, "")),
    ("failover", {"body": {}}, ("org", "POST /failover", JSON, "{}")),
    ("list", {"serach": 'profile.title eq "Cook"'}, ("org", "GET /users", None, "")),
]
perl = [f"{usr}/{path}" for path in ("share/perl5", "lib/x86_64-linux-gnu/perl5/5.36", "share/perl/5.36",
                                     "lib/x86_64-linux-gnu/perl/5.36", "lib/x86_64-linux-gnu/perl-base")]
environment = os.environ | {"PERL5LIB": ":".join(perl), "LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu:{usr}/../lib/x86_64-linux-gnu",
                            "MOJO_NO_IPV6": "1"}
result = subprocess.run([f"{usr}/bin/perl", "calls.pl"], input=json.dumps([DOCUMENT, TEMPLATED, [case[:2] for case in CASES]]),
                        capture_output=True, text=True, env=environment)
if result.returncode:
    sys.exit(result.stderr)
results, base = json.loads(result.stdout)
requests = iter(sent)
for (name, values, expected), (status, message, changed) in zip(CASES, results):
    seen = 400
    if status == 200:
        server, line, media, cookie, body = next(requests)
        seen = (server, line, media, body) if cookie is None else cookie
    check(f"{name} {json.dumps(values)}", seen, expected)
    if name == "token" and status == 400:
        check("  the error", message, "Missing property.")
    if "one" in values.get("body", {}) and status == 400:
        check("  the error", message, "All of the oneOf rules match.")
    if "any" in values.get("body", {}):
        check("  the caller's object", changed["body"] != values["body"], True)
check("the address of a server with a variable", base, "https://%7Borg%7D")
sys.exit(failed)
PYTHON
