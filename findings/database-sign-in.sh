#!/usr/bin/env bash
# Do AWS's database drivers for Python sign in through Okta with the program's account, and with a role that it can predict?
#
# Versions: aws-advanced-python-wrapper 3.1.0, redshift_connector 2.2.0, boto3 1.44.8, beautifulsoup4 4.15.0, lxml 6.1.3, requests
# 2.34.2, trustme 1.2.1 (for the certificate of the local org); CPython 3.11.
# Expected: The wrapper sends the program's own user and password if no others are given for Okta, as its manual says. A status
# without a session token is an error that names the status. All partitions of AWS are read. Names of groups are kept.
# Seen:
# - Without `idp_username` and `idp_password`, the wrapper sends the words "user" and "password" to the org, not the values. The
#   org counts a failed sign-in of an account `user`.
# - After MFA_REQUIRED, LOCKED_OUT or PASSWORD_EXPIRED, the wrapper requests the assertion without a token, and its error
#   contains the sign-in page instead of the status.
# - redshift_connector takes one of several roles at random for each connection, unless `preferred_role` is set.
# - redshift_connector finds no role in AWS's partitions for China and GovCloud.
# - redshift_connector changes the group `Sales EMEA` to `sales emea`. If the first of a user's values is empty, it drops the
#   others.
# - redshift_connector fails if one of the roles is empty, which Okta's expression returns for a group without a role.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aws-advanced-python-wrapper==3.1.0 redshift_connector==2.2.0 \
    boto3==1.44.8 beautifulsoup4==4.15.0 lxml==6.1.3 requests==2.34.2 trustme==1.2.1 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" AWS_DEFAULT_REGION=eu-west-1 AWS_EC2_METADATA_DISABLED=true AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none \
    "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import base64, json, logging, os, ssl, sys, threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import trustme

logging.disable(logging.CRITICAL)
authority = trustme.CA()
authority.cert_pem.write_to_path("authority.pem")
os.environ["REQUESTS_CA_BUNDLE"] = os.environ["AWS_CA_BUNDLE"] = os.path.abspath("authority.pem")
from aws_advanced_python_wrapper.okta_plugin import OktaCredentialsProviderFactory
from aws_advanced_python_wrapper.utils.properties import Properties
from aws_advanced_python_wrapper.utils.saml_utils import SamlUtils
from redshift_connector.plugin import OktaCredentialsProvider
from redshift_connector.redshift_property import RedshiftProperty

BASE = "https://aws.amazon.com/SAML/Attributes/"
status, attributes, requests, roles = "SUCCESS", {}, [], []


class Handler(BaseHTTPRequestHandler):
    """An org that signs in everybody, and AWS's token service."""

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path != "/api/v1/authn":
            roles.append(parse_qs(body)["RoleArn"][0])
            return self.send(f"""<AssumeRoleWithSAMLResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithSAMLResult>
                <Credentials><AccessKeyId>key</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
                <Expiration>2036-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>""", "text/xml")
        requests.append("authn " + " ".join(json.loads(body).values()))
        result = {"status": status, "expiresAt": "2036-01-01T00:00:00.000Z"}
        self.send(json.dumps(result | ({"sessionToken": "20111token"} if status == "SUCCESS" else {"stateToken": "00state"})), "application/json")

    def do_GET(self):
        url = urlsplit(self.path)
        requests.append("assertion" + ("?" + url.query if url.query else ""))
        if not url.query:
            return self.send("<html><title>Acme - Sign In</title></html>", "text/html")
        values = "".join(f'<saml2:Attribute Name="{name}">' + "".join(
            f"<saml2:AttributeValue>{escape(value)}</saml2:AttributeValue>" for value in list) + "</saml2:Attribute>"
            for name, list in attributes.items())
        xml = (f'<saml2p:Response xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol"><saml2:Assertion xmlns:saml2="urn:oasis:names:tc:'
               f'SAML:2.0:assertion"><saml2:AttributeStatement>{values}</saml2:AttributeStatement></saml2:Assertion></saml2p:Response>')
        self.send(f'<form><input name="SAMLResponse" type="hidden" value="{base64.b64encode(xml.encode()).decode()}"/></form>', "text/html")

    def send(self, text, kind):
        text = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
authority.issue_cert("localhost").configure_cert(context)
server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
host = f"localhost:{server.server_port}"
os.environ["AWS_ENDPOINT_URL_STS"] = f"https://{host}/"
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def wrapper(**settings):
    """What the wrapper sends to the org, and its error."""
    requests.clear()
    properties = Properties({"idp_endpoint": host, "app_id": "272", "user": "ada@example.com", "password": "s3cret",
                             "db_user": "reader"} | settings)
    try:
        SamlUtils.check_idp_credentials_with_fallback(properties)
        OktaCredentialsProviderFactory(None, properties).get_saml_assertion(properties)
        error = None
    except Exception as raised:
        error = str(raised)
    return list(requests), error


def redshift(**settings):
    """The role, the database user and the groups of a connection, or the error."""
    roles.clear()
    provider = OktaCredentialsProvider()
    information = RedshiftProperty()
    for name, value in ({"user_name": "ada@example.com", "password": "s3cret", "idp_host": host, "app_id": "272",
                         "app_name": "amazon_aws_redshift"} | settings).items():
        information.put(name, value)
    provider.add_parameter(information)
    try:
        metadata = provider.get_credentials().metadata
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:40]}"
    return roles[0].rsplit("/")[-1], metadata.get_db_groups()


def pair(role, partition="aws"):
    return f"arn:{partition}:iam::123456789012:saml-provider/Okta,arn:{partition}:iam::123456789012:role/{role}"


attributes = {BASE + "Role": [pair("reader")]}
given = {"idp_username": "ada@example.com", "idp_password": "s3cret"}
check("wrapper, with an account for Okta", wrapper(**given), (["authn ada@example.com s3cret", "assertion?onetimetoken=20111token"], None))
check("wrapper, with the program's account", wrapper()[0][0], "authn user password")
for status in ("MFA_REQUIRED", "LOCKED_OUT", "PASSWORD_EXPIRED"):
    sent, error = wrapper(**given)
    check(f"wrapper, {status}", [sent[1], "Acme - Sign In" in error, status in error], ["assertion", True, False])
status = "SUCCESS"

check("redshift_connector, one role", redshift(), ("reader", []))
attributes = {BASE + "Role": [pair("reader"), pair("admin"), pair("auditor")]}
check("redshift_connector, roles of 40 connections", sorted({redshift()[0] for _ in range(40)}), ["admin", "auditor", "reader"])
check("redshift_connector, a preferred role", redshift(preferred_role=pair("admin").split(",")[1]), ("admin", []))
for partition in ("aws-cn", "aws-us-gov"):
    attributes = {BASE + "Role": [pair("reader", partition)]}
    check(f"redshift_connector, {partition}", redshift(), "InterfaceError: No roles were found in SAML assertion. P")
groups = "https://redshift.amazon.com/SAML/Attributes/DbGroups"
for values, expected in ((["Sales EMEA", "IT"], ["sales emea", "it"]), (["", "IT"], [])):
    attributes = {BASE + "Role": [pair("reader")], groups: values}
    check(f"redshift_connector, groups {values}", redshift()[1], expected)
attributes = {BASE + "Role": ["", pair("reader")]}
check("redshift_connector, an empty role", redshift(), "InterfaceError: list index out of range")
sys.exit(failed)
PYTHON
