#!/usr/bin/env bash
# Do the HTTP clients that come with Erlang, SWI-Prolog, Tcl, Guile and Lua send a write once, and return what the org sent?
#
# Versions, of Debian 12: Erlang 25.2.3 (httpc), SWI-Prolog 9.0.4 (http_open), Tcl 8.6.13 (http 2.9.8), Guile 3.0.8 (web client),
# LuaSocket 3.1.0 with Lua 5.3, with their defaults except where stated. Needs root for apt-get update; the packages are unpacked
# and not installed.
# Expected: A POST or DELETE is sent once, unless the org did nothing for sure. A redirected PUT keeps its method, or the caller
# gets the redirect. A 1xx response is not final (RFC 9110 section 15.2). Half a body is an error.
# Seen, without an error:
# - httpc sends a POST and a DELETE again after each 503 with a `Retry-After` of 1 to 99 seconds, without a limit. Its timeout of
#   a second does not end this: five requests take four seconds. It does not retry a 429, or a 503 whose `Retry-After` is a date.
# - http_open sends a GET without a body after a 302 or 307 to a PUT, and reports 200. It repeats a DELETE at the new address.
# - http_open, Tcl, Guile and LuaSocket return 103 Early Hints as the response, without the list of users. LuaSocket, http_open
#   and Guile give it the status 103, and Tcl's http::status is ok.
# - http_open returns half a body as a success. Guile does so if the body is sent in chunks. Tcl's http::ncode is 200 and only
#   http::status says eof.
# - Tcl with -keepalive sends a DELETE twice if its response is lost. It sends a POST once.
# - http_open returns the first of two `Link` fields, LuaSocket joins both, and the others return both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download erlang-{base,inets,ssl,crypto,public-key,asn1} swi-prolog-core{,-packages} \
    libtcmalloc-minimal4 libarchive13 libedit2 libzstd1 tcl8.6 libtcl8.6 guile-3.0 guile-3.0-libs libgc1 libunistring2 libffi8 \
    libgmp10 lua5.3 liblua5.3-0 lua-socket
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" root
done | sed 's/%3a/:/' >versions
for version in erlang-inets_1:25.2.3 swi-prolog-core_9.0.4 tcl8.6_8.6.13 guile-3.0_3.0.8 lua-socket_3.1.0; do
    grep -q "^$version" versions || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
cat >okta.erl <<'ERLANG'
-module(okta).
-export([main/0]).

main() ->
    [Method, Address] = init:get_plain_arguments(),
    {ok, _} = application:ensure_all_started(inets),
    Request = case lists:member(Method, ["POST", "PUT"]) of
        true -> {Address, [], "application/json", "{}"};
        false -> {Address, []}
    end,
    case httpc:request(list_to_atom(string:lowercase(Method)), Request, [{timeout, 1000}], []) of
        {ok, {{_, Status, _}, Fields, Body}} ->
            io:format("~p ~s ~s~n", [Status, Body, string:join([Value || {"link", Value} <- Fields], ", ")]);
        {error, _} -> io:format("an error~n")
    end,
    halt().
ERLANG
cat >okta.pl <<'PROLOG'
:- use_module(library(http/http_stream)).
:- use_module(library(http/http_open)).
:- use_module(library(http/http_client)).
:- use_module(library(readutil)).

send(Method, Address) :-
    ( memberchk(Method, [post, put]) -> Content = [post(atom('application/json', '{}'))] ; Content = [] ),
    http_open(Address, Stream, [method(Method), status_code(Status), header(link, Link) | Content]),
    read_stream_to_codes(Stream, Codes),
    close(Stream),
    format("~w ~s ~w~n", [Status, Codes, Link]).

main :-
    current_prolog_flag(argv, [Upper, Address]),
    downcase_atom(Upper, Method),
    catch(send(Method, Address), _, writeln('an error')).

:- initialization((main, halt)).
PROLOG
cat >okta.tcl <<'TCL'
package require http
lassign $argv method address keep
set options [list -method $method -keepalive [string equal $keep keep]]
if {$method in {POST PUT}} { lappend options -query {{}} -type application/json }
if {$keep eq "keep"} { http::cleanup [http::geturl [string range $address 0 [string last / $address]]200 -keepalive 1] }
if {[catch {http::geturl $address {*}$options} token]} { puts "an error"; exit }
set links {}
foreach {name value} [http::meta $token] { if {[string equal -nocase $name link]} { lappend links $value } }
puts "[http::status $token] [http::ncode $token] [http::data $token] [join $links {, }]"
TCL
cat >okta.scm <<'SCHEME'
(use-modules (web client) (web response) (ice-9 match))
(match (command-line)
  ((_ method address)
   (let ((write? (member method '("POST" "PUT"))))
     (display
      (catch #t
        (lambda ()
          (call-with-values
              (lambda ()
                (http-request address #:method (string->symbol method) #:body (and write? "{}") #:decode-body? #f
                              #:headers (if write? '((content-type . (application/json))) '())))
            (lambda (response body)
              (format #f "~a ~a ~a" (response-code response)
                      (if body ((@ (rnrs bytevectors) utf8->string) body) "")
                      (string-join (map cdr (filter (lambda (field) (eq? (car field) 'link)) (response-headers response))) ", ")))))
        (lambda _ "an error"))))))
(newline)
SCHEME
cat >okta.lua <<'LUA'
package.path = "root/usr/share/lua/5.3/?.lua;root/usr/share/lua/5.3/?/init.lua"
package.cpath = "root/usr/lib/x86_64-linux-gnu/lua/5.3/?.so"
local http, ltn12 = require("socket.http"), require("ltn12")
local method, address, parts = arg[1], arg[2], {}
local content = (method == "POST" or method == "PUT") and "{}" or nil
local works, status, fields = http.request {
    url = address, method = method, sink = ltn12.sink.table(parts), source = content and ltn12.source.string(content),
    headers = content and {["content-type"] = "application/json", ["content-length"] = #content},
}
print(works and status .. " " .. table.concat(parts) .. " " .. (fields.link or "") or "an error")
LUA
nice python3 - <<'PYTHON'
import os, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

here = os.getcwd()
root = here + "/root/usr"
libraries = root + "/lib/x86_64-linux-gnu"
erlang = root + "/lib/erlang"
environment = {"PATH": os.environ["PATH"], "HOME": here, "LC_ALL": "C.UTF-8",
               "LD_LIBRARY_PATH": f"{libraries}:{here}/root/lib/x86_64-linux-gnu", "ROOTDIR": erlang,
               "BINDIR": erlang + "/erts-13.1.5/bin", "EMU": "beam", "PROGNAME": "erl",
               "SWI_HOME_DIR": root + "/lib/swi-prolog", "TCL_LIBRARY": root + "/share/tcltk/tcl8.6", "GUILE_AUTO_COMPILE": "0",
               "GUILE_LOAD_PATH": root + "/share/guile/3.0", "GUILE_LOAD_COMPILED_PATH": libraries + "/guile/3.0/ccache"}
erl = erlang + "/erts-13.1.5/bin/erlexec"
PROGRAMS = {
    "httpc": [erl, "-noshell", "-s", "okta", "main", "-extra"],
    "http_open": [root + "/lib/swi-prolog/bin/x86_64-linux/swipl", "-q", "okta.pl", "--"],
    "Tcl": [root + "/bin/tclsh8.6", "okta.tcl"],
    "Guile": [root + "/bin/guile-3.0", "okta.scm"],
    "LuaSocket": [root + "/bin/lua5.3", "okta.lua"],
}
arrived = []


class Handler(BaseHTTPRequestHandler):
    """The last part of the path says how the org responds."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def part(self, *lines):
        self.wfile.write("\r\n".join(lines).encode())
        self.close_connection = True

    def do_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        name = self.path[1:]
        arrived.append((self.command + " " + name + " " + body).strip())
        if name == "lost":
            self.close_connection = True
            return
        if name == "half":
            return self.part("HTTP/1.1 200 OK", "Content-Length: 12", "", "[1,2")
        if name == "chunk":
            return self.part("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "4", "[1,2", "")
        if name == "hints":
            self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
        status = name.partition("-")[0]
        self.send_response(int(status) if status.isdigit() and len(arrived) < 5 else 200)
        if status in ("302", "307"):
            self.send_header("Location", "/200")
        if name == "503-wait":
            self.send_header("Retry-After", "1")
        if name == "503-date":
            self.send_header("Retry-After", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 2)))
        if name == "links":
            self.send_header("Link", "<self>")
            self.send_header("Link", "<next>")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    do_GET = do_POST = do_PUT = do_DELETE = do_any


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
failed = False


def check(name, request, expected, *more):
    global failed
    method, path = request.split()
    arrived.clear()
    started = time.monotonic()
    result = subprocess.run([*PROGRAMS[name], method, f"http://127.0.0.1:{server.server_port}/{path}", *more],
                            capture_output=True, text=True, timeout=60, env=environment)
    taken = time.monotonic() - started
    lines = result.stdout.strip().splitlines()
    seen = ", ".join(arrived) + " -> " + (lines[0].strip() if lines else "nothing " + result.stderr)
    print(f"{name}, {request}{' '.join(('', *more))}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
    return taken


result = subprocess.run([erl, "-noshell", "-eval", 'compile:file("okta.erl"), halt().'], env=environment, capture_output=True,
                        text=True)
assert result.returncode == 0, result.stderr
for method, body in ("POST", " {}"), ("DELETE", ""):
    sent = f"{method} 503-wait{body}"
    taken = check("httpc", f"{method} 503-wait", ", ".join([sent] * 5) + " -> 200 []")
    print(f"  in 4 seconds or more: {taken >= 4}")
    failed |= taken < 4
    for name, words in ("http_open", "503 []"), ("Tcl", "ok 503 []"), ("Guile", "503 []"), ("LuaSocket", "503 []"):
        check(name, f"{method} 503-wait", f"{sent} -> {words}")
check("httpc", "POST 503-date", "POST 503-date {} -> 503 []")
check("httpc", "GET 429", "GET 429 -> 429 []")
for status in ("302", "307"):
    check("http_open", "PUT " + status, f"PUT {status} {{}}, GET 200 -> 200 []")
    check("http_open", "DELETE " + status, f"DELETE {status}, DELETE 200 -> 200 []")
    for name in ("httpc", "Tcl", "Guile", "LuaSocket"):
        check(name, "PUT " + status, f"PUT {status} {{}} -> {'ok ' if name == 'Tcl' else ''}{status} []")
for name in PROGRAMS:
    check(name, "DELETE lost", "DELETE lost -> " + ("eof" if name == "Tcl" else "an error"))
check("Tcl", "DELETE lost", "GET 200, DELETE lost, DELETE lost -> eof", "keep")
check("Tcl", "POST lost", "GET 200, POST lost {} -> eof", "keep")
check("httpc", "GET hints", "GET hints -> 200 []")
check("http_open", "GET hints", "GET hints -> 103 HTTP/1.1 200 OK")
check("Tcl", "GET hints", "GET hints -> ok 103  </a.css>; rel=preload")
for name in ("Guile", "LuaSocket"):
    check(name, "GET hints", "GET hints -> 103  </a.css>; rel=preload")
for name, half, chunk in (("httpc", "an error", "an error"), ("http_open", "200 [1,2", "an error"),
                          ("Guile", "an error", "200 [1,2"), ("Tcl", "eof 200 [1,2", "an error"),
                          ("LuaSocket", "an error", "an error")):
    check(name, "GET half", "GET half -> " + half)
    check(name, "GET chunk", "GET chunk -> " + chunk)
for name, words in (("httpc", "200 [] <self>, <next>"), ("http_open", "200 [] <self>"), ("Tcl", "ok 200 [] <self>, <next>"),
                    ("Guile", "200 [] <self>, <next>"), ("LuaSocket", "200 [] <self>, <next>")):
    check(name, "GET links", "GET links -> " + words)
sys.exit(failed)
PYTHON
