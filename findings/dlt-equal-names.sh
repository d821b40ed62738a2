#!/usr/bin/env bash
# Does dlt load all attributes of a profile into the table?
#
# Versions: dlt 1.31.0 with its destination DuckDB 2.0.0; CPython 3.11.
# Expected: Okta's base attributes have names such as costCenter and managerId. Many orgs add their own attributes such as
# cost_center and manager_id. dlt loads both, or the load fails.
# Seen: dlt converts names to snake case by default and writes both as `profile__cost_center`. It keeps the value that comes
# last in the object. The load succeeds, the first value is lost, and nothing is logged at the level WARNING.
# - If one user has one attribute, and another user has the other, one column contains both. Nothing shows which value is from
#   which attribute.
# - A member `ID` beside `id` replaces the identifier of the row, which is the primary key of a merge.
# - An attribute manager__id shares its column with `id` in an object `manager`.
# With SCHEMA__NAMING=direct all values arrive, in columns such as `profile▶costCenter`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'dlt[duckdb]==1.31.0' duckdb==2.0.0
cat >"$folder/load.py" <<'PYTHON'
import itertools, logging, os, sys
from importlib.metadata import version

import dlt

naming, numbers, warnings = os.environ.get("SCHEMA__NAMING", "snake_case"), itertools.count(), []


class Collector(logging.Handler):
    def emit(self, record):
        warnings.append(record.getMessage())


def table(rows):
    """The rows of the table that dlt makes, without its own columns."""
    pipeline = dlt.pipeline(f"users_{naming}_{next(numbers)}", destination="duckdb", dataset_name="okta", pipelines_dir=".")
    logging.getLogger("dlt").addHandler(Collector(logging.WARNING))
    pipeline.run(rows, table_name="users").raise_on_failed_jobs()
    with pipeline.sql_client() as client, client.execute_query("SELECT * FROM users") as cursor:
        names = [column[0] for column in cursor.description]
        return [{name: value for name, value in zip(names, row) if "_dlt" not in name and value is not None}
                for row in cursor.fetchall()]


one, other = {"id": "00u1", "profile": {"costCenter": "base"}}, {"id": "00u2", "profile": {"cost_center": "own"}}
# For each input: the table with names in snake case, and the table with the names of the source.
cases = [
    ("both in one profile", [{"id": "00u1", "profile": {"costCenter": "base", "cost_center": "own"}}],
     [{"id": "00u1", "profile__cost_center": "own"}],
     [{"id": "00u1", "profile▶costCenter": "base", "profile▶cost_center": "own"}]),
    ("in the other order", [{"id": "00u1", "profile": {"cost_center": "own", "costCenter": "base"}}],
     [{"id": "00u1", "profile__cost_center": "base"}],
     [{"id": "00u1", "profile▶cost_center": "own", "profile▶costCenter": "base"}]),
    ("in two profiles", [one, other],
     [{"id": "00u1", "profile__cost_center": "base"}, {"id": "00u2", "profile__cost_center": "own"}],
     [{"id": "00u1", "profile▶costCenter": "base"}, {"id": "00u2", "profile▶cost_center": "own"}]),
    ("ID beside id", [{"id": "00u1", "ID": "A-1"}], [{"id": "A-1"}], None),
    ("manager__id beside manager.id", [{"id": "00u1", "manager__id": "own", "manager": {"id": "00u9"}}],
     [{"id": "00u1", "manager__id": "00u9"}],
     [{"id": "00u1", "manager__id": "own", "manager▶id": "00u9"}]),
]
failed = False
print(f"dlt {version('dlt')}, duckdb {version('duckdb')}, names: {naming}")
for name, rows, snake, direct in cases:
    expected = snake if naming == "snake_case" else direct
    if expected is None:
        continue
    seen = table(rows)
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
print("warnings:", len(warnings))
sys.exit(failed or bool(warnings))
PYTHON
cd "$folder"
export RUNTIME__DLTHUB_TELEMETRY=false RUNTIME__LOG_LEVEL=WARNING HOME=$folder
"$folder/venv/bin/python" load.py
SCHEMA__NAMING=direct "$folder/venv/bin/python" load.py
