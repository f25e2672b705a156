"""Teams, and who is in them."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import BigInteger, Index, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from bot.errors import FormProblems, Refused
from bot.people import Role
from bot.rules.severities import ANSWER_MINUTES, CLAIM_MINUTES, UPDATE_MINUTES, Severity
from bot.rules.teams import NAME_TAKEN, Member, Team, chain, name_key
from bot.text import _
from storage import hours
from storage.base import Base, InWorkspace, Json
from storage.database import Tx
from storage.members import MemberRow
from storage.people import PersonRow

GONE = _("That team is gone. Please open /baton again.")


class TeamRow(InWorkspace, Base):
    __tablename__ = "teams"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    """Two teams of a workspace are never told apart by case or spacing alone."""
    zone: Mapped[str]
    hours: Mapped[Json]
    """`storage/hours.py` says what is in it."""
    team_channel: Mapped[str]
    leads_channel: Mapped[str]
    language: Mapped[str]
    claim_minutes: Mapped[Json]
    update_minutes: Mapped[Json]
    answer_minutes: Mapped[Json]
    severity_names: Mapped[Json]
    budget_minor: Mapped[int | None] = mapped_column(BigInteger)
    budget_currency: Mapped[str]
    department_id: Mapped[str | None]
    """The team that it reports to."""
    version: Mapped[int]

    __table_args__ = (Index(None, "workspace_id", "name_key", unique=True),)


async def add(tx: Tx, team: Team) -> None:
    """Remember a new team. Raises FormProblems if its name is taken, even by a transaction of this very moment."""
    row = TeamRow(workspace_id=tx.workspace_id, id=team.id, version=team.version, **_values(team))
    async with _unique_name(tx):
        tx.add(row)
        await tx.flush()


async def change(tx: Tx, team: Team) -> bool:
    """Write the team if it is still at `team.version`; False if somebody changed it first.

    Raises FormProblems if its new name is another team's.
    """
    changed = (
        update(TeamRow)
        .where(TeamRow.id == team.id, TeamRow.version == team.version)
        .values(version=team.version + 1, **_values(team))
        .returning(TeamRow.id)
    )
    async with _unique_name(tx):
        return await tx.scalar(changed) is not None


async def get(tx: Tx, team_id: str) -> Team:
    """Raises Refused if there is no such team in this workspace."""
    team = await find(tx, team_id)
    if team is None:
        raise Refused(GONE)
    return team


async def find(tx: Tx, team_id: str) -> Team | None:
    row = await tx.scalar(select(TeamRow).where(TeamRow.id == team_id))
    return _to_team(row) if row else None


async def chain_of(tx: Tx, team_id: str) -> tuple[str, ...]:
    """The team, the department that it reports to, the one above that, and so on."""
    return (await chains_of(tx, [team_id]))[team_id]


async def chains_of(tx: Tx, team_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The same for several teams."""
    above = await departments(tx)
    return {one: chain(one, above) for one in team_ids}


async def below(tx: Tx, team_ids: Collection[str]) -> set[str]:
    """The teams that report to any of these, or to one that does, and so on."""
    above = await departments(tx)
    return {one for one in above if not set(team_ids).isdisjoint(chain(one, above)[1:])}


async def departments(tx: Tx) -> dict[str, str]:
    """To which team each reports. Few do, so all of those are read at once."""
    reports_to = select(TeamRow.id, TeamRow.department_id)
    found = await tx.execute(reports_to.where(TeamRow.department_id.is_not(None)))
    return {team_id: department_id for team_id, department_id in found if department_id}


async def lock(tx: Tx, team_id: str) -> None:
    """Until the end of the transaction nobody else sets what has to fit together in this team. Lock it before its parts."""
    await tx.scalar(select(TeamRow.id).where(TeamRow.id == team_id).with_for_update(key_share=True))


async def find_by_name(tx: Tx, name: str) -> Team | None:
    """Case and spacing do not matter."""
    row = await tx.scalar(select(TeamRow).where(TeamRow.name_key == name_key(name)))
    return _to_team(row) if row else None


async def find_of_person(tx: Tx, person_id: str) -> list[Team]:
    """The teams in which somebody has any role, by name."""
    mine = select(MemberRow.team_id).where(MemberRow.person_id == person_id)
    rows = await tx.scalars(select(TeamRow).where(TeamRow.id.in_(mine)).order_by(TeamRow.name_key))
    return [_to_team(row) for row in rows]


async def list_all(tx: Tx) -> list[Team]:
    """Every team of the workspace, by name."""
    rows = await tx.scalars(select(TeamRow).order_by(TeamRow.name_key))
    return [_to_team(row) for row in rows]


async def members(tx: Tx, team_id: str, *roles: Role) -> list[Member]:
    """Who is in the team in any of `roles`, or at all; by name. Who was deactivated, or is a bot, is left out."""
    asked = (
        select(
            MemberRow.person_id, PersonRow.name, MemberRow.role, PersonRow.locale, PersonRow.zone
        )
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(MemberRow.team_id == team_id, ~PersonRow.is_deleted, ~PersonRow.is_bot)
        .distinct()
        .order_by(PersonRow.name, MemberRow.person_id, MemberRow.role)
    )
    if roles:
        asked = asked.where(MemberRow.role.in_([str(role) for role in roles]))
    return [
        Member(person_id, name or person_id, Role(role), locale, zone)
        for person_id, name, role, locale, zone in await tx.execute(asked)
    ]


@asynccontextmanager
async def _unique_name(tx: Tx) -> AsyncIterator[None]:
    try:
        async with tx.begin_nested():
            yield
    except IntegrityError as error:
        raise FormProblems({"name": Refused(NAME_TAKEN)}) from error


async def roles_in(tx: Tx, team_ids: Iterable[str]) -> dict[tuple[str, str], frozenset[Role]]:
    """What each is in these teams, by team and person. Who was deactivated, or is a bot, is left out."""
    found: dict[tuple[str, str], frozenset[Role]] = {}
    asked = (
        select(MemberRow.team_id, MemberRow.person_id, MemberRow.role)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(MemberRow.team_id.in_(list(team_ids)), ~PersonRow.is_deleted, ~PersonRow.is_bot)
        .order_by(MemberRow.team_id, MemberRow.person_id)
    )
    for team_id, person_id, role in await tx.execute(asked):
        key = (team_id, person_id)
        found[key] = found.get(key, frozenset()) | {Role(role)}
    return found


async def leads(tx: Tx) -> dict[str, tuple[str, ...]]:
    """Who leads each team, by name; teams that nobody leads are left out."""
    found: dict[str, tuple[str, ...]] = {}
    asked = (
        select(MemberRow.team_id, MemberRow.person_id, PersonRow.name)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(MemberRow.role == Role.LEAD, ~PersonRow.is_deleted, ~PersonRow.is_bot)
        .distinct()
        .order_by(PersonRow.name, MemberRow.person_id)
    )
    for team_id, person_id, _name in await tx.execute(asked):
        found[team_id] = (*found.get(team_id, ()), person_id)
    return found


def _values(team: Team) -> dict[str, Any]:
    return {
        "name": team.name,
        "name_key": name_key(team.name),
        "zone": team.zone,
        "hours": hours.to_json(team.hours),
        "team_channel": team.team_channel,
        "leads_channel": team.leads_channel,
        "language": team.language,
        "claim_minutes": _by_name(team.claim_minutes),
        "update_minutes": _by_name(team.update_minutes),
        "answer_minutes": _by_name(team.answer_minutes),
        "severity_names": _by_name(team.severity_names),
        "budget_minor": team.budget_minor,
        "budget_currency": team.budget_currency,
        "department_id": team.department_id,
    }


def _by_name(told: Mapping[Severity, Any]) -> Json:
    return {str(one): value for one, value in told.items()}


def severity_names(told: Json) -> dict[Severity, str]:
    """What a team calls the severities, as its row keeps it."""
    return {Severity(one): name for one, name in dict(told).items()}


def _minutes(told: Json, usual: Mapping[Severity, int]) -> dict[Severity, int]:
    return dict(usual) | {Severity(one): minutes for one, minutes in dict(told).items()}


def _to_team(row: TeamRow) -> Team:
    return Team(
        workspace_id=row.workspace_id,
        id=row.id,
        name=row.name,
        zone=row.zone,
        hours=hours.from_json(row.hours),
        team_channel=row.team_channel,
        leads_channel=row.leads_channel,
        language=row.language,
        claim_minutes=_minutes(row.claim_minutes, CLAIM_MINUTES),
        update_minutes=_minutes(row.update_minutes, UPDATE_MINUTES),
        answer_minutes=_minutes(row.answer_minutes, ANSWER_MINUTES),
        severity_names=severity_names(row.severity_names),
        budget_minor=row.budget_minor,
        budget_currency=row.budget_currency,
        department_id=row.department_id,
        version=row.version,
    )
