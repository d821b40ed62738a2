#!/usr/bin/env bash
# How often do Python's retry helpers, with their defaults, send a POST that is answered with an error?
#
# Versions: urllib3 2.8.0, httpx-retries 0.6.0, niquests 3.21.2, aiohttp-retry 2.9.1, retry-requests 2.0.0 and
# microsoft-kiota-http 1.16.0 (used by clients that Kiota generates from an OpenAPI document), with requests 2.34.2, httpx
# 0.28.1 and aiohttp 3.14.5; CPython 3.11.
# Expected: Once, unless the server says that it did nothing, because POST is not idempotent (RFC 9110 section 9.2.2). Each POST
# creates a user, sends an activation mail or resets a password.
# Seen, each helper with three retries or attempts and no other setting:
# - urllib3, httpx-retries and niquests send it once.
# - aiohttp-retry sends it three times after a 500, 502, 503 and 504.
# - retry-requests sends it four times after a 500, 502 and 504, and also if the connection ends without a response.
# - kiota-http sends it four times after a 503 and 504.
# After a 429 without Retry-After, as Okta sends it, only kiota-http sends the POST again, three times and after waits that it
# chooses. No helper reads X-Rate-Limit-Reset.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet urllib3==2.8.0 httpx-retries==0.6.0 niquests==3.21.2 aiohttp-retry==2.9.1 \
    retry-requests==2.0.0 microsoft-kiota-http==1.16.0 requests==2.34.2 httpx==0.28.1 aiohttp==3.14.5
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import aiohttp_retry, httpx, httpx_retries, niquests, requests, retry_requests, urllib3
from kiota_http.kiota_client_factory import KiotaClientFactory

logging.disable(logging.CRITICAL)
arrived = []


class Handler(BaseHTTPRequestHandler):
    status = None

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        arrived.append(self.path)
        if Handler.status is None:
            return  # The connection ends.
        text = b'{"errorCode": "E0000009", "errorSummary": "Internal Server Error"}'
        self.send_response(Handler.status)
        self.send_header("X-Rate-Limit-Reset", str(int(time.time()) + 60))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/api/v1/users"


def by_urllib3():
    urllib3.PoolManager(retries=urllib3.Retry(3)).request("POST", url, body=b"{}")


def by_httpx_retries():
    httpx.Client(transport=httpx_retries.RetryTransport(retry=httpx_retries.Retry(total=3))).post(url, content=b"{}")


def by_niquests():
    niquests.Session(retries=3).post(url, data=b"{}")


def by_aiohttp_retry():
    async def send():
        async with aiohttp_retry.RetryClient(retry_options=aiohttp_retry.ExponentialRetry(attempts=3)) as client:
            async with client.post(url, data=b"{}") as response:
                await response.read()
    asyncio.run(send())


def by_retry_requests():
    retry_requests.retry(requests.Session(), retries=3).post(url, data=b"{}")


def by_kiota_http():
    asyncio.run(KiotaClientFactory.create_with_default_middleware().post(url, content=b"{}"))


# For each helper: how often the POST arrives, by what the org answers.
answers = [500, 502, 503, 504, 429, None]
cases = [
    ("urllib3", by_urllib3, [1, 1, 1, 1, 1, 1]),
    ("httpx-retries", by_httpx_retries, [1, 1, 1, 1, 1, 1]),
    ("niquests", by_niquests, [1, 1, 1, 1, 1, 1]),
    ("aiohttp-retry", by_aiohttp_retry, [3, 3, 3, 3, 1, 1]),
    ("retry-requests", by_retry_requests, [4, 4, 1, 4, 1, 4]),
    ("microsoft-kiota-http", by_kiota_http, [1, 1, 4, 4, 4, 1]),
]
failed = False
for name, send, expected in cases:
    seen = []
    for Handler.status in answers:
        del arrived[:]
        try:
            send()
        except Exception:
            pass  # What matters is what arrived.
        seen.append(len(arrived))
    words = ", ".join(f"{answer or 'no response'}: {count}" for answer, count in zip(answers, seen))
    print(f"{name} {version(name)}: {words}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
