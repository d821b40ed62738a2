#!/usr/bin/env bash
# Do Python's HTTP clients wait for the final response if an interim response comes first?
#
# Versions: requests 2.34.2, urllib3 2.8.0, httplib2 0.32.1, httpx 0.28.1 and aiohttp 3.14.5; urllib of CPython 3.11.
# Expected: A client can parse interim responses before the final one, and may ignore those that it does not expect (RFC 9110
# section 15.2). 102 Processing and 103 Early Hints are interim responses. A proxy or a delivery network in front of an API may
# send them.
# Seen, for a list with a `next` link that follows an interim response:
# - requests, urllib3 and httplib2 return the interim response: status 103 or 102, an empty body, and its fields. They do not
#   return the list or its `Link` field.
# - With requests the result is a success: `ok` is true and `raise_for_status()` raises nothing. A loop over pages with
#   `response.links` ends at once.
# - urllib.request raises HTTPError 103.
# - All clients skip 100 Continue, which none of them requested.
# - httpx and aiohttp return the list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet requests==2.34.2 urllib3==2.8.0 httplib2==0.32.1 httpx==0.28.1 aiohttp==3.14.5
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, sys, threading, urllib.error, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import aiohttp, httplib2, httpx, requests, urllib3

BODY = b'[{"id":"00u1"}]'


class Handler(BaseHTTPRequestHandler):
    """Answers /103 with an interim response 103 and the list, each of them whole."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        status = int(self.path[1:])
        if status < 200:
            self.send_response_only(status)
            if status == 103:
                self.send_header("Link", "</app.css>; rel=preload")
            self.end_headers()
        self.send_response_only(200)
        self.send_header("Link", f'<{address}/200>; rel="next"')
        self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(BODY)))
        self.close_connection = True
        try:
            self.end_headers()
            self.wfile.write(BODY)
        except BrokenPipeError:
            pass  # The client took the interim response for the final one, and closed the connection.


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"


def of_requests(url):
    response = requests.get(url)
    response.raise_for_status()
    return response.status_code, len(response.content), "next" in response.links


def of_urllib3(url):
    response = urllib3.PoolManager().request("GET", url)
    return response.status, len(response.data), "next" in response.headers.get("Link", "")


def of_httplib2(url):
    response, body = httplib2.Http().request(url)
    return response.status, len(body), "next" in response.get("link", "")


def of_httpx(url):
    response = httpx.get(url)
    return response.status_code, len(response.content), "next" in response.links


def of_aiohttp(url):
    async def get():
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return response.status, len(await response.read()), "next" in response.links

    return asyncio.run(get())


def of_urllib(url):
    try:
        with urllib.request.urlopen(url) as response:
            return response.status, len(response.read()), "next" in response.headers.get("Link", "")
    except urllib.error.HTTPError as error:
        return f"HTTPError {error.code}"


whole = (200, len(BODY), True)
# For each client: what it returns for the list alone, and after a 100, a 102 and a 103.
cases = [
    (of_requests, [whole, whole, (102, 0, False), (103, 0, False)]),
    (of_urllib3, [whole, whole, (102, 0, False), (103, 0, False)]),
    (of_httplib2, [whole, whole, (102, 0, False), (103, 0, False)]),
    (of_urllib, [whole, whole, "HTTPError 102", "HTTPError 103"]),
    (of_httpx, [whole] * 4),
    (of_aiohttp, [whole] * 4),
]
failed = False
print(*(f"{name} {version(name)}" for name in ("requests", "urllib3", "httplib2", "httpx", "aiohttp")))
for client, expected in cases:
    for status, right in zip((200, 100, 102, 103), expected):
        seen = client(f"{address}/{status}")
        print(f"{client.__name__[3:]}, {'alone' if status == 200 else f'after {status}'}: {seen}")
        if seen != right:
            failed = True
            print(f"  changed: expected {right}", file=sys.stderr)
sys.exit(failed)
PYTHON
