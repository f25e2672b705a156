"""What people can do to shifts: leads set them, others see them, twice is harmless, and two at once lose nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import update

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person, system
from bot.rules.people import Profile
from bot.rules.roster.directory import Directory
from bot.rules.shifts import Change, DayChange, Pattern
from bot.rules.shifts.drafts import OverrideDraft, PatternDraft
from bot.rules.shifts.imported import ImportReport
from bot.services import shifts as service
from bot.text import Text
from bot.views.shifts.report import report_lines
from storage.database import Database
from storage.teams import TeamRow
from tests import cast
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BILLING,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    SHIPPING,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import EVERYBODY, by_id, furnish

EARLY = PatternDraft(("mon", "tue"), time(8), time(16), (ALICE.id, BOB.id), "Early")
INSTEAD = OverrideDraft("replace", BEN.id, ALICE.id, date(2026, 3, 3), time(8), time(12))
OPERATOR = system(WORKSPACE)
DIRECTORY = Directory([Profile(one.id, name=one.name, updated=30) for one in EVERYBODY])
NOT_THEIRS = [ALICE, OLGA, CHARLIE, DAN, NOBODY, STRANGER]


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def add(
    db: Database, person: Person = BOB, draft: PatternDraft = EARLY, key: str = "1"
) -> Pattern:
    return await service.add_pattern(db, person, BILLING, draft, key=key, now=NOON)


async def patterns(db: Database) -> list[Pattern]:
    return list((await service.list_patterns(db, ADA, BILLING))[1])


async def problems(doing: object) -> set[str]:
    with pytest.raises(FormProblems) as refused:
        await doing  # type: ignore[misc]
    return set(refused.value.problems)


@pytest.mark.parametrize("person", [BOB, MARA, ADA], ids=by_id)
async def test_who_may_set_shifts(db: Database, person: Person) -> None:
    pattern = await add(db, person)
    seen = await service.open_team(db, ALICE, BILLING, now=NOON)
    assert [one.name for one in seen.patterns] == ["Early"]
    assert not seen.now.may_set
    changed = replace(EARLY, name="Late")
    await service.change_pattern(db, person, pattern, changed, key="2", now=NOON)
    seen_again = replace(pattern, version=2)
    await service.remove_pattern(db, person, seen_again, key="3", now=NOON)
    assert await patterns(db) == []


@pytest.mark.parametrize("person", NOT_THEIRS, ids=by_id)
async def test_who_may_not(db: Database, person: Person) -> None:
    """Nor does the refusal of a stranger say that there is such a team."""
    pattern = await add(db)
    nothing: type[Exception] = Refused if person is STRANGER else Denied
    change = DayChange(pattern.id, date(2026, 3, 3))
    for doing in (
        service.add_pattern(db, person, BILLING, EARLY, key="2", now=NOON),
        service.change_pattern(db, person, pattern, EARLY, key="2", now=NOON),
        service.remove_pattern(db, person, pattern, key="2", now=NOON),
        service.set_day(db, person, BILLING, change, key="2", now=NOON),
        service.remove_day(db, person, BILLING, change, key="2", now=NOON),
        service.add_override(db, person, BILLING, INSTEAD, key="2", now=NOON),
        service.remove_override(db, person, BILLING, "o", key="2", now=NOON),
        service.open_pattern(db, person, BILLING, pattern.id),
        service.list_patterns(db, person, BILLING),
    ):
        with pytest.raises(nothing):
            await doing
    assert len(await patterns(db)) == 1


@pytest.mark.parametrize("person", [CHARLIE, DAN, NOBODY, STRANGER], ids=by_id)
async def test_who_is_not_of_the_team_sees_nothing(db: Database, person: Person) -> None:
    await add(db)
    with pytest.raises(Refused):
        await service.open_team(db, person, BILLING, now=NOON)
    board = await service.board(db, person, "bill", now=NOON)
    assert board.teams == []


async def test_the_same_request_twice_is_one_shift(db: Database) -> None:
    await add(db)
    with pytest.raises(AlreadyHeard):
        await add(db)
    assert len(await patterns(db)) == 1


async def test_two_leads_at_once_and_the_second_is_told(db: Database) -> None:
    pattern = await add(db)
    await service.change_pattern(db, BOB, pattern, replace(EARLY, name="A"), key="2", now=NOON)
    for doing in (
        service.change_pattern(db, BEN, pattern, replace(EARLY, name="B"), key="3", now=NOON),
        service.remove_pattern(db, BEN, pattern, key="4", now=NOON),
    ):
        with pytest.raises(Stale):
            await doing
    assert [one.name for one in await patterns(db)] == ["A"]
    await service.remove_pattern(db, BEN, replace(pattern, version=2), key="5", now=NOON)
    with pytest.raises(Stale):
        await service.remove_pattern(db, BOB, replace(pattern, version=2), key="6", now=NOON)


async def test_what_is_wrong_is_said_by_field_and_nothing_is_saved(db: Database) -> None:
    bad = PatternDraft(("someday",), None, time(8), (CHARLIE.id, OLGA.id), "x" * 41)
    assert await problems(add(db, draft=bad)) == {"weekdays", "start", "people", "name"}
    assert await problems(
        service.add_override(db, BOB, BILLING, OverrideDraft(), key="2", now=NOON)
    ) == {"change", "person", "day", "start", "end"}
    past = replace(INSTEAD, day=date(2026, 3, 1))
    assert await problems(service.add_override(db, BOB, BILLING, past, key="3", now=NOON)) == {
        "end"
    }
    for wrong, field in (
        (replace(INSTEAD, person_id=CHARLIE.id), "person"),
        (replace(INSTEAD, instead_of=BEN.id), "instead_of"),
        (replace(INSTEAD, day=date(2062, 3, 3)), "day"),
    ):
        doing = service.add_override(db, BOB, BILLING, wrong, key=field, now=NOON)
        assert await problems(doing) == {field}
    assert await patterns(db) == []


async def test_other_hours_need_a_shift_on_that_day(db: Database) -> None:
    pattern = await add(db)
    for change, field in (
        (None, "pattern"),
        (DayChange("gone", date(2026, 3, 3)), "pattern"),
        (DayChange(pattern.id, date(2026, 3, 4)), "day"),
        (DayChange(pattern.id, date(2026, 3, 3), time(8)), "end"),
    ):
        doing = service.set_day(db, BOB, BILLING, change, key=str(change), now=NOON)
        assert await problems(doing) == {field}
    tuesday = DayChange(pattern.id, date(2026, 3, 3), time(10), time(11))
    await service.set_day(db, BOB, BILLING, tuesday, key="2", now=NOON)
    with pytest.raises(Denied):  # the shift of one team is not reached through another
        await service.remove_day(db, CHARLIE, BILLING, tuesday, key="3", now=NOON)
    await service.remove_day(db, CHARLIE, SHIPPING, tuesday, key="4", now=NOON)
    seen = await service.open_team(db, BOB, BILLING, now=NOON)
    assert seen.day_changes == [tuesday]


async def test_a_day_is_over_by_the_clock_of_the_team(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        zone = update(TeamRow).where(TeamRow.id == BILLING).values(zone="America/New_York")
        await tx.execute(zone)
    pattern = await add(db)
    tuesday = DayChange(pattern.id, date(2026, 3, 3), time(10), time(11))
    await service.set_day(db, BOB, BILLING, tuesday, key="2", now=NOON)
    for now, seen in (
        (datetime(2026, 3, 4, 4, 59, tzinfo=UTC), [tuesday]),
        (datetime(2026, 3, 4, 5, tzinfo=UTC), []),
    ):
        assert (await service.open_team(db, BOB, BILLING, now=now)).day_changes == seen


async def test_the_board_says_who_is_on_and_next_and_what_is_mine(db: Database) -> None:
    """NOON is a Monday; Billing goes by UTC here."""
    await add(db)
    night = PatternDraft(("mon",), time(22), time(6), (BEN.id,))
    await add(db, draft=night, key="2")
    [now] = (await service.board(db, BEN, now=NOON)).teams
    four = datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert [(one.person_id, one.until) for one in now.on] == [(ALICE.id, four), (BOB.id, four)]
    assert now.next is not None
    assert (now.next.people, now.next.at.hour) == ((BEN.id,), 22)
    assert now.mine is not None
    assert now.mine.end == datetime(2026, 3, 3, 6, tzinfo=UTC)
    assert now.report.is_clean
    later = (await service.board(db, BEN, now=four)).teams[0]
    assert later.on == []


async def test_who_left_the_team_works_no_more(db: Database) -> None:
    await add(db, draft=replace(EARLY, people=(ALICE.id,)))
    from storage import members  # noqa: PLC0415 - only this story takes somebody out

    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {})
    [now] = (await service.board(db, ADA, "bill", now=NOON)).teams
    assert now.on == []
    assert now.report.gaps[0].start == NOON


async def run(
    db: Database, rows: list[list[str]], person: Person = OPERATOR, *, trial: bool = False
) -> ImportReport:
    return await service.import_shifts(db, person, rows, DIRECTORY, now=NOON, is_trial=trial)


WEEKLY = [["team", "person", "weekday", "from", "to"], ["Billing", "Alice", "Mon-Fri", "8", "16"]]
DATED = [
    ["team", "person", "start", "end"],
    ["Billing", "Ben", "2026-03-07 08:00", "2026-03-07 12:00"],
]


async def test_lists_are_imported_once(db: Database) -> None:
    for rows in (WEEKLY, DATED):
        assert report_lines(await run(db, rows, trial=True), Text())[0].startswith(
            "This is a trial"
        )
        assert report_lines(await run(db, rows), Text())[0].startswith("Added: Billing, ")
        again = await run(db, rows)
        assert (again.added, again.unchanged > 0) == ((), True)
        assert "Nothing to change" in report_lines(again, Text())[0]
    seen = await service.open_team(db, BOB, BILLING, now=NOON)
    assert [one.people for one in seen.patterns] == [(ALICE.id,)]
    assert [(one.change, one.person_id) for one in seen.overrides] == [(Change.ADD, BEN.id)]


async def test_one_wrong_row_and_nothing_is_imported(db: Database) -> None:
    report = await run(db, [*DATED, ["Billing", "Charlie", "2026-03-07 08:00", "2026-03-07 12:00"]])
    assert report_lines(report, Text())[1].startswith("Row 3: “Charlie” is no agent")
    assert (await service.open_team(db, BOB, BILLING, now=NOON)).overrides == []


@pytest.mark.parametrize("person", [BOB, MARA, *NOT_THEIRS[:-1]], ids=by_id)
async def test_who_may_not_import(db: Database, person: Person) -> None:
    with pytest.raises(Denied):
        await run(db, DATED, person)


async def test_an_admin_of_another_workspace_finds_no_such_team(db: Database) -> None:
    report = await run(db, DATED, STRANGER)
    assert "There is no team “Billing”" in report_lines(report, Text())[1]


async def test_home_names_the_next_shift(db: Database) -> None:
    await add(db, draft=replace(EARLY, people=(ALICE.id,)))
    async with db.read(WORKSPACE) as tx:
        mine = await service.mine(tx, ALICE, now=NOON + timedelta(hours=6))
        assert mine.shift is not None
        assert mine.shift.start == datetime(2026, 3, 3, 8, tzinfo=UTC)
        assert (await service.mine(tx, cast.CHARLIE, now=NOON)).shift is None
