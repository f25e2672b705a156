"""Shifts as somebody filled them in, and what a good one looks like: one refusal per field."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.errors import Refused
from bot.rules.calendars import WEEKDAYS
from bot.rules.shifts.plans import Change, DayChange, Override, Pattern, span_on
from bot.rules.spans import Span
from bot.text import _

NAME_LIMIT = 40
PEOPLE_AT_MOST = 50
PATTERNS_AT_MOST = 200
FAR = timedelta(days=2 * 366)

NO_DAY = _("Please choose a day.")
NO_TIME = _("Please choose a time.")
BEFORE_BEGIN = _("This is before the beginning.")
TOO_FAR = _("That is too far from today. Please look at the year.")


@dataclass(frozen=True, slots=True)
class PatternDraft:
    """A weekly shift as the form holds it."""

    weekdays: tuple[str, ...] = ()
    start: time | None = None
    end: time | None = None
    people: tuple[str, ...] = ()
    name: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def written(self, pattern_id: str, team_id: str, version: int = 1) -> Pattern:
        """The pattern that it means; call `pattern_problems` first."""
        assert self.start is not None
        assert self.end is not None
        return Pattern(
            pattern_id,
            team_id,
            tuple(day for day in WEEKDAYS if day in self.weekdays),
            self.start,
            self.end,
            tuple(dict.fromkeys(self.people)),
            " ".join(self.name.split()),
            self.valid_from,
            self.valid_until,
            version,
        )


def draft_of(pattern: Pattern) -> PatternDraft:
    return PatternDraft(
        pattern.weekdays,
        pattern.start,
        pattern.end,
        pattern.people,
        pattern.name,
        pattern.valid_from,
        pattern.valid_until,
    )


def pattern_problems(draft: PatternDraft) -> dict[str, Refused]:
    """What is wrong with the draft by itself; who is in it is looked at by `members_problem`."""
    found: dict[str, Refused] = {}
    if not (draft.weekdays and set(draft.weekdays) <= set(WEEKDAYS)):
        found["weekdays"] = Refused(_("Choose at least one day on which it begins."))
    if draft.start is None:
        found["start"] = Refused(NO_TIME)
    if draft.end is None:
        found["end"] = Refused(NO_TIME)
    if len(draft.name) > NAME_LIMIT:
        found["name"] = Refused(
            _("Please keep the name under {limit} characters."), limit=NAME_LIMIT + 1
        )
    if len(draft.people) > PEOPLE_AT_MOST:
        found["people"] = Refused(
            _("Please choose at most {limit} people and make another shift for the others."),
            limit=PEOPLE_AT_MOST,
        )
    if draft.valid_from and draft.valid_until and draft.valid_until < draft.valid_from:
        found["valid_until"] = Refused(BEFORE_BEGIN)
    return found


def members_problem(chosen: Sequence[str], members: Collection[str]) -> Refused | None:
    """Only agents, leads and managers of the team can be on its shifts. Names them as mentions do, by id."""
    strangers = [one for one in chosen if one not in members]
    if not strangers:
        return None
    return Refused(
        _("{count} of them can't be on a shift: only agents, leads and managers of this team can."),
        count=len(strangers),
    )


@dataclass(frozen=True, slots=True)
class OverrideDraft:
    """A change for one person on one day, as the form holds it."""

    change: str = ""
    person_id: str = ""
    instead_of: str = ""
    day: date | None = None
    start: time | None = None
    end: time | None = None

    def span(self, zone: str) -> Span:
        assert self.day is not None
        assert self.start is not None
        assert self.end is not None
        return span_on(self.day, self.start, self.end, zone)

    def written(self, override_id: str, team_id: str, zone: str, by: str, at: datetime) -> Override:
        """The override that it means; call `override_problems` first."""
        span, change = self.span(zone), Change(self.change)
        instead = self.instead_of if change is Change.REPLACE else None
        return Override(
            override_id, team_id, change, self.person_id, span.start, span.end, instead, by, at
        )


def override_problems(
    draft: OverrideDraft, members: Collection[str], zone: str, *, now: datetime
) -> dict[str, Refused]:
    """Everything that is wrong with it, for the team whose members these are."""
    found: dict[str, Refused] = {}
    if draft.change not in {*Change}:
        found["change"] = Refused(_("Please choose one."))
    if not draft.person_id:
        found["person"] = Refused(_("Please choose somebody."))
    elif draft.change != Change.REMOVE and draft.person_id not in members:
        found["person"] = Refused(
            _("Only agents, leads and managers of this team can be on its shifts.")
        )
    if draft.change == Change.REPLACE and draft.instead_of in {"", draft.person_id}:
        found["instead_of"] = Refused(_("Please choose in whose place they work."))
    found |= _when_problems(draft, now)
    if not found and draft.span(zone).end <= now:
        found["end"] = Refused(_("This is over already."))
    return found


def _when_problems(draft: OverrideDraft, now: datetime) -> dict[str, Refused]:
    found = {
        name: Refused(NO_TIME)
        for name, value in (("start", draft.start), ("end", draft.end))
        if value is None
    }
    if problem := day_problem(draft.day, now=now):
        found["day"] = problem
    return found


def day_problem(day: date | None, *, now: datetime) -> Refused | None:
    if day is None:
        return Refused(NO_DAY)
    return Refused(TOO_FAR) if abs(day - now.astimezone(UTC).date()) > FAR else None


def day_change_problems(
    change: DayChange | None, pattern: Pattern | None, *, now: datetime
) -> dict[str, Refused]:
    """What is wrong with other hours for one day of a pattern. Both times or none; none is a day off."""
    if pattern is None:
        return {"pattern": Refused(_("Please choose a shift."))}
    if change is None:
        return {"day": Refused(NO_DAY)}
    if problem := day_problem(change.day, now=now):
        return {"day": problem}
    if not pattern.is_on(change.day):
        return {"day": Refused(_("This shift does not begin on that day."))}
    if (change.start is None) != (change.end is None):
        missing = "start" if change.start is None else "end"
        return {missing: Refused(NO_TIME)}
    return {}
