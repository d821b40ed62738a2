#!/usr/bin/env bash
# Does a description from an API document reach the reader when a generator writes it as a Swift doc comment?
#
# Version: DocC of Swift 6.3.1; needs `swiftc` and `docc`.
# Expected: DocC shows the text. It may render some of it as Markdown. It warns about what it does not understand, as it does
# for a link with no target.
# Seen: The following text is lost or changed, and DocC prints no warning for it.
# - A line that starts with `@`, such as a domain after the generator's line break, is parsed as a directive and not shown. The
#   paragraph around it becomes two.
# - `<id>` is removed, and so is `<String>` in `List<String>`. "1 < 2" is kept.
# - Straight quotation marks outside code become curly ones. The filter `status eq "ACTIVE"`, copied from the page, is not a
#   valid Okta filter. `--` becomes a dash.
# - A list with the values Date, Version, Bug and Login keeps only Login. The three others become notes after the list, without
#   their names. `Returns` becomes the section "Return Value" of a property.
# - `__proto__` loses its underscores, and `2*3*4` its asterisks.
# - With the same words in backticks, all text is kept.
set -euo pipefail
swiftc --version 2>/dev/null | grep -q 'Swift version 6\.3\.1 ' || { echo "needs swiftc 6.3.1" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/graph" "$folder/Texts.docc"
python3 - "$folder" <<'PYTHON'
import json, pathlib, subprocess, sys

folder = pathlib.Path(sys.argv[1])
# For each property: its doc comment and the text of its page. [name: text] stands for a note, and # text for a heading.
cases = {
    "brokenLine": ("Users of\n@example.com need no invitation\nto sign in.", "Users of # Discussion To sign in."),
    "paragraph": ("First.\n\n@example.com needs no invitation.\n\nLast.", "First. # Discussion Last."),
    "inLine": ("Users of @example.com need no invitation.", "Users of @example.com need no invitation."),
    "angles": ("Send <id> as List<String>, 1 < 2.", "Send  as List, 1 < 2."),
    "quotes": ('The default is status eq "ACTIVE" -- always.', "The default is status eq “ACTIVE” – always."),
    "names": ("One of:\n- Date: the day\n- Version: the number\n- Bug: the defect\n- Login: the name",
              "One of: # Discussion Login: the name [Note: The day] [Note: The number] [Note: The defect]"),
    "result": ("One of:\n- Login: the name\n- Returns: the way back",
               "One of: # Return Value The way back # Discussion Login: the name"),
    "signs": ("Not __proto__, and 2*3*4.", "Not proto, and 234."),
    "code": ('`@example.com` `<id>` `List<String>` `status eq "ACTIVE"` `--` `__proto__` `2*3*4`',
             '@example.com <id> List<String> status eq "ACTIVE" -- __proto__ 2*3*4'),
    "codeList": ("One of:\n- `Date`: the day\n- `Returns`: the way back",
                 "One of: # Discussion Date: the day Returns: the way back"),
}


def shown(node):
    """The text of a part of a page."""
    if isinstance(node, list):
        return "".join(shown(part) for part in node)
    if not isinstance(node, dict):
        return ""
    kind = node.get("type")
    if kind in ("text", "codeVoice"):
        return node.get("text") or node["code"]
    if kind == "heading":
        return f" # {node['text']}"
    text = "".join(shown(node[name]) for name in ("inlineContent", "content", "items") if isinstance(node.get(name), list))
    if kind == "aside":
        return f" [{node['style'].capitalize()}:{text}]"
    return f" {text}" if kind == "paragraph" else text


source = ["public struct Texts {"]
for name, (comment, _) in cases.items():
    source += [f"    /// {line}".rstrip() for line in comment.split("\n")] + [f"    public var {name} = 0"]
(folder / "Texts.swift").write_text("\n".join(source + ["}", ""]))
graph = folder / "graph"
subprocess.run(["swiftc", "-emit-module", "-module-name", "Texts", folder / "Texts.swift", "-o", graph / "Texts.swiftmodule",
                "-emit-symbol-graph", "-emit-symbol-graph-dir", graph], check=True)
run = subprocess.run(["docc", "convert", "--fallback-display-name", "Texts", "--fallback-bundle-identifier", "texts",
                      "--additional-symbol-graph-dir", graph, "--output-path", folder / "site", folder / "Texts.docc"],
                     check=True, capture_output=True, text=True)
failed = False


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(subprocess.run(["swiftc", "--version"], capture_output=True, text=True).stdout.splitlines()[0])
check("warnings", [line for line in (run.stdout + run.stderr).splitlines() if "warning" in line], [])
for name, (comment, expected) in cases.items():
    page = json.loads((folder / f"site/data/documentation/texts/texts/{name.lower()}.json").read_text())
    sections = [section["content"] for section in page.get("primaryContentSections", []) if section["kind"] == "content"]
    check(json.dumps(comment), shown(page.get("abstract", [])) + shown(sections), expected)
sys.exit(failed)
PYTHON
