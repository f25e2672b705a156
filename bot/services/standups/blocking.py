"""Blockers: kept when they are said, asked about the next day, taken, escalated, solved with a word."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import Refused, Stale
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.escalations import Escalation, Origin
from bot.rules.standups import Blocker, BlockerAction, BlockerState, Round, Standing
from bot.rules.standups import blockers as rules
from bot.rules.standups.blockers import REDRAW, Clicked, Wanted
from bot.services import escalations as case_service
from bot.services.escalations import telling
from bot.services.standups import summarising
from bot.services.transaction import heard_once
from bot.views.standups import blockers as views
from bot.views.standups.blockers import A_PAGE, Listed, Scope, Words
from storage import escalations, outbox, standups, teams, timers
from storage.base import new_id
from storage.database import Database, Tx
from storage.outbox import Card, Note, Priority
from storage.timers import Timer

IN_ORDER = timedelta(microseconds=1)
"""Between the blockers of one answer, so that they are listed as they were said."""
STANDS = (BlockerState.OPEN, BlockerState.ESCALATED)


@dataclass(frozen=True, slots=True)
class Change:
    """A change under way: its transaction, the blocker before it, and the round in whose summary it was clicked."""

    tx: Tx
    before: Blocker
    person: Person
    seen_in: str
    now: datetime

    async def end(self, after: Blocker, words: Words | None, *say: Card | Note) -> Blocker:
        """Write it, draw the summaries anew, and tell whoever is blocked, unless they did it themselves."""
        # The blocker is locked, so that nobody can have been first.
        await standups.change_blocker(self.tx, after, self.before.state)
        cards = await summarising.newest_cards(self.tx, after.team_id, after.round_id, self.seen_in)
        notes = []
        if words and after.person_id != self.person.id:
            notes = await told(self.tx, after, after.person_id, words, self.person, now=self.now)
        await outbox.say(self.tx, *say, *cards, *notes, now=self.now)
        return after


async def said(
    tx: Tx,
    round_: Round,
    person_id: str,
    words: Sequence[str],
    still: Mapping[str, bool],
    *,
    now: datetime,
) -> None:
    """What somebody answered about blockers: new ones in words, and of older ones (by id) whether they still stand.

    Said again for the same round, the new words take the place of those that were said before, unless somebody has begun
    to look after those. Nothing is said of it here: whoever keeps the answer says all of it at once.
    """
    changed = await _confirm(tx, round_, person_id, still, now=now)
    wanted = {rules.same(one): one for one in rules.lines(words)}
    standing = await standups.blockers_of_person(tx, person_id, round_.team_id)
    known = {rules.same(one.words): one for one in standing}
    gone = [
        one.id
        for one in standing
        if one.round_id == round_.id and rules.same(one.words) not in wanted
    ]
    await standups.forget_blockers(tx, *gone)
    for key in wanted.keys() & known.keys():
        await standups.change_blocker(tx, replace(known[key], confirmed_at=now), *STANDS)
    new = [
        Blocker(
            *(round_.workspace_id, new_id(), round_.team_id, round_.id, person_id, line),
            raised_at=now + place * IN_ORDER,
            confirmed_at=now,
        )
        for place, (key, line) in enumerate(wanted.items())
        if key not in known
    ]
    await standups.add_blockers(tx, *new)
    if changed or gone or new:
        await timers.put(tx, Timer(REDRAW, round_.team_id, now))


async def blockers_for_form(tx: Tx, person_id: str, team_id: str) -> list[Blocker]:
    """What stands in somebody's way in this team, the oldest first: what the next round asks about again."""
    return await standups.blockers_of_person(tx, person_id, team_id)


async def take(
    db: Database, person: Person, clicked: Clicked, *, key: str, now: datetime
) -> Blocker:
    """Look after it. Raises Denied, or Stale if somebody else does."""
    doing = BlockerAction.TAKE
    async with _changing(db, person, clicked, doing, key=key, now=now) as change:
        return await change.end(replace(change.before, taken_by=person.id), views.taken)


async def give_back(
    db: Database, person: Person, clicked: Clicked, *, key: str, now: datetime
) -> Blocker:
    """Nobody looks after it any more. Raises Denied or Stale."""
    doing = BlockerAction.GIVE_BACK
    async with _changing(db, person, clicked, doing, key=key, now=now) as change:
        return await change.end(replace(change.before, taken_by=None), views.given_back)


async def solve(
    db: Database,
    person: Person,
    clicked: Clicked,
    word: str,
    *,
    key: str,
    now: datetime,
) -> Blocker:
    """Close it with a word. Raises FormProblems, Denied, or Stale if somebody was first."""
    kept = rules.checked_word(word)
    doing = BlockerAction.SOLVE
    async with _changing(db, person, clicked, doing, key=key, now=now) as change:
        return await change.end(rules.solved(change.before, person.id, kept, now=now), views.solved)


async def escalate(
    db: Database,
    person: Person,
    clicked: Clicked,
    wanted: Wanted,
    *,
    key: str,
    now: datetime,
) -> Escalation:
    """Make a case of it. Raises as raising a case does, and Stale if it is one already, or solved."""
    draft = case_service.checked(wanted.draft, now=now)
    doing = BlockerAction.ESCALATE
    async with _changing(db, person, clicked, doing, key=key, now=now) as change:
        tx, before = change.tx, change.before
        round_ = await standups.find_round(tx, before.round_id)
        desk = await case_service.desks_of(db).get(tx, wanted.team_id, now=now)
        origin = Origin(round_.name if round_ else "", before.person_id)
        case, say = await case_service.raise_in(
            tx, desk, person, draft, now=now, anyway=wanted.anyway, origin=origin
        )
        after = replace(before, state=BlockerState.ESCALATED, case_number=case.id)
        await change.end(after, views.escalated, *say)
    return case


async def see_to(
    db: Database,
    person: Person,
    clicked: Clicked,
    action: BlockerAction,
    *,
    now: datetime,
) -> Standing:
    """What a form is about to change. Raises as the change itself would."""
    async with db.read(person.workspace_id) as tx:
        standing = await standups.find_standing(tx, clicked.blocker_id)
    if standing is None:
        raise Refused(rules.GONE)
    try:
        rules.check(action, person, standing)
    except Stale:
        await _redraw(db, person, standing.blocker, clicked.seen_in, now=now)
        raise
    return standing


async def see_list(
    db: Database, person: Person, scope: Scope, *, page: int = 0, now: datetime
) -> Listed:
    """One page of what stands in the way of the reader's teams, or of what the reader said or looks after."""
    async with db.read(person.workspace_id) as tx:
        own = await teams.find_of_person(tx, person.id)
        mine = {one.id: one for one in own if may(person, Permission.STANDUP_SEE, one)}
        if not mine:
            raise Refused(summarising.NO_TEAM)
        concerning = person.id if scope is Scope.MINE else ""
        total = await standups.count_standing(tx, mine, concerning)
        page = min(page, max(0, (total - 1) // A_PAGE))
        found = await standups.list_standing(
            tx, mine, concerning, limit=A_PAGE, offset=page * A_PAGE
        )
    entries = [(one, mine[one.blocker.team_id], rules.possible(person, one)) for one in found]
    return Listed(scope, entries, total, page, now)


async def told(
    tx: Tx, blocker: Blocker, reader_id: str, words: Words, by: Person, *, now: datetime
) -> list[Note]:
    """A private word about one change. Who is not in the workspace any more is left out."""
    team = await teams.get(tx, blocker.team_id)
    found = await telling.texts(tx, [reader_id], team)
    return [
        Note(
            f"blocker:{blocker.id}:{words.__name__}:{one}:{now.timestamp():.6f}",
            one,
            words(blocker, by.id, t),
            priority=Priority.FOLLOW_UP,
        )
        for one, t in found.items()
    ]


@asynccontextmanager
async def _changing(
    db: Database,
    person: Person,
    clicked: Clicked,
    action: BlockerAction,
    *,
    key: str,
    now: datetime,
) -> AsyncIterator[Change]:
    """A transaction in which this person may do this. If it is too late, the summaries are drawn anew: they showed otherwise."""
    blocker: Blocker | None = None
    try:
        async with heard_once(db, person.workspace_id, key, now=now) as tx:
            blocker = await standups.lock_blocker(tx, clicked.blocker_id)
            if blocker is None:
                raise Refused(rules.GONE)
            case = None
            if blocker.case_number:
                case = await escalations.find(tx, blocker.case_number)
            rules.check(action, person, Standing(blocker, case))
            yield Change(tx, blocker, person, clicked.seen_in, now)
    except Stale:
        if blocker:
            await _redraw(db, person, blocker, clicked.seen_in, now=now)
        raise


async def _redraw(
    db: Database, person: Person, blocker: Blocker, seen_in: str, *, now: datetime
) -> None:
    async with db.write(person.workspace_id) as tx:
        cards = await summarising.newest_cards(tx, blocker.team_id, blocker.round_id, seen_in)
        await outbox.say(tx, *cards, now=now)


async def _confirm(
    tx: Tx, round_: Round, person_id: str, still: Mapping[str, bool], *, now: datetime
) -> bool:
    """Which of their older ones still stand. Returns whether any state has changed."""
    changed = False
    for blocker_id, stands in sorted(still.items()):
        one = await standups.lock_blocker(tx, blocker_id)
        if one is None or (one.person_id, one.team_id) != (person_id, round_.team_id):
            continue
        if stands and rules.was_solved_by_answer(one):
            after = rules.stands_again(one, now=now)
        elif stands and one.is_open:
            after = replace(one, confirmed_at=now)
        elif not stands and one.is_open:
            after = rules.solved(one, person_id, "", now=now)
        else:
            continue
        await standups.change_blocker(tx, after, one.state)
        changed |= after.state is not one.state
    return changed
