#!/usr/bin/env bash
# What happens to System Log events, one JSON object per line, in the three usual ways to a syslog?
#
# Versions, of Debian 12: logger of util-linux 2.38.1, rsyslog 8.2302.0, systemd 252. Needs root for apt-get update; the
# packages are unpacked and not installed.
# Expected: An event of some kilobytes is one message and stays JSON. An event that is too long is refused or reported.
# Seen:
# - `logger` cuts each line into messages of 1 KiB. From nine events of 0.9 to 20 kB it makes 56 messages, of which one is JSON,
#   and reports nothing. `--size 64KiB` helps.
# - rsyslog's imfile keeps the first 8,096 bytes of a line and drops the rest, which it reports in its own log. mmjsonparse
#   passes the event on as a string in `msg`. `global(maxMessageSize="64k")` helps.
# - mmjsonparse does not distinguish `costCenter` from `costcenter`: one member remains, with the name of the first and the
#   value of the last. A whole number above 2^63 becomes 9223372036854775807.
# - The journal stores each event whole. `journalctl -o json`, which shippers read, prints null for each message of more than
#   4,087 bytes, and reports nothing. `--all` helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download bsdutils rsyslog libestr0 libfastjson4 systemd libsystemd-shared \
    systemd-journal-remote libmicrohttpd12
for version in bsdutils_1%3a2.38.1 rsyslog_8.2302.0 systemd_252; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
libraries=$folder/root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH=$libraries:$libraries/systemd:$folder/root/lib/systemd
python3 - "$folder" <<'PYTHON'
import json, os, socket, subprocess, sys, threading, time

folder = sys.argv[1]
SIZES = [900, 1500, 3000, 4087, 4088, 5000, 8096, 9000, 20000]
ODD = {"costCenter": "R", "costcenter": "r", "id": 12345678901234567890, "score": 1.50}
failed = False


def event(size):
    text = json.dumps({"eventType": "user.session.start", "debugContext": {"debugData": {"factors": ""}}})
    return text.replace('""', '"' + "x" * (size - len(text)) + '"')


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def parsed(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


lines = [event(size) for size in SIZES]
with open("events", "w") as output:
    output.write("\n".join(lines) + "\n")

# logger, with a socket in place of /dev/log.
log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind(f"{folder}/log")
log.settimeout(1)
for options, expected in ((), (56, 1)), (("--size", "64KiB"), (9, 9)):
    messages, is_over = [], threading.Event()

    def read():
        while True:
            try:
                messages.append(log.recv(1 << 20).decode().split("okta: ", 1)[1])
            except TimeoutError:
                if is_over.is_set():
                    return

    reader = threading.Thread(target=read)
    reader.start()
    with open("events") as events:
        result = subprocess.run(["root/usr/bin/logger", "--socket", "log", "--tag", "okta", *options], stdin=events,
                                stderr=subprocess.PIPE, text=True, check=True)
    is_over.set()
    reader.join()
    seen = (len(messages), sum(parsed(message) is not None for message in messages))
    check(" ".join(["messages of nine events, and those that are JSON: logger", *options]), seen, expected)
    check("  its messages to the user", result.stderr, "")

# rsyslog, from a file to a file.
modules = f"{folder}/root/usr/lib/x86_64-linux-gnu/rsyslog"
for setting, expected in (("", [8096, 8096, 8096]), ('global(maxMessageSize="64k")', [8096, 9000, 20000])):
    name = "large" if setting else "default"
    os.mkdir(name)
    with open(f"{name}/events", "w") as output:
        output.write("\n".join([*lines, json.dumps(ODD)]) + "\n")
    with open(f"{name}/settings", "w") as output:
        output.write(f"""{setting}
            global(processInternalMessages="on")
            global(workDirectory="{folder}/{name}")
            module(load="{modules}/imfile.so")
            module(load="{modules}/mmjsonparse.so")
            input(type="imfile" File="{folder}/{name}/events" Tag="okta:")
            template(name="text" type="string" string="%msg%\\n")
            template(name="json" type="string" string="%$!all-json%\\n")
            if $syslogtag startswith "rsyslogd" then {{
                action(type="omfile" file="{folder}/{name}/reports" template="text")
                stop
            }}
            action(type="omfile" file="{folder}/{name}/text" template="text")
            action(type="mmjsonparse" cookie="")
            action(type="omfile" file="{folder}/{name}/json" template="json")
            """)
    with open(f"{name}/errors", "w") as errors:
        server = subprocess.Popen(["root/usr/sbin/rsyslogd", "-n", "-i", f"{folder}/{name}/pid", "-M", modules,
                                   "-f", f"{name}/settings"], stdout=errors, stderr=errors)
    for _ in range(200):
        if os.path.exists(f"{name}/json") and len(open(f"{name}/json").readlines()) == len(SIZES) + 1:
            break
        time.sleep(0.1)
    server.terminate()
    server.wait(30)
    texts = open(f"{name}/text").read().splitlines()
    objects = [json.loads(line) for line in open(f"{name}/json")]
    check(f"bytes of the events of 8096, 9000 and 20000: rsyslog {setting or 'by default'}", [len(text) for text in texts[6:9]], expected)
    check("  events with a type after mmjsonparse", sum("eventType" in each for each in objects), 9 if setting else 7)
    reports = open(f"{name}/reports").read().count("message too long")
    check("  events reported as too long", reports, 0 if setting else 2)
odd = {name: value for name, value in objects[-1].items() if name != "metadata"}
check(f"{json.dumps(ODD)} after mmjsonparse", odd, {"costCenter": "r", "id": 9223372036854775807, "score": 1.5})

# The journal, written by systemd-journal-remote.
with open("export", "w") as output:
    for number, line in enumerate(lines):
        output.write(f"__REALTIME_TIMESTAMP={1764384000000000 + number}\n__MONOTONIC_TIMESTAMP={1000 + number}\n"
                     f"_BOOT_ID={'1' * 32}\n_MACHINE_ID={'2' * 32}\nSYSLOG_IDENTIFIER=okta\nMESSAGE={line}\n\n")
subprocess.run(["root/lib/systemd/systemd-journal-remote", "--output=okta.journal", "export"], check=True, capture_output=True)
for options, expected in ((("--output=json",), [900, 1500, 3000, 4087] + [None] * 5), (("--output=json", "--all"), SIZES)):
    command = ["root/bin/journalctl", "--file=okta.journal", *options]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    found = [json.loads(line)["MESSAGE"] for line in result.stdout.splitlines()]
    check(" ".join(["bytes of MESSAGE: journalctl", *options]), [text and len(text) for text in found], expected)
    check("  messages to the user", result.stderr, "")
sys.exit(failed)
PYTHON
