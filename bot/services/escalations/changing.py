"""What people do to escalations. Each function is one transaction: the case, its timeline, what is said, its timers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Denied, FormProblems, Refused, Stale
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules import escalations as rules
from bot.rules.escalations import Action, Draft, Escalation, ReturnReason, Step, Verdict
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.escalations.desks import desks_of
from bot.services.escalations.timing import CLAIM_TIMERS, claim_timers
from bot.services.holidays import load_holidays
from bot.services.transaction import heard_once
from bot.text import Text, _, mention
from bot.views.escalations import told
from storage import escalations, outbox, people, teams, timers
from storage.database import Database, Tx

ANYBODY_MAY = _("Only people of this workspace can escalate a case.")
NO_CHANNEL = _(
    "This team has no leads' channel yet, so nobody would see it. Please ask {people} to choose one with `/baton`."
)
NO_CHANNEL_NOR_ADMIN = _(
    "This team has no leads' channel yet, so nobody would see it. "
    "Please ask whoever installed Baton to choose one with `/baton`."
)


class AlreadyEscalated(Refused):
    """The team has an open case about the same ticket. The form asks whether this one is another matter."""

    def __init__(self, twin: Escalation) -> None:
        super().__init__(_("This ticket is escalated already: #{number}."), number=twin.id)
        self.twin = twin


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
        after = await escalations.change(self.tx, self.before, step)
        if after is None:
            newest = await escalations.find(self.tx, self.before.id) or self.before
            raise rules.overtaken(self.action, self.person, newest, now=self.now)
        return after


async def escalate(
    db: Database,
    person: Person,
    team_id: str,
    draft: Draft,
    *,
    key: str,
    now: datetime,
    anyway: bool = False,
) -> Escalation:
    """Raise a new case. Raises FormProblems by field, and AlreadyEscalated for a ticket that is open, unless `anyway`."""
    draft = draft.cleaned()
    if problems := rules.problems(draft, now=now):
        raise FormProblems(problems)
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        desk = await desks_of(db).get(tx, team_id, now=now)
        check_may(person, Permission.ESCALATION_RAISE, desk.team, ANYBODY_MAY)
        if not desk.team.leads_channel:
            raise FormProblems({"team": await no_channel(tx)})
        number, twin = await escalations.take_number(tx, team_id, rules.ticket_key(draft.ticket))
        if twin and not anyway:
            raise await _already_escalated(tx, twin)
        step = rules.raised(person, desk.team, draft, number=number, now=now)
        await escalations.add(tx, step)
        message = told.raised(step.after, desk.team, desk.leads, Text(person.locale, person.zone))
        await outbox.say(
            tx, telling.card(step.after), telling.to_reporter(step.after, message), now=now
        )
        await timers.put(tx, *claim_timers(step.after, desk.team))
    return step.after


async def claim(
    db: Database, person: Person, escalation_id: int, *, key: str, now: datetime
) -> Escalation:
    """Become its owner. Raises Denied, or Stale when somebody else is."""
    async with _changing(db, person, escalation_id, Action.CLAIM, key=key, now=now) as change:
        after = await change.make(rules.claimed(change.before, person, now=now))
        await _tell(change, after, told.claimed)
        await timers.cancel(change.tx, str(after.id), *CLAIM_TIMERS)
    return after


async def give_back(
    db: Database,
    person: Person,
    escalation_id: int,
    reason: str,
    why: str,
    *,
    key: str,
    now: datetime,
) -> Escalation:
    """Return it to its reporter. Raises FormProblems, Denied or Stale."""
    why = rules.clean(why)
    if problems := rules.problems_of_return(reason, why):
        raise FormProblems(problems)
    async with _changing(db, person, escalation_id, Action.RETURN, key=key, now=now) as change:
        step = rules.returned(change.before, person, ReturnReason(reason), why, now=now)
        after = await change.make(step)
        await _tell(change, after, told.returned)
        await timers.cancel(change.tx, str(after.id), *CLAIM_TIMERS)
    return after


async def resolve(
    db: Database,
    person: Person,
    escalation_id: int,
    verdict: Verdict,
    *,
    key: str,
    now: datetime,
) -> Escalation:
    """Close it with a cause and a decision. Raises FormProblems, Denied or Stale."""
    verdict = replace(verdict, cause=rules.clean(verdict.cause))
    if problems := rules.problems_of_verdict(verdict):
        raise FormProblems(problems)
    async with _changing(db, person, escalation_id, Action.RESOLVE, key=key, now=now) as change:
        step = rules.resolved(change.before, person, rules.resolution(verdict), now=now)
        after = await change.make(step)
        await _tell(change, after, told.resolved)
    return after


async def reopen(
    db: Database, person: Person, escalation_id: int, why: str, *, key: str, now: datetime
) -> Escalation:
    """Open a closed case again, with a new clock and its history. Raises FormProblems, Denied or Stale."""
    why = rules.clean(why)
    if problems := rules.wrong_words("why", why):
        raise FormProblems(problems)
    async with _changing(db, person, escalation_id, Action.REOPEN, key=key, now=now) as change:
        step = rules.reopened(change.before, person, change.team, why, now=now)
        after = await change.make(step)
        await _tell(
            change,
            after,
            lambda case, t: told.reopened(case, person, why, t),
            in_thread=told.back_again(
                after, step.event, change.before.closed_by, telling.team_text(change.team)
            ),
        )
        await timers.put(change.tx, *claim_timers(after, change.team))
    return after


async def resubmit(
    db: Database, person: Person, escalation_id: int, draft: Draft, *, key: str, now: datetime
) -> Escalation:
    """Send a returned case back to the leads with what was missing. Raises FormProblems, Denied or Stale."""
    draft = draft.cleaned()
    if problems := rules.problems(draft, now=now):
        raise FormProblems(problems)
    async with _changing(db, person, escalation_id, Action.RESUBMIT, key=key, now=now) as change:
        step = rules.resubmitted(change.before, person, change.team, draft, now=now)
        after = await change.make(step)
        line = told.completed(after, change.before.returned_by, telling.team_text(change.team))
        await _tell(change, after, told.waits_again, in_thread=line)
        await timers.put(change.tx, *claim_timers(after, change.team))
    return after


async def withdraw(
    db: Database, person: Person, escalation_id: int, *, key: str, now: datetime
) -> Escalation:
    """Close it because it is settled. Raises Denied or Stale."""
    async with _changing(db, person, escalation_id, Action.WITHDRAW, key=key, now=now) as change:
        after = await change.make(rules.withdrawn(change.before, person, now=now))
        await _tell(change, after, told.withdrawn)
        await timers.cancel(change.tx, str(after.id), *CLAIM_TIMERS)
    return after


async def no_channel(tx: Tx) -> Refused:
    """Whom to ask when a team has no leads' channel."""
    admins = await people.admins(tx)
    if not admins:
        return Refused(NO_CHANNEL_NOR_ADMIN)
    return Refused(NO_CHANNEL, people=", ".join(mention(one) for one in admins))


@asynccontextmanager
async def _changing(
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
            seen = await escalations.find(tx, escalation_id)
            if seen is None:
                raise rules.no_such(escalation_id)
            rules.check(action, person, seen, now=now)
            team = await teams.get(tx, seen.team_id)
            await load_holidays(team)
            yield Change(tx, seen, team, action, person, now)
    except (Denied, Stale):
        if seen is not None:
            await telling.redraw(db, person, seen, now=now)
        raise


async def _already_escalated(tx: Tx, number: int) -> Refused:
    twin = await escalations.find(tx, number)
    return AlreadyEscalated(twin) if twin else rules.no_such(number)


async def _tell(
    change: Change, after: Escalation, message: telling.Write, in_thread: str = ""
) -> None:
    """Redraw the card, write in its thread if there is something to write, and tell the reporter."""
    say: list[outbox.Card | outbox.Note] = [telling.card(after)]
    if in_thread:
        say.append(telling.in_thread(after, in_thread))
    did_it = change.person.id == after.raised_by
    if not (did_it and change.action in telling.NO_NEWS_TO_WHO_DID_IT):
        t = await telling.reporters_text(change.tx, after, change.team)
        say.append(telling.to_reporter(after, message(after, t)))
    await outbox.say(change.tx, *say, now=change.now)
