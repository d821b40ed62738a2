#!/usr/bin/env bash
# Does the transformer of singer-python, which taps use to convert records to their schema's types, keep the values of users?
#
# Version: singer-python 6.8.0; CPython 3.11.
# Expected: A value that has one of the types of its schema does not change, because JSON Schema has no order of types. A string
# that does not have the type is an error, or is converted to the number that it states.
# Seen, without an error:
# - The types of a list are tried in their order, null last. A tap writes ["null", "integer", "string"] for an attribute whose
#   values vary. With it, the badge "007" becomes 7, "1,234" becomes 1234, and "1,5", with the decimal comma of many countries,
#   becomes 15. With the string first, 7 becomes "7". true is 1.
# - Each string except "false" becomes true as a boolean: "no", "0" and "Sales" are true. "" is false.
# - Each value becomes a string in Python's form: true becomes "True", and a list "['a', 'b']".
# - A string with the format date-time is read by a lenient parser: "10" is the tenth of the present month.
# - A member that the schema does not name is removed. If the schema names no members, all are kept. 7.9 becomes 7.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check singer-python==6.8.0 setuptools==80.9.0 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import copy, logging, sys
from importlib.metadata import version

from singer.transform import SchemaMismatch, Transformer

VARYING = {"type": ["null", "integer", "string"]}
ANY_OF = {"anyOf": [{"type": "null"}, {"type": "integer"}, {"type": "string"}]}
TEXT, INTEGER, NUMBER, FLAG = ({"type": ["null", name]} for name in ("string", "integer", "number", "boolean"))
TIME = TEXT | {"format": "date-time"}
BADGE = {"type": ["null", "object"], "properties": {"badge": TEXT}}
# For each value: its schema, and what the transformer makes of it.
CASES = [
    ("Sales", VARYING, "Sales"), (7, VARYING, 7), (None, VARYING, None), ("007", VARYING, 7), ("1,234", VARYING, 1234),
    ("1,5", VARYING, 15), (True, VARYING, 1), ("007", ANY_OF, 7), (7, {"type": ["null", "string", "integer"]}, "7"),
    ("1,5", NUMBER, 15.0), (7.9, INTEGER, 7), ("", INTEGER, None), ("x", INTEGER, "an error"),
    (True, FLAG, True), ("false", FLAG, False), ("no", FLAG, True), ("0", FLAG, True), ("Sales", FLAG, True), ("", FLAG, False),
    (True, TEXT, "True"), (["a", "b"], TEXT, "['a', 'b']"), ({"a": 1}, TEXT, "{'a': 1}"),
    ("2026-11-30T12:00:00.000+02:00", TIME, "2026-11-30T10:00:00.000000Z"), ("x", TIME, "an error"),
    ({"badge": "7", "title": "CTO"}, BADGE, {"badge": "7"}),
    ({"badge": "7", "title": "CTO"}, BADGE | {"properties": {}}, {"badge": "7", "title": "CTO"}),
]
failed = False
logging.disable()


def transformed(value, schema):
    try:
        with Transformer() as transformer:
            return transformer.transform(value, copy.deepcopy(schema))  # It sorts the types.
    except SchemaMismatch:
        return "an error"


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen!r}")
    if repr(seen) != repr(expected):  # 1 is equal to True.
        failed = True
        print(f"  changed: expected {expected!r}", file=sys.stderr)


print(f"singer-python {version('singer-python')}")
for value, schema, expected in CASES:
    check(f"{value!r} by {schema}", transformed(value, schema), expected)
seen = transformed("10", TIME)
check(f'whether "10" by {TIME} is a time', seen[7:] == "-10T00:00:00.000000Z", True)
sys.exit(failed)
PYTHON
