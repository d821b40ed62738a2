#!/usr/bin/env bash
# Does a tool of an MCP server get the arguments that an agent sends, and does the agent get what the tool returns?
#
# Versions: mcp 2.3.0 (the Python SDK of the protocol) and fastmcp 4.2.3, with pydantic 2.14.4; CPython 3.11.
# Expected: The tool below lists users by last name. Its schema says `string` or `null`, so a string arrives as that string. An
# argument that is not in the schema is refused. A list arrives as one value.
# Seen with mcp:
# - A string for a parameter of type `str | None` is parsed as JSON first. "null" arrives as None, and a search for the last
#   name "null" lists everybody. "Null" arrives unchanged, and so does "null" if the parameter is a plain `str`.
# - Text that is a JSON object or array is refused with "Input should be a valid string" for such a parameter.
# - An argument with a wrong name is dropped. `lastname` instead of `last_name` lists everybody, without an error.
# - A result of type `list` is one text block per user, and an empty list has no block. It has no structured content, and
#   neither has a result of type `dict`. `list[dict]` and `dict[str, Any]` have it.
# Seen with fastmcp:
# - These three kinds of arguments arrive as sent or are refused with an error. A list is one text block, and an empty list has
#   no block.
# - A pydantic model is written with its Python names: `type_` if its alias is `type`. mcp writes `type`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet mcp==2.3.0 fastmcp==4.2.3 pydantic==2.14.4
FASTMCP_LOG_ENABLED=false "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, json, sys
from importlib.metadata import version
from typing import Any

import fastmcp, mcp
from fastmcp.exceptions import ToolError
from mcp.server.mcpserver import MCPServer
from pydantic import BaseModel, Field

USERS = [{"lastName": "Lovelace"}, {"lastName": "null"}]


class Factor(BaseModel):
    type_: str = Field(alias="type")


def matching(name):
    return [user["lastName"] for user in USERS if name is None or user["lastName"] == name]


def with_tools(server):
    """Adds the same six tools to a server of either library."""

    @server.tool()
    def by_optional(last_name: str | None = None) -> str:
        return json.dumps(matching(last_name))

    @server.tool()
    def by_string(last_name: str = "") -> str:
        return json.dumps(matching(last_name))

    @server.tool()
    def untyped(count: int) -> list:
        return USERS[:count]

    @server.tool()
    def typed(count: int) -> list[dict[str, Any]]:
        return USERS[:count]

    @server.tool()
    def one() -> dict:
        return USERS[0]

    @server.tool()
    def factor() -> Factor:
        return Factor(type="push")

    return server


def argument(result):
    """The names that the tool found, or `refused`."""
    return "refused" if result.is_error else json.loads(result.content[0].text)


def blocks(result):
    return len(result.content)


def structured(result):
    return result.structured_content


nobody, everybody, users = [], ["Lovelace", "null"], {"result": USERS}
# For each case: a tool, its arguments, the part of the result that is read, and its value with mcp and with fastmcp.
cases = [
    ("by_optional", {"last_name": "Lovelace"}, argument, ["Lovelace"], ["Lovelace"]),
    ("by_optional", {"last_name": "null"}, argument, everybody, ["null"]),
    ("by_optional", {"last_name": "Null"}, argument, nobody, nobody),
    ("by_string", {"last_name": "null"}, argument, ["null"], ["null"]),
    ("by_optional", {"last_name": '{"starts": "L"}'}, argument, "refused", nobody),
    ("by_optional", {"last_name": "[]"}, argument, "refused", nobody),
    ("by_optional", {"lastname": "Lovelace"}, argument, everybody, "refused"),
    ("untyped", {"count": 2}, blocks, 2, 1),
    ("untyped", {"count": 0}, blocks, 0, 0),
    ("untyped", {"count": 2}, structured, None, None),
    ("typed", {"count": 2}, blocks, 2, 1),
    ("typed", {"count": 2}, structured, users, users),
    ("one", {}, structured, None, USERS[0]),
    ("factor", {}, structured, {"type": "push"}, {"type_": "push"}),
]


async def seen(client):
    answers = []
    async with client:
        for tool, arguments, read, *_ in cases:
            try:
                answers.append(read(await client.call_tool(tool, arguments)))
            except ToolError:
                answers.append("refused")
    return answers


print(*(f"{name} {version(name)}" for name in ("mcp", "fastmcp", "pydantic")))
first = asyncio.run(seen(mcp.Client(with_tools(MCPServer("org")))))
second = asyncio.run(seen(fastmcp.Client(with_tools(fastmcp.FastMCP("org")))))
failed = False
for (tool, arguments, read, *expected), *answers in zip(cases, first, second):
    print(f"{tool} {json.dumps(arguments)}, {read.__name__}: mcp {answers[0]}, fastmcp {answers[1]}")
    if answers != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
