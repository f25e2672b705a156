"""How a change of a case is written: the case, its line in the timeline and its alarms, and who hears of it; all in one transaction."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Denied, Stale
from bot.people import Person
from bot.rules import escalations as rules
from bot.rules.escalations import Action, Alarm, Escalation, Event, Step
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.escalations.handed_over import look_at_handovers
from bot.services.holidays import load_holidays
from bot.services.transaction import heard_once
from bot.views.escalations import news as views
from storage import escalations, outbox, teams, timers
from storage.database import Database, Tx
from storage.outbox import Note
from storage.timers import Timer


@dataclass(frozen=True, slots=True)
class Change:
    """A change under way: its transaction, the case before it, and who changes it when."""

    tx: Tx
    before: Escalation
    team: Team
    action: Action
    person: Person
    now: datetime

    async def make(self, step: Step) -> Escalation:
        """Write it. Raises Stale if somebody was first."""
        after = await record(self.tx, self.before, step)
        if after is None:
            newest = await escalations.find(self.tx, self.before.id) or self.before
            raise rules.overtaken(self.action, self.person, newest, now=self.now)
        return after


@asynccontextmanager
async def changing(
    db: Database,
    person: Person,
    escalation_id: int,
    action: Action,
    *,
    key: str,
    now: datetime,
) -> AsyncIterator[Change]:
    """A transaction in which this person may do this. If not, the card is drawn anew, since it showed otherwise."""
    seen: Escalation | None = None
    try:
        async with heard_once(db, person.workspace_id, key, now=now) as tx:
            seen = await escalations.lock(tx, escalation_id)
            yield await begun(tx, person, escalation_id, seen, action, now=now)
    except (Denied, Stale):
        if seen is not None:
            await telling.redraw(db, person, seen, now=now)
        raise


async def begun(
    tx: Tx,
    person: Person,
    escalation_id: int,
    seen: Escalation | None,
    action: Action,
    *,
    now: datetime,
) -> Change:
    """A change of a case that this transaction holds. Raises Denied, Stale, or Refused if there is none."""
    if seen is None:
        raise rules.no_such(escalation_id)
    rules.check(action, person, seen, now=now)
    team = await teams.get(tx, seen.team_id)
    await load_holidays(team)
    return Change(tx, seen, team, action, person, now)


async def record(tx: Tx, before: Escalation, step: Step) -> Escalation | None:
    """The case, its timeline and its alarms. None if somebody was first."""
    after = await escalations.change(tx, before, step)
    if after is not None:
        await _set_alarms(tx, before, after)
        await look_at_handovers(tx, before, after, now=step.event.at)
    return after


async def set_first_alarms(tx: Tx, case: Escalation) -> None:
    """Everything that is to happen to a new case by itself."""
    await _put(tx, case, rules.alarms(case))


async def tell(
    change: Change,
    after: Escalation,
    event: Event,
    message: telling.Write | None = None,
    in_thread: str = "",
    *,
    also: Iterable[str] = (),
    but: Iterable[str] = (),
) -> None:
    """Redraw the card, write in its thread if there is something to write, and tell the reporter and whoever it concerns.

    `message` is for the reporter; without it they read what the others do. Who did it knows it already, and so does
    whoever is in `but`.
    """
    say: list[outbox.Card | outbox.Note] = [telling.card(after)]
    if in_thread:
        say.append(telling.in_thread(after, in_thread))
    did_it = change.person.id == after.raised_by
    if message and not (did_it and change.action in telling.NO_NEWS_TO_WHO_DID_IT):
        t = await telling.reporters_text(change.tx, after, change.team)
        say.append(telling.to_reporter(after, message(after, t)))
    owners = {one for one in (change.before.owner_id, after.owner_id) if one}
    concerned = {*owners, *after.followers, *also} | (set() if message else {after.raised_by})
    say += await news(
        change.tx,
        after,
        event,
        change.team,
        concerned - {change.person.id, after.raised_by if message else "", *but},
    )
    await outbox.say(change.tx, *say, now=change.now)


async def news(
    tx: Tx, case: Escalation, event: Event, team: Team, person_ids: Iterable[str]
) -> list[Note]:
    """One line of the timeline as private messages."""
    texts = await telling.texts(tx, person_ids, team)
    return [
        telling.to_person(case, one, views.news(case, event, t, reader=one))
        for one, t in sorted(texts.items())
    ]


async def _set_alarms(tx: Tx, before: Escalation, after: Escalation) -> None:
    """Only what differs: most changes move one or two."""
    old, new = rules.alarms(before), rules.alarms(after)
    gone: list[Alarm] = [alarm for alarm in old if alarm not in new]
    if gone:
        await timers.cancel(tx, str(after.id), *gone)
    await _put(tx, after, {alarm: at for alarm, at in new.items() if old.get(alarm) != at})


async def _put(tx: Tx, case: Escalation, found: Mapping[Alarm, datetime]) -> None:
    """What is due already need not wait for the next look at the clock."""
    await timers.put(tx, *[Timer(alarm, str(case.id), at) for alarm, at in found.items()])
    if any(at <= case.changed_at for at in found.values()):
        tx.wakes.add("tick")
