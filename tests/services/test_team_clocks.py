"""Setting a team's clocks: kept, refused by field, lost by the second of two, and not everybody's to set."""

from dataclasses import replace

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.severities import CLAIM_MINUTES, Severity
from bot.rules.team_clocks import ClocksDraft, clocks_of
from bot.rules.teams import Team
from bot.services import escalations
from bot.services import teams as service
from bot.text import Text
from bot.views.escalations import words
from storage.database import Database
from tests.casebook import DRAFT, set_up
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
    STRANGER,
)
from tests.services.floor import by_id

CLOCKS = ClocksDraft(
    {Severity.HIGH: "P2"}, {**CLAIM_MINUTES, Severity.HIGH: 7}, amount="500", currency="EUR"
)
T = Text()


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await set_up(db)


async def put(db: Database, person: Person, draft: ClocksDraft = CLOCKS, key: str = "1") -> Team:
    team = await service.open_clocks(db, person, BILLING)
    return await service.set_clocks(db, person, team, draft, key=key, now=NOON)


@pytest.mark.parametrize("person", [BOB, BEN, MARA, ADA], ids=by_id)
async def test_who_may_set_them(db: Database, person: Person) -> None:
    await put(db, person)
    team = await service.open_clocks(db, person, BILLING)
    assert (team.severity_names, team.claim_minutes[Severity.HIGH]) == ({Severity.HIGH: "P2"}, 7)
    assert (team.budget_minor, team.budget_currency, team.version) == (50_000, "EUR", 2)
    again = await put(db, person, clocks_of(team), key="2")
    assert again == replace(team, version=3)


@pytest.mark.parametrize("person", [ALICE, OLGA, CHARLIE, DAN, NOBODY, STRANGER], ids=by_id)
async def test_who_may_not(db: Database, person: Person) -> None:
    nothing: type[Exception] = Refused if person is STRANGER else Denied
    team = await service.open_clocks(db, BOB, BILLING)
    for doing in (
        service.open_clocks(db, person, BILLING),
        service.set_clocks(db, person, team, CLOCKS, key="x", now=NOON),
    ):
        with pytest.raises(nothing):
            await doing
    [seen] = [one for one in (await service.set_up(db, BOB)).teams if one.team.id == BILLING]
    assert (seen.may_set_clocks, seen.may_edit) == (True, False)


async def test_what_is_wrong_is_said_and_nothing_is_kept(db: Database) -> None:
    with pytest.raises(FormProblems) as refused:
        await put(db, BOB, replace(CLOCKS, claim={}, amount="-1"))
    assert set(refused.value.problems) == {*(f"claim_{one}" for one in Severity), "amount"}
    assert (await service.open_clocks(db, BOB, BILLING)).version == 1


async def test_twice_is_harmless_and_the_second_of_two_is_told(db: Database) -> None:
    seen = await service.open_clocks(db, BOB, BILLING)
    await put(db, BOB)
    with pytest.raises(AlreadyHeard):
        await put(db, BOB)
    with pytest.raises(Stale):
        await service.set_clocks(db, BEN, seen, ClocksDraft(), key="2", now=NOON)


async def test_the_team_form_leaves_them_alone(db: Database) -> None:
    await put(db, BOB)
    team, draft = await service.open_team(db, MARA, BILLING)
    edited = await service.edit_team(db, MARA, team, draft, key="edit", now=NOON)
    assert clocks_of(edited) == clocks_of(team)
    assert edited.severity_names == {Severity.HIGH: "P2"}


async def test_a_case_is_said_as_its_team_says_now(db: Database) -> None:
    case = await escalations.escalate(db, ALICE, BILLING, DRAFT, key="new", now=NOON)
    before = (await escalations.see(db, BOB, case.id)).escalation
    assert words.severity(before, T) == "High"
    await put(db, BOB)
    seen = await escalations.see(db, BOB, case.id)
    assert words.severity(seen.escalation, T) == "P2"
    assert seen.escalation == before  # it is no part of the case
    assert words.value("severity", "high", T, seen.team.severity_names) == "P2"
    assert words.value("severity", "low", T, seen.team.severity_names) == "Low"
