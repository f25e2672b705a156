"""Everything that a person can do to a coaching note, and the clock; each is one click, mostly of somebody who may."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.app import FIRE
from bot.errors import Refused
from bot.people import system
from bot.rules.coaching import CommitmentAction, Note, State, Verdict
from bot.rules.coaching.disputes import DecisionDraft, DisputeDraft
from bot.rules.coaching.promising import BY_PEOPLE
from bot.rules.people import Profile
from bot.services import teams
from bot.services.coaching import (
    adding,
    answering,
    closing,
    disputing,
    promising,
    reading,
    sharing,
    writing,
)
from bot.services.people import save_profiles
from bot.services.ticking import fire_due, next_due
from storage import coaching
from tests.cast import ADA, BILLING, MARA, WORKSPACE
from tests.services.coaching.chance.desk import COACHED, LEAVERS, PEOPLE, Desk
from tests.services.coaching.matrix.scene import DORA, HUGO

Act = Callable[[Desk, Note], Awaitable[object]]
LONG_AGO = timedelta(days=400)


async def acts(desk: Desk) -> None:
    """Something is done, a little later. A refusal is an answer; whatever else is raised is a fault."""
    desk.now += timedelta(seconds=desk.chance.randint(1, 900))
    name, doing = await _chosen(desk)
    try:
        await doing
    except Refused:
        desk.done[f"{name}, refused"] += 1
    else:
        desk.done[name] += 1


async def _chosen(desk: Desk) -> tuple[str, Awaitable[object]]:
    """Mostly what suits the note's state; now and then anything."""
    if not desk.ids or desk.chance.random() < 0.15:
        return "save", _save(desk)
    if desk.chance.random() < 0.1:
        return "hours pass", _hours_pass(desk)
    if desk.chance.random() < 0.05:
        return "leave or return", _leave_or_return(desk)
    note = await desk.note()
    suits = ANYTHING if desk.chance.random() < 0.15 else SUITS[note.state]
    name = desk.chance.choice(suits)
    return name, ACTS[name](desk, note)


async def pass_time(desk: Desk, length: timedelta) -> None:
    """Everything that falls due happens at its time."""
    until = desk.now + length
    while (due := await next_due(desk.db, after=desk.now - LONG_AGO)) and due <= until:
        assert await fire_due(desk.db, WORKSPACE, FIRE, due)
    desk.now = until


async def _save(desk: Desk) -> None:
    person = await desk.who(*COACHED)
    agents = COACHED.get(person.id, PEOPLE)
    draft = desk.draft(desk.chance.choice(agents).id)
    async with desk.db.read(WORKSPACE) as tx:
        earlier = await coaching.open_commitments_between(tx, person.id, draft.agent_id)
    if earlier and desk.chance.random() < 0.6:
        draft = replace(draft, theirs=(), mine=(), carried={earlier[0].id: desk.day()})
    seen = await writing.save(desk.db, person, draft, key=desk.click(), now=desk.now)
    desk.ids.append(seen.note.id)
    desk.looks[seen.note.id, person.id] += 1


async def _save_again(desk: Desk, note: Note) -> None:
    person = await desk.who(note.author_id)
    draft = desk.draft(note.agent_id)
    await writing.save_again(
        desk.db, person, note.id, draft, version=note.version, key=desk.click(), now=desk.now
    )
    desk.looks[note.id, person.id] += 1


async def _discard(desk: Desk, note: Note) -> None:
    person = await desk.who(note.author_id)
    await writing.discard(
        desk.db, person, note.id, version=note.version, key=desk.click(), now=desk.now
    )
    desk.ids.remove(note.id)


async def _share(desk: Desk, note: Note) -> None:
    person = await desk.who(note.author_id)
    shared = await sharing.share(
        desk.db, person, note.id, version=note.version, key=desk.click(), now=desk.now
    )
    assert shared.body == note.body
    desk.bodies[note.id] = note.body


async def _see(desk: Desk, note: Note) -> None:
    person = await desk.who(note.author_id, note.agent_id, note.decider_id, MARA.id, DORA.id)
    await reading.see(desk.db, person, note.id, now=desk.now)
    desk.looks[note.id, person.id] += 1


async def _acknowledge(desk: Desk, note: Note) -> None:
    person = await desk.who(note.agent_id)
    if desk.chance.random() < 0.5:
        await answering.acknowledge(desk.db, person, note.id, key=desk.click(), now=desk.now)
        return
    words = desk.words()
    await answering.acknowledge_with(
        desk.db, person, note.id, words, key=desk.click(), now=desk.now
    )


async def _comment(desk: Desk, note: Note) -> None:
    person, words = await desk.who(note.agent_id, note.author_id), desk.words()
    await adding.comment(desk.db, person, note.id, words, key=desk.click(), now=desk.now)


async def _amend(desk: Desk, note: Note) -> None:
    person, words = await desk.who(note.author_id), desk.words()
    await adding.amend(desk.db, person, note.id, words, key=desk.click(), now=desk.now)


async def _dispute(desk: Desk, note: Note) -> None:
    person, decider = await desk.who(note.agent_id), desk.chance.choice((MARA, DORA, HUGO))
    draft = DisputeDraft(decider.id, desk.words())
    await disputing.dispute(desk.db, person, note.id, draft, key=desk.click(), now=desk.now)


async def _decide(desk: Desk, note: Note) -> None:
    person, verdict = await desk.who(note.decider_id), desk.chance.choice(list(Verdict))
    draft = DecisionDraft(verdict, desk.words())
    await disputing.decide(desk.db, person, note.id, draft, key=desk.click(), now=desk.now)


async def _close(desk: Desk, note: Note) -> None:
    person = await desk.who(note.author_id)
    await closing.close(desk.db, person, note.id, key=desk.click(), now=desk.now)


async def _settle(desk: Desk, note: Note) -> None:
    """Rather done than anything else, rather by one of the two."""
    async with desk.db.read(WORKSPACE) as tx:
        found = await coaching.commitments_of(tx, note.id)
    if not found:
        return
    person = await desk.who(note.agent_id, note.author_id)
    action = desk.chance.choice([*BY_PEOPLE, CommitmentAction.FINISH, CommitmentAction.FINISH])
    one = desk.chance.choice(found)
    await promising.settle(desk.db, person, one.id, action, key=desk.click(), now=desk.now)


async def _hours_pass(desk: Desk) -> None:
    await pass_time(desk, timedelta(hours=desk.chance.choice([1, 5, 20, 50, 130])))


async def _leave_or_return(desk: Desk) -> None:
    """Somebody is in the team no more, or is deactivated; or all is as it was with them."""
    person = desk.chance.choice(LEAVERS)
    whose = desk.left if desk.chance.random() < 0.6 else desk.gone
    whose ^= {person.id}
    if whose is desk.left:
        await teams.set_members(
            desk.db, ADA, BILLING, desk.members(), key=desk.click(), now=desk.now
        )
        return
    is_gone, updated = person.id in desk.gone, int(desk.now.timestamp())
    profile = Profile(person.id, name=person.name, is_deleted=is_gone, updated=updated)
    await save_profiles(desk.db, system(WORKSPACE), [profile], now=desk.now)


ACTS: Mapping[str, Act] = {
    "save again": _save_again,
    "discard": _discard,
    "share": _share,
    "see": _see,
    "acknowledge": _acknowledge,
    "comment": _comment,
    "amend": _amend,
    "dispute": _dispute,
    "decide": _decide,
    "close": _close,
    "settle": _settle,
}
ANYTHING = [*ACTS]
LATER = ["see", "comment", "amend", "settle", "settle"]
SUITS: Mapping[State, list[str]] = {
    State.DRAFT: ["save again", "discard", "see", *["share"] * 6],
    State.SHARED: ["acknowledge", "dispute", *LATER],
    State.ACKNOWLEDGED: ["dispute", "close", "close", *LATER],
    State.DISPUTED: ["decide", "decide", *LATER],
    State.DECIDED: ["close", "close", *LATER],
    State.CLOSED: ["see"],
}
