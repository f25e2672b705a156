"""A private hint for the manager where thanks look less honest than they should be: once a month, and no accusation."""

from datetime import datetime

from bot.people import Role
from bot.permissions import Permission, may
from bot.rules.kudos import Flag, Kudos
from bot.rules.kudos.flagging import LOOKED_AT, Noticed, noticed
from bot.rules.teams import Team
from bot.services.escalations.telling import ids_of, texts
from bot.views.kudos import told
from storage import kudos as stored
from storage import people, teams
from storage.database import Tx
from storage.outbox import Note, Priority


async def look(tx: Tx, kudos: Kudos, *, now: datetime) -> list[Note]:
    """Now that these thanks stay: what is to be said of them beside others of the last days, and to whom."""
    since = now - LOOKED_AT
    given = await stored.given_by(tx, kudos.giver_id, since=since)
    back = {one: await stored.given_by(tx, one, since=since) for one in kudos.receivers}
    found: list[Note] = []
    for one in noticed(kudos, given, back):
        found += await _hints(tx, one, now=now)
    return found


async def _hints(tx: Tx, noticed: Noticed, *, now: datetime) -> list[Note]:
    """Kept with the team whose managers are told. If every manager there is is one of the two, nobody is."""
    team, managers = await _managers(tx, noticed)
    if team is None:
        return []
    flag = Flag(
        *(tx.workspace_id, noticed.id(now), team.id, noticed.kind, noticed.example.id),
        *(noticed.giver_id, noticed.receiver_id, now),
    )
    is_new = await stored.add_flag(tx, flag)
    # Who thanks whom in private is between those two: a manager only finds how often it was noticed.
    if not (is_new and noticed.is_public):
        return []
    return [
        Note(
            f"kudos:flag:{flag.id}:{one}",
            one,
            told.hint(noticed, t),
            priority=Priority.RECOGNITION,
        )
        for one, t in sorted((await texts(tx, managers, team)).items())
    ]


async def _managers(tx: Tx, noticed: Noticed) -> tuple[Team | None, list[str]]:
    """Of the team, or of the nearest department above it where somebody else than these two manages."""
    concerned = {noticed.giver_id, noticed.receiver_id}
    for team_id in await teams.chain_of(tx, noticed.team_id):
        team = await teams.get(tx, team_id)
        others = [one for one in await ids_of(tx, team_id, Role.MANAGER) if one not in concerned]
        known = [await people.get(tx, one) for one in others]
        if found := [one.id for one in known if may(one, Permission.KUDOS_FLAGS, team)]:
            return team, found
    return None, []
