"""How a case stands, part by part, in its details: its clocks, what it waits for, its newest word, how it ended."""

from collections.abc import Iterator
from datetime import datetime

from bot.rules.escalations import Escalation, State, WaitingOn
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import lines, words


def clocks(escalation: Escalation, t: Text) -> Iterator[Block]:
    """What comes next by itself, and when."""
    found = [f"{label} {when(at, t)}" for label, at in _times(escalation, t) if at]
    if found:
        yield b.context(" · ".join(found))


def _times(escalation: Escalation, t: Text) -> Iterator[tuple[str, datetime | None]]:
    state = escalation.state
    if state is State.OPEN:
        yield t("The team opens"), escalation.opens_at
        yield t("Claim by"), escalation.claim_due_at
        yield t("Next level at"), escalation.step_at
    if state is State.CLAIMED:
        yield t("Next word by"), escalation.update_due_at
        yield t("Falls to somebody else at"), escalation.falls_at
    if state is State.WAITING:
        yield t("Back at"), escalation.waiting_until
    if state in {State.CLAIMED, State.WAITING}:
        yield t("Reminder at"), escalation.remind_at
    if state is State.RETURNED:
        yield t("Its reporter is asked again at"), escalation.remind_reporter_at
    if escalation.is_unfinished:
        yield t("Promised by"), escalation.draft.promise_by


def waiting(escalation: Escalation, t: Text) -> Iterator[Block]:
    """For whom it waits, since when, and why."""
    if escalation.state is not State.WAITING or escalation.waiting_since is None:
        return
    told = t(
        "*Waits for {whom}* since {when}",
        whom=t(words.WAITING_FOR[escalation.waiting_on or WaitingOn.CUSTOMER]),
        when=when(escalation.waiting_since, t),
    )
    yield b.section(f"{told}\n{escape(b.shorten(escalation.waiting_why, 500))}")


def update(escalation: Escalation, t: Text) -> Iterator[Block]:
    """The owner's newest word."""
    if escalation.updated_at is None or not escalation.update.conditions:
        return
    said = t("Last word, {when}", when=when(escalation.updated_at, t))
    yield b.section("\n".join([f"*{said}*", *lines.update(escalation.update, t)]))


def ending(escalation: Escalation, t: Text, *, knows_rating: bool) -> Iterator[Block]:
    """What is learned from it: could it have been solved without us, who made it easier, did it help."""
    if escalation.resolution is None:
        return
    solvable = t(words.SOLVABLE[escalation.resolution.solvable])
    yield b.section(f"*{t('Could it have been solved without us?')}*\n{solvable}")
    if escalation.helped_by:
        names = ", ".join(mention(one) for one in escalation.helped_by)
        yield b.section(t("*Made it easier:* {names}", names=names))
    if escalation.rating and knows_rating:
        rating = t(words.RATINGS[escalation.rating])
        yield b.section(t("*Its reporter says:* {rating}", rating=rating))
