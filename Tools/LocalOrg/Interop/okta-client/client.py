"""Runs Okta's client library for Python, which signs in people and agents, against a local org."""

import asyncio
import urllib.error
import urllib.request

from okta_client.authfoundation.oauth2.client import OAuth2Client
from okta_client.authfoundation.oauth2.client_authorization import ClientSecretAuthorization
from okta_client.authfoundation.oauth2.config import OAuth2ClientConfiguration
from okta_client.oauth2auth.authorization_code import AuthorizationCodeFlow
from okta_client.oauth2auth.cross_app import CrossAppAccessFlow
from okta_client.oauth2auth.resource_owner import ResourceOwnerFlow
from okta_client.oauth2auth.token_exchange import TokenExchangeFlow

from local_org import LocalOrg
from steps import Steps, expect, expect_true

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer"
REDIRECT = "https://app.example.com/callback"
step = Steps("okta-client")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def redirect_of(url):
    """Returns the URL to which the org redirects a browser that opens the given URL."""
    try:
        urllib.request.build_opener(NoRedirect).open(url)
    except urllib.error.HTTPError as redirect:
        return redirect.headers["Location"]
    return None


def prepare(org):
    """Creates a user, an app that may use all flows of this script, and a scope and a rule of the custom server."""
    user = org.user("ada")
    app = org.call("POST", "/api/v1/apps", {
        "name": "oidc_client", "label": "Portal", "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_post"}},
        "settings": {"oauthClient": {
            "application_type": "web", "response_types": ["code"], "redirect_uris": [REDIRECT],
            "grant_types": ["authorization_code", "refresh_token", "password", EXCHANGE, ASSERTION]}}})
    org.call("POST", f"/api/v1/apps/{app['id']}/users", {"id": user["id"], "scope": "USER"})
    server = "/api/v1/authorizationServers/default"
    org.call("POST", f"{server}/scopes", {"name": "orders"})
    policy = org.call("GET", f"{server}/policies")[0]["id"]
    org.call("POST", f"{server}/policies/{policy}/rules", {
        "type": "RESOURCE_ACCESS", "name": "Other apps",
        "conditions": {
            "people": {"groups": {"include": ["EVERYONE"]}}, "grantTypes": {"include": [ASSERTION]},
            "scopes": {"include": ["*"]}},
        "actions": {"token": {"accessTokenLifetimeMinutes": 60}}})
    return user, app["credentials"]["oauthClient"]


async def main():
    org = LocalOrg()
    user, credentials = prepare(org)
    client = OAuth2Client(configuration=OAuth2ClientConfiguration(
        issuer=org.url, scope=["openid", "profile", "email", "offline_access"], redirect_uri=REDIRECT,
        client_authorization=ClientSecretAuthorization(
            id=credentials["client_id"], secret=credentials["client_secret"])))

    with step("sign in with a password, and read who that is"):
        token = await ResourceOwnerFlow(client=client).start("ada@example.com", "Correct-Horse-9")
        claims = (await client.userinfo(token)).claims
        expect("user", (user["id"], "ada@example.com"), (claims["sub"], claims["email"]))

    with step("refresh the tokens"):
        expect_true("another access token", (await client.refresh(token)).access_token != token.access_token)

    with step("sign in with an authorization code, PKCE and a pushed request"):
        flow = AuthorizationCodeFlow(client=client)
        url = await flow.start()
        seen = org.requests()
        location = redirect_of(f"{url}&login_hint=ada@example.com")
        expect_true("a redirect to the app", (location or "").startswith(REDIRECT), location)
        token = await flow.resume(location)
        expect("user", user["id"], token.id_token.claims["sub"])
        expect_true("a pushed request", "POST /oauth2/v1/par" in seen, seen[-3:])

    with step("exchange an ID token for an assertion, and that for a token of another server"):
        flow = CrossAppAccessFlow(client=client, target_authorization_server_id="default")
        await flow.start(token=token.id_token.raw, scope=["orders"])
        access = await flow.resume()
        expect("scope", ["orders"], list(access.scope))

    with step("see why a token is refused"):
        try:
            await TokenExchangeFlow(client=client).start(
                subject_token="no-token", subject_token_type="id_token", audience=f"{org.url}/oauth2/default",
                requested_token_type="id-jag")
        except Exception as refusal:
            expect("error", "invalid_grant", getattr(refusal, "error", repr(refusal)))
        else:
            expect_true("a refusal", False, "a token")


asyncio.run(main())
