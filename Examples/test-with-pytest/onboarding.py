"""Gives new colleagues an account and the group of their department. It works with any org."""

from okta import models


class NoGroup(Exception):
    """The department has no group."""


async def onboard(okta, first_name, last_name, email, department):
    """Creates the account, or returns the existing one."""
    users, _, error = await okta.list_users(search=f'profile.login eq "{email}"')
    if error:
        raise error
    if users:
        return users[0]
    groups, _, error = await okta.list_groups(search=f'profile.name eq "{department}"')
    if error:
        raise error
    if not groups:
        raise NoGroup(department)
    profile = models.UserProfile(
        first_name=first_name, last_name=last_name, email=email, login=email, department=department)
    user, _, error = await okta.create_user(
        models.CreateUserRequest(profile=profile, group_ids=[groups[0].id]), activate=False)
    if error:
        raise error
    return user
