"""Alerts of a team: looked at, tried before they are saved, set up, changed and removed."""

from dataclasses import replace
from datetime import datetime

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, may
from bot.rules.metrics.alert import alert_forms as forms
from bot.rules.metrics.alert import alerts as rules
from bot.rules.metrics.alert.alert_forms import Draft, Drawn, Opened, Preview, Seen
from bot.rules.metrics.alert.alerts import ALERTS_AT_MOST, LOOKED_BACK, Alert, Happened, Kind
from bot.rules.metrics.definition.registry import Metric
from bot.rules.wall_clock import day_of
from bot.services.metrics.alert import alerting, watching
from bot.services.metrics.alert.targets import check_leads
from bot.services.metrics.look import defining, seeing
from bot.services.transaction import heard_once
from bot.text import _, mention
from storage import outbox, people, teams, timers
from storage.base import new_id
from storage.database import Database, Tx
from storage.metrics import alerts, settings
from storage.timers import Timer

NO_TEAM = _(
    "You are in no team yet, so there are no alerts to see. An admin can add you in `/baton`."
)
NOT_YOURS = _("Only those who lead the people that an alert is about see it, and they themselves.")
TOO_MANY = _("This team has {limit} alerts already. Please change or remove one.")
MAY_NOT_SEE = _("{who} may not see this number, so please choose somebody else.")
CHANGED_MEANWHILE = _(
    "Somebody changed this alert while you had it open, or it has fired, so nothing was saved. "
    "Please close the form, open it again and repeat your change."
)


async def see(db: Database, person: Person, team_id: str = "") -> Seen:
    """The alerts of a team, the first of the reader's own if none is named. Raises Denied, and Refused for who is in no team."""
    async with db.read(person.workspace_id) as tx:
        seen = await seeing.teams_seen(tx, person)
        if not team_id and not seen:
            raise Refused(NO_TEAM)
        team = await seeing.check_see(tx, person, team_id or seeing.first_of(person, seen).id)
        every = await alerts.of_teams(tx, [team.id])
        found = [one for one in every if await watching.may_know(tx, person, one)]
        may_set = may(person, Permission.METRICS_SET, await seeing.numbers_of(tx, team.id))
        blind = [one.id for one in found if may_set and not await watching.readers(tx, one)]
        kept = await settings.of_team(tx, team.id)
        named, retired = await _named(tx)
        return Seen(team, seen, found, named, kept.minimum_n, may_set, frozenset(blind), retired)


async def see_to_set(db: Database, person: Person, team_id: str) -> Seen:
    """The same for the form. Raises Denied."""
    seen = await see(db, person, team_id)
    if not seen.may_set:
        raise Denied(seeing.ONLY_WHO_SETS)
    return seen


async def open_one(db: Database, person: Person, alert_id: str, *, now: datetime) -> Opened:
    """One of them with its history. Raises Denied, and Refused if it is gone."""
    async with db.read(person.workspace_id) as tx:
        alert = await _get(tx, alert_id)
        if not await watching.may_know(tx, person, alert):
            raise Denied(NOT_YOURS)
        team = await teams.get(tx, alert.team_id)
        named, _retired = await _named(tx)
        metric = named[alert.metric]
        today = day_of(now, team.zone)
        seen = await watching.look(tx, alert, metric, today=today, now=now)
        may_set = await _may_set(tx, person, alert)
        history = await alerts.history(tx, alert.id)
        return Opened(team, alert, metric, seen, history, may_set)


async def preview(
    db: Database,
    person: Person,
    drawn: Drawn,
    draft: Draft,
    *,
    now: datetime,
) -> Preview:
    """What an alert would do. Raises Denied, and FormProblems by field."""
    async with db.read(person.workspace_id) as tx:
        team = await seeing.check_set(tx, person, drawn.team_id)
        before = await _before(tx, person, drawn)
        after, metric = await _checked(tx, person, before, draft)
        today = day_of(now, team.zone)
        period = rules.stretch(after, metric, today, back=LOOKED_BACK)
        held = await watching.read(tx, after, metric, period)
        look = rules.look(after, metric, held, today=today, now=now)
        back = rules.looking_back(after, metric, held, today=today, now=now)
        return Preview(team, after, metric, look, back)


async def save(
    db: Database,
    person: Person,
    drawn: Drawn,
    draft: Draft,
    *,
    key: str,
    now: datetime,
) -> Alert:
    """A new one, or an older one over what was seen. Raises Denied, FormProblems by field, or Stale if somebody was first."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await seeing.check_set(tx, person, drawn.team_id)
        before = await _begun(tx, person, drawn)
        after, _metric = await _checked(tx, person, before, draft)
        if before.version:
            # The alert is locked, so that nobody can have been first.
            await alerts.change(tx, after)
        else:
            await alerts.add(tx, after)
        kind = Kind.CHANGED if before.version else Kind.MADE
        await alerts.note(tx, Happened(after.id, kind, now, person.id))
        await timers.put(tx, Timer(alerting.LOOK, after.id, now))
        tx.wakes.add("tick")
        if before.is_firing:
            shown = after if after.is_firing else replace(after, readers=before.readers)
            await outbox.say(tx, *await alerting.cards(tx, shown), now=now)
    return replace(after, version=before.version + 1)


async def remove(
    db: Database,
    person: Person,
    drawn: Drawn,
    *,
    key: str,
    now: datetime,
) -> None:
    """With its history. Raises Denied, or Stale if somebody changed it meanwhile."""
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        await seeing.check_set(tx, person, drawn.team_id)
        await _lock(tx, person, drawn)
        await timers.cancel(tx, drawn.alert_id, alerting.LOOK)
        await alerts.remove(tx, drawn.alert_id)


async def _get(tx: Tx, alert_id: str) -> Alert:
    found = await alerts.find(tx, alert_id)
    if found is None:
        raise Refused(alerts.GONE)
    return found


async def _may_set(tx: Tx, person: Person, alert: Alert) -> bool:
    """Somebody's own only who leads them, and never they themselves."""
    thing = await seeing.numbers_of(tx, alert.team_id)
    is_theirs = may(person, Permission.METRICS_SET, thing) and person.id != alert.person_id
    return is_theirs and await watching.may_know(tx, person, alert)


async def _named(tx: Tx) -> tuple[dict[str, Metric], frozenset[str]]:
    """All metrics, those that are retired too, and which these are: their alerts stay, and look at nothing."""
    gone = await defining.retired(tx)
    return {**gone, **await defining.known(tx)}, frozenset(gone)


async def _before(tx: Tx, person: Person, drawn: Drawn) -> Alert:
    """What a form is drawn over; a new one if there is none yet."""
    if not drawn.version:
        return forms.new(tx.workspace_id, drawn.alert_id, drawn.team_id, person.id)
    found = await _get(tx, drawn.alert_id)
    await _check_theirs(tx, person, drawn, found)
    return found


async def _begun(tx: Tx, person: Person, drawn: Drawn) -> Alert:
    """What is to be written over, locked; or a new one, if the team has room for it."""
    if drawn.version:
        return await _lock(tx, person, drawn)
    await teams.lock(tx, drawn.team_id)
    if len(await alerts.of_teams(tx, [drawn.team_id])) >= ALERTS_AT_MOST:
        raise Refused(TOO_MANY, limit=ALERTS_AT_MOST)
    return forms.new(tx.workspace_id, new_id(), drawn.team_id, person.id)


async def _lock(tx: Tx, person: Person, drawn: Drawn) -> Alert:
    """Raises Denied or Stale."""
    found = await alerts.lock(tx, drawn.alert_id)
    await _check_theirs(tx, person, drawn, found)
    if found.version != drawn.version:
        raise Stale(CHANGED_MEANWHILE)
    return found


async def _check_theirs(tx: Tx, person: Person, drawn: Drawn, found: Alert) -> None:
    if found.team_id != drawn.team_id or not await _may_set(tx, person, found):
        raise Denied(seeing.ONLY_WHO_SETS)


async def _checked(tx: Tx, person: Person, before: Alert, draft: Draft) -> tuple[Alert, Metric]:
    """What the form makes of it. Everybody who is to hear of it may see the number. Raises FormProblems by field."""
    known = await defining.known(tx)
    if draft.person_id:
        await check_leads(tx, person, before.team_id, draft.person_id)
    after = draft.over(before, known)
    if not await watching.may_hear(tx, person, after):
        raise Denied(seeing.ONLY_THE_TEAM)
    for one in after.readers:
        reader = await people.find(tx, one)
        if reader is None or not await watching.may_hear(tx, reader, after):
            raise FormProblems({"readers": Refused(MAY_NOT_SEE, who=reader.name if reader else mention(one))})  # fmt: skip
    return after, known[after.metric]
