#!/usr/bin/env bash
# Does an OpenAPI document made from recorded requests to an org describe all of the recorded requests?
#
# Versions: mitmproxy2swagger 0.14.0 with mitmproxy 11.0.2; jsonschema 4.26.0; CPython 3.11.
# Expected: The document is made from all exchanges of an operation: each parameter, each member, each status. A member that is
# null in one response and a text in another one is a text that may be null. Each recorded response is valid for the document.
# Seen, with exit status 0:
# - A member that is null in the first response becomes `type: object`. The title "Engineer" of the next user is not valid.
# - Of several requests to one operation, only the first one counts. The cursor `after` of the second page is not a parameter, and
#   `groupIds` of the second new user is not a member of the body.
# - A response without a body is documented as 200, although its status was 204.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet mitmproxy2swagger==0.14.0 mitmproxy==11.0.2 jsonschema==4.26.0 ruamel.yaml==0.18.6
cd "$folder"
"$folder/venv/bin/python" - "$folder/venv/bin/mitmproxy2swagger" <<'PYTHON'
import json, subprocess, sys

import jsonschema
from ruamel.yaml import YAML

ORG = "https://acme.okta.com"


def exchange(method, path, answer, sent=None, status=200):
    fields = [{"name": "Content-Type", "value": "application/json"}]
    request = {"method": method, "url": ORG + path, "httpVersion": "HTTP/1.1", "headers": fields, "queryString": [], "cookies": [],
               "headersSize": -1, "bodySize": -1}
    if sent is not None:
        request["postData"] = {"mimeType": "application/json", "text": json.dumps(sent)}
    content = {"size": 0, "mimeType": "application/json", "text": "" if answer is None else json.dumps(answer)}
    response = {"status": status, "statusText": "", "httpVersion": "HTTP/1.1", "headers": fields, "cookies": [], "content": content,
                "redirectURL": "", "headersSize": -1, "bodySize": -1}
    return {"startedDateTime": "2026-11-30T10:00:00Z", "time": 1, "request": request, "response": response, "cache": {},
            "timings": {"send": 0, "wait": 0, "receive": 0}}


ada, ben = {"id": "00u1", "title": None}, {"id": "00u2", "title": "Engineer"}
entries = [
    exchange("GET", "/api/v1/users?limit=1", [ada]),
    exchange("GET", "/api/v1/users?limit=1&after=00u1", [ben]),
    exchange("POST", "/api/v1/users", ada, {"profile": {}}),
    exchange("POST", "/api/v1/users", ben, {"profile": {}, "groupIds": ["00g1"]}),
    exchange("DELETE", "/api/v1/users/00u1", None, status=204),
    exchange("GET", "/api/v1/users/00u3", {"errorCode": "E0000007"}, status=404),
]
with open("recorded.har", "w") as file:
    json.dump({"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": entries}}, file)
command = [sys.argv[1], "-i", "recorded.har", "-o", "document.yaml", "-p", ORG, "-f", "har"]
subprocess.run(command, check=True, timeout=60, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
# The tool asks its user to choose the paths. The first template that matches is taken.
with open("document.yaml") as file:
    text = file.read()
text = text.replace("- ignore:/api/v1/users\n", "- /api/v1/users\n- /api/v1/users/{id}\n")
with open("document.yaml", "w") as file:
    file.write(text)
subprocess.run(command, check=True, timeout=60, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
with open("document.yaml") as file:
    paths = YAML(typ="safe").load(file)["paths"]
users, user = paths["/api/v1/users"], paths["/api/v1/users/{id}"]
schema = users["get"]["responses"]["200"]["content"]["application/json"]["schema"]
title = schema["items"]["properties"]["title"]
seen = {
    "title": title,
    "Engineer is valid": jsonschema.Draft4Validator(title).is_valid("Engineer"),
    "parameters of the list": [parameter["name"] for parameter in users["get"]["parameters"]],
    "members of a new user": list(users["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]),
    "statuses of the deletion": list(user["delete"]["responses"]),
    "statuses of the read": list(user["get"]["responses"]),
}
expected = {
    "title": {"type": "object", "nullable": True},
    "Engineer is valid": False,
    "parameters of the list": ["limit"],
    "members of a new user": ["profile"],
    "statuses of the deletion": ["200"],
    "statuses of the read": ["404"],
}
for name, value in seen.items():
    print(f"{name}: {value}")
if seen != expected:
    print(f"  changed: expected {expected}", file=sys.stderr)
    sys.exit(1)
PYTHON
