"""Who sees whose numbers, said from what was promised to people and not from the permission table; and what they see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Denied, Refused
from bot.people import Person
from bot.rules.metrics.look.looked import Apart, Overview
from bot.rules.metrics.look.looks import Look, Versus, View
from bot.rules.metrics.look.setting import SettingsDraft
from bot.rules.metrics.store.slices import CHANNEL, PERSON
from bot.services.metrics.look import listing, looking, setting, telling_apart
from bot.services.metrics.store import numbers
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
    OLGA,
    SHIPPING,
    STRANGER,
)
from tests.services.metrics import lookers
from tests.services.metrics.lookers import SERVICE, TESS, TUESDAY, VERA
from tests.services.metrics.store import FIRST, bring, fact

PEOPLE = (ALICE, TESS, BOB, MARA, VERA, OLGA, ADA, CHARLIE, DAN, NOBODY, STRANGER)


@pytest.fixture(autouse=True)
async def floor(db: Database) -> None:
    await lookers.departments(db)


async def overview(db: Database, person: Person, team_id: str = BILLING) -> Overview:
    return await looking.overview(db, person, Look(team_id=team_id), now=TUESDAY)


async def apart(db: Database, person: Person, by: str = PERSON, **more: str) -> Apart:
    look = replace(Look(View.TEAM, BILLING, metric="csat"), by=by, **more)  # type: ignore[arg-type]
    return await telling_apart.see(db, person, look, now=TUESDAY)


async def theirs(db: Database, person: Person, whom: str) -> Overview:
    look = Look(View.PERSON, BILLING, person_id=whom)
    return await looking.theirs(db, person, look, now=TUESDAY)


def told(seen: Overview) -> dict[str, float | None]:
    return {one.metric.key: one.value.amount for one in seen.lines}


def sees_team(person: Person) -> bool:
    """A team's numbers are for its people, whoever manages above it, and admins."""
    return person in (ALICE, TESS, BOB, MARA, OLGA, VERA, ADA)


SUPERIORS = {
    ALICE.id: {BOB.id, MARA.id, VERA.id},
    TESS.id: {BOB.id, MARA.id, VERA.id},
    BOB.id: {MARA.id, VERA.id},
    MARA.id: {VERA.id},
}
"""Whom each is led by: leads lead agents, managers leads, and who manages the department the managers."""


def sees_person(person: Person, whom: str) -> bool:
    """Individual numbers are for the person and their chain. Observers and admins are in nobody's chain."""
    return person.id == whom or person.id in SUPERIORS[whom]


async def test_who_sees_what(db: Database) -> None:
    await lookers.numbers(db)
    for person in PEOPLE:
        if sees_team(person):
            await sees_the_team(db, person)
        else:
            for seen in (overview(db, person), apart(db, person)):
                with pytest.raises(Refused):
                    await seen
        for whom in SUPERIORS:
            if sees_person(person, whom):
                assert told(await theirs(db, person, whom))["csat"] is not None
            else:
                with pytest.raises(Refused):
                    await theirs(db, person, whom)


async def sees_the_team(db: Database, person: Person) -> None:
    """With the people in it whom they lead, and themselves if they lead anybody."""
    assert told(await overview(db, person))["csat"] == pytest.approx(100 * 22 / 29)
    whole = await apart(db, person)
    listed = {one.person_id for one in whole.members.all if one.person_id}
    leads = any(person.id in some for some in SUPERIORS.values())
    assert listed == {one for one in SUPERIORS if leads and sees_person(person, one)}, person.name
    assert (PERSON in whole.slices) == leads


async def test_mine_are_nobody_elses(db: Database) -> None:
    await lookers.numbers(db)
    own = {ALICE.id: 75, TESS.id: 75, BOB.id: 100, MARA.id: 100, DAN.id: 100}
    for person in PEOPLE[:-1]:
        look = Look(View.PERSON, BILLING, person_id=ALICE.id)
        seen = await looking.mine(db, person, look, now=TUESDAY)
        assert told(seen).get("csat") == own.get(person.id), person.name
        if person.id in SUPERIORS:
            assert set(seen.readers) - {BEN.id} == SUPERIORS[person.id]


async def test_a_department_is_all_of_its_teams(db: Database) -> None:
    await lookers.numbers(db)
    seen = await overview(db, VERA, SERVICE)
    assert seen.standing
    assert seen.standing.together == 2
    assert told(seen)["csat"] == pytest.approx(100 * 22 / 29)
    assert [one.name for one in seen.standing.teams] == ["Billing", "Service"]
    look = Look(View.TEAM, SERVICE, metric="csat")
    whole = await telling_apart.see(db, VERA, look, now=TUESDAY)
    assert {one.team_id for one in whole.members.all} == {BILLING, ""}


async def test_a_name_that_is_nobody_yet_is_for_who_leads(db: Database) -> None:
    await lookers.numbers(db)
    [zed] = [one for one in (await apart(db, BOB)).members.all if one.name == "Zed"]
    assert (zed.person_id, zed.team_id, zed.value.amount) == ("", "", 0)
    assert (await apart(db, BOB)).members.hidden == 1
    assert "Zed" not in str(await apart(db, ALICE))
    assert "Zed" not in str(await apart(db, OLGA))


async def test_people_are_in_no_order_until_their_team_wants_one(db: Database) -> None:
    await lookers.numbers(db)
    listed = (await apart(db, MARA)).members
    assert (listed.ranked, [one.name for one in listed.all]) == (
        0,
        ["Alice", "Bob", "Mara", TESS.id, "Zed"],
    )
    draft = SettingsDraft(has_ranking=True, minimum_n=10)
    await setting.save(db, BOB, BILLING, 0, draft, key="s", now=TUESDAY)
    listed = (await apart(db, MARA)).members
    assert listed.ranked == 1
    assert [one.is_few for one in listed.all] == [False, True, True, True, True]


async def test_by_channel_is_for_all_who_see_the_team(db: Database) -> None:
    await lookers.numbers(db)
    seen = await apart(db, OLGA, CHANNEL)
    assert {one.name: one.value.n for one in seen.members.all} == {"Chat": 20, "Phone": 9}
    with pytest.raises(Denied):
        await telling_apart.see(db, OLGA, Look(View.TEAM, SHIPPING), now=TUESDAY)


async def test_a_column_with_peoples_names_tells_nobody_whose_numbers_these_are(
    db: Database,
) -> None:
    await lookers.numbers(db)
    one = replace(fact("x", ratings=1, ratings_good=0), channel=" zed", topic="Refunds")
    await bring(db, [one], feed="Other")
    for person in (ALICE, BOB):
        listed = (await apart(db, person, CHANNEL)).members
        assert ({one.name for one in listed.all}, listed.hidden) == ({"Chat", "Phone"}, 1)


async def compare(db: Database, person: Person, versus: Versus) -> Apart:
    look = Look(View.COMPARE, BILLING, metric="csat", versus=versus)
    return await telling_apart.compare(db, person, look, now=TUESDAY)


async def test_teams_side_by_side_are_those_one_sees(db: Database) -> None:
    await lookers.numbers(db)
    seen = await compare(db, ADA, Versus.TEAMS)
    amounts = {one.name: one.value.amount for one in seen.members.all}
    assert amounts == {
        "Billing": pytest.approx(100 * 22 / 29),
        "Service": amounts["Billing"],
        "Shipping": 100,
    }
    assert {one.name for one in (await compare(db, VERA, Versus.TEAMS)).members.all} == {
        "Billing",
        "Service",
    }
    alone = await compare(db, ALICE, Versus.TEAMS)
    assert alone.standing.look.versus is Versus.PERIODS
    assert [one.key for one in alone.members.all] == ["csat"]


async def test_people_side_by_side_are_for_who_leads_them(db: Database) -> None:
    await lookers.numbers(db)
    seen = await compare(db, BOB, Versus.PEOPLE)
    assert {one.person_id for one in seen.members.all} == {ALICE.id, TESS.id, BOB.id, ""}
    for person in (ALICE, OLGA, ADA):
        assert (await compare(db, person, Versus.PEOPLE)).standing.look.versus is Versus.PERIODS


async def test_without_any_numbers_it_says_so(db: Database) -> None:
    seen = await overview(db, ALICE)
    assert (seen.metrics, seen.newest) == ((), None)
    assert not (await apart(db, BOB)).members.all
    assert not (await compare(db, BOB, Versus.PERIODS)).members.all
    assert not (await looking.mine(db, NOBODY, Look(View.PERSON), now=TUESDAY)).is_linked


async def test_days_without_numbers_tell_how_old_the_newest_are(db: Database) -> None:
    await lookers.numbers(db)
    later = TUESDAY + timedelta(days=400)
    seen = await looking.overview(db, BOB, Look(team_id=BILLING), now=later)
    assert (seen.metrics, seen.newest) == ((), FIRST)
    back = replace(seen.look, back=57)
    assert (await looking.overview(db, BOB, back, now=later)).period.first == FIRST


async def test_a_team_is_found_by_a_part_of_its_name(db: Database) -> None:
    assert (await looking.team_called(db, ALICE, " bill ")).id == BILLING
    for person, name in ((ALICE, "shipping"), (ADA, "i"), (NOBODY, "billing")):
        with pytest.raises(Refused, match="no team"):
            await looking.team_called(db, person, name)


async def test_only_the_page_that_is_shown_is_read_and_days_that_just_changed_are_in_it(
    db: Database,
) -> None:
    await bring(
        db, [fact(str(one), person=f"P{one:02}", ratings=1, ratings_good=1) for one in range(40)]
    )
    for page, values in ((0, [True] * 15 + [False] * 25), (2, [False] * 30 + [True] * 10)):
        look = Look(View.TEAM, BILLING, metric="csat", page=page)
        listed = (await telling_apart.see(db, BOB, look, now=TUESDAY)).members.all
        assert [one.name for one in listed] == [f"P{one:02}" for one in range(40)]
        assert [one.value.amount is not None for one in listed] == values


async def test_too_many_to_rank_while_somebody_waits_stay_in_the_order_of_names(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lookers.numbers(db)
    draft = SettingsDraft(has_ranking=True, minimum_n=10)
    await setting.save(db, BOB, BILLING, 0, draft, key="s", now=TUESDAY)
    monkeypatch.setattr(listing, "MOST_RANKED", 10)
    listed = (await apart(db, MARA)).members
    assert (listed.ranked, listed.is_too_much) == (0, True)
    assert listed.all[0].name == "Alice"


async def test_so_much_has_just_come_in_that_one_has_to_wait(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring(db, [fact(str(one), contacts=1) for one in range(3)])
    monkeypatch.setattr(numbers, "MOST_FRESH", 2)
    for view in View:
        look = Look(view, BILLING, person_id=BOB.id)
        with pytest.raises(Refused, match="Please try again in a minute"):
            await _see(db, look)


async def _see(db: Database, look: Look) -> None:
    match look.view:
        case View.OVERVIEW:
            await looking.overview(db, BOB, look, now=TUESDAY)
        case View.PERSON:
            await looking.theirs(db, BOB, look, now=TUESDAY)
        case View.TEAM:
            await telling_apart.see(db, BOB, look, now=TUESDAY)
        case View.COMPARE:
            await telling_apart.compare(db, BOB, look, now=TUESDAY)
