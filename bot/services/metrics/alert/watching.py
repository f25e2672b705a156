"""What an alert sees: the numbers that it is about, and who of those who would hear of it may see them."""

from datetime import date, datetime

from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.metrics.alert import alerts as rules
from bot.rules.metrics.alert.alerts import Alert, Kind, Look, Told
from bot.rules.metrics.comparison.comparing import Held
from bot.rules.metrics.comparison.scopes import Scope
from bot.rules.metrics.definition.registry import Metric
from bot.rules.reports.periods import Period
from bot.services.metrics.comparison import lines
from bot.services.metrics.look import seeing
from storage import people, teams
from storage.database import Tx
from storage.metrics import alerts

TELLING = (Kind.FIRED, Kind.REMINDED)


async def scope_of(tx: Tx, alert: Alert) -> Scope:
    """The team with all below it; of a person's number what they did in the team."""
    if alert.person_id:
        return Scope((alert.team_id,), alert.person_id)
    below = await teams.below(tx, [alert.team_id])
    return Scope((alert.team_id, *sorted(below - {alert.team_id})))


async def may_hear(tx: Tx, person: Person, alert: Alert) -> bool:
    """Whether they may see every number that is in it: somebody's own only those who lead them."""
    if alert.person_id:
        thing = await seeing.person_numbers(tx, alert.team_id, alert.person_id)
        is_theirs = person.id == alert.person_id
        return not is_theirs and may(person, Permission.METRICS_SEE_PERSON, thing)
    return await seeing.may_see_all(tx, person, (await scope_of(tx, alert)).team_ids)


async def readers(tx: Tx, alert: Alert) -> list[Person]:
    """Those who are to hear of it and may, at this moment."""
    found = [await people.find(tx, one) for one in alert.readers]
    return [one for one in found if one and await may_hear(tx, one, alert)]


async def told_last(tx: Tx, alert: Alert) -> Told | None:
    """What was told when it fired, if it has."""
    if not alert.is_firing:
        return None
    found = await alerts.newest(tx, alert.id, TELLING)
    return rules.told_of(found) if found else None


async def look(
    tx: Tx, alert: Alert, metric: Metric, *, today: date, now: datetime, told: Told | None = None
) -> Look:
    """What it sees now. Raises StillCounting."""
    period = rules.stretch(alert, metric, today, told=told)
    held = await read(tx, alert, metric, period)
    return rules.look(alert, metric, held, today=today, now=now, told=told)


async def read(tx: Tx, alert: Alert, metric: Metric, period: Period) -> Held:
    scope = await scope_of(tx, alert)
    whose = await lines.whose(tx, scope)
    return Held.of(await lines.read(tx, scope.team_ids, whose, period, [metric]))


async def may_know(tx: Tx, person: Person, alert: Alert) -> bool:
    """Whether somebody may know of it: who may hear of it, who it is about, and who leads the team that they have left."""
    if alert.person_id == person.id or await may_hear(tx, person, alert):
        return True
    if not alert.person_id:
        return False
    thing = await seeing.person_numbers(tx, alert.team_id, alert.person_id)
    team = await seeing.numbers_of(tx, alert.team_id)
    return not thing.agent_roles and may(person, Permission.METRICS_LEAD, team)
