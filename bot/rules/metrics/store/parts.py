"""The parts of which all numbers are made. They are added up, never averaged; a share is made of two sums at the very end.

A *sum* is a count or an amount. A *sample* is kept value by value, because a median cannot be made of sums.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    SUM = "sum"
    SAMPLE = "sample"


class Counts(StrEnum):
    """What the numbers of a part count."""

    THINGS = "things"
    SECONDS = "seconds"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Part:
    """`key` is its name in formulas, in files and over HTTP."""

    key: str
    way: Way = Way.SUM
    counts: Counts = Counts.THINGS


def _sums(counts: Counts, *keys: str) -> tuple[Part, ...]:
    return tuple(Part(key, Way.SUM, counts) for key in keys)


def _samples(*keys: str) -> tuple[Part, ...]:
    return tuple(Part(key, Way.SAMPLE, Counts.SECONDS) for key in keys)


PARTS: tuple[Part, ...] = (
    *_sums(Counts.THINGS, "contacts", "answered", "abandoned", "in_time", "handled", "transferred"),
    *_sums(Counts.THINGS, "queued", "offered_timed"),
    *_sums(Counts.SECONDS, "wait_seconds", "talk_seconds", "hold_seconds", "wrap_seconds"),
    *_samples("wait", "talk", "handle"),
    *_sums(Counts.THINGS, "ratings", "ratings_good"),
    *_sums(Counts.POINTS, "rating_points"),
    *_sums(Counts.THINGS, "recommendations", "promoters", "detractors"),
    *_sums(Counts.THINGS, "efforts"),
    *_sums(Counts.POINTS, "effort_points"),
    *_samples("first_response", "next_reply", "first_resolution", "full_resolution"),
    *_sums(Counts.THINGS, "created", "resolved", "reopened", "cancelled", "escalated", "bounced"),
    *_sums(Counts.THINGS, "open_at_start", "reopened_before"),
    *_sums(Counts.THINGS, "issues", "issues_once"),
    *_sums(Counts.THINGS, "targets_met", "targets_breached"),
    *_sums(
        Counts.SECONDS, "busy_seconds", "ready_seconds", "scheduled_seconds", "adherent_seconds"
    ),
    *_sums(Counts.THINGS, "reviews"),
    *_sums(Counts.POINTS, "review_points"),
    *_samples("claim", "resolve"),
    *_sums(Counts.THINGS, "handovers", "handovers_accepted", "promises", "promises_kept"),
    *_sums(Counts.THINGS, "asked", "took_part", "kudos"),
    *_sums(Counts.THINGS, "notes_shared", "notes_acknowledged"),
    *_sums(Counts.THINGS, "kudos_givers", "kudos_people"),
)
"""`queued` and `offered_timed` are the contacts of which it is known whether they gave up, and whether they were answered in
time: who knows only some of that must not count the others as patient, or as late. `open_at_start` is what was open as a
day began. `reopened_before` are those of the reopened of whom the same line says how they are now: they are open once, or
resolved once, however often they were opened again. `kudos_givers` are, each week, those of the `kudos_people` in a team who thanked somebody.
"""
BY_KEY = {one.key: one for one in PARTS}

OWN_PART = "own_[a-z0-9_]{1,40}"
"""How parts are called that a workspace counts for its own metrics; only programs send them."""


def is_own(key: str) -> bool:
    """Whether it is a sum of a workspace's own."""
    return re.fullmatch(OWN_PART, key) is not None
