#!/usr/bin/env bash
# Which events does SQLite find "since yesterday" if the times are stored as Okta writes them?
#
# Versions: SQLite 3.40.1 of Debian 12, and the module sqlite3 of its Python 3.11. Needs root for apt-get update; the packages
# are unpacked and not installed.
# Expected: `published > datetime('now', '-1 day')` is true for the events of the last 24 hours, and `<` for all others.
# Seen: SQLite compares strings. `datetime` writes a space where Okta writes a T, and T sorts after the space. On the day of the
# limit, every event counts as later. At noon, the query finds the events of the last 36 hours instead of 24, and an archive
# that deletes older events keeps half a day too much. After midnight the error is small, so tests pass.
# - A datetime that Python passes as a parameter is also written with a space.
# - `BETWEEN '2026-11-27' AND '2026-11-28'` finds nothing of the second day. `published <= '2026-11-28T12:00:00Z'` finds an
#   event half a second later, because a point sorts before the Z.
# The right form is `published > strftime('%Y-%m-%dT%H:%M:%fZ', …)`, which also uses an index.
# `datetime(published) > datetime(…)` uses no index and is exact only to the second.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libsqlite3-0 python3.11-minimal libpython3.11-minimal libpython3.11-stdlib
for package in *.deb; do dpkg -x "$package" "$folder/root"; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu PYTHONHOME=$folder/root/usr
"$folder/root/usr/bin/python3.11" -W ignore - <<'PYTHON'
import sqlite3, sys
from datetime import datetime

database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE events (published TEXT)")
database.execute("CREATE INDEX events_published ON events (published)")
TIMES = ["2026-11-27T18:00:00.000Z", "2026-11-28T01:00:00.000Z", "2026-11-28T12:00:00.500Z", "2026-11-28T18:00:00.000Z",
         "2026-11-29T11:00:00.000Z"]
database.executemany("INSERT INTO events VALUES (?)", [(time,) for time in TIMES])
DAY = "'2026-11-29 12:00:00', '-1 day'"  # Noon; a query says 'now'.
ISO = f"strftime('%Y-%m-%dT%H:%M:%fZ', {DAY})"
last_day, other = TIMES[2:], TIMES[:2]
# For each condition: the events that it means, and those that it finds.
cases = [
    (f"published > datetime({DAY})", (), last_day, TIMES[1:]),
    (f"published < datetime({DAY})", (), other, TIMES[:1]),
    ("published > ?", (datetime(2026, 11, 28, 12),), last_day, TIMES[1:]),
    ("published BETWEEN '2026-11-27' AND '2026-11-28'", (), TIMES[:4], TIMES[:1]),
    ("published <= '2026-11-28T12:00:00Z'", (), TIMES[:2], TIMES[:3]),
    (f"datetime(published) > datetime({DAY})", (), last_day, last_day[1:]),
    (f"published > {ISO}", (), last_day, last_day),
]
failed = False
print("SQLite", sqlite3.sqlite_version, "Python", sys.version.split()[0])
for condition, parameters, right, expected in cases:
    query = f"SELECT published FROM events WHERE {condition} ORDER BY published"
    seen = [row[0] for row in database.execute(query, parameters)]
    plan = database.execute("EXPLAIN QUERY PLAN " + query, parameters).fetchone()[3]
    print(f"{condition}: {len(seen)} found, {len(right)} meant; {'by the index' if 'SEARCH' in plan else 'by reading all'}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}, seen {seen}", file=sys.stderr)
sys.exit(failed)
PYTHON
