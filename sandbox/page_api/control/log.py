"""`/sandbox/log`: what passed between the workspace and the app."""

from aiohttp import web

from sandbox.core import Core
from sandbox.kinds import Json
from sandbox.page_api.control.calls import BadRequest, call

AT_ONCE = 200
MOST_AT_ONCE = 1000


@call("GET", "/log")
async def entries(core: Core, request: web.Request) -> Json:
    """A page of entries after a number, oldest first, and the number of the newest that there is."""
    after, limit = _number(request, "after", 0), _number(request, "limit", AT_ONCE)
    log = core.workspace.log
    found = log.after(after, min(limit, MOST_AT_ONCE))
    return {"entries": [one.brief() for one in found], "last": log.last}


@call("GET", "/log/{n}")
async def entry(core: Core, request: web.Request) -> Json:
    wanted = request.match_info["n"]
    found = core.workspace.log.find(int(wanted)) if wanted.isdecimal() else None
    if found is None:
        raise BadRequest("That is no longer in the log.", status=404)
    return found.whole()


def _number(request: web.Request, name: str, default: int) -> int:
    given = request.query.get(name, str(default))
    if not given.isdecimal():
        raise BadRequest(f"{name} must be a whole number.")
    return int(given)
