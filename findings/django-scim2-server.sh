#!/usr/bin/env bash
# Does a Django app with django-scim2-server do what Okta or another SCIM client requests?
#
# Versions: django-scim2-server 1.1.0 with Django 5.2.19 and scim2-models 0.12.3, its own adapters, SQLite in memory; CPython
# 3.11.
# Expected: The server carries out what it answers with 200 or 201, or it refuses it. Attribute names are case-insensitive, and
# may have the URI of their schema as a prefix (RFC 7644 section 3.10). userName is case-insensitive and externalId is
# case-sensitive (RFC 7643 sections 4.1.1 and 3.1).
# Seen:
# - A PATCH of `active` to false is answered with 200 and changes nothing if the path is "Active", or if the schema is its
#   prefix. The same applies to a PATCH of the mail address of the type home, of the primary address, of displayName and title,
#   and of the password.
# - A filter by one user's externalId, which is Okta's id, also finds another user whose id differs in the case of one letter.
# - The users ada and ADA can both be created. A filter by ada finds both.
# - Of two mail addresses, the server keeps the first and makes it primary. This is the private address if it comes first. An
#   "add" of a second address replaces the first.
# - A deleted user is kept as inactive. A PUT without `active` makes it active again. A POST of the same name is refused.
# - Okta's PATCH of a group's name, which has the id beside the name, is refused with 400. Adding a member with an unknown id is
#   answered with 200, or with 500 if the id is no UUID. "remove" of all members is refused with 400.
# - startIndex=0, which means 1, and count=-1, which means 0 (RFC 7644 section 3.4.2.4), are refused with 400. So is count=2000.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django-scim2-server==1.1.0 django==5.2.19 scim2-models==0.12.3 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
cat > site_urls.py <<'PYTHON'
from django.urls import include, path

urlpatterns = [path("v2/", include("django_scim2_server.urls"))]


def is_allowed(request):
    return True
PYTHON
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, urllib.parse
from importlib.metadata import version

sys.path.insert(0, ".")
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="any", ALLOWED_HOSTS=["*"], ROOT_URLCONF="site_urls", USE_TZ=True, SCIM2_SERVER_AUTH_CHECK="site_urls.is_allowed",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, LOGGING_CONFIG=None,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_scim2_server"])
django.setup()
logging.disable()
from django.core.management import call_command
from django.test import Client

call_command("migrate", verbosity=0)
client = Client(raise_request_exception=False)
SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
HOME = {"value": "ada@home.example", "type": "home", "primary": False}
WORK = {"value": "ada@acme.example", "type": "work", "primary": True}
failed = False


def ask(method, path, body=None):
    content = {} if body is None else {"data": json.dumps(body), "content_type": "application/scim+json"}
    response = getattr(client, method)("/v2/" + path, **content)
    return response.status_code, json.loads(response.content) if response["Content-Type"] == "application/scim+json" else {}


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def user(name, external_id, **attributes):
    return {"schemas": [SCHEMA + "User"], "userName": name, "externalId": external_id, "name": {"givenName": "Ada", "familyName": "L"},
            "emails": [HOME, WORK], "displayName": "Ada L", "active": True} | attributes


def found(query):
    status, body = ask("get", "Users?" + query)
    return sorted(user["userName"] for user in body["Resources"]) if status == 200 else status


print(", ".join(f"{name} {version(name)}" for name in ("django-scim2-server", "django", "scim2-models")))
status, ada = ask("post", "Users", user("ada", "00u1abcdefGHIJKLMN01"))
check("mail addresses of a new user", (status, ada["emails"]), (201, [{"value": "ada@home.example", "primary": True}]))
check("another user", ask("post", "Users", user("bob", "00u1abcdefGHIJKLMn01"))[0], 201)
check("the same user again", ask("post", "Users", user("ada", "00u2"))[0], 409)
check("the same user in capitals", ask("post", "Users", user("ADA", "00u3"))[0], 201)
for filter, expected in {
        'externalId eq "00u1abcdefGHIJKLMN01"': ["ada", "bob"], 'userName eq "ada"': ["ADA", "ada"], 'userName eq "bob"': ["bob"],
        'username eq "bob"': 400, f'{SCHEMA}User:userName eq "bob"': 400, 'displayName eq "Ada L"': 400}.items():
    check(f"users by {filter}", found("filter=" + urllib.parse.quote(filter)), expected)
for page in "startIndex=0", "count=-1", "count=2000":
    check(f"users by {page}", found(page), 400)

path = "Users/" + ada["id"]


def patched(resource, **operation):
    return ask("patch", resource, {"schemas": [PATCH], "Operations": [{"op": "replace"} | operation]})


for operation, expected in (
        ({"path": "active", "value": False}, (200, False)), ({"value": {"active": True}}, (200, True)),
        ({"path": "Active", "value": False}, (200, True)), ({"path": f"{SCHEMA}User:active", "value": False}, (200, True)),
        ({"value": {f"{SCHEMA}User": {"active": False}}}, (200, True))):
    status, body = patched(path, **operation)
    check(f"active after a PATCH with {operation}", (status, body["active"]), expected)
for operation in (
        {"path": 'emails[type eq "home"].value', "value": "new@acme.example"}, {"path": "displayName", "value": "Ada"},
        {"path": "emails[primary eq true].value", "value": "new@acme.example"}, {"path": "title", "value": "CTO"},
        {"value": {"password": "any"}}):
    status, body = patched(path, **operation)
    check(f"what a PATCH with {operation} changes", (status, {name: body[name] for name in body if body[name] != ada.get(name)}.keys()),
          (200, {"meta"}))
status, body = patched(path, op="add", path="emails", value=[WORK])
check("mail addresses after an added one", (status, body["emails"]), (200, [{"value": "ada@acme.example", "primary": True}]))

status, group = ask("post", "Groups", {"schemas": [SCHEMA + "Group"], "displayName": "Sales", "members": [{"value": ada["id"]}]})
check("members of a new group", (status, len(group["members"])), (201, 1))
path_of_group = "Groups/" + group["id"]
for operation, expected in (
        ({"value": {"displayName": "EMEA"}}, 200), ({"value": {"id": group["id"], "displayName": "EMEA"}}, 400),
        ({"op": "add", "path": "members", "value": [{"value": "11111111-1111-4111-8111-111111111111"}]}, 200),
        ({"op": "add", "path": "members", "value": [{"value": "00u9"}]}, 500), ({"op": "remove", "path": "members"}, 400)):
    check(f"PATCH of a group with {str(operation).replace(group['id'], 'its id')}", patched(path_of_group, **operation)[0], expected)
check("members of the group", len(ask("get", path_of_group)[1]["members"]), 1)

check("deletion", (ask("delete", path)[0], ask("get", path)[1]["active"]), (204, False))
check("the deleted user again", ask("post", "Users", user("ada", "00u4"))[0], 409)
status, body = ask("put", path, {name: value for name, value in user("ada", "00u1").items() if name != "active"})
check("PUT of the deleted user without active", (status, body["active"]), (200, True))
sys.exit(failed)
PYTHON
