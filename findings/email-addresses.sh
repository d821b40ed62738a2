#!/usr/bin/env bash
# Which mail addresses of users do Python's models and validators refuse or change if a document says `format: email`?
#
# Versions: datamodel-code-generator 0.89.0, pydantic 2.14.4 with email-validator 2.4.0, scim2-models 0.12.3, marshmallow 4.4.0,
# Django 5.2.19, jsonschema-rs 0.60.3, fastjsonschema 2.22.3, validators 0.36.0; CPython 3.11.
# Expected: The libraries read an address of an org unchanged, also one from its Active Directory. They agree on what an address
# is.
# Seen:
# - Models generated from an OpenAPI document use EmailStr for `format: email`. One user at corp.local makes a page of users
#   unreadable. Many directories have such a domain. The same happens with a domain with a single label, a domain with an
#   underscore, `.test`, a quoted local part and an address literal.
# - Models change what they read. They write the domain in lower case, and xn--bcher-kva becomes bücher. A user who is read and
#   replaced has another address, and a comparison of the two texts fails. An accent in two code points becomes one code point.
# - scim2-models does the same. A server that uses it cannot accept these users from Okta.
# - The others accept corp.local. Django and jsonschema-rs refuse jürgen, and jsonschema-rs also refuses bücher. fastjsonschema
#   refuses only the single label.
# For each address, the script checks what the generated model and scim2-models read, and which of the others refuse it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check datamodel-code-generator==0.89.0 pydantic==2.14.4 \
    email-validator==2.4.0 scim2-models==0.12.3 marshmallow==4.4.0 django==5.2.19 jsonschema-rs==0.60.3 \
    fastjsonschema==2.22.3 validators==0.36.0
cd "$folder"
cat >document.yaml <<'YAML'
openapi: 3.0.3
info: {title: Users, version: "1"}
paths: {}
components:
  schemas:
    Users:
      type: array
      items: {$ref: '#/components/schemas/User'}
    User:
      type: object
      properties:
        email: {type: string, format: email}
YAML
PYTHONWARNINGS=ignore venv/bin/datamodel-codegen --input document.yaml --input-file-type openapi \
    --output-model-type pydantic_v2.BaseModel --output models.py
venv/bin/python -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

sys.path.insert(0, ".")
import fastjsonschema, jsonschema_rs, marshmallow, models, scim2_models, validators
from django.conf import settings
from django.core.validators import validate_email

settings.configure(USE_I18N=False)
email = {"type": "string", "format": "email"}


def by_validators(address):
    if not validators.email(address):  # It returns an error, and does not raise it.
        raise ValueError(address)


others = {
    "marshmallow": marshmallow.fields.Email().deserialize,
    "Django": validate_email,
    "jsonschema-rs": jsonschema_rs.validator_for(email, validate_formats=True).validate,
    "fastjsonschema": fastjsonschema.compile(email),
    "validators": by_validators,
}
ACCENT = "e\u0301"
# For each address: what the models read (None if they refuse it), and which other libraries refuse it.
cases = [
    ("ada+x@example.com", "ada+x@example.com", []),
    ("o'brien@example.com", "o'brien@example.com", []),
    ("Ada@Example.COM", "Ada@example.com", []),
    ("ada@xn--bcher-kva.example.com", "ada@bücher.example.com", []),
    ("ada@bücher.example.com", "ada@bücher.example.com", ["jsonschema-rs"]),
    ("jürgen@example.com", "jürgen@example.com", ["Django", "jsonschema-rs"]),
    (f"{ACCENT}va@example.com", "\u00e9va@example.com", ["marshmallow", "Django", "jsonschema-rs", "validators"]),
    ("ada@corp.local", None, []),
    ("ada@example.test", None, []),
    ("ada@intranet", None, ["marshmallow", "Django", "fastjsonschema", "validators"]),
    ("ada@sub_domain.example.com", None, ["marshmallow", "Django", "jsonschema-rs", "validators"]),
    ('"ada byron"@example.com', None, ["marshmallow", "Django", "validators"]),
    ("ada@[192.0.2.1]", None, ["validators"]),
]


def read(call):
    try:
        return call()
    except ValueError:
        return None


def refuses(accepts, address):
    try:
        accepts(address)
    except Exception:
        return True
    return False


failed = False
for name in ("datamodel-code-generator", "pydantic", "email-validator", "scim2-models", "marshmallow", "Django",
             "jsonschema-rs", "fastjsonschema", "validators"):
    print(name, version(name))
for address, expected, expected_refusals in cases:
    model = read(lambda: models.User(email=address).model_dump(mode="json")["email"])
    scim = read(lambda: scim2_models.User(user_name="ada", emails=[scim2_models.Email(value=address)]).emails[0].value)
    refusals = [name for name, accepts in others.items() if refuses(accepts, address)]
    print(f"  {address}: read as {model or 'an error'}; refused by {', '.join(refusals) or 'no other'}")
    if (model, scim, refusals) != (expected, expected, expected_refusals):
        failed = True
        print(f"  changed: expected {expected}, {expected_refusals}; scim2-models: {scim}", file=sys.stderr)
page = [{"email": f"user{number}@example.com"} for number in range(199)] + [{"email": "ada@corp.local"}]
users = read(lambda: models.Users.model_validate(page))
print("  a page of 200 users, of whom one is at corp.local:", "an error" if users is None else "read")
sys.exit(failed or users is not None)
PYTHON
