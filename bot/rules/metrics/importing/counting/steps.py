"""What there is to do with each line of a file, by what its mapping knows."""

from bot.rules.metrics.importing.counting import many, tickets
from bot.rules.metrics.importing.counting.calls import of_calls
from bot.rules.metrics.importing.counting.line import Line, Step
from bot.rules.metrics.importing.mapping import Lines, Mapping
from bot.rules.metrics.importing.recognising.roles import Role
from bot.rules.metrics.store.facts import SCALE

AS_THEY_ARE = {
    Role.CONTACTS: "contacts",
    Role.HANDLED: "handled",
    Role.IN_TIME: "in_time",
    Role.TRANSFERRED: "transferred",
    Role.ESCALATED: "escalated",
    Role.RATINGS: "ratings",
    Role.RATINGS_GOOD: "ratings_good",
    Role.READY: "ready_seconds",
    Role.BUSY: "busy_seconds",
    Role.SCHEDULED: "scheduled_seconds",
    Role.ADHERENT: "adherent_seconds",
}
ONCE_A_LINE = frozenset({Role.TRANSFERRED, Role.ESCALATED, Role.IN_TIME})
"""A call that was moved on three times is one call that was moved on."""


def steps_of(mapping: Mapping) -> list[Step]:
    """What there is to do with each line, by what the mapping knows."""
    roles = mapping.places.keys()
    if mapping.lines is Lines.TOTALS:
        return [*_simple(mapping), *many.of_many(mapping), *_busy(mapping), _queued, _timed]
    steps = _simple(mapping)
    if mapping.lines is not Lines.ANSWERS and Role.CONTACTS not in roles:
        steps.append(_one_contact)
    steps += [step for needs, step in tickets.STEPS if needs & roles]
    if mapping.lines is Lines.CALLS:
        steps += of_calls(mapping)
    steps += [*_busy(mapping), _queued]
    steps += [_late_if_abandoned, _timed] if Role.IN_TIME in roles else []
    if mapping.lines is Lines.TICKETS and roles & tickets.KNOWS_ENDS:
        steps.append(tickets.end)
    else:
        steps += [step for needs, step in tickets.OTHER_ENDS if needs & roles]
    return steps


def _simple(mapping: Mapping) -> list[Step]:
    """What is counted as it stands."""
    pairs = [(role, part) for role, part in AS_THEY_ARE.items() if role in mapping.places]
    is_one = mapping.lines is not Lines.TOTALS

    def simple(line: Line) -> None:
        for role, part in pairs:
            amount = line.amounts.get(role)
            if amount is not None:
                is_capped = is_one and role in ONCE_A_LINE and amount > SCALE
                line.sums[part] = SCALE if is_capped else amount

    return [simple] if pairs else []


def _one_contact(line: Line) -> None:
    line.sums["contacts"] = SCALE


def _queued(line: Line) -> None:
    """Of how many it is known whether they gave up: of the others nobody should think that they did not."""
    if "abandoned" in line.sums:
        line.sums["queued"] = _offered(line)


def _late_if_abandoned(line: Line) -> None:
    """Who gave up was offered, and not answered in time, also where the line leaves that empty."""
    if "in_time" not in line.sums and line.sums.get("abandoned"):
        line.sums["in_time"] = 0


def _timed(line: Line) -> None:
    """Of how many it is known whether they were answered in time."""
    if "in_time" in line.sums:
        line.sums["offered_timed"] = _offered(line)


def _offered(line: Line) -> int:
    known = line.sums.get("contacts")
    return line.sums.get("answered", 0) + line.sums.get("abandoned", 0) if known is None else known


def _busy(mapping: Mapping) -> list[Step]:
    """Who waited for work on a line was otherwise busy with what the same line says of handling."""
    if Role.READY not in mapping.places or Role.BUSY in mapping.places:
        return []

    def busy(line: Line) -> None:
        held = [line.sums[part] for part in HANDLING if part in line.sums]
        if held:
            line.sums["busy_seconds"] = sum(held)

    return [busy]


HANDLING = ("talk_seconds", "hold_seconds", "wrap_seconds")
