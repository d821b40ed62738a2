#!/usr/bin/env bash
# Do Python's validators of data accept and return a user's attributes as their rules say?
#
# Versions: colander 2.0, Cerberus 1.3.8, voluptuous 0.16.0, schema 0.7.8, strictyaml 1.7.3 with python-dateutil 4.0.0; CPython
# 3.11.
# Expected: A value that the rule does not allow is an error, or is returned as the value that it means. Null is not true. A rule
# means the same for a string and for a number.
# Seen, without an error:
# - colander's Boolean reads null, "", "no" and "off" as true. Only "false" and "0" are false. An account with `"mfa": null` has it.
#   Its `serialize` writes the same null as false, and a null title as the text None.
# - colander's Int cuts 1.9 to 1. A field with `missing` loses "" and null, so an update cannot clear a title.
# - Cerberus passes the string "3" for `min: 5`. `integer` and `float` accept true, `number` does not. `default` replaces a null
#   that is there.
# - One expression has three meanings: `00u` accepts only itself in Cerberus, a beginning in voluptuous, and any part in schema.
# - voluptuous returns the badge "007" as 7 from Any(Coerce(int), str), and refuses [1, true] as duplicates in Unique.
# - strictyaml reads 05/10/2026 as May 10, splits "IT, EMEA" between quotation marks, and reads the badge 007 as 7 by Int | Str.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check colander==2.0 cerberus==1.3.8 voluptuous==0.16.0 schema==0.7.8 \
    strictyaml==1.7.3 python-dateutil==4.0.0 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime, sys

import cerberus, colander, schema, strictyaml, voluptuous

failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if repr(seen) != repr(expected):
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return type(error).__name__


class User(colander.MappingSchema):
    mfa = colander.SchemaNode(colander.Boolean())
    level = colander.SchemaNode(colander.Int(), missing=5)
    title = colander.SchemaNode(colander.String(), missing=colander.drop)


def user(**values):
    return attempt(User().deserialize, {"mfa": True, "level": 1} | values)


check("colander, Boolean", {repr(value): user(mfa=value)["mfa"] for value in (None, "", "no", "off", "0", "false", False)},
      {"None": True, "''": True, "'no'": True, "'off'": True, "'0'": False, "'false'": False, "False": False})
check("colander, Int", {repr(value): user(level=value)["level"] for value in (1.9, True, "", None)},
      {"1.9": 1, "True": 1, "''": 5, "None": 5})
check("colander, null and an empty title", [user(title=None), user(title="")], [{"mfa": True, "level": 1}] * 2)
check("colander, serialize", User().serialize({"mfa": None, "level": 1, "title": None}), {"mfa": "false", "level": "1", "title": "None"})


def rule(value, **rules):
    validator = cerberus.Validator({"value": rules})
    return validator.validate({"value": value}), validator.document["value"]


check("Cerberus, min 5", [rule(value, min=5)[0] for value in (3, "3")], [False, True])
check("Cerberus, true", [rule(True, type=kind)[0] for kind in ("integer", "float", "number")], [True, True, False])
check("Cerberus, default", [rule(None, type="string", default="none"), rule(None, type="string", nullable=True, default="none")],
      [(True, "none"), (True, None)])

expression, values = "00u", ("00u", "00u1", "x00u1")
check("expression, Cerberus", [rule(value, type="string", regex=expression)[0] for value in values], [True, False, False])
match = voluptuous.Schema(voluptuous.Match(expression))
check("expression, voluptuous", [attempt(match, value) == value for value in values], [True, True, False])
search = schema.Schema(schema.Regex(expression))
check("expression, schema", [attempt(search.validate, value) == value for value in values], [True, True, True])

check("voluptuous, Any", voluptuous.Schema(voluptuous.Any(voluptuous.Coerce(int), str))("007"), 7)
check("voluptuous, Unique", attempt(voluptuous.Schema(voluptuous.Unique()), [1, True]), "MultipleInvalid")
check("true as an integer, voluptuous and schema", [attempt(voluptuous.Schema(int), True), attempt(schema.Schema(int).validate, True)],
      [True, "SchemaUnexpectedTypeError"])


def strict(text, kind):
    return strictyaml.load(f"value: {text}\n", strictyaml.Map({"value": kind})).data["value"]


check("strictyaml, a date", strict("05/10/2026", strictyaml.Datetime()), datetime.datetime(2026, 5, 10))
check("strictyaml, a list", strict('Sales, "IT, EMEA"', strictyaml.CommaSeparated(strictyaml.Str())), ["Sales", '"IT', 'EMEA"'])
check("strictyaml, a badge", [strict("007", strictyaml.Int() | strictyaml.Str()), strict("007", strictyaml.Str() | strictyaml.Int())], [7, "007"])
sys.exit(failed)
PYTHON
