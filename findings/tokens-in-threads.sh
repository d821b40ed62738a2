#!/usr/bin/env bash
# How often does a program ask for a token if its token has expired and 20 threads or tasks need one?
#
# Versions: Authlib 1.9.10, requests_auth 8.0.0, httpx_auth 0.23.1, requests_oauth2client 1.8.0, okta 3.4.6, with
# requests 2.34.2 and httpx 0.28.1; CPython 3.11.
# Expected: Once. The other threads wait for it, because a token endpoint has a small rate limit, and a refresh token that Okta
# rotates is valid for one use.
# Seen:
# - Authlib (with requests), requests_auth, httpx_auth and requests_oauth2client ask 20 times from 20 threads. With a refresh
#   token that is valid once, Authlib gets one token, and 19 of the 20 calls fail with invalid_grant.
# - Authlib (with httpx, asynchronous) and okta ask once.
# - httpx_auth asks once from 20 tasks, because it blocks the event loop. Nothing else in the program runs until the token
#   endpoint has answered.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet Authlib==1.9.10 requests_auth==8.0.0 httpx_auth==0.23.1 requests_oauth2client==1.8.0 \
    okta==3.4.6 requests==2.34.2 httpx==0.28.1
cd "$folder"
env -i PATH="$PATH" HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, json, logging, sys, threading, time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs

import httpx, httpx_auth, requests, requests_auth, requests_oauth2client
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.integrations.requests_client import OAuth2Session
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from okta.client import Client

logging.disable(logging.CRITICAL)
COUNT, ANSWER_TIME = 20, 1
asked, used, lock = [], set(), threading.Lock()


class Server(ThreadingHTTPServer):
    request_queue_size = 5 * COUNT


class Handler(BaseHTTPRequestHandler):
    """A token endpoint that takes a second, and rotates refresh tokens without a grace period."""

    def log_message(self, *arguments):
        pass

    def answer(self):
        form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
        status, body = 200, []
        if self.path.endswith("/token"):
            refresh = form.get("refresh_token", [None])[0]
            with lock:
                asked.append(refresh)
                if refresh in used:
                    status, body = 400, {"error": "invalid_grant", "error_description": "The refresh token is invalid."}
                else:
                    body = {"access_token": f"token-{len(asked)}", "token_type": "Bearer", "expires_in": 3600,
                            "refresh_token": f"refresh-{len(asked)}"}
                if refresh:
                    used.add(refresh)
            time.sleep(ANSWER_TIME)
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
endpoint, users = f"{org}/oauth2/v1/token", f"{org}/api/v1/users"
expired = {"access_token": "token-0", "token_type": "Bearer", "expires_at": 1}


def in_threads(call):
    """The errors of 20 calls at once."""
    start = threading.Barrier(COUNT)

    def one(_):
        start.wait(30)
        try:
            call()
        except Exception as error:
            return error

    with ThreadPoolExecutor(COUNT) as pool:
        return [error for error in pool.map(one, range(COUNT)) if error]


async def in_tasks(call):
    """The errors of 20 calls at once, and the longest time that the event loop did nothing else."""
    longest, done = 0, asyncio.Event()

    async def tick():
        nonlocal longest
        while not done.is_set():
            before = time.monotonic()
            await asyncio.sleep(0)
            longest = max(longest, time.monotonic() - before)

    ticking = asyncio.create_task(tick())
    results = await asyncio.gather(*(call() for _ in range(COUNT)), return_exceptions=True)
    done.set()
    await ticking
    return [result for result in results if isinstance(result, Exception)], longest >= ANSWER_TIME


def authlib_threads():
    session = OAuth2Session("0oa1", "secret", token_endpoint=endpoint, grant_type="client_credentials", token=dict(expired))
    return in_threads(lambda: session.get(users)), False


def authlib_refresh():
    session = OAuth2Session("0oa1", "secret", token_endpoint=endpoint, token={**expired, "refresh_token": "refresh-0"})
    return in_threads(lambda: session.get(users)), False


def requests_auth_threads():
    auth = requests_auth.OAuth2ClientCredentials(endpoint, "0oa1", "secret")
    return in_threads(lambda: requests.get(users, auth=auth)), False


def httpx_auth_threads():
    auth = httpx_auth.OAuth2ClientCredentials(endpoint, "0oa1", "secret")
    return in_threads(lambda: httpx.get(users, auth=auth)), False


def requests_oauth2client_threads():
    client = requests_oauth2client.OAuth2Client(endpoint, client_id="0oa1", client_secret="secret", testing=True)
    auth = requests_oauth2client.OAuth2ClientCredentialsAuth(client)
    return in_threads(lambda: requests.get(users, auth=auth)), False


async def authlib_tasks():
    async with AsyncOAuth2Client("0oa1", "secret", token_endpoint=endpoint, grant_type="client_credentials",
                                 token=dict(expired)) as client:
        return await in_tasks(lambda: client.get(users))


async def httpx_auth_tasks():
    auth = httpx_auth.OAuth2ClientCredentials(endpoint, "0oa2", "secret")
    async with httpx.AsyncClient() as client:
        return await in_tasks(lambda: client.get(users, auth=auth))


async def okta_tasks():
    key = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    async with Client({"orgUrl": org, "authorizationMode": "PrivateKey", "clientId": "0oa1", "privateKey": key,
                       "scopes": ["okta.users.read"]}) as client:
        return await in_tasks(lambda: client.list_users())


# For each library: requests for a token, failed calls, and whether the event loop stands still for the whole time.
cases = [
    ("Authlib with requests, 20 threads", authlib_threads, (20, 0, False)),
    ("Authlib with requests and a refresh token, 20 threads", authlib_refresh, (20, 19, False)),
    ("requests_auth, 20 threads", requests_auth_threads, (20, 0, False)),
    ("httpx_auth, 20 threads", httpx_auth_threads, (20, 0, False)),
    ("requests_oauth2client, 20 threads", requests_oauth2client_threads, (20, 0, False)),
    ("Authlib with httpx, 20 tasks", lambda: asyncio.run(authlib_tasks()), (1, 0, False)),
    ("httpx_auth, 20 tasks", lambda: asyncio.run(httpx_auth_tasks()), (1, 0, True)),
    ("okta, 20 tasks", lambda: asyncio.run(okta_tasks()), (1, 0, False)),
]
failed = False
print(*(f"{name} {version(name)}" for name in ("Authlib", "requests_auth", "httpx_auth", "requests_oauth2client", "okta")))
for name, run, expected in cases:
    del asked[:]
    errors, stands_still = run()
    seen = (len(asked), len(errors), stands_still)
    print(f"{name}: {seen[0]} requests for a token, {seen[1]} failed calls" + (", the event loop blocked" if seen[2] else ""))
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}; {errors[:1]}", file=sys.stderr)
sys.exit(failed)
PYTHON
