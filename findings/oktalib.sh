#!/usr/bin/env bash
# Does oktalib find the named user or group, and report whether an operation succeeded?
#
# Version: oktalib 5.1.0 with requests 2.34.2; CPython 3.11 (the package asks for 3.12, and runs on 3.11).
# Expected: A name finds the entity with that name. A method returns True only after it has done what it says. A request with
# `sendEmail=false` causes no mail.
# Seen:
# - get_group_type_by_name("Finance") returns the group "Finance Interns" if the org lists that group first. `q` finds all names
#   that begin with the text, and oktalib compares only the type. `.delete()` then deletes the wrong group.
# - A user is not found by a login or an address with a plus, such as ada+test@example.com. A group with a plus in its name is
#   not found either. oktalib does not escape the plus, and in a query a plus is a space. The result is the same as for an
#   entity that does not exist.
# - reset_password() makes the org send a mail, although the address contains `sendEmail=false`. The parameter follows a second
#   question mark, so the org reads it as a different parameter.
# - delete() of a user returns True if the org has deactivated the user but refused to delete it. oktalib does not check the
#   second of its two responses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --ignore-requires-python oktalib==5.1.0 requests==2.34.2 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, re, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

from oktalib import ApiTokenAuthenticator, Okta

logging.disable(logging.CRITICAL)
LOGIN = "ada+test@example.com"
user = {"id": "00u1", "status": "ACTIVE", "profile": {"login": LOGIN, "email": LOGIN, "firstName": "Ada", "lastName": "Byron"}}
groups = [{"id": f"00g {name}", "type": "OKTA_GROUP", "profile": {"name": name, "description": name}}
          for name in ("Finance Interns", "Finance", "Q+A")]
requests, mails = [], []
may_delete = True


class Handler(BaseHTTPRequestHandler):
    """An org with one user and three groups."""

    def log_message(self, *arguments):
        pass

    def answer(self):
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query, keep_blank_values=True).items()}
        requests.append(f"{self.command} {self.path}")
        if self.command == "DELETE" and user["status"] == "ACTIVE":
            user["status"] = "DEPROVISIONED"
            return self.send(204)
        if self.command == "DELETE":
            if not may_delete:
                return self.send(403, {"errorCode": "E0000006", "errorSummary": "You do not have permission"})
            user["status"] = "DELETED"
            return self.send(204)
        if url.path.endswith("/lifecycle/reset_password"):
            if query.get("sendEmail", "true") == "true":
                mails.append(user["profile"]["email"])
            return self.send(200, {})
        if url.path == "/api/v1/groups":
            return self.send(200, [group for group in groups if group["profile"]["name"].startswith(query["q"])])
        if url.path == "/api/v1/users":
            value = re.fullmatch(r'profile\.(?:login|email) eq "(.*)"', query["filter"])[1]
            return self.send(200, [user] if value == LOGIN else [])
        self.send(200, user)

    do_GET = do_POST = do_DELETE = answer

    def send(self, status, body=None):
        text = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if text:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
okta = Okta(ApiTokenAuthenticator(f"http://127.0.0.1:{server.server_port}", "token"))


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("oktalib", version("oktalib"))
check('group of the type OKTA_GROUP named "Finance"', okta.get_group_type_by_name("Finance").name, "Finance Interns")
check("  by get_group_by_name", okta.get_group_by_name("Finance").name, "Finance")
requests.clear()
check('group named "Q+A"', okta.get_group_by_name("Q+A"), None)
check("  request", requests, ["GET /api/v1/groups?q=Q+A"])
check(f"user {LOGIN}, by login and by address", (okta.get_user_by_login(LOGIN), okta.search_users_by_email(LOGIN)), (None, []))
ada = okta.search_users_by_email(LOGIN.replace("+", "%2B"))[0]
requests.clear()
check("password is reset", ada.reset_password(), True)
check("  request", requests[0], "POST /api/v1/users/00u1/lifecycle/reset_password??sendEmail=false")
check("  mails", mails, [LOGIN])
may_delete = False
check("user is deleted", ada.delete(), True)
check("  state of the user", user["status"], "DEPROVISIONED")
sys.exit(failed)
PYTHON
