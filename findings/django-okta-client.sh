#!/usr/bin/env bash
# Does the Django app django-okta-client keep its users in step with the org?
#
# Versions: django-okta-client 1.2.3 with Django 5.2.19, with okta 2.9.13 and with okta 3.4.6; CPython 3.11.
# Expected: After update_all_from_okta, each user of the org is one account with the org's attributes and state. If the app
# cannot use the installed okta library, there is an error.
# Seen with okta 2.9.13:
# - A user read once in the state PASSWORD_EXPIRED or RECOVERY becomes inactive, and stays inactive when the org reports ACTIVE
#   again. The app only ever sets `is_active` to False.
# - A title cleared in the org is kept. The app skips an attribute that is null, empty or absent.
# - A user whose login changes, as after a marriage, becomes two accounts. The account with the new login gets the groups, and
#   has no name, no email and no Okta id. The account with the old login keeps the id and the old values, is active, and loses
#   the groups. This run and each later one logs an exception, goes on, and reports one user as updated.
# Seen with okta 3.4.6, which pip installs because the app names no version:
# - The update of all users raises an error.
# - A login raises none. It creates an account without name, email, id and groups, sends no request to the org, and logs nothing
#   above the level DEBUG.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
cat >"$folder/update.py" <<'PYTHON'
import json, logging, os, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

users, requests, logged = [], [], []


class Handler(BaseHTTPRequestHandler):
    """An org with one group, of everybody whose department is Engineering."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        requests.append(self.path)
        path = self.path.split("?")[0].rstrip("/")
        bodies = {
            "/api/v1/users": users,
            "/api/v1/groups": [{"id": "00g1", "type": "OKTA_GROUP", "profile": {"name": "Engineering"}}],
            "/api/v1/groups/00g1/users": [user for user in users if user["profile"]["department"] == "Engineering"],
        }
        text = json.dumps(bodies[path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


class Collector(logging.Handler):
    def emit(self, record):
        logged.append(record)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
logging.getLogger().addHandler(Collector(logging.INFO))

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "okta_client"],
    AUTH_USER_MODEL="okta_client.OktaUser", USE_TZ=True, SECRET_KEY="of this script", LOGGING_CONFIG=None,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(os.environ["HOME"], "db")}},
    OKTA_CLIENT={"API": {"ORG_URL": f"http://127.0.0.1:{server.server_port}", "API_TOKEN": "token"}})
django.setup()

from asgiref.sync import async_to_sync
from django.contrib.auth import get_user_model
from django.core.management import call_command
from okta_client.auth_backends import OktaSAMLBackend

call_command("migrate", verbosity=0)
model = get_user_model()


def user(id, name, status="ACTIVE", title=None):
    login = f"{name.lower()}@example.com"
    return {"id": id, "status": status, "created": "2026-01-02T03:04:05.000Z", "profile": {
        "login": login, "email": login, "firstName": "Ada", "lastName": name, "department": "Engineering", "title": title}}


def accounts():
    return [(one.login, one.okta_id, one.lastName, one.title, one.okta_status, one.is_active,
             [group.name for group in one.groups.all()]) for one in model.objects.order_by("login")]


def update(*now):
    users[:] = now
    return async_to_sync(model.objects.update_all_from_okta)(include_deprovisioned=False)


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("django-okta-client", version("django-okta-client"), "with okta", version("okta"))
groups = ["Engineering"]
if version("okta").startswith("2."):
    update(user("00u1", "Byron", title="Director"))
    check("at first", accounts(), [("byron@example.com", "00u1", "Byron", "Director", "ACTIVE", True, groups)])
    update(user("00u1", "Byron", "PASSWORD_EXPIRED"))
    check("password expired, title cleared", accounts(),
          [("byron@example.com", "00u1", "Byron", "Director", "PASSWORD_EXPIRED", False, groups)])
    update(user("00u1", "Byron"))
    check("active again", accounts(), [("byron@example.com", "00u1", "Byron", "Director", "ACTIVE", False, groups)])
    model.objects.all().delete()
    update(user("00u1", "Byron"))
    for run in ("login changed", "at the next run"):
        reported = update(user("00u1", "King"))
        check(run, accounts(), [("byron@example.com", "00u1", "Byron", "", "ACTIVE", True, []),
                                ("king@example.com", None, "", "", "", True, groups)])
        check("users and groups that the update reports", reported, (1, 1))
else:
    try:
        update(user("00u1", "Byron", title="Director"))
        seen = "no error"
    except Exception as error:
        seen = type(error).__name__
    check("update of all users", seen, "ValidationError")
    model.objects.all().delete()
    requests.clear()
    logged.clear()
    OktaSAMLBackend().authenticate(None, login="byron@example.com")
    check("account after a login", accounts(), [("byron@example.com", None, "", "", "", True, [])])
    check("requests and records of the log", (requests, [record.getMessage() for record in logged]), ([], []))
sys.exit(failed)
PYTHON
for version in 2.9.13 3.4.6; do
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check django-okta-client==1.2.3 django==5.2.19 \
        "okta==$version"
    mkdir "$folder/home-$version"
    env HOME="$folder/home-$version" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true \
        "$folder/venv/bin/python" -W ignore "$folder/update.py"
done
