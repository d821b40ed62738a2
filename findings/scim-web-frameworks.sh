#!/usr/bin/env bash
# Does a SCIM server built on a web framework receive the user that an identity provider sends?
#
# Versions: bottle 0.13.4, webargs 8.7.1, microdot 2.7.0, muffin 3.0.3, falcon 4.4.0, CherryPy 18.10.0, djangorestframework 3.18.3,
# baize 0.23.1, Flask 3.1.3, pyramid 2.1, starlette 1.10.0, litestar 2.25.0, quart 0.22.0, blacksheep 2.6.4; CPython 3.11.
# Expected: The media type of SCIM is application/scim+json (RFC 7644, section 3.1), with or without a charset. The suffix +json
# says that the body is JSON (RFC 6839), and the framework's reader of JSON reads it.
# Seen:
# - bottle's `request.json` and microdot's are None, without an error, and webargs returns no arguments with bottle. A request to
#   deactivate a user looks like one without changes.
# - muffin's `request.data()` is the text in bytes instead of an object.
# - falcon, CherryPy, Django REST framework and baize refuse the request with 415.
# - Flask, pyramid, starlette, litestar, quart and blacksheep read the user.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet bottle==0.13.4 webargs==8.7.1 microdot==2.7.0 muffin==3.0.3 falcon==4.4.0 CherryPy==18.10.0 \
    Django==5.2.19 djangorestframework==3.18.3 baize==0.23.1 Flask==3.1.3 pyramid==2.1 starlette==1.10.0 litestar==2.25.0 \
    quart==0.22.0 blacksheep==2.6.4 httpx==0.28.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio, io, json, logging, sys
from typing import Any

import baize.wsgi, blacksheep, bottle, cherrypy, django, falcon, flask, httpx, litestar, microdot.wsgi, muffin, quart
import webargs.bottleparser
from django.conf import settings
from pyramid.config import Configurator
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

logging.disable(logging.CRITICAL)
read = []
applications = {}


def kept(value):
    """What the program gets as the user."""
    read.append(value)
    return {}


applications["bottle"] = bottle.Bottle()
applications["bottle"].route("/Users", "POST", lambda: kept(bottle.request.json))
applications["webargs"] = bottle.Bottle()
arguments = {"userName": webargs.fields.Str(), "active": webargs.fields.Bool()}
applications["webargs"].route("/Users", "POST", webargs.bottleparser.use_args(arguments)(lambda found: kept(found)))
applications["microdot"] = microdot.wsgi.Microdot()
applications["microdot"].post("/Users")(lambda request: kept(request.json))


class Users:
    def on_post(self, request, response):
        response.media = kept(request.media)


applications["falcon"] = falcon.App()
applications["falcon"].add_route("/Users", Users())


class Root:
    @cherrypy.expose
    @cherrypy.tools.json_in()
    @cherrypy.tools.json_out()
    def Users(self):
        return kept(cherrypy.request.json)


cherrypy.config.update({"environment": "embedded"})
applications["CherryPy"] = cherrypy.Application(Root())
settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="s", ALLOWED_HOSTS=["*"], INSTALLED_APPS=["rest_framework"], REST_FRAMEWORK={
    "DEFAULT_AUTHENTICATION_CLASSES": [], "DEFAULT_PERMISSION_CLASSES": [], "UNAUTHENTICATED_USER": None})
django.setup()
from django.core.wsgi import get_wsgi_application
from django.urls import path
from rest_framework.decorators import api_view
from rest_framework.response import Response

urlpatterns = [path("Users", api_view(["POST"])(lambda request: Response(kept(request.data))))]
applications["Django REST framework"] = get_wsgi_application()
applications["baize"] = baize.wsgi.request_response(lambda request: baize.wsgi.JSONResponse(kept(request.json)))
applications["Flask"] = flask.Flask("org")
applications["Flask"].add_url_rule("/Users", methods=["POST"], view_func=lambda: kept(flask.request.json))
configurator = Configurator()
configurator.add_route("users", "/Users")
configurator.add_view(lambda request: kept(request.json_body), route_name="users", renderer="json")
applications["pyramid"] = configurator.make_wsgi_app()


async def starlette_users(request):
    return JSONResponse(kept(await request.json()))


async def quart_users():
    return kept(await quart.request.get_json())


async def blacksheep_users(request: blacksheep.Request):
    return blacksheep.json(kept(await request.json()))


async def muffin_users(request):
    return kept(await request.data())


@litestar.post("/Users")
async def litestar_users(data: dict[str, Any]) -> dict[str, Any]:
    return kept(data)


asynchronous = {"starlette": Starlette(routes=[Route("/Users", starlette_users, methods=["POST"])]), "quart": quart.Quart("org"),
                "blacksheep": blacksheep.Application(), "muffin": muffin.Application(), "litestar": litestar.Litestar([litestar_users])}
asynchronous["quart"].add_url_rule("/Users", methods=["POST"], view_func=quart_users)
asynchronous["blacksheep"].router.add_post("/Users", blacksheep_users)
asynchronous["muffin"].route("/Users", methods=["POST"])(muffin_users)
user = {"userName": "ada@example.com", "active": False}


def send(application, media):
    read.clear()
    body, started = json.dumps(user).encode(), []
    environment = {"REQUEST_METHOD": "POST", "PATH_INFO": "/Users", "SCRIPT_NAME": "", "QUERY_STRING": "", "CONTENT_TYPE": media,
                   "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "SERVER_NAME": "org",
                   "SERVER_PORT": "80", "HTTP_HOST": "org", "REMOTE_ADDR": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1",
                   "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": False,
                   "wsgi.run_once": False}
    try:
        list(application(environment, lambda status, headers, error=None: started.append(status)))
    except Exception as error:
        started.append(str(error.args[0]))
    return read[0] if read else int(started[-1].split()[0])


async def send_asynchronously(application, media):
    read.clear()
    if isinstance(application, blacksheep.Application) and not application.started:
        await application.start()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=application), base_url="http://org") as client:
        response = await client.post("/Users", content=json.dumps(user), headers={"Content-Type": media})
    return read[0] if read else response.status_code


failed = False
EXPECTED = {"bottle": None, "webargs": {}, "microdot": None, "muffin": repr(json.dumps(user).encode()), "falcon": 415, "CherryPy": 415,
            "Django REST framework": 415, "baize": 415}
for media in ("application/json", "application/scim+json; charset=utf-8"):
    seen = {name: send(application, media) for name, application in applications.items()}
    for name, application in asynchronous.items():
        seen[name] = asyncio.run(send_asynchronously(application, media))
    for name, value in seen.items():
        expected = EXPECTED.get(name, user) if "scim" in media else user
        value = repr(value) if isinstance(value, bytes) else value
        print(f"{media}, {name}: {value}")
        if value != expected:
            failed = True
            print(f"  changed: expected {expected}", file=sys.stderr)
sys.exit(failed)
PYTHON
