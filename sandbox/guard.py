"""Who may talk to the sandbox: this machine, by a loopback name, and no web page of another site."""

from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

LOOPBACK_NAMES = {"127.0.0.1", "localhost", "::1"}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign Host headers (DNS rebinding) and requests that another site's page made."""
    if URL(f"http://{request.host}").host not in LOOPBACK_NAMES:
        raise web.HTTPForbidden(text="The sandbox answers to loopback names only.")
    origin = request.headers.get("Origin")
    if origin is not None and URL(origin).authority != request.host:
        raise web.HTTPForbidden(text="The sandbox answers to its own page only.")
    return await handler(request)
