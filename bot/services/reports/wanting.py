"""Wanting a file, and wanting it no more; and what a file of each kind is made of."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from bot.errors import Denied, Refused
from bot.people import Person
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.coaching.taken import Coached
from bot.rules.reports import About, Asked
from bot.rules.reports.exports import Export, ExportState
from bot.rules.teams import Team, Workspace
from bot.services.coaching import exporting as coaching_listing
from bot.services.kudos import exporting as kudos_listing
from bot.services.metrics.look import exporting as metrics_listing
from bot.services.reports import listing
from bot.services.standups import exporting as standup_listing
from bot.services.transaction import heard_once
from bot.text import Text, _
from bot.views.reports import told
from bot.views.reports.plain import Names
from storage import exports, outbox
from storage.base import new_id
from storage.coaching import choices
from storage.database import Database, Tx
from storage.outbox import Card, Priority

MOST_COUNTED = 1_000_000
NOT_YOURS = _("Only who asked for a file can cancel it.")
TOO_LATE = _(
    "The file was ready before you cancelled it. You have it in a private message from me."
)
GONE = _("There is no such file any more.")


class Source(Protocol):
    """What the files of one kind are made of: a module each. What it lists has ids of its own kind."""

    @property
    def A_BATCH(self) -> int:  # noqa: N802 - a constant of the module
        """How many are read at once."""

    async def teams_asked(self, tx: Tx, person: Person, asked: Asked, /) -> list[Team]:
        """Raises Denied unless this person may have a file of these teams."""

    async def ids_asked(
        self, tx: Tx, person: Person, asked: Asked, teams: Sequence[Team], /, *, most: int
    ) -> Sequence[Any]:
        """What is listed, the newest first."""


SOURCES: Mapping[About, Source] = {
    About.ESCALATIONS: listing,
    About.STANDUPS: standup_listing,
    About.COACHING: coaching_listing,
    About.KUDOS: kudos_listing,
    About.METRICS: metrics_listing,
}
Read = Callable[[Tx, Sequence[Any]], Awaitable[tuple[Sequence[Any], Names]]]
"""What stands behind ids, and how their people are called."""
READ: Mapping[About, Read] = {
    About.ESCALATIONS: listing.read,
    About.STANDUPS: standup_listing.read,
    About.KUDOS: kudos_listing.read,
}


@dataclass(frozen=True, slots=True)
class Job:
    """An export that was begun: for whom it is now, of which teams, and what is listed, the newest first.

    `coached` are people who are in it even if nothing is listed of them, and `names` how they are called.
    """

    export: Export
    person: Person
    teams: Sequence[Team]
    ids: Sequence[Any]
    coached: Sequence[Coached] = ()
    names: Names = field(default_factory=dict)
    by_command: bool = False
    """It is made for the operator at the machine, with this person's rights."""

    @property
    def source(self) -> Source:
        return SOURCES[self.export.asked.about]

    @property
    def batches(self) -> Iterator[Sequence[Any]]:
        """As they are read."""
        size = self.source.A_BATCH
        for begin in range(0, len(self.ids), size):
            yield self.ids[begin : begin + size]

    @property
    def t(self) -> Text:
        """What its reader reads."""
        return Text(self.person.locale, self.person.zone)


REMEMBERED = frozenset({About.COACHING})
"""Of which kinds it is kept what was chosen, for the next time."""


async def want(db: Database, person: Person, asked: Asked, *, key: str, now: datetime) -> Export:
    """Have a file made and sent to this person. Raises Denied."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await SOURCES[asked.about].teams_asked(tx, person, asked)
        export = Export(person.workspace_id, new_id(), person.id, now, asked)
        await exports.add(tx, export)
        if asked.about in REMEMBERED:
            # Whose notes is asked anew each time.
            kept = replace(asked.choice, people=())
            await choices.save_choice(tx, person.id, asked.about, kept)
    return export


async def cancel(
    db: Database, person: Person, export_id: str, *, key: str, now: datetime
) -> Export:
    """Nobody wants it any more: who makes it stops. Twice is harmless. Raises Denied, and Refused if it is too late."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        export = await exports.find(tx, export_id)
        if export is None:
            raise Refused(GONE)
        if export.asked_by != person.id:
            raise Denied(NOT_YOURS)
        if await exports.cancel(tx, export_id, now=now):
            if export.is_long:
                await outbox.say(tx, card(export), now=now)
        elif export.state is ExportState.MADE:
            raise Refused(TOO_LATE)
    return replace(export, state=ExportState.CANCELLED)


async def job_of(tx: Tx, export: Export, person: Person, chosen: Sequence[Team]) -> Job:
    """What is to be done for an export of these teams, for this person."""
    asked = export.asked
    ids = await SOURCES[asked.about].ids_asked(tx, person, asked, chosen, most=MOST_COUNTED)
    job = Job(replace(export, total=len(ids)), person, chosen, ids)
    if asked.about is not About.COACHING:
        return job
    coached, names = await coaching_listing.coached(tx, person, asked, chosen)
    return replace(job, coached=coached, names=names)


async def read(
    db: Database, clock: Person, job: Job, ids: Sequence[Any], *, now: datetime
) -> tuple[Sequence[Any], Names]:
    """What stands behind these ids, and how their people are called. Of coaching it is kept who has it now."""
    check_clock(clock)
    export = job.export
    if export.asked.about is About.COACHING:
        async with db.write(export.workspace_id) as tx:
            return await coaching_listing.take(tx, job.person.id, ids, export_id=export.id, now=now)
    async with db.read(export.workspace_id) as tx:
        if export.asked.about is About.METRICS:
            return await metrics_listing.read(tx, ids, now=now)
        return await READ[export.asked.about](tx, ids)


def card(export: Export) -> Card:
    return Card(told.CARD, export.id, export.asked_by, Priority.FOLLOW_UP)


def check_clock(clock: Person) -> None:
    """Files are made by the clock. Raises Denied for anybody else."""
    check_may(clock, Permission.CLOCK_RUN, Workspace(clock.workspace_id), ONLY_THE_CLOCK)
