"""The Home tab of a person: asked for when they open it, drawn from the newest state when it is sent."""

from datetime import datetime

from bot.people import Person, Role
from bot.permissions import Permission, may
from bot.rules.delivery import Drawn
from bot.rules.shifts.seen import Mine
from bot.rules.teams import Workspace
from bot.services import shifts
from bot.services.coaching import inbox
from bot.services.escalations.looking import teams_seen
from bot.services.standups.overview import asking_now
from bot.services.transaction import heard_once
from bot.text import Text, mention
from bot.views import home as views
from bot.views.home import HOME, Some, Today
from storage import escalations, outbox, people
from storage.database import Database, Tx
from storage.escalations import Page
from storage.outbox import Card, Priority

LEADING = (Role.LEAD, Role.MANAGER)


async def open_home(db: Database, person: Person, *, key: str, now: datetime) -> None:
    """Somebody looks at their Home tab: have it drawn."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await outbox.say(tx, card(person), now=now)


async def redraw(db: Database, person: Person, *, now: datetime) -> None:
    """This person did something while the tab lay below."""
    async with db.write(person.workspace_id) as tx:
        await outbox.say(tx, card(person), now=now)


def card(person: Person) -> Card:
    return Card(HOME, person.id, person.id, Priority.FOLLOW_UP)


async def draw(tx: Tx, subject: str, _channel: str, *, now: datetime) -> Drawn:
    """The tab as it should look now; a welcome for somebody of whom nothing is known yet."""
    person = await people.find(tx, subject) or Person(tx.workspace_id, subject)
    return Drawn(view=views.home(await _today(tx, person, now), Text(person.locale, person.zone)))


async def _today(tx: Tx, person: Person, now: datetime) -> Today:
    leads = sorted(team for team in person.roles if person.has_role(team, *LEADING))
    waiting = None
    if leads:
        waiting = _some(await escalations.list_unclaimed(tx, leads, limit=views.SHOWN))
    admins = [] if person.roles else [mention(one) for one in await people.admins(tx)]
    return Today(
        has_team=bool(person.roles),
        may_set_up=_may_set_up(person, admins),
        owned=_some(await escalations.list_owned(tx, person.id, limit=views.SHOWN)),
        raised=_some(await escalations.list_raised(tx, person.id, limit=views.SHOWN)),
        waiting=waiting,
        admins=admins,
        mine=await shifts.mine(tx, person, now=now) if person.roles else Mine(),
        may_report=person.is_admin or bool(teams_seen(person)),
        asking=await asking_now(tx, person.id, now=now),
        coaching=await inbox.waits(tx, person, now=now),
        mark=f"{now:%d%H%M%S}",
    )


def _may_set_up(person: Person, admins: list[str]) -> bool:
    """Admins, managers, and leads, who set shifts and policies; and anybody while there is no admin, as `/baton` itself says who may."""
    if may(person, Permission.WORKSPACE_SET_UP, Workspace(person.workspace_id)):
        return True
    looks_after = any(person.has_role(team, *LEADING) for team in person.roles)
    return looks_after or not (person.roles or admins)


def _some(page: Page) -> Some:
    return Some(page.items, page.total)
