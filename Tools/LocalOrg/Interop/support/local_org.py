"""The local org, as the driver started it: its address, and what a script needs beside the client under test."""

import json
import os
import ssl
import urllib.error
import urllib.request

TOKEN = "interop-token"


class LocalOrg:
    """An org that runs; its address is in OKTA_LOCAL_ORG_URL."""

    def __init__(self):
        self.url = os.environ["OKTA_LOCAL_ORG_URL"]
        self.ca = os.environ.get("OKTA_LOCAL_ORG_CA")

    @property
    def address(self):
        """Host and port."""
        return self.url.split("://")[1]

    def call(self, method, path, body=None):
        """Sends a request without any client, and returns the JSON of the answer."""
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"SSWS {TOKEN}", "Content-Type": "application/json"})
        context = ssl.create_default_context(cafile=self.ca) if self.ca else None
        try:
            with urllib.request.urlopen(request, context=context) as response:
                text = response.read()
        except urllib.error.HTTPError as refusal:
            raise RuntimeError(f"{method} {path} was answered with {refusal.code}: {refusal.read().decode()}") from None
        return json.loads(text) if text else None

    def requests(self):
        """The requests so far, such as `GET /api/v1/users`."""
        return [f"{entry['method']} {entry['path']}" for entry in self.call("GET", "/_local/requests")]

    def user(self, name, **profile):
        """Creates a user that can sign in, and returns it."""
        login = f"{name}@example.com"
        names = {"login": login, "email": login, "firstName": name.title(), "lastName": "Interop"}
        return self.call("POST", "/api/v1/users", {
            "profile": names | profile, "credentials": {"password": {"value": "Correct-Horse-9"}}})
