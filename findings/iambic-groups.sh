#!/usr/bin/env bash
# Does IAMbic, which keeps groups as files in Git, apply the files to an org and report correctly what it did?
#
# Versions: iambic-core 0.11.97 with okta 2.9.13 and dateparser 1.5.0; CPython 3.11.
# Expected: `apply` makes the group match the file and changes nothing else. A change that the org refuses is reported as
# failed. `expires_at` accepts the forms that its description shows ("in 3 days"), and refuses text that it cannot parse.
# Seen:
# - A new name and a new description in one commit are sent as two PUTs at the same time. One has the new name with the old
#   description, and the other has the old name with the new description. The last one stays. Both changes are reported as
#   applied.
# - A change of the description removes the group's custom attributes. The file cannot hold them.
# - A new member whom the org does not know, or refuses, is reported as added. The result has no exception. Only the log has a
#   line.
# - A group whose members take more than one page (Okta's page is 1000) cannot be read: 'list' object has no attribute 'id'. The
#   group Everyone is often that large. One such group ends the import of all groups.
# - `expires_at: 3 days` is read as three days ago, and `2 weeks` as two weeks ago. The member is removed at once. `friday` is
#   last Friday. `end of year` gives neither a date nor an error, and the member stays for ever.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check iambic-core==0.11.97 okta==2.9.13 dateparser==1.5.0
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, datetime, json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import structlog
from iambic.core.context import ctx
from iambic.plugins.v0_1_0.okta.group.models import GroupProperties, OktaGroupTemplate, UserSimple
from iambic.plugins.v0_1_0.okta.group.utils import list_all_groups
from iambic.plugins.v0_1_0.okta.iambic_plugin import OktaConfig, OktaOrganization

structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
ctx.eval_only = False
GROUP = "/api/v1/groups/00g1"
LOGINS = ["ada@example.com", "ben@example.com", "cleo@example.com"]
profile, members, writes, page_size = {}, [], [], 1000


def user(login):
    return {"id": "00u" + login[:3], "status": "ACTIVE", "created": "2026-01-02T03:04:05.000Z",
            "profile": {"login": login, "email": login, "firstName": "Ada", "lastName": "Byron"}}


class Handler(BaseHTTPRequestHandler):
    """An org with one group; it refuses to add Cleo, as a role without that permission would be refused."""

    def log_message(self, *arguments):
        pass

    def answer(self):
        path, _, query = self.path.partition("?")
        path = path.rstrip("/")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.command != "GET":
            writes.append((self.command, path.removeprefix(GROUP), json.loads(body)["profile"] if body else None))
        group = {"id": "00g1", "type": "OKTA_GROUP", "created": "2026-01-02T03:04:05.000Z", "profile": profile}
        if path == GROUP and self.command == "PUT":
            new = json.loads(body)["profile"]
            profile.clear()
            profile.update(new)
        if path == GROUP:
            return self.send(200, group)
        if path == "/api/v1/groups":
            return self.send(200, [group])
        if path == GROUP + "/users":
            first = int(query.removeprefix("after=") or 0) if "after=" in query else 0
            link = f'<{org}{path}?after={first + page_size}>; rel="next"' if len(members) > first + page_size else None
            return self.send(200, [user(login) for login in members[first:first + page_size]], link)
        for login in LOGINS:
            if path == f"/api/v1/users/{login}":
                return self.send(200, user(login))
            if path == f"{GROUP}/users/{user(login)['id']}":
                if self.command == "PUT" and login.startswith("cleo"):
                    return self.send(403, {"errorCode": "E0000006", "errorSummary": "You do not have permission."})
                return self.send(204)
        self.send(404, {"errorCode": "E0000007", "errorSummary": "Not found."})

    do_GET = do_PUT = do_DELETE = answer

    def send(self, status, body=None, link=None):
        text = json.dumps(body).encode() if body is not None else b""
        self.send_response(status)
        if link:
            self.send_header("Link", link)
        if text:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"


def configuration():
    return OktaConfig(organizations=[OktaOrganization(idp_name="acme", org_url=org, api_token="token")])


def apply(**properties):
    """Applies a file, and returns the changes and exceptions that are reported."""
    writes.clear()
    template = OktaGroupTemplate(
        file_path="group.yaml", idp_name="acme", properties=GroupProperties(group_id="00g1", **properties))
    result = asyncio.run(template.apply(configuration()))
    accounts = result.proposed_changes
    changes = [change for account in accounts for change in account.proposed_changes]
    exceptions = result.exceptions_seen + [error for account in accounts for error in account.exceptions_seen]
    return [(change.attribute, change.new_value) for change in changes], exceptions


def error_of(call):
    try:
        return call() and "no error"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("iambic-core", version("iambic-core"), "with dateparser", version("dateparser"))
profile.update(name="Engineering", description="Engineers", costCenter="77")
reported = apply(name="Platform", description="Platform engineers")
check("name and description", reported, ([("group_name", "Platform"), ("description", "Platform engineers")], []))
# Both are sent at the same time. Either can be the last.
check("  requests", sorted(writes, key=lambda write: write[2]["name"]), [
    ("PUT", "", {"name": "Engineering", "description": "Platform engineers"}),
    ("PUT", "", {"name": "Platform", "description": "Engineers"})])
check("  group is", profile, writes[-1][2])

profile.clear()
profile.update(name="Engineering", description="Engineers", costCenter="77")
apply(name="Engineering", description="People who build")
check("description alone, of a group with costCenter", profile, {"name": "Engineering", "description": "People who build"})

members[:] = LOGINS[:1]
new = [{"username": login} for login in (*LOGINS, "dora@example.com")]
check("new members", apply(name="Engineering", description="People who build", members=new),
      ([("users", ["ben@example.com", "cleo@example.com", "dora@example.com"])], []))
check("  requests, of which that for Cleo is refused", writes,
      [("PUT", "/users/00uben", None), ("PUT", "/users/00ucle", None)])

members[:], page_size = LOGINS, 2
expected = "AttributeError: 'list' object has no attribute 'id'"
check("members in two pages", error_of(lambda: apply(name="Engineering", description="People who build")), expected)
check("import of all groups", error_of(lambda: asyncio.run(
    list_all_groups(configuration().organizations[0]))), expected)

page_size = 1000
now = datetime.datetime.now(datetime.timezone.utc)
for text, days in [("in 3 days", 3), ("3 days", -3), ("2 weeks", -14), ("end of year", None)]:
    time = UserSimple(username=LOGINS[0], expires_at=text).expires_at
    check(f"days until {text!r}", time and round((time - now).total_seconds() / 86400), days)
time = UserSimple(username=LOGINS[0], expires_at="friday").expires_at
check("time until 'friday' is past", time < now, True)
reported = apply(name="Engineering", description="People who build", members=[
    {"username": LOGINS[0], "expires_at": "3 days"}, {"username": LOGINS[1], "expires_at": "in 3 days"},
    {"username": LOGINS[2], "expires_at": "end of year"}])
check("members with such times", reported, ([("users", [LOGINS[0]])], []))
check("  requests", writes, [("DELETE", "/users/00uada", None)])
sys.exit(failed)
PYTHON
