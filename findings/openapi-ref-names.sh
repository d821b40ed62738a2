#!/usr/bin/env bash
# Can a property of an API be named `$ref`, as in Okta's schema of users and in the members of a SCIM group?
#
# Versions: prance 26.7.19.0, connexion 3.3.0, openapi3-parser 2.0.0, jsonref 1.1.0; openapi-core 0.23.1 with
# openapi-spec-validator 0.8.5; CPython 3.11.
# Expected: A `$ref` below `properties` is the name of a property, and in an `example` it is data. Neither is a reference in
# OpenAPI 3.0. openapi-spec-validator accepts both documents, and openapi-core reads them.
# Seen:
# - A property named `$ref`, as in Okta's UserSchemaPropertiesProfileItem: prance refuses the document ("Unable to parse url:
#   {'type': 'string'}"). connexion's server does not start: "TypeError: unhashable type: 'slice'".
# - A `$ref` in the example of a SCIM group holds the address of the user. prance, connexion and jsonref send a request to that
#   address. If it does not answer, as in a build without network, they cannot read the document.
# - If it answers, they replace the member in the example by the user at that address, and the member loses its `value`. A mock
#   by connexion returns that user as the member.
# - openapi3-parser refuses the document with such an example: "Failed to resolve references".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet prance==26.7.19.0 openapi3-parser==2.0.0 jsonref==1.1.0 "connexion[flask]==3.3.0" \
    openapi-core==0.23.1 openapi-spec-validator==0.8.5 requests==2.34.2
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import json, logging, socket, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import connexion, jsonref, openapi_parser, prance
from connexion.mock import MockResolver
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

folder, asked, text = sys.argv[1], [], {"type": "string"}
logging.disable()


class Handler(BaseHTTPRequestHandler):
    """The SCIM server, which has the user."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        asked.append(self.path)
        body = json.dumps({"id": "00u1", "userName": "ada@example.com"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
with socket.socket() as unused:
    unused.bind(("127.0.0.1", 0))
    silent = unused.getsockname()[1]


def document(address=None):
    member = {"type": "object", "properties": {"value": text, "$ref" if address is None else "display": text}}
    members = {"type": "array", "items": {"$ref": "#/components/schemas/Member"}}
    group = {"type": "object", "properties": {"members": members}}
    content = {"schema": group}
    if address:
        content["example"] = {"members": [{"value": "00u1", "$ref": address}]}
    parameter = {"name": "id", "in": "path", "required": True, "schema": text}
    responses = {"200": {"description": "A group", "content": {"application/json": content}}}
    return {"openapi": "3.0.3", "info": {"title": "Groups", "version": "1"},
            "paths": {"/Groups/{id}": {"get": {"operationId": "getGroup", "parameters": [parameter], "responses": responses}}},
            "components": {"schemas": {"Member": member}}}


def example(whole):
    return whole["paths"]["/Groups/{id}"]["get"]["responses"]["200"]["content"]["application/json"].get("example")


def of_prance(path):
    return example(prance.ResolvingParser(path, backend="openapi-spec-validator").specification)


def of_parser(path):
    openapi_parser.parse(path)


def of_connexion(path):
    app = connexion.FlaskApp("mock", specification_dir="/")
    app.add_api(path, resolver=MockResolver(mock_all=True))
    response = app.test_client().get("/Groups/00g1")
    return response.json() if response.status_code == 200 else None


def of_jsonref(path):
    return example(jsonref.replace_refs(json.load(open(path)), proxies=False, lazy_load=False))


def of_core(path):
    body = json.dumps({"members": [{"value": "00u1", "$ref": "x"}]}).encode()
    request = MockRequest("http://localhost", "get", "/Groups/00g1")
    result = OpenAPI.from_file_path(path).unmarshal_response(request, MockResponse(body))
    assert not result.errors and result.data["members"][0]["$ref"] == "x"


def seen(function, whole, name):
    path = f"{folder}/{function.__name__}-{name}.json"
    with open(path, "w") as output:
        json.dump(whole, output)
    subprocess.run([f"{folder}/venv/bin/openapi-spec-validator", path], check=True, capture_output=True)
    asked.clear()
    try:
        read = function(path)
    except Exception as error:
        return f"error, {type(error).__name__}"
    if asked:
        return "the user" if read and read["members"][0] == {"id": "00u1", "userName": "ada@example.com"} else "asked"
    return "read"


print(*(f"{name} {version(name)}" for name in ("prance", "openapi3-parser", "connexion", "jsonref", "openapi-core")))
documents = {"name of a property": document(), "example, no network": document(f"http://127.0.0.1:{silent}/v2/Users/00u1"),
             "example": document(f"http://127.0.0.1:{server.server_port}/v2/Users/00u1")}
cases = {of_prance: ["error, ResolutionError", "error, ConnectionError", "the user"],
         of_parser: ["read", "error, ParserError", "error, ParserError"],
         of_connexion: ["error, TypeError", "error, _RefResolutionError", "the user"],
         of_jsonref: ["read", "error, JsonRefError", "the user"],
         of_core: ["read", "read", "read"]}
failed = False
for function, expected in cases.items():
    for (name, whole), right in zip(documents.items(), expected):
        found = seen(function, whole, name.replace(" ", "-"))
        print(f"{function.__name__.removeprefix('of_')}, $ref as {name}: {found}")
        if found != right:
            failed = True
            print(f"  changed: expected {right}", file=sys.stderr)
sys.exit(failed)
PYTHON
