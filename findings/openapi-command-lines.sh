#!/usr/bin/env bash
# Do command-line tools made from an OpenAPI document send the request that the user asks for?
#
# Versions: openapi2cli 0.1.1, specli 0.3.1, openapi-cli4ai 0.7.0; CPython 3.11.
# Expected: A query parameter is sent in the query, with its type. A slash in an identifier is escaped. An unknown or misspelt
# name is an error. `activate` of Okta's Create User is a boolean in the query, true by default. With true, the org sends the
# user a mail.
# Seen, with exit status 0 except where stated:
# - openapi2cli sends the query parameters of a POST in the body, as strings. `--activate false` is sent as a member "activate",
#   and the org uses its default: it activates the user and sends the mail. Without the option, the member is "True".
# - openapi2cli sends a member that is an object or a number as a string: "profile": "{\"login\": ...}" and "level": "7". Only
#   `--data` sends JSON.
# - openapi2cli writes a program that Python refuses if a property has the name of a keyword, such as `class`.
# - specli has no way to send `activate=false`. `--activate` is a flag that is true without being given, and `--no-activate` is
#   an unknown option.
# - specli sends only the last of two values of a list. It sends objects and numbers as JSON.
# - specli's program does not start if the path of any operation has a parameter `id`, and its body a property `id`: "duplicate
#   argument 'id' in function definition".
# - Both write a slash in an identifier into the path unescaped.
# - openapi-cli4ai sends a misspelt parameter in the body of the GET, and lists everybody. It ignores `explode: false`, and sends
#   a `deepObject` as Python's representation, filter={'a': 'x'}.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openapi2cli==0.1.1 specli==0.3.1 openapi-cli4ai==0.7.0
cd "$folder"
HOME=$folder "$folder/venv/bin/python" - "$folder/venv/bin" <<'PYTHON'
import copy, json, os, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

programs = sys.argv[1]
arrived = []


class Org(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/document.json":
            answer = json.dumps(document).encode()
        else:
            arrived.append(" ".join(filter(None, (self.command, self.path, body))))
            answer = b"[]"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_any


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
body = {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}}
answers = {"200": {"description": "OK"}}
document = {
    "openapi": "3.0.3", "info": {"title": "Org", "version": "1"}, "servers": [{"url": org}],
    "paths": {
        "/api/v1/users": {
            "get": {"operationId": "listUsers", "tags": ["User"], "responses": answers,
                    "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}]},
            "post": {"operationId": "createUser", "tags": ["User"], "responses": answers, "requestBody": body,
                     "parameters": [{"name": "activate", "in": "query", "schema": {"type": "boolean", "default": True}}]},
        },
        "/api/v1/users/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {"operationId": "getUser", "tags": ["User"], "responses": answers, "parameters": [
                {"name": "expand", "in": "query", "explode": False, "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "filter", "in": "query", "style": "deepObject",
                 "schema": {"type": "object", "properties": {"a": {"type": "string"}}}}]},
            "put": {"operationId": "replaceUser", "tags": ["User"], "responses": answers, "requestBody": body},
        },
    },
    "components": {"schemas": {"User": {"type": "object", "properties": {
        "level": {"type": "integer"}, "profile": {"type": "object", "properties": {"login": {"type": "string"}}}}}}},
}


def with_property(name):
    changed = copy.deepcopy(document)
    changed["components"]["schemas"]["User"]["properties"][name] = {"type": "string"}
    return changed


def run(*command, **environment):
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **environment})
    return result.returncode, result.stdout + result.stderr


def openapi2cli(content, name):
    with open(name + ".json", "w") as file:
        json.dump(content, file)
    status, output = run(f"{programs}/openapi2cli", "generate", name + ".json", "--name", "org", "--output", name + ".py")
    assert status == 0, output
    return [f"{programs}/python", name + ".py"]


def specli(content, name):
    with open(name + ".json", "w") as file:
        json.dump(content, file)
    for command in (["init", "-s", name + ".json", "-n", name, "--base-url", org],
                    ["build", "generate", "-p", name, "-n", name, "-o", "generated"]):
        status, output = run(f"{programs}/specli", *command)
        assert status == 0, output
    os.environ["PYTHONPATH"] = f"generated/{name}/src"
    return [f"{programs}/python", "-m", name]


def send(program, *arguments):
    arrived.clear()
    status, output = run(*program, *arguments)
    return arrived[0] if status == 0 and arrived else f"status {status}"


failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


profile = '{"login": "ada"}'
program = openapi2cli(document, "first")
check("openapi2cli, --activate false", send(program, "user", "create", "--activate", "false"),
      'POST /api/v1/users {"activate": "false"}')
check("openapi2cli, an object and a number", send(program, "user", "create", "--profile", profile, "--level", "7"),
      'POST /api/v1/users {"activate": "True", "level": "7", "profile": "{\\"login\\": \\"ada\\"}"}')
check("openapi2cli, --data", send(program, "user", "create", "--data", '{"level": 7}'), 'POST /api/v1/users {"level": 7}')
check("openapi2cli, a slash", send(program, "user", "get", "--id", "ada/ops"), "GET /api/v1/users/ada/ops")
program = openapi2cli(with_property("class"), "second")
status, output = run(*program, "user", "list")
check("openapi2cli, a property `class`", [status, "SyntaxError" in output], [1, True])

program = specli(document, "third")
check("specli, --no-activate", send(program, "users", "create", "--no-activate"), "status 2")
check("specli, --activate false", send(program, "users", "create", "--activate", "false"), "status 2")
check("specli, an object and a number", send(program, "users", "create", "--profile", profile, "--level", "7"),
      'POST /api/v1/users?activate=true {"level":7,"profile":{"login":"ada"}}')
check("specli, a slash and a list", send(program, "users", "get", "ada/ops", "--expand", "a", "--expand", "b"),
      "GET /api/v1/users/ada/ops?expand=b")
program = specli(with_property("id"), "fourth")
status, output = run(*program, "users", "list")
check("specli, `id` in path and body", [status, "duplicate argument 'id'" in output], [1, True])

status, output = run(f"{programs}/openapi-cli4ai", "init", "org", "--url", org, "--spec", "/document.json", "--yes")
assert status == 0, output
program = [f"{programs}/openapi-cli4ai", "run"]
check("openapi-cli4ai, activate", send(program, "createUser", "-i", '{"activate": false, "level": 7}'),
      'POST /api/v1/users?activate=false {"level":7}')
check("openapi-cli4ai, a misspelt name", send(program, "listUsers", "-i", '{"limt": 1}'), 'GET /api/v1/users {"limt":1}')
check("openapi-cli4ai, a list and an object", send(program, "getUser", "-i", '{"id": "1", "expand": ["a", "b"], "filter": {"a": "x"}}'),
      "GET /api/v1/users/1?expand=a&expand=b&filter=%7B%27a%27%3A+%27x%27%7D")
sys.exit(failed)
PYTHON
