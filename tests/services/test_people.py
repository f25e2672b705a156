"""What Slack says about people, and who is admin."""

from dataclasses import replace

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems
from bot.people import Person, Role, system
from bot.rules.people import Profile
from bot.services import people as service
from storage import people
from storage.database import Database
from tests import cast
from tests.cast import ADA, ALICE, BILLING, BOB, MARA, NOBODY, NOON, WORKSPACE
from tests.services.floor import SVEN, by_id, furnish, people_of

SLACK = system(WORKSPACE)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def find(db: Database, person_id: str) -> Person:
    found = await service.find(db, WORKSPACE, person_id)
    assert found is not None
    return found


async def test_a_person_has_the_roles_of_their_teams(db: Database) -> None:
    alice = await find(db, ALICE.id)
    assert (alice.name, alice.zone, alice.is_admin) == ("Alice", "Europe/Berlin", False)
    assert alice.roles == {BILLING: frozenset({Role.AGENT})}
    assert (await find(db, ADA.id)).is_admin


async def test_zone_and_locale_follow_slack_and_silence_changes_nothing(db: Database) -> None:
    told = Profile(ALICE.id, name="Alice", zone="Asia/Tokyo", locale="ja-JP", updated=20)
    assert await service.save_profiles(db, SLACK, [told], now=NOON) == [ALICE.id]
    silent = Profile(ALICE.id, name="Ali", updated=21)
    await service.save_profiles(db, SLACK, [silent], now=NOON)
    alice = await find(db, ALICE.id)
    assert (alice.name, alice.zone, alice.locale) == ("Ali", "Asia/Tokyo", "ja-JP")


async def test_the_same_news_again_and_older_ones_change_nothing(db: Database) -> None:
    told = Profile(ALICE.id, name="Ali", zone="Europe/Berlin", updated=20)
    await service.save_profiles(db, SLACK, [told], now=NOON)
    older = replace(told, name="Alicia", updated=19)
    assert await service.save_profiles(db, SLACK, [told, older], now=NOON) == []
    assert (await find(db, ALICE.id)).name == "Ali"


@pytest.mark.parametrize("is_bot", [False, True], ids=["left", "bot"])
async def test_who_has_left_has_no_roles_until_they_are_back(db: Database, is_bot: bool) -> None:
    gone = Profile(ADA.id, name="Ada", updated=20)
    await service.save_profiles(
        db, SLACK, [replace(gone, is_bot=is_bot, is_deleted=not is_bot)], now=NOON
    )
    assert not (await find(db, ADA.id)).is_admin
    bob = Profile(BOB.id, name="Bob", updated=20)
    await service.save_profiles(
        db, SLACK, [replace(bob, is_bot=is_bot, is_deleted=not is_bot)], now=NOON
    )
    assert (await find(db, BOB.id)).roles == {}
    assert BOB.id not in await people_of(db, BILLING)
    await service.save_profiles(db, SLACK, [replace(bob, updated=21)], now=NOON)
    assert BOB.id in await people_of(db, BILLING, Role.LEAD)


async def test_only_slack_says_who_somebody_is(db: Database) -> None:
    with pytest.raises(Denied):
        await service.save_profiles(db, ADA, [Profile(BOB.id, name="Bobby", updated=99)], now=NOON)


async def test_who_is_known_by_id_alone_is_still_unknown(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await people.add_unknown(tx, ["U0NEW", ALICE.id])
    assert await service.unknown(db, WORKSPACE, ["U0NEW", ALICE.id, "U0NEVER"]) == [
        "U0NEVER",
        "U0NEW",
    ]


async def test_a_change_wakes_those_who_remember_people(db: Database) -> None:
    woken: list[bool] = []
    db.on_commit("people", lambda: woken.append(True))
    told = Profile(ALICE.id, name="Ali", updated=20)
    await service.save_profiles(db, SLACK, [told], now=NOON)
    await service.save_profiles(db, SLACK, [told], now=NOON)
    assert woken == [True]


async def test_another_workspace_knows_none_of_them(db: Database) -> None:
    assert await service.find(db, cast.OTHER_WORKSPACE, ALICE.id) is None
    await service.save_profiles(
        db,
        system(cast.OTHER_WORKSPACE),
        [Profile(ALICE.id, name="X", updated=99)],
        now=NOON,
    )
    assert (await find(db, ALICE.id)).name == "Alice"


# admins


async def set_admins(db: Database, person: Person, *ids: str, key: str = "k") -> None:
    await service.set_admins(db, person, ids, key=key, now=NOON)


async def test_an_admin_says_who_is_admin(db: Database) -> None:
    await set_admins(db, ADA, ADA.id, MARA.id)
    assert await service.list_admins(db, replace(MARA, is_admin=True)) == [ADA.id, MARA.id]
    await set_admins(db, ADA, MARA.id, key="k2")
    assert await service.whom_to_ask(db, WORKSPACE) == [MARA.id]
    with pytest.raises(AlreadyHeard):
        await set_admins(db, ADA, ADA.id, key="k2")


@pytest.mark.parametrize("person", [ALICE, BOB, MARA, NOBODY, SVEN], ids=by_id)
async def test_nobody_else_does(db: Database, person: Person) -> None:
    with pytest.raises(Denied):
        await set_admins(db, person, person.id)
    with pytest.raises(Denied):
        await service.list_admins(db, person)


@pytest.mark.parametrize("ids", [[], ["U0ROBOT"], [ADA.id, "U0LEFT"]], ids=str)
async def test_somebody_who_can_answer_stays_admin(db: Database, ids: list[str]) -> None:
    with pytest.raises(FormProblems) as wrong:
        await set_admins(db, ADA, *ids)
    assert set(wrong.value.problems) == {"admins"}
    assert await service.whom_to_ask(db, WORKSPACE) == [ADA.id]


async def test_while_there_is_no_admin_the_owners_of_slack_are_asked(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        await people.set_admins(tx, [])
    assert await service.whom_to_ask(db, WORKSPACE) == [SVEN.id]
    assert await service.list_admins(db, SVEN) == [SVEN.id]
    await set_admins(db, SVEN, MARA.id)
    with pytest.raises(Denied):
        await set_admins(db, SVEN, SVEN.id, key="k2")
