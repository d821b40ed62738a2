#!/usr/bin/env bash
# Do Python's settings libraries read an org's settings and a user's values as they are written?
#
# Versions: dynaconf 3.3.5, omegaconf 2.4.0, ConfigArgParse 1.9.0, environs 15.2.0, typed-settings 26.0.0, pydantic-settings 2.16.3,
# PyYAML 6.0.4; CPython 3.11.
# Expected: A text stays a text. A list of scopes has its scopes. A setting that another file does not mention keeps its value.
# Seen, without an error except where stated:
# - dynaconf reads environment variables as TOML: the phone number +15550100 becomes 15550100, the version 1.10 becomes 1.1, and a
#   day becomes a date. It reads ["a"] as a list, and a JWK, an object of JSON, as a text.
# - dynaconf reads a YAML value that starts with @json, @merge or @format as a command, also between quotation marks. "@ada" is kept.
# - dynaconf replaces a whole section by default: if production sets a client's token, its orgUrl is gone.
# - OmegaConf cannot read ${source.login}, Okta's usual template of a user name: the error comes when the value is used. It inserts
#   the value of a key of the file with that name.
# - OmegaConf's `from_dotlist` reads the badge 0123456 as 42798, and joins the lines of a private key with spaces. ConfigArgParse with
#   YAML reads 42798 as well, 7 for the badge 007, and the text "False" for the last name No.
# - ConfigArgParse's own format cuts a title at " ; ", and stops the program for the title [EMEA].
# - Scopes with commas are one scope in typed-settings, an error in pydantic-settings, and two in environs. Scopes as JSON have
#   brackets and quotation marks in environs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dynaconf==3.3.5 omegaconf==2.4.0 ConfigArgParse==1.9.0 environs==15.2.0 \
    typed-settings==26.0.0 attrs==26.1.0 cattrs==26.2.1 pydantic-settings==2.16.3 PyYAML==6.0.4
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import contextlib, datetime, os, sys
from pathlib import Path

import configargparse, environs, omegaconf, pydantic_settings, typed_settings
from dynaconf import Dynaconf

failed = False


def check(name, read, expected):
    global failed
    try:
        with contextlib.redirect_stderr(None):
            seen = read()
    except (Exception, SystemExit) as error:
        seen = type(error).__name__
    print(f"{name}: {seen!r}")
    if repr(seen) != repr(expected):
        failed = True
        print(f"  changed: expected {expected!r}", file=sys.stderr)


values = {"PHONE": "+15550100", "VERSION": "1.10", "DAY": "2026-10-05", "LIST": '["a"]', "JWK": '{"kty":"RSA"}', "BADGE": "0123456"}
os.environ.update({"OKTA_" + name: value for name, value in values.items()})
settings = Dynaconf(envvar_prefix="OKTA")
expected = {"PHONE": 15550100, "VERSION": 1.1, "DAY": datetime.date(2026, 10, 5), "LIST": ["a"]}
for name, value in values.items():
    check(f"dynaconf, {value}", lambda: settings[name], expected.get(name, value))
Path("users.yaml").write_text("a: '@json {\"b\":1}'\nb: '@merge EMEA'\nc: '@ada'\n")
users = Dynaconf(settings_files=["users.yaml"])
check("dynaconf, values with an at sign", lambda: [users.a.to_dict(), list(users.b), users.c], [{"b": 1}, ["EMEA"], "@ada"])
Path("okta.yaml").write_text("default:\n  client:\n    orgUrl: https://acme.okta.com\n    token: a\nproduction:\n  client:\n    token: b\n")
check("dynaconf, production", lambda: Dynaconf(settings_files=["okta.yaml"], environments=True, env="production").client.to_dict(),
      {"token": "b"})

load = omegaconf.OmegaConf.create
check("OmegaConf, a template", lambda: load("userName: ${source.login}").userName, "InterpolationKeyError")
check("OmegaConf, a template and a key", lambda: load("userName: ${source.login}\nsource: {login: ada}").userName, "ada")
key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"
for value, seen in (("0123456", 42798), (key, key.replace("\n", " "))):
    check(f"OmegaConf, {value[:20]}", lambda: omegaconf.OmegaConf.from_dotlist(["x=" + value]).x, seen)


def parsed(line, kind):
    Path("settings").write_text(line + "\n")
    parser = configargparse.ArgParser(default_config_files=["settings"], config_file_parser_class=kind)
    parser.add_argument("--value")
    return parser.parse_args([]).value


for value, seen in (("0123456", "42798"), ("007", "7"), ("No", "False")):
    check(f"ConfigArgParse, YAML, {value}", lambda: parsed("value: " + value, configargparse.YAMLConfigFileParser), seen)
for value, seen in (("0123456", "0123456"), ("Head ; EMEA", "Head"), ("[EMEA]", "SystemExit")):
    check(f"ConfigArgParse, {value}", lambda: parsed("value = " + value, configargparse.DefaultConfigFileParser), seen)

scopes = "okta.users.read,okta.groups.read"
os.environ.update(OKTA_SCOPES=scopes, OKTA_AS_JSON='["okta.users.read"]')


@typed_settings.settings
class Typed:
    scopes: list[str] = []


class Pydantic(pydantic_settings.BaseSettings):
    model_config = pydantic_settings.SettingsConfigDict(env_prefix="OKTA_")
    scopes: list[str] = []


check("typed-settings, scopes", lambda: typed_settings.load(Typed, appname="okta", env_prefix="OKTA_").scopes, [scopes])
check("pydantic-settings, scopes", lambda: Pydantic().scopes, "SettingsError")
check("environs, scopes", lambda: environs.Env().list("OKTA_SCOPES"), scopes.split(","))
check("environs, scopes as JSON", lambda: environs.Env().list("OKTA_AS_JSON"), ['["okta.users.read"]'])
sys.exit(failed)
PYTHON
