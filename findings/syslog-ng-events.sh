#!/usr/bin/env bash
# Does syslog-ng, with its own parser and writer of JSON, pass on an event of the System Log unchanged?
#
# Version: syslog-ng 3.38.1 of Debian 12, with the `@version` of Debian's own configuration. Needs root for apt-get update; the
# packages are unpacked and not installed.
# Expected: json-parser() reads an object, and $(format-json) writes the same object. The event is one of Okta's, with some of
# the attributes that occur in the details of events.
# Seen, without a line in its log:
# - Each value becomes a string: true, 7 and 37.7749295, which becomes "37.774929". `target`, a list of objects that each event
#   has, becomes a string too. A list of strings becomes one string, with commas between the values and either kind of quotation
#   marks around them.
# - null and [] become an empty string, and {} is dropped. 12345678901234567890 becomes "9223372036854775807".
# - A name with a dot becomes an object, and is merged with the members of an object of that name.
# - Without prefix(), a member HOST or MESSAGE of an event replaces the host and the message. The event is written as an event
#   of another host.
# - An event of more than 64 KiB is lost. It is read as two messages, neither of which is JSON, and the parser drops both.
# `@version: 4.0`, experimental according to its log, keeps booleans, null and the two kinds of lists. It turns the numbers and
# booleans in a list into strings, and keeps six digits of a fraction. {} is dropped, and the large number changes as above.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download syslog-ng-core libivykis0 libnet1 libpcre3 libwrap0 libjson-c5
ls syslog-ng-core_3.38.1-* >/dev/null 2>&1 || { echo "skipped: this needs syslog-ng 3.38.1, and another version is served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 - "$folder" <<'PYTHON'
import json, os, pathlib, subprocess, sys, time

folder = pathlib.Path(sys.argv[1])
libraries = [folder / "root/usr/lib/x86_64-linux-gnu", folder / "root/usr/lib/syslog-ng", folder / "root/lib/x86_64-linux-gnu"]
environment = os.environ | {"LD_LIBRARY_PATH": ":".join(map(str, libraries))}


def passed_on(*events, version="3.38", parser='json-parser(prefix("okta."))', written="$(format-json okta.* --rekey okta.* --shift 5)"):
    """What syslog-ng writes for events: of each message the host and the text."""
    for name in "in", "out", "persist":
        (folder / name).unlink(missing_ok=True)
    (folder / "in").write_text("".join(json.dumps(event) + "\n" for event in (*events, {"uuid": "last"})))
    (folder / "settings").write_text(f"""@version: {version}
        options {{ stats-freq(0); }};
        log {{
            source {{ file("{folder}/in" flags(no-parse)); }};
            parser {{ {parser}; }};
            destination {{ file("{folder}/out" template("$HOST {written}\\n")); }};
        }};
        """)
    with open(folder / "log", "w") as log:
        process = subprocess.Popen([
            folder / "root/usr/sbin/syslog-ng", "--foreground", "--no-caps", "--cfgfile", folder / "settings",
            "--module-path", folder / "root/usr/lib/syslog-ng/3.38", "--persist-file", folder / "persist",
            "--control", folder / "control", "--pidfile", folder / "pid"], stdout=log, stderr=log, env=environment)
        for _ in range(200):
            time.sleep(0.1)
            if (folder / "out").exists() and '"uuid":"last"' in (folder / "out").read_text():
                break
        process.terminate()
        process.wait(30)
    log = (folder / "log").read_text()
    assert ("experimental" in log) == (version == "4.0") and len(log.splitlines()) == (version == "4.0"), log
    return [tuple(line.split(" ", 1)) for line in (folder / "out").read_text().splitlines()[:-1]]


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
event = {
    "uuid": "e1", "target": [{"id": "00g1"}, {"id": "00g2"}], "isProxy": True, "lat": 37.7749295, "count": 7, "reason": None,
    "roles": [], "details": {}, "number": 12345678901234567890, "groups": ["Sales, EMEA", 'the "A" team', "Finance"],
    "acme.badge": "b7", "acme": {"region": "EU"}, "risk": {"levels": [1, 2.5, True, None]},
}
changed = {
    "target": '[{"id":"00g1"},{"id":"00g2"}]', "isProxy": "true", "lat": "37.774929", "count": "7", "reason": "", "roles": "",
    "details": "gone", "number": "9223372036854775807", "groups": '"Sales, EMEA",\'the "A" team\',Finance', "acme.badge": "gone",
    "acme": {"region": "EU", "badge": "b7"}, "risk": {"levels": '1,2.500000,true,""'}}
changed_in_4 = {
    "lat": 37.774929, "details": "gone", "number": 9223372036854775807, "acme.badge": "gone",
    "acme": {"region": "EU", "badge": "b7"}, "risk": {"levels": ["1", "2.500000", "true", ""]}}
for version, expected in ("3.38", changed), ("4.0", changed_in_4):
    [(_, text)] = passed_on(event, version=version)
    seen = json.loads(text)
    check(f"members that differ, by @version {version}",
          {name: seen.get(name, "gone") for name in event if seen.get(name, "gone") != event[name]}, expected)
check("the host by an event", passed_on({"uuid": "e1", "HOST": "web-7"}, parser="json-parser()", written="$(format-json uuid)"),
      [("web-7", '{"uuid":"e1"}')])
check("an event of 70 kB", [text for _, text in passed_on({"uuid": "e1", "details": "x" * 70000})], [])
sys.exit(failed)
PYTHON
