"""Bringing files and deciding about them: who may, what is asked, what is remembered, and what nobody else can touch."""

from datetime import date

import pytest

from bot.errors import AlreadyHeard, Denied, Refused, Stale
from bot.people import Person, Role
from bot.rules.metrics.importing.asking.questions import Asks, KeyChoice
from bot.rules.metrics.importing.files import Belongs, Trouble
from bot.rules.metrics.importing.imports import ImportState
from bot.rules.metrics.importing.mapping import NOTHING, Use
from bot.rules.metrics.importing.recognising.columns import Style
from bot.services.metrics.importing import bringing, deciding, ending, looking, reading, seen
from bot.services.metrics.importing.bringing import Dropped
from bot.services.metrics.importing.deciding import Corrections
from bot.services.metrics.importing.imported import decided_of
from bot.services.metrics.store import numbers
from storage import members
from storage.database import Database
from storage.metrics import imports
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id, furnish
from tests.services.metrics.importing.exports import (
    GOOD,
    KEYLESS,
    Desk,
    numbers_of,
)
from tests.services.metrics.store import CLOCK

SUMMARY = "Agent;Calls;Talk time (s)\nAnn;7;700\nBo;8;900\nTotal;15;1600\n"
DATES = "Date;Agent;Calls\n03/04/2026;Ann;5\n05/06/2026;Ann;7\n"


async def desk(db: Database, person: Person = BOB) -> Desk:
    await furnish(db)
    return Desk(db, person)


@pytest.mark.parametrize("person", [BOB, BEN, MARA, ADA], ids=by_id)
async def test_who_leads_a_team_may_bring_its_numbers(db: Database, person: Person) -> None:
    begun = await (await desk(db, person)).drops()
    assert (begun.state, begun.person_id) == (ImportState.LOOKING, person.id)


@pytest.mark.parametrize("person", [ALICE, OLGA, NOBODY], ids=by_id)
async def test_who_does_not_lead_may_not(db: Database, person: Person) -> None:
    here = await desk(db, person)
    with pytest.raises(Denied, match="leads and managers of a team"):
        await here.drops()


async def test_another_workspace_has_no_teams_of_ours(db: Database) -> None:
    await desk(db)
    with pytest.raises(Refused, match="cannot bring in numbers of this team"):
        await bringing.bring(
            db, STRANGER, [Dropped("F1", "x.csv")], team_id=BILLING, key="x", now=NOON
        )


async def test_a_file_is_heard_once(db: Database) -> None:
    await desk(db)
    await bringing.bring(db, BOB, [Dropped("F1", "x.csv")], key="same", now=NOON)
    with pytest.raises(AlreadyHeard):
        await bringing.bring(db, BOB, [Dropped("F1", "x.csv")], key="same", now=NOON)
    async with db.read(WORKSPACE) as tx:
        assert len(await imports.latest(tx, most=9)) == 1


async def test_a_lead_of_one_team_is_not_asked_whose_numbers_these_are(db: Database) -> None:
    shown = await (await desk(db)).shows(GOOD)
    assert shown.team_id == BILLING
    assert decided_of(shown).has_team


async def test_an_admin_of_many_says_whose_they_are_first(db: Database) -> None:
    here = await desk(db, ADA)
    shown = await here.shows(GOOD)
    with pytest.raises(Refused, match="what the message still asks"):
        await deciding.start(db, ADA, shown.id, key=here.key, now=NOON)
    await deciding.choose_team(db, ADA, shown.id, SHIPPING, key=here.key, now=NOON)
    assert (await here.starts(shown.id)).import_.team_id == SHIPPING


async def test_nobody_imports_into_a_team_that_they_do_not_lead(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    with pytest.raises(Refused, match="cannot bring in numbers of this team"):
        await deciding.choose_team(db, BOB, shown.id, SHIPPING, key=here.key, now=NOON)
    with pytest.raises(Refused):
        await bringing.bring(
            db, BOB, [Dropped("F2", "x.csv")], team_id=SHIPPING, key="other", now=NOON
        )


@pytest.mark.parametrize("person", [ALICE, CHARLIE, NOBODY], ids=by_id)
async def test_nobody_else_decides_about_it(db: Database, person: Person) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    for act in (
        deciding.start(db, person, shown.id, key="1", now=NOON),
        deciding.correct(db, person, shown.id, Corrections(), key="2", now=NOON),
        deciding.choose_team(db, person, shown.id, BILLING, key="3", now=NOON),
        deciding.answer(db, person, shown.id, "order:0", "dmy", key="4", now=NOON),
        ending.cancel(db, person, shown.id, key="5", now=NOON),
        ending.take_good(db, person, shown.id, key="6", now=NOON),
    ):
        with pytest.raises(Denied):
            await act
    with pytest.raises(Denied):
        await deciding.open_form(db, person, shown.id)
    assert (await here.now(shown.id)).state is ImportState.ASKING


async def test_another_workspace_finds_no_such_import(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    with pytest.raises(Refused, match="no such import"):
        await deciding.open_form(db, STRANGER, shown.id)


async def test_what_only_a_person_can_say_is_asked_before_anything_is_read(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(DATES)
    found = await deciding.open_form(db, BOB, shown.id)
    assert [one.asks for one in found.questions][:1] == [Asks.ORDER]
    assert not found.is_ready
    with pytest.raises(Refused, match="no longer a choice"):
        await deciding.answer(db, BOB, shown.id, "order:0", "nonsense", key=here.key, now=NOON)
    await deciding.answer(db, BOB, shown.id, "order:0", "mdy", key=here.key, now=NOON)
    answered = await deciding.open_form(db, BOB, shown.id)
    assert Asks.ORDER not in {one.asks for one in answered.questions}
    with pytest.raises(Refused, match="no longer a choice"):
        await deciding.answer(db, BOB, shown.id, "order:0", "dmy", key=here.key, now=NOON)


async def test_a_summary_without_a_date_counts_on_the_day_that_is_named_and_only_this_time(
    db: Database,
) -> None:
    here = await desk(db)
    shown = await here.shows(SUMMARY, "agents 2026-03.csv")
    [asked] = (await deciding.open_form(db, BOB, shown.id)).questions
    assert (asked.asks, asked.likely) == (Asks.FILE_DAY, "2026-03-31")
    with pytest.raises(Refused, match="what the message still asks"):
        await deciding.start(db, BOB, shown.id, key=here.key, now=NOON)
    with pytest.raises(Refused, match="no longer a choice"):
        await deciding.answer(db, BOB, shown.id, "file_day:", "soon", key=here.key, now=NOON)
    await deciding.answer(db, BOB, shown.id, "file_day:", "2026-03-31", key=here.key, now=NOON)
    changed = Corrections(day=date(2026, 3, 30))
    await deciding.correct(db, BOB, shown.id, changed, key=here.key, now=NOON)
    job = await here.starts(shown.id)
    await reading.finish(db, CLOCK, job, await here.reads(job, SUMMARY), None, now=NOON)
    async with db.read(WORKSPACE) as tx:
        rows = await numbers.read(tx, [BILLING], date(2026, 3, 1), date(2026, 3, 31))
    assert {(row.day, row.bundle.amount("contacts")) for row in rows} == {(date(2026, 3, 30), 15)}
    again = await here.shows(SUMMARY.replace("7", "9"), "agents.csv")
    assert decided_of(again).is_remembered
    [asked] = (await deciding.open_form(db, BOB, again.id)).questions
    assert (asked.asks, asked.likely) == (Asks.FILE_DAY, "")


async def test_corrections_are_kept_and_what_was_not_shown_stays(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    before = decided_of(shown).mapping
    place = before.headers.index("Topic")
    wanted = Corrections(
        {place: NOTHING, 10: Use(label="Mood")}, zone="America/New_York", belongs=Belongs.PEOPLE
    )
    await deciding.correct(db, BOB, shown.id, wanted, key=here.key, now=NOON)
    after = decided_of(await here.now(shown.id))
    assert not after.mapping.columns[place].use
    assert after.mapping.columns[10].use == Use(label="Mood")
    assert (after.mapping.zone, after.belongs) == ("America/New_York", Belongs.PEOPLE)
    assert after.mapping.columns[1] == before.columns[1]


async def test_a_column_that_does_not_exist_changes_nothing(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    wanted = Corrections({99: NOTHING}, {99: Style()})
    await deciding.correct(db, BOB, shown.id, wanted, key=here.key, now=NOON)
    assert decided_of(await here.now(shown.id)).mapping == decided_of(shown).mapping


async def test_a_zone_that_is_none_is_refused(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    with pytest.raises(Refused, match="time zone"):
        await deciding.correct(
            db, BOB, shown.id, Corrections(zone="Mars/Base"), key=here.key, now=NOON
        )


async def test_the_same_headers_are_taken_as_last_time(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    wanted = Corrections({10: Use(label="Mood")})
    await deciding.correct(db, BOB, shown.id, wanted, key=here.key, now=NOON)
    await here.starts(shown.id)
    again = await here.shows(GOOD.replace("ID000", "ID100"))
    assert decided_of(again).is_remembered
    assert decided_of(again).mapping.columns[10].use == Use(label="Mood")


async def test_a_file_without_keys_asks_about_earlier_ones_only_if_there_are_any(
    db: Database,
) -> None:
    here = await desk(db)
    first = await here.imports(KEYLESS)
    assert first.state is ImportState.LIVE
    shown = await here.shows(KEYLESS.replace("109", "99"))
    found = await deciding.open_form(db, BOB, shown.id)
    assert [one.asks for one in found.questions] == [Asks.KEY]
    await deciding.answer(db, BOB, shown.id, "key:", KeyChoice.REPLACE, key=here.key, now=NOON)
    job = await here.starts(shown.id)
    outcome = await here.reads(job, KEYLESS.replace("109", "99"))
    assert await reading.finish(db, CLOCK, job, outcome, None, now=here.at)
    assert (await here.now(first.id)).state is ImportState.UNDONE
    assert await numbers_of(db, "contacts") == 4


async def test_two_who_decide_at_once_do_not_both_begin(db: Database) -> None:
    here = await desk(db)
    shown = await here.shows(GOOD)
    await deciding.start(db, BOB, shown.id, key="one", now=NOON)
    with pytest.raises(Stale):
        await deciding.start(db, BEN, shown.id, key="two", now=NOON)


async def test_who_leads_no_more_is_told_so_when_it_is_their_turn(db: Database) -> None:
    here = await desk(db)
    begun = await here.drops()
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {Role.LEAD: [BEN.id]})
    assert await looking.begin(db, CLOCK, ImportState.LOOKING, now=NOON) is None
    ended = await here.now(begun.id)
    assert (ended.state, ended.trouble) == (ImportState.REFUSED, Trouble.NOT_ALLOWED)


async def test_the_list_shows_only_what_its_reader_may_import_for(db: Database) -> None:
    here = await desk(db)
    live = await here.imports(GOOD)
    mine = await seen.see_list(db, BOB)
    assert [one.id for one in mine.imports] == [live.id]
    assert live.id in mine.may_undo
    theirs = await seen.see_list(db, CHARLIE)
    assert theirs.imports == []
    beside = await seen.see_list(db, BEN)
    assert [one.id for one in beside.imports] == [live.id]
    assert beside.may_undo == set()
    with pytest.raises(Denied):
        await seen.see_list(db, ALICE)
