"""The clock of alerts: each is looked at in the morning and when numbers have changed, and tells people when it fires."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.people import system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may, may
from bot.rules.delivery import Drawn
from bot.rules.metrics.alert import alerts as rules
from bot.rules.metrics.alert.alert_forms import Telling
from bot.rules.metrics.alert.alerts import Alert, Happened, Kind, Look, Told, Turn
from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.look.things import TeamNumbers
from bot.rules.metrics.store.facts import SCALE
from bot.rules.teams import Team
from bot.rules.wall_clock import day_of
from bot.services.escalations import telling
from bot.services.metrics.alert import watching
from bot.services.metrics.comparison import lines
from bot.services.metrics.look import defining, seeing
from bot.services.metrics.store.numbers import StillCounting
from bot.services.ticking import Busy
from bot.views.metrics import alerts as views
from bot.views.metrics import ids
from storage import outbox, people, teams, timers
from storage.database import Tx
from storage.metrics import alerts
from storage.outbox import Card, Note, Priority
from storage.timers import Timer

LOOK = "metrics.alert"
"""Its subject is the alert. It is due in the morning, or shortly after its numbers have changed."""
GATHER = timedelta(minutes=2)
"""An import changes many days one after the other, which are looked at together."""
LONGEST = timedelta(days=rules.FRESH + max(rules.LENGTHS))
MOST_OF = 2**31 - 1


async def heed(tx: Tx, day: date, team_ids: Sequence[str], now: datetime) -> None:
    """A day's numbers have changed: the alerts that look at it look again. One that fires may be about any day."""
    concerned = {one for chain in (await teams.chains_of(tx, team_ids)).values() for one in chain}
    is_recent = day >= now.date() - LONGEST - rules.ONE_DAY
    found = [
        one
        for one in await alerts.that_are_on(tx)
        if one.is_firing or (is_recent and one.team_id in concerned)
    ]
    await timers.hasten(tx, *(Timer(LOOK, one.id, now + GATHER) for one in found))


async def look(tx: Tx, timer: Timer, now: datetime) -> None:
    """What becomes of it by now, and the next look. Raises Busy while somebody changes it."""
    alert = await alerts.lock_if_free(tx, timer.subject)
    if alert is None:
        if await alerts.find(tx, timer.subject):
            raise Busy
        return
    thing = TeamNumbers(tx.workspace_id, alert.team_id)
    check_may(system(tx.workspace_id), Permission.CLOCK_RUN, thing, ONLY_THE_CLOCK)
    if not alert.is_on:
        return
    team = await teams.get(tx, alert.team_id)
    metric = (await defining.known(tx)).get(alert.metric)
    after, next_at = alert, rules.next_look(alert, now, team.zone)
    say: list[Card | Note] = []
    if metric is not None:
        try:
            after, say = await _look(tx, alert, team, metric, now=now)
            next_at = rules.next_look(after, now, team.zone)
        except StillCounting:
            next_at = now + GATHER
    await timers.put(tx, Timer(LOOK, alert.id, next_at))
    await outbox.say(tx, *say, now=now)


async def _look(
    tx: Tx, alert: Alert, team: Team, metric: Metric, *, now: datetime
) -> tuple[Alert, list[Card | Note]]:
    told = await watching.told_last(tx, alert)
    today = day_of(now, team.zone)
    seen = await watching.look(tx, alert, metric, today=today, now=now, told=told)
    turn = rules.step(alert, seen)
    if turn.kind is None:
        return alert, []
    # The alert is locked, so that nobody can have been first.
    await alerts.change(tx, turn.after)
    await alerts.note(tx, _happened(turn, seen, told))
    say: list[Card | Note] = [*await cards(tx, turn.after)]
    if alert.fired_on and alert.fired_on != turn.after.fired_on and turn.kind is Kind.REMINDED:
        say += [replace(one, subject=subject(alert)) for one in await cards(tx, alert)]
    if turn.kind is Kind.CORRECTED:
        say += await _corrections(tx, turn.after, team, metric, seen)
    return turn.after, say


def _happened(turn: Turn, seen: Look, told: Told | None) -> Happened:
    """What is told of the days that were seen; of a correction the days that were told."""
    alert, value = turn.after, seen.value
    detail = ""
    if turn.tells and seen.period:
        detail = Told(seen.today, seen.period).packed()
    elif told is not None:
        detail = told.packed()
    amount = None if value.amount is None else round(value.amount * SCALE)
    n = min(round(value.n), MOST_OF)
    return Happened(alert.id, turn.kind or Kind.AGAIN, seen.now, "", amount, n, detail)


async def _corrections(
    tx: Tx, alert: Alert, team: Team, metric: Metric, seen: Look
) -> list[Card | Note]:
    """People may have acted on it: whoever was told reads that the data say something else now."""
    may = {one.id for one in await watching.readers(tx, alert)}
    found = await telling.texts(tx, may, team)
    return [
        Note(
            f"alert:{alert.id}:corrected:{seen.now.timestamp():.0f}:{one}",
            one,
            views.corrected(alert, metric, team, t),
            priority=Priority.FOLLOW_UP,
        )
        for one, t in sorted(found.items())
    ]


def subject(alert: Alert) -> str:
    """What the card of the day shows on which it was told."""
    return f"{alert.id}:{alert.fired_on}"


async def cards(tx: Tx, alert: Alert) -> list[Card]:
    """The message of everybody who is to hear of it; whether they may is looked at once more when it is drawn."""
    if alert.fired_on is None:
        return []
    return [
        Card(ids.ALERT_CARD, subject(alert), one.id, Priority.FOLLOW_UP)
        for one in await watching.readers(tx, alert)
    ]


async def draw(tx: Tx, subject: str, channel: str, *, now: datetime) -> Drawn | None:
    """The message of one reader as it is now. Nothing for who may not see these numbers any more."""
    alert_id, _colon, day = subject.partition(":")
    alert, reader = await alerts.find(tx, alert_id), await people.find(tx, channel)
    if alert is None or reader is None or not await watching.may_hear(tx, reader, alert):
        return None
    told = await telling_of(tx, alert, day)
    if told is None:
        return None
    team = told.team
    t = (await telling.texts(tx, [channel], team)).get(channel) or telling.team_text(team)
    found = await _lines(tx, alert, rules.told_of(told.history[0]), now=now)
    may_set = may(reader, Permission.METRICS_SET, await seeing.numbers_of(tx, team.id))
    return Drawn(*views.card(told, found, t, may_set=may_set))


async def telling_of(tx: Tx, alert: Alert, day: str) -> Telling | None:
    """What was told on that day, and what happened from then on; None if it is not known any more, or nobody counts it."""
    metric = (await defining.known(tx)).get(alert.metric)
    history = await _since_told(tx, alert, day)
    if metric is None or not history:
        return None
    fired = await alerts.newest(tx, alert.id, [Kind.FIRED])
    is_newest = day == str(alert.fired_on)
    since = fired.at if fired and is_newest else history[0].at
    return Telling(alert, metric, await teams.get(tx, alert.team_id), history, since)


async def _since_told(tx: Tx, alert: Alert, day: str) -> list[Happened]:
    """From the telling of that day until the next one, the oldest first."""
    found: list[Happened] = []
    for one in await alerts.history(tx, alert.id, limit=100):
        found.append(one)
        if one.kind in watching.TELLING:
            if str(rules.told_of(one).day) == day:
                return found[::-1]
            found = []
    return []


async def _lines(tx: Tx, alert: Alert, told: Told, *, now: datetime) -> list[Line]:
    """The line of the number, if it can be had at once."""
    cadence = Cadence.DAILY if alert.days == 1 else Cadence.WEEKLY
    scope = await watching.scope_of(tx, alert)
    try:
        return await lines.lines_of(tx, scope, [alert.metric], told.period, cadence, now=now)
    except StillCounting:
        return []
