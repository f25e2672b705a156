"""What people do to escalations. Each function is one transaction: the case, its timeline, what is said, its timers."""

from dataclasses import replace
from datetime import datetime

from bot.errors import FormProblems, Refused
from bot.people import Person
from bot.permissions import Permission, check_may
from bot.rules import escalations as rules
from bot.rules.escalations import Action, Draft, Escalation, Origin, Returning, Verdict
from bot.rules.kudos import Via
from bot.rules.kudos.easing import source_of
from bot.rules.severities import Severity
from bot.services.escalations import climbing, telling
from bot.services.escalations.desks import Desk, desks_of
from bot.services.escalations.parting import part
from bot.services.escalations.writing import changing, set_first_alarms, tell
from bot.services.kudos import easing
from bot.services.transaction import heard_once
from bot.text import Text, _, mention
from bot.views.escalations import told
from storage import escalations, outbox, people
from storage.database import Database, Tx
from storage.outbox import Card, Note

ANYBODY_MAY = _("Only people of this workspace can escalate a case.")
NO_CHANNEL = _(
    "This team has no leads' channel yet, so nobody would see it. Please ask {people} to choose one with `/baton`."
)
NO_CHANNEL_NOR_ADMIN = _(
    "This team has no leads' channel yet, so nobody would see it. "
    "Please ask whoever installed Baton to choose one with `/baton`."
)

NOT_YOURSELF = _("That is you. Name others who made it easier, or nobody.")
CAN_NOT_HELP = _("{names} can't be named: only people who work here can.")


class AlreadyEscalated(Refused):
    """The team has an open case about the same ticket. The form asks whether this one is another matter."""

    def __init__(self, twin: Escalation) -> None:
        super().__init__(_("This ticket is escalated already: #{number}."), number=twin.id)
        self.twin = twin


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
    draft = checked(draft, now=now)
    async with heard_once(db, person.workspace_id, key, now=now) as tx:
        desk = await desks_of(db).get(tx, team_id, now=now)
        case, say = await raise_in(tx, desk, person, draft, now=now, anyway=anyway)
        await outbox.say(tx, *say, now=now)
    return case


def checked(draft: Draft, *, now: datetime) -> Draft:
    """The form as it is kept. Raises FormProblems by field."""
    draft = draft.cleaned()
    if problems := rules.problems(draft, now=now):
        raise FormProblems(problems)
    return draft


async def raise_in(
    tx: Tx,
    desk: Desk,
    person: Person,
    draft: Draft,
    *,
    now: datetime,
    anyway: bool = False,
    origin: Origin | None = None,
) -> tuple[Escalation, list[Card | Note]]:
    """A new case within somebody else's transaction, and what is to be said of it. The draft is `checked`."""
    check_may(person, Permission.ESCALATION_RAISE, desk.team, ANYBODY_MAY)
    if not desk.team.leads_channel:
        raise FormProblems({"team": await no_channel(tx)})
    number, twin = await escalations.take_number(tx, desk.team.id, rules.ticket_key(draft.ticket))
    if twin and not anyway:
        raise await _already_escalated(tx, twin)
    begins = climbing.first_step_at(desk.policies, desk.team, Severity(draft.severity), now=now)
    step = rules.raised(person, desk.team, draft, number=number, now=now, step_at=begins)
    if origin:
        step = rules.came_up(step, origin)
    await escalations.add(tx, step)
    await set_first_alarms(tx, step.after)
    t = Text(person.locale, person.zone)
    message = told.raised(step.after, desk.team, desk.on, t, desk.next_on)
    return step.after, [telling.card(step.after), telling.to_reporter(step.after, message)]


async def claim(
    db: Database, person: Person, escalation_id: int, *, key: str, now: datetime
) -> Escalation:
    """Become its owner. Raises Denied, or Stale when somebody else is."""
    async with changing(db, person, escalation_id, Action.CLAIM, key=key, now=now) as change:
        step = rules.claimed(change.before, person, change.team, now=now)
        after = await change.make(step)
        await tell(change, after, step.event, told.claimed)
    return after


async def give_back(
    db: Database,
    person: Person,
    escalation_id: int,
    returning: Returning,
    *,
    key: str,
    now: datetime,
) -> Escalation:
    """Return it to its reporter. Raises FormProblems, Denied or Stale."""
    returning = replace(returning, why=rules.clean(returning.why))
    if problems := rules.problems_of_return(returning):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.RETURN, key=key, now=now) as change:
        step = rules.returned(change.before, person, change.team, returning, now=now)
        after = await change.make(step)
        await tell(change, after, step.event, told.returned)
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
    async with changing(db, person, escalation_id, Action.RESOLVE, key=key, now=now) as change:
        await _check_helpers(change.tx, person, verdict.helped_by)
        step = rules.resolved(
            change.before,
            person,
            rules.resolution(verdict),
            now=now,
            helped_by=tuple(dict.fromkeys(verdict.helped_by)),
        )
        after = await change.make(step)
        if after.helped_by:
            source = source_of(Via.ESCALATION, after.id)
            await easing.ask_later(change.tx, person.id, source, now)
        await tell(change, after, step.event, told.resolved)
    return after


async def reopen(
    db: Database, person: Person, escalation_id: int, why: str, *, key: str, now: datetime
) -> Escalation:
    """Open a closed case again, with a new clock and its history. Raises FormProblems, Denied or Stale."""
    why = rules.clean(why)
    if problems := rules.wrong_words("why", why):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.REOPEN, key=key, now=now) as change:
        begins = await climbing.begins_at(
            change.tx, change.team, change.before.draft.severity, now=now
        )
        step = rules.reopened(change.before, person, change.team, why, now=now, step_at=begins)
        after = await change.make(step)
        await tell(
            change,
            after,
            step.event,
            lambda case, t: told.reopened(case, person, why, t),
            in_thread=told.back_again(
                after, step.event, change.before.closed_by, telling.team_text(change.team)
            ),
            beside=await part(change, after),
        )
    return after


async def resubmit(
    db: Database, person: Person, escalation_id: int, draft: Draft, *, key: str, now: datetime
) -> Escalation:
    """Send a returned case back to the leads with what was missing. Raises FormProblems, Denied or Stale."""
    draft = draft.cleaned()
    if problems := rules.problems(draft, now=now):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.RESUBMIT, key=key, now=now) as change:
        begins = await climbing.begins_at(change.tx, change.team, draft.severity, now=now)
        step = rules.resubmitted(change.before, person, change.team, draft, now=now, step_at=begins)
        after = await change.make(step)
        line = told.completed(after, change.before.returned_by, telling.team_text(change.team))
        await tell(change, after, step.event, told.waits_again, in_thread=line)
    return after


async def withdraw(
    db: Database, person: Person, escalation_id: int, *, key: str, now: datetime
) -> Escalation:
    """Close it because it is settled. Raises Denied or Stale."""
    async with changing(db, person, escalation_id, Action.WITHDRAW, key=key, now=now) as change:
        step = rules.withdrawn(change.before, person, now=now)
        after = await change.make(step)
        await tell(change, after, step.event, told.withdrawn)
    return after


async def no_channel(tx: Tx) -> Refused:
    """Whom to ask when a team has no leads' channel."""
    admins = await people.admins(tx)
    if not admins:
        return Refused(NO_CHANNEL_NOR_ADMIN)
    return Refused(NO_CHANNEL, people=", ".join(mention(one) for one in admins))


async def _check_helpers(tx: Tx, person: Person, helpers: tuple[str, ...]) -> None:
    """Somebody else of this workspace, and no bot. Raises FormProblems."""
    if person.id in helpers:
        raise FormProblems({"helped_by": Refused(NOT_YOURSELF)})
    known = await people.profiles(tx, helpers)
    if wrong := [one for one in helpers if one in known and not known[one].can_have_roles]:
        names = ", ".join(map(mention, wrong))
        raise FormProblems({"helped_by": Refused(CAN_NOT_HELP, names=names)})


async def _already_escalated(tx: Tx, number: int) -> Refused:
    twin = await escalations.find(tx, number)
    return AlreadyEscalated(twin) if twin else rules.no_such(number)
