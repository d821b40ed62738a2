#!/usr/bin/env bash
# Do Python's libraries find a user's language, country and zone from `locale`, `countryCode` and `timezone` of the profile?
#
# Versions: Babel 2.19.0, langcodes 3.5.1, pycountry 26.2.16, pytz 2026.6, python-dateutil 4.0.0, arrow 1.4.0 with tzdata 2026.6, CPython
# 3.11 (zoneinfo).
# Expected: Okta's locale is a language, an underscore and a country (en_US). The claim `locale` of a token has a hyphen (en-US). The
# zone is a name like America/Los_Angeles. A name that a library does not know is an error, and the best match comes first.
# Seen:
# - Babel reads en_US and raises a ValueError for en-US, and with sep="-" the other way round.
# - Babel reads iw_IL as he_IL, en_UK as en_GB and zh_TW as zh_Hant_TW, but `negotiate` finds none of them in a list of templates
#   that has he_IL, en_GB and zh_Hant_TW: it returns None, and the user gets the default language. It also finds nothing for en-US.
# - Babel knows `no` and `nb_NO`. It raises for no_NO, the name that many systems have.
# - langcodes gives a user of Denmark the Norwegian template, and one of an unknown language `und`, which is no template.
# - pycountry's `search_fuzzy` has Nigeria first for Niger, and the Democratic People's Republic first for Korea. It ends with an
#   error for Turkey, and `lookup` does so for UK and Russia.
# - dateutil's `gettz("PST")` returns None, and `astimezone(None)` is the machine's own zone: the user's time is wrong without an
#   error. The same occurs for a name in lower case, which pytz reads.
# - dateutil reads GMT+5 as five hours east, and Etc/GMT+5 as five hours west.
# - Babel's place of EST is Panama, and its place of CET is Belgium. Both are names in the zone database that users still have.
# - pytz as `tzinfo=` of a datetime gives the offset of 1883, -07:53, and arrow, dateutil and zoneinfo give -07:00.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0 langcodes==3.5.1 pycountry==26.2.16 pytz==2026.6 \
    python-dateutil==4.0.0 arrow==1.4.0 tzdata==2026.6 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
# Without the machine's zone database, CPython reads the one of the package tzdata.
TZ=Asia/Tokyo PYTHONTZPATH='' "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime, sys, zoneinfo

import arrow, babel, babel.dates, langcodes, pycountry, pytz
from dateutil import tz

SUMMER = datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.timezone.utc)
TEMPLATES = ["en_US", "en_GB", "he_IL", "zh_Hant_TW", "nb_NO"]
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def attempt(call, *arguments, **options):
    try:
        return call(*arguments, **options)
    except Exception as error:  # Each library has its own ones.
        return type(error).__name__


def parsed(text, **options):
    return str(attempt(babel.Locale.parse, text, **options))


check("Babel, en_US and en-US", [parsed("en_US"), parsed("en-US")], ["en_US", "ValueError"])
check("  with sep='-'", [parsed("en_US", sep="-"), parsed("en-US", sep="-")], ["ValueError", "en_US"])
NAMES = ["en_US", "en-US", "en_UK", "iw_IL", "zh_TW", "no", "no_NO", "nb_NO"]
check(f"Babel, {', '.join(NAMES)}", [parsed(name) for name in NAMES],
      ["en_US", "ValueError", "en_GB", "he_IL", "zh_Hant_TW", "no", "UnknownLocaleError", "nb_NO"])
check("  negotiated with " + ", ".join(TEMPLATES), [str(babel.Locale.negotiate([name], TEMPLATES)) for name in NAMES],
      ["en_US", "None", "None", "None", "None", "nb_NO", "None", "nb_NO"])
tags = [name.replace("_", "-") for name in TEMPLATES]
check("langcodes, the same", [langcodes.closest_match(name, tags)[0] for name in NAMES],
      ["en-US", "en-US", "en-GB", "he-IL", "zh-Hant-TW", "nb-NO", "nb-NO", "nb-NO"])
check("langcodes, da_DK, hu_HU", [langcodes.closest_match(name, tags)[0] for name in ("da_DK", "hu_HU")], ["nb-NO", "und"])


def fuzzy(name):
    return pycountry.countries.search_fuzzy(name)[0].alpha_2


check("pycountry, first of search_fuzzy: Niger, Korea, UK, Turkey", [attempt(fuzzy, name) for name in ("Niger", "Korea", "UK", "Turkey")],
      ["NG", "KP", "GB", "LookupError"])
check("  lookup: Niger, South Korea, UK, Russia", [getattr(attempt(pycountry.countries.lookup, name), "alpha_2", "an error")
                                                   for name in ("Niger", "South Korea", "UK", "Russia")],
      ["NE", "KR", "an error", "an error"])
ZONES = ["America/Los_Angeles", "america/los_angeles", "PST", "GMT+5", "Etc/GMT+5", "EST"]
READERS = {
    "pytz": (lambda zone: SUMMER.astimezone(pytz.timezone(zone)), ["-07:00", "-07:00", "UnknownTimeZoneError", "UnknownTimeZoneError",
                                                                   "-05:00", "-05:00"]),
    "zoneinfo": (lambda zone: SUMMER.astimezone(zoneinfo.ZoneInfo(zone)), ["-07:00", "ZoneInfoNotFoundError", "ZoneInfoNotFoundError",
                                                                           "ZoneInfoNotFoundError", "-05:00", "-05:00"]),
    "arrow": (lambda zone: arrow.get(SUMMER).to(zone), ["-07:00", "ParserError", "ParserError", "ParserError", "-05:00", "-05:00"]),
    "dateutil": (lambda zone: SUMMER.astimezone(tz.gettz(zone)), ["-07:00", "+09:00", "+09:00", "+05:00", "-05:00", "-05:00"]),
}
print("offsets of", ", ".join(ZONES), "on a machine in Tokyo")
for name, (reader, expected) in READERS.items():
    seen = [attempt(reader, zone) for zone in ZONES]
    check(f"  {name}", [each if isinstance(each, str) else each.isoformat()[-6:] for each in seen], expected)
check("Babel, places of EST and CET", [babel.dates.get_timezone_location(babel.dates.get_timezone(zone), locale="en_US")
                                       for zone in ("EST", "CET")], ["Panama Time", "Belgium Time"])
NOON = (2026, 7, 1, 12)
check("tzinfo=: pytz, zoneinfo, dateutil, arrow",
      [datetime.datetime(*NOON, tzinfo=zone("America/Los_Angeles")).isoformat()[-6:] for zone in (pytz.timezone, zoneinfo.ZoneInfo, tz.gettz)]
      + [arrow.Arrow(*NOON, tzinfo="America/Los_Angeles").isoformat()[-6:]], ["-07:53", "-07:00", "-07:00", "-07:00"])
sys.exit(failed)
PYTHON
