"""An alert of Billing's, numbers for it to see, and looks at what was told."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete

from bot.app import FIRE
from bot.people import Person
from bot.rules.delivery import Drawn
from bot.rules.metrics.alert.alert_forms import Draft
from bot.rules.metrics.alert.alert_forms import Drawn as DrawnFor
from bot.rules.metrics.alert.alerts import Alert, Happened
from bot.rules.metrics.importing.imports import Import
from bot.rules.metrics.store.facts import Fact
from bot.services.metrics.alert import alerting, alerts
from bot.services.metrics.alert.alert_answers import Clicked
from bot.services.ticking import fire_due
from storage.database import Database
from storage.members import MemberRow
from storage.metrics import alerts as stored
from tests.cast import BEN, BILLING, BOB, NOON, WORKSPACE
from tests.services.metrics.store import bring, fact, roll

TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
NEXT = NOON + timedelta(days=1)
DRAFT = Draft("aht", "", "above", "6 min", "", "10", "1", (BOB.id, BEN.id))


async def set_up(
    db: Database, draft: Draft = DRAFT, *, person: Person = BOB, key: str = "new"
) -> Alert:
    return await alerts.save(db, person, DrawnFor(BILLING), draft, key=key, now=NOON)


def calls(seconds: int, day: date = YESTERDAY, *, n: int = 12, person: str = "") -> list[Fact]:
    """So many contacts of that length."""
    return [
        fact(f"{day}:{person}:{one}", day, person=person, handled=1, talk_seconds=seconds)
        for one in range(n)
    ]


async def numbers_come(db: Database, *facts: Sequence[Fact], feed: str = "Calls") -> Import:
    brought = await bring(db, [one for some in facts for one in some], feed=feed)
    await roll(db)
    return brought


async def looks(db: Database, now: datetime = NOON) -> None:
    """Everything that is due by then."""
    await fire_due(db, WORKSPACE, FIRE, now)


async def fired(db: Database, draft: Draft = DRAFT) -> Alert:
    """One that fires: 7 minutes yesterday, for Alice as for all."""
    alert = await set_up(db, draft)
    await numbers_come(db, calls(420, person="Alice"))
    await looks(db)
    return await now_it_is(db, alert)


async def now_it_is(db: Database, alert: Alert) -> Alert:
    async with db.read(WORKSPACE) as tx:
        found = await stored.find(tx, alert.id)
    assert found is not None
    return found


async def history(db: Database, alert: Alert) -> list[Happened]:
    """The oldest first."""
    async with db.read(WORKSPACE) as tx:
        return (await stored.history(tx, alert.id))[::-1]


async def kinds(db: Database, alert: Alert) -> list[str]:
    return [one.kind.value for one in await history(db, alert)]


async def drawn(
    db: Database, alert: Alert, person: Person = BOB, *, day: date | None = None
) -> Drawn | None:
    """How the message looks to one reader."""
    async with db.read(WORKSPACE) as tx:
        subject = f"{alert.id}:{day or alert.fired_on}"
        return await alerting.draw(tx, subject, person.id, now=NOON)


async def leaves(db: Database, person: Person) -> None:
    """They are not in the team any more."""
    async with db.write(WORKSPACE) as tx:
        await tx.execute(
            delete(MemberRow)
            .where(MemberRow.team_id == BILLING, MemberRow.person_id == person.id)
            .execution_options(synchronize_session=False)
        )


def about(alert: Alert) -> Clicked:
    return Clicked(alert.id, str(alert.fired_on))
