#!/usr/bin/env bash
# Does a list of users keep its values when it is written to an XLSX file for people to read or edit?
#
# Versions: pandas 3.1.1 and Polars 2.1.0 with XlsxWriter 3.3.1, pandas with openpyxl 3.1.5, tablib 3.10.0, PyExcelerate
# 0.13.0; the files are read with python-calamine 0.9.1. CPython 3.11.
# Expected: A cell is text if the value is text. The employee number 00123, a phone number with a plus, and all other values do
# not change.
# Seen, without an error:
# - XlsxWriter, which pandas uses if it is installed, reads text that begins with `external:` or `internal:` as a link and drops
#   the prefix: the user type external:contractor is written as contractor. `mailto:` is dropped in the same way.
# - Text that begins with an equals sign becomes a formula: the title =CTO is read as 0 (pandas with XlsxWriter), or as empty
#   (the others except Polars). openpyxl, and tablib through it, turn #N/A into an error.
# - XlsxWriter writes 65,530 links and omits the rest, with a warning for each. Of 70,000 users 4,470 have no profileUrl. In a
#   file with only this column, these rows are missing.
# With strings_to_urls and strings_to_formulas off, XlsxWriter keeps all values.
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
