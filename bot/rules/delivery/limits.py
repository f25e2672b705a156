"""How fast a workspace may be spoken to: a bucket of tokens per Web API method, what a minute holds, pauses that Slack asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.rules.delivery.minutes import NOTHING, Minute

URGENT = 2  # the last priority that may use the reserve
LONGEST_WAIT = timedelta(seconds=2)  # so that what is urgent and comes later need not wait for long
SHORTEST_WAIT = timedelta(milliseconds=10)
"""What is less than the clock can tell would be no wait at all, and asked for again at the same moment for ever."""
A_WHILE = timedelta(seconds=0.5)
"""What is not urgent waits at least so long, so that a few go together."""
LONG_PAUSE = timedelta(seconds=5)
"""What Slack asks for when far too much was said; less, when a call came a moment too early."""
MODEST_FOR = timedelta(hours=1)
LEAST = 100
"""A minute: whatever Slack refuses, it bears so many."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is let through. Methods with a bucket only get some 80 % of what Slack allows: tiers 3 and 4 are 50 and 100 a minute.

    Posts may be "several hundred" a minute: their bucket is quicker. `within_minute` is as many as any minute holds, bursts and all.
    `reserve` is the share of each bucket that only urgent things may use, `spare` that of each minute, or as many as were urgent
    in the last one. A method that is not named has no bucket, or no such minute.
    `batch` is how many calls one lane makes before what became of them is written down and it competes again, `lanes`
    how many are taken at once. Small numbers let what is urgent go ahead sooner, large ones cost less per message.
    """

    post_spacing: timedelta = timedelta(seconds=1)
    per_minute: Mapping[str, float] = field(
        default_factory=lambda: {
            "chat.postMessage": 420,
            "chat.update": 40,
            "views.publish": 80,
            "conversations.history": 40,
            "conversations.replies": 40,
            "files.completeUploadExternal": 80,
        }
    )
    within_minute: Mapping[str, int] = field(
        default_factory=lambda: {
            "chat.postMessage": 300,
            "chat.update": 50,
            "views.publish": 100,
            "conversations.history": 50,
            "conversations.replies": 50,
            "files.completeUploadExternal": 100,
        }
    )
    burst_seconds: float = 20
    reserve: float = 0.3
    spare: float = 0.04
    batch: int = 4
    lanes: int = 16

    def capacity(self, method: str) -> float:
        return max(1.0, self.per_minute[method] / 60 * self.burst_seconds)


NO_LIMITS = Limits(post_spacing=timedelta(0), per_minute={}, within_minute={}, batch=50, lanes=64)


@dataclass(frozen=True, slots=True)
class Gate:
    """What is remembered of one method: a pause that Slack asked for, the tokens left at `refilled_at`, the last minute's calls.

    Before `full_until` only what is urgent may go, before `shut_until` nothing. `most` is how many a minute Slack bore, where that is less than we thought; it
    was learned at `learned_at`.
    """

    method: str
    scope: str = ""
    paused_until: datetime | None = None
    tokens: float | None = None
    refilled_at: datetime | None = None
    minute: Minute = NOTHING
    most: int | None = None
    learned_at: datetime | None = None
    full_until: datetime | None = None
    shut_until: datetime | None = None


class Gates:
    """Asked before each call. Takes tokens, and remembers which gates it changed."""

    def __init__(self, gates: Iterable[Gate], limits: Limits, now: datetime) -> None:
        self._gates = {(gate.method, gate.scope): gate for gate in gates}
        self._limits = limits
        self._now = now
        self.changed: dict[tuple[str, str], Gate] = {}

    def closed_until(self) -> datetime | None:
        """Until when the whole workspace is closed to us, if it is."""
        return self._pause("", "")

    def close(self, method: str, scope: str, until: datetime) -> None:
        gate = self._get(method, scope)
        self._set(replace(gate, paused_until=max(until, gate.paused_until or until)))

    def close_after_429(self, method: str, lane: str, until: datetime) -> None:
        """The lane waits; when another lane was refused within ten seconds, the method waits in all of them."""
        others = any(
            gate.paused_until
            and gate.refilled_at
            and self._now - gate.refilled_at <= timedelta(seconds=10)
            for (known, scope), gate in self._gates.items()
            if known == method and scope not in {"", lane}
        )
        self._set(Gate(method, lane, paused_until=until, refilled_at=self._now))
        if others:
            if until - self._now > LONG_PAUSE and self._pause(method, "") is None:
                self._learn(method)
            self.close(method, "", until)

    def full(self, *, urgent: bool) -> frozenset[str]:
        """The methods by which nothing goes at present; or nothing that is not urgent."""
        return frozenset(self._closings(urgent=urgent))

    def opens_at(self) -> datetime | None:
        """When the first of them lets something through again."""
        closings = (self._closings(urgent=urgent).values() for urgent in (True, False))
        return min((until for some in closings for until in some), default=None)

    def _closings(self, *, urgent: bool) -> dict[str, datetime]:
        found = {}
        for (method, scope), gate in self._gates.items():
            moments = (gate.paused_until, gate.shut_until, None if urgent else gate.full_until)
            until = max((one for one in moments if one), default=None)
            if method and not scope and until and until > self._now:
                found[method] = until
        return found

    def ask(self, method: str, lane: str, *, urgent: bool) -> datetime | None:
        """None: go ahead, a token is taken. Otherwise when to ask again, which is soon."""
        pause = self._pause(method, "") or self._pause(method, lane)
        if pause is not None:
            return min(pause, self._now + LONGEST_WAIT)
        if method not in self._limits.per_minute:
            return None
        until = self._take(self._get(method, ""), urgent=urgent)
        if until is None:
            return None
        until = max(until, self._now + (SHORTEST_WAIT if urgent else A_WHILE))
        gate = self._get(method, "")
        self._set(replace(gate, shut_until=until) if urgent else replace(gate, full_until=until))
        return until

    def _take(self, gate: Gate, *, urgent: bool) -> datetime | None:
        """A token, or when there may be one."""
        method, minute = gate.method, gate.minute.passed(self._now)
        if room := self._room(gate, minute, urgent=urgent):
            return min(room, self._now + LONGEST_WAIT)
        per_second = self._limits.per_minute[method] / 60
        capacity = self._limits.capacity(method)
        idle = (self._now - (gate.refilled_at or self._now)).total_seconds()
        full = capacity if gate.tokens is None else gate.tokens
        tokens = min(capacity, full + max(idle, 0.0) * per_second)
        needed = 1 + (0 if urgent else self._limits.reserve * capacity)
        if tokens < needed:
            return self._now + min(timedelta(seconds=(needed - tokens) / per_second), LONGEST_WAIT)
        if method in self._limits.within_minute:
            minute = minute.with_one(self._now, urgent=urgent)
        self._set(replace(gate, tokens=tokens - 1, refilled_at=self._now, minute=minute))
        return None

    def _room(self, gate: Gate, minute: Minute, *, urgent: bool) -> datetime | None:
        """When the minute has room again, if it has none."""
        if gate.method not in self._limits.within_minute:
            return None
        most = self._limits.within_minute[gate.method]
        if gate.most and gate.learned_at and self._now - gate.learned_at < MODEST_FOR:
            most = min(most, gate.most)
        spare = 0 if urgent else max(round(self._limits.spare * most), minute.urgent)
        return minute.room_at(max(most - spare, 1))

    def _learn(self, method: str) -> None:
        """Slack bears less than we thought: for a while it is four fifths of what was said in this minute."""
        gate = self._get(method, "")
        said = gate.minute.passed(self._now).calls
        if method in self._limits.within_minute:
            self._set(replace(gate, most=max(said * 4 // 5, LEAST), learned_at=self._now))

    def _pause(self, method: str, scope: str) -> datetime | None:
        until = self._get(method, scope).paused_until
        return until if until and until > self._now else None

    def _get(self, method: str, scope: str) -> Gate:
        return self._gates.get((method, scope), Gate(method, scope))

    def _set(self, gate: Gate) -> None:
        self._gates[gate.method, gate.scope] = self.changed[gate.method, gate.scope] = gate
