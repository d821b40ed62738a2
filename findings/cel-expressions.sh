#!/usr/bin/env bash
# Does one condition in CEL give the same result for a user in each of Python's libraries?
#
# Versions: cel-expr-python 0.1.3, which contains the C++ implementation of the language's authors, cel-python 0.5.0,
# common-expression-language 0.10.0; CPython 3.11.
# Expected: CEL has a specification, and the three libraries agree. Okta FGA and several gateways and policy engines have
# conditions in CEL. A condition that cannot be evaluated is an error.
# Seen, each time without an error unless stated:
# - The year, day or hour of a time with an offset is that of UTC (cel-expr-python, cel-python, and the specification). In
#   common-expression-language it is that of the text: 23:30-05:00 on the last of December is in the old year. A zone as an
#   argument of getHours is an error.
# - `string(timestamp)` has three forms: 08:00:00Z for 10:00:00+02:00 in cel-expr-python, and the offset of the text in the
#   other two. cel-python drops the milliseconds of a time and of a duration. common-expression-language writes +00:00 for Z,
#   and 1m30s for 90s.
# - In cel-python `string(true)` is "True", a boolean is equal to 1, and 5 / 2.0 is 2. `int` reads "0x1F" as 31 and "1_0" as 10.
#   `5 == 5.0` and `5 > 4.5` are errors. JSON has one type of number, so an attribute that is a fraction for one user only makes
#   the condition fail for that user.
# - In common-expression-language a text is as long as its bytes in UTF-8: `size("jürgen")` is 7. `string(true)` and
#   bool("true") are errors.
# - cel-expr-python does not raise errors. For a user without the attribute, `user.badge == "7"` gives a value of the type
#   ERROR. plain_value() of it is a text that begins with NOT_FOUND, and a text is true in a Python `if`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cel-expr-python==0.1.3 cel-python==0.5.0 \
    common-expression-language==0.10.0 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
cat > program.py <<'PYTHON'
import sys
from importlib.metadata import version

import cel
import celpy
from cel_expr_python import cel as official

USER = {"level": 5, "active": True, "title": None, "hired": "2026-11-30T10:00:00.123Z", "left": "2026-12-31T23:30:00-05:00",
        "name": "jürgen", "code": "0x1F", "groups": ["a"]}
ENVIRONMENT = celpy.Environment()
OFFICIAL = official.NewEnv(variables={"user": official.Type("dyn")})


def by_official(text):
    value = OFFICIAL.compile(text).eval(data={"user": USER})
    if value.type().name() == "ERROR":
        raise ValueError
    return value.plain_value()


def by_cel_python(text):
    value = ENVIRONMENT.program(ENVIRONMENT.compile(text)).evaluate({"user": celpy.json_to_cel(USER)})
    kinds = ((celpy.celtypes.BoolType, bool), (celpy.celtypes.IntType, int), (celpy.celtypes.StringType, str))
    return next(kind(value) for type_, kind in kinds if isinstance(value, type_))


def by_rust(text):
    return cel.evaluate(text, {"user": USER})


# For each condition: the results of the three libraries.
CASES = {
    "user.level == 5 && 'a' in user.groups": (True, True, True),
    "user.title == 'CTO'": (False, False, False),
    "user.badge == '7' || user.level == 5": (True, True, True),
    "timestamp(user.hired) > timestamp('2026-11-30T10:00:00Z')": (True, True, True),
    "timestamp(user.left).getFullYear()": (2027, 2027, 2026),
    "timestamp(user.left).getHours()": (4, 4, 23),
    "timestamp(user.hired).getHours('Europe/Berlin')": (11, 11, "error"),
    "string(timestamp(user.hired))": ("2026-11-30T10:00:00.123Z", "2026-11-30T10:00:00Z", "2026-11-30T10:00:00.123+00:00"),
    "string(timestamp('2026-11-30T10:00:00+02:00'))": (
        "2026-11-30T08:00:00Z", "2026-11-30T10:00:00+02:00", "2026-11-30T10:00:00+02:00"),
    "string(duration('90500ms'))": ("90.500s", "90s", "1m30.5s"),
    "string(user.active)": ("true", "True", "error"),
    "user.active == 1": (False, True, False),
    "user.level / 2.0": ("error", 2, "error"),
    "user.level == 5.0": (True, "error", True),
    "user.level > 4.5": (True, "error", True),
    "int(user.code)": ("error", 31, "error"),
    "int('1_0')": ("error", 10, "error"),
    "size(user.name)": (6, 6, 7),
    "bool('true')": (True, True, "error"),
    "user.badge == '7'": ("error", "error", "error"),
}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if repr(seen) != repr(expected):
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(", ".join(f"{name} {version(name)}" for name in ("cel-expr-python", "cel-python", "common-expression-language")))
for text, expected in CASES.items():
    results = []
    for reader in (by_official, by_cel_python, by_rust):
        try:
            results.append(reader(text))
        except Exception:  # Each library has its own ones.
            results.append("error")
    check(text, tuple(results), expected)
missing = OFFICIAL.compile("user.badge == '7'").eval(data={"user": USER})
check("a missing attribute in cel-expr-python: the type, and what `if` takes it for",
      (missing.type().name(), bool(missing.plain_value())), ("ERROR", True))
sys.exit(failed)
PYTHON
venv/bin/python -W ignore program.py
