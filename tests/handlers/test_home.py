"""The Home tab's menu: each role is offered what is theirs, and every choice does what its button does."""

from dataclasses import replace
from typing import Any

import pytest

from bot.app import new_router
from bot.clock import RealClock
from bot.rules.coaching.inbox import Waiting, Waits
from bot.text import Text
from bot.views import home
from bot.views.coaching import ids as coaching_ids
from bot.views.home import Some, Today
from bot.views.menus import read_choice
from sandbox.block_kit import check
from storage.database import Database
from tests.patience import PATIENT

NOBODY = Today(has_team=False, may_set_up=False, owned=Some([], 0), raised=Some([], 0))
AGENT = replace(NOBODY, has_team=True)
OBSERVER = replace(AGENT, may_report=True)
LEAD = replace(OBSERVER, waiting=Some([], 0), may_set_up=True)
ADMIN = replace(NOBODY, may_report=True, may_set_up=True)
MINE, OPEN, REPORT = "My escalations", "Open in my teams", "Report"
SHIFTS, AWAY, SET_UP = "Shifts", "I'm away", "Set-up"
KUDOS, TEAM_KUDOS, DATA = "My kudos", "My team's kudos", "My data"
NUMBERS, TEAM_NUMBERS = "My numbers", "Team numbers"


def row(today: Today) -> dict[str, Any]:
    drawn = home.home(today, Text())
    assert check.view(drawn, "home") == []
    found: dict[str, Any] = drawn["blocks"][1]
    return found


def labels(today: Today) -> list[str]:
    *buttons, _menu = row(today)["elements"]
    return [one["text"]["text"] for one in buttons]


def choices(today: Today) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = row(today)["elements"][-1]["options"]
    return found


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (NOBODY, [MINE, KUDOS, DATA]),
        (AGENT, [MINE, SHIFTS, AWAY, KUDOS, NUMBERS, TEAM_NUMBERS, DATA]),
        (OBSERVER, [MINE, OPEN, REPORT, SHIFTS, AWAY, KUDOS, NUMBERS, TEAM_NUMBERS, DATA]),
        (
            LEAD,
            [
                *(MINE, OPEN, REPORT, SHIFTS, AWAY, KUDOS, TEAM_KUDOS),
                *(NUMBERS, TEAM_NUMBERS, DATA, SET_UP),
            ],
        ),
        (ADMIN, [MINE, OPEN, REPORT, KUDOS, TEAM_NUMBERS, DATA, SET_UP]),
    ],
    ids=["nobody", "agent", "observer", "lead", "admin"],
)
def test_the_menu_has_what_is_theirs(today: Today, wanted: list[str]) -> None:
    assert [one["text"]["text"] for one in choices(today)] == wanted


def test_the_row_has_what_people_do_most() -> None:
    assert labels(NOBODY) == ["Escalate", "Thank somebody", "Coaching"]
    assert labels(LEAD) == ["Escalate", "Thank somebody", "Coaching", "Stand-ups"]


def test_a_choice_does_not_stay_chosen() -> None:
    """Slack keeps what was chosen as long as the menu keeps its name, and then the same choice does nothing."""
    before, after = (row(replace(LEAD, mark=one)) for one in ("1", "2"))
    assert before["elements"][-1]["action_id"] != after["elements"][-1]["action_id"]
    assert before["block_id"] == after["block_id"]  # a click at that moment is not lost


async def test_every_choice_is_handled(sqlite_url: str) -> None:
    database = Database(sqlite_url, PATIENT)
    await database.close()
    router = new_router(database, RealClock())
    assert home.MORE in router.clicks
    for one in choices(LEAD):
        action_id, value = read_choice(one["value"])
        assert action_id in router.clicks
        assert " " not in value


def test_what_waits_in_coaching_is_counted_and_nothing_else() -> None:
    waits = replace(LEAD, coaching=Waiting(counts={Waits.UNREAD: 2, Waits.QUIET: 3}))
    drawn = str(home.home(waits, Text()))
    assert "Not coached for long: 3" in drawn
    assert f"{coaching_ids.INBOX_OPEN}:waits" in drawn
    assert "See what waits" not in str(home.home(LEAD, Text()))
    nothing = replace(LEAD, coaching=Waiting())
    assert "See what waits" not in str(home.home(nothing, Text()))
