#!/usr/bin/env bash
# Does an OpenAPI 3.1 document keep its meaning when it is converted to 3.0, for tools that read no 3.1?
#
# Versions: openapi-downgrade 1.0.1, openapi-spec-validator 0.8.5, jsonschema 4.26.0; CPython 3.11. The script calls the
# conversion itself, because the command fetches a schema from the network to check its result. That check is replaced by
# openapi-spec-validator.
# Expected: "while preserving logic", as the package says. A value that is valid before is valid after, and data is not changed.
# What 3.0 cannot express is an error or a warning.
# Seen, and valid OpenAPI 3.0 except where stated:
# - `type: [number, integer]` becomes a `oneOf` of both types. An integer matches both, so no integer is valid any more.
# - With `minimum: 5` and `exclusiveMinimum: 3`, only the weaker limit remains, and 4 is valid.
# - Defaults and examples are changed as if they were schemas: the default {"const": 5} becomes {"enum": [5]}.
# - A property named `const` becomes a property `enum`, and the document is not valid.
# - A webhook, such as an event hook, becomes a callback of the document's first POST, at an address from a member `callbackUrl`
#   of its body. Creating a user then seems to subscribe to events.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openapi-downgrade==1.0.1 openapi-spec-validator==0.8.5 jsonschema==4.26.0
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import copy, sys

import jsonschema
from openapi_downgrade.converter import transformer
from openapi_spec_validator import OpenAPIV30SpecValidator

transformer.validate_openapi_3 = lambda document: (True, None)
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def converted(schema, **more):
    document = {"openapi": "3.1.0", "info": {"title": "Org", "version": "1"}, "components": {"schemas": {"User": schema}},
                "paths": {"/users": {"post": {"responses": {"200": {"description": "OK"}}}}}, **more}
    result = transformer.convert_spec(copy.deepcopy(document))
    return result, OpenAPIV30SpecValidator(result).is_valid()


def schema(value):
    result, valid = converted(value)
    return result["components"]["schemas"]["User"], valid


both = {"type": ["number", "integer"]}
check("number or integer", schema(both), ({"oneOf": [{"type": "number"}, {"type": "integer"}]}, True))
check("7 before and after", [jsonschema.Draft202012Validator(both).is_valid(7), jsonschema.Draft4Validator(schema(both)[0]).is_valid(7)],
      [True, False])
limits = {"type": "integer", "minimum": 5, "exclusiveMinimum": 3}
check("two limits", schema(limits), ({"type": "integer", "minimum": 3, "exclusiveMinimum": True}, True))
check("4 before and after", [jsonschema.Draft202012Validator(limits).is_valid(4),
                             jsonschema.Draft4Validator(schema(limits)[0]).is_valid(4)], [False, True])
check("a default", schema({"type": "object", "default": {"const": 5}}), ({"type": "object", "default": {"enum": [5]}}, True))
check("a property `const`", schema({"type": "object", "properties": {"const": {"type": "string"}}}),
      ({"type": "object", "properties": {"enum": [{"type": "string"}]}}, False))
hook = {"post": {"responses": {"200": {"description": "OK"}}}}
result, valid = converted({"type": "object"}, webhooks={"userCreated": hook})
check("a webhook", [result["paths"]["/users"]["post"].get("callbacks"), valid],
      [{"userCreated": {"{$request.body#/callbackUrl}": hook}}, True])
sys.exit(failed)
PYTHON
