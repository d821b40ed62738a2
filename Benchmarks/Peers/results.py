"""Stores the measured figures between runs, and writes the page that shows them."""
import datetime
import json
import os

from growth import is_too_steep
from machine import HOME, ROOT, description

STORE = os.path.join(HOME, "results.json")
PAGE = os.path.join(ROOT, "Benchmarks", "RESULTS.md")
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "rows.json"), encoding="utf-8") as rows:
    ROWS = json.load(rows)


def number(value):
    """Returns a figure with three digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


class Results:
    def __init__(self, parts=None):
        self.parts = parts or {}

    @classmethod
    def kept(cls):
        if not os.path.exists(STORE):
            return cls()
        with open(STORE, encoding="utf-8") as file:
            return cls(json.load(file))

    def add(self, part, figures):
        self.parts[part] = {
            "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
            "load": round(os.getloadavg()[0], 1),
            "rows": [figure for figure in figures if "row" in figure],
            "series": [figure for figure in figures if "series" in figure],
        }

    def rows(self):
        """Returns the rows in the order of rows.json, each with its entry in that file."""
        measured = {row["row"]: row for part in self.parts.values() for row in part["rows"]}
        return [{**ROWS[name], **measured[name]} for name in ROWS if name in measured]

    def series(self):
        return [series for part in self.parts.values() for series in part["series"]]

    def missed(self):
        """Returns a line for each row beyond its limit or guard, and for each cost that grows too fast."""
        lines = []
        for row in self.rows():
            if "limit" in row and row["ours"] > row["limit"]:
                lines.append(f"{row['work']}: {number(row['ours'])} {row['unit']}, the limit is {row['limit']}")
            if "guard" in row and "ratio" in row:
                is_worse = row["ratio"] < row["guard"] if row["better"] == "more" else row["ratio"] > row["guard"]
                if is_worse:
                    lines.append(f"{row['work']}: {number(row['ratio'])}, the guard is {row['guard']}")
        lines += [f"{s['title']} grows faster than n log n" for s in self.series() if is_too_steep(s["points"])]
        return lines

    def cells(self):
        for row in self.rows():
            unit = row["unit"]
            peer = f"{number(row['peer'])} {unit}" if "peer" in row and not isinstance(row["peer"], str) else ""
            goal = row.get("target", row.get("limit"))
            sign = "≥" if row.get("better") == "more" else "≤"
            reached = ""
            if goal is not None and "message" not in row:
                value = row["ratio"] if "target" in row else row["ours"]
                reached = "yes" if (value >= goal if row.get("better") == "more" else value <= goal) else "no"
            yield [
                row["work"], ROWS[row["row"]].get("peer", ""), f"{number(row['ours'])} {unit}",
                row.get("message", peer), number(row["ratio"]) if "ratio" in row else "",
                f"{sign} {goal:g}" if goal is not None else "", reached,
            ]

    HEAD = ["work", "peer", "ours", "peer's", "ratio", "goal", "reached"]

    def table(self):
        """Returns the rows for a terminal."""
        lines = [self.HEAD, *self.cells()]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.HEAD))]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)

    def save(self):
        os.makedirs(HOME, exist_ok=True)
        with open(STORE, "w", encoding="utf-8") as file:
            json.dump(self.parts, file, indent=1)
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(self.page())

    def page(self):
        def rule(columns):
            return "|" + "---|" * columns

        lines = [
            "# What okta-swift costs compared with its peers", "",
            "Written by `make bench-peers`; do not edit. Each row and its peer are measured in alternating rounds, and the figures",
            "are medians. A ratio says how many times as fast okta-swift is, or how many times its CPU time or memory the peer",
            "takes. If the peer is `curl_multi` or `okta.request`, it is the reverse: the CPU time of okta-swift divided by the",
            "peer's. `Benchmarks/Peers/work.py` has the commands.", "",
            "![Ratios to the peers](results.svg)", "",
            "| " + " | ".join(self.HEAD) + " |", rule(len(self.HEAD)),
            *("| " + " | ".join(cells) + " |" for cells in self.cells()), "",
            "## Growth", "", "![How costs grow](growth.svg)", "",
            "| cost | unit | sizes and figures | at most n log n |", rule(4),
        ]
        for s in self.series():
            points = ", ".join(f"{size:,.0f}: {number(cost)}" for size, cost in s["points"])
            lines.append(f"| {s['title']} by {s['size']} | {s['unit']} | {points} | {'no' if is_too_steep(s['points']) else 'yes'} |")
        lines += ["", "## Machine and versions", "", "| | |", rule(2)]
        lines += [f"| {name} | {text} |" for name, text in description() if text]
        lines += [
            "", "## When it was measured", "",
            "The load is the average of the last minute. If it exceeds the number of cores, other programs, such as compilers,",
            "ran at the same time. The ratios are then more reliable than the single figures.", "", "| part | date | load |", rule(3)]
        lines += [f"| {name} | {part['date']} | {part['load']} |" for name, part in self.parts.items()]
        measured = {row["row"] for part in self.parts.values() for row in part["rows"]}
        missing = [f"{row['work']}, compared with {row['peer']}" for name, row in ROWS.items() if name not in measured and "peer" in row]
        if missing:
            lines += ["", "Not measured in these runs:", "", *(f"- {work}" for work in missing)]
        return "\n".join(lines) + "\n"
