#!/usr/bin/env bash
# Which changes of an OpenAPI 3.0 document do the break detectors on PyPI report?
#
# Versions: api-diff-sentinel 1.0.2, api-schema-diff 1.0.4, kryptorious-apiguard 1.0.1, breakwatch 0.1.0,
# jev-oas-sentinel 0.6.0 (without its language model); CPython 3.11.
# Expected: A change that breaks callers ends with an error. A change that keeps the meaning does not. `allOf` makes no
# difference, because Okta's document composes most schemas of subtypes with it.
# Seen:
# - A field whose type changes behind `allOf` passes all five. Without `allOf` four of them report it.
# - A removed enumeration value in a request body passes all but one. A lowered maximum passes all five.
# - Renaming a path parameter in the template breaks no caller. All five report a removed endpoint.
# - Moving a parameter from the operation to the path breaks no caller. Two of them report a break.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet api-diff-sentinel==1.0.2 api-schema-diff==1.0.4 kryptorious-apiguard==1.0.1 \
    breakwatch==0.1.0 jev-oas-sentinel==0.6.0
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import copy, json, pathlib, subprocess, sys

folder = pathlib.Path(sys.argv[1])
tools = {
    "api-diff-sentinel": ["api-diff", "--fail-on-breaking", "OLD", "NEW"],
    "api-schema-diff": ["api-schema-diff", "OLD", "NEW"],
    "apiguard": ["apiguard", "diff", "--fail-on", "warning", "OLD", "NEW"],
    "breakwatch": ["breakwatch", "diff", "OLD", "NEW"],
    "jev-oas-sentinel": ["jev-oas-sentinel", "compare", "--no-config", "--no-jev", "--mode", "enforce",
                         "--base", "OLD", "--head", "NEW"],
}


def document(is_composed):
    own = {"type": "object",
           "properties": {"status": {"type": "string", "enum": ["ACTIVE", "LOCKED"]}, "age": {"type": "integer"}}}
    common = {"type": "object", "required": ["login"], "properties": {"login": {"type": "string"}}}
    if is_composed:
        user = {"allOf": [{"$ref": "#/components/schemas/Common"}, own]}
    else:
        user = {"type": "object", "required": ["login"], "properties": {**common["properties"], **own["properties"]}}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}
    identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 200}}
    responses = {"200": {"description": "The user", "content": content}}
    return {
        "openapi": "3.0.3", "info": {"title": "Users", "version": "1"},
        "paths": {"/users/{id}": {
            "get": {"operationId": "getUser", "parameters": [identifier, limit], "responses": responses},
            "post": {"operationId": "updateUser", "parameters": [copy.deepcopy(identifier)],
                     "requestBody": {"required": True, "content": content}, "responses": responses}}},
        "components": {"schemas": {"User": user, "Common": common}},
    }


def fields(new, is_composed):
    user = new["components"]["schemas"]["User"]
    return (user["allOf"][1] if is_composed else user)["properties"]


def change_type(new, is_composed): fields(new, is_composed)["age"]["type"] = "string"
def remove_value(new, is_composed): fields(new, is_composed)["status"]["enum"] = ["ACTIVE"]
def lower_maximum(new, is_composed): new["paths"]["/users/{id}"]["get"]["parameters"][1]["schema"]["maximum"] = 100


def rename_path_parameter(new, is_composed):
    new["paths"]["/users/{userId}"] = new["paths"].pop("/users/{id}")
    for operation in new["paths"]["/users/{userId}"].values():
        operation["parameters"][0]["name"] = "userId"


def move_parameter(new, is_composed):
    path = new["paths"]["/users/{id}"]
    path["parameters"] = [path["get"]["parameters"].pop(0)]
    del path["post"]["parameters"]


# For each change, whether it breaks callers, and which tools ended with an error.
cases = [
    (change_type, False, True, [0, 1, 1, 1, 1]),
    (change_type, True, True, [0, 0, 0, 0, 0]),
    (remove_value, False, True, [0, 0, 0, 0, 1]),
    (lower_maximum, False, True, [0, 0, 0, 0, 0]),
    (rename_path_parameter, False, False, [1, 1, 1, 1, 1]),
    (move_parameter, False, False, [1, 0, 1, 0, 0]),
]
failed = False
for change, is_composed, breaks, expected in cases:
    old = document(is_composed)
    new = copy.deepcopy(old)
    change(new, is_composed)
    paths = {"OLD": folder / "old.json", "NEW": folder / "new.json"}
    paths["OLD"].write_text(json.dumps(old))
    paths["NEW"].write_text(json.dumps(new))
    seen = []
    for command in tools.values():
        words = [str(paths.get(word, word)) for word in command]
        words[0] = str(folder / "venv/bin" / words[0])
        status = subprocess.run(words, capture_output=True, cwd=folder, check=False).returncode
        seen.append(int(status != 0))
    label = change.__name__.replace("_", " ") + (" behind allOf" if is_composed else "")
    print(f"{label} ({'a break' if breaks else 'the same meaning'}): "
          + ", ".join(f"{tool} {'reports' if value else 'passes'}" for tool, value in zip(tools, seen)))
    failed |= seen != expected
sys.exit(failed)
PYTHON
