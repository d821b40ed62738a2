#!/usr/bin/env bash
# Does a list of users keep its values, when it is written to an XLSX file for somebody to look at or to change?
#
# Versions: pandas 3.1.1 and Polars 2.1.0 with XlsxWriter 3.3.1, pandas with openpyxl 3.1.5, tablib 3.10.0, PyExcelerate
# 0.13.0; the files are read with python-calamine 0.9.1. CPython 3.11.
# Expected: a cell is text where the value is text. The employee number 00123 and a phone number with a plus stay, and so
# does the rest.
# Seen, without an error:
# - XlsxWriter, which pandas takes where it is installed, takes text that begins with `external:` or `internal:` for a link,
#   and leaves the word out: the user type external:contractor is written as contractor. `mailto:` goes the same way.
# - Text that begins with an equals sign is a formula: the title =CTO is read as 0 (pandas with XlsxWriter), or as empty
#   (the others but Polars). openpyxl, and tablib through it, make an error of #N/A.
# - XlsxWriter writes 65,530 links and leaves the rest out, with a warning each: of 70,000 users 4,470 have no profileUrl,
#   and in a file of this column alone these rows are gone.
# With strings_to_urls and strings_to_formulas off, XlsxWriter keeps all of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 polars==2.1.0 xlsxwriter==3.3.1 \
    openpyxl==3.1.5 'tablib[xlsx]==3.10.0' pyexcelerate==0.13.0 python-calamine==0.9.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys, warnings
from importlib.metadata import version

import pandas, polars, pyexcelerate, tablib
from python_calamine import CalamineWorkbook

warnings.warn = lambda *arguments, **options: None  # Some of the tools state that their warnings are to be shown.
VALUES = ["00123", "+47 555 01 000", "1e5", "-Interim", "@home", "external:contractor", "internal: payroll",
          "mailto:ada@example.com", "=CTO", "#N/A"]
OFF = {"options": {"strings_to_urls": False, "strings_to_formulas": False}}


def by_pandas(engine, options=None):
    with pandas.ExcelWriter("users.xlsx", engine=engine, engine_kwargs=options) as writer:
        pandas.DataFrame({"value": VALUES, "end": "."}).to_excel(writer, index=False)


def by_polars():
    polars.DataFrame({"value": VALUES, "end": ["."] * len(VALUES)}).write_excel("users.xlsx")


def by_tablib():
    with open("users.xlsx", "wb") as file:
        file.write(tablib.Dataset(*[(value, ".") for value in VALUES], headers=["value", "end"]).export("xlsx"))


def by_pyexcelerate():
    book = pyexcelerate.Workbook()
    book.new_sheet("users", data=[["value", "end"]] + [[value, "."] for value in VALUES])
    book.save("users.xlsx")


def rows():
    return CalamineWorkbook.from_path("users.xlsx").get_sheet_by_index(0).to_python()[1:]


def check(name, seen, expected):
    global failed
    print(f"  {name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


failed = False
for name in ("pandas", "polars", "xlsxwriter", "openpyxl", "tablib", "pyexcelerate", "python-calamine"):
    print(name, version(name))
links = {"external:contractor": "contractor", "internal: payroll": " payroll", "mailto:ada@example.com": "ada@example.com"}
cases = [
    ("pandas, by default", lambda: by_pandas(None), links | {"=CTO": 0.0}),
    ("pandas, links and formulas off", lambda: by_pandas("xlsxwriter", OFF), {}),
    ("Polars", by_polars, links),
    ("pandas with openpyxl", lambda: by_pandas("openpyxl"), {"=CTO": "", "#N/A": ""}),
    ("tablib", by_tablib, {"=CTO": "", "#N/A": ""}),
    ("PyExcelerate", by_pyexcelerate, {"=CTO": ""}),
]
for name, write, expected in cases:
    write()
    seen = {value: row[0] for value, row in zip(VALUES, rows(), strict=True) if row[0] != value}
    check(f"{name}, values that differ", seen, expected)
users = pandas.DataFrame({"profileUrl": [f"https://example.com/{number}" for number in range(70_000)]})
users.to_excel("users.xlsx", engine="xlsxwriter", index=False)
check("rows of 70,000 addresses", len(rows()), 65_530)
sys.exit(failed)
PYTHON
