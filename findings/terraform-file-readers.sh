#!/usr/bin/env bash
# Does a reader of Terraform files, as in a comparison with an org, read the same values as Terraform sends?
#
# Versions: python-hcl2 8.1.4 and 7.3.1; CPython 3.11. Terraform is not run. The values are those in the documentation of its
# language.
# Expected: The value of an attribute that is a literal. `$${` stands for `${`, as in Okta's templates and mappings in a file. A
# heredoc consists of its lines, each with a line break. 1e3 is 1000. A new version reads the same file the same way, or refuses
# it.
# Seen, without an error:
# - 8.1.4 includes the quotation marks and escapes of each string in its value: login is '"ada@acme.example"', and the name of a
#   resource is '"ada"'. 7.3.1 returns the string. After an update of the package each attribute differs from the org. With the
#   option strip_string_quotes, 8.1.4 returns the string. The option does not change the results below.
# - Both return `$${user.firstName}` with two dollar signs, and the string "${1e3}" for a number.
# - A heredoc has no line break at its end in 7.3.1. In 8.1.4 it contains its markers: '<<EOT\nline 1\nEOT'.
# - 7.3.1 does not read "caf\u00e9" as café, although it reads \n and \".
# - In an expression, 7.3.1 drops quotation marks: toset(["ada"]) becomes "${toset([ada])}", which is a different expression.
# - In 8.1.4 a block has the members __is_block__ and, after a comment, __comments__ among its attributes.
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
