"""The local org that the driver started, with calls that a script needs besides the client under test."""

import json
import os
import ssl
import urllib.error
import urllib.request

TOKEN = "interop-token"


class LocalOrg:
    """A running org. Its address is in OKTA_LOCAL_ORG_URL."""

    def __init__(self):
        self.url = os.environ["OKTA_LOCAL_ORG_URL"]
        self.ca = os.environ.get("OKTA_LOCAL_ORG_CA")

    @property
    def address(self):
        """Returns the host and the port."""
        return self.url.split("://")[1]

    def call(self, method, path, body=None):
        """Sends a request without the client, and returns the JSON of the response."""
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"SSWS {TOKEN}", "Content-Type": "application/json"})
        context = ssl.create_default_context(cafile=self.ca) if self.ca else None
        try:
            with urllib.request.urlopen(request, context=context) as response:
                text = response.read()
        except urllib.error.HTTPError as refusal:
            raise RuntimeError(f"{method} {path} failed with {refusal.code}: {refusal.read().decode()}") from None
        return json.loads(text) if text else None

    def requests(self):
        """Returns the requests so far, such as `GET /api/v1/users`."""
        return [f"{entry['method']} {entry['path']}" for entry in self.call("GET", "/_local/requests")]

    def user(self, name, **profile):
        """Creates a user that can sign in, and returns it."""
        login = f"{name}@example.com"
        names = {"login": login, "email": login, "firstName": name.title(), "lastName": "Interop"}
        return self.call("POST", "/api/v1/users", {
            "profile": names | profile, "credentials": {"password": {"value": "Correct-Horse-9"}}})

    def service_app(self, label, key, scopes, dpop=False):
        """Creates an app that signs in with the private key, with scopes and a role, and returns its client id."""
        public = {name: key[name] for name in ("kty", "n", "e", "kid")} | {"use": "sig", "alg": "RS256"}
        app = self.call("POST", "/api/v1/apps", {
            "name": "oidc_client", "label": label, "signOnMode": "OPENID_CONNECT",
            "credentials": {"oauthClient": {"token_endpoint_auth_method": "private_key_jwt"}},
            "settings": {"oauthClient": {
                "application_type": "service", "grant_types": ["client_credentials"], "response_types": ["token"],
                "dpop_bound_access_tokens": dpop, "jwks": {"keys": [public]}}}})
        for scope in scopes:
            self.call("POST", f"/api/v1/apps/{app['id']}/grants", {"issuer": self.url, "scopeId": scope})
        client = app["credentials"]["oauthClient"]["client_id"]
        self.call("POST", f"/oauth2/v1/clients/{client}/roles", {"type": "SUPER_ADMIN"})
        return client


def private_key(kid="interop"):
    """Returns a new RSA key as a JSON Web Key. Needs the package cryptography, a dependency of clients that sign in with a key."""
    import base64

    from cryptography.hazmat.primitives.asymmetric import rsa

    numbers = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_numbers()
    values = {
        "n": numbers.public_numbers.n, "e": numbers.public_numbers.e, "d": numbers.d, "p": numbers.p, "q": numbers.q,
        "dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp}
    key = {
        name: base64.urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()
        for name, value in values.items()}
    return {"kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256"} | key
