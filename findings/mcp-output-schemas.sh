#!/usr/bin/env bash
# What does an agent learn from an MCP server made from an OpenAPI document if the org's answers go beyond the document?
#
# Versions: fastmcp 4.2.3 with mcp 2.3.0 and httpx2 2.16.2; CPython 3.11.
# Expected: A tool returns what the org answered. A value that the document does not name is passed on. A write that the org has
# carried out is not reported as failed. A list says that there is more, and how to request it.
# Seen, with `FastMCP.from_openapi` and its defaults:
# - Each tool declares the document's schema for its result, and the client refuses a result that does not match: a new status,
#   null in a member that is not nullable, a number as an employee number. One such user makes the client refuse the whole page.
# - Writes behave in the same way. The org has changed the user, but the agent gets "Invalid structured content" and tries
#   again. A 200 without a body is an error too, "did not return structured content".
# - The Link field is dropped. The tool for a list has a parameter `after`, but nothing states its value. All lists end after
#   one page.
# - A member `id` in a body renames the path parameter to id__path.
# With validate_output=False, values and writes are passed on. A 200 without a body is still an error, and a list is still one
# page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fastmcp==4.2.3 mcp==2.3.0 httpx2==2.16.2
HOME=$folder FASTMCP_LOG_LEVEL=CRITICAL "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import httpx2
from fastmcp import Client, FastMCP

logging.disable(logging.CRITICAL)
answers, asked = [], []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked.append(f"{self.command} {self.path}")
        value = answers.pop(0)
        text = b"" if value is None else json.dumps(value).encode()
        self.send_response(200)
        if isinstance(value, list):
            self.send_header("Link", f'<http://{self.headers["Host"]}/api/v1/users?after=cursor>; rel="next"')
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()

schema = {"type": "object", "properties": {
    "id": {"type": "string", "readOnly": True},
    "status": {"type": "string", "enum": ["ACTIVE", "SUSPENDED"]},
    "lastLogin": {"type": "string", "format": "date-time"},
    "profile": {"type": "object", "properties": {"login": {"type": "string"}, "employeeNumber": {"type": "string"}}}}}
user = {"$ref": "#/components/schemas/User"}
content = lambda kind: {"content": {"application/json": {"schema": kind}}}
responses = lambda kind: {"200": {"description": "Success", **content(kind)}}
identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
document = {
    "openapi": "3.0.3", "info": {"title": "Org", "version": "1"}, "components": {"schemas": {"User": schema}},
    "paths": {
        "/api/v1/users": {"get": {
            "operationId": "listUsers", "parameters": [{"name": "after", "in": "query", "schema": {"type": "string"}}],
            "responses": responses({"type": "array", "items": user})}},
        "/api/v1/users/{id}": {
            "get": {"operationId": "getUser", "parameters": [identifier], "responses": responses(user)},
            "post": {"operationId": "updateUser", "parameters": [identifier], "requestBody": content(user),
                     "responses": responses(user)}}}}
known = {"id": "00u1", "status": "ACTIVE", "lastLogin": "2026-11-29T12:00:00.000Z", "profile": {"login": "ada"}}
new_status, no_login = {**known, "status": "STAGED"}, {**known, "lastLogin": None}
number = {**known, "profile": {"login": "ada", "employeeNumber": 7}}


async def outcome(client, tool, arguments, answer):
    answers[:], asked[:] = [answer], []
    try:
        result = await client.call_tool(tool, arguments)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    seen = result.structured_content
    if seen not in (answer, {"result": answer}):
        return f"another value: {seen}"
    return "as answered" + (", next page unknown" if "cursor" not in str(result) and isinstance(answer, list) else "")


refused, missing = "RuntimeError: Invalid structured content returned by tool", "has an output schema but did not return structured content"
one, change = {"id": "00u1"}, {"id__path": "00u1", "profile": {"login": "ada"}}
# For each call: its outcome by default, and with validate_output=False.
cases = [
    ("getUser, as in the document", "getUser", one, known, "as answered", "as answered"),
    ("getUser, a new status", "getUser", one, new_status,
     f"{refused} getUser: 'STAGED' is not one of ['ACTIVE', 'SUSPENDED']", "as answered"),
    ("getUser, null", "getUser", one, no_login, f"{refused} getUser: None is not of type 'string'", "as answered"),
    ("getUser, a number", "getUser", one, number, f"{refused} getUser: 7 is not of type 'string'", "as answered"),
    ("listUsers, a page", "listUsers", {}, [known] * 200, "as answered, next page unknown", "as answered, next page unknown"),
    ("listUsers, a page with one new status", "listUsers", {}, [known] * 199 + [new_status],
     f"{refused} listUsers: 'STAGED' is not one of ['ACTIVE', 'SUSPENDED']", "as answered, next page unknown"),
    ("updateUser, a new status", "updateUser", change, new_status,
     f"{refused} updateUser: 'STAGED' is not one of ['ACTIVE', 'SUSPENDED']", "as answered"),
    ("updateUser, 200 without a body", "updateUser", change, None,
     f"RuntimeError: Tool updateUser {missing}", f"RuntimeError: Tool updateUser {missing}"),
]
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


async def main():
    for place, settings in enumerate(({}, {"validate_output": False})):
        print("by default" if not settings else "with validate_output=False")
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{server.server_port}") as sender:
            async with Client(FastMCP.from_openapi(document, client=sender, **settings)) as client:
                tools = {tool.name: tool.input_schema for tool in await client.list_tools()}
                check("  parameters of updateUser", sorted(tools["updateUser"]["properties"]),
                      ["id__path", "lastLogin", "profile", "status"])
                for what, tool, arguments, answer, *expected in cases:
                    check("  " + what, await outcome(client, tool, arguments, answer), expected[place])
                    if tool == "updateUser":
                        check("    requests", asked, ["POST /api/v1/users/00u1"])


print("fastmcp", version("fastmcp"), "mcp", version("mcp"))
asyncio.run(main())
sys.exit(failed)
PYTHON
