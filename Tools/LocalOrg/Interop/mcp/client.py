"""Runs the client of the package mcp against `okta mcp`, which uses a local org."""

import asyncio
import json
import os
import subprocess
from pathlib import Path

import jsonschema
from mcp import Client, MCPError, StdioServerParameters
from mcp_types.methods import SERVER_RESULTS, validate_server_result

from local_org import TOKEN, LocalOrg
from steps import Steps, expect, expect_true

step = Steps("mcp")
org = LocalOrg()
OKTA = os.environ["OKTA_PROGRAM"]
# The folder with the published schemas of the protocol, <version>.json; optional.
SCHEMAS = os.environ.get("MCP_SCHEMA_DIRECTORY")
VARIABLES = {"OKTA_CLIENT_ORGURL": org.url, "OKTA_CLIENT_TOKEN": TOKEN, "HOME": os.environ["HOME"]}
MODERN, NEWEST_HANDSHAKE = "2026-07-28", "2025-11-25"
VERSIONS = ["2024-11-05", "2025-03-26", "2025-06-18", NEWEST_HANDSHAKE, MODERN]


def server(*options):
    return StdioServerParameters(command=OKTA, args=["mcp", *options], env=VARIABLES)


def content(result):
    """Returns the JSON of a tool's result."""
    expect_true("no error", not result.is_error, result.content[0].text)
    return json.loads(result.content[0].text)


def refusal(result):
    """Returns the text of a tool's error."""
    expect_true("an error", result.is_error, result.content[0].text)
    return result.content[0].text


def each_tool(names, version):
    """Returns the arguments to call each tool once, with the expected content of the result."""
    calls = {
        "find_people": ({"query": "ada@e"}, lambda found: found["data"][0]["profile.login"] == "ada@example.com"),
        "find_groups": ({"query": "Engin"}, lambda found: found["data"][0]["profile.name"] == "Engineering"),
        "find_apps": ({"query": "Pay"}, lambda found: found["data"][0]["label"] == "Payroll"),
        "who_has_access": (
            {"app": "Payroll"},
            lambda found: found["people"]["count"] == 1
            and found["groups"]["data"][0]["id"] == engineering["id"]),
        "access_of_person": (
            {"person": "ada@example.com"},
            lambda found: found["apps"]["data"][0]["label"] == "Payroll"
            and "Engineering" in [each["profile.name"] for each in found["groups"]["data"]]),
        "list_roles": ({"person": "Ada Lovelace"}, lambda found: found["data"][0]["type"] == "HELP_DESK_ADMIN"),
        "recent_events": (
            {"filter": 'eventType eq "group.user_membership.add"', "since": "1h"},
            lambda found: found["data"][0]["actor.displayName"] != ""),
        "check_connection": ({}, lambda found: found["org"] == org.url),
        "search_actions": ({"query": "list users"}, lambda found: found["count"] > 0),
        "describe_action": ({"action": "user list-users"}, lambda found: found["call with"] == "call_read_action"),
        "call_read_action": (
            {"action": "group get-group", "parameters": {"groupId": "Engineering"}},
            lambda found: found["data"]["profile"]["name"] == "Engineering"),
        "call_write_action": (
            {"action": "group create-group", "body": {"profile": {"name": f"Made in version {version}"}}},
            lambda found: found["status"] == 200),
    }
    expect("tools", sorted(calls), sorted(names))
    return calls


async def tools(mode, version):
    async with Client(server("--allow-writes"), mode=mode) as client:
        expect("version", version, client.protocol_version)
        expect("server", "okta", client.server_info.name)
        expect_true("instructions", "data" in client.instructions, client.instructions)
        listed = (await client.list_tools()).tools
        for tool in listed:
            jsonschema.Draft202012Validator.check_schema(tool.input_schema)
            expect("hint", tool.name != "call_write_action", tool.annotations.read_only_hint)
        for name, (arguments, holds) in each_tool([tool.name for tool in listed], version).items():
            found = content(await client.call_tool(name, arguments))
            expect_true(name, holds(found), found)


async def read_only():
    async with Client(server()) as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        expect("tools that write", [], [name for name in names if "write" in name])
        before = len(org.requests())
        text = refusal(await client.call_tool(
            "call_read_action", {"action": "group remove-group", "parameters": {"groupId": engineering["id"]}}))
        expect_true("refusal", "read-only" in text, text)
        expect("requests", before, len(org.requests()))
        try:
            await client.call_tool("call_write_action", {"action": "group remove-group"})
        except MCPError as error:
            expect("code", -32602, error.code)
        else:
            expect_true("an error", False, "none")


async def confirmation():
    team = org.call("POST", "/api/v1/groups", {"profile": {"name": "Short-lived"}})
    call = {"action": "group remove-group", "parameters": {"group": "Short-lived"}}
    async with Client(server("--allow-writes")) as client:
        first = content(await client.call_tool("call_write_action", call))
        expect("sent", False, first["sent"])
        expect("request", f"DELETE {org.url}/api/v1/groups/{team['id']}", first["request"])
        other = call | {"parameters": {"group": "Engineering"}, "confirmation": first["confirmation"]}
        expect_true("another call", "another call" in refusal(await client.call_tool("call_write_action", other)))
        # A token can be used only once, for any call.
        used = call | {"confirmation": first["confirmation"]}
        expect_true("used", "used before" in refusal(await client.call_tool("call_write_action", used)))
        again = content(await client.call_tool("call_write_action", call))
        done = content(await client.call_tool("call_write_action", call | {"confirmation": again["confirmation"]}))
        expect("status", 204, done["status"])


async def paging():
    async with Client(server()) as client:
        seen, cursor = [], None
        while True:
            arguments = {"limit": 23} | ({"cursor": cursor} if cursor else {})
            found = content(await client.call_tool("find_people", arguments))
            expect_true("size", found["count"] <= 23 and found["bytes"] <= 40_000, found["count"])
            seen += [each["id"] for each in found["data"]]
            if not found["more"]:
                break
            cursor = found["cursor"]
        expect("people", 61, len(set(seen)))
        expect("no one twice", len(set(seen)), len(seen))


class Lines:
    """A process of `okta mcp`. Each line that it writes is checked."""

    def __init__(self, version):
        self.version = version
        self.methods = {}
        self.process = subprocess.Popen(
            [OKTA, "mcp", "--allow-writes"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | VARIABLES)
        self.schema = None
        if SCHEMAS:
            document = json.loads((Path(SCHEMAS) / f"{version}.json").read_text())
            place = "$defs" if "$defs" in document else "definitions"
            self.schema = jsonschema.validators.validator_for(document)(
                document | {"$ref": f"#/{place}/JSONRPCMessage"})

    def send(self, message):
        if isinstance(message, dict) and "method" in message:
            message = {"jsonrpc": "2.0"} | message
            if self.version == MODERN:
                message["params"] = message.get("params", {}) | {"_meta": {
                    "io.modelcontextprotocol/protocolVersion": MODERN,
                    "io.modelcontextprotocol/clientCapabilities": {}}}
            self.methods[message.get("id")] = message["method"]
        self.process.stdin.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
        self.process.stdin.flush()

    def receive(self):
        message = json.loads(self.process.stdout.readline())
        for each in message if isinstance(message, list) else [message]:
            self.check(each)
        return message

    def check(self, message):
        expect("jsonrpc", "2.0", message["jsonrpc"])
        # Before 2025-11-25, the schema has no form for an unknown id of a request.
        if self.schema and ("id" in message or "method" in message or self.version >= NEWEST_HANDSHAKE):
            self.schema.validate(message)
        if "result" in message:
            method = self.methods[message["id"]]
            if (method, self.version) in SERVER_RESULTS:
                validate_server_result(method, self.version, message["result"])

    def call(self, number, method, params=None):
        self.send({"id": number, "method": method, "params": params or {}})
        return self.receive()

    def end(self):
        self.process.stdin.close()
        expect("rest of the output", "", self.process.stdout.read())
        expect("exit status", 0, self.process.wait())


def lines(version):
    """Tests a session line by line: results, errors, malformed lines, batches, cancellation, the end."""
    session = Lines(version)
    if version == MODERN:
        expect("versions", [MODERN], session.call(1, "server/discover")["result"]["supportedVersions"])
        expect("ping", -32601, session.call(2, "ping")["error"]["code"])
        session.send('{"jsonrpc":"2.0","id":3,"method":"tools/list","params":{"_meta":'
                     '{"io.modelcontextprotocol/protocolVersion":"1900-01-01"}}}')
        refused = session.receive()["error"]
        expect("another version", (-32022, [MODERN]), (refused["code"], refused["data"]["supported"]))
        session.send('{"jsonrpc":"2.0","id":4,"method":"tools/list"}')
        expect("no version", -32602, session.receive()["error"]["code"])
        session.send({"id": "s", "method": "subscriptions/listen", "params": {"notifications": {}}})
        expect("acknowledged", "notifications/subscriptions/acknowledged", session.receive()["method"])
        session.send({"method": "notifications/cancelled", "params": {"requestId": "s"}})
    else:
        hello = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "lines", "version": "1"}}
        expect("before the handshake", -32602, session.call(0, "tools/list")["error"]["code"])
        expect("version", version, session.call(1, "initialize", hello)["result"]["protocolVersion"])
        session.send({"method": "notifications/initialized"})
        expect("ping", {}, session.call(2, "ping")["result"])
    expect_true("tools", len(session.call(10, "tools/list")["result"]["tools"]) == 12)
    found = session.call("eleven", "tools/call", {"name": "find_groups", "arguments": {"query": "Engineering"}})
    expect("id", "eleven", found["id"])
    expect("error", False, found["result"]["isError"])
    failed = session.call(12, "tools/call", {"name": "find_groups", "arguments": {"querry": "x"}})["result"]
    expect("error", True, failed["isError"])
    expect("unknown tool", -32602, session.call(13, "tools/call", {"name": "none"})["error"]["code"])
    expect("unknown method", -32601, session.call(14, "no/method")["error"]["code"])
    for broken, code in [("{", -32700), ("\u00e9\u0000", -32700), ("7", -32600), ('{"id":1}', -32600), ("[]", -32600)]:
        session.send(broken)
        expect(broken, code, session.receive()["error"]["code"])
    if version == "2025-03-26":
        session.methods |= {20: "ping", 21: "ping"}
        session.send([
            {"jsonrpc": "2.0", "id": 20, "method": "ping"}, {"jsonrpc": "2.0", "id": 21, "method": "ping"},
            {"jsonrpc": "2.0", "method": "notifications/initialized"}])
        expect("batch", [20, 21], sorted(each["id"] for each in session.receive()))
    org.call("POST", "/_local/faults", {"kind": "delay", "path": "/api/v1/groups", "times": 1, "milliseconds": 20_000})
    session.send({"id": 30, "method": "tools/call", "params": {"name": "find_groups", "arguments": {}}})
    session.send({"method": "notifications/cancelled", "params": {"requestId": 30}})
    expect("the next response", 31, session.call(31, "tools/list")["id"])
    session.end()


ada = org.user("ada", lastName="Lovelace", firstName="Ada")
engineering = org.call("POST", "/api/v1/groups", {"profile": {"name": "Engineering"}})
org.call("PUT", f"/api/v1/groups/{engineering['id']}/users/{ada['id']}")
payroll = org.call("POST", "/api/v1/apps", {
    "name": "bookmark", "label": "Payroll", "signOnMode": "BOOKMARK",
    "settings": {"app": {"url": "https://payroll.example.com", "requestIntegration": False}}})
org.call("PUT", f"/api/v1/apps/{payroll['id']}/groups/{engineering['id']}", {})
org.call("POST", f"/api/v1/users/{ada['id']}/roles", {"type": "HELP_DESK_ADMIN"})

for mode, version in [("auto", MODERN), ("legacy", NEWEST_HANDSHAKE)]:
    with step(f"call every tool once, in version {version}"):
        asyncio.run(tools(mode, version))
with step("refuse changes without --allow-writes"):
    asyncio.run(read_only())
with step("ask for a confirmation, which fits one call and serves once"):
    asyncio.run(confirmation())
with step("page through all people without a gap"):
    asyncio.run(paging())
for version in VERSIONS:
    with step(f"exchange valid lines only, in version {version}" + (", by the published schema" if SCHEMAS else "")):
        lines(version)
