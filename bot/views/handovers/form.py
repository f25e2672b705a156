"""The form that hands cases over, prefilled, and the small one that declines."""

from collections.abc import Iterator, Sequence

from bot.rules.escalations import Escalation
from bot.rules.escalations.outcomes import WHY_MAX
from bot.rules.handovers import AT_MOST, Draft, Follower, Item, ItemDraft, Offerable
from bot.rules.handovers.drafts import NEXT_STEP_MAX, NOTE_MAX, WAITING_ON_MAX
from bot.text import Text, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.escalations import words as case_words
from bot.views.handovers import ids

GOES = "goes"


def form(held: Offerable, draft: Draft, follower: Follower | None, t: Text) -> Block:
    """`draft` is what it is filled with, `follower` the next lead on shift."""
    cases = {one.id: one for one in held.cases}
    blocks = [
        *_left_out(held, t),
        *_to(draft.to, follower, t),
        b.field(
            "note",
            t("Note"),
            b.text_input(multiline=True, initial=draft.note, max_length=NOTE_MAX),
            hint=t("What the whole shift should know. Only who takes over reads it."),
            optional=True,
        ),
    ]
    for one in draft.items:
        blocks += _item(one, cases[one.number], t)
    return b.modal(
        ids.FORM,
        t("Hand over"),
        blocks,
        submit=t("Offer"),
        close=t("Cancel"),
    )


def decline_form(handover_id: str, items: Sequence[Item], number: int | None, t: Text) -> Block:
    """Why not? `number` is the case, or None for all that are asked."""
    numbers = ", ".join(f"#{one.number}" for one in items)
    giver = mention(items[0].giver_id)
    told = t("{who} reads why, and keeps {numbers}.", who=giver, numbers=numbers)
    why = b.field(
        "why",
        t("Why can't you take it?"),
        b.text_input(multiline=True, max_length=WHY_MAX),
        hint=t("Such as: I am fully loaded until six, Mara knows this customer."),
    )
    return b.modal(
        ids.DECLINE_FORM,
        t("Decline"),
        [b.section(told), why],
        submit=t("Decline"),
        close=t("Back"),
        private_metadata=ids.value(handover_id, number),
    )


def _left_out(held: Offerable, t: Text) -> Iterator[Block]:
    if held.offered:
        yield b.context(
            t.n(
                "{count} more case is offered already and waits for an answer.",
                "{count} more cases are offered already and wait for an answer.",
                held.offered,
            )
        )
    if held.left_out:
        told = t.n(
            "These are the first {limit}, by promise. {count} more does not fit: "
            "send these, then type `/handover` again.",
            "These are the first {limit}, by promise. {count} more do not fit: "
            "send these, then type `/handover` again.",
            held.left_out,
            limit=AT_MOST,
        )
        yield b.context(told)


def _to(chosen: str, follower: Follower | None, t: Text) -> Iterator[Block]:
    told = t("No lead is on shift after you, as far as the shifts say.")
    if follower:
        told = t(
            "The next lead on shift is {who}, {time}.",
            who=mention(follower.person_id),
            time=_time(follower, t),
        )
    element: Block = {"type": "users_select"}
    element |= {"initial_user": chosen} if chosen else {}
    yield b.context(told)
    hint = t("A lead or the manager of the team. You stay the owner until they accept.")
    yield b.field("to", t("Who takes over?"), element, hint=hint)


def _time(follower: Follower, t: Text) -> str:
    since = when(follower.since, t)
    return f"{since} – {when(follower.until, t)}" if follower.until else since


def _item(one: ItemDraft, case: Escalation, t: Text) -> Iterator[Block]:
    goes = b.option(t("Hand it over"), GOES)
    boxes: Block = {"type": "checkboxes", "options": [goes]}
    label = f"#{case.id} · {case_words.severity(case, t)} · {case.draft.summary}"
    yield b.divider()
    yield b.field(
        f"goes:{case.id}",
        label,
        boxes | ({"initial_options": [goes]} if one.goes else {}),
        optional=True,
    )
    yield b.field(
        f"next:{case.id}",
        t("Next step"),
        b.text_input(initial=one.next_step, max_length=NEXT_STEP_MAX),
        optional=True,
    )
    yield b.field(
        f"waiting:{case.id}",
        t("Waiting on"),
        b.text_input(initial=one.waiting_on, max_length=WAITING_ON_MAX),
        optional=True,
    )
    promised: Block = {"type": "datetimepicker"}
    if one.promised_by:
        promised["initial_date_time"] = int(one.promised_by.timestamp())
    yield b.field(f"promise:{case.id}", t("Promised to the customer by"), promised, optional=True)
