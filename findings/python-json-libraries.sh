#!/usr/bin/env bash
# Does a user keep their values in a Python program that reads and writes JSON with a library other than `json`?
#
# Versions: yyjson 4.0.6, orjson 3.13.0, msgspec 0.23.0, ujson 6.1.0, python-rapidjson 1.25, simplejson 4.3.0, pysimdjson 7.0.2,
# pyjson5 2.0.1, hjson 3.1.0, demjson3 3.0.6, ijson 3.6.0; CPython 3.11.
# Expected: A library reads the value that the document states, or raises. What it writes, it reads again as the same value.
# Seen, without an error except where stated:
# - yyjson's `loads` returns a text with a character for each byte of UTF-8. "José" has 5 characters and is not equal to "José",
#   so a comparison of users finds a change, and `json.dumps` writes Jos\u00c3\u00a9. Printed, the text looks right.
# - orjson and yyjson read 123456789012345678901 as 1.2345678901234568e+20. pysimdjson raises, and the whole page is lost.
# - A certificate in bytes is base64 in msgspec, text in rapidjson, simplejson, pyjson5 and hjson, and a list of numbers in
#   demjson3. orjson, ujson and yyjson refuse it, as `json` does.
# - demjson3 writes the offset of a time as +0200, which is not RFC 3339.
# - ujson writes Decimal("1.10") as 1.1, and msgspec as the text "1.10".
# - msgspec, orjson and hjson write NaN as null, which clears the attribute. simplejson and yyjson refuse it. `json`, ujson, rapidjson,
#   pyjson5 and demjson3 write NaN, which is not JSON.
# - hjson removes a tab at the start of a text that it wrote itself, and reads 1.0 as the integer 1.
# - ijson returns the member `cost.center` and the member `center` of an object `cost` for the same prefix `item.cost.center`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet yyjson==4.0.6 orjson==3.13.0 msgspec==0.23.0 ujson==6.1.0 python-rapidjson==1.25 \
    simplejson==4.3.0 pysimdjson==7.0.2 pyjson5==2.0.1 hjson==3.1.0 demjson3==3.0.6 ijson==3.6.0
cd "$folder"
PYTHONUTF8=1 "$folder/venv/bin/python" - <<'PYTHON'
import datetime, decimal, io, json, sys

import demjson3, hjson, ijson, msgspec, orjson, pyjson5, rapidjson, simdjson, simplejson, ujson, yyjson

READERS = {"json": json.loads, "yyjson": yyjson.loads, "orjson": orjson.loads, "msgspec": msgspec.json.decode, "ujson": ujson.loads,
           "rapidjson": rapidjson.loads, "simplejson": simplejson.loads, "pysimdjson": simdjson.loads, "pyjson5": pyjson5.decode,
           "hjson": hjson.loads, "demjson3": demjson3.decode}
WRITERS = {"json": json.dumps, "yyjson": yyjson.dumps, "orjson": lambda value: orjson.dumps(value).decode(),
           "msgspec": lambda value: msgspec.json.encode(value).decode(), "ujson": ujson.dumps, "rapidjson": rapidjson.dumps,
           "simplejson": simplejson.dumps, "pyjson5": pyjson5.encode, "hjson": hjson.dumpsJSON, "demjson3": demjson3.encode}
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def compare(name, functions, value, usual, **others):
    for library, function in functions.items():
        try:
            seen = function(value)
        except Exception:
            seen = "an error"
        else:
            seen = "".join(seen.split()) if isinstance(seen, str) else ascii(seen["v"])
        check(f"{name}, {library}", seen, others.get(library, usual))


compare("a name", READERS, '{"v": "Jos\\u00e9"}', ascii("José"), yyjson="'Jos\\xc3\\xa9'")
name = yyjson.loads('{"v": "José"}')["v"]
check("a name read by yyjson", [str(name), name == "José", len(name), json.dumps(name)],
      ["JosÃ©", False, 5, '"Jos\\u00c3\\u00a9"'])
print("  printed:", name)
compare("a large integer", READERS, '{"v": 123456789012345678901}', "123456789012345678901", orjson="1.2345678901234568e+20",
        yyjson="1.2345678901234568e+20", pysimdjson="an error")
compare("1.0", READERS, '{"v": 1.0}', "1.0", hjson="1")
compare("bytes", WRITERS, {"v": b"MIIB"}, "an error", msgspec='{"v":"TUlJQg=="}', rapidjson='{"v":"MIIB"}',
        simplejson='{"v":"MIIB"}', pyjson5='{"v":"MIIB"}', hjson='{"v":"MIIB"}', demjson3='{"v":[77,73,73,66]}')
zone = datetime.timezone(datetime.timedelta(hours=2))
compare("a time", {name: WRITERS[name] for name in ("orjson", "msgspec", "pyjson5", "demjson3")},
        {"v": datetime.datetime(2026, 10, 5, 10, tzinfo=zone)}, '{"v":"2026-10-05T10:00:00+02:00"}',
        demjson3='{"v":"2026-10-05T10:00:00+0200"}')
compare("a decimal", {name: WRITERS[name] for name in ("ujson", "msgspec", "simplejson", "pyjson5", "hjson", "yyjson", "demjson3")},
        {"v": decimal.Decimal("1.10")}, '{"v":1.10}', ujson='{"v":1.1}', msgspec='{"v":"1.10"}')
compare("NaN", WRITERS, {"v": float("nan")}, '{"v":NaN}', msgspec='{"v":null}', orjson='{"v":null}', hjson='{"v":null}',
        simplejson="an error", yyjson="an error")
check("a tab, hjson", hjson.loads(hjson.dumps({"title": "\tHead"}))["title"], "Head")
users = b'[{"cost.center": "R"}, {"cost": {"center": "S"}}]'
check("a prefix, ijson", list(ijson.items(io.BytesIO(users), "item.cost.center")), ["R", "S"])
sys.exit(failed)
PYTHON
