"""Counting calls and chats: who was answered, how long that took, and how long it was worked on."""

from bot.rules.metrics.counting.line import MEAN_FOR, Line, Step, split
from bot.rules.metrics.facts import SCALE
from bot.rules.metrics.mapping import Mapping
from bot.rules.metrics.roles import Role
from bot.rules.metrics.words.cells import ANSWERED, UNANSWERED


def of_calls(mapping: Mapping) -> list[Step]:
    roles = mapping.places.keys()
    steps: list[Step] = []
    if roles & {Role.ANSWERED, Role.ABANDONED}:
        steps.append(_answered)
    elif Role.STATUS in roles:
        steps.append(_answered_in_words)
    elif roles & {Role.WAIT, Role.MEAN_WAIT}:
        has_talk = roles & {Role.TALK, Role.MEAN_TALK, Role.HANDLE, Role.MEAN_HANDLE}
        steps.append(_answered_if_talked if has_talk else _answered_if_waited)
    return [*steps, _wait, _handling]


def _answered(line: Line) -> None:
    """What is not answered was given up, unless the line says otherwise."""
    answered, abandoned = line.amounts.get(Role.ANSWERED), line.amounts.get(Role.ABANDONED)
    if answered is None and abandoned is None:
        return
    whole = line.sums.get("contacts", SCALE)
    if answered is None and abandoned is not None:
        answered = max(whole - abandoned, 0)
    if abandoned is None and answered is not None:
        abandoned = max(whole - answered, 0)
    line.sums["answered"], line.sums["abandoned"] = answered or 0, abandoned or 0


def _answered_in_words(line: Line) -> None:
    word = line.words.get(Role.STATUS)
    if word in ANSWERED or word in UNANSWERED:
        answered = SCALE if word in ANSWERED else 0
        line.sums["answered"], line.sums["abandoned"] = answered, SCALE - answered


def _answered_if_talked(line: Line) -> None:
    """An export that does not say who was answered: those who were talked with were."""
    if _amount(line, Role.TALK) or _amount(line, Role.HANDLE) is not None:
        line.sums["answered"] = SCALE


def _answered_if_waited(line: Line) -> None:
    """An export of waits and nothing else is one of answered contacts."""
    if _amount(line, Role.WAIT) is not None:
        line.sums["answered"] = SCALE


def _wait(line: Line) -> None:
    """Only of those who were answered; abandoned ones are in neither half of ASA."""
    wait = _amount(line, Role.WAIT)
    if wait is not None and line.sums.get("answered"):
        line.sums["wait_seconds"] = wait
        line.samples["wait"] = (wait,)


def _handling(line: Line) -> None:
    """Talk, hold and after-contact work of a contact that was handled. Nobody handled a talk of no seconds."""
    amounts = [_amount(line, role) for role in (Role.TALK, Role.HOLD, Role.WRAP, Role.HANDLE)]
    if line.sums.get("answered") == 0 or all(one is None for one in amounts):
        return
    if "answered" not in line.sums and amounts[3] is None and not any(amounts):
        return
    line.sums.setdefault("handled", SCALE)
    split(line, *amounts)
    if amounts[0] is not None:
        line.samples["talk"] = (amounts[0],)
    parts = ("talk_seconds", "hold_seconds", "wrap_seconds")
    line.samples["handle"] = (sum(line.sums.get(one, 0) for one in parts),)


def _amount(line: Line, role: Role) -> int | None:
    """An amount of one contact: the mean of one is itself."""
    amount = line.amounts.get(role)
    return line.amounts.get(MEAN_FOR[role]) if amount is None and role in MEAN_FOR else amount
