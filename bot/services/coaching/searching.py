"""Finding a note again, among those that somebody may read. Who opens one is kept then; a list shows nothing of it."""

from collections.abc import Sequence

from bot.errors import FormProblems
from bot.people import Person, Role
from bot.permissions import Permission, may
from bot.rules.coaching import Note
from bot.rules.coaching import search as rules
from bot.rules.coaching.search import A_PAGE, MOST_OPENED, MOST_PAGES, Found, SearchSeen, Sought
from storage import teams
from storage.coaching import searching
from storage.coaching.searching import Reader
from storage.database import Database, Tx


async def begin(db: Database, person: Person) -> SearchSeen:
    """The empty form."""
    async with db.read(person.workspace_id) as tx:
        return SearchSeen(await searching.skills_of(tx, await reader_of(tx, person)))


async def search(db: Database, person: Person, sought: Sought, *, page: int = 0) -> SearchSeen:
    """A page of what was found. Raises FormProblems by field."""
    if found := rules.problems(sought):
        raise FormProblems(found)
    page = min(max(page, 0), MOST_PAGES)
    async with db.read(person.workspace_id) as tx:
        reader = await reader_of(tx, person)
        skills = await searching.skills_of(tx, reader)
        look = _by_words if sought.words.split() else _by_facts
        return SearchSeen(skills, sought, await look(tx, person, reader, sought, page))


async def reader_of(tx: Tx, person: Person) -> Reader:
    """As whom somebody reads: themselves, and whatever is shared with the managers of these teams."""
    managed = {one for one in person.roles if person.has_role(one, Role.MANAGER)}
    below = await teams.below(tx, managed) if managed else set()
    return Reader(person.id, managed | below)


async def _by_facts(tx: Tx, person: Person, reader: Reader, sought: Sought, page: int) -> Found:
    span = sought.period.span(person.zone) if sought.period else None
    found = await searching.find_notes(tx, reader, sought, span, offset=page * A_PAGE, limit=A_PAGE)
    return Found(_readable(person, found.notes), page, found.has_more)


async def _by_words(tx: Tx, person: Person, reader: Reader, sought: Sought, page: int) -> Found:
    span = sought.period.span(person.zone) if sought.period else None
    opened = await searching.open_newest(tx, reader, sought, span, limit=MOST_OPENED + 1)
    looked_in = _readable(person, opened[:MOST_OPENED])
    hits = [one for one in looked_in if rules.has_words(one, sought.words)]
    start = page * A_PAGE
    is_cut = len(opened) > MOST_OPENED
    return Found(
        hits[start : start + A_PAGE],
        page,
        len(hits) > start + A_PAGE,
        MOST_OPENED if is_cut else 0,
    )


def _readable(person: Person, found: Sequence[Note]) -> list[Note]:
    """The table has the last word, whatever was asked of the database."""
    return [one for one in found if may(person, Permission.COACHING_SEE, one)]
