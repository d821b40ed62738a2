#!/usr/bin/env bash
# Does one jq program give the same times, numbers and addresses in each implementation?
#
# Versions: jq 1.6 and gojq 0.12.11 of Debian 12, jq of the Python package jq 1.13.0; CPython 3.11. Needs root for apt-get
# update; the packages are unpacked and not installed.
# Expected: A time with an offset is that instant. Local time follows the zone, in summer too. @uri escapes the characters that
# RFC 3986 reserves, and writes a space as %20. An integer keeps its value.
# Seen, without an error:
# - jq 1.6 and the Python package ignore the offset that `%z` reads: 10:00+0200 | mktime is 10:00 in UTC. gojq gives 08:00.
# - In jq 1.6, `fromdate` of a day in July depends on the zone of the machine, although the text ends in Z. In New York the
#   result is an hour later than in UTC, and `fromdate | todate` turns 10:00 into 11:00. A `since` computed from the last event
#   skips an hour of events. strflocaltime of jq 1.6 has no summer time either. For 10:00Z it prints "07:00 EST" where the time
#   is 06:00.
# - `%Z` after localtime prints UTC in gojq, and GMT in the Python package, for a time that is neither.
# - gojq's @uri writes a space as a plus. In a path a plus means a plus. The login "ada l" becomes "ada+l", which is another
#   user's login.
# - `tostring` of 1e3 is "1000" in jq and gojq, and "1E+3" in the Python package. The Python package writes 1.0 as "1.0".
# - 12345678901234567890 + 0 is another number in jq 1.6 and in the Python package. gojq keeps it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download jq libjq1 libonig5 gojq tzdata
ls jq_1.6-* gojq_0.12.11-* >/dev/null 2>&1 || { echo "skipped: this needs jq 1.6 and gojq 0.12.11, and others are served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jq==1.13.0 2>log || { cat log >&2; exit 1; }
export TZDIR=$folder/root/usr/share/zoneinfo ZONEINFO=$folder/root/usr/share/zoneinfo
venv/bin/python - "$folder/root/usr" <<'PYTHON'
import json, os, subprocess, sys
from importlib.metadata import version

usr = sys.argv[1]
failed = False


def by_program(name):
    def run(program, text, zone):
        return json.loads(subprocess.run(
            [f"{usr}/bin/{name}", "-c", program], input=text, capture_output=True, text=True, check=True,
            env=os.environ | {"LD_LIBRARY_PATH": usr + "/lib/x86_64-linux-gnu", "TZ": zone}).stdout)
    return run


def by_package(program, text, zone):
    return json.loads(subprocess.run([sys.executable, "-c", PACKAGE, program, text], capture_output=True, text=True, check=True,
                                     env=os.environ | {"TZ": zone}).stdout)


PACKAGE = "import jq, json, sys; print(json.dumps(jq.compile(sys.argv[1]).input_text(sys.argv[2]).first()))"
PROGRAMS = {
    "jq 1.6": by_program("jq"), "gojq 0.12.11": by_program("gojq"), f"the Python package jq {version('jq')}": by_package}
UTC, NEW_YORK = "UTC", "America/New_York"
OFFSET, LOCAL = 'strptime("%Y-%m-%dT%H:%M:%S%z") | mktime | todate', 'fromdate | strflocaltime("%H:%M %Z")'
WINTER, SUMMER = '"2026-11-30T10:00:00Z"', '"2026-07-01T10:00:00Z"'
# For each program: its input, the zone of the machine, and the results of jq 1.6, gojq and the Python package.
CASES = [
    (OFFSET, '"2026-11-30T10:00:00+0200"', UTC, "2026-11-30T10:00:00Z", "2026-11-30T08:00:00Z", "2026-11-30T10:00:00Z"),
    ("fromdate", SUMMER, UTC, *[1782900000] * 3),
    ("fromdate", SUMMER, NEW_YORK, 1782903600, 1782900000, 1782900000),
    ("fromdate | todate", SUMMER, NEW_YORK, "2026-07-01T11:00:00Z", "2026-07-01T10:00:00Z", "2026-07-01T10:00:00Z"),
    (LOCAL, WINTER, NEW_YORK, *["05:00 EST"] * 3),
    (LOCAL, SUMMER, NEW_YORK, "07:00 EST", "06:00 EDT", "06:00 EDT"),
    ('fromdate | localtime | strftime("%H:%M %Z")', WINTER, NEW_YORK, "05:00 EST", "05:00 UTC", "05:00 GMT"),
    ("@uri", '"ada l"', UTC, "ada%20l", "ada+l", "ada%20l"),
    ("@uri", '"ada+l"', UTC, *["ada%2Bl"] * 3),
    ("tostring", "1e3", UTC, "1000", "1000", "1E+3"),
    ("tostring", "1.0", UTC, "1", "1", "1.0"),
    (". + 0 | tostring", "12345678901234567890", UTC, "12345678901234567000", "12345678901234567890", "12345678901234567000"),
]


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen!r}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected!r}", file=sys.stderr)


for program, text, zone, *expected in CASES:
    for (name, run), result in zip(PROGRAMS.items(), expected):
        check(f"{text} | {program}, in {zone}, by {name}", run(program, text, zone), result)
sys.exit(failed)
PYTHON
