"""One turn of delivery: write down what became of the last calls, and take what may be said next, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import random

from bot import telemetry
from bot.rules.delivery import (
    LEASE,
    MAX_ATTEMPTS,
    POST,
    PUBLISH,
    Call,
    Choice,
    Gates,
    Limits,
    Waiting,
    backoff,
    card_call,
    choose,
    note_call,
)
from bot.services.delivery.jobs import LOOK_AGAIN, Cards, DrawingFailed, Job, Report
from bot.services.delivery.recording import Recorded, record
from storage.database import Database, Tx
from storage.outbox import claiming, recording
from storage.outbox.claiming import Lane
from storage.outbox.rows import State

WINDOW = 20  # rows of a lane that are looked at, so that redraws can pass spaced posts
MOST_TURNS = 50  # cards that fail to be drawn, one after another


@dataclass(slots=True)
class Turn:
    """`kept` are reports whose lane was locked by somebody for the moment: hand them in again.

    `wake_at` is when something that waits for a time will be due.
    """

    jobs: list[Job] = field(default_factory=list)
    kept: list[Report] = field(default_factory=list)
    wake_at: datetime | None = None
    died: bool = False

    def wake(self, moment: datetime | None) -> None:
        if moment is not None and (self.wake_at is None or moment < self.wake_at):
            self.wake_at = moment


async def turn(
    db: Database,
    workspace_id: str,
    cards: Cards,
    limits: Limits,
    reports: Sequence[Report] = (),
    *,
    lanes: int,
    now: datetime,
) -> Turn:
    """Record the reports, and lease up to `lanes` lanes with something to do. With 0 lanes it only records."""
    for _ in range(MOST_TURNS):
        try:
            async with db.write(workspace_id) as tx:
                return await _turn(tx, cards, limits, reports, lanes=lanes, now=now)
        except DrawingFailed as error:
            if error.row is None:
                raise
            await _put_off(db, workspace_id, error.row, f"drawing_{error}", now=now)
    return Turn(kept=list(reports), wake_at=now)


async def _turn(
    tx: Tx,
    cards: Cards,
    limits: Limits,
    reports: Sequence[Report],
    *,
    lanes: int,
    now: datetime,
) -> Turn:
    done = Turn()
    gates = Gates(await recording.read_gates(tx, lock=bool(limits.per_minute)), limits, now)
    await _record_all(tx, done, reports, gates, limits, now=now)
    closed = gates.closed_until()
    done.wake(closed)
    if lanes and closed is None:
        await _take(tx, done, cards, limits, gates, lanes=lanes, now=now)
    await recording.save_gates(tx, gates.changed.values())
    return done


async def _record_all(
    tx: Tx, done: Turn, reports: Sequence[Report], gates: Gates, limits: Limits, *, now: datetime
) -> None:
    if not reports:
        return
    locked = await claiming.lock_lanes(tx, [one.job.lane for one in reports])
    all_recorded: list[Recorded] = []
    for report in reports:
        lane = locked.get(report.job.lane)
        if lane is None and now - report.job.started < LEASE:
            done.kept.append(report)
        elif lane is not None and lane.epoch == report.job.epoch:
            recorded = await record(tx, report, lane, gates, limits, now=now)
            all_recorded.append(recorded)
            done.died = done.died or recorded.died
            done.wake(recorded.lane.posts_not_before)
    sent = [one for recorded in all_recorded for one in recorded.sent]
    await recording.mark_sent(tx, sent, now=now)
    places = {card: at for recorded in all_recorded for card, at in recorded.places.items()}
    await recording.remember_cards(tx, places)
    # Written before free lanes are looked for: these are free again, and compete with all others.
    await claiming.save_lanes(tx, [recorded.lane for recorded in all_recorded])


async def _take(
    tx: Tx, done: Turn, cards: Cards, limits: Limits, gates: Gates, *, lanes: int, now: datetime
) -> None:
    window = max(WINDOW, limits.batch)
    free = await claiming.lock_free_lanes(
        tx,
        now=now,
        limit=lanes,
        window=window,
        full=gates.full(urgent=False),
        shut=gates.full(urgent=True),
    )
    done.wake(gates.opens_at())
    if not free:
        return
    waiting = await claiming.waiting_in(tx, [lane.name for lane in free], now=now, window=window)
    taken: list[Lane] = []
    for lane in free:
        choice = choose(
            waiting.get(lane.name, []),
            gates,
            now=now,
            posts_from=lane.posts_not_before,
            spaced=limits.post_spacing > timedelta(0),
            batch=limits.batch,
        )
        calls = await _calls(tx, choice, cards, now=now)
        await _drop(tx, done, choice, now=now)
        for until in choice.blocked.values():
            done.wake(until)
        if choice.is_empty:
            taken.append(_waiting(lane, choice))
            continue
        # Even without a call: what was dropped may have uncovered something, so the lane comes back at once.
        leased = replace(lane, epoch=lane.epoch + 1, leased_until=now + LEASE)
        done.jobs.append(Job(lane.name, leased.epoch, now, tuple(calls), tuple(choice.look)))
        taken.append(leased)
    sending = [(call.row.lane, call.row.seq) for job in done.jobs for call in job.calls]
    await recording.mark_sending(tx, sending, now=now)
    await claiming.save_lanes(tx, taken)


async def _calls(tx: Tx, choice: Choice, cards: Cards, *, now: datetime) -> list[Call]:
    """Draw what is a card. What shows nothing any more, or nothing new, needs no call."""
    calls: list[Call] = []
    unchanged: list[tuple[Waiting, str | None]] = []
    for row in choice.send:
        if not row.is_card:
            calls.append(note_call(row))
            continue
        try:
            drawn = await cards[row.card_kind or ""](tx, row.card_subject or "", row.channel)
        except DrawingFailed as error:
            error.row = row
            raise
        except KeyError as error:
            failed = DrawingFailed(error)
            failed.row = row
            raise failed from error
        if drawn is None:
            choice.superseded.append(row)
            continue
        drawing = drawn.digest()
        if row.place and row.place.drawing == drawing and (row.place.ts or row.method == PUBLISH):
            unchanged.append((row, row.place.ts))
        else:
            calls.append(card_call(row, drawn, drawing))
    await recording.mark_sent(tx, unchanged, now=now)
    return calls


async def _drop(tx: Tx, done: Turn, choice: Choice, *, now: datetime) -> None:
    """What will not be said, and what cannot be said yet."""
    await recording.finish(tx, _keys(choice.superseded), State.SUPERSEDED, "superseded")
    if choice.expired:
        await recording.finish(tx, _keys(choice.expired), State.EXPIRED, "expired")
        telemetry.OUTBOX_EXPIRED.inc(len(choice.expired))
    early = list(choice.early)
    if choice.parentless:
        parent = {
            (row.lane, row.seq): (row.card_kind or "", row.card_subject or "", row.channel)
            for row in choice.parentless
        }
        waiting = await claiming.is_waiting(tx, parent.values())
        orphans = [row for row in choice.parentless if parent[row.lane, row.seq] not in waiting]
        early += [row for row in choice.parentless if parent[row.lane, row.seq] in waiting]
        await recording.finish(tx, _keys(orphans), State.DEAD, "its_card_was_never_posted")
        telemetry.OUTBOX_DEAD.inc(len(orphans))
        done.died = done.died or bool(orphans)
    await recording.put_off(tx, _keys(early), until=now + LOOK_AGAIN)


def _waiting(lane: Lane, choice: Choice) -> Lane:
    """Nothing can go at present. Posts may wait for long; redraws only as long as their own gate says."""
    posts = choice.blocked.get(POST) or lane.posts_not_before
    others = [until for method, until in choice.blocked.items() if until and method != POST]
    return replace(
        lane,
        posts_not_before=posts,
        not_before=min(others) if others else None,
        leased_until=None,
    )


async def _put_off(
    db: Database, workspace_id: str, row: Waiting, error: str, *, now: datetime
) -> None:
    """A card that cannot be drawn waits by itself, and dies like any other after too many tries."""
    key = (row.lane, row.seq)
    async with db.write(workspace_id) as tx:
        if row.attempts + 1 >= MAX_ATTEMPTS:
            await recording.finish(tx, [key], State.DEAD, error)
            telemetry.OUTBOX_DEAD.inc()
        else:
            until = now + backoff(row.attempts + 1, random())  # noqa: S311 - it only spreads
            await recording.put_off(tx, [key], until=until, error=error)


def _keys(rows: Sequence[Waiting]) -> list[tuple[str, int]]:
    return [(row.lane, row.seq) for row in rows]
