"""How a change of a case is written: the case, its line in the timeline and its alarms, and who hears of it; all in one transaction."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Denied, Stale
from bot.people import Person
from bot.rules import escalations as rules
from bot.rules.escalations import Action, Escalation, Event, Step
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.escalations.echoing import echoes
from bot.services.escalations.keeping import record, set_first_alarms
from bot.services.escalations.telling import news
from bot.services.holidays import load_holidays
from bot.services.transaction import heard_once
from storage import escalations, outbox, teams
from storage.database import Database, Tx
from storage.outbox import Card, Note

__all__ = [
    "Change",
    "begun",
    "changing",
    "news",
    "record",
    "set_first_alarms",
    "tell",
    "to_tell",
]


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
    beside: int = 0,
) -> AsyncIterator[Change]:
    """A transaction in which this person may do this. If not, the card is drawn anew, since it showed otherwise.

    `beside` is the number of another case that it changes too. Of two, the older one is always locked first.
    """
    seen: Escalation | None = None
    try:
        async with heard_once(db, person.workspace_id, key, now=now) as tx:
            if 0 < beside < escalation_id:
                await escalations.lock(tx, beside)
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


async def tell(
    change: Change,
    after: Escalation,
    event: Event,
    message: telling.Write | None = None,
    in_thread: str = "",
    *,
    but: Iterable[str] = (),
    beside: Iterable[Card | Note] = (),
) -> None:
    """Redraw the card, write in its thread if there is something to write, and tell the reporter and whoever it concerns."""
    say = await to_tell(change, after, event, message, in_thread, but=but, beside=beside)
    await outbox.say(change.tx, *say, now=change.now)


async def to_tell(
    change: Change,
    after: Escalation,
    event: Event,
    message: telling.Write | None = None,
    in_thread: str = "",
    *,
    but: Iterable[str] = (),
    beside: Iterable[Card | Note] = (),
) -> list[Card | Note]:
    """The same, for who has more to say: all of a transaction is said at once, so that two cannot wait for each other.

    `message` is for the reporter; without it they read what the others do. Who did it knows it already, and so does
    whoever is in `but`. `beside` is what else there is to say of it.
    """
    say: list[Card | Note] = [telling.card(after), *beside]
    if in_thread:
        say.append(telling.in_thread(after, in_thread))
    did_it = change.person.id == after.raised_by
    if message and not (did_it and change.action in telling.NO_NEWS_TO_WHO_DID_IT):
        t = await telling.reporters_text(change.tx, after, change.team)
        say.append(telling.to_reporter(after, message(after, t)))
    owners = {one for one in (change.before.owner_id, after.owner_id) if one}
    concerned = {*owners, *after.followers} | (set() if message else {after.raised_by})
    say += await news(
        change.tx,
        after,
        event,
        change.team,
        concerned - {change.person.id, after.raised_by if message else "", *but},
    )
    echo = await echoes(change.tx, change.person, change.before, after, now=change.now)
    return [*_without_doubles(say, echo), *echo]


def _without_doubles(say: Iterable[Card | Note], echo: Iterable[Card | Note]) -> list[Card | Note]:
    """Who reads what it means for a case of their own reads nothing else of the same change."""
    told = {one.channel for one in echo if isinstance(one, Note) and not one.thread_of}
    return [one for one in say if isinstance(one, Card) or one.thread_of or one.channel not in told]
