#!/usr/bin/env bash
# Do a library of SCIM types and a validator of SCIM payloads accept what Okta sends to provision a user or a group?
#
# Versions: pydantic-scim 0.0.8 with pydantic 2.14.4, scim-sanity 0.7.4, and for comparison scim2-models 0.12.3; CPython 3.11.
# Expected: A user that is read and written again is the same user (RFC 7643). The validator accepts valid requests. A client
# may send read-only attributes (RFC 7644 section 3.3: the server ignores them) and null (RFC 7643 section 2.5: as if absent).
# Names of attributes are case-insensitive (section 2.1). A PATCH may name a path twice.
# Seen:
# - pydantic-scim drops `externalId`, the attributes of the enterprise user, and `primary` of an address, without an error. For
#   a group it drops `externalId` and the types of the members. A server built on it stores a user without Okta's id, employee
#   number, department and manager. Its module for the enterprise user cannot be imported.
# - pydantic-scim changes the address of a profile: it appends a slash to https://acme.example.
# - scim-sanity refuses each user that Okta sends, because Okta sends `"groups": []`. It also refuses null, userName in another
#   case, each extension except the enterprise user, and two additions of members in one PATCH.
# scim2-models keeps all of that user and that group.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pydantic-scim==0.0.8 pydantic==2.14.4 scim-sanity==0.7.4 \
    scim2-models==0.12.3 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import importlib, json, sys
from importlib.metadata import version

import pydanticscim.group, pydanticscim.user, scim2_models
from scim_sanity.validator import SCIMValidator

URN = "urn:ietf:params:scim:schemas:"
ENTERPRISE = URN + "extension:enterprise:2.0:User"
user = {
    "schemas": [URN + "core:2.0:User", ENTERPRISE], "userName": "ada@example.com", "externalId": "00u1",
    "name": {"givenName": "Ada", "familyName": "Byron"}, "displayName": "Ada Byron", "locale": "en-US", "active": True,
    "emails": [{"primary": True, "value": "ada@example.com", "type": "work"}], "profileUrl": "https://acme.example",
    "addresses": [{"type": "work", "primary": True, "country": "US"}],
    ENTERPRISE: {"employeeNumber": "00123", "department": "Engineering", "manager": {"value": "00u2", "displayName": "Ben"}},
}
group = {"schemas": [URN + "core:2.0:Group"], "externalId": "00g1", "displayName": "Engineering",
         "members": [{"value": "1", "display": "Ada Byron", "type": "User"}]}
OTHER = URN + "extension:acme:2.0:User"


def changed(model, resource):
    """The members that differ after reading and writing."""
    written = json.loads(model.model_validate(resource).model_dump_json(by_alias=True, exclude_none=True))
    written["schemas"] = sorted(written["schemas"])  # A set in pydantic-scim.
    return {name: written.get(name) for name, value in resource.items() if written.get(name) != value}


def refused(resource, kind="full"):
    return [str(error).split(" (")[0].split(" at ")[0] for error in SCIMValidator().validate(resource, kind)[1]]


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("pydantic-scim", version("pydantic-scim"), "with pydantic", version("pydantic"))
check("what differs of a user", changed(pydanticscim.user.User, user), {
    "externalId": None, "profileUrl": "https://acme.example/", "addresses": [{"country": "US", "type": "work"}],
    ENTERPRISE: None})
check("what differs of a group", changed(pydanticscim.group.Group, group), {
    "externalId": None, "members": [{"value": "1", "display": "Ada Byron"}]})
try:
    importlib.import_module("pydanticscim.enterprise_user")
    seen = "imported"
except Exception as error:
    seen = type(error).__name__
check("its enterprise user", seen, "PydanticUserError")
print("scim2-models", version("scim2-models"))
check("what differs of a user", changed(scim2_models.User[scim2_models.EnterpriseUser], user), {})
check("what differs of a group", changed(scim2_models.Group, group), {})

print("scim-sanity", version("scim-sanity"))
additions = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
    {"op": "add", "path": "members", "value": [{"value": id}]} for id in ("1", "2")]}
other = user | {"schemas": user["schemas"] + [OTHER], OTHER: {"badge": "b7"}}
renamed = {"username" if name == "userName" else name: value for name, value in user.items()}
for name, seen, expected in (
        ("a user", refused(user), []),
        ("a user with no groups", refused(user | {"groups": []}), ["Immutable attribute 'groups' should not be set by client"]),
        ("a user without a title", refused(user | {"title": None}), [
            "Attribute 'title' has null value. Use PATCH 'remove' operation to clear attributes instead"]),
        ("a user with username", refused(renamed), [
            "Missing required attribute: 'userName'", "User resource missing required attribute: 'userName'"]),
        ("a user with an extension", refused(other), [f"Unknown schema URN: {OTHER}"]),
        ("two additions", refused(additions, "patch"), ["Operation 1: duplicate path 'members' in PATCH operations"])):
    check(f"refused of {name}", seen, expected)
sys.exit(failed)
PYTHON
