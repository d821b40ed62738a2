#!/usr/bin/env bash
# Do two libraries that turn an MCP server's tools into agents' tools send the arguments as the agent gave them?
#
# Versions: autogen-ext 0.7.5 with autogen-core 0.7.5, mcpadapt 0.1.19 with langchain 1.5.2; both with mcp 1.30.0; CPython 3.11.
# Expected: The arguments match the tool's JSON Schema, so they are sent unchanged. A part of a schema that a library does not
# support is an error for that tool. The server's other tools remain.
# Seen with autogen, which makes a Pydantic model of the schema:
# - A custom attribute of a profile that has `additionalProperties: true` is dropped. The server gets the rest and carries it
#   out. The agent sees a successful update.
# - `format: uri` changes https://app.example to https://app.example/, which is another redirect URI at Okta.
# - `type: [string, "null"]`, `const`, a UUID of version 7 and a name that begins with an underscore are errors. All but the
#   UUID remove all tools of the server.
# Seen with mcpadapt and LangChain:
# - Each optional argument is required, even one with a default. A partial update of one attribute is refused.
# - null is refused where the schema allows it. Nothing can be cleared.
# - An argument called `from` removes all tools of the server: "invalid syntax".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq autogen-ext==0.7.5 autogen-core==0.7.5 autogen-agentchat==0.7.5 mcpadapt==0.1.19 \
    langchain==1.5.2 mcp==1.30.0 pydantic==2.13.5
cat >"$folder/server.py" <<'PYTHON'
# An MCP server with two tools. It writes down the arguments of each call.
import json, sys

log, schema = sys.argv[1], json.loads(sys.argv[2])
for line in sys.stdin:
    message = json.loads(line)
    if message["method"] == "initialize":
        result = {"protocolVersion": message["params"]["protocolVersion"], "capabilities": {"tools": {}},
                  "serverInfo": {"name": "org", "version": "1"}}
    elif message["method"] == "tools/list":
        result = {"tools": [{"name": "update", "description": "Updates", "inputSchema": schema},
                            {"name": "read", "description": "Reads", "inputSchema": {"type": "object", "properties": {}}}]}
    elif message["method"] == "tools/call":
        with open(log, "a") as output:
            output.write(json.dumps(message["params"]["arguments"]))
        result = {"content": [{"type": "text", "text": "Done."}]}
    else:
        continue
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
PYTHON
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import asyncio, contextlib, json, os, sys
from importlib.metadata import version

from autogen_core import CancellationToken
from autogen_ext.tools.mcp import StdioServerParams, mcp_server_tools
from mcp import StdioServerParameters
from mcpadapt.core import MCPAdapt
from mcpadapt.langchain_adapter import LangChainAdapter

text = {"type": "string"}
either = {"anyOf": [text, {"type": "null"}]}
NO_TOOLS, REFUSED = "no tool of the server can be used", "refused"


def schema(required=(), **properties):
    return {"type": "object", "properties": properties, "required": list(required)}


profile = {**schema(firstName=text), "additionalProperties": True}
# For each case: the schema, the arguments, and what arrives through autogen and mcpadapt (None for the arguments unchanged).
cases = {
    "custom attribute": (schema(profile=profile), {"profile": {"firstName": "Ada", "badge": "7"}},
                         {"profile": {"firstName": "Ada"}}, None),
    "redirect URI": (schema(uri={**text, "format": "uri"}), {"uri": "https://app.example"},
                     {"uri": "https://app.example/"}, None),
    "type list": (schema(phone={"type": ["string", "null"]}), {"phone": "+1"}, NO_TOOLS, None),
    "const": (schema(type={"const": "OIDC"}), {"type": "OIDC"}, NO_TOOLS, None),
    "UUID of version 7": (schema(id={**text, "format": "uuid"}), {"id": "01890a5d-ac96-774b-bcce-b302099a8057"}, REFUSED, None),
    "underscore": (schema(_links=text), {"_links": "x"}, NO_TOOLS, REFUSED),
    "optional": (schema(["firstName"], firstName=text, phone=text), {"firstName": "Ada"}, None, REFUSED),
    "default": (schema(limit={"type": "integer", "default": 200}), {}, None, REFUSED),
    "null": (schema(["phone"], phone=either), {"phone": None}, None, REFUSED),
    "from": (schema(["from"], **{"from": text}), {"from": "2026-11-29"}, None, NO_TOOLS),
}


async def of_autogen(command, arguments):
    try:
        tools = await mcp_server_tools(StdioServerParams(command=command[0], args=command[1:]))
    except Exception:
        return NO_TOOLS
    await next(tool for tool in tools if tool.name == "update").run_json(arguments, CancellationToken())


def of_mcpadapt(command, arguments):
    stack = contextlib.ExitStack()
    try:
        tools = stack.enter_context(MCPAdapt(StdioServerParameters(command=command[0], args=command[1:]), LangChainAdapter()))
    except (Exception, SyntaxError):
        return NO_TOOLS
    with stack:
        next(tool for tool in tools if tool.name == "update").invoke(arguments)


def arrived(function, form, arguments):
    with contextlib.suppress(FileNotFoundError):
        os.remove("log")
    try:
        result = function([sys.executable, "server.py", "log", json.dumps(form)], arguments)
        if asyncio.iscoroutine(result):
            result = asyncio.run(result)
    except Exception:
        result = REFUSED
    return result or json.load(open("log"))


print(*(f"{name} {version(name)}" for name in ("autogen-ext", "mcpadapt", "mcp")))
failed = False
for name, (form, arguments, *expected) in cases.items():
    seen = [arrived(function, form, arguments) for function in (of_autogen, of_mcpadapt)]
    print(f"{name}, {json.dumps(arguments)}:", *(f"{tool} {'sent as given' if each == arguments else each};"
                                                 for tool, each in zip(("autogen", "mcpadapt"), seen)))
    if seen != [arguments if each is None else each for each in expected]:
        failed = True
        print(f"  changed: expected {expected}, where None stands for the arguments", file=sys.stderr)
sys.exit(failed)
PYTHON
