#!/usr/bin/env bash
# Do HTTP clients that are declared with decorators or built from names send the request that the caller means?
#
# Versions: uplink 0.10.0, decorest 0.1.0, dequest 0.8.0, pyfeign 0.1.2, snakifit 0.0.1b0, hammock 0.2.4, tapioca-wrapper 2.3.0,
# simple-rest-client 1.2.1, apiroute 1.12.0, requests 2.34.2, httpx 0.28.1; CPython 3.11.
# Expected: An identifier is one segment of the path, also with a slash or a question mark, which a login may have. A boolean in
# a query is false, as JSON writes it. A parameter without a value is not sent. An error of the org is an error.
# Seen, without an error except where stated:
# - Seven of the nine put the login into the path as it is. For "ada/ops?x" they ask for the user `ada`, subresource `ops`.
#   dequest and simple-rest-client drop the rest. Only uplink and apiroute escape it.
# - uplink, decorest, pyfeign, snakifit, hammock and tapioca-wrapper send activate=False, as Python writes it.
# - dequest and simple-rest-client send a parameter that is None as an empty value. dequest sends a body {} with each GET.
# - dequest, snakifit and uplink's `returns.json` raise after a 204, although the org did what was asked.
# - uplink drops the path of the base address: with https://proxy.example.com/okta it asks for /api/v1/users.
# - uplink returns the body of a 404 as the user, and snakifit returns None. hammock returns the response.
# - snakifit sends neither a list nor a body: a POST of a user arrives without the user. It writes a warning to the log.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet uplink==0.10.0 decorest==0.1.0 dequest==0.8.0 pyfeign==0.1.2 snakifit==0.0.1b0 hammock==0.2.4 \
    tapioca-wrapper==2.3.0 simple-rest-client==1.2.1 apiroute==1.12.0 requests==2.34.2 httpx==0.28.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import json, logging, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import apiroute, decorest, dequest, hammock, pyfeign, simple_rest_client.api, snakifit.http_client as snakifit, tapioca, uplink

logging.disable(logging.CRITICAL)
arrived, status = [], [200]


class Org(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        arrived.append(" ".join(filter(None, (self.command, self.path, body))))
        answer = b"" if status[0] == 204 else b'{"errorCode": "E0000007"}' if status[0] == 404 else b'{"id": "00u1"}'
        self.send_response(status[0])
        self.send_header("Content-Type", "application/json")
        if answer:
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_any


server = ThreadingHTTPServer(("127.0.0.1", 0), Org)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"
failed = False


class Uplink(uplink.Consumer):
    @uplink.returns.json
    @uplink.get("/api/v1/users/{id}")
    def user(self, id): pass

    @uplink.returns.json
    @uplink.get("/api/v1/users")
    def users(self, activate: uplink.Query = None, expand: uplink.Query = None): pass


class Decorest(decorest.RestClient):
    @decorest.GET("api/v1/users/{id}")
    def user(self, id): "A user."

    @decorest.GET("api/v1/users")
    @decorest.query("activate")
    @decorest.query("expand")
    def users(self, activate=None, expand=None): "Users."


class Dequest:
    @staticmethod
    @dequest.sync_client(url=org + "/api/v1/users/{id}")
    def user(id: str = dequest.PathParameter()): pass

    @staticmethod
    @dequest.sync_client(url=org + "/api/v1/users")
    def users(activate: bool = dequest.QueryParameter(default=None), expand: list = dequest.QueryParameter(default=None)): pass


class Pyfeign:
    @staticmethod
    @pyfeign.get(url=org + "/api/v1/users/{id}")
    def user(id: str = pyfeign.Path()) -> dict: ""

    @staticmethod
    @pyfeign.get(url=org + "/api/v1/users")
    def users(activate: bool = pyfeign.Query(default=None), expand: list = pyfeign.Query(default=None)) -> dict: ""


@snakifit.http_host(base_url=org)
class Snakifit:
    @snakifit.http_get("/api/v1/users/{id}")
    def user(self, id: str) -> dict: pass

    @snakifit.http_get("/api/v1/users")
    def users(self, activate: bool, expand: list) -> dict: pass

    @snakifit.http_post("/api/v1/users")
    def create(self, activate: bool, user: dict) -> dict: pass


class Hammock:
    user = staticmethod(lambda id: hammock.Hammock(org).api.v1.users(id).GET())
    users = staticmethod(lambda activate=None, expand=None: hammock.Hammock(org).api.v1.users.GET(
        params={"activate": activate, "expand": expand}))


class Adapter(tapioca.JSONAdapterMixin, tapioca.TapiocaAdapter):
    api_root = org
    resource_mapping = {"user": {"resource": "/api/v1/users/{id}", "docs": ""}, "users": {"resource": "/api/v1/users", "docs": ""}}


class Tapioca:
    client = tapioca.generate_wrapper_from_adapter(Adapter)()
    user = staticmethod(lambda id: Tapioca.client.user(id=id).get()().data)
    users = staticmethod(lambda activate=None, expand=None: Tapioca.client.users().get(
        params={"activate": activate, "expand": expand})().data)


class SimpleRestClient:
    api = simple_rest_client.api.API(api_root_url=org + "/api/v1/", json_encode_body=True)
    api.add_resource(resource_name="users")
    user = staticmethod(lambda id: SimpleRestClient.api.users.retrieve(id).body)
    users = staticmethod(lambda activate=None, expand=None: SimpleRestClient.api.users.list(
        params={"activate": activate, "expand": expand}).body)


class Apiroute(apiroute.Client):
    base_url = org

    @apiroute.route("/api/v1/users/{id}")
    def user(self, id: str) -> dict: ...

    @apiroute.route("/api/v1/users")
    def users(self, activate: apiroute.Query = None, expand: apiroute.Query = None) -> dict: ...


CLIENTS = {"uplink": Uplink(base_url=org), "decorest": Decorest(org), "dequest": Dequest, "pyfeign": Pyfeign, "snakifit": Snakifit(),
           "hammock": Hammock, "tapioca-wrapper": Tapioca, "simple-rest-client": SimpleRestClient, "apiroute": Apiroute()}


def check(name, seen, expected):
    global failed
    print(f"{name}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


def compare(name, call, usual, code=200, result=False, **others):
    others = {library.replace("_", "-"): output for library, output in others.items()}
    for library, client in CLIENTS.items():
        arrived.clear()
        status[0] = code
        try:
            returned = str(call(client))
        except Exception:
            returned = "an error"
        check(f"{name}, {library}", returned if result else arrived[0], others.get(library, usual))


escaped = "GET /api/v1/users/ada%2Fops%3Fx"
compare("a login", lambda client: client.user("ada/ops?x"), "GET /api/v1/users/ada/ops?x", uplink=escaped, apiroute=escaped,
        dequest="GET /api/v1/users/ada/ops {}", simple_rest_client="GET /api/v1/users/ada/ops")
lists = "&expand=a&expand=b"
compare("a boolean and a list", lambda client: client.users(False, ["a", "b"]), "GET /api/v1/users?activate=False" + lists,
        decorest="GET /api/v1/users?expand=a&expand=b&activate=False", dequest=f"GET /api/v1/users?activate=false{lists} {{}}",
        snakifit="GET /api/v1/users?activate=False", simple_rest_client="GET /api/v1/users?activate=false" + lists,
        apiroute="GET /api/v1/users?activate=false" + lists)
compare("no values", lambda client: client.users(None, None), "GET /api/v1/users", dequest="GET /api/v1/users?activate=&expand= {}",
        simple_rest_client="GET /api/v1/users?activate=&expand=")
compare("404", lambda client: client.user("00u1"), "an error", code=404, result=True, uplink="{'errorCode': 'E0000007'}",
        snakifit="None", hammock="<Response [404]>")
compare("204", lambda client: client.user("00u1"), "None", code=204, result=True, uplink="an error", dequest="an error",
        snakifit="an error", pyfeign="<Response [204]>", hammock="<Response [204]>", simple_rest_client="")
status[0] = 200
arrived.clear()
Uplink(base_url=org + "/okta").user("00u1")
check("a base address with a path, uplink", arrived, ["GET /api/v1/users/00u1"])
arrived.clear()
CLIENTS["snakifit"].create(False, {"profile": {"login": "ada@example.com"}})
check("a user to create, snakifit", arrived, ["POST /api/v1/users?activate=False"])
sys.exit(failed)
PYTHON
