#!/usr/bin/env bash
# Do readers of newline-delimited JSON keep values whose names or types first appear in later lines?
#
# Versions: DuckDB 2.0.0, Polars 2.1.0, pandas 3.1.1, PyArrow 26.0.1; CPython 3.11.
# Expected: The reader returns each value of each line unchanged, or reports an error. User profiles are sparse: an attribute is
# absent, null or empty for most users, and its first value may come late in the file.
# Seen, without an error or a warning, for 30,000 users of which the last 5,000 differ:
# - Polars infers the names from the first 100 lines. It drops a member that first appears later, at the top level and in
#   `profile`. The elements of a list that was empty until then become null.
# - DuckDB infers the types from the first 20,480 lines. If an attribute is null in all of these lines, all its later values
#   become null too. If it is a whole number, 7.5 becomes 8. The elements of a list that was empty are returned with quotation
#   marks.
# - pandas converts a string of digits to a number if all values are such strings: the employee number "0123" becomes 123.
# PyArrow keeps each value or reports an error. The other readers do the same in all other cases of this test. Stating the types
# avoids the wrong values in all four.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==2.0.0 polars==2.1.0 pandas==3.1.1 pyarrow==26.0.1
"$folder/venv/bin/python" - "$folder/users.jsonl" <<'PYTHON'
import json, sys
from importlib.metadata import version

import duckdb, pandas, polars, pyarrow.json

path, COUNT, LATE = sys.argv[1], 30_000, 25_000


def by_duckdb():
    relation = duckdb.sql(f"SELECT * FROM read_json('{path}')")
    return dict(zip(relation.columns, relation.fetchall()[LATE]))


readers = {
    "DuckDB": by_duckdb,
    "Polars": lambda: polars.read_ndjson(path).row(LATE, named=True),
    "pandas": lambda: pandas.read_json(path, lines=True).iloc[LATE].to_dict(),
    "PyArrow": lambda: pyarrow.json.read_json(path).slice(LATE, 1).to_pylist()[0],
}


def read(reader):
    try:
        row = reader()
    except (duckdb.Error, polars.exceptions.PolarsError, pyarrow.ArrowInvalid):
        return "refused"
    return row.get("value", row.get("profile", "dropped"))


# For each case: the member of the first lines, that of the line read, and what DuckDB, Polars, pandas and PyArrow read.
kept, refused = object(), "refused"
cases = [
    ("an attribute appears", {}, {"value": "C7"}, [refused, "dropped", kept, kept]),
    ("it appears in the profile", {"profile": {"login": "a"}}, {"profile": {"login": "b", "cost": "C7"}},
     [refused, {"login": "b"}, kept, kept]),
    ("null, then a text", {"value": None}, {"value": "C7"}, [None, refused, kept, kept]),
    ("null, then a number", {"value": None}, {"value": 7}, [None, refused, kept, kept]),
    ("an empty list, then an element", {"value": []}, {"value": ["C7"]}, [['"C7"'], [None], kept, kept]),
    ("7, then 7.5", {"value": 7}, {"value": 7.5}, [8, refused, kept, kept]),
    ("7, then a text", {"value": 7}, {"value": "C7"}, [refused, refused, kept, refused]),
    ("texts of digits", {"value": "0001"}, {"value": "0123"}, [kept, kept, 123, kept]),
]
failed = False
print(*(f"{name} {version(name)}" for name in ("duckdb", "polars", "pandas", "pyarrow")))
for name, first, later, expected in cases:
    with open(path, "w") as output:
        for number in range(COUNT):
            print(json.dumps({"id": f"00u{number:05}", **(first if number < LATE else later)}), file=output)
    right = later.get("value", later.get("profile"))
    seen = {reader: read(function) for reader, function in readers.items()}
    words = {reader: "kept" if value == right else value if value in ("refused", "dropped") else f"read as {value}"
             for reader, value in seen.items()}
    print(f"{name}: " + ", ".join(f"{reader} {word}" for reader, word in words.items()))
    if list(seen.values()) != [right if value is kept else value for value in expected]:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
