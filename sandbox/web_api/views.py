"""Methods that open, change and publish views."""

from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.block_kit import check
from sandbox.block_kit.limits.parts import Surface
from sandbox.kinds import Json
from sandbox.triggers import Trigger, TriggerRefused
from sandbox.views import ViewRefused
from sandbox.web_api import blocks
from sandbox.web_api.call import ApiError, Call, invalid, method


@method("views.open")
async def views_open(call: Call) -> Json:
    view = _view(call)
    with _refusals():
        trigger = _trigger(call)
        return {"view": call.core.views.open(trigger.person, view, trigger.channel)}


@method("views.push")
async def views_push(call: Call) -> Json:
    view = _view(call)
    with _refusals():
        trigger = _trigger(call)
        return {"view": call.core.views.push(trigger.person, view, trigger.channel)}


@method("views.update")
async def views_update(call: Call) -> Json:
    views = call.core.views
    if not call.text("view_id") and not call.text("external_id"):
        raise invalid("missing required field: view_id or external_id")
    view_id = call.text("view_id") or views.with_external_id(call.text("external_id"))
    if view_id not in views.all:
        raise ApiError("not_found")
    view = _view(call, views.all[view_id]["type"])
    with _refusals():
        return {"view": views.update(view_id, view, call.text("hash"))}


@method("views.publish")
async def views_publish(call: Call) -> Json:
    if not call.core.app.has_home_tab:
        raise ApiError("not_enabled")
    person = call.user("user_id")
    view = _view(call, "home")
    with _refusals():
        return {"view": call.core.views.publish(person.id, view, call.text("hash"))}


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (ViewRefused, TriggerRefused) as refusal:
        raise ApiError(str(refusal)) from refusal


def _view(call: Call, kind: Surface = "modal") -> Json:
    view = call.args.get("view")
    if not isinstance(view, dict):
        raise invalid("missing required field: view")
    blocks.refuse(check.view(view, kind), "invalid_arguments")
    return view


def _trigger(call: Call) -> Trigger:
    return call.core.triggers.use(call.need("trigger_id"))
