"""What people can do to policies: leads set them, others see them, twice is harmless, and of two at once the second is told."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person, system
from bot.rules.people import Profile
from bot.rules.policies import Outside, Policy, Target, TargetKind, Why, default_policy
from bot.rules.policies.doubts import Place
from bot.rules.policies.drafts import LevelDraft, SettingsDraft, TargetsDraft
from bot.rules.severities import Severity
from bot.rules.shifts import Pattern
from bot.rules.teams import Group
from bot.services import policies as service
from bot.services import teams as team_service
from bot.services.policies import Seen
from storage import people, shifts
from storage.database import Database
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
from tests.services.floor import BOT, by_id, furnish

K = TargetKind
OURS = SettingsDraft("Ours", repeats=2, repeat_from=1)
LEADS = LevelDraft(TargetsDraft(kinds=("leads",)), 20)
NOT_THEIRS = [ALICE, OLGA, CHARLIE, DAN, NOBODY, STRANGER]


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def add(
    db: Database, draft: SettingsDraft = OURS, person: Person = BOB, key: str = "add"
) -> Policy:
    return await service.add(db, person, BILLING, draft, key=key, now=NOON)


def seen(policy: Policy) -> Seen:
    return Seen(policy.team_id, policy.id, policy.version)


async def known(db: Database, person: Person = ADA) -> list[Policy]:
    return list((await service.open_team(db, person, BILLING, now=NOON)).policies)


async def problems(doing: Awaitable[object]) -> set[str]:
    with pytest.raises(FormProblems) as refused:
        await doing
    return set(refused.value.problems)


@pytest.mark.parametrize("person", [BOB, MARA, ADA], ids=by_id)
async def test_who_may_set_policies(db: Database, person: Person) -> None:
    """A new one begins with Baton's own levels, so that it works from its first moment."""
    policy = await add(db, person=person)
    default = default_policy(
        (await service.open_team(db, ADA, BILLING, now=NOON)).team, Severity.HIGH
    )
    assert (policy.levels, policy.warned) == (default.levels, default.warned)
    policy = await service.put_level(db, person, seen(policy), None, LEADS, key="2", now=NOON)
    policy = await service.move_level(db, person, seen(policy), 2, -1, key="3", now=NOON)
    assert [one.minutes for one in policy.levels] == [30, 20, 30]
    policy = await service.remove_level(db, person, seen(policy), 0, key="4", now=NOON)
    assert policy.repeat_from == 0
    late = TargetsDraft(("manager",), (BEN.id,))
    policy = await service.set_hearers(
        db, person, seen(policy), Place.BREACHED, late, key="5", now=NOON
    )
    assert policy.breached == (Target(K.MANAGER), Target(K.PERSON, BEN.id))
    critical = replace(OURS, severities=("critical",), repeat_from=0)
    policy = await service.change_settings(db, person, seen(policy), critical, key="6", now=NOON)
    assert await known(db) == [policy]
    assert not (await service.open_team(db, ALICE, BILLING, now=NOON)).may_set
    await service.remove(db, person, seen(policy), key="7", now=NOON)
    assert await known(db) == []


@pytest.mark.parametrize("person", NOT_THEIRS, ids=by_id)
async def test_who_may_not(db: Database, person: Person) -> None:
    """Nor does the refusal of a stranger say that there is such a team."""
    policy = seen(await add(db))
    nothing: type[Exception] = Refused if person is STRANGER else Denied
    told = TargetsDraft(kinds=("leads",))
    for doing in (
        service.add(db, person, BILLING, OURS, key="2", now=NOON),
        service.change_settings(db, person, policy, OURS, key="2", now=NOON),
        service.put_level(db, person, policy, 0, LEADS, key="2", now=NOON),
        service.move_level(db, person, policy, 0, 1, key="2", now=NOON),
        service.remove_level(db, person, policy, 0, key="2", now=NOON),
        service.set_hearers(db, person, policy, Place.WARNED, told, key="2", now=NOON),
        service.remove(db, person, policy, key="2", now=NOON),
        service.open_to_set(db, person, BILLING, policy.policy_id, now=NOON),
    ):
        with pytest.raises(nothing):
            await doing
    assert [one.version for one in await known(db)] == [1]


@pytest.mark.parametrize("person", [CHARLIE, DAN, NOBODY, STRANGER], ids=by_id)
async def test_who_is_not_of_the_team_sees_nothing(db: Database, person: Person) -> None:
    await add(db)
    with pytest.raises(Refused):
        await service.open_team(db, person, BILLING, now=NOON)


async def test_a_policy_is_not_reached_through_another_team(db: Database) -> None:
    policy = await add(db)
    theirs = Seen(SHIPPING, policy.id, 1)
    with pytest.raises(Stale):
        await service.remove(db, CHARLIE, theirs, key="2", now=NOON)
    with pytest.raises(Stale):
        await service.open_to_set(db, CHARLIE, SHIPPING, policy.id, now=NOON)


async def test_the_same_request_twice_is_one_change(db: Database) -> None:
    policy = await add(db)
    with pytest.raises(AlreadyHeard):
        await add(db)
    await service.put_level(db, BOB, seen(policy), None, LEADS, key="2", now=NOON)
    with pytest.raises(AlreadyHeard):
        await service.put_level(db, BOB, seen(policy), None, LEADS, key="2", now=NOON)
    assert [len(one.levels) for one in await known(db)] == [3]


async def test_two_policies_at_once_for_the_same_severity_and_one_is_refused(
    db: Database,
) -> None:
    critical = SettingsDraft("A", ("critical",)), SettingsDraft("B", ("critical",))
    found = await asyncio.gather(
        *(add(db, one, person, one.name) for one, person in zip(critical, (BOB, BEN), strict=True)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in found) == ["FormProblems", "Policy"]
    assert len(await known(db)) == 1


CHANGES: dict[str, Callable[[Database, Seen], Awaitable[object]]] = {
    "settings": lambda db, at: service.change_settings(db, BEN, at, OURS, key="s", now=NOON),
    "a level": lambda db, at: service.put_level(db, BEN, at, 0, LEADS, key="s", now=NOON),
    "a new level": lambda db, at: service.put_level(db, BEN, at, None, LEADS, key="s", now=NOON),
    "a move": lambda db, at: service.move_level(db, BEN, at, 0, 1, key="s", now=NOON),
    "a level out": lambda db, at: service.remove_level(db, BEN, at, 0, key="s", now=NOON),
    "who hears": lambda db, at: service.set_hearers(
        db, BEN, at, Place.WARNED, LEADS.told, key="s", now=NOON
    ),
    "out": lambda db, at: service.remove(db, BEN, at, key="s", now=NOON),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_two_leads_at_once_and_the_second_is_told(db: Database, change: str) -> None:
    policy = await add(db)
    await service.change_settings(
        db, BOB, seen(policy), replace(OURS, name="Bob's"), key="2", now=NOON
    )
    with pytest.raises(Stale, match="Somebody changed this policy"):
        await CHANGES[change](db, seen(policy))
    assert [one.name for one in await known(db)] == ["Bob's"]
    await service.remove(db, BOB, replace(seen(policy), version=2), key="3", now=NOON)
    with pytest.raises(Stale, match="gone"):
        await CHANGES[change](db, seen(policy))


@pytest.mark.parametrize("index", [-1, 2])
async def test_a_level_that_is_not_there(db: Database, index: int) -> None:
    policy = seen(await add(db))
    for doing in (
        service.put_level(db, BOB, policy, index, LEADS, key="2", now=NOON),
        service.move_level(db, BOB, policy, index, 1, key="2", now=NOON),
        service.remove_level(db, BOB, policy, index, key="2", now=NOON),
    ):
        with pytest.raises(Stale):
            await doing


async def test_what_is_wrong_is_said_by_field_and_nothing_is_saved(db: Database) -> None:
    policy = seen(await add(db))
    wrong = SettingsDraft("", ("dire",), repeats=10, repeat_from=9, outside="other")
    fields = {"name", "severities", "repeats", "repeat_from", "other"}
    assert await problems(add(db, wrong, key="2")) == fields
    doing = service.change_settings(db, BOB, policy, wrong, key="3", now=NOON)
    assert await problems(doing) == fields
    doing = service.put_level(db, BOB, policy, 0, LevelDraft(), key="4", now=NOON)
    assert await problems(doing) == {"kinds", "minutes"}
    bots = TargetsDraft(people=("U0ROBOT",), round=("U0LEFT", BOT))
    doing = service.put_level(db, BOB, policy, 0, LevelDraft(bots, 5), key="5", now=NOON)
    assert await problems(doing) == {"people", "round"}
    outsiders = TargetsDraft(people=(CHARLIE.id,))
    doing = service.set_hearers(db, BOB, policy, Place.WARNED, outsiders, key="6", now=NOON)
    assert await problems(doing) == {"people"}
    assert [one.version for one in await known(db)] == [1]


async def test_a_policy_keeps_a_level_and_has_ten_at_most(db: Database) -> None:
    policy = await add(db)
    for number in range(8):
        policy = await service.put_level(
            db, BOB, seen(policy), None, LEADS, key=f"l{number}", now=NOON
        )
    doing = service.put_level(db, BOB, seen(policy), None, LEADS, key="11", now=NOON)
    assert await problems(doing) == {"kinds"}
    for number in range(9):
        policy = await service.remove_level(db, BOB, seen(policy), 0, key=f"r{number}", now=NOON)
    with pytest.raises(Refused, match="needs a level"):
        await service.remove_level(db, BOB, seen(policy), 0, key="last", now=NOON)


async def test_a_team_has_twenty_policies_at_most(db: Database) -> None:
    for number in range(20):
        await add(db, SettingsDraft(f"P{number}", only_instead=True), key=f"p{number}")
    with pytest.raises(Refused, match="20 policies"):
        await add(db, SettingsDraft("One more", only_instead=True), key="more")


async def test_who_takes_over_from_another_stays_until_that_is_changed(db: Database) -> None:
    night = await add(db, SettingsDraft("Night", only_instead=True), key="1")
    hands_over = replace(OURS, outside=Outside.OTHER, other=night.id)
    day = await add(db, hands_over, key="2")
    assert (day.outside, day.other_policy_id) == (Outside.OTHER, night.id)
    with pytest.raises(Refused, match="hands over"):
        await service.remove(db, BOB, seen(night), key="3", now=NOON)
    back = SettingsDraft("Night", only_instead=True, outside=Outside.OTHER, other=day.id)
    doing = service.change_settings(db, BOB, seen(night), back, key="4", now=NOON)
    assert await problems(doing) == {"other"}
    await service.change_settings(db, BOB, seen(day), OURS, key="5", now=NOON)
    await service.remove(db, BOB, seen(night), key="6", now=NOON)


async def test_a_user_group_that_is_named_is_followed(db: Database) -> None:
    policy = await add(db)
    group = Group("S1", "@night", ("U0NEW", BOB.id))
    level = LevelDraft(TargetsDraft(groups=(group,)), 5)
    assert not await team_service.is_group_used(db, BOB, "S1")
    await service.put_level(db, BOB, seen(policy), 0, level, key="2", now=NOON)
    assert await team_service.is_group_used(db, BOB, "S1")
    opened = await service.open_team(db, BOB, BILLING, now=NOON)
    assert opened.groups == {"S1": Group("S1", "@night", (BOB.id, "U0NEW"))}
    assert opened.doubts(opened.policies[0]) == []
    now_empty = Group("S1")
    await team_service.follow_group(db, system(WORKSPACE), now_empty, key="3", now=NOON)
    opened = await service.open_team(db, BOB, BILLING, now=NOON)
    assert [one.alone for one in opened.doubts(opened.policies[0])] == [True]


async def test_a_lead_sees_which_steps_reach_nobody(db: Database) -> None:
    policy = await add(db)
    level = LevelDraft(TargetsDraft(people=(MARA.id,), channels=("C1",)), 5)
    await service.put_level(db, BOB, seen(policy), 0, level, key="2", now=NOON)
    opened = await service.open_team(db, BOB, BILLING, now=NOON)
    assert opened.doubts(opened.policies[0]) == []
    assert opened.only_slack_knows() == (frozenset({"C1"}), frozenset())
    async with db.write(WORKSPACE) as tx:
        await people.save(tx, Profile(MARA.id, name="Mara", is_deleted=True, updated=99))
    opened = (await service.open_team(db, BOB, BILLING, now=NOON)).without(frozenset({"C1"}))
    found = [(one.place, one.level, one.alone) for one in opened.doubts(opened.policies[0])]
    assert found == [
        (Place.LEVEL, 0, True),
        (Place.LEVEL, 0, True),
        (Place.LEVEL, 1, False),
    ]


async def test_what_baton_does_by_itself_is_looked_at_as_well(db: Database) -> None:
    opened = await service.open_team(db, BOB, BILLING, now=NOON)
    default = default_policy(opened.team, Severity.HIGH)
    assert opened.doubts(default) == []
    shipping = await service.open_team(db, CHARLIE, SHIPPING, now=NOON)
    assert {one.why for one in shipping.doubts(default)} == {Why.NO_MANAGER}
    early = Pattern("s1", BILLING, ("mon",), time(8), time(16), (ALICE.id,))
    async with db.write(WORKSPACE) as tx:
        await shifts.add_pattern(tx, early)
    opened = await service.open_team(db, BOB, BILLING, now=NOON)
    assert {one.why for one in opened.doubts(default)} == {Why.NEVER_ON_SHIFT}
