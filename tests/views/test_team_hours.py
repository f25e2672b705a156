"""Business hours in the team's form and in words: hidden while a team is always open, kept when they are wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.rules.calendars import (
    BusinessHours,
    Calendar,
    DayOff,
    HoursDraft,
    Span,
    day_field,
    office_week,
    problems,
    typed,
)
from bot.rules.teams import SetUp, Team, TeamDraft, TeamSeen
from bot.text import Text
from bot.views.teams import form, hours, overview
from sandbox.block_kit import check
from tests.cast import NOON, WORKSPACE

T = Text()
OFFICE = BusinessHours(always_open=False, region="GR")
SHOP = BusinessHours(
    always_open=False,
    week=office_week() | {"sat": (Span(600, 720), Span(780, 840)), "sun": (Span(1320, 1800),)},
    critical_always=True,
)
JANUARY = datetime(2026, 1, 2, 12, tzinfo=UTC)


def drawn(draft: HoursDraft) -> dict[str, dict[str, Any]]:
    """The form's inputs by name."""
    view = form.team_form(TeamDraft("Billing", zone="Europe/Athens", hours=draft), T, NOON)
    assert check.view(view, "modal") == []
    return {one["block_id"]: one["element"] for one in view["blocks"] if one["type"] == "input"}


def test_while_a_team_is_always_open_there_is_one_choice() -> None:
    shown = drawn(HoursDraft())
    assert shown[hours.OPEN]["initial_option"]["value"] == hours.ALWAYS
    assert not {day_field("mon"), "region", "days_off"} & set(shown)


def test_the_hours_stand_in_the_form_as_they_were_typed() -> None:
    wrong = replace(typed(OFFICE), week={"mon": "nine"}, region="XX", days_off="x", other_days="y")
    shown = drawn(wrong)
    assert shown["hours_mon"]["initial_value"] == "nine"
    assert (shown["days_off"]["initial_value"], shown["other_days"]["initial_value"]) == ("x", "y")
    assert "initial_option" not in shown["region"]
    assert set(problems(wrong)) <= set(shown)
    assert set(problems(replace(typed(OFFICE), week={}))) <= set(shown)
    assert drawn(typed(OFFICE))["region"]["initial_option"]["text"]["text"] == "Greece"
    assert drawn(typed(SHOP))[hours.CRITICAL]["initial_options"]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (OFFICE, "Open Mon to Fri 09:00–17:00 (Athens). Next day off: Jan 6, 2026, Epiphany."),
        (
            SHOP,
            "Open Mon to Fri 09:00–17:00, Sat 10:00–12:00, 13:00–14:00, Sun 22:00–06:00 (Athens). Critical cases do not wait for opening.",
        ),
        (
            replace(OFFICE, region="", days_off=(DayOff(date(2026, 1, 5), date(2026, 1, 7)),)),
            "Open Mon to Fri 09:00–17:00 (Athens). Next day off: Jan 5, 2026.",
        ),
        (BusinessHours(), "Always open."),
    ],
)
def test_in_words(found: BusinessHours, said: str) -> None:
    assert hours.in_words(Calendar("Europe/Athens", found), T, JANUARY) == said


def test_a_reader_sees_days_and_holidays_in_their_language() -> None:
    said = hours.in_words(Calendar("Europe/Athens", OFFICE), Text("el-GR"), JANUARY)
    assert "Δευ" in said
    assert "Θεοφάνεια" in said


def test_the_preview_says_what_is_wrong_and_no_mention_can_hide_in_it() -> None:
    draft = replace(typed(OFFICE), week={"mon": "<!channel>"}, days_off="<!channel> & more")
    said = hours.preview(draft, "Europe/Athens", T, NOON)
    assert "Write hours such as" in said
    assert "<!channel>" not in said
    own = replace(typed(OFFICE), days_off="2026-03-03 <!channel>")
    said = hours.preview(own, "Europe/Athens", T, NOON)
    assert "&lt;!channel&gt;" in said
    assert "time zone" in hours.preview(typed(OFFICE), "", T, NOON)


def test_the_list_of_teams_says_when_a_team_works() -> None:
    team = Team(WORKSPACE, "t1", "Billing", hours=OFFICE)
    view = overview.overview(SetUp((TeamSeen(team, (), frozenset(), may_edit=True),)), T)
    assert check.view(view, "modal") == []
    assert "Mon to Fri 09:00–17:00" in str(view)
