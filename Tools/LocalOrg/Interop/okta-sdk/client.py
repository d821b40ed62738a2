"""Runs Okta's management library for Python against a local org."""

import asyncio
import json
import logging
import os
from datetime import datetime, timedelta, timezone

# Must be set before the import. Without it, the library rejects URLs with http.
os.environ["OKTA_TESTING_TESTINGDISABLEHTTPSCHECK"] = "true"

from okta import models
from okta.client import Client
from okta.pagination import PaginationHelper

from local_org import TOKEN, LocalOrg, private_key
from steps import Steps, expect, expect_true

logging.disable(logging.CRITICAL)
step = Steps("okta")


async def value(call):
    """Returns the value of a call, or raises its error. A failed call without a value has two elements instead of three."""
    *result, error = await call
    if error is not None:
        raise RuntimeError(f"the library reports {error}")
    return result[0]


async def refused(call):
    """Returns the error of a call that the org must reject."""
    error = (await call)[-1]
    expect_true("an error", error is not None)
    return error


async def pages(function, **arguments):
    """Returns all pages of a list, by the cursor in the `Link` field of each page."""
    found, after = [], None
    while True:
        items, response, error = await function(**arguments, **({"after": after} if after else {}))
        if error is not None:
            raise RuntimeError(f"the library reports {error}")
        found.append(items)
        after = PaginationHelper.extract_next_cursor(response.headers)
        if after is None:
            return found


def logins(users):
    return sorted(user.profile.login for user in users)


async def main():
    org = LocalOrg()
    okta = Client({"orgUrl": org.url, "token": TOKEN})

    with step("read the org's seeded users in pages of 20"):
        listed = await pages(okta.list_users, limit=20)
        expect("sizes of the pages", [20, 20, 20], [len(page) for page in listed])
        expect("distinct users", 60, len({user.id for page in listed for user in page}))

    with step("create a user without activation"):
        profile = models.UserProfile(
            first_name="Ada", last_name="Lovelace", email="ada@example.com", login="ada@example.com",
            department="R&D", title="Analyst")
        ada = await value(okta.create_user(models.CreateUserRequest(profile=profile), activate=False))
        expect("status", "STAGED", ada.status)

    with step("create a user with a password"):
        grace = await value(okta.create_user(models.CreateUserRequest(
            profile=models.UserProfile(
                first_name="Grace", last_name="Hopper", email="grace+x@example.com", login="grace+x@example.com"),
            credentials=models.UserCredentialsWritable(password=models.PasswordCredential(value="Correct-Horse-9")))))
        expect("status", "ACTIVE", grace.status)

    with step("refuse a second user with the same login"):
        error = await refused(okta.create_user(models.CreateUserRequest(profile=profile)))
        expect("status", 400, error.status)
        expect("code", "E0000001", error.error_code)

    with step("read a user by a login with a plus sign"):
        expect("id", grace.id, (await value(okta.get_user("grace+x@example.com"))).id)

    with step("refuse a user that does not exist"):
        error = await refused(okta.get_user("nobody@example.com"))
        expect("status and code", (404, "E0000007"), (error.status, error.error_code))

    with step("search by an attribute with an ampersand"):
        found = await value(okta.list_users(search='profile.department eq "R&D"'))
        expect("logins", ["ada@example.com"], logins(found))

    with step("search with and, or, parentheses, sw and pr"):
        found = await value(okta.list_users(
            search='(profile.lastName sw "Lov" or profile.lastName eq "Hopper") and profile.firstName pr'))
        expect("logins", ["ada@example.com", "grace+x@example.com"], logins(found))

    with step("filter by status"):
        found = await value(okta.list_users(filter='status eq "STAGED"'))
        expect("logins", ["ada@example.com"], logins(found))

    with step("find by the beginning of a name"):
        found = await value(okta.list_users(q="Lovel"))
        expect("logins", ["ada@example.com"], logins(found))

    with step("sort a search, in pages"):
        listed = await pages(okta.list_users, search="status pr", sort_by="profile.login", sort_order="desc", limit=25)
        found = [user.profile.login for page in listed for user in page]
        expect("users", 63, len(found))
        expect("order", sorted(found, reverse=True), found)

    with step("update a user: what is not sent stays"):
        await value(okta.update_user(
            ada.id, models.UpdateUserRequest(profile=models.UserProfile(title="Countess"))))
        read = await value(okta.get_user(ada.id))
        expect("title and department", ("Countess", "R&D"), (read.profile.title, read.profile.department))

    with step("replace a user: what is not sent goes"):
        await value(okta.replace_user(ada.id, models.UpdateUserRequest(profile=models.UserProfile(
            first_name="Ada", last_name="King", email="ada@example.com", login="ada@example.com"))))
        read = await value(okta.get_user(ada.id))
        expect("last name and title", ("King", None), (read.profile.last_name, read.profile.title))

    with step("activate, suspend and unsuspend a user"):
        await value(okta.activate_user(ada.id, send_email=False))
        expect("status", "PROVISIONED", (await value(okta.get_user(ada.id))).status)
        await value(okta.suspend_user(grace.id))
        expect("status", "SUSPENDED", (await value(okta.get_user(grace.id))).status)
        await value(okta.unsuspend_user(grace.id))
        expect("status", "ACTIVE", (await value(okta.get_user(grace.id))).status)

    with step("create groups, and search them"):
        groups = [
            await value(okta.add_group(models.AddGroupRequest(
                profile=models.OktaUserGroupProfile(name=f"Team {number}", description="A team"))))
            for number in range(5)]
        found = await value(okta.list_groups(search='profile.name sw "Team" and type eq "OKTA_GROUP"'))
        expect("names", [f"Team {n}" for n in range(5)], sorted(g.profile.actual_instance.name for g in found))

    with step("page groups"):
        listed = await pages(okta.list_groups, limit=3)
        expect("sizes of the pages", [3, 3, 1], [len(page) for page in listed])

    with step("assign users to a group, and page its members"):
        members = [user for page in await pages(okta.list_users, limit=20) for user in page][:12]
        for user in members:
            await value(okta.assign_user_to_group(groups[0].id, user.id))
        listed = await pages(okta.list_group_users, group_id=groups[0].id, limit=5)
        expect("sizes of the pages", [5, 5, 2], [len(page) for page in listed])
        expect("members", sorted(user.id for user in members), sorted(u.id for page in listed for u in page))

    with step("unassign a user from a group"):
        await value(okta.unassign_user_from_group(groups[0].id, members[0].id))
        expect("members", 11, len(await value(okta.list_group_users(groups[0].id))))

    with step("assign by a group rule"):
        rule = await value(okta.create_group_rule(models.CreateGroupRuleRequest(
            type="group_rule", name="Kings",
            conditions=models.GroupRuleConditions(expression=models.GroupRuleExpression(
                type="urn:okta:expression:1.0", value='user.lastName=="King"')),
            actions=models.GroupRuleAction(assign_user_to_groups=models.GroupRuleGroupAssignment(
                group_ids=[groups[1].id])))))
        await value(okta.activate_group_rule(rule.id))
        expect("members", [ada.id], [user.id for user in await value(okta.list_group_users(groups[1].id))])
        await value(okta.deactivate_group_rule(rule.id))
        await value(okta.delete_group_rule(rule.id))

    with step("create an app, and read it in a list"):
        bookmark = models.BookmarkApplication(
            label="Intranet", name="bookmark", sign_on_mode="BOOKMARK",
            settings=models.BookmarkApplicationSettings(app=models.BookmarkApplicationSettingsApplication(
                url="https://intranet.example.com", request_integration=False)))
        app = await value(okta.create_application(bookmark))
        expect("status", "ACTIVE", app.status)
        expect_true("the app is listed", app.id in [each.id for each in await value(okta.list_applications())])

    with step("assign a group and a user to an app"):
        await value(okta.assign_group_to_application(app.id, groups[0].id))
        await value(okta.assign_user_to_application(app.id, models.AppUserAssignRequest(
            id=grace.id, scope="USER", credentials=models.AppUserCredentials(user_name="grace"))))
        assigned = [group.id for group in await value(okta.list_application_group_assignments(app.id))]
        expect("groups", [groups[0].id], assigned)
        listed = await pages(okta.list_application_users, app_id=app.id, limit=5)
        scopes = sorted(user.scope for page in listed for user in page)
        expect("scopes of the users", ["GROUP"] * 11 + ["USER"], scopes)

    with step("unassign the user, deactivate and delete the app"):
        await value(okta.unassign_user_from_application(app.id, grace.id))
        error = await refused(okta.delete_application(app.id))
        expect("status of deleting an active app", 403, error.status)
        await value(okta.deactivate_application(app.id))
        await value(okta.delete_application(app.id))
        expect("status", 404, (await refused(okta.get_application(app.id))).status)

    with step("read policies, authorization servers, user types and the schema of users"):
        expect("names of the password policies", ["Default Policy"], [
            policy.name for policy in await value(okta.list_policies(type="PASSWORD"))])
        expect("authorization servers", ["default"], [
            server.name for server in await value(okta.list_authorization_servers())])
        expect("user types", ["user"], [each.name for each in await value(okta.list_user_types())])
        schema = await value(okta.get_user_schema("default"))
        expect_true("the schema has a login", schema.definitions.base.properties.login is not None)

    with step("deactivate and delete users"):
        for user in (ada, grace):
            await value(okta.deactivate_user(user.id))
            expect("status", "DEPROVISIONED", (await value(okta.get_user(user.id))).status)
            await value(okta.delete_user(user.id))
            expect("status", 404, (await refused(okta.get_user(user.id))).status)

    with step("delete groups"):
        for group in groups:
            await value(okta.delete_group(group.id))
        expect("teams", [], await value(okta.list_groups(q="Team")))

    with step("query the System Log by type, in pages"):
        since = (datetime.now(timezone.utc) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        until = (datetime.now(timezone.utc) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        listed = await pages(
            okta.list_log_events, since=since, until=until, filter='eventType eq "group.user_membership.add"', limit=5)
        events = [event for page in listed for event in page]
        expect("events", 13, len(events))
        expect("types", {"group.user_membership.add"}, {event.event_type for event in events})
        expect_true("a page has at most 5", all(len(page) <= 5 for page in listed), [len(page) for page in listed])

    with step("query the System Log for what happened to one user"):
        events = await value(okta.list_log_events(filter=f'target.id eq "{ada.id}"'))
        types = [event.event_type for event in events]
        for wanted in ("user.lifecycle.create", "user.account.update_profile", "user.lifecycle.activate",
                       "user.lifecycle.deactivate", "user.lifecycle.delete.initiated"):
            expect_true(f"an event {wanted}", wanted in types, types)

    with step("sign in as an app with private_key_jwt"):
        key = private_key()
        scopes = ["okta.users.read", "okta.groups.read"]
        client_id = org.service_app("Job", key, scopes)
        app = Client({
            "orgUrl": org.url, "authorizationMode": "PrivateKey", "clientId": client_id, "scopes": scopes,
            "privateKey": json.dumps(key), "kid": key["kid"]})
        expect("a page", 3, len(await value(app.list_users(limit=3))))

    with step("refuse the app what its scopes do not permit"):
        error = await refused(app.list_applications())
        expect("status", 403, error.status)


asyncio.run(main())
