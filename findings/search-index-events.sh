#!/usr/bin/env bash
# What do the bulk helpers of two search engines send for unmodified events of the System Log?
#
# Versions: elasticsearch 9.5.1, opensearch-py 3.2.0; CPython 3.11.
# Expected: A document without members that start with an underscore is sent unchanged, and the line before it names the action.
# `helpers.bulk(client, events, index="okta")` stores each event as Okta sent it.
# Seen:
# - Each event of the System Log has a member `version` with the value "0". Both libraries remove it from the document and write
#   it into the line of the action. There it asks the server to check the version of a stored document. The same happens in
#   streaming_bulk, parallel_bulk and async_bulk. A server that ignores it stores an event without `version`.
# - The members `parent` and `routing` of any document are moved in the same way.
# - With the document under `_source` the event is sent unchanged.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check elasticsearch==9.5.1 opensearch-py==3.2.0 aiohttp==3.14.5
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio, json, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import elasticsearch, elasticsearch.helpers, opensearchpy, opensearchpy.helpers

EVENT = {"uuid": "1", "version": "0", "published": "2026-11-29T12:00:00.123Z", "eventType": "user.session.start"}
sent = []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        lines = self.rfile.read(int(self.headers["Content-Length"])).decode().splitlines()
        sent.extend(map(json.loads, lines))
        items = [{"index": {"_id": str(number), "status": 201}} for number in range(len(lines) // 2)]
        text = json.dumps({"errors": False, "items": items}).encode()
        self.send_response(200)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_PUT = do_POST


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"


def lines_of(send):
    """The two lines of the request: the action, and the document."""
    sent.clear()
    send()
    return sent[:]


async def send_asynchronously(package, client_class):
    async with client_class(address) as client:
        await package.helpers.async_bulk(client, [EVENT], index="okta")


moved = [{"index": {"version": "0"}}, {name: value for name, value in EVENT.items() if name != "version"}]
clients = {
    "elasticsearch": (elasticsearch, elasticsearch.Elasticsearch(address), elasticsearch.AsyncElasticsearch),
    "opensearch-py": (opensearchpy, opensearchpy.OpenSearch(address), opensearchpy.AsyncOpenSearch),
}
failed = False
for name, (package, client, client_class) in clients.items():
    helpers = package.helpers
    print(name, version(name))
    user = {"login": "ada", "parent": "00u2", "routing": "Berlin"}
    cases = [
        ("bulk", lambda: helpers.bulk(client, [EVENT], index="okta"), moved),
        ("streaming_bulk", lambda: list(helpers.streaming_bulk(client, [EVENT], index="okta")), moved),
        ("parallel_bulk", lambda: list(helpers.parallel_bulk(client, [EVENT], index="okta")), moved),
        ("async_bulk", lambda: asyncio.run(send_asynchronously(package, client_class)), moved),
        ("bulk, with _id", lambda: helpers.bulk(client, [{"_id": "1", **EVENT}], index="okta"),
         [{"index": {"_id": "1", "version": "0"}}, moved[1]]),
        ("bulk, parent and routing", lambda: helpers.bulk(client, [user], index="okta"),
         [{"index": {"parent": "00u2", "routing": "Berlin"}}, {"login": "ada"}]),
        ("bulk, with _source", lambda: helpers.bulk(client, [{"_id": "1", "_source": EVENT}], index="okta"),
         [{"index": {"_id": "1"}}, EVENT]),
    ]
    for what, send, expected in cases:
        seen = lines_of(send)
        print(f"  {what}: {json.dumps(seen[0])}, document: {' '.join(seen[1])}")
        if seen != expected:
            failed = True
            print(f"  changed: expected {expected}, seen {seen}", file=sys.stderr)
sys.exit(failed)
PYTHON
