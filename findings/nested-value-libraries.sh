#!/usr/bin/env bash
# Do Python libraries that read and change nested values by a path or as attributes find and keep the values of a user?
#
# Versions: dotty-dict 1.3.1, dpath 2.2.0, pydash 8.1.0, python-box 8.0.0, dotmap 1.3.30, addict 2.4.0, munch 4.0.0,
# flatten-json 0.1.14, flatten-dict 0.5.0, deepmerge 4.0.0; CPython 3.11.
# Expected: A value is found by its name. Reading changes nothing. Deleting an element of a list removes it. Flattening and
# unflattening gives the same value.
# Seen, without an error except where stated:
# - dotty-dict, flatten-json and flatten-dict split SCIM's name of the enterprise extension at the dot of 2.0. dotty-dict's `get`
#   returns nothing for it, and a department that is set or unflattened is in a member "0:User" of another extension.
# - dpath deletes the group a of [a, b] by putting null in its place, and of three groups by `groups/*` two stay as null. Setting
#   profile/7 makes a list of seven nulls and the value.
# - pydash's `merge` merges lists by position: the groups [Sales, IT] and [HR] become [HR, IT]. Its `set_` makes an object with a
#   member "0" for groups.0, where dpath and dotty-dict make a list.
# - dotmap adds an empty object for each attribute that is read and missing, and an update sends it.
# - Box with default_box drops each member that is null, so an update does not clear the title, and reads the title as an empty object.
# - Box with camel_killer_box keeps one of costCenter and cost_center. flatten-json does so for cost.center and cost_center.
# - `user.profile.items` is a method in Box, dotmap, addict and munch, also if the profile has an attribute `items`.
# - flatten-dict drops an empty object, and unflattens a list to an object with members "0" and "1".
# - deepmerge adds a group twice, and a second merge into a result changes the first source.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dotty-dict==1.3.1 dpath==2.2.0 pydash==8.1.0 python-box==8.0.0 dotmap==1.3.30 addict==2.4.0 \
    munch==4.0.0 flatten-json==0.1.14 flatten-dict==0.5.0 deepmerge==4.0.0
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys

import addict, box, deepmerge, dotmap, dotty_dict, dpath, flatten_dict, flatten_json, munch, pydash

failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def changed(function, value, *arguments):
    function(value, *arguments)
    return value


extension = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
user = {extension: {"department": "Sales"}}
split = {extension[:-7]: {"0:User": {"department": "Sales"}}}
check("dotty-dict, get", dotty_dict.dotty(user).get(extension), None)
department = dotty_dict.dotty({})
department[extension + ".department"] = "Sales"
check("dotty-dict, set", department.to_dict(), split)
check("flatten-json, the extension", flatten_json.unflatten_list(flatten_json.flatten(user, "."), "."), split)
check("flatten-dict, the extension", flatten_dict.unflatten(flatten_dict.flatten(user, reducer="dot"), splitter="dot"), split)

check("dpath, one group", changed(dpath.delete, {"groups": ["a", "b"]}, "groups/0"), {"groups": [None, "b"]})
check("dpath, all groups", changed(dpath.delete, {"groups": ["a", "b", "c"]}, "groups/*"), {"groups": [None, None]})
check("dpath, profile/7", changed(dpath.new, {}, "profile/7", "x"), {"profile": [None] * 7 + ["x"]})

check("pydash, merge", pydash.merge({"groups": ["Sales", "IT"]}, {"groups": ["HR"]}), {"groups": ["HR", "IT"]})
check("pydash, set_", pydash.set_({}, "groups.0.id", "a"), {"groups": {"0": {"id": "a"}}})

profile = {"login": "ada@example.com", "items": ["a"], "title": None}
read = dotmap.DotMap(profile)
bool(read.nickname)
check("dotmap, after reading nickname", read.toDict(), {**profile, "nickname": {}})
default = box.Box(profile, default_box=True)
check("Box, null", [default.title, default.to_dict()], [{}, {"login": "ada@example.com", "items": ["a"]}])
check("Box, two names", box.Box({"costCenter": "R", "cost_center": "S"}, camel_killer_box=True).to_dict(), {"cost_center": "S"})
check("flatten-json, two names", flatten_json.flatten({"cost": {"center": "R"}, "cost_center": "S"}), {"cost_center": "S"})
for name, made in (("Box", box.Box(profile)), ("dotmap", dotmap.DotMap(profile)), ("addict", addict.Dict(profile)),
                   ("munch", munch.munchify(profile))):
    check(f"{name}, items is a method", callable(made.items), True)

check("flatten-dict, an empty object", flatten_dict.flatten({"profile": {}, "groups": []}, reducer="dot"), {"groups": []})
listed = flatten_dict.flatten({"groups": ["a", "b"]}, reducer="dot", enumerate_types=(list,))
check("flatten-dict, a list", flatten_dict.unflatten(listed, splitter="dot"), {"groups": {"0": "a", "1": "b"}})
check("deepmerge, a group twice", deepmerge.always_merger.merge({"groups": ["a"]}, {"groups": ["a", "b"]}), {"groups": ["a", "a", "b"]})
first = {"profile": {"title": "Head"}}
result = deepmerge.always_merger.merge({}, first)
deepmerge.always_merger.merge(result, {"profile": {"nickname": "Al"}})
check("deepmerge, the first source", first, {"profile": {"title": "Head", "nickname": "Al"}})
sys.exit(failed)
PYTHON
