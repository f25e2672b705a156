"""Excel files: wanted by somebody, begun by whoever is free, handed to the outbox when Slack has them.

Between these steps, outside of every transaction, the file is made and uploaded, which may be done again: nobody sees it
before the outbox shows it. Only that must not happen twice, and the outbox takes care of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random

from bot.errors import Denied
from bot.people import Person
from bot.rules.delivery import Answer, Drawn, Outcome, backoff, classify, is_away
from bot.rules.reports.exports import MOST_TRIES, Export, ExportState, Trouble, export_of
from bot.services.metrics.store.numbers import StillCounting
from bot.services.reports.wanting import SOURCES, Job, card, check_clock, job_of
from bot.text import Text
from bot.views.reports import told
from storage import exports, outbox, people
from storage.database import Database, Tx
from storage.outbox import Card, File, Note
from storage.outbox.keeping import DeadLetter

LOST = frozenset({"file_deleted", "file_not_found"})
"""Slack's words for a file that it has no more."""
CLOSED_FOR = timedelta(minutes=5)
COUNTING_FOR = timedelta(minutes=1)
UPLOAD = "files.getUploadURLExternal"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that Slack has, and that nobody sees yet.

    `channel` is the real id of its reader's conversation with Baton. `listed` is how many there are, in the file or
    beyond what it can hold.
    """

    file_id: str
    channel: str
    title: str
    listed: int


async def workspaces_wanting(db: Database, *, now: datetime) -> Sequence[str]:
    """Which workspaces have one that could be begun."""
    async with db.across() as connection:
        return await exports.workspaces_wanting(connection, now=now)


async def next_due(db: Database, *, after: datetime) -> datetime | None:
    """When one that has to wait at present may be begun, in any workspace."""
    async with db.across() as connection:
        return await exports.next_due(connection, after=after)


async def begin(db: Database, clock: Person, *, now: datetime) -> Job | None:
    """The next one, if there is one. Its reader's rights are looked at anew; without them it is given up."""
    check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        export = await exports.claim(tx, now=now)
        if export is None:
            return None
        source, person = SOURCES[export.asked.about], await people.find(tx, export.asked_by)
        try:
            chosen = await source.teams_asked(tx, person, export.asked) if person else []
        except Denied:
            chosen = []
        if person is None or not chosen:
            await _give_up(tx, export, Trouble.NOT_ALLOWED, now=now)
            return None
    try:
        async with db.read(clock.workspace_id) as tx:
            return await job_of(tx, export, person, chosen)
    except StillCounting:
        await wait(db, clock, export, now=now)
        return None


async def wait(db: Database, clock: Person, export: Export, *, now: datetime) -> None:
    """Numbers are still being added up: it is begun anew soon, however often."""
    check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        await exports.put_off(tx, export, until=now + COUNTING_FOR)


async def go_on(db: Database, clock: Person, export: Export, done: int, *, now: datetime) -> bool:
    """So far it has come; of a long one its reader is told. False if somebody else makes it by now."""
    check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        if not await exports.go_on(tx, export, done=done, total=export.total, now=now):
            return False
        if export.is_long:
            await outbox.say(tx, card(export), now=now)
    return True


async def hand_over(
    db: Database, clock: Person, job: Job, uploaded: Uploaded, *, now: datetime
) -> bool:
    """Slack has the file: the outbox shows it to its reader. False if somebody else makes it by now."""
    check_clock(clock)
    export = job.export
    async with db.write(clock.workspace_id) as tx:
        made = await exports.finish(tx, export, ExportState.MADE, now=now, file_id=uploaded.file_id)
        if not made:
            return False
        text = told.with_file(export, uploaded.listed, job.t)
        file = File(
            export.file_key,
            export.asked_by,
            uploaded.channel,
            uploaded.file_id,
            uploaded.title,
            text,
        )
        say: list[Card | Note | File] = [card(export), file] if export.is_long else [file]
        await outbox.say(tx, *say, now=now)
    return True


async def put_off(
    db: Database, clock: Person, export: Export, answer: Answer, *, now: datetime
) -> None:
    """Slack did not take it. It is tried again later, or given up when that is of no use."""
    check_clock(clock)
    outcome = classify(answer, UPLOAD)
    hopeless = outcome is Outcome.DEAD
    tired = export.tries >= MOST_TRIES and outcome is Outcome.RETRY and not is_away(answer)
    async with db.write(clock.workspace_id) as tx:
        if hopeless or tired:
            no_scope = answer.error in {"missing_scope", "not_allowed_token_type"}
            trouble = Trouble.NO_SCOPE if no_scope else Trouble.SLACK
            await _give_up(tx, export, trouble, now=now)
            return
        pause = backoff(export.tries, random())  # noqa: S311 - it only spreads
        until = now + max(pause, _asked_pause(answer))
        await exports.put_off(tx, export, until=until)
        tx.wakes.add("exports")


async def fail(db: Database, clock: Person, export: Export, *, now: datetime) -> None:
    """It could not be made. It is tried again, a few times."""
    check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        if export.tries >= MOST_TRIES:
            await _give_up(tx, export, Trouble.BROKEN, now=now)
        else:
            until = now + backoff(export.tries, random())  # noqa: S311 - it only spreads
            await exports.put_off(tx, export, until=until)


async def give_back(db: Database, clock: Person, export: Export, *, now: datetime) -> None:
    """This process stops: another may begin it at once."""
    check_clock(clock)
    async with db.write(clock.workspace_id) as tx:
        await exports.put_off(tx, export, until=now)


async def make_again(tx: Tx, letter: DeadLetter, *, now: datetime) -> bool:
    """A file could not be shown. If Slack has lost it, another is made, a few times. False if somebody else must mend it."""
    found = export_of(letter.about)
    if found is None or letter.reason not in LOST:
        return False
    export = await exports.find(tx, found[0])
    if export is None or not await exports.want_again(tx, *found, now=now):
        return False
    if export.tries >= MOST_TRIES:
        await _give_up(tx, export, Trouble.SLACK, now=now)
    return True


async def draw(tx: Tx, subject: str, _channel: str) -> Drawn | None:
    """How far a long one has come."""
    export = await exports.find(tx, subject)
    person = await people.find(tx, export.asked_by) if export else None
    if export is None or person is None:
        return None
    t = Text(person.locale, person.zone)
    return Drawn(told.progress(export, t), told.progress_blocks(export, t))


async def _give_up(tx: Tx, export: Export, trouble: Trouble, *, now: datetime) -> None:
    """Say why, once, to whoever waits for it."""
    if not await exports.finish(tx, export, ExportState.FAILED, now=now, trouble=trouble):
        return
    person = await people.find(tx, export.asked_by)
    t = Text(person.locale, person.zone) if person else Text()
    note = Note(f"{export.file_key}:failed", export.asked_by, told.failed(export, trouble, t))
    say: list[Card | Note] = [card(export), note] if export.is_long else [note]
    await outbox.say(tx, *say, now=now)


def _asked_pause(answer: Answer) -> timedelta:
    """What Slack asked for; a while when it lets nobody in."""
    if answer.retry_after is not None:
        return timedelta(seconds=answer.retry_after)
    return CLOSED_FOR if classify(answer, UPLOAD) is Outcome.CLOSED else timedelta(0)
