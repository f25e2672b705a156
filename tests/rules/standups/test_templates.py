"""What a new stand-up begins with: it needs no other word, in any language, whatever the team's hours and shifts are."""

from datetime import time

import pytest

from bot.rules.calendars import WEEKDAYS, BusinessHours, office_week
from bot.rules.calendars.spans import Span
from bot.rules.shifts import Pattern
from bot.rules.standups import Kind, Moment, Purpose, StandUp
from bot.rules.standups.drafts import (
    question_draft_of,
    question_problems,
    settings_draft_of,
    settings_problems,
)
from bot.rules.standups.questions import of_kind, with_purpose
from bot.rules.standups.templates import TEMPLATES, Template, filled
from bot.rules.teams import Team
from bot.text import languages

ALWAYS = Team("T", "t", "Team")
OFFICE = Team("T", "t", "Team", hours=BusinessHours(always_open=False, week=office_week()))
WEEKEND = {"sat": (Span(10 * 60, 16 * 60),), "sun": (Span(8 * 60, 12 * 60),)}
WEEKENDS = Team("T", "t", "Team", hours=BusinessHours(always_open=False, week=WEEKEND))
DAY = Pattern("d", "t", WEEKDAYS[:5], time(8), time(16))
NIGHT = Pattern("n", "t", WEEKDAYS, time(21, 30), time(5, 30))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("team", [ALWAYS, OFFICE, WEEKENDS], ids=["always", "office", "weekends"])
@pytest.mark.parametrize("patterns", [(), (DAY, NIGHT)], ids=["no shifts", "shifts"])
def test_it_can_be_saved_as_it_is(
    template: Template, team: Team, patterns: tuple[Pattern, ...], language: str
) -> None:
    made = filled(template, Team("T", "t", "Team", hours=team.hours, language=language), patterns)
    assert settings_problems(settings_draft_of(made), []) == {}
    for one in made.questions:
        assert question_problems(question_draft_of(one), made.questions, one.id) == {}
    assert len({one.id for one in made.questions}) == len(made.questions)


@pytest.mark.parametrize(
    ("template", "team", "patterns", "wanted"),
    [
        (Template.FLOOR, ALWAYS, (), (Moment.TEAM, WEEKDAYS[:5], time(9, 5))),
        (Template.FLOOR, WEEKENDS, (), (Moment.TEAM, ("sat", "sun"), time(8, 5))),
        (Template.FLOOR, OFFICE, (DAY,), (Moment.SHIFT, WEEKDAYS, time(9))),
        (Template.BACK_OFFICE, OFFICE, (DAY,), (Moment.TEAM, WEEKDAYS[:5], time(9, 30))),
        (Template.NIGHT, ALWAYS, (), (Moment.TEAM, WEEKDAYS, time(22, 15))),
        # by the clock, so that those who work by day are not asked
        (Template.NIGHT, ALWAYS, (DAY, NIGHT), (Moment.TEAM, WEEKDAYS, time(21, 45))),
        (Template.RETRO, ALWAYS, (), (Moment.TEAM, ("fri",), time(15))),
        (Template.RETRO, WEEKENDS, (), (Moment.TEAM, ("sun",), time(15))),
    ],
)
def test_its_time_suits_the_team(
    template: Template, team: Team, patterns: tuple[Pattern, ...], wanted: object
) -> None:
    schedule = filled(template, team, patterns).schedule
    assert (schedule.moment, schedule.weekdays, schedule.at) == wanted


def test_it_speaks_the_language_of_the_team() -> None:
    team = Team("T", "t", "Team", language="el")
    floor = filled(Template.FLOOR, team, ())
    assert floor.questions[0].words == "Πώς πήγε χθες;"
    back = filled(Template.BACK_OFFICE, team, ())
    assert back.questions[2].follow_up == "Ποιον και από πότε;"


def test_the_floor_asks_what_the_product_promises() -> None:
    questions = filled(Template.FLOOR, ALWAYS, ()).questions
    assert [one.kind for one in questions] == [
        Kind.TEXT, Kind.TEXT, Kind.BLOCKER, Kind.TEXT, Kind.MOOD,
    ]  # fmt: skip
    for purpose in (Purpose.LOOK_BACK, Purpose.FOCUS, Purpose.NEXT_SHIFT):
        assert with_purpose(questions, purpose)
    assert of_kind(filled(Template.RETRO, ALWAYS, ()).questions, Kind.MOOD)
    assert set(TEMPLATES) == set(Template)


def test_a_second_one_gets_a_name_of_its_own() -> None:
    known: list[StandUp] = []
    for _number in range(3):
        known.append(filled(Template.FLOOR, ALWAYS, (), known))
    assert [one.name for one in known] == ["Stand-up", "Stand-up 2", "Stand-up 3"]
