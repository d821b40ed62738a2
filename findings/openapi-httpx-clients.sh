#!/usr/bin/env bash
# Do clients that three generators for httpx make from an OpenAPI document send what the program gives them?
#
# Versions: openapi-to-httpx 0.1.3, openapi-python-generator 2.1.2, otterapi 0.1.14, with httpx 0.28.1; CPython 3.11.
# Expected: Each operation takes the parameters of its path, also if they stand beside the methods, as in most of Okta's paths.
# A property keeps its name. What the program did not set is not sent: a POST to Okta's users changes only the members that it
# contains, and null clears an attribute. A generator reports what it does not support.
# Seen, while the generators report nothing:
# - openapi-to-httpx omits parameters that stand beside the methods. The function then uses Python's own function `id`: a read
#   and a deletion are sent to /api/v1/users/%3Cbuilt-in%20function%20id%3E. With another name, the call raises NameError.
# - openapi-python-generator sends all properties that the program did not set as null. A change of the title clears the status,
#   the login and all others.
# - With openapi-python-generator and otterapi, the package cannot be imported if a property is named `_links`, as in most of
#   Okta's objects. openapi-to-httpx drops the property.
# - Of a subtype composed with `allOf`, openapi-to-httpx makes no class, and openapi-python-generator an empty one. It sends a
#   push factor as {}.
# - Both drop custom attributes of a user that was read. openapi-to-httpx also drops a property such as `street-address`.
#   openapi-python-generator sends it as street_address, and writes a slash in an identifier into the path unescaped.
# - otterapi's client sends a POST four times after a 500.
# - openapi-python-generator raises an error for a 202 if the document lists 200 first, although the org accepted the write.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openapi-to-httpx==0.1.3 openapi-python-generator==2.1.2 otterapi==0.1.14 \
    httpx==0.28.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import json
user = {"type": "object", "properties": {
    "id": {"type": "string"}, "title": {"type": "string"}, "login": {"type": "string"}, "street-address": {"type": "string"}}}
reference = {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}
factor = {"application/json": {"schema": {"$ref": "#/components/schemas/Push"}}}
answers = {"200": {"description": "OK", "content": reference}, "202": {"description": "Accepted", "content": reference}}


def named(name):
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


document = {
    "openapi": "3.0.3", "info": {"title": "Org", "version": "1"}, "servers": [{"url": "http://127.0.0.1"}],
    "paths": {
        "/api/v1/users/{id}": {
            "parameters": [named("id")],
            "get": {"tags": ["User"], "operationId": "getUser", "responses": answers},
            "post": {"tags": ["User"], "operationId": "updateUser", "responses": answers,
                     "requestBody": {"required": True, "content": reference}},
            "delete": {"tags": ["User"], "operationId": "deleteUser", "responses": {"204": {"description": "No content"}}},
        },
        "/api/v1/users/{id}/factors": {
            "post": {"tags": ["User"], "operationId": "enrollFactor", "parameters": [named("id")],
                     "requestBody": {"required": True, "content": factor}, "responses": answers}},
        "/api/v1/groups/{groupId}": {
            "parameters": [named("groupId")],
            "get": {"tags": ["User"], "operationId": "getGroup", "responses": answers}},
    },
    "components": {"schemas": {
        "User": user, "Factor": {"type": "object", "properties": {"kind": {"type": "string"}}},
        "Push": {"allOf": [{"$ref": "#/components/schemas/Factor"},
                           {"type": "object", "properties": {"device": {"type": "string"}}}]}}},
}
with open("document.json", "w") as file:
    json.dump(document, file)
user["properties"]["_links"] = {"type": "object"}
with open("links.json", "w") as file:
    json.dump(document, file)
PYTHON
"$folder/venv/bin/openapi-to-httpx" links.json -o first --mode sync < /dev/null > /dev/null
"$folder/venv/bin/openapi-python-generator" document.json second --library httpx < /dev/null > /dev/null
"$folder/venv/bin/openapi-python-generator" links.json third --library httpx < /dev/null > /dev/null
"$folder/venv/bin/otter" generate --source links.json --output fourth < /dev/null > /dev/null
"$folder/venv/bin/otter" generate --source document.json --output fifth < /dev/null > /dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import importlib, json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, ".")
import first.client, first.models
from pydantic.errors import PydanticUserError
import second.api_config, second.models
from second.services import User_service as second_calls

logging.disable(logging.CRITICAL)
arrived = []
USER = {"id": "1", "title": "Engineer", "street-address": "1 Main St", "_links": {"self": {"href": "/"}}, "badge": 7}


class Org(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        arrived.append((self.command, self.path, json.loads(body) if body else None))
        answer = b"" if self.command == "DELETE" else json.dumps(USER).encode()
        status = 500 if "broken" in self.path else 202 if "later" in self.path else 200
        self.send_response(204 if self.command == "DELETE" else status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_DELETE = do_any


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
failed = False


def check(name, call, *expected):
    """Compares the request that arrived, and the kind of error if there was one."""
    global failed
    arrived.clear()
    seen = []
    try:
        call()
    except Exception as error:
        seen = [type(error).__name__]
    seen = [*arrived, *seen]
    print(f"{name}: {seen}")
    if seen != list(expected):
        failed = True
        print(f"  changed: expected {list(expected)}", file=sys.stderr)


client, models = first.client.APIClient(org), first.models
BUILTIN = "/api/v1/users/%3Cbuilt-in%20function%20id%3E"
check("openapi-to-httpx, read", lambda: client.get_user(), ("GET", BUILTIN, None))
check("openapi-to-httpx, deletion", lambda: client.delete_user(), ("DELETE", BUILTIN, None))
check("openapi-to-httpx, a group", lambda: client.get_group(), "NameError")
check("openapi-to-httpx, change", lambda: client.update_user(models.User(title="Manager")),
      ("POST", BUILTIN, {"title": "Manager"}))
check("openapi-to-httpx, read and sent", lambda: client.update_user(models.User.model_validate(USER)),
      ("POST", BUILTIN, {"id": "1", "title": "Engineer"}))
print("openapi-to-httpx has a class Push:", hasattr(models, "Push"))
failed = failed or hasattr(models, "Push")

config, models = second.api_config.APIConfig(base_path=org), second.models
call = second_calls
check("openapi-python-generator, read", lambda: call.getUser(config, id="ada/ops"), ("GET", "/api/v1/users/ada/ops", None))
unset = {"id": None, "title": None, "login": None, "street_address": None}
check("openapi-python-generator, change", lambda: call.updateUser(config, id="1", data=models.User(title="Manager")),
      ("POST", "/api/v1/users/1", {**unset, "title": "Manager"}))
check("openapi-python-generator, read and sent", lambda: call.updateUser(config, id="1", data=models.User(**USER)),
      ("POST", "/api/v1/users/1", {**unset, "id": "1", "title": "Engineer", "street_address": "1 Main St"}))
check("openapi-python-generator, a factor",
      lambda: call.enrollFactor(config, id="1", data=models.Push(kind="push", device="phone")),
      ("POST", "/api/v1/users/1/factors", {}))
check("openapi-python-generator, 202", lambda: call.updateUser(config, id="later", data=models.User()),
      ("POST", "/api/v1/users/later", unset), "HTTPException")
import fifth.client, fifth.endpoints, fifth.models

client, models = fifth.client.Client(base_url=org), fifth.models
check("otterapi, 500", lambda: fifth.endpoints.update_user("broken", models.User(title="Manager"), client=client),
      *[("POST", "/api/v1/users/broken", {"title": "Manager"})] * 4, "InternalServerError")
check("otterapi, a factor", lambda: fifth.endpoints.enroll_factor("1", models.Push(kind="push", device="phone"), client=client),
      ("POST", "/api/v1/users/1/factors", {"kind": "push", "device": "phone"}))
for name, package in {"openapi-python-generator": "third", "otterapi": "fourth"}.items():
    try:
        importlib.import_module(package)
        imported = "imported"
    except (PydanticUserError, NameError) as error:
        imported = str(error).split(";")[0]
    print(f"{name}, a property `_links`: {imported}")
    failed = failed or imported != "Fields must not use names with leading underscores"
sys.exit(failed)
PYTHON
