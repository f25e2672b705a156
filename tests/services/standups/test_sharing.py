"""Mood is one's own: shared only by those who said so, taken back at once with the past, and told to leads once a fall."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from bot.errors import AlreadyHeard
from bot.people import Person, Role
from bot.rules.standups import Round, Said
from bot.services.standups import leading, overview, sharing
from bot.views.standups import ids
from bot.views.standups.leads import Wanted
from storage import members
from storage.database import Database
from tests import casebook
from tests.cast import ALICE, BEN, BILLING, BOB, CHARLIE, DAN, MARA, NOBODY, NOON, OLGA, WORKSPACE
from tests.services.standups.queue import cards_waiting, post_cards, send_cards
from tests.standups import MOOD, close, round_of

DAY = timedelta(days=1)
LEADS = [BEN.id, BOB.id, MARA.id]


def felt(number: int) -> Mapping[str, Said]:
    return {MOOD.id: Said(number=number)}


async def days(db: Database, *numbers: int, person: Person = ALICE) -> list[Round]:
    """A round a day, each with this person's mood."""
    rounds = []
    for day, number in enumerate(numbers):
        one = await round_of(db, person, at=NOON + day * DAY, answers={person.id: felt(number)})
        rounds.append(await close(db, one))
    return rounds


async def share(
    db: Database, *, shares: bool = True, person: Person = ALICE, key: str = ""
) -> None:
    await sharing.share_mood(db, person, shares=shares, key=key or f"share:{shares}", now=NOON)


async def heed(db: Database, one: Round, day: int = 3) -> None:
    async with db.write(WORKSPACE) as tx:
        await sharing.heed_moods(tx, one, now=NOON + day * DAY)


async def waiting(db: Database) -> list[str]:
    """Who is to be told of a fall, or told anew."""
    return [channel for _subject, channel in await cards_waiting(db, ids.MOOD)]


async def drawn(db: Database, one: Round, reader: Person = BOB) -> str | None:
    """What a lead would read now."""
    subject = f"{ALICE.id}:{one.standup_id}:{one.id}"
    async with db.read(WORKSPACE) as tx:
        found = await sharing.draw_mood(tx, subject, reader.id, now=NOON + 3 * DAY)
    return found.text if found else None


async def test_nobody_is_told_of_a_mood_that_is_not_shared(db: Database) -> None:
    await casebook.set_up(db)
    [first, *_rest, last] = await days(db, 5, 4, 3)
    await heed(db, last)
    assert await waiting(db) == []
    assert await drawn(db, first) is None
    for person in (BOB, MARA):
        seen = await overview.see_overview(db, person, now=NOON + 3 * DAY)
        assert not seen.falls


async def test_the_leads_are_told_once_of_a_fall_of_who_shares_it(db: Database) -> None:
    await casebook.set_up(db)
    await share(db)
    rounds = await days(db, 5, 4, 3, 2)
    await heed(
        db, rounds[1]
    )  # closed before; the newest answers count whichever round is looked at
    assert await waiting(db) == LEADS
    await post_cards(db, ids.MOOD)
    await heed(db, rounds[-1])
    assert await waiting(db) == []
    told = await drawn(db, rounds[0])
    assert told is not None
    assert f"<@{ALICE.id}>'s mood went 5 → 4 → 3 → 2 in the last rounds of *Floor*" in told


async def test_a_mood_that_rises_or_stays_is_no_fall(db: Database) -> None:
    await casebook.set_up(db)
    await share(db)
    [*_rest, last] = await days(db, 5, 4, 4)
    await heed(db, last)
    assert await waiting(db) == []


async def test_only_those_who_lead_the_team_read_it(db: Database) -> None:
    await casebook.set_up(db)
    await share(db)
    [first, *_rest] = await days(db, 5, 4, 3)
    for person in (BOB, BEN, MARA):
        assert await drawn(db, first, person) is not None
    for person in (ALICE, OLGA, CHARLIE, DAN, NOBODY):
        assert await drawn(db, first, person) is None
    seen = await overview.see_overview(db, BOB, now=NOON + 3 * DAY)
    assert [fall.numbers for fall, _standup in seen.falls] == [(5, 4, 3)]
    for person in (ALICE, OLGA, CHARLIE):
        assert not (await overview.see_overview(db, person, now=NOON + 3 * DAY)).falls


async def test_who_takes_it_back_takes_the_past_back_too(db: Database) -> None:
    await casebook.set_up(db)
    await share(db)
    [first, *_rest, last] = await days(db, 5, 4, 3)
    await heed(db, last)
    await post_cards(db, ids.MOOD)
    await share(db, shares=False)
    assert await waiting(db) == LEADS  # each message is drawn anew
    told = await drawn(db, first)
    assert told is not None
    assert "not shared any more" in told
    assert "5" not in told
    assert not (await overview.see_overview(db, BOB, now=NOON + 3 * DAY)).falls


async def test_it_is_asked_again_when_it_is_drawn(db: Database) -> None:
    """What was about to be said, and is not shared any more, is not said at all."""
    await casebook.set_up(db)
    await share(db)
    [first, *_rest, last] = await days(db, 5, 4, 3)
    await heed(db, last)
    await share(db, shares=False)
    assert await drawn(db, first) is None


async def test_what_is_on_its_way_just_then_is_drawn_anew_too(db: Database) -> None:
    await casebook.set_up(db)
    await share(db)
    [*_rest, last] = await days(db, 5, 4, 3)
    await heed(db, last)
    await send_cards(db, ids.MOOD)
    await share(db, shares=False)
    assert await waiting(db) == LEADS


async def test_who_leaves_the_team_shares_nothing_with_its_leads(db: Database) -> None:
    await casebook.set_up(db)
    await share(db)
    [first, *_rest] = await days(db, 5, 4, 3)
    async with db.write(WORKSPACE) as tx:
        await members.set_chosen(tx, BILLING, {Role.LEAD: [BOB.id, BEN.id]})
    assert await drawn(db, first) is None


async def test_a_lead_is_not_told_of_themselves(db: Database) -> None:
    await casebook.set_up(db)
    await share(db, person=BOB)
    [*_rest, last] = await days(db, 5, 4, 3, person=BOB)
    await heed(db, last)
    assert await waiting(db) == [BEN.id, MARA.id]
    assert not (await overview.see_overview(db, BOB, now=NOON + 3 * DAY)).falls


async def test_ones_own_mood_is_seen_by_oneself(db: Database) -> None:
    await casebook.set_up(db)
    await days(db, 5, 3)
    seen = await overview.see_overview(db, ALICE, now=NOON + 3 * DAY)
    assert [(one.mean, one.answers) for one in seen.own_mood] == [(4.0, 2)]
    assert seen.shares_mood is False
    await share(db)
    assert (await overview.see_overview(db, ALICE, now=NOON + 3 * DAY)).shares_mood is True


async def test_leads_see_by_week_what_is_shared_and_of_nobody_else(db: Database) -> None:
    await casebook.set_up(db)
    await days(db, 5, 4)
    both = {ALICE.id: felt(2), DAN.id: felt(1), BOB.id: felt(3)}
    await close(db, await round_of(db, ALICE, DAN, BOB, at=NOON + 2 * DAY, answers=both))
    assert await shown_to(db, BOB) == {}
    for person in (ALICE, BOB, DAN):  # who is in another team shares nothing with these leads
        await share(db, person=person, key=person.id)
    assert await shown_to(db, BOB) == {ALICE.id: [11 / 3]}
    assert await shown_to(db, MARA) == {ALICE.id: [11 / 3], BOB.id: [3.0]}
    await share(db, shares=False)
    assert await shown_to(db, BOB) == {}


async def shown_to(db: Database, person: Person) -> dict[str, list[float | None]]:
    """Whose mood by week somebody reads in the participation."""
    seen = await leading.see_participation(db, person, Wanted(), now=NOON + 3 * DAY)
    return {one.person_id: [week.mean for week in one.mood] for one in seen.people if one.mood}


async def test_the_same_consent_twice_is_harmless(db: Database) -> None:
    await casebook.set_up(db)
    await share(db)
    with pytest.raises(AlreadyHeard):
        await share(db)
    await share(db, key="again")
    assert (await overview.see_overview(db, ALICE, now=NOON)).shares_mood is True


async def test_a_team_has_a_mean_only_of_enough_people(db: Database) -> None:
    await casebook.set_up(db)
    some: Sequence[Person] = (ALICE, BOB, BEN)
    for day, people in enumerate((some, some, [*some, MARA])):
        at = NOON + 7 * day * DAY
        await close(
            db, await round_of(db, *people, at=at, answers={one.id: felt(4) for one in people})
        )
    seen = await leading.see_participation(db, BOB, Wanted(), now=NOON + 23 * DAY)
    assert [(one.people, one.mean) for one in seen.moods] == [(3, None), (3, None), (4, 4.0)]
