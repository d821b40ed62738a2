#!/usr/bin/env bash
# Does PynamoDB keep the attributes of users that it reads from a DynamoDB table and saves?
#
# Versions: pynamodb 6.1.0 with botocore 1.44.8; CPython 3.11.
# Expected: A user who is read and saved has the attributes that the table had. A condition finds what `save` has written. A value
# has one form.
# Seen, without an error except where stated:
# - `save` of a user who was read deletes each attribute that the model does not name, also within a map, and each null. Another
#   program has written these attributes, or a newer version of this one.
# - A title of None is absent after `save`, and null after `update`. The condition `title == None` means null, so it is false for
#   each user saved with None.
# - BooleanAttribute writes "false" as true.
# - NumberAttribute reads 12345678901234567890123.5 as 1.2345678901234568e+22. DynamoDB has 38 digits.
# - UTCDateTimeAttribute cannot read a time in Okta's form, and reports the text 00000002026-11-29T05:00:00.000Z.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pynamodb==6.1.0 botocore==1.44.8 2>"$folder/log" ||
    { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_EC2_METADATA_DISABLED=true "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pynamodb.attributes import BooleanAttribute, MapAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.models import Model

item, requests = {}, []


class Handler(BaseHTTPRequestHandler):
    """A DynamoDB table with one user."""
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        operation = self.headers["X-Amz-Target"].split(".")[1]
        if operation != "DescribeTable":
            requests.append((operation, body))
        table = {"TableName": "users", "TableStatus": "ACTIVE", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}
        result = {"DescribeTable": {"Table": table}, "GetItem": {"Item": item}, "UpdateItem": {"Attributes": item}}.get(operation, {})
        text = json.dumps(result).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()


class Profile(MapAttribute):
    department = UnicodeAttribute(null=True)


class User(Model):
    class Meta:
        table_name, region, host = "users", "eu-west-1", f"http://127.0.0.1:{server.server_port}"

    id = UnicodeAttribute(hash_key=True)
    title = UnicodeAttribute(null=True)
    level = NumberAttribute(null=True)
    active = BooleanAttribute(null=True)
    created = UTCDateTimeAttribute(null=True)
    profile = Profile(null=True)


failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def saved(user, **options):
    """The item that is written, without its key, and the condition's value."""
    requests.clear()
    user.save(**options)
    body = requests[-1][1]
    values = body.get("ExpressionAttributeValues")
    written = {name: value for name, value in body["Item"].items() if name != "id"}
    return (written, values) if options else written


item = {"id": {"S": "00u1"}, "title": {"NULL": True}, "nickName": {"S": "Al"}, "level": {"N": "3"},
        "profile": {"M": {"department": {"S": "Sales"}, "costCenter": {"S": "R1"}}}}
check("read and saved", saved(User.get("00u1")), {"level": {"N": "3"}, "profile": {"M": {"department": {"S": "Sales"}}}})

check("None, saved", saved(User("00u1", title=None)), {})
requests.clear()
User("00u1").update(actions=[User.title.set(None)])
check("None, updated", requests[-1][1]["ExpressionAttributeValues"], {":0": {"NULL": True}})
check("None, a condition", saved(User("00u1", title=None), condition=User.title == None), ({}, {":0": {"NULL": True}}))
check("a boolean", saved(User("00u1", active="false")), {"active": {"BOOL": True}})

item = {"id": {"S": "00u1"}, "level": {"N": "12345678901234567890123.5"}}
check("a number", User.get("00u1").level, 1.2345678901234568e+22)
item = {"id": {"S": "00u1"}, "created": {"S": "2026-11-29T05:00:00.000Z"}}
try:
    seen = User.get("00u1").created
except Exception as error:
    seen = str(error)
check("a time", seen, "Datetime string '00000002026-11-29T05:00:00.000Z' does not match format '%Y-%m-%dT%H:%M:%S.%f+0000'")
sys.exit(failed)
PYTHON
