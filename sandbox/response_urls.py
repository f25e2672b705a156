"""Response urls: five answers within thirty minutes to whoever acted, without a token."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.clock import Clock

LIVES = timedelta(minutes=30)
USES = 5


class UrlRefused(Exception):
    """`expired_url` or `used_url`."""


@dataclass
class ResponseUrl:
    person: str
    channel: str
    at: datetime
    # The message acted upon; empty after a command or a submission.
    ts: str = ""
    is_ephemeral: bool = False
    thread_ts: str = ""
    left: int = USES


@dataclass
class ResponseUrls:
    clock: Clock
    base_url: str = ""
    issued: dict[str, ResponseUrl] = field(default_factory=dict)

    def issue(
        self,
        person: str,
        channel: str,
        ts: str = "",
        *,
        ephemeral: bool = False,
        thread_ts: str = "",
    ) -> str:
        now = self.clock.now()
        self._forget(now)
        key = secrets.token_hex(16)
        self.issued[key] = ResponseUrl(person, channel, now, ts, ephemeral, thread_ts)
        return f"{self.base_url}/response/{key}"

    def use(self, key: str) -> ResponseUrl:
        url = self.issued.get(key)
        if url is None or self.clock.now() - url.at > LIVES:
            raise UrlRefused("expired_url")
        if url.left == 0:
            raise UrlRefused("used_url")
        url.left -= 1
        return url

    def _forget(self, now: datetime) -> None:
        while self.issued:
            oldest = next(iter(self.issued))
            if now - self.issued[oldest].at <= LIVES:
                return
            del self.issued[oldest]
