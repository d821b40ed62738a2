#!/usr/bin/env bash
# Does an event of the System Log arrive whole when a Python program passes it to `logging` with a handler for a log store?
#
# Versions: graypy 2.1.0, pygelf 0.4.3, python-logstash 0.4.8, python-logging-loki 0.3.1, splunk-handler 3.0.0, ecs-logging 2.3.0,
# logfmter 0.0.12, logfmt 0.4, rfc5424-logging-handler 1.4.3; CPython 3.11.
# Expected: The members that are passed as `extra` arrive with their names and values. A store that answers 503 or 429 gets the
# event later, or the program learns that it is lost.
# Seen, without an error except where stated:
# - graypy and pygelf ignore the status: after one 503 the event is lost. python-logging-loki prints an error and loses it too.
#   splunk-handler repeats after a 503, and loses all queued events after a 429, with a message.
# - splunk-handler sends only the message by default, and none of the members.
# - python-logstash drops `id`, so an event of a user has no user.
# - ecs-logging drops members that are null, and python-logging-loki joins `cost-center` and `cost_center` into one label.
# - graypy and pygelf send objects, lists and null as additional fields, for which GELF allows texts and numbers only.
# - logfmter writes null and an empty title alike, and a list as Python writes it. logfmt reads the empty title as true, and ends a
#   record at the first backslash in a value: the path is true, and the members after it are lost. It writes a line end unescaped.
# - rfc5424-logging-handler cuts names to the 32 characters of RFC 5424, so two long names become one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet graypy==2.1.0 pygelf==0.4.3 python-logstash==0.4.8 python-logging-loki==0.3.1 \
    splunk-handler==3.0.0 ecs-logging==2.3.0 logfmter==0.0.12 logfmt==0.4 rfc5424-logging-handler==1.4.3
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON' 2>errors.txt || { tail -n 20 errors.txt >&2; exit 1; }
import io, json, logging, re, socket, sys, threading, zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import ecs_logging, graypy, logfmt, logfmter, logging_loki, logstash, pygelf, rfc5424logging, splunk_handler

arrived, statuses = [], []
waiting = threading.Condition()


class Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status = statuses.pop(0) if statuses else 204
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        with waiting:
            arrived.append((status, body))
            waiting.notify_all()


server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
threading.Thread(target=server.serve_forever, daemon=True).start()
store = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
store.bind(("127.0.0.1", 0))
store.settimeout(5)
port, datagrams = server.server_port, store.getsockname()[1]
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def logger(handler):
    made = logging.Logger("okta")
    made.addHandler(handler)
    return made


def delivery(make, status, requests):
    """Which of two events the store accepts, if it answers the first request with a status."""
    arrived.clear()
    statuses[:] = [status]
    handler = make()
    for event in ("first", "second"):
        logger(handler).warning(event)
        with waiting:
            if requests == 2:
                waiting.wait_for(lambda: event in str(arrived), 5)
    handler.flush()
    with waiting:
        waiting.wait_for(lambda: len(arrived) >= requests, 5)
        waiting.wait_for(lambda: len(arrived) > requests, 1)
        return [event for event in ("first", "second") if any(code == 204 and event in body for code, body in arrived)]


def splunk(**more):
    return splunk_handler.SplunkHandler(host="127.0.0.1", port=port, token="t", index="main", protocol="http", verify=False,
                                        flush_interval=0.2, **more)


def loki():
    return logging_loki.LokiHandler(url=f"http://127.0.0.1:{port}/loki/api/v1/push", version="1")


STORES = {"graypy": lambda: graypy.GELFHTTPHandler("127.0.0.1", port, compress=False),
          "pygelf": lambda: pygelf.GelfHttpHandler("127.0.0.1", port, compress=False), "python-logging-loki": loki}
for name, make in STORES.items():
    check(f"503, {name}", delivery(make, 503, 2), ["second"])
check("503, splunk-handler", delivery(lambda: splunk(retry_backoff=0.1), 503, 2), ["first", "second"])
check("429, splunk-handler", delivery(splunk, 429, 1), [])

event = {"id": "00u1", "uuid": "e1", "outcome": {"result": "FAILURE"}, "title": None, "groups": ["Sales"]}


def last_request(handler, **extra):
    arrived.clear()
    logger(handler).warning("User login", extra=extra)
    handler.flush()
    with waiting:
        waiting.wait_for(lambda: arrived, 5)
    return json.loads(arrived[-1][1])


def datagram(handler, **extra):
    logger(handler).warning("User login", extra=extra)
    body = store.recv(65536)
    return zlib.decompress(body).decode() if body[0] == 0x78 else body.decode()


def members(text):
    return {name: value for name, value in json.loads(text).items() if name.lstrip("_") in event}


check("splunk-handler", last_request(splunk(), **event)["event"], "User login")
check("python-logstash", members(datagram(logstash.UDPLogstashHandler("127.0.0.1", datagrams, version=1), **event)),
      {name: value for name, value in event.items() if name != "id"})
labels = last_request(loki(), tags={"cost-center": "R", "cost_center": "S"})["streams"][0]["stream"]
check("python-logging-loki", {name: value for name, value in labels.items() if name.startswith("cost")}, {"cost_center": "S"})
gelf = {"_" + name: value for name, value in event.items() if name != "id"}
check("graypy", members(datagram(graypy.GELFUDPHandler("127.0.0.1", datagrams), **event)), gelf)
check("pygelf", members(datagram(pygelf.GelfUdpHandler("127.0.0.1", datagrams, include_extra_fields=True), **event)), gelf)


def formatted(formatter, **extra):
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(formatter)
    logger(handler).warning("User login", extra=extra)
    return output.getvalue().rstrip("\n")


check("ecs-logging", members(formatted(ecs_logging.StdlibFormatter(), **event)),
      {name: value for name, value in event.items() if value is not None})
check("logfmter", formatted(logfmter.Logfmter(), title="", department=None, groups=["Sales", "IT"]),
      "at=WARNING msg=\"User login\" title= department= groups=\"['Sales', 'IT']\"")
check("logfmt, read", list(logfmt.parse(io.StringIO(r'id=00u1 title= path="C:\\temp" active=true result=FAILURE'))),
      [{"id": "00u1", "title": True, "path": True}])
check("logfmt, written", list(logfmt.format({"note": "a\nb"})), ['note="a\nb"'])
long = "custom-attribute-number-with-prefix-"
text = datagram(rfc5424logging.Rfc5424SysLogHandler(address=("127.0.0.1", datagrams)),
                structured_data={"okta@32473": {long + "1": "R", long + "2": "S"}})
check("rfc5424-logging-handler", re.findall(r"\[okta.*?\]", text), ['[okta@32473 custom-attribute-number-with-pre="R" custom-attribute-number-with-pre="S"]'])
sys.exit(failed)
PYTHON
