"""Thirty days of four teams, from a Saturday on: in spring and in autumn all their clocks change, on different days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from tests.services.standups.month.acts import (
    Act,
    Edits,
    Habit,
    IsAway,
    IsBack,
    IsDeactivated,
    Joins,
    Leaves,
    MovesTo,
    Says,
    Switches,
    Works,
)
from tests.services.standups.month.world import (
    EVERY_DAY,
    OFFICE,
    PERSON,
    SHIFT,
    TEAM,
    Override,
    Pattern,
    Plan,
    StandUp,
    Team,
    World,
    wall,
)

SPRING, AUTUMN = date(2026, 3, 7), date(2026, 10, 3)
DAYS = 30
ATHENS, NEW_YORK, SYDNEY = "Europe/Athens", "America/New_York", "Australia/Sydney"
KOLKATA = "Asia/Kolkata"
HOLIDAYS = frozenset({date(2026, 3, 25), date(2026, 10, 28)})
"""Of Greece: Good Friday and Easter Monday come after this month."""

HARBOUR, FIELD, DESK, NIGHT = "harbour", "field", "desk", "night"
PLANS = {
    HARBOUR: Plan(TEAM, EVERY_DAY, at=time(3, 30), window=100),  # on two days it is not, or twice
    FIELD: Plan(PERSON, OFFICE, at=time(9), window=120),
    DESK: Plan(SHIFT, OFFICE + " sat", offset=5, window=100),  # twice a day
    NIGHT: Plan(SHIFT, EVERY_DAY, offset=5, window=75),  # over midnight
}

PROMPT, SLOW, LATE, NEVER = ("answer", 0.1), ("answer", 0.9), ("answer", 1.5), ("", 0.0)
NOTHING_NEW, SKIPS, CHANGES = ("same", 0.3), ("skip", 0.2), ("answer answer", 0.4)
HABITS: Mapping[str, Sequence[Habit]] = {
    "hana": (PROMPT, SLOW, NOTHING_NEW),
    "hugo": (SLOW, NEVER, LATE, SKIPS, CHANGES),
    "hera": (PROMPT, NEVER),
    "hal": (PROMPT,),
    "hope": (NEVER, SLOW),
    "fay": (PROMPT, NOTHING_NEW, LATE, NEVER),
    "finn": (SLOW, PROMPT, SKIPS),
    "fido": (CHANGES, SLOW),
    "nora": (("answer", 0.15), ("answer", 0.5), NEVER, ("out", 0.1), LATE),
    "otto": (("answer", 0.35), SKIPS, SLOW),
    "dora": (NOTHING_NEW, ("answer", 1.0)),
    "dirk": (NEVER, LATE, PROMPT),
    "dina": (PROMPT, SLOW),
    "nick": (PROMPT, ("answer", 0.8)),
    "nell": (SLOW, LATE, NEVER, CHANGES),
    "nils": (SKIPS, PROMPT),
}


@dataclass(frozen=True)
class Month:
    """All that there is to know of one: the world at its start, and what happens."""

    world: World
    script: Sequence[tuple[datetime, Act]]
    down: tuple[datetime, datetime]
    start: datetime
    end: datetime
    habits: Mapping[str, Sequence[Habit]]


def month(first: date) -> Month:
    def at(day: int, hour: int, minute: int = 0, zone: str = "UTC") -> datetime:
        return wall(first + timedelta(days=day), time(hour, minute), zone)

    # New York shows 08:30 to 10:30 by its summer time, and Sydney 23:30 to 01:30 by its own.
    down = at(19, 12, 30), at(19, 14, 30)
    return Month(_world(), _script(at), down, at(0, 0), at(DAYS, 0), HABITS)


def _world() -> World:
    harbour = Team(
        HARBOUR,
        ATHENS,
        {"hana": "lead", "hugo": "agent", "hera": "agent", "hal": "agent", "hope": "agent"},
        (
            Pattern(EVERY_DAY, time(23), time(7), ("hana", "hugo")),
            Pattern(EVERY_DAY, time(5), time(13), ("hera",)),  # works for ten minutes of the window
            Pattern(EVERY_DAY, time(13), time(21), ("hal",)),  # is never asked
        ),
        days_off=HOLIDAYS,  # which do nothing: it works around the clock
    )
    field = Team(
        FIELD,
        ATHENS,
        {"fay": "lead", "finn": "agent", "nora": "agent", "otto": "agent", "mia": "manager"},
        weekdays=OFFICE,
        region="GR",
        holidays=HOLIDAYS,
    )
    desk = Team(
        DESK,
        NEW_YORK,
        {"dora": "lead", "nora": "agent", "otto": "agent", "dirk": "agent", "dina": "agent"},
        (
            Pattern(OFFICE + " sat", time(8, 30), time(17), ("dora", "nora")),
            Pattern(OFFICE, time(8, 50), time(17, 20), ("otto",)),
            Pattern(OFFICE, time(17), time(1, 30), ("dirk", "dina")),
        ),
        weekdays=OFFICE + " sat",
        days_off=frozenset({SPRING + timedelta(days=13), AUTUMN + timedelta(days=13)}),
    )
    night = Team(
        NIGHT,
        SYDNEY,
        {"nick": "lead", "nell": "agent", "nils": "agent", "mia": "manager"},
        (
            Pattern(EVERY_DAY, time(23, 30), time(7, 30), ("nick", "nell")),
            Pattern("sat sun", time(23, 30), time(7, 30), ("nils",)),
        ),
    )
    zones = dict.fromkeys(HABITS, ATHENS) | {"mia": ATHENS, "finn": SYDNEY, "fido": KOLKATA}
    zones |= dict.fromkeys(("nora", "otto", "dora", "dirk", "dina"), NEW_YORK)
    zones |= dict.fromkeys(("nick", "nell", "nils"), SYDNEY)
    standups = {team: StandUp(f"{team}-daily", team, plan) for team, plan in PLANS.items()}
    teams = {one.id: one for one in (harbour, field, desk, night)}
    return World(teams, {one.id: one for one in standups.values()}, zones)


def _script(at: Callable[..., datetime]) -> list[tuple[datetime, Act]]:
    harbour, field, desk, night = (f"{one}-daily" for one in PLANS)
    later = replace(PLANS[HARBOUR], at=time(4, 15), window=50)
    wider = replace(PLANS[DESK], offset=30, window=150)
    return [
        # sickness and holidays: the whole of a window, its beginning, its end, and back earlier than said
        (at(3, 9), IsAway("hera", at(4, 0), at(9, 0))),
        (at(6, 1, 40), IsBack("hera")),
        (at(5, 12, 0, NEW_YORK), IsAway("dirk", at(5, 16, 0, NEW_YORK), at(7, 0, 0, NEW_YORK))),
        (at(4, 6), IsAway("nell", at(5, 23, 0, SYDNEY), at(6, 0, 0, SYDNEY))),
        (at(9, 10, 0, ATHENS), IsAway("fay", at(9, 10, 0, ATHENS), at(11, 0, 0, ATHENS))),
        (at(11, 7), IsAway("hugo", at(12, 0, 0, ATHENS), at(12, 4, 50, ATHENS))),
        # people come and go while rounds are open
        (at(10, 4, 0), Joins(FIELD, "fido")),
        (at(12, 4, 0, ATHENS), Leaves(HARBOUR, "hope")),
        (at(16, 23, 50, SYDNEY), IsDeactivated("nils")),
        (at(16, 10, 0, SYDNEY), MovesTo("finn", ATHENS)),
        (at(24, 20, 0), MovesTo("otto", KOLKATA)),
        (at(20, 12), Leaves(DESK, "dina")),
        (at(20, 12, 1), Joins(NIGHT, "dina")),
        (at(20, 12, 2), Works(NIGHT, Override("dina", at(21, 23, 30, SYDNEY), at(22, 7, 30, SYDNEY)))),
        (at(13, 12), Works(DESK, Override("dirk", at(14, 8, 30, NEW_YORK), at(14, 17, 0, NEW_YORK), "nora"))),
        # leads change their minds while a round is open
        (at(11, 9, 0, NEW_YORK), Edits(desk, wider)),
        (at(17, 23, 50, NEW_YORK), Edits(desk, PLANS[DESK])),
        (at(22, 3, 50, ATHENS), Edits(harbour, later)),
        (at(25, 3, 50, ATHENS), Edits(harbour, PLANS[HARBOUR])),
        (at(26, 23, 50, SYDNEY), Switches(night, on=False)),
        (at(28, 23, 50, SYDNEY), Switches(night, on=True)),
        # some are early
        (at(3, 20, 0, ATHENS), Says("hugo", harbour, "early")),
        (at(4, 20, 0, ATHENS), Says("hana", harbour, "skip")),
        (at(8, 20, 0, NEW_YORK), Says("otto", desk, "early")),
        (at(9, 7, 0, SYDNEY), Says("finn", field, "early")),
    ]  # fmt: skip
