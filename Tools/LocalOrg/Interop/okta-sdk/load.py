"""Calls an org with Okta's management library for Python as often as it answers, until the process is ended.

The scenes of shared limits run it behind okta-proxy. OKTA_URL is the address, and OKTA_TOKEN the token.
"""

import asyncio
import itertools
import logging
import os

# Set before the import: without it the library refuses an address that begins with http.
os.environ["OKTA_TESTING_TESTINGDISABLEHTTPSCHECK"] = "true"

from okta.client import Client

logging.disable(logging.CRITICAL)


async def repeat(call):
    # A call that differs from those in flight, which the proxy would otherwise merge.
    for number in itertools.count():
        await call(number % 150 + 1)


async def main():
    okta = Client({
        "orgUrl": os.environ["OKTA_URL"], "token": os.environ["OKTA_TOKEN"], "rateLimit": {"maxRetries": 0}})
    await asyncio.gather(
        *[repeat(lambda number: okta.list_users(limit=number)) for _ in range(3)],
        *[repeat(lambda number: okta.list_groups(limit=number)) for _ in range(3)],
        repeat(lambda number: okta.get_user("me")))


asyncio.run(main())
