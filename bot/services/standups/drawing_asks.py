"""Draws the message that asks somebody from the newest state, when it is about to be sent."""

from datetime import datetime

from bot.people import Person
from bot.rules.delivery import Drawn
from bot.rules.standups import SeatState
from bot.rules.standups.seen import Asked
from bot.services.standups import shift_notes
from bot.text import Text
from bot.views.standups import ask
from storage import people, standups
from storage.database import Tx


async def draw(tx: Tx, subject: str, _channel: str, *, now: datetime) -> Drawn:
    """Its subject is the person and the message: whatever asks them in it, the first to end first."""
    person_id, _colon, message = subject.partition(":")
    person = await people.find(tx, person_id) or Person(tx.workspace_id, person_id)
    asked = []
    for round_, seat in await standups.seats_of_message(tx, message):
        if seat.person_id == person_id:
            asks = seat.state is SeatState.ASKED
            notes = await shift_notes.notes_for_ask(tx, round_) if asks else ()
            asked.append(Asked(round_, seat, notes))
    return Drawn(*ask.message(asked, Text(person.locale, person.zone), now=now))
