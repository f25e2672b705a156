"""Who may say that somebody is away, who may read why, and what a Slack status leads to."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.errors import AlreadyHeard, Denied, FormProblems, Refused, Stale
from bot.people import Person, system
from bot.rules.absences import Absence, Draft, Kind
from bot.rules.statuses import WORDS, Status, away_kind
from bot.services import absences as service
from bot.text import languages
from storage import absences
from storage.database import Database
from storage.outbox import OutboxRow
from tests.cast import (
    ADA,
    ALICE,
    BEN,
    BOB,
    CHARLIE,
    DAN,
    MARA,
    NOBODY,
    NOON,
    OLGA,
    STRANGER,
    WORKSPACE,
)
from tests.services.floor import by_id, furnish

SICK = Draft(ALICE.id, "sick", date(2026, 3, 2), date(2026, 3, 4), note="Broken leg")
CLOCK = system(WORKSPACE)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def _floor(db: Database) -> None:
    await furnish(db)


async def add(db: Database, person: Person, draft: Draft = SICK, key: str = "1") -> Absence:
    return await service.add(db, person, draft, key=key, now=NOON)


async def told(db: Database, person: Person) -> list[str]:
    async with db.read(WORKSPACE) as tx:
        asked = select(OutboxRow.words).where(OutboxRow.channel == person.id, ~OutboxRow.is_card)
        return [str(one) for one in await tx.scalars(asked)]


async def offered(db: Database, person: Person) -> int:
    async with db.read(WORKSPACE) as tx:
        asked = select(OutboxRow.key).where(OutboxRow.channel == person.id, OutboxRow.is_card)
        return len(list(await tx.scalars(asked)))


@pytest.mark.parametrize("person", [ALICE, BOB, BEN], ids=by_id)
async def test_they_themselves_and_their_leads_may(db: Database, person: Person) -> None:
    absence = await add(db, person)
    assert (absence.person_id, absence.whole_days) == (ALICE.id, True)
    changed = replace(SICK, until=date(2026, 3, 5))
    await service.change(db, person, absence, changed, key="2", now=NOON)
    opened = await service.open_absence(db, person, absence.id)
    assert (opened.note, opened.last_day) == ("Broken leg", date(2026, 3, 5))
    await service.remove(db, person, opened, key="3", now=NOON)
    assert len(await told(db, ALICE)) == (0 if person is ALICE else 3)


@pytest.mark.parametrize("person", [MARA, OLGA, ADA, CHARLIE, DAN, NOBODY, STRANGER], ids=by_id)
async def test_nobody_else_may_or_reads_the_note(db: Database, person: Person) -> None:
    absence = await add(db, ALICE)
    for doing in (
        service.add(db, person, SICK, key="2", now=NOON),
        service.change(db, person, absence, SICK, key="2", now=NOON),
        service.remove(db, person, absence, key="2", now=NOON),
        service.open_absence(db, person, absence.id),
    ):
        with pytest.raises(Refused):  # another workspace does not even learn that there is one
            await doing
    seen = await service.see(db, person, now=NOON)
    assert (list(seen.own), list(seen.others)) == ([], [])


async def test_leads_see_those_of_their_team(db: Database) -> None:
    absence = await add(db, ALICE)
    assert list((await service.see(db, BOB, now=NOON)).others) == [absence]
    assert list((await service.see(db, ALICE, now=NOON)).own) == [absence]


async def test_whoever_is_in_no_team_may_note_their_own(db: Database) -> None:
    assert (await add(db, NOBODY, replace(SICK, person_id=NOBODY.id))).person_id == NOBODY.id


async def test_the_days_are_those_of_the_one_who_is_away(db: Database) -> None:
    """Alice is in Berlin, says Slack; Bob's own zone does not count."""
    absence = await add(db, replace(BOB, zone="Asia/Tokyo"))
    assert absence.zone == "Europe/Berlin"
    assert absence.starts_at == datetime(2026, 3, 1, 23, tzinfo=UTC)
    assert absence.ends_at == datetime(2026, 3, 4, 23, tzinfo=UTC)


async def test_twice_is_harmless_and_two_at_once_are_told(db: Database) -> None:
    absence = await add(db, ALICE)
    with pytest.raises(AlreadyHeard):
        await add(db, ALICE)
    await service.change(db, BOB, absence, SICK, key="2", now=NOON)
    for doing in (
        service.change(db, ALICE, absence, SICK, key="3", now=NOON),
        service.remove(db, ALICE, absence, key="4", now=NOON),
    ):
        with pytest.raises(Stale):
            await doing


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(SICK, kind=""), "kind"),
        (replace(SICK, first=None), "first"),
        (replace(SICK, note="x" * 301), "note"),
        (replace(SICK, until=date(2026, 3, 1)), "until"),
        (replace(SICK, first=date(2026, 2, 1), until=date(2026, 2, 2)), "until"),
        (replace(SICK, until=date(2027, 4, 1)), "until"),
        (replace(SICK, first=date(2062, 1, 1)), "first"),
        (replace(SICK, until=None, first_time=time(10), until_time=time(9)), "until_time"),
    ],
)
async def test_what_is_wrong_is_said_by_field(db: Database, draft: Draft, field: str) -> None:
    with pytest.raises(FormProblems) as refused:
        await add(db, ALICE, draft)
    assert set(refused.value.problems) == {field}


async def hear(
    db: Database, text: str, ends: datetime | None = None, *, key: str, about: Person = ALICE
) -> None:
    status = Status(text, "", ends, NOON)
    await service.hear_status(db, CLOCK, about, status, key=key, now=NOON)


async def test_a_status_is_offered_once_and_nothing_is_taken(db: Database) -> None:
    await hear(db, "On vacation", key="1")
    await hear(db, "On vacation", key="2")
    assert await offered(db, ALICE) == 1
    assert list((await service.see(db, ALICE, now=NOON)).own) == []


async def test_an_offer_is_taken_by_its_own_person_once(db: Database) -> None:
    await hear(db, "On vacation", NOON + HOUR, key="1")
    async with db.read(WORKSPACE) as tx:
        offer = await absences.find_offer(tx, ALICE.id)
    assert offer is not None
    for person in (BOB, STRANGER):
        with pytest.raises(Refused):
            await service.take_offer(db, person, offer.id, key="x", now=NOON)
    absence = await service.take_offer(db, ALICE, offer.id, key="2", now=NOON)
    assert (absence.kind, absence.ends_at) == (Kind.VACATION, NOON + HOUR)
    for again in (
        service.take_offer(db, ALICE, offer.id, key="3", now=NOON),
        service.decline_offer(db, ALICE, offer.id, key="4", now=NOON),
        service.add_from_offer(db, ALICE, SICK, offer.id, key="5", now=NOON),
    ):
        with pytest.raises(Refused, match="answered already"):
            await again
    assert len((await service.see(db, ALICE, now=NOON)).own) == 1


async def test_what_is_known_or_over_is_not_offered(db: Database) -> None:
    await hear(db, "On vacation", NOON - HOUR, key="1")
    await hear(db, "Lunch", key="2")
    await hear(db, "On vacation", key="3", about=NOBODY)
    await add(db, BEN, replace(SICK, person_id=BEN.id), key="4")
    await hear(db, "Sick", key="5", about=BEN)
    assert [await offered(db, one) for one in (ALICE, NOBODY, BEN)] == [0, 0, 0]


async def test_only_slack_itself_says_what_a_status_is(db: Database) -> None:
    with pytest.raises(Denied):
        await service.hear_status(db, BOB, ALICE, Status("Sick"), key="1", now=NOON)


@pytest.mark.parametrize(
    ("text", "emoji", "kind"),
    [
        ("Vacationing", ":palm_tree:", Kind.VACATION),
        ("", ":palm_tree:", Kind.VACATION),
        ("Out sick", "", Kind.SICK),
        ("OOO until Monday", "", Kind.OTHER),
        ("Out of office", "", Kind.OTHER),
        ("Σε ΑΔΕΙΑ μέχρι Δευτέρα", "", Kind.VACATION),
        ("Εκτός γραφείου", "", Kind.OTHER),
        ("У відпустці", "", Kind.VACATION),
        ("на лікарняному", "", Kind.SICK),
        ("Back from vacation", "", None),
        ("Coconut season", ":palm_tree:", None),
        ("Silly day", "", None),
        ("in a meeting", ":calendar:", None),
        ("", "", None),
    ],
)
def test_what_status_words_mean(text: str, emoji: str, kind: Kind | None) -> None:
    assert away_kind(text, emoji) == kind


def test_every_language_has_words_for_every_kind() -> None:
    assert set(WORDS) == set(languages())
    assert all(set(one) == {Kind.SICK, Kind.VACATION, Kind.OTHER} for one in WORDS.values())
