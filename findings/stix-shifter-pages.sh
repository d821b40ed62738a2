#!/usr/bin/env bash
# How does STIX-shifter's module for Okta find the next page of the System Log?
#
# Versions: stix-shifter-modules-okta 8.1.3, stix-shifter-utils 8.1.3; CPython 3.11.
# Expected: Names of header fields are case-insensitive (RFC 9110 section 5.1), and one field may contain two links (RFC 8288
# section 3).
# Seen:
# - Only the spelling `Link` is recognized. HTTP/2 sends `link`, as do many servers. In that case the first page is the whole
#   result, marked as a success, without a cursor and without an error.
# - With both links in one field, the module takes the first `after=` of the field as the cursor. On every page but the first,
#   this is the page's own cursor. The module fetches the second page again and again until the number of records is reached.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet stix-shifter-modules-okta==8.1.3 stix-shifter-utils==8.1.3 requests==2.34.2 \
    aiohttp==3.14.5 aiohttp-retry==2.9.1 colorlog==6.10.1 jsonmerge==1.9.2
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import json
import sys
from importlib.metadata import version

from stix_shifter_modules.okta.stix_transmission.connector import Connector

LOG = "https://acme.okta.com/api/v1/logs"
PAGES = 4


class Response:
    code = 200

    def __init__(self, page, headers):
        self.page, self.headers = page, headers

    def read(self):
        return json.dumps([{"uuid": f"event-{self.page}"}]).encode()


class Log:
    """Four pages with one event each, in place of the client that sends requests."""

    result_limit = 10_000

    def __init__(self, headers):
        self.headers, self.asked = headers, []

    async def get_search_results(self, query, cursor):
        self.asked.append(cursor)
        page = 1 if cursor == "0" else int(cursor.removeprefix("after="))
        own = f'<{LOG}?after={page}>; rel="self"' if page > 1 else f'<{LOG}>; rel="self"'
        following = f'<{LOG}?after={page + 1}>; rel="next"' if page < PAGES else None
        return Response(page, self.headers(own, following))


def events(headers):
    connector = object.__new__(Connector)
    connector.api_client, connector.connector = Log(headers), "okta"
    result = asyncio.run(connector.create_results_connection("?filter=", "0", "6"))
    return result["success"], [event["uuid"][-1] for event in result["data"]], "metadata" in result


def named(name):
    return lambda own, following: {name: following} if following else {name: own}


def joined(own, following):
    return {"Link": ", ".join(filter(None, [own, following]))}


cases = [
    ("Link", named("Link"), (True, ["1", "2", "3", "4"], False)),
    ("link", named("link"), (True, ["1"], False)),
    ("LINK", named("LINK"), (True, ["1"], False)),
    ("both links in one Link", joined, (True, ["1", "2", "2", "2", "2", "2"], True)),
]
failed = False
print("stix-shifter-modules-okta", version("stix-shifter-modules-okta"))
for name, headers, seen in cases:
    got = events(headers)
    print(f"{name}: success {got[0]}, pages {' '.join(got[1])}, a cursor for more {got[2]}")
    failed |= got != seen
sys.exit("the behaviour has changed" if failed else 0)
PYTHON
