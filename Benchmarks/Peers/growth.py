"""Measures how costs grow with the work. A part returns series: the points of a cost at growing sizes."""
import math
import os
import re

from machine import BENCH, GENERATOR, run
from work import with_nginx

# The allowed ratio of the largest size's cost, divided by n log n, to the minimum of that value.
SLACK = 1.5


def series(name, title, size, unit, points):
    return {"series": name, "title": title, "size": size, "unit": unit, "points": [list(map(float, point)) for point in points]}


def is_too_steep(points):
    """Returns whether a cost grows faster than n log n in the upper half of its sizes; constant costs dominate the lower half."""
    points = points[len(points) // 2 - 1:]
    costs = [cost / (size * math.log2(max(size, 2))) for size, cost in points]
    return costs[-1] > SLACK * min(costs)


def generate(_):
    text, _, _ = run([os.path.join(BENCH, "measure-scale"), "--only", "actions", "--generator", f"now={GENERATOR}"])
    points = re.findall(r"^ +now +(\d+) +([\d.]+) ", text, re.M)
    return [series("generate", "Generate a catalog", "actions", "CPU s", points)]


def decode(_):
    text, _, _ = run([os.path.join(BENCH, "bench-json"), "--growth"])
    points = [(line.split()[0], float(line.split()[1]) / 1000) for line in text.splitlines()]
    return [series("decode", "Parse a page, read ten fields", "users on a page", "CPU ms", points)]


def pages(_):
    script = 'for pages in 50 500 5000; do "$0" users "$OKTA_NGINX_SECURE" $pages "$OKTA_NGINX_FOLDER/ca.crt"; done'
    figures = [line.split() for line in with_nginx("bash", "-c", script, os.path.join(BENCH, "bench-client")).splitlines()]
    return [
        series("pages", "List users", "pages of 200", "CPU ms", [(pages, cpu) for pages, _, _, cpu in figures]),
        series("pages-memory", "List users, memory", "pages of 200", "MB peak", [(pages, peak) for pages, _, peak, _ in figures]),
    ]


def waiters(_):
    def measured(what, count):
        return [float(figure) for figure in run([os.path.join(BENCH, "bench-growth"), what, str(count)])[0].split()]

    figures = []
    for count in (1, 10, 100, 1000, 10_000, 100_000):
        size, cpu = measured("waiters", count)
        figures.append((count, size - measured("tasks", count)[0], cpu))
    return [
        series("waiters", "Calls that wait for the limiter", "calls", "CPU ms", [(n, n * us / 1000) for n, _, us in figures]),
        series("waiters-memory", "Memory of a waiting call", "calls", "bytes each", [(n, size) for n, size, _ in figures if n >= 1000]),
        {"row": "waiting-call", "unit": "bytes", "ours": figures[-1][1]},
    ]


def orgs(_):
    script = 'for count in 1 10 100 1000; do "$0" orgs $count "$OKTA_NGINX_PLAIN"; done'
    lines = with_nginx("bash", "-c", script, os.path.join(BENCH, "bench-growth")).splitlines()
    figures = [tuple(map(float, line.split())) for line in lines]
    # The first call loads the state that all calls share.
    shared = figures[0][2]
    each = [(n, (n * size - shared) / (n - 1)) for _, _, size, n in figures[1:]]
    return [
        series("orgs-memory", "Memory of a further org's client", "orgs", "KB each", each),
        series("orgs-threads", "Threads of the process", "orgs", "threads", [(n, threads) for threads, _, _, n in figures]),
    ]


PARTS = {
    "growth-generate": generate, "growth-decode": decode, "growth-pages": pages, "growth-waiters": waiters, "growth-orgs": orgs,
}
