"""Whom nobody has thanked for long: for their leads alone, who may want to look closer."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.teams import Member

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody without kudos for `weeks` whole weeks; None if they never had any."""

    person_id: str
    name: str
    weeks: int | None = None
    is_away: bool = False


def missing(
    members: Iterable[Member],
    last: Mapping[str, datetime],
    away: Container[str],
    *,
    now: datetime,
) -> list[Missed]:
    """Each of them once and by name, so that the list is no ranking. `last` is when somebody was thanked before."""
    names = {one.person_id: one.name for one in members}
    found = [
        Missed(one, name, _weeks(last.get(one), now), one in away) for one, name in names.items()
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.person_id))


def _weeks(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else (now - since) // WEEK
