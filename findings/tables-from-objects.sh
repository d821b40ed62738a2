#!/usr/bin/env bash
# Does a table made from a list of users, as an API returns them, have each value in its column?
#
# Versions: tablib 3.10.0, PyArrow 26.0.1, petl 1.7.30, agate 1.14.2, and for comparison pandas 3.1.1; CPython 3.11.
# Expected: The members of an object have no order (RFC 8259 section 4), and users have different attributes. A value is in the
# column of its name, and a user without the attribute has an empty cell, as in pandas. What a library cannot do is an error.
# Seen, without an error or a warning:
# - tablib takes the names of the first user, and of all others only the values, in their order. For a user with `title` before
#   `id`, the title is in the column `id`. For one with `id` and `badge` instead of `id` and `title`, the badge number is in the
#   column `title`. Each row has as many values as the first, so nothing is noticed. This is so for Dataset.dict and for reading
#   JSON and YAML. A different number of members is an error.
# - PyArrow's Table.from_pylist takes the names of the first user, and drops all members that this user does not have.
# - petl's fromdicts takes the names of the first 1000 users, and drops those that appear later.
# - agate's Table.from_object finds all names, and changes values by column: the badge "007" is 7, the last names "Null" and
#   "None" are empty, and "1" as the only id is True.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tablib==3.10.0 pyyaml==6.0.3 pyarrow==26.0.1 petl==1.7.30 \
    agate==1.14.2 pandas==3.1.1 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
cat > program.py <<'PYTHON'
import json, sys
from importlib.metadata import version

import agate, pandas, petl, pyarrow, tablib

failed = False


def by_tablib(users):
    table = tablib.Dataset()
    table.dict = users
    return table.dict[-1]


def by_tablib_from_json(users):
    return tablib.Dataset().load(json.dumps(users), format="json").dict[-1]


def by_tablib_from_yaml(users):
    return tablib.Dataset().load(json.dumps(users), format="yaml").dict[-1]


# For each library: the last row of the table, as an object.
LAST = {
    "tablib": by_tablib,
    "tablib, from JSON": by_tablib_from_json,
    "tablib, from YAML": by_tablib_from_yaml,
    "PyArrow": lambda users: pyarrow.Table.from_pylist(users).to_pylist()[-1],
    "petl": lambda users: list(petl.fromdicts(users).dicts())[-1],
    "agate": lambda users: dict(agate.Table.from_object(users).rows[-1].dict()),
    "pandas": lambda users: {
        name: None if pandas.isna(value) else value for name, value in pandas.DataFrame(users).iloc[-1].items()},
}
ALL_TABLIB = ("tablib", "tablib, from JSON", "tablib, from YAML")
ADA = {"id": "00u1", "title": "CTO"}
ERROR = "an error"


def check(what, users, correct, **others):
    """Compares the last rows with the correct one, or with the one that a library is known to give."""
    global failed
    expected = {name: correct for name in LAST} | {name.replace("_", " "): row for name, row in others.items()}
    expected |= {name: expected["tablib"] for name in ALL_TABLIB}
    seen = {}
    for name, last in LAST.items():
        try:
            seen[name] = last(users)
        except Exception:  # Each library has its own ones.
            seen[name] = ERROR
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(", ".join(f"{name} {version(name)}" for name in ("tablib", "pyarrow", "petl", "agate", "pandas")))
check("the same names", [ADA, {"id": "00u2", "title": "CFO"}], {"id": "00u2", "title": "CFO"})
check("another order", [ADA, {"title": "CFO", "id": "00u2"}], {"id": "00u2", "title": "CFO"}, tablib={"id": "CFO", "title": "00u2"})
check("another attribute", [ADA, {"id": "00u2", "badge": "b7"}], {"id": "00u2", "title": None, "badge": "b7"},
      tablib={"id": "00u2", "title": "b7"}, PyArrow={"id": "00u2", "title": None})
check("one attribute more", [ADA, {"id": "00u2", "title": "CFO", "badge": "b7"}], {"id": "00u2", "title": "CFO", "badge": "b7"},
      tablib=ERROR, PyArrow={"id": "00u2", "title": "CFO"})
late = [ADA] * 1000 + [{"id": "00u2", "title": "CFO", "badge": "b7"}]
check("one attribute more, after 1000 users", late, {"id": "00u2", "title": "CFO", "badge": "b7"}, tablib=ERROR,
      PyArrow={"id": "00u2", "title": "CFO"}, petl={"id": "00u2", "title": "CFO"})
values = {"id": "1", "badge": "007", "lastName": "Null", "nickName": "None"}
check("values", [values], values, agate={"id": True, "badge": 7, "lastName": None, "nickName": None})
sys.exit(failed)
PYTHON
venv/bin/python -W ignore program.py
