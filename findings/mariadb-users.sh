#!/usr/bin/env bash
# Does MariaDB, with its defaults and its JSON functions, return the users and events of an org as they were stored?
#
# Version: MariaDB 10.11 of Debian 12 (10.11.19), with utf8mb4 and its default collation and SQL mode; local loading of files is
# on. Needs root for apt-get update; the packages are unpacked and not installed.
# Expected: Okta's ids are case-sensitive texts. A time with Z or an offset is that instant, or an error. JSON_SET writes the
# result of JSON_VALUE as it was. LOAD DATA loads each line of a file of newline-delimited JSON, or reports an error.
# Seen, without an error. Some cases give a warning, which few programs ask for.
# - Two ids that differ in the case of one letter are one primary key. An upsert of the second user gives the first user its
#   login. REPLACE removes the first user.
# - A comparison with '2026-11-30T12:00:00.000+02:00' is a comparison with 12:00, and INSERT IGNORE stores 12:00. TIMESTAMPDIFF
#   between this time and 10:00Z, the same instant, is two hours. A plain INSERT of a time with Z or an offset is an error. A
#   test with INSERT does not reveal the other cases.
# - JSON_VALUE of true is 1, and JSON_SET with it stores the text "1". JSON_ARRAYAGG writes true from a boolean column as 1.
# - JSON_SEARCH for a login finds other logins too. `_` matches any character, and case does not matter.
# - LOAD DATA removes backslashes. For a line with \", a JSON column stores nothing, and a text column stores another text.
# - JSON_ARRAYAGG and GROUP_CONCAT end after 1 MiB. The array of 20,000 users has no end and is not JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download mariadb-server-core mariadb-server mariadb-client-core libmariadb3 libaio1 liburing2 \
    libnuma1 libpmem1 libdaxctl1 libndctl6 libsnappy1v5
ls mariadb-server-core_1%3a10.11.* >/dev/null 2>&1 || { echo "skipped: this needs MariaDB 10.11, and another version is served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 - "$folder" <<'PYTHON'
import json, os, pathlib, subprocess, sys, time

folder = pathlib.Path(sys.argv[1])
usr = folder / "root/usr"
environment = os.environ | {"LD_LIBRARY_PATH": f"{usr}/lib/x86_64-linux-gnu:{folder}/root/lib/x86_64-linux-gnu"}
failed = False


def rows(statements):
    output = subprocess.run(
        [usr / "bin/mariadb", "--no-defaults", "--default-character-set=utf8mb4", "--local-infile=1", "--socket", folder / "socket",
         "--batch", "--skip-column-names", "--raw"], input="set session sql_notes = 1; " + statements, capture_output=True, text=True,
        env=environment)
    if output.returncode:
        return output.stderr.splitlines()[-1].split(" at line")[0]
    return [tuple(line.split("\t")) for line in output.stdout.splitlines()]


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


(folder / "data").mkdir()
with open(folder / "log", "w") as log:
    server = subprocess.Popen(
        [usr / "sbin/mariadbd", "--no-defaults", "--user=root", f"--datadir={folder}/data", f"--lc-messages-dir={usr}/share/mysql",
         f"--character-sets-dir={usr}/share/mysql/charsets", f"--plugin-dir={usr}/lib/mysql/plugin", "--skip-networking",
         f"--socket={folder}/socket", "--skip-grant-tables", f"--pid-file={folder}/pid", "--innodb-buffer-pool-size=16M"],
        stdout=log, stderr=log, env=environment)
try:
    for _ in range(300):
        if rows("select 1;") == [("1",)]:
            break
        time.sleep(0.1)
    print(rows("select version();")[0][0])
    rows("create database org character set utf8mb4;")
    USERS = "use org; create or replace table users (id varchar(20) primary key, login varchar(100)); "
    ADA, BOB = "('00u1abcdefGHIJKLMN01', 'ada')", "('00u1abcdefGHIJKLMn01', 'bob')"
    check("users after an upsert", rows(
        f"{USERS} insert into users values {ADA}; insert into users values {BOB} on duplicate key update login = values(login); "
        "select * from users;"), [("00u1abcdefGHIJKLMN01", "bob")])
    check("users after REPLACE", rows(f"{USERS} insert into users values {ADA}; replace into users values {BOB}; select * from users;"),
          [("00u1abcdefGHIJKLMn01", "bob")])

    EVENTS = ("use org; create or replace table events (uuid varchar(9), published datetime(3)); insert into events values "
              "('e1', '2026-11-30 09:00'), ('e2', '2026-11-30 10:00'), ('e3', '2026-11-30 12:00'); ")
    FIND = EVENTS + "select uuid from events where published >= '{}';"
    check("events since 10:00Z", rows(FIND.format("2026-11-30T10:00:00.000Z")), [("e2",), ("e3",)])
    check("events since the same time as 12:00+02:00", rows(FIND.format("2026-11-30T12:00:00.000+02:00")), [("e3",)])
    check("seconds between the two", rows("select timestampdiff(second, '2026-11-30T10:00:00Z', '2026-11-30T12:00:00+02:00');"),
          [("7200",)])
    INSERT = "into events values ('e4', '2026-11-30T12:00:00.000+02:00'); select published from events where uuid = 'e4';"
    check("INSERT of that time", rows(f"{EVENTS} insert {INSERT}"), "ERROR 1292 (22007)")
    check("INSERT IGNORE of that time", rows(f"{EVENTS} insert ignore {INSERT}"), [("2026-11-30 12:00:00.000",)])

    check("true, read and set", rows("""select json_set('{}', '$.on', json_value('{"on": true}', '$.on'));"""), [('{"on": "1"}',)])
    check("true, in an array of a column", rows(
        "use org; create or replace table flags (active boolean); insert into flags values (true); "
        "select json_arrayagg(active) from flags;"), [("[1]",)])
    SEARCH = "select json_search('{{\"login\": \"{}\"}}', 'one', 'ada_l');"
    check("search for ada_l among ada_l, adaml, ADA_L and adal",
          [rows(SEARCH.format(login))[0][0] for login in ("ada_l", "adaml", "ADA_L", "adal")], ['"$.login"'] * 3 + ["NULL"])

    lines = ['{"uuid":"e1","message":"said \\"yes\\""}', '{"uuid":"e2","message":"yes"}', '{"uuid":"e3","message":"caf\\u00e9"}']
    (folder / "events").write_text("".join(line + "\n" for line in lines))
    LOAD = (f"use org; create or replace table raw (event {{}}); load data local infile '{folder}/events' into table raw; "
            "select event from raw;")
    check("events that were loaded into a column of JSON", rows(LOAD.format("json")),
          [('{"uuid":"e2","message":"yes"}',), ('{"uuid":"e3","message":"cafu00e9"}',)])
    check("events that were loaded into a column of text", rows(LOAD.format("longtext"))[::2],
          [('{"uuid":"e1","message":"said "yes""}',), ('{"uuid":"e3","message":"cafu00e9"}',)])

    ALL = "use org; select {} from (select json_object('id', concat('00u', seq), 'login', concat('user-', seq, '@acme.example')) as user " \
          "from seq_1_to_20000) as users;"
    for what, expression in {"JSON_ARRAYAGG": "json_arrayagg(user)", "GROUP_CONCAT": "concat('[', group_concat(user), ']')"}.items():
        for function, expected in {"length": "1048578", "json_valid": "0"}.items():
            check(f"{function} of {what}", rows(ALL.format(f"{function}({expression})"))[0][0], expected)
finally:
    server.terminate()
    server.wait(60)
sys.exit(failed)
PYTHON
