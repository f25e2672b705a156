"""Who sees and hears of a handover: a message for each side, lines below the giver's, and when to look again."""

from datetime import datetime

from bot.rules.handovers import LOOK, Handover
from bot.text import Text
from bot.views.handovers import ids
from bot.views.handovers.words import Message
from storage import handovers, outbox, people, timers
from storage.database import Tx
from storage.outbox import Card, Note, Priority
from storage.timers import Timer


def card(handover_id: str, person_id: str) -> Card:
    """The message of one of its people."""
    return Card(ids.CARD, ids.subject(handover_id, person_id), person_id, Priority.ESCALATION)


def cards(handover: Handover) -> list[Card]:
    """Everybody's message, to be drawn anew."""
    return [card(handover.id, one) for one in handover.people]


def below(handover: Handover, name: str, message: Message) -> Note:
    """A line below the giver's message: an update of it alone would be seen by nobody who has turned away."""
    text, blocks = message
    giver = handover.giver_id
    return Note(
        f"handover:{handover.id}:{name}",
        giver,
        text,
        blocks,
        priority=Priority.FOLLOW_UP,
        thread_of=card(handover.id, giver),
    )


async def text_of(tx: Tx, person_id: str) -> Text:
    """What somebody reads: their language and zone."""
    known = (await people.profiles(tx, [person_id])).get(person_id)
    return Text(known.locale or "en-US", known.zone or "UTC") if known else Text()


async def changed(tx: Tx, handover_id: str, *notes: Note, now: datetime) -> Handover:
    """Something was offered or answered: everybody's message is drawn anew."""
    newest = await handovers.find(tx, handover_id)
    assert newest is not None
    await outbox.say(tx, *cards(newest), *notes, now=now)
    return newest


async def look_again(tx: Tx, person_id: str, *, now: datetime) -> None:
    """Something changed about this person: whatever they are asked is looked at within a second."""
    found = await handovers.open_offers_to(tx, person_id)
    await timers.put(tx, *(Timer(LOOK, one, now) for one in found))


async def look_again_in(tx: Tx, team_id: str, *, now: datetime) -> None:
    """Who is in the team has changed: its offers are looked at within a second."""
    found = await handovers.open_offers_in(tx, team_id)
    await timers.put(tx, *(Timer(LOOK, one, now) for one in found))
