"""What sources call people, and who of the workspace each name stands for."""

from collections.abc import Collection, Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from bot.rules.metrics.look.named import Named
from bot.rules.metrics.store.parting import Own, Parting
from storage.base import new_id
from storage.database import Tx, insert_into
from storage.members import MemberRow
from storage.metrics.rows import NameRow
from storage.people import PersonRow

AUTOMATIC = ""
"""Who linked a name that is exactly one person's."""
A_BATCH = 500


def key_of(name: str) -> str:
    """Two names are never told apart by case or spacing alone."""
    return " ".join(name.split()).casefold()


async def ensure(tx: Tx, names: Iterable[str]) -> dict[str, str]:
    """The id of each name. One that is new is linked if exactly one person of a team is called so."""
    named = [one for one in names if key_of(one)]
    wanted = {key_of(one): one for one in named}
    found = await _ids(tx, wanted)
    new = {key: name for key, name in wanted.items() if key not in found}
    if new:
        people = await _called(tx, new)
        rows = [
            {
                "workspace_id": tx.workspace_id,
                "id": new_id(),
                "name": " ".join(name.split()),
                "name_key": key,
                "team_id": "",
                "counts_for": "",
                "person_id": people.get(key, ""),
                "linked_by": AUTOMATIC,
            }
            for key, name in sorted(new.items())
        ]
        await tx.execute(insert_into(tx, NameRow).on_conflict_do_nothing(), rows)
        found |= await _ids(tx, new)
    return {name: found[key_of(name)] for name in named}


async def known(tx: Tx, names: Iterable[str]) -> dict[str, str]:
    """The ids of those names that are known already."""
    named = [one for one in names if key_of(one)]
    found = await _ids(tx, {key_of(one) for one in named})
    return {name: found[key_of(name)] for name in named if key_of(name) in found}


async def of_people(tx: Tx, person_ids: Collection[str]) -> None:
    """Names for what Baton itself knows of these people: the id of such a name is the person's own.

    Its key keeps the case of the id, so that no source can call somebody so by chance.
    """
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "id": one,
            "name": one,
            "name_key": f"@{one}",
            "team_id": "",
            "counts_for": "",
            "person_id": one,
            "linked_by": AUTOMATIC,
        }
        for one in sorted(set(person_ids))
    ]
    if rows:
        await tx.execute(insert_into(tx, NameRow).on_conflict_do_nothing(), rows)


async def get_all(tx: Tx, ids: Iterable[str]) -> dict[str, Named]:
    """By id; one that is unknown is left out."""
    wanted = sorted(set(ids))
    found: dict[str, Named] = {}
    for begin in range(0, len(wanted), A_BATCH):
        some = NameRow.id.in_(wanted[begin : begin + A_BATCH])
        rows = await tx.scalars(
            select(NameRow).where(some).execution_options(populate_existing=True)
        )
        found |= {row.id: to_named(row) for row in rows}
    return found


async def of_person(tx: Tx, *person_ids: str) -> dict[str, list[str]]:
    """The ids of all names that stand for each of these people."""
    asked = select(NameRow.person_id, NameRow.id).where(NameRow.person_id.in_(person_ids))
    found: dict[str, list[str]] = {one: [] for one in person_ids}
    for person_id, name_id in await tx.execute(asked.order_by(NameRow.id)):
        found[person_id].append(name_id)
    return found


async def parting(tx: Tx) -> Parting:
    """What names are in single teams."""
    own, whole = aliased(NameRow), aliased(NameRow)
    is_same = (own.workspace_id == whole.workspace_id) & (own.name_key == whole.name_key)
    asked = (
        select(own.team_id, whole.id, own.id, own.counts_for)
        .join(own, is_same)
        .where(own.team_id != "", whole.team_id == "")
    )
    found = await tx.execute(asked)
    return Parting({(team_id, name_id): Own(own_id, to) for team_id, name_id, own_id, to in found})


async def link(tx: Tx, name_id: str, person_id: str, *, before: str, by: str) -> bool:
    """Say who that is, or with "" that nobody knows. False unless it stood for `before`: somebody else was faster."""
    changed = await tx.scalar(
        update(NameRow)
        .where(NameRow.id == name_id, NameRow.person_id == before)
        .values(person_id=person_id, linked_by=by)
        .returning(NameRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


async def _ids(tx: Tx, keys: Iterable[str]) -> dict[str, str]:
    wanted = sorted(keys)
    found: dict[str, str] = {}
    for begin in range(0, len(wanted), A_BATCH):
        some = NameRow.name_key.in_(wanted[begin : begin + A_BATCH])
        asked = select(NameRow.name_key, NameRow.id).where(some, NameRow.team_id == "")
        rows = await tx.execute(asked)
        found |= {key: name_id for key, name_id in rows}  # noqa: C416 - a row is no pair to dict()
    return found


async def _called(tx: Tx, keys: Collection[str]) -> dict[str, str]:
    """Which of these names are exactly one person's, of those who are in any team."""
    in_a_team = select(MemberRow.person_id).where(MemberRow.person_id == PersonRow.id).exists()
    asked = select(PersonRow.id, PersonRow.name, PersonRow.real_name).where(
        ~PersonRow.is_bot, in_a_team
    )
    people: dict[str, set[str]] = {}
    for person_id, name, real_name in await tx.execute(asked):
        for called in (person_id, name, real_name):
            if (key := key_of(called or "")) in keys:
                people.setdefault(key, set()).add(person_id)
    return {key: next(iter(ids)) for key, ids in people.items() if len(ids) == 1}


def to_named(row: NameRow) -> Named:
    """As the rules know it."""
    return Named(row.id, row.name, row.person_id, row.linked_by, row.team_id, row.counts_for)
