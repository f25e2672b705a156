"""The definitions that ship: each metric with its formula, in parts and in words, its unit, and which way is good.

The words and the check values are those of the field. Where more than one definition is in use, the words say which one
this is, and name the others.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.rules.metrics.definition.formulas import saved
from bot.text import _

ONE = "1"
"""The denominator of what is not divided: an amount, which adds up."""


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

    `sample` is the part whose median and 90th percentile it is instead. `name` and `words` are gettext ids. With `start`
    it goes on from day to day: what it is at the end of a day is all since the last day on which the part `start` says how
    much there was, or since the first day known. Without any of the parts in `needs` it has no value. `owner_id` is who answers for a workspace's own.
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
    start: str = ""
    needs: tuple[str, ...] = ()
    owner_id: str = ""

    @property
    def is_quantile(self) -> bool:
        return bool(self.sample)

    @property
    def is_running(self) -> bool:
        return bool(self.start)

    @property
    def is_amount(self) -> bool:
        """Whether it is how much there was, which is more in a week than on a day."""
        return self.denominator == ONE and saved(self.numerator).adds_up


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
        "contacts", _("Contacts"),
        _("All contacts that came in, answered or not. Some count only those that were answered; that is “Answered contacts”."),
        Unit.THINGS, Direction.NONE, "contacts", ONE, decimals=0,
    ),
    _share(
        "csat", _("CSAT"),
        _("Ratings of 4 and 5 among all ratings from 1 to 5. Who did not rate is left out. Some tell the mean instead: that is "
          "“Mean rating”."),
        "ratings_good", "ratings", Direction.UP,
    ),
    Metric(
        "rating", _("Mean rating"),
        _("The mean of all ratings from 1 to 5. Who did not rate is left out. Some call this CSAT."),
        Unit.POINTS, Direction.UP, "rating_points", "ratings", decimals=2,
    ),
    Metric(
        "nps", _("NPS"),
        _("The share of 9 and 10 minus the share of 0 to 6, of all answers from 0 to 10. It goes from −100 to 100. It is no "
          "mean of the answers, and no percentage."),
        Unit.POINTS, Direction.UP, "100 * (promoters - detractors)", "recommendations", decimals=0,
    ),
    Metric(
        "ces", _("CES"),
        _("The mean of the answers from 1 to 7, where 7 is the least effort. Some ask the other way round, or from 1 to 5; turn "
          "those before importing."),
        Unit.POINTS, Direction.UP, "effort_points", "efforts", decimals=2,
    ),
    _quantile(
        "frt", _("First response time"),
        _("From the creation of a ticket to the first public answer of an agent, around the clock. Automatic answers do not "
          "count. Some count business hours only; a file that says so brings those."),
        "first_response",
    ),
    _quantile(
        "nrt", _("Next reply time"),
        _("From the earliest message of the customer that is not answered yet to the agent's next public reply. Some begin "
          "anew with the customer's latest message, which looks quicker."),
        "next_reply",
    ),
    _mean(
        "aht", _("AHT"),
        _("Talk, hold and after-contact work together, divided by the contacts handled. Where an export knows no hold or no "
          "after-contact work, it is talk time alone. Some leave out after-contact work, which is shorter."),
        "talk_seconds + hold_seconds + wrap_seconds", "handled",
    ),
    _quantile(
        "handle", _("Handling time"),
        _("Talk, hold and after-contact work of each contact: the middle one, where AHT is the mean. Only from records of single "
          "contacts."),
        "handle",
    ),
    _mean(
        "asa", _("ASA"),
        _("The waits of answered contacts, divided by the answered contacts. Abandoned ones are in neither. Some count from the "
          "first ring, others from the queue; it is what your export calls the wait."),
        "wait_seconds", "answered",
    ),
    _quantile(
        "wait", _("Wait for an answer"),
        _("The wait of each answered contact: the middle one, where ASA is the mean. Only from records of single contacts."),
        "wait",
    ),
    _share(
        "service_level", _("Service level"),
        _("Answered within the time promised, of all offered of which that is known. Abandoned contacts count as offered and "
          "not as in time. Some leave abandoned ones out, or count quick ones as in time; both look better."),
        "in_time", "offered_timed", Direction.UP,
    ),
    _share(
        "answered", _("Answered contacts"),
        _("Contacts that were answered, of all that were queued: what is left of 100 % after “Abandonment”."),
        "queued - abandoned", "queued", Direction.UP,
    ),
    _share(
        "abandonment", _("Abandonment"),
        _("Contacts that gave up in the queue, of all that were queued. Some leave out those who gave up within seconds; this "
          "does not."),
        "abandoned", "queued", Direction.DOWN,
    ),
    _share(
        "fcr", _("FCR"),
        _("Issues that were resolved without another contact within 7 days, of all issues. Some ask the customer instead, or "
          "count what the agent ticked."),
        "issues_once", "issues", Direction.UP,
    ),
    _quantile(
        "first_resolution", _("First resolution time"),
        _("From the creation of a ticket to the first time it was solved, also if it was reopened later."),
        "first_resolution",
    ),
    _quantile(
        "resolution", _("Resolution time"),
        _("From the creation of a ticket to the last time it was solved. Some tell the first time: that is “First resolution "
          "time”."),
        "full_resolution",
    ),
    _share(
        "sla", _("SLA attainment"),
        _("Targets met, of all that were met or breached. What is open and late already counts as breached. Some count only "
          "closed tickets, which hides the oldest."),
        "targets_met", "targets_met + targets_breached", Direction.UP,
    ),
    _share(
        "occupancy", _("Occupancy"),
        _("Time spent handling contacts, of the time spent handling or waiting for work. Breaks are in neither; with them it "
          "would be utilisation. High is not simply good: above 85 % people tire."),
        "busy_seconds", "busy_seconds + ready_seconds", Direction.NONE,
    ),
    _share(
        "adherence", _("Adherence"),
        _("Time spent in the state that was planned, of all planned time. Some compare only the totals of hours, which is "
          "conformance."),
        "adherent_seconds", "scheduled_seconds", Direction.UP,
    ),
    Metric(
        "backlog", _("Backlog"),
        _("What was open at the start, plus new and reopened, minus resolved and cancelled. Without a start it counts from the "
          "first day known. Some count only what is overdue."),
        Unit.THINGS, Direction.DOWN, "open_at_start + created + reopened - reopened_before - resolved - cancelled", ONE,
        decimals=0, start="open_at_start", needs=("open_at_start", "created"),
    ),
    _share(
        "reopen", _("Reopen rate"),
        _("Tickets that were reopened at least once, of those resolved in the same time. Some count each reopening, which can "
          "exceed 100 %."),
        "reopened", "resolved", Direction.DOWN,
    ),
    _share(
        "escalation", _("Escalation rate"),
        _("Cases that were escalated, each counted once, of the contacts handled. Those that were sent back are counted apart, "
          "as “Sent back”. Some count each escalation."),
        "escalated", "handled", Direction.DOWN,
    ),
    _share(
        "bounced", _("Sent back"),
        _("Escalations that went back to who raised them at least once, of all escalations."),
        "bounced", "escalated", Direction.DOWN,
    ),
    Metric(
        "qa", _("QA score"),
        _("The mean of the reviews. Each is the weighted mean of its categories without those that do not apply, and 0 if a "
          "critical one is below 50 %. Some add up the points of all reviews, so that long ones weigh more."),
        Unit.POINTS, Direction.UP, "review_points", "reviews", decimals=2,
    ),
    _quantile(
        "claim", _("Time to claim"),
        _("From an escalation to its owner. After a fallen claim a new wait begins. Some count until the first claim only."),
        "claim",
    ),
    _quantile(
        "resolve", _("Time to resolve"),
        _("From an escalation to its resolution, and from each time it was reopened to the next."), "resolve",
    ),
    _share(
        "handover", _("Handover acceptance"),
        _("Cases of handovers that were accepted, of all that were offered. What was taken back counts on neither side."),
        "handovers_accepted", "handovers", Direction.UP,
    ),
    _share(
        "promises", _("Promises kept"),
        _("Promises to customers that were kept in time, of all that were due. One that is open and late counts as not kept."),
        "promises_kept", "promises", Direction.UP,
    ),
    _share(
        "participation", _("Stand-up participation"),
        _("Answers to stand-ups, of all who were asked and not away. Skipping counts on neither side. Some count a skip as no "
          "answer."),
        "took_part", "asked", Direction.UP,
    ),
    Metric(
        "kudos", _("Kudos"), _("Thanks that were given to people of the team in public. Private ones stay between two, and are not counted."),
        Unit.THINGS, Direction.NONE, "kudos", ONE, decimals=0,
    ),
    _share(
        "kudos_breadth", _("Kudos breadth"),
        _("How many of a team thanked somebody in a week, of all in it; of several weeks, all weeks together. Some count only "
          "who was thanked."),
        "kudos_givers", "kudos_people", Direction.UP,
    ),
    Metric(
        "coaching", _("Coaching notes"),
        _("Coaching notes that were shared with whom they are about. Private ones are not counted, and nobody is named."),
        Unit.THINGS, Direction.NONE, "notes_shared", ONE, decimals=0,
    ),
    _share(
        "acknowledged", _("Notes acknowledged"),
        _("Coaching notes that were acknowledged, of all that were shared in the same time."),
        "notes_acknowledged", "notes_shared", Direction.UP,
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in METRICS}
