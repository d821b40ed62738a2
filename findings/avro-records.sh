#!/usr/bin/env bash
# Does an Okta object keep its values in an Avro file, or in a topic with a schema?
#
# Versions: avro 1.12.2, the Apache project's own library, and fastavro 1.13.1; CPython 3.11.
# Expected: A value that matches none of the schema's types is an error. In a union, the library chooses the type of the value.
# Seen, without an error:
# - fastavro drops a member that is not a field of the record, such as a new Okta attribute or a misspelt name. avro reports it.
# - With a scale of 2, avro writes the digits of a decimal without adjusting them to the scale. 1.5 and 15 are both read as
#   0.15.
# - avro writes true as 1 if a union has integers or fractions and no booleans. fastavro reports it. Outside a union, both write
#   1.
# - fastavro takes the first numeric type of a union. With ["null", "double", "long"], 12345678901234567 becomes
#   1.2345678901234568e+16.
# - fastavro takes a time without a zone for local time. datetime.utcnow() and datetime.fromisoformat("2026-11-30T10:00:00")
#   return such times. In New York they are written five hours later. avro reports the missing zone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check avro==1.12.2 fastavro==1.13.1 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
TZ=EST5EDT,M3.2.0,M11.1.0 "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import io, json, sys
from datetime import datetime, timezone
from decimal import Decimal
from importlib.metadata import version

import avro.io, avro.schema, fastavro


def by_avro(schema, value):
    parsed, file = avro.schema.parse(json.dumps(schema)), io.BytesIO()
    avro.io.DatumWriter(parsed).write(value, avro.io.BinaryEncoder(file))
    file.seek(0)
    return avro.io.DatumReader(parsed).read(avro.io.BinaryDecoder(file))


def by_fastavro(schema, value):
    file = io.BytesIO()
    fastavro.schemaless_writer(file, fastavro.parse_schema(schema), value)
    file.seek(0)
    return fastavro.schemaless_reader(file, schema)


LIBRARIES = {"avro": by_avro, "fastavro": by_fastavro}
ERROR = "an error"
RECORD = {"type": "record", "name": "User", "fields": [
    {"name": name, "type": ["null", "string"], "default": None} for name in ("id", "login")]}
USER = {"id": "00u1", "login": "ada"}
DECIMAL = {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}
MILLIS = {"type": "long", "logicalType": "timestamp-millis"}
TEN = datetime(2026, 11, 30, 10, tzinfo=timezone.utc)
# For each value: its schema, and what avro and fastavro read back.
CASES = {
    "a user": (RECORD, USER, USER, USER),
    "a user with a new attribute": (RECORD, USER | {"badge": "7"}, ERROR, USER),
    "1.50": (DECIMAL, Decimal("1.50"), Decimal("1.50"), Decimal("1.50")),
    "1.5": (DECIMAL, Decimal("1.5"), Decimal("0.15"), Decimal("1.50")),
    "15": (DECIMAL, Decimal("15"), Decimal("0.15"), Decimal("15.00")),
    "true in a union of integers and texts": (["null", "long", "string"], True, 1, ERROR),
    "true in a union of fractions and texts": (["null", "double", "string"], True, 1.0, ERROR),
    "true as an integer": ("long", True, 1, 1),
    "17 digits": (["null", "double", "long"], 12345678901234567, 12345678901234567, 1.2345678901234568e+16),
    "10:00 in UTC": (MILLIS, TEN, TEN, TEN),
    "10:00 without a zone": (MILLIS, TEN.replace(tzinfo=None), ERROR, TEN.replace(hour=15)),
}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen!r}")
    if isinstance(seen, bool) or seen != expected:  # True is equal to 1.
        failed = True
        print(f"  changed: expected {expected!r}", file=sys.stderr)


def attempt(library, schema, value):
    try:
        return LIBRARIES[library](schema, value)
    except Exception:  # Each library has its own ones.
        return ERROR


print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))
for what, (schema, value, *expected) in CASES.items():
    for library, read in zip(LIBRARIES, expected):
        check(f"{what}, by {library}", attempt(library, schema, value), read)
sys.exit(failed)
PYTHON
