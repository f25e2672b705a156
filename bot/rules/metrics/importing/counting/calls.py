"""Counting calls and chats: who was answered, how long that took, and how long it was worked on."""

from bot.rules.metrics.importing.counting.line import Line, Step, split
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.recognising.roles import Role
from bot.rules.metrics.importing.words.cells import ANSWERED, UNANSWERED
from bot.rules.metrics.store.facts import SCALE

WAITS = {Role.WAIT, Role.MEAN_WAIT}
TALKS = {Role.TALK, Role.MEAN_TALK, Role.HANDLE, Role.MEAN_HANDLE}


def of_calls(mapping: Mapping) -> list[Step]:
    roles = mapping.places.keys()
    steps: list[Step] = []
    if roles & {Role.ANSWERED, Role.ABANDONED}:
        steps.append(_answered)
    elif Role.STATUS in roles:
        steps.append(_answered_in_words)
    elif roles & WAITS:
        steps.append(_answered_if_talked if roles & TALKS else _answered_if_waited)
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
    """By the word for how the call ended; who was talked with was answered, whatever it is called."""
    word = line.words.get(Role.STATUS)
    if word in ANSWERED or word in UNANSWERED:
        answered = SCALE if word in ANSWERED else 0
        line.sums["answered"], line.sums["abandoned"] = answered, SCALE - answered
        return
    _answered_if_talked(line)
    if "answered" in line.sums:
        line.sums["abandoned"] = 0


def _answered_if_talked(line: Line) -> None:
    """An export that does not say who was answered: those who were talked with were."""
    if line.amounts.get(Role.TALK) or line.amounts.get(Role.HANDLE) is not None:
        line.sums["answered"] = SCALE


def _answered_if_waited(line: Line) -> None:
    """An export of waits and nothing else is one of answered contacts."""
    if line.amounts.get(Role.WAIT) is not None:
        line.sums["answered"] = SCALE


def _wait(line: Line) -> None:
    """Only of those who were answered; abandoned ones are in neither half of ASA."""
    wait = line.amounts.get(Role.WAIT)
    if wait is not None and line.sums.get("answered"):
        line.sums["wait_seconds"] = wait
        line.samples["wait"] = (wait,)


def _handling(line: Line) -> None:
    """Talk, hold and after-contact work of a contact that was handled. Nobody handled a talk of no seconds."""
    get, sums = line.amounts.get, line.sums
    talk, hold, wrap, handle = get(Role.TALK), get(Role.HOLD), get(Role.WRAP), get(Role.HANDLE)
    answered = sums.get("answered")
    if answered == 0 or (talk is None and hold is None and wrap is None and handle is None):
        return
    if answered is None and handle is None and not (talk or hold or wrap):
        return
    sums.setdefault("handled", SCALE)
    split(line, talk, hold, wrap, handle)
    if talk is not None:
        line.samples["talk"] = (talk,)
    parts = map(sums.get, ("talk_seconds", "hold_seconds", "wrap_seconds"))
    line.samples["handle"] = (sum(filter(None, parts)),)
