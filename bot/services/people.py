"""Who is here: what Slack says about people, and who may set Baton up."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import FormProblems, Refused
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules.people import Profile
from bot.rules.teams import Workspace, names_problem
from bot.services import shift_ends
from bot.services.coaching import leaving, promising
from bot.services.transaction import heard_once
from bot.text import _
from storage import people
from storage.database import Database, Tx

ONLY_ADMINS = _("Only Baton's admins can do this. `/baton` says who they are.")
ONLY_SLACK = _("Only Slack itself can say this.")
NO_ADMIN_LEFT = _("Somebody has to be able to set Baton up: please leave at least one admin.")


async def save_profiles(
    db: Database, person: Person, profiles: Sequence[Profile], *, now: datetime
) -> list[str]:
    """Remember what Slack says, as the system. Twice is harmless, and older news are ignored. Returns whose row changed.

    Who was deactivated works no more, and who is in another zone is asked by another clock: their teams are planned anew.
    """
    check_may(person, Permission.SLACK_FOLLOW, Workspace(person.workspace_id), ONLY_SLACK)
    async with db.write(person.workspace_id) as tx:
        changed = await people.save(tx, *profiles)
        if changed:
            await shift_ends.replan_of(tx, *changed, now=now)
            await promising.replan_of(tx, *changed, now=now)
            gone = {one.id for one in profiles if one.is_deleted}
            await leaving.heed_of(tx, *sorted(gone & set(changed)), now=now)
            tx.wakes.add("people")
    return changed


async def find(db: Database, workspace_id: str, person_id: str) -> Person | None:
    """The person with their roles, or None if Baton has never heard of them."""
    async with db.read(workspace_id) as tx:
        return await people.find(tx, person_id)


async def unknown(db: Database, workspace_id: str, person_ids: Iterable[str]) -> list[str]:
    """Those of whom Slack has said nothing yet."""
    asked = set(person_ids)
    async with db.read(workspace_id) as tx:
        known = await people.profiles(tx, asked)
    return sorted(one for one in asked if one not in known or not known[one].updated)


async def whom_to_ask(db: Database, workspace_id: str) -> list[str]:
    """Baton's admins; while there are none, the known owners and admins of the Slack workspace."""
    async with db.read(workspace_id) as tx:
        return await people.admins(tx) or await people.owners(tx)


async def as_first_admin(tx: Tx, person: Person) -> Person:
    """The person with the right to set up if nobody has it yet and they run the Slack workspace. Nothing is saved."""
    if person.is_admin or person.id not in await people.owners(tx) or await people.admins(tx):
        return person
    return replace(person, is_admin=True)


async def become_first_admin(tx: Tx, person: Person) -> Person:
    """As `as_first_admin`, and it is remembered: who sets Baton up first is its admin."""
    first = await as_first_admin(tx, person)
    if first is not person:
        await people.set_admins(tx, [person.id])
        tx.wakes.add("people")
    return first


async def list_admins(db: Database, person: Person) -> list[str]:
    """Who the admins are, for one who may change that. Raises Denied for anybody else."""
    async with db.read(person.workspace_id) as tx:
        admin = await as_first_admin(tx, person)
        check_may(admin, Permission.WORKSPACE_SET_UP, Workspace(person.workspace_id), ONLY_ADMINS)
        return await people.admins(tx) or [person.id]


async def set_admins(
    db: Database, person: Person, person_ids: Sequence[str], *, key: str, now: datetime
) -> None:
    """Exactly these are admins from now on. Raises FormProblems for nobody, bots and people who have left."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        admin = await become_first_admin(tx, person)
        check_may(admin, Permission.WORKSPACE_SET_UP, Workspace(person.workspace_id), ONLY_ADMINS)
        if not person_ids:
            raise FormProblems({"admins": Refused(NO_ADMIN_LEFT)})
        await people.add_unknown(tx, person_ids)
        known = (await people.profiles(tx, person_ids)).values()
        if unfit := [one.called for one in known if not one.can_have_roles or one.is_guest]:
            raise FormProblems({"admins": names_problem(sorted(unfit))})
        before = await people.admins(tx)
        await people.set_admins(tx, person_ids)
        await leaving.heed_of(tx, *set(before) - set(person_ids), now=now)
        tx.wakes.add("people")
