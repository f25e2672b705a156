"""What the set-up of stand-ups says in words: when it asks, what a question is, and the calendar."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.people import Role
from bot.rules.calendars import BusinessHours, DayOff
from bot.rules.spans import Span
from bot.rules.standups import Kind, Moment, NotAnswered, Purpose, Question, Schedule, StandUp
from bot.rules.standups.outlook import known_for, outlook
from bot.rules.standups.planning import Floor
from bot.rules.standups.templates import Template, filled
from bot.rules.teams import Team
from bot.text import Text
from bot.views.standups import calendar, setup, setup_words
from tests.views.drawn import mrkdwn_of

T = Text()
TEAM = Team("T", "t", "Team", zone="Europe/Athens")
HELD = calendar.Carried(TEAM.id)
DAY = timedelta(days=1)


SCHEDULES = [
    (Schedule(at=time(9, 5)), "Mon–Fri at 9:05"),
    (Schedule(Moment.PERSON, ("sun",), time(22)), "Sun at 10:00"),
    (Schedule(Moment.SHIFT, offset_minutes=0), "Mon–Fri at the start of each shift"),
    (Schedule(Moment.SHIFT, offset_minutes=5), "Mon–Fri, 5 minutes after each shift begins"),
    (Schedule(Moment.SHIFT, offset_minutes=-120), "Mon–Fri, 2 hours before each shift begins"),
]


@pytest.mark.parametrize(("schedule", "said"), SCHEDULES)
def test_when_in_words(schedule: Schedule, said: str) -> None:
    assert setup_words.times(schedule, T).startswith(said)


def test_a_question_in_words() -> None:
    late = Question("q", Kind.YES_NO, "Late?", follow_up="<Why>?", follow_up_on=False)
    assert setup_words.question(late, T) == "Yes or no · after a no: &lt;Why&gt;?"
    focus = Question("q", Kind.TEXT, "Focus?", Purpose.FOCUS, is_required=True)
    said = "Text · has to be answered · Their focus: next time they are asked how it went"
    assert setup_words.question(focus, T) == said


def test_the_calendar_in_words() -> None:
    """Ben's clock is another one until Sunday, when it changes in New York."""
    now = datetime(2026, 3, 2, 6, tzinfo=UTC)
    off = DayOff(now.date() + 2 * DAY, now.date() + 2 * DAY, "Name day")
    team = replace(TEAM, team_channel="C1", hours=BusinessHours(always_open=False, days_off=(off,)))
    floor = Floor(
        team,
        known_for(now, TEAM.zone),
        dict.fromkeys(("U1", "U2"), frozenset({Role.AGENT})),
        {"U2": "America/New_York"},
        away={"U1": [Span(now + 3 * DAY, now + 4 * DAY)]},
    )
    standup = StandUp("T", "", "t", "Ours", schedule=Schedule(at=time(16, 5)))
    view = calendar.calendar(outlook(standup, floor, now), HELD, Text("en-GB"))
    told = "\n".join(mrkdwn_of(view))
    assert (
        "*<@U1>*: Mon 2–Tue 3 16:05 · Wed 4 – day off (Name day) · Thu 5 – away · Fri 6 16:05 · "
        "Mon 9–Fri 13 16:05"
    ) in told
    assert "*<@U2> (America/New York)*: Mon 2–Tue 3 16:05 (09:05 for them)" in told
    assert "Mon 9–Fri 13 16:05 (10:05 for them)" in told
    assert "Wed, 4 Mar 2026: no round: day off (Name day)" in told
    assert "Thu, 5 Mar 2026: *1 person, 16:05–18:05*" in told
    assert "The summary goes to <#C1>." in told
    late = calendar.calendar(outlook(standup, floor, now + timedelta(hours=9)), HELD, T)
    assert "so at once" in "\n".join(mrkdwn_of(late))


def test_every_template_is_offered_in_words() -> None:
    told = "\n".join(mrkdwn_of(setup.templates(TEAM, T)))
    for name in ("Floor", "Back office", "Night shift", "Weekly retrospective"):
        assert f"*{name}*" in told
    hidden = replace(filled(Template.FLOOR, TEAM, ()), not_answered=NotAnswered.HIDDEN)
    assert "who did not answer: Not at all" in setup_words.summary(hidden, "", T)
