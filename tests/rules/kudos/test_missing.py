"""Whom nobody has thanked for long: by name, each once, whoever is away marked."""

from datetime import timedelta

from bot.people import Role
from bot.rules.kudos.missing import Missed, missing
from bot.rules.teams import Member
from tests.cast import NOON

MEMBERS = [
    Member("u1", "zoe", Role.AGENT),
    Member("u1", "zoe", Role.LEAD),
    Member("u2", "Adam", Role.AGENT),
]
WEEK = timedelta(days=7)


def test_who_was_thanked_within_the_weeks_is_not_there() -> None:
    last = {"u1": NOON - 6 * WEEK + timedelta(seconds=1), "u2": NOON}
    assert missing(MEMBERS, last, (), weeks=6, now=NOON) == []


def test_who_was_not_is_there_once_and_by_name() -> None:
    last = {"u1": NOON - 6 * WEEK, "u2": None}
    assert missing(MEMBERS, last, {"u1"}, weeks=6, now=NOON) == [
        Missed("u2", "Adam"),
        Missed("u1", "zoe", 6, is_away=True),
    ]


def test_of_whom_nothing_is_known_had_none() -> None:
    assert missing(MEMBERS[:1], {}, (), weeks=1, now=NOON) == [Missed("u1", "zoe")]
