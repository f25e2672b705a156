"""Late numbers and digests: what was posted already is drawn anew and says what it told before. Nobody is pinged."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.people import system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules.metrics.digest.posts import CORRECTED_FOR
from bot.services.metrics.digest import beforehand
from bot.services.metrics.digest.beforehand import Asked
from bot.services.metrics.store.numbers import StillCounting
from bot.views.metrics import ids
from storage import outbox, teams, timers
from storage.database import Tx
from storage.metrics import digests
from storage.outbox import Card, Priority
from storage.timers import Timer

CORRECT = "metrics.correct"
"""Its subject is the post that may tell something else by now."""
A_MOMENT = timedelta(minutes=1)
"""An import changes many days one after the other: a post is looked at once for all of those."""


async def heed(tx: Tx, day: date, team_ids: Sequence[str], now: datetime) -> None:
    """These teams' numbers of that day have changed: whatever has told it is looked at soon."""
    posts = await digests.telling(tx, day, team_ids, since=(now - CORRECTED_FOR).date())
    await timers.hasten(tx, *(Timer(CORRECT, one, now + A_MOMENT) for one in posts))


async def fire(tx: Tx, timer: Timer, now: datetime) -> None:
    """Note what has changed to the digits that are shown, and draw the post anew where it was said. Raises ReadFirst."""
    post = await digests.find_post(tx, timer.subject)
    digest = await digests.find(tx, post.digest_id) if post else None
    team = await teams.find(tx, digest.team_id) if digest else None
    if post is None or digest is None or team is None:
        return
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, team, ONLY_THE_CLOCK)
    try:
        asked = Asked(digest, post.period, post)
        told = await beforehand.told(tx, timer, asked, now=now, harvests=False)
    except StillCounting:
        await timers.put(tx, Timer(CORRECT, post.id, now + A_MOMENT))
        return
    after = post.seen_anew(told, now)
    if after != post:
        await digests.change_post(tx, after)
    cards = [Card(ids.DIGEST, post.id, place, Priority.DIGEST) for place in post.places]
    await outbox.say(tx, *cards, now=now)
