"""Who comes next and who leads now, by the shifts alone."""

from datetime import datetime, timedelta

import pytest

from bot.rules.handovers import Follower, next_lead, who_stays_longest
from bot.rules.shifts import Span
from tests.cast import ALICE, BEN, BOB, MARA, NOON

LEADS = {BOB.id, BEN.id, MARA.id}


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def span(start: float, end: float) -> Span:
    return Span(at(start), at(end))


OWN = {BOB.id: [span(-4, 5)]}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({}, None),
        ({BEN.id: [span(4, 10)]}, Follower(BEN.id, at(4), at(10))),
        ({BEN.id: [span(5, 10)]}, Follower(BEN.id, at(5), at(10))),
        ({BEN.id: [span(9, 12)], MARA.id: [span(7, 9)]}, Follower(MARA.id, at(7), at(9))),
        ({BEN.id: [span(0, 5)]}, None),  # leaves with the giver
        ({BEN.id: [span(0, 6)], MARA.id: [span(4, 12)]}, Follower(MARA.id, at(4), at(12))),
        ({ALICE.id: [span(4, 10)]}, None),  # no lead
        ({BEN.id: [span(-2, 1), span(20, 28)]}, Follower(BEN.id, at(20), at(28))),
    ],
)
def test_the_next_lead_is_there_when_the_giver_leaves(
    found: dict[str, list[Span]], expected: Follower | None
) -> None:
    assert next_lead(OWN | found, LEADS, BOB.id, now=NOON) == expected


def test_without_a_shift_of_ones_own_it_is_whoever_is_there_now() -> None:
    found = {BEN.id: [span(-1, 3)], BOB.id: [span(24, 32)]}
    assert next_lead(found, LEADS, BOB.id, now=NOON) == Follower(BEN.id, at(-1), at(3))


@pytest.mark.parametrize(
    ("leads", "expected"),
    [
        ([], None),
        ([BEN.id, MARA.id], MARA.id),
        ([BOB.id, BEN.id], BEN.id),
        ([ALICE.id, BOB.id], ALICE.id),  # without shifts the first
    ],
)
def test_the_lead_on_shift_is_who_stays_longest(leads: list[str], expected: str | None) -> None:
    found = {
        BEN.id: [span(-1, 3)],
        BOB.id: [span(1, 9)],
        MARA.id: [span(-1, 5)],
    }
    assert who_stays_longest(leads, found, now=NOON) == expected
