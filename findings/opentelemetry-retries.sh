#!/usr/bin/env bash
# Does a program's telemetry show that an org limits its rate, if the program uses OpenTelemetry's instrumentation?
#
# Versions: opentelemetry-sdk 1.45.1, opentelemetry-instrumentation-requests and -urllib3 0.66b1, requests 2.34.2, urllib3
# 2.8.0; CPython 3.11. The stable semantic conventions for HTTP are selected with OTEL_SEMCONV_STABILITY_OPT_IN=http.
# Expected: A span for each request that is sent, with its status and, from the second on, `http.request.resend_count`, as the
# conventions say for resends. The metric `http.client.request.duration` counts each request, by status, without the time
# between requests.
# Seen:
# - Three requests, of which two are refused with 429, make one span with status 200. No span and no metric contains a 429, and
#   no span has a resend count. So a program that spends its time at the limit looks like one without a single error.
# - The time in which urllib3 waits for `Retry-After` counts as the duration of the request: 2 seconds for responses of a few
#   milliseconds, and a minute for a usual limit of Okta.
# - If all attempts are refused, the span has an error but no status, and the metric has `error.type` RetryError (requests) or
#   no record at all (urllib3).
# - With requests, a redirect makes one span with the address of the first request and the status of the second. With urllib3 it
#   makes two.
# - The refused requests carry the `traceparent` of one span, so the traces of a proxy or server cannot tell them apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check opentelemetry-sdk==1.45.1 \
    opentelemetry-instrumentation-requests==0.66b1 opentelemetry-instrumentation-urllib3==0.66b1 requests==2.34.2 urllib3==2.8.0 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
OTEL_SEMCONV_STABILITY_OPT_IN=http "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import requests, urllib3
from opentelemetry import metrics, trace
from opentelemetry.instrumentation.requests import RequestsInstrumentor
from opentelemetry.instrumentation.urllib3 import URLLib3Instrumentor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from urllib3.util import Retry

sent, answers = [], []
failed = False


class Org(BaseHTTPRequestHandler):
    """Sends the prepared statuses, then 200."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status = answers.pop(0) if answers else 200
        sent.append((status, self.headers.get("traceparent", "").split("-")[2:3]))
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "1")
        if status == 302:
            self.send_header("Location", "/api/v1/users/00u1")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(spans))
trace.set_tracer_provider(provider)
metrics.set_meter_provider(MeterProvider(metric_readers=[reader]))
policy = Retry(total=3, status_forcelist=[429], backoff_factor=0)


def by_requests():
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(max_retries=policy))
    return session.get(f"{org}/api/v1/users/ada").status_code


def by_urllib3():
    return urllib3.PoolManager(retries=policy).request("GET", f"{org}/api/v1/users/ada").status


def counted():
    """Records of the duration so far: status, error and count."""
    result = {}
    for resource in getattr(reader.get_metrics_data(), "resource_metrics", []):
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                if metric.name == "http.client.request.duration":
                    for point in metric.data.data_points:
                        key = (point.attributes.get("http.response.status_code"), point.attributes.get("error.type"))
                        result[key] = result.get(key, 0) + point.count
    return result


def observe(call, *statuses):
    """What a call sends, and what its telemetry contains."""
    answers[:], before = statuses, counted()
    sent.clear()
    spans.clear()
    try:
        result = call()
    except Exception as error:
        result = type(error).__name__
    after = counted()
    finished = spans.get_finished_spans()
    return {
        "result": result, "sent": [status for status, _ in sent],
        "parents": len({str(parent) for _, parent in sent}),
        "spans": [span.attributes.get("http.response.status_code") for span in finished],
        "path": [span.attributes["url.full"].removeprefix(org) for span in finished],
        "resends": sum("http.request.resend_count" in span.attributes for span in finished),
        "errors": [span.status.status_code.name for span in finished],
        "seconds": [(span.end_time - span.start_time) // 1_000_000_000 for span in finished],
        "metric": {key: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key, 0)},
    }


def check(what, seen, **expected):
    global failed
    print(f"{what}:")
    print(*(f"  {name}: {value}" for name, value in seen.items()), sep="\n")
    for name, value in expected.items():
        ok = value(seen[name]) if callable(value) else seen[name] == value
        if not ok:
            failed = True
            print(f"  changed: {name} is {seen[name]}", file=sys.stderr)


print("opentelemetry-sdk", version("opentelemetry-sdk"), "instrumentation", version("opentelemetry-instrumentation-requests"))
waited = lambda seconds: len(seconds) == 1 and seconds[0] >= 2
for name, call, instrumentor, error in (("requests", by_requests, RequestsInstrumentor(), "RetryError"),
                                        ("urllib3", by_urllib3, URLLib3Instrumentor(), "MaxRetryError")):
    instrumentor.instrument()
    check(f"{name}, 429 twice and then 200", observe(call, 429, 429, 200), result=200, sent=[429, 429, 200], parents=1, spans=[200],
          resends=0, errors=["UNSET"], seconds=waited, metric={(200, None): 1})
    check(f"{name}, 429 four times", observe(call, 429, 429, 429, 429), result=error, sent=[429] * 4, spans=[None], errors=["ERROR"],
          seconds=waited, metric={(None, error): 1} if name == "requests" else {})
    check(f"{name}, 404", observe(call, 404), spans=[404], errors=["ERROR"], metric={(404, "404"): 1})
    if name == "requests":
        check(f"{name}, 302 and then 200", observe(call, 302, 200), sent=[302, 200], parents=1, spans=[200], path=["/api/v1/users/ada"],
              resends=0, metric={(200, None): 1})
    else:
        check(f"{name}, 302 and then 200", observe(call, 302, 200), sent=[302, 200], parents=2, spans=[302, 200],
              path=["/api/v1/users/ada", "/api/v1/users/00u1"], resends=0, metric={(302, None): 1, (200, None): 1})
    instrumentor.uninstrument()
sys.exit(failed)
PYTHON
