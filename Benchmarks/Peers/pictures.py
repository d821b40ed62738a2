"""Draws the results as SVG."""
import math
import os
from xml.sax.saxutils import escape

from machine import ROOT
from results import number

FOLDER = os.path.join(ROOT, "Benchmarks")
# The colors are legible on light and dark pages.
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#57606a}.strong{font-weight:600}.bar{fill:#2f81f7}.goal{stroke:#d29922;"
    "stroke-width:2}.axis{stroke:#8c959f;stroke-width:1}.line{fill:none;stroke:#2f81f7;stroke-width:2}.dot{fill:#2f81f7}"
    ".limit{fill:none;stroke:#d29922;stroke-width:1;stroke-dasharray:4 3}"
)


def write(results):
    for name, picture in (("results.svg", ratios(results.rows())), ("growth.svg", growth(results.series()))):
        with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
            file.write(picture)


def svg(width, height, title, parts):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n")


def text(x, y, content, anchor="start", kind=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" class="{kind}">{escape(content)}</text>'


def ratios(rows):
    """Draws a bar for each row with a label, on a logarithmic axis, with its goal. A larger ratio is better."""
    rows = [row for row in rows if "label" in row and "ratio" in row]
    left, width, line, top = 340, 860, 24, 40
    right = width - 70
    low, high = 0.25, 128
    height = top + line * len(rows) + 30

    def place(ratio):
        return left + (right - left) * math.log(min(max(ratio, low), high) / low) / math.log(high / low)

    parts = [text(left, 20, "times as fast as the peer, or as small; the line is the goal", kind="strong")]
    for exponent in range(-2, 8):
        x = place(2.0 ** exponent)
        parts.append(f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{top - 8}" y2="{height - 26}" class="axis" opacity="{0.9 if exponent == 0 else 0.2}"/>')
        parts.append(text(x, height - 10, f"{2.0 ** exponent:g}", "middle"))
    for index, row in enumerate(rows):
        y = top + line * index
        parts.append(text(left - 8, y + 12, row["label"], "end"))
        start, end = sorted((place(1), place(row["ratio"])))
        parts.append(f'<rect x="{start:.1f}" y="{y}" width="{max(end - start, 1):.1f}" height="15" class="bar"/>')
        parts.append(text(max(end, place(row.get("target", low))) + 6, y + 12, number(row["ratio"]), kind="strong"))
        if "target" in row:
            x = place(row["target"])
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 3}" y2="{y + 18}" class="goal"/>')
    return svg(width, height, "okta-swift compared with its peers", parts)


def growth(all_series):
    """Draws a logarithmic plot for each series, with n log n through the last point if the cost is a total."""
    columns, width, height, margin = 2, 440, 240, 56
    parts = []
    for index, series in enumerate(all_series):
        x0, y0 = index % columns * width + margin, index // columns * height + 34
        x1, y1 = x0 + width - margin - 30, y0 + height - 84
        sizes, costs = zip(*series["points"])
        limit = [size * math.log2(max(size, 2)) for size in sizes]
        limit = [costs[-1] * value / limit[-1] for value in limit]
        is_total = series["unit"].startswith("CPU")
        low, high = min(c for c in costs if c > 0), max(costs)
        if high < 4 * low:
            low, high = low / 2, high * 2

        def place(size, cost):
            x = x0 + (x1 - x0) * math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
            y = y1 - (y1 - y0) * math.log(min(max(cost, low), high) / low) / math.log(high / low)
            return x, y

        parts.append(text(x0, y0 - 14, f"{series['title']} ({series['unit']})", kind="strong"))
        parts.append(f'<path d="M{x0} {y0}V{y1}H{x1}" fill="none" class="axis"/>')
        if is_total:
            drawn = [place(size, cost) for size, cost in zip(sizes, limit) if cost >= low]
            parts.append('<polyline class="limit" points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn) + '"/>')
            parts.append(text(x1, y1 - 6, "dashed: n log n", "end"))
        drawn = [place(size, cost) for size, cost in series["points"]]
        parts.append('<polyline class="line" points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn) + '"/>')
        for (x, y), size, cost in zip(drawn, sizes, costs):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" class="dot"/>')
            parts.append(text(x, y - 7, number(cost), "middle"))
            parts.append(text(x, y1 + 15, f"{size:,.0f}", "middle"))
        parts.append(text((x0 + x1) / 2, y1 + 32, series["size"], "middle"))
    rows = (len(all_series) + columns - 1) // columns
    return svg(columns * width, rows * height, "How the costs of Okta for Swift grow", parts)
