"""What leads see in private: whom nobody has thanked for long, how widely thanks are spread, and the manager's hints."""

from datetime import timedelta

import pytest

from bot.errors import Denied
from bot.people import Person, Role
from bot.rules.absences import Absence
from bot.rules.absences import Kind as AbsenceKind
from bot.rules.kudos import Flag, FlagKind, Kudos
from bot.rules.kudos.breadth import Breadth
from bot.services.kudos import leading
from storage import absences, kudos, members
from storage.base import new_id
from storage.database import Database
from tests import casebook
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
from tests.services.floor import by_id
from tests.thanks import decide, take_back, thank

WEEK = timedelta(days=7)


async def missed(db: Database, person: Person = BOB) -> list[tuple[str, int | None]]:
    seen = await leading.see_team(db, person, BILLING, now=NOON)
    return [(one.person_id, one.weeks) for one in seen.missed]


async def flag(db: Database, about: Kudos, kind: FlagKind, receiver: Person) -> None:
    async with db.write(WORKSPACE) as tx:
        found = Flag(
            WORKSPACE, new_id(), BILLING, kind, about.id, about.giver_id, receiver.id, NOON
        )
        await kudos.add_flag(tx, found)


async def test_leads_see_whom_nobody_has_thanked_for_long(db: Database) -> None:
    """By name. Not the manager, nor who only reads, nor whoever asks."""
    await casebook.set_up(db)
    await thank(db, BOB, ALICE, at=NOON - 9 * WEEK)
    assert await missed(db) == [(ALICE.id, 9), (BEN.id, None)]
    assert await missed(db, MARA) == [(ALICE.id, 9), (BEN.id, None), (BOB.id, None)]


async def test_any_thanks_count_from_whomever_and_private_ones_too(db: Database) -> None:
    await casebook.set_up(db)
    await thank(db, DAN, ALICE, at=NOON - WEEK, is_public=False)
    await thank(db, CHARLIE, BEN, at=NOON - WEEK, team_id=SHIPPING)
    assert await missed(db) == []


async def test_what_was_taken_back_was_never_given(db: Database) -> None:
    await casebook.set_up(db)
    await thank(db, BOB, ALICE, at=NOON - 9 * WEEK)
    made = await thank(db, BOB, ALICE, at=NOON - timedelta(minutes=5))
    await take_back(db, made, now=NOON)
    assert (ALICE.id, 9) in await missed(db)


async def test_the_team_decides_how_long_is_long(db: Database) -> None:
    await casebook.set_up(db)
    await thank(db, BOB, ALICE, BEN, at=NOON - 3 * WEEK)
    assert await missed(db) == []
    await decide(db, quiet_weeks=2)
    assert await missed(db) == [(ALICE.id, 3), (BEN.id, 3)]


async def test_who_is_away_is_marked(db: Database) -> None:
    await casebook.set_up(db)
    async with db.write(WORKSPACE) as tx:
        for person, days in ((ALICE, 0), (BEN, 1)):
            start = NOON + timedelta(days=days, hours=-1)
            absence = Absence(WORKSPACE, new_id(), person.id, AbsenceKind.SICK, start, start + WEEK)
            await absences.add(tx, absence)
    seen = await leading.see_team(db, BOB, "", now=NOON)
    assert [(one.person_id, one.is_away) for one in seen.missed] == [
        (ALICE.id, True),
        (BEN.id, False),
    ]


async def test_breadth_is_over_eight_weeks_and_counts_private_ones(db: Database) -> None:
    await casebook.set_up(db)
    await thank(db, ALICE, BOB, is_public=False, at=NOON - WEEK)
    await thank(db, BEN, DAN, team_id=SHIPPING, at=NOON - WEEK)
    await thank(db, MARA, BEN, at=NOON - 9 * WEEK)
    seen = await leading.see_team(db, BOB, "", now=NOON)
    assert seen.breadth == Breadth(people=4, gave=2, got=1, pairs=1)


async def test_only_the_manager_sees_hints_and_of_private_ones_no_names(db: Database) -> None:
    await casebook.set_up(db)
    public = await thank(db, ALICE, BEN)
    private = await thank(db, BOB, BEN, is_public=False)
    own = await thank(db, ALICE, MARA)
    await flag(db, public, FlagKind.SAME_WORDS, BEN)
    await flag(db, private, FlagKind.EACH_OTHER, BEN)
    await flag(db, own, FlagKind.EACH_OTHER, MARA)
    hints = (await leading.see_team(db, MARA, "", now=NOON)).hints
    assert hints
    assert [one.giver_id for one in hints.public] == [ALICE.id]
    assert hints.private == 1
    assert (await leading.see_team(db, BOB, "", now=NOON)).hints is None


async def test_hints_pass(db: Database) -> None:
    await casebook.set_up(db)
    await flag(db, await thank(db, ALICE, BEN), FlagKind.SAME_WORDS, BEN)
    later = NOON + timedelta(days=31)
    hints = (await leading.see_team(db, MARA, "", now=later)).hints
    assert hints
    assert (list(hints.public), hints.private) == ([], 0)


@pytest.mark.parametrize("person", [ALICE, OLGA, ADA, NOBODY, STRANGER], ids=by_id)
async def test_who_leads_nobody_sees_none_of_it(db: Database, person: Person) -> None:
    await casebook.set_up(db)
    with pytest.raises(Denied):
        await leading.see_team(db, person, BILLING, now=NOON)


async def test_another_teams_lead_sees_only_their_own(db: Database) -> None:
    await casebook.set_up(db)
    with pytest.raises(Denied):
        await leading.see_team(db, CHARLIE, BILLING, now=NOON)
    seen = await leading.see_team(db, CHARLIE, "", now=NOON)
    assert seen.team.id == SHIPPING


async def test_who_leads_several_teams_chooses(db: Database) -> None:
    await casebook.set_up(db)
    async with db.write(WORKSPACE) as tx:
        await members.add(tx, SHIPPING, Role.LEAD, [BOB.id])
    both = Person(
        WORKSPACE,
        BOB.id,
        roles={BILLING: frozenset({Role.LEAD}), SHIPPING: frozenset({Role.LEAD})},
    )
    seen = await leading.see_team(db, both, SHIPPING, now=NOON)
    assert seen.team.id == SHIPPING
    assert [one.id for one in seen.teams] == [BILLING, SHIPPING]
