#!/usr/bin/env bash
# Do tools that watch log files find the events of the System Log, and their times, in a file of one JSON object per line?
#
# Versions, of Debian 12: lnav 0.11.1, fail2ban 1.0.2. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: Each line that is valid JSON is an event with its own time, whatever the order of the lines and the time's offset.
# Seen with lnav and a format that names `published` as the time. Its SQL reports no error:
# - One integer outside 64 bits, or -2^63, or 1e400, in any member, also one that the format does not name, makes an event without values.
#   The event has the time of the event before it.
# - An event has at least the time of the event before it. In a list with the newest first (`sortOrder=DESCENDING`) all events
#   have the newest time. An event that the org lists a little late has another time too.
# - The offset is ignored: 11:00+01:00 is 11:00 and not 10:00, and it moves all events until 11:00.
# - `log_time >= '2026-11-30T10:00:00Z'`, with the time as Okta writes it, finds nothing of this day. The column has a space in
#   place of T.
# - A declared boolean is the number 1, so = 'true' does not find it.
# Seen with fail2ban:
# - It takes the first date of a line for the time: an expiry in debugData, or a date in the user agent, before `published`. A
#   failed login of today is of January 1. A `datepattern` with the name of the member helps.
# - With this pattern, an event whose time has no fractional part has the current time, so an old failure is new. The report says
#   that all lines match.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download lnav fail2ban libarchive13 libcurl3-gnutls libreadline8 libncursesw6 libtinfo6 \
    libpcre2-8-0 libsqlite3-0
for version in lnav_0.11.1- fail2ban_1.0.2-; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
mkdir -p home/.lnav/formats/okta
cat >home/.lnav/formats/okta/okta.json <<'JSON'
{"okta_log": {"title": "System Log", "description": "Events", "json": true, "timestamp-field": "published",
  "line-format": [{"field": "__timestamp__"}, " ", {"field": "eventType"}],
  "value": {"uuid": {"kind": "string", "identifier": true}, "eventType": {"kind": "string"}, "isProxy": {"kind": "boolean"}}}}
JSON
nice python3 - <<'PYTHON'
import csv, io, json, os, re, subprocess, sys, time

here = os.getcwd()
environment = os.environ | {"HOME": f"{here}/home", "TERM": "dumb", "TZ": "Europe/Berlin", "LC_ALL": "C.UTF-8",
                            "PYTHONPATH": f"{here}/root/usr/lib/python3/dist-packages",
                            "LD_LIBRARY_PATH": f"{here}/root/usr/lib/x86_64-linux-gnu:{here}/root/lib/x86_64-linux-gnu"}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def event(uuid, published, **members):
    return {"uuid": uuid, "eventType": "user.session.start", **members, "published": published}


def query(sql, *events):
    with open("events.json", "w") as output:
        output.writelines(json.dumps(each).replace("Infinity", "1e400") + "\n" for each in events)
    result = subprocess.run(["root/usr/bin/lnav", "-n", "-c", ";" + sql, "-c", ":write-csv-to -", "events.json"], text=True,
                            capture_output=True, check=True, env=environment, timeout=60, stdin=subprocess.DEVNULL)
    return list(csv.reader(io.StringIO(result.stdout)))[1:]


def times(*events):
    return [[uuid, at[11:]] for uuid, at in query("SELECT uuid, log_time FROM okta_log", *events)]


NULL = "<NULL>"
first = event("a", "2026-11-30T10:00:01.000Z")
for number in (2**63 - 1, 2**63, -2**63, float("inf")):
    seen = times(first, event("b", "2026-11-30T10:00:02.000Z", debugContext={"debugData": {"risk": [number]}}))
    expected = ["b", "10:00:02.000"] if number == 2**63 - 1 else [NULL, "10:00:01.000"]
    check(f"lnav, {'1e400' if number == float('inf') else number} in the second event", seen, [["a", "10:00:01.000"], expected])
newest = [event("c", "2026-11-30T12:00:00.000Z"), event("b", "2026-11-30T11:00:00.000Z"), event("a", "2026-11-30T10:00:00.000Z")]
check("lnav, the newest first", times(*newest), [[each, "12:00:00.000"] for each in "cba"])
check("lnav, the oldest first", times(*reversed(newest)), [["a", "10:00:00.000"], ["b", "11:00:00.000"], ["c", "12:00:00.000"]])
check("lnav, with an offset", times(first, event("b", "2026-11-30T11:00:02+01:00"), event("c", "2026-11-30T10:00:03.000Z")),
      [["a", "10:00:01.000"], ["b", "11:00:02.000"], ["c", "11:00:02.000"]])
for since, expected in (("2026-11-30T10:00:00Z", "0"), ("2026-11-30 10:00:00", "3")):
    check(f"lnav, log_time >= {since}", query(f"SELECT count(*) FROM okta_log WHERE log_time >= '{since}'", *newest), [[expected]])
check("lnav, true, and = 'true'", query("SELECT isProxy, isProxy = 'true' FROM okta_log", event("a", "2026-11-30T10:00:01.000Z", isProxy=True)),
      [["1", "0"]])

# fail2ban, with the machine's zone an hour east of UTC.
LINES = {
    "published only": {},
    "an expiry": {"debugContext": {"debugData": {"expires": "2026-11-30T18:00:00.000Z"}}},
    "a date in the user agent": {"userAgent": "Sync (2026-01-01 00:00:00)"},
}
FORMS = ["2026-11-30T10:00:00.123456Z", "2026-11-30T11:00:00+01:00", "2026-11-30T10:00:00Z"]
with open("failures.json", "w") as output:
    for members in LINES.values():
        output.write(json.dumps(event("a", "2026-11-30T10:00:00.123Z", ip="192.0.2.1", result="FAILURE", **members)) + "\n")
    for form in FORMS:
        output.write(json.dumps(event("a", form, ip="192.0.2.1", result="FAILURE")) + "\n")


def failures(*options):
    started = time.time() - 5
    result = subprocess.run([sys.executable, "root/usr/bin/fail2ban-regex", "-v", *options, "failures.json",
                             '"ip": "<HOST>", "result": "FAILURE"'], capture_output=True, text=True, check=True, env=environment, timeout=60)
    seen = re.findall(r"^\|\s+192\.0\.2\.1\s+\w+ (.*) \d{4}$", result.stdout, re.M)
    years = re.findall(r"^\|\s+192\.0\.2\.1\s+(\w+ .* \d{4})$", result.stdout, re.M)
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    is_now = [time.mktime(time.strptime(each, "%a %b %d %H:%M:%S %Y")) >= started for each in years]
    return ["now" if now else each for each, now in zip(seen, is_now)], re.search(r"^Lines: .*$", result.stdout, re.M)[0]


RIGHT = "Nov 30 11:00:00"
found, report = failures()
check("fail2ban, by default: " + ", ".join([*LINES, *FORMS]), found, [RIGHT, "Nov 30 19:00:00", "Jan 01 00:00:00", RIGHT, RIGHT, RIGHT])
found, report = failures("-d", '"published": "%Y-%m-%dT%H:%M:%S.%f%z"')
check("fail2ban, with a pattern", found, [RIGHT] * 4 + ["now"] * 2)
check("  its report", report, "Lines: 6 lines, 0 ignored, 6 matched, 0 missed")
sys.exit(failed)
PYTHON
