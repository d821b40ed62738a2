"""Calls an org with Okta's management library for Python, without pauses, until the process is ended.

The tests of shared limits run it with okta-proxy as its org. OKTA_URL is the address, and OKTA_TOKEN the token.
"""

import asyncio
import itertools
import logging
import os

# Must be set before the import. Without it, the library rejects URLs with http.
os.environ["OKTA_TESTING_TESTINGDISABLEHTTPSCHECK"] = "true"

from okta.client import Client

logging.disable(logging.CRITICAL)


async def repeat(call):
    # Each call has another target, because the proxy merges equal calls in flight.
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
