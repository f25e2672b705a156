"""Counting tickets and scores: how soon they were answered and solved, and what people said of it."""

from datetime import timedelta

from bot.rules.metrics.importing.counting.line import Line, Step
from bot.rules.metrics.importing.reading.rejecting import Reason
from bot.rules.metrics.importing.recognising.roles import Role
from bot.rules.metrics.importing.words.cells import CANCELLED, SOLVED, is_open
from bot.rules.metrics.store.facts import SCALE

THOUSANDTH = timedelta(milliseconds=1)
GOOD = 4 * SCALE
PROMOTER, DETRACTOR = 9 * SCALE, 6 * SCALE


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


def end(line: Line) -> None:
    """Whether a ticket is solved, and how long that took."""
    line.sums["created"] = SCALE
    status = line.words.get(Role.STATUS, "")
    line.sums["cancelled"] = SCALE if status in CANCELLED else 0
    line.sums["resolved"] = SCALE if _is_solved(line, status) else 0
    reopens = line.amounts.get(Role.REOPENS)
    if reopens is not None:
        line.sums["reopened"] = line.sums["reopened_before"] = min(reopens, SCALE)
    if line.sums["resolved"]:
        _sample(line, "full_resolution", Role.FULL_RESOLUTION, Role.RESOLVED_AT)


def _is_solved(line: Line, status: str) -> bool:
    """What the line says of its state now is believed before a moment at which it was solved once."""
    if Role.RESOLVED in line.amounts:
        return line.amounts[Role.RESOLVED] > 0
    if status in SOLVED:
        return True
    if is_open(status) or status in CANCELLED:
        return False
    return Role.RESOLVED_AT in line.moments or Role.FULL_RESOLUTION in line.amounts


def _resolved(line: Line) -> None:
    if Role.RESOLVED in line.amounts:
        line.sums["resolved"] = min(line.amounts[Role.RESOLVED], SCALE)


def _solution(line: Line) -> None:
    """How long a matter took that began with a call, unless the line says that it is not over."""
    if line.sums.get("resolved") != 0:
        _sample(line, "full_resolution", Role.FULL_RESOLUTION, Role.RESOLVED_AT)


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
OTHER_ENDS: list[tuple[frozenset[Role], Step]] = [
    (frozenset({Role.RESOLVED}), _resolved),
    (frozenset({Role.FULL_RESOLUTION, Role.RESOLVED_AT}), _solution),
]
"""What lines of contacts, or of answers, say of the same."""
