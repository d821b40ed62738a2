#!/usr/bin/env bash
# Do the events and users of an org keep their values when ClickHouse reads them from newline-delimited JSON?
#
# Versions: chdb 4.4.0 with chdb-core 26.9.0, which contains ClickHouse 26.9.2.1; CPython 3.11. The host's zone is
# Europe/Berlin.
# Expected: Each value is kept, or there is an error. ClickHouse's type JSON is made for documents with unknown members.
# Seen, without an error or a warning:
# - Times are written without a zone, in the host's zone: "2026-11-29T12:00:00.123Z" becomes "2026-11-29 13:00:00.123000000". In
#   the night when the clock goes back, two events an hour apart get the same text. If ClickHouse reads a file that it wrote
#   itself, the second event is an hour early. `date_time_output_format='iso'` prevents this.
# - The type JSON drops members that are null or an empty object. A name with a dot, as in a custom claim, becomes an object.
#   Text that looks like a date is changed: the title "Nov 29 2026" becomes "2026-11-29 00:00:00", and 01/02/2026 becomes a date
#   in February. The member `published` read as text, `e.published.:String`, is null, so a query by it finds no event.
# - With declared types, 300 in a UInt8 is 44, and 5000000000 in an Int32 is 705032704. A contract end in 9999 becomes 2106 as a
#   DateTime. A birthday in 1899 becomes 1970 as a Date. Null becomes "", 0 or false. So does a member with a misspelt name in
#   the query.
# - simpleJSONExtractString(event, 'uuid') returns the first `uuid` at any depth. If a target comes before the event's own
#   `uuid`, the result is the target's. With a blank after the colon, as Python writes it, the result is empty.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chdb==4.4.0 chdb-core==26.9.0 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
export TZ=Europe/Berlin
"$folder/venv/bin/python" - <<'PYTHON'
import json, sys
from importlib.metadata import version

from chdb import session

clickhouse = session.Session()


def rows(query):
    return [json.loads(line) for line in str(clickhouse.query(query, "JSONEachRow")).splitlines()]


def values(query):
    return [list(row.values())[0] for row in rows(query)]


def file(name, *objects):
    with open(name, "w") as output:
        output.writelines(json.dumps(each) + "\n" for each in objects)


def as_json(value, member=""):
    text = json.dumps(value).replace("'", "\\'")
    return values(f"SELECT e{member} FROM (SELECT '{text}'::JSON AS e)")[0]


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
print("chdb", version("chdb"))
check("version and zone", list(rows("SELECT version(), timezone()")[0].values()), ["26.9.2.1", "Europe/Berlin"])

file("events.json", {"published": "2026-11-29T12:00:00.123Z"})
check("a time", values("SELECT published FROM file('events.json')"), ["2026-11-29 13:00:00.123000000"])
file("night.json", {"published": "2026-10-25T00:30:00.000Z"}, {"published": "2026-10-25T01:30:00.000Z"})
check("two events, an hour apart", values("SELECT published FROM file('night.json')"), ["2026-10-25 02:30:00.000000000"] * 2)
ISO = " SETTINGS date_time_output_format = 'iso'"
for name, settings, expected in ("copy", "", "2026-10-25T00:30:00.000000000Z"), ("iso", ISO, "2026-10-25T01:30:00.000000000Z"):
    clickhouse.query(f"INSERT INTO FUNCTION file('{name}.json') SELECT published FROM file('night.json'){settings}")
    check(f"the second one, written and read{' with iso' * bool(settings)}",
          values(f"SELECT published FROM file('{name}.json'){ISO}")[1], expected)

user = {"id": "00u1", "title": None, "profile": {}, "acme.badge": "b7", "roles": []}
check("a user in the type JSON", as_json(user), {"id": "00u1", "acme": {"badge": "b7"}, "roles": []})
for text, expected in ("Nov 29 2026", "2026-11-29 00:00:00"), ("01/02/2026", "2026-02-01 00:00:00"), ("May 2026", "May 2026"):
    check(f'the title "{text}"', as_json({"title": text})["title"], expected)
check("published as a text", as_json({"published": "2026-11-29T12:00:00.123Z"}, ".published.:String"), None)

file("users.json", {"small": 300, "count": 5000000000, "ends": "9999-12-31T00:00:00Z", "born": "1899-12-31",
                    "title": None, "level": None, "active": None})
types = "small UInt8, count Int32, ends DateTime, born Date, title String, level Int32, active Bool, departmnet String"
check("with types", rows(f"SELECT * FROM file('users.json', JSONEachRow, '{types}')")[0], {
    "small": 44, "count": 705032704, "ends": "2106-02-07 07:28:15", "born": "1970-01-01", "title": "", "level": 0,
    "active": False, "departmnet": ""})

event = {"target": [{"uuid": "0ua9"}], "uuid": "evt1"}
for blanks, expected in ("", ["0ua9", "evt1"]), (" ", ["", "evt1"]):
    text = json.dumps(event, separators=("," + blanks, ":" + blanks))
    check(f"uuid of an event{' with blanks' * bool(blanks)}", [
        values(f"SELECT {function}('{text}', 'uuid')")[0] for function in ("simpleJSONExtractString", "JSONExtractString")], expected)
sys.exit(failed)
PYTHON
