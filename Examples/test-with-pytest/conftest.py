"""A local Okta org for tests: the fixture `okta_org` is a new org for each test.

The program okta-local-org is looked for in the variable OKTA_LOCAL_ORG, then on the path.
"""

import json
import os
import shutil
import subprocess
import urllib.request

import pytest

# Okta's library rejects plain HTTP unless this variable is set before it is configured.
os.environ["OKTA_TESTING_TESTINGDISABLEHTTPSCHECK"] = "true"


class LocalOrg:
    """A running org: its address, and functions that control it."""

    token = "any"

    def __init__(self, url):
        self.url = url

    def call(self, method, path, body=None):
        """Sends a request, and returns the JSON of the response."""
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"SSWS {self.token}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as response:
            text = response.read()
        return json.loads(text) if text else None

    def requests(self):
        """The requests so far, such as `POST /api/v1/users`."""
        return [f"{entry['method']} {entry['path']}" for entry in self.call("GET", "/_local/requests")]

    def fail_next(self, kind, path):
        """Makes the next request below a path fail, such as with `internalError`."""
        self.call("POST", "/_local/faults", {"kind": kind, "path": path})


@pytest.fixture(scope="session")
def local_org_program():
    program = os.environ.get("OKTA_LOCAL_ORG") or shutil.which("okta-local-org")
    if program is None:
        pytest.skip("okta-local-org is not on the path; set OKTA_LOCAL_ORG")
    # The org listens on a free port. The first line names it: `okta-local-org: http://127.0.0.1:PORT`.
    process = subprocess.Popen([program], stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    assert line.startswith("okta-local-org: http"), line
    yield LocalOrg(line.split()[1])
    process.terminate()
    process.wait()


@pytest.fixture
def okta_org(local_org_program):
    """A new org. One process serves all tests, and is reset between them."""
    local_org_program.call("POST", "/_local/reset")
    return local_org_program
