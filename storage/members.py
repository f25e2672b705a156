"""Who is what in which team: chosen by somebody, or through a Slack user group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ForeignKeyConstraint, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.people import Role
from bot.rules.teams import Group
from storage.base import Base, InWorkspace
from storage.database import Tx, insert_into

CHOSEN = "chosen"
"""The source of those who were chosen one by one; any other source is a user group's id."""
ROWS_AT_ONCE = 500  # each value is a parameter, and both databases count those


@dataclass(frozen=True, slots=True)
class Filled:
    """One role of one team that a user group fills."""

    team_id: str
    role: Role
    usergroup_id: str


class MemberRow(InWorkspace, Base):
    __tablename__ = "members"

    team_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"]),
        ForeignKeyConstraint(["workspace_id", "person_id"], ["people.workspace_id", "people.id"]),
        Index(None, "workspace_id", "person_id"),
    )


class TeamGroupRow(InWorkspace, Base):
    __tablename__ = "team_groups"

    team_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    usergroup_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"]),
        Index(None, "workspace_id", "usergroup_id"),
    )


async def chosen(tx: Tx, team_id: str) -> dict[Role, tuple[str, ...]]:
    """Who was chosen one by one, by role."""
    found = await tx.execute(
        select(MemberRow.role, MemberRow.person_id)
        .where(MemberRow.team_id == team_id, MemberRow.source == CHOSEN)
        .order_by(MemberRow.person_id)
    )
    by_role: dict[Role, tuple[str, ...]] = {}
    for role, person_id in found:
        by_role[Role(role)] = (*by_role.get(Role(role), ()), person_id)
    return by_role


async def groups(tx: Tx, team_id: str) -> dict[Role, tuple[Group, ...]]:
    """The user groups that fill roles of a team. Their members are not listed."""
    found = await tx.execute(
        select(TeamGroupRow.role, TeamGroupRow.usergroup_id, TeamGroupRow.name)
        .where(TeamGroupRow.team_id == team_id)
        .order_by(TeamGroupRow.usergroup_id)
    )
    by_role: dict[Role, tuple[Group, ...]] = {}
    for role, usergroup_id, name in found:
        by_role[Role(role)] = (*by_role.get(Role(role), ()), Group(usergroup_id, name))
    return by_role


async def filled_by(tx: Tx, usergroup_id: str) -> list[Filled]:
    """Which roles of which teams a user group fills."""
    found = await tx.execute(
        select(TeamGroupRow.team_id, TeamGroupRow.role)
        .where(TeamGroupRow.usergroup_id == usergroup_id)
        .order_by(TeamGroupRow.team_id, TeamGroupRow.role)
    )
    return [Filled(team_id, Role(role), usergroup_id) for team_id, role in found]


async def teams_of(tx: Tx, person_ids: Iterable[str]) -> list[str]:
    """In which teams any of these people is anything."""
    found = await tx.scalars(
        select(MemberRow.team_id)
        .where(MemberRow.person_id.in_(list(person_ids)))
        .distinct()
        .order_by(MemberRow.team_id)
    )
    return list(found)


async def everyone(tx: Tx) -> dict[tuple[str, Role], frozenset[str]]:
    """Every team's people by role, whichever way they came in."""
    found: defaultdict[tuple[str, Role], set[str]] = defaultdict(set)
    for team_id, role, person_id in await tx.execute(
        select(MemberRow.team_id, MemberRow.role, MemberRow.person_id)
    ):
        found[team_id, Role(role)].add(person_id)
    return {key: frozenset(ids) for key, ids in found.items()}


async def add(
    tx: Tx, team_id: str, role: Role, person_ids: Iterable[str], source: str = CHOSEN
) -> None:
    """Give a role. Who has it already keeps it."""
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "team_id": team_id,
            "person_id": person_id,
            "role": role,
            "source": source,
        }
        for person_id in sorted(set(person_ids))
    ]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        await tx.execute(insert_into(tx, MemberRow).values(some).on_conflict_do_nothing())


async def set_chosen(tx: Tx, team_id: str, people: Mapping[Role, Iterable[str]]) -> None:
    """Exactly these were chosen, for every role. Those who come through a user group stay."""
    await tx.execute(
        delete(MemberRow).where(MemberRow.team_id == team_id, MemberRow.source == CHOSEN)
    )
    for role, person_ids in people.items():
        await add(tx, team_id, role, person_ids)


async def set_groups(tx: Tx, team_id: str, by_role: Mapping[Role, Iterable[Group]]) -> None:
    """Exactly these user groups fill roles, with the members that they have now."""
    await tx.execute(
        delete(MemberRow).where(MemberRow.team_id == team_id, MemberRow.source != CHOSEN)
    )
    await tx.execute(delete(TeamGroupRow).where(TeamGroupRow.team_id == team_id))
    for role, some in by_role.items():
        for group in some:
            await tx.execute(
                insert_into(tx, TeamGroupRow).values(
                    workspace_id=tx.workspace_id,
                    team_id=team_id,
                    role=role,
                    usergroup_id=group.id,
                    name=group.name,
                )
            )
            await add(tx, team_id, role, group.members, source=group.id)


async def refill(tx: Tx, filled: Filled, person_ids: Iterable[str]) -> None:
    """Exactly these are in the role through the user group now."""
    ids = set(person_ids)
    await tx.execute(
        delete(MemberRow).where(
            MemberRow.team_id == filled.team_id,
            MemberRow.role == filled.role,
            MemberRow.source == filled.usergroup_id,
        )
    )
    await add(tx, filled.team_id, filled.role, ids, source=filled.usergroup_id)
