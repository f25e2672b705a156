"""Private digests and who gets them: each reader says for themselves whether they want one, and can always say otherwise."""

from datetime import datetime

from bot.errors import Denied
from bot.people import Person
from bot.rules.metrics.digest.digest_days import next_at
from bot.rules.metrics.digest.digests import Digest
from bot.rules.metrics.digest.telling import Listed
from bot.services.holidays import load_holidays
from bot.services.metrics.digest import drawing
from bot.services.transaction import heard_once
from bot.text import _
from bot.views.metrics import ids
from storage import outbox, teams
from storage.database import Database, Tx
from storage.metrics import digests
from storage.outbox import Card, Priority

NOT_SENT_TO_YOU = _(
    "This digest does not come to you any more: it was taken out, or goes to others now."
)


async def sent_to(db: Database, person: Person, *, now: datetime) -> list[Listed]:
    """What comes to this person privately, also what they have stopped, if they may still see its numbers."""
    async with db.read(person.workspace_id) as tx:
        found = [
            one
            for one in await digests.read_by(tx, person.id)
            if await drawing.may_read(tx, one, person, person.id)
        ]
        by_id = {one.team_id: await teams.get(tx, one.team_id) for one in found}
    await load_holidays(*by_id.values())
    return [
        Listed(
            one,
            by_id[one.team_id].name,
            None,
            next_at(one, by_id[one.team_id], after=now) if one.is_on else None,
        )
        for one in found
    ]


async def want(
    db: Database,
    person: Person,
    about: str,
    *,
    is_wanted: bool,
    key: str,
    now: datetime,
) -> None:
    """Stop it for oneself, or have it again. `about` is what the button carried. Raises Denied for one who does not get it."""
    digest_id, _colon, post_id = about.partition(":")
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        digest = await digests.lock(tx, digest_id)
        if digest is None or person.id not in digest.readers:
            raise Denied(NOT_SENT_TO_YOU)
        await digests.set_stopped(tx, digest.wanted_by(person.id, is_wanted=is_wanted))
        await outbox.say(tx, *await _drawn_anew(tx, digest, person, post_id), now=now)


async def _drawn_anew(tx: Tx, digest: Digest, person: Person, post_id: str) -> list[Card]:
    """Their message that the button stood on, and the newest: both say how it is now."""
    newest = (await digests.newest_posts(tx, [digest.id])).get(digest.id)
    found = {
        one.id
        for one in (await digests.find_post(tx, post_id), newest)
        if one and one.digest_id == digest.id and person.id in one.places
    }
    return [Card(ids.DIGEST, one, person.id, Priority.FOLLOW_UP) for one in sorted(found)]
