"""Reading files into the store: whole or not at all, again after a death, and whose lines they are."""

from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard, Stale
from bot.people import Person
from bot.rules.metrics.importing.files import Belongs, Outcome, Trouble
from bot.rules.metrics.importing.imports import LEASE, MOST_TRIES, Import, ImportState
from bot.rules.metrics.importing.mapping import NOTHING
from bot.rules.metrics.store.slices import PERSON
from bot.services import auditing
from bot.services.metrics.importing import deciding, ending, looking, reading
from bot.services.metrics.importing.deciding import Corrections
from bot.services.metrics.importing.imported import look_of, outcome_of
from bot.services.metrics.store import keeping, numbers, rolling
from storage.database import Database, Tx
from storage.metrics import facts
from tests.cast import ADA, BEN, BILLING, BOB, NOON, SHIPPING, WORKSPACE
from tests.services.floor import furnish
from tests.services.metrics.importing.exports import (
    CALLS,
    FIRST,
    GOOD,
    LAST,
    Desk,
    batches,
    numbers_of,
)
from tests.services.metrics.store import CLOCK


async def desk(db: Database, person: Person = BOB) -> Desk:
    await furnish(db)
    return Desk(db, person)


async def test_a_file_without_faults_counts_at_once(db: Database) -> None:
    here = await desk(db)
    live = await here.imports(GOOD)
    assert live.state is ImportState.LIVE
    outcome = outcome_of(live)
    assert outcome
    assert (outcome.good, outcome.rejected, outcome.nameless) == (4, 0, 3)
    assert await numbers_of(db, "contacts") == 4
    assert await numbers_of(db, "answered") == 3


async def test_nothing_counts_before_all_of_it_is_read(db: Database) -> None:
    here = await desk(db)
    job = await here.starts((await here.shows(GOOD)).id)
    await here.reads(job, GOOD)
    assert await numbers_of(db, "contacts") == 0


async def test_with_a_line_that_cannot_be_read_a_person_decides(db: Database) -> None:
    here = await desk(db)
    waiting = await here.imports(CALLS)
    assert waiting.state is ImportState.WAITING
    assert await numbers_of(db, "contacts") == 0
    await ending.take_good(db, BOB, waiting.id, key="good", now=NOON)
    assert await numbers_of(db, "contacts") == 3
    with pytest.raises(Stale):
        await ending.take_good(db, BEN, waiting.id, key="again", now=NOON)


async def test_what_is_not_wanted_leaves_nothing(db: Database) -> None:
    here = await desk(db)
    waiting = await here.imports(CALLS)
    await ending.cancel(db, BOB, waiting.id, key="no", now=NOON)
    with pytest.raises(AlreadyHeard):
        await ending.cancel(db, BOB, waiting.id, key="no", now=NOON)
    while await rolling.clear_next(db, CLOCK):
        pass
    async with db.read(WORKSPACE) as tx:
        assert await facts.days_of(tx, waiting.number) == []
    assert await numbers_of(db, "contacts") == 0


async def test_columns_can_still_be_changed_when_lines_were_rejected(db: Database) -> None:
    here = await desk(db)
    waiting = await here.imports(CALLS)
    place = look_of(waiting).headers.index("Speed of answer in seconds")
    await deciding.correct(
        db, BOB, waiting.id, Corrections({place: NOTHING}), key=here.key, now=NOON
    )
    job = await here.starts(waiting.id)
    outcome = await here.reads(job, CALLS)
    await reading.finish(db, CLOCK, job, outcome, None, now=NOON)
    assert (await here.now(waiting.id)).state is ImportState.LIVE
    assert await numbers_of(db, "contacts") == 4
    assert await numbers_of(db, "wait_seconds") == 0


async def test_of_what_is_kept_no_cell_stays_once_it_counts(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    assert "Diane" in str(shown.found)
    job = await here.starts(shown.id)
    await reading.finish(db, CLOCK, job, await here.reads(job, GOOD), None, now=NOON)
    live = await here.now(shown.id)
    assert look_of(live).rows == ()
    assert "ID0001" not in str(live.found)


async def test_after_a_death_it_is_read_from_the_start_and_never_doubled(db: Database) -> None:
    here = await desk(db)
    job = await here.starts((await here.shows(GOOD)).id)
    await here.reads(job, GOOD)
    assert await looking.begin(db, CLOCK, ImportState.READING, now=NOON) is None
    here.at = NOON + LEASE + timedelta(seconds=1)
    again = await looking.begin(db, CLOCK, ImportState.READING, now=here.at)
    assert again
    assert again.import_.tries == job.import_.tries + 1
    outcome = await here.reads(again, GOOD)
    step = reading.Step(batches(job, GOOD)[0].facts, 4)
    whose = await reading.teams_of(db, CLOCK, job)
    assert not await reading.put(db, CLOCK, job.import_, step, whose, now=here.at)
    assert not await reading.finish(db, CLOCK, job, Outcome(good=4), None, now=here.at)
    assert await reading.finish(db, CLOCK, again, outcome, None, now=here.at)
    assert await numbers_of(db, "contacts") == 4


async def test_what_an_earlier_try_has_left_is_gone(db: Database) -> None:
    here = await desk(db)
    job = await here.starts((await here.shows(GOOD)).id)
    await here.reads(job, GOOD)
    assert await reading.clear_staged(db, CLOCK, job.import_, now=NOON)
    async with db.read(WORKSPACE) as tx:
        assert await facts.days_of(tx, job.import_.number) == []


async def test_only_one_of_a_workspace_is_read_at_a_time(db: Database) -> None:
    here = await desk(db)
    one, two = await here.shows(GOOD), await here.shows(CALLS)
    await here.starts(one.id)
    await deciding.start(db, BOB, two.id, key="two", now=NOON)
    assert await looking.begin(db, CLOCK, ImportState.READING, now=NOON) is None
    await ending.cancel(db, BOB, one.id, key="no", now=NOON)
    assert await looking.begin(db, CLOCK, ImportState.READING, now=NOON)


async def test_cancelled_while_it_is_read_nothing_more_comes_in(db: Database) -> None:
    here = await desk(db)
    job = await here.starts((await here.shows(GOOD)).id)
    await ending.cancel(db, BOB, job.import_.id, key="no", now=NOON)
    whose = await reading.teams_of(db, CLOCK, job)
    step = reading.Step(batches(job, GOOD)[0].facts, 4)
    assert not await reading.put(db, CLOCK, job.import_, step, whose, now=NOON)


async def test_what_fails_again_and_again_is_given_up(db: Database) -> None:
    here = await desk(db)
    job = await here.starts((await here.shows(GOOD)).id)
    for _try in range(MOST_TRIES):
        here.at += timedelta(hours=1)
        await looking.begin(db, CLOCK, ImportState.READING, now=here.at)
    ended = await here.now(job.import_.id)
    assert (ended.state, ended.trouble) == (ImportState.REFUSED, Trouble.BROKEN)


async def test_what_nobody_answers_is_let_go(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    await looking.forget(db, CLOCK, now=NOON + timedelta(days=13))
    assert (await here.now(shown.id)).state is ImportState.ASKING
    later = NOON + looking.FORGOTTEN_AFTER + timedelta(minutes=1)
    assert WORKSPACE in await looking.workspaces_with_forgotten(db, now=later)
    await looking.forget(db, CLOCK, now=later)
    ended = await here.now(shown.id)
    assert (ended.state, ended.trouble) == (ImportState.CANCELLED, Trouble.FORGOTTEN)


TEAMS = """Call Id;Agent;Group;Date;Answered
1;Bob;billing;2026-02-02;Y
2;Charlie;Shipping;2026-02-02;Y
3;Somebody;Elsewhere;2026-02-02;Y
"""


@pytest.mark.parametrize(
    ("person", "belongs", "in_billing", "in_shipping"),
    [
        (ADA, Belongs.TEAM, 3, 0),
        (ADA, Belongs.COLUMN, 2, 1),
        (ADA, Belongs.PEOPLE, 2, 1),
        (BOB, Belongs.COLUMN, 3, 0),
        (BOB, Belongs.PEOPLE, 3, 0),
    ],
)
async def test_lines_go_only_to_teams_that_one_may_import_for(
    db: Database, person: Person, belongs: Belongs, in_billing: int, in_shipping: int
) -> None:
    here = await desk(db, person)
    shown = await here.shows(TEAMS)
    wanted = Corrections(belongs=belongs, team_id=BILLING)
    await deciding.correct(db, person, shown.id, wanted, key=here.key, now=NOON)
    job = await here.starts(shown.id)
    await reading.finish(db, CLOCK, job, await here.reads(job, TEAMS), None, now=NOON)
    assert await numbers_of(db, "answered") == in_billing
    assert await numbers_of(db, "answered", team_id=SHIPPING) == in_shipping


async def test_a_name_that_is_exactly_one_persons_is_theirs(db: Database) -> None:
    here = await desk(db)
    live = await here.imports(TEAMS)
    outcome = outcome_of(live)
    assert outcome
    assert outcome.nobodys == ["Somebody"]
    async with db.read(WORKSPACE) as tx:
        rows = await numbers.read(tx, [BILLING], FIRST, LAST, slice_=PERSON)
    assert len(rows) == 3


async def test_of_rejected_lines_no_cell_stays_once_the_others_count(db: Database) -> None:
    here = await desk(db)
    waiting = await here.imports(CALLS)
    assert "=2+3" in str(waiting.found)
    live = await ending.take_good(db, BOB, waiting.id, key="good", now=NOON)
    assert "=2+3" not in str(live.found)


async def test_a_file_that_nobody_looks_through_is_noticed(db: Database) -> None:
    here = await desk(db)
    await here.drops()
    soon = await auditing.audit(db, now=NOON + auditing.IMPORT_LATE)
    late = await auditing.audit(db, now=NOON + auditing.IMPORT_LATE + timedelta(seconds=1))
    assert "imports_unread=1" not in soon.faults
    assert "imports_unread=1" in late.faults


async def test_a_death_in_the_middle_leaves_nothing_half(db: Database) -> None:
    here = await desk(db)
    waiting = await here.imports(CALLS)

    async def dies(_tx: Tx, _live: Import) -> None:
        raise RuntimeError("the process is gone")

    with pytest.raises(RuntimeError):
        await keeping.go_live(db, CLOCK, waiting, waiting, now=NOON, also=dies)
    assert (await here.now(waiting.id)).state is ImportState.WAITING
    assert await numbers_of(db, "contacts") == 0
    await ending.take_good(db, BOB, waiting.id, key="good", now=NOON)
    assert await numbers_of(db, "contacts") == 3
