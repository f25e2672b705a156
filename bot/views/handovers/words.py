"""The sentences that the views of handovers share: one case, and where it stands for each side."""

from collections.abc import Callable, Iterable

from bot.rules.escalations import Escalation
from bot.rules.handovers import Item, ItemState
from bot.text import Text, mention, when
from bot.views.blocks import Block, text_length
from bot.views.escalations import words

TEXT_LIMIT = 3900  # chat.update refuses a text past 4,000
BLOCKS_LIMIT = 12_800  # and all blocks together past 13,200
WHOLE, *SHORTER = 300, 120, 40, 15
"""How much is shown of what somebody wrote: all, unless a message would be too long, as when much has to be escaped."""

Message = tuple[str, list[Block]]


def fitting(draw: Callable[[int], Message]) -> Message:
    """The message with as much of people's words as it can hold: `draw` is given how much of each text to show."""
    drawn = draw(WHOLE)
    for limit in SHORTER:
        if text_length(drawn[1]) <= BLOCKS_LIMIT:
            break
        drawn = draw(limit)
    return drawn


def head(case: Escalation, t: Text, limit: int = WHOLE) -> str:
    """One case in a line: its sign, number, severity and summary."""
    told = t(
        "*#{number}* {severity} · {summary}",
        number=case.id,
        severity=words.severity(case, t),
        summary=words.short(case.draft.summary, limit),
    )
    return f"{words.DOTS[case.severity]} {told}"


def facts(item: Item, t: Text, limit: int) -> list[str]:
    """What its receiver should know, each with its label. What was left empty is left out."""
    pairs = [
        (t("Next step"), words.short(item.next_step, limit)),
        (t("Waiting on"), words.short(item.waiting_on, limit)),
        (t("Promised to the customer by"), when(item.promised_by, t) if item.promised_by else ""),
    ]
    return [f"*{label}*\n{value}" for label, value in pairs if value]


def for_giver(item: Item, t: Text, limit: int) -> str:
    """Where a case stands, for who offers it."""
    who = mention(item.asked_id)
    if item.is_offered and len(item.asked) > 1:
        return t("Offered to {who}, who leads now, since there was no answer", who=who)
    if item.state is ItemState.ACCEPTED and item.asked_again_at:
        return t("{who} has it now, and had to ask again", who=who)
    if item.state is ItemState.DECLINED:
        return t(
            "{who} can't take it: {why} It stays with you.", who=who, why=_said(item.reason, limit)
        )
    told = {
        ItemState.OFFERED: t("{who} is asked, and has not answered yet", who=who),
        ItemState.ACCEPTED: t("{who} has it now", who=who),
        ItemState.SETTLED: t("Settled, or with another owner, so it was not handed over"),
        ItemState.WITHDRAWN: t("You took it back"),
    }
    return told.get(item.state) or t("Nobody answered in time, so it stays with you")


def for_receiver(item: Item, person_id: str, t: Text) -> str:
    """Where a case stands, for somebody who is or was asked about it; nothing while they are asked."""
    giver = mention(item.giver_id)
    if item.state is ItemState.KEPT:
        return t("There was no answer in time, so it stays with {who}", who=giver)
    if item.asked_id != person_id and item.state is not ItemState.WITHDRAWN:
        return t("It was offered to {who} meanwhile", who=mention(item.asked_id))
    if item.state is ItemState.ACCEPTED and item.asked_again_at:
        return t("You have it. You had to ask again")
    told = {
        ItemState.ACCEPTED: t("You have it"),
        ItemState.DECLINED: t("You declined it. It stays with {who}", who=giver),
        ItemState.SETTLED: t("Settled, or with another owner. Nothing is left to do"),
        ItemState.WITHDRAWN: t("{who} took it back", who=giver),
    }
    return told.get(item.state, "")


def outcome(item: Item, t: Text) -> str:
    """Where a case stands, for anybody who leads its team."""
    who = mention(item.asked_id)
    if item.state is ItemState.ACCEPTED and item.answered_at:
        minutes = max(1, round((item.answered_at - item.offered_at).total_seconds() / 60))
        told = t("accepted by {who} after {time}", who=who, time=words.minutes(minutes, t))
        return t("{told}, who had to ask again", told=told) if item.asked_again_at else told
    if item.state is ItemState.DECLINED:
        return t("declined by {who}: {why}", who=who, why=words.short(item.reason, WHOLE))
    told_of = {
        ItemState.OFFERED: t("{who} is asked now", who=who),
        ItemState.SETTLED: t("settled, or another owner, meanwhile"),
        ItemState.WITHDRAWN: t("taken back"),
    }
    return told_of.get(item.state) or t("nobody answered, so it stayed")


def within(lines: list[str]) -> str:
    """As many whole lines as a message's text may hold, so that no link or date is cut."""
    kept = list(lines)
    while len("\n".join(kept)) > TEXT_LIMIT:
        kept.pop()
    return "\n".join(kept)


def within_or(lines: Iterable[str], more: str) -> str:
    """The same; where there are too many, the last line is `more`, which says so."""
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line) + 1
        if size > TEXT_LIMIT - len(more) - 1:
            return "\n".join([*kept, more])
        kept.append(line)
    return "\n".join(kept)


def _said(reason: str, limit: int) -> str:
    """What somebody wrote, as a sentence."""
    said = words.short(reason, limit)
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."
