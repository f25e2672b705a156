"""`/baton my-data`: what Baton keeps about whoever asks, and who looked at their coaching notes."""

from bot.people import Person
from bot.rules.coaching.kept import MyData
from bot.views.coaching.my_data import A_PAGE
from storage import kept, standups, teams
from storage.coaching import looking
from storage.database import Database


async def see(db: Database, person: Person, *, page: int = 0) -> MyData:
    """One's own, and nobody else's."""
    async with db.read(person.workspace_id) as tx:
        mine = await teams.find_of_person(tx, person.id)
        return MyData(
            {one.name: person.roles.get(one.id, frozenset()) for one in mine},
            await kept.counts(tx, person.id),
            person.id in await standups.who_shares_mood(tx, [person.id]),
            await looking.looks_at(tx, person.id, offset=page * A_PAGE, limit=A_PAGE),
            page,
        )
