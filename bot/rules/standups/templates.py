"""Stand-ups to begin with: what a floor, a back office, a night shift and a week's end usually ask, filled in for a team."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum

from bot.rules.calendars import WEEKDAYS
from bot.rules.shifts import Pattern
from bot.rules.standups.questions import Kind, Purpose, Question
from bot.rules.standups.standups import Moment, Schedule, StandUp
from bot.rules.teams import Team, name_key
from bot.text import Text, _

AFTER_OPENING = 5
"""Minutes: nobody has opened their queue before."""
OFFICE = 9 * 60
EVENING = time(18)
NIGHT = time(22, 15)
WEEKS_END = time(15)


class Template(StrEnum):
    FLOOR = "floor"
    BACK_OFFICE = "back_office"
    NIGHT = "night"
    RETRO = "retro"


@dataclass(frozen=True, slots=True)
class Offered:
    """A template in gettext ids: what it is called in the list, for whom it is, the stand-up's name, and its questions."""

    title: str
    about: str
    name: str
    questions: tuple[Question, ...]


TEMPLATES = {
    Template.FLOOR: Offered(
        _("Floor"),
        _("Five short questions at the beginning of the day, for people who answer customers."),
        _("Stand-up"),
        (
            Question("back", Kind.TEXT, _("How did yesterday go?"), Purpose.LOOK_BACK),
            Question(
                "focus", Kind.TEXT, _("What is your focus today?"), Purpose.FOCUS, is_required=True
            ),
            Question("blocker", Kind.BLOCKER, _("What stands in your way?")),
            Question(
                "next",
                Kind.TEXT,
                _("What does the next shift need to know?"),
                Purpose.NEXT_SHIFT,
            ),
            Question("mood", Kind.MOOD, _("How are you today?")),
        ),
    ),
    Template.BACK_OFFICE: Offered(
        _("Back office"),
        _("What was done, what comes next and who is waited for, with a longer time to answer."),
        _("Back office"),
        (
            Question(
                "done", Kind.TEXT, _("What did you finish since last time?"), Purpose.LOOK_BACK
            ),
            Question(
                "focus", Kind.TEXT, _("What do you work on next?"), Purpose.FOCUS, is_required=True
            ),
            Question(
                "waits",
                Kind.YES_NO,
                _("Do you wait for somebody outside the team?"),
                follow_up=_("For whom, and since when?"),
            ),
            Question("blocker", Kind.BLOCKER, _("What stands in your way?")),
        ),
    ),
    Template.NIGHT: Offered(
        _("Night shift"),
        _(
            "What the evening left open, and what the morning has to know. Its time crosses midnight."
        ),
        _("Night shift"),
        (
            Question("open", Kind.TEXT, _("What did the evening leave open?"), Purpose.LOOK_BACK),
            Question(
                "focus",
                Kind.TEXT,
                _("What do you look after tonight?"),
                Purpose.FOCUS,
                is_required=True,
            ),
            Question("blocker", Kind.BLOCKER, _("What stands in your way?")),
            Question(
                "next", Kind.TEXT, _("What does the morning need to know?"), Purpose.NEXT_SHIFT
            ),
            Question("mood", Kind.MOOD, _("How are you tonight?")),
        ),
    ),
    Template.RETRO: Offered(
        _("Weekly retrospective"),
        _("Once a week: what went well, what did not, and what should change."),
        _("Week in review"),
        (
            Question("well", Kind.TEXT, _("What went well this week?"), is_required=True),
            Question("hard", Kind.TEXT, _("What was harder than it should be?")),
            Question("change", Kind.TEXT, _("What should we do differently next week?")),
            Question("mood", Kind.MOOD, _("How was your week?")),
        ),
    ),
}


def filled(
    template: Template, team: Team, patterns: Sequence[Pattern], known: Sequence[StandUp] = ()
) -> StandUp:
    """The template in the team's language, with times that suit its shifts or hours, and a name that is still free."""
    offered, t = TEMPLATES[template], Text(team.language, team.zone)
    questions = tuple(
        replace(one, words=t(one.words), follow_up=t(one.follow_up) if one.follow_up else "")
        for one in offered.questions
    )
    name = _free(t(offered.name), {name_key(one.name) for one in known})
    schedule = TIMES[template](team, patterns)
    return StandUp(team.workspace_id, "", team.id, name, questions, schedule)


def _free(name: str, taken: set[str]) -> str:
    """The name, or the first of `name 2`, `name 3` … that nothing else in the team is called."""
    found, number = name, 1
    while name_key(found) in taken:
        number += 1
        found = f"{name} {number}"
    return found


def _floor(team: Team, patterns: Sequence[Pattern]) -> Schedule:
    """With shifts at the start of each, whatever day; without, when the team opens."""
    if patterns:
        return Schedule(Moment.SHIFT, WEEKDAYS, time(9))
    return Schedule(weekdays=_working_days(team), at=_opening(team, AFTER_OPENING))


def _back_office(team: Team, _patterns: Sequence[Pattern]) -> Schedule:
    return Schedule(weekdays=_working_days(team), at=_opening(team, 30), window_minutes=240)


def _night(_team: Team, patterns: Sequence[Pattern]) -> Schedule:
    """At a fixed time, so that only those are asked who work then: shortly after the first night shift has begun."""
    starts = [one.start for one in patterns if one.start >= EVENING]
    minutes = min(((one.hour * 60 + one.minute) for one in starts), default=None)
    at = NIGHT if minutes is None else _clock(minutes + 15)
    return Schedule(weekdays=WEEKDAYS, at=at, window_minutes=180)


def _week(team: Team, _patterns: Sequence[Pattern]) -> Schedule:
    """On the last working day before the weekend."""
    days = [one for one in _working_days(team) if one in WEEKDAYS[:5]] or _working_days(team)
    return Schedule(weekdays=(days[-1],), at=WEEKS_END, window_minutes=240)


TIMES: dict[Template, Callable[[Team, Sequence[Pattern]], Schedule]] = {
    Template.FLOOR: _floor,
    Template.BACK_OFFICE: _back_office,
    Template.NIGHT: _night,
    Template.RETRO: _week,
}


def _working_days(team: Team) -> tuple[str, ...]:
    hours = team.hours
    if hours.always_open:
        return WEEKDAYS[:5]
    return tuple(one for one in WEEKDAYS if hours.week.get(one)) or WEEKDAYS[:5]


def _opening(team: Team, minutes: int) -> time:
    """So long after the team usually opens; a team that is always open begins with the office."""
    hours = team.hours
    starts = [] if hours.always_open else [spans[0].start for spans in hours.week.values() if spans]
    return _clock(min(starts, default=OFFICE) + minutes)


def _clock(minutes: int) -> time:
    hour, minute = divmod(minutes % (24 * 60), 60)
    return time(hour, minute)
