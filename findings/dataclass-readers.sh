#!/usr/bin/env bash
# Does a user keep its values when a library makes a dataclass of it, and writes it back?
#
# Versions: cattrs 26.2.1, mashumaro 3.23, typedload 2.41, dataclass-wizard 1.0.0, dataclasses-json 0.6.7, jsons 1.6.3, pyserde
# 0.34.0, dacite 1.9.2, apischema 0.19.0; CPython 3.11.
# Expected: A value that does not have the type of its field is an error for that user, or is kept. A field `title: str` is an
# easy mistake: most users have a title, and the API returns null for the others.
# Seen, with the defaults and without an error:
# - cattrs, mashumaro, typedload and dataclass-wizard read null as the text "None" for a field of the type str. A program that
#   reads and replaces users gives each user without a title the title "None". In a list of groups, null becomes the group
#   "None". dataclasses-json does the latter too.
# - For a bool, the four read null as false. cattrs, mashumaro, typedload, jsons and dataclasses-json read the text "false" as
#   true. Custom attributes and the details of events often have such texts. dataclass-wizard reads "false" as false.
# - For a list of texts, all except typedload, dacite and apischema read the text "Sales" as five groups of one letter each.
# - For an int, "007" becomes 7 in six libraries, and 7.9 becomes 7 in five of them. For a str, an object becomes a text in
#   Python's form.
# dacite and apischema report each of these. pyserde does not check a list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cattrs==26.2.1 mashumaro==3.23 typedload==2.41 \
    dataclass-wizard==1.0.0 dataclasses-json==0.6.7 jsons==1.6.3 pyserde==0.34.0 dacite==1.9.2 apischema==0.19.0 \
    2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
cat > readers.py <<'PYTHON'
import dataclasses, sys
from importlib.metadata import version
from typing import List

import apischema, cattrs, dacite, dataclass_wizard, jsons, serde, typedload
from dataclasses_json import dataclass_json
from mashumaro import DataClassDictMixin


@dataclasses.dataclass
class User:
    id: str
    title: str
    isManager: bool
    badge: int
    groups: List[str]


@dataclass_json
@dataclasses.dataclass
class ForDataclassesJson(User):
    pass


@dataclasses.dataclass
class ForMashumaro(User, DataClassDictMixin):
    pass


@serde.serde
@dataclasses.dataclass
class ForSerde(User):
    pass


# For each library: an object that is read and written again.
AGAIN = {
    "cattrs": lambda user: cattrs.unstructure(cattrs.structure(user, User)),
    "mashumaro": lambda user: ForMashumaro.from_dict(user).to_dict(),
    "typedload": lambda user: typedload.dump(typedload.load(user, User), hidedefault=False),
    "dataclass-wizard": lambda user: dataclass_wizard.asdict(dataclass_wizard.fromdict(User, user)),
    "dataclasses-json": lambda user: ForDataclassesJson.from_dict(user).to_dict(),
    "jsons": lambda user: jsons.dump(jsons.load(user, User)),
    "pyserde": lambda user: serde.to_dict(serde.from_dict(ForSerde, user)),
    "dacite": lambda user: dataclasses.asdict(dacite.from_dict(User, user)),
    "apischema": lambda user: apischema.serialize(apischema.deserialize(User, user)),
}
GOOD = {"id": "00u1", "title": "CTO", "isManager": True, "badge": 7, "groups": ["Sales"]}
FOUR = ("cattrs", "mashumaro", "typedload", "dataclass-wizard")
FIVE = (*FOUR, "dataclasses-json")
SIX = (*FIVE, "jsons")
LETTERS = list("Sales")
# For each change of the good user: the values that libraries read. All others report an error.
CASES = [
    ("title", None, dict.fromkeys(FOUR, "None") | {"dataclasses-json": None}),
    ("title", {"a": 1}, dict.fromkeys(SIX, "{'a': 1}")),
    ("isManager", "false", dict.fromkeys(SIX, True) | {"dataclass-wizard": False}),
    ("isManager", "on", dict.fromkeys(SIX, True)),
    ("isManager", None, dict.fromkeys(FOUR, False) | {"dataclasses-json": None}),
    ("badge", "007", dict.fromkeys(SIX, 7)),
    ("badge", 7.9, {name: 7 for name in SIX if name != "dataclass-wizard"}),
    ("groups", "Sales", {name: LETTERS for name in (*SIX, "pyserde") if name != "typedload"}),
    ("groups", ["Sales", None], dict.fromkeys(FIVE, ["Sales", "None"]) | {"pyserde": ["Sales", None]}),
]
failed = False
print(", ".join(f"{name} {version(name)}" for name in AGAIN))
for name, again in AGAIN.items():
    assert again(dict(GOOD)) == GOOD, name
for field, value, expected in CASES:
    seen = {}
    for name, again in AGAIN.items():
        try:
            seen[name] = again({**GOOD, field: value})[field]
        except Exception:  # Each library has its own ones.
            pass
    print(f"{field} {value!r}: {seen}")
    if repr(seen) != repr({name: expected[name] for name in AGAIN if name in expected}):
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
venv/bin/python -W ignore readers.py
