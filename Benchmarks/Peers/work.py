"""Measures the same work with this package and with peers. A part returns rows: the figures of both, or the peer's message."""
import os
import re
import shutil
import statistics
import subprocess
import tempfile

from machine import BENCH, GENERATOR, HOME, PACKAGES, PYTHON, ROOT, TAGS, Failed, install, run

ROUNDS = int(os.environ.get("ROUNDS", "5"))


def medians(rounds):
    """Returns the median of each figure over the rounds."""
    return [statistics.median(figures) for figures in zip(*rounds)]


def compared(row, unit, ours, peer):
    """Returns a row of two figures of which less is better. The ratio is the peer's figure divided by ours."""
    return {"row": row, "unit": unit, "ours": ours, "peer": peer, "ratio": peer / ours}


# MARK: JSON, in one process with its own rounds.

JSON_ROWS = {
    "parse + ten fields, simdjson, strings copied": "json-simdjson",
    "the same, structs of just these ten fields": "json-ten",
    "parse + every field, JSONDecoder into structs": "json-every",
    "the same with JSONDecoder and JSONEncoder": "json-edit",
}


def json_work(_):
    text, _, _ = run([os.path.join(BENCH, "bench-json")])
    page = text.split(" users, ")[1]
    found = re.findall(r"^  (\S.*?)  +(\d+) MB/s   Okta is ([\d.]+) times as fast", page, re.M)
    return [
        {"row": JSON_ROWS[title], "unit": "MB/s", "peer": float(rate), "ours": float(rate) * float(ratio), "ratio": float(ratio)}
        for title, rate, ratio in found if title in JSON_ROWS
    ]


# MARK: Calls to a server on this machine.

def with_nginx(*command):
    return run([os.path.join(ROOT, "Tests", "Nginx", "with-nginx"), *command])[0]


def transport(_):
    text = with_nginx("Benchmarks/Runtime/run", os.path.join(BENCH, "bench-client"))
    cpu = {(p, name): (float(us), float(ratio)) for p, name, us, ratio in re.findall(
        r"^(h1|h2) +(\S+) +([\d.]+) +([\d.]+) +[\d.]+ +[\d.]+$", text, re.M)}
    rows = []
    for protocol in ("h1", "h2"):
        bare = cpu[protocol, "multi"][0]
        for name in ("transport", "okta", "async-http-client", "urlsession"):
            if (protocol, name) in cpu:
                us, ratio = cpu[protocol, name]
                rows.append({"row": f"{name}-{protocol}", "unit": "µs CPU", "ours": us, "peer": bare, "ratio": ratio})
        typed, request = cpu[protocol, "get-user"], cpu[protocol, "okta"]
        rows.append({
            "row": f"get-user-{protocol}", "unit": "µs CPU", "ours": typed[0], "peer": request[0],
            "ratio": typed[0] / request[0]})
    peaks = {int(pages): float(peak) for pages, peak in re.findall(
        r"^ *(\d+) pages .*? users +([\d.]+) MB", text, re.M)}
    rows.append({
        "row": "list-million", "unit": "MB peak", "ours": peaks[5000], "peer": peaks[500], "ratio": peaks[5000] / peaks[500]})
    return rows


def clients(_):
    """Measures whole programs with this package and with Okta's SDK for Python."""
    install("okta")
    ours = f'{BENCH}/okta-client "$0" "$OKTA_NGINX_SECURE" "$OKTA_NGINX_FOLDER/ca.crt"'
    peer = f'SSL_CERT_FILE=$OKTA_NGINX_FOLDER/ca.crt {PYTHON} Benchmarks/Peers/okta_client.py "$0" "$OKTA_NGINX_SECURE"'
    script = f"set -e; for _ in $(seq {ROUNDS}); do for work in list first; do {{ {{ {ours}; {peer}; }} | tr '\\n' ' '; echo; }}; done; done"
    script = script.replace('"$0"', '"$work"')
    lines = [line.split() for line in with_nginx("bash", "-c", script).splitlines()]
    expected = {"10000": [], "1": []}
    for users, *figures in ((line[0], *line) for line in lines):
        if len(figures) != 8 or figures[0] != figures[4]:
            raise Failed(f"the clients read different things: {' '.join(figures)}")
        expected[users].append([float(figure) for figure in figures])
    _, total, cpu, peak, _, peer_total, peer_cpu, peer_peak = medians(expected["10000"])
    first = medians(expected["1"])
    return [
        compared("list-cpu", "s CPU", total, peer_total),
        compared("list-cpu-alone", "s CPU", cpu, peer_cpu),
        compared("list-memory", "MB peak", peak, peer_peak),
        compared("first-call", "s CPU", first[1], first[5]),
        compared("first-call-memory", "MB peak", first[3], first[7]),
    ]


# MARK: Generators.

def generators(document):
    if not document:
        raise Failed("name Okta's management document with --openapi")
    document = os.path.abspath(document)
    contenders = {
        "management": [GENERATOR, "generate", "--test-support", "none", "--spec", "Spec/management", "--output"],
        "all": [GENERATOR, "generate", "--test-support", "none", "--spec", "Spec", "--output"],
    }
    messages = {}
    try:
        contenders["openapi-generator"] = openapi_generator(document)
    except Failed as failure:
        messages["openapi-generator"] = str(failure)
    try:
        contenders["swift-openapi-generator"] = swift_openapi_generator(document)
    except Failed as failure:
        messages["swift-openapi-generator"] = str(failure)
    figures = {name: [] for name in contenders}
    folder = tempfile.mkdtemp()
    try:
        # The outputs are removed only at the end: after many deletions, a file system creates files more slowly for a while.
        for _ in range(ROUNDS):
            for name, command in contenders.items():
                if name in messages:
                    continue
                try:
                    figures[name].append(run([*command, tempfile.mkdtemp(dir=folder)])[1:])
                except Failed as failure:
                    messages[name] = str(failure)
    finally:
        shutil.rmtree(folder)
    cpu, memory = medians(figures["management"])
    rows = []
    for peer in ("openapi-generator", "swift-openapi-generator"):
        if peer in messages:
            rows.append({"row": f"generate-{peer}", "unit": "s CPU", "ours": cpu, "message": messages[peer]})
        else:
            rows.append(compared(f"generate-{peer}", "s CPU", cpu, medians(figures[peer])[0]))
    all_cpu, all_memory = medians(figures["all"])
    return rows + [
        {"row": "generate-all", "unit": "s CPU", "ours": all_cpu},
        {"row": "generate-memory", "unit": "MB peak", "ours": max(memory, all_memory)},
    ]


def openapi_generator(document):
    if not shutil.which("java"):
        raise Failed("needs a Java runtime: apt-get install default-jre-headless")
    install("openapi-generator-cli")
    jars = [os.path.join(folder, "openapi-generator.jar") for folder, _, names in os.walk(HOME) if "openapi-generator.jar" in names]
    if not jars:
        raise Failed(f"openapi-generator-cli {PACKAGES['openapi-generator-cli']} has no openapi-generator.jar")
    return [
        "java", "-DmaxYamlCodePoints=99999999", "-jar", jars[0], "generate", "-g", "swift6", "-i", document,
        "--skip-validate-spec", "--additional-properties=projectName=Peer,library=urlsession,responseAs=AsyncAwait", "-o",
    ]


def swift_openapi_generator(document):
    """Returns the command of apple/swift-openapi-generator, built in .build-peers if its repository can be reached."""
    source = os.path.join(HOME, "swift-openapi-generator")
    program = os.path.join(source, ".build", "release", "swift-openapi-generator")
    if not os.path.exists(source):
        cloned = subprocess.run(
            [
                "git", "-c", "advice.detachedHead=false", "clone", "--quiet", "--depth", "1",
                "--branch", TAGS["swift-openapi-generator"], "https://github.com/apple/swift-openapi-generator", source,
            ],
            capture_output=True, text=True, check=False, env={**os.environ, "GIT_TERMINAL_PROMPT": "0"})
        if cloned.returncode != 0:
            reasons = [line for line in cloned.stderr.splitlines() if line.startswith("fatal:")]
            raise Failed((reasons or ["git clone failed"])[-1])
    run(["swift", "build", "--package-path", source, "-c", "release", "--product", "swift-openapi-generator"])
    mended = os.path.join(HOME, "with-required-path-parameters.yaml")
    with open(document, encoding="utf-8") as original, open(mended, "w", encoding="utf-8") as file:
        file.write(PARAMETER.sub(required_in_path, original.read()))
    return [program, "generate", mended, "--mode", "types", "--mode", "client", "--output-directory"]


PARAMETER = re.compile(r"^( *)- name: .*\n(?:\1  .*\n)+", re.M)


def required_in_path(parameter):
    """Returns a parameter with `required: true` if it is in a path; without it, this generator rejects the document."""
    text = parameter.group(0)
    if "in: path\n" not in text or "required:" in text:
        return text
    return f"{text}{parameter.group(1)}  required: true\n"


# MARK: Comparisons of documents, compared with a parser that only reads the same files.

def drift(document):
    """Measures `drift` on recordings and documents, compared with Python's json module and PyYAML with libyaml."""
    if not document:
        raise Failed("name Okta's management document with --openapi")
    install("okta")  # It brings PyYAML.
    folder = tempfile.mkdtemp()
    try:
        recording = os.path.join(folder, "recording.jsonl")
        with open(recording, "wb") as file:
            subprocess.run(["Benchmarks/make-recording", "30"], stdout=file, check=True)
        ours, peer, upstream, reading = [], [], [], []
        read_json = "import json,sys\nfor line in open(sys.argv[1]): json.loads(json.loads(line).get('body') or 'null')"
        read_yaml = "import yaml,sys\nfor name in sys.argv[1:]: yaml.load(open(name), yaml.CSafeLoader)"
        for _ in range(ROUNDS):
            ours.append(drifting("traffic", recording))
            peer.append(run([PYTHON, "-c", read_json, recording])[1:])
            upstream.append(drifting("upstream", document, "--spec", "Spec/management"))
            reading.append(run([PYTHON, "-c", read_yaml, document])[1:])
    finally:
        shutil.rmtree(folder)
    return [
        compared("drift-traffic", "s CPU", medians(ours)[0], medians(peer)[0]),
        {"row": "drift-traffic-memory", "unit": "MB peak", "ours": medians(ours)[1]},
        compared("drift-upstream", "s CPU", medians(upstream)[0], medians(reading)[0]),
        {"row": "drift-upstream-memory", "unit": "MB peak", "ours": medians(upstream)[1]},
    ]


def drifting(*arguments):
    """Returns the CPU seconds and memory of a comparison, which exits with 1 if it finds drift."""
    return run(["bash", "-c", '"$0" drift "$@" || [ $? = 1 ]', GENERATOR, *arguments])[1:]


# MARK: Building again after a change of one sentence.

def incremental(_):
    """Measures a clean debug build of a program with module Okta, and the next build after a change of a sentence."""
    tree = os.path.join(HOME, "incremental")
    shutil.rmtree(tree, ignore_errors=True)
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], capture_output=True, check=True).stdout
    for name in files.decode().split("\0"):
        if name and os.path.exists(name):
            os.makedirs(os.path.dirname(os.path.join(tree, name)), exist_ok=True)
            shutil.copy2(name, os.path.join(tree, name), follow_symlinks=False)
    build = ["swift", "build", "--package-path", os.path.join(tree, "Benchmarks"), "--scratch-path", os.path.join(tree, ".build")]
    run([*build, "--target", "OktaRuntime"])
    clean = run([*build, "--product", "program-okta"])[1]
    catalog = os.path.join(tree, "Spec", "management", "actions", "group.yaml")
    with open(catalog, encoding="utf-8") as file:
        text = file.read()
    again = []
    for number in range(ROUNDS):
        with open(catalog, "w", encoding="utf-8") as file:
            file.write(re.sub(PLAIN_SUMMARY, rf"\1, in round {number}.", text, count=1))
        run(["bash", "-c", 'cd "$0" && "$1" generate', tree, GENERATOR])
        again.append([run([*build, "--product", "program-okta"])[1]])
    return [compared("incremental", "s CPU", medians(again)[0], clean)]


# Matches an unquoted summary, which can be extended.
PLAIN_SUMMARY = re.compile(r"^(    summary: [^\"'|>\n][^\n]*?)\.?$", re.M)


PARTS = {
    "json": json_work, "transport": transport, "clients": clients, "generators": generators, "drift": drift,
    "incremental": incremental,
}
# The parts that need no document.
CHECKED = ["json", "transport", "clients"]
