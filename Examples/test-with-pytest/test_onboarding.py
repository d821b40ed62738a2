import asyncio

import pytest
from okta.client import Client

from onboarding import NoGroup, onboard


def run(org, department="Research"):
    okta = Client({"orgUrl": org.url, "token": org.token})
    return asyncio.run(onboard(okta, "Ada", "Lovelace", "ada@example.com", department))


def create_group(org, name):
    return org.call("POST", "/api/v1/groups", {"profile": {"name": name}})


def test_new_colleague_gets_an_account_and_the_group(okta_org):
    group = create_group(okta_org, "Research")
    user = run(okta_org)
    assert user.status == "STAGED"
    members = okta_org.call("GET", f"/api/v1/groups/{group['id']}/users")
    assert [member["id"] for member in members] == [user.id]


def test_colleague_with_an_account_gets_no_second_one(okta_org):
    create_group(okta_org, "Research")
    assert run(okta_org).id == run(okta_org).id
    assert okta_org.requests().count("POST /api/v1/users") == 1


def test_department_without_a_group_is_a_problem(okta_org):
    with pytest.raises(NoGroup):
        run(okta_org, department="Alchemy")


def test_error_of_the_org_is_raised(okta_org):
    create_group(okta_org, "Research")
    okta_org.fail_next("internalError", "/api/v1/users")
    with pytest.raises(Exception) as raised:
        run(okta_org)
    assert raised.value.status == 500
