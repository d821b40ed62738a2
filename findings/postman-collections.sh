#!/usr/bin/env bash
# Do tools that run or convert a Postman collection, as Okta publishes them, send what Postman sends?
#
# Versions: postman_runner 0.2.0, python_postman 0.9.1, postman2pytest 1.3.0 with pytest 9.0.2 and requests 2.34.2, and
# postman2openapi 1.0.1; CPython 3.11.
# Expected: `{{url}}` and other variables are replaced in addresses and bodies. `:userId` is replaced by the value that the
# request states. A form is sent as a form, and the authorization of the collection is sent with each request that has none. A
# converter keeps each request, and a folder is no part of an address.
# Seen, without an error:
# - postman_runner and postman2pytest send /users/:userId, and no authorization of the collection. python_postman replaces :userId
#   by a variable of the collection that has this name, so it deletes another user than the request states.
# - python_postman sends a form as JSON, with the media type application/json.
# - postman2pytest, which got the values of the variables, sends the login {{login}}. A number that is a variable is invalid JSON
#   to it, and is not sent. Each test requires 200, so a DELETE that returns 204 fails.
# - postman_runner prints PASS for a request that returns 500.
# - postman2openapi writes the folder into each path, and `{{userId}}` and :userId as fixed text, without a parameter. Of two
#   requests with one path and method it keeps the last one. A form has no media type.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check postman_runner==0.2.0 python_postman==0.9.1 \
    postman2pytest==1.3.0 postman2openapi==1.0.1 pytest==9.0.2 requests==2.34.2 httpx==0.28.1 2>"$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
PATH=$folder/venv/bin:$PATH "$folder/venv/bin/python" - <<'PYTHON'
import asyncio, json, os, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from postman2openapi import PostmanToOpenAPIConverter, read_postman_collection
from python_postman import PythonPostman
from python_postman.execution import RequestExecutor

arrived = []


class Org(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode().replace(": ", ":").replace(", ", ",")
        media = (self.headers.get("Content-Type") or "").split("/")[-1] if body else ""
        secret = "" if self.headers.get("Authorization") == "SSWS x" else "without authorization"
        arrived.append(" ".join(filter(None, [self.command, self.path, media, body, secret])))
        self.send_response({"DELETE": 204, "PATCH": 500}.get(self.command, 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer


org = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=org.serve_forever, daemon=True).start()


def item(name, method, path, body=None, query=None, **url):
    address = {"raw": "{{url}}" + path, "host": ["{{url}}"], "path": path.split("?")[0].strip("/").split("/"), **url}
    if query:
        address["query"] = query
    mode = "raw" if isinstance(body, str) else "urlencoded"
    fields = [{"key": "Content-Type", "value": "application/json"}] if mode == "raw" and body else []
    request = {"method": method, "header": fields, "url": address, **({"body": {"mode": mode, mode: body}} if body else {})}
    return {"name": name, "request": request, "response": []}


FORM = [{"key": "grant_type", "value": "a"}, {"key": "scope", "value": "b"}]
items = [
    item("staged", "POST", "/users?activate=false", '{"login":"{{login}}","title":null}',
         [{"key": "activate", "value": "false"}]),
    item("active", "POST", "/users?activate=true", '{"login":"bob"}', [{"key": "activate", "value": "true"}]),
    item("rule", "PUT", "/rules/{{userId}}", '{"priority":{{priority}}}'),
    item("deletion", "DELETE", "/users/:userId", variable=[{"key": "userId", "value": "00u9"}]),
    item("token", "POST", "/token", FORM),
    item("patch", "PATCH", "/users", "{}"),
]
values = [{"key": name, "value": value, "enabled": True} for name, value in
          {"url": f"http://127.0.0.1:{org.server_port}", "userId": "00u1", "login": "ada", "priority": "1"}.items()]
auth = {"type": "apikey", "apikey": [{"key": "key", "value": "Authorization"}, {"key": "value", "value": "SSWS x"},
                                     {"key": "in", "value": "header"}]}
schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
with open("collection.json", "w") as file:
    json.dump({"info": {"name": "Users", "schema": schema}, "auth": auth, "variable": values,
               "item": [{"name": "Users", "item": items}]}, file)
with open("environment.json", "w") as file:
    json.dump({"name": "org", "values": values}, file)

NAMES = [each["name"] for each in items]
RIGHT = ['POST /users?activate=false json {"login":"ada","title":null}', 'POST /users?activate=true json {"login":"bob"}',
         'PUT /rules/00u1 json {"priority":1}', "DELETE /users/00u9", "POST /token x-www-form-urlencoded grant_type=a&scope=b",
         "PATCH /users json {}"]
without = [text + " without authorization" for text in RIGHT]
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
    return done.stdout + done.stderr


def compare(tool, expected):
    print(f"{tool}:")
    for number, seen in enumerate(arrived):
        print(f"  {seen}")
    check("  as expected", arrived == expected, True)
    del arrived[:]


async def execute():
    await RequestExecutor().execute_collection(PythonPostman.from_file("collection.json"))


literal = ["DELETE /users/:userId without authorization"]
printed = run("postman-runner", "--collection", "collection.json", "--environment", "environment.json", "--run-all")
compare("postman_runner", without[:3] + literal + without[4:])
lines = [line.strip() for line in printed.splitlines() if "patch: " in line]
check("postman_runner, a 500", lines, ["patch: PASS (status: 500)"])
asyncio.run(execute())
compare("python_postman", RIGHT[:3] + ["DELETE /users/00u1", 'POST /token json {"grant_type":"a","scope":"b"}', RIGHT[5]])
run("postman2pytest", "--collection", "collection.json", "--out", "test_users.py", "--env", "environment.json")
printed = run("pytest", "-q", "-p", "no:cacheprovider", "--tb=line", "test_users.py")
compare("postman2pytest", ['POST /users?activate=false json {"login":"{{login}}","title":null} without authorization', without[1],
                           *literal, *without[4:]])
check("postman2pytest, tests that fail", sorted(name for name in NAMES if f"_{name} " in printed.split("summary")[-1]),
      ["deletion", "patch", "rule"])
document = PostmanToOpenAPIConverter().parse_postman_collection(read_postman_collection("collection.json"))
paths = document["paths"]
found = sorted(f"{method.upper()} {path}" for path, operations in paths.items() for method in operations)
check("postman2openapi, paths", found, [
    "DELETE /Users/users/:userId", "PATCH /Users/users", "POST /Users/token", "POST /Users/users", "PUT /Users/rules/{{userId}}"])
check("postman2openapi, POST /users", paths["/Users/users"]["post"]["summary"], "active")
check("postman2openapi, the form", paths["/Users/token"]["post"]["requestBody"]["content"], {})
check("postman2openapi, parameters of the deletion", paths["/Users/users/:userId"]["delete"].get("parameters"), None)
sys.exit(failed)
PYTHON
