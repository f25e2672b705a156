"""Imports beside those of others: rights that somebody has lost, files of other teams, and two corrected files at once."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy import delete

from bot.errors import AlreadyHeard, Refused
from bot.people import Person
from bot.rules.metrics.definition.own import OwnDraft
from bot.rules.metrics.definition.registry import Unit
from bot.rules.metrics.importing.asking.questions import KeyChoice
from bot.rules.metrics.importing.files import Trouble
from bot.rules.metrics.importing.imports import Import, ImportState
from bot.services.metrics.importing import deciding, ending, looking, reading, seen
from bot.services.metrics.importing.deciding import Corrections
from bot.services.metrics.importing.looking import Job
from bot.services.metrics.look import defining
from bot.views.metrics import ids
from bot.views.metrics.importing.columns import uses_in
from storage.database import Database, Tx
from storage.members import MemberRow
from storage.metrics import imports
from tests.cast import BILLING, BOB, CHARLIE, NOON, SHIPPING, WORKSPACE
from tests.services.floor import furnish
from tests.services.metrics.importing.exports import CALLS, GOOD, KEYLESS, Desk, numbers_of
from tests.services.metrics.store import CLOCK

KEYLESS_CALLS = "\n".join(line.partition(";")[2] for line in CALLS.splitlines()) + "\n"


class Meanwhile(Database):
    """One in which something else happens before the first transaction that writes, once all was looked at."""

    def __init__(self, db: Database, happens: Callable[[], Awaitable[None]]) -> None:
        self.__dict__ |= vars(db)
        self._happens: list[Callable[[], Awaitable[None]]] = [happens]

    @asynccontextmanager
    async def write(self, workspace_id: str) -> AsyncIterator[Tx]:
        while self._happens:
            await self._happens.pop()()
        async with super().write(workspace_id) as tx:
            yield tx


async def desk(db: Database, person: Person = BOB) -> Desk:
    await furnish(db)
    return Desk(db, person)


async def leaves(db: Database, person: Person) -> None:
    """They lead nobody any more."""
    async with db.write(WORKSPACE) as tx:
        await tx.execute(delete(MemberRow).where(MemberRow.person_id == person.id))


async def card_of(db: Database, import_: Import) -> str:
    async with db.read(WORKSPACE) as tx:
        drawn = await seen.draw(tx, import_.id, import_.person_id)
    assert drawn
    return f"{drawn.text} {drawn.blocks}"


async def test_who_may_bring_no_numbers_any_more_is_told_so(db: Database) -> None:
    here = await desk(db)
    begun = await here.drops()
    await leaves(db, BOB)
    assert await looking.begin(db, CLOCK, ImportState.LOOKING, now=NOON) is None
    ended = await here.now(begun.id)
    assert ended.trouble == Trouble.NOT_ALLOWED
    assert "You may not bring in numbers of this team any more" in await card_of(db, ended)


async def test_who_has_lost_the_right_reads_nothing_more_of_what_is_in_it(db: Database) -> None:
    here = await desk(db)
    live, waiting = await here.imports(GOOD), await here.imports(CALLS.replace("ID0", "ID5"))
    asking = await here.shows(GOOD.replace("ID0", "ID9"))
    await leaves(db, BOB)
    for one in (live, waiting, asking):
        told = await card_of(db, one)
        assert "calls.csv" in told
        for name in ("Diane", "Stewart", "Becky", "Speed of answer", "Import"):
            assert name not in told
        assert ("Undo" in told) == (one is live)


async def replacing(here: Desk, text: str) -> Job:
    """A corrected file without keys, that is to take the place of those before."""
    shown = await here.shows(text)
    found = await deciding.open_form(here.db, here.person, shown.id)
    if found.questions:
        await deciding.answer(
            *(here.db, here.person, shown.id, "key:", KeyChoice.REPLACE),
            key=here.key,
            now=here.at,
        )
    return await here.starts(shown.id)


async def test_a_file_takes_the_place_of_no_other_teams(db: Database) -> None:
    ours = await desk(db)
    assert (await ours.imports(KEYLESS)).state is ImportState.LIVE
    theirs = Desk(db, CHARLIE)
    first = await theirs.imports(KEYLESS.replace("109", "100"))
    assert first.team_id == SHIPPING
    assert first.state is ImportState.LIVE
    text = KEYLESS.replace("109", "99")
    job = await replacing(theirs, text)
    await reading.finish(db, CLOCK, job, await theirs.reads(job, text), None, now=NOON)
    assert (await theirs.now(first.id)).state is ImportState.UNDONE
    assert await numbers_of(db, "contacts", team_id=SHIPPING) == 4
    assert await numbers_of(db, "contacts", team_id=BILLING) == 4


async def test_of_two_corrected_files_at_once_one_holds(db: Database) -> None:
    here = await desk(db)
    await here.imports(KEYLESS)
    both = []
    for speed in ("108", "107"):
        text = KEYLESS_CALLS.replace("109", speed)
        job = await replacing(here, text)
        await reading.finish(db, CLOCK, job, await here.reads(job, text), None, now=NOON)
        both.append(job.import_.id)
    first, second = both

    async def other() -> None:
        await ending.take_good(db, BOB, first, key="other", now=NOON)

    await ending.take_good(Meanwhile(db, other), BOB, second, key="one", now=NOON)
    assert [(await here.now(one)).state for one in both] == [ImportState.UNDONE, ImportState.LIVE]
    assert await numbers_of(db, "contacts") == 3


async def test_however_much_others_bring_ones_own_imports_stay_in_the_list(db: Database) -> None:
    here = await desk(db)
    live = await here.imports(GOOD)
    async with db.write(WORKSPACE) as tx:
        for _one in range(101):
            await imports.add(tx, replace(live, id="", team_id=SHIPPING))
    listed = await seen.see_list(db, BOB)
    assert [one.id for one in listed.imports] == [live.id]
    assert listed.may_undo == {live.id}


async def test_a_click_that_slack_brings_twice_is_heard_once(db: Database) -> None:
    here = await desk(db)
    waiting = await here.imports(CALLS)
    await ending.take_good(db, BOB, waiting.id, key="good", now=NOON)
    with pytest.raises(AlreadyHeard):
        await ending.take_good(db, BOB, waiting.id, key="good", now=NOON)
    await ending.undo(db, BOB, waiting.id, key="undo", now=NOON)
    with pytest.raises(AlreadyHeard):
        await ending.undo(db, BOB, waiting.id, key="undo", now=NOON)


async def test_a_file_without_a_line_that_counts_says_so(db: Database) -> None:
    here = await desk(db)
    waiting = await here.imports("Call Id;Agent;Date;Answered\nTotal;;;5\n")
    told = await card_of(db, waiting)
    assert waiting.state is ImportState.WAITING
    assert "calls.csv has no line that counts" in told
    assert "cannot be read" not in told
    assert "Left out on purpose" in told


async def test_a_file_without_any_line_says_so_and_cannot_be_imported(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows("Call Id;Agent;Date;Answered\n")
    told = await card_of(db, shown)
    assert "Nothing stands below the header" in told
    assert ids.IMPORT_START not in told
    with pytest.raises(Refused):
        await here.starts(shown.id)


REFUNDS = """Call Id;Agent;Date;Refunds;Ratings
ID0001;Diane;2026-02-23;5;7
ID0002;Becky;2026-02-24;6;3
"""


async def test_a_number_of_its_own_has_its_own_name_and_stands_in_formulas(db: Database) -> None:
    """Also where a column is called as a part that Baton knows: that would count as something else."""
    here = await desk(db)
    shown = await here.shows(REFUNDS)
    uses = uses_in({"use:3": "sum", "use:4": "sum"}, ["", "", "", "Refunds", "Ratings"])
    await deciding.correct(db, BOB, shown.id, Corrections(uses), key=here.key, now=here.at)
    job = await here.starts(shown.id)
    outcome = await here.reads(job, REFUNDS)
    await reading.finish(db, CLOCK, job, outcome, None, now=NOON)
    assert await numbers_of(db, "ratings") == 0
    draft = OwnDraft("Refunds", "What we gave back.", "own_refunds + own_ratings", unit=Unit.THINGS)
    tried = await defining.try_out(db, BOB, draft, now=NOON)
    assert (tried.value.amount, tried.unknown) == (21, [])
    assert tried.parts == ["own_ratings", "own_refunds"]
