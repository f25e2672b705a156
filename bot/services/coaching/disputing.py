"""Disputes: the agent sees a note differently, somebody else decides, and whoever stays silent is not waited for forever."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import FormProblems, Refused
from bot.people import SYSTEM_ID, Person, Role, system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.absences import away_until
from bot.rules.coaching import (
    Action,
    CommitmentAction,
    EntryKind,
    Note,
    State,
    Verdict,
    commitments,
    disputes,
)
from bot.rules.coaching.disputes import DecisionDraft, DisputeDraft, Pool
from bot.rules.coaching.notes import check
from bot.rules.coaching.seen import Decider, Seen
from bot.services.coaching import promising, telling
from bot.services.coaching.answering import ONLY_WHOM_IT_IS_ABOUT
from bot.services.coaching.changing import Change, changing
from bot.services.coaching.reading import managers_above, readable, seen
from bot.services.escalations.telling import ids_of
from bot.text import _
from bot.views.coaching import told
from storage import absences, coaching, outbox, people, timers
from storage.database import Database, Tx
from storage.timers import Timer

LOOK = "coaching.dispute"
"""Looks after a disputed note, its subject: whoever decides is reminded, and after a while another one is asked."""
ONLY_WHO_DECIDES = _("Only the person who was asked to decide can do this.")
NOBODY_CAN = _(
    "There is nobody who could decide about this note. Please talk to whoever leads your team, or to an admin of Baton; "
    "you can also add a comment."
)


async def see_to_dispute(
    db: Database, person: Person, note_id: str, *, now: datetime
) -> tuple[Note, Sequence[Decider]]:
    """The note and those among whom the agent chooses. Raises as disputing itself would."""
    async with db.read(person.workspace_id) as tx:
        note = await readable(tx, person, note_id)
        check_may(person, Permission.COACHING_ANSWER, note, ONLY_WHOM_IT_IS_ABOUT)
        found = await _who_can_decide(tx, note, now=now)
        return note, await _deciders(tx, found, now=now)


async def dispute(
    db: Database, person: Person, note_id: str, draft: DisputeDraft, *, key: str, now: datetime
) -> Note:
    """Whom they chose may read the note from now on, and is asked. Raises FormProblems, Denied, Stale or Refused."""
    draft = draft.cleaned()
    async with changing(
        db, person, note_id, Permission.COACHING_ANSWER, ONLY_WHOM_IT_IS_ABOUT, key=key, now=now
    ) as change:
        tx, note = change.tx, change.note
        can_decide = await _who_can_decide(tx, note, now=now)
        if found := disputes.problems_of_dispute(draft, can_decide):
            raise FormProblems(found)
        state = check(Action.DISPUTE, note)
        decider = draft.decider_id
        await change.keep(replace(note, state=state, disputed_at=now, decider_id=decider))
        entry = await change.add(EntryKind.DISPUTED, draft.words, decider)
        await timers.put(tx, Timer(LOOK, note.id, disputes.next_look(now, now=now)))
        await change.tell(entry, (told.to_decide, [decider]), (told.disputed, [note.author_id]))
    return change.note


async def see_to_decide(db: Database, person: Person, note_id: str, *, now: datetime) -> Seen:
    """For the form in which it is decided; the note itself was shown before. Raises as deciding itself would."""
    async with db.read(person.workspace_id) as tx:
        note = await readable(tx, person, note_id)
        check_may(person, Permission.COACHING_DECIDE, note, ONLY_WHO_DECIDES)
        check(Action.DECIDE, note)
        return await seen(tx, person, note, now=now)


async def decide(
    db: Database, person: Person, note_id: str, draft: DecisionDraft, *, key: str, now: datetime
) -> Note:
    """Raises FormProblems, Denied, or Stale."""
    draft = draft.cleaned()
    if found := disputes.problems_of_decision(draft):
        raise FormProblems(found)
    async with changing(
        db, person, note_id, Permission.COACHING_DECIDE, ONLY_WHO_DECIDES, key=key, now=now
    ) as change:
        note, verdict = change.note, Verdict(draft.verdict)
        state = check(Action.DECIDE, note)
        await change.keep(replace(note, state=state, decided_at=now, verdict=verdict))
        # The timer stays, and finds nothing to do: it may be firing now, and be waiting for this very note.
        entry = await change.add(EntryKind.DECIDED, draft.words, verdict)
        if verdict is Verdict.WITHDRAWN:
            await _let_go(change)
        to_author = told.decided_to_amend if verdict is Verdict.AMENDED else told.decided
        await change.tell(entry, (told.decided, [note.agent_id]), (to_author, [note.author_id]))
    return change.note


async def replace_decider(tx: Tx, note: Note, *, now: datetime) -> Note:
    """Ask the next who can decide, because whoever was asked has gone or stays silent. Nothing if it is decided."""
    await coaching.lock(tx, note.id)
    note = await coaching.get(tx, note.id)
    if note.state is not State.DISPUTED:
        return note
    entries = await coaching.entries_of(tx, note.id)
    before = [one for one, _at in disputes.asked(entries)]
    pool = await _pool(tx, note)
    left = disputes.candidates(note, pool, but=before)
    change = Change(tx, note, SYSTEM_ID, now)
    if not left:
        await _nobody_left(change, pool, len(before))
        return change.note
    await change.keep(replace(note, decider_id=left[0]))
    entry = await change.add(EntryKind.DECIDER_CHANGED, detail=left[0])
    await timers.put(tx, Timer(LOOK, note.id, disputes.next_look(now, now=now)))
    await change.tell(
        entry,
        (told.to_decide, [left[0]]),
        (told.decider_changed, [note.agent_id, note.author_id]),
    )
    if note.decider_id:
        former = await telling.to(
            *(tx, note, told.not_to_decide, [note.decider_id]),
            by=SYSTEM_ID, once=entry.id, with_button=False,
        )  # fmt: skip
        await outbox.say(tx, *former, now=now)
    return change.note


async def look(tx: Tx, timer: Timer, now: datetime) -> None:
    """Remind whoever decides, once; or ask the next, if they are silent for too long or cannot decide any more."""
    note = await coaching.find(tx, timer.subject)
    if note is None or note.state is not State.DISPUTED:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, note, ONLY_THE_CLOCK)
    asked = disputes.asked(await coaching.entries_of(tx, note.id))
    since = asked[-1][1] if asked else note.disputed_at or now
    is_there = (await _pool(tx, note)).holds(note.decider_id)
    if not is_there or now >= since + disputes.NEXT_AFTER:
        await replace_decider(tx, note, now=now)
        return
    await timers.put(tx, Timer(LOOK, note.id, disputes.next_look(since, now=now)))
    if now >= since + disputes.REMIND_AFTER and note.decider_id:
        once = f"{len(asked)}"
        words = await telling.to(
            tx, note, told.still_to_decide, [note.decider_id], by=SYSTEM_ID, once=once
        )
        await outbox.say(tx, *words, now=now)


FIRE = {LOOK: look}
"""What the timers of disputes mean."""


async def _let_go(change: Change) -> None:
    """A note that does not count any more binds nobody, and reminds nobody."""
    drop = CommitmentAction.DROP
    for one in await coaching.commitments_of(change.tx, change.note.id):
        if one.is_open:
            state = commitments.check(drop, one)
            after = replace(one, state=state, settled_at=change.now, settled_by=change.by)
            await promising.become(change.tx, one, after, drop, by=change.by, now=change.now)


async def _nobody_left(change: Change, pool: Pool, count: int) -> None:
    """Who is still there can go on deciding. Somebody may come who can: it is looked again."""
    note = change.note
    if note.decider_id and not pool.holds(note.decider_id):
        await change.keep(replace(note, decider_id=None))
    again = change.now + disputes.NEXT_AFTER
    await timers.put(change.tx, Timer(LOOK, note.id, again))
    once = f"{count}:{change.note.decider_id or ''}"
    words = await telling.to(
        change.tx, change.note, told.nobody_left, [note.agent_id], by=SYSTEM_ID, once=once
    )
    await outbox.say(change.tx, *words, now=change.now)


async def _who_can_decide(tx: Tx, note: Note, *, now: datetime) -> Sequence[str]:
    """Raises Stale if it cannot be disputed any more, or Refused: it is too late, or there is nobody."""
    check(Action.DISPUTE, note)
    if not disputes.is_in_time(note, now=now):
        raise Refused(disputes.TOO_LATE)
    found = disputes.candidates(note, await _pool(tx, note))
    if not found:
        raise Refused(NOBODY_CAN)
    return found


async def _deciders(tx: Tx, person_ids: Sequence[str], *, now: datetime) -> list[Decider]:
    known = await people.profiles(tx, person_ids)
    away = await absences.of_people(tx, person_ids, since=now)
    return [
        Decider(
            one,
            known[one].name or known[one].real_name,
            away_until((each for each in away if each.person_id == one), now),
        )
        for one in person_ids
    ]


async def _pool(tx: Tx, note: Note) -> Pool:
    """As it is now. No lead decides about a note for whoever manages them."""
    agent = await people.find(tx, note.agent_id)
    is_managed = agent is None or not agent.has_role(note.team_id, Role.MANAGER)
    leads = await ids_of(tx, note.team_id, Role.LEAD) if is_managed else ()
    return Pool(await managers_above(tx, note), leads, await people.admins(tx))
