#!/usr/bin/env bash
# Do the models that json-schema-to-pydantic makes accept and keep what their JSON Schema allows?
#
# Versions: json-schema-to-pydantic 0.5.0, pydantic 2.14.4; for comparison jsonschema 4.26.0; CPython 3.11.
# Agent libraries make models of this kind from the schemas of tools, which in turn come from an OpenAPI document.
# Expected: A model accepts each valid value and writes it back unchanged. It refuses a value that the schema excludes. What the
# library does not support is an error.
# Seen, without an error when the model is made:
# - A schema with `properties` beside `allOf`, as most of Okta's subtypes have it, refuses every value that has one of these
#   properties ("Extra inputs are not permitted").
# - A list with `uniqueItems` becomes a set. A list of three groups comes back in another order, which changes from run to run.
#   A list in which one value occurs twice is accepted and shortened.
# - Custom attributes, which `additionalProperties` allows, are dropped. If it has a type, a value of another type is accepted
#   and dropped too.
# - The type of the values of a map, and the limits of the items of a list, are not checked.
# - A property named `model_config` is dropped. `class`, `$ref` and `copy` are kept.
# - https://acme.okta.com becomes https://acme.okta.com/ if the schema says `format: uri`.
# - A `pattern` with a lookahead, which JSON Schema takes from ECMAScript, is an error when the model is made.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet json-schema-to-pydantic==0.5.0 pydantic==2.14.4 jsonschema==4.26.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, sys

import jsonschema
from json_schema_to_pydantic import create_model

TEXT = {"type": "string"}
failed = False


def of(properties, **more):
    return {"type": "object", "properties": properties, **more}


def read(schema, value):
    """What the model writes for the value, or the kind of its error."""
    try:
        model = create_model(schema)
    except Exception:
        return "no model"
    try:
        return json.loads(model.model_validate(value).model_dump_json(by_alias=True, exclude_unset=True))
    except ValueError as error:
        return error.errors()[0]["type"]


def check(name, schema, value, expected, valid=True):
    global failed
    seen = read(schema, value)
    allowed = jsonschema.Draft202012Validator(schema).is_valid(value)
    print(f"{name}: {value}, which is {'valid' if allowed else 'not valid'}, is {seen}")
    if seen != expected or allowed != valid:
        failed = True
        print(f"  changed: expected {expected}, valid {valid}", file=sys.stderr)


base = of({"id": TEXT}, required=["id"])
both = {"id": "1", "device": "phone"}
check("allOf with properties beside it", of({"device": TEXT}, allOf=[base]), both, "extra_forbidden")
check("allOf of two", {"allOf": [base, of({"device": TEXT})]}, both, both)
groups = of({"groups": {"type": "array", "items": TEXT, "uniqueItems": True}})
lists = [[f"{letter}{number}" for number in range(40)] for letter in "abc"]
kept = [names for names in lists if read(groups, {"groups": names}) == {"groups": names}]
print(f"uniqueItems: {len(kept)} of 3 lists keep their order")
if kept:
    failed = True
    print("  changed: expected 0", file=sys.stderr)
check("uniqueItems", groups, {"groups": ["a", "a"]}, {"groups": ["a"]}, valid=False)
check("additionalProperties", of({"id": TEXT}, additionalProperties=True), {"id": "1", "badge": 7}, {"id": "1"})
check("additionalProperties with a type", of({"id": TEXT}, additionalProperties={"type": "integer"}),
      {"id": "1", "badge": "x"}, {"id": "1"}, valid=False)
check("a map of texts", of({"labels": {"type": "object", "additionalProperties": TEXT}}), {"labels": {"a": 1}},
      {"labels": {"a": 1}}, valid=False)
check("limits of items", of({"limits": {"type": "array", "items": {"type": "integer", "minimum": 5}}}), {"limits": [1]},
      {"limits": [1]}, valid=False)
check("names", of(dict.fromkeys(("model_config", "class", "$ref", "copy"), TEXT)),
      {"model_config": "a", "class": "b", "$ref": "c", "copy": "d"}, {"class": "b", "$ref": "c", "copy": "d"})
check("uri", of({"url": {"type": "string", "format": "uri"}}), {"url": "https://acme.okta.com"}, {"url": "https://acme.okta.com/"})
check("pattern", of({"login": {"type": "string", "pattern": "^(?=.*@)"}}), {"login": "a@b"}, "no model")
sys.exit(failed)
PYTHON
