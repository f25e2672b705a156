"""Stories with the real tick: nights, holidays, both leaps of the clock, downtime, policies that change, nobody there.

After each step everything is checked that the weeks by chance check: timers, timelines, what was said.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.people import Person
from bot.rules.escalations import Escalation, EventKind
from bot.rules.policies import Level, Outside, Policy, Target, TargetKind
from bot.services import escalations
from tests import casebook
from tests.cast import ALICE, BEN, BILLING, BOB, CHARLIE, DAN, MARA, NOBODY, SHIPPING, WORKSPACE
from tests.services.escalations.machine.floor import HELP
from tests.services.escalations.machine.house import House

K = EventKind
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=BERLIN)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[House]:
    found = House(url, MONDAY.astimezone(UTC) - DAY)
    await found.open()
    yield found
    await found.db.close()


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    """On one kind of database: what they might do differently the weeks by chance try on both."""
    async with opened(sqlite_url) as found:
        yield found


async def raised(
    house: House,
    at: datetime,
    severity: str = "high",
    team_id: str = BILLING,
    person: Person = ALICE,
) -> Escalation:
    house.now = at.astimezone(UTC)
    draft = replace(casebook.DRAFT, severity=severity)
    key = f"raised {at}"
    case = await escalations.escalate(
        house.db, person, team_id, draft, key=key, now=house.now, anyway=True
    )
    await house.check()
    return case


async def happened(house: House, zone: ZoneInfo = BERLIN, *kinds: EventKind) -> list[str]:
    """The timeline as day, time and what: of these kinds, or of all."""
    events = await casebook.timeline(house.db)
    return [
        f"{one.at.astimezone(zone):%d %H:%M} {one.kind}"
        + (f" {one.reason}" if one.kind is K.LEVEL_TOLD else "")
        for one in events
        if not kinds or one.kind in kinds
    ]


def policy(*levels: tuple[Target, int], outside: Outside = Outside.QUEUE) -> Policy:
    found = tuple(Level((target,), minutes) for target, minutes in levels)
    return Policy(WORKSPACE, "p1", BILLING, "Ours", frozenset(), found, outside=outside)


def person(one: Person) -> Target:
    return Target(TargetKind.PERSON, one.id)


async def test_claimed_and_forgotten_it_falls_and_climbs_again(house: House) -> None:
    await raised(house, MONDAY)
    await escalations.claim(house.db, BOB, 1, key="claim", now=house.now)
    await house.check()
    await house.time_passes(house.now + 2 * HOUR)
    assert await happened(house) == [
        *("02 09:30 raised", "02 09:30 claimed", "02 10:15 update_warned", "02 10:30 update_late"),
        *("02 11:00 fell", "02 11:00 level_told 1:U0BOB", "02 11:22 claim_warned"),
        *("02 11:30 claim_late", "02 11:30 level_told 2:U0BEN,U0BOB,U0MARA"),
    ]


async def test_at_night_it_waits_for_the_opening_and_says_so(house: House) -> None:
    await raised(house, MONDAY.replace(hour=22))
    [told] = await casebook.said(house.db, ALICE.id)
    assert "closed" in told
    await house.time_passes(house.now + 11 * HOUR)
    assert await happened(house) == [
        *("02 22:30 raised", "03 09:00 clock_started", "03 09:00 level_told 1:U0BOB"),
        *("03 09:22 claim_warned", "03 09:30 claim_late"),
        "03 09:30 level_told 2:U0BEN,U0BOB,U0MARA",
    ]


async def test_a_critical_one_does_not_wait_and_skips_a_shift_that_nobody_has(house: House) -> None:
    await raised(house, MONDAY.replace(hour=22), "critical")
    await house.time_passes(house.now + 5 * MINUTE)
    assert await happened(house) == [
        *("02 22:30 raised", "02 22:30 level_skipped"),
        "02 22:30 level_told 2:U0BEN,U0BOB,U0MARA",
    ]


async def test_escalated_by_hand_at_night_somebody_hears_of_it(house: House) -> None:
    """Whoever presses it has seen that the team is closed. An owner keeps the case."""
    await raised(house, MONDAY)
    await escalations.claim(house.db, BOB, 1, key="claim", now=house.now)
    house.now = MONDAY.replace(hour=22).astimezone(UTC)
    await house.tick()
    await escalations.escalate_further(house.db, ALICE, 1, "It burns", key="up", now=house.now)
    await house.check()
    [*_, last] = await happened(house)
    assert last == "02 22:30 level_told 2:U0BEN,U0BOB,U0MARA"
    assert (await casebook.case(house.db)).owner_id == BOB.id


async def test_over_easter_and_the_teams_own_days_off(house: House) -> None:
    """Ten minutes on Maundy Thursday, the other twenty a week later."""
    await raised(house, datetime(2026, 4, 2, 17, 50, tzinfo=BERLIN))
    await house.time_passes(house.now + 8 * DAY)
    kinds = (K.LEVEL_TOLD, K.CLAIM_WARNED, K.CLAIM_LATE)
    assert (await happened(house, BERLIN, *kinds))[:4] == [
        *("02 17:50 level_told 1:U0BEN", "09 09:12 claim_warned", "09 09:20 claim_late"),
        "09 09:20 level_told 2:U0BEN,U0BOB,U0MARA",
    ]


@pytest.mark.parametrize(
    ("raised_at", "severity", "late"),
    [
        # from two to three there was no time: ten minutes before, twenty after
        (datetime(2026, 3, 8, 1, 50, tzinfo=NEW_YORK), "high", "08 03:20"),
        # a night of seven hours, and one of the next
        (datetime(2026, 3, 7, 22, tzinfo=NEW_YORK), "low", "08 23:00"),
        # from one to two there was time twice: raised in the first, late in the second
        (datetime(2026, 11, 1, 1, 45, tzinfo=NEW_YORK), "high", "01 01:15"),
        # a night of nine hours holds all eight
        (datetime(2026, 10, 31, 22, tzinfo=NEW_YORK), "low", "01 05:00"),
    ],
    ids=[
        "leaps, half an hour",
        "leaps, a night",
        "falls back, half an hour",
        "falls back, a night",
    ],
)
async def test_in_the_night_in_which_the_clocks_change(
    house: House, raised_at: datetime, severity: str, late: str
) -> None:
    await raised(house, raised_at, severity, SHIPPING, DAN)
    await house.time_passes(house.now + 2 * DAY)
    kinds = (K.CLAIM_LATE,)
    assert await happened(house, NEW_YORK, *kinds) == [f"{late} claim_late"]
    levels = await happened(house, NEW_YORK, K.LEVEL_TOLD)
    first = f"{raised_at:%d %H:%M} level_told 1:{CHARLIE.id}"
    assert levels[:2] == [first, f"{late} level_told 2:{CHARLIE.id}"]


async def test_after_three_hours_each_clock_acts_once_in_order_and_says_that_it_is_late(
    house: House,
) -> None:
    await raised(house, MONDAY)
    await house.time_passes(house.now + MINUTE)
    await house.sleeps(house.now + 3 * HOUR)
    assert (await happened(house))[2:] == [
        *("02 12:31 claim_warned", "02 12:31 claim_late"),
        "02 12:31 level_told 2:U0BEN,U0BOB,U0MARA",
    ]
    [_, said] = await casebook.said(house.db, casebook.LEADS)
    assert "2 hours 31 min ago" in said
    assert "This was to be said" in said


async def test_after_downtime_an_owner_is_asked_first_and_has_the_whole_time_to_answer(
    house: House,
) -> None:
    await raised(house, MONDAY)
    await escalations.claim(house.db, BOB, 1, key="claim", now=house.now)
    await house.check()
    await house.sleeps(house.now + 3 * HOUR)
    found = await casebook.case(house.db)
    assert found.owner_id == BOB.id
    assert found.falls_at == MONDAY.replace(hour=13, minute=0)
    await escalations.keep(house.db, BOB, 1, key="keep", now=house.now)
    await house.check()
    assert (await casebook.case(house.db)).falls_at is None


async def test_a_policy_that_is_edited_while_it_runs_tells_whom_it_names_now(house: House) -> None:
    await house.sets_policy(policy((person(BOB), 20), (person(BEN), 20)), "p1")
    await raised(house, MONDAY)
    await house.time_passes(house.now + MINUTE)
    edited = policy((person(BOB), 20), (person(DAN), 10), (person(NOBODY), 20))
    await house.sets_policy(edited, "p1")
    await house.time_passes(house.now + 40 * MINUTE)
    assert await happened(house, BERLIN, K.LEVEL_TOLD) == [
        *("02 09:30 level_told 1:U0BOB", "02 09:50 level_told 2:U0DAN"),
        "02 10:00 level_told 3:U0NOBODY",
    ]
    await escalations.claim(house.db, NOBODY, 1, key="claim", now=house.now)
    await house.check()


async def test_a_policy_that_lost_its_levels_tells_the_last_one(house: House) -> None:
    levels = [(person(one), 10) for one in (BOB, BEN, DAN)]
    await house.sets_policy(policy(*levels), "p1")
    await raised(house, MONDAY)
    await house.time_passes(house.now + 25 * MINUTE)
    await house.sets_policy(policy((person(MARA), 10)), "p1")
    await house.time_passes(house.now + 2 * DAY)
    assert await happened(house, BERLIN, K.LEVEL_TOLD) == [
        *(
            "02 09:30 level_told 1:U0BOB",
            "02 09:40 level_told 2:U0BEN",
            "02 09:50 level_told 3:U0DAN",
        ),
        "03 09:50 level_told 1:U0MARA",
        "04 09:50 level_told 1:U0MARA",
    ]


async def test_a_policy_that_is_taken_out_while_it_runs_leaves_the_case_to_the_default_one(
    house: House,
) -> None:
    await house.sets_policy(policy((person(DAN), 20), (person(NOBODY), 20)), "p1")
    await raised(house, MONDAY)
    await house.time_passes(house.now + MINUTE)
    await house.sets_policy(None, "p1")
    await house.time_passes(house.now + HOUR)
    assert await happened(house, BERLIN, K.LEVEL_TOLD) == [
        *("02 09:30 level_told 1:U0DAN", "02 09:50 level_told 1:U0BOB"),
        "02 10:20 level_told 2:U0BEN,U0BOB,U0MARA",
    ]


async def test_with_everybody_away_it_is_tried_again_until_somebody_is_back(house: House) -> None:
    for one in (BOB, MARA):
        await house.goes_away(one, 24 * 20)
    await house.goes_away(BEN, 24 + 4)
    await raised(house, MONDAY)
    await house.time_passes(house.now + 6 * HOUR)
    assert await happened(house, BERLIN, K.LEVEL_TOLD) == ["02 14:00 level_told 2:U0BEN"]
    skipped = await happened(house, BERLIN, K.LEVEL_SKIPPED)
    assert skipped[:3] == ["02 09:30 level_skipped"] * 2 + ["02 10:00 level_skipped"]
    assert (await casebook.case(house.db)).step_at is not None


async def test_levels_without_a_wait_follow_each_other_at_once(house: House) -> None:
    found = policy((person(BOB), 0), (person(BEN), 0), (Target(TargetKind.CHANNEL, HELP), 5))
    await house.sets_policy(found, "p1")
    await raised(house, MONDAY)
    await house.tick()
    assert await happened(house, BERLIN, K.LEVEL_TOLD) == [
        *("02 09:30 level_told 1:U0BOB", "02 09:30 level_told 2:U0BEN", "02 09:30 level_told 3:"),
    ]
    [said] = await casebook.said(house.db, HELP)
    assert "You are asked to help" in said


async def test_a_change_and_the_clock_at_once_do_not_wait_for_each_other(database_url: str) -> None:
    """One holds the case and wants the timer; the other holds the timer and wants the case."""
    async with opened(database_url) as house:
        await raised(house, MONDAY)
        for n in range(6):
            await house.race(1, [("follow", MARA, n), ("write_note", ALICE, 8)], tick=True)
        await house.tick()
