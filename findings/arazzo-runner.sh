#!/usr/bin/env bash
# Does an Arazzo workflow runner retry a call after a rate limit, and stop when a call fails for good?
#
# Version: arazzo-runner 0.9.6; CPython 3.11. The document is Arazzo 1.0.1, its source description OpenAPI 3.0.
# Expected: `type: retry` with `retryAfter` and `retryLimit` sends the request again. A workflow with a failed step ends with an
# error. `criteria` decide which action is taken. Conditions are evaluated as the specification says.
# Seen:
# - A failed step with a retry action is never sent again. The runner goes on with the next step and reports
#   `workflow_complete`, without an error. After a 429 the user is not deactivated, and the next step deletes it. Without the
#   retry action the workflow ends with `error`.
# - The criteria of an action are never met, because they are evaluated without the response. `$statusCode == 429` of a retry is
#   false after a 429. `$statusCode == 200` of an `end` is false after a 200, so the later steps run.
# - A condition that starts with `$response.body#/` is evaluated as one comparison. `... == 'ACTIVE' && $statusCode == 200` is
#   false, although the same two parts in the other order are true. Conditions with parentheses, `!` or `$response.header` are
#   false too, and so is a comparison of strings that differ in case. The specification has all of these.
# - A boolean query parameter is written as `True` or `False`: `activate=False`.
# - A string in a body that starts with `$`, such as "$5 a month", is replaced by null.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet arazzo-runner==0.9.6
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import json, logging, pathlib, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from arazzo_runner import ArazzoRunner

logging.disable(logging.CRITICAL)
folder, requests, statuses = pathlib.Path(sys.argv[1]), [], []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        requests.append(f"{self.command} {self.path} {body}".strip())
        status = statuses.pop(0) if statuses else 200
        text = json.dumps({"status": "ACTIVE"} if status == 200 else {"errorCode": "E0000047"}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Rate-Limit-Limit", "600")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_DELETE = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
done = {"200": {"description": "Done"}}
identifier = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
activate = [{"name": "activate", "in": "query", "schema": {"type": "boolean"}}]
body = {"content": {"application/json": {"schema": {"type": "object"}}}}
(folder / "api.json").write_text(json.dumps({
    "openapi": "3.0.3", "info": {"title": "Org", "version": "1"},
    "servers": [{"url": f"http://127.0.0.1:{server.server_port}"}],
    "paths": {
        "/users": {"post": {"operationId": "create", "parameters": activate, "requestBody": body, "responses": done}},
        "/users/{id}": {"parameters": identifier, "get": {"operationId": "get", "responses": done},
                        "delete": {"operationId": "delete", "responses": done}},
        "/users/{id}/deactivate": {"parameters": identifier, "post": {"operationId": "deactivate", "responses": done}},
    }}))


def step(operation, **members):
    return {"stepId": operation, "operationId": operation,
            "parameters": [{"name": "id", "in": "path", "value": "00u1"}], **members}


def run(*steps, refusals=()):
    """The status of the workflow and the requests that it sent."""
    (folder / "workflow.json").write_text(json.dumps({
        "arazzo": "1.0.1", "info": {"title": "Offboard", "version": "1"},
        "sourceDescriptions": [{"name": "org", "url": str(folder / "api.json"), "type": "openapi"}],
        "workflows": [{"workflowId": "offboard", "steps": steps}]}))
    requests.clear()
    statuses[:] = refusals
    result = ArazzoRunner.from_arazzo_path(str(folder / "workflow.json")).execute_workflow("offboard", {})
    return result.status.value, list(requests)


failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(f"arazzo-runner {version('arazzo-runner')}")
POST, DELETE, GET = "POST /users/00u1/deactivate", "DELETE /users/00u1", "GET /users/00u1"
again = {"name": "again", "type": "retry", "retryAfter": 1, "retryLimit": 3}
of_429 = {**again, "criteria": [{"condition": "$statusCode == 429"}]}
end = {"name": "end", "type": "end", "criteria": [{"condition": "$statusCode == 200"}]}
check("429, no action", run(step("deactivate"), step("delete"), refusals=[429]), ("error", [POST]))
check("429, retry", run(step("deactivate", onFailure=[again]), step("delete"), refusals=[429]),
      ("workflow_complete", [POST, DELETE]))
check("429 four times, retry", run(step("deactivate", onFailure=[again]), refusals=[429] * 4), ("workflow_complete", [POST]))
check("429, retry if it is 429", run(step("deactivate", onFailure=[of_429]), refusals=[429]), ("error", [POST]))
check("200, end if it is 200", run(step("get", onSuccess=[end]), step("delete")), ("workflow_complete", [GET, DELETE]))

conditions = {
    "$statusCode == 200": True,
    "$response.body#/status == 'ACTIVE'": True,
    "$statusCode == 200 && $response.body#/status == 'ACTIVE'": True,
    "$response.body#/status == 'ACTIVE' && $statusCode == 200": False,
    "$response.body#/status == 'active'": False,
    "($statusCode == 200)": False,
    "!($statusCode == 404)": False,
    "$response.header.X-Rate-Limit-Limit == '600'": False,
}
for condition, expected in conditions.items():
    status, _ = run(step("get", successCriteria=[{"condition": condition}]))
    check(f"condition {condition}", status == "workflow_complete", expected)

create = {"stepId": "create", "operationId": "create", "parameters": [{"name": "activate", "in": "query", "value": False}],
          "requestBody": {"contentType": "application/json", "payload": {"plan": "$5 a month"}}}
check("boolean and text", run(create), ("workflow_complete", ['POST /users?activate=False {"plan": null}']))
sys.exit(failed)
PYTHON
