"""What those who answer for a team's numbers say beside them: one note for each metric, until a day."""

from datetime import date, datetime

from bot.errors import FormProblems, Refused, Stale
from bot.people import Person
from bot.rules.metrics.comparison.notes import Note, NoteDraft, Noting
from bot.rules.wall_clock import day_of
from bot.services.metrics.look import defining, seeing
from bot.services.transaction import heard_once
from bot.text import _, mention
from storage import teams
from storage.database import Database, Tx
from storage.metrics import notes

NOBODY_SETS = _("Only those who lead a team and Baton's admins write notes beside its numbers.")
CHANGED_MEANWHILE = _(
    "{who} has written a note beside this number while you had the form open, so nothing was saved. "
    "Please close it, open it again and see whether yours is still needed."
)


async def open_notes(db: Database, person: Person, team_id: str = "", *, now: datetime) -> Noting:
    """The notes of a team that are shown now, or of all teams that the person may write for. Raises Denied and Refused."""
    async with db.read(person.workspace_id) as tx:
        if team_id:
            found = [await seeing.check_set(tx, person, team_id)]
        else:
            found = await seeing.teams_set(tx, person)
        if not found:
            raise Refused(NOBODY_SETS)
        held = {one.id: await notes_on(tx, one.id, day_of(now, one.zone)) for one in found}
        return Noting(tuple(found), held, await defining.known(tx), day_of(now, found[0].zone), now)


async def notes_on(tx: Tx, team_id: str, day: date) -> list[Note]:
    """Those that are shown on that day, by metric."""
    return [one for one in await notes.of_team(tx, team_id) if one.until >= day]


async def save(
    db: Database,
    person: Person,
    team_id: str,
    draft: NoteDraft,
    seen_at: datetime,
    *,
    key: str,
    now: datetime,
) -> None:
    """Write it in place of the one before, or with no words take that away. `seen_at` is when the form was opened.

    Raises Denied, FormProblems by field, or Stale if somebody was first.
    """
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        team = await seeing.check_set(tx, person, team_id)
        if found := draft.problems(await defining.known(tx), day_of(now, team.zone)):
            raise FormProblems(found)
        await teams.lock(tx, team_id)
        for one in await notes.of_team(tx, team_id):
            if one.metric == draft.metric and one.at > seen_at and one.by != person.id:
                raise Stale(CHANGED_MEANWHILE, who=mention(one.by))
        if draft.text and draft.until:
            await notes.put(
                tx, Note(team_id, draft.metric, draft.text, person.id, now, draft.until)
            )
        else:
            await notes.remove(tx, team_id, draft.metric)
