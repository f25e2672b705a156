"""What the alarms of a case do: warn, say that it is late, ask the owner, let a claim fall, wake, remind."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime

from bot.people import system
from bot.permissions import ONLY_THE_CLOCK, Permission, check_may
from bot.rules import escalations as rules
from bot.rules.escalations import Alarm, Escalation, Step
from bot.services.escalations import climbing, telling
from bot.services.escalations.ringing import Ringing
from bot.services.escalations.writing import news
from bot.services.holidays import load_holidays
from bot.services.ticking import Busy
from bot.views.escalations import alarms as told
from storage import escalations, teams
from storage.database import Tx
from storage.outbox import Note, Priority
from storage.timers import Timer

Ring = Callable[[Ringing], Awaitable[None]]


async def _start(ringing: Ringing) -> None:
    """The team has opened: the card no longer says that it is closed, and the timeline keeps when the clock began."""
    await ringing.make(rules.clock_started(ringing.case, ringing.clock, now=ringing.now))


async def _warn(ringing: Ringing) -> None:
    """Time to claim runs out. Nothing is said once it is over."""
    case, now = ringing.case, ringing.now
    step = rules.claim_warned(case, ringing.clock, now=now)
    if now >= case.claim_due_at:
        await ringing.make(step)
        return
    people = await climbing.warned(ringing.tx, ringing.team, case, now=now)
    left = rules.minutes_until(ringing.team, case.severity, case.claim_due_at, now=now)
    text = told.warning(case, people, left, telling.team_text(ringing.team))
    await ringing.make(step, telling.in_thread(step.after, text))


async def _breach(ringing: Ringing) -> None:
    """Nobody has it yet."""
    step = rules.found_late(ringing.case, ringing.clock, now=ringing.now)
    people = await climbing.breached(ringing.tx, ringing.team, ringing.case, now=ringing.now)
    if not people:  # the policy tells them by its levels
        await ringing.make(step)
        return
    text = told.breach(step.after, people, ringing.now, telling.team_text(ringing.team))
    await ringing.make(step, telling.in_thread(step.after, text, Priority.BREACH))


async def _warn_owner(ringing: Ringing) -> None:
    """The next word is due soon. Nothing is said once it is overdue: the question follows at once."""
    step = rules.update_warned(ringing.case, ringing.clock, now=ringing.now)
    overdue = ringing.case.update_due_at and ringing.now >= ringing.case.update_due_at
    await ringing.make(step, *([] if overdue else await _to_owner(ringing, step, told.word_is_due)))


async def _ask_owner(ringing: Ringing) -> None:
    """No word in time: the owner is asked, and those whom the policy names hear of it."""
    step = rules.update_late(ringing.case, ringing.clock, ringing.team, now=ringing.now)
    people = await climbing.breached(ringing.tx, ringing.team, ringing.case, now=ringing.now)
    others = [one for one in people if one != ringing.case.owner_id]
    text = told.no_word(step.after, others, telling.team_text(ringing.team))
    note = telling.in_thread(step.after, text, Priority.BREACH)
    await ringing.make(step, *await _to_owner(ringing, step, told.still_on_it), note)


async def _fall(ringing: Ringing) -> None:
    """No answer either. The owner, the reporter and whoever follows are told; the policy tells the leads."""
    case, team = ringing.case, ringing.team
    begins = await climbing.begins_at(ringing.tx, team, case.severity, now=ringing.now)
    step = rules.fell(case, ringing.clock, team, now=ringing.now, step_at=begins)
    people = await climbing.breached(ringing.tx, team, case, now=ringing.now)
    text = told.fallen(step.after, case.owner_id or "", people, telling.team_text(team))
    note = telling.in_thread(step.after, text, Priority.BREACH)
    await ringing.make(step, note, *await _to_all(ringing, step))


async def _wake(ringing: Ringing) -> None:
    """The time of a wait is over: the owner is called back."""
    step = rules.woke(ringing.case, ringing.clock, ringing.team, now=ringing.now)
    await ringing.make(
        step, *await _to_owner(ringing, step, told.woken), *await _to_others(ringing, step)
    )


async def _remind(ringing: Ringing) -> None:
    step = rules.reminded(ringing.case, ringing.clock, now=ringing.now)
    await ringing.make(step, *await _to_owner(ringing, step, told.reminded))


async def _remind_reporter(ringing: Ringing) -> None:
    """A returned case is still with its reporter."""
    step = rules.reporter_reminded(ringing.case, ringing.clock, ringing.team, now=ringing.now)
    t = await telling.reporters_text(ringing.tx, ringing.case, ringing.team)
    note = telling.to_reporter(step.after, told.still_with_you(step.after, t))
    await ringing.make(step, note)


async def _warn_of_promise(ringing: Ringing) -> None:
    """The customer expects an answer soon. Nothing is said once that time is over: the breach follows at once."""
    step = rules.promise_warned(ringing.case, ringing.clock, now=ringing.now)
    promise = ringing.case.draft.promise_by
    if promise is None or ringing.now >= promise:
        await ringing.make(step)
        return
    people = await _responsible(ringing, climbing.warned)
    text = told.promise_is_due(step.after, people, telling.team_text(ringing.team))
    await ringing.make(step, telling.in_thread(step.after, text))


async def _break_promise(ringing: Ringing) -> None:
    """The promised time is over and the case is not resolved."""
    step = rules.promise_late(ringing.case, ringing.clock, now=ringing.now)
    people = await _responsible(ringing, climbing.breached)
    text = told.promise_late(step.after, people, ringing.now, telling.team_text(ringing.team))
    await ringing.make(step, telling.in_thread(step.after, text, Priority.BREACH))


RINGS: dict[Alarm, Ring] = {
    Alarm.CLAIM_START: _start,
    Alarm.CLAIM_WARNING: _warn,
    Alarm.CLAIM_BREACH: _breach,
    Alarm.POLICY_STEP: climbing.step,
    Alarm.UPDATE_WARNING: _warn_owner,
    Alarm.UPDATE_BREACH: _ask_owner,
    Alarm.CLAIM_FALL: _fall,
    Alarm.WAKE_UP: _wake,
    Alarm.REMINDER: _remind,
    Alarm.REPORTER_REMINDER: _remind_reporter,
    Alarm.PROMISE_WARNING: _warn_of_promise,
    Alarm.PROMISE_BREACH: _break_promise,
}


async def ring(tx: Tx, timer: Timer, now: datetime) -> None:
    """An alarm goes off, if the case still wants it: it may have moved on while the timer was on its way."""
    case = await _held(tx, int(timer.subject))
    if case is None or not rules.is_due(case, timer.kind, timer.due_at, now):
        return
    clock = system(tx.workspace_id)
    check_may(clock, Permission.CLOCK_RUN, case, ONLY_THE_CLOCK)
    team = await teams.get(tx, case.team_id)
    await load_holidays(team)
    await RINGS[Alarm(timer.kind)](Ringing(tx, case, team, clock, timer.due_at, now))


async def _held(tx: Tx, number: int) -> Escalation | None:
    """The case, held until the end of this transaction; None if there is none. Raises Busy while somebody changes it."""
    case = await escalations.lock(tx, number, waits=False)
    if case is None and await escalations.find(tx, number):
        raise Busy
    return case


async def _responsible(
    ringing: Ringing, named: Callable[..., Awaitable[Sequence[str]]]
) -> Sequence[str]:
    """Whom a promise concerns: the owner, and those whom the policy names."""
    owner = [ringing.case.owner_id] if ringing.case.owner_id else []
    people = await named(ringing.tx, ringing.team, ringing.case, now=ringing.now)
    return list(dict.fromkeys([*owner, *people]))


async def _to_owner(ringing: Ringing, step: Step, message: telling.Write) -> list[Note]:
    owner = ringing.case.owner_id or ""
    texts = await telling.texts(ringing.tx, [owner], ringing.team)
    return [telling.to_person(step.after, one, message(step.after, t)) for one, t in texts.items()]


async def _to_all(ringing: Ringing, step: Step) -> list[Note]:
    """The owner that it had, its reporter and its followers."""
    owner = {ringing.case.owner_id} - {None}
    return [*await _to_others(ringing, step), *await _news(ringing, step, owner)]


async def _to_others(ringing: Ringing, step: Step) -> list[Note]:
    case = ringing.case
    return await _news(ringing, step, {case.raised_by, *case.followers} - {case.owner_id})


async def _news(ringing: Ringing, step: Step, person_ids: Iterable[str | None]) -> list[Note]:
    found = {one for one in person_ids if one}
    return await news(ringing.tx, step.after, step.event, ringing.team, found)
