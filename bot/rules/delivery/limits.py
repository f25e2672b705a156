"""How fast a workspace may be spoken to: a bucket of tokens per Web API method, pauses that Slack asked for, a reserve."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

URGENT = 2  # the last priority that may use the reserve
LONGEST_WAIT = timedelta(seconds=2)  # so that what is urgent and comes later need not wait for long


@dataclass(frozen=True, slots=True)
class Limits:
    """Some 80 % of what Slack allows: tiers 3 and 4 are 50 and 100 a minute, posts are "several hundred".

    `reserve` is the share of each bucket that only urgent things may use. A method that is not named has no bucket.
    `batch` is how many calls one lane makes before what became of them is written down and it competes again, `lanes`
    how many are taken at once. Small numbers let what is urgent go ahead sooner, large ones cost less per message.
    """

    post_spacing: timedelta = timedelta(seconds=1)
    per_minute: Mapping[str, float] = field(
        default_factory=lambda: {
            "chat.postMessage": 240,
            "chat.update": 40,
            "views.publish": 80,
            "conversations.history": 40,
            "conversations.replies": 40,
            "files.completeUploadExternal": 80,
        }
    )
    burst_seconds: float = 20
    reserve: float = 0.3
    batch: int = 4
    lanes: int = 16

    def capacity(self, method: str) -> float:
        return max(1.0, self.per_minute[method] / 60 * self.burst_seconds)


NO_LIMITS = Limits(post_spacing=timedelta(0), per_minute={}, batch=50, lanes=64)


@dataclass(frozen=True, slots=True)
class Gate:
    """What is remembered of one method: a pause that Slack asked for, and the tokens left at `refilled_at`."""

    method: str
    scope: str = ""
    paused_until: datetime | None = None
    tokens: float | None = None
    refilled_at: datetime | None = None


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
            self.close(method, "", until)

    def ask(self, method: str, lane: str, *, urgent: bool) -> datetime | None:
        """None: go ahead, a token is taken. Otherwise when to ask again, which is soon."""
        pause = self._pause(method, "") or self._pause(method, lane)
        if pause is not None:
            return min(pause, self._now + LONGEST_WAIT)
        if method not in self._limits.per_minute:
            return None
        gate = self._get(method, "")
        per_second = self._limits.per_minute[method] / 60
        capacity = self._limits.capacity(method)
        idle = (self._now - (gate.refilled_at or self._now)).total_seconds()
        full = capacity if gate.tokens is None else gate.tokens
        tokens = min(capacity, full + max(idle, 0.0) * per_second)
        needed = 1 + (0 if urgent else self._limits.reserve * capacity)
        if tokens < needed:
            return self._now + min(timedelta(seconds=(needed - tokens) / per_second), LONGEST_WAIT)
        self._set(replace(gate, tokens=tokens - 1, refilled_at=self._now))
        return None

    def _pause(self, method: str, scope: str) -> datetime | None:
        until = self._get(method, scope).paused_until
        return until if until and until > self._now else None

    def _get(self, method: str, scope: str) -> Gate:
        return self._gates.get((method, scope), Gate(method, scope))

    def _set(self, gate: Gate) -> None:
        self._gates[gate.method, gate.scope] = self.changed[gate.method, gate.scope] = gate
