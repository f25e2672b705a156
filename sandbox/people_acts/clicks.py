"""Buttons, selects and other elements, in messages and in views."""

from dataclasses import dataclass

from sandbox import messages
from sandbox.block_kit import check, elements
from sandbox.core import Core
from sandbox.delivery import Answer
from sandbox.kinds import Json
from sandbox.people_acts.result import NotAllowed, Result, channel_of, failed, where, who

TOLD = ("text", "value", "style", "url", "placeholder")


@dataclass(frozen=True)
class Spot:
    """Where an element stands: in a message (channel and ts) or in a view."""

    channel: str = ""
    ts: str = ""
    view_id: str = ""

    @property
    def key(self) -> str:
        return self.view_id or f"{self.channel}/{self.ts}"

    @classmethod
    def read(cls, container: Json) -> "Spot":
        if container.get("type") == "view":
            return cls(view_id=str(container.get("view_id", "")))
        return cls(str(container.get("channel", "")), str(container.get("ts", "")))


@dataclass(frozen=True)
class Act:
    """A choice. `others` is what stands in the view's or message's other inputs, as the page has it."""

    action_id: str
    block_id: str = ""
    value: object = None
    others: Json | None = None


async def click(core: Core, me: str, spot: Spot, act: Act) -> Result:
    blocks = blocks_at(core, me, spot)
    found = elements.find(blocks, act.action_id, act.block_id)
    if found is None:
        raise NotAllowed("That is no longer there.")
    block, element = found
    state = choice(core, spot, block, element, act.value)
    typed = states(core, spot, blocks, act.others or {})
    if element["type"] in elements.STATEFUL:
        typed.setdefault(block["block_id"], {})[element["action_id"]] = state
    _remember(core, me, spot, typed)
    if block["type"] == "input" and not block.get("dispatch_action"):
        return Result()
    action = {name: element[name] for name in TOLD if name in element} | state
    action |= {"action_id": element["action_id"], "block_id": block["block_id"]}
    action["action_ts"] = core.workspace.next_ts()
    payload = {"type": "block_actions", "actions": [action]} | _surroundings(core, me, spot)
    answer = await core.delivery.deliver("interactive", payload | who(core, me))
    label = element.get("text", {}).get("text") or "That choice"
    return Result() if answer.ok else failed(core, me, answer, f"“{label}”")


async def suggest(core: Core, me: str, spot: Spot, act: Act) -> list[Json]:
    """What the app suggests for an external select, as options or groups of them."""
    found = elements.find(blocks_at(core, me, spot), act.action_id, act.block_id)
    if found is None:
        raise NotAllowed("That is no longer there.")
    block, element = found
    payload = {
        "type": "block_suggestion",
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": str(act.value or ""),
    }
    context = _surroundings(core, me, spot)
    context.pop("trigger_id", None)
    context.pop("response_url", None)
    answer = await core.delivery.deliver("interactive", payload | context | who(core, me))
    problems = check.suggestions(answer.body)
    if problems:
        failed(core, me, Answer({}, f"invalid options: {problems[0]}"), "Looking for choices")
        return []
    offered = list(answer.body.get("options") or answer.body.get("option_groups") or [])
    flat = [one for group in offered for one in group.get("options", [group])]
    key = (spot.key, block["block_id"], element["action_id"])
    core.suggested.setdefault(key, {}).update({one["value"]: one for one in flat})
    return offered


def states(core: Core, spot: Spot, blocks: list[Json], values: Json) -> Json:
    """What the page has in the inputs, as Slack's states."""
    typed: Json = {}
    for block, element in elements.elements(blocks):
        given = values.get(block["block_id"], {})
        if element["type"] in elements.STATEFUL and element["action_id"] in given:
            state = choice(core, spot, block, element, given[element["action_id"]])
            typed.setdefault(block["block_id"], {})[element["action_id"]] = state
    return typed


def choice(core: Core, spot: Spot, block: Json, element: Json, value: object) -> Json:
    known = dict(core.suggested.get((spot.key, block["block_id"], element["action_id"]), {}))
    first = elements.initial_state(element) if element["type"] in elements.STATEFUL else {}
    for option in [first.get("selected_option"), *(first.get("selected_options") or [])]:
        if option:
            known.setdefault(option["value"], option)
    if element["type"] == "file_input":
        known = core.file_shapes()
    try:
        return elements.chosen(element, value, known)
    except (elements.NotAnOption, ValueError) as error:
        raise NotAllowed(str(error)) from error


def blocks_at(core: Core, me: str, spot: Spot) -> list[Json]:
    if spot.view_id:
        if core.views.owners.get(spot.view_id) != me:
            raise NotAllowed("That window is closed.")
        return list(core.views.all[spot.view_id]["blocks"])
    message, _ = message_at(core, me, spot)
    inside = [block for one in message.get("attachments", []) for block in one.get("blocks", [])]
    return list(message.get("blocks", [])) + inside


def message_at(core: Core, me: str, spot: Spot) -> tuple[Json, bool]:
    """The message, and whether it is one that only this person sees."""
    channel = channel_of(core, me, spot.channel)
    whispered = messages.find_ephemeral(core.workspace, channel.id, me, spot.ts)
    message = whispered or messages.find(core.workspace, channel.id, spot.ts)
    if message is None:
        raise NotAllowed("That message is gone.")
    return message, whispered is not None


def _remember(core: Core, me: str, spot: Spot, typed: Json) -> None:
    if spot.view_id:
        core.views.type_in(spot.view_id, typed)
        return
    known = core.typed.setdefault((me, spot.key), {})
    for block_id, actions in typed.items():
        known.setdefault(block_id, {}).update(actions)


def _surroundings(core: Core, me: str, spot: Spot) -> Json:
    if spot.view_id:
        container: Json = {"type": "view", "view_id": spot.view_id}
        view: Json = {"container": container, "view": core.views.shown(spot.view_id)}
        return view | {"trigger_id": core.triggers.issue(me)}
    message, whispered = message_at(core, me, spot)
    channel = channel_of(core, me, spot.channel)
    container = {
        "type": "message",
        "message_ts": spot.ts,
        "channel_id": spot.channel,
        "is_ephemeral": whispered,
    }
    thread = message.get("thread_ts", "")
    if thread:
        container["thread_ts"] = thread
    url = core.response_urls.issue(me, spot.channel, spot.ts, ephemeral=whispered, thread_ts=thread)
    typed = core.typed.get((me, spot.key), {})
    values = elements.view_values(blocks_at(core, me, spot), typed)
    context: Json = {
        "container": container,
        "channel": where(channel),
        "state": {"values": values},
        "response_url": url,
        "trigger_id": core.triggers.issue(me, spot.channel),
    }
    return context if whispered else context | {"message": message}
