"""Methods that open, change and publish views."""

from sandbox.block_kit import check
from sandbox.block_kit.limits.parts import Surface
from sandbox.kinds import Json
from sandbox.triggers import Trigger, TriggerRefused
from sandbox.views import ViewRefused
from sandbox.web_api import blocks
from sandbox.web_api.call import ApiError, Call, method


@method("views.open")
async def views_open(call: Call) -> Json:
    view, trigger = _view(call), _trigger(call)
    try:
        return {"view": call.core.views.open(trigger.person, view, trigger.channel)}
    except ViewRefused as refusal:
        raise ApiError(str(refusal)) from refusal


@method("views.push")
async def views_push(call: Call) -> Json:
    view, trigger = _view(call), _trigger(call)
    try:
        return {"view": call.core.views.push(trigger.person, view, trigger.channel)}
    except ViewRefused as refusal:
        raise ApiError(str(refusal)) from refusal


@method("views.update")
async def views_update(call: Call) -> Json:
    view, views = _view(call), call.core.views
    view_id = call.text("view_id") or views.with_external_id(call.text("external_id"))
    try:
        return {"view": views.update(view_id, view, call.text("hash"))}
    except ViewRefused as refusal:
        raise ApiError(str(refusal)) from refusal


@method("views.publish")
async def views_publish(call: Call) -> Json:
    if not call.core.app.has_home_tab:
        raise ApiError("not_enabled")
    person = call.user("user_id")
    view = _view(call, "home")
    try:
        return {"view": call.core.views.publish(person.id, view, call.text("hash"))}
    except ViewRefused as refusal:
        raise ApiError(str(refusal)) from refusal


def _view(call: Call, kind: Surface = "modal") -> Json:
    view = call.args.get("view")
    if not isinstance(view, dict):
        messages = ["[ERROR] missing required field: view"]
        raise ApiError("invalid_arguments", response_metadata={"messages": messages})
    blocks.refuse(check.view(view, kind), "invalid_arguments")
    return view


def _trigger(call: Call) -> Trigger:
    try:
        return call.core.triggers.use(call.text("trigger_id"))
    except TriggerRefused as refusal:
        raise ApiError(str(refusal)) from refusal
