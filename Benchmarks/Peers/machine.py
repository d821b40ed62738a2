"""Runs programs, installs peers, and describes the machine and the versions."""
import json
import os
import platform
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HOME = os.path.join(ROOT, ".build-peers")
PYTHON = os.path.join(HOME, "bin", "python")
BENCH = os.path.join(ROOT, ".build-benchmarks", "release")
GENERATOR = os.environ.get("GENERATOR", os.path.join(ROOT, ".build", "release", "okta-generator"))
PACKAGES = {"okta": "3.4.6", "openapi-generator-cli": "7.26.0"}
# Peers that are built from a tag of their repository.
TAGS = {"swift-openapi-generator": "1.13.0"}


class Failed(Exception):
    """The failure of a program, with its message."""


def run(command, environment=None):
    """Returns the output of a program, and the CPU seconds and the peak memory in MB of it and its child processes."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        text = log.read().decode(errors="replace")
    if process.returncode != 0:
        errors = [line for line in text.splitlines() if re.search(r"error|exception", line, re.I)]
        raise Failed((errors or text.splitlines() or [f"exit code {process.returncode}"])[0].strip()[:160])
    return text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def output(*command):
    """Returns the first line that a program prints; empty if it cannot be run."""
    try:
        text = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return ((text.stdout or text.stderr).splitlines() or [""])[0].strip()


def install(package):
    """Installs a peer from PyPI in .build-peers."""
    if not os.path.exists(PYTHON):
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
    wanted = f"{package}=={PACKAGES[package]}"
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted], check=True)


def description():
    """Returns the machine and the versions, as pairs of a name and a text."""
    def first(path, pattern):
        try:
            with open(path, encoding="utf-8") as file:
                found = re.search(pattern, file.read(), re.M)
        except OSError:
            return ""
        return found.group(1).strip() if found else ""

    memory = first("/proc/meminfo", r"^MemTotal: *(\d+) kB")
    try:
        with open(os.path.join(ROOT, ".build-benchmarks", "workspace-state.json"), encoding="utf-8") as file:
            packages = json.load(file)["object"]["dependencies"]
    except OSError:
        packages = []
    versions = {
        package["packageRef"]["identity"]: package["state"].get("checkoutState", {}).get("version", "") for package in packages
    }
    return [
        ("processor", f"{first('/proc/cpuinfo', r'^model name.*?: *(.*)$') or platform.processor()}, {os.cpu_count()} cores"),
        ("memory", f"{int(memory) / 1e6:.0f} GB" if memory else ""),
        ("system", f"{first('/etc/os-release', r'^PRETTY_NAME=.(.*?).$')}, {platform.system()} {platform.release()}"),
        ("revision", output("git", "rev-parse", "--short", "HEAD")),
        ("Swift", output("swift", "--version")),
        ("libcurl", output("curl-config", "--version")),
        ("nginx", output("nginx", "-v")),
        ("Python", platform.python_version()),
        ("Java", output("java", "-version")),
        ("simdjson", output("dpkg-query", "-W", "-f", "${Version}", "libsimdjson-dev")),
        ("async-http-client", versions.get("async-http-client", "")),
        *PACKAGES.items(),
        *TAGS.items(),
    ]
