#!/usr/bin/env bash
# Do all events of the System Log arrive when a Python program emits them as OpenTelemetry log records?
#
# Versions: opentelemetry-sdk 1.45.2 with its BatchLogRecordProcessor and opentelemetry-exporter-otlp-proto-http 1.45.2,
# protobuf 7.36.2; CPython 3.11. The receiver runs on this machine and accepts the protocol's messages.
# Expected: Each event is sent. An event that cannot be sent is refused when it is emitted. A full queue waits or reports.
# Seen:
# - If one of 101 events has a number of 20 digits in its body, none is sent: the exporter drops the batch of up to 512 events.
#   emit(), force_flush() and shutdown() report nothing, and force_flush() returns True. One line of the exporter's logger
#   contains the number, but not the event. If the same number is an attribute of the record, only that attribute is dropped,
#   and all events arrive.
# - Of 5,000 events emitted at once, as after five pages, 2,560 arrive if the receiver is slow for a moment. The queue has 2,048
#   places, and new events replace the oldest ones. The log has a single line, "Queue full, dropping Log.", for all 2,440, and
#   force_flush() returns True.
# - After a 500 the batch is dropped. After a 503 it is sent again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check opentelemetry-sdk==1.45.2 \
    opentelemetry-exporter-otlp-proto-http==1.45.2 protobuf==7.36.2 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import gzip, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from opentelemetry._logs import LogRecord
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor

arrived, statuses, lines = [], [], []
is_open = threading.Event()
failed = False


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_open.wait(60)
        status = statuses.pop(0) if statuses else 200
        if status == 200:
            message = ExportLogsServiceRequest.FromString(gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body)
            arrived.extend(record for resource in message.resource_logs for scope in resource.scope_logs for record in scope.log_records)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


class Lines(logging.Handler):
    def emit(self, record):
        lines.append(record.getMessage())


logging.getLogger().addHandler(Lines())
receiver = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=receiver.serve_forever, daemon=True).start()


def sent(records, *prepared, is_slow=False):
    """What arrives of the records, what force_flush() returns, and the lines of the log."""
    arrived.clear()
    lines.clear()
    statuses[:] = prepared
    provider = LoggerProvider(shutdown_on_exit=False)
    provider.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter(
        endpoint=f"http://127.0.0.1:{receiver.server_port}/v1/logs")))
    logger = provider.get_logger("okta")
    (is_open.clear if is_slow else is_open.set)()
    for index, record in enumerate(records):
        logger.emit(record)
        if is_slow and index == 511:
            wait_for_the_first_batch(provider)
    is_open.set()
    flushed = provider.force_flush()
    provider.shutdown()
    return len(arrived), flushed, len(lines)


def wait_for_the_first_batch(provider):
    """Returns when the processor has taken 512 records from its queue."""
    queue = provider._multi_log_record_processor._log_record_processors[0]._batch_processor._queue
    for _ in range(600):
        if not queue:
            return
        threading.Event().wait(0.05)
    raise SystemExit("no batch was sent")


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def events(count, **more):
    return [{"uuid": f"e{number}"} for number in range(count)] + [{"uuid": "last"} | more] * bool(more)


BIG = {"number": 12345678901234567890}
WHAT = "events that arrive, result of force_flush() and lines of the log"
print(f"opentelemetry-sdk {version('opentelemetry-sdk')}")
check(f"{WHAT}, of 101", sent([LogRecord(body=event) for event in events(100, number=7)]), (101, True, 0))
check(f"{WHAT}, with a number of 20 digits", sent([LogRecord(body=event) for event in events(100, **BIG)]), (0, True, 1))
check("that line", lines, ["Failed to encode logs batch: Value out of range: 12345678901234567890"])
check(f"{WHAT}, with that number in an attribute", sent([LogRecord(attributes=event) for event in events(100, **BIG)]), (101, True, 1))
check("attributes of that event", [attribute.key for attribute in arrived[-1].attributes], ["uuid"])
check(f"{WHAT}, of 5,000", sent([LogRecord(body=event) for event in events(5000)], is_slow=True), (2560, True, 1))
check("that line", lines, ["Queue full, dropping Log."])
check("the first and the last one after the first batch", [arrived[index].body.kvlist_value.values[0].value.string_value
                                                           for index in (511, 512, -1)], ["e511", "e2952", "e4999"])
check(f"{WHAT}, after a 503", sent([LogRecord(body=event) for event in events(100)], 503), (100, True, 1))
check(f"{WHAT}, after a 500", sent([LogRecord(body=event) for event in events(100)], 500), (0, True, 1))
sys.exit(failed)
PYTHON
