#!/usr/bin/env bash
# Does scim2-filter-parser, the filter parser of SCIM servers in Python, read filters as RFC 7644 defines them?
#
# Version: scim2-filter-parser 0.7.0; CPython 3.11 with its SQLite.
# Expected: According to section 3.4.2.2, `and` binds tighter than `or`. Values are JSON: strings with escapes, numbers with a
# sign and a fraction, and null.
# Seen, with the filters run on a table of four users:
# - `a or b and c` is read as `(a or b) and c`, and returns fewer users. In the other order the result is right.
# - In a string, `\\` stays two characters, so a name with a backslash is not found. `\"` ends the string, which is an error.
# - `%` and `_` after `sw`, `co` and `ew` are wildcards of SQL's LIKE. They find values that do not contain them.
# - null is compared as the text "NULL". 3.5 and -3 are refused as illegal characters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet scim2-filter-parser==0.7.0
"$folder/venv/bin/python" - <<'PYTHON'
import sqlite3, sys
from importlib.metadata import version

from scim2_filter_parser.queries import SQLQuery

columns = {(name, None, None): f"users.{name}" for name in ("title", "department", "nickname", "level")}
database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE users (id, title, department, nickname, level INTEGER)")
database.executemany("INSERT INTO users VALUES (?, ?, ?, ?, ?)", [
    (1, "Lead", "Sales", "50%", 1), (2, "Lead", "Law", "500", 2), (3, "Clerk", "Law", "a\\b", 3),
    (4, "Clerk", "Sales", None, 4)])


def found(filter):
    try:
        query = SQLQuery(filter, "users", columns)
    except Exception as error:
        return type(error).__name__
    text, values = query.where_sql, query.params_dict
    for key in values:
        text = text.replace(f"{{{key}}}", f":{key}")
    return [row[0] for row in database.execute(f"SELECT id FROM users WHERE {text} ORDER BY id", values)]


# For each filter: the users that it describes, and what the parser makes of it.
cases = [
    ('department eq "Law" and level eq 3 or title eq "Lead"', [1, 2, 3], [1, 2, 3]),
    ('title eq "Lead" or department eq "Law" and level eq 3', [1, 2, 3], [3]),
    ('title eq "Lead" or (department eq "Law" and level eq 3)', [1, 2, 3], [1, 2, 3]),
    ('nickname eq "a\\\\b"', [3], []),
    ('nickname eq "a\\"b"', [], "SCIMParserError"),
    ('nickname sw "50%"', [1], [1, 2]),
    ('nickname sw "5_"', [], [1, 2]),
    ("nickname eq null", [4], []),
    ("level gt 3.5", [4], "ValueError"),
    ("level gt -1", [1, 2, 3, 4], "ValueError"),
]
failed = False
print("scim2-filter-parser", version("scim2-filter-parser"))
for filter, right, expected in cases:
    seen = found(filter)
    print(f"{filter}: {seen}" + ("" if seen == right else f", and describes {right}"))
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
