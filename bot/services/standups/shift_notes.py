"""What the next shift needs to know: kept with the answer, brought to the next round and its leads, confirmed once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.errors import Denied, Stale
from bot.people import Person, Role, system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.delivery import Drawn
from bot.rules.escalations import clean
from bot.rules.standups import Round, ShiftNote
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.standups import summarising
from bot.services.transaction import heard_once
from bot.text import Text, _, mention
from bot.views.standups import ids
from bot.views.standups import notes as views
from storage import outbox, people, standups, teams, timers
from storage.database import Database, Tx
from storage.outbox import Card, Priority, keeping
from storage.timers import Timer

FOR = timedelta(days=3)
"""What is older helps nobody any more who begins a shift."""
TELL = "standup.notes"
"""The timer by which leads are told what the shift before left. Its subject is the round."""
ONLY_THE_TEAM = _("Only agents, leads and managers of this team can confirm its notes.")
CONFIRMED = _("{who} has confirmed this already. Nothing is left to do.")
NOTHING_LEFT = _(
    "There is nothing of others left to confirm: it was changed, or went to a later shift."
)


async def said(tx: Tx, round_: Round, person_id: str, words: str, *, now: datetime) -> None:
    """What somebody wants the next shift to know. Other words are brought and confirmed anew; empty ones take it back."""
    if kept := clean(words):
        note = ShiftNote(
            round_.workspace_id, round_.id, person_id, round_.team_id, kept, said_at=now
        )
        await standups.put_note(tx, note)
    else:
        await standups.forget_note(tx, round_.id, person_id)


async def bring(tx: Tx, round_: Round, *, now: datetime) -> None:
    """A round has opened: what the team's earlier rounds left for it, and nobody has confirmed, is brought to it.

    What is said in a round that is still open is for those who come after it. Its leads are told within a second, on their
    own: whoever opens the round has more to say, and says all of it at once.
    """
    found = await standups.unconfirmed_notes(tx, round_.team_id, since=now - FOR)
    still_open = await standups.list_rounds(tx, team_ids=[round_.team_id], is_open=True)
    not_yet = {round_.id, *(one.id for one in still_open)}
    notes = [one for one in found if one.round_id not in not_yet]
    if not notes:
        return
    await standups.tell_notes(tx, notes, round_.id)
    await timers.put(tx, Timer(TELL, round_.id, now))


async def tell_leads(tx: Tx, timer: Timer, now: datetime) -> None:
    """Those who lead the shift that begins get what was brought to its round."""
    round_ = await standups.find_round(tx, timer.subject)
    if round_ is None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, round_, ONLY_THE_CLOCK)
    notes = [one for one in await notes_for_ask(tx, round_) if not one.confirmed_at]
    leads = await _leads(tx, await teams.get(tx, round_.team_id), notes, now=now)
    await outbox.say(tx, *(_card(round_.id, one) for one in leads), now=now)


async def notes_for_ask(tx: Tx, round_: Round) -> list[ShiftNote]:
    """What the shift before left for this round, for the message that asks."""
    return await standups.notes_told_in(tx, round_.id)


async def confirm(db: Database, person: Person, round_id: str, *, key: str, now: datetime) -> int:
    """Somebody has read what others left for this round. Raises Denied, or Stale with who was first. Returns how many notes."""
    try:
        async with heard_once(db, person.workspace_id, key, now=now) as tx:
            round_ = await standups.lock_round(tx, round_id)
            if round_ is None:
                raise Denied(ONLY_THE_TEAM)
            check_may(person, Permission.SHIFT_NOTE_CONFIRM, round_, ONLY_THE_TEAM)
            confirmed = await standups.confirm_notes(tx, round_id, person.id, now=now)
            if not confirmed:
                raise await _too_late(tx, person, round_id)
            cards = await _cards(tx, round_id)
            rounds = (round_id, *(one.round_id for one in confirmed))
            summaries = await summarising.newest_cards(tx, round_.team_id, *rounds)
            await outbox.say(tx, *cards, *summaries, now=now)
    except Stale:
        await _redraw(db, person, round_id, now=now)
        raise
    return len(confirmed)


async def draw(tx: Tx, subject: str, _channel: str) -> Drawn | None:
    """One lead's message: what others left for their shift, confirmed or not."""
    round_id, _colon, person_id = subject.partition(":")
    round_ = await standups.find_round(tx, round_id)
    if round_ is None:
        return None
    person = await people.find(tx, person_id) or Person(tx.workspace_id, person_id)
    notes = await standups.notes_told_in(tx, round_id)
    t = Text(person.locale, person.zone)
    if not person.has_role(round_.team_id, Role.LEAD, Role.MANAGER, Role.AGENT):
        notes = []
    return Drawn(*views.card(round_, _of_others(notes, person_id), t))


async def _leads(tx: Tx, team: Team, notes: Sequence[ShiftNote], *, now: datetime) -> list[str]:
    """Those who lead now and have something to read of others; all leads if those who are there wrote all of it."""
    for found in (
        await telling.leads_on_shift(tx, team, now=now),
        await telling.ids_of(tx, team.id, Role.LEAD),
        await telling.ids_of(tx, team.id, Role.MANAGER),
    ):
        if readers := [one for one in found if _of_others(notes, one)]:
            return readers
    return []


def _of_others(notes: Sequence[ShiftNote], person_id: str) -> list[ShiftNote]:
    return [one for one in notes if one.person_id != person_id]


def _card(round_id: str, person_id: str) -> Card:
    return Card(ids.NOTES, ids.subject(round_id, person_id), person_id, Priority.STANDUP)


async def _cards(tx: Tx, round_id: str) -> list[Card]:
    """Everybody's message about this round that is there, to be drawn anew."""
    found = await keeping.cards_about(tx, ids.NOTES, ids.subject(round_id, ""))
    return [_card(round_id, person_id) for _subject, person_id in found]


async def _too_late(tx: Tx, person: Person, round_id: str) -> Stale:
    notes = _of_others(await standups.notes_told_in(tx, round_id), person.id)
    first = next((one.confirmed_by for one in notes if one.confirmed_by), None)
    return Stale(CONFIRMED, who=mention(first)) if first else Stale(NOTHING_LEFT)


async def _redraw(db: Database, person: Person, round_id: str, *, now: datetime) -> None:
    async with db.write(person.workspace_id) as tx:
        await outbox.say(tx, *await _cards(tx, round_id), now=now)
