"""Which numbers a file is said to give before it is imported, and which of those one looks for it does not."""

import pytest

from bot.rules.metrics.definition.values import value_of
from bot.rules.metrics.importing.giving import given_by
from tests.rules.metrics.lines import proposed, rows, taken

TICKETS = """
Ticket ID | Created at | Status | Solved at | CSAT
1 | 2023-05-01 09:15 | Solved | 2023-05-02 10:15 | 5
2 | 2023-05-14 09:15 | Open | | 4
"""
DAYS = TICKETS.replace(" 10:15", "")
CALLS = """
Call ID | Date | Agent | Wait (s) | Abandoned | Handle time (s)
1 | 2023-05-01 | Ann | 10 | N | 60
2 | 2023-05-14 | Ann | 20 | Y |
"""


@pytest.mark.parametrize(
    ("text", "keys", "missing", "days"),
    [
        (TICKETS, "contacts csat rating resolution backlog", "frt", ()),
        (DAYS, "contacts csat rating backlog", "frt resolution", ("Solved at",)),
        (CALLS, "contacts aht handle asa wait answered abandonment", "", ()),
        ("Date | Calls \n 2023-05-14 | 20", "contacts", "", ()),
        ("Date | Calls | AHT (s) \n 2023-05-14 | 20 | 60", "contacts aht", "", ()),
        (
            "Date | Calls | Abandon rate | Service level % \n 2023-05-14 | 20 | 5% | 90%",
            "contacts service_level answered abandonment",
            "",
            (),
        ),
        ("Date | Survey id | NPS \n 2023-05-14 | 1 | 9", "nps", "", ()),
        ("Date | Duration (s) \n 2023-05-14 | 9", "contacts aht handle", "asa", ()),
    ],
)
def test_what_a_file_gives(text: str, keys: str, missing: str, days: tuple[str, ...]) -> None:
    given = given_by(proposed(rows(text)).mapping)
    assert " ".join(one.key for one in given.metrics) == keys
    assert " ".join(sorted(one.key for one in given.missing)) == missing
    assert tuple(given.days) == days


@pytest.mark.parametrize("text", [TICKETS, DAYS, CALLS])
def test_that_is_what_comes_of_it(text: str) -> None:
    bundle = taken(text).bundle
    given = given_by(proposed(rows(text)).mapping)
    assert all(value_of(one, bundle).amount is not None for one in given.metrics)
    assert all(value_of(one, bundle).amount is None for one in given.missing)
