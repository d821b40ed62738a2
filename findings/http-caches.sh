#!/usr/bin/env bash
# Do Python's HTTP caches show what has just been written and what has just happened?
#
# Versions: requests-cache 1.3.3, aiohttp-client-cache 0.15.0, hishel 2.0.0 and 1.4.0, CacheControl 0.14.4, httplib2 0.32.1,
# with requests 2.34.2, httpx 0.28.1 and aiohttp 3.14.5; CPython 3.11.
# Expected: A response with `Cache-Control: no-cache, no-store` is not stored. A response that may be stored is dropped when the
# client writes to the same address (RFC 9111 section 4.4). POST is a write, and Okta updates users by POST.
# Seen:
# - requests-cache, aiohttp-client-cache and, since its version 2, hishel store a `no-store` response unless they are configured
#   to obey. A reader of the System Log that requests the same `next` address again gets the same empty page for ever. A user
#   that is read, updated and read again has the old values.
# - Configured to obey, requests-cache and aiohttp-client-cache still drop nothing after any kind of write.
# - CacheControl drops the address after PUT, PATCH and DELETE, but not after POST.
# - hishel 1 obeys, but drops nothing after a write. hishel 2 with `rfc=True` does both correctly, and so does httplib2.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet requests-cache==1.3.3 aiohttp-client-cache==0.15.0 'hishel[httpx]==2.0.0' \
    CacheControl==0.14.4 httplib2==0.32.1 requests==2.34.2 httpx==0.28.1 aiohttp==3.14.5
"$folder/venv/bin/pip" install --quiet --no-deps --target "$folder/hishel-1" hishel==1.4.0
cat >"$folder/caches.py" <<'PYTHON'
import asyncio, itertools, json, os, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import aiohttp_client_cache, cachecontrol, hishel, hishel.httpx, httplib2, requests, requests_cache

FOLDER, MAJOR, numbers = os.path.dirname(__file__), int(version("hishel").split(".")[0]), itertools.count()


class Handler(BaseHTTPRequestHandler):
    """Counts what was written or happened: each response says the count."""
    protocol_version, field, count = "HTTP/1.1", None, 0

    def log_message(self, *arguments):
        pass

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        Handler.count += self.command != "GET"
        text = json.dumps({"count": Handler.count}).encode()
        self.send_response(200)
        self.send_header("Cache-Control", Handler.field)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_DELETE = answer


def with_requests(session):
    return lambda method, url: session.request(method, url).text


def with_aiohttp(**settings):
    cache = aiohttp_client_cache.CacheBackend(**settings)

    async def send(method, url):
        async with aiohttp_client_cache.CachedSession(cache=cache) as session, session.request(method, url) as response:
            return await response.text()
    return lambda method, url: asyncio.run(send(method, url))


def with_httplib2():
    client = httplib2.Http(os.path.join(FOLDER, f"httplib2-{next(numbers)}"))
    return lambda method, url: client.request(url, method, body=None if method == "GET" else "{}")[1].decode()


def with_hishel(**settings):
    storage = getattr(hishel, "SqliteStorage", None) or hishel.SyncSqliteStorage
    client = getattr(hishel.httpx, "CacheClient", None) or hishel.httpx.SyncCacheClient
    database = os.path.join(FOLDER, f"hishel-{os.getpid()}-{next(numbers)}.db")
    session = client(storage=storage(database_path=database), **settings)
    return lambda method, url: session.request(method, url).text


def after(fetch, method):
    """Whether a read shows what was written since the read before; without a method, what has happened since."""
    url = f"http://127.0.0.1:{server.server_port}/api/v1/{next(numbers)}"
    fetch("GET", url)
    if method:
        fetch(method, url)
    else:
        Handler.count += 1
    return "new" if json.loads(fetch("GET", url))["count"] == Handler.count else "old"


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
new, old = ["new"] * 4, ["old"] * 4
written = [None, "POST", "PUT", "DELETE"]
# For each cache: what it shows with no-store (after an event, POST, PUT and DELETE), and with max-age (after the writes).
cases = [("hishel 1", with_hishel, new, old[1:])] if MAJOR == 1 else [
    ("requests-cache", lambda: with_requests(requests_cache.CachedSession(backend="memory")), old, old[1:]),
    ("requests-cache, cache_control=True",
     lambda: with_requests(requests_cache.CachedSession(backend="memory", cache_control=True)), new, old[1:]),
    ("aiohttp-client-cache", with_aiohttp, old, old[1:]),
    ("aiohttp-client-cache, cache_control=True", lambda: with_aiohttp(cache_control=True), new, old[1:]),
    ("CacheControl", lambda: with_requests(cachecontrol.CacheControl(requests.Session())), new, ["old", "new", "new"]),
    ("hishel 2", with_hishel, old, old[1:]),
    ("hishel 2, rfc=True", lambda: with_hishel(rfc=True), new, new[1:]),
    ("httplib2", with_httplib2, new, new[1:]),
]
failed = False
if MAJOR == 2:
    print(*(f"{name} {version(name)}" for name in (
        "requests-cache", "aiohttp-client-cache", "hishel", "CacheControl", "httplib2")))
for name, make, *expected in cases:
    seen = []
    for field, methods in (("no-cache, no-store", written), ("max-age=60", written[1:])):
        Handler.field = field
        fetch = make()
        seen.append([after(fetch, method) for method in methods])
    print(f"{name}: no-store: event {seen[0][0]}, POST {seen[0][1]}, PUT {seen[0][2]}, DELETE {seen[0][3]};",
          f"max-age: POST {seen[1][0]}, PUT {seen[1][1]}, DELETE {seen[1][2]}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
"$folder/venv/bin/python" "$folder/caches.py"
PYTHONPATH="$folder/hishel-1" "$folder/venv/bin/python" "$folder/caches.py"
