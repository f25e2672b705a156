"""Taking in what a program sends: all of it or nothing, once, and only for the teams that it may write for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.metrics.importing.imports import Import, ImportKind, ImportState
from bot.rules.metrics.look.things import TeamNumbers
from bot.rules.metrics.program.programs import Answered, Program
from bot.rules.metrics.program.received.shapes import Item
from bot.rules.metrics.program.received.unfit import NOT_ITS_KEY, NOT_ITS_TEAM, Read, Unfit
from bot.rules.teams import Team, name_key
from bot.services.metrics.program import tokens
from bot.services.metrics.store import bringing, keeping
from bot.services.metrics.store.bringing import Sent
from storage import teams, timers, workspaces
from storage.database import Database, Tx
from storage.metrics import held, imports
from storage.metrics import tokens as stored
from storage.timers import Timer

FORGET = "metrics.forget_answers"
ANSWERS_KEPT = timedelta(days=7)
"""Longer than any program tries again."""
BATCH = 500


class TokenGone(Exception):
    """The token was taken back while the request came."""


class TeamGone(Exception):
    """The team that the token is for is there no more."""


class KeyReused(Exception):
    """The key was used for another body before."""


class NotTaken(Exception):
    """Something is wrong with some of them, so that none was taken."""

    def __init__(self, unfit: Sequence[Unfit]) -> None:
        super().__init__()
        self.unfit = unfit


@dataclass(frozen=True, slots=True)
class Posted:
    """One request: its idempotency key, the digest of its body, and what was read there."""

    key: str
    digest: str
    read: Read


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is answered. `is_again` is what was answered before already."""

    answer: Mapping[str, int]
    is_again: bool = False


async def receive(
    db: Database, operator: Person, program: Program, posted: Posted, *, now: datetime
) -> Receipt:
    """Raises TokenGone, TeamGone, KeyReused and NotTaken; nothing is saved then."""
    while True:
        try:
            async with db.write(operator.workspace_id) as tx:
                return await _receive(tx, operator, program, posted, now)
        except keeping.Overtaken:
            continue


async def forget_answers(tx: Tx, _timer: Timer, now: datetime) -> None:
    """A timer: what was answered a week ago is asked for no more."""
    dropped = await stored.forget_before(tx, now - ANSWERS_KEPT, limit=BATCH)
    if dropped == BATCH:
        await timers.put(tx, Timer(FORGET, "", now))
    elif first := await stored.oldest(tx):
        await timers.put(tx, Timer(FORGET, "", first + ANSWERS_KEPT))


async def _receive(
    tx: Tx, operator: Person, program: Program, posted: Posted, now: datetime
) -> Receipt:
    is_begun = await _todays(tx, program, now) is not None
    if not is_begun:  # this lock comes before that of the feed, whoever takes both
        await workspaces.lock(tx)
    await imports.change_feed(tx, program.feed_id)
    known = await stored.find(tx, program.id)
    if known is None or known.revoked_at is not None:
        raise TokenGone
    before = await stored.answered(tx, program.id, posted.key)
    if before:
        if before.digest != posted.digest:
            raise KeyReused
        return Receipt(before.answer, is_again=True)
    may_write = await _teams_of(tx, program)
    thing = TeamNumbers(tx.workspace_id, program.team_id, await teams.chain_of(tx, program.team_id))
    check_may(operator, Permission.METRICS_IMPORT, thing, keeping.ONLY_LEADS)
    await _check_all(tx, program, posted.read, may_write)
    import_ = await _todays(tx, program, now)
    if import_ is None:
        if is_begun:  # it was taken back in this very moment
            raise keeping.Overtaken
        import_ = await _begin(tx, program, now)
    return await _take(tx, program, import_, posted, may_write, now)


async def _take(
    tx: Tx,
    program: Program,
    import_: Import,
    posted: Posted,
    may_write: Mapping[str, Team],
    now: datetime,
) -> Receipt:
    sent = [_sent(item, program, may_write) for item in posted.read.items.values()]
    called = await keeping.people_in(tx, import_, [one.fact for one in sent])
    ids = [one.id for one in may_write.values()]
    belonging = await bringing.belonging_of(tx, ids, program.team_id, called)
    brought = await bringing.bring(tx, import_, sent, belonging)
    done = import_.done + brought.taken + brought.replaced
    await imports.save(tx, replace(import_, done=done, total=done), import_)
    answer = asdict(brought)
    await stored.remember(tx, program.id, posted.key, Answered(posted.digest, answer), now=now)
    await timers.hasten(tx, Timer(FORGET, "", now + ANSWERS_KEPT))
    await tokens.note_use(tx, program, now=now)
    return Receipt(answer)


async def _check_all(tx: Tx, program: Program, read: Read, may_write: Mapping[str, Team]) -> None:
    """Raises NotTaken with everything that is wrong, also where an item was no fact at all."""
    unfit = list(read.unfit)
    ids = {one.id for one in may_write.values()}
    known = await held.of_keys(tx, program.feed_id, {one.key for one in read.items.values()})
    for index, item in read.items.items():
        if item.team and name_key(item.team) not in may_write:
            unfit.append(Unfit(index, "team", NOT_ITS_TEAM))
        if item.key in known and known[item.key].team_id not in ids:
            unfit.append(Unfit(index, "key", NOT_ITS_KEY))
    if unfit:
        raise NotTaken(sorted(unfit, key=lambda one: (one.index is not None, one.index or 0)))


async def _teams_of(tx: Tx, program: Program) -> dict[str, Team]:
    """Those that it may write for, by the key of their name: its own, and those that report to it."""
    wanted = {program.team_id} | await teams.below(tx, [program.team_id])
    found = [one for one in await teams.list_all(tx) if one.id in wanted]
    if not any(one.id == program.team_id for one in found):
        raise TeamGone
    return {name_key(one.name): one for one in found}


def _sent(item: Item, program: Program, may_write: Mapping[str, Team]) -> Sent:
    """A fact without a zone is told by the clock of its team; of which one, only its name says."""
    team = may_write.get(name_key(item.team)) if item.team else None
    own = next(one for one in may_write.values() if one.id == program.team_id)
    zone = item.zone or (team or own).zone
    return Sent(item.fact(zone), zone)


async def _todays(tx: Tx, program: Program, now: datetime) -> Import | None:
    """What comes over HTTP is one import a day (UTC), feed and team, so that it can be taken back by the day."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return await imports.rolling(
        tx, program.feed_id, ImportKind.HTTP, program.team_id, since=midnight
    )


async def _begin(tx: Tx, program: Program, now: datetime) -> Import:
    return await imports.add(
        tx,
        Import(
            tx.workspace_id,
            "",
            0,
            ImportKind.HTTP,
            program.feed_id,
            program.team_id,
            program.by,
            now,
            file_name=program.feed,
            state=ImportState.LIVE,
            live_at=now,
        ),
    )
