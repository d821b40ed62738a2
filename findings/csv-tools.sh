#!/usr/bin/env bash
# Does a table of users keep its values when it is sorted, joined or loaded into SQLite?
#
# Versions: csvkit 2.2.0 with agate 1.14.2, sqlite-utils 4.2.1, csvs-to-sqlite 1.3.1 with pandas 2.3.3; CPython 3.11.
# Expected: Sorting and joining change the order of the rows and the set of columns. They do not change values. CSV has no
# types, so an employee number is text.
# Seen:
# - `csvsort` and `csvjoin` change values. The employee number 00123 becomes 123, the cost center 1e5 becomes 1E+5, and "no"
#   becomes False. The last name Null and the title NA become empty. Times lose their milliseconds and their Z. Updates from a
#   sorted file change the users.
# - `csvsql --query` turns the number into 123.0, and csvs-to-sqlite into 123.
# - sqlite-utils creates an INTEGER column for such numbers since its version 4, and stores 123.
# - For csvkit, `--no-inference` alone still loses Null and NA. With `--blanks` in addition, all values are kept. For
#   sqlite-utils, `--no-detect-types` keeps all values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet csvkit==2.2.0 agate==1.14.2 sqlite-utils==4.2.1 csvs-to-sqlite==1.3.1 pandas==2.3.3
cd "$folder"
export PATH=$folder/venv/bin:$PATH HOME=$folder
cat >users.csv <<'CSV'
id,login,employeeNumber,lastName,title,isManager,costCenter,lastLogin
00u1,ada@example.com,00123,Null,NA,no,1e5,2026-11-29T05:00:00.000Z
00u2,bob@example.com,00045,Byron,NA,yes,2e3,2026-11-28T05:00:00.000Z
CSV
cat >groups.csv <<'CSV'
id,group
00u1,Sales
00u2,Sales
CSV
python - <<'PYTHON'
import csv, io, sqlite3, subprocess, sys
from importlib.metadata import version

NAMES = ["employeeNumber", "lastName", "title", "isManager", "costCenter", "lastLogin"]
KEPT = ["00123", "Null", "NA", "no", "1e5", "2026-11-29T05:00:00.000Z"]


def from_csv(command):
    text = subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["id"] == "00u1")
    return [row[name] for name in NAMES]


def from_sqlite(command):
    subprocess.run(command, shell=True, check=True, capture_output=True)
    with sqlite3.connect("users.db") as database:
        row = database.execute(f"SELECT {', '.join(NAMES)} FROM users WHERE id = '00u1'").fetchone()
        database.execute("DROP TABLE users")
    return list(row)


agate = ["123", "", "", "False", "1E+5", "2026-11-29T05:00:00+00:00"]
# For each command: the values of the first user in its output.
cases = [
    ("csvsort -c login users.csv", from_csv, agate),
    ("csvjoin -c id users.csv groups.csv", from_csv, agate),
    ("csvsql --query 'SELECT * FROM users' users.csv", from_csv,
     ["123.0", "", "", "0", "100000.0", "2026-11-29 05:00:00.000000"]),
    ("csvsort --no-inference -c login users.csv", from_csv, [KEPT[0], "", "", *KEPT[3:]]),
    ("csvjoin --no-inference -c id users.csv groups.csv", from_csv, [KEPT[0], "", "", *KEPT[3:]]),
    ("csvsort --no-inference --blanks -c login users.csv", from_csv, KEPT),
    ("csvs-to-sqlite users.csv users.db", from_sqlite, [123, "Null", None, "no", 100000, KEPT[5]]),
    ("sqlite-utils insert users.db users users.csv --csv", from_sqlite, [123, "Null", "NA", "no", 100000, KEPT[5]]),
    ("sqlite-utils insert users.db users users.csv --csv --no-detect-types", from_sqlite, KEPT),
]
failed = False
print(*(f"{name} {version(name)}" for name in ("csvkit", "agate", "sqlite-utils", "csvs-to-sqlite", "pandas")))
for command, read, expected in cases:
    seen = read(command)
    changed = [f"{name} is {value!r}" for name, value, kept in zip(NAMES, seen, KEPT) if value != kept]
    print(f"{command}: {', '.join(changed) or 'all values kept'}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}, seen {seen}", file=sys.stderr)
sys.exit(failed)
PYTHON
