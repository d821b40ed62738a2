#!/usr/bin/env bash
# Does mcpo, Open WebUI's bridge from MCP to OpenAPI, pass an agent's calls to the MCP server unchanged?
#
# Versions: mcpo 0.0.20 with mcp 1.30.0 and pydantic 2.14.4, with fastapi 0.120.4 and starlette 0.49.3, and with fastapi 0.165.0
# and starlette 1.10.0, which pip installs; CPython 3.11.
# Expected: The arguments match the tool's JSON Schema, so they are sent unchanged. A result arrives as the tool returned it.
# Seen:
# - mcpo removes a null at any depth and answers with the success of the rest. A title or a phone number cannot be cleared.
# - mcpo removes an attribute that `additionalProperties: true` allows if the object also has named properties.
# - A large integer changes: 12345678901234567890 is sent as 1.2345678901234567e+19.
# - A result that is the text 1e5 or null, such as a cost center, becomes 100000.0 or null.
# - An argument called `$ref`, which is a property of Okta's user schema, removes all tools: /openapi.json answers 500.
# - With the fastapi that pip installs, mcpo does not start: "unexpected keyword argument 'ssl_certfile'". mcpo requires fastapi
#   0.115.12 or later.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in "0.120.4 0.49.3" "0.165.0 1.10.0"; do
    read -r fastapi starlette <<<"$version"
    python3 -m venv "$folder/$fastapi"
    "$folder/$fastapi/bin/pip" install --quiet --disable-pip-version-check mcpo==0.0.20 mcp==1.30.0 pydantic==2.14.4 \
        "fastapi==$fastapi" "starlette==$starlette" 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
done
cat >"$folder/server.py" <<'PYTHON'
# An MCP server with a tool that returns its arguments, one that returns a text, and one that fails.
import json, sys

schema = json.loads(sys.argv[1])
for line in sys.stdin:
    message = json.loads(line)
    if message["method"] == "initialize":
        result = {"protocolVersion": message["params"]["protocolVersion"], "capabilities": {"tools": {}},
                  "serverInfo": {"name": "org", "version": "1"}}
    elif message["method"] == "tools/list":
        result = {"tools": [{"name": name, "description": name, "inputSchema": schema if name == "update" else {
            "type": "object", "properties": {"text": {"type": "string"}}}} for name in ("update", "read", "fail")]}
    elif message["method"] == "tools/call":
        name, arguments = message["params"]["name"], message["params"].get("arguments") or {}
        text = {"update": json.dumps({"sent": arguments}), "read": arguments.get("text"), "fail": "E0000007: Not found"}[name]
        result = {"content": [{"type": "text", "text": text}], "isError": name == "fail"}
    else:
        continue
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
PYTHON
cd "$folder"
0.120.4/bin/python -W ignore - <<'PYTHON'
import contextlib, json, socket, subprocess, sys, time, urllib.error, urllib.request
from importlib.metadata import version

text, optional = {"type": "string"}, {"type": ["string", "null"]}
SCHEMA = {"type": "object", "properties": {
    "userId": text, "title": optional, "count": {"type": "number"},
    "profile": {"type": "object", "properties": {"login": text, "mobilePhone": optional}, "additionalProperties": True}}}


def with_argument(name):
    return {**SCHEMA, "properties": {**SCHEMA["properties"], name: text}}


@contextlib.contextmanager
def bridge(schema, fastapi="0.120.4"):
    """The port of mcpo, or None where it ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open("log", "w") as log:
        process = subprocess.Popen([f"{fastapi}/bin/mcpo", "--host", "127.0.0.1", "--port", str(port), "--", sys.executable,
                                    "server.py", json.dumps(schema)], stdout=log, stderr=log)
    while process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        time.sleep(0.1)
    yield None if process.poll() is not None else port
    process.terminate()
    process.wait(30)


def ask(port, path, body=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}", body if body is None else json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        return error.code


def check(what, seen, expected):
    global failed
    print(f"{what}: {json.dumps(seen)}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {json.dumps(expected)}", file=sys.stderr)


# For each call: the arguments, and the arguments that the server gets from mcpo.
CALLS = {
    "a title that is to be cleared": ({"userId": "00u1", "title": None}, {"userId": "00u1"}),
    "a phone that is to be cleared": ({"userId": "00u1", "profile": {"login": "ada", "mobilePhone": None}},
                                      {"userId": "00u1", "profile": {"login": "ada"}}),
    "a custom attribute": ({"userId": "00u1", "profile": {"login": "ada", "badge": "b7"}},
                           {"userId": "00u1", "profile": {"login": "ada"}}),
    "a number": ({"count": 12345678901234567890}, {"count": 1.2345678901234567e+19}),
}
failed = False
print("mcpo", version("mcpo"), "with fastapi", version("fastapi"))
with bridge(SCHEMA) as port:
    for name, (arguments, expected) in CALLS.items():
        check(f"  {name}", ask(port, "update", arguments), {"sent": expected})
    for result, expected in ("00123", "00123"), ("1e5", 100000.0), ("null", None):
        check(f"  the result {result}", ask(port, "read", {"text": result}), expected)
    check("  a tool that fails", ask(port, "fail", {}), 500)
with bridge(with_argument("$ref")) as port:
    check("  its document, with an argument $ref", ask(port, "openapi.json"), 500)
with bridge(SCHEMA, "0.165.0") as port:
    check("  its port with fastapi 0.165.0", port, None)
    with open("log") as log:
        check("  ssl_certfile in its output", "'ssl_certfile'" in log.read(), True)
sys.exit(failed)
PYTHON
