#!/usr/bin/env bash
# Does a decorator that retries, limits, measures or caches work on a function that yields the users of a list page by page?
#
# Versions: tenacity 9.2.1, backoff 2.2.1, stamina 26.1.0, retrying 1.4.2, retry 0.9.2, opnieuw 4.0.0, ratelimit 2.2.1,
# pyrate-limiter 4.5.1, throttled-py 3.5.0, prometheus_client 0.26.0, opentelemetry-sdk 1.45.2, datadog 0.56.0, statsd 4.0.1,
# cachetools 7.1.8, memoization 0.4.0; CPython 3.11.
# Expected: The decorator applies to the work of the function. A decorator that supports plain functions only refuses a
# generator or an `async def` when it is applied.
# Seen, without an error or a warning:
# - tenacity, backoff, retrying, retry and opnieuw do not retry a generator. The second page is answered with 429, and the loop
#   ends with that error after one attempt. The same holds for an `async def` that yields.
# - stamina retries a generator from its start. The caller gets the users of the first page once more in each attempt.
# - retrying and retry do not retry an `async def` that returns. The other four do.
# - A reader of five pages, limited to two calls a minute by ratelimit, pyrate-limiter or throttled-py, reads all five at once.
# - prometheus_client counts no exception of a generator or of an `async def`, and records a duration of microseconds for both.
#   OpenTelemetry, datadog and statsd do so for a generator only. The span of OpenTelemetry ends before the first request, with
#   no error, so the spans of the requests are not within it.
# - cachetools and memoization keep the generator. The second caller within the lifetime gets no users.
# A decorated function that reads one page, called by an undecorated generator, has none of these problems.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tenacity==9.2.1 backoff==2.2.1 stamina==26.1.0 retrying==1.4.2 retry==0.9.2 \
    opnieuw==4.0.0 ratelimit==2.2.1 pyrate-limiter==4.5.1 throttled-py==3.5.0 prometheus_client==0.26.0 \
    opentelemetry-sdk==1.45.2 datadog==0.56.0 statsd==4.0.1 cachetools==7.1.8 memoization==0.4.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, logging, socket, sys, time

import backoff, cachetools, memoization, opnieuw, ratelimit, retry, retrying, stamina, statsd, tenacity, throttled
from datadog.dogstatsd import DogStatsd
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import CollectorRegistry, Counter, Histogram
from pyrate_limiter import Duration, Limiter, Rate

logging.disable(logging.CRITICAL)
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


class TooManyRequests(Exception):
    pass


class Org:
    """Two pages of users. The second page is refused twice."""

    def __init__(self):
        self.refused = 0

    def page(self, number):
        if number == 2 and self.refused < 2:
            self.refused += 1
            raise TooManyRequests
        return [f"user {number}"]


def outcome(collect):
    try:
        return collect()
    except TooManyRequests:
        return "429"


async def collected(users):
    return [user async for user in users]


RETRIES = {
    "tenacity": tenacity.retry(stop=tenacity.stop_after_attempt(5), wait=tenacity.wait_none(), reraise=True),
    "backoff": backoff.on_exception(backoff.constant, TooManyRequests, max_tries=5, interval=0),
    "retrying": retrying.retry(stop_max_attempt_number=5),
    "retry": retry.retry(TooManyRequests, tries=5),
    "opnieuw": opnieuw.retry(retry_on_exceptions=TooManyRequests, max_calls_total=5, retry_window_after_first_call_in_seconds=1),
    "stamina": stamina.retry(on=TooManyRequests, attempts=5, wait_initial=0, wait_max=0),
}
TWICE = ["user 1", "user 1", "user 1", "user 2"]
for name, decorator in RETRIES.items():
    orgs = [Org() for _ in range(4)]

    @decorator
    def all_users():
        for number in (1, 2):
            yield from orgs[0].page(number)

    @decorator
    async def all_users_async():
        for number in (1, 2):
            for user in orgs[1].page(number):
                yield user

    @decorator
    async def second_page():
        return orgs[2].page(2)

    @decorator
    def any_page(number):
        return orgs[3].page(number)

    expected = TWICE if name == "stamina" else "429"
    check(f"{name}, generator", outcome(lambda: list(all_users())), expected)
    check(f"{name}, async generator", outcome(lambda: asyncio.run(collected(all_users_async()))), expected)
    check(f"{name}, async def", outcome(lambda: asyncio.run(second_page())),
          "429" if name in ("retrying", "retry") else ["user 2"])
    check(f"{name}, one page", outcome(lambda: [user for number in (1, 2) for user in any_page(number)]), ["user 1", "user 2"])

for name, decorator in {
    "ratelimit": lambda f: ratelimit.sleep_and_retry(ratelimit.limits(calls=2, period=60)(f)),
    "pyrate-limiter": Limiter(Rate(2, Duration.MINUTE)).as_decorator(name="users"),
    "throttled-py": throttled.Throttled(key="users", quota=throttled.rate_limiter.per_min(2)),
}.items():
    @decorator
    def five_pages():
        yield from range(5)

    start = time.monotonic()
    check(f"{name}, two a minute", [len(list(five_pages())), time.monotonic() - start < 20], [5, True])


def slow_pages():
    yield "user 1"
    time.sleep(0.2)
    raise TooManyRequests


async def slow_page():
    await asyncio.sleep(0.2)
    raise TooManyRequests


def run(function):
    return outcome(lambda: asyncio.run(function()) if function.__name__ == "slow_page" else list(function()))


spans = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(spans))
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
receiver.settimeout(10)
port = receiver.getsockname()[1]
dogstatsd = DogStatsd(host="127.0.0.1", port=port, disable_buffering=True, disable_telemetry=True)
stats = statsd.StatsClient("127.0.0.1", port)
for function, is_generator in ((slow_pages, True), (slow_page, False)):
    kind = "generator" if is_generator else "async def"
    registry = CollectorRegistry()
    duration, errors = Histogram("duration", "d", registry=registry), Counter("errors", "e", registry=registry)
    run(duration.time()(errors.count_exceptions()(function)))
    check(f"prometheus_client, {kind}: calls, errors, at least 0.1 s",
          [registry.get_sample_value("duration_count"), registry.get_sample_value("errors_total"),
           registry.get_sample_value("duration_sum") > 0.1], [1.0, 0.0, False])
    spans.clear()
    run(provider.get_tracer("users").start_as_current_span("users")(function))
    span = spans.get_finished_spans()[0]
    check(f"OpenTelemetry, {kind}: status, at least 0.1 s", [span.status.status_code.name, span.end_time - span.start_time > 1e8],
          ["UNSET", False] if is_generator else ["ERROR", True])
    run(dogstatsd.timed("users")(function))
    check(f"datadog, {kind}: at least 0.1 s", float(receiver.recv(1000).split(b":")[1].split(b"|")[0]) > 0.1, not is_generator)
    run(stats.timer("users")(function))
    check(f"statsd, {kind}: at least 100 ms", float(receiver.recv(1000).split(b":")[1].split(b"|")[0]) > 100, not is_generator)

for name, decorator in {"cachetools": cachetools.cached(cachetools.TTLCache(10, 600)), "memoization": memoization.cached}.items():
    @decorator
    def users():
        yield "user 1"

    check(f"{name}, first and second caller", [list(users()), list(users())], [["user 1"], []])
sys.exit(failed)
PYTHON
