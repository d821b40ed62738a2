"""Runs oktalib against a local org."""

import logging
from datetime import datetime, timedelta, timezone

from oktalib import ApiTokenAuthenticator, AuthFailed, Okta, ServiceAppAuthenticator

from local_org import TOKEN, LocalOrg, private_key
from steps import Steps, expect, expect_true

logging.disable(logging.CRITICAL)
step = Steps("oktalib")
org = LocalOrg()

with step("sign in with an API token"):
    okta = Okta(ApiTokenAuthenticator(org.url, TOKEN))
    seen = [entry.rstrip("/") for entry in org.requests()]
    expect_true("the token is tried", seen[-1] == "GET /api/v1/users/me", seen)

with step("refuse another token"):
    try:
        Okta(ApiTokenAuthenticator(org.url, "another-token"))
    except AuthFailed:
        pass
    else:
        expect_true("AuthFailed", False, "a session")

with step("read all seeded users, in pages of 100"):
    expect("users", 246, len(list(okta.users)))
    pages = [entry for entry in org.requests() if entry == "GET /api/v1/users"]
    expect("requests", 3, len(pages))

with step("create users"):
    ada = okta.create_user("Ada", "Lovelace", "ada@example.com", "ada@example.com", password="Correct-Horse-9")
    emmy = okta.create_user("Emmy", "Noether", "emmy@example.com", "emmy@example.com", enabled=False)
    expect("statuses", ("ACTIVE", "STAGED"), (ada.status, emmy.status))

with step("find users by login, by mail, by the beginning of a name and by a search expression"):
    expect("by login", ada.id, okta.get_user_by_login("ada@example.com").id)
    expect("by mail", [emmy.id], [user.id for user in okta.search_users_by_email("emmy@example.com")])
    expect("by name", [emmy.id], [user.id for user in okta.search_users("Noeth")])
    found = okta.search_users_by_query(
        '(status eq "ACTIVE" or status eq "STAGED") and profile.lastName sw "Lovel"', sort_by="profile.lastName")
    expect("by search", [ada.id], [user.id for user in found])

with step("update attributes"):
    ada.title = "Countess"
    ada.department = "R&D"
    read = okta.get_user_by_login("ada@example.com")
    expect("title and department", ("Countess", "R&D"), (read.title, read.department))

with step("activate, suspend, unsuspend, and expire a password"):
    expect_true("activated", emmy.activate())
    expect("status", "PROVISIONED", okta.get_user_by_login("emmy@example.com").status)
    expect_true("suspended", ada.suspend())
    expect("status", "SUSPENDED", okta.get_user_by_login("ada@example.com").status)
    expect_true("unsuspended", ada.unsuspend())
    expect_true("expired", ada.expire_password())
    expect("status", "PASSWORD_EXPIRED", okta.get_user_by_login("ada@example.com").status)

with step("change a password and a security question"):
    expect_true("password", ada.update_password("Correct-Horse-9", "Better-Horse-10"))
    expect_true("question", ada.update_security_question("Better-Horse-10", "Favourite number?", "Bernoulli"))

with step("create groups, and find them by name and by search"):
    team = okta.create_group("Team", "A team")
    okta.create_group("Team of one", "Another team")
    expect("by name", team.id, okta.get_group_by_name("Team").id)
    found = okta.search_groups_by_query('profile.name eq "Team of one"')
    expect("by search", ["Team of one"], [group.name for group in found])

with step("add users to a group, page its members, and remove one"):
    members = [user for user in okta.users if user.status != "DEPROVISIONED"][:120]
    for user in members:
        expect_true("added", team.add_user_by_id(user.id))
    expect("members", 120, len(list(team.users)))
    expect_true("removed", team.remove_user_by_id(members[0].id))
    expect("members", 119, len(list(team.users)))
    names = sorted(group.name for group in okta.get_user_by_login(members[1].login).groups)
    expect("groups of a member", ["Everyone", "Team"], names)

with step("assign an admin role to a user, and remove it"):
    role = okta.assign_role_to_user_by_id(ada.id, "HELP_DESK_ADMIN")
    expect("roles", [role.id], [each.id for each in okta.get_user_assigned_roles_by_id(ada.id)])
    expect_true("removed", okta.remove_role_from_user_by_id(ada.id, role.id))
    expect("roles", [], okta.get_user_assigned_roles_by_id(ada.id))

with step("create an app for services, with secrets"):
    app = okta.create_api_services_app_with_client_secret("Job", dpop_bound_access_tokens=False)
    expect("label", "Job", okta.get_application_by_label("job").label)
    expect_true("a second secret", app.create_client_secrets() is not None)
    expect("secrets", 2, len(app.client_secrets))

with step("grant scopes and an admin role to the app"):
    expect_true("granted", app.add_grant("okta.users.read") is not None)
    expect("grants", ["okta.users.read"], [grant.scope_id for grant in app.grants])
    expect_true("assigned", app.add_client_role("READ_ONLY_ADMIN") is not None)
    expect("roles", ["READ_ONLY_ADMIN"], [each.type for each in app.client_roles])

with step("assign a group to an app, and page its users"):
    org.call("POST", "/api/v1/apps", {
        "name": "bookmark", "label": "Intranet", "signOnMode": "BOOKMARK",
        "settings": {"app": {"url": "https://intranet.example.com", "requestIntegration": False}}})
    expect_true("assigned", okta.assign_group_to_application("Intranet", "Team"))
    intranet = okta.get_application_by_label("Intranet")
    expect("groups", ["Team"], [group.name for group in intranet.groups])
    expect("users", 119, len(list(intranet.user_assignments)))
    assigned = [each.application.label for each in okta.get_user_by_login(members[1].login).app_assignments()]
    expect("apps of a member", ["Intranet"], assigned)

with step("remove the group, deactivate and delete the app"):
    expect_true("removed", okta.remove_group_from_application("Intranet", "Team"))
    expect("users", [], list(intranet.users))
    expect_true("deactivated", intranet.deactivate())
    expect_true("deleted", intranet.delete())
    expect("app", None, okta.get_application_by_label("Intranet"))

with step("deactivate and delete users, and delete groups"):
    for user in (ada, emmy):
        expect_true("deactivated", user.deactivate())
        # This request only deactivates a user that is active.
        expect_true("deleted", okta.session.delete(f"/users/{user.id}").ok)
        expect("user", None, okta.get_user_by_login(user.login))
    expect_true("deleted", okta.delete_group("Team"))
    expect("group", None, okta.get_group_by_name("Team"))

with step("page the System Log"):
    # Without an end of the time range, the last page would link to future events.
    now = datetime.now(timezone.utc)
    times = {name: f"{now + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for name, hours in (("since", -1), ("until", 1))}
    events = list(okta.session.get_paginated_url(
        "/logs", params={"filter": 'eventType eq "group.user_membership.add"'} | times))
    expect("events", 120, len(events))

with step("wait after a rate limit, and repeat the request"):
    before = len(org.requests())
    org.call("POST", "/_local/faults", {"kind": "rateLimit", "path": "/api/v1/groups", "times": 1})
    expect_true("groups", len(list(okta.groups)) >= 3)
    expect("requests", ["GET /api/v1/groups"] * 2, org.requests()[before:])

key = private_key()
scopes = ["okta.users.read", "okta.groups.read"]

with step("sign in as an app with private_key_jwt"):
    client = org.service_app("Reader", key, scopes)
    reader = Okta(ServiceAppAuthenticator(org.url, client, key, scopes, dpop=False))
    expect_true("users", len(list(reader.users)) >= 200)

with step("sign in as an app with proof of possession"):
    client = org.service_app("Prover", key, scopes, dpop=True)
    prover = Okta(ServiceAppAuthenticator(org.url, client, key, scopes))
    expect_true("groups", len(list(prover.groups)) >= 2)

with step("refuse a scope that the app was not granted"):
    try:
        Okta(ServiceAppAuthenticator(org.url, client, key, ["okta.apps.read"]))
    except AuthFailed as refusal:
        expect_true("invalid_scope", "scope" in str(refusal), str(refusal))
    else:
        expect_true("AuthFailed", False, "a session")
