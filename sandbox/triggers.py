"""Trigger ids: each opens one view, once, within three seconds of the act that gave it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.clock import Clock

LIVES = timedelta(seconds=3)
KEPT = timedelta(minutes=1)


class TriggerRefused(Exception):
    """`expired_trigger_id`, `exchanged_trigger_id` or `invalid_trigger_id`."""


@dataclass
class Trigger:
    person: str
    at: datetime
    # Where the person was, for selects that start with the current conversation.
    channel: str = ""
    used: bool = False


@dataclass
class Triggers:
    clock: Clock
    issued: dict[str, Trigger] = field(default_factory=dict)

    def issue(self, person: str, channel: str = "") -> str:
        now = self.clock.now()
        self._forget(now)
        trigger_id = f"{int(now.timestamp())}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.issued[trigger_id] = Trigger(person, now, channel)
        return trigger_id

    def use(self, trigger_id: str) -> Trigger:
        trigger = self.issued.get(trigger_id)
        if trigger is None:
            raise TriggerRefused("invalid_trigger_id")
        if trigger.used:
            raise TriggerRefused("exchanged_trigger_id")
        if self.clock.now() - trigger.at > LIVES:
            raise TriggerRefused("expired_trigger_id")
        trigger.used = True
        return trigger

    def _forget(self, now: datetime) -> None:
        while self.issued:
            oldest = next(iter(self.issued))
            if now - self.issued[oldest].at <= KEPT:
                return
            del self.issued[oldest]
