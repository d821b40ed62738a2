#!/usr/bin/env bash
# Which users does a group rule include, according to the parser with which okta-graph previews rules?
#
# Version: okta-expression-parser 0.4.3; CPython 3.11.
# Expected: The users that Okta's expression language selects, or an error for syntax that the parser does not know.
# Seen:
# - The parser splits a name that begins with the word of an operator. It reads `organization`, one of Okta's base attributes,
#   as OR and "ganization". The rule `user.organization == "Acme"` includes nobody, and `user.organization != "Acme"` includes
#   the people of Acme. Neither is an error. `orgUnit`, `notes` and `equipmentId` fail in the same way.
# - A comparison of numbers before AND or OR makes the result of the rule None, which means nobody. After the operator, the same
#   comparison is right.
# - String.substringAfter keeps the separator, and String.append puts a dollar sign between the two texts. Rules on the domain
#   of an address include nobody.
# Syntax errors are only written to standard error, and the result is returned as if the rule had been parsed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet okta-expression-parser==0.4.3
"$folder/venv/bin/python" - <<'PYTHON'
import contextlib, io, sys
from importlib.metadata import version

from okta_expression_parser.parser import ExpressionParser

PROFILE = {"organization": "Acme", "orgUnit": "Acme", "notes": "Acme", "equipmentId": "Acme", "department": "Acme", "level": 5,
           "city": "Oslo", "email": "ada@example.com", "firstName": "Ada", "lastName": "Byron"}
# For each rule: whether it includes the user with this profile, the parser's result, and whether the parser prints an error.
cases = [
    ('user.department == "Acme"', True, True, False),
    ('user.organization == "Acme"', True, False, True),
    ('user.organization != "Acme"', False, True, True),
    ('user.orgUnit == "Acme"', True, False, True),
    ('user.notes == "Acme"', True, False, True),
    ('user.equipmentId == "Acme"', True, False, True),
    ('String.stringContains(user.organization, "Ac")', True, None, True),
    ('user.city == "Oslo" AND user.level > 3', True, True, False),
    ('user.level > 3 AND user.city == "Oslo"', True, None, True),
    ('user.level < 3 OR user.city == "Oslo"', True, None, True),
    ('String.substringBefore(user.email, "@") == "ada"', True, True, False),
    ('String.substringAfter(user.email, "@") == "example.com"', True, False, False),
    ('String.append(user.firstName, user.lastName) == "AdaByron"', True, False, False),
]
failed = False
print("okta-expression-parser", version("okta-expression-parser"))
for rule, right, *expected in cases:
    complaint = io.StringIO()
    with contextlib.redirect_stderr(complaint), contextlib.redirect_stdout(complaint):
        result = ExpressionParser(user_profile=PROFILE, group_data={}).parse(rule)
    seen = [result, bool(complaint.getvalue())]
    print(f"{rule}: {result}" + ("" if result is right else f", but it is {right}"))
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}, seen {seen}", file=sys.stderr)
sys.exit(failed)
PYTHON
