#!/usr/bin/env bash
# Which users does a JSONPath query find, depending on the library?
#
# Versions: jsonpath 0.82.2, jsonpath-python 1.1.6, jsonpath-rust-bindings 1.1.1 and, for comparison, jsonpath-rfc9535 1.0.1;
# CPython 3.11.
# Expected: The users that RFC 9535 selects, or an error for syntax that the library does not know. jsonpath-rfc9535 returns
# these users for each query below.
# Seen, without an error:
# - jsonpath finds nobody by a login. It takes an at sign inside the quotation marks for the current user, like the one outside.
#   It returns no value of an attribute with a dot in its name. For `['login', 'title']` it returns the login alone, because of
#   the blank.
# - jsonpath-python finds nobody by a filter with `&&` or `||`, or with a dot in the name of an attribute. Its own operator `or`
#   works. For `['login', 'title']` it returns no value.
# - Both find nobody by a comparison with null, true or false, by `!@.profile.department`, and by a filter without the outer
#   parentheses.
# - For `!=`, both omit a user without the attribute. A query for "not in Sales" misses the users without a department.
# - jsonpath-rust-bindings does not find O'Brien if the apostrophe is escaped. With quotation marks of the other kind it does.
# A library returns an empty list for "no users"; jsonpath returns False instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# Two of the packages have a module of the same name.
for package in jsonpath==0.82.2 jsonpath-python==1.1.6 jsonpath-rust-bindings==1.1.1 jsonpath-rfc9535==1.0.1; do
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check --target "$folder/${package%%=*}" "$package"
done
cat >"$folder/queries.py" <<'PYTHON'
import sys
from importlib.metadata import version

name = sys.argv[1]
if name == "jsonpath":
    from jsonpath import jsonpath
    find = lambda query: jsonpath(users, query) or []
elif name == "jsonpath-python":
    from jsonpath import JSONPath
    find = lambda query: JSONPath(query).parse(users)
elif name == "jsonpath-rust-bindings":
    from jsonpath_rust_bindings import Finder
    find = lambda query: [result.data for result in Finder(users).find(query)]
else:
    import jsonpath_rfc9535
    find = lambda query: jsonpath_rfc9535.find(query, users).values()

users = [
    {"id": 1, "status": "ACTIVE", "lastLogin": "2026-11-01T00:00:00.000Z", "profile": {
        "login": "ada@example.com", "title": "CTO", "lastName": "O'Brien", "department": "Sales", "contractor": False}},
    {"id": 2, "status": "ACTIVE", "lastLogin": None, "profile": {
        "login": "ben@example.com", "title": "CFO", "lastName": "King", "department": "Legal", "contractor": True}},
    {"id": 3, "status": "STAGED", "lastLogin": None, "profile": {
        "login": "cleo@example.com", "title": "CEO", "lastName": "Null", "badge.number": "77"}},
]
# For each query: the result of the RFC, and the libraries with another result.
cases = [
    ("$[?(@.status == 'STAGED')].id", [3], {}),
    ("$[?(@.profile.login == 'ada@example.com')].id", [1], {"jsonpath": []}),
    ("$[?(@.lastLogin == null)].id", [2, 3], {"jsonpath": [], "jsonpath-python": []}),
    ("$[?(@.profile.contractor == true)].id", [2], {"jsonpath": [], "jsonpath-python": []}),
    ("$[?(@.profile.contractor == false)].id", [1], {"jsonpath": [], "jsonpath-python": []}),
    ("$[?(@.profile['badge.number'] == '77')].id", [3], {"jsonpath-python": []}),
    ("$[*].profile['badge.number']", ["77"], {"jsonpath": []}),
    ("$[?(@.status == 'STAGED' || @.profile.title == 'CTO')].id", [1, 3], {"jsonpath-python": []}),
    ("$[?(@.status == 'ACTIVE' && @.profile.title == 'CTO')].id", [1], {"jsonpath-python": []}),
    ("$[?(!@.profile.department)].id", [3], {"jsonpath": [], "jsonpath-python": []}),
    ("$[?@.status == 'STAGED'].id", [3], {"jsonpath": [], "jsonpath-python": []}),
    ("$[2].profile['login', 'title']", ["cleo@example.com", "CEO"],
     {"jsonpath": ["cleo@example.com"], "jsonpath-python": []}),
    ("$[?(@.profile.department != 'Sales')].id", [2, 3], {"jsonpath": [2], "jsonpath-python": [2]}),
    ("$[?(@.profile.lastName == 'O\\'Brien')].id", [1], {"jsonpath-rust-bindings": []}),
    ("$[?(@.profile.lastName == \"O'Brien\")].id", [1], {}),
]
failed = False
print(name, version(name))
for query, by_rfc, others in cases:
    expected, seen = others.get(name, by_rfc), find(query)
    if seen != by_rfc:
        print(f"  {query}: {seen} instead of {by_rfc}")
    if seen != expected:
        failed = True
        print(f"  changed: {query}: expected {expected}, seen {seen}", file=sys.stderr)
own = "$[?(@.status == 'STAGED' or @.profile.title == 'CTO')].id"
if name == "jsonpath-python" and find(own) != [1, 3]:
    failed = True
    print(f"  changed: {own}: expected [1, 3], seen {find(own)}", file=sys.stderr)
sys.exit(failed)
PYTHON
for name in jsonpath-rfc9535 jsonpath jsonpath-python jsonpath-rust-bindings; do
    PYTHONPATH="$folder/$name" "$folder/venv/bin/python" "$folder/queries.py" "$name"
done
