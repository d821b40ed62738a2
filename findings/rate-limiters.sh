#!/usr/bin/env bash
# How many calls does a client-side limiter let through in one minute if it is set to 60 a minute?
#
# Versions: ratelimit 2.2.1, aiolimiter 1.3.0, asyncio-throttle 1.0.2, asynciolimiter 1.2.0, limits 5.8.0, throttled-py 3.5.0,
# pyrate-limiter 4.5.1; CPython 3.11.
# Expected: 60. Okta counts in windows of a minute, and a client that sends more gets 429.
# Seen, in simulated time, with programs that call as often as the limiter allows, some after one early call:
# - 117 to 120 with ratelimit, aiolimiter, the leaky bucket of asynciolimiter, all five algorithms of throttled-py, and the
#   fixed and sliding windows of limits. A bucket allows its burst and refills in the same minute. A sliding window computed
#   from two counts assumes that the calls of the previous minute are spread evenly.
# - 60 with asyncio-throttle, pyrate-limiter, the moving window of limits, and two limiters of asynciolimiter.
# With a correctly set limit, half of the calls of a minute can get 429.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet ratelimit==2.2.1 aiolimiter==1.3.0 asyncio-throttle==1.0.2 asynciolimiter==1.2.0 \
    limits==5.8.0 throttled-py==3.5.0 pyrate-limiter==4.5.1
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio, itertools, selectors, sys, time
from importlib.metadata import version

COUNT, MINUTE, clock = 60, 60, [1_000_000.0]


def advance(seconds):
    clock[0] += max(seconds, 0)


# The libraries see this clock: it is replaced before they are imported.
time.time = time.monotonic = time.perf_counter = lambda: clock[0]
time.time_ns = time.monotonic_ns = time.perf_counter_ns = lambda: int(clock[0] * 1e9)
time.sleep = advance

import aiolimiter, asyncio_throttle, asynciolimiter, limits, pyrate_limiter, ratelimit, throttled


class Selector(selectors.SelectSelector):
    def select(self, timeout=None):
        events = super().select(0)
        if not events and timeout:
            advance(timeout)
        return events


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(Selector())

    def time(self):
        return clock[0]


async def calls(acquire, early):
    """The times of the calls that a limiter lets through; `acquire` waits for the next one."""
    times = []
    if early:
        await acquire()
        times.append(clock[0])
        await asyncio.sleep(MINUTE - 1)
    for _ in range(3 * COUNT):
        await acquire()
        times.append(clock[0])
    return times


def most_in_a_minute(times):
    return max(sum(start <= time < start + MINUTE - 1e-6 for time in times) for start in times)


def polled(attempt):
    async def acquire():
        while not attempt():
            advance(0.25)
    return acquire


def of_ratelimit():
    return polled(ratelimit.sleep_and_retry(ratelimit.limits(COUNT, MINUTE, clock=time.monotonic)(lambda: True)))


def of_limits(strategy):
    limiter = getattr(limits.strategies, strategy)(limits.storage.MemoryStorage())
    return polled(lambda: limiter.hit(limits.parse("60/minute"), "okta"))


def of_throttled(algorithm):
    limiter = throttled.Throttled(key="okta", using=algorithm, quota=throttled.per_min(COUNT, burst=COUNT),
                                  store=throttled.MemoryStore())
    return polled(lambda: not limiter.limit().limited)


def of_pyrate_limiter():
    limiter = pyrate_limiter.Limiter(pyrate_limiter.Rate(COUNT, pyrate_limiter.Duration.MINUTE))
    return polled(lambda: limiter.try_acquire("okta", blocking=False))


# For each limiter: the most calls in one minute.
cases = [
    ("ratelimit", of_ratelimit, 119),
    ("aiolimiter", lambda: aiolimiter.AsyncLimiter(COUNT, MINUTE).acquire, 119),
    ("asyncio-throttle", lambda: asyncio_throttle.Throttler(COUNT, MINUTE).acquire, 60),
    ("asynciolimiter, Limiter", lambda: asynciolimiter.Limiter(COUNT / MINUTE).wait, 60),
    ("asynciolimiter, StrictLimiter", lambda: asynciolimiter.StrictLimiter(COUNT / MINUTE).wait, 60),
    ("asynciolimiter, LeakyBucketLimiter",
     lambda: asynciolimiter.LeakyBucketLimiter(COUNT / MINUTE, capacity=COUNT).wait, 119),
    ("limits, fixed window", lambda: of_limits("FixedWindowRateLimiter"), 119),
    ("limits, moving window", lambda: of_limits("MovingWindowRateLimiter"), 60),
    ("limits, sliding window counter", lambda: of_limits("SlidingWindowCounterRateLimiter"), 118),
    ("throttled-py, fixed window", lambda: of_throttled("fixed_window"), 120),
    ("throttled-py, sliding window", lambda: of_throttled("sliding_window"), 117),
    ("throttled-py, token bucket", lambda: of_throttled("token_bucket"), 119),
    ("throttled-py, leaking bucket", lambda: of_throttled("leaking_bucket"), 119),
    ("throttled-py, GCRA", lambda: of_throttled("gcra"), 119),
    ("pyrate-limiter", of_pyrate_limiter, 60),
]
failed = False
for name, make, expected in cases:
    seen = 0
    # Some limiters count by the minutes of the clock: the program starts in different seconds of one.
    for early, second in itertools.product((False, True), range(0, 60, 10)):
        clock[0] = clock[0] // MINUTE * MINUTE + 20 * MINUTE + second

        async def run():
            return await calls(make(), early)
        seen = max(seen, most_in_a_minute(Loop().run_until_complete(run())))
    package = name.split(",")[0]
    print(f"{package} {version(package)}{name[len(package):]}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
