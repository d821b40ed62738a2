#!/usr/bin/env bash
# Does the address in a DPoP proof match the address of the request?
#
# Versions: okta 3.4.6, with aiohttp 3.14.5 and yarl 1.25.1; requests_oauth2client 1.8.0, with requests 2.34.2 and furl 2.1.4;
# CPython 3.11.
# Expected: The claim `htu` is the address of the request without its query (RFC 9449 section 4.3). A server compares the two
# after the normalization of RFC 3986 section 6.2.2. Letters, digits and "-._~" may be escaped or not. Any other character has
# the same form in both.
# Seen: Two libraries change the address, in opposite ways.
# - okta makes an address in which all other characters are escaped, and signs it. It passes the address to aiohttp, which
#   removes the escapes that a path does not need. The request for ada@example.com is signed for ada%40example.com.
# - requests_oauth2client signs an address from which furl has removed these escapes. requests sends the address with them. The
#   request for ada%40example.com is signed for ada@example.com.
# A server that compares as above accepts identifiers such as 00u1, and refuses each lookup by a mail address.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet okta==3.4.6 aiohttp==3.14.5 yarl==1.25.1 requests_oauth2client==1.8.0 requests==2.34.2 \
    furl==2.1.4
cd "$folder"
env -i PATH="$PATH" HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" - <<'PYTHON'
import asyncio, base64, json, logging, re, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import quote, urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from okta.client import Client
from requests_oauth2client import DPoPKey, DPoPToken

logging.disable(logging.CRITICAL)
answers = []


def normalized(path):
    """RFC 3986 section 6.2.2: capitals in escapes, and no escapes of unreserved characters."""
    def one(match):
        character = chr(int(match[1], 16))
        return character if re.match(r"[A-Za-z0-9._~-]", character) else match[0].upper()
    return re.sub("%([0-9A-Fa-f]{2})", one, path)


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/oauth2/v1/token":
            return self.send(200, {"access_token": "token", "token_type": "DPoP", "expires_in": 3600})
        text = self.headers["DPoP"].split(".")[1]
        signed = urlsplit(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))["htu"]).path
        is_right = normalized(signed) == normalized(self.path)
        answers.append((self.path.split("/")[-1], signed.split("/")[-1], is_right))
        self.send(200 if is_right else 400, {} if is_right else {
            "error": "invalid_dpop_proof", "error_description": "The htu claim is not the address of the request."})

    def send(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
signing = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


async def by_okta(user):
    settings = {"orgUrl": org, "authorizationMode": "PrivateKey", "clientId": "0oa1", "privateKey": signing,
                "scopes": ["okta.users.read"], "dpopEnabled": True}
    async with Client(settings) as client:
        await client.get_user(user)


def by_requests(user):
    token = DPoPToken(access_token="token", _dpop_key=DPoPKey.generate(alg="ES256"))
    requests.get(f"{org}/api/v1/users/{quote(user, safe='')}", auth=token, timeout=30)


# For each user: whether the proof matches the request.
cases = [("00u1", True), ("ada", True), ("ada~b", True), ("ada b", True), ("ada@example.com", False), ("o'brien", False),
         ("ada#EXT#@example.com", False), ("orn:okta:directory:00o1:users:00u1", False)]
failed = False
print(*(f"{name} {version(name)}" for name in ("okta", "aiohttp", "yarl", "requests_oauth2client", "requests", "furl")))
for user, expected in cases:
    for name, call in (("okta", lambda: asyncio.run(by_okta(user))), ("requests", lambda: by_requests(user))):
        del answers[:]
        call()
        sent, signed, is_right = answers[0]
        print(f"{user}, {name}: sent {sent}, signed {signed}" + ("" if is_right else ": refused"))
        if is_right != expected:
            failed = True
            print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
