#!/usr/bin/env bash
# Do small stores for Python, and a substitute for MongoDB in tests, find and keep the users that a program stores?
#
# Versions: tinydb 4.9.0, dataset 2.0.0 with SQLAlchemy 2.1.9, mongita 1.2.0, mongomock 4.3.0; CPython 3.11.
# Expected: A condition that is not supported is an error. mongita and mongomock find what MongoDB finds, as they say. A value is
# returned as it was stored, and a program that changes a result does not change the store.
# Seen, without an error:
# - mongita finds nobody by `$or`, and everybody by `{"groups": {"$ne": "Sales"}}`, also the members of Sales.
# - mongita and mongomock find `active: true` by 1, and a subdocument whatever the order of its members. MongoDB does not, so a test
#   passes and the program finds nobody. mongita keeps microseconds, MongoDB milliseconds.
# - tinydb's `where("title") != "Head"` does not find a user without a title, and `~(where("title") == "Head")` does.
# - tinydb returns one list of users to all callers of a search. A change in a result is in later results, but not in the file.
# - tinydb's `update` and `upsert` of a profile's one attribute remove the others.
# - dataset takes the type of a column from its first value. After the badge 7, "007" is 7 and "1e3" is 1000; after a date, the
#   time 23:30 of the next user is lost.
# - dataset's `update` with a misspelled key adds a column of that name, and updates nobody. `delete` and `find` with it find nobody.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tinydb==4.9.0 dataset==2.0.0 sqlalchemy==2.1.9 mongita==1.2.0 \
    mongomock==4.3.0 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime, sys

import dataset, mongita, mongomock, tinydb

failed = False


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if repr(seen) != repr(expected):
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


USERS = [{"id": "00u1", "active": True, "level": 3, "groups": ["Sales"], "profile": {"department": "R", "nickName": "Al"}},
         {"id": "00u2", "title": "Head", "level": 10, "groups": ["IT", "Sales"]}, {"id": "00u3", "title": "Chief", "level": 5, "groups": []}]


def ids(users):
    return sorted(user["id"] for user in users)


for name, client in (("mongita", mongita.MongitaClientMemory()), ("mongomock", mongomock.MongoClient())):
    store = client.org.users
    store.insert_many([dict(user) for user in USERS])
    check(f"{name}, $or", ids(store.find({"$or": [{"level": 3}, {"level": 10}]})), [] if name == "mongita" else ["00u1", "00u2"])
    check(f"{name}, $ne", ids(store.find({"groups": {"$ne": "Sales"}})), ["00u1", "00u2", "00u3"] if name == "mongita" else ["00u3"])
    check(f"{name}, true by 1", ids(store.find({"active": 1})), ["00u1"])
    check(f"{name}, a subdocument in another order", ids(store.find({"profile": {"nickName": "Al", "department": "R"}})), ["00u1"])
    store.insert_one({"id": "00u4", "seen": datetime.datetime(2026, 11, 29, 5, 0, 0, 123456)})
    check(f"{name}, microseconds", store.find_one({"id": "00u4"})["seen"].microsecond, 123456 if name == "mongita" else 123000)

store, where = tinydb.TinyDB("users.json"), tinydb.where
store.insert_multiple([dict(user) for user in USERS])
check("tinydb, != and ~", [ids(store.search(where("title") != "Head")), ids(store.search(~(where("title") == "Head")))],
      [["00u3"], ["00u1", "00u3"]])
store.search(where("id") == "00u2")[0]["title"] = "changed"
check("tinydb, a later search, and the file", [store.search(where("id") == "00u2")[0]["title"],
                                               tinydb.TinyDB("users.json").search(where("id") == "00u2")[0]["title"]], ["changed", "Head"])
store.update({"profile": {"department": "S"}}, where("id") == "00u1")
check("tinydb, update", store.get(where("id") == "00u1")["profile"], {"department": "S"})
store.upsert({"profile": {"nickName": "Ada"}}, where("id") == "00u1")
check("tinydb, upsert", store.get(where("id") == "00u1")["profile"], {"nickName": "Ada"})

tables = dataset.connect("sqlite:///:memory:")
users = tables["users"]
for login, badge in (("ada", 7), ("ben", "007"), ("cy", "1e3")):
    users.insert({"login": login, "badge": badge})
check("dataset, badges", [user["badge"] for user in users.all()], [7, 7, 1000])
events = tables["events"]
for time in (datetime.date(2026, 11, 28), datetime.datetime(2026, 11, 29, 23, 30)):
    events.insert({"published": time})
check("dataset, times", [event["published"] for event in events.all()], [datetime.date(2026, 11, 28), datetime.date(2026, 11, 29)])
check("dataset, find and delete with a misspelled key", [list(users.find(logn="ada")), users.delete(logn="ada")], [[], False])
check("dataset, update with a misspelled key", [users.update({"logn": "ada", "badge": 9}, ["logn"]), users.columns,
                                                [user["badge"] for user in users.all()]],
      [0, ["id", "login", "badge", "logn"], [7, 7, 1000]])
sys.exit(failed)
PYTHON
