#!/usr/bin/env bash
# How often does an org get a DELETE if it carries out the first one and the response is lost?
#
# Versions: curl 7.88.1, GNU Wget 1.21.3, Ruby 3.1.2 (Net::HTTP), HTTP::Tiny 0.080 of Perl 5.36, nginx 1.22.1, HAProxy 2.6.12,
# all of Debian 12; aiohttp 3.14.5; for comparison requests 2.34.2 and httpx 0.28.1; CPython 3.11. Needs root for apt-get
# update; the packages are unpacked and not installed.
# Expected: Once, with an error, because the program was not asked to retry. RFC 9110 section 9.2.2 lets a client repeat a
# DELETE, because two have the same effect as one. That does not hold for Okta: the first DELETE of a user deactivates the user,
# and the second one deletes the user for ever.
# Seen, each with its defaults. The org ends the connection after the request, as in a restart of a node or a load balancer:
# - Ruby's Net::HTTP, aiohttp and HTTP::Tiny send the DELETE twice, even as the first request of a connection. Net::HTTP also
#   does so after a timeout. The program gets an error about the second DELETE, and the user is deleted.
# - curl sends DELETE and POST twice if one command has two addresses and the second request uses the connection of the first.
# - Wget sends each method 20 times, including POST. Its manual gives this number for downloads.
# - nginx, with `keepalive` for its upstream, sends DELETE twice on a kept connection, and POST once. Its client has sent one
#   request.
# - HAProxy sends the DELETE once. If the connection to its client has been used before, HAProxy closes it without a response,
#   instead of a 502. A client such as those above then repeats the DELETE.
# The output states for each program what happens to an active user who is to be deactivated, and how often POST is sent:
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download curl libcurl4 libnghttp2-14 libssh2-1 libpsl5 librtmp1 libldap-2.5-0 libsasl2-2 \
    libbrotli1 wget ruby3.1 libruby3.1 perl-base perl-modules-5.36 nginx haproxy liblua5.3-0 libopentracing-c-wrapper0 \
    libopentracing1
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" "$folder/root"
done | grep -E '^(curl|wget|ruby3.1|perl-base|nginx|haproxy)_' | tee "$folder/versions"
for version in curl_7.88.1 wget_1.21.3 ruby3.1_3.1.7+really3.1.2 perl-base_5.36.0 nginx_1.22.1 haproxy_2.6.12; do
    grep -q "^$version" "$folder/versions" || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aiohttp==3.14.5 requests==2.34.2 httpx==0.28.1 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
usr=$folder/root/usr
export LD_LIBRARY_PATH=$usr/lib/x86_64-linux-gnu RUBYLIB=$usr/lib/ruby/3.1.0:$usr/lib/x86_64-linux-gnu/ruby/3.1.0 HOME=$folder
export PERL5LIB=$usr/share/perl/5.36:$usr/lib/x86_64-linux-gnu/perl/5.36 no_proxy=127.0.0.1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import http.client, os, socket, subprocess, sys, threading, time

folder, usr = sys.argv[1], sys.argv[1] + "/root/usr"
STATES = ["active", "deactivated", "deleted"]
sent = []
late = False


def serve(connection):
    """An org that answers GET. It carries out what else it gets, and ends the connection then."""
    with connection, connection.makefile("rb") as file:
        while line := file.readline():
            length = 0
            while field := file.readline().strip():
                if field.lower().startswith(b"content-length:"):
                    length = int(field.split(b":")[1])
            file.read(length)
            method = line.split()[0].decode()
            if method != "GET":
                sent.append(method)
                if late:
                    time.sleep(2)
                return connection.shutdown(socket.SHUT_RDWR)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")


def accept(listener):
    while True:
        threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=accept, args=(listener,), daemon=True).start()
port = listener.getsockname()[1]
URL = os.environ["URL"] = f"http://127.0.0.1:{port}/api/v1/users/00u1"


def command(*arguments):
    subprocess.run(arguments, capture_output=True, timeout=60)


def ruby(method, before, timeout=60):
    command(f"{usr}/bin/ruby3.1", "-rnet/http", "-e", f"""
        address = URI(ENV["URL"])
        Net::HTTP.start(address.host, address.port, read_timeout: {timeout}) do |http|
            http.get(address.path) if {str(before).lower()}
            http.send_request("{method}", address.path)
        end""")


def perl(method, before):
    command(f"{usr}/bin/perl", "-MHTTP::Tiny", "-e", f"""
        die "another version: $HTTP::Tiny::VERSION" if $HTTP::Tiny::VERSION ne "0.080";
        my $client = HTTP::Tiny->new;
        $client->get($ENV{{URL}}) if {int(before)};
        $client->request("{method}", $ENV{{URL}});""")


def curl(method, before):
    command(f"{usr}/bin/curl", "-sS", *([URL, "--next", "-sS"] if before else []), "-X", method, URL)


def wget(method, before):
    command(f"{usr}/bin/wget", "-q", "-O", "/dev/null", "--waitretry=0", f"--method={method}", URL)


def python(code):
    def run(method, before):
        command(sys.executable, "-c", code, method, "before" if before else "")
    return run


def through(port):
    def run(method, before):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for each in ["GET"] * before + [method]:
            connection.request(each, "/api/v1/users/00u1")
            try:
                response = connection.getresponse()
                response.read()
                answers.append(response.status)
            except http.client.RemoteDisconnected:
                answers.append("no response")
    return run


def proxy(name, settings, *arguments):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    file = f"{folder}/{name}.conf"
    with open(file, "w") as output:
        output.write(settings.replace("PORT", str(port)))
    with open(f"{folder}/{name}.log", "w") as log:
        proxies.append(subprocess.Popen([f"{usr}/sbin/{name}", *arguments, file], stdout=log, stderr=log))
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    return through(port)


proxies, answers = [], []
temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
nginx = proxy("nginx", f"""user root; daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}}
    http {{
        access_log off; {temporary}
        upstream org {{ server 127.0.0.1:{port} max_fails=0; keepalive 4; }}
        server {{
            listen 127.0.0.1:PORT;
            location / {{ proxy_pass http://org; proxy_http_version 1.1; proxy_set_header Connection ""; }}
        }}
    }}""", "-p", folder, "-c")
haproxy = proxy("haproxy", f"""defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend okta
    bind 127.0.0.1:PORT
    default_backend org
backend org
    server org 127.0.0.1:{port}
""", "-f")
aiohttp = python("""
import aiohttp, asyncio, os, sys
async def main():
    async with aiohttp.ClientSession() as session:
        for method in ["GET"] * bool(sys.argv[2]) + [sys.argv[1]]:
            async with session.request(method, os.environ["URL"]) as response:
                await response.read()
asyncio.run(main())""")
SESSION = """
import os, sys, NAME
with NAME.SESSION() as session:
    for method in ["GET"] * bool(sys.argv[2]) + [sys.argv[1]]:
        session.request(method, os.environ["URL"])"""
requests, httpx = (python(SESSION.replace("NAME", name).replace("SESSION", session))
                   for name, session in (("requests", "Session"), ("httpx", "Client")))
failed = False


def check(name, client, *expected):
    """How often DELETE and POST arrive: as the first request of a connection, and after a GET on it."""
    global failed
    counts = []
    for method in "DELETE", "POST":
        for before in False, True:
            sent.clear()
            client(method, before)
            counts.append(len(sent))
    print(f"{name}: DELETE {counts[0]}, on a used connection {counts[1]}: the user is {STATES[min(max(counts[:2]), 2)]};",
          f"POST {counts[2]} and {counts[3]}")
    if counts != list(expected):
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


check("requests", requests, 1, 1, 1, 1)
check("httpx", httpx, 1, 1, 1, 1)
check("aiohttp", aiohttp, 2, 2, 1, 1)
check("Ruby, Net::HTTP", ruby, 2, 2, 1, 1)
check("Perl, HTTP::Tiny", perl, 2, 2, 1, 1)
check("curl", curl, 1, 2, 1, 2)
check("Wget", wget, 20, 20, 20, 20)
check("a client behind nginx", nginx, 1, 2, 1, 1)
answers.clear()
check("a client behind HAProxy", haproxy, 1, 1, 1, 1)
print("  it gets", answers)
if answers != [502, 200, "no response"] * 2:
    failed = True
    print("  changed: expected 502, 200, no response", file=sys.stderr)
late = True
check("Ruby, after a timeout", lambda method, before: ruby(method, before, timeout=1), 2, 2, 1, 1)
for each in proxies:
    each.terminate()
    each.wait(30)
sys.exit(failed)
PYTHON
