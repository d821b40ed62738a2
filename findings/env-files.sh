#!/usr/bin/env bash
# Do programs read the same private key and the same scopes from one `.env` file?
#
# Versions: python-dotenv 1.2.4, django-environ 0.14.0, python-decouple 3.8, environs 15.2.0, honcho 2.0.0, dynaconf 3.3.5,
# starlette 1.10.0; CPython 3.11.
# Expected: All programs read the same key from the file, or report an error.
# Seen: Each way to write a private key fails with at least one of the seven. Most of the differences are silent.
# - If the lines of the key are in quotes, django-environ, python-decouple and starlette read only the first line. honcho
#   reports an error.
# - With \n in double quotes, the same three keep the backslash and the letter. In single quotes, all but honcho do.
# - Without quotes, honcho removes every space and quotation mark from a value. The scopes okta.users.read and okta.groups.read
#   become one scope that does not exist, and a JSON Web Key is no longer JSON.
# - Without quotes, four of the seven end a value at a blank followed by #. The others read on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet python-dotenv==1.2.4 django-environ==0.14.0 python-decouple==3.8 environs==15.2.0 \
    honcho==2.0.0 dynaconf==3.3.5 starlette==1.10.0
cd "$folder"
env -i PATH="$PATH" HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import os, sys
from importlib.metadata import version

import decouple, dotenv, dynaconf, environ, environs, honcho.environ, starlette.config

KEY = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----"
ESCAPED = KEY.replace("\n", "\\n")


def by_django_environ():
    os.environ.pop("VALUE", None)
    environ.Env.read_env("file.env")
    return os.environ.pop("VALUE")


def by_environs():
    os.environ.pop("VALUE", None)
    reader = environs.Env()
    reader.read_env("file.env")
    return (reader("VALUE"), os.environ.pop("VALUE", None))[0]


def by_dynaconf():
    os.environ.pop("VALUE", None)
    settings = dynaconf.Dynaconf(load_dotenv=True, dotenv_path="file.env", envvar_prefix=False)
    return (settings.get("VALUE"), os.environ.pop("VALUE", None))[0]


readers = {
    "python-dotenv": lambda: dotenv.dotenv_values("file.env")["VALUE"],
    "django-environ": by_django_environ,
    "python-decouple": lambda: decouple.Config(decouple.RepositoryEnv("file.env"))("VALUE"),
    "environs": by_environs,
    "honcho": lambda: honcho.environ.parse(open("file.env").read())["VALUE"],
    "dynaconf": by_dynaconf,
    "starlette": lambda: starlette.config.Config("file.env")("VALUE"),
}


def word(reader, meant):
    try:
        value = reader()
    except ValueError:
        return "error"
    if value in (meant, meant + "\n"):
        return "right"
    if isinstance(value, str) and meant == KEY:
        return "\\n" if "\\n" in value else "first line" if "END" not in value else "one line"
    return str(value)


right = "right"
scopes, token, jwk = "okta.users.read okta.groups.read", "00a #b", '{"kty": "EC"}'
# For each line of the file: what it means, and what python-dotenv, django-environ, python-decouple, environs, honcho,
# dynaconf and starlette read.
cases = [
    ("a key of lines, in double quotes", f'VALUE="{KEY}"\n', KEY,
     [right, "first line", "first line", right, "error", right, "first line"]),
    ("a key of lines, in single quotes", f"VALUE='{KEY}'\n", KEY,
     [right, "first line", "first line", right, "error", right, "first line"]),
    ("a key with \\n, in double quotes", f'VALUE="{ESCAPED}"\n', KEY, [right, "\\n", "\\n", right, right, right, "\\n"]),
    ("a key with \\n, in single quotes", f"VALUE='{ESCAPED}'\n", KEY, ["\\n", "\\n", "\\n", "\\n", right, "\\n", "\\n"]),
    ("a key with \\n, without quotes", f"VALUE={ESCAPED}\n", KEY, ["\\n", "\\n", "\\n", "\\n", "one line", "\\n", "\\n"]),
    ("two scopes, without quotes", f"VALUE={scopes}\n", scopes,
     [right, right, right, right, "okta.users.readokta.groups.read", right, right]),
    ("a JSON Web Key, without quotes", f"VALUE={jwk}\n", jwk, [right, right, right, right, "{kty:EC}", right, right]),
    ("a blank and #, without quotes", f"VALUE={token}\n", token, ["00a", right, right, "00a", "00a", "00a", right]),
    ("a blank and #, in double quotes", f'VALUE="{token}"\n', token, [right] * 7),
]
failed = False
print(*(f"{name} {version(name)}" for name in readers))
for name, text, meant, expected in cases:
    with open("file.env", "w") as output:
        output.write(text)
    seen = [word(reader, meant) for reader in readers.values()]
    print(f"{name}: " + ", ".join(f"{reader} {value}" for reader, value in zip(readers, seen)))
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
