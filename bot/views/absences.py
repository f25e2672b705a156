"""How absences look: the form of `/baton away`, what is to come, the question about a Slack status, and private words."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.people import Person
from bot.rules.absences import NOTE_LIMIT, Absence, Draft, Kind, Offer, OfferState, drafted
from bot.rules.shifts.seen import AbsencesSeen
from bot.text import Text, _, escape, mention, when
from bot.views import blocks as b
from bot.views.blocks import Block
from bot.views.covers.form import opener
from bot.views.shifts.form import date_picker, time_picker

OFFER = "absence_offer"
ABSENCE_FORM = "absence_form"
CHANGED = "absence_changed"
AWAY_OPEN = "away_open"
AWAY_CHANGE = "away_change"
AWAY_REMOVE = "away_remove"
AWAY_YES = "away_yes"
AWAY_NO = "away_no"
SHOWN = 10

KINDS = {
    Kind.VACATION: _("Vacation"),
    Kind.SICK: _("Sick"),
    Kind.TRAINING: _("Training"),
    Kind.OTHER: _("Something else"),
}

Words = Callable[[Person, Absence, Text], str]


def carried(metadata: str) -> dict[str, Any]:
    """What the form was opened for: an absence and its version, or an offer; empty for a new one."""
    found: dict[str, Any] = json.loads(metadata) if metadata else {}
    return found


def new_form(draft: Draft, seen: AbsencesSeen, t: Text, *, offer_id: str = "") -> Block:
    """A new absence; below it, what is noted already. Leads can choose for whom."""
    known = {"offer": offer_id} if offer_id else {}
    who = _who(draft.person_id, t) if seen.leads and not offer_id else []
    blocks = [*who, *_fields(draft, t), *_noted(seen, t)]
    return b.modal(
        ABSENCE_FORM,
        t("Away"),
        blocks,
        submit=t("Save"),
        close=t("Cancel"),
        private_metadata=json.dumps(known),
    )


def change_form(absence: Absence, t: Text) -> Block:
    """An absence that is noted already, to change it or to take it out."""
    whose = t("{who} is away", who=mention(absence.person_id))
    sure = b.confirm(
        t("Take this out?"),
        t("Then {who} counts as there again.", who=mention(absence.person_id)),
        t("Take out"),
        t("Keep it"),
    )
    remover = b.button(
        t("Take out"), AWAY_REMOVE, f"{absence.id}:{absence.version}", style="danger", confirm=sure
    )
    known = {
        "absence": absence.id,
        "version": absence.version,
        "person": absence.person_id,
    }
    return b.modal(
        ABSENCE_FORM,
        t("Away"),
        [b.section(whose), *_fields(drafted(absence), t), b.actions(remover)],
        submit=t("Save"),
        close=t("Back"),
        private_metadata=json.dumps(known),
    )


def taken_out(absence: Absence, t: Text) -> Block:
    """What a form becomes once its absence is taken out."""
    line = t("Taken out: {absence}", absence=line_of(absence, t))
    return b.modal(CHANGED, t("Away"), [b.section(line)], close=t("Back"))


def line_of(absence: Absence, t: Text) -> str:
    """`Vacation: 3 Mar – 5 Mar`; whole days as days, anything else as moments."""
    kind = t(KINDS[absence.kind])
    return t("{kind}: {time}", kind=kind, time=time_of(absence, t))


def time_of(absence: Absence, t: Text) -> str:
    if not absence.whole_days:
        return f"{when(absence.starts_at, t)} – {when(absence.ends_at, t)}"
    first, last = t.day(absence.first_day), t.day(absence.last_day)
    return first if first == last else f"{first} – {last}"


def saved(absence: Absence, t: Text) -> str:
    """The private word after a click that noted it."""
    return t("Noted. {absence}", absence=line_of(absence, t))


def missed(absence: Absence, shifts: int, t: Text) -> tuple[str, list[Block]]:
    """The same, and how many shifts they miss, with a button to ask for cover."""
    asked = t.n(
        "{count} shift falls into that time. Shall the team be asked to cover it?",
        "{count} shifts fall into that time. Shall the team be asked to cover them?",
        shifts,
    )
    told = f"{saved(absence, t)}\n{asked}"
    return told, [b.section(told), b.actions(opener(t, person_id=absence.person_id))]


def missed_modal(absence: Absence, shifts: int, t: Text) -> Block:
    """What the form becomes once it is saved and somebody will be missing."""
    _text, blocks = missed(absence, shifts, t)
    return b.modal(CHANGED, t("Away"), blocks, close=t("Close"))


def offer_card(offer: Offer | None, t: Text) -> tuple[str, list[Block]]:
    """The question, or what became of it. None: the status is over, or another one has come."""
    if offer is None or offer.state is OfferState.OVER:
        told = t("Your Slack status has changed, so there is nothing to note any more.")
    elif offer.state is OfferState.TAKEN:
        told = t("You are noted as away. `/baton away` shows and changes it.")
    elif offer.state is OfferState.DECLINED:
        told = t("All right: nothing was noted.")
    else:
        return _question(offer, t)
    return told, [b.section(told)]


def made_for_you(by: Person, absence: Absence, t: Text) -> str:
    return t(
        "{who} has noted that you are away: {absence}. `/baton away` shows and changes it.",
        who=mention(by.id),
        absence=line_of(absence, t),
    )


def changed_for_you(by: Person, absence: Absence, t: Text) -> str:
    return t(
        "{who} has changed when you are away: {absence}. `/baton away` shows and changes it.",
        who=mention(by.id),
        absence=line_of(absence, t),
    )


def removed_for_you(by: Person, absence: Absence, t: Text) -> str:
    return t(
        "{who} has noted that you are there after all: {absence} was taken out.",
        who=mention(by.id),
        absence=line_of(absence, t),
    )


def _question(offer: Offer, t: Text) -> tuple[str, list[Block]]:
    if offer.ends_at:
        told = t(
            "Your Slack status says that you are away. Shall Baton note that until {when}?",
            when=when(offer.ends_at, t),
        )
    else:
        told = t("Your Slack status says that you are away. Shall Baton note that?")
    yes = t("Yes, note it") if offer.ends_at else t("Yes, say until when")
    buttons = b.actions(
        b.button(yes, AWAY_YES, offer.id, style="primary"),
        b.button(t("No, thanks"), AWAY_NO, offer.id),
    )
    return told, [b.section(told), buttons]


def _who(person_id: str, t: Text) -> Iterator[Block]:
    element: Block = {"type": "users_select"}
    element |= {"initial_user": person_id} if person_id else {}
    hint = t("Yourself, or somebody of a team that you lead. They are told.")
    yield b.field("person", t("Who is away?"), element, hint=hint)


def _fields(draft: Draft, t: Text) -> Iterator[Block]:
    kinds = [b.option(t(KINDS[one]), one) for one in Kind]
    yield b.field("first", t("From"), date_picker(draft.first))
    yield b.field(
        "first_time",
        t("At"),
        time_picker(draft.first_time),
        hint=t("Only if it does not begin with the day."),
        optional=True,
    )
    yield b.field(
        "until",
        t("Last day"),
        date_picker(draft.until),
        hint=t("Leave it empty for one day."),
        optional=True,
    )
    yield b.field(
        "until_time",
        t("Until"),
        time_picker(draft.until_time),
        hint=t("Only if it ends before the day does."),
        optional=True,
    )
    yield b.field(
        "kind", t("Why"), b.select(kinds, initial=draft.kind, placeholder=t("Choose one"))
    )
    yield b.field(
        "note",
        t("Note"),
        b.text_input(multiline=True, initial=draft.note, max_length=NOTE_LIMIT),
        hint=t("Only the person and the leads of their teams can read why and the note."),
        optional=True,
    )


def _noted(seen: AbsencesSeen, t: Text) -> Iterator[Block]:
    yield from _list(t("Noted for you"), seen.own, t, with_name=False)
    yield from _list(t("Noted for your teams"), seen.others, t, with_name=True)


def _list(title: str, absences: Sequence[Absence], t: Text, *, with_name: bool) -> Iterator[Block]:
    if not absences:
        return
    yield b.divider()
    yield b.header(title)
    for one in absences[:SHOWN]:
        line = line_of(one, t)
        if with_name:
            line = t("{who}: {absence}", who=mention(one.person_id), absence=line)
        if one.note:
            line += f"\n_{escape(b.shorten(' '.join(one.note.split()), 150))}_"
        yield b.section(line, accessory=b.button(t("Change"), f"{AWAY_CHANGE}:{one.id}", one.id))
    if more := max(0, len(absences) - SHOWN):
        yield b.context(t.n("and {count} more", "and {count} more", more))
