"""What people answer to an alert: that they have seen it, not now, or that it is a case."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Denied, Refused, Stale
from bot.people import Person
from bot.rules.escalations import Escalation, Origin
from bot.rules.metrics.alert import alerts as rules
from bot.rules.metrics.alert.alert_forms import Telling
from bot.rules.metrics.alert.alerts import Alert, Happened, Kind
from bot.rules.standups.blockers import Wanted
from bot.services import escalations as case_service
from bot.services.escalations import telling
from bot.services.metrics.alert import alerting, watching
from bot.services.transaction import heard_once
from bot.text import _, mention
from bot.views.metrics import alert_words
from storage import outbox, teams, timers
from storage.database import Database, Tx
from storage.metrics import alerts
from storage.outbox import Card, Note
from storage.timers import Timer

NOT_FOR_YOU = _("Only those who were told of this alert, and may see its number, can answer it.")
IS_OVER = _("This is over, so nothing is left to do.")
SEEN_ALREADY = _("{who} has seen it already.")
IS_A_CASE = _("This is escalation #{number} already. Whoever owns that looks after it.")
NO_CASE_OF_A_PERSON = _(
    "This is about one person's number, which only those who lead them may see. A case would be read by more people."
)


@dataclass(frozen=True, slots=True)
class Clicked:
    """Which alert a button is about, and of which day the message is that it stood on."""

    alert_id: str
    day: str

    def packed(self) -> str:
        return f"{self.alert_id}:{self.day}"


@dataclass(frozen=True, slots=True)
class _Answer:
    tx: Tx
    before: Alert
    person: Person
    now: datetime

    async def end(self, after: Alert, kind: Kind, *say: Card | Note, detail: str = "") -> Alert:
        """Write it, and draw everybody's message anew. The alert is locked, so that nobody can have been first."""
        await alerts.change(self.tx, after)
        happened = Happened(after.id, kind, self.now, self.person.id, detail=detail)
        await alerts.note(self.tx, happened)
        await outbox.say(self.tx, *say, *await alerting.cards(self.tx, after), now=self.now)
        return after


def clicked(packed: str) -> Clicked:
    """The reverse of `Clicked.packed`."""
    alert_id, _colon, day = packed.partition(":")
    return Clicked(alert_id, day)


async def acknowledge(
    db: Database, person: Person, about: Clicked, *, key: str, now: datetime
) -> Alert:
    """They have seen it, and the others see that. Raises Denied, or Stale if somebody was first or it is over."""
    async with _answering(db, person, about, key=key, now=now) as answer:
        before = answer.before
        if before.acknowledged_by:
            raise Stale(SEEN_ALREADY, who=mention(before.acknowledged_by))
        after = replace(before, acknowledged_by=person.id, acknowledged_at=now)
        return await answer.end(after, Kind.SEEN)


async def snooze(
    db: Database, person: Person, about: Clicked, days: int, *, key: str, now: datetime
) -> Alert:
    """Nobody is told for so many days; if it is still so then, everybody is. Raises Denied or Stale."""
    async with _answering(db, person, about, key=key, now=now) as answer:
        team = await teams.get(answer.tx, answer.before.team_id)
        until = rules.snoozed_until(now, days, team.zone)
        after = replace(answer.before, snoozed_until=until)
        await timers.hasten(answer.tx, Timer(alerting.LOOK, after.id, until))
        return await answer.end(after, Kind.SNOOZED)


async def see_to_escalate(db: Database, person: Person, about: Clicked) -> Telling:
    """What the form is filled with. Raises as escalating does."""
    async with db.read(person.workspace_id) as tx:
        alert = await alerts.find(tx, about.alert_id)
        await _check(tx, person, alert, about)
        assert alert is not None
        _check_no_case(alert)
        return await _telling(tx, alert)


async def escalate(
    db: Database, person: Person, about: Clicked, wanted: Wanted, *, key: str, now: datetime
) -> Escalation:
    """Make a case of it, which says where it came up. Raises as raising a case does, and Stale if it is one already."""
    draft = case_service.checked(wanted.draft, now=now)
    async with _answering(db, person, about, key=key, now=now) as answer:
        tx, before = answer.tx, answer.before
        _check_no_case(before)
        told = await _telling(tx, before)
        desk = await case_service.desks_of(db).get(tx, wanted.team_id, now=now)
        t = telling.team_text(told.team)
        origin = Origin(alert_words.watches(before, told.metric, t), "")
        case, say = await case_service.raise_in(
            tx, desk, person, draft, now=now, anyway=wanted.anyway, origin=origin
        )
        after = replace(before, escalation_id=str(case.id))
        await answer.end(after, Kind.ESCALATED, *say, detail=str(case.id))
    return case


async def _telling(tx: Tx, alert: Alert) -> Telling:
    found = await alerting.telling_of(tx, alert, str(alert.fired_on))
    if found is None:
        raise Refused(alerts.GONE)
    return found


@asynccontextmanager
async def _answering(
    db: Database, person: Person, about: Clicked, *, key: str, now: datetime
) -> AsyncIterator[_Answer]:
    """A transaction in which this person may answer. If it is too late, their message is drawn anew: it showed otherwise."""
    try:
        async with heard_once(db, person.workspace_id, key, now=now) as tx:
            alert = await alerts.lock(tx, about.alert_id)
            await _check(tx, person, alert, about)
            yield _Answer(tx, alert, person, now)
    except Stale:
        async with db.write(person.workspace_id) as tx:
            found = await alerts.find(tx, about.alert_id)
            if found is not None:
                await outbox.say(tx, *await alerting.cards(tx, found), now=now)
        raise


async def _check(tx: Tx, person: Person, alert: Alert | None, about: Clicked) -> None:
    """Raises Denied, Refused or Stale."""
    if alert is None:
        raise Refused(alerts.GONE)
    if person.id not in alert.readers or not await watching.may_hear(tx, person, alert):
        raise Denied(NOT_FOR_YOU)
    if not alert.is_firing or str(alert.fired_on) != about.day:
        raise Stale(IS_OVER)


def _check_no_case(alert: Alert) -> None:
    if alert.person_id:
        raise Refused(NO_CASE_OF_A_PERSON)
    if alert.escalation_id:
        raise Stale(IS_A_CASE, number=alert.escalation_id)
