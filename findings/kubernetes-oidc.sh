#!/usr/bin/env bash
# Does a program with a kubeconfig for Okta stay signed in to a cluster, if it uses Kubernetes' clients for Python?
#
# Versions: kubernetes 37.0.2, kubernetes-asyncio 36.1.0, time-machine 3.6.0, requests-oauthlib 2.0.0 with oauthlib 4.0.1; CPython
# 3.11. Time is simulated. The local server is the org and the cluster.
# Expected: The user's ID token is valid for an hour, and the refresh token for longer. So each call before and after that hour
# is accepted, as with kubectl. If the org cannot be reached, the error says so. An ID token is base64url (RFC 7515 section 2).
# A native application of Okta has no secret, so the kubeconfig has none.
# Seen:
# - Both clients look at the expiry only when the kubeconfig is loaded. An hour later each call of the same program is refused
#   with 401, and neither sends a request to the org.
# - A new load helps only with kubernetes. kubernetes-asyncio requests a token, for which Okta replaces the refresh token, and
#   raises TypeError while it stores both. The file keeps the used refresh token, so that the user must sign in again.
# - If the org refuses the metadata with 429 or 503, kubernetes loads without an error, sends the expired token, and the program
#   gets the cluster's 401. kubernetes-asyncio reports the org.
# - kubernetes-asyncio decodes the token as base64, which differs from base64url in two characters. So it cannot load the token of
#   one in three users with a name such as Blažek, or in a group such as "Who?", depending on the place of the letter.
# - Without `client-secret`, both raise "Invalid kube-config file" as soon as the first token has expired, and not before.
# - With an ID token of five minutes, the shortest lifetime that Okta permits, each load requests a new token at once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check kubernetes==37.0.2 kubernetes-asyncio==36.1.0 \
    requests-oauthlib==2.0.0 oauthlib==4.0.1 time-machine==3.6.0 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
cd "$folder"
env HOME="$folder" OAUTHLIB_INSECURE_TRANSPORT=1 "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, base64, json, logging, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs

import kubernetes, kubernetes_asyncio, time_machine, yaml

logging.disable(logging.CRITICAL)
requests, refused = [], []
lifetime, failed = 3600, False
NAMESPACES = {"kind": "NamespaceList", "apiVersion": "v1", "metadata": {}, "items": []}


def encode(value):
    return base64.urlsafe_b64encode(json.dumps(value, ensure_ascii=False).encode()).decode().rstrip("=")


def token(**claims):
    """An ID token that is issued now; the cluster of this script does not look at its signature."""
    claims = {"sub": "00u1", "aud": "cluster", "exp": int(time.time()) + lifetime} | claims
    return ".".join((encode({"alg": "RS256", "kid": "1"}), encode(claims), "c2lnbmF0dXJl"))


class Server(BaseHTTPRequestHandler):
    """The org's metadata and token endpoint, which rotates refresh tokens, and the cluster's list of namespaces."""

    def do_GET(self):
        if "openid-configuration" in self.path:
            requests.append("metadata")
            return self.send(refused.pop(0) if refused else 200, {"issuer": org, "token_endpoint": f"{org}/oauth2/v1/token"})
        requests.append("cluster")
        payload = self.headers["Authorization"].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        self.send(200 if claims["exp"] > time.time() else 401, NAMESPACES if claims["exp"] > time.time() else {"kind": "Status"})

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        requests.append("token")
        used = form["refresh_token"][0]
        self.send(200, {"access_token": "any", "id_token": token(), "refresh_token": used + "+", "token_type": "Bearer",
                        "expires_in": 3600, "scope": "openid offline_access"})

    def send(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
org = f"http://127.0.0.1:{server.server_port}"


def write(secret=True, **claims):
    """Writes a kubeconfig with an ID token that is issued now."""
    settings = {"idp-issuer-url": org, "client-id": "0oa1", "id-token": token(**claims), "refresh-token": "r"}
    settings |= {"client-secret": "s"} if secret else {}
    user = {"auth-provider": {"name": "oidc", "config": settings}}
    with open("config", "w") as file:
        yaml.safe_dump({"apiVersion": "v1", "kind": "Config", "current-context": "c", "clusters": [{"name": "c", "cluster": {"server": org}}],
                        "users": [{"name": "u", "user": user}], "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}]}, file)
    requests.clear()


def outcome(call):
    """The result of a call, or its error with the status, if it has one."""
    try:
        return call()
    except Exception as error:
        return f"{type(error).__name__} {getattr(error, 'status', None) or str(error)[:60]}"


class Blocking:
    name = "kubernetes"

    def load(self):
        settings = kubernetes.client.Configuration()
        kubernetes.config.load_kube_config("config", client_configuration=settings)
        self.api = kubernetes.client.CoreV1Api(kubernetes.client.ApiClient(settings))
        return "loaded"

    def call(self):
        return len(self.api.list_namespace().items)


class Async:
    name = "kubernetes-asyncio"

    def __init__(self):
        self.loop = asyncio.new_event_loop()

    def load(self):
        async def load():
            settings = kubernetes_asyncio.client.Configuration()
            await kubernetes_asyncio.config.load_kube_config("config", client_configuration=settings)
            self.api = kubernetes_asyncio.client.CoreV1Api(kubernetes_asyncio.client.ApiClient(settings))
        self.loop.run_until_complete(load())
        return "loaded"

    def call(self):
        return len(self.loop.run_until_complete(self.api.list_namespace()).items)


def check(what, seen, expected):
    global failed
    print(f"  {what}: {seen}")
    if seen != expected:
        failed = True
        print(f"  changed: expected {expected}", file=sys.stderr)


print("kubernetes", version("kubernetes"), "kubernetes-asyncio", version("kubernetes-asyncio"))
start = int(time.time())
for client in Blocking(), Async():
    print(client.name)
    blocking = client.name == "kubernetes"
    error = "UnauthorizedException 401" if blocking else "ApiException 401"
    reload = "loaded" if blocking else "TypeError KubeConfigMerger.save_changes() takes 1 positional argument "
    with time_machine.travel(start, tick=True) as clock:
        write()
        check("a call after the load", (outcome(client.load), outcome(client.call), [*requests]), ("loaded", 0, ["cluster"]))
        requests.clear()
        clock.move_to(start + 3700)
        seen = outcome(client.call)
        check("a call of the same program after an hour", (seen, [*requests]), (error, ["cluster"]))
        requests.clear()
        check("a new load", (outcome(client.load), [*requests]), (reload, ["metadata", "token"]))
        check("a call after it", outcome(client.call), 0 if blocking else error)
        with open("config") as file:
            stored = yaml.safe_load(file)["users"][0]["user"]["auth-provider"]["config"]["refresh-token"]
        check("refresh token in the file, where the org accepts r+", stored, "r+" if blocking else "r")
        for status in 429, 503:
            write(exp=int(time.time()) - 1)
            refused[:] = [status]
            seen = outcome(client.load)
            check(f"a load if the org refuses the metadata with {status}", (seen, [*requests]),
                  ("loaded" if blocking else "ConfigException oidc: failed to query well-known metadata endpoint", ["metadata"]))
            if blocking:
                check("a call after it", outcome(client.call), error)
        for claims in {"name": "Smith"}, {"name": "Blažek"}, {"groups": ["Who?"]}:
            loaded = 0
            for padding in "", "x", "xx":
                write(nonce=padding, **claims)
                loaded += outcome(client.load) == "loaded"
            check(f"loads with {claims} in three places of the token", loaded, 3 if blocking or "Smith" in claims.values() else 2)
        write(secret=False)
        check("a load without a secret", outcome(client.load), "loaded")
        clock.move_to(start + 7500)
        check("the same after an hour", outcome(client.load)[:43], "ConfigException Invalid kube-config file. E")
        lifetime = 300
        write()
        check("three loads with a token of five minutes", ([outcome(client.load) for _ in range(3)], requests.count("token")), ([reload] * 3, 3))
        lifetime = 3600
sys.exit(failed)
PYTHON
