#!/usr/bin/env bash
# Can a JSON Schema validator check a profile against the schema that Okta returns for its users?
#
# Versions: jsonschema 4.26.0, jsonschema-rs 0.60.3, fastjsonschema 2.22.3, datamodel-code-generator 0.89.0; CPython 3.11.
# Expected: `GET /api/v1/meta/schemas/user/default` names draft-04 in `$schema`. A validator accepts a profile that the org
# accepts, and refuses one that the org refuses.
# Seen: Three properties of the document are not valid draft-04, and each makes some validators fail.
# - A required base attribute has `required: true`, and a subschema without required attributes has `required: []`. Draft-04
#   allows only a list that is not empty. jsonschema (if it checks the schema) and jsonschema-rs refuse the document for both.
#   fastjsonschema and datamodel-code-generator refuse it for the first.
# - An attribute with a list of values has `oneOf: [{const, title}, ...]`. Draft-04 has no `const`, so each branch accepts
#   everything. `oneOf` requires exactly one match, so every value is refused, including the right ones. jsonschema refuses them
#   when it does not check the schema, and fastjsonschema when `required: true` is removed.
# With draft-07 instead of the document's own `$schema`, and without the check, jsonschema judges all three profiles right.
# The document below has the form of Okta's responses, reduced to two attributes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jsonschema==4.26.0 jsonschema-rs==0.60.3 fastjsonschema==2.22.3 \
    datamodel-code-generator==0.89.0
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import copy, importlib.util, json, pathlib, sys, tempfile
from importlib.metadata import version

import datamodel_code_generator, fastjsonschema, jsonschema, jsonschema_rs

OKTA = {
    "id": "https://acme.okta.com/meta/schemas/user/default",
    "$schema": "http://json-schema.org/draft-04/schema#",
    "name": "user",
    "type": "object",
    "definitions": {
        "custom": {"id": "#custom", "type": "object", "required": [], "properties": {"size": {
            "title": "Size", "type": "string", "scope": "NONE", "enum": ["S", "L"],
            "oneOf": [{"const": "S", "title": "Small"}, {"const": "L", "title": "Large"}]}}},
        "base": {"id": "#base", "type": "object", "required": ["login"], "properties": {"login": {
            "title": "Username", "type": "string", "required": True, "scope": "NONE", "minLength": 5}}},
    },
    "properties": {"profile": {"allOf": [{"$ref": "#/definitions/custom"}, {"$ref": "#/definitions/base"}]}},
}
PROFILES = [("right", {"login": "ada@example.com", "size": "S"}), ("wrong size", {"login": "ada@example.com", "size": "M"}),
            ("no login", {"size": "S"})]


def without(document, *members):
    document = copy.deepcopy(document)
    if "required: true" in members:
        del document["definitions"]["base"]["properties"]["login"]["required"]
    if "required: []" in members:
        del document["definitions"]["custom"]["required"]
    if "oneOf" in members:
        del document["definitions"]["custom"]["properties"]["size"]["oneOf"]
    return document


def by_jsonschema(document, user):
    jsonschema.validate(user, document)


def by_jsonschema_unchecked(document, user):
    jsonschema.Draft4Validator(document).validate(user)


def by_jsonschema_draft7(document, user):
    jsonschema.Draft7Validator(document).validate(user)


def by_jsonschema_rs(document, user):
    try:
        validator = jsonschema_rs.Draft4Validator(document)
    except jsonschema_rs.ValidationError:
        raise jsonschema.SchemaError("schema")
    validator.validate(user)


def by_fastjsonschema(document, user):
    fastjsonschema.compile(document)(user)


def by_datamodel_code_generator(document, user):
    # A file for each call: the import system knows a file by its time and length.
    output = pathlib.Path(tempfile.mkdtemp(dir=sys.argv[1]), "models.py")
    datamodel_code_generator.generate(
        json.dumps(document), input_file_type=datamodel_code_generator.InputFileType.JsonSchema, output=output)
    specification = importlib.util.spec_from_file_location("models", output)
    sys.modules["models"] = module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    module.Model.model_validate(user)


def verdict(reader, document, profile):
    try:
        reader(document, {"profile": profile})
        return "yes"
    except (jsonschema.SchemaError, fastjsonschema.JsonSchemaDefinitionException):
        return "schema"
    except Exception as error:
        return "schema" if type(error).__name__ == "SchemaParseError" else "no"


schema, judged = ["schema"] * 3, ["yes", "no", "no"]
# For each reader: its verdicts about the three profiles with Okta's document, and with members of it removed.
cases = [
    (by_jsonschema, [schema, schema, schema, ["no"] * 3, judged]),
    (by_jsonschema_unchecked, [["no"] * 3, ["no"] * 3, ["no"] * 3, ["no"] * 3, judged]),
    (by_jsonschema_draft7, [judged] * 5),
    (by_jsonschema_rs, [schema, schema, schema, ["no"] * 3, judged]),
    (by_fastjsonschema, [schema, ["no"] * 3, schema, ["no"] * 3, judged]),
    (by_datamodel_code_generator, [schema, judged, schema, judged, judged]),
]
documents = [(), ("required: true",), ("required: []",), ("required: true", "required: []"),
             ("required: true", "required: []", "oneOf")]
failed = False
print(*(f"{name} {version(name)}" for name in ("jsonschema", "jsonschema-rs", "fastjsonschema", "datamodel-code-generator")))
print("profiles:", ", ".join(name for name, _ in PROFILES))
for reader, expected in cases:
    print(reader.__name__[3:])
    for members, right in zip(documents, expected):
        seen = [verdict(reader, without(OKTA, *members), profile) for _, profile in PROFILES]
        words = {"yes": "accepted", "no": "refused", "schema": "schema refused"}
        print(f"  {'without ' + ', '.join(members) if members else 'as returned'}: {', '.join(words[word] for word in seen)}")
        if seen != right:
            failed = True
            print(f"  changed: expected {right}", file=sys.stderr)
sys.exit(failed)
PYTHON
