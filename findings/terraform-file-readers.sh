#!/usr/bin/env bash
# Does a program that compares Terraform files with an org read from them the values that Terraform sends?
#
# Versions: python-hcl2 8.1.4 and 7.3.1; CPython 3.11. Terraform is not run: the values are those of its language's
# documentation.
# Expected: the value of an attribute that is a literal. `$${` stands for `${`, as Okta's templates and mappings have it in a
# file; a heredoc is its lines, with a line break after each; 1e3 is 1000. A new version reads the same file alike, or refuses.
# Seen, without an error:
# - 8.1.4 has the quotation marks and escapes of each text in its value: login is '"ada@acme.example"', and the name of a
#   resource '"ada"', where 7.3.1 has the text. So after an update of the package each attribute differs from the org. Its
#   option strip_string_quotes has the text, and changes nothing of what follows.
# - Both have `$${user.firstName}` with two signs, and the text "${1e3}" for a number.
# - A heredoc has no line break at its end in 7.3.1, and its markers in 8.1.4: '<<EOT\nline 1\nEOT'.
# - "caf\u00e9" is no café in 7.3.1, which reads \n and \".
# - In an expression 7.3.1 drops quotation marks: toset(["ada"]) becomes "${toset([ada])}", which is another expression.
# - A block of 8.1.4 has the members __is_block__ and, after a comment, __comments__ among its attributes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > users.tf <<'HCL'
resource "okta_user" "ada" {
  login    = "ada@acme.example"
  quoted   = "the \"A\" team\nof R&D"
  template = "Hello $${user.firstName}"
  accent   = "caf\u00e9"
  number   = 1e3
  text     = <<EOT
line 1
EOT
  members  = toset(["ada"])
  # by HR
  badge    = "007"
}
HCL
cat > read.py <<'PYTHON'
import json, sys

import hcl2

options = json.loads(sys.argv[1])
if options:
    from hcl2 import SerializationOptions
    found = hcl2.loads(open("users.tf").read(), serialization_options=SerializationOptions(**options))
else:
    found = hcl2.loads(open("users.tf").read())
print(json.dumps(found["resource"][0]))
PYTHON
python3 -m venv old
python3 -m venv new
old/bin/pip install --quiet --disable-pip-version-check python-hcl2==7.3.1 2>log || { cat log >&2; exit 1; }
new/bin/pip install --quiet --disable-pip-version-check python-hcl2==8.1.4 2>log || { cat log >&2; exit 1; }
old/bin/python - <<'PYTHON'
import json, subprocess, sys

failed = False
# For each attribute: the value that Terraform has, and that of 7.3.1, of 8.1.4, and of 8.1.4 without quotation marks.
CASES = {
    "login": ("ada@acme.example", "ada@acme.example", '"ada@acme.example"', "ada@acme.example"),
    "badge": ("007", "007", '"007"', "007"),
    "quoted": ('the "A" team\nof R&D', 'the "A" team\nof R&D', r'"the \"A\" team\nof R&D"', 'the "A" team\nof R&D'),
    "template": ("Hello ${user.firstName}", "Hello $${user.firstName}", '"Hello $${user.firstName}"', "Hello $${user.firstName}"),
    "accent": ("café", r"caf\u00e9", r'"caf\u00e9"', "café"),
    "number": (1000, "${1e3}", "${1e3}", "${1e3}"),
    "text": ("line 1\n", "line 1", '"<<EOT\nline 1\nEOT"', "<<EOT\nline 1\nEOT"),
    "members": ("an expression", "${toset([ada])}", '${toset(["ada"])}', '${toset(["ada"])}'),
}


def read(python, **options):
    [(kind, named)] = json.loads(subprocess.run(
        [python, "read.py", json.dumps(options)], capture_output=True, text=True, check=True).stdout).items()
    [(name, attributes)] = named.items()
    return kind, name, attributes


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen!r}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected!r}", file=sys.stderr)


readers = {
    "7.3.1": read("old/bin/python"), "8.1.4": read("new/bin/python"),
    "8.1.4 with strip_string_quotes": read("new/bin/python", strip_string_quotes=True)}
for (reader, (kind, name, _)), expected in zip(readers.items(), (("okta_user", "ada"), ('"okta_user"', '"ada"'), ("okta_user", "ada"))):
    check(f"names by {reader}", (kind, name), expected)
for attribute, (meant, *values) in CASES.items():
    print(f"{attribute}, which is {meant!r}")
    for (reader, (_, _, attributes)), value in zip(readers.items(), values):
        check(f"  by {reader}", attributes[attribute], value)
for (reader, (_, _, attributes)), more in zip(readers.items(), ([], ["__comments__", "__is_block__"], ["__comments__", "__is_block__"])):
    check(f"members that are no attributes, by {reader}", sorted(attributes.keys() - CASES.keys()), more)
sys.exit(failed)
PYTHON
