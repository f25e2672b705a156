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


def test_each_is_there_once_and_by_name_with_whole_weeks() -> None:
    last = {"u1": NOON - timedelta(weeks=7, seconds=-1)}
    assert missing(MEMBERS, last, {"u1"}, now=NOON) == [
        Missed("u2", "Adam"),
        Missed("u1", "zoe", 6, is_away=True),
    ]
