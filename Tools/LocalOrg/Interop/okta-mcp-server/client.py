"""Runs Okta's MCP server for agents against a local org, through the client of the package mcp. It signs in with a key."""

import asyncio
import json
import os
import sys
from pathlib import Path

from jwcrypto import jwk
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from local_org import LocalOrg, private_key
from steps import Steps, expect, expect_true

step = Steps("okta-mcp-server")
org = LocalOrg()
AREAS = ["apps", "brands", "domains", "emailDomains", "groups", "policies", "templates", "users"]
SCOPES = [f"okta.{area}.{right}" for area in AREAS for right in ("manage", "read")] + ["okta.logs.read"]


def listed():
    """Returns the users of a list without conditions, which omits deactivated ones."""
    return org.call("GET", "/api/v1/users?limit=200")


def server():
    key = private_key()
    pem = jwk.JWK(**key).export_to_pem(private_key=True, password=None).decode()
    return StdioServerParameters(
        command=str(Path(sys.executable).parent / "okta-mcp-server"),
        env=os.environ | {
            "OKTA_ORG_URL": org.url, "OKTA_CLIENT_ID": org.service_app("Agents", key, SCOPES), "OKTA_KEY_ID": key["kid"],
            "OKTA_PRIVATE_KEY": pem, "OKTA_SCOPES": " ".join(SCOPES),
            "PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring"})


class Tools:
    """The server's tools. Their results are JSON; an error is a member of it."""

    def __init__(self, session):
        self.session = session

    async def __call__(self, tool, /, **arguments):
        result = await self.session.call_tool(tool, arguments)
        text = " ".join(part.text for part in result.content)
        expect_true(tool, not result.isError, text)
        found = json.loads(text) if text else None
        if isinstance(found, dict):
            expect_true(tool, "error" not in found, found)
        return found


async def users_and_groups(tool):
    with step("create, update and export users"):
        profile = {"login": "ann@example.com", "email": "ann@example.com", "firstName": "Ann", "lastName": "Interop"}
        ann = (await tool("create_user", profile=profile))["id"]
        changed = await tool("update_user", user_id=ann, profile={"firstName": "Anna"})
        expect("names", ("Anna", "Interop"), (changed["profile"]["firstName"], changed["profile"]["lastName"]))
        await tool("get_user_profile_attributes")
        exported = await tool("export_users_csv", output_path=os.path.join(os.environ["HOME"], "users.csv"))
        expect("users", len(listed()), exported["total_users"])
    with step("manage a group and its members, and delete both"):
        group = (await tool("create_group", profile={"name": "Agents", "description": "made by an agent"}))["id"]
        await tool("add_user_to_group", group_id=group, user_id=ann)
        members = await tool("list_group_users", group_id=group)
        expect("members", [ann], [each["id"] for each in members["items"]])
        await tool("remove_user_from_group", group_id=group, user_id=ann)
        await tool("confirm_delete_group", group_id=group, confirmation="DELETE")
        await tool("deactivate_user", user_id=ann)
        await tool("delete_deactivated_user", user_id=ann)
        expect_true("deleted", ann not in [each["id"] for each in listed()])


async def apps_and_policies(tool):
    with step("create, deactivate and delete an app"):
        bookmark = {"name": "bookmark", "label": "Wiki", "signOnMode": "BOOKMARK",
                    "settings": {"app": {"url": "https://wiki.example.com", "requestIntegration": False}}}
        app = (await tool("create_application", app_config=bookmark))["id"]
        await tool("update_application", app_id=app, app_config=bookmark | {"label": "Handbook"})
        expect("label", "Handbook", org.call("GET", f"/api/v1/apps/{app}")["label"])
        await tool("deactivate_application", app_id=app)
        await tool("confirm_delete_application", app_id=app, confirmation="DELETE")
    with step("create a policy with a rule, switch both off and on, and delete them"):
        policy = (await tool("create_policy", policy_data={
            "type": "OKTA_SIGN_ON", "name": "Agents", "description": "made by an agent"}))["id"]
        await tool("deactivate_policy", policy_id=policy)
        await tool("activate_policy", policy_id=policy)
        rule = (await tool("create_policy_rule", policy_id=policy, rule_data={
            "type": "SIGN_ON", "name": "Deny", "actions": {"signon": {"access": "DENY", "requireFactor": False}}}))["id"]
        await tool("deactivate_policy_rule", policy_id=policy, rule_id=rule)
        rules = await tool("list_policy_rules", policy_id=policy)
        expect("rules", [(rule, "INACTIVE")], [(each["id"], each["status"]) for each in rules["items"]])
        await tool("delete_policy_rule", policy_id=policy, rule_id=rule)
        await tool("delete_policy", policy_id=policy)


async def brands(tool):
    with step("create a brand, its pages, its theme and an e-mail in a language"):
        brand = (await tool("create_brand", name="Agents"))["id"]
        theme = (await tool("list_brand_themes", brand_id=brand))["themes"][0]["id"]
        variants = {f"{place}_touch_point_variant": "OKTA_DEFAULT" for place in (
            "sign_in_page", "end_user_dashboard", "error_page", "email_template")}
        changed = await tool(
            "replace_brand_theme", brand_id=brand, theme_id=theme, primary_color_hex="#123456",
            secondary_color_hex="#ebebed", **variants)
        expect("color", "#123456", changed["primaryColorHex"])
        await tool("replace_customized_sign_in_page", brand_id=brand, page_content="<p>Hi</p>", widget_version="^7")
        email = {"brand_id": brand, "template_name": "UserActivation"}
        await tool(
            "create_email_customization", **email, language="en", is_default=True, subject="Hello",
            body="<html>${activationLink}</html>")
        await tool("get_email_default_content_preview", **email)
        await tool("send_test_email", **email)
    with step("create a custom domain and an e-mail domain of the brand"):
        domain = (await tool("create_custom_domain", domain="login.example.com", certificate_source_type="MANUAL"))["id"]
        await tool("verify_custom_domain", domain_id=domain)
        await tool("replace_custom_domain", domain_id=domain, brand_id=brand)
        mail = await tool(
            "create_email_domain", brand_id=brand, domain="example.com", display_name="Agents", user_name="noreply")
        await tool("verify_email_domain", email_domain_id=mail["id"])


async def main():
    # The server logs a line for each call to standard error.
    with open("server.log", "w", encoding="utf-8") as log:
        async with stdio_client(server(), errlog=log) as (reader, writer), ClientSession(reader, writer) as session:
            await drive(session)


async def drive(session):
    with step("sign in with a key, and offer the tools that the scopes permit"):
        await session.initialize()
        names = [tool.name for tool in (await session.list_tools()).tools]
        expect_true("tools", len(names) > 100 and "create_brand" in names, names)
    tool = Tools(session)
    with step("list users, and all of them in pages"):
        first = await tool("list_users")
        expect("more", True, first["has_more"])
        everyone = await tool("list_users", fetch_all=True)
        expect("users", len(listed()), everyone["total_fetched"])
    await users_and_groups(tool)
    await apps_and_policies(tool)
    await brands(tool)
    with step("read the System Log of what was done"):
        events = {each["eventType"] for each in (await tool("get_logs", limit=100))["items"]}
        expect_true("events", "group.lifecycle.create" in events and "policy.lifecycle.delete" in events, events)
        await tool("get_login_failures")


asyncio.run(main())
