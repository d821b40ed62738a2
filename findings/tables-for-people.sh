#!/usr/bin/env bash
# Do users and groups of an org keep their values in a table that is printed for people, or counted in a shell?
#
# Versions: tabulate 0.10.0, jtbl 1.6.0, texttable 1.7.2, beautifultable 1.1.0, rich 15.0.0; textql 2.0.3 and GNU datamash 1.7
# of Debian 12; CPython 3.11. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: A string is printed unchanged. Employee numbers, cost centers, identifiers and names are strings, in JSON too.
# Seen, without an error:
# - texttable and beautifultable print 123 for the employee number 00123, and 100000 or 100000.0 for the cost center 1e5. They
#   print the first name Nan and the last name Inf as nan and inf.
# - tabulate decides by column, and so does jtbl, which uses it to print JSON. If all values of the column look like numbers,
#   the version 1.10 is printed as 1.1 and Nan as nan. An identifier of 20 digits beside a fraction is printed as 1.23457e+19.
# - rich reads a group's name as markup: "[eng] admins" is printed as " admins".
# - textql prints 123, 100000 and 1.1.
# - datamash reads commas within quotation marks as separators. For a user with the title "Head, Ops", it counts a part of the
#   title as the department. It prints 14 digits of a result, so the latest of some times in microseconds is a different time.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tabulate==0.10.0 jtbl==1.6.0 texttable==1.7.2 \
    beautifultable==1.1.0 rich==15.0.0 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download textql datamash
for package in *.deb; do
    echo "${package%_*}"
    dpkg -x "$package" root
done | tee versions
for version in textql_2.0.3 datamash_1.7; do
    grep -q "^$version" versions || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
PATH=$folder/root/usr/bin:$folder/venv/bin:$PATH "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import io, json, re, subprocess, sys

import beautifultable, rich.console, rich.table, tabulate, texttable

failed = False


def cells(text):
    """The cells of the rows of a table, without its lines and its header."""
    rows = [re.split(r"\s*\|\s*", line.strip().strip("|").strip()) for line in text.splitlines() if re.search("[^-=+| :]", line)]
    return [cell for row in rows for cell in row if cell != "v"]


def by_tabulate(*values):
    return cells(tabulate.tabulate([[value] for value in values], ["v"], "github"))


def by_jtbl(*values):
    text = json.dumps([{"v": value} for value in values])
    return cells(subprocess.run(["jtbl", "-m"], input=text, capture_output=True, text=True, check=True).stdout)


def by_texttable(*values):
    table = texttable.Texttable()
    table.add_rows([["v"], *([value] for value in values)])
    return cells(table.draw())


def by_beautifultable(*values):
    table = beautifultable.BeautifulTable()
    for value in values:
        table.rows.append([value])
    return cells(str(table))


def by_rich(*values):
    table, console = rich.table.Table("v", box=None), rich.console.Console(file=io.StringIO())
    for value in values:
        table.add_row(value)
    console.print(table)
    return [line.rstrip()[1:] for line in console.file.getvalue().splitlines()[1:]]


def by_textql(*values):
    with open("users.csv", "w") as file:
        file.write("v,w\n" + "".join(f"{value},x\n" for value in values))
    return run("textql", "-header", "-sql", "select v from users", "users.csv").splitlines()


def run(*command, text=None):
    given = {"input": text} if text else {"stdin": subprocess.DEVNULL}
    return subprocess.run(command, **given, capture_output=True, text=True, check=True).stdout


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


check("tabulate", by_tabulate("1.10", "Nan"), ["1.1", "nan"])
check("tabulate", by_tabulate("1.10", "12345678901234567890"), ["1.1", "1.23457e+19"])
check("tabulate", by_tabulate("1.10", "Ada"), ["1.10", "Ada"])
check("tabulate", by_tabulate("00123", "00017"), ["00123", "00017"])
check("jtbl", by_jtbl("1.10", "Nan"), ["1.1", "nan"])
check("texttable", by_texttable("00123", "1e5", "Inf", "Ada"), ["123", "100000", "inf", "Ada"])
check("beautifultable", by_beautifultable("00123", "1e5", "Nan", "Ada"), ["123", "100000.0", "nan", "Ada"])
check("rich", by_rich("[eng] admins", "[EMEA] admins", "Ada"), [" admins", "[EMEA] admins", "Ada"])
check("textql", by_textql("00123", "1e5", "1.10", "Ada"), ["123", "100000", "1.1", "Ada"])
USERS = 'login,title,department\nada,CTO,Board\nben,"Head, Ops",Operations\n'
counts = run("datamash", "-t,", "-s", "--header-in", "-g", "3", "count", "1", text=USERS).splitlines()
check("datamash, users by department", counts, [' Ops",1', "Board,1"])
check("datamash, the latest of two times", run("datamash", "max", "1", text="1796020625344123\n1796020625344124\n").strip(),
      "1.7960206253441e+15")
sys.exit(failed)
PYTHON
