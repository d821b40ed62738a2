#!/usr/bin/env bash
# Does the duration of a policy or a campaign, such as PT2H, P1M or PT43800H, stay the same when a library reads and writes it?
#
# Versions: pandas 3.1.1, pydantic 2.14.4, aniso8601 10.0.1, pendulum 3.3.0, msgspec 0.23.0, Django 5.2.19, isodate 0.7.2;
# CPython 3.11.
# Expected: The library follows ISO 8601. M means months before the T, and minutes after it. A number may have a fraction. A
# month or a year has no fixed number of days, so a library without months refuses P1M. The duration that it writes means the
# same as the one that it read.
# Seen:
# - pandas reads P1M as one minute, P3M as three, and P1M2D as two days and a minute. It refuses P1Y. It reads PT0.5H as five
#   hours, P0.5D as five days, and PT1.5H as five hours and a second. It refuses hours of more than three digits, such as
#   PT43800H.
# - pydantic and aniso8601 read a month as 30 days and a year as 365, without a warning. pydantic writes P30D for P1M. It writes
#   P5Y for PT43800H. These hours are five times 365 days, and five years are a day longer. pendulum keeps months, and
#   total_seconds() counts 30 days for each.
# - Django's parser returns None for P1M, without an error, as it does for text that is no duration.
# - msgspec writes PT7200S for PT2H, and Django P0DT02H00M00S.
# - isodate keeps months, but total_seconds() ignores them and years. It is 0 for P1M and P1Y, and two days for P1M2D.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 pydantic==2.14.4 aniso8601==10.0.1 \
    pendulum==3.3.0 msgspec==0.23.0 django==5.2.19 isodate==0.7.2 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime, sys
from importlib.metadata import version

import aniso8601, isodate, msgspec, pandas, pendulum, pydantic
from django.utils.dateparse import parse_duration
from django.utils.duration import duration_iso_string

DELTA = pydantic.TypeAdapter(datetime.timedelta)
READERS = {
    "pandas": pandas.Timedelta,
    "pydantic": DELTA.validate_python,
    "aniso8601": aniso8601.parse_duration,
    "pendulum": pendulum.parse,
    "msgspec": lambda text: msgspec.convert(text, datetime.timedelta),
    "Django": parse_duration,
    "isodate": isodate.parse_duration,
}
HOUR, DAY, ERROR = 3600, 86400, "an error"
# For each duration: the seconds that each reader returns.
CASES = {
    "PT2H": dict.fromkeys(READERS, 2 * HOUR),
    "P30D": dict.fromkeys(READERS, 30 * DAY),
    "P2W": dict.fromkeys(READERS, 14 * DAY) | {"msgspec": ERROR, "Django": None},
    "PT43800H": dict.fromkeys(READERS, 43800 * HOUR) | {"pandas": ERROR},
    "PT1.5H": dict.fromkeys(READERS, 1.5 * HOUR) | {"pandas": 5 * HOUR + 1},
    "PT0.5H": dict.fromkeys(READERS, 0.5 * HOUR) | {"pandas": 5 * HOUR},
    "P0.5D": dict.fromkeys(READERS, 0.5 * DAY) | {"pandas": 5 * DAY},
    "P1M": {"pandas": 60, "pydantic": 30 * DAY, "aniso8601": 30 * DAY, "pendulum": 30 * DAY, "msgspec": ERROR, "Django": None,
            "isodate": 0},
    "P1M2D": {"pandas": 2 * DAY + 60, "pydantic": 32 * DAY, "aniso8601": 32 * DAY, "pendulum": 32 * DAY, "msgspec": ERROR,
              "Django": None, "isodate": 2 * DAY},
    "P1Y": {"pandas": ERROR, "pydantic": 365 * DAY, "aniso8601": 365 * DAY, "pendulum": 365 * DAY, "msgspec": ERROR,
            "Django": None, "isodate": 0},
}
WRITERS = {
    "pydantic": lambda text: DELTA.dump_python(DELTA.validate_python(text), mode="json"),
    "msgspec": lambda text: msgspec.to_builtins(msgspec.convert(text, datetime.timedelta)),
    "Django": lambda text: duration_iso_string(parse_duration(text)),
    "isodate": lambda text: isodate.duration_isoformat(isodate.parse_duration(text)),
}
WRITTEN = {
    ("PT2H", "pydantic"): "PT2H", ("PT2H", "msgspec"): "PT7200S", ("PT2H", "Django"): "P0DT02H00M00S", ("PT2H", "isodate"): "PT2H",
    ("PT43800H", "pydantic"): "P5Y", ("PT43800H", "isodate"): "P1825D",
    ("P1M", "pydantic"): "P30D", ("P1M", "isodate"): "P1M",
}
failed = False


def seconds(reader, text):
    try:
        value = reader(text)
        return value if value is None else value.total_seconds()
    except Exception:  # Each library has its own ones.
        return ERROR


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(", ".join(f"{name} {version(name)}" for name in READERS))
for text, expected in CASES.items():
    check(f"seconds of {text}", {name: seconds(reader, text) for name, reader in READERS.items()}, expected)
for (text, name), expected in WRITTEN.items():
    check(f"{text}, read and written by {name}", WRITERS[name](text), expected)
sys.exit(failed)
PYTHON
