"""Asking the team for cover, or naming at once who works."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import FormProblems, Refused
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules import covers as rules
from bot.rules.absences import OfTeam
from bot.rules.covers import Cover, CoverDraft, CoverSeen, State
from bot.rules.shifts import Span
from bot.rules.teams import Team
from bot.services.covers import telling
from bot.services.covers.looking import ONLY_LEADS, ONLY_THEIR_LEADS
from bot.services.covers.taking import Change, give
from bot.services.covers.timing import EXPIRE
from bot.services.transaction import heard_once
from bot.text import _
from bot.views.covers import told
from storage import covers, outbox, people, shifts, teams, timers
from storage.base import new_id
from storage.database import Database, Tx
from storage.timers import Timer

NOT_THEIRS = _("The shifts have changed meanwhile. Please close this and open it again.")
ASKED = _("The team was asked already for a part of that time.")
NOBODY = _(
    "Nobody else of the team is free at that time, and the team has no channel in which to ask. "
    "Please talk to a lead of the team."
)


async def ask(
    db: Database, person: Person, draft: CoverDraft, *, key: str, now: datetime
) -> CoverSeen:
    """Offer it to the team, or give it to whom a lead names. Raises Denied, or FormProblems by field."""
    if found := rules.problems(draft, person.zone, now=now):
        raise FormProblems(found)
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await teams.get(tx, draft.team_id)
        thing = OfTeam(tx.workspace_id, team.id, draft.person_id)
        check_may(person, Permission.COVER_ASK, thing, ONLY_THEIR_LEADS)
        cover = await _drafted(tx, person, team, draft, now=now)
        if draft.taker:
            check_may(person, Permission.COVER_ARRANGE, team, ONLY_LEADS)
            await covers.add(tx, cover)
            change = Change(tx, cover, team, person, now, in_form=True)
            taken = await give(change, draft.taker)
            return CoverSeen(taken, team)
        cover = replace(cover, places=await _places(tx, team, cover))
        await covers.add(tx, cover)
        concerned = [cover.person_id] if cover.person_id != person.id else []
        notes = await telling.to(tx, team, cover, told.asked_for_you, person, concerned)
        await outbox.say(tx, *telling.cards(cover), *notes, now=now)
        await timers.put(tx, Timer(EXPIRE, cover.id, cover.closes_at))
    return CoverSeen(cover, team)


async def _drafted(
    tx: Tx, person: Person, team: Team, draft: CoverDraft, *, now: datetime
) -> Cover:
    """What was meant, if it is a shift of theirs that was not asked for. Raises FormProblems."""
    await people.lock(tx, draft.person_id)
    span = draft.span(person.zone, now=now)
    if not rules.is_theirs(await shifts.roster(tx, team, span), draft.person_id, span):
        raise FormProblems({"shift": Refused(NOT_THEIRS)})
    if await _is_asked(tx, team, draft.person_id, span):
        raise FormProblems({"shift": Refused(ASKED)})
    return Cover(
        person.workspace_id, new_id(), team.id, draft.person_id, span.start, span.end,
        person.id, now, draft.reason.strip(),
    )  # fmt: skip


async def _is_asked(tx: Tx, team: Team, person_id: str, span: Span) -> bool:
    found = await covers.of_teams(tx, [team.id], State.OPEN, since=span.start, until=span.end)
    return any(one.person_id == person_id for one in found)


async def _places(tx: Tx, team: Team, cover: Cover) -> tuple[str, ...]:
    """Where the team reads it: its channel, or the leads'; else those hear of it who are free, or at least the leads."""
    if channel := team.team_channel or team.leads_channel:
        return (channel,)
    free: Sequence[str] = rules.could_take(cover, await shifts.roster(tx, team, cover.span))
    if not free:
        free = [one for one in await telling.leads_of(tx, team) if one != cover.person_id]
    if not free:
        raise FormProblems({"shift": Refused(NOBODY)})
    return tuple(free)
