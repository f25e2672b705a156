"""Writing down what became of a job: each answer has one consequence, and every row of the job gets one."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import random

from bot import telemetry
from bot.rules.delivery import (
    AWAY_ATTEMPTS,
    HISTORY,
    LOOKS,
    MAX_ATTEMPTS,
    POST,
    SAYS_ANEW,
    Answer,
    Call,
    Gates,
    Limits,
    Outcome,
    Place,
    Waiting,
    backoff,
    classify,
    is_away,
)
from bot.services.delivery.jobs import LOOK_AFTER, LOOK_AGAIN, TOO_LONG, Report
from storage.database import Tx
from storage.outbox import recording
from storage.outbox.claiming import Lane
from storage.outbox.recording import Key
from storage.outbox.rows import State

LOOK_WHEN_WELL = timedelta(seconds=10)
GIVE_UP_LOOKING = timedelta(minutes=30)
CLOSED_FOR = timedelta(minutes=5)
"""How long a workspace whose token was refused is left alone before one more try."""


@dataclass(slots=True)
class Recorded:
    """The lane as it is now, free again, and what is still to be written: what was sent, and where cards are."""

    lane: Lane
    died: bool = False
    sent: list[tuple[Waiting, str | None]] = field(default_factory=list)
    places: dict[tuple[str, str, str], Place] = field(default_factory=dict)

    def posts_wait(self, until: datetime) -> None:
        waits = self.lane.posts_not_before
        self.lane = replace(self.lane, posts_not_before=max(until, waits or until))


async def record(
    tx: Tx, report: Report, lane: Lane, gates: Gates, limits: Limits, *, now: datetime
) -> Recorded:
    """A report of ours: `lane` is locked, and still has its epoch. What was sent is written for all reports together."""
    done = Recorded(replace(lane, leased_until=None, not_before=None))
    for call, answer in report.answers:
        await _answer(tx, done, call, answer, gates, limits, now=now)
    await _put_back(tx, *report.untried, tried=False)
    if report.job.look_for:
        await _looked(tx, done, report, gates, now=now)
    return done


async def _answer(
    tx: Tx,
    done: Recorded,
    call: Call,
    answer: Answer,
    gates: Gates,
    limits: Limits,
    *,
    now: datetime,
) -> None:
    outcome = classify(answer, call.method)
    if outcome is Outcome.SENT:
        _sent(done, call, answer, limits, now=now)
        return
    row = call.row
    telemetry.OUTBOX_REFUSED.labels(outcome.value).inc()
    may_go_on = is_away(answer) or row.attempts + 1 < MAX_ATTEMPTS
    if outcome is Outcome.UNCLEAR and may_go_on:
        tried = _counts(row, answer)
        await recording.mark_unclear(tx, [_key(row)], error=answer.error, tried=tried)
        done.posts_wait(now + LOOK_AFTER)
    elif outcome is Outcome.LATER:
        pause = timedelta(seconds=answer.retry_after or 1)
        gates.close_after_429(call.method, row.lane, now + pause + timedelta(seconds=random()))  # noqa: S311
        await _put_back(tx, call, error=answer.error, tried=False)
    elif outcome is Outcome.CLOSED:
        gates.close("", "", now + CLOSED_FOR)
        await _put_back(tx, call, error=answer.error, tried=False)
    elif outcome is Outcome.GONE:
        await recording.forget_cards(tx, [_card(row)])
        await _put_back(tx, call, error=answer.error)
    elif outcome is Outcome.DEAD or not may_go_on:
        await _give_up(tx, done, row, answer)
    else:
        await _try_again(tx, done, call, answer, now=now)


def _sent(done: Recorded, call: Call, answer: Answer, limits: Limits, *, now: datetime) -> None:
    row = call.row
    ts = answer.data.get("ts")
    done.sent.append((row, str(ts) if ts else None))
    posted_in = str(answer.data.get("channel") or row.channel) if ts else None
    if row.is_card:
        done.places[_card(row)] = Place(posted_in, str(ts) if ts else None, call.drawing)
    if call.method in SAYS_ANEW and limits.post_spacing:
        done.posts_wait(now + limits.post_spacing)
    waited = now - max(row.queued_at, row.not_before or row.queued_at)
    telemetry.OUTBOX_SENT.labels(call.method).inc()
    telemetry.OUTBOX_LAG.labels(str(row.priority)).observe(max(waited.total_seconds(), 0.0))


async def _give_up(tx: Tx, done: Recorded, row: Waiting, answer: Answer) -> None:
    await recording.finish(tx, [_key(row)], State.DEAD, answer.error)
    telemetry.OUTBOX_DEAD.inc()
    done.died = True


async def _try_again(tx: Tx, done: Recorded, call: Call, answer: Answer, *, now: datetime) -> None:
    """A message holds up those behind it, so that their order stays; a redraw waits by itself."""
    key, row = _key(call.row), call.row
    until = now + backoff(row.attempts + 1, random())  # noqa: S311 - it only spreads
    await _put_back(tx, call, error=answer.error, tried=_counts(row, answer))
    if call.method in SAYS_ANEW:
        done.posts_wait(until)
    else:
        await recording.put_off(tx, [key], until=until)


async def _looked(tx: Tx, done: Recorded, report: Report, gates: Gates, *, now: datetime) -> None:
    """Found: it was said. Not found twice: it was not, and is sent again."""
    missing: dict[int, list[Key]] = {}
    for row in report.job.look_for:
        if place := report.found.get(row.marker):
            done.sent.append((row, place.ts))
            telemetry.OUTBOX_RECONCILED.labels("found").inc()
            if row.is_card:
                done.places[_card(row)] = place
        else:
            missing.setdefault(row.looks + 1, []).append(_key(row))
    if report.unlooked and not _counts_as_a_look(done, report, report.unlooked, gates, now=now):
        return
    for times, keys in missing.items():
        await recording.mark_looked(tx, keys, times=times)
        if times >= LOOKS:
            telemetry.OUTBOX_RECONCILED.labels("unknown" if report.unlooked else "missing").inc(
                len(keys)
            )
        else:
            done.posts_wait(now + LOOK_AGAIN)


def _counts_as_a_look(
    done: Recorded, report: Report, refused: Answer, gates: Gates, *, now: datetime
) -> bool:
    """Whether there is no use in trying to look again.

    Where nobody may look, it is sent again at last: a message said twice does less harm than one never said. While
    Slack is only unwell, it is not: whatever loses answers now would lose the next one too.
    """
    outcome = classify(refused, HISTORY)
    if outcome is Outcome.LATER:
        pause = timedelta(seconds=refused.retry_after or 1)
        gates.close_after_429(HISTORY, report.job.lane, now + pause)
    elif outcome is Outcome.CLOSED:
        gates.close("", "", now + CLOSED_FOR)
    elif outcome is Outcome.DEAD or refused.error == TOO_LONG:
        return True
    else:
        done.posts_wait(now + LOOK_WHEN_WELL)
        tried = min(row.attempted_at or row.queued_at for row in report.job.look_for)
        return now - tried > GIVE_UP_LOOKING
    return False


async def _put_back(tx: Tx, *calls: Call, error: str | None = None, tried: bool = True) -> None:
    """To be sent again. A card that has no message yet keeps its place among those that were raised after it."""
    first_posts = [call.row for call in calls if call.method == POST and call.row.is_card]
    await recording.keep_places(tx, [_key(row) for row in first_posts])
    await recording.put_back(tx, [_key(call.row) for call in calls], error=error, tried=tried)


def _counts(row: Waiting, answer: Answer) -> bool:
    """Whether this try brings the message nearer to its end. An absence of Slack only brings the back-off to its longest."""
    return not is_away(answer) or row.attempts < AWAY_ATTEMPTS


def _key(row: Waiting) -> Key:
    return row.lane, row.seq


def _card(row: Waiting) -> tuple[str, str, str]:
    return row.card_kind or "", row.card_subject or "", row.channel
