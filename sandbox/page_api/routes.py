"""The page and its calls, joined to the web server."""

from aiohttp import web
from aiohttp.typedefs import Handler as WebHandler

from sandbox.core import Core
from sandbox.page_api import shown
from sandbox.page_api.calls import CALLS, Handler
from sandbox.page_api.control.routes import add_control_routes
from sandbox.page_api.files import page_file
from sandbox.page_api.live import live
from sandbox.people_acts.result import NotAllowed


def add_routes(application: web.Application, core: Core) -> None:
    router = application.router

    async def everybody(_: web.Request) -> web.Response:
        return web.json_response({"workspace": shown.workspace(core), "people": shown.people(core)})

    async def connect(request: web.Request) -> web.WebSocketResponse:
        return await live(core, _me(core, request), request)

    router.add_get("/sandbox/people", everybody)
    add_control_routes(application, core)
    router.add_get("/sandbox/{me}/live", connect)
    for (verb, path), handler in CALLS.items():
        router.add_route(verb, f"/sandbox/{{me}}{path}", _answering(core, handler))
    router.add_get("/archives/{rest:.*}", _to_the_page)
    router.add_get("/{path:.*}", page_file)


def _answering(core: Core, handler: Handler) -> WebHandler:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await handler(core, _me(core, request), request))
        except NotAllowed as refusal:
            return web.json_response({"error": str(refusal)}, status=400)
        except (KeyError, ValueError):
            return web.json_response({"error": "That could not be understood."}, status=400)

    return answer


def _me(core: Core, request: web.Request) -> str:
    me = request.match_info["me"]
    person = core.workspace.people.get(me)
    if person is None or person.deleted or person.is_bot:
        raise web.HTTPNotFound(
            text='{"error": "There is no such person."}', content_type="application/json"
        )
    return me


async def _to_the_page(_: web.Request) -> web.StreamResponse:
    """A permalink does not say who follows it, so it leads to the choice of that."""
    raise web.HTTPFound("/")
