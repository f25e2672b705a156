"""The policy of a case that nobody owns: one level after another is told, until somebody claims it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import FormProblems, Stale
from bot.people import Person, Role, system
from bot.rules import escalations as rules
from bot.rules import policies as policy_rules
from bot.rules.calendars import Calendar
from bot.rules.escalations import Action, Escalation, Rung, Step
from bot.rules.policies import Due, Outside, Policy, Reached, Run, Target
from bot.rules.severities import Severity
from bot.rules.teams import Team
from bot.services.escalations import telling
from bot.services.escalations.ringing import Ringing
from bot.services.escalations.writing import changing, record, tell, to_tell
from bot.services.policies import reaching
from bot.text import _
from bot.views.escalations import alarms as told
from storage import outbox, policies
from storage.database import Database, Tx
from storage.outbox import Card, Note

AT_THE_FIRST = _("#{number} is at its first level already, so there is nothing below it.")

LATE = timedelta(minutes=2)
"""A level that is told so much after its time says so."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The policies of a team as they are now, and the calendar by which this case is counted."""

    known: Sequence[Policy]
    calendar: Calendar
    base: Policy

    def of(self, case: Escalation) -> Policy:
        """The one that runs for this case; the one that would run if it was taken out."""
        found = [one for one in self.known if one.id == case.policy_id and case.level is not None]
        return next(iter(found), self.base)

    def next_due(self, case: Escalation, now: datetime) -> Due:
        """The level that is to be told next. After the last one it is told again."""
        policy = self.of(case)
        if case.level is None or policy.id != case.policy_id:
            run = policy_rules.first(policy)
        else:
            last = Run(min(case.level, len(policy.levels) - 1), case.round)
            run = policy_rules.after(policy, last) or last
        return policy_rules.settle(policy, run, self.known, self.calendar, now)


async def begins_at(tx: Tx, team: Team, severity: str, *, now: datetime) -> datetime:
    """When the policy's first level is told."""
    known = await policies.list_of_team(tx, team.id)
    return first_step_at(known, team, Severity(severity), now=now)


def first_step_at(
    known: Sequence[Policy], team: Team, severity: Severity, *, now: datetime
) -> datetime:
    """The same for policies that are known."""
    base = policy_rules.policy_for(known, team, severity)
    calendar = rules.calendar_of(team, severity)
    return policy_rules.settle(base, policy_rules.first(base), known, calendar, now).at


async def step(ringing: Ringing) -> None:
    """The time of a level has come."""
    case, say = await climb(
        ringing.tx, ringing.case, ringing.team, ringing.clock, now=ringing.now, since=ringing.due_at
    )
    await outbox.say(ringing.tx, telling.card(case), *say, now=ringing.now)


async def climb(
    tx: Tx,
    case: Escalation,
    team: Team,
    by: Person,
    *,
    now: datetime,
    since: datetime,
    why: str = "",
) -> tuple[Escalation, list[Card | Note]]:
    """Tell the next level, which was due `since`, and those that follow at once; who reaches nobody is skipped.

    Returns the case after it and what there is to say. With a `why` somebody asked for it by hand: then nothing waits until
    the team opens.
    """
    ladder = await _ladder(tx, case, team)
    due: Due | None = ladder.next_due(case, now)
    if due is not None and why:
        due = replace(due, at=now)
    say: list[Card | Note] = []
    while due is not None and due.at <= now:
        reached = await reaching.reach(
            tx, due.policy, due.policy.levels[due.run.level], case, team, now=now
        )
        following = _following(due, ladder, reached, by_hand=bool(why))
        rung = _rung(due, _then(case, team, following, reached, now))
        if reached.is_nobody:
            case = await _recorded(tx, case, rules.level_skipped(case, by, rung, now=now))
        else:
            told_step = rules.level_told(case, by, reached.people, rung, now=now)
            case = await _recorded(tx, case, told_step)
            say += await _calls(tx, case, team, reached, now=now, since=since, why=why)
        due = following
    if not why and due and due.at > now and not say and case.step_at != due.at:
        rung = Rung(case.level, case.round, due.at, case.policy_id)
        case = await _recorded(tx, case, rules.level_put_off(case, by, rung, now=now))
    return case, say


async def escalate_further(
    db: Database, person: Person, escalation_id: int, why: str, *, key: str, now: datetime
) -> Escalation:
    """Tell the next level at once. With an owner, the owner keeps it. Raises FormProblems, Denied or Stale."""
    why = rules.clean(why)
    if problems := rules.wrong_words("why", why):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.ESCALATE, key=key, now=now) as change:
        before = change.before
        rung = Rung(before.level, before.round, now, before.policy_id)
        step = rules.stepped(before, person, Action.ESCALATE, rung, why, now=now)
        case = await change.make(step)
        clock = system(person.workspace_id)
        after, say = await climb(change.tx, case, change.team, clock, now=now, since=now, why=why)
        called = telling.those(*(after.called - before.called - {before.owner_id}))
        first = await to_tell(change, case, step.event, but=called)
        await outbox.say(change.tx, *first, *say, now=now)
    return after


async def take_down(
    db: Database, person: Person, escalation_id: int, why: str, *, key: str, now: datetime
) -> Escalation:
    """One level back: the level above is told later, if at all. Raises FormProblems, Denied or Stale."""
    why = rules.clean(why)
    if problems := rules.wrong_words("why", why):
        raise FormProblems(problems)
    async with changing(db, person, escalation_id, Action.DEESCALATE, key=key, now=now) as change:
        before = change.before
        if not before.level:
            raise Stale(AT_THE_FIRST, number=before.id)
        ladder = await _ladder(change.tx, before, change.team)
        policy = ladder.of(before)
        run = Run(min(before.level, len(policy.levels)) - 1, before.round)
        step_at = policy_rules.next_at(policy, run, ladder.calendar, fired_at=now)
        rung = Rung(run.level, run.round, step_at, before.policy_id)
        step = rules.stepped(before, person, Action.DEESCALATE, rung, why, now=now)
        case = await change.make(step)
        await tell(change, case, step.event)
    return case


async def warned(tx: Tx, team: Team, case: Escalation, *, now: datetime) -> Sequence[str]:
    """Who hears that a time is running out."""
    policy = (await _ladder(tx, case, team)).of(case)
    return await _named(tx, policy, policy.warned, case, team, now)


async def breached(tx: Tx, team: Team, case: Escalation, *, now: datetime) -> Sequence[str]:
    """Who hears that a time is over."""
    policy = (await _ladder(tx, case, team)).of(case)
    return await _named(tx, policy, policy.breached, case, team, now)


async def _named(
    tx: Tx,
    policy: Policy,
    targets: Sequence[Target],
    case: Escalation,
    team: Team,
    now: datetime,
) -> Sequence[str]:
    """Those of the team's chain whom the policy names: the card's thread, where it is said, is theirs alone."""
    reached = await reaching.reach(tx, policy, targets, case, team, now=now)
    chain = {*await telling.ids_of(tx, team.id, Role.LEAD, Role.MANAGER), case.owner_id}
    return [one for one in reached.people if one in chain]


async def _ladder(tx: Tx, case: Escalation, team: Team) -> Ladder:
    known = await policies.list_of_team(tx, team.id)
    base = policy_rules.policy_for(known, team, case.severity)
    return Ladder(known, rules.calendar_of(team, case.severity), base)


async def _recorded(tx: Tx, case: Escalation, step: Step) -> Escalation:
    after = await record(tx, case, step)
    assert after is not None  # the case is held by this transaction
    return after


def _following(due: Due, ladder: Ladder, reached: Reached, *, by_hand: bool) -> Due | None:
    """The level after this one. Who asks for it by hand waits for nobody to open: the next who can be reached is told."""
    if not (by_hand and reached.is_nobody):
        return policy_rules.onward(due, ladder.calendar, reached=not reached.is_nobody)
    awake = replace(due, policy=replace(due.policy, outside=Outside.ANYWAY))
    found = policy_rules.onward(awake, ladder.calendar, reached=False)
    return found and replace(found, policy=due.policy)


def _rung(due: Due, step_at: datetime) -> Rung:
    return Rung(due.run.level, due.run.round, step_at, due.policy.id)


def _then(
    case: Escalation, team: Team, following: Due | None, reached: Reached, now: datetime
) -> datetime:
    """When to look again. It never ends: at the end of the policy the last level is told once a day."""
    if following is not None:
        return following.at
    again = rules.try_again_at if reached.is_nobody else rules.a_day_later
    return again(team, case.severity, start=now)


async def _calls(
    tx: Tx,
    case: Escalation,
    team: Team,
    reached: Reached,
    *,
    now: datetime,
    since: datetime,
    why: str,
) -> list[Card | Note]:
    """The team's own chain is called in the card's thread; others privately or in their channel, with what they need."""
    missed = since if since + LATE < now else None
    t = telling.team_text(team)
    chain = set(await telling.ids_of(tx, team.id, Role.LEAD, Role.MANAGER))
    others = [one for one in reached.people if one != case.owner_id]
    inside = [one for one in others if one in chain]
    text = told.level(case, inside, now, t, why=why, missed=missed)
    texts = await telling.texts(tx, set(others) - chain, team)
    return [
        telling.in_thread(case, text),
        *[
            telling.to_person(case, one, told.called(case, own, why=why, missed=missed))
            for one, own in sorted(texts.items())
        ],
        *[
            telling.to_person(case, one, told.called(case, t, why=why, missed=missed))
            for one in reached.channels
        ],
    ]
