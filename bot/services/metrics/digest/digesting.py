"""The clock of digests: each has one timer, which sets itself anew, and tells every period once."""

from datetime import date, datetime, timedelta

from bot.people import system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.digest.digest_days import Occurrence, due, next_at, today_later
from bot.rules.metrics.digest.digests import About, Digest
from bot.rules.metrics.digest.posts import Amounts, Post, told_by
from bot.rules.reports import Period
from bot.rules.teams import Team
from bot.services.holidays import load_holidays
from bot.services.metrics.digest import beforehand, drawing, monthly
from bot.services.metrics.digest.beforehand import Asked
from bot.services.metrics.store.numbers import StillCounting
from bot.views.metrics import ids
from storage import outbox, teams, timers
from storage.base import new_id
from storage.database import Tx
from storage.metrics import digests
from storage.outbox import Card, Priority
from storage.timers import Timer

DIGEST = "metrics.digest"
"""Its subject is the digest: it falls due when the digest does."""
WAIT = "metrics.digest_wait"
"""The same digest again, once its numbers can be told. Its step says which days, when they were due, and since when it waits."""
TRY_AGAIN = timedelta(minutes=1)
PATIENCE = timedelta(minutes=30)
"""For so long a digest waits for numbers that are being added up; then it comes without them, and is filled in later."""
A_MOMENT = timedelta(microseconds=1)
SAME_MORNING = timedelta(hours=3)
"""A digest that falls due so soon comes before the summary of a stand-up."""


async def set_timer(tx: Tx, digest: Digest, team: Team, *, now: datetime) -> None:
    """It is new or has changed: from now on it comes when it says."""
    await timers.cancel(tx, digest.id, DIGEST, WAIT)
    if digest.is_on:
        await load_holidays(team)
        await timers.put(tx, Timer(DIGEST, digest.id, next_at(digest, team, after=now)))


async def look_again(tx: Tx, team_id: str, *, now: datetime) -> None:
    """The team's zone or hours may have changed: when its digests come is found out anew."""
    found = [one for one in await digests.of_teams(tx, [team_id]) if one.is_on]
    await timers.hasten(tx, *(Timer(DIGEST, one.id, now) for one in found))
    tx.wakes.add("tick")


async def fire(tx: Tx, timer: Timer, now: datetime) -> None:
    """Tell what is due by now, of several only the newest, and set the next time. Raises ReadFirst.

    After an outage it is told a minute later: by then what happened meanwhile is counted.
    """
    digest, team = await _found(tx, timer.subject)
    if digest is None or team is None:
        return
    await load_holidays(team)
    found = due(digest, team, since=min(timer.due_at, now), now=now)
    await timers.put(tx, Timer(DIGEST, digest.id, found.next_at))
    if found.now and found.now.is_late(now):
        await _wait(tx, digest, found.now, since=now, now=now)
    elif found.now:
        await _tell(tx, timer, digest, found.now, since=now, now=now)


async def fire_again(tx: Tx, timer: Timer, now: datetime) -> None:
    """The numbers were still being added up, or Baton has just come back. Raises ReadFirst.

    If that took so long that the next one is due by now, only that is told.
    """
    digest, team = await _found(tx, timer.subject)
    if digest is None or team is None:
        return
    occurrence, since = _unpacked(timer.step)
    await load_holidays(team)
    if due(digest, team, since=occurrence.at + A_MOMENT, now=now).now:
        return
    await _tell(tx, timer, digest, occurrence, since=since, now=now)


async def before_summary(tx: Tx, team: Team, *, now: datetime) -> list[Card]:
    """The team's daily digests that fall due within hours: they come before the summary that is about to be said."""
    said: list[Card] = []
    for digest in await digests.of_teams(tx, [team.id]):
        is_daily = digest.cadence is Cadence.DAILY and digest.choice.about is About.TEAM
        if not is_daily or not digest.is_on:
            continue
        await load_holidays(team)
        occurrence = today_later(digest, team, now=now)
        if occurrence and occurrence.at - now <= SAME_MORNING:
            said += await _early(tx, digest, occurrence, now=now)
    return said


async def _early(tx: Tx, digest: Digest, occurrence: Occurrence, *, now: datetime) -> list[Card]:
    places = await drawing.places_of(tx, digest)
    try:
        told = told_by(await drawing.lines_of(tx, digest, occurrence.period, now=now))
    except StillCounting:  # it comes at its own time
        return []
    return await _post(tx, digest, occurrence, places, told, now=now)


async def _tell(
    tx: Tx, timer: Timer, digest: Digest, occurrence: Occurrence, *, since: datetime, now: datetime
) -> None:
    """Nothing where nobody may read it. Without numbers, if they are being added up for long. Raises ReadFirst."""
    places = await drawing.places_of(tx, digest)
    if not places:
        return
    try:
        asked = Asked(digest, occurrence.period)
        told = await beforehand.told(tx, timer, asked, now=now, harvests=True)
    except StillCounting:
        if now - since < PATIENCE:
            await _wait(tx, digest, occurrence, since=since, now=now)
            return
        told = None
    said = await _post(tx, digest, occurrence, places, told, now=now)
    await outbox.say(tx, *said, now=now)


async def _post(
    tx: Tx,
    digest: Digest,
    occurrence: Occurrence,
    places: tuple[str, ...],
    told: Amounts | None,
    *,
    now: datetime,
) -> list[Card]:
    """The cards to say, unless these days were told already, nobody may read them, or there is still nothing to tell.

    After a digest without any data, or any metric that is not retired, the next one without is not said. `told` is None for
    what is still being added up.
    """
    post = Post(
        digest.workspace_id,
        new_id(),
        digest.id,
        occurrence.period,
        digest.cadence,
        digest.metrics,
        places,
        occurrence.at,
        now,
        occurrence.is_late(now),
        told or {},
    )
    last = (await digests.newest_posts(tx, [digest.id])).get(digest.id)
    if not places or (last and _says_nothing_again(last, post, told)):
        return []
    if not await digests.add_post(tx, post):
        return []
    await monthly.want_workbook(tx, digest, post.period, places, now=now)
    return [Card(ids.DIGEST, post.id, place, Priority.DIGEST) for place in places]


def _says_nothing_again(last: Post, post: Post, told: Amounts | None) -> bool:
    if told == {}:
        return not last.told
    return not last.has_data and not post.has_data


async def _wait(
    tx: Tx, digest: Digest, occurrence: Occurrence, *, since: datetime, now: datetime
) -> None:
    step = _packed(occurrence, since)
    await timers.put(tx, Timer(WAIT, digest.id, now + TRY_AGAIN, step))


async def _found(tx: Tx, digest_id: str) -> tuple[Digest | None, Team | None]:
    """The digest and its team; None for one that is gone or off."""
    digest = await digests.find(tx, digest_id)
    team = await teams.find(tx, digest.team_id) if digest and digest.is_on else None
    if team:
        check_may(system(tx.workspace_id), Permission.CLOCK_RUN, team, ONLY_THE_CLOCK)
    return digest, team


def _packed(occurrence: Occurrence, since: datetime) -> str:
    period = occurrence.period
    days = (period.first.isoformat(), period.last.isoformat())
    return "|".join([*days, occurrence.at.isoformat(), since.isoformat()])


def _unpacked(step: str) -> tuple[Occurrence, datetime]:
    first, last, at, since = step.split("|")
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    return Occurrence(period, datetime.fromisoformat(at)), datetime.fromisoformat(since)
