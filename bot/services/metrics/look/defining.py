"""What the numbers mean: the definitions that ship and the workspace's own, which people write, change and retire."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules.metrics.definition import naming
from bot.rules.metrics.definition.formulas import saved
from bot.rules.metrics.definition.own import MOST, OWN_PART, TOO_MANY, Definition, OwnDraft
from bot.rules.metrics.definition.registry import BY_KEY, Metric
from bot.rules.metrics.definition.values import value_of
from bot.rules.metrics.look.seen import Defined, Definitions, Tried
from bot.rules.metrics.store.bundles import together
from bot.rules.teams import Workspace
from bot.rules.wall_clock import day_of
from bot.services.metrics.look import seeing
from bot.services.metrics.store import numbers
from bot.services.transaction import heard_once
from bot.text import Text, _, mention
from storage import workspaces
from storage.base import new_id
from storage.database import Database, Tx
from storage.metrics import definitions

TRIED_OVER = timedelta(days=28)
ONLY_LEADS = _("Only people who lead a team, and Baton's admins, write metrics for the workspace.")
ONLY_ITS_OWNER = _("Only {owner}, who wrote this metric, and Baton's admins can change it.")
CHANGED_MEANWHILE = _(
    "Somebody changed this metric while you had the form open, so nothing was saved. "
    "Please close it, open it again and repeat your change."
)


async def known(tx: Tx) -> Mapping[str, Metric]:
    """All metrics by key, the workspace's own too; those that are retired are left out."""
    own = await definitions.list_all(tx)
    return {**BY_KEY, **{one.id: one.metric for one in own if not one.is_retired}}


async def retired(tx: Tx) -> Mapping[str, Metric]:
    """The workspace's own metrics that are retired, by key: for whatever names one still."""
    return {one.id: one.metric for one in await definitions.list_all(tx) if one.is_retired}


async def list_all(db: Database, person: Person) -> Definitions:
    """Every metric, for anybody: what a number means is no secret."""
    async with db.read(person.workspace_id) as tx:
        own = await definitions.list_all(tx)
        shipped = [Defined(one) for one in BY_KEY.values()]
        written = [_defined(person, one) for one in sorted(own, key=lambda one: one.is_retired)]
        here = Workspace(person.workspace_id)
        return Definitions([*shipped, *written], may(person, Permission.METRICS_DEFINE, here))


async def find(db: Database, person: Person, typed: str) -> tuple[Defined | None, list[Defined]]:
    """The metric of that key or name, or None and those that are called nearly that."""
    every = (await list_all(db, person)).all
    by_key = {one.metric.key: one for one in every}
    t = Text(person.locale)
    names = {
        key: (one.metric.name,) if one.own else (one.metric.name, t(one.metric.name))
        for key, one in by_key.items()
    }
    key = naming.find(typed, names)
    near = [] if key else [by_key[one] for one in naming.nearest(typed, names)]
    return (by_key[key] if key else None), near


async def get(db: Database, person: Person, key: str) -> Defined:
    """The metric of this key. Raises Refused if there is none."""
    found = next((one for one in (await list_all(db, person)).all if one.metric.key == key), None)
    if found is None:
        raise Refused(definitions.NO_SUCH_METRIC)
    return found


async def open_form(db: Database, person: Person, definition_id: str = "") -> Definition | None:
    """The metric that is to be changed, or None for a new one. Raises Denied, or Refused if there is none or no room."""
    async with db.read(person.workspace_id) as tx:
        if definition_id:
            return await _get_to_change(tx, person, definition_id)
        await _check_may_add(tx, person)
        return None


async def save(
    db: Database,
    person: Person,
    definition_id: str,
    version: int,
    draft: OwnDraft,
    *,
    key: str,
    now: datetime,
) -> Definition:
    """Write a new metric, or over the one of this id as it was at `version`.

    Raises Denied, FormProblems by field, Refused if there is no room, or Stale if somebody was first.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await workspaces.lock(tx)  # or two could take one name, or the last place
        if definition_id:
            before = await _get_to_change(tx, person, definition_id)
        else:
            await _check_may_add(tx, person)
            before = _new(person, draft)
        await _check(tx, draft, before.id)
        after = replace(draft.over(before), version=version if definition_id else 1)
        if not definition_id:
            await definitions.add(tx, after)
            return after
        if not await definitions.change(tx, after):
            raise Stale(CHANGED_MEANWHILE)
    return replace(after, version=version + 1)


async def retire(
    db: Database,
    person: Person,
    definition_id: str,
    *,
    is_retired: bool,
    key: str,
    now: datetime,
) -> Definition:
    """It is shown no more, or again. Digests that name it say so. Raises Denied, or Refused if there is none."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        before = await _get_to_change(tx, person, definition_id)
        after = replace(before, is_retired=is_retired)
        if not await definitions.change(tx, after):
            raise Stale(CHANGED_MEANWHILE)
    return replace(after, version=after.version + 1)


async def try_out(db: Database, person: Person, draft: OwnDraft, *, now: datetime) -> Tried:
    """What the draft comes to over the last weeks, of all teams whose numbers its author sees. Raises Denied."""
    check_may(person, Permission.METRICS_DEFINE, Workspace(person.workspace_id), ONLY_LEADS)
    if found := draft.formula_problems():
        return Tried(days=TRIED_OVER.days, problems=found)
    metric = draft.over(_new(person, draft)).metric
    async with db.read(person.workspace_id) as tx:
        team_ids = [one.id for one in await seeing.teams_seen(tx, person)]
        today = day_of(now, person.zone)
        rows = await numbers.read(tx, team_ids, today - TRIED_OVER, today)
    whole = together(row.bundle for row in rows)
    used = saved(metric.numerator).names | saved(metric.denominator).names
    return Tried(
        metric,
        value_of(metric, whole),
        TRIED_OVER.days,
        parts=sorted(one for one in whole.sums if OWN_PART.fullmatch(one)),
        unknown=sorted(used - set(whole.sums)),
    )


async def _check(tx: Tx, draft: OwnDraft, but: str) -> None:
    others = [one.name for one in await definitions.list_all(tx) if one.id != but]
    shipped = [name for one in BY_KEY.values() for name in (one.key, one.name)]
    if found := draft.problems([*shipped, *others]):
        raise FormProblems(found)


async def _check_may_add(tx: Tx, person: Person) -> None:
    check_may(person, Permission.METRICS_DEFINE, Workspace(person.workspace_id), ONLY_LEADS)
    if await definitions.count(tx) >= MOST:
        raise Refused(TOO_MANY, limit=MOST)


async def _get_to_change(tx: Tx, person: Person, definition_id: str) -> Definition:
    found = await definitions.get(tx, definition_id)
    if not may(person, Permission.METRICS_REDEFINE, found):
        raise Denied(ONLY_ITS_OWNER, owner=mention(found.owner_id))
    return found


def _new(person: Person, draft: OwnDraft) -> Definition:
    """Nothing of it counts but whose it is: the draft is written over the rest."""
    return Definition(
        person.workspace_id,
        new_id(),
        draft.name,
        "",
        "",
        "",
        draft.unit,
        draft.direction,
        0,
        person.id,
    )


def _defined(person: Person, one: Definition) -> Defined:
    return Defined(one.metric, one, may(person, Permission.METRICS_REDEFINE, one))
