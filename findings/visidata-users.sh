#!/usr/bin/env bash
# Does VisiData, in a script without its screen, convert users without a change of their values?
#
# Version: visidata 3.4 with python-dateutil 4.0.0; CPython 3.11.
# Expected: An attribute that is null stays null, and one that is absent stays absent. A list or an object in a cell can be read
# again. A row stays one row.
# Seen, without an error, by `vd -b FILE -o FILE`:
# - From JSON lines to JSON lines, the first user has a null for each attribute that only others have, and each other user loses
#   the attributes that are null. An import of the file clears the first user's nickname, and does not clear the others' titles.
# - In CSV, a list is the text `[2] Sales; IT` and an object `{1} costCenter=R1`, as on the screen, and true is `True`. Reading
#   the file again gives these texts.
# - In TSV, a title of two lines becomes two rows, of which only the second has the id.
# - In SQLite, numbers are texts, so `level > 5` does not find the level 10.
# - Of two CSV columns with one name, the JSON has the second one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check visidata==3.4 python-dateutil==4.0.0 2>"$folder/log" ||
    { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" PATH="$folder/venv/bin:$PATH" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, pathlib, sqlite3, subprocess, sys

failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def convert(text, kind, other):
    """The file that VisiData writes."""
    source, target = pathlib.Path(f"users.{kind}"), pathlib.Path(f"result.{other}")
    target.unlink(missing_ok=True)
    source.write_text(text)
    subprocess.run(["vd", "-b", str(source), "-o", str(target)], check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    return target


def lines(users):
    return "".join(json.dumps(user) + "\n" for user in users)


def read(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


users = [{"id": "00u1", "title": None}, {"id": "00u2", "title": "Head", "nickName": "Ben"}, {"id": "00u3", "title": None, "nickName": None}]
check("JSON lines", read(convert(lines(users), "jsonl", "jsonl")),
      [{"id": "00u1", "title": None, "nickName": None}, {"id": "00u2", "title": "Head", "nickName": "Ben"}, {"id": "00u3"}])
check("JSON", json.loads(convert(json.dumps(users), "json", "json").read_text()),
      [{"id": "00u1", "title": None, "nickName": None}, {"id": "00u2", "title": "Head", "nickName": "Ben"}, {"id": "00u3"}])

users = [{"id": "00u1", "groups": ["Sales", "IT"], "active": True, "profile": {"costCenter": "R1"}}]
table = convert(lines(users), "jsonl", "csv").read_text()
check("CSV", table.splitlines()[1], "00u1,[2] Sales; IT,True,{1} costCenter=R1")
check("CSV, read again", read(convert(table, "csv", "jsonl")),
      [{"id": "00u1", "groups": "[2] Sales; IT", "active": "True", "profile": "{1} costCenter=R1"}])

table = convert(lines([{"title": "Head\nof Sales", "id": "00u1"}]), "jsonl", "tsv").read_text()
check("TSV", read(convert(table, "tsv", "jsonl")), [{"title": "Head", "id": None}, {"title": "of Sales", "id": "00u1"}])

database = convert(lines([{"id": "00u1", "level": 3, "active": True}, {"id": "00u2", "level": 10, "active": False}]), "jsonl", "sqlite")
with sqlite3.connect(database) as connection:
    check("SQLite", connection.execute("SELECT level, active, typeof(level), level > 5 FROM users").fetchall(),
          [("3", "1", "text", 0), ("10", "0", "text", 0)])
check("CSV, two columns", read(convert("id,group,group\n00u1,Sales,IT\n", "csv", "jsonl")), [{"id": "00u1", "group": "IT"}])
sys.exit(failed)
PYTHON
