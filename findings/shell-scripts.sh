#!/usr/bin/env bash
# Does a script that handles users and events do the same in each shell that runs it as `sh`?
#
# Versions, of Debian 12: dash 0.5.12, bash 5.2.15, mksh 59c, ksh93u+m 1.0.4, yash 2.52, zsh 5.9, busybox 1.35.0. Needs root for
# apt-get update; the packages are unpacked and not installed. dash is `sh` on Debian and Ubuntu, busybox on Alpine, mksh on
# Android, and zsh is the shell of macOS.
# Expected: A variable that holds JSON is written as it is. A number with 13 digits is a valid number of milliseconds. A row of a
# table has its values in its columns, and the last row is read like the others.
# Seen, without an error except where stated:
# - `echo "$user"` in dash, mksh, yash and zsh writes each \n of the JSON text as a line end, and each \\ as one backslash. A
#   title of two lines makes the document invalid, and the title C:\temp becomes "C:", a tab and "emp".
# - mksh calculates with 32 bits: 1796032800999/1000, the seconds of a time in milliseconds, is 736471. A limit's reset in 2039 is
#   a negative number.
# - zsh drops the last digit of 9223372036854775808 with a message, bash and busybox make it negative, and mksh makes it 0. dash
#   stops.
# - 010 + 1 is 9 in dash, bash, yash and busybox, and 11 in mksh, ksh93 and zsh. 08 + 1, with the hour of a time, is an error in
#   dash, bash and busybox.
# - Every shell that reads a line of `jq -r @tsv` with IFS set to a tab drops an empty title, and puts the department in the
#   column of the title.
# - No shell runs the body of `while read -r` for a last line without a line end.
# - A counter in a loop after a pipe is 0 after the loop, except in ksh93 and zsh.
# - zsh passes the scopes in $scopes as one argument.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download dash bash mksh ksh93u+m yash zsh zsh-common busybox libtinfo6 libcap2
for version in dash_0.5.12-2 bash_5.2.15-2 mksh_59c-28 ksh93u+m_1.0.4-3 yash_2.52-2 zsh_5.9-4 busybox_1%3a1.35.0-4; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
HOME=$folder python3 - <<'PYTHON'
import json, os, subprocess, sys

SHELLS = {"dash": "bin/dash", "bash": "bin/bash", "mksh": "bin/mksh", "ksh93": "bin/ksh93", "yash": "usr/bin/yash", "zsh": "bin/zsh",
          "busybox": "bin/busybox"}
environment = {**os.environ, "LD_LIBRARY_PATH": "root/usr/lib/x86_64-linux-gnu:root/lib/x86_64-linux-gnu"}
failed = False


def run(shell, script):
    command = ["root/" + SHELLS[shell], *(["ash"] if shell == "busybox" else []), "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, timeout=30, env=environment)
    return result.stdout.removesuffix("\n") if result.returncode == 0 else "an error"


def check(name, script, usual, **others):
    global failed
    seen = {shell: run(shell, script) for shell in SHELLS}
    for shell, output in seen.items():
        print(f"{name}, {shell}: {output!r}")
        if output != others.get(shell, usual):
            failed = True
            print(f"  changed: expected {others.get(shell, usual)!r}", file=sys.stderr)
    return seen


for value, changed, read in (("Head\nof Sales", '{"title": "Head\nof Sales"}', "an error"),
                             ("C:\\temp", '{"title": "C:\\temp"}', "C:\temp")):
    user = json.dumps({"title": value})
    check(user, f"user='{user}'; echo \"$user\"", user, dash=changed, mksh=changed, yash=changed, zsh=changed)
    try:
        again = json.loads(changed)["title"]
    except json.JSONDecodeError:
        again = "an error"
    print(f"  its title, read again: {again!r}")
    failed |= again != read
check("milliseconds", "echo $((1796032800999 / 1000))", "1796032800", mksh="736471")
check("a reset in 2039", "echo $((2177452800))", "2177452800", mksh="-2117514496")
check("a number of 64 bits", "n=9223372036854775808; echo $((n))", "-9223372036854775808", dash="an error", mksh="0",
      ksh93="9.22337203685477581e+18", yash="9223372036854775808", zsh="922337203685477580")
check("010", "n=010; echo $((n + 1))", "9", mksh="11", ksh93="11", zsh="11")
check("08", "hour=08; echo $((hour + 1))", "an error", mksh="9", ksh93="9", yash="9", zsh="9")
table = "printf 'ada\\t\\tSales\\nbob\\tEngineer\\tIT\\n'"
loop = f"{table} | while IFS=$(printf '\\t') read -r name title department; do echo \"$name, $title, $department\"; done"
check("an empty title", loop, "ada, Sales, \nbob, Engineer, IT")
check("no last line end", "printf 'ada\\nbob' | while read -r name; do echo \"$name\"; done", "ada")
check("a counter", "n=0; printf 'ada\\nbob\\n' | while read -r name; do n=$((n + 1)); done; echo $n", "0", ksh93="2", zsh="2")
check("scopes", "scopes='okta.users.read okta.groups.read'; set -- $scopes; echo $#", "2", zsh="1")
sys.exit(failed)
PYTHON
