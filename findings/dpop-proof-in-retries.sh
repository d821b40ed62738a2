#!/usr/bin/env bash
# Does a retried request have a new DPoP proof?
#
# Versions: okta 3.4.6, with aiohttp 3.14.5; requests_oauth2client 1.8.0, with requests 2.34.2 and the retries of urllib3 2.8.0;
# CPython 3.11.
# Expected: A proof is for one request (RFC 9449 section 4.2: the `jti` is unique to it). A client that waits for the end of a
# rate limit signs a new proof for the retry.
# Seen, at a server that refuses a used `jti` (section 11.1):
# - okta retries after 429, 503 and 504 with the first proof. It makes a new proof only when the server demands a nonce.
# - requests calls its authentication once per request, and urllib3 retries below it. The retry has the first proof too.
# With a bearer token, both clients would survive a 429. With DPoP it ends as "400 invalid_dpop_proof", and the cause, the rate
# limit, is no longer visible. A proof that waited for the end of a window is also up to a minute old.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet okta==3.4.6 aiohttp==3.14.5 requests_oauth2client==1.8.0 requests==2.34.2 \
    urllib3==2.8.0
cd "$folder"
env -i PATH="$PATH" HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" - <<'PYTHON'
import asyncio, base64, json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import requests, urllib3
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from okta.client import Client
from requests_oauth2client import DPoPKey, DPoPToken

logging.disable(logging.CRITICAL)
proofs = []


class Handler(BaseHTTPRequestHandler):
    refusal = 429

    def log_message(self, *arguments):
        pass

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/oauth2/v1/token":
            return self.send(200, {"access_token": "token", "token_type": "DPoP", "expires_in": 3600})
        text = self.headers["DPoP"].split(".")[1]
        proofs.append(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))["jti"])
        if proofs.count(proofs[-1]) > 1:
            return self.send(400, {"error": "invalid_dpop_proof", "error_description": "The proof has been used."})
        if len(proofs) == 1:
            return self.send(Handler.refusal, {"errorCode": "E0000047", "errorSummary": "Too many requests."})
        self.send(200, [])

    def send(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(text), "X-Rate-Limit-Limit": 600,
                            "X-Rate-Limit-Remaining": 0, "X-Rate-Limit-Reset": int(time.time())}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
signing = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


async def by_okta():
    settings = {"orgUrl": org, "authorizationMode": "PrivateKey", "clientId": "0oa1", "privateKey": signing,
                "scopes": ["okta.users.read"], "dpopEnabled": True}
    async with Client(settings) as client:
        *_, error = await client.list_users()
    return f"HTTP {error.status}" if error else "the list"


def by_requests():
    session = requests.Session()
    retries = urllib3.Retry(3, status_forcelist=[429, 503, 504])
    session.mount(org, requests.adapters.HTTPAdapter(max_retries=retries))
    token = DPoPToken(access_token="token", _dpop_key=DPoPKey.generate(alg="ES256"))
    response = session.get(f"{org}/api/v1/users", auth=token, timeout=30)
    return f"HTTP {response.status_code}" if response.status_code != 200 else "the list"


failed = False
print(*(f"{name} {version(name)}" for name in ("okta", "requests_oauth2client", "requests", "urllib3")))
for status in (429, 503, 504):
    Handler.refusal = status
    for name, call in (("okta", lambda: asyncio.run(by_okta())), ("requests", by_requests)):
        del proofs[:]
        result = call()
        print(f"{status}, {name}: {len(proofs)} requests, {len(set(proofs))} proofs; result: {result}")
        failed |= (len(proofs), len(set(proofs)), result) != (2, 1, "HTTP 400")
sys.exit(failed)
PYTHON
