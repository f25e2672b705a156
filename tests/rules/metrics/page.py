"""The reference page of metrics and parts, written from the registry: `python -m tests.rules.metrics.page`."""

import sys
from collections.abc import Iterator, Mapping

from bot.rules.metrics.comparison.guards import CATCHES
from bot.rules.metrics.definition.formulas import saved
from bot.rules.metrics.definition.registry import METRICS, ONE, Direction, Metric, Unit
from bot.rules.metrics.store.histograms import ERROR, MOST_IN_A_DAY, MOST_TOGETHER
from bot.rules.metrics.store.parts import PARTS, Way
from bot.views.metrics.catches import CATCHES as SAID
from bot.views.metrics.catches import TOO_FEW_ANSWERS

INTRODUCTION = f"""# Metrics

Every metric that Baton ships, and the parts of which they are made. This page is written from the definitions that Baton computes with
(`bot/rules/metrics/definition/registry.py`); in Slack, `/metrics define AHT` shows the same. How to read what Baton tells of them:
[Read the numbers](../howto/read-the-numbers.md).

Parts are added up first, over days, people and teams, and divided at the very end. No percentage and no mean is ever averaged. Amounts are
whole thousandths, so the same facts give the same number in whatever files and order they come.

Medians and 90th percentiles are of all values together. Up to {MOST_IN_A_DAY:,} different values of a day, and {MOST_TOGETHER:,} of many days, they
are exact, as spreadsheets compute them; beyond that they are off by at most {ERROR:.1%}, and are told with “about”.
"""
UNITS: Mapping[Unit, str] = {
    Unit.PERCENT: "%",
    Unit.SECONDS: "time",
    Unit.POINTS: "points",
    Unit.THINGS: "a number",
}
DIRECTIONS: Mapping[Direction, str] = {
    Direction.UP: "more is better",
    Direction.DOWN: "less is better",
    Direction.NONE: "neither is better",
}
WORDS: Mapping[str, str] = {
    "contacts": "contacts that came in",
    "answered": "of these, answered",
    "abandoned": "of these, given up while they waited",
    "in_time": "of these, answered within the time promised",
    "handled": "contacts that somebody worked on",
    "transferred": "contacts passed on to somebody else",
    "queued": "contacts of which it is known whether they gave up; give it together with `abandoned`",
    "offered_timed": "contacts of which it is known whether they were answered in time; give it together with `in_time`",
    "wait_seconds": "waits of answered contacts, added up",
    "talk_seconds": "time talked, added up",
    "hold_seconds": "time on hold, added up",
    "wrap_seconds": "work after contacts, added up",
    "wait": "the wait of one answered contact",
    "talk": "the time talked in one contact",
    "handle": "talk, hold and after-contact work of one contact",
    "ratings": "ratings from 1 to 5",
    "ratings_good": "of these, 4 and 5",
    "rating_points": "the ratings, added up",
    "recommendations": "answers from 0 to 10 to whether somebody would recommend you",
    "promoters": "of these, 9 and 10",
    "detractors": "of these, 0 to 6",
    "efforts": "answers from 1 to 7 to how easy it was",
    "effort_points": "these answers, added up",
    "first_response": "from the creation of one ticket to its first public answer",
    "next_reply": "from one unanswered message of a customer to the next public reply",
    "first_resolution": "from the creation of one ticket to the first time it was solved",
    "full_resolution": "from the creation of one ticket to the last time it was solved",
    "created": "tickets that were created",
    "resolved": "tickets that were resolved",
    "reopened": "tickets that were reopened at least once",
    "reopened_before": "of these, those that are in `created` and `resolved` as they ended, each once; they do not add to what is open",
    "cancelled": "tickets that were closed without being resolved",
    "open_at_start": "tickets that were open as the day began",
    "escalated": "cases that were escalated, each once",
    "bounced": "of these, sent back at least once",
    "issues": "issues of which it is known whether the customer came back within 7 days",
    "issues_once": "of these, those with no other contact",
    "targets_met": "service targets that were met",
    "targets_breached": "service targets that were breached, those open and late too",
    "busy_seconds": "time spent handling contacts",
    "ready_seconds": "time spent waiting for work",
    "scheduled_seconds": "planned time",
    "adherent_seconds": "of that, spent in the state that was planned",
    "reviews": "quality reviews",
    "review_points": "their scores, added up",
    "claim": "from one escalation, or fallen claim, to an owner",
    "resolve": "from one escalation, or reopening, to its resolution",
    "handovers": "cases that were offered in handovers",
    "handovers_accepted": "of these, accepted",
    "promises": "promises to customers that were due",
    "promises_kept": "of these, kept in time",
    "asked": "people asked in stand-ups who were not away",
    "took_part": "of these, those who answered",
    "kudos": "thanks that people of the team got",
    "kudos_people": "people in the team, each week",
    "kudos_givers": "of these, those who thanked somebody in that week",
    "notes_shared": "coaching notes that were shared",
    "notes_acknowledged": "of these, acknowledged",
}


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([INTRODUCTION, *_metrics(), "", *_parts(), "", *_catches(), ""])


def _metrics() -> Iterator[str]:
    yield "## Definitions\n"
    yield "| metric | key | told in | | computed as | what it is, and what others mean by it |"
    yield "|---|---|---|---|---|---|"
    for one in METRICS:
        cells = (one.name, f"`{one.key}`", UNITS[one.unit], DIRECTIONS[one.direction])
        yield f"| {' | '.join((*cells, formula(one), one.words))} |"


def formula(metric: Metric) -> str:
    """In parts, as one would write it oneself."""
    if metric.is_quantile:
        return f"median and 90th percentile of `{metric.sample}`"
    times = "100 × " if metric.unit is Unit.PERCENT else ""
    if metric.denominator == ONE:
        end = ", from day to day" if metric.is_running else ""
        return f"`{metric.numerator}`{end}"
    return f"{times}(`{metric.numerator}`) ÷ (`{metric.denominator}`)"


def _parts() -> Iterator[str]:
    yield "## Parts\n"
    yield "Their keys are the names in formulas of your own, and over HTTP. A part that nobody gives is not there; that is not the same as 0.\n"
    yield "| part | kept | counts | what it is | in |"
    yield "|---|---|---|---|---|"
    for part in PARTS:
        kept = "added up" if part.way is Way.SUM else "value by value"
        used = ", ".join(f"`{one.key}`" for one in METRICS if part.key in _names(one))
        yield f"| `{part.key}` | {kept} | {part.counts} | {WORDS[part.key]} | {used} |"


def _names(metric: Metric) -> frozenset[str]:
    if metric.is_quantile:
        return frozenset({metric.sample})
    return saved(metric.numerator).names | saved(metric.denominator).names


def _catches() -> Iterator[str]:
    yield "## Good news with a catch\n"
    yield "Where both changed, against the same days before and with enough of both, a number gets this sentence in place of its green sign.\n"
    yield "| looks good | and | by at least | what is said |"
    yield "|---|---|---|---|"
    for one in CATCHES:
        other = f"answers to {one.other}" if one.by_n else one.other
        said = TOO_FEW_ANSWERS if one.by_n else SAID[one.metric, one.other]
        looks = f"`{one.metric}` {_way(is_up=one.is_up)}"
        yield f"| {looks} | {other} {_way(is_up=one.other_is_up)} | {one.least:.0%} | {said} |"


def _way(*, is_up: bool) -> str:
    return "up" if is_up else "down"


if __name__ == "__main__":
    sys.stdout.write(page())
