"""Does the work of a peer with Okta's SDK for Python: okta_client.py list|first ORIGIN

`list` reads all users in pages of 200, and `first` reads one user. The output is the number of users, the CPU seconds of the
process, the CPU seconds without the imports, and the peak memory in MB. SSL_CERT_FILE is the path of the server's
certificate authority.
"""
import asyncio
import resource
import sys
from urllib.parse import parse_qs, urlsplit

from okta.client import Client


async def read_list(client):
    users, after = 0, None
    while True:
        page, response, error = await client.list_users(limit=200, after=after)
        if error:
            raise SystemExit(f"list_users: {error}")
        users += sum(1 for user in page if user.status == "ACTIVE")
        # The response has no method for the next page, so its header field is used.
        link = dict(response.headers).get("Link", "")
        if 'rel="next"' not in link:
            return users
        after = parse_qs(urlsplit(link[1:link.index(">")]).query)["after"][0]


async def read_one(client):
    user, _, error = await client.get_user("00u1")
    if error:
        raise SystemExit(f"get_user: {error}")
    return 1 if user.id == "00u1" else 0


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def main():
    work, origin = sys.argv[1:]
    before = cpu_seconds()
    client = Client({"orgUrl": origin, "token": "bench-token"})
    users = await (read_list if work == "list" else read_one)(client)
    after = cpu_seconds()
    print(users, after, after - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


asyncio.run(main())
