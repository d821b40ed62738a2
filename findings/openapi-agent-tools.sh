#!/usr/bin/env bash
# Does an agent's tool, made from an OpenAPI 3.0 document, send the request that the agent asks for?
#
# Versions: semantic-kernel 1.45.0, google-adk 2.13.0, with httpx 0.28.1; CPython 3.11.
# Expected: The tool sends the agent's arguments, which are valid for the tool's schema. What a library does not support is an
# error.
# Seen with semantic-kernel (`add_plugin_from_openapi`), each time with a success:
# - An object without named properties is sent as {}, whatever the agent passes: the profile of an app, or custom attributes. A
#   body composed by `allOf` is sent as {} too, and the tool has no argument for it.
# - Objects that the agent did not pass are sent as well: a change of the title also sends `"credentials": {"password": {}}`.
# - The name of a rule and the name of its group share one argument `name`, and get the same value.
# - A list in the query is sent as Python's representation, ids=['1', '2'], and a boolean is sent as False.
# - The Content-Type of the request is taken from the first response in the document. A JSON body is sent as text/plain if the
#   first response is a 400 of that type.
# - A document with parameters beside the methods of a path, as in most of Okta's paths, cannot be read: "operationId missing".
# With `enable_payload_namespacing` the two names get separate arguments. The other results do not change.
# Seen with google-adk (`OpenAPIToolset`):
# - `explode: false` is ignored, and a `deepObject` is sent as Python's representation.
# - A variable of `servers`, which names the org in Okta's document, is not replaced by its default. The resulting host does not
#   exist.
# - A member that `additionalProperties` allows at the top of a body is dropped.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for name in adk kernel; do python3 -m venv "$folder/$name"; done
"$folder/adk/bin/pip" install --quiet --disable-pip-version-check google-adk==2.13.0 httpx==0.28.1 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
"$folder/kernel/bin/pip" install --quiet --disable-pip-version-check semantic-kernel==1.45.0 httpx==0.28.1 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cat >"$folder/org.py" <<'PYTHON'
import json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

logging.disable(logging.CRITICAL)
requests = []


class Handler(BaseHTTPRequestHandler):
    """An org that accepts each request."""

    def log_message(self, *arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        requests.append((f"{self.command} {unquote(self.path)}", self.headers.get("Content-Type"), body))
        text = json.dumps({"id": "00u1"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"


def document(path_parameters=False, server=None):
    """Part of an org's API, in the form of Okta's document."""
    id = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    user = {"type": "object", "properties": {"id": {"type": "string"}}}
    responses = {"200": {"description": "Done", "content": {"application/json": {"schema": user}}}}

    def body(schema, kind="application/json"):
        return {"content": {kind: {"schema": schema}}}

    def text(*names):
        return {name: {"type": "string"} for name in names}

    update = {"operationId": "updateUser", "responses": responses, "requestBody": body({"type": "object", "properties": {
        "profile": {"type": "object", "properties": text("title", "nickName"), "additionalProperties": True},
        "credentials": {"type": "object", "properties": {"password": {"type": "object", "properties": text("value")}}}}})}
    if not path_parameters:
        update["parameters"] = [id]
    return {
        "openapi": "3.0.3", "info": {"title": "Org", "version": "1"},
        "servers": [server or {"url": org}],
        "paths": {
            "/api/v1/users/{id}": {"post": update} | ({"parameters": [id]} if path_parameters else {}),
            "/api/v1/users": {"get": {"operationId": "listUsers", "responses": responses, "parameters": [
                {"name": "expand", "in": "query", "explode": False, "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "condition", "in": "query", "style": "deepObject", "schema": {"type": "object"}},
                {"name": "active", "in": "query", "schema": {"type": "boolean"}}]}},
            "/api/v1/groups/rules": {"post": {"operationId": "createRule", "responses": responses, "requestBody": body(
                {"type": "object", "properties": text("name") | {"group": {"type": "object", "properties": text("name")}}})}},
            "/api/v1/apps": {"post": {"operationId": "createApp", "responses": {
                "400": {"description": "Bad", "content": {"text/plain": {"schema": {"type": "string"}}}}} | responses,
                "requestBody": body({"type": "object", "properties": text("label") | {"profile": {
                    "type": "object", "additionalProperties": True}}, "additionalProperties": True})}},
            "/api/v1/keys": {"post": {"operationId": "addKey", "responses": responses, "requestBody": body(
                {"allOf": [{"type": "object", "properties": text("kid")}, {"type": "object", "properties": text("kty")}]})}},
        },
    }


CHANGES = [  # Each is one call: the operation and its arguments.
    ("updateUser", {"id": "00u1", "title": "CTO"}),
    ("updateUser", {"id": "00u1", "profile": {"title": "CTO", "badge": "b7"}}),
    ("listUsers", {"expand": ["roles", "groups"], "ids": ["1", "2"], "active": False}),
    ("listUsers", {"condition": {"status": "ACTIVE"}}),
    ("createRule", {"name": "Rule"}),
    ("createRule", {"name": "Rule", "group": {"name": "Engineering"}}),
    ("createApp", {"label": "Wiki", "profile": {"owner": "ada"}, "features": ["a"]}),
    ("addKey", {"body": {"kid": "1", "kty": "EC"}}),
]
failed = False


def check(call, name, arguments, expected):
    """Makes a call, and compares the requests that arrive."""
    global failed
    requests.clear()
    try:
        call(name, arguments)
        seen = requests[0]
    except Exception as error:
        seen = type(error).__name__
    print(f"  {name} {json.dumps(arguments)}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
PYTHON
cat >"$folder/adk.py" <<'PYTHON'
import asyncio, re
from importlib.metadata import version

import org
from org import CHANGES, check, document
from google.adk.tools.openapi_tool.openapi_spec_parser.openapi_toolset import OpenAPIToolset


def caller(*settings):
    tools = {tool.name: tool for tool in asyncio.run(
        OpenAPIToolset(spec_dict=document(*settings), allow_private_network_access=True).get_tools())}
    return lambda name, arguments: asyncio.run(tools[re.sub("([A-Z])", r"_\1", name).lower()].run_async(
        args=arguments, tool_context=None))


print("google-adk", version("google-adk"))
json, plain = "application/json", "GET /api/v1/users?"
for (name, arguments), expected in zip(CHANGES, [
        None,
        ("POST /api/v1/users/00u1", json, '{"profile":{"title":"CTO","badge":"b7"}}'),
        (plain + "expand=roles&expand=groups&ids=1&ids=2&active=false", None, ""),
        (plain + "condition={'status':+'ACTIVE'}", None, ""),
        None,
        ("POST /api/v1/groups/rules", json, '{"name":"Rule","group":{"name":"Engineering"}}'),
        ("POST /api/v1/apps", json, '{"label":"Wiki","profile":{"owner":"ada"}}'),
        ("POST /api/v1/keys", json, '{"kid":"1","kty":"EC"}')]):
    if expected:
        check(caller(), name, arguments, expected)
check(caller(True), "updateUser", {"id": "00u1", "profile": {}}, ("POST /api/v1/users/00u1", json, '{"profile":{}}'))
check(caller(False, {"url": org.org.replace("127.0.0.1", "{host}"), "variables": {"host": {"default": "127.0.0.1"}}}),
      "listUsers", {}, "ConnectError")
raise SystemExit(org.failed)
PYTHON
cat >"$folder/kernel.py" <<'PYTHON'
import asyncio
from importlib.metadata import version

import org
from org import CHANGES, check, document
from semantic_kernel import Kernel
from semantic_kernel.connectors.openapi_plugin import OpenAPIFunctionExecutionParameters


def caller(path_parameters=False, **settings):
    plugin = Kernel().add_plugin_from_openapi(
        "org", openapi_parsed_spec=document(path_parameters), execution_settings=OpenAPIFunctionExecutionParameters(
            server_url_validation_allowed_base_urls=[org.org], **settings))
    return lambda name, arguments: asyncio.run(plugin[name].invoke(Kernel(), **arguments))


print("semantic-kernel", version("semantic-kernel"))
json, empty = "application/json", '"credentials":{"password":{}}}'
results = [
    ("POST /api/v1/users/00u1", json, '{"profile":{"title":"CTO"},' + empty),
    ("POST /api/v1/users/00u1", json, '{"profile":{},' + empty),
    ("GET /api/v1/users?expand=['roles',+'groups']&ids=['1',+'2']&active=False", json, ""),
    ("GET /api/v1/users?condition={'status':+'ACTIVE'}", json, ""),
    ("POST /api/v1/groups/rules", json, '{"name":"Rule","group":{"name":"Rule"}}'),
    ("POST /api/v1/groups/rules", json, '{"name":"Rule","group":{"name":"Rule"}}'),
    ("POST /api/v1/apps", "text/plain", '{"label":"Wiki","profile":{}}'),
    ("POST /api/v1/keys", json, "{}"),
]
for (name, arguments), expected in zip(CHANGES, results):
    check(caller(), name, arguments, expected)
print(" with enable_payload_namespacing")
namespaced = caller(enable_payload_namespacing=True)
check(namespaced, "createRule", {"name": "Rule", "group_name": "Engineering"},
      ("POST /api/v1/groups/rules", json, '{"name":"Rule","group":{"name":"Engineering"}}'))
check(namespaced, "updateUser", {"id": "00u1", "profile_title": "CTO"}, results[0])
print(" with parameters beside the methods")
try:
    caller(path_parameters=True)
    seen = "no error"
except Exception as error:
    seen = str(error)
print(f"  {seen}")
raise SystemExit(org.failed or not seen.startswith("operationId missing"))
PYTHON
cd "$folder"
"$folder/adk/bin/python" -W ignore adk.py
"$folder/kernel/bin/python" -W ignore kernel.py
