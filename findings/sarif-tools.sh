#!/usr/bin/env bash
# Does sarif-tools use the fingerprints, suppressions and baseline states of SARIF 2.1.0?
#
# Version: sarif-tools 3.0.5; CPython 3.11.
# Expected: `sarif diff` pairs results by `partialFingerprints`, which exist for this purpose. `--check error` fails if a result
# is new. A result that is accepted (`suppressions`) or no longer present (`baselineState: absent`) does not fail a check.
# Seen:
# - `diff` pairs results by rule and message. A result with another fingerprint and the same message is no change.
# - A second result with an existing message passes `diff --check error`. It is printed as "1 -> 2" and not counted as new.
# - A reworded result, with the same fingerprint at the same place, counts as one new and one removed result, and fails the
#   check.
# - `summary --check error` fails for results that are suppressed or absent. The exit status is the number of results.
# - `codeclimate` computes its fingerprints from message and line. A result that moves is a different issue to GitLab. Two
#   results with one message on one line are the same issue, although their own fingerprints differ.
# - `emacs` removes the common prefix of the paths. If all results are in one file, this is the whole path, and the lines start
#   with ":10:".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet sarif-tools==3.0.5
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import json, pathlib, subprocess, sys

folder = pathlib.Path(sys.argv[1])
shown = subprocess.run([folder / "venv/bin/sarif", "--version"], capture_output=True, text=True, check=True)
print(shown.stdout.strip())


def result(fingerprint, line, text="User.status: a value was removed", **members):
    place = {"artifactLocation": {"uri": "api/openapi.yaml"}, "region": {"startLine": line, "startColumn": 3}}
    return {"ruleId": "enum-value-removed", "level": "error", "message": {"text": text},
            "partialFingerprints": {"change/v1": fingerprint}, "locations": [{"physicalLocation": place}], **members}


def sarif(*words, **files):
    """Runs a command on logs with these results, and returns its exit status and what it wrote."""
    words = list(words)
    for name, results in files.items():
        driver = {"name": "drift", "rules": [{"id": "enum-value-removed"}]}
        log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
               "runs": [{"tool": {"driver": driver}, "results": results}]}
        (folder / f"{name}.sarif").write_text(json.dumps(log))
        words.append(f"{name}.sarif")
    run = subprocess.run([folder / "venv/bin/sarif", *words], capture_output=True, text=True, cwd=folder, check=False)
    return run.returncode, run.stdout


def difference(old, new):
    status, text = sarif("--check", "error", "diff", old=old, new=new)
    return status, [line for line in text.splitlines() if line.startswith("all levels")][0]


def summary(*results):
    return sarif("--check", "error", "summary", log=list(results))[0]


def fingerprints(*results):
    sarif("codeclimate", "--output", "issues.json", log=list(results))
    return [issue["fingerprint"] for issue in json.loads((folder / "issues.json").read_text())]


def first_line(*options):
    sarif("emacs", *options, "--output", "lines.txt", log=[result("a", 10), result("b", 11)])
    return [line for line in (folder / "lines.txt").read_text().splitlines() if ":10:" in line][0].split(" ")[0]


suppressed = {"suppressions": [{"kind": "external", "justification": "accepted"}]}
moved, (one, two) = fingerprints(result("a", 50)), fingerprints(result("a", 10), result("b", 10))
cases = [
    ("diff, the line changed", difference([result("a", 10)], [result("a", 50)]), (0, "all levels: +0 +0")),
    ("diff, another fingerprint", difference([result("a", 10)], [result("b", 10)]), (0, "all levels: +0 +0")),
    ("diff, a second result", difference([result("a", 10)], [result("a", 10), result("b", 30)]),
     (0, "all levels: +0 +0")),
    ("diff, reworded", difference([result("a", 10)], [result("a", 10, "User.status lost a value")]),
     (1, "all levels: +1 -1")),
    ("summary, suppressed", summary(result("a", 10, **suppressed)), 1),
    ("summary, absent", summary(result("a", 10, baselineState="absent"), result("b", 20, baselineState="absent")), 2),
    ("codeclimate, the line changed, is the same issue", moved == [one], False),
    ("codeclimate, another fingerprint, is the same issue", one == two, True),
    ("emacs", first_line(), ":10:"),
    ("emacs --no-autotrim", first_line("--no-autotrim"), "api/openapi.yaml:10:"),
]
failed = False
for name, seen, expected in cases:
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
