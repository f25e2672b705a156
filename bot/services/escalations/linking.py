"""Cases that hang together: asking another department, merging two, moving one to another team. Each is one transaction."""

from datetime import datetime

from bot.errors import FormProblems, Refused
from bot.people import Person
from bot.permissions import Permission, check_may, may
from bot.rules import escalations as rules
from bot.rules.escalations import Action, Asking, Escalation, Wait, WaitingOn
from bot.rules.severities import Severity
from bot.services.escalations import climbing, telling
from bot.services.escalations.changing import ANYBODY_MAY, no_channel
from bot.services.escalations.desks import Desk, desks_of
from bot.services.escalations.echoing import echoes
from bot.services.escalations.writing import Change, changing, news, record, set_first_alarms, tell
from bot.text import _
from bot.views.escalations import told, told_links
from storage import escalations, outbox
from storage.database import Database, Tx
from storage.outbox import Card, Note

NOT_YOURS_TO_MERGE = _(
    "You don't work on a case #{number}. Choose one that you own, or one of a team that you lead."
)
NO_CASE_CHOSEN = _("Choose the case as which this one goes on.")


async def ask_department(
    db: Database, person: Person, escalation_id: int, asking: Asking, *, key: str, now: datetime
) -> Escalation:
    """Raise a case in another team, for which this one waits. Its owner stays, and is the one who asks.

    Returns the first case. Raises FormProblems, Denied or Stale.
    """
    asking, action = asking.cleaned(), Action.ASK_DEPARTMENT
    async with changing(db, person, escalation_id, action, key=key, now=now) as change:
        if problems := rules.problems_of_asking(asking, change.before, now=now):
            raise FormProblems(problems)
        assert asking.until is not None
        desk = await _desk(db, change, asking.team_id)
        check_may(person, Permission.ESCALATION_RAISE, desk.team, ANYBODY_MAY)
        child = await _raise(change, desk, asking)
        wait = Wait(WaitingOn.DEPARTMENT, asking.question, asking.until)
        number = str(child.id)
        step = rules.waited(change.before, person, wait, now=now, action=action, reason=number)
        after = await change.make(step)
        t = await telling.reporters_text(change.tx, child, change.team)
        message = told.raised(child, desk.team, desk.on, t, desk.next_on)
        beside: list[Card | Note] = [
            telling.card(child),
            telling.to_reporter(child, message),
        ]
        await tell(change, after, step.event, beside=beside)
    return after


async def merge(
    db: Database, person: Person, escalation_id: int, into: int, *, key: str, now: datetime
) -> Escalation:
    """Let it go on as another case, with everybody who waits for it and everything that it waits for. Returns that one.

    Reopening it undoes this. Raises FormProblems, Denied or Stale.
    """
    action = Action.MERGE
    async with changing(db, person, escalation_id, action, key=key, now=now, beside=into) as change:
        other = await _mergeable(change, into)
        step = rules.merged(change.before, person, other.id, now=now)
        after = await change.make(step)
        took = rules.took_in(other, person, after, now=now)
        await record(change.tx, other, took)
        hung = await _hang(change, took.after)
        here = {change.before.owner_id, after.raised_by, *after.followers, person.id}
        there = telling.those(other.owner_id, other.raised_by, *other.followers) - here
        say = await news(change.tx, took.after, took.event, change.team, there)
        await tell(change, after, step.event, beside=[telling.card(took.after), *hung, *say])
    return took.after


async def move(
    db: Database,
    person: Person,
    escalation_id: int,
    team_id: str,
    why: str,
    *,
    key: str,
    now: datetime,
) -> Escalation:
    """To another team, whose policy and clocks begin. The card that stays behind says where it went.

    Raises FormProblems, Denied or Stale.
    """
    why = rules.clean(why)
    async with changing(db, person, escalation_id, Action.MOVE, key=key, now=now) as change:
        before = change.before
        problems = rules.problems_of_choice(team_id, before) | rules.wrong_words("why", why)
        if problems:
            raise FormProblems(problems)
        desk = await _desk(db, change, team_id)
        begins = climbing.first_step_at(desk.policies, desk.team, before.severity, now=now)
        step = rules.moved(before, person, desk.team, why, now=now, step_at=begins)
        after = await change.make(step)
        left = [telling.card(before)] if before.channel != after.channel else []
        t = await telling.reporters_text(change.tx, after, desk.team)
        message = told_links.moved(after, step.event, desk.on, t, desk.next_on)
        owner = telling.those(before.owner_id) - {person.id, after.raised_by}
        texts = await telling.texts(change.tx, owner, change.team)
        gone = [
            telling.to_person(after, one, told_links.moved_away(after, step.event, own))
            for one, own in texts.items()
        ]
        followers = after.followers - {person.id, after.raised_by, before.owner_id or ""}
        await outbox.say(
            change.tx,
            telling.card(after),
            *left,
            telling.to_reporter(after, message),
            *gone,
            *await news(change.tx, after, step.event, desk.team, followers),
            *await echoes(change.tx, person, before, after, now=now),
            now=now,
        )
    return after


async def _desk(db: Database, change: Change, team_id: str) -> Desk:
    """The other team, as it takes escalations. Raises FormProblems if nobody would see one."""
    desk = await desks_of(db).get(change.tx, team_id, now=change.now)
    if not desk.team.leads_channel:
        raise FormProblems({"team": await no_channel(change.tx)})
    return desk


async def _raise(change: Change, desk: Desk, asking: Asking) -> Escalation:
    """The other department's case, with its own number, clocks and policy."""
    tx, draft, now = change.tx, asking.draft, change.now
    number, _twin = await escalations.take_number(tx, desk.team.id, rules.ticket_key(draft.ticket))
    raised = rules.raised(
        change.person,
        desk.team,
        draft,
        number=number,
        now=now,
        step_at=climbing.first_step_at(desk.policies, desk.team, Severity(draft.severity), now=now),
        parent_id=change.before.id,
    )
    step = rules.asked(raised, change.before.owner_id or change.person.id, asking.question)
    await escalations.add(tx, step)
    await set_first_alarms(tx, step.after)
    return step.after


async def _mergeable(change: Change, into: int) -> Escalation:
    """The case that takes this one in, held. Raises FormProblems if it may not."""
    if not into:
        raise FormProblems({"into": Refused(NO_CASE_CHOSEN)})
    other = await escalations.lock(change.tx, into)
    if other is None or not may(change.person, Permission.ESCALATION_WORK, other):
        raise FormProblems({"into": Refused(NOT_YOURS_TO_MERGE, number=into)})
    above = [*await _above(change.tx, change.before), *await _above(change.tx, other)]
    if problems := rules.problems_of_merge(change.before, other, above):
        raise FormProblems(problems)
    return other


async def _above(tx: Tx, case: Escalation) -> list[int]:
    """Those that wait for it, and those that wait for them."""
    found: list[int] = []
    while case.parent_id:
        found.append(case.parent_id)
        above = await escalations.find(tx, case.parent_id)
        assert above is not None  # a case is never taken away
        case = above
    return found


async def _hang(change: Change, into: Escalation) -> list[Card]:
    """What other departments still owe to the merged case, they owe to the one as which it goes on. Their cards."""
    cards = []
    for child in await escalations.list_children(change.tx, change.before.id, lock=True):
        if child.is_unfinished:
            step = rules.hung_on(child, change.person, into, now=change.now)
            await record(change.tx, child, step)
            cards.append(telling.card(child))
    return cards
