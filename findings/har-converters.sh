#!/usr/bin/env bash
# Do tools that turn recorded requests (a HAR file) into a collection or a test send the recorded requests?
#
# Versions: har2postman 0.1.3, har2requests 0.2.3 with black 25.11.0, har2case 0.3.1, har2tavern 0.0.2; requests 2.34.2; CPython
# 3.11.
# Expected: Each recorded request is sent once, with its address, fields and body. A request without a body needs no `postData` in
# a HAR file, and a list or an object without members is a body.
# Seen, without an error unless stated:
# - har2postman writes a PUT and a PATCH without their bodies. A parameter whose value has an equals sign, as of a cursor that is
#   not escaped, is cut to the text after its last one, which is nothing for YQ==. A port is written twice.
# - har2requests sends no body for a PATCH, {} and []. For a POST without `postData`, as of an activation, it ends with a
#   KeyError, and no request of the file is converted.
# - har2requests and har2case write parameters as a dictionary, so only the last of two `expand` is sent. har2requests, har2case
#   and har2tavern do the same to a form.
# - har2case drops `Accept`.
# - har2tavern installs commands named har2requests and har2locust, which are the names of other packages' commands. The package
#   that is installed last decides which program runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check har2postman==0.1.3 har2requests==0.2.3 black==25.11.0 \
    har2case==0.3.1 har2tavern==0.0.2 requests==2.34.2 PyYAML==6.0.3 jsonpath==0.82.2 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
PATH=$folder/venv/bin:$PATH "$folder/venv/bin/python" - <<'PYTHON'
import glob, json, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distribution
from urllib.parse import parse_qsl, urlsplit

import requests, yaml

arrived = []


class Org(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode().replace(": ", ":")
        accept = "" if self.headers.get("Accept") == "application/json" else "other Accept"
        arrived.append(" ".join(filter(None, [self.command, self.path, body, accept])))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_PATCH = answer


org = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=org.serve_forever, daemon=True).start()
URL = f"http://127.0.0.1:{org.server_port}"
FORM = "application/x-www-form-urlencoded"


def record(method, path, body=None, media="application/json", empty=True):
    fields = [{"name": "Accept", "value": "application/json"}]
    query = [{"name": name, "value": value} for name, value in parse_qsl(urlsplit(path).query)]
    request = {"method": method, "url": URL + path, "httpVersion": "HTTP/1.1", "headers": fields, "queryString": query,
               "cookies": [], "headersSize": -1, "bodySize": -1}
    if body is not None:
        fields.append({"name": "Content-Type", "value": media})
        request["postData"] = {"mimeType": media, "text": body}
        if media == FORM:
            request["postData"]["params"] = [{"name": name, "value": value} for name, value in parse_qsl(body)]
    elif method == "POST" and empty:
        request["postData"] = {"mimeType": "", "text": ""}
    response = {"status": 200, "statusText": "", "httpVersion": "HTTP/1.1", "headers": [], "cookies": [], "redirectURL": "",
                "content": {"size": 2, "mimeType": "application/json", "text": "{}"}, "headersSize": -1, "bodySize": -1}
    return {"startedDateTime": "2026-11-30T10:00:00Z", "time": 1, "request": request, "response": response, "cache": {},
            "timings": {"send": 0, "wait": 0, "receive": 0}}


def convert(entries, *command):
    with open("record.har", "w") as file:
        log = {"version": "1.2", "creator": {"name": "test", "version": "1"}, "pages": [], "entries": entries}
        json.dump({"log": log}, file)
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise ValueError(done.stderr)
    return done.stdout


def by_postman(entries):
    convert(entries, "har2postman", "record.har")
    with open("record.json") as file:
        items = [item["request"] for item in json.load(file)["item"]]
    for item in items:
        url, body = item["url"], item["body"] or {}
        query = "&".join(f"{each['key']}={each['value']}" for each in url["query"])
        # The host contains the port, which is also in url["port"].
        address = f"{url['protocol']}://{'.'.join(url['host'])}{'/'.join(url['path'])}" + (f"?{query}" if query else "")
        form = [(each["key"], each["value"]) for each in body.get("urlencoded", [])]
        requests.request(item["method"], address, data=body.get("raw", form),
                         headers={each["key"]: each["value"] for each in item["header"]})


def by_requests(entries):
    code = "from har2requests import main; main()"  # The command of this name may be the one of har2tavern.
    exec(convert(entries, sys.executable, "-c", code, "--no-infer", "record.har"), {})


def by_case(entries):
    convert(entries, "har2case", "record.har", "-2y")
    with open("record.yml") as file:
        for step in yaml.safe_load(file)["teststeps"]:
            requests.request(**step["request"])


def by_tavern(entries):
    convert(entries, "har2tavern", "record.har")
    for name in sorted(glob.glob("*.tavern.yaml"), key=lambda name: int(name.split("_")[2].split(".")[0])):
        with open(name) as file:
            requests.request(**yaml.safe_load(file)["stages"][0]["request"])


TOOLS = {"har2postman": by_postman, "har2requests": by_requests, "har2case": by_case, "har2tavern": by_tavern}
# For each recorded request: what other requests some tools lead to.
CASES = {
    "a list": (record("GET", "/users?limit=2"), "GET /users?limit=2", {}),
    "a repeated parameter": (record("GET", "/users?expand=a&expand=b"), "GET /users?expand=a&expand=b", {
        "har2requests": "GET /users?expand=b", "har2case": "GET /users?expand=b"}),
    "a cursor": (record("GET", "/users?after=YQ=="), "GET /users?after=YQ==", {
        "har2postman": "GET /users?after=", "har2requests": "GET /users?after=YQ%3D%3D",
        "har2case": "GET /users?after=YQ%3D%3D"}),
    "a POST": (record("POST", "/users", '{"a":null}'), 'POST /users {"a":null}', {}),
    "a PUT": (record("PUT", "/users/ada%2Fops", '{"a":1}'), 'PUT /users/ada%2Fops {"a":1}', {
        "har2postman": "PUT /users/ada%2Fops"}),
    "a PATCH": (record("PATCH", "/users", '{"a":1}'), 'PATCH /users {"a":1}', {
        "har2postman": "PATCH /users", "har2requests": "PATCH /users"}),
    "an empty object": (record("POST", "/users", "{}"), "POST /users {}", {"har2requests": "POST /users"}),
    "an empty list": (record("POST", "/users", "[]"), "POST /users []", {"har2requests": "POST /users"}),
    "a form": (record("POST", "/token", "resource=a&resource=b", FORM), "POST /token resource=a&resource=b", {
        "har2requests": "POST /token resource=b", "har2case": "POST /token resource=b", "har2tavern": "POST /token resource=b"}),
}
failed = False
seen = {}
for tool, send in TOOLS.items():
    del arrived[:]
    send([entry for entry, _, _ in CASES.values()])
    seen[tool] = list(arrived)
for number, (name, (_, right, expected)) in enumerate(CASES.items()):
    expected = {tool: expected.get(tool, right) + (" other Accept" if tool == "har2case" else "") for tool in TOOLS}
    here = {tool: sent[number] if len(sent) == len(CASES) else "an error" for tool, sent in seen.items()}
    print(f"{name}: {right}", *(f"- {tool} {text}" for tool, text in here.items() if text != right))
    if here != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
try:
    by_requests([record("POST", "/users/1/activate", empty=False)])
    text = "no error"
except ValueError as error:
    text = str(error).strip().splitlines()[-1]
print("har2requests, a POST without postData:", text)
if text != "KeyError: 'postData'":
    failed = True
    print("  changed: expected KeyError: 'postData'", file=sys.stderr)
commands = sorted(each.name for each in distribution("har2tavern").entry_points)
print("commands that har2tavern installs:", commands)
if commands != ["har2locust", "har2requests", "har2tavern"]:
    failed = True
    print("  changed", file=sys.stderr)
sys.exit(failed)
PYTHON
