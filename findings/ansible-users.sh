#!/usr/bin/env bash
# Does a playbook of Ansible send the values of users, and read what the org returns?
#
# Versions: ansible-core 2.19.14 with Jinja2 3.1.6 and PyYAML 6.0.4; CPython 3.11.
# Expected: A redirected PUT or DELETE is repeated, or is an error. The fields of each response are complete. A filter keeps the
# elements of a list, their order and their case. An encoded login is one segment of a path. Z stands for UTC.
# Seen, without an error:
# - `uri` with `follow_redirects: all` follows a 302 after a PUT or DELETE with a GET, and the task succeeds: status 200.
# - `uri` has both `Link` fields of a 200, and only the last one of a 404 or 429.
# - `body_format: form-urlencoded` sends true as `True`, and `urlencode` of a mapping sends null as `None`.
# - `urlencode` keeps the slash of a login, so the address is that of another resource.
# - `unique` drops true beside 1. `difference` also drops repeated elements. `union` returns another order in another run, so a file
#   written from it has changed.
# - `groupby` joins the departments `sales` and `Sales` under one of the two names, and `flatten` drops null.
# - `strftime` writes local time before a literal Z, and the seconds of a time read by `to_datetime` are those of the local zone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ansible-core==2.19.14 jinja2==3.1.6 pyyaml==6.0.4 2>"$folder/log" ||
    { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" PATH="$folder/venv/bin:$PATH" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, os, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

requests, results = [], {}
SELF, NEXT = '<https://acme.okta.com/api/v1/users?limit=2>; rel="self"', '<https://acme.okta.com/api/v1/users?after=2>; rel="next"'


class Handler(BaseHTTPRequestHandler):
    """/302 redirects to /moved, each other number is a status, and /results takes what the playbook has computed."""

    def log_message(self, *arguments):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        if self.path == "/results":
            results.update(json.loads(body))
        else:
            requests.append(" ".join(part for part in (self.command, self.path, body) if part))
        status = int(self.path[1:]) if self.path[1:].isdigit() else 200
        self.send_response(status)
        for name, value in ([("Location", "/moved")] if status == 302 else [("Link", SELF), ("Link", NEXT)]):
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_DELETE = answer


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
FILTERS = {
    "urlencode, a login": "'ada/test@example.com' | urlencode",
    "urlencode, a mapping": "{'after': nothing} | urlencode",
    "unique": "[1, true, 'true'] | unique",
    "difference": "['a', 'b', 'b'] | difference(['a'])",
    "groupby": "[{'department': 'sales'}, {'department': 'Sales'}] | groupby('department') | map('first')",
    "flatten": "['a', [nothing, 'b']] | flatten",
    "strftime": "'%Y-%m-%dT%H:%M:%SZ' | strftime(1795928400)",
    "seconds": "('2026-11-29T05:00:00Z' | to_datetime('%Y-%m-%dT%H:%M:%SZ')).strftime('%s')",
    "union": "['Sales', 'IT', 'Legal', 'HR'] | union(['Support', 'Finance'])",
}


def uri(name, path, method="GET", **options):
    return {"name": name, "uri": {"url": org + path, "method": method, **options}, "register": name, "ignore_errors": True}


def play(seed, *tasks, **values):
    """What the playbook computes; JSON is YAML."""
    post = {"uri": {"url": org + "/results", "method": "POST", "body_format": "json",
                    "body": {name: "{{ " + text + " }}" for name, text in values.items()}}}
    book = [{"hosts": "localhost", "connection": "local", "gather_facts": False,
             "vars": {"ansible_python_interpreter": sys.executable, "nothing": None}, "tasks": [*tasks, post]}]
    with open("play.yml", "w") as file:
        json.dump(book, file)
    results.clear()
    subprocess.run(["ansible-playbook", "-i", "localhost,", "play.yml"], check=True, capture_output=True, timeout=300,
                   stdin=subprocess.DEVNULL, env=os.environ | {"TZ": "Europe/Berlin", "PYTHONHASHSEED": str(seed)})
    return dict(results)


failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


follow = {"follow_redirects": "all", "body_format": "json", "body": {"title": "Head"}}
seen = play(0, uri("put", "/302", "PUT", **follow), uri("delete", "/302", "DELETE", follow_redirects="all"),
            uri("form", "/token", "POST", body_format="form-urlencoded", body={"grant_type": "password", "activate": True}),
            uri("found", "/200"), uri("missing", "/404"), uri("limited", "/429"),
            put="[put.status, put is succeeded]", delete="[delete.status, delete is succeeded]",
            found="found.link", missing="missing.link", limited="limited.link")
check("requests", requests[:5], ['PUT /302 {"title": "Head"}', "GET /moved", "DELETE /302", "GET /moved",
                                 "POST /token grant_type=password&activate=True"])
check("PUT and DELETE", [seen["put"], seen["delete"]], [[200, True], [200, True]])
check("Link of a 200", seen["found"], f"{SELF}, {NEXT}")
check("Link of a 404 and a 429", [seen["missing"], seen["limited"]], [NEXT, NEXT])

runs = [play(seed, **FILTERS) for seed in range(3)]
expected = {"urlencode, a login": "ada/test%40example.com", "urlencode, a mapping": "after=None", "unique": [1, "true"],
            "difference": ["b"], "groupby": ["sales"], "flatten": ["a", "b"], "strftime": "2026-11-29T06:00:00Z",
            "seconds": "1795924800"}
for name, value in expected.items():
    check(name, runs[0][name], value)
unions = [run["union"] for run in runs]
print("union, in three runs:", unions)
check("union, the order differs", len({tuple(one) for one in unions}) > 1, True)
sys.exit(failed)
PYTHON
