#!/usr/bin/env bash
# Do Sigma rules for Okta's System Log keep their meaning after conversion?
#
# Versions: pysigma-backend-panther 0.3.1 with panther-core 0.16.3, pysigma-backend-duckdb 0.1.4 with DuckDB 2.0.1,
# pysigma-backend-sqlite 2.1.1, pysigma-backend-pd_df 0.6.0 with pandas 3.1.1; pySigma 1.5.1, 2.0.1 and 0.11.23;
# CPython 3.11.
# Expected: According to Sigma's specification, values are compared without regard to case, `cidr` compares networks, and `_` is
# an ordinary character. SigmaHQ's rules for Okta write `^` if an expression for `re` must match at the start. They select one
# target with `target.displayName: ...`, and a proxy with `securityContext.isProxy: 'true'`.
# Seen, for one event:
# - The Python code for Panther compares case-sensitively, and matches `re` only at the start of the value. The `\.` of an
#   expression becomes `\\.`, which requires a backslash. No address ever matches, and a rule with `and not` is true for
#   everybody.
# - `target` is a list in each event, and `isProxy` is a boolean. Neither of SigmaHQ's forms matches in Panther and pandas.
# - For DuckDB and SQLite, an exact comparison is case-sensitive unless the value contains an underscore. `warn` does not find
#   WARN, but `Application.User_Membership.Add` finds the event. For DuckDB the underscore is also a wildcard.
# - For pandas, 10.0.0.0/8 matches each address that contains "10.", such as 192.10.0.1. null becomes a name that pandas does
#   not know.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/rules.py" <<'PYTHON'
import json, re, sqlite3, sys
from importlib.metadata import version

from sigma.collection import SigmaCollection

tool = sys.argv[1]
EVENT = {
    "eventType": "application.user_membership.add", "displayMessage": "Add user to application membership", "severity": "WARN",
    "actor": {"alternateId": "ada@example.com"}, "client": {"ipAddress": "192.10.0.1"}, "securityContext": {"isProxy": True},
    "outcome": {"result": "SUCCESS", "reason": None},
    "target": [{"type": "AppInstance", "displayName": "Payroll"}, {"type": "AppUser", "displayName": "Ada"}]}
COLUMNS = {f"{name}.{member}" if isinstance(value, dict) else name: text
           for name, value in EVENT.items() if name != "target"
           for member, text in (value.items() if isinstance(value, dict) else [("", value)])}


def found_by_panther(rules):
    from panther_core.enriched_event import PantherEvent
    from sigma.backends.panther import PantherBackend
    names = {}
    exec(PantherBackend().convert(rules, "python"), names)
    return names["rule"](PantherEvent(EVENT))


def found_by_duckdb(rules):
    import duckdb
    from sigma_backend_duckdb import DuckDBBackend
    with open(sys.argv[2] + "/events.json", "w") as file:
        json.dump(COLUMNS, file)
    duckdb.sql(f"CREATE OR REPLACE TABLE logs AS FROM read_json('{file.name}')")
    return len(duckdb.sql(DuckDBBackend().convert(rules)[0]).fetchall()) == 1


def found_by_sqlite(rules):
    from sigma.backends.sqlite import sqliteBackend
    database = sqlite3.connect(":memory:")
    database.create_function("REGEXP", 2, lambda expression, value: re.search(expression, value) is not None)
    database.execute(f"CREATE TABLE logs ({', '.join(f'`{name}`' for name in COLUMNS)})")
    database.execute(f"INSERT INTO logs VALUES ({', '.join('?' * len(COLUMNS))})", list(COLUMNS.values()))
    return len(database.execute(sqliteBackend().convert(rules)[0]).fetchall()) == 1


def found_by_pandas(rules):
    import pandas
    from sigma.backends.pd_df import PandasDataFramePythonBackend
    query = PandasDataFramePythonBackend().convert(rules)[0]
    table = pandas.json_normalize(EVENT)
    table["target.displayName"] = [[target["displayName"] for target in EVENT["target"]]]
    return len(eval(query, {"df": table})) == 1


def found(selection, exclusion=None):
    detection = {"selection": selection, "condition": "selection"}
    if exclusion:
        detection.update({"exclusion": exclusion, "condition": "selection and not exclusion"})
    rule = {"title": "Rule", "status": "test", "logsource": {"product": "okta", "service": "okta"}, "detection": detection}
    try:
        return globals()["found_by_" + tool](SigmaCollection.from_dicts([rule]))
    except Exception as error:
        return type(error).__name__


everybody, inside = {"severity": "WARN"}, {"actor.alternateId|re": r"@example\.com$"}
# For each rule: whether it describes the event, and which tools see it otherwise, in which way.
cases = [
    ("severity: WARN", found(everybody), True, {}),
    ("severity: warn", found({"severity": "warn"}), True, dict.fromkeys(("panther", "duckdb", "sqlite", "pandas"), False)),
    ("eventType: Application.User_Membership.Add", found({"eventType": "Application.User_Membership.Add"}), True,
     {"panther": False, "pandas": False}),
    ("displayMessage|contains: ADD USER", found({"displayMessage|contains": "ADD USER"}), True, {"panther": False}),
    ("displayMessage|contains: user_to", found({"displayMessage|contains": "user_to"}), False, {"duckdb": True}),
    ("actor.alternateId|re: '@example'", found({"actor.alternateId|re": "@example"}), True, {"panther": False}),
    (r"actor.alternateId|re: 'ada@example\.com'", found({"actor.alternateId|re": r"ada@example\.com"}), True, {"panther": False}),
    (r"not actor.alternateId|re: '@example\.com$'", found(everybody, inside), False, {"panther": True, "pandas": "TypeError"}),
    ("client.ipAddress|cidr: 10.0.0.0/8", found({"client.ipAddress|cidr": "10.0.0.0/8"}), False, {"pandas": True}),
    ("securityContext.isProxy: 'true'", found({"securityContext.isProxy": "true"}), True,
     {"panther": False, "sqlite": False, "pandas": False}),
    ("outcome.reason: null", found({"outcome.reason": None}), True, {"pandas": "UndefinedVariableError"}),
]
if tool in ("panther", "pandas"):
    cases.append(("target.displayName: Payroll", found({"target.displayName": "Payroll"}), True,
                  {"panther": False, "pandas": False}))
failed = False
backend = {"pandas": "pd_df"}.get(tool, tool)
print(f"pysigma-backend-{backend} {version('pysigma-backend-' + backend)}, pySigma {version('pySigma')}")
for rule, seen, right, others in cases:
    print(f"  {rule}: {seen}" + ("" if seen == right else f", and the rule says {right}"))
    if seen != others.get(tool, right):
        failed = True
        print(f"  changed: expected {others.get(tool, right)}", file=sys.stderr)
sys.exit(failed)
PYTHON
run() { # the tool, and its packages
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/pip" install --quiet --disable-pip-version-check "${@:2}"
    "$folder/$1/bin/python" -W ignore "$folder/rules.py" "$1" "$folder"
}
run panther pysigma==1.5.1 pysigma-backend-panther==0.3.1 panther-core==0.16.3 python-dateutil==2.9.0.post0 jsonpath-ng==1.7.0
run duckdb pysigma==1.5.1 pysigma-backend-duckdb==0.1.4 duckdb==2.0.1
run sqlite pysigma==2.0.1 pysigma-backend-sqlite==2.1.1
run pandas pysigma==0.11.23 pysigma-backend-pd_df==0.6.0 pandas==3.1.1
