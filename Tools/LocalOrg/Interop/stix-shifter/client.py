"""Runs STIX-shifter's connector for Okta against a local org, over TLS, which the connector requires."""

import asyncio
import logging
from datetime import datetime, timedelta, timezone

from stix_shifter.stix_translation.stix_translation import StixTranslation
from stix_shifter.stix_transmission.stix_transmission import StixTransmission

from local_org import TOKEN, LocalOrg
from steps import Steps, expect, expect_true

logging.disable(logging.CRITICAL)
step = Steps("stix-shifter")
org = LocalOrg()
now = datetime.now(timezone.utc)
times = " ".join(
    f"{name} t'{(now + timedelta(hours=hours)):%Y-%m-%dT%H:%M:%S.000Z}'" for name, hours in (("START", -1), ("STOP", 1)))


def transmission(token=TOKEN):
    connection = {"host": org.address, "options": {"result_limit": 1000, "timeout": 30}}
    return StixTransmission("okta", connection, {"auth": {"api_token": token}})


def translated(pattern):
    """Returns the queries of a pattern."""
    result = StixTranslation().translate("okta", "query", "{}", f"{pattern} {times}", {})
    expect_true("a translation", "queries" in result, result)
    return result["queries"]


def events(pattern, offset=0, length=500):
    """Returns the events that match a pattern, in the org's form."""
    found = []
    for query in translated(pattern):
        result = transmission().results(query, offset, length)
        expect_true("success", result.get("success"), result)
        found += result["data"]
    return found


with step("ping"):
    result = transmission().ping()
    expect_true("success", result.get("success"), result)

with step("report a token that the org refuses"):
    result = transmission("another-token").ping()
    expect("success and code", (False, "authentication_fail"), (result.get("success"), result.get("code")))

with step("make events"):
    users = [org.user(f"person-{number}") for number in range(30)]
    group = org.call("POST", "/api/v1/groups", {"profile": {"name": "Team"}})
    for user in users:
        org.call("PUT", f"/api/v1/groups/{group['id']}/users/{user['id']}")
    org.call("POST", f"/api/v1/users/{users[0]['id']}/lifecycle/suspend")

with step("find the events of a type"):
    found = events("[x-oca-event:action = 'group.user_membership.add']")
    expect("events", 30, len(found))
    expect("types", {"group.user_membership.add"}, {event["eventType"] for event in found})

with step("find the events about one target"):
    found = events(f"[x-okta-target:target_id = '{users[0]['id']}']")
    types = {event["eventType"] for event in found}
    expect_true("creation, membership and suspension", {
        "user.lifecycle.create", "group.user_membership.add", "user.lifecycle.suspend"} <= types, types)

with step("find with LIKE, IN, NOT and two observations"):
    expect("LIKE", 1, len(events("[x-oca-event:action LIKE 'lifecycle.suspend']")))
    expect("IN", 31, len(events("[x-oca-event:action IN ('group.user_membership.add', 'user.lifecycle.suspend')]")))
    expect("two", 31, len(events(
        "([x-oca-event:action = 'group.user_membership.add'] OR [x-oca-event:action = 'user.lifecycle.suspend'])")))
    others = events("[x-oca-event:action != 'group.user_membership.add']")
    expect_true("others", others and all(
        event["eventType"] != "group.user_membership.add" for event in others), len(others))

with step("page: the connector changes the limit and keeps the cursor"):
    query = translated("[x-oca-event:action = 'group.user_membership.add']")[0]
    first = transmission().results(query, 0, 12)
    expect("events of the first page", 12, len(first["data"]))
    expect_true("a cursor", "next_page_token" in first.get("metadata", {}), first.get("metadata"))
    rest = transmission().results(query, 0, 50, first["metadata"])
    expect("events of the rest", 18, len(rest["data"]))
    ids = {event["uuid"] for event in first["data"] + rest["data"]}
    expect("distinct events", 30, len(ids))

with step("find nothing in an hour before the org was there"):
    result = transmission().results(
        'filter=eventType eq "user.lifecycle.create" &since=2001-01-01T00:00:00.000Z&until=2001-01-01T01:00:00.000Z', 0, 9)
    expect("success and data", (True, []), (result.get("success"), result.get("data")))

with step("report a filter that the org refuses"):
    result = transmission().results("filter=eventType eq &since=2001-01-01T00:00:00.000Z", 0, 9)
    expect("success", False, result.get("success"))

with step("translate events to STIX"):
    source = {
        "type": "identity", "id": "identity--3532c56d-ea72-48be-a2ad-1a53f4c9c6d3", "name": "okta",
        "identity_class": "events"}
    found = events(f"[x-okta-target:target_id = '{users[0]['id']}']")
    bundle = StixTranslation().translate("okta", "results", source, found, {})
    expect("type", "bundle", bundle.get("type"))
    observed = [each for each in bundle["objects"] if each["type"] == "observed-data"]
    expect("observations", len(found), len(observed))
    accounts = {
        each["account_login"] for observation in observed for each in observation["objects"].values()
        if each["type"] == "user-account"}
    admin = org.call("GET", "/api/v1/users/me")["profile"]["login"]
    expect("accounts", {admin}, accounts)
