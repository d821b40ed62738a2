#!/usr/bin/env bash
# Is a subset of an OpenAPI document, or a document after an overlay, valid and as requested?
#
# Versions: filter-openapi 0.1.2, oas-patch 0.6.0 (for overlays in the format of the OpenAPI Initiative), openapi-spec-validator
# 0.8.5; CPython 3.11.
# Expected: Operations with a tag are kept together with everything they refer to. An overlay removes what its target selects.
# What a tool does not support is an error.
# Seen with filter-openapi, with exit status 0 except where stated:
# - Schemas that only `discriminator.mapping` names, such as Okta's factors, are removed. The mapping still names them.
# - Schemas used in `components/responses`, such as Okta's error, are removed too. The references have no target, and
#   openapi-spec-validator refuses the result.
# - Parameters beside the methods of a path, as in most of Okta's paths, end the program: "AttributeError: 'list' object has no
#   attribute 'get'".
# Seen with oas-patch, with exit status 0:
# - `remove: false`, the default of the specification, removes the target. The `update` in the same action is not applied.
# - Removing the first tag of each of three operations removes three tags of each. A target with an index is applied everywhere,
#   once per match.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet filter-openapi==0.1.2 oas-patch==0.6.0 openapi-spec-validator==0.8.5
cd "$folder"
venv/bin/python - <<'PYTHON'
import copy, json, subprocess, sys
from importlib.metadata import version

import yaml

text, failed = {"type": "string"}, False


def body(name):
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


def operation(name, *tags):
    responses = {"200": {"description": "The factor", **body("Factor")}, "429": {"$ref": "#/components/responses/TooMany"}}
    return {"operationId": name, "tags": list(tags), "responses": responses}


mapping = {"push": "#/components/schemas/PushFactor"}
document = {
    "openapi": "3.0.3", "info": {"title": "Factors", "version": "1"},
    "paths": {"/factors": {"get": operation("list", "Factor", "User", "Read", "Public"),
                           "post": operation("enroll", "Factor", "User", "Write", "Public")},
              "/first": {"get": operation("first", "Factor", "User", "Read", "Public")}},
    "components": {
        "responses": {"TooMany": {"description": "Too many requests", **body("Error")}},
        "schemas": {
            "Error": {"type": "object", "properties": {"errorCode": dict(text)}},
            "Factor": {"type": "object", "required": ["factorType"], "properties": {"factorType": dict(text)},
                       "discriminator": {"propertyName": "factorType", "mapping": mapping}},
            "PushFactor": {"allOf": [{"$ref": "#/components/schemas/Factor"},
                                     {"type": "object", "properties": {"device": dict(text)}}]}}}}


def write(name, value):
    with open(name, "w") as output:
        json.dump(value, output)


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def run(*command):
    return subprocess.run([f"venv/bin/{command[0]}", *command[1:]], capture_output=True, text=True)


def filtered(value):
    write("document.yaml", value)
    write("filter.json", {"allowedTags": ["Factor"], "pathFilters": {}})
    return run("python", "-m", "filter_openapi", "-c", "filter.json", "-o", "part.yaml", "document.yaml")


def patched(**action):
    write("document.yaml", document)
    write("overlay.yaml", {"overlay": "1.0.0", "info": {"title": "Patch", "version": "1"}, "actions": [action]})
    result = run("oas-patch", "overlay", "document.yaml", "overlay.yaml", "-o", "patched.yaml")
    check("oas-patch, exit status", result.returncode, 0)
    return yaml.safe_load(open("patched.yaml"))["paths"]


print(*(f"{name} {version(name)}" for name in ("filter-openapi", "oas-patch")))
write("document.yaml", document)
check("exit status of openapi-spec-validator for the document", run("openapi-spec-validator", "document.yaml").returncode, 0)
check("filter-openapi, exit status", filtered(document).returncode, 0)
part = yaml.safe_load(open("part.yaml"))
schemas = part["components"]["schemas"]
check("  schemas that are kept of Error, Factor and PushFactor", sorted(schemas), ["Factor"])
check("  mapping of Factor", schemas["Factor"]["discriminator"]["mapping"], mapping)
result = run("openapi-spec-validator", "part.yaml")
check("  openapi-spec-validator refuses the part, since Error does not exist",
      (result.returncode, "'/components/schemas/Error' does not exist" in result.stdout + result.stderr), (2, True))
beside = copy.deepcopy(document)
beside["paths"]["/factors"]["parameters"] = [{"name": "after", "in": "query", "schema": text}]
result = filtered(beside)
check("filter-openapi, parameters beside the methods", (result.returncode, result.stderr.strip().splitlines()[-1]),
      (1, "AttributeError: 'list' object has no attribute 'get'"))

paths = patched(target="$.paths['/factors'].post", remove=False, update={"summary": "Enrolls a factor"})
check("  methods after `remove: false`", list(paths["/factors"]), ["get"])
paths = patched(target="$.paths.*.*.tags[0]", remove=True)
check("  tags after the removal of the first of each", [each["tags"] for path in paths.values() for each in path.values()],
      [["Public"]] * 3)
sys.exit(failed)
PYTHON
