"""The definitions that ship: each metric with its formula, in parts and in words, its unit, and which way is good.

The words and the check values are those of the field; where two definitions are in use, the words say which one this is.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.text import _


class Unit(StrEnum):
    PERCENT = "percent"
    SECONDS = "seconds"
    POINTS = "points"
    THINGS = "things"


class Direction(StrEnum):
    """Which way is good. For some numbers neither is: they only say how much there was."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Metric:
    """`numerator` and `denominator` are formulas over parts; a percentage is a hundred times their quotient.

    `sample` is the part whose median and 90th percentile it is instead. `name` and `words` are gettext ids.
    """

    key: str
    name: str
    words: str
    unit: Unit
    direction: Direction
    numerator: str = ""
    denominator: str = ""
    sample: str = ""
    decimals: int = 1

    @property
    def is_quantile(self) -> bool:
        return bool(self.sample)


def _share(
    key: str, name: str, words: str, numerator: str, denominator: str, way: Direction
) -> Metric:
    return Metric(key, name, words, Unit.PERCENT, way, numerator, denominator)


def _mean(key: str, name: str, words: str, numerator: str, denominator: str) -> Metric:
    return Metric(
        key, name, words, Unit.SECONDS, Direction.DOWN, numerator, denominator, decimals=0
    )


def _quantile(key: str, name: str, words: str, sample: str) -> Metric:
    return Metric(key, name, words, Unit.SECONDS, Direction.DOWN, sample=sample, decimals=0)


METRICS: tuple[Metric, ...] = (
    Metric(
        "contacts", _("Contacts"), _("All contacts that came in, answered or not."),
        Unit.THINGS, Direction.NONE, "contacts", "1", decimals=0,
    ),
    _share(
        "csat", _("CSAT"),
        _("Ratings of 4 and 5 among all ratings from 1 to 5. Who did not rate is left out. The mean is “Mean rating”."),
        "ratings_good", "ratings", Direction.UP,
    ),
    Metric(
        "rating", _("Mean rating"), _("The mean of all ratings from 1 to 5."),
        Unit.POINTS, Direction.UP, "rating_points", "ratings", decimals=2,
    ),
    Metric(
        "nps", _("NPS"),
        _("The share of 9 and 10 minus the share of 0 to 6, of all answers from 0 to 10. It goes from −100 to 100."),
        Unit.POINTS, Direction.UP, "100 * (promoters - detractors)", "recommendations", decimals=0,
    ),
    Metric(
        "ces", _("CES"),
        _("The mean of the answers from 1 to 7, where 7 is the least effort. Some ask the other way round; turn those before importing."),
        Unit.POINTS, Direction.UP, "effort_points", "efforts", decimals=2,
    ),
    _quantile(
        "frt", _("First response time"),
        _("From the creation of a ticket to the first public answer of an agent, around the clock. Automatic answers do not count."),
        "first_response",
    ),
    _quantile(
        "nrt", _("Next reply time"),
        _("From the earliest message of the customer that is not answered yet to the agent's next public reply."),
        "next_reply",
    ),
    _mean(
        "aht", _("AHT"),
        _("Talk, hold and after-contact work together, divided by the contacts handled. Where an export knows no hold or no "
          "after-contact work, it is talk time alone."),
        "talk_seconds + hold_seconds + wrap_seconds", "handled",
    ),
    _mean(
        "asa", _("ASA"),
        _("The waits of answered contacts, divided by the answered contacts. Abandoned ones are in neither."),
        "wait_seconds", "answered",
    ),
    _share(
        "service_level", _("Service level"),
        _("Answered within the time promised, of all that were offered. Abandoned contacts count as offered and not as in time."),
        "in_time", "contacts", Direction.UP,
    ),
    _share(
        "abandonment", _("Abandonment"),
        _("Contacts that gave up in the queue, of all that were queued. Some leave out those who gave up within seconds; this does not."),
        "abandoned", "contacts", Direction.DOWN,
    ),
    _share(
        "fcr", _("FCR"), _("Issues that were resolved without another contact within 7 days, of all issues."),
        "issues_once", "issues", Direction.UP,
    ),
    _quantile(
        "first_resolution", _("First resolution time"),
        _("From the creation of a ticket to the first time it was solved."), "first_resolution",
    ),
    _quantile(
        "resolution", _("Resolution time"),
        _("From the creation of a ticket to the last time it was solved."), "full_resolution",
    ),
    _share(
        "sla", _("SLA attainment"),
        _("Targets met, of all that were met or breached. What is open and late already counts as breached."),
        "targets_met", "targets_met + targets_breached", Direction.UP,
    ),
    _share(
        "occupancy", _("Occupancy"),
        _("Time spent handling contacts, of the time spent handling or waiting for work. High is not simply good: above 85 % people tire."),
        "busy_seconds", "busy_seconds + ready_seconds", Direction.NONE,
    ),
    _share(
        "adherence", _("Adherence"), _("Time spent in the state that was planned, of all planned time."),
        "adherent_seconds", "scheduled_seconds", Direction.UP,
    ),
    Metric(
        "backlog", _("Backlog"), _("What was open at the start, plus new and reopened, minus resolved and cancelled."),
        Unit.THINGS, Direction.DOWN, "created + reopened - resolved - cancelled", "1", decimals=0,
    ),
    _share(
        "reopen", _("Reopened"), _("Tickets that were reopened at least once, of those resolved in the same time."),
        "reopened", "resolved", Direction.DOWN,
    ),
    _share(
        "escalation", _("Escalated"),
        _("Cases that were escalated, each counted once, of the contacts handled. Those that were sent back are counted apart."),
        "escalated", "handled", Direction.DOWN,
    ),
    Metric(
        "qa", _("QA score"),
        _("The mean of the reviews. Each is the weighted mean of its categories without those that do not apply, and 0 if a "
          "critical one is below 50 %."),
        Unit.POINTS, Direction.UP, "review_points", "reviews",
    ),
    _quantile(
        "claim", _("Time to claim"),
        _("From an escalation to its owner. After a fallen claim a new wait begins."), "claim",
    ),
    _quantile("resolve", _("Time to resolve"), _("From an escalation to its resolution."), "resolve"),
    _share(
        "handover", _("Handover acceptance"), _("Cases of handovers that were accepted, of all that were offered."),
        "handovers_accepted", "handovers", Direction.UP,
    ),
    _share(
        "promises", _("Promises kept"), _("Promises to customers that were kept in time, of all that were due."),
        "promises_kept", "promises", Direction.UP,
    ),
    _share(
        "participation", _("Stand-up participation"),
        _("Answers to stand-ups, of all who were asked and not away. Skipping counts on neither side."),
        "took_part", "asked", Direction.UP,
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in METRICS}
