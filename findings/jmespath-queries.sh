#!/usr/bin/env bash
# Does one JMESPath query, as used with aws, az and Ansible, find the same events and users in each implementation?
#
# Versions: jmespath 1.1.0 for Python; of Debian 12, jp 0.2.1, which is the Go implementation's command, jmespath.js 0.15.0 and
# Ruby's jmespath 1.6.1; Node.js and CPython 3.11. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: All implementations return one result. Where the specification defines none, they return the same null, or an error.
# For example, it defines `>` for numbers only, and not for texts.
# Seen:
# - A query for the events after a time, tested with Python's library, finds no event in jp, and jp raises no error. Ruby's
#   library and the JavaScript library agree with Python's.
# - A comparison of a number with a text finds nothing in jp and Ruby, is an error in Python, and finds a match in JavaScript: 7
#   > "6".
# - max_by by a text is null in JavaScript. The others return the newest event. to_number('') is 0 in JavaScript, and null
#   elsewhere. to_number('0x10') is 16 in JavaScript and Ruby.
# - If one user has no title, sort_by is null in jp, without an error, and an error elsewhere.
# - 12345678901234567891 is equal to 12345678901234567890 in jp and JavaScript.
set -euo pipefail
command -v node >/dev/null || { echo "this needs node" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download jp node-jmespath ruby-jmespath ruby3.1 libruby3.1 libyaml-0-2 libffi8 libgmp10
ls jp_0.2.1+* node-jmespath_0.15.0+* ruby-jmespath_1.6.1-* >/dev/null 2>&1 \
    || { echo "skipped: this needs jp 0.2.1, jmespath.js 0.15.0 and Ruby's jmespath 1.6.1, and others are served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jmespath==1.1.0 2>log || { cat log >&2; exit 1; }
venv/bin/python - "$folder/root/usr" <<'PYTHON'
import json, os, subprocess, sys

import jmespath

usr = sys.argv[1]
failed = False
JAVASCRIPT = """
const jmespath = require(process.argv[1] + "/share/nodejs/jmespath");
const [query, text] = process.argv.slice(2);
console.log(JSON.stringify(jmespath.search(JSON.parse(text), query)));
"""
RUBY = 'require "json"; require "jmespath"; print JSON.generate(JMESPath.search(ARGV[0], JSON.parse(ARGV[1])))'


def output(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    return json.loads(done.stdout) if done.returncode == 0 else "an error"


def by_python(query, text):
    try:
        return jmespath.search(query, json.loads(text))
    except Exception:  # JMESPath's own one, or TypeError.
        return "an error"


def by_ruby(query, text):
    libraries = [f"{usr}/lib/{name}" for name in (
        "ruby/3.1.0", "x86_64-linux-gnu/ruby/3.1.0", "ruby/vendor_ruby", "x86_64-linux-gnu/ruby/vendor_ruby/3.1.0")]
    gem = f"{usr}/share/rubygems-integration/all/gems/jmespath-1.6.1/lib"
    return output(f"{usr}/bin/ruby3.1", "--disable-gems", "-e", RUBY, query, text, env=os.environ | {
        "RUBYLIB": ":".join([gem, *libraries]), "LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu", "LC_ALL": "C.UTF-8"})


IMPLEMENTATIONS = {
    "Python": by_python,
    "jp": lambda query, text: output(f"{usr}/bin/jp", "-c", query, input=text),
    "JavaScript": lambda query, text: output("node", "-e", JAVASCRIPT, usr, query, text),
    "Ruby": by_ruby,
}
EVENTS = '[{"id": "e1", "published": "2026-11-30T10:00:00.000Z"}, {"id": "e2", "published": "2026-11-30T11:00:00.000Z"}]'
USERS = '[{"id": "u1", "title": "CTO", "level": 7}, {"id": "u2", "title": null, "level": 5}]'
BIG = '[{"badge": 12345678901234567890}]'
# For each query: its input, and what each implementation finds.
CASES = [
    ("[?title == 'CTO'].id", USERS, *[["u1"]] * 4),
    ("[?level > `6`].id", USERS, *[["u1"]] * 4),
    ("[?title == null].id", USERS, *[["u2"]] * 4),
    ("[?published > '2026-11-30T10:30:00.000Z'].id", EVENTS, ["e2"], [], ["e2"], ["e2"]),
    ("[?level > '6'].id", USERS, "an error", [], ["u1"], []),
    ("max_by(@, &published).id", EVENTS, "e2", "e2", None, "e2"),
    ("sort_by(@, &title)[].id", USERS, "an error", None, "an error", "an error"),
    ("to_number('7')", USERS, 7, 7, 7, 7),
    ("to_number('')", USERS, None, None, 0, None),
    ("to_number('0x10')", USERS, None, None, 16, 16),
    ("[?badge == `12345678901234567891`]", BIG, [], json.loads("[{\"badge\": 12345678901234567000}]"),
     json.loads("[{\"badge\": 12345678901234567000}]"), []),
]


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


for query, text, *expected in CASES:
    check(query, {name: search(query, text) for name, search in IMPLEMENTATIONS.items()}, dict(zip(IMPLEMENTATIONS, expected)))
sys.exit(failed)
PYTHON
