#!/usr/bin/env bash
# Do libraries for JsonLogic, whose rules a program keeps as JSON, select the same users?
#
# Versions: json-logic 0.6.3, json-logic-qubit 0.9.1, panzi-json-logic 1.0.1, jsonlogic-rs 0.5.0, simpleeval 1.0.8 (an evaluator
# of expressions, for comparison); CPython 3.11.
# Expected: The results of JsonLogic's own implementation in JavaScript. null equals neither false nor 0. An unknown operator is an
# error. null and "" are missing. A null attribute is there, so it has no default.
# Seen:
# - json-logic, the one with the most downloads, raises a TypeError for each rule in Python 3.
# - jsonlogic-rs returns a rule with a misspelled operator as it is, and an object is true. So `{"equals": [status, "ACTIVE"]}`
#   selects everybody, alone and in `and`. simpleeval does so for `status = "ACTIVE"`, with a warning, and evaluates only the
#   first of two expressions.
# - json-logic-qubit and panzi-json-logic find an account with a null attribute by `== false`, panzi-json-logic also by `== 0`.
# - json-logic-qubit does not find an absent level by `< 5`, nor the list of one group by the group, and an empty object is false.
#   json-logic-qubit and jsonlogic-rs do not find null by `>= 0`.
# - `missing` in jsonlogic-rs does not report null and "", so a rule for required attributes passes.
# - panzi-json-logic returns the default for a null title, and computes 3.0 from "1" and "2".
# - `cat` makes three texts of null and true, and none is JavaScript's. jsonlogic-rs counts bytes from the end of a text in `substr`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
for package in json-logic==0.6.3 json-logic-qubit==0.9.1 panzi-json-logic==1.0.1 jsonlogic-rs==0.5.0 simpleeval==1.0.8; do
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check --target "$folder/${package%%==*}" "$package" \
        2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
done
cat >"$folder/apply.py" <<'PYTHON'
import json, sys

try:
    from jsonlogic_rs import apply
except ImportError:
    from json_logic import jsonLogic as apply
results = []
for rule in json.load(sys.stdin):
    try:
        results.append(apply(rule["rule"], rule["user"]))
    except Exception as error:
        results.append(type(error).__name__)
print(json.dumps(results))
PYTHON
cat >"$folder/compare.py" <<'PYTHON'
import json, os, subprocess, sys, warnings

USER = {"status": "SUSPENDED", "title": None, "nickName": "", "groups": ["Sales"], "mobile": None, "city": "José Street"}


def var(name, *default):
    return {"var": [name, *default]}


# The rule, and the results of json-logic-qubit, panzi-json-logic and jsonlogic-rs.
RULES = [
    ({"==": [var("status"), "ACTIVE"]}, (False, False, False)),
    ({"equals": [var("status"), "ACTIVE"]}, ("ValueError", "ReferenceError", {"equals": [var("status"), "ACTIVE"]})),
    ({"!!": [{"and": [True, {"equals": [var("status"), "ACTIVE"]}]}]}, ("ValueError", "ReferenceError", True)),
    ({"==": [var("mobile"), False]}, (True, True, False)),
    ({"==": [var("mobile"), 0]}, (False, True, False)),
    ({">=": [var("mobile"), 0]}, (False, True, False)),
    ({"<": [var("level"), 5]}, (False, True, True)),
    ({"!!": [{}]}, (False, True, True)),
    ({"==": [var("groups"), "Sales"]}, (False, True, True)),
    ({"missing": ["title", "nickName", "level", "status"]}, (["title", "nickName", "level"], ["title", "nickName", "level"], ["level"])),
    (var("title", "none"), (None, "none", None)),
    ({"+": ["1", "2"]}, (3, 3.0, 3)),
    ({"cat": [var("title"), " ", True]}, ("None True", "null True", "null true")),
    ({"substr": [var("city"), -6]}, ("Street", "Street", "treet")),
]
failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if repr(seen) != repr(expected):
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def apply(package):
    process = subprocess.run([sys.executable, "apply.py"], input=json.dumps([{"rule": rule, "user": USER} for rule, _ in RULES]),
                             env=os.environ | {"PYTHONPATH": package}, check=True, capture_output=True, text=True)
    return json.loads(process.stdout)


check("json-logic", set(apply("json-logic")), {"TypeError"})
results = zip(*map(apply, ("json-logic-qubit", "panzi-json-logic", "jsonlogic-rs")))
for (rule, expected), seen in zip(RULES, results):
    check(json.dumps(rule, ensure_ascii=False), seen, expected)

sys.path.insert(0, "simpleeval")
warnings.simplefilter("ignore")
import simpleeval

for text, expected in (('status == "ACTIVE"', False), ('status = "ACTIVE"', "ACTIVE"), ('status == "SUSPENDED"; status == "ACTIVE"', True)):
    check(f"simpleeval, {text}", simpleeval.simple_eval(text, names=USER), expected)
sys.exit(failed)
PYTHON
cd "$folder"
"$folder/venv/bin/python" compare.py
