"""What has to be said because of one line of a timeline, to whom: read off the product's promises, not off the services."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.rules import policies as policy_rules
from bot.rules.escalations import Event, EventKind
from bot.rules.policies import Policy, TargetKind
from bot.rules.severities import Severity
from storage.outbox import Priority
from tests.services.escalations.machine.floor import TEAMS, Floor

K = EventKind
MINUTE = timedelta(minutes=1)
LATE = 2 * MINUTE + timedelta(microseconds=1)

Kept = Mapping[str, Any]
"""A case as its timeline tells it, in JSON."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A message by its key, where it has to be, and words that have to be in it."""

    key: str
    channel: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline: the case before and after it, whether another line of the same moment came before it."""

    number: int
    event: Event
    before: Kept
    after: Kept
    previous: Event
    floor: Floor
    called_with_it: frozenset[str] = frozenset()
    """Who was called for the first time by what follows from this line in the same moment."""

    @property
    def key(self) -> str:
        return f"escalation:{self.number}:v{self.event.version}"

    @property
    def team_id(self) -> str:
        return str(self.after["team_id"])

    def to_reporter(self) -> Owed:
        return Owed(f"{self.key}:reporter", self.after["raised_by"])

    def to(self, *people: str | None, says: str = "") -> Iterator[Owed]:
        """Each of these, once, if they can still be told."""
        for one in sorted({one for one in people if one} - self.floor.left):
            yield Owed(f"{self.key}:to:{one}", one, says)

    def thread(self, priority: Priority = Priority.ESCALATION, says: str = "") -> Owed:
        return Owed(f"{self.key}:thread:{priority}", self.after["channel"], says)

    @property
    def owners(self) -> set[str | None]:
        return {self.before.get("owner_id"), self.after["owner_id"]}

    def time(self, name: str) -> datetime | None:
        """A time of the case as it was before."""
        return datetime.fromisoformat(self.before[name]) if self.before[name] else None

    def is_past(self, name: str, by: timedelta = timedelta()) -> bool:
        at = self.time(name)
        return at is not None and at + by <= self.event.at


Rule = Callable[[Line], Iterable[Owed]]


def owed(line: Line) -> list[Owed]:
    found = list(RULES[line.event.kind](line))
    assert len({one.key for one in found}) == len(found), "Two messages with one key: one is lost."
    return found


def _nothing(_line: Line) -> Iterable[Owed]:
    return ()


def _raised(line: Line) -> Iterable[Owed]:
    yield line.to_reporter()


def _own_word(line: Line) -> Iterable[Owed]:
    """The reporter reads a word of their own; owner and followers the news. Whoever did it knows it."""
    confirmed = line.event.kind in {K.WITHDRAWN, K.REOPENED, K.RESUBMITTED}
    reporter = line.after["raised_by"]
    if confirmed or line.event.by != reporter:
        yield line.to_reporter()
    concerned = {*line.owners, *line.after["followers"]} - {line.event.by, reporter}
    yield from line.to(*concerned)


def _own_word_and_thread(line: Line) -> Iterable[Owed]:
    yield from _own_word(line)
    yield line.thread()


def _news(line: Line) -> Iterable[Owed]:
    """Everybody whom the case concerns, but for who did it."""
    everybody = {*line.owners, *line.after["followers"], line.after["raised_by"]}
    yield from line.to(*(everybody - {line.event.by}))


def _escalated(line: Line) -> Iterable[Owed]:
    """Whoever is called in the same moment hears it that way; the owner keeps the case and hears why others are called."""
    everybody = {*line.owners, *line.after["followers"], line.after["raised_by"]}
    called = line.called_with_it - {line.before.get("owner_id") or ""}
    yield from line.to(*(everybody - {line.event.by} - called))


def _followed(line: Line) -> Iterable[Owed]:
    new = set(line.after["followers"]) - set(line.before["followers"])
    yield from line.to(*(new - {line.event.by}))


def _level_told(line: Line) -> Iterable[Owed]:
    """The team's own chain is called in the thread, others privately, and a channel where it is. What is late says so.

    An owner is not called to help themselves.
    """
    told = set(line.event.reason.partition(":")[2].split(",")) - {"", line.after["owner_id"]}
    policy = line.floor.policies.get(line.after["policy_id"])
    channels = _channels(policy, line.after["level"]) if policy else set()
    late = line.previous.at != line.event.at and line.is_past("step_at", LATE)
    says = "is late" if late else ""
    yield line.thread(says=says)
    yield from line.to(*(told - line.floor.chain(line.team_id)), *channels, says=says)


def _channels(policy: Policy, level: int) -> set[str]:
    targets = policy.levels[level].targets
    return {one.id for one in targets if one.kind is TargetKind.CHANNEL}


def _claim_warned(line: Line) -> Iterable[Owed]:
    if not line.is_past("claim_due_at"):
        yield line.thread()


def _claim_late(line: Line) -> Iterable[Owed]:
    """Only to those whom the policy names for it: by default its levels tell them."""
    if line.floor.named(_running(line).breached, line.team_id, line.event.at):
        late = line.is_past("claim_due_at", MINUTE)
        yield line.thread(Priority.BREACH, "ago" if late else "")


def _running(line: Line) -> Policy:
    known, team = line.floor.policies, TEAMS[line.team_id]
    running = known.get(line.before["policy_id"])
    if running and running.team_id == team.id and line.before["level"] is not None:
        return running
    return policy_rules.policy_for(known.values(), team, Severity(line.before["severity"]))


def _update_warned(line: Line) -> Iterable[Owed]:
    if not line.is_past("update_due_at"):
        yield from line.to(line.before["owner_id"])


def _update_late(line: Line) -> Iterable[Owed]:
    yield from line.to(line.before["owner_id"], says="Are you still on")
    yield line.thread(Priority.BREACH, "No word on")


def _fell(line: Line) -> Iterable[Owed]:
    yield line.thread(Priority.BREACH)
    yield from line.to(line.before["owner_id"], line.after["raised_by"], *line.after["followers"])


def _woke(line: Line) -> Iterable[Owed]:
    owner = line.after["owner_id"]
    yield from line.to(owner, line.after["raised_by"], *line.after["followers"])


def _to_owner(line: Line) -> Iterable[Owed]:
    yield from line.to(line.after["owner_id"])


def _reporter_reminded(line: Line) -> Iterable[Owed]:
    yield line.to_reporter()


def _promise_warned(line: Line) -> Iterable[Owed]:
    if not line.is_past("promise_by"):
        yield line.thread()


def _promise_late(line: Line) -> Iterable[Owed]:
    yield line.thread(Priority.BREACH, "ago" if line.is_past("promise_by", MINUTE) else "")


RULES: Mapping[EventKind, Rule] = {
    K.RAISED: _raised,
    **dict.fromkeys((K.CLAIMED, K.RETURNED, K.RESOLVED, K.WITHDRAWN), _own_word),
    **dict.fromkeys((K.REOPENED, K.RESUBMITTED), _own_word_and_thread),
    **dict.fromkeys(
        (
            *(K.WAITED, K.RESUMED, K.UPDATED, K.RELEASED, K.ASSIGNED, K.SEVERITY_CHANGED),
            K.DEESCALATED,
        ),
        _news,
    ),
    K.ESCALATED: _escalated,
    **dict.fromkeys(
        (K.KEPT, K.NOTED, K.RATED, K.CLOCK_STARTED, K.LEVEL_SKIPPED, K.LEVEL_PUT_OFF), _nothing
    ),
    K.FOLLOWED: _followed,
    K.LEVEL_TOLD: _level_told,
    K.CLAIM_WARNED: _claim_warned,
    K.CLAIM_LATE: _claim_late,
    K.UPDATE_WARNED: _update_warned,
    K.UPDATE_LATE: _update_late,
    K.FELL: _fell,
    K.WOKE: _woke,
    K.REMINDED: _to_owner,
    K.REPORTER_REMINDED: _reporter_reminded,
    K.PROMISE_WARNED: _promise_warned,
    K.PROMISE_LATE: _promise_late,
}
