#!/usr/bin/env bash
# Which groups and attributes of Okta's signed SAML response does an application get from four libraries?
#
# Versions: pysaml2 7.5.5 with xmlsec1 1.2.37 of Debian 12, python3-saml 1.16.0, minisaml 26.1; Ruby's ruby-saml 1.13.0 of
# Debian 12; CPython 3.11. Needs root for apt-get update; Debian's packages are unpacked and not installed.
# Expected: Each attribute with its values, because all four libraries have verified the response. Okta's NameFormat for an
# attribute is "unspecified" unless the application sets another one. SAML allows several statements, and several elements with
# one name.
# Seen:
# - pysaml2 with its defaults returns no attribute at all and no error: it drops attributes with the format "unspecified". With
#   allow_unknown_attributes it returns them. The setting has no effect in the section of the service ("sp"), which contains
#   pysaml2's other settings for the service.
# - minisaml's `attrs` and ruby-saml's attributes["groups"] return the first of several groups. Both return all groups
#   elsewhere: in `attributes`, and by attributes.multi("groups") or attributes.each.
# - Groups may be in two elements with one name, as from a group statement beside an attribute statement. pysaml2 and ruby-saml
#   return both, and minisaml's `attrs` returns the second one. python3-saml raises an error, so nobody with both can sign in.
# - Groups may be in two statements. pysaml2 returns only those of the second one. minisaml and python3-saml raise an error, and
#   minisaml does so even if the names differ.
# - An empty value is "" in pysaml2 and ruby-saml, None in minisaml, and no value in python3-saml. pysaml2 and python3-saml
#   remove the spaces around a value. No library removes the spaces around the name of the user.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download xmlsec1 libxmlsec1 libxmlsec1-openssl libxml2 libxslt1.1 libicu72 ruby-saml \
    ruby-nokogiri racc ruby-pkg-config ruby3.1 libruby3.1 ruby-rubygems libyaml-0-2 libffi8 libgmp10
ls ruby-saml_1.13.0-* xmlsec1_1.2.37-* >/dev/null 2>&1 \
    || { echo "skipped: this needs ruby-saml 1.13.0 and xmlsec1 1.2.37, and others are served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
libraries=$folder/root/usr/lib/x86_64-linux-gnu
printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s/root/usr/bin/xmlsec1 "$@"\n' "$libraries" "$folder" > xmlsec1
chmod +x xmlsec1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pysaml2==7.5.5 python3-saml==1.16.0 minisaml==26.1 xmlsec==1.3.17 \
    lxml==6.1.3 cryptography==50.0.2 2>log || { cat log >&2; exit 1; }
cat > program.rb <<'RUBY'
require "json"
require "onelogin/ruby-saml"
settings = OneLogin::RubySaml::Settings.new
settings.idp_cert = File.read("certificate")
settings.assertion_consumer_service_url, settings.sp_entity_id, settings.idp_entity_id = ARGV
response = OneLogin::RubySaml::Response.new(STDIN.read, settings: settings)
abort response.errors.join(", ") unless response.is_valid?
attributes = response.attributes
print JSON.generate([response.nameid, attributes.all, attributes.all.keys.to_h { |name| [name, attributes[name]] }])
RUBY
venv/bin/python -W ignore - "$folder/root/usr" <<'PYTHON'
import base64, datetime, glob, json, logging, os, subprocess, sys
from importlib.metadata import version

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from minisaml.response import validate_response
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from saml2 import BINDING_HTTP_POST
from saml2.client import Saml2Client
from saml2.config import Config

usr = sys.argv[1]
logging.disable()
ACS, SERVICE, ORG = "https://app.acme.example/acs", "https://app.acme.example/", "http://www.okta.com/exk1"
NOW = datetime.datetime.now(datetime.timezone.utc)
key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "acme")])
certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
               .not_valid_before(NOW - datetime.timedelta(days=1)).not_valid_after(NOW + datetime.timedelta(days=1))
               .sign(key, hashes.SHA256()))
PEM = certificate.public_bytes(serialization.Encoding.PEM).decode()
KEY = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
open("certificate", "w").write(PEM)
DER = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()
open("metadata", "w").write(f"""<EntityDescriptor entityID="{ORG}" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><IDPSSODescriptor
    protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo
    xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{DER}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
    <SingleSignOnService Binding="{BINDING_HTTP_POST}" Location="https://acme.okta.com/sso"/></IDPSSODescriptor></EntityDescriptor>""")


def attribute(name, *values):
    written = "".join(f'<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string" xmlns:xsi="'
                      f'http://www.w3.org/2001/XMLSchema-instance">{value}</saml:AttributeValue>' for value in values)
    return (f'<saml:Attribute Name="{name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified">{written}'
            "</saml:Attribute>")


def response(*statements, user="ada"):
    def at(minutes):
        return (NOW + datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    written = "".join(f"<saml:AttributeStatement>{statement}</saml:AttributeStatement>" for statement in statements)
    issuer = f'<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">{ORG}</saml:Issuer>'
    xml = f"""<samlp:Response Destination="{ACS}" ID="id1" InResponseTo="r1" IssueInstant="{at(0)}" Version="2.0"
        xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}<samlp:Status>
        <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="id2"
        IssueInstant="{at(0)}" Version="2.0">{issuer}<saml:Subject><saml:NameID
        Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">{user}</saml:NameID><saml:SubjectConfirmation
        Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="r1" NotOnOrAfter="{at(60)}"
        Recipient="{ACS}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{at(-60)}" NotOnOrAfter="{at(60)}">
        <saml:AudienceRestriction><saml:Audience>{SERVICE}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
        <saml:AuthnStatement AuthnInstant="{at(0)}" SessionIndex="r1"><saml:AuthnContext><saml:AuthnContextClassRef>
        urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext>
        </saml:AuthnStatement>{written}</saml:Assertion></samlp:Response>"""
    return base64.b64encode(OneLogin_Saml2_Utils.add_sign(xml, KEY, PEM)).decode()


def by_pysaml2(text, of_service={}, **settings):
    config = Config().load({
        "entityid": SERVICE, "xmlsec_binary": os.path.abspath("xmlsec1"), "metadata": {"local": ["metadata"]}, "service": {"sp": {
            "endpoints": {"assertion_consumer_service": [(ACS, BINDING_HTTP_POST)]}, "want_response_signed": True,
            "want_assertions_signed": False, **of_service}}, **settings})
    read = Saml2Client(config).parse_authn_request_response(text, BINDING_HTTP_POST, outstanding={"r1": "/"})
    return read.name_id.text, read.ava


def by_python3_saml(text):
    auth = OneLogin_Saml2_Auth(
        {"https": "on", "http_host": "app.acme.example", "script_name": "/acs", "get_data": {}, "post_data": {"SAMLResponse": text}},
        {"strict": True, "sp": {"entityId": SERVICE, "assertionConsumerService": {"url": ACS}}, "security": {"wantMessagesSigned": True},
         "idp": {"entityId": ORG, "singleSignOnService": {"url": "https://acme.okta.com/sso"}, "x509cert": PEM}})
    auth.process_response(request_id="r1")
    assert not auth.get_errors(), auth.get_last_error_reason()
    return auth.get_nameid(), auth.get_attributes()


def by_minisaml(text):
    read = validate_response(data=text, certificate=certificate, expected_audience=SERVICE, idp_issuer=ORG)
    return read.name_id, [(attribute.name, attribute.values) for attribute in read.attributes], read.attrs


def by_ruby_saml(text):
    libraries = [f"{usr}/lib/{name}" for name in (
        "ruby/3.1.0", "x86_64-linux-gnu/ruby/3.1.0", "ruby/vendor_ruby", "x86_64-linux-gnu/ruby/vendor_ruby/3.1.0")]
    gems = [path for pattern in ("share/rubygems-integration/*/gems/*/lib", "lib/ruby/gems/3.1.0/gems/*/lib",
                                 "lib/x86_64-linux-gnu/rubygems-integration/3.1.0/gems/*/lib",
                                 "lib/x86_64-linux-gnu/rubygems-integration/3.1.0/extensions/*/*/*") for path in glob.glob(f"{usr}/{pattern}")]
    return json.loads(subprocess.run(
        [f"{usr}/bin/ruby3.1", "program.rb", ACS, SERVICE, ORG], input=text, capture_output=True, text=True, check=True,
        env=os.environ | {"RUBYLIB": ":".join(gems + libraries), "LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu",
                          "LC_ALL": "C.UTF-8"}).stdout)


failed = False


def check(what, read, text, expected):
    global failed
    try:
        seen = read(text)
    except Exception as error:
        seen = type(error).__name__
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def by_pysaml2_with_setting(text):
    return by_pysaml2(text, allow_unknown_attributes=True)


print(", ".join(f"{name} {version(name)}" for name in ("pysaml2", "python3-saml", "minisaml")))
two = response(attribute("groups", "Sales", "R&amp;D") + attribute("email", "ada@acme.example"))
ALL = {"groups": ["Sales", "R&D"], "email": ["ada@acme.example"]}
check("two groups, by pysaml2", by_pysaml2, two, ("ada", {}))
check("two groups, by pysaml2 with a setting of the service",
      lambda text: by_pysaml2(text, of_service={"allow_unknown_attributes": True}), two, ("ada", {}))
check("two groups, by pysaml2 with the setting", by_pysaml2_with_setting, two, ("ada", ALL))
check("two groups, by python3-saml", by_python3_saml, two, ("ada", ALL))
check("two groups, by minisaml", by_minisaml, two, ("ada", list(ALL.items()), {"groups": "Sales", "email": "ada@acme.example"}))
check("two groups, by ruby-saml", by_ruby_saml, two, ["ada", ALL, {"groups": "Sales", "email": "ada@acme.example"}])

elements = response(attribute("groups", "Sales") + attribute("groups", "Finance"))
BOTH = {"groups": ["Sales", "Finance"]}
check("two elements, by pysaml2", by_pysaml2_with_setting, elements, ("ada", BOTH))
check("two elements, by python3-saml", by_python3_saml, elements, "OneLogin_Saml2_ValidationError")
check("two elements, by minisaml", by_minisaml, elements, ("ada", [("groups", ["Sales"]), ("groups", ["Finance"])], {"groups": "Finance"}))
check("two elements, by ruby-saml", by_ruby_saml, elements, ["ada", BOTH, {"groups": "Sales"}])

statements = response(attribute("groups", "Sales"), attribute("groups", "Finance"))
check("two statements, by pysaml2", by_pysaml2_with_setting, statements, ("ada", {"groups": ["Finance"]}))
check("two statements, by python3-saml", by_python3_saml, statements, "OneLogin_Saml2_ValidationError")
check("two statements, by minisaml", by_minisaml, statements, "MultipleElementsFound")
check("two statements, by ruby-saml", by_ruby_saml, statements, ["ada", BOTH, {"groups": "Sales"}])
names = response(attribute("groups", "Sales"), attribute("email", "ada@acme.example"))
check("two statements of two names, by minisaml", by_minisaml, names, "MultipleElementsFound")

spaces = response(attribute("title", " CTO ") + attribute("nick", ""), user=" ada ")
check("spaces, by pysaml2", by_pysaml2_with_setting, spaces, (" ada ", {"title": ["CTO"], "nick": [""]}))
check("spaces, by python3-saml", by_python3_saml, spaces, (" ada ", {"title": ["CTO"], "nick": []}))
check("spaces, by minisaml", by_minisaml, spaces, (" ada ", [("title", [" CTO "]), ("nick", [None])], {"title": " CTO ", "nick": None}))
check("spaces, by ruby-saml", by_ruby_saml, spaces, [" ada ", {"title": [" CTO "], "nick": [""]}, {"title": " CTO ", "nick": ""}])
sys.exit(failed)
PYTHON
