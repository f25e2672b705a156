"""Making digests: leads do, others may not, twice is harmless, of two at once the second is told, and nothing is saved that is not right."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.metrics.digest.digests import DIGESTS_AT_MOST, Digest, DigestDraft
from bot.services.metrics.digest import building, digesting
from bot.services.metrics.digest.building import Seen
from bot.text import Text
from storage import teams
from storage.database import Database
from storage.metrics import digests as stored
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
from tests.services.metrics.digests import DRAFT, SUNDAY, make, rate, set_up
from tests.services.metrics.store import roll

NOT_THEIRS = [ALICE, OLGA, CHARLIE, DAN, NOBODY, STRANGER]
PRIVATE = replace(DRAFT, channel="", readers=(BOB.id,))


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await set_up(db)


def seen(digest: Digest) -> Seen:
    return Seen(digest.team_id, digest.id, digest.version)


async def known(db: Database, person: Person = BOB) -> list[Digest]:
    _teams, found = await building.list_digests(db, person, BILLING, now=NOON)
    return [one.digest for one in found]


async def problems(db: Database, draft: DigestDraft, person: Person = BOB) -> Mapping[str, Refused]:
    with pytest.raises(FormProblems) as refused:
        await make(db, draft, person=person)
    return refused.value.problems


@pytest.mark.parametrize("person", [BOB, MARA, ADA], ids=by_id)
async def test_who_may_make_digests(db: Database, person: Person) -> None:
    digest = await make(db, person=person)
    weekly = replace(DRAFT, cadence="weekly", weekday="wed", name=" Every  week ")
    changed = await building.save(db, person, seen(digest), weekly, key="2", now=NOON)
    [found] = await known(db, person)
    assert (found.name, found.on_day, found.version) == ("Every week", 2, 2)
    paused = await building.switch(
        db, person, replace(seen(changed), version=2), is_on=False, key="3", now=NOON
    )
    assert not paused.is_on
    await building.remove(db, person, replace(seen(paused), version=3), key="4", now=NOON)
    assert await known(db, person) == []
    assert digesting.DIGEST not in await casebook.timers(db)


@pytest.mark.parametrize("person", NOT_THEIRS, ids=by_id)
async def test_who_may_not(db: Database, person: Person) -> None:
    """Nor does the refusal of a stranger say that there is such a team."""
    digest = seen(await make(db))
    nothing: type[Exception] = Refused if person is STRANGER else Denied
    for doing in (
        building.list_digests(db, person, BILLING, now=NOON),
        building.open_form(db, person, BILLING),
        building.open_form(db, person, BILLING, digest.digest_id),
        building.save(db, person, Seen(BILLING), DRAFT, key="2", now=NOON),
        building.save(db, person, digest, DRAFT, key="2", now=NOON),
        building.preview(db, person, Seen(BILLING), DRAFT, now=NOON),
        building.send_test(db, person, Seen(BILLING), DRAFT, Text(), key="2", now=NOON),
        building.switch(db, person, digest, is_on=False, key="2", now=NOON),
        building.remove(db, person, digest, key="2", now=NOON),
    ):
        with pytest.raises(nothing):
            await doing
    assert [one.version for one in await known(db)] == [1]


async def test_a_digest_is_not_reached_through_another_team(db: Database) -> None:
    digest = await make(db)
    theirs = Seen(SHIPPING, digest.id, 1)
    for doing in (
        building.open_form(db, CHARLIE, SHIPPING, digest.id),
        building.save(db, CHARLIE, theirs, DRAFT, key="2", now=NOON),
        building.remove(db, CHARLIE, theirs, key="2", now=NOON),
    ):
        with pytest.raises(Stale):
            await doing


async def test_the_same_request_twice_is_one_digest(db: Database) -> None:
    digest = await make(db)
    with pytest.raises(AlreadyHeard):
        await make(db)
    await building.switch(db, BOB, seen(digest), is_on=False, key="2", now=NOON)
    with pytest.raises(AlreadyHeard):
        await building.switch(db, BOB, seen(digest), is_on=False, key="2", now=NOON)
    assert len(await known(db)) == 1


async def test_of_two_at_once_the_second_is_told(db: Database) -> None:
    digest = await make(db)
    found = await asyncio.gather(
        building.save(db, BOB, seen(digest), DRAFT, key="2", now=NOON),
        building.save(db, BEN, seen(digest), replace(DRAFT, name="B"), key="3", now=NOON),
        return_exceptions=True,
    )
    assert [isinstance(one, Stale) for one in found].count(True) == 1


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(DRAFT, name="  "), "name"),
        (replace(DRAFT, metrics=()), "metrics"),
        (replace(DRAFT, metrics=("csat", "LEAK")), "metrics"),
        (replace(DRAFT, metrics=("csat",) * 13), "metrics"),
        (replace(DRAFT, at=None), "at"),
        (replace(DRAFT, cadence="hourly"), "cadence"),
        (replace(DRAFT, cadence="weekly", weekday=""), "weekday"),
        (replace(DRAFT, cadence="monthly", working_day=None), "working_day"),
        (replace(DRAFT, channel=""), "channel"),
        (replace(DRAFT, readers=(BOB.id,)), "readers"),
        (replace(PRIVATE, readers=tuple(f"U{number}" for number in range(21))), "readers"),
        (replace(DRAFT, by_person=True), "channel"),
        (replace(DRAFT, about="person", person_id=ALICE.id), "channel"),
        (replace(PRIVATE, about="person"), "person"),
    ],
)
async def test_what_is_not_right_is_said_beside_its_field(
    db: Database, draft: DigestDraft, field: str
) -> None:
    assert set(await problems(db, draft)) == {field}
    assert await known(db) == []


async def test_who_may_not_see_the_numbers_does_not_get_them(db: Database) -> None:
    found = await problems(db, replace(PRIVATE, readers=(BOB.id, DAN.id, "U0UNHEARD")))
    assert found["readers"].values["names"] == "Dan, U0UNHEARD"
    about = replace(PRIVATE, about="person", person_id=ALICE.id, readers=(BOB.id, OLGA.id))
    found = await problems(db, about)
    assert found["readers"].values["names"] == "Olga"


async def test_no_admin_and_no_lead_of_a_lead_makes_one_about_a_person_whom_they_do_not_lead(
    db: Database,
) -> None:
    about = replace(PRIVATE, about="person", readers=(MARA.id,))
    assert set(await problems(db, replace(about, person_id=ALICE.id), ADA)) == {"person"}
    assert set(await problems(db, replace(about, person_id=BEN.id), BOB)) == {"person"}
    made = await make(db, replace(about, person_id=BEN.id), person=MARA)
    assert await known(db, BOB) == []
    assert await known(db, ADA) == []
    assert [one.id for one in await known(db, MARA)] == [made.id]
    with pytest.raises(Stale):
        await building.open_form(db, BOB, BILLING, made.id)


async def test_a_lead_does_not_tell_of_teams_that_they_do_not_see(db: Database) -> None:
    async with db.write(WORKSPACE) as tx:
        team = await teams.get(tx, SHIPPING)
        assert await teams.change(tx, replace(team, department_id=BILLING))
    whole = replace(DRAFT, about="department")
    assert set(await problems(db, whole)) == {"about"}
    assert await make(db, whole, person=MARA)


async def test_what_it_is_about_stays_as_it_was_made(db: Database) -> None:
    about = replace(PRIVATE, about="person", person_id=ALICE.id)
    digest = await make(db, about)
    await building.save(db, BOB, seen(digest), replace(PRIVATE, name="B"), key="2", now=NOON)
    [found] = await known(db)
    assert (found.name, found.person_id, found.choice.about) == ("B", ALICE.id, "person")
    to_channel = replace(DRAFT, name="C")
    with pytest.raises(FormProblems):
        await building.save(
            db, BOB, replace(seen(digest), version=2), to_channel, key="3", now=NOON
        )


async def test_a_team_has_only_so_many(db: Database) -> None:
    for number in range(DIGESTS_AT_MOST):
        await make(db, key=str(number))
    with pytest.raises(Refused, match="digests already"):
        await make(db, key="more")


async def test_a_preview_and_a_test_tell_the_newest_days_and_save_nothing(db: Database) -> None:
    await rate(db, SUNDAY, 81, 100)
    told = await building.preview(db, BOB, Seen(BILLING), DRAFT, now=NOON)
    assert told.period.last == SUNDAY
    assert [one.value.amount for one in told.lines] == [81, 100]
    await building.send_test(db, BOB, Seen(BILLING), DRAFT, Text(), key="test", now=NOON)
    with pytest.raises(AlreadyHeard):
        await building.send_test(db, BOB, Seen(BILLING), DRAFT, Text(), key="test", now=NOON)
    [text] = await casebook.said(db, BOB.id)
    assert text.startswith("A test: only you see it.\nMorning numbers")
    assert "CSAT: 81 % of 100" in text
    assert await known(db) == []


async def test_a_preview_shows_no_more_than_its_reader_may_see(db: Database) -> None:
    await rate(db, SUNDAY, 81, 100, person=ALICE.id)
    await rate(db, SUNDAY, 10, 100, person=BEN.id)
    draft = replace(PRIVATE, by_person=True)
    told = await building.preview(db, BOB, Seen(BILLING), draft, now=NOON)
    assert [one.person_id for one in told.people] == [ALICE.id]
    told = await building.preview(db, ADA, Seen(BILLING), draft, now=NOON)
    assert list(told.people) == []


async def test_another_workspace_sees_none(db: Database) -> None:
    digest = await make(db)
    async with db.read(STRANGER.workspace_id) as tx:
        assert await stored.find(tx, digest.id) is None
        assert await stored.of_teams(tx, [BILLING]) == []


async def test_a_new_one_begins_with_the_numbers_that_the_team_has(db: Database) -> None:
    """So nobody has to look for them among forty; a team without any has the choice alone."""
    assert (await building.open_form(db, BOB, BILLING)).draft == DigestDraft(channel=DRAFT.channel)
    await rate(db, SUNDAY, good=3, of=4)
    await roll(db)
    draft = (await building.open_form(db, BOB, BILLING)).draft
    assert draft.metrics == ("contacts", "csat")
