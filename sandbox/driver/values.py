"""What a scenario gives as an answer, turned into what the page would send."""

from datetime import date, datetime, time

from sandbox.block_kit import elements
from sandbox.core import Core
from sandbox.driver import seen
from sandbox.kinds import Json
from sandbox.people_acts import clicks

CHOICES = {"selected_option", "selected_options"}


async def page_value(
    core: Core, person: str, spot: clicks.Spot, at: tuple[Json, Json], answer: object
) -> object:
    """Choices by their text, people and channels by name or object, dates and times as such."""
    block, element = at
    kind = element["type"]
    if isinstance(answer, list | tuple):
        return [await page_value(core, person, spot, at, one) for one in answer]
    if kind == "overflow" or elements.STATEFUL.get(kind, ("",))[0] in CHOICES:
        offered = elements.options(element)
        if "external" in kind:
            act = clicks.Act(element["action_id"], block["block_id"], answer)
            groups = await clicks.suggest(core, person, spot, act)
            offered = [one for group in groups for one in group.get("options", [group])]
        return seen.option_value(offered, str(answer)) if answer else None
    return _plain(core, kind, answer)


def _plain(core: Core, kind: str, answer: object) -> object:
    if answer is None or answer == "":
        return None
    if "users" in kind or "conversations" in kind or "channels" in kind:
        return _id_of(core, answer)
    if isinstance(answer, datetime):
        return int(answer.timestamp())
    if isinstance(answer, time):
        return answer.strftime("%H:%M")
    if isinstance(answer, date):
        return answer.isoformat()
    return answer if isinstance(answer, dict) else str(answer)


def _id_of(core: Core, answer: object) -> str:
    known = getattr(answer, "id", None)
    if isinstance(known, str):
        return known
    name = str(answer)
    found = core.workspace.person_named(name) or core.workspace.channel_named(name)
    return found.id if found else name
