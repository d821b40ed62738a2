#!/usr/bin/env bash
# Which groups and attributes do command-line tools for XML read from an assertion of Okta?
#
# Versions: xmlstarlet 1.6.1, xmllint of libxml2 2.9.14 and xml2 0.5, of Debian 12; yq 3.4.3 (its xq) and jc 1.26.1, with
# xmltodict 1.0.4; CPython 3.11. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: The text of each value. The group R&D, written as R&amp;D in the XML, is R&D in a shell. A list stays a list.
# Seen:
# - `xmlstarlet sel -t -v` writes R&amp;D and &lt;, so a comparison with the name of the group fails. Adding `-T` before -t
#   helps. `xmllint --xpath '.../text()'` does the same. `string(...)` does not, but returns only the first group.
# - xq and jc remove the blanks around a text, so two groups get the same name. They make a list of two values, but not of one.
#   For a user in one group, `.[]` is an error, or returns the members of the value. A value is a string, or an object if it has
#   an attribute such as xsi:type, which Okta writes. An empty text is null.
# - xml2 writes a value of two lines as two values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check yq==3.4.3 jc==1.26.1 xmltodict==1.0.4 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download xmlstarlet libxml2-utils libxml2 xml2 jq libjq1 libonig5
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" "$folder/root"
done | grep -E '^(xmlstarlet|libxml2-utils|xml2)_' | tee "$folder/versions"
for version in xmlstarlet_1.6.1 libxml2-utils_2.9.14 xml2_0.5; do
    grep -q "^$version" "$folder/versions" || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu PATH=$folder/root/usr/bin:$folder/venv/bin:$PATH LC_ALL=C.UTF-8
python3 - <<'PYTHON'
import json, subprocess, sys
from xml.sax.saxutils import escape

GROUPS = '//*[@Name="groups"]/*'
HEAD = """<?xml version="1.0" encoding="UTF-8"?><saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    ><saml2:AttributeStatement><saml2:Attribute Name="groups">"""
VALUE = '<saml2:AttributeValue xsi:type="xs:string">{}</saml2:AttributeValue>'
TAIL = "</saml2:Attribute></saml2:AttributeStatement></saml2:Assertion>"


def assertion(*groups, value=VALUE):
    return HEAD + "".join(value.format(escape(group)) for group in groups) + TAIL


def run(text, *command):
    process = subprocess.run(command, input=text, capture_output=True, text=True)
    return process.stdout if process.returncode == 0 else "an error"


def lines(*command):
    return lambda text: run(text, *command).splitlines()


def values(*command):
    """What a tool that makes JSON has of the groups."""
    def read(text):
        document = json.loads(run(text, *command))
        return document["saml2:Assertion"]["saml2:AttributeStatement"]["saml2:Attribute"].get("saml2:AttributeValue")
    return read


def xml2(text):
    return [line.split("AttributeValue=", 1)[1] for line in run(text, "xml2").splitlines() if "AttributeValue=" in line]


def check(what, seen, expected):
    global failed
    print(f"  {what}: {json.dumps(seen)}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {json.dumps(expected)}", file=sys.stderr)


failed = False
three = assertion("R&D", "Sales <EMEA>", "Ops")
RIGHT, ESCAPED = ["R&D", "Sales <EMEA>", "Ops"], ["R&amp;D", "Sales &lt;EMEA&gt;", "Ops"]
print("three groups")
for name, read, expected in (
        ("xmlstarlet sel -t -v", lines("xmlstarlet", "sel", "-t", "-v", GROUPS), ESCAPED),
        ("xmlstarlet sel -t -m ... -v . -n", lines("xmlstarlet", "sel", "-t", "-m", GROUPS, "-v", ".", "-n"), ESCAPED),
        ("xmlstarlet sel -T -t -v", lines("xmlstarlet", "sel", "-T", "-t", "-v", GROUPS), RIGHT),
        ("xmllint, text()", lines("xmllint", "--xpath", f"{GROUPS}/text()", "-"), ESCAPED),
        ("xmllint, string()", lines("xmllint", "--xpath", f"string({GROUPS})", "-"), ["R&D"]),
        ("xml2", xml2, RIGHT)):
    check(name, read(three), expected)
TYPE, PLAIN = {"@xsi:type": "xs:string"}, "<saml2:AttributeValue>{}</saml2:AttributeValue>"
for name, read in ("xq", values("xq", ".")), ("jc --xml", values("jc", "--xml")):
    print(name)
    check("three groups", read(three), [{**TYPE, "#text": group} for group in RIGHT])
    check("one group", read(assertion("Ops")), {**TYPE, "#text": "Ops"})
    check("one group, without a type", read(assertion("Ops", value=PLAIN)), "Ops")
    check('"Ops" and "Ops "', read(assertion("Ops", "Ops ", value=PLAIN)), ["Ops", "Ops"])
    check("an empty text", read(assertion("", value=PLAIN)), None)
names = '.["saml2:Assertion"]["saml2:AttributeStatement"]["saml2:Attribute"]["saml2:AttributeValue"][]'
print("the members of the groups, by xq -r and .[]")
check("two groups without a type", run(assertion("Ops", "R&D", value=PLAIN), "xq", "-r", names).splitlines(), ["Ops", "R&D"])
check("one group without a type", run(assertion("Ops", value=PLAIN), "xq", "-r", names), "an error")
check("one group", run(assertion("Ops"), "xq", "-r", names).splitlines(), ["xs:string", "Ops"])
print("xml2")
check("a text of two lines", xml2(assertion("A\nB")), ["A", "B"])
sys.exit(failed)
PYTHON
