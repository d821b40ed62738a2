#!/usr/bin/env bash
# Do validators of requests and responses agree on forms that Okta uses: `readOnly`, `writeOnly`, `nullable`?
#
# Versions: openapi-core 0.23.1, connexion 3.3.0 with its validation of responses, schemathesis 4.32.5 (it validates
# responses only); CPython 3.11.
# Expected: They agree. According to OpenAPI 3.0.3, a required property that is `readOnly` is required in responses only, and
# one that is `writeOnly` in requests only. `nullable` adds null to the `type` beside it, but not to an `enum`.
# Seen:
# - No request to create a user passes both validators. connexion refuses a request without the `id`, which the server assigns
#   ("'id' is a required property"). openapi-core refuses a request with it. So openapi-core refuses a user that was read and is
#   sent back, and connexion refuses to create a user.
# - connexion answers 500 if a response omits a required password that is `writeOnly`.
# - They differ on null for a property that is `nullable` and has an `enum` without null, as `transitioningToStatus` of Okta's
#   User. They also differ on null for a property with `nullable: true` beside `$ref`, as `items` of GroupSchemaAttribute.
#   openapi-core refuses null, as the specification says. connexion and schemathesis accept it.
# - All accept null for a plain string that is `nullable`, and refuse a response without the `id`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for tool in openapi-core==0.23.1 connexion[flask]==3.3.0 schemathesis==4.32.5; do
    name=${tool%%[\[=]*}
    python3 -m venv "$folder/$name"
    "$folder/$name/bin/pip" install --quiet "$tool"
done
cat >"$folder/cases.py" <<'PYTHON'
import json, sys
from importlib.metadata import version

USER, CREDENTIALS = "/users", "/credentials"
schemas = {
    "User": {"type": "object", "required": ["id", "login"], "properties": {
        "id": {"type": "string", "readOnly": True},
        "login": {"type": "string"},
        "title": {"type": "string", "nullable": True},
        "status": {"type": "string", "nullable": True, "enum": ["ACTIVE", "STAGED"]},
        "manager": {"$ref": "#/components/schemas/Manager", "nullable": True}}},
    "Manager": {"type": "object", "properties": {"id": {"type": "string"}}},
    "Credentials": {"type": "object", "required": ["login", "password"], "properties": {
        "login": {"type": "string"}, "password": {"type": "string", "writeOnly": True}}},
}


def operation(name):
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {"post": {"operationId": f"handlers.{name}", "requestBody": {"required": True, "content": content},
                     "responses": {"200": {"description": "Created", "content": content}}}}


document = {"openapi": "3.0.3", "info": {"title": "Users", "version": "1"}, "servers": [{"url": "/"}],
            "paths": {USER: operation("User"), CREDENTIALS: operation("Credentials")}, "components": {"schemas": schemas}}
read = {"id": "00u1", "login": "ada@example.com"}
# For each path: a request and a response, of which one is judged, and who accepts it. None is for what schemathesis
# does not judge.
cases = [
    ("request without id", USER, {"login": "ada@example.com"}, None, {"openapi-core": True, "connexion": False}),
    ("request with id", USER, read, None, {"openapi-core": False, "connexion": True}),
    ("response without id", USER, None, {"login": "ada@example.com"},
     {"openapi-core": False, "connexion": False, "schemathesis": False}),
    ("response without password", CREDENTIALS, None, {"login": "ada@example.com"},
     {"openapi-core": True, "connexion": False, "schemathesis": True}),
    ("response with title null", USER, None, read | {"title": None},
     {"openapi-core": True, "connexion": True, "schemathesis": True}),
    ("response with status null", USER, None, read | {"status": None},
     {"openapi-core": False, "connexion": True, "schemathesis": True}),
    ("response with manager null", USER, None, read | {"manager": None},
     {"openapi-core": False, "connexion": True, "schemathesis": True}),
]


def judge(tool, accepts_request, accepts_response):
    """Compares what a tool accepts with what is expected of it, and ends the program."""
    failed = False
    print(tool, version(tool))
    for name, path, request, response, expected in cases:
        if tool not in expected:
            continue
        seen = accepts_request(path, request) if request else accepts_response(path, response)
        print(f"  {name}: {'accepted' if seen else 'refused'}")
        if seen != expected[tool]:
            failed = True
            print(f"  changed: expected {expected[tool]}", file=sys.stderr)
    sys.exit(failed)
PYTHON
cd "$folder"
openapi-core/bin/python -W ignore - <<'PYTHON'
import json, sys

sys.path.insert(0, ".")
from cases import document, judge
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

api = OpenAPI.from_dict(document)


def request_to(path, value):
    return MockRequest("https://acme.example", "post", path, data=json.dumps(value).encode())


def accepts_request(path, value):
    try:
        api.validate_request(request_to(path, value))
    except OpenAPIError:
        return False
    return True


def accepts_response(path, value):
    try:
        api.validate_response(request_to(path, {}), MockResponse(json.dumps(value).encode()))
    except OpenAPIError:
        return False
    return True


judge("openapi-core", accepts_request, accepts_response)
PYTHON
connexion/bin/python -W ignore - <<'PYTHON'
import logging, sys, types

sys.path.insert(0, ".")
from cases import USER, document, judge
import connexion

logging.disable(logging.CRITICAL)
answers = {}
sys.modules["handlers"] = types.SimpleNamespace(
    User=lambda body: answers["next"], Credentials=lambda body: answers["next"], __spec__=None)
app = connexion.FlaskApp("validators")
app.add_api(document, validate_responses=True)
client = app.test_client()
complete = {"id": "00u1", "login": "ada@example.com", "password": "secret"}


def accepts_request(path, value):
    answers["next"] = {"id": "00u1", "login": "ada@example.com"}
    return client.post(path, json=value).status_code == 200


def accepts_response(path, value):
    answers["next"] = value
    body = {name: complete[name] for name in (("id", "login") if path == USER else ("login", "password"))}
    return client.post(path, json=body).status_code == 200


judge("connexion", accepts_request, accepts_response)
PYTHON
schemathesis/bin/python -W ignore - <<'PYTHON'
import json, sys

sys.path.insert(0, ".")
from cases import document, judge
import requests, schemathesis

schema = schemathesis.openapi.from_dict(document)


def accepts_response(path, value):
    response = requests.Response()
    response.status_code, response._content = 200, json.dumps(value).encode()
    response.headers["Content-Type"] = "application/json"
    response.request = requests.Request("POST", f"https://acme.example{path}").prepare()
    try:
        schema[path]["POST"].validate_response(response)
    except BaseExceptionGroup as failures:
        return all(type(failure).__name__ != "JsonSchemaError" for failure in failures.exceptions)
    except AssertionError as failure:
        return type(failure).__name__ != "JsonSchemaError"
    return True


judge("schemathesis", None, accepts_response)
PYTHON
