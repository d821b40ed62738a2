#!/usr/bin/env bash
# Do tools that compare two JSON documents, for example for drift between an org and its files, report each change?
#
# Versions: dictdiffer 0.10.0, deepdiff 9.1.0, jsondiff 2.2.1, json-delta 2.0.2, jycm 1.5.0; CPython 3.11.
# Expected: In JSON, true and 1 are different values, and so are 12345678901234567 and 12345678901234568. The tools get all of
# these without loss. Two lists also differ if another member occurs twice.
# Seen, as no difference:
# - true changed to 1: dictdiffer, jsondiff, json-delta and jycm. deepdiff reports it for a member, but not within a list.
# - dictdiffer: an integer of 17 digits or more that changes in its last digits. It compares integers with a tolerance, like
#   floating-point numbers.
# - deepdiff with ignore_order=True, the usual setting for lists of groups: ["a", "a", "b"] and ["a", "b", "b"].
# A patch made from these documents is empty. dictdiffer gives the path of a nested member as a text with a dot, and the path of
# a name with a dot as a list. A program that splits texts at dots is right. A program that joins lists is wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dictdiffer==0.10.0 deepdiff==9.1.0 jsondiff==2.2.1 \
    json-delta==2.0.2 jycm==1.5.0 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, sys
from importlib.metadata import version

import deepdiff, dictdiffer, json_delta, jsondiff
from jycm.jycm import YouchamaJsonDiffer


def by_jycm(old, new):
    differ = YouchamaJsonDiffer(old, new)
    differ.diff()
    return differ.to_dict(no_pairs=True)


TOOLS = {
    "dictdiffer": lambda old, new: list(dictdiffer.diff(old, new)),
    "deepdiff": deepdiff.DeepDiff,
    "deepdiff, ignore_order": lambda old, new: deepdiff.DeepDiff(old, new, ignore_order=True),
    "jsondiff": jsondiff.diff,
    "json-delta": lambda old, new: json_delta.diff(old, new, verbose=False),
    "jycm": by_jycm,
}
# For each change: the two documents, and the tools that report no difference.
CASES = {
    "another text": ('{"title": "CTO"}', '{"title": "CEO"}', []),
    "a text for a number": ('{"title": "7"}', '{"title": 7}', []),
    "an empty object for an empty list": ('{"items": []}', '{"items": {}}', []),
    "a member that is null, and gone": ('{"title": null}', "{}", []),
    "1 for true": ('{"isActive": true}', '{"isActive": 1}', ["dictdiffer", "jsondiff", "json-delta", "jycm"]),
    "1 for true in an object of a list": (
        '[{"id": "a", "on": true}]', '[{"id": "a", "on": 1}]', ["dictdiffer", "jsondiff", "json-delta", "jycm"]),
    "1 for true in a list": ('{"levels": [true, 2]}', '{"levels": [1, 2]}', ["dictdiffer", "deepdiff", "jsondiff", "json-delta", "jycm"]),
    "a number of 15 digits": ('{"badge": 123456789012345}', '{"badge": 123456789012346}', []),
    "a number of 17 digits": ('{"badge": 12345678901234567}', '{"badge": 12345678901234568}', ["dictdiffer"]),
    "a number of 20 digits": ('{"badge": 12345678901234567000}', '{"badge": 12345678901234567999}', ["dictdiffer"]),
    "another one that is there twice": ('{"groups": ["a", "a", "b"]}', '{"groups": ["a", "b", "b"]}', ["deepdiff, ignore_order"]),
}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(", ".join(f"{name} {version(name)}" for name in ("dictdiffer", "deepdiff", "jsondiff", "json-delta", "jycm")))
for change, (old, new, silent) in CASES.items():
    check(f"no difference by {change}", [name for name, differ in TOOLS.items() if not differ(json.loads(old), json.loads(new))], silent)
check("path of a name with a dot, by dictdiffer", list(dictdiffer.diff({"profile.title": 1}, {"profile.title": 2}))[0][1],
      ["profile.title"])
check("path of a member of a member, by dictdiffer",
      list(dictdiffer.diff({"profile": {"title": 1}}, {"profile": {"title": 2}}))[0][1], "profile.title")
sys.exit(failed)
PYTHON
