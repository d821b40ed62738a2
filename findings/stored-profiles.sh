#!/usr/bin/env bash
# Does an update of one attribute leave the rest of a profile unchanged if users are stored as JSON in SQLite or DuckDB?
#
# Versions: SQLite 3.40.1 of Debian 12, SQLite 3.54.1 of apsw 3.54.1.0, DuckDB 2.0.1; CPython 3.11. Needs root for apt-get
# update; the packages are unpacked and not installed.
# Expected: json_set sets that attribute to the value of a parameter. A merge patch (RFC 7396) removes the members that are null
# in it. A name is the same with and without escapes (RFC 8259 section 8.3). What cannot be set is an error.
# Seen, without an error:
# - With DuckDB, `json_set(profile, '$.title', ?)` with None makes the whole profile null. A string is read as JSON: the title
#   "123" becomes a number, and 1e5 becomes 100000.0. (A title that is not JSON is an error.)
# - In both SQLite versions true becomes 1, even if it is read from one profile and set in another. An identifier of 20 digits
#   becomes a floating-point number.
# - json_set(profile, '$.title.short', ...) changes nothing if the title is a string.
# - SQLite 3.40.1 compares names as they are written. `"caf\u00e9"`, as Python's json.dumps writes it, is not found as café, and
#   json_patch does not remove it. SQLite 3.40.1 also cuts a string at \u0000, and `->> 'acme.badge'` does not find a name with
#   a dot.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0 duckdb==2.0.1 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download sqlite3 libsqlite3-0
ls sqlite3_3.40.1-* >/dev/null 2>&1 || { echo "skipped: this needs SQLite 3.40.1, and another version is served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
venv/bin/python - "$folder/root/usr" <<'PYTHON'
import json, os, subprocess, sys

import apsw, duckdb

usr = sys.argv[1]
failed = False


def literal(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return "'" + value.replace("'", "''") + "'"


def old_sqlite(expression, *values):
    for value in values:
        expression = expression.replace("?", literal(value), 1)
    return json.loads(subprocess.run(
        [usr + "/bin/sqlite3", "-json", ":memory:", f"select {expression} as value"], capture_output=True, text=True, check=True,
        env=os.environ | {"LD_LIBRARY_PATH": usr + "/lib/x86_64-linux-gnu"}).stdout)[0]["value"]


def new_sqlite(expression, *values):
    return apsw.Connection(":memory:").execute(f"select {expression}", values).fetchone()[0]


def duck(expression, *values):
    try:
        return duckdb.connect().execute(f"select {expression}", list(values)).fetchone()[0]
    except duckdb.ConversionException:
        return "an error"


def check(what, seen, expected):
    global failed
    print(f"  {what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


PROFILE = '{"title":"CTO","badge":"7"}'
SET, READ = "json_set(?, '$.title', ?)", "json_extract(?, '$.{}')"
CAFE, CAFE_ESCAPED = '{"café":1}', json.dumps({"café": 1})
MOVE = "json_set(?, '$.flag', json_extract(?, '$.flag'))"
# For each expression: its values, and what SQLite 3.40.1, SQLite 3.54.1 and DuckDB make of it. ... is not asked.
CASES = [
    ("None", SET, (PROFILE, None), '{"title":null,"badge":"7"}', '{"title":null,"badge":"7"}', None),
    ("the title 123", SET, (PROFILE, "123"), '{"title":"123","badge":"7"}', '{"title":"123","badge":"7"}',
     '{"title":123,"badge":"7"}'),
    ("the title 1e5", SET, (PROFILE, "1e5"), ..., ..., '{"title":100000.0,"badge":"7"}'),
    ("the title Head", SET, (PROFILE, "Head"), '{"title":"Head","badge":"7"}', '{"title":"Head","badge":"7"}', "an error"),
    ("True", SET, (PROFILE, True), '{"title":1,"badge":"7"}', '{"title":1,"badge":"7"}', '{"title":true,"badge":"7"}'),
    ("a flag that is moved", MOVE, ("{}", '{"flag":true}'), '{"flag":1}', '{"flag":1}', '{"flag":true}'),
    ("20 digits", MOVE, ("{}", '{"flag":12345678901234567890}'), '{"flag":1.23456789012346e+19}',
     '{"flag":1.2345678901234567e+19}', '{"flag":12345678901234567890}'),
    ("a member of a text", "json_set(?, '$.title.short', ?)", (PROFILE, "C"), PROFILE, PROFILE, ...),
    ("café", READ.format("café"), (CAFE_ESCAPED,), None, 1, "1"),
    ("a patch without café", "json_patch(?, ?)", (CAFE, '{"caf\\u00e9":null}'), CAFE, "{}", ...),
    ("a patch without café, in DuckDB", "json_merge_patch(?, ?)", (CAFE, '{"caf\\u00e9":null}'), ..., ..., "{}"),
    ("a text with \\u0000", READ.format("title"), ('{"title":"a\\u0000b"}',), "a", "a\0b", '"a\\u0000b"'),
    ("a name with a dot", "? ->> 'acme.badge'", ('{"acme.badge":"7"}',), None, "7", "7"),
]
for index, (name, evaluate) in enumerate({
        f"SQLite {old_sqlite('sqlite_version()')}": old_sqlite, f"SQLite {apsw.sqlite_lib_version()}": new_sqlite,
        f"DuckDB {duckdb.__version__}": duck}.items()):
    print(name)
    for what, expression, values, *expected in CASES:
        if expected[index] is not ...:
            check(what, evaluate(expression, *values), expected[index])
users = duckdb.connect()
users.execute("create table users (id text, profile json)")
users.execute("insert into users values ('00u1', ?)", [PROFILE])
users.execute("update users set profile = json_set(profile, '$.title', ?) where id = '00u1'", [None])
check("the user after the update with None", users.execute("select * from users").fetchall(), [("00u1", None)])
sys.exit(failed)
PYTHON
