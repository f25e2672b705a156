"""Which numbers a file gives, taken as its mapping says: told before anything is imported, so that nobody waits for another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.rules.metrics.definition.registry import METRICS, Metric
from bot.rules.metrics.definition.values import value_of
from bot.rules.metrics.importing.counting.line import Line
from bot.rules.metrics.importing.counting.shares import ALL
from bot.rules.metrics.importing.counting.steps import steps_of
from bot.rules.metrics.importing.mapping import Lines, Mapping
from bot.rules.metrics.importing.reading.walls import Wall
from bot.rules.metrics.importing.recognising.roles import MEAN_OF, MOMENTS, SHARES, Role
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import SCALE, Fact

EXPECTED = {
    Lines.CALLS: ("asa", "aht"),
    Lines.TICKETS: ("frt", "resolution"),
    Lines.ANSWERS: (),
    Lines.TOTALS: (),
}
"""What a reader of such a file looks for first."""
END_OF = {"frt": Role.FIRST_RESPONSE_AT, "resolution": Role.RESOLVED_AT}
WORDS = {Lines.CALLS: "answered", Lines.TICKETS: "closed"}
AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Given:
    """`metrics` are those that the file gives, `missing` those that one would look for in vain.

    `days` are the columns whose days have no time, so that it cannot be told how long something took.
    """

    metrics: Sequence[Metric]
    missing: Sequence[Metric]
    days: Sequence[str] = ()


def given_by(mapping: Mapping) -> Given:
    """By a line in which every column says something."""
    bundle = _bundle(mapping)
    found = [one for one in METRICS if value_of(one, bundle).amount is not None]
    held = {one.key for one in found}
    missing = [one for one in METRICS if one.key in EXPECTED[mapping.lines] and one.key not in held]
    return Given(found, missing, _days(mapping, [one.key for one in missing]))


def _bundle(mapping: Mapping) -> Bundle:
    roles = mapping.places
    amounts = {_slot(role, mapping): SCALE for role in roles if role not in MOMENTS}
    amounts |= {role: ALL for role in roles if role in SHARES}
    amounts |= dict.fromkeys({Role.ABANDONED, Role.ABANDON_RATE} & roles.keys(), 0)
    is_said = mapping.lines in WORDS and Role.STATUS in roles
    words: dict[str, str] = {Role.STATUS: WORDS[mapping.lines]} if is_said else {}
    moments = {role: _wall(role, mapping) for role in roles if role in MOMENTS}
    wall = moments.pop(Role.DAY, Wall(AT, AT.date(), None))
    line = Line(wall, amounts, words, moments)
    for step in steps_of(mapping):
        step(line)
    bundle = Bundle()
    bundle.add([Fact("", wall.at, wall.day, sums=line.sums, samples=line.samples).parts])
    return bundle


def _slot(role: Role, mapping: Mapping) -> str:
    return role if mapping.lines is Lines.TOTALS else MEAN_OF.get(role, role)


def _wall(role: Role, mapping: Mapping) -> Wall:
    has_clock = not mapping.columns[mapping.places[role]].style.is_days or _has_time(role, mapping)
    at = AT if role is Role.DAY else AT + timedelta(hours=1)
    return Wall(at, date(at.year, at.month, at.day), at.hour if has_clock else None)


def _has_time(role: Role, mapping: Mapping) -> bool:
    return role is Role.DAY and Role.TIME in mapping.places


def _days(mapping: Mapping, missing: Sequence[str]) -> list[str]:
    """Columns that name a day where the missing number needs a time."""
    ends = {END_OF[one] for one in missing if END_OF.get(one) in mapping.places}
    held = [role for role in sorted({Role.DAY, *ends}) if role in mapping.places] if ends else []
    return [
        mapping.columns[mapping.places[role]].header
        for role in held
        if _wall(role, mapping).hour is None
    ]
