#!/usr/bin/env bash
# Which valid Link fields (RFC 8288) do Python's HTTP clients and Link parsers read?
#
# Versions: requests 2.34.2, httpx 0.28.1, aiohttp 3.14.5, linkheader-parser 0.6, httplink 0.2.0; CPython 3.11.
# Expected: A client follows a list to its end in any legal form of the server's `next` link.
# Seen:
# - requests and httpx cut the target at the first `;` inside the angle brackets. The list goes on with a shorter cursor and
#   without the parameters after it, and nothing reports an error.
# - requests, httpx and aiohttp store `rel="next last"` under the single name "next last", and find no next page. They also find
#   none if the name of the parameter is in capitals, although names are case-insensitive.
# - requests, httpx and httplink take the last `rel` of a link. RFC 8288 section 3.3 says the first.
# - linkheader-parser reads only quoted values without spaces around `=`. For `rel=next` it finds no next page.
# None of the five reads all eight forms.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet requests==2.34.2 httpx==0.28.1 aiohttp==3.14.5 linkheader-parser==0.6 httplink==0.2.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import aiohttp, httplink, httpx, linkheader_parser, requests
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

PAGE = "https://acme.okta.com/api/v1/users?after=00u1"


def of_requests(field):
    response = requests.Response()
    response.headers["Link"] = field
    return response.links.get("next", {}).get("url")


def of_httpx(field):
    return httpx.Response(200, headers={"Link": field}).links.get("next", {}).get("url")


def of_aiohttp(field):
    # The property reads only the header fields and the address of a response.
    response = object.__new__(aiohttp.ClientResponse)
    response._headers = CIMultiDictProxy(CIMultiDict({"Link": field}))
    response._cache = {}
    response._url = response._real_url = URL("https://acme.okta.com/")
    link = response.links.get("next")
    return str(link["url"]) if link else None


def of_linkheader_parser(field):
    return linkheader_parser.parse(field).get("next", {}).get("url")


def of_httplink(field):
    try:
        return httplink.parse_link_header(field)["next"].target
    except KeyError:
        return None


readers = [of_requests, of_httpx, of_aiohttp, of_linkheader_parser, of_httplink]
whole, cut, none = PAGE + "&limit=2", PAGE, None
cases = [
    ("plain", f'<{whole}>; rel="next"', whole, [whole] * 5),
    ("a semicolon in the target", f'<{PAGE};b&limit=2>; rel="next"', PAGE + ";b&limit=2",
     [cut, cut, PAGE + ";b&limit=2", PAGE + ";b&limit=2", PAGE + ";b&limit=2"]),
    ("a comma in the target", f'<{PAGE},b>; rel="next"', PAGE + ",b", [PAGE + ",b"] * 5),
    ("two relation types", f'<{whole}>; rel="next last"', whole, [none, none, none, whole, whole]),
    ("a token as value", f"<{whole}>; rel=next", whole, [whole, whole, whole, none, whole]),
    ("a name in capitals", f'<{whole}>; REL="next"', whole, [none, none, none, none, whole]),
    ("spaces around =", f'<{whole}>; rel = "next"', whole, [whole, whole, whole, none, whole]),
    ("the first of two rel", f'<{whole}>; rel="next"; rel="prev"', whole, [none, none, whole, whole, none]),
]
failed = False
print("aiohttp", aiohttp.__version__, "httpx", httpx.__version__, "requests", requests.__version__)
for name, field, right, seen in cases:
    got = [reader(field) for reader in readers]
    words = ["right" if value == right else "no next page" if value is None else f"cut to {value}" for value in got]
    print(f"{name}: " + ", ".join(f"{reader.__name__[3:]} {word}" for reader, word in zip(readers, words)))
    if got != seen:
        failed = True
        print(f"  changed: expected {seen}", file=sys.stderr)
sys.exit(failed)
PYTHON
