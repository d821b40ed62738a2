#!/usr/bin/env bash
# Is a list of users still the same table after Miller has made CSV of JSON, or JSON of CSV?
#
# Version: Miller 6.6.0 of Debian 12, the program `mlr`. Needs root for apt-get update; the package is unpacked and not installed.
# Expected: one CSV file with one header, in which each value stands below its name, and valid JSON. Profiles are sparse, and
# `unsparsify` is documented to give all records the same names. The types of CSV are guessed, but a value stays as written.
# Seen, with exit status 0 and no message:
# - From users with different attributes `--ijsonl --ocsv` writes several tables into one file, each with a header. A reader of
#   CSV takes the second header for a user, and the manager of the next one for that user's phone number.
# - `unsparsify` does not change that for a profile, since it runs before the objects are flattened. `flatten then unsparsify`
#   does.
# - What Miller takes for a number is written to JSON as it stands, without quotation marks: the serial number 0xBEEF, 0b11,
#   0o17, and the titles "5." and ".5". No parser of JSON reads that file. `-S` helps.
# - The text "{}" becomes an object, and a column `a.b` an object with a member. `--no-auto-unflatten` helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download miller
ls miller_6.6.0-* >/dev/null 2>&1 || { echo "skipped: this needs Miller 6.6.0, and another version is served"; exit 0; }
dpkg -x miller_*.deb root
python3 - <<'PYTHON'
import csv, json, subprocess, sys

failed = False


def mlr(text, *arguments):
    return subprocess.run(["root/usr/bin/mlr", *arguments], input=text, capture_output=True, text=True, check=True).stdout


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def is_json(text):
    try:
        json.loads(text)
        return True
    except ValueError:
        return False


print(mlr("", "--version").strip())
profiles = {"00u1": {"login": "ada@example.com", "mobilePhone": "+1"},
            "00u2": {"login": "bob@example.com", "manager": "ada@example.com"}}
users = "".join(json.dumps({"id": name, "profile": profile}) + "\n" for name, profile in profiles.items())
for verbs, expected in (("cat", [("00u1", "+1"), ("id", "profile.manager"), ("00u2", "ada@example.com")]),
                        ("unsparsify", [("00u1", "+1"), ("id", "profile.manager"), ("00u2", "ada@example.com")]),
                        ("flatten then unsparsify", [("00u1", "+1"), ("00u2", "")])):
    rows = csv.DictReader(mlr(users, "--ijsonl", "--ocsv", *verbs.split()).splitlines())
    check(f"users and their phone numbers, {verbs}", [(row["id"], row["profile.mobilePhone"]) for row in rows], expected)

for value in ("0xBEEF", "0b11", "0o17", "5.", ".5"):
    table = f"id,serial\n00u1,{value}\n"
    seen = mlr(table, "--icsv", "--ojsonl", "cat").strip()
    check(f"{value} in JSON", seen, f'{{"id": "00u1", "serial": {value}}}')
    check("  is that JSON", is_json(seen), False)
    seen = mlr(table, "--icsv", "--ojsonl", "-S", "cat")
    check("  with -S", json.loads(seen), {"id": "00u1", "serial": value})

table = "id,a.b,c\n00u1,x,{}\n"
check("a column with a dot, and {}", json.loads(mlr(table, "--icsv", "--ojsonl", "cat")), {"id": "00u1", "a": {"b": "x"}, "c": {}})
check("  with --no-auto-unflatten", json.loads(mlr(table, "--icsv", "--ojsonl", "--no-auto-unflatten", "cat")),
      {"id": "00u1", "a.b": "x", "c": "{}"})
sys.exit(failed)
PYTHON
