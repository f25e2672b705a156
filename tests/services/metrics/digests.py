"""Digests for tests: made as people make them, and looks at what was said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.people import Person
from bot.rules.metrics.digest.digests import Digest, DigestDraft
from bot.rules.metrics.importing.imports import ImportState
from bot.services.metrics.digest import building, drawing
from bot.services.metrics.digest.building import Seen
from bot.services.ticking import fire_due
from bot.views.metrics import ids
from schedules.metrics import FIRE
from storage.database import Database
from storage.metrics import digests as stored
from tests import casebook
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE
from tests.services.metrics.store import begin, fact, stage
from tests.services.standups.queue import cards_waiting

CHANNEL = "C0BILLING"
TEAM = replace(casebook.TEAM, team_channel=CHANNEL)
SUNDAY = date(2026, 3, 1)  # the day before NOON
EIGHT = NOON + timedelta(hours=19)  # the next morning in Berlin, a Tuesday
DRAFT = DigestDraft("Morning numbers", metrics=("csat", "contacts"), at=time(8), channel=CHANNEL)


async def set_up(db: Database) -> None:
    await casebook.set_up(db, TEAM, casebook.OTHER_TEAM)


async def make(
    db: Database, draft: DigestDraft = DRAFT, *, person: Person = BOB, key: str = "make"
) -> Digest:
    return await building.save(db, person, Seen(BILLING), draft, key=key, now=NOON)


async def rate(
    db: Database, day: date, good: int, of: int, *, person: str = ALICE.id, team_id: str = BILLING
) -> None:
    """So many good ratings of so many on that day."""
    one = fact(
        f"{day}:{person}", day, person=person, contacts=of, ratings=of, ratings_good=good,
        rating_points=4 * of,
    )  # fmt: skip
    live = await begin(db, feed=f"{team_id}:{person}", team_id=team_id, state=ImportState.LIVE)
    await stage(db, live, [one])


async def live(db: Database, now: datetime) -> None:
    """Everything that is due by now happens."""
    while await fire_due(db, WORKSPACE, FIRE, now):
        pass


async def places(db: Database) -> Sequence[str]:
    """Where digests wait to be said."""
    return [channel for _subject, channel in await cards_waiting(db, ids.DIGEST)]


async def said(db: Database, channel: str = CHANNEL, *, now: datetime = EIGHT) -> str:
    """How the newest there would be said now."""
    subjects = [one for one, place in await cards_waiting(db, ids.DIGEST) if place == channel]
    async with db.read(WORKSPACE) as tx:
        posts = [await stored.find_post(tx, one) for one in subjects]
        subject = max((one.period.last, one.id) for one in posts if one)[1]
        drawn = await drawing.draw(tx, subject, channel, now=now)
    assert drawn
    return drawn.text
