#!/usr/bin/env bash
# Which requests does okta-cli send for two documented options?
#
# Versions: okta-cli 18.1.2, requests 2.31.0; CPython 3.11.
# Expected: `users activate` without `--send-email` ("Send email if set") sends no mail. `raw -X put -b BODY` sends the body.
# Seen:
# - `users activate` without the option omits the parameter sendEmail. Okta's default for this operation is true, so the mail is
#   sent with and without the option. No option prevents it.
# - `raw -X put -b BODY` sends a PUT without a body and prints no warning. Only POST requests get a body.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet okta-cli==18.1.2 requests==2.31.0
# The command refuses addresses without https.
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$folder/key.pem" -out "$folder/certificate.pem" 2>/dev/null
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import json
import os
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

folder = sys.argv[1]
requests = []


class Org(BaseHTTPRequestHandler):
    """Keeps each request, and answers with an empty object."""

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        requests.append((self.command, self.path, body))
        content = b"{}"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_PUT = answer

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem"))
server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
home = os.path.join(folder, "home")
os.makedirs(os.path.join(home, ".config", "okta-cli"))
profile = {"url": f"https://127.0.0.1:{server.server_port}", "token": "00token"}
with open(os.path.join(home, ".config", "okta-cli", "config.json"), "w") as file:
    json.dump({"profiles": {"acme": profile}, "default": "acme"}, file)
environment = dict(os.environ, HOME=home, XDG_CONFIG_HOME=os.path.join(home, ".config"),
                   REQUESTS_CA_BUNDLE=os.path.join(folder, "certificate.pem"))

cases = [
    (["users", "activate", "00u1"], ("POST", "/api/v1/users/00u1/lifecycle/activate", "")),
    (["users", "activate", "--send-email", "00u1"], ("POST", "/api/v1/users/00u1/lifecycle/activate?sendEmail=true", "")),
    (["raw", "-X", "put", "-b", '{"name": "new"}', "/zones/nzo1"], ("PUT", "/api/v1/zones/nzo1", "")),
    (["raw", "-X", "post", "-b", '{"name": "new"}', "/zones"], ("POST", "/api/v1/zones", '{"name": "new"}')),
]
failed = False
print("okta-cli", version("okta-cli"))
for arguments, seen in cases:
    requests.clear()
    ended = subprocess.run(
        [os.path.join(folder, "venv", "bin", "okta-cli"), *arguments], env=environment, capture_output=True, text=True)
    got = requests[0] if requests else None
    print(f"  okta-cli {' '.join(arguments)}: {got}")
    if got != seen:
        print(f"    changed: {seen} was seen before; {ended.stderr.strip()[-300:]}")
        failed = True
sys.exit(failed)
PYTHON
