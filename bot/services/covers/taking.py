"""Taking a shift that is offered, naming who does, and going back on it: the first to accept has it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules import covers as rules
from bot.rules.covers import Action, Cover, State
from bot.rules.covers.drafts import YOU
from bot.rules.kudos import Via
from bot.rules.kudos.easing import source_of
from bot.rules.shifts import Change as ShiftChange
from bot.rules.shifts import Override
from bot.rules.teams import Team
from bot.services.covers import telling
from bot.services.covers.looking import ONLY_LEADS
from bot.services.covers.timing import EXPIRE
from bot.services.kudos import easing
from bot.services.shift_ends import replan
from bot.services.transaction import heard_once
from bot.text import _, mention
from bot.views.covers import told
from storage import covers, outbox, people, shifts, teams, timers
from storage.base import new_id
from storage.database import Database, Tx

ONLY_THEY = _("Only whose shift it is and the leads of the team can cancel this.")
PASSED_ON = _(
    "{who} has passed this on to somebody else. Please undo that first; `/baton cover` shows it."
)
CHANGED = _("Somebody was faster. Please look again.")

Concerned = dict[told.Words, Sequence[str]]
"""What is said to whom."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change under way: its transaction, the request before it, and who changes it when.

    `in_form` says that whoever works was named in a form, so that a refusal belongs to that field.
    """

    tx: Tx
    before: Cover
    team: Team
    person: Person
    now: datetime
    in_form: bool = False

    async def make(self, action: Action, after: Cover) -> Cover:
        """Write it. Raises Stale with a kind word if somebody was first."""
        if not await covers.change(self.tx, after, before=self.before.state):
            newest = await covers.get(self.tx, after.id)
            rules.check(action, newest, self.person.id, now=self.now)
            raise Stale(CHANGED)
        return after


async def take(db: Database, person: Person, cover_id: str, *, key: str, now: datetime) -> Cover:
    """Work in their place. Raises Denied, Stale when somebody has it, or Refused with the reason why they cannot."""
    async with _changing(db, person, cover_id, key=key, now=now) as change:
        refusal = YOU[rules.Bar.STRANGER]
        check_may(person, Permission.COVER_TAKE, change.team, refusal)
        return await give(change, person.id)


async def arrange(
    db: Database, person: Person, cover_id: str, taker_id: str, *, key: str, now: datetime
) -> Cover:
    """A lead names who works. Raises Denied, Stale, or FormProblems."""
    async with _changing(db, person, cover_id, key=key, now=now) as change:
        check_may(person, Permission.COVER_ARRANGE, change.team, ONLY_LEADS)
        return await give(replace(change, in_form=True), taker_id)


async def cancel(db: Database, person: Person, cover_id: str, *, key: str, now: datetime) -> Cover:
    """It is not needed any more. Raises Denied, or Stale if somebody has it already."""
    async with _changing(db, person, cover_id, key=key, now=now) as change:
        before = change.before
        check_may(person, Permission.COVER_CANCEL, before, ONLY_THEY)
        state = rules.check(Action.CANCEL, before, person.id, now=now)
        after = await change.make(Action.CANCEL, replace(before, state=state, closed_by=person.id))
        await timers.cancel(change.tx, after.id, EXPIRE)
        await _say(change, after, {told.cancelled: _but_me(change, after.person_id)})
    return after


async def undo(db: Database, person: Person, cover_id: str, *, key: str, now: datetime) -> Cover:
    """They work as planned again: the change in the shifts goes, too. Raises Denied, or Stale."""
    async with _changing(db, person, cover_id, key=key, now=now) as change:
        check_may(person, Permission.COVER_ARRANGE, change.team, ONLY_LEADS)
        return await take_back(change)


async def take_back(change: Change) -> Cover:
    """Undo what was taken, within a transaction. Raises Stale."""
    before, tx = change.before, change.tx
    state = rules.check(Action.UNDO, before, change.person.id, now=change.now)
    if await _is_passed_on(tx, before):
        raise Stale(PASSED_ON, who=mention(before.taken_by or ""))
    after = replace(before, state=state, closed_by=change.person.id)
    after = await change.make(Action.UNDO, after)
    await shifts.remove_override(tx, after.team_id, after.override_id or "")
    await replan(tx, after.team_id, now=change.now)
    concerned: Concerned = {
        told.undone: _but_me(change, after.person_id),
        told.undone_for_taker: _but_me(change, after.taken_by),
        told.undone_for_leads: await _others(change, after),
    }
    await _say(change, after, concerned)
    return after


async def give(change: Change, taker_id: str) -> Cover:
    """Let them work in the other's place, within a transaction. Raises Stale, Refused, or FormProblems for a lead."""
    tx, before, now = change.tx, change.before, change.now
    state = rules.check(Action.TAKE, before, change.person.id, now=now)
    await people.lock(tx, taker_id)
    rest = before.rest(now)
    await _check_free(change, rest, taker_id)
    override = Override(
        new_id(), before.team_id, ShiftChange.REPLACE, taker_id, rest.starts_at, rest.ends_at,
        before.person_id, change.person.id, now,
    )  # fmt: skip
    after = replace(before, state=state, taken_by=taker_id, override_id=override.id)
    after = await change.make(Action.TAKE, after)
    await shifts.add_overrides(tx, override, now=now)
    await replan(tx, after.team_id, now=now)
    await timers.cancel(tx, after.id, EXPIRE)
    await easing.ask_later(tx, after.person_id, source_of(Via.COVER, after.id), after.ends_at)
    concerned: Concerned = {
        told.taken: _but_me(change, after.person_id),
        told.yours: [taker_id],  # themselves, too: so it is written where they find it
        told.taken_for_leads: await _others(change, after),
    }
    await _say(change, after, concerned)
    return after


async def _check_free(change: Change, cover: Cover, taker_id: str) -> None:
    """Raises Stale if there is nothing to cover any more, and Refused if this person cannot."""
    tx, by = change.tx, change.person.id
    roster = await shifts.roster(tx, change.team, cover.span)
    if problem := rules.gone_problem(cover, roster):
        # The shift may have changed because somebody was faster: then that is the reason.
        rules.check(Action.TAKE, await covers.get(tx, cover.id), by, now=change.now)
        raise problem
    own = await teams.find_of_person(tx, taker_id)
    rosters = [await shifts.roster(tx, one, cover.span) for one in own]
    if bar := rules.bar_of(cover, taker_id, rosters):
        refused = rules.barred(bar, taker_id, by=by)
        raise FormProblems({"taker": refused}) if change.in_form else refused


async def _is_passed_on(tx: Tx, cover: Cover) -> bool:
    """Whether the one who took it has found somebody else for a part of it."""
    later = await covers.of_teams(
        tx, [cover.team_id], State.TAKEN, since=cover.starts_at, until=cover.ends_at
    )
    return any(one.person_id == cover.taken_by for one in later)


async def _others(change: Change, cover: Cover) -> list[str]:
    """The leads and whoever asked, but not those whom it concerns themselves: they are told otherwise."""
    concerned = {cover.person_id, cover.taken_by}
    leads = await telling.leads_of(change.tx, change.team)
    return _but_me(change, *(one for one in (*leads, cover.asked_by) if one not in concerned))


def _but_me(change: Change, *person_ids: str | None) -> list[str]:
    """What one did is no news to oneself."""
    return [one for one in person_ids if one and one != change.person.id]


async def _say(change: Change, cover: Cover, concerned: Concerned) -> None:
    notes = [
        note
        for words, ids in concerned.items()
        for note in await telling.to(change.tx, change.team, cover, words, change.person, ids)
    ]
    await outbox.say(change.tx, *telling.cards(cover), *notes, now=change.now)


@asynccontextmanager
async def _changing(
    db: Database, person: Person, cover_id: str, *, key: str, now: datetime
) -> AsyncIterator[Change]:
    """A transaction about this request. If the answer is no, the card is drawn anew, since it may have shown otherwise."""
    seen: Cover | None = None
    try:
        async with heard_once(db, person.workspace_id, key, now=now) as tx:
            seen = await covers.get(tx, cover_id)
            yield Change(tx, seen, await teams.get(tx, seen.team_id), person, now)
    except Refused:
        if seen is not None:
            await telling.redraw(db, seen, person, now=now)
        raise
