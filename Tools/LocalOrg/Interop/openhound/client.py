"""Runs OpenHound's collector for Okta against a local org: signs in as an app, collects all data, and creates a graph."""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from local_org import LocalOrg, private_key
from steps import Steps, expect, expect_true

step = Steps("openhound")
org = LocalOrg()
folder = Path(tempfile.mkdtemp())
# The scopes that the collector always requests.
SCOPES = [f"okta.{name}.read" for name in (
    "users", "apps", "groups", "roles", "agentPools", "apiTokens", "authorizationServers", "devices", "policies", "orgs",
    "idps", "features", "clients", "appGrants", "oauthIntegrations", "authenticators", "realms", "realmAssignments")]


def openhound(*arguments, **credentials):
    """Runs the command line, which reports unreadable data as errors in its output."""
    settings = {"BASE_URL": org.url} | credentials
    environment = os.environ | {
        f"SOURCES__{section}__CREDENTIALS__{key}": value
        for section in ("OKTA", "SOURCE__OKTA") for key, value in settings.items()}
    if org.ca:
        environment |= {"REQUESTS_CA_BUNDLE": org.ca}
    program = subprocess.run(
        [sys.executable, "-m", "openhound.main", *arguments], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    if program.returncode != 0:
        print(program.stdout, file=sys.stderr)
    expect("exit status", 0, program.returncode)
    problems = [line for line in program.stdout.splitlines() if "ERROR" in line or "Traceback" in line]
    expect("errors that the collector reports", [], problems)


def rows(output):
    """Returns the rows that a collection wrote, by table."""
    tables = {}
    for file in sorted((output / "okta").glob("*/*.jsonl.gz")):
        with gzip.open(file, "rt") as lines:
            tables.setdefault(file.parent.name, []).extend(json.loads(line) for line in lines)
    return tables


def app(label, mode, name=None, settings=None, credentials=None):
    body = {"label": label, "signOnMode": mode, "settings": settings or {}}
    if name:
        body["name"] = name
    if credentials:
        body["credentials"] = credentials
    return org.call("POST", "/api/v1/apps", body)


with step("make a company"):
    people = [org.user(f"person-{number}") for number in range(5)]
    team = org.call("POST", "/api/v1/groups", {"profile": {"name": "Team"}})
    for person in people[:3]:
        org.call("PUT", f"/api/v1/groups/{team['id']}/users/{person['id']}")
    intranet = app(
        "Intranet", "BOOKMARK", "bookmark",
        {"app": {"url": "https://intranet.example.com", "requestIntegration": False}})
    org.call("PUT", f"/api/v1/apps/{intranet['id']}/groups/{team['id']}", {})
    web = app(
        "Web", "OPENID_CONNECT", "oidc_client",
        {"oauthClient": {
            "application_type": "web", "grant_types": ["authorization_code"], "response_types": ["code"],
            "redirect_uris": ["https://web.example.com/callback"]}},
        {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}})
    org.call("POST", f"/api/v1/apps/{web['id']}/users", {"id": people[4]["id"], "scope": "USER"})
    wiki = app("Wiki", "SAML_2_0", settings={"signOn": {
        "ssoAcsUrl": "https://wiki.example.com/acs", "audience": "https://wiki.example.com",
        "recipient": "https://wiki.example.com/acs", "destination": "https://wiki.example.com/acs",
        "subjectNameIdTemplate": "${user.userName}", "responseSigned": True, "assertionSigned": True,
        "subjectNameIdFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
        "signatureAlgorithm": "RSA_SHA256", "digestAlgorithm": "SHA256", "honorForceAuthn": True,
        "authnContextClassRef": "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
        "attributeStatements": []}})
    org.call("POST", f"/api/v1/users/{people[0]['id']}/roles", {"type": "APP_ADMIN"})
    org.call("POST", f"/api/v1/groups/{team['id']}/roles", {"type": "HELP_DESK_ADMIN"})
    role = org.call("POST", "/api/v1/iam/roles", {
        "label": "Reader", "description": "Reads users", "permissions": ["okta.users.read"]})
    everyone = f"{org.url}/api/v1/users"
    resources = org.call("POST", "/api/v1/iam/resource-sets", {
        "label": "People", "description": "All of them", "resources": [everyone]})
    org.call("POST", f"/api/v1/iam/resource-sets/{resources['id']}/bindings", {
        "role": role["id"], "members": [f"{org.url}/api/v1/users/{people[1]['id']}"]})
    org.call("POST", f"/api/v1/users/{people[0]['id']}/factors", {
        "factorType": "question", "provider": "OKTA",
        "profile": {"question": "disliked_food", "answer": "Turnips"}})
    org.call("POST", "/api/v1/idps", {
        "type": "OIDC", "name": "Partner", "protocol": {
            "type": "OIDC", "scopes": ["openid", "email"], "issuer": {"url": "https://partner.example.com"},
            "endpoints": {
                "authorization": {"url": "https://partner.example.com/authorize", "binding": "HTTP-REDIRECT"},
                "token": {"url": "https://partner.example.com/token", "binding": "HTTP-POST"},
                "jwks": {"url": "https://partner.example.com/keys", "binding": "HTTP-REDIRECT"}},
            "credentials": {"client": {"client_id": "partner", "client_secret": "secret"}}},
        "policy": {
            "accountLink": {"action": "AUTO", "filter": None},
            "provisioning": {"action": "AUTO", "profileMaster": False, "groups": {"action": "NONE"}},
            "subject": {"userNameTemplate": {"template": "idpuser.email"}, "matchType": "USERNAME"}}})

with step("create the collector's app, with a key, scopes and a role"):
    key = private_key()
    (folder / "key.json").write_text(json.dumps(key))
    client = org.service_app("Collector", key, SCOPES)
    signing_in = {"CLIENT_ID": client, "PRIVATE_KEY_PATH": str(folder / "key.json")}

with step("sign in with the key, and collect everything"):
    openhound("collect", "okta", folder / "rows", "--progress", "log", **signing_in)

with step("find in the collection what the org has"):
    collected = rows(folder / "rows")
    # The collector counts direct assignments of roles: those of the org's first admin, of an app admin, and of a custom role
    # by the resource set.
    expected = {
        "organization": 1, "users": 26, "user_factors": 26, "groups": 3, "group_memberships": 29, "applications": 4,
        "application_users": 4, "group_assigned_apps": 1, "application_secrets": 1, "application_jwks": 1,
        "application_grants": 18, "client_applications": 2, "client_role_assignments": 1, "authorization_servers": 1,
        "identity_providers": 1, "devices": 1, "api_tokens": 1, "custom_roles": 1, "custom_role_permissions": 1,
        "resource_sets": 1, "resources": 1, "privileged_users": 4, "user_role_assignments": 3,
        "group_role_assignments": 1, "saml_federation_providers": 1, "saml_assertion_consumer_services": 1}
    expect("rows by table", expected, {table: len(collected.get(table, [])) for table in expected})
    expect_true("policies", len(collected["policies"]) >= 4, len(collected["policies"]))
    logins = {row["profile"]["login"] for row in collected["users"]}
    expect_true("the users' logins", {f"person-{number}@example.com" for number in range(5)} <= logins, logins)
    memberships = {row["id"] for row in collected["group_memberships"] if row["group_id"] == team["id"]}
    expect("members of the team", {person["id"] for person in people[:3]}, memberships)
    active = [row for row in collected["user_factors"] if row.get("status") == "ACTIVE"]
    expect("users with a factor", [people[0]["id"]], [row["user_id"] for row in active])

with step("make a graph of the collection"):
    openhound("preprocess", "okta", folder / "rows/okta", folder / "lookup.duckdb", "--progress", "log", **signing_in)
    openhound(
        "convert", "okta", folder / "rows/okta", folder / "graph", "--lookup-file", folder / "lookup.duckdb",
        "--progress", "log", **signing_in)
    nodes, edges = [], []
    for file in (folder / "graph").glob("*.json"):
        graph = json.loads(file.read_text())["graph"]
        nodes += graph.get("nodes", [])
        edges += graph.get("edges", [])
    kinds = {kind for node in nodes for kind in node["kinds"]}
    expect_true("nodes of users, groups, apps and the org", {
        "Okta_User", "Okta_Group", "Okta_Application", "Okta_Organization"} <= kinds, kinds)
    # The ids in the graph are in capitals.
    member = {"start": people[0]["id"].upper(), "end": team["id"].upper(), "kind": "Okta_MemberOf"}
    expect_true("the membership as an edge", any(
        edge["start"]["value"] == member["start"] and edge["end"]["value"] == member["end"]
        and edge["kind"] == member["kind"] for edge in edges), sorted({edge["kind"] for edge in edges}))
