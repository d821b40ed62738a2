"""Runs the last release of version 2 of Okta's management library for Python against a local org."""

import asyncio
import logging
import os

# Must be set before the import. Without it, the library rejects URLs with http.
os.environ["OKTA_TESTING_TESTINGDISABLEHTTPSCHECK"] = "true"

from okta import models
from okta.client import Client

from local_org import TOKEN, LocalOrg
from steps import Steps, expect, expect_true

logging.disable(logging.CRITICAL)
step = Steps("okta 2")


async def value(call):
    """Returns the value of a call, or raises its error. A call without a value has two elements instead of three."""
    *result, error = await call
    if error is not None:
        raise RuntimeError(f"the library reports {error}")
    return result[0] if result else None


async def all_pages(call):
    """Returns the elements of all pages, by the library's own paging."""
    found, response, error = await call
    pages = 1
    while error is None and response.has_next():
        more, error = await response.next()
        found += more
        pages += 1
    if error is not None:
        raise RuntimeError(f"the library reports {error}")
    return found, pages


async def main():
    org = LocalOrg()
    okta = Client({"orgUrl": org.url, "token": TOKEN})

    with step("read the org's seeded users in pages of 20"):
        users, pages = await all_pages(okta.list_users({"limit": 20}))
        expect_true("several pages", pages > 2, pages)
        expect("ids", len(users), len({user.id for user in users}))

    with step("create, read, replace and update a user"):
        ada = await value(okta.create_user({
            "profile": {"firstName": "Ada", "lastName": "Lovelace", "email": "ada@example.com",
                        "login": "ada@example.com"},
            "credentials": {"password": {"value": "Correct-Horse-9"}}}, {"activate": "true"}))
        expect("status", "ACTIVE", ada.status)
        ada.profile.nick_name = "Countess"
        replaced = await value(okta.update_user(ada.id, {"profile": ada.profile.as_dict()}))
        expect("nickname", "Countess", replaced.profile.nick_name)
        updated = await value(okta.partial_update_user(ada.id, {"profile": {"title": "Analyst"}}))
        expect("both", ("Analyst", "Countess"), (updated.profile.title, updated.profile.nick_name))

    with step("find users by search and by filter"):
        found = await value(okta.list_users({"search": 'profile.title eq "Analyst"'}))
        expect("by search", [ada.id], [user.id for user in found])
        found = await value(okta.list_users({"filter": 'profile.login eq "ada@example.com"'}))
        expect("by filter", [ada.id], [user.id for user in found])

    with step("create a group with a member and a rule"):
        team = await value(okta.create_group(models.Group({"profile": {"name": "Team", "description": "A team"}})))
        await value(okta.add_user_to_group(team.id, ada.id))
        expect("members", [ada.id], [user.id for user in await value(okta.list_group_users(team.id))])
        rule = await value(okta.create_group_rule(models.GroupRule({
            "type": "group_rule", "name": "Analysts",
            "conditions": {"expression": {
                "value": 'user.title=="Analyst"', "type": "urn:okta:expression:1.0"}},
            "actions": {"assignUserToGroups": {"groupIds": [team.id]}}})))
        await value(okta.activate_group_rule(rule.id))
        expect("status", "ACTIVE", (await value(okta.get_group_rule(rule.id))).status)
        await value(okta.deactivate_group_rule(rule.id))
        await value(okta.delete_group_rule(rule.id))

    with step("create apps of three kinds, and assign a user and a group"):
        await value(okta.create_application(models.BookmarkApplication({
            "label": "Intranet",
            "settings": {"app": {"requestIntegration": False, "url": "https://intranet.example.com"}}})))
        portal = await value(okta.create_application(models.OpenIdConnectApplication({
            "label": "Portal", "credentials": {"oauthClient": {"token_endpoint_auth_method": "client_secret_basic"}},
            "settings": {"oauthClient": {
                "application_type": "web", "grant_types": ["authorization_code"], "response_types": ["code"],
                "redirect_uris": ["https://app.example.com/callback"]}}})))
        await value(okta.create_application(models.SamlApplication({
            "label": "Wiki",
            "visibility": {"autoSubmitToolbar": False, "hide": {"iOS": False, "web": False}},
            "settings": {"signOn": {
                "ssoAcsUrl": "https://wiki.example.com/acs", "audience": "wiki",
                "recipient": "https://wiki.example.com/acs", "destination": "https://wiki.example.com/acs",
                "subjectNameIdTemplate": "${user.userName}",
                "subjectNameIdFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
                "responseSigned": True, "assertionSigned": True, "signatureAlgorithm": "RSA_SHA256",
                "digestAlgorithm": "SHA256", "honorForceAuthn": True,
                "authnContextClassRef": "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"}}})))
        await value(okta.assign_user_to_application(portal.id, models.AppUser({"id": ada.id, "scope": "USER"})))
        await value(okta.create_application_group_assignment(portal.id, team.id, {}))
        expect("users", [ada.id], [user.id for user in await value(okta.list_application_users(portal.id))])
        labels = {app.label for app in await value(okta.list_applications())}
        expect_true("all apps", {"Intranet", "Portal", "Wiki"} <= labels, labels)

    with step("create a sign-on policy with a rule"):
        policy = await value(okta.create_policy(models.OktaSignOnPolicy({
            "name": "Offices", "type": "OKTA_SIGN_ON", "status": "ACTIVE", "description": "Offices", "priority": 1,
            "conditions": {"people": {"groups": {"include": [team.id]}}}})))
        rule = await value(okta.create_policy_rule(policy.id, models.OktaSignOnPolicyRule({
            "name": "Anywhere", "type": "SIGN_ON",
            "actions": {"signon": {"access": "ALLOW", "requireFactor": False, "session": {
                "usePersistentCookie": False, "maxSessionIdleMinutes": 720, "maxSessionLifetimeMinutes": 0}}},
            "conditions": {"network": {"connection": "ANYWHERE"}, "authContext": {"authType": "ANY"}}})))
        expect("rules", [rule.id], [each.id for each in await value(okta.list_policy_rules(policy.id))])

    with step("enroll factors, and assign an admin role"):
        await value(okta.enroll_factor(ada.id, models.SecurityQuestionUserFactor({
            "factorType": "question", "provider": "OKTA",
            "profile": {"question": "disliked_food", "answer": "mayonnaise"}})))
        expect("factors", ["question"], [each.factor_type for each in await value(okta.list_factors(ada.id))])
        await value(okta.assign_role_to_user(ada.id, models.AssignRoleRequest({"type": "HELP_DESK_ADMIN"})))
        expect("roles", ["HELP_DESK_ADMIN"], [
            role.type for role in await value(okta.list_assigned_roles_for_user(ada.id))])

    with step("read what every org has"):
        for call in (
                okta.list_authorization_servers, okta.list_identity_providers, okta.list_network_zones,
                okta.list_event_hooks, okta.list_features, okta.list_user_types, okta.list_brands,
                okta.list_authenticators, okta.list_profile_mappings, okta.get_org_settings):
            await value(call())
        await value(okta.get_user_schema("default"))

    with step("suspend, unsuspend, deactivate and delete the user"):
        await value(okta.suspend_user(ada.id))
        await value(okta.unsuspend_user(ada.id))
        await value(okta.deactivate_user(ada.id))
        await value(okta.deactivate_or_delete_user(ada.id))
        error = (await okta.get_user(ada.id))[-1]
        expect("error", "E0000007", error.error_code)

    with step("find the changes in the System Log"):
        events = await value(okta.get_logs({"filter": f'target.id eq "{ada.id}"', "limit": 100}))
        expect_true("the suspension", "user.lifecycle.suspend" in {event.event_type for event in events})


asyncio.run(main())
