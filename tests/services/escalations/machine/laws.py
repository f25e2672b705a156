"""What has to be true of every case at every moment, whoever did what."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.people import SYSTEM_ID, Person, Role
from bot.permissions import Permission, may
from bot.rules import escalations as rules
from bot.rules.escalations import Alarm, Escalation, Event, EventKind, State
from tests.services.escalations.machine.floor import Floor
from tests.services.escalations.machine.looks import Alarms, Look
from tests.services.escalations.machine.owed import Kept, Line, owed

SEES_ALL = (Role.LEAD, Role.MANAGER, Role.OBSERVER)
RANG: Mapping[EventKind, Alarm] = {
    EventKind.CLOCK_STARTED: Alarm.CLAIM_START,
    EventKind.CLAIM_WARNED: Alarm.CLAIM_WARNING,
    EventKind.CLAIM_LATE: Alarm.CLAIM_BREACH,
    EventKind.LEVEL_TOLD: Alarm.POLICY_STEP,
    EventKind.UPDATE_WARNED: Alarm.UPDATE_WARNING,
    EventKind.UPDATE_LATE: Alarm.UPDATE_BREACH,
    EventKind.FELL: Alarm.CLAIM_FALL,
    EventKind.WOKE: Alarm.WAKE_UP,
    EventKind.REMINDED: Alarm.REMINDER,
    EventKind.REPORTER_REMINDED: Alarm.REPORTER_REMINDER,
    EventKind.PROMISE_WARNED: Alarm.PROMISE_WARNING,
    EventKind.PROMISE_LATE: Alarm.PROMISE_BREACH,
}


def is_in_chain(person: Person, case: Escalation) -> bool:
    """Who may know of a case: written out here once more, so that no slip of the table goes unseen."""
    near = {case.raised_by, case.owner_id, *case.called, *case.followers}
    return person.id in near or person.is_admin or person.has_role(case.team_id, *SEES_ALL)


def check_sight(case: Escalation, people: Iterable[Person]) -> None:
    """Nobody outside the chain may see it, and everybody in it may."""
    for person in people:
        assert may(person, Permission.ESCALATION_SEE, case) is is_in_chain(person, case)
        stranger = replace(person, workspace_id="T0ELSEWHERE")
        assert not may(stranger, Permission.ESCALATION_SEE, case)


def check_case(case: Escalation) -> None:
    """Exactly one owner or a running policy, and something that will happen by itself."""
    assert (case.owner_id is not None) is (case.state in {State.CLAIMED, State.WAITING})
    assert (case.step_at is not None) is (case.state is State.OPEN)
    alarms = rules.alarms(case)
    if case.is_unfinished:
        assert alarms, "Nothing will ever happen to it."
    else:
        assert not alarms
        assert case.closed_by
    if case.state is State.OPEN:
        assert Alarm.POLICY_STEP in alarms
    if case.state is State.CLAIMED:
        assert {Alarm.UPDATE_BREACH, Alarm.CLAIM_FALL} & set(alarms)
    if case.state is State.WAITING:
        assert case.waiting_why
        assert Alarm.WAKE_UP in alarms


def check_alarms(look: Look) -> None:
    """The timers are the alarms of the cases: none too many, none missing, none at another time."""
    wanted = {
        (case.id, str(alarm)): at
        for case in look.cases.values()
        for alarm, at in rules.alarms(case).items()
    }
    assert dict(look.alarms) == wanted
    assert not look.failed


def check_timeline(case: Escalation, events: Sequence[Event], beginning: Kept) -> None:
    """It has every version once, each begins where the last one ended, and all together are the case."""
    assert [one.version for one in events] == list(range(1, case.version + 1))
    states = [one.new for one in events]
    assert [one.old for one in events] == [None, *states[:-1]]
    assert states[-1] is case.state
    assert sorted(one.at for one in events) == [one.at for one in events]
    assert rules.replayed(beginning, events) == rules.as_kept(case)


def check_said(look: Look, lines: Sequence[Line], heard: set[str]) -> None:
    """Every message that was said was owed, and every one that was owed is said: once, in its place."""
    wanted = {one.key: one for line in lines for one in owed(line)}
    said = {one.key: one for one in look.notes}
    assert len(said) == len(look.notes)
    assert not heard & set(said), "It was said before."
    assert {key: one.channel for key, one in said.items()} == {
        key: one.channel for key, one in wanted.items()
    }
    for key, one in wanted.items():
        assert one.says in said[key].words
    for line in lines:
        card = str(line.number), str(look.cases[line.number].channel)
        assert card in look.cards, "Its card shows what is over."


def lines_of(look: Look, kept: Mapping[int, tuple[int, Kept]], floor: Floor) -> Iterator[Line]:
    """What happened to each case since it was as `kept`, with the case before and after each line."""
    for number, events in look.timelines.items():
        seen, state = kept.get(number, (0, {}))
        for at, (previous, event) in enumerate(zip([events[0], *events], events, strict=False)):
            if event.version <= seen:
                continue
            called = _called_with(event, events[at + 1 :])
            before = state
            state = rules.replayed(before or beginning_of(look.cases[number], events), [event])
            yield Line(number, event, before or state, state, previous, floor, called)


def _called_with(event: Event, later: Sequence[Event]) -> frozenset[str]:
    """Who is called for the first time by the lines that follow in the same moment."""
    told = [one.changes.get("called", ((), ())) for one in later if one.at == event.at]
    return frozenset(one for old, new in told for one in set(new) - set(old))


def beginning_of(case: Escalation, events: Sequence[Event]) -> Kept:
    """A case that is seen for the first time has just been raised."""
    assert len(events) == 1
    assert events[0].kind is EventKind.RAISED
    return rules.as_kept(case)


def check_once_and_in_order(before: Alarms, lines: Sequence[Line], floor: Floor) -> None:
    """After hours without a tick each clock that was due has acted once, the one that was due first before the others."""
    levels = [level for one in floor.policies.values() for level in one.levels]
    alone = all(level.minutes for level in levels)
    numbers = {line.number for line in lines}
    for number in numbers:
        rang = [
            RANG[line.event.kind]
            for line in lines
            if line.number == number and line.event.by == SYSTEM_ID and line.event.kind in RANG
        ]
        counted = Counter(rang)
        if not alone:  # a level may follow another at once
            counted.pop(Alarm.POLICY_STEP, None)
        assert all(times == 1 for times in counted.values()), counted
        known = {
            alarm: (before[number, alarm], alarm) for alarm in rang if (number, alarm) in before
        }
        order = [known[alarm] for alarm in dict.fromkeys(rang) if alarm in known]
        assert order == sorted(order), order
