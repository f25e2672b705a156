"""Who hears of cover: the card where the team was asked, and a private word for everyone concerned."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.people import Person, Role
from bot.rules.covers import Cover
from bot.rules.teams import Team
from bot.services.escalations.telling import ids_of
from bot.text import Text
from bot.views.covers.card import COVER
from bot.views.covers.told import Words
from storage import outbox, people
from storage.database import Database, Tx
from storage.outbox import Card, Note, Priority


def cards(cover: Cover) -> list[Card]:
    """The card in each place where it was offered."""
    return [Card(COVER, cover.id, place, Priority.FOLLOW_UP) for place in cover.places]


async def to(
    tx: Tx, team: Team, cover: Cover, words: Words, by: Person, person_ids: Iterable[str]
) -> list[Note]:
    """A private message for each of them, once. Who cannot read it is left out."""
    wanted = list(dict.fromkeys(person_ids))
    known = await people.profiles(tx, wanted)
    return [
        Note(
            key=f"cover:{cover.id}:{cover.state}:{words.__name__}:{one}",
            channel=one,
            text=words(
                by, team, cover, Text(known[one].locale or "en-US", known[one].zone or team.zone)
            ),
        )
        for one in wanted
        if one in known and known[one].can_have_roles
    ]


async def leads_of(tx: Tx, team: Team) -> Sequence[str]:
    return await ids_of(tx, team.id, Role.LEAD)


async def redraw(db: Database, cover: Cover, person: Person, *, now: datetime) -> None:
    """Draw the card anew, because this person acted on what it no longer says."""
    async with db.write(person.workspace_id) as tx:
        await outbox.say(tx, *cards(cover), now=now)
