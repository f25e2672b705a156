"""Files that the operator asks for at the machine: with the rights of a named person, and kept like any other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.people import Person
from bot.rules.reports import About, Asked
from bot.rules.reports.exports import Export, ExportState, Trouble
from bot.rules.teams import Team
from bot.services.metrics.look import exporting as metrics_listing
from bot.services.reports.wanting import SOURCES, Job, check_clock, job_of
from bot.text import _
from storage import exports, people, teams
from storage.base import new_id
from storage.database import Database, Tx

NO_WORKSPACE = _("Baton is in no workspace yet. Start it once.")
WHICH_WORKSPACE = _("Baton is in several workspaces. Say which with --workspace: {ids}.")
NO_SUCH_WORKSPACE = _("Baton is not in the workspace {id}. It is in: {ids}.")
NOBODY = _("Baton knows nobody called {who}. Give the Slack ID, or the name as Slack shows it.")
SEVERAL = _("Several people are called {who}. Give the Slack ID of one: {ids}.")
NO_TEAM = _("There is no team called {team}.")


def workspace_of(known: Sequence[str], wanted: str) -> str:
    """The wanted one of the workspaces that Baton is in, or the only one. Raises Refused."""
    if not known:
        raise Refused(NO_WORKSPACE)
    if wanted and wanted not in known:
        raise Refused(NO_SUCH_WORKSPACE, id=wanted, ids=", ".join(known))
    if not wanted and len(known) > 1:
        raise Refused(WHICH_WORKSPACE, ids=", ".join(known))
    return wanted or known[0]


async def begin_by_command(
    db: Database, operator: Person, who: str, asked: Asked, *, team: str, now: datetime
) -> Job:
    """Begin a file for the person who is called so. Raises Denied if they may have none, and Refused if nobody is.

    It is kept from the beginning, as one that did not come to its end.
    """
    check_clock(operator)
    async with db.write(operator.workspace_id) as tx:
        person = await person_called(tx, who)
        if asked.about is About.METRICS:
            await metrics_listing.check_known(tx, asked)
        if team:
            asked = replace(asked, team_ids=((await team_called(tx, team)).id,))
        chosen = await SOURCES[asked.about].teams_asked(tx, person, asked)
        export = Export(
            person.workspace_id,
            new_id(),
            person.id,
            now,
            asked,
            ExportState.FAILED,
            trouble=Trouble.BROKEN,
            finished_at=now,
        )
        await exports.add(tx, export)
        return replace(await job_of(tx, export, person, chosen), by_command=True)


async def end_by_command(db: Database, operator: Person, job: Job, *, now: datetime) -> None:
    """The file is where the operator wanted it."""
    check_clock(operator)
    async with db.write(operator.workspace_id) as tx:
        await exports.complete(tx, job.export, now=now)


async def person_called(tx: Tx, who: str) -> Person:
    """Whose rights the operator named: a Slack id, or a name in Slack. Raises Refused if that is nobody, or several."""
    found = await people.called(tx, who)
    if not found:
        raise Refused(NOBODY, who=who)
    if len(found) > 1:
        raise Refused(SEVERAL, who=who, ids=", ".join(found))
    return await people.get(tx, found[0])


async def team_called(tx: Tx, name: str) -> Team:
    """The team of this name. Raises Refused if there is none."""
    found = await teams.find_by_name(tx, name)
    if found is None:
        raise Refused(NO_TEAM, team=name)
    return found
