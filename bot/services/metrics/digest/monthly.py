"""The monthly report: a month's numbers as a message, and the Excel file beside it for each who may read them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time

from bot.errors import Refused
from bot.people import Person
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.digest import monthly
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digests import METRICS_AT_MOST, About, Choice, Digest
from bot.rules.metrics.digest.posts import corrected_in
from bot.rules.metrics.digest.telling import Told
from bot.rules.metrics.look.looks import Look
from bot.rules.reports import Period
from bot.rules.reports.exports import Export
from bot.services.metrics.digest import drawing
from bot.services.metrics.look import defining, looking, seeing
from bot.text import Text, _, escape
from storage import exports
from storage.base import new_id
from storage.database import Database, Tx
from storage.metrics import digests

NAME = _("Monthly report")
NOTHING = _("There are no numbers of {team} in this month. Choose another, such as `2026-02`.")


async def report(db: Database, person: Person, typed: str, *, now: datetime) -> Told:
    """A month's numbers of the team that is named, or of the reader's own first one; of a department with all below it.

    What digests told of that month and was corrected since is said as these say it.

    Raises Denied, and Refused for who sees no team, or where there is nothing.
    """
    asked = monthly.read(typed, now, person.zone)
    team_id = (await looking.team_called(db, person, asked.team)).id if asked.team else ""
    async with db.read(person.workspace_id) as tx:
        team = (await looking.stand(tx, person, Look(team_id=team_id), now=now)).team
        team_ids = await seeing.covered(tx, person, team.id)
        bundle = await looking.whole(tx, Scope(team_ids), asked.period)
        found = looking.with_numbers(await defining.known(tx), bundle)
        if not found:
            raise Refused(NOTHING, team=escape(team.name))
        digest = Digest(
            *(
                person.workspace_id,
                "",
                team.id,
                Text(person.locale)(NAME),
                Cadence.MONTHLY,
                time(),
                1,
            ),
            tuple(one.key for one in found[:METRICS_AT_MOST]),
            person.id,
            choice=Choice(About.DEPARTMENT if len(team_ids) > 1 else About.TEAM),
        )
        told = await drawing.load(tx, digest, team, asked.period, person, now=now)
        posts = await digests.posts_of(tx, team.id, digest.choice.about, asked.period)
        return replace(told, post=corrected_in(posts))


async def want_workbook(
    tx: Tx, digest: Digest, period: Period, places: Collection[str], *, now: datetime
) -> None:
    """A file for each who reads this digest privately, with their own rights; in a channel there is a button for it."""
    if not digest.choice.has_workbook:
        return
    asked = monthly.workbook(digest, period)
    for place in places:
        if drawing.is_private(place):
            await exports.add(tx, Export(tx.workspace_id, new_id(), place, now, asked))
