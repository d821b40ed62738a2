#!/usr/bin/env bash
# How long do Python's retry helpers wait for a valid `Retry-After` field (RFC 9110 section 10.2.3)?
#
# Versions: urllib3 2.8.0, httpx-retries 0.6.0, retryhttp 1.5.0, retryhop 0.1.1, ratelimit-headers 0.1.0, with
# httpx 0.28.1; CPython 3.11.
# Expected: A helper reads seconds and the three forms of a date (section 5.6.7). It does not ask again before that time, and
# gives up if the time is too far away.
# Seen:
# - retryhttp waits one minute for a date that is a day and a minute away. It takes the seconds of the difference without the
#   days. Its limit of 120 seconds is compared with that number and has no effect.
# - retryhttp and ratelimit-headers do not read the two older forms of a date, which a recipient must accept.
# - httpx-retries and urllib3 do not give up at their limits of 120 seconds and 6 hours. They ask again at the limit, before the
#   time that the server set.
# - ratelimit-headers ignores `Retry-After` if the response also has the X-Rate-Limit fields. Okta sends its limits in these
#   fields, and a 503 may have both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet urllib3==2.8.0 httpx-retries==0.6.0 retryhttp==1.5.0 retryhop==0.1.1 \
    ratelimit-headers==0.1.0 httpx==0.28.1 requests aiohttp
"$folder/venv/bin/python" - <<'PYTHON'
import logging, sys, time
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from unittest import mock

import httpx, httpx_retries, ratelimit_headers, retryhop, retryhttp, tenacity, urllib3

logging.disable(logging.CRITICAL)
names = ["urllib3", "httpx-retries", "retryhttp", "retryhop", "ratelimit-headers"]
LIMITS = {"X-Rate-Limit-Limit": "600", "X-Rate-Limit-Remaining": "599", "X-Rate-Limit-Reset": "1"}


def refusal(fields):
    request = httpx.Request("GET", "https://acme.okta.com/api/v1/users")
    response = httpx.Response(503, headers=fields, request=request)
    return httpx.HTTPStatusError("refused", request=request, response=response)


def of_urllib3(fields):
    waits = []
    with mock.patch("time.sleep", waits.append):
        urllib3.Retry(3).sleep(urllib3.HTTPResponse(headers=fields, status=503))
    return sum(waits)


def of_httpx_retries(fields):
    waits = []
    with mock.patch("time.sleep", waits.append):
        httpx_retries.Retry().sleep(refusal(fields).response)
    return sum(waits)


def of_retryhttp(fields):
    state = tenacity.RetryCallState(None, None, (), {})
    error = refusal(fields)
    state.set_exception((type(error), error, None))
    return retryhttp.wait_retry_after(fallback=None)(state)


def of_retryhop(fields): return retryhop.retry_after_of(refusal(fields))
def of_ratelimit_headers(fields): return ratelimit_headers.parse(fields).retry_after


def word(helper, fields):
    try:
        seconds = helper(fields)
    except ValueError:
        return "error"
    return "ignored" if seconds is None else int(seconds + 30) // 60


now = datetime.now(timezone.utc)
minute, day = now + timedelta(minutes=1), now + timedelta(days=1, minutes=1)
fixed, dashes, asctime = "%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"
# For each form: the minutes to wait, and the minutes that the helpers wait.
cases = [
    ("seconds", {"Retry-After": "60"}, 1, [1, 1, 1, 1, 1]),
    ("a date", {"Retry-After": minute.strftime(fixed)}, 1, [1, 1, 1, 1, 1]),
    ("a date of RFC 850", {"Retry-After": minute.strftime(dashes)}, 1, [1, 1, "error", 1, "ignored"]),
    ("a date of asctime", {"Retry-After": minute.strftime(asctime)}, 1, [1, 1, "error", 1, "ignored"]),
    ("a day and a minute", {"Retry-After": day.strftime(fixed)}, 1441, [360, 2, 1, 1441, 1441]),
    ("86460 seconds", {"Retry-After": "86460"}, 1441, [360, 2, "error", 1441, 1441]),
    ("with X-Rate-Limit", {"Retry-After": "60", **LIMITS}, 1, [1, 1, 1, 1, "ignored"]),
]
failed = False
print(*(f"{name} {version(name)}" for name in names))
for name, fields, right, expected in cases:
    seen = [word(globals()["of_" + helper.replace("-", "_")], fields) for helper in names]
    print(f"{name} ({right} min): " + ", ".join(f"{helper} {value}" for helper, value in zip(names, seen)))
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
