#!/usr/bin/env bash
# When do timers of "every 15 minutes" and "every hour" run in the night when the clock goes back?
#
# Versions: systemd 252 of Debian 12 (systemd-analyze, which computes times as the timers do); celery 5.7.0, arq 0.28.0, crontab
# 1.0.5 (the parser of rq-scheduler), croniter 7.0.0, cronsim 2.8; CPython 3.11. Needs root for apt-get update; the packages are
# unpacked and not installed.
# Expected: A schedule that names only minutes does not depend on the time zone. It runs every 15 minutes, or every hour, all
# night.
# Seen, in the zone Europe/Berlin on 2026-10-25, when the hour from 02:00 to 03:00 occurs twice:
# - systemd, celery, arq and crontab run nothing in the second of these hours. The gap between two runs is 75 minutes instead of
#   15, and 2 hours instead of one. A collector that reads the last 15 minutes at each run misses an hour of the System Log. An
#   access token that lives for an hour and is renewed hourly is invalid for an hour.
# - croniter and cronsim keep running.
# - On 2026-03-29, when the hour from 02:00 to 03:00 does not exist, systemd skips a daily run at 02:30. All others run once, at
#   03:00 or 03:30.
# A schedule in UTC keeps running: set `OnCalendar=*:0/15 UTC` in systemd, and leave the time zone of the others at UTC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
apt-get update -qq
cd "$folder"
apt-get -qq -o APT::Sandbox::User=root download systemd libsystemd-shared tzdata
ls systemd_252.*.deb >/dev/null 2>&1 || { echo "skipped: this needs systemd 252, and another version is served"; exit 0; }
for package in systemd libsystemd-shared tzdata; do dpkg -x "$package"_*.deb root; done
python3 -m venv venv
venv/bin/pip install --quiet celery==5.7.0 arq==0.28.0 crontab==1.0.5 croniter==7.0.0 cronsim==2.8
libraries=$folder/root/usr/lib/x86_64-linux-gnu
export SYSTEMD_LIBRARIES=$libraries/systemd:$libraries:$folder/root/lib/systemd
export TZDIR=$folder/root/usr/share/zoneinfo PYTHONTZPATH=$folder/root/usr/share/zoneinfo
venv/bin/python - "$folder" <<'PYTHON'
import asyncio, itertools, os, re, subprocess, sys
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import celery.schedules
from arq.cron import cron
from arq.worker import Worker
from celery import Celery
from croniter import croniter
from cronsim import CronSim
from crontab import CronTab

BERLIN, MINUTE, UTC = ZoneInfo("Europe/Berlin"), timedelta(minutes=1), timezone.utc
AUTUMN, SPRING = datetime(2026, 10, 24, 22, 59, tzinfo=UTC), datetime(2026, 3, 28, 22, 59, tzinfo=UTC)
# For each schedule: its cron expression, its systemd expression, its minutes, and its hour.
QUARTERS, HOURLY, DAILY = ("*/15 * * * *", "*:0/15", range(0, 60, 15), None), ("0 * * * *", "hourly", [0], None), (
    "30 2 * * *", "*-*-* 02:30", [30], 2)


def systemd(schedule, start, zone="Europe/Berlin"):
    command = ["root/usr/bin/systemd-analyze", "calendar", "--iterations=40", f"--base-time={start:%Y-%m-%d %H:%M:%S} UTC"]
    environment = {"LD_LIBRARY_PATH": os.environ["SYSTEMD_LIBRARIES"], "TZDIR": os.environ["TZDIR"], "TZ": zone}
    result = subprocess.run([*command, schedule[1]], capture_output=True, text=True, check=True, env=environment)
    for text in re.findall(r": \w+ (\S+ \S+) UTC$", result.stdout, re.MULTILINE):
        yield datetime.fromisoformat(text).replace(tzinfo=UTC)


def minutes(start):
    return (start + MINUTE * number for number in itertools.count(1))


def of_celery(schedule, start):
    """The question that `celery beat` asks at each tick, with the time of the last run."""
    app, now, last = Celery(set_as_current=False), [start], start
    app.conf.timezone = "Europe/Berlin"
    table = celery.schedules.crontab(*schedule[0].split()[:2], app=app, nowfun=lambda: now[0].astimezone(BERLIN))
    for now[0] in minutes(start):
        if table.is_due(last).is_due:
            last = now[0]
            yield last


def of_arq(schedule, start):
    """The method that arq's worker calls at each poll, with a queue that only counts."""
    async def task(context):
        pass

    jobs, now = [], start

    async def enqueue(name, **options):
        jobs.append(now)

    table = cron(task, minute=set(schedule[2]), hour=schedule[3])
    worker = SimpleNamespace(cron_jobs=[table], pool=SimpleNamespace(enqueue_job=enqueue), queue_name="queue", timezone=BERLIN)
    for now in minutes(start):
        for second in (now, now + timedelta(seconds=1)):
            asyncio.run(Worker.run_cron(worker, second.astimezone(BERLIN), 0.5))
        yield from jobs
        jobs.clear()


def of_crontab(schedule, start):
    while True:
        start = CronTab(schedule[0]).next(now=start.astimezone(BERLIN), return_datetime=True).astimezone(UTC)
        yield start


def of_croniter(schedule, start):
    return croniter(schedule[0], start.astimezone(BERLIN)).all_next(datetime)


def of_cronsim(schedule, start):
    return CronSim(schedule[0], start.astimezone(BERLIN))


def run(runs, start, hours):
    end = start + timedelta(hours=hours)
    return list(itertools.takewhile(lambda time: time < end, (time.astimezone(UTC) for time in runs)))


failed = False
# For each tool: the longest gap between two runs of each of the two schedules, in minutes, and the daily run in spring.
cases = [
    ("systemd", systemd, 75, 120, None),
    ("celery", of_celery, 75, 120, "03:30"),
    ("arq", of_arq, 75, 120, "03:00"),
    ("crontab", of_crontab, 75, 120, "03:30"),
    ("croniter", of_croniter, 15, 60, "03:00"),
    ("cronsim", of_cronsim, 15, 60, "03:00"),
    ("systemd in UTC", lambda schedule, start: systemd(schedule, start, "UTC"), 15, 60, "04:30"),
]
for name, function, *expected in cases:
    seen = []
    for schedule in (QUARTERS, HOURLY):
        times = run(function(schedule, AUTUMN), AUTUMN, 6)
        seen.append(max(later - earlier for earlier, later in zip(times, times[1:])) // MINUTE)
    times = [f"{time.astimezone(BERLIN):%H:%M}" for time in run(function(DAILY, SPRING), SPRING, 23)]
    seen.append(" ".join(times) or None)
    label = name if " " in name or name == "systemd" else f"{name} {version(name)}"
    print(f"{label}: at most {seen[0]} and {seen[1]} minutes between two runs; the daily run in spring at {seen[2]}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
