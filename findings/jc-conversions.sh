#!/usr/bin/env bash
# Does jc keep the values of responses, tables and log messages when it converts them to JSON for jq in a script?
#
# Versions: jc 1.26.1, xmltodict 1.0.4, ruamel.yaml 0.19.1, Pygments 2.21.0; CPython 3.11.
# Expected: The JSON contains the values of the input. A value that a parser does not understand is an error or is kept as text.
# Seen, without an error:
# - `--http-headers` and `--curl-head` split `Link` at each comma, also inside the address. With the cursor `1,2` no element of the
#   list is a link, and a script that looks for rel="next" finds the address `2>`.
# - `--csv` removes a line end in a quoted title: "Head", "of Sales" becomes "Headof Sales". It keeps one of two columns
#   with one name.
# - `--syslog` computes the same `timestamp_epoch` for 22:00:00Z and 22:00:00+02:00, and ends a parameter at an escaped quotation
#   mark, "c\"d" as "c".
# - `--cef` reads an event whose name contains an escaped pipe with an empty name, and with a member `login_3_suser` for the rest
#   of the name, the severity and the user. It makes a number of the badge 007.
# - `--toml` rounds a time to seconds, 10:00:00.999 up to 10:00:01, and `--yaml` the badge 007 into 7.
# - `--env` takes each line of a private key that contains = for a variable of its own.
# - `--url` drops a parameter without a value, so `?title=` is as no parameter.
# - `--netrc` cuts a password between quotation marks at its space, and keeps the first quotation mark.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jc==1.26.1 xmltodict==1.0.4 ruamel.yaml==0.19.1 Pygments==2.21.0
cd "$folder"
TZ=UTC HOME=$folder "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys

import jc

failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def read(parser, text):
    return jc.parse(parser, text, quiet=True)


response = ('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
            'Link: <https://acme.okta.com/api/v1/users?limit=2>; rel="self"\r\n'
            'Link: <https://acme.okta.com/api/v1/users?after=1,2>; rel="next"\r\n\r\n')
for parser in ("http_headers", "curl_head"):
    check(parser, read(parser, response)[0]["link"],
          ['<https://acme.okta.com/api/v1/users?limit=2>; rel="self"', "<https://acme.okta.com/api/v1/users?after=1", '2>; rel="next"'])
check("csv, a line end", read("csv", 'login,title\nada,"Head\nof Sales"\n'), [{"login": "ada", "title": "Headof Sales"}])
check("csv, two columns", read("csv", "group,group\nSales,IT\n"), [{"group": "IT"}])
message = '<165>1 2026-11-30T22:00:00.123{} host okta 123 ID [a@1 b="c\\"d" e="f"] hello'
utc, offset = (read("syslog", message.format(zone))[0] for zone in ("Z", "+02:00"))
check("syslog, times", [utc["timestamp_epoch"], offset["timestamp_epoch"]], [1796076000, 1796076000])
check("syslog, a quotation mark", utc["structured_data"][0]["parameters"], {"b": "c", "e": "f"})
event = read("cef", r"CEF:0|Okta|System Log|1|user.session.start|User \| login|3|suser=ada@example.com cnt=007")[0]
check("cef", {name: event.get(name) for name in ("name", "severity", "suser", "login_3_suser", "cnt")},
      {"name": "", "severity": None, "suser": None, "login_3_suser": "ada@example.com", "cnt": 7})
check("toml", read("toml", "created = 2026-10-05T10:00:00.999Z\n")["created"], 1791194401)
check("yaml", read("yaml", "badge: 007\n"), [{"badge": 7}])
key = "KEY=-----BEGIN\nMIIB==\n-----END\nORG=acme\n"
check("env", read("env", key), [{"name": "KEY", "value": "-----BEGIN"}, {"name": "MIIB", "value": "=\n-----END"},
                                {"name": "ORG", "value": "acme"}])
check("url", read("url", "https://acme.okta.com/api/v1/users?limit=2&title=")["query_obj"], {"limit": ["2"]})
check("netrc", read("netrc", 'machine acme.okta.com login ada password "a b"\n')[0]["password"], '"a')
sys.exit(failed)
PYTHON
