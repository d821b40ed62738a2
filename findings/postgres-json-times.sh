#!/usr/bin/env bash
# Does a query by time in PostgreSQL's JSON path language find System Log events stored as jsonb?
#
# Versions: pgserver 0.1.4, which contains PostgreSQL 16.2, with psycopg 3.3.9; CPython 3.11.
# Expected: `datetime()` reads a time in the form of ISO 8601. Each time of Okta's API has that form and ends in Z:
# "2026-11-29T12:00:00.123Z". A query for the events since a time finds them, or reports an error.
# Seen:
# - `datetime()` does not accept the Z. `jsonb_path_query` reports it: "datetime format is not recognized". A filter suppresses
#   errors, so no event matches. `@?`, `@@`, `jsonb_path_exists` and `jsonb_path_exists_tz` find nothing for any bound, without
#   an error or a warning.
# - If the stored times have +00:00 instead of Z, the events are found, and times that cannot be compared are an error: the
#   operators and jsonb_path_exists refuse a bound without an offset. A bound with Z still matches no event.
# - Comparing the strings in the path, or casting `event->>'published'` to timestamptz, finds the events.
set -euo pipefail
folder=$(mktemp -d)
# If root runs this script, pgserver adds a user named pgserver, and runs the server as that user.
added=$([ "$(id -u)" != 0 ] || getent passwd pgserver >/dev/null || echo pgserver)
trap 'rm -rf "$folder"; [ -z "$added" ] || userdel "$added" 2>/dev/null || true' EXIT
export HOME=$folder XDG_RUNTIME_DIR=$folder
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pgserver==0.1.4 'psycopg[binary]==3.3.9'
"$folder/venv/bin/python" - "$folder/data" <<'PYTHON'
import json, sys

import pgserver, psycopg

TIMES = {"Z": ["2026-11-28T12:00:00.123Z", "2026-11-29T12:00:00.123Z"],
         "+00:00": ["2026-11-28T12:00:00.123+00:00", "2026-11-29T12:00:00.123+00:00"]}
DAY, START, ZULU = '"2026-11-29"', '"2026-11-29T00:00:00+00:00"', '"2026-11-29T00:00:00Z"'
REFUSED = "cannot convert value from date to timestamptz without time zone usage"
server = pgserver.get_server(sys.argv[1], cleanup_mode="delete")
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def value(connection, query):
    try:
        return connection.execute(query).fetchone()[0]
    except psycopg.Error as error:
        return error.diag.message_primary


def since(bound):
    return f"$ ? (@.published.datetime() >= {bound}.datetime())"


# For each condition: how many of the two events are of 29 November, by it, as their times end in Z and in +00:00.
conditions = [
    ("operator @?, bound with an offset", f"event @? '{since(START)}'", 0, 1),
    ("operator @?, bound is a date", f"event @? '{since(DAY)}'", 0, REFUSED),
    ("operator @@, bound is a date", f"event @@ '$.published.datetime() >= {DAY}.datetime()'", 0, REFUSED),
    ("jsonb_path_exists, bound is a date", f"jsonb_path_exists(event, '{since(DAY)}')", 0, REFUSED),
    ("jsonb_path_exists_tz, bound is a date", f"jsonb_path_exists_tz(event, '{since(DAY)}')", 0, 1),
    ("jsonb_path_exists_tz, bound with Z", f"jsonb_path_exists_tz(event, '{since(ZULU)}')", 0, 0),
    ("jsonb_path_exists_tz, bound with an offset", f"jsonb_path_exists_tz(event, '{since(START)}')", 0, 1),
    ("operator @?, as texts", f"event @? '$ ? (@.published >= {DAY})'", 1, 1),
    ("cast to timestamptz", "(event->>'published')::timestamptz >= '2026-11-29T00:00:00Z'", 1, 1),
]
with psycopg.connect(server.get_uri(), autocommit=True) as connection:
    connection.execute("SET timezone = 'UTC'")
    check("version", connection.execute("SHOW server_version").fetchone()[0], "16.2")
    for place, (form, times) in enumerate(TIMES.items()):
        connection.execute("CREATE TABLE logs (event jsonb)")
        for time in times:
            connection.execute("INSERT INTO logs VALUES (%s)", (json.dumps({"published": time}),))
        print(f"events whose times end in {form}: how many are of 29 November")
        for what, condition, *counts in conditions:
            check("  " + what, value(connection, f"SELECT count(*) FROM logs WHERE {condition}"), counts[place])
        seen = value(connection, "SELECT jsonb_path_query(event, '$.published.datetime()') FROM logs")
        check("  jsonb_path_query", seen, [f'datetime format is not recognized: "{times[0]}"', times[0]][place])
        connection.execute("DROP TABLE logs")
server.cleanup()
sys.exit(failed)
PYTHON
