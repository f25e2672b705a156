"""From what one line says to the parts that numbers are made of.

A part that a line says nothing of is not there; one that it says to be none of is there and zero. So it can be told later
whether nobody gave up in the queue, or nobody knows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.rules.metrics.facts import SCALE
from bot.rules.metrics.mapping import Lines, Mapping
from bot.rules.metrics.rejecting import Reason
from bot.rules.metrics.roles import MEAN_OF, Role
from bot.rules.metrics.walls import Wall
from bot.rules.metrics.words.cells import ANSWERED, CANCELLED, OPEN, SOLVED, UNANSWERED

THOUSANDTH = timedelta(milliseconds=1)
GOOD = 4 * SCALE
PROMOTER, DETRACTOR = 9 * SCALE, 6 * SCALE


@dataclass(slots=True)
class Line:
    """`amounts` are what the cells were read as, by role; `words` those that are text. `said` are the remarks about it."""

    wall: Wall
    amounts: dict[str, int]
    words: dict[str, str]
    moments: dict[Role, Wall]
    sums: dict[str, int] = field(default_factory=dict)
    samples: dict[str, tuple[int, ...]] = field(default_factory=dict)
    said: list[tuple[Role, Reason]] = field(default_factory=list)


Step = Callable[[Line], None]
AS_THEY_ARE = {
    Role.CONTACTS: "contacts",
    Role.HANDLED: "handled",
    Role.IN_TIME: "in_time",
    Role.TRANSFERRED: "transferred",
    Role.ESCALATED: "escalated",
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
        return [*_simple(mapping), _answered_of_many, _lengths_of_many, *_of_many(mapping)]
    steps = _simple(mapping)
    if mapping.lines is not Lines.ANSWERS and Role.CONTACTS not in roles:
        steps.append(_one_contact)
    steps += [step for needs, step in STEPS if needs & roles]
    if mapping.lines is Lines.CALLS:
        steps += _of_calls(mapping)
    if mapping.lines is Lines.TICKETS and roles & KNOWS_ENDS:
        steps.append(_end)
    elif Role.RESOLVED in roles:
        steps.append(_resolved)
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


# Calls


def _of_calls(mapping: Mapping) -> list[Step]:
    roles = mapping.places.keys()
    steps: list[Step] = []
    if roles & {Role.ANSWERED, Role.ABANDONED}:
        steps.append(_answered)
    elif Role.STATUS in roles:
        steps.append(_answered_in_words)
    elif roles & {Role.WAIT, Role.MEAN_WAIT}:
        has_talk = roles & {Role.TALK, Role.MEAN_TALK, Role.HANDLE, Role.MEAN_HANDLE}
        steps.append(_answered_if_talked if has_talk else _answered_if_waited)
    return [*steps, _wait, _handling]


def _answered(line: Line) -> None:
    """What is not answered was given up, unless the line says otherwise."""
    answered, abandoned = line.amounts.get(Role.ANSWERED), line.amounts.get(Role.ABANDONED)
    if answered is None and abandoned is None:
        return
    whole = line.sums.get("contacts", SCALE)
    if answered is None and abandoned is not None:
        answered = max(whole - abandoned, 0)
    if abandoned is None and answered is not None:
        abandoned = max(whole - answered, 0)
    line.sums["answered"], line.sums["abandoned"] = answered or 0, abandoned or 0


def _answered_in_words(line: Line) -> None:
    word = line.words.get(Role.STATUS)
    if word in ANSWERED or word in UNANSWERED:
        answered = SCALE if word in ANSWERED else 0
        line.sums["answered"], line.sums["abandoned"] = answered, SCALE - answered


def _answered_if_talked(line: Line) -> None:
    """An export that does not say who was answered: those who were talked with were."""
    if _amount(line, Role.TALK) or _amount(line, Role.HANDLE) is not None:
        line.sums["answered"] = SCALE


def _answered_if_waited(line: Line) -> None:
    """An export of waits and nothing else is one of answered contacts."""
    if _amount(line, Role.WAIT) is not None:
        line.sums["answered"] = SCALE


def _wait(line: Line) -> None:
    """Only of those who were answered; abandoned ones are in neither half of ASA."""
    wait = _amount(line, Role.WAIT)
    if wait is not None and line.sums.get("answered"):
        line.sums["wait_seconds"] = wait
        line.samples["wait"] = (wait,)


def _handling(line: Line) -> None:
    """Talk, hold and after-contact work of a contact that was handled. Nobody handled a talk of no seconds."""
    amounts = [_amount(line, role) for role in (Role.TALK, Role.HOLD, Role.WRAP, Role.HANDLE)]
    if line.sums.get("answered") == 0 or all(one is None for one in amounts):
        return
    if "answered" not in line.sums and amounts[3] is None and not any(amounts):
        return
    line.sums.setdefault("handled", SCALE)
    _split(line, *amounts)
    if amounts[0] is not None:
        line.samples["talk"] = (amounts[0],)
    parts = ("talk_seconds", "hold_seconds", "wrap_seconds")
    line.samples["handle"] = (sum(line.sums.get(one, 0) for one in parts),)


def _split(line: Line, talk: int | None, hold: int | None, wrap: int | None, handle: int | None) -> None:  # fmt: skip
    """What is missing of the three is what the whole leaves over: after-contact work beside talk, else talk."""
    rest = None if handle is None else handle - (talk or 0) - (hold or 0) - (wrap or 0)
    if rest is not None and rest >= 0:
        if talk is None:
            talk = rest
        elif wrap is None:
            wrap = rest
    for part, amount in (("talk_seconds", talk), ("hold_seconds", hold), ("wrap_seconds", wrap)):
        if amount is not None:
            line.sums[part] = amount


def _amount(line: Line, role: Role) -> int | None:
    """An amount of one contact: the mean of one is itself."""
    amount = line.amounts.get(role)
    return line.amounts.get(MEAN_FOR[role]) if amount is None and role in MEAN_FOR else amount


MEAN_FOR = {amount: mean for mean, amount in MEAN_OF.items()}


# Many contacts together


def _answered_of_many(line: Line) -> None:
    for role, part in ((Role.ANSWERED, "answered"), (Role.ABANDONED, "abandoned")):
        if role in line.amounts:
            line.sums[part] = line.amounts[role]


def _lengths_of_many(line: Line) -> None:
    """Whole lengths as they are; means times the contacts that they are means of."""
    amounts = line.amounts
    handled = _first(amounts, Role.HANDLED, Role.ANSWERED, Role.CONTACTS)
    answered = _first(amounts, Role.ANSWERED, Role.HANDLED, Role.CONTACTS)
    wait = _whole(line, Role.WAIT, answered)
    if wait is not None:
        line.sums["wait_seconds"] = wait
        if answered is not None:
            line.sums.setdefault("answered", answered)
    parts = [_whole(line, role, handled) for role in (Role.TALK, Role.HOLD, Role.WRAP, Role.HANDLE)]
    if any(one is not None for one in parts):
        _split(line, *parts)
        if handled is not None:
            line.sums.setdefault("handled", handled)


def _whole(line: Line, role: Role, count: int | None) -> int | None:
    whole, mean = line.amounts.get(role), line.amounts.get(MEAN_FOR[role])
    if whole is not None or mean is None:
        return whole
    if count is None:
        line.said.append((MEAN_FOR[role], Reason.MEAN_WITHOUT_COUNT))
        return None
    return round_half_even(mean * count, SCALE)


def _of_many(mapping: Mapping) -> list[Step]:
    roles = mapping.places.keys()
    pairs = [(role, part) for role, part in OF_MANY.items() if role in roles]

    def many(line: Line) -> None:
        for role, part in pairs:
            if role in line.amounts:
                line.sums[part] = line.amounts[role]
        share = line.amounts.get(Role.SERVICE_LEVEL)
        offered = _first(line.amounts, Role.CONTACTS, Role.ANSWERED)
        if share is not None and offered is not None:
            line.sums["in_time"] = round_half_even(share * offered, 100 * SCALE)
            line.sums.setdefault("contacts", offered)

    return [many]


OF_MANY = {Role.RESOLVED: "resolved", Role.REOPENS: "reopened"}


def _first(amounts: dict[str, int], *roles: Role) -> int | None:
    return next((amounts[role] for role in roles if role in amounts), None)


def round_half_even(above: int, below: int) -> int:
    """The whole number nearest to the quotient."""
    quotient, rest = divmod(above, below)
    return quotient + (2 * rest > below or (2 * rest == below and quotient % 2 == 1))


# Scores


def _rating(line: Line) -> None:
    rating = line.amounts.get(Role.RATING)
    if rating is not None:
        line.sums["ratings"] = SCALE
        line.sums["ratings_good"] = SCALE if rating >= GOOD else 0
        line.sums["rating_points"] = rating


def _recommendation(line: Line) -> None:
    answer = line.amounts.get(Role.RECOMMENDATION)
    if answer is not None:
        line.sums["recommendations"] = SCALE
        line.sums["promoters"] = SCALE if answer >= PROMOTER else 0
        line.sums["detractors"] = SCALE if answer <= DETRACTOR else 0


def _effort(line: Line) -> None:
    effort = line.amounts.get(Role.EFFORT)
    if effort is not None:
        line.sums["efforts"], line.sums["effort_points"] = SCALE, effort


def _review(line: Line) -> None:
    score = line.amounts.get(Role.REVIEW)
    if score is not None:
        line.sums["reviews"], line.sums["review_points"] = SCALE, score


def _first_contact(line: Line) -> None:
    """Only a file that says it knows who came back; Baton does not guess it from names."""
    once = line.amounts.get(Role.FIRST_CONTACT)
    if once is not None:
        line.sums["issues"], line.sums["issues_once"] = SCALE, min(once, SCALE)


# Tickets


def _first_response(line: Line) -> None:
    _sample(line, "first_response", Role.FIRST_RESPONSE, Role.FIRST_RESPONSE_AT)


def _others(line: Line) -> None:
    for role in (Role.NEXT_REPLY, Role.FIRST_RESOLUTION):
        if role in line.amounts:
            line.samples[role.value] = (line.amounts[role],)


def _targets(line: Line) -> None:
    outcomes = [value for slot, value in line.amounts.items() if slot.startswith(Role.TARGET)]
    if outcomes:
        met = sum(outcomes)
        line.sums["targets_met"] = met
        line.sums["targets_breached"] = len(outcomes) * SCALE - met


def _end(line: Line) -> None:
    """Whether a ticket is solved, and how long that took."""
    line.sums["created"] = SCALE
    status = line.words.get(Role.STATUS, "")
    line.sums["cancelled"] = SCALE if status in CANCELLED else 0
    line.sums["resolved"] = SCALE if _is_solved(line, status) else 0
    reopens = line.amounts.get(Role.REOPENS)
    if reopens is not None:
        line.sums["reopened"] = min(reopens, SCALE)
    if line.sums["resolved"]:
        _sample(line, "full_resolution", Role.FULL_RESOLUTION, Role.RESOLVED_AT)


def _is_solved(line: Line, status: str) -> bool:
    """What the line says of its state now is believed before a moment at which it was solved once."""
    if Role.RESOLVED in line.amounts:
        return line.amounts[Role.RESOLVED] > 0
    if status in SOLVED:
        return True
    if status in OPEN or status in CANCELLED:
        return False
    return Role.RESOLVED_AT in line.moments or Role.FULL_RESOLUTION in line.amounts


def _resolved(line: Line) -> None:
    if Role.RESOLVED in line.amounts:
        line.sums["resolved"] = min(line.amounts[Role.RESOLVED], SCALE)


def _sample(line: Line, part: str, length: Role, at: Role) -> None:
    """The length as it is written, else from the beginning to the moment."""
    amount = line.amounts.get(length)
    if amount is None and at in line.moments:
        end = line.moments[at]
        if end.hour is None or line.wall.hour is None:
            return
        amount = (end.at - line.wall.at) // THOUSANDTH
        if amount < 0:
            line.said.append((at, Reason.BEFORE_CREATION))
            return
    if amount is not None:
        line.samples[part] = (amount,)


KNOWS_ENDS = frozenset({Role.STATUS, Role.RESOLVED, Role.RESOLVED_AT, Role.FULL_RESOLUTION})
STEPS: list[tuple[frozenset[Role], Step]] = [
    (frozenset({Role.RATING}), _rating),
    (frozenset({Role.RECOMMENDATION}), _recommendation),
    (frozenset({Role.EFFORT}), _effort),
    (frozenset({Role.REVIEW}), _review),
    (frozenset({Role.FIRST_CONTACT}), _first_contact),
    (frozenset({Role.FIRST_RESPONSE, Role.FIRST_RESPONSE_AT}), _first_response),
    (frozenset({Role.NEXT_REPLY, Role.FIRST_RESOLUTION}), _others),
    (frozenset({Role.TARGET}), _targets),
]
