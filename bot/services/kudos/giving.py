"""Giving thanks, in whatever way somebody does it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules import kudos as rules
from bot.rules.kudos import Kudos, KudosDraft, Receipt, allowance
from bot.rules.kudos.giving import UNDO_FOR
from bot.rules.teams import Team, Workspace
from bot.services.kudos import drawing
from bot.services.transaction import heard_once
from bot.text import _
from storage import kudos as stored
from storage import outbox, people, teams, timers
from storage.base import new_id
from storage.database import Database, Tx
from storage.timers import Timer

SETTLE = "kudos.settle"
"""When it can be undone no more: its subject is a kudos."""

ANYBODY = _("Everybody here can thank somebody.")
NO_PEOPLE = _("{names} can't be thanked: only people who are still here can. Please take them out.")
NO_TEAM = _("{names}: not in one of Baton's teams yet. Their lead or an admin can add them.")
NO_VALUE = _("Please choose one of the values of their team.")
ONLY_PRIVATE = _("{names}: would like to be thanked in private. Please choose that.")
GIVEN_ALREADY = _("You have given these thanks already.")


async def give(
    db: Database, person: Person, draft: KudosDraft, *, key: str, now: datetime
) -> Kudos:
    """Thank somebody, at once. Raises FormProblems by field, or Stale if this very offer was taken before."""
    draft = draft.cleaned()
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        check_may(person, Permission.KUDOS_GIVE, Workspace(person.workspace_id), ANYBODY)
        await check(tx, person, draft, now=now, is_whole=True)
        theirs = await teams_of(tx, person, draft.receivers)
        kudos = made(person, draft, theirs, now=now)
        if not await stored.add(tx, kudos):
            raise Stale(GIVEN_ALREADY)
        await timers.put(tx, Timer(SETTLE, kudos.id, now + UNDO_FOR))
        await outbox.say(tx, *await drawing.cards(tx, kudos), now=now)
    return kudos


async def check(
    tx: Tx, person: Person, draft: KudosDraft, *, now: datetime, is_whole: bool = False
) -> None:
    """Raises FormProblems with all that is wrong with it. Only what `is_whole` has a value, and stays right until the end."""
    found = rules.problems(draft, person.id)
    if "receivers" not in found and (problem := await _whom_problem(tx, draft.receivers)):
        found["receivers"] = problem
    if "receivers" not in found:
        if is_whole:
            await people.add_unknown(tx, [person.id, *draft.receivers])
            await people.lock(tx, person.id)
        found |= await _team_problems(tx, person, draft, now=now, is_whole=is_whole)
    if found:
        raise FormProblems(found)


def made(person: Person, draft: KudosDraft, theirs: Mapping[str, Team], *, now: datetime) -> Kudos:
    """What it will be, each of them thanked in their team."""
    return Kudos(
        person.workspace_id,
        draft.id or new_id(),
        person.id,
        tuple(Receipt(one, theirs[one].id) for one in draft.receivers),
        draft.value,
        draft.reason,
        draft.is_public,
        draft.via,
        now,
        source=draft.source,
    )


async def teams_of(tx: Tx, person: Person, receivers: Sequence[str]) -> dict[str, Team]:
    """By whose settings each of them is thanked: a team of theirs, one of the giver's if there is; nobody's if none has any.

    Who is in no team counts with those who are thanked beside them.
    """
    found: dict[str, Team] = {}
    for one in receivers:
        theirs = await teams.find_of_person(tx, one)
        shared = [team for team in theirs if team.id in person.roles]
        if team := next(iter([*shared, *theirs]), None):
            found[one] = team
    if not found:
        return {}
    beside = next(found[one] for one in receivers if one in found)
    return {one: found.get(one, beside) for one in receivers}


async def allowance_problem(
    tx: Tx, person: Person, theirs: Mapping[str, Team], *, now: datetime
) -> Refused | None:
    """Why these people cannot be thanked now, or None: the team of each has its say."""
    settings = await stored.settings_of_all(tx, {team.id for team in theirs.values()})
    spent = await stored.spent_since(tx, person.id, allowance.week_begins(now, person.zone))
    wanted = {one: settings[team.id] for one, team in theirs.items()}
    names = await _names(tx, list(theirs))
    return allowance.problem(wanted, spent, person.zone, names=names, now=now)


async def _team_problems(
    tx: Tx, person: Person, draft: KudosDraft, *, now: datetime, is_whole: bool
) -> dict[str, Refused]:
    """What the teams of those people have against it."""
    theirs = await teams_of(tx, person, draft.receivers)
    if not theirs:
        names = await _names(tx, draft.receivers)
        return {"receivers": Refused(NO_TEAM, names=", ".join(names.values()))}
    found = {"receivers": await allowance_problem(tx, person, theirs, now=now)}
    if draft.is_public:
        found["how"] = await _how_problem(tx, draft.receivers)
    if is_whole:
        found["value"] = await _value_problem(tx, theirs[draft.receivers[0]], draft.value)
    return {name: problem for name, problem in found.items() if problem}


async def _value_problem(tx: Tx, team: Team, value: str) -> Refused | None:
    settings = await stored.settings_of(tx, team.id)
    return None if value in settings.values_in(team.language) else Refused(NO_VALUE)


async def _whom_problem(tx: Tx, receivers: Sequence[str]) -> Refused | None:
    known = await people.profiles(tx, receivers)
    gone = [one.called for one in known.values() if not one.can_have_roles]
    return Refused(NO_PEOPLE, names=", ".join(gone)) if gone else None


async def _how_problem(tx: Tx, receivers: Sequence[str]) -> Refused | None:
    """Nobody of them may be named in public."""
    tastes = await stored.tastes_of(tx, receivers)
    if any(one.in_public for one in tastes.values()):
        return None
    names = await _names(tx, receivers)
    return Refused(ONLY_PRIVATE, names=", ".join(names.values()))


async def _names(tx: Tx, person_ids: Sequence[str]) -> dict[str, str]:
    """Plain names, since a form's errors are plain text."""
    known = await people.profiles(tx, person_ids)
    return {one: known[one].called if one in known else one for one in person_ids}
