#!/usr/bin/env bash
# Do Perl's OAuth clients refresh a token before it expires, and send requests that an org and a program can use?
#
# Versions, of Debian 12: LWP::Authen::OAuth2 0.20, Net::OAuth2 0.67, libwww-perl 6.68, Perl 5.36; CPython 3.11. Needs root for
# apt-get update; the packages are unpacked and not installed.
# Expected: A token is refreshed `early_refresh_time` seconds, 300 by default, before it expires. A client without a valid token
# raises an error or asks for one. JSON is sent as JSON. A host is sent with its port. RFC 6749 does not require `expires_in`.
# Seen with LWP::Authen::OAuth2:
# - A token is never refreshed early. With 299 seconds, or one second, left, it is sent as it is. It is refreshed after its expiry.
# - If the org revokes a token of an hour and the new one lives ten minutes, the token is refreshed, and the program has the 401 of
#   the old one. With a new token of two hours the request is repeated.
# - `make_api_call` sends JSON as application/x-www-form-urlencoded. Its error is an HTML page without Okta's `errorSummary`.
# - After `set_error_handler` each error is: Can't use string ("2") as a subroutine ref.
# Seen with Net::OAuth2:
# - A token in a stored session without `auto_refresh`, and with 10 seconds left, is deleted. Each request is sent as
#   "Authorization: Bearer ", without a token.
# - A request for a token has the host without its port, so an org or a proxy on another port than 443 has the wrong name.
# - A refresh is an error if the response has no `expires_in`. The refresh token is used up then, and the new tokens are lost.
# - Without a redirect address and a hosted domain, `redirect_uri=` and `hd=` are sent empty.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libperl5.36 perl-base perl-modules-5.36 libcrypt1 liblwp-authen-oauth2-perl \
    libnet-oauth2-perl libwww-perl libhttp-message-perl liburi-perl libencode-locale-perl libhttp-date-perl libtimedate-perl \
    libio-html-perl liblwp-mediatypes-perl libnet-http-perl libhtml-parser-perl libtry-tiny-perl libclone-perl libjson-perl \
    libjson-maybexs-perl
for version in liblwp-authen-oauth2-perl_0.20- libnet-oauth2-perl_0.67- libwww-perl_6.68-; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
cat >calls.pl <<'PERL'
use strict;
use JSON::PP;
use LWP::Authen::OAuth2;
use Net::OAuth2::AccessToken;
use Net::OAuth2::Profile::WebServer;
my ($org, $now, %seen) = ($ENV{ORG}, time);

sub client {
    my ($left, $path) = @_;
    LWP::Authen::OAuth2->new(
        client_id => "0oa1", client_secret => "secret", authorization_endpoint => "$org/authorize", token_endpoint => "$org/$path",
        token_string => encode_json({_class => "LWP::Authen::OAuth2::AccessToken::Bearer", access_token => "old", token_type => "Bearer",
            refresh_token => "r1", expires_in => 3600, create_time => $now - 3600 + $left}));
}

client($_, "token")->get("$org/users?left=$_") for 600, 299, 60, -1;
client(1800, "token?life=$_")->get("$org/revoked?life=$_") for 600, 7200;
my $client = client(3600, "token");
$client->make_api_call("$org/users", {title => undef});
$client->make_api_call("$org/missing");
$seen{"has errorSummary"} = $client->api_call_error =~ /Not found/ ? 1 : 0;
$client->set_error_handler(sub { });
eval { $client->error("no token") };
($seen{"after set_error_handler"}) = $@ =~ /^(Can't use string \("2"\) as a subroutine ref)/;

sub session {
    my ($path, %session) = @_;
    my $profile = Net::OAuth2::Profile::WebServer->new(client_id => "0oa1", client_secret => "secret", site => $org,
        access_token_path => "/$path", refresh_token_path => "/$path");
    return $profile unless %session;
    Net::OAuth2::AccessToken->session_thaw({access_token => "old", token_type => "Bearer", refresh_token => "r1", %session},
        profile => $profile);
}

{
    local $SIG{__WARN__} = sub { };
    session("token", expires_at => $now + 10)->get("/users?session=1");
}
session("token", expires_at => $now + 10, auto_refresh => 1)->get("/users?session=2");
my $session = session("token?life=none", expires_at => $now + 10, auto_refresh => 1);
for (1, 2) {
    eval { $session->get("/users?session=3") };
    ($seen{"refresh $_"}) = $@ =~ /^(no expires_in found in refresh data)/;
}
session("token")->get_access_token("code");
$seen{authorization} = session("token")->authorize(state => "s")->query;
print encode_json(\%seen);
PERL
python3 - "$folder/root/usr" <<'PYTHON'
import http.server, json, os, subprocess, sys, threading, urllib.parse

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
        path, token = self.path.partition("?")[0], self.headers["Authorization"]
        status, result, fields = 200, [], {}
        if path == "/token":
            form = urllib.parse.parse_qs(body, keep_blank_values=True)
            with_port = self.headers["Host"].endswith(f":{self.server.server_port}")
            sent.append(("token", form["grant_type"][0], form.get("redirect_uri"), with_port))
            result = {"access_token": "new", "token_type": "Bearer", "refresh_token": "r2", "expires_in": 3600}
            life = self.path.partition("life=")[2]
            if life == "none":
                del result["expires_in"]
            elif life:
                result["expires_in"] = int(life)
        else:
            sent.append((self.command, self.path, token, self.headers["Content-Type"]) if body else (self.command, self.path, token))
            if path == "/missing":
                status, result = 404, {"errorCode": "E0000007", "errorSummary": "Not found: 00u1 (User)"}
            elif path == "/revoked" and token == "Bearer old" or token.strip() == "Bearer":
                status, fields = 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        content = json.dumps(result).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **fields}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = answer

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
perl = [f"{usr}/{path}" for path in ("share/perl5", "lib/x86_64-linux-gnu/perl5/5.36", "share/perl/5.36",
                                     "lib/x86_64-linux-gnu/perl/5.36", "lib/x86_64-linux-gnu/perl-base")]
environment = os.environ | {"PERL5LIB": ":".join(perl), "LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu:{usr}/../lib/x86_64-linux-gnu",
                            "ORG": f"http://127.0.0.1:{server.server_port}"}
result = subprocess.run([f"{usr}/bin/perl", "calls.pl"], capture_output=True, text=True, env=environment)
if result.returncode:
    sys.exit(result.stderr)
seen = json.loads(result.stdout)
refresh, form = ("token", "refresh_token", None, True), "application/x-www-form-urlencoded"
without_port = ("token", "refresh_token", None, False)
EXPECTED = {
    "LWP::Authen::OAuth2, 600, 299, 60 and -1 seconds left": [
        ("GET", "/users?left=600", "Bearer old"), ("GET", "/users?left=299", "Bearer old"), ("GET", "/users?left=60", "Bearer old"),
        refresh, ("GET", "/users?left=-1", "Bearer new")],
    "  a revoked token, and a new one of 10 minutes": [("GET", "/revoked?life=600", "Bearer old"), refresh],
    "  a revoked token, and a new one of 2 hours": [
        ("GET", "/revoked?life=7200", "Bearer old"), refresh, ("GET", "/revoked?life=7200", "Bearer new")],
    "  make_api_call": [("POST", "/users", "Bearer old", form), ("GET", "/missing", "Bearer old")],
    "Net::OAuth2, 10 seconds left": [("GET", "/users?session=1", "Bearer ")],
    "  with auto_refresh": [without_port, ("GET", "/users?session=2", "Bearer new")],
    "  without expires_in, twice": [without_port, without_port],
    "  a new token": [("token", "authorization_code", [""], False)],
}
requests = iter(sent)
for what, expected in EXPECTED.items():
    check(what, [next(requests, None) for _ in expected], expected)
check("requests after these", list(requests), [])
check("LWP::Authen::OAuth2, an error has Okta's text", seen["has errorSummary"], 0)
check("  after set_error_handler", seen["after set_error_handler"], 'Can\'t use string ("2") as a subroutine ref')
check("Net::OAuth2, a refresh without expires_in", [seen["refresh 1"], seen["refresh 2"]],
      ["no expires_in found in refresh data"] * 2)
check("  the query of an authorization", sorted(seen["authorization"].split("&")),
      ["client_id=0oa1", "hd=", "response_type=code", "scope=", "state=s"])
sys.exit(failed)
PYTHON
