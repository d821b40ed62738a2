#!/usr/bin/env bash
# Whose credentials does aws-okta-processor print, when a second role of the same user is asked for?
#
# Versions: aws-okta-processor 1.10.0 with botocore 1.44.8 and requests 2.34.2; CPython 3.11.
# Expected: `authenticate --role B` prints credentials of the role B, also within the hour after credentials of the role A.
# The commands are written into the profiles of an AWS configuration, one for each role.
# Seen:
# - Credentials are kept by the user, the organization and `--key` alone. Without --key the second command prints those of
#   the role A, without a request and without a word. The same holds for --secondary-role.
#   So a command for one account runs in the other.
# - With a --key for each role, or with --no-aws-cache, the role is the right one. After --no-aws-cache, what the command
#   has got is kept for the next one, of whatever role.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aws-okta-processor==1.10.0 boto3==1.44.8 botocore==1.44.8 \
    requests==2.34.2 'setuptools<80'
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$folder/key.pem" -out "$folder/certificate.pem" 2>"$folder/openssl.txt" || { cat "$folder/openssl.txt" >&2; exit 1; }
env -i PATH="$PATH" HOME="$folder" "$folder/venv/bin/python" - "$folder" <<'PYTHON'
import base64, json, os, shutil, ssl, subprocess, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs

folder, requests = sys.argv[1], []
ROLE, PROVIDER = "arn:aws:iam::123456789012:role/{}", "arn:aws:iam::123456789012:saml-provider/Okta"
later = lambda hours: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + hours * 3600))
values = "".join(f"<saml2:AttributeValue>{PROVIDER},{ROLE.format(name)}</saml2:AttributeValue>" for name in ("Reader", "Writer"))
assertion = base64.b64encode((
    '<saml2p:Response xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">'
    '<saml2:Assertion><saml2:AttributeStatement><saml2:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role">'
    f"{values}</saml2:Attribute></saml2:AttributeStatement></saml2:Assertion></saml2p:Response>").encode()).decode()

# The part that the command reads of AWS's page, on which a user with several roles chooses one.
choices = "".join(f'<div class="saml-role"><input id="{ROLE.format(name)}"><label>{name}</label></div>'
                  for name in ("Reader", "Writer"))
page = ('<fieldset><div class="saml-account"><div class="saml-account-name">Account: Example (123456789012)</div>'
        f'<div class="saml-account">{choices}</div></div></fieldset>')


class Handler(BaseHTTPRequestHandler):
    """An org with an app for AWS, over TLS, and AWS's page and its service for tokens."""

    def log_message(self, *arguments):
        pass

    def answer(self, text, kind="application/json"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        self.answer(f'<form><input name="SAMLResponse" value="{assertion}"></form>', "text/html")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.server is org:
            return self.answer(json.dumps({"sessionToken": "token", "id": "session", "expiresAt": later(2)}))
        if self.path == "/saml":
            return self.answer(page, "text/html")
        form = parse_qs(body)
        action, role = form["Action"][0], form["RoleArn"][0].rsplit("/")[-1]
        requests.append(role)
        self.answer(f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials>'
                    f"<AccessKeyId>{role}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>"
                    f"<Expiration>{later(1)}</Expiration></Credentials></{action}Result></{action}Response>", "text/xml")


org, tokens = (ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(2))
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(folder + "/certificate.pem", folder + "/key.pem")
org.socket = context.wrap_socket(org.socket, server_side=True)
for server in (org, tokens):
    threading.Thread(target=server.serve_forever, daemon=True).start()
host = f"localhost:{org.server_port}"
environment = {"PATH": os.environ["PATH"], "HOME": folder, "REQUESTS_CA_BUNDLE": folder + "/certificate.pem",
               "AWS_ENDPOINT_URL_STS": f"http://127.0.0.1:{tokens.server_port}"}


def role_of(role, *options):
    """The role, whose credentials the command prints."""
    result = subprocess.run(
        [folder + "/venv/bin/aws-okta-processor", "authenticate", "--silent", "--user=ada", "--pass=password",
         "--region=us-east-1", f"--organization={host}", f"--application=https://{host}/home/aws",
         f"--sign-in-url=http://127.0.0.1:{tokens.server_port}/saml", "--role=" + ROLE.format(role), *options],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    try:
        return json.loads(result.stdout)["AccessKeyId"]
    except ValueError:
        return f"exit code {result.returncode}: {result.stdout[-300:]}{result.stderr[-300:]}"


# For each pair of commands: the options of the two, and the roles whose credentials they print.
reader, writer = "Reader", "Writer"
cases = [
    ("Reader, then Writer", (reader,), (writer,), [reader, reader]),
    ("Reader, then Writer with a key for each", (reader, "--key=reader"), (writer, "--key=writer"), [reader, writer]),
    ("Reader, then Writer with --no-aws-cache", (reader,), (writer, "--no-aws-cache"), [reader, writer]),
    ("Writer with --no-aws-cache, then Reader", (writer, "--no-aws-cache"), (reader,), [writer, writer]),
    ("Reader, then Reader with the secondary role Auditor", (reader,), (reader, "--secondary-role=" + ROLE.format("Auditor")),
     [reader, reader]),
]
failed = False
print("aws-okta-processor", version("aws-okta-processor"))
for what, first, second, expected in cases:
    for name in (".aws", ".aws-okta-processor"):
        shutil.rmtree(f"{folder}/{name}", ignore_errors=True)
    requests.clear()
    seen = [role_of(*first), role_of(*second)]
    print(f"{what}: {' and '.join(seen)}, asked AWS for {', '.join(requests)}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
