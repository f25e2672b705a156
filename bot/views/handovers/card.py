"""The message of each side: drawn from the newest state, and updated in place."""

from collections.abc import Iterator, Mapping, Sequence

from bot.rules.escalations import Escalation
from bot.rules.handovers import Handover, Item, ItemState
from bot.text import Text, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import ids as case_ids
from bot.views.handovers import ids, words
from bot.views.handovers.words import Message

Cases = Mapping[int, Escalation]
"""By number, those that the reader may see."""


def for_giver(handover: Handover, cases: Cases, t: Text) -> Message:
    """What became of every case, and the button that takes back what nobody has answered."""
    return words.fitting(lambda limit: _for_giver(handover, cases, t, limit))


def for_receiver(handover: Handover, person_id: str, cases: Cases, t: Text) -> Message:
    """What this person is asked, with a button for each answer; and what became of the rest."""
    return words.fitting(lambda limit: _for_receiver(handover, person_id, cases, t, limit))


def gone(t: Text) -> Message:
    told = t("This handover is gone.")
    return told, [b.section(told)]


def _for_giver(handover: Handover, cases: Cases, t: Text, limit: int) -> Message:
    first = t.n(
        "You offered a case to {who}.",
        "You offered {count} cases to {who}.",
        len(handover.items),
        who=mention(handover.receiver_id),
    )
    told = _until(handover.offered, t) or t("Everything is answered. Thank you.")
    entries = [
        (f"{words.head(cases[one.number], t, limit)}\n{words.for_giver(one, t, limit)}")
        for one in handover.items
        if one.number in cases
    ]
    blocks = [
        b.section(first),
        *([b.context(_note(handover))] if handover.note else []),
        *[b.section(one) for one in entries],
        b.context(told),
        *_take_back(handover, t),
    ]
    note = [_note(handover)] if handover.note else []
    return words.within([first, *note, *entries, told]), blocks


def _for_receiver(handover: Handover, person_id: str, cases: Cases, t: Text, limit: int) -> Message:
    mine = [one for one in handover.items if person_id in one.asked]
    seen = [one for one in mine if one.number in cases]
    asked = [one for one in seen if one.is_offered and one.asked_id == person_id]
    first = _first(handover, person_id, len(mine), t)
    blocks = [b.section(first)]
    lines = [first]
    if handover.note and seen:
        blocks.append(b.context(_note(handover)))
        lines.append(_note(handover))
    if told := _stays(asked, t):
        blocks.append(b.context(told))
        lines.append(told)
    if len(asked) > 1:
        blocks.append(_all(handover, asked, t))
    for one in seen:
        blocks += _entry(one, cases[one.number], person_id, t, limit)
        lines.append(_line(one, cases[one.number], person_id, t, limit))
    if hidden := len(mine) - len(seen):
        told = t.n(
            "{count} case is not yours to see any more.",
            "{count} cases are not yours to see any more.",
            hidden,
        )
        blocks.append(b.context(told))
        lines.append(told)
    return words.within(lines), blocks


def _first(handover: Handover, person_id: str, count: int, t: Text) -> str:
    giver = mention(handover.giver_id)
    if person_id == handover.receiver_id:
        return t.n(
            "{who} would like to hand a case over to you.",
            "{who} would like to hand {count} cases over to you.",
            count,
            who=giver,
        )
    return t.n(
        "{who} hands a case over and had no answer. You are on shift: can you take it?",
        "{who} hands {count} cases over and had no answer. You are on shift: can you take them?",
        count,
        who=giver,
    )


def _note(handover: Handover) -> str:
    quoted = escape(handover.note).replace("\n", "\n>")
    return f">{quoted}"


def _stays(asked: Sequence[Item], t: Text) -> str:
    if not asked:
        return ""
    return t(
        "{who} stays the owner until you accept. Without an answer by {when} the lead on shift is asked.",
        who=mention(asked[0].giver_id),
        when=when(min(one.due_at for one in asked), t),
    )


def _until(offered: Sequence[Item], t: Text) -> str:
    if not offered:
        return ""
    return t(
        "You stay the owner until somebody accepts. Without an answer by {when} the lead on shift is asked.",
        when=when(min(one.due_at for one in offered), t),
    )


def _all(handover: Handover, asked: Sequence[Item], t: Text) -> Block:
    everything = ids.value(handover.id)
    accept = t.n("Accept {count}", "Accept all {count}", len(asked))
    return b.actions(
        b.button(accept, f"{ids.ACCEPT}:all", everything, style="primary"),
        b.button(t("Decline all"), f"{ids.DECLINE}:all", everything),
    )


def _entry(item: Item, case: Escalation, person_id: str, t: Text, limit: int) -> Iterator[Block]:
    told = words.for_receiver(item, person_id, t)
    head = words.head(case, t, limit)
    if told:
        yield b.section(f"{head}\n{told}", accessory=_again(item, person_id, t))
        return
    yield b.section(head, fields=words.facts(item, t, limit))
    value = ids.value(item.handover_id, item.number)
    named = {
        one: f"{label} #{item.number}"
        for one, label in (("accept", t("Accept")), ("decline", t("Decline")), ("open", t("Open")))
    }
    yield b.actions(
        b.button(
            t("Accept"),
            f"{ids.ACCEPT}:{item.number}",
            value,
            style="primary",
            accessibility_label=named["accept"],
        ),
        b.button(
            t("Decline"),
            f"{ids.DECLINE}:{item.number}",
            value,
            accessibility_label=named["decline"],
        ),
        b.button(
            t("Open"),
            f"{case_ids.OPEN}:{item.number}",
            str(item.number),
            accessibility_label=named["open"],
        ),
    )


def _again(item: Item, person_id: str, t: Text) -> Block | None:
    """For who accepted it: the button that says that the offer did not say enough."""
    if item.state is not ItemState.ACCEPTED or item.asked_again_at or item.asked_id != person_id:
        return None
    return asked_again(item, t)


def asked_again(item: Item, t: Text) -> Block:
    return b.button(
        t("Had to ask again"),
        f"{ids.ASKED_AGAIN}:{item.handover_id}:{item.number}",
        ids.value(item.handover_id, item.number),
        accessibility_label=t("Had to ask again about #{number}", number=item.number),
    )


def _line(item: Item, case: Escalation, person_id: str, t: Text, limit: int) -> str:
    told = words.for_receiver(item, person_id, t)
    rest = (
        [told]
        if told
        else [one.replace("*", "").replace("\n", ": ") for one in words.facts(item, t, limit)]
    )
    return " · ".join([words.head(case, t, limit).replace("*", ""), *rest])


def _take_back(handover: Handover, t: Text) -> Iterator[Block]:
    if not handover.offered:
        return
    sure = b.confirm(
        t("Take it back?"),
        t("What nobody has accepted yet stays with you."),
        t("Take back"),
        t("Leave it"),
    )
    button = b.button(t("Take back"), ids.WITHDRAW, ids.value(handover.id), confirm=sure)
    # Each answer draws the message anew, and the question may be standing then: the row keeps its name.
    yield b.actions(button, block_id=f"take_back:{handover.id}")
