#!/usr/bin/env bash
# Does each event of the System Log arrive, unchanged, if a program passes it on by MQTT with "at least once" (QoS 1)?
#
# Versions: mosquitto and its commands 2.0.11 of Debian 12; paho-mqtt 2.2.0, aiomqtt 2.5.1, gmqtt 0.8.0; CPython 3.11. Needs root for
# apt-get update; Debian's packages are unpacked and not installed.
# Expected: A sender with QoS 1 and a reader with a session that is kept lose no event, or one of them gets an error. A payload stays
# as it is.
# Seen, without an error for the sender or the reader:
# - mosquitto keeps 1,000 events for a reader that is not connected. It acknowledges 5,000, and mosquitto_pub returns 0. The reader
#   gets the first 1,000. The broker's log has one line. `max_queued_messages 0` helps.
# - paho-mqtt returns success for 500 events that a program publishes before it disconnects, and not all arrive. `wait_for_publish`
#   helps. gmqtt's `publish` returns nothing to wait for, and its `disconnect` leaves a part of 500 events.
# - aiomqtt acknowledges an event when it arrives and not when the program reads it. After a stop at the third of six, the others
#   do not come again. After an exception in a callback, gmqtt has acknowledged the event too.
# - An exception in a callback of paho-mqtt ends its thread. The program continues, and `is_connected()` is true. The events come
#   again at the next start.
# - mosquitto_sub's JSON (%J) has 9007199254740993 as 9.00719925474099e+15, and cuts a text at \u0000. Its time ends in Z+0000,
#   which no parser of RFC 3339 reads. It prints an empty line for an event that is not JSON. null is an empty payload or null.
# - All three libraries send True as the text True, which is not JSON, and None as an empty payload.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download mosquitto mosquitto-clients libmosquitto1 libcjson1 libdlt2 libwrap0
ls mosquitto_2.0.11-* >/dev/null 2>&1 || { echo "skipped: this needs mosquitto 2.0.11, and another version is served"; exit 0; }
for package in *.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check paho-mqtt==2.2.0 aiomqtt==2.5.1 gmqtt==0.8.0 2>log || { cat log >&2; exit 1; }
cat >paho-send.py <<'PYTHON'
import sys, paho.mqtt.client as mqtt

client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
client.connect("127.0.0.1", int(sys.argv[1]))
client.loop_start()
infos = [client.publish("events", payload, qos=1) for payload in eval(sys.argv[2])]
if "wait" in sys.argv:
    for info in infos:
        info.wait_for_publish(10)
client.disconnect()
client.loop_stop()
print(*{int(info.rc) for info in infos})
PYTHON
cat >gmqtt-send.py <<'PYTHON'
import asyncio, sys, gmqtt


async def main():
    client = gmqtt.Client("sender")
    await client.connect("127.0.0.1", int(sys.argv[1]), version=4)
    for payload in eval(sys.argv[2]):
        client.publish("events", payload, qos=1)
    if "wait" in sys.argv:
        await asyncio.sleep(1)
    await client.disconnect()


asyncio.run(main())
PYTHON
cat >aiomqtt-send.py <<'PYTHON'
import asyncio, sys, aiomqtt


async def main():
    async with aiomqtt.Client("127.0.0.1", int(sys.argv[1])) as client:
        for payload in eval(sys.argv[2]):
            await client.publish("events", payload, qos=1)


asyncio.run(main())
PYTHON
cat >paho-read.py <<'PYTHON'
import json, sys, threading, time, paho.mqtt.client as mqtt

got, threading.excepthook = [], lambda arguments: None


def on_message(client, data, message):
    got.append(json.loads(message.payload)["n"])
    if got[-1] == int(sys.argv[2]):
        raise KeyError("actor")


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="reader", clean_session=False)
client.on_message = on_message
client.connect("127.0.0.1", int(sys.argv[1]))
client.loop_start()
time.sleep(2)
print(got, client.is_connected())
PYTHON
cat >gmqtt-read.py <<'PYTHON'
import asyncio, json, sys, gmqtt

got = []


def on_message(client, topic, payload, qos, properties):
    got.append(json.loads(payload)["n"])
    if got[-1] == int(sys.argv[2]):
        raise KeyError("actor")
    return 0


async def main():
    client = gmqtt.Client("reader", clean_session=False)
    client.on_message = on_message
    await client.connect("127.0.0.1", int(sys.argv[1]), version=4)
    await asyncio.sleep(2)
    print(got, client.is_connected)


asyncio.run(main())
PYTHON
cat >aiomqtt-read.py <<'PYTHON'
import asyncio, json, sys, aiomqtt

got = []


async def read():
    async with aiomqtt.Client("127.0.0.1", int(sys.argv[1]), identifier="reader", clean_session=False) as client:
        async for message in client.messages:
            got.append(json.loads(message.payload)["n"])
            if got[-1] == int(sys.argv[2]):
                await asyncio.sleep(1)  # A request fails after a second.
                return


async def main():
    try:
        await asyncio.wait_for(read(), 3)
    except TimeoutError:
        pass
    print(got)


asyncio.run(main())
PYTHON
venv/bin/python -W ignore - <<'PYTHON'
import json, os, re, socket, subprocess, sys, time

here = os.getcwd()
environment = os.environ | {"LD_LIBRARY_PATH": f"{here}/root/usr/lib/x86_64-linux-gnu:{here}/root/lib/x86_64-linux-gnu"}
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = str(free.getsockname()[1])
with open("settings", "w") as output:
    output.write(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def command(name, *arguments, lines=()):
    return subprocess.run([f"root/usr/bin/mosquitto_{name}", "-h", "127.0.0.1", "-p", port, "-t", "events", *arguments], text=True,
                          input="".join(line + "\n" for line in lines), capture_output=True, env=environment, timeout=60)


def session():
    """Begins a new session of the reader, which stays in the broker."""
    command("sub", "-i", "reader", "-W", "1")
    command("sub", "-i", "reader", "-c", "-q", "1", "-E")


def received(*arguments):
    return command("sub", "-i", "reader", "-c", "-q", "1", "-W", "2", *arguments).stdout.splitlines()


def python(name, *arguments):
    return subprocess.run([sys.executable, name, port, *arguments], capture_output=True, text=True, timeout=60).stdout.strip()


def events(count):
    return [json.dumps({"n": number}) for number in range(count)]


def run():
    session()
    sent = command("pub", "-q", "1", "-l", lines=events(5000))
    read = received()
    check("mosquitto: status and messages of the sender, events read of 5000, and the last", (sent.returncode, sent.stderr, len(read), read[-1]),
          (0, "", 1000, '{"n": 999}'))
    check("  lines of the broker's log", open("broker").read().count("being dropped for client reader"), 1)
    for name, payloads, result in (("paho", "['{}'] * 500", "0"), ("gmqtt", "[{'n': n} for n in range(500)]", "")):
        session()
        check(f"{name}: result of {payloads}", python(f"{name}-send.py", payloads), result)
        count = len(received())
        check(f"  did all arrive? ({count})", count == 500, False)
    session()
    python("paho-send.py", "['{}'] * 500", "wait")
    check("  and with wait_for_publish, paho", len(received()), 500)
    for name, first, second in (("paho", "[0, 1, 2] True", "[2, 3, 4, 5] True"), ("gmqtt", "[0, 1, 2, 3, 4, 5] True", "[] True"),
                                ("aiomqtt", "[0, 1, 2]", "[]")):
        session()
        command("pub", "-q", "1", "-l", lines=events(6))
        check(f"{name}: events read until an error at 2, or after it", python(f"{name}-read.py", "2"), first)
        check("  at the next start", python(f"{name}-read.py", "99"), second)
    session()
    command("pub", "-q", "1", "-l", lines=['{"id":9007199254740993,"long":12345678901234567890}', r'{"title":"a\u0000b"}', "ada", "null", ""])
    read = received("-F", "%J")
    check("mosquitto_sub %J", [line and json.loads(line)["payload"] for line in read],
          [{"id": 9007199254740990.0, "long": 1.2345678901234567e19}, {"title": "a"}, "", None, None])
    check("  its text of the first", re.search(r'"id":([^,]*)', read[0])[1], "9.00719925474099e+15")
    check("  the end of its time", json.loads(read[0])["tst"][26:], "Z+0000")
    for name in "paho", "aiomqtt", "gmqtt":
        session()
        python(f"{name}-send.py", "[True, None, 1.50]", "wait")
        check(f"{name}: payloads of True, None and 1.50", received("-F", "%p"), ["True", "", "1.5"])


with open("broker", "w") as log:
    broker = subprocess.Popen(["root/usr/sbin/mosquitto", "-c", "settings"], env=environment, stdout=log, stderr=log)
try:
    for _ in range(100):
        if "running" in open("broker").read():
            break
        time.sleep(0.1)
    run()
finally:
    broker.terminate()
    broker.wait(30)
sys.exit(failed)
PYTHON
