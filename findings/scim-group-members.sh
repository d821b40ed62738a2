#!/usr/bin/env bash
# How do two SCIM servers in Python handle Okta's provisioning requests for groups?
#
# Versions: django-scim2 0.23.0 with Django 5.2.19, scim2-server 0.8.3 with scim2-models 0.12.3; CPython 3.11.
# Expected: Each request, from Okta's SCIM guide or from RFC 7644, is carried out, or is refused with an error that Okta shows.
# Seen:
# - django-scim2 answers 201 to a group with members and 200 to a PUT of other members, and changes no member. It answers 200 to
#   a removal of all members, and removes nobody. Okta treats these requests as done.
# - django-scim2 refuses the other changes of a group with 501: both ways to rename it, to replace the members, and to remove
#   one member. Only adding members works, so a user who leaves the group in Okta stays in it.
# - A search in django-scim2 for a group by its name finds nothing, so an existing group is created once more.
# - scim2-server carries out all of them. A member that is added again under a new display name, as after a new login, appears
#   twice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/directory"
# The two models that the documentation of django-scim2 describes, and a caller who has signed in.
cat >"$folder/directory/models.py" <<'PYTHON'
from django.contrib.auth.models import AbstractUser
from django.db import models
from django_scim.models import AbstractSCIMGroupMixin, AbstractSCIMUserMixin


class Group(AbstractSCIMGroupMixin):
    name = models.CharField(max_length=100)


class User(AbstractSCIMUserMixin, AbstractUser):
    scim_groups = models.ManyToManyField(Group, related_name="user_set", blank=True)
PYTHON
cat >"$folder/directory/__init__.py" <<'PYTHON'
def signed_in(get_response):
    def answer(request):
        from directory.models import User
        request.user = User(username="okta")
        return get_response(request)
    return answer
PYTHON
cat >"$folder/addresses.py" <<'PYTHON'
from django.urls import include, path

urlpatterns = [path("v2/", include("django_scim.urls", namespace="scim"))]
PYTHON
cat >"$folder/provision.py" <<'PYTHON'
import json, logging, sys
from importlib.metadata import version

logging.disable(logging.CRITICAL)
TYPE, URN = "application/scim+json; charset=utf-8", "urn:ietf:params:scim:"


def of_django_scim2():
    import django
    from django.conf import settings
    settings.configure(
        SECRET_KEY="key", ALLOWED_HOSTS=["*"], ROOT_URLCONF="addresses", USE_TZ=True, AUTH_USER_MODEL="directory.User",
        MIDDLEWARE=["directory.signed_in"], DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_scim", "directory"],
        SCIM_SERVICE_PROVIDER={"NETLOC": "localhost", "AUTHENTICATION_SCHEMES": [], "GROUP_MODEL": "directory.models.Group"})
    django.setup()
    from django.core.management import call_command
    from django.test import Client
    call_command("migrate", verbosity=0, run_syncdb=True)
    client = Client(raise_request_exception=False)

    def ask(method, address, text):
        response = client.generic(method, address, text, content_type=TYPE)
        return response.status_code, response.content
    return ask


def of_scim2_server():
    from scim2_server.applications.wsgi import WSGIApplication
    from scim2_server.memory import InMemoryStorage
    from scim2_server.service import ScimService
    from scim2_server.utils import load_default_provider
    from werkzeug.test import Client
    provider = load_default_provider()
    client = Client(WSGIApplication(InMemoryStorage(), provider, ScimService(provider, secret="secret of this process")))

    def ask(method, address, text):
        response = client.open(address, method=method, data=text, content_type=TYPE)
        return response.status_code, response.data
    return ask


server = sys.argv[1]
ask = {"django-scim2": of_django_scim2, "scim2-server": of_scim2_server}[server]()


def send(method, path, body=None):
    status, text = ask(method, "/v2" + path, "" if body is None else json.dumps(body))
    return status, json.loads(text) if text else None


def create(kind, **values):
    return send("POST", f"/{kind}s", {"schemas": [f"{URN}schemas:core:2.0:{kind}"], **values})


def create_user(login):
    return create("User", userName=login, name={"givenName": login, "familyName": "Example"}, displayName=login, active=True,
                  emails=[{"primary": True, "type": "work", "value": login + "@example.com"}], externalId="00u" + login)[1]["id"]


ada, bob = create_user("ada"), create_user("bob")
logins = {ada: "ada", bob: "bob"}
member = lambda user, display=None: {"value": user, "display": display or logins[user]}
number = 0


def effect(change, members=(ada,)):
    """The status of a change, and the name and the members of the group after it, which had these members."""
    global number
    number += 1
    group = create("Group", displayName=f"Group {number}", members=[])[1]["id"]
    if members:
        patch(group, {"op": "add", "path": "members", "value": [member(user) for user in members]})
    status = change(group)
    after = send("GET", f"/Groups/{group}")[1]
    name = "renamed, " if after["displayName"] != f"Group {number}" else ""
    return f"{status}, {name}{' '.join(logins[entry['value']] for entry in after.get('members', [])) or 'nobody'}"


def patch(group, *operations):
    return send("PATCH", f"/Groups/{group}", {"schemas": [f"{URN}api:messages:2.0:PatchOp"], "Operations": operations})[0]


def replace(group):
    return send("PUT", f"/Groups/{group}", {"schemas": [f"{URN}schemas:core:2.0:Group"], "id": group,
                                            "displayName": f"Group {number}", "members": [member(bob)]})[0]


def creation():
    status, group = create("Group", displayName="Engineering", members=[member(ada)])
    return f"{status}, {' '.join(logins[entry['value']] for entry in group.get('members', [])) or 'nobody'}"


# For each request: what django-scim2 and scim2-server do.
cases = [
    ("create a group with ada", creation(), "201, nobody", "201, ada"),
    ("search for it by its name", send("GET", "/Groups?filter=displayName%20eq%20%22Engineering%22&startIndex=1&count=100")
     [1]["totalResults"], 0, 1),
    ("add bob", effect(lambda group: patch(group, {"op": "add", "path": "members", "value": [member(bob)]})),
     "200, ada bob", "204, ada bob"),
    ("PUT with bob in place of ada", effect(replace), "200, ada", "200, bob"),
    ("rename, as Okta does, with the id beside the name",
     effect(lambda group: patch(group, {"op": "replace", "value": {"id": group, "displayName": "New name"}})),
     "501, ada", "204, renamed, ada"),
    ("rename, by a path", effect(lambda group: patch(group, {"op": "replace", "path": "displayName", "value": "New name"})),
     "501, ada", "204, renamed, ada"),
    ("replace the members by bob",
     effect(lambda group: patch(group, {"op": "replace", "path": "members", "value": [member(bob)]})), "501, ada", "204, bob"),
    ("remove ada of two members",
     effect(lambda group: patch(group, {"op": "remove", "path": f'members[value eq "{ada}"]'}), (ada, bob)),
     "501, ada bob", "204, bob"),
    ("remove all members", effect(lambda group: patch(group, {"op": "remove", "path": "members"})), "200, ada", "204, nobody"),
    ("add ada again, by another display name",
     effect(lambda group: patch(group, {"op": "add", "path": "members", "value": [member(ada, "ada.king")]})),
     "200, ada", "204, ada ada"),
]
failed = False
print(server, version(server))
for what, seen, *expected in cases:
    right = expected[server == "scim2-server"]
    print(f"  {what}: {seen}")
    if seen != right:
        failed = True
        print(f"  changed: expected {right}", file=sys.stderr)
sys.exit(failed)
PYTHON
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django-scim2==0.23.0 Django==5.2.19 \
    scim2-filter-parser==0.7.0 scim2-server==0.8.3 scim2-models==0.12.3 Werkzeug==3.1.9
cd "$folder"
for server in django-scim2 scim2-server; do
    "$folder/venv/bin/python" -W ignore provision.py "$server"
done
