"""Submitting and closing modals."""

import re

from sandbox import uploads
from sandbox.block_kit import check, elements
from sandbox.core import Core
from sandbox.delivery import Answer
from sandbox.kinds import Json
from sandbox.people_acts import clicks
from sandbox.people_acts.result import NotAllowed, Result, channel_of, failed, where, who
from sandbox.views import ViewRefused

REQUIRED = "Please complete this required field."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


async def submit(core: Core, me: str, view_id: str, values: Json) -> Result:
    if view_id not in core.views.stacks.get(me, []):
        raise NotAllowed("That window is closed.")
    blocks = core.views.all[view_id]["blocks"]
    core.views.type_in(view_id, clicks.states(core, clicks.Spot(view_id=view_id), blocks, values))
    view = core.views.shown(view_id)
    problems = unfinished(view)
    core.views.show_errors(view_id, problems)
    if problems:
        return Result(ok=False, errors=problems)
    _give_files(core, view)
    payload = {
        "type": "view_submission",
        "trigger_id": core.triggers.issue(me),
        "view": view,
        "response_urls": _response_urls(core, me, view),
    }
    answer = await core.delivery.deliver("interactive", payload | who(core, me))
    if not answer.ok:
        return failed(core, me, answer, f"“{view['title']['text']}”")
    try:
        return _follow(core, me, view_id, answer)
    except (ViewRefused, _BadAnswer) as refusal:
        return failed(core, me, Answer({}, str(refusal)), f"“{view['title']['text']}”")


def _give_files(core: Core, view: Json) -> None:
    """What a person puts into a form, the app may read, wherever else it is shared."""
    for block, element in elements.elements(view["blocks"]):
        if element["type"] == "file_input":
            state = view["state"]["values"][block["block_id"]][element["action_id"]]
            for one in state["files"] or []:
                file = core.workspace.files[one["id"]]
                file.given_to = core.app.bot_user_id
                uploads.keep(core.workspace, file)


async def close(core: Core, me: str, view_id: str, *, clear: bool = False) -> Result:
    if view_id not in core.views.stacks.get(me, []):
        raise NotAllowed("That window is closed.")
    closed = core.views.close(me, view_id, clear=clear)[-1]
    if not closed["notify_on_close"]:
        return Result()
    payload = {"type": "view_closed", "view": closed, "is_cleared": clear, "response_urls": []}
    answer = await core.delivery.deliver("interactive", payload | who(core, me))
    return Result() if answer.ok else failed(core, me, answer, "Closing")


def unfinished(view: Json) -> Json:
    """What Slack itself finds wrong with the inputs, before it asks the app: block → sentence."""
    problems: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = view["state"]["values"][block["block_id"]][element["action_id"]]
        given = elements.given(state)
        if given in (None, "", []):
            if not block.get("optional"):
                problems[block["block_id"]] = REQUIRED
        else:
            problem = _wrong(element, given)
            if problem:
                problems[block["block_id"]] = problem
    return problems


def _wrong(element: Json, given: object) -> str:
    kind, text = element["type"], str(given)
    if kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if len(text) < least:
            return f"Please enter at least {least} characters."
        if len(text) > most:
            return f"Please enter at most {most} characters."
    if kind == "email_text_input" and not EMAIL.fullmatch(text):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not text.startswith(("http://", "https://")):
        return "Please enter a valid URL."
    if kind == "number_input":
        return _wrong_number(element, text)
    most = element.get("max_selected_items")
    if most and isinstance(given, list) and len(given) > most:
        return f"Please select at most {most}."
    return ""


def _wrong_number(element: Json, text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""


class _BadAnswer(Exception):
    """The app answered a submission with something that Slack cannot follow."""


def _follow(core: Core, me: str, view_id: str, answer: Answer) -> Result:
    match answer.body.get("response_action"):
        case "errors":
            return _show_errors(core, view_id, answer.body.get("errors") or {})
        case "update":
            core.views.update(view_id, _answered_view(answer))
        case "push":
            core.views.push(me, _answered_view(answer))
        case "clear":
            core.views.close(me, view_id, clear=True)
        case None:
            # A view opened meanwhile instead of pushed goes too: Slack's own client closes it.
            core.views.close(me, view_id)
        case _:
            raise _BadAnswer("invalid_response_action")
    return Result()


def _show_errors(core: Core, view_id: str, errors: Json) -> Result:
    inputs = {
        one["block_id"] for one in core.views.all[view_id]["blocks"] if one["type"] == "input"
    }
    if not errors or not errors.keys() <= inputs:
        raise _BadAnswer("invalid_errors_block_id")
    core.views.show_errors(view_id, errors)
    return Result(ok=False, errors=errors)


def _answered_view(answer: Answer) -> Json:
    view = answer.body.get("view")
    if not isinstance(view, dict):
        raise _BadAnswer("invalid view: it is missing")
    problems = check.view(view, "modal")
    if problems:
        raise _BadAnswer(f"invalid view: {'; '.join(map(str, problems))}")
    return dict(view)


def _response_urls(core: Core, me: str, view: Json) -> list[Json]:
    urls = []
    for block, element in elements.elements(view["blocks"]):
        if element.get("response_url_enabled"):
            state = view["state"]["values"][block["block_id"]][element["action_id"]]
            channel = channel_of(core, me, str(elements.given(state)))
            address = core.response_urls.issue(me, channel.id)
            ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
            urls.append(ids | {"channel_id": where(channel)["id"], "response_url": address})
    return urls
