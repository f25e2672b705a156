"""`/sandbox/faults`: what can be made to fail on purpose, what does, and switching it on and off."""

from aiohttp import web

from sandbox.core import Core
from sandbox.faults import DELIVERIES, EVERYTHING, KINDS, RESPONSE_URL, NoSuchFault
from sandbox.kinds import Json
from sandbox.page_api.control.calls import BadRequest, body_of, call
from sandbox.web_api.registry import METHODS


@call("GET", "/faults")
async def all_faults(core: Core, _: web.Request) -> Json:
    targets = {
        "api": [EVERYTHING, *sorted(METHODS)],
        "delivery": [*DELIVERIES, RESPONSE_URL],
    }
    kinds = [one.shown() for one in KINDS.values()]
    return {"kinds": kinds, "targets": targets, "active": core.faults.shown()}


@call("POST", "/faults")
async def start(core: Core, request: web.Request) -> Json:
    asked = await body_of(request)
    kind, target = str(asked.pop("kind", "")), str(asked.pop("target", "") or EVERYTHING)
    times = asked.pop("times", None)
    try:
        return {"fault": core.faults.switch_on(kind, target, times, asked).shown()}
    except NoSuchFault as refusal:
        raise BadRequest(str(refusal)) from refusal


@call("DELETE", "/faults/{id}")
async def stop(core: Core, request: web.Request) -> Json:
    if not core.faults.stop(request.match_info["id"]):
        raise BadRequest("That fault is off already.", status=404)
    return {"active": core.faults.shown()}


@call("DELETE", "/faults")
async def stop_all(core: Core, _: web.Request) -> Json:
    core.faults.clear()
    return {"active": core.faults.shown()}
