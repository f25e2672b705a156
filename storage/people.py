"""People as Slack describes them, and which of them are Baton's admins."""

from collections.abc import Iterable, Mapping

from sqlalchemy import BigInteger, Select, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.errors import Refused
from bot.people import Person, Role
from bot.rules.people import Profile
from bot.text import _
from storage.base import Base, InWorkspace
from storage.database import Tx, insert_into
from storage.members import ROWS_AT_ONCE, MemberRow

DEFAULT_LOCALE = "en-US"
DEFAULT_ZONE = "UTC"


class PersonRow(InWorkspace, Base):
    """Who was only named by a user group is here with an id alone, until Slack tells more: `updated` is 0."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    real_name: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default=DEFAULT_ZONE)
    locale: Mapped[str] = mapped_column(default=DEFAULT_LOCALE)
    is_slack_admin: Mapped[bool] = mapped_column(default=False)
    is_bot: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_deleted: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    updated: Mapped[int] = mapped_column(BigInteger, default=0)


async def get(tx: Tx, person_id: str) -> Person:
    """The person with their roles. Raises Refused if Baton has never heard of them."""
    person = await find(tx, person_id)
    if person is None:
        raise Refused(_("Baton does not know this person yet."))
    return person


async def find(tx: Tx, person_id: str) -> Person | None:
    """The person with their roles; no roles and no rights if they were deactivated or are a bot."""
    row = await tx.scalar(select(PersonRow).where(PersonRow.id == person_id))
    if row is None:
        return None
    takes_part = not (row.is_bot or row.is_deleted)
    return Person(
        row.workspace_id,
        row.id,
        name=row.name or row.real_name or row.id,
        zone=row.zone,
        locale=row.locale,
        is_admin=row.is_admin and takes_part,
        roles=await roles_of(tx, person_id) if takes_part else {},
    )


async def called(tx: Tx, who: str) -> list[str]:
    """The ids of those who have this id or are called so, with or without an @, whatever the case; bots are not."""
    wanted = who.strip().removeprefix("@").casefold()
    asked = select(PersonRow.id, PersonRow.name, PersonRow.real_name)
    found = await tx.execute(asked.where(~PersonRow.is_bot).order_by(PersonRow.id))
    return [
        row.id for row in found if wanted in {row.id.casefold(), *map(str.casefold, row[1:])} - {""}
    ]


async def roles_of(tx: Tx, person_id: str) -> Mapping[str, frozenset[Role]]:
    """What somebody is, by team."""
    found = await tx.execute(
        select(MemberRow.team_id, MemberRow.role).where(MemberRow.person_id == person_id)
    )
    roles: dict[str, frozenset[Role]] = {}
    for team_id, role in found:
        roles[team_id] = roles.get(team_id, frozenset()) | {Role(role)}
    return roles


async def profiles(tx: Tx, person_ids: Iterable[str]) -> dict[str, Profile]:
    """What is known of these people, by id. Who is unknown is left out."""
    # Columns, no objects: they are asked of hundreds of people, for messages that are drawn often.
    columns = (
        *(PersonRow.id, PersonRow.name, PersonRow.real_name, PersonRow.zone, PersonRow.locale),
        *(PersonRow.is_slack_admin, PersonRow.is_bot, PersonRow.is_guest, PersonRow.is_deleted),
        PersonRow.updated,
    )
    rows = await tx.execute(select(*columns).where(PersonRow.id.in_(list(person_ids))))
    return {row.id: Profile(**row._asdict()) for row in rows}


async def save(tx: Tx, *people: Profile) -> list[str]:
    """Remember what Slack says. What is older than what is known is left out. Returns whose row changed."""
    known = {row.id: row for row in await tx.scalars(_by_id({one.id for one in people}))}
    new: dict[str, dict[str, object]] = {}
    changed = []
    for profile in people:
        row = known.get(profile.id)
        if row is None:
            new[profile.id] = _values(profile) | {"id": profile.id, "is_admin": False}
            changed.append(profile.id)
        elif profile.updated >= row.updated and _apply(row, profile):
            changed.append(profile.id)
    await _insert_new(tx, list(new.values()))
    await tx.flush()
    return changed


async def _insert_new(tx: Tx, values: list[dict[str, object]]) -> None:
    """Insert people, unless another transaction did so a moment before."""
    rows = [{"workspace_id": tx.workspace_id, **one} for one in values]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        await tx.execute(insert_into(tx, PersonRow).values(some).on_conflict_do_nothing())


async def add_unknown(tx: Tx, person_ids: Iterable[str]) -> None:
    """Rows for people of whom nothing but the id is known yet, so that they can be members."""
    wanted = set(person_ids)
    known = set(await tx.scalars(select(PersonRow.id).where(PersonRow.id.in_(wanted))))
    empty = Profile("", updated=0)
    new = [_values(empty) | {"id": one, "is_admin": False} for one in sorted(wanted - known)]
    await _insert_new(tx, new)


async def lock(tx: Tx, person_id: str) -> None:
    """Let nobody else decide about this person's time until this transaction is over."""
    asked = select(PersonRow.id).where(PersonRow.id == person_id)
    await tx.execute(asked.with_for_update(key_share=True))


async def admins(tx: Tx) -> list[str]:
    """The ids of Baton's admins who can still answer."""
    found = await tx.scalars(
        select(PersonRow.id)
        .where(PersonRow.is_admin, ~PersonRow.is_deleted)
        .order_by(PersonRow.name, PersonRow.id)
    )
    return list(found)


async def set_admins(tx: Tx, person_ids: Iterable[str]) -> None:
    """Exactly these are admins from now on."""
    ids = list(person_ids)
    await tx.execute(
        update(PersonRow)
        .where(
            or_(
                and_(PersonRow.is_admin, PersonRow.id.not_in(ids)),
                and_(~PersonRow.is_admin, PersonRow.id.in_(ids)),
            )
        )
        .values(is_admin=~PersonRow.is_admin)
    )


async def owners(tx: Tx) -> list[str]:
    """The known owners and admins of the Slack workspace itself."""
    found = await tx.scalars(
        select(PersonRow.id)
        .where(PersonRow.is_slack_admin, ~PersonRow.is_deleted, ~PersonRow.is_bot)
        .order_by(PersonRow.id)
    )
    return list(found)


def _by_id(ids: set[str]) -> Select[PersonRow]:
    """In one order, so that two transactions that touch the same people cannot wait for each other."""
    return select(PersonRow).where(PersonRow.id.in_(ids)).order_by(PersonRow.id).with_for_update()


def _values(profile: Profile) -> dict[str, object]:
    return {
        "name": profile.name or profile.real_name or profile.username,
        "real_name": profile.real_name,
        "zone": profile.zone or DEFAULT_ZONE,
        "locale": profile.locale or DEFAULT_LOCALE,
        "is_slack_admin": profile.is_slack_admin,
        "is_bot": profile.is_bot,
        "is_guest": profile.is_guest,
        "is_deleted": profile.is_deleted,
        "updated": profile.updated,
    }


def _apply(row: PersonRow, profile: Profile) -> bool:
    """Change what differs. What Slack did not say stays as it was."""
    values = _values(profile)
    for silent in ("zone", "locale"):
        if not getattr(profile, silent):
            values.pop(silent)
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing.keys() - {"updated"})
