"""The control calls, joined to the web server."""

from aiohttp import web
from aiohttp.typedefs import Handler as WebHandler

from sandbox.core import Core
from sandbox.page_api.control import clock
from sandbox.page_api.control.calls import BadRequest, Handler
from sandbox.page_api.control.inspect import watch
from sandbox.page_api.control.registry import CALLS


def add_control_routes(application: web.Application, core: Core) -> None:
    async def connect(request: web.Request) -> web.WebSocketResponse:
        return await watch(core, request)

    clock.announce(core)
    application.router.add_get("/sandbox/inspect", connect)
    for (verb, path), handler in CALLS.items():
        application.router.add_route(verb, f"/sandbox{path}", _answering(core, handler))


def _answering(core: Core, handler: Handler) -> WebHandler:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await handler(core, request))
        except BadRequest as refusal:
            return web.json_response({"error": str(refusal)}, status=refusal.status)

    return answer
