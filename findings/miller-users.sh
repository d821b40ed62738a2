#!/usr/bin/env bash
# Does a list of users stay the same table when Miller converts JSON to CSV, or CSV to JSON?
#
# Version: Miller 6.6.0 of Debian 12, the program `mlr`. Needs root for apt-get update; the package is unpacked and not
# installed.
# Expected: Miller writes one CSV file with one header and each value below its name, or it writes valid JSON. Profiles are
# sparse, and `unsparsify` is documented to give all records the same names. Miller infers types from CSV, but a value stays as
# written.
# Seen, with exit status 0 and no message:
# - For users with different attributes, `--ijsonl --ocsv` writes several tables into one file, each with a header. A CSV reader
#   takes the second header for a user, and the next user's manager for that user's phone number.
# - `unsparsify` does not change that for a profile, since it runs before the objects are flattened. `flatten then unsparsify`
#   does.
# - Miller writes what it takes for a number to JSON as it is, without quotation marks: the serial number 0xBEEF, 0b11, 0o17,
#   and the titles "5." and ".5". No JSON parser reads that file. `-S` prevents this.
# - The text "{}" becomes an object, and a column `a.b` becomes an object with a member. `--no-auto-unflatten` prevents this.
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
