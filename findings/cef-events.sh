#!/usr/bin/env bash
# Does an event of the System Log keep its values in CEF, the format in which many log tools receive events?
#
# Versions: cefevent 0.5.6 and format-cef 0.0.4, which write CEF; pycef 1.11 and cefp 0.0.2, which read it; CPython 3.11.
# Expected: A writer escapes what the format requires, and refuses a value with an error. A reader removes the escapes. In a
# header a pipe is written as \|, in a value an equals sign as \= and a line break as \n. `cs1Label` is the name of the value
# `cs1`.
# Seen with the writers:
# - cefevent with its defaults drops what it does not accept: an IPv6 address of a client, a severity above 10, and the outcome,
#   because its list of names lacks `outcome`. set_field returns False then, and a program that does not look has an event
#   without an address or a result. A value that is null, as the reason of a success, becomes the text "None".
# - format-cef writes a datetime without its zone and milliseconds: 12:00 at +02:00 and 12:00 at UTC are both "12:00:00". CEF
#   has no zone in this form, so the event is two hours late. It refuses an IPv6 address and a message of two lines.
# Seen with pycef, without an error:
# - A name with an escaped pipe or backslash ends the header: the name is empty, the severity is missing, and the user is the
#   value of a member "ok|5|suser".
# - Values keep their escapes. The address of a request has \= in it, so a comparison with the address fails.
# - A label replaces a member of that name. For `cs1=Sales cs1Label=outcome outcome=SUCCESS` the outcome is "Sales". An empty
#   value is dropped.
# cefp reads all of these right. It refuses a line with a syslog header before CEF:, which pycef accepts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cefevent==0.5.6 format-cef==0.0.4 pycef==1.11 cefp==0.0.2 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
cat > program.py <<'PYTHON'
import datetime, sys
from importlib.metadata import version

import cefp, format_cef, pycef
from cefevent import CEFEvent
from format_cef.cef import CefValueError

failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def by_cefevent(**fields):
    event = CEFEvent()
    for name, value in {"deviceVendor": "Okta", "deviceProduct": "Log", "signatureId": "id", "name": "Login", **fields}.items():
        event.set_field(name, value)
    return event.build_cef().removeprefix("CEF:0|Okta|Log|1.0|id|Login|")


def by_format_cef(**fields):
    try:
        written = format_cef.format_cef("Okta", "Log", "1.0", "id", "Login", 5, fields)
    except CefValueError:
        return "an error"
    return written.decode().removeprefix("CEF:0|Okta|Log|1.0|id|Login|")


def by_pycef(line):
    read = pycef.parse(line)
    added = {"DeviceName", "DeviceSeverity", "DeviceVendor", "DeviceProduct", "DeviceVersion", "CEFVersion", "DeviceEventClassID"}
    return {name: value for name, value in read.items() if name not in added}


def by_cefp(line):
    try:
        read = cefp.parse(line)
    except ValueError:
        return "an error"
    return {"Name": read["name"], "Severity": read["severity"], **read["extension"]}


print(", ".join(f"{name} {version(name)}" for name in ("cefevent", "format-cef", "pycef", "cefp")))
check("cefevent, an IPv4 address", by_cefevent(sourceAddress="192.0.2.1", sourceUserName="ada"), "5|src=192.0.2.1 suser=ada")
check("cefevent, an IPv6 address", by_cefevent(sourceAddress="2001:db8::1", sourceUserName="ada"), "5|suser=ada")
check("cefevent, the outcome", by_cefevent(outcome="FAILURE", eventOutcome="FAILURE", sourceUserName="ada"), "5|suser=ada")
check("cefevent, null", by_cefevent(reason=None), "5|reason=None")
check("cefevent, a severity of 11", by_cefevent(severity=11), "5|")
check("cefevent, escapes", by_cefevent(message="a=b\nc|d\\e"), "5|msg=a\\=b\\nc|d\\\\e")

berlin = datetime.datetime(2026, 11, 30, 12, 0, 0, 123000, datetime.timezone(datetime.timedelta(hours=2)))
check("format-cef, 12:00 at +02:00", by_format_cef(startTime=berlin), "5|start=Nov 30 2026 12:00:00")
check("format-cef, 12:00 at UTC", by_format_cef(startTime=berlin.replace(tzinfo=datetime.timezone.utc)),
      "5|start=Nov 30 2026 12:00:00")
check("format-cef, the outcome", by_format_cef(eventOutcome="FAILURE"), "5|outcome=FAILURE")
check("format-cef, an IPv6 address", by_format_cef(sourceAddress="2001:db8::1"), "an error")
check("format-cef, two lines", by_format_cef(message="a\nb"), "an error")

LOGIN = {"Name": "Login", "Severity": "5"}
# For each line: what the two readers return.
CASES = [
    ("Login|5|suser=ada msg=a b", LOGIN | {"suser": "ada", "msg": "a b"}, LOGIN | {"suser": "ada", "msg": "a b"}),
    (r"Login \| ok|5|suser=ada", {"Name": "", "ok|5|suser": "ada"}, {"Name": "Login | ok", "Severity": "5", "suser": "ada"}),
    (r"ACME\\ada|5|act=x", {"Name": "", r"ACME\\ada|5|act": "x"}, {"Name": r"ACME\ada", "Severity": "5", "act": "x"}),
    (r"Login|5|request=https://a.example/?b\=1 act=x", LOGIN | {"request": r"https://a.example/?b\=1", "act": "x"},
     LOGIN | {"request": "https://a.example/?b=1", "act": "x"}),
    (r"Login|5|msg=a\nb", LOGIN | {"msg": r"a\nb"}, LOGIN | {"msg": "a\nb"}),
    ("Login|5|cs1=Sales cs1Label=outcome outcome=SUCCESS", LOGIN | {"outcome": "Sales"},
     LOGIN | {"cs1": "Sales", "cs1Label": "outcome", "outcome": "SUCCESS"}),
    ("Login|5|suser= act=x", LOGIN | {"act": "x"}, LOGIN | {"suser": "", "act": "x"}),
]
for line, of_pycef, of_cefp in CASES:
    line = f"CEF:0|Okta|Log|1.0|id|{line}"
    check(f"pycef, {line}", by_pycef(line), of_pycef)
    check(f"cefp, {line}", by_cefp(line), of_cefp)
header = "<134>1 2026-11-30T10:00:00Z acme - - - - CEF:0|Okta|Log|1.0|id|Login|5|suser=ada"
check("pycef, a syslog header", by_pycef(header), LOGIN | {"suser": "ada"})
check("cefp, a syslog header", by_cefp(header), "an error")
sys.exit(failed)
PYTHON
venv/bin/python -W ignore program.py
