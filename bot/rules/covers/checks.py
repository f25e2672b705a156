"""Whose shift it is, and who could work in their place: looked at when cover is asked for and again when it is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from bot.errors import Refused, Stale
from bot.rules.covers.requests import Cover
from bot.rules.shifts import Change, Duties, Roster, duties
from bot.rules.spans import Span, common, minus
from bot.text import _, mention


class Bar(StrEnum):
    """Why somebody cannot work in another's place."""

    OWN = "own"
    STRANGER = "stranger"
    AWAY = "away"
    WORKING = "working"


def planned(roster: Roster, person_id: str, window: Span) -> Sequence[Span]:
    """When somebody works, or would if they were not away: cover is asked for just because they are."""
    others = [one for one in roster.absences if one.person_id != person_id]
    found: Duties = duties(replace(roster, absences=others), window)
    return found.get(person_id, ())


def shifts_of(roster: Roster, person_id: str, window: Span, asked: Iterable[Span]) -> list[Span]:
    """The shifts of which somebody can ask for cover, one by one although they may follow each other at once.

    What was `asked` for already is left out.
    """
    works = minus(planned(roster, person_id, window), asked)
    shifts = [one.span for one in roster.planned(window) if person_id in one.people]
    changes = [one for one in roster.overrides if one.change is not Change.REMOVE]
    shifts += [one.span for one in changes if one.person_id == person_id]
    return sorted({part for one in shifts for part in common([one], works)})


def is_theirs(roster: Roster, person_id: str, span: Span) -> bool:
    """Whether all of that time is in their shifts."""
    return not span.is_empty and not minus([span], planned(roster, person_id, span))


def gone_problem(cover: Cover, roster: Roster) -> Refused | None:
    """Why there is nothing to cover any more, if so."""
    who = mention(cover.person_id)
    if cover.person_id not in roster.members:
        return Stale(
            _("{who} is not in this team any more, so there is nothing to cover."), who=who
        )
    if is_theirs(roster, cover.person_id, cover.span):
        return None
    return Stale(
        _("The shift of {who} has changed since, so there is nothing to cover here any more."),
        who=who,
    )


def bar_of(cover: Cover, taker_id: str, rosters: Sequence[Roster]) -> Bar | None:
    """What keeps somebody from taking it. `rosters` are of all their teams, around that time."""
    if taker_id == cover.person_id:
        return Bar.OWN
    own = [one for one in rosters if one.team_id == cover.team_id]
    if not any(taker_id in one.members for one in own):
        return Bar.STRANGER
    if any(_is_away(one, taker_id, cover.span) for one in rosters):
        return Bar.AWAY
    working = [duties(one, cover.span).get(taker_id) for one in rosters]
    return Bar.WORKING if any(working) else None


def could_take(cover: Cover, roster: Roster) -> list[str]:
    """Who of the team is there and free at that time, as far as this team knows."""
    return [one for one in sorted(roster.members) if bar_of(cover, one, [roster]) is None]


def _is_away(roster: Roster, person_id: str, span: Span) -> bool:
    return any(
        one.person_id == person_id and not one.span.within(span).is_empty for one in roster.absences
    )
