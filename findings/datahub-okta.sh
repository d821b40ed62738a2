#!/usr/bin/env bash
# Does DataHub's catalog contain the same users and groups as the org?
#
# Versions: acryl-datahub 1.7.0.17 (its source `okta`, with its defaults) with okta 1.7.0; CPython 3.11.
# Expected: Each user and each group of the org is one entity with its own groups and attributes, or the report has a warning. A
# login is unique in an org. A mail address is not: administrators have a second account with the same address. A group name is
# unique among Okta's own groups only. A group of a directory may have the same name.
# Seen, without a failure or a warning in the report:
# - Two accounts with one mail address become one user, who is in the groups of both. DataHub writes the user twice, and the
#   title and the login written last remain. `okta_profile_to_username_attr: login` prevents this.
# - Two groups with one name become one group, with the members of both and the description of the last one. A group's profile
#   has no unique attribute that could name it instead.
# - An attribute that is false or 0 is not written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'acryl-datahub[okta]==1.7.0.17' okta==1.7.0 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" OKTA_TESTING_TESTINGDISABLEHTTPSCHECK=true DATAHUB_TELEMETRY_ENABLED=false \
    "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from unittest import mock
from urllib.parse import urlsplit

from datahub.ingestion.api.common import PipelineContext
from datahub.ingestion.source.identity.okta import OktaSource
from okta.client import Client

logging.disable(logging.CRITICAL)


def user(id, login, email, **profile):
    names = {"login": login, "email": email, "firstName": "Ada", "lastName": "Byron"}
    return {"id": id, "status": "ACTIVE", "profile": names | profile}


def group(id, kind, name):
    return {"id": id, "type": kind, "objectClass": ["okta:user_group"], "profile": {"name": name, "description": id}}


USERS = [user("00u1", "ada@example.com", "ada@example.com", title="Analyst"),
         user("00u2", "ada.admin@example.com", "ada@example.com", title="Administrator"),
         user("00u3", "ben@example.com", "ben@example.com", remote=False, level=0, badge="b7")]
GROUPS = [group("00g1", "OKTA_GROUP", "Engineering"), group("00g2", "APP_GROUP", "Engineering"),
          group("00g3", "OKTA_GROUP", "Admins")]
MEMBERS = {"00g1": USERS[:1], "00g2": USERS[2:], "00g3": USERS[1:2]}


class Handler(BaseHTTPRequestHandler):
    """An org of three accounts, of which two are Ada's, and of three groups, of which one comes from a directory."""

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        path = urlsplit(self.path).path.rstrip("/")
        if path == "/api/v1/groups":
            return self.send(200, GROUPS)
        if path.startswith("/api/v1/groups/"):
            return self.send(200, MEMBERS[path.split("/")[4]])
        if path == "/api/v1/users":
            return self.send(200, USERS)
        self.send(404, {"errorCode": "E0000007", "errorSummary": "Not found"})

    def send(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"


def ingest(**settings):
    with mock.patch.object(OktaSource, "_create_okta_client", lambda self: Client({
            "orgUrl": org, "token": "token", "raiseException": True})):
        source = OktaSource.create({"okta_domain": "acme.okta.com", "okta_api_token": "token"} | settings,
                                   PipelineContext(run_id="run"))
    units = list(source.get_workunits_internal())
    return [unit.metadata.proposedSnapshot for unit in units if hasattr(unit.metadata, "proposedSnapshot")], source.get_report()


def aspect(snapshot, kind):
    return next(aspect for aspect in snapshot.aspects if type(aspect).__name__ == kind)


def catalog(**settings):
    """What is written about users and groups, in the order of the org's lists, and the numbers of failures and warnings."""
    snapshots, report = ingest(**settings)
    groups = [(one.urn, aspect(one, "CorpGroupInfoClass").description) for one in snapshots if ":corpGroup:" in one.urn]
    people = sorted(((aspect(one, "CorpUserInfoClass"), one) for one in snapshots if ":corpuser:" in one.urn),
                    key=lambda pair: pair[0].customProperties["login"])
    users = [(one.urn, info.title, [urn.split(":")[-1] for urn in aspect(one, "GroupMembershipClass").groups],
              {name: value for name, value in info.customProperties.items() if name != "login"}) for info, one in people]
    return groups, users, (len(report.failures), len(report.warnings))


def check(name, seen, expected):
    global failed
    print(f"  {name}:")
    for entity in seen if isinstance(seen, list) else [seen]:
        print(f"    {entity}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("acryl-datahub", version("acryl-datahub"), "with okta", version("okta"))
groups, users, problems = catalog()
ben = ("urn:li:corpuser:ben@example.com", None, ["Engineering"], {"badge": "b7"})
both = ["Engineering", "Admins"]
check("groups, of which the first two have one name", groups, [
    ("urn:li:corpGroup:Engineering", "00g1"), ("urn:li:corpGroup:Engineering", "00g2"), ("urn:li:corpGroup:Admins", "00g3")])
check("users by login, of which the first two have one address", users, [
    ("urn:li:corpuser:ada@example.com", "Administrator", both, {}), ("urn:li:corpuser:ada@example.com", "Analyst", both, {}), ben])
check("failures and warnings", problems, (0, 0))
_, users, _ = catalog(okta_profile_to_username_attr="login")
check("users, named by login", [user[::2] for user in users], [
    ("urn:li:corpuser:ada.admin@example.com", ["Admins"]), ("urn:li:corpuser:ada@example.com", ["Engineering"]), ben[::2]])
sys.exit(failed)
PYTHON
